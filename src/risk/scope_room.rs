//! What a scope leaves for one more LIMIT order of its own or of a scope in it: times and values.
#![forbid(unsafe_code)]

use super::fold::{ORDER, POSITION};
use super::rooms::{credit_of_scope, money_of_scope};
use super::{Scope, ScopeLimits, Values};
use crate::num::{Money, Nanos, OFF, Ratio};
use crate::status::{ScopeFlag, Side};

/// What is left of a scope. All is derived; what it has to do with the limits of a symbol stands in
/// [`super::Bounds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeRoom {
    /// Orders pass from this time on: the windows are not full.
    from: Nanos,
    /// So long; the root's windows and counts stand elsewhere.
    span: u64,
    /// Room that there is not: an order, a position.
    pub(crate) lacks: u32,
    /// Value that an order may have at most, units of the common denominator: buys, sells.
    money: [u64; 2],
    /// Margin that one may take at most: see [`credit_of_scope`].
    credit: u64,
    /// When it was derived: what has happened since then has derived it anew.
    at: Nanos,
}

/// What the values of a scope are measured by.
#[derive(Clone, Copy, Debug)]
pub struct Worthy<'v> {
    /// What its symbols come to; `None` when that is not counted.
    pub values: Option<&'v Values>,
    /// Its equity, if it fits.
    pub equity: Option<Money>,
    /// Denominator of the common unit.
    pub den: i64,
}

impl ScopeRoom {
    /// Nothing is left.
    pub const CLOSED: Self = Self {
        from: Nanos(u64::MAX),
        span: 0,
        lacks: ORDER | POSITION,
        money: [0; 2],
        credit: 0,
        at: Nanos::ZERO,
    };

    /// What a root leaves whose limits were never set.
    pub const UNSET: Self = Self { from: Nanos(1), ..Self::CLOSED };

    /// What a scope leaves that lacks this room and whose windows are full through this time. O(1).
    #[must_use]
    pub fn of(
        scope: &Scope,
        (closed, open, lacks): (Nanos, bool, u32),
        worthy: &Worthy<'_>,
        now: Nanos,
    ) -> Self {
        let limits = &scope.limits;
        let from = Nanos(closed.0.saturating_add(1));
        // The windows are known of all the same.
        let shut = Self { at: now, from, ..Self::CLOSED };
        if *limits == ScopeLimits::CLOSED || !open {
            return shut;
        }
        let requests = scope.traffic_through(now);
        let alive = scope.heartbeat.fresh_through(limits.heartbeat_max);
        let Some(until) = requests.zip(alive).map(|(requests, alive)| requests.min(alive)) else {
            return shut;
        };
        let span = until.0.checked_sub(from.0);
        let Some(span) = span.filter(|_| !scope.has(ScopeFlag::Disabled)) else { return shut };
        let Worthy { values, equity, den } = *worthy;
        let (money, credit) = match values {
            Some(values) => (
                money_of_scope(values, limits, equity, den),
                credit_of_scope(values, limits.credit_max, den),
            ),
            // What is not known is beyond every limit.
            None if limits.count_values() => ([0; 2], 0),
            None => ([u64::MAX; 2], u64::MAX),
        };
        Self { from, span, lacks: lacks & (ORDER | POSITION), money, credit, at: now }
    }

    /// When it was derived.
    #[must_use]
    pub const fn at(&self) -> Nanos {
        self.at
    }

    /// Whether it is known that one more order keeps within every window now, below the root.
    #[inline]
    #[must_use]
    pub fn rates_hold(&self, now: Nanos) -> bool {
        now > self.from
    }

    /// Whether orders pass now.
    #[inline(always)] // Of a comparison.
    #[must_use]
    pub fn is_open(&self, now: Nanos) -> bool {
        // Where nothing passes there is no room either, whatever the time.
        now.0.wrapping_sub(self.from.0) <= self.span
    }

    /// Whether an order of this value and margin finds room.
    #[inline(always)] // As above.
    #[must_use]
    pub fn takes(&self, side: Side, value: u64, margin: u64) -> bool {
        let [buys, sells] = self.money;
        let money = if side == Side::Buy { buys } else { sells };
        value <= money && margin <= self.credit
    }
}

impl Scope {
    /// Through which time ORDER_TO_TRADE holds if nothing happens; `None` when it does not now.
    fn traffic_through(&self, now: Nanos) -> Option<Nanos> {
        let max = self.limits.order_to_trade_max.0;
        let ever = Nanos(u64::MAX);
        if max <= 0 {
            return (max == OFF).then_some(ever);
        }
        let window = self.traffic_window(now);
        let requests = self.traffic.requests(&window).saturating_add(1);
        // What happens no more gets less.
        if u64::try_from(self.limits.order_to_trade_min).is_ok_and(|min| requests < min) {
            return Some(ever);
        }
        let (one, max) = (Ratio::ONE.unsigned_abs(), max.unsigned_abs());
        let need = match requests.checked_mul(one) {
            Some(asked) => asked.div_ceil(max),
            None => {
                let asked = u128::from(requests).saturating_mul(u128::from(one));
                u64::try_from(asked.div_ceil(u128::from(max))).ok()?
            }
        };
        let part = self.traffic.fills_since(need, &window)?;
        let session = Nanos(self.breaker.next_session(now).0.saturating_sub(1));
        let length = self.limits.order_to_trade_window;
        Some(window.has_whole_through(part, length).unwrap_or(session))
    }
}
