//! Taking, resting, replacing, ending: rule by rule.

use super::*;

#[test]
fn a_side_shares_its_part_of_a_quote() {
    let mut rig = Rig::new(&HALF);
    rig.quote(100, 9, 102, 21);
    // Ten lots of the ask, four of the bid.
    assert_eq!(rig.ask(&market(0, BUY, 6))[1], (FILL, 0, 6, 102));
    assert_eq!(rig.ask(&market(1, SELL, 9))[1], (FILL, 1, 4, 100));
    assert_eq!(rig.ask(&market(2, BUY, 6))[1], (FILL, 2, 4, 102));
    assert_eq!(rig.ask(&limit(3, BUY, 1, 102)), [(ACK, 3, 0, 0)]);
    // The best first, then as they came: at the market, then limits.
    let next = rig.quote(100, 2, 102, 5);
    assert_eq!(next, [(FILL, 2, 2, 102), (FILL, 1, 1, 100)]);
    let last = rig.quote(100, 0, 102, 0);
    assert_eq!(last, [(FILL, 3, 1, 102), (FILL, 1, 4, 100)]);
}

#[test]
fn better_limits_go_first_then_earlier_ones() {
    let mut rig = Rig::new(&HALF);
    rig.quote(90, 0, 120, 0);
    for (slot, price) in [(0, 100), (1, 102), (2, 101), (3, 102)] {
        rig.ask(&limit(slot, BUY, 2, price));
    }
    // Makers at their own limits.
    let first = rig.quote(90, 0, 100, 10);
    assert_eq!(first, [(FILL, 1, 2, 102), (FILL, 3, 2, 102), (FILL, 2, 1, 101)]);
    let second = rig.quote(90, 0, 100, 0);
    assert_eq!(second, [(FILL, 2, 1, 101), (FILL, 0, 2, 100)]);
}

#[test]
fn what_takes_rests_once_a_quote_leaves_it_aside() {
    let mut rig = Rig::new(&HALF);
    rig.quote(100, 0, 102, 2);
    rig.send(&limit(0, BUY, 9, 104));
    let taken = rig.reports()[1];
    assert_eq!((said(&taken), taken.liquidity), ((FILL, 0, 1, 102), Liquidity::Taker.raw()));
    rig.venue.quote(SYMBOL, (Ticks(101), Lots(0)), (Ticks(103), Lots(2)), Nanos(1));
    let taken = rig.reports()[0];
    assert_eq!((said(&taken), taken.liquidity), ((FILL, 0, 1, 103), Liquidity::Taker.raw()));
    assert_eq!(rig.quote(104, 0, 106, 2), []);
    rig.venue.quote(SYMBOL, (Ticks(90), Lots(0)), (Ticks(91), Lots(0)), Nanos(1));
    let made = rig.reports()[0];
    assert_eq!((said(&made), made.liquidity), ((FILL, 0, 7, 104), Liquidity::Maker.raw()));
    assert_eq!(made.venue_cum, Lots(9));
}

#[test]
fn what_took_and_lies_deep_has_rested() {
    let mut rig = Rig::new(&HALF);
    rig.quote(100, 0, 102, 2);
    rig.ask(&limit(0, BUY, 9, 102));
    // The market is far above it, then falls through it.
    assert_eq!(rig.quote(110, 5, 111, 5), []);
    assert_eq!(rig.quote(100, 0, 101, 0), [(FILL, 0, 8, 102)]);
}

#[test]
fn post_only_rests_or_is_refused() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 102, 0);
    rig.send(&post_only(limit(0, BUY, 5, 102)));
    let refused = rig.reports();
    assert_eq!(refused.iter().map(said).collect::<Vec<_>>(), [(REJECT, 0, 0, 0)]);
    assert_eq!(refused[0].reason, Reason::Price.raw());
    assert_eq!(rig.ask(&post_only(limit(1, BUY, 5, 101))), [(ACK, 1, 0, 0)]);
    // A replace that would take is refused, and the order stays.
    let refused = rig.replace(1, 5, 102, 0);
    assert_eq!(refused, [(ReportKind::ReplaceReject, 1, 0, 0)]);
    assert_eq!(rig.quote(99, 0, 100, 0), [(FILL, 1, 5, 101)]);
    // Without a quote it is taken, and rests at its limit.
    let mut rig = Rig::new(&Simulation::PLAIN);
    assert_eq!(rig.ask(&post_only(limit(0, BUY, 5, 102))), [(ACK, 0, 0, 0)]);
    assert_eq!(rig.quote(99, 0, 100, 0), [(FILL, 0, 5, 102)]);
    // A stop that would take when it is triggered.
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 102, 0);
    rig.ask(&post_only(stop(limit(0, BUY, 5, 110), OrderType::StopLimit, 105)));
    rig.ask(&post_only(stop(limit(1, BUY, 5, 104), OrderType::StopLimit, 105)));
    let fired = rig.quote(104, 0, 106, 0);
    assert_eq!(fired, [(FIRED, 0, 0, 0), (END, 0, 0, 0), (FIRED, 1, 0, 0)]);
}

#[test]
fn cancels_and_replaces_of_what_has_ended() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 102, 0);
    rig.ask(&market(0, BUY, 1));
    let too_late = rig.cancel(0);
    assert_eq!(too_late, [(ReportKind::CancelReject, 0, 0, 0)]);
    assert_eq!(rig.replace(0, 5, 0, 0), [(ReportKind::ReplaceReject, 0, 0, 0)]);
    rig.ask(&limit(1, BUY, 1, 90));
    assert_eq!(rig.cancel(1), [(END, 1, 0, 0)]);
    // What is cancelled is cancelled.
    assert_eq!(rig.cancel(1), [(END, 1, 0, 0)]);
    assert_eq!(rig.replace(1, 5, 95, 0), [(ReportKind::ReplaceReject, 1, 0, 0)]);
    rig.ask(&for_time(limit(2, BUY, 1, 90), TimeInForce::Day));
    rig.venue.roll(Nanos(1));
    assert_eq!(rig.said(), [(EXPIRE, 2, 0, 0)]);
    assert_eq!(rig.cancel(2), [(ReportKind::CancelReject, 2, 0, 0)]);
    // Never seen, and gone.
    rig.send(&Command { kind: CommandKind::Cancel.raw(), request_id: 9, ..market(9, BUY, 0) });
    let unknown = rig.reports()[0];
    assert_eq!(said(&unknown), (ReportKind::CancelReject, 9, 0, 0));
    assert_eq!((unknown.reason, unknown.request_id), (Reason::UnknownOrder.raw(), 9));
    assert_eq!(rig.replace(8, 5, 95, 0), [(ReportKind::ReplaceReject, 8, 0, 0)]);
    rig.ask(&Command { order: id(1, 2), ..limit(1, BUY, 1, 90) });
    assert_eq!(rig.cancel(1), []);
    assert_eq!(rig.quote(80, 0, 90, 0), [(FILL, 1, 1, 90)]);
}

#[test]
fn a_replace_to_what_is_executed_ends_the_order() {
    for (to, qty) in [(4, 4), (3, 4)] {
        let mut rig = Rig::new(&HALF);
        rig.quote(100, 0, 102, 8);
        assert_eq!(rig.ask(&market(0, BUY, 10))[1], (FILL, 0, 4, 102));
        assert_eq!(rig.replace(0, to, 0, 0), [(REPLACED, 0, qty, 0)]);
        assert_eq!(rig.quote(100, 0, 102, 80), []);
        assert_eq!(rig.cancel(0), [(ReportKind::CancelReject, 0, 0, 0)]);
    }
}

#[test]
fn a_replace_that_reaches_the_market_takes() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 102, 0);
    rig.ask(&limit(0, BUY, 5, 95));
    let taken = rig.replace(0, 7, 103, 0);
    assert_eq!(taken, [(REPLACED, 0, 7, 103), (FILL, 0, 7, 102)]);
    assert_eq!(rig.replace(0, 0, 103, 0), [(ReportKind::ReplaceReject, 0, 0, 0)]);
}

#[test]
fn the_same_order_sent_again_is_one_order() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 102, 0);
    assert_eq!(rig.ask(&limit(0, BUY, 5, 95)), [(ACK, 0, 0, 0)]);
    assert_eq!(rig.ask(&limit(0, BUY, 5, 95)), []);
    assert_eq!(rig.quote(94, 0, 95, 0), [(FILL, 0, 5, 95)]);
    assert_eq!(rig.ask(&limit(0, BUY, 5, 95)), []);
}

#[test]
fn day_orders_end_with_the_day_the_others_stay() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 102, 0);
    for (slot, time) in [(0, TimeInForce::Day), (1, TimeInForce::Gtc), (2, TimeInForce::Day)] {
        rig.ask(&for_time(limit(slot, BUY, 1, 90), time));
    }
    rig.ask(&for_time(stop(limit(3, SELL, 1, 0), OrderType::Stop, 80), TimeInForce::Day));
    rig.venue.roll(Nanos(1));
    assert_eq!(rig.said(), [(EXPIRE, 0, 0, 0), (EXPIRE, 2, 0, 0), (EXPIRE, 3, 0, 0)]);
    rig.venue.roll(Nanos(1));
    assert_eq!(rig.quote(70, 0, 72, 0), [(FILL, 1, 1, 90)]);
}

#[test]
fn a_bad_quantity_and_a_crossed_quote_are_not_taken() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 102, 0);
    assert_eq!(rig.ask(&market(0, BUY, 0)), [(REJECT, 0, 0, 0)]);
    rig.ask(&limit(1, BUY, 1, 95));
    assert_eq!(rig.quote(91, 0, 90, 0), []);
}

#[test]
fn prices_below_zero_are_prices() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(-3, 0, -1, 0);
    assert_eq!(rig.ask(&market(0, BUY, 2))[1], (FILL, 0, 2, -1));
    assert_eq!(rig.ask(&limit(1, SELL, 2, 1)), [(ACK, 1, 0, 0)]);
    assert_eq!(rig.ask(&limit(2, BUY, 2, -5)), [(ACK, 2, 0, 0)]);
    assert_eq!(rig.quote(-8, 0, -6, 0), [(FILL, 2, 2, -5)]);
    assert_eq!(rig.quote(2, 0, 3, 0), [(FILL, 1, 2, 1)]);
}

#[test]
fn a_price_that_does_not_fit_is_not_invented() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    let slippage = crate::sim::SlippageConfig {
        share: Ratio(Ratio::ONE),
        ..crate::sim::SlippageConfig::new(crate::status::SlippageModel::Fixed)
    };
    // A tick-lot of one money unit, or the value would not fit either.
    rig.venue.define(SYMBOL, Fraction::ONE, TriggerSource::BidAsk, ANY).unwrap();
    rig.venue.set(SYMBOL, &Simulation { slippage, ..Simulation::PLAIN }).unwrap();
    let far = Ticks::MAX - 1;
    rig.quote(far, 0, far, 0);
    rig.send(&market(0, BUY, 1));
    let ended = rig.reports()[1];
    assert_eq!((said(&ended), ended.reason), ((END, 0, 0, 0), Reason::Price.raw()));
    // A limit order pays its limit.
    assert_eq!(rig.ask(&limit(1, BUY, 1, Ticks::MAX))[1], (FILL, 1, 1, Ticks::MAX));
    // Nine lots are worth more than money can be.
    assert_eq!(rig.ask(&limit(2, BUY, 9, Ticks::MAX))[1], (END, 2, 0, 0));
}
