//! Limits that change, and figures that come near them.

use oms_core::market::LimitsSet;
use oms_core::risk::{BreakerConfig, ScopeLimitsSet};
use oms_core::status::{Check, EventKind};

use crate::gate::Ask;
use crate::world::{Ev, Order, World, floor};

/// Checks of one order: that the last one was near is known.
const OF_ORDER: [Check; 5] =
    [Check::Qty, Check::Notional, Check::Collar, Check::Adv, Check::Duplicate];

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

fn breaker_fields(b: &BreakerConfig) -> [i64; 19] {
    [
        b.daily_loss_ratio.0,
        b.daily_loss_money.0,
        b.drawdown_ratio.0,
        b.drawdown_money.0,
        b.streak_loss_money.0,
        b.rate_window.0 as i64,
        b.auto_reset_after.0 as i64,
        b.cooldown.0 as i64,
        b.consecutive_losses.into(),
        b.consecutive_errors.into(),
        b.orders_per_minute.into(),
        b.orders_per_hour.into(),
        b.orders_per_window.into(),
        b.max_auto_resets.into(),
        b.flags.into(),
        b.half_open_probes.into(),
        b.probe_wins.into(),
        b.probe_size.0,
        b.warn_ratio.0,
    ]
}

impl World {
    /// The first limits of a symbol change nothing that was set.
    pub(crate) fn tell_limits(&mut self, scope: usize, old: &LimitsSet, new: &LimitsSet) {
        let old = symbol_fields(old);
        if old.iter().any(|&x| x != 0) {
            self.tell_fields(scope, 1, &old, &symbol_fields(new));
        }
    }

    pub(crate) fn tell_scope_limits(
        &mut self,
        scope: usize,
        old: &ScopeLimitsSet,
        new: &ScopeLimitsSet,
    ) {
        let old = scope_fields(old);
        if old.iter().any(|&x| x != 0) {
            self.tell_fields(scope, 64, &old, &scope_fields(new));
        }
    }

    pub(crate) fn tell_breaker(&mut self, scope: usize, old: &BreakerConfig, new: &BreakerConfig) {
        self.tell_fields(scope, 128, &breaker_fields(old), &breaker_fields(new));
    }

    fn tell_fields(&mut self, scope: usize, first: u32, old: &[i64], new: &[i64]) {
        for (n, (&old, &new)) in old.iter().zip(new).enumerate().filter(|(_, (a, b))| a != b) {
            let code = Some(first + n as u32);
            let limits = Some((new, old));
            self.emit(Ev { code, limits, ..Ev::of(EventKind::LimitChanged, scope) });
        }
    }

    fn near(&self, scope: usize, figures: &[Figure]) -> Vec<Figure> {
        let ratio = i128::from(self.scopes[scope].limits.warn_ratio.0);
        let near = |&&(_, limit, seen): &&Figure| {
            let share = i128::from(limit) * ratio;
            ratio >= 0 && limit > 0 && seen > 0 && seen * 1_000_000_000 >= share
        };
        figures.iter().filter(near).copied().collect()
    }

    /// Of a symbol in the root, or in a scope that has a book of it.
    fn symbol_figures(&self, sym: usize, scope: usize) -> Vec<Figure> {
        if scope != 0 && self.scope_book(scope, sym).is_none() {
            return Vec::new();
        }
        let l = self.limits_in(sym, scope);
        let net = self.net(sym, scope);
        let [buy, sell] = [true, false].map(|buy| self.working(sym, buy, scope));
        let own = |o: &Order, buy| o.sym == sym && o.buy == buy && self.within(o.scope, scope);
        let orders = |buy| self.count(|o| own(o, buy)).into();
        let mut figures = vec![
            (Check::Position, l.long_max.0, buy + net),
            (Check::Position, l.short_max.0, sell - net),
            (Check::OpenOrders, l.open_orders_max, orders(true)),
            (Check::OpenOrders, l.open_orders_max, orders(false)),
            (Check::OpenOrders, l.open_qty_max.0, buy),
            (Check::OpenOrders, l.open_qty_max.0, sell),
        ];
        figures.extend(self.symbol_values(sym, scope));
        figures.push((Check::Positions, l.positions_max, self.claims(sym, scope).into()));
        figures.push((Check::RateSymbol, l.rate_max, self.rate_of(sym, scope).into()));
        // Bit 16: what is short must be located.
        let located = if l.flags & 16 != 0 { self.located(sym, scope) } else { -1 };
        figures.push((Check::Short, located, sell - net));
        figures
    }

    fn scope_figures(&self, scope: usize) -> Vec<Figure> {
        let l = &self.scopes[scope].limits;
        let orders = self.count(|o| self.within(o.scope, scope));
        let mut figures = vec![(Check::OpenOrders, l.open_orders_max, orders.into())];
        figures.extend(self.scope_values(scope));
        figures.push((Check::Positions, l.positions_max, self.all_claims(scope).into()));
        for (check, n, window) in self.windows(scope) {
            let count = self.rate_count(scope, window, self.now) as i128;
            figures.push((check, n.into(), count));
        }
        figures.push((Check::OrderToTrade, l.order_to_trade_max.0, self.order_to_trade(scope)));
        figures
    }

    /// Checks of a symbol in a scope that were warned of.
    fn warned_of(&mut self, sym: usize, scope: usize) -> &mut Vec<Check> {
        match self.books.iter_mut().find(|book| (book.scope, book.sym) == (scope, sym)) {
            Some(book) => &mut book.warned,
            None => &mut self.syms[sym].warned,
        }
    }

    /// An order is about to count: what is below by now may be warned of again.
    pub(crate) fn forget_warnings(&mut self, sym: usize, scope: usize) {
        for number in self.path(scope) {
            if self.scopes[number].limits.warn_ratio.0 < 0 {
                continue;
            }
            let near = self.near(number, &self.symbol_figures(sym, number));
            let stays = |check: &Check| {
                OF_ORDER.contains(check) || near.iter().any(|f: &Figure| f.0 == *check)
            };
            self.warned_of(sym, number).retain(stays);
            let near = self.near(number, &self.scope_figures(number));
            let stays = |check: &Check| {
                OF_ORDER.contains(check) || near.iter().any(|f: &Figure| f.0 == *check)
            };
            self.scopes[number].warned.retain(stays);
        }
    }

    pub(crate) fn warn(&mut self, sym: usize, scope: usize) {
        for number in self.path(scope) {
            if self.scopes[number].limits.warn_ratio.0 < 0 {
                continue;
            }
            for figure in self.near(number, &self.symbol_figures(sym, number)) {
                if !self.warned_of(sym, number).contains(&figure.0) {
                    self.warned_of(sym, number).push(figure.0);
                    self.tell_near(number, figure);
                }
            }
            for figure in self.near(number, &self.scope_figures(number)) {
                if !self.scopes[number].warned.contains(&figure.0) {
                    self.scopes[number].warned.push(figure.0);
                    self.tell_near(number, figure);
                }
            }
        }
    }

    /// An order of the caller's was accepted: what it is near to by itself.
    pub(crate) fn warn_of_order(&mut self, ask: &Ask, is_new: bool) {
        let sym = ask.sym.unwrap();
        for number in self.path(ask.scope) {
            if self.scopes[number].limits.warn_ratio.0 < 0 {
                continue;
            }
            for figure in self.order_figures(ask, sym, number, is_new) {
                let near = !self.near(number, &[figure]).is_empty();
                let known = self.warned_of(sym, number).contains(&figure.0);
                self.warned_of(sym, number).retain(|check| *check != figure.0);
                if near {
                    self.warned_of(sym, number).push(figure.0);
                }
                if near && !known {
                    self.tell_near(number, figure);
                    self.happens("an order is near a limit of one order", number);
                }
            }
            let l = &self.scopes[number].limits;
            let (qty, value) = (ask.qty.into(), self.value(ask).unwrap_or(0));
            let of_scope =
                [(Check::Qty, l.qty_max.0, qty), (Check::Notional, l.notional_max.0, value)];
            for figure in of_scope {
                let near = !self.near(number, &[figure]).is_empty();
                let warned = &mut self.scopes[number].warned;
                let known = warned.contains(&figure.0);
                warned.retain(|check| *check != figure.0);
                if near {
                    warned.push(figure.0);
                }
                if near && !known {
                    self.tell_near(number, figure);
                }
            }
        }
    }

    fn order_figures(&self, ask: &Ask, sym: usize, scope: usize, is_new: bool) -> Vec<Figure> {
        let l = self.limits_in(sym, scope);
        let qty = i128::from(ask.qty);
        // A stop's limit is held against its own trigger price.
        let from = match ask.order_type {
            2 => self.reference(sym, ask.buy, &l).map(|(price, _)| price),
            4 | 6 => Some(ask.more.stop),
            _ => None,
        };
        let room = from.and_then(|price| Some((price, Self::distance(&l, price)?)));
        let (most, away) = room.map_or((-1, 0), |(price, most)| {
            let above = i128::from(ask.price) - i128::from(price);
            let both = l.flags & 1 != 0;
            let away = if both { above.abs() } else { above * if ask.buy { 1 } else { -1 } };
            (most as i64, away)
        });
        let volume = i128::from(self.syms[sym].conditions.volume.max(0));
        let share = floor(volume * i128::from(l.adv_ratio.0), 1_000_000_000) as i64;
        let share = if l.adv_ratio.0 < 0 { -1 } else { share };
        let alike = if is_new { self.alike(ask, &l) } else { 0 };
        vec![
            (Check::Qty, l.qty_max.0, qty),
            (Check::Notional, l.notional_max.0, self.value(ask).unwrap_or(0)),
            (Check::Collar, most, away),
            (Check::Adv, share, qty),
            (Check::Duplicate, l.duplicate_max, if alike > 1 { alike } else { 0 }),
        ]
    }

    pub(crate) fn tell_near(&mut self, scope: usize, (check, limit, seen): Figure) {
        let (code, mask) = (Some(check.raw()), Some(1 << check.raw()));
        let limits = Some((limit, seen as i64));
        self.emit(Ev { code, mask, limits, ..Ev::of(EventKind::Warn, scope) });
        self.happens("a limit is near", scope);
    }
}
