//! Rounding and units against 128-bit and schoolbook arithmetic.

use oms_core::num::{Decimal, Fraction, Int128, div_ceil, div_floor};
use proptest::prelude::*;

use crate::world::{ceil, floor, gcd};

/// Digits of a non-negative number, least first, base 10^9: products that fit nothing else.
fn digits(mut x: u128) -> Vec<u64> {
    let mut out = Vec::new();
    while x > 0 {
        out.push((x % 1_000_000_000) as u64);
        x /= 1_000_000_000;
    }
    out
}

fn times(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = vec![0_u64; a.len() + b.len() + 1];
    for (i, &x) in a.iter().enumerate() {
        let mut carry = 0;
        for (j, &y) in b.iter().chain(&[0, 0]).enumerate() {
            if i + j >= out.len() {
                break;
            }
            let sum = out[i + j] + x * y + carry;
            out[i + j] = sum % 1_000_000_000;
            carry = sum / 1_000_000_000;
        }
    }
    while out.last() == Some(&0) {
        out.pop();
    }
    out
}

fn power(n: i32) -> Vec<u64> {
    (0..n).fold(vec![1], |all, _| times(&all, &[10]))
}

proptest! {
    #[test]
    fn divisions_floor_and_ceil(
        a in any::<i128>(), narrow in any::<i64>(), b in 1..i128::MAX, small in 1_i128..1000,
    ) {
        for (a, b) in [(a, b), (a, small), (narrow.into(), small), (narrow.into(), b)] {
            if a > i128::MIN {
                prop_assert_eq!(div_floor(a, b), Some(floor(a, b)));
                prop_assert_eq!(div_ceil(a, b), Some(ceil(a, b)));
            }
            prop_assert_eq!(div_floor(a, -b), None);
        }
        prop_assert_eq!(div_floor(a, 0), None);
        prop_assert_eq!(div_ceil(a, 0), None);
    }

    #[test]
    fn products_are_exact_and_reduced(
        parts in prop::collection::vec((1_i64..100_000, -9_i32..9), 0..4), exponent in -9_i32..13,
    ) {
        let decimals: Vec<_> = parts.iter().map(|&(m, e)| Decimal::new(m, e)).collect();
        let mantissa = parts.iter().fold(vec![1], |all, &(m, _)| times(&all, &[m as u64]));
        let sum = exponent + parts.iter().map(|&(_, e)| e).sum::<i32>();
        if let Some(f) = Fraction::product(&decimals, exponent) {
            prop_assert!(f.num() > 0 && f.den() > 0);
            prop_assert_eq!(gcd(f.num().into(), f.den().into()), 1);
            // num / den = mantissa × 10^sum, cross-multiplied.
            let mut left = digits(f.num() as u128);
            let mut right = times(&mantissa, &digits(f.den() as u128));
            if sum < 0 {
                left = times(&left, &power(-sum));
            } else {
                right = times(&right, &power(sum));
            }
            prop_assert_eq!(times(&left, &[1]), times(&right, &[1]));
        }
    }

    #[test]
    fn small_products_fit(m in 1_i64..1000, n in 1_i64..1000, e in -6_i32..6, x in -6_i32..6) {
        let f = Fraction::product(&[Decimal::new(m, e), Decimal::new(n, 0)], x);
        prop_assert!(f.is_some());
    }

    #[test]
    fn int128_round_trip(x in any::<i128>()) {
        let y = Int128::from(x);
        prop_assert_eq!(i128::from(y), x);
        prop_assert_eq!((i128::from(y.hi) << 64) + i128::from(y.lo), x);
    }

    #[test]
    fn decimal_bounds(mantissa in any::<i64>(), exponent in -40_i32..40) {
        let fits = mantissa > 0 && exponent.abs() <= 18;
        prop_assert_eq!(Decimal::new(mantissa, exponent).is_size(), fits);
        if !fits {
            prop_assert!(Fraction::product(&[Decimal::new(mantissa, exponent)], 0).is_none());
        }
    }
}
