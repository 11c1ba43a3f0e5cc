//! A venue that refuses the engine's own cancels is asked again by the clock, and not at once.

use super::scopes::{of, trade, tree, with_tree};
use super::*;
use crate::order::OrderReplace;
use crate::status::OrderFlag;

const MILLI: u64 = 1_000_000;

fn poll(engine: &mut Engine<'_>) -> Vec<(u8, Id)> {
    let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 64]);
    let mut request = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
    request.header.now = engine.now();
    let polled = engine.poll(&request, &mut commands, &mut events).unwrap();
    assert_eq!((engine.audit(), polled.more_commands), (Ok(()), 0));
    let handed = commands.iter().take(usize::try_from(polled.commands).unwrap());
    handed.map(|command| (command.kind, command.order)).collect()
}

fn tell(engine: &mut Engine<'_>, kind: ReportKind, order: Id) -> Result<Status, Status> {
    let told = engine.venue_report(&report(kind, order, engine.now()));
    assert_eq!(engine.audit(), Ok(()));
    told
}

fn fill(engine: &mut Engine<'_>, order: Id, exec_id: u64, qty: i64) {
    let told = report(ReportKind::Fill, order, engine.now());
    let told = VenueReport { exec_id, qty: Lots(qty), price: Ticks(1_000), ..told };
    assert_eq!(engine.venue_report(&told), Ok(Status::Ok));
    assert_eq!(engine.audit(), Ok(()));
}

/// Time passes, and a timer comes by.
fn wait(engine: &mut Engine<'_>, millis: u64) {
    let mut timer = Timer::EMPTY;
    timer.header.now = Nanos(engine.now().0 + millis * MILLI);
    assert_eq!(engine.timer(&timer), Ok(Status::Ok));
    assert_eq!(engine.audit(), Ok(()));
}

fn reducer(id: u64, qty: i64) -> OrderSubmit {
    let flags = OrderFlag::ReduceOnly.raw();
    OrderSubmit { flags, price: Ticks(1_100), ..of(2, id, Side::Sell, qty) }
}

fn live(engine: &mut Engine<'_>, request: &OrderSubmit) -> Id {
    let order = engine.order_submit(request).unwrap().order;
    poll(engine);
    assert_eq!(tell(engine, ReportKind::Ack, order), Ok(Status::Ok));
    order
}

fn cancel(order: Id) -> (u8, Id) {
    (CommandKind::Cancel.raw(), order)
}

/// A reducer of a position that is gone: its cancel is on the way.
fn astray(engine: &mut Engine<'_>) -> Id {
    trade(engine, 2, 1, Side::Buy, 5, 1_000);
    let order = live(engine, &reducer(2, 5));
    trade(engine, 2, 3, Side::Sell, 5, 1_000);
    assert_eq!(poll(engine), [cancel(order)]);
    order
}

#[test]
fn a_refused_cancel_is_asked_for_again_after_longer_and_longer_waits() {
    with_tree(&tree(), 0, |engine| {
        let order = astray(engine);
        let mut wait_millis = 100;
        for _ in 0..12 {
            assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
            assert_eq!(poll(engine), []);
            // News of it hurries nothing.
            assert_eq!(tell(engine, ReportKind::Suspend, order), Ok(Status::Ok));
            assert_eq!(tell(engine, ReportKind::Resume, order), Ok(Status::Ok));
            wait(engine, wait_millis - 1);
            assert_eq!(poll(engine), []);
            // The jitter is a tenth at most.
            wait(engine, wait_millis / 10 + 1);
            assert_eq!(poll(engine), [cancel(order)]);
            wait_millis = (wait_millis * 2).min(30_000);
        }
        assert_eq!(tell(engine, ReportKind::CancelAck, order), Ok(Status::Ok));
        wait(engine, 60_000);
        assert_eq!(poll(engine), []);
    });
}

#[test]
fn a_venue_that_always_refuses_is_asked_seldom() {
    with_tree(&tree(), 0, |engine| {
        let order = astray(engine);
        let mut asked = 0;
        assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
        for _ in 0..3_600 {
            wait(engine, 1_000);
            for _ in poll(engine) {
                asked += 1;
                assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
            }
        }
        assert!((100..130).contains(&asked), "{asked}");
    });
}

#[test]
fn what_fits_again_is_left_alone() {
    with_tree(&tree(), 0, |engine| {
        trade(engine, 2, 1, Side::Buy, 5, 1_000);
        let order = live(engine, &reducer(2, 5));
        let sell = engine.order_submit(&of(2, 3, Side::Sell, 5)).unwrap().order;
        poll(engine);
        fill(engine, sell, 30, 3);
        // It is to be made smaller, then cancelled; the venue does neither.
        assert_eq!(poll(engine), [(CommandKind::Replace.raw(), order)]);
        assert_eq!(tell(engine, ReportKind::ReplaceReject, order), Ok(Status::Ok));
        assert_eq!(poll(engine), [cancel(order)]);
        assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
        // Meanwhile the position grows again.
        trade(engine, 2, 4, Side::Buy, 3, 1_000);
        wait(engine, 1_000);
        assert_eq!(poll(engine), []);
        let view = engine.order_get(order, 0).unwrap();
        assert_eq!((view.status, view.retry_at), (OrderStatus::Open.raw(), Nanos::ZERO));
        // And shrinks: the next wait is the first one of a cancel that was not refused.
        fill(engine, sell, 31, 1);
        assert_eq!(poll(engine), [cancel(order)]);
    });
}

#[test]
fn a_filled_order_that_may_grow_is_asked_about_as_seldom() {
    with_tree(&tree(), 0, |engine| {
        trade(engine, 2, 1, Side::Buy, 5, 1_000);
        let order = live(engine, &reducer(2, 4));
        let mut replace = OrderReplace { order, request_id: 7, ..OrderReplace::EMPTY };
        (replace.qty, replace.price) = (Lots(5), Ticks(1_100));
        replace.header.now = engine.now();
        assert_eq!(engine.order_replace(&replace).unwrap().verdict.mask, 0);
        assert_eq!(poll(engine), [(CommandKind::Replace.raw(), order)]);
        fill(engine, order, 20, 4);
        trade(engine, 2, 3, Side::Sell, 1, 1_000);
        let view = engine.order_get(order, 0).unwrap();
        assert_eq!(view.status, OrderStatus::Filled.raw());
        assert_eq!(poll(engine), [cancel(order)]);
        for millis in [110, 220, 440] {
            assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
            assert_eq!(poll(engine), []);
            wait(engine, millis);
            assert_eq!(poll(engine), [cancel(order)]);
        }
        assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
        // The replace is answered: nothing more can come of it.
        assert_eq!(tell(engine, ReportKind::ReplaceReject, order), Ok(Status::Ok));
        wait(engine, 60_000);
        assert_eq!(poll(engine), []);
    });
}

#[test]
fn a_caller_may_ask_meanwhile() {
    with_tree(&tree(), 0, |engine| {
        let order = astray(engine);
        assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
        let mut request = OrderCancel { order, request_id: 9, ..OrderCancel::EMPTY };
        request.header.now = engine.now();
        assert_eq!(engine.order_cancel(&request), Ok(Status::Ok));
        assert_eq!(poll(engine), [cancel(order)]);
        // The wait ends while that is on its way.
        wait(engine, 200);
        assert_eq!(poll(engine), []);
        // Refused as well: now it is asked for at once, and then not.
        assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
        assert_eq!(poll(engine), [cancel(order)]);
        assert_eq!(tell(engine, ReportKind::CancelReject, order), Ok(Status::Ok));
        assert_eq!(poll(engine), []);
    });
}
