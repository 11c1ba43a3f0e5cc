#![forbid(unsafe_code)]
//! An index from a 64-bit key to the places of a ring.

use super::index::{IdIndex, IndexNode};
use super::{NIL, Ring, at};

/// An index from a `u64` key to the places of a ring of the same capacity, each key once.
///
/// Each record keeps the highest key there was up to its own ([`RecentIndex::top`]): these rise,
/// and a key that was the highest one when it came is found by halving. The others are in chains,
/// which go from young to old. What the ring forgets is not taken out of them: its place is
/// entered anew, under another key, and a chain has ended where the next place is not older.
/// Entering is O(1), finding O(log capacity), and for the others besides O(1) expected, as in
/// [`IdIndex`].
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

    /// Highest key ever entered: what the youngest record keeps.
    #[must_use]
    pub const fn top(&self) -> u64 {
        self.top
    }

    /// Enters the place of the youngest record under its key, which is not in. No change beyond the
    /// capacity.
    pub fn enter(&mut self, place: u32, key: u64) {
        if self.is_new(key) {
            return self.enter_new(key);
        }
        let bucket = self.index.bucket(key);
        let nodes = &mut *self.index.nodes;
        let Some(head) = nodes.get_mut(at(bucket)) else { return };
        let next = core::mem::replace(&mut head.head, place);
        if let Some(node) = nodes.get_mut(at(place)) {
            node.next = next;
        }
    }

    /// The same for a key that [`RecentIndex::is_new`], wherever its record is.
    #[inline]
    pub const fn enter_new(&mut self, key: u64) {
        self.top = key;
    }

    /// The place of the record of a ring that has this key; `key_of` answers the key of a record,
    /// and the highest one it keeps.
    #[must_use]
    pub fn find<T: Copy>(
        &self,
        key: u64,
        ring: &Ring<'_, T>,
        key_of: impl Fn(&T) -> (u64, u64),
    ) -> Option<u32> {
        let nodes = &*self.index.nodes;
        let has_it = |place| ring.in_slot(place).is_some_and(|record| key_of(record).0 == key);
        let place = ring.position(rank(key, ring, &key_of));
        if has_it(place) {
            return Some(place);
        }
        let mut place = nodes.get(at(self.index.bucket(key))).map_or(NIL, |node| node.head);
        let mut younger = 0;
        // It ends because ages rise.
        while let Some(node) = nodes.get(at(place)) {
            let older = ring.age(place);
            if older <= younger {
                return None;
            }
            if has_it(place) {
                return Some(place);
            }
            (place, younger) = (node.next, older);
        }
        None
    }
}

/// How many records came before there was a key as high as this one.
fn rank<T: Copy>(key: u64, ring: &Ring<'_, T>, key_of: impl Fn(&T) -> (u64, u64)) -> u32 {
    let is_below = |offset| {
        let record = ring.in_slot(ring.position(offset));
        record.is_some_and(|record| key_of(record).1 < key)
    };
    // Where keys have no order it ends here.
    let (mut low, mut high) = (0, if is_below(0) { ring.len() } else { 0 });
    while low < high {
        let middle = low.midpoint(high);
        if is_below(middle) {
            low = middle.wrapping_add(1);
        } else {
            high = middle;
        }
    }
    low
}
