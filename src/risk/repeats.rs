//! REPEAT: the same side executed at about the same price again and again.
#![forbid(unsafe_code)]

use super::checks::{Held, held};
use super::scopes::DEPTH_MAX;
use super::verdict::Breach;
use super::warn::Figure;
use crate::market::Controls;
use crate::num::{Nanos, OFF, Ratio, Ticks};
use crate::status::{Check, Unit};
use crate::store::Hash64;

/// The orders of one scope, symbol and side that were executed last, and whether they are held
/// back until an operator's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// When each was first executed, and at which price.
    orders: [(Nanos, Ticks); Self::KEPT],
    /// Orders noted so far.
    noted: u64,
    /// So many were counted when it was held back, by the limits of each scope from the root down
    /// to its own; 0 while it is not.
    held: [u32; LEVELS],
}

/// Scopes that lie in each other at most.
const LEVELS: usize = 4;
const _: () = assert!(DEPTH_MAX == 4, "as many limits hold back");

impl Repeats {
    /// Orders that are kept: more than so many are not counted.
    pub const KEPT: usize = 16;

    /// None yet.
    pub const EMPTY: Self =
        Self { orders: [(Nanos::ZERO, Ticks::ZERO); Self::KEPT], noted: 0, held: [0; LEVELS] };

    /// Notes the first execution of an order. O(1).
    pub fn note(&mut self, price: Ticks, now: Nanos) {
        if let Some(place) = self.orders.get_mut(place(self.noted)) {
            *place = (now, price);
        }
        self.noted = self.noted.wrapping_add(1);
    }

    /// When the execution just noted makes too many at about the same price for the limits of this
    /// level, what follows is held back there: how many they are. O(1).
    pub fn hold(
        &mut self,
        level: usize,
        limits: &Controls,
        price: Ticks,
        now: Nanos,
    ) -> Option<u32> {
        if limits.repeat_max <= 0 || self.held_at(level) != 0 {
            return None;
        }
        let count = self.count(limits, price, now);
        if i64::from(count) < limits.repeat_max {
            return None;
        }
        *self.held.get_mut(level)? = count;
        Some(count)
    }

    /// How many they are when the execution just noted brings them near to too many for this level.
    #[must_use]
    pub fn comes_near(
        &self,
        level: usize,
        limits: &Controls,
        price: Ticks,
        (share, now): (Ratio, Nanos),
    ) -> Option<u32> {
        if limits.repeat_max <= 0 || self.held_at(level) != 0 {
            return None;
        }
        let count = self.count(limits, price, now);
        let near = |count: u32| {
            let (limit, observed) = (limits.repeat_max, i64::from(count));
            Figure { check: Check::Repeat, unit: Unit::Count, limit, observed }.is_near(share)
        };
        (near(count) && !near(count.saturating_sub(1))).then_some(count)
    }

    fn held_at(&self, level: usize) -> u32 {
        self.held.get(level).copied().unwrap_or_default()
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
    pub fn is_held(&self) -> bool {
        self.held != [0; LEVELS]
    }

    /// An operator lets orders go again; those so far do not count any more.
    pub fn reset(&mut self) {
        *self = Self::EMPTY;
    }

    /// Whether the limits of this level let the side be traded.
    #[must_use]
    pub fn passes(&self, level: usize, limits: &Controls) -> bool {
        let max = limits.repeat_max;
        max == OFF || (max != 0 && self.held_at(level) == 0)
    }

    /// The limits of this level let the side be traded.
    pub(super) fn check(&self, level: usize, limits: &Controls) -> Held {
        let (max, count) = (limits.repeat_max, self.held_at(level));
        held(self.passes(level, limits), Breach::new(Unit::Count, max, i64::from(count)))
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.word(self.noted);
        for count in self.held {
            hash.u32(count);
        }
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
