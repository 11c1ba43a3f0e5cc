//! What the clock does to orders: they lapse, are given up, are sent again.

use oms_core::order::OrderExtend;
use oms_core::status::{OrderMark, Status};

use crate::world::{Key, World};

impl World {
    pub(crate) fn order_extend(&mut self, r: &OrderExtend, key: Key) -> Result<Status, Status> {
        let now = self.now.max(r.header.now.0);
        if self.orders[key].terminal() {
            return Err(Status::Terminal);
        }
        if r.timeout_at.0 != 0 && r.timeout_at.0 <= now {
            return Err(Status::Range);
        }
        self.enter(r.header.now.0);
        self.change(key, |o| {
            o.held.timeout_at = r.timeout_at.0;
            // It may act anew.
            o.marks &= !OrderMark::TimedOut.raw();
        });
        Ok(Status::Ok)
    }

    /// When something is to be done about an order; none if never.
    fn deadline(&self, key: Key) -> Option<u64> {
        let o = &self.orders[key];
        let again = (o.sent && o.retry_at != 0 && !o.evictable()).then_some(o.retry_at);
        if !o.in_table || o.terminal() {
            return again.filter(|_| o.in_table);
        }
        let held = &o.held;
        if !o.sent {
            let all = [held.lapses_at, held.timeout_at, o.retry_at];
            return all.into_iter().filter(|&at| at != 0).min();
        }
        let acts =
            held.timeout_at != 0 && o.cancel.is_none() && o.marks & OrderMark::TimedOut.raw() == 0;
        acts.then_some(held.timeout_at).into_iter().chain(again).min()
    }

    /// What is due, the earliest first.
    pub(crate) fn work_deadlines(&mut self) -> Status {
        let mut budget = self.config.work_per_call;
        loop {
            let due = |key: &Key| self.deadline(*key).is_some_and(|at| at <= self.now);
            let all = (0..self.orders.len()).filter(due);
            let Some(key) = all.min_by_key(|&key| (self.deadline(key), key)) else {
                self.deadlines_left = false;
                return Status::Ok;
            };
            if budget == 0 {
                self.deadlines_left = true;
                return Status::More;
            }
            budget -= 1;
            self.meet_deadline(key);
        }
    }

    fn meet_deadline(&mut self, key: Key) {
        let o = &self.orders[key];
        if o.sent && o.waits_to_cancel() && o.retry_at <= self.now {
            self.happens_to("a cancel is asked for again", key);
            self.change(key, |o| (o.retry_at, o.cancel_refused) = (0, false));
            self.settle(key);
            self.report_flat();
        } else if o.sent {
            self.happens_to("an order times out", key);
            self.change(key, |o| o.mark(OrderMark::TimedOut));
            self.cancel_at_once(key);
            self.report_flat();
        } else if self.time_over(key) {
            self.expire(key);
            self.cancel_children(key);
        } else {
            self.happens_to("an order is sent again", key);
            self.change(key, |o| {
                o.retry_at = 0;
                o.new_waits = true;
            });
        }
    }

    /// Ended here: its time is over.
    pub(crate) fn expire(&mut self, key: Key) {
        self.change(key, |o| o.on_expire());
        self.after_end(key);
    }
}
