//! Positions that are open, or that working orders may open: counted per symbol and in all.
#![forbid(unsafe_code)]

use super::Engine;
use crate::position::Totals;
use crate::status::Side;

impl Engine<'_> {
    /// What a symbol claims: hedged, its open positions and the orders that may open one; net, one
    /// position while it is open or orders work.
    pub(super) fn claims_of(&self, symbol: u32) -> u32 {
        let totals = self.positions.totals(symbol).unwrap_or(&Totals::EMPTY);
        if self.is_hedged(symbol) {
            return totals.open.len.saturating_add(totals.opening);
        }
        let exposure = self.exposure(symbol);
        let works = exposure.orders(Side::Buy) > 0 || exposure.orders(Side::Sell) > 0;
        u32::from(works || totals.open.len > 0)
    }

    /// Something that a symbol may claim has changed: its count, the one over all and the ranges
    /// for plain orders follow. O(1).
    pub(super) fn recount_claims(&mut self, symbol: u32) {
        let new = self.claims_of(symbol);
        let Some(exposure) = self.symbols.beside_mut(symbol) else { return };
        let old = core::mem::replace(&mut exposure.claims, new);
        if let Some(scope) = self.scope_mut() {
            scope.claims = scope.claims.saturating_sub(old).saturating_add(new);
        }
        self.refold(symbol);
    }
}
