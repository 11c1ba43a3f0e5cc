//! What a venue charges for an execution.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, OFF, Ratio, div_ceil};
use crate::status::{FeePlan, Liquidity, RangeError, SimulationField};
use crate::store::Hash64;

/// Tiers that a schedule has at most.
pub const FEE_TIERS: usize = 8;

/// The rates of those who have traded so much in 30 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct FeeTier {
    /// Volume from which on the tier holds, in the units of the volume that `oms_fee` is given;
    /// above 0.
    pub volume: u64,
    /// As in the schedule.
    pub maker: Ratio,
    /// As in the schedule.
    pub taker: Ratio,
}

/// The fee of an execution: |value| × rate + per_lot × |lots|, at most `maximum`, at least
/// `minimum`. A positive fee is paid by the trader, a negative one (a rebate) to the trader.
/// `oms_fees_init` fills in a named schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct FeeSchedule {
    /// Share of the value charged for adding liquidity, parts per 10^9, -10^9 to 10^9; negative
    /// for a rebate.
    pub maker: Ratio,
    /// The same for removing it.
    pub taker: Ratio,
    /// Charged for each lot on top of the share, money units; negative for a rebate.
    pub per_lot: Money,
    /// Least fee of one execution, money units, 0 and more; 0: no rebates. OMS_OFF: none. It wins
    /// over the maximum.
    pub minimum: Money,
    /// Greatest fee of one execution, money units, 0 and more; OMS_OFF: none.
    pub maximum: Money,
    /// Rates in place of maker and taker from a 30-day volume on; volumes rise. Unused ones are 0.
    pub tiers: [FeeTier; 8],
    /// How many tiers there are.
    pub tier_count: u32,
    /// Zero.
    pub reserved: u32,
}

impl FeeSchedule {
    /// All bytes zero: nothing is charged.
    pub(crate) const ZERO: Self =
        Self { minimum: Money::ZERO, maximum: Money::ZERO, ..Self::flat(Ratio(0)) };
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
        Self {
            maker: rate,
            taker: rate,
            per_lot: Money::ZERO,
            minimum: Money(OFF),
            maximum: Money(OFF),
            tiers: [FeeTier { volume: 0, maker: Ratio(0), taker: Ratio(0) }; FEE_TIERS],
            tier_count: 0,
            reserved: 0,
        }
    }

    /// A named schedule.
    #[must_use]
    pub const fn of(plan: FeePlan) -> Self {
        match plan {
            FeePlan::Free => Self::FREE,
            FeePlan::Standard => Self::STANDARD,
            FeePlan::Vip1 => Self::VIP1,
            FeePlan::Vip2 => Self::VIP2,
        }
    }

    /// The first field that has no valid value.
    #[must_use]
    pub fn invalid(&self) -> Option<SimulationField> {
        let is_rate = |rate: Ratio| rate.0.unsigned_abs() <= Ratio::ONE.unsigned_abs();
        let count = usize::try_from(self.tier_count).unwrap_or(usize::MAX);
        let (used, unused) = self.tiers.split_at_checked(count).unwrap_or((&self.tiers, &[]));
        let rise = used.is_sorted_by(|a, b| a.volume < b.volume)
            && used.first().is_none_or(|tier| tier.volume > 0)
            && unused.iter().all(|tier| *tier == FeeTier::default());
        let makers = used.iter().all(|tier| is_rate(tier.maker)) && is_rate(self.maker);
        let takers = used.iter().all(|tier| is_rate(tier.taker)) && is_rate(self.taker);
        [
            (makers, SimulationField::Maker),
            (takers, SimulationField::Taker),
            (self.minimum.0 >= OFF, SimulationField::Minimum),
            (self.maximum.0 >= OFF, SimulationField::Maximum),
            (count <= FEE_TIERS, SimulationField::TierCount),
            (rise, SimulationField::TierVolume),
            (self.reserved == 0, SimulationField::FeesReserved),
        ]
        .into_iter()
        .find_map(|(holds, field)| if holds { None } else { Some(field) })
    }

    /// Feeds every field.
    pub(super) fn feed(&self, hash: &mut Hash64) {
        for word in [self.maker.0, self.taker.0, self.per_lot.0, self.minimum.0, self.maximum.0] {
            hash.i64(word);
        }
        for tier in &self.tiers {
            hash.word(tier.volume);
            hash.i64(tier.maker.0);
            hash.i64(tier.taker.0);
        }
        hash.u32(self.tier_count);
    }

    /// The fee of an execution of `lots` worth `value` (their signs do not matter), rounded
    /// towards plus infinity: the trader pays more or is given less. Unknown liquidity pays the
    /// dearer rate. `volume` is what was traded in 30 days, in the units of the tiers; it is read
    /// when there are tiers.
    ///
    /// Cost: O(tiers). A multiplication while maker and taker are all there is, the value and the
    /// rate are not negative and their product is below 2^64; else one 128-bit division.
    ///
    /// # Errors
    /// [`RangeError`] when the fee does not fit 64 bits.
    #[inline]
    pub fn fee(
        &self,
        value: Money,
        lots: Lots,
        liquidity: Liquidity,
        volume: u64,
    ) -> Result<Money, RangeError> {
        match self.fee_lean(value, liquidity) {
            Some(fee) => Ok(fee),
            None => self.fee_exact(value, lots, liquidity, volume).ok_or(RangeError),
        }
    }

    /// The fee in 64 bits; `None` when that may not do, when the liquidity is not known, and unless
    /// maker and taker are all there is.
    #[inline]
    pub(crate) fn fee_lean(&self, value: Money, liquidity: Liquidity) -> Option<Money> {
        let bounds = !(self.minimum.0 & self.maximum.0);
        let rate = match liquidity {
            Liquidity::Maker => self.maker,
            Liquidity::Taker => self.taker,
            Liquidity::Unknown => return None,
        };
        if self.per_lot.0 | bounds | i64::from(self.tier_count) != 0 {
            return None;
        }
        // A negative factor leads beyond 63 bits, or to 0.
        let (value, rate) = (value.0.cast_unsigned(), rate.0.cast_unsigned());
        let parts = u128::from(value).wrapping_mul(u128::from(rate));
        if parts >> 63 != 0 {
            return None;
        }
        let parts = u64::try_from(parts).ok()?.wrapping_add(999_999_999);
        Some(Money(parts.wrapping_div(1_000_000_000).cast_signed()))
    }

    /// The rates of maker and taker for this volume of 30 days: those of the last tier that it
    /// reaches.
    #[inline]
    #[must_use]
    pub fn rates(&self, volume: u64) -> (Ratio, Ratio) {
        if self.tier_count == 0 {
            return (self.maker, self.taker);
        }
        let count = usize::try_from(self.tier_count).unwrap_or(FEE_TIERS);
        let reached = self.tiers.iter().take(count).take_while(|tier| tier.volume <= volume);
        reached.last().map_or((self.maker, self.taker), |tier| (tier.maker, tier.taker))
    }

    /// The fee; `None` when it does not fit.
    #[cold]
    #[inline(never)]
    pub(super) fn fee_exact(
        &self,
        value: Money,
        lots: Lots,
        liquidity: Liquidity,
        volume: u64,
    ) -> Option<Money> {
        let (maker, taker) = self.rates(volume);
        let rate = match liquidity {
            Liquidity::Maker => maker,
            Liquidity::Taker => taker,
            Liquidity::Unknown => maker.max(taker),
        };
        let value = i128::from(value.0.unsigned_abs());
        let lots = i128::from(lots.0.unsigned_abs());
        let share = div_ceil(value.checked_mul(i128::from(rate.0))?, i128::from(Ratio::ONE))?;
        let fee = lots.checked_mul(i128::from(self.per_lot.0))?.checked_add(share)?;
        let bound = |bound: Money| Some(i128::from(bound.0)).filter(|_| bound.0 != OFF);
        let fee = bound(self.maximum).map_or(fee, |maximum| fee.min(maximum));
        let fee = bound(self.minimum).map_or(fee, |minimum| fee.max(minimum));
        i64::try_from(fee).ok().map(Money)
    }
}
