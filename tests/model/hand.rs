//! By hand: positions without orders, what an earlier run left, limits of the scope.

use oms_core::order::OrderAdopt;
use oms_core::position::{PositionAdopt, PositionExit, PositionOpen};
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::{Check, EventKind, Status, Unit};

use crate::executions::{Deal, HAND, worth};
use crate::gate::empty_limits;
use crate::verdict::Verdict;
use crate::world::{Ev, Key, Order, Position, World, ceil};

fn big(x: i64) -> bool {
    x.unsigned_abs() > 1 << 60
}

impl World {
    fn possible(&self, sym: usize, price: i64) -> bool {
        price > 0 || self.syms[sym].flags & 2 != 0
    }

    pub(crate) fn scope_limits_set(&mut self, r: &ScopeLimitsSet) -> Result<Status, Status> {
        let money = [r.open_notional_max, r.gross_max, r.net_max, r.credit_max, r.notional_max];
        let below = money.iter().any(|max| max.0 < -1) || r.leverage_max.0 < -1;
        if r.open_orders_max < -1 || r.positions_max < -1 || r.qty_max.0 < -1 || below {
            return Err(Status::Range);
        }
        let scope = self.scope_exists(r.scope)?;
        self.enter(r.header.now.0);
        let old = self.scopes[scope].limits;
        self.limit_scope(scope, r);
        self.follow_scope_limits(scope, &old);
        self.emit(Ev { code: Some(0), ..Ev::of(EventKind::ScopeLimits, scope) });
        self.tell_scope_limits(scope, &old, r);
        Ok(Status::Ok)
    }

    fn judge_hand(&self, r: &PositionOpen) -> Verdict {
        let path = self.path(r.scope as usize);
        let words = path.into_iter().map(|scope| self.judge_hand_in(scope, r));
        words.reduce(Verdict::and).unwrap()
    }

    fn judge_hand_in(&self, scope: usize, r: &PositionOpen) -> Verdict {
        let mut v = Verdict::in_scope(scope);
        let sym = ((r.symbol as usize) < self.syms.len()).then_some(r.symbol as usize);
        if scope != 0 {
        } else if r.qty.0 <= 0 {
            v.fail(Check::Fields, Unit::Lots, 1, r.qty.0.into());
        } else if sym.is_some_and(|s| !self.possible(s, r.price.0)) {
            v.fail(Check::Fields, Unit::Ticks, 0, r.price.0.into());
        }
        let limits = sym.map_or_else(empty_limits, |sym| self.limits_in(sym, scope));
        if sym.is_none() || limits.flags & 2 != 0 {
            v.fail(Check::Symbol, Unit::None, 0, 0);
        }
        if self.scopes[scope].flags & 1 != 0 {
            v.fail(Check::Scope, Unit::None, 0, 0);
        }
        let Some(sym) = sym else { return v };
        let (min, max) = (limits.qty_min.0, limits.qty_max.0);
        let all = self.scopes[scope].limits.qty_max.0;
        if min >= 0 && r.qty.0 < min {
            v.fail(Check::Qty, Unit::Lots, min.into(), r.qty.0.into());
        } else if max >= 0 && r.qty.0 > max {
            v.fail(Check::Qty, Unit::Lots, max.into(), r.qty.0.into());
        } else if (0..r.qty.0).contains(&all) {
            v.fail(Check::Qty, Unit::Lots, all.into(), r.qty.0.into());
        }
        let buy = r.side == 1;
        let net = if buy { self.net(sym, scope) } else { -self.net(sym, scope) };
        let total = net + self.working(sym, buy, scope) + i128::from(r.qty.0);
        let max = if buy { limits.long_max.0 } else { limits.short_max.0 };
        if max >= 0 && total > i128::from(max) {
            v.fail(Check::Position, Unit::Lots, max.into(), total);
        }
        let hedged = self.syms[sym].hedged();
        if hedged || self.own_claims(sym, r.scope as usize) == 0 {
            self.judge_claims(scope, sym, &limits, &mut v);
        }
        if scope == 0 && !self.has_room_for(r.scope as usize, sym, usize::from(hedged)) {
            v.fail(Check::Capacity, Unit::None, 0, 0);
        }
        v
    }

    pub(crate) fn position_open(
        &mut self,
        r: &PositionOpen,
    ) -> Result<(Verdict, Option<Key>), Status> {
        if !matches!(r.side, 1 | 2) {
            return Err(Status::Enum);
        }
        if big(r.qty.0) || big(r.price.0) {
            return Err(Status::Range);
        }
        let (sym, scope) = (r.symbol as usize, self.scope_exists(r.scope)?);
        let own = if sym < self.syms.len() { self.net_position(sym, scope) } else { None };
        if own.is_some_and(|p| self.positions[p].long != (r.side == 1)) {
            return Err(Status::State);
        }
        let verdict = self.judge_hand(r);
        self.enter(r.header.now.0);
        if verdict.mask != 0 {
            self.deny(&verdict, scope);
            return Ok((verdict, None));
        }
        let deal = Deal {
            order: None,
            sym,
            scope,
            buy: r.side == 1,
            tag: r.tag,
            qty: r.qty.0,
            value: worth(r.qty.0, r.price.0),
            price: Some(r.price.0),
            commission: r.commission.0,
            exit: HAND,
            linked: true,
        };
        self.count_at(scope, |c| c.accepted += 1);
        self.make_books(scope, sym);
        self.pay_fee(scope, r.commission.0);
        let legs = self.book(&deal, own);
        self.check_equity(scope);
        self.settle_touched();
        Ok((verdict, Some(legs[0].position)))
    }

    pub(crate) fn position_exit(
        &mut self,
        r: &PositionExit,
        position: Key,
    ) -> Result<Status, Status> {
        if r.reason > 8 {
            return Err(Status::Enum);
        }
        let p = &self.positions[position];
        if p.qty == 0 {
            return Err(Status::Terminal);
        }
        if r.qty.0 < 0 || r.qty.0 > p.qty {
            return Err(Status::Range);
        }
        if !self.possible(p.sym, r.price.0) {
            return Err(Status::Price);
        }
        let qty = if r.qty.0 == 0 { p.qty } else { r.qty.0 };
        let exit = if r.reason == 0 { HAND } else { r.reason };
        let deal = Deal {
            order: None,
            sym: p.sym,
            scope: p.scope,
            buy: !p.long,
            tag: p.tag,
            qty,
            value: worth(qty, r.price.0),
            price: Some(r.price.0),
            commission: r.commission.0,
            exit,
            linked: true,
        };
        self.enter(r.header.now.0);
        self.pay_fee(deal.scope, r.commission.0);
        self.reduce(position, &deal, exit);
        self.check_equity(deal.scope);
        self.settle_touched();
        self.report_flat();
        Ok(Status::Ok)
    }

    pub(crate) fn position_adopt(&mut self, r: &PositionAdopt) -> Result<Key, Status> {
        if !matches!(r.side, 1 | 2) {
            return Err(Status::Enum);
        }
        if r.qty.0 <= 0 || big(r.qty.0) || big(r.price.0) {
            return Err(Status::Range);
        }
        let scope = self.scope_exists(r.scope)?;
        let sym = r.symbol as usize;
        if sym >= self.syms.len() {
            return Err(Status::Symbol);
        }
        let cost = i128::from(r.cost);
        if cost == 0 && !self.possible(sym, r.price.0) {
            return Err(Status::Price);
        }
        if r.opened_at.0 > self.now.max(r.header.now.0) {
            return Err(Status::Range);
        }
        if self.net_position(sym, scope).is_some() {
            return Err(Status::State);
        }
        if !self.has_room_for(scope, sym, usize::from(self.syms[sym].hedged())) {
            return Err(Status::Capacity);
        }
        self.enter(r.header.now.0);
        let cost = if cost == 0 { worth(r.qty.0, r.price.0) } else { cost };
        self.make_books(scope, sym);
        let position = self.add_position(Position {
            sym,
            scope,
            long: r.side == 1,
            qty: r.qty.0,
            cost,
            realised: 0,
            entered: r.qty.0,
            entry_value: cost,
            exited: 0,
            exit_value: 0,
            commission: r.commission.0,
            tag: r.tag,
            opened_by: None,
            exit: 0,
            closed: 0,
            in_table: true,
            net: !self.syms[sym].hedged(),
            opened_at: r.opened_at.0,
            closed_at: 0,
            counted: false,
            flatten: false,
            stalled: false,
            to_walk: false,
            live_at: 0,
            probes: Vec::new(),
        });
        self.emit(Ev {
            code: Some(r.side.into()),
            qty: Some(r.qty.0),
            position: Some(position),
            ..Ev::new(EventKind::PositionAdopted)
        });
        self.quantity_changed(position);
        self.settle_touched();
        self.check_equity(scope);
        self.happens("a position is adopted", scope);
        Ok(position)
    }

    /// Plain market and limit orders; what is wrong with other types is not asked here.
    pub(crate) fn order_adopt(
        &mut self,
        r: &OrderAdopt,
        position: Option<Key>,
    ) -> Result<(Status, Key), Status> {
        if let Some(key) = self.find_order(r.client_id) {
            let same = self.orders[key].adopted.is_some_and(|mut old| {
                old.header = r.header;
                old == *r
            });
            if !same {
                return Err(Status::Conflict);
            }
            self.enter(r.header.now.0);
            return Ok((Status::Exists, key));
        }
        let scope = self.scope_exists(r.scope)?;
        if r.qty.0 <= 0 || r.cum_qty.0 < 0 || r.cum_qty >= r.qty || r.client_id == 0 {
            return Err(Status::Range);
        }
        let sym = r.symbol as usize;
        if sym >= self.syms.len() {
            return Err(Status::Symbol);
        }
        if let Some(key) = position {
            let p = &self.positions[key];
            if !p.in_table {
                return Err(Status::Stale);
            }
            if p.qty == 0 {
                return Err(Status::Terminal);
            }
            if p.sym != sym {
                return Err(Status::Symbol);
            }
            if p.scope != scope {
                return Err(Status::Scope);
            }
        }
        let opens = self.syms[sym].hedged() && position.is_none();
        if !self.has_order_room() || !self.has_room_for(scope, sym, usize::from(opens)) {
            return Err(Status::Capacity);
        }
        self.enter(r.header.now.0);
        self.make_books(scope, sym);
        if r.client_id >> 63 == 0 {
            self.last_id = self.last_id.max(r.client_id);
        }
        let key = self.add_order(Order {
            client_id: r.client_id,
            tag: r.tag,
            position,
            named: position.is_some(),
            sym,
            scope,
            buy: r.side == 1,
            order_type: r.order_type,
            tif: r.time_in_force,
            flags: r.flags,
            venue: r.venue,
            expire_at: r.expire_at.0,
            qty: r.qty.0,
            price: r.price.0,
            cum: r.cum_qty.0,
            notional: r.notional.into(),
            commission: r.commission.0,
            sent: true,
            acked: true,
            holding: opens,
            to_kill: self.killing,
            adopted: Some(*r),
            ..Order::blank()
        });
        self.value_order(key);
        let status = self.orders[key].status();
        self.emit(Ev {
            code: Some(status.into()),
            order: Some(key),
            qty: Some(r.cum_qty.0),
            ..Ev::new(EventKind::OrderAdopted)
        });
        self.happens("an order is adopted", scope);
        // A kill reaches it, too.
        if self.root().trading == 3 || self.is_killed_below(scope, sym) {
            self.kill_order(key);
        }
        Ok((Status::Ok, key))
    }

    /// Average as whole ticks and parts per 10^9, both rounded down.
    pub(crate) fn average(value: i128, qty: i64) -> (i64, i64) {
        if qty == 0 {
            return (0, 0);
        }
        let parts = -ceil(-value * 1_000_000_000, qty.into());
        (parts.div_euclid(1_000_000_000) as i64, parts.rem_euclid(1_000_000_000) as i64)
    }
}
