//! What came of orders is counted: in all, and in the scopes that they lie in.
#![forbid(unsafe_code)]

use super::Engine;
use crate::exec::{ExecutionStatsView, Fate, Outcomes, ShortfallView, waited};
use crate::num::{Lots, TickLots};
use crate::order::Booking;
use crate::status::{Side, Status};

impl Engine<'_> {
    /// Every scope that an order of this one counts in counts it.
    fn count_outcome(&mut self, scope: u32, count: impl Fn(&mut Outcomes)) {
        for number in self.path(scope).all() {
            if let Some(outcomes) = self.statistics.outcomes_mut(number) {
                count(outcomes);
            }
        }
    }

    /// An order that is not measured was handed out; the root has counted it. What is handed out
    /// again does not count.
    #[cold]
    #[inline(never)]
    pub(super) fn count_sent_below(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        let (scope, retries) = (order.scope, order.retries);
        if retries > 0 {
            self.statistics.unnote_sent();
            return;
        }
        for number in self.path(scope).below() {
            if let Some(outcomes) = self.statistics.outcomes_mut(number) {
                outcomes.sent = outcomes.sent.wrapping_add(1);
            }
        }
    }

    /// NEW of an order is handed out, by the long way.
    #[inline(never)]
    pub(super) fn note_handed_out(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        // What is handed out again is where it is: with the market of the first time.
        if order.retries > 0 {
            return;
        }
        let (id, scope, number, side) = (order.id, order.scope, order.symbol, order.side);
        self.count_outcome(scope, |outcomes| outcomes.sent = outcomes.sent.wrapping_add(1));
        if !self.statistics.measures() {
            return;
        }
        let market = self.symbols.get(number).map(|symbol| &symbol.market);
        if let Some(market) = market.filter(|market| market.is_quoted) {
            let price = match side {
                Side::Buy => market.ask,
                Side::Sell => market.bid,
            };
            self.statistics.arrive(slot, id, price);
        }
    }

    /// An order has come to another end, or to none.
    #[inline(never)]
    pub(super) fn count_fate(&mut self, slot: u32, before: Fate, after: Fate) {
        let Some(order) = self.orders.get(slot) else { return };
        let (scope, time) = (order.scope, waited(order, self.now));
        let ends = after == Fate::Executed && self.statistics.measures();
        self.count_outcome(scope, |outcomes| {
            outcomes.count(before, false);
            outcomes.count(after, true);
            if ends {
                outcomes.ends.note(time);
            }
        });
    }

    /// The venue has said that it has an order.
    #[inline(never)]
    pub(super) fn note_acked(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot).filter(|_| self.statistics.measures()) else {
            return;
        };
        let (scope, time) = (order.scope, waited(order, self.now));
        self.count_outcome(scope, |outcomes| outcomes.acks.note(time));
    }

    /// An order is to be handed out again.
    pub(super) fn count_retry(&mut self, scope: u32) {
        self.count_outcome(scope, |outcomes| {
            outcomes.retries = outcomes.retries.wrapping_add(1);
        });
    }

    /// Nobody knows whether an order has left.
    pub(super) fn count_in_doubt(&mut self, slot: u32) {
        let scope = self.orders.get(slot).map_or(0, |order| order.scope);
        self.count_outcome(scope, |outcomes| {
            outcomes.in_doubt = outcomes.in_doubt.wrapping_add(1);
        });
    }

    /// An execution of an order was booked: against the price there was when it left.
    #[inline(never)]
    pub(super) fn measure_fill(&mut self, slot: u32, fill: &Booking) {
        self.measure(slot, fill.qty, fill.value, true);
    }

    /// What was booked of one has changed by this.
    #[inline(never)]
    pub(super) fn measure_change(&mut self, slot: u32, change: &Booking) {
        self.measure(slot, change.qty, change.value, false);
    }

    fn measure(&mut self, slot: u32, qty: Lots, value: TickLots, is_new: bool) {
        let Some(order) = self.orders.get(slot).filter(|_| self.statistics.measures()) else {
            return;
        };
        let (scope, symbol) = (order.scope, order.symbol);
        let Some(deal) = self.statistics.measure(slot, order, qty, value) else { return };
        self.statistics.add(symbol, &deal, is_new);
        let scale = self.symbols.get(symbol).map_or(0, |symbol| i128::from(symbol.scale));
        let (paid, value) = (deal.paid.saturating_mul(scale), deal.value.saturating_mul(scale));
        self.count_outcome(scope, |outcomes| {
            outcomes.paid = outcomes.paid.saturating_add(paid);
            outcomes.value = outcomes.value.saturating_add(value);
            if is_new {
                outcomes.executions = outcomes.executions.wrapping_add(1);
                outcomes.worst = outcomes.worst.max(paid);
            }
        });
    }

    /// What came of the orders of a scope and those in it. O(1).
    ///
    /// # Errors
    /// `Scope`.
    pub fn execution_stats_get(&self, scope: u32) -> Result<ExecutionStatsView, Status> {
        self.check_scope(scope)?;
        let counts = self.statistics.outcomes(scope).ok_or(Status::Scope)?;
        let measured = self.statistics.measures();
        Ok(ExecutionStatsView::new(scope, &counts, &self.account, measured))
    }

    /// What was paid beyond the arrival prices in a symbol. O(1).
    ///
    /// # Errors
    /// `Symbol`.
    pub fn shortfall_get(&self, number: u32) -> Result<ShortfallView, Status> {
        let symbol = self.symbols.get(number).ok_or(Status::Symbol)?;
        let sum = self.statistics.shortfall(number);
        let view = ShortfallView::new(number, &sum, symbol.scale, &self.account);
        Ok(ShortfallView { measured: u32::from(self.statistics.measures()), ..view })
    }
}
