//! What live orders of one symbol reserve, and how many they are.
#![forbid(unsafe_code)]

use super::fold::{self, Fold, is_full, limit};
use crate::market::Symbol;
use crate::num::Lots;
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
    /// What is left of the limits: buys, sells. Derived.
    rooms: [Room; 2],
    /// What the limits and all this come to for one more plain order: buys, sells. Derived.
    pub(super) folds: [Fold; 2],
}

/// What is left on a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Room {
    /// Lots, less than 0 when there is too much already.
    lots: i64,
    /// Orders, less than 0 when there are too many already.
    orders: i64,
}

impl Exposure {
    /// Nothing is reserved, nothing passes.
    pub const EMPTY: Self = Self {
        buy: 0,
        sell: 0,
        buys: 0,
        sells: 0,
        claims: 0,
        rooms: [Room { lots: 0, orders: 0 }; 2],
        folds: [Fold::CLOSED; 2],
    };

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

    /// Whether a LIMIT order may pass that [`Fold::admits_limit`] does not let through.
    #[inline]
    #[must_use]
    pub const fn is_unusual(&self) -> bool {
        let [buys, _] = &self.folds;
        buys.is_unusual() || buys.needs & fold::RECORD != 0
    }

    /// The limits of the symbol were set: its ranges follow.
    pub fn fold_limits(&mut self, symbol: &Symbol, net: i64) {
        self.folds = [Fold::new(symbol, Side::Buy), Fold::new(symbol, Side::Sell)];
        self.fold_room(symbol, net);
    }

    /// What is reserved or open has changed: the ranges of the quantities follow. O(1), some dozen
    /// instructions.
    pub fn fold_room(&mut self, symbol: &Symbol, net: i64) {
        let needs = self.needs(symbol);
        self.fold_side(symbol, net, needs, Side::Buy);
        self.fold_side(symbol, net, needs, Side::Sell);
    }

    /// Room that one more order takes, beyond the symbol.
    #[inline]
    fn needs(&self, symbol: &Symbol) -> u32 {
        if symbol.spec.has(SymbolFlag::Hedged) {
            return fold::ORDER | fold::POSITION | fold::RECORD;
        }
        if self.claims == 0 { fold::ORDER | fold::POSITION } else { NETTED }
    }

    #[inline(always)] // So that the side is known.
    fn fold_side(&mut self, symbol: &Symbol, net: i64, needs: u32, side: Side) {
        let limits = &symbol.limits;
        let ([buys, sells], [buy, sell]) = (&mut self.folds, &mut self.rooms);
        let (fold, room, reserved, orders, max, net) = match side {
            Side::Buy => (buys, buy, self.buy, self.buys, limits.long_max, net),
            Side::Sell => {
                (sells, sell, self.sell, self.sells, limits.short_max, net.wrapping_neg())
            }
        };
        let opens = needs & fold::POSITION != 0;
        let shut = limits.has(LimitFlag::Disabled)
            || (opens && is_full(self.claims, limits.positions_max));
        room.orders = headroom(limits.open_orders_max, i64::from(orders));
        // Beyond what an order may have in lots the whole gate counts.
        room.lots = match small(reserved) {
            Some(reserved) if is_small(net) => headroom(max.0, net.wrapping_add(reserved))
                .min(headroom(limits.open_qty_max.0, reserved))
                .min(Lots::MAX.wrapping_sub(reserved)),
            _ => -1,
        };
        if shut || room.orders <= 0 {
            return fold.set_room(0, -1, needs);
        }
        let most = limit(limits.qty_max.0).min(limit(Lots::MAX)).cast_signed();
        fold.set_room(limits.qty_min.0.max(1), most.min(room.lots), needs);
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
        // At most 2^24 orders of at most 2^63 lots: it fits.
        *sum = sum.wrapping_add(change);
    }

    /// An order of this side worked, and works: the only way in and out of the counts.
    pub fn recount(&mut self, side: Side, was: bool, is: bool) {
        let count = match side {
            Side::Buy => &mut self.buys,
            Side::Sell => &mut self.sells,
        };
        *count = recounted(*count, was, is);
    }

    /// A plain order that passed begins to work in a symbol whose positions net: the sums and the
    /// ranges follow. Whether the symbol claims its position only now.
    #[inline]
    pub fn add(&mut self, side: Side, qty: Lots) -> bool {
        let ([buys, sells], [buy, sell]) = (&mut self.folds, &mut self.rooms);
        let (fold, room, sum, orders) = match side {
            Side::Buy => (buys, buy, &mut self.buy, &mut self.buys),
            Side::Sell => (sells, sell, &mut self.sell, &mut self.sells),
        };
        *sum = sum.wrapping_add(i128::from(qty.0));
        *orders = orders.wrapping_add(1);
        // It passed: there was room for both.
        room.lots = room.lots.wrapping_sub(qty.0);
        room.orders = room.orders.wrapping_sub(1);
        fold.lower(if room.orders > 0 { room.lots } else { -1 });
        let first = self.claims == 0;
        if first {
            self.claims = 1;
            // The limit of positions, which now binds neither side, bound neither before.
            for fold in &mut self.folds {
                fold.set_needs(NETTED);
            }
        }
        first
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

/// Room that one more order takes in a symbol that claims its position already.
const NETTED: u32 = fold::ORDER;

/// A sum of which two and a limit add up without overflow.
#[inline]
fn small(sum: i128) -> Option<i64> {
    i64::try_from(sum).ok().filter(|&sum| is_small(sum))
}

#[inline]
const fn is_small(sum: i64) -> bool {
    sum.wrapping_add(Lots::MAX).cast_unsigned() <= limit(Lots::MAX).wrapping_mul(2)
}

/// What is left of a limit, at most: one that is off, or beyond it, counts as 2^62.
#[inline]
fn headroom(max: i64, taken: i64) -> i64 {
    const LARGEST: u64 = 1 << 62;
    limit(max).min(LARGEST).cast_signed().wrapping_sub(taken)
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
