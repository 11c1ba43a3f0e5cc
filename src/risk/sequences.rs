//! What earlier orders mean for the next one: rates of symbols, repeats, duplicates, own resting
//! orders.
#![forbid(unsafe_code)]

use super::{Recent, RecentOrders, Repeats, Resting, SymbolRates, symbol_rates::each};
use crate::num::Nanos;
use crate::status::Side;
use crate::store::{Hash64, Tree, TreeNode, at, count};

/// Memory of [`Sequences`].
pub struct SequenceMemory<'a> {
    /// Times of the last orders of each symbol: as many of each.
    pub times: &'a mut [Nanos],
    /// Orders of each symbol.
    pub noted: &'a mut [u64],
    /// Executed orders of each symbol: buys, sells.
    pub repeats: &'a mut [[Repeats; 2]],
    /// Times of the last orders of each book of a scope below the root: as many of each.
    pub book_times: &'a mut [Nanos],
    /// Orders of each book.
    pub book_noted: &'a mut [u64],
    /// Executed orders of each book, of its scope alone: buys, sells.
    pub book_repeats: &'a mut [[Repeats; 2]],
    /// Ring of accepted orders.
    pub recent: &'a mut [Recent],
    /// Resting orders of each symbol: buys, sells.
    pub resting: &'a mut [[Tree; 2]],
    /// Nodes for as many orders as there may be.
    pub nodes: &'a mut [TreeNode],
}

impl SequenceMemory<'_> {
    /// Symbols that it is for.
    #[must_use]
    pub fn symbols(&self) -> usize {
        self.noted.len().min(self.repeats.len()).min(self.resting.len())
    }

    /// Orders that it is for.
    #[must_use]
    pub fn orders(&self) -> usize {
        self.nodes.len()
    }

    /// Books that it is for.
    #[must_use]
    pub fn books(&self) -> usize {
        self.book_noted.len().min(self.book_repeats.len())
    }

    /// Times of each of so many symbols, and books.
    #[must_use]
    pub fn symbol_rate(&self) -> u32 {
        let of_symbols = each(self.times.len(), self.noted.len());
        if self.book_noted.is_empty() {
            return of_symbols;
        }
        of_symbols.min(each(self.book_times.len(), self.book_noted.len()))
    }

    /// Accepted orders that are kept.
    #[must_use]
    pub fn recent(&self) -> u32 {
        count(self.recent.len())
    }
}

/// What is kept of sequences of orders, of the symbols whose limits look at them.
pub struct Sequences<'a> {
    /// RATE_SYMBOL.
    pub rates: SymbolRates<'a>,
    /// The same of the books of scopes below the root, by their places.
    pub book_rates: SymbolRates<'a>,
    /// DUPLICATE.
    pub recent: RecentOrders<'a>,
    /// SELF_TRADE.
    pub resting: Resting<'a>,
    /// REPEAT: orders of the root itself.
    repeats: &'a mut [[Repeats; 2]],
    /// Orders of the scopes below it.
    book_repeats: &'a mut [[Repeats; 2]],
}

impl<'a> Sequences<'a> {
    /// No orders yet. O(capacity).
    #[must_use]
    pub fn new(memory: SequenceMemory<'a>, seed: u64) -> Self {
        memory.repeats.fill([Repeats::EMPTY; 2]);
        memory.book_repeats.fill([Repeats::EMPTY; 2]);
        Self {
            rates: SymbolRates::new(memory.times, memory.noted),
            book_rates: SymbolRates::new(memory.book_times, memory.book_noted),
            recent: RecentOrders::new(memory.recent, seed),
            resting: Resting::new(memory.nodes, memory.resting),
            repeats: memory.repeats,
            book_repeats: memory.book_repeats,
        }
    }

    /// The executed orders of a side of a symbol that are of the root itself, or of the scope of a
    /// book in this place.
    #[must_use]
    pub fn repeats(&self, symbol: u32, book: Option<u32>, side: Side) -> Option<&Repeats> {
        let [buys, sells] = match book {
            None => self.repeats.get(at(symbol)),
            Some(place) => self.book_repeats.get(at(place)),
        }?;
        Some(if side == Side::Buy { buys } else { sells })
    }

    /// The same, to be changed.
    pub fn repeats_mut(
        &mut self,
        symbol: u32,
        book: Option<u32>,
        side: Side,
    ) -> Option<&mut Repeats> {
        let [buys, sells] = match book {
            None => self.repeats.get_mut(at(symbol)),
            Some(place) => self.book_repeats.get_mut(at(place)),
        }?;
        Some(if side == Side::Buy { buys } else { sells })
    }

    /// Feeds what can change a later answer. O(all that is kept).
    pub fn digest(&self, hash: &mut Hash64) {
        self.rates.digest(hash);
        self.book_rates.digest(hash);
        self.recent.digest(hash);
        for repeats in self.repeats.iter().chain(&*self.book_repeats).flatten() {
            repeats.feed(hash);
        }
    }
}
