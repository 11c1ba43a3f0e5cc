//! Mass cancels by scope, symbol and side; what places let through, and their kills.

use oms_core::engine::{Control, MassCancel};
use oms_core::status::{EventKind, Request, Status};

use crate::calls::{Act, Rng, Told};
use crate::clearing::{Clearing, Place};
use crate::compare::{Pair, same};
use crate::parents::PARENT;
use crate::rig::head;
use crate::world::{Ev, Key, Order, World};

/// Every symbol, and one more.
const NAMES: u32 = 4;

/// What stops trading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Symbol (none: all) and side (0: both); whether positions are closed too.
    Cancel { sym: Option<u32>, side: u32, flattens: bool },
    /// The state of a scope or symbol; whether positions are closed too.
    State { sym: Option<u32>, state: u8, flattens: bool },
}

impl Stop {
    pub(crate) fn random(rng: &mut Rng) -> Self {
        let sym = rng.chance(60).then(|| rng.below(u64::from(NAMES)) as u32);
        let flattens = rng.chance(60);
        if rng.chance(50) {
            return Self::Cancel { sym, side: rng.one(&[0, 0, 0, 1, 2, 3]), flattens };
        }
        let state = rng.one(&[0, 0, 0, 0, 1, 2, 3, 3]);
        Self::State { sym, state, flattens: flattens && (state == 3 || rng.chance(5)) }
    }
}

/// A reducer whose position goes, and a venue that does not cancel it.
fn stubborn(rng: &mut Rng) -> Vec<Act> {
    let (sym, buy, qty) = (rng.below(3) as u32, rng.chance(50), rng.range(1, 4));
    let exec = 20_000 + rng.below(1_000_000);
    let submit = |rng: &mut Rng, buy, reduces: bool| Act::Submit {
        id: 100 + rng.below(1_000_000),
        sym,
        buy,
        limit: true,
        qty,
        price: 100,
        flags: u32::from(reduces),
        tif: 1,
        position: None,
        check: false,
    };
    let told = |order, what| Told { order, what, ..Told::default() };
    let fill = |exec| Act::Report(Told { exec, qty, price: 100, ..told(0, 3) });
    let poll = Act::Poll { commands: 30 };
    let refuse = Act::Report(told(1, 5));
    let opens = [submit(rng, buy, false), poll, fill(exec), submit(rng, !buy, true), poll];
    let closes = [submit(rng, !buy, false), poll, fill(exec + 1), poll, refuse, refuse];
    opens.into_iter().chain(closes).collect()
}

/// Kills and what comes of them, and the operator's word that goes back on it.
pub(crate) fn random(rng: &mut Rng) -> Vec<Act> {
    let free = Act::Control { action: 1, value: 0 };
    let told = |order, what| Act::Report(Told { order, what, ..Told::default() });
    match rng.below(11) {
        10 => stubborn(rng),
        0 => vec![Act::Kill(rng.chance(60)), Act::Poll { commands: 30 }],
        1 | 2 => vec![Act::Poll { commands: 30 }, free],
        3 => vec![Act::Stop(Stop::State { sym: None, state: 0, flattens: false })],
        4 => {
            let sym = Some(rng.below(3) as u32);
            vec![Act::Stop(Stop::State { sym, state: 0, flattens: false })]
        }
        // The venue answers what was asked of the youngest.
        5 => (0..6).map(|order| told(order, rng.one(&[4, 4, 5, 2, 7]))).collect(),
        6 => {
            let fill = |order, exec, qty| Told {
                exec,
                qty,
                price: 100,
                ..Told { order, what: 3, ..Told::default() }
            };
            let exec = 10_000 + rng.below(1_000_000);
            let all = (0..4).map(|n| fill(n, exec + n as u64, rng.range(1, 6)));
            all.map(Act::Report).chain([Act::Timer]).collect()
        }
        _ => vec![Act::Stop(Stop::random(rng)), Act::Poll { commands: 30 }],
    }
}

/// Trading states of symbols in scopes; those that were never set are active.
#[derive(Clone, Debug, Default)]
pub(crate) struct States(Vec<((usize, usize), u8)>);

impl States {
    pub(crate) fn of(&self, place: (usize, usize)) -> u8 {
        self.0.iter().rev().find(|known| known.0 == place).map_or(0, |known| known.1)
    }
}

impl World {
    fn mass_cancel(&mut self, r: &MassCancel) -> Result<(Status, u32), Status> {
        if r.side > 2 {
            return Err(Status::Enum);
        }
        let scope = self.scope_exists(r.scope)?;
        let all = r.symbol == u32::MAX;
        if !all && r.symbol as usize >= self.syms.len() {
            return Err(Status::Symbol);
        }
        self.enter(r.header.now.0);
        let place = (scope, (!all).then_some(r.symbol as usize));
        let flattens = r.flags & 1 != 0;
        if flattens && self.is_place(place) {
            self.begin_clearing(place, r.side);
        }
        let mut keys: Vec<Key> = (0..self.orders.len())
            .filter(|&k| self.orders[k].in_table && !self.orders[k].evictable())
            .collect();
        keys.sort_by_key(|&k| self.orders[k].live_at);
        let (mut count, killing) = (0, self.killing);
        for key in keys {
            if !self.is_asked(key, place, r.side, flattens) {
                continue;
            }
            let o = &self.orders[key];
            // One that was reached already, as another's partner, is asked for nothing.
            let grows = o.filled() && o.replace_waits;
            if !(grows || (o.live() && o.cancel.is_none())) {
                continue;
            }
            count += 1;
            self.cancel_at_once(key);
        }
        if killing {
            // The walk of a kill begins anew.
            for order in &mut self.orders {
                order.to_kill = order.in_table && !order.evictable();
            }
            self.killing = self.orders.iter().any(|o| o.to_kill);
        }
        if self.clearings.any() {
            self.ask_walk();
        }
        let limits = Some((0, i64::from(count)));
        let event = Ev { limits, symbol: Some(r.symbol), ..Ev::of(EventKind::MassCancel, scope) };
        self.emit(Ev { code: Some(r.flags), ..event });
        self.happens("orders are cancelled together", scope);
        self.report_flat();
        if flattens && !self.is_place(place) {
            self.report_nothing(place);
        }
        Ok((Status::Ok, count))
    }

    /// Whether a mass cancel is about an order: of its place and side, a part of such a one, or one
    /// that reduces what is closed.
    fn is_asked(&self, key: Key, (scope, sym): Place, side: u32, flattens: bool) -> bool {
        let of = |o: &Order, buy: bool| {
            let here = self.within(o.scope, scope) && sym.is_none_or(|sym| sym == o.sym);
            here && (side == 0 || buy == (side == 1))
        };
        let o = &self.orders[key];
        let parent = o.held.parent.map(|key| &self.orders[key]);
        let parent = parent.filter(|parent| parent.in_table && parent.flags & PARENT != 0);
        of(o, o.buy)
            || (flattens && o.flags & 1 != 0 && of(o, !o.buy))
            || parent.is_some_and(|parent| of(parent, parent.buy))
    }

    /// The operator's word about what a place lets through.
    pub(crate) fn control_state(&mut self, r: &Control) -> Result<Status, Status> {
        let (new, flattens) = (r.value as u8, r.flags & 2 != 0);
        let named = r.flags & 1 != 0;
        let scope = self.scope_exists(r.scope)?;
        if flattens && new != 3 {
            return Err(Status::Enum);
        }
        let place = (scope, named.then_some(r.symbol as usize));
        if named {
            self.check_place(r.symbol, scope)?;
        }
        let old = self.state_of(place);
        let unseen = self.thrown && self.root().trading != 3 && self.live_orders() > 0;
        let root = place == (0, None);
        let busy = self.killing && (root || old == 3) || (root && unseen);
        if new != 3 && busy {
            return Err(Status::Pending);
        }
        self.enter(r.header.now.0);
        if named {
            self.make_books(scope, r.symbol as usize);
        }
        if root {
            self.control_root(new, flattens);
            return Ok(Status::Ok);
        }
        let old = self.state_of(place);
        let mut clearing = self.clearings.of(place);
        let begins = new == 3 && (old != 3 || (flattens && !clearing.all));
        if new == 3 {
            clearing.all |= flattens;
            clearing.awaited |= begins;
            self.clearings.set(place, clearing);
        } else if old == 3 {
            self.clearings.set(place, Clearing::default());
        }
        self.set_state(place, new);
        if new == 3 && old != 3 {
            let what = if named { "a symbol is killed" } else { "a scope is killed" };
            self.happens(what, scope);
            if self.root().trading != 3 {
                self.cancel_all(place);
            }
        }
        if begins {
            self.ask_walk();
            self.report_place(place);
        }
        Ok(Status::Ok)
    }

    fn control_root(&mut self, new: u8, flattens: bool) {
        if new == 3 {
            self.thrown = true;
            self.flatten_thrown |= flattens;
            self.kill();
            return;
        }
        if self.root().trading == 3 {
            self.thrown = false;
            self.clearings.set((0, None), Clearing::default());
        }
        self.set_trading(0, new);
    }

    fn state_of(&self, (scope, sym): Place) -> u8 {
        match sym {
            None => self.scopes[scope].trading,
            Some(sym) => self.states.of((sym, scope)),
        }
    }

    fn set_state(&mut self, (scope, sym): Place, new: u8) {
        let Some(sym) = sym else { return self.set_trading(scope, new) };
        let old = self.states.of((sym, scope));
        if new != old {
            self.states.0.push(((sym, scope), new));
            let limits = Some((i64::from(new), i64::from(old)));
            let event = Ev { limits, ..Ev::of(EventKind::TradingState, scope) };
            self.emit(Ev { code: Some(new.into()), symbol: Some(sym as u32), ..event });
        }
    }

    /// Whether a kill of a scope below the root, or of a symbol, is in force there.
    pub(crate) fn is_killed_below(&self, scope: usize, sym: usize) -> bool {
        let path = self.path(scope);
        path.iter().any(|&n| self.states.of((sym, n)) == 3)
            || path.iter().skip(1).any(|&n| self.scopes[n].trading == 3)
    }
}

impl Pair<'_, '_> {
    pub(crate) fn stop(&mut self, now: u64, scope: u32, stop: Stop) -> Result<bool, String> {
        match stop {
            Stop::Cancel { sym, side, flattens } => {
                let header = head::<MassCancel>(now);
                let (symbol, flags) = (sym.unwrap_or(u32::MAX), u32::from(flattens));
                let r = MassCancel { header, scope, symbol, side, flags, ..MassCancel::EMPTY };
                let (model, engine) = (self.model.mass_cancel(&r), self.engine.mass_cancel(&r));
                same("mass cancel", model, engine)?;
                Ok(model.is_err())
            }
            Stop::State { sym, state, flattens } => {
                let mut r = Control { header: head::<Control>(now), ..Control::EMPTY };
                (r.action, r.value, r.scope) = (1, i64::from(state), scope);
                r.symbol = sym.unwrap_or(0);
                r.flags = u32::from(sym.is_some()) | u32::from(flattens) << 1;
                Self::plain(self.model.control(&r), self.engine.control(&r))
            }
        }
    }
}
