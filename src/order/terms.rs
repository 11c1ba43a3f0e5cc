//! A request for an order, with every enumeration known.
#![forbid(unsafe_code)]

use super::{OrderReplace, OrderSubmit};
use crate::num::{Lots, Nanos, Ticks};
use crate::status::{OrderFlag, OrderType, Request, Side, Status, TimeInForce};
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
    /// Quantity.
    pub qty: Lots,
    /// Limit price, 0 at the market.
    pub price: Ticks,
    /// When it expires, for GTD.
    pub expire_at: Nanos,
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
}

impl Terms {
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
        if request.flags & !OrderFlag::KNOWN != 0 {
            return Err(Status::Enum);
        }
        check_magnitudes(request.qty, request.price)?;
        Ok(Self {
            client_id: request.client_id,
            tag: request.tag,
            position: request.position,
            parent: request.parent,
            qty: request.qty,
            price: request.price,
            expire_at: request.expire_at,
            symbol: request.symbol,
            scope: request.scope,
            venue: request.venue,
            flags: request.flags,
            side,
            order_type,
            time_in_force,
        })
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
        for word in [self.tag, self.position.0, self.parent.0, self.expire_at.0] {
            hash.word(word);
        }
        hash.i64(self.qty.0);
        hash.i64(self.price.0);
        for word in [self.symbol, self.scope, self.venue, self.flags] {
            hash.u32(word);
        }
        hash.u32(u32::from_le_bytes([
            self.side.raw(),
            self.order_type.raw(),
            self.time_in_force.raw(),
            0,
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
    check_magnitudes(request.qty, request.price)
}

fn check_magnitudes(qty: Lots, price: Ticks) -> Result<(), Status> {
    let fits = qty.0.unsigned_abs() <= Lots::MAX.unsigned_abs()
        && price.0.unsigned_abs() <= Ticks::MAX.unsigned_abs();
    if fits { Ok(()) } else { Err(Status::Range) }
}
