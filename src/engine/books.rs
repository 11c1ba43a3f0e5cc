//! What scopes below the root hold: their books follow orders and positions, their accounts deals
//! and prices.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Sums;
use crate::market::Symbol;
use crate::num::{Lots, Money, Ticks};
use crate::position::{Account, Realised, Totals};
use crate::risk::{BookView, Values, recounted};
use crate::status::{BreakerFlag, Side, Status};
use crate::store::NIL;

impl Engine<'_> {
    /// What a scope, and those in it, have in a symbol. O(1).
    ///
    /// # Errors
    /// `Scope`, `Symbol`; `Unknown` while the scope has no book of it.
    pub fn book_get(&self, scope: u32, number: u32) -> Result<BookView, Status> {
        self.check_scope(scope)?;
        let symbol = self.symbols.get(number).ok_or(Status::Symbol)?;
        let counted = self.exposure(number).worth.is_counted;
        let (exposure, totals, located) = if scope == 0 {
            let totals = self.positions.totals(number).ok_or(Status::Symbol)?;
            (self.exposure(number), totals, symbol.conditions.located)
        } else {
            let book = self.books.find(scope, number).ok_or(Status::Unknown)?;
            (&book.exposure, &book.totals, book.located)
        };
        let values = if counted { exposure.worth.present(self.session) } else { Values::ZERO };
        let view = BookView::new(exposure, totals, &values, self.account.den);
        Ok(BookView { scope, symbol: number, located, counted: u32::from(counted), ..view })
    }

    /// Whether there is room for the books that an order or a position of this scope needs, each
    /// with the slot of its net position, and when it opens one for that position besides.
    pub(super) fn has_book_room(&self, scope: u32, symbol: u32, opens: bool) -> bool {
        let missing = if scope == 0 { 0 } else { self.books.missing(self.path(scope), symbol) };
        self.has_slots(missing, opens)
    }

    /// Whether there is room for so many books, each with the slot of its net position, and for a
    /// position besides or not.
    #[inline]
    pub(super) fn has_slots(&self, books: u32, opens: bool) -> bool {
        let slots = books.saturating_add(u32::from(opens));
        let left = || self.books.capacity().saturating_sub(self.books.count());
        slots == 0 || (books <= left() && self.positions.has_room_for(slots))
    }

    /// Makes the books that are not there, for which there is room. O(books of the symbol).
    pub(super) fn make_books(&mut self, scope: u32, symbol: u32) {
        let mut made = false;
        let mut above = NIL;
        for number in self.path(scope).below() {
            let place = (number, above);
            if let Some(found) = self.books.place(number, symbol) {
                above = found;
                continue;
            }
            above = self.books.count();
            let first = self.exposure(symbol).below.books;
            let Some(first) = self.books.make(place, symbol, first) else { return };
            if let Some(exposure) = self.symbols.beside_mut(symbol) {
                exposure.below.books = first;
            }
            // Each owns the slot of its net position.
            self.positions.own_slot();
            made = true;
        }
        if made {
            // From here on every quote is looked at, and every order judged.
            self.settle();
            self.reweigh(symbol);
            self.refold_limits(symbol);
        }
    }

    /// An order of a scope below the root has reserved something else: `before` and `after`.
    pub(super) fn shift_books(
        &mut self,
        (scope, symbol, side): (u32, u32, Side),
        before: (Lots, bool),
        after: (Lots, bool),
    ) {
        let change = i128::from(after.0.0).wrapping_sub(i128::from(before.0.0));
        for number in self.path(scope).below() {
            let Some(book) = self.books.find_mut(number, symbol) else { continue };
            book.exposure.shift(side, before.0, after.0);
            book.exposure.recount(side, before.1, after.1);
            if number == scope {
                let sum = book.own.of_mut(side);
                *sum = sum.wrapping_add(change);
                book.own.orders = recounted(book.own.orders, before.1, after.1);
            }
        }
        if let Some(exposure) = self.symbols.beside_mut(symbol) {
            let sum = exposure.below.own.of_mut(side);
            *sum = sum.wrapping_add(change);
            exposure.below.own.orders = recounted(exposure.below.own.orders, before.1, after.1);
        }
    }

    /// An order of a scope below the root holds room for a position, or gives it back.
    pub(super) fn hold_in_book(&mut self, scope: u32, symbol: u32, hold: bool) {
        if let Some(book) = self.books.find_mut(scope, symbol) {
            book.own.opening = recounted(book.own.opening, !hold, hold);
        }
    }

    /// A position was opened, or opened again.
    pub(super) fn note_opened(&mut self, slot: u32) {
        let Some(position) = self.positions.get(slot) else { return };
        let (scope, symbol, net) = (position.scope, position.symbol, position.net);
        self.count_positions(scope, false, true);
        if let Some(book) = self.books.find_mut(scope, symbol) {
            book.own.open = book.own.open.saturating_add(1);
            if net {
                book.totals.net = slot;
            }
        }
        self.flatten_settled(slot);
    }

    fn count_positions(&mut self, scope: u32, was: bool, is: bool) {
        for number in self.path(scope).below() {
            if let Some(scope) = self.scopes.get_mut(number) {
                scope.positions = recounted(scope.positions, was, is);
            }
        }
    }

    /// A position was closed.
    pub(super) fn note_closed(&mut self, slot: u32) {
        let Some(position) = self.positions.get(slot) else { return };
        let (scope, symbol, net) = (position.scope, position.symbol, position.net);
        self.count_positions(scope, true, false);
        self.note_freed(scope, symbol);
        if let Some(book) = self.books.find_mut(scope, symbol) {
            book.own.open = book.own.open.saturating_sub(1);
            if net {
                book.totals.net = NIL;
            }
        }
    }

    /// What the books of a symbol claim of their own follows the book of this scope.
    pub(super) fn recount_book(&mut self, scope: u32, symbol: u32) {
        let hedged = self.is_hedged(symbol);
        let Some(book) = self.books.find_mut(scope, symbol) else { return };
        let own = &mut book.own;
        let new = if hedged {
            own.open.saturating_add(own.opening)
        } else {
            u32::from(own.orders > 0 || own.open > 0)
        };
        let old = core::mem::replace(&mut own.claims, new);
        if old == new {
            return;
        }
        let follow = |count: &mut u32| *count = count.saturating_sub(old).saturating_add(new);
        for number in self.path(scope).below() {
            if let Some(book) = self.books.find_mut(number, symbol) {
                follow(&mut book.exposure.claims);
            }
            if let Some(scope) = self.scopes.get_mut(number) {
                follow(&mut scope.claims);
            }
        }
        if let Some(exposure) = self.symbols.beside_mut(symbol) {
            follow(&mut exposure.below.own.claims);
        }
    }

    /// Sums are about to be written: the books and accounts of the scopes below the root change by
    /// as much.
    #[inline(never)]
    pub(super) fn write_books(&mut self, sums: &Sums) {
        let Some(old) = self.positions.totals(sums.symbol) else { return };
        let new = &sums.totals;
        let change = Totals {
            long_qty: Lots(new.long_qty.0.wrapping_sub(old.long_qty.0)),
            long_cost: new.long_cost.wrapping_sub(old.long_cost),
            short_qty: Lots(new.short_qty.0.wrapping_sub(old.short_qty.0)),
            short_cost: new.short_cost.wrapping_sub(old.short_cost),
            realised: new.realised.wrapping_sub(old.realised),
            commission: Money(new.commission.0.wrapping_sub(old.commission.0)),
            ..Totals::EMPTY
        };
        let [realised, unrealised, commission] = sums.beyond(&self.account);
        for number in self.path(sums.scope).below() {
            if let Some(book) = self.books.find_mut(number, sums.symbol) {
                book.totals.add(&change);
            }
            if let Some(scope) = self.scopes.get_mut(number) {
                let account = &mut scope.account;
                account.realised = account.realised.wrapping_add(realised);
                account.unrealised = account.unrealised.wrapping_add(unrealised);
                account.commission = account.commission.wrapping_add(commission);
            }
        }
    }

    /// New marks of a symbol: the accounts of the scopes that hold it follow. O(books of it).
    pub(super) fn revalue_books(&mut self, number: u32, new: (Ticks, Ticks)) {
        let mut next = self.exposure(number).below.books;
        let Some(symbol) = self.symbols.get(number) else { return };
        let (old, scale) = (symbol.marks(), i128::from(symbol.scale));
        while let Some(book) = self.books.get(next) {
            next = book.next;
            let gain = |marks| book.totals.unrealised(marks).unwrap_or_default();
            let change = gain(Some(new)).wrapping_sub(gain(old)).wrapping_mul(scale);
            if let Some(scope) = self.scopes.get_mut(book.scope) {
                scope.account.unrealised = scope.account.unrealised.wrapping_add(change);
            }
        }
    }

    /// The breakers of the scopes that hold a symbol look at their equity.
    pub(super) fn check_books(&mut self, number: u32) {
        let mut next = self.exposure(number).below.books;
        while let Some(book) = self.books.get(next) {
            next = book.next;
            let (scope, open) = (book.scope, book.is_open());
            if open {
                self.check_equity_in(scope);
            }
        }
    }

    /// The equity of the root and of the scopes down to this one has changed: their breakers look
    /// at it.
    #[inline(never)] // What tripped is not part of its callers' frames.
    pub(super) fn check_equity_of(&mut self, scope: u32) {
        self.check_equity();
        for number in self.path(scope).below() {
            self.check_equity_in(number);
        }
    }

    fn check_equity_in(&mut self, number: u32) {
        let now = self.now;
        let Some(scope) = self.scopes.get_mut(number) else { return };
        let realised_only = scope.breaker.config().has(BreakerFlag::RealisedOnly);
        let Ok(equity) = scope.account.equity(realised_only) else { return };
        let trip = scope.breaker.set_equity(now, equity);
        self.note_trip_of(number, trip);
        self.warn_breaker(number);
        self.refold_levered(number);
    }

    /// A position that was closed counts in its scope and all that this one lies in.
    pub(super) fn count_closed(&mut self, scope: u32, won: &Realised, held: u64) {
        self.account.count_closed(won, held);
        for number in self.path(scope).below() {
            if let Some(scope) = self.scopes.get_mut(number) {
                scope.account.count_closed(won, held);
            }
        }
    }

    /// It is open again, or counts otherwise.
    pub(super) fn uncount_closed(&mut self, scope: u32, won: &Realised, held: u64) {
        self.account.uncount_closed(won, held);
        for number in self.path(scope).below() {
            if let Some(scope) = self.scopes.get_mut(number) {
                scope.account.uncount_closed(won, held);
            }
        }
    }

    /// Whether a closed position may be opened again.
    pub(super) fn may_reopen(&self, slot: u32) -> bool {
        let Some(position) = self.positions.get(slot) else { return false };
        if position.net && position.scope != 0 {
            let book = self.books.find(position.scope, position.symbol);
            return book.is_some_and(|book| book.totals.net == NIL);
        }
        self.positions.may_reopen(slot)
    }

    /// The account of a scope.
    pub(super) fn account_of(&self, scope: u32) -> Option<&Account> {
        if scope == 0 { Some(&self.account) } else { self.scopes.get(scope).map(|s| &s.account) }
    }

    /// The accounts of the scopes below the root in a finer common unit: that they fit.
    pub(super) fn check_units(&self, den: i64) -> Result<(), Status> {
        for (_, scope) in self.scopes.iter().skip(1) {
            scope.account.in_unit(den)?;
        }
        Ok(())
    }

    /// The same, done.
    pub(super) fn take_units(&mut self, den: i64) {
        for number in 1..self.scopes.count() {
            if let Some(scope) = self.scopes.get_mut(number)
                && let Ok(account) = scope.account.in_unit(den)
            {
                scope.account = account;
            }
        }
    }

    /// The symbol of a book, as its scope sees it: what is open at the present marks, exact.
    pub(super) fn book_gain(symbol: &Symbol, totals: &Totals) -> i128 {
        let gain = totals.unrealised(symbol.marks()).unwrap_or_default();
        gain.wrapping_mul(i128::from(symbol.scale))
    }
}
