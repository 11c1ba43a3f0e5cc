//! Tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod bars;
mod bars_cut;
mod bars_naive;
mod bounds;
mod bursts;
mod calm;
mod conditions;
mod deadlines;
mod desk;
mod dice;
mod execution;
mod full;
mod hand;
mod held;
mod kill;
mod limits;
mod order_log;
mod parents;
mod pieces;
mod plain_reports;
mod probes;
mod random;
mod reconcile;
mod refusals;
mod scopes;
mod values;

use core::fmt::Debug;
use std::vec::Vec;

use super::*;
use proptest::prelude::ProptestConfig;

use crate::event::Command;
use crate::exec::RetryConfig;
use crate::market::{LimitsSet, Quote, SymbolDefine};
use crate::num::{Decimal, Lots, Money, OFF, Ratio, Ticks};
use crate::order::{OrderCancel, OrderSubmit, VenueReport};
use crate::position::PositionClose;
use crate::risk::{BreakerConfig, ScopeLimits};
use crate::snapshot::digest;
use crate::status::{
    Cause, Check, CommandKind, ControlAction, EventKind, ExitReason, OrderStatus, OrderType,
    ReportKind, Request, Side, SymbolFlag, TableKind, TradingState, TriggerAction, TriggerKind,
};
use crate::store::Id;
use crate::trigger::{TriggerArm, TriggerCancel, TriggerMove};

mod busts;
mod links;
mod obedient;
mod plain;
mod sequences;
mod simulated;

type Small = Storage<8, 2, 4, 6, 64, 16, 128>;

/// An engine whose root scope lets everything through.
fn opened<'a>(memory: Memory<'a>, kill: &'a KillSwitch, config: &Config) -> Engine<'a> {
    let mut engine = Engine::new(memory, kill, config).unwrap();
    engine.scopes.first_mut().unwrap().limits = ScopeLimits::OFF;
    engine.refold_unit();
    engine.refold_room();
    engine
}

const SECOND: u64 = Nanos::SECOND;
/// One tick-lot is 0.01 of currency: 10 000 money units.
const TICK_LOT: i64 = 10_000;
const BALANCE: i64 = 10_000_000_000;

fn config() -> Config {
    let capacity = Capacity {
        orders: 8,
        symbols: 2,
        positions: 4,
        triggers: 6,
        events: 64,
        executions: 16,
        scopes: 1,
        books: 0,
        reserved0: 0,
        rate: 128,
        symbol_rate: 32,
        recent: 128,
    };
    Config { capacity, starting_balance: Money(BALANCE), ..Config::DEFAULT }
}

/// So many random cases at least; `PROPTEST_CASES` asks for more.
fn at_least(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig { cases: asked.cases.max(cases), ..asked }
}

/// Retries that do not wait longer by the hash seed, in which twins differ.
const STEADY: RetryConfig = RetryConfig { jitter: Ratio::ZERO, ..RetryConfig::DEFAULT };

/// Two engines that are told the same: after every step both answer alike, agree with their own
/// records and have one digest.
struct Twins<'a> {
    engines: [Engine<'a>; 2],
    now: Nanos,
}

impl<'a> Twins<'a> {
    fn step<R: PartialEq + Debug>(&mut self, call: impl Fn(&mut Engine<'_>, Nanos) -> R) -> R {
        self.now.0 += SECOND;
        let now = self.now;
        let [first, second] = &mut self.engines;
        let (answer, other) = (call(first, now), call(second, now));
        assert_eq!(answer, other);
        assert_eq!((first.audit(), second.audit()), (Ok(()), Ok(())));
        assert_eq!(digest(first), digest(second));
        answer
    }

    fn engine(&self) -> &Engine<'a> {
        &self.engines[0]
    }

    /// Commands and events that wait; everything comes out in one poll.
    fn poll(&mut self) -> (Vec<Command>, Vec<Event>) {
        self.step(|engine, now| {
            let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 64]);
            let mut request = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
            request.header.now = now;
            let polled = engine.poll(&request, &mut commands, &mut events).unwrap();
            assert_eq!((polled.more_commands, polled.more_events, polled.events_lost), (0, 0, 0));
            let kept = |count: u32| usize::try_from(count).unwrap();
            (commands[..kept(polled.commands)].to_vec(), events[..kept(polled.events)].to_vec())
        })
    }

    fn events(&mut self, kind: EventKind) -> Vec<Event> {
        let mut events = self.poll().1;
        events.retain(|event| event.kind == kind.raw());
        events
    }

    fn submit(&mut self, client_id: u64, side: Side, qty: i64, price: i64) -> Submitted {
        self.submit_as(&order(client_id, side, qty, price))
    }

    fn submit_as(&mut self, request: &OrderSubmit) -> Submitted {
        self.step(|engine, now| {
            let mut request = *request;
            request.header.now = now;
            let before = digest(engine);
            let verdict = engine.order_check(&request).unwrap();
            assert_eq!(digest(engine), before);
            let submitted = engine.order_submit(&request).unwrap();
            assert_eq!(submitted.verdict, verdict);
            submitted
        })
    }

    fn report(&mut self, kind: ReportKind, order: Id) -> Result<Status, Status> {
        self.step(|engine, now| engine.venue_report(&report(kind, order, now)))
    }

    fn fill(&mut self, order: Id, exec_id: u64, qty: i64, price: i64) -> Result<Status, Status> {
        self.step(|engine, now| {
            let fill = report(ReportKind::Fill, order, now);
            let (qty, price, commission) = (Lots(qty), Ticks(price), Money(500_000));
            engine.venue_report(&VenueReport { exec_id, qty, price, commission, ..fill })
        })
    }

    fn quote(&mut self, bid: i64, ask: i64) -> Result<Status, Status> {
        self.step(|engine, now| engine.quote(&quote(0, bid, ask, now)))
    }

    fn timer(&mut self) -> Result<Status, Status> {
        self.step(|engine, now| {
            let mut request = Timer::EMPTY;
            request.header.now = now;
            engine.timer(&request)
        })
    }

    fn control(&mut self, action: ControlAction, value: i64) {
        let status = self.step(|engine, now| {
            let mut request = Control { action: action.raw(), value, ..Control::EMPTY };
            request.header.now = now;
            engine.control(&request)
        });
        assert_eq!(status, Ok(Status::Ok));
    }

    fn status_of(&self, order: Id) -> OrderStatus {
        OrderStatus::from_raw(self.engine().order_get(order, 0).unwrap().status).unwrap()
    }
}

fn order(client_id: u64, side: Side, qty: i64, price: i64) -> OrderSubmit {
    let order_type = if price == 0 { OrderType::Market } else { OrderType::Limit };
    OrderSubmit {
        client_id,
        tag: client_id + 100,
        qty: Lots(qty),
        price: Ticks(price),
        side: side.raw(),
        order_type: order_type.raw(),
        ..OrderSubmit::EMPTY
    }
}

fn report(kind: ReportKind, order: Id, now: Nanos) -> VenueReport {
    let mut report = VenueReport { report: kind.raw(), order, ..VenueReport::EMPTY };
    report.header.now = now;
    report
}

fn quote(symbol: u32, bid: i64, ask: i64, now: Nanos) -> Quote {
    let mut quote = Quote { symbol, bid: Ticks(bid), ask: Ticks(ask), ..Quote::EMPTY };
    quote.header.now = now;
    quote
}

fn define(engine: &mut Engine<'_>, flags: u32) {
    let one = Decimal::new(1, 0);
    let mut name = [0; 32];
    name[0] = b'X';
    let request = SymbolDefine {
        name,
        tick_size: Decimal::new(1, -2),
        lot_size: one,
        multiplier: one,
        conversion: one,
        flags,
        ..SymbolDefine::EMPTY
    };
    assert_eq!(engine.symbol_define(&request), Ok(0));
    assert_eq!(engine.limits_set(&open_limits()), Ok(Status::Ok));
}

fn open_limits() -> LimitsSet {
    LimitsSet {
        qty_min: Lots(1),
        qty_max: Lots(1_000),
        long_max: Lots(1_000),
        short_max: Lots(1_000),
        ..LimitsSet::OFF
    }
}

/// Runs a test on twins whose indices are stirred differently, and of which one takes the long
/// way every time: nobody may notice.
fn with_twins(config: &Config, flags: u32, test: impl FnOnce(&mut Twins<'_>)) {
    let mut storages = [Small::new(), Small::new()];
    let [first, second] = &mut storages;
    let engines = [(first, 1), (second, 2)].map(|(storage, hash_seed)| {
        let (memory, kill) = storage.lend();
        let mut engine = opened(memory, kill, &Config { hash_seed, retry: STEADY, ..*config });
        engine.long_way = hash_seed == 2;
        define(&mut engine, flags);
        engine
    });
    let mut twins = Twins { engines, now: Nanos::ZERO };
    twins.quote(10_000, 10_002).unwrap();
    twins.poll();
    test(&mut twins);
}

/// Submits, sends and fills an order; answers its id.
fn trade(twins: &mut Twins<'_>, client_id: u64, side: Side, qty: i64, price: i64) -> Id {
    let id = twins.submit(client_id, side, qty, 0).order;
    twins.poll();
    assert_eq!(twins.report(ReportKind::Ack, id), Ok(Status::Ok));
    assert_eq!(twins.fill(id, client_id * 10, qty, price), Ok(Status::Ok));
    id
}

fn arm(twins: &mut Twins<'_>, position: Id, kind: TriggerKind, level: i64) -> Id {
    let (status, id) = twins.step(|engine, now| {
        let mut request = TriggerArm {
            position,
            level: Ticks(level),
            kind: kind.raw(),
            action: TriggerAction::Close.raw(),
            ..TriggerArm::EMPTY
        };
        request.header.now = now;
        engine.trigger_arm(&request).unwrap()
    });
    assert_eq!(status, Status::Ok);
    id
}

/// Buys 100 in two fills, is stopped out, and answers the equity then.
fn enter_and_be_stopped(twins: &mut Twins<'_>) -> i64 {
    let buy = twins.submit(1, Side::Buy, 100, 10_005).order;
    assert_eq!(twins.status_of(buy), OrderStatus::Pending);
    assert_eq!(twins.engine().symbol_get(0).unwrap().working_buy, Lots(100));
    let (commands, _) = twins.poll();
    assert_eq!(commands.len(), 1);
    assert_eq!((commands[0].kind, commands[0].order), (CommandKind::New.raw(), buy));
    assert_eq!(twins.status_of(buy), OrderStatus::Submitted);
    assert_eq!(twins.report(ReportKind::Ack, buy), Ok(Status::Ok));
    assert_eq!(twins.report(ReportKind::Ack, buy), Ok(Status::Ignored));
    assert_eq!(twins.fill(buy, 1, 60, 10_000), Ok(Status::Ok));
    assert_eq!(twins.status_of(buy), OrderStatus::PartiallyFilled);
    assert_eq!(twins.fill(buy, 2, 40, 10_005), Ok(Status::Ok));
    assert_eq!(twins.fill(buy, 2, 40, 10_005), Ok(Status::Ignored));
    assert_eq!(twins.fill(buy, 2, 39, 10_005), Err(Status::Conflict));
    let view = twins.engine().order_get(Id::NONE, 1).unwrap();
    assert_eq!((view.avg_price, view.avg_price_frac), (Ticks(10_002), 0));

    let position = twins.engine().position_net(0).unwrap().position;
    assert_eq!(twins.engine().position_find(101).unwrap().position, position);
    let stop = arm(twins, position, TriggerKind::StopLoss, 9_900);
    assert_eq!(twins.quote(9_990, 9_992), Ok(Status::Ok));
    let account = twins.engine().account_get();
    assert_eq!(account.unrealised, Money((9_990 * 100 - 1_000_200) * TICK_LOT));
    assert_eq!(account.equity, Money(BALANCE - 1_200 * TICK_LOT - 1_000_000));
    assert_eq!(twins.quote(9_901, 9_903), Ok(Status::Ok));
    assert!(twins.poll().0.is_empty());

    assert_eq!(twins.quote(9_895, 9_897), Ok(Status::Ok));
    let (commands, events) = twins.poll();
    let close = commands[0];
    assert_eq!((close.kind, close.side), (CommandKind::New.raw(), Side::Sell.raw()));
    assert_eq!((close.qty, close.position, close.client_id >> 63), (Lots(100), position, 1));
    assert!(events.iter().any(|e| e.kind == EventKind::TriggerFired.raw() && e.trigger == stop));
    assert_eq!(twins.fill(close.order, 3, 100, 9_890), Ok(Status::Ok));
    let closed = twins.events(EventKind::PositionClosed);
    assert_eq!(closed.len(), 1);
    // -11 200 tick-lots, three commissions of half a unit of currency.
    let lost = -11_200 * TICK_LOT - 1_500_000;
    assert_eq!((closed[0].value, closed[0].position), (Money(lost), position));
    assert_eq!(closed[0].code, u32::from(ExitReason::StopLoss.raw()));
    let account = twins.engine().account_get();
    assert_eq!((account.equity, account.session_pnl), (Money(BALANCE + lost), Money(lost)));
    assert_eq!((account.closed, account.losses, account.open), (1, 1, 0));
    assert_eq!((account.unrealised, account.live_orders), (Money(0), 0));
    assert_eq!(twins.engine().trigger_get(stop), Err(Status::Stale));
    BALANCE + lost
}

#[test]
fn one_story_from_the_first_order_to_flat() {
    with_twins(&config(), 0, |twins| {
        let equity = enter_and_be_stopped(twins);
        trade(twins, 2, Side::Buy, 100, 9_897);
        assert_eq!(twins.engine().risk_get(0).unwrap().operational, 1);

        // The breaker: the loss of the day goes beyond 5 %.
        twins.poll();
        assert_eq!(twins.quote(9_517, 9_519), Ok(Status::Ok));
        assert_eq!(twins.engine().risk_get(0).unwrap().operational, 1);
        assert_eq!(twins.quote(9_400, 9_402), Ok(Status::Ok));
        let tripped = twins.events(EventKind::BreakerTripped);
        assert_eq!(tripped.iter().map(|e| e.code).collect::<Vec<u32>>(), [1]);
        let trip = twins.engine().trip_get(0, 0).unwrap();
        let open = (9_400 - 9_897) * 100 * TICK_LOT;
        let lost = BALANCE - (equity - 500_000 + open);
        assert_eq!((trip.cause, trip.observed), (Cause::DailyLoss.raw(), (lost + 9) / 10));
        let denied = twins.submit(3, Side::Buy, 1, 9_400);
        assert_eq!((denied.order, denied.verdict.first), (Id::NONE, Check::Breaker.raw()));
        assert_eq!(twins.engine().account_get().denied, 1);
        twins.control(ControlAction::BreakerReset, 0);
        assert_eq!(twins.quote(9_399, 9_401), Ok(Status::Ok));
        let resting = twins.submit(3, Side::Buy, 5, 9_000).order;
        assert_ne!(resting, Id::NONE);
        twins.poll();
        let unsent = twins.submit(4, Side::Buy, 5, 9_000).order;
        kill_and_close(twins, resting, unsent);
    });
}

/// After a kill: one cancel for what was sent, nothing of what was not, and FLAT at the end.
fn kill_and_close(twins: &mut Twins<'_>, resting: Id, unsent: Id) {
    twins
        .step(|engine, now| {
            engine.kill.throw();
            let mut timer = Timer::EMPTY;
            timer.header.now = now;
            engine.timer(&timer)
        })
        .unwrap();
    assert_eq!(twins.submit(5, Side::Sell, 1, 0).verdict.first, Check::TradingState.raw());
    let (commands, events) = twins.poll();
    assert_eq!(commands.len(), 1);
    assert_eq!((commands[0].kind, commands[0].order), (CommandKind::Cancel.raw(), resting));
    assert_eq!(twins.status_of(unsent), OrderStatus::Cancelled);
    assert!(events.iter().all(|event| event.kind != EventKind::Flat.raw()));
    assert_eq!(twins.report(ReportKind::CancelAck, resting), Ok(Status::Ok));
    let position = twins.engine().position_net(0).unwrap().position;
    let closing = twins.step(|engine, now| {
        let mut request = PositionClose { position, ..PositionClose::EMPTY };
        request.header.now = now;
        engine.position_close(&request).unwrap()
    });
    let (commands, events) = twins.poll();
    assert_eq!((commands.len(), commands[0].order), (1, closing.order));
    assert!(events.iter().all(|event| event.kind != EventKind::Flat.raw()));
    assert_eq!(twins.fill(closing.order, 99, 100, 9_399), Ok(Status::Ok));
    assert_eq!(twins.events(EventKind::Flat).len(), 1);
    let account = twins.engine().account_get();
    assert_eq!((account.open, account.live_orders), (0, 0));
    assert_eq!(account.trading_state, u32::from(TradingState::Killed.raw()));
    twins.control(ControlAction::TradingState, i64::from(TradingState::Active.raw()));
    assert_ne!(twins.submit(6, Side::Buy, 1, 9_000).order, Id::NONE);
}

#[test]
fn an_error_changes_nothing() {
    with_twins(&config(), 0, |twins| {
        let id = trade(twins, 1, Side::Buy, 10, 10_000);
        let position = twins.engine().position_net(0).unwrap().position;
        let calls: [fn(&mut Engine<'_>, Id, Id) -> Status; 9] = [
            |e, _, _| e.quote(&quote(0, 5, 4, Nanos(i64::MAX.unsigned_abs()))).unwrap_err(),
            |e, _, _| e.quote(&quote(1, 5, 6, Nanos(9))).unwrap_err(),
            |e, o, _| e.order_cancel(&OrderCancel { order: o, ..OrderCancel::EMPTY }).unwrap_err(),
            |e, o, _| e.venue_report(&report(ReportKind::Fill, o, Nanos(9))).unwrap_err(),
            |e, _, _| {
                let unknown = VenueReport { client_id: 77, ..VenueReport::EMPTY };
                let kind = ReportKind::Ack.raw();
                e.venue_report(&VenueReport { report: kind, ..unknown }).unwrap_err()
            },
            |e, _, p| {
                let close = PositionClose { position: p, ..PositionClose::EMPTY };
                e.position_close(&PositionClose { qty: Lots(11), ..close }).unwrap_err()
            },
            |e, _, p| {
                let trigger = TriggerArm { position: p, kind: 1, action: 2, ..TriggerArm::EMPTY };
                e.trigger_arm(&trigger).unwrap_err()
            },
            |e, _, _| e.control(&Control { action: 99, ..Control::EMPTY }).unwrap_err(),
            |e, _, _| {
                let amount = Money(i64::MAX);
                e.cash_adjust(&CashAdjust { amount, ..CashAdjust::EMPTY }).unwrap_err()
            },
        ];
        let expected = [
            Status::Price,
            Status::Symbol,
            Status::Terminal,
            Status::BadQty,
            Status::Unknown,
            Status::Range,
            Status::Price,
            Status::Enum,
            Status::Range,
        ];
        let before = digest(twins.engine());
        for (call, status) in calls.into_iter().zip(expected) {
            let answer = twins.step(|engine, _| call(engine, id, position));
            assert_eq!((answer, digest(twins.engine())), (status, before));
        }
    });
}

#[test]
fn capacities_are_those_of_the_memory() {
    let asked = config();
    let answer = |capacity: Capacity| {
        let mut storage = Small::new();
        let (memory, kill) = storage.lend();
        Engine::new(memory, kill, &Config { capacity, ..asked }).map(|_| ()).err()
    };
    let fits = asked.capacity;
    assert_eq!(answer(fits), None);
    let cases = [
        (Capacity { orders: 7, ..fits }, ConfigField::Orders),
        (Capacity { orders: 9, ..fits }, ConfigField::Orders),
        (Capacity { symbols: 1, ..fits }, ConfigField::Symbols),
        (Capacity { positions: 5, ..fits }, ConfigField::Positions),
        (Capacity { positions: 1, ..fits }, ConfigField::Positions),
        (Capacity { triggers: 0, ..fits }, ConfigField::Triggers),
        (Capacity { events: 65, ..fits }, ConfigField::Events),
        (Capacity { executions: 15, ..fits }, ConfigField::Executions),
        (Capacity { scopes: 2, ..fits }, ConfigField::Scopes),
        (Capacity { rate: 127, ..fits }, ConfigField::Rate),
        (Capacity { rate: 99, ..fits }, ConfigField::Rate),
    ];
    for (capacity, field) in cases {
        assert_eq!(answer(capacity), Some(field));
    }
    // The shortest of the slices that belong together counts.
    let mut storage = Small::new();
    let (mut memory, kill) = storage.lend();
    memory.orders.queue = &mut [];
    assert_eq!(Engine::new(memory, kill, &asked).map(|_| ()).err(), Some(ConfigField::Orders));
}

#[test]
fn a_new_engine_is_clean() {
    let mut storage = std::boxed::Box::new(Small::new());
    let (memory, kill) = storage.lend();
    let engine = Engine::new(memory, kill, &config()).unwrap();
    assert_eq!(engine.audit(), Ok(()));
}

#[test]
fn every_field_of_the_configuration_is_judged() {
    let good = config();
    let breaker = BreakerConfig { consecutive_losses: 0, ..good.breaker };
    let cases = [
        (Config { struct_size: 1, ..good }, ConfigField::StructSize),
        (Config { engine_tag: 4_096, ..good }, ConfigField::EngineTag),
        (Config { money_exp: 1, ..good }, ConfigField::MoneyExp),
        (Config { work_per_call: 0, ..good }, ConfigField::WorkPerCall),
        (Config { starting_balance: Money(0), ..good }, ConfigField::StartingBalance),
        (Config { id_base: 1 << 63, ..good }, ConfigField::IdBase),
        (Config { breaker, ..good }, ConfigField::BreakerLimits),
        (Config { reserved: [0, 0, 0, 0, 0, 1], ..good }, ConfigField::Reserved),
    ];
    assert_eq!(good.invalid(), None);
    for (config, field) in cases {
        assert_eq!(config.invalid(), Some(field));
    }
}

#[test]
fn new_memory_is_as_good_as_used_memory() {
    let mut storage = Small::new();
    let mut fresh = Small::new();
    {
        let (memory, kill) = storage.lend();
        let mut engine = opened(memory, kill, &config());
        define(&mut engine, 0);
        engine.order_submit(&order(1, Side::Buy, 5, 10_000)).unwrap();
        kill.throw();
    }
    let digests = [&mut storage, &mut fresh].map(|storage| {
        let (memory, kill) = storage.lend();
        let engine = opened(memory, kill, &config());
        assert_eq!(engine.audit(), Ok(()));
        assert_eq!(engine.table_get(TableKind::Orders).used, 0);
        digest(&engine)
    });
    assert_eq!(digests[0], digests[1]);
}

/// Two engines with one digest answer alike ever after: also in which order the triggers of a
/// position end.
#[test]
fn one_digest_means_one_future() {
    let ended = |crossed: bool| {
        let mut answer = (0, Vec::new());
        with_twins(&config(), SymbolFlag::Hedged.raw(), |twins| {
            trade(twins, 1, Side::Buy, 10, 10_000);
            let position = twins.engine().position_find(101).unwrap().position;
            let mut two = || [9_000, 9_000].map(|l| arm(twins, position, TriggerKind::StopLoss, l));
            let [a, b] = two();
            // Cancelled in either order, the slots come back in either order.
            for trigger in if crossed { [b, a] } else { [a, b] } {
                twins
                    .step(|engine, now| {
                        let mut cancel = TriggerCancel { trigger, ..TriggerCancel::EMPTY };
                        cancel.header.now = now;
                        engine.trigger_cancel(&cancel)
                    })
                    .unwrap();
            }
            let mut two = [(); 2].map(|()| arm(twins, position, TriggerKind::StopLoss, 9_000));
            // Moved in the order of their slots, they stand in the queue in that order.
            two.sort_by_key(|id| id.slot());
            for trigger in two {
                twins
                    .step(|engine, now| {
                        let level = Ticks(9_000);
                        let mut request = TriggerMove { trigger, level, ..TriggerMove::EMPTY };
                        request.header.now = now;
                        engine.trigger_move(&request)
                    })
                    .unwrap();
            }
            twins.poll();
            answer.0 = digest(twins.engine());
            let sell = twins.step(|engine, now| {
                let mut request = PositionClose { position, ..PositionClose::EMPTY };
                request.header.now = now;
                engine.position_close(&request).unwrap().order
            });
            twins.fill(sell, 50, 10, 10_000).unwrap();
            let events = twins.events(EventKind::TriggerEnded);
            answer.1 = events.iter().map(|event| event.trigger).collect();
        });
        answer
    };
    let (straight, crossed) = (ended(false), ended(true));
    assert!(straight.0 != crossed.0 || straight.1 == crossed.1, "{straight:?} {crossed:?}");
}
