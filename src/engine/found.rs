//! What a request names, looked up once.
#![forbid(unsafe_code)]

use super::Engine;
use crate::market::Symbol;
use crate::position::{Position, Totals};
use crate::risk::{Exposure, Leaf, LeafPlace, ScopeBook};
use crate::status::{SelfTrade, SymbolFlag};
use crate::store::NIL;

/// A symbol and a scope of a request, and what lies there.
#[derive(Clone, Copy)]
pub(super) struct Found<'g> {
    /// Scope number, whether there is one or not.
    pub(super) scope: u32,
    /// The symbol, if it exists.
    pub(super) symbol: Option<&'g Symbol>,
    /// What is reserved in it.
    pub(super) exposure: &'g Exposure,
    /// Sums of its positions.
    pub(super) totals: &'g Totals,
    /// The book of the scope; none of the root.
    pub(super) book: Option<&'g ScopeBook>,
}

impl Found<'_> {
    /// Whether it has positions side by side.
    #[inline(always)] // Of a load.
    pub(super) fn is_hedged(&self) -> bool {
        self.symbol.is_some_and(|symbol| symbol.spec.has(SymbolFlag::Hedged))
    }

    /// What is done with own resting orders.
    #[inline(always)] // As above.
    pub(super) fn self_trade(&self) -> SelfTrade {
        self.symbol.map_or(SelfTrade::Off, |symbol| symbol.limits.controls.self_trade)
    }

    /// Sums of the positions of the scope, and its net position.
    #[inline(always)] // As above.
    fn own_totals(&self) -> Option<&Totals> {
        if self.scope == 0 { Some(self.totals) } else { self.book.map(|book| &book.totals) }
    }
}

impl<'a> Engine<'a> {
    /// What lies under a symbol and a scope. O(1).
    #[inline(always)] // It would be written to memory and read from there.
    pub(super) fn found(&self, symbol: u32, scope: u32) -> Found<'_> {
        Found {
            scope,
            symbol: self.symbols.get(symbol),
            exposure: self.exposure(symbol),
            totals: self.positions.totals(symbol).unwrap_or(&Totals::EMPTY),
            book: if scope == 0 { None } else { self.books.find(scope, symbol) },
        }
    }

    /// The net position of the scope in the symbol, while it is open.
    #[inline(always)] // As above.
    pub(super) fn net_of(&self, found: &Found<'_>) -> Option<&Position> {
        let net = self.positions.get(found.own_totals()?.net)?;
        if net.is_open() { Some(net) } else { None }
    }

    /// What the orders and the net position of the scope come to.
    #[inline(always)] // As above.
    pub(super) fn leaf<'g>(&'g self, found: &Found<'g>) -> Leaf<'g> {
        let signed = |slot| self.positions.get(slot).map_or(0, |position| position.signed_lots());
        let Found { exposure, totals, .. } = *found;
        match found.book {
            Some(book) => Leaf { place: LeafPlace::Book(book), net_qty: signed(book.totals.net) },
            None if found.scope != 0 => Leaf::EMPTY,
            None => {
                let whole = exposure.below.books == NIL;
                let net_qty = if whole { totals.net_lots() } else { signed(totals.net) };
                Leaf { place: LeafPlace::Root(exposure), net_qty }
            }
        }
    }
}
