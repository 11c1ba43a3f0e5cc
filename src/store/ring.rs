#![forbid(unsafe_code)]
//! The last records of an endless sequence.

use super::{addressable, at, count};

/// The youngest records of a sequence; when full, a push overwrites the oldest.
///
/// Every record ever pushed has a sequence number, from 0 on (2^64 of them are not reached), under
/// which it is found until it is overwritten or popped. With no memory lent every record is
/// numbered and dropped. All operations are O(1), without division whatever the capacity.
pub struct Ring<'a, T> {
    records: &'a mut [T],
    /// Position after the youngest record: the next one's, or the capacity.
    end: u32,
    len: u32,
    /// Up to this position records are appended in one piece, none lost: not above the capacity;
    /// when the ring is full, not above `end`.
    limit: u32,
    next_sequence: u64,
}

impl<'a, T: Copy> Ring<'a, T> {
    /// An empty ring; what the memory holds is never read. O(1).
    #[must_use]
    pub fn new(memory: &'a mut [T]) -> Self {
        let records = addressable(memory);
        let limit = count(records.len());
        Self { records, end: 0, len: 0, limit, next_sequence: 0 }
    }

    /// How far records can be appended from here.
    #[inline]
    fn set_limit(&mut self) {
        let capacity = self.capacity();
        // Where the oldest record lies, when that is not before the youngest.
        let wrapped = self.end.wrapping_add(capacity).wrapping_sub(self.len);
        self.limit = if self.len > self.end { wrapped } else { capacity };
    }

    /// The next record is written where the memory begins.
    #[inline] // Of two stores.
    fn begin_anew(&mut self) {
        self.end = 0;
        self.limit = self.capacity().wrapping_sub(self.len);
    }

    /// Appends a record, over the oldest one when full, and answers its sequence number.
    #[inline]
    pub fn push(&mut self, value: T) -> u64 {
        let sequence = self.next_sequence;
        if let (_, Some(record)) = self.claim_place() {
            *record = value;
        }
        sequence
    }

    /// The place of one more record, the oldest one's when full, and room for it, to be written
    /// there. No room when no memory was lent.
    #[inline]
    pub(crate) fn claim_place(&mut self) -> (u32, Option<&mut T>) {
        self.next_sequence = self.next_sequence.wrapping_add(1);
        let capacity = self.records.len();
        let mut place = self.end;
        if at(place) >= capacity {
            self.begin_anew();
            place = 0;
        }
        let record = self.records.get_mut(at(place));
        if record.is_some() {
            self.end = place.wrapping_add(1);
            if at(self.len) < capacity {
                self.len = self.len.wrapping_add(1);
            }
        }
        (place, record)
    }

    /// The place of the oldest record of a full ring, to be overwritten there; `None`, and nothing
    /// changes, when it is not full, and where the memory ends.
    #[inline(always)] // Of few steps.
    pub(crate) fn claim_oldest(&mut self) -> Option<&mut T> {
        if at(self.len) < self.records.len() {
            return None;
        }
        let record = self.records.get_mut(at(self.end))?;
        self.end = self.end.wrapping_add(1);
        self.next_sequence = self.next_sequence.wrapping_add(1);
        Some(record)
    }

    /// Overwrites the oldest record of a full ring; `false`, and nothing changes, when it is not
    /// full, and where the memory ends.
    #[inline]
    pub(crate) fn replace_oldest(&mut self, value: T) -> bool {
        if at(self.len) < self.records.len() {
            return false;
        }
        let Some(record) = self.records.get_mut(at(self.end)) else { return false };
        *record = value;
        self.end = self.end.wrapping_add(1);
        self.next_sequence = self.next_sequence.wrapping_add(1);
        true
    }

    /// The number of one more record, and room for it, in a ring that is not full.
    #[inline]
    pub(crate) fn append(&mut self) -> (u64, Option<&mut T>) {
        let sequence = self.next_sequence;
        self.next_sequence = sequence.wrapping_add(1);
        if at(self.end) >= self.records.len() {
            self.begin_anew();
        }
        let record = self.records.get_mut(at(self.end));
        if record.is_some() {
            self.len = self.len.wrapping_add(1);
            self.end = self.end.wrapping_add(1);
        }
        (sequence, record)
    }

    /// Room for so many more records in one piece, to be written in place, and the first one's
    /// number; `None`, and nothing changes, when the ring has no such room.
    #[inline(always)] // The number is known.
    pub(crate) fn append_all<const N: usize>(&mut self) -> Option<(u64, &mut [T; N])> {
        let (number, sequence) = (count(N), self.next_sequence);
        let (start, end) = (at(self.end), at(self.end).wrapping_add(N));
        if end > at(self.limit) {
            return None;
        }
        let places = self.records.get_mut(start..end)?.try_into().ok()?;
        self.next_sequence = sequence.wrapping_add(u64::from(number));
        self.len = self.len.wrapping_add(number);
        self.end = self.end.wrapping_add(number);
        Some((sequence, places))
    }

    /// How many records can be appended in one piece to a ring that is not full; 0 to a full one.
    #[inline]
    pub(crate) fn room(&mut self) -> u32 {
        if self.end >= self.capacity() {
            self.begin_anew();
        }
        self.limit.saturating_sub(self.end)
    }

    /// Room for so many more records, at most [`Ring::room`], to be written in place, and the first
    /// one's number; beyond that there is no room, and nothing changes.
    #[inline]
    pub(crate) fn append_some(&mut self, number: u32) -> (u64, &mut [T]) {
        let (start, sequence) = (self.end, self.next_sequence);
        if number > self.room() {
            return (sequence, &mut []);
        }
        let end = start.wrapping_add(number);
        self.next_sequence = sequence.wrapping_add(u64::from(number));
        self.len = self.len.wrapping_add(number);
        self.end = end;
        (sequence, self.records.get_mut(at(start)..at(end)).unwrap_or_default())
    }

    /// Takes the oldest record out; `None` when empty.
    pub fn pop_front(&mut self) -> Option<T> {
        let oldest = *self.records.get(at(self.start()))?;
        if self.discard(1) == 0 {
            return None;
        }
        Some(oldest)
    }

    /// Takes the oldest records out, as many as there is room for, and answers how many. O(records
    /// taken).
    #[inline(always)] // In one place for each kind of record.
    pub fn pop_into(&mut self, room: &mut [T]) -> u32 {
        let taken = count(room.len()).min(self.len);
        match (self.oldest(taken), room.get_mut(..at(taken))) {
            (Some(whole), Some(room)) => room.copy_from_slice(whole),
            (None, Some(room)) => self.copy_around(room),
            (_, None) => {}
        }
        self.discard(taken)
    }

    /// The oldest records, so many, when they lie in one piece.
    #[inline]
    pub(crate) fn oldest(&self, number: u32) -> Option<&[T]> {
        let start = at(self.start());
        self.records.get(start..start.wrapping_add(at(number)))
    }

    /// Copies the oldest records, which lie at both ends of the memory; there are as many.
    #[cold]
    #[inline(never)] // Once a round.
    fn copy_around(&self, room: &mut [T]) {
        let to_end = self.records.get(at(self.start())..).unwrap_or_default();
        if let Some((older, younger)) = room.split_at_mut_checked(to_end.len()) {
            copy(older, to_end);
            copy(younger, self.records);
        }
    }

    /// Drops the oldest records, at most so many, and answers how many. O(1).
    pub fn discard(&mut self, most: u32) -> u32 {
        let dropped = most.min(self.len);
        self.len = self.len.wrapping_sub(dropped);
        self.set_limit();
        dropped
    }

    /// The record with this number; `None` when it is no longer kept or not there yet.
    #[inline]
    #[must_use]
    pub fn get(&self, sequence: u64) -> Option<&T> {
        self.records.get(at(self.slot_of(sequence)?))
    }

    /// The record with this number, to be changed; `None` when it is no longer kept or not there
    /// yet.
    #[inline]
    #[must_use]
    pub fn get_mut(&mut self, sequence: u64) -> Option<&mut T> {
        let slot = self.slot_of(sequence)?;
        self.records.get_mut(at(slot))
    }

    /// The `n`th last record, 0 for the last; `None` when fewer are kept.
    #[inline]
    #[must_use]
    pub fn recent(&self, n: u32) -> Option<&T> {
        if n < self.len { self.back(n) } else { None }
    }

    /// The same for less than [`Ring::len`]; beyond, what there is is no record.
    #[inline]
    pub(crate) fn back(&self, n: u32) -> Option<&T> {
        // Fewer than the capacity: at most one wrap.
        let (end, back) = (at(self.end), at(n).wrapping_add(1));
        let wrapped = if back > end { self.records.len() } else { 0 };
        self.records.get(end.wrapping_sub(back).wrapping_add(wrapped))
    }

    /// The records that nothing was written over yet, those taken out among them, oldest first: up
    /// to the capacity.
    pub fn written(&self) -> impl Iterator<Item = &T> {
        let kept = self.next_sequence.min(u64::from(self.capacity()));
        (0..u32::try_from(kept).unwrap_or_default()).rev().filter_map(|back| self.back(back))
    }

    /// Where in the memory the record with this number lies, 0..capacity, for an index beside the
    /// ring; `None` when it is no longer kept or not there yet. The next push over it has the same.
    #[inline]
    #[must_use]
    pub fn slot_of(&self, sequence: u64) -> Option<u32> {
        let offset = sequence.checked_sub(self.first_sequence())?;
        let offset = u32::try_from(offset).ok().filter(|&o| o < self.len)?;
        Some(self.position(offset))
    }

    /// The record that lies in this position of the memory: what [`Ring::slot_of`] answered.
    #[inline]
    #[must_use]
    pub fn in_slot(&self, slot: u32) -> Option<&T> {
        self.offset_of(slot)?;
        self.records.get(at(slot))
    }

    /// The number of the record that lies in this position of the memory.
    #[inline]
    #[must_use]
    pub fn sequence_in_slot(&self, slot: u32) -> Option<u64> {
        Some(self.first_sequence().wrapping_add(u64::from(self.offset_of(slot)?)))
    }

    /// How many records ago the record in this position of the memory was written, 1 for the
    /// youngest.
    #[inline]
    pub(crate) fn age(&self, slot: u32) -> u32 {
        let end = if slot < self.end { 0 } else { self.capacity() };
        end.wrapping_add(self.end).wrapping_sub(slot)
    }

    /// How many records are older than the one in this position of the memory.
    #[inline]
    fn offset_of(&self, slot: u32) -> Option<u32> {
        let start = self.start();
        let behind = slot.wrapping_sub(start);
        let to_start = self.capacity().wrapping_sub(start);
        let offset = if slot >= start { behind } else { slot.wrapping_add(to_start) };
        (offset < self.len).then_some(offset)
    }

    /// The record that lies in this position of the memory, to be changed.
    #[inline]
    #[must_use]
    pub fn in_slot_mut(&mut self, slot: u32) -> Option<&mut T> {
        self.in_slot(slot)?;
        self.records.get_mut(at(slot))
    }

    /// The number of the oldest record kept; [`Ring::next_sequence`] when empty.
    #[inline]
    #[must_use]
    pub fn first_sequence(&self) -> u64 {
        self.next_sequence.wrapping_sub(u64::from(self.len))
    }

    /// The number that the next record will have: the count of records ever pushed.
    #[inline]
    #[must_use]
    pub fn next_sequence(&self) -> u64 {
        self.next_sequence
    }

    /// Records kept.
    #[inline]
    #[must_use]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether no record is kept.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the next record takes the place of the oldest.
    #[inline]
    #[must_use]
    pub fn is_full(&self) -> bool {
        at(self.len) == self.records.len()
    }

    /// Most records that can be kept.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> u32 {
        count(self.records.len())
    }

    /// The records from the oldest on; the first has the number [`Ring::first_sequence`].
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        let (kept, start) = (at(self.len), at(self.start()));
        let to_end = self.records.get(start..).unwrap_or_default();
        let older = to_end.get(..kept).unwrap_or(to_end);
        let younger = self.records.get(..kept.saturating_sub(older.len())).unwrap_or_default();
        older.iter().chain(younger)
    }

    /// The position `offset` records after the oldest; `offset` is at most the capacity.
    #[inline]
    pub(super) fn position(&self, offset: u32) -> u32 {
        let start = self.start();
        let to_end = self.capacity().wrapping_sub(start);
        if offset < to_end { start.wrapping_add(offset) } else { offset.wrapping_sub(to_end) }
    }

    /// The position of the oldest record.
    #[inline]
    fn start(&self) -> u32 {
        let behind = self.end.wrapping_sub(self.len);
        if self.len > self.end { behind.wrapping_add(self.capacity()) } else { behind }
    }
}

/// Copies the beginning of a slice that is not shorter.
fn copy<T: Copy>(to: &mut [T], from: &[T]) {
    if let Some(from) = from.get(..to.len()) {
        to.copy_from_slice(from);
    }
}
