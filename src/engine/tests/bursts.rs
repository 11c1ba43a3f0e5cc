//! Runs of many fires, short and long, ended by the budget, by the price or by what is not simple:
//! an engine that takes the long way every time says the same and has the same digest.

use super::dice::Dice;
use super::*;

type Many = Storage<256, 1, 4, 256, 1_024, 16, 128>;

fn engine<'a>(storage: &'a mut Many, long_way: bool, work_per_call: u32) -> Engine<'a> {
    let (memory, kill) = storage.lend();
    let base = config();
    let capacity =
        Capacity { orders: 256, symbols: 1, triggers: 256, events: 1_024, ..base.capacity };
    let breaker =
        BreakerConfig { orders_per_minute: -1, orders_per_hour: -1, ..BreakerConfig::DEFAULT };
    let config = Config { capacity, work_per_call, breaker, ..base };
    let mut engine = opened(memory, kill, &config);
    engine.long_way = long_way;
    define(&mut engine, 0);
    assert_eq!(engine.limits_set(&open_limits()), Ok(Status::Ok));
    engine
}

/// A stop a few ticks below or above the price, now and then one that is not simple.
fn stop(dice: &mut Dice, number: u64, at: i64, now: Nanos) -> OrderSubmit {
    let side = if dice.one_in(4) { Side::Buy } else { Side::Sell };
    let beyond = dice.between(1, 40);
    let level = if side == Side::Sell { at - beyond } else { at + beyond };
    let mut request = order(number, side, dice.between(1, 3), 0);
    request.header.now = now;
    request.order_type = OrderType::Stop.raw();
    request.stop_price = Ticks(level);
    match dice.below(60) {
        0 => {
            request.order_type = OrderType::StopLimit.raw();
            request.price = Ticks(level);
        }
        1 => request.timeout_at = Nanos(now.0 + 3 * SECOND),
        2 => request.stop_loss = Ticks(level - 500),
        _ => {}
    }
    request
}

/// Answers how many were sent.
fn run(seed: u64, work_per_call: u32) -> u32 {
    let mut dice = Dice(seed << 32);
    let (mut first, mut second) = (Many::new(), Many::new());
    let mut engines =
        [engine(&mut first, false, work_per_call), engine(&mut second, true, work_per_call)];
    let (mut now, mut at, mut number, mut sent) = (Nanos(9 * SECOND), 1_000, 0, 0);
    for _ in 0..25 {
        now.0 += SECOND / 10;
        at = (at + dice.between(-20, 20)).clamp(800, 1_200);
        let requests: Vec<OrderSubmit> = (0..dice.below(60))
            .map(|_| {
                number += 1;
                stop(&mut dice, number, at, now)
            })
            .collect();
        let move_to = at + dice.between(-30, 30);
        let drains = dice.below(6);
        // So that the ring of events is now full, now ends in the middle of a run.
        let max_events = if dice.one_in(3) { 0 } else { 400 };
        let answers = engines.each_mut().map(|engine| {
            let submitted: Vec<_> =
                requests.iter().map(|r| engine.order_submit(r).map(|s| s.status)).collect();
            let quoted = engine.quote(&quote(0, move_to, move_to + 1, now));
            let mut drain = Drain::EMPTY;
            drain.header.now = now;
            let drained: Vec<_> = (0..drains).map(|_| engine.drain(&drain)).collect();
            assert_eq!(engine.audit(), Ok(()));
            let mut poll = Poll { max_commands: 64, max_events, ..Poll::EMPTY };
            poll.header.now = now;
            let waiting = engine.orders.waiting();
            (submitted, quoted, drained, digest(engine), waiting, engine.poll_and_drop(&poll))
        });
        let [short, long] = answers;
        assert_eq!(short, long);
        sent += short.4.min(64);
        at = move_to;
    }
    sent
}

#[test]
fn the_long_way_fires_the_same() {
    let mut sent = 0;
    for seed in 0..20 {
        for work_per_call in [1, 3, 64, 500] {
            sent += run(seed, work_per_call);
        }
    }
    assert!(sent > 2_000, "{sent}");
}
