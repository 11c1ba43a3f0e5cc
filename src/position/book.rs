//! Quantity, entry cost and realised PnL of one position, exact in tick-lots.
#![forbid(unsafe_code)]

use crate::num::{Lots, TickLots, Ticks};
use crate::status::{PositionSide, RangeError};

/// The numbers of one position.
///
/// Average cost: a partial exit takes its share of the entry cost out. The share is rounded so
/// that the realised part is floored; what is rounded off stays in the open part, so that
/// realised + unrealised is exact at every moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// Open quantity.
    pub qty: Lots,
    /// Entry cost of the open quantity: Σ qty × price, less the shares taken out.
    pub cost: TickLots,
    /// Realised PnL.
    pub realised: TickLots,
    /// Σ quantity of all entries.
    pub entered: Lots,
    /// Σ qty × price of all entries.
    pub entry_value: TickLots,
    /// Σ quantity of all exits.
    pub exited: Lots,
    /// Σ qty × price of all exits.
    pub exit_value: TickLots,
}

impl Book {
    /// With more quantity.
    ///
    /// # Errors
    /// When a sum does not fit.
    pub fn entered(&self, qty: Lots, price: Ticks) -> Result<Self, RangeError> {
        let value = price.times(qty);
        Ok(Self {
            qty: self.qty.checked_add(qty).ok_or(RangeError)?,
            cost: self.cost.checked_add(value).ok_or(RangeError)?,
            entered: self.entered.checked_add(qty).ok_or(RangeError)?,
            entry_value: self.entry_value.checked_add(value).ok_or(RangeError)?,
            ..*self
        })
    }

    /// With less: `qty` is at most the open quantity.
    ///
    /// # Errors
    /// When a sum does not fit, or there is less to take out.
    pub fn exited(&self, side: PositionSide, qty: Lots, price: Ticks) -> Result<Self, RangeError> {
        let value = price.times(qty);
        let cost = share(self.cost, qty, self.qty, side).ok_or(RangeError)?;
        let gain = match side {
            PositionSide::Long => value.checked_sub(cost),
            PositionSide::Short => cost.checked_sub(value),
        };
        let left = self.qty.checked_sub(qty).filter(|left| left.0 >= 0);
        Ok(Self {
            qty: left.ok_or(RangeError)?,
            cost: self.cost.checked_sub(cost).ok_or(RangeError)?,
            realised: gain.and_then(|g| self.realised.checked_add(g)).ok_or(RangeError)?,
            exited: self.exited.checked_add(qty).ok_or(RangeError)?,
            exit_value: self.exit_value.checked_add(value).ok_or(RangeError)?,
            ..*self
        })
    }

    /// Unrealised PnL at a mark.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn unrealised(&self, side: PositionSide, mark: Ticks) -> Result<TickLots, RangeError> {
        let value = mark.times(self.qty);
        match side {
            PositionSide::Long => value.checked_sub(self.cost),
            PositionSide::Short => self.cost.checked_sub(value),
        }
        .ok_or(RangeError)
    }
}

/// cost × part / whole, rounded up for longs and down for shorts: the realised part is floored.
fn share(cost: TickLots, part: Lots, whole: Lots, side: PositionSide) -> Option<TickLots> {
    if part == whole {
        return Some(cost);
    }
    let (part, whole) = (i128::from(part.0), i128::from(whole.0));
    // cost × part need not fit: divide first, and the rest is below whole × part.
    let per_lot = crate::num::div_floor(cost, whole)?;
    let rest = cost.checked_sub(per_lot.checked_mul(whole)?)?.checked_mul(part)?;
    let rest = match side {
        PositionSide::Long => crate::num::div_ceil(rest, whole),
        PositionSide::Short => crate::num::div_floor(rest, whole),
    }?;
    per_lot.checked_mul(part)?.checked_add(rest)
}
