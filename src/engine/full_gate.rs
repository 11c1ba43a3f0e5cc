//! The whole gate for LIMIT orders without any feature but a scope: a few ranges at each level say
//! that one passes every check; whatever does not pass here is judged, and explained, by the gate.
#![forbid(unsafe_code)]

use super::Engine;
use super::plain::{even_features, odd_features, side_of};
use crate::market::{Place, Symbol};
use crate::num::Nanos;
use crate::order::OrderSubmit;
use crate::risk::{Bounds, Exposure, Full, Likeness, Plain, RECORD, ScopeBook, margin_of};
use crate::status::Side;
use crate::store::{NIL, at};

/// What an order is to each level.
#[derive(Clone, Copy)]
struct Stake {
    side: Side,
    qty: i64,
    /// Units of the common denominator.
    value: u64,
    /// See [`margin_of`].
    margin: u64,
    now: Nanos,
}

impl Engine<'_> {
    /// Whether this is a LIMIT order without any feature but a scope, in a symbol that is judged by
    /// more than plain ranges, that passes every check, when the kill switch is not thrown. `false`
    /// says nothing. O(scopes of its path), the same whatever is in the tables.
    #[inline(never)]
    #[must_use]
    pub(super) fn passes_full(&self, r: &OrderSubmit) -> bool {
        if !self.goes_short() || even_features(r) | odd_features(r) != 0 {
            return false;
        }
        match side_of(r.shape()) {
            Some(Side::Sell) => self.passes_full_limit(r, Side::Sell),
            Some(Side::Buy) => self.passes_full_limit(r, Side::Buy),
            None => false,
        }
    }

    #[inline(always)] // So that the side is known.
    fn passes_full_limit(&self, r: &OrderSubmit, side: Side) -> bool {
        if r.scope != 0 {
            return self.passes_below(r, side);
        }
        let Some(Place { symbol, beside }) = self.symbols.place(at(r.symbol)) else {
            return false;
        };
        let full = &beside.full;
        let Some(stake) = self.stake_of_limit(r, (symbol, beside), full, side) else {
            return false;
        };
        self.is_open_to(beside, (full.rooms.needs(side), 0), &stake)
            && self.is_unlike(r, &full.bounds, side)
    }

    /// The same of an order of a scope below the root that is known to have no other feature, to be
    /// at a limit, and of this side.
    #[inline(always)] // As above.
    #[must_use]
    pub(crate) fn passes_below(&self, r: &OrderSubmit, side: Side) -> bool {
        let Some(Place { symbol, beside }) = self.symbols.place(at(r.symbol)) else {
            return false;
        };
        let Some(own) = self.books.find(r.scope, r.symbol) else { return false };
        let full = &own.exposure.full;
        let Some(stake) = self.stake_of_limit(r, (symbol, beside), full, side) else {
            return false;
        };
        let needs = full.rooms.needs(side);
        let Some(lacks) = self.level_lacks(own, &stake) else { return false };
        (own.above == NIL || self.levels_take(own.above, needs, &stake))
            && self.is_open_to(beside, (needs, lacks), &stake)
            && self.is_unlike(r, &full.bounds, side)
    }

    /// What a scope, and its book, lack of the room that an order may need; `None` when it does not
    /// pass there.
    #[inline(always)] // Of a few comparisons.
    fn level_lacks(&self, book: &ScopeBook, stake: &Stake) -> Option<u32> {
        let Stake { side, qty, value, margin, now } = *stake;
        let rooms = &book.exposure.full.rooms;
        let room = self.scopes.room(book.scope)?;
        if !rooms.takes(side, qty, value) || now <= rooms.closed_through || !room.is_open(now) {
            return None;
        }
        room.takes(side, value, margin).then_some(rooms.lacks | room.lacks)
    }

    /// Whether the scopes from the one of this book on upwards, below the root, let an order pass
    /// that needs this room.
    #[inline(never)] // Most scopes lie in the root.
    fn levels_take(&self, place: u32, needs: u32, stake: &Stake) -> bool {
        let mut next = place;
        while let Some(book) = self.books.get(next) {
            if self.level_lacks(book, stake).is_none_or(|lacks| lacks & needs != 0) {
                return false;
            }
            next = book.above;
        }
        true
    }

    /// What an order is to the levels, when it passes by the limits of its own one and all above,
    /// and by what knows no level.
    #[inline(always)] // As above.
    fn stake_of_limit(
        &self,
        r: &OrderSubmit,
        (symbol, beside): (&Symbol, &Exposure),
        own: &Full,
        side: Side,
    ) -> Option<Stake> {
        let (now, price, qty) = (r.header.now, r.price, r.qty.0);
        let order = Plain { qty, price: price.0, side, limit: true };
        // What binds at one level binds below it too.
        let product = own.bounds.admits(&order, &symbol.market)?;
        let value = product.checked_mul(symbol.scale)?.cast_unsigned();
        let passes = now >= self.now
            && own.bounds.suits(&order, symbol, r.time_in_force, now)
            && own.grid.has(price)
            && self.has_place(r.client_id)
            && !beside.full.rooms.meets(side, price);
        if !passes || !self.group_takes(beside, value) {
            return None;
        }
        let margin = margin_of(value, own.bounds.margin);
        Some(Stake { side, qty, value, margin, now })
    }

    /// Whether the symbol, its group and the root have room for an order that needs this, where
    /// others lack that.
    #[inline(always)] // As above.
    fn is_open_to(&self, beside: &Exposure, (needs, lacks): (u32, u32), stake: &Stake) -> bool {
        let Stake { side, qty, value, margin, now } = *stake;
        let (rooms, room) = (&beside.full.rooms, &self.root_room);
        let lacking = (lacks | rooms.lacks | self.root.lacks) & needs;
        now > rooms.closed_through
            && now > self.root.closed_through
            && rooms.takes(side, qty, value)
            && room.is_open(now)
            && room.takes(side, value, margin)
            && (lacking == 0 || (lacking == RECORD && self.positions.has_room()))
    }

    /// Whether the group of the symbol, if it has one, has room for an order of this value.
    #[inline(always)] // Of a few loads.
    fn group_takes(&self, beside: &Exposure, value: u64) -> bool {
        let group = self.symbols.beside(beside.full.rooms.group);
        group.is_none_or(|e| value <= e.group.room)
    }

    /// Whether few like this one were sent within the window.
    #[inline(always)] // As above.
    fn is_unlike(&self, r: &OrderSubmit, bounds: &Bounds, side: Side) -> bool {
        let recent = &self.sequences.recent;
        let like = Likeness::of_limit((r.symbol, r.scope), side, r.price, r.qty);
        recent.reaches(bounds.duplicates, r.header.now)
            && (recent.lacks(&like) || self.is_rare(r, bounds, side))
    }

    /// The same, when others hang where it would.
    #[inline(never)] // So that what makes it alike needs no memory.
    fn is_rare(&self, r: &OrderSubmit, bounds: &Bounds, side: Side) -> bool {
        let like = Likeness::of_limit((r.symbol, r.scope), side, r.price, r.qty);
        let limits = (bounds.duplicates, bounds.duplicates_max);
        self.sequences.recent.passes(&like, limits, r.header.now)
    }
}
