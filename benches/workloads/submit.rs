//! w1s: an order is submitted and, not handed out yet, cancelled.

use criterion::Criterion;
use oms_core::status::Side;

use super::desk::{BID, Desk, limit};

pub(crate) fn bench(c: &mut Criterion) {
    for live in [0, 10_000] {
        let mut desk = Desk::new(0, 0, live);
        c.bench_function(&format!("submit+cancel/{live} live orders"), |b| {
            b.iter(|| {
                let order = desk.submit(&mut limit(Side::Buy, 2, BID));
                desk.cancel(order);
                order
            });
        });
    }
}
