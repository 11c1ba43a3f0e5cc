//! The engine's state as one number: two engines that will answer alike have the same digest.
#![forbid(unsafe_code)]

use crate::engine::Engine;
use crate::store::Hash64;

/// A 64-bit digest over all that can change a later answer of an engine of this configuration, the
/// same on every target.
/// O(everything in the tables).
#[must_use]
pub fn digest(engine: &Engine<'_>) -> u64 {
    let mut hash = Hash64::new(1);
    engine.feed(&mut hash);
    hash.finish()
}
