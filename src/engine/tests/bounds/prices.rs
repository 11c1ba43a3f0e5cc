//! Limits of prices: collars, the age of the reference, the grid.

use super::*;

type Set = fn(&mut LimitsSet);

/// One that fails, and one beside it that passes.
struct Edge {
    check: Check,
    set: Set,
    side: Side,
    /// Price that passes, and the next one, which does not.
    good: i64,
    bad: i64,
    /// What the denial shows.
    limit: i64,
}

const fn edge(check: Check, set: Set, side: Side, [good, bad, limit]: [i64; 3]) -> Edge {
    Edge { check, set, side, good, bad, limit }
}

/// Against quotes of 10 000 and 10 002.
const EDGES: [Edge; 12] = {
    use Check::{Collar, Increment};
    use Side::{Buy, Sell};
    const fn both(limits: &mut LimitsSet) {
        (limits.collar_ticks, limits.flags) = (Ticks(5), limits.flags | COLLAR_BOTH_SIDES);
    }
    const COLLAR_BOTH_SIDES: u32 = LimitFlag::CollarBothSides.raw();
    [
        edge(Collar, |l| l.collar_ticks = Ticks(5), Buy, [10_007, 10_008, 10_007]),
        edge(Collar, |l| l.collar_ticks = Ticks(5), Sell, [9_995, 9_994, 9_995]),
        // 0.05 % of 10 002 and of 10 000, floored.
        edge(Collar, |l| l.collar_ratio = Ratio(500_000), Buy, [10_007, 10_008, 10_007]),
        edge(Collar, |l| l.collar_ratio = Ratio(500_000), Sell, [9_995, 9_994, 9_995]),
        // Of both the wider one.
        edge(
            Collar,
            |l| (l.collar_ticks, l.collar_ratio) = (Ticks(9), Ratio(500_000)),
            Buy,
            [10_011, 10_012, 10_011],
        ),
        // Never set: no tick beyond the reference.
        edge(Collar, |l| l.collar_ticks = Ticks(0), Buy, [10_002, 10_003, 10_002]),
        edge(Collar, |l| l.collar_ratio = Ratio(0), Sell, [10_000, 9_999, 10_000]),
        edge(Collar, both, Buy, [9_997, 9_996, 9_997]),
        edge(Collar, both, Sell, [10_005, 10_006, 10_005]),
        // The middle of both is 10 001.
        edge(
            Collar,
            |l| (l.collar_ticks, l.reference) = (Ticks(5), 1),
            Buy,
            [10_006, 10_007, 10_006],
        ),
        edge(Increment, |l| l.price_step = Ticks(4), Buy, [9_996, 9_997, 4]),
        edge(Increment, |l| l.price_step = Ticks(4), Sell, [10_004, 10_003, 4]),
    ]
};

fn priced(scope: u32, client_id: u64, side: Side, price: i64) -> OrderSubmit {
    OrderSubmit { scope, ..order(client_id, side, 10, price) }
}

#[test]
fn the_last_price_that_passes_and_the_next() {
    for edge in &EDGES {
        for scope in [ROOT, ACCOUNT] {
            with_tree(0, |twins| {
                let mut limits = LimitsSet { scope, ..LimitsSet::OFF };
                (edge.set)(&mut limits);
                twins.set(limits);
                twins.poll();
                let own = trading(scope);
                let bad = twins.submit_as(&priced(own, 1, edge.side, edge.bad));
                denied(&bad, edge.check, scope, edge.limit, edge.bad);
                let id = passed(&twins.submit_as(&priced(own, 1, edge.side, edge.good)));
                twins.poll();
                assert_eq!(twins.report(ReportKind::Ack, id), Ok(Status::Ok));
                twins.executes(id, 1, 4);
                // A replace is judged by its price.
                let bad = twins.replace(id, 10, edge.bad, 0).unwrap();
                denied(&bad, edge.check, scope, edge.limit, edge.bad);
                passed(&twins.replace(id, 11, edge.good, 0).unwrap());
                // Off.
                twins.set(LimitsSet { scope, ..LimitsSet::OFF });
                twins.poll();
                passed(&twins.submit_as(&priced(own, 2, edge.side, edge.bad)));
            });
        }
    }
}

#[test]
fn quantities_lie_on_their_grid() {
    for scope in [ROOT, ACCOUNT] {
        with_tree(0, |twins| {
            let field = Field::Symbol(|l, n| l.qty_step = Lots(n));
            twins.bound(field, scope, 4);
            let own = trading(scope);
            denied(&twins.asked(own, 1, Side::Buy, 9), Check::Increment, scope, 4, 9);
            let id = twins.rests(own, 1, Side::Buy, 8);
            // Whatever is executed: the whole quantity counts.
            twins.executes(id, 1, 3);
            let bad = twins.replace(id, 11, 10_000, 0).unwrap();
            denied(&bad, Check::Increment, scope, 4, 11);
            twins.becomes(id, 12);
            // 0 is every lot, as 1 is.
            for (client_id, every) in [(2, 0), (3, 1)] {
                twins.bound(field, scope, every);
                passed(&twins.asked(own, client_id, Side::Buy, 9));
            }
        });
    }
}

#[test]
fn a_reference_may_be_so_old() {
    const MAX: u64 = 20 * SECOND;
    let max = i64::try_from(MAX).unwrap();
    for scope in [ROOT, ACCOUNT] {
        with_tree(0, |twins| {
            let field = Field::Symbol(|l, n| l.reference_age_max = n);
            let (own, check) = (trading(scope), Check::ReferenceAge);
            twins.bound(field, scope, max);
            twins.quote(10_000, 10_002).unwrap();
            let quoted = twins.now.0;
            let id = twins.rests(own, 1, Side::Buy, 10);
            twins.executes(id, 1, 4);
            // A step takes a second.
            twins.now.0 = quoted + MAX - SECOND;
            passed(&twins.asked(own, 2, Side::Buy, 1));
            assert_eq!(twins.now.0, quoted + MAX);
            twins.now.0 = quoted + MAX - SECOND + 1;
            denied(&twins.asked(own, 3, Side::Buy, 1), check, scope, max, max + 1);
            let old = twins.replace(id, 12, 10_000, 0).unwrap();
            denied(&old, check, scope, max, max + 1_000_000_001);
            // Another quote, and it is young again.
            twins.quote(10_000, 10_002).unwrap();
            passed(&twins.asked(own, 3, Side::Buy, 1));
            // Never set: no quote is young enough but one of this very moment.
            twins.bound(field, scope, 0);
            let old = twins.asked(own, 4, Side::Buy, 1).verdict;
            assert_eq!((old.mask, old.limit, old.scope), (bit(check), 0, scope));
            twins.bound(field, scope, OFF);
            passed(&twins.asked(own, 4, Side::Buy, 1));
        });
    }
}

/// Without a price that a limit looks at nothing passes it.
#[test]
fn without_a_reference_what_needs_one_fails() {
    with_tree(0, |twins| {
        let unquoted = SymbolDefine { name: name(b'Y'), ..symbol() };
        let number = twins.step(|engine, _| engine.symbol_define(&unquoted).unwrap());
        let off = LimitsSet { symbol: number, ..LimitsSet::OFF };
        let cases: [(Check, Set); 4] = [
            (Check::Collar, |l| l.collar_ticks = Ticks(5)),
            (Check::Collar, |l| l.collar_ratio = Ratio(500_000)),
            (Check::ReferenceAge, |l| l.reference_age_max = i64::MAX),
            (Check::Notional, |l| l.notional_max = Money(i64::MAX)),
        ];
        for (check, set) in cases {
            let mut limits = off;
            set(&mut limits);
            twins.set(limits);
            twins.poll();
            // Of values only one at the market needs it.
            let price = if check == Check::Notional { 0 } else { 10_000 };
            let request = OrderSubmit { symbol: number, ..order(1, Side::Buy, 1, price) };
            assert_eq!(twins.submit_as(&request).verdict.mask, bit(check));
        }
        twins.set(off);
        let request = OrderSubmit { symbol: number, ..order(1, Side::Buy, 1, 0) };
        passed(&twins.submit_as(&request));
    });
}

fn symbol() -> SymbolDefine {
    let one = Decimal::new(1, 0);
    SymbolDefine {
        tick_size: Decimal::new(1, -2),
        lot_size: one,
        multiplier: one,
        conversion: one,
        ..SymbolDefine::EMPTY
    }
}
