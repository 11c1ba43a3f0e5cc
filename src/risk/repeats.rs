//! REPEAT: the same side executed at about the same price again and again.
#![forbid(unsafe_code)]

use super::checks::{Held, held};
use super::verdict::Breach;
use crate::market::Controls;
use crate::num::{Nanos, OFF, Ticks};
use crate::status::Unit;
use crate::store::Hash64;

/// The orders of one scope, symbol and side that were executed last, and whether they are held
/// back until an operator's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// When each was first executed, and at which price.
    orders: [(Nanos, Ticks); Self::KEPT],
    /// Orders noted so far.
    noted: u64,
    /// So many were counted when it was held back; 0 while it is not.
    held: u32,
}

impl Repeats {
    /// Orders that are kept: more than so many are not counted.
    pub const KEPT: usize = 16;

    /// None yet.
    pub const EMPTY: Self =
        Self { orders: [(Nanos::ZERO, Ticks::ZERO); Self::KEPT], noted: 0, held: 0 };

    /// Notes the first execution of an order. When that makes too many at about the same price,
    /// what follows is held back: how many they are. O(1).
    pub fn note(&mut self, limits: &Controls, price: Ticks, now: Nanos) -> Option<u32> {
        if let Some(place) = self.orders.get_mut(place(self.noted)) {
            *place = (now, price);
        }
        self.noted = self.noted.wrapping_add(1);
        let count = self.count(limits, price, now);
        if self.held != 0 || i64::from(count) < limits.repeat_max {
            return None;
        }
        self.held = count;
        Some(count)
    }

    /// Orders at about this price in the window, of those that are kept.
    fn count(&self, limits: &Controls, price: Ticks, now: Nanos) -> u32 {
        let range = limits.repeat_range.0;
        let near = |at: Ticks| range == OFF || at.0.abs_diff(price.0) <= range.unsigned_abs();
        let young = |at: Nanos| now.since(at) < limits.repeat_window.0;
        let alike = |&&(at, ticks): &&(Nanos, Ticks)| young(at) && near(ticks);
        u32::try_from(self.kept().filter(alike).count()).unwrap_or(u32::MAX)
    }

    fn kept(&self) -> impl Iterator<Item = &(Nanos, Ticks)> {
        self.orders.iter().take(usize::try_from(self.noted).unwrap_or(usize::MAX))
    }

    /// Whether orders are held back.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.held != 0
    }

    /// An operator lets orders go again; those so far do not count any more.
    pub fn reset(&mut self) {
        *self = Self::EMPTY;
    }

    /// The side may be traded.
    pub(super) fn check(&self, limits: &Controls) -> Held {
        let max = limits.repeat_max;
        let passes = max == OFF || (max != 0 && !self.is_held());
        held(passes, Breach::new(Unit::Count, max, i64::from(self.held)))
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.word(self.noted);
        hash.u32(self.held);
        for (at, price) in self.kept() {
            hash.word(at.0);
            hash.i64(price.0);
        }
    }
}

/// Where the order of this number lies while it is kept.
fn place(number: u64) -> usize {
    const LAST: u64 = 15;
    usize::try_from(number & LAST).unwrap_or_default()
}
const _: () = assert!(Repeats::KEPT == 16, "a power of two: see `place`");
