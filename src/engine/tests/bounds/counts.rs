//! Limits of numbers: orders, positions, requests in a window.

use super::*;

/// A limit, and how it counts.
#[derive(Clone, Copy)]
struct Bound {
    check: Check,
    field: Field,
    counts: Counts,
    /// Whether the account may have it.
    below: bool,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Orders that work.
    Orders,
    /// Positions that are open, or that working orders may open.
    Positions,
    /// New orders and replaces in a window of ten minutes at most.
    Requests,
    /// New orders that are alike in a window of ten minutes.
    Alike,
}

const fn bound(check: Check, field: Field, counts: Counts, below: bool) -> Bound {
    Bound { check, field, counts, below }
}

const WINDOW: Nanos = Nanos(10 * Nanos::MINUTE);

const BOUNDS: [Bound; 9] = {
    use Counts::{Alike, Orders, Positions, Requests};
    use Field::{Breaker, Scope, Symbol};
    let rate = Symbol(|l, n| (l.rate_max, l.rate_window) = (n, WINDOW));
    let alike = Symbol(|l, n| (l.duplicate_max, l.duplicate_window) = (n, WINDOW));
    [
        bound(Check::OpenOrders, Symbol(|l, n| l.open_orders_max = n), Orders, true),
        bound(Check::OpenOrders, Scope(|l, n| l.open_orders_max = n), Orders, true),
        bound(Check::Positions, Symbol(|l, n| l.positions_max = n), Positions, true),
        bound(Check::Positions, Scope(|l, n| l.positions_max = n), Positions, true),
        bound(Check::RateMinute, Breaker(|b, n| b.orders_per_minute = n), Requests, true),
        bound(Check::RateHour, Breaker(|b, n| b.orders_per_hour = n), Requests, true),
        bound(
            Check::RateCustom,
            Breaker(|b, n| (b.orders_per_window, b.rate_window) = (n, WINDOW)),
            Requests,
            true,
        ),
        bound(Check::RateSymbol, rate, Requests, false),
        bound(Check::Duplicate, alike, Alike, false),
    ]
};

/// Every limit, in the scopes that may have it, on twins whose positions stand side by side: each
/// order may open one.
fn each_bound(test: impl Fn(&mut Twins<'_>, &Bound, u32)) {
    for bound in &BOUNDS {
        for scope in [ROOT, ACCOUNT] {
            if scope == ROOT || bound.below {
                with_tree(SymbolFlag::Hedged.raw(), |twins| test(twins, bound, scope));
            }
        }
    }
}

fn buys(twins: &mut Twins<'_>, scope: u32, client_id: u64) -> Submitted {
    twins.asked(trading(scope), client_id, Side::Buy, 2)
}

#[test]
fn so_many_pass_and_one_more_does_not() {
    each_bound(|twins, bound, scope| {
        twins.bound(bound.field, scope, 2);
        passed(&buys(twins, scope, 1));
        passed(&buys(twins, scope, 2));
        // What is denied is not counted.
        for _ in 0..2 {
            denied(&buys(twins, scope, 3), bound.check, scope, 2, 3);
        }
    });
}

#[test]
fn off_is_no_limit_and_never_set_is_none_at_all() {
    each_bound(|twins, bound, scope| {
        twins.bound(bound.field, scope, OFF);
        passed(&buys(twins, scope, 1));
        passed(&buys(twins, scope, 2));
        if matches!(bound.field, Field::Breaker(_)) {
            // A breaker's rate is off, or 1 and more.
            return;
        }
        twins.bound(bound.field, scope, 0);
        let working = matches!(bound.counts, Counts::Orders | Counts::Positions);
        let already = if working { 2 } else { 0 };
        denied(&buys(twins, scope, 3), bound.check, scope, 0, already + 1);
    });
}

#[test]
fn only_requests_count_replaces() {
    each_bound(|twins, bound, scope| {
        twins.bound(bound.field, scope, 2);
        let own = trading(scope);
        let first = twins.rests(own, 1, Side::Buy, 2);
        twins.rests(own, 2, Side::Buy, 2);
        let replaced = twins.replace(first, 3, 10_000, 0).unwrap();
        if bound.counts == Counts::Requests {
            denied(&replaced, bound.check, scope, 2, 3);
            return;
        }
        passed(&replaced);
        denied(&buys(twins, scope, 3), bound.check, scope, 2, 3);
    });
}

#[test]
fn a_partial_fill_frees_nothing_and_an_end_what_it_may() {
    each_bound(|twins, bound, scope| {
        twins.bound(bound.field, scope, 2);
        let own = trading(scope);
        let (first, second) =
            (twins.rests(own, 1, Side::Buy, 2), twins.rests(own, 2, Side::Buy, 2));
        twins.executes(first, 1, 1);
        denied(&buys(twins, scope, 3), bound.check, scope, 2, 3);
        // The order ends, its position stays.
        twins.ends(first);
        if bound.counts == Counts::Orders {
            let third = twins.rests(own, 3, Side::Buy, 2);
            twins.ends(third);
        } else {
            denied(&buys(twins, scope, 3), bound.check, scope, 2, 3);
        }
        twins.ends(second);
        if matches!(bound.counts, Counts::Orders | Counts::Positions) {
            passed(&buys(twins, scope, 4));
            return;
        }
        denied(&buys(twins, scope, 4), bound.check, scope, 2, 3);
        // As old as the window is long they have left it.
        twins.now.0 += Nanos::HOUR;
        twins.quote(10_000, 10_002).unwrap();
        passed(&buys(twins, scope, 4));
    });
}

#[test]
fn a_fill_frees_the_order_and_a_close_the_position() {
    each_bound(|twins, bound, scope| {
        let all = matches!(bound.counts, Counts::Orders | Counts::Positions);
        if !all {
            return;
        }
        twins.bound(bound.field, scope, 1);
        let own = trading(scope);
        let first = twins.rests(own, 1, Side::Buy, 2);
        denied(&buys(twins, scope, 2), bound.check, scope, 1, 2);
        twins.executes(first, 1, 2);
        if bound.counts == Counts::Orders {
            passed(&buys(twins, scope, 2));
            return;
        }
        denied(&buys(twins, scope, 2), bound.check, scope, 1, 2);
        let position = twins.engine().position_find(101).unwrap().position;
        let exit = OrderSubmit { position, scope: own, ..order(3, Side::Sell, 2, 10_000) };
        let exit = passed(&twins.submit_as(&exit));
        twins.poll();
        twins.executes(exit, 2, 2);
        passed(&buys(twins, scope, 4));
    });
}
