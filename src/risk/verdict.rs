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

    /// Adds a failing check; the first one added is the one that is explained.
    #[inline(always)] // Of one test.
    pub fn fail(&mut self, check: Check, breach: Breach) {
        if self.mask == 0 {
            self.begin(check, breach);
        }
        self.mask |= bit(check);
    }

    #[cold]
    #[inline(never)] // So that nobody keeps it in registers.
    fn begin(&mut self, check: Check, breach: Breach) {
        self.first = check.raw();
        self.limit = breach.limit;
        self.observed = breach.observed;
        self.unit = breach.unit.raw();
        self.denied = 1;
    }

    /// A scope that there is not denies.
    #[must_use]
    pub fn unknown_scope(scope: u32) -> Self {
        Self { scope, ..Self::CLOSED }
    }

    /// The word of one more scope: what either lets fail fails. The first check is explained, and
    /// of two scopes that fail it the one asked first.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mask = self.mask | other.mask;
        // Without a failing check the number is the greatest.
        if other.first < self.first { Self { mask, ..other } } else { Self { mask, ..self } }
    }

    /// Leaves some checks out (bits). When the one that is explained is among them, the next one is
    /// named without numbers.
    #[must_use]
    pub fn without(self, checks: u64) -> Self {
        let mask = self.mask & !checks;
        if mask == 0 {
            return Self { scope: self.scope, ..Self::ACCEPTED };
        }
        let first = mask.trailing_zeros();
        if first == self.first {
            return Self { mask, ..self };
        }
        Self { mask, first, limit: 0, observed: 0, unit: 0, ..self }
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
