//! Setting up: symbols and their limits.
#![forbid(unsafe_code)]

use super::Engine;
use super::pieces::clamps;
use crate::event::Event;
use crate::market::{Limits, LimitsSet, Spec, SymbolDefine};
use crate::risk::recounted;
use crate::status::{EventKind, LimitField, Request, SelfTrade, Status, Unit};

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
        let finer = den.checked_div(self.account.den).unwrap_or(1);
        self.statistics.rescale(finer);
        self.account = account;
        self.take_units(den);
        let number = self.symbols.define(&spec, den);
        // The common unit may be finer.
        for symbol in 0..=number {
            self.reweigh(symbol);
        }
        if self.counted > 0 || self.counts_values(number) {
            self.recount_values(0..number.saturating_add(1));
        }
        self.refold_limits(number);
        self.refold_unit();
        self.emit(Event { symbol: number, ..Event::new(EventKind::Symbol) });
        Ok(number)
    }

    /// Sets all limits of a symbol, or of a symbol in a scope; what was set before and has changed
    /// is told, field by field. O(books of the symbol); O(live orders) when limits in money begin
    /// to count or cease to; O(orders) when SELF_TRADE is switched on or off.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `Range`, `Scope`, `Symbol`; `State` for a
    /// SELF_TRADE of a scope; `Capacity` without room for the scope's book.
    pub fn limits_set(&mut self, request: &LimitsSet) -> Result<Status, Status> {
        let limits = Limits::decode(request)?;
        self.check_scope(request.scope)?;
        self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        if request.scope != 0 && limits.controls.self_trade != SelfTrade::Off {
            return Err(Status::State);
        }
        if !self.has_book_room(request.scope, request.symbol, false) {
            return Err(Status::Capacity);
        }
        self.check_kept(&limits.controls)?;
        self.enter(request.header().now);
        let (number, scope) = (request.symbol, request.scope);
        self.make_books(scope, number);
        let old = if let Some(book) = self.books.find_mut(scope, number) {
            core::mem::replace(&mut book.limits, limits)
        } else if let Some(symbol) = self.symbols.get_mut(number) {
            core::mem::replace(&mut symbol.limits, limits)
        } else {
            return Err(Status::Symbol);
        };
        if scope != 0 {
            self.clamping = recounted(self.clamping, clamps(&old), clamps(&limits));
        }
        if scope == 0 {
            self.follow_self_trade(number, old.controls.self_trade);
        }
        self.recount_if_needed(number);
        self.refold_limits(number);
        self.emit(Event { symbol: number, scope, ..Event::new(EventKind::Limits) });
        if old != Limits::CLOSED {
            self.tell_changes((number, scope), |field| old.field(field).zip(limits.field(field)));
        }
        Ok(Status::Ok)
    }

    /// The limits of a symbol, or of a symbol in a scope, as the record that sets them. O(1).
    ///
    /// # Errors
    /// `Scope`, `Symbol`; `Unknown` while the scope has no book of the symbol, and so no limits.
    pub fn limits_get(&self, scope: u32, number: u32) -> Result<LimitsSet, Status> {
        self.check_scope(scope)?;
        let symbol = self.symbols.get(number).ok_or(Status::Symbol)?;
        let limits = if scope == 0 {
            &symbol.limits
        } else {
            &self.books.find(scope, number).ok_or(Status::Unknown)?.limits
        };
        Ok(limits.record(number, scope))
    }

    /// Each field of limits that has changed leaves an event. O(fields).
    pub(super) fn tell_changes(
        &mut self,
        (symbol, scope): (u32, u32),
        fields: impl Fn(LimitField) -> Option<((Unit, i64), (Unit, i64))>,
    ) {
        for &field in LimitField::ALL {
            let Some(((_, old), (unit, new))) = fields(field) else { continue };
            if new != old {
                let event = Event::new(EventKind::LimitChanged).with_breach(unit, new, old);
                self.emit(Event { symbol, scope, code: field.raw(), ..event });
            }
        }
    }
}
