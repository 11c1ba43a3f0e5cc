//! Two orders of which one cancels the other.
#![forbid(unsafe_code)]

use super::Engine;
use crate::num::Lots;
use crate::order::{Order, Terms};
use crate::status::{OrderFlag, OrderStatus, Status};
use crate::store::Id;

impl Engine<'_> {
    /// Whether a new order may be linked with the one it names.
    ///
    /// # Errors
    /// `Unknown`, `Stale`, `Foreign`; `Terminal`; `Symbol`; `State` when that has a live partner.
    pub(super) fn check_link(&self, terms: &Terms) -> Result<(), Status> {
        if terms.linked == Id::NONE {
            return Ok(());
        }
        let slot = self.orders.resolve(terms.linked)?;
        let other = self.orders.get(slot).ok_or(Status::Unknown)?;
        if other.is_terminal() {
            return Err(Status::Terminal);
        }
        if other.symbol != terms.symbol {
            return Err(Status::Symbol);
        }
        if other.scope != terms.scope {
            return Err(Status::Scope);
        }
        let lives = |order: &Order| !order.is_terminal() || order.working() > Lots::ZERO;
        let taken = self.partner(other).is_some_and(lives);
        if taken { Err(Status::State) } else { Ok(()) }
    }

    /// A new order is in the table: the one it names knows it too. A partner that had ended
    /// before is forgotten.
    pub(super) fn link(&mut self, id: Id, linked: Id) {
        let Ok(slot) = self.orders.resolve(linked) else { return };
        let Some(old) = self.orders.get(slot).map(|order| order.linked) else { return };
        if let Ok(old) = self.orders.resolve(old) {
            self.orders.update(old, |order| order.linked = Id::NONE);
        }
        self.orders.update(slot, |order| order.linked = id);
    }

    /// The other of two orders, while both are in the table.
    pub(super) fn partner(&self, order: &Order) -> Option<&Order> {
        let slot = self.orders.resolve(order.linked).ok()?;
        self.orders.get(slot).filter(|partner| partner.linked == order.id)
    }

    /// What of a reduce-only order its partner reserves already: of two that reduce one position
    /// only one will be executed in full.
    pub(super) fn shared(&self, order: &Order) -> Lots {
        match self.partner(order) {
            Some(partner)
                if order.reduces()
                    && partner.reduces()
                    && order.position != Id::NONE
                    && (order.position, order.side) == (partner.position, partner.side) =>
            {
                partner.working()
            }
            _ => Lots::ZERO,
        }
    }

    /// The reserved lots of an order that its partner does not reserve already.
    pub(super) fn share(&self, order: &Order) -> Lots {
        let rest = order.working().0.saturating_sub(self.shared(order).0);
        Lots(rest.max(0))
    }

    /// What a new order's partner reserves already, if both reduce this position.
    pub(super) fn shared_by(&self, terms: &Terms, position: Id) -> Lots {
        if terms.linked == Id::NONE {
            return Lots::ZERO;
        }
        let other = self.orders.resolve(terms.linked).ok().and_then(|slot| self.orders.get(slot));
        match other {
            Some(other)
                if terms.has(OrderFlag::ReduceOnly)
                    && other.reduces()
                    && position != Id::NONE
                    && (position, terms.side) == (other.position, other.side) =>
            {
                other.working()
            }
            _ => Lots::ZERO,
        }
    }

    /// An order was executed, or is filled: its partner is cancelled if it can be. O(1).
    pub(super) fn cancel_partner(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        let Some(partner) = self.partner(order).map(|partner| partner.id) else { return };
        self.try_cancel(partner);
    }

    /// Cancels an order by a request of the engine's own, if it can be.
    pub(super) fn try_cancel(&mut self, order: Id) {
        let Ok(slot) = self.orders.resolve(order) else { return };
        if self.orders.get(slot).is_some_and(|order| order.may_cancel(0) == Ok(true)) {
            let (now, id) = (self.now, self.next_own_id());
            self.change_order(slot, |order| order.request_cancel(id, now));
        }
    }

    /// The end of every report: an order that it filled cancels its partner, and what depends on
    /// the positions of both is looked at. O(as [`Engine::settle_closed`]).
    pub(super) fn settle_report(&mut self, slot: u32, had_ended: bool) {
        let filled = |order: &Order| order.status() == OrderStatus::Filled;
        if !had_ended && self.orders.get(slot).is_some_and(filled) {
            self.cancel_partner(slot);
        }
        // Settling may send orders, and these may take the slots of ended ones.
        let partner = self.orders.get(slot).and_then(|order| self.partner(order));
        let other = partner.and_then(|partner| self.settled_position(partner));
        self.settle_filled(slot);
        if let Some(position) = other {
            self.settle_closed(position);
        }
    }
}
