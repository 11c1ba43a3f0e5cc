//! The model's state: plain records in vectors that only grow.

use std::collections::VecDeque;

use oms_core::engine::Config;
use oms_core::market::LimitsSet;
use oms_core::order::{OrderAdopt, OrderSubmit};
use oms_core::status::{Check, EventKind};

use crate::conditions::Conditions;
use crate::executions::{Exec, Part};
use crate::held::Held;
use crate::reconcile::Rounds;
use crate::scopes::{Book, Scope};
use crate::tally::Tallied;
use crate::trailing::Trailing;
use crate::values::{Groups, Trade};

/// Index of an order, position or trigger in its vector.
pub(crate) type Key = usize;

/// One order: the facts.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) client_id: u64,
    pub(crate) tag: u64,
    pub(crate) position: Option<Key>,
    pub(crate) trigger: Option<Key>,
    pub(crate) sym: usize,
    pub(crate) scope: usize,
    pub(crate) buy: bool,
    pub(crate) order_type: u8,
    pub(crate) tif: u8,
    pub(crate) flags: u32,
    pub(crate) venue: u32,
    pub(crate) expire_at: u64,
    pub(crate) qty: i64,
    pub(crate) price: i64,
    pub(crate) cum: i64,
    pub(crate) notional: i128,
    pub(crate) commission: i64,
    pub(crate) sent: bool,
    pub(crate) acked: bool,
    pub(crate) cancel: Option<u64>,
    pub(crate) replace: Option<(u64, i64, i64)>,
    pub(crate) end: u8,
    pub(crate) marks: u32,
    pub(crate) new_waits: bool,
    pub(crate) replace_waits: bool,
    pub(crate) cancel_waits: bool,
    /// Place in the queue of orders with commands.
    pub(crate) queued: u64,
    /// Place among the ended.
    pub(crate) ended: u64,
    pub(crate) in_table: bool,
    /// Why a position it closes was closed.
    pub(crate) exit: u8,
    /// The request, to know an identical one; none for orders of the engine.
    pub(crate) terms: Option<OrderSubmit>,
    /// Names a position, or none was named.
    pub(crate) named: bool,
    /// Swept by a kill.
    pub(crate) to_kill: bool,
    /// The last kill has reached it.
    pub(crate) reached: bool,
    /// Holds room for a position until it ends.
    pub(crate) holding: bool,
    /// Place among the live.
    pub(crate) live_at: u64,
    /// What stops, links, brackets and deadlines need.
    pub(crate) held: Held,
    pub(crate) suspended: bool,
    pub(crate) done_for_day: bool,
    pub(crate) triggered: bool,
    /// Held by the venue until its trigger price.
    pub(crate) venue_held: bool,
    /// Inferred from the venue's total and not reported one by one: part of cum.
    pub(crate) gap_qty: i64,
    pub(crate) gap_value: i128,
    /// One of its executions is not kept any more.
    pub(crate) forgot: bool,
    pub(crate) retries: u32,
    /// Unsent: when it is sent again. Sent: when its cancel is asked for again.
    pub(crate) retry_at: u64,
    /// Cancels of the engine's own that were refused, and whether the last one was.
    pub(crate) refusals: u32,
    pub(crate) cancel_refused: bool,
    /// The last cancel that was asked for.
    pub(crate) last_cancel: u64,
    /// What of it was realised, which position it moved last, and whether it took lots from that.
    pub(crate) gap_realised: i128,
    pub(crate) gap_at: Option<(Key, bool)>,
    /// The request that took it over.
    pub(crate) adopted: Option<OrderAdopt>,
    /// The rounds of probes that it passed in: scope and round.
    pub(crate) probes: Vec<(usize, u32)>,
    /// Price it was valued at, without one of its own.
    pub(crate) valued: Option<i64>,
}

/// What a status is called, as its number.
pub(crate) mod st {
    pub(crate) const PENDING: u8 = 0;
    pub(crate) const SUBMITTED: u8 = 1;
    pub(crate) const OPEN: u8 = 2;
    pub(crate) const PART: u8 = 3;
    pub(crate) const FILLED: u8 = 4;
    pub(crate) const CANCELLED: u8 = 5;
    pub(crate) const REJECTED: u8 = 6;
    pub(crate) const EXPIRED: u8 = 7;
    pub(crate) const FAILED: u8 = 8;
    pub(crate) const PENDING_CANCEL: u8 = 9;
    pub(crate) const PENDING_REPLACE: u8 = 10;
    pub(crate) const SUSPENDED: u8 = 11;
    pub(crate) const DONE_FOR_DAY: u8 = 12;
}

pub(crate) const END_NONE: u8 = 0;
pub(crate) const END_CANCEL: u8 = 1;
pub(crate) const END_REJECT: u8 = 2;
pub(crate) const END_EXPIRE: u8 = 3;
pub(crate) const END_FAIL: u8 = 4;

/// One position and the executions' sums.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    pub(crate) sym: usize,
    pub(crate) scope: usize,
    pub(crate) long: bool,
    pub(crate) qty: i64,
    pub(crate) cost: i128,
    pub(crate) realised: i128,
    pub(crate) entered: i64,
    pub(crate) entry_value: i128,
    pub(crate) exited: i64,
    pub(crate) exit_value: i128,
    pub(crate) commission: i64,
    pub(crate) tag: u64,
    pub(crate) opened_by: Option<Key>,
    pub(crate) exit: u8,
    pub(crate) closed: u64,
    pub(crate) in_table: bool,
    /// Stands in its symbol's own slot.
    pub(crate) net: bool,
    pub(crate) opened_at: u64,
    pub(crate) closed_at: u64,
    /// Its outcome is in the statistics.
    pub(crate) counted: bool,
    /// To be closed by a flatten; it waits for the clock with that.
    pub(crate) flatten: bool,
    pub(crate) stalled: bool,
    /// The walk of a flatten comes by; its place among the open ones.
    pub(crate) to_walk: bool,
    pub(crate) live_at: u64,
    /// The rounds of the probes that executed in it.
    pub(crate) probes: Vec<(usize, u32)>,
}

/// One stop or target.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    /// None: it holds an order.
    pub(crate) position: Option<Key>,
    pub(crate) sym: usize,
    pub(crate) dir: usize,
    pub(crate) level: i64,
    pub(crate) qty: i64,
    pub(crate) left: i64,
    pub(crate) tag: u64,
    pub(crate) venue: u32,
    pub(crate) kind: u8,
    pub(crate) close: bool,
    pub(crate) fired: bool,
    pub(crate) fired_at: u64,
    pub(crate) order: Option<Key>,
    pub(crate) place: u64,
    pub(crate) stalled: u64,
    pub(crate) gone: bool,
    /// The distance of a trailing stop.
    pub(crate) trailing: Option<Trailing>,
    /// The entry whose leg it is.
    pub(crate) entry: Option<Key>,
    /// The other leg of the bracket.
    pub(crate) other: Option<Key>,
    /// Fired, while its sibling closes.
    pub(crate) waiting: bool,
}

/// One symbol.
#[derive(Clone, Debug)]
pub(crate) struct Sym {
    pub(crate) name: [u8; 32],
    pub(crate) num: i128,
    pub(crate) den: i128,
    pub(crate) flags: u32,
    pub(crate) limits: Option<LimitsSet>,
    pub(crate) conditions: Conditions,
    /// Checks that were warned of.
    pub(crate) warned: Vec<Check>,
    pub(crate) quote: Option<(i64, i64, u64)>,
    pub(crate) last: Option<(i64, u64)>,
    pub(crate) close: Option<(i64, u64)>,
    pub(crate) mark: Option<i64>,
    /// OMS_TRIGGER_SOURCE_*.
    pub(crate) source: u8,
    /// Of each direction what is not worked off.
    pub(crate) reached: [Option<Reached>; 4],
}

/// A price that came and is not worked off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The farthest, by which triggers fire.
    pub(crate) price: i64,
    /// The one that trailing stops have followed.
    pub(crate) high: i64,
    pub(crate) arrival: u64,
    /// The last one, for trailing stops to follow.
    pub(crate) last: Option<i64>,
}

impl Sym {
    pub(crate) fn hedged(&self) -> bool {
        self.flags & 1 != 0
    }
}

/// An event as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ev {
    pub(crate) kind: EventKind,
    pub(crate) code: Option<u32>,
    pub(crate) order: Option<Key>,
    pub(crate) position: Option<Key>,
    pub(crate) trigger: Option<Key>,
    pub(crate) qty: Option<i64>,
    pub(crate) price: Option<i64>,
    pub(crate) value: Option<i64>,
    pub(crate) mask: Option<u64>,
    pub(crate) exec_id: Option<u64>,
    /// Limit and observed.
    pub(crate) limits: Option<(i64, i64)>,
    pub(crate) scope: Option<usize>,
    pub(crate) symbol: Option<u32>,
}

impl Ev {
    pub(crate) fn new(kind: EventKind) -> Self {
        Self {
            kind,
            code: None,
            order: None,
            position: None,
            trigger: None,
            qty: None,
            price: None,
            value: None,
            mask: None,
            exec_id: None,
            limits: None,
            scope: None,
            symbol: None,
        }
    }

    pub(crate) fn of(kind: EventKind, scope: usize) -> Self {
        Self { scope: Some(scope), ..Self::new(kind) }
    }
}

/// A command as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cmd {
    pub(crate) kind: u8,
    pub(crate) order: Key,
    pub(crate) request_id: u64,
    pub(crate) qty: i64,
    pub(crate) price: i64,
    /// Order type, stop price, offset and ratio.
    pub(crate) stop: (u8, i64, i64, i64),
}

/// Everything.
pub(crate) struct World {
    pub(crate) config: Config,
    pub(crate) now: u64,
    pub(crate) clock_back: u64,
    pub(crate) syms: Vec<Sym>,
    pub(crate) orders: Vec<Order>,
    pub(crate) positions: Vec<Position>,
    pub(crate) triggers: Vec<Trigger>,
    /// Execution ids that are recognised again, oldest first.
    pub(crate) execs: VecDeque<Exec>,
    /// Executions kept so far.
    pub(crate) kept: u64,
    /// What executions have brought; never shrinks.
    pub(crate) parts: Vec<Part>,
    pub(crate) scopes: Vec<Scope>,
    /// In the order in which they were made.
    pub(crate) books: Vec<Book>,
    pub(crate) seq: crate::sequences::Sequences,
    pub(crate) states: crate::kill::States,
    pub(crate) thrown: bool,
    pub(crate) killing: bool,
    /// Orders there were at the last kill.
    pub(crate) killed: usize,
    /// The parent that the next request names.
    pub(crate) named_parent: Option<Key>,
    pub(crate) ignored: u64,
    pub(crate) own_ids: u64,
    pub(crate) counter: u64,
    pub(crate) sequence: u64,
    pub(crate) backlog: VecDeque<usize>,
    pub(crate) events: VecDeque<Ev>,
    /// Places where all orders there were, so many, are to be cancelled.
    pub(crate) swept: Vec<(crate::clearing::Place, usize)>,
    pub(crate) clearings: crate::clearing::Clearings,
    /// The switch asks for closing too, and that was not noticed yet.
    pub(crate) flatten_thrown: bool,
    /// Largest client id accepted.
    pub(crate) last_id: u64,
    /// In the middle of a correction.
    pub(crate) correcting: bool,
    /// Orders that were executed, until their partners are looked at.
    pub(crate) executed: Vec<Key>,
    /// Positions whose quantity changed, until what reduces them is looked at.
    pub(crate) touched: Vec<Key>,
    /// The last timer had more deadlines than it could meet.
    pub(crate) deadlines_left: bool,
    /// Executions and what became of them.
    pub(crate) trades: Vec<Trade>,
    pub(crate) groups: Groups,
    /// Symbol of an entry that was executed, and whether new legs may be crossed already.
    pub(crate) fire_due: Option<(usize, bool)>,
    /// Reconciliation.
    pub(crate) rounds: Rounds,
    pub(crate) tally: Tallied,
}

pub(crate) fn floor(a: i128, b: i128) -> i128 {
    let q = a / b;
    if a % b != 0 && (a < 0) != (b < 0) { q - 1 } else { q }
}

pub(crate) fn ceil(a: i128, b: i128) -> i128 {
    -floor(-a, b)
}

pub(crate) fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl World {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            config: *config,
            now: 0,
            clock_back: 0,
            syms: Vec::new(),
            orders: Vec::new(),
            positions: Vec::new(),
            triggers: Vec::new(),
            execs: VecDeque::new(),
            kept: 0,
            parts: Vec::new(),
            scopes: vec![Scope::root(config.breaker, config.starting_balance.0)],
            books: Vec::new(),
            seq: Default::default(),
            states: Default::default(),
            thrown: false,
            killing: false,
            killed: 0,
            named_parent: None,
            ignored: 0,
            own_ids: config.id_base,
            counter: 0,
            sequence: 0,
            backlog: VecDeque::new(),
            events: VecDeque::new(),
            swept: Vec::new(),
            clearings: Default::default(),
            flatten_thrown: false,
            last_id: 0,
            correcting: false,
            executed: Vec::new(),
            touched: Vec::new(),
            deadlines_left: false,
            trades: Vec::new(),
            groups: Groups::default(),
            fire_due: None,
            rounds: Rounds::new(),
            tally: Tallied::new(),
        }
    }

    pub(crate) fn tick(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    pub(crate) fn emit(&mut self, mut event: Ev) {
        let order = event.order.map(|key| self.orders[key].scope);
        let position = event.position.map(|key| self.positions[key].scope);
        event.scope = event.scope.or(order).or(position);
        if let Some(t) = event.trigger.map(|key| &self.triggers[key])
            && event.scope.is_none()
        {
            // Of a position, or of a held order.
            let position = t.position.map(|key| self.positions[key].scope);
            event.scope = position.or(t.order.map(|key| self.orders[key].scope));
        }
        if self.events.len() == self.config.capacity.events as usize {
            self.events.pop_front();
        }
        self.events.push_back(event);
    }

    pub(crate) fn common_den(&self) -> i128 {
        self.syms.iter().fold(1, |den, s| den / gcd(den, s.den) * s.den)
    }

    pub(crate) fn scale(&self, sym: usize) -> i128 {
        let s = &self.syms[sym];
        self.common_den() / s.den * s.num
    }

    /// Σ working lots of live orders of a side.
    pub(crate) fn working(&self, sym: usize, buy: bool, scope: usize) -> i128 {
        self.reserved(&[], |o| o.sym == sym && o.buy == buy && self.within(o.scope, scope))
    }

    /// Marks of longs and shorts.
    pub(crate) fn marks(&self, sym: usize) -> Option<(i64, i64)> {
        let s = &self.syms[sym];
        if s.flags & 4 != 0 {
            s.last.map(|(last, _)| (last, last))
        } else {
            s.quote.map(|(bid, ask, _)| (bid, ask))
        }
    }

    pub(crate) fn unrealised_of(&self, p: &Position) -> i128 {
        let Some((bid, ask)) = self.marks(p.sym) else { return 0 };
        let qty = i128::from(p.qty);
        if p.long { qty * i128::from(bid) - p.cost } else { p.cost - qty * i128::from(ask) }
    }

    pub(crate) fn net_position(&self, sym: usize, scope: usize) -> Option<Key> {
        if self.syms[sym].hedged() { None } else { self.own_slot(sym, scope) }
    }

    /// The open position in the slot that a symbol has in a scope.
    pub(crate) fn own_slot(&self, sym: usize, scope: usize) -> Option<Key> {
        let own = |p: &Position| p.sym == sym && p.scope == scope && p.qty > 0 && p.net;
        self.positions.iter().position(own)
    }

    /// Σ working lots of live orders that reduce a position by name.
    pub(crate) fn closing(&self, position: Key) -> i64 {
        self.reserved(&[], |o| self.closes(o, position)) as i64
    }

    pub(crate) fn open_triggers(&self, position: Key) -> Vec<Key> {
        let of = |k: &Key| self.triggers[*k].position == Some(position) && !self.triggers[*k].gone;
        (0..self.triggers.len()).filter(of).collect()
    }

    /// Order slots that triggers own: each that closes and has no order under way.
    pub(crate) fn owned_slots(&self) -> usize {
        let open = |k: usize| self.orders.get(k).is_none_or(|o| !o.terminal());
        let under_way = |t: &Trigger| t.order.is_some_and(open);
        self.triggers.iter().filter(|t| !t.gone && t.close && !under_way(t)).count()
    }

    pub(crate) fn live_orders(&self) -> usize {
        self.orders.iter().filter(|o| o.live()).count()
    }

    /// Live orders that hold room for a position.
    pub(crate) fn holders(&self) -> usize {
        self.orders.iter().filter(|o| self.holds_room(o)).count()
    }

    pub(crate) fn holds_room(&self, o: &Order) -> bool {
        o.in_table && o.holding && o.position.is_none()
    }

    /// Order slots that nobody has a claim on.
    pub(crate) fn free_orders(&self) -> usize {
        let taken = self.live_orders() + self.owned_slots() + self.reserved_legs();
        (self.config.capacity.orders as usize).saturating_sub(taken)
    }

    pub(crate) fn has_order_room(&self) -> bool {
        self.free_orders() > 0
    }

    /// Slots for positions that nobody has a claim on.
    pub(crate) fn position_room(&self) -> usize {
        let capacity = &self.config.capacity;
        let all = (capacity.positions - capacity.symbols) as usize;
        let open = self.positions.iter().filter(|p| p.qty > 0 && !p.net);
        all.saturating_sub(open.count() + self.holders() + self.books.len())
    }

    pub(crate) fn has_position_room(&self) -> bool {
        self.position_room() > 0
    }

    pub(crate) fn find_order(&self, client_id: u64) -> Option<Key> {
        self.orders.iter().position(|o| o.in_table && o.client_id == client_id)
    }
}
