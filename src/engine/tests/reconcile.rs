//! The venue's books held against ours: what differs, what is agreed, when the breaker trips.
#![forbid(unsafe_code)]

mod rows;

use super::*;
use crate::order::{OrderAdopt, OrderReplace};
use crate::risk::{ReconcileBegin, ReconcileEnd, ReconcileOrder, ReconcilePosition};
use crate::status::{Difference, ReconcileFlag, ReconcileState, TimeInForce, Unit};

/// One lot at the ask, money units.
const LOT: i64 = 10_002 * TICK_LOT;

/// Nothing trips.
const LENIENT: ReconcileBegin = ReconcileBegin {
    lots_max: Lots(OFF),
    money_max: Money(OFF),
    orders_max: OFF,
    ..ReconcileBegin::EMPTY
};

fn begin(twins: &mut Twins<'_>, request: ReconcileBegin) -> Result<Status, Status> {
    twins.step(|engine, now| {
        let mut request = request;
        request.header.now = now;
        engine.reconcile_begin(&request)
    })
}

fn give(twins: &mut Twins<'_>, request: ReconcilePosition) -> Result<Status, Status> {
    twins.step(|engine, now| {
        let mut request = request;
        request.header.now = now;
        engine.reconcile_position(&request)
    })
}

/// The venue is so many lots long.
fn holds(twins: &mut Twins<'_>, lots: i64) -> Result<Status, Status> {
    let (long, short) = (Lots(lots.max(0)), Lots((-lots).max(0)));
    give(twins, ReconcilePosition { long_qty: long, short_qty: short, ..ReconcilePosition::EMPTY })
}

fn tell(twins: &mut Twins<'_>, request: ReconcileOrder) -> Result<Status, Status> {
    twins.step(|engine, now| {
        let mut request = request;
        request.header.now = now;
        engine.reconcile_order(&request)
    })
}

/// A row of an order as it is here.
fn row(twins: &Twins<'_>, order: Id) -> ReconcileOrder {
    let view = twins.engine().order_get(order, 0).unwrap();
    ReconcileOrder {
        order,
        client_id: view.client_id,
        qty: view.order_qty,
        cum_qty: view.cum_qty,
        price: view.price,
        symbol: view.symbol,
        side: view.side,
        order_status: view.status,
        ..ReconcileOrder::EMPTY
    }
}

fn end(twins: &mut Twins<'_>) -> Result<Status, Status> {
    twins.step(|engine, now| {
        let mut request = ReconcileEnd::EMPTY;
        request.header.now = now;
        engine.reconcile_end(&request)
    })
}

/// What was told since the last look: code, ours, the venue's. The end of a round is left out.
fn told(twins: &mut Twins<'_>) -> Vec<(Difference, i64, i64)> {
    let mut events = twins.events(EventKind::Difference);
    events.retain(|event| event.code != 0);
    let told = |e: &Event| (Difference::from_raw(e.code).unwrap(), e.limit, e.observed);
    events.iter().map(told).collect()
}

fn tripped(twins: &Twins<'_>) -> bool {
    twins.engine().reconcile_get().tripped == 1
}

/// A live limit order of ten lots.
fn rest(twins: &mut Twins<'_>, client_id: u64) -> Id {
    let order = twins.submit(client_id, Side::Buy, 10, 9_000).order;
    twins.poll();
    assert_eq!(twins.report(ReportKind::Ack, order), Ok(Status::Ok));
    order
}

#[test]
fn equal_books_say_nothing() {
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 100, 10_000);
        let (resting, partial) = (rest(twins, 2), rest(twins, 3));
        twins.fill(partial, 77, 4, 9_000).unwrap();
        twins.poll();
        assert_eq!(begin(twins, ReconcileBegin::EMPTY), Ok(Status::Ok));
        assert_eq!(holds(twins, 104), Ok(Status::Ok));
        for order in [resting, partial] {
            let row = row(twins, order);
            assert_eq!(tell(twins, row), Ok(Status::Ok));
        }
        assert_eq!(end(twins), Ok(Status::Ok));
        let ended = twins.events(EventKind::Difference);
        assert_eq!(ended.len(), 1);
        let rows = (ended[0].code, ended[0].limit, ended[0].observed);
        assert_eq!(rows, (Difference::None.raw(), 3, 0));
        let report = twins.engine().reconcile_get();
        assert_eq!((report.round, report.positions, report.orders), (1, 1, 2));
        assert_eq!((report.differences, report.tripped), (0, 0));
        assert_eq!(report.state, ReconcileState::Done.raw());
        assert_eq!(end(twins), Err(Status::State));
    });
}

/// Of a round that allows `most` lots, with `lots` more at the venue: whether it trips.
fn trips_by_lots(most: i64, lots: i64) -> bool {
    let mut found = false;
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 100, 10_000);
        begin(twins, ReconcileBegin { lots_max: Lots(most), ..LENIENT }).unwrap();
        holds(twins, 100 + lots).unwrap();
        found = tripped(twins);
        let trips = twins.events(EventKind::BreakerTripped);
        assert_eq!(trips.len(), usize::from(found));
        if let Some(trip) = trips.first() {
            let trip = (trip.code, trip.unit, trip.limit, trip.observed);
            let cause = u32::from(Cause::Reconcile.raw());
            assert_eq!(trip, (cause, Unit::Lots.raw(), most, lots.abs()));
            let denied = twins.submit(9, Side::Buy, 1, 9_000).verdict;
            assert_eq!(denied.first, Check::Breaker.raw());
        }
    });
    found
}

#[test]
fn lots_trip_beyond_the_tolerance_both_ways() {
    assert!(!trips_by_lots(5, 5) && trips_by_lots(5, 6));
    assert!(!trips_by_lots(5, -5) && trips_by_lots(5, -6));
    assert!(!trips_by_lots(0, 0) && trips_by_lots(0, 1));
    assert!(!trips_by_lots(OFF, 1_000_000));
}

#[test]
fn money_trips_beyond_the_tolerance() {
    for (most, trips) in [(3 * LOT, false), (3 * LOT - 1, true), (0, true), (OFF, false)] {
        with_twins(&config(), 0, |twins| {
            begin(twins, ReconcileBegin { money_max: Money(most), ..LENIENT }).unwrap();
            holds(twins, -3).unwrap();
            assert_eq!(told(twins), [(Difference::NetQty, 0, -3)]);
            let report = twins.engine().reconcile_get();
            assert_eq!(
                (report.money, report.lots, tripped(twins)),
                (Money(3 * LOT), Lots(3), trips)
            );
        });
    }
}

/// A second symbol that was never quoted.
#[test]
fn lots_without_a_mark_pass_any_tolerance_in_money() {
    with_twins(&config(), 0, |twins| {
        twins
            .step(|engine, _| {
                let mut spec = crate::market::SymbolDefine::EMPTY;
                let one = Decimal::new(1, 0);
                spec.name[0] = b'Y';
                (spec.tick_size, spec.lot_size) = (one, one);
                (spec.multiplier, spec.conversion) = (one, one);
                engine.symbol_define(&spec)
            })
            .unwrap();
        for (most, trips) in [(OFF, false), (i64::MAX - 1, true)] {
            begin(twins, ReconcileBegin { money_max: Money(most), ..LENIENT }).unwrap();
            let short_qty = Lots(1);
            give(twins, ReconcilePosition { symbol: 1, short_qty, ..ReconcilePosition::EMPTY })
                .unwrap();
            let report = twins.engine().reconcile_get();
            assert_eq!((report.unpriced, report.money), (1, Money(0)));
            assert_eq!(tripped(twins), trips);
        }
    });
}

#[test]
fn orders_trip_beyond_the_tolerance() {
    for (most, trips) in [(2, false), (1, true), (0, true), (OFF, false)] {
        with_twins(&config(), 0, |twins| {
            let orders = [rest(twins, 1), rest(twins, 2), rest(twins, 3)];
            twins.poll();
            begin(twins, ReconcileBegin { orders_max: most, ..LENIENT }).unwrap();
            let rows = orders.map(|order| row(twins, order));
            // Of one order two things differ: it is one order.
            let cum_qty = Lots(3);
            tell(twins, ReconcileOrder { price: Ticks(8_999), cum_qty, ..rows[0] }).unwrap();
            tell(twins, rows[1]).unwrap();
            tell(twins, ReconcileOrder { qty: Lots(9), ..rows[2] }).unwrap();
            let expected = [
                (Difference::Price, 9_000, 8_999),
                (Difference::FillMissed, 0, 3),
                (Difference::Quantity, 10, 9),
            ];
            assert_eq!(told(twins), expected);
            assert_eq!(twins.engine().reconcile_get().orders_differ, 2);
            assert_eq!(tripped(twins), trips);
        });
    }
}

#[test]
fn a_hedged_symbol_is_compared_side_by_side() {
    with_twins(&config(), SymbolFlag::Hedged.raw(), |twins| {
        trade(twins, 1, Side::Buy, 100, 10_000);
        trade(twins, 2, Side::Sell, 60, 10_000);
        twins.poll();
        let held = ReconcilePosition {
            long_qty: Lots(100),
            short_qty: Lots(60),
            ..ReconcilePosition::EMPTY
        };
        begin(twins, LENIENT).unwrap();
        give(twins, held).unwrap();
        assert!(told(twins).is_empty());
        // The net is the same, the sides are not: two lots differ.
        begin(twins, ReconcileBegin { lots_max: Lots(1), ..LENIENT }).unwrap();
        give(twins, ReconcilePosition { long_qty: Lots(101), short_qty: Lots(61), ..held })
            .unwrap();
        let expected = [(Difference::LongQty, 100, 101), (Difference::ShortQty, 60, 61)];
        assert_eq!((told(twins), tripped(twins)), (expected.to_vec(), true));
        // Not mentioned at all.
        begin(twins, LENIENT).unwrap();
        assert_eq!(end(twins), Ok(Status::Ok));
        let expected = [(Difference::MissingLong, 100, 0), (Difference::MissingShort, 60, 0)];
        assert_eq!(told(twins), expected);
        assert_eq!(twins.engine().reconcile_get().lots, Lots(160));
    });
}

#[test]
fn average_prices_tell_and_never_trip() {
    with_twins(&config(), 0, |twins| {
        trade(twins, 1, Side::Buy, 1, 10_000);
        trade(twins, 2, Side::Buy, 2, 10_002);
        twins.poll();
        // The average is 10 001 1/3.
        for (price, differs) in [(10_000, true), (10_001, false), (10_002, false), (10_003, true)] {
            begin(twins, ReconcileBegin::EMPTY).unwrap();
            let long_price = Ticks(price);
            let held =
                ReconcilePosition { long_qty: Lots(3), long_price, ..ReconcilePosition::EMPTY };
            give(twins, held).unwrap();
            let expected = [(Difference::AveragePrice, 10_001, price)];
            assert_eq!(told(twins), &expected[..usize::from(differs)]);
            assert!(!tripped(twins));
        }
    });
}

#[test]
fn what_was_not_mentioned_is_found_in_steps() {
    let config = Config { work_per_call: 1, ..config() };
    with_twins(&config, 0, |twins| {
        trade(twins, 1, Side::Buy, 100, 10_000);
        let acked = rest(twins, 2);
        let sent = twins.submit(3, Side::Buy, 10, 9_000).order;
        twins.poll();
        let unsent = twins.submit(4, Side::Buy, 10, 9_000).order;
        begin(twins, ReconcileBegin { lots_max: Lots(99), ..LENIENT }).unwrap();
        // Sent after it began: the venue's list may be older.
        twins.poll();
        let late = rest(twins, 5);
        twins.poll();
        let mut calls = 1;
        assert_eq!(end(twins), Ok(Status::More));
        assert_eq!(holds(twins, 100), Err(Status::State));
        let drain = |engine: &mut Engine<'_>, now| {
            let mut request = Drain::EMPTY;
            request.header.now = now;
            engine.drain(&request)
        };
        while twins.step(drain) == Ok(Status::More) {
            calls += 1;
            assert!(calls < 9);
        }
        // Five slots, a symbol, and the step that finds nothing more.
        assert_eq!(calls, 6);
        let events = twins.events(EventKind::Difference);
        let found: Vec<_> = events.iter().map(|e| (e.order, e.limit)).collect();
        assert_eq!(found[..2], [(acked, 10), (sent, 10)]);
        assert!(!found.iter().any(|&(order, _)| order == unsent || order == late));
        let expected = [Difference::MissingOrder, Difference::InDoubt, Difference::MissingLong];
        let codes: Vec<_> = events.iter().map(|e| e.code).take(3).collect();
        assert_eq!((codes, events[2].limit), (expected.map(Difference::raw).to_vec(), 100));
        let report = twins.engine().reconcile_get();
        // The one in doubt is not counted.
        assert_eq!((report.orders_differ, report.differences), (1, 3));
        assert!(tripped(twins) && report.ended_at > Nanos::ZERO);
    });
}

#[test]
fn what_lives_on_one_side_only() {
    with_twins(&config(), 0, |twins| {
        let (dead, live) = (rest(twins, 1), rest(twins, 2));
        let unsent = twins.submit(3, Side::Sell, 7, 11_000).order;
        twins.report(ReportKind::CancelAck, dead).unwrap();
        begin(twins, LENIENT).unwrap();
        let open = OrderStatus::Open.raw();
        let row_of =
            |twins: &Twins<'_>, order| ReconcileOrder { order_status: open, ..row(twins, order) };
        let (dead, unsent) = (row_of(twins, dead), row_of(twins, unsent));
        let gone = OrderStatus::Cancelled.raw();
        let live = ReconcileOrder { order_status: gone, cum_qty: Lots(0), ..row(twins, live) };
        for row in [dead, unsent, live] {
            assert_eq!(tell(twins, row), Ok(Status::Ok));
        }
        let alien = ReconcileOrder { order: Id::NONE, client_id: 0, qty: Lots(5), ..live };
        let alien = ReconcileOrder { order_status: open, cum_qty: Lots(2), ..alien };
        assert_eq!(tell(twins, alien), Ok(Status::Ok));
        let over = ReconcileOrder { order_status: gone, ..alien };
        assert_eq!(tell(twins, over), Ok(Status::Ignored));
        let expected = [
            (Difference::EndedHere, 0, 10),
            (Difference::NotSent, 7, 7),
            (Difference::EndedThere, 10, 0),
            (Difference::UnknownOrder, 0, 3),
        ];
        assert_eq!(told(twins), expected);
        let report = twins.engine().reconcile_get();
        assert_eq!((report.orders, report.orders_differ, report.left_out), (4, 4, 1));
    });
}

#[test]
fn of_a_replace_in_flight_old_and_new_terms_are_right() {
    with_twins(&config(), 0, |twins| {
        let order = rest(twins, 1);
        twins.fill(order, 5, 4, 9_000).unwrap();
        twins
            .step(|engine, now| {
                let (qty, price) = (Lots(20), Ticks(9_001));
                let mut request = OrderReplace { order, qty, price, ..OrderReplace::EMPTY };
                request.header.now = now;
                engine.order_replace(&request).map(|answer| answer.verdict)
            })
            .unwrap();
        twins.poll();
        let old = ReconcileOrder { order_status: OrderStatus::Open.raw(), ..row(twins, order) };
        for (qty, price, differ) in [(10, 9_000, 0), (20, 9_001, 0), (11, 9_002, 2)] {
            begin(twins, LENIENT).unwrap();
            let (qty, price) = (Lots(qty), Ticks(price));
            tell(twins, ReconcileOrder { qty, price, ..old }).unwrap();
            assert_eq!(twins.engine().reconcile_get().differences, differ);
        }
        // Beyond 16 lots are reserved: max(old, new) less what was executed.
        begin(twins, LENIENT).unwrap();
        twins.poll();
        end(twins).unwrap();
        let missing = (Difference::MissingOrder, 16, 0);
        assert!(told(twins).contains(&missing));
    });
}

#[test]
fn rows_count_once_a_round() {
    with_twins(&config(), 0, |twins| {
        let order = rest(twins, 1);
        let wrong = ReconcileOrder { side: Side::Sell.raw(), ..row(twins, order) };
        begin(twins, LENIENT).unwrap();
        for expected in [Status::Ok, Status::Ignored] {
            assert_eq!(holds(twins, 1), Ok(expected));
            assert_eq!(tell(twins, wrong), Ok(expected));
        }
        let expected = [(Difference::NetQty, 0, 1), (Difference::Side, 1, 2)];
        assert_eq!(told(twins), expected);
        // A new round forgets what the last one was told, though that was not over.
        begin(twins, LENIENT).unwrap();
        let report = twins.engine().reconcile_get();
        assert_eq!((report.round, report.differences, report.positions), (2, 0, 0));
        assert_eq!((holds(twins, 1), tell(twins, wrong)), (Ok(Status::Ok), Ok(Status::Ok)));
    });
}

#[test]
fn what_has_changed_since_the_books_were_read_is_left_out() {
    with_twins(&config(), 0, |twins| {
        let (still, moved) = (rest(twins, 1), rest(twins, 2));
        let as_of = twins.now;
        let old = row(twins, moved);
        twins.fill(moved, 5, 4, 9_000).unwrap();
        let sent = twins.submit(3, Side::Buy, 10, 9_000).order;
        twins.poll();
        let strict = ReconcileBegin { as_of, flags: ReconcileFlag::NoPositions.raw(), ..LENIENT };
        begin(twins, strict).unwrap();
        assert_eq!(holds(twins, 0), Err(Status::State));
        assert_eq!(tell(twins, old), Ok(Status::Ignored));
        end(twins).unwrap();
        let events = twins.events(EventKind::Difference);
        assert_eq!((events.len(), events[0].order), (2, still));
        // All three are compared when rows are of now.
        begin(twins, ReconcileBegin { as_of: Nanos::ZERO, ..strict }).unwrap();
        assert_eq!(tell(twins, old), Ok(Status::Ok));
        end(twins).unwrap();
        let expected = [
            (Difference::FillExtra, 4, 0),
            (Difference::MissingOrder, 10, 0),
            (Difference::InDoubt, 10, 0),
        ];
        assert_eq!(told(twins), expected);
        assert_ne!(sent, Id::NONE);
        let future = ReconcileBegin { as_of: Nanos(u64::MAX), ..LENIENT };
        assert_eq!(begin(twins, future), Err(Status::Range));
    });
}

#[test]
fn a_round_about_one_venue_leaves_others_alone() {
    with_twins(&config(), 0, |twins| {
        let orders = [1, 2].map(|client_id| {
            let request = OrderSubmit {
                venue: u32::try_from(client_id).unwrap(),
                ..order(client_id, Side::Buy, 10, 9_000)
            };
            let id = twins.submit_as(&request).order;
            twins.poll();
            twins.report(ReportKind::Ack, id).unwrap();
            id
        });
        twins.poll();
        let flags = ReconcileFlag::OneVenue.raw() | ReconcileFlag::OneSymbol.raw();
        begin(twins, ReconcileBegin { venue: 2, flags, ..LENIENT }).unwrap();
        end(twins).unwrap();
        let events = twins.events(EventKind::Difference);
        assert_eq!((events.len(), events[0].order), (2, orders[1]));
        let none = ReconcileBegin { symbol: 1, flags, ..LENIENT };
        assert_eq!(begin(twins, none), Err(Status::Symbol));
    });
}

#[test]
fn it_trips_once_a_round_and_never_recovers_by_itself() {
    with_twins(&config(), 0, |twins| {
        begin(twins, ReconcileBegin::EMPTY).unwrap();
        holds(twins, 1).unwrap();
        let order = ReconcileOrder {
            qty: Lots(1),
            side: Side::Buy.raw(),
            order_status: OrderStatus::Open.raw(),
            ..ReconcileOrder::EMPTY
        };
        tell(twins, order).unwrap();
        assert_eq!(twins.events(EventKind::BreakerTripped).len(), 1);
        let trip = twins.engine().trip_get(0, 0).unwrap();
        assert_eq!((trip.cause, trip.latched), (Cause::Reconcile.raw(), 1));
        // A day later it is open still.
        twins.now = Nanos(twins.now.0 + 2 * Nanos::DAY);
        twins.quote(10_000, 10_002).unwrap();
        assert_eq!(twins.engine().risk_get(0).unwrap().operational, 0);
        twins.control(ControlAction::BreakerReset, 0);
        assert_eq!(twins.engine().risk_get(0).unwrap().operational, 1);
        // Once a round: after a reset the next round trips again.
        tell(twins, order).unwrap();
        assert!(twins.events(EventKind::BreakerTripped).is_empty());
        begin(twins, ReconcileBegin::EMPTY).unwrap();
        tell(twins, order).unwrap();
        assert_eq!(twins.events(EventKind::BreakerTripped).len(), 1);
    });
}

#[test]
fn a_breaker_that_would_recover_does_so_no_more() {
    let mut config = config();
    config.breaker.consecutive_errors = 1;
    with_twins(&config, 0, |twins| {
        twins.control(ControlAction::ErrorRecord, 0);
        assert_eq!(twins.engine().risk_get(0).unwrap().latched, 0);
        begin(twins, ReconcileBegin::EMPTY).unwrap();
        holds(twins, 1).unwrap();
        let status = twins.engine().risk_get(0).unwrap();
        assert_eq!((status.latched, status.cause), (1, Cause::Reconcile.raw()));
    });
}

#[test]
fn an_adopted_order_puts_right_what_was_unknown() {
    with_twins(&config(), 0, |twins| {
        let unknown = ReconcileOrder {
            client_id: 4_711,
            qty: Lots(10),
            cum_qty: Lots(3),
            price: Ticks(9_000),
            side: Side::Buy.raw(),
            order_status: OrderStatus::PartiallyFilled.raw(),
            ..ReconcileOrder::EMPTY
        };
        begin(twins, LENIENT).unwrap();
        tell(twins, unknown).unwrap();
        twins
            .step(|engine, now| {
                let mut request = OrderAdopt {
                    client_id: 4_711,
                    qty: Lots(10),
                    cum_qty: Lots(3),
                    notional: i128::from(27_000_i64).into(),
                    price: Ticks(9_000),
                    side: Side::Buy.raw(),
                    order_type: OrderType::Limit.raw(),
                    time_in_force: TimeInForce::Gtc.raw(),
                    ..OrderAdopt::EMPTY
                };
                request.header.now = now;
                engine.order_adopt(&request)
            })
            .unwrap();
        assert_eq!(told(twins), [(Difference::UnknownOrder, 0, 7)]);
        begin(twins, LENIENT).unwrap();
        tell(twins, unknown).unwrap();
        end(twins).unwrap();
        assert!(told(twins).is_empty());
    });
}
