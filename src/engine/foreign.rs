//! Executions of orders that are not in the table: they are facts all the same.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Source;
use super::reports::Reported;
use super::undo::Touched;
use crate::num::Ticks;
use crate::order::{Booking, Execution, Legs, Order, Parts, VenueReport, Went};
use crate::position::Position;
use crate::status::{Anomaly, OrderFact, OrderMark, OrderType, Side, Status};
use crate::store::Id;

impl Engine<'_> {
    /// Books an execution of an unknown order: it moves the position that the report names, or the
    /// one it belongs to; an order of its size is made for it, if the table has room.
    #[inline(never)]
    pub(super) fn take_foreign(
        &mut self,
        side: Side,
        fill: &Reported,
        request: &VenueReport,
    ) -> Result<Status, Status> {
        let legs = self.book_foreign(side, fill, request)?;
        // Also when there is no record of it.
        let mut touched = Touched::default();
        touched.note_legs(&legs);
        self.settle_touched(&touched);
        self.report_flat();
        Ok(Status::Ok)
    }

    #[inline(never)]
    fn book_foreign(
        &mut self,
        side: Side,
        fill: &Reported,
        request: &VenueReport,
    ) -> Result<Legs, Status> {
        let symbol = request.symbol;
        let (price, priced) = self.execution_price(symbol, side, fill.price, Ticks::ZERO);
        let booking =
            Booking { qty: fill.qty, value: price.times(fill.qty), commission: fill.commission };
        let mut order = self.foreign_order(side, &booking, request, priced);
        self.plan_fill(&Source::of(&order), &booking)?;
        self.enter(request.header.now);
        order.client_id = self.foreign_client_id(request.client_id);
        order.number = self.next_number();
        (order.created_at, order.sent_at, order.updated_at) = (self.now, self.now, self.now);
        order.id = self.orders.insert(&order).map_or(Id::NONE, |(_, id)| id);
        let source = Source { exec_id: fill.exec_id, ..Source::of(&order) };
        let planned = self.plan_fill(&source, &booking);
        let Ok(plan) = &planned else { return Ok(Legs::default()) };
        self.count_execution(source.scope);
        self.emit_fill(&source, &booking, plan);
        self.emit(Self::status_event(&order));
        self.note_execution(&source, &booking, false);
        self.trade_value((symbol, order.scope), side, 0, booking.value);
        let legs = self.commit_fill(&source, plan);
        self.keep_execution(&Execution {
            exec_id: fill.exec_id,
            order: order.id,
            symbol,
            scope: order.scope,
            side,
            qty: fill.qty,
            price: fill.price,
            commission: booking.commission,
            went: Went::Apart(Parts { booked: booking.qty, value: booking.value, legs }),
            ..Execution::EMPTY
        });
        self.note_foreign(&order, priced);
        Ok(legs)
    }

    fn foreign_order(
        &self,
        side: Side,
        booking: &Booking,
        request: &VenueReport,
        priced: bool,
    ) -> Order {
        let named = self.positions.resolve(request.position).ok();
        let named = named.and_then(|slot| self.positions.get(slot));
        let named = named.filter(|p: &&Position| p.is_open() && p.symbol == request.symbol);
        let unpriced = if priced { 0 } else { OrderMark::NoPrice.raw() };
        Order {
            position: named.map_or(Id::NONE, |position| position.id),
            scope: named.map_or(0, |position| position.scope),
            order_qty: booking.qty,
            cum_qty: booking.qty,
            notional: booking.value,
            commission: booking.commission,
            symbol: request.symbol,
            venue: request.venue,
            side,
            order_type: OrderType::Market,
            facts: OrderFact::Sent.raw() | OrderFact::Acked.raw(),
            marks: OrderMark::Foreign.raw() | unpriced,
            // It was never asked for: no terms are the same.
            terms_kept: 1,
            ..Order::EMPTY
        }
    }

    fn foreign_client_id(&mut self, given: u64) -> u64 {
        let free = given != 0 && self.orders.table().find(given).is_none();
        if free { given } else { self.next_own_id() }
    }

    fn note_foreign(&mut self, order: &Order, priced: bool) {
        let missing = (!priced).then_some(Anomaly::NoPrice);
        for anomaly in [Some(Anomaly::Foreign), missing].into_iter().flatten() {
            self.tell_anomaly(Self::anomaly_event(order, anomaly));
        }
    }
}
