//! The way out: commands, events, and the walk of a kill.

use crate::world::{Cmd, Ev, Key, World};

impl World {
    /// Hands out commands and events.
    pub(crate) fn poll(&mut self, now: u64, commands: u32, events: u32) -> (Vec<Cmd>, Vec<Ev>) {
        self.enter(now);
        let mut out = Vec::new();
        let mut budget = self.config.work_per_call;
        while out.len() < commands as usize {
            let waiting = (0..self.orders.len()).filter(|&k| self.orders[k].waits());
            let first = waiting.min_by_key(|&k| self.orders[k].queued);
            let to_kill = || (0..self.orders.len()).filter(|&k| self.orders[k].to_kill);
            let swept = || to_kill().min_by_key(|&k| self.orders[k].live_at);
            let Some(key) = first.or_else(swept) else {
                if self.walk_one(&mut budget) {
                    continue;
                }
                break;
            };
            let o = &self.orders[key];
            // What waits does not leave any more; a cancel does.
            let ends = o.new_waits || o.replace_waits;
            let killed = o.to_kill && !o.reached && self.is_swept(key);
            if o.new_waits && !killed && self.time_over(key) {
                if budget == 0 {
                    break;
                }
                budget -= 1;
                self.expire(key);
                continue;
            }
            if (killed && ends) || !o.waits() {
                // Ended without a command, or found on the walk: a unit of work.
                if budget == 0 {
                    break;
                }
                budget -= 1;
                self.sweep(key);
                continue;
            }
            out.push(self.hand_out(key));
        }
        self.report_flat();
        let count = self.events.len().min(events as usize);
        (out, self.events.drain(..count).collect())
    }

    /// The kill asks for the cancel of one order.
    fn sweep(&mut self, key: Key) {
        let o = &self.orders[key];
        // An order that waits is met again on the walk.
        let met = !o.waits();
        if met {
            self.orders[key].to_kill = false;
        }
        if self.is_swept(key) && !self.orders[key].reached {
            self.kill_order(key);
            self.report_flat();
        }
        self.killing &= self.orders.iter().any(|o| o.to_kill);
    }

    /// A kill reaches an order: it does not come by again.
    pub(crate) fn kill_order(&mut self, key: Key) {
        self.orders[key].reached = true;
        self.cancel_at_once(key);
    }

    /// Whatever may still come of an order is called off.
    pub(crate) fn cancel_at_once(&mut self, key: Key) {
        let o = &self.orders[key];
        if o.filled() && o.replace_waits {
            // Nothing is open at the venue, and nothing more is asked for.
            self.own_ids += 1;
            self.change(key, |o| {
                o.replace = None;
                o.replace_waits = false;
            });
        } else if o.live() && o.cancel.is_none() {
            let killed = self.root().trading == 3;
            let what = if killed { "a kill cancels" } else { "all of a scope are cancelled" };
            self.happens_to(what, key);
            self.ask_cancel(key);
        }
    }

    fn ask_cancel(&mut self, key: Key) {
        let id = self.own_ids | 1 << 63;
        self.own_ids += 1;
        self.change(key, |o| o.request_cancel(id));
        self.settle(key);
    }

    fn hand_out(&mut self, key: Key) -> Cmd {
        let o = self.orders[key].clone();
        let command = self.take_command(key);
        if !o.new_waits || o.is_fresh() {
            // What only goes out is not valued again.
            self.orders[key].valued = o.valued;
        }
        command
    }

    fn take_command(&mut self, key: Key) -> Cmd {
        let o = self.orders[key].clone();
        self.sequence += 1;
        if o.new_waits {
            self.change(key, |o| {
                o.new_waits = false;
                o.sent = true;
            });

            let (stop, (offset, ratio)) = o.stop_now();
            let stop = (o.effective_type(), stop, offset, ratio);
            return Cmd { kind: 1, order: key, request_id: 0, qty: o.qty, price: o.price, stop };
        }
        if o.replace_waits {
            self.change(key, |o| o.replace_waits = false);
            let (request_id, qty, price) = o.replace.unwrap();
            let stop = (o.effective_type(), o.held.replace_stop, 0, 0);
            return Cmd { kind: 3, order: key, request_id, qty, price, stop };
        }
        self.change(key, |o| o.cancel_waits = false);
        let (request_id, stop) = (o.cancel.unwrap(), (0, 0, 0, 0));
        Cmd { kind: 2, order: key, request_id, qty: 0, price: 0, stop }
    }
}
