//! One call of a random sequence, and where they come from.

use oms_core::engine::GroupSet;
use oms_core::market::{LimitsSet, SymbolDefine};
use oms_core::num::{Decimal, Nanos, Ratio, Ticks};
use oms_core::risk::{BreakerConfig, ScopeDefine, ScopeLimitsSet};
use oms_core::trigger::TriggerArm;

use crate::breaker::{DAY, HOUR, MINUTE};
use crate::conditions::Said;
use crate::draw::{random_group, random_limits, random_scope_limits};
use crate::reconcile::{self, Recon};
use crate::rig::{define, free};
use crate::special::{self, Special};
use crate::tree::{self, Forest};

/// A venue's report with plain numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) order: usize,
    /// The order is named by this client id instead.
    pub(crate) client: u64,
    pub(crate) what: u8,
    pub(crate) exec: u64,
    /// The execution referred to: how many that are kept are younger. Without a foreign order
    /// named, the report is of its order.
    pub(crate) refers: Option<usize>,
    pub(crate) foreign_ref: bool,
    /// An execution referred to by its id.
    pub(crate) ref_id: u64,
    pub(crate) id: u64,
    pub(crate) qty: i64,
    pub(crate) price: i64,
    pub(crate) fee: i64,
    /// The venue's total is by so much beyond ours.
    pub(crate) ahead: Option<i64>,
    pub(crate) avg: (i64, i64),
    pub(crate) reason: u16,
    /// 0 not given, 1 the order's, 2 another.
    pub(crate) side: u8,
    pub(crate) sym: u32,
    pub(crate) status: u8,
    pub(crate) position: Option<usize>,
}

/// A call with plain numbers; orders, positions and triggers are named by how many are younger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Define(SymbolDefine),
    Scope(ScopeDefine),
    Breaker(BreakerConfig),
    Limits(LimitsSet),
    /// client id, symbol, buy, type, qty, price, flags, tif, position
    Submit {
        id: u64,
        sym: u32,
        buy: bool,
        limit: bool,
        qty: i64,
        price: i64,
        flags: u32,
        tif: u8,
        position: Option<usize>,
        check: bool,
    },
    Cancel {
        order: usize,
        id: u64,
    },
    Replace {
        order: usize,
        id: u64,
        qty: i64,
        price: i64,
    },
    Report(Told),
    /// A report that was made before, once more.
    Again {
        back: usize,
    },
    OpenByHand {
        sym: u32,
        long: bool,
        qty: i64,
        price: i64,
        fee: i64,
    },
    ExitByHand {
        position: usize,
        qty: i64,
        price: i64,
        fee: i64,
        reason: u8,
    },
    AdoptPosition {
        sym: u32,
        long: bool,
        qty: i64,
        cost: i64,
        fee: i64,
    },
    AdoptOrder {
        id: u64,
        sym: u32,
        buy: bool,
        price: i64,
        qty: i64,
        cum: i64,
        position: Option<usize>,
    },
    ScopeLimits(ScopeLimitsSet),
    Group(GroupSet),
    Arm {
        position: usize,
        stop: bool,
        level: i64,
        qty: i64,
        close: bool,
        ride: Option<Ride>,
    },
    Move {
        trigger: usize,
        level: i64,
    },
    Disarm {
        trigger: usize,
    },
    Close {
        position: usize,
        qty: i64,
    },
    Quote {
        sym: u32,
        bid: i64,
        ask: i64,
    },
    Trade {
        sym: u32,
        price: i64,
        source: u8,
    },
    Timer,
    Drain,
    Control {
        action: u32,
        value: i64,
    },
    Cash {
        amount: i64,
    },
    /// With flatten.
    Kill(bool),
    Special(Special),
    Said(Said),
    Recon(Recon),
    Stop(crate::kill::Stop),
    Poll {
        commands: u32,
    },
}

/// Limits on requests and on the host's silence; windows in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// Requests for each fill, not looked at below so many, window.
    pub(crate) ratio: (i64, i64, u64),
    /// Cancels, window.
    pub(crate) cancels: (i64, u64),
    pub(crate) silence: i64,
}

impl Flow {
    pub(crate) fn random(rng: &mut Rng) -> Self {
        let mut some = |low, high| if rng.chance(35) { rng.range(low, high) } else { -1 };
        let ratio = (some(0, 9) * 700_000_000, some(0, 6), some(0, 90).max(0) as u64);
        let cancels = (some(0, 1), some(20, 90).max(20) as u64);
        Self { ratio: (ratio.0.max(-1), ratio.1, ratio.2), cancels, silence: some(0, 60) }
    }

    /// Besides other limits.
    pub(crate) fn over(&self, other: &ScopeLimitsSet) -> ScopeLimitsSet {
        let seconds = |n: u64| Nanos(n * 1_000_000_000);
        ScopeLimitsSet {
            order_to_trade_max: Ratio(self.ratio.0),
            order_to_trade_min: self.ratio.1,
            order_to_trade_window: seconds(self.ratio.2),
            cancel_max: self.cancels.0,
            cancel_window: seconds(self.cancels.1),
            heartbeat_max: (self.silence * 1_000_000_000).max(-1),
            ..*other
        }
    }
}

/// A trailing stop on a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ride {
    distance: (i64, i64),
    activation: i64,
    second: Option<(i64, i64, i64)>,
    step: i64,
}

impl Ride {
    fn random(rng: &mut Rng) -> Self {
        let by_ratio = rng.chance(40);
        let far = rng.range(2, 5);
        let near = rng.range(1, far);
        let of = |n| if by_ratio { (0, n * 9_000_000) } else { (n, 0) };
        let (first, second) = (of(far), of(near));
        let level = rng.range(98, 106);
        let mut ride = Self {
            distance: first,
            activation: if rng.chance(40) { rng.range(96, 105) } else { 0 },
            second: rng.chance(40).then_some((level, second.0, second.1)),
            step: if rng.chance(40) { rng.range(1, 5) } else { 0 },
        };
        if rng.chance(4) {
            ride.distance = (rng.range(-1, 2), rng.range(-1, 2));
        } else if rng.chance(4) {
            ride.second = Some((rng.range(-1, 1), rng.range(-1, 2), rng.range(-1, 2)));
        } else if rng.chance(3) {
            (ride.activation, ride.step) = (-1, rng.range(-1, 1));
        }
        ride
    }

    pub(crate) fn request(&self, r: &TriggerArm) -> TriggerArm {
        let (second_level, offset, ratio) = self.second.unwrap_or_default();
        TriggerArm {
            // One kind more in three would be none.
            level: if self.step == 1 && self.activation == 99 { r.level } else { Ticks(0) },
            kind: if self.step == 2 && self.activation == 98 { r.kind } else { 3 },
            trail_offset: Ticks(self.distance.0),
            trail_ratio: Ratio(self.distance.1),
            activation: Ticks(self.activation),
            second_level: Ticks(second_level),
            second_offset: Ticks(offset),
            second_ratio: Ratio(ratio),
            step: Ticks(self.step),
            ..*r
        }
    }
}

/// The scope that was defined last.
pub(crate) const NEWEST: u32 = u32::MAX - 1;

/// A call, its time and its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) now: u64,
    pub(crate) scope: u32,
    /// The scope is that of the position or partner it names, if it names one.
    pub(crate) fits: bool,
    pub(crate) act: Act,
}

/// splitmix64.
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub(crate) fn range(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

/// What most calls of a sequence are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// All there is.
    All,
    /// Executions of few orders, busts and corrections of them, with few ids.
    Executions,
    /// Kills, mass cancels and what they close, and cancels that the venue refuses.
    Kills,
}

/// The calls that set the stage, then random ones.
pub(crate) fn sequence(rng: &mut Rng, length: usize, about: About) -> Vec<Call> {
    // Not within the first day: see the differences in agree.rs.
    let mut now = 2 * DAY + 1_000_000_000;
    let ticks = [Decimal::new(1, -6), Decimal::new(1, 0), Decimal::new(333, -8)];
    let mut calls = Vec::new();
    let marks = if rng.chance(20) { 4 } else { 0 };
    let mut sources = [0; 3];
    let mut forest = Forest::new(rng);
    for (n, flags) in [0, 1, marks].into_iter().enumerate() {
        let tick = if n == 1 { Decimal::new(7, -6) } else { rng.one(&ticks) };
        let tick = if tick.exponent == 0 { Decimal::new(5, -7) } else { tick };
        let trigger_source = rng.one(&[0, 0, 0, 0, 0, 1, 2]);
        let symbol = define(0, b'A' + n as u8, flags, tick);
        calls.push(Act::Define(SymbolDefine { trigger_source, ..symbol }));
        sources[n] = trigger_source;
        let open = forest.is_tall && rng.chance(60);
        let mut limits = free(0, n as u32);
        if !open {
            limits = random_limits(rng, n as u32);
        } else if rng.chance(30) {
            limits.self_trade = rng.range(1, 4) as u8;
        }
        calls.push(Act::Limits(limits));
        if rng.chance(15) {
            calls.push(Act::Group(random_group(rng)));
        }
        if rng.chance(80) {
            calls.push(Act::Quote { sym: n as u32, bid: 99, ask: 101 });
        }
    }
    if forest.is_tall && rng.chance(70) {
        calls.push(Act::Breaker(BreakerConfig::quiet(Nanos(0))));
    }
    if rng.chance(if forest.is_tall { 8 } else { 25 }) {
        calls.push(Act::ScopeLimits(Flow::random(rng).over(&random_scope_limits(rng))));
        calls.push(Act::Control { action: 6, value: 0 });
    }
    let root = |act| Call { now, scope: 0, fits: false, act };
    let mut calls: Vec<_> = calls.into_iter().map(root).collect();
    let scopes = if forest.is_tall { 1 + rng.below(5) } else { rng.below(2) };
    for _ in 0..scopes {
        calls.extend(forest.grow(rng, now));
    }
    let length = length + calls.len();
    let mut market = [(99, 101); 3];
    while calls.len() < length {
        now += match rng.below(1000) {
            0..600 => 0,
            600..900 => rng.below(20) * 1_000_000_000,
            900..970 => rng.below(3) * MINUTE,
            970..995 => rng.below(3) * HOUR,
            995..998 => DAY,
            _ => 1,
        };
        let stamp = if rng.chance(1) { now - 1_000_000 } else { now };
        forest.moves(rng);
        if rng.chance(2) {
            calls.extend(forest.grow(rng, stamp));
            continue;
        }
        if about == About::Kills && rng.chance(18) {
            let acts = crate::kill::random(rng);
            calls.extend(acts.into_iter().map(|act| forest.call(rng, stamp, act)));
            continue;
        }
        if rng.chance(if about == About::Executions { 12 } else { 35 }) {
            let acts = special::random(rng, &market, &sources);
            let here = |act| Call { fits: true, ..forest.call(rng, stamp, act) };
            calls.extend(acts.into_iter().map(here));
            note(&calls, &mut market);
            continue;
        }
        if rng.chance(4) {
            let acts = reconcile::random(rng);
            calls.extend(acts.into_iter().map(|act| forest.call(rng, stamp, act)));
            continue;
        }
        let mut act = match about {
            About::Executions if rng.chance(65) => Act::Report(of_execution(rng)),
            _ => random(rng),
        };
        if matches!(act, Act::Submit { .. }) && rng.chance(50) {
            // Submit, poll and ack run together often, so that the table's right half is reached.
            calls.push(forest.call(rng, stamp, act));
            act = Act::Poll { commands: 30 };
        }
        let call = forest.call(rng, stamp, act);
        calls.push(Call { act: suited(rng, call.scope, call.act), ..call });
        note(&calls, &mut market);
    }
    calls
}

/// Limits of a scope below the root.
fn suited(rng: &mut Rng, scope: u32, act: Act) -> Act {
    match act {
        Act::Limits(l) if scope != 0 => Act::Limits(tree::within_scope(rng, &l)),
        other => other,
    }
}

/// Where the last call has left the market.
fn note(calls: &[Call], market: &mut special::Market) {
    match calls.last().map(|call| call.act) {
        Some(Act::Quote { sym, bid, ask }) => market[sym as usize] = (bid, ask),
        Some(Act::Trade { sym, price, .. }) => market[sym as usize] = (price, price),
        _ => {}
    }
}

fn random(rng: &mut Rng) -> Act {
    let young = |rng: &mut Rng| (rng.below(12) * rng.below(12) / 12) as usize;
    match rng.below(100) {
        0..22 => {
            let limit = rng.chance(60);
            Act::Submit {
                id: rng.below(60),
                sym: if rng.chance(1) { 7 } else { rng.below(3) as u32 },
                buy: rng.chance(50),
                limit,
                qty: rng.range(0, 10).max(rng.range(0, 4)),
                price: if limit != rng.chance(2) { rng.range(95, 105) } else { 0 },
                flags: rng.one(&[0, 0, 0, 0, 1, 1, 2, 3]),
                tif: rng.one(&[0, 0, 1, 1, 3, 4]),
                position: rng.chance(35).then(|| young(rng)),
                check: rng.chance(15),
            }
        }
        22..28 => Act::Cancel { order: young(rng), id: rng.below(3) },
        28..34 => Act::Replace {
            order: young(rng),
            id: rng.below(3),
            qty: rng.range(0, 12),
            price: if rng.chance(50) { 0 } else { rng.range(95, 105) },
        },
        34..66 => {
            if rng.chance(12) {
                return Act::Again { back: young(rng) };
            }
            let order = young(rng);
            Act::Report(random_report(rng, order))
        }
        66..72 => Act::Arm {
            position: young(rng),
            stop: rng.chance(50),
            level: rng.range(94, 106),
            qty: if rng.chance(60) { 0 } else { rng.range(0, 5) },
            close: rng.chance(75),
            ride: rng.chance(45).then(|| Ride::random(rng)),
        },
        72..74 => Act::Move { trigger: young(rng), level: rng.range(94, 106) },
        74 => Act::Disarm { trigger: young(rng) },
        75..78 => Act::Close {
            position: young(rng),
            qty: if rng.chance(60) { 0 } else { rng.range(0, 5) },
        },
        78..86 => {
            let bid = rng.range(94, 105);
            Act::Quote { sym: rng.below(3) as u32, bid, ask: bid + rng.range(0, 2) }
        }
        86 => Act::Trade {
            sym: rng.below(3) as u32,
            price: rng.range(94, 106),
            source: rng.one(&[0, 0, 0, 2, 2, 2, 2, 1]),
        },
        87 => Act::Timer,
        88 => Act::Drain,
        89 | 90 => {
            let action = rng.one(&[1, 1, 2, 3, 3, 3, 4, 4, 5, 6, 6, 6, 6, 7, 7]);
            let value = match action {
                1 => rng.one(&[0, 0, 0, 1, 2, 3]),
                7 => rng.range(-1, 3),
                _ => rng.range(0, 9),
            };
            Act::Control { action, value }
        }
        91 if rng.chance(50) => Act::Said(Said::random(rng)),
        91 => by_hand(rng),
        92 => {
            if rng.chance(8) {
                Act::Kill(rng.chance(50))
            } else if rng.chance(25) {
                let symbol = rng.below(3) as u32;
                Act::Limits(random_limits(rng, symbol))
            } else if rng.chance(15) {
                Act::Group(random_group(rng))
            } else if rng.chance(30) {
                Act::Cash { amount: rng.range(-20, 20) }
            } else if rng.chance(20) {
                Act::Breaker(tree::random_breaker(rng, 1000))
            } else if rng.chance(40) {
                let flow = Flow::random(rng);
                Act::ScopeLimits(flow.over(&random_scope_limits(rng)))
            } else if rng.chance(30) {
                Act::Stop(crate::kill::Stop::random(rng))
            } else {
                Act::Control { action: 1, value: 0 }
            }
        }
        93 => by_hand(rng),
        _ => Act::Poll { commands: rng.one(&[0, 1, 2, 30, 30, 30]) },
    }
}

/// Few execution ids, so that the same come again.
fn exec_id(rng: &mut Rng) -> u64 {
    if rng.chance(25) { 1 + rng.below(10) } else { 11 + rng.below(2000) }
}

fn random_report(rng: &mut Rng, order: usize) -> Told {
    let kinds = [
        1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9, 9, 9, 10, 10, 10, 11, 12, 13,
        14, 15, 16, 16, 16, 17, 17, 18,
    ];
    let what = rng.one(&kinds);
    let mut t = Told { order, what, sym: rng.below(3) as u32, ..Told::default() };
    t.id = if rng.chance(70) { 0 } else { rng.below(3) };
    t.reason = rng.one(&[0, 0, 0, 2, 3]);
    t.side = if rng.chance(20) { rng.one(&[1, 1, 1, 1, 2]) } else { 0 };
    let (fill, correct) = (what == 3, what == 10);
    if fill || correct {
        t.exec = if rng.chance(1) { 0 } else { exec_id(rng) };
        t.qty = rng.range(0, 6).max(rng.range(0, 2));
        t.price = if rng.chance(8) { 0 } else { rng.range(95, 105) };
        t.fee = if rng.chance(50) { rng.range(-2, 9) } else { 0 };
    }
    if fill && rng.chance(8) {
        // Nobody's order.
        t.client = 500 + rng.below(3);
        t.side = rng.one(&[0, 1, 1, 2, 2]);
        t.position = rng.chance(75).then(|| rng.below(4) as usize);
    }
    if (fill && rng.chance(45)) || (what == 16 && rng.chance(70)) {
        let gap = rng.range(0, 5) - rng.range(0, 4);
        t.ahead = Some(if fill && rng.chance(60) { gap.min(t.qty) } else { gap });
        let parts = rng.one(&[0, 0, 500_000_000, 333_333_333, 999_999_999]);
        t.avg = if rng.chance(50) { (rng.range(90, 110), parts) } else { (0, 0) };
    }
    if what == 9 || correct {
        let far = if rng.chance(30) { 18 } else { 5 };
        t.refers = rng.chance(80).then(|| rng.below(far) as usize);
        t.foreign_ref = rng.chance(8);
        t.ref_id = exec_id(rng);
    }
    if matches!(what, 6 | 11) && rng.chance(if what == 6 { 30 } else { 70 }) {
        (t.qty, t.price) = (rng.range(1, 10), rng.range(95, 105));
    }
    if what == 16 {
        t.status = rng.one(&[1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 9, 10, 11, 12, 0, 8]);
        t.price = if rng.chance(30) { 0 } else { rng.range(95, 105) };
    }
    t
}

/// An execution, a bust or a correction of a young order; few ids come again and again.
fn of_execution(rng: &mut Rng) -> Told {
    let order = rng.below(3) as usize;
    let mut t = random_report(rng, order);
    while !matches!(t.what, 3 | 9 | 10) {
        t = random_report(rng, order);
    }
    if t.what == 3 && rng.chance(40) {
        t.what = 9 + rng.below(2) as u8;
        (t.client, t.ahead) = (0, None);
        t.refers = rng.chance(60).then(|| rng.below(8) as usize);
    }
    let few = |rng: &mut Rng, id: u64| if rng.chance(80) { 1 + rng.below(9) } else { id };
    (t.exec, t.ref_id) = (few(rng, t.exec), few(rng, t.ref_id));
    t
}

fn by_hand(rng: &mut Rng) -> Act {
    let position = (rng.below(8) * rng.below(8) / 8) as usize;
    let (sym, long) = (rng.below(3) as u32, rng.chance(50));
    let (qty, price) = (rng.range(0, 8), if rng.chance(5) { 0 } else { rng.range(95, 105) });
    let fee = rng.range(-2, 5);
    match rng.below(10) {
        0..4 => Act::OpenByHand { sym, long, qty, price, fee },
        4..7 => {
            let qty = if rng.chance(50) { 0 } else { qty };
            Act::ExitByHand { position, qty, price, fee, reason: rng.below(9) as u8 }
        }
        7 => Act::AdoptPosition { sym, long, qty, cost: rng.one(&[0, 501, 777]), fee },
        _ => {
            let id = if rng.chance(15) { rng.below(40) } else { 600 + rng.below(6) };
            let price = if rng.chance(60) { price.max(95) } else { 0 };
            let position = rng.chance(25).then_some(position);
            let cum = if rng.chance(50) { 0 } else { rng.range(0, 4) };
            Act::AdoptOrder { id, sym, buy: long, price, qty, cum, position }
        }
    }
}
