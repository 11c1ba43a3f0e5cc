//! The events of one order, read back.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::{Event, OrderLogView};
use crate::status::Status;
use crate::store::Id;

impl Engine<'_> {
    /// The events of one order that are kept, oldest first, taken or not: by id, or by client id
    /// when that is none, then with the denials of that client id. Those numbered below `from` are
    /// left out. O(capacity.events).
    ///
    /// # Errors
    /// `Unknown` for an id that no order has had, and for client id 0 without such an order;
    /// `Foreign`.
    pub fn order_log(
        &self,
        id: Id,
        client_id: u64,
        from: u64,
        room: &mut [Event],
    ) -> Result<OrderLogView, Status> {
        let found = self.orders.find(id, client_id);
        let is_lost = found == Err(Status::Stale) || (id == Id::NONE && client_id != 0);
        let order = match found {
            Ok(slot) => self.orders.get(slot),
            Err(_) if is_lost => None,
            Err(status) => return Err(status),
        };
        let by_client = if id == Id::NONE { client_id } else { 0 };
        let id = order.map_or(id, |order| order.id);
        let is_own = |event: &Event| {
            let of_client = by_client != 0 && event.client_id == by_client;
            of_client || (id != Id::NONE && event.order == id)
        };
        let mut view = OrderLogView { next: self.events.next(), ..OrderLogView::default() };
        let mut places = room.iter_mut();
        let oldest = self.events.kept().next();
        view.oldest = oldest.map_or(view.next, |event| event.sequence);
        for event in self.events.kept().filter(|event| event.sequence >= from && is_own(event)) {
            let Some(place) = places.next() else {
                (view.next, view.more) = (event.sequence, 1);
                break;
            };
            *place = *event;
            view.count = view.count.wrapping_add(1);
        }
        let since = |oldest: &Event| order.is_none_or(|order| oldest.at >= order.created_at);
        view.overwritten = u32::from(view.oldest > 0 && oldest.is_some_and(since));
        Ok(view)
    }
}
