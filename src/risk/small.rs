//! The checks of values of a new order in 64 bits: which of them fail, without what they show.
//!
//! What [`Level`](super::Level) finds, where no number is large, without a division. Whatever does
//! not fit here is looked at there.
#![forbid(unsafe_code)]

use super::verdict::{Word, bit};
use super::{Basis, Group, ScopeLimits, ScopeLimitsSet, Values, Worth};
use crate::market::Controls;
use crate::num::{Money, OFF, Ratio};
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
    pub basis: Basis<'v>,
    /// The limits of the symbol in this scope.
    pub controls: &'v Controls,
    /// What the scope comes to.
    pub values: &'v Values,
    /// Its limits.
    pub limits: &'v ScopeLimits,
    /// The group of the symbol, in the root.
    pub group: Option<&'v Group>,
    /// Checks (bits) that fail of any order in this scope: LEVERAGE of one that does not only
    /// reduce a position.
    pub fails: u64,
}

/// The largest number here: sums of a few of them fit.
const MOST: i64 = 1 << 59;

const COUNTED: u64 = bit(Check::OpenNotional) | bit(Check::Gross) | bit(Check::Net);
const BELOW: u64 = COUNTED | bit(Check::Credit) | bit(Check::Leverage);
/// The same where no credit is taken.
const FREE: u64 = COUNTED | bit(Check::Leverage);
const LENT: u64 = bit(Check::Credit) | bit(Check::Leverage) | bit(Check::Group);

/// A number that fits, if it is not negative.
#[inline(always)] // Of a comparison.
fn small(value: i128) -> Option<i64> {
    i64::try_from(value).ok().filter(|value| (0..=MOST).contains(value))
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
    /// Those of the order's side.
    own: i64,
    /// What was traded.
    traded: i64,
    /// What was traded on its side, less what was traded on the other.
    net: i64,
}

impl Sums {
    #[inline(always)] // As above.
    fn of(values: &Values, side: Side) -> Option<Self> {
        let Values { buy, sell, bought, sold, .. } = *values;
        let [buy, sell, bought, sold] = all_small([buy, sell, bought, sold])?;
        let (working, traded) = (buy.wrapping_add(sell), bought.wrapping_add(sold));
        let net = bought.wrapping_sub(sold);
        Some(match side {
            Side::Buy => Self { working, own: buy, traded, net },
            Side::Sell => Self { working, own: sell, traded, net: net.wrapping_neg() },
        })
    }

    /// Which limits, of those that are open, one more order of this value exceeds whatever of what
    /// was traded counts: when another session begins nothing does.
    #[inline(always)] // As above.
    fn exceed(&self, by: i64, open: u64, of: &Of) -> u64 {
        self.exceed_with((0, self.net.min(0)), by, open, of)
    }

    /// The same with what was traded.
    #[inline(always)] // As above.
    fn exceed_with(&self, (traded, net): (i64, i64), by: i64, open: u64, of: &Of) -> u64 {
        let fails = |check, now: i64, max| {
            let beyond = || is_beyond(now.wrapping_add(by), max, of.den);
            if open & bit(check) != 0 && beyond() { bit(check) } else { 0 }
        };
        fails(Check::OpenNotional, self.working, of.open)
            | fails(Check::Gross, self.working.wrapping_add(traded), of.gross)
            | fails(Check::Net, self.own.wrapping_add(net), of.net)
    }

    /// The same as it is.
    fn exceed_now(&self, by: i64, open: u64, of: &Of, fresh: bool) -> u64 {
        let with = if fresh { (0, 0) } else { (self.traded, self.net) };
        self.exceed_with(with, by, open, of)
    }
}

/// Limits of values, and their denominator.
struct Of {
    open: Money,
    gross: Money,
    net: Money,
    den: i64,
}

impl Of {
    #[inline(always)] // As above.
    fn symbol(controls: &Controls, den: i64) -> Self {
        let Controls { open_notional_max, gross_max, net_max, .. } = *controls;
        Self { open: open_notional_max, gross: gross_max, net: net_max, den }
    }

    #[inline(always)] // As above.
    fn scope(limits: &ScopeLimits, den: i64) -> Self {
        let ScopeLimitsSet { open_notional_max, gross_max, net_max, .. } = **limits;
        Self { open: open_notional_max, gross: gross_max, net: net_max, den }
    }
}

/// Whether a value is more than so much money, at least 0 or off: what is beyond all numbers is
/// beyond the value.
#[inline(always)] // Of a multiplication.
fn is_beyond(value: i64, max: Money, den: i64) -> bool {
    max.0 != OFF && max.0.checked_mul(den).is_some_and(|max| value > max)
}

impl Deal<'_> {
    /// Which checks fail of those that are not known to, as if the order were not only to reduce
    /// a position; `None` where a number is large, or has to be worked out. O(1).
    #[inline]
    fn failing(&self, known: u64, begins: impl Fn() -> bool) -> Option<u64> {
        let Self { side, worth, basis, controls, values, limits, .. } = *self;
        // The sum of its side is what its working orders come to: an order adds to it.
        let by = self.value.checked_mul(basis.symbol.scale)?;
        let sums = Sums::of(&worth.values, side).filter(|_| by > 0 && by <= MOST)?;
        let mut failing = self.fails & FREE;
        let open = COUNTED & !(known | failing);
        failing |= sums.exceed(by, open, &Of::symbol(controls, basis.den));
        let open = open & !failing;
        if open != 0 {
            let begins = begins();
            let (symbol, scope) = ((&worth.values, controls), (values, limits));
            let fresh = begins || !worth.is_of(basis.session);
            failing |= exceeded(symbol, scope, (side, by, open), (basis.den, fresh, begins))?;
        }
        if (known | failing) & bit(Check::Leverage) == 0 {
            failing |= leverage(limits)?;
        }
        let lends = limits.credit_max.0 != OFF && basis.margin.0 > 0;
        let credit = lends && known & bit(Check::Credit) == 0;
        if self.is_beyond_group(by.wrapping_add(sums.working)) {
            failing |= bit(Check::Group);
        }
        if credit || (self.group.is_some() && failing & bit(Check::Group) == 0) {
            let other = sums.working.wrapping_sub(sums.own);
            failing |= self.failing_worst(self.worst(sums.own.wrapping_add(by), other)?, credit)?;
        }
        Some(failing)
    }

    /// Whether the order and what works already, of both sides, are more than the group allows:
    /// the worst case with it is at least what all of them are worth, less the one without it.
    #[inline(always)] // Of two comparisons.
    fn is_beyond_group(&self, with: i64) -> bool {
        let Some((group, [now])) = self.group.zip(all_small([self.worth.values.worst])) else {
            return false;
        };
        let room = i64::try_from(group.room).unwrap_or(i64::MAX);
        with.wrapping_sub(now).wrapping_sub(now) > room
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
        if credit {
            let Basis { margin, den, .. } = self.basis;
            let values = (&self.worth.values, self.values);
            if exceeds_credit(values, self.limits.credit_max, (then, margin, den))? {
                failing |= bit(Check::Credit);
            }
        }
        Some(failing)
    }

    /// The worst case when so much works on the order's side, and on the other.
    #[inline]
    fn worst(&self, own: i64, other: i64) -> Option<i64> {
        let Basis { symbol, totals, .. } = self.basis;
        let [longs, shorts] = all_small([totals.long_cost, totals.short_cost])?;
        if longs | shorts == 0 {
            return Some(own.max(other));
        }
        let scaled = |cost: i64| cost.checked_mul(symbol.scale).filter(|&cost| cost <= MOST);
        let position = scaled(longs)?.wrapping_sub(scaled(shorts)?);
        let position = if self.side == Side::Buy { position } else { position.wrapping_neg() };
        let (with, against) = (position.wrapping_add(own), position.wrapping_sub(other));
        Some(with.wrapping_abs().max(against.wrapping_abs()))
    }
}

// Who asks keeps what these are told in registers: nothing is handed on as a whole.

/// Which limits of the symbol and of the scope, of those that are open, an order of this side and
/// value exceeds; whether nothing was traded yet in either.
#[inline(never)] // Most of those that are denied fail without it.
fn exceeded(
    (symbol, controls): (&Values, &Controls),
    (scope, limits): (&Values, &ScopeLimits),
    (side, by, open): (Side, i64, u64),
    (den, fresh, begins): (i64, bool, bool),
) -> Option<u64> {
    let sums = Sums::of(symbol, side)?;
    let failing = sums.exceed_now(by, open, &Of::symbol(controls, den), fresh);
    let open = open & !failing;
    if open == 0 {
        return Some(failing);
    }
    let sums = Sums::of(scope, side)?;
    Some(failing | sums.exceed_now(by, open, &Of::scope(limits, den), begins))
}

/// Whether the margin of this worst case is more than is left of the credit: a product is compared
/// with a product, so that nothing is divided.
#[inline(never)] // As above.
fn exceeds_credit(
    (symbol, scope): (&Values, &Values),
    max: Money,
    (then, margin, den): (i64, Ratio, i64),
) -> Option<bool> {
    let left = max.0.checked_sub(small(scope.margin)?)?;
    let most = small(symbol.margin)?.checked_add(left.max(0))?;
    let whole = i128::from(den.checked_mul(Ratio::ONE)?);
    let allowed = i128::from(most).wrapping_mul(whole);
    Some(i128::from(then).wrapping_mul(i128::from(margin.0)) > allowed)
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
    pub fn knows_values(&self, limits: &ScopeLimits, margin: impl FnOnce() -> Ratio) -> bool {
        match self.known() & BELOW {
            BELOW => true,
            // All but the credit.
            FREE => limits.credit_max.0 == OFF || margin().0 <= 0,
            _ => false,
        }
    }

    /// Looks at the values of a new order: whether another session `begins` by then, and whether it
    /// only `reduces` a position, is asked when it counts. `false`, and nothing is said, where a
    /// number is large or has to be shown. O(1).
    #[must_use]
    pub fn look_at_deal(
        &mut self,
        deal: &Deal<'_>,
        begins: impl Fn() -> bool,
        reduces: impl Fn() -> bool,
    ) -> bool {
        let Some(mut failing) = deal.failing(self.known(), begins) else { return false };
        if failing & LENT != 0 && reduces() {
            failing &= !LENT;
        }
        self.add(failing).is_none()
    }
}
