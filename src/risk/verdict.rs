//! The gate's answer.
#![forbid(unsafe_code)]

use crate::status::{Check, Unit};

/// `Verdict::first` when every check holds.
pub const CHECK_NONE: u32 = u32::MAX;

/// What the gate says of a request. A denial is not an error: the call succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Verdict {
    /// All failing checks: bits 1 << OMS_CHECK_*. 0: accepted.
    pub mask: u64,
    /// Limit of the first failing check, in `unit`.
    pub limit: i64,
    /// Value observed by the first failing check, in `unit`.
    pub observed: i64,
    /// OMS_CHECK_* of the first failing check; OMS_CHECK_NONE when accepted.
    pub first: u32,
    /// The scope whose limit failed.
    pub scope: u32,
    /// 1 when denied, 0 when accepted.
    pub denied: u32,
    /// OMS_UNIT_* of limit and observed.
    pub unit: u8,
    /// 0.
    pub reserved0: [u8; 3],
    /// 0.
    pub reserved: [u64; 3],
}

impl Verdict {
    /// Every check holds.
    pub const ACCEPTED: Self = Self {
        mask: 0,
        limit: 0,
        observed: 0,
        first: CHECK_NONE,
        scope: 0,
        denied: 0,
        unit: 0,
        reserved0: [0; 3],
        reserved: [0; 3],
    };

    /// Nothing passes: there is no scope to judge by.
    pub const CLOSED: Self =
        Self { mask: bit(Check::Scope), first: Check::Scope.raw(), denied: 1, ..Self::ACCEPTED };

    /// Whether it lets the request pass.
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        self.mask == 0
    }

    /// Whether this check fails.
    #[must_use]
    pub const fn fails(&self, check: Check) -> bool {
        self.mask & bit(check) != 0
    }
}

impl Default for Verdict {
    fn default() -> Self {
        Self::ACCEPTED
    }
}

/// The bit of a check in a mask.
pub(crate) const fn bit(check: Check) -> u64 {
    1_u64.wrapping_shl(check.raw())
}

/// A verdict in the making: what one scope after the other lets fail. The first of the failing
/// checks is explained, and of two scopes that fail it the one asked first.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Of the verdict: what fails, and what it says of the first of that.
    mask: u64,
    first: u32,
    scope: u32,
    breach: Breach,
    left_out: u64,
}

impl Word {
    /// Nobody has said anything yet.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self { mask: 0, first: CHECK_NONE, scope: 0, breach: Breach::plain(), left_out: 0 }
    }

    /// These checks (bits) are left out.
    #[inline]
    pub const fn leave_out(&mut self, checks: u64) {
        self.left_out = checks;
    }

    /// What a scope found of a check.
    #[inline]
    pub(super) fn note(&mut self, scope: u32, check: Check, found: Result<(), Breach>) {
        if let Err(breach) = found
            && let Some(check) = self.add(bit(check))
        {
            self.explain(scope, check, breach);
        }
    }

    /// This fails before anything else was looked at.
    #[inline]
    pub(super) fn begin(&mut self, scope: u32, check: Check, breach: Breach) {
        if self.left_out & bit(check) == 0 {
            self.mask |= bit(check);
            self.explain(scope, check, breach);
        }
    }

    /// What is known to fail, or left out (bits).
    #[inline]
    #[must_use]
    pub(super) const fn known(&self) -> u64 {
        self.mask | self.left_out
    }

    /// What fails in a scope (bits). The first of them, when it is to be explained.
    #[inline]
    pub(super) fn add(&mut self, failing: u64) -> Option<Check> {
        let failing = failing & !self.left_out;
        self.mask |= failing;
        if self.first == 0 {
            // Nothing comes before the first of all checks.
            return None;
        }
        // Without a failing check the number is the greatest, and without a bit it is 64.
        let first = failing.trailing_zeros();
        if first >= self.first {
            return None;
        }
        Check::from_raw(first)
    }

    /// Adds what fails in a scope (bits) when nothing of it is to be explained; else nothing is
    /// added.
    #[inline]
    pub(super) const fn joins(&mut self, failing: u64) -> bool {
        let failing = failing & !self.left_out;
        let joins = self.first == 0 || failing.trailing_zeros() >= self.first;
        if joins {
            self.mask |= failing;
        }
        joins
    }

    /// Explains the first of the checks that fail.
    #[inline] // Of a few stores.
    pub(super) fn explain(&mut self, scope: u32, check: Check, breach: Breach) {
        (self.first, self.scope, self.breach) = (check.raw(), scope, breach);
    }

    /// There is no such scope: that denies.
    pub fn unknown_scope(&mut self, scope: u32) {
        self.note(scope, Check::Scope, Err(Breach::plain()));
    }

    /// The verdict.
    #[inline]
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let Breach { unit, limit, observed } = self.breach;
        Verdict {
            mask: self.mask,
            limit,
            observed,
            first: self.first,
            scope: self.scope,
            denied: u32::from(self.mask != 0),
            unit: unit.raw(),
            ..Verdict::ACCEPTED
        }
    }
}

impl Default for Word {
    fn default() -> Self {
        Self::new()
    }
}

/// Limit and observed value of a failing check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breach {
    pub(super) unit: Unit,
    pub(super) limit: i64,
    pub(super) observed: i64,
}

impl Breach {
    pub(super) const fn new(unit: Unit, limit: i64, observed: i64) -> Self {
        Self { unit, limit, observed }
    }

    /// A breach that says all in the check's name.
    pub(super) const fn plain() -> Self {
        Self::new(Unit::None, 0, 0)
    }
}
