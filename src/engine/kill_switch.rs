//! The kill switch: the one thing that may be thrown from another thread or an interrupt.
//!
//! Nothing here but the one word, so that its interleavings can be tried out one by one:
//! `tests/kill_switch.rs` takes this file as it is, over words that do so.
#![forbid(unsafe_code)]

use super::sync::{AtomicUsize, Ordering};

/// The kill switch.
///
/// It is the mark of a C handle as well: that there is an engine and that no kill is in force is
/// one comparison.
#[derive(Debug)]
pub struct KillSwitch(AtomicUsize);

/// Not thrown: the bits of "oms" and of the version of the ABI turned over, so that the upper half
/// is ones (machines compare that in one instruction) and the three lowest bits are 0.
pub(super) const CLEAR: usize = !0x6f6d_7307;
/// The same of an engine whose venue is simulated: calls take another way.
const SIMULATED: usize = CLEAR ^ 8;
/// Thrown, and the engine did not take note of it yet.
const NEWS: usize = 1;
/// Thrown, and it has taken hold.
const NOTED: usize = 2;
/// Since the engine took note of it last it was asked to close every position too.
const FLATTEN: usize = 4;
/// What a mark may have besides [`CLEAR`] or [`SIMULATED`].
const STATES: usize = NEWS | NOTED | FLATTEN;

impl KillSwitch {
    /// A switch over a word that holds a state of one.
    pub(super) const fn over(word: AtomicUsize) -> Self {
        Self(word)
    }

    /// Whether it marks an engine, and is not thrown.
    #[cfg(feature = "capi")]
    #[inline]
    pub(crate) fn is_clear(&self) -> bool {
        // Nothing else comes with it.
        self.0.load(Ordering::Relaxed) == CLEAR
    }

    /// Whether it marks an engine, thrown or not.
    #[cfg(feature = "capi")]
    #[inline]
    pub(crate) fn is_mark(&self) -> bool {
        self.0.load(Ordering::Relaxed) | STATES == CLEAR | STATES
    }

    /// The same of an engine whose venue is simulated.
    #[cfg(feature = "capi")]
    pub(crate) fn is_simulated(&self) -> bool {
        self.0.load(Ordering::Relaxed) | STATES == SIMULATED | STATES
    }

    /// What it is while it is not thrown.
    fn rest(&self) -> usize {
        self.0.load(Ordering::Relaxed) & !STATES
    }

    /// Throws it. One atomic operation.
    pub fn throw(&self) {
        self.0.fetch_or(NEWS, Ordering::Release);
    }

    /// Throws it, and every position is to be closed. One atomic operation.
    pub fn throw_and_flatten(&self) {
        self.0.fetch_or(NEWS | FLATTEN, Ordering::Release);
    }

    /// Whether it is thrown.
    #[must_use]
    pub fn is_thrown(&self) -> bool {
        self.0.load(Ordering::Acquire) & STATES != 0
    }

    /// Whether it was thrown since the engine took note of it last.
    #[inline]
    pub(super) fn is_news(&self) -> bool {
        // Nothing else comes with it.
        self.0.load(Ordering::Relaxed) & NEWS != 0
    }

    /// It has taken hold, and is no news any more; whether positions are to be closed. Who throws
    /// it after this is news again: nothing that was asked for is lost.
    pub(super) fn take_note(&self) -> bool {
        self.0.swap(self.rest() | NOTED, Ordering::AcqRel) & FLATTEN != 0
    }

    /// Takes back what the engine took note of: its own affair, when an operator says so. Thrown
    /// again meanwhile it stays thrown.
    pub(super) fn take_back(&self) {
        let rest = self.rest();
        // One attempt is enough: it fails for another value alone.
        let _ = self.0.compare_exchange(rest | NOTED, rest, Ordering::AcqRel, Ordering::Relaxed);
    }

    /// An engine begins with it: not thrown, whatever was before.
    pub(super) fn begin(&self, simulated: bool) {
        let mark = if simulated { SIMULATED } else { CLEAR };
        self.0.store(mark, Ordering::Release);
    }
}
