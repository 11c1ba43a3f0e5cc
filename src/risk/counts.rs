//! What was asked and told, for people: in all, and of one scope and those in it.
#![forbid(unsafe_code)]

use super::Verdict;
use crate::status::Check;
use crate::store::{Hash64, at};

/// What was asked and told. It only grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Requests accepted.
    pub accepted: u64,
    /// Requests denied.
    pub denied: u64,
    /// Reports and requests that were known or changed nothing; counted in all alone.
    pub ignored: u64,
    /// Reports that did not fit.
    pub anomalies: u64,
    /// Calls whose time was earlier than the one before; counted in all alone.
    pub clock_back: u64,
    /// Executions booked.
    pub executions: u64,
    /// Executions taken back.
    pub busts: u64,
    /// Executions corrected.
    pub corrections: u64,
}

impl Counters {
    /// Nothing.
    pub const NONE: Self = Self {
        accepted: 0,
        denied: 0,
        ignored: 0,
        anomalies: 0,
        clock_back: 0,
        executions: 0,
        busts: 0,
        corrections: 0,
    };

    /// Feeds every count.
    pub fn feed(&self, hash: &mut Hash64) {
        let Self { accepted, denied, ignored, anomalies, .. } = *self;
        let Self { clock_back, executions, busts, corrections, .. } = *self;
        for word in [accepted, denied, ignored, anomalies, clock_back] {
            hash.word(word);
        }
        for word in [executions, busts, corrections] {
            hash.word(word);
        }
    }
}

const CHECKS: usize = Check::ALL.len();

/// Denials of one scope and of those in it, by the check that was explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denials {
    all: [u64; CHECKS],
    /// Those of them that name this scope.
    named: [u64; CHECKS],
}

impl Denials {
    /// None.
    pub const NONE: Self = Self { all: [0; CHECKS], named: [0; CHECKS] };

    /// A request was denied, and whether this scope is named. O(1).
    pub fn note(&mut self, verdict: &Verdict, is_named: bool) {
        let place = at(verdict.first);
        if let Some(count) = self.all.get_mut(place) {
            *count = count.wrapping_add(1);
        }
        if is_named && let Some(count) = self.named.get_mut(place) {
            *count = count.wrapping_add(1);
        }
    }

    /// Feeds every count.
    pub fn feed(&self, hash: &mut Hash64) {
        for &word in self.all.iter().chain(&self.named) {
            hash.word(word);
        }
    }
}

/// What the gate let pass and denied of a scope and of those in it: `oms_denials_get`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct DenialsView {
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// 0.
    pub reserved0: u32,
    /// Orders, replaces and positions by hand of the scope and of those in it that were accepted;
    /// the library's own closes too.
    pub accepted: u64,
    /// The same that were denied; orders when they fire too.
    pub denied: u64,
    /// Denials, of these, that name this scope: its limit, breaker or state was the first to fail.
    pub named: u64,
    /// Denials by the check that was explained: place OMS_CHECK_*, one place for each bit of a
    /// verdict's mask. They add up to `denied`.
    pub denied_by: [u64; 64],
    /// Denials that name this scope, likewise: they add up to `named`. Over all scopes they are
    /// every denial once, but those of orders whose scope there is not.
    pub named_by: [u64; 64],
    /// 0.
    pub reserved: [u64; 4],
}

impl DenialsView {
    /// What a scope with this number has counted.
    #[must_use]
    pub fn new(scope: u32, counters: &Counters, denials: &Denials) -> Self {
        let mut view = Self {
            scope,
            reserved0: 0,
            accepted: counters.accepted,
            denied: counters.denied,
            named: 0,
            denied_by: [0; 64],
            named_by: [0; 64],
            reserved: [0; 4],
        };
        for (place, &count) in view.denied_by.iter_mut().zip(&denials.all) {
            *place = count;
        }
        for (place, &count) in view.named_by.iter_mut().zip(&denials.named) {
            *place = count;
            view.named = view.named.wrapping_add(count);
        }
        view
    }
}
