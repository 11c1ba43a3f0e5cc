//! What the breaker says: it trips, warns, lets probes pass, closes again.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::order::Order;
use crate::position::{Position, Realised};
use crate::risk::{Probed, Trip};
use crate::status::{Cause, EventKind, OrderMark, Unit};
use crate::store::Id;

impl Engine<'_> {
    /// The breaker tripped, if it did.
    pub(super) fn note_trip(&mut self, trip: Option<Trip>) {
        let Some(trip) = trip else { return };
        self.look_again();
        self.refold_time();
        let event = Event {
            code: u32::from(trip.cause),
            limit: trip.limit,
            observed: trip.observed,
            unit: trip.unit,
            ..Event::new(EventKind::BreakerTripped)
        };
        self.emit(event);
    }

    /// An error happened. O(1).
    pub(super) fn note_error(&mut self) {
        let now = self.now;
        let trip = self.scope_mut().and_then(|scope| scope.breaker.note_error(now));
        self.note_trip(trip);
        self.warn();
    }

    /// Limits of the breaker that have come near are told, each once. After every change of what
    /// they look at. O(1).
    pub(super) fn warn(&mut self) {
        while let Some(near) = self.scope_mut().and_then(|scope| scope.breaker.next_warning()) {
            let event = Event { code: u32::from(near.cause.raw()), ..Event::new(EventKind::Warn) };
            self.emit(event.with_breach(near.unit, near.limit, near.observed));
        }
    }

    /// The order just noted may be the one that comes near a rate limit. O(1).
    #[inline(never)] // As above.
    pub(super) fn warn_of_rate(&mut self) {
        let Some(breaker) = self.scope().map(|scope| &scope.breaker) else { return };
        // What goes out while it is open are closes of the engine's own.
        let trades = breaker.is_closed() || breaker.is_half_open();
        let near = if trades { self.rates.near(breaker, self.now) } else { [None; 3] };
        for (limit, observed) in near.into_iter().flatten() {
            let code = u32::from(Cause::OrderRate.raw());
            let event = Event { code, ..Event::new(EventKind::Warn) };
            self.emit(event.with_breach(Unit::Count, i64::from(limit), i64::from(observed)));
        }
    }

    /// Whether the breaker lets probes pass.
    pub(super) fn is_half_open(&self) -> bool {
        self.scope().is_some_and(|scope| scope.breaker.is_half_open())
    }

    /// A recovery by itself has begun, or is done.
    pub(super) fn tell_recovered(&mut self) {
        self.refold_time();
        let Some(breaker) = self.scope().map(|scope| &scope.breaker) else { return };
        let config = breaker.config();
        let event = if breaker.is_half_open() {
            let cause = breaker.last_trip().map_or(0, |trip| trip.cause);
            let event = Event { code: u32::from(cause), ..Event::new(EventKind::BreakerHalfOpen) };
            let (probes, wins) = (config.half_open_probes, config.probe_wins);
            event.with_breach(Unit::Count, i64::from(probes), i64::from(wins))
        } else {
            Event::new(EventKind::BreakerReset)
        };
        self.emit(event);
        self.warn();
    }

    /// A new order passed: its marks.
    pub(super) fn take_probe(&mut self) -> u32 {
        let is_probe = self.scope_mut().is_some_and(|scope| scope.breaker.take_probe());
        if is_probe { OrderMark::Probe.raw() } else { 0 }
    }

    /// Whether an order is a probe of the present round.
    pub(super) fn is_probe(&self, order: &Order) -> bool {
        let of_round = || self.scope().is_some_and(|scope| scope.breaker.is_probe(order.number));
        OrderMark::Probe.is_in(order.marks) && of_round()
    }

    /// A probe lives from now on, or does not any more.
    pub(super) fn count_probe(&mut self, slot: u32, lives: bool) {
        if self.orders.get(slot).is_some_and(|order| self.is_probe(order))
            && let Some(scope) = self.scope_mut()
        {
            scope.breaker.count_probe(lives);
        }
    }

    /// Whether a position was opened or changed by a probe of the present round.
    pub(super) fn is_probed(&self, position: &Position) -> bool {
        self.scope().is_some_and(|scope| scope.breaker.is_probe(position.probe))
    }

    /// An order executes in an open position.
    pub(super) fn note_probed(&mut self, order: Id, position: u32) {
        let order = self.orders.resolve(order).ok().and_then(|slot| self.orders.get(slot));
        let Some(number) = order.filter(|order| self.is_probe(order)).map(|order| order.number)
        else {
            return;
        };
        let Some(of) = self.positions.get(position) else { return };
        let (was, last) = (self.is_probed(of), of.probe.max(number));
        if let Some(position) = self.positions.get_mut(position) {
            position.probe = last;
        }
        if !was && let Some(scope) = self.scope_mut() {
            scope.breaker.count_probed(true);
        }
    }

    /// A position is open again, or is not any more.
    pub(super) fn count_probed(&mut self, position: u32, opens: bool) {
        let probed = self.positions.get(position).is_some_and(|p| self.is_probed(p));
        if probed && let Some(scope) = self.scope_mut() {
            scope.breaker.count_probed(opens);
        }
    }

    /// The breaker looks at what a closed position has brought.
    #[inline(never)] // A trip is large.
    pub(super) fn judge_outcome(&mut self, slot: u32, won: &Realised) {
        let (now, sign) = (self.now, i64::from(won.sign));
        let probed = self.positions.get(slot).is_some_and(|p| self.is_probed(p));
        let Some(scope) = self.scope_mut() else { return };
        let trip = scope.breaker.note_outcome(now, sign, won.net);
        let probe = scope.breaker.judge_probe(now, probed, sign, won.net);
        self.note_trip(trip);
        match probe {
            Probed::Nothing => {}
            Probed::Tripped(trip) => self.note_trip(Some(trip)),
            Probed::Closed => self.tell_recovered(),
        }
        self.warn();
    }

    /// All probes may be over without the wins.
    pub(super) fn settle_probes(&mut self) {
        let now = self.now;
        let trip = self.scope_mut().and_then(|scope| scope.breaker.settle_probes(now));
        self.note_trip(trip);
    }
}
