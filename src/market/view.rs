//! A symbol as it is read.
#![forbid(unsafe_code)]

use super::Symbol;
use crate::num::{Lots, Nanos, Ticks};

/// A symbol: `oms_symbol_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct SymbolView {
    /// Name, padded with zeros.
    pub name: [u8; 32],
    /// Money units per tick-lot: numerator of the reduced fraction.
    pub money_num: i64,
    /// Money units per tick-lot: denominator.
    pub money_den: i64,
    /// Best bid, ticks; read with quoted_at.
    pub bid: Ticks,
    /// Best ask, ticks.
    pub ask: Ticks,
    /// Time of bid and ask, nanoseconds; 0 before the first quote.
    pub quoted_at: Nanos,
    /// Last trade, ticks; read with last_at.
    pub last: Ticks,
    /// Time of the last trade, nanoseconds; 0 before the first.
    pub last_at: Nanos,
    /// Σ open long positions, lots.
    pub long_qty: Lots,
    /// Σ open short positions, lots, as a positive number.
    pub short_qty: Lots,
    /// Reserved by live buy orders, lots.
    pub working_buy: Lots,
    /// Reserved by live sell orders, lots.
    pub working_sell: Lots,
    /// Working buy orders.
    pub open_buys: u32,
    /// Working sell orders.
    pub open_sells: u32,
    /// Open positions.
    pub open: u32,
    /// Positions that are open, or that working orders may open: what OMS_CHECK_POSITIONS counts.
    pub claims: u32,
    /// OMS_SYMBOL_* bits.
    pub flags: u32,
    /// 1 while trigger work of this symbol is queued: see oms_drain.
    pub draining: u32,
    /// Mark price, ticks; read with mark_at.
    pub mark: Ticks,
    /// Time of the mark price, nanoseconds; 0 before the first.
    pub mark_at: Nanos,
    /// OMS_TRIGGER_SOURCE_*.
    pub trigger_source: u32,
    /// OMS_TRADING_* of the symbol itself; that of a scope may be stricter.
    pub trading_state: u32,
    /// 0.
    pub reserved: [u64; 1],
}

impl From<&Symbol> for SymbolView {
    /// The symbol's own part; positions, orders and triggers add theirs.
    fn from(symbol: &Symbol) -> Self {
        let market = &symbol.market;
        let (last, last_at) = market.last.map(|last| (last.ticks, last.at)).unwrap_or_default();
        let (mark, mark_at) = market.mark.map(|mark| (mark.ticks, mark.at)).unwrap_or_default();
        Self {
            name: symbol.spec.name,
            money_num: symbol.spec.money.num(),
            money_den: symbol.spec.money.den(),
            bid: market.bid,
            ask: market.ask,
            quoted_at: market.quoted_at().unwrap_or_default(),
            last,
            last_at,
            flags: symbol.spec.flags,
            mark,
            mark_at,
            trigger_source: u32::from(symbol.spec.source.raw()),
            ..Self::default()
        }
    }
}
