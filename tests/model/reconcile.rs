//! Rounds of reconciliation: what the venue has is made of what the model has, with faults; what
//! differs is counted anew from lists.

use oms_core::num::{Lots, Money, Nanos, Ticks};
use oms_core::risk::{
    ReconcileBegin, ReconcileEnd, ReconcileOrder, ReconcilePosition, ReconcileReport,
};
use oms_core::status::{Difference, EventKind, Request, Status, TableKind};
use oms_core::store::Id;

use crate::breaker::RECONCILE;
use crate::calls::{Act, Rng};
use crate::compare::{Pair, Same, at, pick, same};
use crate::rig::head;
use crate::world::{Ev, Key, Order, Position, World, ceil};

/// Calls about them; orders are named by how many are younger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recon {
    Begin {
        lots: i64,
        money: i64,
        orders: i64,
        /// Seconds ago; none: not given.
        as_of: Option<i64>,
        symbol: u32,
        flags: u32,
    },
    Position {
        sym: u32,
        /// By so much the venue has more.
        more: (i64, i64),
        /// 0 none, 1 ours rounded down, 2 up, else beside it.
        price: u8,
    },
    Order {
        order: usize,
        by_client: bool,
        unknown: bool,
        qty: i64,
        cum: i64,
        price: i64,
        /// The new terms of a replace.
        new: bool,
        other_side: bool,
        sym: Option<u32>,
        /// None: as ours is.
        status: Option<u8>,
    },
    End,
}

/// One round; now and then something happens in the middle of it.
pub(crate) fn random(rng: &mut Rng) -> Vec<Act> {
    let limit = |rng: &mut Rng| if rng.chance(55) { -1 } else { rng.range(-1, 9) };
    let begin = Recon::Begin {
        lots: if rng.chance(1) { -2 } else { limit(rng) },
        money: (limit(rng) * 30).max(-1),
        orders: limit(rng).min(3),
        as_of: rng.chance(25).then(|| rng.range(-1, 30)),
        symbol: if rng.chance(3) { 7 } else { rng.below(3) as u32 },
        flags: if rng.chance(70) { 0 } else { rng.below(17) as u32 },
    };
    let mut acts = vec![Act::Recon(begin)];
    for _ in 0..rng.below(9) {
        acts.push(match rng.below(20) {
            0 => Act::Poll { commands: 30 },
            1 => Act::Drain,
            2 => Act::Recon(Recon::End),
            3..8 => {
                let off = |rng: &mut Rng| if rng.chance(70) { 0 } else { rng.range(-4, 4) };
                let more = (off(rng), off(rng));
                let price = rng.below(4) as u8;
                Act::Recon(Recon::Position { sym: rng.below(3) as u32, more, price })
            }
            _ => Act::Recon(row(rng)),
        });
    }
    for _ in 0..rng.below(4) {
        acts.push(if rng.chance(60) { Act::Recon(Recon::End) } else { Act::Drain });
    }
    acts
}

fn row(rng: &mut Rng) -> Recon {
    let off = |rng: &mut Rng| if rng.chance(85) { 0 } else { rng.range(-3, 3) };
    Recon::Order {
        order: (rng.below(9) * rng.below(9) / 9) as usize,
        by_client: rng.chance(40),
        unknown: rng.chance(6),
        qty: off(rng),
        cum: off(rng),
        price: off(rng),
        new: rng.chance(40),
        other_side: rng.chance(5),
        sym: rng.chance(6).then(|| rng.below(4) as u32),
        status: rng.chance(25).then(|| rng.below(14) as u8),
    }
}

/// What an order's slot and times are.
#[derive(Clone, Copy, Debug)]
struct Fact {
    key: Key,
    slot: u32,
    sent_at: u64,
    updated_at: u64,
}

/// The round.
#[derive(Clone, Debug)]
pub(crate) struct Rounds {
    agreed: ReconcileBegin,
    report: ReconcileReport,
    /// Orders there were when it began.
    there: usize,
    orders: Vec<Key>,
    symbols: Vec<usize>,
    /// Lots of each symbol that differ, and their value.
    apart: Vec<(i64, Option<i64>)>,
    /// What was looked at of the slots and symbols.
    looked: (u32, u32),
    /// Told by the engine before each call.
    facts: Vec<Fact>,
    slots: u32,
}

impl Rounds {
    pub(crate) fn new() -> Self {
        Self {
            agreed: ReconcileBegin::EMPTY,
            report: ReconcileReport::NONE,
            there: 0,
            orders: Vec::new(),
            symbols: Vec::new(),
            apart: Vec::new(),
            looked: (0, 0),
            facts: Vec::new(),
            slots: 0,
        }
    }

    fn later(&self, time: u64) -> bool {
        self.agreed.as_of.0 > 0 && time > self.agreed.as_of.0
    }
}

const ROWS: u8 = 1;
const ENDING: u8 = 2;
const DONE: u8 = 3;

impl World {
    fn recon_begin(&mut self, r: &ReconcileBegin) -> Result<Status, Status> {
        if r.flags > 15 {
            return Err(Status::Enum);
        }
        let least = r.lots_max.0.min(r.money_max.0).min(r.orders_max);
        if least < -1 || r.flags >= 12 || r.as_of.0 > self.now.max(r.header.now.0) {
            return Err(Status::Range);
        }
        self.scope_exists(r.scope)?;
        if r.flags & 1 != 0 && r.symbol as usize >= self.syms.len() {
            return Err(Status::Symbol);
        }
        self.enter(r.header.now.0);
        let round = self.rounds.report.round + 1;
        self.rounds = Rounds { agreed: *r, there: self.orders.len(), ..Rounds::new() };
        self.rounds.report = ReconcileReport {
            round,
            began_at: Nanos(self.now),
            as_of: r.as_of,
            state: ROWS,
            ..ReconcileReport::NONE
        };
        Ok(Status::Ok)
    }

    fn recon_takes(&self, flag: u32, symbol: u32) -> Result<(), Status> {
        if self.rounds.report.state != ROWS || self.rounds.agreed.flags & flag != 0 {
            return Err(Status::State);
        }
        if symbol as usize >= self.syms.len() { Err(Status::Symbol) } else { Ok(()) }
    }

    fn recon_ignored(&mut self, left_out: bool) -> Status {
        self.ignored += 1;
        self.rounds.report.left_out += u32::from(left_out);
        Status::Ignored
    }

    /// Lots and cost of the open positions of a symbol's side.
    fn recon_side(&self, sym: usize, long: bool) -> (i64, i128) {
        let scope = self.rounds.agreed.scope as usize;
        let own = |p: &&Position| p.sym == sym && p.long == long && self.within(p.scope, scope);
        let open = self.positions.iter().filter(own).filter(|p| p.qty > 0);
        open.fold((0, 0), |(qty, cost), p| (qty + p.qty, cost + p.cost))
    }

    fn recon_position(&mut self, r: &ReconcilePosition) -> Result<Status, Status> {
        if r.long_qty.0 < 0 || r.short_qty.0 < 0 {
            return Err(Status::Range);
        }
        self.recon_takes(4, r.symbol)?;
        self.enter(r.header.now.0);
        let sym = r.symbol as usize;
        if self.rounds.symbols.contains(&sym) {
            return Ok(self.recon_ignored(false));
        }
        self.rounds.symbols.push(sym);
        self.rounds.report.positions += 1;
        let [long, short] = [true, false].map(|long| self.recon_side(sym, long));
        let theirs = (r.long_qty.0, r.short_qty.0);
        if self.syms[sym].hedged() {
            let sides = [
                (Difference::LongQty, long.0, theirs.0),
                (Difference::ShortQty, short.0, theirs.1),
            ];
            self.recon_lots(sym, &sides);
        } else {
            let net = (Difference::NetQty, long.0 - short.0, theirs.0 - theirs.1);
            self.recon_lots(sym, &[net]);
        }
        for (ours, lots, price) in
            [(long, theirs.0, r.long_price.0), (short, theirs.1, r.short_price.0)]
        {
            if ours.0 == 0 || ours.0 != lots || price == 0 {
                continue;
            }
            let lots = i128::from(lots);
            // Within one tick of the exact average, both ways.
            let off = ours.1 - i128::from(price) * lots;
            if off.abs() >= lots {
                let down = ours.1.div_euclid(lots) as i64;
                let event = Ev { qty: Some(ours.0), ..self.difference() };
                self.recon_tell(event, Difference::AveragePrice, (down, price));
            }
        }
        Ok(Status::Ok)
    }

    fn recon_lots(&mut self, sym: usize, sides: &[(Difference, i64, i64)]) {
        let mut lots = 0;
        for &(what, ours, theirs) in sides.iter().filter(|(_, ours, theirs)| ours != theirs) {
            let apart = (ours - theirs).abs();
            lots += apart;
            let event = Ev { qty: Some(apart), ..self.difference() };
            self.recon_tell(event, what, (ours, theirs));
        }
        if lots == 0 {
            return;
        }
        let s = &self.syms[sym];
        let value = self.marks(sym).map(|(bid, ask)| {
            let exact = i128::from(bid.abs().max(ask.abs())) * i128::from(lots) * s.num;
            ceil(exact, s.den) as i64
        });
        self.rounds.apart.push((lots, value));
        self.recon_trip();
    }

    fn difference(&self) -> Ev {
        Ev::of(EventKind::Difference, self.rounds.agreed.scope as usize)
    }

    fn recon_tell(&mut self, event: Ev, what: Difference, limits: (i64, i64)) {
        let report = &mut self.rounds.report;
        report.counts[what as usize] += 1;
        report.differences += 1;
        self.emit(Ev { code: Some(what as u32), limits: Some(limits), ..event });
    }

    /// What differs is counted anew; the breaker trips once.
    fn recon_trip(&mut self) {
        let Rounds { agreed, apart, report, .. } = &mut self.rounds;
        report.lots = Lots(apart.iter().map(|(lots, _)| lots).sum());
        report.lots_most = Lots(apart.iter().map(|(lots, _)| *lots).max().unwrap_or(0));
        report.money = Money(apart.iter().filter_map(|(_, value)| *value).sum());
        report.unpriced = apart.iter().filter(|(_, value)| value.is_none()).count() as u32;
        report.symbols_differ = apart.len() as u32;
        let over = |most: i64, seen: i64| most >= 0 && seen > most;
        let trips = over(agreed.lots_max.0, report.lots_most.0)
            || over(agreed.money_max.0, report.money.0)
            || (agreed.money_max.0 >= 0 && report.unpriced > 0)
            || over(agreed.orders_max, report.orders_differ.into());
        if trips && report.tripped == 0 {
            report.tripped = 1;
            let scope = agreed.scope as usize;
            let trip = self.scopes[scope].breaker.trip(self.now, RECONCILE);
            self.tripped(scope, trip);
        }
    }

    fn recon_order(
        &mut self,
        r: &ReconcileOrder,
        found: Result<Key, Status>,
    ) -> Result<Status, Status> {
        if !matches!(r.side, 1 | 2) || !matches!(r.order_status, 1..=7 | 9..=12) {
            return Err(Status::Enum);
        }
        let lives = !matches!(r.order_status, 4..=7);
        if lives && r.qty.0 < 1 {
            return Err(Status::BadQty);
        }
        if r.qty.0 < 0 || r.cum_qty.0 < 0 {
            return Err(Status::Range);
        }
        self.recon_takes(8, r.symbol)?;
        self.enter(r.header.now.0);
        let open = if lives { (r.qty.0 - r.cum_qty.0).max(0) } else { 0 };
        let Ok(key) = found else {
            if !lives {
                return Ok(self.recon_ignored(true));
            }
            let stale = found == Err(Status::Stale);
            let what = if stale { Difference::EndedHere } else { Difference::UnknownOrder };
            self.rounds.report.orders += 1;
            self.recon_tell(self.difference(), what, (0, open));
            self.rounds.report.orders_differ += 1;
            self.recon_trip();
            return Ok(Status::Ok);
        };
        if key < self.rounds.there {
            if self.rounds.orders.contains(&key) {
                return Ok(self.recon_ignored(false));
            }
            self.rounds.orders.push(key);
        }
        let updated = self.rounds.facts.iter().find(|f| f.key == key).unwrap().updated_at;
        if self.rounds.later(updated) {
            return Ok(self.recon_ignored(true));
        }
        self.rounds.report.orders += 1;
        let found = faults(&self.orders[key], r, lives, open);
        for &(what, ours, theirs) in &found {
            let event = Ev { order: Some(key), ..Ev::new(EventKind::Difference) };
            self.recon_tell(event, what, (ours, theirs));
        }
        if !found.is_empty() {
            self.rounds.report.orders_differ += 1;
            self.recon_trip();
        }
        Ok(Status::Ok)
    }

    fn recon_end(&mut self, r: &ReconcileEnd) -> Result<Status, Status> {
        if !matches!(self.rounds.report.state, ROWS | ENDING) {
            return Err(Status::State);
        }
        self.enter(r.header.now.0);
        self.rounds.report.state = ENDING;
        Ok(self.recon_work())
    }

    /// Some steps of the end of a round.
    pub(crate) fn recon_work(&mut self) -> Status {
        if self.rounds.report.state != ENDING {
            return Status::Ok;
        }
        let flags = self.rounds.agreed.flags;
        for _ in 0..self.config.work_per_call {
            let (slot, sym) = self.rounds.looked;
            if flags & 8 == 0 && slot < self.rounds.slots {
                self.rounds.looked.0 += 1;
                self.recon_look(slot);
            } else if flags & 4 == 0 && (sym as usize) < self.syms.len() {
                self.rounds.looked.1 += 1;
                let own = flags & 1 == 0 || self.rounds.agreed.symbol == sym;
                let sym = sym as usize;
                if own && !self.rounds.symbols.contains(&sym) {
                    let long = self.recon_side(sym, true).0;
                    let short = self.recon_side(sym, false).0;
                    let sides =
                        [(Difference::MissingLong, long, 0), (Difference::MissingShort, short, 0)];
                    self.recon_lots(sym, &sides);
                }
            } else {
                let report = &mut self.rounds.report;
                (report.state, report.ended_at) = (DONE, Nanos(self.now));
                let rows = i64::from(report.positions) + i64::from(report.orders);
                let event = Ev {
                    code: Some(0),
                    qty: Some(report.lots.0),
                    value: Some(report.money.0),
                    limits: Some((rows, report.differences.into())),
                    ..self.difference()
                };
                self.emit(event);
                return Status::Ok;
            }
        }
        Status::More
    }

    fn recon_look(&mut self, slot: u32) {
        let Rounds { agreed, facts, there, orders, report, .. } = &self.rounds;
        let Some(fact) = facts.iter().find(|f| f.slot == slot) else { return };
        let Fact { key, sent_at, updated_at, .. } = *fact;
        let o = &self.orders[key];
        let own = (agreed.flags & 1 == 0 || o.sym == agreed.symbol as usize)
            && (agreed.flags & 2 == 0 || o.venue == agreed.venue)
            && self.within(o.scope, agreed.scope as usize);
        let expected = o.in_table && o.sent && !o.terminal() && key < *there;
        let covered = sent_at <= report.began_at.0;
        let later = self.rounds.later(sent_at) || self.rounds.later(updated_at);
        if !own || !expected || !covered || later || orders.contains(&key) {
            return;
        }
        let (known, working) = (o.acked || o.cum > 0, o.working());
        let what = if known { Difference::MissingOrder } else { Difference::InDoubt };
        let event = Ev { order: Some(key), ..Ev::new(EventKind::Difference) };
        self.recon_tell(event, what, (working, 0));
        if known {
            self.rounds.report.orders_differ += 1;
            self.recon_trip();
        }
    }
}

/// What a row says otherwise, in the order in which it is told.
fn faults(o: &Order, r: &ReconcileOrder, lives: bool, open: i64) -> Vec<(Difference, i64, i64)> {
    let mut all = Vec::new();
    let side = if o.buy { 1 } else { 2 };
    all.push((Difference::Symbol, o.sym as i64, i64::from(r.symbol)));
    all.push((Difference::Side, side, i64::from(r.side)));
    if lives && !o.terminal() {
        let new = o.replace.map(|(_, qty, price)| (qty, price));
        if new.is_none_or(|(qty, _)| qty != r.qty.0) {
            all.push((Difference::Quantity, o.qty, r.qty.0));
        }
        let priced = matches!(o.effective_type(), 2 | 4 | 6);
        if priced && new.is_none_or(|(_, price)| price != r.price.0) {
            all.push((Difference::Price, o.price, r.price.0));
        }
    }
    // Two that both live, or have both ended, agree.
    let life = match (o.terminal(), lives) {
        (true, true) => Some(Difference::EndedHere),
        (false, _) if !o.sent => Some(Difference::NotSent),
        (false, false) => Some(Difference::EndedThere),
        _ => None,
    };
    all.retain(|&(_, ours, theirs)| ours != theirs);
    all.extend(life.map(|what| (what, o.working(), open)));
    match r.cum_qty.0 - o.cum {
        0 => {}
        1.. => all.push((Difference::FillMissed, o.cum, r.cum_qty.0)),
        _ => all.push((Difference::FillExtra, o.cum, r.cum_qty.0)),
    }
    all
}

impl Pair<'_, '_> {
    /// Slots and times, after the engine's call and before the model's.
    pub(crate) fn learn_times(&mut self) {
        let of = |(key, &id): (Key, &Id)| {
            let view = self.engine.order_get(id, 0).ok()?;
            let slot = (id.0 & 0xff_ffff) as u32;
            let (sent_at, updated_at) = (view.sent_at.0, view.updated_at.0);
            Some(Fact { key, slot, sent_at, updated_at })
        };
        self.model.rounds.facts = self.orders.iter().enumerate().filter_map(of).collect();
        self.model.rounds.slots = self.engine.table_get(TableKind::Orders).high_water;
    }

    pub(crate) fn recon(&mut self, now: u64, scope: u32, call: Recon) -> Result<bool, String> {
        match call {
            Recon::Begin { lots, money, orders, as_of, symbol, flags } => {
                let ago = as_of.map_or(now as i64, |seconds| seconds * 1_000_000_000);
                let r = ReconcileBegin {
                    header: head::<ReconcileBegin>(now),
                    as_of: Nanos(now.saturating_add_signed(-ago)),
                    lots_max: Lots(lots),
                    money_max: Money(money),
                    orders_max: orders,
                    symbol,
                    venue: 8,
                    scope,
                    flags,
                    ..ReconcileBegin::EMPTY
                };
                let engine = self.engine.reconcile_begin(&r);
                Self::plain(self.model.recon_begin(&r), engine)
            }
            Recon::Position { sym, more, price } => {
                let r = self.recon_position(now, sym, more, price);
                let engine = self.engine.reconcile_position(&r);
                Self::plain(self.model.recon_position(&r), engine)
            }
            Recon::Order { order, by_client, unknown, .. } => {
                let Some(key) = pick(self.orders.len(), order) else { return Ok(true) };
                let mut r = self.recon_row(now, key, &call);
                let mut found = if self.stale_order(key) { Err(Status::Stale) } else { Ok(key) };
                if unknown {
                    (r.order, r.client_id) = (Id::NONE, 999 * u64::from(by_client));
                    found = Err(Status::Unknown);
                } else if by_client {
                    let known = self.model.find_order(r.client_id);
                    (r.order, found) = (Id::NONE, known.ok_or(Status::Unknown));
                }
                let engine = self.engine.reconcile_order(&r);
                self.learn_times();
                Self::plain(self.model.recon_order(&r, found), engine)
            }
            Recon::End => {
                let r = ReconcileEnd { header: head::<ReconcileEnd>(now), ..ReconcileEnd::EMPTY };
                let engine = self.engine.reconcile_end(&r);
                self.learn_times();
                Self::plain(self.model.recon_end(&r), engine)
            }
        }
    }

    fn recon_position(&self, now: u64, sym: u32, more: (i64, i64), price: u8) -> ReconcilePosition {
        let side = |long, more: i64| {
            let (qty, cost) = self.model.recon_side(sym as usize, long);
            let lots = i128::from(qty.max(1));
            let down = cost.div_euclid(lots) as i64;
            let price = match price {
                0 => 0,
                1 => down,
                2 => ceil(cost, lots) as i64,
                _ => down - 1,
            };
            (Lots(qty + more), Ticks(if qty > 0 { price } else { 0 }))
        };
        let ((long_qty, long_price), (short_qty, short_price)) =
            (side(true, more.0), side(false, more.1));
        ReconcilePosition {
            header: head::<ReconcilePosition>(now),
            long_qty,
            short_qty,
            long_price,
            short_price,
            symbol: sym,
            ..ReconcilePosition::EMPTY
        }
    }

    fn recon_row(&self, now: u64, key: Key, call: &Recon) -> ReconcileOrder {
        let o = &self.model.orders[key];
        let Recon::Order { qty, cum, price, new, other_side, sym, status, .. } = *call else {
            return ReconcileOrder::EMPTY;
        };
        let own = (o.qty, o.price);
        let terms = if new { o.replace.map_or(own, |(_, qty, price)| (qty, price)) } else { own };
        let live = if o.status() == 0 || o.status() == 8 { 2 } else { o.status() };
        ReconcileOrder {
            header: head::<ReconcileOrder>(now),
            order: at(&self.orders, Some(key)),
            client_id: o.client_id,
            qty: Lots(terms.0 + qty),
            cum_qty: Lots(o.cum + cum),
            price: Ticks(terms.1 + price),
            symbol: sym.unwrap_or(o.sym as u32),
            side: if o.buy == other_side { 2 } else { 1 },
            order_status: status.unwrap_or(live),
            ..ReconcileOrder::EMPTY
        }
    }

    pub(crate) fn compare_rounds(&self) -> Same {
        same("round", self.model.rounds.report, self.engine.reconcile_get())
    }
}
