//! Positions by hand and statistics; counts that limits look at; quantities the engine decides.
#![forbid(unsafe_code)]

use super::*;
use crate::position::{PositionAdopt, PositionExit, PositionOpen};
use crate::risk::{ScopeLimitsSet, Verdict};
use crate::status::{ConfigFlag, LimitFlag, OrderFlag, PositionSide, Unit};

fn opening(side: PositionSide, qty: i64, price: i64) -> PositionOpen {
    PositionOpen {
        tag: 7,
        qty: Lots(qty),
        price: Ticks(price),
        commission: Money(100),
        side: side.raw(),
        ..PositionOpen::EMPTY
    }
}

fn open(twins: &mut Twins<'_>, request: PositionOpen) -> Result<(Verdict, Id), Status> {
    twins.step(|engine, now| {
        let mut request = request;
        request.header.now = now;
        engine.position_open(&request)
    })
}

fn exit(twins: &mut Twins<'_>, position: Id, qty: i64, price: i64) -> Result<Status, Status> {
    twins.step(|engine, now| {
        let mut request = PositionExit {
            position,
            qty: Lots(qty),
            price: Ticks(price),
            commission: Money(50),
            ..PositionExit::EMPTY
        };
        request.header.now = now;
        engine.position_exit(&request)
    })
}

fn adopt(twins: &mut Twins<'_>, request: PositionAdopt) -> Result<Id, Status> {
    twins.step(|engine, now| {
        let mut request = request;
        request.header.now = now;
        engine.position_adopt(&request)
    })
}

fn limit(twins: &mut Twins<'_>, change: impl Fn(&mut LimitsSet)) {
    let status = twins.step(|engine, now| {
        let mut limits = open_limits();
        limits.header.now = now;
        change(&mut limits);
        engine.limits_set(&limits)
    });
    assert_eq!(status, Ok(Status::Ok));
}

fn long(qty: i64, price: i64) -> PositionOpen {
    opening(PositionSide::Long, qty, price)
}

#[test]
fn a_net_position_by_hand() {
    with_twins(&config(), 0, |twins| {
        let (verdict, id) = open(twins, long(10, 10_000)).unwrap();
        assert!(verdict.is_accepted());
        assert_eq!(open(twins, long(10, 10_100)).unwrap().1, id);
        let short = opening(PositionSide::Short, 1, 10_000);
        assert_eq!(open(twins, short), Err(Status::State));
        let view = twins.engine().position_get(id).unwrap();
        assert_eq!(
            (view.qty, view.entry_price, view.opened_by),
            (Lots(20), Ticks(10_050), Id::NONE)
        );
        assert_eq!(view, twins.engine().position_find(7).unwrap());
        assert_eq!(view, twins.engine().symbol_position_next(0, Id::NONE).unwrap());
        assert_eq!(view.held, SECOND);
        // Marked at 10 000: -50 ticks each, and 200 paid.
        assert_eq!(view.unrealised, Money(-1_000 * TICK_LOT));
        assert_eq!(view.total, Money(-1_000 * TICK_LOT - 200));
        assert_eq!(view.unrealised_ratio, Ratio(-4_975_125));
        assert_eq!(view.return_ratio, Ratio(-4_975_224));
        assert_eq!(exit(twins, id, 21, 10_000), Err(Status::Range));
        assert_eq!(exit(twins, id, -1, 10_000), Err(Status::Range));
        assert_eq!(exit(twins, id, 1, 0), Err(Status::Price));
        assert_eq!(exit(twins, id, 5, 10_060), Ok(Status::Ok));
        arm(twins, id, TriggerKind::StopLoss, 9_000);
        assert_eq!(exit(twins, id, 0, 10_060), Ok(Status::Ok));
        assert_eq!(exit(twins, id, 0, 10_060), Err(Status::Terminal));
        let view = twins.engine().position_get(id).unwrap();
        assert_eq!(view.exit, ExitReason::Hand.raw());
        assert_eq!((view.outcome, view.total), (Money(200 * TICK_LOT - 300), view.outcome));
        assert_eq!((view.triggers, view.closed_by), (0, Id::NONE));
        let kinds: Vec<u16> = twins.poll().1.iter().map(|event| event.kind).collect();
        let expected = [
            EventKind::PositionOpened,
            EventKind::PositionChanged,
            EventKind::PositionChanged,
            EventKind::TriggerEnded,
            EventKind::PositionClosed,
        ];
        assert_eq!(kinds, expected.map(EventKind::raw));
        assert_eq!(
            twins.engine().symbol_position_next(0, Id::NONE).map(|_| ()),
            Err(Status::Unknown)
        );
    });
}

#[test]
fn hedged_positions_by_hand() {
    with_twins(&config(), SymbolFlag::Hedged.raw(), |twins| {
        let (_, first) = open(twins, long(10, 10_000)).unwrap();
        let (_, second) = open(twins, opening(PositionSide::Short, 5, 10_000)).unwrap();
        assert_ne!(first, second);
        let engine = twins.engine();
        let next = |after| engine.symbol_position_next(0, after).map(|view| view.position);
        assert_eq!((next(Id::NONE), next(first)), (Ok(first), Ok(second)));
        assert_eq!((next(second), next(Id(1))), (Err(Status::Unknown), Err(Status::Unknown)));
        assert_eq!(engine.symbol_position_next(1, Id::NONE).map(|_| ()), Err(Status::Symbol));
        assert_eq!(engine.symbol_get(0).unwrap().claims, 2);
        // Four positions, of which two belong to symbols.
        let (verdict, id) = open(twins, long(1, 10_000)).unwrap();
        assert_eq!((verdict.mask, id), (bit(Check::Capacity), Id::NONE));
        assert_eq!(twins.engine().account_get().denied, 1);
        assert_eq!(exit(twins, first, 0, 9_000), Ok(Status::Ok));
        let next = twins.engine().symbol_position_next(0, Id::NONE).unwrap();
        assert_eq!(next.position, second);
    });
}

fn bit(check: Check) -> u64 {
    1 << check.raw()
}

#[test]
fn hands_are_limited() {
    with_twins(&config(), 0, |twins| {
        limit(twins, |limits| {
            limits.long_max = Lots(10);
            limits.qty_max = Lots(8);
            limits.positions_max = 1;
        });
        assert_eq!(open(twins, long(9, 1)).unwrap().0.mask, bit(Check::Qty));
        assert_eq!(open(twins, long(0, 1)).unwrap().0.first, Check::Fields.raw());
        assert_eq!(open(twins, long(8, 1)).unwrap().0.mask, 0);
        assert_eq!(open(twins, long(3, 1)).unwrap().0.mask, bit(Check::Position));
        let far = PositionOpen { symbol: 9, ..long(1, 1) };
        assert_eq!(open(twins, far).unwrap().0.mask, bit(Check::Symbol));
        let bad = PositionOpen { side: 3, ..long(1, 1) };
        assert_eq!(open(twins, bad), Err(Status::Enum));
        assert_eq!(open(twins, long(i64::MAX, 1)), Err(Status::Range));
        assert_eq!(open(twins, PositionOpen { scope: 1, ..long(1, 1) }), Err(Status::Scope));
    });
}

#[test]
fn adopted_positions() {
    with_twins(&config(), 0, |twins| {
        let good = PositionAdopt {
            tag: 9,
            qty: Lots(3),
            cost: 30_001_i128.into(),
            commission: Money(1_000),
            side: PositionSide::Long.raw(),
            ..PositionAdopt::EMPTY
        };
        let bad = |change: fn(&mut PositionAdopt)| {
            let mut request = good;
            change(&mut request);
            request
        };
        assert_eq!(adopt(twins, bad(|r| r.qty = Lots(0))), Err(Status::Range));
        assert_eq!(adopt(twins, bad(|r| r.opened_at = Nanos(u64::MAX))), Err(Status::Range));
        assert_eq!(adopt(twins, bad(|r| r.cost = (-3_i128).into())), Err(Status::Price));
        assert_eq!(adopt(twins, bad(|r| r.cost = 0.into())), Err(Status::Price));
        assert_eq!(adopt(twins, bad(|r| r.symbol = 1)), Err(Status::Symbol));
        assert_eq!(adopt(twins, bad(|r| r.side = 0)), Err(Status::Enum));
        let before = twins.engine().account_get();
        let id = adopt(twins, good).unwrap();
        assert_eq!(adopt(twins, good), Err(Status::State));
        let account = twins.engine().account_get();
        assert_eq!((account.realised, account.commission), (before.realised, before.commission));
        assert_eq!(account.unrealised, Money(-TICK_LOT));
        assert_eq!(twins.engine().symbol_get(0).unwrap().claims, 1);
        assert_eq!(exit(twins, id, 0, 10_001), Ok(Status::Ok));
        let view = twins.engine().position_find(9).unwrap();
        // 2 ticks won, 1 000 paid before and 50 now.
        assert_eq!(view.outcome, Money(2 * TICK_LOT - 1_050));
        assert_eq!(twins.engine().account_get().commission, Money(50));
    });
}

#[test]
fn statistics_add_up() {
    with_twins(&config(), 0, |twins| {
        for (close, expected) in [(10_100, 100), (9_950, -50), (10_000, 0)] {
            let (_, id) =
                open(twins, PositionOpen { commission: Money(0), ..long(1, 10_000) }).unwrap();
            exit(twins, id, 0, close).unwrap();
            let view = twins.engine().position_get(id).unwrap();
            assert_eq!(view.outcome, Money(expected * TICK_LOT - 50));
        }
        let statistics = twins.engine().statistics_get(0).unwrap();
        assert_eq!(twins.engine().statistics_get(1), Err(Status::Scope));
        assert_eq!((statistics.closed, statistics.wins, statistics.losses), (3, 1, 2));
        assert_eq!(statistics.win_rate, Ratio(333_333_333));
        assert_eq!(statistics.gross_profit, Money(100 * TICK_LOT - 50));
        assert_eq!(statistics.gross_loss, Money(50 * TICK_LOT + 100));
        assert_eq!(statistics.total, Money(50 * TICK_LOT - 150));
        assert_eq!(statistics.largest_loss, Money(-50 * TICK_LOT - 50));
        assert_eq!(statistics.average_holding, SECOND);
        assert_eq!((statistics.accepted, statistics.executions, statistics.open), (3, 0, 0));
        trade(twins, 1, Side::Buy, 2, 10_000);
        let statistics = twins.engine().statistics_get(0).unwrap();
        assert_eq!((statistics.accepted, statistics.executions, statistics.open), (4, 1, 1));
        let execution = twins.engine().execution_get(10).unwrap();
        assert_eq!((execution.qty, execution.side), (Lots(2), Side::Buy.raw()));
        assert_eq!(twins.engine().execution_recent(0), Ok(execution));
        assert_eq!(twins.engine().execution_recent(1), Err(Status::Unknown));
        assert_eq!(twins.engine().execution_get(11), Err(Status::Unknown));
    });
}

#[test]
fn open_orders_and_claims_are_counted() {
    for (flags, claims) in [(0, 1), (SymbolFlag::Hedged.raw(), 2)] {
        with_twins(&config(), flags, |twins| {
            limit(twins, |limits| {
                limits.open_orders_max = 2;
                limits.positions_max = 2;
            });
            let first = twins.submit(1, Side::Buy, 10, 9_000);
            let second = twins.submit(2, Side::Sell, 10, 11_000);
            assert!(first.verdict.is_accepted() && second.verdict.is_accepted());
            let view = twins.engine().symbol_get(0).unwrap();
            assert_eq!((view.open_buys, view.open_sells, view.claims), (1, 1, claims));
            let third = twins.submit(3, Side::Buy, 10, 9_000).verdict;
            assert_eq!(third.fails(Check::Positions), claims == 2);
            assert!(!third.fails(Check::OpenOrders));
            twins.report(ReportKind::CancelAck, first.order).unwrap();
            twins.report(ReportKind::CancelAck, second.order).unwrap();
            let rest = u32::from(claims == 1);
            let view = twins.engine().symbol_get(0).unwrap();
            assert_eq!((view.open_buys, view.open_sells, view.claims), (rest, 0, rest));
        });
    }
}

#[test]
fn a_scope_has_limits_of_its_own() {
    with_twins(&config(), 0, |twins| {
        let set = |twins: &mut Twins<'_>, orders: i64, positions: i64| {
            twins.step(|engine, now| {
                let mut request = ScopeLimitsSet {
                    open_orders_max: orders,
                    positions_max: positions,
                    ..ScopeLimitsSet::OFF
                };
                request.header.now = now;
                engine.scope_limits_set(&request)
            })
        };
        assert_eq!(set(twins, -2, 0), Err(Status::Range));
        assert_eq!(set(twins, 0, -2), Err(Status::Range));
        assert_eq!(set(twins, 1, 0), Ok(Status::Ok));
        let verdict = twins.submit(1, Side::Buy, 1, 9_000).verdict;
        assert_eq!(verdict.mask, bit(Check::Positions));
        assert_eq!(set(twins, 1, 1), Ok(Status::Ok));
        assert!(twins.submit(1, Side::Buy, 1, 9_000).verdict.is_accepted());
        let verdict = twins.submit(2, Side::Sell, 1, 19_000).verdict;
        assert_eq!((verdict.mask, verdict.limit), (bit(Check::OpenOrders), 1));
        assert_eq!(twins.events(EventKind::ScopeLimits).len(), 2);
    });
}

#[test]
fn ids_that_must_rise() {
    let config = Config { flags: ConfigFlag::MonotonicIds.raw(), ..config() };
    with_twins(&config, 0, |twins| {
        assert!(twins.submit(5, Side::Buy, 1, 9_000).verdict.is_accepted());
        let verdict = twins.submit(4, Side::Buy, 1, 9_000).verdict;
        assert_eq!((verdict.mask, verdict.unit), (bit(Check::ClientId), Unit::Count.raw()));
        assert_eq!((verdict.limit, verdict.observed), (5, 4));
        assert!(twins.submit(6, Side::Buy, 1, 9_000).verdict.is_accepted());
    });
}

#[test]
fn a_reducer_is_made_as_large_as_fits() {
    with_twins(&config(), 0, |twins| {
        limit(twins, |limits| limits.flags |= LimitFlag::ReduceClamp.raw());
        open(twins, long(10, 10_000)).unwrap();
        let reduce = |twins: &mut Twins<'_>, client_id: u64, qty: i64, flag: OrderFlag| {
            twins.step(|engine, now| {
                let mut request = order(client_id, Side::Sell, qty, 11_000);
                request.flags = flag.raw();
                request.header.now = now;
                let verdict = engine.order_check(&request).unwrap();
                let submitted = engine.order_submit(&request).unwrap();
                let again = submitted.status == Status::Exists;
                assert!(again || submitted.verdict == verdict);
                submitted
            })
        };
        let first = reduce(twins, 1, 4, OrderFlag::ReduceOnly);
        let second = reduce(twins, 2, 20, OrderFlag::ReduceOnly);
        let qty = |twins: &Twins<'_>, id| twins.engine().order_get(id, 0).unwrap().order_qty;
        assert_eq!((qty(twins, first.order), qty(twins, second.order)), (Lots(4), Lots(6)));
        assert_eq!(reduce(twins, 2, 20, OrderFlag::ReduceOnly).status, Status::Exists);
        let third = reduce(twins, 3, 1, OrderFlag::ReduceOnly).verdict;
        assert_eq!((third.mask, third.limit, third.observed), (bit(Check::ReduceOnly), 10, 11));
        let none = reduce(twins, 4, 0, OrderFlag::ClosePosition).verdict;
        assert_eq!((none.mask, none.limit), (bit(Check::ReduceOnly), 10));
        twins.step(|engine, now| {
            let mut cancel = OrderCancel { order: second.order, ..OrderCancel::EMPTY };
            cancel.header.now = now;
            engine.order_cancel(&cancel).unwrap()
        });
        let close = reduce(twins, 5, 0, OrderFlag::ClosePosition);
        assert_eq!(qty(twins, close.order), Lots(6));
        let given = reduce(twins, 6, 3, OrderFlag::ClosePosition).verdict;
        assert_eq!((given.first, given.limit, given.observed), (Check::Fields.raw(), 0, 3));
        assert_eq!(reduce(twins, 5, 0, OrderFlag::ClosePosition).status, Status::Exists);
    });
}
