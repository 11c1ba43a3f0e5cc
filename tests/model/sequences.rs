//! Checks that look at earlier orders: rates and repeats of symbols, duplicates, requests over
//! fills, cancels, the host's heartbeat. Every time is kept; what counts is looked up.

use oms_core::market::LimitsSet;
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::{Check, EventKind, Status, Unit};

use crate::gate::Ask;
use crate::verdict::Verdict;
use crate::world::{Ev, Key, World, floor};

/// Scope, symbol, buy, price, quantity.
type Like = (usize, usize, bool, i64, i64);

/// The first executions of orders of one side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Executed {
    /// When and at which price.
    orders: Vec<(u64, i64)>,
    /// By the limits of which scopes it is held back, and how many were counted.
    held: Vec<(usize, i64)>,
}

#[derive(Default)]
pub(crate) struct Sequences {
    /// Symbol, scope that counts and time of each request.
    rates: Vec<(usize, usize, u64)>,
    recent: Vec<(Like, u64)>,
    /// By symbol, scope and side.
    executed: Vec<(usize, usize, bool, Executed)>,
}

/// What a scope counts of its requests.
#[derive(Default)]
pub(crate) struct Traffic {
    requests: Vec<u64>,
    fills: Vec<u64>,
    cancels: Vec<u64>,
    cancels_told: bool,
    /// The last heartbeat, or when they began to matter; whether one was given since.
    beat: (u64, bool),
    silence_told: bool,
    /// That it comes near was told.
    silence_near: bool,
}

impl World {
    fn like(ask: &Ask) -> Option<Like> {
        let price = if ask.price == 0 { ask.more.stop } else { ask.price };
        Some((ask.scope, ask.sym?, ask.buy, price, ask.qty))
    }

    pub(crate) fn keeps_counts(&self, r: &LimitsSet) -> bool {
        let c = &self.config.capacity;
        let kept = r.rate_max <= i64::from(c.symbol_rate);
        kept && r.repeat_max <= 16 && r.duplicate_max <= i64::from(c.recent).min(16)
    }

    pub(crate) fn note_request(&mut self, sym: usize, scope: usize) {
        for number in self.path(scope) {
            if self.limits_in(sym, number).rate_max >= 0 {
                self.seq.rates.push((sym, number, self.now));
            }
        }
        for number in self.path(scope) {
            self.note_traffic(number);
        }
    }

    fn note_traffic(&mut self, scope: usize) {
        if self.scopes[scope].limits.order_to_trade_max.0 > 0 {
            let now = self.now;
            self.scopes[scope].traffic.requests.push(now);
        }
    }

    pub(crate) fn note_new(&mut self, ask: &Ask) {
        let like = Self::like(ask).unwrap();
        let path = self.path(ask.scope);
        let looks = path.iter().any(|&n| self.limits_in(like.1, n).duplicate_max >= 0);
        if looks && ask.flags & 8 == 0 {
            self.seq.recent.push((like, self.now));
        }
    }

    pub(crate) fn note_cancel(&mut self, scope: usize) {
        for number in self.path(scope) {
            self.note_traffic(number);
            let s = &mut self.scopes[number];
            let (max, window) = (s.limits.cancel_max, s.limits.cancel_window.0);
            if max < 0 || window == 0 {
                continue;
            }
            s.traffic.cancels.push(self.now);
            let (most, _) = self.in_parts(&self.scopes[number].traffic.cancels, window, self.now);
            let beyond = most > max;
            if beyond && !self.scopes[number].traffic.cancels_told {
                let limits = Some((max, most));
                self.emit(Ev { code: Some(79), limits, ..Ev::of(EventKind::Warn, number) });
                self.happens("too many cancels", number);
            }
            self.scopes[number].traffic.cancels_told = beyond;
        }
    }

    /// An execution of an order that is known, or of one that is not.
    pub(crate) fn note_execution(
        &mut self,
        order: Option<Key>,
        scope: usize,
        qty: i64,
        value: i128,
    ) {
        self.count_at(scope, |c| c.executions += 1);
        for number in self.path(scope) {
            if self.scopes[number].limits.order_to_trade_max.0 > 0 {
                let now = self.now;
                self.scopes[number].traffic.fills.push(now);
            }
        }
        let Some(o) = order.map(|key| self.orders[key].clone()) else { return };
        // The first one of an order that somebody has asked for.
        if o.cum != qty || o.client_id >> 63 == 1 || o.marks & 64 != 0 {
            return;
        }
        let limits: Vec<_> =
            self.path(scope).iter().map(|&n| (n, self.limits_in(o.sym, n))).collect();
        if limits.iter().all(|(_, l)| l.repeat_max <= 0) {
            return;
        }
        let (price, now) = (floor(value, qty.into()) as i64, self.now);
        self.executed(o.sym, o.scope, o.buy).orders.push((now, price));
        for (number, l) in limits.into_iter().filter(|(_, l)| l.repeat_max > 0) {
            let executed = self.executed(o.sym, o.scope, o.buy);
            let range = l.repeat_range.0;
            let near = |p: i64| range < 0 || (p - price).abs() <= range;
            let last = executed.orders.iter().rev().take(16);
            let young = |at: u64| now - at < l.repeat_window.0;
            let alike = last.filter(|&&(at, p)| young(at) && near(p)).count() as i64;
            let held = executed.held.iter().any(|&(by, _)| by == number);
            if alike >= l.repeat_max && !held {
                executed.held.push((number, alike));
                let (code, value) = (Some(1), Some(number as i64));
                let event = Ev { code, value, ..Ev::of(EventKind::Repeat, o.scope) };
                self.emit(Ev { price: Some(price), ..event });
                self.happens("repeats are held back", number);
            } else if !held {
                self.warn_of_repeat(number, l.repeat_max, alike);
            }
        }
    }

    /// The execution that brings them near is told.
    fn warn_of_repeat(&mut self, scope: usize, max: i64, alike: i64) {
        let share = i128::from(self.scopes[scope].limits.warn_ratio.0);
        let near =
            |count: i64| count > 0 && i128::from(count) * 1_000_000_000 >= i128::from(max) * share;
        if share >= 0 && near(alike) && !near(alike - 1) {
            self.tell_near(scope, (Check::Repeat, max, alike.into()));
            self.happens("repeats come near", scope);
        }
    }

    /// Orders like one that was noted, itself too.
    pub(crate) fn alike(&self, ask: &Ask, l: &LimitsSet) -> i128 {
        if l.duplicate_max <= 0 || ask.flags & crate::parents::PARENT != 0 {
            return 0;
        }
        let (like, window) = (Self::like(ask).unwrap(), l.duplicate_window.0);
        let cap = self.config.capacity.recent as usize;
        let recent = &self.seq.recent;
        let kept = &recent[recent.len().saturating_sub(cap)..];
        let same = kept.iter().filter(|&&(l, at)| l == like && self.now - at < window);
        (same.count() as i128).min(l.duplicate_max.into())
    }

    fn executed(&mut self, sym: usize, scope: usize, buy: bool) -> &mut Executed {
        let all = &mut self.seq.executed;
        let found = all.iter().position(|&(s, n, b, _)| (s, n, b) == (sym, scope, buy));
        let place = found.unwrap_or_else(|| {
            all.push((sym, scope, buy, Executed::default()));
            all.len() - 1
        });
        &mut all[place].3
    }

    /// Of a scope and those in it.
    pub(crate) fn reset_repeats(&mut self, value: i64, scope: usize) {
        let books = self.books.iter().map(|book| (book.sym, book.scope));
        let roots = (0..self.syms.len()).map(|sym| (sym, 0)).filter(|_| scope == 0);
        for (sym, of) in roots.chain(books).collect::<Vec<_>>() {
            if !self.within(of, scope) || (value != -1 && value != sym as i64) {
                continue;
            }
            for buy in [true, false] {
                let executed = std::mem::take(self.executed(sym, of, buy));
                if !executed.held.is_empty() {
                    self.emit(Ev { code: Some(0), ..Ev::of(EventKind::Repeat, of) });
                }
            }
        }
    }

    pub(crate) fn reset_names(&self, value: i64) -> Result<(), Status> {
        let named = value == -1 || (0..self.syms.len() as i64).contains(&value);
        if named { Ok(()) } else { Err(Status::Symbol) }
    }

    pub(crate) fn beat(&mut self, scope: usize) {
        let s = &mut self.scopes[scope];
        if s.limits.heartbeat_max >= 0 {
            s.traffic.beat = (self.now, true);
            s.traffic.silence_told = false;
            s.traffic.silence_near = false;
        }
    }

    pub(crate) fn watch_host(&mut self, scope: usize) {
        let s = &mut self.scopes[scope];
        let max = i128::from(s.limits.heartbeat_max);
        let age = i128::from(self.now - s.traffic.beat.0);
        let share = i128::from(s.limits.warn_ratio.0);
        let near = max > 0 && share >= 0 && age > 0 && age * 1_000_000_000 >= max * share;
        if near && !s.traffic.silence_near && !s.traffic.silence_told {
            s.traffic.silence_near = true;
            if age <= max {
                self.tell_near(scope, (Check::Heartbeat, max as i64, age));
                self.happens("a silence comes near", scope);
            }
        }
        let s = &mut self.scopes[scope];
        if max <= 0 || age <= max || s.traffic.silence_told {
            return;
        }
        s.traffic.silence_told = true;
        let limits = Some((max as i64, age as i64));
        self.emit(Ev { limits, ..Ev::of(EventKind::Heartbeat, scope) });
        self.happens("the host is silent", scope);
        if self.root().trading != 3 {
            self.cancel_all((scope, None));
        }
    }

    /// After new limits of the scope: what counts begins.
    pub(crate) fn follow_scope_limits(&mut self, scope: usize, old: &ScopeLimitsSet) {
        let new = self.scopes[scope].limits;
        let seq = &mut self.scopes[scope].traffic;
        let window = old.order_to_trade_window != new.order_to_trade_window;
        if old.order_to_trade_max.0 <= 0 || window {
            seq.requests.clear();
            seq.fills.clear();
        }
        let window = old.cancel_window != new.cancel_window;
        if old.cancel_max < 0 || window {
            seq.cancels.clear();
        }
        seq.cancels_told &= old.cancel_max == new.cancel_max && !window;
        if old.heartbeat_max <= 0 && new.heartbeat_max > 0 {
            seq.beat = (self.now, false);
            seq.silence_told = false;
            seq.silence_near = false;
        }
    }

    /// How many are in a window by whole parts of it: at most, at least. Window 0 is the session.
    fn in_parts(&self, times: &[u64], window: u64, now: u64) -> (i64, i64) {
        if window == 0 {
            let today = |&&at: &&u64| {
                let breaker = &self.root().breaker;
                breaker.day_of(at) == breaker.day_of(now)
            };
            let count = times.iter().filter(today).count() as i64;
            return (count, count);
        }
        let width = window.div_ceil(32);
        let near = |&&at: &&u64| at / width + 32 >= now / width;
        let whole = |&&at: &&u64| at / width * width + window > now;
        let most = times.iter().filter(near);
        let least = times.iter().filter(near).filter(whole);
        (most.count() as i64, least.count() as i64)
    }

    pub(crate) fn judge_sequences(&self, scope: usize, ask: &Ask, v: &mut Verdict) {
        let Some(sym) = ask.sym else { return };
        let l = self.limits_in(sym, scope);
        let own = |&&(s, n, at): &&(usize, usize, u64)| {
            (s, n) == (sym, scope) && ask.now - at < l.rate_window.0
        };
        let count = self.seq.rates.iter().filter(own).count() as i64 + 1;
        if l.rate_max >= 0 && count > l.rate_max && !ask.more.release {
            v.fail(Check::RateSymbol, Unit::Count, l.rate_max.into(), i128::from(l.rate_max) + 1);
        }
        let side = (sym, ask.scope, ask.buy);
        let executed = self.seq.executed.iter().find(|(s, n, b, _)| (*s, *n, *b) == side);
        let mut held = executed.iter().flat_map(|(.., executed)| executed.held.iter());
        let held = held.find(|(by, _)| *by == scope).map(|&(_, count)| count);
        if l.repeat_max == 0 || (l.repeat_max > 0 && held.is_some()) {
            v.fail(Check::Repeat, Unit::Count, l.repeat_max.into(), held.unwrap_or(0).into());
        }
        self.judge_duplicate(ask, &l, v);
    }

    /// Requests of a symbol in its window, of those that are kept.
    pub(crate) fn rate_of(&self, sym: usize, scope: usize) -> i64 {
        let window = self.limits_in(sym, scope).rate_window.0;
        let own =
            |&&(s, n, at): &&(usize, usize, u64)| (s, n) == (sym, scope) && self.now - at < window;
        let all = self.seq.rates.iter().filter(own);
        (all.count() as i64).min(self.config.capacity.symbol_rate.into())
    }

    /// Requests over fills as they are counted now; 0 while they are few, or not counted.
    pub(crate) fn order_to_trade(&self, scope: usize) -> i128 {
        let (l, traffic) = (&self.scopes[scope].limits, &self.scopes[scope].traffic);
        let window = l.order_to_trade_window.0;
        let (requests, _) = self.in_parts(&traffic.requests, window, self.now);
        let (_, fills) = self.in_parts(&traffic.fills, window, self.now);
        if l.order_to_trade_max.0 <= 0 || requests < l.order_to_trade_min {
            0
        } else if fills == 0 {
            i64::MAX.into()
        } else {
            -floor(-i128::from(requests) * 1_000_000_000, fills.into())
        }
    }

    fn judge_duplicate(&self, ask: &Ask, l: &LimitsSet, v: &mut Verdict) {
        let max = l.duplicate_max;
        if max < 0 || ask.replaces.is_some() || ask.more.own {
            return;
        }
        let (like, window) = (Self::like(ask).unwrap(), l.duplicate_window.0);
        let cap = self.config.capacity.recent as usize;
        let recent = &self.seq.recent;
        let kept = &recent[recent.len().saturating_sub(cap)..];
        let same = kept.iter().filter(|&&(l, at)| l == like && ask.now - at < window);
        if same.count() as i64 >= max {
            v.fail(Check::Duplicate, Unit::Count, max.into(), i128::from(max) + 1);
        } else if recent.len() > cap && ask.now - kept[0].1 < window {
            let reach = ask.now - kept[0].1;
            v.fail(Check::Duplicate, Unit::Nanos, window.into(), reach.into());
        }
    }

    pub(crate) fn judge_scope(&self, scope: usize, ask: &Ask, v: &mut Verdict) {
        let (l, traffic) = (&self.scopes[scope].limits, &self.scopes[scope].traffic);
        let (max, window) = (l.order_to_trade_max.0, l.order_to_trade_window.0);
        if max >= 0 && !ask.more.release {
            let (requests, _) = self.in_parts(&traffic.requests, window, ask.now);
            let (_, fills) = self.in_parts(&traffic.fills, window, ask.now);
            let asked = i128::from(requests + 1) * 1_000_000_000;
            let few = requests + 1 < l.order_to_trade_min && max > 0;
            if !few && asked > i128::from(max) * i128::from(fills) {
                let fills = i128::from(fills);
                let shown = if fills == 0 { i64::MAX.into() } else { -floor(-asked, fills) };
                v.fail(Check::OrderToTrade, Unit::Ratio, max.into(), shown);
            }
        }
        let (at, given) = traffic.beat;
        let age = i128::from(ask.now.saturating_sub(at));
        if l.heartbeat_max >= 0 && (!given || age > i128::from(l.heartbeat_max)) {
            let shown = if given { age } else { i64::MAX.into() };
            v.fail(Check::Heartbeat, Unit::Nanos, l.heartbeat_max.into(), shown);
        }
    }
}
