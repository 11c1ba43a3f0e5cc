//! Executions that are taken back or corrected.

use oms_core::order::VenueReport;
use oms_core::status::{Anomaly, EventKind, OrderMark, Status};

use crate::executions::{BUSTED, Deal, Exec, Leg, Part, worth};
use crate::orders::{Done, changed};
use crate::world::{Ev, Key, World, floor};

/// Whose execution it was: the order, where it is in the table.
#[derive(Clone, Copy)]
struct Whose {
    order: Option<Key>,
    buy: bool,
    sym: usize,
    scope: usize,
}

impl Part {
    /// What no leg tells of, as one.
    fn rest(&self) -> Option<Leg> {
        let all = |of: fn(&Leg) -> i128| self.legs.iter().map(of).sum::<i128>();
        let qty = self.qty - all(|leg| leg.qty.into()) as i64;
        let leg = Leg {
            position: usize::MAX,
            exit: false,
            qty,
            value: self.value - all(|leg| leg.value),
            realised: 0,
            commission: self.commission - all(|leg| leg.commission.into()) as i64,
        };
        (qty > 0).then_some(leg)
    }
}

impl World {
    /// A reference that was never seen, or has been forgotten.
    fn unknown_reference(&mut self, key: Key) -> bool {
        let carried = self.orders[key].adopted.is_some_and(|r| r.cum_qty.0 > 0);
        if !self.orders[key].forgot && !carried {
            return false;
        }
        self.doubt_reference(key);
        true
    }

    fn doubt_reference(&mut self, key: Key) -> Status {
        self.orders[key].mark(OrderMark::InDoubt);
        self.note_anomaly(Some(key), Anomaly::RefEvicted);
        Status::Ok
    }

    /// Whether what has become of an execution is known, and was taken back.
    fn ends_busted(&self, n: usize) -> bool {
        self.chain_end(n).is_some_and(|end| self.parts[self.execs[end].part].busted)
    }

    fn whose(&self, n: usize) -> Whose {
        let exec = &self.execs[n];
        Whose { order: exec.order, buy: exec.buy, sym: exec.sym, scope: exec.scope }
    }

    fn record(&self, whose: Whose) -> Option<Key> {
        whose.order.filter(|&key| self.orders[key].in_table)
    }

    /// After executions of an order that may be gone have changed.
    fn after_rebook(&mut self, whose: Whose, done: &Done, ended: bool) -> Status {
        self.check_equity(whose.scope);
        if let Some(key) = self.record(whose) {
            return self.after_report(key, done, ended);
        }
        // What reduces the positions must fit, whether the order is kept or not.
        self.settle_touched();
        self.report_flat();
        Status::Ok
    }

    /// `key` is none when the order that is named is not in the table.
    pub(crate) fn take_bust(
        &mut self,
        r: &VenueReport,
        key: Option<Key>,
    ) -> Result<Status, Status> {
        let found = self.exec_at(r.ref_exec_id);
        if key.is_some() && found.is_some_and(|n| self.execs[n].order != key) {
            return Err(Status::Conflict);
        }
        self.enter(r.header.now.0);
        match (found, key) {
            // What has come of it has left the ring.
            (Some(n), Some(key)) if self.chain_end(n).is_none() => Ok(self.doubt_reference(key)),
            (Some(n), _) => Ok(self.bust(n)),
            (None, key) => {
                let key = key.unwrap();
                if !self.unknown_reference(key) {
                    let part = Part { id: r.ref_exec_id, busted: true, ..Part::default() };
                    let part = self.new_part(part);
                    self.keep_exec(self.exec_of(r.ref_exec_id, key, None, part));
                }
                Ok(Status::Ok)
            }
        }
    }

    pub(crate) fn exec_of(
        &self,
        id: u64,
        key: Key,
        facts: Option<(i64, i64)>,
        part: usize,
    ) -> Exec {
        let o = &self.orders[key];
        Exec {
            id,
            order: Some(key),
            buy: o.buy,
            sym: o.sym,
            scope: o.scope,
            facts,
            part,
            spoken_for: 0,
            serial: 0,
            next: None,
        }
    }

    /// Takes what an execution brought out of order and positions.
    fn bust(&mut self, n: usize) -> Status {
        let (whose, part) = (self.whose(n), self.execs[n].part);
        if self.parts[part].busted {
            self.ignored += 1;
            return Status::Ignored;
        }
        self.parts[part].busted = true;
        self.take_back(whose, part, OrderMark::Busted.raw())
    }

    fn take_back(&mut self, whose: Whose, part: usize, mark: u32) -> Status {
        let old = self.parts[part].clone();
        self.happens("an execution is busted", whose.scope);
        self.count_at(whose.scope, |c| c.busts += 1);
        self.emit(Ev {
            order: whose.order,
            qty: Some(old.qty),
            exec_id: Some(old.id),
            ..Ev::new(EventKind::ExecutionBusted)
        });
        self.trade_value((whose.sym, whose.scope), whose.buy, old.value, 0);
        let mut ended = false;
        if self.record(whose).is_none() {
            self.happens("of an evicted order an execution is busted", whose.scope);
        }
        if let Some(key) = self.record(whose) {
            ended = self.orders[key].terminal();
            self.change(key, |o| o.on_bust(old.qty, old.value, old.commission, mark));
        }
        self.undo(whose, &old);
        self.after_rebook(whose, &changed(), ended)
    }

    /// Takes a part out of the positions, what entered first.
    fn undo(&mut self, whose: Whose, part: &Part) {
        self.pay_fee(whose.scope, -part.commission);
        for leg in part.legs.iter().filter(|leg| !leg.exit) {
            self.undo_entry(whose, leg);
        }
        for leg in part.legs.iter().filter(|leg| leg.exit) {
            self.undo_exit(whose, leg);
        }
        if let Some(rest) = part.rest() {
            let target = self.loose_target(whose.sym, whose.scope);
            self.adjust(whose, &rest, target);
        }
    }

    fn undo_exit(&mut self, whose: Whose, leg: &Leg) {
        let p = &self.positions[leg.position];
        let closed = p.qty == 0;
        let free = || {
            if p.net { self.own_slot(p.sym, p.scope).is_none() } else { self.has_position_room() }
        };
        if !p.in_table || (closed && !free()) {
            let target = self.loose_target(p.sym, p.scope);
            self.adjust(whose, leg, target);
            return;
        }
        if closed {
            self.happens("a bust opens a position again", whose.scope);
        }
        self.back_to(leg);
        if closed {
            self.join_walk(leg.position);
        }
        let kind = if closed { EventKind::PositionOpened } else { EventKind::PositionChanged };
        self.position_event(kind, leg.position, None);
        self.quantity_changed(leg.position);
    }

    /// The lots of an exit are open again.
    fn back_to(&mut self, leg: &Leg) {
        let p = &mut self.positions[leg.position];
        p.qty += leg.qty;
        p.cost += if p.long { leg.value - leg.realised } else { leg.value + leg.realised };
        p.realised -= leg.realised;
        p.exited -= leg.qty;
        p.exit_value -= leg.value;
        p.commission -= leg.commission;
        (p.exit, p.closed_at, p.counted) = (0, 0, false);
    }

    fn undo_entry(&mut self, whose: Whose, leg: &Leg) {
        let position = leg.position;
        let p = &mut self.positions[position];
        if !p.in_table || p.qty < leg.qty {
            let open = p.in_table && p.qty > 0;
            let (sym, scope) = (p.sym, p.scope);
            let target = if open { Some(position) } else { self.loose_target(sym, scope) };
            self.adjust(whose, leg, target);
            return;
        }
        p.qty -= leg.qty;
        p.cost -= leg.value;
        p.entered -= leg.qty;
        p.entry_value -= leg.value;
        p.commission -= leg.commission;
        if p.qty > 0 {
            self.position_event(EventKind::PositionChanged, position, None);
        } else {
            // What its exits had taken of this cost.
            p.realised += if p.long { -p.cost } else { p.cost };
            p.cost = 0;
            let exits = p.exited > 0;
            self.finish(position, BUSTED, exits);
        }
        self.quantity_changed(position);
    }

    /// The opposite execution at the same value.
    fn adjust(&mut self, whose: Whose, leg: &Leg, target: Option<Key>) {
        self.happens("an execution is undone by its opposite", whose.scope);
        let deal = Deal {
            buy: !whose.buy,
            qty: leg.qty,
            value: leg.value,
            price: None,
            commission: -leg.commission,
            exit: BUSTED,
            linked: self.has_position_room(),
            ..self.deal_of(whose)
        };
        self.book(&deal, target);
    }

    /// A deal of somebody's, without quantity.
    fn deal_of(&self, whose: Whose) -> Deal {
        let record = self.record(whose).map(|key| &self.orders[key]);
        let room = record.is_some_and(|o| self.holds_room(o)) || self.has_position_room();
        Deal {
            order: whose.order,
            sym: whose.sym,
            scope: whose.scope,
            buy: whose.buy,
            tag: record.map_or(0, |o| o.tag),
            qty: 0,
            value: 0,
            price: None,
            commission: 0,
            exit: record.map_or(1, |o| o.exit),
            linked: room,
        }
    }

    pub(crate) fn take_correct(
        &mut self,
        r: &VenueReport,
        key: Option<Key>,
    ) -> Result<Status, Status> {
        let (own, found) = (self.exec_at(r.exec_id), self.exec_at(r.ref_exec_id));
        let foreign = |n: usize| key.is_some() && self.execs[n].order != key;
        if own.is_some_and(foreign) {
            return Err(Status::Conflict);
        }
        if let Some(n) = own.filter(|&n| self.execs[n].facts.is_some()) {
            return self.known_again(n, r);
        }
        if found.is_some_and(foreign) {
            return Err(Status::Conflict);
        }
        let Some(old) = found else {
            let key = key.ok_or(Status::Stale)?;
            self.enter(r.header.now.0);
            return Ok(self.correct_unknown(r, key, own));
        };
        let Some(end) = self.chain_end(old) else {
            let key = key.ok_or(Status::Stale)?;
            self.enter(r.header.now.0);
            return Ok(self.doubt_reference(key));
        };
        if own.is_some_and(|own| self.chain_end(own) == Some(end)) {
            // Two that correct each other.
            return Err(Status::Conflict);
        }
        self.enter(r.header.now.0);
        let (whose, part) = (self.whose(old), self.execs[old].part);
        if self.parts[part].busted {
            return Ok(self.correct_busted(r, key, own, end));
        }
        let Some(own) = own else {
            self.keep_after(end, r);
            return Ok(self.correct(r, whose, part));
        };
        // Corrected or busted itself before it came: what it refers to is replaced by what it
        // became.
        let now = self.execs[own].part;
        self.execs[own].facts = Some((r.qty.0, r.price.0));
        self.execs[end].next = Some(self.execs[own].serial);
        for exec in &mut self.execs {
            if exec.part == part {
                exec.part = now;
            }
        }
        let mark = if self.ends_busted(own) { OrderMark::Busted.raw() } else { 0 };
        Ok(self.take_back(whose, part, mark))
    }

    /// A correction is the end of a chain now.
    fn keep_after(&mut self, end: usize, r: &VenueReport) {
        let facts = Some((r.qty.0, r.price.0));
        let old = self.execs[end].clone();
        self.execs[end].next = Some(self.kept + 1);
        self.keep_exec(Exec { id: r.exec_id, facts, next: None, ..old });
    }

    /// The execution it corrects is busted: so is the correction, and what came of it.
    fn correct_busted(
        &mut self,
        r: &VenueReport,
        key: Option<Key>,
        own: Option<usize>,
        end: usize,
    ) -> Status {
        if let Some(own) = own {
            self.execs[own].facts = Some((r.qty.0, r.price.0));
            if self.chain_end(own).is_some() {
                return self.bust(own);
            }
            self.ignored += 1;
            return Status::Ignored;
        }
        if key.is_some() {
            self.note_anomaly(key, Anomaly::Unexpected);
        }
        self.keep_after(end, r);
        self.ignored += 1;
        Status::Ignored
    }

    /// The execution it corrects has not come: it stands for it.
    fn correct_unknown(&mut self, r: &VenueReport, key: Key, own: Option<usize>) -> Status {
        if self.unknown_reference(key) {
            return Status::Ok;
        }
        let facts = Some((r.qty.0, r.price.0));
        if let Some(n) = own {
            self.execs[n].facts = facts;
            let Exec { part, spoken_for, serial, .. } = self.execs[n];
            let exec = self.exec_of(r.ref_exec_id, key, None, part);
            self.keep_exec(Exec { spoken_for, next: Some(serial), ..exec });
            self.ignored += 1;
            return Status::Ignored;
        }
        let o = self.orders[key].clone();
        let (price, guessed) = self.price_or_guess(o.sym, o.buy, o.price, r.price.0);
        let part = self.new_part(Part { id: r.exec_id, ..Part::default() });
        // What it corrects may be among the lots that were inferred.
        let known = r.qty.0.min(o.gap_qty);
        let fresh = r.qty.0 - known;
        let exec = self.exec_of(r.ref_exec_id, key, None, part);
        let next = Some(self.kept + 2);
        self.keep_exec(Exec { spoken_for: known, next, ..exec });
        self.keep_exec(self.exec_of(r.exec_id, key, facts, part));
        self.watch_legs(key);
        self.guess(Some(key), guessed);
        let fee = if fresh > 0 { 0 } else { r.commission.0 };
        self.consume(key, part, known, price, fee);
        if fresh > 0 {
            let value = worth(fresh, price);
            let done = self.execute(key, part, fresh, value, price, r.commission.0);
            return self.after_report(key, &done, o.terminal());
        }
        Status::Ok
    }

    /// The report of an execution that was busted or corrected before: its lots go out of those
    /// that were inferred, as far as its correction does not stand for them.
    pub(crate) fn take_awaited(&mut self, n: usize, r: &VenueReport) -> Status {
        let whose = self.whose(n);
        let Some(key) = self.record(whose) else {
            self.ignored += 1;
            return Status::Ignored;
        };
        let o = self.orders[key].clone();
        let qty = (r.qty.0 - self.execs[n].spoken_for).clamp(0, o.gap_qty);
        if qty == 0 {
            self.ignored += 1;
            return Status::Ignored;
        }
        let share = |all: i128| {
            let part = floor(all * i128::from(qty), o.gap_qty.into());
            if qty == o.gap_qty { all } else { part }
        };
        let (value, realised) = (share(o.gap_value), share(o.gap_realised));
        let gone = &mut self.orders[key];
        gone.gap_qty -= qty;
        gone.gap_value -= value;
        gone.gap_realised -= realised;
        let (position, exit) = o.gap_at.unwrap();
        let realised = if exit { realised } else { 0 };
        let leg = Leg { position, exit, qty, value, realised, commission: 0 };
        let part = Part { qty, value, id: r.exec_id, legs: vec![leg], ..Part::default() };
        let part = self.new_part(part);
        let busted = self.ends_busted(n);
        let mark = if busted { OrderMark::Busted.raw() } else { 0 };
        self.take_back(whose, part, mark)
    }

    fn guess(&mut self, key: Option<Key>, guessed: bool) {
        if guessed && let Some(key) = key {
            self.orders[key].mark(OrderMark::NoPrice);
            self.note_anomaly(Some(key), Anomaly::NoPrice);
        }
    }

    fn correct(&mut self, r: &VenueReport, whose: Whose, part: usize) -> Status {
        let record = self.record(whose);
        let limit = record.map_or(0, |key| self.orders[key].price);
        let (price, guessed) = self.price_or_guess(whose.sym, whose.buy, limit, r.price.0);
        self.guess(record, guessed);
        let old = self.parts[part].clone();
        self.happens("an execution is corrected", whose.scope);
        self.count_at(whose.scope, |c| c.corrections += 1);
        // What was in doubt stays so.
        let qty = if old.doubtful { r.qty.0.min(old.qty) } else { r.qty.0 };
        let commission = if qty == 0 { 0 } else { r.commission.0 };
        let value = worth(qty, price);
        self.emit(Ev {
            order: whose.order,
            qty: Some(qty),
            price: Some(r.price.0),
            exec_id: Some(r.exec_id),
            ..Ev::new(EventKind::ExecutionCorrected)
        });
        self.trade_value((whose.sym, whose.scope), whose.buy, old.value, value);
        let (mut done, mut ended) = (changed(), false);
        if let Some(key) = record {
            ended = self.orders[key].terminal();
            let more = (qty - old.qty, value - old.value, commission - old.commission);
            done = self.change(key, |o| o.on_correct(more.0, more.1, more.2));
        }
        let entered = old.legs.len() == 1 && !old.legs[0].exit;
        if let Some(key) = record {
            self.watch_legs(key);
        }
        self.correcting = true;
        if qty == old.qty && (old.rest().is_none() || qty == 0) {
            self.reprice_part(part, price, commission);
        } else if entered && old.rest().is_none() && self.stays_open(&old.legs[0], qty) {
            self.resize(part, qty, value, commission);
        } else {
            self.undo(whose, &old);
            let kept = &mut self.parts[part];
            (kept.qty, kept.value, kept.commission) = (0, 0, 0);
            kept.legs.clear();
            let price = Some(price);
            let deal = Deal { qty, value, price, commission, ..self.deal_of(whose) };
            let target = match record {
                Some(key) => self.fill_target(key),
                None => self.loose_target(whose.sym, whose.scope),
            };
            self.book_part(part, &deal, target);
        }
        self.correcting = false;
        self.cover_growth(record, &old, part);
        self.check_equity(whose.scope);
        self.cancel_partners();
        let kept = &mut self.parts[part];
        (kept.id, kept.doubtful) = (r.exec_id, qty < r.qty.0);
        self.after_rebook(whose, &done, ended)
    }

    /// The bracket covers what a correction has brought more to a position.
    fn cover_growth(&mut self, record: Option<Key>, old: &Part, part: usize) {
        let entry = |part: &Part| part.legs.iter().find(|leg| !leg.exit).cloned();
        let Some((key, new)) = record.zip(entry(&self.parts[part])) else { return };
        let old = entry(old).filter(|old| old.position == new.position);
        let more = new.qty - old.map_or(0, |old| old.qty);
        if more > 0 {
            self.cover(key, new.position, more);
        }
    }

    /// The same quantity at another price: each leg where it is.
    fn reprice_part(&mut self, part: usize, price: i64, commission: i64) {
        let mut new = self.parts[part].clone();
        let leg = new.legs.first();
        let scope = leg.map_or(0, |leg| self.positions[leg.position].scope);
        let mut paid = commission - new.commission;
        self.pay_fee(scope, paid);
        // The entry bears what the commission is more.
        let mut legs: Vec<_> = new.legs.iter_mut().rev().collect();
        legs.sort_by_key(|leg| leg.exit);
        for leg in legs {
            let value = worth(leg.qty, price);
            let more = value - leg.value;
            self.reprice(leg, more);
            let p = &mut self.positions[leg.position];
            p.commission += paid;
            leg.commission += paid;
            leg.value = value;
            if leg.exit {
                leg.realised += if p.long { more } else { -more };
            }
            paid = 0;
        }
        for leg in &new.legs {
            let (old, position) = (&self.parts[part], leg.position);
            let same = old.legs.contains(leg);
            if !same && self.positions[position].in_table && self.positions[position].qty > 0 {
                self.position_event(EventKind::PositionChanged, position, None);
            }
        }
        new.value = worth(new.qty, price);
        new.commission = commission;
        self.parts[part] = new;
    }

    fn stays_open(&self, leg: &Leg, qty: i64) -> bool {
        let p = &self.positions[leg.position];
        p.in_table && p.qty > 0 && p.qty + qty - leg.qty > 0
    }

    /// Another quantity of what only entered, and the position stays open.
    fn resize(&mut self, part: usize, qty: i64, value: i128, commission: i64) {
        let leg = self.parts[part].legs[0].clone();
        let position = leg.position;
        self.pay_fee(self.positions[position].scope, commission - leg.commission);
        let p = &mut self.positions[position];
        p.qty += qty - leg.qty;
        p.cost += value - leg.value;
        p.entered += qty - leg.qty;
        p.entry_value += value - leg.value;
        p.commission += commission - leg.commission;
        self.position_event(EventKind::PositionChanged, position, None);
        self.quantity_changed(position);
        let kept = &mut self.parts[part];
        (kept.qty, kept.value, kept.commission) = (qty, value, commission);
        kept.legs = vec![Leg { qty, value, commission, ..leg }];
    }
}
