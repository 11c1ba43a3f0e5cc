//! An execution that was booked is taken back or corrected: position and account follow exactly.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Source;
use crate::event::Event;
use crate::num::{Lots, Money, Ticks};
use crate::order::{Booking, EntryLeg, Execution, ExitLeg, Gap, Legs};
use crate::position::{Book, Position, Realised};
use crate::status::{EventKind, ExitReason, PositionSide, Side, Status};
use crate::store::Id;

/// Positions that a bust or correction has changed.
#[derive(Clone, Copy, Default)]
pub(super) struct Touched {
    ids: [Id; 6],
    len: usize,
    /// A sum did not fit: not all of it could be booked.
    pub failed: bool,
}

impl Touched {
    pub(super) fn note(&mut self, position: Option<Id>) {
        match (position, self.ids.get_mut(self.len)) {
            (Some(id), Some(place)) => {
                *place = id;
                self.len = self.len.saturating_add(1);
            }
            (None, _) => self.failed = true,
            (Some(_), None) => {}
        }
    }

    /// Those of an execution's legs.
    pub(super) fn note_legs(&mut self, legs: &Legs) {
        self.note(Some(legs.exit.map_or(Id::NONE, |leg| leg.position)));
        self.note(Some(legs.entry.map_or(Id::NONE, |leg| leg.position)));
    }
}

impl Engine<'_> {
    /// Whether the account can be told what an execution taken back leaves: known before anything
    /// changes. Marks of longs and shorts differ by a spread, so that a step may still not fit at
    /// the very edge: then the order is in doubt.
    pub(super) fn check_undo(&self, execution: &Execution) -> Result<(), Status> {
        let mut sums = self.sums(execution.symbol, execution.scope)?;
        let (qty, cost) = (execution.booked(), execution.value());
        let old = Book { qty, cost, ..Book::default() };
        let paid = negated(execution.commission);
        self.change_sums(&mut sums, execution.side.opens(), (&old, &Book::default()), paid)
    }

    /// Takes an execution out of positions and account: of the position that it moved, where that
    /// is there and can be changed, else by the opposite execution of the same value.
    #[inline(never)]
    pub(super) fn undo(&mut self, source: &Source, execution: &Execution) -> Touched {
        let mut touched = Touched::default();
        if let Some(undone) = self.undo_entry(source, execution) {
            touched.note(undone);
        }
        if let Some(undone) = self.undo_exit(source, execution) {
            touched.note(undone);
        }
        let rest = rest_of(execution);
        if rest.qty > Lots::ZERO {
            touched.note(self.oppose(source, Id::NONE, &rest));
        }
        touched
    }

    /// What closes positions that have changed is looked at.
    pub(super) fn settle_touched(&mut self, touched: &Touched) {
        for position in touched.ids {
            if let Ok(slot) = self.positions.resolve(position) {
                self.settle_closed(slot);
            }
        }
    }

    #[inline(never)]
    fn undo_entry(&mut self, source: &Source, execution: &Execution) -> Option<Option<Id>> {
        // By reference: a copy would take room on the stack.
        let whole = entered(execution);
        let (position, booking) = whole.as_ref()?;
        Some(match self.take_entry_out(source, execution) {
            Some(done) => done.ok(),
            None => self.oppose(source, *position, booking),
        })
    }

    /// In place; `None` when the position is not there or has not that much.
    #[inline(never)]
    fn take_entry_out(
        &mut self,
        source: &Source,
        execution: &Execution,
    ) -> Option<Result<Id, Status>> {
        let leg = execution.entry()?;
        let (slot, position) = self.position_at(leg.position)?;
        if position.book.qty < leg.qty {
            return None;
        }
        let new = position.book.unentered(position.side, leg.qty, leg.value).ok()?;
        let done = self.rebook_position(source, slot, &new, negated(leg.commission));
        Some(done.map(|()| leg.position).ok_or(Status::Range))
    }

    #[inline(never)]
    fn undo_exit(&mut self, source: &Source, execution: &Execution) -> Option<Option<Id>> {
        // By reference: a copy would take room on the stack.
        let whole = exited(execution);
        let (position, booking) = whole.as_ref()?;
        Some(match self.take_exit_out(source, execution) {
            Some(done) => done.ok(),
            None => self.oppose(source, *position, booking),
        })
    }

    /// In place; `None` when the position is not there or cannot be open again.
    #[inline(never)]
    fn take_exit_out(
        &mut self,
        source: &Source,
        execution: &Execution,
    ) -> Option<Result<Id, Status>> {
        let ExitLeg { position: id, qty, value, realised, commission } = execution.exit()?;
        let (slot, position) = self.position_at(id)?;
        if !(position.is_open() || self.may_reopen(slot)) {
            return None;
        }
        let new = position.book.unexited(position.side, qty, value, realised).ok()?;
        let done = self.rebook_position(source, slot, &new, negated(commission));
        Some(done.map(|()| id).ok_or(Status::Range))
    }

    fn position_at(&self, id: Id) -> Option<(u32, &Position)> {
        let slot = self.positions.resolve(id).ok()?;
        Some((slot, self.positions.get(slot)?))
    }

    /// Books the opposite of an execution; answers which position that was there it has moved.
    #[inline(never)]
    fn oppose(&mut self, source: &Source, position: Id, booking: &Booking) -> Option<Id> {
        let side = source.side.opens().closed_by();
        let source =
            Source { side, position, exit: ExitReason::Busted, holds_room: false, ..*source };
        let booking = Booking { commission: negated(booking.commission), ..*booking };
        let mut legs = Legs::default();
        let booked = self.rebook(&source, &booking, &mut legs);
        // With both, the entry has opened a position.
        let moved = legs.exit.map(|leg| leg.position).or(legs.entry.map(|leg| leg.position));
        booked.then(|| moved.unwrap_or(Id::NONE))
    }

    /// Gives a position another book. One that gets quantity is open again; one that loses all of
    /// it ends; the outcome of one that stays closed is counted anew. Nothing happens when a sum
    /// does not fit.
    #[inline(never)]
    fn rebook_position(
        &mut self,
        source: &Source,
        slot: u32,
        new: &Book,
        commission: Money,
    ) -> Option<()> {
        let (was_open, won) = self.write_book(slot, new, commission)?;
        match (was_open, new.qty > Lots::ZERO) {
            (true, true) => self.tell_rebooked(slot, source, EventKind::PositionChanged),
            (false, true) => {
                self.positions.reopen(slot);
                self.note_opened(slot);
                self.count_probed(slot, true);
                self.recount_claims(source.symbol, source.scope);
                self.tell_rebooked(slot, source, EventKind::PositionOpened);
            }
            (true, false) => self.finish_position(slot, source, &won, ExitReason::Busted),
            (false, false) => self.recount(slot, &won),
        }
        Some(())
    }

    /// Writes another book of a position down, with all sums; its outcome does not count until it
    /// is counted anew. Answers whether it is open, and what it would have brought by this book.
    #[inline(never)] // What it needs is gone when a position ends.
    fn write_book(&mut self, slot: u32, new: &Book, commission: Money) -> Option<(bool, Realised)> {
        let old = self.positions.get(slot)?;
        let scope = old.scope;
        let mut sums = self.sums(old.symbol, scope).ok()?;
        self.change_sums(&mut sums, old.side, (&old.book, new), commission).ok()?;
        let paid = Money(old.commission.0.saturating_add(commission.0));
        let won = self.outcome(old.symbol, new, paid).ok()?;
        let (was_open, held) = (old.is_open(), old.held(self.now));
        let counted = Realised { net: old.outcome, sign: old.outcome_sign };
        let counted = Some(counted).filter(|_| old.counted);
        self.write_sums(&sums);
        if let Some(won) = counted {
            self.uncount_closed(scope, &won, held);
        }
        let position = self.positions.get_mut(slot)?;
        position.book = *new;
        position.commission = paid;
        Some((was_open, won))
    }

    #[inline(never)]
    fn tell_rebooked(&mut self, slot: u32, source: &Source, kind: EventKind) {
        let Some(position) = self.positions.get(slot) else { return };
        self.emit(Event {
            position: position.id,
            tag: position.tag,
            code: u32::from(position.side.raw()),
            qty: position.book.qty,
            ..source.event(kind)
        });
    }

    /// A closed position has brought something else than was counted.
    fn recount(&mut self, slot: u32, won: &Realised) {
        let now = self.now;
        let Some(position) = self.positions.get_mut(slot) else { return };
        position.outcome = won.net;
        position.outcome_sign = won.sign;
        if position.counted {
            let (scope, held) = (position.scope, position.held(now));
            self.count_closed(scope, won, held);
        }
    }

    /// Gives an execution other facts in place, and its legs. Not, and nothing changes, when that
    /// cannot be: then it is taken back and booked anew. O(1).
    #[inline(never)]
    pub(super) fn correct_in_place(
        &mut self,
        source: &Source,
        execution: &Execution,
        new: &Booking,
        legs: &mut Legs,
    ) -> bool {
        if rest_of(execution).qty > Lots::ZERO {
            return false;
        }
        let paid = Money(new.commission.0.saturating_sub(execution.commission.0));
        if new.qty != execution.booked() {
            return self.resize(source, legs, new, paid).is_some();
        }
        let price = new.value.checked_div(i128::from(new.qty.0));
        let price = price.and_then(|price| i64::try_from(price).ok());
        price.map(|price| self.reprice(source, legs, Ticks(price), paid)).is_some()
    }

    /// The same quantities at another price.
    fn reprice(&mut self, source: &Source, legs: &mut Legs, price: Ticks, paid: Money) {
        let (exit_paid, entry_paid) = match legs.entry {
            Some(_) => (Money::ZERO, paid),
            None => (paid, Money::ZERO),
        };
        if let Some(leg) = &mut legs.exit {
            let change = price.times(leg.qty).saturating_sub(leg.value);
            self.shift_value(source, leg.position, false, change, exit_paid);
            leg.value = leg.value.saturating_add(change);
            leg.realised = leg.realised.saturating_add(gain(source.side, change));
            leg.commission = Money(leg.commission.0.saturating_add(exit_paid.0));
        }
        if let Some(leg) = &mut legs.entry {
            let change = price.times(leg.qty).saturating_sub(leg.value);
            self.shift_value(source, leg.position, true, change, entry_paid);
            leg.value = leg.value.saturating_add(change);
            leg.commission = Money(leg.commission.0.saturating_add(entry_paid.0));
        }
    }

    /// Another quantity of an execution that only brought lots to a position that is open and stays
    /// so.
    fn resize(
        &mut self,
        source: &Source,
        legs: &mut Legs,
        new: &Booking,
        paid: Money,
    ) -> Option<()> {
        let leg = legs.entry.filter(|_| legs.exit.is_none())?;
        let (slot, position) = self.position_at(leg.position)?;
        let qty = Lots(new.qty.0.saturating_sub(leg.qty.0));
        let value = new.value.saturating_sub(leg.value);
        let book = position.book.entry_changed(position.side, qty, value).ok()?;
        if !position.is_open() || book.qty <= Lots::ZERO {
            return None;
        }
        self.rebook_position(source, slot, &book, paid)?;
        let commission = Money(leg.commission.0.saturating_add(paid.0));
        legs.entry = Some(EntryLeg { qty: new.qty, value: new.value, commission, ..leg });
        Some(())
    }

    /// What was inferred is reported now: its value changes, its quantity does not.
    pub(super) fn revalue_gap(&mut self, source: &Source, gap: &Gap, change: &Booking) -> Legs {
        let Booking { value: more, commission, .. } = *change;
        self.shift_value(source, gap.position, gap.entered, more, commission);
        self.check_equity_of(source.scope);
        let Gap { qty, position, .. } = *gap;
        let value = gap.value.saturating_add(more);
        if gap.entered {
            let entry = EntryLeg { position, qty, value, commission };
            return Legs { exit: None, entry: Some(entry) };
        }
        let realised = gap.realised.saturating_add(gain(source.side, more));
        let exit = ExitLeg { position, qty, value, realised, commission };
        Legs { exit: Some(exit), entry: None }
    }

    /// The value of what an execution brought to a position, or took from it, changes. Of a
    /// position that is gone only the sums of its symbol change.
    fn shift_value(
        &mut self,
        source: &Source,
        position: Id,
        entered: bool,
        change: i128,
        paid: Money,
    ) {
        if change == 0 && paid == Money::ZERO {
            return;
        }
        if let Some((slot, position)) = self.position_at(position) {
            let book = match entered {
                true => position.book.entry_changed(position.side, Lots::ZERO, change),
                false => position.book.exit_changed(position.side, change),
            };
            if let Ok(book) = book {
                let _ = self.rebook_position(source, slot, &book, paid);
            }
            return;
        }
        self.shift_sums(source, change, paid);
    }

    #[inline(never)]
    fn shift_sums(&mut self, source: &Source, change: i128, paid: Money) {
        let Ok(mut sums) = self.sums(source.symbol, source.scope) else { return };
        let old = Book::default();
        let new = Book { realised: gain(source.side, change), ..old };
        if self.change_sums(&mut sums, PositionSide::Long, (&old, &new), paid).is_ok() {
            self.write_sums(&sums);
        }
    }
}

/// What it realises when an execution of this side is worth so much more.
fn gain(side: Side, change: i128) -> i128 {
    match side {
        Side::Buy => change.saturating_neg(),
        Side::Sell => change,
    }
}

fn negated(money: Money) -> Money {
    Money(money.0.saturating_neg())
}

/// What an execution brought to a position.
#[inline(never)] // No frame but its own holds the leg.
fn entered(execution: &Execution) -> Option<(Id, Booking)> {
    let EntryLeg { position, qty, value, commission } = execution.entry()?;
    Some((position, Booking { qty, value, commission }))
}

/// What an execution took from a position.
#[inline(never)] // As above.
fn exited(execution: &Execution) -> Option<(Id, Booking)> {
    let ExitLeg { position, qty, value, commission, .. } = execution.exit()?;
    Some((position, Booking { qty, value, commission }))
}

/// What of an execution is not in its legs.
#[inline(never)] // No frame but its own holds the legs.
fn rest_of(execution: &Execution) -> Booking {
    let (exit, entry) = (execution.exit(), execution.entry());
    let of = |leg: Option<(Lots, i128, Money)>| leg.unwrap_or_default();
    let exit = of(exit.map(|leg| (leg.qty, leg.value, leg.commission)));
    let entry = of(entry.map(|leg| (leg.qty, leg.value, leg.commission)));
    Booking {
        qty: Lots(execution.booked().0.saturating_sub(exit.0.0).saturating_sub(entry.0.0)),
        value: execution.value().saturating_sub(exit.1).saturating_sub(entry.1),
        commission: Money(
            execution.commission.0.saturating_sub(exit.2.0).saturating_sub(entry.2.0),
        ),
    }
}
