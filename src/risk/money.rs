//! The checks of values: OPEN_NOTIONAL, GROSS, NET, CREDIT, LEVERAGE, GROUP.
//!
//! Each is a function of what one level comes to, before an order and with it: a symbol, a scope, a
//! group. None refuses a request that does not make its figure larger: a limit that was lowered
//! below what there is holds nobody up on the way back.
#![forbid(unsafe_code)]

use super::ScopeLimits;
use super::checks::{Held, held};
use super::values::{Values, shown};
use super::verdict::{Breach, Word};
use crate::market::Controls;
use crate::num::{Money, OFF, Ratio, VALUE_MAX, div_ceil};
use crate::status::{Check, Side, Unit};

/// What a level comes to, and would.
#[derive(Clone, Copy, Debug)]
pub struct Step<'v> {
    /// Without the order; with the one that it replaces.
    pub now: &'v Values,
    /// With it; `None` when its value is not known.
    pub then: Option<&'v Values>,
    /// Denominator of the common unit.
    pub den: i64,
}

impl Step<'_> {
    /// Whether a figure is at most so much money, or not larger than it was.
    fn within(&self, figure: impl Fn(&Values) -> i128, max: Money) -> Held {
        if max.0 == OFF {
            return Ok(());
        }
        let Some(then) = self.then else {
            return Err(Breach::new(Unit::Money, max.0, 0));
        };
        let (now, then) = (figure(self.now), figure(then));
        let limit = i128::from(max.0).saturating_mul(i128::from(self.den));
        // What is as large as can be told is beyond every limit.
        let holds = then <= now || (then <= limit && then < VALUE_MAX);
        held(holds, Breach::new(Unit::Money, max.0, shown(then, self.den).0))
    }

    /// Σ value of working orders, this one included.
    pub(super) fn open_notional(&self, max: Money) -> Held {
        self.within(Values::working, max)
    }

    /// Traded in this session, and working.
    pub(super) fn gross(&self, max: Money) -> Held {
        self.within(Values::gross, max)
    }

    /// Bought less sold in this session, or sold less bought, with what works on the order's side.
    pub(super) fn net(&self, side: Side, max: Money) -> Held {
        self.within(|values| values.net(side), max)
    }

    /// Margin of all positions and working orders.
    pub(super) fn credit(&self, max: Money) -> Held {
        // It is money already.
        Step { den: 1, ..*self }.within(|values| values.margin, max)
    }

    /// The worst case of the members of a group.
    pub(super) fn group(&self, max: Money) -> Held {
        self.within(|values| values.worst, max)
    }

    /// Open and working values over the equity, by cross multiplication.
    pub(super) fn leverage(&self, equity: Option<Money>, max: Ratio) -> Held {
        if max.0 == OFF {
            return Ok(());
        }
        let Some(then) = self.then.map(Values::levered) else {
            return Err(Breach::new(Unit::Ratio, max.0, 0));
        };
        let equity = i128::from(equity.map_or(0, |equity| equity.0));
        let whole = equity.saturating_mul(i128::from(self.den));
        let parts = then.checked_mul(i128::from(Ratio::ONE));
        let fits = |parts: i128| {
            let allowed = whole.checked_mul(i128::from(max.0)).unwrap_or(i128::MAX);
            equity > 0 && then < VALUE_MAX && parts <= allowed
        };
        let holds = then <= self.now.levered() || parts.is_some_and(fits);
        let ratio = parts.and_then(|parts| div_ceil(parts, whole));
        let ratio = ratio.and_then(|ratio| i64::try_from(ratio).ok()).unwrap_or(i64::MAX);
        held(holds, Breach::new(Unit::Ratio, max.0, ratio))
    }
}

impl Word {
    /// Looks at a symbol, or at what a scope of this number has of it.
    pub fn look_at_symbol(&mut self, scope: u32, step: &Step<'_>, side: Side, limits: &Controls) {
        self.note(scope, Check::OpenNotional, step.open_notional(limits.open_notional_max));
        self.note(scope, Check::Gross, step.gross(limits.gross_max));
        self.note(scope, Check::Net, step.net(side, limits.net_max));
    }

    /// Looks at a scope of this number and equity. What only `reduces` takes no credit and no
    /// leverage.
    pub fn look_at_scope(
        &mut self,
        scope: u32,
        step: &Step<'_>,
        (side, reduces): (Side, bool),
        limits: &ScopeLimits,
        equity: Option<Money>,
    ) {
        self.note(scope, Check::OpenNotional, step.open_notional(limits.open_notional_max));
        self.note(scope, Check::Gross, step.gross(limits.gross_max));
        self.note(scope, Check::Net, step.net(side, limits.net_max));
        if !reduces {
            self.note(scope, Check::Credit, step.credit(limits.credit_max));
            self.note(scope, Check::Leverage, step.leverage(equity, limits.leverage_max));
        }
    }

    /// Looks at the group of the symbol, `step` being that of the group: the root's.
    pub fn look_at_group(&mut self, step: &Step<'_>, reduces: bool, max: Money) {
        if !reduces {
            self.note(0, Check::Group, step.group(max));
        }
    }
}
