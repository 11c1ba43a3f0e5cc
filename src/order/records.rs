//! The records of the order door and of the venue's door.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, Nanos, Ticks};
use crate::status::{RequestHeader, request};
use crate::store::Id;

/// Asks for a new order: `oms_order_check` and `oms_order_submit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct OrderSubmit {
    /// kind = OMS_REQUEST_ORDER_SUBMIT.
    pub header: RequestHeader,
    /// The caller's order id: not 0, top bit 0, not carried by any order in the table. Never use
    /// one again: a late report by client id would reach the newer order.
    pub client_id: u64,
    /// The caller's mark; 0 for none. A position opened by the order is found by it.
    pub tag: u64,
    /// Position to reduce or enlarge. 0: the net position, or with OMS_SYMBOL_HEDGED a new one.
    pub position: Id,
    /// Order this one belongs to; 0 for none. Kept and handed out with the command.
    pub parent: Id,
    /// Quantity in lots, 1 to 2^60.
    pub qty: Lots,
    /// Limit price in ticks; 0 for market orders.
    pub price: Ticks,
    /// Zero: reserved for the trigger price.
    pub stop_price: Ticks,
    /// With OMS_TIF_GTD: when it expires, in nanoseconds; otherwise 0.
    pub expire_at: Nanos,
    /// Symbol number, from `oms_symbol_define`.
    pub symbol: u32,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// The caller's venue number, handed out with the command.
    pub venue: u32,
    /// OMS_ORDER_* bits.
    pub flags: u32,
    /// OMS_SIDE_*.
    pub side: u8,
    /// OMS_TYPE_*.
    pub order_type: u8,
    /// OMS_TIF_*.
    pub time_in_force: u8,
    /// Zero: reserved for who holds a stop.
    pub hold: u8,
    /// Zero.
    pub reserved0: u32,
    /// Zero.
    pub reserved: [u64; 7],
}

request!(OrderSubmit, OrderSubmit, {
    client_id: 0, tag: 0, position: Id::NONE, parent: Id::NONE, qty: Lots::ZERO,
    price: Ticks::ZERO, stop_price: Ticks::ZERO, expire_at: Nanos::ZERO, symbol: 0, scope: 0,
    venue: 0, flags: 0, side: 0, order_type: 0, time_in_force: 0, hold: 0, reserved0: 0,
    reserved: [0; 7],
}, [
    |r: &Self| [r.hold],
    |r: &Self| [r.reserved0],
    |r: &Self| [r.stop_price.0.unsigned_abs()],
    |r: &Self| r.reserved
]);

/// Asks to cancel an order: `oms_order_cancel`. Never refused by risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct OrderCancel {
    /// kind = OMS_REQUEST_ORDER_CANCEL.
    pub header: RequestHeader,
    /// The order; 0 when client_id names it.
    pub order: Id,
    /// The caller's id of the order, read when order is 0.
    pub client_id: u64,
    /// The caller's id of this cancel request. The same id again is ignored.
    pub request_id: u64,
    /// Zero.
    pub reserved: [u64; 3],
}

request!(OrderCancel, OrderCancel, {
    order: Id::NONE, client_id: 0, request_id: 0, reserved: [0; 3],
}, [|r: &Self| r.reserved]);

/// Asks to change quantity and price of an order: `oms_order_replace`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct OrderReplace {
    /// kind = OMS_REQUEST_ORDER_REPLACE.
    pub header: RequestHeader,
    /// The order; 0 when client_id names it.
    pub order: Id,
    /// The caller's id of the order, read when order is 0.
    pub client_id: u64,
    /// The caller's id of this replace request.
    pub request_id: u64,
    /// New total quantity in lots, filled part included, 1 to 2^60.
    pub qty: Lots,
    /// New limit price in ticks; 0 for market orders.
    pub price: Ticks,
    /// Zero: reserved for the trigger price.
    pub stop_price: Ticks,
    /// Zero.
    pub reserved: [u64; 4],
}

request!(OrderReplace, OrderReplace, {
    order: Id::NONE, client_id: 0, request_id: 0, qty: Lots::ZERO, price: Ticks::ZERO,
    stop_price: Ticks::ZERO, reserved: [0; 4],
}, [|r: &Self| [r.stop_price.0.unsigned_abs()], |r: &Self| r.reserved]);

/// What a venue says of an order: `oms_venue_report`. A fact: it is taken in any state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct VenueReport {
    /// kind = OMS_REQUEST_VENUE_REPORT.
    pub header: RequestHeader,
    /// The order; 0 when client_id names it.
    pub order: Id,
    /// The caller's id of the order, read when order is 0.
    pub client_id: u64,
    /// Fill: the venue's execution id as a number, not 0. It is applied once.
    pub exec_id: u64,
    /// Zero: reserved for the execution a bust or correction refers to.
    pub ref_exec_id: u64,
    /// Cancel and replace answers: the request's id, or 0 for the one outstanding.
    pub request_id: u64,
    /// Fill: lots of this execution, 1 to 2^60. Replace ack: the new total, 0 for the one asked.
    pub qty: Lots,
    /// Fill: price in ticks. Replace ack: the new price, read when qty is not 0.
    pub price: Ticks,
    /// Zero: reserved for the venue's cumulative quantity.
    pub venue_cum: Lots,
    /// Zero: reserved for the venue's average price, ticks.
    pub venue_avg: Ticks,
    /// Zero: reserved for the venue's average price, parts per 10^9 of a tick.
    pub venue_avg_frac: i64,
    /// Fill: commission in money units; a rebate is negative.
    pub commission: Money,
    /// Zero: reserved.
    pub symbol: u32,
    /// Zero: reserved.
    pub venue: u32,
    /// OMS_REPORT_*.
    pub report: u8,
    /// Fill: OMS_LIQUIDITY_*; not kept.
    pub liquidity: u8,
    /// OMS_REASON_*. UNKNOWN_ORDER on a cancel reject puts the order in doubt; others are not kept.
    pub reason: u16,
    /// Zero.
    pub reserved0: u32,
    /// Zero.
    pub reserved: [u64; 5],
}

request!(VenueReport, VenueReport, {
    order: Id::NONE, client_id: 0, exec_id: 0, ref_exec_id: 0, request_id: 0, qty: Lots::ZERO,
    price: Ticks::ZERO, venue_cum: Lots::ZERO, venue_avg: Ticks::ZERO, venue_avg_frac: 0,
    commission: Money::ZERO, symbol: 0, venue: 0, report: 0, liquidity: 0, reason: 0,
    reserved0: 0, reserved: [0; 5],
}, [
    |r: &Self| [
        r.ref_exec_id,
        r.venue_cum.0.unsigned_abs(),
        r.venue_avg.0.unsigned_abs(),
        r.venue_avg_frac.unsigned_abs(),
    ],
    |r: &Self| [r.symbol, r.venue, r.reserved0],
    |r: &Self| r.reserved
]);
