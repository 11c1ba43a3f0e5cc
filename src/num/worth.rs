//! Magnitudes of values, for limits in money: bounded, so that their sums always fit.
#![forbid(unsafe_code)]

use super::{Lots, TickLots, Ticks};

/// No magnitude is larger: what would be counts as this, which is beyond every limit. 2^24 of them
/// add up.
pub const VALUE_MAX: i128 = 1 << 100;

/// The number, or the bound of its sign.
#[must_use]
pub fn capped(value: i128) -> i128 {
    value.clamp(-VALUE_MAX, VALUE_MAX)
}

impl Ticks {
    /// |price × quantity|, at most [`VALUE_MAX`].
    #[must_use]
    pub fn worth(self, lots: Lots) -> TickLots {
        capped(self.times(lots)).saturating_abs()
    }
}
