//! Each order type with each time in force.

use super::*;
use crate::num::OFF;
use crate::sim::{FeeSchedule, FeeTier, SlippageConfig};
use crate::status::{SlippageModel, Status};

const TIMES: [TimeInForce; 5] =
    [TimeInForce::Day, TimeInForce::Gtc, TimeInForce::Ioc, TimeInForce::Fok, TimeInForce::Gtd];

fn gtd(command: Command) -> Command {
    if command.time_in_force == TimeInForce::Gtd.raw() {
        Command { expire_at: Nanos(100), ..command }
    } else {
        command
    }
}

#[test]
fn whatever_fits_is_filled_at_once() {
    for time in TIMES {
        for (kind, price) in [(OrderType::Market, 0), (OrderType::Limit, 103)] {
            for side in [BUY, SELL] {
                let mut rig = Rig::new(&HALF);
                assert_eq!(rig.quote(100, 20, 102, 30), []);
                let price = if side == SELL && price > 0 { 99 } else { price };
                let order = gtd(for_time(order(0, side, kind, 10, price), time));
                let at = if side == BUY { 102 } else { 100 };
                assert_eq!(rig.ask(&order), [(ACK, 0, 0, 0), (FILL, 0, 10, at)]);
                assert_eq!(rig.quote(100, 20, 102, 30), []);
                rig.now = 200;
                rig.venue.roll(Nanos(200));
                assert_eq!(rig.said(), []);
            }
        }
    }
}

#[test]
fn what_is_left_goes_on_or_ends() {
    for time in TIMES {
        for (kind, price) in [(OrderType::Market, 0), (OrderType::Limit, 105)] {
            let mut rig = Rig::new(&HALF);
            rig.quote(100, 20, 102, 7);
            let order = gtd(for_time(order(0, BUY, kind, 10, price), time));
            let ack = (ACK, 0, 0, 0);
            match time {
                TimeInForce::Ioc => {
                    assert_eq!(rig.ask(&order), [ack, (FILL, 0, 3, 102), (END, 0, 0, 0)]);
                    assert_eq!(rig.quote(100, 20, 102, 50), []);
                }
                TimeInForce::Fok => {
                    assert_eq!(rig.ask(&order), [ack, (END, 0, 0, 0)]);
                    assert_eq!(rig.quote(100, 20, 102, 50), []);
                }
                _ => {
                    assert_eq!(rig.ask(&order), [ack, (FILL, 0, 3, 102)]);
                    // The same quote gives nothing more; the next ones do, at their prices.
                    assert_eq!(rig.trade(102, 50), []);
                    assert_eq!(rig.quote(102, 1, 104, 4), [(FILL, 0, 2, 104)]);
                    rig.now = 100;
                    rig.venue.roll(Nanos(100));
                    let ends = matches!(time, TimeInForce::Day | TimeInForce::Gtd);
                    let end: &[Said] = if ends { &[(EXPIRE, 0, 0, 0)] } else { &[] };
                    assert_eq!(rig.said(), end);
                    let rest: &[Said] = if ends { &[] } else { &[(FILL, 0, 5, 104)] };
                    assert_eq!(rig.quote(102, 1, 104, 99), rest);
                }
            }
        }
    }
}

#[test]
fn without_a_quote_nothing_is_filled() {
    for time in TIMES {
        let mut rig = Rig::new(&Simulation::PLAIN);
        let order = gtd(for_time(market(0, BUY, 10), time));
        let ack = (ACK, 0, 0, 0);
        if matches!(time, TimeInForce::Ioc | TimeInForce::Fok) {
            assert_eq!(rig.ask(&order), [ack, (END, 0, 0, 0)]);
            continue;
        }
        assert_eq!(rig.ask(&order), [ack]);
        assert_eq!(rig.trade(50, 100), []);
        assert_eq!(rig.quote(100, 0, 102, 0), [(FILL, 0, 10, 102)]);
    }
}

#[test]
fn a_limit_that_the_market_is_away_from() {
    for time in TIMES {
        let mut rig = Rig::new(&Simulation::PLAIN);
        rig.quote(100, 5, 102, 5);
        let order = gtd(for_time(limit(0, SELL, 10, 105), time));
        let ack = (ACK, 0, 0, 0);
        if matches!(time, TimeInForce::Ioc | TimeInForce::Fok) {
            assert_eq!(rig.ask(&order), [ack, (END, 0, 0, 0)]);
            assert_eq!(rig.quote(106, 5, 107, 5), []);
            continue;
        }
        assert_eq!(rig.ask(&order), [ack]);
        assert_eq!(rig.quote(104, 5, 107, 5), []);
        // The maker gets its own limit, however far the market went.
        assert_eq!(rig.quote(109, 5, 110, 5), [(FILL, 0, 10, 105)]);
    }
}

#[test]
fn stops_of_every_time_in_force() {
    let types = [
        (OrderType::Stop, 110, 0),
        (OrderType::StopLimit, 110, 120),
        (OrderType::TakeProfit, 90, 0),
        (OrderType::TakeProfitLimit, 90, 95),
    ];
    for time in TIMES {
        for (kind, at, price) in types {
            let mut rig = Rig::new(&HALF);
            rig.quote(100, 20, 102, 20);
            let order = gtd(for_time(stop(limit(0, BUY, 10, price), kind, at), time));
            assert_eq!(rig.ask(&order), [(ACK, 0, 0, 0)]);
            let ask = if at > 100 { 112 } else { 85 };
            let heard = rig.quote(ask - 2, 20, ask, 8);
            let first = (FIRED, 0, 0, 0);
            match time {
                TimeInForce::Ioc => {
                    assert_eq!(heard, [first, (FILL, 0, 4, ask), (END, 0, 0, 0)]);
                }
                TimeInForce::Fok => assert_eq!(heard, [first, (END, 0, 0, 0)]),
                _ => {
                    assert_eq!(heard, [first, (FILL, 0, 4, ask)]);
                    assert_eq!(rig.quote(ask - 1, 20, ask + 1, 80), [(FILL, 0, 6, ask + 1)]);
                }
            }
        }
    }
}

#[test]
fn a_trailing_stop_of_every_time_in_force() {
    for time in TIMES {
        let mut rig = Rig::new(&Simulation::PLAIN);
        rig.quote(100, 0, 101, 0);
        let order = order(0, SELL, OrderType::TrailingStop, 10, 0);
        let order = gtd(for_time(Command { trail_offset: Ticks(3), ..order }, time));
        assert_eq!(rig.ask(&order), [(ACK, 0, 0, 0)]);
        assert_eq!(rig.quote(105, 0, 106, 0), []);
        assert_eq!(rig.quote(103, 0, 104, 0), []);
        assert_eq!(rig.quote(102, 0, 104, 0), [(FIRED, 0, 0, 0), (FILL, 0, 10, 102)]);
    }
}

#[test]
fn gtd_ends_at_its_time_and_not_before() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    let order = for_time(limit(0, BUY, 5, 90), TimeInForce::Gtd);
    let order = Command { expire_at: Nanos(50), ..order };
    assert_eq!(rig.ask(&order), [(ACK, 0, 0, 0)]);
    assert_eq!(rig.venue.next_at(), Some(Nanos(50)));
    rig.now = 49;
    assert_eq!(rig.said(), []);
    // At its time it goes before what comes then.
    rig.now = 50;
    assert_eq!(rig.quote(80, 0, 85, 0), [(EXPIRE, 0, 0, 0)]);
    assert_eq!(rig.venue.next_at(), None);
    // One that is over when it arrives.
    let late = Command { order: id(1, 1), ..order };
    assert_eq!(rig.ask(&late), [(EXPIRE, 1, 0, 0)]);
}

#[test]
fn commission_is_by_liquidity_and_by_what_was_traded() {
    let mut fees = FeeSchedule::FREE;
    (fees.maker, fees.taker) = (Ratio(-100_000), Ratio(1_000_000));
    fees.tiers[0] = FeeTier { volume: 30, maker: Ratio(0), taker: Ratio(500_000) };
    fees.tier_count = 1;
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.venue.set_fees(SYMBOL, &fees).unwrap();
    rig.quote(100, 0, 101, 0);
    rig.send(&market(0, BUY, 10));
    // 10 lots at 1.01: 10.10 of currency, a thousandth of it.
    let fill = rig.reports()[1];
    assert_eq!((fill.commission, fill.liquidity), (crate::num::Money(10_100), 2));
    rig.send(&limit(1, BUY, 20, 100));
    rig.venue.trade(SYMBOL, TradeSource::Last, Ticks(99), Lots(20), Nanos(1));
    let fill = rig.reports()[1];
    // 20.00 of currency, a rebate of a ten-thousandth.
    assert_eq!((fill.commission, fill.liquidity), (crate::num::Money(-2_000), 1));
    // 30.10 were traded: the tier is reached.
    rig.send(&market(2, SELL, 10));
    assert_eq!(rig.reports()[1].commission, crate::num::Money(5_000));
    // 31 days later it is not any more.
    rig.now = 31 * Nanos::DAY;
    rig.send(&market(3, SELL, 10));
    assert_eq!(rig.reports()[1].commission, crate::num::Money(10_000));
    assert_eq!(TICK_LOT * 1_000, 10_000_000);
}

#[test]
fn slippage_is_the_models_and_never_beyond_the_limit() {
    let slippage =
        SlippageConfig { share: Ratio(50_000_000), ..SlippageConfig::new(SlippageModel::Fixed) };
    let mut rig = Rig::new(&Simulation { slippage, ..Simulation::PLAIN });
    rig.quote(999, 0, 1_001, 0);
    // 5 % from the mid of 1 000.
    assert_eq!(rig.ask(&market(0, BUY, 1))[1], (FILL, 0, 1, 1_050));
    assert_eq!(rig.ask(&market(1, SELL, 1))[1], (FILL, 1, 1, 950));
    assert_eq!(rig.ask(&limit(2, BUY, 1, 1_020))[1], (FILL, 2, 1, 1_020));
    assert_eq!(rig.ask(&limit(3, SELL, 1, 999))[1], (FILL, 3, 1, 999));
    // Never better than the best price.
    let slippage = SlippageConfig { share: Ratio(0), ..slippage };
    rig.venue.set(SYMBOL, &Simulation { slippage, ..Simulation::PLAIN }).unwrap();
    assert_eq!(rig.ask(&market(4, BUY, 1))[1], (FILL, 4, 1, 1_001));
}

#[test]
fn the_whole_quantity_decides_of_the_price() {
    // 24 hours trade 1 000: 10 lots of 10 are a tenth of them, and a tenth of that is 1 %.
    let slippage = SlippageConfig {
        participation_max: Ratio(Ratio::ONE),
        ..SlippageConfig::new(SlippageModel::Volume)
    };
    let mut rig = Rig::new(&Simulation { slippage, volume_24h: 1_000, ..HALF });
    rig.quote(1_000, 4, 1_000, 4);
    assert_eq!(rig.ask(&market(0, BUY, 10))[1], (FILL, 0, 2, 1_010));
    assert_eq!(rig.quote(1_000, 4, 1_000, 40), [(FILL, 0, 8, 1_010)]);
}

#[test]
fn a_day_of_more_than_fits_in_money_units() {
    // 24 hours trade 80 times 10^12; 8 times 10^11 lots of 10 are a tenth of them, as above.
    let slippage = SlippageConfig {
        participation_max: Ratio(Ratio::ONE),
        ..SlippageConfig::new(SlippageModel::Volume)
    };
    let volume_24h = 80_000_000_000_000;
    let mut rig = Rig::new(&Simulation { slippage, volume_24h, ..Simulation::PLAIN });
    rig.quote(1_000, 4, 1_000, 4);
    let qty = 800_000_000_000;
    assert_eq!(rig.ask(&market(0, BUY, qty))[1], (FILL, 0, qty, 1_010));
}

#[test]
fn settings_that_mean_nothing_are_refused() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    let plain = Simulation::PLAIN;
    let model = |model| Simulation { slippage: SlippageConfig::new(model), ..plain };
    for (bad, status) in [
        (Simulation { fill_ratio: Ratio(Ratio::ONE + 1), ..plain }, Status::Range),
        (Simulation { fill_ratio: Ratio(OFF - 1), ..plain }, Status::Range),
        (Simulation { reject_ratio: Ratio(OFF), ..plain }, Status::Range),
        (Simulation { fail_ratio: Ratio(-2), ..plain }, Status::Range),
        (Simulation { doubt_ratio: Ratio(Ratio::ONE + 1), ..plain }, Status::Range),
        (model(SlippageModel::Depth), Status::Enum),
        (model(SlippageModel::SquareRoot), Status::Range),
        (model(SlippageModel::Almgren), Status::Range),
    ] {
        let before = rig.digest();
        assert_eq!(rig.venue.set(SYMBOL, &bad), Err(status));
        assert_eq!(rig.digest(), before);
    }
    let known = Simulation { volume_24h: 9, ..model(SlippageModel::SquareRoot) };
    assert_eq!(rig.venue.set(SYMBOL, &known), Ok(()));
    assert_eq!(rig.venue.set(9, &plain), Err(Status::Symbol));
    assert_eq!(rig.venue.define(9, money(), TriggerSource::Last, ANY), Err(Status::Capacity));
    // A symbol without own settings has the general ones.
    rig.venue.set(u32::MAX, &HALF).unwrap();
    assert_eq!(*rig.venue.simulation(1), HALF);
    assert_eq!(*rig.venue.simulation(SYMBOL), known);
    let foreign = Command { symbol: 1, ..market(0, BUY, 1) };
    assert_eq!(rig.venue.take(&foreign, Nanos(1)), Err(Status::Symbol));
    let beyond = market(16, BUY, 1);
    assert_eq!(rig.venue.take(&beyond, Nanos(1)), Err(Status::Unknown));
    for odd in [
        Command { kind: 9, ..market(0, BUY, 1) },
        Command { side: 0, ..market(0, BUY, 1) },
        Command { order_type: 0, ..market(0, BUY, 1) },
        Command { time_in_force: 9, ..market(0, BUY, 1) },
    ] {
        assert_eq!(rig.venue.take(&odd, Nanos(1)), Err(Status::Enum));
    }
    assert_eq!(rig.said(), []);
}
