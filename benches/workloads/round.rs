//! w4: an order from submit to its last fill; every other one closes the position.

use std::hint::black_box;

use criterion::Criterion;
use oms_core::status::{ReportKind, Side};

use super::desk::{BID, Desk, limit};

pub(crate) fn bench(c: &mut Criterion) {
    for live in [0, 10_000] {
        let mut desk = Desk::new(0, 0, live);
        let mut side = Side::Buy;
        c.bench_function(&format!("round/{live} live orders"), |b| {
            b.iter(|| {
                let order = desk.submit(&mut limit(side, 2, BID + 1));
                side = side.opens().closed_by();
                desk.poll();
                let ack = desk.report(ReportKind::Ack, order);
                black_box(desk.engine.venue_report(&ack).unwrap());
                desk.fill(order, 1, BID + 1);
                desk.fill(order, 1, BID + 1);
                desk.poll()
            });
        });
    }
}
