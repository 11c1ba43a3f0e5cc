//! Stops, take-profits and trailing stops that the venue holds.
#![forbid(unsafe_code)]

use super::Venue;
use super::book::{falls, toward};
use super::flight::What;
use super::order::{Stage, VenueOrder};
use super::report::Saying;
use crate::num::{Nanos, Ratio, Ticks, div_ceil};
use crate::status::{OrderType, Reason, ReportKind, Side};
use crate::store::at;

impl Venue<'_> {
    /// A stop begins to wait; one whose price is reached already is triggered at once.
    /// O(log orders).
    pub(super) fn wait(&mut self, slot: u32, now: Nanos) {
        let sequence = self.next_sequence();
        let Some(order) = self.order_mut(slot) else { return };
        order.stage = Stage::Waiting;
        order.sequence = sequence;
        let (symbol, side, order_type) = (order.symbol, order.side, order.order_type);
        let Some(book) = self.books.get_mut(at(symbol)) else { return };
        let basis = book.basis();
        if order_type == OrderType::TrailingStop {
            if !self.trails.contains(slot) {
                self.trails.push_back(&mut book.trails, slot);
            }
            let unmoved = book.unmoved.of_mut(side);
            *unmoved = self
                .orders
                .get(at(slot))
                .and_then(|order| order.peak)
                .map_or(i64::MIN, |peak| toward(side == Side::Sell, peak).min(*unmoved));
        }
        self.file_stop(slot);
        if let Some((sells, buys)) = basis {
            self.follow(symbol, sells, buys, now);
        }
    }

    /// Puts a waiting stop under its trigger price; a trailing one without any is in the list of
    /// those that follow the price alone.
    pub(super) fn file_stop(&mut self, slot: u32) {
        let Some(order) = self.orders.get(at(slot)) else { return };
        if order.order_type == OrderType::TrailingStop && order.peak.is_none() {
            return;
        }
        let Some(book) = self.books.get_mut(at(order.symbol)) else { return };
        let falls = falls(order);
        let tree = book.stops.of_mut(order.side).of_mut(falls);
        self.trees.insert(tree, slot, toward(falls, order.stop_price), order.sequence);
    }

    /// The prices that stops look at have moved: trailing stops follow, and what is reached is
    /// triggered, level best first, then as they came; sells first. O(trailing stops) when one of
    /// them moves, O(log orders) for each that is triggered.
    pub(super) fn follow(&mut self, symbol: u32, sells: Ticks, buys: Ticks, now: Nanos) {
        self.raise(symbol, sells, buys);
        for (side, price) in [(Side::Sell, sells), (Side::Buy, buys)] {
            for falls in [true, false] {
                while let Some(slot) = self.pop_reached(symbol, side, falls, price) {
                    self.trigger(slot, now);
                }
            }
        }
    }

    /// Takes out the first stop that this price reaches.
    fn pop_reached(&mut self, symbol: u32, side: Side, falls: bool, price: Ticks) -> Option<u32> {
        let book = self.books.get_mut(at(symbol))?;
        let tree = book.stops.of_mut(side).of_mut(falls);
        let (slot, level, _) = tree.first()?;
        let is_reached = level >= toward(falls, price) && self.trees.drop_first(tree);
        is_reached.then_some(slot)
    }

    /// A stop that was taken out is a market or limit order from now on.
    fn trigger(&mut self, slot: u32, now: Nanos) {
        let Some(&before) = self.order(slot) else { return };
        if let Some(book) = self.books.get_mut(at(before.symbol))
            && self.trails.contains(slot)
        {
            self.trails.remove(&mut book.trails, slot);
        }
        self.flight.keep(before.kept(), 1);
        if let Some(order) = self.order_mut(slot) {
            order.order_type = before.order_type.triggered();
            order.stage = Stage::Working;
        }
        self.say(slot, &Saying::of(What::Report(ReportKind::Triggered, Reason::None)), now);
        let takes = before.is_post_only()
            && self.book(before.symbol).is_some_and(|b| b.would_take(before.side, before.price));
        if takes {
            self.end(slot, Stage::Cancelled, Reason::Price, 0, now);
        } else {
            self.enter(slot, now);
        }
    }

    /// Trailing stops follow a better price.
    fn raise(&mut self, symbol: u32, sells: Ticks, buys: Ticks) {
        let Some(book) = self.book(symbol) else { return };
        let (sells_at, buys_at) = (toward(true, sells), toward(false, buys));
        if sells_at <= book.unmoved.sell && buys_at <= book.unmoved.buy {
            return;
        }
        let mut next = Some(book.trails.head);
        let (mut lowest_sell, mut lowest_buy) = (i64::MAX, i64::MAX);
        while let Some(slot) = next.filter(|&slot| self.trails.contains(slot)) {
            next = self.trails.next(slot);
            let Some(&order) = self.order(slot) else { break };
            let (price, lowest) = match order.side {
                Side::Sell => (sells, &mut lowest_sell),
                Side::Buy => (buys, &mut lowest_buy),
            };
            let mirror = order.side == Side::Sell;
            let is_better =
                order.peak.is_none_or(|peak| toward(mirror, price) > toward(mirror, peak));
            let peak = if is_better { price } else { order.peak.unwrap_or(price) };
            *lowest = toward(mirror, peak).min(*lowest);
            if is_better {
                self.move_trail(slot, &order, peak);
            }
        }
        if let Some(book) = self.book_mut(symbol) {
            (book.unmoved.sell, book.unmoved.buy) = (lowest_sell, lowest_buy);
        }
    }

    /// A trailing stop follows to the distance from a new peak; it never goes back.
    fn move_trail(&mut self, slot: u32, order: &VenueOrder, peak: Ticks) {
        let distance = distance(order, peak);
        let new = match order.side {
            Side::Sell => peak.0.saturating_sub(distance),
            Side::Buy => peak.0.saturating_add(distance),
        };
        let old = order.stop_price.0;
        let stop = match (order.peak, order.side) {
            (None, _) => new,
            (Some(_), Side::Sell) => new.max(old),
            (Some(_), Side::Buy) => new.min(old),
        };
        self.unfile(slot);
        if let Some(order) = self.order_mut(slot) {
            order.peak = Some(peak);
            order.stop_price = Ticks(stop);
        }
        self.file_stop(slot);
    }
}

/// Ticks from a peak to the trigger price, rounded away from the market.
fn distance(order: &VenueOrder, peak: Ticks) -> i64 {
    if order.trail_offset.0 > 0 {
        return order.trail_offset.0;
    }
    let share = i128::from(peak.0.unsigned_abs()).saturating_mul(i128::from(order.trail_ratio.0));
    let share = div_ceil(share, i128::from(Ratio::ONE));
    share.and_then(|share| i64::try_from(share).ok()).map_or(1, |share| share.max(1))
}
