//! The part of an audit that looks at places that are killed or cleared.
#![forbid(unsafe_code)]

use super::Engine;
use super::audit::{Checked, count, same};
use crate::num::Lots;
use crate::order::Order;
use crate::risk::Ward;
use crate::status::{AuditItem, OrderFact, Side};
use crate::store::NIL;

impl Engine<'_> {
    /// Recounts what is left in every place, and the places that are cleared.
    pub(super) fn audit_kills(&self) -> Checked {
        let item = AuditItem::Kills;
        for (number, place) in (0_u32..).zip(self.symbols.places()) {
            self.audit_ward(0, number, &place.beside.ward)?;
        }
        for (_, book) in self.books.iter() {
            self.audit_ward(book.scope, book.symbol, &book.exposure.ward)?;
        }
        for (number, scope) in self.scopes.iter().skip(1) {
            let live = self.live_orders().filter(|order| self.is_in(order.scope, number));
            same(item, number, count(live), i128::from(scope.live))?;
            let positions = self.positions.table().iter().map(|(_, position)| position);
            let open = positions.filter(|p| p.is_open() && self.is_in(p.scope, number));
            same(item, number, count(open), i128::from(scope.positions))?;
        }
        let symbols = self.symbols.places().filter(|place| place.beside.ward.clearing.is_on());
        let books = self.books.iter().filter(|(_, book)| book.exposure.ward.clearing.is_on());
        let scopes = self.scopes.iter().filter(|(_, scope)| scope.clearing.is_on());
        let places = count(symbols).saturating_add(count(books)).saturating_add(count(scopes));
        same(item, NIL, places, i128::from(self.clearings))
    }

    fn live_orders(&self) -> impl Iterator<Item = &Order> {
        let orders = self.orders.table().iter().map(|(_, order)| order);
        orders.filter(|order| !order.is_evictable())
    }

    fn is_in(&self, scope: u32, of: u32) -> bool {
        self.path(scope).all().any(|number| number == of)
    }

    fn audit_ward(&self, scope: u32, symbol: u32, ward: &Ward) -> Checked {
        let item = AuditItem::Kills;
        let orders = || self.live_orders().filter(move |order| order.symbol == symbol);
        let idle = orders().filter(|order| order.working() == Lots::ZERO);
        let idle = idle.filter(|order| self.is_in(order.scope, scope));
        same(item, symbol, count(idle), i128::from(ward.idle))?;
        for side in [Side::Buy, Side::Sell] {
            let own = orders().filter(|order| (order.scope, order.side) == (scope, side));
            let leaves = |o: &&Order| o.is(OrderFact::CancelInflight) && !o.reduces();
            let leaving = own.filter(leaves).map(|order| i128::from(order.working().0));
            same(item, symbol, leaving.sum::<i128>(), ward.leaving(side))?;
        }
        Ok(())
    }
}
