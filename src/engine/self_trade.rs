//! SELF_TRADE: what happens to own resting orders that an order would meet.
#![forbid(unsafe_code)]

use super::Engine;
use super::found::Found;
use crate::event::Event;
use crate::num::{Lots, Ticks};
use crate::order::{Order, Terms};
use crate::risk::{Meeting, Proposal, Taker, Verdict, bit};
use crate::status::{Check, EventKind, OrderFact, SelfTrade};

impl Engine<'_> {
    /// What is done in a symbol.
    pub(super) fn self_trade(&self, symbol: u32) -> SelfTrade {
        self.symbols.get(symbol).map_or(SelfTrade::Off, |s| s.limits.controls.self_trade)
    }

    /// The resting orders that an order on these terms would meet; `None` for none, and where
    /// nobody looks. O(log orders) and O(1) for each, at most `work_per_call`.
    pub(super) fn meeting(&self, terms: &Terms) -> Option<Meeting> {
        let looks = self.exposure(terms.symbol).heavy && Self::is_sent(terms);
        if looks && self.self_trade(terms.symbol) != SelfTrade::Off {
            return self.meeting_of(terms);
        }
        None
    }

    #[cold]
    #[inline(never)] // Few symbols look.
    fn meeting_of(&self, terms: &Terms) -> Option<Meeting> {
        if self.self_trade(terms.symbol) == SelfTrade::RejectNew {
            return self.meeting_best(terms);
        }
        let (taker, most) = (Taker::of(terms)?, self.config.work_per_call);
        let mut meeting: Option<Meeting> = None;
        for (slot, price) in self.sequences.resting.of(terms.symbol, taker.meets()) {
            if !taker.crosses(price) {
                break;
            }
            let met = meeting.get_or_insert(Meeting::new(price, most));
            if met.is_too_many() {
                break;
            }
            let order = self.orders.get(slot);
            met.add(order.filter(|order| !order.is(OrderFact::CancelInflight)).map(Order::working));
        }
        meeting
    }

    /// Makes way for an order that would meet these: what is met, up to so many lots, is cancelled,
    /// or made smaller where something is left of it. O(log orders + log triggers) for each, at
    /// most `work_per_call`.
    #[inline(never)] // As above.
    pub(super) fn make_way(&mut self, taker: Option<Taker>, lots: i64) {
        let Some(taker) = taker else { return };
        let (symbol, side) = (taker.symbol, taker.meets());
        let (mut next, mut left) = (self.sequences.resting.first(symbol, side), lots);
        for _ in 0..self.config.work_per_call {
            let Some((slot, price)) = next.filter(|_| left > 0) else { return };
            if !taker.crosses(price) {
                return;
            }
            let after = self.sequences.resting.after(slot, side);
            left = left.saturating_sub(self.give_way(slot, price, left));
            // What was to come next may have ended with it.
            let rests = after.is_none_or(|(slot, _)| self.sequences.resting.has(slot));
            next = if rests { after } else { self.sequences.resting.first(symbol, side) };
        }
    }

    /// An order gives way by so many lots at most; by how many. None when it is being cancelled.
    fn give_way(&mut self, slot: u32, price: Ticks, most: i64) -> i64 {
        let Some(order) = self.orders.get(slot) else { return 0 };
        if order.is(OrderFact::CancelInflight) {
            return 0;
        }
        let (works, shrinks) = (order.working().0, order.may_be_reduced());
        let lots = works.min(most);
        let mode = self.self_trade(order.symbol);
        let event = Event {
            code: u32::from(mode.raw()),
            qty: Lots(lots),
            price,
            ..Self::order_event(EventKind::SelfTrade, order)
        };
        self.emit(event);
        let own = self.next_own_id();
        if lots < works && shrinks {
            let now = self.now;
            self.change_order(slot, |order| order.reduce(Lots(lots), own, now));
        } else {
            self.withdraw(slot, own);
            self.settle_order(slot);
            self.report_flat();
        }
        lots
    }

    /// What a new order would meet; with DECREMENT what that takes is taken off.
    #[inline(always)] // Of a few loads.
    pub(super) fn meet_own(&self, found: &Found<'_>, proposal: &mut Proposal) {
        let looks = found.exposure.heavy && Self::is_sent(&proposal.terms);
        if !looks || found.self_trade() == SelfTrade::Off {
            return;
        }
        if found.self_trade() == SelfTrade::RejectNew {
            proposal.meeting = self.meeting_best(&proposal.terms);
        } else {
            self.meet_all(found.self_trade(), proposal);
        }
    }

    /// The same where some make way.
    #[inline(never)] // Few symbols do.
    fn meet_all(&self, mode: SelfTrade, proposal: &mut Proposal) {
        proposal.meeting = self.meeting_of(&proposal.terms);
        if let Some(met) = proposal.meeting.filter(|_| mode == SelfTrade::Decrement) {
            proposal.terms.qty = met.remainder(proposal.uncut);
        }
    }

    /// The best one among the resting orders that an order would meet: one is enough where none
    /// makes way.
    #[inline(always)] // Of a few loads.
    fn meeting_best(&self, terms: &Terms) -> Option<Meeting> {
        let taker = Taker::of(terms)?;
        let (_, best) = self.sequences.resting.first(terms.symbol, taker.meets())?;
        taker.crosses(best).then_some(Meeting::new(best, self.config.work_per_call))
    }

    /// An order passed: what it would meet makes way.
    #[inline]
    pub(super) fn clear_way(&mut self, proposal: &Proposal) {
        if proposal.meeting.is_some() {
            self.make_way(Taker::of(&proposal.terms), i64::MAX);
        }
    }

    /// A new order was denied: because of the resting ones that it would meet, and nothing else,
    /// with CANCEL_BOTH and DECREMENT it takes them along. When they are too many it does not.
    pub(super) fn end_both(&mut self, proposal: &Proposal, verdict: &Verdict) {
        let (terms, alone) = (&proposal.terms, verdict.mask == bit(Check::SelfTrade));
        let Some(met) = proposal.meeting.filter(|_| alone) else { return };
        let lots = match self.self_trade(terms.symbol) {
            SelfTrade::CancelBoth => i64::MAX,
            SelfTrade::Decrement => terms.qty.0,
            SelfTrade::Off | SelfTrade::RejectNew | SelfTrade::CancelOld => return,
        };
        if !met.is_too_many() {
            self.make_way(Taker::of(terms), lots);
        }
    }

    /// A held order is about to be released: with CANCEL_OLD what it would meet makes way.
    #[inline]
    pub(super) fn make_way_for(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        if self.exposure(order.symbol).heavy
            && self.self_trade(order.symbol) == SelfTrade::CancelOld
        {
            let order_type = order.order_type.triggered();
            let taker = Taker::new(order.symbol, order.side, order_type, order.price);
            self.make_way(taker, i64::MAX);
        }
    }

    /// An order of this symbol has changed. O(1), O(log orders) where somebody looks at what rests.
    #[inline]
    pub(super) fn follow_resting(&mut self, slot: u32, symbol: u32) {
        if self.exposure(symbol).heavy {
            self.file_resting(slot);
        }
    }

    #[inline(never)] // Few symbols look.
    fn file_resting(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        if self.self_trade(order.symbol) != SelfTrade::Off {
            self.sequences.resting.file(slot, order);
        }
    }

    /// A held order was released as it stood. O(log orders).
    #[inline]
    pub(super) fn file_released(&mut self, slot: u32) {
        let symbol = self.orders.get(slot).map_or(u32::MAX, |order| order.symbol);
        self.follow_resting(slot, symbol);
        self.refold_rooms(symbol);
    }

    /// The mode of a symbol has changed: what rests is known while somebody looks. O(orders) when
    /// it is switched on, O(orders of the symbol) when it is switched off.
    pub(super) fn follow_self_trade(&mut self, symbol: u32, old: SelfTrade) {
        let new = self.self_trade(symbol);
        if new == SelfTrade::Off {
            self.sequences.resting.clear(symbol);
        } else if old == SelfTrade::Off {
            for (slot, order) in self.orders.table().iter() {
                if order.symbol == symbol {
                    self.sequences.resting.file(slot, order);
                }
            }
        }
    }
}
