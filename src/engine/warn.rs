//! Warnings: an order that was accepted brings a figure near its limit.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{OFF, Ratio};
use crate::risk::{Figure, Scope, bit, figures_of_scope, figures_of_symbol, near};
use crate::status::EventKind;

impl Engine<'_> {
    /// From which share of a limit on it is warned.
    fn warn_ratio(&self) -> Ratio {
        self.scope().map_or(Ratio(OFF), |scope| scope.limits.warn_ratio)
    }

    /// An order of this symbol is about to count: what is below its share by now is warned of
    /// again. O(1), while warnings are on O(log orders counted).
    pub(super) fn forget_warnings(&mut self, symbol: u32) {
        let share = self.warn_ratio();
        if share.0 == OFF {
            return;
        }
        let of_symbol = self.symbol_figures(symbol).map_or(0, |figures| near(&figures, share));
        let of_scope = self.scope_figures().map_or(0, |figures| near(&figures, share));
        if let Some(exposure) = self.symbols.beside_mut(symbol) {
            exposure.warned &= of_symbol;
        }
        if let Some(scope) = self.scope_mut() {
            scope.warned &= of_scope;
        }
    }

    /// An order of this symbol counts: each check of which a figure is near its limit leaves an
    /// event, once. O(1), while warnings are on O(log orders counted).
    pub(super) fn warn(&mut self, symbol: u32) {
        let share = self.warn_ratio();
        if share.0 == OFF {
            return;
        }
        for figure in self.symbol_figures(symbol).iter().flatten() {
            let known = self.symbols.beside(symbol).map_or(0, |exposure| exposure.warned);
            if self.tell_near(figure, (known, share), symbol)
                && let Some(exposure) = self.symbols.beside_mut(symbol)
            {
                exposure.warned |= bit(figure.check);
            }
        }
        for figure in self.scope_figures().iter().flatten() {
            let known = self.scope().map_or(0, |scope| scope.warned);
            if self.tell_near(figure, (known, share), u32::MAX)
                && let Some(scope) = self.scope_mut()
            {
                scope.warned |= bit(figure.check);
            }
        }
    }

    fn symbol_figures(&self, symbol: u32) -> Option<[Figure; 7]> {
        let net = self.positions.totals(symbol).map_or(0, |totals| totals.net_qty());
        let known = self.symbols.get(symbol)?;
        Some(figures_of_symbol(known, self.exposure(symbol), net))
    }

    fn scope_figures(&self) -> Option<[Figure; 5]> {
        self.scope().map(|scope: &Scope| figures_of_scope(scope, &self.rates, self.now))
    }

    /// Tells of a figure that is near, unless its check is known; whether it told.
    fn tell_near(&mut self, figure: &Figure, (known, share): (u64, Ratio), symbol: u32) -> bool {
        let mask = bit(figure.check);
        if known & mask != 0 || !figure.is_near(share) {
            return false;
        }
        let event = Event::new(EventKind::Warn);
        let event = event.with_breach(figure.unit, figure.limit, figure.observed);
        self.emit(Event { mask, code: figure.check.raw(), symbol, ..event });
        true
    }
}
