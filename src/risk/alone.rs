//! The breaker without the engine: for hosts that keep their own orders and positions.
#![forbid(unsafe_code)]

use super::breaker::cause_bit;
use super::{Breaker, BreakerStatus, Probed, RateRing, Trip};
use crate::num::{Money, Nanos, Ratio};
use crate::status::{Cause, RangeError};

/// A breaker that also counts the orders it is told of. Time never goes back.
pub struct BreakerAlone<'a> {
    breaker: Breaker,
    rates: RateRing<'a>,
    now: Nanos,
}

impl<'a> BreakerAlone<'a> {
    /// Puts a breaker and a ring together.
    #[must_use]
    pub fn new(breaker: Breaker, rates: RateRing<'a>) -> Self {
        Self { breaker, rates, now: Nanos::ZERO }
    }

    /// The breaker as it is read.
    #[must_use]
    pub fn breaker(&self) -> &Breaker {
        &self.breaker
    }

    /// Time passes: a session rolls, a recovery happens when due.
    fn advance(&mut self, now: Nanos) -> Nanos {
        self.now = self.now.max(now);
        self.breaker.roll(self.now);
        let by_rate = self.breaker.is_open_for(Cause::OrderRate);
        if self.breaker.recover(self.now, 0) && by_rate {
            self.rates.forget();
        }
        self.now
    }

    /// Whether orders may pass at `now`.
    #[must_use]
    pub fn is_operational(&self, now: Nanos) -> bool {
        self.breaker.is_operational(self.now.max(now))
    }

    /// A trade was closed: equity moves by its PnL, the streak is counted.
    ///
    /// # Errors
    /// When the equity does not fit; nothing is changed.
    pub fn record_trade(&mut self, now: Nanos, pnl: Money) -> Result<Option<Trip>, RangeError> {
        let equity = match self.breaker.equity() {
            Some(equity) => Some(equity.checked_add(pnl).ok_or(RangeError)?),
            None => None,
        };
        let now = self.advance(now);
        let by_equity = match equity {
            Some(equity) => self.breaker.set_equity(now, equity),
            None => {
                self.breaker.note_unfunded(pnl);
                None
            }
        };
        let by_streak = self.breaker.note_trade(now, pnl);
        self.breaker.count_probe(false);
        let by_probe = match self.breaker.judge_probe(now, true, pnl.0.signum(), pnl) {
            Probed::Tripped(trip) => Some(trip),
            Probed::Nothing | Probed::Closed => self.breaker.settle_probes(now),
        };
        Ok(by_equity.or(by_streak).or(by_probe))
    }

    /// A probe ended without a trade.
    pub fn record_end(&mut self, now: Nanos) -> Option<Trip> {
        let now = self.advance(now);
        self.breaker.count_probe(false);
        self.breaker.settle_probes(now)
    }

    /// An order is sent: beyond a rate limit it trips.
    pub fn record_order(&mut self, now: Nanos) -> Option<Trip> {
        let now = self.advance(now);
        let windows = self.breaker.config().windows();
        let exceeded =
            windows.into_iter().flatten().find(|&(n, window)| !self.rates.allows(n, window, now));
        self.rates.push(now);
        if self.breaker.take_probe() {
            self.breaker.count_probe(true);
        }
        let (n, _) = exceeded?;
        self.breaker.note_rate(now, n, n.saturating_add(1))
    }

    /// An error happened.
    pub fn record_error(&mut self, now: Nanos) -> Option<Trip> {
        let now = self.advance(now);
        self.breaker.note_error(now)
    }

    /// Something succeeded.
    pub fn clear_errors(&mut self, now: Nanos) {
        self.advance(now);
        self.breaker.clear_errors();
    }

    /// The balance is known, and the peak if the caller keeps it.
    pub fn update_balance(
        &mut self,
        now: Nanos,
        current: Money,
        peak: Option<Money>,
    ) -> Option<Trip> {
        let now = self.advance(now);
        if let Some(peak) = peak {
            self.breaker.set_peak(peak);
        }
        self.breaker.set_equity(now, current)
    }

    /// Trips on figures the caller has, or by force.
    pub fn check_and_trip(
        &mut self,
        now: Nanos,
        pnl: Ratio,
        drawdown: Ratio,
        force: bool,
    ) -> Option<Trip> {
        let now = self.advance(now);
        if force {
            return self.breaker.trip_by_hand(now, 0);
        }
        self.breaker.check_and_trip(now, pnl, drawdown)
    }

    /// The open trip happened at another time, which has passed. Answers whether one is open.
    ///
    /// # Errors
    /// When that time is to come; nothing is changed.
    pub fn move_trip(&mut self, now: Nanos, at: Nanos) -> Result<bool, RangeError> {
        if at > self.now.max(now) {
            return Err(RangeError);
        }
        self.advance(now);
        Ok(self.breaker.move_trip(at))
    }

    /// Resets by hand; answers whether it was open.
    pub fn reset(&mut self, now: Nanos) -> bool {
        let now = self.advance(now);
        if self.breaker.is_open_for(Cause::OrderRate) {
            self.rates.forget();
        }
        self.breaker.reset(now)
    }

    /// What it says of itself at `now`.
    #[must_use]
    pub fn status(&self, now: Nanos) -> BreakerStatus {
        let now = self.now.max(now);
        let status = self.breaker.status(now);
        let near = self.rates.is_near(&self.breaker, now);
        let warned = status.warned | if near { cause_bit(Cause::OrderRate) } else { 0 };
        BreakerStatus {
            orders_last_minute: self.rates.count(Nanos::MINUTE, now),
            orders_last_hour: self.rates.count(Nanos::HOUR, now),
            warned,
            ..status
        }
    }
}
