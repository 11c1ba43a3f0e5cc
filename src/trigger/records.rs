//! The records that arm, move and cancel a stop or target of a position.
#![forbid(unsafe_code)]

use crate::num::{Lots, Ratio, Ticks};
use crate::status::{RequestHeader, request};
use crate::store::Id;

/// Arms a stop or target on an open position: `oms_trigger_arm`.
///
/// A long position is watched on the bid, a short one on the ask: the price at which it could
/// be closed; where the symbol has another trigger_source, on that price. A level that is crossed
/// already fires at once.
///
/// OMS_TRIGGER_TRAILING_STOP has level 0 and one of trail_offset and trail_ratio: its level stays
/// so far behind the best price (of a long the highest, of a short the lowest) since it became
/// active, and never goes back. The fields after venue are 0 in the other kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct TriggerArm {
    /// kind = OMS_REQUEST_TRIGGER_ARM.
    pub header: RequestHeader,
    /// The open position: from OMS_EVENT_POSITION_OPENED, oms_position_net or oms_position_find.
    pub position: Id,
    /// The caller's mark; 0 for none.
    pub tag: u64,
    /// Level in ticks: it fires when the price reaches it or goes beyond. 0 for a trailing stop.
    pub level: Ticks,
    /// Lots to close; 0 for the whole position, whatever it is when it fires.
    pub qty: Lots,
    /// OMS_TRIGGER_*.
    pub kind: u8,
    /// OMS_ACTION_*.
    pub action: u8,
    /// Zero.
    pub reserved0: [u8; 2],
    /// The caller's venue number for the closing order.
    pub venue: u32,
    /// Distance of a trailing stop from the best price, ticks; 0 with trail_ratio.
    pub trail_offset: Ticks,
    /// The same as parts per 10^9 of the best price, below 10^9, rounded up to ticks, at least one;
    /// 0 with trail_offset.
    pub trail_ratio: Ratio,
    /// The trailing stop becomes active when the price reaches this, ticks, and begins with that
    /// price as the best; before it has no level. 0: at once.
    pub activation: Ticks,
    /// When the price reaches this while it is active, the second distance is in force from then
    /// on, ticks; 0 for none.
    pub second_level: Ticks,
    /// The second distance, ticks, smaller than trail_offset; 0 with trail_ratio or without
    /// second_level.
    pub second_offset: Ticks,
    /// The second distance, parts per 10^9, smaller than trail_ratio; 0 with trail_offset or
    /// without second_level.
    pub second_ratio: Ratio,
    /// The best price counts in whole multiples of this, ticks, up to 2^32 - 1; 0 and 1 alike mean
    /// every tick. At most OMS_TRAIL_STEPS different ones (above 1) a symbol and side.
    pub step: Ticks,
    /// Zero.
    pub reserved: [u64; 2],
}

request!(TriggerArm, TriggerArm, {
    position: Id::NONE, tag: 0, level: Ticks::ZERO, qty: Lots::ZERO, kind: 0, action: 0,
    reserved0: [0; 2], venue: 0, trail_offset: Ticks::ZERO, trail_ratio: Ratio::ZERO,
    activation: Ticks::ZERO, second_level: Ticks::ZERO, second_offset: Ticks::ZERO,
    second_ratio: Ratio::ZERO, step: Ticks::ZERO, reserved: [0; 2],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);

/// Moves an armed trigger of a position to another level: `oms_trigger_move`. It keeps its id and
/// its place among equal levels is the last one. A trailing stop is not moved: cancel it and arm
/// another. What a held order waits for is moved by `oms_order_replace`.
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
