//! Books: what the orders and positions of a scope below the root come to in one symbol.
#![forbid(unsafe_code)]

use super::{Exposure, Path};
use crate::market::Limits;
use crate::num::Lots;
use crate::position::Totals;
use crate::status::Side;
use crate::store::{Hash64, IdIndex, IndexNode, NIL, at};

/// What the orders of one scope itself, without those of the scopes in it, have in one symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// Lots reserved by buys.
    pub buy: i128,
    /// Lots reserved by sells.
    pub sell: i128,
    /// Working orders.
    pub orders: u32,
    /// Live orders that hold room for a further position.
    pub opening: u32,
    /// Open positions.
    pub open: u32,
    /// Positions that are open, or that working orders may open.
    pub claims: u32,
}

impl Own {
    /// Nothing.
    pub const EMPTY: Self = Self { buy: 0, sell: 0, orders: 0, opening: 0, open: 0, claims: 0 };

    /// What this side has reserved.
    #[must_use]
    pub const fn of(&self, side: Side) -> i128 {
        match side {
            Side::Buy => self.buy,
            Side::Sell => self.sell,
        }
    }

    /// What this side has reserved, to be changed.
    pub const fn of_mut(&mut self, side: Side) -> &mut i128 {
        match side {
            Side::Buy => &mut self.buy,
            Side::Sell => &mut self.sell,
        }
    }

    /// Feeds what can change a later answer.
    fn feed(&self, hash: &mut Hash64) {
        hash.words_i128(self.buy);
        hash.words_i128(self.sell);
        for word in [self.orders, self.opening, self.open, self.claims] {
            hash.u32(word);
        }
    }
}

/// One scope below the root in one symbol.
#[derive(Clone, Copy, Debug)]
pub struct ScopeBook {
    /// Scope number.
    pub scope: u32,
    /// Symbol number.
    pub symbol: u32,
    /// The symbol's book of the next higher scope number; [`NIL`] for none.
    pub next: u32,
    /// The book of the scope that this one lies in; [`NIL`] for the symbol itself.
    pub above: u32,
    /// What is reserved, in the scopes in it too.
    pub exposure: Exposure,
    /// Sums of the positions, of the scopes in it too; the net position and the legs are its own.
    pub totals: Totals,
    /// What is its own.
    pub own: Own,
    /// Limits of the symbol in this scope; none before they were set.
    pub limits: Limits,
    /// Lots located for the shorts of this scope.
    pub located: Lots,
}

impl ScopeBook {
    /// Fills unused memory.
    pub const EMPTY: Self = Self {
        scope: 0,
        symbol: 0,
        next: NIL,
        above: NIL,
        exposure: Exposure::EMPTY,
        totals: Totals::EMPTY,
        own: Own::EMPTY,
        limits: Limits::OFF,
        located: Lots::ZERO,
    };

    /// Whether any position is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.totals.long_qty.0 | self.totals.short_qty.0 != 0
    }

    fn feed(&self, session: u32, hash: &mut Hash64) {
        for word in [self.scope, self.symbol, self.next] {
            hash.u32(word);
        }
        self.exposure.feed(session, hash);
        self.totals.feed(hash);
        self.own.feed(hash);
        self.limits.feed(hash);
        hash.i64(self.located.0);
    }
}

/// The books over lent memory. They are made when they are first needed, and stay.
pub struct Books<'a> {
    books: &'a mut [ScopeBook],
    index: IdIndex<'a>,
    count: u32,
}

/// The index mixes it.
#[inline]
fn key(scope: u32, symbol: u32) -> u64 {
    u64::from(scope) << 32 | u64::from(symbol)
}

impl<'a> Books<'a> {
    /// No books. O(capacity).
    #[must_use]
    pub fn new(books: &'a mut [ScopeBook], index: &'a mut [IndexNode], seed: u64) -> Self {
        Self { books, index: IdIndex::new(index, seed), count: 0 }
    }

    /// The place of a book. O(1) expected.
    #[inline]
    #[must_use]
    pub fn place(&self, scope: u32, symbol: u32) -> Option<u32> {
        // No book has scope 0.
        self.index.find(key(scope, symbol))
    }

    /// The book in a place.
    #[must_use]
    pub fn get(&self, place: u32) -> Option<&ScopeBook> {
        self.books.get(at(place))
    }

    /// The book in a place, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, place: u32) -> Option<&mut ScopeBook> {
        self.books.get_mut(at(place))
    }

    /// The book of a scope in a symbol.
    #[must_use]
    pub fn find(&self, scope: u32, symbol: u32) -> Option<&ScopeBook> {
        self.get(self.place(scope, symbol)?)
    }

    /// The book of a scope in a symbol, to be changed.
    #[must_use]
    pub fn find_mut(&mut self, scope: u32, symbol: u32) -> Option<&mut ScopeBook> {
        self.get_mut(self.place(scope, symbol)?)
    }

    /// How many books a path needs in a symbol that are not there.
    #[must_use]
    pub fn missing(&self, path: Path, symbol: u32) -> u32 {
        let missing = path.below().filter(|&scope| self.place(scope, symbol).is_none());
        missing.fold(0, |count, _| count.saturating_add(1))
    }

    /// Makes a book and enters it in its symbol's list, that begins with `first`; answers the new
    /// beginning. `above` is the place of the one of the scope that it lies in. `None`, and nothing
    /// changes, without room.
    pub fn make(&mut self, (scope, above): (u32, u32), symbol: u32, first: u32) -> Option<u32> {
        let place = self.count;
        *self.books.get_mut(at(place))? = ScopeBook { scope, symbol, above, ..ScopeBook::EMPTY };
        self.count = place.saturating_add(1);
        self.index.insert(key(scope, symbol), place);
        let (mut before, mut next) = (NIL, first);
        while let Some(book) = self.get(next).filter(|book| book.scope < scope) {
            (before, next) = (next, book.next);
        }
        if let Some(book) = self.get_mut(place) {
            book.next = next;
        }
        match self.get_mut(before) {
            Some(book) => {
                book.next = place;
                Some(first)
            }
            None => Some(place),
        }
    }

    /// The books of a symbol whose list begins here, by scope number.
    pub fn of_symbol(&self, first: u32) -> impl Iterator<Item = &ScopeBook> {
        core::iter::successors(self.get(first), |book| self.get(book.next))
    }

    /// All books, in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &ScopeBook)> {
        (0..self.count).zip(self.books.iter())
    }

    /// Number of books.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Books the table can hold.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        u32::try_from(self.books.len()).unwrap_or(u32::MAX).min(self.index.capacity())
    }

    /// Feeds every book in this session. O(books).
    pub fn digest(&self, session: u32, hash: &mut Hash64) {
        hash.u32(self.count);
        for (_, book) in self.iter() {
            book.feed(session, hash);
        }
    }
}
