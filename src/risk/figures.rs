//! What of a breaker follows the equity from one price to the next.
#![forbid(unsafe_code)]

use crate::num::{Money, Ratio, div_ceil, div_floor};

/// Equity, its peak, and how far it fell below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Equity, once it is known.
    pub equity: Option<Money>,
    /// Highest equity.
    pub peak: Money,
    /// The drawdown counts from here: the peak, or the equity at the last reset after one.
    pub drawdown_base: Money,
    /// Largest drawdown so far.
    pub drawdown_max: Ratio,
}

impl Figures {
    /// Before the equity is known.
    pub const NONE: Self = Self {
        equity: None,
        peak: Money::ZERO,
        drawdown_base: Money::ZERO,
        drawdown_max: Ratio::ZERO,
    };

    /// The equity is this now.
    pub fn follow(&mut self, equity: Money) {
        self.equity = Some(equity);
        self.peak = self.peak.max(equity);
        self.drawdown_base = self.drawdown_base.max(equity);
        if equity < self.peak {
            let drawdown = share(self.peak, equity).unwrap_or_default();
            self.drawdown_max = self.drawdown_max.max(drawdown);
        }
    }

    /// The lowest equity, money units, at which the largest drawdown is not larger.
    #[must_use]
    pub fn deepest(&self) -> i128 {
        if self.peak <= Money::ZERO {
            return i128::from(i64::MIN);
        }
        let peak = i128::from(self.peak.0);
        let parts = i128::from(self.drawdown_max.0).saturating_mul(peak);
        peak.saturating_sub(div_floor(parts, i128::from(Ratio::ONE)).unwrap_or(0))
    }
}

/// (peak - equity) / peak, rounded up; `None` without a positive peak.
pub(super) fn share(peak: Money, equity: Money) -> Option<Ratio> {
    let fall = i128::from(peak.0).checked_sub(i128::from(equity.0))?;
    let parts = fall.checked_mul(i128::from(Ratio::ONE))?;
    i64::try_from(div_ceil(parts, i128::from(peak.0))?).ok().map(Ratio)
}
