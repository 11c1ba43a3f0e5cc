//! ORDER_TO_TRADE, and the budget of cancels: how many requests a scope makes.
#![forbid(unsafe_code)]

use super::checks::{Held, held};
use super::tally::{Tally, Window};
use super::verdict::Breach;
use super::{Scope, ScopeLimits};
use crate::num::{Nanos, OFF, Ratio};
use crate::status::Unit;
use crate::store::Hash64;

/// What a scope counts of its requests while the limits on them are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// New orders, replaces and cancels.
    requests: Tally,
    /// Executions.
    fills: Tally,
    /// Cancels, by the window of their own budget.
    cancels: Tally,
    /// It was told that there are too many cancels.
    warned: bool,
}

impl Traffic {
    /// Nothing was counted.
    pub const EMPTY: Self =
        Self { requests: Tally::EMPTY, fills: Tally::EMPTY, cancels: Tally::EMPTY, warned: false };

    /// New limits hold: what they count begins with them when it was not counted, or counted in
    /// another window.
    pub fn follow(&mut self, old: &ScopeLimits, new: &ScopeLimits) {
        let was = old.order_to_trade_max.0 > 0;
        if !was || old.order_to_trade_window != new.order_to_trade_window {
            (self.requests, self.fills) = (Tally::EMPTY, Tally::EMPTY);
        }
        if (old.cancel_max, old.cancel_window) != (new.cancel_max, new.cancel_window) {
            self.warned = false;
        }
        if old.cancel_max == OFF || old.cancel_window != new.cancel_window {
            self.cancels = Tally::EMPTY;
        }
    }

    /// Requests in the window, at most. O(1).
    #[must_use]
    pub fn requests(&self, window: &Window) -> u64 {
        self.requests.most(window)
    }

    /// As [`Tally::since`], of the executions. O(1).
    #[must_use]
    pub fn fills_since(&self, count: u64, window: &Window) -> Option<u64> {
        self.fills.since(count, window)
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        for tally in [&self.requests, &self.fills, &self.cancels] {
            tally.feed(hash);
        }
        hash.u32(u32::from(self.warned));
    }
}

impl ScopeLimits {
    /// Whether requests and executions are counted. At a limit of 0 nothing passes anyhow.
    #[must_use]
    pub const fn count_traffic(&self) -> bool {
        self.0.order_to_trade_max.0 > 0
    }

    /// Whether cancels are counted, with these or by themselves. Limits that were never set have no
    /// window.
    #[must_use]
    pub fn count_cancels(&self) -> bool {
        self.count_traffic() || (self.cancel_max != OFF && self.cancel_window != Nanos::ZERO)
    }
}

impl Scope {
    /// The window of ORDER_TO_TRADE as it ends now.
    pub(super) fn traffic_window(&self, now: Nanos) -> Window {
        Window::new(self.limits.order_to_trade_window, now, self.breaker.day_of(now))
    }

    /// A new order or a replace was accepted, or a cancel. O(1).
    pub fn note_request(&mut self, now: Nanos) {
        if self.limits.count_traffic() {
            let window = self.traffic_window(now);
            self.traffic.requests.note(&window);
        }
    }

    /// An execution was booked. O(1).
    pub fn note_fill(&mut self, now: Nanos) {
        if self.limits.count_traffic() {
            let window = self.traffic_window(now);
            self.traffic.fills.note(&window);
        }
    }

    /// Requests over executions as they are counted now; 0 while they are too few to be looked at,
    /// or are not counted.
    pub(super) fn order_to_trade(&self, now: Nanos) -> i64 {
        if !self.limits.count_traffic() {
            return 0;
        }
        let window = self.traffic_window(now);
        let requests = self.traffic.requests.most(&window);
        let few = u64::try_from(self.limits.order_to_trade_min).is_ok_and(|min| requests < min);
        if few { 0 } else { ratio(requests, self.traffic.fills.least(&window)) }
    }

    /// A cancel was asked for; how many there are in the window of their budget when that is more
    /// than it allows and was not told yet. O(1).
    pub fn note_cancel(&mut self, now: Nanos) -> Option<u64> {
        self.note_request(now);
        let max = u64::try_from(self.limits.cancel_max).ok()?;
        // Limits that were never set have none.
        if self.limits.cancel_window == Nanos::ZERO {
            return None;
        }
        let window = Window::new(self.limits.cancel_window, now, 0);
        self.traffic.cancels.note(&window);
        let count = self.traffic.cancels.most(&window);
        let told = core::mem::replace(&mut self.traffic.warned, count > max);
        (count > max && !told).then_some(count)
    }
}

/// Requests of the window over executions, rounded up; without an execution the greatest number.
fn ratio(requests: u64, fills: u64) -> i64 {
    let asked = u128::from(requests).saturating_mul(u128::from(Ratio::ONE.unsigned_abs()));
    let ratio = asked.div_ceil(u128::from(fills.max(1)));
    i64::try_from(ratio).ok().filter(|_| fills > 0).unwrap_or(i64::MAX)
}

/// With one more request the requests of the window over its executions are at most what the scope
/// allows, unless they are few; at a limit of 0 never.
#[inline(always)] // As in `checks`.
pub(super) fn check(scope: &Scope, now: Nanos) -> Held {
    let max = scope.limits.order_to_trade_max.0;
    if max == OFF {
        return Ok(());
    }
    let window = scope.traffic_window(now);
    let requests = scope.traffic.requests.most(&window).saturating_add(1);
    // Without a least number it is below any.
    let few = u64::try_from(scope.limits.order_to_trade_min).is_ok_and(|min| requests < min);
    if few && max > 0 {
        return Ok(());
    }
    let fills = scope.traffic.fills.least(&window);
    let asked = u128::from(requests).saturating_mul(u128::from(Ratio::ONE.unsigned_abs()));
    let allowed = u128::from(max.unsigned_abs()).saturating_mul(u128::from(fills));
    held(asked <= allowed, Breach::new(Unit::Ratio, max, ratio(requests, fills)))
}
