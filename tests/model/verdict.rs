//! The gate's word.

use oms_core::status::{Check, Unit};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) mask: u64,
    pub(crate) first: u32,
    pub(crate) limit: i64,
    pub(crate) observed: i64,
    pub(crate) unit: u8,
    /// What is asked: the others count for nothing.
    pub(crate) asked: u64,
    /// That denied.
    pub(crate) scope: u32,
}

impl Verdict {
    pub(crate) fn pass() -> Self {
        Self::of(u64::MAX, 0)
    }

    pub(crate) fn of(asked: u64, scope: usize) -> Self {
        let (first, scope) = (u32::MAX, scope as u32);
        Self { mask: 0, first, limit: 0, observed: 0, unit: 0, asked, scope }
    }

    pub(crate) fn in_scope(scope: usize) -> Self {
        Self::of(u64::MAX, scope)
    }

    /// One more scope's word: of equal checks the upper one is shown.
    pub(crate) fn and(self, below: Self) -> Self {
        let mask = self.mask | below.mask;
        if below.first < self.first { Self { mask, ..below } } else { Self { mask, ..self } }
    }

    pub(crate) fn fail(&mut self, check: Check, unit: Unit, limit: i128, observed: i128) {
        if self.asked >> check.raw() & 1 == 0 {
            return;
        }
        if self.mask == 0 {
            self.first = check.raw();
            self.limit = limit.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
            self.observed = observed.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
            self.unit = unit.raw();
        }
        self.mask |= 1 << check.raw();
    }

    pub(crate) fn fails(&self, check: Check) -> bool {
        self.mask >> check.raw() & 1 == 1
    }
}
