//! The records of the market's door and of a symbol's setting up.
#![forbid(unsafe_code)]

use super::Limits;
use crate::num::{Decimal, Lots, Money, Nanos, Ratio, Ticks};
use crate::status::{RequestHeader, request};

/// Length of a symbol's name, in bytes.
pub const NAME_BYTES: usize = 32;

/// Defines a symbol: `oms_symbol_define`. Its limits are separate: without them nothing trades, as
/// all of them are 0 (an order is denied by PERMISSION with limit 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct SymbolDefine {
    /// kind = OMS_REQUEST_SYMBOL_DEFINE.
    pub header: RequestHeader,
    /// Name: 1 to 31 bytes of printable ASCII, the rest zero. Unique.
    pub name: [u8; 32],
    /// Size of a tick in quote currency, > 0.
    pub tick_size: Decimal,
    /// Size of a lot in units of the instrument, > 0.
    pub lot_size: Decimal,
    /// Contract multiplier, > 0; 1 for spot.
    pub multiplier: Decimal,
    /// Account currency for one unit of quote currency, > 0; 1 when they are the same.
    pub conversion: Decimal,
    /// OMS_SYMBOL_* bits.
    pub flags: u32,
    /// OMS_TRIGGER_SOURCE_*: which price fires triggers and held orders.
    pub trigger_source: u8,
    /// Zero.
    pub reserved0: [u8; 3],
    /// Zero.
    pub reserved: [u64; 16],
}

request!(SymbolDefine, SymbolDefine, {
    name: [0; NAME_BYTES], tick_size: Decimal::new(0, 0), lot_size: Decimal::new(0, 0),
    multiplier: Decimal::new(0, 0), conversion: Decimal::new(0, 0), flags: 0, trigger_source: 0,
    reserved0: [0; 3], reserved: [0; 16],
}, [
    |r: &Self| [
        r.tick_size.reserved,
        r.lot_size.reserved,
        r.multiplier.reserved,
        r.conversion.reserved,
    ],
    |r: &Self| r.reserved0,
    |r: &Self| r.reserved
]);

/// Sets all limits of a symbol: `oms_limits_set`. May change while trading.
///
/// In every field OMS_OFF (-1) means no limit, and 0 a limit of zero: a record that is left
/// empty lets nothing trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct LimitsSet {
    /// kind = OMS_REQUEST_LIMITS_SET.
    pub header: RequestHeader,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// Smallest quantity, lots.
    pub qty_min: Lots,
    /// Largest quantity, lots.
    pub qty_max: Lots,
    /// Quantities are multiples of it, lots; 0 and 1 alike mean every lot.
    pub qty_step: Lots,
    /// Prices are multiples of it, ticks; 0 and 1 alike mean every tick.
    pub price_step: Ticks,
    /// Smallest value of an order, money units. Reduce-only orders are exempt.
    pub notional_min: Money,
    /// Largest value of an order, money units. A market order without a reference price has no
    /// known value: it is denied unless there is no limit.
    pub notional_max: Money,
    /// Collar: distance from the reference in ticks. Of the two collars the wider one that is not
    /// off binds; with both off there is none. To use one, leave the other 0 or OMS_OFF.
    pub collar_ticks: Ticks,
    /// Collar: distance from the reference as parts per 10^9 of it, floored to ticks.
    pub collar_ratio: Ratio,
    /// Oldest reference price that counts, nanoseconds.
    pub reference_age_max: i64,
    /// Largest worst-case long position, lots.
    pub long_max: Lots,
    /// Largest worst-case short position, lots, as a positive number.
    pub short_max: Lots,
    /// OMS_LIMIT_* bits.
    pub flags: u32,
    /// OMS_REFERENCE_*: what collar, value of market orders and age refer to.
    pub reference: u8,
    /// OMS_SELF_TRADE_*: what happens when an order would cross a resting one of our own.
    pub self_trade: u8,
    /// Zero.
    pub reserved0: [u8; 2],
    /// Most working orders of one side.
    pub open_orders_max: i64,
    /// Most lots that working orders of one side may have, lots.
    pub open_qty_max: Lots,
    /// Most positions, open ones and those that working orders may open.
    pub positions_max: i64,
    /// Types of orders that are permitted: bits 1 << OMS_TYPE_*; every bit set permits all.
    pub types: u32,
    /// Times in force that are permitted: bits 1 << OMS_TIF_*; every bit set permits all.
    pub times_in_force: u32,
    /// Largest quantity of an order as parts per 10^9 of the average daily volume.
    pub adv_ratio: Ratio,
    /// Largest value of working orders of both sides, this one included, money units.
    pub open_notional_max: Money,
    /// Largest value traded in this session and working, money units.
    pub gross_max: Money,
    /// Largest magnitude of the value bought less the value sold in this session, with the working
    /// orders of the order's side, money units.
    pub net_max: Money,
    /// Margin that the worst case of position and working orders takes of a scope's credit, parts
    /// per 10^9 of its value; below the root the larger one of the symbol's and of the scope's own.
    /// OMS_OFF: it takes none.
    pub margin_ratio: Ratio,
    /// Most new and replace requests in any `rate_window`: at most capacity.symbol_rate.
    pub rate_max: i64,
    /// Length of that window, nanoseconds, > 0 while there is a limit.
    pub rate_window: Nanos,
    /// The same side of one scope, executed at about the same price so often in `repeat_window`, is
    /// held until an operator's word: see OMS_CONTROL_REPEAT_RESET. At most 16.
    pub repeat_max: i64,
    /// Length of that window, nanoseconds, > 0 while there is a limit.
    pub repeat_window: Nanos,
    /// How far apart about the same price is, ticks; OMS_OFF: any distance.
    pub repeat_range: Ticks,
    /// Most new orders of the same scope, side, price and quantity in any `duplicate_window`: at
    /// most 16, and at most capacity.recent.
    pub duplicate_max: i64,
    /// Length of that window, nanoseconds, > 0 while there is a limit.
    pub duplicate_window: Nanos,
    /// Zero.
    pub reserved: [u64; 8],
}

impl LimitsSet {
    /// Every limit is off, everything is permitted.
    pub const OFF: Self = Limits::OFF.record(0, 0);
}

request!(LimitsSet, LimitsSet, {
    symbol: 0, scope: 0, qty_min: Lots::ZERO, qty_max: Lots::ZERO, qty_step: Lots::ZERO,
    price_step: Ticks::ZERO, notional_min: Money::ZERO, notional_max: Money::ZERO,
    collar_ticks: Ticks::ZERO, collar_ratio: Ratio::ZERO, reference_age_max: 0,
    long_max: Lots::ZERO, short_max: Lots::ZERO, flags: 0, reference: 0, self_trade: 0,
    reserved0: [0; 2], open_orders_max: 0, open_qty_max: Lots::ZERO, positions_max: 0, types: 0,
    times_in_force: 0, adv_ratio: Ratio::ZERO, open_notional_max: Money::ZERO,
    gross_max: Money::ZERO, net_max: Money::ZERO, margin_ratio: Ratio::ZERO, rate_max: 0,
    rate_window: Nanos::ZERO, repeat_max: 0, repeat_window: Nanos::ZERO,
    repeat_range: Ticks::ZERO, duplicate_max: 0, duplicate_window: Nanos::ZERO, reserved: [0; 8],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);

/// Best bid and ask: `oms_quote`. A fact: marks, breaker and triggers follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Quote {
    /// kind = OMS_REQUEST_QUOTE.
    pub header: RequestHeader,
    /// Symbol number.
    pub symbol: u32,
    /// Zero.
    pub reserved0: u32,
    /// Best bid, ticks.
    pub bid: Ticks,
    /// Best ask, ticks, not below the bid.
    pub ask: Ticks,
    /// Quantity at the bid, lots; 0 when unknown.
    pub bid_qty: Lots,
    /// Quantity at the ask, lots; 0 when unknown.
    pub ask_qty: Lots,
    /// Zero.
    pub reserved: [u64; 1],
}

request!(Quote, Quote, {
    symbol: 0, reserved0: 0, bid: Ticks::ZERO, ask: Ticks::ZERO, bid_qty: Lots::ZERO,
    ask_qty: Lots::ZERO, reserved: [0; 1],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

/// A trade in the market, the official close, or a mark price: `oms_trade`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Trade {
    /// kind = OMS_REQUEST_TRADE.
    pub header: RequestHeader,
    /// Symbol number.
    pub symbol: u32,
    /// OMS_TRADE_*.
    pub source: u8,
    /// Zero.
    pub reserved0: [u8; 3],
    /// Price, ticks.
    pub price: Ticks,
    /// Quantity, lots; 0 when unknown.
    pub qty: Lots,
    /// Zero.
    pub reserved: [u64; 3],
}

request!(Trade, Trade, {
    symbol: 0, source: 0, reserved0: [0; 3], price: Ticks::ZERO, qty: Lots::ZERO,
    reserved: [0; 3],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);
