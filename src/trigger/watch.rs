//! Which prices mean nothing to the triggers of a symbol: two comparisons a side tell.
#![forbid(unsafe_code)]

use super::{Direction, Triggers};
use crate::num::Ticks;
use crate::store::at;

/// Prices of a symbol at which nothing fires, no trailing stop follows and nothing is refused: bid
/// and ask each strictly between two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    bid_low: i64,
    bid_high: i64,
    ask_low: i64,
    ask_high: i64,
}

impl Watch {
    /// No price is calm.
    pub const CLOSED: Self =
        Self { bid_low: i64::MAX, bid_high: i64::MIN, ask_low: i64::MAX, ask_high: i64::MIN };

    /// Without triggers: every price from `least` to `most`.
    #[must_use]
    pub const fn within(least: Ticks, most: Ticks) -> Self {
        let (low, high) = (least.0.saturating_sub(1), most.0.saturating_add(1));
        Self { bid_low: low, bid_high: high, ask_low: low, ask_high: high }
    }

    /// Whether a quote means nothing.
    #[inline]
    #[must_use]
    pub const fn is_calm(&self, bid: Ticks, ask: Ticks) -> bool {
        self.bid_low < bid.0
            && bid.0 < self.bid_high
            && self.ask_low < ask.0
            && ask.0 < self.ask_high
    }

    /// The best level of a direction, turned as [`Direction::normal`] does: prices that reach it
    /// are not calm.
    #[must_use]
    pub fn with_level(mut self, direction: Direction, level: i64) -> Self {
        match direction {
            Direction::BidFall => self.bid_low = self.bid_low.max(level),
            Direction::AskFall => self.ask_low = self.ask_low.max(level),
            Direction::BidRise => self.bid_high = self.bid_high.min(level.wrapping_neg()),
            Direction::AskRise => self.ask_high = self.ask_high.min(level.wrapping_neg()),
        }
        self
    }

    /// The nearest place by peak of a direction: prices beyond it are not calm.
    #[must_use]
    pub fn with_peak(mut self, direction: Direction, place: i64) -> Self {
        let (above, below) = (place.wrapping_neg().saturating_add(1), place.saturating_sub(1));
        match direction {
            Direction::BidFall => self.bid_high = self.bid_high.min(above),
            Direction::AskFall => self.ask_high = self.ask_high.min(above),
            Direction::BidRise => self.bid_low = self.bid_low.max(below),
            Direction::AskRise => self.ask_low = self.ask_low.max(below),
        }
        self
    }
}

impl Triggers<'_> {
    /// Which prices of a symbol mean nothing.
    #[inline]
    #[must_use]
    pub fn watch(&self, symbol: usize) -> Option<&Watch> {
        self.queues.get(symbol).map(|queues| &queues.watch)
    }

    /// The prices that a symbol could quote calmly if it had no triggers. O(1).
    pub fn allow(&mut self, symbol: u32, allowed: Watch) {
        if let Some(queues) = self.queues.get_mut(at(symbol))
            && queues.allowed != allowed
        {
            queues.allowed = allowed;
            self.rewatch(symbol);
        }
    }

    /// Whether a symbol without triggers could quote calmly.
    #[must_use]
    pub fn is_allowed(&self, symbol: u32) -> bool {
        self.queues.get(at(symbol)).is_some_and(|queues| queues.allowed != Watch::CLOSED)
    }

    /// The head of a queue of this symbol may be another one, or what was reached. O(1).
    pub(super) fn rewatch(&mut self, symbol: u32) {
        let watch = self.watched(symbol);
        if let Some(queues) = self.queues.get_mut(at(symbol)) {
            queues.watch = watch;
        }
    }

    fn watched(&self, symbol: u32) -> Watch {
        let Some(queues) = self.queues.get(at(symbol)) else { return Watch::CLOSED };
        if queues.is_reached() || self.has_backlog(symbol) {
            return Watch::CLOSED;
        }
        let mut watch = queues.allowed;
        for direction in Direction::ALL {
            if let Some(level) = self.best_level(queues, direction) {
                watch = watch.with_level(direction, level);
            }
            if let Some(place) = self.nearest_peak(queues, direction) {
                watch = watch.with_peak(direction, place);
            }
        }
        watch
    }

    /// Whether the watch of a symbol is what its triggers, all looked at, make of it.
    /// O(triggers).
    #[must_use]
    pub fn is_watched(&self, symbol: u32) -> bool {
        let Some(queues) = self.queues.get(at(symbol)) else { return false };
        if queues.is_reached() || self.has_backlog(symbol) {
            return queues.watch == Watch::CLOSED;
        }
        let armed = |slot| self.is_queued(slot) || self.is_queued_by_peak(slot);
        let mut watch = queues.allowed;
        for (slot, trigger) in self.slots.iter().filter(|(_, t)| t.symbol == symbol) {
            if !armed(slot) {
                continue;
            }
            let direction = trigger.direction;
            if !trigger.trails() || trigger.peak.is_some() {
                watch = watch.with_level(direction, direction.normal(trigger.level));
            }
            if trigger.trails() {
                watch = watch.with_peak(direction, trigger.place_by_peak());
            }
        }
        queues.watch == watch
    }
}
