//! The event table of ORDER_STATES.md, as code.

use oms_core::status::{Anomaly, OrderMark, Reason};

use crate::world::{END_CANCEL, END_EXPIRE, END_FAIL, END_NONE, END_REJECT, Order, st};

/// What a report did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) changed: bool,
    /// Each kind once.
    pub(crate) anomalies: Vec<Anomaly>,
    /// One breaker error.
    pub(crate) error: bool,
    /// Nothing but a mark.
    pub(crate) only_marked: bool,
}

impl Done {
    pub(crate) fn also(&mut self, anomaly: Anomaly) {
        self.changed = true;
        if !self.anomalies.contains(&anomaly) {
            self.anomalies.push(anomaly);
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.changed |= other.changed;
        self.error |= other.error;
        for anomaly in other.anomalies {
            self.also(anomaly);
        }
    }
}

pub(crate) fn changed() -> Done {
    Done { changed: true, ..Done::default() }
}

pub(crate) fn ignored() -> Done {
    Done::default()
}

pub(crate) fn warned(changed: bool, anomaly: Anomaly) -> Done {
    Done { changed, anomalies: vec![anomaly], ..Done::default() }
}

/// What a venue may know of a live order, by its status alone.
fn lives(status: u8) -> bool {
    !matches!(status, st::FILLED | st::CANCELLED | st::EXPIRED | st::REJECTED)
}

impl Order {
    /// The venue spoke of it: it has it, whatever we thought.
    fn known_there(&mut self) {
        self.has_left();
        self.acked = true;
        self.new_waits = false;
    }

    /// It is not to be sent again.
    fn has_left(&mut self) {
        if !self.sent {
            self.retry_at = 0;
        }
        self.sent = true;
    }

    pub(crate) fn end_with(&mut self, end: u8) {
        self.end = end;
        self.suspended = false;
        self.done_for_day = false;
        self.retry_at = 0;
        self.cancel_refused = false;
        self.cancel = None;
        self.replace = None;
        self.new_waits = false;
        self.replace_waits = false;
        self.cancel_waits = false;
    }

    fn unmark(&mut self, mark: OrderMark) {
        self.marks &= !mark.raw();
    }

    /// Back from a reject or a failure.
    fn resurrect(&mut self) -> Done {
        self.end = END_NONE;
        self.known_there();
        self.mark(OrderMark::Resurrected);
        Done { error: true, ..warned(true, Anomaly::Resurrected) }
    }

    pub(crate) fn unsent(&self) -> bool {
        !self.sent && !self.terminal()
    }

    pub(crate) fn on_ack(&mut self) -> Done {
        if self.unsent() {
            self.known_there();
            self.unmark(OrderMark::InDoubt);
            return warned(true, Anomaly::BeforeSend);
        }
        if self.status() == st::FILLED {
            return ignored();
        }
        match self.end {
            END_NONE if self.acked => ignored(),
            END_NONE => {
                self.known_there();
                self.unmark(OrderMark::InDoubt);
                changed()
            }
            END_CANCEL | END_EXPIRE => ignored(),
            _ => {
                self.unmark(OrderMark::InDoubt);
                self.resurrect()
            }
        }
    }

    pub(crate) fn on_reject(&mut self) -> Done {
        if self.unsent() {
            self.end_with(END_REJECT);
            return warned(true, Anomaly::BeforeSend);
        }
        if self.status() == st::FILLED {
            return warned(false, Anomaly::Unexpected);
        }
        let status = match self.status() {
            st::SUSPENDED | st::DONE_FOR_DAY => self.plain_status(),
            other => other,
        };
        match status {
            st::SUBMITTED | st::FAILED => {
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
        if self.end == END_FAIL {
            self.end_with(END_CANCEL);
            return warned(true, Anomaly::Unexpected);
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
            if self.cancel.is_some_and(|own| own >> 63 == 1) {
                self.refusals += 1;
                self.cancel_refused = true;
            }
            self.cancel = None;
            self.cancel_waits = false;
            if !self.terminal() && reason == Reason::UnknownOrder.raw() {
                self.mark(OrderMark::InDoubt);
                return warned(true, Anomaly::InDoubt);
            }
            return changed();
        }
        match self.status() {
            st::FILLED | st::EXPIRED | st::REJECTED | st::SUSPENDED => ignored(),
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
            if !self.triggered {
                self.held.stop = self.held.replace_stop;
            }
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
            st::PENDING_CANCEL | st::SUSPENDED | st::DONE_FOR_DAY => ignored(),
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

    pub(crate) fn on_fill(&mut self, qty: i64, value: i128, commission: i64) -> Done {
        let unsent = self.unsent();
        let suspended = self.suspended || self.done_for_day;
        self.cum += qty;
        self.notional += value;
        self.commission += commission;
        let mut done = changed();
        match self.end {
            END_NONE => self.known_there(),
            END_REJECT | END_FAIL => done = self.resurrect(),
            _ => {
                self.mark(OrderMark::LateFill);
                done.also(Anomaly::LateFill);
            }
        }
        if self.cum > self.qty {
            self.mark(OrderMark::Overfill);
            if !done.error {
                done.anomalies = vec![Anomaly::Overfill];
            }
        }
        if done.anomalies.is_empty() && suspended {
            done.also(Anomaly::Unexpected);
        }
        if done.anomalies.is_empty() && unsent {
            done.also(Anomaly::BeforeSend);
        }
        done
    }

    /// An execution's part is taken out.
    pub(crate) fn on_bust(&mut self, qty: i64, value: i128, commission: i64, mark: u32) {
        self.cum -= qty;
        self.notional -= value;
        self.commission -= commission;
        self.marks |= mark;
    }

    /// An execution's part is another one now.
    pub(crate) fn on_correct(&mut self, qty: i64, value: i128, commission: i64) -> Done {
        self.cum += qty;
        self.notional += value;
        self.commission += commission;
        let mut done = changed();
        if qty > 0 && self.cum > self.qty {
            self.mark(OrderMark::Overfill);
            done.also(Anomaly::Overfill);
        }
        done
    }

    pub(crate) fn on_restate(&mut self, given: Option<(i64, i64)>) -> Done {
        if self.end != END_NONE {
            return warned(false, Anomaly::Unexpected);
        }
        if self.filled() {
            let Some((qty, price)) = given.filter(|&(qty, _)| qty > self.cum) else {
                return ignored();
            };
            self.done_for_day = false;
            self.restate(qty, price);
            return warned(true, Anomaly::Unsolicited);
        }
        let unsent = self.unsent();
        let mut done = ignored();
        if unsent {
            self.known_there();
            done.also(Anomaly::BeforeSend);
        }
        if self.done_for_day {
            self.done_for_day = false;
            done.changed = true;
        }
        if !self.acked {
            self.acked = true;
            done.changed = true;
        }
        if let Some((qty, price)) = given {
            let before = (self.qty, self.price);
            self.restate(qty, price);
            if before != (self.qty, self.price) && !unsent {
                done.also(Anomaly::Unsolicited);
            }
        }
        done
    }

    /// One of the three facts that the venue may set on a live order.
    fn on_fact(&mut self, fact: impl Fn(&mut Self) -> &mut bool, value: bool) -> Done {
        if self.terminal() {
            return ignored();
        }
        let unsent = self.unsent();
        if *fact(self) == value && !unsent {
            return ignored();
        }
        *fact(self) = value;
        self.known_there();
        if unsent { warned(true, Anomaly::BeforeSend) } else { changed() }
    }

    pub(crate) fn on_suspend(&mut self, value: bool) -> Done {
        self.on_fact(|o| &mut o.suspended, value)
    }

    pub(crate) fn on_done_for_day(&mut self) -> Done {
        self.on_fact(|o| &mut o.done_for_day, true)
    }

    pub(crate) fn on_triggered(&mut self) -> Done {
        let stop = self.order_type >= 3 && self.venue_held;
        if !stop && !self.terminal() {
            return warned(false, Anomaly::Unexpected);
        }
        self.on_fact(|o| &mut o.triggered, true)
    }

    /// A snapshot's status, after its quantity.
    pub(crate) fn on_status(&mut self, status: u8) -> Done {
        let doubt = |o: &mut Self| {
            o.mark(OrderMark::InDoubt);
            warned(true, Anomaly::InDoubt)
        };
        if status == st::FILLED {
            if self.filled() {
                return ignored();
            }
            if self.end == END_NONE {
                self.known_there();
            }
            return doubt(self);
        }
        if !lives(status) {
            if self.terminal() {
                return ignored();
            }
            let unsent = self.unsent();
            self.sent = true;
            self.end_with(match status {
                st::CANCELLED => END_CANCEL,
                st::EXPIRED => END_EXPIRE,
                _ => END_REJECT,
            });
            return if unsent { warned(true, Anomaly::BeforeSend) } else { changed() };
        }
        if self.filled() {
            return ignored();
        }
        let mut done = match self.end {
            END_CANCEL | END_EXPIRE => return doubt(self),
            END_REJECT | END_FAIL => self.resurrect(),
            _ if self.unsent() => warned(true, Anomaly::BeforeSend),
            _ => ignored(),
        };
        let before = (self.acked, self.suspended, self.done_for_day);
        self.has_left();
        self.new_waits = false;
        self.acked |= status != st::SUBMITTED;
        match status {
            st::SUSPENDED => self.suspended = true,
            st::DONE_FOR_DAY => self.done_for_day = true,
            st::OPEN | st::PART => (self.suspended, self.done_for_day) = (false, false),
            _ => {}
        }
        done.changed |= before != (self.acked, self.suspended, self.done_for_day);
        done
    }

    /// A snapshot that fits ends all doubt.
    pub(crate) fn on_certain(&mut self) -> Done {
        let doubtful = self.marks & OrderMark::InDoubt.raw() != 0;
        self.unmark(OrderMark::InDoubt);
        Done { changed: doubtful, ..ignored() }
    }

    fn may_not_have_left(&self) -> bool {
        self.sent && !self.acked && self.cum == 0 && self.end == END_NONE
    }

    /// NEW did not leave; `retry_at` is given while retries remain.
    pub(crate) fn on_send_failed(&mut self, retry_at: Option<u64>) -> Done {
        if !self.may_not_have_left() {
            let terminal = self.terminal();
            return if terminal { ignored() } else { warned(false, Anomaly::Unexpected) };
        }
        self.unmark(OrderMark::InDoubt);
        if self.cancel.is_some() {
            self.end_with(END_CANCEL);
            return changed();
        }
        if let Some((_, qty, price)) = self.replace.take() {
            self.qty = qty;
            self.price = price;
            self.held.stop = self.held.replace_stop;
            self.replace_waits = false;
        }
        match retry_at.filter(|_| self.qty > 0) {
            Some(at) => {
                self.sent = false;
                self.retries += 1;
                self.retry_at = at;
                self.cancel_refused = false;
            }
            None => self.end_with(END_FAIL),
        }
        changed()
    }

    pub(crate) fn on_send_in_doubt(&mut self) -> Done {
        if !self.may_not_have_left() {
            let terminal = self.terminal();
            return if terminal { ignored() } else { warned(false, Anomaly::Unexpected) };
        }
        self.mark(OrderMark::InDoubt);
        warned(true, Anomaly::InDoubt)
    }

    /// It is to be asked to cancel again, later.
    pub(crate) fn waits_to_cancel(&self) -> bool {
        self.cancel_refused && self.retry_at != 0
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
        self.last_cancel = id;
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
