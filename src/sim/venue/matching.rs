//! Matching: orders that take, and resting ones that the other side's best price reaches.
#![forbid(unsafe_code)]

use super::Venue;
use super::flight::What;
use super::order::{Stage, UNKNOWN_AHEAD};
use super::report::Saying;
use super::settings::Queue;
use crate::num::{Lots, Nanos, Ticks};
use crate::status::{Liquidity, Reason, ReportKind, Side, TimeInForce};

impl Venue<'_> {
    /// An order joins those of its side that may be matched, behind all of its level, and takes
    /// what it can. O(log orders).
    pub(super) fn enter(&mut self, slot: u32, now: Nanos) {
        let sequence = self.next_sequence();
        let Some(order) = self.order_mut(slot) else { return };
        order.stage = Stage::Working;
        order.sequence = sequence;
        order.is_taking = true;
        order.ahead = UNKNOWN_AHEAD;
        let (symbol, side, level) = (order.symbol, order.side, order.level());
        let is_immediate = order.is_immediate();
        if let Some(book) = self.books.get_mut(crate::store::at(symbol)) {
            self.trees.insert(book.works.of_mut(side), slot, level, sequence);
        }
        if let Some(reach) = self.book(symbol).and_then(|book| book.reach(side)) {
            self.meet(slot, reach, now);
        }
        let is_here = self.order(slot).is_some_and(|order| order.stage == Stage::Working);
        if is_here && is_immediate {
            self.end(slot, Stage::Cancelled, Reason::None, 0, now);
        } else if self.takes(slot)
            && let Some(book) = self.book_mut(symbol)
        {
            let taking = book.taking.of_mut(side);
            *taking = level.min(*taking);
        }
    }

    /// A quote meets the orders of a side, the best first. O(log orders) for each that it reaches
    /// or that stands at the best price of its side.
    pub(super) fn match_side(&mut self, symbol: u32, side: Side, now: Nanos) {
        let queue = self.simulation(symbol).queue;
        let Some(book) = self.book(symbol) else { return };
        let Some(reach) = book.reach(side) else { return };
        let taking = *book.taking.of(side);
        let bound = match queue {
            Queue::Front => reach.min(taking),
            Queue::Back => book.best(side).min(taking),
        };
        let Some((first, level, _)) = book.works.of(side).first() else { return };
        if level < bound {
            return;
        }
        let (mut next, mut taking) = (Some(first), i64::MAX);
        while let Some((slot, level)) = next.and_then(|slot| self.level_of(slot)) {
            if level < bound {
                break;
            }
            next = self.trees.next(slot);
            self.meet(slot, reach, now);
            if self.takes(slot) {
                taking = taking.min(level);
            }
        }
        if let Some(book) = self.book_mut(symbol) {
            *book.taking.of_mut(side) = taking;
        }
    }

    /// An order meets the quote: it gets its share of what is offered, or rests.
    fn meet(&mut self, slot: u32, reach: i64, now: Nanos) {
        let Some(order) = self.order(slot) else { return };
        let must_pass = self.book(order.symbol).is_some_and(|book| book.must_pass);
        let reached = match must_pass && !order.is_taking {
            true => order.level() > reach,
            false => order.level() >= reach,
        };
        if reached {
            self.execute(slot, now);
        } else {
            self.rest(slot);
        }
    }

    /// An order that the quote reaches gets what is left of that for its side.
    fn execute(&mut self, slot: u32, now: Nanos) {
        if self.order(slot).is_some_and(|order| order.is_taking && order.is_post_only()) {
            self.rest(slot);
        }
        let Some(&order) = self.order(slot) else { return };
        let Some(book) = self.book(order.symbol) else { return };
        let left = *book.left.of(order.side);
        let qty = order.leaves().min(left);
        let is_short = qty < order.leaves();
        if qty <= 0 || (is_short && order.time_in_force == TimeInForce::Fok) {
            return;
        }
        let (price, liquidity) = match order.is_taking {
            true => (self.taker_price(&order), Liquidity::Taker),
            false => (Some(order.price), Liquidity::Maker),
        };
        let Some(price) = price else {
            self.end(slot, Stage::Cancelled, Reason::Price, 0, now);
            return;
        };
        if self.fill(slot, (Lots(qty), price), liquidity, now)
            && left != i64::MAX
            && let Some(book) = self.book_mut(order.symbol)
        {
            *book.left.of_mut(order.side) = left.saturating_sub(qty);
        }
    }

    /// Executes so much of an order. `false` when it does not: nothing happens when there is no
    /// room for the report of a partial fill (the room of the last one was kept), and the order is
    /// cancelled when value or fee would not fit.
    pub(super) fn fill(
        &mut self,
        slot: u32,
        (qty, price): (Lots, Ticks),
        liquidity: Liquidity,
        now: Nanos,
    ) -> bool {
        let Some(&order) = self.order(slot) else { return false };
        let is_last = qty.0 >= order.leaves();
        if !is_last && self.flight.spare() == 0 {
            return false;
        }
        let Some(commission) = self.charge(order.symbol, (qty, price), liquidity, now) else {
            self.end(slot, Stage::Cancelled, Reason::Price, 0, now);
            return false;
        };
        self.executions = self.executions.wrapping_add(1);
        let cum = Lots(order.cum.0.saturating_add(qty.0));
        if let Some(order) = self.order_mut(slot) {
            order.cum = cum;
        }
        if is_last {
            self.retire(slot, Stage::Filled);
        }
        let fill = Saying {
            exec_id: self.executions,
            qty,
            price,
            cum,
            commission,
            liquidity,
            ..Saying::of(What::Report(ReportKind::Fill, Reason::None))
        };
        self.say(slot, &fill, now);
        true
    }

    fn takes(&self, slot: u32) -> bool {
        let order = self.order(slot);
        order.is_some_and(|order| order.stage == Stage::Working && order.is_taking)
    }

    /// A slot with the level at which it stands.
    pub(super) fn level_of(&self, slot: u32) -> Option<(u32, i64)> {
        self.trees.key(slot).map(|(level, _)| (slot, level))
    }
}
