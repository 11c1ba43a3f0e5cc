//! Positions and the account as they are read.
#![forbid(unsafe_code)]

use super::Position;
use crate::num::{Int128, Lots, Money, Nanos, Ratio, Ticks};
use crate::order::quotient;
use crate::store::Id;

/// A position: `oms_position_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct PositionView {
    /// Its id.
    pub position: Id,
    /// Mark of the order that opened it, or the one given by hand.
    pub tag: u64,
    /// The order that opened it; 0 when it was opened by hand or taken over.
    pub opened_by: Id,
    /// The order that closed it; 0 while it is open, or when it was closed by hand.
    pub closed_by: Id,
    /// Open quantity, lots; 0 when it is closed.
    pub qty: Lots,
    /// Lots that live orders are closing.
    pub closing: Lots,
    /// Entry cost of the open quantity, lots × ticks.
    pub cost: Int128,
    /// Realised PnL before commissions, lots × ticks.
    pub realised_exact: Int128,
    /// Unrealised PnL at the last mark, lots × ticks; 0 before the first.
    pub unrealised_exact: Int128,
    /// Average entry price over all entries: whole ticks, rounded down.
    pub entry_price: Ticks,
    /// Average entry price: the rest, parts per 10^9 of a tick.
    pub entry_price_frac: i64,
    /// Average exit price over all exits: whole ticks, rounded down; 0 before the first.
    pub exit_price: Ticks,
    /// Average exit price: the rest, parts per 10^9 of a tick.
    pub exit_price_frac: i64,
    /// Realised PnL before commissions, money units, floored.
    pub realised: Money,
    /// Unrealised PnL, money units, floored.
    pub unrealised: Money,
    /// Σ commissions, money units.
    pub commission: Money,
    /// Realised and unrealised PnL less commissions, money units, floored.
    pub total: Money,
    /// Closed: what it brought, net of commissions, money units; 0 while it is open.
    pub outcome: Money,
    /// Unrealised PnL as a share of the entry cost of the open quantity, parts per 10^9, floored;
    /// 0 when that cost is 0.
    pub unrealised_ratio: Ratio,
    /// Total as a share of the value of all entries, parts per 10^9, floored; 0 when that is 0.
    pub return_ratio: Ratio,
    /// When it was opened, nanoseconds.
    pub opened_at: Nanos,
    /// When it was closed, nanoseconds; 0 while it is open.
    pub closed_at: Nanos,
    /// How long it was held so far, or until it was closed, nanoseconds.
    pub held: u64,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number.
    pub scope: u32,
    /// Its stops and targets.
    pub triggers: u32,
    /// OMS_POSITION_*.
    pub side: u8,
    /// OMS_EXIT_*; NONE while it is open.
    pub exit: u8,
    /// 1 when it is its symbol's net position.
    pub net: u8,
    /// 0.
    pub reserved0: u8,
    /// 0.
    pub reserved: [u64; 6],
}

impl From<&Position> for PositionView {
    /// The position's own part; what needs marks and money is added by the engine.
    fn from(position: &Position) -> Self {
        let book = &position.book;
        let (entry_price, entry_price_frac) =
            quotient(book.entry_value, book.entered).unwrap_or_default();
        let (exit_price, exit_price_frac) =
            quotient(book.exit_value, book.exited).unwrap_or_default();
        Self {
            position: position.id,
            tag: position.tag,
            opened_by: position.opened_by,
            closed_by: position.closed_by,
            qty: book.qty,
            closing: position.closing,
            cost: book.cost.into(),
            realised_exact: book.realised.into(),
            entry_price,
            entry_price_frac,
            exit_price,
            exit_price_frac,
            commission: position.commission,
            outcome: position.outcome,
            opened_at: position.opened_at,
            closed_at: position.closed_at,
            symbol: position.symbol,
            scope: position.scope,
            triggers: position.triggers.len,
            side: position.side.raw(),
            exit: position.exit.raw(),
            net: u8::from(position.net),
            ..Self::default()
        }
    }
}

/// The account: `oms_account_get`. Money is floored to its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct AccountView {
    /// Equity: balance + realised + unrealised - commissions, money units.
    pub equity: Money,
    /// Starting balance and what was paid in or out, money units.
    pub paid_in: Money,
    /// Σ realised PnL before commissions, money units.
    pub realised: Money,
    /// Σ unrealised PnL at the last marks, money units.
    pub unrealised: Money,
    /// Σ commissions, money units.
    pub commission: Money,
    /// Equity at the session's start, money units.
    pub session_equity: Money,
    /// Equity less the session's start, money units.
    pub session_pnl: Money,
    /// Highest equity the breaker has seen, money units.
    pub peak_equity: Money,
    /// (peak - equity) / peak, parts per 10^9, rounded up; 0 without a positive peak.
    pub drawdown: Ratio,
    /// Largest drawdown since the start, parts per 10^9.
    pub drawdown_max: Ratio,
    /// Realised PnL, exact, in 1 / common_den money units.
    pub realised_exact: Int128,
    /// Unrealised PnL, exact, in 1 / common_den money units.
    pub unrealised_exact: Int128,
    /// Denominator of the common unit.
    pub common_den: i64,
    /// Closed positions.
    pub closed: u64,
    /// Closed positions with PnL > 0, commissions deducted.
    pub wins: u64,
    /// Closed positions with PnL < 0, commissions deducted.
    pub losses: u64,
    /// Open positions.
    pub open: u32,
    /// Live orders.
    pub live_orders: u32,
    /// Time of the engine, nanoseconds.
    pub now: Nanos,
    /// Times the caller's clock stepped back.
    pub clock_back: u64,
    /// Requests the gate denied.
    pub denied: u64,
    /// Requests the gate accepted.
    pub accepted: u64,
    /// Reports that were known or changed nothing.
    pub ignored: u64,
    /// Reports that did not fit.
    pub anomalies: u64,
    /// OMS_TRADING_*.
    pub trading_state: u32,
    /// 1 when a drain is due.
    pub draining: u32,
    /// 0.
    pub reserved: [u64; 6],
}
