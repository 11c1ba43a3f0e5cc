//! Mass cancels by scope, symbol and side, and the trading states of symbols in scopes.

use oms_core::engine::{Control, MassCancel};
use oms_core::status::{EventKind, Request, Status};

use crate::calls::Rng;
use crate::compare::{Pair, same};
use crate::rig::head;
use crate::world::{Ev, Key, World};

/// Every symbol, and one more.
const NAMES: u32 = 4;

/// What stops trading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Symbol (none: all) and side (0: both).
    Cancel { sym: Option<u32>, side: u32 },
    /// The state of a symbol: not KILLED.
    State { sym: u32, state: u8 },
}

impl Stop {
    pub(crate) fn random(rng: &mut Rng) -> Self {
        if rng.chance(50) {
            let sym = rng.chance(60).then(|| rng.below(u64::from(NAMES)) as u32);
            return Self::Cancel { sym, side: rng.one(&[0, 0, 1, 2, 3]) };
        }
        let state = rng.one(&[0, 0, 0, 1, 2]);
        Self::State { sym: rng.below(u64::from(NAMES)) as u32, state }
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
        let mut keys: Vec<Key> = (0..self.orders.len())
            .filter(|&k| self.orders[k].in_table && !self.orders[k].evictable())
            .filter(|&k| all || self.orders[k].sym == r.symbol as usize)
            .filter(|&k| self.within(self.orders[k].scope, scope))
            .filter(|&k| r.side == 0 || self.orders[k].buy == (r.side == 1))
            .collect();
        keys.sort_by_key(|&k| self.orders[k].live_at);
        let mut count = 0;
        for key in keys {
            let o = &self.orders[key];
            // One that was reached already, as another's partner, is asked for nothing.
            let grows = o.filled() && o.replace_waits;
            if !(grows || (o.live() && o.cancel.is_none())) {
                continue;
            }
            count += 1;
            // A kill comes by once more.
            let reached = o.reached;
            self.kill_order(key);
            self.orders[key].reached = reached;
            self.report_flat();
        }
        if self.killing {
            // Its walk begins anew.
            for order in &mut self.orders {
                order.to_kill = order.in_table && !order.evictable();
            }
            self.killing = self.orders.iter().any(|o| o.to_kill);
        }
        let limits = Some((0, i64::from(count)));
        let scope = Some(scope);
        self.emit(Ev { code: Some(0), limits, scope, ..Ev::new(EventKind::MassCancel) });
        Ok((Status::Ok, count))
    }

    fn set_state(&mut self, r: &Control) -> Result<Status, Status> {
        let (sym, scope) = self.place_of(r.header.now.0, r.symbol, r.scope)?;
        let place = (sym, scope);
        let (new, old) = (r.value as u8, self.states.of(place));
        if new != old {
            self.states.0.push((place, new));
            let limits = Some((i64::from(new), i64::from(old)));
            let code = Some(u32::from(new));
            let scope = Some(place.1);
            self.emit(Ev { code, limits, scope, ..Ev::new(EventKind::TradingState) });
        }
        Ok(Status::Ok)
    }
}

impl Pair<'_, '_> {
    pub(crate) fn stop(&mut self, now: u64, scope: u32, stop: Stop) -> Result<bool, String> {
        match stop {
            Stop::Cancel { sym, side } => {
                let header = head::<MassCancel>(now);
                let symbol = sym.unwrap_or(u32::MAX);
                let r = MassCancel { header, scope, symbol, side, ..MassCancel::EMPTY };
                let (model, engine) = (self.model.mass_cancel(&r), self.engine.mass_cancel(&r));
                same("mass cancel", model, engine)?;
                Ok(model.is_err())
            }
            Stop::State { sym, state } => {
                let mut r = Control { header: head::<Control>(now), ..Control::EMPTY };
                (r.action, r.flags, r.symbol, r.value) = (1, 1, sym, i64::from(state));
                r.scope = scope;
                Self::plain(self.model.set_state(&r), self.engine.control(&r))
            }
        }
    }
}
