//! Trailing stops: the best price since they became active, and the level behind it.

use oms_core::status::Status;
use oms_core::trigger::{TRAIL_STEPS, TriggerArm};

use crate::world::{Key, World, ceil};

/// What a trailing stop has: as it was armed, and what the price has made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trailing {
    /// Ticks and parts per 10^9: one of them.
    pub(crate) distance: (i64, i64),
    /// 0 for none.
    pub(crate) activation: i64,
    pub(crate) second_level: i64,
    pub(crate) second: (i64, i64),
    /// At least 1.
    pub(crate) step: i64,
    pub(crate) peak: Option<i64>,
    /// The second distance is in force.
    pub(crate) tight: bool,
    /// Armed again: its level stays until the peak is passed.
    pub(crate) parked: bool,
}

impl Trailing {
    /// The direction's prices turned so that the better one is larger.
    fn up(dir: usize, x: i64) -> i64 {
        if dir == 0 { x } else { -x }
    }

    /// The peak that a price would make.
    fn snapped(&self, dir: usize, x: i64) -> i64 {
        Self::up(dir, Self::up(dir, x).div_euclid(self.step) * self.step)
    }

    /// Whether a price is better than the peak by a step.
    fn is_beyond(&self, dir: usize, x: i64) -> bool {
        let new = Self::up(dir, self.snapped(dir, x));
        self.peak.is_none_or(|peak| new > Self::up(dir, peak))
    }

    fn reaches(dir: usize, x: i64, level: i64) -> bool {
        level == 0 || Self::up(dir, x) >= Self::up(dir, level)
    }

    /// Whether the price brings it more than a new peak.
    fn wakes(&self, dir: usize, x: i64) -> bool {
        let second =
            self.second_level != 0 && !self.tight && Self::reaches(dir, x, self.second_level);
        match self.peak {
            None => self.activation != 0 && Self::reaches(dir, x, self.activation),
            Some(_) => second || (self.parked && self.is_beyond(dir, x)),
        }
    }

    /// Where it stands among those that a price wakes: the nearest first.
    fn wakes_at(&self, dir: usize) -> i64 {
        let second = if self.second_level != 0 && !self.tight {
            Self::up(dir, self.second_level)
        } else {
            i64::MAX
        };
        match self.peak {
            None => Self::up(dir, self.activation),
            Some(peak) if self.parked => second.min(Self::up(dir, peak) + self.step),
            Some(_) => second,
        }
    }

    /// Whether every price moves it. Without an activation price the first one does.
    pub(crate) fn rides(&self) -> bool {
        !self.parked && (self.peak.is_some() || self.activation == 0)
    }
}

/// Reads a request; the second one of two words is for an order of the kind.
pub(crate) fn trailing_of(r: &TriggerArm) -> Result<Option<Trailing>, Status> {
    let (first, second) =
        ((r.trail_offset.0, r.trail_ratio.0), (r.second_offset.0, r.second_ratio.0));
    let rest = [r.activation.0, r.second_level.0, r.step.0, second.0, second.1, first.0, first.1];
    if r.step.0 < 0 || r.step.0 > i64::from(u32::MAX) {
        return Err(Status::Range);
    }
    if r.kind != 3 {
        return if rest == [0; 7] { Ok(None) } else { Err(Status::Range) };
    }
    let one = |(ticks, parts): (i64, i64)| {
        (parts == 0 && ticks > 0 && ticks <= 1 << 60)
            || (ticks == 0 && parts > 0 && parts < 1_000_000_000)
    };
    let tighter = (first.0 > second.0 && second.1 == 0) || (first.1 > second.1 && second.0 == 0);
    let good = if r.second_level.0 == 0 { second == (0, 0) } else { one(second) && tighter };
    if r.level.0 != 0 || !one(first) || !good {
        return Err(Status::Range);
    }
    Ok(Some(Trailing {
        distance: first,
        activation: r.activation.0,
        second_level: r.second_level.0,
        second,
        step: r.step.0.max(1),
        ..Trailing::default()
    }))
}

impl World {
    /// The prices that the triggers of a symbol look at.
    pub(crate) fn basis(&self, sym: usize) -> Option<(i64, i64)> {
        let s = &self.syms[sym];
        match s.source {
            0 => s.quote.map(|(bid, ask, _)| (bid, ask)),
            1 => s.last.map(|(last, _)| (last, last)),
            _ => s.mark.map(|mark| (mark, mark)),
        }
    }

    /// Armed: it looks at the present price.
    pub(crate) fn start_trailing(&mut self, key: Key) {
        let (sym, dir) = (self.triggers[key].sym, self.triggers[key].dir);
        let Some((bid, ask)) = self.basis(sym) else { return };
        let x = if dir < 2 { bid } else { ask };
        let Some(own) = self.triggers[key].trailing else { return };
        if Trailing::reaches(dir, x, own.activation) {
            self.wake(key, x);
        }
    }

    /// Becomes active, rides on, and gets its second distance: what of it is due at this price.
    pub(crate) fn wake(&mut self, key: Key, x: i64) {
        let dir = self.triggers[key].dir;
        let mut own = self.triggers[key].trailing.unwrap();
        if own.is_beyond(dir, x) {
            // It begins anew: the last one among equals. One that rides gets its second distance.
            let began = own.parked || own.peak.is_none();
            own.peak = Some(own.snapped(dir, x));
            own.parked = false;
            if began {
                self.triggers[key].place = self.tick();
            }
        }
        own.tight |= own.second_level != 0 && Trailing::reaches(dir, x, own.second_level);
        self.put_behind(key, own);
    }

    fn put_behind(&mut self, key: Key, own: Trailing) {
        let t = &mut self.triggers[key];
        let (offset, ratio) = if own.tight { own.second } else { own.distance };
        let peak = own.peak.unwrap();
        let share = ceil(i128::from(peak).abs() * i128::from(ratio), 1_000_000_000) as i64;
        let offset = if ratio == 0 { offset } else { share.max(1) };
        let level = if t.dir == 0 { peak - offset } else { peak + offset };
        // It only tightens.
        let tightest = if t.dir == 0 { level.max(t.level) } else { level.min(t.level) };
        t.level = if t.trailing.unwrap().peak.is_some() { tightest } else { level };
        t.trailing = Some(own);
    }

    /// A price raises every trailing stop of a direction that rides and whose peak it passes.
    pub(crate) fn raise(&mut self, sym: usize, dir: usize, x: i64) {
        for key in 0..self.triggers.len() {
            let t = &self.triggers[key];
            let here = !t.gone && !t.fired && t.sym == sym && t.dir == dir;
            let Some(mut own) = t.trailing.filter(|_| here) else { continue };
            if own.rides() && own.is_beyond(dir, x) {
                own.peak = Some(own.snapped(dir, x));
                self.put_behind(key, own);
            }
        }
    }

    /// The first one for which a price brings more than a new peak.
    pub(crate) fn next_wake(&self, sym: usize, dir: usize, x: i64) -> Option<Key> {
        let woken = |key: &Key| {
            let t = &self.triggers[*key];
            let here = !t.gone && !t.fired && t.sym == sym && t.dir == dir;
            here && t.trailing.is_some_and(|own| own.wakes(dir, x))
        };
        let place = |key: &Key| {
            let t = &self.triggers[*key];
            (t.trailing.unwrap().wakes_at(dir), t.place)
        };
        (0..self.triggers.len()).filter(woken).min_by_key(place)
    }

    /// Whether a symbol's triggers may have this step too.
    pub(crate) fn has_step(&self, sym: usize, dir: usize, step: i64) -> bool {
        let own = self.triggers.iter().filter(|t| !t.gone && t.sym == sym && t.dir == dir);
        let steps = own.filter_map(|t| t.trailing).map(|t| t.step).chain([step]);
        let mut steps: Vec<i64> = steps.filter(|&step| step > 1).collect();
        steps.sort_unstable();
        steps.dedup();
        steps.len() <= TRAIL_STEPS
    }
}
