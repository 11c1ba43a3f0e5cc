//! The model and the engine side by side: one call to both, then everything is compared.

use std::fmt::Debug;

use oms_core::engine::{
    CashAdjust, Control, Drain, Engine, GroupSet, KillSwitch, Poll, Submitted, Timer,
};
use oms_core::event::{Command, Event};
use oms_core::market::Trade;
use oms_core::num::{Lots, Money, Nanos, Ticks};
use oms_core::order::{OrderAdopt, OrderCancel, OrderReplace, OrderSubmit, VenueReport};
use oms_core::position::{PositionAdopt, PositionClose, PositionExit, PositionOpen};
use oms_core::risk::{ScopeBreakerSet, ScopeLimitsSet, Verdict as Word};
use oms_core::snapshot::digest;
use oms_core::status::{EventKind, Request, Status, TableKind};
use oms_core::store::Id;
use oms_core::trigger::{TriggerArm, TriggerCancel, TriggerMove};

use crate::calls::{Act, Call, NEWEST, Told};
use crate::doors::Answer;
use crate::gate::Verdict;
use crate::rig::{EVENTS, head};
use crate::world::{Cmd, Ev, Key, World};

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
    commands: Vec<Command>,
    events: Vec<Event>,
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
            Act::Kill => {
                self.kill.throw();
                self.model.thrown = true;
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

    pub(crate) fn drain_events(&mut self) -> Same {
        let now = self.engine.now().0;
        self.poll(now, 0, EVENTS as u32)
    }

    fn poll(&mut self, now: u64, commands: u32, events: u32) -> Same {
        let mut r = Poll { header: head::<Poll>(now), ..Poll::EMPTY };
        (r.max_commands, r.max_events) = (commands, events);
        let polled = self.engine.poll(&r, &mut self.commands, &mut self.events).unwrap();
        let (model, told) = self.model.poll(now, commands, events);
        self.learn_of(polled.events as usize);
        self.learn()?;
        let ours: Vec<Cmd> = self.commands[..polled.commands as usize]
            .iter()
            .map(|c| Cmd {
                kind: c.kind,
                order: self.orders.iter().rposition(|&id| id == c.order).unwrap_or(usize::MAX),
                request_id: c.request_id,
                qty: if c.kind == 2 { 0 } else { c.qty.0 },
                price: if c.kind == 2 { 0 } else { c.price.0 },
                stop: match c.kind {
                    1 => (c.order_type, c.stop_price.0, c.trail_offset.0, c.trail_ratio.0),
                    3 => (c.order_type, c.stop_price.0, 0, 0),
                    _ => (0, 0, 0, 0),
                },
            })
            .collect();
        same("commands", model, ours)?;
        if self.loud {
            for e in &self.events[..polled.events as usize] {
                let kind = EventKind::from_raw(e.kind).unwrap();
                println!(
                    "    {kind:?} code {} order {:x} position {:x} trigger {:x} qty {} price {} \
                     value {}",
                    e.code, e.order.0, e.position.0, e.trigger.0, e.qty.0, e.price.0, e.value.0
                );
            }
        }
        let seen: Vec<Ev> = self.events[..polled.events as usize]
            .iter()
            .map(|e| EventKind::from_raw(e.kind).map(|k| self.seen(k, e)).unwrap())
            .collect();
        let blank = |m: &Ev, e: &Ev| Ev {
            kind: e.kind,
            code: m.code.and(e.code),
            order: m.order.and(e.order),
            position: m.position.and(e.position),
            trigger: m.trigger.and(e.trigger),
            qty: m.qty.and(e.qty),
            price: m.price.and(e.price),
            value: m.value.and(e.value),
            mask: m.mask.and(e.mask),
            exec_id: m.exec_id.and(e.exec_id),
            limits: m.limits.and(e.limits),
            scope: m.scope.and(e.scope),
        };
        let kinds = |all: &[Ev]| all.iter().map(|e| (e.kind, e.code)).collect::<Vec<_>>();
        if told.len() != seen.len() {
            return same("events", kinds(&told), kinds(&seen));
        }
        let seen: Vec<Ev> = told.iter().zip(&seen).map(|(m, e)| blank(m, e)).collect();
        same("event kinds", kinds(&told), kinds(&seen))?;
        let all = told.clone();
        for (m, e) in told.into_iter().zip(seen) {
            same("event", m, e).map_err(|x| format!("{x}\n all {all:?}"))?;
        }
        if events == 0 {
            return Ok(());
        }
        same("positions there ever were", self.model.positions.len(), self.positions.len())
    }

    fn seen(&self, kind: EventKind, e: &Event) -> Ev {
        let find = |ids: &[Id], id: Id| {
            let unknown = (!id.is_none()).then_some(usize::MAX);
            ids.iter().rposition(|&own| own == id).or(unknown)
        };
        Ev {
            kind,
            code: Some(e.code),
            order: find(&self.orders, e.order),
            position: find(&self.positions, e.position),
            trigger: find(&self.triggers, e.trigger),
            qty: Some(e.qty.0),
            price: Some(e.price.0),
            value: Some(e.value.0),
            mask: Some(e.mask),
            exec_id: Some(e.exec_id),
            limits: Some((e.limit, e.observed)),
            scope: Some(e.scope as usize),
        }
    }

    /// Learns the ids of what is new.
    fn learn(&mut self) -> Same {
        while self.orders.len() < self.model.orders.len() {
            let client_id = self.model.orders[self.orders.len()].client_id;
            let view = self.engine.order_get(Id::NONE, client_id);
            let view = view.map_err(|e| format!("order {client_id:#x} is not there: {e:?}"))?;
            self.orders.push(view.order);
        }
        // One that closed at once is not on the walk: of several the events tell.
        let mut walk = self.engine.position_next(Id::NONE);
        while self.positions.len() + 1 == self.model.positions.len() {
            let Ok(view) = walk else { break };
            if !self.positions.contains(&view.position) {
                self.positions.push(view.position);
            }
            walk = self.engine.position_next(view.position);
        }
        self.learn_triggers()
    }

    fn learn_of(&mut self, events: usize) {
        for e in &self.events[..events] {
            let kind = EventKind::from_raw(e.kind).unwrap();
            let new = matches!(kind, EventKind::PositionOpened | EventKind::PositionAdopted);
            if new && !self.positions.contains(&e.position) {
                self.positions.push(e.position);
            }
        }
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

    fn compare_groups(&self) -> Same {
        for group in 1..=self.model.config.capacity.symbols {
            let v = self.engine.group_get(group).map_err(|e| format!("group {group}: {e:?}"))?;
            let theirs = (v.max.0, i128::from(v.exposure.0), v.members);
            same(&format!("group {group}"), self.model.group_shown(group), theirs)?;
        }
        Ok(())
    }

    fn compare_orders(&self) -> Same {
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

    fn compare_positions(&self) -> Same {
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

    fn compare_triggers(&self) -> Same {
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

    fn compare_symbols(&self) -> Same {
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
