//! Which prices mean nothing to the triggers of a symbol: two comparisons a side tell.
#![forbid(unsafe_code)]

use super::{Direction, Queues, Triggers};
use crate::num::Ticks;
use crate::status::TriggerState;
use crate::store::at;

/// Prices of a symbol at which nothing fires, no trailing stop wakes and nothing is refused: bid
/// and ask each strictly between two bounds. And those from which on trailing stops follow, which
/// they may do on a calm quote too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    bid_low: i64,
    bid_high: i64,
    ask_low: i64,
    ask_high: i64,
    bid_carries: i64,
    ask_carries: i64,
}

impl Watch {
    /// No price is calm.
    pub const CLOSED: Self = Self {
        bid_low: i64::MAX,
        bid_high: i64::MIN,
        ask_low: i64::MAX,
        ask_high: i64::MIN,
        bid_carries: i64::MAX,
        ask_carries: i64::MIN,
    };

    /// Without triggers: every price from `least` to `most`.
    #[must_use]
    pub const fn within(least: Ticks, most: Ticks) -> Self {
        let (low, high) = (least.0.saturating_sub(1), most.0.saturating_add(1));
        Self { bid_low: low, bid_high: high, ask_low: low, ask_high: high, ..Self::CLOSED }
    }

    /// Whether a quote means nothing, but perhaps that trailing stops follow it.
    #[inline]
    #[must_use]
    pub const fn is_calm(&self, bid: Ticks, ask: Ticks) -> bool {
        self.bid_low < bid.0
            && bid.0 < self.bid_high
            && self.ask_low < ask.0
            && ask.0 < self.ask_high
    }

    /// Whether a trailing stop follows a quote.
    #[inline]
    #[must_use]
    pub const fn carries(&self, bid: Ticks, ask: Ticks) -> bool {
        bid.0 >= self.bid_carries || ask.0 <= self.ask_carries
    }

    /// The best level of a direction, turned as [`Direction::normal`] does: prices that reach it
    /// are not calm.
    #[inline]
    #[must_use]
    const fn with_level(mut self, direction: Direction, level: i64) -> Self {
        let above = level.saturating_neg();
        match direction {
            Direction::BidFall if level > self.bid_low => self.bid_low = level,
            Direction::AskFall if level > self.ask_low => self.ask_low = level,
            Direction::BidRise if above < self.bid_high => self.bid_high = above,
            Direction::AskRise if above < self.ask_high => self.ask_high = above,
            _ => {}
        }
        self
    }

    /// The nearest place of a direction that wakes a trailing stop, negative and turned: prices
    /// that reach it are not calm.
    #[inline]
    #[must_use]
    const fn with_wake(self, direction: Direction, place: i64) -> Self {
        match direction {
            Direction::BidFall => self.with_level(Direction::BidRise, place),
            Direction::AskFall => self.with_level(Direction::AskRise, place),
            Direction::BidRise => self.with_level(Direction::BidFall, place),
            Direction::AskRise => self.with_level(Direction::AskFall, place),
        }
    }
}

impl Queues {
    /// The first of a queue may be another one, or what was reached. O(1).
    #[inline]
    pub(super) fn rewatch(&mut self) {
        if self.quoted && (self.backlogged || !self.pending.is_empty()) {
            self.watch = Watch::CLOSED;
        } else {
            self.watch = self.watched();
        }
    }

    fn watched(&self) -> Watch {
        let mut watch = self.allowed;
        if !self.quoted {
            return watch;
        }
        for (direction, tree) in Direction::ALL.into_iter().zip(&self.levels) {
            watch = watch.with_level(direction, tree.level());
        }
        let [bid_wakes, _, ask_wakes, _] = &self.wakes;
        watch = watch.with_wake(Direction::BidFall, bid_wakes.level());
        watch = watch.with_wake(Direction::AskRise, ask_wakes.level());
        let [bid_peaks, _, ask_peaks, _] = &self.peaks;
        let bid_carries = bid_peaks.level().saturating_neg();
        Watch { bid_carries, ask_carries: ask_peaks.level(), ..watch }
    }
}

impl Triggers<'_> {
    /// Which prices of a symbol mean nothing: none of a symbol that is not there.
    #[inline]
    #[must_use]
    pub fn watch(&self, symbol: u32) -> &Watch {
        self.queues.get(at(symbol)).map_or(&Watch::CLOSED, |queues| &queues.watch)
    }

    /// Whether the triggers of a symbol look at its quotes.
    #[inline]
    #[must_use]
    pub(super) fn is_quoted(&self, symbol: u32) -> bool {
        self.queues.get(at(symbol)).is_some_and(|queues| queues.quoted)
    }

    /// The prices that a symbol could quote calmly if it had no triggers, and whether its triggers
    /// look at quotes at all. O(1).
    pub fn allow(&mut self, symbol: u32, allowed: Watch, quoted: bool) {
        if let Some(queues) = self.queues.get_mut(at(symbol)) {
            (queues.allowed, queues.quoted) = (allowed, quoted);
            queues.rewatch();
        }
    }

    /// Whether the watch of a symbol is what its triggers, all looked at, make of it.
    /// O(triggers).
    #[must_use]
    pub fn is_watched(&self, symbol: u32) -> bool {
        let Some(queues) = self.queues.get(at(symbol)) else { return false };
        let mut watch = queues.allowed;
        if queues.quoted && (queues.backlogged || !queues.pending.is_empty()) {
            return queues.watch == Watch::CLOSED;
        }
        let armed = |state| queues.quoted && state == TriggerState::Armed;
        let of_symbol = self.slots.iter().map(|(_, t)| t).filter(|t| t.symbol == symbol);
        for trigger in of_symbol.filter(|t| armed(t.state)) {
            let direction = trigger.direction;
            if !trigger.trails() || trigger.peak.is_some() {
                watch = watch.with_level(direction, direction.normal(trigger.level));
            }
            if let Some(place) = trigger.wakes_at() {
                watch = watch.with_wake(direction, place.saturating_neg());
            }
            if let Some(next) = trigger.next_peak().filter(|_| trigger.rides()) {
                match direction {
                    Direction::BidFall => watch.bid_carries = watch.bid_carries.min(next),
                    _ => watch.ask_carries = watch.ask_carries.max(next.saturating_neg()),
                }
            }
        }
        queues.watch == watch
    }
}
