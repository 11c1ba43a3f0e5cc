//! What was traded in 30 days, for the tiers of a fee schedule.
#![forbid(unsafe_code)]

use crate::num::Nanos;
use crate::store::at;

/// Days that count, the present one included.
pub const FEE_DAYS: u64 = 30;

/// What was traded in the last 30 days of the caller's clock, the present one included. A day is
/// 86 400 s from a multiple of it on (midnight, where times count from one); what was traded on a
/// day counts whole until 30 days after that day began, and then not at all. A step back of the
/// clock counts for the latest day that was seen. Volumes are of any unit; sums stop at 2^64 - 1.
/// All zero it is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct FeeVolume {
    /// The sum of the days.
    pub sum: u64,
    /// Number of the latest day.
    pub day: u64,
    /// What was traded on each; a day has the place of its number modulo 30.
    pub days: [u64; 30],
}

impl FeeVolume {
    /// Adds what was traded. Cost: O(1), and at most 30 steps with the first of a day.
    pub fn add(&mut self, now: Nanos, volume: u64) {
        self.turn(now);
        if let Some(day) = self.days.get_mut(place(self.day)) {
            *day = day.saturating_add(volume);
        }
        self.sum = self.sum.saturating_add(volume);
    }

    /// What was traded in the 30 days that end with `now`'s. Cost: as [`Self::add`].
    #[must_use]
    pub fn at(&self, now: Nanos) -> u64 {
        if now.0.wrapping_div(Nanos::DAY) <= self.day {
            return self.sum;
        }
        let mut later = *self;
        later.turn(now);
        later.sum
    }

    /// Begins the day of `now`: those that are 30 days old and more are forgotten.
    fn turn(&mut self, now: Nanos) {
        let today = now.0.wrapping_div(Nanos::DAY);
        if today <= self.day {
            return;
        }
        let passed = today.wrapping_sub(self.day).min(FEE_DAYS);
        for back in 0..passed {
            if let Some(day) = self.days.get_mut(place(today.wrapping_sub(back))) {
                *day = 0;
            }
        }
        self.day = today;
        // Anew: it may have stopped at the top.
        self.sum = self.days.iter().fold(0, |sum: u64, day| sum.saturating_add(*day));
    }
}

/// The place of a day.
fn place(day: u64) -> usize {
    at(u32::try_from(day.wrapping_rem(FEE_DAYS)).unwrap_or(0))
}
