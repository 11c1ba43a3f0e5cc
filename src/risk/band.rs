//! How far the equity may move before the breaker has to look at it: what a price update costs
//! then is one comparison.
//!
//! Distances count exact units from the equity at which the band was opened. All bounds are on
//! the safe side: within them no limit is exceeded and no figure changes that is not remembered.
#![forbid(unsafe_code)]

use super::{Breaker, Figures};
use crate::num::{Money, div_floor};
use crate::position::Account;

/// No distance goes beyond, so that the width of a band fits 63 bits.
const FAR: i64 = 1 << 61;

/// The equity's room, and the extremes it has reached in it.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    is_open: bool,
    /// Whether the breaker's equity moves with the marks.
    follows: bool,
    /// Equity when it was opened, units of 1 / `den`.
    exact: i128,
    den: i64,
    /// Nothing happens from here up to `high`.
    low: i64,
    high: i64,
    /// No limit is exceeded from here on.
    floor: i64,
    /// New peaks up to here need nothing but to be remembered.
    top: i64,
    /// `high` is a peak that the breaker does not know yet.
    peaked: bool,
    /// `low` is a drawdown that the breaker does not know yet.
    dipped: bool,
}

impl Band {
    /// No band.
    pub const CLOSED: Self = Self {
        is_open: false,
        follows: false,
        exact: 0,
        den: 1,
        low: 0,
        high: 0,
        floor: 0,
        top: 0,
        peaked: false,
        dipped: false,
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
            let band = Self { low: least, high: most, floor: least, top: most, ..Self::CLOSED };
            account.open_window(band.low, band.high)?;
            return Some(Self { is_open: true, ..band });
        }
        let figures = breaker.figures();
        let next = i128::from(figures.peak.min(figures.drawdown_base).0).saturating_add(1);
        let high = near(from(next)?.saturating_sub(1))?.min(most);
        let deepest = near(from(figures.deepest())?)?;
        let floor = floor.max(least);
        let low = floor.max(deepest);
        if low > 0 || high < 0 {
            return None;
        }
        // Without a positive peak there is no drawdown: the breaker looks at the first one.
        let top = if figures.peak > Money::ZERO { most } else { high };
        account.open_window(low, high)?;
        let band = Self { exact, den, low, high, floor, top, ..Self::CLOSED };
        Some(Self { is_open: true, follows: true, ..band })
    }

    /// The equity would leave the band by this change: a new peak or a new low that trips nothing
    /// moves the bound. Answers whether that is all; else nothing is changed. O(1).
    #[cold]
    #[inline(never)]
    pub fn stretch(&mut self, account: &mut Account, change: i64) -> bool {
        let Some(place) = account.pending().checked_add(change) else { return false };
        let mut band = *self;
        if place > band.high {
            if band.dipped || place > band.top {
                return false;
            }
            // Limits follow the peak by less than it moves, and by a rounding once.
            let rise = place.saturating_sub(band.high);
            let rise = rise.saturating_add(if band.peaked { 0 } else { band.den });
            band.low = band.low.saturating_add(rise).min(place);
            band.floor = band.floor.saturating_add(rise).min(place);
            (band.high, band.peaked) = (place, true);
        } else if place < band.low {
            if place < band.floor {
                return false;
            }
            (band.low, band.dipped) = (place, true);
        }
        if account.move_window(place, band.low, band.high).is_none() {
            return false;
        }
        *self = band;
        true
    }

    /// What the breaker would know, had it been told every change; `place` is the equity's.
    #[must_use]
    pub fn figures(&self, mut known: Figures, place: i64) -> Figures {
        if !(self.is_open && self.follows) {
            return known;
        }
        let reached = [(self.peaked, self.high), (self.dipped, self.low), (true, place)];
        for (_, place) in reached.into_iter().filter(|&(is_new, _)| is_new) {
            let exact = self.exact.saturating_add(i128::from(place));
            let money = div_floor(exact, i128::from(self.den));
            if let Some(Ok(money)) = money.map(i64::try_from) {
                known.follow(Money(money));
            }
        }
        known
    }
}
