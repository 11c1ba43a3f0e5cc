//! All triggers: found by id, listed by position, queued by level.
#![forbid(unsafe_code)]

use super::lanes::{Lane, Lanes};
use super::trail::behind;
use super::work::{Pending, Reached};
use super::{Direction, Ride, Stage, Trigger, Watch};
use crate::num::{Lots, Nanos, Ticks};
use crate::order::id_status;
use crate::status::{Status, TriggerAction, TriggerState};
use crate::store::{
    Hash64, Id, IdKind, Links, List, Lists, NIL, Slot, Slots, TrailNode, Trails, Tree, TreeNode,
    Trees, at,
};

/// Most triggers of one position: what a call does when a position closes is bounded by it.
pub const PER_POSITION: u32 = 8;

/// The queues of one symbol, one a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queues {
    /// Prices that mean nothing.
    pub(super) watch: Watch,
    /// The same without triggers.
    pub(super) allowed: Watch,
    /// Whether the triggers look at the quotes.
    pub(super) quoted: bool,
    /// Whether the symbol stands in the list of those with work left.
    pub(super) backlogged: bool,
    /// Directions in which a price was reached and not worked off.
    pub(super) pending: Pending,
    /// By level.
    pub(super) levels: [Tree; 4],
    /// Trailing stops, armed or fired, of the two directions that have such.
    pub(super) trailing: [u32; 2],
    /// Those among them that have a step above 1.
    pub(super) stepped: [u32; 2],
    /// Trailing stops that ride, of the two directions that have such.
    pub(super) lanes: [Lanes; 2],
    /// Trailing stops that something comes up for besides, by the price that brings it.
    pub(super) wakes: [Tree; 2],
    /// Prices that were reached, of the directions that `pending` names.
    pub(super) reached: [Reached; 4],
}

impl Queues {
    /// No triggers.
    pub const EMPTY: Self = Self {
        watch: Watch::CLOSED,
        allowed: Watch::CLOSED,
        quoted: true,
        backlogged: false,
        pending: Pending::NONE,
        levels: [Tree::EMPTY; 4],
        trailing: [0; 2],
        stepped: [0; 2],
        lanes: [Lane::NONE; 2],
        wakes: [Tree::EMPTY; 2],
        reached: [Reached::NONE; 4],
    };
}

/// Memory of the triggers.
pub struct TriggerMemory<'a> {
    /// Records.
    pub slots: &'a mut [Slot<Trigger>],
    /// Nodes of the level queues; as many as records.
    pub nodes: &'a mut [TreeNode],
    /// Nodes of the trailing stops that ride; as many as records.
    pub riders: &'a mut [TrailNode],
    /// Nodes of the queues of trailing stops by what wakes them; as many as records.
    pub wakes: &'a mut [TreeNode],
    /// Links of the positions' lists; as many as records.
    pub links: &'a mut [Links],
    /// Links of the list of triggers whose close was refused; as many as records.
    pub stalled: &'a mut [Links],
    /// One element a symbol.
    pub queues: &'a mut [Queues],
    /// Links of the list of symbols with work left; one a symbol.
    pub backlog: &'a mut [Links],
}

/// The triggers.
pub struct Triggers<'a> {
    pub(super) slots: Slots<'a, Trigger>,
    pub(super) levels: Trees<'a>,
    pub(super) riders: Trails<'a>,
    pub(super) wakes: Trees<'a>,
    lists: Lists<'a>,
    pub(super) queues: &'a mut [Queues],
    backlog_links: Lists<'a>,
    backlog: List,
    stalled_links: Lists<'a>,
    stalled: List,
    next_number: u64,
    pub(super) next_arrival: u64,
    /// Slots there are for orders.
    orders: u32,
    /// Those that no trigger owns, nor any that is `reserved`.
    free: u32,
    /// Triggers, each with an order slot, that brackets hold room for.
    reserved: u32,
}

impl<'a> Triggers<'a> {
    /// No triggers beside so many slots for orders.
    #[must_use]
    pub fn new(memory: TriggerMemory<'a>, tag: u16, orders: u32) -> Self {
        memory.queues.fill(Queues::EMPTY);
        Self {
            slots: Slots::new(memory.slots, tag, IdKind::Trigger),
            levels: Trees::new(memory.nodes),
            riders: Trails::new(memory.riders),
            wakes: Trees::new(memory.wakes),
            lists: Lists::new(memory.links),
            queues: memory.queues,
            backlog_links: Lists::new(memory.backlog),
            backlog: List::EMPTY,
            stalled_links: Lists::new(memory.stalled),
            stalled: List::EMPTY,
            next_number: 0,
            next_arrival: 0,
            orders,
            free: orders,
            reserved: 0,
        }
    }

    /// The table as it is read.
    #[must_use]
    pub fn table(&self) -> &Slots<'a, Trigger> {
        &self.slots
    }

    /// Order slots that triggers own: one each that closes and has no order under way, one each
    /// that a bracket holds room for.
    #[must_use]
    pub fn closers(&self) -> u32 {
        self.orders.wrapping_sub(self.free)
    }

    /// Whether so many orders leave a slot for one more.
    #[inline]
    #[must_use]
    pub fn leave_room(&self, orders: u32) -> bool {
        orders < self.free
    }

    /// Slots that so many orders leave.
    #[must_use]
    pub fn room_beside(&self, orders: u32) -> u32 {
        self.free.saturating_sub(orders)
    }

    /// A bracket holds room for so many triggers instead of so many before.
    pub fn reserve(&mut self, before: u32, after: u32) {
        self.reserved = self.reserved.saturating_sub(before).saturating_add(after);
        self.free = self.free.wrapping_add(before).wrapping_sub(after);
    }

    /// Triggers that brackets hold room for.
    #[must_use]
    pub fn reserved(&self) -> u32 {
        self.reserved
    }

    /// Triggers that can still be armed, those that brackets hold room for left out.
    #[must_use]
    pub fn room(&self) -> u32 {
        self.slots.free().saturating_sub(self.reserved)
    }

    /// Whether there is room for one more.
    #[inline]
    #[must_use]
    pub fn has_room(&self) -> bool {
        // Both are at most the capacity of a table, 2^24.
        self.slots.is_slot(self.slots.len().wrapping_add(self.reserved))
    }

    /// Makes two triggers the legs of one bracket.
    pub fn pair(&mut self, slot: u32, sibling: Id) {
        if let Some(trigger) = self.slots.get_mut(slot) {
            trigger.sibling = sibling;
        }
    }

    /// A trigger, armed or fired, has so many lots more to close.
    pub fn raise(&mut self, slot: u32, lots: Lots) {
        let Some(trigger) = self.slots.get_mut(slot) else { return };
        trigger.qty = Lots(trigger.qty.0.saturating_add(lots.0));
        if trigger.state == TriggerState::Fired {
            trigger.left = Lots(trigger.left.0.saturating_add(lots.0));
        }
    }

    /// The trigger in a slot.
    #[inline]
    #[must_use]
    pub fn get(&self, slot: u32) -> Option<&Trigger> {
        self.slots.get(slot)
    }

    /// The slot an id names.
    ///
    /// # Errors
    /// `Unknown`, `Stale`, `Foreign`.
    pub fn resolve(&self, id: Id) -> Result<u32, Status> {
        self.slots.resolve(id).map_err(id_status)
    }

    /// Stores an armed trigger, in its position's list if it has one and in its queues; a trailing
    /// stop only if there is room for its step. O(log n).
    pub fn arm(&mut self, trigger: &Trigger, list: Option<&mut List>) -> Option<(u32, Id)> {
        let number = self.next_number;
        let (slot, id) = self.slots.insert_with(|id| Trigger { id, number, ..*trigger })?;
        self.next_number = number.wrapping_add(1);
        if let Some(list) = list {
            self.lists.push_back(list, slot);
        }
        let trigger = self.slots.get_mut(slot)?;
        if trigger.action == TriggerAction::Close {
            self.free = self.free.wrapping_sub(1);
        }
        if trigger.trails() {
            trigger.begin();
            let (symbol, direction, step) = (trigger.symbol, trigger.direction, trigger.ride.step);
            self.count_trailing(symbol, direction, step, true);
        }
        self.enqueue(slot);
        Some((slot, id))
    }

    /// Stores what does not trail, armed while nothing of its symbol waits, in its position's list
    /// and by level, if the present prices mean nothing to it nor to the others; `None`, and
    /// nothing changes, when they may, the symbol cannot have its level, or no slot is left. O(log
    /// n).
    #[inline(always)] // What it is made of stays in registers.
    pub fn arm_resting(
        &mut self,
        new: Trigger,
        list: &mut List,
        bid: Ticks,
        ask: Ticks,
    ) -> Option<Id> {
        let (symbol, direction) = (new.symbol, new.direction);
        let level = direction.normal(new.level);
        let queues = self.queues.get_mut(at(symbol))?;
        if !queues.would_ignore(direction, new.level, bid, ask) {
            return None;
        }
        let tree = queues.levels.get_mut(direction.place())?;
        let number = self.next_number;
        let closes = new.action == TriggerAction::Close;
        let (slot, id) = self.slots.insert_with(|id| Trigger { id, number, ..new })?;
        self.next_number = number.wrapping_add(1);
        self.free = self.free.wrapping_sub(u32::from(closes));
        self.lists.push_back(list, slot);
        self.levels.append(tree, slot, level, number);
        if tree.is_first(slot) {
            queues.rewatch(direction);
        }
        Some(id)
    }

    pub(super) fn take_number(&mut self) -> u64 {
        let number = self.next_number;
        self.next_number = number.wrapping_add(1);
        number
    }

    /// Puts an armed trigger where it belongs: among those that ride, or by level if it has one;
    /// and by what wakes it. One that does not trail has the greatest number so far. O(log n).
    pub(super) fn enqueue(&mut self, slot: u32) {
        let Some(trigger) = self.slots.get(slot) else { return };
        let Some(queues) = self.queues.get_mut(at(trigger.symbol)) else { return };
        let Trigger { direction, number, .. } = *trigger;
        let level = direction.normal(trigger.level);
        if !trigger.trails() {
            let tree = of_mut(&mut queues.levels, direction);
            self.levels.append(tree, slot, level, number);
            if tree.is_first(slot) {
                queues.rewatch(direction);
            }
            return;
        }
        if let Some(place) = trigger.wakes_at() {
            let tree = queues.wakes_mut(direction);
            self.wakes.insert(tree, slot, place.saturating_neg(), number);
        }
        if trigger.rides() {
            let value = trigger.peak.map_or(Trails::UNSEEN, |peak| direction.normal(peak));
            if let Some(lane) = queues.lane_mut(direction, trigger.ride.step) {
                let behind = behind(trigger.trail);
                self.riders.append(&mut lane.riders, slot, number, behind, value);
            }
        }
        if trigger.has_own_level() {
            self.levels.insert(of_mut(&mut queues.levels, direction), slot, level, number);
        }
        queues.rewatch(direction);
    }

    /// Takes an armed trigger out of where it stands; of one that rode the record now knows peak
    /// and level. O(log n).
    #[inline]
    pub(super) fn dequeue(&mut self, slot: u32) {
        let Some(trigger) = self.slots.get(slot) else { return };
        if trigger.trails() {
            self.dequeue_trailing(slot);
            return;
        }
        let direction = trigger.direction;
        let Some(queues) = self.queues.get_mut(at(trigger.symbol)) else { return };
        let tree = of_mut(&mut queues.levels, direction);
        let was_first = tree.is_first(slot);
        self.levels.remove(tree, slot);
        if was_first {
            queues.rewatch(direction);
        }
    }

    #[inline(never)]
    fn dequeue_trailing(&mut self, slot: u32) {
        let Some((symbol, direction, step)) = self.halt(slot) else { return };
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        if let Some(lane) = queues.lane_mut(direction, step) {
            self.riders.remove(&mut lane.riders, slot);
        }
        self.levels.remove(of_mut(&mut queues.levels, direction), slot);
        self.wakes.remove(queues.wakes_mut(direction), slot);
        queues.rewatch(direction);
    }

    /// Moves an armed trigger, behind its new equals. O(log n).
    pub fn relocate(&mut self, slot: u32, level: Ticks) {
        self.dequeue(slot);
        let number = self.take_number();
        if let Some(trigger) = self.slots.get_mut(slot) {
            trigger.level = level;
            trigger.number = number;
        }
        self.enqueue(slot);
    }

    /// Takes an armed trigger out of its queue: it fired, with this much to close. O(log n).
    pub fn fire(&mut self, slot: u32, left: Lots, now: Nanos) {
        self.dequeue(slot);
        if let Some(trigger) = self.slots.get_mut(slot) {
            trigger.state = TriggerState::Fired;
            trigger.left = left;
            trigger.fired_at = now;
        }
    }

    /// A trigger that closes fires, and leaves its queue besides: an order that closes this much is
    /// under way. O(1).
    #[inline(always)] // What the caller looked at stays in registers.
    pub(crate) fn fire_sent(&mut self, slot: u32, left: Lots, now: Nanos, order: Id) {
        let Some(trigger) = self.slots.get_mut(slot) else { return };
        trigger.state = TriggerState::Fired;
        trigger.left = left;
        trigger.fired_at = now;
        trigger.order = order;
        self.free = self.free.wrapping_add(1);
    }

    /// A fired trigger's closing order is under way.
    pub fn set_order(&mut self, slot: u32, order: Id) {
        if let Some(trigger) = self.slots.get_mut(slot) {
            if trigger.order == Id::NONE && order != Id::NONE {
                self.free = self.free.wrapping_add(1);
            } else if trigger.order != Id::NONE && order == Id::NONE {
                self.free = self.free.wrapping_sub(1);
            }
            trigger.order = order;
        }
    }

    /// An order of a trigger closed some lots; a late one, after it was armed again, counts too.
    /// Answers whether its quantity is closed.
    pub fn note_closed(&mut self, slot: u32, qty: Lots) -> bool {
        let Some(trigger) = self.slots.get_mut(slot) else { return false };
        let rest = |lots: Lots| Lots(lots.0.saturating_sub(qty.0).max(0));
        match trigger.state {
            TriggerState::Fired => trigger.left = rest(trigger.left),
            TriggerState::Armed if trigger.qty > Lots::ZERO => {
                trigger.qty = rest(trigger.qty);
                return trigger.qty == Lots::ZERO;
            }
            TriggerState::Armed => {}
        }
        false
    }

    /// Arms a fired trigger again, for what is left of its quantity; its place among equals is the
    /// last one. A trailing stop keeps its level until its peak is passed. O(log n).
    pub fn rearm(&mut self, slot: u32) {
        self.set_order(slot, Id::NONE);
        self.unstall(slot);
        let number = self.take_number();
        let Some(trigger) = self.slots.get_mut(slot) else { return };
        if trigger.qty > Lots::ZERO {
            trigger.qty = trigger.left;
        }
        trigger.number = number;
        trigger.state = TriggerState::Armed;
        trigger.stage = Stage::Parked;
        self.enqueue(slot);
    }

    /// Removes a trigger for good. O(log n).
    pub fn remove(&mut self, slot: u32, list: Option<&mut List>) {
        let Some(trigger) = self.slots.get(slot) else { return };
        let Trigger { symbol, direction, ride: Ride { step, .. }, .. } = *trigger;
        let (state, trails) = (trigger.state, trigger.trails());
        let owns_slot = trigger.action == TriggerAction::Close && trigger.order == Id::NONE;
        if state == TriggerState::Armed {
            self.dequeue(slot);
        }
        if trails {
            self.count_trailing(symbol, direction, step, false);
        }
        if owns_slot {
            self.free = self.free.wrapping_add(1);
        }
        self.unstall(slot);
        if let Some(list) = list {
            self.lists.remove(list, slot);
        }
        self.slots.remove(slot);
    }

    /// The level of the trigger that rides and is the next one of its direction to fire. O(1).
    #[inline(never)]
    #[must_use]
    pub fn fired_level(&self, trigger: &Trigger) -> Ticks {
        let queues = self.queues.get(at(trigger.symbol));
        let best = queues.map_or(0, |queues| queues.best_level(trigger.direction));
        trigger.direction.ticks(best)
    }

    #[inline(never)]
    pub(super) fn take_out_trailing(&mut self, slot: u32) {
        let Some(trigger) = self.slots.get(slot) else { return };
        let Trigger { symbol, direction, ride: Ride { step, .. }, .. } = *trigger;
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        if trigger.rides()
            && let Some(lane) = queues.lane_mut(direction, step)
        {
            self.riders.remove(&mut lane.riders, slot);
        }
        if trigger.has_own_level() {
            self.levels.remove(of_mut(&mut queues.levels, direction), slot);
        }
        if trigger.wakes_at().is_some() {
            self.wakes.remove(queues.wakes_mut(direction), slot);
        }
        queues.rewatch(direction);
        self.count_trailing(symbol, direction, step, false);
    }

    /// The close of a fired trigger was refused here: it is tried again by the clock.
    pub fn stall(&mut self, slot: u32) {
        if !self.stalled_links.contains(slot) {
            self.stalled_links.push_back(&mut self.stalled, slot);
        }
    }

    fn unstall(&mut self, slot: u32) {
        if self.stalled_links.contains(slot) {
            self.stalled_links.remove(&mut self.stalled, slot);
        }
    }

    /// Takes the trigger out whose close was refused longest ago.
    pub fn pop_stalled(&mut self) -> Option<u32> {
        self.stalled_links.pop_front(&mut self.stalled)
    }

    /// Whether the close of this trigger was refused.
    #[must_use]
    pub fn is_stalled(&self, slot: u32) -> bool {
        self.stalled_links.contains(slot)
    }

    /// Number of triggers whose close was refused.
    #[must_use]
    pub fn stalled(&self) -> u32 {
        self.stalled.len
    }

    /// The trigger after this one in its position's list.
    #[must_use]
    pub fn next_of_position(&self, slot: u32) -> Option<u32> {
        self.lists.next(slot)
    }

    /// Notes that a symbol has work left, or none.
    #[inline]
    pub fn set_backlog(&mut self, symbol: u32, work_left: bool) {
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        if work_left == queues.backlogged {
            return;
        }
        queues.backlogged = work_left;
        queues.rewatch_all();
        if work_left {
            self.backlog_links.push_back(&mut self.backlog, symbol);
        } else {
            self.backlog_links.remove(&mut self.backlog, symbol);
        }
    }

    /// Whether a symbol has work left.
    #[inline]
    #[must_use]
    pub fn has_backlog(&self, symbol: u32) -> bool {
        self.queues.get(at(symbol)).is_some_and(|queues| queues.backlogged)
    }

    /// The symbol whose work waits longest.
    #[must_use]
    pub fn first_backlog(&self) -> Option<u32> {
        if self.backlog.is_empty() { None } else { Some(self.backlog.head) }
    }

    /// Feeds what can change a later answer. O(triggers + symbols).
    pub fn digest(&self, hash: &mut Hash64) {
        self.slots.digest(hash);
        for (slot, trigger) in self.slots.iter() {
            self.shown(slot).unwrap_or(*trigger).feed(hash);
            // The order in which those of a position end.
            hash.u32(self.lists.next(slot).unwrap_or(NIL));
        }
        for queues in self.queues.iter() {
            for direction in Direction::ALL {
                Reached::feed(queues.reached(direction), hash);
            }
        }
        hash.word(self.next_arrival);
        hash.u32(self.backlog.len);
        for symbol in self.backlog_links.iter(&self.backlog) {
            hash.u32(symbol);
        }
        hash.u32(self.stalled.len);
        for slot in self.stalled_links.iter(&self.stalled) {
            hash.u32(slot);
        }
        hash.word(self.next_number);
    }
}

/// Of one value a direction, the one of this direction.
#[inline]
pub(super) fn of<T>(values: &[T; 4], direction: Direction) -> &T {
    let [fall, rise, ask_rise, ask_fall] = values;
    match direction {
        Direction::BidFall => fall,
        Direction::BidRise => rise,
        Direction::AskRise => ask_rise,
        Direction::AskFall => ask_fall,
    }
}

/// Of one value a direction, the one of this direction, to be changed.
#[inline]
pub(super) fn of_mut<T>(values: &mut [T; 4], direction: Direction) -> &mut T {
    let [fall, rise, ask_rise, ask_fall] = values;
    match direction {
        Direction::BidFall => fall,
        Direction::BidRise => rise,
        Direction::AskRise => ask_rise,
        Direction::AskFall => ask_fall,
    }
}
