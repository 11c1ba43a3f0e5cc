//! What the venue says of an order. A report is a fact: it is applied, or counted as known, in
//! every state; what did not fit is named by an anomaly.
#![forbid(unsafe_code)]

use super::reduce::OWN;
use super::{Order, Pending, Replacement};
use crate::num::{Lots, Money, Nanos, TickLots, Ticks};
use crate::status::{
    Anomaly, Hold, OrderEnd, OrderFact, OrderMark, OrderStatus, RangeError, Reason,
};

/// A report without the execution part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Live at the venue.
    Ack,
    /// Refused.
    Reject,
    /// Cancelled, asked for or not.
    CancelAck,
    /// The cancel request (0: the one in flight) is refused.
    CancelReject {
        /// Which request.
        request_id: u64,
        /// Why.
        reason: Reason,
    },
    /// The replace request (0: the one in flight) is done, with the venue's own values if given.
    ReplaceAck {
        /// Which request.
        request_id: u64,
        /// The venue's quantity and price.
        given: Option<(Lots, Ticks)>,
    },
    /// The replace request (0: the one in flight) is refused.
    ReplaceReject {
        /// Which request.
        request_id: u64,
    },
    /// Ended by its time in force.
    Expire,
    /// The venue changed quantity and price unasked, or only says that it goes on.
    Restate {
        /// The venue's quantity and price.
        given: Option<(Lots, Ticks)>,
    },
    /// Suspended.
    Suspend,
    /// No longer suspended.
    Resume,
    /// Nothing more is executed today.
    DoneForDay,
    /// A stop that the venue holds was triggered.
    Triggered,
    /// What the venue knows of it; the executed quantity was compared before.
    Status(OrderStatus),
    /// NEW did not leave: it is sent again when the time has come, if retries are left.
    SendFailed {
        /// When it is to be handed out again; none when no retry is left.
        retry_at: Option<Nanos>,
    },
    /// Nobody knows whether NEW has left.
    SendInDoubt,
}

/// What an execution, or a change of one, is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Booking {
    /// Quantity.
    pub qty: Lots,
    /// Quantity × price.
    pub value: TickLots,
    /// Commission.
    pub commission: Money,
}

/// What a report did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether a fact changed.
    pub changed: bool,
    /// What did not fit.
    pub anomaly: Option<Anomaly>,
}

impl Outcome {
    const IGNORED: Self = Self { changed: false, anomaly: None };
    const CHANGED: Self = Self { changed: true, anomaly: None };
    const UNEXPECTED: Self = Self { changed: false, anomaly: Some(Anomaly::Unexpected) };

    const fn flagged(anomaly: Anomaly) -> Self {
        Self { changed: true, anomaly: Some(anomaly) }
    }
}

impl Order {
    /// Applies a report without an execution.
    pub fn apply(&mut self, report: Report, now: Nanos) -> Outcome {
        let outcome = match report {
            Report::Ack => self.on_ack(),
            Report::Reject => self.on_reject(),
            Report::CancelAck => self.on_cancel_ack(),
            Report::CancelReject { request_id, reason } => {
                self.on_cancel_reject(request_id, reason)
            }
            Report::ReplaceAck { request_id, given } => self.on_replace_ack(request_id, given),
            Report::ReplaceReject { request_id } => self.on_replace_reject(request_id),
            Report::Expire => self.on_expire(),
            Report::Restate { given } => self.on_restate(given),
            Report::Suspend => self.on_mode(OrderFact::Suspended, true),
            Report::Resume => self.on_mode(OrderFact::Suspended, false),
            Report::DoneForDay => self.on_mode(OrderFact::DoneForDay, true),
            Report::Triggered => self.on_triggered(),
            Report::Status(status) => self.on_status(status),
            Report::SendFailed { retry_at } => self.on_send_failed(retry_at),
            Report::SendInDoubt => self.on_send_in_doubt(),
        };
        if outcome.changed {
            self.updated_at = now;
        }
        outcome
    }

    fn on_ack(&mut self) -> Outcome {
        match self.status() {
            OrderStatus::Pending => {
                self.venue_knows();
                Outcome::flagged(Anomaly::BeforeSend)
            }
            OrderStatus::Rejected | OrderStatus::Failed => {
                self.resurrect();
                self.unmark(OrderMark::InDoubt);
                Outcome::flagged(Anomaly::Resurrected)
            }
            _ if self.end == OrderEnd::None && !self.is(OrderFact::Acked) => {
                self.set(OrderFact::Acked);
                self.unmark(OrderMark::InDoubt);
                Outcome::CHANGED
            }
            _ => Outcome::IGNORED,
        }
    }

    fn on_reject(&mut self) -> Outcome {
        let never_lived = !self.is(OrderFact::Acked) && self.cum_qty == Lots::ZERO;
        match self.status() {
            OrderStatus::Pending => {
                self.end_with(OrderEnd::Reject);
                Outcome::flagged(Anomaly::BeforeSend)
            }
            OrderStatus::Submitted => {
                self.end_with(OrderEnd::Reject);
                Outcome::CHANGED
            }
            OrderStatus::Failed => {
                self.end = OrderEnd::Reject;
                Outcome::CHANGED
            }
            OrderStatus::Suspended | OrderStatus::DoneForDay if self.cum_qty > Lots::ZERO => {
                Outcome::UNEXPECTED
            }
            OrderStatus::Open | OrderStatus::Suspended | OrderStatus::DoneForDay => {
                self.end_with(OrderEnd::Reject);
                Outcome::flagged(Anomaly::RejectAfterAck)
            }
            OrderStatus::PendingCancel | OrderStatus::PendingReplace if never_lived => {
                self.end_with(OrderEnd::Reject);
                Outcome::CHANGED
            }
            OrderStatus::PendingCancel
            | OrderStatus::PendingReplace
            | OrderStatus::PartiallyFilled
            | OrderStatus::Filled => Outcome::UNEXPECTED,
            OrderStatus::Cancelled | OrderStatus::Expired | OrderStatus::Rejected => {
                Outcome::IGNORED
            }
        }
    }

    fn on_cancel_ack(&mut self) -> Outcome {
        match self.status() {
            OrderStatus::Pending => {
                self.end_with(OrderEnd::Cancel);
                Outcome::flagged(Anomaly::BeforeSend)
            }
            OrderStatus::Failed => {
                self.end = OrderEnd::Cancel;
                Outcome::flagged(Anomaly::Unexpected)
            }
            OrderStatus::Filled => self.answer_cancel(0).unwrap_or(Outcome::IGNORED),
            _ if self.end == OrderEnd::None => {
                self.end_with(OrderEnd::Cancel);
                Outcome::CHANGED
            }
            _ => Outcome::IGNORED,
        }
    }

    fn on_cancel_reject(&mut self, request_id: u64, reason: Reason) -> Outcome {
        let live = !self.is_terminal();
        let own = self.cancel_id & OWN != 0;
        if let Some(outcome) = self.answer_cancel(request_id) {
            if own {
                self.refusals = self.refusals.saturating_add(1);
                self.cancel_refused = true;
            }
            if live && reason == Reason::UnknownOrder {
                self.marks |= OrderMark::InDoubt.raw();
                return Outcome::flagged(Anomaly::InDoubt);
            }
            return outcome;
        }
        match self.status() {
            OrderStatus::Suspended
            | OrderStatus::Filled
            | OrderStatus::Expired
            | OrderStatus::Rejected => Outcome::IGNORED,
            _ => Outcome::UNEXPECTED,
        }
    }

    fn on_replace_ack(&mut self, request_id: u64, given: Option<(Lots, Ticks)>) -> Outcome {
        if self.end != OrderEnd::None {
            return Outcome::UNEXPECTED;
        }
        let asked = self.is(OrderFact::ReplaceInflight)
            && (request_id == 0 || request_id == self.replace.request_id);
        if asked {
            let (qty, price) = given.unwrap_or((self.replace.qty, self.replace.price));
            if !self.is(OrderFact::Triggered) {
                self.stop_price = self.replace.stop_price;
            }
            self.clear(OrderFact::ReplaceInflight);
            self.pending = self.pending.without(Pending::REPLACE);
            self.set(OrderFact::Acked);
            self.restate(qty, price);
            return Outcome::CHANGED;
        }
        match (self.status(), given) {
            (OrderStatus::Pending, _) => Outcome::UNEXPECTED,
            (OrderStatus::Filled, None) => Outcome::IGNORED,
            (OrderStatus::Filled, Some((qty, _))) if qty <= self.cum_qty => Outcome::IGNORED,
            (_, Some((qty, price))) => {
                self.set(OrderFact::Acked);
                self.restate(qty, price);
                Outcome::flagged(Anomaly::Unsolicited)
            }
            (OrderStatus::Submitted, None) => {
                self.set(OrderFact::Acked);
                Outcome::flagged(Anomaly::Unexpected)
            }
            (_, None) => Outcome::UNEXPECTED,
        }
    }

    fn on_replace_reject(&mut self, request_id: u64) -> Outcome {
        let asked = self.is(OrderFact::ReplaceInflight)
            && (request_id == 0 || request_id == self.replace.request_id);
        if asked {
            self.clear(OrderFact::ReplaceInflight);
            self.pending = self.pending.without(Pending::REPLACE);
            self.note_refused();
            return Outcome::CHANGED;
        }
        match self.status() {
            OrderStatus::Pending
            | OrderStatus::Submitted
            | OrderStatus::Open
            | OrderStatus::PartiallyFilled
            | OrderStatus::PendingReplace => Outcome::UNEXPECTED,
            _ => Outcome::IGNORED,
        }
    }

    fn on_expire(&mut self) -> Outcome {
        if self.is_terminal() {
            return Outcome::IGNORED;
        }
        self.end_with(OrderEnd::Expire);
        Outcome::CHANGED
    }

    fn on_restate(&mut self, given: Option<(Lots, Ticks)>) -> Outcome {
        match self.status() {
            _ if self.end != OrderEnd::None => return Outcome::UNEXPECTED,
            OrderStatus::Filled if given.is_some_and(|(qty, _)| qty > self.cum_qty) => {}
            OrderStatus::Filled => return Outcome::IGNORED,
            _ => {}
        }
        let unsent = self.is_unsent();
        let (facts, old) = (self.facts, (self.order_qty, self.price));
        self.venue_knows();
        self.clear(OrderFact::DoneForDay);
        if let Some((qty, price)) = given {
            self.restate(qty, price);
        }
        match unsent {
            true => Outcome::flagged(Anomaly::BeforeSend),
            // Nothing else tells of a price that changed.
            false if old != (self.order_qty, self.price) => Outcome::flagged(Anomaly::Unsolicited),
            false if facts != self.facts => Outcome::CHANGED,
            false => Outcome::IGNORED,
        }
    }

    /// Suspended, or done for the day, or no longer so.
    fn on_mode(&mut self, fact: OrderFact, on: bool) -> Outcome {
        if self.is_terminal() {
            return Outcome::IGNORED;
        }
        let (unsent, known) = (self.is_unsent(), self.is(fact));
        if !unsent && known == on {
            return Outcome::IGNORED;
        }
        if on {
            self.set(fact);
        } else {
            self.clear(fact);
        }
        self.venue_knows();
        if unsent { Outcome::flagged(Anomaly::BeforeSend) } else { Outcome::CHANGED }
    }

    fn on_triggered(&mut self) -> Outcome {
        if self.is_terminal() {
            return Outcome::IGNORED;
        }
        if !self.order_type.is_stop() || self.hold == Hold::Core {
            return Outcome::UNEXPECTED;
        }
        let unsent = self.is_unsent();
        if self.is(OrderFact::Triggered) {
            return Outcome::IGNORED;
        }
        self.set(OrderFact::Triggered);
        self.venue_knows();
        if unsent { Outcome::flagged(Anomaly::BeforeSend) } else { Outcome::CHANGED }
    }

    /// A status report whose executed quantity is ours.
    fn on_status(&mut self, status: OrderStatus) -> Outcome {
        let ends = match status {
            OrderStatus::Cancelled => Some(OrderEnd::Cancel),
            OrderStatus::Rejected => Some(OrderEnd::Reject),
            OrderStatus::Expired => Some(OrderEnd::Expire),
            _ => None,
        };
        let before = (self.facts, self.marks, self.end);
        let unsent = self.is_unsent();
        match (ends, self.end) {
            (Some(end), OrderEnd::None) if !self.is_terminal() => {
                self.set(OrderFact::Sent);
                self.end_with(end);
            }
            (Some(_), _) => {}
            (None, OrderEnd::None) if self.is_filled() => {}
            (None, OrderEnd::None) => {
                self.adopt_mode(status);
                if status == OrderStatus::Filled {
                    return self.doubt();
                }
            }
            (None, _) if self.is_filled() => {}
            (None, _) if status == OrderStatus::Filled => return self.doubt(),
            (None, OrderEnd::Reject | OrderEnd::Fail) => {
                self.resurrect();
                self.adopt_mode(status);
                self.unmark(OrderMark::InDoubt);
                return Outcome::flagged(Anomaly::Resurrected);
            }
            (None, OrderEnd::Cancel | OrderEnd::Expire) => return self.doubt(),
        }
        self.unmark(OrderMark::InDoubt);
        match (unsent, before == (self.facts, self.marks, self.end)) {
            (true, _) => Outcome::flagged(Anomaly::BeforeSend),
            (false, true) => Outcome::IGNORED,
            (false, false) => Outcome::CHANGED,
        }
    }

    /// The venue has it, in this status.
    fn adopt_mode(&mut self, status: OrderStatus) {
        self.note_known();
        self.pending = self.pending.without(Pending::NEW);
        self.clear(OrderFact::Armed);
        if status != OrderStatus::Submitted {
            self.set(OrderFact::Acked);
        }
        match status {
            OrderStatus::Suspended => self.set(OrderFact::Suspended),
            OrderStatus::DoneForDay => self.set(OrderFact::DoneForDay),
            OrderStatus::Open | OrderStatus::PartiallyFilled => {
                self.clear(OrderFact::Suspended);
                self.clear(OrderFact::DoneForDay);
            }
            _ => {}
        }
    }

    /// Whether the venue has given no sign of it yet.
    fn is_unheard_of(&self) -> bool {
        self.is(OrderFact::Sent)
            && !self.is(OrderFact::Acked)
            && self.cum_qty == Lots::ZERO
            && self.end == OrderEnd::None
    }

    /// What a report about sending means in another state.
    fn misplaced(&self) -> Outcome {
        if self.is_terminal() { Outcome::IGNORED } else { Outcome::UNEXPECTED }
    }

    fn on_send_failed(&mut self, retry_at: Option<Nanos>) -> Outcome {
        if !self.is_unheard_of() {
            return self.misplaced();
        }
        self.unmark(OrderMark::InDoubt);
        if self.is(OrderFact::CancelInflight) {
            self.end_with(OrderEnd::Cancel);
            return Outcome::CHANGED;
        }
        if self.is(OrderFact::ReplaceInflight) {
            self.clear(OrderFact::ReplaceInflight);
            self.pending = self.pending.without(Pending::REPLACE);
            let Replacement { qty, price, stop_price, .. } = self.replace;
            self.keep_fingerprint();
            (self.order_qty, self.price, self.stop_price) = (qty, price, stop_price);
        }
        // What closes a position and was to be told its quantity here is not sent without one.
        match retry_at.filter(|_| self.order_qty > Lots::ZERO) {
            Some(at) => {
                self.clear(OrderFact::Sent);
                self.retry_at = at;
                self.cancel_refused = false;
                self.retries = self.retries.saturating_add(1);
            }
            None => self.end_with(OrderEnd::Fail),
        }
        Outcome::CHANGED
    }

    fn on_send_in_doubt(&mut self) -> Outcome {
        if self.is_unheard_of() { self.doubt() } else { self.misplaced() }
    }

    /// What the venue says and what is known here cannot both be so.
    fn doubt(&mut self) -> Outcome {
        self.marks |= OrderMark::InDoubt.raw();
        Outcome::flagged(Anomaly::InDoubt)
    }

    /// Σ quantity, value and commission with one more execution.
    ///
    /// # Errors
    /// When a sum would not fit.
    pub fn with_fill(&self, fill: &Booking) -> Result<(Lots, TickLots, Money), RangeError> {
        let cum_qty = self.cum_qty.checked_add(fill.qty).ok_or(RangeError)?;
        let notional = self.notional.checked_add(fill.value).ok_or(RangeError)?;
        let commission = self.commission.checked_add(fill.commission).ok_or(RangeError)?;
        Ok((cum_qty, notional, commission))
    }

    /// Applies an execution: quantity and value always move.
    ///
    /// # Errors
    /// When a sum would not fit; nothing is changed.
    pub fn fill(&mut self, fill: &Booking, now: Nanos) -> Result<Outcome, RangeError> {
        let (cum_qty, notional, commission) = self.with_fill(fill)?;
        let anomaly = match self.end {
            OrderEnd::None if !self.is(OrderFact::Sent) => Some(Anomaly::BeforeSend),
            OrderEnd::None => None,
            OrderEnd::Cancel | OrderEnd::Expire => Some(Anomaly::LateFill),
            OrderEnd::Reject | OrderEnd::Fail => Some(Anomaly::Resurrected),
        };
        match anomaly {
            Some(Anomaly::LateFill) => self.marks |= OrderMark::LateFill.raw(),
            Some(Anomaly::Resurrected) => self.resurrect(),
            _ => self.venue_knows(),
        }
        self.cum_qty = cum_qty;
        self.notional = notional;
        self.commission = commission;
        self.updated_at = now;
        let overfilled = cum_qty > self.order_qty;
        if overfilled {
            self.marks |= OrderMark::Overfill.raw();
        }
        // A suspended order that trades is news, too; one that came back to life is the gravest.
        let suspended = self.is(OrderFact::Suspended) || self.is(OrderFact::DoneForDay);
        let anomaly = match anomaly {
            Some(Anomaly::Resurrected) => anomaly,
            _ if overfilled => Some(Anomaly::Overfill),
            None if suspended => Some(Anomaly::Unexpected),
            other => other,
        };
        Ok(Outcome { changed: true, anomaly })
    }

    /// An execution's contribution changes by this: a bust takes it out, a correction replaces it.
    /// A cancelled, expired or rejected order does not get its leaves back.
    pub fn rebook(&mut self, change: &Booking, now: Nanos) {
        self.cum_qty = Lots(self.cum_qty.0.saturating_add(change.qty.0));
        self.notional = self.notional.saturating_add(change.value);
        self.commission = Money(self.commission.0.saturating_add(change.commission.0));
        self.updated_at = now;
        if self.cum_qty > self.order_qty {
            self.marks |= OrderMark::Overfill.raw();
        }
    }

    /// The venue spoke of it as of a live order: it was sent, whatever we thought.
    fn venue_knows(&mut self) {
        self.note_known();
        self.set(OrderFact::Acked);
        self.clear(OrderFact::Armed);
        self.pending = self.pending.without(Pending::NEW);
    }

    /// It has left: it is not to be sent again.
    fn note_known(&mut self) {
        if !self.is(OrderFact::Sent) {
            self.retry_at = Nanos::ZERO;
        }
        self.set(OrderFact::Sent);
    }

    fn resurrect(&mut self) {
        self.end = OrderEnd::None;
        self.marks |= OrderMark::Resurrected.raw();
        self.venue_knows();
    }

    /// Ends it; what was asked of it and not answered is answered thereby.
    pub(super) fn end_with(&mut self, end: OrderEnd) {
        self.end = end;
        self.pending = Pending::default();
        self.retry_at = Nanos::ZERO;
        self.cancel_refused = false;
        self.clear(OrderFact::Armed);
        self.clear(OrderFact::Suspended);
        self.clear(OrderFact::DoneForDay);
        self.clear(OrderFact::CancelInflight);
        self.clear(OrderFact::ReplaceInflight);
    }

    fn unmark(&mut self, mark: OrderMark) {
        self.marks &= !mark.raw();
    }

    /// The venue's quantity and price. Executions beyond the new quantity are a full fill of it.
    fn restate(&mut self, qty: Lots, price: Ticks) {
        self.keep_fingerprint();
        self.order_qty = qty.max(self.cum_qty);
        self.price = price;
    }

    /// The cancel request in flight is answered, if it is this one (0: any).
    fn answer_cancel(&mut self, request_id: u64) -> Option<Outcome> {
        let asked =
            self.is(OrderFact::CancelInflight) && (request_id == 0 || request_id == self.cancel_id);
        asked.then(|| {
            self.clear(OrderFact::CancelInflight);
            self.pending = self.pending.without(Pending::CANCEL);
            Outcome::CHANGED
        })
    }
}
