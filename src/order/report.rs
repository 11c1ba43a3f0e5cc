//! What the venue says of an order. A report is a fact: it is applied, or counted as known, in
//! every state; what did not fit is named by an anomaly.
#![forbid(unsafe_code)]

use super::{Order, Pending};
use crate::num::{Lots, Money, Nanos, TickLots, Ticks};
use crate::status::{Anomaly, OrderEnd, OrderFact, OrderMark, OrderStatus, RangeError, Reason};

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
                Outcome::flagged(Anomaly::Resurrected)
            }
            _ if self.end == OrderEnd::None && !self.is(OrderFact::Acked) => {
                self.set(OrderFact::Acked);
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
        if let Some(outcome) = self.answer_cancel(request_id) {
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

    /// Σ quantity, value and commission with one more execution.
    ///
    /// # Errors
    /// When a sum would not fit.
    pub fn with_fill(
        &self,
        qty: Lots,
        price: Ticks,
        commission: Money,
    ) -> Result<(Lots, TickLots, Money), RangeError> {
        let cum_qty = self.cum_qty.checked_add(qty).ok_or(RangeError)?;
        let notional = self.notional.checked_add(price.times(qty)).ok_or(RangeError)?;
        let commission = self.commission.checked_add(commission).ok_or(RangeError)?;
        Ok((cum_qty, notional, commission))
    }

    /// Applies an execution: quantity and value always move.
    ///
    /// # Errors
    /// When a sum would not fit; nothing is changed.
    pub fn fill(
        &mut self,
        qty: Lots,
        price: Ticks,
        commission: Money,
        now: Nanos,
    ) -> Result<Outcome, RangeError> {
        let (cum_qty, notional, commission) = self.with_fill(qty, price, commission)?;
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
        // An order that came back to life is the graver news.
        let anomaly = match anomaly {
            Some(Anomaly::Resurrected) => anomaly,
            _ if overfilled => Some(Anomaly::Overfill),
            other => other,
        };
        Ok(Outcome { changed: true, anomaly })
    }

    /// The venue spoke of it as of a live order: it was sent, whatever we thought.
    fn venue_knows(&mut self) {
        self.set(OrderFact::Sent);
        self.set(OrderFact::Acked);
        self.pending = self.pending.without(Pending::NEW);
    }

    fn resurrect(&mut self) {
        self.end = OrderEnd::None;
        self.marks |= OrderMark::Resurrected.raw();
        self.venue_knows();
    }

    /// Ends it; what was asked of it and not answered is answered thereby.
    fn end_with(&mut self, end: OrderEnd) {
        self.end = end;
        self.pending = Pending::default();
        self.clear(OrderFact::CancelInflight);
        self.clear(OrderFact::ReplaceInflight);
    }

    /// The venue's quantity and price. Executions beyond the new quantity are a full fill of it.
    fn restate(&mut self, qty: Lots, price: Ticks) {
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
