//! The circuit breaker: losses, drawdown, streaks, errors; trips, recoveries and their history.
#![forbid(unsafe_code)]

use heapless::Deque;

use super::fall::{Breach, beyond, lowest};
use super::figures::share;
use super::probes::Probes;
use super::{BreakerConfig, BreakerStatus, Figures, TRIPS_KEPT, Trip};
use crate::num::{Money, Nanos, OFF, Ratio};
use crate::status::{BreakerFlag, BreakerState, Cause, Unit};
use crate::store::Hash64;

/// The breaker. It is told what happened and when; every call is O(1).
#[derive(Clone, Debug)]
pub struct Breaker {
    pub(super) config: BreakerConfig,
    pub(super) state: BreakerState,
    latched: bool,
    /// Bits of the causes for which it is open: a trip by hand may come on top.
    causes: u32,
    pub(super) figures: Figures,
    /// Σ PnL of this session's trades while the equity is unknown.
    traded: Money,
    session_equity: Money,
    /// The daily loss counts from here: the session's start, or the last reset after a loss.
    pub(super) loss_base: Money,
    pub(super) losses: u32,
    pub(super) streak_loss: Money,
    pub(super) errors: u32,
    day: Option<u64>,
    session_trips: u32,
    session_auto_resets: u32,
    cooldown_until: Nanos,
    reset_at: Nanos,
    trips: Deque<Trip, TRIPS_KEPT>,
    /// What became of the probes while it is half-open.
    pub(super) probes: Probes,
    /// Bits of the causes whose limit is near, as was told: see `warning.rs`.
    pub(super) warned: u32,
    /// Orders in the minute, the hour and the custom window that are near the limits; 0 when nobody
    /// is to be told.
    near_rates: [u32; 3],
}

impl Breaker {
    /// A closed breaker. Its equity is unknown until [`Breaker::set_equity`].
    #[must_use]
    pub const fn new(config: &BreakerConfig) -> Self {
        Self {
            config: *config,
            state: BreakerState::Closed,
            latched: false,
            causes: 0,
            figures: Figures::NONE,
            traded: Money::ZERO,
            session_equity: Money::ZERO,
            loss_base: Money::ZERO,
            losses: 0,
            streak_loss: Money::ZERO,
            errors: 0,
            day: None,
            session_trips: 0,
            session_auto_resets: 0,
            cooldown_until: Nanos::ZERO,
            reset_at: Nanos::ZERO,
            trips: Deque::new(),
            probes: Probes::NONE,
            warned: 0,
            near_rates: config.near_rates(),
        }
    }

    /// Gives it other limits; what it counted stays.
    pub const fn set_config(&mut self, config: &BreakerConfig) {
        self.config = *config;
        self.near_rates = config.near_rates();
        if matches!(self.state, BreakerState::Open) && self.waits_for_hand() {
            self.latched = true;
        }
    }

    /// Whether the next trip is reset by hand, whatever it is for.
    const fn waits_for_hand(&self) -> bool {
        self.config.has(BreakerFlag::ManualReset)
            || self.session_auto_resets >= self.config.max_auto_resets
    }

    /// Its configuration.
    #[must_use]
    pub const fn config(&self) -> &BreakerConfig {
        &self.config
    }

    /// As [`BreakerConfig::windows`], with the number of orders that is near; 0 when nobody is to
    /// be told.
    #[inline]
    #[must_use]
    pub fn windows(&self) -> [(Option<(u32, u64)>, u32); 3] {
        let ([a, b, c], [x, y, z]) = (self.config.windows(), self.near_rates);
        [(a, x), (b, y), (c, z)]
    }

    /// Whether orders may pass, whatever the time is.
    #[inline]
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.state == BreakerState::Closed
    }

    /// The trip that is open or was last.
    #[must_use]
    pub fn last_trip(&self) -> Option<&Trip> {
        self.trips.back()
    }

    /// A trip kept, 0 for the last one.
    #[must_use]
    pub fn past_trip(&self, back: u32) -> Option<&Trip> {
        let back = usize::try_from(back).ok()?;
        self.trips.iter().rev().nth(back)
    }

    /// Trips kept, oldest first.
    pub fn trips(&self) -> impl Iterator<Item = &Trip> {
        self.trips.iter()
    }

    /// Session number: days since the epoch of the caller's clock, shifted by the offset.
    pub(super) fn day_of(&self, now: Nanos) -> u64 {
        let before_first = Nanos::DAY.saturating_sub(self.config.session_offset.0);
        now.0.saturating_add(before_first) / Nanos::DAY
    }

    /// Whether another session has begun by then.
    #[must_use]
    pub fn begins_session(&self, now: Nanos) -> bool {
        self.day.is_some_and(|old| old != self.day_of(now))
    }

    /// When the next session begins.
    #[must_use]
    pub fn next_session(&self, now: Nanos) -> Nanos {
        let start = self.day_of(now).saturating_mul(Nanos::DAY);
        Nanos(start.saturating_add(self.config.session_offset.0))
    }

    /// Whether a trip for this cause, now, ends by hand only. It is settled when it trips: a new
    /// session closes nothing by itself.
    fn latches(&self, now: Nanos, cause: Cause) -> bool {
        self.waits_for_hand()
            || matches!(cause, Cause::Manual | Cause::Reconcile)
            || now < self.cooldown_until
    }

    /// Whether it is open for this cause, among others perhaps.
    #[must_use]
    pub fn is_open_for(&self, cause: Cause) -> bool {
        self.causes & cause_bit(cause) != 0
    }

    /// Whether a recovery by itself is due.
    #[must_use]
    pub fn is_recovery_due(&self, now: Nanos) -> bool {
        let due = |trip: &Trip| now.since(trip.at) >= self.config.auto_reset_after.0;
        self.state == BreakerState::Open && !self.latched && self.last_trip().is_some_and(due)
    }

    /// Time passes: a new session clears what belongs to one. Answers the last session's PnL when
    /// one has ended.
    pub fn roll(&mut self, now: Nanos) -> Option<Money> {
        let ended = self.begins_session(now);
        self.day = Some(self.day_of(now));
        if !ended {
            return None;
        }
        let pnl = self.session_pnl();
        let equity = self.figures.equity.unwrap_or_default();
        self.traded = Money::ZERO;
        self.session_equity = equity;
        self.loss_base = equity;
        self.losses = 0;
        self.streak_loss = Money::ZERO;
        self.warned &= !cause_bit(Cause::ConsecutiveLosses);
        self.session_trips = 0;
        self.session_auto_resets = 0;
        Some(pnl)
    }

    /// Time passes: recovers when that is due, and answers whether it did. It is closed then or,
    /// when there are probes, half-open: orders with a number above `orders` are those.
    pub fn recover(&mut self, now: Nanos, orders: u64) -> bool {
        if !self.is_recovery_due(now) {
            return false;
        }
        self.session_auto_resets = self.session_auto_resets.saturating_add(1);
        if self.config.half_open_probes > 0 {
            self.begin_probing(orders);
        } else {
            self.close_recovered(now);
        }
        true
    }

    /// A recovery is over: from here on the cooldown runs.
    pub(super) fn close_recovered(&mut self, now: Nanos) {
        self.cooldown_until = Nanos(now.0.saturating_add(self.config.cooldown.0));
        self.close(now, false);
    }

    /// Resets by hand: always works. Answers whether it was open.
    pub fn reset(&mut self, now: Nanos) -> bool {
        let was_open = self.state != BreakerState::Closed;
        self.cooldown_until = Nanos::ZERO;
        self.close(now, true);
        was_open
    }

    fn close(&mut self, now: Nanos, by_hand: bool) {
        let was_open = self.state != BreakerState::Closed;
        self.state = BreakerState::Closed;
        self.latched = false;
        self.reset_at = now;
        self.probes = Probes::NONE;
        for trip in self.trips.iter_mut().filter(|trip| trip.reset_at == Nanos::ZERO && was_open) {
            trip.reset_at = now;
            trip.by_hand = u8::from(by_hand);
        }
        self.rebase();
    }

    /// What tripped, and a loss limit that is exceeded now, counts from here on: the next check
    /// does not trip on the same stale figures.
    pub(super) fn rebase(&mut self) {
        let equity = self.figures.equity.unwrap_or_default();
        let loss = self.loss_breach(equity).is_some();
        let drawdown = self.drawdown_breach(equity).is_some();
        let causes = core::mem::take(&mut self.causes);
        let tripped = |cause: Cause| causes & cause_bit(cause) != 0;
        if loss || tripped(Cause::DailyLoss) {
            self.loss_base = equity;
        }
        if drawdown || tripped(Cause::Drawdown) {
            self.figures.drawdown_base = equity;
        }
        if tripped(Cause::ConsecutiveLosses) {
            self.losses = 0;
            self.streak_loss = Money::ZERO;
        }
        if tripped(Cause::SystemError) {
            self.errors = 0;
        }
        self.warned = 0;
    }

    /// Equity became known or changed.
    pub fn set_equity(&mut self, now: Nanos, equity: Money) -> Option<Trip> {
        if self.figures.equity.is_none() {
            // What was traded before the equity was known is in it.
            let start = Money(equity.0.saturating_sub(self.traded.0));
            self.session_equity = start;
            self.loss_base = start;
            self.figures.peak = self.figures.peak.max(start);
            self.figures.drawdown_base = self.figures.peak;
        }
        self.figures.follow(equity);
        let breach = self.loss_breach(equity).or_else(|| self.drawdown_breach(equity))?;
        self.trip(now, &breach)
    }

    /// A trade's PnL while the equity is unknown: it counts for the session's PnL only.
    pub fn note_unfunded(&mut self, pnl: Money) {
        self.traded = Money(self.traded.0.saturating_add(pnl.0));
    }

    /// Equity, once it is known.
    #[must_use]
    pub const fn equity(&self) -> Option<Money> {
        self.figures.equity
    }

    /// What follows the equity.
    #[must_use]
    pub const fn figures(&self) -> Figures {
        self.figures
    }

    /// The equity has moved and exceeded no limit: see [`super::Band`].
    pub const fn set_figures(&mut self, figures: Figures) {
        self.figures = figures;
    }

    /// The lowest equity that exceeds no limit and is near none that it was not near before, money
    /// units; none while nothing trips.
    #[must_use]
    pub fn floor(&self) -> Option<i128> {
        if self.state == BreakerState::Open {
            return None;
        }
        let BreakerConfig { daily_loss_ratio, daily_loss_money, .. } = self.config;
        let BreakerConfig { drawdown_ratio, drawdown_money, .. } = self.config;
        let loss = lowest(self.loss_base, daily_loss_ratio, daily_loss_money);
        let fall = lowest(self.figures.drawdown_base, drawdown_ratio, drawdown_money);
        loss.max(fall).max(self.warning_floor())
    }

    /// When time alone changes something next: a session begins, a recovery is due.
    #[must_use]
    pub fn next_due(&self, now: Nanos) -> Nanos {
        let session = self.next_session(now);
        match self.last_trip().filter(|_| self.state == BreakerState::Open && !self.latched) {
            Some(trip) => {
                session.min(Nanos(trip.at.0.saturating_add(self.config.auto_reset_after.0)))
            }
            None => session,
        }
    }

    /// The peak is known from elsewhere, or from an earlier run.
    pub fn set_peak(&mut self, peak: Money) {
        // A peak that is known is told again and again; after a reset it is stale.
        if peak > self.figures.peak {
            self.figures.peak = peak;
            self.figures.drawdown_base = peak;
        }
    }

    /// A deposit or withdrawal: equity, session start and peak move alike, once they are known.
    pub fn shift(&mut self, amount: Money) {
        let Figures { equity: Some(equity), peak, drawdown_base, .. } = &mut self.figures else {
            return;
        };
        let (session, loss) = (&mut self.session_equity, &mut self.loss_base);
        for value in [equity, peak, drawdown_base, session, loss] {
            *value = Money(value.0.saturating_add(amount.0));
        }
    }

    fn loss_breach(&self, equity: Money) -> Option<Breach> {
        let (ratio, money) = (self.config.daily_loss_ratio, self.config.daily_loss_money);
        beyond(Cause::DailyLoss, self.loss_base, equity, ratio, money)
    }

    fn drawdown_breach(&self, equity: Money) -> Option<Breach> {
        let (ratio, money) = (self.config.drawdown_ratio, self.config.drawdown_money);
        beyond(Cause::Drawdown, self.figures.drawdown_base, equity, ratio, money)
    }

    /// A trade was closed with this PnL.
    pub fn note_trade(&mut self, now: Nanos, pnl: Money) -> Option<Trip> {
        self.note_outcome(now, pnl.0.signum(), pnl)
    }

    /// A trade was closed; `sign` is that of the exact PnL, which may be smaller than a money unit.
    pub fn note_outcome(&mut self, now: Nanos, sign: i64, pnl: Money) -> Option<Trip> {
        if sign >= 0 {
            if sign > 0 || !self.config.has(BreakerFlag::BreakEvenKeeps) {
                self.losses = 0;
                self.streak_loss = Money::ZERO;
                self.warned &= !cause_bit(Cause::ConsecutiveLosses);
            }
            // Only a loss trips.
            return None;
        }
        self.losses = self.losses.saturating_add(1);
        self.streak_loss = Money(self.streak_loss.0.saturating_sub(pnl.0));
        let breach = self.streak_breach()?;
        self.trip(now, &breach)
    }

    fn streak_breach(&self) -> Option<Breach> {
        let cause = Cause::ConsecutiveLosses;
        let most = u32::try_from(self.config.consecutive_losses).unwrap_or(u32::MAX);
        if self.losses >= most {
            return Some(Breach::of_count(cause, most, self.losses));
        }
        let (unit, limit) = (Unit::Money, self.config.streak_loss_money);
        let much = limit.0 != OFF && self.losses > 0 && self.streak_loss >= limit;
        let breach = Breach { cause, unit, limit: limit.0, observed: self.streak_loss.0 };
        much.then_some(breach)
    }

    fn error_breach(&self) -> Option<Breach> {
        let most = u32::try_from(self.config.consecutive_errors).unwrap_or(u32::MAX);
        (self.errors >= most).then(|| Breach::of_count(Cause::SystemError, most, self.errors))
    }

    /// Other limits hold: trips when the losses or errors in a row are too many for them.
    pub fn check_counts(&mut self, now: Nanos) -> Option<Trip> {
        let breach = self.streak_breach().or_else(|| self.error_breach())?;
        self.trip(now, &breach)
    }

    /// An error happened.
    pub fn note_error(&mut self, now: Nanos) -> Option<Trip> {
        self.errors = self.errors.saturating_add(1);
        let breach = self.error_breach()?;
        self.trip(now, &breach)
    }

    /// Something succeeded.
    pub fn clear_errors(&mut self) {
        self.errors = 0;
        self.warned &= !cause_bit(Cause::SystemError);
    }

    /// Orders came faster than `limit` allows.
    pub fn note_rate(&mut self, now: Nanos, limit: u32, observed: u32) -> Option<Trip> {
        self.trip(now, &Breach::of_count(Cause::OrderRate, limit, observed))
    }

    /// Trips by hand; `note` is kept as the observed value. An open breaker is tripped anew, so
    /// that it does not recover by itself.
    pub fn trip_by_hand(&mut self, now: Nanos, note: i64) -> Option<Trip> {
        let breach = Breach { cause: Cause::Manual, unit: Unit::None, limit: 0, observed: note };
        self.trip_anew(now, &breach)
    }

    fn trip_anew(&mut self, now: Nanos, breach: &Breach) -> Option<Trip> {
        self.state = BreakerState::Closed;
        self.trip(now, breach)
    }

    /// Trips because the venue's books differ. An open breaker is tripped anew, as by hand.
    pub fn trip_reconcile(
        &mut self,
        now: Nanos,
        unit: Unit,
        limit: i64,
        observed: i64,
    ) -> Option<Trip> {
        self.trip_anew(now, &Breach { cause: Cause::Reconcile, unit, limit, observed })
    }

    /// Trips on figures the caller has: a loss below `-limit`, a drawdown beyond its limit by
    /// magnitude.
    pub fn check_and_trip(&mut self, now: Nanos, pnl: Ratio, drawdown: Ratio) -> Option<Trip> {
        let over = |value: i64, limit: Ratio| limit.0 != OFF && value > limit.0;
        let loss = pnl.0.saturating_neg();
        let depth = drawdown.0.saturating_abs();
        let (cause, limit, observed) = if over(loss, self.config.daily_loss_ratio) {
            (Cause::DailyLoss, self.config.daily_loss_ratio.0, loss)
        } else if over(depth, self.config.drawdown_ratio) {
            (Cause::Drawdown, self.config.drawdown_ratio.0, depth)
        } else {
            return None;
        };
        self.trip(now, &Breach { cause, unit: Unit::Ratio, limit, observed })
    }

    /// The trip that is open happened at another time, from which the recovery counts. Answers
    /// whether one is open.
    pub fn move_trip(&mut self, at: Nanos) -> bool {
        let is_open = self.state == BreakerState::Open;
        if is_open && let Some(trip) = self.trips.back_mut() {
            trip.at = at;
        }
        is_open
    }

    /// Opens the breaker, unless it is open: the first cause counts.
    pub(super) fn trip(&mut self, now: Nanos, breach: &Breach) -> Option<Trip> {
        if self.state == BreakerState::Open {
            return None;
        }
        self.state = BreakerState::Open;
        self.probes = Probes::NONE;
        self.latched = self.latches(now, breach.cause);
        self.causes |= cause_bit(breach.cause);
        self.session_trips = self.session_trips.saturating_add(1);
        let trip = Trip {
            at: now,
            limit: breach.limit,
            observed: breach.observed,
            cause: breach.cause.raw(),
            unit: breach.unit.raw(),
            latched: u8::from(self.latched),
            ..Trip::default()
        };
        if self.trips.is_full() {
            self.trips.pop_front();
        }
        // There is room: the oldest one was just dropped.
        let _ = self.trips.push_back(trip);
        Some(trip)
    }

    /// What it says of itself; the caller adds the order counts.
    #[must_use]
    pub fn status(&self, now: Nanos) -> BreakerStatus {
        self.status_with(now, &self.figures)
    }

    /// The same with figures that it was not told yet.
    #[must_use]
    pub fn status_with(&self, now: Nanos, figures: &Figures) -> BreakerStatus {
        let equity = figures.equity.unwrap_or_default();
        let last = self.last_trip().copied().unwrap_or_default();
        BreakerStatus {
            equity,
            peak: figures.peak,
            session_equity: self.session_equity,
            session_pnl: self.pnl_at(figures.equity),
            streak_loss: self.streak_loss,
            drawdown: share(figures.peak, equity).unwrap_or_default(),
            drawdown_max: figures.drawdown_max,
            tripped_at: last.at,
            reset_at: self.reset_at,
            consecutive_losses: self.losses,
            consecutive_errors: self.errors,
            session_trips: self.session_trips,
            session_auto_resets: self.session_auto_resets,
            trips: u32::try_from(self.trips.len()).unwrap_or(u32::MAX),
            probes_left: self.probes.left,
            probes_open: self.probes.going(),
            probe_wins: self.probes.wins,
            warned: self.near(figures),
            state: self.state.raw(),
            cause: last.cause,
            latched: u8::from(self.latched),
            operational: u8::from(self.is_operational(now)),
            ..BreakerStatus::default()
        }
    }

    /// Equity less the session's start; Σ PnL of the session's trades while equity is unknown.
    #[must_use]
    pub fn session_pnl(&self) -> Money {
        self.pnl_at(self.figures.equity)
    }

    fn pnl_at(&self, equity: Option<Money>) -> Money {
        match equity {
            Some(equity) => Money(equity.0.saturating_sub(self.session_equity.0)),
            None => self.traded,
        }
    }

    /// Feeds what can change a later answer. O(trips kept).
    pub fn digest(&self, hash: &mut Hash64) {
        self.digest_with(&self.figures, hash);
    }

    /// The same with figures that it was not told yet.
    pub fn digest_with(&self, figures: &Figures, hash: &mut Hash64) {
        let Figures { equity, peak, drawdown_base, drawdown_max } = *figures;
        let (latched, known) = (u8::from(self.latched), u8::from(equity.is_some()));
        hash.u32(u32::from_le_bytes([self.state.raw(), latched, known, 0]));
        hash.u32(self.causes);
        hash.u32(self.warned);
        self.probes.feed(hash);
        for value in [
            equity.unwrap_or_default().0,
            peak.0,
            drawdown_max.0,
            self.session_equity.0,
            self.loss_base.0,
            drawdown_base.0,
            self.streak_loss.0,
            self.traded.0,
        ] {
            hash.i64(value);
        }
        for count in [self.losses, self.errors, self.session_trips, self.session_auto_resets] {
            hash.u32(count);
        }
        for word in [
            u64::from(self.day.is_some()),
            self.day.unwrap_or(0),
            self.cooldown_until.0,
            self.reset_at.0,
        ] {
            hash.word(word);
        }
        for trip in &self.trips {
            hash.word(trip.at.0);
            hash.word(trip.reset_at.0);
            hash.i64(trip.limit);
            hash.i64(trip.observed);
            let kind = [trip.cause, trip.unit, trip.latched, trip.by_hand];
            hash.u32(u32::from_le_bytes(kind));
        }
    }
}

pub(crate) fn cause_bit(cause: Cause) -> u32 {
    1_u32.wrapping_shl(u32::from(cause.raw()))
}
