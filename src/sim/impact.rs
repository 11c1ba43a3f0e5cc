//! The models with roots and powers.
//!
//! SQUARE_ROOT is the square-root law of market impact (Barra 1997; Tóth and others 2011). ALMGREN
//! is Almgren, Thum, Hauptmann, Li: "Direct Estimation of Equity Market Impact" (2005), with their
//! estimates. Fixed point with 64 binary places, rounded down at each step; powers by libm's pow,
//! to about 53 bits.
#![forbid(unsafe_code)]

use fixed::types::I64F64;

use super::share::participation;
use super::{Share, SlippageConfig, SlippageOrder};
use crate::num::Ratio;

/// η: scale of ALMGREN's temporary part.
const ETA: Ratio = Ratio(142_000_000);
/// β: power of the rate of trading in the temporary part.
const BETA: Ratio = Ratio(600_000_000);
/// γ / 2: half the scale of the permanent part.
const HALF_GAMMA: Ratio = Ratio(157_000_000);
/// α: power of the rate of trading in the permanent part.
const ALPHA: Ratio = Ratio(891_000_000);
/// δ: power of the inverse turnover Θ/V in the permanent part.
const DELTA: Ratio = Ratio(267_000_000);

/// Y · σ · √p; `None` when it does not fit or there is no volume.
pub(super) fn square_root(config: &SlippageConfig, order: &SlippageOrder) -> Option<Share> {
    let root = quotient(order.size, order.volume)?.checked_sqrt()?;
    let factor = number(config.factor)?.checked_mul(number(config.volatility)?)?;
    share(factor.checked_mul(root)?)
}

/// σ·η·ν^β + ½·σ·T·γ·ν^α·(Θ/V)^δ, ν = p/T; `None` as above, and without time.
pub(super) fn almgren(config: &SlippageConfig, order: &SlippageOrder) -> Option<Share> {
    let sigma = number(config.volatility)?;
    let days = number(config.days)?;
    let rate = quotient(order.size, order.volume)?.checked_div(days)?;
    let temporary = sigma.checked_mul(number(ETA)?)?.checked_mul(power(rate, BETA)?)?;
    if config.outstanding == 0 {
        return share(temporary);
    }
    let turnover = power(quotient(config.outstanding, order.volume)?, DELTA)?;
    let permanent = sigma
        .checked_mul(days)?
        .checked_mul(number(HALF_GAMMA)?)?
        .checked_mul(power(rate, ALPHA)?)?
        .checked_mul(turnover)?;
    share(temporary.checked_add(permanent)?)
}

/// base^exponent for base and exponent at or above zero, to about 53 bits.
fn power(base: I64F64, exponent: Ratio) -> Option<I64F64> {
    let exponent = number(exponent)?.to_num::<f64>();
    I64F64::checked_from_num(libm::pow(base.to_num::<f64>(), exponent))
}

/// A ratio as a number, rounded down; `None` for a negative one.
fn number(ratio: Ratio) -> Option<I64F64> {
    quotient(u64::try_from(ratio.0).ok()?, Ratio::ONE.unsigned_abs())
}

/// a / b rounded down to 2^-64; `None` for b = 0 and for 2^63 and more.
fn quotient(a: u64, b: u64) -> Option<I64F64> {
    i128::try_from(participation(a, b)?).ok().map(I64F64::from_bits)
}

/// A number that is not negative as a share, rounded down.
fn share(number: I64F64) -> Option<Share> {
    let bits = u128::try_from(number.to_bits()).ok()?.checked_mul(1_000_000_000)?;
    Some(Share::from_bits(bits >> 36))
}
