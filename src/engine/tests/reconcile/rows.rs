//! Rows that are refused, rows of orders whose slots others have, rounds of one scope.
#![forbid(unsafe_code)]

use super::*;
use crate::risk::{ScopeDefine, ScopeLimitsSet};

/// A slot that another order has taken since is not that order's mark.
#[test]
fn marks_are_of_orders_not_of_slots() {
    with_twins(&config(), 0, |twins| {
        let first = rest(twins, 1);
        begin(twins, LENIENT).unwrap();
        let old = row(twins, first);
        assert_eq!(tell(twins, old), Ok(Status::Ok));
        twins.report(ReportKind::CancelAck, first).unwrap();
        // Its slot is the first that is needed when all are taken.
        let orders: Vec<_> = (2..10).map(|client_id| rest(twins, client_id)).collect();
        assert!(orders.iter().any(|order| order.slot() == first.slot()));
        twins.poll();
        for order in orders {
            let new = row(twins, order);
            assert_eq!(tell(twins, new), Ok(Status::Ok));
        }
        assert!(told(twins).is_empty());
        // The old one is gone: what lives under its id at the venue has ended here.
        assert_eq!(tell(twins, old), Ok(Status::Ok));
        assert_eq!(told(twins), [(Difference::EndedHere, 0, 10)]);
        end(twins).unwrap();
        assert!(told(twins).is_empty());
    });
}

#[test]
fn records_that_make_no_sense_are_refused() {
    with_twins(&config(), 0, |twins| {
        for (request, status) in [
            (ReconcileBegin { flags: 16, ..LENIENT }, Status::Enum),
            (ReconcileBegin { flags: 12, ..LENIENT }, Status::Range),
            (ReconcileBegin { lots_max: Lots(-2), ..LENIENT }, Status::Range),
            (ReconcileBegin { money_max: Money(-2), ..LENIENT }, Status::Range),
            (ReconcileBegin { orders_max: -2, ..LENIENT }, Status::Range),
            (ReconcileBegin { scope: 1, ..LENIENT }, Status::Scope),
        ] {
            let before = digest(twins.engine());
            assert_eq!(begin(twins, request), Err(status));
            assert_eq!(digest(twins.engine()), before);
        }
        // Without a round.
        assert_eq!((holds(twins, 1), end(twins)), (Err(Status::State), Err(Status::State)));
        begin(twins, LENIENT).unwrap();
        let good = ReconcileOrder {
            qty: Lots(1),
            side: Side::Buy.raw(),
            order_status: OrderStatus::Open.raw(),
            ..ReconcileOrder::EMPTY
        };
        for (request, status) in [
            (ReconcileOrder { side: 3, ..good }, Status::Enum),
            (ReconcileOrder { order_status: OrderStatus::Pending.raw(), ..good }, Status::Enum),
            (ReconcileOrder { order_status: OrderStatus::Failed.raw(), ..good }, Status::Enum),
            (ReconcileOrder { qty: Lots(0), ..good }, Status::BadQty),
            (ReconcileOrder { cum_qty: Lots(-1), ..good }, Status::Range),
            (ReconcileOrder { price: Ticks(Ticks::MAX + 1), ..good }, Status::Range),
            (ReconcileOrder { symbol: 1, ..good }, Status::Symbol),
            (ReconcileOrder { order: Id(0x0011_0000_0000_0000), ..good }, Status::Foreign),
        ] {
            assert_eq!(tell(twins, request), Err(status));
        }
        let beyond = Lots(Lots::MAX + 1);
        let held = ReconcilePosition { long_qty: beyond, ..ReconcilePosition::EMPTY };
        assert_eq!(give(twins, held), Err(Status::Range));
        let held = ReconcilePosition { symbol: 1, ..ReconcilePosition::EMPTY };
        assert_eq!(give(twins, held), Err(Status::Symbol));
        assert!(told(twins).is_empty());
    });
}

/// Twins with room for four scopes and their books.
fn with_scopes(test: impl FnOnce(&mut Twins<'_>)) {
    let mut config = config();
    (config.capacity.scopes, config.capacity.books, config.capacity.positions) = (4, 3, 8);
    let mut storages = [const { Storage::<8, 2, 8, 6, 64, 16, 128, 4, 3>::new() }; 2];
    let engines = storages.each_mut().map(|storage| {
        let (memory, kill) = storage.lend();
        let mut engine = Engine::new(memory, kill, &config).unwrap();
        define(&mut engine, 0);
        engine
    });
    test(&mut Twins { engines, now: Nanos::ZERO });
}

/// Every limit of a scope is off.
fn limit(twins: &mut Twins<'_>, scope: u32) {
    let status = twins.step(|engine, now| {
        let mut request = ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF };
        request.header.now = now;
        engine.scope_limits_set(&request)
    });
    assert_eq!(status, Ok(Status::Ok));
}

/// Scopes 1 (an account), 2 (a strategy of it) and 3 (another account).
fn define_scopes(twins: &mut Twins<'_>) {
    limit(twins, 0);
    for (letter, parent) in [(b'A', 0), (b'S', 1), (b'B', 0)] {
        let (_, scope) = twins
            .step(|engine, now| {
                let mut request = ScopeDefine { parent, ..ScopeDefine::EMPTY };
                request.name[0] = letter;
                request.header.now = now;
                engine.scope_define(&request)
            })
            .unwrap();
        limit(twins, scope);
    }
}

#[test]
fn a_round_of_a_scope_compares_its_positions() {
    with_scopes(|twins| {
        define_scopes(twins);
        for (scope, qty) in [(0, 1), (1, 2), (2, 4), (3, 8)] {
            let client_id = u64::from(scope) + 1;
            let request = OrderSubmit { scope, ..order(client_id, Side::Buy, qty, 9_000) };
            let id = twins.submit_as(&request).order;
            twins.poll();
            twins.fill(id, client_id, qty, 9_000).unwrap();
        }
        twins.poll();
        let flags = ReconcileFlag::NoOrders.raw();
        for (scope, lots) in [(0, 15), (1, 6), (2, 4), (3, 8)] {
            let strict = ReconcileBegin { scope, lots_max: Lots(0), flags, ..LENIENT };
            begin(twins, strict).unwrap();
            holds(twins, lots).unwrap();
            end(twins).unwrap();
            assert!(told(twins).is_empty());
            // Not mentioned: the venue holds none.
            begin(twins, ReconcileBegin { lots_max: Lots(OFF), ..strict }).unwrap();
            end(twins).unwrap();
            assert_eq!(told(twins), [(Difference::MissingLong, lots, 0)]);
            begin(twins, strict).unwrap();
            holds(twins, lots - 1).unwrap();
            assert_eq!(told(twins), [(Difference::NetQty, lots, lots - 1)]);
            assert_eq!(twins.engine().risk_get(scope).unwrap().cause, Cause::Reconcile.raw());
        }
    });
}

/// An order of each.
#[test]
fn a_round_of_a_scope_misses_its_orders_and_trips_its_breaker() {
    with_scopes(|twins| {
        define_scopes(twins);
        let orders = [0, 1, 2, 3].map(|scope| {
            let client_id = u64::from(scope) + 1;
            let request = OrderSubmit { scope, ..order(client_id, Side::Buy, 10, 9_000) };
            let id = twins.submit_as(&request).order;
            assert_ne!(id, Id::NONE);
            twins.poll();
            twins.report(ReportKind::Ack, id).unwrap();
            id
        });
        twins.poll();
        let flags = ReconcileFlag::NoPositions.raw();
        let strict = ReconcileBegin { scope: 1, orders_max: 1, flags, ..LENIENT };
        begin(twins, strict).unwrap();
        assert_eq!(end(twins), Ok(Status::Ok));
        let events = twins.poll().1;
        let missed = |e: &&Event| e.kind == EventKind::Difference.raw() && e.code != 0;
        let missed: Vec<_> = events.iter().filter(missed).map(|e| e.order).collect();
        assert_eq!(missed, orders[1..3]);
        let tripped = |e: &&Event| e.kind == EventKind::BreakerTripped.raw();
        let tripped: Vec<_> = events.iter().filter(tripped).map(|e| e.scope).collect();
        assert_eq!(tripped, [1]);
        let states = [0, 1, 2, 3].map(|scope| twins.engine().risk_get(scope).unwrap().cause);
        assert_eq!(states, [0, Cause::Reconcile.raw(), 0, 0]);
        let none = ReconcileBegin { scope: 9, ..strict };
        assert_eq!(begin(twins, none), Err(Status::Scope));
    });
}
