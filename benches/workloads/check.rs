//! w1: a check that passes, among live orders.

use std::hint::black_box;

use criterion::Criterion;
use oms_core::status::Side;

use super::desk::{BID, Desk, limit};

pub(crate) fn bench(c: &mut Criterion) {
    for live in [0, 10_000] {
        let mut desk = Desk::new(0, 0, live);
        let mut request = limit(Side::Buy, 2, BID);
        request.client_id = desk.id();
        c.bench_function(&format!("check/accepted/{live} live orders"), |b| {
            b.iter(|| {
                request.header.now = desk.time();
                let verdict = desk.engine.order_check(black_box(&request)).unwrap();
                assert!(verdict.is_accepted());
                verdict
            });
        });
    }
}
