//! An order that may only make a position smaller: what it may still take, how it is made smaller.
#![forbid(unsafe_code)]

use super::{Order, Replacement};
use crate::num::{Lots, Nanos};
use crate::status::{OrderEnd, OrderFact, OrderFlag};
use crate::store::Id;

/// Marks the requests of the engine itself.
pub(super) const OWN: u64 = 1 << 63;

impl Order {
    /// Whether it may only make a position smaller.
    #[must_use]
    pub const fn reduces(&self) -> bool {
        OrderFlag::ReduceOnly.is_in(self.flags)
    }

    /// Whether it is live, reduces a position, and nobody has asked to cancel it, or is about to
    /// ask again.
    #[must_use]
    pub fn is_reducer(&self) -> bool {
        self.reduces()
            && self.position != Id::NONE
            && self.end == OrderEnd::None
            && !self.is(OrderFact::CancelInflight)
            && !self.waits_to_cancel()
            && (self.working() > Lots::ZERO || self.is(OrderFact::Armed))
    }

    /// Whether the venue refused its cancel, and it is to be asked again later.
    #[must_use]
    pub const fn waits_to_cancel(&self) -> bool {
        self.cancel_refused && self.retry_at.0 != 0
    }

    /// The wait for the next cancel begins.
    pub fn ask_later(&mut self, at: Nanos) {
        self.retry_at = at;
    }

    /// That wait is over.
    pub fn ask_again(&mut self) {
        self.retry_at = Nanos::ZERO;
        self.cancel_refused = false;
    }

    /// What it may take when the venue does as the engine asked: with the engine's own replace in
    /// flight what that leaves, otherwise all that works.
    #[must_use]
    pub fn reducing(&self) -> Lots {
        if !self.is_reducer() {
            return Lots::ZERO;
        }
        if self.is(OrderFact::ReplaceInflight) && self.replace.request_id & OWN != 0 {
            return Lots(self.replace.qty.0.saturating_sub(self.cum_qty.0).max(0));
        }
        self.working()
    }

    /// Whether it can be made smaller: not handed out yet, or no replace is in flight and the
    /// venue has refused none of that kind.
    #[must_use]
    pub fn may_be_reduced(&self) -> bool {
        self.is_unsent() || !(self.is(OrderFact::ReplaceInflight) || self.reduction_refused)
    }

    /// Makes it smaller by so many lots, fewer than work: in place, or by a replace request.
    pub fn reduce(&mut self, lots: Lots, request_id: u64, now: Nanos) {
        let terms = self.terms();
        let qty = Lots(self.order_qty.0.saturating_sub(lots.0));
        let (price, stop_price) = (self.price, terms.stop_price);
        self.request_replace(&Replacement { request_id, qty, price, stop_price }, now);
    }

    /// A replace request in flight was refused: the engine does not ask twice.
    pub(super) fn note_refused(&mut self) {
        if self.replace.request_id & OWN != 0 {
            self.reduction_refused = true;
        }
    }
}
