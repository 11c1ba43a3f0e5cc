//! The gate: every check of RISK_CHECKS.md that there is, one after the other.

use oms_core::market::LimitsSet;
use oms_core::status::{Check, Unit};

use crate::parents::PARENT;
use crate::verdict::Verdict;
use crate::world::{Key, Order, World, ceil, floor};

/// What is asked: a new order, or an old one with new numbers.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) sym: Option<usize>,
    pub(crate) scope: usize,
    pub(crate) buy: bool,
    pub(crate) order_type: u8,
    pub(crate) tif: u8,
    pub(crate) flags: u32,
    pub(crate) qty: i64,
    pub(crate) price: i64,
    pub(crate) expire_at: u64,
    pub(crate) position: Option<Key>,
    pub(crate) replaces: Option<Key>,
    pub(crate) bad_id: bool,
    pub(crate) new_room: bool,
    pub(crate) now: u64,
    pub(crate) more: Extra,
}

/// What stops, links and brackets add.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extra {
    pub(crate) client_id: u64,
    pub(crate) stop: i64,
    /// Offset and ratio.
    pub(crate) trail: (i64, i64),
    /// Stop-loss and take-profit.
    pub(crate) bracket: (i64, i64),
    pub(crate) timeout_at: u64,
    /// OMS_HOLD_*.
    pub(crate) hold: u8,
    pub(crate) linked: Option<Key>,
    pub(crate) parent: Option<Key>,
    /// Closes its position, and this is the quantity that came with it.
    pub(crate) closes: Option<i64>,
    /// It fired and is judged once more.
    pub(crate) release: bool,
    /// The engine's own close.
    pub(crate) own: bool,
    /// The quantity before own resting orders have taken theirs.
    pub(crate) uncut: i64,
    /// Its quantity was not known before.
    pub(crate) unknown: bool,
}

impl Ask {
    /// It waits here for its trigger price.
    pub(crate) fn held(&self) -> bool {
        self.order_type >= 3 && self.more.hold == 0
    }

    /// Its quantity is not known, or there is none.
    fn open_qty(&self) -> bool {
        self.flags & 4 != 0 && self.qty == 0
    }
}

impl World {
    /// The reference price and its time, for a side.
    pub(crate) fn reference(
        &self,
        sym: usize,
        buy: bool,
        limits: &LimitsSet,
    ) -> Option<(i64, u64)> {
        let s = &self.syms[sym];
        match limits.reference {
            0 => s.quote.map(|(bid, ask, at)| (if buy { ask } else { bid }, at)),
            1 => s.quote.map(|(bid, ask, at)| {
                let sum = i128::from(bid) + i128::from(ask);
                ((if buy { floor(sum, 2) } else { ceil(sum, 2) }) as i64, at)
            }),
            2 => s.last,
            _ => s.close,
        }
    }

    pub(crate) fn distance(limits: &LimitsSet, reference: i64) -> Option<i128> {
        let ticks = (limits.collar_ticks.0 >= 0).then(|| i128::from(limits.collar_ticks.0));
        let ratio = (limits.collar_ratio.0 >= 0).then(|| {
            let part = i128::from(reference).abs() * i128::from(limits.collar_ratio.0);
            floor(part, 1_000_000_000)
        });
        ticks.max(ratio)
    }

    /// Value in money, rounded up; none without a price to value it at.
    pub(crate) fn value(&self, ask: &Ask) -> Option<i128> {
        let sym = ask.sym?;
        let s = &self.syms[sym];
        let limits = s.limits.unwrap_or_else(empty_limits);
        let stop = ask.more.stop;
        // What a type does not have is 0.
        let price = if (2..=6).contains(&ask.order_type) {
            let larger = if stop.abs() > ask.price.abs() { stop } else { ask.price };
            i128::from(larger)
        } else if matches!(ask.order_type, 1 | 7) {
            let (reference, _) = self.reference(sym, ask.buy, &limits)?;
            let edge = if ask.buy { Self::distance(&limits, reference).unwrap_or(0) } else { 0 };
            i128::from(reference) + edge
        } else {
            i128::from(ask.price)
        };
        Some(ceil((i128::from(ask.qty) * price).abs() * s.num, s.den))
    }

    pub(crate) fn rate_count(&self, scope: usize, window: u64, now: u64) -> usize {
        self.scopes[scope].rates.iter().filter(|&&at| now - at < window).count()
    }

    fn fields(&self, ask: &Ask, v: &mut Verdict) {
        // Without a symbol nobody knows which prices there are.
        let negative = ask.sym.is_none_or(|s| self.syms[s].flags & 2 != 0);
        let allowed = |wanted: bool, x: i64| if wanted { negative || x > 0 } else { x == 0 };
        let (kind, more) = (ask.order_type, &ask.more);
        let (offset, ratio) = more.trail;
        let distance = if kind == 7 {
            (offset > 0 && ratio == 0) || (offset == 0 && (1..1_000_000_000).contains(&ratio))
        } else {
            more.trail == (0, 0)
        };
        let gtd = if ask.tif == 6 { ask.expire_at > ask.now } else { ask.expire_at == 0 };
        let mut fail = |unit, limit: i64, seen: i64| {
            v.fail(Check::Fields, unit, limit.into(), seen.into());
        };
        if let Some(given) = more.closes.filter(|&given| given != 0) {
            fail(Unit::Lots, 0, given);
        } else if more.closes.is_none() && ask.qty <= 0 {
            fail(Unit::Lots, 1, ask.qty);
        } else if !allowed(matches!(kind, 2 | 4 | 6), ask.price) {
            fail(Unit::Ticks, 0, ask.price);
        } else if !allowed((3..=6).contains(&kind), more.stop) {
            fail(Unit::Ticks, 0, more.stop);
        } else if let Some(market) = self.wrong_side(ask) {
            fail(Unit::Ticks, market, more.stop);
        } else if !distance {
            let (unit, seen) =
                if offset != 0 { (Unit::Ticks, offset) } else { (Unit::Ratio, ratio) };
            fail(unit, 1, seen);
        } else if !gtd {
            fail(Unit::Nanos, 0, ask.expire_at as i64);
        } else if more.timeout_at != 0 && more.timeout_at <= ask.now {
            fail(Unit::Nanos, ask.now as i64, more.timeout_at as i64);
        } else if !self.combination(ask, negative) {
            fail(Unit::None, 0, 0);
        }
    }

    /// The market price that a trigger price is beyond already.
    fn wrong_side(&self, ask: &Ask) -> Option<i64> {
        let (bid, offer) = self.basis(ask.sym?)?;
        let (market, stop) = (if ask.buy { offer } else { bid }, ask.more.stop);
        let right = match (ask.order_type, ask.buy) {
            (3 | 4, true) | (5 | 6, false) => stop > market,
            (3 | 4, false) | (5 | 6, true) => stop < market,
            _ => true,
        };
        (!right).then_some(market)
    }

    /// Flags, hold and bracket fit together.
    fn combination(&self, ask: &Ask, negative: bool) -> bool {
        let rests = ask.order_type == 2 && ask.tif != 3 && ask.tif != 4;
        if (ask.flags & 2 != 0 && !rests) || (ask.more.hold == 1 && ask.order_type < 3) {
            return false;
        }
        let (stop, target) = ask.more.bracket;
        let alone =
            ask.position.is_none() && ask.more.linked.is_none() && ask.more.parent.is_none();
        let plain = alone && ask.order_type <= 2 && (stop, target) == (0, 0);
        let new = ask.replaces.is_none();
        if new && ask.flags & PARENT != 0 && (!plain || ask.flags != PARENT) {
            return false;
        }
        if (stop, target) == (0, 0) {
            return true;
        }
        if ask.flags & 5 != 0 || (!negative && (stop < 0 || target < 0)) {
            return false;
        }
        let quote = ask.sym.and_then(|sym| self.syms[sym].quote);
        let entry = match ask.order_type {
            2 | 4 | 6 => Some(ask.price),
            3 | 5 => Some(ask.more.stop),
            _ => quote.map(|(bid, offer, _)| if ask.buy { offer } else { bid }),
        };
        let Some(entry) = entry else { return true };
        let below = |x: i64| x == 0 || x < entry;
        let above = |x: i64| x == 0 || x > entry;
        if ask.buy { below(stop) && above(target) } else { above(stop) && below(target) }
    }

    /// (could be reduced, would be reducing)
    pub(crate) fn reducible(&self, ask: &Ask, sym: usize) -> (i128, i128) {
        let asked = self.asked(ask);
        let closes = |key: Key| self.positions[key].long != ask.buy;
        let by_name = ask.flags & 1 != 0 && ask.position.is_some_and(closes);
        if !self.syms[sym].hedged() && !by_name {
            // By all that works in the symbol and the order's own scope, whoever named what.
            let net = self.own_net(sym, ask.scope);
            let net = if ask.buy { -net } else { net };
            let alike = |o: &Order| (o.sym, o.scope, o.buy) == (sym, ask.scope, ask.buy);
            return (net.max(0), self.total(ask, alike));
        }
        let Some(key) = ask.position else { return (0, asked) };
        let p = &self.positions[key];
        if p.long == ask.buy || p.qty == 0 {
            return (0, asked);
        }
        (i128::from(p.qty), self.total(ask, |o| self.closes(o, key)))
    }

    /// What works of these orders, with what is asked.
    pub(crate) fn total(&self, ask: &Ask, of: impl Fn(&Order) -> bool) -> i128 {
        let asked = self.asked(ask);
        let own: Vec<Key> = ask.replaces.into_iter().collect();
        let reduces = |o: &Order| o.flags & 1 != 0 && o.position == ask.position;
        let shares = ask.flags & 1 != 0 && ask.position.is_some();
        let partner = ask.more.linked.map(|k| &self.orders[k]);
        let partner = partner.filter(|o| shares && o.in_table && reduces(o) && of(o));
        let shared = partner.map_or(0, |o| asked.min(o.working().into()));
        self.reserved(&own, of) + asked - shared
    }

    /// Lots that would be reserved: of a replace that must be sent, the larger of old and new.
    pub(crate) fn asked(&self, ask: &Ask) -> i128 {
        let old = ask.replaces.map(|k| &self.orders[k]);
        let new = (ask.qty - old.map_or(0, |o| o.cum)).max(0);
        let kept = old.filter(|o| o.sent).map_or(0, |o| o.working());
        i128::from(new.max(kept))
    }

    /// What the scopes say, from the root down to the order's own.
    pub(crate) fn judge(&self, ask: &Ask) -> Verdict {
        let path = self.path(ask.scope);
        let words = path.iter().map(|&scope| self.judge_in(scope, ask));
        let word = words.reduce(Verdict::and).unwrap();
        if ask.scope < self.scopes.len() {
            return word;
        }
        let mut unknown = Verdict::in_scope(ask.scope);
        unknown.fail(Check::Scope, Unit::None, 0, 0);
        word.and(unknown)
    }

    /// The limits of a symbol in a scope: the symbol's own in the root.
    pub(crate) fn limits_in(&self, sym: usize, scope: usize) -> LimitsSet {
        if scope == 0 {
            return self.syms[sym].limits.unwrap_or_else(empty_limits);
        }
        self.scope_book(scope, sym).map_or(LimitsSet::OFF, |book| book.limits)
    }

    fn judge_in(&self, scope: usize, ask: &Ask) -> Verdict {
        let mut v = Verdict::of(Self::asked_of(ask.flags & PARENT != 0), scope);
        let root = scope == 0;
        if root {
            self.fields(ask, &mut v);
        }
        let limits = ask.sym.map_or_else(empty_limits, |sym| self.limits_in(sym, scope));
        if ask.sym.is_none() || limits.flags & 2 != 0 {
            v.fail(Check::Symbol, Unit::None, 0, 0);
        }
        if self.scopes[scope].flags & 1 != 0 {
            v.fail(Check::Scope, Unit::None, 0, 0);
        }
        self.judge_state(scope, ask, &mut v);
        if let Some(sym) = ask.sym {
            self.judge_symbol(scope, ask, sym, &limits, &mut v);
        }
        self.judge_rates(scope, ask, &mut v);
        self.judge_sequences(scope, ask, &mut v);
        if root {
            self.judge_id(ask, &mut v);
            self.judge_self_trade(ask, &mut v);
        }
        self.judge_short(scope, ask, &mut v);
        if ask.flags & 1 != 0 && ask.scope == scope {
            let (could, would) = self.reduction(ask);
            // To close what is not there, or what others are closing.
            let idle = could == 0 || (!ask.held() && ask.qty == 0);
            if would > could || (ask.more.closes.is_some() && idle) {
                v.fail(Check::ReduceOnly, Unit::Lots, could, would);
            }
        }
        if root {
            self.judge_parent(ask, &mut v);
        }
        self.judge_scope(scope, ask, &mut v);
        if root && !ask.new_room && !ask.more.release {
            v.fail(Check::Capacity, Unit::None, 0, 0);
        }
        Verdict { asked: u64::MAX, ..v }
    }

    /// (could be reduced, would be reducing), also where there is no symbol.
    fn reduction(&self, ask: &Ask) -> (i128, i128) {
        let nothing = (0, self.asked(ask));
        ask.sym.map_or(nothing, |sym| self.reducible(ask, sym))
    }

    /// TRADING_STATE and BREAKER.
    fn judge_state(&self, scope: usize, ask: &Ask, v: &mut Verdict) {
        let s = &self.scopes[scope];
        let of_symbol = ask.sym.map_or(0, |sym| self.states.of((sym, scope)));
        let trading = if self.thrown && scope == 0 { 3 } else { s.trading.max(of_symbol) };
        let (could, would) = self.reduction(ask);
        let through = match trading {
            0 => true,
            1 => would <= could,
            2 => ask.flags & 1 != 0,
            _ => false,
        };
        if !through {
            v.fail(Check::TradingState, Unit::Count, 0, trading.into());
        }
        let half = s.breaker.half_at(ask.now);
        let passes = match ask.replaces {
            Some(key) if half => self.probe(key, scope) && !self.probes_are_over(scope),
            _ => s.breaker.operational(ask.now),
        };
        if !passes {
            let cause = s.breaker.trips.last().unwrap().cause;
            v.fail(Check::Breaker, Unit::Count, 0, cause.into());
        }
    }

    fn judge_rates(&self, scope: usize, ask: &Ask, v: &mut Verdict) {
        let breaker = &self.scopes[scope].breaker;
        let renewed = breaker.open
            && breaker.operational(ask.now)
            && breaker.causes.contains(&crate::breaker::RATE);
        for (check, n, window) in self.windows(scope) {
            let count = if renewed { 0 } else { self.rate_count(scope, window, ask.now) as i64 };
            if !ask.more.release && n >= 0 && count + 1 > i64::from(n) {
                v.fail(check, Unit::Count, n.into(), i128::from(n) + 1);
            }
        }
    }

    fn judge_id(&self, ask: &Ask, v: &mut Verdict) {
        let rising = self.config.flags & 1 == 0 || ask.more.client_id > self.last_id;
        if ask.bad_id {
            v.fail(Check::ClientId, Unit::None, 0, 0);
        } else if ask.more.client_id != 0 && !rising {
            let (last, id) = (self.last_id.into(), ask.more.client_id.into());
            v.fail(Check::ClientId, Unit::Count, last, id);
        }
    }

    fn judge_symbol(
        &self,
        scope: usize,
        ask: &Ask,
        sym: usize,
        limits: &LimitsSet,
        v: &mut Verdict,
    ) {
        self.judge_types(scope, ask, sym, limits, v);
        self.judge_steps(scope, ask, sym, limits, v);
        self.judge_size(scope, ask, limits, v);
        self.judge_notional(scope, ask, limits, v);
        self.judge_collar(ask, sym, limits, v);
        self.judge_volume(ask, sym, limits, v);
        let alike = |o: &Order| o.sym == sym && o.buy == ask.buy && self.within(o.scope, scope);
        let total = self.total(ask, alike);
        let net = if ask.buy { self.net(sym, scope) } else { -self.net(sym, scope) };
        let max = if ask.buy { limits.long_max.0 } else { limits.short_max.0 };
        let max = self.capped(scope, ask, max);
        if max >= 0 && net + total > i128::from(max) {
            v.fail(Check::Position, Unit::Lots, max.into(), net + total);
        }
        if !ask.more.release {
            self.open_orders(scope, ask, sym, limits, total, v);
        }
        if self.counts(sym) {
            let (could, would) = self.reduction(ask);
            self.judge_values(scope, ask, sym, would <= could, v);
        }
        if !ask.more.release {
            self.positions_count(scope, ask, sym, limits, v);
        }
    }

    fn judge_steps(
        &self,
        scope: usize,
        ask: &Ask,
        sym: usize,
        limits: &LimitsSet,
        v: &mut Verdict,
    ) {
        let step = |step: i64, x: i64| step > 1 && x.rem_euclid(step) != 0;
        let known = &self.syms[sym].conditions;
        let width = |x| match scope {
            0 => known.step(x, limits.price_step.0),
            _ => limits.price_step.0,
        };
        let steps = [ask.price, ask.more.stop].map(|x| (width(x), x));
        if let Some((step, price)) = steps.into_iter().find(|&(of, x)| step(of, x)) {
            v.fail(Check::Increment, Unit::Ticks, step.into(), price.into());
        } else if step(limits.qty_step.0, ask.qty) {
            v.fail(Check::Increment, Unit::Lots, limits.qty_step.0.into(), ask.qty.into());
        }
    }

    /// What a probe may have of a limit.
    fn capped(&self, scope: usize, ask: &Ask, max: i64) -> i64 {
        let breaker = &self.scopes[scope].breaker;
        let part = breaker.config.probe_size.0;
        let share = floor(i128::from(max) * i128::from(part), 1_000_000_000) as i64;
        let small = max > 0 && !ask.more.own && breaker.half_at(ask.now);
        if small { share.max(1) } else { max }
    }

    fn judge_size(&self, scope: usize, ask: &Ask, limits: &LimitsSet, v: &mut Verdict) {
        let capped = |max: i64| self.capped(scope, ask, max);
        let (min, max) = (limits.qty_min.0, capped(limits.qty_max.0));
        let all = capped(self.scopes[scope].limits.qty_max.0);
        if min >= 0 && ask.qty < min && !ask.open_qty() {
            v.fail(Check::Qty, Unit::Lots, min.into(), ask.qty.into());
        } else if max >= 0 && ask.qty > max {
            v.fail(Check::Qty, Unit::Lots, max.into(), ask.qty.into());
        } else if (0..ask.qty).contains(&all) && !ask.open_qty() {
            v.fail(Check::Qty, Unit::Lots, all.into(), ask.qty.into());
        }
    }

    fn judge_notional(&self, scope: usize, ask: &Ask, limits: &LimitsSet, v: &mut Verdict) {
        let (min, max) = (limits.notional_min.0, limits.notional_max.0);
        let value = if ask.open_qty() { Some(0) } else { self.value(ask) };
        let exempt = ask.flags & 1 != 0;
        match value {
            Some(value) if min >= 0 && !exempt && value < i128::from(min) => {
                v.fail(Check::Notional, Unit::Money, min.into(), value);
            }
            Some(value) if max >= 0 && value > i128::from(max) => {
                v.fail(Check::Notional, Unit::Money, max.into(), value);
            }
            None if max >= 0 => v.fail(Check::Notional, Unit::Money, max.into(), 0),
            None if min > 0 && !exempt => v.fail(Check::Notional, Unit::Money, min.into(), 0),
            Some(_) if ask.open_qty() => {}
            value => {
                let max = self.scopes[scope].limits.notional_max.0;
                let seen = value.unwrap_or(0);
                if max >= 0 && value.is_none_or(|value| value > i128::from(max)) {
                    v.fail(Check::Notional, Unit::Money, max.into(), seen);
                }
            }
        }
    }

    /// COLLAR and REFERENCE_AGE.
    fn judge_collar(&self, ask: &Ask, sym: usize, limits: &LimitsSet, v: &mut Verdict) {
        let reference = self.reference(sym, ask.buy, limits);
        // A stop's limit is held against its own trigger price.
        let from = match ask.order_type {
            2 => reference.map(|(price, _)| price),
            _ => Some(ask.more.stop),
        };
        let collar = limits.collar_ticks.0 >= 0 || limits.collar_ratio.0 >= 0;
        if matches!(ask.order_type, 2 | 4 | 6) && collar {
            match from {
                None => v.fail(Check::Collar, Unit::Ticks, 0, ask.price.into()),
                Some(price) => {
                    let d = Self::distance(limits, price).unwrap();
                    let (price, asked) = (i128::from(price), i128::from(ask.price));
                    let (high, low) = (price + d, price - d);
                    let both = limits.flags & 1 != 0;
                    if asked > high && (ask.buy || both) {
                        v.fail(Check::Collar, Unit::Ticks, high, asked);
                    } else if asked < low && (!ask.buy || both) {
                        v.fail(Check::Collar, Unit::Ticks, low, asked);
                    }
                }
            }
        }
        if limits.reference_age_max >= 0 {
            let max = limits.reference_age_max;
            match reference {
                None => v.fail(Check::ReferenceAge, Unit::Nanos, max.into(), i64::MAX.into()),
                Some((_, at)) if i128::from(ask.now - at) > i128::from(max) => {
                    v.fail(Check::ReferenceAge, Unit::Nanos, max.into(), (ask.now - at).into());
                }
                _ => {}
            }
        }
    }

    /// Orders that work.
    pub(crate) fn count(&self, of: impl Fn(&Order) -> bool) -> i64 {
        self.orders.iter().filter(|o| o.in_table && o.working() > 0 && of(o)).count() as i64
    }

    fn open_orders(
        &self,
        scope: usize,
        ask: &Ask,
        sym: usize,
        limits: &LimitsSet,
        lots: i128,
        v: &mut Verdict,
    ) {
        let new = ask.replaces.is_none();
        let own = |o: &Order| self.within(o.scope, scope);
        let here = self.count(|o| o.sym == sym && o.buy == ask.buy && own(o)) + 1;
        let all = self.count(own) + 1;
        let beyond = |max: i64, n: i64| max >= 0 && new && n > max;
        let (most, most_lots) = (limits.open_orders_max, limits.open_qty_max.0);
        let most_all = self.scopes[scope].limits.open_orders_max;
        if beyond(most, here) {
            v.fail(Check::OpenOrders, Unit::Count, most.into(), here.into());
        } else if most_lots >= 0 && lots > i128::from(most_lots) {
            v.fail(Check::OpenOrders, Unit::Lots, most_lots.into(), lots);
        } else if beyond(most_all, all) {
            v.fail(Check::OpenOrders, Unit::Count, most_all.into(), all.into());
        }
    }

    fn positions_count(
        &self,
        scope: usize,
        ask: &Ask,
        sym: usize,
        limits: &LimitsSet,
        v: &mut Verdict,
    ) {
        let opens = if self.syms[sym].hedged() {
            ask.position.is_none() && ask.replaces.is_none()
        } else {
            self.own_claims(sym, ask.scope) == 0
        };
        if opens {
            self.judge_claims(scope, sym, limits, v);
        }
    }

    /// POSITIONS, of one that opens a further position.
    pub(crate) fn judge_claims(&self, scope: usize, sym: usize, l: &LimitsSet, v: &mut Verdict) {
        let most = self.scopes[scope].limits.positions_max;
        let counts = [(l.positions_max, self.claims(sym, scope)), (most, self.all_claims(scope))];
        if let Some((max, n)) = counts.into_iter().find(|&(max, n)| max >= 0 && n + 1 > max) {
            v.fail(Check::Positions, Unit::Count, max.into(), i128::from(n) + 1);
        }
    }
}

pub(crate) fn empty_limits() -> LimitsSet {
    <LimitsSet as oms_core::status::Request>::EMPTY
}
