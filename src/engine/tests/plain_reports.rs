//! Plain reports and fresh orders take a short way: two engines, one of which never takes it, are
//! told the same and agree after every call.

use std::vec;

use proptest::prelude::*;

use super::*;
use crate::status::{OrderFlag, TimeInForce};

type Op = (u8, usize, i64, i64, u8);
type Room = Storage<24, 2, 8, 12, 40, 10, 256>;

fn desk() -> Config {
    let capacity = Capacity {
        orders: 24,
        symbols: 2,
        positions: 8,
        triggers: 12,
        events: 40,
        executions: 10,
        scopes: 1,
        books: 0,
        reserved0: 0,
        rate: 256,
        symbol_rate: 32,
        recent: 128,
    };
    let breaker =
        BreakerConfig { orders_per_minute: -1, orders_per_hour: -1, ..BreakerConfig::DEFAULT };
    Config { capacity, breaker, starting_balance: Money(BALANCE), ..Config::DEFAULT }
}

/// A net symbol; a hedged one whose tick-lot is a part of a money unit.
fn define_both(engine: &mut Engine<'_>) {
    define(engine, 0);
    let mut name = [0; 32];
    name[0] = b'Y';
    let (one, part) = (Decimal::new(1, 0), Decimal::new(3, -7));
    let request = SymbolDefine {
        name,
        tick_size: Decimal::new(1, -2),
        lot_size: one,
        multiplier: one,
        conversion: part,
        flags: SymbolFlag::Hedged.raw(),
        ..SymbolDefine::EMPTY
    };
    assert_eq!(engine.symbol_define(&request), Ok(1));
    assert_eq!(engine.limits_set(&LimitsSet { symbol: 1, ..open_limits() }), Ok(Status::Ok));
}

/// What the calls have made so far, by the ids that both engines gave.
#[derive(Default)]
struct Made {
    orders: Vec<Id>,
    positions: Vec<Id>,
}

fn picked(ids: &[Id], pick: usize) -> Id {
    // The youngest most of the time.
    let back = if pick.is_multiple_of(4) { pick % 23 } else { pick % 3 };
    ids.iter().rev().nth(back).copied().unwrap_or(Id::NONE)
}

fn submit(engine: &mut Engine<'_>, made: &mut Made, now: Nanos, &(_, pick, price, qty, bits): &Op) {
    let symbol = u32::from(bits & 1);
    let flags = if pick % 9 == 0 { OrderFlag::ReduceOnly.raw() } else { 0 };
    let named = symbol == 1 && bits & 2 != 0 || pick % 9 == 0;
    let side = if bits & 4 != 0 { Side::Sell } else { Side::Buy };
    let day = if pick % 2 == 0 { TimeInForce::Day } else { TimeInForce::Gtc };
    let mut request = OrderSubmit {
        position: if named { picked(&made.positions, pick) } else { Id::NONE },
        linked: if pick % 17 == 0 { picked(&made.orders, pick) } else { Id::NONE },
        stop_loss: if pick % 13 == 0 { Ticks(900) } else { Ticks(0) },
        timeout_at: if pick % 5 == 0 { Nanos(now.0 + 9 * SECOND) } else { Nanos(0) },
        symbol,
        flags,
        time_in_force: day.raw(),
        ..order(now.0, side, 1 + qty % 4, if bits & 8 != 0 { price } else { 0 })
    };
    request.header.now = now;
    if let Ok(submitted) = engine.order_submit(&request) {
        made.orders.extend(Some(submitted.order).filter(|&id| id != Id::NONE));
    }
}

fn fill(engine: &mut Engine<'_>, made: &Made, now: Nanos, op: &Op) -> Result<Status, Status> {
    let &(_, pick, price, qty, bits) = op;
    let order = picked(&made.orders, pick);
    let view = engine.order_get(order, 0);
    let (leaves, cum) = view.as_ref().map_or((0, 0), |view| (view.leaves.0, view.cum_qty.0));
    // In full, in part, or more than is left.
    let lots = match bits & 6 {
        0 if leaves > 0 => leaves,
        2 if leaves > 1 => leaves / 2,
        _ => 1 + qty % 4,
    };
    let total = if pick % 7 == 0 { cum + lots + i64::from(bits & 1) } else { 0 };
    let side = view.as_ref().map_or(0, |view| if pick % 6 == 0 { view.side } else { 0 });
    let request = VenueReport {
        // Some come twice.
        exec_id: if pick % 8 == 0 { now.0 / SECOND - 2 } else { now.0 / SECOND },
        client_id: view.as_ref().map_or(0, |view| view.client_id),
        qty: Lots(lots),
        price: if pick % 19 == 0 { Ticks(0) } else { Ticks(price) },
        venue_cum: Lots(total),
        commission: Money(qty * if bits & 8 != 0 { 1_000 } else { -1 }),
        symbol: view.as_ref().map_or(0, |view| view.symbol),
        side,
        ..report(ReportKind::Fill, if pick % 10 == 0 { Id::NONE } else { order }, now)
    };
    engine.venue_report(&request)
}

fn call(engine: &mut Engine<'_>, made: &mut Made, now: Nanos, op: &Op) -> Result<Status, Status> {
    let &(kind, pick, price, qty, bits) = op;
    let order = picked(&made.orders, pick);
    match kind {
        0..4 => submit(engine, made, now, op),
        4 => {
            let symbol = u32::from(bits & 1);
            return engine.quote(&quote(symbol, price, price + qty % 3, now));
        }
        5..7 => return engine.venue_report(&report(ReportKind::Ack, order, now)),
        7..12 => return fill(engine, made, now, op),
        12 => {
            let mut request = OrderCancel { order, request_id: now.0, ..OrderCancel::EMPTY };
            request.header.now = now;
            return engine.order_cancel(&request);
        }
        13 => {
            let kind = ReportKind::from_raw(u8::try_from(1 + pick % 16).unwrap()).unwrap();
            let request = VenueReport {
                exec_id: now.0,
                ref_exec_id: now.0 / SECOND - 3,
                qty: Lots(qty),
                price: Ticks(price),
                ..report(kind, order, now)
            };
            return engine.venue_report(&request);
        }
        14 if pick % 9 == 0 => engine.kill.throw(),
        14 => {
            let mut request = Timer::EMPTY;
            request.header.now = now;
            return engine.timer(&request);
        }
        _ => {
            let action = ControlAction::TradingState.raw();
            let value = i64::from(TradingState::Active.raw());
            let mut request = Control { action, value, ..Control::EMPTY };
            request.header.now = now;
            return engine.control(&request);
        }
    }
    Ok(Status::Ok)
}

/// Everything that waits, if it is asked for.
fn polled(engine: &mut Engine<'_>, now: Nanos, all: bool) -> (Vec<Command>, Vec<Event>, Polled) {
    let (mut commands, mut events) = (vec![Command::default(); 8], vec![Event::EMPTY; 40]);
    let max_events = if all { 40 } else { 1 };
    let mut request = Poll { max_commands: 8, max_events, ..Poll::EMPTY };
    request.header.now = now;
    let polled = engine.poll(&request, &mut commands, &mut events).unwrap();
    (commands, events, polled)
}

fn agree(ops: &[Op]) -> Result<(), TestCaseError> {
    let mut rooms = [Room::new(), Room::new()];
    let [first, second] = &mut rooms;
    let mut engines = [(first, 1), (second, 2)].map(|(room, hash_seed)| {
        let (memory, kill) = room.lend();
        let mut engine = opened(memory, kill, &Config { hash_seed, retry: STEADY, ..desk() });
        define_both(&mut engine);
        engine
    });
    engines[1].long_way = true;
    let mut made = [Made::default(), Made::default()];
    let mut now = Nanos(10 * SECOND);
    for op in ops {
        now.0 += if op.0 == 14 && op.1 % 7 == 0 { Nanos::DAY } else { SECOND };
        let mut answers = Vec::new();
        for (engine, made) in engines.iter_mut().zip(&mut made) {
            let answer = call(engine, made, now, op);
            let told = (op.1 % 3 > 0).then(|| polled(engine, now, op.1 % 5 > 0));
            let opened = told.iter().flat_map(|told| &told.1);
            let opened = opened.filter(|event| event.kind == EventKind::PositionOpened.raw());
            made.positions.extend(opened.map(|event| event.position));
            answers.push((answer, told));
            prop_assert_eq!(engine.audit(), Ok(()));
        }
        prop_assert_eq!(&answers[0], &answers[1]);
        prop_assert_eq!(digest(&engines[0]), digest(&engines[1]));
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_short_way_leads_to_the_same(ops in prop::collection::vec(
        (0..16_u8, 0..1_000_usize, 990..1_010_i64, 1..20_i64, any::<u8>()), 1..250,
    )) {
        agree(&ops)?;
    }
}
