//! Limits in money: at the limit, one beyond, off, not set, and through an order's life.

use super::*;
use crate::order::OrderReplace;
use crate::risk::{ScopeLimitsSet, bit};
use crate::status::OrderFlag;

const T: i64 = TICK_LOT;

impl Twins<'_> {
    /// What a replace is told: the mask of failing checks.
    fn replaced(&mut self, order: Id, qty: i64, price: i64) -> u64 {
        let submitted = self.step(|engine, now| {
            let (qty, price) = (Lots(qty), Ticks(price));
            let mut r = OrderReplace { order, request_id: 7, qty, price, ..OrderReplace::EMPTY };
            r.header.now = now;
            engine.order_replace(&r)
        });
        submitted.unwrap().verdict.mask
    }

    fn group(&mut self, request: GroupSet) -> Result<Status, Status> {
        self.step(|engine, now| {
            let mut request = request;
            request.header.now = now;
            engine.group_set(&request)
        })
    }

    /// An order that passes, sent and acknowledged.
    fn works(&mut self, client_id: u64, side: Side, qty: i64, price: i64) -> Id {
        let id = self.submit(client_id, side, qty, price).order;
        assert_ne!(id, Id::NONE);
        self.poll();
        assert_eq!(self.report(ReportKind::Ack, id), Ok(Status::Ok));
        id
    }

    /// It is denied by this check alone, at this limit, for what would be.
    fn denied(&mut self, check: Check, request: &OrderSubmit, limit: i64, observed: i64) {
        let verdict = self.submit_as(request).verdict;
        assert_eq!(verdict.mask, bit(check), "{verdict:?}");
        assert_eq!((verdict.limit, verdict.observed), (limit, observed));
    }

    fn bust(&mut self, order: Id, ref_exec_id: u64) {
        let status = self.step(|engine, now| {
            let bust = report(ReportKind::Bust, order, now);
            engine.venue_report(&VenueReport { ref_exec_id, ..bust })
        });
        assert_eq!(status, Ok(Status::Ok));
    }

    fn correct(&mut self, order: Id, ref_exec_id: u64, exec_id: u64, qty: i64, price: i64) {
        let status = self.step(|engine, now| {
            let (qty, price) = (Lots(qty), Ticks(price));
            let correct = report(ReportKind::Correct, order, now);
            engine.venue_report(&VenueReport { ref_exec_id, exec_id, qty, price, ..correct })
        });
        assert_eq!(status, Ok(Status::Ok));
    }

    fn wait(&mut self, nanos: u64) {
        self.now.0 += nanos;
        let status = self.step(|engine, now| {
            let mut timer = Timer::EMPTY;
            timer.header.now = now;
            engine.timer(&timer)
        });
        assert_eq!(status, Ok(Status::Ok));
    }
}

fn limits(change: impl FnOnce(&mut LimitsSet)) -> LimitsSet {
    let mut limits = open_limits();
    change(&mut limits);
    limits
}

fn scope(change: impl FnOnce(&mut ScopeLimitsSet)) -> ScopeLimitsSet {
    let mut limits = ScopeLimitsSet::OFF;
    change(&mut limits);
    limits
}

/// What works is worth 1000 tick-lots at most: whatever way an order ends, its value is free again.
fn open_notional(twins: &mut Twins<'_>) {
    let check = Check::OpenNotional;
    let first = twins.works(1, Side::Buy, 6, 100);
    // Both sides count, and the limit itself passes.
    let second = twins.works(2, Side::Sell, 4, 100);
    twins.denied(check, &order(3, Side::Buy, 1, 1), 1_000 * T, 1_001 * T);
    assert_eq!(twins.replaced(second, 5, 100), bit(check));
    assert_eq!(twins.replaced(second, 4, 101), bit(check));
    // Both are reserved for until the venue answers, the larger one.
    assert_eq!(twins.replaced(second, 3, 100), 0);
    twins.denied(check, &order(3, Side::Buy, 1, 1), 1_000 * T, 1_001 * T);
    twins.poll();
    assert_eq!(twins.report(ReportKind::ReplaceAck, second), Ok(Status::Ok));
    let third = twins.works(3, Side::Buy, 1, 100);
    twins.denied(check, &order(4, Side::Buy, 1, 1), 1_000 * T, 1_001 * T);
    // What is executed works no more.
    assert_eq!(twins.fill(first, 1, 2, 90), Ok(Status::Ok));
    let fourth = twins.works(4, Side::Buy, 2, 100);
    twins.denied(check, &order(5, Side::Buy, 1, 1), 1_000 * T, 1_001 * T);
    // A bust gives it back, which no limit can forbid.
    twins.bust(first, 1);
    twins.denied(check, &order(5, Side::Buy, 1, 1), 1_000 * T, 1_201 * T);
    // What makes it no larger passes beyond the limit, too.
    assert_eq!(twins.replaced(fourth, 1, 100), 0);
    twins.poll();
    assert_eq!(twins.report(ReportKind::Reject, fourth), Ok(Status::Ignored));
    assert_eq!(twins.cancel(first), Ok(Status::Ok));
    twins.poll();
    assert_eq!(twins.report(ReportKind::CancelAck, first), Ok(Status::Ok));
    for ended in [second, third] {
        assert_eq!(twins.report(ReportKind::Expire, ended), Ok(Status::Ok));
    }
    assert_eq!(twins.report(ReportKind::ReplaceAck, fourth), Ok(Status::Ok));
    assert_eq!(twins.report(ReportKind::Expire, fourth), Ok(Status::Ok));
    let fifth = twins.submit(6, Side::Buy, 10, 100).order;
    twins.poll();
    assert_eq!(twins.report(ReportKind::Reject, fifth), Ok(Status::Ok));
    twins.works(7, Side::Buy, 10, 100);
}

#[test]
fn values_of_working_orders_of_a_symbol() {
    with_twins(&config(), 0, |twins| {
        twins.set(limits(|l| l.open_notional_max = Money(1_000 * T)));
        open_notional(twins);
    });
}

#[test]
fn values_of_working_orders_of_all_symbols() {
    with_twins(&config(), 0, |twins| {
        twins.set_scope(scope(|l| l.open_notional_max = Money(1_000 * T)));
        open_notional(twins);
    });
}

#[test]
fn a_limit_of_zero_lets_nothing_pass() {
    with_twins(&config(), 0, |twins| {
        let one = order(1, Side::Buy, 1, 1);
        twins.set(limits(|l| l.open_notional_max = Money::ZERO));
        twins.denied(Check::OpenNotional, &one, 0, T);
        twins.set(limits(|l| l.gross_max = Money::ZERO));
        twins.denied(Check::Gross, &one, 0, T);
        twins.set(limits(|l| l.net_max = Money::ZERO));
        twins.denied(Check::Net, &one, 0, T);
        twins.set(limits(|l| l.margin_ratio = Ratio(500_000_000)));
        twins.set_scope(scope(|l| l.credit_max = Money::ZERO));
        twins.denied(Check::Credit, &one, 0, T / 2);
        twins.set_scope(scope(|l| l.leverage_max = Ratio::ZERO));
        // 10 000 of 10 000 000 000, rounded up.
        twins.denied(Check::Leverage, &one, 0, 1_000);
        twins.set_scope(ScopeLimitsSet::OFF);
        let group = GroupSet { group: 1, flags: 1, ..GroupSet::EMPTY };
        assert_eq!(twins.group(group), Ok(Status::Ok));
        twins.denied(Check::Group, &one, 0, T);
        assert_eq!(twins.group(GroupSet { max: Money(OFF), ..group }), Ok(Status::Ok));
        twins.works(1, Side::Buy, 1, 1);
    });
}

/// A limit that is set in mid-session counts what was traded before, on both ways.
#[test]
fn what_was_traded_in_this_session_counts() {
    with_twins(&config(), 0, |twins| {
        let buy = twins.works(1, Side::Buy, 5, 100);
        assert_eq!(twins.fill(buy, 10, 5, 100), Ok(Status::Ok));
        let sell = twins.works(2, Side::Sell, 2, 100);
        assert_eq!(twins.fill(sell, 20, 2, 100), Ok(Status::Ok));
        twins.set(limits(|l| l.gross_max = Money(1_000 * T)));
        let rest = |qty, price| order(3, Side::Buy, qty, price);
        twins.denied(Check::Gross, &rest(301, 1), 1_000 * T, 1_001 * T);
        twins.correct(sell, 20, 21, 2, 110);
        twins.denied(Check::Gross, &rest(281, 1), 1_000 * T, 1_001 * T);
        // What was executed works again.
        twins.bust(buy, 10);
        twins.denied(Check::Gross, &rest(281, 1), 1_000 * T, 1_001 * T);
        assert_eq!(twins.cancel(buy), Ok(Status::Ok));
        twins.poll();
        assert_eq!(twins.report(ReportKind::CancelAck, buy), Ok(Status::Ok));
        twins.denied(Check::Gross, &rest(781, 1), 1_000 * T, 1_001 * T);
        // Bought less sold: one side has what the other lacks.
        twins.set(limits(|l| l.net_max = Money(100 * T)));
        twins.denied(Check::Net, &rest(321, 1), 100 * T, 101 * T);
        twins.denied(Check::Net, &order(3, Side::Sell, 1, 1), 100 * T, 221 * T);
        twins.works(3, Side::Buy, 320, 1);
        twins.denied(Check::Net, &order(4, Side::Buy, 1, 1), 100 * T, 101 * T);
        // A new session begins anew; what works goes on.
        twins.wait(2 * Nanos::DAY);
        twins.set(limits(|l| l.gross_max = Money(330 * T)));
        twins.denied(Check::Gross, &order(4, Side::Sell, 11, 1), 330 * T, 331 * T);
        twins.works(4, Side::Sell, 10, 1);
    });
}

#[test]
fn an_order_at_the_market_keeps_the_value_it_had() {
    with_twins(&config(), 0, |twins| {
        twins.set(limits(|l| l.open_notional_max = Money(20_010 * T)));
        twins.works(1, Side::Buy, 1, 0);
        assert_eq!(twins.quote(5_000, 5_002), Ok(Status::Ok));
        let check = Check::OpenNotional;
        twins.denied(check, &order(2, Side::Buy, 1, 10_009), 20_010 * T, 20_011 * T);
        twins.works(2, Side::Buy, 1, 10_008);
    });
}

#[test]
fn credit_is_taken_by_the_worst_case() {
    with_twins(&config(), 0, |twins| {
        twins.set(limits(|l| l.margin_ratio = Ratio(100_000_001)));
        twins.set_scope(scope(|l| l.credit_max = Money(100 * T + 1)));
        // 1 000 tick-lots × 10 %, and a little that is rounded up.
        let buy = twins.works(1, Side::Buy, 10, 100);
        twins.denied(Check::Credit, &order(2, Side::Buy, 1, 1), 100 * T + 1, 1_001 * T / 10 + 1);
        // The other side makes the worst case no worse.
        let sell = twins.works(2, Side::Sell, 10, 100);
        assert_eq!(twins.fill(buy, 1, 10, 100), Ok(Status::Ok));
        assert_eq!(twins.cancel(sell), Ok(Status::Ok));
        twins.poll();
        assert_eq!(twins.report(ReportKind::CancelAck, sell), Ok(Status::Ok));
        twins.denied(Check::Credit, &order(3, Side::Buy, 1, 1), 100 * T + 1, 1_001 * T / 10 + 1);
        // What only reduces takes none, whatever it is worth.
        let flags = OrderFlag::ReduceOnly.raw();
        let close = OrderSubmit { flags, ..order(3, Side::Sell, 10, 300) };
        assert_eq!(twins.submit_as(&close).verdict.mask, 0);
        twins.denied(Check::Credit, &order(4, Side::Sell, 1, 1), 100 * T + 1, 2_001 * T / 10 + 1);
        // The end gives it back.
        let close = twins.engine().order_get(Id::NONE, 3).unwrap().order;
        twins.poll();
        assert_eq!(twins.fill(close, 2, 10, 300), Ok(Status::Ok));
        twins.works(5, Side::Sell, 10, 100);
    });
}

#[test]
fn leverage_follows_marks_and_equity() {
    let breaker = BreakerConfig::quiet(Nanos::ZERO);
    with_twins(&Config { breaker, ..config() }, 0, |twins| {
        // The balance is worth 1 000 000 tick-lots.
        twins.set_scope(scope(|l| l.leverage_max = Ratio(Ratio::ONE)));
        let buy = trade(twins, 1, Side::Buy, 50, 10_000);
        assert_eq!(twins.status_of(buy), OrderStatus::Filled);
        let equity = BALANCE - 500_000;
        // 50 × 10 000 are open: so much is left.
        twins.works(2, Side::Buy, 49, 10_000);
        let levered = |open: i64| (i128::from(open * T) * 1_000_000_000, i128::from(equity));
        let ratio = |(a, b): (i128, i128)| i64::try_from((a + b - 1) / b).unwrap();
        let observed = ratio(levered(1_000_000));
        twins.denied(Check::Leverage, &order(3, Side::Buy, 1, 10_000), Ratio::ONE, observed);
        // The mark goes down: less is open, and the equity is less by as much.
        assert_eq!(twins.quote(9_000, 9_002), Ok(Status::Ok));
        let (open, equity) = (50 * 9_000 + 490_000, equity - 50 * 1_000 * T);
        let left = equity / T - open;
        let most = order(3, Side::Buy, 1, left + 1);
        let observed = ratio((i128::from((open + left + 1) * T) * 1_000_000_000, equity.into()));
        twins.denied(Check::Leverage, &most, Ratio::ONE, observed);
        twins.works(3, Side::Buy, 1, left);
        // Without equity nothing opens, and what reduces does.
        let status = twins.step(|engine, now| {
            let mut cash = CashAdjust { amount: Money(-equity), ..CashAdjust::EMPTY };
            cash.header.now = now;
            engine.cash_adjust(&cash)
        });
        assert_eq!(status, Ok(Status::Ok));
        let flags = OrderFlag::ReduceOnly.raw();
        twins.control(ControlAction::BreakerReset, 0);
        twins.denied(Check::Leverage, &order(4, Side::Buy, 1, 1), Ratio::ONE, i64::MAX);
        let close = OrderSubmit { flags, ..order(4, Side::Sell, 50, 9_000) };
        assert_eq!(twins.submit_as(&close).verdict.mask, 0);
    });
}

#[test]
fn a_group_is_the_sum_of_its_members() {
    with_twins(&config(), 0, |twins| {
        let one = Decimal::new(1, 0);
        let second = twins.step(|engine, now| {
            let mut name = [0; 32];
            name[0] = b'Y';
            let tick_size = Decimal::new(2, -2);
            let sizes = SymbolDefine { name, tick_size, lot_size: one, ..SymbolDefine::EMPTY };
            let mut request = SymbolDefine { multiplier: one, conversion: one, ..sizes };
            request.header.now = now;
            engine.symbol_define(&request)
        });
        assert_eq!(second, Ok(1));
        twins.set(LimitsSet { symbol: 1, ..open_limits() });
        let group = GroupSet { group: 2, max: Money(1_000 * T), ..GroupSet::EMPTY };
        for symbol in [0, 1] {
            let joins = GroupSet { symbol, flags: 1, ..group };
            assert_eq!(twins.group(joins), Ok(Status::Ok));
        }
        twins.works(1, Side::Buy, 6, 100);
        // A tick of the other one is worth two.
        let other = |id, side, qty| OrderSubmit { symbol: 1, ..order(id, side, qty, 100) };
        assert_eq!(twins.submit_as(&other(2, Side::Sell, 2)).verdict.mask, 0);
        let seen = twins.engine().group_get(2).unwrap();
        assert_eq!((seen.members, seen.exposure, seen.max), (2, group.max, group.max));
        twins.denied(Check::Group, &order(3, Side::Buy, 1, 1), 1_000 * T, 1_001 * T);
        assert_eq!(twins.submit_as(&other(3, Side::Buy, 2)).verdict.mask, 0);
        twins.denied(Check::Group, &other(4, Side::Buy, 1), 1_000 * T, 1_200 * T);
        let leaves = GroupSet { symbol: 0, flags: 2, ..group };
        assert_eq!(twins.group(leaves), Ok(Status::Ok));
        assert_eq!(twins.group(leaves), Err(Status::State));
        assert_eq!(twins.engine().group_get(2).unwrap().exposure, Money(400 * T));
        assert_eq!(twins.submit_as(&other(4, Side::Buy, 3)).verdict.mask, 0);
        assert_eq!(twins.engine().group_get(3), Err(Status::Unknown));
        let told = twins.events(EventKind::Group);
        assert_eq!(told.len(), 1);
        let bad = [
            (GroupSet { group: 0, ..group }, Status::Range),
            (GroupSet { group: 3, ..group }, Status::Range),
            (GroupSet { max: Money(-2), ..group }, Status::Range),
            (GroupSet { symbol: 1, ..group }, Status::Range),
            (GroupSet { symbol: 2, flags: 1, ..group }, Status::Symbol),
            (GroupSet { flags: 3, ..group }, Status::Enum),
            (GroupSet { flags: 4, ..group }, Status::Enum),
        ];
        for (request, status) in bad {
            assert_eq!(twins.group(request), Err(status));
        }
    });
}
