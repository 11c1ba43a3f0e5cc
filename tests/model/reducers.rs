//! Orders that reduce a position: what is free of them, and what becomes of them when it shrinks.

use crate::gate::Ask;
use crate::world::{Key, Order, World};

impl World {
    /// Whether an order reduces a position by name.
    pub(crate) fn closes(&self, o: &Order, position: Key) -> bool {
        o.named && o.position == Some(position) && o.buy != self.positions[position].long
    }

    /// Lots of a position that nobody else is closing; of two partners only one will.
    pub(crate) fn free_of(&self, position: Key, own: Option<Key>, partner: Option<Key>) -> i64 {
        let partner = partner.filter(|&key| self.orders[key].flags & 1 != 0);
        let without: Vec<Key> = own.into_iter().chain(partner).collect();
        let others = self.reserved(&without, |o| self.closes(o, position)) as i64;
        (self.positions[position].qty - others).max(0)
    }

    /// Live reduce-only orders of the caller.
    pub(crate) fn reducers_of(&self, position: Key) -> usize {
        let of = |o: &&Order| {
            o.live() && o.flags & 1 != 0 && o.position == Some(position) && o.client_id >> 63 == 0
        };
        self.orders.iter().filter(of).count()
    }

    /// REDUCE_CLAMP: as large as fits.
    pub(crate) fn clamped(&self, ask: Ask) -> Ask {
        let path = self.path(ask.scope);
        let flag = |sym| path.iter().any(|&scope| self.limits_in(sym, scope).flags & 4 != 0);
        let clamps = ask.sym.is_some_and(flag) && ask.flags & 1 != 0;
        let Some(sym) = ask.sym.filter(|_| clamps && ask.more.closes.is_none()) else {
            return ask;
        };
        let fits = |qty: i64| {
            let (could, would) = self.reducible(&Ask { qty, ..ask.clone() }, sym);
            would <= could
        };
        // The generator asks for a few lots only.
        let most = (1..ask.qty.min(1000)).rev().find(|&qty| fits(qty));
        match most {
            Some(qty) if !fits(ask.qty) => Ask { qty, ..ask },
            _ => ask,
        }
    }

    /// What an order may still execute once all we asked for is done.
    fn expected(&self, key: Key) -> i64 {
        let o = &self.orders[key];
        if !o.in_table || o.cancel.is_some() || o.end != 0 || o.waits_to_cancel() {
            return 0;
        }
        match o.replace {
            Some((id, qty, _)) if id >> 63 == 1 => (qty - o.cum).max(0),
            _ => o.working(),
        }
    }

    fn reducers(&self, position: Key) -> Vec<Key> {
        let of = |key: &Key| {
            let o = &self.orders[*key];
            o.flags & 1 != 0 && o.position == Some(position) && self.expected(*key) > 0
        };
        (0..self.orders.len()).filter(of).collect()
    }

    /// Lots by which the reduce-only orders could go beyond the position.
    fn excess(&self, position: Key) -> i64 {
        let all = self.reducers(position);
        let lots = |&key: &Key| {
            let partner = self.co_reducer(key).filter(|other| *other < key && all.contains(other));
            (self.expected(key) - partner.map_or(0, |other| self.expected(other))).max(0)
        };
        all.iter().map(lots).sum::<i64>() - self.positions[position].qty
    }

    /// The youngest make room until nothing can go beyond the position. Two partners are brought
    /// down together, where the younger stands.
    pub(crate) fn trim(&mut self, position: Key) {
        let mut all = self.reducers(position);
        while let Some(key) = all.pop() {
            let excess = self.excess(position);
            if excess <= 0 {
                return;
            }
            let partner = self.co_reducer(key).filter(|other| all.contains(other));
            all.retain(|&other| Some(other) != partner);
            let most = partner.map_or(0, |other| self.expected(other)).max(self.expected(key));
            for each in [Some(key), partner].into_iter().flatten() {
                if self.expected(each) > most - excess {
                    self.shrink(each, most - excess);
                }
            }
        }
    }

    /// Its position is closed: whatever reduces it is cancelled, the youngest first.
    pub(crate) fn end_reducers(&mut self, position: Key) {
        let of = |key: &Key| self.orders[*key].position == Some(position);
        let all: Vec<Key> = (0..self.orders.len()).filter(of).collect();
        for key in all.into_iter().rev() {
            self.end_idle_reducer(key);
        }
    }

    /// A reducer of nothing is cancelled.
    pub(crate) fn end_idle_reducer(&mut self, key: Key) {
        let o = &self.orders[key];
        let Some(p) = o.position.map(|p| &self.positions[p]) else { return };
        let idle = !p.in_table || p.qty == 0 || p.long == o.buy;
        let open = o.live() && (o.working() > 0 || o.held.armed);
        if o.flags & 1 != 0 && open && o.cancel.is_none() && idle {
            self.happens_to("a reducer of nothing is cancelled", key);
            self.cancel_reducer(key);
        }
    }

    /// What the venue refused to cancel is asked for again by the clock.
    fn cancel_reducer(&mut self, key: Key) {
        let o = &self.orders[key];
        if !o.cancel_refused {
            self.withdraw(key);
        } else if o.retry_at == 0 {
            let at = self.now + self.retry_wait(o.client_id, o.refusals - 1);
            self.change(key, |o| o.retry_at = at);
            self.happens_to("a refused cancel waits", key);
        }
    }

    /// Cancelled by the engine; what follows from it is the caller's.
    pub(crate) fn withdraw(&mut self, key: Key) {
        let id = self.own_ids | 1 << 63;
        self.own_ids += 1;
        self.change(key, |o| {
            if o.filled() && o.replace_waits {
                o.replace = None;
                o.replace_waits = false;
            } else {
                o.request_cancel(id);
            }
        });
    }

    /// Leaves `lots` of an order.
    fn shrink(&mut self, key: Key, lots: i64) {
        let o = self.orders[key].clone();
        let qty = o.cum + lots;
        if lots <= 0 {
            self.happens_to("a reducer in excess is cancelled", key);
            self.cancel_reducer(key);
        } else if !o.sent {
            self.happens_to("a reducer in excess is reduced", key);
            self.change(key, |o| o.qty = qty);
        } else if o.replace.is_none() && !o.held.refused {
            let id = self.own_ids | 1 << 63;
            self.own_ids += 1;
            self.change(key, |o| o.request_replace(id, qty, o.price));
            self.replace_stop(key, o.stop_now().0);
        } else {
            self.cancel_reducer(key);
        }
    }
}
