//! What went wrong once: one short sequence each, by the contract it broke.

use oms_core::engine::Control;
use oms_core::num::{Lots, Ticks};
use oms_core::order::{OrderSubmit, VenueReport};
use oms_core::position::PositionClose;
use oms_core::status::{Anomaly, EventKind, OrderStatus, Request, Status};
use oms_core::store::Id;
use oms_core::trigger::TriggerArm;

use crate::desk::{bust, correct, execution};
use crate::rig::{EXECUTIONS, calm, head, quote, with_engine};
use crate::states::Desk;

fn trading(d: &mut Desk<'_, '_>, state: i64) {
    let control = Control { header: head::<Control>(3), action: 1, value: state, ..Control::EMPTY };
    d.engine.control(&control).unwrap();
}

fn restate(d: &mut Desk<'_, '_>, qty: i64) {
    let (qty, price) = (Lots(qty), Ticks(100));
    d.tell(&VenueReport { report: 6, qty, price, ..VenueReport::EMPTY }).unwrap();
}

fn filled(test: impl FnOnce(&mut Desk<'_, '_>)) {
    with_engine(&calm(), |engine| {
        let mut d = Desk::new(engine);
        d.submit(1, 10, 1);
        d.poll();
        d.fill(10).unwrap();
        test(&mut d);
    });
}

/// OMS_TRADING_KILLED: "nothing; every live order is cancelled".
#[test]
fn kill_reaches_an_order_the_venue_enlarges() {
    filled(|d| {
        trading(d, 3);
        d.poll();
        restate(d, 20);
        assert_eq!(d.poll().0, [2]);
    });
}

/// A kill is taken back when its cancels were handed out; then it is over.
#[test]
fn a_kill_taken_back_is_over() {
    filled(|d| {
        d.submit(2, 10, 1);
        let first = d.order;
        trading(d, 3);
        let active = Control { header: head::<Control>(3), action: 1, ..Control::EMPTY };
        assert_eq!(d.engine.control(&active), Err(Status::Pending));
        d.poll();
        trading(d, 0);
        d.order = first;
        d.submit(3, 10, 1);
        assert_eq!(d.poll().0, [1]);
    });
}

/// oms_order_replace names OMS_E_TERMINAL before OMS_E_PENDING; FILLED × replace, q' <= cum.
#[test]
fn replace_of_a_filled_order_is_terminal_first() {
    filled(|d| {
        d.replace(20, 100).unwrap();
        assert_eq!(d.replace(10, 100), Err(Status::Terminal));
    });
}

/// A market order that closes `qty` by name, or the engine's own close.
fn close(d: &mut Desk<'_, '_>, qty: i64) -> Id {
    let position = d.engine.position_net(0).unwrap().position;
    let r = PositionClose {
        header: head::<PositionClose>(3),
        position,
        qty: Lots(qty),
        ..PositionClose::EMPTY
    };
    d.engine.position_close(&r).unwrap().order
}

fn stop(d: &mut Desk<'_, '_>, level: i64) -> Id {
    d.engine.quote(&quote(3, 0, 100, 100)).unwrap();
    let r = TriggerArm {
        header: head::<TriggerArm>(3),
        position: d.engine.position_net(0).unwrap().position,
        level: Ticks(level),
        kind: 1,
        action: 2,
        ..TriggerArm::EMPTY
    };
    d.engine.trigger_arm(&r).unwrap().1
}

/// RISK_CHECKS.md: "a rejected, failed or cancelled close re-arms at once, raises an alarm".
#[test]
fn a_cancelled_close_is_alarmed() {
    filled(|d| {
        let id = stop(d, 100);
        // By name, so that they are closing 10 + 10 of 10.
        let r = OrderSubmit {
            header: head::<OrderSubmit>(3),
            client_id: 9,
            position: d.engine.position_net(0).unwrap().position,
            qty: Lots(10),
            price: Ticks(200),
            side: 2,
            order_type: 2,
            ..OrderSubmit::EMPTY
        };
        d.engine.order_submit(&r).unwrap();
        d.order = d.engine.trigger_get(id).unwrap().order;
        d.poll();
        d.report(2).unwrap();
        assert!(d.poll().1.iter().any(|&(kind, _)| kind == EventKind::TriggerRearmed));
    });
}

/// oms_trigger_t.order: "the order that closes, while one is under way; otherwise 0"; a trigger
/// that closes owns an order slot while it has none.
#[test]
fn a_waiting_trigger_shows_no_order() {
    filled(|d| {
        close(d, 4);
        let id = stop(d, 100);
        d.order = d.engine.trigger_get(id).unwrap().order;
        d.poll();
        d.fill(7).unwrap();
        let v = d.engine.trigger_get(id).unwrap();
        assert_eq!((v.left, v.order), (Lots(3), Id::NONE));
    });
}

/// A stop waits for another close; that one is made smaller: lots are open that nobody closes.
#[test]
fn a_smaller_close_lets_the_stop_go_on() {
    filled(|d| {
        d.order = close(d, 10);
        let id = stop(d, 100);
        assert_eq!(d.engine.trigger_get(id).unwrap().order, Id::NONE);
        assert_eq!(d.replace(4, 0), Ok(Status::Ok));
        let v = d.engine.trigger_get(id).unwrap();
        assert!(v.state == 1 || !v.order.is_none());
    });
}

/// "Requests may be refused, facts never": executions after the end in a hedged symbol, while
/// live orders hold all the room for positions.
#[test]
fn late_fills_open_one_position() {
    with_engine(&calm(), |engine| {
        let mut d = Desk::new(engine);
        let tick = oms_core::num::Decimal::new(1, -6);
        d.engine.symbol_define(&crate::rig::define(1, b'H', 1, tick)).unwrap();
        d.engine.limits_set(&crate::rig::free(1, 1)).unwrap();
        let submit = |d: &mut Desk<'_, '_>, client_id| {
            let r = OrderSubmit {
                header: head::<OrderSubmit>(3),
                client_id,
                symbol: 1,
                qty: Lots(10),
                price: Ticks(100),
                side: 1,
                order_type: 2,
                ..OrderSubmit::EMPTY
            };
            d.order = d.engine.order_submit(&r).unwrap().order;
            assert!(!d.order.is_none());
        };
        submit(&mut d, 1);
        let order = d.order;
        d.report(2).unwrap();
        for id in 2..8 {
            submit(&mut d, id);
        }
        d.order = order;
        for n in 1..=5 {
            d.fill(1).unwrap();
            assert_eq!(d.engine.symbol_get(1).unwrap().long_qty, Lots(n));
        }
        assert_eq!(d.engine.account_get().open, 1);
    });
}

/// A held order that closes its position, and that the venue claims to have, waits no more: what
/// was never told its quantity is not sent.
#[test]
fn a_close_without_quantity_is_not_sent_again() {
    filled(|d| {
        d.engine.quote(&quote(3, 0, 100, 100)).unwrap();
        let r = OrderSubmit {
            header: head::<OrderSubmit>(3),
            client_id: 9,
            position: d.engine.position_net(0).unwrap().position,
            stop_price: Ticks(97),
            price: Ticks(96),
            flags: 4,
            side: 2,
            order_type: 4,
            ..OrderSubmit::EMPTY
        };
        d.order = d.engine.order_submit(&r).unwrap().order;
        d.tell(&VenueReport { report: 16, order_status: 1, ..VenueReport::EMPTY }).unwrap();
        d.report(17).unwrap();
        assert_eq!(d.engine.order_get(d.order, 0).unwrap().status, 8);
    });
}

/// OMS_TRAIL_STEPS: so many different steps above 1 have the trailing stops of one side.
#[test]
fn a_third_step_has_no_room() {
    filled(|d| {
        let mut arm = |step| {
            let r = TriggerArm {
                header: head::<TriggerArm>(3),
                position: d.engine.position_net(0).unwrap().position,
                trail_offset: Ticks(4),
                step: Ticks(step),
                kind: 3,
                action: 2,
                ..TriggerArm::EMPTY
            };
            d.engine.trigger_arm(&r).map(|(status, _)| status)
        };
        assert_eq!([3, 4, 1, 4].map(&mut arm), [Ok(Status::Ok); 4]);
        assert_eq!(arm(5), Err(Status::Capacity));
    });
}

/// "A reference that has left the ring gives REF_EVICTED": also when only what has become of it
/// has left.
#[test]
fn a_chain_whose_end_is_forgotten_is_in_doubt() {
    with_engine(&calm(), |engine| {
        let mut d = Desk::new(engine);
        d.submit(1, 100, 1);
        d.poll();
        // 1 by 2, 3 by 1: the ring keeps 1, 2, 3, in this order.
        assert_eq!(d.tell(&correct(1, 2, 4, 100)), Ok(Status::Ok));
        assert_eq!(d.tell(&correct(3, 1, 4, 100)), Ok(Status::Ignored));
        // The first one leaves.
        let last = EXECUTIONS as u64 + 1;
        for id in 4..=last {
            d.tell(&execution(id, 1, 100)).unwrap();
        }
        let cum = Lots(4 + last as i64 - 3);
        assert!(d.engine.execution_get(3).is_ok());
        d.poll();
        for report in [bust(3), correct(3, 20, 1, 100)] {
            assert_eq!(d.tell(&report), Ok(Status::Ok));
            let anomaly = (EventKind::OrderAnomaly, Anomaly::RefEvicted.raw().into());
            assert_eq!(d.poll().1, [anomaly]);
            assert_eq!(d.engine.order_get(d.order, 0).unwrap().cum_qty, cum);
        }
    });
}

/// REJECTED × ack: OPEN, RESURRECTED; also when a correction has made it whole.
#[test]
fn a_rejected_order_that_was_corrected_to_its_quantity_comes_back() {
    with_engine(&calm(), |engine| {
        let mut d = Desk::new(engine);
        d.submit(1, 10, 1);
        d.poll();
        d.tell(&execution(1, 4, 100)).unwrap();
        let rejected = OrderStatus::Rejected;
        let says = VenueReport { report: 16, order_status: rejected.raw(), ..VenueReport::EMPTY };
        d.tell(&says).unwrap();
        d.tell(&correct(1, 2, 10, 100)).unwrap();
        let status = |d: &Desk<'_, '_>| d.engine.order_get(d.order, 0).unwrap().status;
        assert_eq!(status(&d), rejected.raw());
        assert_eq!(d.report(1), Ok(Status::Ok));
        assert_eq!(status(&d), OrderStatus::Filled.raw());
    });
}
