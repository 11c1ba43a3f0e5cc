//! What is asked of an order: holding, sending, cancelling, replacing, giving up.
#![forbid(unsafe_code)]

use super::{Order, Pending, Replacement};
use crate::num::{Lots, Nanos};
use crate::status::{OrderEnd, OrderFact, OrderMark, OrderType, Status};

impl Order {
    /// Whether a cancel request would be taken: `Ok(true)`, or `Ok(false)` when this very request
    /// is in flight already.
    ///
    /// # Errors
    /// `Terminal`, or `Pending` when another cancel is in flight.
    pub fn may_cancel(&self, request_id: u64) -> Result<bool, Status> {
        if self.is_terminal() {
            return Err(Status::Terminal);
        }
        match self.is(OrderFact::CancelInflight) {
            true if self.cancel_id == request_id => Ok(false),
            true => Err(Status::Pending),
            false => Ok(true),
        }
    }

    /// Takes a cancel request that [`Order::may_cancel`] allowed. An order that was not handed out
    /// yet ends here; a replace that was not handed out yet is withdrawn.
    pub fn request_cancel(&mut self, request_id: u64, now: Nanos) {
        self.updated_at = now;
        if self.is_unsent() {
            self.end_with(OrderEnd::Cancel);
            return;
        }
        if self.pending.has(Pending::REPLACE) {
            self.pending = self.pending.without(Pending::REPLACE);
            self.clear(OrderFact::ReplaceInflight);
        }
        self.set(OrderFact::CancelInflight);
        self.cancel_id = request_id;
        self.pending = self.pending.with(Pending::CANCEL);
    }

    /// Whether a kill must reach it: something may be executed, or would be after its replace.
    #[must_use]
    pub fn may_kill(&self) -> bool {
        self.end == OrderEnd::None
            && !self.is(OrderFact::CancelInflight)
            && (!self.is_terminal() || self.is(OrderFact::ReplaceInflight))
    }

    /// A kill that [`Order::may_kill`] found due. An enlargement that has not left is withdrawn; a
    /// filled order needs no cancel then.
    pub fn kill(&mut self, request_id: u64, now: Nanos) {
        if self.pending.has(Pending::REPLACE) {
            self.pending = self.pending.without(Pending::REPLACE);
            self.clear(OrderFact::ReplaceInflight);
            self.updated_at = now;
        }
        if self.may_kill() {
            self.request_cancel(request_id, now);
        }
    }

    /// Whether a replace request would be taken: `Ok(true)`, or `Ok(false)` when this very request
    /// is in flight already.
    ///
    /// # Errors
    /// `Terminal` (a filled order may still be enlarged), or `Pending`.
    pub fn may_replace(&self, new: &Replacement) -> Result<bool, Status> {
        if self.end != OrderEnd::None {
            return Err(Status::Terminal);
        }
        if self.is(OrderFact::ReplaceInflight) && self.replace == *new {
            return Ok(false);
        }
        if self.is_terminal() && new.qty <= self.cum_qty {
            return Err(Status::Terminal);
        }
        if self.is(OrderFact::CancelInflight) || self.is(OrderFact::ReplaceInflight) {
            return Err(Status::Pending);
        }
        Ok(true)
    }

    /// Takes a replace request that [`Order::may_replace`] allowed. An order that was not handed
    /// out yet is edited in place.
    pub fn request_replace(&mut self, new: &Replacement, now: Nanos) {
        self.updated_at = now;
        if self.is_unsent() {
            self.keep_fingerprint();
            self.order_qty = new.qty;
            self.price = new.price;
            if !self.is(OrderFact::Triggered) {
                self.stop_price = new.stop_price;
            }
            return;
        }
        self.set(OrderFact::ReplaceInflight);
        self.replace = *new;
        self.pending = self.pending.with(Pending::REPLACE);
    }

    /// New: it waits here for a trigger, and there is no command yet.
    pub fn hold(&mut self) {
        self.set(OrderFact::Armed);
        self.pending = self.pending.without(Pending::NEW);
    }

    /// It does not wait for a trigger any more.
    pub fn stop_holding(&mut self) {
        self.clear(OrderFact::Armed);
    }

    /// Its trigger has fired: it is a market or limit order of this much in all, to be sent.
    pub fn release(&mut self, qty: Lots, now: Nanos) {
        self.clear(OrderFact::Armed);
        self.set(OrderFact::Triggered);
        self.ripe = false;
        // An order that was held has kept its fingerprint from the start.
        self.order_qty = qty;
        self.pending = self.pending.with(Pending::NEW);
        self.updated_at = now;
    }

    /// Whether it is held, becomes an order at the market and has no feature that matters then, its
    /// deadlines left out.
    #[must_use]
    pub const fn is_ripe(&self) -> bool {
        let at_market = matches!(
            self.order_type,
            OrderType::Stop | OrderType::TakeProfit | OrderType::TrailingStop
        );
        self.facts == OrderFact::Armed.raw()
            && at_market
            && matches!(self.end, OrderEnd::None)
            && self.pending.is_empty()
            && self.flags | self.scope == 0
            && self.position.0 | self.linked.0 | self.parent.0 == 0
            && self.legs_reserved == 0
    }

    /// What is kept of what its other fields say.
    #[inline]
    pub(super) const fn derive(&mut self) {
        self.plain = self.is_plain();
        self.ripe = self.is_ripe();
    }

    /// A held order that is ripe is released with the quantity it had.
    #[inline]
    pub(crate) const fn release_ripe(&mut self, now: Nanos) {
        self.facts = OrderFact::Triggered.raw();
        self.pending = Pending::NEW;
        self.ripe = false;
        self.updated_at = now;
    }

    /// The gate refused it when its trigger fired.
    pub fn deny(&mut self, now: Nanos) {
        self.set(OrderFact::Denied);
        self.end_with(OrderEnd::Fail);
        self.updated_at = now;
    }

    /// Its time is over and it was not handed out: it ends here.
    pub fn lapse(&mut self, now: Nanos) {
        self.end_with(OrderEnd::Expire);
        self.updated_at = now;
    }

    /// It is given up: the venue is to cancel it.
    pub fn time_out(&mut self, request_id: u64, now: Nanos) {
        self.marks |= OrderMark::TimedOut.raw();
        self.request_cancel(request_id, now);
    }

    /// Changes when it is given up; it may be given up anew.
    pub fn extend(&mut self, timeout_at: Nanos) {
        self.marks &= !OrderMark::TimedOut.raw();
        self.timeout_at = timeout_at;
    }

    /// It could not be sent, and its wait is over: it is to be sent again.
    pub fn send_again(&mut self) {
        self.retry_at = Nanos::ZERO;
        self.pending = self.pending.with(Pending::NEW);
    }

    /// NEW was handed out.
    pub fn note_sent(&mut self, now: Nanos) {
        self.set(OrderFact::Sent);
        self.sent_at = now;
    }
}
