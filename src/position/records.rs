//! The record that closes a position.
#![forbid(unsafe_code)]

use crate::num::{Int128, Lots, Money, Nanos, Ticks};
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

/// Opens a position by hand, without an order: `oms_position_open`. On a net symbol that has a
/// position of the same side it enlarges that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct PositionOpen {
    /// kind = OMS_REQUEST_POSITION_OPEN.
    pub header: RequestHeader,
    /// The caller's mark, by which it is found; 0 for none.
    pub tag: u64,
    /// Lots, 1 to 2^60.
    pub qty: Lots,
    /// Entry price, ticks.
    pub price: Ticks,
    /// Commission of the entry, money units; a rebate is negative.
    pub commission: Money,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// OMS_POSITION_*.
    pub side: u8,
    /// Zero.
    pub reserved0: [u8; 7],
    /// Zero.
    pub reserved: [u64; 5],
}

request!(PositionOpen, PositionOpen, {
    tag: 0, qty: Lots::ZERO, price: Ticks::ZERO, commission: Money::ZERO, symbol: 0, scope: 0,
    side: 0, reserved0: [0; 7], reserved: [0; 5],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);

/// Closes a position, or a part, by hand at a given price: `oms_position_exit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct PositionExit {
    /// kind = OMS_REQUEST_POSITION_EXIT.
    pub header: RequestHeader,
    /// The open position.
    pub position: Id,
    /// Lots to close; 0 for all.
    pub qty: Lots,
    /// Exit price, ticks.
    pub price: Ticks,
    /// Commission of the exit, money units; a rebate is negative.
    pub commission: Money,
    /// OMS_EXIT_*: why; NONE (0) is kept as HAND.
    pub reason: u8,
    /// Zero.
    pub reserved0: [u8; 7],
    /// Zero.
    pub reserved: [u64; 5],
}

request!(PositionExit, PositionExit, {
    position: Id::NONE, qty: Lots::ZERO, price: Ticks::ZERO, commission: Money::ZERO, reason: 0,
    reserved0: [0; 7], reserved: [0; 5],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);

/// Takes over a position of an earlier run: `oms_position_adopt`. No check is made, and nothing is
/// realised: the starting balance is what was there after all that happened before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct PositionAdopt {
    /// kind = OMS_REQUEST_POSITION_ADOPT.
    pub header: RequestHeader,
    /// The caller's mark, by which it is found; 0 for none.
    pub tag: u64,
    /// Open lots, 1 to 2^60.
    pub qty: Lots,
    /// Entry cost of the open lots, lots × ticks; 0: qty × price.
    pub cost: Int128,
    /// Entry price in ticks, read when cost is 0.
    pub price: Ticks,
    /// Σ commissions so far, money units: they count in its outcome, not in the account.
    pub commission: Money,
    /// When it was opened, nanoseconds; not after now.
    pub opened_at: Nanos,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// OMS_POSITION_*.
    pub side: u8,
    /// Zero.
    pub reserved0: [u8; 7],
    /// Zero.
    pub reserved: [u64; 4],
}

request!(PositionAdopt, PositionAdopt, {
    tag: 0, qty: Lots::ZERO, cost: Int128 { hi: 0, lo: 0 }, price: Ticks::ZERO,
    commission: Money::ZERO, opened_at: Nanos::ZERO, symbol: 0, scope: 0, side: 0,
    reserved0: [0; 7], reserved: [0; 4],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);
