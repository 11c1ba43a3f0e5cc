//! The records of scopes: defined, given a breaker, read.
#![forbid(unsafe_code)]

use super::values::shown;
use super::{BreakerConfig, Exposure, ScopeLimitsSet, Values};
use crate::market::NAME_BYTES;
use crate::num::{Lots, Money};
use crate::position::Totals;
use crate::status::{Request, RequestHeader, Side, request};

/// Defines a scope below another one: `oms_scope_define`. Nothing passes it before its limits are
/// set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ScopeDefine {
    /// kind = OMS_REQUEST_SCOPE_DEFINE.
    pub header: RequestHeader,
    /// Name: 1 to 31 printable ASCII characters, padded with zeros; unique.
    pub name: [u8; 32],
    /// The scope it lies in; 0 is the root. With the root at most 4 lie in each other.
    pub parent: u32,
    /// OMS_SCOPE_* bits.
    pub flags: u32,
    /// Zero.
    pub reserved: [u64; 8],
}

request!(ScopeDefine, ScopeDefine, { name: [0; NAME_BYTES], parent: 0, flags: 0, reserved: [0; 8] },
    [|r: &Self| r.reserved]);

/// Gives a scope's breaker other limits: `oms_scope_breaker_set`. What it counted stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ScopeBreakerSet {
    /// kind = OMS_REQUEST_SCOPE_BREAKER_SET.
    pub header: RequestHeader,
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// Zero.
    pub reserved0: u32,
    /// Limits and times. Its session_offset must be the root's: sessions are the engine's.
    pub breaker: BreakerConfig,
    /// Zero.
    pub reserved: [u64; 4],
}

request!(ScopeBreakerSet, ScopeBreakerSet, {
    scope: 0, reserved0: 0, breaker: BreakerConfig::BLANK, reserved: [0; 4],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

/// A scope: `oms_scope_get`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ScopeView {
    /// Name, padded with zeros; the root has none.
    pub name: [u8; 32],
    /// Its number; 0 is the root.
    pub scope: u32,
    /// The scope it lies in; of the root itself.
    pub parent: u32,
    /// How many lie in each other down to this one: 1 for the root, at most 4.
    pub depth: u32,
    /// OMS_SCOPE_* bits.
    pub flags: u32,
    /// OMS_TRADING_*: its own; what lies above it binds as well.
    pub trading_state: u32,
    /// OMS_BREAKER_*: its own.
    pub breaker_state: u32,
    /// Working orders, those of the scopes below it included.
    pub open_orders: u32,
    /// Positions that are open, or that working orders may open, likewise.
    pub claims: u32,
    /// Its limits, with the head and number of the record that sets them.
    pub limits: ScopeLimitsSet,
    /// Value of working orders over all symbols, those of the scopes below it included, money
    /// units, rounded up, as the rest: what OMS_CHECK_OPEN_NOTIONAL counts.
    pub open_notional: Money,
    /// Value traded in this session and working: what OMS_CHECK_GROSS counts.
    pub gross: Money,
    /// Value bought less sold in this session, with working buys: what OMS_CHECK_NET counts.
    pub net_buy: Money,
    /// Value sold less bought in this session, with working sells: likewise.
    pub net_sell: Money,
    /// Margin that the worst cases take of the credit: what OMS_CHECK_CREDIT counts.
    pub margin: Money,
    /// Value of open positions, at the last marks, and of working orders: what OMS_CHECK_LEVERAGE
    /// holds against the equity. 0 while no scope has a `leverage_max`.
    pub levered: Money,
    /// 1 while the limits of any scope look at values; otherwise the six above are 0.
    pub counted: u32,
    /// 0.
    pub reserved0: u32,
    /// 0.
    pub reserved: [u64; 4],
}

impl ScopeView {
    /// Nothing is said.
    pub const EMPTY: Self = Self {
        name: [0; NAME_BYTES],
        scope: 0,
        parent: 0,
        depth: 0,
        flags: 0,
        trading_state: 0,
        breaker_state: 0,
        open_orders: 0,
        claims: 0,
        limits: ScopeLimitsSet::EMPTY,
        open_notional: Money::ZERO,
        gross: Money::ZERO,
        net_buy: Money::ZERO,
        net_sell: Money::ZERO,
        margin: Money::ZERO,
        levered: Money::ZERO,
        counted: 0,
        reserved0: 0,
        reserved: [0; 4],
    };
}

/// What a scope has in a symbol, the scopes in it included: `oms_book_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct BookView {
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// Symbol number.
    pub symbol: u32,
    /// Reserved by live buy orders, lots.
    pub working_buy: Lots,
    /// Reserved by live sell orders, lots.
    pub working_sell: Lots,
    /// Σ open long positions, lots.
    pub long_qty: Lots,
    /// Σ open short positions, lots, as a positive number.
    pub short_qty: Lots,
    /// Lots located for its shorts.
    pub located: Lots,
    /// Working buy orders.
    pub open_buys: u32,
    /// Working sell orders.
    pub open_sells: u32,
    /// Positions that are open, or that working orders may open: what OMS_CHECK_POSITIONS counts.
    pub claims: u32,
    /// 1 while limits in money look at the symbol; otherwise all that follows is 0.
    pub counted: u32,
    /// Value of working orders, money units, rounded up, as the rest: what OMS_CHECK_OPEN_NOTIONAL
    /// counts.
    pub open_notional: Money,
    /// Value traded in this session and working: what OMS_CHECK_GROSS counts.
    pub gross: Money,
    /// Value bought less sold in this session, with working buys: what OMS_CHECK_NET counts.
    pub net_buy: Money,
    /// Value sold less bought in this session, with working sells: likewise.
    pub net_sell: Money,
    /// Margin that the worst case takes of the credit: what OMS_CHECK_CREDIT adds up.
    pub margin: Money,
    /// 0.
    pub reserved: [u64; 4],
}

impl BookView {
    /// What is reserved, held and counted in money.
    #[must_use]
    pub fn new(exposure: &Exposure, totals: &Totals, values: &Values, den: i64) -> Self {
        let lots = |lots: i128| Lots(i64::try_from(lots).unwrap_or(i64::MAX));
        Self {
            working_buy: lots(exposure.buy),
            working_sell: lots(exposure.sell),
            long_qty: totals.long_qty,
            short_qty: totals.short_qty,
            open_buys: exposure.buys,
            open_sells: exposure.sells,
            claims: exposure.claims,
            open_notional: shown(values.working(), den),
            gross: shown(values.gross(), den),
            net_buy: shown(values.net(Side::Buy), den),
            net_sell: shown(values.net(Side::Sell), den),
            // It is money already.
            margin: shown(values.margin, 1),
            ..Self::default()
        }
    }
}
