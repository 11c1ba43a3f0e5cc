//! The plain report: an ack, or an execution, of an order that nothing but a position depends on.
//!
//! Most reports are of this kind. Whatever is out of the ordinary is left to `reports.rs`, which
//! does the same to a plain one, at length.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Money, Ratio, Ticks};
use crate::order::{Order, VenueReport};
use crate::position::Position;
use crate::status::{EventKind, Liquidity, OrderFact, OrderStatus, ReportKind, Side, Status};
use crate::store::Id;

impl Engine<'_> {
    /// Takes a report of an order that only the client id names.
    #[inline(never)] // Its frame is not that of other reports.
    pub(super) fn take_by_client(&mut self, request: &VenueReport) -> Status {
        let slot = self.orders.table().find(request.client_id);
        let order = slot.and_then(|slot| self.orders.get(slot));
        self.take_of(order.map_or(Id::NONE, |order| order.id), request)
    }

    /// Takes a report of the order with this id, if there is one: what the record alone tells of
    /// it, and the time, is looked at here, where no register is taken yet.
    #[inline(always)] // Of a few tests.
    pub(super) fn take_of(&mut self, id: Id, request: &VenueReport) -> Status {
        if !self.goes_short() || !is_plain(request) || !self.is_timely(request.header.now) {
            return self.take_any(request);
        }
        match shape(request) & !(LIQUIDITY | SIDE) {
            FILL => self.take_execution(request, id),
            ACK => self.take_ack(request, id),
            _ => self.take_any(request),
        }
    }

    /// Takes an ack of a plain record, if it is of a plain order. O(1).
    #[inline(never)] // Its frame is gone when `reports.rs` takes over.
    fn take_ack(&mut self, request: &VenueReport, id: Id) -> Status {
        let Some(slot) = self.plainly_acked(request, id) else { return self.take_any(request) };
        let Some(order) = self.orders.touch(slot) else { return Status::Ok };
        let now = request.header.now;
        self.now = now;
        order.facts |= OrderFact::Acked.raw();
        order.updated_at = now;
        let Some((sequence, [place])) = self.events.room_for() else {
            return self.tell_ack(slot);
        };
        place.sequence = sequence;
        tell_live(place, order, (order.side, Lots::ZERO), OrderStatus::Open);
        Status::Ok
    }

    /// The same where the ring of events is full, or ends.
    #[cold]
    #[inline(never)] // Last of all, so that it needs no frame.
    fn tell_ack(&mut self, slot: u32) -> Status {
        self.emit_status(slot);
        Status::Ok
    }

    /// The order that a plain ack is about; `None` when it is none.
    #[inline(always)] // Its only caller is nothing else.
    fn plainly_acked(&self, request: &VenueReport, id: Id) -> Option<u32> {
        let slot = id.slot();
        let order = self.orders.get(slot)?;
        if order.facts != OrderFact::Sent.raw() || order.cum_qty != Lots::ZERO {
            return None;
        }
        // One that could not be valued yet is valued with whatever happens to it next.
        if self.counted != 0 && order.value_price() == Ticks::ZERO {
            return None;
        }
        // It changes no position and no reservation: nothing that depends on these is looked at.
        is_named(order, id, request).then_some(slot)
    }
}

/// Whether this order has the id, the report is not of another one, and the order is plain.
#[inline(always)] // As above.
pub(super) fn is_named(order: &Order, id: Id, request: &VenueReport) -> bool {
    let same = || request.side == order.side.raw() && request.symbol == order.symbol;
    order.plain && order.id == id && (request.side == 0 || same())
}

/// Whether nothing depends on what a position will be.
#[inline]
pub(super) fn is_unwatched(position: &Position) -> bool {
    position.triggers.is_empty() && position.reducers.is_empty()
}

/// The status of an order that has changed now, as an event, but for its number.
///
/// Side and quantity are the order's: some know them. Field by field: each is read and written at
/// once, and takes no register.
#[inline(always)] // Written in place.
pub(super) fn tell_live(
    event: &mut Event,
    order: &Order,
    (side, cum): (Side, Lots),
    status: OrderStatus,
) {
    (event.at, event.order) = (order.updated_at, order.id);
    event.position = order.position;
    event.trigger = Id::NONE;
    (event.client_id, event.tag) = (order.client_id, order.tag);
    event.mask = 0;
    event.price = order.price;
    event.qty = cum;
    event.value = Money(order.order_qty.0.wrapping_sub(cum.0));
    (event.limit, event.observed) = (0, 0);
    (event.symbol, event.scope) = (order.symbol, order.scope);
    event.code = u32::from(status.raw());
    (event.kind, event.side, event.unit) = (EventKind::OrderStatus.raw(), side.raw(), 0);
    event.exec_id = 0;
}

/// Whether a record says what it must, and in the usual way, but for its [`shape`]: no number is
/// negative.
#[inline(always)] // As above.
fn is_plain(request: &VenueReport) -> bool {
    let VenueReport { qty, price, venue_cum, venue_avg, venue_avg_frac, .. } = *request;
    let [c, d, e, f] = request.reserved;
    let limit = 60;
    // Two tests: one alone would be gathered into vectors, which costs more than it saves.
    if (qty.0 | venue_cum.0 | price.0).cast_unsigned() >> limit | c | d != 0 {
        return false;
    }
    venue_avg.0.cast_unsigned() >> limit | e | f == 0
        && request.header.is_of::<VenueReport>()
        && venue_avg_frac.cast_unsigned() < Ratio::ONE.cast_unsigned()
        && Liquidity::from_raw(request.liquidity).is_some()
}

/// Kind, liquidity, reason, side, status and what is reserved beside them, as they lie in memory.
#[inline]
const fn shape(r: &VenueReport) -> u64 {
    let ([low, high], [a, b]) = (r.reason.to_le_bytes(), r.reserved0);
    u64::from_le_bytes([r.report, r.liquidity, low, high, r.side, r.order_status, a, b])
}

/// The shapes of an execution and of an ack, but for liquidity and side: no reason is given.
const FILL: u64 = u64::from_le_bytes([ReportKind::Fill.raw(), 0, 0, 0, 0, 0, 0, 0]);
const ACK: u64 = u64::from_le_bytes([ReportKind::Ack.raw(), 0, 0, 0, 0, 0, 0, 0]);
/// Where the liquidity is.
const LIQUIDITY: u64 = 0xFF << 8;
/// Where the side is.
const SIDE: u64 = 0xFF << 32;
