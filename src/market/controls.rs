//! The limits of one symbol that few symbols have.
#![forbid(unsafe_code)]

use super::LimitsSet;
use crate::num::{Money, Nanos, OFF, Ratio, Ticks};
use crate::status::{Request, SelfTrade, Status};
use crate::store::Hash64;

/// Limits beyond quantity, price and position: each as in [`LimitsSet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Controls {
    /// Types of orders that are permitted.
    pub types: u32,
    /// Times in force that are permitted.
    pub times_in_force: u32,
    /// Largest quantity as a share of the average daily volume.
    pub adv_ratio: Ratio,
    /// Largest value of working orders.
    pub open_notional_max: Money,
    /// Largest value traded and working.
    pub gross_max: Money,
    /// Largest magnitude of bought less sold.
    pub net_max: Money,
    /// Margin that the worst case takes.
    pub margin_ratio: Ratio,
    /// Most requests in a window.
    pub rate_max: i64,
    /// That window.
    pub rate_window: Nanos,
    /// Most executions of a side at about the same price in a window.
    pub repeat_max: i64,
    /// That window.
    pub repeat_window: Nanos,
    /// How far apart about the same price is.
    pub repeat_range: Ticks,
    /// Most orders of the same terms in a window.
    pub duplicate_max: i64,
    /// That window.
    pub duplicate_window: Nanos,
    /// What happens to an order that would cross a resting one of our own.
    pub self_trade: SelfTrade,
}

impl Controls {
    /// Repeats and duplicates are counted up to here.
    pub const COUNTED: i64 = 16;

    /// Nothing is permitted.
    pub const CLOSED: Self = Self {
        types: 0,
        times_in_force: 0,
        adv_ratio: Ratio::ZERO,
        open_notional_max: Money::ZERO,
        gross_max: Money::ZERO,
        net_max: Money::ZERO,
        margin_ratio: Ratio::ZERO,
        rate_max: 0,
        rate_window: Nanos::ZERO,
        repeat_max: 0,
        repeat_window: Nanos::ZERO,
        repeat_range: Ticks::ZERO,
        duplicate_max: 0,
        duplicate_window: Nanos::ZERO,
        self_trade: SelfTrade::Off,
    };

    /// None of them binds.
    pub const OFF: Self = Self {
        types: u32::MAX,
        times_in_force: u32::MAX,
        adv_ratio: Ratio(OFF),
        open_notional_max: Money(OFF),
        gross_max: Money(OFF),
        net_max: Money(OFF),
        margin_ratio: Ratio(OFF),
        rate_max: OFF,
        repeat_max: OFF,
        repeat_range: Ticks(OFF),
        duplicate_max: OFF,
        ..Self::CLOSED
    };

    /// Their part of the record that sets them; the rest is empty.
    #[must_use]
    pub(super) const fn record(&self) -> LimitsSet {
        LimitsSet {
            self_trade: self.self_trade.raw(),
            types: self.types,
            times_in_force: self.times_in_force,
            adv_ratio: self.adv_ratio,
            open_notional_max: self.open_notional_max,
            gross_max: self.gross_max,
            net_max: self.net_max,
            margin_ratio: self.margin_ratio,
            rate_max: self.rate_max,
            rate_window: self.rate_window,
            repeat_max: self.repeat_max,
            repeat_window: self.repeat_window,
            repeat_range: self.repeat_range,
            duplicate_max: self.duplicate_max,
            duplicate_window: self.duplicate_window,
            ..LimitsSet::EMPTY
        }
    }

    /// Reads their part of a request record.
    ///
    /// # Errors
    /// `Enum`; `Range` for a value below -1, a limit for a window of no length, or more than
    /// [`Controls::COUNTED`] repeats or duplicates.
    pub fn decode(request: &LimitsSet) -> Result<Self, Status> {
        let controls = Self {
            types: request.types,
            times_in_force: request.times_in_force,
            adv_ratio: request.adv_ratio,
            open_notional_max: request.open_notional_max,
            gross_max: request.gross_max,
            net_max: request.net_max,
            margin_ratio: request.margin_ratio,
            rate_max: request.rate_max,
            rate_window: request.rate_window,
            repeat_max: request.repeat_max,
            repeat_window: request.repeat_window,
            repeat_range: request.repeat_range,
            duplicate_max: request.duplicate_max,
            duplicate_window: request.duplicate_window,
            self_trade: SelfTrade::from_raw(request.self_trade).ok_or(Status::Enum)?,
        };
        let below = controls.values().iter().any(|&value| value < OFF);
        // A limit of 0 needs no window: nothing passes.
        let endless = |&(max, window): &(i64, Nanos)| max > 0 && window == Nanos::ZERO;
        let windows = [
            (controls.rate_max, controls.rate_window),
            (controls.repeat_max, controls.repeat_window),
            (controls.duplicate_max, controls.duplicate_window),
        ];
        let counted = controls.repeat_max.max(controls.duplicate_max) <= Self::COUNTED;
        if below || !counted || windows.iter().any(endless) {
            Err(Status::Range)
        } else {
            Ok(controls)
        }
    }

    /// All numbers but masks and windows, in the record's order.
    #[must_use]
    pub const fn values(&self) -> [i64; 9] {
        [
            self.adv_ratio.0,
            self.open_notional_max.0,
            self.gross_max.0,
            self.net_max.0,
            self.margin_ratio.0,
            self.rate_max,
            self.repeat_max,
            self.repeat_range.0,
            self.duplicate_max,
        ]
    }

    /// Whether none of them binds: the lean paths look at none.
    #[must_use]
    pub fn are_off(&self) -> bool {
        let permits = self.types & self.times_in_force == u32::MAX;
        permits
            && self.self_trade == SelfTrade::Off
            && self.values().iter().all(|&value| value == OFF)
    }

    /// Whether one of them, or the margin, looks at values.
    #[must_use]
    pub fn count_values(&self) -> bool {
        let money = [self.open_notional_max, self.gross_max, self.net_max];
        self.margin_ratio.0 != OFF || money.iter().any(|max| max.0 != OFF)
    }

    /// Whether one of them looks at earlier orders.
    #[inline]
    #[must_use]
    pub const fn look_back(&self) -> bool {
        // What is off has every bit set.
        self.rate_max & self.repeat_max & self.duplicate_max != OFF
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        for value in self.values() {
            hash.i64(value);
        }
        hash.u32(self.types);
        hash.u32(self.times_in_force);
        for window in [self.rate_window, self.repeat_window, self.duplicate_window] {
            hash.word(window.0);
        }
        hash.u32(u32::from(self.self_trade.raw()));
    }
}
