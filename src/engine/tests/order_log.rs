//! The events of one order, read back.

use super::*;
use crate::event::OrderLogView;

impl Twins<'_> {
    /// The log of an order, in one piece.
    fn log(&self, id: Id, client_id: u64) -> (OrderLogView, Vec<Event>) {
        let logs = [0, 1].map(|engine: usize| {
            let mut room = [Event::EMPTY; 64];
            let view = self.engines[engine].order_log(id, client_id, 0, &mut room).unwrap();
            (view, room[..usize::try_from(view.count).unwrap()].to_vec())
        });
        assert_eq!(logs[0], logs[1]);
        logs[0].clone()
    }
}

/// Status, executed lots of events that tell a status.
fn statuses(events: &[Event]) -> Vec<(OrderStatus, i64)> {
    let told = events.iter().filter(|event| event.kind == EventKind::OrderStatus.raw());
    let status = |event: &Event| OrderStatus::from_raw(u8::try_from(event.code).unwrap()).unwrap();
    told.map(|event| (status(event), event.qty.0)).collect()
}

#[test]
fn a_log_outlives_the_poll() {
    with_twins(&config(), 0, |twins| {
        let first = twins.submit(1, Side::Buy, 10, 10_000).order;
        let other = twins.submit(2, Side::Buy, 10, 9_000).order;
        let (_, mut taken) = twins.poll();
        assert_eq!(twins.report(ReportKind::Ack, first), Ok(Status::Ok));
        assert_eq!(twins.report(ReportKind::Ack, other), Ok(Status::Ok));
        assert_eq!(twins.fill(first, 1, 4, 10_000), Ok(Status::Ok));
        taken.extend(twins.poll().1);
        assert_eq!(twins.fill(first, 2, 6, 10_000), Ok(Status::Ok));
        let (view, events) = twins.log(first, 0);
        let told = [
            (OrderStatus::Submitted, 0),
            (OrderStatus::Open, 0),
            (OrderStatus::PartiallyFilled, 4),
            (OrderStatus::Filled, 10),
        ];
        assert_eq!(statuses(&events), told);
        assert!(events.iter().all(|event| event.order == first));
        assert!(events.is_sorted_by_key(|event| event.sequence));
        assert_eq!((view.more, view.overwritten, view.oldest), (0, 0, 0));
        // The same as was taken, and what waits still.
        taken.extend(twins.poll().1);
        taken.retain(|event| event.order == first);
        assert_eq!(events, taken);
        assert_eq!(twins.log(Id::NONE, 1), twins.log(first, 0));
        assert_eq!(twins.log(other, 0).0.count, 2);
    });
}

#[test]
fn a_log_is_read_in_pieces() {
    with_twins(&config(), 0, |twins| {
        let order = twins.submit(1, Side::Buy, 10, 10_000).order;
        twins.poll();
        for exec_id in 1..=9 {
            assert_eq!(twins.fill(order, exec_id, 1, 10_000), Ok(Status::Ok));
        }
        let (whole, events) = twins.log(order, 0);
        let (mut pieces, mut from) = (Vec::new(), 0);
        loop {
            let mut room = [Event::EMPTY; 4];
            let view = twins.engine().order_log(order, 0, from, &mut room).unwrap();
            pieces.extend_from_slice(&room[..usize::try_from(view.count).unwrap()]);
            from = view.next;
            if view.more == 0 {
                break;
            }
            assert_eq!(view.count, 4);
        }
        assert_eq!((pieces, from), (events, whole.next));
        assert_eq!(twins.engine().order_log(order, 0, 0, &mut []).unwrap().more, 1);
        assert_eq!(twins.engine().order_log(order, 0, from, &mut []).unwrap().more, 0);
    });
}

#[test]
fn a_log_says_what_was_overwritten() {
    with_twins(&config(), 0, |twins| {
        let old = twins.submit(1, Side::Buy, 10, 10_000).order;
        twins.poll();
        for client_id in 2..6 {
            let id = twins.submit(client_id, Side::Buy, 1, 9_000).order;
            twins.step(|engine, now| {
                let mut request = OrderCancel { order: id, ..OrderCancel::EMPTY };
                request.header.now = now;
                engine.order_cancel(&request).unwrap()
            });
            twins.poll();
        }
        let young = twins.submit(40, Side::Buy, 1, 10_000).order;
        twins.poll();
        let denied = twins.submit(41, Side::Buy, 5_000, 10_000);
        assert!(denied.order == Id::NONE);
        for exec_id in 0..70 {
            let (view, events) = twins.log(old, 0);
            let first = statuses(&events).first() == Some(&(OrderStatus::Submitted, 0));
            assert!(first || view.overwritten == 1, "{exec_id}");
            assert!(exec_id < 64 || view.overwritten == 1);
            if exec_id == 0 {
                assert_eq!(twins.log(young, 0).0.overwritten, 0);
                assert_eq!(twins.log(Id::NONE, 41).1[0].kind, EventKind::OrderDenied.raw());
            }
            twins.report(ReportKind::Suspend, old).unwrap();
            twins.report(ReportKind::Resume, old).unwrap();
        }
        // Orders of which nothing is known: none, another engine's, one whose slot was needed.
        let engine = twins.engine();
        let log =
            |id, client_id| engine.order_log(id, client_id, 0, &mut []).map(|view| view.count);
        assert_eq!(log(Id::NONE, 0), Err(Status::Unknown));
        assert_eq!(log(Id::NONE, 12_345), Ok(0));
        assert_eq!(log(Id(old.0 ^ 1 << 63), 0), Err(Status::Foreign));
        assert_eq!(log(Id(old.0 | 0xFF), 0), Err(Status::Unknown));
    });
}
