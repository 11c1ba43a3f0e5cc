//! Half-open: a few small orders show whether trading may go on.
//!
//! A probe is an order that was let through while the breaker is half-open. It is over when it has
//! ended and the position that it opened or changed is closed.
#![forbid(unsafe_code)]

use super::fall::Breach;
use super::{Breaker, Trip};
use crate::num::{Money, Nanos, Ratio};
use crate::status::{BreakerState, Cause, Unit};
use crate::store::Hash64;

/// What became of the probes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Probes {
    /// Orders that may still be sent.
    pub(super) left: u32,
    /// Orders that live.
    pub(super) live: u32,
    /// Positions of theirs that are open.
    pub(super) open: u32,
    /// Positions of theirs that were closed with a profit.
    pub(super) wins: u32,
    /// Orders with a greater number are of this round.
    since: u64,
}

impl Probes {
    /// There are none.
    pub(super) const NONE: Self = Self { left: 0, live: 0, open: 0, wins: 0, since: 0 };

    /// Orders that live and positions that are open.
    pub(super) const fn going(&self) -> u32 {
        self.live.saturating_add(self.open)
    }

    /// Feeds every field.
    pub(super) fn feed(&self, hash: &mut Hash64) {
        for count in [self.left, self.live, self.open, self.wins] {
            hash.u32(count);
        }
        hash.word(self.since);
    }
}

/// What a closed position means while the breaker is half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probed {
    /// It goes on.
    Nothing,
    /// It has lost.
    Tripped(Trip),
    /// The wins are enough.
    Closed,
}

impl Breaker {
    /// Whether it is half-open.
    #[inline]
    #[must_use]
    pub fn is_half_open(&self) -> bool {
        self.state == BreakerState::HalfOpen
    }

    /// Whether a new order may pass at `now`.
    #[must_use]
    pub fn is_operational(&self, now: Nanos) -> bool {
        match self.state {
            BreakerState::Closed => true,
            BreakerState::HalfOpen => self.probes.left > 0,
            BreakerState::Open => self.is_recovery_due(now),
        }
    }

    /// Whether the order with this number, if it was let through as a probe, is one of the present
    /// round.
    #[must_use]
    pub fn is_probe(&self, number: u64) -> bool {
        self.is_half_open() && number > self.probes.since
    }

    /// Whether orders may pass as probes, now or later.
    #[inline]
    pub(super) fn may_probe(&self) -> bool {
        !self.is_closed() && (self.is_half_open() || self.config.half_open_probes > 0)
    }

    /// The share of the largest quantity and position that an order may have at `now`, while that
    /// is not all of it.
    #[inline]
    #[must_use]
    pub fn probe_size(&self, now: Nanos) -> Option<Ratio> {
        if self.may_probe() { self.size_of_probe(now) } else { None }
    }

    /// A round goes on also when no further one is to have probes.
    #[cold]
    #[inline(never)] // Few breakers have probes.
    fn size_of_probe(&self, now: Nanos) -> Option<Ratio> {
        let begins = self.is_recovery_due(now);
        (self.is_half_open() || begins).then_some(self.config.probe_size)
    }

    /// A recovery is due and goes through probes.
    pub(super) fn begin_probing(&mut self, orders: u64) {
        self.state = BreakerState::HalfOpen;
        self.probes = Probes { left: self.config.half_open_probes, since: orders, ..Probes::NONE };
        self.rebase();
    }

    /// An order is let through. Answers whether it is a probe.
    pub fn take_probe(&mut self) -> bool {
        if self.is_half_open() {
            self.probes.left = self.probes.left.saturating_sub(1);
        }
        self.is_half_open()
    }

    /// A probe lives from now on, or does not any more.
    pub fn count_probe(&mut self, lives: bool) {
        count(&mut self.probes.live, lives);
    }

    /// A position of a probe is open from now on, or is not any more.
    pub fn count_probed(&mut self, opens: bool) {
        count(&mut self.probes.open, opens);
    }

    /// A position was closed with this PnL; `sign` is that of the exact one, and `probed` says
    /// whether it is a probe's. Any loss trips again, for the cause of the last trip.
    pub fn judge_probe(&mut self, now: Nanos, probed: bool, sign: i64, pnl: Money) -> Probed {
        if !self.is_half_open() || sign == 0 {
            return Probed::Nothing;
        }
        if sign < 0 {
            let trip = self.trip_again(now, Unit::Money, 0, pnl.0.saturating_neg());
            return trip.map_or(Probed::Nothing, Probed::Tripped);
        }
        self.probes.wins = self.probes.wins.saturating_add(u32::from(probed));
        if self.probes.wins < self.config.probe_wins {
            return Probed::Nothing;
        }
        self.close_recovered(now);
        Probed::Closed
    }

    /// All probes are over without the wins: it is open again, for the cause of the last trip.
    pub fn settle_probes(&mut self, now: Nanos) -> Option<Trip> {
        if !self.is_half_open() || self.probes.left > 0 || self.probes.going() > 0 {
            return None;
        }
        let (wins, needed) = (i64::from(self.probes.wins), i64::from(self.config.probe_wins));
        self.trip_again(now, Unit::Count, needed, wins)
    }

    fn trip_again(&mut self, now: Nanos, unit: Unit, limit: i64, observed: i64) -> Option<Trip> {
        let cause = self.last_trip().and_then(|trip| Cause::from_raw(trip.cause));
        let cause = cause.unwrap_or(Cause::Manual);
        self.trip(now, &Breach { cause, unit, limit, observed })
    }

    /// Probes that live and positions of theirs that are open: for an audit.
    #[must_use]
    pub const fn probes_going(&self) -> (u32, u32) {
        (self.probes.live, self.probes.open)
    }
}

/// One more, or one less.
fn count(number: &mut u32, more: bool) {
    *number = if more { number.saturating_add(1) } else { number.saturating_sub(1) };
}
