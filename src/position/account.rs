//! The account: cash, realised and unrealised PnL in the common unit of all symbols; money where
//! it is shown, by one rounding.
#![forbid(unsafe_code)]

use crate::num::{Money, div_floor};
use crate::status::RangeError;
use crate::store::Hash64;

/// What a closed position brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Realised {
    /// PnL net of commissions, floored to a money unit.
    pub net: Money,
    /// -1, 0 or 1: the sign of the exact PnL.
    pub sign: i8,
}

/// The account. Exact values count 1 / `den` money units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Denominator of the common unit.
    pub den: i64,
    /// Starting balance and what was paid in or out, money units.
    pub paid_in: i128,
    /// Σ commissions, money units.
    pub commission: i128,
    /// Σ realised PnL, exact.
    pub realised: i128,
    /// Σ unrealised PnL at the last marks, exact.
    pub unrealised: i128,
    /// Closed positions with PnL > 0.
    pub wins: u64,
    /// Closed positions with PnL < 0.
    pub losses: u64,
    /// Closed positions.
    pub closed: u64,
    /// Σ outcomes of the wins, money units.
    pub gross_profit: i128,
    /// Σ outcomes of the losses, money units, as a positive number.
    pub gross_loss: i128,
    /// Best outcome of a win.
    pub largest_win: Money,
    /// Worst outcome of a loss.
    pub largest_loss: Money,
    /// Σ time between opening and closing of the closed positions, nanoseconds.
    pub holding: i128,
}

impl Account {
    /// An account with a starting balance.
    #[must_use]
    pub fn new(balance: Money) -> Self {
        Self {
            den: 1,
            paid_in: i128::from(balance.0),
            commission: 0,
            realised: 0,
            unrealised: 0,
            wins: 0,
            losses: 0,
            closed: 0,
            gross_profit: 0,
            gross_loss: 0,
            largest_win: Money::ZERO,
            largest_loss: Money::ZERO,
            holding: 0,
        }
    }

    /// Equity, floored to a money unit; `realised_only` leaves the unrealised part out.
    ///
    /// # Errors
    /// When it does not fit 64 bits.
    pub fn equity(&self, realised_only: bool) -> Result<Money, RangeError> {
        let unrealised = if realised_only { 0 } else { self.unrealised };
        let cash = self.paid_in.checked_sub(self.commission).ok_or(RangeError)?;
        cash.checked_mul(i128::from(self.den))
            .and_then(|cash| cash.checked_add(self.realised))
            .and_then(|cash| cash.checked_add(unrealised))
            .ok_or(RangeError)
            .and_then(|exact| self.money(exact))
    }

    /// An exact value, floored to a money unit.
    ///
    /// # Errors
    /// When it does not fit 64 bits.
    pub fn money(&self, exact: i128) -> Result<Money, RangeError> {
        let money = div_floor(exact, i128::from(self.den)).ok_or(RangeError)?;
        i64::try_from(money).map(Money).map_err(|_| RangeError)
    }

    /// The PnL of a position: realised tick-lots at `scale`, less commissions.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn outcome(
        &self,
        tick_lots: i128,
        scale: i64,
        commission: Money,
    ) -> Result<Realised, RangeError> {
        let fees = i128::from(commission.0).checked_mul(i128::from(self.den));
        let exact = tick_lots
            .checked_mul(i128::from(scale))
            .zip(fees)
            .and_then(|(gain, fees)| gain.checked_sub(fees))
            .ok_or(RangeError)?;
        let sign = if exact > 0 {
            1
        } else if exact < 0 {
            -1
        } else {
            0
        };
        Ok(Realised { net: self.money(exact)?, sign })
    }

    /// Counts a closed position that was held this long, nanoseconds.
    pub fn count_closed(&mut self, outcome: &Realised, held: u64) {
        let net = i128::from(outcome.net.0);
        self.closed = self.closed.saturating_add(1);
        self.holding = self.holding.saturating_add(i128::from(held));
        if outcome.sign > 0 {
            self.wins = self.wins.saturating_add(1);
            self.gross_profit = self.gross_profit.saturating_add(net);
            self.largest_win = self.largest_win.max(outcome.net);
        } else if outcome.sign < 0 {
            self.losses = self.losses.saturating_add(1);
            self.gross_loss = self.gross_loss.saturating_sub(net);
            self.largest_loss = self.largest_loss.min(outcome.net);
        }
    }

    /// A position that was counted is open again. What was largest stays.
    pub fn uncount_closed(&mut self, outcome: &Realised, held: u64) {
        let net = i128::from(outcome.net.0);
        self.closed = self.closed.saturating_sub(1);
        self.holding = self.holding.saturating_sub(i128::from(held));
        if outcome.sign > 0 {
            self.wins = self.wins.saturating_sub(1);
            self.gross_profit = self.gross_profit.saturating_sub(net);
        } else if outcome.sign < 0 {
            self.losses = self.losses.saturating_sub(1);
            self.gross_loss = self.gross_loss.saturating_add(net);
        }
    }

    /// The same account in a finer common unit, a multiple of the present one.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn in_unit(&self, den: i64) -> Result<Self, RangeError> {
        let factor = i128::from(den.checked_div(self.den).ok_or(RangeError)?);
        Ok(Self {
            den,
            realised: self.realised.checked_mul(factor).ok_or(RangeError)?,
            unrealised: self.unrealised.checked_mul(factor).ok_or(RangeError)?,
            ..*self
        })
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        let Self { den, paid_in, commission, realised, unrealised, .. } = *self;
        hash.i64(den);
        for value in [paid_in, commission, realised, unrealised] {
            hash.words_i128(value);
        }
        for word in [self.wins, self.losses, self.closed] {
            hash.word(word);
        }
        for value in [self.gross_profit, self.gross_loss, self.holding] {
            hash.words_i128(value);
        }
        hash.i64(self.largest_win.0);
        hash.i64(self.largest_loss.0);
    }
}
