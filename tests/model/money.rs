//! Fills only: what positions and account say is the cash that flowed and the value of what is
//! held, exactly, at every moment.

use oms_core::market::{LimitsSet, SymbolDefine};
use oms_core::num::{Decimal, Lots, Money, Ticks};
use oms_core::order::{OrderSubmit, VenueReport};
use oms_core::status::Request;
use oms_core::store::Id;

use crate::calls::Rng;
use crate::rig::{calm, define, free, head, quote, with_engine};
use crate::world::{ceil, floor};

/// Per symbol: Σ signed lots and Σ signed cash in tick-lots.
#[derive(Default, Clone, Copy)]
struct Flow {
    lots: i128,
    cash: i128,
}

fn run(seed: u64) {
    with_engine(&calm(), |engine| {
        let mut rng = Rng(seed);
        let ticks = [Decimal::new(1, -6), Decimal::new(7, -7), Decimal::new(333, -8)];
        for (n, tick) in ticks.into_iter().enumerate() {
            let hedged = u32::from(n == 1);
            let r: SymbolDefine = define(1, b'A' + n as u8, hedged, tick);
            engine.symbol_define(&r).unwrap();
            let limits: LimitsSet = free(1, n as u32);
            engine.limits_set(&limits).unwrap();
            engine.quote(&quote(1, n as u32, 100, 100)).unwrap();
        }
        let mut flows = [Flow::default(); 3];
        let mut marks = [100_i128; 3];
        let mut commission = 0_i64;
        let mut positions: Vec<Id> = Vec::new();
        for step in 1..=150_u64 {
            let sym = rng.below(3) as usize;
            if rng.chance(25) {
                let mark = rng.range(80, 120);
                marks[sym] = mark.into();
                engine.quote(&quote(2, sym as u32, mark, mark)).unwrap();
            } else {
                // A hedged order reduces or enlarges an open position, or opens one.
                let named = (sym == 1 && !positions.is_empty())
                    .then(|| positions[rng.below(positions.len() as u64) as usize]);
                let open = |id: &Id| engine.position_get(*id).is_ok_and(|p| p.qty.0 > 0);
                let full = engine.account_get().open >= 6;
                let named = named.filter(open);
                if sym == 1 && named.is_none() && full {
                    positions.retain(|id| open(id));
                    continue;
                }
                let buy = rng.chance(50);
                let (qty, price) = (rng.range(1, 50), rng.range(80, 120));
                let fee = rng.range(-3, 9);
                let order = engine.order_submit(&OrderSubmit {
                    header: head::<OrderSubmit>(2),
                    client_id: step,
                    symbol: sym as u32,
                    position: named.unwrap_or(Id::NONE),
                    qty: Lots(qty),
                    side: if buy { 1 } else { 2 },
                    order_type: 1,
                    ..OrderSubmit::EMPTY
                });
                let order = order.unwrap();
                assert_eq!(order.verdict.mask, 0);
                let report = VenueReport {
                    header: head::<VenueReport>(2),
                    order: order.order,
                    exec_id: step,
                    qty: Lots(qty),
                    price: Ticks(price),
                    commission: Money(fee),
                    report: 3,
                    ..VenueReport::EMPTY
                };
                engine.venue_report(&report).unwrap();
                commission += fee;
                let signed = if buy { i128::from(qty) } else { -i128::from(qty) };
                flows[sym].lots += signed;
                flows[sym].cash -= signed * i128::from(price);
                let position = engine.order_get(order.order, 0).unwrap().position;
                if sym == 1 && !position.is_none() && !positions.contains(&position) {
                    positions.push(position);
                }
            }
            // realised + unrealised = cash that flowed + value of what is held.
            let account = engine.account_get();
            let den = i128::from(account.common_den);
            let mut total = 0;
            for (sym, flow) in flows.iter().enumerate() {
                let view = engine.symbol_get(sym as u32).unwrap();
                assert_eq!(i128::from(view.long_qty.0 - view.short_qty.0), flow.lots);
                let scale = den / i128::from(view.money_den) * i128::from(view.money_num);
                total += (flow.cash + flow.lots * marks[sym]) * scale;
            }
            let realised = i128::from(account.realised_exact);
            let unrealised = i128::from(account.unrealised_exact);
            assert_eq!(realised + unrealised, total, "seed {seed} step {step}");
            assert_eq!(account.commission.0, commission);
            let equity = i128::from(account.paid_in.0 - commission) + floor(total, den);
            assert_eq!(i128::from(account.equity.0), equity);
            assert!(ceil(total, den) - floor(total, den) <= 1);
        }
        assert_eq!(engine.audit(), Ok(()));
    });
}

#[test]
fn money_is_conserved() {
    for seed in 0..400 {
        run(seed);
    }
}
