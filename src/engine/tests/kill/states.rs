//! Kills of scopes and symbols: what they refuse, reach and close, and how they end.

use super::*;

#[test]
fn a_killed_scope_takes_nothing_and_everything_below_is_cancelled() {
    with_two(|engine| {
        let ids = [1, 2, 3].map(|scope| submit(engine, &of(scope, scope.into(), Side::Buy, 1)));
        let other = submit(engine, &of(0, 9, Side::Buy, 1));
        poll(engine);
        assert_eq!(set(engine, &state(1, None, TradingState::Killed, 0)), Ok(Status::Ok));
        let killed = i64::from(TradingState::Killed.raw());
        for scope in 1..4 {
            let verdict = say(engine, &of(scope, 20, Side::Buy, 1));
            denies(&verdict, Check::TradingState, 1, 0, killed);
        }
        // Taken back when the cancels came out, by hand.
        let back = state(1, None, TradingState::Active, 0);
        assert_eq!(set(engine, &back), Err(Status::Pending));
        let (commands, _) = poll(engine);
        assert_eq!(kinds(&commands), [(CANCEL, 0, 0); 3]);
        for id in ids {
            assert_eq!(flats(&poll(engine).1), []);
            tell(engine, ReportKind::CancelAck, id);
        }
        assert_eq!(flats(&poll(engine).1), [(1, ALL)]);
        assert_eq!(status(engine, other), OrderStatus::Submitted);
        submit(engine, &of(0, 21, Side::Buy, 1));
        say(engine, &of(2, 22, Side::Buy, 1));
        assert_eq!(set(engine, &back), Ok(Status::Ok));
        submit(engine, &of(2, 23, Side::Buy, 1));
    });
}

#[test]
fn a_killed_symbol_takes_nothing_of_any_scope_or_of_one() {
    for scope in [0, 1] {
        with_two(|engine| {
            let flatten = ControlFlag::Flatten.raw();
            trade(engine, 2, 1, Side::Buy, 5, 1_000);
            trade(engine, 0, 2, Side::Sell, 3, 1_000);
            let order = submit(engine, &of(3, 3, Side::Buy, 1));
            poll(engine);
            let kill = state(scope, Some(0), TradingState::Killed, flatten);
            assert_eq!(set(engine, &kill), Ok(Status::Ok));
            let killed = i64::from(TradingState::Killed.raw());
            denies(&say(engine, &of(2, 10, Side::Buy, 1)), Check::TradingState, scope, 0, killed);
            // Elsewhere all goes on.
            submit(engine, &OrderSubmit { symbol: 1, ..of(2, 11, Side::Buy, 1) });
            if scope == 1 {
                submit(engine, &of(0, 12, Side::Sell, 1));
            } else {
                let view = engine.symbol_get(0).unwrap();
                assert_eq!(view.trading_state, u32::from(TradingState::Killed.raw()));
            }
            let (commands, events) = poll(engine);
            let closes: Vec<_> = commands.iter().filter(|c| c.client_id >> 63 == 1).collect();
            let lots: Vec<i64> =
                closes.iter().map(|close| close.qty.0).filter(|&q| q > 0).collect();
            assert_eq!(lots, if scope == 0 { vec![5, 3] } else { vec![5] });
            let told: Vec<_> =
                events.iter().filter(|e| e.kind == EventKind::TradingState.raw()).collect();
            assert_eq!((told[0].scope, told[0].symbol, told[0].code), (scope, 0, 3));
            tell(engine, ReportKind::CancelAck, order);
            for (exec, close) in (50..).zip(closes.iter().filter(|close| close.qty.0 > 0)) {
                assert_eq!(flats(&poll(engine).1), []);
                fill(engine, close.order, exec, close.qty.0);
            }
            assert_eq!(flats(&poll(engine).1), [(scope, 0)]);
            // What comes later is closed too, until it is taken back.
            let adopt = OrderAdopt {
                client_id: 40,
                qty: Lots(2),
                price: Ticks(1_000),
                ..OrderAdopt::EMPTY
            };
            let mut adopt = OrderAdopt { scope: 2, order_type: 2, side: 1, ..adopt };
            adopt.header.now = later(engine);
            let (_, late) = engine.order_adopt(&adopt).unwrap();
            let first = poll(engine).0;
            assert_eq!((first[0].kind, first[0].order), (CANCEL, late));
            fill(engine, late, 60, 2);
            assert_eq!(kinds(&poll(engine).0), [(NEW, 0, 2)]);
            assert_eq!(
                set(engine, &state(scope, Some(0), TradingState::Active, 0)),
                Ok(Status::Ok)
            );
            submit(engine, &of(2, 13, Side::Buy, 1));
        });
    }
}

#[test]
fn the_strictest_state_binds() {
    with_two(|engine| {
        let reduce_only = state(0, Some(0), TradingState::ReduceOnly, 0);
        assert_eq!(set(engine, &reduce_only), Ok(Status::Ok));
        let verdict = say(engine, &of(2, 1, Side::Buy, 1));
        denies(&verdict, Check::TradingState, 0, 0, i64::from(TradingState::ReduceOnly.raw()));
        let halted = state(2, Some(0), TradingState::Halted, 0);
        assert_eq!(set(engine, &halted), Ok(Status::Ok));
        assert_eq!(set(engine, &state(0, Some(0), TradingState::Active, 0)), Ok(Status::Ok));
        let verdict = say(engine, &of(2, 2, Side::Buy, 1));
        denies(&verdict, Check::TradingState, 2, 0, i64::from(TradingState::Halted.raw()));
        submit(engine, &of(3, 3, Side::Buy, 1));
        submit(engine, &OrderSubmit { symbol: 1, ..of(2, 4, Side::Buy, 1) });
    });
}

#[test]
fn the_switch_closes_every_position_when_it_is_asked_to() {
    let mut storage = std::boxed::Box::new(Small::new());
    let (memory, switch) = storage.lend();
    let mut engine = opened(memory, switch, &config());
    define(&mut engine, 0);
    engine.quote(&quote(0, 1_000, 1_001, Nanos(1))).unwrap();
    let engine = &mut engine;
    trade(engine, 0, 1, Side::Buy, 5, 1_000);
    let order = submit(engine, &of(0, 2, Side::Buy, 2));
    poll(engine);
    switch.throw();
    let (commands, events) = poll(engine);
    assert_eq!((kinds(&commands), flats(&events)), (vec![(CANCEL, 0, 0)], Vec::new()));
    // Asked for afterwards.
    switch.throw_and_flatten();
    let (commands, _) = poll(engine);
    assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
    switch.throw_and_flatten();
    assert_eq!(kinds(&poll(engine).0), []);
    fill(engine, commands[0].order, 70, 5);
    assert_eq!(flats(&poll(engine).1), []);
    tell(engine, ReportKind::CancelAck, order);
    assert_eq!(flats(&poll(engine).1), [(0, ALL)]);
    // Asked for once more, it is told once more.
    switch.throw_and_flatten();
    assert_eq!(flats(&poll(engine).1), [(0, ALL)]);
    // A late execution opens a position: it is closed, until the kill is taken back.
    fill(engine, order, 71, 1);
    let (commands, _) = poll(engine);
    assert_eq!(kinds(&commands), [(NEW, 0, 1)]);
    tell(engine, ReportKind::Reject, commands[0].order);
    assert_eq!(set(engine, &state(0, None, TradingState::Active, 0)), Ok(Status::Ok));
    time(engine);
    assert_eq!(kinds(&poll(engine).0), []);
    assert!(!switch.is_thrown());
}

#[test]
fn what_a_bust_brings_in_a_killed_place_is_closed() {
    with_two(|engine| {
        let entry = submit(engine, &of(2, 1, Side::Buy, 3));
        poll(engine);
        fill(engine, entry, 60, 3);
        // Others push the order out of the table; its execution stays.
        for id in 2..26 {
            let order = submit(engine, &of(3, id, Side::Buy, 1));
            engine.order_cancel(&OrderCancel { order, ..OrderCancel::EMPTY }).unwrap();
        }
        assert!(engine.order_get(entry, 0).is_err());
        let flatten = ControlFlag::Flatten.raw();
        assert_eq!(set(engine, &state(2, None, TradingState::Killed, flatten)), Ok(Status::Ok));
        let (close, _) = poll(engine);
        assert_eq!(kinds(&close), [(NEW, 0, 3)]);
        // More than was asked for: a short of 2 is open.
        fill(engine, close[0].order, 61, 5);
        assert_eq!(kinds(&poll(engine).0), [(NEW, 0, 2)]);
        // The long is gone: the short bears what the entry had brought.
        let told = report(ReportKind::Bust, entry, later(engine));
        assert_eq!(engine.venue_report(&VenueReport { ref_exec_id: 60, ..told }), Ok(Status::Ok));
        assert_eq!(engine.scope_position_net(2, 0).unwrap().qty, Lots(5));
        assert_eq!(kinds(&poll(engine).0), [(NEW, 0, 3)]);
    });
}

#[test]
fn what_comes_back_to_life_in_a_killed_scope_is_cancelled() {
    with_two(|engine| {
        let order = submit(engine, &of(2, 1, Side::Buy, 3));
        poll(engine);
        tell(engine, ReportKind::Reject, order);
        assert_eq!(set(engine, &state(1, None, TradingState::Killed, 0)), Ok(Status::Ok));
        assert_eq!(flats(&poll(engine).1), [(1, ALL)]);
        tell(engine, ReportKind::Ack, order);
        assert_eq!(kinds(&poll(engine).0), [(CANCEL, 0, 0)]);
        assert!(!OrderMark::TimedOut.is_in(engine.order_get(order, 0).unwrap().marks));
    });
}

#[test]
fn stops_go_on_closing_in_a_killed_scope() {
    with_two(|engine| {
        trade(engine, 2, 1, Side::Buy, 5, 1_000);
        let position = engine.scope_position_net(2, 0).unwrap().position;
        let arm =
            TriggerArm { position, level: Ticks(990), kind: 1, action: 2, ..TriggerArm::EMPTY };
        let (_, stop) = engine.trigger_arm(&arm).unwrap();
        poll(engine);
        assert_eq!(set(engine, &state(2, None, TradingState::Killed, 0)), Ok(Status::Ok));
        poll(engine);
        // It fires, is rejected, is armed again with an alarm, and fires again.
        let mut bid = 990;
        for _ in 0..2 {
            engine.quote(&quote(0, bid, bid + 1, later(engine))).unwrap();
            bid -= 1;
            let (commands, _) = poll(engine);
            assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
            assert_eq!(commands[0].flags, OrderFlag::ReduceOnly.raw());
            tell(engine, ReportKind::Reject, commands[0].order);
            let (_, events) = poll(engine);
            assert!(events.iter().any(|e| e.kind == EventKind::TriggerRearmed.raw()));
        }
        // A flatten now closes what the stop would have; the stop ends with the position.
        let flatten = ControlFlag::Flatten.raw();
        assert_eq!(set(engine, &state(2, None, TradingState::Killed, flatten)), Ok(Status::Ok));
        let (commands, _) = poll(engine);
        assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
        engine.quote(&quote(0, 900, 901, later(engine))).unwrap();
        assert_eq!(kinds(&poll(engine).0), []);
        fill(engine, commands[0].order, 90, 5);
        let (commands, events) = poll(engine);
        assert_eq!((kinds(&commands), flats(&events)), (Vec::new(), vec![(2, ALL)]));
        assert!(engine.trigger_get(stop).is_err());
    });
}

/// One call about kills and cancels.
fn random_kill(engine: &mut Engine<'_>, dice: &mut Dice, now: Nanos) {
    let scope = u32::try_from(dice.below(5)).unwrap();
    let symbol = u32::from(dice.one_in(3));
    if dice.one_in(2) {
        let symbol = dice.pick(&[ALL, ALL, 0, 1]);
        let (side, flags) = (dice.pick(&[0, 0, 1, 2]), dice.pick(&[0, 1]));
        let mut request = ask(scope, symbol, side, flags);
        request.header.now = now;
        engine.mass_cancel(&request).unwrap();
        return;
    }
    let symbol = dice.one_in(2).then_some(symbol);
    let kills = dice.one_in(3);
    let new = if kills { TradingState::Killed } else { TradingState::Active };
    let flags = if kills { dice.pick(&[0, ControlFlag::Flatten.raw()]) } else { 0 };
    let mut request = state(scope, symbol, new, flags);
    request.header.now = now;
    let _ = engine.control(&request);
    if dice.one_in(2) {
        let mut timer = Timer::EMPTY;
        timer.header.now = now;
        engine.timer(&timer).unwrap();
    }
}

#[test]
fn what_is_left_in_a_place_agrees_with_the_records() {
    for case in 0..80 {
        let mut dice = Dice(case << 32 | 7);
        with_two(|engine| {
            engine.scope_define(&scope("inner", 2)).unwrap();
            limit_scope(engine, ScopeLimitsSet { scope: 4, ..ScopeLimitsSet::OFF });
            let (mut ids, mut now) = (Vec::new(), engine.now());
            for step in 0..250 {
                now.0 += SECOND;
                if dice.one_in(12) {
                    random_kill(engine, &mut dice, now);
                } else {
                    random_call(engine, &mut dice, &mut ids, now);
                }
                assert_eq!(engine.audit(), Ok(()), "case {case}, step {step}");
            }
            clear(engine, case);
        });
    }
}

/// Killed and closed, everything comes to rest: the firm is flat.
fn clear(engine: &mut Engine<'_>, case: u64) {
    let flatten = ControlFlag::Flatten.raw();
    assert_eq!(set(engine, &state(0, None, TradingState::Killed, flatten)), Ok(Status::Ok));
    let mut flat = Vec::new();
    for round in 0..200_u64 {
        let (_, events) = poll(engine);
        flat.extend(flats(&events).into_iter().filter(|&place| place == (0, ALL)));
        if !flat.is_empty() {
            return;
        }
        let mut next = Id::NONE;
        while let Ok(order) = engine.order_next(next) {
            next = order.order;
            let mut told = report(ReportKind::CancelAck, order.order, later(engine));
            if order.client_id >> 63 == 1 && order.leaves > Lots::ZERO {
                told.report = ReportKind::Fill.raw();
                told.exec_id = 1_000 + round * 100 + next.0 % 100;
                (told.qty, told.price) = (order.leaves, Ticks(1_000));
            }
            let _ = engine.venue_report(&told);
            // What was filled meanwhile.
            for answer in [ReportKind::ReplaceReject, ReportKind::CancelReject] {
                let _ = engine.venue_report(&report(answer, order.order, later(engine)));
            }
        }
        time(engine);
    }
    assert_eq!(flat, [(0, ALL)], "case {case}");
}

/// Between the kill and the next call a check says what a submit would say, in any scope.
#[test]
fn a_check_knows_of_a_kill_that_no_call_has_seen() {
    with_two(|engine| {
        let asked = [of(0, 1, Side::Buy, 1), of(2, 2, Side::Sell, 1), of(3, 3, Side::Buy, 1)];
        submit(engine, &of(2, 9, Side::Buy, 1));
        let check = |engine: &Engine<'_>, request| engine.order_check(request).unwrap().mask;
        assert!(asked.iter().all(|request| check(engine, request) == 0));
        engine.kill.throw();
        let killed = crate::risk::bit(Check::TradingState);
        assert!(asked.iter().all(|request| check(engine, request) == killed));
    });
}
