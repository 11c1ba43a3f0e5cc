//! HEARTBEAT: a dead man's switch.
#![forbid(unsafe_code)]

use super::Scope;
use super::checks::{Held, held};
use super::verdict::Breach;
use crate::num::{Nanos, OFF};
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
}

impl Heartbeat {
    /// None was given.
    pub const NONE: Self = Self { at: Nanos::ZERO, given: false, missed: false };

    /// It is switched on: nothing passes before the first one.
    pub fn begin(&mut self, now: Nanos) {
        *self = Self { at: now, ..Self::NONE };
    }

    /// A sign of life.
    pub fn beat(&mut self, now: Nanos) {
        *self = Self { at: now, given: true, missed: false };
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
        hash.u32(u32::from(self.given) | u32::from(self.missed) << 1);
    }
}

impl Scope {
    /// Before which time the clock alone changes nothing here.
    #[must_use]
    pub fn next_due(&self, now: Nanos) -> Nanos {
        let silent = self.heartbeat.due(self.limits.heartbeat_max);
        self.breaker.next_due(now).min(silent.unwrap_or(Nanos(u64::MAX)))
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
