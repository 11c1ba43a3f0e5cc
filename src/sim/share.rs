//! How far each model moves the price: exact, or rounded down by less than a part in 10^18.
//!
//! Sources: FIXED, VOLUME, SPREAD and REALISTIC are the usual ones of backtesters; VOLUME_SHARE is
//! zipline's VolumeShareSlippage (LEAN has the same); SQUARE_ROOT and ALMGREN: `impact.rs`.
#![forbid(unsafe_code)]

use super::impact::{almgren, square_root};
use super::{SlippageConfig, SlippageOrder, draw, normal};
use crate::num::Ratio;
use crate::status::{RangeError, SlippageModel, Status};

/// A share of the market price, never below zero: parts per 10^9 with 28 binary places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Share(u128);

impl Share {
    /// Binary places behind the parts per 10^9.
    pub const PLACES: u32 = 28;
    /// The whole price.
    pub const ONE: u128 = 1_000_000_000 << Self::PLACES;

    /// The share with these bits.
    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// Its bits.
    #[must_use]
    pub const fn to_bits(self) -> u128 {
        self.0
    }

    /// A ratio, exact. Negative ones are out of range, as in all that follows.
    fn of(ratio: Ratio) -> Result<Self, RangeError> {
        Ok(Self(whole(ratio)? << Self::PLACES))
    }

    /// Half of a ratio, exact.
    fn half_of(ratio: Ratio) -> Result<Self, RangeError> {
        Ok(Self(whole(ratio)? << 27))
    }

    /// ratio × p for a p of 64 binary places, rounded down.
    fn product(ratio: Ratio, p: u128) -> Result<Self, RangeError> {
        Ok(Self(whole(ratio)?.checked_mul(p).ok_or(RangeError)? >> 36))
    }

    fn plus(self, other: Self) -> Result<Self, RangeError> {
        self.0.checked_add(other.0).map(Self).ok_or(RangeError)
    }
}

fn whole(ratio: Ratio) -> Result<u128, RangeError> {
    u128::try_from(ratio.0).map_err(|_| RangeError)
}

/// Participation: size / volume with 64 binary places, rounded down; `None` without a volume.
pub(super) fn participation(size: u64, volume: u64) -> Option<u128> {
    (u128::from(size) << 64).checked_div(u128::from(volume))
}

/// The same as REALISTIC takes it: with 32 binary places, of a volume whose 32 leading digits are
/// taken and raised by one, so that 64 bits do while the size is below the volume; 0 without one.
fn participation_short(size: u64, volume: u64) -> u128 {
    let zeros = volume.leading_zeros();
    let leading = u128::from(volume.wrapping_shl(zeros) >> 32).wrapping_add(1);
    let p = (u128::from(size) << (zeros & 63)).checked_div(leading);
    p.filter(|_| volume != 0).unwrap_or(0)
}

/// The participation or, when it is less, participation_max; it is that without a volume.
fn bounded(p: Option<u128>, most: Ratio) -> Result<u128, RangeError> {
    let most = (whole(most)? << 64).wrapping_div(1_000_000_000);
    Ok(p.map_or(most, |p| p.min(most)))
}

impl SlippageConfig {
    /// How far the price moves against the order, as a share of the market price: for SPREAD and
    /// REALISTIC beyond the opposite best where quotes are given, else from the price.
    ///
    /// Parts that are no decimal are rounded down by less than 10^-18, and by less than 10^-15 of
    /// themselves (ALMGREN), so that a move of whole ticks is not made one tick larger by the
    /// arithmetic. Cost: O(1); two 128-bit divisions at most, a root, three powers (ALMGREN).
    ///
    /// # Errors
    /// `Enum` for an unknown model; `State` for DEPTH, which has its own function; `Range` for a
    /// negative parameter, a share that does not fit, SQUARE_ROOT or ALMGREN without a volume.
    pub fn share(&self, order: &SlippageOrder) -> Result<Share, Status> {
        let model = SlippageModel::from_raw(self.model).ok_or(Status::Enum)?;
        let p = participation(order.size, order.volume);
        let share = match model {
            SlippageModel::Fixed => Share::of(self.share)?,
            SlippageModel::Volume if p.is_none() => Share::of(self.share)?,
            SlippageModel::Volume => {
                Share::product(self.factor, bounded(p, self.participation_max)?)?
            }
            SlippageModel::Spread => self.half_spread(order)?,
            SlippageModel::Realistic => self.realistic(order)?,
            SlippageModel::VolumeShare => {
                let p = bounded(p, self.participation_max)?;
                Share::product(self.factor, p.checked_mul(p).ok_or(RangeError)? >> 64)?
            }
            SlippageModel::SquareRoot => square_root(self, order).ok_or(RangeError)?,
            SlippageModel::Almgren => almgren(self, order).ok_or(RangeError)?,
            SlippageModel::Depth => return Err(Status::State),
        };
        Ok(share)
    }

    /// Half the spread, where it is not that of quotes.
    fn half_spread(&self, order: &SlippageOrder) -> Result<Share, RangeError> {
        if order.is_quoted() { Ok(Share::default()) } else { Share::half_of(self.spread) }
    }

    /// spread / 2 + m p + N(0, s), at least 0. Without a volume m p is left out.
    fn realistic(&self, order: &SlippageOrder) -> Result<Share, RangeError> {
        let p = participation_short(order.size, order.volume);
        let impact = whole(self.impact)?.checked_mul(p).ok_or(RangeError)? >> 4;
        let move_on = self.half_spread(order)?.plus(Share(impact))?.0;
        let noise = i128::try_from(whole(self.noise)?).map_err(|_| RangeError)?;
        let noise = i128::from(normal(draw(self.seed, order.number))).wrapping_mul(noise);
        let sum = i128::try_from(move_on).ok().and_then(|move_on| move_on.checked_add(noise));
        let sum = sum.ok_or(RangeError)?;
        Ok(Share(u128::try_from(sum).unwrap_or(0)))
    }
}
