//! The part of an audit that derives anew what the whole gate comes to for one more LIMIT order.
#![forbid(unsafe_code)]

use super::Engine;
use super::audit::{Checked, same};
use crate::risk::money_of_group;
use crate::status::AuditItem;
use crate::store::NIL;

impl Engine<'_> {
    /// What symbols come to is looked at beside their other ranges.
    pub(super) fn audit_full(&self) -> Checked {
        for (place, book) in self.books.iter() {
            let known =
                self.full_of_book(book, book.exposure.full.grid.from()) == book.exposure.full;
            same(AuditItem::Folds, place, 1, i128::from(known))?;
            let above = self.scopes.get(book.scope).map_or(0, |scope| scope.parent);
            let above = self.books.place(above, book.symbol).unwrap_or(NIL);
            same(AuditItem::Folds, place, i128::from(above), i128::from(book.above))?;
        }
        for (number, scope) in self.scopes.iter() {
            let found = if number == 0 { self.root_room } else { scope.room };
            let room = self.room_of_scope(number, found.at());
            same(AuditItem::Folds, number, 1, i128::from(room == Some(found)))?;
        }
        let mut number = 1;
        while let Some(group) = self.group(number) {
            let room = money_of_group(group, self.account.den);
            same(AuditItem::Folds, number, i128::from(room), i128::from(group.room))?;
            number = number.saturating_add(1);
        }
        Ok(())
    }
}
