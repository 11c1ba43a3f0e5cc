//! How much of an order a bar fills.
#![forbid(unsafe_code)]

use super::SlippageConfig;
use crate::num::Lots;

/// zipline's volume limit: of a bar that trades `volume` lots at most participation_max of them,
/// rounded down, are filled; `done` of these are gone. What an order of `qty` gets of the rest.
///
/// Nothing for a quantity or participation_max of 0 or less. Cost: O(1).
#[must_use]
pub fn fill_max(config: &SlippageConfig, volume: u64, done: u64, qty: Lots) -> Lots {
    let share = u128::try_from(config.participation_max.0).unwrap_or(0);
    let most = u128::from(volume).wrapping_mul(share).wrapping_div(WHOLE);
    let left = most.saturating_sub(u128::from(done));
    let left = i64::try_from(left).unwrap_or(i64::MAX);
    Lots(qty.0.clamp(0, left))
}

/// A participation of 1.
const WHOLE: u128 = 1_000_000_000;
