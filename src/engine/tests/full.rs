//! The whole gate, folded and plain: over random histories with scopes, books and every check, an
//! engine that takes the long way every time gives the same verdicts and has the same digest.

use super::dice::Dice;
use super::*;
use crate::market::{BandsSet, LocateSet, PhaseSet, VolumeSet};
use crate::order::OrderReplace;
use crate::risk::{ScopeBreakerSet, ScopeDefine, ScopeLimitsSet};
use crate::status::{GroupFlag, LimitFlag, TimeInForce};

type Desk = Storage<48, 2, 24, 12, 4096, 64, 64, 4, 8, 8, 32>;
type Answer = Result<Status, Status>;

const SCOPES: u32 = 4;

fn desk() -> Config {
    let capacity = Capacity {
        orders: 48,
        symbols: 2,
        positions: 24,
        triggers: 12,
        events: 4096,
        executions: 64,
        scopes: SCOPES,
        rate: 64,
        symbol_rate: 8,
        recent: 32,
        books: 8,
        reserved0: 0,
    };
    let breaker = BreakerConfig { orders_per_minute: 40, ..BreakerConfig::quiet(Nanos::ZERO) };
    Config { capacity, breaker, starting_balance: Money(BALANCE), ..Config::DEFAULT }
}

/// A name of one letter.
fn named(letter: u8, parent: u32) -> ScopeDefine {
    let mut name = [0; 32];
    name[0] = letter;
    ScopeDefine { name, parent, ..ScopeDefine::EMPTY }
}

/// Off, next to nothing, or what a few orders come to.
fn limit(dice: &mut Dice, few: i64) -> i64 {
    match dice.below(8) {
        0 => 0,
        1..4 => OFF,
        4 => dice.between(1, few),
        _ => dice.between(few, 20 * few),
    }
}

/// As a rule everything.
fn mask(dice: &mut Dice) -> u32 {
    if dice.one_in(12) { u32::try_from(dice.below(256)).unwrap() } else { u32::MAX }
}

const VALUE: i64 = 10 * 1_000 * TICK_LOT;

fn limits(dice: &mut Dice, symbol: u32, scope: u32) -> LimitsSet {
    let root = scope == 0;
    // Below the root less is counted, or little would pass.
    let counts = root || dice.one_in(3);
    let mut counted = |few| if counts { limit(dice, few) } else { OFF };
    let [open_notional_max, gross_max, net_max] = [(); 3].map(|()| Money(counted(VALUE)));
    let [rate_max, duplicate_max, repeat_max] = [4, 2, 3].map(|few| counted(few).min(8));
    let margin_ratio = Ratio(counted(100_000_000));
    let short = [LimitFlag::ShortAllowed.raw(), LimitFlag::LocateNeeded.raw()];
    let short = dice.pick(&[short[0], short[0], short[0] | short[1], 0]);
    let sides = if dice.one_in(3) { LimitFlag::CollarBothSides.raw() } else { 0 };
    let shut = if dice.one_in(20) { LimitFlag::Disabled.raw() } else { 0 };
    let second = i64::try_from(SECOND).unwrap();
    let window = Nanos(dice.below(30) * SECOND + SECOND);
    LimitsSet {
        symbol,
        scope,
        qty_min: Lots(dice.pick(&[OFF, 1, 2])),
        qty_max: Lots(limit(dice, 8)),
        qty_step: Lots(dice.pick(&[0, 1, 1, 2, 3])),
        price_step: Ticks(dice.pick(&[0, 1, 1, 2, 5])),
        notional_min: Money(dice.pick(&[OFF, 0, VALUE / 10])),
        notional_max: Money(limit(dice, VALUE)),
        collar_ticks: Ticks(limit(dice, 10)),
        collar_ratio: Ratio(dice.pick(&[OFF, OFF, 10_000_000])),
        reference_age_max: dice.pick(&[OFF, 20 * second, 60 * second]),
        long_max: Lots(limit(dice, 12)),
        short_max: Lots(limit(dice, 12)),
        open_orders_max: limit(dice, 4),
        open_qty_max: Lots(limit(dice, 20)),
        positions_max: limit(dice, 1),
        flags: short | sides | shut,
        types: mask(dice),
        times_in_force: mask(dice),
        adv_ratio: Ratio(limit(dice, 20_000_000)),
        open_notional_max,
        gross_max,
        net_max,
        margin_ratio,
        rate_max,
        rate_window: window,
        repeat_max,
        repeat_window: window,
        repeat_range: Ticks(dice.pick(&[OFF, 3])),
        duplicate_max,
        duplicate_window: window,
        self_trade: if root { u8::try_from(dice.below(5)).unwrap() } else { 0 },
        ..LimitsSet::OFF
    }
}

fn scope_limits(dice: &mut Dice, scope: u32) -> ScopeLimitsSet {
    let money = scope == 0 || dice.one_in(3);
    let mut worth = |few| if money { limit(dice, few) } else { OFF };
    let [open_notional_max, gross_max, net_max] = [(); 3].map(|()| Money(worth(4 * VALUE)));
    let (credit_max, leverage_max) = (Money(worth(VALUE)), Ratio(worth(100_000_000)));
    let second = i64::try_from(SECOND).unwrap();
    ScopeLimitsSet {
        scope,
        open_orders_max: limit(dice, 10),
        positions_max: limit(dice, 2),
        types: mask(dice),
        times_in_force: mask(dice),
        qty_max: Lots(limit(dice, 8)),
        notional_max: Money(limit(dice, VALUE)),
        open_notional_max,
        gross_max,
        net_max,
        credit_max,
        leverage_max,
        order_to_trade_max: Ratio(limit(dice, 3_000_000_000)),
        order_to_trade_min: dice.pick(&[OFF, 3, 20]),
        order_to_trade_window: Nanos(dice.pick(&[0, 10, 64]) * SECOND),
        heartbeat_max: dice.pick(&[OFF, OFF, 30 * second, 90 * second]),
        cancel_max: dice.pick(&[OFF, 3]),
        cancel_window: Nanos(20 * SECOND),
        ..ScopeLimitsSet::OFF
    }
}

fn bands(dice: &mut Dice, symbol: u32) -> BandsSet {
    let mut bands = BandsSet { symbol, count: 0, ..BandsSet::EMPTY };
    let step = |dice: &mut Dice| Ticks(dice.pick(&[1, 1, 2, 3]));
    for (place, from) in [1, 990, 1_005].into_iter().enumerate() {
        if dice.one_in(2) {
            break;
        }
        (bands.from[place], bands.step[place]) = (Ticks(from), step(dice));
        bands.count += 1;
    }
    bands
}

/// An order that may pass.
fn plain(dice: &mut Dice, client_id: u64, now: Nanos) -> OrderSubmit {
    let times = [TimeInForce::Day, TimeInForce::Gtc, TimeInForce::Ioc, TimeInForce::Fok];
    let mut order = OrderSubmit {
        symbol: u32::try_from(dice.below(8) / 7).unwrap(),
        scope: u32::try_from(dice.below(u64::from(SCOPES))).unwrap(),
        time_in_force: dice.pick(&times).raw(),
        ..order(
            client_id,
            dice.pick(&[Side::Buy, Side::Sell]),
            dice.between(1, 12),
            dice.between(985, 1_015),
        )
    };
    order.header.now = now;
    order
}

/// Both engines, and what they were told.
struct Pair<'a> {
    engines: [Engine<'a>; 2],
    now: Nanos,
    client_id: u64,
    orders: Vec<Id>,
    /// Of the orders that pass, and could by the ranges, those that do.
    passes: [u64; 2],
}

impl Pair<'_> {
    fn tell<R: PartialEq + Debug>(&mut self, call: impl Fn(&mut Engine<'_>) -> R) -> R {
        let [first, second] = &mut self.engines;
        let (answer, other) = (call(first), call(second));
        assert_eq!(answer, other);
        answer
    }

    /// The verdicts on some orders, and the records.
    fn compare(&mut self, dice: &mut Dice) {
        let [folded, plain_one] = &self.engines;
        assert_eq!((folded.audit(), plain_one.audit()), (Ok(()), Ok(())));
        assert_eq!(digest(folded), digest(plain_one));
        for _ in 0..6 {
            let late = Nanos(self.now.0 + dice.pick(&[0, 0, 0, 1, 25]) * SECOND);
            let order = plain(dice, self.client_id + 1, late);
            let verdict = folded.order_check(&order);
            assert_eq!(verdict, plain_one.order_check(&order), "{order:?}");
            // So does what looks for less.
            let mut word = crate::risk::Word::new();
            let whole = folded.judged(&order, &mut word).map(|()| word.verdict());
            assert_eq!(verdict, whole, "{order:?}");
            if verdict.is_ok_and(|verdict| verdict.is_accepted()) {
                let heavy = folded.exposure(order.symbol).heavy;
                let place = usize::from(folded.passes_full(&order));
                self.passes[place] += u64::from(heavy);
            } else {
                assert!(!folded.passes_full(&order), "{order:?}");
            }
        }
    }

    fn submit(&mut self, dice: &mut Dice) -> Answer {
        self.client_id += 1;
        let order = plain(dice, self.client_id, self.now);
        let before = self.engines[0].order_check(&order);
        let submitted = self.tell(|engine| engine.order_submit(&order));
        assert_eq!(submitted.map(|submitted| submitted.verdict), before);
        self.orders.extend(submitted.ok().map(|s| s.order).filter(|&order| order != Id::NONE));
        self.poll()
    }

    fn poll(&mut self) -> Answer {
        let now = self.now;
        self.tell(|engine| {
            let (mut commands, mut events) = ([Command::default(); 64], [Event::EMPTY; 256]);
            let mut poll = Poll { max_commands: 64, max_events: 256, ..Poll::EMPTY };
            poll.header.now = now;
            engine.poll(&poll, &mut commands, &mut events).map(|_| Status::Ok)
        })
    }

    fn report(&mut self, dice: &mut Dice) -> Answer {
        if self.orders.is_empty() {
            return Ok(Status::Ok);
        }
        let order = dice.pick(&self.orders);
        self.client_id += 1;
        let (exec_id, now) = (self.client_id, self.now);
        let kinds = [ReportKind::Ack, ReportKind::Fill, ReportKind::Fill, ReportKind::CancelAck];
        let kind = dice.pick(&kinds);
        let fills = kind == ReportKind::Fill;
        let qty = if fills { dice.between(1, 4) } else { 0 };
        let price = if fills { dice.between(990, 1_010) } else { 0 };
        self.tell(|engine| {
            let report = report(kind, order, now);
            let (qty, price) = (Lots(qty), Ticks(price));
            let exec_id = if fills { exec_id } else { 0 };
            engine.venue_report(&VenueReport { exec_id, qty, price, ..report })
        })
    }

    fn change(&mut self, dice: &mut Dice) -> Answer {
        if self.orders.is_empty() {
            return Ok(Status::Ok);
        }
        let (order, now) = (dice.pick(&self.orders), self.now);
        self.client_id += 1;
        let request_id = self.client_id;
        if dice.one_in(2) {
            let mut request = OrderCancel { order, request_id, ..OrderCancel::EMPTY };
            request.header.now = now;
            return self.tell(|engine| engine.order_cancel(&request));
        }
        let (qty, price) = (Lots(dice.between(1, 12)), Ticks(dice.between(985, 1_015)));
        let mut request = OrderReplace { order, request_id, qty, price, ..OrderReplace::EMPTY };
        request.header.now = now;
        self.tell(|engine| engine.order_replace(&request).map(|submitted| submitted.status))
    }

    fn limit(&mut self, dice: &mut Dice) -> Answer {
        let scope = u32::try_from(dice.below(u64::from(SCOPES))).unwrap();
        let now = self.now;
        if dice.one_in(2) {
            let symbol = u32::try_from(dice.below(2)).unwrap();
            let mut request = limits(dice, symbol, scope);
            request.header.now = now;
            return self.tell(|engine| engine.limits_set(&request));
        }
        let mut request = scope_limits(dice, scope);
        request.header.now = now;
        self.tell(|engine| engine.scope_limits_set(&request))
    }

    fn condition(&mut self, dice: &mut Dice) -> Answer {
        let (symbol, now) = (u32::try_from(dice.below(2)).unwrap(), self.now);
        match dice.below(5) {
            0 => {
                let phase = dice.pick(&[3, 3, 3, 2, 0]);
                let mut request = PhaseSet { symbol, phase, ..PhaseSet::EMPTY };
                request.header.now = now;
                self.tell(|engine| engine.phase_set(&request))
            }
            1 => {
                let volume = Lots(dice.pick(&[OFF, 100, 1_000]));
                let mut request = VolumeSet { symbol, volume, ..VolumeSet::EMPTY };
                request.header.now = now;
                self.tell(|engine| engine.volume_set(&request))
            }
            2 => {
                let qty = Lots(dice.between(0, 20));
                let scope = u32::try_from(dice.below(u64::from(SCOPES))).unwrap();
                let mut request = LocateSet { symbol, scope, qty, ..LocateSet::EMPTY };
                request.header.now = now;
                self.tell(|engine| engine.locate_set(&request))
            }
            3 => {
                let mut request = bands(dice, symbol);
                request.header.now = now;
                self.tell(|engine| engine.bands_set(&request))
            }
            _ => {
                let (join, leave) = (GroupFlag::Join.raw(), GroupFlag::Leave.raw());
                let (max, flags) = (Money(limit(dice, VALUE)), dice.pick(&[0, join, leave]));
                let symbol = if flags == 0 { 0 } else { symbol };
                let mut request = GroupSet { group: 1, symbol, max, flags, ..GroupSet::EMPTY };
                request.header.now = now;
                self.tell(|engine| engine.group_set(&request))
            }
        }
    }

    fn control(&mut self, dice: &mut Dice) -> Answer {
        let scope = u32::try_from(dice.below(u64::from(SCOPES))).unwrap();
        let (action, value) = dice.pick(&[
            (ControlAction::Heartbeat, 0),
            (ControlAction::Heartbeat, 0),
            (ControlAction::Heartbeat, 0),
            (ControlAction::RepeatReset, OFF),
            (ControlAction::BreakerTrip, 0),
            (ControlAction::BreakerReset, 0),
            (ControlAction::BreakerReset, 0),
            (ControlAction::TradingState, 0),
            (ControlAction::TradingState, 0),
            (ControlAction::TradingState, 1),
        ]);
        let now = self.now;
        if dice.one_in(6) {
            let amount = Money(dice.between(-VALUE, 2 * VALUE));
            let mut request = CashAdjust { scope, amount, ..CashAdjust::EMPTY };
            request.header.now = now;
            return self.tell(|engine| engine.cash_adjust(&request));
        }
        if dice.one_in(6) {
            let orders_per_minute = dice.pick(&[-1, 3, 30]);
            let breaker = BreakerConfig { orders_per_minute, ..desk().breaker };
            let mut request = ScopeBreakerSet { scope, breaker, ..ScopeBreakerSet::EMPTY };
            request.header.now = now;
            return self.tell(|engine| engine.scope_breaker_set(&request));
        }
        let mut request = Control { action: action.raw(), scope, value, ..Control::EMPTY };
        request.header.now = now;
        self.tell(|engine| engine.control(&request))
    }

    fn quote(&mut self, dice: &mut Dice) -> Answer {
        let (symbol, now) = (u32::try_from(dice.below(2)).unwrap(), self.now);
        let (bid, spread) = (dice.between(990, 1_010), dice.between(0, 3));
        self.tell(|engine| engine.quote(&quote(symbol, bid, bid + spread, now)))
    }

    fn step(&mut self, dice: &mut Dice) {
        let day = if dice.one_in(300) { 86_400 } else { 0 };
        self.now.0 += (dice.pick(&[0, 1, 1, 2, 9]) + day) * SECOND;
        let _ = match dice.below(24) {
            0..9 => self.submit(dice),
            9..13 => self.report(dice),
            13..16 => self.change(dice),
            16..19 => self.quote(dice),
            19 => self.condition(dice),
            20 => self.limit(dice),
            21 | 22 => self.control(dice),
            _ => self.poll(),
        };
        self.compare(dice);
    }
}

fn run(seed: u64, flags: u32, steps: u64) -> [u64; 2] {
    let mut storages = [(); 2].map(|()| std::boxed::Box::new(Desk::new()));
    let [first, second] = &mut storages;
    let engines = [(first, false), (second, true)].map(|(storage, long_way)| {
        let (memory, kill) = storage.lend();
        let config = Config { hash_seed: 1 + u64::from(long_way), retry: STEADY, ..desk() };
        let mut engine = opened(memory, kill, &config);
        engine.long_way = long_way;
        define(&mut engine, flags);
        let one = Decimal::new(1, 0);
        let mut second = SymbolDefine {
            tick_size: Decimal::new(3, -3),
            lot_size: one,
            multiplier: one,
            conversion: one,
            ..SymbolDefine::EMPTY
        };
        second.name[0] = b'Z';
        let symbol = engine.symbol_define(&second).unwrap();
        engine.limits_set(&LimitsSet { symbol, ..open_limits() }).unwrap();
        for (letter, parent) in [(b'a', 0), (b'b', 1), (b'c', 1)] {
            engine.scope_define(&named(letter, parent)).unwrap();
        }
        for scope in 1..SCOPES {
            engine.scope_limits_set(&ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF }).unwrap();
        }
        engine
    });
    let (now, orders) = (Nanos(200 * SECOND), Vec::new());
    let mut pair = Pair { engines, now, client_id: 0, orders, passes: [0; 2] };
    let mut dice = Dice(seed << 32);
    for _ in 0..steps {
        pair.step(&mut dice);
        if pair.orders.len() > 40 {
            pair.orders.remove(0);
        }
    }
    pair.passes
}

#[test]
fn folded_and_plain_verdicts_are_equal() {
    let mut all = [0; 2];
    for seed in 1..25 {
        let flags = if seed % 4 == 0 { SymbolFlag::Hedged.raw() } else { 0 };
        let passes = run(seed, flags, 250);
        all = [all[0] + passes[0], all[1] + passes[1]];
    }
    let [slow, fast] = all;
    assert!(fast > 3 * slow, "{fast} of {}", slow + fast);
}
