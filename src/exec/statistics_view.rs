//! The statistics of execution as they are read.
#![forbid(unsafe_code)]

use super::{Outcomes, Shortfall};
use crate::num::{Int128, Money, Ratio, Ticks, div_floor};
use crate::order::quotient;
use crate::position::{Account, share};

/// What came of the orders of a scope and those in it: `oms_execution_stats_get`.
///
/// Orders that were handed out count, by what they have come to as far as is known: one that a
/// late execution brings back to life, or that a bust leaves without any, counts anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct ExecutionStatsView {
    /// Scope number; 0 is the root.
    pub scope: u32,
    /// 1 when times and prices are measured: OMS_CONFIG_MEASURE, and in every mode but LIVE. The
    /// fields from `acks` on are 0 otherwise.
    pub measured: u32,
    /// Orders handed out; handed out again after a failure counts once. Orders that were taken over
    /// are not among them, but count when they end.
    pub sent: u64,
    /// Orders that have ended with something executed, in full or in part.
    pub executed: u64,
    /// Orders that have ended with nothing executed against the caller's wish: rejected by the
    /// venue, not sent (retries spent), expired; IOC and FOK orders that were cancelled.
    pub failed: u64,
    /// All others that have ended with nothing executed: cancelled, by whom it may be.
    pub cancelled: u64,
    /// executed / (executed + failed), parts per 10^9, floored; 0 without any.
    pub success_rate: Ratio,
    /// Times that an order was to be sent again because it had not left: OMS_EVENT_SEND_RETRY.
    pub retries: u64,
    /// Times that nobody knew whether an order had left: OMS_REPORT_SEND_IN_DOUBT.
    pub in_doubt: u64,
    /// Orders of which the venue has said that it has them; an execution says so too.
    pub acks: u64,
    /// Time from the submission to that, on average, nanoseconds of the caller's clock, floored; of
    /// an order that was held here from when it was handed out.
    pub ack_average: u64,
    /// The longest of these times.
    pub ack_worst: u64,
    /// Orders that have ended with something executed, each end counted: `executed` as it was told.
    pub ends: u64,
    /// Time from the submission, likewise, to the end: the last execution, or what ended an order
    /// that was executed in part; on average, nanoseconds, floored.
    pub end_average: u64,
    /// The longest of these times.
    pub end_worst: u64,
    /// Executions of orders whose symbol was quoted when they were handed out for the first time.
    pub executions: u64,
    /// Σ slippage in 1 / common_den money units: of each execution qty × (price - arrival price) of
    /// a buy, qty × (arrival price - price) of a sell, exact: what was paid beyond the arrival
    /// price, negative when it was less. The arrival price is the best price of the other side (a
    /// buy's ask, a sell's bid) when the order was handed out for the first time. What is busted or
    /// corrected is taken out while its order is kept.
    pub slippage_exact: Int128,
    /// The same, money units, floored.
    pub slippage: Money,
    /// An execution on average, money units, floored.
    pub slippage_average: Money,
    /// The most that one execution paid, money units, floored; 0 when none did.
    pub slippage_worst: Money,
    /// Slippage as a share of the value at the arrival prices, parts per 10^9, floored.
    pub slippage_ratio: Ratio,
    /// Denominator of the common unit of all symbols.
    pub common_den: i64,
    /// 0.
    pub reserved: [u64; 7],
}

impl ExecutionStatsView {
    /// What a scope has counted; the account has the common unit.
    #[must_use]
    pub fn new(scope: u32, counts: &Outcomes, account: &Account, measured: bool) -> Self {
        let Outcomes { sent, executed, failed, cancelled, retries, in_doubt, .. } = *counts;
        let Outcomes { acks, ends, executions, paid, value, worst, .. } = *counts;
        let time = |sum: i128, count: u64| {
            let average = div_floor(sum, i128::from(count)).unwrap_or(0);
            u64::try_from(average).unwrap_or(u64::MAX)
        };
        let money = |exact: i128| account.money(exact).unwrap_or(Money(i64::MAX));
        let tried = executed.saturating_add(failed);
        let each = i128::from(executions).saturating_mul(i128::from(account.den));
        let average = div_floor(paid, each).unwrap_or(0);
        Self {
            scope,
            measured: u32::from(measured),
            sent,
            executed,
            failed,
            cancelled,
            success_rate: share(i128::from(executed), i128::from(tried)),
            retries,
            in_doubt,
            acks: acks.count,
            ack_average: time(acks.sum, acks.count),
            ack_worst: acks.worst,
            ends: ends.count,
            end_average: time(ends.sum, ends.count),
            end_worst: ends.worst,
            executions,
            slippage_exact: paid.into(),
            slippage: money(paid),
            slippage_average: Money(i64::try_from(average).unwrap_or(i64::MAX)),
            slippage_worst: money(worst),
            slippage_ratio: share(paid, value),
            common_den: account.den,
            reserved: [0; 7],
        }
    }
}

/// What was paid beyond the arrival prices in a symbol: `oms_shortfall_get`. How it is measured:
/// oms_execution_stats_t.slippage_exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct ShortfallView {
    /// Executions.
    pub executions: u64,
    /// Lots executed, at most 2^63 - 1.
    pub lots: i64,
    /// Σ slippage, lots × ticks, exact.
    pub slippage_exact: Int128,
    /// Σ lots × arrival price, without sign, lots × ticks, exact.
    pub arrival_exact: Int128,
    /// Slippage of a lot on average: whole ticks, rounded down.
    pub average: Ticks,
    /// The rest, parts per 10^9 of a tick.
    pub average_frac: i64,
    /// The most that an execution paid a lot, ticks; 0 when none did.
    pub worst: Ticks,
    /// Σ slippage, money units, floored.
    pub slippage: Money,
    /// Slippage as a share of the value at the arrival prices, parts per 10^9, floored.
    pub ratio: Ratio,
    /// Symbol number.
    pub symbol: u32,
    /// 1 when it is measured: OMS_CONFIG_MEASURE, and in every mode but LIVE; 0: all is 0.
    pub measured: u32,
    /// 0.
    pub reserved: [u64; 4],
}

impl ShortfallView {
    /// What a symbol with this number and scale has counted.
    #[must_use]
    pub fn new(symbol: u32, sum: &Shortfall, scale: i64, account: &Account) -> Self {
        let lots = i64::try_from(sum.lots).unwrap_or(i64::MAX);
        let (average, average_frac) =
            quotient(sum.paid, crate::num::Lots(lots)).unwrap_or_default();
        let exact = sum.paid.saturating_mul(i128::from(scale));
        Self {
            executions: sum.executions,
            lots,
            slippage_exact: sum.paid.into(),
            arrival_exact: sum.value.into(),
            average,
            average_frac,
            worst: sum.worst,
            slippage: account.money(exact).unwrap_or(Money(i64::MAX)),
            ratio: share(sum.paid, sum.value),
            symbol,
            measured: 0,
            reserved: [0; 4],
        }
    }
}
