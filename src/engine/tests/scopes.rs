//! Scopes below the root: the tree, who denies, books, accounts, and long random runs.

mod books;
mod locates;
mod near;
mod sequences;
mod values;
mod warnings;

use super::dice::Dice;
use super::*;
use crate::market::Trade;
use crate::order::{OrderAdopt, OrderReplace};
use crate::position::{PositionAdopt, PositionExit, PositionOpen};
use crate::risk::{ScopeBreakerSet, ScopeDefine, ScopeLimitsSet, Verdict};
use crate::status::{OrderFlag, PositionSide, Reference, ScopeFlag};

type Tree = Storage<24, 2, 24, 12, 256, 32, 64, 6, 12>;

pub(super) fn tree() -> Config {
    let capacity = Capacity {
        orders: 24,
        symbols: 2,
        positions: 24,
        triggers: 12,
        events: 256,
        executions: 32,
        scopes: 6,
        rate: 64,
        symbol_rate: 32,
        recent: 128,
        books: 12,
        reserved0: 0,
    };
    let breaker = BreakerConfig::quiet(Nanos::ZERO);
    Config { capacity, breaker, starting_balance: Money(BALANCE), ..Config::DEFAULT }
}

fn name(text: &str) -> [u8; 32] {
    let mut name = [0; 32];
    name[..text.len()].copy_from_slice(text.as_bytes());
    name
}

pub(super) fn scope(text: &str, parent: u32) -> ScopeDefine {
    ScopeDefine { name: name(text), parent, ..ScopeDefine::EMPTY }
}

/// An engine with an account 1 and in it the strategies 2 and 3, all open, and one symbol.
pub(super) fn with_tree<R>(
    config: &Config,
    flags: u32,
    test: impl FnOnce(&mut Engine<'_>) -> R,
) -> R {
    let mut storage = std::boxed::Box::new(Tree::new());
    let (memory, kill) = storage.lend();
    let mut engine = opened(memory, kill, config);
    plant(&mut engine, flags);
    test(&mut engine)
}

pub(super) fn plant(engine: &mut Engine<'_>, flags: u32) {
    define(engine, flags);
    for (text, parent) in [("account", 0), ("calm", 1), ("wild", 1)] {
        engine.scope_define(&scope(text, parent)).unwrap();
    }
    for scope in 1..4 {
        limit_scope(engine, ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF });
    }
    engine.quote(&quote(0, 1_000, 1_001, Nanos(1))).unwrap();
}

pub(super) fn limit_scope(engine: &mut Engine<'_>, limits: ScopeLimitsSet) {
    assert_eq!(engine.scope_limits_set(&limits), Ok(Status::Ok));
}

pub(super) fn of(scope: u32, client_id: u64, side: Side, qty: i64) -> OrderSubmit {
    OrderSubmit { scope, ..order(client_id, side, qty, 1_000) }
}

pub(super) fn say(engine: &mut Engine<'_>, request: &OrderSubmit) -> Verdict {
    let verdict = engine.order_check(request).unwrap();
    let submitted = engine.order_submit(request).unwrap();
    assert_eq!(submitted.verdict, verdict);
    assert_eq!(engine.audit(), Ok(()));
    verdict
}

/// Denied by this check alone, of this scope.
pub(super) fn denies(verdict: &Verdict, check: Check, scope: u32, limit: i64, observed: i64) {
    assert_eq!((verdict.mask, verdict.first), (bit(check), check.raw()), "{verdict:?}");
    assert_eq!((verdict.scope, verdict.limit, verdict.observed), (scope, limit, observed));
}

const fn bit(check: Check) -> u64 {
    1 << check.raw()
}

/// An order that is executed at once.
pub(super) fn trade(
    engine: &mut Engine<'_>,
    scope: u32,
    id: u64,
    side: Side,
    qty: i64,
    price: i64,
) -> Id {
    let submitted = engine.order_submit(&of(scope, id, side, qty)).unwrap();
    assert_eq!(submitted.verdict.mask, 0, "{:?}", submitted.verdict);
    let mut poll = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
    poll.header.now = engine.now();
    let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 64]);
    engine.poll(&poll, &mut commands, &mut events).unwrap();
    let fill = report(ReportKind::Fill, submitted.order, engine.now());
    let fill = VenueReport { exec_id: id, qty: Lots(qty), price: Ticks(price), ..fill };
    assert_eq!(engine.venue_report(&fill), Ok(Status::Ok));
    assert_eq!(engine.audit(), Ok(()));
    submitted.order
}

#[test]
fn the_tree_is_defined_once() {
    with_tree(&tree(), 0, |engine| {
        assert_eq!(engine.scope_count(), 4);
        assert_eq!(engine.scope_by_name(&name("wild")), Ok(3));
        assert_eq!(engine.scope_by_name(&name("none")), Err(Status::Unknown));
        let view = engine.scope_get(3).unwrap();
        assert_eq!((view.scope, view.parent, view.depth, view.name), (3, 1, 3, name("wild")));
        assert_eq!(engine.scope_define(&scope("wild", 1)), Ok((Status::Exists, 3)));
        assert_eq!(engine.scope_define(&scope("wild", 0)), Err(Status::Conflict));
        assert_eq!(engine.scope_define(&scope("x", 9)), Err(Status::Scope));
        assert_eq!(engine.scope_define(&scope("", 0)), Err(Status::Range));
        assert_eq!(engine.scope_define(&scope("deep", 3)), Ok((Status::Ok, 4)));
        assert_eq!(engine.scope_define(&scope("deeper", 4)), Err(Status::Range));
        assert_eq!(engine.scope_define(&scope("last", 0)), Ok((Status::Ok, 5)));
        assert_eq!(engine.scope_define(&scope("none", 0)), Err(Status::Capacity));
        assert_eq!(engine.scope_get(6).map(|_| ()), Err(Status::Scope));
        assert_eq!(engine.audit(), Ok(()));
    });
}

#[test]
fn what_was_never_limited_denies() {
    let mut storage = std::boxed::Box::new(Tree::new());
    let (memory, kill) = storage.lend();
    let mut engine = Engine::new(memory, kill, &tree()).unwrap();
    define(&mut engine, 0);
    engine.quote(&quote(0, 1_000, 1_001, Nanos(1))).unwrap();
    let verdict = say(&mut engine, &of(0, 1, Side::Buy, 1));
    assert_eq!((verdict.first, verdict.scope), (Check::Permission.raw(), 0));
    assert_ne!(verdict.mask & bit(Check::Qty), 0);
    limit_scope(&mut engine, ScopeLimitsSet::OFF);
    assert_eq!(say(&mut engine, &of(0, 1, Side::Buy, 1)).mask, 0);
    engine.scope_define(&scope("desk", 0)).unwrap();
    let verdict = say(&mut engine, &of(1, 2, Side::Buy, 1));
    assert_eq!((verdict.first, verdict.scope), (Check::Permission.raw(), 1));
}

#[test]
fn the_first_check_names_its_scope_and_of_equals_the_upper_one() {
    with_tree(&tree(), 0, |engine| {
        let off = ScopeLimitsSet::OFF;
        limit_scope(engine, ScopeLimitsSet { scope: 3, qty_max: Lots(4), ..off });
        denies(&say(engine, &of(3, 1, Side::Buy, 5)), Check::Qty, 3, 4, 5);
        assert_eq!(say(engine, &of(3, 1, Side::Buy, 4)).mask, 0);
        assert_eq!(say(engine, &of(2, 2, Side::Buy, 5)).mask, 0);
        limit_scope(engine, ScopeLimitsSet { scope: 1, qty_max: Lots(3), ..off });
        denies(&say(engine, &of(3, 3, Side::Buy, 5)), Check::Qty, 1, 3, 5);
        denies(&say(engine, &of(3, 3, Side::Buy, 4)), Check::Qty, 1, 3, 4);
        limit_scope(engine, ScopeLimitsSet { qty_max: Lots(2), ..off });
        denies(&say(engine, &of(3, 3, Side::Buy, 5)), Check::Qty, 0, 2, 5);
        denies(&say(engine, &of(0, 3, Side::Buy, 3)), Check::Qty, 0, 2, 3);
        // A scope further down fails an earlier check.
        let mut disabled = scope("wild", 1);
        disabled.flags = ScopeFlag::Disabled.raw();
        assert_eq!(engine.scope_define(&disabled), Ok((Status::Ok, 3)));
        let verdict = say(engine, &of(3, 3, Side::Buy, 5));
        assert_eq!(verdict.mask, bit(Check::Qty) | bit(Check::Scope));
        assert_eq!((verdict.first, verdict.scope), (Check::Scope.raw(), 3));
        denies(&say(engine, &of(9, 3, Side::Buy, 2)), Check::Scope, 9, 0, 0);
    });
}

#[test]
fn counts_and_states_bind_those_below() {
    with_tree(&tree(), 0, |engine| {
        let off = ScopeLimitsSet::OFF;
        limit_scope(engine, ScopeLimitsSet { scope: 1, open_orders_max: 2, ..off });
        limit_scope(engine, ScopeLimitsSet { scope: 2, positions_max: 1, ..off });
        assert_eq!(say(engine, &of(2, 1, Side::Buy, 1)).mask, 0);
        assert_eq!(say(engine, &of(3, 2, Side::Buy, 1)).mask, 0);
        denies(&say(engine, &of(3, 3, Side::Buy, 1)), Check::OpenOrders, 1, 2, 3);
        assert_eq!(say(engine, &of(0, 3, Side::Buy, 1)).mask, 0);
        let halted = Control {
            action: ControlAction::TradingState.raw(),
            scope: 1,
            value: i64::from(TradingState::Halted.raw()),
            ..Control::EMPTY
        };
        limit_scope(engine, ScopeLimitsSet { scope: 1, ..off });
        engine.control(&halted).unwrap();
        denies(&say(engine, &of(3, 4, Side::Buy, 1)), Check::TradingState, 1, 0, 2);
        assert_eq!(say(engine, &of(0, 4, Side::Buy, 1)).mask, 0);
        engine.control(&Control { value: 0, ..halted }).unwrap();
        assert_eq!(say(engine, &of(3, 5, Side::Buy, 1)).mask, 0);
        let trip = Control { action: ControlAction::BreakerTrip.raw(), scope: 2, ..Control::EMPTY };
        engine.control(&trip).unwrap();
        let verdict = say(engine, &of(2, 6, Side::Buy, 1));
        assert_eq!((verdict.first, verdict.scope), (Check::Breaker.raw(), 2));
        assert_eq!(say(engine, &of(3, 6, Side::Buy, 1)).mask, 0);
    });
}

#[test]
fn each_scope_has_its_own_position() {
    with_tree(&tree(), 0, |engine| {
        trade(engine, 2, 1, Side::Buy, 10, 1_000);
        trade(engine, 3, 2, Side::Sell, 4, 1_000);
        let net = |engine: &Engine<'_>, scope| engine.scope_position_net(scope, 0);
        let (long, short) = (net(engine, 2).unwrap(), net(engine, 3).unwrap());
        assert_eq!((long.side, long.qty, long.scope), (1, Lots(10), 2));
        assert_eq!((short.side, short.qty, short.scope), (2, Lots(4), 3));
        assert_eq!(net(engine, 0).map(|_| ()), Err(Status::Unknown));
        let view = engine.symbol_get(0).unwrap();
        assert_eq!((view.long_qty, view.short_qty, view.claims), (Lots(10), Lots(4), 2));
        // What reduces one strategy's position does not look at the other's.
        let reduce = |scope, id, qty| OrderSubmit {
            flags: OrderFlag::ReduceOnly.raw(),
            ..of(scope, id, Side::Sell, qty)
        };
        denies(&say(engine, &reduce(2, 3, 11)), Check::ReduceOnly, 2, 10, 11);
        assert_eq!(say(engine, &reduce(2, 3, 10)).mask, 0);
        denies(&say(engine, &reduce(3, 4, 1)), Check::ReduceOnly, 3, 0, 1);
        // The price falls: the one loses, the other wins, the account has both.
        engine.quote(&quote(0, 990, 991, engine.now())).unwrap();
        assert_eq!(engine.audit(), Ok(()));
        let equity = |scope| engine.scope_account_get(scope).unwrap().equity;
        assert_eq!(equity(2), Money(-10 * 10 * TICK_LOT));
        assert_eq!(equity(3), Money(9 * 4 * TICK_LOT));
        assert_eq!(equity(1), Money(equity(2).0 + equity(3).0));
        assert_eq!(equity(0), Money(BALANCE + equity(1).0));
    });
}

#[test]
fn a_symbol_is_limited_within_a_scope() {
    with_tree(&tree(), 0, |engine| {
        let limits = LimitsSet { scope: 1, long_max: Lots(10), ..LimitsSet::OFF };
        assert_eq!(engine.limits_set(&limits), Ok(Status::Ok));
        trade(engine, 2, 1, Side::Buy, 6, 1_000);
        denies(&say(engine, &of(3, 2, Side::Buy, 5)), Check::Position, 1, 10, 11);
        assert_eq!(say(engine, &of(3, 2, Side::Buy, 4)).mask, 0);
        denies(&say(engine, &of(2, 3, Side::Buy, 1)), Check::Position, 1, 10, 11);
        assert_eq!(say(engine, &of(0, 3, Side::Buy, 50)).mask, 0);
        let closed = LimitsSet { scope: 3, flags: 2, ..LimitsSet::OFF };
        assert_eq!(engine.limits_set(&closed), Ok(Status::Ok));
        let verdict = say(engine, &of(3, 4, Side::Sell, 1));
        assert_eq!((verdict.first, verdict.scope), (Check::Symbol.raw(), 3));
        assert_eq!(engine.limits_set(&LimitsSet { scope: 9, ..closed }), Err(Status::Scope));
    });
}

#[test]
fn cash_and_losses_are_a_scopes_own() {
    with_tree(&tree(), 0, |engine| {
        let breaker = BreakerConfig {
            daily_loss_ratio: Ratio(100_000_000),
            ..BreakerConfig::quiet(Nanos::ZERO)
        };
        let set = ScopeBreakerSet { scope: 2, breaker, ..ScopeBreakerSet::EMPTY };
        assert_eq!(engine.scope_breaker_set(&set), Err(Status::State));
        let amount = Money(1_000 * TICK_LOT);
        engine.cash_adjust(&CashAdjust { amount, scope: 2, ..CashAdjust::EMPTY }).unwrap();
        let equity = |engine: &Engine<'_>, scope| {
            engine.scope_account_get(scope).unwrap().equity.0 / TICK_LOT
        };
        let all = [0, 1, 2, 3].map(|scope| equity(engine, scope));
        assert_eq!(all, [BALANCE / TICK_LOT + 1_000, 1_000, 1_000, 0]);
        assert_eq!(engine.scope_breaker_set(&set), Ok(Status::Ok));
        trade(engine, 2, 1, Side::Buy, 10, 1_000);
        trade(engine, 3, 2, Side::Buy, 10, 1_000);
        // 10 % passes, more does not.
        engine.quote(&quote(0, 990, 991, engine.now())).unwrap();
        assert_eq!(say(engine, &of(2, 3, Side::Buy, 1)).mask, 0);
        engine.quote(&quote(0, 989, 990, engine.now())).unwrap();
        let verdict = say(engine, &of(2, 4, Side::Buy, 1));
        assert_eq!((verdict.first, verdict.scope), (Check::Breaker.raw(), 2));
        assert_eq!(engine.trip_get(2, 0).unwrap().scope, 2);
        assert_eq!(say(engine, &of(3, 4, Side::Buy, 1)).mask, 0);
        assert_eq!(engine.audit(), Ok(()));
    });
}

#[test]
fn each_scope_counts_what_it_and_those_in_it_did() {
    with_tree(&tree(), 0, |engine| {
        limit_scope(engine, ScopeLimitsSet { scope: 1, qty_max: Lots(9), ..ScopeLimitsSet::OFF });
        limit_scope(engine, ScopeLimitsSet { scope: 3, qty_max: Lots(8), ..ScopeLimitsSet::OFF });
        trade(engine, 2, 1, Side::Buy, 5, 1_000);
        let order = trade(engine, 3, 2, Side::Buy, 5, 1_000);
        trade(engine, 0, 3, Side::Sell, 5, 1_000);
        for (scope, qty, id) in [(3, 9, 4), (3, 10, 5), (2, 10, 6), (9, 1, 7)] {
            assert_ne!(say(engine, &of(scope, id, Side::Buy, qty)).mask, 0);
        }
        let bust = report(ReportKind::Bust, order, engine.now());
        assert_eq!(engine.venue_report(&VenueReport { ref_exec_id: 2, ..bust }), Ok(Status::Ok));
        let fill = report(ReportKind::Fill, order, engine.now());
        let beyond = VenueReport { exec_id: 9, qty: Lots(7), price: Ticks(1), ..fill };
        let _ = engine.venue_report(&beyond);
        let counts = |scope| {
            let seen = engine.statistics_get(scope).unwrap();
            assert_eq!(engine.scope_account_get(scope).unwrap().denied, seen.denied);
            [seen.accepted, seen.denied, seen.executions, seen.busts, seen.anomalies]
        };
        assert_eq!(counts(0), [3, 4, 4, 1, 1]);
        assert_eq!(counts(1), [2, 3, 3, 1, 1]);
        assert_eq!(counts(2), [1, 1, 1, 0, 0]);
        assert_eq!(counts(3), [1, 2, 2, 1, 1]);
        let denials = |scope| {
            let seen = engine.denials_get(scope).unwrap();
            assert_eq!(seen.denied, seen.denied_by.iter().sum::<u64>());
            assert_eq!(seen.named, seen.named_by.iter().sum::<u64>());
            let [scope, qty] =
                [Check::Scope, Check::Qty].map(|c| usize::try_from(c.raw()).unwrap());
            [seen.denied_by[scope], seen.denied_by[qty], seen.named_by[scope], seen.named_by[qty]]
        };
        assert_eq!(denials(0), [1, 3, 0, 0]);
        assert_eq!(denials(1), [0, 3, 0, 2]);
        assert_eq!(denials(2), [0, 1, 0, 0]);
        assert_eq!(denials(3), [0, 2, 0, 1]);
        assert_eq!(engine.denials_get(4), Err(Status::Scope));
    });
}

fn some_money(dice: &mut Dice) -> Money {
    if dice.one_in(2) { Money(OFF) } else { Money(dice.between(0, 60_000) * TICK_LOT) }
}

/// Limits in money of a scope, or none.
fn limit_some_money(engine: &mut Engine<'_>, dice: &mut Dice, scope: u32, now: Nanos) {
    let mut limits = ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF };
    limits.header.now = now;
    limits.warn_ratio = dice.pick(&[Ratio(OFF), Ratio(700_000_000)]);
    if dice.one_in(3) {
        limits.open_notional_max = some_money(dice);
        limits.gross_max = some_money(dice);
        limits.net_max = some_money(dice);
        limits.credit_max = some_money(dice);
        limits.leverage_max = dice.pick(&[Ratio(OFF), Ratio(Ratio::ONE)]);
    }
    let _ = engine.scope_limits_set(&limits);
}

/// One random call of any scope.
pub(super) fn random_call(engine: &mut Engine<'_>, dice: &mut Dice, ids: &mut Vec<Id>, now: Nanos) {
    let scope = u32::try_from(dice.below(6)).unwrap();
    let symbol = u32::from(dice.one_in(3));
    let (qty, price) = (Lots(dice.between(1, 9)), Ticks(dice.between(995, 1_005)));
    let side = dice.pick(&[Side::Buy, Side::Sell]);
    let pick = usize::try_from(dice.below(8)).unwrap();
    let id = ids.iter().rev().nth(pick).copied().unwrap_or(Id::NONE);
    match dice.below(20) {
        0..6 => {
            let flags = dice.pick(&[0, 0, 0, OrderFlag::ReduceOnly.raw()]);
            let bracket = dice.one_in(4);
            let linked = if dice.one_in(6) { id } else { Id::NONE };
            let exits = if side == Side::Buy { (990, 1_010) } else { (1_010, 990) };
            let mut request =
                OrderSubmit { symbol, scope, flags, linked, ..of(scope, now.0, side, qty.0) };
            request.price = price;
            if bracket && flags == 0 {
                (request.stop_loss, request.take_profit) = (Ticks(exits.0), Ticks(exits.1));
            }
            request.header.now = now;
            let before = digest(engine);
            let verdict = engine.order_check(&request);
            assert_eq!(digest(engine), before);
            let submitted = engine.order_submit(&request);
            assert_eq!(submitted.map(|s| s.verdict).ok(), verdict.ok());
            ids.extend(submitted.ok().map(|s| s.order).filter(|&order| order != Id::NONE));
        }
        6..12 => {
            let kinds = [1, 3, 3, 3, 3, 3, 4, 2, 8, 9, 10];
            let kind = ReportKind::from_raw(dice.pick(&kinds)).unwrap();
            let (exec_id, ref_exec_id) = (1 + dice.below(40), 1 + dice.below(40));
            let told = report(kind, id, now);
            let _ = engine.venue_report(&VenueReport {
                qty,
                price,
                exec_id: if matches!(kind, ReportKind::Fill | ReportKind::Correct) {
                    exec_id
                } else {
                    0
                },
                ref_exec_id: if matches!(kind, ReportKind::Bust | ReportKind::Correct) {
                    ref_exec_id
                } else {
                    0
                },
                ..told
            });
        }
        12 => {
            let mut request = OrderCancel { order: id, request_id: now.0, ..OrderCancel::EMPTY };
            request.header.now = now;
            let _ = engine.order_cancel(&request);
        }
        13 => {
            let request_id = now.0;
            let mut request =
                OrderReplace { order: id, request_id, qty, price, ..OrderReplace::EMPTY };
            request.header.now = now;
            let _ = engine.order_replace(&request);
        }
        14 => {
            let bid = dice.between(985, 1_015);
            let _ = engine.quote(&quote(symbol, bid, bid + 1, now));
        }
        15 => {
            let side = dice.pick(&[PositionSide::Long, PositionSide::Short]).raw();
            let mut request =
                PositionOpen { qty, price, symbol, scope, side, ..PositionOpen::EMPTY };
            request.header.now = now;
            let _ = engine.position_open(&request);
        }
        16 => {
            let Ok(position) = engine.position_next(Id::NONE) else { return };
            let mut request =
                PositionExit { position: position.position, price, ..PositionExit::EMPTY };
            request.header.now = now;
            let _ = engine.position_exit(&request);
        }
        17 => {
            let mut limits = LimitsSet { symbol, scope, ..LimitsSet::OFF };
            if dice.one_in(2) {
                limits.long_max = Lots(dice.between(5, 30));
            }
            if dice.one_in(3) {
                limits.open_notional_max = some_money(dice);
                limits.gross_max = some_money(dice);
                limits.net_max = some_money(dice);
                limits.margin_ratio = dice.pick(&[Ratio(OFF), Ratio(123_456_789)]);
            }
            if dice.one_in(3) {
                (limits.rate_max, limits.rate_window) = (dice.between(-1, 9), Nanos(9 * SECOND));
                (limits.repeat_max, limits.repeat_window) =
                    (dice.between(2, 4), Nanos(99 * SECOND));
                (limits.duplicate_max, limits.duplicate_window) = (2, Nanos(9 * SECOND));
            }
            limits.header.now = now;
            let _ = engine.limits_set(&limits);
            limit_some_money(engine, dice, scope, now);
        }
        18 => {
            let amount = Money(dice.between(-5, 20) * TICK_LOT);
            let mut request = CashAdjust { amount, scope, ..CashAdjust::EMPTY };
            request.header.now = now;
            let _ = engine.cash_adjust(&request);
        }
        _ => {
            let mut poll = Poll { max_commands: 8, max_events: 200, ..Poll::EMPTY };
            poll.header.now = now;
            let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 200]);
            engine.poll(&poll, &mut commands, &mut events).unwrap();
            let mut adopt =
                OrderAdopt { client_id: now.0, qty, price, symbol, scope, ..OrderAdopt::EMPTY };
            (adopt.side, adopt.order_type) = (side.raw(), OrderType::Limit.raw());
            adopt.header.now = now;
            if dice.one_in(4) {
                ids.extend(engine.order_adopt(&adopt).ok().map(|(_, id)| id));
            }
        }
    }
}

#[test]
fn books_counts_and_accounts_agree_with_the_records() {
    for case in 0..60 {
        let mut dice = Dice(case << 32);
        let flags = if case % 2 == 0 { 0 } else { SymbolFlag::Hedged.raw() };
        with_tree(&tree(), flags, |engine| {
            let one = Decimal::new(1, 0);
            let second = SymbolDefine { name: name("Y"), multiplier: one, ..SymbolDefine::EMPTY };
            let second = SymbolDefine { conversion: one, lot_size: one, ..second };
            engine.symbol_define(&SymbolDefine { tick_size: one, ..second }).unwrap();
            engine.limits_set(&LimitsSet { symbol: 1, ..LimitsSet::OFF }).unwrap();
            engine.scope_define(&scope("inner", 2)).unwrap();
            limit_scope(engine, ScopeLimitsSet { scope: 4, ..ScopeLimitsSet::OFF });
            let (mut ids, mut now) = (Vec::new(), engine.now());
            for step in 0..250 {
                now.0 += SECOND;
                random_call(engine, &mut dice, &mut ids, now);
                assert_eq!(engine.audit(), Ok(()), "case {case}, step {step}");
            }
        });
    }
}
