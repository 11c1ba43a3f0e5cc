//! Calm quotes, and orders that are released or sent in place: whatever happens between them, an
//! engine that takes the long way every time says the same and has the same digest.

use proptest::prelude::*;

use super::dice::Dice;
use super::*;
use crate::engine::quotes::Calm;
use crate::market::Trade;
use crate::status::{BreakerFlag, TradeSource};

type Op = (u8, usize, i64, i64, bool);
type Wide = Storage<8, 3, 8, 6, 64, 16, 128>;

/// Equity follows about the value of a position's twenty ticks, so that limits are met often.
fn breaker(pick: usize) -> BreakerConfig {
    let limits = |ratio: [i64; 2], money: [i64; 2], flags| BreakerConfig {
        daily_loss_ratio: Ratio(ratio[0]),
        drawdown_ratio: Ratio(ratio[1]),
        daily_loss_money: Money(money[0]),
        drawdown_money: Money(money[1]),
        auto_reset_after: Nanos(7 * SECOND),
        cooldown: Nanos(SECOND),
        consecutive_losses: -1,
        orders_per_minute: -1,
        orders_per_hour: -1,
        max_auto_resets: 1_000,
        flags,
        half_open_probes: u32::try_from(pick / 5 % 3).unwrap(),
        warn_ratio: Ratio([800_000_000, OFF, 100_000_000, Ratio::ONE][pick / 3 % 4]),
        orders_per_window: if pick.is_multiple_of(2) { 20 } else { -1 },
        rate_window: Nanos(20 * SECOND),
        ..BreakerConfig::DEFAULT
    };
    match pick % 5 {
        0 => limits([30_000_000, 50_000_000], [OFF, OFF], 0),
        1 => limits([OFF, 40_000_000], [OFF, OFF], 0),
        2 => limits([OFF, OFF], [600_000, 700_000], 0),
        3 => limits([OFF, OFF], [OFF, OFF], 0),
        _ => limits([30_000_000, OFF], [OFF, 900_000], BreakerFlag::RealisedOnly.raw()),
    }
}

fn symbol(engine: &mut Engine<'_>, number: u8, tick: i32, flags: u32) {
    let one = Decimal::new(1, 0);
    let mut name = [0; 32];
    name[0] = b'A' + number;
    let tick_size = Decimal::new(3, tick);
    let sizes = SymbolDefine { name, tick_size, flags, ..SymbolDefine::EMPTY };
    let define = SymbolDefine { lot_size: one, multiplier: one, conversion: one, ..sizes };
    let number = engine.symbol_define(&define).unwrap();
    let limits = LimitsSet { symbol: number, ..open_limits() };
    assert_eq!(engine.limits_set(&limits), Ok(Status::Ok));
}

fn engine<'a>(storage: &'a mut Wide, pick: usize, long_way: bool) -> Engine<'a> {
    let (memory, kill) = storage.lend();
    let capacity = Capacity { symbols: 3, positions: 8, ..config().capacity };
    // From time to time next to nothing.
    let starting_balance = Money(if pick.is_multiple_of(7) { 700 } else { 20_000_000 });
    let config =
        Config { capacity, starting_balance, breaker: breaker(pick), work_per_call: 2, ..config() };
    let mut engine = opened(memory, kill, &config);
    engine.long_way = long_way;
    // The money of the second is a fraction; the third follows trades, not quotes.
    symbol(&mut engine, 0, -2, 0);
    symbol(&mut engine, 1, -8, SymbolFlag::Hedged.raw());
    symbol(&mut engine, 2, -3, SymbolFlag::MarkLast.raw());
    engine
}

/// A walk whose steps are small enough for most quotes to be calm.
fn price(walk: &mut i64, step: i64) -> i64 {
    *walk = (*walk + step).clamp(980, 1_040);
    *walk
}

struct Rig<'a> {
    engine: Engine<'a>,
    orders: Vec<Id>,
    calm: usize,
}

impl Rig<'_> {
    fn call(
        &mut self,
        now: Nanos,
        at: i64,
        &(op, pick, _, qty, flag): &Op,
    ) -> Result<Status, Status> {
        let number = u32::try_from(pick % 3).unwrap();
        let engine = &mut self.engine;
        match op {
            0..12 => {
                let wrong = if pick % 50 == 0 { -1 } else { qty % 3 };
                let quote = quote(number, at, at + wrong, now);
                let news = engine.kill.is_news();
                let calm = if news { Calm::Unsure } else { engine.quote_calmly(&quote) };
                self.calm += usize::from(matches!(calm, Calm::Taken));
                engine.quote_as(calm, &quote)
            }
            12 => {
                let source = if flag { TradeSource::Last } else { TradeSource::Close };
                let price = Ticks(at);
                let mut trade =
                    Trade { symbol: number, source: source.raw(), price, ..Trade::EMPTY };
                trade.header.now = now;
                engine.trade(&trade)
            }
            13 | 14 => {
                let side = if flag { Side::Sell } else { Side::Buy };
                let trails = pick % 4 == 0;
                let mut request = OrderSubmit { symbol: number, ..order(now.0, side, qty, 0) };
                if trails {
                    request.order_type = OrderType::TrailingStop.raw();
                    match pick % 8 {
                        0 => request.trail_offset = Ticks(1 + qty % 5),
                        _ => request.trail_ratio = Ratio(qty % 5 * 1_000_000 + 1),
                    }
                }
                let stops = pick % 4 == 1;
                if stops {
                    request.order_type = OrderType::Stop.raw();
                    let beyond = 1 + qty % 4;
                    request.stop_price = Ticks(if flag { at - beyond } else { at + beyond });
                }
                request.header.now = now;
                let submitted = engine.order_submit(&request)?;
                if trails || stops {
                    return Ok(submitted.status);
                }
                let _ = engine.venue_report(&report(ReportKind::Ack, submitted.order, now));
                let fill = report(ReportKind::Fill, submitted.order, now);
                let fill = VenueReport { exec_id: now.0, qty: Lots(qty), price: Ticks(at), ..fill };
                self.orders.push(submitted.order);
                engine.venue_report(&fill)
            }
            15 => {
                let order =
                    *self.orders.get(pick % self.orders.len().max(1)).ok_or(Status::Unknown)?;
                let position = engine.order_get(order, 0)?.position;
                let kind = if flag { TriggerKind::StopLoss } else { TriggerKind::TakeProfit };
                let level = Ticks(at + (i64::try_from(pick % 9).unwrap()) - 4);
                let mut arm = TriggerArm { position, level, kind: kind.raw(), ..TriggerArm::EMPTY };
                arm.header.now = now;
                let signals = pick % 5 == 0;
                let action = if signals { TriggerAction::Signal } else { TriggerAction::Close };
                (arm.action, arm.qty, arm.tag) = (action.raw(), Lots(qty % 3), now.0);
                if pick % 11 == 0 {
                    arm.trail_offset = Ticks(3);
                }
                if pick % 22 == 0 {
                    (arm.kind, arm.level) = (TriggerKind::TrailingStop.raw(), Ticks::ZERO);
                }
                engine.trigger_arm(&arm).map(|(status, _)| status)
            }
            16 => {
                let mut drain = Drain::EMPTY;
                drain.header.now = now;
                engine.drain(&drain)
            }
            17 => {
                let mut cash =
                    CashAdjust { amount: Money((qty - 9) * 40_000), ..CashAdjust::EMPTY };
                cash.header.now = now;
                engine.cash_adjust(&cash)
            }
            _ => {
                if pick % 20 == 0 {
                    engine.kill.throw();
                }
                let (action, value) = match pick % 5 {
                    0 => (ControlAction::BreakerTrip, 1),
                    1 => (ControlAction::TradingState, 0),
                    _ => (ControlAction::BreakerReset, 2),
                };
                let mut control = Control { action: action.raw(), value, ..Control::EMPTY };
                control.header.now = now;
                engine.control(&control)
            }
        }
    }
}

/// Answers how many quotes were calm.
fn run(pick: usize, ops: &[Op]) -> usize {
    let (mut first, mut second) = (Wide::new(), Wide::new());
    let mut rigs = [(&mut first, false), (&mut second, true)].map(|(storage, long_way)| {
        let engine = engine(storage, pick, long_way);
        Rig { engine, orders: Vec::new(), calm: 0 }
    });
    let (mut now, mut walk) = (Nanos(9 * SECOND), 1_000);
    for op in ops {
        // Some calls come a day later, some are stamped too early.
        now.0 += if op.1 % 97 == 0 { Nanos::DAY } else { SECOND };
        let stamp = if op.1 % 31 == 0 { Nanos(now.0 - 3 * SECOND) } else { now };
        let at = price(&mut walk, op.2);
        let [calm, long] = &mut rigs;
        assert_eq!(calm.call(stamp, at, op), long.call(stamp, at, op), "{op:?}");
        let (calm, long) = (&mut calm.engine, &mut long.engine);
        assert_eq!(calm.risk_get(0), long.risk_get(0), "{op:?}");
        assert_eq!(calm.account_get(), long.account_get());
        assert_eq!(calm.trip_get(0, 0), long.trip_get(0, 0));
        assert_eq!((calm.audit(), long.audit()), (Ok(()), Ok(())));
        assert_eq!(digest(calm), digest(long), "{op:?}");
        if op.1 % 3 == 0 {
            let mut poll = Poll { max_commands: 64, max_events: 0, ..Poll::EMPTY };
            poll.header.now = now;
            let [calm, long] = &mut rigs;
            assert_eq!(calm.engine.poll_and_drop(&poll), long.engine.poll_and_drop(&poll));
        }
    }
    rigs[0].calm
}

proptest! {
    #[test]
    fn the_long_way_comes_to_the_same(pick in 0..1_000_usize, ops in prop::collection::vec(
        (0..19_u8, 0..1_000_usize, -3..4_i64, 1..20_i64, any::<bool>()), 1..200,
    )) {
        run(pick, &ops);
    }
}

/// A walk of a million steps would do as well as a thousand: about half of the quotes are calm.
#[test]
fn most_quotes_are_calm() {
    let mut dice = Dice(7);
    for pick in 1..30 {
        let ops: Vec<Op> = (0..2_000)
            .map(|_| {
                let kinds = if dice.one_in(4) { 19 } else { 12 };
                let op = u8::try_from(dice.below(kinds)).unwrap();
                let step = dice.between(-1, 1);
                let pick = usize::try_from(dice.below(1_000)).unwrap();
                (op, pick, step, dice.between(1, 19), dice.one_in(2))
            })
            .collect();
        let calm = run(pick, &ops);
        assert!(calm > 200, "{pick}: {calm}");
    }
}
