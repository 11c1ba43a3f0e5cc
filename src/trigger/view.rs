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
    /// Level, ticks. Of a trailing stop 0 before the first quote.
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
    /// 0.
    pub reserved0: [u8; 5],
    /// OMS_TRIGGER_TRAILING_STOP: distance in ticks, or 0 with trail_ratio; otherwise 0.
    pub trail_offset: Ticks,
    /// OMS_TRIGGER_TRAILING_STOP: distance as parts per 10^9 of the peak, or 0; otherwise 0.
    pub trail_ratio: Ratio,
    /// OMS_TRIGGER_TRAILING_STOP: best price since it was armed, ticks; 0 before the first quote.
    pub peak: Ticks,
    /// 0.
    pub reserved: [u64; 3],
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
            ..Self::default()
        }
    }
}
