//! A stop is armed and cancelled among others.

use std::hint::black_box;

use criterion::Criterion;
use oms_core::num::Ticks;
use oms_core::status::{Request, SymbolFlag, TriggerAction, TriggerKind};
use oms_core::store::Id;
use oms_core::trigger::{TriggerArm, TriggerCancel};

use super::desk::{BID, Desk};

/// Most triggers of one position.
const PER_POSITION: u32 = 8;

fn arm(desk: &mut Desk, position: Id, level: i64) -> Id {
    let mut request = TriggerArm {
        position,
        level: Ticks(level),
        kind: TriggerKind::StopLoss.raw(),
        action: TriggerAction::Close.raw(),
        ..TriggerArm::EMPTY
    };
    request.header.now = desk.time();
    desk.engine.trigger_arm(&request).unwrap().1
}

fn cancel(desk: &mut Desk, trigger: Id) {
    let mut request = TriggerCancel { trigger, ..TriggerCancel::EMPTY };
    request.header.now = desk.time();
    black_box(desk.engine.trigger_cancel(&request).unwrap());
}

pub(crate) fn bench(c: &mut Criterion) {
    for armed in [10, 10_000] {
        let mut desk = Desk::new(SymbolFlag::Hedged.raw(), armed, 0);
        let mut position = Id::NONE;
        for n in 0..armed {
            if n % PER_POSITION == 0 {
                position = desk.open();
            }
            arm(&mut desk, position, BID / 2 + i64::from(n) * 1_000_003 % 400_009);
        }
        let position = desk.open();
        let mut n = 0;
        c.bench_function(&format!("arm+cancel/{armed} stops"), |b| {
            b.iter(|| {
                n += 1;
                let trigger = arm(&mut desk, position, BID / 2 + n * 7_919 % 400_009);
                cancel(&mut desk, black_box(trigger));
            });
        });
    }
}
