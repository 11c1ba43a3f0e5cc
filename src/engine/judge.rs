//! The gate's word on a request: of the root first, and of each scope down to the order's own.
#![forbid(unsafe_code)]

use super::Engine;
use super::found::Found;
use crate::market::Limits;
use crate::num::{Money, Nanos};
use crate::position::Totals;
use crate::risk::{
    Exposure, Gate, Proposal, Rates, Scope, ScopeBook, Verdict, Word, evaluate, evaluate_hand,
    is_known_below,
};
use crate::status::{Cause, ConfigFlag, TradingState};

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
        let found = self.found(proposal.terms.symbol, proposal.terms.scope);
        let mut word = Word::new();
        word.leave_out(left_out);
        match self.gate(&found, now) {
            Some(mut gate) => self.judge_by(&mut gate, &found, proposal, value, &mut word),
            None => word.unknown_scope(0),
        }
        word.verdict()
    }

    /// The same, by this gate of the root.
    #[inline(always)] // In a frame that is there.
    pub(super) fn judge_by<'g>(
        &'g self,
        gate: &mut Gate<'g, 'a>,
        found: &Found<'g>,
        proposal: &Proposal,
        value: Option<Money>,
        word: &mut Word,
    ) {
        let usual = self.judge_level(gate, found, proposal, value, word);
        if found.scope == 0 {
            return;
        }
        let Some(own) = self.scopes.get(found.scope) else {
            return word.unknown_scope(found.scope);
        };
        if own.parent != 0 {
            self.judge_between(gate, found, own, proposal, value, word);
        }
        if let Some(book) = found.book
            && usual
            && is_known_below(gate, (own, book), proposal, word)
        {
            return;
        }
        self.descend(gate, found.scope, (own, found.book), true);
        self.judge_level(gate, found, proposal, value, word);
    }

    /// The same of the scopes between the root and the order's own one.
    #[cold]
    #[inline(never)] // Most scopes lie in the root.
    fn judge_between<'g>(
        &'g self,
        gate: &mut Gate<'g, 'a>,
        found: &Found<'g>,
        own: &Scope,
        proposal: &Proposal,
        value: Option<Money>,
        word: &mut Word,
    ) {
        for number in own.path.below().filter(|&number| number != found.scope) {
            let Some(scope) = self.scopes.get(number) else { return };
            let book = self.books.find(number, proposal.terms.symbol);
            self.descend(gate, number, (scope, book), false);
            self.judge_level(gate, found, proposal, value, word);
        }
    }

    /// The same of the one scope that the gate looks at; whether it is a usual order that is worth
    /// something.
    #[inline(always)] // In a frame that is there.
    fn judge_level(
        &self,
        gate: &Gate<'_, 'a>,
        found: &Found<'_>,
        proposal: &Proposal,
        value: Option<Money>,
        word: &mut Word,
    ) -> bool {
        let usual = evaluate(gate, proposal, value, word);
        if found.exposure.worth.is_counted {
            self.judge_values(gate, proposal, word);
        }
        usual
    }

    /// The gate's word on a position that is opened by hand. O(scopes of the path).
    #[inline(never)] // As above.
    pub(super) fn judge_by_hand(&self, proposal: &Proposal) -> Verdict {
        let (symbol, scope) = (proposal.terms.symbol, proposal.terms.scope);
        let found = &self.found(symbol, scope);
        let Some(mut gate) = self.gate(found, self.now) else { return Verdict::CLOSED };
        let mut word = Word::new();
        evaluate_hand(&gate, proposal, &mut word);
        if scope == 0 {
            return word.verdict();
        }
        let Some(own) = self.scopes.get(scope) else {
            word.unknown_scope(scope);
            return word.verdict();
        };
        for number in own.path.below() {
            let Some(scope) = self.scopes.get(number) else { break };
            let level = (scope, self.books.find(number, symbol));
            self.descend(&mut gate, number, level, number == found.scope);
            evaluate_hand(&gate, proposal, &mut word);
        }
        word.verdict()
    }

    /// What the gate looks at in a scope below the one it looked at before.
    #[inline(always)] // Of a few stores.
    fn descend<'g>(
        &'g self,
        gate: &mut Gate<'g, 'a>,
        number: u32,
        (scope, book): (&'g Scope, Option<&'g ScopeBook>),
        is_own: bool,
    ) {
        let breaker = &scope.breaker;
        gate.limits = book.map_or(&Limits::OFF, |book| &book.limits);
        gate.exposure = book.map_or(&Exposure::EMPTY, |book| &book.exposure);
        gate.totals = book.map_or(&Totals::EMPTY, |book| &book.totals);
        gate.net_qty = book.map_or(0, |book| book.totals.net_lots());
        gate.book = book;
        gate.scope = scope;
        gate.number = number;
        gate.is_own = is_own;
        gate.trading = scope.trading.max(gate.exposure.ward.trading);
        gate.rates = Rates::Below(&self.scopes);
        gate.rates_begin =
            breaker.is_recovery_due(gate.now) && breaker.is_open_for(Cause::OrderRate);
        gate.rates_hold = scope.room.rates_hold(gate.now);
    }

    /// What the gate looks at in the root for an order of this symbol and scope.
    #[inline(always)] // It would be written to memory and read from there.
    pub(super) fn gate<'g>(&'g self, found: &Found<'g>, now: Nanos) -> Option<Gate<'g, 'a>> {
        let scope = self.scope()?;
        let killed = self.kill.is_thrown();
        let monotonic = ConfigFlag::MonotonicIds.is_in(self.config.flags);
        let Found { symbol, exposure, totals, .. } = *found;
        let trading = scope.trading.max(exposure.ward.trading);
        Some(Gate {
            symbol,
            limits: symbol.map_or(&Limits::CLOSED, |symbol| &symbol.limits),
            exposure,
            totals,
            net_qty: totals.net_lots(),
            leaf: self.leaf(found),
            scope,
            number: 0,
            is_own: found.scope == 0,
            trading: if killed { TradingState::Killed } else { trading },
            rates: Rates::Root(&self.rates),
            sequences: &self.sequences,
            books: &self.books,
            book: None,
            rates_begin: scope.breaker.is_recovery_due(now)
                && scope.breaker.is_open_for(Cause::OrderRate),
            rates_hold: now > self.root.closed_through.min(self.root.full_through),
            last_client_id: monotonic.then_some(self.last_client_id),
            now,
        })
    }
}
