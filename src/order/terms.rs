//! A request for an order, with every enumeration known.
#![forbid(unsafe_code)]

use super::{OrderAdopt, OrderReplace, OrderSubmit};
use crate::num::{Lots, Nanos, Ratio, Ticks};
use crate::status::{
    Hold, OrderFlag, OrderType, Request, RequestHeader, Side, Status, TimeInForce,
};
use crate::store::{Id, mix64};

/// What an order asks for. Numbers are still as the caller gave them: the gate judges them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The caller's order id.
    pub client_id: u64,
    /// The caller's mark.
    pub tag: u64,
    /// The position it belongs to, or none.
    pub position: Id,
    /// The order it belongs to, or none.
    pub parent: Id,
    /// The order that it and this one cancel each other with, or none.
    pub linked: Id,
    /// Quantity.
    pub qty: Lots,
    /// Limit price, 0 at the market.
    pub price: Ticks,
    /// Trigger price, 0 without one.
    pub stop_price: Ticks,
    /// Distance of a trailing stop.
    pub trail: Trail,
    /// Levels of the stop-loss and take-profit that it arms; 0 for none.
    pub bracket: Bracket,
    /// When it expires, for GTD.
    pub expire_at: Nanos,
    /// When it is given up; 0 for never.
    pub timeout_at: Nanos,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number.
    pub scope: u32,
    /// Venue number.
    pub venue: u32,
    /// Known [`OrderFlag`] bits.
    pub flags: u32,
    /// Side.
    pub side: Side,
    /// Type.
    pub order_type: OrderType,
    /// Time in force.
    pub time_in_force: TimeInForce,
    /// Who waits for the trigger price.
    pub hold: Hold,
}

/// Distance of a trailing stop: one of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// In ticks; 0 with `ratio`.
    pub offset: Ticks,
    /// As a share of the best price; 0 with `offset`.
    pub ratio: Ratio,
}

impl Trail {
    /// No distance.
    pub const NONE: Self = Self { offset: Ticks::ZERO, ratio: Ratio::ZERO };
}

/// Levels of the stop-loss and take-profit that an entry arms; 0 for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bracket {
    /// Stop-loss.
    pub stop_loss: Ticks,
    /// Take-profit.
    pub take_profit: Ticks,
}

impl Bracket {
    /// No levels.
    pub const NONE: Self = Self { stop_loss: Ticks::ZERO, take_profit: Ticks::ZERO };

    /// Number of legs.
    #[must_use]
    pub fn legs(&self) -> u32 {
        match (self.stop_loss == Ticks::ZERO, self.take_profit == Ticks::ZERO) {
            (true, true) => 0,
            (false, false) => 2,
            _ => 1,
        }
    }
}

impl Terms {
    /// An order of nothing: at the market, good till cancelled.
    pub const EMPTY: Self = Self {
        client_id: 0,
        tag: 0,
        position: Id::NONE,
        parent: Id::NONE,
        linked: Id::NONE,
        qty: Lots::ZERO,
        price: Ticks::ZERO,
        stop_price: Ticks::ZERO,
        trail: Trail::NONE,
        bracket: Bracket::NONE,
        expire_at: Nanos::ZERO,
        timeout_at: Nanos::ZERO,
        symbol: 0,
        scope: 0,
        venue: 0,
        flags: 0,
        side: Side::Buy,
        order_type: OrderType::Market,
        time_in_force: TimeInForce::Gtc,
        hold: Hold::Core,
    };

    /// Reads a request record.
    ///
    /// # Errors
    /// The frame's (`Kind`, `Size`, `Reserved`), `Enum` for unknown numbers or flags, `Range` for
    /// a magnitude beyond 2^60.
    #[inline(always)] // The terms are written where they are to be.
    pub fn decode(request: &OrderSubmit) -> Result<Self, Status> {
        request.check_frame()?;
        let side = Side::from_raw(request.side).ok_or(Status::Enum)?;
        let order_type = OrderType::from_raw(request.order_type).ok_or(Status::Enum)?;
        let time_in_force = TimeInForce::from_raw(request.time_in_force).ok_or(Status::Enum)?;
        let hold = Hold::from_raw(request.hold).ok_or(Status::Enum)?;
        if request.flags & !OrderFlag::KNOWN != 0 {
            return Err(Status::Enum);
        }
        check_bounds(request)?;
        let closes = OrderFlag::ClosePosition.is_in(request.flags);
        let reduces = if closes { OrderFlag::ReduceOnly.raw() } else { 0 };
        Ok(Self {
            client_id: request.client_id,
            tag: request.tag,
            position: request.position,
            parent: request.parent,
            linked: request.linked,
            qty: request.qty,
            price: request.price,
            stop_price: request.stop_price,
            trail: Trail { offset: request.trail_offset, ratio: request.trail_ratio },
            bracket: Bracket { stop_loss: request.stop_loss, take_profit: request.take_profit },
            expire_at: request.expire_at,
            timeout_at: request.timeout_at,
            symbol: request.symbol,
            scope: request.scope,
            venue: request.venue,
            flags: request.flags | reduces,
            side,
            order_type,
            time_in_force,
            hold,
        })
    }

    /// As [`Terms::decode`], of a MARKET or LIMIT order that names no other record, without times
    /// and levels; `None` for any other, and for a record that is not right.
    #[inline(always)] // As above, and nothing that it has not is looked at any more.
    #[must_use]
    pub fn decode_simple(request: &OrderSubmit) -> Option<Self> {
        const HEAD: RequestHeader = OrderSubmit::EMPTY.header;
        let r = request;
        let [a, b, c, d, e, f, g, h] = r.reserved;
        // First, so that what it comes to is what the others are added to.
        let frame = joined(r.header.kind, r.header.size) ^ const { joined(HEAD.kind, HEAD.size) };
        let prices = (r.trail_ratio.0 | r.take_profit.0).cast_unsigned();
        let even = frame | r.position.0 | r.linked.0 | prices | r.timeout_at.0 | a | c | e | g;
        // Two tests: one alone would be gathered into vectors, which costs more than it saves.
        if even != 0 {
            return None;
        }
        let flags = u64::from(r.flags & !OrderFlag::KNOWN);
        let prices = (r.trail_offset.0 | r.stop_loss.0).cast_unsigned();
        if flags | r.parent.0 | prices | r.expire_at.0 | b | d | f | h != 0 {
            return None;
        }
        // What is more than a buy at the market: one bit each, and the time in force.
        let more = r.shape().wrapping_sub(const { LEAST.shape() });
        if more & !0x00ff_0101 != 0 {
            return None;
        }
        let side = if more & 1 == 0 { Side::Buy } else { Side::Sell };
        let order_type = if more & 0x100 == 0 { OrderType::Market } else { OrderType::Limit };
        let time_in_force = TimeInForce::from_raw(r.time_in_force)?;
        check_magnitudes([r.qty.0, r.price.0, r.stop_price.0]).ok()?;
        let closes = OrderFlag::ClosePosition.is_in(r.flags);
        let reduces = if closes { OrderFlag::ReduceOnly.raw() } else { 0 };
        Some(Self {
            client_id: r.client_id,
            tag: r.tag,
            qty: r.qty,
            price: r.price,
            stop_price: r.stop_price,
            symbol: r.symbol,
            scope: r.scope,
            venue: r.venue,
            flags: r.flags | reduces,
            side,
            order_type,
            time_in_force,
            ..Self::EMPTY
        })
    }

    /// Reads the record of an order that is taken over.
    ///
    /// # Errors
    /// As [`Terms::decode`].
    pub fn decode_adopted(request: &OrderAdopt) -> Result<Self, Status> {
        request.check_frame()?;
        let known = OrderFlag::ReduceOnly.raw() | OrderFlag::PostOnly.raw();
        if request.flags & !known != 0 {
            return Err(Status::Enum);
        }
        Self::decode(&OrderSubmit {
            client_id: request.client_id,
            tag: request.tag,
            position: request.position,
            parent: request.parent,
            qty: request.qty,
            price: request.price,
            stop_price: request.stop_price,
            trail_offset: request.trail_offset,
            trail_ratio: request.trail_ratio,
            expire_at: request.expire_at,
            timeout_at: request.timeout_at,
            symbol: request.symbol,
            scope: request.scope,
            venue: request.venue,
            flags: request.flags,
            side: request.side,
            order_type: request.order_type,
            time_in_force: request.time_in_force,
            hold: request.hold,
            ..OrderSubmit::EMPTY
        })
    }

    /// Whether it waits here for its trigger price.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.order_type.is_stop() && matches!(self.hold, Hold::Core)
    }

    /// Whether this flag is set.
    #[must_use]
    pub const fn has(&self, flag: OrderFlag) -> bool {
        flag.is_in(self.flags)
    }

    /// Stands for all terms but the client id: an identical re-send is known by it. Never 0.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let rest = [
            self.position.0,
            self.parent.0,
            self.linked.0,
            self.expire_at.0,
            self.timeout_at.0,
            self.stop_price.0.cast_unsigned(),
            self.trail.offset.0.cast_unsigned(),
            self.trail.ratio.0.cast_unsigned(),
            self.bracket.stop_loss.0.cast_unsigned(),
            self.bracket.take_profit.0.cast_unsigned(),
            joined(self.scope, self.flags),
        ];
        // A plain order has nothing but zeros there.
        let rest = rest
            .iter()
            .zip(REST)
            .fold(0, |sum: u64, (word, factor)| sum.wrapping_add(word.wrapping_mul(factor)));
        self.core().fingerprint().wrapping_add(rest).max(1)
    }

    /// The same for an order that says this, and perhaps that it closes a position. Never 0.
    #[inline]
    #[must_use]
    pub fn fingerprint_of_close(core: &Core, position: Id, scope: u32, flags: u32) -> u64 {
        let [named, .., marked] = REST;
        let named = position.0.wrapping_mul(named);
        let marked = joined(scope, flags).wrapping_mul(marked);
        core.fingerprint().wrapping_add(named).wrapping_add(marked).max(1)
    }

    fn core(&self) -> Core {
        let Self { tag, qty, price, symbol, venue, .. } = *self;
        let Self { side, order_type, time_in_force, hold, .. } = *self;
        Core { tag, qty, price, symbol, venue, side, order_type, time_in_force, hold }
    }
}

/// What a plain order says.
#[derive(Clone, Copy, Debug)]
pub struct Core {
    /// The caller's mark.
    pub tag: u64,
    /// Quantity.
    pub qty: Lots,
    /// Limit price, 0 at the market.
    pub price: Ticks,
    /// Symbol number.
    pub symbol: u32,
    /// Venue number.
    pub venue: u32,
    /// Side.
    pub side: Side,
    /// Type.
    pub order_type: OrderType,
    /// Time in force.
    pub time_in_force: TimeInForce,
    /// Who waits for the trigger price.
    pub hold: Hold,
}

impl Core {
    /// [`Terms::fingerprint`] of an order that says no more.
    #[inline]
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let Self { side, order_type, time_in_force, hold, .. } = *self;
        let shape = [side.raw(), order_type.raw(), time_in_force.raw(), hold.raw()];
        let sum = self.tag.wrapping_mul(CORE);
        let sum = sum.wrapping_add(self.qty.0.cast_unsigned()).wrapping_mul(CORE);
        let sum = sum.wrapping_add(self.price.0.cast_unsigned()).wrapping_mul(CORE);
        let sum = sum.wrapping_add(joined(self.symbol, self.venue)).wrapping_mul(CORE);
        sum.wrapping_add(u64::from(u32::from_le_bytes(shape)))
    }
}

/// Two numbers as one.
pub(crate) const fn joined(low: u32, high: u32) -> u64 {
    // Widening is exact.
    #[expect(clippy::as_conversions, reason = "there is no const lossless u32 -> u64 conversion")]
    let (low, high) = (low as u64, high as u64);
    low | high << 32
}

/// Odd factors: a word that differs by itself always makes another sum. The words of a plain order
/// have powers of one.
const CORE: u64 = mix64(1) | 1;
const REST: [u64; 11] = factors(5);

const fn factors<const N: usize>(from: u64) -> [u64; N] {
    let mut factors = [1; N];
    let mut number = from;
    let mut rest = factors.as_mut_slice();
    while let Some((first, tail)) = rest.split_first_mut() {
        number = number.wrapping_add(1);
        *first = mix64(number) | 1;
        rest = tail;
    }
    factors
}

/// Frame and magnitudes of a replace request.
///
/// # Errors
/// The frame's (`Kind`, `Size`, `Reserved`), `Range` for a magnitude beyond 2^60.
pub fn decode_replace(request: &OrderReplace) -> Result<(), Status> {
    request.check_frame()?;
    check_magnitudes([request.qty.0, request.price.0, request.stop_price.0])
}

/// A buy at the market, DAY.
const LEAST: OrderSubmit = OrderSubmit {
    side: Side::Buy.raw(),
    order_type: OrderType::Market.raw(),
    time_in_force: 0,
    ..OrderSubmit::EMPTY
};
const _: () = assert!(
    Side::Sell.raw() == Side::Buy.raw() + 1
        && OrderType::Limit.raw() == OrderType::Market.raw() + 1,
    "a bit tells them"
);

/// The magnitudes of a request.
#[inline(never)] // Nothing it looks at is kept.
fn check_bounds(request: &OrderSubmit) -> Result<(), Status> {
    let [qty, ratio] = [request.qty.0, request.trail_ratio.0];
    let [price, stop, offset] = [request.price.0, request.stop_price.0, request.trail_offset.0];
    let [loss, profit] = [request.stop_loss.0, request.take_profit.0];
    check_magnitudes([qty, ratio, price, stop, offset, loss, profit])
}

/// Quantities, prices and shares have the same bound.
#[inline(always)] // Of three instructions each.
fn check_magnitudes<const N: usize>(numbers: [i64; N]) -> Result<(), Status> {
    const MAX: i64 = Ticks::MAX;
    // Numbers from -MAX to MAX - 1 are below 2 MAX when MAX is added, and leave its bits alone.
    let bits = numbers.iter().fold(0, |all, number| all | number.wrapping_add(MAX));
    if bits.cast_unsigned() < MAX.cast_unsigned().wrapping_mul(2) {
        return Ok(());
    }
    let fits = numbers.iter().all(|number| number.unsigned_abs() <= MAX.unsigned_abs());
    if fits { Ok(()) } else { Err(Status::Range) }
}

const _: () = assert!(
    Ticks::MAX == Lots::MAX && Ticks::MAX.unsigned_abs().is_power_of_two(),
    "bits tell whether a number is too large"
);
