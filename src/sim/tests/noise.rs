//! The noise: the generator's published numbers, and the shape of the distribution.

use super::*;

const ONE: f64 = (1_u64 << 28) as f64;

/// P(Z < z) by libm.
fn below(z: f64) -> f64 {
    libm::erfc(-z / core::f64::consts::SQRT_2) / 2.0
}

/// The generator by its definition, step after step.
#[test]
fn the_generator_is_wyrand() {
    for seed in [0, 1, 7, u64::MAX] {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for number in 0..1_000 {
            state = state.wrapping_add(0x2d35_8dcc_aa6c_78a5);
            let product = u128::from(state) * u128::from(state ^ 0x8bb8_4b93_962e_acc9);
            assert_eq!(draw(seed, number), (product >> 64) as u64 ^ product as u64);
        }
    }
    assert_eq!(draw(u64::MAX, u64::MAX), draw(u64::MAX, u64::MAX));
}

/// Every place of the tables is the exact inverse, to half a unit.
#[test]
fn the_tables_are_the_inverse() {
    use super::super::normal::{MIDDLE, TAIL};
    let is_inverse = |found: i32, p: f64| {
        let z = f64::from(found) / ONE;
        below(z - 0.51 / ONE) <= p && below(z + 0.51 / ONE) >= p
    };
    for (place, &found) in MIDDLE.iter().enumerate() {
        let is_read = (32..=992).contains(&place);
        let holds = if is_read { is_inverse(found, place as f64 / 1_024.0) } else { found == 0 };
        assert!(holds, "{place}");
    }
    for (place, &found) in TAIL.iter().enumerate() {
        let (power, part) = (place / 32, place % 32);
        let p = 0.5_f64.powi(power as i32 + 5) * (1.0 - part as f64 / 64.0);
        assert!(is_inverse(-found, p), "{place}");
    }
}

/// Straight lines between the places: less than 6e-5 off, above a tail of 2^-32.
#[test]
fn between_the_places() {
    let mut worst = 0.0_f64;
    let mut look = |bits: u64| {
        let z = normal(bits) as f64 / ONE;
        let p = (bits as f64 + 0.5) / 2.0_f64.powi(64);
        // A step of Newton from here gives the error to its square.
        let density = libm::exp(-z * z / 2.0) / libm::sqrt(2.0 * core::f64::consts::PI);
        worst = worst.max(((below(z) - p) / density).abs());
    };
    for power in 5..32 {
        for part in 0..4_096_u64 {
            look(((1 << 12) + part) << (63 - 12 - power));
        }
    }
    for part in 1..=u64::from(u16::MAX) / 2 {
        look(part << 48);
    }
    assert!(worst < 6e-5, "{worst}");
    assert!(worst > 4e-5, "the bound that is stated could be less: {worst}");
}

/// Both signs are alike to two units, it rises, and the ends are where they are said to be.
#[test]
fn symmetric_and_bounded() {
    for number in 0..10_000 {
        let bits = draw(1, number);
        assert!((-2..=0).contains(&(normal(bits) + normal(!bits))));
        assert!(normal(bits) <= normal(bits.saturating_add(1 << (number % 64))));
    }
    for (bits, least, most) in [(0, -6.45, -6.4), (1 << 62, -0.68, -0.67), (1 << 63, 0.0, 1e-8)] {
        let z = normal(bits) as f64 / ONE;
        assert!((least..most).contains(&z), "{z}");
    }
    assert_eq!(normal(u64::MAX), -normal(0));
    for edge in [32_u64 << 54, 992 << 54] {
        assert!((0..2).contains(&(normal(edge) - normal(edge - 1))));
    }
}

/// Mean, variance and the share beyond k standard deviations, of a million draws each, within 4.5
/// standard errors; and neighbours, of number and of seed, do not depend on one another.
#[test]
fn the_distribution() {
    const N: u64 = 1_000_000;
    let n = N as f64;
    for seed in [0, 1, SlippageConfig::DEFAULT_SEED, u64::MAX] {
        let (mut sum, mut squares, mut fourth) = (0.0, 0.0, 0.0);
        let (mut next, mut beside, mut last) = (0.0, 0.0, 0.0);
        let mut beyond = [0_u32; 5];
        for number in 0..N {
            let z = normal(draw(seed, number)) as f64 / ONE;
            sum += z;
            squares += z * z;
            fourth += z * z * z * z;
            next += z * last;
            beside += z * normal(draw(seed.wrapping_add(1), number)) as f64 / ONE;
            last = z;
            for (k, count) in beyond.iter_mut().enumerate() {
                *count += u32::from(z.abs() > k as f64);
            }
        }
        assert_close(sum / n, 0.0, 4.5 / n.sqrt());
        assert_close(squares / n, 1.0, 4.5 * (2.0 / n).sqrt());
        assert_close(fourth / n, 3.0, 4.5 * (96.0 / n).sqrt());
        assert_close(next / n, 0.0, 4.5 / n.sqrt());
        assert_close(beside / n, 0.0, 4.5 / n.sqrt());
        for (k, count) in beyond.into_iter().enumerate() {
            let p = 2.0 * below(-(k as f64));
            assert_close(f64::from(count) / n, p, 4.5 * (p * (1.0 - p) / n).sqrt() + 1e-9);
        }
    }
}

/// Mean and variance over all bits, by the tables.
#[test]
fn the_variance_is_stated() {
    use super::super::normal::{MIDDLE, TAIL};
    let square = |pair: &[i32]| {
        let (a, b) = (f64::from(pair[0]) / ONE, f64::from(pair[1]) / ONE);
        (a * a + a * b + b * b) / 3.0
    };
    let middle: f64 = MIDDLE[32..=992].windows(2).map(|pair| square(pair) / 1_024.0).sum();
    let tail: f64 = TAIL
        .windows(2)
        .enumerate()
        .map(|(place, pair)| square(pair) * 0.5_f64.powi(place as i32 / 32 + 5) / 32.0)
        .sum();
    assert_close(middle + tail, 1.000_009, 1e-6);
    assert!(MIDDLE.iter().zip(MIDDLE.iter().rev()).all(|(low, high)| *low == -high));
}
