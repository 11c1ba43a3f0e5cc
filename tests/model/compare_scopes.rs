//! Every scope of the model and the engine: views, accounts, statistics, breakers.

use oms_core::market::LimitsSet;
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::{Status, TableKind};

use crate::compare::{Pair, Same, at, same};
use crate::world::{Key, floor};

const ONE: i128 = 1_000_000_000;

/// A sum over a count, floored; 0 of nothing.
fn average(sum: i128, count: u64) -> i128 {
    if count == 0 { 0 } else { floor(sum, count.into()) }
}

impl Pair<'_, '_> {
    pub(crate) fn compare_counters(&self) -> Same {
        let (m, a) = (&self.model, self.engine.account_get());
        same("clock", (m.now, m.clock_back), (a.now.0, a.clock_back))?;
        same("ignored", m.ignored, a.ignored)?;
        let open = m.positions.iter().filter(|p| p.qty > 0).count() as u32;
        same("open, live", (open, m.live_orders() as u32), (a.open, a.live_orders))?;
        let used = self.engine.table_get(TableKind::Books).used;
        same("books", m.books.len() as u32, used)?;
        same("scopes", m.scopes.len() as u32, self.engine.scope_count())
    }

    pub(crate) fn compare_scopes(&self) -> Same {
        for scope in 0..self.model.scopes.len() {
            let told = |what: String| format!("scope {scope}: {what}");
            self.compare_scope(scope).map_err(told)?;
            self.compare_account(scope).map_err(told)?;
            self.compare_statistics(scope).map_err(told)?;
            self.compare_counts(scope).map_err(told)?;
            self.compare_breaker(scope).map_err(told)?;
            self.compare_nets(scope).map_err(told)?;
            self.compare_books(scope).map_err(told)?;
        }
        let none = self.engine.scope_get(self.model.scopes.len() as u32);
        same("no such scope", Err(Status::Scope), none.map(|_| ()))
    }

    fn compare_scope(&self, scope: usize) -> Same {
        let (m, s) = (&self.model, &self.model.scopes[scope]);
        let v = self.engine.scope_get(scope as u32).unwrap();
        let model = (s.name, scope as u32, s.parent as u32, s.path.len() as u32, s.flags);
        same("scope", model, (v.name, v.scope, v.parent, v.depth, v.flags))?;
        let open = m.count(|o| m.within(o.scope, scope)) as u32;
        let claims = m.all_claims(scope) as u32;
        let state = u32::from(s.breaker.state());
        let model = (u32::from(s.trading), state, open, claims);
        let engine = (v.trading_state, v.breaker_state, v.open_orders, v.claims);
        same("trading, breaker, open orders, claims", model, engine)?;
        let limits = ScopeLimitsSet { header: v.limits.header, scope: scope as u32, ..s.limits };
        same("limits", limits, v.limits)?;
        let b = self.engine.scope_breaker_get(scope as u32).unwrap();
        same("limits of the breaker", s.breaker.config, b.breaker)?;
        let counted = m.scopes_count_values();
        same("scope counted", counted, v.counted == 1)?;
        let values = if counted { m.all_values(scope) } else { [0; 6] };
        let theirs = [v.open_notional, v.gross, v.net_buy, v.net_sell, v.margin, v.levered];
        same("scope values", values, theirs.map(|money| money.0.into()))
    }

    /// The net position of each symbol.
    fn compare_nets(&self, scope: usize) -> Same {
        for sym in 0..self.model.syms.len() {
            let view = self.engine.scope_position_net(scope as u32, sym as u32);
            let own = self.model.own_slot(sym, scope).map(|key| at(&self.positions, Some(key)));
            same("net position", own.ok_or(Status::Unknown), view.map(|v| v.position))?;
        }
        Ok(())
    }

    /// What it has in each symbol.
    fn compare_books(&self, scope: usize) -> Same {
        let m = &self.model;
        for sym in 0..m.syms.len() {
            let view = self.engine.book_get(scope as u32, sym as u32);
            if scope != 0 && m.scope_book(scope, sym).is_none() {
                same("no book", Err(Status::Unknown), view.map(|v| v.symbol))?;
                let limits = self.engine.limits_get(scope as u32, sym as u32);
                same("no limits", Err(Status::Unknown), limits.map(|l| l.symbol))?;
                continue;
            }
            let limits = self.engine.limits_get(scope as u32, sym as u32).unwrap();
            let set =
                LimitsSet { symbol: sym as u32, scope: scope as u32, ..m.limits_in(sym, scope) };
            let set = LimitsSet { header: limits.header, ..set };
            same("limits of the symbol", set, limits)?;
            let v = view.map_err(|e| format!("book {sym}: {e:?}"))?;
            let works = (m.working(sym, true, scope), m.working(sym, false, scope));
            same("book works", works, (v.working_buy.0.into(), v.working_sell.0.into()))?;
            let lots = |long| {
                let of = m.positions.iter().filter(|p| p.sym == sym && p.long == long);
                of.filter(|p| m.within(p.scope, scope)).map(|p| p.qty).sum::<i64>()
            };
            same("book holds", (lots(true), lots(false)), (v.long_qty.0, v.short_qty.0))?;
            let count =
                |buy| m.count(|o| o.sym == sym && o.buy == buy && m.within(o.scope, scope)) as u32;
            let counts = (count(true), count(false), m.claims(sym, scope) as u32);
            same("book counts", counts, (v.open_buys, v.open_sells, v.claims))?;
            same("located", m.located(sym, scope), v.located.0)?;
            let counted = m.counts(sym);
            same("counted", counted, v.counted == 1)?;
            let values = if counted { m.book_values(sym, scope) } else { [0; 5] };
            let theirs = [v.open_notional, v.gross, v.net_buy, v.net_sell, v.margin];
            same("book values", values, theirs.map(|money| money.0.into()))?;
        }
        Ok(())
    }

    fn compare_account(&self, scope: usize) -> Same {
        let (m, s) = (&self.model, &self.model.scopes[scope]);
        let a = self.engine.scope_account_get(scope as u32).unwrap();
        let exact = (m.realised_common(scope), m.unrealised(scope), m.common_den());
        let theirs = (a.realised_exact.into(), a.unrealised_exact.into(), i128::from(a.common_den));
        same("realised, unrealised, den", exact, theirs)?;
        let money = [m.equity_of(scope, false), s.paid_in, s.commission, s.session_equity];
        let theirs = [a.equity.0, a.paid_in.0, a.commission.0, a.session_equity.0];
        same("equity, paid in, commission, session", money, theirs)?;
        let theirs = [a.closed, a.wins, a.losses];
        same("closed wins losses", m.outcomes(scope), theirs)?;
        let within = |of| m.within(of, scope);
        let open = m.positions.iter().filter(|p| p.qty > 0 && within(p.scope)).count() as u32;
        let works = m.count(|o| within(o.scope)) as u32;
        let live = if scope == 0 { m.live_orders() as u32 } else { works };
        same("open, live", (open, live), (a.open, a.live_orders))?;
        same("trading", u32::from(s.trading), a.trading_state)
    }

    /// What closed positions have brought, added up anew.
    fn compare_statistics(&self, scope: usize) -> Same {
        let m = &self.model;
        let v = self.engine.statistics_get(scope as u32).unwrap();
        let own = |k: &Key| m.positions[*k].counted && m.within(m.positions[*k].scope, scope);
        let all: Vec<Key> = (0..m.positions.len()).filter(own).collect();
        let den = m.common_den();
        let money = |k: &Key| floor(m.outcome(*k), den);
        let won: Vec<i128> = all.iter().filter(|&&k| m.outcome(k) > 0).map(money).collect();
        let lost: Vec<i128> = all.iter().filter(|&&k| m.outcome(k) < 0).map(money).collect();
        let (profit, loss) = (won.iter().sum::<i128>(), -lost.iter().sum::<i128>());
        let [closed, wins, losses] = m.outcomes(scope);
        let theirs = [v.gross_profit.0, v.gross_loss.0].map(i128::from);
        same("gross profit, loss", [profit, loss], theirs)?;
        let averages = [average(profit, wins), average(-loss, losses)];
        let theirs = [v.average_win.0, v.average_loss.0].map(i128::from);
        same("average win, loss", averages, theirs)?;
        let rate = if closed == 0 { 0 } else { floor(i128::from(wins) * ONE, closed.into()) };
        let factor = if loss == 0 { -1 } else { floor(profit * ONE, loss) };
        same("win rate, factor", (rate, factor), (v.win_rate.0.into(), v.profit_factor.0.into()))?;
        let held = |k: &Key| i128::from(m.positions[*k].closed_at - m.positions[*k].opened_at);
        let holding = average(all.iter().map(held).sum(), closed);
        same("average holding", holding, v.average_holding.into())?;
        let model =
            (closed - wins - losses, m.equity_of(scope, false) - m.scopes[scope].session_equity);
        same("even, session pnl", model, (v.break_even, v.session_pnl.0))
    }

    fn compare_breaker(&self, scope: usize) -> Same {
        let (b, now) = (&self.model.scopes[scope].breaker, self.model.now);
        let v = self.engine.risk_get(scope as u32).unwrap();
        let money = [b.equity, b.peak, b.session_equity, b.equity - b.session_equity];
        let theirs = [v.equity.0, v.peak.0, v.session_equity.0, v.session_pnl.0];
        same("breaker equity peak session pnl", money, theirs)?;
        let counts = [b.streak, b.errors, b.session_trips, b.session_resets];
        let theirs =
            [v.consecutive_losses, v.consecutive_errors, v.session_trips, v.session_auto_resets];
        same("breaker losses errors trips resets", counts, theirs)?;
        same("streak loss", b.streak_loss, v.streak_loss.0)?;
        let falls = (b.drawdown(), b.drawdown_max);
        same("drawdown", falls, (v.drawdown.0.into(), v.drawdown_max.0.into()))?;
        let last = b.trips.last();
        let latched = b.latched();
        let model = (b.open, last.map_or(0, |t| t.cause), latched, b.operational(now));
        let engine = (v.state == 1, v.cause, v.latched == 1, v.operational == 1);
        let half = b.half.as_ref().map(|half| (half.left, half.wins));
        same("half-open", half, (v.state == 2).then_some((v.probes_left, v.probe_wins)))?;
        same("breaker open cause latched operational", model, engine)?;
        let times = (last.map_or(0, |t| t.at), b.reset_at);
        same("tripped, reset", times, (v.tripped_at.0, v.reset_at.0))?;
        for (back, t) in b.trips.iter().rev().take(32).enumerate() {
            let v = self.engine.trip_get(scope as u32, back as u32).unwrap();
            let model = (t.at, t.reset_at, t.cause, t.by_hand, scope as u32);
            same("trip", model, (v.at.0, v.reset_at.0, v.cause, v.by_hand == 1, v.scope))?;
        }
        let minute = self.model.rate_count(scope, crate::breaker::MINUTE, now) as u32;
        let hour = self.model.rate_count(scope, crate::breaker::HOUR, now) as u32;
        same("orders", (minute, hour), (v.orders_last_minute, v.orders_last_hour))
    }
}
