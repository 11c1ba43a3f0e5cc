//! What the breakers say: they trip, warn, let probes pass, close again.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::order::{Order, Terms};
use crate::position::Realised;
use crate::risk::{Probed, Trip};
use crate::status::{Cause, EventKind, OrderFlag, OrderMark, Unit};
use crate::store::Id;

impl Engine<'_> {
    /// The breaker of the root tripped, if it did.
    #[inline]
    pub(super) fn note_trip(&mut self, trip: Option<Trip>) {
        self.note_trip_of(0, trip);
    }

    /// The breaker of a scope tripped, if it did.
    pub(super) fn note_trip_of(&mut self, scope: u32, trip: Option<Trip>) {
        let Some(trip) = trip else { return };
        self.look_again();
        self.refold_times();
        let event = Event {
            scope,
            code: u32::from(trip.cause),
            limit: trip.limit,
            observed: trip.observed,
            unit: trip.unit,
            ..Event::new(EventKind::BreakerTripped)
        };
        self.emit(event);
    }

    /// An error happened in a scope: it counts in all that this one lies in.
    pub(super) fn note_error(&mut self, scope: u32) {
        let now = self.now;
        for number in self.path(scope).all() {
            let scope = self.scopes.get_mut(number);
            let trip = scope.and_then(|scope| scope.breaker.note_error(now));
            self.note_trip_of(number, trip);
            self.warn_breaker(number);
        }
    }

    /// Limits of a scope's breaker that have come near are told, each once. After every change of
    /// what they look at. O(1).
    pub(super) fn warn_breaker(&mut self, number: u32) {
        while let Some(near) =
            self.scopes.get_mut(number).and_then(|scope| scope.breaker.next_warning())
        {
            self.tell_cause(number, near.cause, near.unit, (near.limit, near.observed));
        }
    }

    #[inline(never)] // The event is not part of its callers' frames.
    fn tell_cause(&mut self, scope: u32, cause: Cause, unit: Unit, (limit, seen): (i64, i64)) {
        let code = u32::from(cause.raw());
        let event = Event { scope, code, ..Event::new(EventKind::Warn) };
        self.emit(event.with_breach(unit, limit, seen));
    }

    /// The order of a scope that was just noted may be the one that comes near a rate limit. O(1).
    #[inline(never)] // Few orders may.
    pub(super) fn warn_of_rate(&mut self, scope: u32) {
        for number in self.path(scope).all() {
            let Some(scope) = self.scopes.get(number) else { return };
            // What goes out while it is open are closes of the engine's own.
            let trades = scope.breaker.is_closed() || scope.breaker.is_half_open();
            let near = match number {
                _ if !trades => [None; 3],
                0 => self.rates.near(&scope.breaker, self.now),
                _ => self.scopes.near(number, self.now),
            };
            for (limit, seen) in near.into_iter().flatten() {
                let numbers = (i64::from(limit), i64::from(seen));
                self.tell_cause(number, Cause::OrderRate, Unit::Count, numbers);
            }
        }
    }

    /// Whether a breaker lets probes pass. O(scopes).
    pub(super) fn is_half_open(&self) -> bool {
        self.scopes.iter().any(|(_, scope)| scope.breaker.is_half_open())
    }

    /// A recovery by itself has begun in a scope, or is done.
    pub(super) fn tell_recovered(&mut self, number: u32) {
        self.refold_times();
        let Some(breaker) = self.scopes.get(number).map(|scope| &scope.breaker) else { return };
        let config = breaker.config();
        let event = if breaker.is_half_open() {
            let cause = breaker.last_trip().map_or(0, |trip| trip.cause);
            let event = Event { code: u32::from(cause), ..Event::new(EventKind::BreakerHalfOpen) };
            let (probes, wins) = (config.half_open_probes, config.probe_wins);
            event.with_breach(Unit::Count, i64::from(probes), i64::from(wins))
        } else {
            Event::new(EventKind::BreakerReset)
        };
        self.emit(Event { scope: number, ..event });
        self.warn_breaker(number);
    }

    /// A new order passed: its marks. One that stays here is no probe.
    pub(super) fn take_probe(&mut self, terms: &Terms) -> u32 {
        let mut marks = 0;
        if terms.has(OrderFlag::Parent) {
            return marks;
        }
        for number in self.path(terms.scope).all() {
            if self.scopes.get_mut(number).is_some_and(|scope| scope.breaker.take_probe()) {
                marks = OrderMark::Probe.raw();
            }
        }
        marks
    }

    /// A probe lives from now on, or does not any more.
    pub(super) fn count_probe(&mut self, slot: u32, lives: bool) {
        let Some(order) = self.orders.get(slot) else { return };
        let (scope, probe) = (order.scope, probe_number(order));
        for number in self.path(scope).all() {
            if let Some(scope) = self.scopes.get_mut(number)
                && scope.breaker.is_probe(probe)
            {
                scope.breaker.count_probe(lives);
            }
        }
    }

    /// An order executes in an open position.
    pub(super) fn note_probed(&mut self, order: Id, position: u32) {
        let order = self.orders.resolve(order).ok().and_then(|slot| self.orders.get(slot));
        let probe = order.map_or(0, probe_number);
        let Some(position) = self.positions.get_mut(position).filter(|p| p.probe < probe) else {
            return;
        };
        let old = core::mem::replace(&mut position.probe, probe);
        let scope = position.scope;
        for number in self.path(scope).all() {
            if let Some(scope) = self.scopes.get_mut(number)
                && scope.breaker.is_probe(probe)
                && !scope.breaker.is_probe(old)
            {
                scope.breaker.count_probed(true);
            }
        }
    }

    /// A position is open again, or is not any more.
    pub(super) fn count_probed(&mut self, position: u32, opens: bool) {
        let Some(position) = self.positions.get(position) else { return };
        let (scope, probe) = (position.scope, position.probe);
        for number in self.path(scope).all() {
            if let Some(scope) = self.scopes.get_mut(number)
                && scope.breaker.is_probe(probe)
            {
                scope.breaker.count_probed(opens);
            }
        }
    }

    /// The breakers of its scopes look at what a position has brought.
    #[inline(never)] // A trip is large.
    pub(super) fn judge_outcome(&mut self, scope: u32, slot: u32, won: &Realised) {
        let (now, sign) = (self.now, i64::from(won.sign));
        let probe = self.positions.get(slot).map_or(0, |position| position.probe);
        for number in self.path(scope).all() {
            let Some(scope) = self.scopes.get_mut(number) else { return };
            let trip = scope.breaker.note_outcome(now, sign, won.net);
            let probed = scope.breaker.is_probe(probe);
            let said = scope.breaker.judge_probe(now, probed, sign, won.net);
            self.note_trip_of(number, trip);
            match said {
                Probed::Nothing => {}
                Probed::Tripped(trip) => self.note_trip_of(number, Some(trip)),
                Probed::Closed => self.tell_recovered(number),
            }
            self.warn_breaker(number);
        }
    }

    /// All probes of a scope may be over without the wins.
    pub(super) fn settle_probes(&mut self, number: u32) {
        let now = self.now;
        let scope = self.scopes.get_mut(number);
        let trip = scope.and_then(|scope| scope.breaker.settle_probes(now));
        self.note_trip_of(number, trip);
    }
}

/// The number of an order that passed as a probe; else 0.
pub(super) fn probe_number(order: &Order) -> u64 {
    if OrderMark::Probe.is_in(order.marks) { order.number } else { 0 }
}
