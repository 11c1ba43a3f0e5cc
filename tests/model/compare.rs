//! The model and the engine side by side: one call to both, then everything is compared.

use std::fmt::Debug;

use oms_core::engine::{
    CashAdjust, Control, Drain, Engine, GroupSet, KillSwitch, Submitted, Timer,
};
use oms_core::event::{Command, Event};
use oms_core::market::Trade;
use oms_core::num::{Lots, Money, Nanos, Ticks};
use oms_core::order::{OrderAdopt, OrderCancel, OrderReplace, OrderSubmit, VenueReport};
use oms_core::position::{PositionAdopt, PositionClose, PositionExit, PositionOpen};
use oms_core::risk::{ScopeBreakerSet, ScopeLimitsSet, Verdict as Word};
use oms_core::snapshot::digest;
use oms_core::status::{Request, Status};
use oms_core::store::Id;
use oms_core::trigger::{TriggerArm, TriggerCancel, TriggerMove};

use crate::calls::{Act, Call, NEWEST, Told};
use crate::doors::Answer;
use crate::rig::{EVENTS, head};
use crate::verdict::Verdict;
use crate::world::{Key, World};

pub(crate) type Same = Result<(), String>;

/// Engine, model, and which id is which.
pub(crate) struct Pair<'e, 'a> {
    pub(crate) engine: &'e mut Engine<'a>,
    pub(crate) kill: &'e KillSwitch,
    pub(crate) model: World,
    /// Prints every event.
    pub(crate) loud: bool,
    pub(crate) orders: Vec<Id>,
    pub(crate) positions: Vec<Id>,
    pub(crate) triggers: Vec<Id>,
    pub(crate) commands: Vec<Command>,
    pub(crate) events: Vec<Event>,
    told: Vec<VenueReport>,
}

pub(crate) fn same<T: Debug + PartialEq>(what: &str, model: T, engine: T) -> Same {
    if model == engine {
        return Ok(());
    }
    Err(format!("{what}\n  model  {model:?}\n  engine {engine:?}"))
}

pub(crate) fn word(v: &Word) -> Verdict {
    let Word { mask, first, limit, observed, unit, scope, .. } = *v;
    Verdict { mask, first, limit, observed, unit, scope, ..Verdict::pass() }
}

pub(crate) fn at(ids: &[Id], key: Option<Key>) -> Id {
    key.map_or(Id::NONE, |k| ids[k])
}

/// The k-th youngest of `len`.
pub(crate) fn pick(len: usize, back: usize) -> Option<usize> {
    len.checked_sub(1 + back)
}

impl<'e, 'a> Pair<'e, 'a> {
    pub(crate) fn new(engine: &'e mut Engine<'a>, kill: &'e KillSwitch) -> Self {
        let model = World::new(engine.config());
        let mut pair = Self {
            engine,
            kill,
            model,
            loud: false,
            orders: Vec::new(),
            positions: Vec::new(),
            triggers: Vec::new(),
            commands: vec![Command::default(); 64],
            events: vec![Event::EMPTY; EVENTS],
            told: Vec::new(),
        };
        // Nothing passes before.
        let act = Act::ScopeLimits(ScopeLimitsSet::OFF);
        pair.step(&Call { now: 0, scope: 0, fits: false, act }).unwrap();
        pair
    }

    /// One call to both. An error must leave the engine as it was.
    pub(crate) fn step(&mut self, call: &Call) -> Same {
        let before = digest(self.engine);
        let failed = self.act(call)?;
        if failed {
            same("digest after an error", before, digest(self.engine))?;
        }
        if let Act::Submit { check: true, .. } = call.act {
            same("digest after a check", before, digest(self.engine))?;
        }
        self.learn()?;
        self.drain_events()?;
        self.learn()?;
        self.compare()
    }

    pub(crate) fn answers(
        &mut self,
        model: Result<Answer, Status>,
        engine: Result<Submitted, Status>,
    ) -> Result<bool, String> {
        let (Ok(m), Ok(e)) = (&model, &engine) else {
            same("answer", model.as_ref().err(), engine.as_ref().err())?;
            return Ok(true);
        };
        same("verdict", m.2.clone(), word(&e.verdict))?;
        same("status", m.0, e.status)?;
        self.learn()?;
        same("order id", at(&self.orders, m.1), e.order)?;
        Ok(false)
    }

    pub(crate) fn plain(
        model: Result<Status, Status>,
        engine: Result<Status, Status>,
    ) -> Result<bool, String> {
        same("answer", model, engine)?;
        Ok(model.is_err())
    }

    pub(crate) fn stale_order(&self, key: Key) -> bool {
        !self.model.orders[key].in_table
    }

    /// The scope that a call is about: that of the position or partner it names when it is to
    /// fit.
    pub(crate) fn scope_of(&self, call: &Call, named: Option<Key>, linked: Option<Key>) -> u32 {
        let position = named.map(|key| self.model.positions[key].scope);
        let order = linked.map(|key| self.model.orders[key].scope);
        match position.or(order).filter(|_| call.fits) {
            Some(scope) => scope as u32,
            None if call.scope == NEWEST => self.model.scopes.len() as u32 - 1,
            None => call.scope,
        }
    }

    fn act(&mut self, call: &Call) -> Result<bool, String> {
        let now = call.now;
        let scope = self.scope_of(call, None, None);
        match call.act {
            Act::Define(mut r) => {
                r.header.now.0 = now;
                let model = self.model.symbol_define(&r);
                same("symbol", model, self.engine.symbol_define(&r))?;
                Ok(model.is_err())
            }
            Act::Scope(mut r) => {
                r.header.now.0 = now;
                let model = self.model.scope_define(&r);
                same("scope", model, self.engine.scope_define(&r))?;
                Ok(model.is_err())
            }
            Act::Breaker(mut breaker) => {
                let root = self.model.root().breaker.config.session_offset;
                breaker.session_offset =
                    if breaker.session_offset.0 == 0 { root } else { Nanos(7) };
                let header = head::<ScopeBreakerSet>(now);
                let r = ScopeBreakerSet { header, scope, breaker, ..ScopeBreakerSet::EMPTY };
                Self::plain(self.model.scope_breaker_set(&r), self.engine.scope_breaker_set(&r))
            }
            Act::Limits(mut r) => {
                (r.header.now.0, r.scope) = (now, scope);
                Self::plain(self.model.limits_set(&r), self.engine.limits_set(&r))
            }
            Act::Submit { id, sym, buy, limit, qty, price, flags, tif, position, check } => {
                let position = position.and_then(|p| pick(self.positions.len(), p));
                let r = OrderSubmit {
                    header: head::<OrderSubmit>(now),
                    client_id: id,
                    tag: id % 5,
                    position: at(&self.positions, position),
                    qty: Lots(qty),
                    price: Ticks(price),
                    symbol: sym,
                    scope: self.scope_of(call, position, None),
                    flags,
                    side: if buy { 1 } else { 2 },
                    order_type: if limit { 2 } else { 1 },
                    time_in_force: tif,
                    ..OrderSubmit::EMPTY
                };
                if check {
                    let model = self.model.order_check(&r, position, None);
                    same("check", model, self.engine.order_check(&r).map(|v| word(&v)))?;
                    return Ok(true);
                }
                let model = self.model.order_submit(&r, position, None);
                let engine = self.engine.order_submit(&r);
                self.answers(model, engine)
            }
            Act::Cancel { order, id } => {
                let Some(key) = pick(self.orders.len(), order) else { return Ok(true) };
                let mut r = OrderCancel { header: head::<OrderCancel>(now), ..OrderCancel::EMPTY };
                (r.order, r.request_id) = (self.orders[key], id);
                let engine = self.engine.order_cancel(&r);
                if self.stale_order(key) {
                    return Self::plain(Err(Status::Stale), engine);
                }
                Self::plain(self.model.order_cancel(&r, key), engine)
            }
            Act::Replace { order, id, qty, price } => {
                let Some(key) = pick(self.orders.len(), order) else { return Ok(true) };
                let o = &self.model.orders[key];
                let limit = o.order_type == 2;
                let price = if limit && price == 0 { 100 } else { price };
                let r = OrderReplace {
                    header: head::<OrderReplace>(now),
                    order: self.orders[key],
                    request_id: id,
                    qty: Lots(qty),
                    price: Ticks(price),
                    ..OrderReplace::EMPTY
                };
                let engine = self.engine.order_replace(&r);
                let model = if self.stale_order(key) {
                    Err(Status::Stale)
                } else {
                    self.model.order_replace(&r, key)
                };
                self.answers(model, engine)
            }
            Act::Report(told) => {
                let Some(r) = self.report_of(&told, now) else { return Ok(true) };
                self.told.push(r);
                self.report(&r)
            }
            Act::Again { back } => {
                let Some(n) = pick(self.told.len(), back) else { return Ok(true) };
                let mut r = self.told[n];
                r.header.now.0 = now;
                self.report(&r)
            }
            Act::OpenByHand { sym, long, qty, price, fee } => {
                let r = PositionOpen {
                    header: head::<PositionOpen>(now),
                    tag: 6,
                    qty: Lots(qty),
                    price: Ticks(price),
                    commission: Money(fee),
                    symbol: sym,
                    scope,
                    side: if long { 1 } else { 2 },
                    ..PositionOpen::EMPTY
                };
                let model = self.model.position_open(&r);
                let engine = self.engine.position_open(&r);
                let (Ok(m), Ok(e)) = (&model, &engine) else {
                    same("answer", model.as_ref().err(), engine.as_ref().err())?;
                    return Ok(true);
                };
                same("verdict", m.0.clone(), word(&e.0))?;
                self.learn()?;
                same("position id", at(&self.positions, m.1), e.1)?;
                Ok(false)
            }
            Act::ExitByHand { position, qty, price, fee, reason } => {
                let Some(p) = pick(self.positions.len(), position) else { return Ok(true) };
                let r = PositionExit {
                    header: head::<PositionExit>(now),
                    position: self.positions[p],
                    qty: Lots(qty),
                    price: Ticks(price),
                    commission: Money(fee),
                    reason,
                    ..PositionExit::EMPTY
                };
                let engine = self.engine.position_exit(&r);
                if self.model.positions[p].in_table {
                    Self::plain(self.model.position_exit(&r, p), engine)
                } else {
                    Self::plain(Err(Status::Stale), engine)
                }
            }
            Act::AdoptPosition { sym, long, qty, cost, fee } => {
                let r = PositionAdopt {
                    header: head::<PositionAdopt>(now),
                    tag: 7,
                    qty: Lots(qty),
                    cost: i128::from(cost).into(),
                    price: Ticks(100),
                    commission: Money(fee),
                    opened_at: Nanos(now - 5),
                    symbol: sym,
                    scope,
                    side: if long { 1 } else { 2 },
                    ..PositionAdopt::EMPTY
                };
                let model = self.model.position_adopt(&r);
                let engine = self.engine.position_adopt(&r);
                same("adopt", model.err(), engine.err())?;
                self.learn()?;
                if let (Ok(m), Ok(e)) = (model, engine) {
                    same("position id", self.positions[m], e)?;
                }
                Ok(model.is_err())
            }
            Act::AdoptOrder { id, sym, buy, price, qty, cum, position } => {
                let position = position.and_then(|p| pick(self.positions.len(), p));
                let r = OrderAdopt {
                    header: head::<OrderAdopt>(now),
                    client_id: id,
                    tag: id % 5,
                    position: at(&self.positions, position),
                    qty: Lots(qty),
                    cum_qty: Lots(cum),
                    notional: (i128::from(cum) * 99).into(),
                    price: Ticks(price),
                    commission: Money(cum),
                    symbol: sym,
                    scope: self.scope_of(call, position, None),
                    side: if buy { 1 } else { 2 },
                    order_type: if price == 0 { 1 } else { 2 },
                    time_in_force: 1,
                    ..OrderAdopt::EMPTY
                };
                let model = self.model.order_adopt(&r, position);
                let engine = self.engine.order_adopt(&r);
                same("adopt", model.map(|m| m.0), engine.map(|e| e.0))?;
                self.learn()?;
                if let (Ok(m), Ok(e)) = (model, engine) {
                    same("order id", self.orders[m.1], e.1)?;
                }
                Ok(model.is_err())
            }
            Act::Group(r) => {
                let r = GroupSet { header: head::<GroupSet>(now), ..r };
                Self::plain(self.model.group_set(&r), self.engine.group_set(&r))
            }
            Act::ScopeLimits(r) => {
                let r = ScopeLimitsSet { header: head::<ScopeLimitsSet>(now), scope, ..r };
                Self::plain(self.model.scope_limits_set(&r), self.engine.scope_limits_set(&r))
            }
            Act::Arm { position, stop, level, qty, close, ride } => {
                let Some(p) = pick(self.positions.len(), position) else { return Ok(true) };
                let r = TriggerArm {
                    header: head::<TriggerArm>(now),
                    position: self.positions[p],
                    tag: 3,
                    level: Ticks(level),
                    qty: Lots(qty),
                    kind: if stop { 1 } else { 2 },
                    action: if close { 2 } else { 1 },
                    ..TriggerArm::EMPTY
                };
                let r = ride.map_or(r, |ride| ride.request(&r));
                let engine = self.engine.trigger_arm(&r);
                let model = if self.model.positions[p].in_table {
                    self.model.trigger_arm(&r, p)
                } else {
                    Err(Status::Stale)
                };
                same("arm", model.map(|m| m.0), engine.map(|e| e.0))?;
                if let Ok((_, id)) = engine {
                    self.triggers.push(id);
                }
                Ok(model.is_err())
            }
            Act::Move { trigger, level } => {
                let Some(key) = pick(self.triggers.len(), trigger) else { return Ok(true) };
                let mut r = TriggerMove { header: head::<TriggerMove>(now), ..TriggerMove::EMPTY };
                (r.trigger, r.level) = (self.triggers[key], Ticks(level));
                Self::plain(self.model.trigger_move(&r, key), self.engine.trigger_move(&r))
            }
            Act::Disarm { trigger } => {
                let Some(key) = pick(self.triggers.len(), trigger) else { return Ok(true) };
                let mut r =
                    TriggerCancel { header: head::<TriggerCancel>(now), ..TriggerCancel::EMPTY };
                r.trigger = self.triggers[key];
                Self::plain(self.model.trigger_cancel(&r, key), self.engine.trigger_cancel(&r))
            }
            Act::Close { position, qty } => {
                let Some(p) = pick(self.positions.len(), position) else { return Ok(true) };
                let r = PositionClose {
                    header: head::<PositionClose>(now),
                    position: self.positions[p],
                    qty: Lots(qty),
                    tag: 4,
                    ..PositionClose::EMPTY
                };
                let engine = self.engine.position_close(&r);
                let model = if self.model.positions[p].in_table {
                    self.model.position_close(&r, p)
                } else {
                    Err(Status::Stale)
                };
                self.answers(model, engine)
            }
            Act::Quote { sym, bid, ask } => {
                let r = crate::rig::quote(now, sym, bid, ask);
                Self::plain(self.model.quote(&r), self.engine.quote(&r))
            }
            Act::Trade { sym, price, source } => {
                let mut r = Trade { header: head::<Trade>(now), symbol: sym, ..Trade::EMPTY };
                (r.price, r.source) = (Ticks(price), source);
                Self::plain(self.model.trade(&r), self.engine.trade(&r))
            }
            Act::Timer => {
                let r = Timer { header: head::<Timer>(now), ..Timer::EMPTY };
                let engine = self.engine.timer(&r);
                self.learn_times();
                Self::plain(Ok(self.model.timer(now)), engine)
            }
            Act::Drain => {
                let r = Drain { header: head::<Drain>(now), ..Drain::EMPTY };
                let engine = self.engine.drain(&r);
                self.learn_times();
                Self::plain(Ok(self.model.drain(now)), engine)
            }
            Act::Control { action, value } => {
                let header = head::<Control>(now);
                let r = Control { header, action, value, scope, ..Control::EMPTY };
                Self::plain(self.model.control(&r), self.engine.control(&r))
            }
            Act::Cash { amount } => {
                let mut r = CashAdjust { header: head::<CashAdjust>(now), ..CashAdjust::EMPTY };
                (r.amount, r.scope) = (Money(amount), scope);
                Self::plain(self.model.cash_adjust(&r), self.engine.cash_adjust(&r))
            }
            Act::Kill(flattens) => {
                if flattens {
                    self.kill.throw_and_flatten();
                } else {
                    self.kill.throw();
                }
                self.model.thrown = true;
                self.model.flatten_thrown |= flattens;
                Ok(false)
            }
            Act::Said(said) => self.say(now, scope, said),
            Act::Special(special) => self.special(call, special),
            Act::Recon(row) => self.recon(now, scope, row),
            Act::Stop(stop) => self.stop(now, scope, stop),
            Act::Poll { commands } => {
                self.poll(now, commands, 0)?;
                Ok(false)
            }
        }
    }

    /// The record of a report; none when there is nothing to report of.
    fn report_of(&self, told: &Told, now: u64) -> Option<VenueReport> {
        let mut key = pick(self.orders.len(), told.order);
        let mut ref_exec_id = told.ref_id;
        let execs = &self.model.execs;
        if let Some(n) = told.refers.and_then(|back| pick(execs.len(), back)) {
            ref_exec_id = execs[n].id;
            key = if told.foreign_ref { key } else { execs[n].order.or(key) };
        }
        // The execution is not its own correction.
        let exec_id = if told.exec == ref_exec_id && told.what == 10 { 9999 } else { told.exec };
        let known = key.filter(|_| told.client == 0).map(|k| &self.model.orders[k]);
        let key = known.and(key);
        if key.is_none() && told.client == 0 {
            return None;
        }
        let refers = matches!(told.what, 9 | 10);
        let (side, symbol) = match (known, told.side) {
            (_, 0) => (0, 0),
            (Some(o), own) => (if o.buy == (own == 1) { 1 } else { 2 }, o.sym as u32),
            (None, side) => (side, told.sym),
        };
        let cum = known.map_or(0, |o| o.cum);
        let venue_cum = told.ahead.map_or(0, |ahead| (cum + ahead).max(0));
        let position = told.position.and_then(|back| pick(self.positions.len(), back));
        Some(VenueReport {
            header: head::<VenueReport>(now),
            order: at(&self.orders, key),
            client_id: told.client,
            exec_id,
            ref_exec_id: if refers { ref_exec_id } else { 0 },
            request_id: told.id,
            position: at(&self.positions, position),
            qty: Lots(told.qty),
            price: Ticks(told.price),
            venue_cum: Lots(venue_cum),
            venue_avg: Ticks(told.avg.0),
            venue_avg_frac: told.avg.1,
            commission: Money(told.fee),
            symbol,
            venue: 8,
            report: told.what,
            reason: told.reason,
            side,
            order_status: told.status,
            ..VenueReport::EMPTY
        })
    }

    fn report(&mut self, r: &VenueReport) -> Result<bool, String> {
        let order = if r.order.is_none() {
            self.model.find_order(r.client_id).ok_or(Status::Unknown)
        } else {
            let key = self.orders.iter().rposition(|&id| id == r.order).unwrap();
            if self.stale_order(key) { Err(Status::Stale) } else { Ok(key) }
        };
        let position = self.positions.iter().rposition(|&id| id == r.position);
        let position = position.filter(|&p| self.model.positions[p].in_table);
        let engine = self.engine.venue_report(r);
        Self::plain(self.model.venue_report(r, order, position), engine)
    }

    fn compare(&self) -> Same {
        if let Err(found) = self.engine.audit() {
            return Err(format!("audit: {found:?}"));
        }
        self.compare_orders()?;
        self.compare_positions()?;
        self.compare_triggers()?;
        self.compare_symbols()?;
        self.compare_groups()?;
        self.compare_rounds()?;
        self.compare_counters()?;
        self.compare_scopes()
    }
}
