//! The gate: every check of RISK_CHECKS.md that there is, one after the other.

use oms_core::market::LimitsSet;
use oms_core::status::{Check, Unit};

use crate::breaker::{HOUR, MINUTE};
use crate::world::{Key, World, ceil, floor};

/// What is asked: a new order, or an old one with new numbers.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) sym: Option<usize>,
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
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) mask: u64,
    pub(crate) first: u32,
    pub(crate) limit: i64,
    pub(crate) observed: i64,
    pub(crate) unit: u8,
}

impl Verdict {
    pub(crate) fn pass() -> Self {
        Self { mask: 0, first: u32::MAX, limit: 0, observed: 0, unit: 0 }
    }

    pub(crate) fn fail(&mut self, check: Check, unit: Unit, limit: i128, observed: i128) {
        if self.mask == 0 {
            self.first = check.raw();
            self.limit = limit.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
            self.observed = observed.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
            self.unit = unit.raw();
        }
        self.mask |= 1 << check.raw();
    }

    pub(crate) fn fails(&self, check: Check) -> bool {
        self.mask >> check.raw() & 1 == 1
    }
}

impl World {
    /// The reference price and its time, for a side.
    fn reference(&self, sym: usize, buy: bool, limits: &LimitsSet) -> Option<(i64, u64)> {
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

    fn distance(limits: &LimitsSet, reference: i64) -> Option<i128> {
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
        let price = if ask.order_type == 1 {
            let (reference, _) = self.reference(sym, ask.buy, &limits)?;
            let edge = if ask.buy { Self::distance(&limits, reference).unwrap_or(0) } else { 0 };
            i128::from(reference) + edge
        } else {
            i128::from(ask.price)
        };
        Some(ceil((i128::from(ask.qty) * price).abs() * s.num, s.den))
    }

    pub(crate) fn rate_count(&self, window: u64, now: u64) -> usize {
        self.rates.iter().filter(|&&at| now - at < window).count()
    }

    fn price_fits(ask: &Ask, negative: bool) -> bool {
        if ask.order_type == 2 { negative || ask.price > 0 } else { ask.price == 0 }
    }

    fn flags_fit(ask: &Ask) -> bool {
        let gtd = if ask.tif == 6 { ask.expire_at > ask.now } else { ask.expire_at == 0 };
        gtd && (ask.flags & 2 == 0 || (ask.order_type == 2 && ask.tif != 3 && ask.tif != 4))
    }

    /// (could be reduced, would be reducing)
    fn reducible(&self, ask: &Ask, sym: usize) -> (i128, i128) {
        let old = ask.replaces.map(|k| &self.orders[k]);
        let own = old.map_or(0, |o| i128::from(o.working()));
        let asked = self.asked(ask);
        let net = |s: i128| (s.max(0), self.working(sym, ask.buy) - own + asked);
        if !self.syms[sym].hedged() {
            // By all that works in the symbol, whoever named what.
            return net(if ask.buy { -self.net(sym) } else { self.net(sym) });
        }
        let Some(key) = ask.position else { return (0, asked) };
        let p = &self.positions[key];
        if p.long == ask.buy || p.qty == 0 {
            return (0, asked);
        }
        (i128::from(p.qty), i128::from(self.closing(key)) - own + asked)
    }

    /// Lots that would be reserved: of a replace that must be sent, the larger of old and new.
    fn asked(&self, ask: &Ask) -> i128 {
        let old = ask.replaces.map(|k| &self.orders[k]);
        let new = (ask.qty - old.map_or(0, |o| o.cum)).max(0);
        let kept = old.filter(|o| o.sent).map_or(0, |o| o.working());
        i128::from(new.max(kept))
    }

    pub(crate) fn judge(&self, ask: &Ask) -> Verdict {
        let mut v = Verdict::pass();
        // Without a symbol nobody knows which prices there are.
        let negative = ask.sym.is_none_or(|s| self.syms[s].flags & 2 != 0);
        if ask.qty <= 0 {
            v.fail(Check::Fields, Unit::Lots, 1, ask.qty.into());
        } else if !Self::price_fits(ask, negative) {
            v.fail(Check::Fields, Unit::Ticks, 0, ask.price.into());
        } else if !Self::flags_fit(ask) {
            v.fail(Check::Fields, Unit::None, 0, 0);
        }
        let limits = ask.sym.and_then(|s| self.syms[s].limits).unwrap_or_else(empty_limits);
        if ask.sym.is_none() || limits.flags & 2 != 0 {
            v.fail(Check::Symbol, Unit::None, 0, 0);
        }
        let trading = if self.thrown { 3 } else { self.trading };
        let nothing = (0, self.asked(ask));
        let (could, would) = ask.sym.map_or(nothing, |sym| self.reducible(ask, sym));
        let reduces = would <= could;
        let through = match trading {
            0 => true,
            1 => reduces,
            2 => ask.flags & 1 != 0,
            _ => false,
        };
        if !through {
            v.fail(Check::TradingState, Unit::Count, 0, trading.into());
        }
        if !self.breaker.operational(ask.now) {
            let cause = self.breaker.trips.last().unwrap().cause;
            v.fail(Check::Breaker, Unit::Count, 0, cause.into());
        }
        if let Some(sym) = ask.sym {
            self.judge_symbol(ask, sym, &limits, &mut v);
        }
        let c = &self.config.breaker;
        let windows = [
            (Check::RateMinute, c.orders_per_minute, MINUTE),
            (Check::RateHour, c.orders_per_hour, HOUR),
            (Check::RateCustom, c.orders_per_window, c.rate_window.0),
        ];
        let renewed = self.breaker.open
            && self.breaker.operational(ask.now)
            && self.breaker.trips.last().unwrap().cause == crate::breaker::RATE;
        for (check, n, window) in windows {
            let count = if renewed { 0 } else { self.rate_count(window, ask.now) as i64 };
            if n >= 0 && count + 1 > i64::from(n) {
                v.fail(check, Unit::Count, n.into(), i128::from(n) + 1);
            }
        }
        if ask.bad_id {
            v.fail(Check::ClientId, Unit::None, 0, 0);
        }
        if ask.flags & 1 != 0 {
            let nothing = (0, self.asked(ask));
            let (could, would) = ask.sym.map_or(nothing, |sym| self.reducible(ask, sym));
            if would > could {
                v.fail(Check::ReduceOnly, Unit::Lots, could, would);
            }
        }
        if !ask.new_room {
            v.fail(Check::Capacity, Unit::None, 0, 0);
        }
        v
    }

    fn judge_symbol(&self, ask: &Ask, sym: usize, limits: &LimitsSet, v: &mut Verdict) {
        let step = |step: i64, x: i64| step > 1 && x.rem_euclid(step) != 0;
        if step(limits.price_step.0, ask.price) {
            v.fail(Check::Increment, Unit::Ticks, limits.price_step.0.into(), ask.price.into());
        } else if step(limits.qty_step.0, ask.qty) {
            v.fail(Check::Increment, Unit::Lots, limits.qty_step.0.into(), ask.qty.into());
        }
        let (min, max) = (limits.qty_min.0, limits.qty_max.0);
        if min >= 0 && ask.qty < min {
            v.fail(Check::Qty, Unit::Lots, min.into(), ask.qty.into());
        } else if max >= 0 && ask.qty > max {
            v.fail(Check::Qty, Unit::Lots, max.into(), ask.qty.into());
        }
        let (min, max) = (limits.notional_min.0, limits.notional_max.0);
        let value = self.value(ask);
        let exempt = ask.flags & 1 != 0;
        match value {
            Some(value) if min >= 0 && !exempt && value < i128::from(min) => {
                v.fail(Check::Notional, Unit::Money, min.into(), value);
            }
            Some(value) if max >= 0 && value > i128::from(max) => {
                v.fail(Check::Notional, Unit::Money, max.into(), value);
            }
            None if max >= 0 || (min > 0 && !exempt) => {
                v.fail(Check::Notional, Unit::Money, max.into(), 0);
            }
            _ => {}
        }
        let reference = self.reference(sym, ask.buy, limits);
        if ask.order_type == 2 && (limits.collar_ticks.0 >= 0 || limits.collar_ratio.0 >= 0) {
            match reference {
                None => v.fail(Check::Collar, Unit::Ticks, 0, ask.price.into()),
                Some((price, _)) => {
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
        let own = ask.replaces.map_or(0, |k| i128::from(self.orders[k].working()));
        let total = self.working(sym, ask.buy) - own + self.asked(ask);
        let net = if ask.buy { self.net(sym) } else { -self.net(sym) };
        let max = if ask.buy { limits.long_max.0 } else { limits.short_max.0 };
        if max >= 0 && net + total > i128::from(max) {
            v.fail(Check::Position, Unit::Lots, max.into(), net + total);
        }
    }
}

pub(crate) fn empty_limits() -> LimitsSet {
    <LimitsSet as oms_core::status::Request>::EMPTY
}
