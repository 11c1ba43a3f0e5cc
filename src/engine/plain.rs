//! Plain orders: MARKET or LIMIT without any feature. A few ranges say that one passes; whatever
//! does not pass here is judged, and explained, by the whole gate.
#![forbid(unsafe_code)]

use super::Engine;
use crate::market::Place;
use crate::num::{Lots, Nanos};
use crate::order::{Gap, Order, OrderSubmit, Pending, Replacement, Terms, joined};
use crate::risk::{Exposure, Fold, Plain, RECORD, is_stale};
use crate::status::{ExitReason, OrderType, Request, RequestHeader, Side, TimeInForce};
use crate::store::{Id, at};

/// What the ranges say of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// It passes every check.
    Passes,
    /// It is a LIMIT order of this side, of a scope below the root, without any other feature.
    Below(Side),
    /// Nothing.
    Unsaid,
}

impl Engine<'_> {
    /// Whether this is a LIMIT order without any feature, in a symbol without unusual limits, that
    /// passes every check, when the kill switch is not thrown. `false` says nothing. O(1), the same
    /// whatever is in the tables.
    #[inline(always)] // A call would cost much of what it does.
    #[must_use]
    pub(crate) fn passes(&self, r: &OrderSubmit) -> bool {
        self.word(r) == Word::Passes
    }

    /// The same, and what else is known then.
    #[inline(always)] // As above.
    #[must_use]
    pub(crate) fn word(&self, r: &OrderSubmit) -> Word {
        // Two tests: one alone would be gathered into vectors, which costs more than it saves.
        if !self.goes_short() || even_features(r) != 0 {
            return Word::Unsaid;
        }
        if odd_features(r) != 0 {
            return Word::Unsaid;
        }
        // Once for each side: its ranges and its reference lie in fixed places.
        match side_of(r.shape()) {
            Some(Side::Sell) => self.word_of_limit(r, Side::Sell),
            Some(Side::Buy) => self.word_of_limit(r, Side::Buy),
            None => Word::Unsaid,
        }
    }

    #[inline(always)] // So that the side is known.
    fn word_of_limit(&self, request: &OrderSubmit, side: Side) -> Word {
        // A scope makes it a place beyond any.
        let place = u64::from(request.symbol) | u64::from(request.scope) << 32;
        let Ok(place) = usize::try_from(place) else { return Word::Unsaid };
        let Some(place) = self.symbols.place(place) else { return Word::Below(side) };
        if self.passes_limit(request, place, side) { Word::Passes } else { Word::Unsaid }
    }

    #[inline(always)] // As above.
    fn passes_limit(&self, request: &OrderSubmit, place: &Place<Exposure>, side: Side) -> bool {
        let Place { symbol, beside: exposure } = place;
        let (now, fold) = (request.header.now, exposure.fold(side));
        let order = Plain { qty: request.qty.0, price: request.price.0, side, limit: true };
        if !fold.admits_limit(&order, &symbol.market) {
            return false;
        }
        // Where the clock went back the age is not known.
        if now < self.now || (exposure.is_dated() && is_stale(symbol, now)) {
            return false;
        }
        now > self.root.shut_through && self.has_place(request.client_id)
    }

    /// The same for plain orders at the market, in symbols with unusual limits or positions side by
    /// side, and when the clock went back.
    #[inline(never)]
    pub(super) fn passes_other(&self, request: &OrderSubmit) -> bool {
        let Some(Place { symbol, beside: exposure }) = self.symbols.place(at(request.symbol))
        else {
            return false;
        };
        let late = request.header.now < self.now;
        let market = request.order_type == OrderType::Market.raw();
        let other = late || market || exposure.is_unusual() || !self.root.has_room();
        let asked = self.goes_short() && other;
        let Some(order) = asked.then(|| plain(request)).flatten() else { return false };
        let (now, fold) = (self.time(request.header.now), exposure.fold(order.side));
        fold.admits(&order, symbol, now) && self.is_open(fold, request.client_id, now)
    }

    /// The side of an order that [`Engine::passes`], when the clock alone changes nothing.
    #[inline(always)] // As above.
    #[must_use]
    pub(crate) fn plain_side(&self, r: &OrderSubmit) -> Option<Side> {
        // As above.
        if !self.goes_short() || even_features(r) != 0 {
            return None;
        }
        if odd_features(r) != 0 {
            return None;
        }
        // As above; the answer is another one, so that it stays in no register.
        match side_of(r.shape())? {
            Side::Sell => self.passes_in_root(r, Side::Sell).then_some(Side::Sell),
            Side::Buy => self.passes_in_root(r, Side::Buy).then_some(Side::Buy),
        }
    }

    #[inline(always)] // So that the side is known.
    fn passes_in_root(&self, r: &OrderSubmit, side: Side) -> bool {
        self.word_of_limit(r, side) == Word::Passes && r.header.now < self.idle_until
    }

    /// Takes an order of this [`Engine::plain_side`] while no kill is in force: as
    /// [`Engine::order_submit`] does, in one go.
    #[inline(never)] // It needs every register.
    pub(super) fn take_passing(&mut self, r: &OrderSubmit, side: Side) -> Id {
        let id = match side {
            Side::Buy => self.enter_limit(r, Side::Buy),
            Side::Sell => self.enter_limit(r, Side::Sell),
        };
        if let Some((slot, _)) = id {
            self.begin_limit(r, side, slot);
        }
        id.map_or(Id::NONE, |(_, id)| id)
    }

    /// The first half of the same, in place: the order is written.
    #[inline(always)] // So that the side is known.
    pub(crate) fn enter_limit(&mut self, r: &OrderSubmit, side: Side) -> Option<(u32, Id)> {
        self.now = r.header.now;
        // That there is room was seen, and that the id is greater than all before.
        let (slot, order, id) = self.orders.open_new(r.client_id)?;
        self.last_client_id = r.client_id;
        self.submitted = self.submitted.wrapping_add(1);
        // Those that are executed at once, or not, are told at the end.
        let (time_in_force, lapses_at) = if r.time_in_force == TimeInForce::Day.raw() {
            (TimeInForce::Day, self.session_end)
        } else {
            (TimeInForce::Gtc, Nanos::ZERO)
        };
        *order = Order {
            id,
            client_id: r.client_id,
            tag: r.tag,
            number: self.submitted,
            order_qty: r.qty,
            price: r.price,
            lapses_at,
            created_at: self.now,
            updated_at: self.now,
            symbol: r.symbol,
            scope: r.scope,
            venue: r.venue,
            flags: r.flags,
            side,
            order_type: OrderType::Limit,
            time_in_force,
            pending: Pending::NEW,
            // Written field by field: a constant would be copied by way of the stack.
            gap: Gap::default(),
            replace: Replacement::default(),
            ..Order::EMPTY
        };
        self.orders.file_new(slot, lapses_at != Nanos::ZERO);
        Some((slot, id))
    }

    /// The second half: it begins to work.
    #[inline(always)] // As above.
    pub(crate) fn begin_limit(&mut self, r: &OrderSubmit, side: Side, slot: u32) {
        if r.time_in_force > TimeInForce::Gtc.raw() {
            self.set_lasting(slot, r);
        }
        self.begin_work(r.symbol, side, r.qty);
    }

    /// The order lasts so long.
    #[inline(never)] // Few are executed at once, or not.
    fn set_lasting(&mut self, slot: u32, r: &OrderSubmit) {
        if let Some(time_in_force) = TimeInForce::from_raw(r.time_in_force)
            && let Some(order) = self.orders.touch(slot)
        {
            order.time_in_force = time_in_force;
        }
    }

    /// Whether a close of the engine's own, at the market, passes every check. `false` says
    /// nothing. O(1).
    #[inline]
    pub(super) fn passes_close(&self, terms: &Terms) -> bool {
        let position = self.positions.resolve(terms.position).ok();
        let Some(position) = position.and_then(|slot| self.positions.get(slot)) else {
            return false;
        };
        let Some(Place { symbol, beside: exposure }) = self.symbols.place(at(terms.symbol)) else {
            return false;
        };
        let fold = exposure.fold(terms.side);
        let order = Plain { qty: terms.qty.0, price: 0, side: terms.side, limit: false };
        self.goes_short()
            && terms.qty <= position.uncovered()
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
        let (slot, id) = self.place_close(terms, trigger, exit)?;
        self.begin_work(terms.symbol, terms.side, terms.qty);
        self.begin_closing(slot, terms.position, terms.qty);
        Some(id)
    }

    /// Writes a close of the engine's own in its place; what it reserves does not follow yet.
    #[inline]
    pub(super) fn place_close(
        &mut self,
        terms: &Terms,
        trigger: Id,
        exit: ExitReason,
    ) -> Option<(u32, Id)> {
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
        };
        self.orders.insert_plain(terms.client_id, fill)
    }

    /// A plain order that passed begins to work and spends rate: sums, counts and ranges follow.
    /// That `closed_through` is over has said that trading is active and the breaker closed.
    #[inline(always)] // So that the side is known.
    pub(super) fn begin_work(&mut self, number: u32, side: Side, qty: Lots) {
        let Some(exposure) = self.symbols.beside_mut(number) else { return };
        let Some(scope) = self.scopes.first_mut() else { return };
        if exposure.claim() && scope.claim() {
            self.root.set_lacks(scope.lacks());
        }
        if exposure.add(side, qty) {
            exposure.narrow(side);
        }
        if scope.begin_work() {
            self.root.set_lacks(scope.lacks());
        }
        self.counters.accepted = self.counters.accepted.wrapping_add(1);
        if let Some((time, unsure)) = self.rates.note(&scope.breaker, self.now) {
            self.root.close_through(Nanos(time));
            if unsure {
                self.warn_of_rate(0);
            }
        }
    }

    /// Whether one more order passes every check that looks beyond its symbol.
    fn is_open(&self, fold: &Fold, client_id: u64, now: Nanos) -> bool {
        let lacking = fold.needs & self.root.lacks;
        now > self.root.closed_through
            && (lacking == 0 || (lacking == RECORD && self.positions.has_room()))
            && self.has_place(client_id)
            && !self.kill.is_thrown()
    }

    /// Whether a new order has its place in the table, under an id of its own.
    #[inline(always)] // Of a few loads.
    pub(super) fn has_place(&self, client_id: u64) -> bool {
        let orders = self.orders.table();
        orders.is_new(client_id) && self.triggers.leave_room(orders.live())
    }
}

/// A plain order, if it is one.
fn plain(r: &OrderSubmit) -> Option<Plain> {
    let timed = TimeInForce::from_raw(r.time_in_force).is_some_and(|t| t != TimeInForce::Gtd);
    let side = Side::from_raw(r.side).filter(|_| timed && !has_feature(r))?;
    let limit = r.order_type == OrderType::Limit.raw();
    let market = r.order_type == OrderType::Market.raw();
    (limit || market).then_some(Plain { qty: r.qty.0, price: r.price.0, side, limit })
}

/// The side of an order at a limit that is DAY, GTC, IOC or FOK, by its shape; `None` for others.
#[inline(always)] // Where nothing is called, nothing is saved for a call.
pub(super) const fn side_of(shape: u64) -> Option<Side> {
    match lasting_side(shape) {
        None => lasting_side(shape.wrapping_sub(AT_ONCE)),
        side => side,
    }
}

/// The same for DAY and GTC alone.
#[inline(always)] // Of two comparisons.
const fn lasting_side(shape: u64) -> Option<Side> {
    if shape.wrapping_sub(BUYS) & !LASTS == 0 {
        Some(Side::Buy)
    } else if shape.wrapping_sub(SELLS) & !LASTS == 0 {
        Some(Side::Sell)
    } else {
        None
    }
}

/// The shape of an order at a limit, DAY.
const fn day(side: Side) -> u64 {
    let limit = OrderType::Limit.raw();
    OrderSubmit { side: side.raw(), order_type: limit, ..OrderSubmit::EMPTY }.shape()
}
const BUYS: u64 = day(Side::Buy);
const SELLS: u64 = day(Side::Sell);
/// The one bit that is more when the order is GTC.
const LASTS: u64 = 1 << 16;
/// What is more when it is IOC. FOK is as much more again as GTC is.
const AT_ONCE: u64 = 3 * LASTS;
const _: () = assert!(
    TimeInForce::Day.raw() == 0
        && TimeInForce::Gtc.raw() == 1
        && TimeInForce::Ioc.raw() == 3
        && TimeInForce::Fok.raw() == 4
        && OrderSubmit::EMPTY.hold == 0,
    "two bits tell them"
);

/// Whether anything is said that a plain order does not say.
fn has_feature(r: &OrderSubmit) -> bool {
    let rest = u64::from(r.scope | r.reserved0 | u32::from(r.hold));
    even_features(r) | odd_features(r) | rest != 0
}

/// What is said that a plain order does not say, every other word: not 0 when there is anything.
/// Scope, hold and what is reserved beside that are looked at elsewhere.
#[inline(always)] // A chain of a dozen instructions.
pub(super) const fn even_features(r: &OrderSubmit) -> u64 {
    const HEAD: RequestHeader = OrderSubmit::EMPTY.header;
    const FRAME: u64 = joined(HEAD.kind, HEAD.size);
    // First, so that what it comes to is what the others are added to.
    let frame = joined(r.header.kind, r.header.size) ^ FRAME;
    let [a, _, b, _, c, _, d, _] = r.reserved;
    let prices = (r.stop_price.0 | r.trail_ratio.0 | r.take_profit.0).cast_unsigned();
    frame | r.position.0 | r.linked.0 | prices | r.timeout_at.0 | a | b | c | d
}

/// The other words.
#[inline(always)] // A chain of a dozen instructions.
pub(super) fn odd_features(r: &OrderSubmit) -> u64 {
    let flags = u64::from(r.flags);
    let [_, a, _, b, _, c, _, d] = r.reserved;
    let prices = (r.trail_offset.0 | r.stop_loss.0).cast_unsigned();
    flags | r.parent.0 | prices | r.expire_at.0 | a | b | c | d
}
