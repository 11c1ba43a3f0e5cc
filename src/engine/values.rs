//! Values that limits in money look at: they follow orders, executions, positions and marks.
//!
//! They are counted of the symbols that a limit in money looks at, by itself, by its scope or by
//! its group. When that begins they are counted anew from the records, so that a limit that is set
//! in mid-session knows of all there is; executions are counted always.
#![forbid(unsafe_code)]

use core::ops::Range;

use super::Engine;
use crate::market::{Place, Symbol};
use crate::num::{Lots, TickLots, Ticks};
use crate::order::{Order, own_price};
use crate::position::Totals;
use crate::risk::{
    Basis, Gate, Proposal, Replaced, ScopeLimits, Step, Values, Word, Worth, market_price,
    only_reduces,
};
use crate::status::Side;
use crate::store::at;

/// What the limits of scopes look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Looks {
    /// Values: every symbol is counted.
    pub(super) values: bool,
    /// Leverage: positions are valued at the marks, with every price of theirs.
    pub(super) leverage: bool,
}

impl Looks {
    pub(super) const NONE: Self = Self { values: false, leverage: false };
}

/// An order's part of the values, tick-lots: without a request and with it.
struct Stake {
    old: TickLots,
    /// `None` when the price to value it at is not known.
    new: Option<TickLots>,
}

impl<'a> Engine<'a> {
    /// What the limits of scopes look at. O(scopes).
    pub(super) fn looked_at(&self) -> Looks {
        let any = |of: fn(&ScopeLimits) -> bool| self.scopes.iter().any(|(_, s)| of(&s.limits));
        let (values, leverage) =
            (any(ScopeLimits::count_values), any(ScopeLimits::limits_leverage));
        Looks { values, leverage }
    }

    /// Whether limits in money look at a symbol. O(1).
    pub(super) fn counts_values(&self, number: u32) -> bool {
        let Some(symbol) = self.symbols.get(number) else { return false };
        let grouped = self.exposure(number).worth.group != 0;
        grouped || self.looks.values || symbol.limits.controls.count_values()
    }

    /// What a symbol comes to, with these working orders. O(1).
    fn measure(&self, number: u32, worth: &Worth, session: u32) -> Values {
        let Some(symbol) = self.symbols.get(number) else { return Values::ZERO };
        worth.measure(&Basis {
            symbol,
            totals: self.positions.totals(number).unwrap_or(&Totals::EMPTY),
            den: self.account.den,
            session,
            marked: self.looks.leverage,
        })
    }

    /// What a symbol comes to. O(1).
    pub(super) fn measured(&self, number: u32) -> Values {
        self.measure(number, &self.exposure(number).worth, self.session)
    }

    /// Positions, marks or working orders of a symbol have changed: what counts it follows. O(1).
    #[inline]
    pub(super) fn follow_values(&mut self, number: u32) {
        if self.exposure(number).worth.is_counted {
            self.follow_counted(number);
        }
    }

    #[cold]
    #[inline(never)]
    fn follow_counted(&mut self, number: u32) {
        let session = self.session;
        if let Some(exposure) = self.symbols.beside_mut(number) {
            exposure.begin_session(session);
        }
        let new = self.measured(number);
        self.set_values(number, &new);
    }

    /// A symbol comes to this now.
    fn set_values(&mut self, number: u32, new: &Values) {
        let Some(exposure) = self.symbols.beside_mut(number) else { return };
        let old = core::mem::replace(&mut exposure.worth.values, *new);
        let group = exposure.worth.group;
        if let Some(scope) = self.scope_mut() {
            scope.values.shift(&old, new);
        }
        if let Some(exposure) = group.checked_sub(1).and_then(|n| self.symbols.beside_mut(n)) {
            exposure.group.shift(&old, new);
        }
    }

    /// The value of executions of a side went from `old` to `new`, tick-lots. O(1).
    #[inline(never)]
    pub(super) fn trade_value(&mut self, number: u32, side: Side, old: TickLots, new: TickLots) {
        let session = self.session;
        if let Some(exposure) = self.symbols.beside_mut(number) {
            exposure.begin_session(session);
            exposure.worth.trade(side, old, new);
        }
        self.follow_values(number);
    }

    /// What is worth of an order its partner is not worth already: of two that reduce one position
    /// only one will be executed in full.
    fn value_share(&self, order: &Order) -> TickLots {
        let rest = order.working_value().saturating_sub(self.shared_value(order));
        rest.max(0)
    }

    fn shared_value(&self, order: &Order) -> TickLots {
        if self.shared(order) == Lots::ZERO {
            return 0;
        }
        self.partner(order).map_or(0, Order::working_value)
    }

    /// An order is about to change: what it is counted with is noted.
    #[cold]
    #[inline(never)]
    pub(super) fn note_value(&mut self, slot: u32) {
        self.noted = self.orders.get(slot).map_or(0, |order| self.value_share(order));
    }

    /// An order of a symbol that is counted has changed, since its value was noted. O(1).
    #[cold]
    #[inline(never)]
    pub(super) fn follow_order(&mut self, slot: u32, number: u32) {
        let old = core::mem::take(&mut self.noted);
        self.value_order(slot);
        let Some(order) = self.orders.get(slot) else { return };
        let (side, new) = (order.side, self.value_share(order));
        if let Some(exposure) = self.symbols.beside_mut(number) {
            exposure.worth.shift(side, old, new);
        }
        self.follow_values(number);
    }

    /// An order that works and has no price to be valued at is valued at the market now.
    fn value_order(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        if order.value_price() != Ticks::ZERO || order.working() == Lots::ZERO {
            return;
        }
        let symbol = self.symbols.get(order.symbol);
        let price = symbol.and_then(|symbol| market_price(symbol, order.side));
        if let Some(order) = self.orders.touch(slot) {
            order.valued_at = price.unwrap_or_default();
        }
    }

    /// Values of these symbols are counted from the records, those of them that are to be. O(live
    /// orders + symbols).
    #[inline(never)]
    pub(super) fn recount_values(&mut self, which: Range<u32>) {
        for number in which.clone() {
            let (session, counts) = (self.session, self.counts_values(number));
            let Some(exposure) = self.symbols.beside_mut(number) else { continue };
            exposure.begin_session(session);
            exposure.worth.forget_orders();
            let counted = core::mem::replace(&mut exposure.worth.is_counted, counts);
            self.counted = self.counted.saturating_sub(u32::from(counted));
            self.counted = self.counted.saturating_add(u32::from(counts));
            self.set_values(number, &Values::ZERO);
        }
        if self.counted > 0 {
            self.recount_orders(&which);
        }
        for number in which {
            self.follow_values(number);
        }
    }

    fn recount_orders(&mut self, which: &Range<u32>) {
        let mut next = self.orders.table().first_live();
        while let Some(slot) = next {
            next = self.orders.table().next(slot);
            let number = self.orders.get(slot).map_or(u32::MAX, |order| order.symbol);
            if which.contains(&number) && self.exposure(number).worth.is_counted {
                self.value_order(slot);
            }
        }
        let mut next = self.orders.table().first_live();
        while let Some(slot) = next {
            next = self.orders.table().next(slot);
            let Some(order) = self.orders.get(slot) else { continue };
            let (number, side, value) = (order.symbol, order.side, self.counted_value(order));
            if let Some(exposure) = self.symbols.beside_mut(number).filter(|e| e.worth.is_counted)
                && which.contains(&number)
            {
                exposure.worth.shift(side, 0, value);
            }
        }
    }

    /// What an order adds to the values: of two partners that reduce one position the older adds
    /// what works, the younger what goes beyond that.
    pub(super) fn counted_value(&self, order: &Order) -> TickLots {
        let younger = self.partner(order).is_some_and(|partner| partner.number < order.number);
        if younger { self.value_share(order) } else { order.working_value() }
    }

    /// The limits of a scope were set. O(scopes); O(live orders + symbols) when limits in money, or
    /// of the leverage, begin to count or cease to.
    pub(super) fn look_at_limits(&mut self) {
        let looks = self.looked_at();
        if looks == self.looks {
            return;
        }
        self.looks = looks;
        let count = self.symbols.count();
        self.recount_values(0..count);
        for number in 0..count {
            self.refold_limits(number);
            self.reweigh(number);
        }
    }

    /// The limits of a symbol were set. O(1); O(live orders) when limits in money begin to count or
    /// cease to.
    pub(super) fn recount_if_needed(&mut self, number: u32) {
        if self.counts_values(number) == self.exposure(number).worth.is_counted {
            self.follow_values(number);
        } else {
            self.recount_values(number..number.saturating_add(1));
        }
    }

    /// A new session: nothing was traded yet. What a symbol has traded is told apart by the number
    /// of the session. O(scopes).
    pub(super) fn begin_trading_session(&mut self) {
        // No engine sees as many.
        self.session = self.session.wrapping_add(1).max(1);
        if let Some(scope) = self.scope_mut() {
            scope.values.begin_session();
        }
    }

    /// What the checks of values find of a proposal in a symbol that is counted, in the scope of
    /// this gate. O(1).
    #[cold]
    #[inline(never)]
    pub(super) fn judge_values(&self, gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) {
        if !gate.is_root() {
            judge_unknown(gate, proposal, word);
            return;
        }
        let (number, side) = (proposal.terms.symbol, proposal.terms.side);
        let Some(Place { symbol, beside }) = self.symbols.place(at(number)) else { return };
        let worth = &beside.worth;
        let stake = self.stake(symbol, proposal);
        // A check says what is to come.
        let begins = self.scope().is_some_and(|scope| scope.breaker.begins_session(gate.now));
        let session = if begins { self.session.wrapping_add(1) } else { self.session };
        let before = self.measure(number, worth, session);
        let after = stake.new.map(|new| {
            let mut worth = *worth;
            worth.shift(side, stake.old, new);
            self.measure(number, &worth, session)
        });
        let den = self.account.den;
        let step = Step { now: &before, then: after.as_ref(), den };
        word.look_at_symbol(0, &step, side, &symbol.limits.controls);
        let reduces = only_reduces(&gate.leaf, proposal);
        let equity = self.account.equity(self.realised_only()).ok();
        if let Some(scope) = self.scope() {
            let mut now = scope.values;
            if begins {
                now.begin_session();
            }
            let then = after.map(|after| now.shifted(&before, &after));
            let step = Step { now: &now, then: then.as_ref(), den };
            word.look_at_scope(0, &step, (side, reduces), &scope.limits, equity);
        }
        if let Some(group) = worth.group.checked_sub(1).and_then(|n| self.symbols.beside(n)) {
            let group = &group.group;
            let of = |worst| Values { worst, ..Values::ZERO };
            let (now, then) =
                (of(group.worst), after.map(|after| of(group.shifted(&before, &after))));
            let step = Step { now: &now, then: then.as_ref(), den };
            word.look_at_group(&step, reduces, group.max);
        }
    }

    /// The part that an order has of the values, and would have.
    fn stake(&self, symbol: &Symbol, proposal: &Proposal) -> Stake {
        let terms = &proposal.terms;
        let order = proposal.replaces.and_then(|old| self.orders.get(old.slot));
        let price = match order {
            // What has become an order at the market, or at its limit, keeps its trigger price.
            Some(order) if order.order_type != terms.order_type => {
                order.price_with(terms.price, order.stop_price)
            }
            Some(order) => order.price_with(terms.price, terms.stop_price),
            None => own_price(terms.price, terms.stop_price),
        };
        let price = match price {
            Ticks::ZERO => market_price(symbol, terms.side),
            price => Some(price),
        };
        let of = |qty: i64| match (price, Lots(qty.max(0))) {
            (_, Lots::ZERO) => Some(0),
            (price, qty) => price.map(|price| price.worth(qty)),
        };
        let shared = self.shared_stake(proposal);
        let beyond = |value: TickLots| value.saturating_sub(shared).max(0);
        match (proposal.replaces, order) {
            (Some(Replaced { cum, in_place, .. }), Some(order)) => {
                let kept = order.working_value();
                let rest = of(terms.qty.0.saturating_sub(cum.0));
                let new = if in_place { rest } else { rest.map(|rest| rest.max(kept)) };
                Stake { old: beyond(kept), new: new.map(beyond) }
            }
            _ => Stake { old: 0, new: of(terms.qty.0).map(beyond) },
        }
    }

    /// What its partner is worth, when that reduces the same position.
    fn shared_stake(&self, proposal: &Proposal) -> TickLots {
        if proposal.shared == Lots::ZERO {
            return 0;
        }
        let partner = match proposal.replaces.and_then(|old| self.orders.get(old.slot)) {
            Some(order) => self.partner(order),
            None => {
                let slot = self.orders.resolve(proposal.terms.linked).ok();
                slot.and_then(|slot| self.orders.get(slot))
            }
        };
        partner.map_or(0, Order::working_value)
    }
}

/// What the checks of values find in a scope below the root: what its orders and positions are
/// worth is not counted, so that no limit on it holds.
fn judge_unknown(gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) {
    let side = (proposal.terms.side, false);
    let step = Step { now: &Values::ZERO, then: None, den: 1 };
    word.look_at_scope(gate.number, &step, side, &gate.scope.limits, None);
}
