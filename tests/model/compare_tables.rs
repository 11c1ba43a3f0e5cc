//! Every order, position, trigger, symbol and group of the model and the engine.

use oms_core::status::{Status, TableKind};

use crate::compare::{Pair, Same, at, same};
use crate::world::World;

impl Pair<'_, '_> {
    pub(crate) fn compare_groups(&self) -> Same {
        for group in 1..=self.model.config.capacity.symbols {
            let v = self.engine.group_get(group).map_err(|e| format!("group {group}: {e:?}"))?;
            let theirs = (v.max.0, i128::from(v.exposure.0), v.members);
            same(&format!("group {group}"), self.model.group_shown(group), theirs)?;
        }
        Ok(())
    }

    pub(crate) fn compare_orders(&self) -> Same {
        for (key, o) in self.model.orders.iter().enumerate() {
            let view = self.engine.order_get(self.orders[key], 0);
            if !o.in_table {
                same("evicted order", Err(Status::Stale), view.map(|v| v.client_id))?;
                continue;
            }
            let v = view.map_err(|e| format!("order {key}: {e:?}"))?;
            let numbers = [o.qty, o.cum, o.leaves(), o.price, o.commission];
            let theirs = [v.order_qty.0, v.cum_qty.0, v.leaves.0, v.price.0, v.commission.0];
            same(&format!("order {key} qty cum leaves price fee"), numbers, theirs)?;
            let status = (o.status(), char::from(o.fix_status()), o.end, o.marks);
            let theirs = (v.status, char::from(v.fix_status), v.end, v.marks);
            same(&format!("order {key} status fix end marks"), status, theirs)?;
            self.compare_held(key, &v)?;
            same("notional", o.notional, v.notional.into())?;
            let average = (v.avg_price.0, v.avg_price_frac);
            same("average price", World::average(o.notional, o.cum), average)?;
            let facts = u32::from(o.sent)
                | u32::from(o.acked) << 1
                | u32::from(o.cancel.is_some()) << 2
                | u32::from(o.replace.is_some()) << 3
                | u32::from(o.suspended) << 4
                | u32::from(o.done_for_day) << 5
                | u32::from(o.held.armed) << 6
                | u32::from(o.triggered) << 7
                | u32::from(o.held.denied) << 8;
            same(&format!("order {key} facts"), facts, v.facts)?;
            let replace = o.replace.map_or((0, 0), |(_, qty, price)| (qty, price));
            same("replace", replace, (v.replace_qty.0, v.replace_price.0))?;
            same("position", at(&self.positions, o.position), v.position)?;
            let parent = at(&self.orders, o.held.parent);
            let children = self.model.children(key, None);
            same("parent, children", (parent, children), (v.parent, v.children.0.into()))?;
            same("trigger", at(&self.triggers, o.trigger), v.trigger)?;
            let (tag, flags, side) = (o.tag, o.flags, if o.buy { 1 } else { 2 });
            let (kind, sym) = (o.order_type, o.sym as u32);
            let model = (tag, flags, side, kind, sym, o.client_id, o.venue, o.scope as u32);
            let engine =
                (v.tag, v.flags, v.side, v.order_type, v.symbol, v.client_id, v.venue, v.scope);
            same("terms", model, engine)?;
        }
        let used = self.model.orders.iter().filter(|o| o.in_table).count();
        let table = self.engine.table_get(TableKind::Orders);
        same(
            "orders used, live",
            (used as u32, self.model.live_orders() as u32),
            (table.used, table.live),
        )
    }

    pub(crate) fn compare_positions(&self) -> Same {
        for (key, p) in self.model.positions.iter().enumerate() {
            let view = self.engine.position_get(self.positions[key]);
            if !p.in_table {
                same("evicted position", Err(Status::Stale), view.map(|v| v.qty))?;
                continue;
            }
            let v = view.map_err(|e| format!("position {key}: {e:?}"))?;
            let open = if p.qty > 0 { self.model.unrealised_of(p) } else { 0 };
            let model = (p.qty, p.cost, p.realised, open, p.commission);
            let engine = (
                v.qty.0,
                v.cost.into(),
                v.realised_exact.into(),
                v.unrealised_exact.into(),
                v.commission.0,
            );
            same(&format!("position {key} qty cost realised unrealised fee"), model, engine)?;
            let side = if p.long { 1 } else { 2 };
            let triggers = self.model.open_triggers(key).len() as u32;
            let net = u8::from(p.net);
            let model = (side, p.exit, self.model.closing(key), triggers, net);
            let engine = (v.side, v.exit, v.closing.0, v.triggers, v.net);
            same(&format!("position {key} side exit closing triggers net"), model, engine)?;
            same("position tag, scope", (p.tag, p.scope as u32), (v.tag, v.scope))?;
            let model = World::average(p.entry_value, p.entered);
            same("entry price", model, (v.entry_price.0, v.entry_price_frac))?;
            let model = World::average(p.exit_value, p.exited);
            same("exit price", model, (v.exit_price.0, v.exit_price_frac))?;
            let times = (v.opened_at.0, v.closed_at.0);
            same("opened, closed", (p.opened_at, p.closed_at), times)?;
            let by = at(&self.orders, p.opened_by);
            same("opened by", by, v.opened_by)?;
        }
        let used = self.model.positions.iter().filter(|p| p.in_table).count() as u32;
        same("positions used", used, self.engine.table_get(TableKind::Positions).used)
    }

    pub(crate) fn compare_triggers(&self) -> Same {
        for (key, t) in self.model.triggers.iter().enumerate() {
            let view = self.engine.trigger_get(self.triggers[key]);
            if t.gone {
                same("trigger gone", Err(Status::Stale), view.map(|v| v.level))?;
                continue;
            }
            let v = view.map_err(|e| format!("trigger {key}: {e:?}"))?;
            let left = if t.fired { t.left } else { v.left.0 };
            let model = (t.level, t.qty, left, 1 + u8::from(t.fired), t.fired_at);
            let engine = (v.level.0, v.qty.0, v.left.0, v.state, v.fired_at.0);
            same(&format!("trigger {key} level qty left state fired_at"), model, engine)?;
            let shown = t.order.filter(|&k| !self.model.orders[k].terminal());
            same("trigger's order", at(&self.orders, shown), v.order)?;
            let model = (t.kind, t.tag, t.venue, at(&self.positions, t.position));
            same("trigger terms", model, (v.kind, v.tag, v.venue, v.position))?;
            let own = t.trailing.unwrap_or_default();
            let active = u8::from(own.peak.is_some()) + u8::from(own.tight);
            let model = (own.peak.unwrap_or(0), active);
            same(&format!("trigger {key} peak, active"), model, (v.peak.0, v.active))?;
            let distance = if own.tight { own.second } else { own.distance };
            let step = if own.step > 1 { own.step } else { 0 };
            let model = (distance, own.activation, own.second_level, step);
            let (distance, step) = ((v.trail_offset.0, v.trail_ratio.0), i64::from(v.step));
            same("ride", model, (distance, v.activation.0, v.second_level.0, step))?;
        }
        Ok(())
    }

    pub(crate) fn compare_symbols(&self) -> Same {
        for (n, s) in self.model.syms.iter().enumerate() {
            let v = self.engine.symbol_get(n as u32).unwrap();
            let working = (self.model.working(n, true, 0), self.model.working(n, false, 0));
            same("working", working, (v.working_buy.0.into(), v.working_sell.0.into()))?;
            let qty = |long| {
                let of = self.model.positions.iter().filter(|p| p.sym == n && p.long == long);
                of.map(|p| p.qty).sum::<i64>()
            };
            same("long, short", (qty(true), qty(false)), (v.long_qty.0, v.short_qty.0))?;
            same("money", (s.num, s.den), (v.money_num.into(), v.money_den.into()))?;
            let (bid, ask, at) = s.quote.unwrap_or((0, 0, 0));
            same("quote", (bid, ask, at), (v.bid.0, v.ask.0, v.quoted_at.0))?;
            let draining = u32::from(self.model.backlog.contains(&n));
            same("draining", draining, v.draining)?;
            self.compare_conditions(n)?;
        }
        Ok(())
    }
}
