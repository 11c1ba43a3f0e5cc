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
use crate::status::{EventKind, Liquidity, OrderFact, OrderStatus, ReportKind, Status};
use crate::store::Id;

impl Engine<'_> {
    /// Takes a report of an order that only the client id names.
    #[inline(never)] // Its frame is not that of other reports.
    pub(super) fn take_by_client(&mut self, request: &VenueReport) -> Result<Status, Status> {
        let slot = self.orders.table().find(request.client_id);
        let order = slot.and_then(|slot| self.orders.get(slot));
        self.take_of(order.map_or(Id::NONE, |order| order.id), request)
    }

    /// Takes a report of the order with this id, if there is one.
    #[inline(always)] // Of two tests.
    pub(super) fn take_of(&mut self, id: Id, request: &VenueReport) -> Result<Status, Status> {
        if request.report == ReportKind::Fill.raw() {
            self.take_execution(request, id)
        } else if request.report == ReportKind::Ack.raw() {
            self.take_ack(request, id)
        } else {
            self.take_any(request)
        }
    }

    /// Takes an ack, if it is a plain one at once. O(1) expected.
    #[inline(never)] // Its frame is gone when `reports.rs` takes over.
    fn take_ack(&mut self, request: &VenueReport, id: Id) -> Result<Status, Status> {
        let Some(slot) = self.plainly_acked(request, id) else { return self.take_any(request) };
        let Some(order) = self.orders.touch(slot) else { return Ok(Status::Ok) };
        let now = request.header.now;
        self.now = now;
        order.facts |= OrderFact::Acked.raw();
        order.updated_at = now;
        let Some((sequence, [place])) = self.events.room_for() else {
            return self.tell_ack(slot);
        };
        let event = live_event(order, OrderStatus::Open);
        *place = Event { sequence, at: now, ..event };
        Ok(Status::Ok)
    }

    /// The same where the ring of events is full, or ends.
    #[cold]
    #[inline(never)] // Last of all, so that it needs no frame.
    fn tell_ack(&mut self, slot: u32) -> Result<Status, Status> {
        self.emit_status(slot);
        Ok(Status::Ok)
    }

    /// The order that a plain ack is about; `None` when it is none.
    #[inline(always)] // Its only caller is nothing else.
    fn plainly_acked(&self, request: &VenueReport, id: Id) -> Option<u32> {
        if !self.is_plainly(request, ReportKind::Ack) {
            return None;
        }
        let slot = id.slot();
        let order = self.orders.get(slot)?;
        let is_first = order.facts == OrderFact::Sent.raw() && order.cum_qty == Lots::ZERO;
        // One that could not be valued yet is valued with whatever happens to it next.
        let is_valued = self.counted == 0 || order.value_price() != Ticks::ZERO;
        // It changes no position and no reservation: nothing that depends on these is looked at.
        (is_first && is_valued && is_named(order, id, request)).then_some(slot)
    }

    /// Whether a report is plain, while nothing else happens and no kill is news: whether its order
    /// is plain, too, [`is_named`] tells.
    #[inline(always)] // What it looked at stays in registers.
    pub(super) fn is_plainly(&self, request: &VenueReport, kind: ReportKind) -> bool {
        self.goes_short() && is_plain(request, kind) && self.is_timely(request.header.now)
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

/// The status of an order that has not ended, or is filled, as an event.
#[inline]
pub(super) fn live_event(order: &Order, status: OrderStatus) -> Event {
    Event {
        code: u32::from(status.raw()),
        qty: order.cum_qty,
        price: order.price,
        value: Money(order.order_qty.0.wrapping_sub(order.cum_qty.0)),
        trigger: Id::NONE,
        ..Engine::order_event(EventKind::OrderStatus, order)
    }
}

/// Whether a record of this kind says what it must, and in the usual way: no number is negative, no
/// reason is given.
#[inline(always)] // As above.
fn is_plain(request: &VenueReport, kind: ReportKind) -> bool {
    let VenueReport { qty, price, venue_cum, venue_avg, venue_avg_frac, .. } = *request;
    let [c, d, e, f] = request.reserved;
    // The difference, so that all of it is one load.
    let odd = shape(request).wrapping_sub(u64::from(kind.raw()));
    let limit = 60;
    // Several tests: one alone would be gathered into vectors, which costs more than it saves.
    if c | d | odd & !(LIQUIDITY | SIDE) != 0 {
        return false;
    }
    if e | f | venue_avg.0.cast_unsigned() >> limit != 0 {
        return false;
    }
    (qty.0 | price.0 | venue_cum.0).cast_unsigned() >> limit == 0
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

/// Where the liquidity is.
const LIQUIDITY: u64 = 0xFF << 8;
/// Where the side is.
const SIDE: u64 = 0xFF << 32;
