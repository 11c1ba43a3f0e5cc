//! Held orders that a price releases, one after the other: orders at the market without any
//! feature. A few ranges say that one passes; whatever does not pass here is released, and judged,
//! the long way.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Nanos, Ticks};
use crate::order::Order;
use crate::risk::Span;
use crate::status::{EventKind, Side, TriggerAction, Unit};
use crate::store::{Id, at, count as of_len};
use crate::trigger::{Run, Shot, Trigger};

/// Where something fires.
pub(super) struct Place {
    pub(super) symbol: u32,
    /// The side of what is sent.
    pub(super) side: Side,
    /// The price that fires.
    pub(super) price: Ticks,
}

/// What decides whether an order of one symbol and side, at the market, passes: it holds while
/// nothing but releases happens.
pub(super) struct Permit {
    side: Side,
    /// How many lots pass.
    lots: Span,
}

/// How many are looked at before the first one is released.
const AT_ONCE: usize = 64;

impl Engine<'_> {
    /// Releases the held order of the trigger in a slot, the first one that the present work of a
    /// symbol fires, if that is simple, and those after it as long as that is all the work there is
    /// and the budget lasts, at most 64. `false`, and nothing but the permit changes, when it is
    /// not. O(log triggers) each.
    #[inline(never)]
    pub(super) fn release_simply(
        &mut self,
        first: u32,
        price: Ticks,
        permit: &mut Option<Permit>,
        budget: &mut u32,
    ) -> bool {
        if !self.goes_short() {
            return false;
        }
        let Some(trigger) = self.triggers.get(first) else { return false };
        if trigger.action != TriggerAction::Release {
            return false;
        }
        let (symbol, side) = (trigger.symbol, trigger.direction.closing_side());
        if permit.as_ref().is_none_or(|permit| permit.side != side) {
            *permit = self.permit(symbol, side);
        }
        let Some(permit) = permit else { return false };
        let place = Place { symbol, side, price };
        let room = self.events.room();
        let run = if room > 0 { self.triggers.run(first, price) } else { None };
        let Some(run) = run else { return self.release_alone(first, &place, permit) };
        // The first one is paid for.
        let most = at(budget.saturating_add(1).min(room)).min(AT_ONCE);
        let mut room = [Shot::NONE; AT_ONCE];
        let shots = room.get_mut(..most).unwrap_or_default();
        let count = self.simple_ones(&run, shots, permit);
        let shots = shots.get(..count).unwrap_or_default();
        self.release_all(shots, &place);
        self.orders.queue_commands(shots.iter().map(|shot| shot.order.slot()));
        self.triggers.leave(&run, shots);
        let left = budget.saturating_add(1).saturating_sub(of_len(shots.len()));
        *budget = left.min(*budget);
        !shots.is_empty()
    }

    /// The first ones of a run whose orders pass, as many as there is room for, and how many.
    /// Nothing is done yet: so what is slow to come of one does not hold up the next, and orders
    /// come while the way to the next trigger is looked for.
    #[inline(never)] // It has all registers.
    fn simple_ones(&self, run: &Run, room: &mut [Shot], permit: &Permit) -> usize {
        let now = self.now;
        self.triggers.ahead(run, room, |id| {
            self.orders.get(id.slot()).is_some_and(|order| {
                order.id == id && is_simple(order, now) && permit.lots.has(order.order_qty.0)
            })
        })
    }

    /// Releases the orders, and tells that their triggers have fired.
    #[inline(never)] // It has all registers.
    fn release_all(&mut self, shots: &[Shot], place: &Place) {
        let now = self.now;
        let (first, events) = self.events.room_for_all(of_len(shots.len()));
        let (mut sequence, mut events) = (first, events.iter_mut());
        for shot in shots {
            let Some(trigger) = self.triggers.get(shot.trigger) else { continue };
            let Some(order) = self.orders.touch(shot.order.slot()) else { continue };
            let Some(event) = events.next() else { return };
            let qty = order.order_qty;
            order.release_ripe(now);
            let fired = told(trigger, place, Id::NONE, qty, trigger.level);
            *event = Event { sequence, at: now, ..fired };
            sequence = sequence.wrapping_add(1);
        }
    }

    /// The same for one that may trail, or is not alone at work.
    #[inline(never)]
    fn release_alone(&mut self, slot: u32, place: &Place, permit: &Permit) -> bool {
        let Some(trigger) = self.triggers.get(slot) else { return false };
        let level = trigger.rides().then(|| self.triggers.fired_level(trigger));
        let fires = self.release_one(slot, level, place, permit);
        if fires {
            self.triggers.take_out(slot);
            self.triggers.free(slot);
        }
        fires
    }

    #[inline(always)] // Once.
    fn release_one(
        &mut self,
        slot: u32,
        level: Option<Ticks>,
        place: &Place,
        permit: &Permit,
    ) -> bool {
        let now = self.now;
        let Some(trigger) = self.triggers.get(slot) else { return false };
        let number = trigger.order.slot();
        let Some(order) = self.orders.touch(number) else { return false };
        let qty = order.order_qty;
        let is_its = order.id == trigger.order && trigger.action == TriggerAction::Release;
        if !is_its || !is_simple(order, now) || !permit.lots.has(qty.0) {
            return false;
        }
        let level = level.unwrap_or(trigger.level);
        order.release(qty, now);
        self.events.push(now, told(trigger, place, Id::NONE, qty, level));
        self.orders.queue_command(number);
        true
    }

    /// What it takes to release orders of a side at the market now; none when the whole gate must
    /// be asked.
    #[inline(never)]
    fn permit(&self, number: u32, side: Side) -> Option<Permit> {
        let fold = self.symbols.beside(number)?.fold(side);
        let open = self.now > self.root.closed_through && !self.kill.is_thrown();
        let symbol = self.symbols.get(number).filter(|_| open)?;
        let value = fold.market_price(side, symbol, self.now)?;
        Some(Permit { side, lots: fold.lots_at(value)? })
    }
}

/// Whether it is held, becomes an order at the market and has no feature that matters then.
#[inline]
fn is_simple(order: &Order, now: Nanos) -> bool {
    // Of none, and of one that is yet to come, what is one less is not before now.
    let waits = |time: Nanos| time.0.wrapping_sub(1) >= now.0;
    order.ripe && waits(order.lapses_at) && waits(order.timeout_at)
}

/// The event of a trigger of a position, or of a held order, that fires.
#[inline(always)] // Written in its place.
pub(super) fn told(
    trigger: &Trigger,
    place: &Place,
    position: Id,
    qty: Lots,
    level: Ticks,
) -> Event {
    Event {
        order: trigger.order,
        position,
        trigger: trigger.id,
        tag: trigger.tag,
        price: place.price,
        qty,
        limit: level.0,
        observed: place.price.0,
        symbol: place.symbol,
        scope: trigger.scope,
        code: u32::from(trigger.kind.raw()),
        side: place.side.raw(),
        unit: Unit::Ticks.raw(),
        ..Event::new(EventKind::TriggerFired)
    }
}
