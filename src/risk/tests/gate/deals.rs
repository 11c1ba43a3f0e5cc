//! What is found in 64 bits is what is found in 128.
#![forbid(unsafe_code)]

use crate::market::{Controls, Symbol};
use crate::num::{Money, Ratio};
use crate::position::Totals;
use crate::risk::{
    Basis, Deal, Group, Level, ScopeLimits, ScopeLimitsSet, Values, Word, Worth, bit,
    money_of_group,
};
use crate::status::{Check, Side};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % sides
    }

    fn value(&mut self) -> i64 {
        match self.roll(8) {
            0 => 0,
            1 => i64::MAX >> self.roll(12),
            bits => i64::try_from(self.roll(1 << (bits * 4))).unwrap(),
        }
    }

    fn limit(&mut self) -> Money {
        Money(if self.roll(4) == 0 { -1 } else { self.value() })
    }
}

/// By the general way; what only reduces takes no credit.
fn at_large(deal: &Deal<'_>, equity: Option<Money>, (begins, reduces): (bool, bool)) -> u64 {
    let (side, basis) = (deal.side, &deal.basis);
    let lends = deal.limits.credit_max.0 != -1;
    let change = deal.worth.change(side, (0, i128::from(deal.value)), basis, lends);
    let fresh = begins || !deal.worth.is_of(basis.session);
    let (now, change, den) = (&deal.worth.values, Some(&change), basis.den);
    let level = Level { scope: 3, now, change, fresh, den };
    let mut word = Word::new();
    word.look_at_symbol(&level, side, deal.controls);
    let level = Level { now: deal.values, fresh: begins, ..level };
    word.look_at_scope(&level, (side, reduces), deal.limits, equity);
    if let Some(group) = deal.group.filter(|_| !reduces) {
        let worst = Values { worst: group.worst, ..Values::ZERO };
        word.look_at_group(&Level { now: &worst, ..level }, group.max);
    }
    word.verdict().mask
}

/// What lets no order pass.
fn settled(controls: &Controls, limits: &ScopeLimits) -> u64 {
    let shut = |check, a, b| if a == Money::ZERO || b == Money::ZERO { bit(check) } else { 0 };
    shut(Check::OpenNotional, controls.open_notional_max, limits.open_notional_max)
        | shut(Check::Gross, controls.gross_max, limits.gross_max)
}

#[test]
fn the_same_checks_fail() {
    let mut dice = Dice(7);
    let (mut told, mut seen) = (0, 0);
    for _ in 0..200_000 {
        let symbol = Symbol { scale: 1 + dice.roll(3).cast_signed(), ..Symbol::EMPTY };
        let side = if dice.roll(2) == 0 { Side::Buy } else { Side::Sell };
        let totals = Totals {
            long_cost: i128::from(dice.value()),
            short_cost: i128::from(dice.value()),
            ..Totals::EMPTY
        };
        let margin = Ratio(if dice.roll(3) == 0 { -1 } else { dice.value() });
        let den = 1 + dice.roll(3).cast_signed();
        let basis =
            Basis { symbol: &symbol, totals: &totals, margin, den, session: 1, marked: false };
        let mut worth = Worth::EMPTY;
        for side in [Side::Buy, Side::Sell] {
            worth.shift(side, 0, i128::from(dice.value()));
            worth.trade(side, 0, i128::from(dice.value()));
        }
        worth.values = worth.measure(&basis);
        let mut values = worth.values;
        for _ in 0..dice.roll(3) {
            let more = Values { margin: i128::from(dice.value()), ..worth.values };
            values.shift(&Values::ZERO, &more);
        }
        let (controls, limits) = (
            Controls {
                open_notional_max: dice.limit(),
                gross_max: dice.limit(),
                net_max: dice.limit(),
                ..Controls::OFF
            },
            ScopeLimits(ScopeLimitsSet {
                open_notional_max: dice.limit(),
                gross_max: dice.limit(),
                net_max: dice.limit(),
                credit_max: dice.limit(),
                leverage_max: Ratio(i64::from(dice.roll(2) == 0) - 1),
                ..ScopeLimitsSet::OFF
            }),
        );
        let worst = worth.values.worst + i128::from(dice.value());
        let mut group = Group { max: dice.limit(), worst, ..Group::EMPTY };
        group.room = money_of_group(&group, den);
        let deal = Deal {
            side,
            value: dice.value(),
            worth: &worth,
            basis,
            controls: &controls,
            values: &values,
            limits: &limits,
            group: (dice.roll(2) == 0).then_some(&group),
            fails: settled(&controls, &limits),
        };
        let (begins, reduces) = (dice.roll(4) == 0, dice.roll(2) == 0);
        // What fails before needs no explanation.
        let mut word = Word::new();
        word.unknown_scope(0);
        if word.look_at_deal(&deal, || begins, || reduces) {
            let mask = word.verdict().mask & !bit(Check::Scope);
            assert_eq!(mask, at_large(&deal, Some(Money(1 << 20)), (begins, reduces)), "{deal:?}");
            told += 1;
            seen |= mask;
        }
    }
    assert!(told > 20_000, "{told}");
    let all = [
        Check::OpenNotional,
        Check::Gross,
        Check::Net,
        Check::Credit,
        Check::Leverage,
        Check::Group,
    ];
    assert!(all.iter().all(|&check| seen & bit(check) != 0), "{seen:x}");
}
