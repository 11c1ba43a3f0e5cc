//! The units as types, so that ticks cannot be added to lots.
#![forbid(unsafe_code)]

/// The explicit "off" of a limit: no limit. Zero is a limit of zero, so that a record that was
/// never filled in lets nothing pass.
pub const OFF: i64 = -1;

/// Σ lots × ticks: the exact value of executions and positions of one symbol, and their PnL.
pub type TickLots = i128;

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident($int:ident)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(transparent)]
        pub struct $name(pub $int);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// The integer.
            #[must_use]
            pub const fn get(self) -> $int {
                self.0
            }

            /// The sum, if it fits.
            #[must_use]
            pub const fn checked_add(self, other: Self) -> Option<Self> {
                match self.0.checked_add(other.0) {
                    Some(sum) => Some(Self(sum)),
                    None => None,
                }
            }

            /// The difference, if it fits.
            #[must_use]
            pub const fn checked_sub(self, other: Self) -> Option<Self> {
                match self.0.checked_sub(other.0) {
                    Some(difference) => Some(Self(difference)),
                    None => None,
                }
            }
        }
    };
}

unit! {
    /// A price divided by the symbol's tick size. May be negative where the symbol allows it.
    Ticks(i64)
}
unit! {
    /// A quantity divided by the symbol's lot size.
    Lots(i64)
}
unit! {
    /// Account currency × 10^-money_exp.
    Money(i64)
}
unit! {
    /// Parts per 10^9: 1 % is 10 000 000, a basis point is 100 000.
    Ratio(i64)
}
unit! {
    /// Nanoseconds of the caller's clock.
    Nanos(u64)
}

impl Ticks {
    /// Largest magnitude of a price: 2^60.
    pub const MAX: i64 = 1 << 60;

    /// Price × quantity, exact: the product of two 64-bit integers fits 128 bits.
    #[must_use]
    pub fn times(self, lots: Lots) -> TickLots {
        i128::from(self.0).wrapping_mul(i128::from(lots.0))
    }
}

impl Lots {
    /// Largest quantity of a request or report: 2^60.
    pub const MAX: i64 = 1 << 60;
}

impl Ratio {
    /// The whole: 10^9.
    pub const ONE: i64 = 1_000_000_000;
}

impl Nanos {
    /// One second.
    pub const SECOND: u64 = 1_000_000_000;
    /// One minute.
    pub const MINUTE: u64 = 60 * Self::SECOND;
    /// One hour.
    pub const HOUR: u64 = 60 * Self::MINUTE;
    /// One day.
    pub const DAY: u64 = 24 * Self::HOUR;

    /// Time since `earlier`; zero when it is not earlier.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A 128-bit integer as it crosses the ABI: value = hi × 2^64 + lo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Int128 {
    /// Upper half, signed.
    pub hi: i64,
    /// Lower half.
    pub lo: u64,
}

impl From<i128> for Int128 {
    #[expect(clippy::as_conversions, reason = "the halves of an integer, by truncation")]
    fn from(value: i128) -> Self {
        Self { hi: (value >> 64) as i64, lo: value as u64 }
    }
}

impl From<Int128> for i128 {
    fn from(value: Int128) -> Self {
        (Self::from(value.hi) << 64) | Self::from(value.lo)
    }
}
