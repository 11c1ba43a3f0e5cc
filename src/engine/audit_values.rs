//! The audit of values: they are recomputed from orders, executions and positions.
#![forbid(unsafe_code)]

use super::Engine;
use super::audit::{Checked, same};
use crate::num::VALUE_MAX;
use crate::order::Order;
use crate::risk::{Values, Worth};
use crate::status::{AuditItem, Side};
use crate::store::NIL;

impl Engine<'_> {
    /// Values of every symbol, of its books and what counts them. O((symbols + books) × (orders +
    /// symbols)).
    pub(super) fn audit_values(&self) -> Checked {
        same(AuditItem::Values, NIL, 1, i128::from(self.looks == self.looked_at()))?;
        let mut all = Values::ZERO;
        let mut counted = 0_i128;
        for (number, _) in self.symbols.iter() {
            let worth = &self.exposure(number).worth;
            self.audit_worth((number, number, 0), worth, worth.is_counted)?;
            let counts = self.counts_values(number);
            same(AuditItem::Values, number, i128::from(counts), i128::from(worth.is_counted))?;
            counted = counted.saturating_add(i128::from(counts));
            let values = if counts { self.measured(number) } else { Values::ZERO };
            same_values(number, &values, &worth.present(self.session))?;
            all.shift(&Values::ZERO, &values);
        }
        same(AuditItem::Values, NIL, counted, i128::from(self.counted))?;
        let scope = self.scope().map_or(Values::ZERO, |scope| scope.values);
        same_values(NIL, &all, &scope)?;
        self.audit_books_values()?;
        self.audit_groups()
    }

    /// The same of the books, and of the scopes that they are of.
    fn audit_books_values(&self) -> Checked {
        for (place, book) in self.books.iter() {
            let worth = &book.exposure.worth;
            let counts = self.exposure(book.symbol).worth.is_counted;
            self.audit_worth((place, book.symbol, book.scope), worth, counts)?;
            let values = if counts { self.measured_book(book) } else { Values::ZERO };
            same_values(place, &values, &worth.present(self.session))?;
        }
        for (number, scope) in self.scopes.iter().skip(1) {
            let mut all = Values::ZERO;
            let books = self.books.iter().filter(|(_, book)| book.scope == number);
            for (_, book) in books {
                all.shift(&Values::ZERO, &book.exposure.worth.present(self.session));
            }
            same_values(number, &all, &scope.values)?;
        }
        Ok(())
    }

    /// What works and was traded of a symbol in this scope, in place `index`.
    fn audit_worth(
        &self,
        (index, symbol, scope): (u32, u32, u32),
        worth: &Worth,
        counts: bool,
    ) -> Checked {
        let of = |side| {
            let orders = self.orders.table().iter().map(|(_, order)| order);
            let own = orders.filter(move |order| order.symbol == symbol && order.side == side);
            own.filter(move |order| self.path(order.scope).all().any(|number| number == scope))
        };
        for side in [Side::Buy, Side::Sell] {
            let sum = of(side).map(|order| self.counted_value(order)).sum::<i128>();
            let expected = if counts { sum } else { 0 };
            same(AuditItem::WorkingValue, index, expected, worth.working(side))?;
            if worth.has_negatives || !self.knows_traded() {
                continue;
            }
            let traded = |order: &Order| order.notional.saturating_sub(order.carried_value);
            let expected = of(side).map(traded).sum::<i128>();
            // Beyond that values count as no more.
            if expected < VALUE_MAX {
                same(AuditItem::TradedValue, index, expected, worth.ever(side))?;
            }
        }
        Ok(())
    }

    /// Whether what was traded is what the orders have executed: all are kept.
    fn knows_traded(&self) -> bool {
        let table = self.orders.table();
        let kept = u64::from(table.live()).saturating_add(u64::from(table.ended()));
        kept == self.submitted
    }

    fn audit_groups(&self) -> Checked {
        for (group, place) in (1..).zip(self.symbols.places()) {
            let members = || {
                let all = self.symbols.iter().map(|(number, _)| number);
                all.filter(move |&number| self.exposure(number).worth.group == group)
            };
            let worst = members().map(|number| self.measured(number).worst).sum::<i128>();
            let count = i128::try_from(members().count()).unwrap_or(i128::MAX);
            let found = &place.beside.group;
            same(AuditItem::Groups, group, count, i128::from(found.members))?;
            same(AuditItem::Groups, group, worst, found.worst)?;
        }
        Ok(())
    }
}

fn same_values(index: u32, expected: &Values, found: &Values) -> Checked {
    let pairs = [
        (expected.buy, found.buy),
        (expected.sell, found.sell),
        (expected.bought, found.bought),
        (expected.sold, found.sold),
        (expected.worst, found.worst),
        (expected.margin, found.margin),
        (expected.open, found.open),
    ];
    pairs.into_iter().try_for_each(|(a, b)| same(AuditItem::Values, index, a, b))
}
