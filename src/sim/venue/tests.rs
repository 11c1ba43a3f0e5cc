//! Tests: each rule with its numbers; the naive venue beside this one; room, faults, time.
#![forbid(unsafe_code)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

mod dice;
mod faults;
mod kinds;
mod latency;
mod naive;
mod phases;
mod queue;
mod random;
mod room;
mod rules;
mod stops;

use std::boxed::Box;
use std::vec;
use std::vec::Vec;

use super::*;
use crate::num::{Lots, Ratio, Ticks};
use crate::order::VenueReport;
use crate::status::{
    Liquidity, OrderFlag, OrderType, Phase, Reason, ReportKind, Side, TimeInForce, TradeSource,
};
use crate::store::{Hash64, Id, IdKind};

const SYMBOL: u32 = 0;
/// Money units of a tick-lot: 0.01 of currency in units of 10^-6.
const TICK_LOT: i64 = 10_000;

/// A symbol that can have any price.
const ANY: Ticks = Ticks(-Ticks::MAX);

/// Memory that stays: a test has few venues.
fn memory(orders: u32, symbols: u32, messages: u32) -> VenueMemory<'static> {
    fn leak<T: Clone>(item: T, count: u32) -> &'static mut [T] {
        Box::leak(vec![item; usize::try_from(count).unwrap()].into_boxed_slice())
    }
    VenueMemory {
        orders: leak(VenueOrder::EMPTY, orders),
        nodes: leak(TreeNode::EMPTY, orders),
        trails: leak(Links::EMPTY, orders),
        expiries: leak(HeapNode::EMPTY, orders),
        books: leak(Book::EMPTY, symbols),
        messages: leak(Message::EMPTY, messages),
        message_nodes: leak(HeapNode::EMPTY, messages),
    }
}

fn money() -> Fraction {
    Fraction::product(&[crate::num::Decimal::new(1, -2)], 6).unwrap()
}

/// A venue of one symbol, and one who talks with it.
struct Rig {
    venue: Venue<'static>,
    now: u64,
    sent: u64,
}

/// What a test looks at in a report: kind, order's slot, quantity, price.
type Said = (ReportKind, u32, i64, i64);

fn said(report: &VenueReport) -> Said {
    let kind = ReportKind::from_raw(report.report).unwrap();
    (kind, report.order.slot(), report.qty.0, report.price.0)
}

fn id(slot: u32, generation: u32) -> Id {
    Id::new(7, IdKind::Order, generation, slot)
}

/// A new order in this slot.
fn order(slot: u32, side: Side, order_type: OrderType, qty: i64, price: i64) -> Command {
    Command {
        order: id(slot, 1),
        client_id: u64::from(slot) + 1,
        qty: Lots(qty),
        price: Ticks(price),
        symbol: SYMBOL,
        kind: CommandKind::New.raw(),
        side: side.raw(),
        order_type: order_type.raw(),
        time_in_force: TimeInForce::Gtc.raw(),
        ..Command::default()
    }
}

fn limit(slot: u32, side: Side, qty: i64, price: i64) -> Command {
    order(slot, side, OrderType::Limit, qty, price)
}

fn market(slot: u32, side: Side, qty: i64) -> Command {
    order(slot, side, OrderType::Market, qty, 0)
}

fn for_time(command: Command, time_in_force: TimeInForce) -> Command {
    Command { time_in_force: time_in_force.raw(), ..command }
}

fn post_only(command: Command) -> Command {
    Command { flags: OrderFlag::PostOnly.raw(), ..command }
}

fn stop(command: Command, order_type: OrderType, stop_price: i64) -> Command {
    Command { order_type: order_type.raw(), stop_price: Ticks(stop_price), ..command }
}

impl Rig {
    fn new(simulation: &Simulation) -> Self {
        Self::with(simulation, TriggerSource::BidAsk, 64)
    }

    fn with(simulation: &Simulation, source: TriggerSource, messages: u32) -> Self {
        let mut venue = Venue::new(memory(16, 2, messages), 5, -6);
        venue.define(SYMBOL, money(), source, ANY).unwrap();
        venue.set(SYMBOL, simulation).unwrap();
        Self { venue, now: 1, sent: 0 }
    }

    /// All reports until now.
    fn reports(&mut self) -> Vec<VenueReport> {
        let mut reports = Vec::new();
        while let Some(report) = self.venue.next_report(Nanos(self.now)) {
            assert_eq!(self.venue.audit(), Ok(()));
            reports.push(report);
        }
        assert_eq!(self.venue.audit(), Ok(()));
        reports
    }

    fn said(&mut self) -> Vec<Said> {
        self.reports().iter().map(said).collect()
    }

    fn send(&mut self, command: &Command) {
        self.sent += 1;
        let command = Command { sequence: self.sent, ..*command };
        self.venue.take(&command, Nanos(self.now)).unwrap();
    }

    /// Sends and hears what comes at once.
    fn ask(&mut self, command: &Command) -> Vec<Said> {
        self.send(command);
        self.said()
    }

    fn cancel(&mut self, slot: u32) -> Vec<Said> {
        let kind = CommandKind::Cancel.raw();
        let command = Command { kind, request_id: 77, ..limit(slot, Side::Buy, 0, 0) };
        self.ask(&command)
    }

    fn replace(&mut self, slot: u32, qty: i64, price: i64, stop_price: i64) -> Vec<Said> {
        let kind = CommandKind::Replace.raw();
        let stop_price = Ticks(stop_price);
        let command =
            Command { kind, stop_price, request_id: 78, ..limit(slot, Side::Buy, qty, price) };
        self.ask(&command)
    }

    fn quote(&mut self, bid: i64, bid_qty: i64, ask: i64, ask_qty: i64) -> Vec<Said> {
        let (bid, ask) = ((Ticks(bid), Lots(bid_qty)), (Ticks(ask), Lots(ask_qty)));
        self.venue.quote(SYMBOL, bid, ask, Nanos(self.now));
        self.said()
    }

    fn trade(&mut self, price: i64, qty: i64) -> Vec<Said> {
        let source = TradeSource::Last;
        self.venue.trade(SYMBOL, source, Ticks(price), Lots(qty), Nanos(self.now));
        self.said()
    }

    fn mark(&mut self, price: i64) -> Vec<Said> {
        let source = TradeSource::Mark;
        self.venue.trade(SYMBOL, source, Ticks(price), Lots(0), Nanos(self.now));
        self.said()
    }

    fn phase(&mut self, phase: Phase) {
        self.venue.phase(SYMBOL, phase, Nanos(self.now));
    }

    fn digest(&self) -> u64 {
        let mut hash = Hash64::new(0);
        self.venue.digest(&mut hash);
        hash.finish()
    }
}

const ACK: ReportKind = ReportKind::Ack;
const FILL: ReportKind = ReportKind::Fill;
const END: ReportKind = ReportKind::CancelAck;
const REJECT: ReportKind = ReportKind::Reject;
const EXPIRE: ReportKind = ReportKind::Expire;
const FIRED: ReportKind = ReportKind::Triggered;
const REPLACED: ReportKind = ReportKind::ReplaceAck;

const BUY: Side = Side::Buy;
const SELL: Side = Side::Sell;

/// Half of what is displayed.
const HALF: Simulation = Simulation { fill_ratio: Ratio(Ratio::ONE / 2), ..Simulation::PLAIN };
