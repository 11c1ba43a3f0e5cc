//! Noise that depends on a seed and a number alone: no state, the same bits everywhere.
//!
//! The generator is wyrand (Wang Yi, wyhash 4.2; it passes BigCrush and PractRand) as a function of
//! the place in its sequence. It begins at the seed times an odd constant, so that neighbouring
//! seeds begin far from one another.
#![forbid(unsafe_code)]

use super::normal::{MIDDLE, TAIL};

/// The step of the sequence.
const STEP: u64 = 0x2d35_8dcc_aa6c_78a5;
/// What the other factor differs by.
const MIX: u64 = 0x8bb8_4b93_962e_acc9;

/// What seeds are multiplied by: 2^64 over the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// 64 random bits: output `number` (from 0) of wyrand that begins at the seed × 2^64 / 1.618....
#[inline]
#[must_use]
#[expect(clippy::as_conversions, reason = "the halves of a product, by truncation")]
pub const fn draw(seed: u64, number: u64) -> u64 {
    let begin = seed.wrapping_mul(SPREAD).wrapping_add(STEP);
    let place = number.wrapping_mul(STEP).wrapping_add(begin);
    let product = (place as u128).wrapping_mul((place ^ MIX) as u128);
    (product >> 64) as u64 ^ product as u64
}

/// A standard normal number with 28 binary places, made of 64 random bits: the inverse of the
/// distribution at bits / 2^64, by straight lines between the places of a table.
///
/// It differs from the exact inverse by less than 6 × 10^-5 while its magnitude is below 6.2; it
/// never exceeds 6.45, which an exact one does once in 10^10 draws. The mean is 0 to 10^-8, the
/// variance 1.00001.
#[inline]
#[must_use]
pub fn normal(bits: u64) -> i64 {
    let place = bits >> 54;
    if !(32..992).contains(&place) {
        core::hint::cold_path();
        return tail(bits);
    }
    let near = at(&MIDDLE, place);
    let far = at(&MIDDLE, place.wrapping_add(1));
    let between = (bits >> 22 & 0xffff_ffff).cast_signed();
    near.wrapping_add(far.wrapping_sub(near).wrapping_mul(between) >> 32)
}

/// The same below 1/32 and above 31/32.
#[inline(always)] // A call would make its caller save registers for one draw in sixteen.
fn tail(bits: u64) -> i64 {
    let is_low = bits.leading_zeros() != 0;
    let edge = if is_low { bits } else { !bits };
    // The least keeps it within the table.
    let edge = edge.max(1 << 30);
    let zeros = edge.leading_zeros();
    // From the top of its power of two downwards: 5 bits of the place, then those in between.
    let down = !edge.wrapping_shl(zeros);
    let place = u64::from(zeros).wrapping_sub(5).wrapping_mul(32).wrapping_add(down >> 58);
    let between = ((down << 6) >> 32).cast_signed();
    let near = at(&TAIL, place);
    let far = at(&TAIL, place.wrapping_add(1));
    let magnitude = near.wrapping_add(far.wrapping_sub(near).wrapping_mul(between) >> 32);
    if is_low { magnitude.wrapping_neg() } else { magnitude }
}

/// What a table has at a place that is within it.
#[inline]
fn at<const N: usize>(table: &[i32; N], place: u64) -> i64 {
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    table.get(place).map_or(0, |&number| i64::from(number))
}
