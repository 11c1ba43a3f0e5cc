//! The operator's word: trading state, breaker, errors, limits of a scope, cash, kill.
#![forbid(unsafe_code)]

use super::{CashAdjust, Control, Engine};
use crate::event::Event;
use crate::num::Money;
use crate::position::Account;
use crate::risk::{Clearing, ScopeLimits, ScopeLimitsSet};
use crate::status::{Cause, ControlAction, ControlFlag, EventKind, Request, Status, TradingState};

impl Engine<'_> {
    /// Does what an operator, or the host, says. O(1); a reset of repeats O(symbols + books).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `Scope`, `Symbol`; `Capacity` without room for the book
    /// of a symbol in a scope; `Pending` for a trading state while a kill, or the host's silence,
    /// has not reached every order.
    pub fn control(&mut self, request: &Control) -> Result<Status, Status> {
        request.check_frame()?;
        let action = ControlAction::from_raw(request.action).ok_or(Status::Enum)?;
        let trading = trading_state(action, request.value)?;
        self.check_scope(request.scope)?;
        let symbol = self.controlled(request, action, trading)?;
        let repeats = match action {
            ControlAction::RepeatReset => self.repeats_of(request.value)?,
            _ => None,
        };
        let number = request.scope;
        let flattens = ControlFlag::Flatten.is_in(request.flags);
        self.enter(request.header.now);
        match action {
            ControlAction::TradingState if (number, symbol) == (0, None) => {
                self.control_trading(trading, flattens);
            }
            ControlAction::TradingState => {
                if let Some(symbol) = symbol {
                    self.make_books(number, symbol);
                }
                self.control_place((number, symbol), trading, flattens);
            }
            ControlAction::BreakerTrip => {
                let (now, note) = (self.now, request.value);
                let scope = self.scopes.get_mut(number);
                let trip = scope.and_then(|scope| scope.breaker.trip_by_hand(now, note));
                self.note_trip_of(number, trip);
            }
            ControlAction::BreakerReset => self.control_reset(number, request.value),
            ControlAction::ErrorRecord => self.note_error(number),
            ControlAction::ErrorClear => {
                for number in self.path(number).all() {
                    if let Some(scope) = self.scopes.get_mut(number) {
                        scope.breaker.clear_errors();
                    }
                }
            }
            ControlAction::Heartbeat => self.beat(number),
            ControlAction::RepeatReset => self.reset_repeats(repeats, number),
        }
        Ok(Status::Ok)
    }

    /// The symbol that a control record is about.
    ///
    /// # Errors
    /// `Reserved`, `Enum`, `Symbol`, `Capacity`; `Pending` while a kill has not reached every
    /// order.
    fn controlled(
        &self,
        request: &Control,
        action: ControlAction,
        trading: TradingState,
    ) -> Result<Option<u32>, Status> {
        let (flags, number) = (request.flags, request.scope);
        let named = ControlFlag::Symbol.is_in(flags);
        if !named && request.symbol != 0 {
            return Err(Status::Reserved);
        }
        let state = action == ControlAction::TradingState;
        let kills = state && trading == TradingState::Killed;
        let unfit = (flags != 0 && !state) || (ControlFlag::Flatten.is_in(flags) && !kills);
        if flags & !ControlFlag::KNOWN != 0 || unfit {
            return Err(Status::Enum);
        }
        let symbol = Some(request.symbol).filter(|_| named);
        if let Some(symbol) = symbol {
            self.symbols.get(symbol).ok_or(Status::Symbol)?;
            if !self.has_book_room(number, symbol, false) {
                return Err(Status::Capacity);
            }
        }
        if state && !kills {
            let place = (number, symbol);
            if place == (0, None) {
                self.check_kill_is_over()?;
            } else if self.trading(place) == TradingState::Killed && self.orders.is_sweeping() {
                return Err(Status::Pending);
            }
        }
        Ok(symbol)
    }

    /// A kill is taken back only when it has reached every order.
    fn check_kill_is_over(&self) -> Result<(), Status> {
        let unseen = self.kill.is_thrown() && !self.kill_is_on() && self.orders.table().live() > 0;
        if unseen || self.orders.is_sweeping() { Err(Status::Pending) } else { Ok(()) }
    }

    fn control_trading(&mut self, state: TradingState, flattens: bool) {
        if state == TradingState::Killed {
            if flattens {
                self.kill.throw_and_flatten()
            } else {
                self.kill.throw()
            }
            self.latch_kill();
            return;
        }
        // A switch thrown by another thread just now is not taken back: it was not noticed yet.
        if self.kill_is_on() {
            self.kill.take_back();
            self.killed_through = 0;
            self.set_clearing((0, None), Clearing::NONE);
        }
        self.set_trading(0, state);
    }

    fn control_reset(&mut self, number: u32, note: i64) {
        self.settle();
        self.look_again();
        let now = self.now;
        let Some(scope) = self.scopes.get_mut(number) else { return };
        let by_rate = scope.breaker.is_open_for(Cause::OrderRate);
        scope.breaker.reset(now);
        if by_rate {
            self.forget_rate(number);
        }
        self.refold_times();
        let event = Event { scope: number, code: 1, ..Event::new(EventKind::BreakerReset) };
        self.emit(Event { value: Money(note), ..event });
        self.warn_breaker(number);
    }

    /// Sets all limits of a scope; what was set before and has changed is told, field by field.
    /// O(1); of the root O(symbols) when something else than counts begins or ceases to bind;
    /// O(live orders + symbols) when limits in money begin to count or cease to.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Range`, `Scope`.
    pub fn scope_limits_set(&mut self, request: &ScopeLimitsSet) -> Result<Status, Status> {
        let limits = ScopeLimits::decode(request)?;
        self.check_scope(request.scope)?;
        self.enter(request.header.now);
        let Some(scope) = self.scopes.get_mut(request.scope) else { return Err(Status::Scope) };
        let old = core::mem::replace(&mut scope.limits, limits);
        self.follow_scope_limits(request.scope, &old);
        if request.scope == 0 {
            self.refold_root(&old);
        }
        self.look_at_limits();
        self.refold_all();
        self.refold_scope(request.scope);
        self.emit(Event { scope: request.scope, ..Event::new(EventKind::ScopeLimits) });
        if old != ScopeLimits::CLOSED {
            let place = (u32::MAX, request.scope);
            self.tell_changes(place, |field| old.field(field).zip(limits.field(field)));
        }
        Ok(Status::Ok)
    }

    /// Takes a deposit or withdrawal of a scope: equity, session start and peak move alike, of all
    /// that it lies in too. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Scope`; `Range` when the equity would not fit.
    pub fn cash_adjust(&mut self, request: &CashAdjust) -> Result<Status, Status> {
        request.check_frame()?;
        self.check_scope(request.scope)?;
        let (amount, path) = (request.amount, self.path(request.scope));
        for number in path.all() {
            let session = self.session_equity_of(number);
            paid(self.account_of(number).ok_or(Status::Scope)?, amount)?;
            session.checked_add(amount).ok_or(Status::Range)?;
        }
        self.enter(request.header.now);
        self.settle();
        for number in path.all() {
            self.pay(number, amount);
        }
        let event = Event { scope: request.scope, ..Event::new(EventKind::Cash) };
        self.emit(Event { value: amount, ..event });
        self.check_equity_of(request.scope);
        Ok(Status::Ok)
    }

    /// Cash comes to a scope, or goes.
    fn pay(&mut self, number: u32, amount: Money) {
        let Some(scope) = self.scopes.get_mut(number) else { return };
        scope.breaker.shift(amount);
        let (account, session) = match number {
            0 => (&mut self.account, &mut self.session_equity),
            _ => (&mut scope.account, &mut scope.session_equity),
        };
        if let Ok(paid) = paid(account, amount) {
            *account = paid;
        }
        *session = Money(session.0.saturating_add(amount.0));
    }
}

/// An account with so much more paid in.
fn paid(account: &Account, amount: Money) -> Result<Account, Status> {
    let paid_in = account.paid_in.checked_add(i128::from(amount.0)).ok_or(Status::Range)?;
    let account = Account { paid_in, ..account.settled() };
    account.equity(false)?;
    account.equity(true)?;
    Ok(account)
}

/// The state a control record names; any for the other actions.
fn trading_state(action: ControlAction, value: i64) -> Result<TradingState, Status> {
    if action != ControlAction::TradingState {
        return Ok(TradingState::Active);
    }
    u8::try_from(value).ok().and_then(TradingState::from_raw).ok_or(Status::Enum)
}
