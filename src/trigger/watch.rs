//! Which prices mean nothing to the triggers of a symbol: two comparisons a side tell.
#![forbid(unsafe_code)]

use super::{Direction, Queues, Trigger, Triggers};
use crate::num::Ticks;
use crate::status::TriggerState;
use crate::store::{Trails, at};

/// Prices of a symbol at which nothing fires, no trailing stop follows or wakes and nothing is
/// refused: bid and ask each strictly between two bounds. And the wider bounds within which
/// nothing happens but that trailing stops follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    bid_low: i64,
    bid_high: i64,
    ask_low: i64,
    ask_high: i64,
    bid_wide: i64,
    ask_wide: i64,
}

/// What a quote means to the triggers of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing.
    Nothing,
    /// Nothing but that trailing stops of longs follow the bid, and perhaps those of shorts the
    /// ask.
    Rise,
    /// Nothing but that trailing stops of shorts follow the ask.
    Fall,
    /// Perhaps more.
    Unknown,
}

impl Watch {
    /// No price is ignored.
    pub const CLOSED: Self = Self {
        bid_low: i64::MAX,
        bid_high: i64::MIN,
        ask_low: i64::MAX,
        ask_high: i64::MIN,
        bid_wide: i64::MIN,
        ask_wide: i64::MAX,
    };

    /// Without triggers: every price from `least` to `most`.
    #[must_use]
    pub const fn within(least: Ticks, most: Ticks) -> Self {
        let (low, high) = (least.0.saturating_sub(1), most.0.saturating_add(1));
        Self {
            bid_low: low,
            bid_high: high,
            ask_low: low,
            ask_high: high,
            bid_wide: high,
            ask_wide: low,
        }
    }

    /// Whether a quote means nothing.
    #[inline]
    #[must_use]
    pub const fn ignores(&self, bid: Ticks, ask: Ticks) -> bool {
        self.bid_low < bid.0
            && bid.0 < self.bid_high
            && self.ask_low < ask.0
            && ask.0 < self.ask_high
    }

    /// What a quote means.
    #[inline(always)] // Four comparisons for nothing.
    #[must_use]
    pub const fn meaning(&self, bid: Ticks, ask: Ticks) -> Meaning {
        if bid.0 <= self.bid_low || ask.0 >= self.ask_high {
            return Meaning::Unknown;
        }
        let (meaning, is_wide) = if bid.0 >= self.bid_high {
            (Meaning::Rise, bid.0 < self.bid_wide && ask.0 > self.ask_wide)
        } else if ask.0 <= self.ask_low {
            (Meaning::Fall, ask.0 > self.ask_wide)
        } else {
            (Meaning::Nothing, true)
        };
        if is_wide { meaning } else { Meaning::Unknown }
    }

    /// Whether a quote that means a rise means a fall too.
    #[inline]
    pub(super) const fn falls_too(&self, ask: Ticks) -> bool {
        ask.0 <= self.ask_low
    }

    /// Trailing stops of one side have followed a price, in normal form, and this is the best level
    /// of those that did.
    #[inline]
    pub(super) const fn carry<const BID: bool>(&mut self, here: i64, level: i64) {
        if BID {
            if level > self.bid_low {
                self.bid_low = level;
            }
            self.bid_high = here.wrapping_add(1);
        } else {
            let above = level.saturating_neg();
            if above < self.ask_high {
                self.ask_high = above;
            }
            self.ask_low = here.wrapping_neg().wrapping_sub(1);
        }
    }

    /// The best level of a direction, turned as [`Direction::normal`] does: prices that reach it
    /// are not ignored.
    #[inline]
    #[must_use]
    const fn with_level(mut self, direction: Direction, level: i64) -> Self {
        let above = level.saturating_neg();
        match direction {
            Direction::BidFall if level > self.bid_low => self.bid_low = level,
            Direction::AskFall if level > self.ask_wide => self.ask_wide = level,
            Direction::BidRise if above < self.bid_wide => self.bid_wide = above,
            Direction::AskRise if above < self.ask_high => self.ask_high = above,
            _ => {}
        }
        self
    }

    /// The nearest place of a direction that wakes a trailing stop, negative and turned: prices
    /// that reach it are not ignored.
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

    /// The normal price of a direction from which on trailing stops follow.
    #[inline]
    #[must_use]
    const fn with_carry(mut self, direction: Direction, from: i64) -> Self {
        let below = from.saturating_neg();
        match direction {
            Direction::BidFall if from < self.bid_high => self.bid_high = from,
            Direction::AskRise if below > self.ask_low => self.ask_low = below,
            _ => {}
        }
        self
    }
}

impl Queues {
    /// Whether present prices mean nothing to any trigger of the symbol, nor to one more that does
    /// not trail, at this level, which the symbol can have. O(1).
    #[inline(always)] // A handful of comparisons.
    pub(super) const fn would_ignore(
        &self,
        direction: Direction,
        level: Ticks,
        bid: Ticks,
        ask: Ticks,
    ) -> bool {
        let Watch { bid_low: low, bid_high: high, .. } = self.allowed;
        self.quoted
            && self.watch.ignores(bid, ask)
            && low < level.0
            && level.0 < high
            && !direction.is_crossed(direction.price(bid, ask), level)
    }

    /// The first of the queues of this direction may be another one, or what was reached. O(1).
    #[inline]
    pub(super) fn rewatch(&mut self, direction: Direction) {
        let closed = self.watch.bid_low == i64::MAX;
        if !self.pending.is_empty() || self.backlogged || !self.quoted {
            if closed == self.quoted {
                return;
            }
            self.watch = if self.quoted { Watch::CLOSED } else { self.allowed };
        } else if closed {
            self.rewatch_all();
        } else if direction.watches_bid() {
            self.rewatch_bid();
        } else {
            self.rewatch_ask();
        }
    }

    /// The same for all directions. O(1).
    #[inline(never)]
    pub(super) fn rewatch_all(&mut self) {
        if !self.quoted {
            self.watch = self.allowed;
        } else if self.backlogged || !self.pending.is_empty() {
            self.watch = Watch::CLOSED;
        } else {
            self.rewatch_bid();
            self.rewatch_ask();
        }
    }

    #[inline]
    fn rewatch_bid(&mut self) {
        let [_, rise, ..] = &self.levels;
        let mut wide = self.allowed.bid_wide.min(rise.level().saturating_neg());
        let mut high = wide;
        if self.has_trailing(Direction::BidFall) {
            wide = wide.min(self.wakes(Direction::BidFall).level().saturating_neg());
            high = wide.min(self.carries_from(Direction::BidFall));
        }
        self.watch.bid_low = self.allowed.bid_low.max(self.best_level(Direction::BidFall));
        (self.watch.bid_high, self.watch.bid_wide) = (high, wide);
    }

    #[inline]
    fn rewatch_ask(&mut self) {
        let [.., fall] = &self.levels;
        let mut wide = self.allowed.ask_wide.max(fall.level());
        let mut low = wide;
        if self.has_trailing(Direction::AskRise) {
            wide = wide.max(self.wakes(Direction::AskRise).level());
            low = wide.max(self.carries_from(Direction::AskRise).saturating_neg());
        }
        let best = self.best_level(Direction::AskRise).saturating_neg();
        self.watch.ask_high = self.allowed.ask_high.min(best);
        (self.watch.ask_low, self.watch.ask_wide) = (low, wide);
    }
}

impl Triggers<'_> {
    /// Which prices of a symbol mean nothing.
    #[inline]
    #[must_use]
    pub fn watch(&self, symbol: usize) -> Option<&Watch> {
        self.queues.get(symbol).map(|queues| &queues.watch)
    }

    /// Whether any price of a symbol is ignored when it has no triggers.
    #[must_use]
    pub fn is_allowed(&self, symbol: u32) -> bool {
        self.queues.get(at(symbol)).is_some_and(|queues| queues.allowed != Watch::CLOSED)
    }

    /// Whether the present prices of a symbol mean nothing to any of its triggers, armed just now
    /// or before. `false` says nothing. O(1).
    #[inline]
    #[must_use]
    pub fn ignores(&self, symbol: u32, bid: Ticks, ask: Ticks) -> bool {
        let Some(queues) = self.queues.get(at(symbol)) else { return false };
        queues.quoted && queues.watch.ignores(bid, ask)
    }

    /// A quote that brings nothing but that trailing stops may follow: O(1), and O(log n) when it
    /// passes the peaks of others.
    #[inline]
    pub fn follow(&mut self, symbol: u32, bid: Ticks, ask: Ticks) {
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        if bid.0 >= queues.watch.bid_high {
            queues.carry(&self.riders, Direction::BidFall, bid);
            queues.rewatch_bid();
        }
        if ask.0 <= queues.watch.ask_low {
            queues.carry(&self.riders, Direction::AskRise, ask);
            queues.rewatch_ask();
        }
    }

    /// The prices that are ignored when a symbol has no triggers, and whether its triggers
    /// look at quotes at all. O(1).
    pub fn allow(&mut self, symbol: u32, allowed: Watch, quoted: bool) {
        if let Some(queues) = self.queues.get_mut(at(symbol)) {
            (queues.allowed, queues.quoted) = (allowed, quoted);
            queues.rewatch_all();
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
        let all = self.slots.iter().filter_map(|(slot, _)| self.shown(slot));
        let of_symbol = all.filter(|t| t.symbol == symbol);
        for trigger in of_symbol.filter(|t| armed(t.state)) {
            let Trigger { direction, ride, peak, .. } = trigger;
            if trigger.has_own_level() || (trigger.rides() && peak.is_some()) {
                watch = watch.with_level(direction, direction.normal(trigger.level));
            }
            if let Some(place) = trigger.wakes_at() {
                watch = watch.with_wake(direction, place.saturating_neg());
            }
            if trigger.rides() {
                let peak = peak.map_or(Trails::UNSEEN, |peak| direction.normal(peak));
                let from = peak.saturating_add(i64::from(ride.step).max(1));
                watch = watch.with_carry(direction, from);
            }
        }
        watch.bid_high = watch.bid_high.min(watch.bid_wide);
        watch.ask_low = watch.ask_low.max(watch.ask_wide);
        queues.watch == watch
    }
}
