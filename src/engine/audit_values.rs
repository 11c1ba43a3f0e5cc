//! The audit of values: they are recomputed from orders, executions and positions.
#![forbid(unsafe_code)]

use super::Engine;
use super::audit::{Checked, same};
use crate::num::VALUE_MAX;
use crate::risk::Values;
use crate::status::{AuditItem, Side, SymbolFlag};
use crate::store::NIL;

impl Engine<'_> {
    /// Values of every symbol and what counts them. O(symbols × (orders + symbols)).
    pub(super) fn audit_values(&self) -> Checked {
        same(AuditItem::Values, NIL, 1, i128::from(self.looks == self.looked_at()))?;
        let mut all = Values::ZERO;
        let mut counted = 0_i128;
        for (number, _) in self.symbols.iter() {
            self.audit_working_value(number)?;
            self.audit_traded_value(number)?;
            let worth = &self.exposure(number).worth;
            let counts = self.counts_values(number);
            same(AuditItem::Values, number, i128::from(counts), i128::from(worth.is_counted))?;
            counted = counted.saturating_add(i128::from(counts));
            let values = if counts { self.measured(number) } else { Values::ZERO };
            // What was traded in an earlier session counts nowhere.
            let found = match worth.session() == self.session {
                true => worth.values,
                false => Values { bought: 0, sold: 0, ..worth.values },
            };
            same_values(number, &values, &found)?;
            all.shift(&Values::ZERO, &values);
        }
        same(AuditItem::Values, NIL, counted, i128::from(self.counted))?;
        let scope = self.scope().map_or(Values::ZERO, |scope| scope.values);
        same_values(NIL, &all, &scope)?;
        self.audit_groups()
    }

    fn audit_working_value(&self, number: u32) -> Checked {
        let worth = &self.exposure(number).worth;
        for side in [Side::Buy, Side::Sell] {
            let orders = self.orders.table().iter().map(|(_, order)| order);
            let own = orders.filter(|order| order.symbol == number && order.side == side);
            let sum = own.map(|order| self.counted_value(order)).sum::<i128>();
            let expected = if worth.is_counted { sum } else { 0 };
            same(AuditItem::WorkingValue, number, expected, worth.working(side))?;
        }
        Ok(())
    }

    /// While every order is kept, what was traded is what these have executed.
    fn audit_traded_value(&self, number: u32) -> Checked {
        let table = self.orders.table();
        let kept = u64::from(table.live()).saturating_add(u64::from(table.ended()));
        let signed = self.symbols.get(number);
        let signed = signed.is_none_or(|symbol| symbol.spec.has(SymbolFlag::NegativePrices));
        if kept != self.submitted || signed {
            return Ok(());
        }
        for side in [Side::Buy, Side::Sell] {
            let orders = table.iter().map(|(_, order)| order);
            let own = orders.filter(|order| order.symbol == number && order.side == side);
            let of =
                |order: &crate::order::Order| order.notional.saturating_sub(order.carried_value);
            let expected = own.map(of).sum::<i128>();
            let found = self.exposure(number).worth.ever(side);
            // Beyond that values count as no more.
            if expected < VALUE_MAX {
                same(AuditItem::TradedValue, number, expected, found)?;
            }
        }
        Ok(())
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
