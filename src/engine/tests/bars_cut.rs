//! Bars that are more than one call's work, and bars that are refused.

use super::bars::{
    BUY, SELL, backtest, bar, bracket, drained, fills, held, limit, sent, shown, take,
};
use super::simulated::{events_of, settings, simulated_as};
use super::*;
use crate::market::{Bar, Trade};
use crate::status::Mode;

fn with_work(work_per_call: u32) -> Engine<'static> {
    let config = Config { mode: Mode::Backtest.raw(), work_per_call, ..settings() };
    simulated_as(&config, &SymbolDefine::EMPTY)
}

fn all_events(engine: &mut Engine<'_>) -> Vec<Event> {
    let now = engine.now().0;
    events_of(engine, now)
}

/// Four stops that only tell at one level, one each at four other ones, and one that closes.
fn armed(engine: &mut Engine<'_>) {
    held(engine, Side::Buy, 0, 0);
    let position = engine.position_net(0).unwrap().position;
    for (tag, level) in (0..).zip([9_950, 9_950, 9_980, 9_970, 9_950, 9_910, 9_950]) {
        let mut stop = TriggerArm {
            position,
            tag,
            level: Ticks(level),
            kind: TriggerKind::StopLoss.raw(),
            action: TriggerAction::Signal.raw(),
            ..TriggerArm::EMPTY
        };
        if tag == 5 {
            stop.action = TriggerAction::Close.raw();
        }
        stop.header.now = engine.now();
        engine.run(&stop, |e, r| e.trigger_arm(r)).unwrap();
    }
    sent(engine, &limit(2, Side::Sell, 10, 10_060));
    sent(engine, &bracket(3, Side::Sell, 5, 10_090, 0));
}

/// However the work of a bar is cut, the same comes of it.
#[test]
fn a_bar_is_gone_on_with_by_drains() {
    let path = bar(1, [10_000, 10_100, 9_900, 10_000], 2, 0);
    let mut whole = with_work(64);
    armed(&mut whole);
    all_events(&mut whole);
    shown(&mut whole, &path);
    let told = all_events(&mut whole);
    let fired = |events: &[Event]| {
        let fired = events.iter().filter(|e| e.kind == EventKind::TriggerFired.raw());
        fired.map(|e| (e.tag, e.price.0, e.at)).collect::<Vec<_>>()
    };
    let prices = fired(&told).iter().map(|fired| (fired.0, fired.1)).collect::<Vec<_>>();
    let downwards = [(2, 9_980), (3, 9_970), (0, 9_950), (1, 9_950), (4, 9_950), (6, 9_950)];
    assert_eq!(prices[..6], downwards);
    assert_eq!(prices[6..], [(5, 9_910)]);
    for work in [1, 2, 3, 5] {
        let mut engine = with_work(work);
        armed(&mut engine);
        all_events(&mut engine);
        assert_eq!(take(&mut engine, &path), Ok(Status::More));
        assert_eq!(engine.symbol_get(0).unwrap().draining, 1);
        assert_eq!(engine.account_get().draining, 1);
        let mut calls = 2;
        while drained(&mut engine, path.header.now) == Ok(Status::More) {
            calls += 1;
        }
        // Nine places and seven triggers.
        assert!(calls * work >= 16, "{calls} calls of {work}");
        assert!(work > 1 || calls == 16, "{calls} calls of one");
        assert_eq!(engine.now(), path.header.now);
        assert_eq!(engine.account_get().draining, 0);
        let cut = all_events(&mut engine);
        assert_eq!(fired(&cut), fired(&told));
        let executed = |events: &[Event]| {
            let fills = events.iter().filter(|e| e.kind == EventKind::OrderFill.raw());
            fills.map(|e| (e.side, e.qty, e.price, e.at)).collect::<Vec<_>>()
        };
        assert_eq!(executed(&cut), executed(&told));
        assert_eq!(engine.account_get(), whole.account_get());
    }
}

/// While a bar is not over nothing else says what the price is; everything else goes on.
#[test]
fn prices_wait_for_the_end_of_a_bar() {
    let mut engine = with_work(1);
    held(&mut engine, Side::Buy, 9_950, 10_050);
    let path = bar(1, [10_000, 10_100, 9_900, 10_000], 2, 0);
    assert_eq!(take(&mut engine, &path), Ok(Status::More));
    // The open, and nothing else.
    assert_eq!(engine.now(), Nanos(60 * SECOND));
    let (before, now) = (digest(&engine), engine.now());
    let price = quote(0, 10_000, 10_002, now);
    assert_eq!(engine.run(&price, |e, r| e.quote(r)), Err(Status::Pending));
    let mut trade = Trade { price: Ticks(10_000), ..Trade::EMPTY };
    trade.header.now = now;
    assert_eq!(engine.run(&trade, |e, r| e.trade(r)), Err(Status::Pending));
    assert_eq!(take(&mut engine, &bar(2, [10_000; 4], 2, 0)), Err(Status::Pending));
    assert_eq!(digest(&engine), before);
    // What is left of it counts for the digest.
    let mut other = with_work(1);
    held(&mut other, Side::Buy, 9_950, 10_050);
    let further = Bar { close: Ticks(10_001), ..path };
    assert_eq!(take(&mut other, &further), Ok(Status::More));
    assert_ne!(digest(&other), digest(&engine));
    // An order goes out, and takes the price that there is.
    sent(&mut engine, &order(2, Side::Buy, 5, 0));
    assert_eq!(fills(&mut engine, 1), [(BUY, 5, 10_002, 0)]);
    // Time that has passed is passed: the rest of the bar happens then.
    let mut timer = Timer::EMPTY;
    timer.header.now = Nanos(90 * SECOND);
    assert_eq!(engine.run(&timer, |e, r| e.timer(r)), Ok(Status::Ok));
    while drained(&mut engine, path.header.now) == Ok(Status::More) {}
    assert_eq!(fills(&mut engine, 1), [(SELL, 10, 9_950, 300)]);
    assert_eq!(engine.now(), path.header.now);
    assert_eq!(engine.account_get().clock_back, 0);
    assert_eq!(
        engine.run(&quote(0, 10_000, 10_002, engine.now()), |e, r| e.quote(r)),
        Ok(Status::Ok)
    );
}

#[test]
fn what_is_no_bar_changes_nothing() {
    let good = bar(1, [10_000, 10_100, 9_900, 10_000], 2, 10);
    type Spoil = fn(&mut Bar);
    let cases: [(Status, Spoil); 19] = [
        (Status::Kind, |r| r.header.kind += 1),
        (Status::Size, |r| r.header.size += 8),
        (Status::Reserved, |r| r.reserved0 = 1),
        (Status::Reserved, |r| r.reserved[1] = 1),
        (Status::Symbol, |r| r.symbol = 1),
        (Status::Price, |r| r.low = Ticks(0)),
        (Status::Price, |r| r.low = Ticks(10_001)),
        (Status::Price, |r| r.high = Ticks(9_999)),
        (Status::Price, |r| r.open = Ticks(9_899)),
        (Status::Price, |r| r.open = Ticks(10_101)),
        (Status::Price, |r| r.close = Ticks(9_899)),
        (Status::Price, |r| r.close = Ticks(10_101)),
        (Status::Price, |r| r.high = Ticks(i64::MAX)),
        (Status::Price, |r| r.spread = Ticks(i64::MAX)),
        (Status::Range, |r| r.spread = Ticks(-1)),
        (Status::Range, |r| r.volume = Lots(-1)),
        (Status::Range, |r| r.begin.0 -= 1),
        (Status::Range, |r| r.begin.0 = r.header.now.0 + 1),
        // The equity would not fit.
        (Status::Range, |r| r.high = Ticks(Ticks::MAX - 2)),
    ];
    let mut engine = backtest();
    held(&mut engine, Side::Buy, 9_950, 10_050);
    let before = digest(&engine);
    for (number, (code, spoil)) in cases.iter().enumerate() {
        let mut bad = good;
        spoil(&mut bad);
        assert_eq!(take(&mut engine, &bad), Err(*code), "case {number}");
        assert_eq!(digest(&engine), before, "case {number}");
    }
    shown(&mut engine, &good);
    // Of no length, at the end of the one before: it all happens then.
    let mut late = bar(2, [9_990, 9_999, 9_980, 9_990], 2, 0);
    late.header.now = late.begin;
    shown(&mut engine, &late);
    let mut storage = Small::new();
    let (memory, kill) = storage.lend();
    let mut live = opened(memory, kill, &config());
    define(&mut live, 0);
    assert_eq!(live.bar(&good), Err(Status::State));
    assert_eq!(live.run(&good, |e, r| e.bar(r)), Err(Status::State));
}

/// The equity comes not to fit by what a bar itself brings about: it is over there.
#[test]
fn a_bar_ends_where_the_equity_does_not_fit() {
    // A thousand lots of it are 10^19 money units.
    let far = 1_000_000_000_000;
    let mut engine = backtest();
    shown(&mut engine, &bar(0, [10_000; 4], 2, 0));
    sent(&mut engine, &limit(1, Side::Buy, 1_000, 9_990));
    // Bought on the way from the high to the low.
    let path = bar(1, [10_000, far, 9_900, far - 9], 2, 0);
    assert_eq!(take(&mut engine, &path), Err(Status::Range));
    assert_eq!(engine.now(), Nanos(100 * SECOND));
    assert_eq!(fills(&mut engine, 1), [(BUY, 1_000, 9_990, 399)]);
    shown(&mut engine, &bar(2, [9_950; 4], 2, 0));
    // Long already: this one is refused as it is.
    let before = digest(&engine);
    assert_eq!(take(&mut engine, &bar(3, [9_950, far, 9_900, 9_950], 2, 0)), Err(Status::Range));
    assert_eq!(digest(&engine), before);
}
