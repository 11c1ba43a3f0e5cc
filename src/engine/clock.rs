//! Time passes: sessions roll, the breaker recovers, a kill is noticed, queued work goes on.
#![forbid(unsafe_code)]

use super::{Drain, Engine, Timer};
use crate::event::Event;
use crate::num::{Money, Nanos};
use crate::status::{Cause, EventKind, Request, Status, TradingState, Unit};

impl Engine<'_> {
    /// The time a call with this stamp happens at: it never goes back.
    pub(super) fn time(&self, stamp: Nanos) -> Nanos {
        self.now.max(stamp)
    }

    /// Every mutating call, once it is sure to succeed, begins here. O(1).
    #[inline(always)] // A few compares; the rest is in functions of its own.
    pub(super) fn enter(&mut self, stamp: Nanos) {
        if self.is_timely(stamp) && !self.kill.is_news() {
            self.now = stamp;
        } else {
            self.enter_slowly(stamp);
        }
    }

    /// Whether a call with this stamp comes in order, and the clock alone changes nothing. A kill
    /// may be news.
    #[inline]
    pub(super) fn is_timely(&self, stamp: Nanos) -> bool {
        stamp >= self.now && stamp < self.idle_until
    }

    #[cold]
    #[inline(never)]
    fn enter_slowly(&mut self, stamp: Nanos) {
        self.pass_slowly(stamp);
        if self.kill.is_news() {
            self.latch_kill();
        }
    }

    #[cold]
    #[inline(never)]
    fn pass_slowly(&mut self, stamp: Nanos) {
        if stamp < self.now {
            self.counters.clock_back = self.counters.clock_back.wrapping_add(1);
            let back = i64::try_from(self.now.since(stamp)).unwrap_or(i64::MAX);
            self.emit(Event { value: Money(back), ..Event::new(EventKind::ClockBack) });
        }
        self.now = self.time(stamp);
        if self.now >= self.idle_until {
            self.settle();
            for scope in 0..self.scopes.count() {
                self.roll_session(scope);
                self.recover_breaker(scope);
                self.settle_probes(scope);
                self.watch_host(scope);
            }
            self.refold_times();
            let next_due = self.scopes.iter().map(|(_, scope)| scope.next_due(self.now)).min();
            // While the firm is to be told flat, or probes over, every call may be the one.
            let known = next_due.filter(|_| !self.clears_all() && !self.is_half_open());
            self.idle_until = known.unwrap_or_default();
            self.session_end = self.next_session();
        }
    }

    /// Something happened to the breaker, or a kill: the next call looks what is due.
    pub(super) fn look_again(&mut self) {
        self.idle_until = Nanos::ZERO;
        self.quiet_until = Nanos::ZERO;
    }

    fn roll_session(&mut self, number: u32) {
        let now = self.now;
        let Some(pnl) = self.scopes.get_mut(number).and_then(|scope| scope.breaker.roll(now))
        else {
            return;
        };
        if number == 0 {
            self.session_equity = self.account.equity(false).unwrap_or_default();
            self.begin_trading_session();
        } else if let Some(scope) = self.scopes.get_mut(number) {
            scope.session_equity = scope.account.equity(false).unwrap_or_default();
        }
        self.emit(Event { scope: number, value: pnl, ..Event::new(EventKind::Session) });
        self.warn_breaker(number);
    }

    fn recover_breaker(&mut self, number: u32) {
        let (now, orders) = (self.now, self.submitted);
        let Some(scope) = self.scopes.get_mut(number) else { return };
        let by_rate = scope.breaker.is_open_for(Cause::OrderRate);
        if !scope.breaker.recover(now, orders) {
            return;
        }
        // After a trip by rate the windows start anew.
        if by_rate {
            self.forget_rate(number);
        }
        self.tell_recovered(number);
    }

    /// The rate windows of a scope begin anew.
    pub(super) fn forget_rate(&mut self, number: u32) {
        if number == 0 {
            self.rates.forget();
        } else if let Some(scope) = self.scopes.get_mut(number) {
            scope.rate.forget();
        }
    }

    /// A thrown kill switch takes hold: every order so far is to be cancelled, and every position
    /// to be closed if that was asked for.
    pub(super) fn latch_kill(&mut self) {
        let Some(root) = self.scope() else { return };
        let (old, mut clearing) = (root.trading, root.clearing);
        // Asked for once more, it is told once more that nothing is left.
        let flattens = self.kill.take_note();
        let news = old != TradingState::Killed;
        if !news && !flattens {
            return;
        }
        clearing.awaited = true;
        if flattens {
            clearing.close_all();
        }
        self.set_clearing((0, None), clearing);
        if news {
            self.set_trading(0, TradingState::Killed);
            self.begin_walk();
            self.killed_through = self.submitted;
            self.orders.start_sweep();
        }
        self.ask_walk();
        self.look_again();
        self.report_flat();
    }

    /// Whether the whole firm is being cleared.
    pub(super) fn clears_all(&self) -> bool {
        self.scope().is_some_and(|root| root.clearing.is_on())
    }

    /// Whether a kill is in force.
    pub(super) fn kill_is_on(&self) -> bool {
        self.scope().is_some_and(|scope| scope.trading == TradingState::Killed)
    }

    /// Changes the trading state of a scope.
    pub(super) fn set_trading(&mut self, number: u32, new: TradingState) {
        let Some(scope) = self.scopes.get_mut(number) else { return };
        let old = scope.trading;
        scope.trading = new;
        if old == new {
            return;
        }
        self.refold_times();
        self.tell_trading((number, u32::MAX), new, old);
    }

    /// The trading state of a scope, or of a symbol in it, has changed.
    #[inline(never)] // The event is not part of its callers' frames.
    pub(super) fn tell_trading(
        &mut self,
        (scope, symbol): (u32, u32),
        new: TradingState,
        old: TradingState,
    ) {
        if old != new {
            let code = u32::from(new.raw());
            let event = Event { scope, symbol, code, ..Event::new(EventKind::TradingState) };
            let (limit, observed) = (i64::from(new.raw()), i64::from(old.raw()));
            self.emit(event.with_breach(Unit::Count, limit, observed));
        }
    }

    /// Time passes and nothing else happened: orders lapse, are given up or are sent again; closes
    /// that were refused are tried again; queued work goes on. `More` when work is left.
    /// O(work_per_call × (log orders + log triggers)).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`.
    pub fn timer(&mut self, request: &Timer) -> Result<Status, Status> {
        request.check_frame()?;
        self.enter(request.header.now);
        let deadlines = self.meet_deadlines();
        self.retry_stalled();
        self.retry_flatten();
        Ok(deadlines.or_more(self.work()).or_more(self.end_round()))
    }

    /// Goes on with queued work: a bar that is not over, deadlines that a timer has left, triggers
    /// that were reached, the end of a round of reconciliation. `More` when work is left.
    /// O(work_per_call × (log orders + log triggers)).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Range` as [`Engine::bar`].
    pub fn drain(&mut self, request: &Drain) -> Result<Status, Status> {
        request.check_frame()?;
        if self.has_bar() && self.drain_bar(request.header.now)? == Status::More {
            return Ok(Status::More);
        }
        self.enter(request.header.now);
        let deadlines = if self.deadlines_left { self.meet_deadlines() } else { Status::Ok };
        Ok(deadlines.or_more(self.work()).or_more(self.end_round()))
    }
}
