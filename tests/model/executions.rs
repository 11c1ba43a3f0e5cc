//! Executions: the ids that are recognised again, and what one does to its order, to positions
//! and to money.

use oms_core::order::VenueReport;
use oms_core::status::{Anomaly, EventKind, OrderMark, Status};

use crate::orders::Done;
use crate::world::{Ev, Key, World, ceil, floor};

const ONE: i128 = 1_000_000_000;

/// An execution id.
#[derive(Clone, Debug)]
pub(crate) struct Exec {
    pub(crate) id: u64,
    pub(crate) order: Option<Key>,
    pub(crate) buy: bool,
    pub(crate) sym: usize,
    pub(crate) scope: usize,
    /// Quantity and price as reported; none while only others have named it.
    pub(crate) facts: Option<(i64, i64)>,
    /// Index of what it has brought; the ids of a chain of corrections share one.
    pub(crate) part: usize,
    /// Lots that were inferred for it and that its correction stands for.
    pub(crate) spoken_for: i64,
    /// Counted from the first one that was kept.
    pub(crate) serial: u64,
    /// The serial of what has corrected it.
    pub(crate) next: Option<u64>,
}

/// What an execution has brought.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) qty: i64,
    pub(crate) value: i128,
    pub(crate) commission: i64,
    pub(crate) legs: Vec<Leg>,
    pub(crate) busted: bool,
    /// Not all that was reported counts.
    pub(crate) doubtful: bool,
    /// The id that it goes by: of the last correction.
    pub(crate) id: u64,
}

/// What it did to one position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leg {
    pub(crate) position: Key,
    pub(crate) exit: bool,
    pub(crate) qty: i64,
    pub(crate) value: i128,
    pub(crate) realised: i128,
    pub(crate) commission: i64,
}

/// Lots that change hands, as positions see them.
#[derive(Clone, Debug)]
pub(crate) struct Deal {
    pub(crate) order: Option<Key>,
    pub(crate) sym: usize,
    pub(crate) scope: usize,
    pub(crate) buy: bool,
    pub(crate) tag: u64,
    pub(crate) qty: i64,
    pub(crate) value: i128,
    /// Of the events; none when the value is not a multiple of it.
    pub(crate) price: Option<i64>,
    pub(crate) commission: i64,
    pub(crate) exit: u8,
    /// Whether what it opens may stand beside other positions of a hedged symbol.
    pub(crate) linked: bool,
}

pub(crate) fn worth(qty: i64, price: i64) -> i128 {
    i128::from(qty) * i128::from(price)
}

impl World {
    pub(crate) fn exec_at(&self, id: u64) -> Option<usize> {
        self.execs.iter().position(|e| e.id == id)
    }

    /// The end of a chain of corrections; none when a link of it has left the ring.
    pub(crate) fn chain_end(&self, n: usize) -> Option<usize> {
        let mut n = n;
        for _ in 0..self.execs.len() {
            let Some(next) = self.execs[n].next else { return Some(n) };
            n = self.execs.iter().position(|e| e.serial == next)?;
        }
        None
    }

    /// Keeps an execution; answers its serial.
    pub(crate) fn keep_exec(&mut self, exec: Exec) -> u64 {
        if self.execs.len() == self.config.capacity.executions as usize
            && let Some(order) = self.execs.pop_front().unwrap().order
        {
            self.orders[order].forgot = true;
        }
        self.kept += 1;
        self.execs.push_back(Exec { serial: self.kept, ..exec });
        self.kept
    }

    pub(crate) fn new_part(&mut self, part: Part) -> usize {
        self.parts.push(part);
        self.parts.len() - 1
    }

    /// An id that is known already came again.
    pub(crate) fn known_again(&mut self, n: usize, r: &VenueReport) -> Result<Status, Status> {
        let facts = (r.qty.0, r.price.0);
        if self.execs[n].facts.is_some_and(|kept| kept != facts) {
            return Err(Status::Conflict);
        }
        self.enter(r.header.now.0);
        let awaited = self.execs[n].facts.replace(facts).is_none();
        if awaited && r.report == 3 {
            return Ok(self.take_awaited(n, r));
        }
        self.ignored += 1;
        Ok(Status::Ignored)
    }

    /// The price it is booked at, and whether that is an estimate.
    pub(crate) fn price_or_guess(
        &self,
        sym: usize,
        buy: bool,
        limit: i64,
        price: i64,
    ) -> (i64, bool) {
        let s = &self.syms[sym];
        if price != 0 || s.flags & 2 != 0 {
            return (price, false);
        }
        let opposite = s.quote.map_or(0, |(bid, ask, _)| if buy { ask } else { bid });
        (if limit == 0 { opposite } else { limit }, true)
    }

    pub(crate) fn take_fill(&mut self, r: &VenueReport, key: Key) -> Result<Status, Status> {
        if let Some(n) = self.exec_at(r.exec_id) {
            if self.execs[n].order != Some(key) {
                return Err(Status::Conflict);
            }
            return self.known_again(n, r);
        }
        self.enter(r.header.now.0);
        self.watch_legs(key);
        let o = self.orders[key].clone();
        let qty = r.qty.0;
        let ahead = if r.venue_cum.0 == 0 { qty } else { r.venue_cum.0 - o.cum };
        let fresh = ahead.clamp(0, qty);
        let missing = (ahead - qty).max(0);
        let (price, guessed) = self.price_or_guess(o.sym, o.buy, o.price, r.price.0);
        let part = self.new_part(Part { id: r.exec_id, ..Part::default() });
        let facts = Some((qty, r.price.0));
        self.keep_exec(self.exec_of(r.exec_id, key, facts, part));
        if guessed {
            self.orders[key].mark(OrderMark::NoPrice);
            self.note_anomaly(Some(key), Anomaly::NoPrice);
        }
        let own = worth(fresh, price);
        if missing > 0 {
            self.fill_gap(r, key, missing, price, own);
        }
        let mut used = fresh;
        if qty > fresh {
            let commission = if fresh > 0 { 0 } else { r.commission.0 };
            used += self.consume(key, part, qty - fresh, price, commission);
        }
        if fresh > 0 {
            let ended = self.orders[key].terminal();
            let done = self.execute(key, part, fresh, own, price, r.commission.0);
            self.note_done(key, &done, ended);
        }
        if used < qty {
            self.parts[part].doubtful = true;
            self.orders[key].mark(OrderMark::InDoubt);
            self.note_anomaly(Some(key), Anomaly::InDoubt);
        }
        if fresh > 0 || missing > 0 {
            self.finish_report(key, true);
        }
        Ok(Status::Ok)
    }

    /// The value of what is missing by the venue's average; none without a usable one.
    /// `own` is the value of the report's own part.
    pub(crate) fn gap_value(
        &self,
        r: &VenueReport,
        key: Key,
        missing: i64,
        own: i128,
    ) -> Option<i128> {
        if r.venue_avg.0 == 0 && r.venue_avg_frac == 0 {
            return None;
        }
        let o = &self.orders[key];
        let avg = i128::from(r.venue_avg.0) * ONE + i128::from(r.venue_avg_frac);
        // Rounded half up.
        let total = floor(avg * i128::from(r.venue_cum.0) + ONE / 2, ONE);
        let value = total - o.notional - own;
        let possible = self.syms[o.sym].flags & 2 != 0 || floor(value, missing.into()) > 0;
        possible.then_some(value)
    }

    /// Books what the venue's total says is missing.
    pub(crate) fn fill_gap(
        &mut self,
        r: &VenueReport,
        key: Key,
        missing: i64,
        price: i64,
        own: i128,
    ) {
        let value = self.gap_value(r, key, missing, own).unwrap_or(worth(missing, price));
        let part = self.new_part(Part::default());
        let shown = floor(value, missing.into()) as i64;
        self.orders[key].mark(OrderMark::Gap);
        self.happens_to("an execution is missing", key);
        self.note_anomaly(Some(key), Anomaly::Gap);
        let ended = self.orders[key].terminal();
        let done = self.execute(key, part, missing, value, shown, 0);
        let leg = self.parts[part].legs.last().cloned();
        let o = &mut self.orders[key];
        o.gap_qty += missing;
        o.gap_value += value;
        o.gap_realised += leg.as_ref().map_or(0, |leg| leg.realised);
        o.gap_at = leg.map(|leg| (leg.position, leg.exit));
        self.note_done(key, &done, ended);
    }

    /// A report of lots that are booked already by the venue's total. Answers how many.
    pub(crate) fn consume(
        &mut self,
        key: Key,
        part: usize,
        known: i64,
        price: i64,
        commission: i64,
    ) -> i64 {
        let o = self.orders[key].clone();
        let qty = known.min(o.gap_qty);
        if qty == 0 {
            return 0;
        }
        let whole = qty == o.gap_qty;
        let share = i128::from(qty) * o.gap_value;
        let share = if whole { o.gap_value } else { floor(share, o.gap_qty.into()) };
        let value = worth(qty, price);
        let more = value - share;
        self.pay_fee(o.scope, commission);
        let realised = i128::from(qty) * o.gap_realised;
        let realised = if whole { o.gap_realised } else { floor(realised, o.gap_qty.into()) };
        self.change(key, |o| {
            o.gap_qty -= qty;
            o.gap_value -= share;
            o.gap_realised -= realised;
            o.notional += more;
            o.commission += commission;
        });
        self.trade_value((o.sym, o.scope), o.buy, share, value);
        let (position, exit) = o.gap_at.unwrap();
        let p = &mut self.positions[position];
        p.commission += commission;
        let gain = if exit == p.long { more } else { -more };
        let realised = if exit { realised + gain } else { 0 };
        let leg = Leg { position, exit, qty, value, realised, commission };
        let changes = more != 0 || commission != 0;
        if changes && p.in_table && p.qty > 0 {
            self.position_event(EventKind::PositionChanged, position, None);
        }
        self.reprice(&leg, more);
        self.add_leg(part, leg);
        self.check_equity(o.scope);
        self.emit(Ev {
            order: Some(key),
            qty: Some(qty),
            exec_id: Some(self.parts[part].id),
            ..Ev::new(EventKind::ExecutionCorrected)
        });
        let part = &mut self.parts[part];
        part.qty += qty;
        part.value += value;
        part.commission += commission;
        qty
    }

    fn add_leg(&mut self, part: usize, leg: Leg) {
        let same = |l: &&mut Leg| l.position == leg.position && l.exit == leg.exit;
        let legs = &mut self.parts[part].legs;
        let alike = legs.iter().any(|l| l.exit == leg.exit);
        match legs.iter_mut().find(same) {
            Some(old) => {
                old.qty += leg.qty;
                old.value += leg.value;
                old.realised += leg.realised;
                old.commission += leg.commission;
            }
            // Of two that did the same to different positions the first is remembered.
            None if alike => {}
            None => legs.push(leg),
        }
    }

    /// A leg's value is larger by so much, its quantity the same.
    pub(crate) fn reprice(&mut self, leg: &Leg, more: i128) {
        let p = &mut self.positions[leg.position];
        let sign = if p.long { 1 } else { -1 };
        if leg.exit {
            p.exit_value += more;
            p.realised += sign * more;
            return;
        }
        p.entry_value += more;
        if p.qty > 0 {
            p.cost += more;
        } else {
            p.realised -= sign * more;
        }
    }

    /// The open position an execution belongs to.
    pub(crate) fn fill_target(&self, key: Key) -> Option<Key> {
        let o = &self.orders[key];
        if !self.syms[o.sym].hedged() {
            return self.net_position(o.sym, o.scope);
        }
        let room = self.holds_room(o) || self.has_position_room();
        let own = || if room { None } else { self.own_slot(o.sym, o.scope) };
        o.position.filter(|&p| self.positions[p].qty > 0).or_else(own)
    }

    /// Lots of an order are executed: order, trigger, positions, commissions.
    pub(crate) fn execute(
        &mut self,
        key: Key,
        part: usize,
        qty: i64,
        value: i128,
        price: i64,
        commission: i64,
    ) -> Done {
        let o = self.orders[key].clone();
        let target = self.fill_target(key);
        // Without room left, what an ended order opens stands in the symbol's own slot.
        let linked = self.holds_room(&o) || self.has_position_room();
        self.emit(Ev {
            order: Some(key),
            qty: Some(qty),
            price: Some(price),
            value: Some(commission),
            exec_id: Some(self.parts[part].id),
            ..Ev::new(EventKind::OrderFill)
        });
        let done = self.change(key, |o| o.on_fill(qty, value, commission));
        self.note_execution(Some(key), o.scope, qty, value);
        self.trade_value((o.sym, o.scope), o.buy, 0, value);
        if let Some(trigger) = o.trigger {
            self.trigger_filled(trigger, qty);
        }
        let exact = worth(qty, price) == value;
        let deal = Deal {
            order: Some(key),
            sym: o.sym,
            scope: o.scope,
            buy: o.buy,
            tag: o.tag,
            qty,
            value,
            price: exact.then_some(price),
            commission,
            exit: o.exit,
            linked,
        };
        if let Some(entry) = self.book_part(part, &deal, target) {
            self.claim_entry(key, entry);
        }
        if o.held.bracket != (0, 0) {
            let armed = self.fire_due.is_some_and(|(_, armed)| armed);
            self.fire_due = Some((o.sym, armed));
        }
        self.check_equity(o.scope);
        self.cancel_partners();
        done
    }

    /// Books a deal and keeps what it did.
    pub(crate) fn book_part(
        &mut self,
        part: usize,
        deal: &Deal,
        target: Option<Key>,
    ) -> Option<Key> {
        self.pay_fee(deal.scope, deal.commission);
        let kept = &mut self.parts[part];
        kept.qty += deal.qty;
        kept.value += deal.value;
        kept.commission += deal.commission;
        let legs = self.book(deal, target);
        let entry = legs.iter().find(|leg| !leg.exit).map(|leg| leg.position);
        for leg in legs {
            self.add_leg(part, leg);
        }
        entry
    }

    /// What a deal does to positions: what it did, the exit first.
    pub(crate) fn book(&mut self, d: &Deal, target: Option<Key>) -> Vec<Leg> {
        let Some(position) = target else { return vec![self.open(d)] };
        let p = &self.positions[position];
        if p.long == d.buy {
            return vec![self.enlarge(position, d)];
        }
        let part = d.qty.min(p.qty);
        if part == d.qty {
            return vec![self.reduce(position, d, d.exit)];
        }
        let (qty, commission) = (i128::from(d.qty), i128::from(d.commission));
        let closes = Deal {
            qty: part,
            value: floor(d.value * i128::from(part), qty),
            commission: ceil(commission * i128::from(part), qty) as i64,
            ..d.clone()
        };
        let opens = Deal {
            qty: d.qty - part,
            value: d.value - closes.value,
            commission: d.commission - closes.commission,
            linked: d.linked || !p.net,
            ..d.clone()
        };
        // A reversal, or what a bust leaves.
        self.happens("a position is reversed", d.scope);
        let exit = if d.exit == BUSTED { BUSTED } else { REVERSAL };
        let closed = self.reduce(position, &closes, exit);
        vec![closed, self.open(&opens)]
    }
}

pub(crate) const REVERSAL: u8 = 5;
pub(crate) const HAND: u8 = 6;
pub(crate) const BUSTED: u8 = 7;
