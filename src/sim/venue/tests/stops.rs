//! Stops that the venue holds.

use super::*;

fn stop_at(slot: u32, side: Side, kind: OrderType, at: i64) -> Command {
    stop(limit(slot, side, 1, 0), kind, at)
}

fn trailing(slot: u32, side: Side, offset: i64, ratio: i64) -> Command {
    Command {
        trail_offset: Ticks(offset),
        trail_ratio: Ratio(ratio),
        ..order(slot, side, OrderType::TrailingStop, 1, 0)
    }
}

/// Where a stop is now.
fn stop_price(rig: &Rig, slot: u32) -> i64 {
    rig.venue.order(slot).unwrap().stop_price.0
}

#[test]
fn a_gap_is_paid() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 101, 0);
    rig.ask(&stop_at(0, SELL, OrderType::Stop, 95));
    rig.ask(&stop(limit(1, SELL, 1, 93), OrderType::StopLimit, 95));
    rig.ask(&stop(limit(2, SELL, 1, 80), OrderType::StopLimit, 95));
    assert_eq!(rig.quote(96, 0, 97, 0), []);
    let fired = rig.quote(85, 0, 86, 0);
    let expected =
        [(FIRED, 0, 0, 0), (FILL, 0, 1, 85), (FIRED, 1, 0, 0), (FIRED, 2, 0, 0), (FILL, 2, 1, 85)];
    assert_eq!(fired, expected);
    // The one beyond its limit rests there.
    assert_eq!(rig.quote(92, 0, 94, 0), []);
    assert_eq!(rig.quote(94, 0, 95, 0), [(FILL, 1, 1, 93)]);
}

#[test]
fn the_level_passed_first_fires_first_then_the_earlier_one() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 101, 0);
    for (slot, at) in [(0, 95), (1, 97), (2, 95), (3, 97)] {
        rig.ask(&stop_at(slot, SELL, OrderType::Stop, at));
    }
    rig.ask(&stop_at(4, BUY, OrderType::TakeProfit, 94));
    rig.ask(&stop_at(5, BUY, OrderType::TakeProfit, 96));
    let fired = rig.quote(92, 0, 93, 0);
    let slots: Vec<u32> = fired.iter().filter(|s| s.0 == FIRED).map(|s| s.1).collect();
    assert_eq!(slots, [1, 3, 0, 2, 5, 4]);
}

#[test]
fn every_direction_looks_at_its_price() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 104, 0);
    rig.ask(&stop_at(0, SELL, OrderType::Stop, 98));
    rig.ask(&stop_at(1, BUY, OrderType::Stop, 106));
    rig.ask(&stop_at(2, SELL, OrderType::TakeProfit, 102));
    rig.ask(&stop_at(3, BUY, OrderType::TakeProfit, 101));
    // The ask at 102 reaches no one who sells at 102; the bid does.
    assert_eq!(rig.quote(100, 0, 102, 0), []);
    assert_eq!(rig.quote(102, 0, 103, 0), [(FIRED, 2, 0, 0), (FILL, 2, 1, 102)]);
    assert_eq!(rig.quote(99, 0, 106, 0), [(FIRED, 1, 0, 0), (FILL, 1, 1, 106)]);
    assert_eq!(rig.quote(99, 0, 101, 0), [(FIRED, 3, 0, 0), (FILL, 3, 1, 101)]);
    assert_eq!(rig.quote(98, 0, 101, 0), [(FIRED, 0, 0, 0), (FILL, 0, 1, 98)]);
}

#[test]
fn the_source_is_the_symbols() {
    for source in [TriggerSource::Last, TriggerSource::Mark] {
        let mut rig = Rig::with(&Simulation::PLAIN, source, 64);
        rig.quote(100, 0, 101, 0);
        rig.ask(&stop_at(0, SELL, OrderType::Stop, 95));
        assert_eq!(rig.quote(90, 0, 91, 0), []);
        let fired = [(FIRED, 0, 0, 0), (FILL, 0, 1, 90)];
        if source == TriggerSource::Last {
            assert_eq!(rig.mark(94), []);
            assert_eq!(rig.trade(95, 1), fired);
        } else {
            assert_eq!(rig.trade(94, 1), []);
            assert_eq!(rig.mark(95), fired);
        }
    }
}

#[test]
fn the_trade_that_triggers_a_limit_does_not_fill_it() {
    let mut rig = Rig::with(&Simulation::PLAIN, TriggerSource::Last, 64);
    rig.quote(90, 0, 101, 0);
    rig.ask(&stop(limit(0, SELL, 1, 92), OrderType::StopLimit, 95));
    assert_eq!(rig.trade(94, 10), [(FIRED, 0, 0, 0)]);
    assert_eq!(rig.trade(94, 10), [(FILL, 0, 1, 92)]);
}

#[test]
fn one_that_is_passed_already_fires_at_once() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(90, 0, 91, 0);
    let fired = rig.ask(&stop_at(0, SELL, OrderType::Stop, 95));
    assert_eq!(fired, [(ACK, 0, 0, 0), (FIRED, 0, 0, 0), (FILL, 0, 1, 90)]);
    rig.ask(&stop_at(1, SELL, OrderType::Stop, 80));
    let fired = rig.replace(1, 1, 0, 92);
    assert_eq!(fired, [(REPLACED, 1, 1, 0), (FIRED, 1, 0, 0), (FILL, 1, 1, 90)]);
}

#[test]
fn a_replaced_stop_waits_at_its_new_price() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 101, 0);
    rig.ask(&stop_at(0, SELL, OrderType::Stop, 95));
    assert_eq!(rig.replace(0, 4, 0, 90), [(REPLACED, 0, 4, 0)]);
    assert_eq!(rig.quote(91, 0, 92, 0), []);
    assert_eq!(rig.quote(90, 0, 92, 0), [(FIRED, 0, 0, 0), (FILL, 0, 4, 90)]);
}

#[test]
fn trailing_stops_follow_and_never_go_back() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    // Before the first quote there is nothing to follow.
    rig.ask(&trailing(0, SELL, 0, 20_000_000));
    rig.ask(&trailing(1, BUY, 0, 20_000_000));
    // 2 % of 50 000: the numbers of FORMULAS.
    rig.quote(50_000, 0, 50_000, 0);
    assert_eq!((stop_price(&rig, 0), stop_price(&rig, 1)), (49_000, 51_000));
    rig.quote(50_900, 0, 50_900, 0);
    assert_eq!((stop_price(&rig, 0), stop_price(&rig, 1)), (49_882, 51_000));
    rig.quote(50_500, 0, 50_500, 0);
    assert_eq!((stop_price(&rig, 0), stop_price(&rig, 1)), (49_882, 51_000));
    let fired = rig.quote(49_882, 0, 49_882, 0);
    assert_eq!(fired, [(FIRED, 0, 0, 0), (FILL, 0, 1, 49_882)]);
    // The trough of the other one moved on: 2 % of 49 882, rounded up.
    assert_eq!(stop_price(&rig, 1), 50_880);
    rig.replace(1, 3, 0, 0);
    let fired = rig.quote(50_880, 0, 50_890, 0);
    assert_eq!(fired, [(FIRED, 1, 0, 0), (FILL, 1, 3, 50_890)]);
}

#[test]
fn many_trailing_stops_at_many_peaks() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 101, 0);
    rig.ask(&trailing(0, SELL, 5, 0));
    rig.quote(110, 0, 111, 0);
    rig.quote(107, 0, 108, 0);
    rig.ask(&trailing(1, SELL, 1, 0));
    rig.ask(&trailing(2, SELL, 9, 0));
    assert_eq!([0, 1, 2].map(|slot| stop_price(&rig, slot)), [105, 106, 98]);
    rig.quote(108, 0, 109, 0);
    assert_eq!([0, 1, 2].map(|slot| stop_price(&rig, slot)), [105, 107, 99]);
    rig.cancel(1);
    rig.quote(112, 0, 113, 0);
    assert_eq!([0, 2].map(|slot| stop_price(&rig, slot)), [107, 103]);
    let fired = rig.quote(103, 0, 104, 0);
    let slots: Vec<u32> = fired.iter().filter(|s| s.0 == FIRED).map(|s| s.1).collect();
    assert_eq!(slots, [0, 2]);
}
