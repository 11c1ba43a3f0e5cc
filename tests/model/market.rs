//! Symbols, prices, and what an execution does to positions and money.

use oms_core::market::{LimitsSet, Quote, SymbolDefine, Trade};
use oms_core::status::{EventKind, Status};

use crate::orders::Done;
use crate::world::{Ev, Key, Position, Sym, World, ceil, floor, gcd};

impl World {
    pub(crate) fn symbol_define(&mut self, r: &SymbolDefine) -> Result<u32, Status> {
        let parts = [r.tick_size, r.lot_size, r.multiplier, r.conversion];
        if r.flags & !7 != 0 {
            return Err(Status::Enum);
        }
        let mut num: i128 = parts.iter().map(|d| i128::from(d.mantissa)).product();
        let power: i32 = parts.iter().map(|d| d.exponent).sum::<i32>() - self.config.money_exp;
        let mut den = 1_i128;
        for _ in 0..power.abs() {
            if power > 0 { num *= 10 } else { den *= 10 }
        }
        let common = gcd(num, den);
        if self.syms.len() == self.config.capacity.symbols as usize {
            return Err(Status::Capacity);
        }
        if self.syms.iter().any(|s| s.name == r.name) {
            return Err(Status::Conflict);
        }
        self.enter(r.header.now.0);
        self.syms.push(Sym {
            name: r.name,
            num: num / common,
            den: den / common,
            flags: r.flags,
            limits: None,
            quote: None,
            last: None,
            close: None,
            reached: [None; 4],
        });
        self.emit(Ev::new(EventKind::Symbol));
        Ok(self.syms.len() as u32 - 1)
    }

    pub(crate) fn limits_set(&mut self, r: &LimitsSet) -> Result<Status, Status> {
        if r.reference > 3 || r.flags & !7 != 0 {
            return Err(Status::Enum);
        }
        if r.symbol as usize >= self.syms.len() {
            return Err(Status::Symbol);
        }
        self.enter(r.header.now.0);
        self.syms[r.symbol as usize].limits = Some(*r);
        self.emit(Ev::new(EventKind::Limits));
        Ok(Status::Ok)
    }

    pub(crate) fn quote(&mut self, r: &Quote) -> Result<Status, Status> {
        let sym = r.symbol as usize;
        if sym >= self.syms.len() {
            return Err(Status::Symbol);
        }
        let negative = self.syms[sym].flags & 2 != 0;
        if r.bid > r.ask || (!negative && (r.bid.0 <= 0 || r.ask.0 <= 0)) {
            return Err(Status::Price);
        }
        if r.bid_qty.0 < 0 || r.ask_qty.0 < 0 {
            return Err(Status::Range);
        }
        self.enter(r.header.now.0);
        self.syms[sym].quote = Some((r.bid.0, r.ask.0, self.now));
        self.check_equity();
        Ok(self.fire_at(sym, r.bid.0, r.ask.0))
    }

    pub(crate) fn trade(&mut self, r: &Trade) -> Result<Status, Status> {
        let sym = r.symbol as usize;
        if r.source > 1 {
            return Err(Status::Enum);
        }
        if sym >= self.syms.len() {
            return Err(Status::Symbol);
        }
        if self.syms[sym].flags & 2 == 0 && r.price.0 <= 0 {
            return Err(Status::Price);
        }
        if r.qty.0 < 0 {
            return Err(Status::Range);
        }
        self.enter(r.header.now.0);
        if r.source == 0 {
            self.syms[sym].last = Some((r.price.0, self.now));
            self.check_equity();
        } else {
            self.syms[sym].close = Some((r.price.0, self.now));
        }
        Ok(Status::Ok)
    }

    /// The open position an execution belongs to.
    pub(crate) fn fill_target(&self, key: Key) -> Option<Key> {
        let o = &self.orders[key];
        if !self.syms[o.sym].hedged() {
            return self.net_position(o.sym);
        }
        let room = self.holds_room(o) || self.has_position_room();
        let own = || if room { None } else { self.own_slot(o.sym) };
        o.position.filter(|&p| self.positions[p].qty > 0).or_else(own)
    }

    pub(crate) fn fill(
        &mut self,
        key: Key,
        target: Option<Key>,
        qty: i64,
        price: i64,
        commission: i64,
    ) -> Done {
        let o = self.orders[key].clone();
        self.commission += commission;
        let reduces = target.filter(|&p| self.positions[p].long != o.buy);
        let part = reduces.map_or(0, |p| qty.min(self.positions[p].qty));
        let rest = qty - part;
        // Without room left, what an ended order opens stands in the symbol's own slot.
        let linked = self.holds_room(&o) || self.has_position_room();
        let done = self.change_filled(key, qty, price, commission);
        if let Some(trigger) = o.trigger {
            self.trigger_filled(trigger, qty);
        }
        let share = ceil(i128::from(commission) * i128::from(part), i128::from(qty)) as i64;
        match target {
            None => self.open(key, rest, price, commission, linked),
            Some(p) if reduces.is_none() => {
                self.enlarge(p, qty, price, commission);
                self.cover(key, p, qty);
            }
            Some(p) => {
                self.reduce(p, key, part, price, share, rest > 0);
                if rest > 0 {
                    self.open(key, rest, price, commission - share, true);
                }
            }
        }
        self.check_equity();
        done
    }

    fn change_filled(&mut self, key: Key, qty: i64, price: i64, commission: i64) -> Done {
        let event = Ev {
            order: Some(key),
            qty: Some(qty),
            price: Some(price),
            value: Some(commission),
            ..Ev::new(EventKind::OrderFill)
        };
        self.emit(event);
        self.change(key, |o| o.on_fill(qty, price, commission))
    }

    fn position_event(&mut self, kind: EventKind, position: Key) -> Ev {
        Ev { position: Some(position), ..Ev::new(kind) }
    }

    fn open(&mut self, key: Key, qty: i64, price: i64, commission: i64, linked: bool) {
        let used = self.positions.iter().filter(|p| p.in_table).count();
        if used == self.config.capacity.positions as usize {
            let of = |k: &Key| self.positions[*k].in_table && self.positions[*k].qty == 0;
            let oldest = (0..self.positions.len()).filter(of);
            let oldest = oldest.min_by_key(|&k| self.positions[k].closed);
            self.positions[oldest.unwrap()].in_table = false;
        }
        let o = &self.orders[key];
        let (sym, long, tag) = (o.sym, o.buy, o.tag);
        self.positions.push(Position {
            sym,
            long,
            qty,
            cost: i128::from(qty) * i128::from(price),
            realised: 0,
            commission,
            tag,
            opened_by: key,
            exit: 0,
            closed: 0,
            in_table: true,
            net: !(self.syms[sym].hedged() && linked),
        });
        let position = self.positions.len() - 1;
        let event = self.position_event(EventKind::PositionOpened, position);
        let code = Some(if long { 1 } else { 2 });
        self.emit(Ev { code, qty: Some(qty), price: Some(price), ..event });
        // An order of a netted symbol names no position.
        if self.syms[sym].hedged() && linked {
            self.orders[key].position = Some(position);
        }
        self.cover(key, position, qty);
    }

    fn enlarge(&mut self, position: Key, qty: i64, price: i64, commission: i64) {
        let p = &mut self.positions[position];
        p.qty += qty;
        p.cost += i128::from(qty) * i128::from(price);
        p.commission += commission;
        let all = p.qty;
        let event = self.position_event(EventKind::PositionChanged, position);
        self.emit(Ev { qty: Some(all), price: Some(price), ..event });
    }

    fn reduce(
        &mut self,
        position: Key,
        order: Key,
        qty: i64,
        price: i64,
        commission: i64,
        reversed: bool,
    ) {
        let stamp = self.tick();
        let (now, den) = (self.now, self.common_den());
        let scale = self.scale(self.positions[position].sym);
        let exit = if reversed { 5 } else { self.orders[order].exit };
        let p = &mut self.positions[position];
        let (part, whole) = (i128::from(qty), i128::from(p.qty));
        let value = part * i128::from(price);
        // The share of the cost is rounded so that the realised part is floored.
        let (share, won) = if p.long {
            let share = ceil(p.cost * part, whole);
            (share, value - share)
        } else {
            let share = floor(p.cost * part, whole);
            (share, share - value)
        };
        p.qty -= qty;
        p.cost -= share;
        p.realised += won;
        p.commission += commission;
        let left = p.qty;
        if left > 0 {
            let event = self.position_event(EventKind::PositionChanged, position);
            self.emit(Ev { qty: Some(left), price: Some(price), ..event });
            return;
        }
        p.closed = stamp;
        p.exit = exit;
        let exact = p.realised * scale - i128::from(p.commission) * den;
        let net = floor(exact, den) as i64;
        self.closed += 1;
        self.wins += u64::from(exact > 0);
        self.losses += u64::from(exact < 0);
        for trigger in self.open_triggers(position) {
            self.end_trigger(trigger);
        }
        self.end_reducers(position);
        let event = self.position_event(EventKind::PositionClosed, position);
        self.emit(Ev { code: Some(exit.into()), value: Some(net), ..event });
        let trip = self.breaker.trade(now, net, exact);
        self.tripped(trip);
    }
}
