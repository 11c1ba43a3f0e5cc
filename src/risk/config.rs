//! The breaker's configuration.
#![forbid(unsafe_code)]

use crate::num::{Money, Nanos, OFF, Ratio, div_ceil};
use crate::status::{BreakerFlag, ConfigField};

/// Limits of a breaker. -1 (OMS_OFF) switches a limit off. `oms_config_init` and
/// `oms_breaker_config_init` fill in the defaults that each field names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct BreakerConfig {
    /// Trips when the loss since the session's start is beyond this share of the equity then,
    /// parts per 10^9. Default 5 %.
    pub daily_loss_ratio: Ratio,
    /// The same in money units. Default off.
    pub daily_loss_money: Money,
    /// Trips when the fall from the equity peak is beyond this share of it, parts per 10^9.
    /// Default 15 %.
    pub drawdown_ratio: Ratio,
    /// The same in money units. Default off.
    pub drawdown_money: Money,
    /// Trips when the trades of the current losing streak have lost this much, money units.
    /// Default off.
    pub streak_loss_money: Money,
    /// Length of the custom rate window, nanoseconds. Default one second.
    pub rate_window: Nanos,
    /// Recovers by itself this long after the trip, nanoseconds. Default 60 minutes.
    pub auto_reset_after: Nanos,
    /// After a recovery by itself, a trip within this time is latched until a reset by hand,
    /// nanoseconds. Default 15 minutes.
    pub cooldown: Nanos,
    /// A session begins this long after midnight of the caller's clock, nanoseconds, below one
    /// day. Default 0.
    pub session_offset: Nanos,
    /// Trips at this many losing trades in a row. Default 5.
    pub consecutive_losses: i32,
    /// Trips at this many errors in a row. Default 3.
    pub consecutive_errors: i32,
    /// Orders allowed in any minute. Default 10.
    pub orders_per_minute: i32,
    /// Orders allowed in any hour. Default 100.
    pub orders_per_hour: i32,
    /// Orders allowed in any rate_window. Default off.
    pub orders_per_window: i32,
    /// Recoveries by itself in one session. Default 1.
    pub max_auto_resets: u32,
    /// OMS_BREAKER_FLAG_* bits. Default 0.
    pub flags: u32,
    /// Zero.
    pub reserved0: u32,
    /// Orders that pass while it is half-open, after a recovery by itself. 0: it closes at once.
    /// Default 0.
    pub half_open_probes: u32,
    /// Of them, positions closed with a profit that close it, 1 to half_open_probes. Default 1.
    pub probe_wins: u32,
    /// Share of the largest quantity and position that a probe may have, parts per 10^9, 1 to
    /// 10^9; rounded down, but at least a lot. Default 10 %.
    pub probe_size: Ratio,
    /// Share of a limit of this breaker, parts per 10^9, 1 to 10^9, from which on OMS_EVENT_WARN
    /// tells that it is near. OMS_OFF: never. Default 80 %.
    pub warn_ratio: Ratio,
    /// Zero.
    pub reserved: [u64; 4],
}

impl BreakerConfig {
    /// All bytes zero: of an empty record.
    pub(super) const BLANK: Self = Self {
        daily_loss_ratio: Ratio::ZERO,
        daily_loss_money: Money::ZERO,
        drawdown_ratio: Ratio::ZERO,
        drawdown_money: Money::ZERO,
        streak_loss_money: Money::ZERO,
        rate_window: Nanos::ZERO,
        auto_reset_after: Nanos::ZERO,
        cooldown: Nanos::ZERO,
        session_offset: Nanos::ZERO,
        consecutive_losses: 0,
        consecutive_errors: 0,
        orders_per_minute: 0,
        orders_per_hour: 0,
        orders_per_window: 0,
        max_auto_resets: 0,
        flags: 0,
        reserved0: 0,
        half_open_probes: 0,
        probe_wins: 0,
        probe_size: Ratio::ZERO,
        warn_ratio: Ratio::ZERO,
        reserved: [0; 4],
    };

    /// The defaults.
    pub const DEFAULT: Self = Self {
        daily_loss_ratio: Ratio(50_000_000),
        daily_loss_money: Money(OFF),
        drawdown_ratio: Ratio(150_000_000),
        drawdown_money: Money(OFF),
        streak_loss_money: Money(OFF),
        rate_window: Nanos(Nanos::SECOND),
        auto_reset_after: Nanos(Nanos::HOUR),
        cooldown: Nanos(15 * Nanos::MINUTE),
        session_offset: Nanos(0),
        consecutive_losses: 5,
        consecutive_errors: 3,
        orders_per_minute: 10,
        orders_per_hour: 100,
        orders_per_window: -1,
        max_auto_resets: 1,
        flags: 0,
        reserved0: 0,
        half_open_probes: 0,
        probe_wins: 1,
        probe_size: Ratio(100_000_000),
        warn_ratio: Ratio(800_000_000),
        reserved: [0; 4],
    };

    /// Every limit is off.
    #[must_use]
    pub const fn quiet(session_offset: Nanos) -> Self {
        Self {
            daily_loss_ratio: Ratio(OFF),
            drawdown_ratio: Ratio(OFF),
            session_offset,
            consecutive_losses: -1,
            consecutive_errors: -1,
            orders_per_minute: -1,
            orders_per_hour: -1,
            ..Self::DEFAULT
        }
    }

    /// Whether this flag is set.
    #[must_use]
    pub const fn has(&self, flag: BreakerFlag) -> bool {
        flag.is_in(self.flags)
    }

    /// Whether a limit is a share of equity, so that there must be some.
    #[must_use]
    pub const fn has_ratio(&self) -> bool {
        self.daily_loss_ratio.0 != OFF || self.drawdown_ratio.0 != OFF
    }

    /// The invalid field of the smallest number, for a rate ring of this capacity.
    #[must_use]
    pub fn invalid(&self, rate_capacity: u32) -> Option<ConfigField> {
        let rates = [self.orders_per_minute, self.orders_per_hour, self.orders_per_window];
        let widest = rates.iter().filter_map(|&rate| u32::try_from(rate).ok()).max();
        if widest.is_some_and(|n| n > rate_capacity) {
            return Some(ConfigField::Rate);
        }
        let limits = [
            self.daily_loss_ratio.0,
            self.daily_loss_money.0,
            self.drawdown_ratio.0,
            self.drawdown_money.0,
            self.streak_loss_money.0,
            i64::from(self.consecutive_losses),
            i64::from(self.consecutive_errors),
        ];
        if limits.iter().any(|&limit| limit != OFF && limit <= 0) {
            return Some(ConfigField::BreakerLimits);
        }
        let bad_rate = |&rate: &i32| rate != -1 && rate <= 0;
        if rates.iter().any(bad_rate) || self.rate_window == Nanos::ZERO {
            return Some(ConfigField::BreakerRates);
        }
        if self.session_offset.0 >= Nanos::DAY {
            return Some(ConfigField::BreakerTimes);
        }
        if self.flags & !BreakerFlag::KNOWN != 0 {
            return Some(ConfigField::BreakerFlags);
        }
        if self.reserved0 != 0 || self.reserved.iter().any(|&word| word != 0) {
            return Some(ConfigField::Reserved);
        }
        let share = |ratio: Ratio| (1..=Ratio::ONE).contains(&ratio.0);
        if self.half_open_probes > 0 && !(1..=self.half_open_probes).contains(&self.probe_wins) {
            return Some(ConfigField::BreakerProbes);
        }
        if !share(self.probe_size) {
            return Some(ConfigField::BreakerProbeSize);
        }
        if self.warn_ratio.0 != OFF && !share(self.warn_ratio) {
            return Some(ConfigField::BreakerWarn);
        }
        None
    }

    /// The smallest count that is near a limit of `n`; `None` when nobody is to be told.
    #[must_use]
    pub fn near_count(&self, n: u32) -> Option<u32> {
        self.near_value(i64::from(n)).and_then(|level| u32::try_from(level).ok())
    }

    /// The same of any limit above 0. At least 1.
    pub(super) fn near_value(&self, limit: i64) -> Option<i64> {
        let share = Some(self.warn_ratio.0).filter(|&share| share != OFF && limit > 0)?;
        let parts = i128::from(limit).checked_mul(i128::from(share))?;
        i64::try_from(div_ceil(parts, i128::from(Ratio::ONE))?).ok()
    }

    /// Numbers of orders in the windows that are near their limits; 0 when nobody is to be told.
    #[must_use]
    pub const fn near_rates(&self) -> [u32; 3] {
        let share = self.warn_ratio.0;
        [
            near_rate(self.orders_per_minute, share),
            near_rate(self.orders_per_hour, share),
            near_rate(self.orders_per_window, share),
        ]
    }

    /// Number and length of the rate windows that are on: minute, hour, custom.
    #[must_use]
    pub fn windows(&self) -> [Option<(u32, u64)>; 3] {
        let window = |n: i32, length| u32::try_from(n).ok().map(|n| (n, length));
        [
            window(self.orders_per_minute, Nanos::MINUTE),
            window(self.orders_per_hour, Nanos::HOUR),
            window(self.orders_per_window, self.rate_window.0),
        ]
    }
}

/// A share of a number, rounded up; 0 when one of both is off.
const fn near_rate(n: i32, share: i64) -> u32 {
    if n <= 0 || share <= 0 {
        return 0;
    }
    // Below 2^31 by at most 10^9.
    #[expect(clippy::as_conversions, reason = "no conversion is const")]
    let parts = (n as i64).wrapping_mul(share).wrapping_add(Ratio::ONE - 1);
    match parts.checked_div(Ratio::ONE) {
        #[expect(clippy::as_conversions, reason = "it is at most the number")]
        Some(near) => near as u32,
        None => 0,
    }
}
