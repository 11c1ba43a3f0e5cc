//! Warnings of scopes below the root and of their books: each by its own share.

use super::*;

/// (check, limit, observed, symbol, scope) of the warnings that were told.
fn warnings(engine: &mut Engine<'_>) -> Vec<(Check, i64, i64, u32, u32)> {
    let mut poll = Poll { max_commands: 8, max_events: 200, ..Poll::EMPTY };
    poll.header.now = engine.now();
    let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 200]);
    let polled = engine.poll(&poll, &mut commands, &mut events).unwrap();
    let told = events[..usize::try_from(polled.events).unwrap()].iter();
    told.filter(|event| event.kind == EventKind::Warn.raw())
        .map(|e| (Check::from_raw(e.code).unwrap(), e.limit, e.observed, e.symbol, e.scope))
        .collect()
}

fn at_price(scope: u32, id: u64, side: Side, qty: i64, price: i64) -> OrderSubmit {
    OrderSubmit { price: Ticks(price), ..of(scope, id, side, qty) }
}

#[test]
fn a_scope_warns_by_its_own_share() {
    const T: i64 = TICK_LOT;
    with_tree(&tree(), 0, |engine| {
        let half = Ratio(500_000_000);
        let account = ScopeLimitsSet {
            scope: 1,
            warn_ratio: half,
            open_orders_max: 4,
            gross_max: Money(1_000 * T),
            ..ScopeLimitsSet::OFF
        };
        limit_scope(engine, account);
        let calm = LimitsSet {
            scope: 2,
            long_max: Lots(1_000),
            open_notional_max: Money(600 * T),
            ..LimitsSet::OFF
        };
        assert_eq!(engine.limits_set(&calm), Ok(Status::Ok));
        warnings(engine);
        // The book's scope warns of nothing yet.
        assert_eq!(say(engine, &at_price(2, 1, Side::Buy, 300, 1)).mask, 0);
        assert_eq!(warnings(engine), []);
        limit_scope(engine, ScopeLimitsSet { scope: 2, warn_ratio: half, ..ScopeLimitsSet::OFF });
        assert_eq!(say(engine, &at_price(2, 2, Side::Buy, 1, 1)).mask, 0);
        let told = warnings(engine);
        let all = u32::MAX;
        assert_eq!(
            told,
            [(Check::OpenOrders, 4, 2, all, 1), (Check::OpenNotional, 600 * T, 301 * T, 0, 2),]
        );
        // Told once; another scope in the account brings that near its limit.
        assert_eq!(say(engine, &at_price(2, 3, Side::Buy, 1, 1)).mask, 0);
        assert_eq!(warnings(engine), []);
        assert_eq!(say(engine, &at_price(3, 4, Side::Sell, 200, 1)).mask, 0);
        assert_eq!(warnings(engine), [(Check::Gross, 1_000 * T, 502 * T, all, 1)]);
        // Positions of the book, beside what works.
        assert_eq!(say(engine, &at_price(2, 5, Side::Buy, 100, 1)).mask, bit(Check::OpenOrders));
        limit_scope(engine, ScopeLimitsSet { scope: 1, ..ScopeLimitsSet::OFF });
        assert_eq!(say(engine, &at_price(2, 5, Side::Buy, 200, 1)).mask, 0);
        assert_eq!(warnings(engine), [(Check::Position, 1_000, 502, 0, 2)]);
    });
}
