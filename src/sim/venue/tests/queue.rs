//! What stands before a resting order.

use super::*;

/// A buy of 5 at the best bid of 100, where 20 are displayed.
fn joined(simulation: &Simulation) -> Rig {
    let mut rig = Rig::new(simulation);
    rig.quote(100, 20, 102, 20);
    rig.ask(&limit(0, BUY, 5, 100));
    rig
}

#[test]
fn trades_at_the_price_go_to_those_ahead_first() {
    let mut rig = joined(&Simulation::PLAIN);
    assert_eq!(rig.trade(100, 12), []);
    assert_eq!(rig.trade(100, 8), []);
    assert_eq!(rig.trade(101, 50), []);
    assert_eq!(rig.trade(100, 2), [(FILL, 0, 2, 100)]);
    assert_eq!(rig.trade(100, 9), [(FILL, 0, 3, 100)]);
    let mut rig = joined(&Simulation::PLAIN);
    assert_eq!(rig.trade(100, 23), [(FILL, 0, 3, 100)]);
}

#[test]
fn what_is_ahead_only_shrinks() {
    let mut rig = joined(&Simulation::PLAIN);
    assert_eq!(rig.quote(100, 6, 102, 20), []);
    assert_eq!(rig.quote(100, 40, 102, 20), []);
    // While the best is above it and comes back.
    assert_eq!(rig.quote(101, 40, 102, 20), []);
    assert_eq!(rig.quote(100, 40, 102, 20), []);
    assert_eq!(rig.trade(100, 7), [(FILL, 0, 1, 100)]);
    // Alone at its price once the best is below it.
    assert_eq!(rig.quote(99, 40, 102, 20), []);
    assert_eq!(rig.trade(100, 1), [(FILL, 0, 1, 100)]);
}

#[test]
fn front_and_improving_orders_have_nothing_ahead() {
    let front = Simulation { queue: Queue::Front, ..Simulation::PLAIN };
    let mut rig = joined(&front);
    assert_eq!(rig.trade(100, 1), [(FILL, 0, 1, 100)]);
    assert_eq!(rig.quote(100, 20, 102, 0), []);
    assert_eq!(rig.trade(100, 1), [(FILL, 0, 1, 100)]);
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 20, 104, 20);
    rig.ask(&limit(0, BUY, 5, 101));
    assert_eq!(rig.trade(101, 2), [(FILL, 0, 2, 101)]);
}

#[test]
fn unknown_and_deeper_levels_are_infinite() {
    for (bid, qty) in [(100, 0), (101, 20)] {
        let mut rig = Rig::new(&Simulation::PLAIN);
        rig.quote(bid, qty, 104, 20);
        rig.ask(&limit(0, BUY, 5, 100));
        assert_eq!(rig.trade(100, 1_000_000), []);
        // Best with a known size.
        rig.quote(100, 30, 104, 20);
        assert_eq!(rig.trade(100, 31), [(FILL, 0, 1, 100)]);
    }
}

#[test]
fn a_trade_that_passes_fills_up_to_its_quantity() {
    let mut rig = joined(&Simulation::PLAIN);
    assert_eq!(rig.trade(99, 3), [(FILL, 0, 3, 100)]);
    assert_eq!(rig.trade(99, 0), [(FILL, 0, 2, 100)]);
    let mut rig = joined(&Simulation::PLAIN);
    // At its price without a quantity: nothing is known.
    assert_eq!(rig.trade(100, 0), []);
}

#[test]
fn one_trade_gives_no_more_than_it_has() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 4, 110, 4);
    rig.ask(&limit(0, BUY, 5, 100));
    rig.ask(&limit(1, BUY, 5, 102));
    rig.ask(&limit(2, BUY, 5, 100));
    // 5 to the better one, 4 ahead, 5 to the first, then the other one.
    assert_eq!(rig.trade(100, 8), [(FILL, 1, 5, 102)]);
    let all = rig.trade(100, 9);
    assert_eq!(all, [(FILL, 0, 5, 100), (FILL, 2, 3, 100)]);
    // Buys before sells, of the same trade.
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 4, 110, 4);
    rig.ask(&limit(0, BUY, 5, 106));
    rig.ask(&limit(1, SELL, 5, 105));
    assert_eq!(rig.trade(105, 7), [(FILL, 0, 5, 106), (FILL, 1, 2, 105)]);
}

#[test]
fn a_smaller_quantity_keeps_its_place() {
    let mut rig = joined(&Simulation::PLAIN);
    rig.trade(100, 18);
    assert_eq!(rig.replace(0, 4, 100, 0), [(REPLACED, 0, 4, 100)]);
    assert_eq!(rig.trade(100, 3), [(FILL, 0, 1, 100)]);
    // A larger one joins at the end of what is displayed.
    assert_eq!(rig.replace(0, 8, 100, 0), [(REPLACED, 0, 8, 100)]);
    assert_eq!(rig.trade(100, 20), []);
    assert_eq!(rig.trade(100, 2), [(FILL, 0, 2, 100)]);
    // And another price, and back.
    assert_eq!(rig.replace(0, 8, 99, 0), [(REPLACED, 0, 8, 99)]);
    assert_eq!(rig.replace(0, 8, 100, 0), [(REPLACED, 0, 8, 100)]);
    assert_eq!(rig.trade(100, 21), [(FILL, 0, 1, 100)]);
}

#[test]
fn places_are_kept_among_our_own() {
    for (qty, first) in [(1, 0), (3, 1)] {
        let mut rig = Rig::new(&HALF);
        rig.quote(100, 0, 110, 0);
        rig.ask(&limit(0, BUY, 2, 101));
        rig.ask(&limit(1, BUY, 2, 101));
        rig.replace(0, qty, 101, 0);
        assert_eq!(rig.quote(99, 0, 100, 2), [(FILL, first, 1, 101)]);
    }
}

#[test]
fn trades_fill_limits_that_no_quote_has_decided_about() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.ask(&limit(0, BUY, 5, 100));
    assert_eq!(rig.trade(100, 50), []);
    assert_eq!(rig.trade(99, 2), [(FILL, 0, 2, 100)]);
    // The first quote decides: it takes.
    assert_eq!(rig.quote(90, 0, 95, 0), [(FILL, 0, 3, 95)]);
}
