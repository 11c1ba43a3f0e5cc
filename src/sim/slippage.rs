//! How far the market moves against an order: the deterministic models.
//!
//! A model gives the move as a share of the market price, in [`I64F64`] and never below zero; the
//! move in ticks is that share of |market price|, rounded up. Quotients, products and roots are
//! rounded down by less than 2^-64 each, so that a move of a whole number of ticks is not made one
//! tick larger by the arithmetic. FIXED and SPREAD round exactly for market prices below 2^33
//! ticks; above, a move less than price × 2^-64 beyond a whole tick is rounded to that tick.
//!
//! A negative parameter, spread or volatility counts as zero. Sources of the formulas: FIXED,
//! VOLUME and SPREAD are the usual ones of backtesters; SQUARE_ROOT is the square-root law of
//! market impact (Barra; Tóth and others 2011); ALMGREN is Almgren, Thum, Hauptmann, Li: "Direct
//! Estimation of Equity Market Impact" (2005).
#![forbid(unsafe_code)]

use fixed::types::I64F64;

use crate::num::{Money, Ratio, Ticks};
use crate::status::{RangeError, Side};

/// What the market and the order are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Conditions {
    /// Value of the order; its sign does not matter.
    pub order_value: Money,
    /// Value traded in the last 24 hours, in the units of `order_value`; zero when not known.
    pub volume: u64,
    /// Ask − bid as a share of their mid.
    pub spread: Ratio,
}

impl Conditions {
    /// The spread where no quotes are given: 0.02 %.
    pub const DEFAULT_SPREAD: Ratio = Ratio(200_000);

    /// Participation p: order value / 24 h volume, rounded down; `None` without a volume.
    fn participation(&self) -> Option<I64F64> {
        quotient(self.order_value.get().unsigned_abs(), self.volume)
    }
}

/// A model of slippage, with its parameters. Symmetric in side; keeps no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Slippage {
    /// f: the same share for every order.
    Fixed {
        /// f.
        share: Ratio,
    },
    /// v · min(p, p_max); without a volume, `fallback`.
    Volume {
        /// v.
        factor: Ratio,
        /// p_max: participation beyond which the share grows no more.
        participation_max: Ratio,
        /// The share where the volume is not known.
        fallback: Ratio,
    },
    /// spread / 2.
    Spread,
    /// Y · σ · √p.
    SquareRoot {
        /// Y: 0.5 to 1 in the literature.
        factor: Ratio,
        /// σ: volatility of a day.
        volatility: Ratio,
    },
    /// σ·η·ν^β + ½·σ·T·γ·ν^α·(Θ/V)^δ with ν = p/T: a temporary and a permanent part.
    Almgren {
        /// σ: volatility of a day.
        volatility: Ratio,
        /// T: how long the order is worked, in days (a day is [`Ratio::ONE`]); above zero.
        days: Ratio,
        /// Θ: value of the shares outstanding, in the units of the volume; zero switches the
        /// permanent part off.
        outstanding: u64,
    },
}

impl Slippage {
    /// FIXED with its default: 0.05 %.
    pub const FIXED: Self = Self::Fixed { share: DEFAULT_SHARE };
    /// VOLUME with its defaults: a tenth of the participation up to 5 %, so that 1 % of the
    /// volume costs 10 bp and no order more than 50 bp; 0.05 % without a volume.
    pub const VOLUME: Self = Self::Volume {
        factor: Ratio(100_000_000),
        participation_max: Ratio(50_000_000),
        fallback: DEFAULT_SHARE,
    };
    /// SPREAD.
    pub const SPREAD: Self = Self::Spread;

    /// SQUARE_ROOT with Y = 1 for this volatility of a day.
    #[must_use]
    pub const fn square_root(volatility: Ratio) -> Self {
        Self::SquareRoot { factor: Ratio(Ratio::ONE), volatility }
    }

    /// ALMGREN for this volatility of a day, worked over one day, without the permanent part.
    #[must_use]
    pub const fn almgren(volatility: Ratio) -> Self {
        Self::Almgren { volatility, days: Ratio(Ratio::ONE), outstanding: 0 }
    }

    /// The move against the order as a share of the market price: never below zero.
    ///
    /// Cost: O(1), at most three 128-bit divisions, a root, and three powers (ALMGREN). The share
    /// does not fall with the order's size; with ALMGREN, but for the last bit of a power.
    ///
    /// # Errors
    /// [`RangeError`] when the share does not fit, and when SQUARE_ROOT or ALMGREN have no
    /// volume or ALMGREN has no time: their share is then infinite.
    pub fn share(&self, conditions: &Conditions) -> Result<I64F64, RangeError> {
        match *self {
            Self::Fixed { share } => number(share),
            Self::Volume { factor, participation_max, fallback } => {
                volume(conditions, factor, participation_max, fallback)
            }
            Self::Spread => half(conditions.spread),
            Self::SquareRoot { factor, volatility } => square_root(conditions, factor, volatility),
            Self::Almgren { volatility, days, outstanding } => {
                almgren(conditions, volatility, days, outstanding)
            }
        }
        .ok_or(RangeError)
    }

    /// The price at which an order executes when the market stands at `market`.
    ///
    /// The move is rounded up to ticks, so a buy is rounded up and a sell down; the price is never
    /// better than the market. A price beyond `limit` becomes the limit; an order whose limit the
    /// market has not reached does not execute, and its price would be the limit. Negative prices
    /// move by their share of |market|. Cost: as [`Self::share`].
    ///
    /// # Errors
    /// [`RangeError`] as [`Self::share`], and when the move does not fit or the price is beyond
    /// ±[`Ticks::MAX`].
    pub fn execution_price(
        &self,
        conditions: &Conditions,
        side: Side,
        market: Ticks,
        limit: Option<Ticks>,
    ) -> Result<Ticks, RangeError> {
        let distance = ticks(self.share(conditions)?, market).ok_or(RangeError)?;
        let market = i128::from(market.get());
        let limit = limit.map(|limit| i128::from(limit.get()));
        let price = match side {
            Side::Buy => market.checked_add(distance).map(|p| limit.map_or(p, |l| p.min(l))),
            Side::Sell => market.checked_sub(distance).map(|p| limit.map_or(p, |l| p.max(l))),
        };
        let price = price.and_then(|p| i64::try_from(p).ok()).ok_or(RangeError)?;
        if price.unsigned_abs() > Ticks::MAX.unsigned_abs() {
            return Err(RangeError);
        }
        Ok(Ticks(price))
    }
}

/// Default share of FIXED, and of VOLUME without a volume: 0.05 %.
const DEFAULT_SHARE: Ratio = Ratio(500_000);

/// η: scale of ALMGREN's temporary part.
const ETA: Ratio = Ratio(142_000_000);
/// β: power of the rate of trading in the temporary part.
const BETA: Ratio = Ratio(600_000_000);
/// γ: scale of the permanent part.
const GAMMA: Ratio = Ratio(314_000_000);
/// α: power of the rate of trading in the permanent part.
const ALPHA: Ratio = Ratio(891_000_000);
/// δ: power of the inverse turnover Θ/V in the permanent part.
const DELTA: Ratio = Ratio(267_000_000);

/// v · min(p, p_max), or the fallback without a volume.
fn volume(conditions: &Conditions, factor: Ratio, max: Ratio, fallback: Ratio) -> Option<I64F64> {
    if conditions.volume == 0 {
        return number(fallback);
    }
    // A participation too large for fixed point is beyond any p_max.
    let max = number(max)?;
    let participation = conditions.participation().map_or(max, |p| p.min(max));
    number(factor)?.checked_mul(participation)
}

/// Y · σ · √p.
fn square_root(conditions: &Conditions, factor: Ratio, volatility: Ratio) -> Option<I64F64> {
    let root = conditions.participation()?.checked_sqrt()?;
    number(factor)?.checked_mul(number(volatility)?)?.checked_mul(root)
}

/// σ·η·ν^β + ½·σ·T·γ·ν^α·(Θ/V)^δ, ν = p/T; Almgren and others 2005, with their estimates.
fn almgren(
    conditions: &Conditions,
    volatility: Ratio,
    days: Ratio,
    outstanding: u64,
) -> Option<I64F64> {
    let sigma = number(volatility)?;
    let days = number(days)?;
    let rate = conditions.participation()?.checked_div(days)?;
    let temporary = sigma.checked_mul(number(ETA)?)?.checked_mul(power(rate, BETA)?)?;
    if outstanding == 0 {
        return Some(temporary);
    }
    let turnover = power(quotient(outstanding, conditions.volume)?, DELTA)?;
    let permanent = sigma
        .checked_mul(days)?
        .checked_mul(half(GAMMA)?)?
        .checked_mul(power(rate, ALPHA)?)?
        .checked_mul(turnover)?;
    temporary.checked_add(permanent)
}

/// base^exponent for base and exponent at or above zero, to about 53 bits.
fn power(base: I64F64, exponent: Ratio) -> Option<I64F64> {
    let exponent = number(exponent)?.to_num::<f64>();
    I64F64::checked_from_num(libm::pow(base.to_num::<f64>(), exponent))
}

/// A ratio as a number, rounded down; a negative one is zero.
fn number(ratio: Ratio) -> Option<I64F64> {
    quotient(not_negative(ratio), Ratio::ONE.unsigned_abs())
}

/// Half of a ratio as a number, rounded down; a negative one is zero.
fn half(ratio: Ratio) -> Option<I64F64> {
    quotient(not_negative(ratio), const { 2 * Ratio::ONE.unsigned_abs() })
}

/// The integer of a ratio, zero for a negative one.
fn not_negative(ratio: Ratio) -> u64 {
    u64::try_from(ratio.get()).unwrap_or(0)
}

/// a / b rounded down to 2^-64; `None` for b = 0 and for 2^63 and more.
fn quotient(a: u64, b: u64) -> Option<I64F64> {
    let bits = (u128::from(a) << I64F64::FRAC_NBITS).checked_div(u128::from(b))?;
    i128::try_from(bits).ok().map(I64F64::from_bits)
}

/// |market| × share in ticks, rounded up. The product of an integer and a share is exact.
fn ticks(share: I64F64, market: Ticks) -> Option<i128> {
    let market = I64F64::checked_from_num(market.get().unsigned_abs())?;
    market.checked_mul(share)?.checked_ceil()?.checked_to_num::<i128>()
}
