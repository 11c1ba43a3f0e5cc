//! Scopes: defined, given breakers, read.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::market::{NAME_BYTES, is_name};
use crate::num::Money;
use crate::risk::{
    BreakerConfig, BreakerStatus, DEPTH_MAX, ScopeBreakerSet, ScopeDefine, ScopeLimitsSet,
    ScopeView, Values, shown,
};
use crate::status::{EventKind, Request, ScopeFlag, Side, Status};

impl Engine<'_> {
    /// Defines a scope and answers its number. The same name below the same parent again is that
    /// scope: `Exists`, or `Ok` when its flags are others now. O(scopes).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Enum` for unknown flags; `Range` for a bad name; `Scope` for
    /// the parent; `Conflict` for a name that is taken below another parent; `Range` when it would
    /// lie too deep; `Capacity`.
    pub fn scope_define(&mut self, request: &ScopeDefine) -> Result<(Status, u32), Status> {
        request.check_frame()?;
        if request.flags & !ScopeFlag::KNOWN != 0 {
            return Err(Status::Enum);
        }
        if !is_name(&request.name) {
            return Err(Status::Range);
        }
        self.check_scope(request.parent)?;
        if let Some(number) = self.scopes.find(&request.name) {
            return self.scope_redefine(number, request);
        }
        if self.path(request.parent).depth() >= DEPTH_MAX {
            return Err(Status::Range);
        }
        if self.scopes.count() >= self.scopes.capacity() {
            return Err(Status::Capacity);
        }
        self.enter(request.header.now);
        let number = self.scopes.define(request, self.now).ok_or(Status::Capacity)?;
        if let Some(scope) = self.scopes.get_mut(number) {
            scope.account.den = self.account.den;
        }
        self.refold_scope(number);
        // Its session is one of those that end.
        self.look_again();
        self.tell_scope(number, request.flags);
        Ok((Status::Ok, number))
    }

    fn scope_redefine(
        &mut self,
        number: u32,
        request: &ScopeDefine,
    ) -> Result<(Status, u32), Status> {
        let scope = self.scopes.get(number).ok_or(Status::Scope)?;
        if scope.parent != request.parent {
            return Err(Status::Conflict);
        }
        let same = scope.flags == request.flags;
        self.enter(request.header.now);
        if same {
            return Ok((Status::Exists, number));
        }
        if let Some(scope) = self.scopes.get_mut(number) {
            scope.flags = request.flags;
        }
        self.refold_scope(number);
        self.tell_scope(number, request.flags);
        Ok((Status::Ok, number))
    }

    fn tell_scope(&mut self, scope: u32, code: u32) {
        self.emit(Event { scope, code, ..Event::new(EventKind::Scope) });
    }

    /// Gives a scope's breaker other limits; what it counted stays, and what is too much for them
    /// trips at once. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Scope`; `Range` for a value that `oms_config_check` refuses, a
    /// rate limit beyond `capacity.rate`, or another session offset than the root's; `State` for a
    /// limit that is a share of the equity while that is not positive.
    pub fn scope_breaker_set(&mut self, request: &ScopeBreakerSet) -> Result<Status, Status> {
        request.check_frame()?;
        let breaker = &request.breaker;
        let scope = self.scopes.get(request.scope).ok_or(Status::Scope)?;
        let offset = scope.breaker.config().session_offset;
        let valid = breaker.invalid(self.config.capacity.rate).is_none();
        if !valid || breaker.session_offset != offset {
            return Err(Status::Range);
        }
        self.check_equity_limits(request.scope, breaker)?;
        self.enter(request.header.now);
        self.settle();
        self.look_again();
        let Some(scope) = self.scopes.get_mut(request.scope) else { return Err(Status::Scope) };
        let old = *scope.breaker.config();
        scope.breaker.set_config(breaker);
        if request.scope == 0 {
            self.rates.look_anew();
        }
        self.refold_times();
        self.emit(Event { scope: request.scope, code: 1, ..Event::new(EventKind::ScopeLimits) });
        let place = (u32::MAX, request.scope);
        self.tell_changes(place, |field| old.field(field).zip(breaker.field(field)));
        self.check_equity_of(request.scope);
        let now = self.now;
        let scope = self.scopes.get_mut(request.scope);
        let trip = scope.and_then(|scope| scope.breaker.check_counts(now));
        self.note_trip_of(request.scope, trip);
        self.warn_breaker(request.scope);
        Ok(Status::Ok)
    }

    /// Limits and times of a scope's breaker, as the record that sets them. O(1).
    ///
    /// # Errors
    /// `Scope`.
    pub fn scope_breaker_get(&self, number: u32) -> Result<ScopeBreakerSet, Status> {
        let breaker = *self.scopes.get(number).ok_or(Status::Scope)?.breaker.config();
        Ok(ScopeBreakerSet { scope: number, breaker, ..ScopeBreakerSet::EMPTY })
    }

    /// Shares of the equity are of something.
    fn check_equity_limits(&self, scope: u32, breaker: &BreakerConfig) -> Result<(), Status> {
        let account = self.account_of(scope).ok_or(Status::Scope)?;
        let funded = account.equity(false)?.0 > 0;
        if breaker.has_ratio() && !funded { Err(Status::State) } else { Ok(()) }
    }

    /// A scope by number. O(1).
    ///
    /// # Errors
    /// `Scope`.
    pub fn scope_get(&self, number: u32) -> Result<ScopeView, Status> {
        let scope = self.scopes.get(number).ok_or(Status::Scope)?;
        let BreakerStatus { state, .. } = self.breaker_status(number, scope);
        let counted = self.looks.values;
        let (values, den) = (if counted { &scope.values } else { &Values::ZERO }, self.account.den);
        Ok(ScopeView {
            name: scope.name,
            scope: number,
            parent: scope.parent,
            depth: scope.path.depth(),
            flags: scope.flags,
            trading_state: u32::from(scope.trading.raw()),
            breaker_state: u32::from(state),
            open_orders: scope.open_orders,
            claims: scope.claims,
            limits: ScopeLimitsSet { scope: number, ..scope.limits.0 },
            open_notional: shown(values.working(), den),
            gross: shown(values.gross(), den),
            net_buy: shown(values.net(Side::Buy), den),
            net_sell: shown(values.net(Side::Sell), den),
            // It is money already.
            margin: shown(values.margin, 1),
            levered: if self.looks.leverage { shown(values.levered(), den) } else { Money::ZERO },
            counted: u32::from(counted),
            ..ScopeView::EMPTY
        })
    }

    /// The number of the scope of this name. O(scopes).
    ///
    /// # Errors
    /// `Unknown`.
    pub fn scope_by_name(&self, name: &[u8; NAME_BYTES]) -> Result<u32, Status> {
        self.scopes.find(name).ok_or(Status::Unknown)
    }

    /// Number of scopes, the root included.
    #[must_use]
    pub fn scope_count(&self) -> u32 {
        self.scopes.count()
    }
}
