//! Held orders that a price releases, one after the other: orders at the market without any
//! feature. A few ranges say that one passes; whatever does not pass here is released, and judged,
//! the long way.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Nanos, Ticks};
use crate::order::Order;
use crate::risk::Fold;
use crate::status::{EventKind, OrderEnd, OrderFact, OrderType, Side, TriggerAction, Unit};
use crate::store::Id;
use crate::trigger::Trigger;

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
    /// At which price it is valued.
    value: i64,
    fold: Fold,
}

impl Engine<'_> {
    /// Releases the held order of the trigger in a slot, the first one that the present work of a
    /// symbol fires, if that is simple, and those after it as long as that is all the work there is
    /// and the budget lasts. `false`, and nothing but the permit changes, when it is not. O(log
    /// triggers) each.
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
        let Some(mut run) = self.triggers.run(first, price) else {
            return self.release_alone(first, &place, permit);
        };
        // The first one is paid for.
        let most = budget.saturating_add(1);
        let mut left = most;
        while left > 0 && self.release_one(run.slot(), None, &place, permit) {
            left = left.wrapping_sub(1);
            let fired = run.slot();
            let goes_on = self.triggers.pass(&mut run);
            self.triggers.free(fired);
            if !goes_on {
                break;
            }
        }
        self.triggers.end(&run);
        *budget = left.min(*budget);
        left < most
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

    #[inline(always)] // A call would cost a fifth of it.
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
        if !is_its || !is_simple(order, now) || !permit.fold.takes(permit.value, qty.0) {
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
        let fold = *self.symbols.beside(number)?.fold(side);
        let open = self.now > self.root.closed_through && !self.kill.is_thrown();
        let symbol = self.symbols.get(number).filter(|_| open)?;
        let value = fold.market_price(side, symbol, self.now)?;
        Some(Permit { side, value, fold })
    }
}

/// Whether it is held, becomes an order at the market and has no feature that matters then.
#[inline]
fn is_simple(order: &Order, now: Nanos) -> bool {
    // Of none, and of one that is yet to come, what is one less is not before now.
    let waits = |time: Nanos| time.0.wrapping_sub(1) >= now.0;
    let at_market = matches!(
        order.order_type,
        OrderType::Stop | OrderType::TakeProfit | OrderType::TrailingStop
    );
    at_market
        && order.facts == OrderFact::Armed.raw()
        && order.end == OrderEnd::None
        && order.pending.is_empty()
        && order.flags | order.scope == 0
        && order.position.0 | order.linked.0 | order.parent.0 == 0
        && order.legs_reserved == 0
        && waits(order.lapses_at)
        && waits(order.timeout_at)
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
        code: u32::from(trigger.kind.raw()),
        side: place.side.raw(),
        unit: Unit::Ticks.raw(),
        ..Event::new(EventKind::TriggerFired)
    }
}
