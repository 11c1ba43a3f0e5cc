//! HEARTBEAT: a dead man's switch.
#![forbid(unsafe_code)]

use super::Scope;
use super::checks::{Held, held};
use super::verdict::Breach;
use crate::num::{Nanos, OFF, Ratio, div_ceil};
use crate::status::Unit;
use crate::store::Hash64;

/// When the host gave the last sign of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    /// When, or when it was switched on.
    at: Nanos,
    /// Whether there was any since then.
    given: bool,
    /// Its absence was acted upon.
    missed: bool,
    /// That it comes near was told.
    warned: bool,
}

impl Heartbeat {
    /// None was given.
    pub const NONE: Self = Self { at: Nanos::ZERO, given: false, missed: false, warned: false };

    /// It is switched on: nothing passes before the first one.
    pub fn begin(&mut self, now: Nanos) {
        *self = Self { at: now, ..Self::NONE };
    }

    /// A sign of life.
    pub fn beat(&mut self, now: Nanos) {
        *self = Self { at: now, given: true, ..Self::NONE };
    }

    /// When somebody must act because none came; `None` when never, or when somebody has. At a
    /// limit of 0 nothing passes, and nobody acts.
    #[must_use]
    pub fn due(&self, max: i64) -> Option<Nanos> {
        let max = u64::try_from(max).ok().filter(|&max| max > 0 && !self.missed)?;
        Some(Nanos(self.at.0.saturating_add(max).saturating_add(1)))
    }

    /// Whether that is now; it is asked once. How old the last one is.
    pub fn miss(&mut self, max: i64, now: Nanos) -> Option<i64> {
        self.due(max).filter(|&due| now >= due)?;
        self.missed = true;
        Some(self.age(now))
    }

    /// When a silence is to be told of, before somebody must act; `None` when never, or when it
    /// was.
    #[must_use]
    pub fn near_at(&self, max: i64, share: Ratio) -> Option<Nanos> {
        if self.warned || share.0 == OFF {
            return None;
        }
        self.due(max)?;
        let part = i128::from(max).saturating_mul(i128::from(share.0));
        let part = div_ceil(part, i128::from(Ratio::ONE)).and_then(|part| u64::try_from(part).ok());
        Some(Nanos(self.at.0.saturating_add(part.unwrap_or(u64::MAX).max(1))))
    }

    /// Whether that is now; it is asked once. How long it has lasted.
    pub fn come_near(&mut self, max: i64, share: Ratio, now: Nanos) -> Option<i64> {
        self.near_at(max, share).filter(|&at| now >= at)?;
        self.warned = true;
        // Who acts at once tells more.
        self.due(max).is_none_or(|due| now < due).then(|| self.age(now))
    }

    /// Through which time the last one is fresh enough; `None` when there is none.
    #[must_use]
    pub fn fresh_through(&self, max: i64) -> Option<Nanos> {
        match u64::try_from(max) {
            Ok(max) => self.given.then(|| Nanos(self.at.0.saturating_add(max))),
            Err(_) => Some(Nanos(u64::MAX)),
        }
    }

    fn age(&self, now: Nanos) -> i64 {
        i64::try_from(now.since(self.at)).unwrap_or(i64::MAX)
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.word(self.at.0);
        let [given, missed, warned] = [self.given, self.missed, self.warned].map(u32::from);
        hash.u32(given | missed << 1 | warned << 2);
    }
}

impl Scope {
    /// Before which time the clock alone changes nothing here.
    #[must_use]
    pub fn next_due(&self, now: Nanos) -> Nanos {
        let (max, never) = (self.limits.heartbeat_max, Nanos(u64::MAX));
        let near = self.heartbeat.near_at(max, self.limits.warn_ratio).unwrap_or(never);
        let silent = self.heartbeat.due(max).unwrap_or(never);
        self.breaker.next_due(now).min(near).min(silent)
    }
}

/// The last sign of life is not too old. There is none before the first.
pub(super) fn check(scope: &Scope, now: Nanos) -> Held {
    let (heart, max) = (&scope.heartbeat, scope.limits.heartbeat_max);
    if max == OFF {
        return Ok(());
    }
    let age = if heart.given { heart.age(now) } else { i64::MAX };
    held(heart.given && age <= max, Breach::new(Unit::Nanos, max, age))
}
