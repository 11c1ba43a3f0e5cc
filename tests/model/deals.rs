//! What lots that change hands do to positions, and what closed ones have brought.

use oms_core::status::EventKind;

use crate::breaker::Probed;
use crate::executions::{BUSTED, Deal, Leg};
use crate::world::{Ev, Key, Position, World, ceil, floor};

impl World {
    pub(crate) fn position_event(&mut self, kind: EventKind, position: Key, price: Option<i64>) {
        let p = &self.positions[position];
        let code = (kind == EventKind::PositionOpened).then_some(if p.long { 1 } else { 2 });
        let event = Ev { code, qty: Some(p.qty), price, position: Some(position), ..Ev::new(kind) };
        self.emit(event);
    }

    pub(crate) fn open(&mut self, d: &Deal) -> Leg {
        let beside = self.syms[d.sym].hedged() && d.linked;
        let position = self.add_position(Position {
            sym: d.sym,
            scope: d.scope,
            long: d.buy,
            qty: d.qty,
            cost: d.value,
            realised: 0,
            entered: d.qty,
            entry_value: d.value,
            exited: 0,
            exit_value: 0,
            commission: d.commission,
            tag: d.tag,
            opened_by: d.order,
            exit: 0,
            closed: 0,
            in_table: true,
            net: !beside,
            opened_at: self.now,
            closed_at: 0,
            counted: false,
            flatten: false,
            stalled: false,
            to_walk: false,
            live_at: 0,
            probes: Vec::new(),
        });
        self.note_probed(d.order, position);
        self.position_event(EventKind::PositionOpened, position, d.price);
        // An order of a netted symbol names no position.
        if let Some(order) =
            d.order.filter(|&key| beside && d.exit != BUSTED && self.orders[key].in_table)
        {
            self.orders[order].position = Some(position);
        }
        self.quantity_changed(position);
        self.cover_deal(position, d);
        self.entry(position, d)
    }

    pub(crate) fn add_position(&mut self, position: Position) -> Key {
        let used = self.positions.iter().filter(|p| p.in_table).count();
        if used == self.config.capacity.positions as usize {
            let of = |k: &Key| self.positions[*k].in_table && self.positions[*k].qty == 0;
            let oldest = (0..self.positions.len()).filter(of);
            let oldest = oldest.min_by_key(|&k| self.positions[k].closed);
            self.positions[oldest.unwrap()].in_table = false;
        }
        self.positions.push(position);
        self.join_walk(self.positions.len() - 1);
        self.positions.len() - 1
    }

    pub(crate) fn entry(&self, position: Key, d: &Deal) -> Leg {
        let (qty, value, commission) = (d.qty, d.value, d.commission);
        Leg { position, exit: false, qty, value, realised: 0, commission }
    }

    pub(crate) fn enlarge(&mut self, position: Key, d: &Deal) -> Leg {
        self.note_probed(d.order, position);
        let p = &mut self.positions[position];
        p.qty += d.qty;
        p.cost += d.value;
        p.entered += d.qty;
        p.entry_value += d.value;
        p.commission += d.commission;
        self.position_event(EventKind::PositionChanged, position, d.price);
        self.quantity_changed(position);
        self.cover_deal(position, d);
        self.entry(position, d)
    }

    /// Lots leave a position; answers what that realised.
    pub(crate) fn take_out(
        &mut self,
        position: Key,
        qty: i64,
        value: i128,
        commission: i64,
    ) -> i128 {
        let p = &mut self.positions[position];
        let (part, whole) = (i128::from(qty), i128::from(p.qty));
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
        p.exited += qty;
        p.exit_value += value;
        p.commission += commission;
        won
    }

    pub(crate) fn reduce(&mut self, position: Key, d: &Deal, exit: u8) -> Leg {
        let (qty, value, commission) = (d.qty, d.value, d.commission);
        self.note_probed(d.order, position);
        let realised = self.take_out(position, qty, value, commission);
        if self.positions[position].qty > 0 {
            self.position_event(EventKind::PositionChanged, position, d.price);
        } else {
            self.finish(position, exit, true);
        }
        self.quantity_changed(position);
        Leg { position, exit: true, qty, value, realised, commission }
    }

    /// What a position brought, net of commissions, in the common unit.
    pub(crate) fn outcome(&self, position: Key) -> i128 {
        let p = &self.positions[position];
        p.realised * self.scale(p.sym) - i128::from(p.commission) * self.common_den()
    }

    /// A position has no quantity left.
    pub(crate) fn finish(&mut self, position: Key, exit: u8, counted: bool) {
        let (stamp, now) = (self.tick(), self.now);
        let p = &mut self.positions[position];
        p.closed = stamp;
        p.closed_at = now;
        p.exit = exit;
        p.counted = counted;
        for trigger in self.open_triggers(position) {
            self.end_trigger(trigger);
        }
        self.end_reducers(position);
        let exact = self.outcome(position);
        let net = floor(exact, self.common_den()) as i64;
        self.emit(Ev {
            code: Some(exit.into()),
            value: Some(net),
            position: Some(position),
            ..Ev::new(EventKind::PositionClosed)
        });
        if counted {
            for scope in self.path(self.positions[position].scope) {
                self.judge_outcome(scope, position, net, exact);
            }
        }
    }

    /// The breaker of a scope looks at what a position has brought.
    fn judge_outcome(&mut self, scope: usize, position: Key, net: i64, exact: i128) {
        let now = self.now;
        let breaker = &mut self.scopes[scope].breaker;
        let trip = breaker.trade(now, net, exact);
        let round = breaker.round();
        let probed = round > 0 && self.positions[position].probes.contains(&(scope, round));
        let said = breaker.probe_trade(now, exact, probed);
        self.tripped(scope, trip);
        match said {
            Probed::Nothing => {}
            Probed::Tripped(cause) => self.tripped(scope, Some(cause)),
            Probed::Closed => self.tell_recovered(scope),
        }
        self.warn_breaker(scope);
    }

    /// After every change of a position's quantity.
    pub(crate) fn quantity_changed(&mut self, position: Key) {
        self.positions[position].to_walk &= self.positions[position].qty > 0;
        self.touched.push(position);
    }

    /// Closed positions of a scope that count, and those of them that won and lost.
    pub(crate) fn outcomes(&self, scope: usize) -> [u64; 3] {
        let own =
            |&k: &Key| self.positions[k].counted && self.within(self.positions[k].scope, scope);
        let counted = (0..self.positions.len()).filter(own);
        let all: Vec<_> = counted.map(|k| self.outcome(k)).collect();
        let of = |f: fn(i128) -> bool| all.iter().filter(|&&x| f(x)).count() as u64;
        [all.len() as u64, of(|x| x > 0), of(|x| x < 0)]
    }
}
