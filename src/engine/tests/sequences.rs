//! Checks that look at earlier orders: at the limit, one beyond, off, never set, under replaces and
//! partial fills; the host's silence.

use super::*;
use crate::num::OFF;
use crate::order::OrderReplace;
use crate::risk::{ScopeDefine, ScopeLimitsSet};
use crate::status::SelfTrade;

/// No breaker.
fn quiet() -> Config {
    let mut config = config();
    let breaker = &mut config.breaker;
    (breaker.orders_per_minute, breaker.orders_per_hour) = (-1, -1);
    config
}

impl Twins<'_> {
    fn set_limits(&mut self, change: impl Fn(&mut LimitsSet)) -> Result<Status, Status> {
        self.step(|engine, now| {
            let mut limits = open_limits();
            limits.header.now = now;
            change(&mut limits);
            engine.limits_set(&limits)
        })
    }

    fn limit_scope(&mut self, change: impl Fn(&mut ScopeLimitsSet)) -> Result<Status, Status> {
        self.step(|engine, now| {
            let mut limits = ScopeLimitsSet::OFF;
            limits.header.now = now;
            change(&mut limits);
            engine.scope_limits_set(&limits)
        })
    }

    fn change(&mut self, order: Id, qty: i64, price: i64) -> Submitted {
        self.step(|engine, now| {
            let (qty, price) = (Lots(qty), Ticks(price));
            let mut request =
                OrderReplace { order, request_id: 4, qty, price, ..OrderReplace::EMPTY };
            request.header.now = now;
            engine.order_replace(&request).unwrap()
        })
    }

    fn passes(&mut self, client_id: u64, side: Side, qty: i64, price: i64) -> Id {
        let submitted = self.submit(client_id, side, qty, price);
        assert_eq!(submitted.verdict.mask, 0, "{:?}", submitted.verdict);
        submitted.order
    }

    /// Denied by this check alone; the limit and what was observed.
    fn refused_by(&mut self, request: &OrderSubmit, check: Check) -> (i64, i64) {
        let verdict = self.submit_as(request).verdict;
        assert_eq!((verdict.mask, verdict.first), (1 << check.raw(), check.raw()), "{verdict:?}");
        (verdict.limit, verdict.observed)
    }

    fn let_pass(&mut self, seconds: u64) {
        self.now.0 += seconds * SECOND;
    }
}

const BUY: Side = Side::Buy;
const SELL: Side = Side::Sell;

#[test]
fn the_rate_of_a_symbol() {
    with_twins(&quiet(), 0, |twins| {
        let window = Nanos(20 * SECOND);
        assert_eq!(
            twins.set_limits(|l| (l.rate_max, l.rate_window) = (33, window)),
            Err(Status::Range)
        );
        twins.set_limits(|l| (l.rate_max, l.rate_window) = (2, window)).unwrap();
        let first = twins.passes(1, BUY, 10, 10_000);
        let began = twins.now;
        // A replace counts like a new order, and what is denied does not count at all.
        assert_eq!(twins.change(first, 5, 10_001).verdict.mask, 0);
        for client_id in [2, 3] {
            let third = order(client_id, SELL, 10, 0);
            assert_eq!(twins.refused_by(&third, Check::RateSymbol), (2, 3));
        }
        let verdict = twins.change(first, 6, 10_001).verdict;
        assert_eq!(verdict.first, Check::RateSymbol.raw());
        // Partial fills and cancels spend none.
        twins.poll();
        assert_eq!(twins.fill(first, 1, 2, 10_001), Ok(Status::Ok));
        assert_eq!(twins.cancel(first), Ok(Status::Ok));
        // The first one leaves the window when it is as old as that is long.
        twins.now.0 = began.0 + window.0 - SECOND - 1;
        assert_eq!(twins.refused_by(&order(4, BUY, 1, 0), Check::RateSymbol), (2, 3));
        twins.now.0 = began.0 + window.0 - SECOND;
        twins.passes(4, BUY, 1, 0);
        // As does the replace, a second later.
        twins.passes(5, BUY, 1, 0);
        assert_eq!(twins.refused_by(&order(6, BUY, 1, 0), Check::RateSymbol), (2, 3));
        twins.set_limits(|_| ()).unwrap();
        twins.passes(6, BUY, 1, 0);
        twins.set_limits(|l| (l.rate_max, l.rate_window) = (0, window)).unwrap();
        assert_eq!(twins.refused_by(&order(7, BUY, 1, 0), Check::RateSymbol), (0, 1));
    });
}

#[test]
fn the_same_order_again() {
    with_twins(&quiet(), 0, |twins| {
        let window = Nanos(20 * SECOND);
        assert_eq!(twins.set_limits(|l| l.duplicate_max = 17), Err(Status::Range));
        twins.set_limits(|l| (l.duplicate_max, l.duplicate_window) = (2, window)).unwrap();
        let first = twins.passes(1, BUY, 10, 10_000);
        let began = twins.now;
        twins.passes(2, BUY, 10, 10_000);
        assert_eq!(twins.refused_by(&order(3, BUY, 10, 10_000), Check::Duplicate), (2, 3));
        // Another side, price or quantity is another order.
        twins.passes(3, SELL, 10, 10_002);
        twins.passes(4, BUY, 10, 9_999);
        // A replace makes no second order, and a fill or an end changes nothing.
        let other = twins.passes(5, BUY, 9, 10_000);
        assert_eq!(twins.change(other, 10, 10_000).verdict.mask, 0);
        twins.poll();
        assert_eq!(twins.fill(first, 1, 3, 10_000), Ok(Status::Ok));
        assert_eq!(twins.fill(first, 2, 7, 10_000), Ok(Status::Ok));
        assert_eq!(twins.refused_by(&order(6, BUY, 10, 10_000), Check::Duplicate), (2, 3));
        twins.now.0 = began.0 + window.0 - SECOND;
        twins.passes(6, BUY, 10, 10_000);
        twins.set_limits(|_| ()).unwrap();
        twins.passes(7, BUY, 10, 10_000);
        twins.set_limits(|l| l.duplicate_max = 0).unwrap();
        assert_eq!(twins.refused_by(&order(8, BUY, 1, 9_990), Check::Duplicate), (0, 1));
    });
}

#[test]
fn the_same_side_executed_again() {
    with_twins(&quiet(), 0, |twins| {
        let set = |l: &mut LimitsSet| {
            (l.repeat_max, l.repeat_window) = (2, Nanos(500 * SECOND));
            l.repeat_range = Ticks(3);
        };
        twins.set_limits(set).unwrap();
        // Two fills of one order count once, one far away apart, the other side not at all.
        let first = twins.passes(1, BUY, 10, 0);
        twins.poll();
        assert_eq!(twins.fill(first, 1, 4, 10_000), Ok(Status::Ok));
        assert_eq!(twins.fill(first, 2, 6, 10_000), Ok(Status::Ok));
        trade(twins, 2, BUY, 5, 10_004);
        trade(twins, 3, SELL, 15, 10_000);
        assert!(twins.events(EventKind::Repeat).is_empty());
        trade(twins, 4, BUY, 5, 9_998);
        let held = twins.events(EventKind::Repeat);
        assert_eq!(held.iter().map(|e| (e.code, e.side)).collect::<Vec<_>>(), [(1, BUY.raw())]);
        assert_eq!((held[0].limit, held[0].observed, held[0].price), (2, 2, Ticks(9_998)));
        assert_eq!(twins.refused_by(&order(5, BUY, 1, 0), Check::Repeat), (2, 2));
        twins.passes(6, SELL, 1, 10_500);
        // Time does not let it go, nor other limits; off is off.
        twins.let_pass(1_000);
        twins.quote(10_000, 10_002).unwrap();
        assert_eq!(twins.refused_by(&order(7, BUY, 1, 0), Check::Repeat), (2, 2));
        twins.set_limits(|_| ()).unwrap();
        let open = twins.passes(7, BUY, 1, 9_900);
        twins.set_limits(set).unwrap();
        assert_eq!(twins.change(open, 1, 9_901).verdict.first, Check::Repeat.raw());
        twins.control(ControlAction::RepeatReset, 0);
        let events = twins.events(EventKind::Repeat);
        assert_eq!(events.iter().map(|e| (e.code, e.side)).collect::<Vec<_>>(), [(0, BUY.raw())]);
        twins.passes(8, BUY, 1, 0);
        twins.control(ControlAction::RepeatReset, OFF);
        assert!(twins.events(EventKind::Repeat).is_empty());
        let unknown =
            Control { action: ControlAction::RepeatReset.raw(), value: 9, ..Control::EMPTY };
        assert_eq!(twins.step(|engine, _| engine.control(&unknown)), Err(Status::Symbol));
        twins.set_limits(|l| l.repeat_max = 0).unwrap();
        assert_eq!(twins.refused_by(&order(9, SELL, 1, 0), Check::Repeat), (0, 0));
    });
}

#[test]
fn requests_for_each_fill() {
    with_twins(&quiet(), 0, |twins| {
        let two = Ratio(2 * Ratio::ONE);
        twins.limit_scope(|l| (l.order_to_trade_max, l.order_to_trade_min) = (two, 3)).unwrap();
        // Fewer than three are not looked at; a cancel is a request and never refused.
        let first = twins.passes(1, BUY, 10, 10_000);
        assert_eq!(twins.cancel(first), Ok(Status::Ok));
        assert_eq!(twins.refused_by(&order(2, BUY, 1, 0), Check::OrderToTrade), (two.0, i64::MAX));
        twins.limit_scope(|_| ()).unwrap();
        let traded = twins.passes(2, BUY, 10, 0);
        // They begin when it is switched on.
        twins.limit_scope(|l| (l.order_to_trade_max, l.order_to_trade_min) = (two, 3)).unwrap();
        twins.poll();
        assert_eq!(twins.fill(traded, 1, 4, 10_000), Ok(Status::Ok));
        let other = twins.passes(3, BUY, 1, 9_990);
        assert_eq!(twins.change(other, 2, 9_990).verdict.mask, 0);
        let seen = twins.refused_by(&order(4, BUY, 1, 0), Check::OrderToTrade);
        assert_eq!(seen, (two.0, 3 * Ratio::ONE));
        assert_eq!(twins.change(other, 3, 9_990).verdict.first, Check::OrderToTrade.raw());
        // Every partial fill is one.
        assert_eq!(twins.fill(traded, 2, 4, 10_000), Ok(Status::Ok));
        twins.passes(4, BUY, 1, 9_990);
        twins.passes(5, BUY, 1, 9_990);
        let seen = twins.refused_by(&order(6, BUY, 1, 0), Check::OrderToTrade);
        assert_eq!(seen, (two.0, 2 * Ratio::ONE + Ratio::ONE / 2));
        // A new session.
        twins.now.0 += Nanos::DAY;
        twins.quote(10_000, 10_002).unwrap();
        twins.passes(6, BUY, 1, 9_990);
    });
}

#[test]
fn too_many_cancels_are_told_once() {
    with_twins(&quiet(), 0, |twins| {
        twins.limit_scope(|l| (l.cancel_max, l.cancel_window) = (1, Nanos(320 * SECOND))).unwrap();
        let mut warned = Vec::new();
        for client_id in 1..=4 {
            let id = twins.passes(client_id, BUY, 1, 9_990);
            assert_eq!(twins.cancel(id), Ok(Status::Ok));
            warned.extend(twins.events(EventKind::Warn));
        }
        let shown: Vec<_> = warned.iter().map(|e| (e.code, e.limit, e.observed)).collect();
        assert_eq!(shown, [(79, 1, 2)]);
        // Below it for a while: the next one beyond is told again.
        twins.let_pass(400);
        for client_id in 5..=7 {
            let id = twins.passes(client_id, BUY, 1, 9_990);
            assert_eq!(twins.cancel(id), Ok(Status::Ok));
        }
        assert_eq!(twins.events(EventKind::Warn).len(), 1);
    });
}

#[test]
fn the_host_falls_silent() {
    with_twins(&quiet(), 0, |twins| {
        let resting = twins.passes(1, BUY, 1, 9_990);
        twins.poll();
        let most = i64::try_from(60 * SECOND).unwrap();
        twins.limit_scope(|l| l.heartbeat_max = most).unwrap();
        // Nothing passes before the first one.
        assert_eq!(twins.refused_by(&order(2, BUY, 1, 0), Check::Heartbeat), (most, i64::MAX));
        assert_eq!(twins.change(resting, 2, 9_990).verdict.first, Check::Heartbeat.raw());
        twins.control(ControlAction::Heartbeat, 0);
        let beat = twins.now;
        let unsent = twins.passes(2, BUY, 1, 9_980);
        twins.now.0 = beat.0 + 59 * SECOND;
        twins.passes(3, BUY, 1, 9_981);
        assert_eq!(twins.now.0, beat.0 + 60 * SECOND);
        let late = twins.events(EventKind::Heartbeat);
        assert_eq!(
            late.iter().map(|e| (e.limit, e.observed)).collect::<Vec<_>>(),
            [(most, most + 1_000_000_000)]
        );
        assert!(twins.events(EventKind::Heartbeat).is_empty());
        assert_eq!(twins.status_of(resting), OrderStatus::PendingCancel);
        assert_eq!(twins.refused_by(&order(4, BUY, 1, 0), Check::Heartbeat).0, most);
        // What was not handed out has ended.
        assert_eq!(twins.cancel(unsent), Err(Status::Terminal));
        twins.control(ControlAction::Heartbeat, 0);
        let new = twins.passes(4, BUY, 1, 9_985);
        let (commands, _) = twins.poll();
        assert_eq!(commands.iter().map(|c| c.kind).collect::<Vec<_>>(), [CommandKind::New.raw()]);
        assert_eq!(twins.status_of(new), OrderStatus::Submitted);
        twins.let_pass(200);
        assert_eq!(twins.timer(), Ok(Status::Ok));
        let (commands, events) = twins.poll();
        assert!(events.iter().any(|e| e.kind == EventKind::Heartbeat.raw() && e.limit == most));
        let cancels: Vec<_> = commands.iter().map(|c| (c.kind, c.order)).collect();
        assert_eq!(cancels, [(CommandKind::Cancel.raw(), new)]);
        // Trading is not halted: nobody threw a switch.
        assert_eq!(
            twins.engine().account_get().trading_state,
            u32::from(TradingState::Active.raw())
        );
        twins.limit_scope(|_| ()).unwrap();
        twins.passes(5, BUY, 1, 9_985);
    });
}

/// Own resting orders that make way: which, by how many lots.
fn made_way(events: &[Event]) -> Vec<(Id, i64)> {
    let of = |e: &&Event| e.kind == EventKind::SelfTrade.raw();
    events.iter().filter(of).map(|e| (e.order, e.qty.0)).collect()
}

fn mode(twins: &mut Twins<'_>, mode: SelfTrade) {
    twins.set_limits(|l| l.self_trade = mode.raw()).unwrap();
}

#[test]
fn an_order_that_would_meet_our_own_is_denied() {
    with_twins(&quiet(), 0, |twins| {
        // What rests is found when it is switched on, too.
        let far = twins.passes(1, SELL, 5, 10_010);
        let near = twins.passes(2, SELL, 5, 10_004);
        twins.poll();
        mode(twins, SelfTrade::RejectNew);
        assert_eq!(twins.refused_by(&order(3, BUY, 1, 10_004), Check::SelfTrade), (10_004, 10_004));
        assert_eq!(twins.refused_by(&order(3, BUY, 1, 0), Check::SelfTrade), (10_004, 0));
        let buy = twins.passes(3, BUY, 1, 10_003);
        assert_eq!(twins.change(buy, 1, 10_004).verdict.first, Check::SelfTrade.raw());
        // A cancel that is on its way does not help yet; partial fills neither.
        assert_eq!(twins.fill(near, 1, 4, 10_004), Ok(Status::Ok));
        assert_eq!(twins.cancel(near), Ok(Status::Ok));
        assert_eq!(twins.refused_by(&order(4, BUY, 1, 10_009), Check::SelfTrade), (10_004, 10_009));
        assert_eq!(twins.report(ReportKind::CancelAck, near), Ok(Status::Ok));
        twins.passes(4, BUY, 1, 10_009);
        // While a replace is on its way the order rests at the better of both prices.
        assert_eq!(twins.cancel(buy), Ok(Status::Ok));
        assert_eq!(twins.change(far, 5, 10_020).verdict.mask, 0);
        assert_eq!(twins.refused_by(&order(5, BUY, 1, 10_010), Check::SelfTrade), (10_010, 10_010));
        twins.poll();
        assert_eq!(twins.report(ReportKind::ReplaceAck, far), Ok(Status::Ok));
        twins.passes(5, BUY, 1, 10_010);
        // What is done at once does not rest, nor what waits for its trigger price.
        let ioc = OrderSubmit { time_in_force: 3, ..order(6, SELL, 1, 10_015) };
        assert_eq!(twins.submit_as(&ioc).verdict.mask, 0);
        let stop = OrderSubmit {
            order_type: OrderType::Stop.raw(),
            stop_price: Ticks(10_050),
            ..order(7, BUY, 1, 0)
        };
        assert_eq!(twins.submit_as(&stop).verdict.mask, 0);
        // Until it comes.
        assert_eq!(twins.quote(10_050, 10_051), Ok(Status::Ok));
        let denied = twins.events(EventKind::OrderDenied);
        assert_eq!(denied.last().unwrap().code, Check::SelfTrade.raw());
        mode(twins, SelfTrade::Off);
        twins.passes(8, BUY, 1, 10_020);
    });
}

#[test]
fn old_orders_make_way() {
    with_twins(&quiet(), 0, |twins| {
        mode(twins, SelfTrade::CancelOld);
        let near = twins.passes(1, SELL, 5, 10_004);
        let far = twins.passes(2, SELL, 5, 10_010);
        let beyond = twins.passes(3, SELL, 5, 10_011);
        twins.poll();
        let buy = twins.passes(4, BUY, 1, 10_010);
        let (commands, events) = twins.poll();
        assert_eq!(made_way(&events), [(near, 5), (far, 5)]);
        // The cancels go first.
        let sent: Vec<_> = commands.iter().map(|c| (c.kind, c.order)).collect();
        let (cancel, new) = (CommandKind::Cancel.raw(), CommandKind::New.raw());
        assert_eq!(sent, [(cancel, near), (cancel, far), (new, buy)]);
        assert_eq!(twins.status_of(beyond), OrderStatus::Submitted);
        // Those on their way out are not asked twice; a replace takes the others away, too.
        assert_eq!(twins.change(buy, 1, 10_011).verdict.mask, 0);
        assert_eq!(made_way(&twins.poll().1), [(beyond, 5)]);
    });
    let few = Config { work_per_call: 1, ..quiet() };
    with_twins(&few, 0, |twins| {
        mode(twins, SelfTrade::CancelOld);
        twins.passes(1, SELL, 5, 10_004);
        twins.passes(2, SELL, 5, 10_010);
        assert_eq!(twins.refused_by(&order(3, BUY, 1, 0), Check::SelfTrade), (1, 2));
        assert!(made_way(&twins.poll().1).is_empty());
        twins.passes(3, BUY, 1, 10_004);
    });
}

#[test]
fn both_end() {
    with_twins(&quiet(), 0, |twins| {
        mode(twins, SelfTrade::CancelBoth);
        let near = twins.passes(1, SELL, 5, 10_004);
        let far = twins.passes(2, SELL, 5, 10_010);
        // Denied for another reason as well: the others stay.
        let large = twins.submit(3, BUY, 2_000, 10_004).verdict;
        assert!(large.fails(Check::Qty) && large.fails(Check::SelfTrade));
        assert!(made_way(&twins.poll().1).is_empty());
        assert_eq!(twins.refused_by(&order(3, BUY, 1, 10_004), Check::SelfTrade), (10_004, 10_004));
        assert_eq!(made_way(&twins.poll().1), [(near, 5)]);
        // A replace alone takes nobody along.
        let buy = twins.passes(4, BUY, 1, 9_990);
        assert_eq!(twins.change(buy, 1, 10_010).verdict.first, Check::SelfTrade.raw());
        assert!(made_way(&twins.poll().1).is_empty());
        assert_eq!(twins.engine().order_get(far, 0).unwrap().leaves, Lots(5));
    });
}

#[test]
fn both_are_made_smaller() {
    with_twins(&quiet(), 0, |twins| {
        mode(twins, SelfTrade::Decrement);
        let near = twins.passes(1, SELL, 5, 10_004);
        let far = twins.passes(2, SELL, 5, 10_010);
        twins.poll();
        assert_eq!(twins.fill(near, 1, 2, 10_004), Ok(Status::Ok));
        twins.poll();
        // 3 and 2 of 5 are taken off; the new one is as if it were cancelled.
        assert_eq!(twins.refused_by(&order(3, BUY, 5, 10_010), Check::SelfTrade), (10_004, 10_010));
        let (commands, events) = twins.poll();
        assert_eq!(made_way(&events), [(near, 3), (far, 2)]);
        let (cancel, replace) = (CommandKind::Cancel.raw(), CommandKind::Replace.raw());
        let sent: Vec<_> = commands.iter().map(|c| (c.kind, c.order, c.qty.0)).collect();
        assert_eq!((sent[0].0, sent[0].1), (cancel, near));
        assert_eq!(sent[1], (replace, far, 3));
        assert_eq!(twins.report(ReportKind::CancelAck, near), Ok(Status::Ok));
        assert_eq!(twins.report(ReportKind::ReplaceAck, far), Ok(Status::Ok));
        // The larger new one goes on with the rest, and is known by what was asked for.
        let request = order(4, BUY, 10, 10_010);
        let submitted = twins.submit_as(&request);
        assert_eq!(submitted.verdict.mask, 0);
        assert_eq!(twins.engine().order_get(submitted.order, 0).unwrap().order_qty, Lots(7));
        assert_eq!(made_way(&twins.poll().1), [(far, 3)]);
        let again = twins.step(|engine, now| {
            let mut request = request;
            request.header.now = now;
            engine.order_submit(&request).unwrap()
        });
        assert_eq!((again.status, again.order), (Status::Exists, submitted.order));
    });
}

/// Two scopes below the root, 1 and 2, all limits off.
fn with_scopes(test: impl FnOnce(&mut Engine<'_>)) {
    let mut config = quiet();
    (config.capacity.scopes, config.capacity.books) = (3, 4);
    let mut storage = Storage::<8, 2, 4, 6, 64, 16, 128, 3, 4, 32, 128>::new();
    let (memory, kill) = storage.lend();
    let mut engine = Engine::new(memory, kill, &config).unwrap();
    define(&mut engine, 0);
    engine.scope_limits_set(&ScopeLimitsSet::OFF).unwrap();
    for letter in [b'A', b'B'] {
        let mut name = [0; 32];
        name[0] = letter;
        let (_, scope) = engine.scope_define(&ScopeDefine { name, ..ScopeDefine::EMPTY }).unwrap();
        engine.scope_limits_set(&ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF }).unwrap();
    }
    assert_eq!(engine.quote(&quote(0, 10_000, 10_002, Nanos(1))), Ok(Status::Ok));
    test(&mut engine);
    assert_eq!(engine.audit(), Ok(()));
}

/// An order of a scope, and what the gate says.
fn of_scope(engine: &mut Engine<'_>, at: u64, scope: u32, client_id: u64) -> Submitted {
    let mut request = OrderSubmit { scope, ..order(client_id, BUY, 1, 9_990) };
    request.header.now = Nanos(at);
    let checked = engine.order_check(&request).unwrap();
    let submitted = engine.order_submit(&request).unwrap();
    assert_eq!(submitted.verdict, checked);
    assert_eq!(engine.audit(), Ok(()));
    submitted
}

#[test]
fn each_scope_counts_for_itself() {
    with_scopes(|engine| {
        let most = Ratio(2 * Ratio::ONE);
        let limits = ScopeLimitsSet {
            scope: 1,
            order_to_trade_max: most,
            order_to_trade_min: 2,
            cancel_max: 0,
            cancel_window: Nanos(SECOND),
            ..ScopeLimitsSet::OFF
        };
        engine.scope_limits_set(&limits).unwrap();
        let order = of_scope(engine, 10, 1, 1).order;
        let denied = of_scope(engine, 11, 1, 2).verdict;
        assert_eq!((denied.first, denied.scope), (Check::OrderToTrade.raw(), 1));
        // The other one, and the root, are free.
        assert_eq!(of_scope(engine, 12, 2, 2).verdict.mask, 0);
        assert_eq!(of_scope(engine, 13, 0, 3).verdict.mask, 0);
        // An execution of the scope's own order helps.
        let fill = report(ReportKind::Fill, order, Nanos(14));
        let fill = VenueReport { exec_id: 1, qty: Lots(1), price: Ticks(9_990), ..fill };
        assert_eq!(engine.venue_report(&fill), Ok(Status::Ok));
        let second = of_scope(engine, 15, 1, 4).order;
        let mut cancel = OrderCancel { order: second, ..OrderCancel::EMPTY };
        cancel.header.now = Nanos(16);
        assert_eq!(engine.order_cancel(&cancel), Ok(Status::Ok));
        let (mut events, mut commands) = ([Event::EMPTY; 64], [Command::default(); 8]);
        let poll = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
        engine.poll(&poll, &mut commands, &mut events).unwrap();
        let warned = |e: &&Event| e.kind == EventKind::Warn.raw();
        let warned: Vec<_> = events.iter().filter(warned).map(|e| (e.scope, e.observed)).collect();
        assert_eq!(warned, [(1, 1)]);
        assert_eq!(of_scope(engine, 17, 1, 5).verdict.first, Check::OrderToTrade.raw());
    });
}

#[test]
fn the_host_of_one_scope_falls_silent() {
    with_scopes(|engine| {
        let max = i64::try_from(SECOND).unwrap();
        let limits = ScopeLimitsSet { scope: 1, heartbeat_max: max, ..ScopeLimitsSet::OFF };
        engine.scope_limits_set(&limits).unwrap();
        let denied = of_scope(engine, 10, 1, 1).verdict;
        assert_eq!((denied.first, denied.scope), (Check::Heartbeat.raw(), 1));
        let action = ControlAction::Heartbeat.raw();
        let mut beat = Control { action, scope: 1, ..Control::EMPTY };
        beat.header.now = Nanos(20);
        assert_eq!(engine.control(&beat), Ok(Status::Ok));
        let own = of_scope(engine, 30, 1, 1).order;
        let other = of_scope(engine, 31, 2, 2).order;
        let (mut events, mut commands) = ([Event::EMPTY; 64], [Command::default(); 8]);
        let mut poll = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
        engine.poll(&poll, &mut commands, &mut events).unwrap();
        poll.header.now = Nanos(21 + SECOND);
        let polled = engine.poll(&poll, &mut commands, &mut events).unwrap();
        assert_eq!((polled.commands, commands[0].order), (1, own));
        let late = events.iter().find(|e| e.kind == EventKind::Heartbeat.raw()).unwrap();
        assert_eq!((late.scope, late.limit, late.observed), (1, max, max + 1));
        let view = engine.order_get(other, 0).unwrap();
        assert_eq!(view.status, OrderStatus::Submitted.raw());
    });
}
