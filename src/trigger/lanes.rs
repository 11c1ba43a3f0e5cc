//! Trailing stops that ride, a lane for each step: one number moves all of a lane.
#![forbid(unsafe_code)]

use super::trail::{behind, snapped};
use super::{Direction, Queues, Trigger, Triggers};
use crate::num::Ticks;
use crate::status::TriggerState;
use crate::store::{Trail, Trails, Tree, at};

/// Most different steps (above 1) that the trailing stops of one symbol and direction have.
pub const TRAIL_STEPS: usize = 2;

/// The lanes of one direction: the first one is of every tick.
pub(super) type Lanes = [Lane; 1 + TRAIL_STEPS];

/// Trailing stops of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    /// Their step; 0 for every tick.
    step: u32,
    /// Triggers that have this step, armed or fired.
    users: u32,
    /// Those that ride.
    pub(super) riders: Trail,
}

impl Lane {
    /// No lane is used.
    pub(super) const NONE: Lanes =
        [const { Self { step: 0, users: 0, riders: Trail::EMPTY } }; 1 + TRAIL_STEPS];

    fn is_of(&self, step: u32) -> bool {
        self.step == step && (step == 0 || self.users > 0)
    }

    /// The normal price from which on it moves.
    #[inline]
    pub(super) fn carries_from(&self) -> i64 {
        self.riders.raise_above().saturating_add(i64::from(self.step).max(1))
    }
}

impl Queues {
    /// The lanes of a direction; none where none trails.
    #[inline]
    pub(super) fn lanes(&self, direction: Direction) -> &[Lane] {
        let [bid, ask] = &self.lanes;
        let [bid_stepped, ask_stepped] = self.stepped;
        let (lanes, stepped) = match direction {
            Direction::BidFall => (bid, bid_stepped),
            Direction::AskRise => (ask, ask_stepped),
            Direction::BidRise | Direction::AskFall => return &[],
        };
        let [first, ..] = lanes;
        if stepped == 0 { core::slice::from_ref(first) } else { lanes }
    }

    fn lanes_mut(&mut self, direction: Direction) -> &mut [Lane] {
        let [bid, ask] = &mut self.lanes;
        match direction {
            Direction::BidFall => bid,
            Direction::AskRise => ask,
            Direction::BidRise | Direction::AskFall => &mut [],
        }
    }

    pub(super) fn lane(&self, direction: Direction, step: u32) -> Option<&Lane> {
        self.lanes(direction).iter().find(|lane| lane.is_of(step))
    }

    pub(super) fn lane_mut(&mut self, direction: Direction, step: u32) -> Option<&mut Lane> {
        self.lanes_mut(direction).iter_mut().find(|lane| lane.is_of(step))
    }

    /// Whether a direction has trailing stops, armed or fired.
    #[inline]
    pub(super) fn has_trailing(&self, direction: Direction) -> bool {
        let [bid, ask] = self.trailing;
        match direction {
            Direction::BidFall => bid > 0,
            Direction::AskRise => ask > 0,
            Direction::BidRise | Direction::AskFall => false,
        }
    }

    /// The normal price from which on trailing stops of a direction follow. O(1).
    #[inline]
    pub(super) fn carries_from(&self, direction: Direction) -> i64 {
        let lanes = self.lanes(direction).iter();
        lanes.fold(i64::MAX, |from, lane| from.min(lane.carries_from()))
    }

    /// A price carries the trailing stops along that ride in a direction, all at once.
    #[inline]
    pub(super) fn carry(&mut self, riders: &Trails<'_>, direction: Direction, price: Ticks) {
        let here = direction.normal(price);
        let [bid, ask] = &mut self.lanes;
        let [bid_stepped, ask_stepped] = self.stepped;
        let ([first, others @ ..], stepped) = match direction {
            Direction::BidFall => (bid, bid_stepped),
            Direction::AskRise => (ask, ask_stepped),
            Direction::BidRise | Direction::AskFall => return,
        };
        riders.raise(&mut first.riders, here);
        if stepped > 0 {
            for lane in others {
                riders.raise(&mut lane.riders, snapped(here, lane.step));
            }
        }
    }

    /// The trailing stops of a direction by what wakes them.
    #[inline]
    pub(super) fn wakes(&self, direction: Direction) -> &Tree {
        const NONE: &Tree = &Tree::EMPTY;
        let [bid, ask] = &self.wakes;
        match direction {
            Direction::BidFall => bid,
            Direction::AskRise => ask,
            Direction::BidRise | Direction::AskFall => NONE,
        }
    }

    /// The same, to be changed, of a direction that has such.
    pub(super) fn wakes_mut(&mut self, direction: Direction) -> &mut Tree {
        let [bid, ask] = &mut self.wakes;
        match direction {
            Direction::BidFall | Direction::BidRise => bid,
            Direction::AskRise | Direction::AskFall => ask,
        }
    }
}

impl Triggers<'_> {
    /// Whether a trailing stop of this step can be armed: so many different steps there are not.
    #[must_use]
    pub fn has_step(&self, symbol: u32, direction: Direction, step: u32) -> bool {
        let Some(queues) = self.queues.get(at(symbol)) else { return false };
        let free = |lane: &Lane| lane.users == 0;
        let lanes = queues.lanes(direction);
        step == 0
            || lanes.len() == 1
            || lanes.iter().skip(1).any(|lane| lane.is_of(step) || free(lane))
    }

    /// One more trailing stop of a step, or one less, in this symbol and direction.
    pub(super) fn count_trailing(
        &mut self,
        symbol: u32,
        direction: Direction,
        step: u32,
        more: bool,
    ) {
        let moved = |n: u32| if more { n.saturating_add(1) } else { n.saturating_sub(1) };
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        let [bid, ask] = &mut queues.trailing;
        let trailing = if direction.watches_bid() { bid } else { ask };
        *trailing = moved(*trailing);
        let [bid, ask] = &mut queues.stepped;
        let stepped = if direction.watches_bid() { bid } else { ask };
        if step > 0 {
            *stepped = moved(*stepped);
        }
        let lanes = queues.lanes_mut(direction);
        let own = lanes.iter().position(|lane| lane.is_of(step));
        let free = lanes.iter().skip(1).position(|lane| lane.users == 0);
        let place = own.or(free.map(|place| place.saturating_add(1)));
        if let Some(lane) = place.and_then(|place| lanes.get_mut(place)) {
            (lane.step, lane.users) = (step, moved(lane.users));
        }
    }

    /// A trigger as it is now: of one that rides, peak and level are not in its record. O(log n)
    /// for those, otherwise O(1).
    #[must_use]
    pub fn shown(&self, slot: u32) -> Option<Trigger> {
        let mut trigger = *self.slots.get(slot)?;
        if let Some(peak) = self.peak_now(&trigger, slot) {
            trigger.set_peak(peak);
        }
        Some(trigger)
    }

    /// The peak of a trigger that rides and has seen a price.
    #[inline]
    fn peak_now(&self, trigger: &Trigger, slot: u32) -> Option<Ticks> {
        if !trigger.trails() || trigger.state != TriggerState::Armed || !trigger.rides() {
            return None;
        }
        let &Trigger { direction, symbol, ride, .. } = trigger;
        let lane = self.queues.get(at(symbol)).and_then(|queues| queues.lane(direction, ride.step));
        let peak = lane.and_then(|lane| self.riders.peak_of(&lane.riders, slot));
        peak.filter(|&peak| peak != Trails::UNSEEN).map(|peak| direction.ticks(peak))
    }

    /// A trailing trigger that is about to end stays where it has come to: its symbol, direction
    /// and step. O(log n).
    #[inline(never)] // A frame of its own, given back.
    pub fn halt(&mut self, slot: u32) -> Option<(u32, Direction, u32)> {
        let peak = self.peak_now(self.slots.get(slot)?, slot);
        let trigger = self.slots.get_mut(slot)?;
        if let Some(peak) = peak {
            trigger.set_peak(peak);
        }
        Some((trigger.symbol, trigger.direction, trigger.ride.step))
    }

    /// Something comes up for a trailing stop at this price: it becomes active, rides again, or
    /// gets its second distance. O(log n).
    pub fn wake(&mut self, slot: u32, price: Ticks) {
        let Some(&trigger) = self.slots.get(slot) else { return };
        if !trigger.rides() {
            self.dequeue(slot);
            let number = self.take_number();
            if let Some(trigger) = self.slots.get_mut(slot) {
                trigger.follow(price);
                if trigger.rides() {
                    trigger.number = number;
                }
            }
            self.enqueue(slot);
            return;
        }
        let (direction, second) = (trigger.direction, trigger.ride.second);
        if let Some(trigger) = self.slots.get_mut(slot) {
            trigger.tighten();
        }
        let Some(queues) = self.queues.get_mut(at(trigger.symbol)) else { return };
        self.wakes.remove(queues.wakes_mut(direction), slot);
        if let Some(lane) = queues.lane_mut(direction, trigger.ride.step) {
            self.riders.set_behind(&mut lane.riders, slot, behind(second));
        }
        queues.rewatch(direction);
    }
}
