//! What the venue says of an order, and how orders end.
#![forbid(unsafe_code)]

use super::Venue;
use super::book::falls;
use super::chance::jitter;
use super::flight::{Message, Way, What, earliness};
use super::order::{Stage, VenueOrder};
use crate::num::{Lots, Money, Nanos, Ticks};
use crate::status::{Liquidity, Reason, ReportKind, TimeInForce};
use crate::store::at;

/// A report without what it says of its order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Saying {
    pub(super) what: What,
    pub(super) request_id: u64,
    pub(super) exec_id: u64,
    pub(super) qty: Lots,
    pub(super) price: Ticks,
    pub(super) cum: Lots,
    pub(super) commission: Money,
    pub(super) liquidity: Liquidity,
}

impl Saying {
    pub(super) const fn of(what: What) -> Self {
        Self {
            what,
            request_id: 0,
            exec_id: 0,
            qty: Lots::ZERO,
            price: Ticks::ZERO,
            cum: Lots::ZERO,
            commission: Money::ZERO,
            liquidity: Liquidity::Unknown,
        }
    }

    pub(super) const fn answer(kind: ReportKind, reason: Reason, request_id: u64) -> Self {
        Self { request_id, ..Self::of(What::Report(kind, reason)) }
    }
}

impl Venue<'_> {
    /// Sends a report of an order; it overtakes none that was sent before.
    pub(super) fn say(&mut self, slot: u32, saying: &Saying, now: Nanos) {
        let Some(&order) = self.order(slot) else { return };
        let arrives = self.arrival(order.symbol, Way::Back, now).max(order.last_in);
        self.say_at(slot, saying, arrives);
    }

    /// The same, to arrive at this time.
    pub(super) fn say_at(&mut self, slot: u32, saying: &Saying, arrives: Nanos) {
        let Some(order) = self.order_mut(slot) else { return };
        order.last_in = arrives;
        let message = message(order, saying, arrives);
        self.flight.send(Way::Back, &message);
    }

    /// When a message that is sent now arrives.
    pub(super) fn arrival(&self, symbol: u32, way: Way, now: Nanos) -> Nanos {
        let simulation = self.simulation(symbol);
        let base = match way {
            Way::Out => simulation.latency_out,
            Way::Back => simulation.latency_in,
        };
        let number = self.flight.next_number();
        let more = jitter(self.seed, number, simulation.latency_jitter);
        Nanos(now.0.saturating_add(base.0).saturating_add(more))
    }

    /// An order ends, and the venue says so.
    pub(super) fn end(
        &mut self,
        slot: u32,
        stage: Stage,
        reason: Reason,
        request_id: u64,
        now: Nanos,
    ) {
        self.retire(slot, stage);
        let kind = match stage {
            Stage::Expired => ReportKind::Expire,
            Stage::Rejected => ReportKind::Reject,
            _ => ReportKind::CancelAck,
        };
        self.say(slot, &Saying::answer(kind, reason, request_id), now);
    }

    /// An order ends without a word: it is taken out of everything, and the room that was kept
    /// for it is free.
    pub(super) fn retire(&mut self, slot: u32, stage: Stage) {
        self.unfile(slot);
        let Some(&order) = self.order(slot) else { return };
        if self.trails.contains(slot)
            && let Some(book) = self.books.get_mut(at(order.symbol))
        {
            self.trails.remove(&mut book.trails, slot);
        }
        if self.expiries.contains(slot) {
            self.expiries.remove(&mut self.first_expiry, slot);
        }
        self.flight.keep(order.kept(), 0);
        if let Some(order) = self.order_mut(slot) {
            order.stage = stage;
        }
    }

    /// Takes an order out of the tree it is in.
    pub(super) fn unfile(&mut self, slot: u32) {
        let Some(order) = self.orders.get(at(slot)) else { return };
        if !self.trees.contains(slot) {
            return;
        }
        let Some(book) = self.books.get_mut(at(order.symbol)) else { return };
        let tree = match order.stage {
            Stage::Waiting => book.stops.of_mut(order.side).of_mut(falls(order)),
            _ => book.works.of_mut(order.side),
        };
        self.trees.remove(tree, slot);
    }

    /// An order of some time in force begins to wait for its end.
    pub(super) fn await_expiry(&mut self, slot: u32) {
        let Some(&order) = self.order(slot) else { return };
        if order.time_in_force == TimeInForce::Gtd {
            let level = earliness(order.expire_at);
            let sequence = self.next_sequence();
            self.expiries.insert(&mut self.first_expiry, slot, level, sequence);
        }
    }
}

fn message(order: &VenueOrder, saying: &Saying, arrives: Nanos) -> Message {
    Message {
        at: arrives,
        order: order.id,
        client_id: order.client_id,
        request_id: saying.request_id,
        exec_id: saying.exec_id,
        qty: saying.qty,
        price: saying.price,
        cum: saying.cum,
        commission: saying.commission,
        symbol: order.symbol,
        venue: order.venue,
        what: saying.what,
        side: order.side,
        liquidity: saying.liquidity,
        ..Message::EMPTY
    }
}
