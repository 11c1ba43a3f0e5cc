//! Reduced positive fractions: money per tick-lot, and the common unit of all symbols.
#![forbid(unsafe_code)]

use super::Decimal;

/// num / den, both positive, without a common divisor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Fraction {
    num: i64,
    den: i64,
}

impl Fraction {
    /// 1.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// The product of decimals and of 10^exponent, reduced; `None` when a part does not fit
    /// 64 bits or a decimal is not positive.
    #[must_use]
    pub fn product(decimals: &[Decimal], exponent: i32) -> Option<Self> {
        let mut num: i128 = 1;
        let mut power = exponent;
        for decimal in decimals {
            if !decimal.is_size() {
                return None;
            }
            // Tens go into the power, so that 10^18 × 10^-18 costs no digits.
            let (mut mantissa, mut tens) = (decimal.mantissa, 0_i32);
            while mantissa.checked_rem(10)? == 0 {
                mantissa = mantissa.checked_div(10)?;
                tens = tens.checked_add(1)?;
            }
            num = num.checked_mul(i128::from(mantissa))?;
            power = power.checked_add(decimal.exponent)?.checked_add(tens)?;
        }
        let mut den: i128 = 1;
        while power > 0 {
            num = num.checked_mul(10)?;
            power = power.checked_sub(1)?;
        }
        while power < 0 {
            // Cancelled on the way, so that 10^-20 of 10^15 fits.
            if num.checked_rem(10)? == 0 {
                num = num.checked_div(10)?;
            } else {
                den = den.checked_mul(10)?;
            }
            power = power.checked_add(1)?;
        }
        let divisor = gcd(num, den);
        Some(Self {
            num: i64::try_from(num.checked_div(divisor)?).ok()?,
            den: i64::try_from(den.checked_div(divisor)?).ok()?,
        })
    }

    /// Numerator.
    #[must_use]
    pub const fn num(self) -> i64 {
        self.num
    }

    /// Denominator.
    #[must_use]
    pub const fn den(self) -> i64 {
        self.den
    }

    /// The least common multiple of `den` and this denominator.
    #[must_use]
    pub fn common_den(self, den: i64) -> Option<i64> {
        let (a, b) = (i128::from(self.den), i128::from(den));
        i64::try_from(a.checked_div(gcd(a, b))?.checked_mul(b)?).ok()
    }

    /// This fraction in units of 1 / `den`, a multiple of its own denominator.
    #[must_use]
    pub fn in_units_of(self, den: i64) -> Option<i64> {
        if den.checked_rem(self.den)? != 0 {
            return None;
        }
        den.checked_div(self.den)?.checked_mul(self.num)
    }
}

/// Greatest common divisor of two integers that are not both zero; at most 180 steps (Lamé).
fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        let Some(rest) = a.checked_rem(b) else { return 1 };
        (a, b) = (b, rest);
    }
    a
}
