//! Recomputes every aggregate from the records and names the first one that differs.
#![forbid(unsafe_code)]

use super::Engine;
use super::breakers::probe_number;
use crate::num::{Int128, Lots, Nanos};
use crate::order::{Execution, Order};
use crate::position::Totals;
use crate::risk::{Exposure, latest};
use crate::status::{
    AuditItem, OrderFact, PositionSide, SelfTrade, Side, Status, SymbolFlag, TriggerAction,
};
use crate::store::{Id, NIL};
use crate::trigger::Trigger;

/// The first difference an audit found: `oms_audit`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct AuditReport {
    /// What the records add up to.
    pub expected: Int128,
    /// What was kept.
    pub found: Int128,
    /// OMS_AUDIT_*; NONE when all agree.
    pub item: u32,
    /// Number of the symbol or slot of the record concerned.
    pub index: u32,
    /// 0.
    pub reserved: [u64; 3],
}

pub(super) type Checked = Result<(), AuditReport>;

pub(super) fn same(item: AuditItem, index: u32, expected: i128, found: i128) -> Checked {
    if expected == found {
        return Ok(());
    }
    Err(AuditReport {
        expected: expected.into(),
        found: found.into(),
        item: item.raw(),
        index,
        ..AuditReport::default()
    })
}

pub(super) fn count<T>(items: impl Iterator<Item = T>) -> i128 {
    i128::try_from(items.count()).unwrap_or(i128::MAX)
}

impl Engine<'_> {
    /// Recomputes every aggregate. O((symbols + positions + executions) × orders + positions ×
    /// (symbols + triggers)): for tests and quiet moments.
    ///
    /// # Errors
    /// The first difference.
    pub fn audit(&self) -> Result<(), AuditReport> {
        self.audit_orders()?;
        self.audit_positions()?;
        self.audit_triggers()?;
        self.audit_links()?;
        self.audit_reducers()?;
        self.audit_legs()?;
        self.audit_scope()?;
        self.audit_books()?;
        self.audit_kills()?;
        self.audit_venue()?;
        self.audit_probes()?;
        self.audit_statistics()?;
        self.audit_sequences()?;
        self.audit_values()?;
        self.audit_full()?;
        let mut realised = 0_i128;
        let mut unrealised = 0_i128;
        let mut commission = 0_i128;
        for (number, symbol) in self.symbols.iter() {
            self.audit_exposure(number)?;
            self.audit_totals(number)?;
            let watched = self.triggers.is_watched(number);
            same(AuditItem::Watch, number, 1, i128::from(watched))?;
            let totals = self.positions.totals(number).copied().unwrap_or(Totals::EMPTY);
            let scale = i128::from(symbol.scale);
            let open = totals.unrealised(symbol.marks()).unwrap_or(i128::MAX);
            realised = realised.saturating_add(totals.realised.saturating_mul(scale));
            unrealised = unrealised.saturating_add(open.saturating_mul(scale));
            commission = commission.saturating_add(i128::from(totals.commission.0));
        }
        same(AuditItem::Realised, NIL, realised, self.account.realised)?;
        same(AuditItem::Unrealised, NIL, unrealised, self.account.unrealised())?;
        same(AuditItem::Commission, NIL, commission, self.account.commission)?;
        self.audit_calm()
    }

    /// What a tick is worth while quotes may be calm, and the equity that calm quotes lead to.
    fn audit_calm(&self) -> Checked {
        for (number, symbol) in self.symbols.iter() {
            let totals = self.positions.totals(number).copied().unwrap_or(Totals::EMPTY);
            let marked = !symbol.spec.has(SymbolFlag::MarkLast);
            let scale = if marked { i128::from(symbol.scale) } else { 0 };
            let weights = [symbol.weights.long, symbol.weights.short].map(i128::from);
            let sides = [totals.long_qty, totals.short_qty].map(|qty| i128::from(qty.0));
            let allowed = self.triggers.is_allowed(number);
            for (found, qty) in weights.into_iter().zip(sides).filter(|_| allowed) {
                same(AuditItem::Weights, number, qty.saturating_mul(scale), found)?;
            }
        }
        let known = self.scope().and_then(|scope| self.figures(0, scope).equity);
        let equity = self.account.equity(self.realised_only()).unwrap_or_default();
        same(AuditItem::Equity, NIL, i128::from(equity.0), i128::from(known.unwrap_or_default().0))
    }

    fn audit_orders(&self) -> Checked {
        let orders = || self.orders.table().iter();
        let live = count(orders().filter(|(_, order)| !order.is_evictable()));
        let table = self.orders.table();
        same(AuditItem::LiveOrders, NIL, live, i128::from(table.live()))?;
        same(AuditItem::LiveOrders, NIL, live, count(table.iter_live()))?;
        let ended = count(orders().filter(|(_, order)| order.is_evictable()));
        same(AuditItem::EndedOrders, NIL, ended, i128::from(table.ended()))?;
        let waiting = count(orders().filter(|(_, order)| !order.pending.is_empty()));
        same(AuditItem::Commands, NIL, waiting, i128::from(self.orders.waiting()))?;
        let opening = count(orders().filter(|(_, order)| order.opens_position));
        same(AuditItem::OpeningOrders, NIL, opening, i128::from(self.positions.held()))?;
        for (slot, order) in orders() {
            let found = table.find(order.client_id).map_or(-1, i128::from);
            same(AuditItem::ClientIndex, slot, i128::from(slot), found)?;
            self.audit_cum(slot, order)?;
            let filed = self.orders.is_deadline_filed(slot, order);
            same(AuditItem::Deadlines, slot, 1, i128::from(filed))?;
            let plain = i128::from(self.orders.is_plain(order));
            same(AuditItem::Folds, slot, plain, i128::from(order.plain))?;
            let ripe = i128::from(order.is_ripe());
            same(AuditItem::Folds, slot, ripe, i128::from(order.ripe))?;
            self.audit_held(slot, order)?;
            self.audit_children(slot, order)?;
        }
        for execution in self.executions.iter() {
            let found = self.executions.find(execution.exec_id) == Some(execution);
            same(AuditItem::Executions, NIL, 1, i128::from(found))?;
        }
        Ok(())
    }

    /// While every child that an order ever had is kept, they add up.
    fn audit_children(&self, slot: u32, order: &Order) -> Checked {
        let orders = || self.orders.table().iter().map(|(_, child)| child);
        let children = || orders().filter(|child| child.parent == order.id);
        if count(children()) != i128::from(order.child_count) {
            return Ok(());
        }
        let all = children().map(Order::committed).fold(0_i128, i128::saturating_add);
        same(AuditItem::Children, slot, all, order.children)
    }

    /// Executions of an order that are all still kept add up, with what was inferred and what was
    /// taken over, to its quantity and value.
    fn audit_cum(&self, slot: u32, order: &Order) -> Checked {
        if self.executions.has_forgotten(order.first_execution) {
            return Ok(());
        }
        let own = || {
            let of = |execution: &&Execution| execution.order == order.id && execution.is_live();
            self.executions.iter().filter(of)
        };
        let besides = [order.gap.qty, order.carried_qty];
        let besides = besides.into_iter().map(|qty| i128::from(qty.0));
        let qty = own().map(|execution| i128::from(execution.booked().0)).chain(besides);
        let qty = qty.fold(0_i128, i128::saturating_add);
        same(AuditItem::CumQty, slot, qty, i128::from(order.cum_qty.0))?;
        let value = own().map(|execution| execution.value());
        let value = value.chain([order.gap.value, order.carried_value]);
        let value = value.fold(0_i128, i128::saturating_add);
        same(AuditItem::CumQty, slot, value, order.notional)
    }

    /// A held order and its trigger name each other, and no other order has such a trigger.
    fn audit_held(&self, slot: u32, order: &Order) -> Checked {
        let trigger = self.triggers.resolve(order.trigger).ok();
        let trigger = trigger.and_then(|slot| self.triggers.get(slot));
        let own = |t: &Trigger| t.action == TriggerAction::Release && t.order == order.id;
        let held = order.is(OrderFact::Armed);
        same(AuditItem::HeldOrders, slot, i128::from(held), i128::from(trigger.is_some_and(own)))?;
        let waits = !held || order.is_unsent();
        same(AuditItem::HeldOrders, slot, 1, i128::from(waits))
    }

    fn audit_exposure(&self, symbol: u32) -> Checked {
        let mut expected = Exposure::EMPTY;
        for (_, order) in self.orders.table().iter().filter(|(_, order)| order.symbol == symbol) {
            expected.shift(order.side, Lots::ZERO, self.counted(order));
            expected.recount(order.side, false, order.working() > Lots::ZERO);
        }
        let found = self.exposure(symbol);
        same(AuditItem::WorkingBuy, symbol, expected.buy, found.buy)?;
        same(AuditItem::WorkingSell, symbol, expected.sell, found.sell)?;
        for side in [Side::Buy, Side::Sell] {
            let (expected, found) = (expected.orders(side), found.orders(side));
            same(AuditItem::WorkingOrders, symbol, i128::from(expected), i128::from(found))?;
        }
        let orders = self.orders.table().iter().filter(|(_, order)| order.symbol == symbol);
        let opening = count(orders.filter(|(_, order)| order.opens_position));
        let held = self.positions.totals(symbol).map_or(0, |totals| totals.opening);
        same(AuditItem::OpeningOrders, symbol, opening, i128::from(held))?;
        let claims = self.claims_of(symbol);
        same(AuditItem::Claims, symbol, i128::from(claims), i128::from(found.claims))?;
        same(AuditItem::Folds, symbol, 1, i128::from(self.folded(symbol) == *found))?;
        let limits = self.symbols.get(symbol).map(|symbol| &symbol.limits);
        let sure = limits.is_some_and(|limits| found.is_sure(limits));
        same(AuditItem::Folds, symbol, 1, i128::from(sure))
    }

    /// The probes of half-open breakers: orders that live, positions that are open.
    fn audit_probes(&self) -> Checked {
        let of_scope = |own: u32, number| self.path(own).all().any(|scope| scope == number);
        for (number, scope) in self.scopes.iter().filter(|(_, s)| s.breaker.is_half_open()) {
            let (live, open) = scope.breaker.probes_going();
            let orders = self.orders.table().iter().map(|(_, order)| order);
            let orders = orders.filter(|order| of_scope(order.scope, number));
            let is_probe = |order: &&Order| scope.breaker.is_probe(probe_number(order));
            let own = count(orders.filter(|order| is_probe(order) && !order.is_terminal()));
            same(AuditItem::Probes, number, own, i128::from(live))?;
            let positions = self.positions.table().iter().map(|(_, position)| position);
            let positions = positions.filter(|p| p.is_open() && of_scope(p.scope, number));
            let own = count(positions.filter(|p| scope.breaker.is_probe(p.probe)));
            same(AuditItem::Probes, number, own, i128::from(open))?;
        }
        Ok(())
    }

    /// What the root scope counts over all symbols.
    fn audit_scope(&self) -> Checked {
        let Some(scope) = self.scope() else { return Ok(()) };
        let orders = self.orders.table().iter().map(|(_, order)| order);
        let working = count(orders.filter(|order| order.working() > Lots::ZERO));
        same(AuditItem::WorkingOrders, NIL, working, i128::from(scope.open_orders))?;
        let claims = self.symbols.places().map(|place| i128::from(place.beside.claims)).sum();
        same(AuditItem::Claims, NIL, claims, i128::from(scope.claims))?;
        let windows = self.rates.closed_through(&scope.breaker);
        let (full, never) = (Nanos(latest(windows)), Nanos(u64::MAX));
        let (closed, full) = if scope.is_open() { (full, never) } else { (never, full) };
        let lacks = scope.lacks();
        same(AuditItem::Folds, NIL, i128::from(lacks), i128::from(self.root.lacks))?;
        let found = self.root.closed_through;
        // While orders are known to keep within the windows the time does not follow: it is over.
        let over = self.rates.has_spare() && closed.max(found) < self.now;
        let spare = self.rates.is_spare(&scope.breaker, self.now);
        let known = if over { closed } else { found };
        same(AuditItem::Folds, NIL, i128::from(closed.0), i128::from(known.0))?;
        let windows = over || windows == self.rates.closed();
        same(AuditItem::Folds, NIL, 1, i128::from(windows))?;
        let found_full = self.root.full_through;
        same(AuditItem::Folds, NIL, i128::from(full.0), i128::from(found_full.0))?;
        same(AuditItem::Folds, NIL, 1, i128::from(spare))?;
        let shut = if self.root.has_room() { found } else { Nanos(u64::MAX) };
        same(AuditItem::Folds, NIL, i128::from(shut.0), i128::from(self.root.shut_through.0))?;
        let ends = if self.now < self.idle_until { self.next_session() } else { self.session_end };
        same(AuditItem::Folds, NIL, i128::from(ends.0), i128::from(self.session_end.0))?;
        let waits = !(self.clears_all() || self.is_half_open()) || self.idle_until == Nanos::ZERO;
        same(AuditItem::Folds, NIL, 1, i128::from(waits))
    }

    fn audit_totals(&self, symbol: u32) -> Checked {
        let found = self.positions.totals(symbol).copied().unwrap_or(Totals::EMPTY);
        let of = |side| {
            let all = self.positions.table().iter().map(|(_, position)| position);
            all.filter(move |p| p.symbol == symbol && p.side == side && p.is_open())
        };
        let sums = |side| {
            of(side).fold((0_i128, 0_i128), |(qty, cost), p| {
                let qty = qty.saturating_add(i128::from(p.book.qty.0));
                (qty, cost.saturating_add(p.book.cost))
            })
        };
        let (qty, cost) = sums(PositionSide::Long);
        same(AuditItem::LongQty, symbol, qty, i128::from(found.long_qty.0))?;
        same(AuditItem::LongCost, symbol, cost, found.long_cost)?;
        let (qty, cost) = sums(PositionSide::Short);
        same(AuditItem::ShortQty, symbol, qty, i128::from(found.short_qty.0))?;
        same(AuditItem::ShortCost, symbol, cost, found.short_cost)?;
        let open = count(of(PositionSide::Long)).saturating_add(count(of(PositionSide::Short)));
        same(AuditItem::OpenPositions, symbol, open, i128::from(found.open.len))
    }

    fn audit_positions(&self) -> Checked {
        let table = self.positions.table();
        let open = count(table.iter().filter(|(_, position)| position.is_open()));
        same(AuditItem::OpenPositions, NIL, open, i128::from(table.live()))?;
        same(AuditItem::OpenPositions, NIL, open, count(table.iter_live()))?;
        for (slot, position) in table.iter() {
            let orders = self.orders.table().iter().map(|(_, order)| order);
            let closing = orders
                .filter(|order| order.position == position.id)
                .filter(|order| order.side == position.side.closed_by())
                .fold(0_i128, |sum, order| sum.saturating_add(i128::from(self.counted(order).0)));
            same(AuditItem::Closing, slot, closing, i128::from(position.closing.0))?;
            let triggers = self.triggers.table().iter();
            let own = count(triggers.filter(|(_, trigger)| trigger.position == position.id));
            same(AuditItem::Triggers, slot, own, i128::from(position.triggers.len))?;
            if position.tag != 0 {
                let indexed = table.find(position.tag).is_some();
                same(AuditItem::TagIndex, slot, 1, i128::from(indexed))?;
            }
        }
        Ok(())
    }

    fn audit_sequences(&self) -> Checked {
        let sequences = &self.sequences;
        for (number, _) in self.symbols.iter() {
            let rises = sequences.rates.rises(number);
            same(AuditItem::SymbolRate, number, 1, i128::from(rises))?;
        }
        for place in 0..self.books.count() {
            let rises = sequences.book_rates.rises(place);
            same(AuditItem::SymbolRate, place, 1, i128::from(rises))?;
        }
        same(AuditItem::Recent, NIL, 1, i128::from(sequences.recent.is_linked()))?;
        let counting = count(self.scopes.iter().filter(|(_, s)| s.limits.count_traffic()));
        let watching = count(self.scopes.iter().filter(|(_, s)| s.limits.count_cancels()));
        same(AuditItem::Folds, NIL, counting, i128::from(self.counting))?;
        same(AuditItem::Folds, NIL, watching, i128::from(self.watching))?;
        for (slot, order) in self.orders.table().iter() {
            let looked_at = self.self_trade(order.symbol) != SelfTrade::Off;
            let filed = sequences.resting.is_filed(slot, order, looked_at);
            same(AuditItem::Resting, slot, 1, i128::from(filed))?;
        }
        Ok(())
    }

    /// While every closed position is kept, the statistics are what those brought.
    fn audit_statistics(&self) -> Checked {
        let item = AuditItem::Statistics;
        let account = &self.account;
        let kept = || self.positions.table().iter().map(|(_, p)| p).filter(|p| p.counted);
        if count(kept()) != i128::from(account.closed) {
            return Ok(());
        }
        let brought = |sign: i8| kept().filter(move |p| p.outcome_sign == sign);
        let sum = |sign| brought(sign).map(|p| i128::from(p.outcome.0)).sum::<i128>();
        same(item, NIL, count(brought(1)), i128::from(account.wins))?;
        same(item, NIL, count(brought(-1)), i128::from(account.losses))?;
        same(item, NIL, sum(1), account.gross_profit)?;
        same(item, NIL, sum(-1).saturating_neg(), account.gross_loss)?;
        let holding = kept().map(|p| i128::from(p.held(self.now))).sum::<i128>();
        same(item, NIL, holding, account.holding)
    }

    fn audit_triggers(&self) -> Checked {
        let triggers = || self.triggers.table().iter();
        for (slot, trigger) in triggers() {
            let placed = self.triggers.is_placed(slot);
            same(AuditItem::TriggerQueue, slot, 1, i128::from(placed))?;
            let settled = self.is_settled(slot, trigger);
            same(AuditItem::FiredTriggers, slot, 1, i128::from(settled))?;
        }
        let releases = triggers().filter(|(_, t)| t.action == TriggerAction::Release);
        let orders = self.orders.table().iter();
        let held = count(orders.filter(|(_, order)| order.is(OrderFact::Armed)));
        same(AuditItem::HeldOrders, NIL, held, count(releases))?;
        let owners = triggers().filter(|(_, trigger)| {
            trigger.action == TriggerAction::Close && trigger.order == Id::NONE
        });
        let owned = count(owners).saturating_add(i128::from(self.triggers.reserved()));
        same(AuditItem::OrderSlots, NIL, owned, i128::from(self.triggers.closers()))
    }

    /// What an order adds to the sums: of two partners that reduce one position the older adds
    /// what works, the younger what goes beyond that.
    pub(super) fn counted(&self, order: &Order) -> Lots {
        let younger = self.partner(order).is_some_and(|partner| partner.number < order.number);
        if younger { self.share(order) } else { order.working() }
    }

    fn audit_links(&self) -> Checked {
        for (slot, order) in self.orders.table().iter() {
            if let Ok(other) = self.orders.resolve(order.linked) {
                let back = self.orders.get(other).map_or(Id::NONE, |other| other.linked);
                same(AuditItem::Links, slot, i128::from(order.id.0), i128::from(back.0))?;
            }
        }
        Ok(())
    }

    /// The lists hold the live reduce-only orders that nobody has asked to cancel, oldest first,
    /// and these fit their positions.
    fn audit_reducers(&self) -> Checked {
        for (slot, position) in self.positions.table().iter() {
            let mut number = 0;
            for order in self.orders.reducers(&position.reducers) {
                let order = self.orders.get(order).copied().unwrap_or(Order::EMPTY);
                let belongs = order.is_reducer() && order.position == position.id;
                let rises = belongs && order.number > number;
                same(AuditItem::Reducers, slot, 1, i128::from(rises))?;
                number = order.number;
            }
            let orders = self.orders.table().iter().map(|(_, order)| order);
            let own = count(orders.filter(|o| o.position == position.id && o.is_reducer()));
            same(AuditItem::Reducers, slot, own, i128::from(position.reducers.len))?;
            let all = self.orders.table().iter().map(|(_, order)| order);
            let all = all.filter(|o| o.position == position.id && o.reduces() && !o.is_terminal());
            same(AuditItem::Reducers, slot, count(all), i128::from(position.reducing))?;
            same(AuditItem::Excess, slot, 0, i128::from(self.excess(slot).max(0)))?;
        }
        for (slot, order) in self.orders.table().iter() {
            let astray = order.is_reducer() && self.is_astray(order);
            same(AuditItem::Excess, slot, 0, i128::from(astray))?;
        }
        Ok(())
    }

    fn audit_legs(&self) -> Checked {
        let sum = |orders: &mut dyn Iterator<Item = &Order>| {
            orders.map(|order| i128::from(order.legs_reserved)).sum::<i128>()
        };
        let orders = || self.orders.table().iter().map(|(_, order)| order);
        let all = sum(&mut orders());
        same(AuditItem::BracketLegs, NIL, all, i128::from(self.triggers.reserved()))?;
        for (number, _) in self.symbols.iter() {
            let own = |order: &&Order| order.symbol == number && order.scope == 0;
            let legs = sum(&mut orders().filter(own));
            let found = self.positions.totals(number).map_or(0, |totals| totals.legs);
            same(AuditItem::BracketLegs, number, legs, i128::from(found))?;
        }
        for (slot, position) in self.positions.table().iter() {
            let legs = sum(&mut orders().filter(|order| order.position == position.id));
            same(AuditItem::BracketLegs, slot, legs, i128::from(position.legs_reserved))?;
        }
        Ok(())
    }

    /// An audit as the ABI answers it.
    #[must_use]
    pub fn audit_report(&self) -> (Status, AuditReport) {
        match self.audit() {
            Ok(()) => (Status::Ok, AuditReport::default()),
            Err(report) => (Status::Audit, report),
        }
    }
}
