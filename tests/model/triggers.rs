//! Stops and targets: naive scans over all of them.

use oms_core::status::{Check, EventKind, Status};
use oms_core::trigger::{TriggerArm, TriggerCancel, TriggerMove};

use crate::gate::{Ask, Extra};
use crate::trailing::trailing_of;
use crate::verdict::Verdict;
use crate::world::{Ev, Key, Order, Reached, Trigger, World};

/// bid-fall, bid-rise, ask-rise, ask-fall.
fn crossed(dir: usize, price: i64, level: i64) -> bool {
    if dir == 0 || dir == 3 { price <= level } else { price >= level }
}

fn farther(dir: usize, a: i64, b: i64) -> i64 {
    if dir == 0 || dir == 3 { a.min(b) } else { a.max(b) }
}

fn price_of(dir: usize, bid: i64, ask: i64) -> i64 {
    if dir < 2 { bid } else { ask }
}

/// OMS_EXIT_* of what a trigger of this kind closes.
fn exit_of(kind: u8) -> u8 {
    if kind == 3 { 8 } else { 1 + kind }
}

impl World {
    pub(crate) fn trigger_event(&mut self, kind: EventKind, key: Key) -> Ev {
        Ev { trigger: Some(key), position: self.triggers[key].position, ..Ev::new(kind) }
    }

    pub(crate) fn trigger_arm(
        &mut self,
        r: &TriggerArm,
        position: Key,
    ) -> Result<(Status, Key), Status> {
        let p = self.positions[position].clone();
        if p.qty == 0 {
            return Err(Status::Terminal);
        }
        let trailing = trailing_of(r)?;
        if trailing.is_none() {
            self.check_level(p.sym, r.level.0)?;
        }
        for level in [r.activation.0, r.second_level.0] {
            if level != 0 {
                self.check_level(p.sym, level)?;
            }
        }
        if self.backlog.contains(&p.sym) {
            return Err(Status::Pending);
        }
        if r.qty.0 < 0 || r.qty.0 > p.qty {
            return Err(Status::Range);
        }
        let close = r.action == 2;
        if self.free_triggers() == 0
            || self.open_triggers(position).len() + self.legs_reserved_on(position) >= 8
            || (close && !self.has_order_room())
        {
            return Err(Status::Capacity);
        }
        let dir = if p.long { 0 } else { 2 };
        if trailing.is_some_and(|own| !self.has_step(p.sym, dir, own.step)) {
            return Err(Status::Capacity);
        }
        self.enter(r.header.now.0);
        let trigger = self.blank_trigger(p.sym, p.long, r.kind);
        self.triggers.push(Trigger {
            position: Some(position),
            level: r.level.0,
            qty: r.qty.0,
            tag: r.tag,
            venue: r.venue,
            close,
            trailing,
            ..trigger
        });
        self.start_trailing(self.triggers.len() - 1);
        let status = self.fire_present(p.sym);
        Ok((status, self.triggers.len() - 1))
    }

    /// An armed trigger that closes a long or a short.
    pub(crate) fn blank_trigger(&mut self, sym: usize, long: bool, kind: u8) -> Trigger {
        let place = self.tick();
        let dir = match (long, kind) {
            (true, 2) => 1,
            (true, _) => 0,
            (false, 2) => 3,
            _ => 2,
        };
        Trigger {
            position: None,
            sym,
            dir,
            level: 0,
            qty: 0,
            left: 0,
            tag: 0,
            venue: 0,
            kind,
            close: false,
            fired: false,
            fired_at: 0,
            order: None,
            place,
            stalled: 0,
            gone: false,
            trailing: None,
            entry: None,
            other: None,
            waiting: false,
        }
    }

    pub(crate) fn free_triggers(&self) -> usize {
        let used = self.triggers.iter().filter(|t| !t.gone).count() + self.reserved_legs();
        (self.config.capacity.triggers as usize).saturating_sub(used)
    }

    pub(crate) fn trigger_move(&mut self, r: &TriggerMove, key: Key) -> Result<Status, Status> {
        if self.triggers[key].gone {
            return Err(Status::Stale);
        }
        if self.triggers[key].fired || self.triggers[key].position.is_none() {
            return Err(Status::State);
        }
        if self.triggers[key].trailing.is_some() {
            return Err(Status::State);
        }
        let sym = self.triggers[key].sym;
        self.check_level(sym, r.level.0)?;
        if self.backlog.contains(&sym) {
            return Err(Status::Pending);
        }
        self.enter(r.header.now.0);
        self.triggers[key].level = r.level.0;
        self.triggers[key].place = self.tick();
        Ok(self.fire_present(sym))
    }

    pub(crate) fn trigger_cancel(&mut self, r: &TriggerCancel, key: Key) -> Result<Status, Status> {
        if self.triggers[key].gone {
            return Err(Status::Stale);
        }
        if self.triggers[key].fired || self.triggers[key].position.is_none() {
            return Err(Status::State);
        }
        self.enter(r.header.now.0);
        self.end_trigger(key);
        Ok(Status::Ok)
    }

    fn check_level(&self, sym: usize, level: i64) -> Result<(), Status> {
        if self.syms[sym].flags & 2 == 0 && level <= 0 { Err(Status::Price) } else { Ok(()) }
    }

    pub(crate) fn end_trigger(&mut self, key: Key) {
        self.triggers[key].gone = true;
        let event = self.trigger_event(EventKind::TriggerEnded, key);
        self.emit(event);
        // What it was closing is not there any more.
        if let Some(own) = self.triggers[key].order
            && self.orders[own].in_table
            && !self.orders[own].terminal()
            && self.orders[own].cancel.is_none()
        {
            let id = self.own_ids | 1 << 63;
            self.own_ids += 1;
            self.change(own, |o| o.request_cancel(id));
        }
        if self.triggers[key].fired {
            self.sibling_goes_on(key);
        }
    }

    /// What is armed may be crossed at the present price.
    pub(crate) fn fire_present(&mut self, sym: usize) -> Status {
        match self.basis(sym) {
            Some((bid, ask)) => self.fire_at(sym, bid, ask),
            None => Status::Ok,
        }
    }

    pub(crate) fn fire_at(&mut self, sym: usize, bid: i64, ask: i64) -> Status {
        self.reach(sym, bid, ask);
        let mut budget = self.config.work_per_call;
        let done = self.fire_all(sym, &mut budget);
        self.backlog.retain(|&other| other != sym || !done);
        if done {
            return Status::Ok;
        }
        if !self.backlog.contains(&sym) {
            self.backlog.push_back(sym);
        }
        Status::More
    }

    /// The latest price, or the farthest that is not worked off.
    pub(crate) fn reach(&mut self, sym: usize, bid: i64, ask: i64) {
        for dir in 0..4 {
            let x = price_of(dir, bid, ask);
            let waits = self.syms[sym].reached[dir].filter(|old| self.has_work(sym, dir, old));
            self.syms[sym].reached[dir] = if let Some(old) = waits {
                Some(Reached { price: farther(dir, old.price, x), last: Some(x), ..old })
            } else {
                self.raise(sym, dir, x);
                let arrival = self.tick();
                let new = Reached { price: x, high: x, arrival, last: None };
                Some(new).filter(|new| self.has_work(sym, dir, new))
            };
        }
    }

    fn has_work(&self, sym: usize, dir: usize, reached: &Reached) -> bool {
        self.next_wake(sym, dir, reached.high).is_some()
            || self.best(sym, dir, reached.price).is_some()
    }

    /// Works queued symbols off, the one that waits longest first.
    pub(crate) fn work(&mut self) -> Status {
        let mut budget = self.config.work_per_call;
        while let Some(&sym) = self.backlog.front() {
            let before = budget;
            if before == 0 || !self.fire_all(sym, &mut budget) {
                return Status::More;
            }
            self.backlog.pop_front();
            // To look at a symbol whose work was cancelled is a unit, too.
            if budget == before {
                budget -= 1;
            }
        }
        Status::Ok
    }

    /// Whether nothing is left to fire.
    fn fire_all(&mut self, sym: usize, budget: &mut u32) -> bool {
        while let Some((key, woken)) = self.next_work(sym) {
            if *budget == 0 {
                return false;
            }
            *budget -= 1;
            match woken {
                Some(high) => self.wake(key, high),
                None => self.fire(key),
            }
        }
        true
    }

    /// Best first: of a fall the highest level, of a rise the lowest; then in order of arming.
    fn best(&self, sym: usize, dir: usize, x: i64) -> Option<Key> {
        let all = self.triggers.iter().enumerate().filter(|(_, t)| {
            let placed = t.trailing.is_none_or(|own| own.peak.is_some());
            let armed = !t.gone && !t.fired && placed;
            armed && t.sym == sym && t.dir == dir && crossed(dir, x, t.level)
        });
        let level = |t: &Trigger| if dir == 0 || dir == 3 { -t.level } else { t.level };
        all.min_by_key(|(_, t)| (level(t), t.place)).map(|(key, _)| key)
    }

    /// Of the directions with something to do, the one that was reached first: the trigger, and
    /// the price it wakes at if it does not fire.
    fn next_work(&mut self, sym: usize) -> Option<(Key, Option<i64>)> {
        for dir in 0..4 {
            while let Some(reached) = self.syms[sym].reached[dir] {
                if self.has_work(sym, dir, &reached) {
                    break;
                }
                // This one is done; the price that was held back comes now.
                let next = |x| Reached { price: x, high: x, last: None, ..reached };
                self.syms[sym].reached[dir] = reached.last.map(next);
                if let Some(x) = reached.last {
                    self.raise(sym, dir, x);
                }
            }
        }
        let waiting = |dir: &usize| self.syms[sym].reached[*dir].map(|reached| reached.arrival);
        let dir = (0..4).filter(|dir| waiting(dir).is_some()).min_by_key(waiting)?;
        let reached = self.syms[sym].reached[dir]?;
        if let Some(key) = self.next_wake(sym, dir, reached.high) {
            return Some((key, Some(reached.high)));
        }
        self.best(sym, dir, reached.price).map(|key| (key, None))
    }

    fn fire(&mut self, key: Key) {
        let Some(position) = self.triggers[key].position else {
            self.release(key);
            return;
        };
        let position = self.positions[position].qty;
        let now = self.now;
        let t = &mut self.triggers[key];
        t.fired = true;
        t.fired_at = now;
        t.left = if t.qty == 0 { position } else { t.qty.min(position) };
        let (level, code, close) = (t.level, t.kind, t.close);
        let event = self.trigger_event(EventKind::TriggerFired, key);
        self.emit(Ev { code: Some(code.into()), value: None, price: None, ..event });
        let _ = level;
        if close && self.sibling(key).is_some_and(|other| self.triggers[other].fired) {
            self.triggers[key].waiting = true;
        } else if close {
            self.close_for(key);
        } else {
            self.end_trigger(key);
        }
    }

    /// What one closing order may take: what is not being closed, at most `qty_max`, whole steps.
    pub(crate) fn piece(&self, position: Key, wanted: i64) -> i64 {
        let p = &self.positions[position];
        let mut lots = wanted.min(p.qty - self.closing(position)).max(0);
        let step = self.step(p.sym, p.scope);
        lots = lots.min(self.largest(p.sym, p.scope));
        if lots < step { lots } else { lots - lots % step }
    }

    /// The smallest quantity that is whole steps of every scope of the path.
    pub(crate) fn step(&self, sym: usize, scope: usize) -> i64 {
        let path = self.path(scope).into_iter();
        let steps: Vec<i64> = path.map(|n| self.limits_in(sym, n).qty_step.0.max(1)).collect();
        let fits = |qty: &i64| steps.iter().all(|step| qty % step == 0);
        // The generator knows small steps only.
        (1..100_000).find(fits).unwrap()
    }

    /// The largest closing order: the largest quantity in whole steps.
    pub(crate) fn largest(&self, sym: usize, scope: usize) -> i64 {
        let path = self.path(scope).into_iter();
        let of = |n: usize| [self.limits_in(sym, n).qty_max.0, self.scopes[n].limits.qty_max.0];
        let max = path.flat_map(of).filter(|&max| max > 0).min().unwrap_or(i64::MAX);
        let step = self.step(sym, scope);
        if max == i64::MAX {
            return max;
        }
        if max < step { step } else { max - max % step }
    }

    fn close_for(&mut self, key: Key) {
        let t = self.triggers[key].clone();
        let position = t.position.unwrap();
        let uncovered = self.positions[position].qty - self.closing(position);
        if uncovered <= 0 {
            self.triggers[key].order = None;
            return;
        }
        let lots = self.piece(position, t.left);
        let order = self.close_order(position, lots, t.tag, t.venue, Some(key), exit_of(t.kind));
        if let (_, Some(order)) = self.send_close(order) {
            self.triggers[key].order = Some(order);
            self.triggers[key].stalled = 0;
        } else {
            self.triggers[key].order = None;
            self.triggers[key].stalled = self.tick();
        }
    }

    pub(crate) fn close_order(
        &mut self,
        position: Key,
        qty: i64,
        tag: u64,
        venue: u32,
        trigger: Option<Key>,
        exit: u8,
    ) -> Order {
        let p = &self.positions[position];
        let client_id = self.own_ids | 1 << 63;
        Order {
            client_id,
            tag,
            position: Some(position),
            trigger,
            sym: p.sym,
            scope: p.scope,
            buy: !p.long,
            tif: 1,
            flags: 1,
            venue,
            qty,
            new_waits: true,
            exit,
            named: true,
            ..Order::blank()
        }
    }

    /// Only FIELDS, SYMBOL, INCREMENT and CAPACITY bind it.
    pub(crate) fn send_close(&mut self, order: Order) -> (Verdict, Option<Key>) {
        let owns = order.trigger.is_some();
        let ask = Ask {
            sym: Some(order.sym),
            scope: order.scope,
            buy: order.buy,
            order_type: 1,
            tif: order.tif,
            flags: 1,
            qty: order.qty,
            price: 0,
            expire_at: 0,
            position: order.position,
            replaces: None,
            bad_id: false,
            new_room: owns || self.has_order_room(),
            now: self.now,
            more: Extra { own: true, ..Extra::default() },
        };
        let verdict = self.judge(&ask);
        self.own_ids += 1;
        let binding = [Check::Fields, Check::Symbol, Check::Increment, Check::Capacity];
        if binding.iter().any(|&check| verdict.fails(check)) {
            self.refuse(&verdict, order.scope, None);
            return (verdict, None);
        }
        self.count_at(order.scope, |c| c.accepted += 1);
        let (position, mask) = (order.position, verdict.mask);
        self.happens("the engine closes", order.scope);
        if let Some(trigger) = order.trigger {
            // The slot it owned is the order's now.
            self.triggers[trigger].order = Some(usize::MAX);
        }
        let (sym, scope) = (order.sym, order.scope);
        let key = self.accept(order);
        self.value_order(key);
        self.warn(sym, scope);
        if mask != 0 {
            let event = Ev::new(EventKind::CloseUnchecked);
            self.emit(Ev { order: Some(key), position, mask: Some(mask), ..event });
        }
        (verdict, Some(key))
    }

    /// An order changed: the fired triggers of the position it closes are looked at.
    pub(crate) fn settle(&mut self, order: Key) {
        self.end_idle_reducer(order);
        let o = &self.orders[order];
        let named = o.position.filter(|&key| self.positions[key].qty > 0);
        if let Some(position) = named.or_else(|| self.net_position(o.sym, o.scope)) {
            self.settle_position(position);
        }
    }

    /// The positions whose quantity has changed.
    pub(crate) fn settle_touched(&mut self) {
        for position in std::mem::take(&mut self.touched) {
            self.settle_position(position);
        }
    }

    /// What reduces a position fits again, and its fired triggers are looked at.
    pub(crate) fn settle_position(&mut self, position: Key) {
        self.settle_open(position);
        self.flatten_settled(position);
    }

    fn settle_open(&mut self, position: Key) {
        self.trim(position);
        for key in self.open_triggers(position) {
            let t = self.triggers[key].clone();
            if t.gone || !t.fired || !t.close {
                continue;
            }
            if self.positions[position].qty == 0 || t.left == 0 {
                self.end_trigger(key);
                continue;
            }
            if t.waiting && self.sibling(key).is_some_and(|other| self.is_closing(other)) {
                continue;
            }
            match t.order {
                Some(own) if !self.orders[own].terminal() => {}
                Some(own) => {
                    // What a flatten has closed in its slot is nothing to go on from.
                    if self.orders[own].end != 0 || self.orders[own].exit == 9 {
                        self.rearm(key);
                    } else {
                        // A part was closed: the next one, or it waits for others.
                        self.close_for(key);
                    }
                }
                None if t.stalled != 0 => {}
                None => {
                    if self.positions[position].qty > self.closing(position) {
                        self.rearm(key);
                    }
                }
            }
        }
    }

    /// Whether a price that is not worked off reaches its level.
    fn is_reached(&self, key: Key) -> bool {
        let t = &self.triggers[key];
        let placed = t.trailing.is_none_or(|own| own.peak.is_some());
        let reached = self.syms[t.sym].reached[t.dir];
        placed && reached.is_some_and(|reached| crossed(t.dir, reached.price, t.level))
    }

    pub(crate) fn rearm(&mut self, key: Key) {
        if self.is_reached(key) {
            // It would fire for the price that is being worked off: it waits for the clock.
            let tick = self.tick();
            let t = &mut self.triggers[key];
            t.order = None;
            t.waiting = false;
            t.stalled = tick;
            self.happens("a fired trigger waits for the clock", 0);
            return;
        }
        let place = self.tick();
        let t = &mut self.triggers[key];
        t.fired = false;
        // What is closed already is not closed again.
        t.qty = if t.qty == 0 { 0 } else { t.left };
        t.order = None;
        t.stalled = 0;
        t.place = place;
        t.waiting = false;
        if let Some(own) = &mut t.trailing {
            own.parked = true;
        }
        let event = self.trigger_event(EventKind::TriggerRearmed, key);
        self.emit(event);
        self.sibling_goes_on(key);
    }

    /// Lots that the order of a trigger has closed.
    pub(crate) fn trigger_filled(&mut self, key: Key, lots: i64) {
        let t = &mut self.triggers[key];
        if t.gone {
            return;
        }
        if t.fired {
            t.left = (t.left - lots).max(0);
        } else if t.qty > 0 {
            t.qty = (t.qty - lots).max(0);
            if t.qty == 0 {
                self.end_trigger(key);
            }
        }
        self.sibling_closed(key, lots);
    }

    /// The clock: refused closes are tried again, the longest refused first, as many as one call
    /// may.
    pub(crate) fn retry_stalled(&mut self) {
        let stalled = |t: &&(Key, u64)| t.1 != 0;
        let mut all: Vec<_> =
            self.triggers.iter().enumerate().map(|(k, t)| (k, t.stalled)).collect();
        all.sort_by_key(|&(_, at)| at);
        let most = self.config.work_per_call as usize;
        let due: Vec<_> = all.iter().filter(stalled).take(most).map(|&(k, _)| k).collect();
        for key in due {
            if !self.triggers[key].gone {
                self.triggers[key].stalled = 0;
                self.close_for(key);
            }
        }
    }
}
