//! Setting up: symbols and their limits.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::market::{Limits, LimitsSet, Spec, SymbolDefine};
use crate::status::{EventKind, Request, Status};

impl Engine<'_> {
    /// Defines a symbol and answers its number. Nothing trades in it before limits are set.
    /// O(symbols).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`; `Range` for a bad name or sizes that do not fit;
    /// `Capacity`; `Conflict` for a name that is taken.
    pub fn symbol_define(&mut self, request: &SymbolDefine) -> Result<u32, Status> {
        let spec = Spec::decode(request, self.config.money_exp)?;
        let den = self.symbols.plan(&spec)?;
        let account = self.account.in_unit(den)?;
        account.equity(false)?;
        account.equity(true)?;
        self.check_units(den)?;
        self.enter(request.header.now);
        self.settle();
        self.account = account;
        self.take_units(den);
        let number = self.symbols.define(&spec, den);
        // The common unit may be finer.
        for symbol in 0..=number {
            self.reweigh(symbol);
        }
        self.refold_limits(number);
        self.emit(Event { symbol: number, ..Event::new(EventKind::Symbol) });
        Ok(number)
    }

    /// Sets all limits of a symbol, or of a symbol in a scope. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `Range`, `Scope`, `Symbol`; `Capacity` without room for
    /// the scope's book.
    pub fn limits_set(&mut self, request: &LimitsSet) -> Result<Status, Status> {
        let limits = Limits::decode(request)?;
        self.check_scope(request.scope)?;
        self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        if !self.has_book_room(request.scope, request.symbol) {
            return Err(Status::Capacity);
        }
        self.enter(request.header().now);
        self.make_books(request.scope, request.symbol);
        if let Some(book) = self.books.find_mut(request.scope, request.symbol) {
            book.limits = limits;
        } else if let Some(symbol) = self.symbols.get_mut(request.symbol) {
            symbol.limits = limits;
        }
        self.refold_limits(request.symbol);
        let (symbol, scope) = (request.symbol, request.scope);
        self.emit(Event { symbol, scope, ..Event::new(EventKind::Limits) });
        Ok(Status::Ok)
    }
}
