//! The gate: what the checks look at, of a proposal and of one scope.
#![forbid(unsafe_code)]

use super::ask::Ask;
use super::checks;
use super::{Books, Exposure, Meeting, Parentage, RateRing, Scope, ScopeBook, Sequences};
use super::{Leaf, Scopes};
use crate::market::{Limits, Symbol};
use crate::num::{Lots, Money, Nanos, Ticks};
use crate::order::Terms;
use crate::position::Totals;
use crate::status::{Status, TradingState};

/// The order that a replace is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Its slot in the table of orders.
    pub slot: u32,
    /// What it has reserved.
    pub working: Lots,
    /// What it has executed.
    pub cum: Lots,
    /// It was not handed out yet: the new terms take the place of the old ones at once. Otherwise
    /// the larger of both is reserved until the venue answers.
    pub in_place: bool,
    /// Its number when it passed as a probe of a half-open breaker; else 0.
    pub probe: u64,
}

/// What is proposed: a new order, or a replaced one with its new quantity and price.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    /// The terms that would hold.
    pub terms: Terms,
    /// The quantity that was asked for: not the terms' when the engine decided that.
    pub asked: Lots,
    /// For a replace: the order as it is. Not for a new order.
    pub replaces: Option<Replaced>,
    /// For an order that names a position: its closing side, quantity and what is being closed.
    pub target: Option<checks::Target>,
    /// What its partner (one cancels the other) reserves for the same position already.
    pub shared: Lots,
    /// The quantity before what own resting orders take was taken off.
    pub uncut: Lots,
    /// The own resting orders that it would meet, where somebody looks.
    pub meeting: Option<Meeting>,
    /// What it may take of its parent.
    pub parent: Parentage,
    /// For a replace: lots that the order's own children work and have executed, or more than any
    /// order has.
    pub children: i64,
    /// Whether an order in the table carries the client id.
    pub client_id_taken: bool,
    /// Whether the client id may have its top bit set: an order of the engine itself.
    pub own: bool,
    /// Whether the tables have room.
    pub has_room: bool,
}

impl Proposal {
    /// A new order with these terms; the rest is as if there were nothing else, and no room.
    #[inline]
    #[must_use]
    pub fn new(terms: Terms) -> Self {
        Self {
            asked: terms.qty,
            uncut: terms.qty,
            meeting: None,
            terms,
            replaces: None,
            target: None,
            shared: Lots::ZERO,
            parent: Parentage::NONE,
            children: 0,
            client_id_taken: false,
            own: false,
            has_room: false,
        }
    }

    /// Lots that would be reserved.
    #[must_use]
    pub fn working(&self) -> i64 {
        let qty = self.terms.qty.0;
        match self.replaces {
            None => qty,
            Some(old) => {
                // What has been executed is not negative: where it saturates it is below 0.
                let rest = qty.saturating_sub(old.cum.0).max(0);
                let kept = if old.in_place { 0 } else { old.working.0 };
                rest.max(kept)
            }
        }
    }

    /// Whether it has a parent, or children of its own.
    #[inline]
    #[must_use]
    pub const fn has_relatives(&self) -> bool {
        self.parent.most != i64::MAX || self.children != 0
    }

    /// Lots that would be reserved beyond what its partner reserves.
    #[must_use]
    pub fn share(&self) -> i64 {
        // What its partner reserves is not negative: where it saturates it is below 0.
        self.working().saturating_sub(self.shared.0).max(0)
    }

    /// Lots reserved already beyond what its partner reserves.
    #[must_use]
    pub fn reserved_share(&self) -> i64 {
        let beyond = |old: Replaced| old.working.0.saturating_sub(self.shared.0).max(0);
        self.replaces.map_or(0, beyond)
    }
}

/// The times of the last orders of a scope.
#[derive(Clone, Copy)]
pub enum Rates<'g, 'a> {
    /// The root's.
    Root(&'g RateRing<'a>),
    /// Those of a scope below it stand here.
    Below(&'g Scopes<'a>),
}

/// What the gate looks at in one scope. An order passes when it passes in its own and in all that
/// this one lies in.
#[derive(Clone, Copy)]
pub struct Gate<'g, 'a> {
    /// The symbol, if it exists.
    pub symbol: Option<&'g Symbol>,
    /// The limits of the symbol in this scope: the symbol's own in the root.
    pub limits: &'g Limits,
    /// What is reserved in it, in this scope.
    pub exposure: &'g Exposure,
    /// Sums of its positions, in this scope.
    pub totals: &'g Totals,
    /// Longs less shorts, in this scope.
    pub net_qty: i64,
    /// The same of the order's own scope.
    pub leaf: Leaf<'g>,
    /// The scope.
    pub scope: &'g Scope,
    /// Its number.
    pub number: u32,
    /// Whether it is the order's own.
    pub is_own: bool,
    /// Its trading state, a kill that was not noticed yet included.
    pub trading: TradingState,
    /// Times of the last orders.
    pub rates: Rates<'g, 'a>,
    /// Earlier orders.
    pub sequences: &'g Sequences<'a>,
    /// Where those of scopes below the root are found.
    pub books: &'g Books<'a>,
    /// The book of this scope; none in the root, and before there is one.
    pub book: Option<&'g ScopeBook>,
    /// Whether the windows begin anew: a recovery from a trip by rate is due.
    pub rates_begin: bool,
    /// Whether it is known that one more order keeps within every window.
    pub rates_hold: bool,
    /// The last client id that was accepted, when ids must rise.
    pub last_client_id: Option<u64>,
    /// The time.
    pub now: Nanos,
}

impl Gate<'_, '_> {
    /// Whether it is the root's.
    #[inline]
    #[must_use]
    pub const fn is_root(&self) -> bool {
        self.number == 0
    }

    /// In which windows of the breaker one more order would be too many.
    pub(super) fn full(&self) -> [bool; 3] {
        match self.rates {
            Rates::Root(ring) => ring.is_closed(self.now),
            Rates::Below(scopes) => {
                let times = scopes.times(self.number);
                self.scope.rate.full(times, &self.scope.breaker, self.now)
            }
        }
    }
}

/// Lots of a position that the order of a proposal could reduce: what other orders do not.
#[must_use]
pub fn reduction_room(leaf: &Leaf<'_>, proposal: &Proposal) -> Lots {
    let (open, others) = checks::reducible(leaf, Ask::any(proposal));
    if others > open {
        return Lots::ZERO;
    }
    let room = open.saturating_sub(others).saturating_add(i128::from(proposal.shared.0));
    Lots(i64::try_from(room.clamp(0, open)).unwrap_or(i64::MAX))
}

/// Whether there is anything that a new order could reduce.
#[inline(always)] // Of a few comparisons.
#[must_use]
pub fn may_reduce(leaf: &Leaf<'_>, proposal: &Proposal) -> bool {
    checks::may_reduce(leaf, Ask::any(proposal))
}

/// Whether an order, with what is working already, only makes a position smaller.
#[must_use]
pub fn only_reduces(leaf: &Leaf<'_>, proposal: &Proposal) -> bool {
    checks::reduces(leaf, Ask::any(proposal))
}

/// What an order is worth: at its price, or at the market at the worse of the reference and the
/// collar's edge; `None` when there is no reference.
///
/// # Errors
/// `Range` when it does not fit money.
#[inline(always)] // Of two multiplications.
pub fn value(symbol: &Symbol, terms: &Terms) -> Result<Option<Money>, Status> {
    checks::value(symbol, terms.qty, checks::value_price(terms, symbol))
}

/// What so many lots of a symbol are worth at a price, as a magnitude, rounded up.
///
/// # Errors
/// `Range` when it does not fit.
pub fn worth(symbol: &Symbol, qty: Lots, price: Ticks) -> Result<Money, Status> {
    checks::value(symbol, qty, Some(price)).map(Option::unwrap_or_default)
}
