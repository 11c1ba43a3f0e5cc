//! What the checks come to for a plain order of one symbol and side: a few ranges.
//!
//! A plain order is MARKET or LIMIT without any feature. Whatever passes here passes every check
//! that looks at the symbol; what does not is judged, and explained, by the plain gate.
#![forbid(unsafe_code)]

use super::checks::{collar_distance, on_grid};
use crate::market::{Limits, Market, Price, Spec, Symbol};
use crate::num::{Money, Nanos, OFF, Ticks};
use crate::status::{LimitFlag, Reference, Side, SymbolFlag};

/// Room that one more order takes in its scope: an order.
pub(crate) const ORDER: u32 = 1;
/// Room that one more order takes in its scope: a position.
pub(crate) const POSITION: u32 = 2;
/// Room that one more order takes in the table of positions.
pub(crate) const RECORD: u32 = 4;

/// Prices and quantities go to multiples of a step.
const STEPS: u32 = 1;
/// Prices may be negative.
const SIGNED: u32 = 2;
/// The reference is not the opposite best.
const OTHER: u32 = 4;
/// The collar depends on the reference.
const RATIO: u32 = 8;
/// There is no collar.
const NO_COLLAR: u32 = 16;
/// The reference may be of any age.
const NO_AGE: u32 = 32;
/// Positions stand side by side.
const HEDGED: u32 = 64;
/// An order with a price needs no reference.
const FREE: u32 = NO_COLLAR | NO_AGE;

/// Beyond any distance of two prices.
const FAR: i64 = 1 << 62;
/// No price lies so far below another.
const NEVER: i64 = -FAR;
/// Products beyond are left to the plain gate. No price is beyond it, nor any quantity.
const PRODUCT_MAX: i64 = 1 << 60;

/// A plain order as its symbol sees it.
#[derive(Clone, Copy, Debug)]
pub struct Plain {
    /// Lots, of any value.
    pub qty: i64,
    /// Price, of any value; 0 at the market.
    pub price: i64,
    /// Side.
    pub side: Side,
    /// Whether it is a LIMIT order.
    pub limit: bool,
}

/// The ranges of one symbol and side: 64 bytes. All are derived: the limits set most of them, and
/// what works and is open the quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Smallest quantity; `i64::MAX` when none passes.
    least: i64,
    /// Largest quantity less that.
    span: u64,
    /// Smallest price × quantity.
    product_min: u64,
    /// Largest price × quantity less that.
    product_span: u64,
    /// How far below the reference the price of a LIMIT order may lie; [`NEVER`] with anything
    /// unusual, and before the first quote.
    below: i64,
    /// How far apart the lowest and the highest price lie.
    band: u64,
    /// Oldest reference, nanoseconds.
    age_max: u64,
    /// Room that one more order takes: [`ORDER`], [`POSITION`], [`RECORD`].
    pub(crate) needs: u32,
    /// What is unusual.
    unusual: u32,
}

const _: () = assert!(size_of::<Fold>() == 64, "one cache line");

/// A range of quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The smallest one.
    least: i64,
    /// The largest one less that.
    span: u64,
}

impl Span {
    /// Whether a quantity is in the range.
    #[inline]
    #[must_use]
    pub const fn has(&self, qty: i64) -> bool {
        qty.wrapping_sub(self.least).cast_unsigned() <= self.span
    }
}

/// A limit as an unsigned number: off is beyond everything.
pub(super) const fn limit(value: i64) -> u64 {
    value.cast_unsigned()
}

impl Fold {
    /// Nothing passes: no product of two numbers lies in the range.
    pub const CLOSED: Self = Self {
        least: i64::MAX,
        span: 0,
        product_min: u64::MAX,
        product_span: 0,
        below: 0,
        band: 0,
        age_max: 0,
        needs: 0,
        unusual: 0,
    };

    /// The ranges that the limits alone set; no quantity passes yet.
    #[must_use]
    pub fn new(symbol: &Symbol, side: Side) -> Self {
        let (spec, limits) = (&symbol.spec, &symbol.limits);
        let of = (limits.notional_min, limits.notional_max);
        let Some((least, most)) = products(spec, of) else { return Self::CLOSED };
        let distance = collar_distance(limits, Ticks::ZERO);
        let ratio = limits.collar_ratio.0 > 0;
        let flags = [
            (STEPS, limits.qty_step.0 > 1 || limits.price_step.0 > 1),
            (SIGNED, spec.has(SymbolFlag::NegativePrices)),
            (OTHER, limits.reference != Reference::Opposite),
            (RATIO, ratio),
            (NO_COLLAR, distance.is_none()),
            (NO_AGE, limits.reference_age_max == OFF),
            (HEDGED, spec.has(SymbolFlag::Hedged)),
        ];
        let unusual = flags.iter().filter(|(_, holds)| *holds).fold(0, |all, (flag, _)| all | flag);
        // Where there is a collar a reference of any age is nothing unusual.
        let unusual = if unusual & NO_COLLAR == 0 { unusual & !NO_AGE } else { unusual };
        let usual = unusual == 0 && symbol.market.quoted_at().is_some();
        let (below, band) = if usual { band(limits, side, distance) } else { (NEVER, 0) };
        Self {
            product_min: least,
            product_span: most.wrapping_sub(least),
            below,
            band,
            age_max: limit(limits.reference_age_max),
            unusual,
            ..Self::CLOSED
        }
    }

    /// The quantities that pass, none when the smallest is beyond the largest.
    #[inline]
    pub(super) fn set_room(&mut self, least: i64, most: i64) {
        let none = least > most;
        self.least = if none { i64::MAX } else { least };
        self.span = if none { 0 } else { most.wrapping_sub(least).cast_unsigned() };
    }

    /// Largest quantity; beyond any when none passes.
    #[inline]
    pub(super) const fn largest(&self) -> i64 {
        self.least.wrapping_add(self.span.cast_signed())
    }

    /// One more quantity is taken of those that pass: at most `most` passes, none when that is less
    /// than the smallest.
    #[inline]
    pub(super) fn lower(&mut self, most: i64) {
        if most < self.least {
            (self.least, self.span) = (i64::MAX, 0);
        } else {
            self.span = self.span.min(most.wrapping_sub(self.least).cast_unsigned());
        }
    }

    /// Whether anything about the symbol is unusual.
    #[inline]
    #[must_use]
    pub const fn is_unusual(&self) -> bool {
        self.unusual != 0
    }

    /// Whether a LIMIT order passes every check that looks at the symbol, when its reference is
    /// not stale. None does when anything about the symbol is unusual, and before its first quote.
    #[inline(always)] // In the one place for each side.
    #[must_use]
    pub fn admits_limit(&self, order: &Plain, market: &Market) -> bool {
        let reference = if order.side == Side::Buy { market.ask } else { market.bid };
        is_near(order.price, reference, self.below, self.band) && self.takes(order.price, order.qty)
    }

    /// Whether the age of the reference counts.
    #[inline]
    pub(super) const fn is_dated(&self) -> bool {
        self.age_max != u64::MAX
    }

    /// Whether the quantity of an order that is valued at this price, and its value, are in their
    /// ranges.
    #[inline]
    #[must_use]
    pub fn takes(&self, price: i64, qty: i64) -> bool {
        let Some(product) = price.checked_mul(qty) else { return false };
        qty.wrapping_sub(self.least).cast_unsigned() <= self.span
            && product.cast_unsigned().wrapping_sub(self.product_min) <= self.product_span
    }

    /// Which quantities above 0 [`Fold::takes`] at a price above 0; `None` when there are none, and
    /// at other prices.
    #[must_use]
    pub fn lots_at(&self, price: i64) -> Option<Span> {
        let price = u64::try_from(price).ok()?;
        let product_max = self.product_min.saturating_add(self.product_span);
        let most = product_max.min(i64::MAX.cast_unsigned()).checked_div(price)?;
        let fewest = self.product_min.checked_next_multiple_of(price)?.checked_div(price)?;
        let last = i128::from(self.least).saturating_add(i128::from(self.span));
        let last = i64::try_from(last.min(i128::from(most))).ok()?;
        let least = i64::try_from(fewest).ok()?.max(self.least).max(1);
        let span = u64::try_from(last.checked_sub(least)?).ok()?;
        Some(Span { least, span })
    }

    /// At which price an order at the market is valued now, when nothing but its quantity and value
    /// decides whether it passes every check that looks at the symbol: see [`Fold::takes`].
    #[must_use]
    pub fn market_price(&self, side: Side, symbol: &Symbol, now: Nanos) -> Option<i64> {
        let limits = &symbol.limits;
        let reference = symbol.market.reference(limits.reference, side)?;
        let order = Plain { qty: 0, price: 0, side, limit: false };
        let price = valued(&order, limits, Some(reference))?;
        let fresh = now.0.wrapping_sub(reference.at.0) <= self.age_max;
        (fresh && self.unusual & (STEPS | SIGNED) == 0).then_some(price)
    }

    /// As [`Fold::admits_limit`], for any plain order and symbol: at the market, with steps, signed
    /// prices, a collar that is none or a share, or another reference.
    #[must_use]
    pub fn admits(&self, order: &Plain, symbol: &Symbol, now: Nanos) -> bool {
        let limits = &symbol.limits;
        let reference = symbol.market.reference(limits.reference, order.side);
        let free = self.unusual & FREE == FREE;
        let fresh = |reference: Price| now.0.wrapping_sub(reference.at.0) <= self.age_max;
        let known = reference.map_or(free && order.limit, fresh);
        let steps = self.unusual & STEPS == 0
            || (on_grid(order.price, limits.price_step.0) && on_grid(order.qty, limits.qty_step.0));
        let Some(price) = valued(order, limits, reference) else { return false };
        let price = if self.unusual & SIGNED == 0 { price } else { price.saturating_abs() };
        known && steps && self.takes(price, order.qty)
    }
}

#[inline]
pub(super) fn is_near(price: i64, reference: Ticks, below: i64, band: u64) -> bool {
    price.wrapping_sub(reference.0).wrapping_add(below).cast_unsigned() <= band
}

/// The price at which an order is valued, if its own one is right.
fn valued(order: &Plain, limits: &Limits, reference: Option<Price>) -> Option<i64> {
    let Some(Price { ticks, .. }) = reference else { return Some(order.price) };
    let distance = collar_distance(limits, ticks);
    if order.limit {
        let (below, band) = band(limits, order.side, distance);
        return is_near(order.price, ticks, below, band).then_some(order.price);
    }
    let distance = distance.map_or(0, |distance| distance.0.min(FAR / 2));
    let edge = match order.side {
        Side::Buy => ticks.0.saturating_add(distance),
        Side::Sell => ticks.0,
    };
    let larger = if edge.unsigned_abs() > ticks.0.unsigned_abs() { edge } else { ticks.0 };
    (order.price == 0).then_some(larger)
}

/// Whether a quote is too old, or younger than this time.
#[inline]
#[must_use]
pub(crate) const fn is_stale(symbol: &Symbol, now: Nanos) -> bool {
    now.0.wrapping_sub(symbol.market.stamp.0) > limit(symbol.limits.reference_age_max)
}

/// Where prices may lie about the reference: how far below it, and how far from there.
pub(super) fn band(limits: &Limits, side: Side, distance: Option<Ticks>) -> (i64, u64) {
    let near = distance.map_or(FAR, |distance| distance.0.min(FAR / 2));
    let far = if limits.has(LimitFlag::CollarBothSides) { near } else { FAR };
    let (below, above) = match side {
        Side::Buy => (far, near),
        Side::Sell => (near, far),
    };
    (below, below.cast_unsigned().wrapping_add(above.cast_unsigned()))
}

/// The products of price and quantity whose value passes: the value, rounded up, is at least and at
/// most so much, unless that is off, and fits money. `None` when there are none.
pub(super) fn products(spec: &Spec, (min, max): (Money, Money)) -> Option<(u64, u64)> {
    let (num, den) = (i128::from(spec.money.num()), i128::from(spec.money.den()));
    // ceil(p × num / den) <= m exactly when p <= floor(m × den / num).
    let largest = |money: i64| i128::from(money).checked_mul(den)?.checked_div(num);
    let max = if max.0 == OFF { i64::MAX } else { max.0 };
    let most = largest(max)?.min(i128::from(PRODUCT_MAX));
    // And it is at least m exactly when it is not at most m - 1.
    let least = match min.0.checked_sub(1) {
        Some(below) if below >= 0 => largest(below)?.checked_add(1)?,
        _ => 0,
    };
    // A price that must be positive is when the product is.
    let positive = i128::from(!spec.has(SymbolFlag::NegativePrices));
    let (least, most) = (u64::try_from(least.max(positive)).ok()?, u64::try_from(most).ok()?);
    (least <= most).then_some((least, most))
}

/// Whether one more than `count` is beyond a limit.
#[inline]
pub(super) const fn is_full(count: u32, max: i64) -> bool {
    // Widening a count is exact.
    #[expect(clippy::as_conversions, reason = "there is no const lossless u32 -> u64 conversion")]
    let count = count as u64;
    count >= limit(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lots_at_a_price_are_those_that_pass() {
        let products = [(0, u64::MAX), (1, 100), (60, 60), (50, 0), (7, 1 << 63), (u64::MAX, 0)];
        for (least, span) in [(1, 0), (1, 5), (0, 100), (3, 4), (i64::MAX, 0), (2, u64::MAX >> 1)] {
            for (product_min, most) in products {
                let product_span = most.saturating_sub(product_min);
                let fold = Fold { least, span, product_min, product_span, ..Fold::CLOSED };
                for price in [-3, 0, 1, 7, 10, 30, i64::MAX / 5, i64::MAX] {
                    let lots = fold.lots_at(price);
                    for qty in (1..120).chain([i64::MAX / 7, i64::MAX - 1, i64::MAX]) {
                        let passes = lots.is_some_and(|lots| lots.has(qty));
                        assert_eq!(passes, price > 0 && fold.takes(price, qty), "{price} {qty}");
                    }
                }
            }
        }
    }
}
