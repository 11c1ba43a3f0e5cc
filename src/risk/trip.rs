//! What a breaker says: its trips, and how it stands.
#![forbid(unsafe_code)]

use crate::num::{Money, Nanos, Ratio};

/// Trips that are kept.
pub const TRIPS_KEPT: usize = 32;

/// One trip: `oms_trip_get`, `oms_breaker_trip_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Trip {
    /// When it tripped, nanoseconds.
    pub at: Nanos,
    /// When it was reset, nanoseconds; 0 while it is open.
    pub reset_at: Nanos,
    /// Limit, in `unit`.
    pub limit: i64,
    /// Observed value, in `unit`; for a trip by hand the caller's note.
    pub observed: i64,
    /// Scope number.
    pub scope: u32,
    /// OMS_CAUSE_*.
    pub cause: u8,
    /// OMS_UNIT_* of limit and observed.
    pub unit: u8,
    /// 1 when only a reset by hand ends it.
    pub latched: u8,
    /// 1 when it was reset by hand.
    pub by_hand: u8,
    /// 0.
    pub reserved: [u64; 3],
}

/// What a breaker says of itself: `oms_breaker_status`, `oms_risk_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct BreakerStatus {
    /// Equity, money units; 0 before it is known.
    pub equity: Money,
    /// Highest equity, money units.
    pub peak: Money,
    /// Equity at the session's start, money units.
    pub session_equity: Money,
    /// Equity less the session's start, money units.
    pub session_pnl: Money,
    /// Loss of the current losing streak, money units, as a positive number.
    pub streak_loss: Money,
    /// (peak - equity) / peak, parts per 10^9, rounded up.
    pub drawdown: Ratio,
    /// Largest drawdown so far, parts per 10^9.
    pub drawdown_max: Ratio,
    /// When it tripped last, nanoseconds; 0 if never.
    pub tripped_at: Nanos,
    /// When it was reset last, nanoseconds; 0 if never.
    pub reset_at: Nanos,
    /// Losing trades in a row.
    pub consecutive_losses: u32,
    /// Errors in a row.
    pub consecutive_errors: u32,
    /// Trips in this session.
    pub session_trips: u32,
    /// Recoveries by itself in this session.
    pub session_auto_resets: u32,
    /// Trips kept in the history.
    pub trips: u32,
    /// Orders in the last minute.
    pub orders_last_minute: u32,
    /// Orders in the last hour.
    pub orders_last_hour: u32,
    /// OMS_BREAKER_*.
    pub state: u8,
    /// OMS_CAUSE_* of the last trip.
    pub cause: u8,
    /// 1 when only a reset by hand ends the trip.
    pub latched: u8,
    /// 1 when orders may pass.
    pub operational: u8,
    /// Orders that may still be sent while it is half-open.
    pub probes_left: u32,
    /// Of the probes: orders that live, and positions that are open.
    pub probes_open: u32,
    /// Of the probes: positions closed with a profit.
    pub probe_wins: u32,
    /// Limits that are at warn_ratio or beyond now: bits 1 << OMS_CAUSE_*.
    pub warned: u32,
    /// 0.
    pub reserved: [u64; 3],
}
