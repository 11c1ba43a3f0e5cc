//! Conformance cases 1 to 19 of ORDER_STATES.md, by number: one order, its cancels and replaces.
//! After every step `is` looks at status, quantities, value, marks, anomalies, position, money,
//! reserved lots and the audit.

use oms_core::engine::Control;
use oms_core::num::{Lots, Ticks};
use oms_core::order::{OrderCancel, OrderReplace, VenueReport};
use oms_core::status::{CommandKind, EventKind, OrderStatus as S, ReportKind, Request, Status};
use oms_core::store::Id;

use crate::desk::{Desk, I, OK, QTY, at_desk, execution, fix, is, now, of_kind, open, sent};
use crate::rig::calm;

pub(crate) const ACK: u8 = ReportKind::Ack.raw();
pub(crate) const REJECT: u8 = ReportKind::Reject.raw();
pub(crate) const CANCELLED: u8 = ReportKind::CancelAck.raw();
pub(crate) const NO_CANCEL: u8 = ReportKind::CancelReject.raw();
pub(crate) const REPLACED: u8 = ReportKind::ReplaceAck.raw();
pub(crate) const NO_REPLACE: u8 = ReportKind::ReplaceReject.raw();
pub(crate) const EXPIRED: u8 = ReportKind::Expire.raw();

#[test]
fn case_01() {
    open(|d| {
        assert_eq!(d.fill(2000), OK);
        is(d, S::PartiallyFilled, 2000, 8000);
        fix(d, b'1');
        assert_eq!(d.fill(3000), OK);
        is(d, S::PartiallyFilled, 5000, 5000);
        assert_eq!(d.fill(5000), OK);
        is(d, S::Filled, QTY, 0);
        fix(d, b'2');
        assert_eq!(d.view().avg_price, Ticks(100));
    });
}

#[test]
fn case_02() {
    sent(|d| {
        assert_eq!(d.fill(4000), OK);
        is(d, S::PartiallyFilled, 4000, 6000);
        assert_eq!(d.report(ACK), I);
        is(d, S::PartiallyFilled, 4000, 6000);
        assert_eq!(d.engine.account_get().ignored, 1);
    });
}

#[test]
fn case_03() {
    at_desk(&calm(), |d| {
        d.submit(1, QTY, 3);
        d.poll();
        assert_eq!(d.fill(QTY), OK);
        is(d, S::Filled, QTY, 0);
        assert_eq!(d.report(ACK), I);
        is(d, S::Filled, QTY, 0);
        fix(d, b'2');
    });
}

#[test]
fn case_04() {
    open(|d| {
        assert_eq!(d.cancel(), OK);
        is(d, S::PendingCancel, 0, QTY);
        fix(d, b'6');
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 0, 0);
        fix(d, b'4');
    });
}

fn crossing(d: &mut Desk<'_, '_>) {
    assert_eq!(d.fill(2000), OK);
    is(d, S::PartiallyFilled, 2000, 8000);
    assert_eq!(d.cancel(), OK);
    is(d, S::PendingCancel, 2000, 8000);
    assert_eq!(d.fill(3000), OK);
    is(d, S::PendingCancel, 5000, 5000);
    assert_eq!(d.fill(1000), OK);
    is(d, S::PendingCancel, 6000, 4000);
    fix(d, b'6');
}

#[test]
fn case_05() {
    open(|d| {
        crossing(d);
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 6000, 0);
        fix(d, b'4');
    });
}

#[test]
fn case_06() {
    open(|d| {
        crossing(d);
        assert_eq!(d.report(NO_CANCEL), OK);
        is(d, S::PartiallyFilled, 6000, 4000);
        fix(d, b'1');
    });
}

#[test]
fn case_07() {
    open(|d| {
        assert_eq!(d.fill(2000), OK);
        is(d, S::PartiallyFilled, 2000, 8000);
        assert_eq!(d.cancel(), OK);
        is(d, S::PendingCancel, 2000, 8000);
        assert_eq!(d.fill(3000), OK);
        is(d, S::PendingCancel, 5000, 5000);
        assert_eq!(d.fill(5000), OK);
        is(d, S::Filled, QTY, 0);
        fix(d, b'6');
        assert_eq!(d.report(NO_CANCEL), OK);
        is(d, S::Filled, QTY, 0);
        fix(d, b'2');
    });
}

#[test]
fn case_08() {
    sent(|d| {
        assert_eq!(d.cancel(), OK);
        is(d, S::PendingCancel, 0, QTY);
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 0, 0);
        assert_eq!(d.report(ACK), I);
        is(d, S::Cancelled, 0, 0);
    });
}

#[test]
fn case_09() {
    sent(|d| {
        assert_eq!(d.cancel(), OK);
        is(d, S::PendingCancel, 0, QTY);
        assert_eq!(d.report(ACK), OK);
        is(d, S::PendingCancel, 0, QTY);
        fix(d, b'6');
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 0, 0);
    });
}

#[test]
fn case_10() {
    open(|d| {
        let before = d.engine.account_get();
        let cancel = OrderCancel { client_id: 77, request_id: 5, ..OrderCancel::EMPTY };
        assert_eq!(d.engine.order_cancel(&cancel), Err(Status::Unknown));
        let (qty, price) = (Lots(1), Ticks(100));
        let replace = OrderReplace { client_id: 77, qty, price, ..OrderReplace::EMPTY };
        assert_eq!(d.engine.order_replace(&replace), Err(Status::Unknown));
        let report = VenueReport { client_id: 77, ..of_kind(ReportKind::CancelAck) };
        assert_eq!(d.tell_raw(&report), Err(Status::Unknown));
        // An execution that does not say what was traded cannot be booked.
        let fill = VenueReport { client_id: 77, ..execution(1, 10, 100) };
        assert_eq!(d.tell_raw(&fill), Err(Status::Unknown));
        assert_eq!(d.engine.account_get(), before);
        is(d, S::Open, 0, QTY);
        assert_eq!(d.commands(), []);
    });
}

#[test]
fn case_11() {
    open(|d| {
        assert_eq!(d.replace(11_000, 100), OK);
        is(d, S::PendingReplace, 0, QTY);
        fix(d, b'E');
        assert_eq!(d.view().replace_qty, Lots(11_000));
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::Open, 0, 11_000);
        fix(d, b'0');
        assert_eq!((d.view().order_qty, d.view().replace_qty), (Lots(11_000), Lots(0)));
    });
}

#[test]
fn case_12() {
    open(|d| {
        assert_eq!(d.fill(1000), OK);
        is(d, S::PartiallyFilled, 1000, 9000);
        assert_eq!(d.replace(12_000, 100), OK);
        is(d, S::PendingReplace, 1000, 9000);
        assert_eq!(d.fill(100), OK);
        is(d, S::PendingReplace, 1100, 8900);
        fix(d, b'E');
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::PartiallyFilled, 1100, 10_900);
        assert_eq!(d.fill(10_900), OK);
        is(d, S::Filled, 12_000, 0);
    });
}

#[test]
fn case_13() {
    open(|d| {
        assert_eq!(d.replace(QTY, 105), OK);
        is(d, S::PendingReplace, 0, QTY);
        d.poll();
        assert_eq!(d.fill(QTY), OK);
        is(d, S::Filled, QTY, 0);
        fix(d, b'E');
        assert_eq!(d.report(NO_REPLACE), OK);
        is(d, S::Filled, QTY, 0);
        fix(d, b'2');
        assert_eq!(d.view().price, Ticks(100));
    });
}

#[test]
fn case_14() {
    open(|d| {
        assert_eq!(d.fill(1000), OK);
        is(d, S::PartiallyFilled, 1000, 9000);
        assert_eq!(d.replace(8000, 100), OK);
        is(d, S::PendingReplace, 1000, 9000);
        assert_eq!(d.fill(500), OK);
        is(d, S::PendingReplace, 1500, 8500);
        assert_eq!(d.fill(100), OK);
        is(d, S::PendingReplace, 1600, 8400);
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::PartiallyFilled, 1600, 6400);
        assert_eq!(d.fill(6400), OK);
        is(d, S::Filled, 8000, 0);
    });
}

#[test]
fn case_15() {
    open(|d| {
        assert_eq!(d.replace(7000, 100), OK);
        is(d, S::PendingReplace, 0, QTY);
        assert_eq!(d.fill(7000), OK);
        is(d, S::PendingReplace, 7000, 3000);
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::Filled, 7000, 0);
        fix(d, b'2');
        assert_eq!(d.view().order_qty, Lots(7000));
    });
}

#[test]
fn case_16() {
    open(|d| {
        assert_eq!(d.replace(7000, 100), OK);
        is(d, S::PendingReplace, 0, QTY);
        assert_eq!(d.fill(8000), OK);
        is(d, S::PendingReplace, 8000, 2000);
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::Filled, 8000, 0);
        assert_eq!(d.view().order_qty, Lots(8000));
    });
}

#[test]
fn case_17() {
    open(|d| {
        let id = d.order;
        for (request_id, qty, price) in [(1, 11_000, 101), (2, 12_000, 102)] {
            assert_eq!(d.replace(qty, price), OK);
            is(d, S::PendingReplace, 0, qty - 1000);
            let out = d.commands();
            let sent: Vec<_> =
                out.iter().map(|c| (c.kind, c.order, c.client_id, c.request_id)).collect();
            assert_eq!(sent, [(CommandKind::Replace.raw(), id, 1, request_id)]);
            assert_eq!((out[0].qty, out[0].price), (Lots(qty), Ticks(price)));
            let ack = VenueReport { request_id, ..of_kind(ReportKind::ReplaceAck) };
            assert_eq!(d.tell(&ack), OK);
            is(d, S::Open, 0, qty);
        }
        let v = d.view();
        assert_eq!((v.price, v.order, v.client_id), (Ticks(102), id, 1));
        // The first id answers no longer.
        d.replace(13_000, 103).unwrap();
        d.poll();
        let stale = VenueReport { request_id: 1, ..of_kind(ReportKind::ReplaceReject) };
        assert_eq!(d.tell(&stale), I);
        assert_eq!(
            (d.view().status, d.view().replace_qty),
            (S::PendingReplace.raw(), Lots(13_000))
        );
    });
}

#[test]
fn case_18() {
    open(|d| {
        assert_eq!(d.fill(1000), OK);
        is(d, S::PartiallyFilled, 1000, 9000);
        assert_eq!(d.replace(8000, 100), OK);
        is(d, S::PendingReplace, 1000, 9000);
        let before = d.view();
        assert_eq!(d.replace(9000, 100), Err(Status::Pending));
        assert_eq!(d.view(), before);
        is(d, S::PendingReplace, 1000, 9000);
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::PartiallyFilled, 1000, 7000);
    });
}

#[test]
fn case_19() {
    open(|d| {
        assert_eq!(d.replace(11_000, 103), OK);
        is(d, S::PendingReplace, 0, QTY);
        d.poll();
        assert_eq!(d.cancel(), OK);
        is(d, S::PendingCancel, 0, QTY);
        fix(d, b'6');
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::PendingCancel, 0, 11_000);
        assert_eq!(d.view().price, Ticks(103));
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 0, 0);
        assert_eq!(d.view().price, Ticks(103));
    });
}

/// As 19, but the venue refuses both.
#[test]
fn case_19_refused() {
    open(|d| {
        d.replace(11_000, 103).unwrap();
        d.poll();
        d.cancel().unwrap();
        d.poll();
        is(d, S::PendingCancel, 0, QTY);
        assert_eq!(d.report(NO_REPLACE), OK);
        is(d, S::PendingCancel, 0, QTY);
        assert_eq!(d.report(NO_CANCEL), OK);
        is(d, S::Open, 0, QTY);
        assert_eq!(d.view().price, Ticks(100));
    });
}

/// The kill switch: every live order is to be cancelled.
pub(crate) fn kill(d: &mut Desk<'_, '_>) {
    let kill = Control { action: 1, value: 3, ..Control::EMPTY };
    d.engine.control(&kill).unwrap();
}

#[test]
fn case_38() {
    at_desk(&calm(), |d| {
        let mut live = Vec::new();
        for id in 1..=3 {
            d.submit(id, QTY, 1);
            live.push(d.order);
        }
        d.poll();
        d.report(ACK).unwrap();
        d.replace(11_000, 100).unwrap();
        d.poll();
        is(d, S::PendingReplace, 0, QTY);
        kill(d);
        assert_eq!(cancels(d), live);
        assert_eq!(cancels(d), []);
        for id in live {
            d.order = id;
            d.look();
            assert_eq!(d.view().status, S::PendingCancel.raw());
            assert_eq!(d.report(CANCELLED), OK);
            is(d, S::Cancelled, 0, 0);
        }
        assert_eq!(d.count(EventKind::Flat), 1);
    });
}

/// As 38, but the replace was not handed out yet: it must not leave after the kill.
#[test]
fn case_38_replace_waits() {
    open(|d| {
        d.replace(11_000, 100).unwrap();
        kill(d);
        assert_eq!(cancels(d), [d.order]);
        now(S::PendingCancel, 0, QTY).of(d);
        assert_eq!(cancels(d), []);
    });
}

/// As 38, with a cancel that is under way already: no second one.
#[test]
fn case_38_cancel_pending() {
    open(|d| {
        d.replace(11_000, 100).unwrap();
        d.poll();
        d.cancel().unwrap();
        assert_eq!(cancels(d), [d.order]);
        kill(d);
        assert_eq!(cancels(d), []);
        is(d, S::PendingCancel, 0, QTY);
    });
}

/// The orders that are to be cancelled; no other command comes out.
fn cancels(d: &mut Desk<'_, '_>) -> Vec<Id> {
    let out = d.commands();
    assert!(out.iter().all(|c| c.kind == CommandKind::Cancel.raw()));
    let mut ids: Vec<_> = out.iter().map(|c| c.order).collect();
    ids.sort();
    ids
}
