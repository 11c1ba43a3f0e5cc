//! What the limits of a level settle before an order is looked at: the checks that are off, and
//! those that let nothing pass.
#![forbid(unsafe_code)]

use super::ScopeLimits;
use super::adv;
use super::fold::limit;
use super::verdict::bit;
use crate::market::{Limits, Symbol};
use crate::num::{Lots, Money, OFF};
use crate::status::{Check, LimitFlag, OrderType, Phase, TimeInForce};

/// What is settled for usual orders (see `Ask`) of some value: checks, bits. All is derived, and
/// follows the limits: neither orders nor prices change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Checks that need not be looked at.
    pub(super) checks: u64,
    /// Those of them that fail.
    pub(super) fails: u64,
}

/// Whether a check lets every order pass, whether none.
type Pair = (bool, bool);

impl Settled {
    /// Every check is looked at.
    pub const NOTHING: Self = Self { checks: 0, fails: 0 };

    /// Checks that fail, bits.
    #[inline(always)] // A load.
    #[must_use]
    pub const fn fails(&self) -> u64 {
        self.fails
    }

    /// What these limits settle: of a symbol, or of a scope's book of it, and of the scope. What is
    /// asked in the root alone is settled there.
    #[must_use]
    pub fn of(symbol: &Symbol, limits: &Limits, scope: &ScopeLimits) -> Self {
        let disabled = limits.has(LimitFlag::Disabled);
        let (c, phase) = (&limits.controls, symbol.conditions.phase);
        let shut = matches!(phase, Phase::Closed | Phase::Halt);
        let short = (limits.has(LimitFlag::ShortAllowed), limits.has(LimitFlag::LocateNeeded));
        let opens = [limits.open_orders_max, limits.open_qty_max.0, scope.open_orders_max];
        let both = |a: Money, b: Money| counted(&[a.0, b.0]);
        let only = |off: bool| (off, false);
        // The larger one binds.
        let margin = symbol.limits.controls.margin_ratio.max(c.margin_ratio);
        let checks = [
            (Check::Symbol, (!disabled, disabled)),
            (Check::Session, (phase == Phase::Continuous, shut)),
            (Check::Permission, permission(limits, scope)),
            (Check::Qty, quantity(limits, scope.qty_max)),
            (Check::Notional, notional(limits, scope.notional_max)),
            (Check::Collar, only(limits.collar_ticks.0 == OFF && limits.collar_ratio.0 == OFF)),
            (Check::ReferenceAge, only(limits.reference_age_max == OFF)),
            (Check::Adv, volume(symbol, limits)),
            (Check::Position, only(limits.long_max.0 == OFF && limits.short_max.0 == OFF)),
            (Check::OpenOrders, counted(&opens)),
            (Check::OpenNotional, both(c.open_notional_max, scope.open_notional_max)),
            (Check::Gross, both(c.gross_max, scope.gross_max)),
            (Check::Net, only(c.net_max.0 == OFF && scope.net_max.0 == OFF)),
            // Of orders that do not only reduce a position.
            (Check::Leverage, counted(&[scope.leverage_max.0])),
            (Check::Credit, only(scope.credit_max.0 == OFF || margin.0 <= 0)),
            (Check::Positions, only(limits.positions_max == OFF && scope.positions_max == OFF)),
            (Check::RateSymbol, counted(&[c.rate_max])),
            (Check::Repeat, counted(&[c.repeat_max])),
            (Check::Duplicate, counted(&[c.duplicate_max])),
            (Check::Short, only(short == (true, false))),
            (Check::OrderToTrade, counted(&[scope.order_to_trade_max.0])),
            (Check::Heartbeat, only(scope.heartbeat_max == OFF)),
        ];
        checks.into_iter().fold(Self::NOTHING, Self::with)
    }

    fn with(self, (check, (holds, fails)): (Check, Pair)) -> Self {
        let bits = |of: bool| if of { bit(check) } else { 0 };
        Self { checks: self.checks | bits(holds | fails), fails: self.fails | bits(fails) }
    }
}

/// Of limits of what an order adds to.
fn counted(limits: &[i64]) -> Pair {
    (limits.iter().all(|&max| max == OFF), limits.contains(&0))
}

fn permission(limits: &Limits, scope: &ScopeLimits) -> Pair {
    let all = |numbers: &mut dyn Iterator<Item = u8>| {
        numbers.fold(0_u32, |all, number| all | 1_u32.wrapping_shl(number.into()))
    };
    let types = all(&mut OrderType::ALL.iter().map(|each| each.raw()));
    let times = all(&mut TimeInForce::ALL.iter().map(|each| each.raw()));
    let of_types = limits.controls.types & scope.types & types;
    let of_times = limits.controls.times_in_force & scope.times_in_force & times;
    (of_types == types && of_times == times, of_types == 0 || of_times == 0)
}

fn quantity(limits: &Limits, scope_max: Lots) -> Pair {
    let most = limit(limits.qty_max.0).min(limit(scope_max.0));
    // A usual order has a lot.
    let least = limits.qty_min.0.max(1).cast_unsigned();
    (most == limit(OFF) && least == 1, least > most)
}

fn volume(symbol: &Symbol, limits: &Limits) -> Pair {
    let off = limits.controls.adv_ratio.0 == OFF;
    (off, !off && adv::most(symbol, limits) == Lots::ZERO)
}

fn notional(limits: &Limits, scope_max: Money) -> Pair {
    let most = limit(limits.notional_max.0).min(limit(scope_max.0));
    (most == limit(OFF) && limits.notional_min.0 <= 0, most == 0)
}
