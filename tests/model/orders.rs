//! The event table of ORDER_STATES.md, as code.

use oms_core::status::{Anomaly, OrderMark, Reason};

use crate::world::{END_CANCEL, END_EXPIRE, END_NONE, END_REJECT, Order, st};

/// What a report did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) changed: bool,
    pub(crate) anomaly: Option<Anomaly>,
    /// One breaker error.
    pub(crate) error: bool,
}

fn changed() -> Done {
    Done { changed: true, ..Done::default() }
}

fn ignored() -> Done {
    Done::default()
}

fn warned(changed: bool, anomaly: Anomaly) -> Done {
    Done { changed, anomaly: Some(anomaly), error: false }
}

impl Order {
    /// The venue spoke of it: it has it, whatever we thought.
    fn known_there(&mut self) {
        self.sent = true;
        self.acked = true;
        self.new_waits = false;
    }

    pub(crate) fn end_with(&mut self, end: u8) {
        self.end = end;
        self.cancel = None;
        self.replace = None;
        self.new_waits = false;
        self.replace_waits = false;
        self.cancel_waits = false;
    }

    fn unsent(&self) -> bool {
        !self.sent && !self.terminal()
    }

    pub(crate) fn on_ack(&mut self) -> Done {
        if self.unsent() {
            self.known_there();
            return warned(true, Anomaly::BeforeSend);
        }
        if self.filled() {
            return ignored();
        }
        match self.end {
            END_NONE if self.acked => ignored(),
            END_NONE => {
                self.known_there();
                changed()
            }
            END_CANCEL | END_EXPIRE => ignored(),
            _ => {
                self.end = END_NONE;
                self.known_there();
                self.mark(OrderMark::Resurrected);
                Done { error: true, ..warned(true, Anomaly::Resurrected) }
            }
        }
    }

    pub(crate) fn on_reject(&mut self) -> Done {
        if self.unsent() {
            self.end_with(END_REJECT);
            return warned(true, Anomaly::BeforeSend);
        }
        if self.filled() {
            return warned(false, Anomaly::Unexpected);
        }
        match self.status() {
            st::SUBMITTED => {
                self.end_with(END_REJECT);
                changed()
            }
            st::OPEN => {
                self.end_with(END_REJECT);
                warned(true, Anomaly::RejectAfterAck)
            }
            st::PART => warned(false, Anomaly::Unexpected),
            st::PENDING_CANCEL | st::PENDING_REPLACE if !self.acked && self.cum == 0 => {
                self.end_with(END_REJECT);
                changed()
            }
            st::PENDING_CANCEL | st::PENDING_REPLACE => warned(false, Anomaly::Unexpected),
            _ => ignored(),
        }
    }

    pub(crate) fn on_cancel_ack(&mut self) -> Done {
        if self.unsent() {
            self.end_with(END_CANCEL);
            return warned(true, Anomaly::BeforeSend);
        }
        if self.terminal() {
            // Stale; but it answers the request.
            self.cancel_waits = false;
            return Done { changed: self.cancel.take().is_some(), ..ignored() };
        }
        self.end_with(END_CANCEL);
        changed()
    }

    pub(crate) fn on_cancel_reject(&mut self, id: u64, reason: u16) -> Done {
        let asked = self.cancel.is_some_and(|own| id == 0 || id == own);
        if asked {
            self.cancel = None;
            self.cancel_waits = false;
            if !self.terminal() && reason == Reason::UnknownOrder.raw() {
                self.mark(OrderMark::InDoubt);
                return warned(true, Anomaly::InDoubt);
            }
            return changed();
        }
        match self.status() {
            st::FILLED | st::EXPIRED | st::REJECTED => ignored(),
            _ => warned(false, Anomaly::Unexpected),
        }
    }

    fn restate(&mut self, qty: i64, price: i64) {
        self.qty = qty.max(self.cum);
        self.price = price;
    }

    pub(crate) fn on_replace_ack(&mut self, id: u64, given: Option<(i64, i64)>) -> Done {
        if self.end != END_NONE || self.unsent() {
            return warned(false, Anomaly::Unexpected);
        }
        let asked = self.replace.filter(|&(own, ..)| id == 0 || id == own);
        if let Some((_, qty, price)) = asked {
            self.replace = None;
            self.replace_waits = false;
            self.known_there();
            let (qty, price) = given.unwrap_or((qty, price));
            self.held.stop = self.held.replace_stop;
            self.restate(qty, price);
            return changed();
        }
        if self.filled() {
            let Some((qty, price)) = given.filter(|&(qty, _)| qty > self.cum) else {
                return ignored();
            };
            self.restate(qty, price);
            return warned(true, Anomaly::Unsolicited);
        }
        if given.is_none() && self.status() != st::SUBMITTED {
            return warned(false, Anomaly::Unexpected);
        }
        let acked = self.acked;
        self.known_there();
        match given {
            Some((qty, price)) => {
                self.restate(qty, price);
                warned(true, Anomaly::Unsolicited)
            }
            None => warned(!acked, Anomaly::Unexpected),
        }
    }

    pub(crate) fn on_replace_reject(&mut self, id: u64) -> Done {
        if let Some((own, ..)) = self.replace.filter(|&(own, ..)| id == 0 || id == own) {
            self.held.refused |= own >> 63 == 1;
            self.replace = None;
            self.replace_waits = false;
            return changed();
        }
        match self.status() {
            st::FILLED if self.end == END_NONE => ignored(),
            st::PENDING_CANCEL => ignored(),
            _ if self.terminal() => ignored(),
            _ => warned(false, Anomaly::Unexpected),
        }
    }

    pub(crate) fn on_expire(&mut self) -> Done {
        if self.terminal() {
            return ignored();
        }
        self.end_with(END_EXPIRE);
        changed()
    }

    pub(crate) fn on_fill(&mut self, qty: i64, price: i64, commission: i64) -> Done {
        let unsent = self.unsent();
        let before = self.end;
        self.cum += qty;
        self.notional += i128::from(qty) * i128::from(price);
        self.commission += commission;
        if matches!(before, END_NONE | END_REJECT) {
            self.known_there();
        }
        let mut done = changed();
        if before == END_REJECT {
            self.end = END_NONE;
            self.mark(OrderMark::Resurrected);
            done.anomaly = Some(Anomaly::Resurrected);
            done.error = true;
        } else if before != END_NONE {
            self.mark(OrderMark::LateFill);
            done.anomaly = Some(Anomaly::LateFill);
        }
        if self.cum > self.qty {
            self.mark(OrderMark::Overfill);
            if done.anomaly != Some(Anomaly::Resurrected) {
                done.anomaly = Some(Anomaly::Overfill);
            }
        }
        if unsent {
            done.anomaly = done.anomaly.or(Some(Anomaly::BeforeSend));
        }
        done
    }

    pub(crate) fn request_cancel(&mut self, id: u64) {
        if !self.sent {
            self.end_with(END_CANCEL);
            return;
        }
        if self.replace_waits {
            self.replace = None;
            self.replace_waits = false;
        }
        self.cancel = Some(id);
        self.cancel_waits = true;
    }

    pub(crate) fn request_replace(&mut self, id: u64, qty: i64, price: i64) {
        if self.sent {
            self.replace = Some((id, qty, price));
            self.replace_waits = true;
        } else {
            self.qty = qty;
            self.price = price;
        }
    }
}
