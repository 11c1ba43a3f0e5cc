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

/// Where the unrealised PnL may be without anybody having to look at it: one comparison tells.
/// Places count exact units from the lower end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The place now.
    pub at: u64,
    /// The place when the window was opened, modulo 2^64: the lower end moves.
    pub start: u64,
    /// The upper end, below 2^62: no 64-bit change leads around the circle back into the window.
    pub width: u64,
}

impl Window {
    /// No window.
    pub const CLOSED: Self = Self { at: 0, start: 0, width: 0 };

    /// The place after a change, inside when it is not above the width.
    #[inline]
    #[must_use]
    pub const fn after(&self, change: i64) -> u64 {
        self.at.wrapping_add(change.cast_unsigned())
    }

    /// How far a place is from where the window was opened.
    #[inline]
    #[must_use]
    pub const fn moved(&self, at: u64) -> i64 {
        at.wrapping_sub(self.start).cast_signed()
    }
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
    /// Σ unrealised PnL at the last marks, exact, without what is pending: see
    /// [`Account::unrealised`].
    pub unrealised: i128,
    /// What price updates have changed since then.
    pub window: Window,
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
    /// An account without money.
    pub const EMPTY: Self = Self {
        den: 1,
        paid_in: 0,
        commission: 0,
        realised: 0,
        unrealised: 0,
        window: Window::CLOSED,
        wins: 0,
        losses: 0,
        closed: 0,
        gross_profit: 0,
        gross_loss: 0,
        largest_win: Money::ZERO,
        largest_loss: Money::ZERO,
        holding: 0,
    };

    /// An account with a starting balance.
    #[must_use]
    pub fn new(balance: Money) -> Self {
        Self { paid_in: i128::from(balance.0), ..Self::EMPTY }
    }

    /// Equity, floored to a money unit; `realised_only` leaves the unrealised part out.
    ///
    /// # Errors
    /// When it does not fit 64 bits.
    pub fn equity(&self, realised_only: bool) -> Result<Money, RangeError> {
        let unrealised = if realised_only { 0 } else { self.unrealised() };
        self.money(self.exact_with(unrealised)?)
    }

    /// Equity, exact.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn exact(&self) -> Result<i128, RangeError> {
        self.exact_with(self.unrealised())
    }

    fn exact_with(&self, unrealised: i128) -> Result<i128, RangeError> {
        let cash = self.paid_in.checked_sub(self.commission).ok_or(RangeError)?;
        cash.checked_mul(i128::from(self.den))
            .and_then(|cash| cash.checked_add(self.realised))
            .and_then(|cash| cash.checked_add(unrealised))
            .ok_or(RangeError)
    }

    /// Σ unrealised PnL at the last marks, exact.
    #[must_use]
    pub fn unrealised(&self) -> i128 {
        self.unrealised.saturating_add(i128::from(self.pending()))
    }

    /// What price updates have changed since the window was opened, exact.
    #[inline]
    #[must_use]
    pub const fn pending(&self) -> i64 {
        self.window.moved(self.window.at)
    }

    /// Opens a window from `low` to `high`, distances from here. `None`, and nothing is changed,
    /// when here is outside.
    pub fn open_window(&mut self, low: i64, high: i64) -> Option<()> {
        let width = u64::try_from(high.checked_sub(low)?).ok()?;
        let start = u64::try_from(low.checked_neg()?).ok().filter(|&start| start <= width)?;
        *self = Self { window: Window { at: start, start, width }, ..self.settled() };
        Some(())
    }

    /// The same account with nothing pending.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self { unrealised: self.unrealised(), window: Window::CLOSED, ..*self }
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

    /// Counts a closed position that was held this long, nanoseconds. Sums of 128 bits have room
    /// for 2^63 numbers of 64 bits.
    #[inline]
    pub fn count_closed(&mut self, outcome: &Realised, held: u64) {
        self.closed = self.closed.wrapping_add(1);
        self.holding = self.holding.wrapping_add(i128::from(held));
        if outcome.sign != 0 {
            self.count_outcome(outcome);
        }
    }

    #[inline(never)]
    fn count_outcome(&mut self, outcome: &Realised) {
        let net = i128::from(outcome.net.0);
        if outcome.sign > 0 {
            self.wins = self.wins.wrapping_add(1);
            self.gross_profit = self.gross_profit.wrapping_add(net);
            self.largest_win = self.largest_win.max(outcome.net);
        } else {
            self.losses = self.losses.wrapping_add(1);
            self.gross_loss = self.gross_loss.wrapping_sub(net);
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
        let settled = self.settled();
        Ok(Self {
            den,
            realised: self.realised.checked_mul(factor).ok_or(RangeError)?,
            unrealised: settled.unrealised.checked_mul(factor).ok_or(RangeError)?,
            ..settled
        })
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        let Self { den, paid_in, commission, realised, unrealised, .. } = self.settled();
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
