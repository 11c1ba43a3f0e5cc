//! Plain orders: MARKET or LIMIT without any feature. A few ranges say that one passes; whatever
//! does not pass here is judged, and explained, by the whole gate.
#![forbid(unsafe_code)]

use super::Engine;
use crate::num::Nanos;
use crate::order::OrderSubmit;
use crate::risk::{Fold, Plain, RECORD};
use crate::status::{OrderType, Request, RequestHeader, Side, TimeInForce};
use crate::store::at;

impl Engine<'_> {
    /// Whether this is a LIMIT order without any feature, in a symbol without unusual limits, that
    /// passes every check. `false` says nothing. O(1), the same whatever is in the tables.
    #[inline]
    #[must_use]
    pub fn passes(&self, r: &OrderSubmit) -> bool {
        const BUY: u16 = pair(Side::Buy.raw(), OrderType::Limit.raw());
        const SELL: u16 = pair(Side::Sell.raw(), OrderType::Limit.raw());
        if !is_timed(r) || has_feature(r) {
            return false;
        }
        // Once for each side: its ranges and its reference lie in fixed places.
        match pair(r.side, r.order_type) {
            BUY => self.passes_limit(r, Side::Buy),
            SELL => self.passes_limit(r, Side::Sell),
            _ => false,
        }
    }

    #[inline(always)] // So that the side is known.
    fn passes_limit(&self, request: &OrderSubmit, side: Side) -> bool {
        let Some(exposure) = self.exposures.get(at(request.symbol)) else { return false };
        let Some(symbol) = self.symbols.place(request.symbol) else { return false };
        let (now, fold) = (self.time(request.header.now), exposure.fold(side));
        let order = Plain { qty: request.qty.0, price: request.price.0, side, limit: true };
        fold.admits_limit(&order, &symbol.market, now) && self.is_open(fold, request.client_id, now)
    }

    /// The same for every plain order, in any symbol.
    #[inline(never)]
    pub(super) fn passes_other(&self, request: &OrderSubmit) -> bool {
        let Some(order) = plain(request) else { return false };
        let Some(exposure) = self.exposures.get(at(request.symbol)) else { return false };
        let Some(symbol) = self.symbols.place(request.symbol) else { return false };
        let (now, fold) = (self.time(request.header.now), exposure.fold(order.side));
        fold.admits(&order, symbol, now) && self.is_open(fold, request.client_id, now)
    }

    /// Whether one more order passes every check that looks beyond its symbol.
    #[inline(always)] // A call would cost half of what it does.
    fn is_open(&self, fold: &Fold, client_id: u64, now: Nanos) -> bool {
        let orders = self.orders.table();
        now > self.root.closed_through
            && fold.needs & self.root.lacks == 0
            && orders.is_new(client_id)
            && orders.has_room_beside(self.triggers.closers())
            && (fold.needs & RECORD == 0 || self.positions.has_room())
            && !self.kill.is_thrown()
    }
}

/// A plain order, if it is one.
fn plain(r: &OrderSubmit) -> Option<Plain> {
    let side = Side::from_raw(r.side).filter(|_| is_timed(r) && !has_feature(r))?;
    let limit = r.order_type == OrderType::Limit.raw();
    let market = r.order_type == OrderType::Market.raw();
    (limit || market).then_some(Plain { qty: r.qty.0, price: r.price.0, side, limit })
}

/// Whether it is DAY, GTC, IOC or FOK.
#[inline]
fn is_timed(r: &OrderSubmit) -> bool {
    const BETWEEN: u8 = 2;
    const _: () = assert!(
        TimeInForce::Day.raw() == 0
            && TimeInForce::Gtc.raw() == 1
            && TimeInForce::Ioc.raw() == 3
            && TimeInForce::Fok.raw() == 4,
        "all numbers up to FOK but one"
    );
    r.time_in_force <= TimeInForce::Fok.raw() && r.time_in_force != BETWEEN
}

/// Two bytes as they lie in memory.
#[inline]
const fn pair(side: u8, order_type: u8) -> u16 {
    u16::from_le_bytes([side, order_type])
}

/// Whether anything is said that a plain order does not say.
#[inline]
fn has_feature(r: &OrderSubmit) -> bool {
    const HEAD: RequestHeader = OrderSubmit::EMPTY.header;
    let [a, b, c, d, e, f, g, h] = r.reserved;
    // By three: gathering more into vectors would cost more than it saves.
    r.header.kind != HEAD.kind
        || r.header.size != HEAD.size
        || r.position.0 | r.parent.0 | r.linked.0 != 0
        || r.stop_price.0 | r.trail_offset.0 | r.trail_ratio.0 != 0
        || r.stop_loss.0 | r.take_profit.0 != 0
        || r.expire_at.0 | r.timeout_at.0 | a != 0
        || b | c | d != 0
        || e | f | g != 0
        || h | u64::from(r.scope | r.flags | r.reserved0 | u32::from(r.hold)) != 0
}
