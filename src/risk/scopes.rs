//! All scopes: a tree that the caller defines, numbered from the root, 0, on.
#![forbid(unsafe_code)]

use super::{Breaker, BreakerConfig, Scope, ScopeDefine, ScopeRoom};
use crate::market::NAME_BYTES;
use crate::num::{Money, Nanos};
use crate::store::{Hash64, at};

/// So many scopes lie in each other at most, the root included.
pub const DEPTH_MAX: u32 = 4;
const BELOW: usize = 3;

/// The way from the root down to a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The scopes below the root, from above; 0 where there is none.
    below: [u32; BELOW],
}

impl Path {
    /// The root alone.
    pub const ROOT: Self = Self { below: [0; BELOW] };

    /// One further down; `None` when that is too deep.
    #[must_use]
    pub fn down(self, number: u32) -> Option<Self> {
        let mut path = self;
        *path.below.iter_mut().find(|place| **place == 0)? = number;
        Some(path)
    }

    /// The scopes below the root, from above.
    pub fn below(self) -> impl Iterator<Item = u32> {
        self.below.into_iter().take_while(|&number| number != 0)
    }

    /// All scopes, from the root.
    pub fn all(self) -> impl Iterator<Item = u32> {
        core::iter::once(0).chain(self.below())
    }

    /// How many scopes lie around the last one.
    #[must_use]
    pub fn level(self) -> usize {
        self.below.into_iter().take_while(|&number| number != 0).count()
    }

    /// How many they are, the root included.
    #[must_use]
    pub fn depth(self) -> u32 {
        self.all().fold(0, |depth, _| depth.saturating_add(1))
    }
}

/// The scopes over lent memory. They are defined once and stay.
pub struct Scopes<'a> {
    scopes: &'a mut [Scope],
    /// Times of the last orders of the scopes below the root: as many for each.
    times: &'a mut [Nanos],
    /// Times a scope.
    each: usize,
    count: u32,
}

impl<'a> Scopes<'a> {
    /// The root, with this breaker. `times` holds as many for every scope but the root.
    /// O(capacity).
    #[must_use]
    pub fn new(scopes: &'a mut [Scope], times: &'a mut [Nanos], config: &BreakerConfig) -> Self {
        let quiet = BreakerConfig::quiet(config.session_offset);
        let mut config = config;
        for scope in scopes.iter_mut() {
            // From a constant: made here it would lie in the frame first.
            *scope = const { Scope::new(&BreakerConfig::DEFAULT) };
            scope.breaker.set_config(config);
            config = &quiet;
        }
        let others = scopes.len().saturating_sub(1);
        let each = times.len().checked_div(others).unwrap_or(0);
        Self { scopes, times, each, count: 1 }
    }

    /// The root.
    #[inline]
    #[must_use]
    pub fn first(&self) -> Option<&Scope> {
        self.scopes.first()
    }

    /// The root, to be changed.
    #[inline]
    #[must_use]
    pub fn first_mut(&mut self) -> Option<&mut Scope> {
        self.scopes.first_mut()
    }

    /// The scope with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Scope> {
        if number < self.count { self.scopes.get(at(number)) } else { None }
    }

    /// What the scope with this number leaves.
    #[inline(always)] // Of a bounds check.
    #[must_use]
    pub fn room(&self, number: u32) -> Option<&ScopeRoom> {
        // One that was not defined yet leaves nothing.
        self.scopes.get(at(number)).map(|scope| &scope.room)
    }

    /// The scope with this number, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, number: u32) -> Option<&mut Scope> {
        if number < self.count { self.scopes.get_mut(at(number)) } else { None }
    }

    /// All scopes with their numbers, parents before what lies in them.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Scope)> {
        (0..self.count).zip(self.scopes.iter())
    }

    /// The way down to a scope; to one that there is not the root alone.
    #[inline]
    #[must_use]
    pub fn path(&self, number: u32) -> Path {
        if number == 0 {
            return Path::ROOT;
        }
        self.get(number).map_or(Path::ROOT, |scope| scope.path)
    }

    /// The number of the scope of this name. O(scopes).
    #[must_use]
    pub fn find(&self, name: &[u8; NAME_BYTES]) -> Option<u32> {
        self.iter().skip(1).find(|(_, scope)| scope.name == *name).map(|(number, _)| number)
    }

    /// Adds a scope; `None`, and nothing changes, without room for it, or too deep.
    pub fn define(&mut self, request: &ScopeDefine, now: Nanos) -> Option<u32> {
        let number = self.count;
        let path = self.path(request.parent).down(number)?;
        let scope = self.scopes.get_mut(at(number))?;
        (scope.name, scope.parent, scope.flags) = (request.name, request.parent, request.flags);
        scope.path = path;
        // Its first session is the present one, and it has no money.
        scope.breaker.roll(now);
        scope.breaker.set_equity(now, Money::ZERO);
        self.count = number.saturating_add(1);
        Some(number)
    }

    /// Number of scopes, the root included.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Scopes the table can hold.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        u32::try_from(self.scopes.len()).unwrap_or(u32::MAX)
    }

    /// Where the times of a scope below the root lie.
    fn place(&self, number: u32) -> core::ops::Range<usize> {
        let start = at(number).wrapping_sub(1).saturating_mul(self.each);
        start..start.saturating_add(self.each)
    }

    /// The times of the last orders of a scope below the root; none for others.
    #[inline]
    #[must_use]
    pub fn times(&self, number: u32) -> &[Nanos] {
        self.times.get(self.place(number)).unwrap_or_default()
    }

    /// An order of a scope below the root, or of one in it, passed. O(1).
    pub fn note(&mut self, number: u32, now: Nanos) {
        let place = self.place(number);
        let Some(scope) = self.scopes.get_mut(at(number)) else { return };
        scope.rate.push(self.times.get_mut(place).unwrap_or_default(), now);
    }

    /// In which windows of its breaker one more order at `now` would be too many for a scope below
    /// the root. O(1).
    #[must_use]
    pub fn full(&self, number: u32, breaker: &Breaker, now: Nanos) -> [bool; 3] {
        let times = self.times(number);
        self.get(number).map_or([false; 3], |scope| scope.rate.full(times, breaker, now))
    }

    /// The last time at which one more order is too many in a scope below the root; 0 for none.
    /// O(1).
    #[must_use]
    pub fn closed_through(&self, scope: &Scope, number: u32) -> Nanos {
        Nanos(scope.rate.closed_through(self.times(number), &scope.breaker))
    }

    /// The windows of the breaker of a scope below the root in which the order just noted is the
    /// one that comes near the limit: number allowed and number that is near. O(1).
    #[must_use]
    pub fn near(&self, number: u32, now: Nanos) -> [Option<(u32, u32)>; 3] {
        let times = self.times(number);
        self.get(number).map_or([None; 3], |scope| scope.rate.near(times, &scope.breaker, now))
    }

    /// Whether any rate limit of a scope below the root is near. O(1).
    #[must_use]
    pub fn is_near(&self, number: u32, now: Nanos) -> bool {
        let times = self.times(number);
        self.get(number).is_some_and(|scope| scope.rate.is_near(times, &scope.breaker, now))
    }

    /// Orders of a scope below the root that are younger than this window. O(log orders counted).
    #[must_use]
    pub fn orders_of(&self, number: u32, window: u64, now: Nanos) -> u32 {
        self.get(number).map_or(0, |scope| scope.rate.count(self.times(number), window, now))
    }

    /// Feeds the times of the scopes below the root. O(scopes × times kept).
    pub fn digest_times(&self, hash: &mut Hash64) {
        hash.u32(self.count);
        for (number, scope) in self.iter().skip(1) {
            scope.rate.digest(self.times(number), hash);
        }
    }
}
