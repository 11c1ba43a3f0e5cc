#![forbid(unsafe_code)]
//! A hash index from a 64-bit key to slots of a table.

use super::{NIL, UNLINKED, addressable, at, count, mix64};

/// One element of the memory of [`IdIndex`]: the entry of a slot and, apart from that, the head of
/// a bucket. 16 bytes.
#[derive(Clone, Copy, Debug)]
pub struct IndexNode {
    pub(super) key: u64,
    /// First slot of the bucket with this element's number.
    pub(super) head: u32,
    /// The next slot of the chain this entry is in; [`UNLINKED`] when it is in none.
    pub(super) next: u32,
}

/// An odd number without a pattern.
const FACTOR: u64 = mix64(1) | 1;

const _: () = assert!(size_of::<IndexNode>() == 16, "the layout the memory is sized by");

impl IndexNode {
    /// An element without entry, to fill memory with.
    pub const EMPTY: Self = Self { key: 0, head: NIL, next: UNLINKED };
}

/// An index from a `u64` key to slots: entry *i* belongs to slot *i* of a table of the same
/// capacity, so that it cannot be full while the table is not.
///
/// Chains hang from as many buckets as there are slots. Insert is O(1). Find and remove walk one
/// chain: with distinct keys O(1) expected (1 to 2 entries, as the load is at most 1), a chain of
/// O(log n / log log n) is likely to exist somewhere, and O(n) is possible but takes keys chosen
/// against the seed. Entries of one key always share a chain: m of them cost O(m).
pub struct IdIndex<'a> {
    pub(super) nodes: &'a mut [IndexNode],
    seed: u64,
}

impl<'a> IdIndex<'a> {
    /// An empty index. The seed varies which keys share a bucket, never an answer, and is no secret
    /// that a determined attacker could not find. O(capacity).
    #[must_use]
    pub fn new(memory: &'a mut [IndexNode], seed: u64) -> Self {
        let nodes = addressable(memory);
        nodes.fill(IndexNode::EMPTY);
        Self { nodes, seed: mix64(seed) }
    }

    /// Enters a slot under a key, which other slots may have too; `false`, and nothing changes,
    /// when the slot is in already, under whatever key, or lies beyond the capacity. O(1).
    #[inline]
    pub fn insert(&mut self, key: u64, slot: u32) -> bool {
        let bucket = self.bucket(key);
        let first = self.head(bucket);
        match self.nodes.get_mut(at(slot)) {
            Some(node) if node.next == UNLINKED => {
                node.key = key;
                node.next = first;
            }
            _ => return false,
        }
        self.set_head(bucket, slot);
        true
    }

    /// Takes a slot out; `false`, and nothing changes, when it is not in under this key.
    pub fn remove(&mut self, key: u64, slot: u32) -> bool {
        let Some(&IndexNode { key: entered, next, .. }) = self.nodes.get(at(slot)) else {
            return false;
        };
        if next == UNLINKED || entered != key {
            return false;
        }
        self.unlink(self.bucket(key), slot, next);
        if let Some(node) = self.nodes.get_mut(at(slot)) {
            node.next = UNLINKED;
        }
        true
    }

    /// Takes a slot, with the one after it, out of its chain.
    #[inline]
    fn unlink(&mut self, bucket: u32, slot: u32, next: u32) {
        unlink(self.nodes, bucket, slot, next);
    }

    /// Enters a slot under a key, instead of the one it may be in under; under 0 it is in no more.
    /// No change beyond the capacity.
    #[inline]
    pub(super) fn rekey(&mut self, slot: u32, key: u64) {
        if key == 0 {
            if self.contains(slot) {
                self.clear(slot);
            }
        } else {
            self.rekey_in(slot, key, self.bucket(key));
        }
    }

    /// Takes a slot out, under whatever key it is in.
    #[cold]
    #[inline(never)]
    fn clear(&mut self, slot: u32) {
        if let Some(&IndexNode { key, .. }) = self.nodes.get(at(slot)) {
            self.remove(key, slot);
        }
    }

    /// The same for a key that is not 0, whose bucket is known.
    #[inline(always)] // In the few places where each bucket is known.
    pub(super) fn rekey_in(&mut self, slot: u32, key: u64, bucket: u32) {
        let old = self.nodes.get(at(slot)).map_or(0, |node| node.key);
        let last = self.bucket(old);
        // Where the nodes are stays in registers.
        let nodes = &mut *self.nodes;
        let Some(&IndexNode { next, .. }) = nodes.get(at(slot)) else { return };
        if next != UNLINKED {
            unlink(nodes, last, slot, next);
        }
        // A bucket is below the capacity, as the slot is.
        let Some(first) = nodes.get_mut(at(bucket)) else { return };
        let head = core::mem::replace(&mut first.head, slot);
        if let Some(node) = nodes.get_mut(at(slot)) {
            node.key = key;
            node.next = head;
        }
    }

    /// The slot under this key; of several, the one entered last.
    #[inline]
    #[must_use]
    pub fn find(&self, key: u64) -> Option<u32> {
        let mut slot = self.head(self.bucket(key));
        // It ends because no slot is ever entered twice.
        while let Some(node) = self.nodes.get(at(slot)) {
            if node.key == key {
                return Some(slot);
            }
            slot = node.next;
        }
        None
    }

    /// Whether a slot is in, under any key. O(1).
    #[inline]
    #[must_use]
    pub fn contains(&self, slot: u32) -> bool {
        self.nodes.get(at(slot)).is_some_and(|n| n.next != UNLINKED)
    }

    /// Most slots that can be entered: slots are below this number.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> u32 {
        count(self.nodes.len())
    }

    /// Maps a key to 0..capacity by multiply-shift (Lemire's reduction): no division.
    #[inline]
    pub(crate) fn bucket(&self, key: u64) -> u32 {
        // Every bit of the key reaches the highest bits of the product, which decide.
        let hash = (key ^ self.seed).wrapping_mul(FACTOR) >> 32;
        let capacity = u64::try_from(self.nodes.len()).unwrap_or_default();
        let scaled = hash.wrapping_mul(capacity) >> 32;
        u32::try_from(scaled).unwrap_or_default()
    }

    #[inline]
    fn head(&self, bucket: u32) -> u32 {
        self.nodes.get(at(bucket)).map_or(NIL, |n| n.head)
    }

    #[inline]
    fn set_head(&mut self, bucket: u32, slot: u32) {
        if let Some(node) = self.nodes.get_mut(at(bucket)) {
            node.head = slot;
        }
    }
}

/// Takes a slot, with the one after it, out of the chain of a bucket.
#[inline(always)] // As the one above it.
fn unlink(nodes: &mut [IndexNode], bucket: u32, slot: u32, next: u32) {
    let Some(first) = nodes.get_mut(at(bucket)) else { return };
    if first.head == slot {
        first.head = next;
        return;
    }
    let mut before = first.head;
    while let Some(node) = nodes.get_mut(at(before)) {
        if node.next == slot {
            node.next = next;
            return;
        }
        before = node.next;
    }
}
