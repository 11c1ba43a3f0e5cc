//! What plain orders are judged by says what the whole gate says, and taking one in one go leaves
//! what the whole submit leaves. `OMS_STEPS` calls (default 10 000), each followed by 20 questions.

use super::dice::Dice;
use super::*;
use crate::market::{PhaseSet, Trade};
use crate::order::{OrderReplace, Terms};
use crate::risk::{Proposal, ScopeLimitsSet};
use crate::status::{LimitFlag, OrderFlag, RequestHeader, TradeSource};

type Desk = Storage<24, 3, 12, 4, 32, 64, 64>;

impl Dice {
    /// Off, often; else small, rarely nothing or huge.
    fn limit(&mut self, typical: i64) -> i64 {
        match self.below(12) {
            0..4 => OFF,
            4 => self.pick(&[0, 1, i64::MAX, Lots::MAX, Lots::MAX + 1]),
            5 => self.between(0, typical),
            _ => self.between(typical, typical * 8),
        }
    }
}

fn settings(dice: &mut Dice) -> Config {
    let capacity = Capacity {
        orders: 24,
        symbols: 3,
        positions: 12,
        triggers: 4,
        events: 32,
        executions: 64,
        scopes: 1,
        books: 0,
        reserved0: 0,
        rate: 64,
        symbol_rate: 32,
        recent: 128,
    };
    let flags = if dice.one_in(4) { crate::status::ConfigFlag::MonotonicIds.raw() } else { 0 };
    let breaker = BreakerConfig {
        orders_per_minute: dice.pick(&[-1, 3, 16, 40]),
        orders_per_hour: dice.pick(&[-1, 16, 60]),
        orders_per_window: dice.pick(&[-1, 1, 2, 20]),
        rate_window: Nanos(dice.pick(&[1, SECOND, 7 * SECOND])),
        auto_reset_after: Nanos(dice.pick(&[0, 30 * SECOND])),
        flags: dice.pick(&[0, crate::status::BreakerFlag::RateTrips.raw()]),
        ..BreakerConfig::DEFAULT
    };
    Config { capacity, flags, breaker, starting_balance: Money(BALANCE), ..Config::DEFAULT }
}

fn limits(dice: &mut Dice, symbol: u32) -> LimitsSet {
    let flag = |dice: &mut Dice, n, flag: u32| if dice.one_in(n) { flag } else { 0 };
    let usual = dice.one_in(2);
    let step = if usual { 0 } else { dice.pick(&[1, 2, 5]) };
    LimitsSet {
        symbol,
        qty_min: Lots(dice.limit(1)),
        qty_max: Lots(dice.limit(20)),
        qty_step: Lots(step),
        price_step: Ticks(if dice.one_in(2) { step } else { 0 }),
        notional_min: Money(dice.limit(TICK_LOT * 900)),
        notional_max: Money(dice.limit(TICK_LOT * 8_000)),
        collar_ticks: Ticks(if usual { dice.between(0, 40) } else { dice.limit(10) }),
        collar_ratio: Ratio(if usual { OFF } else { dice.limit(10_000_000) }),
        reference_age_max: if dice.one_in(3) { dice.between(0, 90) * 1_000_000_000 } else { OFF },
        long_max: Lots(dice.limit(20)),
        short_max: Lots(dice.limit(20)),
        open_orders_max: dice.limit(4),
        open_qty_max: Lots(dice.limit(30)),
        positions_max: dice.limit(2),
        flags: flag(dice, 9, LimitFlag::Disabled.raw())
            | flag(dice, 4, LimitFlag::CollarBothSides.raw())
            | flag(dice, 4, LimitFlag::ReduceClamp.raw())
            | (LimitFlag::ShortAllowed.raw() ^ flag(dice, 9, LimitFlag::ShortAllowed.raw())),
        reference: if usual { 0 } else { u8::try_from(dice.below(4)).unwrap() },
        ..LimitsSet::OFF
    }
}

/// Mostly plain; now and then with one feature, or one number that is wrong.
fn request(dice: &mut Dice, now: Nanos, ids: &mut u64) -> OrderSubmit {
    let market = dice.one_in(5);
    let around = dice.between(960, 1_040);
    let price = if market {
        dice.pick(&[0, 0, 0, 1])
    } else {
        dice.pick(&[around, around, around, 0, -around])
    };
    *ids += 1;
    let symbols = if dice.one_in(20) { 4 } else { 3 };
    let mut r = OrderSubmit {
        client_id: if dice.one_in(12) { ids.saturating_sub(dice.below(9)) } else { *ids },
        tag: dice.below(3),
        qty: Lots(dice.pick(&[1, 2, 4, 5, 9, 10, 21, 0, -1, 1, 2, 3])),
        price: Ticks(price),
        symbol: u32::try_from(dice.below(symbols)).unwrap(),
        side: dice.pick(&[1, 2]),
        order_type: if market { 1 } else { 2 },
        time_in_force: dice.pick(&[0, 1, 3, 4]),
        ..OrderSubmit::EMPTY
    };
    r.header.now = Nanos(now.0.saturating_sub(if dice.one_in(30) { SECOND } else { 0 }));
    if dice.one_in(6) {
        feature(dice, &mut r, now);
    }
    r
}

/// Words of which a plain order has none, that is 0.
const FEATURES: usize = 20;

/// Sets one bit of such a word, if it has that bit.
fn set_bit(r: &mut OrderSubmit, word: usize, bit: u32) {
    let (wide, signed) = (1_u64 << bit, 1_i64 << bit);
    let short = 1_u32.checked_shl(bit).unwrap_or(0);
    match word {
        0 => r.flags |= short,
        1 => r.scope |= short,
        2 => r.reserved0 |= short,
        3 => r.position.0 |= wide,
        4 => r.parent.0 |= wide,
        5 => r.linked.0 |= wide,
        6 => r.stop_price.0 |= signed,
        7 => r.trail_offset.0 |= signed,
        8 => r.trail_ratio.0 |= signed,
        9 => r.stop_loss.0 |= signed,
        10 => r.take_profit.0 |= signed,
        11 => r.expire_at.0 |= wide,
        12 => r.timeout_at.0 |= wide,
        _ => r.reserved[(word - 13) % 8] |= wide,
    }
}

fn feature(dice: &mut Dice, r: &mut OrderSubmit, now: Nanos) {
    if dice.one_in(2) {
        let word = usize::try_from(dice.below(u64::try_from(FEATURES).unwrap() + 1)).unwrap();
        return set_bit(r, word, u32::try_from(dice.below(64)).unwrap());
    }
    match dice.below(20) {
        0 => r.flags = OrderFlag::ReduceOnly.raw(),
        1 => r.flags = 1 << dice.below(6),
        2 => r.position = Id(dice.next()),
        3 => r.parent = Id(1),
        4 => r.linked = Id(1),
        5 => r.stop_price = Ticks(1),
        6 => (r.trail_offset, r.trail_ratio) = (Ticks(1), Ratio(0)),
        7 => r.trail_ratio = Ratio(1),
        8 => r.stop_loss = Ticks(900),
        9 => r.take_profit = Ticks(1_100),
        10 => r.expire_at = Nanos(1),
        11 => r.timeout_at = Nanos(now.0 + dice.pick(&[0, SECOND])),
        12 => (r.scope, r.venue) = (1, 2),
        13 => r.hold = dice.pick(&[1, 9]),
        14 => r.reserved[usize::try_from(dice.below(8)).unwrap()] = 1,
        15 => r.header.kind += u32::try_from(dice.below(2)).unwrap(),
        16 => r.header.size += u32::try_from(dice.below(2)).unwrap(),
        17 => {
            (r.order_type, r.time_in_force) = dice.pick(&[(3, 0), (2, 2), (2, 6), (9, 0), (1, 5)])
        }
        18 => (r.side, r.client_id) = dice.pick(&[(0, 1), (3, 1 << 40), (1, 1 << 63), (2, 0)]),
        _ => {
            r.qty = Lots(dice.pick(&[Lots::MAX, Lots::MAX + 1, i64::MAX, i64::MIN, 1 << 50]));
            r.price = Ticks(dice.pick(&[1, Ticks::MAX, Ticks::MAX + 1, i64::MIN, 1 << 10]));
        }
    }
}

/// What the ranges say is what the whole gate says.
fn compare(engine: &Engine<'_>, r: &OrderSubmit) -> bool {
    let mut word = crate::risk::Word::new();
    let whole = engine.judged(r, &mut word).map(|()| word.verdict());
    // What looks for less says the same to the bit.
    assert_eq!(engine.order_check(r), whole, "{r:?}");
    let (first, other) = (!engine.kill.is_thrown() && engine.passes(r), engine.passes_other(r));
    let accepted = whole.is_ok_and(|verdict| verdict.is_accepted());
    assert!(!(first || other) || accepted, "{r:?}: {whole:?}");
    let bare = OrderSubmit { header: OrderSubmit::EMPTY.header, ..OrderSubmit::EMPTY };
    let kept = OrderSubmit {
        header: bare.header,
        client_id: 0,
        tag: 0,
        qty: Lots(0),
        price: Ticks(0),
        symbol: 0,
        venue: 0,
        side: 0,
        order_type: 0,
        time_in_force: 0,
        ..*r
    };
    let plain = kept == bare && matches!(r.order_type, 1 | 2) && r.time_in_force != 6;
    // Left to the whole gate: ids below others, recoveries, other trading states, what is beyond
    // 2^60 or was at time 0, what is at a market without a price, or valued at a collar beyond all
    // prices.
    let scope = engine.scope().unwrap();
    let small = r.price.0.unsigned_abs().saturating_mul(r.qty.0.unsigned_abs()) < 1 << 60;
    let asked =
        engine.orders.table().is_new(r.client_id) && small && engine.time(r.header.now).0 > 0;
    let reference = engine.symbols.get(r.symbol).and_then(|symbol| {
        symbol.market.reference(symbol.limits.reference, Side::from_raw(r.side)?)
    });
    let near = engine.symbols.get(r.symbol).is_some_and(|symbol| {
        symbol.limits.collar_ticks.0 < 1 << 40 && symbol.limits.collar_ratio.0 < 1 << 40
    });
    let asked = asked && (r.order_type == 2 || (near && reference.is_some()));
    let light = !engine.exposure(r.symbol).heavy;
    let open = light && scope.breaker.is_closed() && scope.trading == TradingState::Active;
    if accepted && plain && asked && open {
        assert!(first || other, "{r:?}: {:?}", engine.exposure(r.symbol));
    }
    let symbol = engine.symbols.get(r.symbol);
    let usual = symbol.is_some_and(|symbol| {
        let limits = &symbol.limits;
        let steps = limits.qty_step.0 > 1 || limits.price_step.0 > 1;
        let ticks =
            limits.collar_ratio.0 <= 0 && limits.collar_ticks.0.max(limits.collar_ratio.0) >= 0;
        symbol.spec.flags == 0 && !steps && ticks && limits.reference.raw() == 0
    });
    // The first lane takes all that is usual, unless the clock went back, or the scope is full.
    let left = r.header.now < engine.now || !engine.root.has_room();
    assert!(!other || r.order_type == 1 || !usual || left, "{r:?}");
    first || other
}

struct History<'a> {
    twins: [Engine<'a>; 2],
    dice: Dice,
    now: Nanos,
    ids: u64,
    orders: Vec<Id>,
}

impl History<'_> {
    fn both<R: PartialEq + Debug>(&mut self, call: impl Fn(&mut Engine<'_>) -> R) -> R {
        let [first, second] = &mut self.twins;
        let (one, two) = (call(first), call(second));
        assert_eq!(one, two);
        one
    }

    fn submit(&mut self) {
        let r = request(&mut self.dice, self.now, &mut self.ids);
        let [first, second] = &mut self.twins;
        let (one, two) = (first.order_submit(&r), second.order_submit(&r));
        assert_eq!(one, two);
        if let Ok(submitted) = one {
            self.orders.push(submitted.order);
            if self.dice.one_in(8) {
                // Once more: the same, or nearly.
                let again = OrderSubmit { venue: u32::from(self.dice.one_in(2)), ..r };
                let [first, second] = &mut self.twins;
                assert_eq!(first.order_submit(&again), second.order_submit(&again));
            }
        }
    }

    fn step(&mut self) {
        let now = self.now;
        let dice = &mut self.dice;
        let (a, b) = (dice.between(970, 1_030), dice.between(0, 5));
        let symbol = u32::try_from(dice.below(3)).unwrap();
        let order = *self
            .orders
            .iter()
            .rev()
            .nth(usize::try_from(dice.below(9)).unwrap())
            .unwrap_or(&Id(1));
        let (qty, id) = (Lots(dice.between(1, 9)), dice.next() >> 1);
        match dice.below(40) {
            0..16 => self.submit(),
            16..21 => _ = self.both(|e| e.quote(&quote(symbol, a, a + b, now))),
            21..23 => {
                let source = dice.pick(&[TradeSource::Last, TradeSource::Close]).raw();
                let mut r = Trade { symbol, source, price: Ticks(a), ..Trade::EMPTY };
                r.header.now = now;
                _ = self.both(|e| e.trade(&r));
            }
            23..25 => {
                let mut r = limits(dice, symbol);
                r.header.now = now;
                _ = self.both(|e| e.limits_set(&r));
            }
            25 if dice.one_in(3) => {
                let phase = dice.pick(&[3, 3, 3, 2, 1, 0, 4]);
                let mut r = PhaseSet { symbol, phase, ..PhaseSet::EMPTY };
                r.header.now = now;
                _ = self.both(|e| e.phase_set(&r));
            }
            25 => {
                let (open_orders_max, positions_max) = (dice.limit(6), dice.limit(3));
                let mut r =
                    ScopeLimitsSet { open_orders_max, positions_max, ..ScopeLimitsSet::OFF };
                r.header.now = now;
                _ = self.both(|e| e.scope_limits_set(&r));
            }
            26 => self.control(),
            27..29 => {
                let mut r = OrderCancel { order, request_id: id, ..OrderCancel::EMPTY };
                r.header.now = now;
                _ = self.both(|e| e.order_cancel(&r));
            }
            29 => {
                let mut r = OrderReplace { order, request_id: id, qty, ..OrderReplace::EMPTY };
                (r.price, r.header.now) = (Ticks(a), now);
                _ = self.both(|e| e.order_replace(&r));
            }
            30..35 => {
                let kind = dice.pick(&[
                    ReportKind::Fill,
                    ReportKind::Fill,
                    ReportKind::Ack,
                    ReportKind::CancelAck,
                ]);
                let fill =
                    VenueReport { exec_id: id, qty, price: Ticks(a), ..report(kind, order, now) };
                _ = self.both(|e| e.venue_report(&fill));
            }
            35 => self.now.0 += dice.pick(&[60 * SECOND, Nanos::HOUR, Nanos::DAY]),
            36 => {
                let mut r = Timer::EMPTY;
                r.header.now = now;
                _ = self.both(|e| e.timer(&r));
            }
            37 if dice.one_in(6) => self.twins.iter().for_each(|e| e.kill.throw()),
            _ => {
                let mut r = Poll { max_commands: 8, max_events: 32, ..Poll::EMPTY };
                r.header.now = now;
                _ = self.both(|e| e.poll_and_drop(&r));
            }
        }
    }

    fn control(&mut self) {
        let action = self.dice.pick(&[1, 1, 1, 2, 3, 3, 4]);
        let value = self.dice.pick(&[1, 1, 1, 2, 3]);
        let mut r = Control { action, value, ..Control::EMPTY };
        r.header.now = self.now;
        _ = self.both(|e| e.control(&r));
    }

    /// A close that passes at once passes the whole gate.
    fn closes(&mut self) {
        let engine = &self.twins[0];
        for (_, position) in engine.positions.table().iter() {
            let terms = Terms {
                client_id: 1 << 63 | 1 << 40,
                position: position.id,
                qty: Lots(self.dice.between(0, 12)),
                symbol: position.symbol,
                flags: OrderFlag::ReduceOnly.raw(),
                side: self.dice.pick(&[Side::Buy, Side::Sell]),
                ..Terms::EMPTY
            };
            let verdict = engine.judge_close(&mut Proposal::new(terms));
            assert!(
                !engine.passes_close(&terms) || verdict.is_accepted(),
                "{terms:?}: {verdict:?}"
            );
        }
    }

    fn look(&mut self) -> u64 {
        let [first, second] = &self.twins;
        assert_eq!((first.audit(), second.audit()), (Ok(()), Ok(())));
        assert_eq!(digest(first), digest(second));
        self.closes();
        let mut ids = self.ids;
        let mut passed = 0;
        for _ in 0..20 {
            let later = Nanos(self.now.0 + self.dice.pick(&[0, 0, SECOND, 70 * SECOND]));
            let r = request(&mut self.dice, later, &mut ids);
            passed += u64::from(compare(&self.twins[0], &r));
        }
        passed
    }
}

fn symbols(engine: &mut Engine<'_>, dice: &mut Dice) {
    let pick = [0, SymbolFlag::NegativePrices.raw(), SymbolFlag::Hedged.raw()];
    for letter in [b'X', b'Y', b'Z'] {
        let mut name = [0; 32];
        name[0] = letter;
        let one = Decimal::new(1, 0);
        let request = SymbolDefine {
            name,
            tick_size: Decimal::new(dice.pick(&[1, 3]), dice.pick(&[-2, -7])),
            lot_size: one,
            multiplier: one,
            conversion: Decimal::new(dice.pick(&[1, 7]), 0),
            flags: dice.pick(&pick),
            ..SymbolDefine::EMPTY
        };
        let number = engine.symbol_define(&request).unwrap();
        assert_eq!(engine.limits_set(&limits(dice, number)), Ok(Status::Ok));
    }
}

#[test]
fn ranges_and_gate_agree_over_histories() {
    let steps = std::env::var("OMS_STEPS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000_u64);
    let (mut passed, mut done) = (0, 0);
    for seed in 0.. {
        if done >= steps {
            break;
        }
        let mut dice = Dice(seed << 32);
        let (mut one, mut two) = (Desk::new(), Desk::new());
        let config = settings(&mut dice);
        let [(m, k), (n, l)] = [one.lend(), two.lend()];
        let mut twins = [opened(m, k, &config), opened(n, l, &config)];
        twins[1].long_way = true;
        for engine in &mut twins {
            symbols(engine, &mut Dice(seed << 32 | 1 << 31));
        }
        let now = Nanos(dice.pick(&[0, SECOND, Nanos::DAY]));
        let mut history = History { twins, dice, now, ids: 0, orders: Vec::new() };
        for _ in 0..60 {
            history.now.0 += history.dice.pick(&[0, 1, SECOND, 3 * SECOND]);
            history.step();
            passed += history.look();
            done += 1;
        }
    }
    // The questions are not all about what is refused.
    assert!(passed * 100 > done * 20, "{passed} of {}", done * 20);
}

/// Whatever one word says that a plain order does not say, and in whichever bit: it is not plain.
#[test]
fn no_feature_is_overlooked() {
    with_twins(&config(), 0, |twins| {
        let limits = LimitsSet { collar_ticks: Ticks(100), ..open_limits() };
        twins.step(|engine, _| engine.limits_set(&limits)).unwrap();
        look_for_features(twins.engine());
    });
}

fn look_for_features(engine: &Engine<'_>) {
    let header = RequestHeader { now: engine.now, ..OrderSubmit::EMPTY.header };
    for (side, time_in_force) in [(1, 0), (2, 0), (1, 1), (2, 1), (1, 3), (2, 3), (1, 4), (2, 4)] {
        let plain = OrderSubmit {
            header,
            client_id: 1,
            qty: Lots(1),
            price: Ticks(10_000),
            side,
            order_type: 2,
            time_in_force,
            ..OrderSubmit::EMPTY
        };
        assert!(engine.passes(&plain), "{plain:?}");
        for word in 0..=FEATURES {
            for bit in 0..64 {
                let mut r = plain;
                set_bit(&mut r, word, bit);
                let passes = engine.passes(&r) || engine.passes_other(&r);
                assert_eq!(passes, r == plain, "{r:?}");
            }
        }
    }
}
