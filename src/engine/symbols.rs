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
        self.enter(request.header.now);
        self.settle();
        self.account = account;
        let number = self.symbols.define(&spec, den);
        // The common unit may be finer.
        for symbol in 0..=number {
            self.reweigh(symbol);
        }
        self.refold_limits(number);
        self.emit(Event { symbol: number, ..Event::new(EventKind::Symbol) });
        Ok(number)
    }

    /// Sets all limits of a symbol. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `Range`, `Symbol`, `Scope`.
    pub fn limits_set(&mut self, request: &LimitsSet) -> Result<Status, Status> {
        let limits = Limits::decode(request)?;
        if request.scope != 0 {
            return Err(Status::Scope);
        }
        self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        self.enter(request.header().now);
        if let Some(symbol) = self.symbols.get_mut(request.symbol) {
            symbol.limits = limits;
        }
        self.refold_limits(request.symbol);
        self.emit(Event { symbol: request.symbol, ..Event::new(EventKind::Limits) });
        Ok(Status::Ok)
    }
}
