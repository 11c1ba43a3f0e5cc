#![forbid(unsafe_code)]
//! A table of records under ids that go stale when the record goes.

use super::{Hash64, Id, IdError, IdKind, NIL, UNLINKED, at, count};

/// Stands in the link of a slot that holds a record; never a slot number.
const OCCUPIED: u32 = UNLINKED;
/// Stands in the link of a restored slot that is free but not yet queued; never a slot number.
const UNQUEUED: u32 = UNLINKED - 1;
/// Set in a generation whose 24-bit count has started again.
const WRAPPED: u32 = 1 << 24;

/// One element of the memory of [`Slots`]. What a record begins with shares a cache line with what
/// says whose it is.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub struct Slot<T> {
    /// Records held so far, modulo wrap; 0 when never used; with [`WRAPPED`].
    generation: u32,
    /// [`OCCUPIED`], [`UNQUEUED`], or the slot that is reused after this one.
    link: u32,
    value: T,
}

impl<T> Slot<T> {
    /// A slot that was never used; `value` only fills it.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self { generation: 0, link: NIL, value }
    }
}

/// A table of at most as many records as slots were lent, each under an [`Id`] that no later record
/// of its slot shares before 16 777 215 records have passed through that slot.
///
/// A freed slot is reused before a slot that was never used, the longest free first: generations
/// wear evenly, and which slot comes next does not depend on the capacity until that is reached.
/// All operations are O(1) unless they say otherwise.
pub struct Slots<'a, T> {
    slots: &'a mut [Slot<T>],
    free_head: u32,
    free_tail: u32,
    /// Slots below this number have held a record.
    touched: u32,
    len: u32,
    tag: u16,
    kind: IdKind,
    /// The id of tag, kind, generation 0 and slot 0.
    base: u64,
}

impl<'a, T> Slots<'a, T> {
    /// An empty table whose ids carry `tag` (0..=[`Id::TAG_MAX`], higher bits are cut off) and
    /// `kind`. Memory beyond [`Id::CAPACITY_MAX`] slots is left alone. O(capacity).
    #[must_use]
    pub fn new(memory: &'a mut [Slot<T>], tag: u16, kind: IdKind) -> Self {
        let capacity = memory.len().min(at(Id::CAPACITY_MAX));
        let slots = memory.get_mut(..capacity).unwrap_or_default();
        for slot in slots.iter_mut() {
            slot.generation = 0;
            slot.link = NIL;
        }
        let tag = tag & Id::TAG_MAX;
        let base = Id::new(tag, kind, 0, 0).0;
        Self { slots, free_head: NIL, free_tail: NIL, touched: 0, len: 0, tag, kind, base }
    }

    /// Stores a record; `None`, and nothing changes, when the table is full.
    pub fn insert(&mut self, value: T) -> Option<(u32, Id)> {
        self.insert_with(|_| value)
    }

    /// Stores the record that `make` builds from its own id; `None`, without calling `make`, when
    /// the table is full.
    #[inline(always)] // What it is made of stays in registers.
    pub fn insert_with(&mut self, make: impl FnOnce(Id) -> T) -> Option<(u32, Id)> {
        let number = self.take()?;
        let (value, id) = self.renew(number)?;
        *value = make(id);
        Some((number, id))
    }

    /// Takes the next slot into use, still under the id of its last record: [`Slots::renew`] must
    /// follow. `None`, and nothing changes, when the table is full.
    #[inline]
    pub(super) fn take(&mut self) -> Option<u32> {
        let reused = self.free_head != NIL;
        let number = if reused { self.free_head } else { self.touched };
        let slot = self.slots.get_mut(at(number))?;
        let next_free = slot.link;
        slot.link = OCCUPIED;
        if reused {
            self.free_head = next_free;
            if next_free == NIL {
                self.free_tail = NIL;
            }
        } else {
            self.touched = self.touched.wrapping_add(1);
        }
        self.len = self.len.wrapping_add(1);
        Some(number)
    }

    /// The next id of a slot that is in use, whose last one is stale from now on, and what it
    /// holds. `None` beyond the capacity.
    #[inline(always)] // Of a few steps, and its answer stays in registers.
    pub(super) fn renew(&mut self, number: u32) -> Option<(&mut T, Id)> {
        let slot = self.slots.get_mut(at(number))?;
        slot.generation = following(slot.generation);
        let generation = u64::from(slot.generation & Id::GENERATION_MAX);
        let id = self.base | generation << Id::SLOT_BITS | u64::from(number);
        Some((&mut slot.value, Id(id)))
    }

    /// Frees an occupied slot, whose id is stale from now on; `false` when it was not occupied.
    pub fn remove(&mut self, slot: u32) -> bool {
        match self.slots.get_mut(at(slot)) {
            Some(s) if s.link == OCCUPIED => s.link = UNQUEUED,
            _ => return false,
        }
        self.len = self.len.wrapping_sub(1);
        self.restore_free(slot)
    }

    /// Frees slots that are known to be occupied, each named once: the first one is reused first.
    /// O(1) each.
    #[inline(always)] // The numbers come from where they are.
    pub(crate) fn remove_all(
        &mut self,
        slots: impl ExactSizeIterator<Item = u32> + DoubleEndedIterator,
    ) {
        let number = count(slots.len());
        let (mut first, mut last) = (NIL, NIL);
        for slot in slots.rev() {
            if let Some(freed) = self.slots.get_mut(at(slot)) {
                freed.link = first;
            }
            last = if first == NIL { slot } else { last };
            first = slot;
        }
        if last == NIL {
            return;
        }
        match self.slots.get_mut(at(self.free_tail)) {
            Some(tail) => tail.link = first,
            None => self.free_head = first,
        }
        self.free_tail = last;
        self.len = self.len.wrapping_sub(number);
    }

    /// The record in an occupied slot.
    #[inline]
    #[must_use]
    pub fn get(&self, slot: u32) -> Option<&T> {
        match self.slots.get(at(slot)) {
            Some(s) if s.link == OCCUPIED => Some(&s.value),
            _ => None,
        }
    }

    /// The record in an occupied slot, to be changed.
    #[inline]
    #[must_use]
    pub fn get_mut(&mut self, slot: u32) -> Option<&mut T> {
        match self.slots.get_mut(at(slot)) {
            Some(s) if s.link == OCCUPIED => Some(&mut s.value),
            _ => None,
        }
    }

    /// The occupied slot that an id names, or why it names none.
    ///
    /// # Errors
    /// In this order: [`IdError::Unknown`] for [`Id::NONE`]; [`IdError::Foreign`] for another tag;
    /// `Unknown` for another kind or for a slot or generation that this table has not come to;
    /// [`IdError::Stale`] when the record is gone. Once the generation of a slot has wrapped, every
    /// generation has been handed out, and any but the present one is stale.
    #[inline]
    pub fn resolve(&self, id: Id) -> Result<u32, IdError> {
        if id.is_none() {
            return Err(IdError::Unknown);
        }
        if id.tag() != self.tag {
            return Err(IdError::Foreign);
        }
        let (number, generation) = (id.slot(), id.generation());
        if id.kind() != Some(self.kind) || generation == 0 {
            return Err(IdError::Unknown);
        }
        let Some(slot) = self.slots.get(at(number)) else { return Err(IdError::Unknown) };
        if generation == slot.generation & Id::GENERATION_MAX && slot.link == OCCUPIED {
            Ok(number)
        } else if generation > slot.generation {
            // WRAPPED is greater than any generation: this branch is for counts still in order.
            Err(IdError::Unknown)
        } else {
            Err(IdError::Stale)
        }
    }

    /// The id of the record in a slot; [`Id::NONE`] when the slot is not occupied.
    #[inline]
    #[must_use]
    pub fn id_of(&self, slot: u32) -> Id {
        match self.slots.get(at(slot)) {
            Some(s) if s.link == OCCUPIED => Id::new(self.tag, self.kind, s.generation, slot),
            _ => Id::NONE,
        }
    }

    /// Records stored.
    #[inline]
    #[must_use]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether no record is stored.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Most records ever stored at one time. Also the number of slots ever used, because a freed
    /// slot is always reused first.
    #[inline]
    #[must_use]
    pub fn high_water(&self) -> u32 {
        self.touched
    }

    /// Most records that can be stored.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> u32 {
        count(self.slots.len())
    }

    /// Whether every slot holds a record.
    #[inline]
    #[must_use]
    pub fn is_full(&self) -> bool {
        !self.is_slot(self.len)
    }

    /// Whether there is a slot with this number, of whatever state.
    #[inline]
    #[must_use]
    pub fn is_slot(&self, number: u32) -> bool {
        at(number) < self.slots.len()
    }

    /// Records that can still be stored.
    #[inline]
    #[must_use]
    pub fn free(&self) -> u32 {
        self.capacity().saturating_sub(self.len)
    }

    /// The slots in use and their records, in slot order. O(high water) for the whole walk.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        let touched = (0..self.touched).zip(self.slots.iter());
        touched.filter(|(_, s)| s.link == OCCUPIED).map(|(number, s)| (number, &s.value))
    }

    /// Feeds all that decides which slots and ids come next and how ids resolve: slots used, their
    /// generations, the order of reuse. The records themselves are the caller's. O(high water).
    pub fn digest(&self, hash: &mut Hash64) {
        hash.u32(self.touched);
        hash.u32(self.len);
        for slot in self.slots.iter().take(at(self.touched)) {
            hash.u32(slot.generation);
        }
        for number in self.iter_free() {
            hash.u32(number);
        }
    }
}

/// What it takes to write a table down and to build it again, exactly: for each slot below
/// [`Slots::high_water`] its [`Slots::generation`] and record, then [`Slots::iter_free`].
impl<T> Slots<'_, T> {
    /// The count of records of a slot as [`Slots::restore`] takes it (bits 0..24 the generation of
    /// the last id, bit 24 whether it has wrapped); 0 when the slot was never used.
    #[must_use]
    pub fn generation(&self, slot: u32) -> u32 {
        self.slots.get(at(slot)).map_or(0, |s| s.generation)
    }

    /// The freed slots in the order in which they will be reused. O(freed) for the whole walk.
    pub fn iter_free(&self) -> impl Iterator<Item = u32> {
        let known = |number: u32| self.slots.get(at(number)).map(|s| (number, s.link));
        core::iter::successors(known(self.free_head), move |&(_, next)| known(next))
            .map(|(number, _)| number)
    }

    /// Takes the next slot that was never used into use with the generation it had: with a record,
    /// or without one for [`Slots::restore_free`] to queue. Answers the slot; `None`, and nothing
    /// changes, when there is none left or `generation` is none that [`Slots::generation`] gives
    /// for a used slot.
    pub fn restore(&mut self, generation: u32, record: Option<T>) -> Option<u32> {
        let valid = generation & Id::GENERATION_MAX != 0 && generation < WRAPPED << 1;
        let number = self.touched;
        let slot = self.slots.get_mut(at(number)).filter(|_| valid)?;
        slot.generation = generation;
        slot.link = UNQUEUED;
        if let Some(value) = record {
            slot.value = value;
            slot.link = OCCUPIED;
            self.len = self.len.wrapping_add(1);
        }
        self.touched = self.touched.wrapping_add(1);
        Some(number)
    }

    /// Queues a slot that was restored without a record as the last to be reused; `false` when it
    /// is not one, or is queued already. A slot that is never queued is lost to the table.
    pub fn restore_free(&mut self, slot: u32) -> bool {
        match self.slots.get_mut(at(slot)) {
            Some(s) if s.link == UNQUEUED => s.link = NIL,
            _ => return false,
        }
        match self.slots.get_mut(at(self.free_tail)) {
            Some(last) => last.link = slot,
            None => self.free_head = slot,
        }
        self.free_tail = slot;
        true
    }
}

/// The generation after this one: never 0, and marked for good once it has wrapped.
#[inline]
const fn following(generation: u32) -> u32 {
    let next = generation.wrapping_add(1);
    if next & Id::GENERATION_MAX == 0 { wrapped() } else { next }
}

/// The first generation again.
#[cold]
#[inline(never)] // A branch, which is not taken.
const fn wrapped() -> u32 {
    WRAPPED | 1
}
