//! A request for an order, with every enumeration known.
#![forbid(unsafe_code)]

use super::{OrderAdopt, OrderReplace, OrderSubmit};
use crate::num::{Lots, Nanos, Ratio, Ticks};
use crate::status::{Hold, OrderFlag, OrderType, Request, Side, Status, TimeInForce};
use crate::store::{Hash64, Id};

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
    pub fn decode(request: &OrderSubmit) -> Result<Self, Status> {
        request.check_frame()?;
        let side = Side::from_raw(request.side).ok_or(Status::Enum)?;
        let order_type = OrderType::from_raw(request.order_type).ok_or(Status::Enum)?;
        let time_in_force = TimeInForce::from_raw(request.time_in_force).ok_or(Status::Enum)?;
        let hold = Hold::from_raw(request.hold).ok_or(Status::Enum)?;
        if request.flags & !OrderFlag::KNOWN != 0 {
            return Err(Status::Enum);
        }
        let prices = [request.price, request.stop_price, request.trail_offset];
        check_magnitudes(request.qty, &prices)?;
        check_magnitudes(Lots(request.trail_ratio.0), &[request.stop_loss, request.take_profit])?;
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

    /// Reads the record of an order that is taken over.
    ///
    /// # Errors
    /// As [`Terms::decode`].
    pub fn decode_adopted(request: &OrderAdopt) -> Result<Self, Status> {
        request.check_frame()?;
        if OrderFlag::ClosePosition.is_in(request.flags) {
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

    /// Stands for all terms but the client id: an identical re-send is known by it.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Hash64::new(0);
        for word in [self.tag, self.position.0, self.parent.0, self.linked.0, self.expire_at.0] {
            hash.word(word);
        }
        hash.word(self.timeout_at.0);
        for price in [self.price, self.stop_price, self.trail.offset] {
            hash.i64(price.0);
        }
        for value in [self.bracket.stop_loss.0, self.bracket.take_profit.0, self.trail.ratio.0] {
            hash.i64(value);
        }
        hash.i64(self.qty.0);
        for word in [self.symbol, self.scope, self.venue, self.flags] {
            hash.u32(word);
        }
        hash.u32(u32::from_le_bytes([
            self.side.raw(),
            self.order_type.raw(),
            self.time_in_force.raw(),
            self.hold.raw(),
        ]));
        hash.finish()
    }
}

/// Frame and magnitudes of a replace request.
///
/// # Errors
/// The frame's (`Kind`, `Size`, `Reserved`), `Range` for a magnitude beyond 2^60.
pub fn decode_replace(request: &OrderReplace) -> Result<(), Status> {
    request.check_frame()?;
    check_magnitudes(request.qty, &[request.price, request.stop_price])
}

fn check_magnitudes(qty: Lots, prices: &[Ticks]) -> Result<(), Status> {
    let fits = qty.0.unsigned_abs() <= Lots::MAX.unsigned_abs()
        && prices.iter().all(|price| price.0.unsigned_abs() <= Ticks::MAX.unsigned_abs());
    if fits { Ok(()) } else { Err(Status::Range) }
}
