//! The records of the order door and of the venue's door.
#![forbid(unsafe_code)]

use crate::num::{Int128, Lots, Money, Nanos, Ratio, Ticks};
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
    /// Order this one is a part of; 0 for none. Handed out with the command. What all orders that
    /// name a parent work and have executed is at most its quantity (check PARENT); one with
    /// OMS_ORDER_PARENT must live, and be of the same symbol and side.
    pub parent: Id,
    /// A live order of the symbol: when one of the two is executed the other is cancelled (one
    /// cancels the other); 0 for none.
    pub linked: Id,
    /// Quantity in lots, 1 to 2^60; 0 with OMS_ORDER_CLOSE_POSITION.
    pub qty: Lots,
    /// Limit price in ticks for OMS_TYPE_LIMIT, _STOP_LIMIT and _TAKE_PROFIT_LIMIT; otherwise 0.
    pub price: Ticks,
    /// Trigger price in ticks for OMS_TYPE_STOP, _STOP_LIMIT, _TAKE_PROFIT and _TAKE_PROFIT_LIMIT;
    /// otherwise 0. Not reached yet: a buy stop above the ask, a sell stop below the bid, a
    /// take-profit the other way round.
    pub stop_price: Ticks,
    /// OMS_TYPE_TRAILING_STOP: distance in ticks, 1 to 2^60, or 0 with trail_ratio.
    pub trail_offset: Ticks,
    /// OMS_TYPE_TRAILING_STOP: distance as parts per 10^9 of the best price, below 10^9, rounded
    /// up to ticks, or 0 with trail_offset.
    pub trail_ratio: Ratio,
    /// Bracket: level in ticks of a stop-loss for what the order opens; 0 for none.
    pub stop_loss: Ticks,
    /// Bracket: level in ticks of a take-profit for what the order opens; 0 for none.
    pub take_profit: Ticks,
    /// With OMS_TIF_GTD: when it expires, in nanoseconds, after now; otherwise 0.
    pub expire_at: Nanos,
    /// When it is given up: oms_timer then cancels what is left, in nanoseconds, after now; 0 for
    /// never. See oms_order_extend.
    pub timeout_at: Nanos,
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
    /// OMS_HOLD_*: who waits for the trigger price. OMS_HOLD_CORE (0) for market and limit orders.
    pub hold: u8,
    /// Zero.
    pub reserved0: u32,
    /// Zero.
    pub reserved: [u64; 8],
}

request!(OrderSubmit, OrderSubmit, {
    client_id: 0, tag: 0, position: Id::NONE, parent: Id::NONE, linked: Id::NONE,
    qty: Lots::ZERO, price: Ticks::ZERO, stop_price: Ticks::ZERO, trail_offset: Ticks::ZERO,
    trail_ratio: Ratio::ZERO, stop_loss: Ticks::ZERO, take_profit: Ticks::ZERO,
    expire_at: Nanos::ZERO, timeout_at: Nanos::ZERO, symbol: 0, scope: 0, venue: 0, flags: 0,
    side: 0, order_type: 0, time_in_force: 0, hold: 0, reserved0: 0, reserved: [0; 8],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

impl OrderSubmit {
    /// Side, type, time in force, hold and what is reserved beside them, as they lie in memory.
    #[inline]
    #[must_use]
    pub(crate) const fn shape(&self) -> u64 {
        let [a, b, c, d] = self.reserved0.to_le_bytes();
        let shape = [self.side, self.order_type, self.time_in_force, self.hold, a, b, c, d];
        u64::from_le_bytes(shape)
    }
}

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
    /// The caller's id of this cancel request: not 0, top bit 0, used once; this is not checked.
    /// The same id again, while it is in flight, is ignored.
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
    /// The caller's id of this replace request: not 0, top bit 0, used once; this is not checked.
    pub request_id: u64,
    /// New total quantity in lots, filled part included, 1 to 2^60.
    pub qty: Lots,
    /// New limit price in ticks; 0 for orders without one.
    pub price: Ticks,
    /// New trigger price in ticks, while it has not been reached; 0 for orders without one. The
    /// distance of a trailing stop stays.
    pub stop_price: Ticks,
    /// Zero.
    pub reserved: [u64; 4],
}

request!(OrderReplace, OrderReplace, {
    order: Id::NONE, client_id: 0, request_id: 0, qty: Lots::ZERO, price: Ticks::ZERO,
    stop_price: Ticks::ZERO, reserved: [0; 4],
}, [|r: &Self| r.reserved]);

/// Changes when an order is given up: `oms_order_extend`. Nothing is told to the venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct OrderExtend {
    /// kind = OMS_REQUEST_ORDER_EXTEND.
    pub header: RequestHeader,
    /// The order; 0 when client_id names it.
    pub order: Id,
    /// The caller's id of the order, read when order is 0.
    pub client_id: u64,
    /// When it is given up, nanoseconds, after now; 0 for never.
    pub timeout_at: Nanos,
    /// Zero.
    pub reserved: [u64; 3],
}

request!(OrderExtend, OrderExtend, {
    order: Id::NONE, client_id: 0, timeout_at: Nanos::ZERO, reserved: [0; 3],
}, [|r: &Self| r.reserved]);

/// Takes over an order that lives at the venue: `oms_order_adopt`. No check is made and no
/// position moves; its leaves are reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct OrderAdopt {
    /// kind = OMS_REQUEST_ORDER_ADOPT.
    pub header: RequestHeader,
    /// Its client id, not 0; an engine-made one, with its top bit, too.
    pub client_id: u64,
    /// The caller's mark; 0 for none.
    pub tag: u64,
    /// Position it reduces or enlarges; 0: the net position, or with OMS_SYMBOL_HEDGED a new one.
    pub position: Id,
    /// Order this one belongs to; 0 for none.
    pub parent: Id,
    /// Quantity in lots, 1 to 2^60, executed part included.
    pub qty: Lots,
    /// Executed so far, lots, below qty.
    pub cum_qty: Lots,
    /// Σ qty × price of what is executed, lots × ticks.
    pub notional: Int128,
    /// Limit price in ticks, for types that have one; otherwise 0.
    pub price: Ticks,
    /// Trigger price in ticks, for types that have one; otherwise 0.
    pub stop_price: Ticks,
    /// OMS_TYPE_TRAILING_STOP: distance in ticks, or 0.
    pub trail_offset: Ticks,
    /// OMS_TYPE_TRAILING_STOP: distance as parts per 10^9, or 0.
    pub trail_ratio: Ratio,
    /// With OMS_TIF_GTD: when it expires, nanoseconds; otherwise 0.
    pub expire_at: Nanos,
    /// When it is given up, nanoseconds, after now; 0 for never.
    pub timeout_at: Nanos,
    /// Σ commissions so far, money units; kept with the order, the account does not move.
    pub commission: Money,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// The caller's venue number.
    pub venue: u32,
    /// OMS_ORDER_* bits, OMS_ORDER_CLOSE_POSITION excepted.
    pub flags: u32,
    /// OMS_SIDE_*.
    pub side: u8,
    /// OMS_TYPE_*.
    pub order_type: u8,
    /// OMS_TIF_*.
    pub time_in_force: u8,
    /// OMS_HOLD_VENUE for stop types: what is held here is submitted anew instead.
    pub hold: u8,
    /// Zero.
    pub reserved0: u32,
    /// Zero.
    pub reserved: [u64; 5],
}

request!(OrderAdopt, OrderAdopt, {
    client_id: 0, tag: 0, position: Id::NONE, parent: Id::NONE, qty: Lots::ZERO,
    cum_qty: Lots::ZERO, notional: Int128 { hi: 0, lo: 0 }, price: Ticks::ZERO,
    stop_price: Ticks::ZERO, trail_offset: Ticks::ZERO, trail_ratio: Ratio::ZERO,
    expire_at: Nanos::ZERO, timeout_at: Nanos::ZERO, commission: Money::ZERO, symbol: 0,
    scope: 0, venue: 0, flags: 0, side: 0, order_type: 0, time_in_force: 0, hold: 0,
    reserved0: 0, reserved: [0; 5],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

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
    /// Fill, correct: the venue's execution id as a number, not 0. It is applied once.
    pub exec_id: u64,
    /// Bust, correct: the execution that is taken back or corrected, not 0. While it is kept,
    /// order and client_id may both be 0.
    pub ref_exec_id: u64,
    /// Cancel and replace answers: the request's id, or 0 for the one outstanding.
    pub request_id: u64,
    /// A fill of an order that is not in the table: the position it belongs to; 0 when not known.
    pub position: Id,
    /// Fill: lots of this execution, 1 to 2^60. Correct: its new lots. Replace ack, restate: the
    /// new total, 0 for none given.
    pub qty: Lots,
    /// Fill, correct: price in ticks; 0 for a symbol that cannot have it is taken as not given.
    /// Replace ack, restate: the new limit price, read when qty is not 0. Order status: the last
    /// price, 0 for not given.
    pub price: Ticks,
    /// Fill, order status: the venue's total of executed lots after this report; 0 for not given.
    pub venue_cum: Lots,
    /// Fill, order status: the venue's average price, whole ticks.
    pub venue_avg: Ticks,
    /// The venue's average price: the rest, parts per 10^9 of a tick, 0 to 10^9 - 1. With
    /// venue_avg 0 too: not given.
    pub venue_avg_frac: i64,
    /// Fill, correct: commission in money units; a rebate is negative.
    pub commission: Money,
    /// Symbol number, read when side is given.
    pub symbol: u32,
    /// The caller's venue number, kept with an order that is made for a fill.
    pub venue: u32,
    /// OMS_REPORT_*.
    pub report: u8,
    /// Fill: OMS_LIQUIDITY_*; not kept.
    pub liquidity: u8,
    /// OMS_REASON_*. UNKNOWN_ORDER on a cancel reject puts the order in doubt. Kept with the order
    /// when the report ends it.
    pub reason: u16,
    /// OMS_SIDE_* of the order, 0 for not given. A fill of an order that is not in the table is
    /// booked only with side and symbol.
    pub side: u8,
    /// Order status: OMS_STATUS_* at the venue, from SUBMITTED on without FAILED; otherwise 0.
    pub order_status: u8,
    /// Zero.
    pub reserved0: [u8; 2],
    /// Zero.
    pub reserved: [u64; 4],
}

request!(VenueReport, VenueReport, {
    order: Id::NONE, client_id: 0, exec_id: 0, ref_exec_id: 0, request_id: 0,
    position: Id::NONE, qty: Lots::ZERO, price: Ticks::ZERO, venue_cum: Lots::ZERO,
    venue_avg: Ticks::ZERO, venue_avg_frac: 0, commission: Money::ZERO, symbol: 0, venue: 0,
    report: 0, liquidity: 0, reason: 0, side: 0, order_status: 0, reserved0: [0; 2],
    reserved: [0; 4],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);
