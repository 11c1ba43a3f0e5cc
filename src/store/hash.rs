#![forbid(unsafe_code)]
//! A deterministic streaming hash over 64-bit words.

/// The odd number nearest to 2^64 / golden ratio: the increment of `SplitMix64`.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes a word so that every input bit affects every output bit; a bijection of `u64`.
///
/// It is the finaliser of `SplitMix64` (Steele, Lea, Flood 2014), which is variant 13 of David
/// Stafford's mixers. `mix64(0)` is 0. Not cryptographic. Cost: two multiplications.
#[inline]
#[must_use]
pub const fn mix64(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A digest of a sequence of words that is the same on every target.
///
/// Every word is absorbed by [`mix64`], so each step is a bijection of the state: two sequences
/// that differ in one word have different digests, and others collide with a chance of about
/// 2^-64. The number of words is part of the digest; how an `i128` was cut into words is not. It
/// finds accidents and is no defence against somebody who looks for a collision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash64 {
    state: u64,
    words: u64,
}

impl Hash64 {
    /// An empty digest; different seeds give unrelated digests.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: mix64(seed.wrapping_add(GOLDEN)), words: 0 }
    }

    /// Absorbs one word. O(1), two multiplications.
    #[inline]
    pub const fn word(&mut self, w: u64) {
        // Without the increment a zero state would absorb zeros without changing.
        self.state = mix64((self.state ^ w).wrapping_add(GOLDEN));
        self.words = self.words.wrapping_add(1);
    }

    /// Absorbs a signed word by its two's complement.
    #[inline]
    pub const fn i64(&mut self, v: i64) {
        self.word(v.cast_unsigned());
    }

    /// Absorbs 32 bits as one word.
    #[inline]
    pub fn u32(&mut self, v: u32) {
        self.word(u64::from(v));
    }

    /// Absorbs a wide number as two words, the low half first.
    #[inline]
    pub const fn words_i128(&mut self, v: i128) {
        let bytes = v.to_le_bytes();
        if let (Some(low), Some(high)) = (bytes.first_chunk(), bytes.last_chunk()) {
            self.word(u64::from_le_bytes(*low));
            self.word(u64::from_le_bytes(*high));
        }
    }

    /// The digest of the words so far; more may be absorbed afterwards.
    #[inline]
    #[must_use]
    pub const fn finish(&self) -> u64 {
        mix64(self.state ^ self.words.wrapping_mul(GOLDEN))
    }
}
