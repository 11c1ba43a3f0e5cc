//! What the clock does: orders lapse, are given up, are sent again.

use super::*;
use crate::order::OrderExtend;
use crate::status::{OrderFact, OrderMark, Reason, TimeInForce};

const DAY: u64 = Nanos::DAY;

impl Twins<'_> {
    fn clock(&mut self, at: u64) -> Status {
        self.now.0 = at - SECOND;
        self.step(|engine, now| {
            let mut request = Timer::EMPTY;
            request.header.now = now;
            engine.timer(&request).unwrap()
        })
    }

    fn extend(&mut self, order: Id, at: u64) -> Result<Status, Status> {
        self.step(|engine, now| {
            let timeout_at = Nanos(at);
            let mut request = OrderExtend { order, timeout_at, ..OrderExtend::EMPTY };
            request.header.now = now;
            engine.order_extend(&request)
        })
    }

    fn is_timed_out(&self, order: Id) -> bool {
        OrderMark::TimedOut.is_in(self.engine().order_get(order, 0).unwrap().marks)
    }
}

fn lasting(client_id: u64, time_in_force: TimeInForce, expire_at: u64) -> OrderSubmit {
    let time_in_force = time_in_force.raw();
    let expire_at = Nanos(expire_at);
    OrderSubmit { time_in_force, expire_at, ..order(client_id, Side::Buy, 5, 9_000) }
}

fn given_up(client_id: u64, at: u64) -> OrderSubmit {
    OrderSubmit { timeout_at: Nanos(at), ..lasting(client_id, TimeInForce::Gtc, 0) }
}

#[test]
fn what_was_not_handed_out_lapses() {
    with_twins(&config(), 0, |twins| {
        let requests = [
            lasting(1, TimeInForce::Day, 0),
            lasting(2, TimeInForce::Gtc, 0),
            lasting(3, TimeInForce::Gtd, 500 * SECOND),
            lasting(4, TimeInForce::Ioc, 0),
        ];
        let ids = requests.map(|request| twins.submit_as(&request).order);
        let of = |twins: &Twins<'_>| ids.map(|id| twins.status_of(id) == OrderStatus::Expired);
        assert_eq!(twins.clock(500 * SECOND - 1), Status::Ok);
        assert_eq!(of(twins), [false; 4]);
        assert_eq!(twins.clock(500 * SECOND), Status::Ok);
        assert_eq!(of(twins), [false, false, true, false]);
        assert_eq!(twins.clock(DAY - 1), Status::Ok);
        assert_eq!(of(twins), [false, false, true, false]);
        assert_eq!(twins.clock(DAY), Status::Ok);
        assert_eq!(of(twins), [true, false, true, false]);
        assert_eq!(twins.engine().symbol_get(0).unwrap().working_buy, Lots(10));
    });
}

#[test]
fn the_day_ends_with_the_session() {
    let mut config = config();
    config.breaker.session_offset = Nanos(DAY / 4);
    with_twins(&config, 0, |twins| {
        let first = twins.submit_as(&lasting(1, TimeInForce::Day, 0)).order;
        assert_eq!(twins.clock(DAY / 4 - 1), Status::Ok);
        assert_eq!(twins.status_of(first), OrderStatus::Pending);
        assert_eq!(twins.clock(DAY / 4), Status::Ok);
        assert_eq!(twins.status_of(first), OrderStatus::Expired);
        let second = twins.submit_as(&lasting(2, TimeInForce::Day, 0)).order;
        assert_eq!(twins.clock(DAY / 4 + DAY - 1), Status::Ok);
        assert_eq!(twins.status_of(second), OrderStatus::Pending);
        assert_eq!(twins.clock(DAY / 4 + DAY), Status::Ok);
        assert_eq!(twins.status_of(second), OrderStatus::Expired);
    });
}

#[test]
fn what_has_lapsed_is_not_handed_out() {
    with_twins(&config(), 0, |twins| {
        let lapsed = twins.submit_as(&lasting(1, TimeInForce::Gtd, 100 * SECOND)).order;
        let given_up = twins.submit_as(&given_up(2, 100 * SECOND)).order;
        let lives = twins.submit_as(&lasting(3, TimeInForce::Gtd, 101 * SECOND)).order;
        twins.now.0 = 99 * SECOND;
        let commands = twins.poll().0;
        assert_eq!(commands.iter().map(|c| c.order).collect::<Vec<Id>>(), [lives]);
        let statuses = [lapsed, given_up].map(|id| twins.status_of(id));
        assert_eq!(statuses, [OrderStatus::Expired; 2]);
        // Once it is out, its time in force is the venue's affair.
        assert_eq!(twins.clock(101 * SECOND), Status::Ok);
        assert_eq!(twins.status_of(lives), OrderStatus::Submitted);
    });
}

#[test]
fn what_was_sent_is_cancelled_when_it_is_given_up() {
    with_twins(&config(), 0, |twins| {
        let sent = twins.submit_as(&given_up(1, 100 * SECOND)).order;
        twins.poll();
        let unsent = twins.submit_as(&given_up(2, 100 * SECOND)).order;
        assert_eq!(twins.report(ReportKind::Ack, sent), Ok(Status::Ok));
        assert_eq!(twins.clock(100 * SECOND - 1), Status::Ok);
        assert!(!twins.is_timed_out(sent));
        assert_eq!(twins.status_of(unsent), OrderStatus::Pending);
        assert_eq!(twins.clock(100 * SECOND), Status::Ok);
        assert!(twins.is_timed_out(sent) && !twins.is_timed_out(unsent));
        assert_eq!(twins.status_of(unsent), OrderStatus::Expired);
        assert_eq!(twins.status_of(sent), OrderStatus::PendingCancel);
        let commands = twins.poll().0;
        assert_eq!((commands.len(), commands[0].kind), (1, CommandKind::Cancel.raw()));
        assert_eq!((commands[0].order, commands[0].request_id >> 63), (sent, 1));
        // Once: the venue's refusal stands.
        assert_eq!(twins.report(ReportKind::CancelReject, sent), Ok(Status::Ok));
        assert_eq!(twins.clock(300 * SECOND), Status::Ok);
        assert!(twins.poll().0.is_empty());
        // Until its time is set anew.
        assert_eq!(twins.extend(sent, 400 * SECOND), Ok(Status::Ok));
        assert!(!twins.is_timed_out(sent));
        assert_eq!(twins.clock(400 * SECOND), Status::Ok);
        assert_eq!(twins.poll().0.len(), 1);
        assert_eq!(twins.report(ReportKind::CancelAck, sent), Ok(Status::Ok));
        assert_eq!(twins.status_of(sent), OrderStatus::Cancelled);
        assert_eq!(twins.extend(sent, 0), Err(Status::Terminal));
    });
}

#[test]
fn a_cancel_in_flight_is_waited_for() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&given_up(1, 100 * SECOND)).order;
        twins.poll();
        let cancel = |engine: &mut Engine<'_>, now| {
            let mut request = OrderCancel { order: id, request_id: 5, ..OrderCancel::EMPTY };
            request.header.now = now;
            engine.order_cancel(&request)
        };
        assert_eq!(twins.step(cancel), Ok(Status::Ok));
        assert_eq!(twins.poll().0.len(), 1);
        assert_eq!(twins.clock(150 * SECOND), Status::Ok);
        assert!(twins.poll().0.is_empty() && !twins.is_timed_out(id));
        let refused = twins.step(|engine, now| {
            let reason = Reason::TooLate.raw();
            let report = report(ReportKind::CancelReject, id, now);
            engine.venue_report(&VenueReport { reason, ..report })
        });
        assert_eq!(refused, Ok(Status::Ok));
        assert_eq!(twins.clock(160 * SECOND), Status::Ok);
        assert!(twins.is_timed_out(id));
        assert_eq!(twins.poll().0[0].kind, CommandKind::Cancel.raw());
    });
}

#[test]
fn when_it_is_given_up_can_be_changed() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&given_up(1, 100 * SECOND)).order;
        assert_eq!(twins.extend(id, 2), Err(Status::Range));
        assert_eq!(twins.extend(id, twins.now.0 + SECOND), Err(Status::Range));
        assert_eq!(twins.extend(id, 200 * SECOND), Ok(Status::Ok));
        assert_eq!(twins.clock(150 * SECOND), Status::Ok);
        assert_eq!(twins.status_of(id), OrderStatus::Pending);
        assert_eq!(twins.extend(id, 0), Ok(Status::Ok));
        assert_eq!(twins.clock(250 * SECOND), Status::Ok);
        assert_eq!(twins.status_of(id), OrderStatus::Pending);
        let unknown = OrderExtend { client_id: 99, ..OrderExtend::EMPTY };
        assert_eq!(twins.engines[0].order_extend(&unknown), Err(Status::Unknown));
    });
}

#[test]
fn the_earliest_deadline_comes_first_and_work_is_bounded() {
    with_twins(&Config { work_per_call: 2, ..config() }, 0, |twins| {
        let times = [130, 110, 120, 110, 900];
        let ids: Vec<Id> = times
            .iter()
            .zip(1..)
            .map(|(&at, client_id)| twins.submit_as(&given_up(client_id, at * SECOND)).order)
            .collect();
        twins
            .step(|engine, now| {
                let mut events = [Event::EMPTY; 64];
                let mut request = Poll { max_events: 64, ..Poll::EMPTY };
                request.header.now = now;
                engine.poll(&request, &mut [], &mut events).map(|polled| polled.commands)
            })
            .unwrap();
        let ended = |twins: &mut Twins<'_>| {
            let events = twins.step(|engine, now| {
                let mut events = [Event::EMPTY; 64];
                let mut request = Poll { max_events: 64, ..Poll::EMPTY };
                request.header.now = now;
                let polled = engine.poll(&request, &mut [], &mut events).unwrap();
                events[..usize::try_from(polled.events).unwrap()].to_vec()
            });
            events.iter().map(|event| event.order).collect::<Vec<Id>>()
        };
        assert_eq!(twins.clock(500 * SECOND), Status::More);
        assert_eq!(ended(twins), [ids[1], ids[3]]);
        let drained = twins.step(|engine, now| {
            let mut request = Drain::EMPTY;
            request.header.now = now;
            engine.drain(&request)
        });
        assert_eq!(drained, Ok(Status::Ok));
        assert_eq!(ended(twins), [ids[2], ids[0]]);
        assert_eq!(twins.status_of(ids[4]), OrderStatus::Pending);
    });
}

#[test]
fn what_could_not_be_sent_is_sent_again_when_its_wait_is_over() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&given_up(1, 900 * SECOND)).order;
        twins.poll();
        assert_eq!(twins.status_of(id), OrderStatus::Submitted);
        // What a definite failure to send does to the facts.
        let fails = |engine: &mut Engine<'_>, _| {
            let slot = engine.orders.resolve(id).unwrap();
            engine.change_order(slot, |order| {
                order.facts &= !OrderFact::Sent.raw();
                order.retries += 1;
                order.retry_at = Nanos(100 * SECOND);
            })
        };
        assert_eq!(twins.step(fails), Some(()));
        assert_eq!(twins.clock(100 * SECOND - 1), Status::Ok);
        assert_eq!((twins.poll().0.len(), twins.status_of(id)), (0, OrderStatus::Pending));
        twins.now.0 = 90 * SECOND;
        assert_eq!(twins.clock(102 * SECOND), Status::Ok);
        let again = twins.poll().0[0];
        assert_eq!((again.kind, again.order, again.client_id), (CommandKind::New.raw(), id, 1));
        assert_eq!(twins.status_of(id), OrderStatus::Submitted);
        // Given up while it waits, it is not sent any more.
        assert_eq!(twins.step(fails), Some(()));
        assert_eq!(twins.extend(id, 104 * SECOND + 1), Err(Status::Range));
        assert_eq!(twins.extend(id, 200 * SECOND), Ok(Status::Ok));
        assert_eq!(twins.clock(200 * SECOND), Status::Ok);
        assert_eq!((twins.poll().0.len(), twins.status_of(id)), (0, OrderStatus::Expired));
    });
}

#[test]
fn deadlines_are_in_the_digest() {
    with_twins(&config(), 0, |twins| {
        let id = twins.submit_as(&given_up(1, 100 * SECOND)).order;
        let before = digest(twins.engine());
        let mut request = OrderExtend { order: id, ..OrderExtend::EMPTY };
        request.header.now = twins.now;
        twins.engines[0].order_extend(&request).unwrap();
        assert_ne!(digest(twins.engine()), before);
    });
}
