//! Held orders that a price releases, one after the other: orders at the market without any
//! feature. A few ranges say that one passes; whatever does not pass here is released, and judged,
//! the long way.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Nanos, Ticks};
use crate::order::{Bracket, Order};
use crate::risk::Fold;
use crate::status::{EventKind, OrderEnd, OrderFact, OrderType, Side, TriggerAction, Unit};
use crate::store::at;
use crate::trigger::{Direction, Trigger};

/// What decides whether an order of one side, at the market, passes: it holds while nothing but
/// releases happens.
pub(super) struct Permit {
    side: Side,
    symbol: u32,
    /// At which price it is valued.
    price: i64,
    fold: Fold,
}

impl Permit {
    #[inline]
    fn covers(&self, order: &Order) -> bool {
        order.side == self.side
            && order.symbol == self.symbol
            && self.fold.takes(self.price, order.order_qty.0)
    }
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
        #[cfg(test)]
        if self.plain_off {
            return false;
        }
        let Some(trigger) = self.triggers.get(first) else { return false };
        let (symbol, direction) = (trigger.symbol, trigger.direction);
        if trigger.action != TriggerAction::Release {
            return false;
        }
        if permit.is_none() {
            *permit = self.permit(symbol, direction.closing_side());
        }
        let Some(permit) = permit else { return false };
        let permit = &*permit;
        self.fire_run::<true>(first, price, budget, |engine, slot| {
            engine.release_one(slot, price, permit)
        })
    }

    /// Fires the trigger in a slot and those after it as `fire` does, which answers whether it
    /// could; those that `GO` are removed for good. Answers whether one has fired.
    #[inline(always)] // Once in the code for each kind.
    pub(super) fn fire_run<const GO: bool>(
        &mut self,
        first: u32,
        price: Ticks,
        budget: &mut u32,
        mut fire: impl FnMut(&mut Self, u32) -> bool,
    ) -> bool {
        let Some(mut run) = self.triggers.run(first, price) else { return false };
        // The first one is paid for.
        let mut left = budget.saturating_add(1);
        while fire(self, run.slot()) {
            left = left.saturating_sub(1);
            if !self.triggers.pass::<GO>(&mut run) || left == 0 {
                break;
            }
        }
        self.triggers.end(&run);
        let is_any = left <= *budget;
        *budget = left.min(*budget);
        is_any
    }

    #[inline(always)] // A call would cost a fifth of it.
    fn release_one(&mut self, slot: u32, price: Ticks, permit: &Permit) -> bool {
        let now = self.now;
        let Some(trigger) = self.triggers.get(slot) else { return false };
        let number = trigger.order.slot();
        let Some(order) = self.orders.touch(number) else { return false };
        let is_its = order.id == trigger.order && trigger.action == TriggerAction::Release;
        if !is_its || !is_simple(order, now) || !permit.covers(order) {
            return false;
        }
        let level =
            if trigger.rides() { self.triggers.fired_level(trigger) } else { trigger.level };
        self.events.push(now, told(trigger, order.order_qty, level, price));
        order.release(order.order_qty, now);
        self.orders.queue_command(number);
        true
    }

    /// What it takes to release orders of a side at the market now; none when the whole gate must
    /// be asked.
    #[inline(never)]
    fn permit(&self, number: u32, side: Side) -> Option<Permit> {
        let fold = *self.exposures.get(at(number))?.fold(side);
        let open = self.now > self.root.closed_through && !self.kill.is_thrown();
        let symbol = self.symbols.get(number).filter(|_| open)?;
        let price = fold.market_price(side, symbol, self.now)?;
        Some(Permit { side, symbol: number, price, fold })
    }
}

/// Whether it is held, becomes an order at the market and has no feature that matters then.
#[inline]
fn is_simple(order: &Order, now: Nanos) -> bool {
    let at_market = matches!(
        order.order_type,
        OrderType::Stop | OrderType::TakeProfit | OrderType::TrailingStop
    );
    // Of none, and of one that is yet to come, what is one less is not before now.
    let waits = |time: Nanos| time.0.wrapping_sub(1) >= now.0;
    at_market
        && order.facts == OrderFact::Armed.raw()
        && order.end == OrderEnd::None
        && order.pending.is_empty()
        && order.flags == 0
        && order.cum_qty.0 == 0
        && order.position.0 | order.linked.0 == 0
        && order.bracket == Bracket::NONE
        && waits(order.lapses_at)
        && waits(order.timeout_at)
        && waits(order.expire_at)
}

/// The event of a trigger that fires.
#[inline(always)] // Written in its place.
pub(super) fn told(trigger: &Trigger, qty: Lots, level: Ticks, price: Ticks) -> Event {
    Event {
        order: trigger.order,
        position: trigger.position,
        trigger: trigger.id,
        tag: trigger.tag,
        price,
        qty,
        limit: level.0,
        observed: price.0,
        symbol: trigger.symbol,
        code: u32::from(trigger.kind.raw()),
        side: Direction::closing_side(trigger.direction).raw(),
        unit: Unit::Ticks.raw(),
        ..Event::new(EventKind::TriggerFired)
    }
}
