//! The price at which an order executes.
#![forbid(unsafe_code)]

use super::{Share, SlippageConfig, SlippageOrder};
use crate::num::{Ticks, div_ceil};
use crate::status::{Side, SlippageModel, Status};

impl SlippageConfig {
    /// The price at which the order executes, for every model but DEPTH.
    ///
    /// The reference is the mid of the quotes, where they are given, and the spread is theirs;
    /// else it is the price. The model moves the price by its share of |reference|, against the
    /// order and rounded to ticks against it: a buy up, a sell down. It is never better than the
    /// opposite best (or the price), and never beyond the limit; an order whose limit the market
    /// has not reached does not execute, and the price would be the limit.
    ///
    /// Cost: O(1). REALISTIC takes one division of the machine while the volume is above the size,
    /// ratios are below 2^28, bid and ask not negative and below 2^31; all else is computed in
    /// 128 bits, with the same result to the bit.
    ///
    /// # Errors
    /// `Enum`, `Price` (beyond ±[`Ticks::MAX`], or a bid above the ask) for the order;
    /// as [`Self::share`]; `Range` when the price would be beyond ±[`Ticks::MAX`].
    #[inline]
    pub fn price(&self, order: &SlippageOrder) -> Result<Ticks, Status> {
        match self.price_lean(order) {
            Some(price) => Ok(price),
            None => self.price_exact(order),
        }
    }

    /// The same, in 128 bits.
    #[cold]
    #[inline(never)]
    pub(crate) fn price_exact(&self, order: &SlippageOrder) -> Result<Ticks, Status> {
        let side = order.side()?;
        let share = self.share(order)?;
        // A sell in a market is a buy in its mirror image.
        let toward = |price: Ticks| match side {
            Side::Buy => i128::from(price.0),
            Side::Sell => i128::from(price.0).wrapping_neg(),
        };
        let (bid, ask) = order.best();
        let opposite = toward(if side == Side::Buy { ask } else { bid });
        let sum = toward(bid).wrapping_add(toward(ask));
        // Twice the price that the model starts from; the spread of quotes is in it.
        let model = SlippageModel::from_raw(self.model);
        let has_spread = matches!(model, Some(SlippageModel::Spread | SlippageModel::Realistic));
        let start = if has_spread { opposite << 1 } else { sum };
        let far = sum
            .checked_abs()
            .and_then(|sum| sum.checked_mul(i128::try_from(share.to_bits()).ok()?))
            .and_then(|move_on| move_on.checked_add(start.checked_mul(UNIT)?))
            .and_then(|price| div_ceil(price, const { 2 * UNIT }))
            .ok_or(Status::Range)?;
        let price = far.max(opposite);
        let price = if order.is_limited() { price.min(toward(order.limit)) } else { price };
        if price.unsigned_abs() > u128::from(Ticks::MAX.unsigned_abs()) {
            return Err(Status::Range);
        }
        let price = i64::try_from(price).map_err(|_| Status::Range)?;
        Ok(Ticks(if side == Side::Buy { price } else { price.wrapping_neg() }))
    }
}

/// The whole price as a share: 10^9 × 2^28.
const UNIT: i128 = Share::ONE.cast_signed();
