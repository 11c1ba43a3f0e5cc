//! How far the equity may move before the breaker has to look at it: what a price update costs
//! then is one comparison. All bounds are on the safe side: within them no limit is exceeded and no
//! figure changes that is not remembered.
#![forbid(unsafe_code)]

use super::{Breaker, Figures};
use crate::num::{Money, div_floor};
use crate::position::{Account, Window};

/// No distance goes beyond, so that the width of a band fits 63 bits.
const FAR: i64 = 1 << 60;

/// The equity's room, and what it has reached in it: the account's [`Window`] lies around it.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    is_open: bool,
    /// Whether the breaker's equity moves with the marks.
    follows: bool,
    /// The window's upper end is a peak that the breaker does not know yet.
    peaked: bool,
    /// Its lower end is a drawdown that the breaker does not know yet.
    dipped: bool,
    /// Equity when it was opened, units of 1 / `den`.
    exact: i128,
    den: i64,
    /// No limit is exceeded down to so far below the window.
    depth: i64,
    /// The first new peak, up to so far above it, needs nothing but to be remembered.
    room: i64,
    /// And those after it, while there is no new drawdown; else 0.
    rising: u64,
    /// The equity without what is not realised fits while it moves by no more than this in all;
    /// negative when the breaker must hear of every such move.
    spare: i64,
    /// By how much a deal that is being booked moves the equity, and the closed equity, when
    /// somebody must look at that: none between two calls.
    owed: Option<(i64, i64)>,
}

impl Band {
    /// No band.
    pub const CLOSED: Self = Self {
        is_open: false,
        follows: false,
        peaked: false,
        dipped: false,
        exact: 0,
        den: 1,
        depth: 0,
        room: 0,
        rising: 0,
        spare: -1,
        owed: None,
    };

    /// Whether there is one.
    #[inline]
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens a band around the present equity, which the breaker knows; none when the next change
    /// may matter, however small it is.
    #[must_use]
    pub fn open(breaker: &Breaker, account: &mut Account, realised_only: bool) -> Option<Self> {
        let (den, exact) = (account.den, account.exact().ok()?);
        // What is pending can be added to the unrealised PnL at any time.
        i64::try_from(account.unrealised() >> 63).ok()?;
        let from = |money: i128| money.checked_mul(i128::from(den))?.checked_sub(exact);
        let clamped = |way: i128| way.clamp(i128::from(-FAR), i128::from(FAR));
        let near = |way: i128| i64::try_from(clamped(way)).ok();
        let least = near(from(i128::from(i64::MIN))?)?;
        let most = near(from(i128::from(i64::MAX))?)?;
        let floor = match breaker.floor() {
            Some(floor) => near(from(floor)?)?,
            None => -FAR,
        };
        if realised_only {
            let equity = i128::from(account.equity(true).ok()?.0);
            breaker.floor().is_none_or(|floor| equity >= floor).then_some(())?;
            account.open_window(least, most)?;
            return Some(Self { is_open: true, ..Self::CLOSED });
        }
        let figures = breaker.figures();
        let next = i128::from(figures.peak.min(figures.drawdown_base).0).saturating_add(1);
        let high = near(from(next)?.saturating_sub(1))?.min(most);
        let deepest = near(from(figures.deepest())?)?;
        let floor = floor.max(least);
        let low = floor.max(deepest);
        // Without a positive peak there is no drawdown: the breaker looks at the first one.
        let top = if figures.peak > Money::ZERO { most } else { high };
        let (high, top) = match breaker.ceiling() {
            // Where a limit is not near any more the breaker takes note of that.
            Some(ceiling) => {
                let below = near(from(ceiling)?.saturating_sub(1))?;
                (high.min(below), high.min(below))
            }
            None => (high, top),
        };
        let (depth, room) = (low.checked_sub(floor)?, top.checked_sub(high)?);
        let unrealised = near(account.unrealised())?;
        let spare =
            most.checked_add(unrealised)?.min(least.checked_add(unrealised)?.checked_neg()?);
        account.open_window(low, high)?;
        let spare = spare.min(FAR);
        Some(Self { is_open: true, follows: true, exact, den, depth, room, spare, ..Self::CLOSED })
    }

    /// What is left to spare when the closed equity moves by `change`; negative when that is not
    /// enough.
    #[inline]
    #[must_use]
    pub const fn spare_after(&self, change: i64) -> i64 {
        self.spare.wrapping_sub(change.saturating_abs())
    }

    /// So much is left to spare.
    #[inline]
    pub(crate) const fn set_spare(&mut self, spare: i64) {
        self.spare = spare;
    }

    /// Somebody must look at what a deal does to the equity, and to the closed equity.
    #[inline]
    pub(crate) const fn owe(&mut self, moves: (i64, i64)) {
        self.owed = Some(moves);
    }

    /// Whether somebody must.
    #[inline]
    pub(crate) const fn owes(&self) -> bool {
        self.owed.is_some()
    }

    /// Somebody does.
    #[inline]
    pub(crate) const fn take_owed(&mut self) -> Option<(i64, i64)> {
        self.owed.take()
    }

    /// The equity moves by `change`: within its window, or so that [`Band::stretch`] moves an end
    /// of that. Answers whether that is all; else nothing is changed. O(1).
    #[inline]
    pub fn take(&mut self, window: &mut Window, change: i64) -> bool {
        let at = window.after(change);
        if at > window.width {
            return self.stretch(window, at);
        }
        window.at = at;
        true
    }

    /// The equity would leave its window for `at`: a new peak or a new low that trips nothing
    /// moves its ends. Answers whether that is all; else nothing is changed. O(1).
    #[inline]
    pub fn stretch(&mut self, window: &mut Window, at: u64) -> bool {
        let (at, width) = (at.cast_signed(), window.width.cast_signed());
        if at > width {
            if self.rise(window, at.cast_unsigned()) {
                return true;
            }
            let rise = at.wrapping_sub(width);
            if self.dipped || self.peaked || rise > self.room {
                return false;
            }
            self.note_peak(window);
            // Limits follow a peak by no more than it moves.
            self.rising = self.room.wrapping_sub(rise).cast_unsigned();
            window.start = window.start.wrapping_sub(rise.cast_unsigned());
            window.at = window.width;
        } else {
            let fall = at.wrapping_neg();
            if fall < 0 || fall > self.depth {
                return false;
            }
            self.depth = self.depth.wrapping_sub(fall);
            window.start = window.start.wrapping_add(fall.cast_unsigned());
            window.width = window.width.wrapping_add(fall.cast_unsigned());
            window.at = 0;
            self.dipped = true;
            self.rising = 0;
        }
        true
    }

    /// As [`Band::stretch`], for a peak after another one. O(1).
    #[inline(always)] // A call would cost as much.
    pub(crate) fn rise(&mut self, window: &mut Window, at: u64) -> bool {
        // A fall would be far above.
        let rise = at.wrapping_sub(window.width);
        if rise > self.rising {
            return false;
        }
        self.rising = self.rising.wrapping_sub(rise);
        window.start = window.start.wrapping_sub(rise);
        window.at = window.width;
        true
    }

    /// The first peak: what follows it may do so by a rounding more, once.
    #[cold]
    fn note_peak(&mut self, window: &mut Window) {
        let den = self.den.unsigned_abs();
        let cut = window.width.min(den);
        window.width = window.width.wrapping_sub(cut);
        window.start = window.start.wrapping_sub(cut);
        let rest = den.wrapping_sub(cut).cast_signed();
        self.depth = self.depth.saturating_sub(rest).max(0);
        self.peaked = true;
    }

    /// What the breaker would know, had it been told every change.
    #[must_use]
    pub fn figures(&self, mut known: Figures, window: &Window) -> Figures {
        if !(self.is_open && self.follows) {
            return known;
        }
        let reached =
            [(self.peaked, window.width), (self.dipped, 0), (true, window.at)].into_iter();
        for (_, at) in reached.filter(|&(is_new, _)| is_new) {
            let exact = self.exact.saturating_add(i128::from(window.moved(at)));
            let money = div_floor(exact, i128::from(self.den));
            if let Some(Ok(money)) = money.map(i64::try_from) {
                known.follow(Money(money));
            }
        }
        known
    }
}
