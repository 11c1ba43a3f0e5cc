//! What an engine and its venue come to where settings are one symbol's own, sums do not fit, or
//! the venue refuses at once.

use super::bars::{bar, drained, held, sent, take};
use super::simulated::{events_of, settings, simulated, simulated_as};
use super::*;
use crate::market::PhaseSet;
use crate::sim::FeeSchedule;
use crate::status::{Anomaly, Mode, OrderMark, Phase, Reason};

fn quoted(engine: &mut Engine<'_>, bid: i64, ask: i64) -> Result<Status, Status> {
    let request = quote(0, bid, ask, Nanos(engine.now().0 + 1));
    let answer = engine.run(&request, |e, r| e.quote(r));
    assert_eq!(engine.audit(), Ok(()));
    answer
}

fn phase(engine: &mut Engine<'_>, phase: Phase) {
    let mut request = PhaseSet { symbol: 0, phase: phase.raw(), ..PhaseSet::EMPTY };
    request.header.now = engine.now();
    assert_eq!(engine.run(&request, |e, r| e.phase_set(r)), Ok(Status::Ok));
}

/// Own settings and own fees are two things: neither brings the other's general half along.
#[test]
fn own_settings_and_own_fees_are_apart() {
    let fees = |symbol| FeesSet { symbol, fees: FeeSchedule::STANDARD, ..FeesSet::EMPTY };
    let slow = |symbol| SimulationSet { symbol, latency_out: Nanos(7), ..SimulationSet::DEFAULT };
    let all = u32::MAX;
    for (own_fees, fees_first) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut engine = simulated(Mode::Paper);
        let (fees, slow) = if own_fees { (fees(0), slow(all)) } else { (fees(all), slow(0)) };
        for turn in [fees_first, !fees_first] {
            let answer = match turn {
                true => engine.run(&fees, |e, r| e.fees_set(r)),
                false => engine.run(&slow, |e, r| e.simulation_set(r)),
            };
            assert_eq!(answer, Ok(Status::Ok));
        }
        quoted(&mut engine, 10_000, 10_000).unwrap();
        let order = sent(&mut engine, &order(1, Side::Buy, 10, 0));
        let mut timer = Timer::EMPTY;
        timer.header.now = Nanos(engine.now().0 + 6);
        engine.run(&timer, |e, r| e.timer(r)).unwrap();
        assert_eq!(engine.order_get(order, 0).unwrap().cum_qty, Lots(0), "{own_fees}");
        timer.header.now = Nanos(engine.now().0 + 1);
        engine.run(&timer, |e, r| e.timer(r)).unwrap();
        let view = engine.order_get(order, 0).unwrap();
        // A thousandth of 10 × 10 000 tick-lots.
        assert_eq!((view.cum_qty, view.commission), (Lots(10), Money(100 * TICK_LOT)));
    }
}

/// Two orders to buy a lot at the market, which moves there before they arrive.
fn overtaken(bid: i64, ask: i64) -> (Engine<'static>, [Id; 2]) {
    let mut engine = simulated(Mode::Paper);
    let slow = SimulationSet { latency_out: Nanos(5), ..SimulationSet::DEFAULT };
    assert_eq!(engine.run(&slow, |e, r| e.simulation_set(r)), Ok(Status::Ok));
    quoted(&mut engine, 10_000, 10_002).unwrap();
    let orders = [1, 2].map(|client_id| sent(&mut engine, &order(client_id, Side::Buy, 1, 0)));
    quoted(&mut engine, bid, ask).unwrap();
    let mut timer = Timer::EMPTY;
    timer.header.now = Nanos(engine.now().0 + 9);
    assert_eq!(engine.run(&timer, |e, r| e.timer(r)), Ok(Status::Ok));
    assert_eq!(engine.audit(), Ok(()));
    (engine, orders)
}

/// An execution that the engine cannot book leaves its order in doubt, and says so.
#[test]
fn what_cannot_be_booked_is_in_doubt() {
    // One lot bought there and valued at the bid loses 9 × 10^18 money units: two do not fit.
    let (mut engine, [first, second]) = overtaken(1, 900_000_000_000_000);
    assert_eq!(engine.order_get(first, 0).unwrap().cum_qty, Lots(1));
    let view = engine.order_get(second, 0).unwrap();
    assert_eq!(view.cum_qty, Lots(0));
    assert_ne!(view.marks & OrderMark::InDoubt.raw(), 0);
    let events = events_of(&mut engine, 1);
    let doubts = |event: &&Event| {
        event.kind == EventKind::OrderAnomaly.raw()
            && event.code == u32::from(Anomaly::InDoubt.raw())
            && event.order == second
    };
    assert_eq!(events.iter().filter(doubts).count(), 1);
    assert_eq!(engine.position_net(0).unwrap().qty, Lots(1));
}

/// What is worth more than money can be is not executed, and the venue says so.
#[test]
fn what_has_no_value_is_not_executed() {
    let (engine, orders) = overtaken(1, 1 << 58);
    for order in orders {
        let view = engine.order_get(order, 0).unwrap();
        assert_eq!((view.cum_qty, view.status), (Lots(0), OrderStatus::Cancelled.raw()));
        assert_eq!(view.reason, Reason::Price.raw());
    }
}

/// However far the model moves the price, it is one that the symbol can have.
#[test]
fn no_price_is_below_the_least() {
    let mut engine = simulated(Mode::Paper);
    let slippage = crate::sim::SlippageConfig {
        share: Ratio(900_000_000),
        ..crate::sim::SlippageConfig::new(crate::status::SlippageModel::Fixed)
    };
    let far = SimulationSet { symbol: u32::MAX, slippage, ..SimulationSet::DEFAULT };
    assert_eq!(engine.run(&far, |e, r| e.simulation_set(r)), Ok(Status::Ok));
    quoted(&mut engine, 1, 3).unwrap();
    let order = sent(&mut engine, &order(1, Side::Sell, 5, 0));
    let view = engine.order_get(order, 0).unwrap();
    assert_eq!((view.cum_qty, view.avg_price), (Lots(5), Ticks(1)));
}

/// Two stops of a long at a venue that refuses at once.
fn refused(work_per_call: u32) -> Engine<'static> {
    let config = Config { mode: Mode::Backtest.raw(), work_per_call, ..settings() };
    let mut engine = simulated_as(&config, &SymbolDefine::EMPTY);
    held(&mut engine, Side::Buy, 0, 0);
    let position = engine.position_net(0).unwrap().position;
    for level in [9_990, 9_985] {
        let mut stop = TriggerArm {
            position,
            level: Ticks(level),
            kind: TriggerKind::StopLoss.raw(),
            action: TriggerAction::Close.raw(),
            ..TriggerArm::EMPTY
        };
        stop.header.now = engine.now();
        engine.run(&stop, |e, r| e.trigger_arm(r)).unwrap();
    }
    phase(&mut engine, Phase::Halt);
    engine
}

/// A close that is refused at once is not sent again for the same price: drains come to an end, and
/// the clock tries again.
#[test]
fn refused_closes_end_with_their_price() {
    for work in [1, 2, 64] {
        let mut engine = refused(work);
        let mut answer = quoted(&mut engine, 9_980, 9_982);
        let (now, mut calls) = (engine.now(), 0);
        while answer == Ok(Status::More) {
            answer = drained(&mut engine, now);
            calls += 1;
            assert!(calls < 9, "{work}");
        }
        assert_eq!(answer, Ok(Status::Ok));
        phase(&mut engine, Phase::Continuous);
        quoted(&mut engine, 9_970, 9_972).unwrap();
        let mut timer = Timer::EMPTY;
        timer.header.now = Nanos(engine.now().0 + 1);
        while engine.run(&timer, |e, r| e.timer(r)) == Ok(Status::More) {}
        assert_eq!(engine.account_get().open, 0, "{work}");
        assert_eq!(engine.audit(), Ok(()));
    }
}

#[test]
fn a_bar_of_refused_closes_comes_to_its_end() {
    for work in [1, 2, 64] {
        let mut engine = refused(work);
        let path = bar(1, [10_000, 10_002, 9_980, 10_000], 2, 0);
        let (mut answer, mut calls) = (take(&mut engine, &path), 1);
        while answer == Ok(Status::More) {
            answer = drained(&mut engine, path.header.now);
            calls += 1;
            assert!(calls < 200, "{work}");
        }
        assert_eq!((answer, engine.now()), (Ok(Status::Ok), path.header.now));
    }
}

/// However many ticks a bar has, a venue that refuses is not asked at each of them.
#[test]
fn a_long_bar_of_refused_closes_comes_to_its_end() {
    let sent = [1, 64].map(|work| {
        let mut engine = refused(work);
        let mut path = bar(1, [10_000, 10_000, 9, 9_000], 2, 0);
        path.header.now.0 += 1 << 40;
        let (mut answer, mut calls) = (take(&mut engine, &path), 1);
        while answer == Ok(Status::More) {
            answer = drained(&mut engine, path.header.now);
            calls += 1;
            assert!(calls < 2_000, "{work}");
        }
        assert_eq!((answer, engine.now()), (Ok(Status::Ok), path.header.now));
        engine.execution_stats_get(0).unwrap().failed
    });
    // Two stops, 64 times on each of the two ways; one a call leaves one of them to the clock.
    assert!(sent[1] > 128 && sent[1] < 600 && sent[0] < 600, "{sent:?}");
}
