//! Orders that an earlier run left at the venue.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Nanos, Ticks};
use crate::order::{Order, OrderAdopt, Terms};
use crate::status::{EventKind, OrderFact, OrderFlag, Status};
use crate::store::Id;

impl Engine<'_> {
    /// Takes over an order that lives at the venue: no check is made and no position moves; its
    /// leaves are reserved. `Exists` when the very same was taken over before. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`; `Range` for a client id of 0, a quantity that is not
    /// positive, an executed one that is negative or not below it, or a timeout that is over;
    /// `Scope`, `Symbol`; `Price` for prices that do not go with the type; `State` for a stop that
    /// would be held here and for a reduce-only order without its position; `Unknown`, `Stale`,
    /// `Foreign` for position and parent, `Terminal` for a closed position; `Conflict` for a client
    /// id that is taken; `Capacity`.
    pub fn order_adopt(&mut self, request: &OrderAdopt) -> Result<(Status, Id), Status> {
        let terms = Terms::decode_adopted(request)?;
        if let Some(slot) = self.orders.table().find(terms.client_id) {
            let order = self.orders.get(slot).ok_or(Status::Unknown)?;
            let carried = (order.carried_qty, order.carried_value);
            let same = carried == (request.cum_qty, i128::from(request.notional));
            if order.fingerprint() != terms.fingerprint() || !same {
                return Err(Status::Conflict);
            }
            let id = order.id;
            self.enter(request.header.now);
            return Ok((Status::Exists, id));
        }
        self.check_adopted(&terms, request)?;
        let opens = self.opens_position(&terms);
        if !self.has_order_room() || !self.has_book_room(terms.scope, terms.symbol, opens) {
            return Err(Status::Capacity);
        }
        self.enter(request.header.now);
        self.make_books(terms.scope, terms.symbol);
        let order = self.adopted_order(&terms, request, opens);
        let (slot, id) = self.orders.insert(&order).ok_or(Status::Capacity)?;
        self.note_client_id(terms.client_id);
        self.order_added(slot);
        self.note_adopted(slot);
        // One that may only reduce may be more than there is, and a kill reaches all.
        self.settle_order(slot);
        if self.is_place_killed(terms.scope, terms.symbol) {
            self.kill_order(slot);
        }
        Ok((Status::Ok, id))
    }

    fn check_adopted(&self, terms: &Terms, request: &OrderAdopt) -> Result<(), Status> {
        self.check_scope(terms.scope)?;
        let now = self.time(request.header.now);
        let late = terms.timeout_at != Nanos::ZERO && terms.timeout_at <= now;
        let counts = (0..terms.qty.0).contains(&request.cum_qty.0);
        if terms.client_id == 0 || !counts || late {
            return Err(Status::Range);
        }
        let symbol = self.symbols.get(terms.symbol).ok_or(Status::Symbol)?;
        if terms.is_held() {
            return Err(Status::State);
        }
        let fits = |has: bool, price: Ticks| {
            if has { symbol.spec.allows(price) } else { price == Ticks::ZERO }
        };
        let kind = terms.order_type;
        if !(fits(kind.has_price(), terms.price) && fits(kind.has_stop_price(), terms.stop_price)) {
            return Err(Status::Price);
        }
        let found = self.found(terms.symbol, terms.scope);
        let position = self.named_position(terms)?.or_else(|| self.reduced_net(terms, &found));
        if terms.has(OrderFlag::ReduceOnly) && position.is_none() {
            return Err(Status::State);
        }
        if !self.has_reducer_room(terms, position) {
            return Err(Status::Capacity);
        }
        if terms.parent != Id::NONE {
            self.orders.resolve(terms.parent)?;
        }
        Ok(())
    }

    fn adopted_order(&mut self, terms: &Terms, request: &OrderAdopt, opens: bool) -> Order {
        let value = i128::from(request.notional);
        let found = self.found(terms.symbol, terms.scope);
        let reduced = self.reduced_net(terms, &found).map(|position| position.id);
        Order {
            position: reduced.unwrap_or(terms.position),
            facts: OrderFact::Sent.raw() | OrderFact::Acked.raw(),
            cum_qty: request.cum_qty,
            notional: value,
            carried_qty: request.cum_qty,
            carried_value: value,
            commission: request.commission,
            opens_position: opens,
            number: self.next_number(),
            sent_at: self.now,
            ..Order::new(terms, self.now)
        }
    }

    fn note_adopted(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        let event = Event {
            code: u32::from(order.status().raw()),
            qty: order.cum_qty,
            price: order.price,
            ..Self::order_event(EventKind::OrderAdopted, order)
        };
        self.emit(event);
    }
}
