//! What the facts of one order come to.

use oms_core::status::OrderMark;

use crate::held::Held;
use crate::world::{END_CANCEL, END_EXPIRE, END_FAIL, END_NONE, END_REJECT, Order, st};

impl Order {
    /// Without any fact; a market order of symbol 0.
    pub(crate) fn blank() -> Self {
        Self {
            client_id: 0,
            tag: 0,
            position: None,
            trigger: None,
            sym: 0,
            scope: 0,
            buy: true,
            order_type: 1,
            tif: 0,
            flags: 0,
            venue: 0,
            expire_at: 0,
            qty: 0,
            price: 0,
            cum: 0,
            notional: 0,
            commission: 0,
            sent: false,
            acked: false,
            cancel: None,
            replace: None,
            end: 0,
            marks: 0,
            new_waits: false,
            replace_waits: false,
            cancel_waits: false,
            queued: 0,
            ended: 0,
            in_table: true,
            exit: 1,
            terms: None,
            named: false,
            to_kill: false,
            reached: false,
            holding: false,
            live_at: 0,
            suspended: false,
            done_for_day: false,
            triggered: false,
            venue_held: false,
            gap_qty: 0,
            gap_value: 0,
            forgot: false,
            retries: 0,
            retry_at: 0,
            refusals: 0,
            cancel_refused: false,
            last_cancel: 0,
            gap_realised: 0,
            gap_at: None,
            adopted: None,
            valued: None,
            held: Held::default(),
            probes: Vec::new(),
        }
    }

    /// Nothing has happened to it but that it waits to be sent.
    pub(crate) fn is_fresh(&self) -> bool {
        let told = self.acked || self.triggered || self.held.denied || self.suspended;
        self.new_waits && !self.sent && !told && self.cum == 0 && self.trigger.is_none()
    }

    pub(crate) fn filled(&self) -> bool {
        // What is to close its position has no quantity until it is released.
        let unknown = self.flags & 4 != 0 && self.qty == 0 && self.cum == 0;
        self.cum >= self.qty && !unknown
    }

    pub(crate) fn status(&self) -> u8 {
        match self.end {
            END_REJECT => return st::REJECTED,
            END_FAIL => return st::FAILED,
            _ if self.filled() => return st::FILLED,
            END_CANCEL => return st::CANCELLED,
            END_EXPIRE => return st::EXPIRED,
            _ => {}
        }
        if self.cancel.is_some() {
            st::PENDING_CANCEL
        } else if self.replace.is_some() {
            st::PENDING_REPLACE
        } else if self.done_for_day {
            st::DONE_FOR_DAY
        } else if self.suspended {
            st::SUSPENDED
        } else {
            self.plain_status()
        }
    }

    /// Of a live order, by what is executed and known to the venue alone.
    pub(crate) fn plain_status(&self) -> u8 {
        if self.cum > 0 {
            st::PART
        } else if self.acked {
            st::OPEN
        } else if self.sent {
            st::SUBMITTED
        } else {
            st::PENDING
        }
    }

    pub(crate) fn fix_status(&self) -> u8 {
        if self.cancel.is_some() {
            return b'6';
        }
        if self.replace.is_some() {
            return b'E';
        }
        if self.done_for_day {
            return b'3';
        }
        match self.status() {
            st::FILLED => b'2',
            st::SUSPENDED => b'9',
            st::CANCELLED => b'4',
            st::EXPIRED => b'C',
            st::PART => b'1',
            st::REJECTED | st::FAILED if self.filled() => b'2',
            st::REJECTED | st::FAILED if self.cum > 0 => b'1',
            st::REJECTED | st::FAILED => b'8',
            st::OPEN => b'0',
            _ => b'A',
        }
    }

    pub(crate) fn leaves(&self) -> i64 {
        let ended = self.end != END_NONE || self.done_for_day;
        if ended { 0 } else { (self.qty - self.cum).max(0) }
    }

    /// max(old, replacement), less what is executed.
    pub(crate) fn working(&self) -> i64 {
        if self.end != END_NONE || self.stays() {
            return 0;
        }
        let most = self.replace.map_or(self.qty, |(_, qty, _)| qty.max(self.qty));
        (most - self.cum).max(0)
    }

    pub(crate) fn terminal(&self) -> bool {
        self.end != END_NONE || self.filled()
    }

    /// Ended, and no request on it is unanswered.
    pub(crate) fn evictable(&self) -> bool {
        self.terminal() && self.cancel.is_none() && self.replace.is_none()
    }

    pub(crate) fn live(&self) -> bool {
        self.in_table && !self.evictable()
    }

    pub(crate) fn mark(&mut self, mark: OrderMark) {
        self.marks |= mark.raw();
    }

    pub(crate) fn waits(&self) -> bool {
        self.new_waits || self.replace_waits || self.cancel_waits
    }
}
