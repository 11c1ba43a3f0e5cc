//! How often something has happened in a window of any length, in little memory.
#![forbid(unsafe_code)]

use crate::num::Nanos;
use crate::store::Hash64;

/// The windows of [`Tally`]s: a length of time, or the session.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Length of a part; 0 for the session as one.
    width: u64,
    /// The number of the part that is now: of the session's day.
    newest: u64,
    /// The first part that lies within the window as a whole.
    first_whole: u64,
}

impl Window {
    /// Parts of a window. One more is kept: the oldest lies within it in part.
    const PARTS: u64 = 32;

    /// A window that ends now: of this length, of length 0 for the session of this day.
    #[must_use]
    pub fn new(length: Nanos, now: Nanos, day: u64) -> Self {
        if length == Nanos::ZERO {
            return Self { width: 0, newest: day, first_whole: day };
        }
        let width = length.0.div_ceil(Self::PARTS);
        let newest = now.0.checked_div(width).unwrap_or_default();
        // What happened at its very beginning is as old as the window is long: no part of it.
        let past = now.0.checked_sub(length.0).and_then(|begin| begin.checked_div(width));
        let first_whole = past.map_or(0, |part| part.wrapping_add(1));
        Self { width, newest, first_whole }
    }

    /// Through which time a part of it lies within it as a whole; `None` for the session as one.
    #[must_use]
    pub fn has_whole_through(&self, part: u64, length: Nanos) -> Option<Nanos> {
        let begin = part.saturating_mul(self.width);
        let last = begin.saturating_add(length.0).saturating_sub(1);
        (self.width != 0).then_some(Nanos(last))
    }

    /// The oldest part that may lie within the window.
    const fn first(&self) -> u64 {
        if self.width == 0 { self.newest } else { self.newest.saturating_sub(Self::PARTS) }
    }
}

/// A count in the parts of a window: times are not kept, so that it is exact only to a part.
/// [`Tally::most`] is never less than what happened in the window, and [`Tally::least`] never more;
/// either is off by what happened in one part, a 32nd of the window, at most. A count of the
/// session is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Of the part of number n at n modulo the length.
    counts: [u32; Self::KEPT],
    /// The youngest part with a count.
    newest: u64,
    /// All counts. Derived.
    total: u64,
}

impl Tally {
    const KEPT: usize = 33;

    /// Nothing has happened.
    pub const EMPTY: Self = Self { counts: [0; Self::KEPT], newest: 0, total: 0 };

    /// It happened once more. O(1), at most 33 steps after a while.
    pub fn note(&mut self, window: &Window) {
        let oldest = window.newest.saturating_sub(33);
        // A part that begins takes the place of one that is over.
        for part in self.newest.max(oldest).wrapping_add(1)..=window.newest {
            self.set(part, 0);
        }
        self.newest = self.newest.max(window.newest);
        self.set(window.newest, self.of(window.newest).saturating_add(1));
    }

    /// How often it has happened in the window, at most. O(1): a subtraction for each part that is
    /// over since it happened last, at most 33.
    #[must_use]
    pub fn most(&self, window: &Window) -> u64 {
        self.from(window.first(), window)
    }

    /// How often it has happened in the window, at least. O(1), likewise.
    #[must_use]
    pub fn least(&self, window: &Window) -> u64 {
        self.from(window.first().max(window.first_whole), window)
    }

    /// The youngest part from which on it has happened so often in the window, for certain; `None`
    /// when it has not. O(1), at most 33 steps.
    #[must_use]
    pub fn since(&self, count: u64, window: &Window) -> Option<u64> {
        let first = window.first().max(window.first_whole);
        let (from, last) = (first.max(self.oldest()), window.newest.min(self.newest));
        // So much may be left out at the older end.
        let mut spare = self.from(first, window).checked_sub(count)?;
        if count == 0 || spare > count {
            return self.back(count, first, last);
        }
        let mut at = place(from);
        for part in from..=last {
            // All of these are kept.
            let here = self.counts.get(at).copied().unwrap_or_default();
            let Some(less) = spare.checked_sub(u64::from(here)) else { return Some(part) };
            spare = less;
            at = if at < 32 { at.wrapping_add(1) } else { 0 };
        }
        None
    }

    /// The same from the younger end, where that is nearer.
    fn back(&self, count: u64, first: u64, last: u64) -> Option<u64> {
        let mut left = count;
        for part in (first..=last).rev() {
            left = left.saturating_sub(u64::from(self.of(part)));
            if left == 0 {
                return Some(part);
            }
        }
        None
    }

    /// The oldest part that is kept.
    const fn oldest(&self) -> u64 {
        self.newest.saturating_sub(32)
    }

    /// How often it has happened from a part on until the window ends. Nothing happens after that,
    /// unless the clock goes back.
    fn from(&self, first: u64, window: &Window) -> u64 {
        let of = |part| u64::from(self.of(part));
        let over = (self.oldest()..first.min(self.newest.saturating_add(1))).map(of);
        let beyond = window.newest.saturating_add(1).max(first).max(self.oldest());
        let later = (beyond..=self.newest).map(of);
        over.chain(later).fold(self.total, u64::saturating_sub)
    }

    fn of(&self, part: u64) -> u32 {
        let kept = self.newest.wrapping_sub(part) < 33;
        self.counts.get(place(part)).copied().filter(|_| kept).unwrap_or_default()
    }

    fn set(&mut self, part: u64, count: u32) {
        if let Some(place) = self.counts.get_mut(place(part)) {
            let old = core::mem::replace(place, count);
            self.total = self.total.saturating_sub(u64::from(old)).saturating_add(count.into());
        }
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.word(self.newest);
        for &count in &self.counts {
            hash.u32(count);
        }
    }
}

fn place(part: u64) -> usize {
    usize::try_from(part % 33).unwrap_or_default()
}
