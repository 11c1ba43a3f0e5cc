//! The simulated venue as an engine uses it: with the places where messages lie while they are
//! handed over.
#![forbid(unsafe_code)]

use crate::event::Command;
use crate::num::Nanos;
use crate::order::VenueReport;
use crate::sim::{BarWalk, Book, Message, Venue, VenueMemory, VenueOrder};
use crate::status::Request;
use crate::store::{Hash64, HeapNode, Links, TreeNode};

/// A venue, a command on its way out and a report on its way in.
pub struct Desk<'a> {
    /// The venue.
    pub venue: Venue<'a>,
    /// The command that is handed out.
    pub outbox: Command,
    /// The report that has arrived.
    pub inbox: VenueReport,
    /// The bar that is being walked through.
    pub bar: Option<BarWalk>,
}

impl<'a> Desk<'a> {
    /// A desk with this venue.
    #[must_use]
    pub fn new(venue: Venue<'a>) -> Self {
        Self { venue, outbox: Command::EMPTY, inbox: VenueReport::EMPTY, bar: None }
    }

    /// Sends what lies in the outbox. A command that the venue cannot take is none that an engine
    /// hands out.
    pub fn send(&mut self, now: Nanos) {
        let _ = self.venue.take(&self.outbox, now);
    }

    /// Puts the next report that arrives until `now` into the inbox; whether there was one.
    #[inline(never)] // The report is in no frame while it is taken.
    pub fn receive(&mut self, now: Nanos) -> bool {
        let report = self.venue.next_report(now);
        if let Some(report) = report {
            self.inbox = report;
        }
        report.is_some()
    }

    /// Feeds what a later answer depends on.
    pub fn feed(&self, hash: &mut Hash64) {
        self.venue.digest(hash);
        hash.u32(u32::from(self.bar.is_some()));
        if let Some(bar) = &self.bar {
            bar.feed(hash);
        }
    }
}

/// Static storage for the simulated venue of an engine in Rust, of the same capacities; MESSAGES is
/// at least [`Venue::messages`] of ORDERS.
///
/// ```
/// # use oms_core::exec::DeskStorage;
/// # use oms_core::engine::{Config, Storage};
/// let config = Config { mode: 1, messages: 64, ..Config::DEFAULT };
/// let mut storage = Storage::<16, 2, 8, 8, 64, 16, 128>::new();
/// let mut venue = DeskStorage::<16, 2, 64>::new();
/// let mut desk = venue.lend(config.seed, config.money_exp);
/// let (mut memory, kill) = storage.lend();
/// memory.desk = Some(&mut desk);
/// ```
pub struct DeskStorage<const ORDERS: usize, const SYMBOLS: usize, const MESSAGES: usize> {
    orders: [VenueOrder; ORDERS],
    nodes: [TreeNode; ORDERS],
    trails: [Links; ORDERS],
    expiries: [HeapNode; ORDERS],
    books: [Book; SYMBOLS],
    messages: [Message; MESSAGES],
    message_nodes: [HeapNode; MESSAGES],
}

impl<const ORDERS: usize, const SYMBOLS: usize, const MESSAGES: usize>
    DeskStorage<ORDERS, SYMBOLS, MESSAGES>
{
    /// Empty storage.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            orders: [VenueOrder::EMPTY; ORDERS],
            nodes: [TreeNode::EMPTY; ORDERS],
            trails: [Links::EMPTY; ORDERS],
            expiries: [HeapNode::EMPTY; ORDERS],
            books: [Book::EMPTY; SYMBOLS],
            messages: [Message::EMPTY; MESSAGES],
            message_nodes: [HeapNode::EMPTY; MESSAGES],
        }
    }

    /// A desk over it, with the seed and the money unit of the engine's configuration.
    pub fn lend(&mut self, seed: u64, money_exp: i32) -> Desk<'_> {
        let memory = VenueMemory {
            orders: &mut self.orders,
            nodes: &mut self.nodes,
            trails: &mut self.trails,
            expiries: &mut self.expiries,
            books: &mut self.books,
            messages: &mut self.messages,
            message_nodes: &mut self.message_nodes,
        };
        Desk::new(Venue::new(memory, seed, money_exp))
    }
}

impl<const ORDERS: usize, const SYMBOLS: usize, const MESSAGES: usize> Default
    for DeskStorage<ORDERS, SYMBOLS, MESSAGES>
{
    fn default() -> Self {
        Self::new()
    }
}
