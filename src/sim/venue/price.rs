//! What an execution costs: the price of a taker, and the commission.
#![forbid(unsafe_code)]

use super::Venue;
use super::order::VenueOrder;
use crate::num::{Fraction, Lots, Money, Nanos, Ticks, div_ceil};
use crate::sim::SlippageOrder;
use crate::status::Liquidity;

impl Venue<'_> {
    /// The price at which an order takes now: the model's, by its whole quantity. A limit order
    /// for which the model has none pays its limit, an order at the market has no price then. None
    /// is below the least one of the symbol.
    pub(super) fn taker_price(&self, order: &VenueOrder) -> Option<Ticks> {
        let book = self.book(order.symbol)?;
        let simulation = self.simulation(order.symbol);
        let worth = worth(book.money, book.opposite(order.side), order.qty);
        let size = worth.map_or(u64::MAX, |worth| worth.0.unsigned_abs());
        let day = simulation.volume_24h;
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
        let price = simulation.slippage.price(&asked).ok().or(limit)?;
        Some(price.max(book.least))
    }

    /// What the venue charges for an execution, which it counts for its tiers; `None`, and nothing
    /// is counted, when the value or the fee would not fit.
    pub(super) fn charge(
        &mut self,
        symbol: u32,
        (qty, price): (Lots, Ticks),
        liquidity: Liquidity,
        now: Nanos,
    ) -> Option<Money> {
        let value = worth(self.book(symbol)?.money, price, qty)?;
        let fees = self.fees(symbol);
        let volume = match fees.tier_count {
            0 => 0,
            _ => self.volume.at(now).checked_div(self.unit).unwrap_or(0),
        };
        let fee = fees.fee(value, qty, liquidity, volume).ok()?;
        self.volume.add(now, value.0.unsigned_abs());
        Some(fee)
    }
}

/// Price x quantity in money units, rounded up; `None` when that does not fit.
fn worth(money: Fraction, price: Ticks, qty: Lots) -> Option<Money> {
    let value = price.worth(qty).checked_mul(i128::from(money.num()))?;
    let value = div_ceil(value, i128::from(money.den()))?;
    i64::try_from(value).ok().map(Money)
}
