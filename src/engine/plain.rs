//! Plain orders: MARKET or LIMIT without any feature. A few ranges say that one passes; whatever
//! does not pass here is judged, and explained, by the whole gate.
#![forbid(unsafe_code)]

use super::Engine;
use crate::num::{Lots, Nanos};
use crate::order::{Core, Order, OrderSubmit, Pending, Terms};
use crate::position::Totals;
use crate::risk::{Fold, Plain, RECORD};
use crate::status::{ExitReason, Hold, OrderType, Request, RequestHeader, Side, TimeInForce};
use crate::store::{Id, at};

impl Engine<'_> {
    /// Whether this is a LIMIT order without any feature, in a symbol without unusual limits, that
    /// passes every check. `false` says nothing. O(1), the same whatever is in the tables.
    #[inline(always)] // A call would cost much of what it does.
    #[must_use]
    pub fn passes(&self, r: &OrderSubmit) -> bool {
        const BUY: u16 = pair(Side::Buy.raw(), OrderType::Limit.raw());
        const SELL: u16 = pair(Side::Sell.raw(), OrderType::Limit.raw());
        // One test here and one there: side by side they would become a longer one.
        if r.time_in_force > TimeInForce::Fok.raw() || has_feature(r) {
            return false;
        }
        if r.time_in_force == UNKNOWN_TIME {
            return false;
        }
        // Once for each side: its ranges and its reference lie in fixed places.
        let pair = pair(r.side, r.order_type);
        if pair == BUY {
            return self.passes_limit(r, Side::Buy);
        }
        pair == SELL && self.passes_limit(r, Side::Sell)
    }

    #[inline(always)] // So that the side is known.
    fn passes_limit(&self, request: &OrderSubmit, side: Side) -> bool {
        let Some(exposure) = self.exposures.get(at(request.symbol)) else { return false };
        let Some(symbol) = self.symbols.place(request.symbol) else { return false };
        let (now, fold) = (self.time(request.header.now), exposure.fold(side));
        let order = Plain { qty: request.qty.0, price: request.price.0, side, limit: true };
        fold.admits_limit(&order, &symbol.market, now)
            && self.is_open::<false>(fold, request.client_id, now)
    }

    /// The same for plain orders at the market, and in symbols with unusual limits or positions
    /// side by side.
    #[inline(never)]
    pub(super) fn passes_other(&self, request: &OrderSubmit) -> bool {
        let Some(exposure) = self.exposures.get(at(request.symbol)) else { return false };
        let other = exposure.is_unusual() || request.order_type == OrderType::Market.raw();
        let Some(order) = other.then(|| plain(request)).flatten() else { return false };
        let Some(symbol) = self.symbols.place(request.symbol) else { return false };
        let (now, fold) = (self.time(request.header.now), exposure.fold(order.side));
        fold.admits(&order, symbol, now) && self.is_open::<true>(fold, request.client_id, now)
    }

    /// Takes an order that [`Engine::passes`]: as [`Engine::order_submit`] does, in one go.
    #[inline(never)]
    pub fn take_passing(&mut self, r: &OrderSubmit) -> Id {
        let side = Side::from_raw(r.side).unwrap_or(Side::Buy);
        let time_in_force = TimeInForce::from_raw(r.time_in_force).unwrap_or(TimeInForce::Gtc);
        self.enter(r.header.now);
        let (now, number) = (self.now, self.next_number());
        let lapses_at = match time_in_force {
            TimeInForce::Day => self.next_session(),
            _ => Nanos::ZERO,
        };
        let fill = |order: &mut Order, id| {
            *order = Order::EMPTY;
            order.id = id;
            order.client_id = r.client_id;
            order.tag = r.tag;
            order.number = number;
            order.order_qty = r.qty;
            order.price = r.price;
            order.lapses_at = lapses_at;
            (order.created_at, order.updated_at) = (now, now);
            (order.symbol, order.venue) = (r.symbol, r.venue);
            (order.side, order.order_type) = (side, OrderType::Limit);
            order.time_in_force = time_in_force;
            order.pending = Pending::NEW;
            order.fingerprint = core(r, side, time_in_force).fingerprint();
        };
        // That there is room was seen.
        let id = self.orders.insert_plain(r.client_id, lapses_at, fill);
        let id = id.map_or(Id::NONE, |(_, id)| id);
        self.last_client_id = self.last_client_id.max(r.client_id);
        self.begin_work(r.symbol, side, r.qty);
        self.note_accepted();
        id
    }

    /// Whether a close of the engine's own, at the market, passes every check. `false` says
    /// nothing. O(1).
    #[inline]
    pub(super) fn passes_close(&self, terms: &Terms) -> bool {
        let position = self.positions.resolve(terms.position).ok();
        let Some(position) = position.and_then(|slot| self.positions.get(slot)) else {
            return false;
        };
        let Some(exposure) = self.exposures.get(at(terms.symbol)) else { return false };
        let Some(symbol) = self.symbols.place(terms.symbol) else { return false };
        let fold = exposure.fold(terms.side);
        let order = Plain { qty: terms.qty.0, price: 0, side: terms.side, limit: false };
        terms.qty <= position.uncovered()
            && position.side.closed_by() == terms.side
            && self.now > self.root.closed_through
            && fold.needs & self.root.lacks & !RECORD == 0
            && self.orders.table().has_room_beside(0)
            && !self.kill.is_thrown()
            && fold.admits(&order, symbol, self.now)
    }

    /// Sends a close that [`Engine::passes_close`].
    #[inline(never)]
    pub(super) fn take_close(
        &mut self,
        terms: &Terms,
        trigger: Id,
        exit: ExitReason,
    ) -> Option<Id> {
        let (now, number) = (self.now, self.next_number());
        let fill = |order: &mut Order, id| {
            *order = Order::EMPTY;
            order.id = id;
            order.client_id = terms.client_id;
            order.tag = terms.tag;
            order.position = terms.position;
            order.trigger = trigger;
            order.number = number;
            order.order_qty = terms.qty;
            (order.created_at, order.updated_at) = (now, now);
            (order.symbol, order.venue) = (terms.symbol, terms.venue);
            (order.scope, order.flags) = (terms.scope, terms.flags);
            (order.side, order.time_in_force) = (terms.side, terms.time_in_force);
            (order.exit, order.pending) = (exit, Pending::NEW);
            order.fingerprint = terms.fingerprint();
        };
        let (slot, id) = self.orders.insert_plain(terms.client_id, Nanos::ZERO, fill)?;
        self.order_added(slot);
        self.note_accepted();
        Some(id)
    }

    /// A plain order begins to work: sums, counts and ranges follow.
    #[inline]
    fn begin_work(&mut self, number: u32, side: Side, qty: Lots) {
        let net = self.positions.totals(number).map_or(0, Totals::net_lots);
        let Some(symbol) = self.symbols.place(number) else { return };
        let Some(exposure) = self.exposures.get_mut(at(number)) else { return };
        exposure.add(side, qty, symbol, net);
        let claims = exposure.claims;
        if let Some(scope) = self.scopes.first_mut() {
            scope.open_orders = scope.open_orders.wrapping_add(1);
        }
        if claims == 0 {
            self.recount_claims(number);
        } else {
            self.refold_room();
        }
    }

    /// Whether one more order passes every check that looks beyond its symbol.
    #[inline(always)] // A call would cost half of what it does.
    fn is_open<const OTHER: bool>(&self, fold: &Fold, client_id: u64, now: Nanos) -> bool {
        let orders = self.orders.table();
        now > self.root.closed_through
            && (fold.needs & self.root.lacks == 0 || (OTHER && self.has_record_room(fold)))
            && orders.is_new(client_id)
            && orders.has_room_beside(self.triggers.closers())
            && !self.kill.is_thrown()
    }

    /// Whether all that an order lacks is room for a position of its own, and there is some.
    fn has_record_room(&self, fold: &Fold) -> bool {
        fold.needs & self.root.lacks == RECORD && self.positions.has_room()
    }
}

/// What a LIMIT order without any feature says.
#[inline]
fn core(r: &OrderSubmit, side: Side, time_in_force: TimeInForce) -> Core {
    let OrderSubmit { tag, qty, price, symbol, venue, .. } = *r;
    let (order_type, hold) = (OrderType::Limit, Hold::Core);
    Core { tag, qty, price, symbol, venue, side, order_type, time_in_force, hold }
}

/// A plain order, if it is one.
fn plain(r: &OrderSubmit) -> Option<Plain> {
    let timed = TimeInForce::from_raw(r.time_in_force).is_some_and(|t| t != TimeInForce::Gtd);
    let side = Side::from_raw(r.side).filter(|_| timed && !has_feature(r))?;
    let limit = r.order_type == OrderType::Limit.raw();
    let market = r.order_type == OrderType::Market.raw();
    (limit || market).then_some(Plain { qty: r.qty.0, price: r.price.0, side, limit })
}

/// DAY, GTC, IOC and FOK are the numbers up to FOK but this one.
const UNKNOWN_TIME: u8 = 2;
const _: () = assert!(
    TimeInForce::Day.raw() == 0
        && TimeInForce::Gtc.raw() == 1
        && TimeInForce::Ioc.raw() == 3
        && TimeInForce::Fok.raw() == 4,
    "two comparisons tell them"
);

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
