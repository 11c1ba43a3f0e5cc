//! Whether an order is too large for the market.
#![forbid(unsafe_code)]

use super::SlippageConfig;
use crate::num::{OFF, Ratio};
use crate::status::{RangeError, SizeCode, Status};

/// What is said of the size of an order, with the numbers it is said by. Ratios are parts per
/// 10^9, rounded up; what would not fit is `INT64_MAX`, and 0 what is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct OrderSize {
    /// p: size / volume.
    pub participation: Ratio,
    /// Largest p: participation_max.
    pub participation_max: Ratio,
    /// spread / 2 + impact × p: what it costs at worst.
    pub estimate: Ratio,
    /// Largest estimate, as it was given.
    pub estimate_max: Ratio,
    /// OMS_SIZE_*.
    pub code: u32,
    /// Zero.
    pub reserved: u32,
}

impl SlippageConfig {
    /// spread / 2 + m p: the estimate of what an order costs at worst, whatever the model is, as a
    /// share of the price, exact but for being rounded up. Noise is left out, and p is not bounded.
    /// Cost: a 128-bit division.
    ///
    /// # Errors
    /// [`RangeError`] without a volume, for a negative parameter and for what does not fit.
    pub fn worst_case(&self, size: u64, volume: u64) -> Result<Ratio, RangeError> {
        let spread = u128::try_from(self.spread.0).map_err(|_| RangeError)?;
        let impact = u128::try_from(self.impact.0).map_err(|_| RangeError)?;
        let twice = u128::from(volume) << 1;
        spread
            .checked_mul(u128::from(volume))
            .zip(impact.checked_mul(u128::from(size) << 1))
            .and_then(|(half, rest)| half.checked_add(rest))
            .filter(|_| volume != 0)
            .and_then(|parts| i64::try_from(parts.div_ceil(twice)).ok())
            .map(Ratio)
            .ok_or(RangeError)
    }

    /// Whether an order of this size suits a market of this volume: `NoVolume` for a volume of 0,
    /// `TooLarge` for p above participation_max, `SlippageTooHigh` for an estimate of the worst
    /// case above `estimate_max` ([`OFF`]: none); exact, what equals its maximum passes. The first
    /// of these that applies is named, and all numbers are given. Cost: O(1).
    ///
    /// # Errors
    /// `Range` for negative parameters.
    pub fn size(&self, size: u64, volume: u64, estimate_max: Ratio) -> Result<OrderSize, Status> {
        if self.spread.0 < 0 || self.impact.0 < 0 || self.participation_max.0 < 0 {
            return Err(Status::Range);
        }
        let mut said = OrderSize {
            participation_max: self.participation_max,
            estimate_max,
            ..Default::default()
        };
        if volume == 0 {
            said.code = SizeCode::NoVolume.raw();
            return Ok(said);
        }
        let parts = u128::from(size).wrapping_mul(u128::from(Ratio::ONE.unsigned_abs()));
        let parts = parts.div_ceil(u128::from(volume));
        said.participation = Ratio(i64::try_from(parts).unwrap_or(i64::MAX));
        said.estimate = self.worst_case(size, volume).unwrap_or(Ratio(i64::MAX));
        let code = if said.participation > self.participation_max {
            SizeCode::TooLarge
        } else if estimate_max.0 != OFF && said.estimate > estimate_max {
            SizeCode::SlippageTooHigh
        } else {
            SizeCode::Ok
        };
        said.code = code.raw();
        Ok(said)
    }
}
