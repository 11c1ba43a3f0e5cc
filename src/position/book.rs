//! Quantity, entry cost and realised PnL of one position, exact in tick-lots.
#![forbid(unsafe_code)]

use crate::num::{Lots, TickLots, Ticks, share_floor};
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
    /// With more quantity, of this value (Σ qty × price).
    ///
    /// # Errors
    /// When a sum does not fit.
    pub fn entered(&self, qty: Lots, value: TickLots) -> Result<Self, RangeError> {
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
    pub fn exited(
        &self,
        side: PositionSide,
        qty: Lots,
        value: TickLots,
    ) -> Result<Self, RangeError> {
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

    /// Without an entry of at most the open quantity that was taken back. What has been realised
    /// stays, so that realised + unrealised loses exactly what the entry was worth; when nothing
    /// is left open, what is left of the cost is realised too.
    ///
    /// # Errors
    /// When a sum does not fit, or less is open.
    pub fn unentered(
        &self,
        side: PositionSide,
        qty: Lots,
        value: TickLots,
    ) -> Result<Self, RangeError> {
        let left = Lots(qty.0.checked_neg().ok_or(RangeError)?);
        let book = self.entry_changed(side, left, value.checked_neg().ok_or(RangeError)?)?;
        if book.qty > Lots::ZERO {
            return Ok(book);
        }
        let realised = match side {
            PositionSide::Long => book.realised.checked_sub(book.cost),
            PositionSide::Short => book.realised.checked_add(book.cost),
        };
        Ok(Self { cost: 0, realised: realised.ok_or(RangeError)?, ..book })
    }

    /// Without an exit that was taken back, which had realised so much.
    ///
    /// # Errors
    /// When a sum does not fit.
    pub fn unexited(
        &self,
        side: PositionSide,
        qty: Lots,
        value: TickLots,
        realised: TickLots,
    ) -> Result<Self, RangeError> {
        let cost = match side {
            PositionSide::Long => value.checked_sub(realised),
            PositionSide::Short => value.checked_add(realised),
        };
        let cost = cost.and_then(|cost| self.cost.checked_add(cost)).ok_or(RangeError)?;
        Ok(Self {
            qty: self.qty.checked_add(qty).ok_or(RangeError)?,
            cost,
            realised: self.realised.checked_sub(realised).ok_or(RangeError)?,
            exited: self.exited.checked_sub(qty).ok_or(RangeError)?,
            exit_value: self.exit_value.checked_sub(value).ok_or(RangeError)?,
            ..*self
        })
    }

    /// With an entry corrected by so much. Without open quantity the change is realised.
    ///
    /// # Errors
    /// When a sum does not fit, or quantity would be negative.
    pub fn entry_changed(
        &self,
        side: PositionSide,
        qty: Lots,
        value: TickLots,
    ) -> Result<Self, RangeError> {
        let changed = Self {
            entered: self.entered.checked_add(qty).ok_or(RangeError)?,
            entry_value: self.entry_value.checked_add(value).ok_or(RangeError)?,
            ..*self
        };
        if self.qty == Lots::ZERO && qty == Lots::ZERO {
            let realised = match side {
                PositionSide::Long => self.realised.checked_sub(value),
                PositionSide::Short => self.realised.checked_add(value),
            };
            return Ok(Self { realised: realised.ok_or(RangeError)?, ..changed });
        }
        let open = self.qty.checked_add(qty).filter(|open| open.0 >= 0);
        Ok(Self {
            qty: open.ok_or(RangeError)?,
            cost: self.cost.checked_add(value).ok_or(RangeError)?,
            ..changed
        })
    }

    /// With the value of an exit corrected by so much: it is realised.
    ///
    /// # Errors
    /// When a sum does not fit.
    pub fn exit_changed(&self, side: PositionSide, value: TickLots) -> Result<Self, RangeError> {
        let realised = match side {
            PositionSide::Long => self.realised.checked_add(value),
            PositionSide::Short => self.realised.checked_sub(value),
        };
        Ok(Self {
            realised: realised.ok_or(RangeError)?,
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
    match side {
        PositionSide::Long => share_floor(cost.checked_neg()?, part.0, whole.0)?.checked_neg(),
        PositionSide::Short => share_floor(cost, part.0, whole.0),
    }
}
