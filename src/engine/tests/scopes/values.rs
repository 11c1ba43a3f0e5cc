//! Limits in money of scopes and of their books: at the limit, one beyond, off, not set, through an
//! order's life, at every depth.

use super::*;
use crate::risk::bit;

const T: i64 = TICK_LOT;

/// A tree that is four deep: account 1, strategies 2 and 3 in it, 4 in 2.
fn with_deep(test: impl Fn(&mut Engine<'_>)) {
    with_tree(&tree(), 0, |engine| {
        engine.scope_define(&scope("inner", 2)).unwrap();
        limit_scope(engine, ScopeLimitsSet { scope: 4, ..ScopeLimitsSet::OFF });
        test(engine);
    });
}

/// An order of inner scope 4 at this price.
fn inner(id: u64, side: Side, qty: i64, price: i64) -> OrderSubmit {
    OrderSubmit { scope: 4, ..order(id, side, qty, price) }
}

fn works(engine: &mut Engine<'_>, request: &OrderSubmit) -> Id {
    assert_eq!(say(engine, request).mask, 0);
    let order = engine.order_get(Id::NONE, request.client_id).unwrap().order;
    drain(engine);
    tell(engine, &report(ReportKind::Ack, order, engine.now()));
    order
}

fn drain(engine: &mut Engine<'_>) {
    let mut poll = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
    poll.header.now = engine.now();
    let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 64]);
    engine.poll(&poll, &mut commands, &mut events).unwrap();
}

fn tell(engine: &mut Engine<'_>, report: &VenueReport) {
    assert_eq!(engine.venue_report(report), Ok(Status::Ok));
    assert_eq!(engine.audit(), Ok(()));
}

fn fill(engine: &mut Engine<'_>, order: Id, exec_id: u64, qty: i64, price: i64) {
    let fill = report(ReportKind::Fill, order, engine.now());
    tell(engine, &VenueReport { exec_id, qty: Lots(qty), price: Ticks(price), ..fill });
}

fn replaced(engine: &mut Engine<'_>, order: Id, qty: i64, price: i64) -> Verdict {
    let (qty, price) = (Lots(qty), Ticks(price));
    let mut r = OrderReplace { order, request_id: 7, qty, price, ..OrderReplace::EMPTY };
    r.header.now = engine.now();
    let verdict = engine.order_replace(&r).unwrap().verdict;
    assert_eq!(engine.audit(), Ok(()));
    verdict
}

/// What a scope allows in all its symbols, or in one.
fn allow(
    engine: &mut Engine<'_>,
    scope: u32,
    in_all: bool,
    set: impl Fn(&mut Money, &mut Money, &mut Money),
) {
    if in_all {
        let mut limits = ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF };
        set(&mut limits.open_notional_max, &mut limits.gross_max, &mut limits.net_max);
        limit_scope(engine, limits);
    } else {
        let mut limits = LimitsSet { scope, ..LimitsSet::OFF };
        set(&mut limits.open_notional_max, &mut limits.gross_max, &mut limits.net_max);
        assert_eq!(engine.limits_set(&limits), Ok(Status::Ok));
    }
    assert_eq!(engine.audit(), Ok(()));
}

/// Every scope on the way down from the root, in all symbols and in one.
fn everywhere(test: impl Fn(&mut Engine<'_>, u32, bool)) {
    for scope in [1, 2, 4] {
        for in_all in [true, false] {
            with_deep(|engine| test(engine, scope, in_all));
        }
    }
}

#[test]
fn what_works_in_a_scope_is_limited() {
    everywhere(|engine, scope, in_all| {
        let check = Check::OpenNotional;
        // Set while orders work: they count from the records.
        let first = works(engine, &inner(1, Side::Buy, 6, 100));
        allow(engine, scope, in_all, |open, _, _| *open = Money(1_000 * T));
        let second = works(engine, &inner(2, Side::Sell, 4, 100));
        let small = inner(3, Side::Buy, 1, 1);
        denies(&say(engine, &small), check, scope, 1_000 * T, 1_001 * T);
        // The firm's own, and what lies beside, do not count.
        assert_eq!(say(engine, &OrderSubmit { scope: 0, ..order(9, Side::Buy, 50, 100) }).mask, 0);
        if scope != 1 {
            let beside = OrderSubmit { scope: 3, ..order(10, Side::Buy, 50, 100) };
            assert_eq!(say(engine, &beside).mask, 0);
        }
        // Old and new are reserved, the larger one, until the venue answers.
        denies(&replaced(engine, second, 5, 100), check, scope, 1_000 * T, 1_100 * T);
        assert_eq!(replaced(engine, second, 3, 100).mask, 0);
        denies(&say(engine, &small), check, scope, 1_000 * T, 1_001 * T);
        drain(engine);
        tell(engine, &report(ReportKind::ReplaceAck, second, engine.now()));
        let third = works(engine, &inner(3, Side::Buy, 1, 100));
        denies(&say(engine, &inner(4, Side::Buy, 1, 1)), check, scope, 1_000 * T, 1_001 * T);
        // What is executed works no more, and works again when it is taken back.
        fill(engine, first, 1, 2, 90);
        let fourth = works(engine, &inner(4, Side::Buy, 2, 100));
        denies(&say(engine, &inner(5, Side::Buy, 1, 1)), check, scope, 1_000 * T, 1_001 * T);
        let bust = report(ReportKind::Bust, first, engine.now());
        tell(engine, &VenueReport { ref_exec_id: 1, ..bust });
        denies(&say(engine, &inner(5, Side::Buy, 1, 1)), check, scope, 1_000 * T, 1_201 * T);
        for ended in [first, second, third, fourth] {
            tell(engine, &report(ReportKind::Expire, ended, engine.now()));
        }
        works(engine, &inner(5, Side::Buy, 10, 100));
        // Switched off nothing is looked at; 0 lets nothing pass.
        allow(engine, scope, in_all, |_, _, _| {});
        works(engine, &inner(6, Side::Buy, 10, 100));
        allow(engine, scope, in_all, |open, _, _| *open = Money::ZERO);
        denies(&say(engine, &inner(7, Side::Buy, 1, 1)), check, scope, 0, 2_001 * T);
    });
}

#[test]
fn what_a_scope_traded_is_limited() {
    everywhere(|engine, scope, in_all| {
        let buy = works(engine, &inner(1, Side::Buy, 6, 100));
        fill(engine, buy, 1, 5, 100);
        trade(engine, 0, 2, Side::Buy, 30, 100);
        allow(engine, scope, in_all, |_, gross, _| *gross = Money(1_000 * T));
        let sell = works(engine, &inner(3, Side::Sell, 4, 100));
        fill(engine, sell, 3, 4, 100);
        denies(&say(engine, &inner(4, Side::Buy, 1, 1)), Check::Gross, scope, 1_000 * T, 1_001 * T);
        let correct = report(ReportKind::Correct, sell, engine.now());
        let (qty, price) = (Lots(4), Ticks(75));
        tell(engine, &VenueReport { ref_exec_id: 3, exec_id: 4, qty, price, ..correct });
        let rest = works(engine, &inner(4, Side::Buy, 1, 100));
        denies(
            &say(engine, &inner(5, Side::Sell, 1, 1)),
            Check::Gross,
            scope,
            1_000 * T,
            1_001 * T,
        );
        // Bought less sold, 200 of it, and what works on a side.
        allow(engine, scope, in_all, |_, _, net| *net = Money(500 * T));
        let net = |id, side, qty| inner(id, side, qty, 1);
        denies(&say(engine, &net(5, Side::Buy, 101)), Check::Net, scope, 500 * T, 501 * T);
        works(engine, &net(5, Side::Buy, 100));
        denies(&say(engine, &net(6, Side::Sell, 701)), Check::Net, scope, 500 * T, 501 * T);
        works(engine, &net(6, Side::Sell, 700));
        tell(engine, &report(ReportKind::Expire, rest, engine.now()));
        // A new session begins anew.
        let mut timer = Timer::EMPTY;
        timer.header.now = Nanos(2 * Nanos::DAY);
        engine.timer(&timer).unwrap();
        assert_eq!(engine.audit(), Ok(()));
        let mut next = net(7, Side::Buy, 301);
        next.header.now = timer.header.now;
        allow(engine, scope, in_all, |_, gross, net| {
            (*gross, *net) = (Money(1_201 * T), Money(500 * T));
        });
        let both = say(engine, &next);
        // The buy that was not executed works on, and the two others.
        assert_eq!(both.mask, bit(Check::Net), "{both:?}");
        assert_eq!((both.observed, both.scope), (501 * T, scope));
        assert_eq!(say(engine, &OrderSubmit { qty: Lots(300), ..next }).mask, 0);
    });
}

#[test]
fn a_scope_has_credit_of_its_own() {
    for scope in [1, 2, 4] {
        with_deep(|engine| {
            let set = LimitsSet { margin_ratio: Ratio(100_000_001), ..open_limits() };
            assert_eq!(engine.limits_set(&set), Ok(Status::Ok));
            let credit_max = Money(100 * T + 1);
            limit_scope(engine, ScopeLimitsSet { scope, credit_max, ..ScopeLimitsSet::OFF });
            trade(engine, 3, 1, Side::Sell, 1, 1);
            if scope == 1 {
                trade(engine, 3, 2, Side::Buy, 1, 1);
            }
            let buy = works(engine, &inner(3, Side::Buy, 10, 100));
            let small = inner(4, Side::Buy, 1, 1);
            denies(&say(engine, &small), Check::Credit, scope, credit_max.0, 1_001 * T / 10 + 1);
            fill(engine, buy, 3, 10, 100);
            denies(&say(engine, &small), Check::Credit, scope, credit_max.0, 1_001 * T / 10 + 1);
            // What only reduces takes none.
            let flags = OrderFlag::ReduceOnly.raw();
            let close = OrderSubmit { flags, ..inner(4, Side::Sell, 10, 300) };
            assert_eq!(say(engine, &close).mask, 0);
            tell(engine, &report(ReportKind::Expire, id_of(engine, 4), engine.now()));
            // The larger one of the symbol's margin and the scope's own counts.
            let set = |margin_ratio| LimitsSet { scope, margin_ratio, ..LimitsSet::OFF };
            assert_eq!(engine.limits_set(&set(Ratio(50_000_000))), Ok(Status::Ok));
            let limits =
                ScopeLimitsSet { scope, credit_max: Money(200 * T), ..ScopeLimitsSet::OFF };
            limit_scope(engine, limits);
            assert_eq!(engine.limits_set(&set(Ratio(200_000_000))), Ok(Status::Ok));
            denies(
                &say(engine, &inner(5, Side::Buy, 1, 1)),
                Check::Credit,
                scope,
                200 * T,
                2_002 * T / 10,
            );
            assert_eq!(engine.limits_set(&set(Ratio(OFF))), Ok(Status::Ok));
            works(engine, &inner(5, Side::Buy, 1, 1));
        });
    }
}

fn id_of(engine: &Engine<'_>, client_id: u64) -> Id {
    engine.order_get(Id::NONE, client_id).unwrap().order
}

#[test]
fn leverage_is_of_the_scopes_own_equity() {
    for scope in [1, 2, 4] {
        with_deep(|engine| {
            let leverage_max = Ratio(2 * Ratio::ONE);
            limit_scope(engine, ScopeLimitsSet { scope, leverage_max, ..ScopeLimitsSet::OFF });
            let small = inner(1, Side::Buy, 1, 1);
            denies(&say(engine, &small), Check::Leverage, scope, leverage_max.0, i64::MAX);
            let amount = Money(10_000 * T);
            engine.cash_adjust(&CashAdjust { amount, scope, ..CashAdjust::EMPTY }).unwrap();
            assert_eq!(engine.audit(), Ok(()));
            trade(engine, 4, 1, Side::Buy, 10, 1_000);
            // 10 000 are open; a mark one lower: 9 990 of 9 990 equity and so much more.
            engine.quote(&quote(0, 999, 1_000, engine.now())).unwrap();
            assert_eq!(engine.audit(), Ok(()));
            let equity = i128::from(9_990 * T);
            let observed = (i128::from(19_981 * T) * 1_000_000_000 + equity - 1) / equity;
            let observed = i64::try_from(observed).unwrap();
            let beyond = inner(2, Side::Buy, 9_991 / 97, 97);
            assert_eq!(beyond.qty, Lots(103));
            denies(&say(engine, &beyond), Check::Leverage, scope, leverage_max.0, observed);
            assert_eq!(say(engine, &inner(2, Side::Buy, 1, 9_990)).mask, 0);
            // The firm is not limited.
            assert_eq!(
                say(engine, &OrderSubmit { scope: 0, ..order(3, Side::Buy, 900, 1_000) }).mask,
                0
            );
        });
    }
}

#[test]
fn the_upper_scope_is_named_and_groups_are_of_the_firm() {
    with_deep(|engine| {
        for scope in [1, 4] {
            let open_notional_max = Money(100 * T);
            limit_scope(engine, ScopeLimitsSet { scope, open_notional_max, ..ScopeLimitsSet::OFF });
        }
        let beyond = inner(1, Side::Buy, 101, 1);
        denies(&say(engine, &beyond), Check::OpenNotional, 1, 100 * T, 101 * T);
        limit_scope(engine, ScopeLimitsSet { scope: 1, ..ScopeLimitsSet::OFF });
        denies(&say(engine, &beyond), Check::OpenNotional, 4, 100 * T, 101 * T);
        limit_scope(engine, ScopeLimitsSet { scope: 4, ..ScopeLimitsSet::OFF });
        trade(engine, 3, 1, Side::Sell, 60, 1);
        let group = GroupSet { group: 1, flags: 1, max: Money(100 * T), ..GroupSet::EMPTY };
        assert_eq!(engine.group_set(&group), Ok(Status::Ok));
        // A short of one strategy makes room for the longs of another: the firm holds both.
        denies(&say(engine, &inner(2, Side::Buy, 161, 1)), Check::Group, 0, 100 * T, 101 * T);
        assert_eq!(say(engine, &inner(2, Side::Buy, 160, 1)).mask, 0);
    });
}
