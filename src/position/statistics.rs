//! Statistics as they are read.
#![forbid(unsafe_code)]

use super::Account;
use crate::num::{Money, OFF, Ratio, div_floor};

/// What was traded so far: `oms_statistics_get`. Money is floored to its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct StatisticsView {
    /// Open positions.
    pub open: u64,
    /// Closed positions.
    pub closed: u64,
    /// Closed positions that brought more than 0, commissions deducted.
    pub wins: u64,
    /// Closed positions that brought less than 0, commissions deducted.
    pub losses: u64,
    /// Closed positions that brought exactly 0.
    pub break_even: u64,
    /// Wins as a share of the closed positions, parts per 10^9, floored; 0 without any.
    pub win_rate: Ratio,
    /// Σ realised PnL before commissions, money units.
    pub realised: Money,
    /// Σ unrealised PnL at the last marks, money units.
    pub unrealised: Money,
    /// Σ commissions, money units.
    pub commission: Money,
    /// Realised and unrealised PnL less commissions, money units.
    pub total: Money,
    /// Equity less the session's start, money units.
    pub session_pnl: Money,
    /// Σ outcomes of the wins, money units.
    pub gross_profit: Money,
    /// Σ outcomes of the losses as a positive number, money units.
    pub gross_loss: Money,
    /// Gross profit over gross loss, parts per 10^9, floored, at most 2^63 - 1; OMS_OFF without a
    /// loss.
    pub profit_factor: Ratio,
    /// Best outcome of a win, money units; 0 without one.
    pub largest_win: Money,
    /// Worst outcome of a loss, money units, negative; 0 without one.
    pub largest_loss: Money,
    /// Gross profit over wins, money units, floored; 0 without one.
    pub average_win: Money,
    /// Minus gross loss over losses, money units, floored; 0 without one.
    pub average_loss: Money,
    /// Time between opening and closing of the closed positions, on average, nanoseconds, floored.
    pub average_holding: u64,
    /// Orders, replaces and positions by hand that were accepted; the library's own closes too.
    pub accepted: u64,
    /// Orders, replaces and positions by hand that the gate denied; orders when they fire too.
    pub denied: u64,
    /// Executions booked, inferred ones included.
    pub executions: u64,
    /// Executions taken back.
    pub busts: u64,
    /// Executions corrected.
    pub corrections: u64,
    /// Reports and requests that were known or changed nothing.
    pub ignored: u64,
    /// Reports that did not fit.
    pub anomalies: u64,
    /// 0.
    pub reserved: [u64; 8],
}

impl From<&Account> for StatisticsView {
    /// The account's own part.
    fn from(account: &Account) -> Self {
        let whole = |value: i128| Money(i64::try_from(value).unwrap_or(i64::MAX));
        let exact = |value: i128| account.money(value).unwrap_or_default();
        let Account { closed, wins, losses, gross_profit, gross_loss, .. } = *account;
        let average = |sum: i128, count: u64| div_floor(sum, i128::from(count)).unwrap_or(0);
        let holding = average(account.holding, closed);
        let total = account.equity(false).ok().and_then(|equity| {
            let total = i128::from(equity.0).checked_sub(account.paid_in)?;
            i64::try_from(total).ok()
        });
        Self {
            closed,
            wins,
            losses,
            break_even: closed.saturating_sub(wins).saturating_sub(losses),
            win_rate: share(i128::from(wins), i128::from(closed)),
            realised: exact(account.realised),
            unrealised: exact(account.unrealised()),
            commission: whole(account.commission),
            total: Money(total.unwrap_or_default()),
            gross_profit: whole(gross_profit),
            gross_loss: whole(gross_loss),
            profit_factor: match gross_loss {
                0 => Ratio(OFF),
                _ => share(gross_profit, gross_loss),
            },
            largest_win: account.largest_win,
            largest_loss: account.largest_loss,
            average_win: whole(average(gross_profit, wins)),
            average_loss: whole(average(gross_loss.saturating_neg(), losses)),
            average_holding: u64::try_from(holding).unwrap_or_default(),
            ..Self::default()
        }
    }
}

/// part / |whole| as parts per 10^9, floored, as far as it fits; 0 of nothing.
#[must_use]
pub(crate) fn share(part: i128, whole: i128) -> Ratio {
    let whole = whole.saturating_abs();
    let Some(mut quotient) = div_floor(part, whole) else { return Ratio::ZERO };
    let mut rest = part.wrapping_sub(quotient.wrapping_mul(whole));
    // Digit by digit: the product of the rest and 10^9 need not fit.
    for _ in 0..9 {
        rest = rest.saturating_mul(10);
        let digit = div_floor(rest, whole).unwrap_or(0);
        rest = rest.saturating_sub(digit.saturating_mul(whole));
        quotient = quotient.saturating_mul(10).saturating_add(digit);
    }
    let bounded = quotient.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    Ratio(i64::try_from(bounded).unwrap_or_default())
}
