//! The memory an engine works in, lent by the caller.
#![forbid(unsafe_code)]

use core::sync::atomic::AtomicUsize;

use super::kill_switch::CLEAR;
use super::{Capacity, KillSwitch};
use crate::event::Event;
use crate::exec::{Desk, StatisticsMemory, StatisticsStorage};
use crate::market::Place;
use crate::num::Nanos;
use crate::order::{Execution, Order, OrderMemory};
use crate::position::{Position, PositionMemory, Totals};
use crate::risk::{
    BreakerConfig, Exposure, Recent, ReconcileMemory, Repeats, Scope, ScopeBook, SequenceMemory,
};
use crate::store::{
    Entry, HeapNode, IndexNode, Links, RetainedMemory, Slot, TrailNode, Tree, TreeNode,
};
use crate::trigger::{Queues, Trigger, TriggerMemory};

impl KillSwitch {
    /// Not thrown.
    #[must_use]
    pub const fn new() -> Self {
        Self::over(AtomicUsize::new(CLEAR))
    }

    /// The mark of memory that holds no engine yet.
    #[cfg(feature = "capi")]
    pub(crate) const fn blank() -> Self {
        Self::over(AtomicUsize::new(0))
    }
}

impl Default for KillSwitch {
    fn default() -> Self {
        Self::new()
    }
}

/// Slices for every table; their lengths are the capacities.
pub struct Memory<'a> {
    /// Orders.
    pub orders: OrderMemory<'a>,
    /// Positions.
    pub positions: PositionMemory<'a>,
    /// Triggers.
    pub triggers: TriggerMemory<'a>,
    /// Symbols, and what is reserved in each.
    pub symbols: &'a mut [Place<Exposure>],
    /// Scopes.
    pub scopes: &'a mut [Scope],
    /// Books of scopes below the root.
    pub books: &'a mut [ScopeBook],
    /// Index of books.
    pub book_index: &'a mut [IndexNode],
    /// Ring of executions.
    pub executions: &'a mut [Execution],
    /// Index of executions.
    pub execution_index: &'a mut [IndexNode],
    /// Ring of events.
    pub events: &'a mut [Event],
    /// Rings of request times: as many for each scope.
    pub rate: &'a mut [Nanos],
    /// What is kept of sequences of orders.
    pub sequences: SequenceMemory<'a>,
    /// What was mentioned in a round of reconciliation.
    pub reconcile: ReconcileMemory<'a>,
    /// What came of orders: as many outcomes as scopes; as many shortfalls as symbols and arrivals
    /// as orders, or none when nothing is measured.
    pub statistics: StatisticsMemory<'a>,
    /// The simulated venue, in the modes that have one.
    pub desk: Option<&'a mut Desk<'a>>,
}

impl Memory<'_> {
    /// The capacities that the slices give. Slices that belong together count by the shortest.
    #[must_use]
    pub fn capacity(&self) -> Capacity {
        let shortest = |lengths: &[usize]| {
            u32::try_from(lengths.iter().copied().min().unwrap_or(0)).unwrap_or(u32::MAX)
        };
        let (orders, positions) = (&self.orders.table, &self.positions.table);
        let triggers = &self.triggers;
        Capacity {
            orders: shortest(&[
                orders.slots.len(),
                orders.index.len(),
                orders.links.len(),
                self.orders.queue.len(),
                self.orders.deadlines.len(),
                self.orders.reducers.len(),
                self.sequences.orders(),
                self.reconcile.orders.len(),
            ]),
            symbols: shortest(&[
                self.symbols.len(),
                self.positions.totals.len(),
                self.sequences.symbols(),
                triggers.queues.len(),
                triggers.backlog.len(),
                self.reconcile.symbols.len(),
            ]),
            positions: shortest(&[
                positions.slots.len(),
                positions.index.len(),
                positions.links.len(),
                self.positions.of_symbol.len(),
            ]),
            triggers: shortest(&[
                triggers.slots.len(),
                triggers.nodes.len(),
                triggers.riders.len(),
                triggers.wakes.len(),
                triggers.links.len(),
                triggers.stalled.len(),
            ]),
            events: shortest(&[self.events.len()]),
            executions: shortest(&[self.executions.len(), self.execution_index.len()]),
            scopes: shortest(&[self.scopes.len(), self.statistics.outcomes.len()]),
            books: shortest(&[self.books.len(), self.book_index.len(), self.sequences.books()]),
            reserved0: 0,
            rate: shortest(&[self.rate.len().checked_div(self.scopes.len()).unwrap_or(0)]),
            symbol_rate: self.sequences.symbol_rate(),
            recent: self.sequences.recent(),
        }
    }
}

/// Static storage for an engine in Rust. The C side lends raw memory instead.
///
/// `Storage::<ORDERS, SYMBOLS, POSITIONS, TRIGGERS, EVENTS, EXECUTIONS, RATE, SCOPES, BOOKS,
/// SYMBOL_RATE, RECENT>` has a constant `new()`: it can stand in a `static`. Without SCOPES and
/// BOOKS there is the root alone; the last two are the defaults of [`Capacity`].
pub struct Storage<
    const ORDERS: usize,
    const SYMBOLS: usize,
    const POSITIONS: usize,
    const TRIGGERS: usize,
    const EVENTS: usize,
    const EXECUTIONS: usize,
    const RATE: usize,
    const SCOPES: usize = 1,
    const BOOKS: usize = 0,
    const SYMBOL_RATE: usize = 32,
    const RECENT: usize = 128,
> {
    kill: KillSwitch,
    orders: [Slot<Entry<Order>>; ORDERS],
    order_index: [IndexNode; ORDERS],
    order_links: [Links; ORDERS],
    order_queue: [Links; ORDERS],
    order_deadlines: [HeapNode; ORDERS],
    order_reducers: [Links; ORDERS],
    positions: [Slot<Entry<Position>>; POSITIONS],
    position_index: [IndexNode; POSITIONS],
    position_links: [Links; POSITIONS],
    position_of_symbol: [Links; POSITIONS],
    totals: [Totals; SYMBOLS],
    triggers: [Slot<Trigger>; TRIGGERS],
    trigger_nodes: [TreeNode; TRIGGERS],
    trigger_riders: [TrailNode; TRIGGERS],
    trigger_wakes: [TreeNode; TRIGGERS],
    trigger_links: [Links; TRIGGERS],
    trigger_stalled: [Links; TRIGGERS],
    queues: [Queues; SYMBOLS],
    backlog: [Links; SYMBOLS],
    symbols: [Place<Exposure>; SYMBOLS],
    scopes: [Scope; SCOPES],
    books: [ScopeBook; BOOKS],
    book_index: [IndexNode; BOOKS],
    executions: [Execution; EXECUTIONS],
    execution_index: [IndexNode; EXECUTIONS],
    events: [Event; EVENTS],
    rate: [[Nanos; RATE]; SCOPES],
    symbol_times: [[Nanos; SYMBOL_RATE]; SYMBOLS],
    symbol_noted: [u64; SYMBOLS],
    repeats: [[Repeats; 2]; SYMBOLS],
    book_times: [[Nanos; SYMBOL_RATE]; BOOKS],
    book_noted: [u64; BOOKS],
    book_repeats: [[Repeats; 2]; BOOKS],
    recent: [Recent; RECENT],
    resting: [[Tree; 2]; SYMBOLS],
    resting_nodes: [TreeNode; ORDERS],
    mentioned_orders: [u32; ORDERS],
    mentioned_symbols: [u32; SYMBOLS],
    statistics: StatisticsStorage<SCOPES, SYMBOLS, ORDERS>,
}

impl<
    const ORDERS: usize,
    const SYMBOLS: usize,
    const POSITIONS: usize,
    const TRIGGERS: usize,
    const EVENTS: usize,
    const EXECUTIONS: usize,
    const RATE: usize,
    const SCOPES: usize,
    const BOOKS: usize,
    const SYMBOL_RATE: usize,
    const RECENT: usize,
>
    Storage<
        ORDERS,
        SYMBOLS,
        POSITIONS,
        TRIGGERS,
        EVENTS,
        EXECUTIONS,
        RATE,
        SCOPES,
        BOOKS,
        SYMBOL_RATE,
        RECENT,
    >
{
    /// Empty storage.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            kill: KillSwitch::new(),
            orders: [const { Slot::new(Entry::new(Order::EMPTY)) }; ORDERS],
            order_index: [IndexNode::EMPTY; ORDERS],
            order_links: [Links::EMPTY; ORDERS],
            order_queue: [Links::EMPTY; ORDERS],
            order_deadlines: [HeapNode::EMPTY; ORDERS],
            order_reducers: [Links::EMPTY; ORDERS],
            positions: [const { Slot::new(Entry::new(Position::EMPTY)) }; POSITIONS],
            position_index: [IndexNode::EMPTY; POSITIONS],
            position_links: [Links::EMPTY; POSITIONS],
            position_of_symbol: [Links::EMPTY; POSITIONS],
            totals: [Totals::EMPTY; SYMBOLS],
            triggers: [const { Slot::new(Trigger::EMPTY) }; TRIGGERS],
            trigger_nodes: [TreeNode::EMPTY; TRIGGERS],
            trigger_riders: [TrailNode::EMPTY; TRIGGERS],
            trigger_wakes: [TreeNode::EMPTY; TRIGGERS],
            trigger_links: [Links::EMPTY; TRIGGERS],
            trigger_stalled: [Links::EMPTY; TRIGGERS],
            queues: [Queues::EMPTY; SYMBOLS],
            backlog: [Links::EMPTY; SYMBOLS],
            symbols: [Place::new(Exposure::EMPTY); SYMBOLS],
            scopes: [const { Scope::new(&BreakerConfig::DEFAULT) }; SCOPES],
            books: [ScopeBook::EMPTY; BOOKS],
            book_index: [IndexNode::EMPTY; BOOKS],
            executions: [Execution::EMPTY; EXECUTIONS],
            execution_index: [IndexNode::EMPTY; EXECUTIONS],
            events: [Event::EMPTY; EVENTS],
            rate: [[Nanos::ZERO; RATE]; SCOPES],
            symbol_times: [[Nanos::ZERO; SYMBOL_RATE]; SYMBOLS],
            symbol_noted: [0; SYMBOLS],
            repeats: [[Repeats::EMPTY; 2]; SYMBOLS],
            book_times: [[Nanos::ZERO; SYMBOL_RATE]; BOOKS],
            book_noted: [0; BOOKS],
            book_repeats: [[Repeats::EMPTY; 2]; BOOKS],
            recent: [Recent::EMPTY; RECENT],
            resting: [[Tree::EMPTY; 2]; SYMBOLS],
            resting_nodes: [TreeNode::EMPTY; ORDERS],
            mentioned_orders: [0; ORDERS],
            mentioned_symbols: [0; SYMBOLS],
            statistics: StatisticsStorage::new(),
        }
    }

    /// What an engine borrows. The kill switch may be kept beside the engine, to be thrown.
    pub fn lend(&mut self) -> (Memory<'_>, &KillSwitch) {
        let memory = Memory {
            orders: OrderMemory {
                table: RetainedMemory {
                    slots: &mut self.orders,
                    index: &mut self.order_index,
                    links: &mut self.order_links,
                },
                queue: &mut self.order_queue,
                deadlines: &mut self.order_deadlines,
                reducers: &mut self.order_reducers,
            },
            positions: PositionMemory {
                table: RetainedMemory {
                    slots: &mut self.positions,
                    index: &mut self.position_index,
                    links: &mut self.position_links,
                },
                totals: &mut self.totals,
                of_symbol: &mut self.position_of_symbol,
            },
            triggers: TriggerMemory {
                slots: &mut self.triggers,
                nodes: &mut self.trigger_nodes,
                riders: &mut self.trigger_riders,
                wakes: &mut self.trigger_wakes,
                links: &mut self.trigger_links,
                stalled: &mut self.trigger_stalled,
                queues: &mut self.queues,
                backlog: &mut self.backlog,
            },
            symbols: &mut self.symbols,
            scopes: &mut self.scopes,
            books: &mut self.books,
            book_index: &mut self.book_index,
            executions: &mut self.executions,
            execution_index: &mut self.execution_index,
            events: &mut self.events,
            rate: self.rate.as_flattened_mut(),
            sequences: SequenceMemory {
                times: self.symbol_times.as_flattened_mut(),
                noted: &mut self.symbol_noted,
                repeats: &mut self.repeats,
                book_times: self.book_times.as_flattened_mut(),
                book_noted: &mut self.book_noted,
                book_repeats: &mut self.book_repeats,
                recent: &mut self.recent,
                resting: &mut self.resting,
                nodes: &mut self.resting_nodes,
            },
            reconcile: ReconcileMemory {
                orders: &mut self.mentioned_orders,
                symbols: &mut self.mentioned_symbols,
            },
            statistics: self.statistics.lend(),
            desk: None,
        };
        (memory, &self.kill)
    }
}

impl<
    const ORDERS: usize,
    const SYMBOLS: usize,
    const POSITIONS: usize,
    const TRIGGERS: usize,
    const EVENTS: usize,
    const EXECUTIONS: usize,
    const RATE: usize,
    const SCOPES: usize,
    const BOOKS: usize,
    const SYMBOL_RATE: usize,
    const RECENT: usize,
> Default
    for Storage<
        ORDERS,
        SYMBOLS,
        POSITIONS,
        TRIGGERS,
        EVENTS,
        EXECUTIONS,
        RATE,
        SCOPES,
        BOOKS,
        SYMBOL_RATE,
        RECENT,
    >
{
    fn default() -> Self {
        Self::new()
    }
}
