#![forbid(unsafe_code)]
//! A hash index from a 64-bit key to the places of a ring.

use super::index::{IdIndex, IndexNode};
use super::{NIL, at};

/// An index from a `u64` key to the places of a ring of the same capacity, each key once.
///
/// Chains go from young to old. What the ring forgets is not taken out: its place is entered anew,
/// under another key, and a chain has ended where the next place is not older. Entering is O(1),
/// finding O(1) expected, as in [`IdIndex`].
pub struct RecentIndex<'a> {
    index: IdIndex<'a>,
    /// Highest key ever entered: a greater one is not in.
    top: u64,
}

impl<'a> RecentIndex<'a> {
    /// An empty index; the seed as in [`IdIndex::new`]. O(capacity).
    #[must_use]
    pub fn new(memory: &'a mut [IndexNode], seed: u64) -> Self {
        Self { index: IdIndex::new(memory, seed), top: 0 }
    }

    /// Whether a key is not 0 and greater than every key there ever was: it is not in. O(1),
    /// without a look-up.
    #[inline]
    #[must_use]
    pub const fn is_new(&self, key: u64) -> bool {
        key > self.top
    }

    /// Enters the place of the youngest record under its key, which is not in. No change beyond the
    /// capacity.
    #[inline]
    pub fn enter(&mut self, place: u32, key: u64) {
        let bucket = self.index.bucket(key);
        self.top = self.top.max(key);
        let nodes = &mut *self.index.nodes;
        let Some(head) = nodes.get_mut(at(bucket)) else { return };
        let next = core::mem::replace(&mut head.head, place);
        if let Some(node) = nodes.get_mut(at(place)) {
            node.key = key;
            node.next = next;
        }
    }

    /// The place of this key; `age` tells how many records ago a place was written.
    #[must_use]
    pub fn find(&self, key: u64, age: impl Fn(u32) -> u32) -> Option<u32> {
        let nodes = &*self.index.nodes;
        let mut place = nodes.get(at(self.index.bucket(key))).map_or(NIL, |node| node.head);
        let mut younger = 0;
        // It ends because ages rise.
        while let Some(node) = nodes.get(at(place)) {
            let older = age(place);
            if older <= younger {
                return None;
            }
            if node.key == key {
                return Some(place);
            }
            (place, younger) = (node.next, older);
        }
        None
    }
}
