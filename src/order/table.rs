//! All orders: found by id and by client id, listed by life, queued for the venue.
#![forbid(unsafe_code)]

use super::{Order, Pending, id_status};
use crate::num::Nanos;
use crate::status::{OrderFlag, Status};
use crate::store::{
    Hash64, HeapNode, Heaps, Id, IdKind, Links, List, Lists, NIL, Retained, RetainedMemory,
};

/// Memory of the order table; all slices have the table's capacity.
pub struct OrderMemory<'a> {
    /// Records.
    pub table: RetainedMemory<'a, Order>,
    /// Links of the queue of orders with commands.
    pub queue: &'a mut [Links],
    /// Nodes of the queue of deadlines.
    pub deadlines: &'a mut [HeapNode],
    /// Links of the positions' lists of reduce-only orders, and of the list of those that lapse.
    pub reducers: &'a mut [Links],
}

/// The order table.
///
/// An order is live (listed in order of submission) until nothing more can come of it; then its
/// slot may be taken, oldest end first. A mass cancel walks the live list bit by bit; its place is
/// kept here, because the list changes meanwhile. Orders the clock must look at stand in a queue,
/// the earliest deadline first, of equal ones the order submitted first; plain ones that lapse with
/// their session before they are sent, in a list of their own.
pub struct Orders<'a> {
    table: Retained<'a, Order>,
    commands: Lists<'a>,
    reducers: Lists<'a>,
    waiting: List,
    deadlines: Heaps<'a>,
    /// The order with the earliest deadline.
    earliest: u32,
    /// Plain orders that lapse when their session ends, oldest first: they have no other deadline,
    /// and stand in no other queue of deadlines. The nodes are those of the reduce-only orders.
    lapsing: List,
    sweep: u32,
    /// Whether executions are measured: then no order is plain.
    measured: bool,
}

impl<'a> Orders<'a> {
    /// An empty table over lent memory. `seed` stirs the index.
    #[must_use]
    pub fn new(memory: OrderMemory<'a>, tag: u16, seed: u64) -> Self {
        Self {
            table: Retained::new(memory.table, tag, IdKind::Order, seed),
            commands: Lists::new(memory.queue),
            reducers: Lists::new(memory.reducers),
            waiting: List::EMPTY,
            deadlines: Heaps::new(memory.deadlines),
            earliest: NIL,
            lapsing: List::EMPTY,
            sweep: NIL,
            measured: false,
        }
    }

    /// The same table, of orders whose executions are measured, or not: then none is plain once it
    /// was handed out.
    #[must_use]
    pub fn measured(self, measured: bool) -> Self {
        Self { measured, ..self }
    }

    /// Whether an order is plain: nothing depends on what is reported of it but a position.
    #[must_use]
    pub fn is_plain(&self, order: &Order) -> bool {
        !self.measured && order.is_plain()
    }

    /// The table as it is read.
    #[must_use]
    pub fn table(&self) -> &Retained<'a, Order> {
        &self.table
    }

    /// Stores an order as live, over the one that ended first when the table is full; `None` when
    /// all are live.
    pub fn insert(&mut self, order: &Order) -> Option<(u32, Id)> {
        let (slot, id) = self.table.insert(order.client_id, |id| Order { id, ..*order })?;
        self.refile(slot);
        Some((slot, id))
    }

    /// The same for an order that waits to be sent and has no deadline; `fill` writes the whole
    /// record.
    #[inline(always)] // What the record is made of stays in registers.
    pub(crate) fn insert_plain(
        &mut self,
        client_id: u64,
        fill: impl FnOnce(&mut Order, Id),
    ) -> Option<(u32, Id)> {
        let (slot, id) = self.table.insert_in_place(client_id, fill)?;
        self.commands.append(&mut self.waiting, slot);
        Some((slot, id))
    }

    /// A slot for an order under a new client id, that reduces nothing and waits to be sent; what
    /// was in it, to be written over with the whole record, and its id. [`Orders::file_new`] must
    /// follow. `None` when all slots hold live orders.
    #[inline(always)] // What the record is made of stays in registers.
    pub(crate) fn open_new(&mut self, client_id: u64) -> Option<(u32, &mut Order, Id)> {
        let slot = self.table.open_new(client_id)?;
        self.table.begin(slot).map(|(order, id)| (slot, order, id))
    }

    /// An order is written that [`Orders::open_new`] has made room for. One that `lapses` does so
    /// when its session ends, not before any that was inserted before.
    #[inline(always)] // Of two lists.
    pub(crate) fn file_new(&mut self, slot: u32, lapses: bool) {
        self.commands.append(&mut self.waiting, slot);
        if lapses {
            self.reducers.append(&mut self.lapsing, slot);
        }
    }

    /// The order in a slot.
    #[inline]
    #[must_use]
    pub fn get(&self, slot: u32) -> Option<&Order> {
        self.table.get(slot)
    }

    /// Changes the order in a slot and puts it where it then belongs: live or ended, in the queues
    /// of commands and of deadlines or not. `None` for an empty slot. O(log n) when its deadline
    /// changes, otherwise O(1).
    pub fn update<R>(&mut self, slot: u32, change: impl FnOnce(&mut Order) -> R) -> Option<R> {
        let result = change(self.table.get_mut(slot)?);
        self.refile(slot);
        Some(result)
    }

    /// The order in a slot, to be changed in what neither its life, nor its commands, nor its
    /// deadline depend on.
    #[inline]
    pub(crate) fn touch(&mut self, slot: u32) -> Option<&mut Order> {
        self.table.get_mut(slot)
    }

    /// A sent order without commands or requests in flight is filled: it is listed as ended.
    #[inline(always)] // It is half as long as the call would be.
    pub(crate) fn file_filled(&mut self, slot: u32) {
        if self.sweep == slot {
            self.sweep = self.table.next(slot).unwrap_or(NIL);
        }
        if self.table.end(slot).is_some_and(|order| order.timeout_at > Nanos::ZERO) {
            self.file_deadline(slot);
        }
    }

    /// NEW of a fresh order is handed out.
    #[inline]
    pub(crate) fn file_sent(&mut self, slot: u32, now: Nanos) {
        let Some(order) = self.table.get_mut(slot) else { return };
        order.pending = Pending::default();
        order.note_sent(now);
        order.plain = order.is_plain();
        let later = order.timeout_at.0 | order.retry_at.0;
        let (lapses, flags) = (order.lapses_at != Nanos::ZERO, order.flags);
        self.commands.remove(&mut self.waiting, slot);
        if lapses && self.is_lapsing(slot, flags) {
            self.reducers.remove(&mut self.lapsing, slot);
            if later == 0 {
                return;
            }
        }
        if lapses || later != 0 {
            self.file_deadline(slot);
        }
    }

    /// An order that waited for nothing to be handed out has a command now. O(1).
    #[inline]
    pub(crate) fn queue_command(&mut self, slot: u32) {
        self.commands.push_back(&mut self.waiting, slot);
    }

    /// The same for orders that have none so far, in this order. O(1) each.
    #[inline(never)] // It has all registers.
    pub(crate) fn queue_commands(
        &mut self,
        slots: impl ExactSizeIterator<Item = u32> + DoubleEndedIterator,
    ) {
        self.commands.append_all(&mut self.waiting, slots);
    }

    /// A held order is released with the quantity it had: it is to be sent, and stands where it
    /// stood besides. O(1).
    pub fn release_whole(&mut self, slot: u32, now: Nanos) {
        let Some(order) = self.table.get_mut(slot) else { return };
        order.release(order.order_qty, now);
        self.commands.push_back(&mut self.waiting, slot);
    }

    fn refile(&mut self, slot: u32) {
        let measured = self.measured;
        let Some(order) = self.table.get_mut(slot) else { return };
        order.derive();
        order.plain &= !measured;
        let (evictable, has_command) = (order.is_evictable(), !order.pending.is_empty());
        if has_command {
            // A node that waits already stays where it is.
            self.commands.push_back(&mut self.waiting, slot);
        } else if self.commands.contains(slot) {
            self.commands.remove(&mut self.waiting, slot);
        }
        if evictable && self.sweep == slot {
            self.sweep = self.table.next(slot).unwrap_or(NIL);
        }
        self.table.set_ended(slot, evictable);
        self.file_deadline(slot);
    }

    fn file_deadline(&mut self, slot: u32) {
        let Some(order) = self.table.get(slot) else { return };
        if self.is_deadline_filed(slot, order) {
            return;
        }
        let place = filed_under(order);
        if self.is_lapsing(slot, order.flags) {
            self.reducers.remove(&mut self.lapsing, slot);
        }
        self.deadlines.remove(&mut self.earliest, slot);
        if let Some((place, number)) = place {
            self.deadlines.insert(&mut self.earliest, slot, place, number);
        }
    }

    /// The order with the earliest deadline, when that is reached. O(1).
    #[must_use]
    pub fn first_due(&self, now: Nanos) -> Option<u32> {
        let lapsing = self.table.get(self.lapsing.head).map(own_place);
        let queued =
            self.deadlines.peek(self.earliest).and_then(|(slot, _)| self.deadlines.key(slot));
        let (slot, place) = match (lapsing, queued) {
            // The earlier deadline is the greater place; of equal ones the lower number counts.
            (Some((lapses, number)), Some((place, other))) if (place, number) > (lapses, other) => {
                (self.earliest, place)
            }
            (None, Some((place, _))) => (self.earliest, place),
            (Some((place, _)), _) => (self.lapsing.head, place),
            (None, None) => return None,
        };
        (place >= place_of(now)).then_some(slot)
    }

    /// Whether an order stands among those that lapse when their session ends. No reduce-only order
    /// does.
    #[inline]
    fn is_lapsing(&self, slot: u32, flags: u32) -> bool {
        !OrderFlag::ReduceOnly.is_in(flags) && self.reducers.contains(slot)
    }

    /// Whether an order stands in the queue of deadlines as its facts say.
    #[must_use]
    pub fn is_deadline_filed(&self, slot: u32, order: &Order) -> bool {
        let place = filed_under(order);
        if self.is_lapsing(slot, order.flags) {
            place == Some(own_place(order)) && !self.deadlines.contains(slot)
        } else {
            self.deadlines.key(slot) == place
        }
    }

    /// The slot an id names.
    ///
    /// # Errors
    /// `Unknown`, `Stale`, `Foreign`.
    pub fn resolve(&self, id: Id) -> Result<u32, Status> {
        self.table.resolve(id).map_err(id_status)
    }

    /// The slot of an order named by id or, when that is 0, by client id.
    ///
    /// # Errors
    /// `Unknown`, `Stale`, `Foreign`.
    pub fn find(&self, id: Id, client_id: u64) -> Result<u32, Status> {
        if id == Id::NONE {
            self.table.find(client_id).ok_or(Status::Unknown)
        } else {
            self.resolve(id)
        }
    }

    /// The first order with a command waiting.
    #[must_use]
    pub fn first_waiting(&self) -> Option<u32> {
        if self.waiting.is_empty() { None } else { Some(self.waiting.head) }
    }

    /// Number of orders with a command waiting.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.waiting.len
    }

    /// Takes the first command of an order, in the order NEW, REPLACE, CANCEL.
    pub fn take_command(&mut self, slot: u32) -> Option<Pending> {
        let pending = self.get(slot)?.pending;
        let first = [Pending::NEW, Pending::REPLACE, Pending::CANCEL]
            .into_iter()
            .find(|&command| pending.has(command))?;
        self.update(slot, |order| order.pending = order.pending.without(first))?;
        Some(first)
    }

    /// Puts an order into the list of its position's reduce-only orders, by age. O(1) for the
    /// youngest, else O(length).
    pub fn list_reducer(&mut self, list: &mut List, slot: u32) {
        let number = |slot| self.table.get(slot).map_or(0, |order| order.number);
        let own = number(slot);
        let sorted = list.is_empty() || number(list.tail) < own;
        let mut next = Some(list.head).filter(|_| !sorted);
        if !self.reducers.push_back(list, slot) {
            return;
        }
        // Who is younger moves behind it, in order.
        while let Some(node) = next.filter(|&node| node != slot) {
            next = self.reducers.next(node);
            if self.table.get(node).is_some_and(|order| order.number > own) {
                self.reducers.remove(list, node);
                self.reducers.push_back(list, node);
            }
        }
    }

    /// Puts the youngest order into that list, which is mostly empty. O(1).
    #[inline]
    pub(crate) fn list_youngest(&mut self, list: &mut List, slot: u32) {
        if list.is_empty() {
            self.reducers.push_back(list, slot);
        } else {
            self.list_reducer(list, slot);
        }
    }

    /// Takes an order out of that list.
    pub fn unlist_reducer(&mut self, list: &mut List, slot: u32) {
        self.reducers.remove(list, slot);
    }

    /// The next older order in that list.
    #[must_use]
    pub fn older_reducer(&self, slot: u32) -> Option<u32> {
        self.reducers.prev(slot)
    }

    /// The orders of such a list, oldest first.
    pub fn reducers(&self, list: &List) -> impl Iterator<Item = u32> {
        self.reducers.iter(list)
    }

    /// Starts a walk over the orders that are live now and after.
    pub fn start_sweep(&mut self) {
        self.sweep = self.table.first_live().unwrap_or(NIL);
    }

    /// The next order of the walk; it passes on.
    pub fn next_of_sweep(&mut self) -> Option<u32> {
        let slot = self.sweep;
        if slot == NIL {
            return None;
        }
        self.sweep = self.table.next(slot).unwrap_or(NIL);
        Some(slot)
    }

    /// Whether the walk is not over.
    #[must_use]
    pub fn is_sweeping(&self) -> bool {
        self.sweep != NIL
    }

    /// Feeds what can change a later answer. O(orders).
    pub fn digest(&self, hash: &mut Hash64) {
        self.table.digest(hash);
        for (_, order) in self.table.iter() {
            order.feed(hash);
        }
        for slot in self.commands.iter(&self.waiting) {
            hash.u32(slot);
        }
        hash.u32(self.sweep);
    }
}

/// Place and number under which an order stands in the queue of deadlines; none when it does not.
fn filed_under(order: &Order) -> Option<(i64, u64)> {
    order.deadline().map(|at| (place_of(at), order.number))
}

/// The same for an order that lapses when its session ends.
fn own_place(order: &Order) -> (i64, u64) {
    (place_of(order.lapses_at), order.number)
}

/// The place of a deadline in its queue: the earlier, the greater. Exact: no time is out of range.
fn place_of(deadline: Nanos) -> i64 {
    i64::MAX.wrapping_sub_unsigned(deadline.0)
}
