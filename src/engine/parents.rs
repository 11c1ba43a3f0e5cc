//! Orders that are sent in parts: a parent, and the children that name it.
#![forbid(unsafe_code)]

use super::Engine;
use crate::num::{Money, Nanos};
use crate::order::{Order, Terms};
use crate::risk::{Parentage, Proposal, Verdict, bit};
use crate::status::{Check, OrderFact, OrderFlag};
use crate::store::Id;

/// What is not asked of a parent: it takes nothing, and each of its children is asked.
const OF_CHILDREN: u64 = !(bit(Check::Fields)
    | bit(Check::Symbol)
    | bit(Check::Scope)
    | bit(Check::TradingState)
    | bit(Check::Breaker)
    | bit(Check::Increment)
    | bit(Check::ClientId)
    | bit(Check::Parent)
    | bit(Check::Capacity));

impl Engine<'_> {
    /// What an order may take of the parent that it names; `own` is the order itself when it is in
    /// the table. A parent that has left the table binds nothing.
    #[inline]
    pub(super) fn parentage(&self, terms: &Terms, own: Option<&Order>) -> Parentage {
        if terms.parent == Id::NONE { Parentage::NONE } else { self.share_of(terms, own) }
    }

    #[inline(never)] // Few orders have a parent.
    fn share_of(&self, terms: &Terms, own: Option<&Order>) -> Parentage {
        let parent = self.orders.resolve(terms.parent).ok().and_then(|slot| self.orders.get(slot));
        let Some(parent) = parent else { return Parentage::NONE };
        let alike = parent.symbol == terms.symbol && parent.side == terms.side;
        let takes = !parent.is_parent() || (alike && !parent.is_terminal());
        let qty = match parent.is(OrderFact::ReplaceInflight) {
            true => parent.order_qty.min(parent.replace.qty),
            false => parent.order_qty,
        };
        let others = parent.children.wrapping_sub(own.map_or(0, Order::committed));
        let most = if takes { qty.0 } else { i64::MIN };
        Parentage { most, others: i64::try_from(others).unwrap_or(i64::MAX) }
    }

    /// The gate's word on a request of a caller's, which may be for an order that stays here.
    #[inline]
    pub(super) fn judge_asked(
        &self,
        proposal: &Proposal,
        value: Option<Money>,
        now: Nanos,
    ) -> Verdict {
        self.judge(proposal, value, Self::left_out(&proposal.terms), now)
    }

    /// What is not asked of an order on these terms (bits).
    #[inline]
    pub(super) const fn left_out(terms: &Terms) -> u64 {
        if terms.has(OrderFlag::Parent) { OF_CHILDREN } else { 0 }
    }

    /// A child works and has executed so many lots more, and is new or not.
    pub(super) fn shift_children(&mut self, parent: Id, change: i128, new: bool) {
        let Ok(slot) = self.orders.resolve(parent) else { return };
        self.orders.update(slot, |parent| {
            parent.children = parent.children.wrapping_add(change);
            parent.child_count = parent.child_count.saturating_add(u32::from(new));
        });
    }

    /// A parent that has ended here asks to cancel its children, oldest first. O(live orders).
    pub(super) fn cancel_children(&mut self, slot: u32) {
        let Some(parent) = self.orders.get(slot) else { return };
        if !parent.is_parent() || !parent.is_terminal() {
            return;
        }
        let id = parent.id;
        let mut walk = self.orders.table().first_live();
        while let Some(slot) = walk {
            walk = self.orders.table().next(slot);
            let child = self.orders.get(slot).filter(|order| order.parent == id);
            if child.is_some_and(|child| child.may_cancel(0) == Ok(true)) {
                let request = self.next_own_id();
                self.cancel(slot, request);
                // What it was going on to may have ended with it.
                if walk.is_some_and(|next| self.orders.table().is_ended(next)) {
                    walk = self.orders.table().first_live();
                }
            }
        }
    }

    /// Whether a request for an order spends rate: one that stays here does not.
    pub(super) const fn is_sent(terms: &Terms) -> bool {
        !terms.has(OrderFlag::Parent)
    }
}
