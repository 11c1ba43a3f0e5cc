//! What live orders of one symbol reserve, and how many they are.
#![forbid(unsafe_code)]

use super::fold::{self, Fold, headroom, is_full};
use crate::market::{Limits, Symbol};
use crate::num::{Lots, OFF};
use crate::status::{LimitFlag, Side, SymbolFlag};
use crate::store::Hash64;

/// Lots reserved per side: Σ working quantity of live orders. Sums are 128 bits: no overflow. An
/// order is working while it reserves something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// Reserved by buys.
    pub buy: i128,
    /// Reserved by sells.
    pub sell: i128,
    /// Working buys.
    pub buys: u32,
    /// Working sells.
    pub sells: u32,
    /// Positions that are open, or that working orders may open.
    pub claims: u32,
    /// What the limits and all this come to for one more plain order: buys, sells.
    pub(super) folds: [Fold; 2],
}

impl Exposure {
    /// Nothing is reserved, nothing passes.
    pub const EMPTY: Self =
        Self { buy: 0, sell: 0, buys: 0, sells: 0, claims: 0, folds: [Fold::CLOSED; 2] };

    /// The ranges of a side.
    #[inline]
    #[must_use]
    pub const fn fold(&self, side: Side) -> &Fold {
        let [buy, sell] = &self.folds;
        match side {
            Side::Buy => buy,
            Side::Sell => sell,
        }
    }

    /// The limits of the symbol were set: its ranges follow.
    pub fn fold_limits(&mut self, symbol: &Symbol, net: i128) {
        self.folds = [Fold::new(symbol, Side::Buy), Fold::new(symbol, Side::Sell)];
        self.fold_room(symbol, net);
    }

    /// What is reserved or open has changed: the ranges of the quantities follow. O(1), some dozen
    /// instructions.
    pub fn fold_room(&mut self, symbol: &Symbol, net: i128) {
        let limits = &symbol.limits;
        let hedged = symbol.spec.has(SymbolFlag::Hedged);
        let opens = hedged || self.claims == 0;
        let shut = limits.has(LimitFlag::Disabled)
            || (opens && is_full(self.claims, limits.positions_max));
        let needs = fold::ORDER
            | if opens { fold::POSITION } else { 0 }
            | if hedged { fold::RECORD } else { 0 };
        let net = i64::try_from(net).ok().filter(|_| !shut);
        let Self { buy, sell, buys, sells, .. } = *self;
        let [buying, selling] = &mut self.folds;
        let max = limits.long_max;
        buying.set_room(net.and_then(|net| room(limits, max, net, buy, buys)), needs);
        let (max, net) = (limits.short_max, net.and_then(i64::checked_neg));
        selling.set_room(net.and_then(|net| room(limits, max, net, sell, sells)), needs);
    }

    /// What this side has reserved.
    #[must_use]
    pub const fn of(&self, side: Side) -> i128 {
        match side {
            Side::Buy => self.buy,
            Side::Sell => self.sell,
        }
    }

    /// Working orders of this side.
    #[must_use]
    pub const fn orders(&self, side: Side) -> u32 {
        match side {
            Side::Buy => self.buys,
            Side::Sell => self.sells,
        }
    }

    /// The reservation of an order of this side went from `old` to `new`: the only way in and out.
    pub fn shift(&mut self, side: Side, old: Lots, new: Lots) {
        let sum = match side {
            Side::Buy => &mut self.buy,
            Side::Sell => &mut self.sell,
        };
        let change = i128::from(new.0).wrapping_sub(i128::from(old.0));
        *sum = sum.saturating_add(change);
    }

    /// An order of this side worked, and works: the only way in and out of the counts.
    pub fn recount(&mut self, side: Side, was: bool, is: bool) {
        let count = match side {
            Side::Buy => &mut self.buys,
            Side::Sell => &mut self.sells,
        };
        *count = recounted(*count, was, is);
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.words_i128(self.buy);
        hash.words_i128(self.sell);
        for word in [self.buys, self.sells, self.claims] {
            hash.u32(word);
        }
    }
}

/// The quantities of one side that pass QTY, POSITION and OPEN_ORDERS; `None` for none, or when
/// the sums are beyond 64 bits.
#[inline]
fn room(limits: &Limits, max: Lots, net: i64, reserved: i128, orders: u32) -> Option<(i64, i64)> {
    let reserved = i64::try_from(reserved).ok()?;
    if is_full(orders, limits.open_orders_max) {
        return None;
    }
    let most = if limits.qty_max.0 == OFF { Lots::MAX } else { limits.qty_max.0.min(Lots::MAX) };
    let most = headroom(most, max, net, reserved);
    Some((limits.qty_min.0.max(1), headroom(most, limits.open_qty_max, 0, reserved)))
}

/// A count of orders that one of them joins or leaves.
#[must_use]
pub(crate) const fn recounted(count: u32, was: bool, is: bool) -> u32 {
    match (was, is) {
        (false, true) => count.saturating_add(1),
        (true, false) => count.saturating_sub(1),
        _ => count,
    }
}
