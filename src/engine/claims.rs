//! Positions that are open, or that working orders may open: counted per symbol and in all.
#![forbid(unsafe_code)]

use super::Engine;
use crate::position::Totals;
use crate::store::NIL;

impl Engine<'_> {
    /// What a symbol claims: hedged, its open positions and the orders that may open one; net, one
    /// position for each scope while that is open or orders of the scope work.
    pub(super) fn claims_of(&self, symbol: u32) -> u32 {
        let totals = self.positions.totals(symbol).unwrap_or(&Totals::EMPTY);
        if self.is_hedged(symbol) {
            return totals.open.len.saturating_add(totals.opening);
        }
        let exposure = self.exposure(symbol);
        let below = exposure.below.own;
        let works = exposure.buys.wrapping_add(exposure.sells) > below.orders;
        u32::from(works || totals.net != NIL).saturating_add(below.claims)
    }

    /// Something that a symbol may claim has changed: its count, the one over all and the ranges
    /// for plain orders follow. O(1).
    pub(super) fn recount_claims(&mut self, symbol: u32, scope: u32) {
        self.recount_book(scope, symbol);
        let new = self.claims_of(symbol);
        let Some(exposure) = self.symbols.beside_mut(symbol) else { return };
        let old = core::mem::replace(&mut exposure.claims, new);
        if let Some(scope) = self.scope_mut() {
            scope.claims = scope.claims.saturating_sub(old).saturating_add(new);
        }
        self.refold(symbol);
        self.refold_path(symbol, scope);
    }
}
