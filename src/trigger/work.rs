//! What a price brings: trailing stops follow it, wake at it, and triggers fire.
#![forbid(unsafe_code)]

use super::table::{of, of_mut};
use super::{Direction, Triggers};
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

/// One unit of queued work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Something comes up for the trailing stop in this slot at this price: [`Triggers::wake`].
    Wake(u32, Ticks),
    /// The trigger in this slot fires at this price.
    Fire(u32, Ticks),
}

impl Triggers<'_> {
    /// A price: each direction keeps the farthest until what it brings is worked off; where nothing
    /// is left, trailing stops follow at once. O(1), and O(log n) for each trailing stop that the
    /// price carries along.
    pub fn reach(&mut self, symbol: u32, bid: Ticks, ask: Ticks) {
        for direction in Direction::ALL {
            let price = direction.price(bid, ask);
            let left = self.reached(symbol, direction);
            let left = left.filter(|reached| self.work_of(symbol, direction, reached).is_some());
            let reached = match left {
                Some(old) => {
                    let farther = direction.normal(price) < direction.normal(old.price);
                    let price = if farther { price } else { old.price };
                    Reached { price, held_back: Some(direction.price(bid, ask)), ..old }
                }
                None => {
                    let arrival = self.next_arrival;
                    self.next_arrival = arrival.wrapping_add(1);
                    self.carry_along(symbol, direction, price);
                    Reached { price, high: price, arrival, held_back: None }
                }
            };
            self.set_reached(symbol, direction, Some(reached));
        }
    }

    /// The next unit of work of a symbol: of what was reached first, so that the sequence of fires
    /// does not depend on how the work is cut. A direction in which nothing is left forgets the
    /// price it reached, and trailing stops follow the last one. O(1), and O(log n) for each of
    /// those.
    pub fn next_work(&mut self, symbol: u32) -> Option<Work> {
        let mut first: Option<(u64, Work)> = None;
        for direction in Direction::ALL {
            while let Some(reached) = self.reached(symbol, direction) {
                if let Some(work) = self.work_of(symbol, direction, &reached) {
                    if first.is_none_or(|(arrival, _)| reached.arrival < arrival) {
                        first = Some((reached.arrival, work));
                    }
                    break;
                }
                let next = reached.held_back.map(|high| Reached {
                    price: high,
                    high,
                    held_back: None,
                    ..reached
                });
                self.set_reached(symbol, direction, next);
                if let Some(next) = next {
                    self.carry_along(symbol, direction, next.high);
                }
            }
        }
        first.map(|(_, work)| work)
    }

    fn reached(&self, symbol: u32, direction: Direction) -> Option<Reached> {
        self.queues.get(at(symbol)).and_then(|queues| of(queues.reached, direction))
    }

    fn set_reached(&mut self, symbol: u32, direction: Direction, reached: Option<Reached>) {
        if let Some(queues) = self.queues.get_mut(at(symbol)) {
            *of_mut(&mut queues.reached, direction) = reached;
        }
    }

    /// The next unit of work that a reached price brings in a direction.
    fn work_of(&self, symbol: u32, direction: Direction, reached: &Reached) -> Option<Work> {
        let queues = self.queues.get(at(symbol))?;
        let woken = self.wakes.peek(of(queues.wakes, direction));
        let high = direction.normal(reached.high);
        if let Some((slot, _)) = woken.filter(|&(_, place)| place.saturating_neg() <= high) {
            return Some(Work::Wake(slot, reached.high));
        }
        let best = self.heaps.peek(of(queues.roots, direction));
        let price = direction.normal(reached.price);
        let (slot, _) = best.filter(|&(_, level)| price <= level)?;
        Some(Work::Fire(slot, reached.price))
    }

    /// A price comes while nothing is left to do in its direction: every trailing stop whose peak
    /// it passes follows. O(1), and O(log n) for each of them.
    fn carry_along(&mut self, symbol: u32, direction: Direction, price: Ticks) {
        let here = direction.normal(price);
        while let Some(queues) = self.queues.get(at(symbol)) {
            let nearest = self.peaks.peek(of(queues.peaks, direction));
            let passed = nearest.filter(|&(_, place)| place.saturating_neg() <= here);
            let Some((slot, _)) = passed else { return };
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
