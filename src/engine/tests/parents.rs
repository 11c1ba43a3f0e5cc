//! Orders that are sent in parts: what children take of their parent, and how both end.

use super::*;
use crate::order::{OrderAdopt, OrderReplace};
use crate::risk::{Verdict, bit};
use crate::status::{LimitFlag, OrderFlag, TimeInForce};

fn parent(client_id: u64, qty: i64) -> OrderSubmit {
    let flags = OrderFlag::Parent.raw();
    let time_in_force = TimeInForce::Gtc.raw();
    OrderSubmit { flags, time_in_force, ..order(client_id, Side::Buy, qty, 9_000) }
}

impl Twins<'_> {
    fn child(&mut self, client_id: u64, of: Id, qty: i64) -> Submitted {
        let request = OrderSubmit { parent: of, ..order(client_id, Side::Buy, qty, 9_000) };
        self.submit_as(&request)
    }

    fn children_of(&self, parent: Id) -> i64 {
        self.engine().order_get(parent, 0).unwrap().children.0
    }

    fn resize(&mut self, order: Id, qty: i64) -> Verdict {
        self.step(|engine, now| {
            let (qty, price) = (Lots(qty), Ticks(9_000));
            let id = now.0;
            let mut request =
                OrderReplace { order, request_id: id, qty, price, ..OrderReplace::EMPTY };
            request.header.now = now;
            engine.order_replace(&request).unwrap().verdict
        })
    }
}

/// By PARENT alone, with these numbers.
fn refused(verdict: &Verdict, limit: i64, observed: i64) {
    let shown = (verdict.mask, verdict.limit, verdict.observed);
    assert_eq!(shown, (bit(Check::Parent), limit, observed));
}

#[test]
fn a_parent_of_the_other_side_takes_nothing_whatever_the_quantity() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&parent(1, 5)).order;
        let mut request = OrderSubmit { parent: id, ..order(2, Side::Sell, -1, 9_000) };
        request.header.now = twins.engine().now();
        let verdict = twins.engine().order_check(&request).unwrap();
        assert_eq!(verdict.mask & bit(Check::Parent), bit(Check::Parent));
    });
}

#[test]
fn a_parent_stays_here_and_takes_nothing() {
    with_twins(&config(), SymbolFlag::Hedged.raw(), |twins| {
        // Beyond the largest quantity and position, which bind its children.
        let id = twins.submit_as(&parent(1, 5_000)).order;
        assert_ne!(id, Id::NONE);
        assert_eq!(twins.poll().0, []);
        let symbol = twins.engine().symbol_get(0).unwrap();
        assert_eq!((symbol.working_buy, symbol.open_buys, symbol.claims), (Lots(0), 0, 0));
        assert_eq!(twins.engine().risk_get(0).unwrap().orders_last_minute, 0);
        assert_eq!(twins.status_of(id), OrderStatus::Pending);
        assert_eq!(twins.child(2, id, 1_001).verdict.first, Check::Qty.raw());
        assert!(twins.child(2, id, 1_000).verdict.is_accepted());
        assert_eq!(twins.poll().0.len(), 1);
        assert_eq!(twins.engine().risk_get(0).unwrap().orders_last_minute, 1);
        // What cannot be a parent.
        let odd = [
            OrderSubmit { parent: id, ..parent(3, 5) },
            OrderSubmit { flags: 8 | 1, ..parent(3, 5) },
            OrderSubmit { flags: 8 | 2, ..parent(3, 5) },
            OrderSubmit { stop_loss: Ticks(8_000), ..parent(3, 5) },
            OrderSubmit { linked: id, ..parent(3, 5) },
        ];
        for request in odd {
            assert_eq!(twins.submit_as(&request).verdict.mask, bit(Check::Fields));
        }
        let adopt = OrderAdopt { flags: 8, side: 1, order_type: 1, ..OrderAdopt::EMPTY };
        assert_eq!(twins.engines[0].order_adopt(&adopt), Err(Status::Enum));
    });
}

#[test]
fn children_keep_within_it() {
    with_twins(&config(), 0, |twins| {
        let all = twins.submit_as(&parent(1, 10)).order;
        let first = twins.child(2, all, 6).order;
        refused(&twins.child(3, all, 5).verdict, 10, 11);
        let second = twins.child(3, all, 4).order;
        assert_eq!(twins.children_of(all), 10);
        // Another side, another symbol's order and an ended one are no children.
        let sells = OrderSubmit { parent: all, ..order(4, Side::Sell, 1, 11_000) };
        refused(&twins.submit_as(&sells).verdict, 0, 11);
        twins.poll();
        // Executed lots count on; what ends without them comes back.
        twins.fill(first, 1, 2, 9_000).unwrap();
        assert_eq!(twins.children_of(all), 10);
        twins.report(ReportKind::CancelAck, first).unwrap();
        assert_eq!(twins.children_of(all), 6);
        refused(&twins.resize(second, 9), 10, 11);
        assert!(twins.resize(second, 8).is_accepted());
        assert_eq!(twins.children_of(all), 10);
        twins.report(ReportKind::ReplaceReject, second).unwrap();
        assert_eq!(twins.children_of(all), 6);
        // The parent is not made smaller than they are; beyond its quantity stays a fact.
        refused(&twins.resize(all, 5), 5, 6);
        assert!(twins.resize(all, 6).is_accepted());
        refused(&twins.child(5, all, 1).verdict, 6, 7);
        twins.fill(second, 2, 5, 9_000).unwrap();
        assert_eq!(twins.children_of(all), 7);
        assert_eq!(twins.engine().order_get(all, 0).unwrap().cum_qty, Lots(0));
        refused(&twins.child(5, all, 1).verdict, 6, 8);
    });
}

#[test]
fn a_parent_that_ends_takes_its_children_along() {
    with_twins(&config(), 0, |twins| {
        let mut request = parent(1, 10);
        let all = twins.submit_as(&request).order;
        let sent = twins.child(2, all, 3).order;
        twins.poll();
        let fresh = twins.child(3, all, 3).order;
        let other = twins.submit(4, Side::Buy, 1, 9_000).order;
        assert_eq!(twins.cancel(all), Ok(Status::Ok));
        let status = [all, sent, fresh, other].map(|id| twins.status_of(id));
        let ended = OrderStatus::Cancelled;
        assert_eq!(status, [ended, OrderStatus::PendingCancel, ended, OrderStatus::Pending]);
        refused(&twins.child(5, all, 1).verdict, 0, 4);
        // By its time likewise.
        request.client_id = 6;
        request.timeout_at = Nanos(twins.now.0 + 60 * SECOND);
        let all = twins.submit_as(&request).order;
        let fresh = twins.child(7, all, 3).order;
        twins.now.0 += 60 * SECOND;
        twins
            .step(|engine, now| {
                let mut timer = Timer::EMPTY;
                timer.header.now = now;
                engine.timer(&timer)
            })
            .unwrap();
        let status = [all, fresh].map(|id| twins.status_of(id));
        assert_eq!(status, [OrderStatus::Expired, ended]);
    });
}

#[test]
fn every_order_that_is_named_binds_those_that_name_it() {
    with_twins(&config(), 0, |twins| {
        let sent = twins.submit(1, Side::Buy, 10, 9_000).order;
        let of = |client_id, side, qty| OrderSubmit {
            parent: sent,
            ..order(client_id, side, qty, 11_000)
        };
        assert!(twins.submit_as(&of(2, Side::Sell, 7)).verdict.is_accepted());
        refused(&twins.submit_as(&of(3, Side::Sell, 4)).verdict, 10, 11);
        // It does not take them along.
        assert_eq!(twins.cancel(sent), Ok(Status::Ok));
        assert!(twins.submit_as(&of(3, Side::Sell, 3)).verdict.is_accepted());
    });
}

#[test]
fn one_that_only_reduces_may_be_a_child() {
    with_twins(&config(), 0, |twins| {
        let sell = OrderSubmit { side: Side::Sell.raw(), ..parent(1, 5) };
        let all = twins.submit_as(&sell).order;
        let bought = twins.submit(2, Side::Buy, 9, 10_000).order;
        twins.poll();
        twins.fill(bought, 1, 9, 10_000).unwrap();
        let flags = OrderFlag::ReduceOnly.raw();
        let child = OrderSubmit { parent: all, flags, ..order(3, Side::Sell, 6, 11_000) };
        refused(&twins.submit_as(&child).verdict, 5, 6);
        let status = twins.step(|engine, _| {
            let mut limits = open_limits();
            limits.flags |= LimitFlag::ReduceClamp.raw();
            engine.limits_set(&limits)
        });
        assert_eq!(status, Ok(Status::Ok));
        let child = OrderSubmit { qty: Lots(5), ..child };
        assert!(twins.submit_as(&child).verdict.is_accepted());
        assert_eq!(twins.children_of(all), 5);
    });
}
