//! An engine under load: its next numbers and time.

use std::hint::black_box;

use oms_core::engine::{Capacity, Config, Drain, Engine, KillSwitch, Memory, Poll};
use oms_core::event::{Command, Event};
use oms_core::exec::{Arrival, Outcomes, Shortfall, StatisticsMemory};
use oms_core::market::{LimitsSet, Place, Quote, SymbolDefine};
use oms_core::num::{Decimal, Lots, Money, Nanos, OFF, Ratio, Ticks};
use oms_core::order::{Execution, Order, OrderCancel, OrderMemory, OrderSubmit, VenueReport};
use oms_core::position::{Position, PositionMemory, Totals};
use oms_core::risk::{
    BreakerConfig, Exposure, Recent, ReconcileMemory, Repeats, Scope, ScopeBook, ScopeLimitsSet,
    SequenceMemory,
};
use oms_core::status::{OrderType, ReportKind, Request, Side, Status};
use oms_core::store::{
    Entry, HeapNode, Id, IndexNode, Links, RetainedMemory, Slot, TrailNode, Tree, TreeNode,
};
use oms_core::trigger::{Queues, Trigger, TriggerMemory};

/// Bid of the first quote; the ask is two above.
pub(crate) const BID: i64 = 1_000_000;

fn capacity(stops: u32, live: u32) -> Capacity {
    Capacity {
        orders: 4_096 + stops + live,
        symbols: 1,
        positions: 64 + stops,
        triggers: 64 + stops,
        events: 4_096,
        executions: 512,
        scopes: 1,
        books: 0,
        reserved0: 0,
        rate: 128,
        symbol_rate: 32,
        recent: 128,
    }
}

/// Memory for one engine, for the life of the process.
fn lent<T: Clone>(value: T, count: u32) -> &'static mut [T] {
    vec![value; usize::try_from(count).unwrap()].leak()
}

fn memory(capacity: Capacity) -> Memory<'static> {
    let Capacity { orders, symbols, positions, triggers, events, executions, .. } = capacity;
    let Capacity { scopes, books, rate, symbol_rate, recent, .. } = capacity;
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
        symbols: lent(Place::new(Exposure::EMPTY), symbols),
        scopes: lent(Scope::new(&BreakerConfig::DEFAULT), scopes),
        books: lent(ScopeBook::EMPTY, books),
        book_index: lent(IndexNode::EMPTY, books),
        executions: lent(Execution::EMPTY, executions),
        execution_index: lent(IndexNode::EMPTY, executions),
        events: lent(Event::EMPTY, events),
        rate: lent(Nanos::ZERO, rate),
        sequences: SequenceMemory {
            times: lent(Nanos::ZERO, symbols * symbol_rate),
            noted: lent(0, symbols),
            repeats: lent([Repeats::EMPTY; 2], symbols),
            book_times: lent(Nanos::ZERO, books * symbol_rate),
            book_noted: lent(0, books),
            book_repeats: lent([Repeats::EMPTY; 2], books),
            recent: lent(Recent::EMPTY, recent),
            resting: lent([Tree::EMPTY; 2], symbols),
            nodes: lent(TreeNode::EMPTY, orders),
        },
        reconcile: ReconcileMemory { orders: lent(0, orders), symbols: lent(0, symbols) },
        statistics: StatisticsMemory {
            outcomes: lent(Outcomes::NONE, scopes),
            shortfalls: lent(Shortfall::NONE, 0),
            arrivals: lent(Arrival::EMPTY, 0),
        },
        desk: None,
    }
}

/// An engine under load: its next numbers and time.
pub(crate) struct Desk {
    pub(crate) engine: Engine<'static>,
    commands: Vec<Command>,
    events: Vec<Event>,
    next_id: u64,
    now: u64,
}

impl Desk {
    /// One symbol with limits, a quote, and a breaker that never trips; room for so many stops and
    /// orders that stay.
    pub(crate) fn new(flags: u32, stops: u32, live: u32) -> Self {
        let breaker = BreakerConfig {
            orders_per_minute: -1,
            orders_per_hour: -1,
            consecutive_losses: -1,
            ..BreakerConfig::DEFAULT
        };
        let starting_balance = Money(1 << 60);
        let capacity = capacity(stops, live);
        let config = Config { capacity, starting_balance, breaker, ..Config::DEFAULT };
        let kill: &'static KillSwitch = Box::leak(Box::new(KillSwitch::new()));
        let mut engine = Engine::new(memory(capacity), kill, &config).unwrap();
        let one = Decimal::new(1, 0);
        let mut name = [0; 32];
        name[0] = b'X';
        let symbol = SymbolDefine { name, flags, multiplier: one, ..SymbolDefine::EMPTY };
        let sizes = (Decimal::new(1, -2), Decimal::new(1, -2), one);
        let (tick_size, lot_size, conversion) = sizes;
        engine.symbol_define(&SymbolDefine { tick_size, lot_size, conversion, ..symbol }).unwrap();
        engine.limits_set(&limits()).unwrap();
        engine.scope_limits_set(&ScopeLimitsSet::OFF).unwrap();
        let (commands, events) = (vec![Command::default(); 256], vec![Event::EMPTY; 256]);
        let mut desk = Self { engine, commands, events, next_id: 0, now: 0 };
        desk.quote(BID);
        for n in 0..live {
            let mut order = limit(Side::Buy, 2, BID - 1 - i64::from(n % 100));
            let order = desk.submit(&mut order);
            desk.poll();
            let ack = desk.report(ReportKind::Ack, order);
            desk.engine.venue_report(&ack).unwrap();
        }
        desk.poll();
        desk
    }

    pub(crate) fn time(&mut self) -> Nanos {
        self.now += 1_000;
        Nanos(self.now)
    }

    pub(crate) fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    pub(crate) fn submit(&mut self, request: &mut OrderSubmit) -> Id {
        request.client_id = self.id();
        request.header.now = self.time();
        let submitted = self.engine.order_submit(request).unwrap();
        assert!(submitted.verdict.is_accepted());
        submitted.order
    }

    pub(crate) fn cancel(&mut self, order: Id) {
        let mut cancel = OrderCancel { order, request_id: 1, ..OrderCancel::EMPTY };
        cancel.header.now = self.time();
        black_box(self.engine.order_cancel(&cancel).unwrap());
    }

    /// Sell stops at levels that are spread far below the market.
    pub(crate) fn rest_stops(&mut self, count: u32) {
        for n in 0..count {
            let level = BID / 2 + i64::from(n) * 1_000_003 % 400_009;
            self.rest(OrderSubmit {
                order_type: OrderType::Stop.raw(),
                stop_price: Ticks(level),
                ..OrderSubmit::EMPTY
            });
        }
    }

    /// A sell order of one lot that waits here.
    pub(crate) fn rest(&mut self, held: OrderSubmit) -> Id {
        let id = self.submit(&mut OrderSubmit { side: Side::Sell.raw(), qty: Lots(1), ..held });
        self.poll();
        id
    }

    pub(crate) fn report(&mut self, kind: ReportKind, order: Id) -> VenueReport {
        let mut report = VenueReport { order, report: kind.raw(), ..VenueReport::EMPTY };
        report.header.now = self.time();
        report
    }

    pub(crate) fn fill(&mut self, order: Id, qty: i64, price: i64) {
        let (exec_id, qty, price) = (self.id(), Lots(qty), Ticks(price));
        let fill = self.report(ReportKind::Fill, order);
        let fill = VenueReport { exec_id, qty, price, ..fill };
        black_box(self.engine.venue_report(&fill).unwrap());
    }

    /// Takes a quote and works off what it reaches.
    pub(crate) fn quote(&mut self, bid: i64) {
        let mut quote = Quote { bid: Ticks(bid), ask: Ticks(bid + 2), ..Quote::EMPTY };
        quote.header.now = self.time();
        let mut status = self.engine.quote(&quote).unwrap();
        while status == Status::More {
            let mut drain = Drain::EMPTY;
            drain.header.now = quote.header.now;
            status = self.engine.drain(&drain).unwrap();
        }
    }

    /// Takes commands and events out, and says how many commands.
    pub(crate) fn poll(&mut self) -> u32 {
        let mut poll = Poll { max_commands: 256, max_events: 256, ..Poll::EMPTY };
        poll.header.now = self.time();
        let mut sum = 0;
        loop {
            let polled = self.engine.poll(&poll, &mut self.commands, &mut self.events).unwrap();
            sum += polled.commands;
            if polled.more_commands == 0 && polled.more_events == 0 {
                return sum;
            }
        }
    }

    /// A further long position.
    pub(crate) fn open(&mut self) -> Id {
        let order = self.submit(&mut limit(Side::Buy, 1, BID + 2));
        self.poll();
        self.fill(order, 1, BID);
        self.engine.order_get(order, 0).unwrap().position
    }
}

/// A limit order; it gets its time and number when it is submitted.
pub(crate) fn limit(side: Side, qty: i64, price: i64) -> OrderSubmit {
    OrderSubmit {
        qty: Lots(qty),
        price: Ticks(price),
        side: side.raw(),
        order_type: OrderType::Limit.raw(),
        ..OrderSubmit::EMPTY
    }
}

fn limits() -> LimitsSet {
    LimitsSet {
        qty_min: Lots(1),
        qty_max: Lots(1_000_000),
        notional_min: Money(1),
        notional_max: Money(1 << 60),
        collar_ticks: Ticks(100_000),
        collar_ratio: Ratio(OFF),
        reference_age_max: 1 << 50,
        long_max: Lots(1 << 40),
        short_max: Lots(1 << 40),
        open_orders_max: 1 << 30,
        open_qty_max: Lots(1 << 40),
        positions_max: 1 << 30,
        ..LimitsSet::OFF
    }
}
