//! Orders with a trigger price: what they carry, how they are armed, fire and are judged again.

use oms_core::order::OrderSubmit;
use oms_core::status::{Check, EventKind};

use crate::breaker::DAY;
use crate::gate::{Ask, Extra};
use crate::parents::PARENT;
use crate::trailing::Trailing;
use crate::world::{END_FAIL, Ev, Key, Order, Trigger, World};

/// What an order of the new kinds carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// Trigger price.
    pub(crate) stop: i64,
    /// The order it is a part of.
    pub(crate) parent: Option<Key>,
    /// Offset and ratio of a trailing stop.
    pub(crate) trail: (i64, i64),
    /// Stop-loss and take-profit.
    pub(crate) bracket: (i64, i64),
    /// OMS_HOLD_*.
    pub(crate) hold: u8,
    pub(crate) armed: bool,
    pub(crate) denied: bool,
    /// Trigger price of the replace in flight.
    pub(crate) replace_stop: i64,
    /// The other of two that cancel each other.
    pub(crate) linked: Option<Key>,
    /// Triggers of its bracket, and the position they are on.
    pub(crate) legs: [Option<Key>; 2],
    pub(crate) covers: Option<Key>,
    /// Slots kept for the legs.
    pub(crate) room_for_legs: bool,
    pub(crate) lapses_at: u64,
    pub(crate) timeout_at: u64,
    /// The venue refused to make it smaller.
    pub(crate) refused: bool,
}

/// The numbers of a request that have a range.
pub(crate) fn numbers(r: &OrderSubmit) -> [i64; 7] {
    let (trail, bracket) = ((r.trail_offset.0, r.trail_ratio.0), (r.stop_loss.0, r.take_profit.0));
    [r.qty.0, r.price.0, r.stop_price.0, trail.0, trail.1, bracket.0, bracket.1]
}

/// OMS_EXIT_* of what an order of this type closes.
pub(crate) fn exit_of(order_type: u8) -> u8 {
    match order_type {
        3 | 4 => 2,
        5 | 6 => 3,
        7 => 8,
        _ => 1,
    }
}

impl Order {
    /// A stop that was triggered is a market or a limit order.
    pub(crate) fn effective_type(&self) -> u8 {
        match self.order_type {
            3 | 5 | 7 if self.triggered => 1,
            4 | 6 if self.triggered => 2,
            other => other,
        }
    }

    /// Trigger price and distance that still count.
    pub(crate) fn stop_now(&self) -> (i64, (i64, i64)) {
        if self.triggered { (0, (0, 0)) } else { (self.held.stop, self.held.trail) }
    }

    /// What a replace to `qty` is judged with; the trigger price is the request's.
    pub(crate) fn extra(&self, qty: i64) -> Extra {
        let (stop, trail) = self.stop_now();
        let unknown = self.flags & 4 != 0 && self.qty == 0 && self.held.armed;
        Extra {
            client_id: 0,
            stop,
            trail,
            bracket: self.held.bracket,
            timeout_at: self.held.timeout_at,
            hold: if self.triggered { 0 } else { self.held.hold },
            linked: self.held.linked,
            parent: self.held.parent,
            closes: unknown.then_some(qty),
            release: false,
            own: false,
            uncut: 0,
            unknown: false,
        }
    }
}

impl World {
    /// What a request asks for.
    pub(crate) fn ask(&self, r: &OrderSubmit, position: Option<Key>, linked: Option<Key>) -> Ask {
        let sym = ((r.symbol as usize) < self.syms.len()).then_some(r.symbol as usize);
        let hedged = sym.is_some_and(|s| self.syms[s].hedged());
        let opens = hedged && position.is_none() && r.flags & PARENT == 0;
        let closes = r.flags & 4 != 0;
        let flags = if closes { r.flags | 1 } else { r.flags };
        // What reduces a net position belongs to it.
        let scope = r.scope as usize;
        let net = |sym| self.net_position(sym, scope);
        let reduced = sym.filter(|_| flags & 1 != 0).and_then(net);
        let bound = position.or(reduced);
        let held = r.order_type >= 3 && r.hold == 0;
        let bracket = (r.stop_loss.0, r.take_profit.0);
        let legs = usize::from(bracket.0 != 0) + usize::from(bracket.1 != 0);
        // An entry may end up on this position.
        let entered = position.or_else(|| sym.and_then(net));
        let on = entered.map_or(0, |p| self.open_triggers(p).len() + self.legs_reserved_on(p));
        let room = self.free_orders() > legs
            && (legs == 0 || on + legs <= 8)
            && self.free_triggers() >= legs + usize::from(held)
            && self.has_room_for(scope, r.symbol as usize, usize::from(opens))
            && (flags & 1 == 0 || bound.is_none_or(|p| self.reducers_of(p) < 64));
        let qty = match bound {
            _ if !closes || r.qty.0 != 0 => r.qty.0,
            // Nothing fits beside what is closing more than there is.
            Some(position) if self.closing(position) > self.positions[position].qty => 0,
            Some(position) if !held && self.positions[position].long == (r.side == 2) => {
                self.free_of(position, None, linked)
            }
            _ => 0,
        };
        Ask {
            sym,
            scope,
            buy: r.side == 1,
            order_type: r.order_type,
            tif: r.time_in_force,
            flags,
            qty,
            price: r.price.0,
            expire_at: r.expire_at.0,
            position: bound,
            replaces: None,
            bad_id: r.client_id == 0
                || r.client_id >> 63 == 1
                || self.find_order(r.client_id).is_some(),
            new_room: room,
            now: self.now.max(r.header.now.0),
            more: Extra {
                client_id: r.client_id,
                stop: r.stop_price.0,
                trail: (r.trail_offset.0, r.trail_ratio.0),
                bracket,
                timeout_at: r.timeout_at.0,
                hold: r.hold,
                linked,
                parent: self.named_parent,
                closes: closes.then_some(r.qty.0),
                release: false,
                own: false,
                uncut: 0,
                unknown: false,
            },
        }
    }

    /// What an accepted order carries.
    pub(crate) fn held_of(&self, ask: &Ask) -> Held {
        let more = &ask.more;
        // The start of the next session.
        let breaker = &self.root().breaker;
        let session = breaker.day_of(self.now) * DAY + breaker.config.session_offset.0;
        Held {
            stop: more.stop,
            parent: more.parent,
            trail: more.trail,
            bracket: more.bracket,
            hold: more.hold,
            armed: ask.held(),
            room_for_legs: more.bracket != (0, 0),
            lapses_at: match ask.tif {
                0 => session,
                6 => ask.expire_at,
                _ => 0,
            },
            timeout_at: more.timeout_at,
            ..Held::default()
        }
    }

    /// An accepted order waits here for its price.
    pub(crate) fn arm_held(&mut self, key: Key) {
        let o = self.orders[key].clone();
        let kind = match o.order_type {
            3 | 4 => 1,
            5 | 6 => 2,
            _ => 3,
        };
        // A sell waits as a long's triggers do, a buy as a short's.
        let trigger = self.blank_trigger(o.sym, !o.buy, kind);
        let own = Trailing { distance: o.held.trail, step: 1, ..Trailing::default() };
        self.triggers.push(Trigger {
            level: o.held.stop,
            tag: o.tag,
            venue: o.venue,
            order: Some(key),
            trailing: (kind == 3).then_some(own),
            ..trigger
        });
        self.orders[key].trigger = Some(self.triggers.len() - 1);
        if kind == 3 {
            self.start_trailing(self.triggers.len() - 1);
        }
    }

    /// What every change of an order brings with it.
    pub(crate) fn follow_change(&mut self, key: Key, before: &Order) {
        let o = &self.orders[key];
        if o.cum > before.cum || (o.filled() && !before.filled()) {
            self.executed.push(key);
        }
        let o = &mut self.orders[key];
        if o.terminal() {
            o.held.room_for_legs = false;
        }
        if o.end != 0 {
            o.retry_at = 0;
        }
        // Ended, or the venue has it: nothing is waited for any more.
        if o.held.armed && (o.terminal() || o.sent) {
            o.held.armed = false;
            let trigger = o.trigger.unwrap();
            self.triggers[trigger].gone = true;
            let event = self.trigger_event(EventKind::TriggerEnded, trigger);
            self.emit(Ev { order: Some(key), ..event });
        }
    }

    /// The trigger price of a replace that was taken.
    pub(crate) fn replace_stop(&mut self, key: Key, stop: i64) {
        let place = self.tick();
        let o = &mut self.orders[key];
        if o.replace.is_some() {
            o.held.replace_stop = stop;
            return;
        }
        if o.triggered {
            return;
        }
        let moved = o.held.stop != stop;
        o.held.stop = stop;
        if let Some(trigger) = o.trigger.filter(|_| o.held.armed && moved) {
            self.triggers[trigger].level = stop;
            self.triggers[trigger].place = place;
        }
    }

    pub(crate) fn time_over(&self, key: Key) -> bool {
        let held = &self.orders[key].held;
        [held.lapses_at, held.timeout_at].iter().any(|&at| at != 0 && at <= self.now)
    }

    /// A trigger that holds an order fires.
    pub(crate) fn release(&mut self, trigger: Key) {
        let key = self.triggers[trigger].order.unwrap();
        let (kind, leaves) = (self.triggers[trigger].kind, self.orders[key].leaves());
        self.triggers[trigger].gone = true;
        self.orders[key].held.armed = false;
        let event = self.trigger_event(EventKind::TriggerFired, trigger);
        let code = Some(kind.into());
        self.emit(Ev { order: Some(key), code, qty: Some(leaves), ..event });
        if self.time_over(key) {
            self.expire(key);
            return;
        }
        let o = self.orders[key].clone();
        let unknown = o.flags & 4 != 0 && o.qty == 0;
        if unknown {
            let free = o.position.map_or(0, |p| self.free_of(p, Some(key), o.held.linked));
            if free == 0 {
                self.change(key, |o| o.request_cancel(0));
                self.after_end(key);
                return;
            }
            self.orders[key].qty = o.cum + free;
        }
        if self.passes_again(key, unknown) {
            self.change(key, |o| {
                o.triggered = true;
                o.new_waits = true;
            });
        } else {
            self.orders[key].qty = o.qty;
            self.change(key, |o| {
                o.held.denied = true;
                o.end_with(END_FAIL);
            });
            self.after_end(key);
        }
    }

    /// The gate, once more.
    fn passes_again(&mut self, key: Key, unknown: bool) -> bool {
        let mut o = self.orders[key].clone();
        o.triggered = true;
        let ask = Ask {
            sym: Some(o.sym),
            scope: o.scope,
            buy: o.buy,
            order_type: o.effective_type(),
            tif: o.tif,
            flags: o.flags,
            qty: o.qty,
            price: o.price,
            expire_at: o.expire_at,
            position: o.position.filter(|_| o.named),
            replaces: Some(key),
            bad_id: false,
            new_room: true,
            now: self.now,
            more: Extra { release: true, unknown, ..o.extra(o.qty) },
        };
        let verdict = self.judge(&ask);
        let binding = [Check::Fields, Check::Symbol, Check::Increment];
        let bound = binding.iter().any(|&check| verdict.fails(check));
        let (order, mask) = (Some(key), Some(verdict.mask));
        if bound || (o.flags & 1 == 0 && verdict.mask != 0) {
            self.count_denial(&verdict, o.scope);
            let code = Some(verdict.first);
            self.emit(Ev { order, code, mask, ..Ev::new(EventKind::OrderDenied) });
            return false;
        }
        self.clear_way(&ask);
        self.happens_to("a held order is released", key);
        if verdict.mask != 0 {
            let event = Ev::new(EventKind::CloseUnchecked);
            self.emit(Ev { order, position: o.position, mask, ..event });
        }
        true
    }

    /// An order ended here without a word of the venue.
    pub(crate) fn after_end(&mut self, key: Key) {
        self.settle(key);
        self.report_flat();
    }
}
