//! The doors of orders, venue, operator, clock, and the way out.

use oms_core::engine::{CashAdjust, Control};
use oms_core::order::{OrderCancel, OrderReplace, OrderSubmit};
use oms_core::position::PositionClose;
use oms_core::status::{EventKind, Status};

use crate::breaker::{ERROR, MANUAL, RATE};
use crate::clearing::Place;
use crate::gate::{Ask, Extra};
use crate::parents::PARENT;
use crate::verdict::Verdict;
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
        for scope in 0..self.scopes.len() {
            self.pass_time(scope);
        }
        if self.thrown && (self.root().trading != 3 || self.flatten_thrown) {
            self.kill();
        }
    }

    /// What the clock does to a scope.
    fn pass_time(&mut self, scope: usize) {
        if let Some(pnl) = self.scopes[scope].breaker.roll(self.now) {
            self.scopes[scope].session_equity = self.equity_of(scope, false);
            self.emit(Ev { value: Some(pnl), ..Ev::of(EventKind::Session, scope) });
            self.warn_breaker(scope);
            self.happens("a session ends", scope);
        }
        let by_rate = self.scopes[scope].breaker.causes.contains(&RATE);
        if self.scopes[scope].breaker.recover(self.now) {
            if by_rate {
                self.scopes[scope].rates.clear();
            }
            self.tell_recovered(scope);
        }
        if self.probes_are_over(scope) {
            let breaker = &mut self.scopes[scope].breaker;
            let cause = breaker.trips.last().unwrap().cause;
            let trip = breaker.trip(self.now, cause);
            self.happens("probes end without the wins", scope);
            self.tripped(scope, trip);
        }
        self.watch_host(scope);
    }

    /// The switch is thrown, or thrown once more: that takes hold.
    pub(crate) fn kill(&mut self) {
        self.thrown = true;
        let (news, flattens) = (self.root().trading != 3, self.flatten_thrown);
        self.flatten_thrown = false;
        if !news && !flattens {
            return;
        }
        let mut clearing = self.clearings.of((0, None));
        clearing.awaited = true;
        clearing.all |= flattens;
        self.clearings.set((0, None), clearing);
        if news {
            self.cancel_all((0, None));
            self.set_trading(0, 3);
        }
        self.ask_walk();
        self.report_flat();
    }

    /// Every order of a place that lives now is to be cancelled: all are walked over.
    pub(crate) fn cancel_all(&mut self, place: Place) {
        if !self.killing {
            // What an earlier walk was about is over.
            self.killed = 0;
            self.swept.clear();
        }
        for order in &mut self.orders {
            order.to_kill = order.in_table && !order.evictable();
            order.reached = false;
        }
        if place == (0, None) {
            self.killed = self.orders.len();
        } else {
            self.swept.push((place, self.orders.len()));
        }
        self.killing = self.orders.iter().any(|o| o.to_kill);
        if self.clearings.any() {
            self.ask_walk();
        }
    }

    /// Whether the walk is about this order.
    pub(crate) fn is_swept(&self, key: Key) -> bool {
        let o = &self.orders[key];
        let of = |&((scope, sym), count): &(Place, usize)| {
            key < count && self.within(o.scope, scope) && sym.is_none_or(|sym| sym == o.sym)
        };
        key < self.killed || self.swept.iter().any(of)
    }

    pub(crate) fn set_trading(&mut self, scope: usize, state: u8) {
        if state != self.scopes[scope].trading {
            self.scopes[scope].trading = state;
            let symbol = Some(u32::MAX);
            let event = Ev { symbol, ..Ev::of(EventKind::TradingState, scope) };
            self.emit(Ev { code: Some(state.into()), ..event });
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
            if p.scope != r.scope as usize {
                return Err(Status::Scope);
            }
        }
        if self.named_parent.is_some_and(|key| !self.orders[key].in_table) {
            return Err(Status::Stale);
        }
        let ask = self.cut(self.clamped(self.ask(r, position, linked)));
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
        self.link_errors(linked, r.symbol as usize, r.scope as usize)?;
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
        self.link_errors(linked, r.symbol as usize, r.scope as usize)?;
        let verdict = self.judge(&ask);
        self.enter(r.header.now.0);
        if verdict.mask != 0 {
            self.end_both(&ask, &verdict);
            self.deny(&verdict, ask.scope);
            return Ok((Status::Ok, None, verdict));
        }
        self.clear_way(&ask);
        self.make_books(ask.scope, r.symbol as usize);
        let stays = ask.flags & PARENT != 0;
        self.count_at(ask.scope, |c| c.accepted += 1);
        self.last_id = self.last_id.max(r.client_id);
        self.note_new(&ask);
        let position = ask.position;
        let probes = if stays { Vec::new() } else { self.rounds_of(ask.scope) };
        let order = Order {
            client_id: r.client_id,
            tag: r.tag,
            position,
            sym: r.symbol as usize,
            scope: ask.scope,
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
            marks: 512 * u32::from(!probes.is_empty()),
            held: self.held_of(&ask),
            probes,
            ..Order::blank()
        };
        for (scope, _) in order.probes.clone() {
            self.scopes[scope].breaker.half.as_mut().unwrap().left -= 1;
            self.happens("a probe passes", scope);
        }
        let key = self.accept(order);
        self.link(key, linked);
        self.value_order(key);
        if ask.held() {
            self.arm_held(key);
        }
        self.warn(r.symbol as usize, ask.scope);
        self.warn_of_order(&ask, true);
        Ok((Status::Ok, Some(key), verdict))
    }

    /// A request of this scope is denied.
    pub(crate) fn deny(&mut self, verdict: &Verdict, scope: usize) {
        self.refuse(verdict, scope, Some(scope));
        if verdict.mask & (7 << 23) != 0 {
            self.trip_by_rate(scope);
        }
    }

    /// A request, or a close of the engine's own, whose rates do not bind; `told` is what the event
    /// says.
    pub(crate) fn refuse(&mut self, verdict: &Verdict, scope: usize, told: Option<usize>) {
        self.count_denial(verdict, scope);
        let (code, mask) = (Some(verdict.first), Some(verdict.mask));
        let (limits, value) = (Some((verdict.limit, verdict.observed)), Some(verdict.scope.into()));
        let event = Ev::new(EventKind::OrderDenied);
        self.emit(Ev { code, mask, limits, value, scope: told, ..event });
        self.happens(crate::tally::NAMES[verdict.first as usize], verdict.scope as usize);
    }

    pub(crate) fn accept(&mut self, mut order: Order) -> Key {
        let opens = order.position.is_none() && !order.stays();
        order.holding = self.syms[order.sym].hedged() && opens;
        order.to_kill = self.killing;
        self.forget_warnings(order.sym, order.scope);
        if !order.stays() {
            self.note_rate(order.scope);
            self.note_request(order.sym, order.scope);
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
        self.note_end(key, &before);
        self.value_order(key);
        self.follow_change(key, &before);
        let after = &self.orders[key];
        if after.status() != before.status() {
            self.emit_status(key);
        }
        self.note_failed(key, &before);
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
        if !self.orders[key].stays() {
            self.note_cancel(self.orders[key].scope);
        }
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
            scope: o.scope,
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
            self.deny(&verdict, ask.scope);
            return Ok((Status::Ok, None, verdict));
        }
        self.clear_way(&ask);
        self.count_at(o.scope, |c| c.accepted += 1);
        self.forget_warnings(o.sym, o.scope);
        if !o.stays() {
            self.note_rate(o.scope);
            self.note_request(o.sym, o.scope);
        }
        self.change(key, |o| o.request_replace(r.request_id, r.qty.0, r.price.0));
        self.replace_stop(key, r.stop_price.0);
        self.warn(o.sym, o.scope);
        self.warn_of_order(&ask, false);
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
        let most = self.largest(p.sym, p.scope).min(wanted);
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
            if left < self.step(p.sym, p.scope) {
                break;
            }
        }
        Ok(first.unwrap())
    }

    pub(crate) fn control(&mut self, r: &Control) -> Result<Status, Status> {
        if !(1..=7).contains(&r.action) || (r.action == 1 && !(0..=3).contains(&r.value)) {
            return Err(Status::Enum);
        }
        let scope = self.scope_exists(r.scope)?;
        if r.action == 7 {
            self.reset_names(r.value)?;
        }
        if r.action == 1 {
            return self.control_state(r);
        }
        self.enter(r.header.now.0);
        match r.action {
            2 => {
                let trip = self.scopes[scope].breaker.trip(self.now, MANUAL);
                self.tripped(scope, trip);
            }
            3 => self.reset_breaker(scope),
            4 => self.note_error(scope),
            5 => {
                for number in self.path(scope) {
                    let breaker = &mut self.scopes[number].breaker;
                    breaker.errors = 0;
                    breaker.warned.retain(|&cause| cause != ERROR);
                }
            }
            6 => self.beat(scope),
            _ => self.reset_repeats(r.value, scope),
        }
        Ok(Status::Ok)
    }

    pub(crate) fn cash_adjust(&mut self, r: &CashAdjust) -> Result<Status, Status> {
        let scope = self.scope_exists(r.scope)?;
        self.enter(r.header.now.0);
        for number in self.path(scope) {
            let s = &mut self.scopes[number];
            s.paid_in += r.amount.0;
            s.session_equity += r.amount.0;
            s.breaker.shift(r.amount.0);
        }
        self.emit(Ev { value: Some(r.amount.0), ..Ev::of(EventKind::Cash, scope) });
        self.check_equity(scope);
        Ok(Status::Ok)
    }

    pub(crate) fn timer(&mut self, now: u64) -> Status {
        self.enter(now);
        let due = self.work_deadlines();
        self.retry_stalled();
        self.retry_flatten();
        due.max(self.work()).max(self.recon_work())
    }

    pub(crate) fn drain(&mut self, now: u64) -> Status {
        self.enter(now);
        // What the last look at the clock has left.
        let due = if self.deadlines_left { self.work_deadlines() } else { Status::Ok };
        due.max(self.work()).max(self.recon_work())
    }
}
