//! The simulated venue: takes commands and market data, gives reports. It knows nothing of the
//! engine; it could as well sit at the other end of a wire.
//!
//! | part | what it does | cost |
//! |---|---|---|
//! | [`Venue::take`] | a command sets out | O(log messages) |
//! | [`Venue::quote`], [`Venue::trade`] | the market moves | O(1), O(log orders) for each reached |
//! | [`Venue::next_report`] | what is due happens, up to a report | O(log messages + log orders) |
//!
//! # Rules
//! Where reality is not known the trader gets the worse of what may be.
//! - **Time.** Everything happens at its own time, in order of time, then of number: an expiry, the
//!   arrival of a command, of a report. Messages of one order and direction never overtake one
//!   another. Latencies and jitter are the symbol's. The market is seen without delay.
//! - **Taking.** An order that the best price of the other side reaches takes: at the price of the
//!   slippage model by the order's whole quantity at that best price, never better than the best
//!   price, never beyond its limit. Without a quote nothing takes: orders at the market wait for
//!   the first one, IOC and FOK end. With a fill ratio all orders of a side share floor(ratio ×
//!   displayed) lots of each quote; what is left goes on with the next quote, still taking while
//!   each reaches it. The first quote that does not reach it makes it rest. FOK fills whole or not
//!   at all. No price is below the least one of the symbol. Where a model has no price (it would
//!   not fit), a limit order pays its limit and one at the market is cancelled, reason PRICE; so is
//!   any order when the value or the fee of an execution would not fit.
//! - **Resting.** A resting order is filled at its own limit, as maker: when the other side's best
//!   price reaches it (sharing the fill ratio), when a trade passes it (up to the trade's quantity,
//!   whole when that is not known), or when a trade at its price is more than what stands ahead of
//!   it. With [`Queue::Back`] that is all that is displayed at its price once it is the best one
//!   with a known size, later the least displayed while it is the best; nothing for one that
//!   improves the best price. One trade gives all resting orders no more than its quantity, buys
//!   first. No order meets another one of ours.
//! - **Order.** Best price first, then as they came; buys before sells; what rested or took before
//!   a quote goes before the stops that it triggers, which come with the level passed first, then
//!   as they came, sells before buys. A replace to a smaller quantity at the same prices keeps its
//!   place, any other is as if it came anew.
//! - **Stops** are triggered by the symbol's source and then take or rest at the market of that
//!   moment, not at their price; one that is passed already when it comes, at once. Trailing stops
//!   follow the best price since they came and never go back.
//! - **Post-only** orders that would take are rejected, reason PRICE; triggered ones cancelled,
//!   replaces refused. One that came when there was no quote is filled at its limit.
//! - **Phases.** Outside CONTINUOUS nothing is matched or triggered; orders at the market, IOC and
//!   FOK are rejected, reason SESSION; others wait. What was quoted or traded before a change of
//!   phase is forgotten.
//! - **Ends.** GTD expires at its time, also on the way; DAY at [`Venue::roll`]. A cancel or
//!   replace of what has ended is refused as TOO_LATE, but a cancel of what was cancelled (an IOC's
//!   rest) is acknowledged; of what the venue never saw UNKNOWN_ORDER. A replace to a quantity that
//!   is executed already ends the order as filled. Reduce-only is the engine's business.
//! - **Faults**, by the seed, the client id and the number of the attempt: a new order does not
//!   leave (SEND_FAILED at once; what was sent behind it is dropped with it), is in doubt
//!   (SEND_IN_DOUBT at once, the answer later), or is rejected (OTHER). The same order sent again
//!   while the venue has it changes nothing.
//! - **Room.** No report is lost: see `flight.rs`. [`Venue::has_room`] says when a command can be
//!   taken; with at least 2 × orders + 4 messages that is always so once all have arrived. Short of
//!   room, orders are only filled whole.
#![forbid(unsafe_code)]

mod audit;
mod bar;
mod book;
mod chance;
mod commands;
mod flight;
mod market;
mod matching;
mod order;
mod price;
mod queue;
mod report;
mod settings;
mod stops;
#[cfg(test)]
mod tests;
mod time;

pub use book::Book;
pub use flight::Message;
pub use order::VenueOrder;
pub use settings::{Queue, Simulation};

use crate::event::Command;
use crate::num::{Fraction, Nanos, Ticks};
use crate::sim::{FeeSchedule, FeeVolume};
use crate::status::{CommandKind, Status, TriggerSource};
use crate::store::{HeapNode, Heaps, Links, Lists, NIL, TreeNode, Trees, at};
use flight::Flight;

/// The memory a venue works in, lent by the caller; the lengths are the capacities.
pub struct VenueMemory<'a> {
    /// Orders, in the places of the slots of their ids: as many as the engine's.
    pub orders: &'a mut [VenueOrder],
    /// As many as orders.
    pub nodes: &'a mut [TreeNode],
    /// As many as orders.
    pub trails: &'a mut [Links],
    /// As many as orders.
    pub expiries: &'a mut [HeapNode],
    /// As many as symbols.
    pub books: &'a mut [Book],
    /// Messages in flight, at least [`Venue::messages`] of the orders.
    pub messages: &'a mut [Message],
    /// As many as messages.
    pub message_nodes: &'a mut [HeapNode],
}

/// A simulated venue.
pub struct Venue<'a> {
    orders: &'a mut [VenueOrder],
    trees: Trees<'a>,
    trails: Lists<'a>,
    expiries: Heaps<'a>,
    books: &'a mut [Book],
    flight: Flight<'a>,
    /// What symbols without own settings have.
    general: Simulation,
    /// What symbols without own fees have.
    general_fees: FeeSchedule,
    volume: FeeVolume,
    /// Money units of one unit of currency.
    unit: u64,
    seed: u64,
    /// The latest time that was said.
    clock: Nanos,
    /// Executions so far: the last one's id.
    executions: u64,
    /// Places in time given so far.
    sequences: u64,
    first_expiry: u32,
    /// Places of orders below this number were used.
    high: u32,
}

impl<'a> Venue<'a> {
    /// A venue without symbols and orders, for money units of 10^`money_exp` (-12 to 0); the seed
    /// decides faults and jitter. O(memory).
    #[must_use]
    pub fn new(memory: VenueMemory<'a>, seed: u64, money_exp: i32) -> Self {
        let VenueMemory { orders, nodes, trails, expiries, books, messages, message_nodes } =
            memory;
        orders.fill(VenueOrder::EMPTY);
        books.fill(Book::EMPTY);
        messages.fill(Message::EMPTY);
        let most = [nodes.len(), trails.len(), expiries.len()].into_iter().min().unwrap_or(0);
        let most = most.min(orders.len());
        Self {
            orders: orders.get_mut(..most).unwrap_or_default(),
            trees: Trees::new(nodes),
            trails: Lists::new(trails),
            expiries: Heaps::new(expiries),
            books,
            flight: Flight::new(messages, message_nodes),
            general: Simulation::PLAIN,
            general_fees: FeeSchedule::FREE,
            volume: FeeVolume::default(),
            unit: 10_u64.saturating_pow(money_exp.unsigned_abs().min(19)),
            seed,
            clock: Nanos::ZERO,
            executions: 0,
            sequences: 0,
            first_expiry: NIL,
            high: 0,
        }
    }

    /// Messages with which a venue of so many orders never stands still.
    #[must_use]
    pub const fn messages(orders: u32) -> u32 {
        orders.saturating_mul(2).saturating_add(ROOM)
    }

    /// Makes a symbol known, with its money units per tick-lot, the price that stops look at and
    /// the least price that it can have. It trades (CONTINUOUS), and has no quote.
    ///
    /// # Errors
    /// `Capacity` beyond the last place.
    pub fn define(
        &mut self,
        symbol: u32,
        money: Fraction,
        source: TriggerSource,
        least: Ticks,
    ) -> Result<(), Status> {
        let book = self.books.get_mut(at(symbol)).ok_or(Status::Capacity)?;
        *book = Book { money, source, least, is_defined: true, ..Book::EMPTY };
        Ok(())
    }

    /// Sets how orders of a symbol are executed, but for the fees; of symbol `u32::MAX`: of all
    /// that have no own settings. It holds for what is sent, matched or said from now on.
    ///
    /// # Errors
    /// As [`Simulation::check`]; `Symbol`.
    pub fn set(&mut self, symbol: u32, simulation: &Simulation) -> Result<(), Status> {
        simulation.check()?;
        if symbol == u32::MAX {
            self.general = *simulation;
            return Ok(());
        }
        self.book_mut(symbol).ok_or(Status::Symbol)?.own = Some(*simulation);
        Ok(())
    }

    /// Sets what executions in a symbol cost, the tiers by whole currency units of 30 days; of
    /// symbol `u32::MAX`: in all that have no own fees. It holds for what is executed from now on.
    ///
    /// # Errors
    /// `Range` for a field out of range; `Symbol`.
    pub fn set_fees(&mut self, symbol: u32, fees: &FeeSchedule) -> Result<(), Status> {
        if fees.invalid().is_some() {
            return Err(Status::Range);
        }
        if symbol == u32::MAX {
            self.general_fees = *fees;
            return Ok(());
        }
        self.book_mut(symbol).ok_or(Status::Symbol)?.own_fees = Some(*fees);
        Ok(())
    }

    /// What executions in a symbol cost.
    #[must_use]
    pub fn fees(&self, symbol: u32) -> &FeeSchedule {
        self.book(symbol).and_then(|book| book.own_fees.as_ref()).unwrap_or(&self.general_fees)
    }

    /// How orders of a symbol are executed.
    #[must_use]
    pub fn simulation(&self, symbol: u32) -> &Simulation {
        self.book(symbol).and_then(|book| book.own.as_ref()).unwrap_or(&self.general)
    }

    /// Whether any command can be taken now.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.flight.spare() >= ROOM
    }

    /// Takes a command that was handed out, which sets out for the venue. O(log messages).
    ///
    /// # Errors
    /// Nothing changes: `Capacity` when there is no room for the messages that may come of it
    /// (never while [`Venue::has_room`]); `Symbol`; `Unknown` for an order beyond the last place;
    /// `Enum` for a code that is unknown.
    pub fn take(&mut self, command: &Command, now: Nanos) -> Result<(), Status> {
        let kind = CommandKind::from_raw(command.kind).ok_or(Status::Enum)?;
        let needed = if kind == CommandKind::New { ROOM } else { 1 };
        if self.book(command.symbol).is_none() {
            return Err(Status::Symbol);
        }
        if self.flight.spare() < needed {
            return Err(Status::Capacity);
        }
        match kind {
            CommandKind::New => self.send_new(command, now),
            CommandKind::Cancel | CommandKind::Replace => self.send_change(command, now),
        }
    }

    fn book(&self, symbol: u32) -> Option<&Book> {
        self.books.get(at(symbol)).filter(|book| book.is_defined)
    }

    fn book_mut(&mut self, symbol: u32) -> Option<&mut Book> {
        self.books.get_mut(at(symbol)).filter(|book| book.is_defined)
    }

    /// The next place in time.
    fn next_sequence(&mut self) -> u64 {
        self.sequences = self.sequences.wrapping_add(1);
        self.sequences
    }

    /// A time that was said: the clock does not go back.
    fn said(&mut self, now: Nanos) -> Nanos {
        self.clock = self.clock.max(now);
        self.clock
    }
}

/// Messages that a new order may need at first: itself, its end, that it was triggered, a doubt.
const ROOM: u32 = 4;
