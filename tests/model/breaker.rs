//! The breaker, from RISK_CHECKS.md: signed losses, beyond the limit, re-baselined by a reset.

use oms_core::risk::BreakerConfig;

use crate::world::ceil;

pub(crate) const DAY: u64 = 86_400_000_000_000;
pub(crate) const HOUR: u64 = 3_600_000_000_000;
pub(crate) const MINUTE: u64 = 60_000_000_000;
const ONE: i128 = 1_000_000_000;

pub(crate) const DAILY_LOSS: u8 = 1;
pub(crate) const DRAWDOWN: u8 = 2;
pub(crate) const STREAK: u8 = 3;
pub(crate) const RATE: u8 = 4;
pub(crate) const ERROR: u8 = 5;
pub(crate) const MANUAL: u8 = 6;
pub(crate) const RECONCILE: u8 = 7;

/// What each cause is called.
pub(crate) const CAUSES: [&str; 8] = [
    "",
    "trips by a daily loss",
    "trips by drawdown",
    "trips by a streak",
    "trips by rate",
    "trips by errors",
    "trips by hand",
    "trips by reconciliation",
];

#[derive(Clone, Debug)]
pub(crate) struct Trip {
    pub(crate) at: u64,
    pub(crate) reset_at: u64,
    pub(crate) cause: u8,
    pub(crate) latched: bool,
    pub(crate) by_hand: bool,
}

pub(crate) struct Breaker {
    pub(crate) config: BreakerConfig,
    pub(crate) equity: i64,
    pub(crate) peak: i64,
    pub(crate) session_equity: i64,
    /// The daily loss counts from here.
    pub(crate) loss_base: i64,
    /// The drawdown counts from here.
    pub(crate) fall_base: i64,
    pub(crate) drawdown_max: i128,
    pub(crate) open: bool,
    /// Why it is open.
    pub(crate) causes: Vec<u8>,
    pub(crate) trips: Vec<Trip>,
    pub(crate) reset_at: u64,
    /// A trip before this time is latched.
    pub(crate) cool_at: u64,
    pub(crate) streak: u32,
    pub(crate) streak_loss: i64,
    pub(crate) errors: u32,
    pub(crate) session_trips: u32,
    pub(crate) session_resets: u32,
    /// Number of the session's day; none before the first call.
    pub(crate) day: Option<u64>,
    pub(crate) half: Option<Half>,
    /// Rounds of probes so far.
    pub(crate) rounds: u32,
    /// Causes whose limit is near, as was told.
    pub(crate) warned: Vec<u8>,
}

/// Half-open.
pub(crate) struct Half {
    /// Probes and positions carry it.
    pub(crate) round: u32,
    pub(crate) left: u32,
    pub(crate) wins: u32,
}

/// What a closed position makes of a half-open breaker.
pub(crate) enum Probed {
    Nothing,
    Tripped(u8),
    Closed,
}

impl Breaker {
    pub(crate) fn new(config: BreakerConfig, balance: i64) -> Self {
        Self {
            config,
            equity: balance,
            peak: balance,
            session_equity: balance,
            loss_base: balance,
            fall_base: balance,
            drawdown_max: 0,
            open: false,
            causes: Vec::new(),
            trips: Vec::new(),
            reset_at: 0,
            cool_at: 0,
            streak: 0,
            streak_loss: 0,
            errors: 0,
            session_trips: 0,
            session_resets: 0,
            day: None,
            half: None,
            rounds: 0,
            warned: Vec::new(),
        }
    }

    pub(crate) fn day_of(&self, now: u64) -> u64 {
        (now + DAY - self.config.session_offset.0) / DAY
    }

    pub(crate) fn drawdown(&self) -> i128 {
        if self.peak <= 0 {
            return 0;
        }
        ceil((i128::from(self.peak) - i128::from(self.equity)) * ONE, i128::from(self.peak))
    }

    /// OMS_BREAKER_*.
    pub(crate) fn state(&self) -> u8 {
        if self.half.is_some() { 2 } else { u8::from(self.open) }
    }

    pub(crate) fn latched(&self) -> bool {
        self.open && self.trips.last().is_some_and(|t| t.latched)
    }

    fn waits_for_hand(&self) -> bool {
        self.config.flags & 1 != 0 || self.session_resets >= self.config.max_auto_resets
    }

    /// Other limits: what is open recovers by them, or does not any more.
    pub(crate) fn set_config(&mut self, config: &BreakerConfig) {
        self.config = *config;
        if self.open && self.waits_for_hand() {
            self.trips.last_mut().unwrap().latched = true;
        }
    }

    /// Whether it would recover by itself now.
    pub(crate) fn recovers(&self, now: u64, session_resets: u32) -> bool {
        let Some(trip) = self.trips.last() else { return false };
        self.open
            && !trip.latched
            && self.config.flags & 1 == 0
            && session_resets < self.config.max_auto_resets
            && now.saturating_sub(trip.at) >= self.config.auto_reset_after.0
    }

    pub(crate) fn operational(&self, now: u64) -> bool {
        let resets = if self.day == Some(self.day_of(now)) { self.session_resets } else { 0 };
        match &self.half {
            Some(half) => half.left > 0,
            None => !self.open || self.recovers(now, resets),
        }
    }

    /// Whether it is half-open then.
    pub(crate) fn half_at(&self, now: u64) -> bool {
        let probes = self.config.half_open_probes > 0;
        self.half.is_some() || (self.open && probes && self.operational(now))
    }

    /// A new session; answers the last one's PnL.
    pub(crate) fn roll(&mut self, now: u64) -> Option<i64> {
        let day = Some(self.day_of(now));
        if self.day.is_none() || day == self.day {
            self.day = day;
            return None;
        }
        let pnl = self.equity - self.session_equity;
        self.day = day;
        self.session_equity = self.equity;
        self.loss_base = self.equity;
        self.streak = 0;
        self.streak_loss = 0;
        self.warned.retain(|&cause| cause != STREAK);
        self.session_trips = 0;
        self.session_resets = 0;
        Some(pnl)
    }

    pub(crate) fn recover(&mut self, now: u64) -> bool {
        if !self.recovers(now, self.session_resets) {
            return false;
        }
        self.session_resets += 1;
        if self.config.half_open_probes > 0 {
            self.open = false;
            self.rounds += 1;
            let (round, left) = (self.rounds, self.config.half_open_probes);
            self.half = Some(Half { round, left, wins: 0 });
            self.rebase();
        } else {
            self.close(now, false);
            self.cool_at = now + self.config.cooldown.0;
        }
        true
    }

    /// The present round of probes; 0 for none.
    pub(crate) fn round(&self) -> u32 {
        self.half.as_ref().map_or(0, |half| half.round)
    }

    /// A closed position; `probed` when a probe has executed in it.
    pub(crate) fn probe_trade(&mut self, now: u64, sign: i128, probed: bool) -> Probed {
        let needed = self.config.probe_wins;
        let Some(half) = &mut self.half else { return Probed::Nothing };
        if sign < 0 {
            let cause = self.trips.last().unwrap().cause;
            return self.trip(now, cause).map_or(Probed::Nothing, Probed::Tripped);
        }
        half.wins += u32::from(probed && sign > 0);
        if sign == 0 || half.wins < needed {
            return Probed::Nothing;
        }
        self.close(now, false);
        self.cool_at = now + self.config.cooldown.0;
        Probed::Closed
    }

    /// Limits that have come near: cause, limit, observed.
    pub(crate) fn warnings(&mut self) -> Vec<(u8, i64, i128)> {
        let share = i128::from(self.config.warn_ratio.0);
        if self.open || share < 0 {
            return Vec::new();
        }
        let c = self.config;
        let fall = |base: i64, ratio: i64, money: i64| {
            let (base, lost) = (i128::from(base), i128::from(base) - i128::from(self.equity));
            let by_ratio = lost * ONE * ONE >= base * i128::from(ratio) * share;
            if lost > 0 && ratio >= 0 && by_ratio {
                return Some((ratio, if base > 0 { ceil(lost * ONE, base) } else { 0 }));
            }
            let by_money = money >= 0 && lost * ONE >= i128::from(money) * share;
            (lost > 0 && by_money).then_some((money, lost))
        };
        let count = |n: u32, most: i64| {
            let near = most >= 0 && i128::from(n) * ONE >= i128::from(most) * share;
            near.then_some((most, i128::from(n)))
        };
        let lost = i128::from(self.streak_loss);
        let much = c.streak_loss_money.0;
        let by_money =
            (much >= 0 && lost * ONE >= i128::from(much) * share).then_some((much, lost));
        let found = [
            (DAILY_LOSS, fall(self.loss_base, c.daily_loss_ratio.0, c.daily_loss_money.0)),
            (DRAWDOWN, fall(self.fall_base, c.drawdown_ratio.0, c.drawdown_money.0)),
            (STREAK, count(self.streak, c.consecutive_losses.into()).or(by_money)),
            (ERROR, count(self.errors, c.consecutive_errors.into())),
        ];
        let mut news = Vec::new();
        for (cause, found) in found {
            if let Some((limit, observed)) = found
                && !self.warned.contains(&cause)
            {
                news.push((cause, limit, observed));
            }
            self.warned.retain(|&told| told != cause);
            self.warned.extend(found.map(|_| cause));
        }
        news
    }

    pub(crate) fn close(&mut self, now: u64, by_hand: bool) {
        self.open = false;
        self.half = None;
        self.reset_at = now;
        // Also those on top of which it tripped again.
        for trip in self.trips.iter_mut().filter(|trip| trip.reset_at == 0) {
            (trip.reset_at, trip.by_hand) = (now, by_hand);
        }
        self.rebase();
    }

    fn rebase(&mut self) {
        self.warned.clear();
        // What tripped, a trip by hand on top left out, and a limit that is exceeded now.
        let causes = std::mem::take(&mut self.causes);
        let c = self.config;
        let loss = self.beyond(self.loss_base, c.daily_loss_ratio.0, c.daily_loss_money.0);
        let fall = self.beyond(self.fall_base, c.drawdown_ratio.0, c.drawdown_money.0);
        if loss || causes.contains(&DAILY_LOSS) {
            self.loss_base = self.equity;
        }
        if fall || causes.contains(&DRAWDOWN) {
            self.fall_base = self.equity;
        }
        if causes.contains(&STREAK) {
            (self.streak, self.streak_loss) = (0, 0);
        }
        if causes.contains(&ERROR) {
            self.errors = 0;
        }
    }

    fn beyond(&self, base: i64, ratio: i64, money: i64) -> bool {
        let (base, equity) = (i128::from(base), i128::from(self.equity));
        let loss = base - equity;
        let by_ratio = ratio >= 0 && (equity <= 0 || loss * ONE > base * i128::from(ratio));
        by_ratio || (money >= 0 && loss > i128::from(money))
    }

    pub(crate) fn set_equity(&mut self, now: u64, equity: i64) -> Option<u8> {
        self.equity = equity;
        self.peak = self.peak.max(equity);
        self.fall_base = self.fall_base.max(equity);
        self.drawdown_max = self.drawdown_max.max(self.drawdown());
        let c = self.config;
        if self.beyond(self.loss_base, c.daily_loss_ratio.0, c.daily_loss_money.0) {
            return self.trip(now, DAILY_LOSS);
        }
        if self.beyond(self.fall_base, c.drawdown_ratio.0, c.drawdown_money.0) {
            return self.trip(now, DRAWDOWN);
        }
        None
    }

    pub(crate) fn shift(&mut self, amount: i64) {
        self.equity += amount;
        self.peak += amount;
        self.session_equity += amount;
        self.loss_base += amount;
        self.fall_base += amount;
    }

    /// A closed trade: its PnL in money, and the sign of the exact PnL.
    pub(crate) fn trade(&mut self, now: u64, pnl: i64, sign: i128) -> Option<u8> {
        if sign < 0 {
            self.streak += 1;
            self.streak_loss += -pnl;
            if self.lost_too_often() {
                return self.trip(now, STREAK);
            }
        } else if sign > 0 || self.config.flags & 4 == 0 {
            (self.streak, self.streak_loss) = (0, 0);
            self.warned.retain(|&cause| cause != STREAK);
        }
        None
    }

    pub(crate) fn error(&mut self, now: u64) -> Option<u8> {
        self.errors += 1;
        if self.failed_too_often() { self.trip(now, ERROR) } else { None }
    }

    fn lost_too_often(&self) -> bool {
        let c = &self.config;
        let many = c.consecutive_losses > 0 && self.streak >= c.consecutive_losses as u32;
        let money = c.streak_loss_money.0;
        many || (self.streak > 0 && money >= 0 && self.streak_loss >= money)
    }

    fn failed_too_often(&self) -> bool {
        let limit = self.config.consecutive_errors;
        limit > 0 && self.errors >= limit as u32
    }

    /// Limits that were lowered bind at once.
    pub(crate) fn check_counts(&mut self, now: u64) -> Option<u8> {
        match (self.lost_too_often(), self.failed_too_often()) {
            (true, _) => self.trip(now, STREAK),
            (false, true) => self.trip(now, ERROR),
            _ => None,
        }
    }

    /// The first cause counts, but a trip by hand or by reconciliation is taken on top.
    pub(crate) fn trip(&mut self, now: u64, cause: u8) -> Option<u8> {
        let on_top = matches!(cause, MANUAL | RECONCILE);
        if self.open && !on_top {
            return None;
        }
        let latched = now < self.cool_at || on_top || self.waits_for_hand();
        self.open = true;
        self.half = None;
        self.causes.push(cause);
        self.session_trips += 1;
        self.trips.push(Trip { at: now, reset_at: 0, cause, latched, by_hand: false });
        Some(cause)
    }
}
