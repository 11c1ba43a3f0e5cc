//! The records of the clock, of the operator and of the way out.
#![forbid(unsafe_code)]

use crate::num::Money;
use crate::status::{RequestHeader, request};

/// An operator's or the host's word: `oms_control`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Control {
    /// kind = OMS_REQUEST_CONTROL.
    pub header: RequestHeader,
    /// OMS_CONTROL_*.
    pub action: u32,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// As the action says.
    pub value: i64,
    /// With OMS_CONTROL_FLAG_SYMBOL the symbol; otherwise 0.
    pub symbol: u32,
    /// OMS_CONTROL_FLAG_* bits.
    pub flags: u32,
    /// Zero.
    pub reserved: [u64; 3],
}

request!(Control, Control, {
    action: 0, scope: 0, value: 0, symbol: 0, flags: 0, reserved: [0; 3]
}, [|r: &Self| r.reserved]);

/// Many orders are cancelled: `oms_mass_cancel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct MassCancel {
    /// kind = OMS_REQUEST_MASS_CANCEL.
    pub header: RequestHeader,
    /// Of this scope and all below it; 0: of all.
    pub scope: u32,
    /// Of this symbol; UINT32_MAX: of all.
    pub symbol: u32,
    /// Of this side, OMS_SIDE_*: its orders and, with FLATTEN, what they have opened (OMS_SIDE_BUY:
    /// longs); 0: of both.
    pub side: u32,
    /// OMS_MASS_CANCEL_* bits.
    pub flags: u32,
    /// Zero.
    pub reserved: [u64; 2],
}

request!(MassCancel, MassCancel, { scope: 0, symbol: 0, side: 0, flags: 0, reserved: [0; 2] },
    [|r: &Self| r.reserved]);

/// A deposit (> 0) or withdrawal (< 0): `oms_cash_adjust`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct CashAdjust {
    /// kind = OMS_REQUEST_CASH_ADJUST.
    pub header: RequestHeader,
    /// Money units; moves equity, session start and peak alike.
    pub amount: Money,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// Zero.
    pub reserved0: u32,
    /// Zero.
    pub reserved: [u64; 4],
}

request!(CashAdjust, CashAdjust, { amount: Money::ZERO, scope: 0, reserved0: 0, reserved: [0; 4] },
    [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

/// Time passes: `oms_timer`. Sessions roll, the breaker recovers, orders
/// time out and are sent again when due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Timer {
    /// kind = OMS_REQUEST_TIMER.
    pub header: RequestHeader,
    /// Zero.
    pub reserved: [u64; 2],
}

request!(Timer, Timer, { reserved: [0; 2] }, [|r: &Self| r.reserved]);

/// Goes on with queued work: `oms_drain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Drain {
    /// kind = OMS_REQUEST_DRAIN.
    pub header: RequestHeader,
    /// Zero.
    pub reserved: [u64; 2],
}

request!(Drain, Drain, { reserved: [0; 2] }, [|r: &Self| r.reserved]);

/// Takes commands and events out: `oms_poll`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Poll {
    /// kind = OMS_REQUEST_POLL.
    pub header: RequestHeader,
    /// At most this many commands: the length of the array given.
    pub max_commands: u32,
    /// At most this many events: the length of the array given.
    pub max_events: u32,
    /// Zero.
    pub reserved: [u64; 1],
}

request!(Poll, Poll, { max_commands: 0, max_events: 0, reserved: [0; 1] },
    [|r: &Self| r.reserved]);
