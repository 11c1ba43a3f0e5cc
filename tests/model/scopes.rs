//! The tree of scopes: what each one has, who denies, whose account a deal moves, books and rooms.

use oms_core::market::LimitsSet;
use oms_core::risk::{BreakerConfig, ScopeBreakerSet, ScopeDefine, ScopeLimitsSet};
use oms_core::status::{Check, EventKind, Request, Status};

use crate::breaker::{Breaker, RATE};
use crate::counts::Counts;
use crate::sequences::Traffic;
use crate::world::{Ev, Order, Position, World, floor};

/// One scope; the first one is the root.
pub(crate) struct Scope {
    pub(crate) name: [u8; 32],
    pub(crate) parent: usize,
    /// From the root down to it.
    pub(crate) path: Vec<usize>,
    pub(crate) flags: u32,
    pub(crate) limits: ScopeLimitsSet,
    pub(crate) breaker: Breaker,
    pub(crate) trading: u8,
    /// Times of the orders that passed it.
    pub(crate) rates: Vec<u64>,
    pub(crate) paid_in: i64,
    pub(crate) session_equity: i64,
    pub(crate) commission: i64,
    /// Checks that were warned of.
    pub(crate) warned: Vec<Check>,
    pub(crate) traffic: Traffic,
    pub(crate) counts: Counts,
}

/// Limits of a symbol in a scope below the root; it holds a slot for a net position.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) scope: usize,
    pub(crate) sym: usize,
    pub(crate) limits: LimitsSet,
    pub(crate) located: i64,
    /// Checks that were warned of.
    pub(crate) warned: Vec<Check>,
}

impl Scope {
    pub(crate) fn root(config: BreakerConfig, balance: i64) -> Self {
        Self {
            name: [0; 32],
            parent: 0,
            path: vec![0],
            flags: 0,
            limits: ScopeLimitsSet::EMPTY,
            breaker: Breaker::new(config, balance),
            trading: 0,
            rates: Vec::new(),
            paid_in: balance,
            session_equity: balance,
            commission: 0,
            warned: Vec::new(),
            traffic: Traffic::default(),
            counts: Counts::default(),
        }
    }
}

/// All limits off.
fn quiet(session_offset: oms_core::num::Nanos) -> BreakerConfig {
    let off = oms_core::num::Ratio(-1);
    BreakerConfig {
        daily_loss_ratio: off,
        drawdown_ratio: off,
        session_offset,
        consecutive_losses: -1,
        consecutive_errors: -1,
        orders_per_minute: -1,
        orders_per_hour: -1,
        ..BreakerConfig::DEFAULT
    }
}

impl World {
    pub(crate) fn root(&self) -> &Scope {
        &self.scopes[0]
    }

    /// From the root down; of a scope that there is not the root.
    pub(crate) fn path(&self, scope: usize) -> Vec<usize> {
        self.scopes.get(scope).map_or(vec![0], |scope| scope.path.clone())
    }

    /// Whether what is of one scope counts in another.
    pub(crate) fn within(&self, of: usize, scope: usize) -> bool {
        scope == 0 || self.scopes.get(of).is_some_and(|of| of.path.contains(&scope))
    }

    pub(crate) fn scope_exists(&self, scope: u32) -> Result<usize, Status> {
        let number = scope as usize;
        if number < self.scopes.len() { Ok(number) } else { Err(Status::Scope) }
    }

    /// The book that a request of a symbol in a scope needs is made: it is time for the request.
    pub(crate) fn place_of(
        &mut self,
        now: u64,
        symbol: u32,
        scope: u32,
    ) -> Result<(usize, usize), Status> {
        let (sym, scope) = (symbol as usize, self.scope_exists(scope)?);
        self.check_place(symbol, scope)?;
        self.enter(now);
        self.make_books(scope, sym);
        Ok((sym, scope))
    }

    /// Whether there is, or may be, a book of a symbol in a scope.
    pub(crate) fn check_place(&self, symbol: u32, scope: usize) -> Result<(), Status> {
        if symbol as usize >= self.syms.len() {
            return Err(Status::Symbol);
        }
        let room = self.has_room_for(scope, symbol as usize, 0);
        if room { Ok(()) } else { Err(Status::Capacity) }
    }

    pub(crate) fn scope_define(&mut self, r: &ScopeDefine) -> Result<(Status, u32), Status> {
        if r.flags > 1 {
            return Err(Status::Enum);
        }
        let end = r.name.iter().position(|&c| c == 0).unwrap_or(32);
        let text = r.name[..end].iter().all(|c| (33..127).contains(c) || *c == b' ');
        if end == 0 || end == 32 || !text || r.name[end..].iter().any(|&c| c != 0) {
            return Err(Status::Range);
        }
        let parent = self.scope_exists(r.parent)?;
        let known = (1..self.scopes.len()).find(|&n| self.scopes[n].name == r.name);
        if let Some(number) = known {
            if self.scopes[number].parent != parent {
                return Err(Status::Conflict);
            }
            let same = self.scopes[number].flags == r.flags;
            self.enter(r.header.now.0);
            if same {
                return Ok((Status::Exists, number as u32));
            }
            self.scopes[number].flags = r.flags;
            self.tell_scope(number);
            return Ok((Status::Ok, number as u32));
        }
        if self.scopes[parent].path.len() == 4 {
            return Err(Status::Range);
        }
        if self.scopes.len() == self.config.capacity.scopes as usize {
            return Err(Status::Capacity);
        }
        self.enter(r.header.now.0);
        let number = self.scopes.len();
        let mut path = self.scopes[parent].path.clone();
        path.push(number);
        let offset = self.root().breaker.config.session_offset;
        let mut scope = Scope { name: r.name, parent, path, ..Scope::root(quiet(offset), 0) };
        scope.flags = r.flags;
        scope.breaker.roll(self.now);
        self.scopes.push(scope);
        self.tell_scope(number);
        self.happens("a scope is defined", number);
        Ok((Status::Ok, number as u32))
    }

    fn tell_scope(&mut self, scope: usize) {
        let code = Some(self.scopes[scope].flags);
        self.emit(Ev { code, ..Ev::of(EventKind::Scope, scope) });
    }

    pub(crate) fn scope_breaker_set(&mut self, r: &ScopeBreakerSet) -> Result<Status, Status> {
        let scope = self.scope_exists(r.scope)?;
        let b = &r.breaker;
        let money = [b.daily_loss_money.0, b.drawdown_money.0, b.streak_loss_money.0];
        let ratios = [b.daily_loss_ratio.0, b.drawdown_ratio.0];
        let counts = [b.consecutive_losses, b.consecutive_errors].map(i64::from);
        let rates = [b.orders_per_minute, b.orders_per_hour, b.orders_per_window].map(i64::from);
        let bad = |&limit: &i64| limit != -1 && limit <= 0;
        let limits = money.iter().chain(&ratios).chain(&counts).chain(&rates).any(bad);
        let many = rates.iter().any(|&rate| rate > i64::from(self.config.capacity.rate));
        let own = self.scopes[scope].breaker.config.session_offset;
        if limits || many || b.session_offset != own {
            return Err(Status::Range);
        }
        if ratios.iter().any(|&ratio| ratio != -1) && self.equity_of(scope, false) <= 0 {
            return Err(Status::State);
        }
        self.enter(r.header.now.0);
        let old = self.scopes[scope].breaker.config;
        self.scopes[scope].breaker.set_config(b);
        self.emit(Ev { code: Some(1), ..Ev::of(EventKind::ScopeLimits, scope) });
        self.tell_breaker(scope, &old, b);
        self.check_equity(scope);
        let trip = self.scopes[scope].breaker.check_counts(self.now);
        if trip.is_some() {
            self.happens("lowered limits trip", scope);
        }
        self.tripped(scope, trip);
        self.warn_breaker(scope);
        Ok(Status::Ok)
    }

    /// Whether there is room for the books that something of this scope needs, and for so many
    /// positions besides.
    pub(crate) fn has_room_for(&self, scope: usize, sym: usize, positions: usize) -> bool {
        let path = self.path(scope).into_iter().skip(1);
        let missing = path.filter(|&number| !self.has_book(number, sym)).count();
        let books = self.config.capacity.books as usize - self.books.len();
        missing <= books && missing + positions <= self.position_room()
    }

    fn has_book(&self, scope: usize, sym: usize) -> bool {
        self.scope_book(scope, sym).is_some()
    }

    pub(crate) fn scope_book(&self, scope: usize, sym: usize) -> Option<&Book> {
        self.books.iter().find(|book| (book.scope, book.sym) == (scope, sym))
    }

    pub(crate) fn make_books(&mut self, scope: usize, sym: usize) {
        for scope in self.path(scope).into_iter().skip(1) {
            if !self.has_book(scope, sym) {
                let (limits, warned) = (LimitsSet::OFF, Vec::new());
                self.books.push(Book { scope, sym, limits, located: 0, warned });
            }
        }
    }

    /// The equity of a scope is looked at, and of all that it lies in.
    pub(crate) fn check_equity(&mut self, scope: usize) {
        for number in self.path(scope) {
            self.check_equity_in(number);
        }
    }

    fn check_equity_in(&mut self, number: usize) {
        let realised_only = self.scopes[number].breaker.config.flags & 2 != 0;
        let equity = self.equity_of(number, realised_only);
        let trip = self.scopes[number].breaker.set_equity(self.now, equity);
        self.tripped(number, trip);
        self.warn_breaker(number);
    }

    /// After new marks: those below the root that hold the symbol.
    pub(crate) fn check_holders(&mut self, sym: usize) {
        for number in 1..self.scopes.len() {
            let mut open = self.positions.iter().filter(|p| p.sym == sym && p.qty > 0);
            if open.any(|p| self.within(p.scope, number)) {
                self.check_equity_in(number);
            }
        }
    }

    pub(crate) fn unrealised(&self, scope: usize) -> i128 {
        let open = self.positions.iter().filter(|p| p.qty > 0 && self.within(p.scope, scope));
        open.map(|p| self.unrealised_of(p) * self.scale(p.sym)).sum()
    }

    pub(crate) fn realised_common(&self, scope: usize) -> i128 {
        let own = self.positions.iter().filter(|p| self.within(p.scope, scope));
        own.map(|p| p.realised * self.scale(p.sym)).sum()
    }

    pub(crate) fn equity_of(&self, scope: usize, realised_only: bool) -> i64 {
        let open = if realised_only { 0 } else { self.unrealised(scope) };
        let exact = floor(self.realised_common(scope) + open, self.common_den());
        let s = &self.scopes[scope];
        i64::try_from(i128::from(s.paid_in) - i128::from(s.commission) + exact).unwrap()
    }

    /// Commissions of a scope, and of all that it lies in.
    pub(crate) fn pay_fee(&mut self, scope: usize, fee: i64) {
        for number in self.path(scope) {
            self.scopes[number].commission += fee;
        }
    }

    pub(crate) fn note_error(&mut self, scope: usize) {
        for number in self.path(scope) {
            let trip = self.scopes[number].breaker.error(self.now);
            self.tripped(number, trip);
            self.warn_breaker(number);
        }
    }

    /// Breakers that trip by rate, where one order more is one too many.
    pub(crate) fn trip_by_rate(&mut self, scope: usize) {
        for number in self.path(scope) {
            let c = self.scopes[number].breaker.config;
            let full = self.windows(number).iter().any(|&(_, n, window)| {
                n >= 0 && self.rate_count(number, window, self.now) as i64 + 1 > i64::from(n)
            });
            if full && c.flags & 8 != 0 {
                let trip = self.scopes[number].breaker.trip(self.now, RATE);
                self.tripped(number, trip);
            }
        }
    }

    /// Longs less shorts of a scope and those in it.
    pub(crate) fn net(&self, sym: usize, scope: usize) -> i128 {
        self.net_of(|p| p.sym == sym && self.within(p.scope, scope))
    }

    /// Of a scope itself.
    pub(crate) fn own_net(&self, sym: usize, scope: usize) -> i128 {
        self.net_of(|p| p.sym == sym && p.scope == scope)
    }

    fn net_of(&self, of: impl Fn(&Position) -> bool) -> i128 {
        let open = self.positions.iter().filter(|p| of(p));
        open.map(|p| if p.long { i128::from(p.qty) } else { -i128::from(p.qty) }).sum()
    }

    /// Positions of a symbol that are open or may be opened by working orders: of a scope itself.
    pub(crate) fn own_claims(&self, sym: usize, scope: usize) -> i64 {
        let open = self.positions.iter().filter(|p| p.sym == sym && p.scope == scope && p.qty > 0);
        let own = |o: &&Order| o.sym == sym && o.scope == scope;
        if self.syms[sym].hedged() {
            let opening = self.orders.iter().filter(own).filter(|o| self.holds_room(o));
            return (open.count() + opening.count()) as i64;
        }
        let works = self.orders.iter().filter(own).any(|o| o.in_table && o.working() > 0);
        i64::from(works || open.count() > 0)
    }

    /// And of those in it.
    pub(crate) fn claims(&self, sym: usize, scope: usize) -> i64 {
        let own = (0..self.scopes.len()).filter(|&of| self.within(of, scope));
        own.map(|of| self.own_claims(sym, of)).sum()
    }

    /// Of all symbols.
    pub(crate) fn all_claims(&self, scope: usize) -> i64 {
        (0..self.syms.len()).map(|sym| self.claims(sym, scope)).sum()
    }
}
