//! Bars against a naive walk that shows every tick of the path.

use super::bars::{bar, take};
use super::dice::Dice;
use super::simulated::{
    Act, Session, events_of, same_states, settings, simulated_as, simulation, told,
};
use super::*;
use crate::market::{Bar, Trade};
use crate::sim::Offer;
use crate::status::{Mode, TradeSource, TriggerSource};

/// Every price of a bar's path, one tick after the other, with its time and whether it is one of
/// the four; the extremes in this order.
fn path(bar: &Bar, high_first: bool) -> Vec<(i64, u64, bool)> {
    let (begin, length) = (bar.begin.0, bar.header.now.0 - bar.begin.0);
    let (first, second) = if high_first { (bar.high, bar.low) } else { (bar.low, bar.high) };
    let mut path = std::vec![(bar.open.0, begin, true)];
    let mut from = bar.open.0;
    for (third, to) in (0..).zip([first.0, second.0, bar.close.0]) {
        let since = begin + length * third / 3;
        let until = begin + length * (third + 1) / 3;
        let ticks = from.abs_diff(to);
        for tick in 1..ticks {
            let at = since
                + u64::try_from(u128::from(until - since) * u128::from(tick) / u128::from(ticks))
                    .unwrap();
            let gone = i64::try_from(tick).unwrap();
            path.push((if to > from { from + gone } else { from - gone }, at, false));
        }
        path.push((to, until, true));
        from = to;
    }
    path
}

/// What hurts first.
fn high_first(engine: &Engine<'_>, bar: &Bar) -> bool {
    let symbol = engine.symbol_get(0).unwrap();
    let held = symbol.long_qty.0 - symbol.short_qty.0;
    let works = symbol.working_buy.0 - symbol.working_sell.0;
    match (held, works) {
        (0, 0) => bar.high.0 - bar.open.0 < bar.open.0 - bar.low.0,
        (0, works) => works > 0,
        (held, _) => held < 0,
    }
}

/// The last price, which the venue does not see.
fn last(engine: &mut Engine<'_>, price: i64, at: u64) {
    let mut trade = Trade { source: TradeSource::Last.raw(), price: Ticks(price), ..Trade::EMPTY };
    trade.header.now = Nanos(at);
    assert_eq!(engine.trade(&trade), Ok(Status::Ok));
}

/// A price of the path: a quote to the engine, whose triggers look at a trade if at all; the venue
/// is told what it may give.
fn show(engine: &mut Engine<'_>, bar: &Bar, (price, at, is_point): (i64, u64, bool)) {
    let request = quote(0, price, price + bar.spread.0, Nanos(at));
    engine.begin(&request).unwrap();
    assert_eq!(engine.quote(&request), Ok(Status::Ok));
    last(engine, price, at);
    if engine.symbols.get(0).unwrap().spec.source == TriggerSource::Mark {
        let source = TradeSource::Mark.raw();
        let mut trade = Trade { source, price: Ticks(price), ..Trade::EMPTY };
        trade.header.now = Nanos(at);
        assert_eq!(engine.trade(&trade), Ok(Status::Ok));
    }
    let offer = match (is_point, bar.volume.0) {
        (false, _) => Offer::Rest,
        (true, 0) => Offer::Unknown,
        (true, volume) => Offer::Lots(volume / 4),
    };
    if let Some(desk) = &mut engine.desk {
        desk.venue.bar(0, (request.bid, request.ask), offer, Nanos(at));
    }
    engine.end();
}

/// The whole bar, tick by tick.
fn walk(
    engine: &mut Engine<'_>,
    bar: &Bar,
    show: impl Fn(&mut Engine<'_>, &Bar, (i64, u64, bool)),
) {
    show(engine, bar, (bar.open.0, bar.begin.0, true));
    for place in path(bar, high_first(engine, bar)).into_iter().skip(1) {
        show(engine, bar, place);
    }
}

/// The same by plain quotes, which say as much where there is a spread and no volume.
fn show_plainly(engine: &mut Engine<'_>, bar: &Bar, (price, at, _): (i64, u64, bool)) {
    let request = quote(0, price, price + bar.spread.0, Nanos(at));
    assert_eq!(engine.run(&request, |e, r| e.quote(r)), Ok(Status::Ok));
    last(engine, price, at);
}

/// A trailing stop of a position, or of none.
fn trailing(dice: &mut Dice, engine: &Engine<'_>, now: u64) -> TriggerArm {
    let mut arm = TriggerArm {
        position: engine.position_net(0).map_or(Id::NONE, |position| position.position),
        trail_offset: Ticks(dice.between(2, 9)),
        activation: Ticks(if dice.one_in(2) { 0 } else { dice.between(9_990, 10_010) }),
        step: Ticks(dice.between(0, 3)),
        kind: TriggerKind::TrailingStop.raw(),
        action: TriggerAction::Close.raw(),
        ..TriggerArm::EMPTY
    };
    arm.header.now = Nanos(now);
    arm
}

/// What is done before a bar.
fn act(session: &mut Session, step: u64, engine: &Engine<'_>) -> Act {
    loop {
        let act = session.next(step, engine);
        match act {
            Act::Quote(_) | Act::Trade(_) => {}
            Act::Timer(_) => return Act::Arm(trailing(&mut session.dice, engine, session.now)),
            act => return act,
        }
    }
}

fn random_bar(dice: &mut Dice, begin: u64, from: i64) -> Bar {
    let open = from + if dice.one_in(4) { dice.between(-9, 9) } else { dice.between(-1, 1) };
    let mut next = || open + dice.between(-12, 12);
    let (one, other) = (next(), next());
    let (low, high) = (one.min(other).min(open), one.max(other).max(open));
    let close = dice.between(low, high);
    let volume = if dice.one_in(2) { 0 } else { dice.between(1, 60) };
    let spread = if dice.one_in(3) { 0 } else { dice.between(1, 3) };
    let mut bar = bar(0, [open, high, low, close], spread, volume);
    bar.begin = Nanos(begin);
    bar.header.now = Nanos(begin + if dice.one_in(9) { 0 } else { dice.below(3 * SECOND) });
    bar
}

/// The prices that quotes would show are those of the walk: only where nothing comes of a tick is
/// it left out.
#[test]
fn a_bar_is_all_its_ticks() {
    let (mut filled, mut plain) = (0, 0);
    for seed in 0..240_u64 {
        let mut dice = Dice(seed << 40 | 1 << 39);
        let source = dice.pick(&[
            TriggerSource::BidAsk,
            TriggerSource::BidAsk,
            TriggerSource::Last,
            TriggerSource::Mark,
        ]);
        let symbol = SymbolDefine { trigger_source: source.raw(), ..SymbolDefine::EMPTY };
        let config = Config { mode: Mode::Backtest.raw(), ..settings() };
        let mut engines = [(); 3].map(|()| simulated_as(&config, &symbol));
        let settings = simulation(&mut dice);
        for engine in &mut engines {
            assert_eq!(engine.run(&settings, |e, r| e.simulation_set(r)), Ok(Status::Ok));
        }
        let by_quotes = source == TriggerSource::BidAsk && dice.one_in(2);
        let mut session = Session { dice, now: SECOND, mid: 10_000, ids: Vec::new() };
        for step in 0..60 {
            let [one, two, three] = &mut engines;
            for part in 0..session.dice.below(4) {
                let act = act(&mut session, step << 8 | part, one);
                let answer = told(one, &act);
                assert_eq!(told(two, &act), answer);
                assert_eq!(told(three, &act), answer);
                if let (Act::Submit(_), Ok(id)) = (act, answer)
                    && id != Id::NONE
                {
                    session.ids.push(id);
                }
            }
            let begin = session.now + session.dice.below(SECOND);
            let mut bar = random_bar(&mut session.dice, begin, session.mid);
            if by_quotes {
                (bar.volume, bar.spread) = (Lots(0), Ticks(bar.spread.0.max(1)));
            }
            assert_eq!(take(one, &bar), Ok(Status::Ok), "seed {seed}, step {step}");
            walk(two, &bar, show);
            if by_quotes {
                walk(three, &bar, show_plainly);
            } else {
                walk(three, &bar, show);
            }
            let told = [one, two, three].map(|engine| {
                assert_eq!(engine.audit(), Ok(()));
                events_of(engine, bar.header.now.0)
            });
            assert_eq!(told[0], told[1], "seed {seed}, step {step}, {bar:?}");
            assert_eq!(told[0], told[2], "seed {seed}, step {step}, {bar:?}");
            same_states(&engines[0], &engines[1]);
            same_states(&engines[0], &engines[2]);
            session.now = bar.header.now.0;
            session.mid = bar.close.0;
        }
        let executed = engines[0].execution_stats_get(0).unwrap().executed;
        filled += executed;
        plain += if by_quotes { executed } else { 0 };
    }
    assert!(filled > 2_000 && plain > 500, "{filled} executed, {plain} of them by quotes");
}
