//! When an order that could not be sent is handed out again.
#![forbid(unsafe_code)]

use crate::num::{Nanos, Ratio};
use crate::store::Hash64;

/// Settings of the retries. The n-th retry waits min(cap, delay × 2^n), n from 0, and a jitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct RetryConfig {
    /// The first wait, nanoseconds. Default 100 ms.
    pub delay: Nanos,
    /// The longest wait without jitter, nanoseconds, not below `delay`. Default 30 s.
    pub cap: Nanos,
    /// The jitter added is from 0 to this share of the wait, parts per 10^9, 0 to 10^9. It follows
    /// from hash_seed, client id and number of the retry. Default 0.1.
    pub jitter: Ratio,
    /// Retries after the first send, 0 to 64. Default 3.
    pub max: u32,
    /// Zero.
    pub reserved0: u32,
}

impl RetryConfig {
    /// The defaults.
    ///
    /// cbindgen:ignore
    pub const DEFAULT: Self = Self {
        delay: Nanos(100_000_000),
        cap: Nanos(30_000_000_000),
        jitter: Ratio(100_000_000),
        max: 3,
        reserved0: 0,
    };

    /// Whether all fields are in their ranges.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.delay <= self.cap && (0..=Ratio::ONE).contains(&self.jitter.0) && self.max <= 64
    }

    /// How long the retry of this number, from 0, of this order waits, nanoseconds.
    #[must_use]
    pub fn wait(&self, number: u32, client_id: u64, seed: u64) -> u64 {
        let factor = 1_u64.checked_shl(number).unwrap_or(u64::MAX);
        let wait = self.delay.0.saturating_mul(factor).min(self.cap.0);
        let mut hash = Hash64::new(seed);
        hash.word(client_id);
        hash.u32(number);
        // A number of 32 bits: the product with a wait and a ratio below 2^94 fits 128 bits.
        let dice = u128::from(hash.finish() >> 32);
        let most = u128::from(wait).saturating_mul(u128::from(self.jitter.0.unsigned_abs()));
        let most = most.checked_div(u128::from(Ratio::ONE.unsigned_abs())).unwrap_or(0);
        let jitter = u64::try_from(most.saturating_mul(dice) >> 32).unwrap_or(u64::MAX);
        wait.saturating_add(jitter)
    }
}
