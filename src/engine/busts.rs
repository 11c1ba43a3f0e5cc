//! Busts and corrections: the venue takes executions back, or gives them other facts.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Source;
use super::reports::Reported;
use super::undo::Touched;
use crate::event::Event;
use crate::num::{Lots, Money, Nanos, Ticks};
use crate::order::{
    Booking, Execution, ExecutionState, Legs, Order, Outcome, Parts, VenueReport, Went,
};
use crate::status::{Anomaly, EventKind, ExitReason, OrderMark, Status};
use crate::store::Id;

impl Engine<'_> {
    /// An execution is taken back. Before its own report has come that is kept, so that it does not
    /// count when it comes; one that has left the ring puts the order in doubt.
    #[inline(never)]
    pub(super) fn take_bust(
        &mut self,
        found: Result<u32, Status>,
        request: &VenueReport,
    ) -> Result<Status, Status> {
        let id = request.ref_exec_id;
        let now = request.header.now;
        let Some(current) = self.referred(found, id)?.copied() else {
            return self.take_unknown_bust(found?, id, now);
        };
        if current.is_live() {
            self.check_undo(&current)?;
        }
        self.enter(now);
        if !current.is_live() {
            return Ok(self.ignore());
        }
        self.set_state(current.exec_id, ExecutionState::Busted);
        Ok(self.take_back(&current, OrderMark::Busted.raw()))
    }

    /// The execution that counts in place of the one with this id; none when nothing is kept of it.
    fn referred(
        &self,
        found: Result<u32, Status>,
        exec_id: u64,
    ) -> Result<Option<&Execution>, Status> {
        let named = found.map_or(Id::NONE, |slot| self.order_id(slot));
        match self.executions.find(exec_id) {
            Some(kept) if named != Id::NONE && kept.order != named => Err(Status::Conflict),
            _ => Ok(self.executions.current(exec_id)),
        }
    }

    fn take_unknown_bust(&mut self, slot: u32, id: u64, now: Nanos) -> Result<Status, Status> {
        self.enter(now);
        if self.is_forgotten(slot, id) {
            self.mark_anomaly(slot, OrderMark::InDoubt, Anomaly::RefEvicted);
        } else {
            self.await_execution(slot, id, ExecutionState::Busted, Lots::ZERO);
        }
        Ok(Status::Ok)
    }

    /// Whether an execution of the order may have been known before.
    fn is_forgotten(&self, slot: u32, exec_id: u64) -> bool {
        // What was executed before an order was taken over was never known here.
        let forgot = |order: &Order| {
            self.executions.has_forgotten(order.first_execution) || order.carried_qty > Lots::ZERO
        };
        self.executions.find(exec_id).is_some() || self.orders.get(slot).is_none_or(forgot)
    }

    /// Whether what has become of an execution was taken back.
    pub(super) fn ends_busted(&self, exec_id: u64) -> bool {
        let last = self.executions.current(exec_id);
        last.is_some_and(|last| last.state == ExecutionState::Busted)
    }

    fn set_state(&mut self, exec_id: u64, state: ExecutionState) {
        if let Some(execution) = self.executions.find_mut(exec_id) {
            execution.state = state;
        }
    }

    /// Takes an execution out of its order, position and account.
    #[inline(never)]
    pub(super) fn take_back(&mut self, execution: &Execution, mark: u32) -> Status {
        self.count_bust(execution.scope);
        self.emit_execution(EventKind::ExecutionBusted, execution, execution.exec_id);
        let change = Booking {
            qty: Lots(execution.booked().0.saturating_neg()),
            value: execution.value().saturating_neg(),
            commission: Money(execution.commission.0.saturating_neg()),
        };
        let slot = self.orders.resolve(execution.order).ok();
        let had_ended = slot.is_some_and(|slot| self.has_ended(slot));
        let source = self.source_of(execution);
        let place = (execution.symbol, execution.scope);
        self.trade_value(place, execution.side, execution.value(), 0);
        if let Some(slot) = slot {
            let now = self.now;
            self.change_order(slot, |order| {
                order.marks |= mark;
                order.rebook(&change, now);
            });
            self.measure_change(slot, &change);
        }
        let touched = self.undo(&source, execution);
        self.check_equity_of(source.scope);
        self.after_change(slot, None, had_ended, &touched)
    }

    /// Books what an execution is worth after its correction, and where it went; nothing, and
    /// nowhere, when a sum does not fit.
    #[inline(never)]
    pub(super) fn rebook(&mut self, source: &Source, new: &Booking, legs: &mut Legs) -> bool {
        let planned = self.plan_fill(source, new);
        match &planned {
            Ok(plan) => self.write_fill(source, plan, legs),
            Err(_) => *legs = Legs::default(),
        }
        planned.is_ok()
    }

    #[inline(never)]
    fn after_change(
        &mut self,
        slot: Option<u32>,
        anomaly: Option<Anomaly>,
        had_ended: bool,
        touched: &Touched,
    ) -> Status {
        if let Some(slot) = slot {
            if touched.failed {
                self.mark_anomaly(slot, OrderMark::InDoubt, Anomaly::InDoubt);
            }
            self.relist_reducer(slot);
            self.after_report(slot, Outcome { changed: true, anomaly }, had_ended);
        }
        self.settle_touched(touched);
        self.report_flat();
        Status::Ok
    }

    /// The order of an execution, also when it is not in the table any more.
    fn source_of(&self, execution: &Execution) -> Source {
        let order = self.orders.resolve(execution.order).ok().and_then(|o| self.orders.get(o));
        order.map_or(
            Source {
                order: execution.order,
                scope: execution.scope,
                exit: ExitReason::Order,
                ..Source::without_order(execution.symbol, execution.side)
            },
            Source::of,
        )
    }

    pub(super) fn emit_execution(&mut self, kind: EventKind, execution: &Execution, exec_id: u64) {
        let source = self.source_of(execution);
        let facts = (execution.booked(), execution.price);
        self.emit_executed(kind, &source, facts, exec_id);
    }

    #[inline(never)]
    fn emit_executed(
        &mut self,
        kind: EventKind,
        source: &Source,
        (qty, price): (Lots, Ticks),
        exec_id: u64,
    ) {
        self.emit(Event { qty, price, exec_id, ..source.event(kind) });
    }

    /// An execution gets other facts, under a further id.
    #[inline(never)]
    pub(super) fn take_correction(
        &mut self,
        found: Result<u32, Status>,
        fill: &Reported,
        request: &VenueReport,
    ) -> Result<Status, Status> {
        let (old, now) = (request.ref_exec_id, request.header.now);
        let named = found.map_or(Id::NONE, |slot| self.order_id(slot));
        let kept = self.executions.find(fill.exec_id);
        if let Some(kept) = kept.filter(|kept| !kept.awaited) {
            if !kept.is_same(named, fill.qty, fill.price) {
                return Err(Status::Conflict);
            }
            self.enter(now);
            return Ok(self.ignore());
        }
        if kept.is_some_and(|kept| named != Id::NONE && kept.order != named) {
            return Err(Status::Conflict);
        }
        // What was busted or corrected in its turn before it came has nothing to book.
        let spent = kept.is_some();
        if self.referred(found, old)?.is_none() {
            return self.take_unknown_correction(found?, old, fill, spent, now);
        }
        self.take_known_correction(found, fill, request, spent)
    }

    /// A correction of an execution that is kept. What is kept of the correction itself, from
    /// before it came, says that it has nothing to book.
    #[inline(never)]
    fn take_known_correction(
        &mut self,
        found: Result<u32, Status>,
        fill: &Reported,
        request: &VenueReport,
        spent: bool,
    ) -> Result<Status, Status> {
        let mut current = *self.referred(found, request.ref_exec_id)?.ok_or(Status::Unknown)?;
        let came_of_it = self.executions.current(fill.exec_id).map(|last| last.exec_id);
        if spent && came_of_it == Some(current.exec_id) {
            // Two that correct each other.
            return Err(Status::Conflict);
        }
        if let Some(slot) = self.orders.resolve(current.order).ok().filter(|_| current.is_live()) {
            self.check_correction(slot, fill)?;
        }
        self.enter(request.header.now);
        if !current.is_live() {
            let last = self.take_vain_correction(found.ok(), &current, fill, spent);
            let Some(last) = last.and_then(|last| self.executions.find(last)) else {
                return Ok(self.ignore());
            };
            current = *last;
            self.set_state(current.exec_id, ExecutionState::Busted);
            return Ok(self.take_back(&current, OrderMark::Busted.raw()));
        }
        if spent {
            let by = self.executions.sequence_of(fill.exec_id).unwrap_or(0);
            let busted = self.ends_busted(fill.exec_id);
            self.complete(fill);
            self.set_state(current.exec_id, ExecutionState::Corrected(by));
            return Ok(self.take_back(&current, if busted { OrderMark::Busted.raw() } else { 0 }));
        }
        let order = self.orders.resolve(current.order).ok();
        let legs = order.and_then(|slot| self.legs_to_fire(slot));
        let had_ended = order.is_some_and(|slot| self.has_ended(slot));
        let (anomaly, touched) = self.correct(&current, fill);
        let status = self.after_change(order, anomaly, had_ended, &touched);
        Ok(status.or_more(self.fire_legs(legs)))
    }

    /// A correction of an execution that was taken back: so is what it says. Answers the id of what
    /// has corrected it before it came, which is to be taken back too.
    #[inline(never)]
    fn take_vain_correction(
        &mut self,
        slot: Option<u32>,
        busted: &Execution,
        fill: &Reported,
        known: bool,
    ) -> Option<u64> {
        if known {
            self.complete(fill);
            let last = self.executions.current(fill.exec_id).filter(|last| last.is_live());
            return last.map(|last| last.exec_id);
        }
        let Reported { exec_id, qty, price, .. } = *fill;
        let Execution { order, symbol, scope, side, .. } = *busted;
        let state = ExecutionState::Busted;
        let facts = Execution { exec_id, order, symbol, scope, ..Execution::EMPTY };
        let facts = Execution { side, qty, price, ..facts };
        // As if the bust had come after it: it is the end of the chain.
        let by = self.executions.next_sequence();
        self.set_state(busted.exec_id, ExecutionState::Corrected(by));
        self.keep_execution(&Execution { state, ..facts });
        if let Some(slot) = slot {
            self.emit_anomaly(slot, Anomaly::Unexpected);
        }
        None
    }

    /// A correction of an execution whose own report has not come: it stands for it.
    #[inline(never)]
    fn take_unknown_correction(
        &mut self,
        slot: u32,
        old: u64,
        fill: &Reported,
        spent: bool,
        now: Nanos,
    ) -> Result<Status, Status> {
        let (total, stands_for) = self.total_with_gap(slot, fill);
        let fill = &Reported { total, ..*fill };
        let forgotten = self.is_forgotten(slot, old);
        if !forgotten && !spent {
            self.check_fill(slot, fill)?;
        }
        self.enter(now);
        if forgotten {
            self.mark_anomaly(slot, OrderMark::InDoubt, Anomaly::RefEvicted);
            return Ok(Status::Ok);
        }
        let next = self.executions.next_sequence().saturating_add(1);
        let by = if spent { self.executions.sequence_of(fill.exec_id).unwrap_or(0) } else { next };
        let spoken_for = match self.executions.find(fill.exec_id) {
            Some(kept) => kept.booked(),
            None => stands_for,
        };
        self.await_execution(slot, old, ExecutionState::Corrected(by), spoken_for);
        if spent {
            self.complete(fill);
            return Ok(self.ignore());
        }
        let legs = self.legs_to_fire(slot);
        let status = self.book_reported(slot, fill);
        Ok(status.or_more(self.fire_legs(legs)))
    }

    /// Gives an execution other facts. What depends on the positions that it touched is looked at
    /// by the caller.
    #[inline(never)]
    fn correct(&mut self, old: &Execution, fill: &Reported) -> (Option<Anomaly>, Touched) {
        let slot = self.orders.resolve(old.order).ok();
        let source = self.source_of(old);
        let limit = slot.and_then(|slot| self.orders.get(slot)).map(|order| order.price);
        let limit = limit.unwrap_or_default();
        let (price, priced) = self.execution_price(old.symbol, old.side, fill.price, limit);
        if let Some(slot) = slot.filter(|_| !priced) {
            self.mark_anomaly(slot, OrderMark::NoPrice, Anomaly::NoPrice);
        }
        // What was in doubt stays so.
        let booked = old.booked();
        let qty = if booked == old.qty { fill.qty } else { fill.qty.min(booked) };
        let commission = if qty == Lots::ZERO { Money::ZERO } else { fill.commission };
        let new = Booking { qty, value: price.times(qty), commission };
        self.count_correction(old.scope);
        let shown = (qty, fill.price);
        self.emit_executed(EventKind::ExecutionCorrected, &source, shown, fill.exec_id);
        if let Some(slot) = slot {
            self.correct_order(slot, &new, old);
        }
        self.trade_value((old.symbol, old.scope), old.side, old.value(), new.value);
        let order = slot.and_then(|slot| self.orders.get(slot));
        let beyond = order.is_some_and(|order| order.cum_qty > order.order_qty);
        let anomaly = (beyond && qty > booked).then_some(Anomaly::Overfill);
        let mut touched = Touched::default();
        let mut legs = old.legs();
        let nothing = qty == booked && qty == Lots::ZERO;
        if !self.correct_in_place(&source, old, &new, &mut legs) && !nothing {
            touched = self.undo(&source, old);
            if let Some(slot) = slot {
                self.relist_reducer(slot);
            }
            touched.failed |= !self.rebook(&source, &new, &mut legs);
        }
        touched.note_legs(&legs);
        if let Some(slot) = slot
            && let Some(entry) = &legs.entry
        {
            self.cover_entry(slot, entry, old.entered(entry.position));
        }
        self.check_equity_of(source.scope);
        if let Some(slot) = slot.filter(|_| qty > booked) {
            self.cancel_partner(slot);
        }
        self.keep_corrected(old, fill, &new, &legs);
        (anomaly, touched)
    }

    /// That a correction of an execution that is kept can be booked.
    #[inline(never)]
    fn check_correction(&self, slot: u32, fill: &Reported) -> Result<(), Status> {
        self.check_fill(slot, &Reported { total: fill.total.none(), ..*fill })
    }

    #[inline(never)]
    fn correct_order(&mut self, slot: u32, new: &Booking, old: &Execution) {
        let now = self.now;
        let change = difference(new, old);
        self.change_order(slot, |order| order.rebook(&change, now));
        self.measure_change(slot, &change);
    }

    /// Keeps a correction in place of what it corrects.
    #[inline(never)]
    fn keep_corrected(&mut self, old: &Execution, fill: &Reported, new: &Booking, legs: &Legs) {
        let by = self.executions.next_sequence();
        self.set_state(old.exec_id, ExecutionState::Corrected(by));
        self.keep_execution(&Execution {
            exec_id: fill.exec_id,
            qty: fill.qty,
            price: fill.price,
            commission: new.commission,
            went: Went::Apart(Parts { booked: new.qty, value: new.value, legs: *legs }),
            ..*old
        });
    }
}

/// What changes for the order.
fn difference(new: &Booking, old: &Execution) -> Booking {
    Booking {
        qty: Lots(new.qty.0.saturating_sub(old.booked().0)),
        value: new.value.saturating_sub(old.value()),
        commission: Money(new.commission.0.saturating_sub(old.commission.0)),
    }
}
