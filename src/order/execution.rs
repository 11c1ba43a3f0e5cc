//! The executions that were booked: a report that comes twice is booked once, and a bust or
//! correction finds what it is about.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, TickLots, Ticks};
use crate::status::Side;
use crate::store::{Hash64, Id, IndexNode, RecentIndex, Ring};

/// What an execution took from a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitLeg {
    /// The position it reduced.
    pub position: Id,
    /// Quantity.
    pub qty: Lots,
    /// Quantity × price.
    pub value: TickLots,
    /// What it realised there.
    pub realised: TickLots,
    /// Its share of the commission.
    pub commission: Money,
}

/// What an execution brought to a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryLeg {
    /// The position it opened or enlarged.
    pub position: Id,
    /// Quantity.
    pub qty: Lots,
    /// Quantity × price.
    pub value: TickLots,
    /// Its share of the commission.
    pub commission: Money,
}

/// Where an execution went: one that is larger than a position closes it and opens another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Legs {
    /// What it took from a position.
    pub exit: Option<ExitLeg>,
    /// What it brought to a position.
    pub entry: Option<EntryLeg>,
}

impl Legs {
    /// With what another part of the same execution did. Of two parts that did the same to
    /// different positions the first one is remembered.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let exit = match (self.exit, other.exit) {
            (Some(a), Some(b)) if a.position == b.position => Some(ExitLeg {
                qty: Lots(a.qty.0.saturating_add(b.qty.0)),
                value: a.value.saturating_add(b.value),
                realised: a.realised.saturating_add(b.realised),
                commission: Money(a.commission.0.saturating_add(b.commission.0)),
                ..a
            }),
            (a, b) => a.or(b),
        };
        let entry = match (self.entry, other.entry) {
            (Some(a), Some(b)) if a.position == b.position => Some(EntryLeg {
                qty: Lots(a.qty.0.saturating_add(b.qty.0)),
                value: a.value.saturating_add(b.value),
                commission: Money(a.commission.0.saturating_add(b.commission.0)),
                ..a
            }),
            (a, b) => a.or(b),
        };
        Self { exit, entry }
    }
}

/// What of an execution was booked, when that is not all of it in one position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Quantity: less than reported when the rest was known or in doubt.
    pub booked: Lots,
    /// Value.
    pub value: TickLots,
    /// Where it went.
    pub legs: Legs,
}

/// What of an execution was booked, and where it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// All of it, at its price, into a position.
    In(Id),
    /// All of it, at its price, out of a position, where it realised so much.
    Out(Id, i64),
    /// Otherwise.
    Apart(Parts),
}

/// Whether an execution counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecutionState {
    /// It counts.
    Live,
    /// It was taken back.
    Busted,
    /// Another one took its place: the one with this number in the ring.
    Corrected(u64),
}

/// An execution that was reported. What is copied together from a report, or from an order, stands
/// together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Execution {
    /// What was booked of it.
    pub went: Went,
    /// Whether it counts.
    pub state: ExecutionState,
    /// The venue's id.
    pub exec_id: u64,
    /// Highest id there was, up to its own: by these it is found. Kept by [`Executions`].
    pub top: u64,
    /// The order; none for a foreign one that found no room.
    pub order: Id,
    /// Quantity, as reported.
    pub qty: Lots,
    /// Price, as reported.
    pub price: Ticks,
    /// Commission that was booked.
    pub commission: Money,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number of the order.
    pub scope: u32,
    /// Side of the order.
    pub side: Side,
    /// It was busted or corrected before its own report has come: quantity and price are not known.
    pub awaited: bool,
}

impl Execution {
    /// Fills unused memory.
    pub const EMPTY: Self = Self {
        exec_id: 0,
        order: Id::NONE,
        symbol: 0,
        scope: 0,
        side: Side::Buy,
        qty: Lots::ZERO,
        price: Ticks::ZERO,
        commission: Money::ZERO,
        went: Went::Apart(Parts {
            booked: Lots::ZERO,
            value: 0,
            legs: Legs { exit: None, entry: None },
        }),
        state: ExecutionState::Live,
        awaited: false,
        top: 0,
    };

    /// Whether its report has come with these facts. An order that is not known any more (none)
    /// contradicts nothing.
    #[must_use]
    pub fn is_same(&self, order: Id, qty: Lots, price: Ticks) -> bool {
        (order == Id::NONE || order == self.order) && self.qty == qty && self.price == price
    }

    /// Quantity that was booked.
    #[must_use]
    pub const fn booked(&self) -> Lots {
        match &self.went {
            Went::Apart(parts) => parts.booked,
            Went::In(_) | Went::Out(..) => self.qty,
        }
    }

    /// Value that was booked.
    #[must_use]
    pub fn value(&self) -> TickLots {
        match &self.went {
            Went::Apart(parts) => parts.value,
            Went::In(_) | Went::Out(..) => self.price.times(self.qty),
        }
    }

    /// Quantity that it brought to this position.
    #[must_use]
    pub fn entered(&self, position: Id) -> Lots {
        match &self.went {
            Went::In(into) if *into == position => self.qty,
            Went::Apart(Parts { legs: Legs { entry: Some(leg), .. }, .. })
                if leg.position == position =>
            {
                leg.qty
            }
            _ => Lots::ZERO,
        }
    }

    /// What it took from a position.
    #[must_use]
    pub fn exit(&self) -> Option<ExitLeg> {
        let (qty, value, commission) = (self.qty, self.value(), self.commission);
        match self.went {
            Went::Apart(Parts { legs: Legs { exit, .. }, .. }) => exit,
            Went::In(_) => None,
            Went::Out(position, realised) => {
                let realised = i128::from(realised);
                Some(ExitLeg { position, qty, value, realised, commission })
            }
        }
    }

    /// What it brought to a position.
    #[must_use]
    pub fn entry(&self) -> Option<EntryLeg> {
        let (qty, value, commission) = (self.qty, self.value(), self.commission);
        match self.went {
            Went::Apart(Parts { legs: Legs { entry, .. }, .. }) => entry,
            Went::In(position) => Some(EntryLeg { position, qty, value, commission }),
            Went::Out(..) => None,
        }
    }

    /// Where it went.
    #[inline(never)] // It holds both.
    #[must_use]
    pub fn legs(&self) -> Legs {
        Legs { exit: self.exit(), entry: self.entry() }
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.state == ExecutionState::Live
    }

    fn feed(&self, hash: &mut Hash64) {
        let Self { exec_id, order, qty, price, commission, .. } = *self;
        let (booked, value, legs) = (self.booked(), self.value(), self.legs());
        hash.word(exec_id);
        hash.word(order.0);
        hash.u32(self.symbol);
        hash.u32(self.scope);
        hash.u32(u32::from(self.side.raw()));
        for number in [qty.0, price.0, booked.0, commission.0] {
            hash.i64(number);
        }
        hash.words_i128(value);
        if let Some(leg) = legs.exit {
            hash.word(leg.position.0);
            hash.i64(leg.qty.0);
            hash.words_i128(leg.value);
            hash.words_i128(leg.realised);
            hash.i64(leg.commission.0);
        }
        hash.u32(u32::from(legs.exit.is_some()));
        if let Some(leg) = legs.entry {
            hash.word(leg.position.0);
            hash.i64(leg.qty.0);
            hash.words_i128(leg.value);
            hash.i64(leg.commission.0);
        }
        hash.u32(u32::from(legs.entry.is_some()));
        let (kind, successor) = match self.state {
            ExecutionState::Live => (0, 0),
            ExecutionState::Busted => (1, 0),
            ExecutionState::Corrected(sequence) => (2, sequence),
        };
        hash.u32(kind);
        hash.word(successor);
        hash.u32(u32::from(self.awaited));
    }
}

/// The last executions, found by the venue's id.
pub struct Executions<'a> {
    ring: Ring<'a, Execution>,
    index: RecentIndex<'a>,
}

impl<'a> Executions<'a> {
    /// An empty ring over lent memory; both slices have its capacity.
    #[must_use]
    pub fn new(ring: &'a mut [Execution], index: &'a mut [IndexNode], seed: u64) -> Self {
        Self { ring: Ring::new(ring), index: RecentIndex::new(index, seed) }
    }

    /// The execution with this id. O(log capacity) expected.
    #[must_use]
    pub fn find(&self, exec_id: u64) -> Option<&Execution> {
        self.ring.in_slot(self.place(exec_id)?)
    }

    /// The execution with this id, to be changed; its id stays.
    pub fn find_mut(&mut self, exec_id: u64) -> Option<&mut Execution> {
        self.ring.in_slot_mut(self.place(exec_id)?)
    }

    /// The execution that counts, or counted last, in place of the one with this id: the end of its
    /// chain of corrections. `None` when it has left the ring. O(corrections of it).
    #[must_use]
    pub fn current(&self, exec_id: u64) -> Option<&Execution> {
        let mut execution = self.find(exec_id)?;
        // No chain is longer than the ring.
        for _ in 0..self.ring.len() {
            let ExecutionState::Corrected(next) = execution.state else { return Some(execution) };
            execution = self.ring.get(next)?;
        }
        None
    }

    /// The `back`-th last execution, 0 for the last.
    #[must_use]
    pub fn recent(&self, back: u32) -> Option<&Execution> {
        self.ring.recent(back)
    }

    /// The execution of this number in the ring.
    #[must_use]
    pub fn by_sequence(&self, sequence: u64) -> Option<&Execution> {
        self.ring.get(sequence)
    }

    /// The number that the next execution will have in the ring.
    #[must_use]
    pub fn next_sequence(&self) -> u64 {
        self.ring.next_sequence()
    }

    /// The number of the execution with this id. O(log capacity) expected.
    #[must_use]
    pub fn sequence_of(&self, exec_id: u64) -> Option<u64> {
        self.ring.sequence_in_slot(self.place(exec_id)?)
    }

    /// Keeps an execution that is not kept yet, in place of the oldest one when the ring is full.
    /// O(1).
    #[inline(never)] // A copy of a large record, once in the code.
    pub fn push(&mut self, execution: &Execution) {
        if let Some(place) = self.claim(execution.exec_id) {
            *place = Execution { top: place.top, ..*execution };
        }
    }

    /// The next execution is of an order whose first one has this number, from 1, or 0 when it has
    /// none yet.
    #[inline]
    pub(crate) fn note_first(&self, first: &mut u64) {
        if *first == 0 {
            *first = self.ring.next_sequence().wrapping_add(1);
        }
    }

    /// Whether one of the executions of an order whose first one has this number, from 1, is not
    /// kept any more; 0 when it has none.
    #[must_use]
    pub fn has_forgotten(&self, first: u64) -> bool {
        first > 0 && first <= self.ring.first_sequence()
    }

    /// Whether an id is not 0 and no execution that is kept has it. O(1) for an id above all
    /// others, else O(log capacity) expected; the ids of most venues rise.
    #[inline]
    #[must_use]
    pub(crate) fn is_fresh(&self, exec_id: u64) -> bool {
        self.index.is_new(exec_id) || self.is_free(exec_id)
    }

    #[cold]
    #[inline(never)]
    fn is_free(&self, exec_id: u64) -> bool {
        exec_id != 0 && self.place(exec_id).is_none()
    }

    #[inline(never)] // Once in the code, with a frame of its own.
    fn place(&self, exec_id: u64) -> Option<u32> {
        self.index.find(exec_id, &self.ring, |kept| (kept.exec_id, kept.top))
    }

    /// Room for an execution with this id, which no other has, to be written in place. O(1).
    pub(crate) fn claim(&mut self, exec_id: u64) -> Option<&mut Execution> {
        let (place, record) = self.ring.claim_place();
        self.index.enter(place, exec_id);
        let record = record?;
        record.top = self.index.top();
        Some(record)
    }

    /// The same for an id above all others, in place of the oldest one; `None`, and nothing has
    /// changed, when it is not, the ring is not full, or the memory begins anew. O(1).
    #[inline(always)] // As it is, a call would cost as much again.
    pub(crate) fn claim_oldest(&mut self, exec_id: u64) -> Option<&mut Execution> {
        if !self.index.is_new(exec_id) {
            return None;
        }
        let record = self.ring.claim_oldest()?;
        self.index.enter_new(exec_id);
        record.top = exec_id;
        Some(record)
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
        hash.word(self.ring.next_sequence());
        for execution in self.ring.iter() {
            execution.feed(hash);
        }
    }
}
