//! The part of an audit that looks at the simulated venue.
#![forbid(unsafe_code)]

use super::Engine;
use super::audit::{Checked, same};
use crate::status::{AuditItem, OrderFact, OrderMark};
use crate::store::NIL;

impl Engine<'_> {
    /// The venue is as it must be and, when nothing is on its way, works what is left of each order
    /// that was sent there and is not in doubt.
    pub(super) fn audit_venue(&self) -> Checked {
        let Some(desk) = &self.desk else { return Ok(()) };
        let item = AuditItem::Venue;
        let found = desk.venue.audit().err().unwrap_or(NIL);
        same(item, found, i128::from(NIL), i128::from(found))?;
        if !desk.venue.is_silent() {
            return Ok(());
        }
        for (slot, order) in self.orders.table().iter() {
            if order.marks & OrderMark::InDoubt.raw() != 0 {
                continue;
            }
            let sent = order.is(OrderFact::Sent) && !order.is_terminal();
            let left = if sent { order.order_qty.0.saturating_sub(order.cum_qty.0) } else { 0 };
            if let Some(works) = desk.venue.works(order.id) {
                same(item, slot, i128::from(left), i128::from(works.0))?;
            }
        }
        Ok(())
    }
}
