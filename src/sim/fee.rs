//! What a venue charges for an execution.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, Ratio, div_ceil};
use crate::status::{Liquidity, RangeError};

/// The fee of an execution: |value| × rate + per_lot × |lots|, kept within minimum and maximum.
///
/// A positive fee is paid by the trader, a negative one (a rebate) is paid to the trader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct FeeSchedule {
    /// Share of the value charged for adding liquidity; negative for a rebate.
    pub maker: Ratio,
    /// Share of the value charged for removing liquidity; negative for a rebate.
    pub taker: Ratio,
    /// Charged for each lot on top of the share; negative for a rebate.
    pub per_lot: Money,
    /// Least fee of one execution; `None` for no bound, zero for no rebates.
    pub minimum: Option<Money>,
    /// Greatest fee of one execution; `None` for no bound. The minimum wins over it.
    pub maximum: Option<Money>,
}

impl FeeSchedule {
    /// No fees.
    pub const FREE: Self = Self::flat(Ratio(0));
    /// 0.1 % for maker and taker alike.
    pub const STANDARD: Self = Self::flat(Ratio(1_000_000));
    /// 0.09 % for maker and taker alike.
    pub const VIP1: Self = Self::flat(Ratio(900_000));
    /// 0.08 % for maker and taker alike.
    pub const VIP2: Self = Self::flat(Ratio(800_000));

    /// The same share of the value for maker and taker, and nothing else.
    #[must_use]
    pub const fn flat(rate: Ratio) -> Self {
        Self { maker: rate, taker: rate, per_lot: Money::ZERO, minimum: None, maximum: None }
    }

    /// The fee of an execution of `lots` worth `value` (their signs do not matter), rounded
    /// towards plus infinity: the trader pays more or is given less. Unknown liquidity pays the
    /// dearer rate. Cost: one 128-bit division.
    ///
    /// # Errors
    /// [`RangeError`] when the fee does not fit 64 bits.
    pub fn fee(&self, value: Money, lots: Lots, liquidity: Liquidity) -> Result<Money, RangeError> {
        let fee = self.charge(value, lots, self.rate(liquidity)).ok_or(RangeError)?;
        let fee = self.maximum.map_or(fee, |maximum| fee.min(i128::from(maximum.get())));
        let fee = self.minimum.map_or(fee, |minimum| fee.max(i128::from(minimum.get())));
        i64::try_from(fee).map(Money).map_err(|_| RangeError)
    }

    /// The share of the value that this liquidity pays.
    fn rate(&self, liquidity: Liquidity) -> Ratio {
        match liquidity {
            Liquidity::Maker => self.maker,
            Liquidity::Taker => self.taker,
            Liquidity::Unknown => self.maker.max(self.taker),
        }
    }

    /// The fee before its bounds, in `Money` units.
    fn charge(&self, value: Money, lots: Lots, rate: Ratio) -> Option<i128> {
        let value = i128::from(value.get().unsigned_abs());
        let lots = i128::from(lots.get().unsigned_abs());
        let share = div_ceil(value.checked_mul(i128::from(rate.get()))?, i128::from(Ratio::ONE))?;
        lots.checked_mul(i128::from(self.per_lot.get()))?.checked_add(share)
    }
}
