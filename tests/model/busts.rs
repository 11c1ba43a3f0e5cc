//! Executions that are taken back or corrected.

use oms_core::order::VenueReport;
use oms_core::status::{Anomaly, EventKind, OrderMark, Status};

use crate::executions::{BUSTED, Deal, Exec, Leg, Part, worth};
use crate::orders::{Done, changed, ignored, warned};
use crate::world::{Ev, Key, World};

impl World {
    /// A reference that was never seen, or has been forgotten.
    fn unknown_reference(&mut self, key: Key) -> Option<Done> {
        if !self.orders[key].forgot {
            return None;
        }
        self.orders[key].mark(OrderMark::InDoubt);
        Some(warned(true, Anomaly::RefEvicted))
    }

    pub(crate) fn take_bust(&mut self, r: &VenueReport, key: Key) -> Result<Status, Status> {
        let found = self.exec_at(r.ref_exec_id);
        if found.is_some_and(|n| self.execs[n].order != Some(key)) {
            return Err(Status::Conflict);
        }
        self.enter(r.header.now.0);
        let ended = self.orders[key].terminal();
        let done = match found.map(|n| self.execs[n].part) {
            None => self.unknown_reference(key).unwrap_or_else(|| {
                self.busted_ahead(r.ref_exec_id, key);
                changed()
            }),
            Some(part) => self.bust(r.ref_exec_id, part, key),
        };
        Ok(self.after_report(key, &done, ended))
    }

    fn busted_ahead(&mut self, id: u64, key: Key) {
        let part = self.new_part(Part { busted: true, ..Part::default() });
        self.keep_exec(Exec { id, order: Some(key), facts: None, part });
    }

    /// Takes a part out of order and positions.
    fn bust(&mut self, id: u64, part: usize, key: Key) -> Done {
        if self.parts[part].busted {
            return ignored();
        }
        self.parts[part].busted = true;
        let old = self.parts[part].clone();
        self.emit(Ev {
            order: Some(key),
            qty: Some(old.qty),
            value: Some(id as i64),
            ..Ev::new(EventKind::ExecutionBusted)
        });
        self.change(key, |o| o.on_bust(old.qty, old.value, old.commission));
        self.undo(key, &old);
        self.check_equity();
        changed()
    }

    /// Takes a part out of the positions, the last leg first.
    fn undo(&mut self, key: Key, part: &Part) {
        self.commission -= part.commission;
        for leg in part.legs.iter().rev() {
            if leg.exit {
                self.undo_exit(key, leg);
            } else {
                self.undo_entry(key, leg);
            }
        }
    }

    fn undo_exit(&mut self, key: Key, leg: &Leg) {
        let p = &self.positions[leg.position];
        let closed = p.qty == 0;
        let free = || if p.net { self.own_slot(p.sym).is_none() } else { self.has_position_room() };
        if !p.in_table || (closed && !free()) {
            let target = self.loose_target(p.sym);
            self.adjust(key, leg, target);
            return;
        }
        self.back_to(leg);
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

    fn undo_entry(&mut self, key: Key, leg: &Leg) {
        let position = leg.position;
        let p = &mut self.positions[position];
        if !p.in_table || p.qty < leg.qty {
            let open = p.in_table && p.qty > 0;
            let sym = p.sym;
            let target = if open { Some(position) } else { self.loose_target(sym) };
            self.adjust(key, leg, target);
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
    fn adjust(&mut self, key: Key, leg: &Leg, target: Option<Key>) {
        let o = self.orders[key].clone();
        let deal = Deal {
            order: Some(key),
            sym: o.sym,
            buy: !o.buy,
            tag: o.tag,
            qty: leg.qty,
            value: leg.value,
            price: None,
            commission: -leg.commission,
            exit: BUSTED,
            linked: self.has_position_room(),
        };
        self.book(&deal, target);
    }

    pub(crate) fn take_correct(&mut self, r: &VenueReport, key: Key) -> Result<Status, Status> {
        let foreign = |w: &Self, n: usize| w.execs[n].order != Some(key);
        let (own, found) = (self.exec_at(r.exec_id), self.exec_at(r.ref_exec_id));
        if own.is_some_and(|n| foreign(self, n)) {
            return Err(Status::Conflict);
        }
        let first_told = own.is_some_and(|n| self.execs[n].facts.is_none());
        if let Some(n) = own.filter(|_| !first_told) {
            return self.known_again(n, r);
        }
        if found.is_some_and(|n| foreign(self, n)) {
            return Err(Status::Conflict);
        }
        self.enter(r.header.now.0);
        let ended = self.orders[key].terminal();
        let facts = Some((r.qty.0, r.price.0));
        let done = match (own, found.map(|n| self.execs[n].part)) {
            (Some(n), old) => {
                self.execs[n].facts = facts;
                self.overtaken(r.ref_exec_id, key, self.execs[n].part, old)
            }
            (None, None) => match self.unknown_reference(key) {
                Some(done) => done,
                None => self.correct_ahead(r, key),
            },
            (None, Some(part)) => {
                self.keep_exec(Exec { id: r.exec_id, order: Some(key), facts, part });
                if self.parts[part].busted {
                    warned(false, Anomaly::Unexpected)
                } else {
                    self.correct(r, key, part)
                }
            }
        };
        Ok(self.after_report(key, &done, ended))
    }

    /// A correction that was itself corrected or busted before it came: what it refers to is
    /// replaced by what it became.
    fn overtaken(&mut self, id: u64, key: Key, now: usize, old: Option<usize>) -> Done {
        let Some(old) = old else {
            self.keep_exec(Exec { id, order: Some(key), facts: None, part: now });
            return ignored();
        };
        for exec in &mut self.execs {
            if exec.part == old {
                exec.part = now;
            }
        }
        if old == now || self.parts[old].busted {
            return ignored();
        }
        if self.parts[now].busted {
            return self.bust(id, old, key);
        }
        let part = self.parts[old].clone();
        self.emit(Ev { order: Some(key), ..Ev::new(EventKind::ExecutionCorrected) });
        let done = self.change(key, |o| o.on_correct(-part.qty, -part.value, -part.commission));
        self.undo(key, &part);
        self.check_equity();
        done
    }

    /// The execution it corrects has not come: it stands for it.
    fn correct_ahead(&mut self, r: &VenueReport, key: Key) -> Done {
        let o = self.orders[key].clone();
        let (price, guessed) = self.price_or_guess(o.sym, o.buy, o.price, r.price.0);
        let part = self.new_part(Part::default());
        let facts = Some((r.qty.0, r.price.0));
        self.keep_exec(Exec { id: r.exec_id, order: Some(key), facts, part });
        self.keep_exec(Exec { id: r.ref_exec_id, order: Some(key), facts: None, part });
        let value = worth(r.qty.0, price);
        let mut done = self.execute(key, part, r.qty.0, value, price, r.commission.0);
        self.guess(key, guessed, &mut done);
        self.check_equity();
        done
    }

    fn guess(&mut self, key: Key, guessed: bool, done: &mut Done) {
        if guessed {
            self.orders[key].mark(OrderMark::NoPrice);
            done.also(Anomaly::NoPrice);
        }
    }

    fn correct(&mut self, r: &VenueReport, key: Key, part: usize) -> Done {
        let o = self.orders[key].clone();
        let (price, guessed) = self.price_or_guess(o.sym, o.buy, o.price, r.price.0);
        let old = self.parts[part].clone();
        let (qty, value, commission) = (r.qty.0, worth(r.qty.0, price), r.commission.0);
        self.emit(Ev {
            order: Some(key),
            qty: Some(qty),
            price: Some(price),
            ..Ev::new(EventKind::ExecutionCorrected)
        });
        let more = (qty - old.qty, value - old.value, commission - old.commission);
        let mut done = self.change(key, |o| o.on_correct(more.0, more.1, more.2));
        let here = |leg: &Leg| self.positions[leg.position].in_table;
        if qty == old.qty && old.legs.iter().all(here) {
            self.reprice_part(part, price, commission);
        } else if old.legs.len() == 1 && here(&old.legs[0]) && self.stays_open(&old.legs[0], qty) {
            self.resize(part, qty, value, commission);
        } else {
            self.undo(key, &old);
            self.parts[part] = Part::default();
            let target = self.fill_target(key);
            let o = &self.orders[key];
            let deal = Deal {
                order: Some(key),
                sym: o.sym,
                buy: o.buy,
                tag: o.tag,
                qty,
                value,
                price: Some(price),
                commission,
                exit: o.exit,
                linked: self.holds_room(o) || self.has_position_room(),
            };
            self.book_part(part, &deal, target);
        }
        self.guess(key, guessed, &mut done);
        self.check_equity();
        done
    }

    /// The same quantity at another price: each leg where it is.
    fn reprice_part(&mut self, part: usize, price: i64, commission: i64) {
        let mut new = self.parts[part].clone();
        self.commission += commission - new.commission;
        let mut left = commission;
        let count = new.legs.len();
        for (n, leg) in new.legs.iter_mut().enumerate() {
            let value = worth(leg.qty, price);
            let more = value - leg.value;
            self.reprice(leg, more);
            // The exit's share is rounded up, the entry bears the rest.
            let share = i128::from(commission) * i128::from(leg.qty);
            let share = crate::world::ceil(share, new.qty.into()) as i64;
            let own = if n + 1 == count { left } else { share };
            left -= own;
            let p = &mut self.positions[leg.position];
            p.commission += own - leg.commission;
            if leg.exit {
                leg.realised += if p.long { more } else { -more };
            }
            (leg.value, leg.commission) = (value, own);
            if p.qty > 0 {
                let position = leg.position;
                self.position_event(EventKind::PositionChanged, position, None);
            }
        }
        new.value = worth(new.qty, price);
        new.commission = commission;
        self.parts[part] = new;
    }

    fn stays_open(&self, leg: &Leg, qty: i64) -> bool {
        let open = self.positions[leg.position].qty;
        let more = if leg.exit { leg.qty - qty } else { qty - leg.qty };
        open > 0 && open + more > 0
    }

    /// Another quantity, and the position stays open: its one leg is made anew in place.
    fn resize(&mut self, part: usize, qty: i64, value: i128, commission: i64) {
        let leg = self.parts[part].legs[0].clone();
        let position = leg.position;
        self.commission += commission - leg.commission;
        let mut new = Leg { qty, value, commission, ..leg.clone() };
        if leg.exit {
            self.back_to(&leg);
            new.realised = self.take_out(position, qty, value, commission);
        } else {
            let p = &mut self.positions[position];
            p.qty += qty - leg.qty;
            p.cost += value - leg.value;
            p.entered += qty - leg.qty;
            p.entry_value += value - leg.value;
            p.commission += commission - leg.commission;
        }
        self.position_event(EventKind::PositionChanged, position, None);
        self.quantity_changed(position);
        self.parts[part] = Part { qty, value, commission, legs: vec![new], busted: false };
    }
}
