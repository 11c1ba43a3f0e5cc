//! What the venue and the host's sender report: one door, every kind.

use oms_core::order::VenueReport;
use oms_core::status::{Anomaly, EventKind, OrderMark, ReportKind, Status};

use crate::executions::{Deal, Exec, Part, worth};
use crate::orders::{Done, warned};
use crate::world::{Ev, Key, Order, World, st};

impl World {
    /// What is wrong with the record, whatever order it names.
    fn report_errors(r: &VenueReport) -> Result<(), Status> {
        let big = |x: i64| x.unsigned_abs() > 1 << 60;
        let Some(kind) = ReportKind::from_raw(r.report) else { return Err(Status::Enum) };
        if r.side > 2 {
            return Err(Status::Enum);
        }
        let same = kind == ReportKind::Correct && r.exec_id == r.ref_exec_id;
        let known = matches!(r.order_status, 1..=7 | 9..=12);
        if kind == ReportKind::OrderStatus && !known {
            return Err(Status::Enum);
        }
        let execution = matches!(kind, ReportKind::Fill | ReportKind::Correct);
        let refers = matches!(kind, ReportKind::Bust | ReportKind::Correct);
        if execution && (big(r.qty.0) || big(r.price.0)) {
            return Err(Status::Range);
        }
        if execution && r.qty.0 <= 0 {
            return Err(Status::BadQty);
        }
        let without = same || (execution && r.exec_id == 0) || (refers && r.ref_exec_id == 0);
        if without { Err(Status::Range) } else { Ok(()) }
    }

    /// `order` is the order it names, or why there is none; `position` is read from the record.
    pub(crate) fn venue_report(
        &mut self,
        r: &VenueReport,
        order: Result<Key, Status>,
        position: Option<Key>,
    ) -> Result<Status, Status> {
        Self::report_errors(r)?;
        let key = match order {
            Ok(key) => key,
            Err(error) => return self.take_orderless(r, error, position),
        };
        let o = &self.orders[key];
        let other = (r.side == 1) != o.buy || r.symbol as usize != o.sym;
        if r.side != 0 && other {
            return Err(Status::Conflict);
        }
        let status = match ReportKind::from_raw(r.report).unwrap() {
            ReportKind::Fill => self.take_fill(r, key)?,
            ReportKind::Bust => self.take_bust(r, Some(key))?,
            ReportKind::Correct => self.take_correct(r, Some(key))?,
            _ => {
                self.enter(r.header.now.0);
                let ended = self.orders[key].terminal();
                let retries = self.orders[key].retries;
                let done = self.take(r, key);
                let status = self.after_report(key, &done, ended);
                if self.orders[key].retries > retries {
                    self.emit(Ev { order: Some(key), ..Ev::new(EventKind::SendRetry) });
                }
                status
            }
        };
        // The very last: what was armed may be crossed already.
        let more = self.fire_legs();
        Ok(if more == Status::More { more } else { status })
    }

    /// Reports that are not about executions.
    fn take(&mut self, r: &VenueReport, key: Key) -> Done {
        let given = (r.qty.0 != 0).then_some((r.qty.0, r.price.0));
        match ReportKind::from_raw(r.report).unwrap() {
            ReportKind::Ack => self.change(key, Order::on_ack),
            ReportKind::Reject => self.change(key, Order::on_reject),
            ReportKind::CancelAck => self.change(key, Order::on_cancel_ack),
            ReportKind::CancelReject => {
                self.change(key, |o| o.on_cancel_reject(r.request_id, r.reason))
            }
            ReportKind::ReplaceAck => self.change(key, |o| o.on_replace_ack(r.request_id, given)),
            ReportKind::ReplaceReject => self.change(key, |o| o.on_replace_reject(r.request_id)),
            ReportKind::Expire => self.change(key, Order::on_expire),
            ReportKind::Restate => self.change(key, |o| o.on_restate(given)),
            ReportKind::Suspend => self.change(key, |o| o.on_suspend(true)),
            ReportKind::Resume => self.change(key, |o| o.on_suspend(false)),
            ReportKind::DoneForDay => self.change(key, Order::on_done_for_day),
            ReportKind::Triggered => self.change(key, Order::on_triggered),
            ReportKind::OrderStatus => self.take_status(r, key),
            ReportKind::SendFailed => self.take_send_failed(key),
            ReportKind::SendInDoubt => self.change(key, Order::on_send_in_doubt),
            // Taken before.
            ReportKind::Fill | ReportKind::Bust | ReportKind::Correct => Done::default(),
        }
    }

    fn take_status(&mut self, r: &VenueReport, key: Key) -> Done {
        let o = self.orders[key].clone();
        if r.venue_cum.0 != 0 && r.venue_cum.0 < o.cum {
            self.orders[key].mark(OrderMark::InDoubt);
            return Done { only_marked: true, ..warned(true, Anomaly::InDoubt) };
        }
        self.watch_legs(key);
        let mut done = Done::default();
        let missing = r.venue_cum.0 - o.cum;
        if r.venue_cum.0 != 0 && missing > 0 {
            let (price, guessed) = self.price_or_guess(o.sym, o.buy, o.price, r.price.0);
            if guessed && self.gap_value(r, key, missing, 0).is_none() {
                self.orders[key].mark(OrderMark::NoPrice);
                self.note_anomaly(Some(key), Anomaly::NoPrice);
            }
            self.fill_gap(r, key, missing, price, 0);
            done.changed = true;
        }
        done.add(self.change(key, |o| o.on_status(r.order_status)));
        if !done.anomalies.contains(&Anomaly::InDoubt) {
            done.add(self.change(key, Order::on_certain));
        }
        done
    }

    /// min(cap, delay × 2^n) and a jitter. The jitter's dice are the library's own.
    pub(crate) fn retry_wait(&self, client_id: u64, number: u32) -> u64 {
        let c = self.config.retry;
        let doubled = u128::from(c.delay.0) << number;
        let wait = doubled.min(c.cap.0.into()) as u64;
        let all = c.wait(number, client_id, self.config.hash_seed);
        let most = u128::from(wait) * c.jitter.0 as u128 / 1_000_000_000;
        assert!(all >= wait && u128::from(all - wait) <= most);
        all
    }

    fn take_send_failed(&mut self, key: Key) -> Done {
        let o = self.orders[key].clone();
        let max = self.config.retry.max;
        let wait = || self.now + self.retry_wait(o.client_id, o.retries);
        let retry_at = (o.retries < max).then(wait);
        self.change(key, |o| o.on_send_failed(retry_at))
    }

    /// A report whose order is not in the table: executions are facts all the same.
    fn take_orderless(
        &mut self,
        r: &VenueReport,
        error: Status,
        position: Option<Key>,
    ) -> Result<Status, Status> {
        match ReportKind::from_raw(r.report).unwrap() {
            ReportKind::Fill => {
                if let Some(n) = self.exec_at(r.exec_id) {
                    return self.known_again(n, r);
                }
                let known = (r.symbol as usize) < self.syms.len();
                if r.side == 0 || !known { Err(error) } else { self.take_foreign(r, position) }
            }
            ReportKind::Bust => {
                let known = self.exec_at(r.ref_exec_id).and_then(|n| self.chain_end(n));
                if known.is_none() { Err(error) } else { self.take_bust(r, None) }
            }
            ReportKind::Correct => {
                let known = self.exec_at(r.exec_id).or(self.exec_at(r.ref_exec_id));
                if known.is_none() { Err(error) } else { self.take_correct(r, None) }
            }
            _ => Err(error),
        }
    }

    /// An execution of an order that is not in the table.
    fn take_foreign(&mut self, r: &VenueReport, named: Option<Key>) -> Result<Status, Status> {
        let sym = r.symbol as usize;
        self.enter(r.header.now.0);
        let buy = r.side == 1;
        let (price, guessed) = self.price_or_guess(sym, buy, 0, r.price.0);
        let open = |&p: &Key| self.positions[p].qty > 0 && self.positions[p].sym == sym;
        let named = named.filter(open);
        let scope = named.map_or(0, |p| self.positions[p].scope);
        let part = self.new_part(Part { id: r.exec_id, ..Part::default() });
        let facts = Some((r.qty.0, r.price.0));
        let (qty, value) = (r.qty.0, worth(r.qty.0, price));
        let full = self.live_orders() == self.config.capacity.orders as usize;
        let mut order = None;
        if !full {
            let taken = r.client_id == 0 || self.find_order(r.client_id).is_some();
            let client_id = if taken { self.own_id() } else { r.client_id };
            order = Some(self.add_order(Order {
                client_id,
                position: named,
                named: named.is_some(),
                sym,
                scope,
                buy,
                venue: r.venue,
                qty,
                sent: true,
                acked: true,
                marks: OrderMark::Foreign.raw(),
                ..Order::blank()
            }));
        }
        let (spoken_for, serial, next) = (0, 0, None);
        let id = r.exec_id;
        self.keep_exec(Exec { id, order, buy, sym, scope, facts, part, spoken_for, serial, next });
        if let Some(key) = order {
            let done = self.execute(key, part, qty, value, price, r.commission.0);
            debug_assert!(done.anomalies.is_empty());
        } else {
            let deal = self.foreign_deal(r, scope, price);
            let target = named.or_else(|| self.loose_target(sym, scope));
            self.emit(Ev {
                qty: Some(qty),
                price: Some(price),
                value: Some(r.commission.0),
                ..Ev::of(EventKind::OrderFill, scope)
            });
            // It is told of although there is no record of it.
            let event = Ev::of(EventKind::OrderStatus, scope);
            self.emit(Ev { code: Some(st::FILLED.into()), qty: Some(qty), ..event });
            self.note_execution(None, scope, qty, value);
            self.trade_value((sym, scope), buy, 0, value);
            self.book_part(part, &deal, target);
            self.check_equity(scope);
        }
        self.happens("a foreign execution", scope);
        self.note_anomaly_of(order, scope, Anomaly::Foreign);
        if guessed {
            if let Some(key) = order {
                self.orders[key].mark(OrderMark::NoPrice);
            }
            self.note_anomaly_of(order, scope, Anomaly::NoPrice);
        }
        // Also when there is no record of it.
        self.settle_touched();
        self.report_flat();
        Ok(Status::Ok)
    }

    fn foreign_deal(&self, r: &VenueReport, scope: usize, price: i64) -> Deal {
        Deal {
            order: None,
            sym: r.symbol as usize,
            scope,
            buy: r.side == 1,
            tag: 0,
            qty: r.qty.0,
            value: worth(r.qty.0, price),
            price: Some(price),
            commission: r.commission.0,
            exit: 1,
            linked: self.has_position_room(),
        }
    }

    /// Where an execution goes that belongs to no position.
    pub(crate) fn loose_target(&self, sym: usize, scope: usize) -> Option<Key> {
        let room = self.syms[sym].hedged() && self.has_position_room();
        if room { None } else { self.own_slot(sym, scope) }
    }

    pub(crate) fn own_id(&mut self) -> u64 {
        self.own_ids += 1;
        (self.own_ids - 1) | 1 << 63
    }

    pub(crate) fn after_report(&mut self, key: Key, done: &Done, ended: bool) -> Status {
        self.note_done(key, done, ended);
        self.finish_report(key, done.changed)
    }

    /// What is said of a change to an order.
    pub(crate) fn note_done(&mut self, key: Key, done: &Done, ended: bool) {
        for &anomaly in &done.anomalies {
            self.note_anomaly(Some(key), anomaly);
        }
        if done.error {
            self.note_error(self.orders[key].scope);
        }
        // After a kill: what comes back to life, or still may.
        let o = &self.orders[key];
        let (scope, asked_for) = (o.scope, o.client_id >> 63 == 0);
        let older = self.root().trading == 3 && key < self.killed;
        let below = asked_for && self.is_killed_below(scope, o.sym);
        if (older || below) && ended && done.changed && !done.only_marked {
            self.kill_order(key);
        }
        self.cancel_partners();
    }

    /// What follows from a report, once all of it is booked.
    pub(crate) fn finish_report(&mut self, key: Key, changed: bool) -> Status {
        self.cancel_partners();
        if changed {
            self.settle(key);
        }
        self.settle_touched();
        self.report_flat();
        if changed {
            return Status::Ok;
        }
        self.ignored += 1;
        Status::Ignored
    }

    pub(crate) fn note_anomaly(&mut self, order: Option<Key>, anomaly: Anomaly) {
        let scope = order.map_or(0, |key| self.orders[key].scope);
        self.note_anomaly_of(order, scope, anomaly);
    }

    fn note_anomaly_of(&mut self, order: Option<Key>, scope: usize, anomaly: Anomaly) {
        self.count_at(scope, |c| c.anomalies += 1);
        let code = Some(anomaly.raw().into());
        self.emit(Ev { code, order, ..Ev::new(EventKind::OrderAnomaly) });
    }
}
