//! Lots that are located for the shorts of a scope, and what a scope has in a symbol.

use super::*;
use crate::market::LocateSet;
use crate::status::LimitFlag;

fn locate(engine: &mut Engine<'_>, scope: u32, qty: i64) -> Result<Status, Status> {
    let located = engine.locate_set(&LocateSet { scope, qty: Lots(qty), ..LocateSet::EMPTY });
    assert_eq!(engine.audit(), Ok(()));
    located
}

fn limited(engine: &mut Engine<'_>, scope: u32, change: impl Fn(u32) -> u32) {
    let flags = change(LimitsSet::OFF.flags);
    let limits = LimitsSet { scope, flags, ..LimitsSet::OFF };
    assert_eq!(engine.limits_set(&limits), Ok(Status::Ok));
}

#[test]
fn a_scope_sells_what_was_located_for_it() {
    let check = Check::Short;
    with_tree(&tree(), 0, |engine| {
        let needed = |flags| flags | LimitFlag::LocateNeeded.raw();
        limited(engine, 1, needed);
        // Nothing was located for the account, whatever was for the firm.
        assert_eq!(locate(engine, 0, 100), Ok(Status::Ok));
        denies(&say(engine, &of(2, 1, Side::Sell, 1)), check, 1, 0, 1);
        assert_eq!(locate(engine, 1, 10), Ok(Status::Ok));
        assert_eq!(say(engine, &of(2, 1, Side::Sell, 6)).mask, 0);
        denies(&say(engine, &of(3, 2, Side::Sell, 5)), check, 1, 10, 11);
        assert_eq!(say(engine, &of(3, 2, Side::Sell, 4)).mask, 0);
        assert_eq!(say(engine, &of(0, 3, Side::Sell, 50)).mask, 0);
        // A strategy by itself, and the firm as a whole.
        limited(engine, 3, needed);
        assert_eq!(locate(engine, 1, 99), Ok(Status::Ok));
        denies(&say(engine, &of(3, 4, Side::Sell, 1)), check, 3, 0, 5);
        assert_eq!(locate(engine, 3, 5), Ok(Status::Ok));
        assert_eq!(say(engine, &of(3, 4, Side::Sell, 1)).mask, 0);
        limited(engine, 0, needed);
        denies(&say(engine, &of(2, 5, Side::Sell, 40)), check, 0, 100, 101);
        limited(engine, 0, |flags| flags);
        // What is bought may be sold again; what may not be short at all needs no locate.
        trade(engine, 3, 5, Side::Buy, 3, 1_000);
        assert_eq!(say(engine, &of(3, 6, Side::Sell, 3)).mask, 0);
        limited(engine, 3, |flags| flags & !LimitFlag::ShortAllowed.raw());
        denies(&say(engine, &of(3, 7, Side::Sell, 1)), check, 3, 0, 6);
        limited(engine, 3, |flags| flags);
        assert_eq!(say(engine, &of(3, 7, Side::Sell, 1)).mask, 0);
        assert_eq!(locate(engine, 4, 1), Err(Status::Scope));
        assert_eq!(locate(engine, 1, -1), Err(Status::Range));
    });
}

#[test]
fn a_book_is_read() {
    with_tree(&tree(), 0, |engine| {
        assert_eq!(engine.book_get(2, 0), Err(Status::Unknown));
        assert_eq!(engine.book_get(4, 0), Err(Status::Scope));
        assert_eq!(engine.book_get(0, 2), Err(Status::Symbol));
        trade(engine, 2, 1, Side::Buy, 6, 1_000);
        trade(engine, 3, 2, Side::Sell, 2, 1_000);
        assert_eq!(say(engine, &of(3, 3, Side::Sell, 5)).mask, 0);
        assert_eq!(locate(engine, 1, 7), Ok(Status::Ok));
        let seen = engine.book_get(1, 0).unwrap();
        assert_eq!((seen.scope, seen.symbol, seen.counted, seen.located), (1, 0, 0, Lots(7)));
        assert_eq!((seen.long_qty, seen.short_qty, seen.claims), (Lots(6), Lots(2), 2));
        assert_eq!((seen.working_buy, seen.working_sell), (Lots(0), Lots(5)));
        assert_eq!((seen.open_buys, seen.open_sells, seen.gross), (0, 1, Money(0)));
        let limits = ScopeLimitsSet { scope: 2, gross_max: Money(1), ..ScopeLimitsSet::OFF };
        limit_scope(engine, limits);
        let limits = LimitsSet { scope: 1, margin_ratio: Ratio(100_000_000), ..LimitsSet::OFF };
        assert_eq!(engine.limits_set(&limits), Ok(Status::Ok));
        let money = |lots: i64| Money(lots * 1_000 * TICK_LOT);
        let seen = engine.book_get(1, 0).unwrap();
        assert_eq!((seen.counted, seen.open_notional, seen.gross), (1, money(5), money(13)));
        assert_eq!((seen.net_buy, seen.net_sell), (money(4), money(1)));
        assert_eq!(seen.margin, Money(money(4).0 / 10));
        let (seen, all) = (engine.book_get(3, 0).unwrap(), engine.book_get(0, 0).unwrap());
        assert_eq!((seen.gross, seen.net_sell, seen.margin), (money(7), money(7), money(0)));
        assert_eq!((all.gross, all.long_qty, all.margin), (money(13), Lots(6), money(0)));
        // Over all its symbols.
        let seen = engine.scope_get(1).unwrap();
        assert_eq!((seen.counted, seen.open_notional, seen.gross), (1, money(5), money(13)));
        assert_eq!((seen.net_buy, seen.net_sell), (money(4), money(1)));
        assert_eq!((seen.margin, seen.levered), (Money(money(4).0 / 10), Money(0)));
        let limits = ScopeLimitsSet { scope: 3, leverage_max: Ratio::ZERO, ..ScopeLimitsSet::OFF };
        limit_scope(engine, limits);
        let (seen, own) = (engine.scope_get(1).unwrap(), engine.scope_get(2).unwrap());
        assert_eq!((seen.levered, own.levered), (Money(13_002 * TICK_LOT), money(6)));
        // Nobody asks any more.
        limit_scope(engine, ScopeLimitsSet { scope: 3, ..ScopeLimitsSet::OFF });
        limit_scope(engine, ScopeLimitsSet { scope: 2, ..ScopeLimitsSet::OFF });
        let seen = engine.scope_get(1).unwrap();
        assert_eq!((seen.counted, seen.gross, seen.levered), (0, Money(0), Money(0)));
    });
}

#[test]
fn limits_of_a_scope_are_read() {
    with_tree(&tree(), 0, |engine| {
        assert_eq!(engine.limits_get(1, 0), Err(Status::Unknown));
        let limits = LimitsSet { scope: 1, qty_max: Lots(7), ..LimitsSet::OFF };
        assert_eq!(engine.limits_set(&limits), Ok(Status::Ok));
        assert_eq!(engine.limits_get(1, 0), Ok(limits));
        assert_eq!(engine.limits_get(2, 0), Err(Status::Unknown));
        // A book without limits of its own has none.
        assert_eq!(say(engine, &of(2, 1, Side::Sell, 1)).mask, 0);
        assert_eq!(engine.limits_get(2, 0), Ok(LimitsSet { scope: 2, ..LimitsSet::OFF }));
        let breaker = BreakerConfig { consecutive_losses: 3, ..tree().breaker };
        let request = ScopeBreakerSet { scope: 2, breaker, ..ScopeBreakerSet::EMPTY };
        assert_eq!(engine.scope_breaker_set(&request), Ok(Status::Ok));
        assert_eq!(engine.scope_breaker_get(2), Ok(request));
    });
}
