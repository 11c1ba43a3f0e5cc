//! The stop and the target that an entry arms for what it opens.

use oms_core::status::{Check, EventKind, Status};

use crate::executions::{BUSTED, Deal};
use crate::world::{Ev, Key, Order, Trigger, World};

impl World {
    /// Trigger slots, and as many order slots, kept for legs that are not armed yet.
    pub(crate) fn reserved_legs(&self) -> usize {
        self.legs_of(|_| true)
    }

    fn legs_of(&self, of: impl Fn(&Order) -> bool) -> usize {
        let legs = |(stop, target): (i64, i64)| usize::from(stop != 0) + usize::from(target != 0);
        let all = self.orders.iter().filter(|o| o.in_table && o.held.room_for_legs && of(o));
        all.map(|o| legs(o.held.bracket)).sum()
    }

    /// Legs that orders may still arm on a position.
    pub(crate) fn legs_reserved_on(&self, position: Key) -> usize {
        let p = &self.positions[position];
        let hedged = self.syms[p.sym].hedged();
        let own = |o: &Order| (o.sym, o.scope) == (p.sym, p.scope);
        self.legs_of(|o| if hedged { o.position == Some(position) } else { own(o) })
    }

    /// A report may arm legs of this order: at its end they are looked at.
    pub(crate) fn watch_legs(&mut self, key: Key) {
        if self.orders[key].held.bracket != (0, 0) {
            self.fire_due = Some((self.orders[key].sym, false));
        }
    }

    /// Legs that are crossed already fire, unless the symbol's work waits in a queue.
    pub(crate) fn fire_legs(&mut self) -> Status {
        let Some((sym, armed)) = self.fire_due.take() else { return Status::Ok };
        let waits = self.backlog.contains(&sym);
        if !waits {
            return if armed { self.fire_present(sym) } else { Status::Ok };
        }
        if let Some((bid, ask)) = self.basis(sym) {
            self.reach(sym, bid, ask);
        }
        Status::More
    }

    /// What an order has opened by an execution; what takes a bust back is not meant to.
    pub(crate) fn cover_deal(&mut self, position: Key, d: &Deal) {
        // Of a correction only what it brings more is covered.
        if let Some(order) = d.order.filter(|_| d.exit != BUSTED && !self.correcting) {
            self.cover(order, position, d.qty);
        }
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
            if level == 0 {
                continue;
            }
            let taken = self.open_triggers(position).len() + self.legs_reserved_on(position);
            if self.free_triggers() == 0 || self.free_orders() == 0 || taken >= 8 {
                let code = Some(Check::Capacity.raw());
                self.emit(Ev { code, ..Ev::new(EventKind::OrderDenied) });
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
            self.fire_due = Some((sym, true));
        }
        self.orders[order].held.covers = Some(position);
        // They stay a pair also when later lots arm other ones on another position.
        if let [Some(stop), Some(target)] = self.orders[order].held.legs {
            self.triggers[stop].other = Some(target);
            self.triggers[target].other = Some(stop);
        }
    }

    /// The other leg, while it is there.
    pub(crate) fn sibling(&self, key: Key) -> Option<Key> {
        self.triggers[key].other.filter(|&leg| !self.triggers[leg].gone)
    }

    /// Fired, and its order is under way or is to be tried again.
    pub(crate) fn is_closing(&self, key: Key) -> bool {
        let t = &self.triggers[key];
        t.fired && (t.order.is_some() || t.stalled != 0)
    }

    /// One leg has closed lots: the other has as many less to do.
    pub(crate) fn sibling_closed(&mut self, key: Key, lots: i64) {
        let Some(other) = self.sibling(key) else { return };
        let t = &mut self.triggers[other];
        if t.fired {
            t.left = (t.left - lots).max(0);
            return;
        }
        t.qty = (t.qty - lots).max(0);
        if t.qty == 0 {
            self.end_trigger(other);
        }
    }

    /// One leg closes no more: the other does not wait for it any longer.
    pub(crate) fn sibling_goes_on(&mut self, key: Key) {
        let waits = |&leg: &Key| {
            let t = &self.triggers[leg];
            t.fired && t.order.is_none() && t.stalled == 0
        };
        let Some(other) = self.sibling(key).filter(waits) else { return };
        let position = self.triggers[other].position.unwrap();
        if self.positions[position].qty > 0 && self.triggers[other].left > 0 {
            self.rearm(other);
        }
    }
}
