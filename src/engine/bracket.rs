//! The legs of an entry: stop-loss and take-profit of what it opens.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::market::Symbol;
use crate::num::{Lots, Ticks};
use crate::order::{Bracket, Order, Terms};
use crate::position::{Position, Totals};
use crate::risk::bit;
use crate::status::{Check, EventKind, Status, TriggerAction, TriggerKind, TriggerState};
use crate::store::Id;
use crate::trigger::{Direction, PER_POSITION, Trigger};

/// The kinds of the legs, in the order in which they are armed.
const KINDS: [TriggerKind; 2] = [TriggerKind::StopLoss, TriggerKind::TakeProfit];

impl Engine<'_> {
    /// Whether there is room for an order and for the triggers that belong to it: its own while it
    /// is held, and its legs with their order slots.
    #[inline(always)] // Of a few comparisons.
    pub(super) fn has_room_with_legs(&self, terms: &Terms, position: Option<&Position>) -> bool {
        if terms.bracket == Bracket::NONE && !terms.is_held() {
            return self.has_order_room();
        }
        self.has_trigger_room(terms, position)
    }

    #[inline(never)] // Few orders have triggers.
    fn has_trigger_room(&self, terms: &Terms, position: Option<&Position>) -> bool {
        let legs = terms.bracket.legs();
        let triggers = legs.saturating_add(u32::from(terms.is_held()));
        let taken = self.taken_triggers(terms.symbol, terms.scope, position).saturating_add(legs);
        let owned = self.triggers.closers().saturating_add(legs);
        triggers <= self.triggers.room()
            && self.orders.table().available() > owned
            && (legs == 0 || taken <= PER_POSITION)
    }

    /// Triggers a position has, with those that brackets may still arm on it. Without a position:
    /// of the net position there is or will be, or none in a hedged symbol.
    #[inline(always)]
    pub(super) fn taken_triggers(
        &self,
        symbol: u32,
        scope: u32,
        position: Option<&Position>,
    ) -> u32 {
        let totals = match scope {
            0 => self.positions.totals(symbol),
            _ => self.books.find(scope, symbol).map(|book| &book.totals),
        };
        let totals = totals.unwrap_or(&Totals::EMPTY);
        let (position, reserved) = if self.is_hedged(symbol) {
            (position, position.map_or(0, |position| position.legs_reserved))
        } else {
            let net = self.open_net(symbol, scope).and_then(|slot| self.positions.get(slot));
            (net, totals.legs)
        };
        position.map_or(0, |position| position.triggers.len).saturating_add(reserved)
    }

    /// The legs that a live order may still arm went from `before` to `after`.
    pub(super) fn shift_legs(
        &mut self,
        (symbol, scope): (u32, u32),
        position: Id,
        before: u32,
        after: u32,
    ) {
        if before == after {
            return;
        }
        self.triggers.reserve(before, after);
        let totals = match scope {
            0 => self.positions.totals_mut(symbol),
            _ => self.books.find_mut(scope, symbol).map(|book| &mut book.totals),
        };
        if let Some(totals) = totals {
            totals.legs = totals.legs.saturating_sub(before).saturating_add(after);
        }
        if let Ok(slot) = self.positions.resolve(position)
            && let Some(position) = self.positions.get_mut(slot)
        {
            let reserved = position.legs_reserved.saturating_sub(before);
            position.legs_reserved = reserved.saturating_add(after);
        }
    }

    /// An execution of an order opened a position or made it larger: its legs cover these lots.
    /// Legs that are crossed already are left to [`Engine::fire_legs`]. O(log triggers).
    pub(super) fn cover(&mut self, order: Id, position: u32, lots: Lots) {
        let Ok(slot) = self.orders.resolve(order) else { return };
        let Some(order) = self.orders.get(slot).filter(|order| order.bracket.legs() > 0) else {
            return;
        };
        let order = *order;
        // What it held room for is taken now.
        self.change_order(slot, |order| order.legs_reserved = 0);
        let levels = [order.bracket.stop_loss, order.bracket.take_profit];
        let mut legs = order.legs;
        for ((leg, level), kind) in legs.iter_mut().zip(levels).zip(KINDS) {
            if level != Ticks::ZERO {
                *leg = self.cover_by(&order, *leg, position, kind, level, lots);
            }
        }
        if legs != order.legs {
            self.pair_legs(legs);
            self.orders.update(slot, |order| order.legs = legs);
        }
        if legs.iter().zip(order.legs).any(|(&new, old)| new != old && new != Id::NONE) {
            self.queue_crossed(order.symbol);
        }
    }

    /// Raises a leg that is there, else arms one; answers its id.
    fn cover_by(
        &mut self,
        order: &Order,
        leg: Id,
        position: u32,
        kind: TriggerKind,
        level: Ticks,
        lots: Lots,
    ) -> Id {
        let Some(owner) = self.positions.get(position).copied() else { return Id::NONE };
        if let Ok(slot) = self.triggers.resolve(leg)
            && self.triggers.get(slot).is_some_and(|trigger| trigger.position == owner.id)
        {
            self.triggers.raise(slot, lots);
            return leg;
        }
        let trigger = Trigger {
            position: owner.id,
            tag: order.tag,
            level,
            qty: lots,
            symbol: owner.symbol,
            scope: owner.scope,
            venue: order.venue,
            kind,
            action: TriggerAction::Close,
            direction: Direction::of(owner.side, kind),
            ..Trigger::EMPTY
        };
        let room = self.triggers.room() > 0
            && self.has_order_room()
            && self.taken_triggers(owner.symbol, owner.scope, Some(&owner)) < PER_POSITION;
        let armed = match self.positions.get_mut(position).filter(|_| room) {
            Some(owner) => self.triggers.arm(&trigger, Some(&mut owner.triggers)),
            None => None,
        };
        if armed.is_none() {
            self.note_no_leg(order, level, lots);
        }
        armed.map_or(Id::NONE, |(_, id)| id)
    }

    /// An alarm: lots of a late execution are not covered.
    fn note_no_leg(&mut self, order: &Order, level: Ticks, lots: Lots) {
        self.emit(Event {
            qty: lots,
            price: level,
            mask: bit(Check::Capacity),
            code: Check::Capacity.raw(),
            ..Self::order_event(EventKind::OrderDenied, order)
        });
    }

    /// Each leg knows the other.
    fn pair_legs(&mut self, [stop, target]: [Id; 2]) {
        let slots = [stop, target].map(|leg| self.triggers.resolve(leg));
        if let [Ok(first), Ok(second)] = slots {
            self.triggers.pair(first, target);
            self.triggers.pair(second, stop);
        }
    }

    /// What was just armed may be crossed at the present price: it is looked at later.
    fn queue_crossed(&mut self, symbol: u32) {
        if self.symbols.get(symbol).and_then(Symbol::basis).is_some() {
            self.triggers.set_backlog(symbol, true);
        }
    }

    /// The symbol whose queue an execution of this order may fill, and whether work is queued
    /// there already; none for an order without legs.
    pub(super) fn legs_to_fire(&self, slot: u32) -> Option<(u32, bool)> {
        let order = self.orders.get(slot).filter(|order| order.bracket.legs() > 0)?;
        Some((order.symbol, self.triggers.has_backlog(order.symbol)))
    }

    /// At the end of a report: fires legs that were crossed when they were armed. In a storm they
    /// wait for their turn. O(work_per_call × log triggers).
    pub(super) fn fire_legs(&mut self, legs: Option<(u32, bool)>) -> Status {
        match legs {
            Some((symbol, _)) if !self.triggers.has_backlog(symbol) => Status::Ok,
            Some((symbol, false)) => self.fire_crossed(symbol),
            Some((symbol, true)) => {
                self.reach_present(symbol);
                Status::More
            }
            None => Status::Ok,
        }
    }

    /// Whether the other leg's close is under way: this one waits for it.
    pub(super) fn is_sibling_closing(&self, trigger: &Trigger) -> bool {
        let Ok(slot) = self.triggers.resolve(trigger.sibling) else { return false };
        let ordered = self.triggers.get(slot).is_some_and(|t| t.order != Id::NONE);
        ordered || self.triggers.is_stalled(slot)
    }

    /// The slot of the other leg when that has fired and waits.
    pub(super) fn waiting_sibling(&self, trigger: &Trigger) -> Option<u32> {
        let slot = self.triggers.resolve(trigger.sibling).ok()?;
        let sibling = self.triggers.get(slot)?;
        let fired = sibling.state == TriggerState::Fired;
        let waits = fired && sibling.order == Id::NONE && !self.triggers.is_stalled(slot);
        (waits && sibling.left > Lots::ZERO).then_some(slot)
    }
}

/// Legs of a new order that it holds room for.
pub(super) fn reserved_legs(terms: &Terms) -> u8 {
    u8::try_from(terms.bracket.legs()).unwrap_or(u8::MAX)
}
