#![forbid(unsafe_code)]
//! Records that live, end, and stay readable until their slot is needed.

use super::{Hash64, Id, IdError, IdIndex, IdKind, IndexNode, Links, List, Lists, Slot, Slots};

/// A record and the list it stands in.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Entry<T> {
    value: T,
    ended: bool,
}

impl<T> Entry<T> {
    /// Fills unused memory.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self { value, ended: false }
    }
}

/// Memory of a [`Retained`] table; all slices have the table's capacity.
pub struct RetainedMemory<'a, T> {
    /// Records.
    pub slots: &'a mut [Slot<Entry<T>>],
    /// Index by key.
    pub index: &'a mut [IndexNode],
    /// Links of the two lists.
    pub links: &'a mut [Links],
}

/// A table whose records are listed as live, in order of insertion, until they are marked as
/// ended; a full table takes the slot of the record that ended first. Records are found by id, and
/// by a key that is not 0. All operations are O(1), by key expected.
pub struct Retained<'a, T> {
    slots: Slots<'a, Entry<T>>,
    index: IdIndex<'a>,
    lists: Lists<'a>,
    live: List,
    ended: List,
    /// Highest key below 2^63 that was ever entered: a greater one is not in.
    top: i64,
}

impl<'a, T> Retained<'a, T> {
    /// An empty table. `seed` stirs the index. O(capacity).
    #[must_use]
    pub fn new(memory: RetainedMemory<'a, T>, tag: u16, kind: IdKind, seed: u64) -> Self {
        Self {
            slots: Slots::new(memory.slots, tag, kind),
            index: IdIndex::new(memory.index, seed),
            lists: Lists::new(memory.links),
            live: List::EMPTY,
            ended: List::EMPTY,
            top: 0,
        }
    }

    /// Stores the record that `make` builds from its id, as live, under `key` (0: none); `None`,
    /// without calling `make`, when all slots hold live records.
    pub fn insert(&mut self, key: u64, make: impl FnOnce(Id) -> T) -> Option<(u32, Id)> {
        self.insert_in_place(key, |value, id| *value = make(id))
    }

    /// The same; `fill` finds what was in the slot before, and writes the whole record over it.
    #[inline(always)] // What the record is made of stays in registers.
    pub(crate) fn insert_in_place(
        &mut self,
        key: u64,
        fill: impl FnOnce(&mut T, Id),
    ) -> Option<(u32, Id)> {
        let slot = self.open_any(key)?;
        let (value, id) = self.begin(slot)?;
        fill(value, id);
        Some((slot, id))
    }

    /// A slot that was opened for a record: what was in it before, to be written over with the
    /// whole record, and its id.
    #[inline(always)] // Of a few steps, and its answer stays in registers.
    pub(crate) fn begin(&mut self, slot: u32) -> Option<(&mut T, Id)> {
        let (entry, id) = self.slots.renew(slot)?;
        entry.ended = false;
        Some((&mut entry.value, id))
    }

    /// A slot for a record with this key: listed as live and indexed, not yet renewed.
    #[inline(always)] // In the one place for each.
    fn open<const NEW: bool>(&mut self, key: u64) -> Option<u32> {
        let slot = if self.slots.is_full() {
            self.lists.pass_first(&mut self.ended, &mut self.live)?
        } else {
            let slot = self.slots.take()?;
            self.lists.push_back(&mut self.live, slot);
            slot
        };
        if NEW {
            self.index.rekey_in(slot, key, self.index.bucket(key));
            self.top = key.cast_signed();
        } else {
            self.index.rekey(slot, key);
            self.top = self.top.max(key.cast_signed());
        }
        Some(slot)
    }

    /// A slot for a record with a key that [`Retained::is_new`]: [`Retained::begin`] must follow.
    #[inline(always)] // In the one place for each side.
    pub(crate) fn open_new(&mut self, key: u64) -> Option<u32> {
        self.open::<true>(key)
    }

    /// A slot for a record with any key: [`Retained::begin`] must follow.
    #[inline(never)] // Whoever fills the record needs the registers.
    pub(crate) fn open_any(&mut self, key: u64) -> Option<u32> {
        self.open::<false>(key)
    }

    /// Lists a record as ended, youngest last, or as live again; no change when it already is.
    pub fn set_ended(&mut self, slot: u32, ended: bool) {
        let Some(entry) = self.slots.get_mut(slot) else { return };
        if entry.ended == ended {
            return;
        }
        entry.ended = ended;
        let (from, to) = if ended {
            (&mut self.live, &mut self.ended)
        } else {
            (&mut self.ended, &mut self.live)
        };
        self.lists.pass_on(from, to, slot);
    }

    /// Lists a live record as ended, youngest last, and answers it; `None` when it is already.
    #[inline]
    pub fn end(&mut self, slot: u32) -> Option<&T> {
        let entry = self.slots.get_mut(slot).filter(|entry| !entry.ended)?;
        entry.ended = true;
        self.lists.pass_on(&mut self.live, &mut self.ended, slot);
        Some(&entry.value)
    }

    /// The record in a slot.
    #[inline]
    #[must_use]
    pub fn get(&self, slot: u32) -> Option<&T> {
        self.slots.get(slot).map(|entry| &entry.value)
    }

    /// The record in a slot, to be changed.
    #[inline]
    #[must_use]
    pub fn get_mut(&mut self, slot: u32) -> Option<&mut T> {
        self.slots.get_mut(slot).map(|entry| &mut entry.value)
    }

    /// The slot an id names.
    ///
    /// # Errors
    /// As [`Slots::resolve`].
    pub fn resolve(&self, id: Id) -> Result<u32, IdError> {
        self.slots.resolve(id)
    }

    /// The slot of the youngest record with this key; `None` for key 0.
    #[inline]
    #[must_use]
    pub fn find(&self, key: u64) -> Option<u32> {
        if key == 0 || self.is_new(key) { None } else { self.index.find(key) }
    }

    /// Whether a key is above 0, below 2^63, and greater than every such key there ever was. O(1),
    /// without a look-up.
    #[inline]
    #[must_use]
    pub const fn is_new(&self, key: u64) -> bool {
        key.cast_signed() > self.top
    }

    /// Whether a record is listed as ended.
    #[must_use]
    pub fn is_ended(&self, slot: u32) -> bool {
        self.slots.get(slot).is_some_and(|entry| entry.ended)
    }

    /// Slots of the live records, oldest first.
    pub fn iter_live(&self) -> impl Iterator<Item = u32> {
        self.lists.iter(&self.live)
    }

    /// The oldest live record.
    #[must_use]
    pub fn first_live(&self) -> Option<u32> {
        if self.live.is_empty() { None } else { Some(self.live.head) }
    }

    /// The record after this one in its list.
    #[must_use]
    pub fn next(&self, slot: u32) -> Option<u32> {
        self.lists.next(slot)
    }

    /// All records, by slot.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.slots.iter().map(|(slot, entry)| (slot, &entry.value))
    }

    /// Number of live records.
    #[must_use]
    pub fn live(&self) -> u32 {
        self.live.len
    }

    /// Number of ended records.
    #[must_use]
    pub fn ended(&self) -> u32 {
        self.ended.len
    }

    /// Slots that are free or hold an ended record.
    #[inline]
    #[must_use]
    pub fn available(&self) -> u32 {
        self.slots.capacity().saturating_sub(self.live.len)
    }

    /// Whether a slot is left beside so many that are spoken for.
    #[inline]
    #[must_use]
    pub fn has_room_beside(&self, spoken_for: u32) -> bool {
        // Both are at most the largest capacity, 2^24.
        self.slots.is_slot(self.live.len.wrapping_add(spoken_for))
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.slots.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Most records there ever were.
    #[must_use]
    pub fn high_water(&self) -> u32 {
        self.slots.high_water()
    }

    /// Records the table can hold.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        self.slots.capacity()
    }

    /// Feeds what decides later ids, evictions and the order of the lists, not the records.
    /// O(records).
    pub fn digest(&self, hash: &mut Hash64) {
        self.slots.digest(hash);
        for list in [&self.live, &self.ended] {
            hash.u32(list.len);
            for slot in self.lists.iter(list) {
                hash.u32(slot);
            }
        }
    }
}
