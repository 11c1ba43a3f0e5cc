//! The records that arm, move and cancel a stop or target of a position.
#![forbid(unsafe_code)]

use crate::num::{Lots, Ticks};
use crate::status::{RequestHeader, request};
use crate::store::Id;

/// Arms a stop or target on an open position: `oms_trigger_arm`.
///
/// A long position is watched on the bid, a short one on the ask: the price at which it could
/// be closed. A level that is crossed already fires at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct TriggerArm {
    /// kind = OMS_REQUEST_TRIGGER_ARM.
    pub header: RequestHeader,
    /// The open position: from OMS_EVENT_POSITION_OPENED, oms_position_net or oms_position_find.
    pub position: Id,
    /// The caller's mark; 0 for none.
    pub tag: u64,
    /// Level in ticks: it fires when the price reaches it or goes beyond.
    pub level: Ticks,
    /// Lots to close; 0 for the whole position, whatever it is when it fires.
    pub qty: Lots,
    /// OMS_TRIGGER_STOP_LOSS or OMS_TRIGGER_TAKE_PROFIT.
    pub kind: u8,
    /// OMS_ACTION_*.
    pub action: u8,
    /// Zero.
    pub reserved0: [u8; 2],
    /// The caller's venue number for the closing order.
    pub venue: u32,
    /// Zero.
    pub reserved: [u64; 9],
}

request!(TriggerArm, TriggerArm, {
    position: Id::NONE, tag: 0, level: Ticks::ZERO, qty: Lots::ZERO, kind: 0, action: 0,
    reserved0: [0; 2], venue: 0, reserved: [0; 9],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);

/// Moves an armed trigger of a position to another level: `oms_trigger_move`. It keeps its id and
/// its place among equal levels is the last one. What a held order waits for is moved by
/// `oms_order_replace`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct TriggerMove {
    /// kind = OMS_REQUEST_TRIGGER_MOVE.
    pub header: RequestHeader,
    /// The trigger.
    pub trigger: Id,
    /// New level in ticks.
    pub level: Ticks,
    /// Zero.
    pub reserved: [u64; 4],
}

request!(TriggerMove, TriggerMove, {
    trigger: Id::NONE, level: Ticks::ZERO, reserved: [0; 4],
}, [|r: &Self| r.reserved]);

/// Cancels an armed trigger of a position: `oms_trigger_cancel`. What a held order waits for goes
/// with the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct TriggerCancel {
    /// kind = OMS_REQUEST_TRIGGER_CANCEL.
    pub header: RequestHeader,
    /// The trigger.
    pub trigger: Id,
    /// Zero.
    pub reserved: [u64; 5],
}

request!(TriggerCancel, TriggerCancel, {
    trigger: Id::NONE, reserved: [0; 5],
}, [|r: &Self| r.reserved]);
