//! SESSION, PERMISSION, ADV, SHORT and the bands of INCREMENT.
#![expect(clippy::indexing_slicing, reason = "a test may stop")]

use super::*;
use crate::market::{Bands, BandsSet};
use crate::risk::Parentage;
use crate::status::{Phase, Request, Status, TimeInForce};

fn bands(pairs: &[(i64, i64)]) -> Bands {
    let mut request = BandsSet { count: u32::try_from(pairs.len()).unwrap(), ..BandsSet::EMPTY };
    for (n, &(from, step)) in pairs.iter().enumerate() {
        (request.from[n], request.step[n]) = (Ticks(from), Ticks(step));
    }
    Bands::decode(&request).unwrap()
}

#[test]
fn each_phase_has_its_types() {
    use OrderType::{Limit, Market, Stop, StopLimit, TakeProfit, TakeProfitLimit, TrailingStop};
    let all = [Market, Limit, Stop, StopLimit, TakeProfit, TakeProfitLimit, TrailingStop];
    let cases: [(Phase, &[OrderType], &[OrderType]); 5] = [
        (Phase::Closed, &[], &[]),
        (Phase::PreOpen, &[Limit], &[Limit]),
        (Phase::Auction, &all[1..], &[Limit]),
        (Phase::Continuous, &all, &all),
        (Phase::Halt, &[], &[]),
    ];
    for (phase, here, venue) in cases {
        for order_type in all {
            for (hold, allowed) in [(Hold::Core, here), (Hold::Venue, venue)] {
                let mut desk = Desk::new(Side::Buy, order_type);
                desk.symbol.conditions.phase = phase;
                desk.terms().hold = hold;
                let fails = desk.verdict().fails(Check::Session);
                assert_eq!(fails, !allowed.contains(&order_type), "{phase:?} {order_type:?}");
            }
        }
    }
    let mut desk = Desk::new(Side::Buy, Market);
    desk.symbol.conditions.phase = Phase::Auction;
    desk.fails(Check::Session, Unit::Count, 3, 2);
    desk.symbol.conditions.phase = Phase::Continuous;
    desk.passes();
    // A replace is judged like a new order.
    let mut desk = Desk::new(Side::Buy, Limit);
    desk.replaces(5, 0, false);
    desk.symbol.conditions.phase = Phase::Halt;
    desk.fails(Check::Session, Unit::Count, 3, 4);
}

#[test]
fn types_and_times_are_permitted_by_symbol_and_scope() {
    type Mask = fn(&mut Desk) -> &mut u32;
    let types: [Mask; 2] =
        [|d| &mut d.symbol.limits.controls.types, |d| &mut d.scope.limits.0.types];
    let times: [Mask; 2] = [
        |d| &mut d.symbol.limits.controls.times_in_force,
        |d| &mut d.scope.limits.0.times_in_force,
    ];
    let (of_type, of_time) = (1_u32 << 2, 1_u32 << TimeInForce::Gtc.raw());
    for (masks, own, number) in [(types, of_type, 2), (times, of_time, 1)] {
        for mask in masks {
            let mut desk = Desk::new(Side::Buy, OrderType::Limit);
            *mask(&mut desk) = own;
            desk.passes();
            *mask(&mut desk) = !own;
            desk.fails(Check::Permission, Unit::Count, i64::from(!own), number);
            desk.replaces(5, 0, false);
            desk.fails(Check::Permission, Unit::Count, i64::from(!own), number);
            // Never set: nothing is permitted.
            *mask(&mut desk) = 0;
            desk.fails(Check::Permission, Unit::Count, 0, number);
        }
    }
}

#[test]
fn a_share_of_the_daily_volume() {
    let mut desk = Desk::new(Side::Buy, OrderType::Limit);
    desk.symbol.conditions.volume = Lots(109);
    desk.symbol.limits.controls.adv_ratio = percent(10);
    desk.passes();
    desk.qty(11);
    desk.fails(Check::Adv, Unit::Lots, 10, 11);
    // A replace by its whole quantity, whatever was executed.
    desk.replaces(10, 9, false);
    desk.fails(Check::Adv, Unit::Lots, 10, 11);
    desk.symbol.conditions.volume = Lots(110);
    desk.passes();
    desk.symbol.conditions.volume = Lots(OFF);
    desk.fails(Check::Adv, Unit::Lots, 0, 11);
    desk.symbol.limits.controls.adv_ratio = Ratio(OFF);
    desk.passes();
    desk.symbol.conditions.volume = Lots(i64::MAX);
    desk.symbol.limits.controls.adv_ratio = Ratio(0);
    desk.fails(Check::Adv, Unit::Lots, 0, 11);
    desk.symbol.limits.controls.adv_ratio = Ratio(i64::MAX);
    desk.passes();
}

#[test]
fn shorts_are_permitted_and_located() {
    let (allowed, needed) = (LimitFlag::ShortAllowed.raw(), LimitFlag::LocateNeeded.raw());
    let mut desk = Desk::new(Side::Sell, OrderType::Limit);
    desk.passes();
    // Without permission only what is held is sold.
    for flags in [0, needed] {
        desk.symbol.limits.flags = flags;
        desk.symbol.conditions.located = Lots(99);
        (desk.net_qty, desk.exposure.sell) = (12, 2);
        desk.passes();
        desk.exposure.sell = 3;
        desk.fails(Check::Short, Unit::Lots, 0, 1);
        desk.replaces(3, 0, false);
        desk.passes();
        desk.proposal.replaces = None;
    }
    // With located lots.
    desk.symbol.limits.flags = allowed | needed;
    desk.symbol.conditions.located = Lots(5);
    (desk.net_qty, desk.exposure.sell) = (8, 3);
    desk.passes();
    desk.net_qty = 7;
    desk.fails(Check::Short, Unit::Lots, 5, 6);
    // 10 in all of which 1 is executed: it is short already, or what was held is gone.
    (desk.net_qty, desk.exposure.sell) = (6, 9);
    desk.replaces(9, 1, false);
    desk.passes();
    desk.symbol.conditions.located = Lots::ZERO;
    desk.fails(Check::Short, Unit::Lots, 0, 3);
    desk.symbol.limits.flags = allowed;
    desk.passes();
    // A buy opens no short.
    let mut desk = Desk::new(Side::Buy, OrderType::Limit);
    desk.symbol.limits.flags = 0;
    desk.net_qty = -50;
    desk.passes();
}

#[test]
fn each_band_has_its_step() {
    let mut desk = Desk::new(Side::Buy, OrderType::StopLimit);
    desk.symbol.limits.price_step = Ticks(3);
    desk.symbol.conditions.bands = bands(&[(100, 5), (200, 10)]);
    let set = |desk: &mut Desk, price: i64, stop: i64| {
        (desk.terms().price, desk.terms().stop_price) = (Ticks(price), Ticks(stop));
    };
    set(&mut desk, 99, 105);
    desk.passes();
    set(&mut desk, 98, 105);
    desk.fails(Check::Increment, Unit::Ticks, 3, 98);
    set(&mut desk, 100, 195);
    desk.passes();
    set(&mut desk, 102, 105);
    desk.fails(Check::Increment, Unit::Ticks, 5, 102);
    set(&mut desk, 195, 205);
    desk.fails(Check::Increment, Unit::Ticks, 10, 205);
    set(&mut desk, 210, 200);
    desk.replaces(5, 0, false);
    desk.passes();
    desk.symbol.conditions.bands = Bands::NONE;
    desk.fails(Check::Increment, Unit::Ticks, 3, 200);
}

#[test]
fn bands_rise_and_have_steps() {
    let refused = |request: &BandsSet| assert_eq!(Bands::decode(request), Err(Status::Range));
    let of = |count| BandsSet { count, ..BandsSet::EMPTY };
    assert_eq!(Bands::decode(&of(0)), Ok(Bands::NONE));
    refused(&of(9));
    refused(&of(1));
    let mut request = of(2);
    (request.step[0], request.step[1]) = (Ticks(1), Ticks(1));
    refused(&request);
    request.from[0] = Ticks(-1);
    assert!(Bands::decode(&request).is_ok());
    request.from[2] = Ticks(5);
    refused(&request);
    request.from[2] = Ticks::ZERO;
    request.from[1] = Ticks(Ticks::MAX + 1);
    refused(&request);
    request.from[1] = Ticks(Ticks::MAX);
    assert!(Bands::decode(&request).is_ok());
    let full: Vec<_> = (0..8).map(|n| (n * 10, n + 1)).collect();
    let full = bands(&full);
    let step = |price: i64| full.step_at(Ticks(price), Ticks(77)).0;
    assert_eq!([step(-1), step(0), step(9), step(10), step(1_000)], [77, 1, 1, 2, 8]);
}

#[test]
fn children_take_no_more_than_there_is() {
    let mut desk = Desk::new(Side::Buy, OrderType::Limit);
    let parent = Parentage { most: 30, others: 20 };
    desk.proposal.parent = parent;
    desk.passes();
    desk.qty(11);
    desk.fails(Check::Parent, Unit::Lots, 30, 31);
    // A replace: the larger of old and new, and what is executed.
    desk.qty(8);
    desk.replaces(8, 2, false);
    desk.passes();
    desk.replaces(9, 2, false);
    desk.fails(Check::Parent, Unit::Lots, 30, 31);
    desk.replaces(9, 2, true);
    desk.passes();
    desk.proposal.parent = Parentage { most: -1, ..parent };
    desk.fails(Check::Parent, Unit::Lots, 0, 28);
    // The parent itself.
    let mut desk = Desk::new(Side::Buy, OrderType::Limit);
    desk.replaces(10, 0, true);
    desk.proposal.children = 10;
    desk.passes();
    desk.proposal.children = 11;
    desk.fails(Check::Parent, Unit::Lots, 10, 11);
}
