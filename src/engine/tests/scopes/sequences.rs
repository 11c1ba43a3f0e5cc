//! Limits of a scope in a symbol that look at earlier orders: at the limit, one beyond, off, 0.

use super::*;

/// Limits of the symbol in a scope.
fn limited(engine: &mut Engine<'_>, scope: u32, change: impl Fn(&mut LimitsSet)) {
    let mut limits = LimitsSet { scope, ..LimitsSet::OFF };
    change(&mut limits);
    assert_eq!(engine.limits_set(&limits), Ok(Status::Ok));
    assert_eq!(engine.audit(), Ok(()));
}

/// The same order at a time.
fn at(seconds: u64, request: OrderSubmit) -> OrderSubmit {
    let mut request = request;
    request.header.now = Nanos(seconds * SECOND);
    request
}

#[test]
fn a_scope_has_a_rate_of_its_own_in_a_symbol() {
    let check = Check::RateSymbol;
    with_tree(&tree(), 0, |engine| {
        limited(engine, 1, |l| (l.rate_max, l.rate_window) = (2, Nanos(10 * SECOND)));
        assert_eq!(say(engine, &at(1, of(2, 1, Side::Buy, 1))).mask, 0);
        assert_eq!(say(engine, &at(2, of(3, 2, Side::Sell, 1))).mask, 0);
        // Two strategies in one account; the firm's own orders do not count.
        assert_eq!(say(engine, &at(3, of(0, 3, Side::Buy, 1))).mask, 0);
        denies(&say(engine, &at(4, of(2, 4, Side::Buy, 1))), check, 1, 2, 3);
        denies(&say(engine, &at(10, of(3, 4, Side::Buy, 1))), check, 1, 2, 3);
        assert_eq!(say(engine, &at(11, of(3, 4, Side::Buy, 1))).mask, 0);
        // A replace is one as well.
        let order = engine.order_get(Id::NONE, 4).unwrap().order;
        let (qty, price) = (Lots(2), Ticks(1_000));
        let mut r = OrderReplace { order, request_id: 7, qty, price, ..OrderReplace::EMPTY };
        r.header.now = Nanos(11 * SECOND);
        assert_eq!(engine.order_replace(&r).unwrap().verdict.first, check.raw());
        limited(engine, 1, |_| ());
        assert_eq!(say(engine, &at(11, of(2, 5, Side::Buy, 1))).mask, 0);
        limited(engine, 1, |l| l.rate_max = 0);
        denies(&say(engine, &at(99, of(2, 6, Side::Buy, 1))), check, 1, 0, 1);
        let many = LimitsSet { scope: 1, rate_max: 33, rate_window: Nanos(1), ..LimitsSet::OFF };
        assert_eq!(engine.limits_set(&many), Err(Status::Range));
        let crossing = LimitsSet { scope: 1, self_trade: 1, ..LimitsSet::OFF };
        assert_eq!(engine.limits_set(&crossing), Err(Status::State));
    });
}

#[test]
fn each_strategy_repeats_by_itself() {
    let check = Check::Repeat;
    with_tree(&tree(), 0, |engine| {
        let set = |max: i64| {
            move |l: &mut LimitsSet| {
                (l.repeat_max, l.repeat_window) = (max, Nanos(Nanos::DAY));
            }
        };
        // The symbol's limit is of each strategy; the account's and the strategy's own beside it.
        limited(engine, 0, set(3));
        limited(engine, 3, set(2));
        trade(engine, 2, 1, Side::Buy, 1, 1_000);
        trade(engine, 0, 2, Side::Buy, 1, 1_000);
        trade(engine, 3, 3, Side::Buy, 1, 1_000);
        trade(engine, 2, 4, Side::Buy, 1, 1_000);
        trade(engine, 0, 5, Side::Buy, 1, 1_000);
        trade(engine, 3, 6, Side::Buy, 1, 1_000);
        denies(&say(engine, &of(3, 7, Side::Buy, 1)), check, 3, 2, 2);
        assert_eq!(say(engine, &of(3, 7, Side::Sell, 1)).mask, 0);
        trade(engine, 2, 8, Side::Buy, 1, 1_000);
        denies(&say(engine, &of(2, 9, Side::Buy, 1)), check, 0, 3, 3);
        limited(engine, 1, set(1));
        assert_eq!(say(engine, &of(2, 9, Side::Sell, 1)).mask, 0);
        trade(engine, 2, 10, Side::Sell, 1, 1_000);
        denies(&say(engine, &of(2, 11, Side::Sell, 1)), check, 1, 1, 1);
        // An operator lets one scope go, or all that lie in one.
        let reset = |engine: &mut Engine<'_>, scope, value| {
            let action = ControlAction::RepeatReset.raw();
            let control = Control { action, scope, value, ..Control::EMPTY };
            assert_eq!(engine.control(&control), Ok(Status::Ok));
            assert_eq!(engine.audit(), Ok(()));
        };
        reset(engine, 3, 0);
        assert_eq!(say(engine, &of(3, 11, Side::Buy, 1)).mask, 0);
        denies(&say(engine, &of(2, 12, Side::Sell, 1)), check, 1, 1, 1);
        trade(engine, 0, 12, Side::Buy, 1, 1_000);
        denies(&say(engine, &of(0, 13, Side::Buy, 1)), check, 0, 3, 3);
        reset(engine, 1, OFF);
        assert_eq!(say(engine, &of(2, 13, Side::Sell, 1)).mask, 0);
        denies(&say(engine, &of(0, 14, Side::Buy, 1)), check, 0, 3, 3);
        reset(engine, 0, 0);
        assert_eq!(say(engine, &of(0, 14, Side::Buy, 1)).mask, 0);
        limited(engine, 2, |l| l.repeat_max = 0);
        denies(&say(engine, &of(2, 15, Side::Buy, 1)), check, 2, 0, 0);
        limited(engine, 2, |_| ());
        assert_eq!(say(engine, &of(2, 15, Side::Buy, 1)).mask, 0);
    });
}

#[test]
fn a_scope_limits_its_duplicates() {
    let check = Check::Duplicate;
    with_tree(&tree(), 0, |engine| {
        let set = |max: i64| {
            move |l: &mut LimitsSet| {
                (l.duplicate_max, l.duplicate_window) = (max, Nanos(10 * SECOND));
            }
        };
        limited(engine, 1, set(1));
        assert_eq!(say(engine, &at(1, of(2, 1, Side::Buy, 1))).mask, 0);
        denies(&say(engine, &at(2, of(2, 2, Side::Buy, 1))), check, 1, 1, 2);
        // Another strategy's order is another one, as is another quantity.
        assert_eq!(say(engine, &at(2, of(3, 2, Side::Buy, 1))).mask, 0);
        assert_eq!(say(engine, &at(2, of(2, 3, Side::Buy, 2))).mask, 0);
        assert_eq!(say(engine, &at(2, of(0, 4, Side::Buy, 1))).mask, 0);
        assert_eq!(say(engine, &at(2, of(0, 5, Side::Buy, 1))).mask, 0);
        assert_eq!(say(engine, &at(11, of(2, 6, Side::Buy, 1))).mask, 0);
        limited(engine, 0, set(1));
        denies(&say(engine, &at(12, of(2, 7, Side::Buy, 1))), check, 0, 1, 2);
        limited(engine, 1, |_| ());
        limited(engine, 0, |_| ());
        assert_eq!(say(engine, &at(12, of(2, 7, Side::Buy, 1))).mask, 0);
        limited(engine, 2, |l| l.duplicate_max = 0);
        denies(&say(engine, &at(12, of(2, 8, Side::Sell, 1))), check, 2, 0, 1);
    });
}
