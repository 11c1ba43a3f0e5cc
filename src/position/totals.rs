//! What all positions of one symbol add up to: one price update values them in O(1).
#![forbid(unsafe_code)]

use super::Book;
use crate::num::{Lots, Money, TickLots, Ticks};
use crate::status::{PositionSide, RangeError};
use crate::store::{Hash64, List, NIL};

/// Sums over the positions of one symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Σ quantity of open longs.
    pub long_qty: Lots,
    /// Σ entry cost of open longs.
    pub long_cost: TickLots,
    /// Σ quantity of open shorts.
    pub short_qty: Lots,
    /// Σ entry cost of open shorts.
    pub short_cost: TickLots,
    /// Σ realised PnL of all positions, open and gone.
    pub realised: TickLots,
    /// Σ commissions.
    pub commission: Money,
    /// Open positions, in order of opening.
    pub open: List,
    /// Live orders that hold room for a further position.
    pub opening: u32,
    /// Legs of brackets that live orders may still arm.
    pub legs: u32,
    /// Slot of the net position; [`NIL`] when there is none.
    pub net: u32,
}

impl Totals {
    /// No positions.
    pub const EMPTY: Self = Self {
        long_qty: Lots::ZERO,
        long_cost: 0,
        short_qty: Lots::ZERO,
        short_cost: 0,
        realised: 0,
        commission: Money::ZERO,
        open: List::EMPTY,
        opening: 0,
        legs: 0,
        net: NIL,
    };

    /// With one position's book changed. The number of open positions and the net position are
    /// not touched.
    ///
    /// # Errors
    /// When a sum does not fit.
    pub fn changed(&self, side: PositionSide, old: &Book, new: &Book) -> Result<Self, RangeError> {
        let mut totals = *self;
        let (qty, cost) = match side {
            PositionSide::Long => (&mut totals.long_qty, &mut totals.long_cost),
            PositionSide::Short => (&mut totals.short_qty, &mut totals.short_cost),
        };
        let sum = qty.checked_sub(old.qty).and_then(|rest| rest.checked_add(new.qty));
        *qty = sum.ok_or(RangeError)?;
        let sum = cost.checked_sub(old.cost).and_then(|rest| rest.checked_add(new.cost));
        *cost = sum.ok_or(RangeError)?;
        let gain = new.realised.checked_sub(old.realised).ok_or(RangeError)?;
        totals.realised = totals.realised.checked_add(gain).ok_or(RangeError)?;
        Ok(totals)
    }

    /// Takes over the sums; what positions there are, and what orders may open, stays.
    pub fn set_sums(&mut self, sums: &Self) {
        let Self { open, opening, legs, net, .. } = *self;
        *self = Self { open, opening, legs, net, ..*sums };
    }

    /// Changes the sums by as much. They are parts of others that fit.
    pub fn add(&mut self, change: &Self) {
        let lots = |sum: &mut Lots, change: Lots| sum.0 = sum.0.wrapping_add(change.0);
        lots(&mut self.long_qty, change.long_qty);
        lots(&mut self.short_qty, change.short_qty);
        self.long_cost = self.long_cost.wrapping_add(change.long_cost);
        self.short_cost = self.short_cost.wrapping_add(change.short_cost);
        self.realised = self.realised.wrapping_add(change.realised);
        self.commission.0 = self.commission.0.wrapping_add(change.commission.0);
    }

    /// Unrealised PnL when longs are marked at one price and shorts at another.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn unrealised(&self, marks: Option<(Ticks, Ticks)>) -> Result<TickLots, RangeError> {
        let Some((long, short)) = marks else { return Ok(0) };
        let longs = long.times(self.long_qty).checked_sub(self.long_cost);
        let shorts = self.short_cost.checked_sub(short.times(self.short_qty));
        longs.zip(shorts).and_then(|(l, s)| l.checked_add(s)).ok_or(RangeError)
    }

    /// Longs less shorts.
    #[must_use]
    pub fn net_qty(&self) -> i128 {
        i128::from(self.long_qty.0).saturating_sub(i128::from(self.short_qty.0))
    }

    /// The same: both are sums that are not negative, so that their difference fits.
    #[inline]
    #[must_use]
    pub const fn net_lots(&self) -> i64 {
        self.long_qty.0.wrapping_sub(self.short_qty.0)
    }

    /// Feeds what the positions do not say themselves.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.words_i128(self.realised);
        hash.i64(self.commission.0);
        for word in [self.opening, self.legs, self.net] {
            hash.u32(word);
        }
    }
}
