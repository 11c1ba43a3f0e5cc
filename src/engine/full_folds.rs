//! What the whole gate comes to for one more LIMIT order follows what it is derived from: at each
//! level, the symbol and the books of the scopes below the root in it, and in each scope.
//!
//! As [`super::folds`], for the symbols that are judged by more than plain ranges know of.
#![forbid(unsafe_code)]

use super::Engine;
use crate::market::Controls;
use crate::num::{Nanos, Ticks};
use crate::position::Totals;
use crate::risk::{
    Bounds, Full, Rooms, ScopeBook, ScopeLimits, ScopeRoom, Settled, SymbolRates, Tier, Worthy,
    money_of_group,
};
use crate::status::{Side, TradingState};
use crate::store::NIL;

/// When what is left of limits follows what it is derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folding {
    /// With every change.
    AtOnce,
    /// Once, with [`Engine::refold_waiting`]: nothing has asked for it yet.
    Waits,
    /// Likewise; a scope has asked.
    Asked,
}

impl Engine<'_> {
    /// The limits of a symbol, of a book of it or of a scope were set, or what was said of the
    /// symbol has changed: the bounds and what is left follow. O(books of the symbol).
    pub(super) fn refold_full(&mut self, number: u32) {
        let ask = self.symbols.get(number).map_or(Ticks::ZERO, |symbol| symbol.market.ask);
        let full = self.full_of(number, ask);
        let Some(exposure) = self.symbols.beside_mut(number) else { return };
        exposure.full = full;
        let mut next = exposure.below.books;
        // Books of scopes that lie in others come after those: see `ScopeBook::next`.
        while let Some(full) = self.books.get(next).map(|book| self.full_of_book(book, ask)) {
            let Some(book) = self.books.get_mut(next) else { return };
            book.exposure.full = full;
            next = book.next;
        }
    }

    /// A quote has come: the grids follow it into another band. O(1), then O(books of the symbol).
    #[inline]
    pub(super) fn follow_grid(&mut self, number: u32, ask: Ticks) {
        if !self.exposure(number).full.grid.covers(ask) {
            self.refold_full(number);
        }
    }

    /// The same of every symbol. O(symbols + books).
    pub(super) fn refold_all(&mut self) {
        for number in 0..self.symbols.count() {
            self.refold_full(number);
        }
    }

    /// What is reserved, open or counted in a symbol has changed: what is left of it follows. O(1).
    #[inline]
    pub(super) fn refold_rooms(&mut self, number: u32) {
        if self.exposure(number).heavy && self.folds == Folding::AtOnce {
            self.refold_heavy(number);
        }
    }

    /// What is left of a symbol, of the books in it on the way down to a scope, and of these
    /// scopes, follows only with [`Engine::refold_waiting`]: until then nothing else changes, and
    /// nobody asks.
    pub(super) fn let_folds_wait(&mut self) {
        self.folds = Folding::Waits;
    }

    /// They follow now.
    pub(super) fn refold_waiting(&mut self, symbol: u32, scope: u32) {
        let asked = core::mem::replace(&mut self.folds, Folding::AtOnce) == Folding::Asked;
        self.refold_rooms(symbol);
        if asked {
            self.refold_scopes(symbol, scope);
        } else {
            self.refold_path(symbol, scope);
        }
    }

    /// Whether what was asked for waits.
    #[inline]
    fn fold_waits(&mut self) -> bool {
        let waits = self.folds != Folding::AtOnce;
        if waits {
            self.folds = Folding::Asked;
        }
        waits
    }

    #[inline(never)] // Few symbols are.
    fn refold_heavy(&mut self, number: u32) {
        let rooms = self.rooms_of(number, &self.exposure(number).full.bounds);
        if let Some(exposure) = self.symbols.beside_mut(number) {
            exposure.full.rooms = rooms;
        }
    }

    /// The same in the books on the way down to a scope, and what these scopes leave. O(1).
    #[inline]
    pub(super) fn refold_path(&mut self, symbol: u32, scope: u32) {
        if scope != 0 || self.exposure(symbol).heavy {
            self.refold_scopes(symbol, scope);
        }
    }

    #[inline(never)] // As above.
    fn refold_scopes(&mut self, symbol: u32, scope: u32) {
        if self.fold_waits() {
            return;
        }
        self.refold_scope(0);
        for number in self.path(scope).below() {
            self.refold_book(self.books.place(number, symbol).unwrap_or(NIL));
            self.refold_scope(number);
        }
    }

    /// What is left of a book follows. O(1).
    pub(super) fn refold_book(&mut self, place: u32) {
        if self.fold_waits() {
            return;
        }
        let rooms = |book: &ScopeBook| self.rooms_of_book(book, &book.exposure.full.bounds);
        if let Some(rooms) = self.books.get(place).map(rooms)
            && let Some(book) = self.books.get_mut(place)
        {
            book.exposure.full.rooms = rooms;
        }
    }

    /// What a scope leaves follows what it counts, its limits, its breaker and the time. O(1).
    #[inline(never)]
    pub(super) fn refold_scope(&mut self, number: u32) {
        if self.fold_waits() {
            return;
        }
        let now = self.now;
        let Some(room) = self.room_of_scope(number, now) else { return };
        if number == 0 {
            self.root_room = room;
        } else if let Some(scope) = self.scopes.get_mut(number) {
            scope.room = room;
        }
    }

    /// Every scope, and the times of the root. O(scopes).
    pub(super) fn refold_times(&mut self) {
        self.refold_time();
        for number in 0..self.scopes.count() {
            self.refold_scope(number);
        }
    }

    /// What a group comes to has changed, or its limit. O(1).
    pub(super) fn refold_group(&mut self, number: u32) {
        let den = self.account.den;
        if let Some(group) = self.group_mut(number) {
            group.room = money_of_group(group, den);
        }
    }

    /// The equity of a scope has changed: what is left by leverage follows. O(1).
    #[inline]
    pub(super) fn refold_levered(&mut self, number: u32) {
        if self.looks.leverage {
            self.refold_scope(number);
        }
    }

    /// The common unit may be another one. O(capacity.symbols + books + scopes).
    pub(super) fn refold_unit(&mut self) {
        self.refold_all();
        self.refold_times();
        let mut number = 1;
        while self.group(number).is_some() {
            self.refold_group(number);
            number = number.saturating_add(1);
        }
    }

    /// What a symbol comes to, with the grid about a price.
    pub(super) fn full_of(&self, number: u32, price: Ticks) -> Full {
        let bounds = self.bounds_of(number);
        let Some(symbol) = self.symbols.get(number) else { return Full::CLOSED };
        let grid = bounds.grid_about(symbol, price);
        let scope = self.scope().map_or(&ScopeLimits::CLOSED, |root| &root.limits);
        let settled = Settled::of(symbol, &symbol.limits, scope);
        Full { bounds, rooms: self.rooms_of(number, &bounds), grid, settled }
    }

    fn bounds_of(&self, number: u32) -> Bounds {
        let symbol = self.symbols.get(number).filter(|_| self.exposure(number).heavy);
        let of = |symbol| self.scope().map(|root| Bounds::of_symbol(symbol, &root.limits));
        symbol.and_then(of).unwrap_or(Bounds::CLOSED)
    }

    fn rooms_of(&self, number: u32, bounds: &Bounds) -> Rooms {
        let exposure = self.exposure(number);
        let open = exposure.heavy && exposure.ward.trading == TradingState::Active;
        let Some(symbol) = self.symbols.get(number).filter(|_| open) else {
            return Rooms::CLOSED;
        };
        let worth = &exposure.worth;
        let tier = Tier {
            symbol,
            limits: &symbol.limits,
            located: symbol.conditions.located,
            net: self.positions.totals(number).map_or(0, Totals::net_lots),
            values: worth.is_counted.then_some(&worth.values),
            den: self.account.den,
            own_claims: exposure.own().claims,
            meets: self.sequences.resting.meets(number),
            group: worth.group,
            closed_through: sequences_closed(
                &self.sequences.rates,
                number,
                &symbol.limits.controls,
            ),
            held: self.is_held(number, 0, None),
        };
        Rooms::of(&tier, exposure, bounds)
    }

    /// What a book comes to, likewise.
    pub(super) fn full_of_book(&self, book: &ScopeBook, price: Ticks) -> Full {
        let Some((symbol, scope)) = self.symbols.get(book.symbol).zip(self.scopes.get(book.scope))
        else {
            return Full::CLOSED;
        };
        let above = match self.books.get(book.above) {
            Some(above) => &above.exposure.full.bounds,
            None => &self.exposure(book.symbol).full.bounds,
        };
        let bounds = above.within_book(symbol, &book.limits, &scope.limits);
        let grid = bounds.grid_about(symbol, price);
        let settled = Settled::of(symbol, &book.limits, &scope.limits);
        Full { bounds, rooms: self.rooms_of_book(book, &bounds), grid, settled }
    }

    fn rooms_of_book(&self, book: &ScopeBook, bounds: &Bounds) -> Rooms {
        let open = book.exposure.ward.trading == TradingState::Active;
        let Some(symbol) = self.symbols.get(book.symbol).filter(|_| open) else {
            return Rooms::CLOSED;
        };
        let place = self.books.place(book.scope, book.symbol).unwrap_or(NIL);
        let counted = self.exposure(book.symbol).worth.is_counted;
        let tier = Tier {
            symbol,
            limits: &book.limits,
            located: book.located,
            net: book.totals.net_lots(),
            values: counted.then_some(&book.exposure.worth.values),
            den: self.account.den,
            own_claims: book.own.claims,
            meets: [i64::MAX, i64::MIN],
            group: 0,
            closed_through: sequences_closed(
                &self.sequences.book_rates,
                place,
                &book.limits.controls,
            ),
            held: self.is_held(book.symbol, book.scope, Some(place)),
        };
        Rooms::of(&tier, &book.exposure, bounds)
    }

    /// Whether REPEAT holds orders of a scope itself back, by the limits of any level: buys, sells.
    fn is_held(&self, symbol: u32, scope: u32, book: Option<u32>) -> [bool; 2] {
        [Side::Buy, Side::Sell].map(|side| {
            let repeats = self.sequences.repeats(symbol, book, side);
            self.path(scope).all().enumerate().any(|(level, number)| {
                let controls = self.controls_in(number, symbol);
                let passes = |controls| repeats.is_none_or(|r| r.passes(level, &controls));
                !controls.is_none_or(passes)
            })
        })
    }

    /// What a scope leaves, derived as of this time.
    #[inline(always)] // Its frame and that of who writes it down are one.
    pub(super) fn room_of_scope(&self, number: u32, now: Nanos) -> Option<ScopeRoom> {
        let scope = self.scopes.get(number)?;
        let den = self.account.den;
        // Windows and counts of the root follow plain orders too: `Engine::root` has them.
        let times = match number {
            0 => (Nanos::ZERO, true, 0),
            _ => (self.scopes.closed_through(scope, number), scope.is_open(), scope.lacks()),
        };
        let values = scope.limits.count_values().then_some(&scope.values);
        let worthy =
            Worthy { values, equity: values.and_then(|_| self.levered_equity(number)), den };
        Some(ScopeRoom::of(scope, times, &worthy, now))
    }
}

/// Until when RATE_SYMBOL, and a DUPLICATE of 0, hold orders back.
fn sequences_closed(rates: &SymbolRates<'_>, place: u32, controls: &Controls) -> Nanos {
    let closed = rates.closed_through(place, controls.rate_max, controls.rate_window);
    if controls.duplicate_max == 0 { Nanos(u64::MAX) } else { closed }
}
