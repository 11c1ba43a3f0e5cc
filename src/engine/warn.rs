//! Warnings: an order that was accepted brings a figure near its limit.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Source;
use crate::event::Event;
use crate::num::{Nanos, OFF, Ratio, Ticks};
use crate::order::Terms;
use crate::risk::{
    Exposure, Figure, Likeness, OF_ORDER, OrderLevel, ScopeLevel, SymbolLevel, bit,
    figures_of_order, figures_of_scope, figures_of_symbol, near, value,
};
use crate::status::{Check, EventKind, Unit};

impl Engine<'_> {
    /// From which share of a limit on it is warned; [`OFF`] for never.
    fn warn_ratio(&self, scope: u32) -> Ratio {
        self.scopes.get(scope).map_or(Ratio(OFF), |scope| scope.limits.warn_ratio)
    }

    /// An order of this symbol and scope is about to count: what is below its share by now is
    /// warned of again. O(1), while warnings are on O(log orders counted).
    pub(super) fn forget_warnings(&mut self, (symbol, scope): (u32, u32)) {
        for number in self.path(scope).all() {
            let share = self.warn_ratio(number);
            if share.0 != OFF {
                self.forget_below((symbol, number), share);
            }
        }
    }

    #[inline(never)] // The figures are not part of its callers' frames.
    fn forget_below(&mut self, place: (u32, u32), share: Ratio) {
        let still = self.symbol_figures(place).map_or(0, |figures| near(&figures, share));
        if let Some(exposure) = self.level_mut(place) {
            exposure.warned &= still | OF_ORDER;
        }
        let still = self.scope_figures(place.1).map_or(0, |figures| near(&figures, share));
        if let Some(scope) = self.scopes.get_mut(place.1) {
            scope.warned &= still | OF_ORDER;
        }
    }

    /// An order of this symbol and scope counts: each check of which a figure is near its limit
    /// leaves an event, once. O(1), while warnings are on O(log orders counted).
    pub(super) fn warn(&mut self, (symbol, scope): (u32, u32)) {
        for number in self.path(scope).all() {
            let share = self.warn_ratio(number);
            if share.0 == OFF {
                continue;
            }
            self.warn_of_symbol((symbol, number), share);
            self.warn_of_scope(number, share);
        }
    }

    #[inline(never)] // As above.
    fn warn_of_symbol(&mut self, place: (u32, u32), share: Ratio) {
        for figure in self.symbol_figures(place).iter().flatten() {
            let known = self.level(place).map_or(0, |exposure| exposure.warned);
            if self.tell_near(figure, (known, share), place)
                && let Some(exposure) = self.level_mut(place)
            {
                exposure.warned |= bit(figure.check);
            }
        }
    }

    #[inline(never)] // As above.
    fn warn_of_scope(&mut self, number: u32, share: Ratio) {
        for figure in self.scope_figures(number).iter().flatten() {
            let known = self.scopes.get(number).map_or(0, |scope| scope.warned);
            if self.tell_near(figure, (known, share), (u32::MAX, number))
                && let Some(scope) = self.scopes.get_mut(number)
            {
                scope.warned |= bit(figure.check);
            }
        }
    }

    /// An order of the caller's was accepted, new or as a replace: each check of one order that it
    /// is near to leaves an event, unless the last such order was near to it too. O(1), as hashing
    /// lets expect.
    #[inline(never)] // Its figures are not part of its callers' frames.
    pub(super) fn warn_of_order(&mut self, terms: &Terms, is_new: bool) {
        for number in self.path(terms.scope).all() {
            let share = self.warn_ratio(number);
            if share.0 == OFF {
                continue;
            }
            let Some(figures) = self.order_figures(number, terms, is_new) else { continue };
            for figure in &figures {
                let known = self.level((terms.symbol, number)).map_or(0, |place| place.warned);
                self.tell_near(figure, (known, share), (terms.symbol, number));
                if let Some(exposure) = self.level_mut((terms.symbol, number)) {
                    latch(&mut exposure.warned, figure, share);
                }
            }
            let Some(scope) = self.scopes.get(number) else { return };
            let (known, limits) = (scope.warned, scope.limits);
            let [qty, notional, ..] = figures;
            let of_scope = [
                Figure { limit: limits.qty_max.0, ..qty },
                Figure { limit: limits.notional_max.0, ..notional },
            ];
            for figure in &of_scope {
                self.tell_near(figure, (known, share), (u32::MAX, number));
                if let Some(scope) = self.scopes.get_mut(number) {
                    latch(&mut scope.warned, figure, share);
                }
            }
        }
    }

    /// The figures of an order in a scope of its path; none where that has no limits of the symbol.
    fn order_figures(&self, scope: u32, terms: &Terms, is_new: bool) -> Option<[Figure; 5]> {
        let symbol = self.symbols.get(terms.symbol)?;
        let limits = self.limits_in(scope, terms.symbol)?;
        let controls = &limits.controls;
        let noted = is_new && controls.duplicate_max > 0 && Self::is_sent(terms);
        let most = u32::try_from(controls.duplicate_max).unwrap_or(0);
        let (like, window) = (Likeness::of(terms), controls.duplicate_window);
        let count = || self.sequences.recent.count(&like, window, self.now, most);
        let alike = if noted { count() } else { 0 };
        let value = value(symbol, terms).ok().flatten();
        let alike = if alike > 1 { alike } else { 0 };
        Some(figures_of_order(&OrderLevel { terms, symbol, limits, value, alike }))
    }

    /// An execution brings the orders at about one price near to too many for the limits of a
    /// scope.
    #[inline(never)] // As above.
    pub(super) fn warn_of_repeat(
        &mut self,
        source: &Source,
        (level, number): (usize, u32),
        price: Ticks,
    ) {
        let (share, symbol, side) = (self.warn_ratio(number), source.symbol, source.side);
        let own = self.books.place(source.scope, symbol);
        let Some(limits) = self.controls_in(number, symbol).filter(|_| share.0 != OFF) else {
            return;
        };
        let repeats = self.sequences.repeats(symbol, own, side);
        let near = repeats.and_then(|r| r.comes_near(level, &limits, price, (share, self.now)));
        let Some(count) = near else { return };
        let (mask, code) = (bit(Check::Repeat), Check::Repeat.raw());
        let event = Event { side: side.raw(), price, mask, code, ..Event::new(EventKind::Warn) };
        let event = event.with_breach(Unit::Count, limits.repeat_max, i64::from(count));
        self.emit(Event { symbol, scope: number, ..event });
    }

    /// The host of a scope is silent for almost too long.
    #[inline(never)] // As above.
    pub(super) fn warn_of_silence(&mut self, number: u32) {
        let (now, share) = (self.now, self.warn_ratio(number));
        let Some(scope) = self.scopes.get_mut(number) else { return };
        let limit = scope.limits.heartbeat_max;
        let Some(observed) = scope.heartbeat.come_near(limit, share, now) else { return };
        let (check, unit) = (Check::Heartbeat, Unit::Nanos);
        self.tell_near(&Figure { check, unit, limit, observed }, (0, share), (u32::MAX, number));
    }

    /// What is reserved of a symbol in a scope, where that has a book of it.
    fn level(&self, (symbol, scope): (u32, u32)) -> Option<&Exposure> {
        match scope {
            0 => self.symbols.beside(symbol),
            _ => self.books.find(scope, symbol).map(|book| &book.exposure),
        }
    }

    fn level_mut(&mut self, (symbol, scope): (u32, u32)) -> Option<&mut Exposure> {
        match scope {
            0 => self.symbols.beside_mut(symbol),
            _ => self.books.find_mut(scope, symbol).map(|book| &mut book.exposure),
        }
    }

    fn symbol_figures(&self, (number, scope): (u32, u32)) -> Option<[Figure; 14]> {
        let symbol = self.symbols.get(number)?;
        let exposure = self.level((number, scope))?;
        let book = self.books.find(scope, number);
        let totals = book.map(|book| &book.totals).or(self.positions.totals(number))?;
        let limits = book.map_or(&symbol.limits, |book| &book.limits);
        let window = limits.controls.rate_window;
        Some(figures_of_symbol(&SymbolLevel {
            limits,
            exposure,
            net: totals.net_qty(),
            values: exposure.worth.present(self.session),
            group: self.group(exposure.worth.group),
            den: self.account.den,
            requests: self.requests_within((number, scope), window),
            located: book.map_or(symbol.conditions.located, |book| book.located),
        }))
    }

    /// Requests of a symbol in a scope that are younger than this window.
    fn requests_within(&self, (symbol, scope): (u32, u32), window: Nanos) -> u32 {
        match self.books.place(scope, symbol) {
            Some(place) => self.sequences.book_rates.count(place, window, self.now),
            None => self.sequences.rates.count(symbol, window, self.now),
        }
    }

    fn scope_figures(&self, number: u32) -> Option<[Figure; 12]> {
        let scope = self.scopes.get(number)?;
        let (equity, den) = (self.levered_equity(number), self.account.den);
        let level = ScopeLevel { equity, den, now: self.now };
        Some(figures_of_scope(scope, &level, |window| self.orders_within(number, window)))
    }

    /// Tells of a figure that is near, unless its check is known; whether it told.
    fn tell_near(
        &mut self,
        figure: &Figure,
        (known, share): (u64, Ratio),
        (symbol, scope): (u32, u32),
    ) -> bool {
        let mask = bit(figure.check);
        if known & mask != 0 || !figure.is_near(share) {
            return false;
        }
        let event = Event::new(EventKind::Warn);
        let event = event.with_breach(figure.unit, figure.limit, figure.observed);
        self.emit(Event { mask, code: figure.check.raw(), symbol, scope, ..event });
        true
    }
}

/// That a figure of an order is near is known until one is not.
fn latch(warned: &mut u64, figure: &Figure, share: Ratio) {
    let mask = bit(figure.check);
    *warned = if figure.is_near(share) { *warned | mask } else { *warned & !mask };
}
