//! The stop and the target that an entry arms for what it opens.

use crate::world::{Key, Trigger, World};

impl World {
    /// Trigger slots, and as many order slots, kept for legs that are not armed yet.
    pub(crate) fn reserved_legs(&self) -> usize {
        let legs = |(stop, target): (i64, i64)| usize::from(stop != 0) + usize::from(target != 0);
        let waiting = self.orders.iter().filter(|o| o.in_table && o.held.room_for_legs);
        waiting.map(|o| legs(o.held.bracket)).sum()
    }

    /// An execution of an order has opened or enlarged a position by these lots.
    pub(crate) fn cover(&mut self, order: Key, position: Key, lots: i64) {
        let o = self.orders[order].clone();
        let (stop, target) = o.held.bracket;
        if (stop, target) == (0, 0) {
            return;
        }
        self.orders[order].held.room_for_legs = false;
        let (sym, long) = (o.sym, self.positions[position].long);
        for (n, level) in [stop, target].into_iter().enumerate() {
            let same = o.held.covers == Some(position);
            let old = o.held.legs[n].filter(|&leg| same && !self.triggers[leg].gone);
            if let Some(leg) = old {
                let t = &mut self.triggers[leg];
                t.qty += lots;
                t.left += if t.fired { lots } else { 0 };
                continue;
            }
            self.orders[order].held.legs[n] = None;
            if level == 0 || self.free_triggers() == 0 || self.free_orders() == 0 {
                continue;
            }
            let trigger = self.blank_trigger(sym, long, 1 + n as u8);
            self.triggers.push(Trigger {
                position: Some(position),
                level,
                qty: lots,
                tag: o.tag,
                venue: o.venue,
                close: true,
                entry: Some(order),
                ..trigger
            });
            self.orders[order].held.legs[n] = Some(self.triggers.len() - 1);
            self.fire_due = Some(sym);
        }
        self.orders[order].held.covers = Some(position);
    }

    /// The other leg, while it is there.
    pub(crate) fn sibling(&self, key: Key) -> Option<Key> {
        let legs = self.orders[self.triggers[key].entry?].held.legs;
        let own = legs.iter().position(|&leg| leg == Some(key))?;
        legs[1 - own].filter(|&leg| !self.triggers[leg].gone)
    }

    /// One leg has closed lots: the other has as many less to do.
    pub(crate) fn sibling_closed(&mut self, key: Key, lots: i64) {
        let Some(other) = self.sibling(key) else { return };
        let t = &mut self.triggers[other];
        t.qty = (t.qty - lots).max(0);
        t.left = (t.left - lots).max(0);
        if t.qty == 0 {
            self.end_trigger(other);
        }
    }

    /// One leg closes no more: the other does not wait for it any longer.
    pub(crate) fn sibling_goes_on(&mut self, key: Key) {
        let Some(other) = self.sibling(key).filter(|&leg| self.triggers[leg].waiting) else {
            return;
        };
        let position = self.triggers[other].position.unwrap();
        if self.positions[position].qty > 0 && self.triggers[other].left > 0 {
            self.rearm(other);
        }
    }
}
