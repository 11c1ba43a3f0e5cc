//! Fixed-capacity tables over memory that the caller lends: layer 1.
//!
//! | structure | what it keeps | cost of an operation |
//! |---|---|---|
//! | [`Slots`] | records under ids that go stale when the record goes | O(1) |
//! | [`IdIndex`] | the slots that carry a `u64` key | O(1) expected |
//! | [`Lists`] | many doubly linked lists over the same nodes | O(1) |
//! | [`RecentIndex`] | places in a ring by a `u64` key | enter O(1), find O(log n) expected |
//! | [`Ring`] | the last records of an endless sequence | O(1) |
//! | [`Retained`] | records that live, end and are evicted oldest end first | O(1) |
//! | [`Heaps`] | many meldable priority queues over the same nodes | O(log n) worst case |
//! | [`Trees`] | many ordered sets over the same nodes | first O(1), else O(log n) worst case |
//! | [`Trails`] | levels that follow a value, however many at once | O(log n) worst case |
//!
//! Nothing here knows the domain, allocates, recurses or panics. A structure borrows a slice for
//! its life and its capacity is the length of that slice; the elements have a const `EMPTY` (or
//! [`Slot::new`]) to fill the memory with. What the memory held before does not matter: `new`
//! resets it. Nodes name each other by position (`u32`, [`NIL`] for none), so that the memory can
//! be moved and a 64-bit host and a microcontroller hold the same contents. Node *i* of an index,
//! of lists and of heaps is meant to belong to slot *i* of one [`Slots`]: membership needs no
//! further memory.
//!
//! Misuse (a double insert, a removal of what is not in) is refused with `false` and changes
//! nothing. None of these structures is for sharing between threads.
#![forbid(unsafe_code)]

mod balance;
mod cut;
mod hash;
mod heap;
mod id;
mod index;
mod list;
mod recent;
mod retained;
mod ring;
mod slots;
#[cfg(test)]
mod tests;
mod trail_node;
mod trails;
mod tree;

pub use hash::{Hash64, mix64};
pub use heap::{HeapNode, Heaps};
pub use id::{Id, IdError, IdKind};
pub use index::{IdIndex, IndexNode};
pub use list::{Links, List, Lists};
pub use recent::RecentIndex;
pub use retained::{Entry, Retained, RetainedMemory};
pub use ring::Ring;
pub use slots::{Slot, Slots};
pub use trail_node::{Behind, TrailNode};
pub use trails::{Trail, Trails};
pub use tree::{Tree, TreeNode, Trees};

/// No node: the end of a chain, an empty heap, the head of an empty list.
pub const NIL: u32 = u32::MAX;

/// Stands in a link of a node that is in no chain, list or heap; never a position.
const UNLINKED: u32 = u32::MAX - 1;

const _: () = assert!(usize::BITS >= 32, "positions are u32 and must fit usize");

/// A position as a slice index; exact, because `usize` has at least 32 bits (asserted above).
#[inline]
#[must_use]
#[expect(clippy::as_conversions, reason = "there is no const lossless u32 -> usize conversion")]
pub(crate) const fn at(i: u32) -> usize {
    i as usize
}

/// The part of lent memory that positions can name: [`NIL`] and [`UNLINKED`] lie outside of it, so
/// that a bounds check on a link is also the test for "no node".
fn addressable<T>(memory: &mut [T]) -> &mut [T] {
    let len = memory.len().min(at(UNLINKED));
    memory.get_mut(..len).unwrap_or_default()
}

/// The length of an addressable slice.
#[inline]
pub(crate) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(UNLINKED)
}
