//! What a call at each door costs. Figures depend on the machine; the command shows them:
//! `cargo bench --bench doors`, and with `-- --test` every one is run once.
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a bench may stop")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use oms_core::engine::{Capacity, Config, Engine, KillSwitch, Memory, Poll};
use oms_core::event::{Command, Event};
use oms_core::market::{LimitsSet, Quote, Symbol, SymbolDefine};
use oms_core::num::{Decimal, Lots, Money, Nanos, OFF, Ratio, Ticks};
use oms_core::order::{Execution, Order, OrderCancel, OrderMemory, OrderSubmit, VenueReport};
use oms_core::position::{Position, PositionMemory, Totals};
use oms_core::risk::{BreakerConfig, Exposure, Scope};
use oms_core::status::{
    OrderType, ReportKind, Request, Side, SymbolFlag, TriggerAction, TriggerKind,
};
use oms_core::store::{
    Entry, HeapNode, Id, IndexNode, Links, RetainedMemory, Slot, TrailNode, TreeNode,
};
use oms_core::trigger::{Queues, Trigger, TriggerArm, TriggerCancel, TriggerMemory};

/// Most triggers of one position.
const PER_POSITION: u32 = 8;

const CAPACITY: Capacity = Capacity {
    orders: 4_096,
    symbols: 1,
    positions: 2_048,
    triggers: 16_384,
    events: 1_024,
    executions: 4_096,
    scopes: 1,
    rate: 128,
};

/// Memory for one engine, for the life of the process.
fn lent<T: Clone>(value: T, count: u32) -> &'static mut [T] {
    vec![value; usize::try_from(count).unwrap()].leak()
}

fn memory() -> Memory<'static> {
    let Capacity { orders, symbols, positions, triggers, events, executions, scopes, rate } =
        CAPACITY;
    Memory {
        orders: OrderMemory {
            table: RetainedMemory {
                slots: lent(Slot::new(Entry::new(Order::EMPTY)), orders),
                index: lent(IndexNode::EMPTY, orders),
                links: lent(Links::EMPTY, orders),
            },
            queue: lent(Links::EMPTY, orders),
            deadlines: lent(HeapNode::EMPTY, orders),
            reducers: lent(Links::EMPTY, orders),
        },
        positions: PositionMemory {
            table: RetainedMemory {
                slots: lent(Slot::new(Entry::new(Position::EMPTY)), positions),
                index: lent(IndexNode::EMPTY, positions),
                links: lent(Links::EMPTY, positions),
            },
            totals: lent(Totals::EMPTY, symbols),
            of_symbol: lent(Links::EMPTY, positions),
        },
        triggers: TriggerMemory {
            slots: lent(Slot::new(Trigger::EMPTY), triggers),
            nodes: lent(TreeNode::EMPTY, triggers),
            riders: lent(TrailNode::EMPTY, triggers),
            wakes: lent(TreeNode::EMPTY, triggers),
            links: lent(Links::EMPTY, triggers),
            stalled: lent(Links::EMPTY, triggers),
            queues: lent(Queues::EMPTY, symbols),
            backlog: lent(Links::EMPTY, symbols),
        },
        symbols: lent(Symbol::EMPTY, symbols),
        exposures: lent(Exposure::EMPTY, symbols),
        scopes: lent(Scope::new(&BreakerConfig::DEFAULT), scopes),
        executions: lent(Execution::EMPTY, executions),
        execution_index: lent(IndexNode::EMPTY, executions),
        events: lent(Event::EMPTY, events),
        rate: lent(Nanos::ZERO, rate),
    }
}

/// An engine under load: its next numbers and time.
struct Desk {
    engine: Engine<'static>,
    commands: [Command; 16],
    events: [Event; 64],
    next_id: u64,
    now: u64,
}

impl Desk {
    /// One symbol with limits, a quote, and a breaker that never trips.
    fn new(flags: u32) -> Self {
        let breaker = BreakerConfig {
            orders_per_minute: -1,
            orders_per_hour: -1,
            consecutive_losses: -1,
            ..BreakerConfig::DEFAULT
        };
        let starting_balance = Money(1_000_000_000_000_000);
        let config = Config { capacity: CAPACITY, starting_balance, breaker, ..Config::DEFAULT };
        let kill: &'static KillSwitch = Box::leak(Box::new(KillSwitch::new()));
        let mut engine = Engine::new(memory(), kill, &config).unwrap();
        let one = Decimal::new(1, 0);
        let mut name = [0; 32];
        name[0] = b'X';
        let symbol = SymbolDefine { name, flags, multiplier: one, ..SymbolDefine::EMPTY };
        let sizes = (Decimal::new(1, -2), one, one);
        let (tick_size, lot_size, conversion) = sizes;
        engine.symbol_define(&SymbolDefine { tick_size, lot_size, conversion, ..symbol }).unwrap();
        engine.limits_set(&limits()).unwrap();
        let (commands, events) = ([Command::default(); 16], [Event::EMPTY; 64]);
        let mut desk = Self { engine, commands, events, next_id: 0, now: 0 };
        desk.quote(9_999, 10_001);
        desk
    }

    fn time(&mut self) -> Nanos {
        self.now += 1_000;
        Nanos(self.now)
    }

    fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    fn order(&mut self, side: Side, qty: i64, price: i64) -> OrderSubmit {
        let order_type = if price == 0 { OrderType::Market } else { OrderType::Limit };
        let mut order = OrderSubmit {
            client_id: self.id(),
            qty: Lots(qty),
            price: Ticks(price),
            side: side.raw(),
            order_type: order_type.raw(),
            ..OrderSubmit::EMPTY
        };
        order.header.now = self.time();
        order
    }

    fn submit(&mut self, side: Side, qty: i64, price: i64) -> Id {
        let request = self.order(side, qty, price);
        let submitted = self.engine.order_submit(&request).unwrap();
        assert!(submitted.verdict.is_accepted());
        submitted.order
    }

    fn report(&mut self, kind: ReportKind, order: Id) -> VenueReport {
        let mut report = VenueReport { order, report: kind.raw(), ..VenueReport::EMPTY };
        report.header.now = self.time();
        report
    }

    fn fill(&mut self, order: Id, qty: i64, price: i64) {
        let (exec_id, qty, price) = (self.id(), Lots(qty), Ticks(price));
        let fill = self.report(ReportKind::Fill, order);
        let fill = VenueReport { exec_id, qty, price, ..fill };
        black_box(self.engine.venue_report(&fill).unwrap());
    }

    fn quote(&mut self, bid: i64, ask: i64) {
        let mut quote = Quote { bid: Ticks(bid), ask: Ticks(ask), ..Quote::EMPTY };
        quote.header.now = self.time();
        black_box(self.engine.quote(&quote).unwrap());
    }

    fn poll(&mut self) {
        let mut poll = Poll { max_commands: 16, max_events: 64, ..Poll::EMPTY };
        poll.header.now = self.time();
        let polled = self.engine.poll(&poll, &mut self.commands, &mut self.events);
        black_box(polled.unwrap());
    }

    /// A further long position.
    fn open(&mut self) -> Id {
        let order = self.submit(Side::Buy, 1, 0);
        self.poll();
        self.fill(order, 1, 10_000);
        self.engine.order_get(order, 0).unwrap().position
    }

    fn arm(&mut self, position: Id, level: i64) -> Id {
        let mut request = TriggerArm {
            position,
            level: Ticks(level),
            kind: TriggerKind::StopLoss.raw(),
            action: TriggerAction::Signal.raw(),
            ..TriggerArm::EMPTY
        };
        request.header.now = self.time();
        self.engine.trigger_arm(&request).unwrap().1
    }

    fn cancel_trigger(&mut self, trigger: Id) {
        let mut request = TriggerCancel { trigger, ..TriggerCancel::EMPTY };
        request.header.now = self.time();
        black_box(self.engine.trigger_cancel(&request).unwrap());
    }

    /// Arms this many stops far below the market, at spread levels.
    fn arm_many(&mut self, count: u32) {
        let mut position = Id::NONE;
        for n in 0..count {
            if n % PER_POSITION == 0 {
                position = self.open();
            }
            self.arm(position, 1 + i64::from(n * 7_919 % 5_003));
        }
    }
}

fn limits() -> LimitsSet {
    LimitsSet {
        qty_min: Lots(1),
        qty_max: Lots(1_000),
        notional_min: Money(1),
        notional_max: Money(i64::MAX),
        collar_ticks: Ticks(500),
        collar_ratio: Ratio(OFF),
        reference_age_max: OFF,
        long_max: Lots(1_000_000),
        short_max: Lots(1_000_000),
        open_orders_max: OFF,
        open_qty_max: Lots(OFF),
        positions_max: OFF,
        ..LimitsSet::EMPTY
    }
}

fn orders(c: &mut Criterion) {
    let mut desk = Desk::new(0);
    let mut request = desk.order(Side::Buy, 5, 9_990);
    c.bench_function("order_check/accepted", |b| {
        b.iter(|| {
            request.header.now = desk.time();
            let verdict = desk.engine.order_check(black_box(&request)).unwrap();
            assert!(verdict.is_accepted());
            verdict
        });
    });
    c.bench_function("order_submit+cancel", |b| {
        b.iter(|| {
            let order = desk.submit(Side::Buy, 5, 9_990);
            let mut cancel = OrderCancel { order, request_id: 1, ..OrderCancel::EMPTY };
            cancel.header.now = desk.time();
            black_box(desk.engine.order_cancel(black_box(&cancel)).unwrap())
        });
    });
    let mut side = Side::Buy;
    c.bench_function("submit-poll-ack-fill-fill", |b| {
        b.iter(|| {
            let order = desk.submit(side, 2, 0);
            side = side.opens().closed_by();
            desk.poll();
            let ack = desk.report(ReportKind::Ack, order);
            black_box(desk.engine.venue_report(&ack).unwrap());
            desk.fill(order, 1, 10_000);
            desk.fill(order, 1, 10_000);
            order
        });
    });
}

fn triggers(c: &mut Criterion) {
    for armed in [10, 10_000] {
        let mut desk = Desk::new(SymbolFlag::Hedged.raw());
        desk.arm_many(armed);
        let mut up = 0;
        c.bench_function(&format!("quote/nothing fires/{armed} triggers"), |b| {
            b.iter(|| {
                up ^= 1;
                desk.quote(9_999 + up, 10_001 + up);
            });
        });
        let position = desk.open();
        let mut level = 0;
        c.bench_function(&format!("trigger_arm+cancel/{armed} triggers"), |b| {
            b.iter(|| {
                level = (level + 1_237) % 5_003;
                let trigger = desk.arm(position, 1 + level);
                desk.cancel_trigger(black_box(trigger));
            });
        });
    }
}

fn polls(c: &mut Criterion) {
    let mut desk = Desk::new(0);
    desk.poll();
    c.bench_function("poll/nothing waits", |b| b.iter(|| desk.poll()));
    c.bench_function("submit+poll/one command", |b| {
        b.iter(|| {
            let order = desk.submit(Side::Buy, 1, 9_990);
            desk.poll();
            // Ended by the venue, so that the table never fills.
            let end = desk.report(ReportKind::CancelAck, order);
            black_box(desk.engine.venue_report(&end).unwrap())
        });
    });
}

criterion_group! {
    name = doors;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    targets = orders, triggers, polls
}
criterion_main!(doors);
