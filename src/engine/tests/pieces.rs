//! Closes take the most restrictive limits of their path; breakers trip at once by lower limits;
//! events of triggers say whose they are.

use super::scopes::{limit_scope, of, trade, tree, with_tree};
use super::*;
use crate::risk::{ScopeBreakerSet, ScopeLimitsSet, bit};
use crate::status::{LimitFlag, OrderFlag};

fn poll(engine: &mut Engine<'_>) -> (Vec<Command>, Vec<Event>) {
    let (mut commands, mut events) = ([Command::default(); 16], [Event::EMPTY; 128]);
    let mut request = Poll { max_commands: 16, max_events: 128, ..Poll::EMPTY };
    request.header.now = engine.now();
    let polled = engine.poll(&request, &mut commands, &mut events).unwrap();
    assert_eq!((engine.audit(), polled.more_events), (Ok(()), 0));
    let kept = |count: u32| usize::try_from(count).unwrap();
    (commands[..kept(polled.commands)].to_vec(), events[..kept(polled.events)].to_vec())
}

fn limits(scope: u32) -> LimitsSet {
    LimitsSet { scope, ..LimitsSet::OFF }
}

#[test]
fn a_close_is_cut_to_what_every_scope_of_its_path_takes() {
    for by_stop in [false, true] {
        with_tree(&tree(), 0, |engine| {
            for id in 1..3 {
                trade(engine, 2, id, Side::Buy, 12, 1_000);
            }
            poll(engine);
            let position = engine.scope_position_net(2, 0).unwrap().position;
            // At most 11 and 9, in steps of 2 and 3: six at a time.
            engine.limits_set(&LimitsSet { qty_step: Lots(2), ..limits(0) }).unwrap();
            let book = LimitsSet { qty_step: Lots(3), qty_max: Lots(11), ..limits(1) };
            engine.limits_set(&book).unwrap();
            limit_scope(
                engine,
                ScopeLimitsSet { scope: 2, qty_max: Lots(9), ..ScopeLimitsSet::OFF },
            );
            if by_stop {
                let mut arm = TriggerArm {
                    position,
                    level: Ticks(900),
                    kind: TriggerKind::StopLoss.raw(),
                    action: TriggerAction::Close.raw(),
                    ..TriggerArm::EMPTY
                };
                arm.header.now = engine.now();
                engine.trigger_arm(&arm).unwrap();
                engine.quote(&quote(0, 900, 901, engine.now())).unwrap();
            } else {
                let mut close = PositionClose { position, ..PositionClose::EMPTY };
                close.header.now = engine.now();
                assert_eq!(engine.position_close(&close).unwrap().verdict.mask, 0);
            }
            let mut sent = Vec::new();
            while engine.position_get(position).unwrap().qty > Lots::ZERO {
                let (commands, events) = poll(engine);
                assert!(!commands.is_empty());
                let denied =
                    [EventKind::OrderDenied, EventKind::CloseUnchecked].map(EventKind::raw);
                assert!(!events.iter().any(|event| denied.contains(&event.kind)));
                for close in commands {
                    sent.push(close.qty.0);
                    let told = report(ReportKind::Fill, close.order, engine.now());
                    let exec_id = 100 + u64::try_from(sent.len()).unwrap();
                    let told = VenueReport { exec_id, qty: close.qty, price: Ticks(900), ..told };
                    assert_eq!(engine.venue_report(&told), Ok(Status::Ok));
                }
            }
            assert_eq!(sent, [6, 6, 6, 6]);
        });
    }
}

/// QTY does not bind a close, INCREMENT does: what is one step goes out.
#[test]
fn a_step_above_the_largest_quantity_goes_out() {
    with_tree(&tree(), 0, |engine| {
        trade(engine, 2, 1, Side::Buy, 13, 1_000);
        poll(engine);
        let position = engine.scope_position_net(2, 0).unwrap().position;
        engine.limits_set(&LimitsSet { qty_step: Lots(2), ..limits(0) }).unwrap();
        let book = LimitsSet { qty_step: Lots(3), qty_max: Lots(5), ..limits(1) };
        engine.limits_set(&book).unwrap();
        let mut close = PositionClose { position, ..PositionClose::EMPTY };
        close.header.now = engine.now();
        assert_eq!(engine.position_close(&close).unwrap().verdict.mask, 0);
        assert_eq!(engine.audit(), Ok(()));
        let (commands, events) = poll(engine);
        assert_eq!(commands.iter().map(|close| close.qty.0).collect::<Vec<_>>(), [6, 6]);
        let unchecked = |event: &&Event| event.kind == EventKind::CloseUnchecked.raw();
        let masks = events.iter().filter(unchecked).map(|event| event.mask);
        assert_eq!(masks.collect::<Vec<_>>(), [bit(Check::Qty); 2]);
    });
}

#[test]
fn reducers_are_made_to_fit_where_any_scope_of_the_path_says_so() {
    for (scope, clamps) in [(0, true), (1, true), (2, true), (3, false)] {
        with_tree(&tree(), 0, |engine| {
            trade(engine, 2, 1, Side::Buy, 5, 1_000);
            let flags = LimitFlag::ReduceClamp.raw();
            engine.limits_set(&LimitsSet { flags, ..limits(scope) }).unwrap();
            let flags = OrderFlag::ReduceOnly.raw();
            let asked = OrderSubmit { flags, ..of(2, 2, Side::Sell, 9) };
            let submitted = engine.order_submit(&asked).unwrap();
            assert_eq!(submitted.verdict.mask == 0, clamps, "{scope}");
            if clamps {
                assert_eq!(engine.order_get(submitted.order, 0).unwrap().order_qty, Lots(5));
            }
        });
    }
}

#[test]
fn limits_that_are_lowered_below_a_count_trip_at_once() {
    for scope in [0, 2] {
        type Lower = fn(&mut BreakerConfig);
        let lower: [(Lower, Cause); 3] = [
            (|breaker| breaker.consecutive_errors = 3, Cause::SystemError),
            (|breaker| breaker.consecutive_losses = 2, Cause::ConsecutiveLosses),
            (|breaker| breaker.streak_loss_money = Money(3 * TICK_LOT), Cause::ConsecutiveLosses),
        ];
        for (lower, cause) in lower {
            with_tree(&tree(), 0, |engine| {
                for id in [1, 3] {
                    trade(engine, scope, id, Side::Buy, 5, 1_000);
                    trade(engine, scope, id + 1, Side::Sell, 5, 999);
                }
                for _ in 0..3 {
                    let action = ControlAction::ErrorRecord.raw();
                    let mut error = Control { action, scope, ..Control::EMPTY };
                    error.header.now = engine.now();
                    engine.control(&error).unwrap();
                }
                poll(engine);
                let breaker = BreakerConfig::quiet(Nanos::ZERO);
                let mut set = ScopeBreakerSet { scope, breaker, ..ScopeBreakerSet::EMPTY };
                set.header.now = engine.now();
                (set.breaker.consecutive_errors, set.breaker.consecutive_losses) = (4, 3);
                engine.scope_breaker_set(&set).unwrap();
                let trips = |events: &[Event]| {
                    let trips = events.iter().filter(|e| e.kind == EventKind::BreakerTripped.raw());
                    trips.map(|event| (event.scope, event.code)).collect::<Vec<_>>()
                };
                assert_eq!(trips(&poll(engine).1), []);
                lower(&mut set.breaker);
                engine.scope_breaker_set(&set).unwrap();
                assert_eq!(trips(&poll(engine).1), [(scope, u32::from(cause.raw()))]);
                // Once.
                engine.scope_breaker_set(&set).unwrap();
                assert_eq!(trips(&poll(engine).1), []);
            });
        }
    }
}

#[test]
fn events_of_triggers_carry_the_scope() {
    for scope in [0, 1, 3] {
        with_tree(&tree(), 0, |engine| {
            trade(engine, scope, 1, Side::Buy, 5, 1_000);
            let position = engine.scope_position_net(scope, 0).unwrap().position;
            let mut arm = TriggerArm {
                position,
                level: Ticks(950),
                kind: TriggerKind::StopLoss.raw(),
                action: TriggerAction::Close.raw(),
                ..TriggerArm::EMPTY
            };
            arm.header.now = engine.now();
            engine.trigger_arm(&arm).unwrap();
            let held = OrderSubmit {
                order_type: OrderType::Stop.raw(),
                price: Ticks::ZERO,
                stop_price: Ticks(960),
                ..of(scope, 2, Side::Sell, 1)
            };
            assert_eq!(engine.order_submit(&held).unwrap().verdict.mask, 0);
            let ends = OrderSubmit { client_id: 3, stop_price: Ticks(900), ..held };
            let ends = engine.order_submit(&ends).unwrap().order;
            engine.quote(&quote(0, 940, 941, engine.now())).unwrap();
            let mut cancel = OrderCancel { order: ends, ..OrderCancel::EMPTY };
            cancel.header.now = engine.now();
            engine.order_cancel(&cancel).unwrap();
            let (commands, mut told) = poll(engine);
            let close = commands.iter().find(|command| command.qty == Lots(5)).unwrap();
            let reject = report(ReportKind::Reject, close.order, engine.now());
            assert_eq!(engine.venue_report(&reject), Ok(Status::Ok));
            told.extend(poll(engine).1);
            let kinds =
                [EventKind::TriggerFired, EventKind::TriggerRearmed, EventKind::TriggerEnded];
            for (kind, count) in kinds.into_iter().zip([2, 1, 1]) {
                let of_kind = told.iter().filter(|event| event.kind == kind.raw());
                let scopes: Vec<u32> = of_kind.map(|event| event.scope).collect();
                assert_eq!(scopes, std::vec![scope; count], "{kind:?}");
            }
        });
    }
}
