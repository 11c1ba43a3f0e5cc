//! The times of the last orders of a scope below the root.
#![forbid(unsafe_code)]

use super::Breaker;
use super::rate::{any_near, count_young, latest, windows_closed, windows_full, windows_near};
use crate::num::Nanos;
use crate::store::{Hash64, at};

/// Which of a scope's times lie where; the times themselves lie beside those of the other scopes.
/// As [`super::RateRing`], without what makes that one fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeRate {
    /// Place of the next time.
    end: u32,
    /// Times that are kept.
    len: u32,
    /// Times that were noted.
    noted: u64,
    /// Times before it do not count: a reset starts the windows anew.
    since: u64,
}

impl ScopeRate {
    /// No orders yet.
    pub const EMPTY: Self = Self { end: 0, len: 0, noted: 0, since: 0 };

    /// Notes an order. O(1).
    pub fn push(&mut self, times: &mut [Nanos], now: Nanos) {
        self.noted = self.noted.wrapping_add(1);
        let place = if at(self.end) < times.len() { self.end } else { 0 };
        if let Some(time) = times.get_mut(at(place)) {
            *time = now;
            self.end = place.wrapping_add(1);
            if at(self.len) < times.len() {
                self.len = self.len.wrapping_add(1);
            }
        }
    }

    /// The `n`th last time, 0 for the last.
    fn back(&self, times: &[Nanos], n: u32) -> Option<Nanos> {
        let (end, back) = (at(self.end), at(n).wrapping_add(1));
        let wrapped = if back > end { times.len() } else { 0 };
        times.get(end.wrapping_sub(back).wrapping_add(wrapped)).copied()
    }

    /// Times that are kept and count.
    fn counted(&self) -> u64 {
        self.noted.saturating_sub(self.since).min(u64::from(self.len))
    }

    /// In which of the breaker's windows one more order at `now` would be too many. O(1).
    #[must_use]
    pub fn full(&self, times: &[Nanos], breaker: &Breaker, now: Nanos) -> [bool; 3] {
        windows_full(breaker.config(), now, self.counted(), |n| self.back(times, n))
    }

    /// The latest of what [`super::RateRing::closed_through`] says. O(1).
    #[must_use]
    pub fn closed_through(&self, times: &[Nanos], breaker: &Breaker) -> u64 {
        latest(windows_closed(breaker.config(), self.counted(), |n| self.back(times, n)))
    }

    /// As [`super::RateRing::near`]. O(1).
    #[must_use]
    pub fn near(&self, times: &[Nanos], breaker: &Breaker, now: Nanos) -> [Option<(u32, u32)>; 3] {
        windows_near(breaker, now, self.counted(), |n| self.back(times, n))
    }

    /// Whether any of the breaker's rate limits is near. O(1).
    #[must_use]
    pub fn is_near(&self, times: &[Nanos], breaker: &Breaker, now: Nanos) -> bool {
        any_near(breaker, now, self.counted(), |n| self.back(times, n))
    }

    /// Orders younger than this window. O(log orders counted).
    #[must_use]
    pub fn count(&self, times: &[Nanos], window: u64, now: Nanos) -> u32 {
        let young = |at: Nanos| now.since(at) < window;
        count_young(self.counted(), |n| self.back(times, n).is_some_and(young))
    }

    /// Starts the windows anew.
    pub fn forget(&mut self) {
        self.since = self.noted;
    }

    /// Feeds what can change a later answer. O(times kept).
    pub fn digest(&self, times: &[Nanos], hash: &mut Hash64) {
        hash.word(self.since);
        hash.word(self.noted);
        for n in 0..self.len {
            hash.word(self.back(times, n).unwrap_or_default().0);
        }
    }
}
