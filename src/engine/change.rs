//! The one way an order changes: whatever is derived from its facts elsewhere follows.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Money};
use crate::order::Order;
use crate::risk::Trip;
use crate::status::{Anomaly, BreakerFlag, EventKind};
use crate::store::{Id, at};

impl Engine<'_> {
    /// Changes an order. Reserved lots, the lots its position counts as being closed, the room it
    /// holds and the queue of commands follow; a new status leaves an event. O(1).
    pub(super) fn change_order<R>(
        &mut self,
        slot: u32,
        change: impl FnOnce(&mut Order) -> R,
    ) -> Option<R> {
        let before = *self.orders.get(slot)?;
        let result = self.orders.update(slot, change)?;
        let after = *self.orders.get(slot)?;
        self.follow(&before, &after, slot);
        if before.status() != after.status() {
            self.emit_status(&after);
        }
        Some(result)
    }

    /// A new order is in the table: what it reserves begins.
    pub(super) fn order_added(&mut self, slot: u32) {
        let Some(after) = self.orders.get(slot).copied() else { return };
        let nothing = Order { order_qty: Lots::ZERO, opens_position: false, ..after };
        self.follow(&nothing, &after, slot);
    }

    fn follow(&mut self, before: &Order, after: &Order, slot: u32) {
        let (old, new) = (before.working(), after.working());
        if let Some(exposure) = self.exposures.get_mut(at(after.symbol)) {
            exposure.shift(after, old, new);
        }
        if before.position == after.position {
            self.shift_closing(after, old, new);
        } else {
            self.shift_closing(before, old, Lots::ZERO);
            self.shift_closing(after, Lots::ZERO, new);
        }
        if !before.opens_position && after.opens_position {
            self.positions.hold(true);
        }
        if after.opens_position && (after.is_terminal() || after.position != Id::NONE) {
            self.positions.hold(false);
            self.orders.update(slot, |order| order.opens_position = false);
        }
    }

    /// What an order that names a position takes of it.
    fn shift_closing(&mut self, order: &Order, old: Lots, new: Lots) {
        let Ok(slot) = self.positions.resolve(order.position) else { return };
        let Some(position) = self.positions.get_mut(slot) else { return };
        if position.side.closed_by() != order.side {
            return;
        }
        let closing = position.closing.0.saturating_sub(old.0).saturating_add(new.0);
        position.closing = Lots(closing);
    }

    pub(super) fn order_event(kind: EventKind, order: &Order) -> Event {
        Event {
            order: order.id,
            position: order.position,
            trigger: order.trigger,
            client_id: order.client_id,
            tag: order.tag,
            symbol: order.symbol,
            scope: order.scope,
            side: order.side.raw(),
            ..Event::new(kind)
        }
    }

    pub(super) fn emit_status(&mut self, order: &Order) {
        let event = Self::order_event(EventKind::OrderStatus, order);
        self.emit(Event {
            code: u32::from(order.status().raw()),
            qty: order.cum_qty,
            price: order.price,
            value: Money(order.leaves().0),
            ..event
        });
    }

    pub(super) fn emit_anomaly(&mut self, order: &Order, anomaly: Anomaly) {
        self.counters.anomalies = self.counters.anomalies.saturating_add(1);
        let event = Self::order_event(EventKind::OrderAnomaly, order);
        self.emit(Event {
            code: u32::from(anomaly.raw()),
            qty: order.cum_qty,
            price: order.price,
            ..event
        });
    }

    /// The breaker tripped, if it did.
    pub(super) fn note_trip(&mut self, trip: Option<Trip>) {
        let Some(trip) = trip else { return };
        let event = Event {
            code: u32::from(trip.cause),
            limit: trip.limit,
            observed: trip.observed,
            unit: trip.unit,
            ..Event::new(EventKind::BreakerTripped)
        };
        self.emit(event);
    }

    /// Equity has changed: the breaker looks at it.
    pub(super) fn check_equity(&mut self) {
        let now = self.now;
        let realised_only = self.realised_only();
        let Ok(equity) = self.account.equity(realised_only) else { return };
        let trip = self.scope_mut().and_then(|scope| scope.breaker.set_equity(now, equity));
        self.note_trip(trip);
    }

    pub(super) fn realised_only(&self) -> bool {
        self.config.breaker.has(BreakerFlag::RealisedOnly)
    }
}
