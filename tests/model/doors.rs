//! The doors of orders, venue, operator, clock, and the way out.

use oms_core::engine::{CashAdjust, Control};
use oms_core::order::{OrderCancel, OrderReplace, OrderSubmit};
use oms_core::position::PositionClose;
use oms_core::status::{EventKind, Status};

use crate::breaker::{ERROR, HOUR, MANUAL, MINUTE, RATE};
use crate::gate::{Ask, Extra, Verdict};
use crate::parents::PARENT;
use crate::world::{Ev, Key, Order, World, ceil};

pub(crate) type Answer = (Status, Option<Key>, Verdict);

impl World {
    /// Every call that will succeed begins here: time, session, recovery, kill.
    pub(crate) fn enter(&mut self, now: u64) {
        if now < self.now {
            self.clock_back += 1;
            let value = Some((self.now - now) as i64);
            self.emit(Ev { value, ..Ev::new(EventKind::ClockBack) });
        }
        self.now = self.now.max(now);
        if let Some(pnl) = self.breaker.roll(self.now) {
            self.session_equity = self.equity_of(false);
            self.emit(Ev { value: Some(pnl), ..Ev::new(EventKind::Session) });
            self.warn_breaker();
        }
        let by_rate = self.breaker.causes.contains(&RATE);
        if self.breaker.recover(self.now) {
            if by_rate {
                self.rates.clear();
            }
            self.tell_recovered();
        }
        if self.probes_are_over() {
            let cause = self.breaker.trips.last().unwrap().cause;
            let trip = self.breaker.trip(self.now, cause);
            self.tripped(trip);
        }
        if self.thrown && self.trading != 3 {
            self.kill();
            self.report_flat();
        }
    }

    fn kill(&mut self) {
        self.thrown = true;
        self.killing = true;
        self.flat_due = true;
        for order in &mut self.orders {
            order.to_kill = order.in_table && !order.evictable();
            order.reached = false;
        }
        self.killing = self.orders.iter().any(|o| o.to_kill);
        self.killed = self.orders.len();
        self.set_trading(3);
    }

    fn set_trading(&mut self, state: u8) {
        if state != self.trading {
            self.trading = state;
            self.emit(Ev { code: Some(state.into()), ..Ev::new(EventKind::TradingState) });
        }
    }

    pub(crate) fn tripped(&mut self, cause: Option<u8>) {
        if let Some(cause) = cause {
            self.emit(Ev { code: Some(cause.into()), ..Ev::new(EventKind::BreakerTripped) });
        }
    }

    pub(crate) fn check_equity(&mut self) {
        let equity = self.equity_of(self.config.breaker.flags & 2 != 0);
        let trip = self.breaker.set_equity(self.now, equity);
        self.tripped(trip);
        self.warn_breaker();
    }

    pub(crate) fn tell_recovered(&mut self) {
        let Some(half) = &self.breaker.half else {
            self.emit(Ev { code: Some(0), ..Ev::new(EventKind::BreakerReset) });
            return self.warn_breaker();
        };
        let code = self.breaker.trips.last().map(|trip| trip.cause.into());
        let limits = Some((half.left.into(), self.config.breaker.probe_wins.into()));
        self.emit(Ev { code, limits, ..Ev::new(EventKind::BreakerHalfOpen) });
        self.warn_breaker();
    }

    fn warning(&mut self, cause: u8, limit: i64, observed: i128) {
        let limits = Some((limit, observed as i64));
        let (code, mask) = (Some(cause.into()), Some(0));
        self.emit(Ev { code, mask, limits, ..Ev::new(EventKind::Warn) });
    }

    pub(crate) fn warn_breaker(&mut self) {
        for (cause, limit, observed) in self.breaker.warnings() {
            self.warning(cause, limit, observed);
        }
    }

    /// An order passed.
    fn note_rate(&mut self) {
        self.rates.push(self.now);
        let c = self.config.breaker;
        let windows = [
            (c.orders_per_minute, MINUTE),
            (c.orders_per_hour, HOUR),
            (c.orders_per_window, c.rate_window.0),
        ];
        for (n, window) in windows {
            let count = self.rate_count(window, self.now) as i128;
            let level = ceil(i128::from(n) * i128::from(c.warn_ratio.0), 1_000_000_000);
            if n > 0 && c.warn_ratio.0 >= 0 && count == level && !self.breaker.open {
                self.warning(RATE, n.into(), count);
            }
        }
    }

    pub(crate) fn probe(&self, key: Key) -> bool {
        let round = self.breaker.round();
        round > 0 && self.orders[key].probe == round
    }

    /// All that were let through while half-open have ended, and so have their positions.
    pub(crate) fn probes_are_over(&self) -> bool {
        let Some(half) = &self.breaker.half else { return false };
        let lives = |o: &Order| o.in_table && !o.terminal() && o.probe == half.round;
        half.left == 0
            && !self.orders.iter().any(lives)
            && !self.positions.iter().any(|p| p.qty > 0 && p.probe == half.round)
    }

    /// An order executes in a position.
    pub(crate) fn note_probed(&mut self, order: Option<Key>, position: Key) {
        if let Some(order) = order
            && self.orders[order].in_table
            && self.probe(order)
        {
            self.positions[position].probe = self.breaker.round();
        }
    }

    fn submit_errors(
        &self,
        r: &OrderSubmit,
        position: Option<Key>,
        linked: Option<Key>,
    ) -> Result<Ask, Status> {
        let known = matches!(r.side, 1 | 2)
            && matches!(r.order_type, 1..=7)
            && matches!(r.time_in_force, 0 | 1 | 3 | 4 | 6)
            && r.hold <= 1
            && r.flags & !15 == 0;
        if !known {
            return Err(Status::Enum);
        }
        if crate::held::numbers(r).iter().any(|x| x.unsigned_abs() > 1 << 60) {
            return Err(Status::Range);
        }
        if let Some(key) = position {
            let p = &self.positions[key];
            if !p.in_table {
                return Err(Status::Stale);
            }
            if p.qty == 0 {
                return Err(Status::Terminal);
            }
            if p.sym != r.symbol as usize {
                return Err(Status::Symbol);
            }
        }
        if self.named_parent.is_some_and(|key| !self.orders[key].in_table) {
            return Err(Status::Stale);
        }
        let ask = self.clamped(self.ask(r, position, linked));
        if ask.held() && ask.sym.is_some_and(|sym| self.backlog.contains(&sym)) {
            return Err(Status::Pending);
        }
        if self.value(&ask).is_some_and(|value| i64::try_from(value).is_err()) {
            return Err(Status::Range);
        }
        Ok(ask)
    }

    /// `r.position` is read from `position`.
    pub(crate) fn order_check(
        &self,
        r: &OrderSubmit,
        position: Option<Key>,
        linked: Option<Key>,
    ) -> Result<Verdict, Status> {
        let ask = self.submit_errors(r, position, linked)?;
        self.link_errors(linked, r.symbol as usize)?;
        Ok(self.judge(&ask))
    }

    fn same_terms(&self, key: Key, r: &OrderSubmit) -> bool {
        let mut other = *r;
        self.orders[key].terms.is_some_and(|terms| {
            other.header = terms.header;
            other == terms
        })
    }

    pub(crate) fn order_submit(
        &mut self,
        r: &OrderSubmit,
        position: Option<Key>,
        linked: Option<Key>,
    ) -> Result<Answer, Status> {
        if let Some(key) = self.find_order(r.client_id)
            && self.same_terms(key, r)
        {
            self.enter(r.header.now.0);
            return Ok((Status::Exists, Some(key), Verdict::pass()));
        }
        let ask = self.submit_errors(r, position, linked)?;
        self.link_errors(linked, r.symbol as usize)?;
        let verdict = self.judge(&ask);
        self.enter(r.header.now.0);
        if verdict.mask != 0 {
            self.deny(&verdict, false);
            return Ok((Status::Ok, None, verdict));
        }
        let stays = ask.flags & PARENT != 0;
        self.accepted += 1;
        self.last_id = self.last_id.max(r.client_id);
        let position = ask.position;
        let order = Order {
            client_id: r.client_id,
            tag: r.tag,
            position,
            sym: r.symbol as usize,
            buy: r.side == 1,
            order_type: r.order_type,
            tif: r.time_in_force,
            flags: ask.flags,
            venue: r.venue,
            expire_at: r.expire_at.0,
            qty: ask.qty,
            price: r.price.0,
            new_waits: !ask.held() && ask.flags & PARENT == 0,
            exit: crate::held::exit_of(r.order_type),
            terms: Some(*r),
            named: position.is_some(),
            venue_held: r.hold == 1,
            probe: if stays { 0 } else { self.breaker.round() },
            marks: 512 * u32::from(self.breaker.half.is_some() && !stays),
            held: self.held_of(&ask),
            ..Order::blank()
        };
        if let Some(half) = &mut self.breaker.half
            && !stays
        {
            half.left -= 1;
        }
        let key = self.accept(order);
        self.link(key, linked);
        self.value_order(key);
        if ask.held() {
            self.arm_held(key);
        }
        self.warn(r.symbol as usize);
        Ok((Status::Ok, Some(key), verdict))
    }

    pub(crate) fn deny(&mut self, verdict: &Verdict, own: bool) {
        self.denied += 1;
        let (code, mask) = (Some(verdict.first), Some(verdict.mask));
        self.emit(Ev { code, mask, ..Ev::new(EventKind::OrderDenied) });
        // Rates do not bind the engine's own closes.
        let rate = verdict.mask & (7 << 23) != 0 && !own;
        if rate && self.config.breaker.flags & 8 != 0 {
            let trip = self.breaker.trip(self.now, RATE);
            self.tripped(trip);
        }
    }

    pub(crate) fn accept(&mut self, mut order: Order) -> Key {
        let opens = order.position.is_none() && !order.stays();
        order.holding = self.syms[order.sym].hedged() && opens;
        order.to_kill = self.killing;
        self.forget_warnings(order.sym);
        if !order.stays() {
            self.note_rate();
        }
        self.add_order(order)
    }

    /// Puts an order in the table; the oldest end makes room.
    pub(crate) fn add_order(&mut self, mut order: Order) -> Key {
        let used = self.orders.iter().filter(|o| o.in_table).count();
        if used == self.config.capacity.orders as usize {
            let of = |k: &Key| self.orders[*k].in_table && self.orders[*k].evictable();
            let oldest = (0..self.orders.len()).filter(of).min_by_key(|&k| self.orders[k].ended);
            self.orders[oldest.unwrap()].in_table = false;
        }
        order.queued = self.tick();
        order.live_at = order.queued;
        self.orders.push(order);
        self.orders.len() - 1
    }

    fn emit_status(&mut self, key: Key) {
        let o = &self.orders[key];
        let event = Ev {
            code: Some(o.status().into()),
            order: Some(key),
            qty: Some(o.cum),
            value: Some(o.leaves()),
            ..Ev::new(EventKind::OrderStatus)
        };
        self.emit(event);
    }

    /// Changes an order: queue places, place among the ended and the status event follow.
    pub(crate) fn change<R>(&mut self, key: Key, change: impl FnOnce(&mut Order) -> R) -> R {
        let before = self.orders[key].clone();
        let result = change(&mut self.orders[key]);
        let stamp = self.tick();
        let after = &mut self.orders[key];
        if after.waits() && !before.waits() {
            after.queued = stamp;
        }
        if after.evictable() && !before.evictable() {
            after.ended = stamp;
            after.to_kill = false;
        }
        // What has ended opens nothing, whether the venue still owes an answer or not.
        after.holding &= !after.terminal();
        let revived = !after.evictable() && before.evictable();
        if revived {
            after.live_at = stamp;
            // The walk of a kill comes by at the end.
            after.to_kill = self.killing;
        }
        self.killing &= self.orders.iter().any(|o| o.to_kill);
        self.value_order(key);
        self.follow_change(key, &before);
        let after = &self.orders[key];
        if after.status() != before.status() {
            self.emit_status(key);
        }
        result
    }

    pub(crate) fn order_cancel(&mut self, r: &OrderCancel, key: Key) -> Result<Status, Status> {
        let o = &self.orders[key];
        if o.terminal() {
            return Err(Status::Terminal);
        }
        if let Some(own) = o.cancel {
            if own != r.request_id {
                return Err(Status::Pending);
            }
            self.enter(r.header.now.0);
            self.ignored += 1;
            return Ok(Status::Ignored);
        }
        self.enter(r.header.now.0);
        self.change(key, |o| o.request_cancel(r.request_id));
        self.settle(key);
        self.report_flat();
        self.cancel_children(key);
        Ok(Status::Ok)
    }

    pub(crate) fn order_replace(&mut self, r: &OrderReplace, key: Key) -> Result<Answer, Status> {
        let numbers = [r.qty.0, r.price.0, r.stop_price.0];
        if numbers.iter().any(|x| x.unsigned_abs() > 1 << 60) {
            return Err(Status::Range);
        }
        let o = self.orders[key].clone();
        let wanted = (r.request_id, r.qty.0, r.price.0);
        if o.replace == Some(wanted) && o.held.replace_stop == r.stop_price.0 {
            self.enter(r.header.now.0);
            self.ignored += 1;
            return Ok((Status::Ignored, Some(key), Verdict::pass()));
        }
        if o.end != 0 || (o.filled() && r.qty.0 <= o.cum) {
            return Err(Status::Terminal);
        }
        if o.cancel.is_some() || o.replace.is_some() {
            return Err(Status::Pending);
        }
        let linked = o.position.filter(|_| o.named || self.syms[o.sym].hedged());
        if linked.is_some_and(|p| self.positions[p].qty == 0) {
            return Err(Status::Terminal);
        }
        if o.held.armed && self.backlog.contains(&o.sym) {
            return Err(Status::Pending);
        }
        let ask = Ask {
            sym: Some(o.sym),
            buy: o.buy,
            order_type: o.effective_type(),
            tif: o.tif,
            // What it closes is decided once its quantity is known.
            flags: if o.qty > 0 { o.flags & !4 } else { o.flags },
            qty: r.qty.0,
            price: r.price.0,
            expire_at: o.expire_at,
            position: o.position.filter(|_| o.named),
            replaces: Some(key),
            bad_id: false,
            new_room: !o.evictable() || self.has_order_room(),
            now: self.now.max(r.header.now.0),
            more: Extra { stop: r.stop_price.0, ..o.extra(r.qty.0) },
        };
        if self.value(&ask).is_some_and(|value| i64::try_from(value).is_err()) {
            return Err(Status::Range);
        }
        let verdict = self.judge(&ask);
        self.enter(r.header.now.0);
        if verdict.mask != 0 {
            self.deny(&verdict, false);
            return Ok((Status::Ok, None, verdict));
        }
        self.accepted += 1;
        self.forget_warnings(o.sym);
        if !o.stays() {
            self.note_rate();
        }
        self.change(key, |o| o.request_replace(r.request_id, r.qty.0, r.price.0));
        self.replace_stop(key, r.stop_price.0);
        self.warn(o.sym);
        self.settle(key);
        Ok((Status::Ok, Some(key), verdict))
    }

    pub(crate) fn position_close(
        &mut self,
        r: &PositionClose,
        position: Key,
    ) -> Result<Answer, Status> {
        let p = self.positions[position].clone();
        if p.qty == 0 {
            return Err(Status::Terminal);
        }
        let free = p.qty - self.closing(position);
        if free <= 0 {
            return Err(Status::Pending);
        }
        if r.qty.0 < 0 || r.qty.0 > free {
            return Err(Status::Range);
        }
        let wanted = if r.qty.0 == 0 { free } else { r.qty.0 };
        let most = self.largest(p.sym).min(wanted);
        let pieces = ceil(wanted.into(), most.into()) as usize;
        let room = self.free_orders();
        if pieces > room || pieces > self.config.work_per_call as usize {
            return Err(Status::Capacity);
        }
        self.enter(r.header.now.0);
        let mut left = wanted;
        let mut first: Option<Answer> = None;
        while left > 0 {
            let lots = self.piece(position, left);
            let order = self.close_order(position, lots, r.tag, r.venue, None, 4);
            let (verdict, key) = self.send_close(order);
            let stop = key.is_none();
            let answer = first.get_or_insert((Status::Ok, key, Verdict::pass()));
            if stop {
                answer.2 = verdict;
                break;
            }
            left -= lots;
            // What is below one step cannot be closed.
            if left < self.step(p.sym) {
                break;
            }
        }
        Ok(first.unwrap())
    }

    pub(crate) fn control(&mut self, r: &Control) -> Result<Status, Status> {
        if !(1..=5).contains(&r.action) || (r.action == 1 && !(0..=3).contains(&r.value)) {
            return Err(Status::Enum);
        }
        if r.scope != 0 {
            return Err(Status::Scope);
        }
        let unseen = self.thrown && self.trading != 3 && self.live_orders() > 0;
        if r.action == 1 && r.value != 3 && (unseen || self.killing) {
            return Err(Status::Pending);
        }
        self.enter(r.header.now.0);
        match r.action {
            1 if r.value == 3 => {
                if self.trading != 3 {
                    self.kill();
                }
                self.report_flat();
            }
            1 => {
                self.thrown = false;
                self.flat_due = false;
                self.set_trading(r.value as u8);
            }
            2 => {
                let trip = self.breaker.trip(self.now, MANUAL);
                self.tripped(trip);
            }
            3 if self.breaker.open || self.breaker.half.is_some() => {
                self.breaker.recovered_at = None;
                let by_rate = self.breaker.causes.contains(&RATE);
                self.breaker.close(self.now, true);
                if by_rate {
                    self.rates.clear();
                }
                self.emit(Ev { code: Some(1), ..Ev::new(EventKind::BreakerReset) });
                self.warn_breaker();
            }
            3 => {
                self.breaker.recovered_at = None;
                self.breaker.reset_at = self.now;
                self.breaker.warned.clear();
                self.emit(Ev { code: Some(1), ..Ev::new(EventKind::BreakerReset) });
                self.warn_breaker();
            }
            4 => {
                let trip = self.breaker.error(self.now);
                self.tripped(trip);
                self.warn_breaker();
            }
            _ => {
                self.breaker.errors = 0;
                self.breaker.warned.retain(|&cause| cause != ERROR);
            }
        }
        Ok(Status::Ok)
    }

    pub(crate) fn cash_adjust(&mut self, r: &CashAdjust) -> Result<Status, Status> {
        self.enter(r.header.now.0);
        self.paid_in += r.amount.0;
        self.session_equity += r.amount.0;
        self.breaker.shift(r.amount.0);
        self.emit(Ev { value: Some(r.amount.0), ..Ev::new(EventKind::Cash) });
        self.check_equity();
        Ok(Status::Ok)
    }

    pub(crate) fn timer(&mut self, now: u64) -> Status {
        self.enter(now);
        let due = self.work_deadlines();
        self.retry_stalled();
        due.max(self.work()).max(self.recon_work())
    }

    pub(crate) fn drain(&mut self, now: u64) -> Status {
        self.enter(now);
        // What the last look at the clock has left.
        let due = if self.deadlines_left { self.work_deadlines() } else { Status::Ok };
        due.max(self.work()).max(self.recon_work())
    }

    pub(crate) fn report_flat(&mut self) {
        let flat = self.live_orders() == 0 && self.positions.iter().all(|p| p.qty == 0);
        if self.flat_due && flat {
            self.flat_due = false;
            self.emit(Ev::new(EventKind::Flat));
        }
    }
}
