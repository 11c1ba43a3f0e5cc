//! The closes that a flatten sends: what each takes, and the order slot it goes out in.
//!
//! Slots that stops and targets own are theirs. When these have all that are left, a stop or target
//! of the position itself lends the slot of its close: it counts as fired, with the close of the
//! flatten as its order, and is armed again when that comes to nothing. While few slots are left a
//! position takes one at a time, so that one of many pieces does not keep the others waiting.
#![forbid(unsafe_code)]

use super::Engine;
use super::close_burst::closed_qty;
use super::reducers::REDUCERS_MAX;
use crate::event::Event;
use crate::num::{Lots, Ticks};
use crate::position::Position;
use crate::risk::{Proposal, bit};
use crate::status::{Check, EventKind, ExitReason, TriggerAction, TriggerState};
use crate::store::{Id, NIL};
use crate::trigger::PER_POSITION;

impl Engine<'_> {
    /// Sends closes for what nobody closes of a position that is to be closed, in pieces.
    #[inline(never)]
    pub(super) fn flatten(&mut self, slot: u32) {
        for _ in 0..self.config.work_per_call {
            let Some(position) = self.positions.get(slot) else { return };
            let due = !position.stalled && self.is_to_be_closed(position);
            let open = self.unclosed(position);
            let full = position.reducing >= REDUCERS_MAX || self.leaves_room(position);
            if !due || open <= 0 || full {
                return;
            }
            if !self.flatten_piece(slot, open) {
                return self.stall_flatten(slot);
            }
        }
        // What is left follows when the others had their turn.
        self.flatten_settled(slot);
    }

    /// Whether a position leaves the slots that are free to others: there is at most one for each
    /// that is open, and something closes it already. When that has ended it has another turn.
    fn leaves_room(&self, position: &Position) -> bool {
        let free = self.triggers.room_beside(self.orders.table().live());
        position.closing > Lots::ZERO && (1..=self.positions.table().live()).contains(&free)
    }

    /// Sends a close for a part of so many lots; whether it went.
    fn flatten_piece(&mut self, slot: u32, open: i64) -> bool {
        let Some(position) = self.positions.get(slot) else { return false };
        let lender = if self.has_order_room() { None } else { self.lender(position) };
        if lender.is_none() && !self.has_order_room() {
            self.note_no_close(slot);
            return false;
        }
        let lent = lender.and_then(|lender| self.triggers.get(lender));
        let wanted = lent.map_or(open, |lent| closed_qty(lent, position).0.min(open));
        let qty = self.piece(position, Lots(wanted));
        let trigger = lent.map_or(Id::NONE, |lent| lent.id);
        let mut close = Proposal::new(Self::close_terms(position, qty));
        close.terms.client_id = self.next_own_id();
        let Ok(order) = self.send_close(&mut close, trigger, ExitReason::Flatten) else {
            return false;
        };
        if let Some(lender) = lender {
            self.lend(lender, slot, order);
        }
        true
    }

    /// The oldest armed trigger of a position that owns the slot of an order. O(its triggers).
    fn lender(&self, position: &Position) -> Option<u32> {
        let mut next = Some(position.triggers.head).filter(|&slot| slot != NIL);
        for _ in 0..PER_POSITION {
            let slot = next?;
            let trigger = self.triggers.get(slot)?;
            let closes = trigger.action == TriggerAction::Close;
            if closes && trigger.state == TriggerState::Armed && !self.is_sibling_closing(trigger) {
                return Some(slot);
            }
            next = self.triggers.next_of_position(slot);
        }
        None
    }

    /// A trigger lends its slot to an order that closes its position.
    fn lend(&mut self, lender: u32, position: u32, order: Id) {
        let Some(trigger) = self.triggers.get(lender) else { return };
        let position = self.positions.get(position);
        let lots = position.map_or(Lots::ZERO, |position| closed_qty(trigger, position));
        self.triggers.fire(lender, lots, self.now);
        self.triggers.set_order(lender, order);
        self.tell_fired(lender, lots, Ticks::ZERO);
    }

    /// Lots of a position that nothing closes: no order that reduces it, and none of a net symbol
    /// that may still be executed although it is being cancelled.
    pub(super) fn unclosed(&self, position: &Position) -> i64 {
        let open = position.uncovered().0;
        if !position.net {
            return open;
        }
        let (scope, symbol) = (position.scope, position.symbol);
        let place = self.of_place(scope, symbol);
        let leaving = place.map_or(0, |place| place.ward.leaving(position.side.closed_by()));
        i64::try_from(i128::from(open).saturating_sub(leaving)).unwrap_or(0)
    }

    /// An alarm: there is no room for the close.
    fn note_no_close(&mut self, slot: u32) {
        let Some(position) = self.positions.get(slot) else { return };
        self.emit(Event {
            position: position.id,
            tag: position.tag,
            symbol: position.symbol,
            scope: position.scope,
            side: position.side.closed_by().raw(),
            qty: position.uncovered(),
            mask: bit(Check::Capacity),
            code: Check::Capacity.raw(),
            ..Event::new(EventKind::OrderDenied)
        });
    }

    /// A position waits for the clock.
    pub(super) fn stall_flatten(&mut self, slot: u32) {
        if let Some(position) = self.positions.get_mut(slot) {
            position.stalled = true;
            self.flatten_stalled = true;
        }
    }
}
