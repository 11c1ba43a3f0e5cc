//! Limits that change while trading, and warnings near them.

use super::*;
use crate::risk::{ScopeLimitsSet, bit};
use crate::status::{LimitField, LimitFlag};

impl Twins<'_> {
    pub(super) fn set(&mut self, limits: LimitsSet) {
        let set = self.step(|engine, now| {
            let mut limits = limits;
            limits.header.now = now;
            engine.limits_set(&limits)
        });
        assert_eq!(set, Ok(Status::Ok));
    }

    pub(super) fn set_scope(&mut self, limits: ScopeLimitsSet) {
        let set = self.step(|engine, now| {
            let mut limits = limits;
            limits.header.now = now;
            engine.scope_limits_set(&limits)
        });
        assert_eq!(set, Ok(Status::Ok));
    }

    /// (field, new, old) of the changes that were told.
    fn changes(&mut self) -> Vec<(LimitField, i64, i64)> {
        let events = self.events(EventKind::LimitChanged);
        let field = |e: &Event| LimitField::from_raw(e.code).unwrap();
        events.iter().map(|e| (field(e), e.limit, e.observed)).collect()
    }

    /// (check, limit, observed, symbol) of the warnings that were told.
    fn warnings(&mut self) -> Vec<(Check, i64, i64, u32)> {
        let events = self.events(EventKind::Warn);
        let check = |e: &Event| Check::from_raw(e.code).unwrap();
        assert!(events.iter().all(|e| e.mask == bit(check(e))));
        events.iter().map(|e| (check(e), e.limit, e.observed, e.symbol)).collect()
    }
}

#[test]
fn every_field_that_changes_is_told() {
    with_twins(&config(), 0, |twins| {
        // The first limits are told by LIMITS alone.
        assert_eq!(twins.changes(), []);
        let mut limits = open_limits();
        (limits.qty_max, limits.types, limits.duplicate_window) = (Lots(7), 6, Nanos(5));
        twins.set(limits);
        let changes = [
            (LimitField::QtyMax, 7, 1_000),
            (LimitField::Types, 6, i64::from(u32::MAX)),
            (LimitField::DuplicateWindow, 5, 0),
        ];
        assert_eq!(twins.changes(), changes);
        twins.set(limits);
        assert_eq!(twins.changes(), []);
        let scope = ScopeLimitsSet { positions_max: 3, ..ScopeLimitsSet::OFF };
        twins.set_scope(ScopeLimitsSet { warn_ratio: Ratio(9), ..scope });
        let changes =
            [(LimitField::ScopePositionsMax, 3, OFF), (LimitField::ScopeWarnRatio, 9, OFF)];
        assert_eq!(twins.changes(), changes);
        twins.set_scope(scope);
        let events = twins.events(EventKind::LimitChanged);
        let told: Vec<_> = events.iter().map(|e| (e.code, e.symbol, e.scope, e.unit)).collect();
        let unit = crate::status::Unit::Ratio.raw();
        assert_eq!(told, [(LimitField::ScopeWarnRatio.raw(), u32::MAX, 0, unit)]);
    });
}

#[test]
fn each_field_of_a_table_is_one_of_its_record() {
    use crate::market::Limits;
    use crate::risk::ScopeLimits;
    for &field in LimitField::ALL {
        let of_symbol = Limits::CLOSED.field(field).is_some();
        let of_scope = ScopeLimits::OFF.field(field).is_some();
        let of_breaker = BreakerConfig::DEFAULT.field(field).is_some();
        let number = field.raw();
        let expected = (number < 64, (64..128).contains(&number), number >= 128);
        assert_eq!((of_symbol, of_scope, of_breaker), expected, "{field:?}");
    }
}

#[test]
fn what_was_set_is_read() {
    use crate::market::Limits;
    // A value of its own in every field.
    let mut number = 0;
    let mut next = || {
        number += 1;
        number
    };
    let set = LimitsSet {
        symbol: 0,
        scope: 3,
        qty_min: Lots(next()),
        qty_max: Lots(next()),
        qty_step: Lots(next()),
        price_step: Ticks(next()),
        notional_min: Money(next()),
        notional_max: Money(next()),
        collar_ticks: Ticks(next()),
        collar_ratio: Ratio(next()),
        reference_age_max: next(),
        long_max: Lots(next()),
        short_max: Lots(next()),
        flags: 8,
        reference: 2,
        self_trade: 1,
        open_orders_max: next(),
        open_qty_max: Lots(next()),
        positions_max: next(),
        types: 5,
        times_in_force: 7,
        adv_ratio: Ratio(next()),
        open_notional_max: Money(next()),
        gross_max: Money(next()),
        net_max: Money(next()),
        margin_ratio: Ratio(next()),
        rate_max: 3,
        rate_window: Nanos(91),
        repeat_max: 4,
        repeat_window: Nanos(92),
        repeat_range: Ticks(next()),
        duplicate_max: 5,
        duplicate_window: Nanos(93),
        ..LimitsSet::EMPTY
    };
    assert_eq!(Limits::decode(&set).unwrap().record(0, 3), set);
    assert_eq!(Limits::CLOSED.record(0, 0), LimitsSet::EMPTY);
    with_twins(&config(), 0, |twins| {
        let limits = LimitsSet { scope: 0, ..set };
        twins.set(limits);
        let engine = twins.engine();
        assert_eq!(engine.limits_get(0, 0), Ok(limits));
        assert_eq!(engine.limits_get(0, 2), Err(Status::Symbol));
        assert_eq!(engine.limits_get(1, 0), Err(Status::Scope));
        let breaker = engine.scope_breaker_get(0).unwrap();
        assert_eq!((breaker.scope, breaker.breaker), (0, config().breaker));
        assert_eq!(breaker.check_frame(), Ok(()));
        assert_eq!(engine.scope_breaker_get(1), Err(Status::Scope));
    });
}

#[test]
fn a_share_of_a_limit_warns_once_until_it_is_below() {
    with_twins(&config(), 0, |twins| {
        let mut limits = open_limits();
        limits.long_max = Lots(10);
        twins.set(limits);
        let warn = ScopeLimitsSet { warn_ratio: Ratio(800_000_000), ..ScopeLimitsSet::OFF };
        twins.set_scope(warn);
        twins.poll();
        let first = twins.submit(1, Side::Buy, 7, 9_000).order;
        assert_eq!(twins.warnings(), []);
        // 8 of 10.
        twins.submit(2, Side::Buy, 1, 9_000);
        assert_eq!(twins.warnings(), [(Check::Position, 10, 8, 0)]);
        twins.submit(3, Side::Buy, 1, 9_000);
        assert_eq!(twins.warnings(), []);
        // What is denied warns of nothing.
        assert!(!twins.submit(4, Side::Buy, 2, 9_000).verdict.is_accepted());
        assert_eq!(twins.warnings(), []);
        // Below, and there again: executed lots count as those that work, a replace as an order.
        twins.fill(first, 1, 3, 9_000).unwrap();
        twins.cancel(first).unwrap();
        twins.report(ReportKind::CancelAck, first).unwrap();
        let second = twins.submit(4, Side::Buy, 2, 9_000).order;
        assert_eq!(twins.warnings(), []);
        assert!(twins.replace(second, 3, 9_000, 0).unwrap().verdict.is_accepted());
        assert_eq!(twins.warnings(), [(Check::Position, 10, 8, 0)]);
        // Off.
        twins.set_scope(ScopeLimitsSet::OFF);
        twins.poll();
        twins.submit(5, Side::Buy, 2, 9_000);
        assert_eq!(twins.warnings(), []);
    });
}

#[test]
fn counts_and_rates_warn_by_symbol_and_by_scope() {
    let mut config = config();
    config.breaker.orders_per_minute = 4;
    with_twins(&config, 0, |twins| {
        let mut limits = open_limits();
        (limits.open_orders_max, limits.positions_max) = (3, 2);
        limits.open_qty_max = Lots(1_000);
        twins.set(limits);
        let half = ScopeLimitsSet {
            warn_ratio: Ratio(500_000_000),
            open_orders_max: 6,
            ..ScopeLimitsSet::OFF
        };
        twins.set_scope(half);
        twins.poll();
        twins.submit(1, Side::Buy, 1, 9_000);
        assert_eq!(twins.warnings(), [(Check::Positions, 2, 1, 0)]);
        twins.submit(2, Side::Buy, 1, 9_000);
        let told = [(Check::OpenOrders, 3, 2, 0), (Check::RateMinute, 4, 2, u32::MAX)];
        assert_eq!(twins.warnings(), told);
        twins.submit(3, Side::Sell, 1, 11_000);
        assert_eq!(twins.warnings(), [(Check::OpenOrders, 6, 3, u32::MAX)]);
        // A minute later the rate is below, and comes near again.
        twins.now.0 += Nanos::MINUTE;
        twins.submit(4, Side::Sell, 1, 11_000);
        assert_eq!(twins.warnings(), []);
        twins.submit(5, Side::Sell, 1, 11_000);
        assert_eq!(twins.warnings(), [(Check::RateMinute, 4, 2, u32::MAX)]);
    });
}

/// An order of this many tick-lots is worth that much.
#[test]
fn values_warn_by_symbol_by_group_and_by_scope() {
    const T: i64 = TICK_LOT;
    with_twins(&config(), 0, |twins| {
        assert_eq!(twins.quote(1, 2), Ok(Status::Ok));
        let mut limits = open_limits();
        limits.long_max = Lots(OFF);
        limits.open_notional_max = Money(1_000 * T);
        limits.gross_max = Money(3_000 * T);
        limits.margin_ratio = Ratio(100_000_000);
        twins.set(limits);
        let most = ScopeLimitsSet {
            warn_ratio: Ratio(800_000_000),
            net_max: Money(2_000 * T),
            credit_max: Money(200 * T),
            leverage_max: Ratio(1_600_161),
            ..ScopeLimitsSet::OFF
        };
        twins.set_scope(most);
        let group = GroupSet { group: 1, flags: 1, max: Money(1_600 * T), ..GroupSet::EMPTY };
        let joins = twins.step(|engine, now| {
            let mut group = group;
            group.header.now = now;
            engine.group_set(&group)
        });
        assert_eq!(joins, Ok(Status::Ok));
        twins.poll();
        let first = twins.submit(1, Side::Buy, 799, 1).order;
        assert_eq!(twins.warnings(), []);
        let second = twins.submit(2, Side::Buy, 1, 1).order;
        assert_eq!(twins.warnings(), [(Check::OpenNotional, 1_000 * T, 800 * T, 0)]);
        for (order, exec_id, qty) in [(first, 1, 799), (second, 2, 1)] {
            assert_eq!(twins.fill(order, exec_id, qty, 1), Ok(Status::Ok));
        }
        twins.poll();
        // The equity is what was paid in, less two commissions.
        let equity = i128::from(BALANCE - 1_000_000);
        let ratio = |value: i64| {
            i64::try_from((i128::from(value * T) * 1_000_000_000 + equity - 1) / equity).unwrap()
        };
        twins.submit(3, Side::Buy, 480, 1);
        // 1 280 of 1 600; what works is below by now.
        let told = [(Check::Group, 1_600 * T, 1_280 * T, 0)];
        let levered = (Check::Leverage, 1_600_161, ratio(1_280), u32::MAX);
        assert_eq!(twins.warnings(), [told[0], levered]);
        twins.submit(4, Side::Buy, 320, 1);
        let (all, open) = (1_600 * T, 800 * T);
        assert_eq!(
            twins.warnings(),
            [
                (Check::OpenNotional, 1_000 * T, open, 0),
                (Check::Net, 2_000 * T, all, u32::MAX),
                (Check::Credit, 200 * T, 160 * T, u32::MAX),
            ]
        );
        twins.submit(5, Side::Sell, 200, 1);
        assert_eq!(twins.warnings(), []);
        twins.set_scope(ScopeLimitsSet::OFF);
    });
}

#[test]
fn sequences_warn_where_a_share_says_something() {
    with_twins(&config(), 0, |twins| {
        let mut limits = open_limits();
        (limits.rate_max, limits.rate_window) = (4, Nanos(Nanos::HOUR));
        twins.set(limits);
        let half = ScopeLimitsSet {
            warn_ratio: Ratio(500_000_000),
            order_to_trade_max: Ratio(4 * Ratio::ONE),
            order_to_trade_min: 4,
            ..ScopeLimitsSet::OFF
        };
        twins.set_scope(half);
        twins.poll();
        let first = twins.submit(1, Side::Buy, 2, 9_000).order;
        assert_eq!(twins.warnings(), []);
        assert_eq!(twins.fill(first, 1, 1, 9_000), Ok(Status::Ok));
        twins.submit(2, Side::Buy, 1, 9_000);
        assert_eq!(twins.warnings(), [(Check::RateSymbol, 4, 2, 0)]);
        twins.submit(3, Side::Buy, 1, 9_000);
        assert_eq!(twins.warnings(), []);
        // Few requests say nothing.
        twins.submit(4, Side::Buy, 1, 9_000);
        let told = (Check::OrderToTrade, 4 * Ratio::ONE, 4 * Ratio::ONE, u32::MAX);
        assert_eq!(twins.warnings(), [told]);
    });
}

#[test]
fn located_lots_that_run_short_warn() {
    use crate::market::LocateSet;
    with_twins(&config(), 0, |twins| {
        let mut limits = open_limits();
        limits.flags |= LimitFlag::ShortAllowed.raw() | LimitFlag::LocateNeeded.raw();
        twins.set(limits);
        let locate = LocateSet { qty: Lots(10), ..LocateSet::EMPTY };
        let located = twins.step(|engine, now| {
            let mut request = locate;
            request.header.now = now;
            engine.locate_set(&request)
        });
        assert_eq!(located, Ok(Status::Ok));
        twins.set_scope(ScopeLimitsSet { warn_ratio: Ratio(800_000_000), ..ScopeLimitsSet::OFF });
        twins.poll();
        twins.submit(1, Side::Sell, 7, 11_000);
        assert_eq!(twins.warnings(), []);
        // 8 of 10 would be short; what is bought is none of it.
        twins.submit(2, Side::Sell, 1, 11_000);
        assert_eq!(twins.warnings(), [(Check::Short, 10, 8, 0)]);
        twins.submit(3, Side::Buy, 50, 9_000);
        assert_eq!(twins.warnings(), []);
        // More was located: below the share again, and near it later.
        let more = twins.step(|engine, now| {
            let mut request = LocateSet { qty: Lots(20), ..locate };
            request.header.now = now;
            engine.locate_set(&request)
        });
        assert_eq!(more, Ok(Status::Ok));
        twins.submit(4, Side::Sell, 1, 11_000);
        assert_eq!(twins.warnings(), []);
        twins.submit(5, Side::Sell, 7, 11_000);
        assert_eq!(twins.warnings(), [(Check::Short, 20, 16, 0)]);
        // Where none must be located, none can run short.
        limits.flags &= !LimitFlag::LocateNeeded.raw();
        twins.set(limits);
        twins.submit(6, Side::Sell, 30, 11_000);
        assert_eq!(twins.warnings(), []);
    });
}
