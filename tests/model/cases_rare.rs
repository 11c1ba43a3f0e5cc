//! What ORDER_STATES.md says besides its numbered cases: executions of orders that are not in the
//! table, without a price, and corrections of what is not kept any more; orders taken over.

use oms_core::engine::Control;
use oms_core::num::{Int128, Lots, Ticks};
use oms_core::order::{OrderAdopt, VenueReport};
use oms_core::status::{Anomaly, EventKind, OrderStatus as S, ReportKind as R, Request, Status};
use oms_core::store::Id;

use crate::desk::{
    I, Now, OK, QTY, anomalies, at_desk, bust, correct, execution, fix, is, now, of_kind, open,
    sent, total,
};
use crate::rig::{EXECUTIONS, calm, head, quote};

/// The ones that show an anomaly no cell of the tables does.
pub(crate) const ALL: [fn(); 4] =
    [foreign_fill, fill_without_price, reference_that_left_the_ring, close_that_is_rejected];

const IN_DOUBT: u32 = 1;
const BUSTED: u32 = 16;
const FOREIGN: u32 = 64;
const NO_PRICE: u32 = 128;

/// An execution for an order that is not in the table is booked, and an alarm is raised.
#[test]
pub(crate) fn foreign_fill() {
    at_desk(&calm(), |d| {
        let fill = VenueReport { client_id: 77, side: 1, ..execution(1, 60, 100) };
        assert_eq!(d.tell_raw(&fill), OK);
        assert_eq!(anomalies(d.look()), [Anomaly::Foreign]);
        assert_eq!(d.count(EventKind::OrderFill), 1);
        assert_eq!(d.count(EventKind::PositionOpened), 1);
        let order = d.engine.order_get(Id::NONE, 77).unwrap();
        assert_eq!((order.status, order.order_qty.0, order.cum_qty.0), (S::Filled.raw(), 60, 60));
        assert_eq!((order.marks, order.leaves), (FOREIGN, Lots(0)));
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(60));
        assert_eq!(d.tell_raw(&fill), I);
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(60));
        assert_eq!(d.engine.account_get().live_orders, 0);
        assert_eq!(d.commands(), []);
        // Only what was traded is booked: without a side nobody knows.
        let blind = VenueReport { client_id: 78, ..execution(2, 60, 100) };
        assert_eq!(d.tell_raw(&blind), Err(Status::Unknown));
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(60));
        d.sound();
    });
}

/// RISK_CHECKS.md: "a rejected, failed or cancelled close re-arms at once, raises an alarm and is
/// retried", that of a flatten too.
#[test]
pub(crate) fn close_that_is_rejected() {
    open(|d| {
        assert_eq!(d.fill(QTY), OK);
        let flatten = Control { action: 1, value: 3, flags: 2, ..Control::EMPTY };
        assert_eq!(d.engine.control(&flatten), OK);
        for _ in 0..2 {
            let close = d.commands();
            assert_eq!(close.len(), 1);
            assert_eq!((close[0].kind, close[0].qty, close[0].side), (1, Lots(QTY), 2));
            d.look();
            d.order = close[0].order;
            assert_eq!(d.report(R::Reject.raw()), OK);
            assert_eq!(anomalies(d.look()), [Anomaly::CloseFailed]);
            assert_eq!(d.commands(), []);
            d.wait(1);
        }
        d.order = d.commands()[0].order;
        assert_eq!(d.fill_as(99, QTY, 100), OK);
        d.look();
        assert_eq!(d.count(EventKind::Flat), 1);
        d.sound();
    });
}

/// A record that was evicted is an order that is not in the table.
#[test]
fn foreign_fill_by_a_stale_id() {
    at_desk(&calm(), |d| {
        d.submit(1, 10, 1);
        let first = d.order;
        d.poll();
        assert_eq!(d.report(R::CancelAck.raw()), OK);
        for client_id in 2..=u64::try_from(crate::rig::ORDERS + 1).unwrap() {
            d.submit(client_id, 10, 1);
        }
        assert_eq!(d.engine.order_get(first, 0), Err(Status::Stale));
        let fill = VenueReport { order: first, side: 1, ..execution(1, 10, 100) };
        // All slots are taken by live orders: it is booked without a record.
        assert_eq!(d.tell_raw(&fill), OK);
        assert_eq!(anomalies(d.look()), [Anomaly::Foreign]);
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(10));
        assert_eq!(d.tell_raw(&fill), I);
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(10));
        d.sound();
    });
}

/// Price 0 where there is none: the limit price, and the mark.
#[test]
pub(crate) fn fill_without_price() {
    open(|d| {
        assert_eq!(d.tell(&execution(1, 10, 0)), OK);
        let guess = Now { marks: NO_PRICE, ..now(S::PartiallyFilled, 10, QTY - 10) };
        Now { anomalies: &[Anomaly::NoPrice], ..guess }.of(d);
        // The correction brings the price.
        assert_eq!(d.tell(&correct(1, 2, 10, 99)), OK);
        Now { notional: 990, ..guess }.of(d);
    });
}

/// Without a limit price the market is taken: the ask, for a buy.
#[test]
fn fill_without_price_at_the_market() {
    at_desk(&calm(), |d| {
        d.engine.quote(&quote(3, 0, 90, 95)).unwrap();
        let order = oms_core::order::OrderSubmit {
            client_id: 1,
            qty: Lots(10),
            side: 1,
            order_type: 1,
            time_in_force: 1,
            ..Request::EMPTY
        };
        d.place(&order);
        d.poll();
        d.look();
        assert_eq!(d.tell(&execution(1, 10, 0)), OK);
        assert_eq!(anomalies(d.look()), [Anomaly::NoPrice]);
        assert_eq!((i128::from(d.view().notional), d.view().marks), (950, NO_PRICE));
        d.sound();
    });
}

/// A reference that has left the ring is not guessed: the order is in doubt.
#[test]
pub(crate) fn reference_that_left_the_ring() {
    open(|d| {
        let many = i64::try_from(EXECUTIONS).unwrap() + 1;
        for exec_id in 1..=many {
            assert_eq!(d.fill_as(exec_id.unsigned_abs(), 1, 100), OK);
        }
        is(d, S::PartiallyFilled, many, QTY - many);
        let doubt = Now { marks: IN_DOUBT, ..now(S::PartiallyFilled, many, QTY - many) };
        let evicted = Now { anomalies: &[Anomaly::RefEvicted], ..doubt };
        assert_eq!(d.tell(&bust(1)), OK);
        evicted.of(d);
        assert_eq!(d.tell(&correct(1, 900, 5, 100)), OK);
        evicted.of(d);
        // One that is kept can be taken back.
        assert_eq!(d.tell(&bust(many.unsigned_abs())), OK);
        let marks = IN_DOUBT | BUSTED;
        Now { marks, ..now(S::PartiallyFilled, many - 1, QTY - many + 1) }.of(d);
        // What the venue knows ends the doubt.
        let snapshot = VenueReport {
            order_status: S::PartiallyFilled.raw(),
            venue_cum: Lots(many - 1),
            ..of_kind(R::OrderStatus)
        };
        assert_eq!(d.tell(&snapshot), OK);
        Now { marks: BUSTED, ..now(S::PartiallyFilled, many - 1, QTY - many + 1) }.of(d);
    });
}

/// A bust that overtakes its execution: the execution is known and moves nothing.
#[test]
fn bust_before_its_execution() {
    open(|d| {
        assert_eq!(d.tell(&bust(1)), OK);
        is(d, S::Open, 0, QTY);
        assert_eq!(d.fill_as(1, 10, 100), I);
        is(d, S::Open, 0, QTY);
        // The id of another order's execution is a conflict.
        assert_eq!(d.fill_as(2, 10, 100), OK);
        is(d, S::PartiallyFilled, 10, QTY - 10);
        let first = d.order;
        d.submit(2, 10, 1);
        assert_eq!(d.tell(&bust(2)), Err(Status::Conflict));
        d.order = first;
        d.sound();
    });
}

/// A correction that overtakes its execution is booked at once; the execution is known then.
#[test]
fn correction_before_its_execution() {
    open(|d| {
        assert_eq!(d.tell(&correct(1, 2, 500, 101)), OK);
        let early = Now { notional: 50_500, ..now(S::PartiallyFilled, 500, QTY - 500) };
        early.of(d);
        assert_eq!(d.fill_as(1, 1000, 100), I);
        early.of(d);
        assert_eq!(d.tell(&correct(1, 2, 500, 101)), I);
        assert_eq!(d.tell(&correct(1, 2, 500, 102)), Err(Status::Conflict));
        early.of(d);
    });
}

/// What the venue knows: cum rises by a synthetic execution and never falls.
#[test]
fn status_snapshot() {
    sent(|d| {
        let says = |status: S, cum: i64, avg: i64| VenueReport {
            order_status: status.raw(),
            venue_cum: Lots(cum),
            venue_avg: Ticks(avg),
            ..of_kind(R::OrderStatus)
        };
        assert_eq!(d.tell(&says(S::Open, 0, 0)), OK);
        is(d, S::Open, 0, QTY);
        assert_eq!(d.tell(&says(S::PartiallyFilled, 1000, 98)), OK);
        let part = Now { notional: 98_000, marks: 32, ..now(S::PartiallyFilled, 1000, 9000) };
        Now { anomalies: &[Anomaly::Gap], ..part }.of(d);
        assert_eq!(d.tell(&says(S::PartiallyFilled, 1000, 98)), I);
        part.of(d);
        assert_eq!(d.tell(&says(S::PartiallyFilled, 900, 98)), OK);
        let doubt = Now { marks: 32 | IN_DOUBT, ..part };
        Now { anomalies: &[Anomaly::InDoubt], ..doubt }.of(d);
        // The executions, when they come, are what was inferred.
        assert_eq!(d.tell(&total(1, 400, 98, 400)), OK);
        assert_eq!(d.tell(&total(2, 600, 98, 1000)), OK);
        doubt.of(d);
        assert_eq!(d.tell(&says(S::Expired, 1000, 98)), OK);
        Now { marks: 32, ..Now { status: S::Expired, leaves: 0, ..part } }.of(d);
        assert_eq!(d.tell(&says(S::Pending, 0, 0)), Err(Status::Enum));
        assert_eq!(d.tell(&says(S::Failed, 0, 0)), Err(Status::Enum));
    });
}

/// Done for the day: nothing is left to execute, and all of it stays reserved.
#[test]
fn done_for_day_keeps_its_room() {
    open(|d| {
        assert_eq!(d.fill(1000), OK);
        is(d, S::PartiallyFilled, 1000, 9000);
        assert_eq!(d.report(R::DoneForDay.raw()), OK);
        is(d, S::DoneForDay, 1000, 0);
        fix(d, b'3');
        assert_eq!(d.engine.symbol_get(0).unwrap().working_buy, Lots(9000));
        assert_eq!(d.report(R::Restate.raw()), OK);
        is(d, S::PartiallyFilled, 1000, 9000);
        assert_eq!(d.report(R::Suspend.raw()), OK);
        is(d, S::Suspended, 1000, 9000);
        fix(d, b'9');
        assert_eq!(d.report(R::Resume.raw()), OK);
        is(d, S::PartiallyFilled, 1000, 9000);
    });
}

/// An order of an earlier run: no position moves, what is left is reserved, reports find it.
#[test]
fn adopted_order() {
    at_desk(&calm(), |d| {
        let adopt = OrderAdopt {
            header: head::<OrderAdopt>(3),
            client_id: 5,
            qty: Lots(QTY),
            cum_qty: Lots(4000),
            notional: Int128 { hi: 0, lo: 396_000 },
            price: Ticks(100),
            side: 1,
            order_type: 2,
            time_in_force: 1,
            ..OrderAdopt::EMPTY
        };
        let (status, order) = d.engine.order_adopt(&adopt).unwrap();
        assert_eq!(status, Status::Ok);
        d.look();
        assert_eq!(d.count(EventKind::OrderAdopted), 1);
        d.order = order;
        let v = d.view();
        assert_eq!((v.status, v.leaves), (S::PartiallyFilled.raw(), Lots(6000)));
        assert_eq!((v.avg_price, d.commands()), (Ticks(99), vec![]));
        assert_eq!(d.engine.symbol_get(0).unwrap().working_buy, Lots(6000));
        assert_eq!(d.engine.position_net(0), Err(Status::Unknown));
        assert_eq!(d.engine.order_adopt(&adopt), Ok((Status::Exists, order)));
        let other = OrderAdopt { cum_qty: Lots(1), ..adopt };
        assert_eq!(d.engine.order_adopt(&other), Err(Status::Conflict));
        assert_eq!(d.report(R::Ack.raw()), I);
        assert_eq!(d.tell(&total(1, 6000, 100, QTY)), OK);
        let v = d.view();
        assert_eq!((v.status, v.cum_qty, v.marks), (S::Filled.raw(), Lots(QTY), 0));
        assert_eq!(i128::from(v.notional), 996_000);
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(6000));
        assert_eq!(d.engine.symbol_get(0).unwrap().working_buy, Lots(0));
    });
}
