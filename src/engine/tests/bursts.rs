//! Runs of many fires, short and long, ended by the budget, by the price or by what is not simple:
//! an engine that takes the long way every time says the same and has the same digest.

use super::*;

type Many = Storage<256, 1, 4, 256, 1_024, 16, 128>;

/// Numbers that look random and are the same in every run.
fn dice(seed: &mut u64, faces: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % faces
}

fn engine<'a>(storage: &'a mut Many, plain_off: bool, work_per_call: u32) -> Engine<'a> {
    let (memory, kill) = storage.lend();
    let base = config();
    let capacity =
        Capacity { orders: 256, symbols: 1, triggers: 256, events: 1_024, ..base.capacity };
    let breaker =
        BreakerConfig { orders_per_minute: -1, orders_per_hour: -1, ..BreakerConfig::DEFAULT };
    let config = Config { capacity, work_per_call, breaker, ..base };
    let mut engine = Engine::new(memory, kill, &config).unwrap();
    engine.plain_off = plain_off;
    define(&mut engine, 0);
    assert_eq!(engine.limits_set(&open_limits()), Ok(Status::Ok));
    engine
}

/// A stop a few ticks below or above the price, now and then one that is not simple.
fn stop(seed: &mut u64, number: u64, at: i64, now: Nanos) -> OrderSubmit {
    let side = if dice(seed, 4) == 0 { Side::Buy } else { Side::Sell };
    let beyond = 1 + i64::try_from(dice(seed, 40)).unwrap();
    let level = if side == Side::Sell { at - beyond } else { at + beyond };
    let mut request = order(number, side, 1 + i64::try_from(dice(seed, 3)).unwrap(), 0);
    request.header.now = now;
    request.order_type = OrderType::Stop.raw();
    request.stop_price = Ticks(level);
    match dice(seed, 60) {
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
fn run(mut seed: u64, work_per_call: u32) -> u32 {
    let (mut first, mut second) = (Many::new(), Many::new());
    let mut engines =
        [engine(&mut first, false, work_per_call), engine(&mut second, true, work_per_call)];
    let (mut now, mut at, mut number, mut sent) = (Nanos(9 * SECOND), 1_000, 0, 0);
    for _ in 0..25 {
        now.0 += SECOND / 10;
        at = (at + i64::try_from(dice(&mut seed, 41)).unwrap() - 20).clamp(800, 1_200);
        let requests: Vec<OrderSubmit> = (0..dice(&mut seed, 60))
            .map(|_| {
                number += 1;
                stop(&mut seed, number, at, now)
            })
            .collect();
        let move_to = at + i64::try_from(dice(&mut seed, 61)).unwrap() - 30;
        let drains = dice(&mut seed, 6);
        let answers = engines.each_mut().map(|engine| {
            let submitted: Vec<_> =
                requests.iter().map(|r| engine.order_submit(r).map(|s| s.status)).collect();
            let quoted = engine.quote(&quote(0, move_to, move_to + 1, now));
            let mut drain = Drain::EMPTY;
            drain.header.now = now;
            let drained: Vec<_> = (0..drains).map(|_| engine.drain(&drain)).collect();
            assert_eq!(engine.audit(), Ok(()));
            let mut poll = Poll { max_commands: 64, max_events: 0, ..Poll::EMPTY };
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
