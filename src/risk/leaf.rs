//! What a reduce-only order looks at: what its own scope has in the symbol.
#![forbid(unsafe_code)]

use super::{Exposure, ScopeBook};
use crate::status::Side;

/// What the orders and the net position of the order's own scope come to, without those of the
/// scopes in it.
#[derive(Clone, Copy)]
pub struct Leaf<'g> {
    /// Where it stands what is reserved, and claimed.
    pub place: LeafPlace<'g>,
    /// The net position, less than 0 when it is short.
    pub net_qty: i64,
}

/// Where a scope finds what is its own.
#[derive(Clone, Copy)]
pub enum LeafPlace<'g> {
    /// The root: what of the symbol is of no scope below it.
    Root(&'g Exposure),
    /// The book of a scope below it.
    Book(&'g ScopeBook),
    /// There is none: it has nothing.
    Nowhere,
}

impl Leaf<'_> {
    /// Nothing.
    pub const EMPTY: Self = Self { place: LeafPlace::Nowhere, net_qty: 0 };

    /// What this side has reserved.
    #[inline(always)] // Of a few loads.
    pub(super) fn of(&self, side: Side) -> i128 {
        match self.place {
            LeafPlace::Root(exposure) => {
                exposure.of(side).wrapping_sub(exposure.below.own.of(side))
            }
            LeafPlace::Book(book) => book.own.of(side),
            LeafPlace::Nowhere => 0,
        }
    }

    /// Positions that are open, or that working orders may open.
    #[inline(always)] // As above.
    pub(super) fn claims(&self) -> u32 {
        match self.place {
            LeafPlace::Root(exposure) => exposure.claims.wrapping_sub(exposure.below.own.claims),
            LeafPlace::Book(book) => book.own.claims,
            LeafPlace::Nowhere => 0,
        }
    }
}
