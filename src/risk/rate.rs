//! Sliding windows over the times of the last orders: exact and O(1).
#![forbid(unsafe_code)]

use super::{Breaker, BreakerConfig};
use crate::num::Nanos;
use crate::store::{Hash64, Ring};

/// The times of the last orders. One ring serves windows of any length, as long as no window
/// allows more orders than the ring holds.
pub struct RateRing<'a> {
    times: Ring<'a, Nanos>,
    /// Orders before it do not count: a reset starts the windows anew.
    since: u64,
    high_water: u32,
    /// So many more orders keep within the breaker's windows and come near none of its limits, at
    /// whatever times from now on; 0 when that is not known. Derived.
    spare: u32,
    /// The last times at which one more order is too many in each of the breaker's windows, while
    /// that is not over. Derived.
    closed: [u64; 3],
}

/// So far ahead it is looked whether orders keep within the windows: each must allow at least one
/// order less.
const AHEAD: u32 = 16;

impl<'a> RateRing<'a> {
    /// No orders yet.
    #[must_use]
    pub fn new(memory: &'a mut [Nanos]) -> Self {
        Self { times: Ring::new(memory), since: 0, high_water: 0, spare: 0, closed: [0; 3] }
    }

    /// Whether one more order at `now` keeps at most `n` in any window of this length: the n-th
    /// last one must be at least that old.
    #[must_use]
    pub fn allows(&self, n: u32, window: u64, now: Nanos) -> bool {
        let Some(back) = n.checked_sub(1) else { return false };
        if u64::from(back) >= self.counted() {
            return true;
        }
        self.times.back(back).is_none_or(|&at| now.since(at) >= window)
    }

    /// In which of the breaker's windows one more order at `now` would be too many. O(1).
    #[must_use]
    pub fn full(&self, breaker: &Breaker, now: Nanos) -> [bool; 3] {
        windows_full(breaker.config(), now, self.counted(), |n| self.times.back(n).copied())
    }

    /// In which of the breaker's windows one more order at `now` is too many, as it was derived.
    #[inline]
    #[must_use]
    pub fn is_closed(&self, now: Nanos) -> [bool; 3] {
        // At time 0 none is closed through that time.
        let now = now.0.max(1);
        self.closed.map(|through| now <= through)
    }

    /// What was derived for that.
    #[must_use]
    pub const fn closed(&self) -> [u64; 3] {
        self.closed
    }

    /// The breaker's windows are looked at anew: the last time at which one more order would be too
    /// many in one of them; 0 for none, the greatest for ever. O(1).
    pub fn close(&mut self, breaker: &Breaker) -> u64 {
        self.closed = self.closed_through(breaker);
        latest(self.closed)
    }

    /// The breaker has other windows: nothing is known of them.
    pub fn look_anew(&mut self) {
        self.spare = 0;
    }

    /// Times that are kept and count.
    #[inline]
    fn counted(&self) -> u64 {
        let counted = self.times.next_sequence().saturating_sub(self.since);
        counted.min(u64::from(self.times.len()))
    }

    /// The last times at which one more order would be too many in each of the breaker's windows; 0
    /// for none, the greatest for ever. O(1).
    #[must_use]
    pub fn closed_through(&self, breaker: &Breaker) -> [u64; 3] {
        windows_closed(breaker.config(), self.counted(), |n| self.times.back(n).copied())
    }

    /// Notes an order that passed; the last time at which one more would be too many, and whether
    /// this one may come near a limit; nothing when that is over and it does not. O(1), mostly a
    /// few instructions; with a window of fewer than 15 orders, and near a limit, all windows are
    /// looked at every time.
    #[inline]
    pub(crate) fn note(&mut self, breaker: &Breaker, now: Nanos) -> Option<(u64, bool)> {
        if self.spare > 1 && self.times.replace_oldest(now) {
            self.spare = self.spare.wrapping_sub(1);
            return None;
        }
        self.note_slowly(breaker, now)
    }

    #[inline(never)] // One time of many, once the ring is full.
    fn note_slowly(&mut self, breaker: &Breaker, now: Nanos) -> Option<(u64, bool)> {
        let unsure = self.spare == 0;
        self.push(now);
        if self.spare > 0 {
            return None;
        }
        self.spare = AHEAD;
        if !self.is_spare(breaker, now) {
            self.spare = 0;
        }
        Some((self.close(breaker), unsure))
    }

    /// Whether as many more orders as it is said keep within the breaker's windows. O(1).
    #[must_use]
    pub fn is_spare(&self, breaker: &Breaker, now: Nanos) -> bool {
        let keeps = |(window, near): (Option<(u32, u64)>, u32)| {
            let Some((n, window)) = window else { return true };
            // One less than what is near.
            let quiet = if near > 0 { near } else { n.saturating_add(1) };
            let left = quiet.checked_sub(self.spare);
            left.is_some_and(|n| self.allows(n, window, now))
        };
        self.spare == 0 || breaker.windows().into_iter().all(keeps)
    }

    /// Of the breaker's windows those in which the order just noted is the one that comes near the
    /// limit: number allowed and number that is near. O(1).
    #[must_use]
    pub fn near(&self, breaker: &Breaker, now: Nanos) -> [Option<(u32, u32)>; 3] {
        windows_near(breaker, now, self.counted(), |n| self.times.back(n).copied())
    }

    /// Whether any of the breaker's rate limits is near. O(1).
    #[must_use]
    pub fn is_near(&self, breaker: &Breaker, now: Nanos) -> bool {
        any_near(breaker, now, self.counted(), |n| self.times.back(n).copied())
    }

    /// Whether it is known that the next order keeps within the breaker's windows.
    #[must_use]
    pub const fn has_spare(&self) -> bool {
        self.spare > 0
    }

    /// Orders younger than this window. O(log orders counted).
    #[must_use]
    pub fn count(&self, window: u64, now: Nanos) -> u32 {
        let young = |at: Nanos| now.since(at) < window;
        count_young(self.counted(), |n| self.times.back(n).copied().is_some_and(young))
    }

    /// Notes an order.
    #[inline]
    pub fn push(&mut self, now: Nanos) {
        self.times.push(now);
        self.spare = self.spare.saturating_sub(1);
        let len = self.times.len();
        if len > self.high_water {
            self.high_water = len;
        }
    }

    /// Starts the windows anew.
    pub fn forget(&mut self) {
        self.since = self.times.next_sequence();
    }

    /// Times kept.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.times.len()
    }

    /// Whether no time is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Most times that were ever kept.
    #[must_use]
    pub fn high_water(&self) -> u32 {
        self.high_water
    }

    /// Times that can be kept.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        self.times.capacity()
    }

    /// Feeds what can change a later answer. O(times kept).
    pub fn digest(&self, hash: &mut Hash64) {
        hash.word(self.since);
        hash.u32(self.high_water);
        hash.word(self.times.next_sequence());
        for time in self.times.iter() {
            hash.word(time.0);
        }
    }
}

/// How many of the last `counted` are young: the older, the less so. O(log counted).
pub(super) fn count_young(counted: u64, is_young: impl Fn(u32) -> bool) -> u32 {
    // So many of the last ones are, and the first beyond is not; what lies between is halved.
    let (mut young, mut beyond) = (0, u32::try_from(counted).unwrap_or(u32::MAX));
    while young < beyond {
        let middle = young.midpoint(beyond);
        if is_young(middle) {
            young = middle.saturating_add(1);
        } else {
            beyond = middle;
        }
    }
    young
}

/// In which windows one more order at `now` would be too many, by the times that count, of which
/// `back` answers the n-th last one.
#[inline]
pub(super) fn windows_full(
    config: &BreakerConfig,
    now: Nanos,
    counted: u64,
    back: impl Fn(u32) -> Option<Nanos>,
) -> [bool; 3] {
    let is_full = |n: i32, length: u64| {
        // A limit that is off looks back beyond all that is kept.
        let last = n.wrapping_sub(1).cast_unsigned();
        let within = |at: Nanos| now.since(at) < length;
        n == 0 || (u64::from(last) < counted && back(last).is_some_and(within))
    };
    [
        is_full(config.orders_per_minute, Nanos::MINUTE),
        is_full(config.orders_per_hour, Nanos::HOUR),
        is_full(config.orders_per_window, config.rate_window.0),
    ]
}

/// The latest of these times.
#[inline]
#[must_use]
pub fn latest([minute, hour, custom]: [u64; 3]) -> u64 {
    minute.max(hour).max(custom)
}

/// The last times at which one more order would be too many in each of the windows, by the times
/// that count, of which `back` answers the n-th last one; 0 for none, the greatest for ever.
#[inline]
pub(super) fn windows_closed(
    config: &BreakerConfig,
    counted: u64,
    back: impl Fn(u32) -> Option<Nanos>,
) -> [u64; 3] {
    let full_through = |n: i32, window: u64| {
        // A limit that is off looks back beyond all that is kept.
        let last = n.wrapping_sub(1).cast_unsigned();
        if u64::from(last) >= counted {
            return if n == 0 { u64::MAX } else { 0 };
        }
        back(last).map_or(0, |at| at.0.saturating_add(window.saturating_sub(1)))
    };
    [
        full_through(config.orders_per_minute, Nanos::MINUTE),
        full_through(config.orders_per_hour, Nanos::HOUR),
        full_through(config.orders_per_window, config.rate_window.0),
    ]
}

/// Of the breaker's windows those in which the last order is the one that comes near the limit, as
/// [`RateRing::near`] has it.
pub(super) fn windows_near(
    breaker: &Breaker,
    now: Nanos,
    counted: u64,
    back: impl Fn(u32) -> Option<Nanos>,
) -> [Option<(u32, u32)>; 3] {
    breaker.windows().map(|(window, near)| {
        let (n, length) = window.filter(|_| near > 0)?;
        let has = |count: u32| holds(count, length, now, counted, &back);
        (has(near) && !has(near.wrapping_add(1))).then_some((n, near))
    })
}

/// Whether one of the breaker's windows is near its limit.
pub(super) fn any_near(
    breaker: &Breaker,
    now: Nanos,
    counted: u64,
    back: impl Fn(u32) -> Option<Nanos>,
) -> bool {
    breaker.windows().into_iter().any(|(window, near)| {
        let length = window.filter(|_| near > 0).map(|(_, length)| length);
        length.is_some_and(|length| holds(near, length, now, counted, &back))
    })
}

/// Whether a window holds so many orders, at least one.
fn holds(
    count: u32,
    length: u64,
    now: Nanos,
    counted: u64,
    back: impl Fn(u32) -> Option<Nanos>,
) -> bool {
    u64::from(count) <= counted
        && back(count.wrapping_sub(1)).is_some_and(|at| now.since(at) < length)
}
