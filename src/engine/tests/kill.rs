//! Mass cancels, kills of scopes and symbols, closing of what is open, and the word that it is
//! flat.

mod room;
mod states;

use std::vec;

use super::dice::Dice;
use super::scopes::{denies, limit_scope, of, random_call, say, scope, trade, tree, with_tree};
use super::*;
use crate::engine::MassCancel;
use crate::order::OrderAdopt;
use crate::risk::ScopeLimitsSet;
use crate::status::{Anomaly, ControlFlag, ExitReason, MassCancelFlag, OrderFlag, OrderMark};

const ALL: u32 = u32::MAX;
const FLATTEN: u32 = MassCancelFlag::Flatten.raw();

fn later(engine: &Engine<'_>) -> Nanos {
    Nanos(engine.now().0 + SECOND)
}

fn ask(scope: u32, symbol: u32, side: u32, flags: u32) -> MassCancel {
    MassCancel { scope, symbol, side, flags, ..MassCancel::EMPTY }
}

fn cancel_all(engine: &mut Engine<'_>, request: &MassCancel) -> u32 {
    let mut request = *request;
    request.header.now = later(engine);
    let (status, count) = engine.mass_cancel(&request).unwrap();
    assert_eq!((status, engine.audit()), (Status::Ok, Ok(())));
    count
}

fn poll(engine: &mut Engine<'_>) -> (Vec<Command>, Vec<Event>) {
    let (mut all, mut told) = (Vec::new(), Vec::new());
    loop {
        let (mut commands, mut events) = ([Command::default(); 3], [Event::EMPTY; 64]);
        let mut request = Poll { max_commands: 3, max_events: 64, ..Poll::EMPTY };
        request.header.now = later(engine);
        let polled = engine.poll(&request, &mut commands, &mut events).unwrap();
        assert_eq!(engine.audit(), Ok(()));
        all.extend(commands.iter().take(usize::try_from(polled.commands).unwrap()));
        told.extend(events.iter().take(usize::try_from(polled.events).unwrap()));
        if polled.more_commands + polled.more_events == 0 {
            return (all, told);
        }
    }
}

fn kinds(commands: &[Command]) -> Vec<(u8, u32, i64)> {
    commands.iter().map(|command| (command.kind, command.symbol, command.qty.0)).collect()
}

const NEW: u8 = 1;
const CANCEL: u8 = 2;

fn tell(engine: &mut Engine<'_>, kind: ReportKind, order: Id) {
    assert_eq!(engine.venue_report(&report(kind, order, later(engine))), Ok(Status::Ok));
    assert_eq!(engine.audit(), Ok(()));
}

fn fill(engine: &mut Engine<'_>, order: Id, exec_id: u64, qty: i64) {
    let told = report(ReportKind::Fill, order, later(engine));
    let told = VenueReport { exec_id, qty: Lots(qty), price: Ticks(1_000), ..told };
    assert_eq!(engine.venue_report(&told), Ok(Status::Ok));
    assert_eq!(engine.audit(), Ok(()));
}

fn time(engine: &mut Engine<'_>) {
    let mut timer = Timer::EMPTY;
    timer.header.now = later(engine);
    engine.timer(&timer).unwrap();
    assert_eq!(engine.audit(), Ok(()));
}

fn submit(engine: &mut Engine<'_>, request: &OrderSubmit) -> Id {
    let submitted = engine.order_submit(request).unwrap();
    assert_eq!((submitted.verdict.mask, engine.audit()), (0, Ok(())), "{:?}", submitted.verdict);
    submitted.order
}

fn state(scope: u32, symbol: Option<u32>, state: TradingState, flags: u32) -> Control {
    let named = if symbol.is_some() { ControlFlag::Symbol.raw() } else { 0 };
    Control {
        action: ControlAction::TradingState.raw(),
        scope,
        value: i64::from(state.raw()),
        symbol: symbol.unwrap_or(0),
        flags: flags | named,
        ..Control::EMPTY
    }
}

fn set(engine: &mut Engine<'_>, request: &Control) -> Result<Status, Status> {
    let mut request = *request;
    request.header.now = later(engine);
    let answer = engine.control(&request);
    assert_eq!(engine.audit(), Ok(()));
    answer
}

fn status(engine: &Engine<'_>, order: Id) -> OrderStatus {
    OrderStatus::from_raw(engine.order_get(order, 0).unwrap().status).unwrap()
}

/// Places that were told to be flat.
fn flats(events: &[Event]) -> Vec<(u32, u32)> {
    let flat = events.iter().filter(|event| event.kind == EventKind::Flat.raw());
    flat.map(|event| (event.scope, event.symbol)).collect()
}

/// With a second symbol, 1, quoted too.
fn with_two<R>(test: impl FnOnce(&mut Engine<'_>) -> R) -> R {
    with_tree(&tree(), 0, |engine| {
        let one = Decimal::new(1, 0);
        let mut name = [0; 32];
        name[0] = b'Y';
        let second = SymbolDefine { name, tick_size: one, lot_size: one, ..SymbolDefine::EMPTY };
        let second = SymbolDefine { multiplier: one, conversion: one, ..second };
        engine.symbol_define(&second).unwrap();
        engine.limits_set(&LimitsSet { symbol: 1, ..LimitsSet::OFF }).unwrap();
        engine.quote(&quote(1, 1_000, 1_001, Nanos(2))).unwrap();
        test(engine)
    })
}

#[test]
fn a_mass_cancel_reaches_what_it_names() {
    // What is asked for, and which of the six orders it reaches.
    let sides = [1, 2];
    for (scope, symbol, side, reached) in [
        (0, ALL, 0, "012345"),
        (1, ALL, 0, "12345"),
        (2, ALL, 0, "123"),
        (3, ALL, 0, "45"),
        (0, 1, 0, "35"),
        (2, 1, 0, "3"),
        (0, ALL, sides[0], "014"),
        (1, 0, sides[1], "2"),
        (3, 0, sides[1], ""),
    ] {
        with_two(|engine| {
            let orders = [
                of(0, 1, Side::Buy, 1),
                of(2, 2, Side::Buy, 1),
                of(2, 3, Side::Sell, 1),
                OrderSubmit { symbol: 1, ..of(2, 4, Side::Sell, 1) },
                of(3, 5, Side::Buy, 1),
                OrderSubmit { symbol: 1, ..of(3, 6, Side::Sell, 1) },
            ];
            let ids: Vec<Id> = orders.iter().map(|order| submit(engine, order)).collect();
            poll(engine);
            // Also what is in flight counts once.
            tell(engine, ReportKind::Ack, ids[0]);
            let asked = ask(scope, symbol, side, 0);
            let found = cancel_all(engine, &asked);
            assert_eq!(usize::try_from(found), Ok(reached.len()), "{scope} {symbol} {side}");
            assert_eq!(cancel_all(engine, &asked), 0);
            let (commands, events) = poll(engine);
            assert!(kinds(&commands).iter().all(|command| command.0 == CANCEL));
            assert_eq!(commands.len(), reached.len());
            for (place, id) in ids.iter().enumerate() {
                let hit = reached.contains(&std::format!("{place}"));
                assert_eq!(status(engine, *id) == OrderStatus::PendingCancel, hit, "{place}");
            }
            let told: Vec<&Event> =
                events.iter().filter(|e| e.kind == EventKind::MassCancel.raw()).collect();
            assert_eq!(told.len(), 2);
            assert_eq!((told[0].scope, told[0].symbol), (scope, symbol));
            assert_eq!((u32::from(told[0].side), told[0].code), (side, 0));
            assert_eq!(told[0].observed, i64::from(found));
            assert_eq!(flats(&events), []);
        });
    }
}

#[test]
fn what_was_not_handed_out_ends_at_once() {
    with_two(|engine| {
        let unsent = submit(engine, &of(2, 1, Side::Buy, 1));
        let stop = OrderType::Stop.raw();
        let held =
            OrderSubmit { order_type: stop, stop_price: Ticks(1_100), ..of(2, 2, Side::Buy, 1) };
        let held = submit(engine, &OrderSubmit { price: Ticks::ZERO, ..held });
        assert_eq!(cancel_all(engine, &ask(1, ALL, 0, 0)), 2);
        for order in [unsent, held] {
            assert_eq!(status(engine, order), OrderStatus::Cancelled);
        }
        assert_eq!(kinds(&poll(engine).0), []);
    });
}

#[test]
fn a_mass_cancel_that_is_refused_changes_nothing() {
    with_two(|engine| {
        let bad = [
            (ask(9, ALL, 0, 0), Status::Scope),
            (ask(0, 2, 0, 0), Status::Symbol),
            (ask(0, ALL, 3, 0), Status::Enum),
            (ask(0, ALL, 257, 0), Status::Enum),
            (ask(0, ALL, 0, 2), Status::Enum),
            (MassCancel { reserved: [0, 1], ..ask(0, ALL, 0, 0) }, Status::Reserved),
        ];
        for (request, error) in bad {
            let before = digest(engine);
            assert_eq!(engine.mass_cancel(&request), Err(error));
            assert_eq!(digest(engine), before);
        }
        let mut bad = [
            (state(0, Some(2), TradingState::Killed, 0), Status::Symbol),
            (state(9, None, TradingState::Killed, 0), Status::Scope),
            (state(0, None, TradingState::Killed, 4), Status::Enum),
            (state(0, None, TradingState::Active, ControlFlag::Flatten.raw()), Status::Enum),
            (Control { symbol: 1, ..state(0, None, TradingState::Halted, 0) }, Status::Reserved),
            (state(0, Some(1), TradingState::Killed, 0), Status::Enum),
        ];
        bad[5].0.action = ControlAction::BreakerTrip.raw();
        for (request, error) in bad {
            let before = digest(engine);
            assert_eq!(engine.control(&request), Err(error));
            assert_eq!(digest(engine), before);
        }
    });
}

#[test]
fn what_is_open_is_closed_when_the_cancels_are_answered() {
    with_two(|engine| {
        engine.limits_set(&LimitsSet { qty_max: Lots(4), ..LimitsSet::OFF }).unwrap();
        for id in 1..4 {
            trade(engine, 2, id, Side::Buy, 3, 1_000);
        }
        // Elsewhere: it stays.
        trade(engine, 3, 4, Side::Buy, 2, 1_000);
        poll(engine);
        let position = engine.scope_position_net(2, 0).unwrap().position;
        // May still take 4 of the 9, and may still bring 2.
        let sell = submit(engine, &of(2, 5, Side::Sell, 4));
        let buy = submit(engine, &of(2, 6, Side::Buy, 2));
        poll(engine);
        assert_eq!(cancel_all(engine, &ask(2, ALL, 0, FLATTEN)), 2);
        let (commands, events) = poll(engine);
        // In pieces of the largest quantity.
        assert_eq!(kinds(&commands), [(CANCEL, 0, 0), (CANCEL, 0, 0), (NEW, 0, 4), (NEW, 0, 1)]);
        assert!(commands[2..].iter().all(|c| c.flags == OrderFlag::ReduceOnly.raw()));
        assert!(commands[2..].iter().all(|c| (c.scope, c.side) == (2, Side::Sell.raw())));
        assert_eq!(flats(&events), []);
        tell(engine, ReportKind::CancelAck, sell);
        let (more, _) = poll(engine);
        assert_eq!(kinds(&more), [(NEW, 0, 4)]);
        // A late execution is closed as well.
        fill(engine, buy, 60, 2);
        let (late, _) = poll(engine);
        assert_eq!(kinds(&late), [(NEW, 0, 2)]);
        let closes = [&commands[2], &commands[3], &more[0], &late[0]];
        for (exec, close) in (70..).zip(closes) {
            assert_eq!(flats(&poll(engine).1), []);
            fill(engine, close.order, exec, close.qty.0);
        }
        // The cancel of the one that was executed is not answered yet.
        assert_eq!(flats(&poll(engine).1), []);
        tell(engine, ReportKind::CancelReject, buy);
        assert_eq!(flats(&poll(engine).1), [(2, ALL)]);
        assert_eq!(engine.scope_position_net(3, 0).unwrap().qty, Lots(2));
        let closed = engine.position_get(position).unwrap();
        assert_eq!(closed.exit, ExitReason::Flatten.raw());
        // It is over: what is opened now stays.
        trade(engine, 2, 9, Side::Buy, 3, 1_000);
        let (commands, events) = poll(engine);
        assert_eq!((kinds(&commands), flats(&events)), (Vec::new(), Vec::new()));
    });
}

#[test]
fn what_is_opened_after_it_is_left_alone() {
    with_two(|engine| {
        trade(engine, 2, 1, Side::Buy, 3, 1_000);
        let early = submit(engine, &OrderSubmit { symbol: 1, ..of(2, 2, Side::Sell, 5) });
        poll(engine);
        assert_eq!(cancel_all(engine, &ask(1, ALL, 0, FLATTEN)), 1);
        poll(engine);
        let fresh = submit(engine, &OrderSubmit { symbol: 1, ..of(3, 3, Side::Sell, 5) });
        assert_eq!(kinds(&poll(engine).0), [(NEW, 1, 5)]);
        fill(engine, fresh, 30, 5);
        assert_eq!(kinds(&poll(engine).0), []);
        fill(engine, early, 31, 2);
        assert_eq!(kinds(&poll(engine).0), [(NEW, 1, 2)]);
    });
}

#[test]
fn nor_is_it_when_a_kill_has_come_between() {
    with_two(|engine| {
        // Not answered: the mass cancel is not over.
        submit(engine, &OrderSubmit { symbol: 1, ..of(2, 1, Side::Buy, 3) });
        poll(engine);
        assert_eq!(cancel_all(engine, &ask(0, ALL, 0, FLATTEN)), 1);
        let fresh = submit(engine, &of(2, 2, Side::Buy, 3));
        poll(engine);
        let symbol = |to, flags| state(0, Some(0), to, flags);
        let flatten = ControlFlag::Flatten.raw();
        assert_eq!(set(engine, &symbol(TradingState::Killed, flatten)), Ok(Status::Ok));
        assert_eq!(kinds(&poll(engine).0), [(CANCEL, 0, 0)]);
        fill(engine, fresh, 20, 3);
        assert_eq!(set(engine, &symbol(TradingState::Active, 0)), Ok(Status::Ok));
        assert_eq!(kinds(&poll(engine).0), []);
        assert_eq!(engine.scope_position_net(2, 0).unwrap().qty, Lots(3));
    });
}

#[test]
fn it_is_flat_after_the_mass_cancel() {
    with_two(|engine| {
        submit(engine, &of(2, 1, Side::Buy, 3));
        assert_eq!(cancel_all(engine, &ask(1, ALL, 0, FLATTEN)), 1);
        let told: Vec<u16> = poll(engine).1.iter().map(|event| event.kind).collect();
        let last = [EventKind::MassCancel.raw(), EventKind::Flat.raw()];
        assert_eq!(told[told.len() - 2..], last);
    });
}

#[test]
fn a_side_means_its_orders_and_what_they_have_opened() {
    with_two(|engine| {
        trade(engine, 2, 1, Side::Buy, 3, 1_000);
        trade(engine, 3, 2, Side::Sell, 4, 1_000);
        poll(engine);
        let reduces = OrderFlag::ReduceOnly.raw();
        // Reduces a long: in the way. Reduces a short, and sells: not asked for.
        let out = submit(engine, &OrderSubmit { flags: reduces, ..of(2, 3, Side::Sell, 2) });
        let sell = submit(engine, &of(2, 4, Side::Sell, 1));
        poll(engine);
        assert_eq!(cancel_all(engine, &ask(0, 0, 1, FLATTEN)), 1);
        let (commands, _) = poll(engine);
        assert_eq!(kinds(&commands), [(CANCEL, 0, 0), (NEW, 0, 1)]);
        assert_eq!(commands[0].order, out);
        tell(engine, ReportKind::CancelAck, out);
        let (more, _) = poll(engine);
        assert_eq!(kinds(&more), [(NEW, 0, 2)]);
        fill(engine, commands[1].order, 10, 1);
        fill(engine, more[0].order, 11, 2);
        let (commands, events) = poll(engine);
        // The place is not flat: there are the short, and an order.
        assert_eq!((kinds(&commands), flats(&events)), (Vec::new(), Vec::new()));
        assert_eq!(status(engine, sell), OrderStatus::Submitted);
        // Said of both, it is.
        assert_eq!(cancel_all(engine, &ask(0, 0, 0, FLATTEN)), 1);
        let (commands, _) = poll(engine);
        assert_eq!(kinds(&commands), [(CANCEL, 0, 0), (NEW, 0, 4)]);
        tell(engine, ReportKind::CancelAck, sell);
        assert_eq!(flats(&poll(engine).1), []);
        fill(engine, commands[1].order, 12, 4);
        assert_eq!(flats(&poll(engine).1), [(0, 0)]);
    });
}

#[test]
fn where_nothing_is_it_is_flat_at_once() {
    with_two(|engine| {
        trade(engine, 2, 1, Side::Buy, 3, 1_000);
        poll(engine);
        // Also a place that nobody ever traded in.
        for (asked, told) in [
            (ask(3, 0, 0, FLATTEN), vec![(3, 0)]),
            (ask(3, ALL, 0, FLATTEN), vec![(3, ALL)]),
            (ask(0, 1, 0, FLATTEN), vec![(0, 1)]),
            (ask(2, ALL, 0, 0), vec![]),
        ] {
            assert_eq!(cancel_all(engine, &asked), 0);
            let (commands, events) = poll(engine);
            assert_eq!((kinds(&commands), flats(&events)), (Vec::new(), told));
        }
    });
}

/// Whether the last close of a flatten failed, as people hear it.
fn alarms(events: &[Event]) -> usize {
    let failed = |event: &&Event| {
        let code = u32::from(Anomaly::CloseFailed.raw());
        (event.kind, event.code) == (EventKind::OrderAnomaly.raw(), code)
    };
    events.iter().filter(failed).count()
}

#[test]
fn a_close_that_comes_to_nothing_is_tried_again() {
    for (scope, killed) in [(0, true), (2, true), (0, false), (2, false)] {
        with_two(|engine| {
            trade(engine, scope, 1, Side::Buy, 5, 1_000);
            poll(engine);
            if killed {
                let kill = state(scope, None, TradingState::Killed, ControlFlag::Flatten.raw());
                assert_eq!(set(engine, &kill), Ok(Status::Ok));
            } else {
                assert_eq!(cancel_all(engine, &ask(scope, ALL, 0, FLATTEN)), 0);
            }
            let (mut commands, _) = poll(engine);
            let ends = [ReportKind::Reject, ReportKind::CancelAck, ReportKind::Expire];
            for end in ends {
                assert_eq!(kinds(&commands), [(NEW, 0, 5)], "{end:?}");
                tell(engine, end, commands[0].order);
                let (none, events) = poll(engine);
                assert_eq!((kinds(&none), alarms(&events)), (Vec::new(), 1), "{end:?}");
                time(engine);
                commands = poll(engine).0;
            }
            // It cannot be sent, until the retries are used up.
            for _ in 0..4 {
                assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
                tell(engine, ReportKind::SendFailed, commands[0].order);
                engine.now.0 += 100 * SECOND;
                time(engine);
                commands = poll(engine).0;
            }
            assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
            // A part is executed, the rest is cancelled by the caller.
            fill(engine, commands[0].order, 50, 2);
            let mut cancel = OrderCancel { order: commands[0].order, ..OrderCancel::EMPTY };
            cancel.request_id = 77;
            engine.order_cancel(&cancel).unwrap();
            tell(engine, ReportKind::CancelAck, commands[0].order);
            let (none, events) = poll(engine);
            assert_eq!((kinds(&none), alarms(&events)), (Vec::new(), 1));
            time(engine);
            let (commands, _) = poll(engine);
            assert_eq!(kinds(&commands), [(NEW, 0, 3)]);
            fill(engine, commands[0].order, 51, 3);
            assert_eq!(flats(&poll(engine).1), [(scope, ALL)]);
        });
    }
}

#[test]
fn what_is_below_one_step_leaves_an_alarm() {
    with_two(|engine| {
        trade(engine, 2, 1, Side::Buy, 5, 1_000);
        poll(engine);
        engine.limits_set(&LimitsSet { qty_step: Lots(2), ..LimitsSet::OFF }).unwrap();
        assert_eq!(cancel_all(engine, &ask(2, ALL, 0, FLATTEN)), 0);
        let denied = |events: &[Event]| {
            let denied = |event: &&Event| event.kind == EventKind::OrderDenied.raw();
            events.iter().filter(denied).map(|event| event.code).collect::<Vec<_>>()
        };
        let (commands, events) = poll(engine);
        assert_eq!(kinds(&commands), [(NEW, 0, 4)]);
        assert_eq!(denied(&events), [Check::Increment.raw()]);
        time(engine);
        assert_eq!(denied(&poll(engine).1), [Check::Increment.raw()]);
        engine.limits_set(&LimitsSet::OFF).unwrap();
        time(engine);
        assert_eq!(kinds(&poll(engine).0), [(NEW, 0, 1)]);
    });
}
