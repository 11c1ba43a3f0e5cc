//! What a price brings: trailing stops follow it, wake at it, and triggers fire.
#![forbid(unsafe_code)]

use super::table::{of, of_mut};
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
        let [fall, rise, ask_rise, ask_fall] = &self.reached;
        let reached = match direction {
            Direction::BidFall => fall,
            Direction::BidRise => rise,
            Direction::AskRise => ask_rise,
            Direction::AskFall => ask_fall,
        };
        Some(reached).filter(|_| self.pending.has(direction))
    }

    /// The next unit of work that these prices bring in a direction. O(1).
    fn work_at(&self, direction: Direction, high: Ticks, price: Ticks) -> Option<Work> {
        let wakes = of(self.wakes, direction);
        if let Some((slot, place, _)) = wakes.first()
            && place.saturating_neg() <= direction.normal(high)
        {
            return Some(Work::Wake(slot, high));
        }
        let (slot, level, _) = of(self.levels, direction).first()?;
        (direction.normal(price) <= level).then_some(Work::Fire(slot, price))
    }

    /// The next unit of work in a direction. O(1).
    fn work(&self, direction: Direction) -> Option<Work> {
        let reached = self.reached(direction)?;
        self.work_at(direction, reached.high, reached.price)
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
        let watch = self.watch(symbol);
        if watch.is_calm(bid, ask) && !watch.carries(bid, ask) && self.is_quoted(symbol) {
            return;
        }
        for direction in Direction::ALL {
            self.reach_in(symbol, direction, direction.price(bid, ask));
        }
        if let Some(queues) = self.queues.get_mut(at(symbol)) {
            queues.rewatch();
        }
    }

    fn reach_in(&mut self, symbol: u32, direction: Direction, price: Ticks) {
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        if let Some(&old) = queues.reached(direction)
            && queues.work(direction).is_some()
        {
            let farther = direction.normal(price) < direction.normal(old.price);
            let farthest = if farther { price } else { old.price };
            let held_back = Some(price);
            queues.set_reached(direction, Reached { price: farthest, held_back, ..old });
            return;
        }
        queues.pending = queues.pending.without(direction);
        self.carry_along(symbol, direction, price);
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        if queues.work_at(direction, price, price).is_some() {
            let arrival = self.next_arrival;
            self.next_arrival = arrival.wrapping_add(1);
            let reached = Reached { price, high: price, arrival, held_back: None };
            queues.set_reached(direction, reached);
        }
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
        let work = direction.and_then(|direction| queues.work(direction));
        if work.is_some() { work } else { self.next_of_many(symbol) }
    }

    #[inline(never)]
    fn next_of_many(&mut self, symbol: u32) -> Option<Work> {
        for direction in Direction::ALL {
            while let Some(queues) = self.queues.get_mut(at(symbol)) {
                let Some(&reached) = queues.reached(direction) else { break };
                if queues.work(direction).is_some() {
                    break;
                }
                queues.pending = queues.pending.without(direction);
                if let Some(price) = reached.held_back {
                    let next = Reached { price, high: price, held_back: None, ..reached };
                    queues.set_reached(direction, next);
                    self.carry_along(symbol, direction, price);
                }
            }
        }
        let queues = self.queues.get_mut(at(symbol))?;
        queues.rewatch();
        let waiting = |d: &Direction| queues.reached(*d).map(|reached| reached.arrival);
        let pending = Direction::ALL.into_iter().filter(|d| waiting(d).is_some());
        pending.min_by_key(waiting).and_then(|direction| queues.work(direction))
    }

    /// A quote that brings nothing but that trailing stops follow: [`Watch::carries`] says so.
    ///
    /// [`Watch::carries`]: super::Watch::carries
    pub fn follow(&mut self, symbol: u32, bid: Ticks, ask: Ticks) {
        self.carry_along(symbol, Direction::BidFall, bid);
        self.carry_along(symbol, Direction::AskRise, ask);
    }

    /// A price comes while nothing is left to do in its direction: every trailing stop whose peak
    /// it passes follows. O(1), and O(log n) for each of them.
    fn carry_along(&mut self, symbol: u32, direction: Direction, price: Ticks) {
        let here = direction.normal(price);
        while let Some(queues) = self.queues.get(at(symbol)) {
            let nearest = of(queues.peaks, direction).first();
            let passed = nearest.filter(|&(_, place, _)| place.saturating_neg() <= here);
            let Some((slot, ..)) = passed else { return };
            self.wake(slot, price);
        }
    }

    /// What comes up for a trailing stop at this price happens. O(log n).
    pub fn wake(&mut self, slot: u32, price: Ticks) {
        self.dequeue(slot);
        if let Some(trigger) = self.slots.get_mut(slot) {
            trigger.follow(price);
        }
        self.enqueue(slot);
    }

    /// Whether an armed trailing stop stands where it belongs by its peak and by what wakes it, and
    /// any other trigger nowhere.
    #[must_use]
    pub fn is_placed(&self, slot: u32) -> bool {
        let Some(trigger) = self.slots.get(slot) else { return false };
        let armed = trigger.state == TriggerState::Armed;
        let place =
            |at: Option<i64>| at.filter(|_| armed).map(|at| (at.saturating_neg(), trigger.number));
        let peak = trigger.next_peak().filter(|_| trigger.rides());
        self.peaks.key(slot) == place(peak) && self.wakes.key(slot) == place(trigger.wakes_at())
    }
}
