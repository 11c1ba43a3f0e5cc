//! What a price brings: trailing stops follow it, wake at it, and triggers fire.
#![forbid(unsafe_code)]

use super::table::{of, of_mut};
use super::trail::behind;
use super::{Direction, Queues, Triggers};
use crate::num::Ticks;
use crate::status::TriggerState;
use crate::store::{Hash64, at};

/// A price that was reached and not worked off: first the trailing stops that wake at `high`, then
/// what fires at `price`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// The farthest since `arrival`, by which directions are worked off.
    price: Ticks,
    /// The price that trailing stops have followed.
    high: Ticks,
    arrival: u64,
    /// The last price since, when some work is left: trailing stops follow it after that.
    held_back: Option<Ticks>,
}

impl Reached {
    /// Nothing was reached.
    pub(super) const NONE: Self =
        Self { price: Ticks::ZERO, high: Ticks::ZERO, arrival: 0, held_back: None };

    pub(super) fn feed(reached: Option<&Self>, hash: &mut Hash64) {
        hash.u32(u32::from(reached.is_some()));
        let Some(&Self { price, high, arrival, held_back }) = reached else { return };
        hash.i64(price.0);
        hash.i64(high.0);
        hash.word(arrival);
        hash.u32(u32::from(held_back.is_some()));
        hash.i64(held_back.unwrap_or_default().0);
    }
}

/// A set of directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pending(u8);

impl Pending {
    /// No direction.
    pub(super) const NONE: Self = Self(0);

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    const fn bit(direction: Direction) -> u8 {
        match direction {
            Direction::BidFall => 1,
            Direction::BidRise => 2,
            Direction::AskRise => 4,
            Direction::AskFall => 8,
        }
    }

    const fn has(self, direction: Direction) -> bool {
        self.0 & Self::bit(direction) != 0
    }

    /// Whether it is the only one.
    pub(super) fn is_only(self, direction: Direction) -> bool {
        self.0 == Self::bit(direction)
    }

    const fn with(self, direction: Direction) -> Self {
        Self(self.0 | Self::bit(direction))
    }

    const fn without(self, direction: Direction) -> Self {
        Self(self.0 & !Self::bit(direction))
    }

    /// The direction, if it is the only one.
    const fn only(self) -> Option<Direction> {
        match self.0 {
            1 => Some(Direction::BidFall),
            2 => Some(Direction::BidRise),
            4 => Some(Direction::AskRise),
            8 => Some(Direction::AskFall),
            _ => None,
        }
    }
}

/// One unit of queued work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Something comes up for the trailing stop in this slot at this price: [`Triggers::wake`].
    Wake(u32, Ticks),
    /// The trigger in this slot fires at this price.
    Fire(u32, Ticks),
}

impl Queues {
    /// What was reached in a direction and not worked off.
    pub(super) fn reached(&self, direction: Direction) -> Option<&Reached> {
        Some(of(&self.reached, direction)).filter(|_| self.pending.has(direction))
    }

    /// Whether these prices bring work in a direction. O(1).
    pub(super) fn has_work_at(&self, direction: Direction, high: Ticks, price: Ticks) -> bool {
        self.wakes(direction).level() >= direction.normal(high).saturating_neg()
            || self.best_level(direction) >= direction.normal(price)
    }

    /// Whether work is left in a direction. O(1).
    fn has_work(&self, direction: Direction) -> bool {
        let reached = self.reached(direction);
        reached.is_some_and(|reached| self.has_work_at(direction, reached.high, reached.price))
    }

    /// The best level of a direction, the least number when there is none. O(1).
    #[inline]
    pub(super) fn best_level(&self, direction: Direction) -> i64 {
        let fixed = of(&self.levels, direction).level();
        if !self.has_trailing(direction) {
            return fixed;
        }
        let lanes = self.lanes(direction).iter();
        lanes.fold(fixed, |best, lane| best.max(lane.riders.level()))
    }

    fn set_reached(&mut self, direction: Direction, reached: Reached) {
        *of_mut(&mut self.reached, direction) = reached;
        self.pending = self.pending.with(direction);
    }
}

impl Triggers<'_> {
    /// A price: each direction keeps the farthest until what it brings is worked off; where nothing
    /// is left, trailing stops follow at once. O(1), and O(log n) for each trailing stop that the
    /// price carries along.
    pub fn reach(&mut self, symbol: u32, bid: Ticks, ask: Ticks) {
        if self.ignores(symbol, bid, ask) {
            return;
        }
        for direction in Direction::ALL {
            self.reach_in(symbol, direction, direction.price(bid, ask));
        }
        if let Some(queues) = self.queues.get_mut(at(symbol)) {
            queues.rewatch_all();
        }
    }

    fn reach_in(&mut self, symbol: u32, direction: Direction, price: Ticks) {
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        if let Some(&old) = queues.reached(direction)
            && queues.has_work(direction)
        {
            let farther = direction.normal(price) < direction.normal(old.price);
            let farthest = if farther { price } else { old.price };
            let held_back = Some(price);
            queues.set_reached(direction, Reached { price: farthest, held_back, ..old });
            return;
        }
        queues.pending = queues.pending.without(direction);
        queues.carry(&self.riders, direction, price);
        if queues.has_work_at(direction, price, price) {
            let arrival = self.next_arrival;
            self.next_arrival = arrival.wrapping_add(1);
            let reached = Reached { price, high: price, arrival, held_back: None };
            queues.set_reached(direction, reached);
        }
    }

    /// Whether a price that is not worked off yet reaches the level of the trigger in this slot.
    /// O(1).
    #[must_use]
    pub fn is_reached(&self, slot: u32) -> bool {
        let Some(trigger) = self.slots.get(slot) else { return false };
        let Some(queues) = self.queues.get(at(trigger.symbol)) else { return false };
        let normal = |price| trigger.direction.normal(price);
        let reached = queues.reached(trigger.direction);
        let has_level = !trigger.trails() || trigger.peak.is_some();
        has_level && reached.is_some_and(|reached| normal(trigger.level) >= normal(reached.price))
    }

    /// The next unit of work of a symbol: of what was reached first, so that the sequence of fires
    /// does not depend on how the work is cut. A direction in which nothing is left forgets the
    /// price it reached, and trailing stops follow the last one. O(1), and O(log n) for each of
    /// those.
    #[inline]
    pub fn next_work(&mut self, symbol: u32) -> Option<Work> {
        let queues = self.queues.get(at(symbol))?;
        if queues.pending.is_empty() {
            return None;
        }
        let direction = queues.pending.only();
        let work = direction.and_then(|direction| self.work_in(queues, direction));
        if work.is_some() { work } else { self.next_of_many(symbol) }
    }

    #[inline(never)]
    fn next_of_many(&mut self, symbol: u32) -> Option<Work> {
        for direction in Direction::ALL {
            while self.forget_reached(symbol, direction) {}
        }
        let queues = self.queues.get_mut(at(symbol))?;
        queues.rewatch_all();
        let queues = self.queues.get(at(symbol))?;
        let waiting = |d: &Direction| queues.reached(*d).map(|reached| reached.arrival);
        let pending = Direction::ALL.into_iter().filter(|d| waiting(d).is_some());
        let first = pending.min_by_key(waiting)?;
        self.work_in(queues, first)
    }

    /// A price that was reached and brings no more work is forgotten; the one that was held back
    /// takes its place. Whether there was such a price.
    #[inline(never)]
    fn forget_reached(&mut self, symbol: u32, direction: Direction) -> bool {
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return false };
        let Some(&reached) = queues.reached(direction) else { return false };
        if queues.has_work(direction) {
            return false;
        }
        queues.pending = queues.pending.without(direction);
        if let Some(price) = reached.held_back {
            let next = Reached { price, high: price, held_back: None, ..reached };
            queues.set_reached(direction, next);
            queues.carry(&self.riders, direction, price);
        }
        true
    }

    /// The next unit of work in a direction. O(1), O(log n) when a trailing stop fires.
    #[inline]
    fn work_in(&self, queues: &Queues, direction: Direction) -> Option<Work> {
        let reached = queues.reached(direction)?;
        if !queues.has_trailing(direction) {
            let (slot, level, _) = of(&queues.levels, direction).first()?;
            let fires = level >= direction.normal(reached.price);
            return fires.then_some(Work::Fire(slot, reached.price));
        }
        self.work_with_trailing(queues, direction, reached)
    }

    #[inline(never)]
    fn work_with_trailing(
        &self,
        queues: &Queues,
        direction: Direction,
        reached: &Reached,
    ) -> Option<Work> {
        if let Some((slot, place, _)) = queues.wakes(direction).first()
            && place >= direction.normal(reached.high).saturating_neg()
        {
            return Some(Work::Wake(slot, reached.high));
        }
        let best = queues.best_level(direction);
        if best < direction.normal(reached.price) {
            return None;
        }
        let fixed = of(&queues.levels, direction);
        let (mut number, mut first) = match fixed.first() {
            Some((slot, level, number)) if level == best => (number, Some(slot)),
            _ => (u64::MAX, None),
        };
        for lane in queues.lanes(direction) {
            if lane.riders.level() == best
                && let Some((slot, _)) = self.riders.head(&lane.riders)
                && let Some((own, _)) = self.riders.get(slot)
                && own < number
            {
                (number, first) = (own, Some(slot));
            }
        }
        first.map(|slot| Work::Fire(slot, reached.price))
    }

    /// Whether a trigger stands where it belongs: an armed one among those that ride or by its
    /// level, and by what wakes it; any other one nowhere.
    #[must_use]
    pub fn is_placed(&self, slot: u32) -> bool {
        let Some(trigger) = self.slots.get(slot) else { return false };
        let armed = trigger.state == TriggerState::Armed;
        let level = trigger.direction.normal(trigger.level);
        let level = Some((level, trigger.number)).filter(|_| armed && trigger.has_own_level());
        let rides = armed && trigger.rides();
        let rider = Some((trigger.number, behind(trigger.trail))).filter(|_| rides);
        let wakes = self.wakes.key(slot).map(|(place, _)| place);
        self.levels.key(slot) == level
            && self.riders.get(slot) == rider
            && wakes == trigger.wakes_at().filter(|_| armed).map(i64::saturating_neg)
    }
}
