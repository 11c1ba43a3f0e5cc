//! The checks, one function each: `Ok` when it holds, else the limit and the observed value. They
//! are always inlined: where nobody asks for the numbers they are not computed.
#![forbid(unsafe_code)]

use super::ask::Ask;
use super::fold::limit;
use super::gate::Gate;
use super::verdict::Breach;
use super::{Exposure, Leaf, Scope};
use crate::market::{Bands, Limits, Price, Symbol};
use crate::num::{Fraction, Lots, Money, Nanos, OFF, Ratio, Ticks, div_ceil, div_floor};
use crate::order::Terms;
use crate::status::{
    LimitFlag, OrderFlag, OrderType, ScopeFlag, Side, Status, SymbolFlag, TradingState, Unit,
};
use crate::store::Id;

pub(super) type Held = Result<(), Breach>;

/// The position an order names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Side of an order that closes it.
    pub closed_by: Side,
    /// Open quantity.
    pub qty: Lots,
    /// Quantity that other live orders are closing.
    pub closing: Lots,
}

pub(super) const fn held(holds: bool, breach: Breach) -> Held {
    if holds { Ok(()) } else { Err(breach) }
}

/// A value that is not negative: at most `max` unless that is off.
const fn at_most(unit: Unit, value: i64, max: i64) -> Held {
    held(limit(value) <= limit(max), Breach::new(unit, max, value))
}

/// A 128-bit observation as it is shown.
pub(super) fn shown(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

#[inline(always)]
pub(super) fn symbol(gate: &Gate<'_, '_>) -> Held {
    let enabled = gate.symbol.is_some() && !gate.limits.has(LimitFlag::Disabled);
    held(enabled, Breach::plain())
}

#[inline(always)]
pub(super) fn scope(gate: &Gate<'_, '_>) -> Held {
    held(!gate.scope.has(ScopeFlag::Disabled), Breach::plain())
}

#[inline(always)]
pub(super) fn trading_state<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> Held {
    if gate.trading == TradingState::Active {
        return Ok(());
    }
    let passes = gate.trading != TradingState::Killed && passes_restricted(gate, ask);
    let state = i64::from(gate.trading.raw());
    held(passes, Breach::new(Unit::Count, i64::from(TradingState::Active.raw()), state))
}

/// Whether an order passes where trading is neither active nor over.
#[inline(never)] // The gate needs its registers.
fn passes_restricted<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> bool {
    match gate.trading {
        TradingState::Halted => ask.terms.has(OrderFlag::ReduceOnly),
        _ => reduces(&gate.leaf, ask),
    }
}

/// Whether the order, with what is working already, only makes a position smaller.
pub(super) fn reduces<const USUAL: bool>(leaf: &Leaf<'_>, ask: Ask<'_, USUAL>) -> bool {
    let (open, working) = reduction(leaf, ask);
    working <= open
}

/// Whether there is anything to be reduced.
#[inline(always)] // Of a few comparisons.
pub(super) fn may_reduce<const USUAL: bool>(leaf: &Leaf<'_>, ask: Ask<'_, USUAL>) -> bool {
    let side = ask.terms.side;
    match &ask.target {
        Some(target) => target.closed_by == side && target.qty > Lots::ZERO,
        None if side == Side::Buy => leaf.net_qty < 0,
        None => leaf.net_qty > 0,
    }
}

/// Quantity that could be reduced, and what would be working to do so.
#[inline(always)]
fn reduction<const USUAL: bool>(leaf: &Leaf<'_>, ask: Ask<'_, USUAL>) -> (i128, i128) {
    let (open, others) = reducible(leaf, ask);
    if open == 0 {
        // Where nothing is to be reduced a partner takes nothing either.
        return (open, others.wrapping_add(i128::from(ask.working())));
    }
    (open, with_own(others, ask))
}

/// Quantity that could be reduced, and what other orders have working to do so.
#[inline(always)]
pub(super) fn reducible<const USUAL: bool>(leaf: &Leaf<'_>, ask: Ask<'_, USUAL>) -> (i128, i128) {
    let side = ask.terms.side;
    let (open, others) = match &ask.target {
        Some(target) if target.closed_by == side => {
            (i128::from(target.qty.0), i128::from(target.closing.0))
        }
        Some(_) => (0, 0),
        None => {
            let open = match side {
                Side::Buy => leaf.net_qty.wrapping_neg(),
                Side::Sell => leaf.net_qty,
            };
            let open = i128::from(open);
            let own = leaf.of(side);
            (open, own.wrapping_sub(i128::from(ask.reserved_share())))
        }
    };
    (open.max(0), others)
}

/// What other orders of this side have working.
fn others<const USUAL: bool>(exposure: &Exposure, ask: Ask<'_, USUAL>) -> i128 {
    // No sum of lots is near the end of the numbers: see `Exposure`.
    exposure.of(ask.terms.side).wrapping_sub(i128::from(ask.reserved_share()))
}

/// What the order and all others of this side would have working in the symbol.
#[inline(always)]
pub(super) fn with_others<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> i128 {
    with_own(others(gate.exposure, ask), ask)
}

/// With what the order would have working. Of two orders that cancel each other only the larger
/// one counts.
fn with_own<const USUAL: bool>(others: i128, ask: Ask<'_, USUAL>) -> i128 {
    others.wrapping_add(i128::from(ask.share()))
}

#[inline(always)]
pub(super) fn reduce_only<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> Held {
    let terms = &ask.terms;
    if !terms.has(OrderFlag::ReduceOnly) {
        return Ok(());
    }
    let (open, working) = reduction(&gate.leaf, ask);
    // What closes a position and is held here is told its quantity when it fires.
    let finds_nothing = open == 0 || (ask.is_undecided() && !terms.is_held());
    let idle = terms.has(OrderFlag::ClosePosition) && finds_nothing;
    held(working <= open && !idle, Breach::new(Unit::Lots, shown(open), shown(working)))
}

/// While it is half-open a new order takes a probe; one that is changed, or that its trigger sends,
/// must be one.
#[inline(always)]
pub(super) fn breaker<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> Held {
    let breaker = &gate.scope.breaker;
    if breaker.is_closed() {
        return Ok(());
    }
    let cause = breaker.last_trip().map_or(0, |trip| i64::from(trip.cause));
    let passes = match ask.replaced() {
        Some(old) if breaker.probe_size(gate.now).is_some() => breaker.is_probe(old.probe),
        _ => breaker.is_operational(gate.now),
    };
    held(passes, Breach::new(Unit::Count, 0, cause))
}

/// A share of a limit, rounded down, but at least 1. What is off, or 0, is what it is.
fn share_of(max: Lots, share: Ratio) -> Lots {
    if max.0 <= 0 {
        return max;
    }
    let parts = i128::from(max.0).saturating_mul(i128::from(share.0));
    let floored = div_floor(parts, i128::from(Ratio::ONE)).unwrap_or(0);
    Lots(i64::try_from(floored).unwrap_or(i64::MAX).max(1))
}

/// For a probe of this size, or any order.
#[inline(always)]
pub(super) fn qty<const USUAL: bool>(
    probe: Option<Ratio>,
    ask: Ask<'_, USUAL>,
    limits: &Limits,
    scope: &Scope,
) -> Held {
    if ask.is_undecided() {
        return Ok(());
    }
    match probe {
        None => qty_within(&ask.terms, limits, (limits.qty_max, scope.limits.qty_max)),
        Some(share) => probe_qty(&ask.terms, limits, scope, share),
    }
}

/// As [`position`], for a probe of this size or any order.
#[inline]
pub(super) fn position_for<const USUAL: bool>(
    probe: Option<Ratio>,
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    working: i128,
) -> Held {
    match probe {
        None => position(gate, ask, gate.limits, working),
        Some(share) => probe_position(gate, ask, share, working),
    }
}

/// As [`qty`], for an order that may have this share of the largest quantity.
#[cold]
#[inline(never)] // The gate needs its registers.
fn probe_qty(terms: &Terms, limits: &Limits, scope: &Scope, share: Ratio) -> Held {
    let of = |max| share_of(max, share);
    qty_within(terms, limits, (of(limits.qty_max), of(scope.limits.qty_max)))
}

/// As [`position`], for an order that may have this share of the largest position.
#[cold]
#[inline(never)] // As above.
fn probe_position<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    share: Ratio,
    working: i128,
) -> Held {
    let limits = gate.limits;
    let side = ask.terms.side;
    let max = if side == Side::Buy { limits.long_max } else { limits.short_max };
    position_within(gate, side, share_of(max, share), working)
}

/// Whether a value is a multiple of a step; of 0 and 1 everything is.
pub(super) fn on_grid(value: i64, step: i64) -> bool {
    step <= 1 || value.checked_rem(step) == Some(0)
}

/// The bands of the tick grid are the symbol's own: they stand in the root.
#[inline(always)]
pub(super) fn increment(terms: &Terms, bands: Option<&Bands>, limits: &Limits) -> Held {
    for price in [terms.price, terms.stop_price] {
        let step = bands.map_or(limits.price_step, |b| b.step_at(price, limits.price_step)).0;
        held(on_grid(price.0, step), Breach::new(Unit::Ticks, step, price.0))?;
    }
    let (step, qty) = (limits.qty_step.0, terms.qty.0);
    held(on_grid(qty, step), Breach::new(Unit::Lots, step, qty))
}

#[inline]
fn qty_within(terms: &Terms, limits: &Limits, (here, all): (Lots, Lots)) -> Held {
    let (qty, min) = (terms.qty.0, limits.qty_min.0);
    held(qty >= min || min == OFF, Breach::new(Unit::Lots, min, qty))?;
    let above = |max: i64| held(limit(qty.max(0)) <= limit(max), Breach::new(Unit::Lots, max, qty));
    above(here.0)?;
    above(all.0)
}

/// The price at which an order is valued: the largest of its own, or at the market the worse of the
/// reference and the collar's edge. `None` when it is not known.
#[inline(always)] // Of a few comparisons.
pub(super) fn value_price(terms: &Terms, symbol: &Symbol) -> Option<Ticks> {
    if terms.order_type.has_price() || terms.order_type.has_stop_price() {
        return Some(larger(terms.price, terms.stop_price));
    }
    market_price(symbol, terms.side)
}

/// The same of an order at the market.
#[inline(never)] // One with a price of its own needs no frame.
pub(crate) fn market_price(symbol: &Symbol, side: Side) -> Option<Ticks> {
    let reference = reference(symbol, side)?.ticks;
    let edge = match (side, collar_distance(&symbol.limits, reference)) {
        (Side::Buy, Some(distance)) => reference.checked_add(distance)?,
        _ => reference,
    };
    Some(larger(edge, reference))
}

#[inline]
const fn larger(a: Ticks, b: Ticks) -> Ticks {
    if a.0.unsigned_abs() > b.0.unsigned_abs() { a } else { b }
}

/// The price that collar and age go by.
#[inline]
pub(super) fn reference(symbol: &Symbol, side: Side) -> Option<Price> {
    symbol.market.reference(symbol.limits.reference, side)
}

/// Magnitude of quantity at price, in money, rounded up.
///
/// # Errors
/// `Range` when it does not fit.
#[inline(always)] // As above.
pub(super) fn value(
    symbol: &Symbol,
    qty: Lots,
    price: Option<Ticks>,
) -> Result<Option<Money>, Status> {
    let Some(price) = price else { return Ok(None) };
    let money = symbol.spec.money;
    if money.den() == 1
        && let Some(product) = price.0.checked_mul(qty.0).and_then(i64::checked_abs)
        && let Some(units) = product.checked_mul(money.num())
    {
        return Ok(Some(Money(units)));
    }
    wide_value(price.times(qty), money).map(Some)
}

/// The same of a product in 128 bits.
#[cold]
#[inline(never)] // Whoever calls keeps its registers.
fn wide_value(product: i128, money: Fraction) -> Result<Money, Status> {
    let exact = product.checked_abs().ok_or(Status::Range)?;
    let scaled = exact.checked_mul(i128::from(money.num())).ok_or(Status::Range)?;
    let units = div_ceil(scaled, i128::from(money.den())).ok_or(Status::Range)?;
    i64::try_from(units).map(Money).map_err(|_| Status::Range)
}

#[inline(always)]
pub(super) fn notional<const USUAL: bool>(
    ask: Ask<'_, USUAL>,
    limits: &Limits,
    scope: &Scope,
    value: Option<Money>,
) -> Held {
    if ask.is_undecided() {
        return Ok(());
    }
    let exempt = ask.terms.has(OrderFlag::ReduceOnly);
    let (min, max) = (limits.notional_min.0, limits.notional_max.0);
    let scope_max = scope.limits.notional_max.0;
    let Some(value) = value else {
        // At the market without a reference: the value is not known, so no limit on it holds.
        held(max == OFF, Breach::new(Unit::Money, max, 0))?;
        held(min <= 0 || exempt, Breach::new(Unit::Money, min, 0))?;
        return held(scope_max == OFF, Breach::new(Unit::Money, scope_max, 0));
    };
    // A value is not negative: a limit that is off is below it.
    held(exempt || value.0 >= min, Breach::new(Unit::Money, min, value.0))?;
    at_most(Unit::Money, value.0, max)?;
    at_most(Unit::Money, value.0, scope_max)
}

/// The wider of the two collars, in ticks; `None` when both are off.
#[inline]
pub(super) fn collar_distance(limits: &Limits, reference: Ticks) -> Option<Ticks> {
    let ratio = limits.collar_ratio;
    // What is off is less than any distance.
    let share = if ratio.0 <= 0 { Ticks(ratio.0) } else { share_of_price(reference, ratio) };
    Some(limits.collar_ticks.max(share)).filter(|distance| distance.0 != OFF)
}

/// A share of a price, rounded down.
#[inline(never)] // Many collars have none.
fn share_of_price(price: Ticks, ratio: Ratio) -> Ticks {
    if let Some(share) = price.0.checked_abs().and_then(|price| price.checked_mul(ratio.0)) {
        return Ticks(share.checked_div_euclid(Ratio::ONE).unwrap_or(i64::MAX));
    }
    wide_share(price, ratio)
}

/// A share of a price, computed in 128 bits.
#[cold]
#[inline(never)] // As above.
fn wide_share(price: Ticks, ratio: Ratio) -> Ticks {
    let share = i128::from(price.0.unsigned_abs()).saturating_mul(i128::from(ratio.0));
    let floored = div_floor(share, i128::from(Ratio::ONE)).unwrap_or(i128::MAX);
    Ticks(i64::try_from(floored).unwrap_or(i64::MAX))
}

#[inline(always)]
pub(super) fn collar(terms: &Terms, limits: &Limits, reference: Option<Price>) -> Held {
    // Once its trigger price is reached the market is there.
    let reference = match terms.order_type {
        OrderType::Limit => reference.map(|reference| reference.ticks),
        other if other.has_price() => Some(terms.stop_price),
        _ => return Ok(()),
    };
    let Some(reference) = reference else {
        let unlimited = limits.collar_ticks.0 == OFF && limits.collar_ratio.0 == OFF;
        return held(unlimited, Breach::new(Unit::Ticks, 0, terms.price.0));
    };
    let Some(distance) = collar_distance(limits, reference) else { return Ok(()) };
    let (price, both) = (terms.price.0, limits.has(LimitFlag::CollarBothSides));
    // No two prices are farther apart.
    let distance = distance.0.min(2 * Ticks::MAX);
    let above = price.wrapping_sub(reference.0);
    if terms.side == Side::Buy || both {
        let highest = reference.0.wrapping_add(distance);
        held(above <= distance, Breach::new(Unit::Ticks, highest, price))?;
    }
    if terms.side == Side::Sell || both {
        let lowest = reference.0.wrapping_sub(distance);
        held(above.wrapping_neg() <= distance, Breach::new(Unit::Ticks, lowest, price))?;
    }
    Ok(())
}

#[inline(always)]
pub(super) fn reference_age(limits: &Limits, reference: Option<Price>, now: Nanos) -> Held {
    let max = limits.reference_age_max;
    if max == OFF {
        return Ok(());
    }
    let Some(Price { at, .. }) = reference else {
        return Err(Breach::new(Unit::Nanos, max, i64::MAX));
    };
    let age = i64::try_from(now.since(at)).unwrap_or(i64::MAX);
    held(age <= max, Breach::new(Unit::Nanos, max, age))
}

#[inline(always)]
pub(super) fn position<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    limits: &Limits,
    working: i128,
) -> Held {
    let side = ask.terms.side;
    let max = if side == Side::Buy { limits.long_max } else { limits.short_max };
    position_within(gate, side, max, working)
}

#[inline]
fn position_within(gate: &Gate<'_, '_>, side: Side, max: Lots, working: i128) -> Held {
    let (signed, max) = match side {
        Side::Buy => (gate.net_qty, max.0),
        Side::Sell => (gate.net_qty.wrapping_neg(), max.0),
    };
    let worst = i128::from(signed).wrapping_add(working);
    held(max == OFF || worst <= i128::from(max), Breach::new(Unit::Lots, max, shown(worst)))
}

/// Orders are counted when they are new; lots, also when they change.
#[inline(always)]
pub(super) fn open_orders<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    limits: &Limits,
    working: i128,
) -> Held {
    let counted = |count: u32, max: i64| match ask.replaced() {
        None => at_most(Unit::Count, i64::from(count).saturating_add(1), max),
        Some(_) => Ok(()),
    };
    counted(gate.exposure.orders(ask.terms.side), limits.open_orders_max)?;
    at_most(Unit::Lots, shown(working), limits.open_qty_max.0)?;
    counted(gate.scope.open_orders, gate.scope.limits.open_orders_max)
}

/// Counts for an order that may open a further position: hedged, a new one that names none; net,
/// any while its scope is flat in the symbol and nothing works.
#[inline(always)]
pub(super) fn positions<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    limits: &Limits,
) -> Held {
    let hedged = gate.symbol.is_some_and(|symbol| symbol.spec.has(SymbolFlag::Hedged));
    let opens = if hedged {
        ask.terms.position == Id::NONE && ask.replaced().is_none()
    } else {
        gate.leaf.claims() == 0
    };
    if !opens {
        return Ok(());
    }
    let one_more = |count: u32| i64::from(count).saturating_add(1);
    at_most(Unit::Count, one_more(gate.exposure.claims), limits.positions_max)?;
    at_most(Unit::Count, one_more(gate.scope.claims), gate.scope.limits.positions_max)
}

pub(super) const fn rate(n: i32, full: bool) -> Held {
    // Widening a count is exact.
    #[expect(clippy::as_conversions, reason = "there is no const lossless i32 -> i64 conversion")]
    let n = n as i64;
    held(!full, Breach::new(Unit::Count, n, n.saturating_add(1)))
}

#[inline(always)]
pub(super) fn client_id<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> Held {
    const OWN: u64 = 1 << 63;
    let (id, own) = (ask.terms.client_id, !USUAL && ask.own);
    let valid = id != 0 && (id & OWN != 0) == own && !ask.client_id_taken;
    held(valid, Breach::plain())?;
    let Some(last) = gate.last_client_id.filter(|_| !own) else { return Ok(()) };
    let shown = |id: u64| i64::try_from(id).unwrap_or(i64::MAX);
    held(id > last, Breach::new(Unit::Count, shown(last), shown(id)))
}

#[inline(always)]
pub(super) fn capacity<const USUAL: bool>(ask: Ask<'_, USUAL>) -> Held {
    held(ask.has_room, Breach::plain())
}
