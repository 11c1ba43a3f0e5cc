//! Trailing stops: the best price since they were armed, and the level behind it.

use crate::world::{Key, World, ceil};

impl World {
    /// The price that a direction looks at.
    fn basis(&self, sym: usize, dir: usize) -> Option<i64> {
        self.syms[sym].quote.map(|(bid, ask, _)| if dir < 2 { bid } else { ask })
    }

    pub(crate) fn start_trailing(&mut self, key: Key) {
        let t = &self.triggers[key];
        if let Some(x) = self.basis(t.sym, t.dir) {
            self.set_peak(key, x);
        }
    }

    fn set_peak(&mut self, key: Key, x: i64) {
        let place = self.tick();
        let t = &mut self.triggers[key];
        let own = t.trailing.as_mut().unwrap();
        let share = ceil(i128::from(x).abs() * i128::from(own.ratio), 1_000_000_000) as i64;
        let offset = if own.ratio == 0 { own.offset } else { share.max(1) };
        let level = if t.dir == 0 { x - offset } else { x + offset };
        // It only tightens.
        let tightest = if t.dir == 0 { level.max(t.level) } else { level.min(t.level) };
        t.level = if own.peak.is_some() { tightest } else { level };
        own.peak = Some(x);
        t.place = place;
    }

    /// The latest quote raises every trailing stop of a direction whose peak it passes: the
    /// nearest peak first, then in order of arming; those without a peak last.
    pub(crate) fn raise(&mut self, sym: usize, dir: usize) {
        let Some(x) = self.basis(sym, dir) else { return };
        let mut passed = Vec::new();
        for (key, t) in self.triggers.iter().enumerate() {
            let Some(own) = t.trailing.filter(|_| !t.gone && t.sym == sym && t.dir == dir) else {
                continue;
            };
            // How far the price has gone beyond the peak.
            let beyond = own.peak.map(|peak| if dir == 0 { x - peak } else { peak - x });
            if beyond.is_none_or(|beyond| beyond > 0) {
                passed.push((beyond.is_none(), beyond, key));
            }
        }
        passed.sort();
        for (.., key) in passed {
            self.set_peak(key, x);
        }
    }
}
