//! Stops and targets at work: fired, closing, armed again, done.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Ticks};
use crate::order::Terms;
use crate::position::Position;
use crate::risk::Proposal;
use crate::status::{
    EventKind, ExitReason, OrderFlag, OrderStatus, Status, TriggerAction, TriggerKind,
    TriggerState, Unit,
};
use crate::store::{Id, NIL};
use crate::trigger::{Trigger, Work};

impl Engine<'_> {
    /// Works queued triggers off, at most `work_per_call` of them; `More` when some are left. A
    /// symbol whose work was cancelled meanwhile counts as one.
    pub(super) fn work(&mut self) -> Status {
        let mut budget = self.config.work_per_call;
        self.work_within(&mut budget)
    }

    /// The same within what is left of this budget.
    pub(super) fn work_within(&mut self, budget: &mut u32) -> Status {
        while let Some(symbol) = self.triggers.first_backlog() {
            let before = *budget;
            if before == 0 || !self.fire_symbol(symbol, budget) {
                return Status::More;
            }
            self.triggers.set_backlog(symbol, false);
            *budget = before.saturating_sub(1).min(*budget);
        }
        Status::Ok
    }

    /// A price moved: fires what it reaches, or queues what is too much for one call.
    pub(super) fn fire_reached(&mut self, symbol: u32) -> Status {
        let mut budget = self.config.work_per_call;
        self.fire_within(symbol, &mut budget)
    }

    /// The same within what is left of this budget.
    #[inline] // Of few.
    pub(super) fn fire_within(&mut self, symbol: u32, budget: &mut u32) -> Status {
        let done = self.fire_symbol(symbol, budget);
        self.triggers.set_backlog(symbol, !done);
        if done { Status::Ok } else { Status::More }
    }

    /// Fires until nothing is left or the budget is spent; answers whether nothing is left.
    fn fire_symbol(&mut self, symbol: u32, budget: &mut u32) -> bool {
        let mut permit = None;
        while let Some(work) = self.triggers.next_work(symbol) {
            let Some(left) = budget.checked_sub(1) else { return false };
            *budget = left;
            match work {
                Work::Wake(slot, price) => self.triggers.wake(slot, price),
                Work::Fire(slot, price) => {
                    if self.release_simply(slot, price, &mut permit, budget) {
                        continue;
                    }
                    permit = None;
                    if !self.close_simply(slot, price, budget) {
                        self.fire(slot, price);
                    }
                }
            }
        }
        true
    }

    fn fire(&mut self, slot: u32, price: Ticks) {
        let Some(trigger) = self.triggers.get(slot) else { return };
        let (action, lots) = (trigger.action, trigger.qty);
        if action == TriggerAction::Release {
            self.release(slot, price);
            return;
        }
        let position = self.positions.resolve(trigger.position).ok();
        let open = position.and_then(|p| self.positions.get(p)).map_or(Lots::ZERO, |p| p.book.qty);
        let qty = if lots == Lots::ZERO { open } else { lots.min(open) };
        self.triggers.fire(slot, qty, self.now);
        self.tell_fired(slot, qty, price);
        if action == TriggerAction::Signal {
            self.remove_trigger(slot);
        } else {
            self.close_for(slot);
        }
    }

    /// Sends the next closing order of a fired trigger. When others are closing all there is, or
    /// the other leg of its bracket is closing, it waits for them; when the gate refuses, for the
    /// clock.
    fn close_for(&mut self, slot: u32) {
        let Some(trigger) = self.triggers.get(slot) else { return };
        let Ok(position) = self.positions.resolve(trigger.position) else { return };
        let Some(position) = self.positions.get(position) else { return };
        if position.uncovered() == Lots::ZERO || self.is_sibling_closing(trigger) {
            return;
        }
        let (id, exit) = (trigger.id, exit_of(trigger.kind));
        let qty = self.piece(position, trigger.left);
        let mut close = Proposal::new(Self::close_terms(position, qty));
        (close.terms.tag, close.terms.venue) = (trigger.tag, trigger.venue);
        close.terms.client_id = self.next_own_id();
        match self.send_close(&mut close, id, exit) {
            Ok(order) => self.triggers.set_order(slot, order),
            Err(_) => self.triggers.stall(slot),
        }
    }

    /// How much of a position one closing order may take: not what is being closed already, not
    /// beyond the largest quantity, in whole steps. What is below one step is left as it is: the
    /// gate refuses it by INCREMENT.
    pub(super) fn piece(&self, position: &Position, wanted: Lots) -> Lots {
        let limits = self.piece_limits(position.symbol, position.scope);
        limits.whole(wanted.min(position.uncovered()).min(limits.most))
    }

    /// Terms, but for the client id, of an order of the engine's own that closes a part of a
    /// position at the market.
    pub(super) fn close_terms(position: &Position, qty: Lots) -> Terms {
        Terms {
            position: position.id,
            qty,
            symbol: position.symbol,
            scope: position.scope,
            flags: OrderFlag::ReduceOnly.raw(),
            side: position.side.closed_by(),
            ..Terms::EMPTY
        }
    }

    /// An order changed, but was not filled: whatever depends on the position that it belongs to,
    /// or moves, is looked at. O(orders that reduce the position + its triggers × log triggers).
    pub(super) fn settle_order(&mut self, slot: u32) {
        if let Some(position) = self.astray_or_of(slot) {
            self.settle_position(position);
        }
    }

    /// The same of an order that may have been filled.
    pub(super) fn settle_filled(&mut self, slot: u32) {
        if let Some(position) = self.astray_or_of(slot) {
            self.settle_closed(position);
        }
    }

    /// What is astray is cancelled; the position that an order belongs to, or moves.
    fn astray_or_of(&mut self, slot: u32) -> Option<u32> {
        self.cancel_astray(slot);
        self.orders.get(slot).and_then(|order| self.settled_position(order))
    }

    /// A position changed, or an order of it, but none was filled: what reduces it must fit, and
    /// its fired triggers may be armed again. O(orders that reduce it + its triggers × log
    /// triggers).
    pub(super) fn settle_position(&mut self, position: u32) {
        self.shrink(position);
        let mut next = self.first_trigger(position);
        while let Some(slot) = next {
            next = self.triggers.next_of_position(slot);
            if self.settle_trigger(slot) {
                // Not so when no order was filled. The clock goes on with it.
                self.triggers.stall(slot);
            }
        }
        self.flatten_settled(position);
    }

    /// The same when an order of it may have been filled: its fired triggers may go on.
    pub(super) fn settle_closed(&mut self, position: u32) {
        self.shrink(position);
        let mut next = self.first_trigger(position);
        while let Some(slot) = next {
            next = self.triggers.next_of_position(slot);
            if self.settle_trigger(slot) {
                self.close_for(slot);
            }
        }
        self.flatten_settled(position);
    }

    fn first_trigger(&self, position: u32) -> Option<u32> {
        let first = self.positions.get(position).map(|position| position.triggers.head);
        first.filter(|&slot| slot != NIL)
    }

    /// A fired trigger is done when its quantity is closed; goes on when a part was: then it is to
    /// be closed for; and is armed again when its order came to nothing, or the orders of others
    /// that it waited for. The other leg of its bracket, when that waits, is armed again with it,
    /// and after it.
    #[inline(never)] // The frame of its callers is that of every close.
    fn settle_trigger(&mut self, slot: u32) -> bool {
        let Some(trigger) = self.triggers.get(slot).copied() else { return false };
        if trigger.state != TriggerState::Fired {
            return false;
        }
        if trigger.left == Lots::ZERO {
            self.remove_trigger(slot);
            self.rearm_sibling(&trigger);
            return false;
        }
        if trigger.order == Id::NONE {
            if !self.waits(slot, &trigger) {
                self.rearm(slot, &trigger);
            }
            return false;
        }
        let order = self.orders.resolve(trigger.order).ok().and_then(|o| self.orders.get(o));
        if order.is_some_and(|order| !order.is_terminal()) {
            return false;
        }
        // The close of a flatten that it has lent its slot to is nothing to go on from.
        let own = order.filter(|order| order.exit != ExitReason::Flatten);
        let filled = own.is_some_and(|order| order.status() == OrderStatus::Filled);
        if filled {
            self.triggers.set_order(slot, Id::NONE);
        } else if self.rearm(slot, &trigger) {
            self.rearm_sibling(&trigger);
        }
        filled
    }

    /// The other leg has waited for this one, which does not close any more.
    fn rearm_sibling(&mut self, trigger: &Trigger) {
        let Some(slot) = self.waiting_sibling(trigger) else { return };
        if let Some(sibling) = self.triggers.get(slot).copied() {
            self.rearm(slot, &sibling);
        }
    }

    /// Arms a trigger again, unless a price that reaches it is still being worked off: it would
    /// fire for that once more, and without end at a venue that refuses at once. It stays fired
    /// then, and the clock tries again. Whether it is armed.
    fn rearm(&mut self, slot: u32, trigger: &Trigger) -> bool {
        if self.triggers.is_reached(slot) {
            self.triggers.set_order(slot, Id::NONE);
            self.triggers.stall(slot);
            return false;
        }
        self.triggers.rearm(slot);
        let event = Self::trigger_event(EventKind::TriggerRearmed, trigger);
        self.emit(Event { qty: trigger.left, ..event });
        true
    }

    /// Whether a fired trigger without an order waits: for the clock, for the other leg of its
    /// bracket, or for the orders of others.
    fn waits(&self, slot: u32, trigger: &Trigger) -> bool {
        let position = self.positions.resolve(trigger.position).ok();
        let position = position.and_then(|slot| self.positions.get(slot));
        self.triggers.is_stalled(slot)
            || self.is_sibling_closing(trigger)
            || position.is_none_or(|position| position.uncovered() == Lots::ZERO)
    }

    /// Whether a trigger stays as it is when its position is settled, as every one does between two
    /// calls: so a call that changes no position and no reservation need not settle any.
    pub(super) fn is_settled(&self, slot: u32, trigger: &Trigger) -> bool {
        if trigger.state != TriggerState::Fired {
            return true;
        }
        let order = self.orders.resolve(trigger.order).ok().and_then(|o| self.orders.get(o));
        let works = order.is_some_and(|order| !order.is_terminal());
        let none = trigger.order == Id::NONE;
        trigger.left > Lots::ZERO && (works || none && self.waits(slot, trigger))
    }

    /// The clock: closes that the gate refused are tried again.
    pub(super) fn retry_stalled(&mut self) {
        for _ in 0..self.triggers.stalled().min(self.config.work_per_call) {
            let Some(slot) = self.triggers.pop_stalled() else { return };
            self.close_for(slot);
        }
    }

    /// An execution counts towards the trigger whose order it belongs to, and towards the other leg
    /// of its bracket.
    pub(super) fn credit_trigger(&mut self, trigger: Id, qty: Lots) {
        let Ok(slot) = self.triggers.resolve(trigger) else { return };
        let sibling = self.triggers.get(slot).map_or(Id::NONE, |trigger| trigger.sibling);
        for trigger in [trigger, sibling] {
            if let Ok(slot) = self.triggers.resolve(trigger)
                && self.triggers.note_closed(slot, qty)
            {
                self.remove_trigger(slot);
            }
        }
    }

    /// Ends every trigger of a position. O(triggers of the position × log triggers).
    pub(super) fn end_triggers(&mut self, position: u32) {
        while let Some(list) = self.positions.get(position).map(|p| p.triggers) {
            if list.is_empty() {
                return;
            }
            self.remove_trigger(list.head);
        }
    }

    /// Removes a trigger for good; a closing order of it that lives is cancelled, so that it cannot
    /// close what is not there any more.
    pub(super) fn remove_trigger(&mut self, slot: u32) {
        let Some(trigger) = self.triggers.get(slot) else { return };
        let (position, order) = (trigger.position, trigger.order);
        self.emit_ended(slot);
        if let Some((position, _)) = self.positions.named(position) {
            self.triggers.remove(slot, Some(&mut position.triggers));
        }
        if order != Id::NONE {
            self.try_cancel(order);
        }
    }

    /// A trigger ends; the event of a trailing stop shows where its level has come to.
    #[inline]
    fn emit_ended(&mut self, slot: u32) {
        let Some(trigger) = self.triggers.get(slot).filter(|trigger| !trigger.trails()) else {
            return self.emit_shown_end(slot);
        };
        let Some((sequence, [place])) = self.events.room_for() else {
            return self.emit_shown_end(slot);
        };
        let event = Self::trigger_event(EventKind::TriggerEnded, trigger);
        *place = Event { sequence, at: self.now, ..event };
    }

    #[inline(never)] // The event is not part of its caller's frame.
    fn emit_shown_end(&mut self, slot: u32) {
        self.triggers.halt(slot);
        if let Some(ended) = self.triggers.get(slot) {
            self.emit(Self::trigger_event(EventKind::TriggerEnded, ended));
        }
    }

    #[inline]
    pub(super) fn trigger_event(kind: EventKind, trigger: &Trigger) -> Event {
        let event = Event {
            order: trigger.order,
            position: trigger.position,
            trigger: trigger.id,
            tag: trigger.tag,
            symbol: trigger.symbol,
            scope: trigger.scope,
            side: trigger.direction.closing_side().raw(),
            code: u32::from(trigger.kind.raw()),
            ..Event::new(kind)
        };
        event.with_breach(Unit::Ticks, trigger.level.0, 0)
    }
}

/// Why a trigger of a kind closes.
#[inline]
pub(super) const fn exit_of(kind: TriggerKind) -> ExitReason {
    match kind {
        TriggerKind::StopLoss => ExitReason::StopLoss,
        TriggerKind::TakeProfit => ExitReason::TakeProfit,
        TriggerKind::TrailingStop => ExitReason::TrailingStop,
    }
}
