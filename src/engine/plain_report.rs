//! The plain report: an ack, or an execution, of an order that nothing but a position depends on.
//!
//! Most reports are of this kind. Whatever is out of the ordinary is left to `reports.rs`, which
//! does the same to a plain one, at length.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Money, Ratio};
use crate::order::{Order, VenueReport};
use crate::position::Position;
use crate::status::{EventKind, Liquidity, OrderFact, OrderStatus, ReportKind, Status};
use crate::store::{Id, NIL};

impl Engine<'_> {
    /// Takes a plain report; `None`, and nothing has changed, when it is none. O(1) expected.
    #[inline]
    pub(super) fn take_plain(&mut self, request: &VenueReport) -> Option<Status> {
        if request.report == ReportKind::Fill.raw() {
            self.plain_fill(request)
        } else if request.report == ReportKind::Ack.raw() {
            self.plain_ack(request)
        } else {
            None
        }
    }

    #[inline(never)] // Its frame is gone when `reports.rs` takes over.
    fn plain_ack(&mut self, request: &VenueReport) -> Option<Status> {
        let slot = self.plain_slot(request)?;
        let order = self.orders.get(slot)?;
        let is_first = order.facts == OrderFact::Sent.raw() && order.cum_qty == Lots::ZERO;
        if !(is_first && is_named(order, request) && self.moves_unwatched(order)) {
            return None;
        }
        let now = request.header.now;
        self.now = now;
        if let Some(order) = self.orders.touch(slot) {
            order.facts |= OrderFact::Acked.raw();
            order.updated_at = now;
            self.events.push(now, live_event(order, OrderStatus::Open));
        }
        Some(Status::Ok)
    }

    /// Always, but for an engine to compare with.
    #[inline]
    pub(super) const fn goes_plainly(&self) -> bool {
        #[cfg(test)]
        return !self.plain_off;
        #[cfg(not(test))]
        true
    }

    /// The slot of the order that a plain report is about, while nothing else happens: whose order
    /// that is, [`is_named`] tells.
    #[inline(always)] // What it looked at stays in registers.
    pub(super) fn plain_slot(&self, request: &VenueReport) -> Option<u32> {
        if !self.goes_plainly()
            || !is_plain(request)
            || self.flat_awaited
            || !self.is_calm(request.header.now, self.calm_until)
        {
            return None;
        }
        if request.order == Id::NONE {
            self.orders.table().find(request.client_id)
        } else {
            Some(request.order.slot())
        }
    }

    /// Whether nothing waits for what becomes of the position that an order moves.
    #[inline]
    fn moves_unwatched(&self, order: &Order) -> bool {
        let slot = if order.position == Id::NONE {
            self.positions.totals(order.symbol).map_or(NIL, |totals| totals.net)
        } else {
            order.position.slot()
        };
        if slot == NIL {
            return true;
        }
        let is_it = |p: &Position| order.position == Id::NONE || order.position == p.id;
        self.positions.get(slot).is_some_and(|p| is_it(p) && is_unwatched(p))
    }
}

/// Whether a report is about this order, and the order is plain, too.
#[inline(always)] // As above.
pub(super) fn is_named(order: &Order, request: &VenueReport) -> bool {
    let named = request.order == Id::NONE || order.id == request.order;
    let same =
        request.side == 0 || request.side == order.side.raw() && request.symbol == order.symbol;
    named && same && order.is_plain()
}

/// Whether nothing depends on what an open position will be.
#[inline]
pub(super) fn is_unwatched(position: &Position) -> bool {
    position.is_open() && position.triggers.is_empty() && position.reducers.is_empty()
}

/// The status of an order that has not ended, or is filled, as an event.
#[inline]
pub(super) fn live_event(order: &Order, status: OrderStatus) -> Event {
    Event {
        code: u32::from(status.raw()),
        qty: order.cum_qty,
        price: order.price,
        value: Money(order.order_qty.0.wrapping_sub(order.cum_qty.0)),
        ..event_of(order, EventKind::OrderStatus, order.position)
    }
}

/// An event of a plain order.
#[inline]
pub(super) fn event_of(order: &Order, kind: EventKind, position: Id) -> Event {
    Event {
        order: order.id,
        position,
        client_id: order.client_id,
        tag: order.tag,
        symbol: order.symbol,
        scope: order.scope,
        side: order.side.raw(),
        ..Event::new(kind)
    }
}

/// Whether a record says what it must, and in the usual way: no number is negative, no reason is
/// given.
#[inline(always)] // As above.
fn is_plain(request: &VenueReport) -> bool {
    let VenueReport { qty, price, venue_cum, venue_avg, venue_avg_frac, .. } = *request;
    let [a, b] = request.reserved0;
    let low = u32::from(request.reason);
    let zero = u32::from_le_bytes([request.order_status, a, b, 0]) | low;
    let [c, d, e, f] = request.reserved;
    request.header.is_of::<VenueReport>()
        && c | d | e | f | u64::from(zero) == 0
        && (qty.0 | price.0 | venue_cum.0 | venue_avg.0).cast_unsigned() < 1 << 60
        && venue_avg_frac.cast_unsigned() < Ratio::ONE.cast_unsigned()
        && Liquidity::from_raw(request.liquidity).is_some()
}
