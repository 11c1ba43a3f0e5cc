//! Exact decimals: how a symbol's sizes are given.
#![forbid(unsafe_code)]

/// mantissa × 10^exponent, for tick sizes, lot sizes, multipliers and conversions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(C)]
pub struct Decimal {
    /// Digits: > 0 wherever a symbol carries one.
    pub mantissa: i64,
    /// Power of ten, -18 to 18.
    pub exponent: i32,
    /// Zero.
    pub reserved: u32,
}

impl Decimal {
    /// Largest magnitude of an exponent.
    pub(crate) const EXPONENT_MAX: i32 = 18;

    /// mantissa × 10^exponent.
    #[must_use]
    pub const fn new(mantissa: i64, exponent: i32) -> Self {
        Self { mantissa, exponent, reserved: 0 }
    }

    /// Whether it is positive with an exponent in range.
    #[must_use]
    pub const fn is_size(self) -> bool {
        self.mantissa > 0
            && self.exponent >= -Self::EXPONENT_MAX
            && self.exponent <= Self::EXPONENT_MAX
    }
}
