//! Held orders that a price releases, one after the other: orders at the market without any
//! feature. A few ranges say that one passes; whatever does not pass here is released, and judged,
//! the long way.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Nanos, Ticks};
use crate::order::{Bracket, Order};
use crate::risk::Fold;
use crate::status::{EventKind, OrderEnd, OrderFact, OrderType, Side, TriggerAction, Unit};
use crate::store::{Id, at};
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
    /// Releases the held order of the first trigger that the present work of a symbol fires, if
    /// that is simple; `false`, and nothing but the permit changes, when it is not.
    /// O(log triggers).
    #[inline]
    pub(super) fn release_simply(
        &mut self,
        slot: u32,
        price: Ticks,
        permit: &mut Option<Permit>,
    ) -> bool {
        #[cfg(test)]
        if self.plain_off {
            return false;
        }
        let now = self.now;
        let Some(trigger) = self.triggers.get(slot) else { return false };
        if trigger.action != TriggerAction::Release {
            return false;
        }
        let Ok(number) = self.orders.resolve(trigger.order) else { return false };
        let Some(order) = self.orders.get(number).filter(|order| is_simple(order, now)) else {
            return false;
        };
        if permit.is_none() {
            *permit = self.permit(order.symbol, order.side);
        }
        if !permit.as_ref().is_some_and(|permit| permit.covers(order)) {
            return false;
        }
        let level = self.triggers.fired_level(trigger);
        let event = told(trigger, order, level, price);
        self.events.push(now, event);
        self.triggers.take_out(slot);
        self.orders.release_whole(number, now);
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
    let dated = order.expire_at.0 | order.lapses_at.0 | order.timeout_at.0 != 0;
    at_market
        && order.facts == OrderFact::Armed.raw()
        && order.end == OrderEnd::None
        && order.pending.is_empty()
        && order.flags == 0
        && order.cum_qty.0 == 0
        && order.position.0 | order.linked.0 == 0
        && order.bracket == Bracket::NONE
        && !(dated && is_due(order, now))
}

#[cold]
#[inline(never)]
fn is_due(order: &Order, now: Nanos) -> bool {
    order.is_over(now) || (order.expire_at > Nanos::ZERO && order.expire_at <= now)
}

/// The event of its trigger.
#[inline(always)] // Written in its place.
fn told(trigger: &Trigger, order: &Order, level: Ticks, price: Ticks) -> Event {
    Event {
        order: trigger.order,
        position: Id::NONE,
        trigger: trigger.id,
        tag: trigger.tag,
        price,
        qty: order.order_qty,
        limit: level.0,
        observed: price.0,
        symbol: trigger.symbol,
        code: u32::from(trigger.kind.raw()),
        side: Direction::closing_side(trigger.direction).raw(),
        unit: Unit::Ticks.raw(),
        ..Event::new(EventKind::TriggerFired)
    }
}
