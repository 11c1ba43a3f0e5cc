//! All positions, and the sums per symbol.
#![forbid(unsafe_code)]

use super::{Position, Totals};
use crate::num::{Money, Nanos};
use crate::order::id_status;
use crate::status::{ExitReason, Status};
use crate::store::{Hash64, Id, IdKind, Links, Lists, NIL, Retained, RetainedMemory, at};

/// Memory of the positions.
pub struct PositionMemory<'a> {
    /// Records.
    pub table: RetainedMemory<'a, Position>,
    /// One element a symbol.
    pub totals: &'a mut [Totals],
    /// Links of the lists of open positions, one list a symbol; as long as the table.
    pub of_symbol: &'a mut [Links],
}

/// The positions.
///
/// Room for a position that an execution opens is there by construction: every symbol owns the
/// slot of its net position, and every live order that may open a further one holds one.
pub struct Positions<'a> {
    table: Retained<'a, Position>,
    totals: &'a mut [Totals],
    of_symbol: Lists<'a>,
    /// Open positions that are not their symbol's net position.
    hedged: u32,
    /// Live orders that hold room for one.
    held: u32,
    /// Slots that net positions beside the symbols' own ones have.
    owned: u32,
    /// Where the walk over the open positions is; [`NIL`] when it is over.
    walk: u32,
}

impl<'a> Positions<'a> {
    /// No positions.
    #[must_use]
    pub fn new(memory: PositionMemory<'a>, tag: u16, seed: u64) -> Self {
        memory.totals.fill(Totals::EMPTY);
        Self {
            table: Retained::new(memory.table, tag, IdKind::Position, seed),
            totals: memory.totals,
            of_symbol: Lists::new(memory.of_symbol),
            hedged: 0,
            held: 0,
            owned: 0,
            walk: NIL,
        }
    }

    /// The table as it is read.
    #[must_use]
    pub fn table(&self) -> &Retained<'a, Position> {
        &self.table
    }

    /// Whether one more order may hold room for a position.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.has_room_for(1)
    }

    /// Whether so many more orders, or net positions, may.
    #[must_use]
    pub fn has_room_for(&self, more: u32) -> bool {
        let symbols = u32::try_from(self.totals.len()).unwrap_or(u32::MAX);
        let taken = self.hedged.saturating_add(self.held).saturating_add(symbols);
        taken.saturating_add(self.owned).saturating_add(more) <= self.table.capacity()
    }

    /// One more net position, beside the symbols' own ones, has its slot from now on.
    pub fn own_slot(&mut self) {
        self.owned = self.owned.saturating_add(1);
    }

    /// An order of a symbol holds room, or gives it back.
    pub fn hold(&mut self, symbol: u32, hold: bool) {
        let follow = |count: &mut u32| {
            *count = if hold { count.saturating_add(1) } else { count.saturating_sub(1) };
        };
        follow(&mut self.held);
        if let Some(totals) = self.totals.get_mut(at(symbol)) {
            follow(&mut totals.opening);
        }
    }

    /// Live orders that hold room.
    #[must_use]
    pub fn held(&self) -> u32 {
        self.held
    }

    /// Stores an open position. `None` only when the table is full, which the room held excludes.
    pub fn open(&mut self, position: &Position) -> Option<(u32, Id)> {
        let Position { symbol, tag, net, scope, .. } = *position;
        let slot = if net && scope != 0 {
            self.open_beside(symbol, tag)?
        } else {
            self.open_slot(symbol, tag, net)?
        };
        let (place, id) = self.table.begin(slot)?;
        *place = Position { id, ..*position };
        Some((slot, id))
    }

    /// A slot for an open position of a symbol with this mark, listed already; the record that
    /// [`Positions::begin`] answers must be written.
    #[inline(always)]
    pub(crate) fn open_slot(&mut self, symbol: u32, tag: u64, net: bool) -> Option<u32> {
        let slot = self.table.open_any(tag)?;
        if let Some(totals) = self.totals.get_mut(at(symbol)) {
            // What was in the slot is closed: it is in no list.
            self.of_symbol.append(&mut totals.open, slot);
            if net {
                totals.net = slot;
            } else {
                self.hedged = self.hedged.saturating_add(1);
            }
        }
        Some(slot)
    }

    /// The same for a net position that is not its symbol's own one: somebody else knows where it
    /// is.
    fn open_beside(&mut self, symbol: u32, tag: u64) -> Option<u32> {
        let slot = self.table.open_any(tag)?;
        if let Some(totals) = self.totals.get_mut(at(symbol)) {
            self.of_symbol.push_back(&mut totals.open, slot);
        }
        Some(slot)
    }

    /// The record of such a slot, to be written whole, and its id.
    #[inline(always)]
    pub(crate) fn begin(&mut self, slot: u32) -> Option<(&mut Position, Id)> {
        self.table.begin(slot)
    }

    /// Lists a position whose quantity is 0 as closed, and answers it; `None` when it is already.
    #[inline]
    pub fn close(&mut self, slot: u32) -> Option<&Position> {
        if self.walk == slot {
            self.walk = self.table.next(slot).unwrap_or(NIL);
        }
        let position = self.table.end(slot)?;
        let (symbol, net, scope) = (position.symbol, position.net, position.scope);
        if let Some(totals) = self.totals.get_mut(at(symbol)) {
            // Live positions of a symbol are in its list.
            self.of_symbol.unlink(&mut totals.open, slot);
            if net && scope == 0 {
                totals.net = Totals::EMPTY.net;
            } else if !net {
                self.hedged = self.hedged.saturating_sub(1);
            }
        }
        Some(position)
    }

    /// Whether a closed position may be opened again: a net one when its symbol has none, another
    /// one when there is room.
    #[must_use]
    pub fn may_reopen(&self, slot: u32) -> bool {
        let Some(position) = self.table.get(slot) else { return false };
        let totals = self.totals.get(at(position.symbol));
        let free = totals.is_some_and(|totals| totals.net == Totals::EMPTY.net);
        if position.net { free } else { self.has_room() }
    }

    /// Lists a closed position as open again.
    pub fn reopen(&mut self, slot: u32) {
        let Some(position) = self.table.get_mut(slot) else { return };
        position.exit = ExitReason::None;
        position.closed_at = Nanos::ZERO;
        position.closed_by = Id::NONE;
        position.outcome = Money::ZERO;
        position.outcome_sign = 0;
        position.counted = false;
        let (symbol, net, scope) = (position.symbol, position.net, position.scope);
        self.table.set_ended(slot, false);
        if let Some(totals) = self.totals.get_mut(at(symbol)) {
            self.of_symbol.push_back(&mut totals.open, slot);
            if net && scope == 0 {
                totals.net = slot;
            } else if !net {
                self.hedged = self.hedged.saturating_add(1);
            }
        }
    }

    /// Starts a walk over the positions that are open now and after.
    pub fn start_walk(&mut self) {
        self.walk = self.table.first_live().unwrap_or(NIL);
    }

    /// The next position of the walk; it passes on.
    pub fn next_of_walk(&mut self) -> Option<u32> {
        let slot = self.walk;
        if slot == NIL {
            return None;
        }
        self.walk = self.table.next(slot).unwrap_or(NIL);
        Some(slot)
    }

    /// Whether the walk has passed nothing yet.
    #[must_use]
    pub fn is_walk_fresh(&self) -> bool {
        self.table.first_live() == Some(self.walk)
    }

    /// Whether the walk is not over.
    #[must_use]
    pub fn is_walking(&self) -> bool {
        self.walk != NIL
    }

    /// The position in a slot.
    #[inline(always)] // Of one test.
    #[must_use]
    pub fn get(&self, slot: u32) -> Option<&Position> {
        self.table.get(slot)
    }

    /// The position in a slot, to be changed.
    #[inline(always)] // Of one test.
    #[must_use]
    pub fn get_mut(&mut self, slot: u32) -> Option<&mut Position> {
        self.table.get_mut(slot)
    }

    /// The slot an id names.
    ///
    /// # Errors
    /// `Unknown`, `Stale`, `Foreign`.
    pub fn resolve(&self, id: Id) -> Result<u32, Status> {
        self.table.resolve(id).map_err(id_status)
    }

    /// The open position of a symbol that was opened after this one; the first one after none.
    /// O(1).
    #[must_use]
    pub fn next_of_symbol(&self, symbol: u32, after: Option<u32>) -> Option<u32> {
        match after {
            Some(slot) => self.of_symbol.next(slot),
            None => self.totals(symbol).map(|totals| totals.open.head).filter(|&s| s != NIL),
        }
    }

    /// The sums of a symbol.
    #[inline(always)] // Of one test.
    #[must_use]
    pub fn totals(&self, symbol: u32) -> Option<&Totals> {
        self.totals.get(at(symbol))
    }

    /// The sums of a symbol, to be changed.
    #[inline(always)] // Of one test.
    #[must_use]
    pub fn totals_mut(&mut self, symbol: u32) -> Option<&mut Totals> {
        self.totals.get_mut(at(symbol))
    }

    /// The position that an id names, and the sums of its symbol; `None` also for what
    /// [`Positions::resolve`] explains.
    #[inline]
    #[must_use]
    pub fn named(&mut self, id: Id) -> Option<(&mut Position, &Totals)> {
        let position = self.table.get_mut(id.slot()).filter(|position| position.id == id)?;
        let totals = self.totals.get(at(position.symbol))?;
        Some((position, totals))
    }

    /// A position and the sums of a symbol, both to be changed.
    #[inline(always)] // Of one test.
    #[must_use]
    pub fn with_totals(&mut self, slot: u32, symbol: u32) -> Option<(&mut Position, &mut Totals)> {
        Some((self.table.get_mut(slot)?, self.totals.get_mut(at(symbol))?))
    }

    /// Feeds what can change a later answer. O(positions + symbols).
    pub fn digest(&self, hash: &mut Hash64) {
        hash.u32(self.owned);
        hash.u32(self.walk);
        self.table.digest(hash);
        for (_, position) in self.table.iter() {
            position.feed(hash);
        }
        for totals in self.totals.iter() {
            totals.feed(hash);
            for slot in self.of_symbol.iter(&totals.open) {
                hash.u32(slot);
            }
        }
    }
}
