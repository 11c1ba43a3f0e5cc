//! What an order that works is worth, as limits in money count it.
#![forbid(unsafe_code)]

use super::Order;
use crate::num::{TickLots, Ticks};
use crate::status::OrderFact;

/// The price that an order with these prices is valued at: the larger magnitude; 0 when it has
/// none.
#[must_use]
pub const fn own_price(price: Ticks, stop_price: Ticks) -> Ticks {
    if stop_price.0.unsigned_abs() > price.0.unsigned_abs() { stop_price } else { price }
}

impl Order {
    /// The price it would be valued at with these prices: the larger of them, or, without any, the
    /// one it was valued at before; 0 when there is none.
    #[must_use]
    pub const fn price_with(&self, price: Ticks, stop_price: Ticks) -> Ticks {
        let own = own_price(price, stop_price);
        if own.0 == 0 { self.valued_at } else { own }
    }

    /// The price it is valued at; 0 when that is not known.
    #[must_use]
    pub const fn value_price(&self) -> Ticks {
        self.price_with(self.price, self.stop_price)
    }

    /// What is reserved for it, tick-lots: what works × the price it is valued at; with a replace
    /// in flight the larger value of old and new. At most [`VALUE_MAX`](crate::num::VALUE_MAX).
    #[must_use]
    pub fn working_value(&self) -> TickLots {
        if self.is_parent() {
            return 0;
        }
        let old = self.value_price().worth(self.beyond_cum(self.order_qty));
        if !self.is(OrderFact::ReplaceInflight) {
            return old;
        }
        let new = self.price_with(self.replace.price, self.next_stop_price());
        old.max(new.worth(self.beyond_cum(self.replace.qty)))
    }

    /// Its trigger price once the replace in flight is accepted.
    const fn next_stop_price(&self) -> Ticks {
        if self.is(OrderFact::Triggered) { self.stop_price } else { self.replace.stop_price }
    }
}
