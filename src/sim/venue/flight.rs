//! Messages on their way: commands to the venue, reports back.
//!
//! What the venue may have to say of an order it holds, unasked (that it has ended, that its stop
//! was triggered), has its room kept from the start; the answer to a command takes the room of the
//! command. So no report is ever lost: only a partial fill needs room of its own, and without that
//! it does not take place.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, Nanos, Ticks};
use crate::order::VenueReport;
use crate::status::{Liquidity, Reason, ReportKind, Request, Side};
use crate::store::{Hash64, HeapNode, Heaps, Id, NIL, at};

/// What a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A new order; its terms lie in the order.
    New,
    /// Cancel it.
    Cancel,
    /// Change quantity, price and trigger price.
    Replace,
    /// A report.
    Report(ReportKind, Reason),
}

impl What {
    /// A number for the digest.
    fn number(self) -> u32 {
        match self {
            Self::New => 1,
            Self::Cancel => 2,
            Self::Replace => 3,
            Self::Report(kind, reason) => u32::from(kind.raw()) << 16 | u32::from(reason.raw()),
        }
    }
}

/// A message.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// When it arrives.
    pub(super) at: Nanos,
    pub(super) order: Id,
    pub(super) client_id: u64,
    pub(super) request_id: u64,
    pub(super) exec_id: u64,
    pub(super) qty: Lots,
    pub(super) price: Ticks,
    pub(super) stop_price: Ticks,
    pub(super) cum: Lots,
    pub(super) commission: Money,
    pub(super) symbol: u32,
    pub(super) venue: u32,
    pub(super) what: What,
    pub(super) side: Side,
    pub(super) liquidity: Liquidity,
    /// The next free one.
    pub(super) next: u32,
}

impl Message {
    /// Fills unused memory.
    ///
    /// cbindgen:ignore
    pub const EMPTY: Self = Self {
        at: Nanos::ZERO,
        order: Id::NONE,
        client_id: 0,
        request_id: 0,
        exec_id: 0,
        qty: Lots::ZERO,
        price: Ticks::ZERO,
        stop_price: Ticks::ZERO,
        cum: Lots::ZERO,
        commission: Money::ZERO,
        symbol: 0,
        venue: 0,
        what: What::New,
        side: Side::Buy,
        liquidity: Liquidity::Unknown,
        next: NIL,
    };

    /// The record that a report is; `None` for a command.
    pub(super) fn report(&self) -> Option<VenueReport> {
        let What::Report(kind, reason) = self.what else { return None };
        let mut report = VenueReport {
            order: self.order,
            client_id: self.client_id,
            exec_id: self.exec_id,
            request_id: self.request_id,
            qty: self.qty,
            price: self.price,
            venue_cum: self.cum,
            commission: self.commission,
            symbol: self.symbol,
            venue: self.venue,
            report: kind.raw(),
            liquidity: self.liquidity.raw(),
            reason: reason.raw(),
            side: self.side.raw(),
            ..VenueReport::EMPTY
        };
        report.header.now = self.at;
        Some(report)
    }

    fn feed(&self, hash: &mut Hash64) {
        let Self { at, order, client_id, request_id, exec_id, .. } = *self;
        for word in [at.0, order.0, client_id, request_id, exec_id] {
            hash.word(word);
        }
        let Self { qty, price, stop_price, cum, commission, .. } = *self;
        for word in [qty.0, price.0, stop_price.0, cum.0, commission.0] {
            hash.i64(word);
        }
        for word in [self.symbol, self.venue, self.what.number(), u32::from(self.side.raw())] {
            hash.u32(word);
        }
        hash.u32(u32::from(self.liquidity.raw()));
    }
}

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Out,
    Back,
}

/// All messages in flight, by the time of their arrival, then by their number.
pub(super) struct Flight<'a> {
    messages: &'a mut [Message],
    heaps: Heaps<'a>,
    out: u32,
    back: u32,
    free: u32,
    touched: u32,
    len: u32,
    /// Room that is kept for what orders at the venue may have to say.
    kept: u32,
    /// Messages so far.
    numbers: u64,
}

impl<'a> Flight<'a> {
    pub(super) fn new(messages: &'a mut [Message], nodes: &'a mut [HeapNode]) -> Self {
        let heaps = Heaps::new(nodes);
        let most = messages.len().min(at(heaps.capacity()));
        let messages = messages.get_mut(..most).unwrap_or_default();
        let numbers = 0;
        Self {
            messages,
            heaps,
            out: NIL,
            back: NIL,
            free: NIL,
            touched: 0,
            len: 0,
            kept: 0,
            numbers,
        }
    }

    /// Room that nobody has a claim to.
    pub(super) fn spare(&self) -> u32 {
        self.capacity().saturating_sub(self.len).saturating_sub(self.kept)
    }

    pub(super) fn capacity(&self) -> u32 {
        u32::try_from(self.messages.len()).unwrap_or(u32::MAX)
    }

    /// Keeps room for so many more reports instead of `before`.
    pub(super) fn keep(&mut self, before: u32, after: u32) {
        self.kept = self.kept.wrapping_sub(before).wrapping_add(after);
    }

    pub(super) fn kept(&self) -> u32 {
        self.kept
    }

    /// The number of the next message.
    pub(super) fn next_number(&self) -> u64 {
        self.numbers.wrapping_add(1)
    }

    /// Sends a message; there is room by the accounts kept.
    pub(super) fn send(&mut self, way: Way, message: &Message) {
        let number = self.next_number();
        let place = if self.free == NIL { self.touched } else { self.free };
        let Some(slot) = self.messages.get_mut(at(place)) else { return };
        let next = slot.next;
        *slot = Message { next: NIL, ..*message };
        if self.free == NIL {
            self.touched = self.touched.wrapping_add(1);
        } else {
            self.free = next;
        }
        let root = match way {
            Way::Out => &mut self.out,
            Way::Back => &mut self.back,
        };
        self.heaps.insert(root, place, earliness(message.at), number);
        self.numbers = number;
        self.len = self.len.wrapping_add(1);
    }

    /// When the first message of this way arrives, and its number.
    pub(super) fn first(&self, way: Way) -> Option<(Nanos, u64)> {
        let (node, _) = self.heaps.peek(self.root(way))?;
        let (level, number) = self.heaps.key(node)?;
        Some((time_of(level), number))
    }

    /// Takes the first message of this way.
    pub(super) fn pop(&mut self, way: Way) -> Option<Message> {
        let root = match way {
            Way::Out => &mut self.out,
            Way::Back => &mut self.back,
        };
        let (place, _) = self.heaps.pop(root)?;
        let slot = self.messages.get_mut(at(place))?;
        let message = *slot;
        slot.next = self.free;
        self.free = place;
        self.len = self.len.wrapping_sub(1);
        Some(message)
    }

    fn root(&self, way: Way) -> u32 {
        match way {
            Way::Out => self.out,
            Way::Back => self.back,
        }
    }

    /// Feeds what is in flight. O(most messages that ever were).
    pub(super) fn feed(&self, hash: &mut Hash64) {
        for word in [self.len, self.kept, self.touched] {
            hash.u32(word);
        }
        hash.word(self.numbers);
        for (place, message) in (0..self.touched).zip(self.messages.iter()) {
            if let Some((_, number)) = self.heaps.key(place) {
                hash.word(number);
                message.feed(hash);
            }
        }
    }
}

/// The sign bit: turns the order of unsigned numbers into that of signed ones.
const SIGN: u64 = 1 << 63;

/// The level under which the earliest comes first.
pub(super) const fn earliness(time: Nanos) -> i64 {
    !(time.0 ^ SIGN).cast_signed()
}

/// And back.
pub(super) const fn time_of(level: i64) -> Nanos {
    Nanos((!level).cast_unsigned() ^ SIGN)
}
