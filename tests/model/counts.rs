//! What was asked and told of each scope and of those in it, and what of that was denied, by check.

use std::collections::BTreeMap;

use oms_core::status::Check;

use crate::compare::{Pair, Same, same};
use crate::verdict::Verdict;
use crate::world::World;

/// Of one scope and of those in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) accepted: u64,
    pub(crate) anomalies: u64,
    pub(crate) executions: u64,
    pub(crate) busts: u64,
    pub(crate) corrections: u64,
    /// By check, whoever denied.
    denied: BTreeMap<u32, u64>,
    /// Those of them that name this scope.
    named: BTreeMap<u32, u64>,
}

impl Counts {
    fn all_denied(&self) -> u64 {
        self.denied.values().sum()
    }
}

impl World {
    /// Counts at this scope and at all that it lies in.
    pub(crate) fn count_at(&mut self, scope: usize, count: impl Fn(&mut Counts)) {
        for number in self.path(scope) {
            count(&mut self.scopes[number].counts);
        }
    }

    pub(crate) fn count_denial(&mut self, verdict: &Verdict, scope: usize) {
        for number in self.path(scope) {
            let counts = &mut self.scopes[number].counts;
            *counts.denied.entry(verdict.first).or_default() += 1;
            if verdict.scope as usize == number {
                *counts.named.entry(verdict.first).or_default() += 1;
            }
        }
    }
}

impl Pair<'_, '_> {
    pub(crate) fn compare_counts(&self, scope: usize) -> Same {
        let m = &self.model.scopes[scope].counts;
        let v = self.engine.denials_get(scope as u32).unwrap();
        let of = |by: &BTreeMap<u32, u64>, check: usize| {
            by.get(&(check as u32)).copied().unwrap_or_default()
        };
        for (check, theirs) in v.denied_by.into_iter().zip(v.named_by).enumerate() {
            let name = Check::from_raw(check as u32);
            let ours = (of(&m.denied, check), of(&m.named, check));
            same(&format!("denied by {name:?}, named"), ours, theirs)?;
        }
        let ours = (m.accepted, m.all_denied(), m.named.values().sum());
        same("accepted, denied, named", ours, (v.accepted, v.denied, v.named))?;
        let s = self.engine.statistics_get(scope as u32).unwrap();
        let ours = [m.accepted, m.all_denied(), m.anomalies];
        same("accepted, denied, anomalies", ours, [s.accepted, s.denied, s.anomalies])?;
        let ours = [m.executions, m.busts, m.corrections];
        same("executions, busts, corrections", ours, [s.executions, s.busts, s.corrections])?;
        let a = self.engine.scope_account_get(scope as u32).unwrap();
        let ours = [m.accepted, m.all_denied(), m.anomalies];
        same("account accepted, denied, anomalies", ours, [a.accepted, a.denied, a.anomalies])
    }
}
