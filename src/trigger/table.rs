//! All triggers: found by id, listed by position, queued by level.
#![forbid(unsafe_code)]

use super::{Direction, Trigger, Watch};
use crate::num::{Lots, Nanos, Ticks};
use crate::order::id_status;
use crate::status::{Status, TriggerAction, TriggerState};
use crate::store::{Hash64, HeapNode, Heaps, Id, IdKind, Links, List, Lists, NIL, Slot, Slots, at};

/// Most triggers of one position: what a call does when a position closes is bounded by it.
pub const PER_POSITION: u32 = 8;

/// The queues of one symbol, one a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queues {
    roots: [u32; 4],
    /// Trailing stops by peak: of the directions in which none trails, always empty.
    pub(super) peaks: [u32; 4],
    /// Prices that were reached and not worked off, one a direction.
    reached: [Option<Reached>; 4],
    /// Prices that mean nothing.
    pub(super) watch: Watch,
    /// The same without triggers.
    pub(super) allowed: Watch,
}

/// A price that was reached: the farthest since `arrival`, by which directions are worked off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reached {
    price: Ticks,
    arrival: u64,
    /// The last price since, when some fires are left: trailing stops follow it after them.
    held_back: Option<Ticks>,
}

impl Queues {
    /// No triggers.
    pub const EMPTY: Self = Self {
        roots: [NIL; 4],
        peaks: [NIL; 4],
        reached: [None; 4],
        watch: Watch::CLOSED,
        allowed: Watch::CLOSED,
    };

    /// Whether a price was reached and not worked off.
    pub(super) fn is_reached(&self) -> bool {
        self.reached.iter().any(Option::is_some)
    }
}

/// Memory of the triggers.
pub struct TriggerMemory<'a> {
    /// Records.
    pub slots: &'a mut [Slot<Trigger>],
    /// Nodes of the level queues; as many as records.
    pub nodes: &'a mut [HeapNode],
    /// Nodes of the queues of trailing stops by peak; as many as records.
    pub peaks: &'a mut [HeapNode],
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
    heaps: Heaps<'a>,
    pub(super) peaks: Heaps<'a>,
    lists: Lists<'a>,
    pub(super) queues: &'a mut [Queues],
    backlog_links: Lists<'a>,
    backlog: List,
    stalled_links: Lists<'a>,
    stalled: List,
    next_sequence: u64,
    next_arrival: u64,
    /// Triggers that own an order slot.
    closers: u32,
    /// Triggers, each with an order slot, that brackets hold room for.
    reserved: u32,
}

impl<'a> Triggers<'a> {
    /// No triggers.
    #[must_use]
    pub fn new(memory: TriggerMemory<'a>, tag: u16) -> Self {
        memory.queues.fill(Queues::EMPTY);
        Self {
            slots: Slots::new(memory.slots, tag, IdKind::Trigger),
            heaps: Heaps::new(memory.nodes),
            peaks: Heaps::new(memory.peaks),
            lists: Lists::new(memory.links),
            queues: memory.queues,
            backlog_links: Lists::new(memory.backlog),
            backlog: List::EMPTY,
            stalled_links: Lists::new(memory.stalled),
            stalled: List::EMPTY,
            next_sequence: 0,
            next_arrival: 0,
            closers: 0,
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
        // Each is at most the capacity of a table, 2^24.
        self.closers.wrapping_add(self.reserved)
    }

    /// A bracket holds room for so many triggers instead of so many before.
    pub fn reserve(&mut self, before: u32, after: u32) {
        self.reserved = self.reserved.saturating_sub(before).saturating_add(after);
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

    /// Stores an armed trigger, in its position's list if it has one and in its queue. O(log n).
    pub fn arm(&mut self, trigger: &Trigger, list: Option<&mut List>) -> Option<(u32, Id)> {
        let number = self.next_sequence;
        let (slot, id) = self.slots.insert_with(|id| Trigger { id, number, ..*trigger })?;
        if let Some(list) = list {
            self.lists.push_back(list, slot);
        }
        if trigger.action == TriggerAction::Close {
            self.closers = self.closers.saturating_add(1);
        }
        self.enqueue(slot);
        Some((slot, id))
    }

    /// Puts an armed trigger behind its equals; a trailing stop without a peak has no level yet.
    pub(super) fn enqueue(&mut self, slot: u32) {
        let sequence = self.next_sequence;
        self.next_sequence = sequence.wrapping_add(1);
        let Some(trigger) = self.slots.get_mut(slot) else { return };
        trigger.sequence = sequence;
        trigger.state = TriggerState::Armed;
        let trigger = *trigger;
        if trigger.trails() {
            self.enqueue_peak(slot, &trigger);
        }
        let has_level = !trigger.trails() || trigger.peak.is_some();
        let level = trigger.direction.normal(trigger.level);
        if let Some(queues) = self.queues.get_mut(at(trigger.symbol)).filter(|_| has_level) {
            self.heaps.insert(of(&mut queues.roots, trigger.direction), slot, level, sequence);
        }
        self.rewatch(trigger.symbol);
    }

    pub(super) fn dequeue(&mut self, slot: u32) {
        let Some(trigger) = self.slots.get(slot) else { return };
        let symbol = trigger.symbol;
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        self.heaps.remove(of(&mut queues.roots, trigger.direction), slot);
        self.peaks.remove(of(&mut queues.peaks, trigger.direction), slot);
        self.rewatch(symbol);
    }

    /// The level of the head of a queue, turned.
    pub(super) fn best_level(&self, queues: &Queues, direction: Direction) -> Option<i64> {
        let mut roots = queues.roots;
        self.heaps.peek(*of(&mut roots, direction)).map(|(_, level)| level)
    }

    /// Moves an armed trigger, behind its new equals. O(log n).
    pub fn relocate(&mut self, slot: u32, level: Ticks) {
        self.dequeue(slot);
        if let Some(trigger) = self.slots.get_mut(slot) {
            trigger.level = level;
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

    /// A fired trigger's closing order is under way.
    pub fn set_order(&mut self, slot: u32, order: Id) {
        if let Some(trigger) = self.slots.get_mut(slot) {
            if trigger.order == Id::NONE && order != Id::NONE {
                self.closers = self.closers.saturating_sub(1);
            } else if trigger.order != Id::NONE && order == Id::NONE {
                self.closers = self.closers.saturating_add(1);
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
    /// last one. O(log n).
    pub fn rearm(&mut self, slot: u32) {
        self.set_order(slot, Id::NONE);
        self.unstall(slot);
        if let Some(trigger) = self.slots.get_mut(slot)
            && trigger.qty > Lots::ZERO
        {
            trigger.qty = trigger.left;
        }
        self.enqueue(slot);
    }

    /// Removes a trigger for good. O(log n).
    pub fn remove(&mut self, slot: u32, list: Option<&mut List>) {
        let Some(trigger) = self.slots.get(slot) else { return };
        let (state, owns_slot) =
            (trigger.state, trigger.action == TriggerAction::Close && trigger.order == Id::NONE);
        if state == TriggerState::Armed {
            self.dequeue(slot);
        }
        if owns_slot {
            self.closers = self.closers.saturating_sub(1);
        }
        self.unstall(slot);
        if let Some(list) = list {
            self.lists.remove(list, slot);
        }
        self.slots.remove(slot);
    }

    /// The close of a fired trigger was refused here: it is tried again by the clock.
    pub fn stall(&mut self, slot: u32) {
        self.stalled_links.push_back(&mut self.stalled, slot);
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

    /// Whether a trigger stands in the queue by level.
    #[must_use]
    pub fn is_queued(&self, slot: u32) -> bool {
        self.heaps.contains(slot)
    }

    /// A quote: each direction keeps the farthest price until what it fires is worked off; where
    /// nothing is left to fire, trailing stops follow. O(1), and O(log n) for each trailing stop
    /// that the price carries along.
    pub fn reach(&mut self, symbol: u32, bid: Ticks, ask: Ticks) {
        if self.is_quiet(symbol, bid, ask) {
            // Nothing was reached: there is nothing to number.
            for direction in Direction::ALL {
                self.carry_along(symbol, direction, direction.price(bid, ask));
            }
            return;
        }
        let Some(queues) = self.queues.get_mut(at(symbol)) else { return };
        let all = Direction::ALL.into_iter().zip(queues.roots).zip(queues.reached.iter_mut());
        let mut calm = [false; 4];
        for (((direction, root), reached), calm) in all.zip(&mut calm) {
            let price = direction.price(bid, ask);
            let fires = |price| crossed(&self.heaps, direction, root, price).is_some();
            match reached {
                Some(old) if fires(old.price) => {
                    old.held_back = Some(price);
                    if direction.normal(price) < direction.normal(old.price) {
                        old.price = price;
                    }
                }
                _ => {
                    let arrival = self.next_arrival;
                    *reached = Some(Reached { price, arrival, held_back: None });
                    self.next_arrival = arrival.wrapping_add(1);
                    *calm = true;
                }
            }
        }
        for (direction, _) in Direction::ALL.into_iter().zip(calm).filter(|&(_, calm)| calm) {
            self.carry_along(symbol, direction, direction.price(bid, ask));
        }
        self.rewatch(symbol);
    }

    /// Whether nothing is crossed, and nothing is left of what was.
    fn is_quiet(&self, symbol: u32, bid: Ticks, ask: Ticks) -> bool {
        let Some(queues) = self.queues.get(at(symbol)) else { return true };
        let fires = |direction: Direction| {
            let price = direction.normal(direction.price(bid, ask));
            self.best_level(queues, direction).is_some_and(|level| price <= level)
        };
        !queues.is_reached() && !Direction::ALL.into_iter().any(fires)
    }

    /// The next trigger of a symbol to fire, and the price that fires it: first what was reached
    /// first, so that the sequence does not depend on how the work is cut. A direction in which
    /// nothing is left to fire forgets the price it reached, and trailing stops follow the last
    /// one. O(1), and O(log n) for each of those.
    pub fn next_fire(&mut self, symbol: u32) -> Option<(u32, Ticks)> {
        let queues = self.queues.get_mut(at(symbol))?;
        if !queues.is_reached() {
            return None;
        }
        let all = Direction::ALL.into_iter().zip(queues.roots).zip(queues.reached.iter_mut());
        let mut first: Option<(u32, Reached)> = None;
        let mut last = [None; 4];
        for (((direction, root), reached), last) in all.zip(&mut last) {
            let Some(price) = *reached else { continue };
            match crossed(&self.heaps, direction, root, price.price) {
                Some(slot) if first.is_none_or(|(_, f)| price.arrival < f.arrival) => {
                    first = Some((slot, price));
                }
                Some(_) => {}
                None => *last = reached.take().and_then(|reached| reached.held_back),
            }
        }
        for (direction, price) in Direction::ALL.into_iter().zip(last) {
            if let Some(price) = price {
                self.carry_along(symbol, direction, price);
            }
        }
        if first.is_none() {
            self.rewatch(symbol);
        }
        first.map(|(slot, reached)| (slot, reached.price))
    }

    /// Notes that a symbol has work left, or none.
    pub fn set_backlog(&mut self, symbol: u32, work_left: bool) {
        if work_left == self.backlog_links.contains(symbol) {
            return;
        }
        if work_left {
            self.backlog_links.push_back(&mut self.backlog, symbol);
        } else {
            self.backlog_links.remove(&mut self.backlog, symbol);
        }
        self.rewatch(symbol);
    }

    /// Whether a symbol has work left.
    #[must_use]
    pub fn has_backlog(&self, symbol: u32) -> bool {
        self.backlog_links.contains(symbol)
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
            trigger.feed(hash);
            // The order in which those of a position end.
            hash.u32(self.lists.next(slot).unwrap_or(NIL));
        }
        for queues in self.queues.iter() {
            for reached in queues.reached {
                hash.u32(u32::from(reached.is_some()));
                hash.i64(reached.map_or(0, |r| r.price.0));
                hash.word(reached.map_or(0, |r| r.arrival));
                let held_back = reached.and_then(|r| r.held_back);
                hash.u32(u32::from(held_back.is_some()));
                hash.i64(held_back.unwrap_or_default().0);
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
        hash.word(self.next_sequence);
    }
}

/// The head of a queue, if this price fires it.
fn crossed(heaps: &Heaps<'_>, direction: Direction, root: u32, price: Ticks) -> Option<u32> {
    let (slot, level) = heaps.peek(root)?;
    (direction.normal(price) <= level).then_some(slot)
}

/// Of one root a direction, the one of this direction.
pub(super) fn of(roots: &mut [u32; 4], direction: Direction) -> &mut u32 {
    let [fall, rise, ask_rise, ask_fall] = roots;
    match direction {
        Direction::BidFall => fall,
        Direction::BidRise => rise,
        Direction::AskRise => ask_rise,
        Direction::AskFall => ask_fall,
    }
}
