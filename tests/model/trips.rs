//! What the breakers of scopes say: they trip, warn, let probes pass, close again.

use oms_core::status::{Check, EventKind};

use crate::breaker::{HOUR, MINUTE, RATE};
use crate::world::{Ev, Key, Order, World, ceil};

impl World {
    pub(crate) fn tripped(&mut self, scope: usize, cause: Option<u8>) {
        if let Some(cause) = cause {
            self.emit(Ev { code: Some(cause.into()), ..Ev::of(EventKind::BreakerTripped, scope) });
            self.happens(crate::breaker::CAUSES[usize::from(cause)], scope);
        }
    }

    pub(crate) fn tell_recovered(&mut self, scope: usize) {
        let breaker = &self.scopes[scope].breaker;
        let Some(half) = &breaker.half else {
            self.emit(Ev { code: Some(0), ..Ev::of(EventKind::BreakerReset, scope) });
            self.happens("a breaker recovers", scope);
            return self.warn_breaker(scope);
        };
        let code = breaker.trips.last().map(|trip| trip.cause.into());
        let limits = Some((half.left.into(), breaker.config.probe_wins.into()));
        self.emit(Ev { code, limits, ..Ev::of(EventKind::BreakerHalfOpen, scope) });
        self.happens("a breaker is half-open", scope);
        self.warn_breaker(scope);
    }

    fn warning(&mut self, scope: usize, cause: u8, limit: i64, observed: i128) {
        let limits = Some((limit, observed as i64));
        let (code, mask) = (Some(cause.into()), Some(0));
        self.emit(Ev { code, mask, limits, ..Ev::of(EventKind::Warn, scope) });
        self.happens("a breaker warns", scope);
    }

    pub(crate) fn warn_breaker(&mut self, scope: usize) {
        for (cause, limit, observed) in self.scopes[scope].breaker.warnings() {
            self.warning(scope, cause, limit, observed);
        }
    }

    /// Rate limits of a scope and their windows.
    pub(crate) fn windows(&self, scope: usize) -> [(Check, i32, u64); 3] {
        let c = self.scopes[scope].breaker.config;
        [
            (Check::RateMinute, c.orders_per_minute, MINUTE),
            (Check::RateHour, c.orders_per_hour, HOUR),
            (Check::RateCustom, c.orders_per_window, c.rate_window.0),
        ]
    }

    /// An order of a scope passed.
    pub(crate) fn note_rate(&mut self, scope: usize) {
        for number in self.path(scope) {
            self.scopes[number].rates.push(self.now);
        }
        for number in self.path(scope) {
            let ratio = self.scopes[number].breaker.config.warn_ratio.0;
            for (_, n, window) in self.windows(number) {
                let count = self.rate_count(number, window, self.now) as i128;
                let level = ceil(i128::from(n) * i128::from(ratio), 1_000_000_000);
                if n > 0 && ratio >= 0 && count == level && !self.scopes[number].breaker.open {
                    self.warning(number, RATE, n.into(), count);
                }
            }
        }
    }

    /// Scopes that are half-open, and their rounds.
    pub(crate) fn rounds_of(&self, scope: usize) -> Vec<(usize, u32)> {
        let path = self.path(scope).into_iter();
        let all = path.map(|number| (number, self.scopes[number].breaker.round()));
        all.filter(|&(_, round)| round > 0).collect()
    }

    /// Whether an order is a probe of the present round of a scope.
    pub(crate) fn probe(&self, key: Key, scope: usize) -> bool {
        self.orders[key].probes.contains(&(scope, self.scopes[scope].breaker.round()))
    }

    /// All that were let through while half-open have ended, and so have their positions.
    pub(crate) fn probes_are_over(&self, scope: usize) -> bool {
        let Some(half) = &self.scopes[scope].breaker.half else { return false };
        let round = (scope, half.round);
        let lives = |o: &Order| o.in_table && !o.terminal() && o.probes.contains(&round);
        half.left == 0
            && !self.orders.iter().any(lives)
            && !self.positions.iter().any(|p| p.qty > 0 && p.probes.contains(&round))
    }

    /// An order executes in a position.
    pub(crate) fn note_probed(&mut self, order: Option<Key>, position: Key) {
        if let Some(order) = order.filter(|&order| self.orders[order].in_table) {
            let probes = self.orders[order].probes.clone();
            self.positions[position].probes.extend(probes);
        }
    }

    pub(crate) fn reset_breaker(&mut self, scope: usize) {
        let s = &mut self.scopes[scope];
        s.breaker.cool_at = 0;
        if s.breaker.open || s.breaker.half.is_some() {
            let by_rate = s.breaker.causes.contains(&RATE);
            s.breaker.close(self.now, true);
            if by_rate {
                s.rates.clear();
            }
        } else {
            s.breaker.reset_at = self.now;
            s.breaker.warned.clear();
        }
        self.emit(Ev { code: Some(1), ..Ev::of(EventKind::BreakerReset, scope) });
        self.happens("a breaker is reset", scope);
        self.warn_breaker(scope);
    }
}
