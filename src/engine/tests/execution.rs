//! What came of orders: counts, times, slippage.

use std::collections::BTreeMap;

use super::dice::Dice;
use super::*;
use crate::exec::{Fate, Times};
use crate::num::Int128;
use crate::order::ExecutionState;
use crate::status::{ConfigFlag, TimeInForce};

/// More room than any of these tests needs: nothing is evicted.
type Wide = Storage<256, 2, 64, 8, 512, 512, 256>;

fn measured() -> Config {
    Config { flags: ConfigFlag::Measure.raw(), ..config() }
}

impl Twins<'_> {
    fn handed_out(&mut self, client_id: u64, side: Side, qty: i64, price: i64) -> Id {
        let id = self.submit(client_id, side, qty, price).order;
        self.poll();
        id
    }

    fn stats(&self) -> crate::exec::ExecutionStatsView {
        self.engine().execution_stats_get(0).unwrap()
    }
}

#[test]
fn slippage_and_times_by_hand() {
    with_twins(&measured(), 0, |twins| {
        // Bid 10 000, ask 10 002: a buy of 10 pays 10 003 and 10 001, seconds 2 to 6.
        let buy = twins.handed_out(1, Side::Buy, 10, 10_005);
        assert_eq!(twins.report(ReportKind::Ack, buy), Ok(Status::Ok));
        assert_eq!(twins.quote(10_100, 10_102), Ok(Status::Ok));
        assert_eq!(twins.fill(buy, 1, 4, 10_003), Ok(Status::Ok));
        assert_eq!(twins.fill(buy, 2, 6, 10_001), Ok(Status::Ok));
        let stats = twins.stats();
        assert_eq!((stats.measured, stats.sent, stats.executed, stats.executions), (1, 1, 1, 2));
        // 4 × 1 - 6 × 1 tick-lots of 10 000 money units; the symbol is the only one.
        assert_eq!(
            stats.slippage_exact,
            Int128::from(-2 * i128::from(TICK_LOT * stats.common_den))
        );
        assert_eq!((stats.slippage, stats.slippage_average), (Money(-20_000), Money(-10_000)));
        assert_eq!(stats.slippage_worst, Money(40_000));
        // -2 / 100 020, floored.
        assert_eq!(stats.slippage_ratio, Ratio(-19_997));
        assert_eq!((stats.acks, stats.ack_average, stats.ack_worst), (1, 2 * SECOND, 2 * SECOND));
        assert_eq!((stats.ends, stats.end_average, stats.end_worst), (1, 5 * SECOND, 5 * SECOND));
        assert_eq!(stats.success_rate, Ratio(Ratio::ONE));
        let symbol = twins.engine().shortfall_get(0).unwrap();
        assert_eq!((symbol.slippage_exact, symbol.lots), (Int128::from(-2), 10));
        assert_eq!((symbol.average, symbol.average_frac), (Ticks(-1), 800_000_000));
        assert_eq!((symbol.worst, symbol.slippage), (Ticks(1), Money(-20_000)));
        assert_eq!(symbol.arrival_exact, Int128::from(100_020));
        // A sale is measured against the bid.
        let sale = twins.handed_out(2, Side::Sell, 10, 0);
        assert_eq!(twins.fill(sale, 3, 10, 10_099), Ok(Status::Ok));
        let stats = twins.stats();
        assert_eq!((stats.slippage, stats.slippage_worst), (Money(80_000), Money(100_000)));
        // An execution says that the venue has it.
        assert_eq!((stats.acks, stats.ends), (2, 2));
        assert_eq!((stats.ack_average, stats.ack_worst), (2 * SECOND, 2 * SECOND));
    });
}

#[test]
fn every_end_is_counted_as_what_it_is() {
    with_twins(&config(), 0, |twins| {
        let fok =
            OrderSubmit { time_in_force: TimeInForce::Fok.raw(), ..order(1, Side::Buy, 5, 10_000) };
        let fok = twins.submit_as(&fok).order;
        let rejected = twins.submit(2, Side::Buy, 5, 10_000).order;
        let expired = twins.submit(3, Side::Buy, 5, 10_000).order;
        let cancelled = twins.submit(4, Side::Buy, 5, 10_000).order;
        let part = twins.submit(5, Side::Buy, 5, 10_000).order;
        twins.poll();
        let counts = |twins: &Twins<'_>| {
            let stats = twins.stats();
            [stats.sent, stats.executed, stats.failed, stats.cancelled]
        };
        assert_eq!(counts(twins), [5, 0, 0, 0]);
        assert_eq!(twins.report(ReportKind::CancelAck, fok), Ok(Status::Ok));
        assert_eq!(twins.report(ReportKind::Reject, rejected), Ok(Status::Ok));
        assert_eq!(twins.report(ReportKind::Expire, expired), Ok(Status::Ok));
        assert_eq!(twins.report(ReportKind::CancelAck, cancelled), Ok(Status::Ok));
        assert_eq!(counts(twins), [5, 0, 3, 1]);
        assert_eq!(twins.fill(part, 1, 2, 10_000), Ok(Status::Ok));
        assert_eq!(counts(twins), [5, 0, 3, 1]);
        assert_eq!(twins.report(ReportKind::CancelAck, part), Ok(Status::Ok));
        assert_eq!(counts(twins), [5, 1, 3, 1]);
        assert_eq!(twins.stats().success_rate, Ratio(250_000_000));
        // A late execution makes one of a cancelled order, a bust takes it away again.
        assert_eq!(twins.fill(cancelled, 2, 1, 10_000), Ok(Status::Ok));
        assert_eq!(counts(twins), [5, 2, 3, 0]);
        twins.step(|engine, now| {
            let bust = VenueReport { ref_exec_id: 2, ..report(ReportKind::Bust, cancelled, now) };
            engine.venue_report(&bust).unwrap()
        });
        assert_eq!(counts(twins), [5, 1, 3, 1]);
        // What the gate denies, or is withdrawn here, was not handed out.
        assert_eq!(twins.submit(6, Side::Buy, 5_000, 10_000).order, Id::NONE);
        let withdrawn = twins.submit(7, Side::Buy, 5, 10_000).order;
        twins.step(|engine, now| {
            let mut request = OrderCancel { order: withdrawn, ..OrderCancel::EMPTY };
            request.header.now = now;
            engine.order_cancel(&request).unwrap()
        });
        assert_eq!(counts(twins), [5, 1, 3, 1]);
        let stats = twins.stats();
        assert_eq!((stats.measured, stats.acks, stats.executions), (0, 0, 0));
        assert_eq!(twins.engine().execution_stats_get(1), Err(Status::Scope));
        assert_eq!(twins.engine().shortfall_get(1), Err(Status::Symbol));
    });
}

#[test]
fn retries_and_doubts_are_counted() {
    let mut config = measured();
    config.retry.jitter = Ratio(0);
    with_twins(&config, 0, |twins| {
        let order = twins.handed_out(1, Side::Buy, 5, 10_000);
        assert_eq!(twins.report(ReportKind::SendFailed, order), Ok(Status::Ok));
        // The market moves while it waits: the price counts at which it was first to leave.
        assert_eq!(twins.quote(10_010, 10_012), Ok(Status::Ok));
        twins.step(|engine, now| {
            let mut request = Timer::EMPTY;
            request.header.now = now;
            engine.timer(&request).unwrap()
        });
        assert_eq!(twins.poll().0.len(), 1);
        assert_eq!(twins.report(ReportKind::SendInDoubt, order), Ok(Status::Ok));
        assert_eq!(twins.fill(order, 1, 5, 10_004), Ok(Status::Ok));
        let stats = twins.stats();
        assert_eq!((stats.sent, stats.retries, stats.in_doubt, stats.executed), (1, 1, 1, 1));
        assert_eq!(stats.slippage, Money(10 * TICK_LOT));
    });
}

/// What the engine counts, by orders, executions and what was seen when they were handed out.
#[derive(Default)]
struct Shadow {
    arrivals: BTreeMap<u64, i64>,
}

impl Shadow {
    fn note(&mut self, engine: &Engine<'_>, commands: &[Command]) {
        let market = engine.symbol_get(0).unwrap();
        for command in commands.iter().filter(|c| c.kind == CommandKind::New.raw()) {
            let buys = command.side == Side::Buy.raw();
            let price = if buys { market.ask.0 } else { market.bid.0 };
            self.arrivals.entry(command.order.0).or_insert(price);
        }
    }

    fn check(&self, engine: &Engine<'_>) {
        let stats = engine.execution_stats_get(0).unwrap();
        let fates = || engine.orders.table().iter().map(|(_, order)| Fate::of(order));
        let count = |fate| fates().filter(|&other| other == fate).fold(0_u64, |n, _| n + 1);
        assert_eq!(
            [stats.sent, stats.executed, stats.failed, stats.cancelled],
            [
                u64::try_from(self.arrivals.len()).unwrap(),
                count(Fate::Executed),
                count(Fate::Failed),
                count(Fate::Cancelled)
            ]
        );
        let (mut paid, mut lots) = (0, 0);
        for execution in engine.executions.iter() {
            let live =
                !matches!(execution.state, ExecutionState::Busted | ExecutionState::Corrected(_));
            let Some(&price) = self.arrivals.get(&execution.order.0).filter(|_| live) else {
                continue;
            };
            let sign = if execution.side == Side::Buy { 1 } else { -1 };
            let booked = execution.booked();
            paid += sign * (execution.value() - Ticks(price).times(booked));
            lots += i128::from(booked.0);
        }
        let symbol = engine.shortfall_get(0).unwrap();
        assert_eq!((i128::from(symbol.slippage_exact), i128::from(symbol.lots)), (paid, lots));
        let exact = paid * i128::from(TICK_LOT * stats.common_den);
        assert_eq!(i128::from(stats.slippage_exact), exact);
    }
}

/// Whatever is reported, in whatever order, the sums are those of the records.
#[test]
fn sums_are_those_of_the_records() {
    let capacity = Capacity {
        orders: 256,
        positions: 64,
        triggers: 8,
        events: 512,
        executions: 512,
        rate: 256,
        ..config().capacity
    };
    let breaker =
        BreakerConfig { orders_per_minute: -1, orders_per_hour: -1, ..BreakerConfig::DEFAULT };
    let config = Config { capacity, breaker, ..measured() };
    for seed in 0..20 {
        let mut storage = Wide::new();
        let (memory, kill) = storage.lend();
        let mut engine = opened(memory, kill, &config);
        define(&mut engine, 0);
        let _ = engine.quote(&quote(0, 10_000, 10_002, Nanos(1)));
        let (mut dice, mut shadow) = (Dice(seed << 32), Shadow::default());
        let (mut ids, mut executions) = (Vec::new(), 0);
        for step in 0..400_u64 {
            let now = Nanos((step + 1) * SECOND);
            let price = dice.between(9_990, 10_010);
            let id = if ids.is_empty() { Id::NONE } else { dice.pick(&ids) };
            match dice.below(8) {
                0 => {
                    let _ = engine.quote(&quote(0, price, price + 2, now));
                }
                1 | 2 if ids.len() < 200 => {
                    let side = dice.pick(&[Side::Buy, Side::Sell]);
                    let mut request = order(step + 1, side, dice.between(1, 9), price);
                    request.header.now = now;
                    ids.push(engine.order_submit(&request).unwrap().order);
                    ids.retain(|&id| id != Id::NONE);
                }
                3 | 4 => {
                    executions += 1;
                    let qty = Lots(dice.between(1, 5));
                    let fill = report(ReportKind::Fill, id, now);
                    let price = Ticks(price);
                    let _ = engine.venue_report(&VenueReport {
                        exec_id: executions,
                        qty,
                        price,
                        ..fill
                    });
                }
                5 if executions > 1 => {
                    let ref_exec_id = dice.below(executions) + 1;
                    executions += 1;
                    let kind = dice.pick(&[ReportKind::Bust, ReportKind::Correct]);
                    let change = VenueReport {
                        exec_id: if kind == ReportKind::Bust { 0 } else { executions },
                        ref_exec_id,
                        qty: Lots(dice.between(1, 5)),
                        price: Ticks(price),
                        ..report(kind, id, now)
                    };
                    let _ = engine.venue_report(&change);
                }
                _ => {
                    let kind = dice.pick(&[
                        ReportKind::Ack,
                        ReportKind::Reject,
                        ReportKind::CancelAck,
                        ReportKind::Expire,
                        ReportKind::SendFailed,
                        ReportKind::SendInDoubt,
                    ]);
                    let _ = engine.venue_report(&report(kind, id, now));
                }
            }
            let mut commands = [Command::default(); 8];
            let mut request = Poll { max_commands: 8, ..Poll::EMPTY };
            request.header.now = now;
            let polled = engine.poll(&request, &mut commands, &mut []).unwrap();
            shadow.note(&engine, &commands[..usize::try_from(polled.commands).unwrap()]);
            assert_eq!(engine.audit(), Ok(()));
            shadow.check(&engine);
        }
    }
}

#[test]
fn times_are_summed_exactly() {
    let mut times = Times::NONE;
    for nanos in [3, u64::MAX, 0, u64::MAX] {
        times.note(nanos);
    }
    assert_eq!((times.count, times.worst), (4, u64::MAX));
    assert_eq!(times.sum, 2 * i128::from(u64::MAX) + 3);
}
