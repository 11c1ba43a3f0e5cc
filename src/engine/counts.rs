//! What the engine counts for people: in all, and of the scopes below the root.
#![forbid(unsafe_code)]

use super::Engine;
use crate::risk::{Counters, DenialsView, Verdict};
use crate::status::Status;

impl Engine<'_> {
    /// The scopes below the root that a request or a report is of count it. O(1).
    #[inline]
    fn count_below(&mut self, scope: u32, count: impl Fn(&mut Counters)) {
        for number in self.path(scope).below() {
            if let Some(scope) = self.scopes.get_mut(number) {
                count(&mut scope.counters);
            }
        }
    }

    /// A request of a scope was accepted.
    pub(super) fn count_accepted(&mut self, scope: u32) {
        self.counters.accepted = self.counters.accepted.wrapping_add(1);
        self.count_below(scope, |counts| counts.accepted = counts.accepted.wrapping_add(1));
    }

    /// A request of a scope was denied.
    pub(super) fn count_denied(&mut self, scope: u32, verdict: &Verdict) {
        self.counters.denied = self.counters.denied.wrapping_add(1);
        for number in self.path(scope).all() {
            if let Some(scope) = self.scopes.get_mut(number) {
                scope.counters.denied = scope.counters.denied.wrapping_add(1);
                scope.denials.note(verdict, verdict.scope == number);
            }
        }
    }

    /// An execution of a scope was booked.
    pub(super) fn count_execution(&mut self, scope: u32) {
        self.counters.executions = self.counters.executions.wrapping_add(1);
        self.count_below(scope, |counts| counts.executions = counts.executions.wrapping_add(1));
    }

    /// One was taken back.
    pub(super) fn count_bust(&mut self, scope: u32) {
        self.counters.busts = self.counters.busts.wrapping_add(1);
        self.count_below(scope, |counts| counts.busts = counts.busts.wrapping_add(1));
    }

    /// One was corrected.
    pub(super) fn count_correction(&mut self, scope: u32) {
        self.counters.corrections = self.counters.corrections.wrapping_add(1);
        self.count_below(scope, |counts| counts.corrections = counts.corrections.wrapping_add(1));
    }

    /// A report of a scope did not fit.
    pub(super) fn count_anomaly(&mut self, scope: u32) {
        self.counters.anomalies = self.counters.anomalies.wrapping_add(1);
        self.count_below(scope, |counts| counts.anomalies = counts.anomalies.wrapping_add(1));
    }

    /// What was counted of a scope and of those in it; the root's is the engine's.
    pub(super) fn counters_of(&self, scope: u32) -> Result<&Counters, Status> {
        let below = &self.scopes.get(scope).ok_or(Status::Scope)?.counters;
        Ok(if scope == 0 { &self.counters } else { below })
    }

    /// What the gate let pass and denied of a scope and of those in it, by check. O(1).
    ///
    /// # Errors
    /// `Scope`.
    pub fn denials_get(&self, scope: u32) -> Result<DenialsView, Status> {
        let counters = self.counters_of(scope)?;
        let denials = &self.scopes.get(scope).ok_or(Status::Scope)?.denials;
        Ok(DenialsView::new(scope, counters, denials))
    }
}
