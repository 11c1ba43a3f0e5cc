//! Places that are cleared: what is open there is closed, and it is told when nothing is left.

use oms_core::status::{Anomaly, Check, EventKind};

use crate::world::{Ev, Key, Order, Position, World, st};

/// A scope and, unless it is all of them, a symbol.
pub(crate) type Place = (usize, Option<usize>);

/// What is closed in a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clearing {
    /// Longs, shorts: what the orders there were, so many, have brought or bring.
    of_orders: [Option<usize>; 2],
    /// Everything, whatever brings it.
    pub(crate) all: bool,
    /// Somebody is to be told that nothing is left.
    pub(crate) awaited: bool,
}

/// Why a position was closed by a flatten.
const FLATTEN: u8 = 9;

/// All places, and the walk over the positions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clearings {
    places: Vec<(Place, Clearing)>,
    again: bool,
    retries: bool,
    stalled: bool,
}

impl Clearings {
    pub(crate) fn of(&self, place: Place) -> Clearing {
        self.places.iter().find(|known| known.0 == place).map_or_else(Clearing::default, |k| k.1)
    }

    /// Whether anything is closed or awaited anywhere.
    pub(crate) fn any(&self) -> bool {
        self.places.iter().any(|known| known.1 != Clearing::default())
    }

    pub(crate) fn set(&mut self, place: Place, new: Clearing) {
        self.places.retain(|known| known.0 != place);
        self.places.push((place, new));
    }
}

impl World {
    /// The places that something of a scope and symbol is in.
    fn places_of(&self, scope: usize, sym: usize) -> Vec<Place> {
        self.path(scope).into_iter().flat_map(|n| [(n, None), (n, Some(sym))]).collect()
    }

    fn is_in(&self, (scope, sym): Place, of: usize, symbol: usize) -> bool {
        self.within(of, scope) && sym.is_none_or(|sym| sym == symbol)
    }

    /// What is open and what so many orders bring is to be closed.
    pub(crate) fn begin_clearing(&mut self, place: Place, side: u32) {
        let orders = self.orders.len();
        let mut clearing = self.clearings.of(place);
        for (long, of) in [true, false].into_iter().zip(&mut clearing.of_orders) {
            if side == 0 || long == (side == 1) {
                *of = Some(orders);
            }
        }
        clearing.awaited = true;
        self.clearings.set(place, clearing);
        for key in 0..self.positions.len() {
            let p = &self.positions[key];
            let asked = side == 0 || p.long == (side == 1);
            if p.qty > 0 && asked && self.is_in(place, p.scope, p.sym) {
                self.positions[key].flatten = true;
            }
        }
    }

    /// An order has brought lots.
    pub(crate) fn claim_entry(&mut self, order: Key, position: Key) {
        let p = &self.positions[position];
        let side = usize::from(!p.long);
        let claims = self.places_of(p.scope, p.sym).into_iter().any(|place| {
            let clearing = self.clearings.of(place);
            !clearing.all && clearing.of_orders[side].is_some_and(|count| order < count)
        });
        self.positions[position].flatten |= claims;
    }

    fn is_to_be_closed(&self, p: &Position) -> bool {
        let side = usize::from(!p.long);
        self.places_of(p.scope, p.sym).into_iter().any(|place| {
            let clearing = self.clearings.of(place);
            clearing.all || (p.flatten && clearing.of_orders[side].is_some())
        })
    }

    /// Lots that nothing else may still take.
    fn unclosed(&self, position: Key) -> i64 {
        let p = &self.positions[position];
        let open = (p.qty - self.closing(position)).max(0);
        let leaves = |o: &Order| {
            let alike = (o.sym, o.scope, o.buy) == (p.sym, p.scope, !p.long);
            alike && o.cancel.is_some() && o.flags & 1 == 0
        };
        if p.net { open - self.reserved(&[], leaves) as i64 } else { open }
    }

    /// After a position was settled.
    pub(crate) fn flatten_settled(&mut self, position: Key) {
        let p = &self.positions[position];
        let due = p.in_table && p.qty > 0 && !p.stalled && self.is_to_be_closed(p);
        if due && self.unclosed(position) > 0 {
            self.ask_walk();
        }
    }

    fn walks(&self) -> bool {
        self.positions.iter().any(|p| p.to_walk)
    }

    /// A walk over the positions is to come by.
    pub(crate) fn ask_walk(&mut self) {
        if self.walks() {
            self.clearings.again |= self.positions.iter().any(|p| p.qty > 0 && !p.to_walk);
        } else {
            self.start_walk();
        }
    }

    fn start_walk(&mut self) {
        for p in &mut self.positions {
            p.to_walk = p.qty > 0;
        }
    }

    /// A position is open that was not: it is walked over too.
    pub(crate) fn join_walk(&mut self, position: Key) {
        let (walks, stamp) = (self.walks(), self.tick());
        let p = &mut self.positions[position];
        (p.to_walk, p.live_at) = (walks, stamp);
        self.flatten_settled(position);
    }

    /// One step; whether there was one to make and a unit of work for it.
    pub(crate) fn walk_one(&mut self, budget: &mut u32) -> bool {
        if self.killing {
            return false;
        }
        if !self.walks() {
            if !std::mem::take(&mut self.clearings.again) {
                self.clearings.retries = false;
                return false;
            }
            self.start_walk();
        }
        if *budget == 0 {
            return false;
        }
        *budget -= 1;
        let all = (0..self.positions.len()).filter(|&k| self.positions[k].to_walk);
        let Some(key) = all.min_by_key(|&k| self.positions[k].live_at) else { return false };
        self.positions[key].to_walk = false;
        if self.clearings.retries {
            self.positions[key].stalled = false;
        }
        self.flatten(key);
        true
    }

    /// The clock.
    pub(crate) fn retry_flatten(&mut self) {
        if std::mem::take(&mut self.clearings.stalled) {
            self.clearings.retries = true;
            self.ask_walk();
        }
        let mut budget = self.config.work_per_call;
        while self.walk_one(&mut budget) {}
    }

    fn flatten(&mut self, position: Key) {
        for _ in 0..self.config.work_per_call {
            let p = self.positions[position].clone();
            let open = self.unclosed(position);
            if p.stalled || !self.is_to_be_closed(&p) || open <= 0 {
                return;
            }
            let positions = self.positions.iter().filter(|p| p.in_table && p.qty > 0).count();
            if self.closing(position) > 0 && (1..=positions).contains(&self.free_orders()) {
                self.happens("a flatten leaves slots to others", p.scope);
                return;
            }
            if !self.flatten_piece(position, open) {
                return self.stall(position);
            }
            self.happens("a flatten closes", p.scope);
        }
        self.flatten_settled(position);
    }

    fn flatten_piece(&mut self, position: Key, open: i64) -> bool {
        let p = self.positions[position].clone();
        let mut lender = None;
        if !self.has_order_room() {
            lender = self.open_triggers(position).into_iter().find(|&key| self.lends(key));
            if lender.is_none() {
                let (code, mask) = (Check::Capacity.raw(), 1 << Check::Capacity.raw());
                let qty = Some(p.qty - self.closing(position));
                let event = Ev { position: Some(position), qty, ..Ev::new(EventKind::OrderDenied) };
                self.emit(Ev { code: Some(code), mask: Some(mask), ..event });
                self.happens("a flatten finds no slot", p.scope);
                return false;
            }
        }
        let lots = lender.map(|key| match self.triggers[key].qty {
            0 => p.qty,
            qty => qty.min(p.qty),
        });
        let qty = self.piece(position, lots.map_or(open, |lots| lots.min(open)));
        let order = self.close_order(position, qty, 0, 0, lender, FLATTEN);
        let (_, Some(order)) = self.send_close(order) else { return false };
        if let Some((key, lots)) = lender.zip(lots) {
            let now = self.now;
            let t = &mut self.triggers[key];
            (t.fired, t.fired_at, t.left, t.order) = (true, now, lots, Some(order));
            let code = Some(t.kind.into());
            let event = self.trigger_event(EventKind::TriggerFired, key);
            let (qty, price) = (Some(lots), Some(0));
            self.emit(Ev { code, qty, price, order: Some(order), ..event });
            self.happens("a stop lends its slot", p.scope);
        }
        true
    }

    /// An armed trigger that owns an order slot.
    fn lends(&self, key: Key) -> bool {
        let t = &self.triggers[key];
        t.close && !t.fired && !self.sibling(key).is_some_and(|other| self.is_closing(other))
    }

    fn stall(&mut self, position: Key) {
        if self.positions[position].in_table {
            self.positions[position].stalled = true;
            self.clearings.stalled = true;
        }
    }

    /// An order has changed: a close of a flatten may have come to nothing.
    pub(crate) fn note_failed(&mut self, key: Key, before: &Order) {
        let o = self.orders[key].clone();
        let failed = o.exit == FLATTEN && o.end != 0 && o.status() != st::FILLED;
        if !failed || o.status() == before.status() {
            return;
        }
        let asked = !o.sent || o.last_cancel >> 63 == 1;
        if o.end == 1 && asked {
            return;
        }
        self.note_anomaly(Some(key), Anomaly::CloseFailed);
        self.happens("a close of a flatten fails", o.scope);
        if let Some(position) = o.position {
            self.stall(position);
        }
    }

    fn is_flat(&self, place: Place) -> bool {
        let live = |o: &Order| o.in_table && !o.evictable();
        let orders = self.orders.iter().any(|o| live(o) && self.is_in(place, o.scope, o.sym));
        let open = |p: &&Position| p.qty > 0 && self.is_in(place, p.scope, p.sym);
        !orders && !self.positions.iter().any(|p| open(&p))
    }

    /// Of every place that somebody waits for.
    pub(crate) fn report_flat(&mut self) {
        let scopes = (1..self.scopes.len()).map(|n| (n, None));
        let symbols = (0..self.syms.len()).map(|n| (0, Some(n)));
        let books = self.books.iter().map(|book| (book.scope, Some(book.sym)));
        let all: Vec<Place> = scopes.chain(symbols).chain(books).chain([(0, None)]).collect();
        for place in all {
            self.report_place(place);
        }
    }

    pub(crate) fn report_place(&mut self, place: Place) {
        let clearing = self.clearings.of(place);
        if !clearing.awaited || !self.is_flat(place) {
            return;
        }
        let done = if clearing.all { clearing } else { Clearing::default() };
        self.clearings.set(place, Clearing { awaited: false, ..done });
        self.report_nothing(place);
    }

    /// Whether anything of a scope and symbol was ever there.
    pub(crate) fn is_place(&self, (scope, sym): Place) -> bool {
        let here = |sym| self.books.iter().any(|book| (book.scope, book.sym) == (scope, sym));
        scope == 0 || sym.is_none_or(here)
    }

    /// Nothing is left in a place.
    pub(crate) fn report_nothing(&mut self, place: Place) {
        let symbol = Some(place.1.map_or(u32::MAX, |sym| sym as u32));
        self.emit(Ev { symbol, ..Ev::of(EventKind::Flat, place.0) });
        let what = if place.1.is_some() { "a symbol is flat" } else { "a scope is flat" };
        self.happens(what, place.0);
    }
}
