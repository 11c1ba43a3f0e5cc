//! Trailing stops: how level and peak follow the price.
#![forbid(unsafe_code)]

use super::{Stage, Trigger, TriggerArm};
use crate::num::{Ratio, Ticks, div_ceil};
use crate::order::Trail;
use crate::status::{Status, TriggerKind};
use crate::store::{Behind, Hash64};

/// What a trailing stop of a position may have besides its distance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ride {
    /// The price that makes it active; 0 for none.
    pub activation: Ticks,
    /// The price from which on it keeps the second distance; 0 for none.
    pub second_level: Ticks,
    /// The second distance, smaller than the first one and of its kind.
    pub second: Trail,
    /// The peak counts in whole multiples of it; 0 for every tick, never 1.
    pub step: u32,
}

impl Ride {
    /// Nothing.
    pub const NONE: Self =
        Self { activation: Ticks::ZERO, second_level: Ticks::ZERO, second: Trail::NONE, step: 0 };

    /// Reads what a request says of a trailing stop: its distance, and the rest.
    ///
    /// # Errors
    /// `Range` for a level, for no distance or two of them, for a second distance that is not
    /// smaller, of another kind or without its level, and for a step or a number out of range; in
    /// the other kinds for anything.
    pub fn decode(request: &TriggerArm, kind: TriggerKind) -> Result<(Trail, Self), Status> {
        if kind == TriggerKind::TrailingStop {
            return Self::of_trailing(request);
        }
        let none = (Trail::NONE, Self::NONE);
        if request.of_trailing() == 0 { Ok(none) } else { Err(Status::Range) }
    }

    fn of_trailing(request: &TriggerArm) -> Result<(Trail, Self), Status> {
        let TriggerArm { activation, second_level, step, .. } = *request;
        let trail = Trail { offset: request.trail_offset, ratio: request.trail_ratio };
        let second = Trail { offset: request.second_offset, ratio: request.second_ratio };
        let step = u32::try_from(step.0).map_err(|_| Status::Range)?;
        let ride = Self { activation, second_level, second, step };
        let has_second = second_level != Ticks::ZERO;
        let fits = request.level == Ticks::ZERO
            && is_distance(trail)
            && (has_second || second == Trail::NONE)
            && (!has_second || is_tighter(second, trail));
        let step = if step > 1 { step } else { 0 };
        if fits { Ok((trail, Self { step, ..ride })) } else { Err(Status::Range) }
    }

    pub(super) fn feed(&self, hash: &mut Hash64) {
        let Self { activation, second_level, second, step } = *self;
        for value in [activation.0, second_level.0, second.offset.0, second.ratio.0] {
            hash.i64(value);
        }
        hash.u32(step);
    }
}

impl TriggerArm {
    /// All fields together that say something of a trailing stop: 0 when they say nothing.
    #[inline]
    #[must_use]
    pub const fn of_trailing(&self) -> i64 {
        let prices = self.activation.0 | self.second_level.0 | self.step.0;
        let first = self.trail_offset.0 | self.trail_ratio.0;
        prices | first | self.second_offset.0 | self.second_ratio.0
    }
}

/// Either so many ticks or a share, not both.
fn is_distance(trail: Trail) -> bool {
    let Trail { offset: Ticks(offset), ratio: Ratio(ratio) } = trail;
    let by_ticks = offset > 0 && offset <= Ticks::MAX && ratio == 0;
    let by_ratio = ratio > 0 && ratio < Ratio::ONE && offset == 0;
    by_ticks || by_ratio
}

fn is_tighter(second: Trail, first: Trail) -> bool {
    let by_ticks = second.ratio == Ratio::ZERO && second.offset < first.offset;
    let by_ratio = second.offset == Ticks::ZERO && second.ratio < first.ratio;
    is_distance(second) && (by_ticks || by_ratio)
}

impl Trigger {
    /// Whether its level follows the price.
    #[must_use]
    pub fn trails(&self) -> bool {
        self.kind == TriggerKind::TrailingStop
    }

    /// Whether it rides the best price at present: peak and level are not in its record then.
    #[must_use]
    pub fn rides(&self) -> bool {
        self.trails() && self.stage == Stage::Riding
    }

    /// Whether it has a level of its own: all but trailing stops that wait or ride.
    #[must_use]
    pub fn has_own_level(&self) -> bool {
        !self.trails() || self.stage == Stage::Parked
    }

    /// The normal price at which something comes up besides that a peak moves: it becomes active,
    /// rides again, or gets its second distance.
    #[must_use]
    pub fn wakes_at(&self) -> Option<i64> {
        if !self.trails() {
            return None;
        }
        let at = |level| self.direction.normal(level);
        let Ride { activation, second_level, .. } = self.ride;
        let second = (second_level != Ticks::ZERO && !self.is_tight).then(|| at(second_level));
        match self.stage {
            Stage::Waiting => Some(at(activation)),
            Stage::Riding => second,
            Stage::Parked => self.next_peak().into_iter().chain(second).min(),
        }
    }

    /// The normal price from which on its peak moves.
    fn next_peak(&self) -> Option<i64> {
        let step = i64::from(self.ride.step).max(1);
        self.peak.map(|peak| self.direction.normal(peak).saturating_add(step))
    }

    /// A new one without an activation price rides from the first price on.
    pub(super) fn begin(&mut self) {
        if self.trails() && self.ride.activation == Ticks::ZERO {
            self.stage = Stage::Riding;
        }
    }

    /// A price comes to a trailing stop that does not ride: it becomes active or rides again, its
    /// second distance comes into force, as far as the price brings it.
    pub fn follow(&mut self, price: Ticks) {
        let here = self.direction.normal(price);
        let reached = |level| here >= self.direction.normal(level);
        let Ride { activation, second_level, step, .. } = self.ride;
        let gets_second = second_level != Ticks::ZERO && reached(second_level);
        let peak = match self.next_peak() {
            None if activation != Ticks::ZERO && !reached(activation) => return,
            Some(next) if here < next => self.peak.unwrap_or_default(),
            None | Some(_) => {
                self.stage = Stage::Riding;
                self.direction.ticks(snapped(here, step))
            }
        };
        if gets_second {
            self.tighten();
        }
        self.set_peak(peak);
    }

    /// The second distance comes into force.
    pub(super) fn tighten(&mut self) {
        self.is_tight = true;
        self.trail = self.ride.second;
    }

    /// The peak, and the level behind it. That never goes back, because the distance grows by less
    /// than the peak does.
    pub(super) fn set_peak(&mut self, peak: Ticks) {
        self.peak = Some(peak);
        let normal = self.direction.normal(peak);
        self.level = self.direction.ticks(normal.saturating_sub(distance(self.trail, peak)));
    }
}

/// A distance as the store has it. A share is below the whole.
pub(super) fn behind(trail: Trail) -> Behind {
    match u32::try_from(trail.ratio.0) {
        Ok(parts) if trail.offset == Ticks::ZERO => Behind::Parts(parts),
        _ => Behind::Ticks(trail.offset.0),
    }
}

/// A normal price in whole steps, rounded down: the worse way.
#[inline]
pub(super) fn snapped(normal: i64, step: u32) -> i64 {
    if step == 0 {
        return normal;
    }
    normal.saturating_sub(normal.checked_rem_euclid(i64::from(step)).unwrap_or(0))
}

/// Distance of a trailing stop from its peak: in ticks as given, or the share of the peak's
/// magnitude rounded up, at least one tick.
fn distance(trail: Trail, peak: Ticks) -> i64 {
    if trail.offset > Ticks::ZERO {
        return trail.offset.0;
    }
    let parts = i128::from(peak.0.unsigned_abs()).saturating_mul(i128::from(trail.ratio.0));
    let share = div_ceil(parts, i128::from(Ratio::ONE)).and_then(|s| i64::try_from(s).ok());
    share.unwrap_or(i64::MAX).max(1)
}
