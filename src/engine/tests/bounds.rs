//! Every limit at it, one beyond it, off and never set; under replaces and after a partial fill;
//! in the root, and of an account that the order's scope lies in.

mod amounts;
mod counts;
mod prices;
mod switches;

use super::*;
use crate::market::{LocateSet, VolumeSet};
use crate::risk::{ScopeBreakerSet, ScopeDefine, ScopeLimitsSet, bit};
use crate::status::LimitFlag;

/// An account, and a strategy in it.
type Tree = Storage<8, 2, 12, 6, 64, 16, 128, 3, 4>;

/// What limits are of: the firm, and an account that is below it.
const ROOT: u32 = 0;
const ACCOUNT: u32 = 1;
const STRATEGY: u32 = 2;

/// Where a limit is set.
#[derive(Clone, Copy)]
enum Field {
    Symbol(fn(&mut LimitsSet, i64)),
    Scope(fn(&mut ScopeLimitsSet, i64)),
    Breaker(fn(&mut BreakerConfig, i32)),
    Group,
    Located,
}

fn quiet() -> Config {
    let mut config = config();
    let (breaker, capacity) = (&mut config.breaker, &mut config.capacity);
    (breaker.orders_per_minute, breaker.orders_per_hour) = (-1, -1);
    (capacity.positions, capacity.scopes, capacity.books) = (12, 3, 4);
    config.starting_balance = Money(1);
    config
}

fn name(letter: u8) -> [u8; 32] {
    let mut name = [0; 32];
    name[0] = letter;
    name
}

/// Runs a test on twins with an account and a strategy in it, quoted at 10 000 and 10 002, without
/// any limit; a thousand lots a day are traded, and margin is the whole value.
fn with_tree(flags: u32, test: impl FnOnce(&mut Twins<'_>)) {
    let mut storages = [(); 2].map(|()| std::boxed::Box::new(Tree::new()));
    let [first, second] = &mut storages;
    let engines = [(first, 1), (second, 2)].map(|(storage, hash_seed)| {
        let (memory, kill) = storage.lend();
        let mut engine =
            Engine::new(memory, kill, &Config { hash_seed, retry: STEADY, ..quiet() }).unwrap();
        engine.long_way = hash_seed == 2;
        define(&mut engine, flags);
        for (letter, parent) in [(b'A', ROOT), (b'B', ACCOUNT)] {
            let request = ScopeDefine { name: name(letter), parent, ..ScopeDefine::EMPTY };
            engine.scope_define(&request).unwrap();
        }
        for scope in [ROOT, ACCOUNT, STRATEGY] {
            let limits = ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF };
            engine.scope_limits_set(&limits).unwrap();
        }
        engine
            .limits_set(&LimitsSet { margin_ratio: Ratio(Ratio::ONE), ..LimitsSet::OFF })
            .unwrap();
        // All money is the account's.
        for (scope, amount) in [(ACCOUNT, BALANCE), (ROOT, -1)] {
            let amount = Money(amount);
            engine.cash_adjust(&CashAdjust { scope, amount, ..CashAdjust::EMPTY }).unwrap();
        }
        let volume = VolumeSet { volume: Lots(1_000), ..VolumeSet::EMPTY };
        engine.volume_set(&volume).unwrap();
        engine
    });
    let mut twins = Twins { engines, now: Nanos::ZERO };
    twins.quote(10_000, 10_002).unwrap();
    twins.poll();
    test(&mut twins);
}

/// The scope of the orders that a limit of this scope binds.
const fn trading(scope: u32) -> u32 {
    if scope == ROOT { ROOT } else { STRATEGY }
}

impl Twins<'_> {
    /// Sets one limit of a scope; the others are off.
    fn bound(&mut self, field: Field, scope: u32, value: i64) {
        let status = self.step(|engine, now| match field {
            Field::Symbol(set) => {
                let margin_ratio = Ratio(if scope == ROOT { Ratio::ONE } else { OFF });
                let mut limits = LimitsSet { scope, margin_ratio, ..LimitsSet::OFF };
                limits.header.now = now;
                set(&mut limits, value);
                engine.limits_set(&limits)
            }
            Field::Scope(set) => {
                let mut limits = ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF };
                limits.header.now = now;
                set(&mut limits, value);
                engine.scope_limits_set(&limits)
            }
            Field::Breaker(set) => {
                let (daily_loss_ratio, drawdown_ratio) = (Ratio(OFF), Ratio(OFF));
                let breaker = BreakerConfig { daily_loss_ratio, drawdown_ratio, ..quiet().breaker };
                let mut request = ScopeBreakerSet { scope, breaker, ..ScopeBreakerSet::EMPTY };
                request.header.now = now;
                set(&mut request.breaker, i32::try_from(value).unwrap());
                engine.scope_breaker_set(&request)
            }
            Field::Group => {
                let mut request = GroupSet { group: 1, flags: 1, ..GroupSet::EMPTY };
                (request.header.now, request.max) = (now, Money(value));
                engine.group_set(&request)
            }
            Field::Located => located(engine, now, scope, value),
        });
        assert_eq!(status, Ok(Status::Ok));
        self.poll();
    }

    /// A limit order of a scope; the price is 10 000.
    fn asked(&mut self, scope: u32, client_id: u64, side: Side, qty: i64) -> Submitted {
        self.submit_as(&OrderSubmit { scope, ..order(client_id, side, qty, 10_000) })
    }

    /// One that passes, was sent and acknowledged.
    fn rests(&mut self, scope: u32, client_id: u64, side: Side, qty: i64) -> Id {
        let submitted = self.asked(scope, client_id, side, qty);
        assert_eq!(submitted.verdict.mask, 0, "{:?}", submitted.verdict);
        self.poll();
        assert_eq!(self.report(ReportKind::Ack, submitted.order), Ok(Status::Ok));
        submitted.order
    }

    /// An execution without a commission.
    fn executes(&mut self, order: Id, exec_id: u64, qty: i64) {
        let status = self.step(|engine, now| {
            let fill = report(ReportKind::Fill, order, now);
            let (qty, price) = (Lots(qty), Ticks(10_000));
            engine.venue_report(&VenueReport { exec_id, qty, price, ..fill })
        });
        assert_eq!(status, Ok(Status::Ok));
        self.poll();
    }

    /// The engine's answer to a cancel, and the venue's.
    fn ends(&mut self, order: Id) {
        assert_eq!(self.cancel(order), Ok(Status::Ok));
        self.poll();
        if self.engine().order_get(order, 0).unwrap().leaves != Lots::ZERO {
            assert_eq!(self.report(ReportKind::CancelAck, order), Ok(Status::Ok));
        }
    }

    /// A replace that passes and that the venue takes.
    fn becomes(&mut self, order: Id, qty: i64) {
        let submitted = self.replace(order, qty, 10_000, 0).unwrap();
        assert_eq!(submitted.verdict.mask, 0, "{:?}", submitted.verdict);
        self.poll();
        assert_eq!(self.report(ReportKind::ReplaceAck, order), Ok(Status::Ok));
    }
}

/// So many lots are located, or none need be.
fn located(engine: &mut Engine<'_>, now: Nanos, scope: u32, qty: i64) -> Result<Status, Status> {
    let needed = if qty == OFF { 0 } else { LimitFlag::LocateNeeded.raw() };
    let flags = LimitFlag::ShortAllowed.raw() | needed;
    let mut limits = LimitsSet { scope, flags, ..LimitsSet::OFF };
    limits.header.now = now;
    engine.limits_set(&limits)?;
    let mut request = LocateSet { scope, qty: Lots(qty.max(0)), ..LocateSet::EMPTY };
    request.header.now = now;
    engine.locate_set(&request)
}

/// Denied by this check of this scope alone.
fn denied(submitted: &Submitted, check: Check, scope: u32, limit: i64, observed: i64) {
    let verdict = &submitted.verdict;
    assert_eq!((verdict.mask, verdict.first), (bit(check), check.raw()), "{check:?} {verdict:?}");
    let shown = (verdict.scope, verdict.limit, verdict.observed);
    assert_eq!(shown, (scope, limit, observed), "{check:?}");
}

fn passed(submitted: &Submitted) -> Id {
    assert_eq!(submitted.verdict.mask, 0, "{:?}", submitted.verdict);
    submitted.order
}
