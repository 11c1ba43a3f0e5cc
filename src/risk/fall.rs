//! A fall of the equity beyond a limit.
#![forbid(unsafe_code)]

use super::figures::share;
use crate::num::{Money, OFF, Ratio, div_floor};
use crate::status::{Cause, Unit};

/// A breach of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    pub(super) cause: Cause,
    pub(super) unit: Unit,
    pub(super) limit: i64,
    pub(super) observed: i64,
}

impl Breach {
    /// Of a count and its limit.
    pub(super) fn of_count(cause: Cause, limit: u32, seen: u32) -> Self {
        let (limit, observed) = (i64::from(limit), i64::from(seen));
        Self { cause, unit: Unit::Count, limit, observed }
    }
}

/// A fall from `base` to `equity` beyond a limit, compared by cross multiplication. With a ratio
/// limit on, nothing left is a breach whatever the limit is.
pub(super) fn beyond(
    cause: Cause,
    base: Money,
    equity: Money,
    ratio: Ratio,
    money: Money,
) -> Option<Breach> {
    let fall = i128::from(base.0).saturating_sub(i128::from(equity.0));
    if ratio.0 != OFF {
        let parts = fall.saturating_mul(i128::from(Ratio::ONE));
        let allowed = i128::from(ratio.0).saturating_mul(i128::from(base.0));
        if equity.0 <= 0 || parts > allowed {
            let observed = share(base, equity).unwrap_or(Ratio(Ratio::ONE)).0;
            return Some(Breach { cause, unit: Unit::Ratio, limit: ratio.0, observed });
        }
    }
    if money.0 != OFF && fall > i128::from(money.0) {
        let observed = i64::try_from(fall).unwrap_or(i64::MAX);
        return Some(Breach { cause, unit: Unit::Money, limit: money.0, observed });
    }
    None
}

/// The lowest equity that is not [`beyond`] these limits, if any is on.
pub(super) fn lowest(base: Money, ratio: Ratio, money: Money) -> Option<i128> {
    let (base, one) = (i128::from(base.0), i128::from(Ratio::ONE));
    let by_ratio = (ratio.0 != OFF).then(|| {
        let parts = i128::from(ratio.0).saturating_mul(base);
        base.saturating_sub(div_floor(parts, one).unwrap_or(0)).max(1)
    });
    by_ratio.max((money.0 != OFF).then(|| base.saturating_sub(i128::from(money.0))))
}
