//! Values that limits in money look at: they follow orders, executions, positions and marks.
//!
//! They are counted of the symbols that a limit in money looks at, by itself, by its scope or by
//! its group. When that begins they are counted anew from the records, so that a limit that is set
//! in mid-session knows of all there is; executions are counted always.
#![forbid(unsafe_code)]

use core::ops::Range;

use super::Engine;
use crate::market::{Limits, Symbol};
use crate::num::{Lots, Money, OFF, Ratio, TickLots, Ticks};
use crate::order::{Order, own_price};
use crate::position::Totals;
use crate::risk::{
    Basis, Deal, Gate, Level, Proposal, Replaced, ScopeBook, ScopeLimits, Values, Word,
    market_price, may_reduce, only_reduces,
};
use crate::status::{BreakerFlag, Side};

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

    /// Whether limits in money look at a symbol. O(books of the symbol).
    pub(super) fn counts_values(&self, number: u32) -> bool {
        let Some(symbol) = self.symbols.get(number) else { return false };
        let exposure = self.exposure(number);
        let mut books = self.books.of_symbol(exposure.below.books);
        exposure.worth.group != 0
            || self.looks.values
            || symbol.limits.controls.count_values()
            || books.any(|book| book.limits.controls.count_values())
    }

    /// What the root, or the scope of a book, measures a symbol by in this session.
    fn basis<'b>(
        &'b self,
        symbol: &'b Symbol,
        level: (&'b Totals, Option<&ScopeBook>),
        session: u32,
    ) -> Basis<'b> {
        let (totals, book) = level;
        let margin = symbol.limits.controls.margin_ratio;
        // The larger one binds.
        let margin = book.map_or(margin, |book| margin.max(book.limits.controls.margin_ratio));
        let (den, marked) = (self.account.den, self.looks.leverage);
        Basis { symbol, totals, margin, den, session, marked }
    }

    /// What a symbol comes to. O(1).
    pub(super) fn measured(&self, number: u32) -> Values {
        let Some(symbol) = self.symbols.get(number) else { return Values::ZERO };
        let totals = self.positions.totals(number).unwrap_or(&Totals::EMPTY);
        self.exposure(number).worth.measure(&self.basis(symbol, (totals, None), self.session))
    }

    /// What a book comes to. O(1).
    pub(super) fn measured_book(&self, book: &ScopeBook) -> Values {
        let Some(symbol) = self.symbols.get(book.symbol) else { return Values::ZERO };
        let basis = self.basis(symbol, (&book.totals, Some(book)), self.session);
        book.exposure.worth.measure(&basis)
    }

    /// Marks or limits of a symbol have changed: what counts it follows. O(1), while limits in
    /// money look at it O(books of the symbol).
    #[inline]
    pub(super) fn follow_values(&mut self, number: u32) {
        if self.exposure(number).worth.is_counted {
            self.follow_counted(number);
        }
    }

    #[cold]
    #[inline(never)]
    fn follow_counted(&mut self, number: u32) {
        self.follow_root(number);
        let mut next = self.exposure(number).below.books;
        while let Some(book) = self.books.get(next) {
            let place = core::mem::replace(&mut next, book.next);
            self.follow_book(place);
        }
    }

    /// Positions or working orders that a scope has in a symbol have changed: what counts them
    /// follows. O(1).
    #[inline]
    pub(super) fn follow_values_of(&mut self, number: u32, scope: u32) {
        if self.exposure(number).worth.is_counted {
            self.follow_path(number, scope);
        }
    }

    #[cold]
    #[inline(never)]
    fn follow_path(&mut self, number: u32, scope: u32) {
        self.follow_root(number);
        for scope in self.path(scope).below() {
            if let Some(place) = self.books.place(scope, number) {
                self.follow_book(place);
            }
        }
    }

    fn follow_root(&mut self, number: u32) {
        self.measure_root(number);
        self.refold_values(number);
    }

    #[inline(never)] // What is measured lies in a frame that is given back.
    fn measure_root(&mut self, number: u32) {
        let session = self.session;
        if let Some(exposure) = self.symbols.beside_mut(number) {
            exposure.begin_session(session);
        }
        let new = self.measured(number);
        self.set_values(number, &new);
    }

    fn follow_book(&mut self, place: u32) {
        self.measure_book(place);
        self.refold_book_values(place);
    }

    #[inline(never)] // As above.
    fn measure_book(&mut self, place: u32) {
        let session = self.session;
        if let Some(book) = self.books.get_mut(place) {
            book.exposure.worth.begin(session);
        }
        let Some(book) = self.books.get(place) else { return };
        let new = self.measured_book(book);
        self.set_book_values(place, &new);
    }

    /// What is left by a book's limits in money, and by its scope's, follows.
    fn refold_book_values(&mut self, place: u32) {
        self.refold_book(place);
        self.refold_scope(self.books.get(place).map_or(0, |book| book.scope));
    }

    /// The same of a symbol, its group and the root.
    fn refold_values(&mut self, number: u32) {
        self.refold_group(self.exposure(number).worth.group);
        self.refold_rooms(number);
        self.refold_scope(0);
    }

    /// A book comes to this now; what is left does not follow yet.
    fn set_book_values(&mut self, place: u32, new: &Values) {
        let Some(book) = self.books.get_mut(place) else { return };
        let old = &mut book.exposure.worth.values;
        if let Some(scope) = self.scopes.get_mut(book.scope) {
            scope.values.shift(old, new);
        }
        *old = *new;
    }

    /// A symbol comes to this now, likewise.
    fn set_values(&mut self, number: u32, new: &Values) {
        let Some(exposure) = self.symbols.beside_mut(number) else { return };
        let (old, group) = (&mut exposure.worth.values, exposure.worth.group);
        if let Some(root) = self.scopes.first_mut() {
            root.values.shift(old, new);
        }
        let worst = old.worst;
        *old = *new;
        if let Some(exposure) = group.checked_sub(1).and_then(|n| self.symbols.beside_mut(n)) {
            exposure.group.shift(worst, new.worst);
        }
    }

    /// The value of executions of a side of a scope in a symbol went from `old` to `new`,
    /// tick-lots. O(1).
    #[inline(never)]
    pub(super) fn trade_value(
        &mut self,
        (number, scope): (u32, u32),
        side: Side,
        old: TickLots,
        new: TickLots,
    ) {
        let session = self.session;
        if let Some(exposure) = self.symbols.beside_mut(number) {
            exposure.begin_session(session);
            exposure.worth.trade(side, old, new);
        }
        for scope in self.path(scope).below() {
            if let Some(book) = self.books.find_mut(scope, number) {
                book.exposure.worth.begin(session);
                book.exposure.worth.trade(side, old, new);
            }
        }
        self.follow_values_of(number, scope);
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
        let (scope, side, new) = (order.scope, order.side, self.value_share(order));
        self.shift_working((number, scope, side), old, new);
        self.follow_values_of(number, scope);
    }

    /// The value of a working order of a scope went from `old` to `new`.
    fn shift_working(
        &mut self,
        (number, scope, side): (u32, u32, Side),
        old: TickLots,
        new: TickLots,
    ) {
        if let Some(exposure) = self.symbols.beside_mut(number) {
            exposure.worth.shift(side, old, new);
        }
        for scope in self.path(scope).below() {
            if let Some(book) = self.books.find_mut(scope, number) {
                book.exposure.worth.shift(side, old, new);
            }
        }
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
    /// orders + symbols + their books).
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
            self.refold_values(number);
            self.forget_books(number);
        }
        if self.counted > 0 {
            self.recount_orders(&which);
        }
        for number in which {
            self.follow_values(number);
        }
    }

    /// Nothing of the books of a symbol is counted.
    fn forget_books(&mut self, number: u32) {
        let session = self.session;
        let mut next = self.exposure(number).below.books;
        while let Some(book) = self.books.get_mut(next) {
            let place = core::mem::replace(&mut next, book.next);
            book.exposure.worth.begin(session);
            book.exposure.worth.forget_orders();
            self.set_book_values(place, &Values::ZERO);
            self.refold_book_values(place);
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
            let (number, value) = (order.symbol, self.counted_value(order));
            if which.contains(&number) && self.exposure(number).worth.is_counted {
                self.shift_working((number, order.scope, order.side), 0, value);
            }
        }
    }

    /// What an order adds to the values: of two partners that reduce one position the older adds
    /// what works, the younger what goes beyond that.
    pub(super) fn counted_value(&self, order: &Order) -> TickLots {
        let younger = self.partner(order).is_some_and(|partner| partner.number < order.number);
        if younger { self.value_share(order) } else { order.working_value() }
    }

    /// The limits of a scope were set. O(scopes); O(live orders + symbols + books) when limits in
    /// money, or of the leverage, begin to count or cease to.
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

    /// The limits of a symbol were set. O(books of the symbol); O(live orders) when limits in money
    /// begin to count or cease to.
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
        for number in 0..self.scopes.count() {
            if let Some(scope) = self.scopes.get_mut(number) {
                scope.values.begin_session();
            }
            self.refold_scope(number);
        }
    }

    /// What the checks of values find of a proposal in a symbol that is counted, in the scope of
    /// this gate. O(1).
    #[inline(always)] // The frame of one is given back before the other's.
    pub(super) fn judge_values(&self, gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) {
        let of = |limits: &Limits| limits.controls.margin_ratio;
        // As `basis` has it.
        let own = || gate.symbol.map_or(Ratio::ZERO, |symbol| of(&symbol.limits));
        let margin = || own().max(of(gate.limits));
        let limits = &gate.scope.limits;
        if !gate.is_root() && word.knows_values(limits, margin) && self.is_lent(proposal, limits) {
            return;
        }
        if self.judge_deal(gate, proposal, word).is_none() {
            self.judge_large(gate, proposal, word);
        }
    }

    /// Whether a limit on credit is none, or is of something: without a price of its own an order
    /// may have no value, and then no limit in money holds.
    #[inline]
    fn is_lent(&self, proposal: &Proposal, limits: &ScopeLimits) -> bool {
        let terms = &proposal.terms;
        limits.credit_max.0 == OFF || own_price(terms.price, terms.stop_price) != Ticks::ZERO
    }

    /// The same of a new order, where no number is large and nothing is to be shown; else `None`,
    /// and nothing is said.
    #[inline(never)] // As above.
    fn judge_deal(&self, gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) -> Option<()> {
        let terms = &proposal.terms;
        let new = proposal.replaces.is_none() && proposal.shared == Lots::ZERO;
        let price = own_price(terms.price, terms.stop_price);
        if !new || price == Ticks::ZERO || terms.qty <= Lots::ZERO {
            return None;
        }
        let (symbol, worth) = (gate.symbol?, &gate.exposure.worth);
        let basis = self.basis_at(symbol, gate);
        let group = worth.group.checked_sub(1).and_then(|n| self.symbols.beside(n));
        let deal = Deal {
            side: terms.side,
            value: price.0.checked_mul(terms.qty.0)?.checked_abs()?,
            worth,
            basis,
            controls: &gate.limits.controls,
            values: &gate.scope.values,
            limits: &gate.scope.limits,
            group: group.map(|exposure| &exposure.group),
            fails: gate.exposure.full.settled.fails(),
        };
        let begins = || self.scope().is_some_and(|root| root.breaker.begins_session(gate.now));
        let reduces = || may_reduce(&gate.leaf, proposal) && only_reduces(&gate.leaf, proposal);
        word.look_at_deal(&deal, begins, reduces).then_some(())
    }

    /// What the scope of a gate measures a symbol by.
    fn basis_at<'b>(&'b self, symbol: &'b Symbol, gate: &Gate<'b, '_>) -> Basis<'b> {
        self.basis(symbol, (gate.totals, gate.book), self.session)
    }

    /// As [`Engine::judge_values`], whatever the numbers.
    #[cold]
    #[inline(never)]
    fn judge_large(&self, gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) {
        let side = proposal.terms.side;
        let Some(symbol) = gate.symbol else { return };
        let (worth, den) = (&gate.exposure.worth, self.account.den);
        let stake = self.stake(symbol, proposal);
        let basis = self.basis_at(symbol, gate);
        let limits = &gate.scope.limits;
        let lends = limits.credit_max.0 != OFF;
        let change = stake.new.map(|new| worth.change(side, (stake.old, new), &basis, lends));
        // A check says what is to come.
        let begins = self.scope().is_some_and(|root| root.breaker.begins_session(gate.now));
        let mut level = Level {
            scope: gate.number,
            now: &worth.values,
            change: change.as_ref(),
            fresh: begins || !worth.is_of(self.session),
            den,
        };
        word.look_at_symbol(&level, side, &gate.limits.controls);
        (level.now, level.fresh) = (&gate.scope.values, begins);
        let reduces = only_reduces(&gate.leaf, proposal);
        let equity = self.levered_equity(gate.number);
        word.look_at_scope(&level, (side, reduces), limits, equity);
        // Groups are of the root: no book is in one.
        let group = worth.group.checked_sub(1).and_then(|n| self.symbols.beside(n));
        if let Some(group) = group.map(|exposure| &exposure.group).filter(|_| !reduces) {
            let worst = Values { worst: group.worst, ..Values::ZERO };
            word.look_at_group(&Level { now: &worst, ..level }, group.max);
        }
    }

    /// The equity that the leverage of a scope is of: its breaker's. `None` when it does not fit.
    pub(super) fn levered_equity(&self, scope: u32) -> Option<Money> {
        let account = self.account_of(scope)?;
        let breaker = &self.scopes.get(scope)?.breaker;
        account.equity(breaker.config().has(BreakerFlag::RealisedOnly)).ok()
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
