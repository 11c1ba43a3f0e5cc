//! What the seed decides: faults and jitter. The same seed, the same history, the same answer.
#![forbid(unsafe_code)]

use crate::num::{Nanos, Ratio};
use crate::store::Hash64;

/// What is thrown for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Throw {
    /// A new order does not leave.
    Fail,
    /// Nobody knows whether it left.
    Doubt,
    /// The venue refuses it.
    Reject,
}

impl Throw {
    const fn salt(self) -> u64 {
        match self {
            Self::Fail => 1,
            Self::Doubt => 2,
            Self::Reject => 3,
        }
    }
}

/// Salt of the jitter.
const JITTER: u64 = 4;

fn dice(seed: u64, salt: u64, words: [u64; 2]) -> u64 {
    let mut hash = Hash64::new(seed);
    hash.word(salt);
    for word in words {
        hash.word(word);
    }
    hash.finish()
}

/// Whether a thing of this share happens to this attempt to send an order.
pub(super) fn happens(seed: u64, throw: Throw, share: Ratio, client_id: u64, attempt: u32) -> bool {
    if share.0 <= 0 {
        return false;
    }
    let dice = dice(seed, throw.salt(), [client_id, u64::from(attempt)]);
    // 32 bits times 10^9 fit.
    let parts = (dice >> 32).wrapping_mul(Ratio::ONE.unsigned_abs()) >> 32;
    parts < share.0.unsigned_abs()
}

/// What is added to the way of the message of this number, 0 to `most`.
pub(super) fn jitter(seed: u64, number: u64, most: Nanos) -> u64 {
    if most == Nanos::ZERO {
        return 0;
    }
    let dice = u128::from(dice(seed, JITTER, [number, 0]));
    let wide = dice.wrapping_mul(u128::from(most.0).wrapping_add(1)) >> 64;
    u64::try_from(wide).unwrap_or(most.0)
}
