//! What the clock does to orders: they lapse, are given up, are sent again.
#![forbid(unsafe_code)]

use super::Engine;
use crate::num::Nanos;
use crate::order::{Order, OrderExtend, Terms};
use crate::status::{Request, Status, TimeInForce};

impl Engine<'_> {
    /// When a new order lapses if it is not handed out before; 0 for never.
    pub(super) fn lapses_at(&self, terms: &Terms) -> Nanos {
        match terms.time_in_force {
            TimeInForce::Gtd => terms.expire_at,
            TimeInForce::Day => self.next_session(),
            TimeInForce::Gtc | TimeInForce::Ioc | TimeInForce::Fok => Nanos::ZERO,
        }
    }

    /// When the next session begins.
    #[inline]
    pub(super) fn next_session(&self) -> Nanos {
        self.scope().map_or(Nanos::ZERO, |scope| scope.breaker.next_session(self.now))
    }

    /// Works off what is due, the earliest deadline first, at most `work_per_call` orders; `More`
    /// when some are left, for a drain to go on with. O(log orders + log triggers) for each.
    pub(super) fn meet_deadlines(&mut self) -> Status {
        let now = self.now;
        for _ in 0..self.config.work_per_call {
            let Some(slot) = self.orders.first_due(now) else { break };
            self.meet_deadline(slot);
        }
        self.deadlines_left = self.orders.first_due(now).is_some();
        if self.deadlines_left { Status::More } else { Status::Ok }
    }

    fn meet_deadline(&mut self, slot: u32) {
        let now = self.now;
        let Some(order) = self.orders.get(slot) else { return };
        if order.is_over(now) {
            self.expire(slot);
            self.cancel_children(slot);
        } else if order.is_unsent() {
            self.change_order(slot, Order::send_again);
        } else if order.waits_to_cancel() && order.retry_at <= now {
            self.change_order(slot, Order::ask_again);
            self.settle_order(slot);
            self.report_flat();
        } else {
            let id = self.next_own_id();
            self.change_order(slot, |order| order.time_out(id, now));
            self.settle_order(slot);
        }
    }

    /// An order whose time was over before it was handed out ends.
    pub(super) fn expire(&mut self, slot: u32) {
        let now = self.now;
        self.change_order(slot, |order| order.lapse(now));
        self.settle_order(slot);
        self.report_flat();
    }

    /// Changes when an order is given up. O(log orders).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Unknown`, `Stale`, `Foreign`; `Terminal`; `Range` for a time
    /// that is over.
    pub fn order_extend(&mut self, request: &OrderExtend) -> Result<Status, Status> {
        request.check_frame()?;
        let slot = self.orders.find(request.order, request.client_id)?;
        let order = self.orders.get(slot).ok_or(Status::Unknown)?;
        if order.is_terminal() {
            return Err(Status::Terminal);
        }
        let at = request.timeout_at;
        if at > Nanos::ZERO && at <= self.time(request.header.now) {
            return Err(Status::Range);
        }
        self.enter(request.header.now);
        self.change_order(slot, |order| order.extend(at));
        Ok(Status::Ok)
    }
}
