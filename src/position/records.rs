//! The record that closes a position.
#![forbid(unsafe_code)]

use crate::num::Lots;
use crate::status::{RequestHeader, request};
use crate::store::Id;

/// Closes an open position, or a part, at the market: `oms_position_close`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct PositionClose {
    /// kind = OMS_REQUEST_POSITION_CLOSE.
    pub header: RequestHeader,
    /// The position.
    pub position: Id,
    /// Lots to close; 0 for all that is not being closed already.
    pub qty: Lots,
    /// The caller's mark of the closing order; 0 for none.
    pub tag: u64,
    /// The caller's venue number for the closing order.
    pub venue: u32,
    /// Zero.
    pub reserved0: u32,
    /// Zero.
    pub reserved: [u64; 6],
}

request!(PositionClose, PositionClose, {
    position: Id::NONE, qty: Lots::ZERO, tag: 0, venue: 0, reserved0: 0, reserved: [0; 6],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);
