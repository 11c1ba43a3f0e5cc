//! The order whose price is asked for, and the market it meets.
#![forbid(unsafe_code)]

use crate::num::Ticks;
use crate::status::{Side, SlippageFlag, Status};

/// An order that takes, and the market it meets. Zero all of it, then set the fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct SlippageOrder {
    /// Best bid, ticks; read with OMS_SLIPPAGE_FLAG_QUOTED alone.
    pub bid: Ticks,
    /// Best ask, ticks, not below the bid; as the bid.
    pub ask: Ticks,
    /// Price of the market, ticks; read without OMS_SLIPPAGE_FLAG_QUOTED alone.
    pub price: Ticks,
    /// Limit of the order, ticks, any number; read with OMS_SLIPPAGE_FLAG_LIMITED alone.
    pub limit: Ticks,
    /// How large the order is: its value, or its lots, in the units of `volume`.
    pub size: u64,
    /// What the market trades: value of 24 hours, lots of a bar, ...; 0: not known. The
    /// participation p is size / volume.
    pub volume: u64,
    /// Number of the draw: each gives its own noise, the same for the same seed.
    pub number: u64,
    /// OMS_SIDE_*.
    pub side: u32,
    /// OMS_SLIPPAGE_FLAG_* bits.
    pub flags: u32,
}

impl SlippageOrder {
    /// An order of this side, size and number in a market of this price and volume.
    #[must_use]
    pub fn at(side: Side, price: Ticks, size: u64, volume: u64, number: u64) -> Self {
        Self { price, size, volume, number, side: u32::from(side.raw()), ..Self::default() }
    }

    /// The same where bid and ask are known.
    #[must_use]
    pub fn quoted(self, bid: Ticks, ask: Ticks) -> Self {
        Self { bid, ask, flags: self.flags | SlippageFlag::Quoted.raw(), ..self }
    }

    /// The same with a limit.
    #[must_use]
    pub fn limited(self, limit: Ticks) -> Self {
        Self { limit, flags: self.flags | SlippageFlag::Limited.raw(), ..self }
    }

    /// Whether bid and ask are given.
    #[inline]
    #[must_use]
    pub const fn is_quoted(&self) -> bool {
        self.flags & SlippageFlag::Quoted.raw() != 0
    }

    /// Whether a limit is given.
    #[inline]
    #[must_use]
    pub const fn is_limited(&self) -> bool {
        self.flags & SlippageFlag::Limited.raw() != 0
    }

    /// What a buyer and a seller take the market for: (bid, ask), or the price for both.
    #[inline]
    #[must_use]
    pub(super) const fn best(&self) -> (Ticks, Ticks) {
        if self.is_quoted() { (self.bid, self.ask) } else { (self.price, self.price) }
    }

    /// The side, once all that the order says was looked at.
    pub(super) fn side(&self) -> Result<Side, Status> {
        let known = SlippageFlag::Quoted.raw() | SlippageFlag::Limited.raw();
        let side = u8::try_from(self.side).ok().and_then(Side::from_raw).ok_or(Status::Enum)?;
        if self.flags & !known != 0 {
            return Err(Status::Enum);
        }
        let is_price = |price: Ticks| price.0.unsigned_abs() <= Ticks::MAX.unsigned_abs();
        let (bid, ask) = self.best();
        let holds = is_price(bid) && is_price(ask) && bid <= ask;
        if holds { Ok(side) } else { Err(Status::Price) }
    }
}
