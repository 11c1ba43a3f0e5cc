//! Flattens that find no order slot, or a symbol that is disabled.

use super::super::scopes::plant;
use super::*;
use crate::status::LimitFlag;

/// With room for two orders.
fn with_room<R>(test: impl FnOnce(&mut Engine<'_>) -> R) -> R {
    let mut config = tree();
    config.capacity.orders = 2;
    let mut storage = std::boxed::Box::new(Storage::<2, 2, 24, 12, 256, 32, 64, 6, 12>::new());
    let (memory, kill) = storage.lend();
    let mut engine = opened(memory, kill, &config);
    plant(&mut engine, 0);
    test(&mut engine)
}

fn arm(engine: &mut Engine<'_>, scope: u32, kind: TriggerKind, level: i64, qty: i64) -> Id {
    let position = engine.scope_position_net(scope, 0).unwrap().position;
    let mut request = TriggerArm {
        position,
        level: Ticks(level),
        qty: Lots(qty),
        kind: kind.raw(),
        action: TriggerAction::Close.raw(),
        ..TriggerArm::EMPTY
    };
    request.header.now = later(engine);
    let (_, id) = engine.trigger_arm(&request).unwrap();
    assert_eq!(engine.audit(), Ok(()));
    id
}

fn of_kind(events: &[Event], kind: EventKind) -> Vec<Event> {
    events.iter().filter(|event| event.kind == kind.raw()).copied().collect()
}

fn flatten(engine: &mut Engine<'_>, scope: u32) {
    let kill = state(scope, None, TradingState::Killed, ControlFlag::Flatten.raw());
    assert_eq!(set(engine, &kill), Ok(Status::Ok));
}

#[test]
fn a_stop_lends_its_slot_to_the_close_of_a_flatten() {
    for scope in [0, 2] {
        with_room(|engine| {
            trade(engine, scope, 1, Side::Buy, 5, 1_000);
            let stop = arm(engine, scope, TriggerKind::StopLoss, 900, 0);
            let target = arm(engine, scope, TriggerKind::TakeProfit, 1_100, 2);
            poll(engine);
            flatten(engine, scope);
            let (commands, events) = poll(engine);
            assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
            let fired = of_kind(&events, EventKind::TriggerFired);
            assert_eq!((fired.len(), fired[0].trigger, fired[0].qty), (1, stop, Lots(5)));
            assert_eq!((fired[0].price, fired[0].scope), (Ticks::ZERO, scope));
            assert_eq!(fired[0].order, commands[0].order);
            // It comes to nothing: the stop is there again, and the clock tries once more.
            tell(engine, ReportKind::Reject, commands[0].order);
            let (none, events) = poll(engine);
            assert_eq!((kinds(&none), alarms(&events)), (Vec::new(), 1));
            assert_eq!(of_kind(&events, EventKind::TriggerRearmed)[0].trigger, stop);
            time(engine);
            let (commands, _) = poll(engine);
            assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
            // Both fire meanwhile, and wait.
            engine.quote(&quote(0, 1_200, 1_201, later(engine))).unwrap();
            engine.quote(&quote(0, 800, 801, later(engine))).unwrap();
            assert_eq!(engine.audit(), Ok(()));
            assert_eq!(kinds(&poll(engine).0), []);
            fill(engine, commands[0].order, 70, 5);
            let (none, events) = poll(engine);
            assert_eq!((kinds(&none), flats(&events)), (Vec::new(), vec![(scope, ALL)]));
            let ended: Vec<Id> =
                of_kind(&events, EventKind::TriggerEnded).iter().map(|e| e.trigger).collect();
            assert!(ended.contains(&stop) && ended.contains(&target));
        });
    }
}

#[test]
fn pieces_go_out_one_after_the_other_in_lent_slots() {
    with_room(|engine| {
        engine.limits_set(&LimitsSet { qty_max: Lots(2), ..LimitsSet::OFF }).unwrap();
        for id in 1..4 {
            trade(engine, 2, id, Side::Buy, 2, 1_000);
        }
        let position = engine.scope_position_net(2, 0).unwrap().position;
        arm(engine, 2, TriggerKind::StopLoss, 900, 0);
        arm(engine, 2, TriggerKind::TakeProfit, 1_100, 1);
        poll(engine);
        flatten(engine, 2);
        let mut left = 6;
        let mut exec = 50;
        while left > 0 {
            let (commands, _) = poll(engine);
            assert!(!commands.is_empty(), "{left}");
            for close in commands {
                exec += 1;
                left -= close.qty.0;
                fill(engine, close.order, exec, close.qty.0);
            }
            time(engine);
        }
        assert_eq!(flats(&poll(engine).1), [(2, ALL)]);
        let closed = engine.position_get(position).unwrap();
        assert_eq!(closed.exit, ExitReason::Flatten.raw());
    });
}

/// One position takes many pieces, the other one order: with five slots both are closed at once.
#[test]
fn one_of_many_pieces_leaves_slots_to_others() {
    let mut config = tree();
    config.capacity.orders = 5;
    let mut storage = std::boxed::Box::new(Storage::<5, 2, 24, 12, 256, 32, 64, 6, 12>::new());
    let (memory, kill) = storage.lend();
    let mut engine = opened(memory, kill, &config);
    plant(&mut engine, 0);
    let engine = &mut engine;
    let small = LimitsSet { qty_max: Lots(1), scope: 2, ..LimitsSet::OFF };
    for id in 1..9 {
        trade(engine, 2, id, Side::Buy, 1, 1_000);
    }
    trade(engine, 3, 9, Side::Buy, 5, 1_000);
    engine.limits_set(&small).unwrap();
    poll(engine);
    flatten(engine, 1);
    let (commands, events) = poll(engine);
    assert_eq!(alarms(&events), 0);
    let of_scope = |n| commands.iter().filter(|c| c.scope == n).count();
    // Of five: three, and then as many are left as positions are open.
    assert_eq!((of_scope(2), of_scope(3)), (3, 1));
    // A slot that is given back is not taken while others of it are out.
    let (mut left, mut exec) = (8, 50);
    let mut out = commands;
    while left > 0 {
        assert!(!out.is_empty(), "{left}");
        for close in core::mem::take(&mut out) {
            exec += 1;
            left -= i64::from(close.scope == 2);
            fill(engine, close.order, exec, close.qty.0);
            out.extend(poll(engine).0);
        }
    }
    assert!(engine.scope_position_net(2, 0).is_err() && engine.scope_position_net(3, 0).is_err());
}

#[test]
fn slots_of_others_are_waited_for_and_told_of() {
    with_room(|engine| {
        trade(engine, 2, 1, Side::Buy, 5, 1_000);
        trade(engine, 3, 2, Side::Buy, 5, 1_000);
        arm(engine, 3, TriggerKind::StopLoss, 900, 2);
        let other = arm(engine, 3, TriggerKind::StopLoss, 901, 2);
        poll(engine);
        flatten(engine, 2);
        for _ in 0..2 {
            let (commands, events) = poll(engine);
            let denied = of_kind(&events, EventKind::OrderDenied);
            assert_eq!((kinds(&commands), denied.len()), (Vec::new(), 1));
            assert_eq!((denied[0].code, denied[0].scope), (Check::Capacity.raw(), 2));
            time(engine);
        }
        poll(engine);
        let mut cancel = TriggerCancel { trigger: other, ..TriggerCancel::EMPTY };
        cancel.header.now = later(engine);
        engine.trigger_cancel(&cancel).unwrap();
        time(engine);
        let (commands, _) = poll(engine);
        assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
        fill(engine, commands[0].order, 60, 5);
        assert_eq!(flats(&poll(engine).1), [(2, ALL)]);
    });
}

#[test]
fn a_disabled_symbol_is_told_of_until_it_is_enabled() {
    with_two(|engine| {
        trade(engine, 2, 1, Side::Buy, 5, 1_000);
        poll(engine);
        let disabled = LimitFlag::Disabled.raw();
        engine.limits_set(&LimitsSet { flags: disabled, ..LimitsSet::OFF }).unwrap();
        flatten(engine, 2);
        for _ in 0..2 {
            let (commands, events) = poll(engine);
            let denied = of_kind(&events, EventKind::OrderDenied);
            assert_eq!((kinds(&commands), denied.len()), (Vec::new(), 1));
            assert_eq!((denied[0].code, denied[0].mask & 2), (Check::Symbol.raw(), 2));
            time(engine);
        }
        poll(engine);
        engine.limits_set(&LimitsSet::OFF).unwrap();
        time(engine);
        let (commands, _) = poll(engine);
        assert_eq!(kinds(&commands), [(NEW, 0, 5)]);
        fill(engine, commands[0].order, 60, 5);
        assert_eq!(flats(&poll(engine).1), [(2, ALL)]);
    });
}
