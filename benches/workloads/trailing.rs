//! w3: quotes over trailing stops, half of them absolute, half by ratio.

use criterion::Criterion;
use oms_core::num::{Ratio, Ticks};
use oms_core::order::OrderSubmit;
use oms_core::status::{OrderType, Request};

use super::desk::{BID, Desk};

pub(crate) fn bench(c: &mut Criterion) {
    for stops in [10, 1_000] {
        let mut desk = Desk::new(0, stops, 0);
        for n in 0..stops {
            let offset = 20_000 + i64::from(n) * 1_000_003 % 200_003;
            let by_ratio = n % 2 == 1;
            desk.rest(OrderSubmit {
                order_type: OrderType::TrailingStop.raw(),
                trail_offset: Ticks(if by_ratio { 0 } else { offset }),
                trail_ratio: Ratio(if by_ratio { offset * 1_000 } else { 0 }),
                ..OrderSubmit::EMPTY
            });
        }
        let mut step = 0;
        c.bench_function(&format!("trailing/below the best/{stops} stops"), |b| {
            b.iter(|| {
                step += 1;
                desk.quote(BID - 20 - (step * 7 + step / 3) % 13);
            });
        });
        let mut bid = BID;
        c.bench_function(&format!("trailing/new high/{stops} stops"), |b| {
            b.iter(|| {
                bid += 1;
                desk.quote(bid);
            });
        });
    }
}
