//! w2: a quote that fires nothing, over resting stops; and one that is a new equity peak.

use criterion::Criterion;

use super::desk::{BID, Desk};

pub(crate) fn bench(c: &mut Criterion) {
    for stops in [10, 1_000, 100_000] {
        let mut desk = Desk::new(0, stops, 0);
        desk.open();
        desk.rest_stops(stops);
        let mut step = 0;
        c.bench_function(&format!("quote/nothing fires/{stops} stops"), |b| {
            b.iter(|| {
                step = (step + 1) % 32;
                desk.quote(BID + if step < 16 { step } else { 32 - step });
            });
        });
        let mut bid = BID + 16;
        c.bench_function(&format!("quote/new equity peak/{stops} stops"), |b| {
            b.iter(|| {
                bid += 1;
                desk.quote(bid);
            });
        });
    }
}
