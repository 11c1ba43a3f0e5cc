//! Limits of lots, values and ratios: what grows with the quantity of an order.

use super::*;

/// A limit, and how it counts.
#[derive(Clone, Copy)]
struct Bound {
    check: Check,
    field: Field,
    side: Side,
    /// What the check observes of a lot at 10 000.
    each: i64,
    /// Of an order of 10 lots, the lots that may be asked for again when 4 are executed: none where
    /// the position counts, 4 where only working orders do, 10 where each order is by itself.
    freed: i64,
    /// Whether the account may have it.
    below: bool,
}

const fn bound(check: Check, field: Field, each: i64, freed: i64, below: bool) -> Bound {
    Bound { check, field, side: Side::Buy, each, freed, below }
}

/// Money units of a lot.
const LOT: i64 = 10_000 * TICK_LOT;
/// That as parts of the equity.
const PART: i64 = Ratio::ONE / (BALANCE / LOT);

const BOUNDS: [Bound; 20] = [
    bound(Check::Qty, Field::Symbol(|l, n| l.qty_max = Lots(n)), 1, 10, true),
    bound(Check::Qty, Field::Scope(|l, n| l.qty_max = Lots(n)), 1, 10, true),
    bound(Check::Notional, Field::Symbol(|l, n| l.notional_max = Money(n)), LOT, 10, true),
    bound(Check::Notional, Field::Scope(|l, n| l.notional_max = Money(n)), LOT, 10, true),
    bound(Check::Adv, Field::Symbol(|l, n| l.adv_ratio = adv(n)), 1, 10, true),
    bound(Check::Position, Field::Symbol(|l, n| l.long_max = Lots(n)), 1, 0, true),
    selling(bound(Check::Position, Field::Symbol(|l, n| l.short_max = Lots(n)), 1, 0, true)),
    bound(Check::OpenOrders, Field::Symbol(|l, n| l.open_qty_max = Lots(n)), 1, 4, true),
    bound(Check::OpenNotional, Field::Symbol(|l, n| l.open_notional_max = Money(n)), LOT, 4, false),
    bound(Check::OpenNotional, Field::Scope(|l, n| l.open_notional_max = Money(n)), LOT, 4, false),
    bound(Check::Gross, Field::Symbol(|l, n| l.gross_max = Money(n)), LOT, 0, false),
    bound(Check::Gross, Field::Scope(|l, n| l.gross_max = Money(n)), LOT, 0, false),
    bound(Check::Net, Field::Symbol(|l, n| l.net_max = Money(n)), LOT, 0, false),
    bound(Check::Net, Field::Scope(|l, n| l.net_max = Money(n)), LOT, 0, false),
    selling(bound(Check::Net, Field::Scope(|l, n| l.net_max = Money(n)), LOT, 0, false)),
    bound(Check::Credit, Field::Scope(|l, n| l.credit_max = Money(n)), LOT, 0, false),
    selling(bound(Check::Credit, Field::Scope(|l, n| l.credit_max = Money(n)), LOT, 0, false)),
    bound(Check::Leverage, Field::Scope(|l, n| l.leverage_max = Ratio(n)), PART, 0, false),
    bound(Check::Group, Field::Group, LOT, 0, false),
    selling(bound(Check::Short, Field::Located, 1, 0, false)),
];

const fn selling(bound: Bound) -> Bound {
    Bound { side: Side::Sell, ..bound }
}

/// The ratio of a thousand lots that is so many lots.
const fn adv(lots: i64) -> Ratio {
    Ratio(if lots > 0 { lots * (Ratio::ONE / 1_000) } else { lots })
}

/// Every limit, and the scopes that may have it.
fn each_bound(test: impl Fn(&Bound, u32)) {
    for bound in &BOUNDS {
        test(bound, ROOT);
        if bound.below {
            test(bound, ACCOUNT);
        }
    }
}

#[test]
fn at_the_limit_passes_and_one_lot_beyond_does_not() {
    each_bound(|&Bound { check, field, side, each, .. }, scope| {
        with_tree(0, |twins| {
            let own = trading(scope);
            twins.bound(field, scope, 10 * each);
            denied(&twins.asked(own, 1, side, 11), check, scope, 10 * each, 11 * each);
            passed(&twins.asked(own, 1, side, 10));
        });
    });
}

#[test]
fn off_is_no_limit_and_never_set_is_none_at_all() {
    each_bound(|&Bound { check, field, side, each, .. }, scope| {
        with_tree(0, |twins| {
            let own = trading(scope);
            twins.bound(field, scope, 0);
            denied(&twins.asked(own, 1, side, 1), check, scope, 0, each);
            twins.bound(field, scope, OFF);
            passed(&twins.asked(own, 1, side, 30));
        });
    });
}

#[test]
fn a_replace_is_judged_by_its_whole_quantity() {
    each_bound(|&Bound { check, field, side, each, freed, .. }, scope| {
        with_tree(0, |twins| {
            let own = trading(scope);
            twins.bound(field, scope, 10 * each);
            let working = twins.rests(own, 1, side, 8);
            let refused = twins.replace(working, 11, 10_000, 0).unwrap();
            denied(&refused, check, scope, 10 * each, 11 * each);
            twins.becomes(working, 10);
            if freed == 10 {
                return;
            }
            // Until the venue answers the larger of old and new is reserved.
            passed(&twins.replace(working, 7, 10_000, 0).unwrap());
            denied(&twins.asked(own, 2, side, 1), check, scope, 10 * each, 11 * each);
            twins.poll();
            assert_eq!(twins.report(ReportKind::ReplaceReject, working), Ok(Status::Ok));
            denied(&twins.asked(own, 2, side, 1), check, scope, 10 * each, 11 * each);
            twins.becomes(working, 7);
            denied(&twins.asked(own, 2, side, 4), check, scope, 10 * each, 11 * each);
            passed(&twins.asked(own, 2, side, 3));
        });
    });
}

#[test]
fn after_a_partial_fill_the_rest_counts() {
    each_bound(|&Bound { check, field, side, each, freed, .. }, scope| {
        with_tree(0, |twins| {
            let own = trading(scope);
            twins.bound(field, scope, 10 * each);
            let first = twins.rests(own, 1, side, 10);
            twins.executes(first, 1, 4);
            let beyond = twins.asked(own, 2, side, freed + 1);
            denied(&beyond, check, scope, 10 * each, 11 * each);
            if freed > 0 {
                let second = twins.rests(own, 2, side, freed);
                twins.ends(second);
            }
            // What works no more is free again, what was executed stays where it counts.
            twins.ends(first);
            let left = if freed == 0 { 6 } else { 10 };
            let beyond = twins.asked(own, 3, side, left + 1);
            denied(&beyond, check, scope, 10 * each, 11 * each);
            passed(&twins.asked(own, 3, side, left));
        });
    });
}

/// Smallest ones have no figure that grows.
#[test]
fn the_smallest_quantity_and_value() {
    let bounds = [
        (Check::Qty, Field::Symbol(|l, n| l.qty_min = Lots(n)), 1),
        (Check::Notional, Field::Symbol(|l, n| l.notional_min = Money(n)), LOT),
    ];
    for (check, field, each) in bounds {
        for scope in [ROOT, ACCOUNT] {
            with_tree(0, |twins| {
                let own = trading(scope);
                twins.bound(field, scope, 5 * each);
                denied(&twins.asked(own, 1, Side::Buy, 4), check, scope, 5 * each, 4 * each);
                let working = twins.rests(own, 1, Side::Buy, 5);
                twins.executes(working, 1, 3);
                let refused = twins.replace(working, 4, 10_000, 0).unwrap();
                denied(&refused, check, scope, 5 * each, 4 * each);
                // Of values, what only reduces is exempt.
                let reduces =
                    OrderSubmit { flags: 1, scope: own, ..order(2, Side::Sell, 1, 10_000) };
                let verdict = twins.submit_as(&reduces).verdict;
                assert_eq!(verdict.mask, if check == Check::Qty { bit(check) } else { 0 });
                for (client_id, none) in [(3, 0), (4, OFF)] {
                    twins.bound(field, scope, none);
                    passed(&twins.asked(own, client_id, Side::Buy, 1));
                }
            });
        }
    }
}
