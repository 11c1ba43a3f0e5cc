//! Limits in money: what works, was traded and is open, added up anew each time.

use oms_core::engine::GroupSet;
use oms_core::market::LimitsSet;
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::{Check, EventKind, Status, Unit};

use crate::gate::{Ask, empty_limits};
use crate::verdict::Verdict;
use crate::warn::Figure;
use crate::world::{Ev, Key, Order, Position, World, ceil};

const ONE: i128 = 1_000_000_000;

/// An execution, or a change of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trade {
    day: Option<u64>,
    sym: usize,
    scope: usize,
    buy: bool,
    by: i128,
}

/// Groups of symbols: limits by number, and where each symbol belongs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    max: Vec<(u32, i64)>,
    of: Vec<u32>,
}

/// What a symbol comes to, or several: in the common unit, the margin in money.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    buy: i128,
    sell: i128,
    bought: i128,
    sold: i128,
    worst: i128,
    margin: i128,
    open: i128,
}

impl Figures {
    fn plus(self, o: Self) -> Self {
        Self {
            buy: self.buy + o.buy,
            sell: self.sell + o.sell,
            bought: self.bought + o.bought,
            sold: self.sold + o.sold,
            worst: self.worst + o.worst,
            margin: self.margin + o.margin,
            open: self.open + o.open,
        }
    }

    fn working(self) -> i128 {
        self.buy + self.sell
    }

    fn gross(self) -> i128 {
        self.bought.max(0) + self.sold.max(0) + self.working()
    }

    fn net(self, buy: bool) -> i128 {
        let net = self.bought.max(0) - self.sold.max(0);
        if buy { net + self.buy } else { self.sell - net }
    }
}

/// A request as it is counted: how it stands now, and how it would; none when its price is not
/// known.
#[derive(Clone, Copy)]
struct Asked {
    then: Option<i128>,
    /// Its order does not count now.
    afresh: bool,
}

fn larger(a: i64, b: i64) -> i64 {
    if b.abs() > a.abs() { b } else { a }
}

impl World {
    fn limits_of(&self, sym: usize) -> LimitsSet {
        self.syms[sym].limits.unwrap_or_else(empty_limits)
    }

    fn scope_counts(l: &ScopeLimitsSet) -> bool {
        let money = [l.open_notional_max.0, l.gross_max.0, l.net_max.0, l.credit_max.0];
        Self::limits_leverage(l) || (Self::is_set(l) && money.iter().any(|&max| max >= 0))
    }

    fn limits_leverage(l: &ScopeLimitsSet) -> bool {
        Self::is_set(l) && l.leverage_max.0 >= 0
    }

    fn is_set(l: &ScopeLimitsSet) -> bool {
        let unset = <ScopeLimitsSet as oms_core::status::Request>::EMPTY;
        *l != ScopeLimitsSet { header: l.header, scope: l.scope, ..unset }
    }

    fn group_of(&self, sym: usize) -> u32 {
        self.groups.of.get(sym).copied().unwrap_or(0)
    }

    /// Whether limits in money look at a symbol.
    pub(crate) fn counts(&self, sym: usize) -> bool {
        let books = self.books.iter().filter(|book| book.sym == sym).map(|book| book.limits);
        let mut all = books.chain([self.limits_of(sym)]);
        let of_symbol = all.any(|l| {
            let own = [l.open_notional_max.0, l.gross_max.0, l.net_max.0, l.margin_ratio.0];
            own.iter().any(|&max| max >= 0)
        });
        of_symbol || self.scopes_count_values() || self.group_of(sym) != 0
    }

    /// The price of a market order that is valued now.
    fn present_price(&self, sym: usize, buy: bool) -> Option<i64> {
        let (reference, _) = self.reference(sym, buy, &self.limits_of(sym))?;
        let limits = self.limits_of(sym);
        let edge = if buy { Self::distance(&limits, reference).unwrap_or(0) } else { 0 };
        Some(larger(reference + edge as i64, reference))
    }

    fn price_for(&self, o: &Order, price: i64, stop: i64) -> i64 {
        let own = larger(price, stop);
        if own == 0 { o.valued.unwrap_or(0) } else { own }
    }

    fn order_price(&self, o: &Order) -> i64 {
        self.price_for(o, o.price, o.held.stop)
    }

    /// What works of an order, in tick-lots.
    fn order_value(&self, key: Key) -> i128 {
        let o = &self.orders[key];
        let of = |qty: i64, price: i64| {
            if o.end != 0 || o.stays() {
                0
            } else {
                i128::from((qty - o.cum).max(0)) * i128::from(price).abs()
            }
        };
        let old = of(o.qty, self.order_price(o));
        let Some((_, qty, price)) = o.replace else { return old };
        let stop = if o.triggered { o.held.stop } else { o.held.replace_stop };
        old.max(of(qty, self.price_for(o, price, stop)))
    }

    /// An order that works without a price to value it at takes the present one.
    pub(crate) fn value_order(&mut self, key: Key) {
        let o = &self.orders[key];
        if self.counts(o.sym) && o.in_table && o.working() > 0 && self.order_price(o) == 0 {
            self.orders[key].valued = self.present_price(o.sym, o.buy);
        }
    }

    /// Symbols that are counted from now on.
    pub(crate) fn count_from(&mut self, syms: impl Fn(usize) -> bool) {
        for key in 0..self.orders.len() {
            if syms(self.orders[key].sym) {
                self.value_order(key);
            }
        }
    }

    /// The limits of a symbol are set.
    pub(crate) fn limit_symbol(&mut self, sym: usize, change: impl FnOnce(&mut Self)) {
        let old = self.counts(sym);
        change(self);
        if self.counts(sym) != old {
            self.count_from(|s| s == sym);
        }
    }

    /// Those of a scope are.
    pub(crate) fn limit_scope(&mut self, scope: usize, limits: &ScopeLimitsSet) {
        let set = |l: &ScopeLimitsSet| Self::scope_counts(l) && l.leverage_max.0 >= 0;
        let looks = |w: &Self| {
            let values = w.scopes.iter().any(|scope| Self::scope_counts(&scope.limits));
            (values, w.scopes.iter().any(|scope| set(&scope.limits)))
        };
        let old = looks(self);
        self.scopes[scope].limits = *limits;
        if looks(self) != old {
            self.count_from(|_| true);
        }
    }

    pub(crate) fn trade_value(
        &mut self,
        (sym, scope): (usize, usize),
        buy: bool,
        old: i128,
        new: i128,
    ) {
        let day = self.root().breaker.day;
        self.trades.push(Trade { day, sym, scope, buy, by: new.abs() - old.abs() });
    }

    /// Σ values of some orders; of two partners that reduce one position only the larger counts.
    fn order_values(&self, without: Option<Key>, of: impl Fn(&Order) -> bool) -> i128 {
        let counts = |key: Key| {
            let o = &self.orders[key];
            o.in_table && without != Some(key) && of(o)
        };
        let value = |key: Key| {
            let partner = self.co_reducer(key).filter(|&other| other < key && counts(other));
            (self.order_value(key) - partner.map_or(0, |other| self.order_value(other))).max(0)
        };
        (0..self.orders.len()).filter(|&key| counts(key)).map(value).sum()
    }

    /// What is asked for as it would be counted.
    fn asked_value(&self, ask: &Ask, sym: usize) -> Option<i128> {
        let old = ask.replaces.map(|key| &self.orders[key]);
        let own = match old {
            Some(o) if o.order_type != ask.order_type => self.price_for(o, ask.price, o.held.stop),
            Some(o) => self.price_for(o, ask.price, ask.more.stop),
            None => larger(ask.price, ask.more.stop),
        };
        let lots = (ask.qty - old.map_or(0, |o| o.cum)).max(0);
        let price = if own == 0 { self.present_price(sym, ask.buy) } else { Some(own) };
        let new = match price {
            _ if lots == 0 => 0,
            Some(price) => i128::from(lots) * i128::from(price).abs(),
            None => return None,
        };
        let kept = ask.replaces.filter(|&key| self.orders[key].sent);
        Some(new.max(kept.map_or(0, |key| self.order_value(key))))
    }

    /// What a symbol comes to in a scope on a day, as it is or with what is asked.
    fn worth_of(
        &self,
        (sym, scope): (usize, usize),
        day: Option<u64>,
        with: Option<(&Ask, Asked)>,
    ) -> Figures {
        let scale = self.scale(sym);
        let side = |buy: bool| {
            let of = |o: &Order| o.sym == sym && o.buy == buy && self.within(o.scope, scope);
            let Some((ask, asked)) = with.filter(|(ask, _)| ask.sym == Some(sym) && ask.buy == buy)
            else {
                return self.order_values(None, of);
            };
            let Some(then) = asked.then else {
                return self.order_values(ask.replaces.filter(|_| asked.afresh), of);
            };
            let shares = ask.flags & 1 != 0 && ask.position.is_some();
            let reduces = |o: &Order| o.flags & 1 != 0 && o.position == ask.position;
            let partner = ask.more.linked.filter(|&key| {
                let o = &self.orders[key];
                shares && o.in_table && reduces(o) && of(o)
            });
            let shared = partner.map_or(0, |key| self.order_value(key).min(then));
            self.order_values(ask.replaces, of) + then - shared
        };
        let traded = |buy: bool| {
            let of = |t: &&Trade| t.day == day && t.sym == sym && t.buy == buy;
            let own = |t: &&Trade| self.within(t.scope, scope);
            self.trades.iter().filter(of).filter(own).map(|t| t.by).sum::<i128>()
        };
        let open = |long: bool| {
            let of = move |p: &&Position| p.sym == sym && p.qty > 0 && p.long == long;
            self.positions.iter().filter(of).filter(move |p| self.within(p.scope, scope))
        };
        // Busts may have left one below 0.
        let cost = |long: bool| open(long).map(|p| p.cost).sum::<i128>().abs();
        let lots = |long: bool| open(long).map(|p| i128::from(p.qty)).sum::<i128>();
        let position = cost(true) - cost(false);
        let (buy, sell) = (side(true), side(false));
        let worst = (position + buy).abs().max((position - sell).abs()) * scale;
        // The larger one binds.
        let margin = self.limits_of(sym).margin_ratio.max(self.limits_in(sym, scope).margin_ratio);
        let ratio = i128::from(margin.0).max(0);
        let marked = match self.marks(sym) {
            Some((bid, ask)) => lots(true) * i128::from(bid) + lots(false) * i128::from(ask),
            None => cost(true) + cost(false),
        };
        Figures {
            buy: buy * scale,
            sell: sell * scale,
            bought: traded(true) * scale,
            sold: traded(false) * scale,
            worst,
            margin: ceil(worst * ratio, ONE * self.common_den()),
            open: marked * scale,
        }
    }

    pub(crate) fn judge_values(
        &self,
        scope: usize,
        ask: &Ask,
        sym: usize,
        reduces: bool,
        v: &mut Verdict,
    ) {
        let day = Some(self.root().breaker.day_of(ask.now));
        let then = self.asked_value(ask, sym);
        let afresh = ask.more.unknown;
        let now_ask = (ask, Asked { then: None, afresh });
        let then_ask = then.map(|value| (ask, Asked { then: Some(value), afresh }));
        let own = self.worth_of((sym, scope), day, Some(now_ask));
        let own_then = then_ask.map(|with| self.worth_of((sym, scope), day, Some(with)));
        let all = |with: (&Ask, Asked)| {
            let each = |sym| self.worth_of((sym, scope), day, Some(with));
            self.counted().map(each).fold(Figures::default(), Figures::plus)
        };
        let (all_now, all_then) = (all(now_ask), then_ask.map(all));
        let den = self.common_den();
        let mut within = |check, unit: i128, max: i64, now: i128, then: Option<i128>| match then {
            _ if max < 0 => {}
            None => v.fail(check, Unit::Money, max.into(), 0),
            Some(then) if then <= now || then <= i128::from(max) * unit => {}
            Some(then) => v.fail(check, Unit::Money, max.into(), ceil(then, unit)),
        };
        let limits = self.limits_in(sym, scope);
        let root = &self.scopes[scope].limits;
        let mut both = |check, maxima: [i64; 2], figure: &dyn Fn(Figures) -> i128| {
            within(check, den, maxima[0], figure(own), own_then.map(figure));
            // The symbol's own is shown first.
            within(check, den, maxima[1], figure(all_now), all_then.map(figure));
        };
        let maxima = [limits.open_notional_max.0, root.open_notional_max.0];
        both(Check::OpenNotional, maxima, &Figures::working);
        both(Check::Gross, [limits.gross_max.0, root.gross_max.0], &Figures::gross);
        both(Check::Net, [limits.net_max.0, root.net_max.0], &|f| f.net(ask.buy));
        if reduces {
            return;
        }
        let margin = all_then.map(|f| f.margin);
        within(Check::Credit, 1, root.credit_max.0, all_now.margin, margin);
        let levered = |f: Figures| f.open + f.working();
        self.leverage(scope, levered(all_now), all_then.map(levered), v);
        if scope == 0 {
            self.judge_group(ask, sym, day, (now_ask, then_ask), v);
        }
    }

    /// Symbols that limits in money look at; a scope whose limits were never set looks at none.
    fn counted(&self) -> impl Iterator<Item = usize> {
        (0..self.syms.len()).filter(|&sym| self.counts(sym))
    }

    /// The equity that the leverage of a scope is of.
    fn levered_equity(&self, scope: usize) -> i128 {
        let realised_only = self.scopes[scope].breaker.config.flags & 2 != 0;
        self.equity_of(scope, realised_only).into()
    }

    /// Open notional, gross, net of buys and of sells, margin: in money.
    pub(crate) fn book_values(&self, sym: usize, scope: usize) -> [i128; 5] {
        let (f, den) =
            (self.worth_of((sym, scope), self.root().breaker.day, None), self.common_den());
        let [open, gross, buy, sell] = [f.working(), f.gross(), f.net(true), f.net(false)];
        [ceil(open, den), ceil(gross, den), ceil(buy, den), ceil(sell, den), f.margin]
    }

    /// Whether the limits of any scope look at values.
    pub(crate) fn scopes_count_values(&self) -> bool {
        self.scopes.iter().any(|scope| Self::scope_counts(&scope.limits))
    }

    /// The same over all symbols of a scope, and what is open and works when a leverage is limited.
    pub(crate) fn all_values(&self, scope: usize) -> [i128; 6] {
        let (day, den) = (self.root().breaker.day, self.common_den());
        let each = self.counted().map(|sym| self.worth_of((sym, scope), day, None));
        let f = each.fold(Figures::default(), Figures::plus);
        let levered = self.scopes.iter().any(|s| Self::limits_leverage(&s.limits));
        let levered = if levered { f.open + f.working() } else { 0 };
        let [open, gross, buy, sell] = [f.working(), f.gross(), f.net(true), f.net(false)];
        let margin = f.margin;
        [
            ceil(open, den),
            ceil(gross, den),
            ceil(buy, den),
            ceil(sell, den),
            margin,
            ceil(levered, den),
        ]
    }

    /// Limits in money of a symbol in a scope and of its group, with what there is.
    pub(crate) fn symbol_values(&self, sym: usize, scope: usize) -> Vec<Figure> {
        let l = self.limits_in(sym, scope);
        let [open, gross, buy, sell, _] = self.book_values(sym, scope);
        let mut figures = vec![
            (Check::OpenNotional, l.open_notional_max.0, open),
            (Check::Gross, l.gross_max.0, gross),
            (Check::Net, l.net_max.0, buy),
            (Check::Net, l.net_max.0, sell),
        ];
        let group = self.group_of(sym);
        if scope == 0 && group != 0 {
            let (max, worst, _) = self.group_shown(group);
            figures.push((Check::Group, max, worst));
        }
        figures
    }

    /// The same of all that a scope has.
    pub(crate) fn scope_values(&self, scope: usize) -> Vec<Figure> {
        let (day, den) = (self.root().breaker.day, self.common_den());
        let l = &self.scopes[scope].limits;
        let each = self.counted().map(|sym| self.worth_of((sym, scope), day, None));
        let all = each.fold(Figures::default(), Figures::plus);
        let equity = self.levered_equity(scope);
        let levered = (all.open + all.working()) * ONE;
        let shown = if equity > 0 { ceil(levered, equity * den) } else { i64::MAX.into() };
        vec![
            (Check::OpenNotional, l.open_notional_max.0, ceil(all.working(), den)),
            (Check::Gross, l.gross_max.0, ceil(all.gross(), den)),
            (Check::Net, l.net_max.0, ceil(all.net(true), den)),
            (Check::Net, l.net_max.0, ceil(all.net(false), den)),
            (Check::Credit, l.credit_max.0, all.margin),
            (Check::Leverage, l.leverage_max.0, shown.min(i64::MAX.into())),
        ]
    }

    fn leverage(&self, scope: usize, now: i128, then: Option<i128>, v: &mut Verdict) {
        let max = self.scopes[scope].limits.leverage_max.0;
        if max < 0 {
            return;
        }
        let Some(then) = then else {
            v.fail(Check::Leverage, Unit::Ratio, max.into(), 0);
            return;
        };
        let equity = self.levered_equity(scope);
        let whole = equity * self.common_den();
        if then <= now || (equity > 0 && then * ONE <= i128::from(max) * whole) {
            return;
        }
        let ratio = if equity > 0 { ceil(then * ONE, whole) } else { i64::MAX.into() };
        v.fail(Check::Leverage, Unit::Ratio, max.into(), ratio);
    }

    fn judge_group(
        &self,
        ask: &Ask,
        sym: usize,
        day: Option<u64>,
        (now, then): ((&Ask, Asked), Option<(&Ask, Asked)>),
        v: &mut Verdict,
    ) {
        let group = self.group_of(sym);
        debug_assert_eq!(ask.sym, Some(sym));
        if group == 0 {
            return;
        }
        let sum = |with: (&Ask, Asked)| {
            let members = (0..self.syms.len()).filter(|&s| self.group_of(s) == group);
            members.map(|s| self.worth_of((s, 0), day, Some(with)).worst).sum::<i128>()
        };
        let (max, den) = (self.group_max(group), self.common_den());
        match then.map(sum) {
            _ if max < 0 => {}
            None => v.fail(Check::Group, Unit::Money, max.into(), 0),
            Some(then) if then <= sum(now) || then <= i128::from(max) * den => {}
            Some(then) => v.fail(Check::Group, Unit::Money, max.into(), ceil(then, den)),
        }
    }

    fn group_max(&self, group: u32) -> i64 {
        self.groups.max.iter().rev().find(|(g, _)| *g == group).map_or(0, |&(_, max)| max)
    }

    /// Limit, exposure and members of a group.
    pub(crate) fn group_shown(&self, group: u32) -> (i64, i128, u32) {
        let members = (0..self.syms.len()).filter(|&s| self.group_of(s) == group);
        let worst = members.clone().map(|s| self.worth_of((s, 0), None, None).worst).sum::<i128>();
        (self.group_max(group), ceil(worst, self.common_den()), members.count() as u32)
    }

    pub(crate) fn group_set(&mut self, r: &GroupSet) -> Result<Status, Status> {
        if r.flags > 2 {
            return Err(Status::Enum);
        }
        let exists = (1..=self.config.capacity.symbols).contains(&r.group);
        if r.max.0 < -1 || !exists || (r.flags == 0 && r.symbol != 0) {
            return Err(Status::Range);
        }
        let sym = r.symbol as usize;
        if r.flags != 0 && sym >= self.syms.len() {
            return Err(Status::Symbol);
        }
        if r.flags == 2 && self.group_of(sym) != r.group {
            return Err(Status::State);
        }
        self.enter(r.header.now.0);
        if r.flags != 0 {
            let to = if r.flags == 1 { r.group } else { 0 };
            self.limit_symbol(sym, |w| {
                w.groups.of.resize(w.syms.len(), 0);
                w.groups.of[sym] = to;
            });
        }
        self.groups.max.push((r.group, r.max.0));
        self.emit(Ev { code: Some(r.group), ..Ev::new(EventKind::Group) });
        Ok(Status::Ok)
    }
}
