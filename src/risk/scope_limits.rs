//! The limits of one scope, over all its symbols.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, Nanos, OFF, Ratio};
use crate::status::{LimitField, Request, RequestHeader, Status, Unit, request};
use crate::store::Hash64;

/// Sets all limits of a scope, over all its symbols: `oms_scope_limits_set`. OMS_OFF (-1) means no
/// limit, and 0 a limit of zero; `oms_scope_limits_off` fills in OMS_OFF everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ScopeLimitsSet {
    /// kind = OMS_REQUEST_SCOPE_LIMITS_SET.
    pub header: RequestHeader,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// Zero.
    pub reserved0: u32,
    /// Most working orders, of both sides.
    pub open_orders_max: i64,
    /// Most positions, open ones and those that working orders may open.
    pub positions_max: i64,
    /// Types of orders that are permitted: bits 1 << OMS_TYPE_*; every bit set permits all.
    pub types: u32,
    /// Times in force that are permitted: bits 1 << OMS_TIF_*; every bit set permits all.
    pub times_in_force: u32,
    /// Largest quantity of an order, lots.
    pub qty_max: Lots,
    /// Largest value of an order, money units.
    pub notional_max: Money,
    /// Largest value of working orders of both sides, this one included, money units.
    pub open_notional_max: Money,
    /// Largest value traded in this session and working, money units.
    pub gross_max: Money,
    /// Largest magnitude of the value bought less the value sold in this session, with the working
    /// orders of the order's side, money units.
    pub net_max: Money,
    /// Credit: the margin that positions and working orders take at most, money units.
    pub credit_max: Money,
    /// Largest value of positions and working orders over equity, parts per 10^9.
    pub leverage_max: Ratio,
    /// Most requests (new, replace, cancel) for each fill, parts per 10^9.
    pub order_to_trade_max: Ratio,
    /// With fewer requests than this the ratio is not looked at.
    pub order_to_trade_min: i64,
    /// Window of that ratio, nanoseconds; 0: the session.
    pub order_to_trade_window: Nanos,
    /// The host's heartbeat is this old at most, nanoseconds: see OMS_CONTROL_HEARTBEAT.
    pub heartbeat_max: i64,
    /// More cancel requests than this in any `cancel_window` warn. They are never refused.
    pub cancel_max: i64,
    /// Length of that window, nanoseconds, > 0 while there is a limit.
    pub cancel_window: Nanos,
    /// Share of a limit, parts per 10^9, from which on OMS_EVENT_WARN tells that it is near, when
    /// an order that was accepted brings it there: POSITION, OPEN_ORDERS, those in money, GROUP,
    /// POSITIONS, rates, SHORT, ORDER_TO_TRADE; QTY, NOTIONAL, COLLAR, ADV and DUPLICATE of the
    /// order itself; of the scope and of symbols in it. Each check is told once for each symbol
    /// and scope until an order finds it below again. REPEAT is told by an execution, HEARTBEAT by
    /// the clock. OMS_OFF: never.
    pub warn_ratio: Ratio,
    /// Zero.
    pub reserved: [u64; 8],
}

request!(ScopeLimitsSet, ScopeLimitsSet, {
    scope: 0, reserved0: 0, open_orders_max: 0, positions_max: 0, types: 0, times_in_force: 0,
    qty_max: Lots::ZERO, notional_max: Money::ZERO, open_notional_max: Money::ZERO,
    gross_max: Money::ZERO, net_max: Money::ZERO, credit_max: Money::ZERO,
    leverage_max: Ratio::ZERO, order_to_trade_max: Ratio::ZERO, order_to_trade_min: 0,
    order_to_trade_window: Nanos::ZERO, heartbeat_max: 0, cancel_max: 0,
    cancel_window: Nanos::ZERO, warn_ratio: Ratio::ZERO, reserved: [0; 8],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

impl ScopeLimitsSet {
    /// Every limit is off, everything is permitted.
    ///
    /// cbindgen:ignore
    pub const OFF: Self = Self {
        open_orders_max: OFF,
        positions_max: OFF,
        types: u32::MAX,
        times_in_force: u32::MAX,
        qty_max: Lots(OFF),
        notional_max: Money(OFF),
        open_notional_max: Money(OFF),
        gross_max: Money(OFF),
        net_max: Money(OFF),
        credit_max: Money(OFF),
        leverage_max: Ratio(OFF),
        order_to_trade_max: Ratio(OFF),
        order_to_trade_min: OFF,
        heartbeat_max: OFF,
        cancel_max: OFF,
        warn_ratio: Ratio(OFF),
        ..Self::EMPTY
    };
}

/// Limits of a scope as they are checked: each as in [`ScopeLimitsSet`]. Every value is at least 0
/// or [`OFF`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeLimits(pub ScopeLimitsSet);

impl core::ops::Deref for ScopeLimits {
    type Target = ScopeLimitsSet;

    fn deref(&self) -> &ScopeLimitsSet {
        &self.0
    }
}

impl ScopeLimits {
    /// No limits.
    pub const OFF: Self = Self(ScopeLimitsSet::OFF);
    /// Nothing passes: a scope whose limits were never set.
    pub const CLOSED: Self = Self(ScopeLimitsSet::EMPTY);

    /// Whether nothing binds but the counts of orders and positions: the lean paths look at no
    /// other.
    #[must_use]
    pub fn are_counts(&self) -> bool {
        let Self(set) = *self;
        let counts = ScopeLimitsSet {
            scope: 0,
            open_orders_max: OFF,
            positions_max: OFF,
            order_to_trade_window: Nanos::ZERO,
            cancel_window: Nanos::ZERO,
            ..set
        };
        counts == ScopeLimitsSet::OFF
    }

    /// Reads a request record.
    ///
    /// # Errors
    /// The frame's (`Kind`, `Size`, `Reserved`), `Range` for a value below -1, or a limit for a
    /// window of no length.
    pub fn decode(request: &ScopeLimitsSet) -> Result<Self, Status> {
        request.check_frame()?;
        let limits = Self(ScopeLimitsSet { header: ScopeLimitsSet::EMPTY.header, ..*request });
        let below = limits.values().iter().any(|&value| value < OFF);
        let endless = limits.cancel_max != OFF && limits.cancel_window == Nanos::ZERO;
        if below || endless { Err(Status::Range) } else { Ok(limits) }
    }

    /// All numbers but masks and windows, in the record's order.
    #[must_use]
    pub const fn values(&self) -> [i64; 14] {
        let Self(set) = self;
        [
            set.open_orders_max,
            set.positions_max,
            set.qty_max.0,
            set.notional_max.0,
            set.open_notional_max.0,
            set.gross_max.0,
            set.net_max.0,
            set.credit_max.0,
            set.leverage_max.0,
            set.order_to_trade_max.0,
            set.order_to_trade_min,
            set.heartbeat_max,
            set.cancel_max,
            set.warn_ratio.0,
        ]
    }

    /// Whether one of them looks at values. Not so for limits that were never set: nothing passes.
    #[must_use]
    pub fn count_values(&self) -> bool {
        let money = [self.open_notional_max, self.gross_max, self.net_max, self.credit_max];
        *self != Self::CLOSED && (self.limits_leverage() || money.iter().any(|max| max.0 != OFF))
    }

    /// Whether leverage is limited.
    #[must_use]
    pub fn limits_leverage(&self) -> bool {
        *self != Self::CLOSED && self.leverage_max.0 != OFF
    }

    /// A field and its unit; `None` for one of a symbol.
    #[must_use]
    pub fn field(&self, field: LimitField) -> Option<(Unit, i64)> {
        let nanos = |time: Nanos| i64::try_from(time.0).unwrap_or(i64::MAX);
        Some(match field {
            LimitField::ScopeOpenOrdersMax => (Unit::Count, self.open_orders_max),
            LimitField::ScopePositionsMax => (Unit::Count, self.positions_max),
            LimitField::ScopeTypes => (Unit::Count, i64::from(self.types)),
            LimitField::ScopeTimesInForce => (Unit::Count, i64::from(self.times_in_force)),
            LimitField::ScopeQtyMax => (Unit::Lots, self.qty_max.0),
            LimitField::ScopeNotionalMax => (Unit::Money, self.notional_max.0),
            LimitField::ScopeOpenNotionalMax => (Unit::Money, self.open_notional_max.0),
            LimitField::ScopeGrossMax => (Unit::Money, self.gross_max.0),
            LimitField::ScopeNetMax => (Unit::Money, self.net_max.0),
            LimitField::ScopeCreditMax => (Unit::Money, self.credit_max.0),
            LimitField::ScopeLeverageMax => (Unit::Ratio, self.leverage_max.0),
            LimitField::ScopeOrderToTradeMax => (Unit::Ratio, self.order_to_trade_max.0),
            LimitField::ScopeOrderToTradeMin => (Unit::Count, self.order_to_trade_min),
            LimitField::ScopeOrderToTradeWindow => (Unit::Nanos, nanos(self.order_to_trade_window)),
            LimitField::ScopeHeartbeatMax => (Unit::Nanos, self.heartbeat_max),
            LimitField::ScopeCancelMax => (Unit::Count, self.cancel_max),
            LimitField::ScopeCancelWindow => (Unit::Nanos, nanos(self.cancel_window)),
            LimitField::ScopeWarnRatio => (Unit::Ratio, self.warn_ratio.0),
            _ => return None,
        })
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        for value in self.values() {
            hash.i64(value);
        }
        hash.u32(self.types);
        hash.u32(self.times_in_force);
        hash.word(self.order_to_trade_window.0);
        hash.word(self.cancel_window.0);
    }
}
