//! What live orders of one symbol reserve.
#![forbid(unsafe_code)]

use crate::num::Lots;
use crate::status::Side;

/// Lots reserved per side: Σ working quantity of live orders. Sums are 128 bits: no overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Reserved by buys.
    pub buy: i128,
    /// Reserved by sells.
    pub sell: i128,
}

impl Exposure {
    /// Nothing is reserved.
    pub const EMPTY: Self = Self { buy: 0, sell: 0 };

    /// What this side has reserved.
    #[must_use]
    pub const fn of(&self, side: Side) -> i128 {
        match side {
            Side::Buy => self.buy,
            Side::Sell => self.sell,
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
}
