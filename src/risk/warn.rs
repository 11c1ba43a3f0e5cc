//! How near the figures that add up are to their limits.
#![forbid(unsafe_code)]

use super::checks::shown;
use super::money::leverage;
use super::values::{Group, Values, shown as in_money};
use super::verdict::bit;
use super::{Exposure, Scope};
use crate::market::Limits;
use crate::num::{Lots, Money, Nanos, OFF, Ratio};
use crate::status::{Check, LimitFlag, Side, Unit};

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

/// What the figures of a symbol in one scope are made of: in the root, or in a book below it.
#[derive(Clone, Copy)]
pub struct SymbolLevel<'l> {
    /// Its limits there.
    pub limits: &'l Limits,
    /// What is reserved there.
    pub exposure: &'l Exposure,
    /// Longs less shorts.
    pub net: i128,
    /// What it comes to in money, where that is counted.
    pub values: Values,
    /// Its group and what that comes to, in the root.
    pub group: Option<&'l Group>,
    /// Denominator of the common unit.
    pub den: i64,
    /// Requests in the window of RATE_SYMBOL.
    pub requests: u32,
    /// Lots located for shorts.
    pub located: Lots,
}

/// The figures of a symbol in one scope. O(1).
#[must_use]
pub fn figures_of_symbol(level: &SymbolLevel<'_>) -> [Figure; 14] {
    let SymbolLevel { limits, exposure, net, ref values, group, den, requests, .. } = *level;
    let controls = &limits.controls;
    let of =
        |check, unit, limit, observed| Figure { check, unit, limit, observed: shown(observed) };
    let Exposure { buy, sell, buys, sells, claims, .. } = *exposure;
    let position = |limit, lots| of(Check::Position, Unit::Lots, limit, lots);
    let orders =
        |count: u32| of(Check::OpenOrders, Unit::Count, limits.open_orders_max, i128::from(count));
    let lots = |lots| of(Check::OpenOrders, Unit::Lots, limits.open_qty_max.0, lots);
    let money = |check, limit, value| money(check, limit, value, den);
    let located = if limits.has(LimitFlag::LocateNeeded) { level.located } else { Lots(OFF) };
    let (group_max, worst) = group.map_or((Money(OFF), 0), |group| (group.max, group.worst));
    [
        position(limits.long_max.0, net.wrapping_add(buy)),
        position(limits.short_max.0, sell.wrapping_sub(net)),
        orders(buys),
        orders(sells),
        lots(buy),
        lots(sell),
        money(Check::OpenNotional, controls.open_notional_max, values.working()),
        money(Check::Gross, controls.gross_max, values.gross()),
        money(Check::Net, controls.net_max, values.net(Side::Buy)),
        money(Check::Net, controls.net_max, values.net(Side::Sell)),
        money(Check::Group, group_max, worst),
        of(Check::Positions, Unit::Count, limits.positions_max, i128::from(claims)),
        of(Check::RateSymbol, Unit::Count, controls.rate_max, i128::from(requests)),
        of(Check::Short, Unit::Lots, located.0, sell.wrapping_sub(net)),
    ]
}

/// A figure in money, rounded up.
fn money(check: Check, limit: Money, value: i128, den: i64) -> Figure {
    Figure { check, unit: Unit::Money, limit: limit.0, observed: in_money(value, den).0 }
}

/// What the figures of a scope are made of, besides itself.
#[derive(Clone, Copy)]
pub struct ScopeLevel {
    /// The equity that its leverage is of.
    pub equity: Option<Money>,
    /// Denominator of the common unit.
    pub den: i64,
    /// The time.
    pub now: Nanos,
}

/// The figures of a scope, in which so many orders passed within a time. As that question, thrice.
#[must_use]
pub fn figures_of_scope(
    scope: &Scope,
    level: &ScopeLevel,
    orders: impl Fn(u64) -> u32,
) -> [Figure; 12] {
    let (limits, config, values) = (&scope.limits, scope.breaker.config(), &scope.values);
    let of = |check, limit, count: u32| {
        let observed = i64::from(count);
        Figure { check, unit: Unit::Count, limit, observed }
    };
    let ratio = |check, limit: Ratio, observed| Figure {
        check,
        unit: Unit::Ratio,
        limit: limit.0,
        observed,
    };
    let money = |check, limit, value| money(check, limit, value, level.den);
    let rate = |check, limit: i32, window| of(check, i64::from(limit), orders(window));
    let levered = leverage(values.levered(), level.equity, level.den);
    [
        of(Check::OpenOrders, limits.open_orders_max, scope.open_orders),
        money(Check::OpenNotional, limits.open_notional_max, values.working()),
        money(Check::Gross, limits.gross_max, values.gross()),
        money(Check::Net, limits.net_max, values.net(Side::Buy)),
        money(Check::Net, limits.net_max, values.net(Side::Sell)),
        // It is money already.
        Figure { observed: shown(values.margin), ..money(Check::Credit, limits.credit_max, 0) },
        ratio(Check::Leverage, limits.leverage_max, levered),
        of(Check::Positions, limits.positions_max, scope.claims),
        rate(Check::RateMinute, config.orders_per_minute, Nanos::MINUTE),
        rate(Check::RateHour, config.orders_per_hour, Nanos::HOUR),
        rate(Check::RateCustom, config.orders_per_window, config.rate_window.0),
        ratio(Check::OrderToTrade, limits.order_to_trade_max, scope.order_to_trade(level.now)),
    ]
}

/// The checks of which a figure is near its limit, as bits.
#[must_use]
pub fn near(figures: &[Figure], share: Ratio) -> u64 {
    let near = figures.iter().filter(|figure| figure.is_near(share));
    near.fold(0, |all, figure| all | bit(figure.check))
}
