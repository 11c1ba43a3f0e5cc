//! A half-open breaker in the engine: which orders pass, and what becomes of them.
#![forbid(unsafe_code)]

use super::*;
use crate::order::OrderReplace;
use crate::status::{BreakerState, OrderFlag, OrderMark, Unit};

const HOUR: u64 = Nanos::HOUR;

/// Two probes of a tenth of the largest quantity and position, one win; everything else is off.
fn probing() -> Config {
    let mut config = config();
    let breaker = &mut config.breaker;
    (breaker.half_open_probes, breaker.max_auto_resets) = (2, 9);
    (breaker.orders_per_minute, breaker.orders_per_hour) = (-1, -1);
    (breaker.consecutive_errors, breaker.consecutive_losses) = (1, -1);
    (breaker.daily_loss_ratio, breaker.drawdown_ratio) = (Ratio(OFF), Ratio(OFF));
    config
}

/// Trips by an error and waits for the recovery.
fn half_open(twins: &mut Twins<'_>) {
    twins.control(ControlAction::ErrorRecord, 0);
    assert_eq!(state(twins), BreakerState::Open);
    twins.now.0 += HOUR;
    let events = twins.events(EventKind::BreakerHalfOpen);
    assert_eq!(events.len(), 1);
    let Event { code, limit, observed, unit, .. } = events[0];
    let cause = u32::from(Cause::SystemError.raw());
    assert_eq!((code, limit, observed, unit), (cause, 2, 1, Unit::Count.raw()));
    assert_eq!(state(twins), BreakerState::HalfOpen);
}

fn state(twins: &Twins<'_>) -> BreakerState {
    BreakerState::from_raw(twins.engine().risk_get(0).unwrap().state).unwrap()
}

/// Probes left, going, won.
fn probes(twins: &Twins<'_>) -> (u32, u32, u32) {
    let risk = twins.engine().risk_get(0).unwrap();
    (risk.probes_left, risk.probes_open, risk.probe_wins)
}

fn sent(twins: &mut Twins<'_>, client_id: u64, side: Side, qty: i64) -> Id {
    let submitted = twins.submit(client_id, side, qty, 10_000);
    assert!(submitted.verdict.is_accepted(), "{:?}", submitted.verdict);
    twins.poll();
    submitted.order
}

fn first(submitted: &Submitted) -> (u32, i64, i64) {
    let verdict = &submitted.verdict;
    (verdict.first, verdict.limit, verdict.observed)
}

fn replace(twins: &mut Twins<'_>, order: Id, qty: i64) -> Submitted {
    twins.step(|engine, now| {
        let (qty, price) = (Lots(qty), Ticks(10_000));
        let mut request = OrderReplace { order, request_id: 7, qty, price, ..OrderReplace::EMPTY };
        request.header.now = now;
        engine.order_replace(&request).unwrap()
    })
}

#[test]
fn probes_are_few_and_small() {
    with_twins(&probing(), 0, |twins| {
        let old = sent(twins, 1, Side::Buy, 50);
        half_open(twins);
        // A tenth of 1 000 lots, whatever it is a limit of; an order works already.
        let denied = twins.submit(2, Side::Buy, 101, 10_000);
        assert_eq!(first(&denied), (Check::Qty.raw(), 100, 101));
        let denied = twins.submit(2, Side::Buy, 51, 10_000);
        assert_eq!(first(&denied), (Check::Position.raw(), 100, 101));
        assert_eq!(probes(twins), (2, 0, 0));
        let probe = sent(twins, 2, Side::Buy, 50);
        let marks = |twins: &Twins<'_>, order| twins.engine().order_get(order, 0).unwrap().marks;
        assert_eq!(marks(twins, probe), OrderMark::Probe.raw());
        assert_eq!((marks(twins, old), probes(twins)), (0, (1, 1, 0)));
        // A probe may be changed, no other order.
        let cause = i64::from(Cause::SystemError.raw());
        assert_eq!(first(&replace(twins, old, 40)), (Check::Breaker.raw(), 0, cause));
        assert!(replace(twins, probe, 40).verdict.is_accepted());
        assert_eq!(twins.report(ReportKind::ReplaceAck, probe), Ok(Status::Ok));
        sent(twins, 3, Side::Sell, 100);
        assert_eq!(probes(twins), (0, 2, 0));
        assert_eq!(
            first(&twins.submit(4, Side::Sell, 1, 10_000)),
            (Check::Breaker.raw(), 0, cause)
        );
        // By hand it is closed, and the full size passes.
        twins.control(ControlAction::BreakerReset, 0);
        assert_eq!((state(twins), probes(twins)), (BreakerState::Closed, (0, 0, 0)));
        sent(twins, 4, Side::Sell, 500);
    });
}

#[test]
fn a_win_closes_it() {
    with_twins(&probing(), 0, |twins| {
        half_open(twins);
        let entry = sent(twins, 1, Side::Buy, 10);
        assert_eq!(twins.fill(entry, 1, 10, 10_000), Ok(Status::Ok));
        // Its order has ended, its position is open.
        assert_eq!(probes(twins), (1, 1, 0));
        let exit = sent(twins, 2, Side::Sell, 10);
        assert_eq!(twins.fill(exit, 2, 4, 10_300), Ok(Status::Ok));
        assert_eq!((state(twins), probes(twins)), (BreakerState::HalfOpen, (0, 2, 0)));
        assert_eq!(twins.fill(exit, 3, 6, 10_300), Ok(Status::Ok));
        assert_eq!(state(twins), BreakerState::Closed);
        assert_eq!(twins.events(EventKind::BreakerReset)[0].code, 0);
    });
}

#[test]
fn a_loss_trips_again() {
    with_twins(&probing(), 0, |twins| {
        // Also that of a position that no probe has touched.
        let entry = sent(twins, 1, Side::Buy, 10);
        assert_eq!(twins.fill(entry, 1, 10, 10_000), Ok(Status::Ok));
        let exit = sent(twins, 2, Side::Sell, 10);
        half_open(twins);
        assert_eq!(twins.fill(exit, 2, 10, 9_900), Ok(Status::Ok));
        assert_eq!(state(twins), BreakerState::Open);
        let events = twins.events(EventKind::BreakerTripped);
        let Event { code, limit, observed, unit, .. } = events[0];
        let cause = u32::from(Cause::SystemError.raw());
        let lost = 10 * 100 * TICK_LOT + 1_000_000;
        assert_eq!((code, limit, observed, unit), (cause, 0, lost, Unit::Money.raw()));
    });
}

#[test]
fn a_profit_without_a_probe_proves_nothing() {
    with_twins(&probing(), 0, |twins| {
        let entry = sent(twins, 1, Side::Buy, 10);
        assert_eq!(twins.fill(entry, 1, 10, 10_000), Ok(Status::Ok));
        let exit = sent(twins, 2, Side::Sell, 10);
        half_open(twins);
        assert_eq!(twins.fill(exit, 2, 10, 10_500), Ok(Status::Ok));
        assert_eq!((state(twins), probes(twins)), (BreakerState::HalfOpen, (2, 0, 0)));
    });
}

#[test]
fn probes_that_are_over_without_a_win_open_it() {
    with_twins(&probing(), 0, |twins| {
        half_open(twins);
        let orders = [1, 2].map(|client_id| sent(twins, client_id, Side::Buy, 10));
        assert_eq!(twins.report(ReportKind::Reject, orders[0]), Ok(Status::Ok));
        assert_eq!((state(twins), probes(twins)), (BreakerState::HalfOpen, (0, 1, 0)));
        assert_eq!(twins.report(ReportKind::Expire, orders[1]), Ok(Status::Ok));
        assert_eq!(probes(twins), (0, 0, 0));
        // The next call finds it.
        let events = twins.events(EventKind::BreakerTripped);
        let Event { limit, observed, unit, .. } = events[0];
        assert_eq!((limit, observed, unit), (1, 0, Unit::Count.raw()));
        assert_eq!(state(twins), BreakerState::Open);
        // And it recovers anew.
        twins.now.0 += HOUR;
        assert_eq!(twins.events(EventKind::BreakerHalfOpen).len(), 1);
        // An execution of a probe of the first round is nothing to the second.
        assert_eq!(twins.fill(orders[1], 1, 10, 10_000), Ok(Status::Ok));
        assert_eq!(probes(twins), (2, 0, 0));
    });
}

#[test]
fn a_held_order_fires_when_it_is_a_probe() {
    with_twins(&probing(), 0, |twins| {
        assert_eq!(twins.quote(9_999, 10_001), Ok(Status::Ok));
        let stop = |client_id, side, level, flags| {
            let order_type = OrderType::Stop.raw();
            let stop_price = Ticks(level);
            OrderSubmit { order_type, stop_price, flags, ..order(client_id, side, 10, 0) }
        };
        let old = twins.submit_as(&stop(1, Side::Buy, 10_050, 0)).order;
        let entry = sent(twins, 2, Side::Buy, 10);
        assert_eq!(twins.fill(entry, 1, 10, 10_000), Ok(Status::Ok));
        let reduces = OrderFlag::ReduceOnly.raw();
        let exit = twins.submit_as(&stop(3, Side::Sell, 9_900, reduces)).order;
        half_open(twins);
        let probe = twins.submit_as(&stop(4, Side::Buy, 10_050, 0)).order;
        assert_eq!(probes(twins), (1, 1, 0));
        assert_eq!(twins.quote(10_049, 10_050), Ok(Status::Ok));
        assert_eq!(twins.status_of(old), OrderStatus::Failed);
        assert_eq!(twins.status_of(probe), OrderStatus::Pending);
        // What only reduces goes out, and is reported; it takes no probe.
        assert_eq!(twins.quote(9_899, 9_900), Ok(Status::Ok));
        assert_eq!(twins.status_of(exit), OrderStatus::Pending);
        assert_eq!(twins.events(EventKind::CloseUnchecked).len(), 1);
        assert_eq!(probes(twins), (1, 1, 0));
    });
}

/// The equity follows the marks of ten lots: one tick is ten tick-lots.
#[test]
fn limits_that_come_near_are_told_while_quotes_are_calm() {
    let mut config = probing();
    config.breaker.daily_loss_money = Money(100 * 10 * TICK_LOT);
    with_twins(&config, 0, |twins| {
        assert_eq!(twins.quote(10_000, 10_000), Ok(Status::Ok));
        let entry = sent(twins, 1, Side::Buy, 10);
        let fill = twins.step(|engine, now| {
            let fill = report(ReportKind::Fill, entry, now);
            let (qty, price) = (Lots(10), Ticks(10_000));
            engine.venue_report(&VenueReport { exec_id: 1, qty, price, ..fill })
        });
        assert_eq!(fill, Ok(Status::Ok));
        let mut told = Vec::new();
        for price in [9_950, 9_921, 9_920, 9_910, 9_920, 9_921, 9_930, 9_920, 9_900] {
            assert_eq!(twins.quote(price, price), Ok(Status::Ok));
            told.push(twins.events(EventKind::Warn).len());
        }
        assert_eq!(told, [0, 0, 1, 0, 0, 0, 0, 1, 0]);
        assert_eq!(state(twins), BreakerState::Closed);
        assert_eq!(twins.engine().risk_get(0).unwrap().warned, 1 << Cause::DailyLoss.raw());
    });
}

#[test]
fn a_rate_that_comes_near_is_told() {
    let mut config = probing();
    (config.breaker.orders_per_minute, config.breaker.orders_per_hour) = (40, 5);
    with_twins(&config, 0, |twins| {
        let mut told = Vec::new();
        for client_id in 1..=6 {
            let passes = twins.submit(client_id, Side::Buy, 1, 10_000).verdict.is_accepted();
            assert_eq!(passes, client_id < 6);
            told.push(twins.events(EventKind::Warn).first().map(|e| (e.code, e.limit, e.observed)));
        }
        let near = Some((u32::from(Cause::OrderRate.raw()), 5, 4));
        assert_eq!(told, [None, None, None, near, None, None]);
    });
}
