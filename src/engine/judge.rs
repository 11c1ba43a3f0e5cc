//! The gate's word on a request: of the root first, and of each scope down to the order's own.
#![forbid(unsafe_code)]

use super::Engine;
use crate::market::Limits;
use crate::num::{Money, Nanos};
use crate::order::Terms;
use crate::risk::{
    Exposure, Gate, Leaf, Proposal, Rates, Verdict, Word, evaluate, evaluate_hand, evaluate_rest,
};
use crate::status::{Cause, ConfigFlag, TradingState};
use crate::store::NIL;

impl<'a> Engine<'a> {
    /// The gate's word on a proposal, some checks (bits) left out. O(scopes of the path).
    #[inline(never)] // A frame of its own.
    pub(super) fn judge(
        &self,
        proposal: &Proposal,
        value: Option<Money>,
        left_out: u64,
        now: Nanos,
    ) -> Verdict {
        let Some(mut gate) = self.gate(&proposal.terms, now) else { return Verdict::CLOSED };
        let counted = gate.exposure.worth.is_counted;
        let (own, symbol) = (proposal.terms.scope, proposal.terms.symbol);
        let mut word = Word::new(left_out);
        evaluate(&gate, proposal, value, &mut word);
        if counted {
            self.judge_values(&gate, proposal, &mut word);
        }
        for number in self.levels_below(own, &mut word) {
            self.descend(&mut gate, (number, own, symbol));
            if word.knows_most() {
                evaluate_rest(&gate, proposal, &mut word);
            } else {
                evaluate(&gate, proposal, value, &mut word);
            }
            if counted {
                self.judge_values(&gate, proposal, &mut word);
            }
        }
        word.verdict()
    }

    /// The gate's word on a position that is opened by hand. O(scopes of the path).
    #[inline(never)] // As above.
    pub(super) fn judge_by_hand(&self, proposal: &Proposal) -> Verdict {
        let Some(mut gate) = self.gate(&proposal.terms, self.now) else { return Verdict::CLOSED };
        let (own, symbol) = (proposal.terms.scope, proposal.terms.symbol);
        let mut word = Word::new(0);
        evaluate_hand(&gate, proposal, &mut word);
        for number in self.levels_below(own, &mut word) {
            self.descend(&mut gate, (number, own, symbol));
            evaluate_hand(&gate, proposal, &mut word);
        }
        word.verdict()
    }

    /// The scopes from the root down to this one, without the root. One that there is not denies.
    fn levels_below(&self, own: u32, word: &mut Word) -> impl Iterator<Item = u32> + use<> {
        let known = own < self.scopes.count();
        if !known {
            word.unknown_scope(own);
        }
        self.path(if known { own } else { 0 }).below()
    }

    /// What the gate looks at in a scope below the one it looked at before.
    #[inline(never)] // Few orders have a scope of their own.
    fn descend<'g>(&'g self, gate: &mut Gate<'g, 'a>, (number, own, symbol): (u32, u32, u32)) {
        let Some(scope) = self.scopes.get(number) else { return };
        let book = self.books.find(number, symbol);
        let breaker = &scope.breaker;
        gate.limits = book.map_or(&Limits::OFF, |book| &book.limits);
        gate.exposure = book.map_or(&Exposure::EMPTY, |book| &book.exposure);
        gate.net_qty = book.map_or(0, |book| book.totals.net_qty());
        gate.scope = scope;
        gate.number = number;
        gate.is_own = number == own;
        gate.trading = scope.trading.max(gate.exposure.ward.trading);
        gate.rates = Rates::Below(self.scopes.times(number));
        gate.rates_begin =
            breaker.is_recovery_due(gate.now) && breaker.is_open_for(Cause::OrderRate);
        gate.rates_hold = scope.room.rates_hold(gate.now);
    }

    /// What the gate looks at in the root for an order of these terms.
    #[inline(always)] // It would be written to memory and read from there.
    fn gate(&self, terms: &Terms, now: Nanos) -> Option<Gate<'_, 'a>> {
        let scope = self.scope()?;
        let killed = self.kill.is_thrown();
        let monotonic = ConfigFlag::MonotonicIds.is_in(self.config.flags);
        let symbol = self.symbols.get(terms.symbol);
        let exposure = self.exposure(terms.symbol);
        let trading = scope.trading.max(exposure.ward.trading);
        Some(Gate {
            symbol,
            limits: symbol.map_or(&Limits::CLOSED, |symbol| &symbol.limits),
            exposure,
            net_qty: self.net_qty(terms.symbol),
            leaf: self.own_leaf(terms),
            scope,
            number: 0,
            is_own: terms.scope == 0,
            trading: if killed { TradingState::Killed } else { trading },
            rates: Rates::Root(&self.rates),
            sequences: &self.sequences,
            books: &self.books,
            rates_begin: scope.breaker.is_recovery_due(now)
                && scope.breaker.is_open_for(Cause::OrderRate),
            rates_hold: now > self.root.closed_through.min(self.root.full_through),
            last_client_id: monotonic.then_some(self.last_client_id),
            now,
        })
    }

    fn net_qty(&self, symbol: u32) -> i128 {
        self.positions.totals(symbol).map_or(0, |totals| totals.net_qty())
    }

    /// What the orders and the net position of the scope of an order of these terms come to.
    #[inline(never)] // Written in its place.
    pub(super) fn own_leaf(&self, terms: &Terms) -> Leaf {
        let exposure = self.exposure(terms.symbol);
        if terms.scope == 0 && exposure.below.books == NIL {
            Leaf { own: exposure.whole(), net_qty: self.net_qty(terms.symbol) }
        } else {
            self.leaf(terms.scope, terms.symbol)
        }
    }
}
