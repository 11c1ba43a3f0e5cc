//! The executions that were applied, so that a report that comes twice is applied once.
#![forbid(unsafe_code)]

use crate::num::{Lots, Ticks};
use crate::store::{Hash64, Id, IdIndex, IndexNode, Ring};

/// An execution that was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Execution {
    /// The venue's id.
    pub exec_id: u64,
    /// The order.
    pub order: Id,
    /// Quantity.
    pub qty: Lots,
    /// Price.
    pub price: Ticks,
}

impl Execution {
    /// Fills unused memory.
    pub const EMPTY: Self =
        Self { exec_id: 0, order: Id::NONE, qty: Lots::ZERO, price: Ticks::ZERO };
}

/// What is known of an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Never seen, or so long ago that it left the ring.
    No,
    /// Seen with the same facts.
    Same,
    /// Seen with other facts.
    Conflict,
}

/// The last executions, found by the venue's id.
pub struct Executions<'a> {
    ring: Ring<'a, Execution>,
    index: IdIndex<'a>,
}

impl<'a> Executions<'a> {
    /// An empty ring over lent memory; both slices have its capacity.
    #[must_use]
    pub fn new(ring: &'a mut [Execution], index: &'a mut [IndexNode], seed: u64) -> Self {
        Self { ring: Ring::new(ring), index: IdIndex::new(index, seed) }
    }

    /// Compares an execution with the ones kept. O(1) expected.
    #[must_use]
    pub fn known(&self, execution: &Execution) -> Known {
        match self.find(execution.exec_id) {
            None => Known::No,
            Some(kept) if kept == execution => Known::Same,
            Some(_) => Known::Conflict,
        }
    }

    /// The execution with this id.
    #[must_use]
    pub fn find(&self, exec_id: u64) -> Option<&Execution> {
        self.ring.in_slot(self.index.find(exec_id)?)
    }

    /// Keeps an execution; when the ring is full the oldest is forgotten. O(1) expected.
    pub fn push(&mut self, execution: Execution) {
        if self.ring.len() == self.ring.capacity() {
            let oldest = self.ring.first_sequence();
            if let (Some(slot), Some(gone)) = (self.ring.slot_of(oldest), self.ring.get(oldest)) {
                self.index.remove(gone.exec_id, slot);
            }
        }
        let sequence = self.ring.push(execution);
        if let Some(slot) = self.ring.slot_of(sequence) {
            self.index.insert(execution.exec_id, slot);
        }
    }

    /// The last execution for `back` 0, the one before for 1, ...
    #[must_use]
    pub fn recent(&self, back: u32) -> Option<&Execution> {
        self.ring.recent(back)
    }

    /// Executions kept.
    pub fn iter(&self) -> impl Iterator<Item = &Execution> {
        self.ring.iter()
    }

    /// Number of executions kept.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.ring.len()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ring.is_empty()
    }

    /// Number of executions that can be kept.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        self.ring.capacity()
    }

    /// Feeds what can change a later answer. O(executions kept).
    pub fn digest(&self, hash: &mut Hash64) {
        for execution in self.ring.iter() {
            hash.word(execution.exec_id);
            hash.word(execution.order.0);
            hash.i64(execution.qty.0);
            hash.i64(execution.price.0);
        }
    }
}
