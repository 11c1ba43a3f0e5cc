//! Warnings of limits of one order, of repeats and of silence.

use super::*;

/// Warnings that the polls of an engine hand out: check, scope, limit, observed.
fn warned(engine: &mut Engine<'_>) -> Vec<(u32, u32, i64, i64)> {
    let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 64]);
    let mut request = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
    request.header.now = engine.now();
    let polled = engine.poll(&request, &mut commands, &mut events).unwrap();
    assert_eq!(engine.audit(), Ok(()));
    let told = events.iter().take(usize::try_from(polled.events).unwrap());
    let warns = told.filter(|event| event.kind == EventKind::Warn.raw());
    warns.map(|e| (e.code, e.scope, e.limit, e.observed)).collect()
}

fn with_warnings(test: impl FnOnce(&mut Engine<'_>)) {
    with_tree(&tree(), 0, |engine| {
        let warn_ratio = Ratio(800_000_000);
        limit_scope(engine, ScopeLimitsSet { scope: 1, warn_ratio, ..ScopeLimitsSet::OFF });
        test(engine);
    });
}

#[test]
fn one_order_near_a_limit_of_its_own_is_told_of_until_one_is_not() {
    with_warnings(|engine| {
        let limits = LimitsSet {
            scope: 1,
            qty_max: Lots(10),
            notional_max: Money(100_000 * TICK_LOT),
            collar_ticks: Ticks(10),
            ..LimitsSet::OFF
        };
        engine.limits_set(&limits).unwrap();
        warned(engine);
        let mut id = 0;
        let mut ask = |engine: &mut Engine<'_>, qty: i64, price: i64| {
            id += 1;
            let order = OrderSubmit { price: Ticks(price), ..of(2, id, Side::Buy, qty) };
            assert_eq!(engine.order_submit(&order).unwrap().verdict.mask, 0);
            warned(engine)
        };
        let [qty, collar] = [Check::Qty, Check::Collar].map(Check::raw);
        assert_eq!(ask(engine, 7, 1_000), []);
        assert_eq!(ask(engine, 8, 1_000), [(qty, 1, 10, 8)]);
        assert_eq!(ask(engine, 9, 1_008), []);
        // The offer is at 1001.
        assert_eq!(ask(engine, 9, 1_009), [(collar, 1, 10, 8)]);
        assert_eq!(ask(engine, 7, 1_000), []);
        assert_eq!(ask(engine, 10, 1_011), [(qty, 1, 10, 10), (collar, 1, 10, 10)]);
        // Of the scope itself.
        let warn_ratio = Ratio(800_000_000);
        let most = ScopeLimitsSet { scope: 1, warn_ratio, qty_max: Lots(5), ..ScopeLimitsSet::OFF };
        limit_scope(engine, most);
        warned(engine);
        assert_eq!(ask(engine, 3, 1_000), []);
        assert_eq!(ask(engine, 4, 1_000), [(qty, 1, 5, 4)]);
        assert_eq!(ask(engine, 5, 1_000), []);
    });
}

#[test]
fn duplicates_and_repeats_warn_when_they_come_near() {
    with_warnings(|engine| {
        let limits = LimitsSet {
            scope: 1,
            duplicate_max: 5,
            duplicate_window: Nanos(60 * SECOND),
            repeat_max: 5,
            repeat_window: Nanos(60 * SECOND),
            ..LimitsSet::OFF
        };
        engine.limits_set(&limits).unwrap();
        warned(engine);
        let [duplicate, repeat] = [Check::Duplicate, Check::Repeat].map(Check::raw);
        let mut told = Vec::new();
        for id in 1..5 {
            let order = engine.order_submit(&of(2, id, Side::Buy, 1)).unwrap().order;
            told.extend(warned(engine));
            let fill = report(ReportKind::Fill, order, engine.now());
            let fill = VenueReport { exec_id: id, qty: Lots(1), price: Ticks(1_000), ..fill };
            engine.venue_report(&fill).unwrap();
            told.extend(warned(engine));
        }
        assert_eq!(told, [(duplicate, 1, 5, 4), (repeat, 1, 5, 4)]);
        // Another one is like no other, and lets it be told again.
        engine.order_submit(&of(2, 9, Side::Buy, 2)).unwrap();
        assert_eq!(warned(engine), []);
        engine.order_submit(&of(2, 10, Side::Buy, 1)).unwrap();
        assert_eq!(warned(engine), [(duplicate, 1, 5, 5)]);
    });
}

#[test]
fn a_silence_is_told_of_before_it_is_too_long() {
    with_warnings(|engine| {
        let most = i64::try_from(10 * SECOND).unwrap();
        let warn_ratio = Ratio(800_000_000);
        let limits =
            ScopeLimitsSet { scope: 1, warn_ratio, heartbeat_max: most, ..ScopeLimitsSet::OFF };
        limit_scope(engine, limits);
        let wait = |engine: &mut Engine<'_>, nanos: u64| {
            let mut timer = Timer::EMPTY;
            timer.header.now = Nanos(engine.now().0 + nanos);
            engine.timer(&timer).unwrap();
            warned(engine)
        };
        let beat = |engine: &mut Engine<'_>| {
            let action = ControlAction::Heartbeat.raw();
            let mut beat = Control { action, scope: 1, ..Control::EMPTY };
            beat.header.now = engine.now();
            engine.control(&beat).unwrap();
        };
        let near = (Check::Heartbeat.raw(), 1, most, most / 10 * 8);
        for _ in 0..2 {
            beat(engine);
            assert_eq!(wait(engine, 8 * SECOND - 1), []);
            assert_eq!(wait(engine, 1), [near]);
            assert_eq!(wait(engine, SECOND), []);
        }
        // Too long already: that tells more.
        beat(engine);
        assert_eq!(wait(engine, 11 * SECOND), []);
        assert_eq!(wait(engine, SECOND), []);
    });
}
