//! Books: their room, their first limits, and the reference that they go by.

use super::*;

#[test]
fn without_room_for_a_book_nothing_passes() {
    let mut config = tree();
    config.capacity.books = 12;
    with_tree(&config, 0, |engine| {
        for letter in ["a", "b"] {
            engine.scope_define(&scope(letter, 0)).unwrap();
        }
        // Every book owns the slot of a net position.
        for scope in 1..6 {
            let limits = ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF };
            limit_scope(engine, limits);
            assert_eq!(say(engine, &of(scope, u64::from(scope), Side::Buy, 1)).mask, 0);
        }
        assert_eq!(engine.table_get(TableKind::Books).used, 5);
    });
}

#[test]
fn a_book_and_a_position_need_a_slot_each() {
    let mut config = tree();
    // One for each symbol, two more: a book and a position of scope 1, none besides.
    config.capacity.positions = 4;
    let mut storage = std::boxed::Box::new(Storage::<24, 2, 4, 12, 256, 32, 64, 6, 12>::new());
    let (memory, kill) = storage.lend();
    let mut engine = opened(memory, kill, &config);
    define(&mut engine, SymbolFlag::Hedged.raw());
    for (text, scope) in [("one", 1), ("two", 2)] {
        engine.scope_define(&self::scope(text, 0)).unwrap();
        limit_scope(&mut engine, ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF });
    }
    engine.quote(&quote(0, 1_000, 1_001, Nanos(1))).unwrap();
    assert_eq!(say(&mut engine, &of(1, 1, Side::Buy, 1)).mask, 0);
    denies(&say(&mut engine, &of(1, 2, Side::Buy, 1)), Check::Capacity, 0, 0, 0);
    let limits = LimitsSet { scope: 2, ..LimitsSet::OFF };
    assert_eq!(engine.limits_set(&limits), Err(Status::Capacity));
    // Without the order there is one slot: for a book, or for a position, not for both.
    let order = engine.order_get(Id::NONE, 1).unwrap().order;
    engine.order_cancel(&OrderCancel { order, ..OrderCancel::EMPTY }).unwrap();
    denies(&say(&mut engine, &of(2, 3, Side::Buy, 1)), Check::Capacity, 0, 0, 0);
    let open = PositionOpen {
        symbol: 0,
        scope: 2,
        qty: Lots(1),
        price: Ticks(1_000),
        side: 1,
        ..PositionOpen::EMPTY
    };
    let (verdict, _) = engine.position_open(&open).unwrap();
    denies(&verdict, Check::Capacity, 0, 0, 0);
    let adopt = PositionAdopt {
        scope: 2,
        qty: Lots(1),
        price: Ticks(1_000),
        side: 1,
        ..PositionAdopt::EMPTY
    };
    assert_eq!(engine.position_adopt(&adopt), Err(Status::Capacity));
    assert_eq!(say(&mut engine, &of(1, 4, Side::Buy, 1)).mask, 0);
    assert_eq!(engine.audit(), Ok(()));
}

#[test]
fn the_first_limits_of_a_book_tell_what_they_limit() {
    with_tree(&tree(), 0, |engine| {
        let mut poll = Poll { max_events: 64, ..Poll::EMPTY };
        poll.header.now = engine.now();
        let mut events = [Event::EMPTY; 64];
        let mut changes = |engine: &mut Engine<'_>, limits: &LimitsSet| {
            engine.poll(&poll, &mut [], &mut events).unwrap();
            assert_eq!(engine.limits_set(limits), Ok(Status::Ok));
            let polled = engine.poll(&poll, &mut [], &mut events).unwrap();
            let told = events.iter().take(usize::try_from(polled.events).unwrap());
            let told = told.filter(|e| e.kind == EventKind::LimitChanged.raw());
            told.map(|e| (e.scope, e.limit, e.observed)).collect::<std::vec::Vec<_>>()
        };
        let off = LimitsSet { scope: 2, ..LimitsSet::OFF };
        assert_eq!(changes(engine, &off), []);
        let limits = LimitsSet { scope: 3, qty_step: Lots(2), ..LimitsSet::OFF };
        assert_eq!(changes(engine, &limits), [(3, 2, OFF)]);
    });
}

#[test]
fn a_scope_looks_at_a_reference_of_its_own() {
    with_tree(&tree(), 0, |engine| {
        let last = |ticks| Trade { price: Ticks(ticks), ..Trade::EMPTY };
        let limits = LimitsSet {
            scope: 1,
            collar_ticks: Ticks(5),
            reference: Reference::Last.raw(),
            reference_age_max: 10,
            ..LimitsSet::OFF
        };
        assert_eq!(engine.limits_set(&limits), Ok(Status::Ok));
        // Nothing was traded yet.
        let verdict = say(engine, &of(2, 1, Side::Buy, 1));
        assert_eq!(verdict.mask, bit(Check::Collar) | bit(Check::ReferenceAge));
        assert_eq!((verdict.first, verdict.scope), (Check::Collar.raw(), 1));
        engine.trade(&last(994)).unwrap();
        denies(&say(engine, &of(2, 1, Side::Buy, 1)), Check::Collar, 1, 999, 1_000);
        engine.trade(&last(995)).unwrap();
        assert_eq!(say(engine, &of(2, 1, Side::Buy, 1)).mask, 0);
        assert_eq!(say(engine, &of(0, 2, Side::Buy, 1)).mask, 0);
    });
}
