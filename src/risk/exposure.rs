//! What live orders of one symbol reserve, and how many they are.
#![forbid(unsafe_code)]

use crate::num::Lots;
use crate::status::Side;
use crate::store::Hash64;

/// Lots reserved per side: Σ working quantity of live orders. Sums are 128 bits: no overflow. An
/// order is working while it reserves something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Reserved by buys.
    pub buy: i128,
    /// Reserved by sells.
    pub sell: i128,
    /// Working buys.
    pub buys: u32,
    /// Working sells.
    pub sells: u32,
    /// Positions that are open, or that working orders may open.
    pub claims: u32,
}

impl Exposure {
    /// Nothing is reserved.
    pub const EMPTY: Self = Self { buy: 0, sell: 0, buys: 0, sells: 0, claims: 0 };

    /// What this side has reserved.
    #[must_use]
    pub const fn of(&self, side: Side) -> i128 {
        match side {
            Side::Buy => self.buy,
            Side::Sell => self.sell,
        }
    }

    /// Working orders of this side.
    #[must_use]
    pub const fn orders(&self, side: Side) -> u32 {
        match side {
            Side::Buy => self.buys,
            Side::Sell => self.sells,
        }
    }

    /// The reservation of an order of this side went from `old` to `new`: the only way in and out.
    pub fn shift(&mut self, side: Side, old: Lots, new: Lots) {
        let sum = match side {
            Side::Buy => &mut self.buy,
            Side::Sell => &mut self.sell,
        };
        let change = i128::from(new.0).wrapping_sub(i128::from(old.0));
        *sum = sum.saturating_add(change);
    }

    /// An order of this side worked, and works: the only way in and out of the counts.
    pub fn recount(&mut self, side: Side, was: bool, is: bool) {
        let count = match side {
            Side::Buy => &mut self.buys,
            Side::Sell => &mut self.sells,
        };
        *count = recounted(*count, was, is);
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.words_i128(self.buy);
        hash.words_i128(self.sell);
        for word in [self.buys, self.sells, self.claims] {
            hash.u32(word);
        }
    }
}

/// A count of orders that one of them joins or leaves.
#[must_use]
pub(crate) const fn recounted(count: u32, was: bool, is: bool) -> u32 {
    match (was, is) {
        (false, true) => count.saturating_add(1),
        (true, false) => count.saturating_sub(1),
        _ => count,
    }
}
