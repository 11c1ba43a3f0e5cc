//! The ranges that plain orders are judged by follow what they are derived from.
//!
//! After every call they are what [`Engine::audit`] makes of the limits, the sums and the times.
#![forbid(unsafe_code)]

use super::Engine;
use crate::market::{Place, Symbol};
use crate::num::Nanos;
use crate::position::Totals;
use crate::risk::{Exposure, Scope, ScopeLimits};
use crate::store::{NIL, at};

impl Engine<'_> {
    /// What works or is open in a symbol has changed, or the counts of its scope. O(1).
    pub(super) fn refold(&mut self, symbol: u32) {
        let net = self.positions.totals(symbol).map_or(0, Totals::net_lots);
        if symbol < self.symbols.count()
            && let Some(Place { symbol, beside }) = self.symbols.place_mut(at(symbol))
        {
            beside.fold_room(symbol, net);
        }
        self.refold_rooms(symbol);
        self.refold_room();
    }

    /// The counts of the root scope, or their limits, have changed. O(1).
    pub(super) fn refold_room(&mut self) {
        self.root.set_lacks(self.scope().map_or(u32::MAX, Scope::lacks));
    }

    /// The limits of a symbol were set. O(1).
    pub(super) fn refold_limits(&mut self, symbol: u32) {
        let heavy = self.is_heavy(symbol);
        let net = self.positions.totals(symbol).map_or(0, Totals::net_lots);
        if symbol < self.symbols.count()
            && let Some(Place { symbol, beside }) = self.symbols.place_mut(at(symbol))
        {
            beside.fold_limits(symbol, net, heavy);
        }
        self.refold_full(symbol);
    }

    /// The limits of the root scope were set: those of its counts follow, and what else binds
    /// every symbol. O(1); O(symbols) when something else than counts begins or ceases to bind.
    pub(super) fn refold_root(&mut self, old: &ScopeLimits) {
        self.refold_room();
        if self.scope().is_some_and(|root| root.limits.are_counts() != old.are_counts()) {
            for symbol in 0..self.symbols.count() {
                self.refold_limits(symbol);
            }
        }
    }

    /// An order was noted, or trading state or breaker have changed. O(1).
    pub(super) fn refold_time(&mut self) {
        let Some(scope) = self.scopes.first() else { return };
        let (full, never) = (Nanos(self.rates.close(&scope.breaker)), Nanos(u64::MAX));
        let (closed, shut) = if scope.is_open() { (full, never) } else { (never, full) };
        self.root.full_through = shut;
        self.root.close_through(closed);
    }

    /// Whether an order of this symbol is judged, or its executions are counted, by more than the
    /// ranges and the lean paths know of. O(1).
    fn is_heavy(&self, number: u32) -> bool {
        let counts = self.scope().is_some_and(|root| root.limits.are_counts());
        let exposure = self.exposure(number);
        let kept = !exposure.ward.is_at_rest();
        let more =
            kept || self.counting > 0 || exposure.worth.is_counted || exposure.below.books != NIL;
        !counts || more || self.symbols.get(number).is_some_and(Symbol::is_heavy)
    }

    /// The reservations of a symbol with ranges that are derived anew.
    pub(super) fn folded(&self, number: u32) -> Exposure {
        let mut folded = *self.exposure(number);
        let heavy = self.is_heavy(number);
        let net = self.positions.totals(number).map_or(0, Totals::net_lots);
        if let Some(symbol) = self.symbols.get(number) {
            folded.fold_limits(symbol, net, heavy);
        }
        folded.full = self.full_of(number, folded.full.grid.from());
        folded
    }
}
