//! Orders that belong together: partners, legs of an entry, what reduces a position.

use super::*;
use crate::order::OrderReplace;
use crate::risk::Verdict;
use crate::status::{OrderFact, OrderFlag, TriggerState};

impl Twins<'_> {
    fn ask(&mut self, request: &OrderSubmit) -> Result<Submitted, Status> {
        self.step(|engine, now| {
            let mut request = *request;
            request.header.now = now;
            let verdict = engine.order_check(&request);
            let answer = engine.order_submit(&request);
            if let (Ok(verdict), Ok(Submitted { status: Status::Ok, .. })) = (verdict, answer) {
                assert_eq!(answer.unwrap().verdict, verdict);
            }
            answer
        })
    }

    fn put(&mut self, request: &OrderSubmit) -> Id {
        let answer = self.ask(request).unwrap();
        assert_ne!(answer.order, Id::NONE, "{:?}", answer.verdict);
        answer.order
    }

    /// Submitted, sent and acknowledged.
    fn live(&mut self, request: &OrderSubmit) -> Id {
        let order = self.put(request);
        self.poll();
        self.report(ReportKind::Ack, order).unwrap();
        order
    }

    fn net(&self) -> Id {
        self.engine().position_net(0).unwrap().position
    }

    fn order_qty(&self, order: Id) -> i64 {
        self.engine().order_get(order, 0).unwrap().order_qty.0
    }

    fn closing(&self, position: Id) -> i64 {
        let slot = self.engine().positions.resolve(position).unwrap();
        self.engine().positions.get(slot).unwrap().closing.0
    }

    /// The legs of an order: level, lots, lots left, whether fired.
    fn legs(&self, order: Id) -> Vec<Option<(i64, i64, i64, bool)>> {
        let engine = self.engine();
        let slot = engine.orders.resolve(order).unwrap();
        let leg = |leg| {
            let trigger = engine.trigger_get(leg).ok()?;
            let fired = trigger.state == TriggerState::Fired.raw();
            Some((trigger.level.0, trigger.qty.0, trigger.left.0, fired))
        };
        engine.orders.get(slot).unwrap().legs.map(leg).to_vec()
    }

    fn leg(&self, order: Id, which: usize) -> Id {
        let slot = self.engine().orders.resolve(order).unwrap();
        self.engine().orders.get(slot).unwrap().legs[which]
    }

    fn is_cancelling(&self, order: Id) -> bool {
        OrderFact::CancelInflight.is_in(self.engine().order_get(order, 0).unwrap().facts)
    }
}

fn cancelled(twins: &mut Twins<'_>, order: Id) {
    assert_eq!(twins.cancel(order), Ok(Status::Ok));
}

fn reducer(client_id: u64, qty: i64, price: i64) -> OrderSubmit {
    OrderSubmit { flags: OrderFlag::ReduceOnly.raw(), ..order(client_id, Side::Sell, qty, price) }
}

fn entry(client_id: u64, qty: i64, stop_loss: i64, take_profit: i64) -> OrderSubmit {
    OrderSubmit {
        stop_loss: Ticks(stop_loss),
        take_profit: Ticks(take_profit),
        ..order(client_id, Side::Buy, qty, 10_002)
    }
}

#[test]
fn one_cancels_the_other() {
    with_twins(&config(), 0, |twins| {
        let low = twins.live(&order(1, Side::Buy, 10, 9_900));
        let linked = OrderSubmit { linked: low, ..order(2, Side::Sell, 10, 10_100) };
        let high = twins.live(&linked);
        assert_eq!(twins.ask(&linked).unwrap().status, Status::Exists);
        let third = OrderSubmit { client_id: 3, ..linked };
        assert_eq!(twins.ask(&third), Err(Status::State));
        assert_eq!(twins.ask(&OrderSubmit { linked: Id(7), ..third }), Err(Status::Unknown));
        assert_eq!(twins.ask(&OrderSubmit { symbol: 1, ..third }), Err(Status::Symbol));

        // A part of one is enough.
        assert_eq!(twins.fill(low, 1, 1, 9_900), Ok(Status::Ok));
        assert_eq!(twins.status_of(high), OrderStatus::PendingCancel);
        let (commands, _) = twins.poll();
        assert_eq!((commands.len(), commands[0].order, commands[0].request_id >> 63), (1, high, 1));
        assert_eq!(twins.fill(low, 2, 9, 9_900), Ok(Status::Ok));
        twins.report(ReportKind::CancelReject, high).unwrap();
        assert_eq!(twins.status_of(high), OrderStatus::Open);
        assert_eq!(twins.ask(&third), Err(Status::Terminal));
    });
}

#[test]
fn an_end_without_execution_leaves_the_other() {
    with_twins(&config(), 0, |twins| {
        for (client_id, end) in [(1, ReportKind::CancelAck), (3, ReportKind::Reject)] {
            let one = twins.put(&order(client_id, Side::Buy, 10, 9_900));
            let two = OrderSubmit { linked: one, ..order(client_id + 1, Side::Sell, 5, 10_100) };
            let two = twins.put(&two);
            twins.poll();
            twins.report(end, two).unwrap();
            assert_eq!(twins.status_of(one), OrderStatus::Submitted);
            // Who is alone may be linked again; the late word of the dead one is not heard.
            let new = OrderSubmit { linked: one, ..order(client_id + 10, Side::Sell, 5, 10_100) };
            let new = twins.put(&new);
            twins.fill(two, client_id, 1, 10_100).unwrap();
            assert_eq!(twins.status_of(one), OrderStatus::Submitted);
            // One that was not sent ends here.
            twins.fill(one, client_id + 100, 10, 9_900).unwrap();
            assert_eq!(twins.status_of(new), OrderStatus::Cancelled);
            assert_eq!(
                twins.ask(&OrderSubmit { linked: new, ..order(9, Side::Buy, 1, 9_000) }),
                Err(Status::Terminal)
            );
        }
    });
}

#[test]
fn partners_that_reduce_one_position_count_once() {
    for flags in [0, SymbolFlag::Hedged.raw()] {
        with_twins(&config(), flags, |twins| {
            trade(twins, 1, Side::Buy, 10, 10_000);
            let position = twins.engine().position_find(101).unwrap().position;
            let named = |request| OrderSubmit { position, ..request };
            let stop = twins.live(&named(reducer(2, 8, 9_900)));
            assert_eq!(twins.closing(position), 8);
            let target = named(reducer(3, 10, 10_100));
            let denied = twins.ask(&target).unwrap();
            assert_eq!(denied.verdict.first, Check::ReduceOnly.raw());
            let target = twins.live(&OrderSubmit { linked: stop, ..target });
            assert_eq!(
                (twins.closing(position), twins.engine().symbol_get(0).unwrap().working_sell),
                (10, Lots(10))
            );
            let denied = twins.ask(&named(reducer(4, 1, 10_100))).unwrap();
            assert_eq!(denied.verdict.first, Check::ReduceOnly.raw());
            // One may grow to the size of the other, not beyond.
            let mut grow = |qty| {
                twins.step(|engine, now| {
                    let mut request = OrderReplace {
                        order: stop,
                        request_id: 9,
                        qty: Lots(qty),
                        price: Ticks(9_900),
                        ..OrderReplace::EMPTY
                    };
                    request.header.now = now;
                    engine.order_replace(&request).unwrap().verdict.is_accepted()
                })
            };
            assert_eq!([grow(11), grow(10)], [false, true]);
            twins.report(ReportKind::ReplaceAck, stop).unwrap();
            assert_eq!(twins.closing(position), 10);
            twins.fill(target, 50, 4, 10_100).unwrap();
            assert!(twins.is_cancelling(stop));
            twins.report(ReportKind::CancelAck, stop).unwrap();
            assert_eq!(twins.closing(position), 6);
        });
    }
}

#[test]
fn a_bracket_covers_what_is_opened() {
    for flags in [0, SymbolFlag::Hedged.raw()] {
        with_twins(&config(), flags, |twins| {
            let buy = twins.live(&entry(1, 10, 9_900, 10_100));
            assert_eq!(twins.engine().triggers.reserved(), 2);
            twins.fill(buy, 1, 4, 10_000).unwrap();
            assert_eq!(twins.engine().triggers.reserved(), 0);
            assert_eq!(twins.legs(buy), [Some((9_900, 4, 0, false)), Some((10_100, 4, 0, false))]);
            twins.fill(buy, 2, 3, 10_000).unwrap();
            assert_eq!(twins.legs(buy)[0], Some((9_900, 7, 0, false)));

            // Reached, it closes; what is bought meanwhile is closed too.
            twins.quote(9_899, 9_901).unwrap();
            let (commands, _) = twins.poll();
            assert_eq!((commands.len(), commands[0].qty), (1, Lots(7)));
            let close = commands[0].order;
            twins.fill(buy, 3, 3, 10_000).unwrap();
            assert_eq!(twins.legs(buy)[0], Some((9_900, 10, 10, true)));
            twins.fill(close, 4, 7, 9_899).unwrap();
            // The target falls with what the stop has closed.
            assert_eq!(twins.legs(buy)[1], Some((10_100, 3, 0, false)));
            let (commands, _) = twins.poll();
            assert_eq!((commands.len(), commands[0].qty), (1, Lots(3)));
            twins.fill(commands[0].order, 5, 3, 9_899).unwrap();
            assert_eq!(twins.legs(buy), [None, None]);
            assert_eq!(twins.engine().account_get().open, 0);
        });
    }
}

#[test]
fn a_leg_waits_for_the_other() {
    with_twins(&config(), 0, |twins| {
        let buy = twins.live(&entry(1, 10, 9_900, 10_100));
        twins.fill(buy, 1, 10, 10_000).unwrap();
        twins.quote(9_900, 9_902).unwrap();
        let close = twins.poll().0[0].order;
        twins.fill(close, 2, 4, 9_900).unwrap();
        twins.quote(10_100, 10_102).unwrap();
        assert!(twins.poll().0.is_empty());
        assert_eq!(twins.legs(buy), [Some((9_900, 10, 6, true)), Some((10_100, 6, 6, true))]);
        // The close comes to nothing: both are armed again, and the target is the one reached.
        twins.report(ReportKind::CancelAck, close).unwrap();
        assert_eq!(twins.legs(buy), [Some((9_900, 6, 6, false)), Some((10_100, 6, 6, false))]);
        twins.quote(10_100, 10_102).unwrap();
        let close = twins.poll().0[0];
        assert_eq!(close.qty, Lots(6));
        twins.fill(close.order, 3, 6, 10_100).unwrap();
        assert_eq!((twins.legs(buy), twins.engine().account_get().open), (vec_none(), 0));
    });
}

fn vec_none() -> Vec<Option<(i64, i64, i64, bool)>> {
    [None, None].to_vec()
}

#[test]
fn legs_are_moved_and_cancelled_like_triggers() {
    with_twins(&config(), 0, |twins| {
        let buy = twins.live(&entry(1, 10, 9_900, 10_100));
        twins.fill(buy, 1, 4, 10_000).unwrap();
        let stop = twins.leg(buy, 0);
        let status = twins.step(|engine, now| {
            let mut cancel = TriggerCancel { trigger: stop, ..TriggerCancel::EMPTY };
            cancel.header.now = now;
            engine.trigger_cancel(&cancel)
        });
        assert_eq!(status, Ok(Status::Ok));
        assert_eq!(twins.legs(buy), [None, Some((10_100, 4, 0, false))]);
        // Lots that come later are covered again; a crossed leg fires with the report.
        twins.quote(9_890, 9_892).unwrap();
        assert_eq!(twins.fill(buy, 2, 6, 9_892), Ok(Status::Ok));
        assert_eq!(twins.legs(buy), [Some((9_900, 6, 6, true)), Some((10_100, 10, 0, false))]);
        let close = twins.poll().0[0];
        twins.fill(close.order, 3, 6, 9_890).unwrap();
        assert_eq!(twins.legs(buy), [None, Some((10_100, 4, 0, false))]);
    });
}

#[test]
fn in_a_storm_legs_wait_for_their_turn() {
    let config = Config { work_per_call: 1, ..config() };
    with_twins(&config, 0, |twins| {
        let buy = twins.live(&entry(1, 10, 9_900, 0));
        trade(twins, 2, Side::Buy, 2, 10_000);
        let position = twins.net();
        for level in [9_950, 9_940] {
            twins.step(|engine, now| {
                let mut request = TriggerArm {
                    position,
                    level: Ticks(level),
                    qty: Lots(1),
                    kind: TriggerKind::StopLoss.raw(),
                    action: TriggerAction::Close.raw(),
                    ..TriggerArm::EMPTY
                };
                request.header.now = now;
                assert_eq!(engine.trigger_arm(&request).unwrap().0, Status::Ok);
            });
        }
        assert_eq!(twins.quote(9_890, 9_892), Ok(Status::More));
        assert_eq!(twins.fill(buy, 1, 10, 9_892), Ok(Status::More));
        assert_eq!(twins.legs(buy)[0], Some((9_900, 10, 0, false)));
        let mut drain = || {
            twins.step(|engine, now| {
                let mut drain = Drain::EMPTY;
                drain.header.now = now;
                engine.drain(&drain).unwrap()
            })
        };
        assert_eq!([drain(), drain()], [Status::More, Status::Ok]);
        assert_eq!(twins.poll().0.iter().map(|c| c.qty.0).sum::<i64>(), 12);
    });
}

#[test]
fn an_entry_holds_room_for_its_legs() {
    with_twins(&config(), 0, |twins| {
        let denied = |verdict: Verdict| verdict.first == Check::Capacity.raw();
        // Three orders and six legs would need nine slots: there are eight.
        let first = twins.live(&entry(1, 10, 9_900, 10_100));
        let second = twins.put(&entry(2, 10, 9_900, 10_100));
        assert!(denied(twins.ask(&entry(3, 10, 9_900, 10_100)).unwrap().verdict));
        twins.put(&order(4, Side::Buy, 1, 9_000));
        assert_eq!(twins.engine().triggers.room(), 2);
        assert!(denied(twins.ask(&entry(3, 10, 9_900, 10_100)).unwrap().verdict));
        // The end gives it back.
        cancelled(twins, second);
        assert_eq!(twins.engine().triggers.room(), 4);
        twins.put(&entry(3, 10, 9_900, 10_100));
        twins.report(ReportKind::Reject, first).unwrap();
        assert_eq!(twins.engine().triggers.room(), 4);
    });
}

/// A position of 20 that three orders of 5 are to close, all live at the venue.
fn with_reducers(twins: &mut Twins<'_>) -> [Id; 3] {
    trade(twins, 1, Side::Buy, 20, 10_000);
    [2, 3, 4].map(|client_id| twins.live(&reducer(client_id, 5, 10_100)))
}

#[test]
fn what_reduces_shrinks_with_the_position() {
    // The jitter is not the same for both.
    let mut config = config();
    config.retry.jitter = Ratio(0);
    with_twins(&config, 0, |twins| {
        let [first, second, third] = with_reducers(twins);
        let position = twins.net();
        assert_eq!(twins.engine().order_get(third, 0).unwrap().position, position);
        assert_eq!(twins.closing(position), 15);
        // An order that is not reduce-only takes 12: of 15 lots 8 may remain.
        let sell = twins.live(&order(5, Side::Sell, 12, 0));
        twins.fill(sell, 20, 12, 10_000).unwrap();
        assert!(twins.is_cancelling(third) && !twins.is_cancelling(second));
        let (commands, _) = twins.poll();
        let kinds: Vec<_> = commands.iter().map(|c| (c.order, c.kind, c.qty.0)).collect();
        let cancel = CommandKind::Cancel.raw();
        assert_eq!(kinds, [(third, cancel, 0), (second, CommandKind::Replace.raw(), 3)]);
        assert_eq!(twins.order_qty(second), 5);
        // Refused: it is cancelled instead.
        twins.report(ReportKind::ReplaceReject, second).unwrap();
        assert!(twins.is_cancelling(second) && !twins.is_cancelling(first));
        twins.report(ReportKind::CancelAck, third).unwrap();
        twins.report(ReportKind::CancelReject, second).unwrap();
        // Once more, after a wait.
        assert!(!twins.is_cancelling(second));
        twins.timer().unwrap();
        assert!(twins.is_cancelling(second) && !twins.is_cancelling(first));
        twins.report(ReportKind::CancelAck, second).unwrap();
        // The end of the position is the end of all.
        let rest = twins.live(&order(6, Side::Sell, 8, 0));
        twins.fill(rest, 21, 8, 10_000).unwrap();
        assert!(twins.is_cancelling(first));
        twins.report(ReportKind::CancelReject, first).unwrap();
        assert!(!twins.is_cancelling(first));
        twins.timer().unwrap();
        assert!(twins.is_cancelling(first));
    });
}

#[test]
fn what_was_not_sent_is_made_smaller_here() {
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 10, 10_000);
        let sell = twins.live(&order(2, Side::Sell, 4, 0));
        cancelled(twins, sell);
        twins.poll();
        twins.report(ReportKind::CancelAck, sell).unwrap();
        let close = twins.put(&reducer(3, 10, 10_100));
        // A late fill of the cancelled order.
        twins.fill(sell, 20, 3, 10_000).unwrap();
        assert_eq!((twins.order_qty(close), twins.closing(twins.net())), (7, 7));
        let (commands, _) = twins.poll();
        assert_eq!((commands.len(), commands[0].qty), (1, Lots(7)));
    });
}

#[test]
fn a_stop_whose_close_was_cut_goes_on() {
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 10, 10_000);
        let position = twins.net();
        let stop = arm(twins, position, TriggerKind::StopLoss, 9_900);
        let other = twins.live(&order(2, Side::Sell, 4, 9_000));
        twins.quote(9_900, 9_902).unwrap();
        let close = twins.poll().0[0].order;
        twins.fill(other, 20, 4, 9_900).unwrap();
        let replace = twins.poll().0[0];
        assert_eq!((replace.order, replace.qty), (close, Lots(6)));
        twins.report(ReportKind::ReplaceReject, close).unwrap();
        assert_eq!(twins.poll().0.len(), 1);
        twins.report(ReportKind::CancelAck, close).unwrap();
        assert_eq!(twins.engine().trigger_get(stop).unwrap().state, TriggerState::Armed.raw());
        twins.quote(9_899, 9_901).unwrap();
        let close = twins.poll().0[0];
        assert_eq!(close.qty, Lots(6));
        twins.fill(close.order, 21, 6, 9_899).unwrap();
        assert_eq!((twins.engine().account_get().open, twins.poll().0.len()), (0, 0));
    });
}

#[test]
fn closes_by_hand_are_bounded_with_the_reducers() {
    let capacity = Capacity { orders: 8, ..config().capacity };
    with_twins(&Config { capacity, ..config() }, 0, |twins| {
        let [first, ..] = with_reducers(twins);
        let position = twins.net();
        let closing = twins.step(|engine, now| {
            let mut request = PositionClose { position, ..PositionClose::EMPTY };
            request.header.now = now;
            engine.position_close(&request).unwrap()
        });
        assert_eq!(twins.order_qty(closing.order), 5);
        let slot = twins.engine().positions.resolve(position).unwrap();
        let net = *twins.engine().positions.get(slot).unwrap();
        assert_eq!((net.reducers.len, net.reducing), (4, 4));
        cancelled(twins, first);
        assert_eq!(twins.engine().positions.get(slot).unwrap().reducers.len, 3);
    });
}

/// Two partners stand for one order: who is between them in age is not cut for nothing.
#[test]
fn partners_shrink_together() {
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 15, 10_000);
        let old = twins.live(&reducer(2, 10, 9_900));
        let between = twins.live(&reducer(3, 5, 10_100));
        let young = twins.live(&OrderSubmit { linked: old, ..reducer(4, 10, 10_100) });
        let sell = twins.live(&order(5, Side::Sell, 3, 0));
        twins.fill(sell, 20, 3, 10_000).unwrap();
        let (commands, _) = twins.poll();
        let found: Vec<_> = commands.iter().map(|c| (c.order, c.qty.0)).collect();
        assert_eq!(found, [(young, 7), (old, 7)]);
        assert_eq!(twins.order_qty(between), 5);
        for order in [young, old] {
            twins.report(ReportKind::ReplaceAck, order).unwrap();
        }
        assert_eq!(twins.closing(twins.net()), 12);
    });
}

/// In a hedged symbol an order that enlarges a position by name holds room on that position.
#[test]
fn legs_of_several_orders_on_one_position() {
    with_twins(&config(), SymbolFlag::Hedged.raw(), |twins| {
        let first = twins.live(&entry(1, 4, 9_900, 10_100));
        twins.fill(first, 1, 4, 10_000).unwrap();
        let position = twins.engine().position_find(101).unwrap().position;
        let more = twins.live(&OrderSubmit { position, ..entry(2, 6, 9_800, 0) });
        let slot = twins.engine().positions.resolve(position).unwrap();
        let legs = |twins: &Twins<'_>| {
            let position = twins.engine().positions.get(slot).unwrap();
            (position.legs_reserved, position.triggers.len)
        };
        assert_eq!(legs(twins), (1, 2));
        twins.fill(more, 2, 6, 10_000).unwrap();
        assert_eq!(legs(twins), (0, 3));
        assert_eq!(twins.legs(more), [Some((9_800, 6, 0, false)), None]);
        // The first stop closes its 4 lots, and its target is gone with it.
        twins.quote(9_900, 9_902).unwrap();
        let close = twins.poll().0[0];
        assert_eq!((close.position, close.qty), (position, Lots(4)));
        twins.fill(close.order, 3, 4, 9_900).unwrap();
        assert_eq!((twins.legs(first), legs(twins)), (vec_none(), (0, 1)));
        // The end of the position takes the last leg with it.
        let rest = twins.live(&OrderSubmit { position, ..order(3, Side::Sell, 6, 0) });
        twins.fill(rest, 4, 6, 9_900).unwrap();
        assert_eq!(twins.legs(more), vec_none());
    });
}

/// The order of a correction is that of its execution, named or not: a leg that it arms again and
/// that is crossed already fires within the call.
#[test]
fn a_correction_that_names_no_order_fires_the_leg_it_arms() {
    for named in [true, false] {
        with_twins(&config(), 0, |twins| {
            let entry = OrderSubmit { stop_loss: Ticks(9_990), ..order(1, Side::Buy, 8, 0) };
            let entry = twins.submit_as(&entry).order;
            twins.poll();
            twins.fill(entry, 1, 5, 10_002).unwrap();
            let leg = twins.engine().triggers.table().iter().map(|(_, t)| t.id).next().unwrap();
            let cancel = TriggerCancel { trigger: leg, ..TriggerCancel::EMPTY };
            twins.step(|engine, _| engine.trigger_cancel(&cancel)).unwrap();
            twins.quote(9_980, 9_982).unwrap();
            let order = if named { entry } else { Id::NONE };
            let answer = twins.step(|engine, now| {
                let (qty, price) = (Lots(8), Ticks(10_002));
                let told = report(ReportKind::Correct, order, now);
                let told = VenueReport { exec_id: 2, ref_exec_id: 1, qty, price, ..told };
                engine.venue_report(&told)
            });
            assert_eq!(answer, Ok(Status::Ok));
            assert_eq!(twins.engine().symbol_get(0).unwrap().draining, 0);
            assert_eq!(twins.events(EventKind::TriggerFired).len(), 1);
        });
    }
}
