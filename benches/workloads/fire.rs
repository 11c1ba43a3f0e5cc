//! w6: a quote that fires 1 000 of 11 000 stops, and what it queued.

use std::time::{Duration, Instant};

use criterion::Criterion;
use oms_core::num::Ticks;
use oms_core::order::OrderSubmit;
use oms_core::status::{OrderType, ReportKind, Request};
use oms_core::store::Id;

use super::desk::{BID, Desk};

const FIRED: u32 = 1_000;
const RESTING: u32 = 10_000;

/// The quote that fires them is timed; that they rest, and are taken out, is not.
fn burst(desk: &mut Desk) -> Duration {
    desk.quote(BID);
    let orders: Vec<Id> = (0..FIRED)
        .map(|n| {
            desk.rest(OrderSubmit {
                order_type: OrderType::Stop.raw(),
                stop_price: Ticks(BID - 10 - i64::from(n % 10)),
                ..OrderSubmit::EMPTY
            })
        })
        .collect();
    let begin = Instant::now();
    desk.quote(BID - 19);
    let passed = begin.elapsed();
    assert_eq!(desk.poll(), FIRED);
    for order in orders {
        let end = desk.report(ReportKind::CancelAck, order);
        desk.engine.venue_report(&end).unwrap();
    }
    passed
}

pub(crate) fn bench(c: &mut Criterion) {
    let mut desk = Desk::new(0, RESTING + FIRED, 0);
    desk.rest_stops(RESTING);
    c.bench_function(&format!("fire/{FIRED} of {}", RESTING + FIRED), |b| {
        b.iter_custom(|times| (0..times).map(|_| burst(&mut desk)).sum());
    });
}
