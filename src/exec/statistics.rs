//! What came of the orders that were handed out: how they ended, how long that took, and what was
//! paid beyond the price there was when they left.
#![forbid(unsafe_code)]

use crate::num::{Lots, Nanos, TickLots, Ticks, div_floor};
use crate::order::Order;
use crate::status::{Hold, OrderEnd, OrderFact, OrderMark, Side, TimeInForce};
use crate::store::{Hash64, Id, at};

/// What has become of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is live, was never handed out, or is another system's.
    Open,
    /// It has ended, and something was executed.
    Executed,
    /// It has ended with nothing executed: refused by the venue, not sent, expired, or an IOC or
    /// FOK order that found nothing.
    Failed,
    /// It was cancelled with nothing executed.
    Cancelled,
}

impl Fate {
    /// By the facts of an order, as they are now.
    #[must_use]
    pub const fn of(order: &Order) -> Self {
        let left = order.is(OrderFact::Sent) || order.retries > 0;
        if !order.is_terminal() || !left || OrderMark::Foreign.is_in(order.marks) {
            return Self::Open;
        }
        if order.cum_qty.0 > order.carried_qty.0 {
            return Self::Executed;
        }
        match (order.end, order.time_in_force) {
            (OrderEnd::Cancel, TimeInForce::Ioc | TimeInForce::Fok)
            | (OrderEnd::Reject | OrderEnd::Fail | OrderEnd::Expire, _) => Self::Failed,
            (OrderEnd::Cancel | OrderEnd::None, _) => Self::Cancelled,
        }
    }
}

/// Times that something took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// How often.
    pub count: u64,
    /// Σ, nanoseconds.
    pub sum: i128,
    /// The longest, nanoseconds.
    pub worst: u64,
}

impl Times {
    /// None.
    pub const NONE: Self = Self { count: 0, sum: 0, worst: 0 };

    /// Once more. O(1).
    pub fn note(&mut self, nanos: u64) {
        self.count = self.count.wrapping_add(1);
        self.sum = self.sum.saturating_add(i128::from(nanos));
        self.worst = self.worst.max(nanos);
    }

    fn feed(&self, hash: &mut Hash64) {
        hash.word(self.count);
        hash.words_i128(self.sum);
        hash.word(self.worst);
    }
}

/// What came of the orders of one scope and those in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Orders handed out for the first time.
    pub sent: u64,
    /// Orders by their fate.
    pub executed: u64,
    /// Likewise.
    pub failed: u64,
    /// Likewise.
    pub cancelled: u64,
    /// Times that an order was to be handed out again because it had not left.
    pub retries: u64,
    /// Times that nobody knew whether an order had left.
    pub in_doubt: u64,
    /// From submission to the venue's first word.
    pub acks: Times,
    /// From submission to the end of an order of which something was executed.
    pub ends: Times,
    /// Paid beyond the arrival price, in the common unit of all symbols.
    pub paid: i128,
    /// What was executed at the arrival price, in the same unit, without sign.
    pub value: i128,
    /// The most that one execution paid beyond it, in the same unit.
    pub worst: i128,
    /// Executions that were measured.
    pub executions: u64,
}

impl Outcomes {
    /// Nothing.
    pub const NONE: Self = Self {
        sent: 0,
        executed: 0,
        failed: 0,
        cancelled: 0,
        retries: 0,
        in_doubt: 0,
        acks: Times::NONE,
        ends: Times::NONE,
        paid: 0,
        value: 0,
        worst: 0,
        executions: 0,
    };

    /// One more order has come to this end; one less, when what was thought its end was none.
    pub const fn count(&mut self, fate: Fate, more: bool) {
        let count = match fate {
            Fate::Open => return,
            Fate::Executed => &mut self.executed,
            Fate::Failed => &mut self.failed,
            Fate::Cancelled => &mut self.cancelled,
        };
        *count = if more { count.wrapping_add(1) } else { count.wrapping_sub(1) };
    }

    fn rescale(&mut self, factor: i128) {
        for sum in [&mut self.paid, &mut self.value, &mut self.worst] {
            *sum = sum.saturating_mul(factor);
        }
    }

    fn feed(&self, filled: u64, hash: &mut Hash64) {
        let Self { sent, executed, failed, cancelled, retries, in_doubt, .. } = *self;
        let executed = executed.wrapping_add(filled);
        for word in [sent, executed, failed, cancelled, retries, in_doubt, self.executions] {
            hash.word(word);
        }
        self.acks.feed(hash);
        self.ends.feed(hash);
        for sum in [self.paid, self.value, self.worst] {
            hash.words_i128(sum);
        }
    }
}

/// What was paid beyond the arrival price in one symbol, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shortfall {
    /// Lots × ticks beyond it.
    pub paid: TickLots,
    /// Lots × arrival price, without sign.
    pub value: TickLots,
    /// Lots executed.
    pub lots: i128,
    /// Executions.
    pub executions: u64,
    /// The most that one execution paid beyond it a lot, ticks.
    pub worst: Ticks,
}

impl Shortfall {
    /// Nothing.
    pub const NONE: Self = Self { paid: 0, value: 0, lots: 0, executions: 0, worst: Ticks::ZERO };

    /// With one more execution, or a change of one.
    pub fn add(&mut self, deal: &Measured) {
        self.paid = self.paid.saturating_add(deal.paid);
        self.value = self.value.saturating_add(deal.value);
        self.lots = self.lots.saturating_add(i128::from(deal.qty.0));
    }

    fn feed(&self, hash: &mut Hash64) {
        for sum in [self.paid, self.value, self.lots] {
            hash.words_i128(sum);
        }
        hash.word(self.executions);
        hash.i64(self.worst.0);
    }
}

/// An execution, or a change of one, held against the arrival price of its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Lots; negative when some are taken back.
    pub qty: Lots,
    /// Lots × ticks beyond it.
    pub paid: TickLots,
    /// Lots × arrival price, without sign.
    pub value: TickLots,
}

impl Measured {
    /// `qty` lots for `value`, against this price.
    #[must_use]
    pub fn new(side: Side, qty: Lots, value: TickLots, arrival: Ticks) -> Self {
        let fair = arrival.times(qty);
        let paid = match side {
            Side::Buy => value.saturating_sub(fair),
            Side::Sell => fair.saturating_sub(value),
        };
        // The same sign as the quantity: what is taken back is taken from the sum.
        let value = Ticks(arrival.0.saturating_abs()).times(qty);
        Self { qty, paid, value }
    }
}

/// The price there was when an order left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// Which order, by its id: that of the slot, or of one that had it before.
    pub order: Id,
    /// The best price of the other side.
    pub price: Ticks,
}

impl Arrival {
    /// Fills unused memory.
    pub const EMPTY: Self = Self { order: Id::NONE, price: Ticks::ZERO };
}

/// Memory of the statistics.
pub struct StatisticsMemory<'a> {
    /// For each scope.
    pub outcomes: &'a mut [Outcomes],
    /// For each symbol; none when nothing is measured.
    pub shortfalls: &'a mut [Shortfall],
    /// For each order; none when nothing is measured.
    pub arrivals: &'a mut [Arrival],
}

impl StatisticsMemory<'_> {
    /// Whether so many orders and symbols can be measured.
    #[must_use]
    pub fn has_room(&self, orders: u32, symbols: u32) -> bool {
        self.arrivals.len() >= at(orders) && self.shortfalls.len() >= at(symbols)
    }
}

/// Static storage of the statistics of an engine in Rust.
pub struct StatisticsStorage<const SCOPES: usize, const SYMBOLS: usize, const ORDERS: usize> {
    outcomes: [Outcomes; SCOPES],
    shortfalls: [Shortfall; SYMBOLS],
    arrivals: [Arrival; ORDERS],
}

impl<const SCOPES: usize, const SYMBOLS: usize, const ORDERS: usize>
    StatisticsStorage<SCOPES, SYMBOLS, ORDERS>
{
    /// Empty storage.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            outcomes: [Outcomes::NONE; SCOPES],
            shortfalls: [Shortfall::NONE; SYMBOLS],
            arrivals: [Arrival::EMPTY; ORDERS],
        }
    }

    /// What an engine borrows.
    pub const fn lend(&mut self) -> StatisticsMemory<'_> {
        StatisticsMemory {
            outcomes: &mut self.outcomes,
            shortfalls: &mut self.shortfalls,
            arrivals: &mut self.arrivals,
        }
    }
}

impl<const SCOPES: usize, const SYMBOLS: usize, const ORDERS: usize> Default
    for StatisticsStorage<SCOPES, SYMBOLS, ORDERS>
{
    fn default() -> Self {
        Self::new()
    }
}

/// The statistics of execution.
pub struct Statistics<'a> {
    outcomes: &'a mut [Outcomes],
    shortfalls: &'a mut [Shortfall],
    arrivals: &'a mut [Arrival],
    /// Orders of no scope but the root that were filled and are not among the outcomes.
    filled: u64,
    /// The same that were handed out.
    sent: u64,
    /// Whether times and prices are measured.
    measures: bool,
}

impl<'a> Statistics<'a> {
    /// Nothing was counted yet; what the memory holds does not matter.
    #[must_use]
    pub fn new(memory: StatisticsMemory<'a>, measures: bool) -> Self {
        let StatisticsMemory { outcomes, shortfalls, arrivals } = memory;
        outcomes.fill(Outcomes::NONE);
        shortfalls.fill(Shortfall::NONE);
        arrivals.fill(Arrival::EMPTY);
        Self { outcomes, shortfalls, arrivals, filled: 0, sent: 0, measures }
    }

    /// Whether times and prices are measured.
    #[inline]
    #[must_use]
    pub const fn measures(&self) -> bool {
        self.measures
    }

    /// An order of the root that is not measured was filled.
    #[inline(always)] // One instruction.
    pub const fn note_filled(&mut self) {
        self.filled = self.filled.wrapping_add(1);
    }

    /// An order that is not measured was handed out; scopes below the root count it besides.
    #[inline(always)] // One instruction.
    pub const fn note_sent(&mut self) {
        self.sent = self.sent.wrapping_add(1);
    }

    /// It was handed out before.
    pub const fn unnote_sent(&mut self) {
        self.sent = self.sent.wrapping_sub(1);
    }

    /// Changes the counts of a scope.
    pub fn outcomes_mut(&mut self, scope: u32) -> Option<&mut Outcomes> {
        self.outcomes.get_mut(at(scope))
    }

    /// What came of the orders of a scope and those in it; `None` for a scope beyond the memory.
    #[must_use]
    pub fn outcomes(&self, scope: u32) -> Option<Outcomes> {
        let counts = *self.outcomes.get(at(scope))?;
        let (sent, filled) = if scope == 0 { (self.sent, self.filled) } else { (0, 0) };
        Some(Outcomes {
            sent: counts.sent.wrapping_add(sent),
            executed: counts.executed.wrapping_add(filled),
            ..counts
        })
    }

    /// What was paid in a symbol.
    #[must_use]
    pub fn shortfall(&self, symbol: u32) -> Shortfall {
        self.shortfalls.get(at(symbol)).copied().unwrap_or_default()
    }

    /// Notes at which price an order leaves.
    pub fn arrive(&mut self, slot: u32, order: Id, price: Ticks) {
        if let Some(place) = self.arrivals.get_mut(at(slot)) {
            *place = Arrival { order, price };
        }
    }

    /// An execution of the order in a slot, or a change of one, against the price at which the
    /// order left; `None` when there was none.
    #[must_use]
    pub fn measure(
        &self,
        slot: u32,
        order: &Order,
        qty: Lots,
        value: TickLots,
    ) -> Option<Measured> {
        let arrival = self.arrivals.get(at(slot)).filter(|arrival| arrival.order == order.id)?;
        Some(Measured::new(order.side, qty, value, arrival.price))
    }

    /// Counts it for the symbol; a new execution may be the worst.
    pub fn add(&mut self, symbol: u32, deal: &Measured, is_new: bool) {
        let Some(sum) = self.shortfalls.get_mut(at(symbol)) else { return };
        sum.add(deal);
        if is_new {
            sum.executions = sum.executions.wrapping_add(1);
            let each = div_floor(deal.paid, i128::from(deal.qty.0)).unwrap_or(0);
            let each = Ticks(i64::try_from(each).unwrap_or(i64::MAX));
            sum.worst = sum.worst.max(each);
        }
    }

    /// The common unit is so many times finer.
    pub fn rescale(&mut self, factor: i64) {
        for outcomes in &mut *self.outcomes {
            outcomes.rescale(i128::from(factor));
        }
    }

    /// Feeds all of it. O(scopes + symbols + orders).
    pub fn feed(&self, hash: &mut Hash64) {
        for (scope, counts) in (0_u32..).zip(self.outcomes.iter()) {
            let (filled, sent) = if scope == 0 { (self.filled, self.sent) } else { (0, 0) };
            let counts = Outcomes { sent: counts.sent.wrapping_add(sent), ..*counts };
            counts.feed(filled, hash);
        }
        if !self.measures {
            return;
        }
        for sum in self.shortfalls.iter() {
            sum.feed(hash);
        }
        for arrival in self.arrivals.iter() {
            hash.word(arrival.order.0);
            hash.i64(arrival.price.0);
        }
    }
}

/// Nanoseconds since an order was submitted; of one that was held here, since it was handed out.
#[must_use]
pub fn waited(order: &Order, now: Nanos) -> u64 {
    let held = matches!(order.hold, Hold::Core) && order.order_type.is_stop();
    now.since(if held { order.sent_at } else { order.created_at })
}
