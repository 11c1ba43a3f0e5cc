//! The part of an audit that looks at scopes below the root: their books, counts and accounts.
#![forbid(unsafe_code)]

use super::Engine;
use super::audit::{Checked, count, same};
use crate::num::Lots;
use crate::order::Order;
use crate::position::{Position, Totals};
use crate::risk::{Exposure, Own, Scope, ScopeBook};
use crate::status::{AuditItem, BreakerFlag, PositionSide, Side};
use crate::store::{Id, NIL};

impl Engine<'_> {
    /// Recomputes every book, and the counts and accounts of every scope below the root.
    pub(super) fn audit_books(&self) -> Checked {
        let clamping = i128::try_from(self.clamping_books()).unwrap_or(-1);
        same(AuditItem::Folds, NIL, clamping, i128::from(self.clamping))?;
        for (place, book) in self.books.iter() {
            let found = self.books.place(book.scope, book.symbol);
            same(AuditItem::BookOrders, place, i128::from(place), found.map_or(-1, i128::from))?;
            self.audit_book_orders(place, book)?;
            self.audit_book_positions(place, book)?;
            self.audit_book_claims(place, book)?;
        }
        for (number, _) in self.symbols.iter() {
            self.audit_below(number)?;
        }
        for (number, scope) in self.scopes.iter().skip(1) {
            self.audit_scope_below(number, scope)?;
        }
        Ok(())
    }

    /// Whether an order or position of this scope counts in another one, below the root.
    fn counts_in(&self, scope: u32, of: u32) -> bool {
        self.path(scope).below().any(|number| number == of)
    }

    fn orders_in(&self, book: &ScopeBook) -> impl Iterator<Item = &Order> {
        let (scope, symbol) = (book.scope, book.symbol);
        let orders = self.orders.table().iter().map(|(_, order)| order);
        orders.filter(move |o| o.symbol == symbol && self.counts_in(o.scope, scope))
    }

    fn positions_in(&self, book: &ScopeBook) -> impl Iterator<Item = &Position> {
        let (scope, symbol) = (book.scope, book.symbol);
        let all = self.positions.table().iter().map(|(_, position)| position);
        let own = all.filter(move |p| p.symbol == symbol && self.counts_in(p.scope, scope));
        own.filter(|position| position.is_open())
    }

    fn audit_book_orders(&self, place: u32, book: &ScopeBook) -> Checked {
        let item = AuditItem::BookOrders;
        let (mut all, mut own) = (Exposure::EMPTY, Own::EMPTY);
        let mut legs = 0;
        for order in self.orders_in(book) {
            let (lots, works) = (self.counted(order), order.working() > Lots::ZERO);
            all.shift(order.side, Lots::ZERO, lots);
            all.recount(order.side, false, works);
            if order.scope == book.scope {
                let sum = own.of_mut(order.side);
                *sum = sum.wrapping_add(i128::from(lots.0));
                own.orders = own.orders.saturating_add(u32::from(works));
                own.opening = own.opening.saturating_add(u32::from(order.opens_position));
                legs = i128::from(order.legs_reserved).saturating_add(legs);
            }
        }
        for side in [Side::Buy, Side::Sell] {
            same(item, place, all.of(side), book.exposure.of(side))?;
            let (expected, found) = (all.orders(side), book.exposure.orders(side));
            same(item, place, i128::from(expected), i128::from(found))?;
            same(item, place, own.of(side), book.own.of(side))?;
        }
        same(item, place, i128::from(own.orders), i128::from(book.own.orders))?;
        same(item, place, i128::from(own.opening), i128::from(book.own.opening))?;
        same(AuditItem::BracketLegs, place, legs, i128::from(book.totals.legs))
    }

    fn audit_book_positions(&self, place: u32, book: &ScopeBook) -> Checked {
        let item = AuditItem::BookPositions;
        let sums = |side| {
            let of = self.positions_in(book).filter(move |p| p.side == side);
            of.fold((0_i128, 0_i128), |(qty, cost), p| {
                let qty = qty.saturating_add(i128::from(p.book.qty.0));
                (qty, cost.saturating_add(p.book.cost))
            })
        };
        let (qty, cost) = sums(PositionSide::Long);
        same(item, place, qty, i128::from(book.totals.long_qty.0))?;
        same(item, place, cost, book.totals.long_cost)?;
        let (qty, cost) = sums(PositionSide::Short);
        same(item, place, qty, i128::from(book.totals.short_qty.0))?;
        same(item, place, cost, book.totals.short_cost)?;
        let own = || self.positions_in(book).filter(|p| p.scope == book.scope);
        same(item, place, count(own()), i128::from(book.own.open))?;
        let net = own().find(|position| position.net).map_or(Id::NONE, |position| position.id);
        let found = self.positions.get(book.totals.net).filter(|_| book.totals.net != NIL);
        let found = found.map_or(Id::NONE, |position| position.id);
        same(item, place, i128::from(net.0), i128::from(found.0))
    }

    fn audit_book_claims(&self, place: u32, book: &ScopeBook) -> Checked {
        let own = &book.own;
        let claims = if self.is_hedged(book.symbol) {
            own.open.saturating_add(own.opening)
        } else {
            u32::from(own.orders > 0 || own.open > 0)
        };
        same(AuditItem::BookClaims, place, i128::from(claims), i128::from(own.claims))?;
        let within = self.books.iter().map(|(_, other)| other);
        let within = within
            .filter(|b| b.symbol == book.symbol && self.counts_in(b.scope, book.scope))
            .fold(0_i128, |sum, other| sum.saturating_add(i128::from(other.own.claims)));
        same(AuditItem::BookClaims, place, within, i128::from(book.exposure.claims))
    }

    /// What a symbol keeps of its books.
    fn audit_below(&self, number: u32) -> Checked {
        let below = self.exposure(number).below;
        let all = || self.books.iter().filter(|(_, book)| book.symbol == number);
        let listed = count(self.books.of_symbol(below.books));
        same(AuditItem::BookOrders, number, count(all()), listed)?;
        let mut sums = Own::EMPTY;
        for (_, book) in all() {
            sums.buy = sums.buy.wrapping_add(book.own.buy);
            sums.sell = sums.sell.wrapping_add(book.own.sell);
            sums.orders = sums.orders.wrapping_add(book.own.orders);
            sums.claims = sums.claims.wrapping_add(book.own.claims);
        }
        same(AuditItem::BookOrders, number, sums.buy, below.own.buy)?;
        same(AuditItem::BookOrders, number, sums.sell, below.own.sell)?;
        same(AuditItem::BookOrders, number, i128::from(sums.orders), i128::from(below.own.orders))?;
        same(AuditItem::BookClaims, number, i128::from(sums.claims), i128::from(below.own.claims))
    }

    fn audit_scope_below(&self, number: u32, scope: &Scope) -> Checked {
        let orders = self.orders.table().iter().map(|(_, order)| order);
        let own = orders.filter(|order| self.counts_in(order.scope, number));
        let working = count(own.filter(|order| order.working() > Lots::ZERO));
        same(AuditItem::ScopeCounts, number, working, i128::from(scope.open_orders))?;
        let books = || self.books.iter().map(|(_, b)| b).filter(|book| book.scope == number);
        let claims = books().map(|book| i128::from(book.exposure.claims)).sum::<i128>();
        same(AuditItem::ScopeCounts, number, claims, i128::from(scope.claims))?;
        let (mut realised, mut unrealised, mut paid) = (0_i128, 0_i128, 0_i128);
        for book in books() {
            let Some(symbol) = self.symbols.get(book.symbol) else { continue };
            let Totals { realised: gain, commission, .. } = book.totals;
            realised = realised.wrapping_add(gain.wrapping_mul(i128::from(symbol.scale)));
            unrealised = unrealised.wrapping_add(Self::book_gain(symbol, &book.totals));
            paid = paid.wrapping_add(i128::from(commission.0));
        }
        let (item, account) = (AuditItem::ScopeAccount, &scope.account);
        same(item, number, realised, account.realised)?;
        same(item, number, unrealised, account.unrealised)?;
        same(item, number, paid, account.commission)?;
        let realised_only = scope.breaker.config().has(BreakerFlag::RealisedOnly);
        let Ok(equity) = account.equity(realised_only) else { return Ok(()) };
        let known = scope.breaker.equity().unwrap_or_default();
        same(item, number, i128::from(equity.0), i128::from(known.0))
    }
}
