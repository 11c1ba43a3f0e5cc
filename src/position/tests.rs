//! Tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

use std::vec;
use std::vec::Vec;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::*;
use crate::num::{Lots, Money, Nanos, OFF, Ratio, Ticks, div_floor};
use crate::status::{PositionSide, RangeError, Status};
use crate::store::{Entry, Id, IndexNode, Links, RetainedMemory, Slot};

/// Whether more is entered, quantity, price.
type Deal = (bool, i64, i64);

fn side() -> impl Strategy<Value = PositionSide> {
    prop_oneof![Just(PositionSide::Long), Just(PositionSide::Short)]
}

fn deals(qty: i64, price: i64) -> impl Strategy<Value = Vec<Deal>> {
    prop::collection::vec((any::<bool>(), 1..=qty, -price..=price), 1..30)
}

/// The book after a deal; an exit takes what there is at most. `None` when there is nothing.
fn after(book: &Book, side: PositionSide, (enters, qty, price): Deal) -> Option<Book> {
    if enters {
        return Some(book.entered(Lots(qty), Ticks(price).times(Lots(qty))).unwrap());
    }
    let qty = Lots(qty).min(book.qty);
    (qty.0 > 0).then(|| book.exited(side, qty, Ticks(price).times(qty)).unwrap())
}

fn sign(side: PositionSide) -> i128 {
    match side {
        PositionSide::Long => 1,
        PositionSide::Short => -1,
    }
}

/// Runs deals and holds realised + unrealised against what was paid and received.
fn cash_flow_identity(side: PositionSide, deals: &[Deal], marks: &[i64]) -> TestCaseResult {
    let mut book = Book::default();
    // What the long side of the same deals has received and paid.
    let mut cash = 0_i128;
    for &deal in deals {
        let Some(new) = after(&book, side, deal) else { continue };
        let moved = new.qty.0 - book.qty.0;
        cash -= i128::from(moved) * i128::from(deal.2);
        book = new;
        for &mark in marks {
            let worth = cash + i128::from(book.qty.0) * i128::from(mark);
            let open = book.unrealised(side, Ticks(mark)).unwrap();
            prop_assert_eq!(book.realised + open, sign(side) * worth);
        }
        prop_assert_eq!(book.entered.0 - book.exited.0, book.qty.0);
        prop_assert_eq!(book.exit_value - book.entry_value, cash);
        if book.qty == Lots::ZERO {
            prop_assert_eq!((book.cost, book.realised), (0, sign(side) * cash));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn nothing_is_lost(side in side(), deals in deals(60, 500), mark in -600..600_i64) {
        cash_flow_identity(side, &deals, &[mark, 0, -mark])?;
    }

    #[test]
    fn nothing_is_lost_in_large_numbers(side in side(), deals in deals(1 << 57, Ticks::MAX)) {
        cash_flow_identity(side, &deals, &[0, Ticks::MAX, -Ticks::MAX])?;
    }

    #[test]
    fn exits_are_floored(side in side(), deals in deals(60, 500)) {
        let mut book = Book::default();
        for deal in deals {
            let Some(new) = after(&book, side, deal) else { continue };
            if !deal.0 {
                let whole = i128::from(book.qty.0);
                let part = whole.min(deal.1.into());
                // Exact PnL of the part, in 1 / whole.
                let exact = sign(side) * (i128::from(deal.2) * part * whole - book.cost * part);
                prop_assert_eq!(Some(new.realised - book.realised), div_floor(exact, whole));
            }
            book = new;
        }
    }

    #[test]
    fn totals_follow(ops in prop::collection::vec((0..4_usize, deals(40, 300)), 1..12),
                     bid in -300..300_i64, spread in 0..9_i64) {
        let (long, short) = (PositionSide::Long, PositionSide::Short);
        let sides = [long, long, short, short];
        let mut books = [Book::default(); 4];
        let mut totals = Totals { opening: 7, net: 3, ..Totals::EMPTY };
        for (i, deals) in ops {
            for deal in deals {
                let Some(new) = after(&books[i], sides[i], deal) else { continue };
                totals = totals.changed(sides[i], &books[i], &new).unwrap();
                books[i] = new;
            }
            let expected = Totals {
                long_qty: Lots(books[0].qty.0 + books[1].qty.0),
                long_cost: books[0].cost + books[1].cost,
                short_qty: Lots(books[2].qty.0 + books[3].qty.0),
                short_cost: books[2].cost + books[3].cost,
                realised: books.iter().map(|b| b.realised).sum(),
                commission: Money::ZERO,
                opening: 7,
                net: 3,
                ..Totals::EMPTY
            };
            prop_assert_eq!(totals, expected);
            let (bid, ask) = (Ticks(bid), Ticks(bid + spread));
            let each = books.iter().zip(sides).map(|(book, side)| {
                book.unrealised(side, if side == PositionSide::Long { bid } else { ask }).unwrap()
            });
            prop_assert_eq!(totals.unrealised(Some((bid, ask))), Ok(each.sum::<i128>()));
            let net = i128::from(totals.long_qty.0) - i128::from(totals.short_qty.0);
            prop_assert_eq!(totals.net_qty(), net);
        }
        prop_assert_eq!(totals.unrealised(None), Ok(0));
    }

    #[test]
    fn a_finer_unit_keeps_the_value(realised in any::<i32>(), unrealised in any::<i32>(),
                                    den in 1..500_i64, factor in 1..500_i64) {
        let account = Account {
            den,
            commission: 17,
            realised: realised.into(),
            unrealised: unrealised.into(),
            ..Account::new(Money(1_000_000))
        };
        let finer = account.in_unit(den * factor).unwrap();
        prop_assert_eq!(finer.den, den * factor);
        prop_assert_eq!(finer.realised, account.realised * i128::from(factor));
        for realised_only in [false, true] {
            prop_assert_eq!(finer.equity(realised_only), account.equity(realised_only));
            let open = if realised_only { 0 } else { account.unrealised };
            let exact = (1_000_000 - 17) * i128::from(den) + account.realised + open;
            let floored = i64::try_from(exact.div_euclid(den.into())).unwrap();
            prop_assert_eq!(account.equity(realised_only), Ok(Money(floored)));
        }
    }

    #[test]
    fn outcomes_are_exact(tick_lots in any::<i32>(), scale in 1..1_000_i64, fee in any::<i16>(),
                          den in 1..1_000_i64) {
        let account = Account { den, ..Account::new(Money::ZERO) };
        let exact = i128::from(tick_lots) * i128::from(scale) - i128::from(fee) * i128::from(den);
        let outcome = account.outcome(tick_lots.into(), scale, Money(fee.into())).unwrap();
        prop_assert_eq!(i128::from(outcome.sign), exact.signum());
        prop_assert_eq!(i128::from(outcome.net.0), exact.div_euclid(den.into()));
    }
}

#[test]
fn average_cost_by_hand() {
    let book = Book::default().entered(Lots(3), Ticks(10).times(Lots(3))).unwrap();
    let book = book.entered(Lots(4), Ticks(11).times(Lots(4))).unwrap();
    assert_eq!((book.qty, book.cost), (Lots(7), 74));
    // 2 of 7 cost 148 / 7 = 21.14..: 22 for a long, 21 for a short.
    let long = book.exited(PositionSide::Long, Lots(2), Ticks(12).times(Lots(2))).unwrap();
    assert_eq!((long.qty, long.cost, long.realised), (Lots(5), 52, 2));
    let short = book.exited(PositionSide::Short, Lots(2), Ticks(12).times(Lots(2))).unwrap();
    assert_eq!((short.qty, short.cost, short.realised), (Lots(5), 53, -3));
    let flat = long.exited(PositionSide::Long, Lots(5), Ticks(12).times(Lots(5))).unwrap();
    assert_eq!((flat.qty, flat.cost, flat.realised), (Lots(0), 0, 7 * 12 - 74));
    assert_eq!(flat.unrealised(PositionSide::Long, Ticks(99)), Ok(0));
}

#[test]
fn sums_that_do_not_fit_are_errors() {
    let (long, short) = (PositionSide::Long, PositionSide::Short);
    let full = Book { qty: Lots(i64::MAX), entered: Lots(i64::MAX), ..Book::default() };
    assert_eq!(full.entered(Lots(1), Ticks(1).times(Lots(1))), Err(RangeError));
    let dear = Book { qty: Lots(1), cost: i128::MAX, ..Book::default() };
    assert_eq!(dear.entered(Lots(1), Ticks(1).times(Lots(1))), Err(RangeError));
    assert_eq!(dear.unrealised(long, Ticks(-2)), Err(RangeError));
    let gained = Book { qty: Lots(1), cost: i128::MIN, ..Book::default() };
    assert_eq!(gained.exited(long, Lots(1), Ticks(1).times(Lots(1))), Err(RangeError));
    assert_eq!(gained.unrealised(short, Ticks(1)), Err(RangeError));
    let one = Book::default().entered(Lots(1), Ticks(5).times(Lots(1))).unwrap();
    assert_eq!(one.exited(long, Lots(2), Ticks(5).times(Lots(2))), Err(RangeError));
    assert_eq!(Book::default().exited(long, Lots(1), Ticks(5).times(Lots(1))), Err(RangeError));
    let worn = Book { exited: Lots(i64::MAX), ..one };
    assert_eq!(worn.exited(long, Lots(1), Ticks(5).times(Lots(1))), Err(RangeError));
    let rich = Book { realised: i128::MAX, ..one };
    assert_eq!(rich.exited(long, Lots(1), Ticks(6).times(Lots(1))), Err(RangeError));
    assert!(rich.exited(long, Lots(1), Ticks(5).times(Lots(1))).is_ok());
    let totals = Totals { long_qty: Lots(i64::MAX), ..Totals::EMPTY };
    assert_eq!(totals.changed(long, &Book::default(), &one), Err(RangeError));
    let totals = Totals { realised: i128::MAX, ..Totals::EMPTY };
    let won = one.exited(long, Lots(1), Ticks(6).times(Lots(1))).unwrap();
    assert_eq!(totals.changed(long, &one, &won), Err(RangeError));
}

#[test]
fn money_is_floored() {
    let account = Account { den: 10, ..Account::new(Money(5)) };
    for (exact, money) in [(0, 0), (9, 0), (10, 1), (-1, -1), (-10, -1), (-11, -2)] {
        assert_eq!(account.money(exact), Ok(Money(money)));
    }
    assert_eq!(account.money(i128::MAX), Err(RangeError));
    let most = i128::from(i64::MAX) * 10 + 9;
    assert_eq!(account.money(most), Ok(Money(i64::MAX)));
    assert_eq!(account.money(most + 1), Err(RangeError));
    let equity = |realised, unrealised| Account { realised, unrealised, ..account }.equity(false);
    // Rounded once, over the sum.
    assert_eq!(equity(5, 5), Ok(Money(6)));
    assert_eq!(equity(-5, -4), Ok(Money(4)));
    assert_eq!(equity(i128::MAX, 1), Err(RangeError));
    assert_eq!(account.in_unit(i64::MAX).unwrap().den, i64::MAX);
    let large = Account { realised: i128::MAX, ..account };
    assert_eq!(large.in_unit(20), Err(RangeError));
}

#[test]
fn the_sign_is_of_the_exact_outcome() {
    let mut account = Account { den: 10, ..Account::new(Money::ZERO) };
    let outcome = |tick_lots, fee| account.outcome(tick_lots, 1, Money(fee)).unwrap();
    let cases = [(1, 0, 0, 1), (-1, 0, -1, -1), (10, 1, 0, 0), (9, 1, -1, -1), (-5, -1, 0, 1)];
    let all: Vec<Realised> = cases.iter().map(|&(t, f, _, _)| outcome(t, f)).collect();
    for (realised, (_, _, net, sign)) in all.iter().zip(cases) {
        assert_eq!(*realised, Realised { net: Money(net), sign });
    }
    assert_eq!(account.outcome(i128::MAX, 2, Money::ZERO), Err(RangeError));
    all.iter().for_each(|realised| account.count_closed(realised, 3));
    assert_eq!((account.closed, account.wins, account.losses), (5, 2, 2));
    assert_eq!((account.gross_profit, account.gross_loss, account.holding), (0, 2, 15));
}

#[test]
fn what_is_counted_can_be_taken_back() {
    let mut account = Account::new(Money::ZERO);
    let outcome = |net: i64| {
        let sign = i8::try_from(net.signum()).unwrap();
        Realised { net: Money(net), sign }
    };
    for (net, held) in [(50, 10), (-20, 5), (0, 1), (-7, 2)] {
        account.count_closed(&outcome(net), held);
    }
    let statistics = StatisticsView::from(&account);
    let expected = StatisticsView {
        closed: 4,
        wins: 1,
        losses: 2,
        break_even: 1,
        win_rate: Ratio(250_000_000),
        gross_profit: Money(50),
        gross_loss: Money(27),
        profit_factor: Ratio(1_851_851_851),
        largest_win: Money(50),
        largest_loss: Money(-20),
        average_win: Money(50),
        average_loss: Money(-14),
        average_holding: 4,
        ..StatisticsView::default()
    };
    assert_eq!(statistics, expected);
    account.uncount_closed(&outcome(50), 10);
    account.uncount_closed(&outcome(-20), 5);
    account.uncount_closed(&outcome(0), 1);
    assert_eq!((account.closed, account.wins, account.losses), (1, 0, 1));
    assert_eq!((account.gross_profit, account.gross_loss, account.holding), (0, 7, 2));
    assert_eq!((account.largest_win, account.largest_loss), (Money(50), Money(-20)));
    account.uncount_closed(&outcome(-7), 2);
    let statistics = StatisticsView::from(&account);
    let empty = StatisticsView {
        profit_factor: Ratio(OFF),
        largest_win: Money(50),
        largest_loss: Money(-20),
        ..StatisticsView::default()
    };
    assert_eq!(statistics, empty);
}

#[test]
fn shares_are_floored() {
    let cases = [
        (1, 3, 333_333_333),
        (-1, 3, -333_333_334),
        (1, -3, 333_333_333),
        (5, 0, 0),
        (0, 7, 0),
        (i128::from(i64::MAX), 1, i64::MAX),
        (i128::from(i64::MIN), 1, i64::MIN),
        (1 << 119, 1 << 120, 500_000_000),
    ];
    for (part, whole, expected) in cases {
        assert_eq!(share(part, whole), Ratio(expected));
    }
}

struct Room {
    slots: Vec<Slot<Entry<Position>>>,
    index: Vec<IndexNode>,
    links: Vec<Links>,
    totals: Vec<Totals>,
    of_symbol: Vec<Links>,
}

impl Room {
    fn new(positions: usize, symbols: usize) -> Self {
        Self {
            slots: vec![Slot::new(Entry::new(Position::EMPTY)); positions],
            index: vec![IndexNode::EMPTY; positions],
            links: vec![Links::EMPTY; positions],
            totals: vec![Totals { legs: 9, ..Totals::EMPTY }; symbols],
            of_symbol: vec![Links::EMPTY; positions],
        }
    }

    fn positions(&mut self) -> Positions<'_> {
        let table = RetainedMemory {
            slots: &mut self.slots,
            index: &mut self.index,
            links: &mut self.links,
        };
        let (totals, of_symbol) = (&mut self.totals[..], &mut self.of_symbol[..]);
        Positions::new(PositionMemory { table, totals, of_symbol }, 5, 1)
    }
}

fn position(symbol: u32, net: bool, tag: u64) -> Position {
    let book = Book::default().entered(Lots(4), Ticks(10).times(Lots(4))).unwrap();
    Position { book, symbol, net, tag, opened_at: Nanos(1), ..Position::EMPTY }
}

#[test]
fn every_symbol_owns_the_slot_of_its_net_position() {
    let mut room = Room::new(4, 2);
    let mut positions = room.positions();
    assert!(positions.has_room());
    let (hedged, id) = positions.open(&position(0, false, 77)).unwrap();
    assert_eq!(positions.totals(0).map(|t| (t.open.len, t.net)), Some((1, Totals::EMPTY.net)));
    assert!(positions.has_room());
    positions.hold(0, true);
    assert!(!positions.has_room() && positions.held() == 1);
    assert_eq!(positions.totals(0).map(|t| t.opening), Some(1));
    let (net, _) = positions.open(&position(1, true, 0)).unwrap();
    assert_eq!(positions.totals(1).map(|t| (t.open.len, t.net)), Some((1, net)));
    // The net position's slot was counted all along.
    positions.hold(0, false);
    assert!(positions.has_room());
    assert_eq!(positions.table().find(77), Some(hedged));
    positions.close(net);
    positions.close(net);
    positions.close(hedged);
    assert_eq!(positions.totals(1).map(|t| (t.open.len, t.net)), Some((0, Totals::EMPTY.net)));
    assert_eq!((positions.table().live(), positions.table().ended()), (0, 2));
    // Closed ones stay readable until their slots are needed, the first closed first.
    for symbol in 0..3 {
        positions.open(&position(symbol % 2, false, 0)).unwrap();
    }
    assert_eq!(positions.resolve(id), Ok(hedged));
    positions.open(&position(1, true, 0)).unwrap();
    assert_eq!(positions.resolve(id), Err(Status::Stale));
    assert!(positions.open(&position(0, true, 0)).is_none());
    assert_eq!(positions.resolve(Id::from_raw(1)), Err(Status::Foreign));
}

#[test]
fn what_is_being_closed_is_covered() {
    let cases = [(0, 4), (1, 3), (4, 0), (9, 0)];
    for (closing, left) in cases {
        let position = Position { closing: Lots(closing), ..position(0, true, 0) };
        assert_eq!((position.uncovered(), position.is_open()), (Lots(left), true));
    }
    assert!(!Position::EMPTY.is_open());
}
