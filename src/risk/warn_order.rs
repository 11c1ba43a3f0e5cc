//! How near one order is to the limits that every order is held against by itself.
#![forbid(unsafe_code)]

use super::adv::most_of_volume;
use super::checks::collar_distance;
use super::verdict::bit;
use super::warn::Figure;
use crate::market::{Limits, Symbol};
use crate::num::{Money, OFF, Ticks};
use crate::order::Terms;
use crate::status::{Check, LimitFlag, OrderType, Side, Unit};

/// The checks that look at one order: that one was near is known until one is not.
pub const OF_ORDER: u64 = bit(Check::Qty)
    | bit(Check::Notional)
    | bit(Check::Collar)
    | bit(Check::Adv)
    | bit(Check::Duplicate);

/// What the figures of an order are made of.
#[derive(Clone, Copy)]
pub struct OrderLevel<'l> {
    /// What it asks for.
    pub terms: &'l Terms,
    /// Its symbol.
    pub symbol: &'l Symbol,
    /// The limits of that, in one scope.
    pub limits: &'l Limits,
    /// Its value, where that is known.
    pub value: Option<Money>,
    /// Orders like it in the window of DUPLICATE, itself counted; 0 when there is no other.
    pub alike: u32,
}

/// The figures of an order. O(1).
#[must_use]
pub fn figures_of_order(level: &OrderLevel<'_>) -> [Figure; 5] {
    let OrderLevel { terms, symbol, limits, value, alike } = *level;
    let of = |check, unit, limit, observed| Figure { check, unit, limit, observed };
    let (qty, value) = (terms.qty.0, value.map_or(0, |value| value.0));
    let (most, away) = collar(terms, symbol, limits);
    let duplicate_max = limits.controls.duplicate_max;
    [
        of(Check::Qty, Unit::Lots, limits.qty_max.0, qty),
        of(Check::Notional, Unit::Money, limits.notional_max.0, value),
        of(Check::Collar, Unit::Ticks, most, away),
        of(Check::Adv, Unit::Lots, most_of_volume(symbol, limits), qty),
        of(Check::Duplicate, Unit::Count, duplicate_max, i64::from(alike)),
    ]
}

/// How far from the reference a price may be on the side that the collar binds, and how far it is.
fn collar(terms: &Terms, symbol: &Symbol, limits: &Limits) -> (i64, i64) {
    const NONE: (i64, i64) = (OFF, 0);
    if !terms.order_type.has_price() {
        return NONE;
    }
    let reference = match terms.order_type {
        OrderType::Limit => symbol.market.reference(limits.reference, terms.side).map(|r| r.ticks),
        _ => Some(terms.stop_price),
    };
    let distance = |reference: Ticks| collar_distance(limits, reference);
    let Some((reference, most)) = reference.and_then(|r| Some((r, distance(r)?))) else {
        return NONE;
    };
    let above = terms.price.0.saturating_sub(reference.0);
    let away = match terms.side {
        _ if limits.has(LimitFlag::CollarBothSides) => above.saturating_abs(),
        Side::Buy => above,
        Side::Sell => above.saturating_neg(),
    };
    (most.0, away)
}
