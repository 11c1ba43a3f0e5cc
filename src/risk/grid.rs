//! Multiples of a step in a range, told by a multiplication.
#![forbid(unsafe_code)]

use crate::market::Symbol;
use crate::num::Ticks;

/// The multiples of a step in a range, of numbers that are not negative.
///
/// A step is an odd number times a power of two. Times the inverse of the odd one, modulo 2^64, its
/// multiples, and nothing else, become the quotients; what is not a multiple of the power of two
/// has bits that a rotation brings to the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    inverse: u64,
    /// The smallest quotient.
    least: u64,
    /// The largest one less that.
    span: u64,
    shift: u32,
}

impl Grid {
    /// No number that is one of 63 bits.
    pub const NONE: Self = Self { inverse: 1, least: u64::MAX, span: 0, shift: 0 };

    /// The multiples of a step, of 0 and 1, and below, all numbers, that are at least and at most
    /// so much.
    #[must_use]
    pub fn new(step: i64, least: i64, most: i64) -> Self {
        let step = step.max(1).cast_unsigned();
        let (Ok(least), Ok(most)) = (u64::try_from(least.max(0)), u64::try_from(most)) else {
            return Self::NONE;
        };
        let (least, most) = (least.div_ceil(step), most.checked_div(step).unwrap_or(0));
        let Some(span) = most.checked_sub(least) else { return Self::NONE };
        let shift = step.trailing_zeros();
        let odd = step.wrapping_shr(shift);
        // Right in 3 bits; each turn doubles these.
        let mut inverse = odd;
        for _ in 0..5 {
            let error = odd.wrapping_mul(inverse);
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(error));
        }
        Self { inverse, least, span, shift }
    }

    /// Whether a number is one of them.
    #[inline(always)] // Of five instructions.
    #[must_use]
    pub const fn has(&self, value: u64) -> bool {
        let quotient = value.wrapping_mul(self.inverse).rotate_right(self.shift);
        quotient.wrapping_sub(self.least) <= self.span
    }
}

/// The grid of a symbol about a price: that of the band in which it lies. Derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceGrid {
    /// Lowest price of the band.
    from: i64,
    /// Its highest price less that.
    span: u64,
    /// The prices of the grid in it.
    grid: Grid,
}

impl PriceGrid {
    /// No price.
    pub const NONE: Self = Self { from: i64::MIN, span: u64::MAX, grid: Grid::NONE };

    /// The band of a symbol in which this price lies; its prices are multiples of this step too.
    /// O(bands).
    #[must_use]
    pub fn about(symbol: &Symbol, price: Ticks, other: i64) -> Self {
        let (bands, step) = (&symbol.conditions.bands, symbol.limits.price_step);
        let used = usize::try_from(bands.count).unwrap_or_default();
        let mut from = i64::MIN;
        let mut last = i64::MAX;
        for start in bands.from.iter().take(used) {
            if start.0 <= price.0 {
                from = start.0;
            } else {
                last = start.0.wrapping_sub(1);
                break;
            }
        }
        let step = joint(bands.step_at(price, step).0.max(1), other);
        let grid = step.map_or(Grid::NONE, |step| Grid::new(step, from, last));
        Self { from, span: last.wrapping_sub(from).cast_unsigned(), grid }
    }

    /// A price of the band: the lowest, or the least number there is.
    #[must_use]
    pub const fn from(&self) -> Ticks {
        Ticks(self.from)
    }

    /// Whether a price lies in the band.
    #[inline(always)] // Of two instructions.
    #[must_use]
    pub const fn covers(&self, price: Ticks) -> bool {
        price.0.wrapping_sub(self.from).cast_unsigned() <= self.span
    }

    /// Whether it has a price, in the band and not negative.
    #[inline(always)] // In its only place.
    #[must_use]
    pub const fn has(&self, price: Ticks) -> bool {
        self.grid.has(price.0.cast_unsigned())
    }
}

/// The least number whose divisors are both, at least 1; `None` when it does not fit.
pub(super) fn joint(a: i64, b: i64) -> Option<i64> {
    let (mut large, mut small) = (a, b);
    while let Some(rest) = large.checked_rem(small) {
        (large, small) = (small, rest);
    }
    a.checked_div(large)?.checked_mul(b)
}

#[cfg(test)]
mod tests {
    use super::Grid;

    #[test]
    fn multiples_and_nothing_else() {
        let largest = i64::MAX.cast_unsigned();
        for step in (0..70).chain([96, 1000, 1 << 40, 3 << 40, 10_i64.pow(15), i64::MAX]) {
            let grid = Grid::new(step, 0, i64::MAX);
            let some = Grid::new(step, 3, 150);
            let step = step.max(1).cast_unsigned();
            let near = (0..200).chain((1..20).flat_map(|n: u64| {
                let multiple = n.wrapping_mul(step);
                [multiple.wrapping_sub(1), multiple, multiple.wrapping_add(1)]
            }));
            for value in near.chain([largest, largest - 1]).filter(|&value| value <= largest) {
                assert_eq!(grid.has(value), value % step == 0, "{value} by {step}");
                let within = (3..=150).contains(&value) && value % step == 0;
                assert_eq!(some.has(value), within, "{value} by {step}");
            }
        }
    }
}
