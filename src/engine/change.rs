//! The one way an order changes: whatever is derived from its facts elsewhere follows.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::exec::Fate;
use crate::num::{Lots, Money, Nanos};
use crate::order::Order;
use crate::risk::{Band, Figures, Scope, recounted};
use crate::status::{Anomaly, BreakerFlag, EventKind, OrderFact, OrderMark, OrderStatus, Side};
use crate::store::Id;

/// What of an order the rest of the engine depends on.
struct Footprint {
    status: OrderStatus,
    position: Id,
    symbol: u32,
    scope: u32,
    side: Side,
    /// The order it is a part of, and what it takes of that.
    parent: Id,
    committed: i128,
    /// Whether it has reserved lots.
    works: bool,
    /// Reserved lots that its partner does not reserve already: see [`Engine::share`].
    share: Lots,
    holds_room: bool,
    may_open: bool,
    /// It waits for a trigger, although it was sent or has ended.
    waits_in_vain: bool,
    /// It waits for a trigger.
    armed: bool,
    /// Legs of its bracket that it holds room for.
    legs: u32,
    /// Whether it stands in its position's list of reduce-only orders.
    listed: bool,
    /// Whether it is live and reduces its position, a cancel in flight or not.
    reduces: bool,
    /// Whether it is live and passed while the breaker was half-open.
    probes: bool,
    /// Whether something may still come of it.
    live: bool,
    /// Whether the venue has said that it has it.
    acked: bool,
    /// What has become of it.
    fate: Fate,
    /// What it reserves while its cancel is in flight, unless it only reduces.
    leaving: Lots,
}

impl Footprint {
    fn of(order: &Order) -> Self {
        Self {
            status: order.status(),
            position: order.position,
            symbol: order.symbol,
            scope: order.scope,
            side: order.side,
            share: order.working(),
            parent: order.parent,
            committed: order.committed(),
            works: order.working() > Lots::ZERO,
            holds_room: order.opens_position,
            may_open: !order.is_terminal() && order.position == Id::NONE,
            waits_in_vain: order.is(OrderFact::Armed) && !order.is_unsent(),
            armed: order.is(OrderFact::Armed),
            legs: if order.is_terminal() { 0 } else { u32::from(order.legs_reserved) },
            listed: order.is_reducer(),
            reduces: order.reduces() && !order.is_terminal(),
            probes: OrderMark::Probe.is_in(order.marks) && !order.is_terminal(),
            live: !order.is_evictable(),
            acked: order.is(OrderFact::Acked),
            fate: Fate::of(order),
            leaving: leaving(order),
        }
    }

    /// Whether it is live and reserves nothing.
    const fn is_idle(&self) -> bool {
        self.live && !self.works
    }
}

/// What an order reserves while its cancel is in flight, unless it only reduces.
const fn leaving(order: &Order) -> Lots {
    let leaves = order.is(OrderFact::CancelInflight) && !order.reduces();
    if leaves { order.working() } else { Lots::ZERO }
}

impl Engine<'_> {
    /// Changes an order. Reserved lots, the lots its position counts as being closed, the room it
    /// holds, its trigger and the queues it stands in follow; a new status leaves an event. O(1);
    /// O(log orders) when its deadline changes, O(log triggers) when its trigger goes.
    pub(super) fn change_order<R>(
        &mut self,
        slot: u32,
        change: impl FnOnce(&mut Order) -> R,
    ) -> Option<R> {
        if self.counted > 0 {
            self.note_value(slot);
        }
        let before = self.footprint(self.orders.get(slot)?);
        let result = self.orders.update(slot, change)?;
        self.changed(slot, &before);
        Some(result)
    }

    /// An order is not any more what it was.
    #[inline(never)] // The same for every change: it stands in the code once.
    fn changed(&mut self, slot: u32, before: &Footprint) {
        let Some(order) = self.orders.get(slot) else { return };
        let after = self.footprint(order);
        let failed = before.status != after.status && Self::is_failed_close(order);
        self.follow(slot, before, &after);
        if before.fate != after.fate {
            self.count_fate(slot, before.fate, after.fate);
        }
        if after.acked && !before.acked {
            self.note_acked(slot);
        }
        if before.status != after.status {
            self.emit_status(slot);
        }
        if failed {
            self.close_failed(slot);
        }
    }

    /// What is left in the places that an order counts in follows.
    #[inline(never)] // Most changes of most orders change nothing of it.
    fn follow_places(&mut self, before: &Footprint, after: &Footprint) {
        let Footprint { scope, symbol, side, .. } = *after;
        if before.leaving != after.leaving
            && let Some(place) = self.of_place_mut(scope, symbol)
        {
            place.ward.shift_leaving(side, before.leaving, after.leaving);
        }
        let (was, is) = (before.is_idle(), after.is_idle());
        for number in self.path(scope).all() {
            if let Some(place) = self.of_place_mut(number, symbol).filter(|_| was != is) {
                place.ward.idle = recounted(place.ward.idle, was, is);
            }
            if number > 0
                && let Some(scope) = self.scopes.get_mut(number)
            {
                scope.live = recounted(scope.live, before.live, after.live);
            }
        }
        if before.live && !after.live {
            self.note_freed(scope, symbol);
        }
    }

    /// A new order is in the table: what it reserves begins.
    pub(super) fn order_added(&mut self, slot: u32) {
        let Some(after) = self.orders.get(slot).map(|order| self.footprint(order)) else { return };
        self.noted = 0;
        let share = Lots::ZERO;
        if after.parent != Id::NONE {
            self.shift_children(after.parent, 0, true);
        }
        let before = Footprint {
            share,
            committed: 0,
            works: false,
            holds_room: false,
            legs: 0,
            listed: false,
            reduces: false,
            probes: false,
            live: false,
            leaving: Lots::ZERO,
            ..after
        };
        self.follow(slot, &before, &after);
    }

    fn footprint(&self, order: &Order) -> Footprint {
        Footprint { share: self.share(order), ..Footprint::of(order) }
    }

    /// What it reserves and that it works, in its symbol and in every scope of its path.
    #[inline(always)] // In its only place.
    fn follow_sums(&mut self, slot: u32, before: &Footprint, after: &Footprint) {
        if let Some(exposure) = self.symbols.beside_mut(after.symbol) {
            exposure.shift(after.side, before.share, after.share);
            exposure.recount(after.side, before.works, after.works);
            if exposure.worth.is_counted {
                self.follow_order(slot, after.symbol);
            }
        }
        if after.scope != 0 {
            let place = (after.scope, after.symbol, after.side);
            self.shift_books(place, (before.share, before.works), (after.share, after.works));
        }
        for number in self.path(after.scope).all() {
            if let Some(scope) = self.scopes.get_mut(number) {
                scope.open_orders = recounted(scope.open_orders, before.works, after.works);
            }
        }
    }

    fn follow(&mut self, slot: u32, before: &Footprint, after: &Footprint) {
        self.follow_sums(slot, before, after);
        if before.committed != after.committed {
            let change = after.committed.wrapping_sub(before.committed);
            self.shift_children(after.parent, change, false);
        }
        if before.position == after.position {
            self.shift_closing(after, before.share, after.share);
        } else {
            self.shift_closing(before, before.share, Lots::ZERO);
            self.shift_closing(after, Lots::ZERO, after.share);
        }
        self.follow_reducer(slot, (before.position, before.listed), (after.position, after.listed));
        if (before.position, before.reduces) != (after.position, after.reduces) {
            self.count_reducer(before.position, before.reduces, false);
            self.count_reducer(after.position, false, after.reduces);
        }
        if (before.position, before.legs) != (after.position, after.legs) {
            let place = (after.symbol, after.scope);
            self.shift_legs(place, before.position, before.legs, 0);
            self.shift_legs(place, after.position, 0, after.legs);
        }
        if before.legs > after.legs {
            self.orders.update(slot, |order| order.legs_reserved = 0);
        }
        if !before.holds_room && after.holds_room {
            self.positions.hold(after.symbol, true);
            self.hold_in_book(after.scope, after.symbol, true);
        }
        if after.holds_room && !after.may_open {
            self.positions.hold(after.symbol, false);
            self.hold_in_book(after.scope, after.symbol, false);
            self.orders.update(slot, |order| order.opens_position = false);
        }
        let same = (before.is_idle(), before.leaving) == (after.is_idle(), after.leaving);
        if !same || before.live != after.live {
            self.follow_places(before, after);
        }
        if before.probes != after.probes {
            self.count_probe(slot, after.probes);
        }
        if after.waits_in_vain || (before.armed && !after.armed) {
            self.stop_holding(slot);
        }
        self.follow_resting(slot, after.symbol);
        self.recount_claims(after.symbol, after.scope);
    }

    /// What an order that names a position takes of it.
    fn shift_closing(&mut self, order: &Footprint, old: Lots, new: Lots) {
        let Ok(slot) = self.positions.resolve(order.position) else { return };
        let Some(position) = self.positions.get_mut(slot) else { return };
        if position.side.closed_by() != order.side {
            return;
        }
        let closing = position.closing.0.saturating_sub(old.0).saturating_add(new.0);
        position.closing = Lots(closing);
    }

    #[inline]
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

    #[inline(never)]
    pub(super) fn emit_status(&mut self, slot: u32) {
        if let Some(event) = self.orders.get(slot).map(Self::status_event) {
            self.emit(event);
        }
    }

    pub(super) fn status_event(order: &Order) -> Event {
        Event {
            code: u32::from(order.status().raw()),
            qty: order.cum_qty,
            price: order.price,
            value: Money(order.leaves().0),
            ..Self::order_event(EventKind::OrderStatus, order)
        }
    }

    pub(super) fn emit_anomaly(&mut self, slot: u32, anomaly: Anomaly) {
        if let Some(event) = self.orders.get(slot).map(|order| Self::anomaly_event(order, anomaly))
        {
            self.tell_anomaly(event);
        }
    }

    pub(super) fn anomaly_event(order: &Order, anomaly: Anomaly) -> Event {
        Event {
            code: u32::from(anomaly.raw()),
            qty: order.cum_qty,
            price: order.price,
            ..Self::order_event(EventKind::OrderAnomaly, order)
        }
    }

    pub(super) fn tell_anomaly(&mut self, event: Event) {
        self.count_anomaly(event.scope);
        self.emit(event);
    }

    /// Equity has changed: the breaker looks at it.
    pub(super) fn check_equity(&mut self) {
        self.settle();
        let realised_only = self.realised_only();
        if let Ok(equity) = self.account.equity(realised_only) {
            self.note_equity(equity);
        }
    }

    /// The breaker looks at the equity there is now.
    #[inline]
    fn note_equity(&mut self, equity: Money) {
        let now = self.now;
        let trip = self.scope_mut().and_then(|scope| scope.breaker.set_equity(now, equity));
        if trip.is_some() {
            self.note_trip(trip);
        }
        self.warn_breaker(0);
        self.refold_levered(0);
    }

    /// What calm quotes have changed is written down, and no quote is calm until the next one has
    /// been looked at. O(1).
    pub(super) fn settle(&mut self) {
        self.quiet_until = Nanos::ZERO;
        if !self.band.is_open() {
            return;
        }
        let figures = self.scope().map(|scope| self.figures(0, scope));
        if let Some((scope, figures)) = self.scope_mut().zip(figures) {
            scope.breaker.set_figures(figures);
        }
        self.account = self.account.settled();
        self.band = Band::CLOSED;
    }

    /// What the breaker of a scope knows, and what it was not told yet.
    pub(super) fn figures(&self, number: u32, scope: &Scope) -> Figures {
        let known = scope.breaker.figures();
        if number == 0 { self.band.figures(known, &self.account.window) } else { known }
    }

    pub(super) fn realised_only(&self) -> bool {
        self.scope().is_some_and(|root| root.breaker.config().has(BreakerFlag::RealisedOnly))
    }
}
