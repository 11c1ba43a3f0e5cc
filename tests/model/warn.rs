//! Limits that change, and figures that come near them.

use oms_core::market::LimitsSet;
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::{Check, EventKind};

use crate::breaker::{HOUR, MINUTE};
use crate::gate::empty_limits;
use crate::world::{Ev, World};

/// A check, a limit of it and what there is.
pub(crate) type Figure = (Check, i64, i128);

fn symbol_fields(l: &LimitsSet) -> [i64; 31] {
    let masks = [l.flags.into(), l.reference.into(), l.self_trade.into()];
    let [flags, reference, self_trade] = masks;
    let times = [l.rate_window, l.repeat_window, l.duplicate_window].map(|t| t.0 as i64);
    [
        l.qty_min.0,
        l.qty_max.0,
        l.qty_step.0,
        l.price_step.0,
        l.notional_min.0,
        l.notional_max.0,
        l.collar_ticks.0,
        l.collar_ratio.0,
        l.reference_age_max,
        l.long_max.0,
        l.short_max.0,
        flags,
        reference,
        self_trade,
        l.open_orders_max,
        l.open_qty_max.0,
        l.positions_max,
        l.types.into(),
        l.times_in_force.into(),
        l.adv_ratio.0,
        l.open_notional_max.0,
        l.gross_max.0,
        l.net_max.0,
        l.margin_ratio.0,
        l.rate_max,
        times[0],
        l.repeat_max,
        times[1],
        l.repeat_range.0,
        l.duplicate_max,
        times[2],
    ]
}

fn scope_fields(l: &ScopeLimitsSet) -> [i64; 18] {
    [
        l.open_orders_max,
        l.positions_max,
        l.types.into(),
        l.times_in_force.into(),
        l.qty_max.0,
        l.notional_max.0,
        l.open_notional_max.0,
        l.gross_max.0,
        l.net_max.0,
        l.credit_max.0,
        l.leverage_max.0,
        l.order_to_trade_max.0,
        l.order_to_trade_min,
        l.order_to_trade_window.0 as i64,
        l.heartbeat_max,
        l.cancel_max,
        l.cancel_window.0 as i64,
        l.warn_ratio.0,
    ]
}

impl World {
    /// The first limits of a symbol change nothing that was set.
    pub(crate) fn tell_limits(&mut self, old: Option<LimitsSet>, new: &LimitsSet) {
        let old = symbol_fields(&old.unwrap_or_else(empty_limits));
        if old.iter().any(|&x| x != 0) {
            self.tell_fields(1, &old, &symbol_fields(new));
        }
    }

    pub(crate) fn tell_scope_limits(&mut self, old: &ScopeLimitsSet, new: &ScopeLimitsSet) {
        let old = scope_fields(old);
        if old.iter().any(|&x| x != 0) {
            self.tell_fields(64, &old, &scope_fields(new));
        }
    }

    fn tell_fields(&mut self, first: u32, old: &[i64], new: &[i64]) {
        for (n, (&old, &new)) in old.iter().zip(new).enumerate().filter(|(_, (a, b))| a != b) {
            let code = Some(first + n as u32);
            let limits = Some((new, old));
            self.emit(Ev { code, limits, ..Ev::new(EventKind::LimitChanged) });
        }
    }

    fn near(&self, figures: &[Figure]) -> Vec<(Check, i64, i128)> {
        let ratio = i128::from(self.scope_limits.warn_ratio.0);
        let near = |&&(_, limit, seen): &&Figure| {
            let share = i128::from(limit) * ratio;
            limit > 0 && seen > 0 && seen * 1_000_000_000 >= share
        };
        figures.iter().filter(near).copied().collect()
    }

    fn figures(&self, sym: usize) -> (Vec<Figure>, Vec<Figure>) {
        let l = self.syms[sym].limits.unwrap_or_else(empty_limits);
        let net = self.net(sym);
        let [buy, sell] = [true, false].map(|buy| self.working(sym, buy));
        let orders = |buy| self.count(|o| o.sym == sym && o.buy == buy).into();
        let claims = |sym| i128::from(self.claims(sym));
        let [values, values_in_all] = self.value_figures(sym);
        let mut of_symbol = vec![
            (Check::Position, l.long_max.0, buy + net),
            (Check::Position, l.short_max.0, sell - net),
            (Check::OpenOrders, l.open_orders_max, orders(true)),
            (Check::OpenOrders, l.open_orders_max, orders(false)),
            (Check::OpenOrders, l.open_qty_max.0, buy),
            (Check::OpenOrders, l.open_qty_max.0, sell),
        ];
        of_symbol.extend(values);
        of_symbol.push((Check::Positions, l.positions_max, claims(sym)));
        of_symbol.push((Check::RateSymbol, l.rate_max, self.rate_of(sym).into()));
        // Bit 16: what is short must be located.
        let located = if l.flags & 16 != 0 { self.syms[sym].conditions.located } else { -1 };
        of_symbol.push((Check::Short, located, sell - net));
        let c = &self.config.breaker;
        let rate = |window| self.rate_count(window, self.now) as i128;
        let orders_max = self.scope_limits.open_orders_max;
        let mut of_scope = vec![(Check::OpenOrders, orders_max, self.count(|_| true).into())];
        of_scope.extend(values_in_all);
        of_scope.extend([
            (
                Check::Positions,
                self.scope_limits.positions_max,
                (0..self.syms.len()).map(claims).sum(),
            ),
            (Check::RateMinute, c.orders_per_minute.into(), rate(MINUTE)),
            (Check::RateHour, c.orders_per_hour.into(), rate(HOUR)),
            (Check::RateCustom, c.orders_per_window.into(), rate(c.rate_window.0)),
            (Check::OrderToTrade, self.scope_limits.order_to_trade_max.0, self.order_to_trade()),
        ]);
        (of_symbol, of_scope)
    }

    /// An order is about to count: what is below by now may be warned of again.
    pub(crate) fn forget_warnings(&mut self, sym: usize) {
        if self.scope_limits.warn_ratio.0 < 0 {
            return;
        }
        let (of_symbol, of_scope) = self.figures(sym);
        let (of_symbol, of_scope) = (self.near(&of_symbol), self.near(&of_scope));
        let still = |near: &[Figure], check: &Check| near.iter().any(|f| f.0 == *check);
        self.syms[sym].warned.retain(|check| still(&of_symbol, check));
        self.warned.retain(|check| still(&of_scope, check));
    }

    pub(crate) fn warn(&mut self, sym: usize) {
        if self.scope_limits.warn_ratio.0 < 0 {
            return;
        }
        let (of_symbol, of_scope) = self.figures(sym);
        for (check, limit, seen) in self.near(&of_symbol) {
            if !self.syms[sym].warned.contains(&check) {
                self.syms[sym].warned.push(check);
                self.tell_near(check, limit, seen);
            }
        }
        for (check, limit, seen) in self.near(&of_scope) {
            if !self.warned.contains(&check) {
                self.warned.push(check);
                self.tell_near(check, limit, seen);
            }
        }
    }

    fn tell_near(&mut self, check: Check, limit: i64, seen: i128) {
        let (code, mask) = (Some(check.raw()), Some(1 << check.raw()));
        let limits = Some((limit, seen as i64));
        self.emit(Ev { code, mask, limits, ..Ev::new(EventKind::Warn) });
    }
}
