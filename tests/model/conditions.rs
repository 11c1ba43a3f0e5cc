//! Phases, permissions, daily volume, located lots, bands of the tick grid.

use oms_core::market::{BandsSet, LimitsSet, LocateSet, PhaseSet, VolumeSet};
use oms_core::num::{Lots, Ticks};
use oms_core::status::{Check, EventKind, Request, Status, Unit};

use crate::calls::Rng;
use crate::compare::{Pair, Same, same};
use crate::gate::Ask;
use crate::rig::head;
use crate::verdict::Verdict;
use crate::world::{Ev, Order, World, floor};

/// What is said of a symbol.
#[derive(Clone, Debug)]
pub(crate) struct Conditions {
    phase: u8,
    pub(crate) volume: i64,
    pub(crate) located: i64,
    bands: Vec<(i64, i64)>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self { phase: 3, volume: -1, located: 0, bands: Vec::new() }
    }
}

impl Conditions {
    /// The step of the highest band that begins at this price or below.
    pub(crate) fn step(&self, price: i64, other: i64) -> i64 {
        self.bands.iter().rev().find(|(from, _)| *from <= price).map_or(other, |band| band.1)
    }
}

/// Calls that say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Phase { sym: u32, phase: u8 },
    Volume { sym: u32, lots: i64 },
    Located { sym: u32, lots: i64 },
    Bands { sym: u32, count: u32, first: i64, width: i64, steps: [i64; 3] },
}

impl Said {
    pub(crate) fn random(rng: &mut Rng) -> Self {
        let sym = if rng.chance(3) { 7 } else { rng.below(3) as u32 };
        match rng.below(10) {
            0..4 => {
                let phases = [3, 3, 3, 3, 3, 2, 2, 1, 0, 4, 5];
                let phase = phases[rng.below(11) as usize];
                Self::Phase { sym: if rng.chance(20) { u32::MAX } else { sym }, phase }
            }
            4..6 => Self::Volume { sym, lots: rng.range(-2, 40) },
            6..8 => Self::Located { sym, lots: rng.range(-1, 12) },
            _ => {
                let count = rng.below(4) as u32;
                let mut steps = [0; 3];
                for step in steps.iter_mut().take(count as usize) {
                    let least = i64::from(!rng.chance(4));
                    *step = rng.range(least, 3);
                }
                Self::Bands { sym, count, first: rng.range(94, 104), width: rng.range(0, 4), steps }
            }
        }
    }
}

impl World {
    fn said(&mut self, kind: EventKind, code: Option<u32>) -> Result<Status, Status> {
        self.emit(Ev { code, ..Ev::new(kind) });
        Ok(Status::Ok)
    }

    pub(crate) fn phase_set(&mut self, r: &PhaseSet) -> Result<Status, Status> {
        if r.phase > 4 {
            return Err(Status::Enum);
        }
        let all = r.symbol == u32::MAX;
        if !all && r.symbol as usize >= self.syms.len() {
            return Err(Status::Symbol);
        }
        self.enter(r.header.now.0);
        for sym in 0..self.syms.len() {
            let known = &mut self.syms[sym].conditions;
            if (all || sym == r.symbol as usize) && known.phase != r.phase {
                known.phase = r.phase;
                self.emit(Ev { code: Some(r.phase.into()), ..Ev::new(EventKind::Phase) });
            }
        }
        Ok(Status::Ok)
    }

    fn volume_set(&mut self, r: &VolumeSet) -> Result<Status, Status> {
        if r.volume.0 < -1 {
            return Err(Status::Range);
        }
        if r.symbol as usize >= self.syms.len() {
            return Err(Status::Symbol);
        }
        self.enter(r.header.now.0);
        self.syms[r.symbol as usize].conditions.volume = r.volume.0;
        self.said(EventKind::Volume, None)
    }

    fn locate_set(&mut self, r: &LocateSet) -> Result<Status, Status> {
        if r.qty.0 < 0 {
            return Err(Status::Range);
        }
        let (sym, scope) = self.place_of(r.header.now.0, r.symbol, r.scope)?;
        match self.books.iter_mut().find(|book| (book.scope, book.sym) == (scope, sym)) {
            Some(book) => book.located = r.qty.0,
            None => self.syms[sym].conditions.located = r.qty.0,
        }
        self.emit(Ev::of(EventKind::Locate, scope));
        Ok(Status::Ok)
    }

    /// Lots located for the shorts of a scope, or for all.
    pub(crate) fn located(&self, sym: usize, scope: usize) -> i64 {
        let all = self.syms[sym].conditions.located;
        self.scope_book(scope, sym).map_or(all, |book| book.located)
    }

    fn bands_set(&mut self, r: &BandsSet) -> Result<Status, Status> {
        let count = r.count as usize;
        let bands: Vec<_> = (0..count.min(8)).map(|n| (r.from[n].0, r.step[n].0)).collect();
        let rest = (count.min(8)..8).any(|n| r.from[n].0 != 0 || r.step[n].0 != 0);
        let rises = bands.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if count > 8 || rest || !rises || bands.iter().any(|band| band.1 <= 0) {
            return Err(Status::Range);
        }
        if r.symbol as usize >= self.syms.len() {
            return Err(Status::Symbol);
        }
        self.enter(r.header.now.0);
        self.syms[r.symbol as usize].conditions.bands = bands;
        self.said(EventKind::Bands, Some(r.count))
    }

    /// SESSION and PERMISSION.
    pub(crate) fn judge_types(
        &self,
        scope: usize,
        ask: &Ask,
        sym: usize,
        l: &LimitsSet,
        v: &mut Verdict,
    ) {
        let phase = self.syms[sym].conditions.phase;
        let limit = ask.order_type == 2;
        let trades = match phase {
            1 => limit,
            2 => limit || ask.held(),
            3 => true,
            _ => false,
        };
        if !trades {
            v.fail(Check::Session, Unit::Count, 3, phase.into());
        }
        let scope = &self.scopes[scope].limits;
        let masks = [
            (l.types, ask.order_type),
            (l.times_in_force, ask.tif),
            (scope.types, ask.order_type),
            (scope.times_in_force, ask.tif),
        ];
        let missing = masks.into_iter().find(|(mask, number)| mask >> number & 1 == 0);
        // What has fired was permitted as what it was.
        if let Some((mask, number)) = missing.filter(|_| !ask.more.release) {
            v.fail(Check::Permission, Unit::Count, mask.into(), number.into());
        }
    }

    pub(crate) fn judge_volume(&self, ask: &Ask, sym: usize, l: &LimitsSet, v: &mut Verdict) {
        let volume = self.syms[sym].conditions.volume;
        if l.adv_ratio.0 == -1 || (ask.flags & 4 != 0 && ask.qty == 0) {
            return;
        }
        let most = floor(i128::from(volume.max(0)) * i128::from(l.adv_ratio.0), 1_000_000_000);
        if volume < 0 || i128::from(ask.qty) > most {
            v.fail(Check::Adv, Unit::Lots, most, ask.qty.into());
        }
    }

    pub(crate) fn judge_short(&self, scope: usize, ask: &Ask, v: &mut Verdict) {
        let Some(sym) = ask.sym.filter(|_| !ask.buy) else { return };
        let flags = self.limits_in(sym, scope).flags;
        let most = match (flags & 8 != 0, flags & 16 != 0) {
            (true, false) => return,
            (true, true) => self.located(sym, scope),
            (false, _) => 0,
        };
        let alike = |o: &Order| o.sym == sym && !o.buy && self.within(o.scope, scope);
        let short = self.total(ask, alike) - self.net(sym, scope);
        if short > i128::from(most) {
            v.fail(Check::Short, Unit::Lots, most.into(), short);
        }
    }
}

impl Pair<'_, '_> {
    pub(crate) fn say(&mut self, now: u64, scope: u32, said: Said) -> Result<bool, String> {
        match said {
            Said::Phase { sym, phase } => {
                let r = PhaseSet { header: head::<PhaseSet>(now), ..PhaseSet::EMPTY };
                let r = PhaseSet { symbol: sym, phase, ..r };
                Self::plain(self.model.phase_set(&r), self.engine.phase_set(&r))
            }
            Said::Volume { sym, lots } => {
                let r = VolumeSet { header: head::<VolumeSet>(now), ..VolumeSet::EMPTY };
                let r = VolumeSet { symbol: sym, volume: Lots(lots), ..r };
                Self::plain(self.model.volume_set(&r), self.engine.volume_set(&r))
            }
            Said::Located { sym, lots } => {
                let r = LocateSet { header: head::<LocateSet>(now), ..LocateSet::EMPTY };
                let r = LocateSet { symbol: sym, scope, qty: Lots(lots), ..r };
                Self::plain(self.model.locate_set(&r), self.engine.locate_set(&r))
            }
            Said::Bands { sym, count, first, width, steps } => {
                let mut r = BandsSet { header: head::<BandsSet>(now), ..BandsSet::EMPTY };
                (r.symbol, r.count) = (sym, count);
                for (n, &step) in steps.iter().take(count as usize).enumerate() {
                    r.from[n] = Ticks(first + n as i64 * width);
                    r.step[n] = Ticks(step);
                }
                Self::plain(self.model.bands_set(&r), self.engine.bands_set(&r))
            }
        }
    }

    pub(crate) fn compare_conditions(&self, sym: usize) -> Same {
        let known = &self.model.syms[sym].conditions;
        let v = self.engine.conditions_get(sym as u32).unwrap();
        let numbers = (u32::from(known.phase), known.volume, known.located);
        same("phase, volume, located", numbers, (v.phase, v.volume.0, v.located.0))?;
        let bands: Vec<_> = (0..v.count as usize).map(|n| (v.from[n].0, v.step[n].0)).collect();
        same("bands", known.bands.clone(), bands)
    }
}
