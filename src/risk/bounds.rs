//! What limits alone let pass of a LIMIT order: a few ranges, of a symbol or of a scope's book.
//!
//! Whatever passes here passes every check that looks at the order and its reference price alone,
//! at this level and all above it; what does not is judged by the whole gate. All is derived, and
//! follows the limits: neither orders nor prices change it.
#![forbid(unsafe_code)]

use super::checks::collar_distance;
use super::fold::{self, Plain, limit};
use super::grid::joint;
use super::rooms::margin_factor;
use super::{Grid, PriceGrid, ScopeLimits};
use crate::market::{Limits, Market, Symbol};
use crate::num::{Lots, Money, Nanos, OFF, Ratio, Ticks, div_floor};
use crate::status::{LimitFlag, OrderType, Reference, Side, SymbolFlag, TimeInForce};

/// The ranges of one level: 112 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Smallest quantity; `i64::MAX` when none passes.
    least: i64,
    /// Largest quantity.
    most: i64,
    /// Smallest price × quantity.
    product_min: u64,
    /// Largest one.
    product_max: u64,
    /// How far below the reference the price may lie: buys, sells.
    below: [i64; 2],
    /// How far apart the lowest and the highest price lie: buys, sells.
    band: [u64; 2],
    /// Oldest reference, nanoseconds.
    age_max: u64,
    /// Quantities are multiples of this, at least 1.
    qty_step: i64,
    /// Prices are multiples of this, at least 1, besides those of the symbol's own grid.
    price_step: i64,
    /// The quantities that pass.
    quantities: Grid,
    /// For the margin of the value: see [`super::margin_of`].
    pub margin: u64,
    /// The window of DUPLICATE; 0 when that is off.
    pub duplicates: Nanos,
    /// Fewest orders that DUPLICATE allows of a kind.
    pub duplicates_max: u32,
    /// Times in force that are permitted.
    times_in_force: u32,
}

impl Bounds {
    /// Nothing passes.
    pub const CLOSED: Self = Self {
        least: i64::MAX,
        most: 0,
        product_min: u64::MAX,
        product_max: 0,
        below: [0; 2],
        band: [0; 2],
        age_max: 0,
        qty_step: 1,
        price_step: 1,
        quantities: Grid::NONE,
        margin: 0,
        duplicates: Nanos::ZERO,
        duplicates_max: 0,
        times_in_force: 0,
    };

    /// What passes by the limits of a symbol at the root.
    #[must_use]
    pub fn of_symbol(symbol: &Symbol, scope: &ScopeLimits) -> Self {
        Self::of_level(symbol, &symbol.limits, scope, true).unwrap_or(Self::CLOSED)
    }

    /// What passes besides by the limits of a book of the symbol in a scope.
    #[must_use]
    pub fn within_book(&self, symbol: &Symbol, limits: &Limits, scope: &ScopeLimits) -> Self {
        let level = Self::of_level(symbol, limits, scope, false);
        level.and_then(|level| self.and(&level)).unwrap_or(Self::CLOSED)
    }

    fn of_level(
        symbol: &Symbol,
        limits: &Limits,
        scope: &ScopeLimits,
        is_root: bool,
    ) -> Option<Self> {
        let bit = 1_u32 << OrderType::Limit.raw();
        let permitted = limits.controls.types & scope.types & bit != 0;
        let open = permitted && !limits.has(LimitFlag::Disabled);
        let usual = !symbol.spec.has(SymbolFlag::NegativePrices);
        if !open || !usual || !symbol.conditions.phase.allows(OrderType::Limit, false) {
            return None;
        }
        let distance = collar_distance(limits, Ticks::ZERO);
        let known = limits.reference == Reference::Opposite && symbol.market.is_quoted;
        if !known && (distance.is_some() || limits.reference_age_max != OFF) {
            return None;
        }
        let (least, most) = quantities(symbol, limits, scope)?;
        let notional_max = smaller(limits.notional_max.0, scope.notional_max.0);
        let products = fold::products(&symbol.spec, (limits.notional_min, Money(notional_max)));
        let (product_min, product_max) = products?;
        let bands = [Side::Buy, Side::Sell].map(|side| fold::band(limits, side, distance));
        let [(below_buy, band_buy), (below_sell, band_sell)] = bands;
        let qty_step = limits.qty_step.0.max(1);
        let price_step = if is_root { 1 } else { limits.price_step.0.max(1) };
        Some(Self {
            least,
            most,
            product_min,
            product_max,
            below: [below_buy, below_sell],
            band: [band_buy, band_sell],
            age_max: limit(limits.reference_age_max),
            qty_step,
            price_step,
            quantities: Grid::new(qty_step, least, most),
            margin: margin_factor(limits.controls.margin_ratio)?,
            duplicates: match limits.controls.duplicate_max {
                OFF => Nanos::ZERO,
                _ => limits.controls.duplicate_window,
            },
            // Off allows all.
            duplicates_max: u32::try_from(limits.controls.duplicate_max).unwrap_or(u32::MAX),
            times_in_force: limits.controls.times_in_force & scope.times_in_force,
        })
    }

    /// What passes both.
    fn and(&self, other: &Self) -> Option<Self> {
        let (least, most) = (self.least.max(other.least), self.most.min(other.most));
        if least > most {
            return None;
        }
        let product_min = self.product_min.max(other.product_min);
        let product_max = self.product_max.min(other.product_max);
        if product_min > product_max {
            return None;
        }
        let (buy, sell) = (self.prices(Side::Buy), self.prices(Side::Sell));
        let buy = nearer(buy, other.prices(Side::Buy));
        let sell = nearer(sell, other.prices(Side::Sell));
        let qty_step = joint(self.qty_step, other.qty_step)?;
        let price_step = joint(self.price_step, other.price_step)?;
        Some(Self {
            least,
            most,
            product_min,
            product_max,
            below: [buy.0, sell.0],
            band: [buy.1, sell.1],
            age_max: self.age_max.min(other.age_max),
            qty_step,
            price_step,
            quantities: Grid::new(qty_step, least, most),
            // For every level above: it is never too little.
            margin: self.margin.max(other.margin),
            duplicates: self.duplicates.max(other.duplicates),
            duplicates_max: self.duplicates_max.min(other.duplicates_max),
            times_in_force: self.times_in_force & other.times_in_force,
        })
    }

    const fn prices(&self, side: Side) -> (i64, u64) {
        let ([buys_below, sells_below], [buys, sells]) = (self.below, self.band);
        match side {
            Side::Buy => (buys_below, buys),
            Side::Sell => (sells_below, sells),
        }
    }

    /// Whether the age of the reference, the time in force and the grid let an order pass.
    #[inline(always)] // In its only place.
    #[must_use]
    pub fn suits(&self, order: &Plain, symbol: &Symbol, time_in_force: u8, now: Nanos) -> bool {
        const _: () = assert!(TimeInForce::Fok.raw() < 32, "a bit for each");
        let time = self.times_in_force.wrapping_shr(u32::from(time_in_force)) & 1 != 0;
        // Of any age where that is off.
        time && now.0.wrapping_sub(symbol.market.stamp.0) <= self.age_max
            && self.quantities.has(order.qty.cast_unsigned())
    }

    /// The grid of a symbol's prices about this one, as it binds here.
    #[must_use]
    pub fn grid_about(&self, symbol: &Symbol, price: Ticks) -> PriceGrid {
        PriceGrid::about(symbol, price, self.price_step)
    }

    /// The largest value that the product may have in units of this scale.
    #[must_use]
    pub fn value_max(&self, scale: i64) -> u64 {
        self.product_max.saturating_mul(scale.cast_unsigned())
    }

    /// Whether the price is in range and the product not too small; the product then. That it is
    /// not too large shows by what it is worth: see [`Bounds::value_max`].
    #[inline(always)] // As above.
    #[must_use]
    pub fn admits(&self, order: &Plain, market: &Market) -> Option<i64> {
        let reference = if order.side == Side::Buy { market.ask } else { market.bid };
        let (below, band) = self.prices(order.side);
        let product = order.price.checked_mul(order.qty)?;
        let passes = fold::is_near(order.price, reference, below, band)
            && product.cast_unsigned() >= self.product_min;
        passes.then_some(product)
    }
}

/// The quantities that pass: least and most. `None` when none does.
fn quantities(symbol: &Symbol, limits: &Limits, scope: &ScopeLimits) -> Option<(i64, i64)> {
    let ratio = limits.controls.adv_ratio;
    let of_volume = match (ratio.0, symbol.conditions.volume.0) {
        (OFF, _) => Lots::MAX,
        (_, OFF) => return None,
        (ratio, volume) => {
            let product = i128::from(volume.max(0)).checked_mul(i128::from(ratio))?;
            i64::try_from(div_floor(product, i128::from(Ratio::ONE))?).unwrap_or(Lots::MAX)
        }
    };
    let most = limit(limits.qty_max.0).min(limit(scope.qty_max.0)).min(limit(Lots::MAX));
    let most = most.cast_signed().min(of_volume);
    let least = limits.qty_min.0.max(1);
    (least <= most).then_some((least, most))
}

/// The smaller of two limits that may be off.
fn smaller(a: i64, b: i64) -> i64 {
    limit(a).min(limit(b)).cast_signed()
}

/// The prices that both bands about the reference let pass.
fn nearer(a: (i64, u64), b: (i64, u64)) -> (i64, u64) {
    // At most 2^62 to either side.
    let above = |(below, band): (i64, u64)| band.wrapping_sub(below.cast_unsigned());
    let below = a.0.min(b.0);
    let above = above(a).min(above(b));
    (below, below.cast_unsigned().wrapping_add(above))
}
