//! The checks of values: OPEN_NOTIONAL, GROSS, NET, CREDIT, LEVERAGE, GROUP.
//!
//! Each is a function of what one level comes to, before an order and with it: a symbol, a scope, a
//! group. None refuses a request that does not make its figure larger: a limit that was lowered
//! below what there is holds nobody up on the way back.
#![forbid(unsafe_code)]

use super::ScopeLimits;
use super::checks::Held;
use super::values::{Change, Values, shown};
use super::verdict::{Breach, Word};
use crate::market::Controls;
use crate::num::{Money, OFF, Ratio, VALUE_MAX, div_ceil};
use crate::status::{Check, Side, Unit};

/// What a level comes to, and by how much an order changes that.
#[derive(Clone, Copy, Debug)]
pub struct Level<'v> {
    /// Its scope.
    pub scope: u32,
    /// Without the order; with the one that it replaces.
    pub now: &'v Values,
    /// What the order changes; `None` when its value is not known.
    pub change: Option<&'v Change>,
    /// Whether nothing was traded yet: a session begins.
    pub fresh: bool,
    /// Denominator of the common unit.
    pub den: i64,
}

impl Level<'_> {
    /// Whether a figure that changes `by` so much is at most so much money, or becomes no larger.
    #[inline]
    fn within(&self, now: i128, by: impl Fn(&Change) -> i128, max: Money, den: i64) -> Held {
        if max.0 == OFF {
            return Ok(());
        }
        let Some(change) = self.change else {
            return Err(Breach::new(Unit::Money, max.0, 0));
        };
        let by = by(change);
        let then = now.saturating_add(by);
        // Two numbers of 64 bits.
        let limit = i128::from(max.0).wrapping_mul(i128::from(den));
        // What is as large as can be told is beyond every limit.
        if by <= 0 || (then <= limit && then < VALUE_MAX) {
            return Ok(());
        }
        Err(beyond(max, then, den))
    }

    /// Traded values of a side in this session.
    fn traded(&self, side: Side) -> i128 {
        match side {
            _ if self.fresh => 0,
            Side::Buy => self.now.bought.max(0),
            Side::Sell => self.now.sold.max(0),
        }
    }

    /// Σ value of working orders, this one included.
    pub(super) fn open_notional(&self, max: Money) -> Held {
        self.within(self.now.working(), |change| change.working, max, self.den)
    }

    /// Traded in this session, and working.
    pub(super) fn gross(&self, max: Money) -> Held {
        let traded = self.traded(Side::Buy).saturating_add(self.traded(Side::Sell));
        let now = traded.saturating_add(self.now.working());
        self.within(now, |change| change.working, max, self.den)
    }

    /// Bought less sold in this session, or sold less bought, with what works on the order's side.
    pub(super) fn net(&self, side: Side, max: Money) -> Held {
        let (other, working) = match side {
            Side::Buy => (Side::Sell, self.now.buy),
            Side::Sell => (Side::Buy, self.now.sell),
        };
        let traded = self.traded(side).saturating_sub(self.traded(other));
        self.within(traded.saturating_add(working), |change| change.working, max, self.den)
    }

    /// Margin of all positions and working orders.
    pub(super) fn credit(&self, max: Money) -> Held {
        // It is money already.
        self.within(self.now.margin, |change| change.margin, max, 1)
    }

    /// The worst case of the members of a group.
    pub(super) fn group(&self, max: Money) -> Held {
        self.within(self.now.worst, |change| change.worst, max, self.den)
    }

    /// Open and working values over the equity, by cross multiplication.
    pub(super) fn leverage(&self, equity: Option<Money>, max: Ratio) -> Held {
        if max.0 == OFF {
            return Ok(());
        }
        let Some(change) = self.change else {
            return Err(Breach::new(Unit::Ratio, max.0, 0));
        };
        let then = self.now.levered().saturating_add(change.working);
        let holds = || {
            let equity = i128::from(equity?.0);
            // Three numbers of 64 bits may be too much: then it is allowed everything.
            let whole = equity.wrapping_mul(i128::from(self.den));
            let allowed = whole.checked_mul(i128::from(max.0)).unwrap_or(i128::MAX);
            let parts = then.checked_mul(i128::from(Ratio::ONE))?;
            Some(equity > 0 && then < VALUE_MAX && parts <= allowed)
        };
        if change.working <= 0 || holds() == Some(true) {
            return Ok(());
        }
        Err(Breach::new(Unit::Ratio, max.0, leverage(then, equity, self.den)))
    }
}

/// A value that is beyond a limit, as it is shown.
#[cold]
#[inline(never)] // A division.
fn beyond(max: Money, value: i128, den: i64) -> Breach {
    Breach::new(Unit::Money, max.0, shown(value, den).0)
}

/// Open and working values over the equity, rounded up; the greatest number when that is not
/// positive.
#[inline(never)] // A division.
pub(super) fn leverage(levered: i128, equity: Option<Money>, den: i64) -> i64 {
    let equity = i128::from(equity.map_or(0, |equity| equity.0));
    let whole = equity.saturating_mul(i128::from(den));
    let parts = levered.checked_mul(i128::from(Ratio::ONE)).filter(|_| equity > 0);
    let ratio = parts.and_then(|parts| div_ceil(parts, whole));
    ratio.and_then(|ratio| i64::try_from(ratio).ok()).unwrap_or(i64::MAX)
}

impl Word {
    /// Looks at a symbol, or at what a scope has of it.
    pub fn look_at_symbol(&mut self, level: &Level<'_>, side: Side, limits: &Controls) {
        let scope = level.scope;
        self.note(scope, Check::OpenNotional, level.open_notional(limits.open_notional_max));
        self.note(scope, Check::Gross, level.gross(limits.gross_max));
        self.note(scope, Check::Net, level.net(side, limits.net_max));
    }

    /// Looks at a scope with this equity. What only `reduces` takes no credit and no leverage.
    pub fn look_at_scope(
        &mut self,
        level: &Level<'_>,
        (side, reduces): (Side, bool),
        limits: &ScopeLimits,
        equity: Option<Money>,
    ) {
        let scope = level.scope;
        self.note(scope, Check::OpenNotional, level.open_notional(limits.open_notional_max));
        self.note(scope, Check::Gross, level.gross(limits.gross_max));
        self.note(scope, Check::Net, level.net(side, limits.net_max));
        if !reduces {
            self.note(scope, Check::Credit, level.credit(limits.credit_max));
            self.note(scope, Check::Leverage, level.leverage(equity, limits.leverage_max));
        }
    }

    /// Looks at the group of the symbol, which is the root's.
    pub fn look_at_group(&mut self, level: &Level<'_>, max: Money) {
        self.note(level.scope, Check::Group, level.group(max));
    }
}
