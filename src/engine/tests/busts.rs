//! Executions that are taken back or corrected: money follows exactly, whatever happened between.

use std::boxed::Box;
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::num::OFF;
use crate::order::OrderSubmit;

type Room = Storage<16, 2, 16, 2, 256, 512, 64>;

const BID: i64 = 95;
const ASK: i64 = 97;

fn roomy() -> Config {
    let mut config = config();
    config.capacity.orders = 16;
    config.capacity.positions = 16;
    config.capacity.triggers = 2;
    config.capacity.events = 256;
    config.capacity.executions = 512;
    config.capacity.rate = 64;
    let b = &mut config.breaker;
    (b.daily_loss_ratio, b.drawdown_ratio) = (Ratio(OFF), Ratio(OFF));
    (b.consecutive_losses, b.orders_per_minute, b.orders_per_hour) = (-1, -1, -1);
    config
}

fn with_room(hedged: bool, test: impl FnOnce(&mut Engine<'_>)) {
    let mut storage = Box::new(Room::new());
    let (memory, kill) = storage.lend();
    let mut engine = opened(memory, kill, &roomy());
    let flags = if hedged { SymbolFlag::Hedged.raw() } else { 0 };
    define(&mut engine, flags);
    engine.quote(&quote(0, BID, ASK, Nanos(1))).unwrap();
    test(&mut engine);
}

fn open(engine: &mut Engine<'_>, client_id: u64, side: Side, qty: i64) -> Id {
    let request = OrderSubmit { tag: 0, ..order(client_id, side, qty, 0) };
    let submitted = engine.order_submit(&request).unwrap();
    assert!(submitted.verdict.is_accepted(), "{:?}", submitted.verdict);
    let request = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
    engine.poll_and_drop(&request).unwrap();
    submitted.order
}

fn tell(
    engine: &mut Engine<'_>,
    kind: ReportKind,
    order: Id,
    (exec_id, ref_exec_id): (u64, u64),
    (qty, price): (i64, i64),
) -> Result<Status, Status> {
    let said = report(kind, order, Nanos(2));
    let (qty, price, commission) = (Lots(qty), Ticks(price), Money(7));
    engine.venue_report(&VenueReport { exec_id, ref_exec_id, qty, price, commission, ..said })
}

/// Realised + unrealised of the account, in tick-lots.
fn pnl(engine: &Engine<'_>) -> i128 {
    let account = engine.account_get();
    let exact = i128::from(account.realised_exact) + i128::from(account.unrealised_exact);
    exact / i128::from(engine.symbols.get(0).unwrap().scale)
}

proptest! {
    #![proptest_config(at_least(400))]
    /// What the account has gained is what the live executions have, each valued at the marks its
    /// lots are held at; commissions are those of live executions.
    #[test]
    fn money_is_that_of_the_live_executions(
        hedged in any::<bool>(),
        ops in prop::collection::vec(
            (0..6_u8, 0..4_usize, 1..9_i64, 90..110_i64, 0..12_usize),
            1..60,
        ),
    ) {
        with_room(hedged, |engine| {
            // Bid and ask alike: then the mark of a lot does not depend on its side.
            engine.quote(&quote(0, BID, BID, Nanos(1))).unwrap();
            let orders: Vec<(Id, Side)> = (0..4_u64).map(|n| {
                let side = if n % 2 == 0 { Side::Buy } else { Side::Sell };
                (open(engine, n + 1, side, 100), side)
            }).collect();
            // Current id of a live execution → side, qty, price.
            let mut live: BTreeMap<u64, (usize, i64, i64)> = BTreeMap::new();
            for (n, (what, order, qty, price, back)) in ops.into_iter().enumerate() {
                let id = u64::try_from(n).unwrap() + 1;
                let known = live.keys().copied().nth(back);
                match (what, known) {
                    (3, Some(old)) => {
                        let (order, ..) = live.remove(&old).unwrap();
                        let bust = ReportKind::Bust;
                        tell(engine, bust, orders[order].0, (0, old), (0, 0)).unwrap();
                    }
                    (4 | 5, Some(old)) => {
                        let (order, was, _) = live.remove(&old).unwrap();
                        let qty = if what == 4 { was } else { qty };
                        let correct = ReportKind::Correct;
                        tell(engine, correct, orders[order].0, (id, old), (qty, price)).unwrap();
                        live.insert(id, (order, qty, price));
                    }
                    _ => {
                        let fill = ReportKind::Fill;
                        tell(engine, fill, orders[order].0, (id, 0), (qty, price)).unwrap();
                        live.insert(id, (order, qty, price));
                    }
                }
                let won: i128 = live.values().map(|&(order, qty, price)| {
                    let gain = i128::from(qty * (BID - price));
                    if orders[order].1 == Side::Buy { gain } else { -gain }
                }).sum();
                assert_eq!(pnl(engine), won, "after {what} {known:?}");
                let paid = i64::try_from(live.len()).unwrap() * 7;
                assert_eq!(engine.account_get().commission, Money(paid));
                assert_eq!(engine.audit(), Ok(()));
                for (n, (id, _)) in orders.iter().enumerate() {
                    let own = live.values().filter(|l| l.0 == n);
                    let cum: i64 = own.map(|l| l.1).sum();
                    assert_eq!(engine.order_get(*id, 0).unwrap().cum_qty, Lots(cum));
                }
            }
        });
    }
}

#[test]
fn a_busted_exit_opens_the_position_again() {
    with_room(true, |engine| {
        let entry = open(engine, 1, Side::Buy, 10);
        tell(engine, ReportKind::Fill, entry, (1, 0), (10, 100)).unwrap();
        let position = engine.position_next(Id::NONE).unwrap().position;
        let close = PositionClose { position, ..PositionClose::EMPTY };
        let exit = engine.position_close(&close).unwrap().order;
        tell(engine, ReportKind::Fill, exit, (2, 0), (10, 120)).unwrap();
        let account = engine.account_get();
        assert_eq!((account.closed, account.wins, account.open), (1, 1, 0));
        assert_eq!(tell(engine, ReportKind::Bust, exit, (0, 2), (0, 0)), Ok(Status::Ok));
        let view = engine.position_get(position).unwrap();
        assert_eq!((view.qty, view.exit), (Lots(10), ExitReason::None.raw()));
        assert_eq!((i128::from(view.cost), i128::from(view.realised_exact)), (1000, 0));
        let account = engine.account_get();
        assert_eq!((account.closed, account.wins, account.open), (0, 0, 1));
        // The same bust again changes nothing.
        assert_eq!(tell(engine, ReportKind::Bust, exit, (0, 2), (0, 0)), Ok(Status::Ignored));
    });
}

#[test]
fn a_position_whose_only_entry_is_busted_does_not_count() {
    with_room(false, |engine| {
        let entry = open(engine, 1, Side::Sell, 10);
        tell(engine, ReportKind::Fill, entry, (1, 0), (10, 100)).unwrap();
        let position = engine.position_net(0).unwrap().position;
        tell(engine, ReportKind::Bust, entry, (0, 1), (0, 0)).unwrap();
        let view = engine.position_get(position).unwrap();
        assert_eq!((view.qty, view.exit), (Lots(0), ExitReason::Busted.raw()));
        let account = engine.account_get();
        assert_eq!((account.closed, account.open, account.commission), (0, 0, Money(0)));
        assert_eq!(engine.audit(), Ok(()));
    });
}

#[test]
fn a_correction_of_the_price_leaves_the_position_open_all_the_while() {
    with_room(false, |engine| {
        let entry = open(engine, 1, Side::Buy, 10);
        tell(engine, ReportKind::Fill, entry, (1, 0), (10, 100)).unwrap();
        let position = engine.position_net(0).unwrap().position;
        tell(engine, ReportKind::Correct, entry, (2, 1), (10, 90)).unwrap();
        tell(engine, ReportKind::Correct, entry, (3, 1), (8, 90)).unwrap();
        let view = engine.position_net(0).unwrap();
        assert_eq!((view.position, view.qty, i128::from(view.cost)), (position, Lots(8), 720));
        // The first report again: known.
        let again = tell(engine, ReportKind::Fill, entry, (1, 0), (10, 100));
        assert_eq!(again, Ok(Status::Ignored));
        let execution = engine.execution_get(1).unwrap();
        assert_eq!((execution.superseded_by, execution.applied_qty), (2, Lots(0)));
    });
}

#[test]
fn busts_and_corrections_may_come_before_what_they_are_about() {
    with_room(false, |engine| {
        let entry = open(engine, 1, Side::Buy, 100);
        let order = |engine: &Engine<'_>| engine.order_get(entry, 0).unwrap();
        // 1 is corrected by 2, 2 by 3; they come last first.
        tell(engine, ReportKind::Correct, entry, (3, 2), (5, 90)).unwrap();
        tell(engine, ReportKind::Correct, entry, (2, 1), (5, 95)).unwrap();
        tell(engine, ReportKind::Fill, entry, (1, 0), (5, 100)).unwrap();
        assert_eq!((order(engine).cum_qty, i128::from(order(engine).notional)), (Lots(5), 450));
        // 4 is busted before it comes.
        tell(engine, ReportKind::Bust, entry, (0, 4), (0, 0)).unwrap();
        let late = tell(engine, ReportKind::Fill, entry, (4, 0), (5, 100));
        assert_eq!(late, Ok(Status::Ignored));
        assert_eq!(order(engine).cum_qty, Lots(5));
        assert_eq!(engine.audit(), Ok(()));
    });
}

/// Of 10 lots 4 are inferred when the 6 are reported; then the 4 are corrected to `lots`, or
/// busted, before their own report comes.
fn with_a_gap(lots: Option<i64>) -> (i64, i128, u32) {
    let mut left = None;
    with_room(false, |engine| {
        let id = open(engine, 1, Side::Buy, 10);
        let said = report(ReportKind::Fill, id, Nanos(2));
        let (qty, price) = (Lots(6), Ticks(100));
        let cum = VenueReport { exec_id: 2, qty, price, venue_cum: Lots(10), ..said };
        engine.venue_report(&cum).unwrap();
        match lots {
            Some(lots) => tell(engine, ReportKind::Correct, id, (3, 1), (lots, 90)).unwrap(),
            None => tell(engine, ReportKind::Bust, id, (0, 1), (0, 0)).unwrap(),
        };
        assert_eq!(engine.audit(), Ok(()));
        tell(engine, ReportKind::Fill, id, (1, 0), (4, 100)).unwrap();
        assert_eq!(engine.audit(), Ok(()));
        let view = engine.order_get(id, 0).unwrap();
        assert_eq!(view.gap_qty, Lots(0));
        let net = engine.position_net(0).unwrap();
        assert_eq!((net.qty, i128::from(net.cost)), (view.cum_qty, i128::from(view.notional)));
        left = Some((view.cum_qty.0, i128::from(view.notional), view.marks));
    });
    left.unwrap()
}

#[test]
fn what_was_inferred_is_not_counted_twice() {
    let overfill = crate::status::OrderMark::Overfill.raw();
    assert_eq!(with_a_gap(Some(4)), (10, 960, crate::status::OrderMark::Gap.raw()));
    assert_eq!(with_a_gap(Some(3)).0, 9);
    let (cum, value, marks) = with_a_gap(Some(5));
    assert_eq!((cum, value, marks & overfill), (11, 1050, overfill));
    assert_eq!(with_a_gap(None).0, 6);
}

#[test]
fn what_was_executed_before_it_was_taken_over_is_forgotten() {
    with_room(false, |engine| {
        let request = crate::order::OrderAdopt {
            client_id: 7,
            qty: Lots(10),
            cum_qty: Lots(4),
            notional: 400.into(),
            price: Ticks(100),
            side: Side::Buy.raw(),
            order_type: OrderType::Limit.raw(),
            ..crate::order::OrderAdopt::EMPTY
        };
        let (_, id) = engine.order_adopt(&request).unwrap();
        for (kind, ids) in [(ReportKind::Bust, (0, 1)), (ReportKind::Correct, (2, 1))] {
            assert_eq!(tell(engine, kind, id, ids, (4, 99)), Ok(Status::Ok));
            let view = engine.order_get(id, 0).unwrap();
            assert_eq!(view.cum_qty, Lots(4));
            assert_eq!(view.marks, crate::status::OrderMark::InDoubt.raw());
        }
    });
}

#[test]
fn two_that_correct_each_other_are_a_conflict() {
    with_room(false, |engine| {
        let id = open(engine, 1, Side::Buy, 10);
        tell(engine, ReportKind::Correct, id, (1, 2), (4, 100)).unwrap();
        let circle = tell(engine, ReportKind::Correct, id, (2, 1), (4, 100));
        assert_eq!(circle, Err(Status::Conflict));
        assert_eq!(engine.order_get(id, 0).unwrap().cum_qty, Lots(4));
    });
}

#[test]
fn a_circle_is_a_conflict_also_when_it_was_busted_ahead() {
    for bust_first in [true, false] {
        with_room(false, |engine| {
            let id = open(engine, 1, Side::Buy, 10);
            let bust = |engine: &mut Engine<'_>| {
                tell(engine, ReportKind::Bust, id, (0, 2), (0, 0)).unwrap();
            };
            if bust_first {
                bust(engine);
            }
            tell(engine, ReportKind::Correct, id, (1, 2), (4, 100)).unwrap();
            tell(engine, ReportKind::Correct, id, (3, 1), (4, 101)).unwrap();
            if !bust_first {
                bust(engine);
            }
            let before = digest(engine);
            let circle = tell(engine, ReportKind::Correct, id, (2, 3), (4, 100));
            assert_eq!((circle, digest(engine)), (Err(Status::Conflict), before));
            // Its own report is still awaited.
            assert_eq!(tell(engine, ReportKind::Fill, id, (2, 0), (4, 99)), Ok(Status::Ignored));
            let kept = [2, 1, 3].map(|id| engine.execution_get(id).unwrap());
            assert_eq!(
                kept.map(|kept| (kept.superseded_by, kept.busted)),
                [(1, 0), (3, 0), (0, 1)]
            );
            assert_eq!(engine.order_get(id, 0).unwrap().cum_qty, Lots(0));
            assert_eq!(engine.audit(), Ok(()));
        });
    }
}

#[test]
fn a_bust_that_does_not_fit_changes_nothing() {
    let mut config = roomy();
    config.starting_balance = Money(i64::MAX - 60_000_000);
    let mut storage = Box::new(Room::new());
    let (memory, kill) = storage.lend();
    let mut engine = opened(memory, kill, &config);
    define(&mut engine, 0);
    engine.quote(&quote(0, 10_000, 10_001, Nanos(1))).unwrap();
    let bought = open(&mut engine, 1, Side::Buy, 1);
    tell(&mut engine, ReportKind::Fill, bought, (1, 0), (1, 10_000)).unwrap();
    let sold = open(&mut engine, 2, Side::Sell, 1);
    tell(&mut engine, ReportKind::Fill, sold, (2, 0), (1, 9_000)).unwrap();
    engine.quote(&quote(0, 17_000, 17_001, Nanos(1))).unwrap();
    let before = digest(&engine);
    let bust = tell(&mut engine, ReportKind::Bust, sold, (0, 2), (0, 0));
    assert_eq!((bust, digest(&engine)), (Err(Status::Range), before));
}
