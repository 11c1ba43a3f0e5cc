//! By hand: positions without orders, what an earlier run left, limits of the scope.

use oms_core::order::OrderAdopt;
use oms_core::position::{PositionAdopt, PositionExit, PositionOpen};
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::{Check, EventKind, Status, Unit};

use crate::executions::{Deal, HAND, worth};
use crate::gate::{Verdict, empty_limits};
use crate::world::{Ev, Key, Order, Position, World, ceil};

fn big(x: i64) -> bool {
    x.unsigned_abs() > 1 << 60
}

impl World {
    fn possible(&self, sym: usize, price: i64) -> bool {
        price > 0 || self.syms[sym].flags & 2 != 0
    }

    pub(crate) fn scope_limits_set(&mut self, r: &ScopeLimitsSet) -> Result<Status, Status> {
        if r.scope != 0 {
            return Err(Status::Scope);
        }
        let money = [r.open_notional_max, r.gross_max, r.net_max, r.credit_max, r.notional_max];
        let below = money.iter().any(|max| max.0 < -1) || r.leverage_max.0 < -1;
        if r.open_orders_max < -1 || r.positions_max < -1 || r.qty_max.0 < -1 || below {
            return Err(Status::Range);
        }
        self.enter(r.header.now.0);
        let old = self.scope_limits;
        self.limit_scope(r);
        self.emit(Ev::new(EventKind::ScopeLimits));
        self.tell_scope_limits(&old, r);
        Ok(Status::Ok)
    }

    /// Positions of a symbol that are open or may be opened by working orders.
    pub(crate) fn claims(&self, sym: usize) -> i64 {
        let open = self.positions.iter().filter(|p| p.sym == sym && p.qty > 0);
        if self.syms[sym].hedged() {
            let opening = self.orders.iter().filter(|o| o.sym == sym && self.holds_room(o));
            return (open.count() + opening.count()) as i64;
        }
        let works = self.orders.iter().any(|o| o.in_table && o.sym == sym && o.working() > 0);
        i64::from(works || open.count() > 0)
    }

    fn judge_hand(&self, r: &PositionOpen) -> Verdict {
        let mut v = Verdict::pass();
        let sym = ((r.symbol as usize) < self.syms.len()).then_some(r.symbol as usize);
        if r.qty.0 <= 0 {
            v.fail(Check::Fields, Unit::Lots, 1, r.qty.0.into());
        } else if sym.is_some_and(|s| !self.possible(s, r.price.0)) {
            v.fail(Check::Fields, Unit::Ticks, 0, r.price.0.into());
        }
        let limits = sym.and_then(|s| self.syms[s].limits).unwrap_or_else(empty_limits);
        if sym.is_none() || limits.flags & 2 != 0 {
            v.fail(Check::Symbol, Unit::None, 0, 0);
        }
        let Some(sym) = sym else { return v };
        let (min, max) = (limits.qty_min.0, limits.qty_max.0);
        if min >= 0 && r.qty.0 < min {
            v.fail(Check::Qty, Unit::Lots, min.into(), r.qty.0.into());
        } else if max >= 0 && r.qty.0 > max {
            v.fail(Check::Qty, Unit::Lots, max.into(), r.qty.0.into());
        } else if (0..r.qty.0).contains(&self.scope_limits.qty_max.0) {
            let max = self.scope_limits.qty_max.0.into();
            v.fail(Check::Qty, Unit::Lots, max, r.qty.0.into());
        }
        let buy = r.side == 1;
        let net = if buy { self.net(sym) } else { -self.net(sym) };
        let total = net + self.working(sym, buy) + i128::from(r.qty.0);
        let max = if buy { limits.long_max.0 } else { limits.short_max.0 };
        if max >= 0 && total > i128::from(max) {
            v.fail(Check::Position, Unit::Lots, max.into(), total);
        }
        let claimed = self.claims(sym);
        if self.syms[sym].hedged() || claimed == 0 {
            let all: i64 = (0..self.syms.len()).map(|s| self.claims(s)).sum();
            let root = self.scope_limits.positions_max;
            if limits.positions_max >= 0 && claimed + 1 > limits.positions_max {
                let max = limits.positions_max.into();
                v.fail(Check::Positions, Unit::Count, max, (claimed + 1).into());
            } else if root >= 0 && all + 1 > root {
                v.fail(Check::Positions, Unit::Count, root.into(), (all + 1).into());
            }
        }
        if self.syms[sym].hedged() && !self.has_position_room() {
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
        let sym = r.symbol as usize;
        let own = if sym < self.syms.len() { self.net_position(sym) } else { None };
        if own.is_some_and(|p| self.positions[p].long != (r.side == 1)) {
            return Err(Status::State);
        }
        let verdict = self.judge_hand(r);
        self.enter(r.header.now.0);
        if verdict.mask != 0 {
            self.deny(&verdict, false);
            return Ok((verdict, None));
        }
        let deal = Deal {
            order: None,
            sym,
            buy: r.side == 1,
            tag: r.tag,
            qty: r.qty.0,
            value: worth(r.qty.0, r.price.0),
            price: Some(r.price.0),
            commission: r.commission.0,
            exit: HAND,
            linked: true,
        };
        self.accepted += 1;
        self.commission += r.commission.0;
        let legs = self.book(&deal, own);
        self.check_equity();
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
        self.commission += r.commission.0;
        self.reduce(position, &deal, exit);
        self.check_equity();
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
        if self.net_position(sym).is_some() {
            return Err(Status::State);
        }
        if self.syms[sym].hedged() && !self.has_position_room() {
            return Err(Status::Capacity);
        }
        self.enter(r.header.now.0);
        let cost = if cost == 0 { worth(r.qty.0, r.price.0) } else { cost };
        let position = self.add_position(Position {
            sym,
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
            probe: 0,
        });
        self.emit(Ev {
            code: Some(r.side.into()),
            qty: Some(r.qty.0),
            position: Some(position),
            ..Ev::new(EventKind::PositionAdopted)
        });
        self.quantity_changed(position);
        self.settle_touched();
        self.check_equity();
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
        }
        let opens = self.syms[sym].hedged() && position.is_none();
        if !self.has_order_room() || (opens && !self.has_position_room()) {
            return Err(Status::Capacity);
        }
        self.enter(r.header.now.0);
        if r.client_id >> 63 == 0 {
            self.last_id = self.last_id.max(r.client_id);
        }
        let key = self.add_order(Order {
            client_id: r.client_id,
            tag: r.tag,
            position,
            named: position.is_some(),
            sym,
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
        // A kill reaches it, too.
        if self.trading == 3 {
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
