//! Conformance cases of ORDER_STATES.md, by number.

use oms_core::engine::{Control, Poll};
use oms_core::event::{Command, Event};
use oms_core::num::{Lots, Ticks};
use oms_core::order::{OrderCancel, OrderSubmit, VenueReport};
use oms_core::status::{Anomaly, Check, EventKind, OrderStatus as S, Request, Status};
use oms_core::store::Id;

use crate::rig::{calm, head, with_engine};
use crate::states::{Desk, QTY};

const OK: Result<Status, Status> = Ok(Status::Ok);
const I: Result<Status, Status> = Ok(Status::Ignored);
const ACK: u8 = 1;
const REJECT: u8 = 2;
const CANCELLED: u8 = 4;
const NO_CANCEL: u8 = 5;
const REPLACED: u8 = 6;
const NO_REPLACE: u8 = 7;
const EXPIRED: u8 = 8;

/// An order of 10000 that was handed out.
fn sent(test: impl FnOnce(&mut Desk<'_, '_>)) {
    with_engine(&calm(), |engine| {
        let mut desk = Desk::new(engine);
        desk.submit(1, QTY, 1);
        desk.poll();
        test(&mut desk);
        assert_eq!(desk.engine.audit(), Ok(()));
    });
}

/// The same, acknowledged.
fn open(test: impl FnOnce(&mut Desk<'_, '_>)) {
    sent(|d| {
        assert_eq!(d.report(ACK), OK);
        is(d, S::Open, 0, QTY);
        test(d);
    });
}

/// status cum/leaves
fn is(desk: &Desk<'_, '_>, status: S, cum: i64, leaves: i64) {
    let v = desk.view();
    assert_eq!((v.status, v.cum_qty.0, v.leaves.0), (status.raw(), cum, leaves));
}

fn fix(desk: &Desk<'_, '_>, status: u8) {
    assert_eq!(char::from(desk.view().fix_status), char::from(status));
}

#[test]
fn case_01() {
    open(|d| {
        assert_eq!(d.fill(2000), OK);
        is(d, S::PartiallyFilled, 2000, 8000);
        assert_eq!(d.fill(3000), OK);
        is(d, S::PartiallyFilled, 5000, 5000);
        assert_eq!(d.fill(5000), OK);
        is(d, S::Filled, QTY, 0);
    });
}

#[test]
fn case_02() {
    sent(|d| {
        assert_eq!(d.fill(4000), OK);
        assert_eq!(d.report(ACK), I);
        is(d, S::PartiallyFilled, 4000, 6000);
    });
}

#[test]
fn case_03() {
    with_engine(&calm(), |engine| {
        let mut d = Desk::new(engine);
        d.submit(1, QTY, 3);
        d.poll();
        assert_eq!(d.fill(QTY), OK);
        assert_eq!(d.report(ACK), I);
        is(&d, S::Filled, QTY, 0);
    });
}

#[test]
fn case_04() {
    open(|d| {
        assert_eq!(d.cancel(), OK);
        is(d, S::PendingCancel, 0, QTY);
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 0, 0);
    });
}

fn crossing(d: &mut Desk<'_, '_>) {
    assert_eq!(d.fill(2000), OK);
    assert_eq!(d.cancel(), OK);
    assert_eq!(d.fill(3000), OK);
    assert_eq!(d.fill(1000), OK);
    is(d, S::PendingCancel, 6000, 4000);
}

#[test]
fn case_05() {
    open(|d| {
        crossing(d);
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 6000, 0);
    });
}

#[test]
fn case_06() {
    open(|d| {
        crossing(d);
        assert_eq!(d.report(NO_CANCEL), OK);
        is(d, S::PartiallyFilled, 6000, 4000);
    });
}

#[test]
fn case_07() {
    open(|d| {
        assert_eq!(d.fill(2000), OK);
        assert_eq!(d.cancel(), OK);
        assert_eq!(d.fill(3000), OK);
        assert_eq!(d.fill(5000), OK);
        is(d, S::Filled, QTY, 0);
        fix(d, b'6');
        d.report(NO_CANCEL).unwrap();
        is(d, S::Filled, QTY, 0);
        fix(d, b'2');
    });
}

#[test]
fn case_08() {
    sent(|d| {
        assert_eq!(d.cancel(), OK);
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
        d.report(ACK).unwrap();
        is(d, S::PendingCancel, 0, QTY);
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 0, 0);
    });
}

#[test]
fn case_10() {
    open(|d| {
        let r = OrderCancel { client_id: 77, ..OrderCancel::EMPTY };
        assert_eq!(d.engine.order_cancel(&r), Err(Status::Unknown));
    });
}

#[test]
fn case_11() {
    open(|d| {
        assert_eq!(d.replace(11_000, 100), OK);
        is(d, S::PendingReplace, 0, QTY);
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::Open, 0, 11_000);
    });
}

#[test]
fn case_12() {
    open(|d| {
        d.fill(1000).unwrap();
        d.replace(12_000, 100).unwrap();
        d.fill(100).unwrap();
        is(d, S::PendingReplace, 1100, 8900);
        assert_eq!(d.report(REPLACED), OK);
        is(d, S::PartiallyFilled, 1100, 10_900);
        d.fill(10_900).unwrap();
        is(d, S::Filled, 12_000, 0);
    });
}

#[test]
fn case_13() {
    open(|d| {
        d.replace(QTY, 105).unwrap();
        d.fill(QTY).unwrap();
        is(d, S::Filled, QTY, 0);
        d.report(NO_REPLACE).unwrap();
        is(d, S::Filled, QTY, 0);
        assert_eq!(d.view().price, Ticks(100));
    });
}

#[test]
fn case_14() {
    open(|d| {
        d.fill(1000).unwrap();
        d.replace(8000, 100).unwrap();
        d.fill(500).unwrap();
        d.fill(100).unwrap();
        is(d, S::PendingReplace, 1600, 8400);
        d.report(REPLACED).unwrap();
        is(d, S::PartiallyFilled, 1600, 6400);
        d.fill(6400).unwrap();
        is(d, S::Filled, 8000, 0);
    });
}

#[test]
fn case_15() {
    open(|d| {
        d.replace(7000, 100).unwrap();
        d.fill(7000).unwrap();
        d.report(REPLACED).unwrap();
        is(d, S::Filled, 7000, 0);
        assert_eq!(d.view().order_qty, Lots(7000));
    });
}

#[test]
fn case_16() {
    open(|d| {
        d.replace(7000, 100).unwrap();
        d.fill(8000).unwrap();
        d.report(REPLACED).unwrap();
        is(d, S::Filled, 8000, 0);
        assert_eq!(d.view().order_qty, Lots(8000));
    });
}

#[test]
fn case_17() {
    open(|d| {
        let id = d.order;
        d.replace(11_000, 101).unwrap();
        d.report(REPLACED).unwrap();
        d.replace(12_000, 102).unwrap();
        d.report(REPLACED).unwrap();
        is(d, S::Open, 0, 12_000);
        let v = d.view();
        assert_eq!((v.price, v.order, v.client_id), (Ticks(102), id, 1));
    });
}

#[test]
fn case_18() {
    open(|d| {
        d.fill(1000).unwrap();
        d.replace(8000, 100).unwrap();
        assert_eq!(d.replace(9000, 100), Err(Status::Pending));
        d.report(REPLACED).unwrap();
        is(d, S::PartiallyFilled, 1000, 7000);
    });
}

#[test]
fn case_19() {
    open(|d| {
        d.replace(11_000, 103).unwrap();
        d.poll();
        d.cancel().unwrap();
        is(d, S::PendingCancel, 0, QTY);
        d.report(REPLACED).unwrap();
        is(d, S::PendingCancel, 0, 11_000);
        assert_eq!(d.view().price, Ticks(103));
        d.report(CANCELLED).unwrap();
        is(d, S::Cancelled, 0, 0);
    });
}

#[test]
fn case_20() {
    open(|d| {
        d.fill(2000).unwrap();
        assert_eq!(d.report(CANCELLED), OK);
        is(d, S::Cancelled, 2000, 0);
    });
}

#[test]
fn case_22() {
    open(|d| {
        assert_eq!(d.engine.symbol_get(0).unwrap().working_buy, Lots(QTY));
        let stp = VenueReport { report: CANCELLED, reason: 4, ..VenueReport::EMPTY };
        assert_eq!(d.tell(&stp), OK);
        is(d, S::Cancelled, 0, 0);
        assert_eq!(d.engine.symbol_get(0).unwrap().working_buy, Lots(0));
        assert_eq!(d.tell(&stp), I);
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
        assert_eq!(other.order, Id::NONE);
        assert_eq!(d.view(), before);
        let same = d.engine.order_submit(&again(QTY)).unwrap();
        assert_eq!((same.status, same.order), (Status::Exists, before.order));
    });
}

#[test]
fn case_24() {
    for (tif, cum) in [(4, 0), (3, 3000)] {
        with_engine(&calm(), |engine| {
            let mut d = Desk::new(engine);
            d.submit(1, QTY, tif);
            d.poll();
            if cum > 0 {
                d.fill(cum).unwrap();
            }
            assert_eq!(d.report(CANCELLED), OK);
            is(&d, S::Cancelled, cum, 0);
        });
    }
}

/// Without the bust.
#[test]
fn case_26() {
    open(|d| {
        d.fill(5000).unwrap();
        d.report(CANCELLED).unwrap();
        is(d, S::Cancelled, 5000, 0);
        assert_eq!(d.fill_as(9, 4000, 51), OK);
        is(d, S::Cancelled, 9000, 0);
    });
}

#[test]
fn case_27() {
    open(|d| {
        assert_eq!(d.fill_as(7, 100, 100), OK);
        assert_eq!(d.fill_as(7, 100, 100), I);
        assert_eq!(d.fill_as(7, 200, 100), Err(Status::Conflict));
        assert_eq!(d.fill_as(7, 100, 101), Err(Status::Conflict));
        is(d, S::PartiallyFilled, 100, 9900);
    });
}

#[test]
fn case_31() {
    with_engine(&calm(), |engine| {
        let mut d = Desk::new(engine);
        d.submit(1, 100, 1);
        d.poll();
        d.fill(60).unwrap();
        assert_eq!(d.fill(60), OK);
        is(&d, S::Filled, 120, 0);
        assert_eq!(d.view().marks, 2);
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(120));
    });
}

#[test]
fn case_32() {
    open(|d| {
        d.report(EXPIRED).unwrap();
        assert_eq!(d.fill(10), OK);
        is(d, S::Expired, 10, 0);
        assert_eq!(d.view().marks, 4);
        assert_eq!(d.engine.position_net(0).unwrap().qty, Lots(10));
    });
}

#[test]
fn case_33() {
    let mut config = calm();
    config.breaker.consecutive_errors = 3;
    with_engine(&config, |engine| {
        let mut d = Desk::new(engine);
        d.submit(1, QTY, 1);
        d.poll();
        d.report(REJECT).unwrap();
        d.poll();
        let before = d.engine.risk_get(0).unwrap().consecutive_errors;
        assert_eq!(d.fill(10), OK);
        is(&d, S::PartiallyFilled, 10, QTY - 10);
        assert_eq!(d.view().marks, 8);
        let alarm = (EventKind::OrderAnomaly, u32::from(Anomaly::Resurrected.raw()));
        assert!(d.poll().1.contains(&alarm));
        assert_eq!(d.engine.risk_get(0).unwrap().consecutive_errors, before + 1);
    });
}

#[test]
fn case_34() {
    open(|d| {
        d.fill(QTY).unwrap();
        d.poll();
        assert_eq!(d.report(CANCELLED), I);
        is(d, S::Filled, QTY, 0);
        assert_eq!(d.poll().1, []);
    });
}

#[test]
fn case_35() {
    open(|d| {
        d.fill(10).unwrap();
        assert_eq!(d.report(EXPIRED), OK);
        is(d, S::Expired, 10, 0);
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
    });
}

#[test]
fn case_38() {
    with_engine(&calm(), |engine| {
        let mut d = Desk::new(engine);
        let mut live = Vec::new();
        for id in 1..=3 {
            d.submit(id, QTY, 1);
            live.push(d.order);
        }
        d.poll();
        d.report(ACK).unwrap();
        d.replace(11_000, 100).unwrap();
        d.poll();
        let kill = Control { action: 1, value: 3, ..Control::EMPTY };
        d.engine.control(&kill).unwrap();
        assert_eq!(cancels(&mut d), live);
        assert_eq!(cancels(&mut d), []);
    });
}

/// As 38, but the replace was not handed out yet: it must not leave after the kill.
#[test]
fn case_38_replace_waits() {
    open(|d| {
        d.replace(11_000, 100).unwrap();
        let kill = Control { action: 1, value: 3, ..Control::EMPTY };
        d.engine.control(&kill).unwrap();
        assert_eq!(d.poll().0, [2]);
    });
}

/// The orders that are to be cancelled; no other command comes out.
fn cancels(d: &mut Desk<'_, '_>) -> Vec<Id> {
    let mut commands = vec![Command::default(); 16];
    let mut events = vec![Event::EMPTY; 1];
    let r = Poll { max_commands: 16, ..Poll::EMPTY };
    let polled = d.engine.poll(&r, &mut commands, &mut events).unwrap();
    let out = &commands[..polled.commands as usize];
    assert!(out.iter().all(|c| c.kind == 2));
    let mut ids: Vec<_> = out.iter().map(|c| c.order).collect();
    ids.sort();
    ids
}
