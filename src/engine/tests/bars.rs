//! Bars, by hand: which way the price goes, and what is executed where. Times are seconds.

use super::simulated::{events_of, settings, simulated_as};
use super::*;
use crate::market::Bar;
use crate::status::{Mode, TradeSource, TriggerSource};

/// Open, high, low, close.
type Prices = [i64; 4];

/// A bar of a minute, the first of which begins at 0.
pub(super) fn bar(minute: u64, [open, high, low, close]: Prices, spread: i64, volume: i64) -> Bar {
    let [open, high, low, close] = [open, high, low, close].map(Ticks);
    let (spread, volume) = (Ticks(spread), Lots(volume));
    let begin = Nanos(minute * 60 * SECOND);
    let mut bar = Bar { open, high, low, close, volume, spread, begin, ..Bar::EMPTY };
    bar.header.now = Nanos((minute + 1) * 60 * SECOND);
    bar
}

pub(super) fn backtest() -> Engine<'static> {
    simulated_as(&Config { mode: Mode::Backtest.raw(), ..settings() }, &SymbolDefine::EMPTY)
}

pub(super) fn take(engine: &mut Engine<'_>, bar: &Bar) -> Result<Status, Status> {
    let answer = engine.run(bar, |e, r| e.bar(r));
    assert_eq!(engine.audit(), Ok(()));
    answer
}

pub(super) fn shown(engine: &mut Engine<'_>, bar: &Bar) {
    let mut answer = take(engine, bar);
    while answer == Ok(Status::More) {
        answer = drained(engine, bar.header.now);
    }
    assert_eq!((answer, engine.now()), (Ok(Status::Ok), bar.header.now));
}

pub(super) fn drained(engine: &mut Engine<'_>, now: Nanos) -> Result<Status, Status> {
    let mut request = Drain::EMPTY;
    request.header.now = now;
    let answer = engine.run(&request, |e, r| e.drain(r));
    assert_eq!(engine.audit(), Ok(()));
    answer
}

pub(super) fn sent(engine: &mut Engine<'_>, request: &OrderSubmit) -> Id {
    let mut request = *request;
    request.header.now = engine.now();
    let submitted = engine.run(&request, |e, r| e.order_submit(r)).unwrap();
    assert!(submitted.verdict.is_accepted());
    submitted.order
}

/// A market order with a stop and a target, 0 for none.
pub(super) fn bracket(client_id: u64, side: Side, qty: i64, stop: i64, target: i64) -> OrderSubmit {
    let order = order(client_id, side, qty, 0);
    OrderSubmit { stop_loss: Ticks(stop), take_profit: Ticks(target), ..order }
}

pub(super) fn limit(client_id: u64, side: Side, qty: i64, price: i64) -> OrderSubmit {
    order(client_id, side, qty, price)
}

fn set(engine: &mut Engine<'_>, request: &SimulationSet) {
    let mut request = *request;
    request.header.now = engine.now();
    assert_eq!(engine.run(&request, |e, r| e.simulation_set(r)), Ok(Status::Ok));
}

/// What was executed since the last look: side, quantity, price, tenths of a second since the
/// beginning of this minute.
pub(super) fn fills(engine: &mut Engine<'_>, minute: u64) -> Vec<(u8, i64, i64, i64)> {
    let events = events_of(engine, engine.now().0);
    let fills = events.iter().filter(|event| event.kind == EventKind::OrderFill.raw());
    let begin = i64::try_from(minute * 600).unwrap();
    let tenths = |at: Nanos| i64::try_from(at.0 / (SECOND / 10)).unwrap() - begin;
    fills.map(|e| (e.side, e.qty.0, e.price.0, tenths(e.at))).collect()
}

pub(super) const BUY: u8 = Side::Buy.raw();
pub(super) const SELL: u8 = Side::Sell.raw();

/// A position of ten, long or short, from a first bar of one price, and what was executed then.
pub(super) fn held(engine: &mut Engine<'_>, side: Side, stop: i64, target: i64) {
    shown(engine, &bar(0, [10_000; 4], 2, 0));
    sent(engine, &bracket(1, side, 10, stop, target));
    let price = if side == Side::Buy { 10_002 } else { 10_000 };
    assert_eq!(fills(engine, 1), [(side.raw(), 10, price, 0)]);
}

#[test]
fn a_long_meets_its_stop_before_its_target() {
    let mut engine = backtest();
    held(&mut engine, Side::Buy, 9_950, 10_050);
    shown(&mut engine, &bar(1, [10_000, 10_100, 9_900, 10_000], 2, 0));
    // Half of the way to the low, which takes a third of a minute.
    assert_eq!(fills(&mut engine, 1), [(SELL, 10, 9_950, 100)]);
    assert_eq!(engine.account_get().open, 0);
    assert_eq!(engine.account_get().realised, Money(-520 * TICK_LOT));
}

#[test]
fn a_short_meets_its_stop_before_its_target() {
    let mut engine = backtest();
    held(&mut engine, Side::Sell, 10_050, 9_950);
    shown(&mut engine, &bar(1, [10_000, 10_100, 9_900, 10_000], 2, 0));
    // The ask is there when the bid is at 10 048.
    assert_eq!(fills(&mut engine, 1), [(BUY, 10, 10_050, 96)]);
    assert_eq!(engine.account_get().realised, Money(-500 * TICK_LOT));
}

#[test]
fn a_target_is_met_when_the_stop_is_not() {
    let mut engine = backtest();
    held(&mut engine, Side::Buy, 9_950, 10_050);
    shown(&mut engine, &bar(1, [10_000, 10_100, 9_951, 10_000], 2, 0));
    // 99 of 149 ticks up, in the second third.
    assert_eq!(fills(&mut engine, 1), [(SELL, 10, 10_050, 332)]);
    let mut engine = backtest();
    held(&mut engine, Side::Sell, 10_050, 9_950);
    shown(&mut engine, &bar(1, [10_000, 10_047, 9_900, 10_000], 2, 0));
    // 99 of 147 ticks down: the ask is at 9 950.
    assert_eq!(fills(&mut engine, 1), [(BUY, 10, 9_950, 334)]);
}

/// What waits to open is met on the way back, so that its stop comes before its target.
#[test]
fn an_entry_meets_its_stop_before_its_target() {
    let mut engine = backtest();
    shown(&mut engine, &bar(0, [10_000; 4], 2, 0));
    let entry = limit(1, Side::Buy, 10, 9_980);
    sent(
        &mut engine,
        &OrderSubmit { stop_loss: Ticks(9_940), take_profit: Ticks(10_020), ..entry },
    );
    shown(&mut engine, &bar(1, [10_000, 10_100, 9_900, 10_000], 2, 0));
    // From 10 100 to 9 900 in 20 seconds: the ask at 9 980, the bid at 9 940.
    assert_eq!(fills(&mut engine, 1), [(BUY, 10, 9_980, 322), (SELL, 10, 9_940, 360)]);
    let mut engine = backtest();
    shown(&mut engine, &bar(0, [10_000; 4], 2, 0));
    let entry = limit(1, Side::Sell, 10, 10_020);
    sent(
        &mut engine,
        &OrderSubmit { stop_loss: Ticks(10_060), take_profit: Ticks(9_980), ..entry },
    );
    shown(&mut engine, &bar(1, [10_000, 10_100, 9_900, 10_000], 2, 0));
    assert_eq!(fills(&mut engine, 1), [(SELL, 10, 10_020, 320), (BUY, 10, 10_060, 358)]);
}

/// A stop that opens, held here or at the venue.
#[test]
fn a_breakout_falls_back_through_its_stop() {
    for hold in [crate::status::Hold::Core, crate::status::Hold::Venue] {
        let mut engine = backtest();
        shown(&mut engine, &bar(0, [10_000; 4], 2, 0));
        let entry = bracket(1, Side::Buy, 10, 10_010, 10_090);
        sent(
            &mut engine,
            &OrderSubmit {
                order_type: OrderType::Stop.raw(),
                stop_price: Ticks(10_052),
                hold: hold.raw(),
                ..entry
            },
        );
        shown(&mut engine, &bar(1, [10_000, 10_080, 9_900, 10_000], 2, 0));
        // Up 80 ticks in 20 seconds, 50 to the ask's 10 052; then down 180, 70 to the stop.
        assert_eq!(fills(&mut engine, 1), [(BUY, 10, 10_052, 125), (SELL, 10, 10_010, 277)]);
    }
}

#[test]
fn only_the_open_gaps_over_levels() {
    let mut engine = backtest();
    held(&mut engine, Side::Buy, 9_950, 0);
    shown(&mut engine, &bar(1, [9_930, 9_990, 9_900, 9_980], 2, 0));
    assert_eq!(fills(&mut engine, 1), [(SELL, 10, 9_930, 0)]);
    let mut engine = backtest();
    held(&mut engine, Side::Sell, 0, 9_950);
    shown(&mut engine, &bar(1, [9_930, 9_990, 9_900, 9_980], 2, 0));
    assert_eq!(fills(&mut engine, 1), [(BUY, 10, 9_932, 0)]);
}

#[test]
fn a_trailing_stop_follows_to_the_extreme_and_fires_on_the_way_back() {
    let mut engine = backtest();
    held(&mut engine, Side::Buy, 0, 0);
    let position = engine.position_net(0).unwrap().position;
    let mut stop = TriggerArm {
        position,
        trail_offset: Ticks(30),
        kind: TriggerKind::TrailingStop.raw(),
        action: TriggerAction::Close.raw(),
        ..TriggerArm::EMPTY
    };
    stop.header.now = engine.now();
    engine.run(&stop, |e, r| e.trigger_arm(r)).unwrap();
    // The low is 29 below the open, which is the peak until then.
    shown(&mut engine, &bar(1, [10_000, 10_080, 9_971, 10_000], 2, 0));
    assert_eq!(fills(&mut engine, 1), [(SELL, 10, 10_050, 475)]);
    // The same at the venue, for a short, by a quarter of a per cent.
    let mut engine = backtest();
    held(&mut engine, Side::Sell, 0, 0);
    let stop = bracket(2, Side::Buy, 10, 0, 0);
    sent(
        &mut engine,
        &OrderSubmit {
            order_type: OrderType::TrailingStop.raw(),
            trail_ratio: Ratio(2_500_000),
            hold: crate::status::Hold::Venue.raw(),
            ..stop
        },
    );
    // Lowest ask 9 922: 24.805 above it, rounded up, is 9 947.
    shown(&mut engine, &bar(1, [10_000, 10_010, 9_920, 10_000], 2, 0));
    // The bid at 9 945, 25 of 80 ticks up.
    assert_eq!(fills(&mut engine, 1), [(BUY, 10, 9_947, 462)]);
}

/// Half of a quarter of the volume at each point; what is between has what is left.
#[test]
fn the_volume_limits_what_is_executed() {
    let half = SimulationSet { fill_ratio: Ratio(Ratio::ONE / 2), ..SimulationSet::DEFAULT };
    let mut engine = backtest();
    set(&mut engine, &half);
    shown(&mut engine, &bar(0, [10_000; 4], 2, 11));
    sent(&mut engine, &order(1, Side::Buy, 12, 0));
    assert_eq!(fills(&mut engine, 1), [(BUY, 1, 10_002, 0)]);
    shown(&mut engine, &bar(1, [10_010, 10_100, 9_900, 10_000], 2, 43));
    // What is bought already is hurt first: the low comes before the high.
    let told = [(BUY, 5, 10_012, 0), (BUY, 5, 9_902, 200), (BUY, 1, 10_102, 400)];
    assert_eq!(fills(&mut engine, 1), told);
    // Two that rest share what the open has shown, then what the low does. Nothing is left at the
    // price of the second.
    let mut engine = backtest();
    set(&mut engine, &half);
    shown(&mut engine, &bar(0, [10_000; 4], 2, 0));
    sent(&mut engine, &limit(1, Side::Buy, 4, 9_990));
    sent(&mut engine, &limit(2, Side::Buy, 4, 9_980));
    shown(&mut engine, &bar(1, [10_000, 10_000, 9_900, 10_000], 2, 40));
    // The high is the open.
    let told = [(BUY, 4, 9_990, 224), (BUY, 1, 9_980, 244), (BUY, 3, 9_980, 400)];
    assert_eq!(fills(&mut engine, 1), told);
}

#[test]
fn a_quarter_of_little_is_nothing() {
    let all = SimulationSet { fill_ratio: Ratio(Ratio::ONE), ..SimulationSet::DEFAULT };
    for (volume, executed) in [(3, 0), (4, 4), (0, 12)] {
        let mut engine = backtest();
        set(&mut engine, &all);
        shown(&mut engine, &bar(0, [10_000; 4], 2, 3));
        sent(&mut engine, &order(1, Side::Buy, 12, 0));
        shown(&mut engine, &bar(1, [10_000, 10_001, 9_999, 10_000], 2, volume));
        let fills = fills(&mut engine, 1);
        assert_eq!(fills.iter().map(|fill| fill.1).sum::<i64>(), executed);
    }
    // Without a ratio the volume limits nothing.
    let mut engine = backtest();
    shown(&mut engine, &bar(0, [10_000; 4], 2, 3));
    sent(&mut engine, &order(1, Side::Buy, 12, 0));
    assert_eq!(fills(&mut engine, 1), [(BUY, 12, 10_002, 0)]);
}

/// Without a spread the prices are those of trades: a touch fills nobody.
#[test]
fn a_limit_is_passed_where_there_is_no_spread() {
    for (low, filled) in [(9_980, false), (9_979, true)] {
        let mut engine = backtest();
        shown(&mut engine, &bar(0, [10_000; 4], 0, 0));
        sent(&mut engine, &limit(1, Side::Buy, 10, 9_980));
        shown(&mut engine, &bar(1, [10_000, 10_010, low, low], 0, 0));
        let fills = fills(&mut engine, 1);
        assert_eq!(!fills.is_empty(), filled);
        // The limit, not what passed it; it is passed at the end of the bar.
        assert!(fills.iter().all(|fill| *fill == (BUY, 10, 9_980, 400)));
    }
    for (high, filled) in [(10_020, false), (10_021, true)] {
        let mut engine = backtest();
        shown(&mut engine, &bar(0, [10_000; 4], 0, 0));
        sent(&mut engine, &limit(1, Side::Sell, 10, 10_020));
        shown(&mut engine, &bar(1, [10_000, high, 9_990, high], 0, 0));
        let fills = fills(&mut engine, 1);
        assert_eq!(!fills.is_empty(), filled);
    }
    // With one the other side is there.
    let mut engine = backtest();
    shown(&mut engine, &bar(0, [10_000; 4], 1, 0));
    sent(&mut engine, &limit(1, Side::Buy, 10, 9_980));
    shown(&mut engine, &bar(1, [10_000, 10_010, 9_979, 9_990], 1, 0));
    assert_eq!(fills(&mut engine, 1), [(BUY, 10, 9_980, 400)]);
    // One that is put in where the price is takes it, and a quote fills what it touches.
    let mut engine = backtest();
    shown(&mut engine, &bar(0, [10_000; 4], 0, 0));
    sent(&mut engine, &limit(1, Side::Buy, 10, 10_000));
    sent(&mut engine, &limit(2, Side::Buy, 10, 9_990));
    assert_eq!(fills(&mut engine, 1), [(BUY, 10, 10_000, 0)]);
    let touch = quote(0, 9_990, 9_990, engine.now());
    assert_eq!(engine.run(&touch, |e, r| e.quote(r)), Ok(Status::Ok));
    assert_eq!(fills(&mut engine, 1), [(BUY, 10, 9_990, 0)]);
}

/// A command takes a second: it meets the price of its arrival, and so does its report.
#[test]
fn a_command_meets_the_price_of_its_arrival() {
    let mut engine = backtest();
    held(&mut engine, Side::Buy, 9_950, 0);
    let (latency_out, latency_in) = (Nanos(SECOND), Nanos(SECOND / 2));
    set(&mut engine, &SimulationSet { latency_out, latency_in, ..SimulationSet::DEFAULT });
    shown(&mut engine, &bar(1, [10_000, 10_100, 9_900, 10_000], 2, 0));
    // Five ticks a second: it fires after 10 s, arrives after 11 s just before the price goes from
    // 9 946 to 9 945, and is told half a second later.
    assert_eq!(fills(&mut engine, 1), [(SELL, 10, 9_946, 115)]);
}

/// Which extreme is first, by where a stop at each of them fires.
#[test]
fn the_extreme_that_is_nearer_comes_first_where_nothing_says_which() {
    let orders = |[buy, sell]: [i64; 2]| {
        let stop = OrderSubmit { order_type: OrderType::Stop.raw(), ..OrderSubmit::EMPTY };
        let stop = |client_id, side: Side, qty, stop_price| OrderSubmit {
            client_id,
            side: side.raw(),
            qty: Lots(qty),
            stop_price: Ticks(stop_price),
            ..stop
        };
        [stop(1, Side::Buy, buy, 10_040), stop(2, Side::Sell, sell, 9_960)]
    };
    let cases = [
        // As much on both sides: the nearer extreme, of equal ones the low.
        ([5, 5], [10_000, 10_050, 9_940, 10_000], BUY),
        ([5, 5], [10_000, 10_060, 9_950, 10_000], SELL),
        ([5, 5], [10_000, 10_050, 9_950, 10_000], SELL),
        // More to buy: the high; more to sell: the low.
        ([6, 5], [10_000, 10_060, 9_950, 10_000], BUY),
        ([5, 6], [10_000, 10_050, 9_940, 10_000], SELL),
    ];
    for (qty, prices, first) in cases {
        let mut engine = backtest();
        shown(&mut engine, &bar(0, [10_000; 4], 0, 0));
        for order in orders(qty) {
            sent(&mut engine, &order);
        }
        shown(&mut engine, &bar(1, prices, 0, 0));
        let fills = fills(&mut engine, 1);
        assert_eq!((fills.len(), fills[0].0), (2, first), "{qty:?} {prices:?}");
    }
}

/// The last price, or the mark price, goes along where triggers look at it.
#[test]
fn last_and_mark_prices_go_along() {
    let cases = [
        (TriggerSource::Last, TradeSource::Last, 0),
        (TriggerSource::Mark, TradeSource::Mark, 0),
        (TriggerSource::Last, TradeSource::Last, SymbolFlag::MarkLast.raw()),
    ];
    for (source, told, flags) in cases {
        let config = Config { mode: Mode::Backtest.raw(), ..settings() };
        let symbol = SymbolDefine { trigger_source: source.raw(), flags, ..SymbolDefine::EMPTY };
        let mut engine = simulated_as(&config, &symbol);
        held(&mut engine, Side::Sell, 10_050, 9_950);
        shown(&mut engine, &bar(1, [10_000, 10_100, 9_900, 10_000], 2, 0));
        // The price itself is at 10 050, the ask two above it.
        assert_eq!(fills(&mut engine, 1), [(BUY, 10, 10_052, 100)]);
        let market = &engine.symbols.get(0).unwrap().market;
        let price = if told == TradeSource::Mark { market.mark } else { market.last };
        assert_eq!(price.unwrap().ticks, Ticks(10_000));
        // Positions are valued by it where that was asked for.
        let mut engine = simulated_as(&config, &symbol);
        held(&mut engine, Side::Sell, 0, 0);
        shown(&mut engine, &bar(1, [10_000, 10_100, 9_900, 9_910], 2, 0));
        let mark = if flags == 0 { 9_912 } else { 9_910 };
        assert_eq!(engine.account_get().unrealised, Money((10_000 - mark) * 10 * TICK_LOT));
    }
}

/// A bar of one price is a quote.
#[test]
fn a_bar_of_one_price_is_a_quote() {
    let mut engines = [backtest(), backtest()];
    for (number, engine) in engines.iter_mut().enumerate() {
        held(engine, Side::Buy, 9_950, 10_050);
        sent(engine, &limit(2, Side::Buy, 5, 9_960));
        if number == 0 {
            shown(engine, &bar(1, [9_940; 4], 2, 0));
        } else {
            let at = |second| Nanos(second * SECOND);
            assert_eq!(
                engine.run(&quote(0, 9_940, 9_942, at(60)), |e, r| e.quote(r)),
                Ok(Status::Ok)
            );
            let mut timer = Timer::EMPTY;
            timer.header.now = at(120);
            assert_eq!(engine.run(&timer, |e, r| e.timer(r)), Ok(Status::Ok));
        }
    }
    let [one, other] = &mut engines;
    assert_eq!(one.account_get(), other.account_get());
    assert_eq!(events_of(one, 120 * SECOND), events_of(other, 120 * SECOND));
    assert_eq!(one.position_net(0), other.position_net(0));
}

#[test]
fn paper_and_backtest_are_one() {
    let engines = [Mode::Paper, Mode::Backtest].map(|mode| {
        let config = Config { mode: mode.raw(), ..settings() };
        let mut engine = simulated_as(&config, &SymbolDefine::EMPTY);
        held(&mut engine, Side::Buy, 9_950, 10_050);
        sent(&mut engine, &limit(2, Side::Sell, 7, 10_060));
        shown(&mut engine, &bar(1, [10_000, 10_100, 9_951, 10_000], 2, 0));
        shown(&mut engine, &bar(2, [10_000, 10_070, 9_900, 9_990], 0, 8));
        (digest(&engine), fills(&mut engine, 1))
    });
    assert_eq!(engines[0], engines[1]);
    assert_eq!(engines[0].1.len(), 2);
}
