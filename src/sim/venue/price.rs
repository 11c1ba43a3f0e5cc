//! What an execution costs: the price of a taker, and the commission.
#![forbid(unsafe_code)]

use super::Venue;
use super::order::VenueOrder;
use crate::num::{Fraction, Lots, Money, Nanos, Ticks, div_ceil};
use crate::sim::SlippageOrder;
use crate::status::Liquidity;

impl Venue<'_> {
    /// The price at which an order takes now: the model's, by its whole quantity. A limit order
    /// for which the model has none pays its limit, an order at the market has no price then.
    pub(super) fn taker_price(&self, order: &VenueOrder) -> Option<Ticks> {
        let book = self.book(order.symbol)?;
        let simulation = self.simulation(order.symbol);
        let worth = worth(book.money, book.opposite(order.side), order.qty);
        let (size, day) = (worth.0.unsigned_abs(), simulation.volume_24h);
        let (size, volume) = match day.checked_mul(self.unit) {
            Some(volume) => (size, volume),
            // A day of so many money units does not fit: both in whole units of the currency.
            None => (size.checked_div(self.unit).unwrap_or(size), day),
        };
        let number = self.executions.wrapping_add(1);
        let asked = SlippageOrder::at(order.side, Ticks::ZERO, size, volume, number);
        let asked = asked.quoted(book.bid, book.ask);
        let limit = order.order_type.has_price().then_some(order.price);
        let asked = limit.map_or(asked, |limit| asked.limited(limit));
        simulation.slippage.price(&asked).ok().or(limit)
    }

    /// What the venue charges for an execution, and counts of it for its tiers.
    pub(super) fn charge(
        &mut self,
        symbol: u32,
        (qty, price): (Lots, Ticks),
        liquidity: Liquidity,
        now: Nanos,
    ) -> Money {
        let Some(book) = self.book(symbol) else { return Money::ZERO };
        let value = worth(book.money, price, qty);
        let fees = &self.simulation(symbol).fees;
        let volume = match fees.tier_count {
            0 => 0,
            _ => self.volume.at(now).checked_div(self.unit).unwrap_or(0),
        };
        let fee = fees.fee(value, qty, liquidity, volume).unwrap_or(Money(i64::MAX));
        self.volume.add(now, value.0.unsigned_abs());
        fee
    }
}

/// |price x quantity| in money units, rounded up, at most what fits.
fn worth(money: Fraction, price: Ticks, qty: Lots) -> Money {
    let value = price.worth(qty).checked_mul(i128::from(money.num()));
    let value = value.and_then(|value| div_ceil(value, i128::from(money.den())));
    Money(value.and_then(|value| i64::try_from(value).ok()).unwrap_or(i64::MAX))
}
