//! Values that limits in money are checked against: of one symbol, and their sums over many.
//!
//! A value at one level (a symbol, a scope, a group) is a sum of what the symbols below it come to.
//! [`Worth`] is what one symbol keeps; [`Worth::measure`] makes [`Values`] of it; whatever counts a
//! symbol follows it by [`Values::shift`], from what the symbol came to before to what it comes to
//! now, and in no other way.
#![forbid(unsafe_code)]

use crate::market::Symbol;
use crate::num::{Money, OFF, Ratio, TickLots, VALUE_MAX, capped, div_ceil};
use crate::position::Totals;
use crate::status::Side;
use crate::store::Hash64;

/// What is working, traded and open, at one level. Values are magnitudes in units of the common
/// denominator of all symbols; those of one symbol are at most [`VALUE_MAX`], so that sums fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Values {
    /// Σ working buys.
    pub buy: i128,
    /// Σ working sells.
    pub sell: i128,
    /// Σ executions of buys in this session; less than 0 when more of an earlier one was busted.
    pub bought: i128,
    /// Σ executions of sells in this session, likewise.
    pub sold: i128,
    /// Σ worst cases of the symbols: max(|position + buys|, |position - sells|), the position at
    /// its entry cost, shorts below 0.
    pub worst: i128,
    /// Σ margin of these, money units, each rounded up.
    pub margin: i128,
    /// Σ |position| at the last marks; 0 while no leverage is limited.
    pub open: i128,
}

impl Values {
    /// Nothing.
    pub const ZERO: Self =
        Self { buy: 0, sell: 0, bought: 0, sold: 0, worst: 0, margin: 0, open: 0 };

    /// What is counted here went from `old` to `new`: the only way in and out.
    pub fn shift(&mut self, old: &Self, new: &Self) {
        let moved = |sum: i128, old: i128, new: i128| sum.wrapping_add(new.wrapping_sub(old));
        *self = Self {
            buy: moved(self.buy, old.buy, new.buy),
            sell: moved(self.sell, old.sell, new.sell),
            bought: moved(self.bought, old.bought, new.bought),
            sold: moved(self.sold, old.sold, new.sold),
            worst: moved(self.worst, old.worst, new.worst),
            margin: moved(self.margin, old.margin, new.margin),
            open: moved(self.open, old.open, new.open),
        };
    }

    /// A new session: nothing was traded yet.
    pub fn begin_session(&mut self) {
        (self.bought, self.sold) = (0, 0);
    }

    /// Σ working orders.
    #[must_use]
    pub fn working(&self) -> i128 {
        self.buy.saturating_add(self.sell)
    }

    /// Traded in this session, and working.
    #[must_use]
    pub fn gross(&self) -> i128 {
        let traded = self.bought.max(0).saturating_add(self.sold.max(0));
        traded.saturating_add(self.working())
    }

    /// Traded on this side less the other in this session, with what works on this side: less than
    /// 0 when the other outweighs it.
    #[must_use]
    pub fn net(&self, side: Side) -> i128 {
        let (bought, sold) = (self.bought.max(0), self.sold.max(0));
        let (own, other, working) = match side {
            Side::Buy => (bought, sold, self.buy),
            Side::Sell => (sold, bought, self.sell),
        };
        own.saturating_sub(other).saturating_add(working)
    }

    /// Open and working.
    #[must_use]
    pub fn levered(&self) -> i128 {
        self.open.saturating_add(self.working())
    }
}

/// By how much an order changes what a level comes to: what was traded and what is open it leaves
/// alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Σ working orders.
    pub working: i128,
    /// Σ worst cases.
    pub worst: i128,
    /// Σ margin.
    pub margin: i128,
}

/// What is traded on one side, tick-lots: Σ magnitudes of the values of executions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Traded {
    /// Since the engine began. It wraps: only differences count.
    ever: i128,
    /// The same when the session began.
    before: i128,
}

impl Traded {
    const NONE: Self = Self { ever: 0, before: 0 };

    fn change(&mut self, by: i128) {
        self.ever = self.ever.wrapping_add(by);
    }
}

/// What one symbol keeps. Working orders count only while somebody asks ([`Worth::is_counted`]);
/// executions always do, so that a limit that is set in mid-session knows of all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// Σ working buys, tick-lots.
    buy: TickLots,
    /// Σ working sells.
    sell: TickLots,
    bought: Traded,
    sold: Traded,
    /// What scopes and groups count of it.
    pub values: Values,
    /// The session in which the symbol was last traded.
    session: u32,
    /// The group it belongs to; 0 for none.
    pub group: u32,
    /// Whether limits in money look at it.
    pub is_counted: bool,
    /// Whether an execution at a negative price was ever counted: then what was traded is not what
    /// the sums of the orders say.
    pub has_negatives: bool,
}

/// What a symbol is measured by.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'b> {
    /// Its scale and marks.
    pub symbol: &'b Symbol,
    /// Its positions.
    pub totals: &'b Totals,
    /// What is taken of them as margin.
    pub margin: Ratio,
    /// Denominator of the common unit.
    pub den: i64,
    /// The number of the session.
    pub session: u32,
    /// Whether positions are valued at the marks.
    pub marked: bool,
}

impl Worth {
    /// The first session.
    pub const FIRST: u32 = 1;

    /// Nothing, which nobody asks for.
    pub const EMPTY: Self = Self {
        buy: 0,
        sell: 0,
        bought: Traded::NONE,
        sold: Traded::NONE,
        values: Values::ZERO,
        session: Self::FIRST,
        group: 0,
        is_counted: false,
        has_negatives: false,
    };

    /// The session that [`Worth::begin`] was told last.
    #[inline]
    #[must_use]
    pub const fn session(&self) -> u32 {
        self.session
    }

    /// What is counted of it in this session: nothing that was traded before.
    #[must_use]
    pub fn present(&self, session: u32) -> Values {
        let mut values = self.values;
        if self.session != session {
            values.begin_session();
        }
        values
    }

    /// It is this session now. What was traded before does not count any more, neither here nor in
    /// what counts this symbol: that has begun the session too.
    pub fn begin(&mut self, session: u32) {
        if self.session == session {
            return;
        }
        self.session = session;
        self.bought.before = self.bought.ever;
        self.sold.before = self.sold.ever;
        self.values.begin_session();
    }

    /// The value of executions of a side went from `old` to `new`, tick-lots.
    pub fn trade(&mut self, side: Side, old: TickLots, new: TickLots) {
        let of = |value: TickLots| capped(value).saturating_abs();
        let by = of(new).saturating_sub(of(old));
        self.has_negatives |= new < 0;
        match side {
            Side::Buy => self.bought.change(by),
            Side::Sell => self.sold.change(by),
        }
    }

    /// One more plain execution, in the session that has begun: its value, not negative.
    #[inline(always)] // Of two additions.
    pub(crate) fn trade_plainly(&mut self, side: Side, value: i64) {
        let by = i128::from(value.cast_unsigned());
        match side {
            Side::Buy => self.bought.change(by),
            Side::Sell => self.sold.change(by),
        }
    }

    /// Σ values of all executions of a side since the engine began, tick-lots.
    #[must_use]
    pub const fn ever(&self, side: Side) -> TickLots {
        match side {
            Side::Buy => self.bought.ever,
            Side::Sell => self.sold.ever,
        }
    }

    /// The same of this session.
    #[must_use]
    pub const fn traded(&self, side: Side, session: u32) -> TickLots {
        if self.session != session {
            return 0;
        }
        match side {
            Side::Buy => self.bought.ever.wrapping_sub(self.bought.before),
            Side::Sell => self.sold.ever.wrapping_sub(self.sold.before),
        }
    }

    /// Σ values of working orders of a side, tick-lots.
    #[must_use]
    pub const fn working(&self, side: Side) -> TickLots {
        match side {
            Side::Buy => self.buy,
            Side::Sell => self.sell,
        }
    }

    /// The value of a working order of this side went from `old` to `new`: the only way in and out.
    pub fn shift(&mut self, side: Side, old: TickLots, new: TickLots) {
        let sum = match side {
            Side::Buy => &mut self.buy,
            Side::Sell => &mut self.sell,
        };
        // At most 2^24 orders of at most 2^100: it fits.
        *sum = sum.wrapping_add(new.wrapping_sub(old));
    }

    /// No order is counted.
    pub fn forget_orders(&mut self) {
        (self.buy, self.sell) = (0, 0);
    }

    /// What the symbol comes to. O(1).
    #[must_use]
    pub fn measure(&self, basis: &Basis<'_>) -> Values {
        let Basis { symbol, totals, margin, den, session, marked } = *basis;
        let scale = i128::from(symbol.scale);
        let scaled = |value: TickLots| capped(value.saturating_mul(scale));
        let (buy, sell) = (scaled(self.buy), scaled(self.sell));
        let cost = |value: TickLots| scaled(value).saturating_abs();
        let (longs, shorts) = (cost(totals.long_cost), cost(totals.short_cost));
        let position = longs.saturating_sub(shorts);
        let worst = capped(worst_of(position, buy, sell));
        let open = match symbol.marks().filter(|_| marked) {
            Some((long, short)) => scaled(long.worth(totals.long_qty))
                .saturating_add(scaled(short.worth(totals.short_qty))),
            None if marked => longs.saturating_add(shorts),
            None => 0,
        };
        Values {
            buy,
            sell,
            bought: scaled(self.traded(Side::Buy, session)),
            sold: scaled(self.traded(Side::Sell, session)),
            worst,
            margin: margin_of(worst, margin, den),
            open: capped(open),
        }
    }

    /// What a symbol that is counted comes to besides, when the value of working orders of a side
    /// goes from `old` to `new`. Margin costs a division: it is computed when `lends`. O(1).
    #[must_use]
    pub fn change(
        &self,
        side: Side,
        (old, new): (TickLots, TickLots),
        basis: &Basis<'_>,
        lends: bool,
    ) -> Change {
        let scale = i128::from(basis.symbol.scale);
        let scaled = |value: TickLots| capped(value.saturating_mul(scale));
        let Values { buy, sell, worst, margin, .. } = self.values;
        let by = new.wrapping_sub(old);
        let (up, down) = match side {
            Side::Buy => (scaled(self.buy.wrapping_add(by)), sell),
            Side::Sell => (buy, scaled(self.sell.wrapping_add(by))),
        };
        let cost = |value: TickLots| scaled(value).saturating_abs();
        let totals = basis.totals;
        let position = cost(totals.long_cost).saturating_sub(cost(totals.short_cost));
        let then = capped(worst_of(position, up, down));
        let lent = if lends { margin_of(then, basis.margin, basis.den) } else { margin };
        Change {
            working: up.saturating_add(down).saturating_sub(buy.saturating_add(sell)),
            worst: then.saturating_sub(worst),
            margin: lent.saturating_sub(margin),
        }
    }

    /// Whether its traded values are of this session.
    #[must_use]
    pub const fn is_of(&self, session: u32) -> bool {
        self.session == session
    }

    /// Feeds what can change a later answer; what counts is derived.
    pub fn feed(&self, session: u32, hash: &mut Hash64) {
        hash.words_i128(self.traded(Side::Buy, session));
        hash.words_i128(self.traded(Side::Sell, session));
        hash.u32(self.group);
    }
}

/// The larger magnitude of a position that all buys, or all sells, are added to.
fn worst_of(position: i128, buy: i128, sell: i128) -> i128 {
    let (up, down) = (position.saturating_add(buy), position.saturating_sub(sell));
    up.saturating_abs().max(down.saturating_abs())
}

/// The margin that a value takes, money units, rounded up; what does not fit is the largest.
fn margin_of(value: i128, ratio: Ratio, den: i64) -> i128 {
    if ratio.0 == OFF {
        return 0;
    }
    let whole = i128::from(den).saturating_mul(i128::from(Ratio::ONE));
    let parts = value.checked_mul(i128::from(ratio.0));
    parts.and_then(|parts| div_ceil(parts, whole)).map_or(VALUE_MAX, capped)
}

/// What a group of symbols may come to, and does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Largest exposure, money units; [`OFF`] for no limit.
    pub max: Money,
    /// Symbols that belong to it.
    pub members: u32,
    /// Σ worst cases of these, units of the common denominator.
    pub worst: i128,
    /// What one more order may be worth: see [`super::money_of_group`]. Derived.
    pub room: u64,
}

impl Group {
    /// Nothing belongs to it, and nothing may.
    pub const EMPTY: Self = Self { max: Money::ZERO, members: 0, worst: 0, room: 0 };

    /// The worst case of a member went from `old` to `new`: the only way in and out.
    pub fn shift(&mut self, old: i128, new: i128) {
        self.worst = self.worst.wrapping_add(new.wrapping_sub(old));
    }

    /// Feeds what can change a later answer; what counts is derived.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.i64(self.max.0);
    }
}

/// A value of this common denominator as money, rounded up.
#[must_use]
pub fn shown(value: i128, den: i64) -> Money {
    if value >= VALUE_MAX {
        return Money(i64::MAX);
    }
    let money = div_ceil(value, i128::from(den)).unwrap_or(VALUE_MAX);
    Money(i64::try_from(money).unwrap_or(if money < 0 { i64::MIN } else { i64::MAX }))
}
