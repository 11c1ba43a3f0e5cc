//! Tests.
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test may stop"
)]

use std::vec;
use std::vec::Vec;

use proptest::prelude::*;

use super::*;

/// The definition: the machine's quotient, one less when something negative was cut off.
fn naive_floor(a: i128, b: i128) -> i128 {
    a / b - i128::from(a % b < 0)
}

/// The definition: the machine's quotient, one more when something positive was cut off.
fn naive_ceil(a: i128, b: i128) -> i128 {
    a / b + i128::from(a % b > 0)
}

/// Small, 64-bit, edge and any; the least of all stands for itself below.
fn dividend() -> impl Strategy<Value = i128> {
    let near = |edge: i128| (-3..=3_i128).prop_map(move |d| edge + d);
    prop_oneof![
        -50..50_i128,
        any::<i64>().prop_map(i128::from),
        near(i128::from(i64::MIN)),
        near(i128::from(i64::MAX)),
        near(i128::MAX - 3),
        (1..5_i128).prop_map(|d| i128::MIN + d),
        any::<i128>().prop_filter("the least", |&a| a != i128::MIN),
    ]
}

fn divisor() -> impl Strategy<Value = i128> {
    prop_oneof![
        1..50_i128,
        (1..=i64::MAX).prop_map(i128::from),
        (0..3_i128).prop_map(|d| i128::from(i64::MAX) + d),
        (0..3_i128).prop_map(|d| i128::MAX - d),
        1..=i128::MAX,
    ]
}

proptest! {
    #[test]
    fn division_is_its_definition(a in dividend(), b in divisor()) {
        prop_assert_eq!(div_floor(a, b), Some(naive_floor(a, b)));
        prop_assert_eq!(div_ceil(a, b), Some(naive_ceil(a, b)));
    }

    #[test]
    fn divisors_are_positive(a in any::<i128>(), b in i128::MIN..=0) {
        prop_assert_eq!((div_floor(a, b), div_ceil(a, b)), (None, None));
    }
}

#[test]
fn division_rounds_as_named() {
    let cases = [(7, 2, 3, 4), (-7, 2, -4, -3), (6, 2, 3, 3), (-6, 2, -3, -3), (0, 5, 0, 0)];
    for (a, b, floor, ceil) in cases {
        assert_eq!((div_floor(a, b), div_ceil(a, b)), (Some(floor), Some(ceil)));
    }
    let least = i128::from(i64::MIN);
    assert_eq!((div_floor(least, 1), div_ceil(least, 1)), (Some(least), Some(least)));
    assert_eq!(div_floor(i128::MIN, 1), Some(i128::MIN));
    assert_eq!(div_floor(i128::MIN, i128::MAX), Some(-2));
}

/// The quotient fits: only a quotient that does not gives `None`.
#[test]
fn the_least_integer_is_divided_too() {
    for b in [1, 2, 3, i128::MAX] {
        assert_eq!(div_floor(i128::MIN, b), Some(naive_floor(i128::MIN, b)));
        assert_eq!(div_ceil(i128::MIN, b), Some(naive_ceil(i128::MIN, b)), "by {b}");
    }
}

/// The product of positive factors as digits to the base 2^32, lowest first.
fn big(factors: impl IntoIterator<Item = u64>) -> Vec<u32> {
    let mut digits = vec![1_u32];
    for factor in factors {
        let mut carry = 0_u128;
        for digit in &mut digits {
            carry += u128::from(*digit) * u128::from(factor);
            *digit = carry as u32;
            carry >>= 32;
        }
        while carry > 0 {
            digits.push(carry as u32);
            carry >>= 32;
        }
    }
    digits
}

fn tens(power: i32) -> impl Iterator<Item = u64> {
    (0..power).map(|_| 10)
}

fn naive_gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { naive_gcd(b, a % b) }
}

fn decimals() -> impl Strategy<Value = Vec<Decimal>> {
    let mantissa = prop_oneof![1..30_i64, 1..1_000_000_i64, (0..6_u32).prop_map(|p| 10_i64.pow(p))];
    let decimal = (mantissa, -6..=6_i32).prop_map(|(m, e)| Decimal::new(m, e));
    prop::collection::vec(decimal, 0..5)
}

proptest! {
    #[test]
    fn product_is_exact_and_reduced(decimals in decimals(), exponent in -12..=12_i32) {
        let power = exponent + decimals.iter().map(|d| d.exponent).sum::<i32>();
        let mantissas = || decimals.iter().map(|d| d.mantissa.unsigned_abs());
        let Some(fraction) = Fraction::product(&decimals, exponent) else {
            // Whatever the powers of ten are, one of the two parts is too large.
            let digits = mantissas().map(|m| m.ilog10() + 1).sum::<u32>();
            prop_assert!(digits + power.unsigned_abs() > 18);
            return Ok(());
        };
        let (num, den) = (fraction.num().unsigned_abs(), fraction.den().unsigned_abs());
        prop_assert!(fraction.num() > 0 && fraction.den() > 0);
        prop_assert_eq!(naive_gcd(num, den), 1);
        prop_assert_eq!(
            big([num].into_iter().chain(tens(-power))),
            big([den].into_iter().chain(mantissas()).chain(tens(power)))
        );
    }

    #[test]
    fn a_common_unit_keeps_the_value(a in 1..2_000_i64, b in 1..2_000_i64, other in 1..5_000_i64) {
        let fraction = ratio_of(a, b);
        let den = fraction.common_den(other).unwrap();
        // The least one that both divide.
        prop_assert!(den % fraction.den() == 0 && den % other == 0);
        let gcd = naive_gcd(fraction.den().unsigned_abs(), other.unsigned_abs());
        prop_assert_eq!(den, fraction.den() / i64::try_from(gcd).unwrap() * other);
        let units = fraction.in_units_of(den).unwrap();
        prop_assert_eq!(
            i128::from(units) * i128::from(fraction.den()),
            i128::from(fraction.num()) * i128::from(den)
        );
        let strange = den + 1;
        let expected = (strange % fraction.den() == 0)
            .then(|| strange / fraction.den() * fraction.num());
        prop_assert_eq!(fraction.in_units_of(strange), expected);
    }

    #[test]
    fn halves_make_the_whole(value in any::<i128>()) {
        let halves = Int128::from(value);
        prop_assert_eq!(i128::from(halves), value);
        prop_assert_eq!(i128::from(halves.hi), value >> 64);
        prop_assert_eq!(u128::from(halves.lo), value.cast_unsigned() & u128::from(u64::MAX));
    }

    #[test]
    fn price_times_quantity_is_exact(price in any::<i64>(), qty in any::<i64>()) {
        prop_assert_eq!(Ticks(price).times(Lots(qty)), i128::from(price) * i128::from(qty));
    }

    #[test]
    fn units_are_checked(a in any::<i64>(), b in any::<i64>(), s in any::<u64>(),
                         t in any::<u64>()) {
        prop_assert_eq!(Lots(a).checked_add(Lots(b)), a.checked_add(b).map(Lots));
        prop_assert_eq!(Money(a).checked_sub(Money(b)), a.checked_sub(b).map(Money));
        prop_assert_eq!(Nanos(s).since(Nanos(t)), s.max(t) - t);
        prop_assert_eq!(Nanos(s).checked_sub(Nanos(t)), s.checked_sub(t).map(Nanos));
    }
}

/// a / b out of decimals: a denominator comes of a power of ten alone.
fn ratio_of(a: i64, b: i64) -> Fraction {
    let exponent = -i32::try_from(b % 7).unwrap();
    Fraction::product(&[Decimal::new(a, 0)], exponent).unwrap()
}

#[test]
fn extreme_products() {
    let product = |d: &[(i64, i32)], exponent| {
        let decimals: Vec<Decimal> = d.iter().map(|&(m, e)| Decimal::new(m, e)).collect();
        Fraction::product(&decimals, exponent).map(|f| (f.num(), f.den()))
    };
    assert_eq!(product(&[], 0), Some((1, 1)));
    assert_eq!(product(&[(5, -2)], 0), Some((1, 20)));
    assert_eq!(product(&[(1, 0)], 18), Some((10_i64.pow(18), 1)));
    assert_eq!(product(&[(1, 0)], 19), None);
    assert_eq!(product(&[(1, 0)], -18), Some((1, 10_i64.pow(18))));
    assert_eq!(product(&[(1, 0)], -19), None);
    // 10^-20 of 10^15, and 10^20 of 10^-15.
    assert_eq!(product(&[(10_i64.pow(15), 0), (1, -18)], -2), Some((1, 100_000)));
    assert_eq!(product(&[(1, 18), (1, -15)], 2), Some((100_000, 1)));
    assert_eq!(product(&[(i64::MAX, 0)], 0), Some((i64::MAX, 1)));
    assert_eq!(product(&[(i64::MAX, 0), (2, 0)], 0), None);
    for bad in [(0, 0), (-1, 0), (1, 19), (1, -19)] {
        assert_eq!(product(&[(1, 0), bad], 0), None);
    }
    assert_eq!(product(&[(1, 18)], i32::MAX), None);
}

/// Both parts fit 64 bits, so there is a fraction, however long the way to it.
#[test]
fn wide_products_that_reduce() {
    let one = Decimal::new(10_i64.pow(18), -18);
    assert_eq!(Fraction::product(&[one, one], 0), Some(Fraction::ONE));
    assert_eq!(Fraction::product(&[one, one, one], 0), Some(Fraction::ONE));
}

#[test]
fn common_units_that_do_not_fit() {
    let tiny = Fraction::product(&[Decimal::new(1, 0)], -18).unwrap();
    assert_eq!(tiny.common_den(7), Some(7 * 10_i64.pow(18)));
    assert_eq!(tiny.common_den(11), None);
    let large = Fraction::product(&[Decimal::new(i64::MAX, 0)], 0).unwrap();
    assert_eq!((large.in_units_of(1), large.in_units_of(2)), (Some(i64::MAX), None));
}

#[test]
fn sizes_have_bounds() {
    for (mantissa, exponent, is_size) in [
        (1, 0, true),
        (i64::MAX, 18, true),
        (1, -18, true),
        (1, 19, false),
        (1, -19, false),
        (0, 0, false),
        (-1, 0, false),
        (i64::MIN, 0, false),
        (1, i32::MIN, false),
        (1, i32::MAX, false),
    ] {
        assert_eq!(Decimal::new(mantissa, exponent).is_size(), is_size, "{mantissa} {exponent}");
    }
}

#[test]
fn the_halves_of_known_integers() {
    let pairs = [
        (0, 0, 0),
        (-1, -1, u64::MAX),
        (i128::MIN, i64::MIN, 0),
        (i128::MAX, i64::MAX, u64::MAX),
        (1 << 64, 1, 0),
    ];
    for (value, hi, lo) in pairs {
        assert_eq!(Int128::from(value), Int128 { hi, lo });
        assert_eq!(i128::from(Int128 { hi, lo }), value);
    }
}

#[test]
fn time_does_not_go_back() {
    assert_eq!(Nanos(7).since(Nanos(5)), 2);
    assert_eq!(Nanos(5).since(Nanos(7)), 0);
    assert_eq!(Nanos(u64::MAX).since(Nanos::ZERO), u64::MAX);
    assert_eq!(Nanos::DAY, 86_400 * Nanos::SECOND);
}
