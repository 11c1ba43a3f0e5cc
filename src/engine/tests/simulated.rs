//! The simulated modes: what an engine does with the venue it has is what a host does with one.

use std::boxed::Box;

use super::dice::Dice;
use super::*;
use crate::exec::DeskStorage;
use crate::market::Trade;
use crate::order::OrderReplace;
use crate::sim::{Simulation, SlippageConfig, Venue};
use crate::status::{ConfigFlag, Hold, Mode, OrderFlag, SlippageModel, TimeInForce, TradeSource};

const ORDERS: usize = 64;
type Desks = DeskStorage<ORDERS, 2, 192>;
type Room = Storage<ORDERS, 2, 32, 16, 4096, 256, 256>;

pub(super) fn settings() -> Config {
    let capacity = Capacity {
        orders: 64,
        symbols: 2,
        positions: 32,
        triggers: 16,
        events: 4096,
        executions: 256,
        scopes: 1,
        books: 0,
        reserved0: 0,
        rate: 256,
        symbol_rate: 32,
        recent: 128,
    };
    let breaker =
        BreakerConfig { orders_per_minute: -1, orders_per_hour: -1, ..BreakerConfig::DEFAULT };
    Config { capacity, breaker, starting_balance: Money(BALANCE), seed: 7, ..Config::DEFAULT }
}

/// Memory that stays: a test has little of it.
#[inline(never)] // Large on the stack until it is in its box: once, not in every caller.
fn room() -> &'static mut Room {
    Box::leak(Box::new(Room::new()))
}

#[inline(never)] // As above.
fn desk_room() -> &'static mut Desks {
    Box::leak(Box::new(Desks::new()))
}

/// An engine in a simulated mode.
pub(super) fn simulated(mode: Mode) -> Engine<'static> {
    simulated_as(&Config { mode: mode.raw(), ..settings() }, &SymbolDefine::EMPTY)
}

/// The same with this configuration, and flags and trigger source of a symbol.
pub(super) fn simulated_as(config: &Config, symbol: &SymbolDefine) -> Engine<'static> {
    let config = Config { messages: 192, ..*config };
    let desk = desk_room().lend(config.seed, config.money_exp);
    let (mut memory, kill) = room().lend();
    memory.desk = Some(Box::leak(Box::new(desk)));
    let mut engine = opened(memory, kill, &config);
    define_in(&mut engine, symbol);
    engine
}

fn define_in(engine: &mut Engine<'_>, like: &SymbolDefine) {
    let one = Decimal::new(1, 0);
    let mut name = [0; 32];
    name[0] = b'X';
    let request = SymbolDefine {
        name,
        tick_size: Decimal::new(1, -2),
        lot_size: one,
        multiplier: one,
        conversion: one,
        ..*like
    };
    assert_eq!(engine.run(&request, |e, r| e.symbol_define(r)), Ok(0));
    assert_eq!(engine.run(&open_limits(), |e, r| e.limits_set(r)), Ok(Status::Ok));
}

pub(super) fn quoted(bid: i64, ask: i64, qty: i64, now: u64) -> Quote {
    let qty = Lots(qty);
    Quote { bid_qty: qty, ask_qty: qty, ..quote(0, bid, ask, Nanos(now)) }
}

fn at<R: Copy>(
    mut record: R,
    now: u64,
    head: impl Fn(&mut R) -> &mut crate::status::RequestHeader,
) -> R {
    head(&mut record).now = Nanos(now);
    record
}

pub(super) fn events_of(engine: &mut Engine<'_>, now: u64) -> Vec<Event> {
    let mut room = std::vec![Event::EMPTY; 4096];
    let request = at(Poll { max_events: 4096, ..Poll::EMPTY }, now, |r| &mut r.header);
    let polled = engine.run(&request, |e, r| e.poll(r, &mut [], &mut room)).unwrap();
    assert_eq!((polled.commands, polled.more_commands, polled.events_lost), (0, 0, 0));
    room.truncate(usize::try_from(polled.events).unwrap());
    room
}

#[test]
fn a_paper_session_by_hand() {
    let mut engine = simulated(Mode::Paper);
    let fees = FeesSet { fees: crate::sim::FeeSchedule::STANDARD, ..FeesSet::EMPTY };
    assert_eq!(engine.run(&fees, |e, r| e.fees_set(r)), Ok(Status::Ok));
    let slow =
        SimulationSet { latency_out: Nanos(10), latency_in: Nanos(5), ..SimulationSet::DEFAULT };
    assert_eq!(engine.run(&slow, |e, r| e.simulation_set(r)), Ok(Status::Ok));
    assert_eq!(engine.run(&quoted(10_000, 10_002, 50, 100), |e, r| e.quote(r)), Ok(Status::Ok));
    let buy = at(order(1, Side::Buy, 10, 0), 100, |r| &mut r.header);
    let id = engine.run(&buy, |e, r| e.order_submit(r)).unwrap().order;
    let status = |engine: &Engine<'_>, id| engine.order_get(id, 0).unwrap().status;
    // It was handed out in the same call, and arrives ten nanoseconds later.
    assert_eq!(status(&engine, id), OrderStatus::Submitted.raw());
    assert_eq!(engine.run(&quoted(10_010, 10_012, 50, 109), |e, r| e.quote(r)), Ok(Status::Ok));
    assert_eq!(engine.run(&quoted(10_020, 10_022, 50, 114), |e, r| e.quote(r)), Ok(Status::Ok));
    assert_eq!(status(&engine, id), OrderStatus::Submitted.raw());
    let timer = at(Timer::EMPTY, 115, |r| &mut r.header);
    assert_eq!(engine.run(&timer, |e, r| e.timer(r)), Ok(Status::Ok));
    let view = engine.order_get(id, 0).unwrap();
    assert_eq!((view.status, view.avg_price), (OrderStatus::Filled.raw(), Ticks(10_012)));
    // 0.1 % of 10 x 100.12 of currency, rounded up.
    assert_eq!(view.commission, Money(1_001_200));
    let stats = engine.execution_stats_get(0).unwrap();
    assert_eq!((stats.sent, stats.executed, stats.ack_worst), (1, 1, 15));
    assert_eq!(stats.slippage, Money(100 * TICK_LOT));
    // A stop that the engine holds fires by the quote, and meets the market of ten later.
    let position = engine.position_net(0).unwrap().position;
    let mut stop = TriggerArm {
        position,
        level: Ticks(9_990),
        kind: TriggerKind::StopLoss.raw(),
        action: TriggerAction::Close.raw(),
        ..TriggerArm::EMPTY
    };
    stop.header.now = Nanos(120);
    engine.run(&stop, |e, r| e.trigger_arm(r)).unwrap();
    for (bid, now) in [(9_990, 130), (9_980, 139), (9_970, 145)] {
        assert_eq!(engine.run(&quoted(bid, bid + 2, 50, now), |e, r| e.quote(r)), Ok(Status::Ok));
    }
    assert_eq!(engine.position_get(position).unwrap().exit_price, Ticks(9_980));
    assert_eq!(engine.audit(), Ok(()));
    // Reports come from the venue alone, and the settings of it are none in LIVE.
    let told = events_of(&mut engine, 150);
    assert!(told.iter().any(|event| event.kind == EventKind::Simulation.raw()));
    let mut storage = Small::new();
    let (memory, kill) = storage.lend();
    let mut live = opened(memory, kill, &config());
    assert_eq!(live.run(&slow, |e, r| e.simulation_set(r)), Err(Status::State));
}

/// What a session does at a time, before it is told to an engine.
#[derive(Clone, Copy)]
pub(super) enum Act {
    Quote(Quote),
    Trade(Trade),
    Submit(OrderSubmit),
    Cancel(OrderCancel),
    Replace(OrderReplace),
    Arm(TriggerArm),
    Timer(Timer),
    Control(Control),
}

/// What is told to the engine; the order or trigger that was made.
pub(super) fn told(engine: &mut Engine<'_>, act: &Act) -> Result<Id, Status> {
    let none = |result: Result<Status, Status>| result.map(|_| Id::NONE);
    match act {
        Act::Quote(r) => none(engine.run(r, |e, r| e.quote(r))),
        Act::Trade(r) => none(engine.run(r, |e, r| e.trade(r))),
        Act::Submit(r) => engine.run(r, |e, r| e.order_submit(r)).map(|s| s.order),
        Act::Cancel(r) => none(engine.run(r, |e, r| e.order_cancel(r))),
        Act::Replace(r) => engine.run(r, |e, r| e.order_replace(r)).map(|s| s.order),
        Act::Arm(r) => engine.run(r, |e, r| e.trigger_arm(r)).map(|(_, id)| id),
        Act::Timer(r) => none(engine.run(r, |e, r| e.timer(r))),
        Act::Control(r) => none(engine.run(r, |e, r| e.control(r))),
    }
}

impl Act {
    fn now(&self) -> Nanos {
        match self {
            Self::Quote(r) => r.header.now,
            Self::Trade(r) => r.header.now,
            Self::Submit(r) => r.header.now,
            Self::Cancel(r) => r.header.now,
            Self::Replace(r) => r.header.now,
            Self::Arm(r) => r.header.now,
            Self::Timer(r) => r.header.now,
            Self::Control(r) => r.header.now,
        }
    }
}

/// An engine in LIVE, and a host with a venue of its own.
struct Live {
    engine: Engine<'static>,
    venue: Venue<'static>,
    days: u64,
}

impl Live {
    fn new(simulation: &Simulation) -> Self {
        let config = Config { flags: ConfigFlag::Measure.raw(), ..settings() };
        let (memory, kill) = room().lend();
        let mut engine = opened(memory, kill, &config);
        define_in(&mut engine, &SymbolDefine::EMPTY);
        let desk = desk_room().lend(config.seed, config.money_exp);
        let mut venue = desk.venue;
        let spec = &engine.symbols.get(0).unwrap().spec;
        venue.define(0, spec.money, spec.source, spec.least()).unwrap();
        venue.set(0, simulation).unwrap();
        Self { engine, venue, days: 0 }
    }

    /// What waits is sent, what has arrived is handed in, until then.
    fn talk(&mut self, until: Nanos) {
        loop {
            let mut request = Poll { max_commands: 1, ..Poll::EMPTY };
            request.header.now = self.engine.now();
            loop {
                let mut command = [Command::default()];
                let polled = self.engine.poll(&request, &mut command, &mut []).unwrap();
                if polled.commands == 1 {
                    assert!(self.venue.has_room());
                    self.venue.take(&command[0], request.header.now).unwrap();
                } else if polled.more_commands == 0 {
                    break;
                }
            }
            let Some(report) = self.venue.next_report(until) else { return };
            let mut answer = self.engine.venue_report(&report);
            while answer == Ok(Status::More) {
                let drain = at(Drain::EMPTY, self.engine.now().0, |r| &mut r.header);
                answer = self.engine.drain(&drain);
            }
        }
    }

    fn tell(&mut self, act: &Act) -> Result<Id, Status> {
        let now = act.now();
        let day = now.0 / Nanos::DAY;
        if day > self.days {
            let ends = (self.engine.now().0 / Nanos::DAY + 1) * Nanos::DAY;
            self.days = day;
            self.talk(Nanos(ends - 1));
            self.venue.roll(Nanos(ends));
        }
        self.talk(now);
        let result = told(&mut self.engine, act);
        match act {
            Act::Quote(q) if result.is_ok() => {
                self.venue.quote(0, (q.bid, q.bid_qty), (q.ask, q.ask_qty), now);
            }
            Act::Trade(t) if result.is_ok() => {
                self.venue.trade(0, TradeSource::Last, t.price, t.qty, now);
            }
            _ => {}
        }
        self.talk(now);
        result
    }
}

/// The next thing of a random session.
pub(super) struct Session {
    pub(super) dice: Dice,
    pub(super) now: u64,
    pub(super) mid: i64,
    pub(super) ids: Vec<Id>,
}

impl Session {
    pub(super) fn next(&mut self, step: u64, engine: &Engine<'_>) -> Act {
        let dice = &mut self.dice;
        self.now += if dice.one_in(300) { Nanos::DAY } else { dice.below(200_000_000) };
        let now = Nanos(self.now);
        self.mid = (self.mid + dice.between(-3, 3)).clamp(9_900, 10_100);
        let mid = self.mid;
        let id = if self.ids.is_empty() { Id::NONE } else { dice.pick(&self.ids) };
        let header =
            |header: crate::status::RequestHeader| crate::status::RequestHeader { now, ..header };
        match dice.below(16) {
            0..=5 => {
                let qty = dice.between(0, 9);
                Act::Quote(quoted(mid, mid + dice.between(1, 3), qty, self.now))
            }
            6 => Act::Trade(Trade {
                header: header(Trade::EMPTY.header),
                source: TradeSource::Last.raw(),
                price: Ticks(mid + dice.between(-2, 2)),
                qty: Lots(dice.between(0, 9)),
                ..Trade::EMPTY
            }),
            7..=10 => Act::Submit(submitted(dice, step, mid, now)),
            11 => Act::Cancel(OrderCancel {
                header: header(OrderCancel::EMPTY.header),
                order: id,
                request_id: step,
                ..OrderCancel::EMPTY
            }),
            12 => Act::Replace(OrderReplace {
                header: header(OrderReplace::EMPTY.header),
                order: id,
                request_id: step,
                qty: Lots(dice.between(1, 12)),
                price: Ticks(mid + dice.between(-5, 5)),
                ..OrderReplace::EMPTY
            }),
            13 => Act::Arm(TriggerArm {
                header: header(TriggerArm::EMPTY.header),
                position: engine.position_net(0).map_or(Id::NONE, |position| position.position),
                level: Ticks(mid + dice.between(-9, 9)),
                kind: dice.pick(&[TriggerKind::StopLoss, TriggerKind::TakeProfit]).raw(),
                action: TriggerAction::Close.raw(),
                ..TriggerArm::EMPTY
            }),
            14 => Act::Control(Control {
                header: header(Control::EMPTY.header),
                action: ControlAction::ErrorClear.raw(),
                ..Control::EMPTY
            }),
            _ => Act::Timer(Timer { header: header(Timer::EMPTY.header), ..Timer::EMPTY }),
        }
    }
}

/// An order of any type, held here or there, of any time in force.
fn submitted(dice: &mut Dice, step: u64, mid: i64, now: Nanos) -> OrderSubmit {
    let kind = OrderType::from_raw(u8::try_from(1 + dice.below(7)).unwrap()).unwrap();
    let side = dice.pick(&[Side::Buy, Side::Sell]);
    let lasts = dice.pick(&[
        TimeInForce::Day,
        TimeInForce::Gtc,
        TimeInForce::Ioc,
        TimeInForce::Fok,
        TimeInForce::Gtd,
    ]);
    let away = dice.between(-6, 6);
    let post = kind == OrderType::Limit && dice.one_in(4);
    let mut request = OrderSubmit {
        client_id: step + 1,
        qty: Lots(dice.between(1, 12)),
        price: if kind.has_price() { Ticks(mid + dice.between(-6, 6)) } else { Ticks(0) },
        stop_price: if kind.has_stop_price() { Ticks(mid + away) } else { Ticks(0) },
        flags: if post { OrderFlag::PostOnly.raw() } else { 0 },
        timeout_at: if dice.one_in(6) { Nanos(now.0 + 900_000_000) } else { Nanos(0) },
        expire_at: if lasts == TimeInForce::Gtd { Nanos(now.0 + 700_000_000) } else { Nanos(0) },
        hold: dice.pick(&[Hold::Core, Hold::Venue]).raw(),
        side: side.raw(),
        order_type: kind.raw(),
        time_in_force: lasts.raw(),
        ..OrderSubmit::EMPTY
    };
    if !kind.is_stop() {
        request.hold = 0;
    }
    if kind == OrderType::TrailingStop {
        request.trail_offset = Ticks(dice.between(1, 8));
    }
    request.header.now = now;
    request
}

/// Settings of the venue, more or less unpleasant.
pub(super) fn simulation(dice: &mut Dice) -> SimulationSet {
    let some = |dice: &mut Dice, most: i64| if dice.one_in(2) { dice.between(0, most) } else { 0 };
    let nanos = |value: i64| Nanos(u64::try_from(value).unwrap());
    let model = dice.pick(&[SlippageModel::Spread, SlippageModel::Fixed, SlippageModel::Realistic]);
    SimulationSet {
        queue: u32::from(dice.one_in(2)),
        latency_out: nanos(some(dice, 300_000_000)),
        latency_in: nanos(some(dice, 300_000_000)),
        latency_jitter: nanos(some(dice, 100_000_000)),
        fill_ratio: if dice.one_in(2) { Ratio(-1) } else { Ratio(dice.between(1, Ratio::ONE)) },
        reject_ratio: Ratio(some(dice, 200_000_000)),
        fail_ratio: Ratio(some(dice, 300_000_000)),
        doubt_ratio: Ratio(some(dice, 200_000_000)),
        volume_24h: 1_000_000,
        slippage: SlippageConfig::new(model),
        ..SimulationSet::DEFAULT
    }
}

pub(super) fn same_states(one: &Engine<'_>, other: &Engine<'_>) {
    assert_eq!(one.account_get(), other.account_get());
    assert_eq!(one.statistics_get(0), other.statistics_get(0));
    assert_eq!(one.execution_stats_get(0), other.execution_stats_get(0));
    assert_eq!(one.shortfall_get(0), other.shortfall_get(0));
    assert_eq!(one.position_net(0), other.position_net(0));
    assert_eq!(one.symbol_get(0), other.symbol_get(0));
    let orders = |engine: &Engine<'_>| {
        let table = engine.orders.table();
        let views = table.iter().map(|(_, order)| engine.order_get(order.id, 0).unwrap());
        views.collect::<Vec<_>>()
    };
    assert_eq!(orders(one), orders(other));
}

/// The same session in PAPER, in BACKTEST, and in LIVE against a venue of the host's: the same
/// states after every call, the same events in the end.
#[test]
fn modes_agree() {
    let (mut filled, mut retried) = (0, 0);
    for seed in 0..60_u64 {
        let mut dice = Dice(seed << 40);
        let settings = simulation(&mut dice);
        let mut live = Live::new(&settings.settings().unwrap());
        let mut engines = [simulated(Mode::Paper), simulated(Mode::Backtest)];
        for engine in &mut engines {
            assert_eq!(engine.run(&settings, |e, r| e.simulation_set(r)), Ok(Status::Ok));
            events_of(engine, 0);
        }
        let mut room = std::vec![Event::EMPTY; 4096];
        let drop = Poll { max_events: 4096, ..Poll::EMPTY };
        live.engine.poll(&drop, &mut [], &mut room).unwrap();
        let mut session = Session { dice, now: SECOND, mid: 10_000, ids: Vec::new() };
        for step in 0..500 {
            let act = session.next(step, &engines[0]);
            let answer = live.tell(&act);
            for engine in &mut engines {
                assert_eq!(told(engine, &act), answer, "seed {seed}, step {step}");
                assert_eq!(engine.audit(), Ok(()), "seed {seed}, step {step}");
                same_states(engine, &live.engine);
            }
            if let (Act::Submit(_), Ok(id)) = (act, answer)
                && id != Id::NONE
            {
                session.ids.push(id);
            }
        }
        let stats = engines[0].execution_stats_get(0).unwrap();
        filled += stats.executed;
        retried += stats.retries;
        let told = engines.each_mut().map(|engine| events_of(engine, session.now));
        let request = at(drop, session.now, |r| &mut r.header);
        let polled = live.engine.poll(&request, &mut [], &mut room).unwrap();
        let polled = usize::try_from(polled.events).unwrap();
        // The event of the settings came first.
        let plain = |events: &[Event]| {
            events.iter().map(|event| Event { sequence: 0, ..*event }).collect::<Vec<_>>()
        };
        assert_eq!(plain(&told[0]), plain(&room[..polled]), "seed {seed}");
        assert_eq!(told[0], told[1]);
    }
    assert!(filled > 1_000 && retried > 20, "{filled} executed, {retried} tried again");
}
