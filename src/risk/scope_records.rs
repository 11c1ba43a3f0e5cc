//! The records of scopes: defined, given a breaker, read.
#![forbid(unsafe_code)]

use super::{BreakerConfig, ScopeLimitsSet};
use crate::market::NAME_BYTES;
use crate::status::{Request, RequestHeader, request};

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
        reserved: [0; 4],
    };
}
