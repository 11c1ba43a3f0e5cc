//! RATE_SYMBOL: an exact sliding window over the orders of each symbol.
#![forbid(unsafe_code)]

use super::checks::{Held, held};
use super::verdict::Breach;
use crate::market::Controls;
use crate::num::{Nanos, OFF};
use crate::status::Unit;
use crate::store::{Hash64, at, count};

/// The times of the last orders of every symbol, as many of each.
///
/// A ring of its own for each symbol as in [`RateRing`](super::RateRing), in one piece of memory:
/// what is limited to n orders needs n times. Only orders that pass while a limit is on are noted.
pub struct SymbolRates<'a> {
    times: &'a mut [Nanos],
    /// Orders of each symbol that were noted.
    noted: &'a mut [u64],
    /// Times kept of each symbol.
    each: u32,
    /// Most times that one symbol has ever kept.
    high_water: u32,
}

impl<'a> SymbolRates<'a> {
    /// No orders yet. O(symbols).
    #[must_use]
    pub fn new(times: &'a mut [Nanos], noted: &'a mut [u64]) -> Self {
        noted.fill(0);
        let each = each(times.len(), noted.len());
        Self { times, noted, each, high_water: 0 }
    }

    /// Notes an order of a symbol. O(1).
    pub fn note(&mut self, symbol: u32, now: Nanos) {
        let noted = self.noted(symbol);
        let place = self.place(symbol, noted);
        if let Some(time) = place.and_then(|place| self.times.get_mut(place)) {
            *time = now;
        }
        if let Some(count) = self.noted.get_mut(at(symbol)) {
            *count = noted.wrapping_add(1);
        }
        self.high_water = self.high_water.max(self.kept(symbol));
    }

    /// Whether one more order of a symbol at `now` would be more than `n` in a window of this
    /// length, for at most as many as are kept: the n-th last one is younger. O(1).
    #[must_use]
    pub fn is_full(&self, symbol: u32, n: i64, window: Nanos, now: Nanos) -> bool {
        let Ok(n) = u32::try_from(n) else { return false };
        if n == 0 {
            return true;
        }
        if n > self.kept(symbol) {
            return false;
        }
        let number = self.noted(symbol).wrapping_sub(u64::from(n));
        let time = self.place(symbol, number).and_then(|place| self.times.get(place));
        time.is_none_or(|&at| now.since(at) < window.0)
    }

    /// The last time at which one more order of a symbol would be more than `n` in a window of this
    /// length; 0 for none, the greatest for ever. O(1).
    #[must_use]
    pub fn closed_through(&self, symbol: u32, n: i64, window: Nanos) -> Nanos {
        let Ok(n) = u32::try_from(n) else { return Nanos::ZERO };
        if n == 0 {
            return Nanos(u64::MAX);
        }
        if n > self.kept(symbol) {
            return Nanos::ZERO;
        }
        let number = self.noted(symbol).wrapping_sub(u64::from(n));
        let time = self.place(symbol, number).and_then(|place| self.times.get(place));
        let last = |at: &Nanos| at.0.saturating_add(window.0.saturating_sub(1));
        Nanos(time.map_or(u64::MAX, last))
    }

    /// Orders of a symbol that are kept and younger than this window. O(log orders kept).
    #[must_use]
    pub fn count(&self, symbol: u32, window: Nanos, now: Nanos) -> u32 {
        // So many are known to be younger, and so many not to be.
        let (mut young, mut end) = (0_u32, self.kept(symbol).saturating_add(1));
        while young.saturating_add(1) < end {
            let n = young.midpoint(end);
            if self.is_full(symbol, i64::from(n), window, now) {
                young = n;
            } else {
                end = n;
            }
        }
        young
    }

    /// Times that can be kept of each symbol.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        self.each
    }

    /// Times of a symbol that are kept.
    #[must_use]
    pub fn kept(&self, symbol: u32) -> u32 {
        u32::try_from(self.noted(symbol)).unwrap_or(u32::MAX).min(self.each)
    }

    /// Most times that were ever kept of one symbol.
    #[must_use]
    pub fn high_water(&self) -> u32 {
        self.high_water
    }

    /// Whether the times that are kept of a symbol do not go back. O(times).
    #[must_use]
    pub fn rises(&self, symbol: u32) -> bool {
        self.of(symbol).is_sorted()
    }

    /// The times of a symbol, oldest first.
    fn of(&self, symbol: u32) -> impl Iterator<Item = u64> {
        let noted = self.noted(symbol);
        let oldest = noted.wrapping_sub(u64::from(self.kept(symbol)));
        let time = move |number| self.times.get(self.place(symbol, number)?).map(|time| time.0);
        (oldest..noted).filter_map(time)
    }

    fn noted(&self, symbol: u32) -> u64 {
        self.noted.get(at(symbol)).copied().unwrap_or_default()
    }

    /// Where the time of an order lies while it is kept.
    fn place(&self, symbol: u32, number: u64) -> Option<usize> {
        let first = u64::from(symbol).checked_mul(u64::from(self.each))?;
        let place = first.checked_add(number.checked_rem(u64::from(self.each))?)?;
        usize::try_from(place).ok()
    }

    /// Feeds what can change a later answer. O(times kept).
    pub fn digest(&self, hash: &mut Hash64) {
        hash.u32(self.high_water);
        for symbol in 0..count(self.noted.len()) {
            hash.word(self.noted(symbol));
            for time in self.of(symbol) {
                hash.word(time);
            }
        }
    }
}

/// Times of each of so many symbols.
pub(crate) fn each(times: usize, symbols: usize) -> u32 {
    times.checked_div(symbols).map_or(0, count)
}

/// One more order of the symbol keeps within its window.
pub(super) fn check(limits: &Controls, rates: &SymbolRates<'_>, symbol: u32, now: Nanos) -> Held {
    let n = limits.rate_max;
    let full = n != OFF && rates.is_full(symbol, n, limits.rate_window, now);
    held(!full, Breach::new(Unit::Count, n, n.saturating_add(1)))
}
