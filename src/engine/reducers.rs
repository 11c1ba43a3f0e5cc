//! A position that shrinks shrinks what reduces it: a reduce-only order never makes it flip.
#![forbid(unsafe_code)]

use super::Engine;
use super::found::Found;
use crate::num::{Lots, Nanos};
use crate::order::{Order, Terms};
use crate::position::Position;
use crate::risk::recounted;
use crate::status::OrderFlag;
use crate::store::{Id, NIL};

/// With this many live reduce-only orders a position takes no further one but the closes of its
/// triggers, at most eight: both bound what one call does.
pub(super) const REDUCERS_MAX: u32 = 64;

impl Engine<'_> {
    /// The position that a reduce-only order without a name reduces: the net one.
    #[inline(always)] // Of a few loads.
    pub(super) fn reduced_net(&self, terms: &Terms, found: &Found<'_>) -> Option<&Position> {
        if !terms.has(OrderFlag::ReduceOnly) || found.is_hedged() {
            return None;
        }
        let net = self.net_of(found)?;
        (net.side.closed_by() == terms.side).then_some(net)
    }

    /// Whether one more order may reduce a position.
    pub(super) fn has_reducer_room(&self, terms: &Terms, position: Option<&Position>) -> bool {
        let reduced = position.filter(|_| terms.has(OrderFlag::ReduceOnly));
        reduced.is_none_or(|position| position.reducing < REDUCERS_MAX)
    }

    /// An order reduced a position, or does so now.
    pub(super) fn count_reducer(&mut self, position: Id, was: bool, is: bool) {
        if let Ok(slot) = self.positions.resolve(position)
            && let Some(position) = self.positions.get_mut(slot)
        {
            position.reducing = recounted(position.reducing, was, is);
        }
    }

    /// A new close of the engine's own works for a position that its side closes.
    pub(super) fn begin_closing(&mut self, slot: u32, position: Id, qty: Lots) {
        let Ok(owner) = self.positions.resolve(position) else { return };
        let Some(position) = self.positions.get_mut(owner) else { return };
        position.closing = Lots(position.closing.0.saturating_add(qty.0));
        position.reducing = recounted(position.reducing, false, true);
        if position.is_open() {
            self.orders.list_reducer(&mut position.reducers, slot);
        }
    }

    /// Whether an order stood, and stands, in the list of a position. O(1) for the youngest.
    pub(super) fn follow_reducer(&mut self, slot: u32, before: (Id, bool), after: (Id, bool)) {
        if before == after {
            return;
        }
        if let (id, true) = before
            && let Ok(owner) = self.positions.resolve(id)
            && let Some(position) = self.positions.get_mut(owner)
        {
            self.orders.unlist_reducer(&mut position.reducers, slot);
        }
        if let (id, true) = after
            && let Ok(owner) = self.positions.resolve(id)
            && let Some(position) = self.positions.get_mut(owner)
            && position.is_open()
        {
            self.orders.list_reducer(&mut position.reducers, slot);
        }
    }

    /// The open position that an order moves: the one it belongs to, else the net one.
    pub(super) fn settled_position(&self, order: &Order) -> Option<u32> {
        let is_open = |slot: &u32| self.positions.get(*slot).is_some_and(Position::is_open);
        let named = self.positions.resolve(order.position).ok().filter(is_open);
        named.or_else(|| self.open_net(order.symbol, order.scope))
    }

    /// A position may be open again: an order that reduces it stands in its list.
    pub(super) fn relist_reducer(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot).filter(|order| order.is_reducer()) else { return };
        let position = order.position;
        self.follow_reducer(slot, (position, false), (position, true));
    }

    /// A reduce-only order whose position is gone, or is not closed by its side, is cancelled.
    pub(super) fn cancel_astray(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot).filter(|order| order.is_reducer()) else { return };
        if !self.is_astray(order) {
            return;
        }
        self.cancel_reducer(slot);
    }

    pub(super) fn is_astray(&self, order: &Order) -> bool {
        let position = self.positions.resolve(order.position).ok();
        let position = position.and_then(|slot| self.positions.get(slot));
        !position.is_some_and(|p| p.is_open() && p.side.closed_by() == order.side)
    }

    /// A position is closed: whatever reduces it is cancelled, youngest first. At most 72.
    pub(super) fn end_reducers(&mut self, position: u32) {
        let reducers = |engine: &Self| engine.positions.get(position).map(|p| p.reducers);
        for _ in 0..reducers(self).map_or(0, |list| list.len) {
            if let Some(list) = reducers(self) {
                self.cancel_reducer(list.tail);
            }
        }
    }

    /// Makes the orders that reduce a position no larger than it, from the youngest on; partners
    /// together, where the younger stands. O(number of them), at most 72.
    pub(super) fn shrink(&mut self, position: u32) {
        let Some(list) = self.positions.get(position).map(|p| p.reducers) else { return };
        let mut excess = self.excess(position);
        let mut next = Some(list.tail).filter(|&slot| slot != NIL);
        while let Some(slot) = next.filter(|_| excess > 0) {
            let partner = self.reducing_partner(slot);
            next = self.orders.older_reducer(slot);
            if next.is_some() && next == partner {
                next = next.and_then(|slot| self.orders.older_reducer(slot));
            }
            let before = self.taken_by(slot, partner);
            if before == 0 {
                continue;
            }
            let keep = before.saturating_sub(excess);
            self.bring_down(slot, keep);
            if let Some(partner) = partner {
                self.bring_down(partner, keep);
            }
            excess = excess.saturating_sub(before.saturating_sub(self.taken_by(slot, partner)));
        }
    }

    /// By how many lots the orders that reduce a position are larger than it; not above 0 when
    /// they fit.
    pub(super) fn excess(&self, position: u32) -> i64 {
        let Some(position) = self.positions.get(position) else { return 0 };
        let mut sum = 0_i64;
        for slot in self.orders.reducers(&position.reducers) {
            let number = |slot| self.orders.get(slot).map_or(0, |order| order.number);
            let partner = self.reducing_partner(slot);
            if partner.is_none_or(|partner| number(partner) < number(slot)) {
                sum = sum.saturating_add(self.taken_by(slot, partner));
            }
        }
        sum.saturating_sub(position.book.qty.0)
    }

    /// The partner of an order, when it reduces the same position.
    fn reducing_partner(&self, slot: u32) -> Option<u32> {
        let order = self.orders.get(slot)?;
        let partner = self.partner(order)?;
        let both = partner.is_reducer()
            && (partner.position, partner.side) == (order.position, order.side);
        if both { self.orders.resolve(partner.id).ok() } else { None }
    }

    /// What an order and its partner may take of their position: one of them in full.
    fn taken_by(&self, slot: u32, partner: Option<u32>) -> i64 {
        let lots = |slot| self.orders.get(slot).map_or(0, |order| order.reducing().0);
        lots(slot).max(partner.map_or(0, lots))
    }

    /// An order may take this much at most: it is made smaller, or cancelled.
    fn bring_down(&mut self, slot: u32, keep: i64) {
        let Some(order) = self.orders.get(slot) else { return };
        let lots = order.reducing().0;
        if lots <= keep.max(0) {
            return;
        }
        if keep <= 0 || !order.may_be_reduced() {
            self.cancel_reducer(slot);
            return;
        }
        let by = Lots(lots.saturating_sub(keep));
        let own = if order.is_unsent() { 0 } else { self.next_own_id() };
        let now = self.now;
        self.change_order(slot, |order| order.reduce(by, own, now));
    }

    /// Cancels a reduce-only order; of a filled one the enlargement. When the venue refused that
    /// before, only after a wait.
    fn cancel_reducer(&mut self, slot: u32) {
        if self.orders.get(slot).is_some_and(|order| order.cancel_refused) {
            return self.cancel_later(slot);
        }
        let id = self.next_own_id();
        self.withdraw(slot, id);
    }

    /// The clock asks to cancel an order again: the n-th time after the wait of the n-th retry.
    #[inline(never)] // Venues seldom refuse.
    fn cancel_later(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot).filter(|order| !order.waits_to_cancel()) else {
            return;
        };
        let number = u32::from(order.refusals).saturating_sub(1);
        let wait = self.config.retry.wait(number, order.client_id, self.config.hash_seed);
        // 0 stands for none.
        let at = Nanos(self.now.0.saturating_add(wait).max(1));
        self.change_order(slot, |order| order.ask_later(at));
    }

    /// The engine asks to cancel an order under this id; of a filled one the enlargement.
    pub(super) fn withdraw(&mut self, slot: u32, id: u64) {
        let now = self.now;
        self.change_order(slot, |order| {
            if order.is_terminal() { order.kill(id, now) } else { order.request_cancel(id, now) }
        });
    }
}
