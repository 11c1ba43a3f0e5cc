//! A bar: open, high, low, close of a period.
#![forbid(unsafe_code)]

use crate::num::{Lots, Nanos, Ticks};
use crate::status::{RequestHeader, request};

/// A bar of a symbol, in PAPER and BACKTEST: `oms_bar`. The prices are bids; the ask is `spread`
/// above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Bar {
    /// kind = OMS_REQUEST_BAR. header.now: when the bar is over.
    pub header: RequestHeader,
    /// Symbol number.
    pub symbol: u32,
    /// Zero.
    pub reserved0: u32,
    /// First price, ticks.
    pub open: Ticks,
    /// Highest price, ticks; not below any other.
    pub high: Ticks,
    /// Lowest price, ticks; not above any other.
    pub low: Ticks,
    /// Last price, ticks.
    pub close: Ticks,
    /// What was traded in it, lots; 0 when unknown. A quarter of it is offered on each side at each
    /// of the four prices.
    pub volume: Lots,
    /// Ticks from bid to ask, >= 0. With 0 the prices are those of trades: a limit order that rests
    /// must be passed by one tick to be filled.
    pub spread: Ticks,
    /// When it begins, nanoseconds: not before the engine's clock, not after header.now.
    pub begin: Nanos,
    /// Zero.
    pub reserved: [u64; 2],
}

request!(Bar, Bar, {
    symbol: 0, reserved0: 0, open: Ticks::ZERO, high: Ticks::ZERO, low: Ticks::ZERO,
    close: Ticks::ZERO, volume: Lots::ZERO, spread: Ticks::ZERO, begin: Nanos::ZERO,
    reserved: [0; 2],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);
