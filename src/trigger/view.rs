//! A trigger as it is read.
#![forbid(unsafe_code)]

use super::Trigger;
use crate::num::{Lots, Nanos, Ratio, Ticks};
use crate::store::Id;

/// A trigger: `oms_trigger_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct TriggerView {
    /// Its id.
    pub trigger: Id,
    /// The position; 0 for the trigger of a held order.
    pub position: Id,
    /// The order that closes, while one is under way; OMS_ACTION_RELEASE: the held order; otherwise
    /// 0.
    pub order: Id,
    /// The caller's mark.
    pub tag: u64,
    /// Level, ticks. Of a trailing stop 0 before it is active.
    pub level: Ticks,
    /// Lots to close; 0 for the whole position.
    pub qty: Lots,
    /// Fired: lots still to be closed.
    pub left: Lots,
    /// When it last fired, nanoseconds; 0 if never.
    pub fired_at: Nanos,
    /// Symbol number.
    pub symbol: u32,
    /// The venue number for the closing order.
    pub venue: u32,
    /// OMS_TRIGGER_*.
    pub kind: u8,
    /// OMS_ACTION_*.
    pub action: u8,
    /// OMS_TRIGGER_STATE_*.
    pub state: u8,
    /// OMS_TRIGGER_TRAILING_STOP: 0 before it is active, 1 with its first distance, 2 with its
    /// second one; otherwise 0.
    pub active: u8,
    /// OMS_TRIGGER_TRAILING_STOP: the peak counts in whole multiples of it, ticks; 0 for every
    /// tick.
    pub step: u32,
    /// OMS_TRIGGER_TRAILING_STOP: distance in force, ticks, or 0 with trail_ratio; otherwise 0.
    pub trail_offset: Ticks,
    /// OMS_TRIGGER_TRAILING_STOP: distance in force as parts per 10^9 of the peak, or 0; otherwise
    /// 0.
    pub trail_ratio: Ratio,
    /// OMS_TRIGGER_TRAILING_STOP: best price since it became active, ticks; 0 before.
    pub peak: Ticks,
    /// OMS_TRIGGER_TRAILING_STOP: price that makes it active, ticks; 0 for none.
    pub activation: Ticks,
    /// OMS_TRIGGER_TRAILING_STOP: price that brings the second distance, ticks; 0 for none.
    pub second_level: Ticks,
    /// OMS_TRIGGER_TRAILING_STOP: the second distance, as the first one in ticks or in parts per
    /// 10^9; 0 for none.
    pub second_trail: i64,
}

impl From<&Trigger> for TriggerView {
    fn from(trigger: &Trigger) -> Self {
        Self {
            trigger: trigger.id,
            position: trigger.position,
            order: trigger.order,
            tag: trigger.tag,
            level: trigger.level,
            qty: trigger.qty,
            left: trigger.left,
            fired_at: trigger.fired_at,
            symbol: trigger.symbol,
            venue: trigger.venue,
            kind: trigger.kind.raw(),
            action: trigger.action.raw(),
            state: trigger.state.raw(),
            trail_offset: trigger.trail.offset,
            trail_ratio: trigger.trail.ratio,
            peak: trigger.peak.unwrap_or_default(),
            active: match (trigger.peak, trigger.is_tight) {
                (None, _) => 0,
                (Some(_), false) => 1,
                (Some(_), true) => 2,
            },
            step: trigger.ride.step,
            activation: trigger.ride.activation,
            second_level: trigger.ride.second_level,
            second_trail: trigger.ride.second.offset.0.max(trigger.ride.second.ratio.0),
        }
    }
}
