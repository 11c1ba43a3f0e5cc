//! How near the figures that add up are to their limits.
#![forbid(unsafe_code)]

use super::checks::shown;
use super::verdict::bit;
use super::{Exposure, Scope};
use crate::market::Symbol;
use crate::num::{Nanos, OFF, Ratio};
use crate::status::{Check, Unit};

/// A figure and its limit, as they are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The check that looks at it.
    pub check: Check,
    /// Unit of both.
    pub unit: Unit,
    /// The limit, or [`OFF`].
    pub limit: i64,
    /// What there is.
    pub observed: i64,
}

impl Figure {
    /// Whether it is at least this share of its limit; nothing is near, and nothing near 0.
    #[must_use]
    pub fn is_near(&self, share: Ratio) -> bool {
        if self.limit <= 0 || self.observed <= 0 || share.0 == OFF {
            return false;
        }
        let product = |a: i64, b: i64| i128::from(a).saturating_mul(i128::from(b));
        product(self.observed, Ratio::ONE) >= product(self.limit, share.0)
    }
}

/// The figures of a symbol, of which longs less shorts are open. O(1).
#[must_use]
pub fn figures_of_symbol(symbol: &Symbol, exposure: &Exposure, net: i128) -> [Figure; 7] {
    let limits = &symbol.limits;
    let of =
        |check, unit, limit, observed| Figure { check, unit, limit, observed: shown(observed) };
    let Exposure { buy, sell, buys, sells, claims, .. } = *exposure;
    let position = |limit, lots| of(Check::Position, Unit::Lots, limit, lots);
    let orders =
        |count: u32| of(Check::OpenOrders, Unit::Count, limits.open_orders_max, i128::from(count));
    let lots = |lots| of(Check::OpenOrders, Unit::Lots, limits.open_qty_max.0, lots);
    [
        position(limits.long_max.0, net.wrapping_add(buy)),
        position(limits.short_max.0, sell.wrapping_sub(net)),
        orders(buys),
        orders(sells),
        lots(buy),
        lots(sell),
        of(Check::Positions, Unit::Count, limits.positions_max, i128::from(claims)),
    ]
}

/// The figures of a scope, in which so many orders passed within a time. As that question, thrice.
#[must_use]
pub fn figures_of_scope(scope: &Scope, orders: impl Fn(u64) -> u32) -> [Figure; 5] {
    let (limits, config) = (&scope.limits, scope.breaker.config());
    let of = |check, limit, count: u32| {
        let observed = i64::from(count);
        Figure { check, unit: Unit::Count, limit, observed }
    };
    let rate = |check, limit: i32, window| of(check, i64::from(limit), orders(window));
    [
        of(Check::OpenOrders, limits.open_orders_max, scope.open_orders),
        of(Check::Positions, limits.positions_max, scope.claims),
        rate(Check::RateMinute, config.orders_per_minute, Nanos::MINUTE),
        rate(Check::RateHour, config.orders_per_hour, Nanos::HOUR),
        rate(Check::RateCustom, config.orders_per_window, config.rate_window.0),
    ]
}

/// The checks of which a figure is near its limit, as bits.
#[must_use]
pub fn near(figures: &[Figure], share: Ratio) -> u64 {
    let near = figures.iter().filter(|figure| figure.is_near(share));
    near.fold(0, |all, figure| all | bit(figure.check))
}
