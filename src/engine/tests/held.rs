//! Orders that wait here: armed, moved, let go, released, refused.

use super::*;
use crate::order::OrderReplace;
use crate::status::{Anomaly, BreakerFlag, OrderEnd, OrderFact, OrderFlag, TimeInForce};

/// A stop, take-profit or trailing order that is held here.
fn held(client_id: u64, side: Side, order_type: OrderType, stop: i64) -> OrderSubmit {
    let base = order(client_id, side, 10, 0);
    let time_in_force = TimeInForce::Gtc.raw();
    let request = OrderSubmit { order_type: order_type.raw(), time_in_force, ..base };
    match order_type {
        OrderType::TrailingStop => OrderSubmit { trail_offset: Ticks(stop), ..request },
        OrderType::StopLimit | OrderType::TakeProfitLimit => {
            OrderSubmit { stop_price: Ticks(stop), price: Ticks(stop + 3), ..request }
        }
        _ => OrderSubmit { stop_price: Ticks(stop), ..request },
    }
}

pub(super) fn stop(client_id: u64, side: Side, level: i64) -> OrderSubmit {
    held(client_id, side, OrderType::Stop, level)
}

impl Twins<'_> {
    fn has(&self, order: Id, fact: OrderFact) -> bool {
        fact.is_in(self.engine().order_get(order, 0).unwrap().facts)
    }

    fn trigger_of(&self, order: Id) -> Id {
        self.engine().order_get(order, 0).unwrap().trigger
    }

    pub(super) fn cancel(&mut self, order: Id) -> Result<Status, Status> {
        self.step(|engine, now| {
            let mut request = OrderCancel { order, request_id: 9, ..OrderCancel::EMPTY };
            request.header.now = now;
            engine.order_cancel(&request)
        })
    }

    pub(super) fn replace(
        &mut self,
        order: Id,
        qty: i64,
        price: i64,
        stop: i64,
    ) -> Result<Submitted, Status> {
        self.step(|engine, now| {
            let (qty, price, stop_price) = (Lots(qty), Ticks(price), Ticks(stop));
            let new = OrderReplace { order, request_id: 4, qty, price, ..OrderReplace::EMPTY };
            let mut request = OrderReplace { stop_price, ..new };
            request.header.now = now;
            engine.order_replace(&request)
        })
    }
}

fn kinds(events: &[Event]) -> Vec<EventKind> {
    events.iter().map(|event| EventKind::from_raw(event.kind).unwrap()).collect()
}

#[test]
fn it_waits_and_is_sent_when_the_price_comes() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&stop(1, Side::Sell, 9_950)).order;
        assert_eq!(
            (twins.status_of(id), twins.has(id, OrderFact::Armed)),
            (OrderStatus::Pending, true)
        );
        assert_eq!(twins.engine().symbol_get(0).unwrap().working_sell, Lots(10));
        assert!(twins.poll().0.is_empty());
        let trigger = twins.trigger_of(id);
        let view = twins.engine().trigger_get(trigger).unwrap();
        assert_eq!((view.order, view.position, view.level), (id, Id::NONE, Ticks(9_950)));
        assert_eq!((view.tag, view.action), (101, TriggerAction::Release.raw()));
        assert_eq!(twins.quote(9_951, 9_953), Ok(Status::Ok));
        assert!(twins.has(id, OrderFact::Armed));
        assert_eq!(twins.quote(9_948, 9_953), Ok(Status::Ok));
        let (commands, events) = twins.poll();
        assert_eq!(kinds(&events), [EventKind::TriggerFired, EventKind::OrderStatus]);
        let fired = events[0];
        assert_eq!((fired.order, fired.trigger, fired.qty), (id, trigger, Lots(10)));
        assert_eq!((fired.price, fired.limit, fired.observed), (Ticks(9_948), 9_950, 9_948));
        assert_eq!((fired.code, fired.side), (1, Side::Sell.raw()));
        let new = commands[0];
        assert_eq!((new.kind, new.order_type), (CommandKind::New.raw(), OrderType::Market.raw()));
        assert_eq!((new.qty, new.price, new.stop_price), (Lots(10), Ticks(0), Ticks(0)));
        assert!(twins.has(id, OrderFact::Triggered) && !twins.has(id, OrderFact::Armed));
        assert_eq!(twins.engine().trigger_get(trigger), Err(Status::Stale));
        assert_eq!(twins.fill(id, 1, 10, 9_948), Ok(Status::Ok));
        assert_eq!(twins.status_of(id), OrderStatus::Filled);
        assert_eq!(twins.engine().position_net(0).unwrap().qty, Lots(10));
    });
}

#[test]
fn every_type_waits_for_its_price_and_leaves_as_what_it_is_then() {
    let (market, limit) = (OrderType::Market, OrderType::Limit);
    for (side, order_type, level, quote, leaves_as) in [
        (Side::Sell, OrderType::Stop, 9_990, (9_990, 10_002), market),
        (Side::Buy, OrderType::Stop, 10_010, (10_000, 10_010), market),
        (Side::Sell, OrderType::StopLimit, 9_990, (9_990, 10_002), limit),
        (Side::Buy, OrderType::StopLimit, 10_010, (10_000, 10_010), limit),
        (Side::Sell, OrderType::TakeProfit, 10_010, (10_010, 10_020), market),
        (Side::Buy, OrderType::TakeProfit, 9_990, (9_980, 9_990), market),
        (Side::Sell, OrderType::TakeProfitLimit, 10_010, (10_010, 10_020), limit),
        (Side::Buy, OrderType::TakeProfitLimit, 9_990, (9_980, 9_990), limit),
        (Side::Sell, OrderType::TrailingStop, 10, (9_990, 10_002), market),
        (Side::Buy, OrderType::TrailingStop, 8, (10_000, 10_010), market),
    ] {
        with_twins(&config(), 0, |twins| {
            let request = held(1, side, order_type, level);
            let id = twins.submit_as(&request).order;
            assert_eq!(twins.quote(10_000, 10_002), Ok(Status::Ok));
            assert!(twins.has(id, OrderFact::Armed), "{side:?} {order_type:?}");
            assert_eq!(twins.quote(quote.0, quote.1), Ok(Status::Ok));
            assert!(twins.has(id, OrderFact::Triggered), "{side:?} {order_type:?}");
            let new = twins.poll().0[0];
            assert_eq!((new.order, new.order_type), (id, leaves_as.raw()));
            assert_eq!((new.price, new.stop_price), (request.price, Ticks(0)));
        });
    }
}

#[test]
fn a_trailing_stop_follows_the_quotes() {
    with_twins(&config(), 0, |twins| {
        let ratio = OrderSubmit {
            trail_offset: Ticks(0),
            trail_ratio: Ratio(20_000_000),
            ..held(1, Side::Sell, OrderType::TrailingStop, 0)
        };
        let id = twins.submit_as(&ratio).order;
        let trigger = twins.trigger_of(id);
        let seen = |twins: &Twins<'_>| {
            let view = twins.engine().trigger_get(trigger).unwrap();
            assert_eq!((view.kind, view.trail_ratio), (3, Ratio(20_000_000)));
            (view.peak.0, view.level.0)
        };
        assert_eq!(seen(twins), (10_000, 9_800));
        for (bid, expected) in [(10_200, (10_200, 9_996)), (10_100, (10_200, 9_996))] {
            assert_eq!(twins.quote(bid, bid + 2), Ok(Status::Ok));
            assert_eq!(seen(twins), expected);
        }
        assert_eq!(twins.quote(9_996, 9_998), Ok(Status::Ok));
        let events = twins.events(EventKind::TriggerFired);
        assert_eq!((events[0].code, events[0].limit, events[0].order), (3, 9_996, id));
    });
}

#[test]
fn whatever_ends_it_takes_its_trigger_along() {
    type End = fn(&mut Twins<'_>, Id);
    let ends: [(End, OrderStatus); 7] = [
        (|twins, id| assert_eq!(twins.cancel(id), Ok(Status::Ok)), OrderStatus::Cancelled),
        (|twins, _| twins.control(ControlAction::TradingState, 3), OrderStatus::Cancelled),
        (
            |twins, id| assert_eq!(twins.report(ReportKind::Ack, id), Ok(Status::Ok)),
            OrderStatus::Open,
        ),
        (
            |twins, id| assert_eq!(twins.report(ReportKind::Reject, id), Ok(Status::Ok)),
            OrderStatus::Rejected,
        ),
        (
            |twins, id| assert_eq!(twins.report(ReportKind::CancelAck, id), Ok(Status::Ok)),
            OrderStatus::Cancelled,
        ),
        (
            |twins, id| assert_eq!(twins.report(ReportKind::Expire, id), Ok(Status::Ok)),
            OrderStatus::Expired,
        ),
        (
            |twins, id| assert_eq!(twins.fill(id, 1, 10, 10_000), Ok(Status::Ok)),
            OrderStatus::Filled,
        ),
    ];
    for (end, status) in ends {
        for order_type in [OrderType::Stop, OrderType::TrailingStop] {
            with_twins(&config(), 0, |twins| {
                let id = twins.submit_as(&held(1, Side::Sell, order_type, 9_950)).order;
                let trigger = twins.trigger_of(id);
                end(twins, id);
                let (commands, events) = twins.poll();
                assert_eq!((twins.status_of(id), commands.len()), (status, 0));
                assert!(!twins.has(id, OrderFact::Armed) && !twins.has(id, OrderFact::Triggered));
                assert_eq!(twins.engine().trigger_get(trigger), Err(Status::Stale));
                assert_eq!(twins.trigger_of(id), trigger);
                let ended = kinds(&events);
                assert_eq!(ended.iter().filter(|&&k| k == EventKind::TriggerEnded).count(), 1);
                assert!(!ended.contains(&EventKind::TriggerFired));
            });
        }
    }
}

#[test]
fn what_the_venue_knows_of_it_is_an_anomaly() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&stop(1, Side::Sell, 9_950)).order;
        assert_eq!(twins.report(ReportKind::Ack, id), Ok(Status::Ok));
        let events = twins.events(EventKind::OrderAnomaly);
        assert_eq!(events[0].code, u32::from(Anomaly::BeforeSend.raw()));
        // It is the venue's now: the price does nothing here.
        assert_eq!(twins.quote(9_900, 9_902), Ok(Status::Ok));
        assert_eq!((twins.poll().0.len(), twins.status_of(id)), (0, OrderStatus::Open));
    });
}

#[test]
fn the_trigger_of_an_order_is_not_for_trigger_requests() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&stop(1, Side::Sell, 9_950)).order;
        let trigger = twins.trigger_of(id);
        let level = Ticks(9_000);
        let before = digest(twins.engine());
        let moved = TriggerMove { trigger, level, ..TriggerMove::EMPTY };
        assert_eq!(twins.engines[0].trigger_move(&moved), Err(Status::State));
        let cancel = TriggerCancel { trigger, ..TriggerCancel::EMPTY };
        assert_eq!(twins.engines[0].trigger_cancel(&cancel), Err(Status::State));
        for (kind, action) in [(3, 3), (4, 1), (1, 3), (2, 3)] {
            let request = TriggerArm { kind, action, ..TriggerArm::EMPTY };
            assert_eq!(twins.engines[0].trigger_arm(&request), Err(Status::Enum));
        }
        assert_eq!(digest(twins.engine()), before);
    });
}

#[test]
fn a_replace_moves_it_in_place() {
    with_twins(&config(), 0, |twins| {
        let first = twins.submit_as(&stop(1, Side::Sell, 9_950)).order;
        let second = twins.submit_as(&stop(2, Side::Sell, 9_940)).order;
        let third = twins.submit_as(&stop(3, Side::Sell, 9_940)).order;
        let trigger = twins.trigger_of(first);
        assert!(twins.replace(first, 7, 0, 9_940).unwrap().verdict.is_accepted());
        // The same level: its place stays.
        assert!(twins.replace(second, 8, 0, 9_940).unwrap().verdict.is_accepted());
        assert_eq!(twins.engine().trigger_get(trigger).unwrap().level, Ticks(9_940));
        assert_eq!(twins.engine().symbol_get(0).unwrap().working_sell, Lots(25));
        assert!(twins.poll().0.is_empty());
        assert_eq!(twins.quote(9_940, 9_942), Ok(Status::Ok));
        let commands = twins.poll().0;
        let sent: Vec<(Id, i64)> = commands.iter().map(|c| (c.order, c.qty.0)).collect();
        assert_eq!(sent, [(second, 8), (third, 10), (first, 7)]);
        // Sent, it is replaced as a market order: without a trigger price.
        assert_eq!(twins.replace(first, 8, 0, 0).unwrap().status, Status::Ok);
        let command = twins.poll().0[0];
        assert_eq!((command.kind, command.stop_price), (CommandKind::Replace.raw(), Ticks(0)));
        assert_eq!(command.order_type, OrderType::Market.raw());
    });
}

#[test]
fn nothing_begins_to_wait_while_trigger_work_is_queued() {
    with_twins(&Config { work_per_call: 1, ..config() }, 0, |twins| {
        let last = twins.submit_as(&stop(1, Side::Sell, 9_900)).order;
        twins.submit_as(&stop(2, Side::Sell, 9_950));
        twins.submit_as(&stop(3, Side::Sell, 9_960));
        assert_eq!(twins.quote(9_940, 9_942), Ok(Status::More));
        let request = stop(4, Side::Buy, 9_990);
        let asked = twins
            .step(|engine, _| (engine.order_check(&request), engine.order_submit(&request).err()));
        assert_eq!(asked, (Err(Status::Pending), Some(Status::Pending)));
        assert_eq!(twins.replace(last, 5, 0, 9_901), Err(Status::Pending));
        // What is not held here is not concerned, and a cancel never is.
        assert!(twins.submit(5, Side::Buy, 1, 0).verdict.is_accepted());
        assert_eq!(twins.cancel(last), Ok(Status::Ok));
        let drained = twins.step(|engine, now| {
            let mut request = Drain::EMPTY;
            request.header.now = now;
            engine.drain(&request)
        });
        assert_eq!(drained, Ok(Status::Ok));
        assert!(twins.submit_as(&request).verdict.is_accepted());
    });
}

#[test]
fn without_a_free_trigger_it_is_denied() {
    with_twins(&config(), 0, |twins| {
        for client_id in 1..=6 {
            assert!(twins.submit_as(&stop(client_id, Side::Sell, 9_900)).verdict.is_accepted());
        }
        let denied = twins.submit_as(&stop(7, Side::Sell, 9_900));
        assert_eq!((denied.order, denied.verdict.first), (Id::NONE, Check::Capacity.raw()));
        assert!(twins.submit(8, Side::Buy, 1, 0).verdict.is_accepted());
    });
}

#[test]
fn what_the_gate_refuses_when_it_fires_has_failed() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&stop(1, Side::Sell, 9_950)).order;
        twins.control(ControlAction::BreakerTrip, 0);
        twins.poll();
        assert_eq!(twins.quote(9_950, 9_952), Ok(Status::Ok));
        let (commands, events) = twins.poll();
        let expected = [EventKind::TriggerFired, EventKind::OrderDenied, EventKind::OrderStatus];
        assert_eq!((commands.len(), kinds(&events)), (0, expected.to_vec()));
        let denied = events[1];
        assert_eq!((denied.order, denied.code), (id, Check::Breaker.raw()));
        assert_eq!((denied.qty, denied.client_id), (Lots(10), 1));
        let view = twins.engine().order_get(id, 0).unwrap();
        assert_eq!((view.end, view.facts), (OrderEnd::Fail.raw(), OrderFact::Denied.raw()));
        assert_eq!(twins.engine().symbol_get(0).unwrap().working_sell, Lots(0));
        assert_eq!(twins.engine().account_get().denied, 1);
    });
}

#[test]
fn the_rate_does_not_hold_it_up() {
    let mut config = config();
    config.breaker.orders_per_minute = 2;
    config.breaker.flags &= !BreakerFlag::RateTrips.raw();
    with_twins(&config, 0, |twins| {
        let id = twins.submit_as(&stop(1, Side::Sell, 9_950)).order;
        twins.submit(2, Side::Buy, 1, 0);
        assert_eq!(twins.submit(3, Side::Buy, 1, 0).verdict.first, Check::RateMinute.raw());
        assert_eq!(twins.quote(9_950, 9_952), Ok(Status::Ok));
        assert!(twins.has(id, OrderFact::Triggered));
    });
}

#[test]
fn one_that_only_reduces_goes_out_against_the_breaker() {
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 10, 10_000);
        let flags = OrderFlag::ReduceOnly.raw();
        let id = twins.submit_as(&OrderSubmit { flags, ..stop(2, Side::Sell, 9_950) }).order;
        twins.control(ControlAction::BreakerTrip, 0);
        twins.poll();
        assert_eq!(twins.quote(9_950, 9_952), Ok(Status::Ok));
        let (commands, events) = twins.poll();
        assert_eq!((commands.len(), commands[0].order), (1, id));
        let unchecked = events.iter().find(|e| e.kind == EventKind::CloseUnchecked.raw()).unwrap();
        assert_eq!((unchecked.order, unchecked.code), (id, Check::Breaker.raw()));
    });
}

#[test]
fn a_position_it_closes_says_so() {
    for (order_type, level, exit) in [
        (OrderType::Stop, 9_950, ExitReason::StopLoss),
        (OrderType::TakeProfitLimit, 10_050, ExitReason::TakeProfit),
        (OrderType::TrailingStop, 50, ExitReason::TrailingStop),
    ] {
        with_twins(&config(), 0, |twins| {
            trade(twins, 1, Side::Buy, 10, 10_000);
            let id = twins.submit_as(&held(2, Side::Sell, order_type, level)).order;
            let price = if level == 10_050 { 10_050 } else { 9_950 };
            assert_eq!(twins.quote(price, price + 2), Ok(Status::Ok));
            twins.poll();
            assert_eq!(twins.fill(id, 99, 10, price), Ok(Status::Ok));
            let closed = twins.events(EventKind::PositionClosed);
            assert_eq!(closed[0].code, u32::from(exit.raw()));
        });
    }
}

#[test]
fn a_kill_reaches_what_has_just_fired() {
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 10, 10_000);
        let flags = OrderFlag::ClosePosition.raw();
        let all = OrderSubmit { flags, qty: Lots(0), ..stop(2, Side::Sell, 9_950) };
        let id = twins.submit_as(&all).order;
        let trigger = twins.trigger_of(id);
        twins.control(ControlAction::TradingState, 3);
        // Not swept yet: it fires, and goes out no more than one that waits.
        assert_eq!(twins.quote(9_950, 9_952), Ok(Status::Ok));
        assert_eq!((twins.poll().0.len(), twins.status_of(id)), (0, OrderStatus::Cancelled));
        assert_eq!(twins.engine().trigger_get(trigger), Err(Status::Stale));
    });
}

#[test]
fn one_that_closes_its_position_takes_what_nobody_closes() {
    let flags = OrderFlag::ClosePosition.raw();
    let all = |client_id, level| OrderSubmit {
        flags,
        qty: Lots(0),
        ..stop(client_id, Side::Sell, level)
    };
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 10, 10_000);
        let position = twins.engine().position_net(0).unwrap().position;
        let all = |client_id, level| OrderSubmit { position, ..all(client_id, level) };
        let first = twins.submit_as(&all(2, 9_950)).order;
        let second = twins.submit_as(&all(3, 9_940)).order;
        let view = twins.engine().order_get(first, 0).unwrap();
        assert_eq!((view.order_qty, view.leaves), (Lots(0), Lots(0)));
        assert_eq!(twins.status_of(first), OrderStatus::Pending);
        assert!(twins.replace(second, 0, 0, 9_945).unwrap().verdict.is_accepted());
        // The caller closes a part himself.
        let reduce = OrderFlag::ReduceOnly.raw();
        let part = OrderSubmit { flags: reduce, position, ..order(4, Side::Sell, 4, 0) };
        assert!(twins.submit_as(&part).verdict.is_accepted());
        twins.poll();
        assert_eq!(twins.quote(9_950, 9_952), Ok(Status::Ok));
        let new = twins.poll().0[0];
        assert_eq!((new.order, new.qty), (first, Lots(6)));
        // Its quantity is known now: it is an order like any other.
        assert!(twins.replace(first, 5, 0, 0).unwrap().verdict.is_accepted());
        twins.poll();
        // Nothing is left for the other one.
        assert_eq!(twins.quote(9_945, 9_947), Ok(Status::Ok));
        assert_eq!((twins.poll().0.len(), twins.status_of(second)), (0, OrderStatus::Cancelled));
    });
    // The position is gone: there is nothing to close.
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 10, 10_000);
        let id = twins.submit_as(&all(2, 9_950)).order;
        trade(twins, 3, Side::Sell, 10, 10_000);
        assert_eq!(twins.quote(9_950, 9_952), Ok(Status::Ok));
        assert_eq!((twins.poll().0.len(), twins.status_of(id)), (0, OrderStatus::Cancelled));
    });
}

#[test]
fn its_partner_does_not_stand_in_its_way() {
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 10, 10_000);
        let flags = OrderFlag::ReduceOnly.raw();
        let target = OrderSubmit { flags, ..order(2, Side::Sell, 10, 10_100) };
        let linked = twins.submit_as(&target).order;
        twins.poll();
        let flags = OrderFlag::ClosePosition.raw();
        let all = OrderSubmit { flags, linked, qty: Lots(0), ..stop(3, Side::Sell, 9_950) };
        let id = twins.submit_as(&all).order;
        assert_eq!(twins.quote(9_950, 9_952), Ok(Status::Ok));
        let new = twins.poll().0[0];
        assert_eq!((new.order, new.qty), (id, Lots(10)));
        assert_eq!(twins.fill(id, 99, 10, 9_950), Ok(Status::Ok));
        assert_eq!(twins.status_of(linked), OrderStatus::PendingCancel);
    });
}

#[test]
fn its_time_may_be_over_when_it_fires() {
    with_twins(&config(), 0, |twins| {
        let (expire_at, time_in_force) = (Nanos(100 * SECOND), TimeInForce::Gtd.raw());
        let dated = OrderSubmit { expire_at, time_in_force, ..stop(1, Side::Sell, 9_950) };
        let given_up = OrderSubmit { timeout_at: expire_at, ..stop(2, Side::Sell, 9_950) };
        let ids = [dated, given_up].map(|request| twins.submit_as(&request).order);
        twins.now.0 = 99 * SECOND;
        assert_eq!(twins.quote(9_950, 9_952), Ok(Status::Ok));
        let (commands, events) = twins.poll();
        assert!(commands.is_empty());
        let one = [EventKind::TriggerFired, EventKind::OrderStatus];
        assert_eq!(kinds(&events), [one, one].concat());
        assert_eq!(ids.map(|id| twins.status_of(id)), [OrderStatus::Expired; 2]);
        assert!(ids.iter().all(|&id| !twins.has(id, OrderFact::Triggered)));
    });
}

#[test]
fn the_venue_may_hold_it_instead() {
    with_twins(&config(), 0, |twins| {
        let trailing = OrderSubmit {
            hold: 1,
            trail_offset: Ticks(0),
            trail_ratio: Ratio(5_000_000),
            ..held(2, Side::Sell, OrderType::TrailingStop, 0)
        };
        let limit = OrderSubmit { hold: 1, ..held(1, Side::Sell, OrderType::StopLimit, 9_950) };
        let id = twins.submit_as(&limit).order;
        twins.submit_as(&trailing);
        let commands = twins.poll().0;
        assert_eq!((commands[0].stop_price, commands[0].price), (Ticks(9_950), Ticks(9_953)));
        assert_eq!((commands[0].order_type, commands[1].order_type), (4, 7));
        assert_eq!(
            (commands[1].trail_offset, commands[1].trail_ratio),
            (Ticks(0), Ratio(5_000_000))
        );
        assert_eq!(twins.engine().table_get(TableKind::Triggers).used, 0);
        assert_eq!(twins.report(ReportKind::Ack, id), Ok(Status::Ok));
        assert_eq!(twins.replace(id, 10, 9_943, 9_940).unwrap().status, Status::Ok);
        let replace = twins.poll().0[0];
        assert_eq!((replace.price, replace.stop_price), (Ticks(9_943), Ticks(9_940)));
        assert_eq!(replace.trail_offset, Ticks(0));
    });
}

#[test]
fn before_the_first_quote_a_trailing_stop_has_no_level() {
    let mut storage = Small::new();
    let (memory, kill) = storage.lend();
    let mut engine = opened(memory, kill, &config());
    define(&mut engine, 0);
    let request = held(1, Side::Buy, OrderType::TrailingStop, 10);
    let id = engine.order_submit(&request).unwrap().order;
    let trigger = engine.order_get(id, 0).unwrap().trigger;
    let seen = |engine: &Engine<'_>| engine.trigger_get(trigger).map(|t| (t.level.0, t.peak.0));
    assert_eq!((seen(&engine), engine.audit()), (Ok((0, 0)), Ok(())));
    engine.quote(&quote(0, 9_998, 10_000, Nanos(1))).unwrap();
    assert_eq!((seen(&engine), engine.audit()), (Ok((10_010, 10_000)), Ok(())));
}
