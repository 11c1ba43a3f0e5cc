//! Resting limit orders: what stands before them, and what trades give them.
#![forbid(unsafe_code)]

use super::Venue;
use super::book::level;
use super::order::{UNKNOWN_AHEAD, VenueOrder};
use crate::num::{Lots, Nanos, Ticks};
use crate::status::{Liquidity, Side};

impl Venue<'_> {
    /// A quote does not reach an order: it rests, or goes on resting; what stands before it only
    /// shrinks.
    pub(super) fn rest(&mut self, slot: u32) {
        let Some(&VenueOrder { symbol, side, ahead, is_taking, price, .. }) = self.order(slot)
        else {
            return;
        };
        let queue = self.simulation(symbol).queue;
        let Some(book) = self.book(symbol) else { return };
        let now_ahead = book.ahead_of(side, level(side, price), queue);
        if let Some(order) = self.order_mut(slot) {
            order.ahead = if is_taking { now_ahead } else { now_ahead.min(ahead) };
            order.is_taking = false;
        }
    }

    /// A trade meets the resting orders of a side: those that it passed share its quantity, the
    /// best first, then those at its price, behind what stands before them. Without a quantity it
    /// executes what it passed. Answers what is left of it. O(log orders) for each that it reaches.
    pub(super) fn trade_with(
        &mut self,
        (symbol, side): (u32, Side),
        price: Ticks,
        qty: Option<i64>,
        now: Nanos,
    ) -> Option<i64> {
        let bound = level(side, price);
        let Some(book) = self.book(symbol) else { return qty };
        let is_live = book.is_live;
        let mut next = book.works.of(side).first().map(|(slot, ..)| slot);
        let mut left = qty;
        while let Some((slot, at_level)) = next.and_then(|slot| self.level_of(slot)) {
            if at_level < bound || left == Some(0) {
                break;
            }
            next = self.trees.next(slot);
            let Some(&order) = self.order(slot) else { break };
            // A quote decides about what takes, and about orders at the market.
            if (order.is_taking && is_live) || !order.order_type.has_price() {
                continue;
            }
            left = self.trade_with_one(slot, at_level > bound, left, now);
        }
        left
    }

    /// The same for one of them.
    fn trade_with_one(
        &mut self,
        slot: u32,
        is_passed: bool,
        left: Option<i64>,
        now: Nanos,
    ) -> Option<i64> {
        let order = self.order_mut(slot)?;
        let ahead = if is_passed { 0 } else { order.ahead };
        let room = match left {
            Some(left) => left.saturating_sub(ahead),
            None if is_passed => i64::MAX,
            None => 0,
        };
        if let Some(left) = left
            && !is_passed
            && ahead != UNKNOWN_AHEAD
        {
            order.ahead = ahead.saturating_sub(left).max(0);
        }
        let qty = order.leaves().min(room);
        let price = order.price;
        if qty > 0 && self.fill(slot, (Lots(qty), price), Liquidity::Maker, now) {
            return left.map(|left| left.saturating_sub(qty));
        }
        left
    }
}
