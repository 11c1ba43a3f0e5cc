//! The checks of values of a new order in 64 bits: which of them fail, without what they show.
//!
//! What [`Level`](super::Level) finds, where no number is large, without a division. Whatever does
//! not fit here is looked at there.
#![forbid(unsafe_code)]

use super::verdict::{Word, bit};
use super::{Basis, Group, ScopeLimits, Values, Worth};
use crate::market::Controls;
use crate::num::{Money, OFF, Ratio, TickLots};
use crate::status::{Check, Side};

/// A new order in a symbol that is counted, and a scope.
#[derive(Clone, Copy, Debug)]
pub struct Deal<'v> {
    /// Side.
    pub side: Side,
    /// What it is worth, tick-lots.
    pub value: i64,
    /// What the scope has in the symbol.
    pub worth: &'v Worth,
    /// What that is measured by.
    pub basis: &'v Basis<'v>,
    /// The limits of the symbol in this scope.
    pub controls: &'v Controls,
    /// What the scope comes to.
    pub values: &'v Values,
    /// Its limits.
    pub limits: &'v ScopeLimits,
    /// The group of the symbol, in the root.
    pub group: Option<&'v Group>,
    /// Whether another session has begun by then.
    pub begins: bool,
}

/// The largest number here: sums of a few of them fit.
const MOST: i64 = 1 << 59;

const COUNTED: u64 = bit(Check::OpenNotional) | bit(Check::Gross) | bit(Check::Net);
const BELOW: u64 = COUNTED | bit(Check::Credit) | bit(Check::Leverage);
const LENT: u64 = bit(Check::Credit) | bit(Check::Leverage) | bit(Check::Group);

/// A number that fits, if it is not negative.
#[inline(always)] // Of a comparison.
fn small(value: i128) -> Option<i64> {
    i64::try_from(value).ok().filter(|value| (0..=MOST).contains(value))
}

/// Units of the common denominator.
#[inline(always)] // As above.
fn scaled(value: TickLots, scale: i64) -> Option<i64> {
    i64::try_from(value).ok()?.checked_mul(scale).filter(|value| (-MOST..=MOST).contains(value))
}

/// These numbers, if all fit and none is negative.
#[inline(always)] // Of two comparisons.
fn all_small<const N: usize>(values: [i128; N]) -> Option<[i64; N]> {
    let any = values.iter().fold(0, |any, value| any | value.cast_unsigned());
    let low = |value: i128| u64::try_from(value.cast_unsigned() & u128::from(u64::MAX));
    let fits = any >> 64 == 0 && (any & u128::from(u64::MAX)) >> 59 == 0;
    fits.then(|| values.map(|value| low(value).unwrap_or_default().cast_signed()))
}

/// What working orders and executions come to.
#[derive(Clone, Copy)]
struct Sums {
    /// Working orders.
    working: i64,
    /// With what was traded.
    gross: i64,
    /// Net, with what works on the side.
    net: i64,
}

impl Sums {
    #[inline(always)] // As above.
    fn of(values: &Values, side: Side, fresh: bool) -> Option<Self> {
        let Values { buy, sell, bought, sold, .. } = *values;
        let [buy, sell, bought, sold] = all_small([buy, sell, bought, sold])?;
        let working = buy.wrapping_add(sell);
        let own = if side == Side::Buy { buy } else { sell };
        if fresh {
            return Some(Self { working, gross: working, net: own });
        }
        let net = bought.wrapping_sub(sold);
        let net = if side == Side::Buy { net } else { net.wrapping_neg() };
        let gross = working.wrapping_add(bought).wrapping_add(sold);
        Some(Self { working, gross, net: net.wrapping_add(own) })
    }

    /// Which limits one more order of this value exceeds.
    #[inline(always)] // As above.
    fn exceed(&self, by: i64, limits: [Money; 3], den: i64) -> u64 {
        let [open, gross, net] = limits;
        let fails = |check, now: i64, max| {
            if is_beyond(now.wrapping_add(by), max, den) { bit(check) } else { 0 }
        };
        fails(Check::OpenNotional, self.working, open)
            | fails(Check::Gross, self.gross, gross)
            | fails(Check::Net, self.net, net)
    }
}

/// Whether a value is more than so much money.
#[inline(always)] // Of a multiplication.
fn is_beyond(value: i64, max: Money, den: i64) -> bool {
    max.0 != OFF && i128::from(value) > i128::from(max.0).wrapping_mul(i128::from(den))
}

impl Deal<'_> {
    /// Which checks fail of those that are not known to, as if the order were not only to reduce
    /// a position; `None` where a number is large, or has to be worked out. O(1).
    #[inline]
    fn failing(&self, known: u64) -> Option<u64> {
        let Self { side, worth, basis, controls, values, limits, .. } = *self;
        // What works on its side with it, and what that side comes to without it.
        let then = worth.working(side).wrapping_add(i128::from(self.value));
        let then = scaled(then, basis.symbol.scale)?;
        let [buy, sell] = all_small([worth.values.buy, worth.values.sell])?;
        let by = then.wrapping_sub(if side == Side::Buy { buy } else { sell });
        if by <= 0 {
            return None;
        }
        let mut failing = 0;
        if known & COUNTED != COUNTED {
            let fresh = self.begins || !worth.is_of(basis.session);
            let max = [controls.open_notional_max, controls.gross_max, controls.net_max];
            failing |= Sums::of(&worth.values, side, fresh)?.exceed(by, max, basis.den);
        }
        if (known | failing) & COUNTED != COUNTED {
            let max = [limits.open_notional_max, limits.gross_max, limits.net_max];
            failing |= Sums::of(values, side, self.begins)?.exceed(by, max, basis.den);
        }
        if known & bit(Check::Leverage) == 0 {
            failing |= leverage(limits)?;
        }
        let lends = limits.credit_max.0 != OFF && basis.margin.0 > 0;
        let credit = lends && known & bit(Check::Credit) == 0;
        if credit || self.group.is_some() {
            let with = if side == Side::Buy { (then, sell) } else { (buy, then) };
            failing |= self.failing_worst(self.worst(with)?, credit)?;
        }
        Some(failing)
    }

    /// Whether this worst case is beyond what the group allows, and the credit.
    #[inline]
    fn failing_worst(&self, then: i64, credit: bool) -> Option<u64> {
        let all = self.group.map_or(0, |group| group.worst);
        let [now, all] = all_small([self.worth.values.worst, all])?;
        let mut failing = 0;
        if let Some(group) = self.group {
            let with = all.wrapping_sub(now).wrapping_add(then);
            let beyond = is_beyond(with, group.max, self.basis.den);
            if then > now && beyond {
                failing |= bit(Check::Group);
            }
        }
        if credit && self.exceeds_credit(then)? {
            failing |= bit(Check::Credit);
        }
        Some(failing)
    }

    /// The worst case when so much works.
    #[inline]
    fn worst(&self, (buy, sell): (i64, i64)) -> Option<i64> {
        let Basis { symbol, totals, .. } = self.basis;
        let [longs, shorts] = all_small([totals.long_cost, totals.short_cost])?;
        let scaled = |cost: i64| cost.checked_mul(symbol.scale).filter(|&cost| cost <= MOST);
        let position = scaled(longs)?.wrapping_sub(scaled(shorts)?);
        let (up, down) = (position.wrapping_add(buy), position.wrapping_sub(sell));
        Some(up.wrapping_abs().max(down.wrapping_abs()))
    }

    /// Whether the margin of this worst case is more than is left of the credit: a product is
    /// compared with a product, so that nothing is divided.
    #[inline]
    fn exceeds_credit(&self, then: i64) -> Option<bool> {
        let Basis { margin, den, .. } = *self.basis;
        let own = small(self.worth.values.margin)?;
        let left = self.limits.credit_max.0.checked_sub(small(self.values.margin)?)?;
        let most = own.checked_add(left.max(0))?;
        let whole = i128::from(den.checked_mul(Ratio::ONE)?);
        let allowed = i128::from(most).wrapping_mul(whole);
        Some(i128::from(then).wrapping_mul(i128::from(margin.0)) > allowed)
    }
}

/// At a limit of 0 nothing may be added; else the equity is to be known.
#[inline(always)] // Of two comparisons.
fn leverage(limits: &ScopeLimits) -> Option<u64> {
    match limits.leverage_max.0 {
        OFF => Some(0),
        0 => Some(bit(Check::Leverage)),
        _ => None,
    }
}

impl Word {
    /// Whether nothing but what is known to fail can fail of the values of an order in a scope
    /// below the root, with this margin.
    #[inline]
    #[must_use]
    pub fn knows_values(&self, limits: &ScopeLimits, margin: Ratio) -> bool {
        let free = limits.credit_max.0 == OFF || margin.0 <= 0;
        let free = if free { bit(Check::Credit) } else { 0 };
        (self.known() | free) & BELOW == BELOW
    }

    /// Looks at the values of a new order, which only `reduces` a position or not. `false`, and
    /// nothing is said, where a number is large or has to be shown. O(1).
    #[must_use]
    pub fn look_at_deal(&mut self, deal: &Deal<'_>, reduces: impl Fn() -> bool) -> bool {
        let Some(mut failing) = deal.failing(self.known()) else { return false };
        if failing & LENT != 0 && reduces() {
            failing &= !LENT;
        }
        self.add(failing).is_none()
    }
}
