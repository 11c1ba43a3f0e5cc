//! What live orders of one symbol reserve, and how many they are.
#![forbid(unsafe_code)]

use super::Own;
use super::fold::{self, Fold, is_full, limit};
use super::{Full, Group, Ward, Worth};
use crate::market::{Limits, Symbol};
use crate::num::Lots;
use crate::status::{LimitFlag, Side, SymbolFlag};
use crate::store::{Hash64, NIL};

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
    /// Checks of which a figure was near its limit, and was warned of: bits.
    pub warned: u64,
    /// Whether more is counted than stands here, so that no order is judged by the ranges alone
    /// and no execution is booked in one go. Derived.
    pub heavy: bool,
    /// What of it is of scopes below the root.
    pub below: Below,
    /// The session in which executions may be booked in one go; 0 for none. Derived.
    light: u32,
    /// What it is worth.
    pub worth: Worth,
    /// The group whose number is one more than the symbol's: it has nothing to do with this symbol.
    pub group: Group,
    /// What it has to do with kills.
    pub ward: Ward,
    /// What all limits come to for one more LIMIT order while it is `heavy`. Derived.
    pub full: Full,
    /// What is left of the limits: buys, sells. Derived.
    rooms: [Room; 2],
    /// What the limits and all this come to for one more plain order: buys, sells. Derived.
    pub(super) folds: [Fold; 2],
}

/// What of a symbol's reservations is of scopes below the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Below {
    /// Sums over their own parts; positions are not counted here.
    pub own: Own,
    /// The first of the symbol's books; [`NIL`] for none.
    pub books: u32,
}

impl Below {
    /// Nothing.
    const EMPTY: Self = Self { own: Own::EMPTY, books: NIL };
}

/// What is left on a side.
#[derive(Clone, Copy, Debug, Eq)]
#[repr(C)] // What an order takes of each lies apart: vectors of two cost more than they save.
struct Room {
    /// Lots until the position is as large as it may be, less than 0 when it is larger already;
    /// [`UNKNOWN`] when the sums are beyond what an order may have.
    near: i64,
    /// How many more, or less than 0, may be reserved, likewise.
    beyond: i64,
    /// Lots, at most, that may be taken of both before the largest quantity that passes is not
    /// what it was, and before there is no order left: each takes a lot at least. Less than 0 when
    /// that is not known.
    slack: i64,
    /// Orders, less than 0 when there are too many already, at most [`ORDERS_MOST`].
    orders: i32,
    /// Whether it is known that on both sides the largest quantity that passes is the limit's:
    /// more room changes nothing.
    wide: bool,
}

/// More orders than there can be.
const ORDERS_MOST: i64 = 1 << 30;

impl PartialEq for Room {
    /// Whether the same is left: how near that is to the largest quantity, and whether it is wide,
    /// is known sometimes.
    fn eq(&self, other: &Self) -> bool {
        (self.near, self.beyond, self.orders) == (other.near, other.beyond, other.orders)
    }
}

/// Nothing of it: less than any room.
const UNKNOWN: i64 = i64::MIN;

impl Room {
    /// None.
    const EMPTY: Self = Self { near: 0, beyond: 0, slack: -1, orders: 0, wide: false };

    /// The quantities that pass follow.
    #[inline(always)] // So that the limits are looked up once.
    fn close_to(&mut self, fold: &mut Fold, limits: &Limits, shut: bool) {
        if shut || self.orders <= 0 {
            self.slack = -1;
            return fold.set_room(0, -1);
        }
        let most = most_of(limits).min(self.lots());
        fold.set_room(limits.qty_min.0.max(1), most);
        self.slack = self.slack(fold);
    }

    /// Lots that one more order may have.
    fn lots(&self) -> i64 {
        self.near.min(self.open())
    }

    /// Lots that may be reserved.
    const fn open(&self) -> i64 {
        self.near.wrapping_add(self.beyond)
    }

    /// How near it is to the largest quantity that passes, and to the last order.
    fn slack(&self, fold: &Fold) -> i64 {
        // Neither is far from what a limit may be, unless it is not known, or none passes.
        let lots = self.lots().checked_sub(fold.largest()).unwrap_or(-1);
        lots.min(i64::from(self.orders).wrapping_sub(1))
    }

    /// Whether there is not less slack than it says.
    fn is_sure(&self, fold: &Fold) -> bool {
        self.slack < 0 || self.slack <= self.slack(fold)
    }
}

impl Exposure {
    /// Nothing is reserved, nothing passes.
    pub const EMPTY: Self = Self {
        buy: 0,
        sell: 0,
        buys: 0,
        sells: 0,
        claims: 0,
        warned: 0,
        heavy: false,
        below: Below::EMPTY,
        light: Worth::FIRST,
        worth: Worth::EMPTY,
        group: Group::EMPTY,
        ward: Ward::EMPTY,
        full: Full::CLOSED,
        rooms: [Room::EMPTY; 2],
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
        buys.is_unusual()
    }

    /// Whether the age of the reference counts.
    #[inline]
    #[must_use]
    pub const fn is_dated(&self) -> bool {
        // Either side says so: the same place for both.
        let [buys, _] = &self.folds;
        buys.is_dated()
    }

    /// Whether executions in this session may be booked in one go.
    #[inline]
    #[must_use]
    pub const fn is_light(&self, session: u32) -> bool {
        self.light == session
    }

    /// It is this session now: what was traded before does not count any more.
    pub fn begin_session(&mut self, session: u32) {
        self.worth.begin(session);
        self.lighten();
    }

    fn lighten(&mut self) {
        self.light = if self.heavy { 0 } else { self.worth.session() };
    }

    /// The limits of the symbol were set: its ranges follow. Whether it is `heavy` now.
    pub fn fold_limits(&mut self, symbol: &Symbol, net: i64, heavy: bool) {
        self.heavy = heavy;
        self.lighten();
        self.folds = [Fold::new(symbol, Side::Buy), Fold::new(symbol, Side::Sell)];
        self.fold_room(symbol, net);
    }

    /// What is reserved or open has changed: the ranges of the quantities follow. O(1), some dozen
    /// instructions.
    pub fn fold_room(&mut self, symbol: &Symbol, net: i64) {
        let needs = self.needs(symbol);
        self.set_wide(false);
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
        let most = limit(limits.open_orders_max).min(limit(ORDERS_MOST)).cast_signed();
        let left = most.wrapping_sub(i64::from(orders));
        room.orders = i32::try_from(left).unwrap_or_default();
        // Beyond what an order may have in lots the whole gate counts.
        let (near, open) = match small(reserved) {
            Some(reserved) if is_small(net) => (
                headroom(max.0, net.wrapping_add(reserved)),
                headroom(limits.open_qty_max.0, reserved).min(Lots::MAX.wrapping_sub(reserved)),
            ),
            _ => (UNKNOWN, UNKNOWN),
        };
        (room.near, room.beyond) = (near, open.wrapping_sub(near));
        fold.needs = needs;
        room.close_to(fold, limits, self.heavy || is_shut(limits, self.claims, needs));
    }

    /// Lots of a working order are no longer reserved but open, which makes it `net` in all;
    /// nothing of the order works on when it `ends`. The symbol claims so many positions now.
    #[inline(always)] // Once in the code for each kind of execution.
    pub(crate) fn fill(
        &mut self,
        symbol: &Symbol,
        (side, qty, ends): (Side, Lots, bool),
        net: i64,
        claims: u32,
    ) {
        let limits = &symbol.limits;
        let [buy, sell] = &mut self.rooms;
        let (sum, orders, room, other) = match side {
            Side::Buy => (&mut self.buy, &mut self.buys, buy, sell),
            Side::Sell => (&mut self.sell, &mut self.sells, sell, buy),
        };
        // What is reserved is not negative, and the order is one of them.
        *sum = sum.wrapping_sub(i128::from(qty.0.cast_unsigned()));
        *orders = orders.wrapping_sub(u32::from(ends));
        let stays = self.claims == claims;
        self.claims = claims;
        // What a symbol that nets claims binds no side, before and after, unless it may have none.
        let free = limits.positions_max != 0 && !symbol.spec.has(SymbolFlag::Hedged);
        if !is_small(net) || !(stays || free) {
            return self.fold_room(symbol, net);
        }
        // By position the one side has the room it had, and the other gains some.
        room.beyond = room.beyond.wrapping_add(qty.0);
        room.orders = room.orders.wrapping_add(i32::from(ends));
        other.near = other.near.wrapping_add(qty.0);
        other.beyond = other.beyond.wrapping_sub(qty.0);
        if !room.wide {
            self.widen(symbol, net);
        }
        if !stays {
            self.follow_claims(symbol);
        }
    }

    /// There is more room than there was, where it was less than the largest order.
    #[inline(never)] // Most rooms are wider than the largest order.
    fn widen(&mut self, symbol: &Symbol, net: i64) {
        // Far below what any sum comes to: what was not known has gained something.
        if self.rooms.iter().any(|room| room.open() < UNKNOWN / 2) {
            return self.fold_room(symbol, net);
        }
        for (room, fold) in self.rooms.iter_mut().zip(&mut self.folds) {
            let shut = self.heavy || is_shut(&symbol.limits, self.claims, fold.needs);
            room.close_to(fold, &symbol.limits, shut);
        }
        let most = most_of(&symbol.limits);
        let wide = self.folds.iter().all(|fold| fold.largest() == most);
        self.set_wide(wide);
    }

    fn set_wide(&mut self, wide: bool) {
        for room in &mut self.rooms {
            room.wide = wide;
        }
    }

    /// What one more order needs follows the claims of a symbol that nets.
    #[inline]
    fn follow_claims(&mut self, symbol: &Symbol) {
        let needs = self.needs(symbol);
        for fold in &mut self.folds {
            fold.needs = needs;
        }
    }

    /// Whether what is known of the room that is left is true: for the audit.
    #[must_use]
    pub fn is_sure(&self, limits: &Limits) -> bool {
        let most = most_of(limits);
        let wide = self.folds.iter().all(|fold| fold.largest() == most);
        let is_sure = |(room, fold): (&Room, &Fold)| room.is_sure(fold) && (wide || !room.wide);
        self.rooms.iter().zip(&self.folds).all(is_sure)
    }

    /// What is the root's own: not of a scope below it. Positions are not counted.
    #[must_use]
    pub const fn own(&self) -> Own {
        let below = &self.below.own;
        Own {
            buy: self.buy.wrapping_sub(below.buy),
            sell: self.sell.wrapping_sub(below.sell),
            orders: self.buys.wrapping_add(self.sells).wrapping_sub(below.orders),
            claims: self.claims.wrapping_sub(below.claims),
            ..Own::EMPTY
        }
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

    /// A plain order that passed begins to work in a symbol whose positions net: whether the symbol
    /// claims its position only now. What a close closes is claimed.
    #[inline(always)] // Of one test.
    pub(crate) fn claim(&mut self) -> bool {
        let first = self.claims == 0;
        if first {
            self.claims = 1;
            // The limit of positions, which now binds neither side, bound neither before.
            for fold in &mut self.folds {
                fold.needs &= !fold::POSITION;
            }
        }
        first
    }

    /// The sums follow such an order, or a close in any symbol. Whether there may be less room than
    /// there seems to be: [`Exposure::narrow`] must follow then.
    #[inline(always)] // So that the side is known.
    pub(crate) fn add(&mut self, side: Side, qty: Lots) -> bool {
        let [buy, sell] = &mut self.rooms;
        let (room, sum, orders) = match side {
            Side::Buy => (buy, &mut self.buy, &mut self.buys),
            Side::Sell => (sell, &mut self.sell, &mut self.sells),
        };
        // It passed: it is more than 0, and there was room for it.
        *sum = sum.wrapping_add(i128::from(qty.0.cast_unsigned()));
        *orders = orders.wrapping_add(1);
        room.near = room.near.wrapping_sub(qty.0);
        room.orders = room.orders.wrapping_sub(1);
        room.slack = room.slack.wrapping_sub(qty.0);
        room.slack < 0
    }

    /// The ranges follow [`Exposure::add`].
    #[cold]
    #[inline(never)] // Most rooms are wider than the largest order.
    pub(crate) fn narrow(&mut self, side: Side) {
        self.set_wide(false);
        let (room, fold) = self.side(side);
        let most = room.lots();
        if room.orders <= 0 || most < fold.largest() {
            fold.lower(if room.orders > 0 { most } else { -1 });
        }
        room.slack = room.slack(fold);
    }

    /// What is left on a side, and its ranges.
    fn side(&mut self, side: Side) -> (&mut Room, &mut Fold) {
        let ([buys, sells], [buy, sell]) = (&mut self.folds, &mut self.rooms);
        match side {
            Side::Buy => (buy, buys),
            Side::Sell => (sell, sells),
        }
    }

    /// Feeds what can change a later answer in this session.
    pub fn feed(&self, session: u32, hash: &mut Hash64) {
        hash.words_i128(self.buy);
        hash.words_i128(self.sell);
        for word in [self.buys, self.sells, self.claims] {
            hash.u32(word);
        }
        self.worth.feed(session, hash);
        self.group.feed(hash);
        self.ward.feed(hash);
        hash.word(self.warned);
    }
}

/// Room that one more order takes in a symbol that claims its position already.
const NETTED: u32 = fold::ORDER;

/// The largest quantity of an order.
#[inline]
fn most_of(limits: &Limits) -> i64 {
    limit(limits.qty_max.0).min(limit(Lots::MAX)).cast_signed()
}

/// Whether no order passes, whatever its quantity.
#[inline]
const fn is_shut(limits: &Limits, claims: u32, needs: u32) -> bool {
    let opens = needs & fold::POSITION != 0;
    limits.has(LimitFlag::Disabled) || (opens && is_full(claims, limits.positions_max))
}

/// A sum, not negative, of which two and a limit add up without overflow.
#[inline]
pub(super) fn small(sum: i128) -> Option<i64> {
    let sum = u64::try_from(sum).ok().filter(|&sum| sum <= limit(Lots::MAX))?;
    Some(sum.cast_signed())
}

#[inline]
pub(super) const fn is_small(sum: i64) -> bool {
    sum.wrapping_add(Lots::MAX).cast_unsigned() <= limit(Lots::MAX).wrapping_mul(2)
}

/// What is left of a limit, at most: one that is off, or beyond it, counts as 2^62.
#[inline]
pub(super) fn headroom(max: i64, taken: i64) -> i64 {
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
