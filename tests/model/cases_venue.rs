//! Conformance cases 20 to 37 of ORDER_STATES.md, by number: what the venue does unasked, and
//! executions that come twice, late, out of order, wrong or are taken back. Case 38 stands with
//! the kill switch in cases.rs.

use oms_core::num::{Lots, Nanos, Ticks};
use oms_core::order::{OrderSubmit, VenueReport};
use oms_core::status::{Anomaly, Check, CommandKind, EventKind, OrderStatus as S};
use oms_core::status::{ReportKind as R, Request, Status};
use oms_core::store::Id;

use crate::cases::{ACK, CANCELLED, EXPIRED, REJECT, REPLACED};
use crate::desk::{
    Desk, I, Now, OK, QTY, at_desk, bust, correct, execution, fix, is, now, of_kind, open, sent,
    terms, total,
};
use crate::rig::{calm, head};

const IN_DOUBT: u32 = 1;
const OVERFILL: u32 = 2;
const LATE_FILL: u32 = 4;
const RESURRECTED: u32 = 8;
const BUSTED: u32 = 16;
const GAP: u32 = 32;
const HOUR: u64 = Nanos::HOUR;

#[test]
fn case_20() {
    open(|d| {
        assert_eq!(d.fill(2000), OK);
        is(d, S::PartiallyFilled, 2000, 8000);
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 2000, 0);
        fix(d, b'4');
    });
}

/// A change that nobody asked for is shown: UNSOLICITED.
#[test]
fn case_21() {
    open(|d| {
        assert_eq!(d.fill(2000), OK);
        is(d, S::PartiallyFilled, 2000, 8000);
        assert_eq!(d.tell(&terms(R::Restate, 6000, 99)), OK);
        let anomalies = &[Anomaly::Unsolicited];
        Now { anomalies, ..now(S::PartiallyFilled, 2000, 4000) }.of(d);
        assert_eq!((d.view().order_qty, d.view().price), (Lots(6000), Ticks(99)));
    });
}

#[test]
fn case_22() {
    open(|d| {
        assert_eq!(d.engine.symbol_get(0).unwrap().working_buy, Lots(QTY));
        let stp = VenueReport { reason: 4, ..of_kind(R::CancelAck) };
        assert_eq!(d.tell(&stp), OK);
        is(d, S::Cancelled, 0, 0);
        assert_eq!(d.engine.symbol_get(0).unwrap().working_buy, Lots(0));
        assert_eq!(d.tell(&stp), I);
        is(d, S::Cancelled, 0, 0);
        assert_eq!(d.engine.symbol_get(0).unwrap().working_buy, Lots(0));
    });
}

fn again(qty: i64) -> OrderSubmit {
    OrderSubmit {
        header: head::<OrderSubmit>(5),
        client_id: 1,
        qty: Lots(qty),
        price: Ticks(100),
        side: 1,
        order_type: 2,
        time_in_force: 1,
        ..OrderSubmit::EMPTY
    }
}

#[test]
fn case_23() {
    open(|d| {
        let before = d.view();
        let other = d.engine.order_submit(&again(5)).unwrap();
        assert!(other.verdict.fails(Check::ClientId));
        assert_eq!((other.verdict.mask, other.order), (1 << Check::ClientId.raw(), Id::NONE));
        assert_eq!(d.view(), before);
        is(d, S::Open, 0, QTY);
        let same = d.engine.order_submit(&again(QTY)).unwrap();
        assert_eq!((same.status, same.order), (Status::Exists, before.order));
        assert_eq!(d.view(), before);
        is(d, S::Open, 0, QTY);
        assert_eq!(d.engine.account_get().live_orders, 1);
        assert_eq!(d.commands(), []);
    });
}

#[test]
fn case_24() {
    for (tif, cum) in [(4, 0), (3, 3000)] {
        at_desk(&calm(), |d| {
            d.submit(1, QTY, tif);
            d.poll();
            is(d, S::Submitted, 0, QTY);
            if cum > 0 {
                assert_eq!(d.fill(cum), OK);
                is(d, S::PartiallyFilled, cum, QTY - cum);
            }
            assert_eq!(d.report(CANCELLED), OK);
            is(d, S::Cancelled, cum, 0);
        });
    }
}

/// C to K are the executions 3 to 11.
#[test]
fn case_25() {
    open(|d| {
        let average = |d: &Desk<'_, '_>| (d.view().avg_price.0, d.view().avg_price_frac);
        assert_eq!(d.fill_as(3, 1000, 100), OK);
        is(d, S::PartiallyFilled, 1000, 9000);
        assert_eq!(d.fill_as(4, 9000, 110), OK);
        Now { notional: 1_090_000, ..now(S::Filled, QTY, 0) }.of(d);
        assert_eq!(average(d), (109, 0));
        let busted = Now { marks: BUSTED, ..now(S::PartiallyFilled, 9000, 1000) };
        assert_eq!(d.tell(&bust(3)), OK);
        Now { notional: 990_000, ..busted }.of(d);
        assert_eq!((average(d), d.count(EventKind::ExecutionBusted)), ((110, 0), 1));
        assert_eq!(d.tell(&correct(4, 6, 9000, 100)), OK);
        Now { notional: 900_000, ..busted }.of(d);
        assert_eq!((average(d), d.count(EventKind::ExecutionCorrected)), ((100, 0), 1));
        assert_eq!(d.fill_as(7, 1000, 120), OK);
        let full = Now { marks: BUSTED, ..now(S::Filled, QTY, 0) };
        Now { notional: 1_020_000, ..full }.of(d);
        assert_eq!(average(d), (102, 0));
        assert_eq!(d.tell(&correct(6, 8, 9000, 120)), OK);
        Now { notional: 1_200_000, ..full }.of(d);
        assert_eq!(average(d), (120, 0));
        // Both ids name the execution: what comes again is known.
        assert_eq!(d.tell(&correct(4, 6, 9000, 100)), I);
        assert_eq!(d.fill_as(4, 9000, 110), I);
        Now { notional: 1_200_000, ..full }.of(d);
        assert_eq!(d.replace(12_000, 100), OK);
        Now { notional: 1_200_000, ..full }.of(d);
        fix(d, b'E');
        d.poll();
        assert_eq!(d.report(REPLACED), OK);
        let part = Now { marks: BUSTED, ..now(S::PartiallyFilled, QTY, 2000) };
        Now { notional: 1_200_000, ..part }.of(d);
        fix(d, b'1');
        assert_eq!(d.tell(&correct(8, 11, 9500, 120)), OK);
        Now { cum: 10_500, leaves: 1500, notional: 1_260_000, ..part }.of(d);
        assert_eq!(average(d), (120, 0));
    });
}

#[test]
fn case_26() {
    open(|d| {
        assert_eq!(d.fill_as(1, 5000, 50), OK);
        Now { notional: 250_000, ..now(S::PartiallyFilled, 5000, 5000) }.of(d);
        assert_eq!(d.cancel(), OK);
        Now { notional: 250_000, ..now(S::PendingCancel, 5000, 5000) }.of(d);
        assert_eq!(d.report(CANCELLED), OK);
        Now { notional: 250_000, ..now(S::Cancelled, 5000, 0) }.of(d);
        let position = d.engine.position_net(0).unwrap().position;
        assert_eq!(d.tell(&bust(1)), OK);
        Now { marks: BUSTED, ..now(S::Cancelled, 0, 0) }.of(d);
        // EXIT_BUSTED
        assert_eq!(d.engine.position_get(position).unwrap().exit, 7);
        assert_eq!(d.tell(&bust(1)), I);
        Now { marks: BUSTED, ..now(S::Cancelled, 0, 0) }.of(d);
        assert_eq!(d.fill_as(2, 4000, 51), OK);
        let late = Now { marks: BUSTED | LATE_FILL, ..now(S::Cancelled, 4000, 0) };
        Now { notional: 204_000, anomalies: &[Anomaly::LateFill], ..late }.of(d);
        fix(d, b'4');
        assert_eq!(d.engine.account_get().live_orders, 0);
    });
}

#[test]
fn case_27() {
    open(|d| {
        assert_eq!(d.fill_as(7, 100, 100), OK);
        is(d, S::PartiallyFilled, 100, 9900);
        assert_eq!(d.fill_as(7, 100, 100), I);
        is(d, S::PartiallyFilled, 100, 9900);
        assert_eq!(d.count(EventKind::OrderFill), 0);
        let before = d.view();
        assert_eq!(d.fill_as(7, 200, 100), Err(Status::Conflict));
        assert_eq!(d.fill_as(7, 100, 101), Err(Status::Conflict));
        assert_eq!(d.view(), before);
        is(d, S::PartiallyFilled, 100, 9900);
        assert_eq!(d.fill_as(8, 0, 100), Err(Status::BadQty));
        assert_eq!(d.fill_as(8, -1, 100), Err(Status::BadQty));
        is(d, S::PartiallyFilled, 100, 9900);
    });
}

#[test]
fn case_28() {
    open(|d| {
        assert_eq!(d.tell(&total(1, 3000, 100, 3000)), OK);
        is(d, S::PartiallyFilled, 3000, 7000);
        for cum in [3000, 2000] {
            assert_eq!(d.tell(&total(5000 - cum as u64, 1000, 100, cum)), OK);
            let doubt = Now { marks: IN_DOUBT, ..now(S::PartiallyFilled, 3000, 7000) };
            Now { anomalies: &[Anomaly::InDoubt], ..doubt }.of(d);
            assert_eq!(d.count(EventKind::OrderFill), 0);
        }
        // The ids are kept: they are known when they come again.
        assert_eq!(d.tell(&total(2000, 1000, 100, 3000)), I);
    });
}

/// Cum 5000, the last 3000@51, on average 50.6.
fn overtaking() -> VenueReport {
    VenueReport { venue_avg: Ticks(50), venue_avg_frac: 600_000_000, ..total(2, 3000, 51, 5000) }
}

#[test]
fn case_29() {
    open(|d| {
        assert_eq!(d.tell(&overtaking()), OK);
        let early = Now { notional: 253_000, marks: GAP, ..now(S::PartiallyFilled, 5000, 5000) };
        Now { anomalies: &[Anomaly::Gap], ..early }.of(d);
        let fills: Vec<_> =
            d.last.iter().filter(|e| e.kind == 3).map(|e| (e.qty.0, e.price.0)).collect();
        assert_eq!(fills, [(2000, 50), (3000, 51)]);
        assert_eq!(d.tell(&total(1, 2000, 50, 2000)), OK);
        early.of(d);
        assert_eq!(d.count(EventKind::OrderFill), 0);
        assert_eq!((d.view().avg_price.0, d.view().avg_price_frac), (50, 600_000_000));
        // The executions are those of the right order: both known, and each can be taken back.
        assert_eq!(d.tell(&overtaking()), I);
        assert_eq!(d.tell(&total(1, 2000, 50, 2000)), I);
        early.of(d);
        assert_eq!(d.tell(&bust(1)), OK);
        let marks = GAP | BUSTED;
        Now { notional: 153_000, marks, ..now(S::PartiallyFilled, 3000, 7000) }.of(d);
    });
}

/// As 29 without an average: the last price is a guess, and the execution corrects it.
#[test]
fn case_29_without_average() {
    open(|d| {
        assert_eq!(d.tell(&total(2, 3000, 51, 5000)), OK);
        let early = Now { marks: GAP, ..now(S::PartiallyFilled, 5000, 5000) };
        Now { notional: 255_000, anomalies: &[Anomaly::Gap], ..early }.of(d);
        assert_eq!(d.tell(&total(1, 2000, 50, 2000)), OK);
        Now { notional: 253_000, ..early }.of(d);
    });
}

/// In order, with the same totals: nothing is odd, and the sums are those of 29.
#[test]
fn case_29_in_order() {
    open(|d| {
        assert_eq!(d.tell(&total(1, 2000, 50, 2000)), OK);
        Now { notional: 100_000, ..now(S::PartiallyFilled, 2000, 8000) }.of(d);
        assert_eq!(d.tell(&overtaking()), OK);
        Now { notional: 253_000, ..now(S::PartiallyFilled, 5000, 5000) }.of(d);
    });
}

#[test]
fn case_30() {
    open(|d| {
        assert_eq!(d.tell(&total(1, 2000, 100, 2000)), OK);
        is(d, S::PartiallyFilled, 2000, 8000);
        assert_eq!(d.tell(&total(2, 1000, 101, 9000)), OK);
        let jumped = Now { marks: GAP, ..now(S::PartiallyFilled, 9000, 1000) };
        Now { notional: 907_000, anomalies: &[Anomaly::Gap], ..jumped }.of(d);
        let fills: Vec<_> =
            d.last.iter().filter(|e| e.kind == 3).map(|e| (e.qty.0, e.price.0)).collect();
        assert_eq!(fills, [(6000, 101), (1000, 101)]);
        assert_eq!(d.tell(&total(2, 1000, 101, 9000)), I);
        Now { notional: 907_000, ..jumped }.of(d);
    });
}

#[test]
fn case_31() {
    at_desk(&calm(), |d| {
        d.submit(1, 100, 1);
        d.poll();
        assert_eq!(d.fill(60), OK);
        is(d, S::PartiallyFilled, 60, 40);
        assert_eq!(d.fill(60), OK);
        let over = Now { marks: OVERFILL, ..now(S::Filled, 120, 0) };
        Now { anomalies: &[Anomaly::Overfill], ..over }.of(d);
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(120));
        assert_eq!(d.view().order_qty, Lots(100));
    });
}

#[test]
fn case_32() {
    open(|d| {
        assert_eq!(d.report(EXPIRED), OK);
        is(d, S::Expired, 0, 0);
        fix(d, b'C');
        assert_eq!(d.fill(10), OK);
        let late = Now { marks: LATE_FILL, ..now(S::Expired, 10, 0) };
        Now { anomalies: &[Anomaly::LateFill], ..late }.of(d);
    });
}

#[test]
fn case_33() {
    for (report, status) in [(REJECT, S::Rejected), (R::SendFailed.raw(), S::Failed)] {
        let mut config = calm();
        config.breaker.consecutive_errors = 9;
        config.retry.max = 0;
        at_desk(&config, |d| {
            d.submit(1, QTY, 1);
            d.poll();
            is(d, S::Submitted, 0, QTY);
            assert_eq!(d.report(report), OK);
            is(d, status, 0, 0);
            fix(d, b'8');
            let before = d.engine.risk_get(0).unwrap().consecutive_errors;
            assert_eq!(d.fill(10), OK);
            let back = Now { marks: RESURRECTED, ..now(S::PartiallyFilled, 10, QTY - 10) };
            Now { anomalies: &[Anomaly::Resurrected], ..back }.of(d);
            fix(d, b'1');
            assert_eq!(d.engine.risk_get(0).unwrap().consecutive_errors, before + 1);
            assert_eq!(d.engine.account_get().live_orders, 1);
        });
    }
}

#[test]
fn case_34() {
    open(|d| {
        assert_eq!(d.fill(QTY), OK);
        is(d, S::Filled, QTY, 0);
        for _ in 0..2 {
            assert_eq!(d.report(CANCELLED), I);
            is(d, S::Filled, QTY, 0);
            assert_eq!(d.last, []);
        }
    });
}

#[test]
fn case_35() {
    open(|d| {
        assert_eq!(d.fill(10), OK);
        is(d, S::PartiallyFilled, 10, QTY - 10);
        assert_eq!(d.report(EXPIRED), OK);
        is(d, S::Expired, 10, 0);
        fix(d, b'C');
    });
}

#[test]
fn case_36() {
    open(|d| {
        let mut r = again(1 << 60);
        (r.client_id, r.price) = (2, Ticks(1 << 60));
        assert_eq!(d.engine.order_submit(&r).map(|s| s.status), Err(Status::Range));
        assert_eq!(d.engine.order_check(&r).map(|v| v.mask), Err(Status::Range));
        is(d, S::Open, 0, QTY);
        // An execution of that size is a fact; its value is exact.
        assert_eq!(d.fill_as(1, 1 << 60, 1 << 60), OK);
        assert_eq!(i128::from(d.view().notional), 1 << 120);
        assert_eq!(i128::from(d.engine.position_net(0).unwrap().cost), 1 << 120);
        d.sound();
        assert_eq!(d.fill_as(2, 1 << 61, 1), Err(Status::Range));
        assert_eq!(d.view().cum_qty, Lots(1 << 60));
    });
}

#[test]
fn case_37() {
    sent(|d| {
        let doubt = Now { marks: IN_DOUBT, ..now(S::Submitted, 0, QTY) };
        assert_eq!(d.report(R::SendInDoubt.raw()), OK);
        Now { anomalies: &[Anomaly::InDoubt], ..doubt }.of(d);
        for _ in 0..2 {
            d.report(R::SendInDoubt.raw()).unwrap();
            d.look();
            doubt.of(d);
        }
        // Nothing is sent again unasked: the host asks the venue, or re-sends the same order.
        d.wait(HOUR);
        assert_eq!(d.commands(), []);
        let resend = OrderSubmit { header: head::<OrderSubmit>(d.now), ..again(QTY) };
        let same = d.engine.order_submit(&resend).unwrap();
        assert_eq!((same.status, same.order), (Status::Exists, d.order));
        assert_eq!(d.commands(), []);
        assert_eq!(d.report(ACK), OK);
        is(d, S::Open, 0, QTY);
        assert_eq!(d.engine.account_get().live_orders, 1);
        let orders = d.engine.table_get(oms_core::status::TableKind::Orders);
        assert_eq!((orders.used, orders.live), (1, 1));
    });
}

/// Definite failures: the same order goes out again, under the same client id.
#[test]
fn case_37_definite() {
    sent(|d| {
        for retry in 1..=3 {
            assert_eq!(d.report(R::SendFailed.raw()), OK);
            is(d, S::Pending, 0, QTY);
            assert_eq!(d.count(EventKind::SendRetry), 1, "retry {retry}");
            assert_eq!(d.commands(), []);
            d.wait(HOUR);
            let out = d.commands();
            let new: Vec<_> = out.iter().map(|c| (c.kind, c.order, c.client_id)).collect();
            assert_eq!(new, [(CommandKind::New.raw(), d.order, 1)]);
            is(d, S::Submitted, 0, QTY);
        }
        assert_eq!(d.report(R::SendFailed.raw()), OK);
        is(d, S::Failed, 0, 0);
        assert_eq!(d.report(ACK), OK);
        let back = Now { marks: RESURRECTED, ..now(S::Open, 0, QTY) };
        Now { anomalies: &[Anomaly::Resurrected], ..back }.of(d);
        assert_eq!(d.engine.account_get().live_orders, 1);
    });
}

/// A report of an order the table knows never moves another one.
#[test]
fn a_report_names_its_order() {
    open(|d| {
        let wrong = VenueReport { side: 2, symbol: 0, ..execution(1, 10, 100) };
        assert_eq!(d.tell(&wrong), Err(Status::Conflict));
        is(d, S::Open, 0, QTY);
        let right = VenueReport { side: 1, symbol: 0, ..execution(1, 10, 100) };
        assert_eq!(d.tell(&right), OK);
        is(d, S::PartiallyFilled, 10, QTY - 10);
    });
}
