//! What is left at one level, a symbol or a scope's book of it, for one more LIMIT order.
#![forbid(unsafe_code)]

use super::exposure::{headroom, small};
use super::fold::{ORDER, POSITION, RECORD, is_full};
use super::values::{Group, Values};
use super::{Bounds, Exposure, PriceGrid, Settled};
use crate::market::{Controls, Limits, Symbol};
use crate::num::{Lots, Money, Nanos, OFF, Ratio, Ticks, VALUE_MAX};
use crate::status::{LimitFlag, Side, SymbolFlag};
use crate::store::NIL;

/// What is left at one level: 64 bytes. All is derived, and follows every order and execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rooms {
    /// Lots that an order may have at most: buys, sells; less than 1 for none.
    lots: [i64; 2],
    /// Value that one may have at most, also by the bounds, units of the common denominator: buys,
    /// sells.
    money: [u64; 2],
    /// At which price, or a better one for the other side, an own resting order would be met: buys
    /// at least, sells at most.
    meets: [i64; 2],
    /// The place of the group of the symbol; [`NIL`] for none.
    pub group: u32,
    /// Orders pass after this time; at the greatest one never.
    pub closed_through: Nanos,
    /// Room that there is not: `POSITION`; `HELD`.
    pub lacks: u32,
    /// Room that one more order of this level's own takes: buys, sells; [`HELD`].
    needs: [u32; 2],
}

/// Room that there is nowhere: what is held back needs it.
const HELD: u32 = 8;

/// What one level comes to for one more LIMIT order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// By its limits alone.
    pub bounds: Bounds,
    /// By what is left of them.
    pub rooms: Rooms,
    /// By the grid of its prices about the best ask.
    pub grid: PriceGrid,
    /// What is settled before an order is looked at.
    pub settled: Settled,
}

impl Full {
    /// Nothing passes.
    pub const CLOSED: Self = Self {
        bounds: Bounds::CLOSED,
        rooms: Rooms::CLOSED,
        grid: PriceGrid::NONE,
        settled: Settled::NOTHING,
    };
}

/// One tier.
#[derive(Clone, Copy, Debug)]
pub struct Tier<'l> {
    /// The symbol.
    pub symbol: &'l Symbol,
    /// What binds here.
    pub limits: &'l Limits,
    /// Lots that are located for shorts.
    pub located: Lots,
    /// Longs less shorts.
    pub net: i64,
    /// What it comes to, where values are counted.
    pub values: Option<&'l Values>,
    /// Denominator of the common unit.
    pub den: i64,
    /// Positions that are claimed by its own orders and positions, without those of scopes in it.
    pub own_claims: u32,
    /// See [`Rooms`].
    pub meets: [i64; 2],
    /// The group of the symbol; 0 for none.
    pub group: u32,
    /// Orders pass after this time.
    pub closed_through: Nanos,
    /// Whether its own orders are held back: buys, sells.
    pub held: [bool; 2],
}

impl Rooms {
    /// Nothing is left.
    pub const CLOSED: Self = Self {
        lots: [-1; 2],
        money: [0; 2],
        meets: [i64::MIN, i64::MAX],
        group: NIL,
        closed_through: Nanos(u64::MAX),
        lacks: ORDER | POSITION | HELD,
        needs: [ORDER | POSITION | RECORD | HELD; 2],
    };

    /// What is left of a level with these reservations and bounds.
    #[must_use]
    pub fn of(tier: &Tier<'_>, exposure: &Exposure, bounds: &Bounds) -> Self {
        let hedged = tier.symbol.spec.has(SymbolFlag::Hedged);
        let full = is_full(exposure.claims, tier.limits.positions_max);
        let needs = if hedged {
            ORDER | POSITION | RECORD
        } else if tier.own_claims == 0 {
            ORDER | POSITION
        } else {
            ORDER
        };
        let sides = [Side::Buy, Side::Sell];
        Self {
            lots: sides.map(|side| lots(tier, exposure, side).unwrap_or(-1)),
            money: sides.map(|side| {
                let most = bounds.value_max(tier.symbol.scale);
                let left = |values| of_symbol(values, &tier.limits.controls, side, tier.den);
                tier.values.map_or(most, |values| most.min(left(values)))
            }),
            meets: tier.meets,
            group: tier.group.checked_sub(1).unwrap_or(NIL),
            closed_through: tier.closed_through,
            lacks: if full { POSITION | HELD } else { HELD },
            needs: tier.held.map(|held| if held { needs | HELD } else { needs }),
        }
    }

    /// Whether an order of this quantity and value finds room.
    #[inline(always)] // Of two comparisons.
    #[must_use]
    pub const fn takes(&self, side: Side, qty: i64, value: u64) -> bool {
        let ([buy, sell], [buys, sells]) = (self.lots, self.money);
        match side {
            Side::Buy => qty <= buy && value <= buys,
            Side::Sell => qty <= sell && value <= sells,
        }
    }

    /// Whether an order at this price would meet an own resting one.
    #[inline(always)] // Of a comparison.
    #[must_use]
    pub const fn meets(&self, side: Side, price: Ticks) -> bool {
        let [buys, sells] = self.meets;
        match side {
            Side::Buy => price.0 >= buys,
            Side::Sell => price.0 <= sells,
        }
    }

    /// Room that one more order of its own takes.
    #[inline(always)] // A load.
    #[must_use]
    pub const fn needs(&self, side: Side) -> u32 {
        let [buys, sells] = self.needs;
        match side {
            Side::Buy => buys,
            Side::Sell => sells,
        }
    }
}

/// Lots that an order of a side may have: POSITION, OPEN_ORDERS, SHORT. `None` when the sums are
/// beyond what an order may have, and when there are too many orders.
fn lots(tier: &Tier<'_>, exposure: &Exposure, side: Side) -> Option<i64> {
    let limits = tier.limits;
    let reserved = small(exposure.of(side))?;
    if !super::exposure::is_small(tier.net)
        || headroom(limits.open_orders_max, i64::from(exposure.orders(side))) <= 0
    {
        return None;
    }
    let (max, net) = match side {
        Side::Buy => (limits.long_max, tier.net),
        Side::Sell => (limits.short_max, tier.net.wrapping_neg()),
    };
    let near = headroom(max.0, net.wrapping_add(reserved));
    let open = headroom(limits.open_qty_max.0, reserved).min(Lots::MAX.wrapping_sub(reserved));
    let most = near.min(open);
    let (allowed, needed) =
        (limits.has(LimitFlag::ShortAllowed), limits.has(LimitFlag::LocateNeeded));
    if side == Side::Buy || (allowed && !needed) {
        return Some(most);
    }
    let located = if allowed { tier.located.0.max(0) } else { 0 };
    Some(most.min(headroom(located, net.wrapping_add(reserved))))
}

/// What is left of a limit for a figure, less than 0 for nothing; [`OFF`] leaves all there is.
fn left(max: Money, den: i64, figure: i128) -> i128 {
    if max.0 == OFF {
        return i128::MAX;
    }
    let limit = i128::from(max.0).saturating_mul(i128::from(den));
    // What is as large as can be told is beyond every limit.
    limit.min(VALUE_MAX.wrapping_sub(1)).saturating_sub(figure)
}

/// As the ranges have it: at least 0.
fn value(left: i128) -> u64 {
    u64::try_from(left.max(0)).unwrap_or(u64::MAX)
}

/// The net value that an order of a side adds to. What was traded the other way does not count: so
/// it holds in the next session too, which has traded nothing.
fn net(values: &Values, side: Side) -> i128 {
    let working = if side == Side::Buy { values.buy } else { values.sell };
    values.net(side).max(working)
}

/// What one more order of a side may be worth by the limits of a symbol: OPEN_NOTIONAL, GROSS, NET.
fn of_symbol(values: &Values, limits: &Controls, side: Side, den: i64) -> u64 {
    let open = left(limits.open_notional_max, den, values.working());
    let gross = left(limits.gross_max, den, values.gross());
    let net = left(limits.net_max, den, net(values, side));
    value(open.min(gross).min(net))
}

/// The same by those of a scope with this equity: with LEVERAGE.
#[must_use]
pub(super) fn money_of_scope(
    values: &Values,
    limits: &super::ScopeLimits,
    equity: Option<Money>,
    den: i64,
) -> [u64; 2] {
    let open = left(limits.open_notional_max, den, values.working());
    let gross = left(limits.gross_max, den, values.gross());
    let both = open.min(gross).min(leverage(values, limits.leverage_max, equity, den));
    [Side::Buy, Side::Sell].map(|side| {
        let net = left(limits.net_max, den, net(values, side));
        value(both.min(net))
    })
}

/// What may be added to positions and working orders.
fn leverage(values: &Values, max: Ratio, equity: Option<Money>, den: i64) -> i128 {
    if max.0 == OFF {
        return i128::MAX;
    }
    let one = i128::from(Ratio::ONE);
    let equity = i128::from(equity.map_or(0, |equity| equity.0));
    let allowed = equity.checked_mul(i128::from(den)).and_then(|e| e.checked_mul(max.0.into()));
    let allowed = allowed.unwrap_or(i128::MAX).checked_div(one).unwrap_or_default();
    if equity <= 0 { -1 } else { allowed.saturating_sub(values.levered()) }
}

/// Margin that one more order may take at most: see [`margin_of`]. It counts as if the order added
/// to the worst case all that it is worth.
#[must_use]
pub(super) fn credit_of_scope(values: &Values, max: Money, den: i64) -> u64 {
    if max.0 == OFF {
        return u64::MAX;
    }
    let left = i128::from(max.0).saturating_sub(values.margin).max(0);
    let whole = i128::from(den).saturating_mul(i128::from(Ratio::ONE));
    // Products of all that may be counted then fit: see `Worth::measure`.
    let fits = i128::from(max.0).checked_mul(whole).is_some_and(|most| most < 1 << 125);
    let parts = left.checked_mul(whole).filter(|_| fits).unwrap_or_default();
    value(parts >> SHARE)
}

/// Margins count value × ratio in pieces of so many bits: units of the common denominator and of
/// parts per 10^9.
const SHARE: u32 = 34;

/// What [`margin_of`] takes for a ratio; `None` when that is too large.
pub(super) fn margin_factor(ratio: Ratio) -> Option<u64> {
    let ratio = if ratio.0 == OFF { 0 } else { u64::try_from(ratio.0).ok()? };
    (ratio < 1 << SHARE).then(|| ratio.wrapping_shl(64 - SHARE))
}

/// The margin of a value, rounded up.
#[inline(always)] // Of a multiplication.
#[must_use]
pub fn margin_of(value: u64, factor: u64) -> u64 {
    let parts = u128::from(value).wrapping_mul(u128::from(factor)) >> 64;
    // Less than either factor.
    u64::try_from(parts).unwrap_or(u64::MAX).wrapping_add(1)
}

/// What one more order of its symbols may be worth by the limit of a group.
#[must_use]
pub fn money_of_group(group: &Group, den: i64) -> u64 {
    value(left(group.max, den, group.worst))
}
