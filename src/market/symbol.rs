//! One symbol: its sizes, its limits, its last prices.
#![forbid(unsafe_code)]

use super::{Conditions, Limits, NAME_BYTES, Quote, SymbolDefine};
use crate::num::{Decimal, Fraction, Lots, Nanos, Ticks, div_ceil, div_floor};
use crate::status::{LimitFlag, Reference, Request, Side, Status, SymbolFlag, TriggerSource};
use crate::store::Hash64;

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Name, padded with zeros.
    pub name: [u8; NAME_BYTES],
    /// Tick size, lot size, multiplier, conversion.
    pub sizes: [Decimal; 4],
    /// [`SymbolFlag`] bits.
    pub flags: u32,
    /// Which price fires triggers.
    pub source: TriggerSource,
    /// Money units per tick-lot.
    pub money: Fraction,
}

impl Spec {
    /// Reads a request record for an account whose money unit is 10^`money_exp`.
    ///
    /// # Errors
    /// The frame's (`Kind`, `Size`, `Reserved`), `Enum` for unknown flags, `Range` for a bad name,
    /// a size that is not positive, or sizes whose product does not fit.
    pub fn decode(request: &SymbolDefine, money_exp: i32) -> Result<Self, Status> {
        request.check_frame()?;
        if request.flags & !SymbolFlag::KNOWN != 0 {
            return Err(Status::Enum);
        }
        let source = TriggerSource::from_raw(request.trigger_source).ok_or(Status::Enum)?;
        if !is_name(&request.name) {
            return Err(Status::Range);
        }
        let sizes = [request.tick_size, request.lot_size, request.multiplier, request.conversion];
        let exponent = money_exp.checked_neg().ok_or(Status::Range)?;
        let money = Fraction::product(&sizes, exponent).ok_or(Status::Range)?;
        Ok(Self { name: request.name, sizes, flags: request.flags, source, money })
    }

    /// Whether this flag is set.
    #[must_use]
    pub const fn has(&self, flag: SymbolFlag) -> bool {
        flag.is_in(self.flags)
    }

    /// Whether the symbol can have this price.
    #[must_use]
    pub const fn allows(&self, price: Ticks) -> bool {
        price.0 >= self.least().0 && price.0 <= Ticks::MAX
    }

    /// The least price the symbol can have; the greatest one is [`Ticks::MAX`].
    #[must_use]
    pub const fn least(&self) -> Ticks {
        Ticks(if self.has(SymbolFlag::NegativePrices) { -Ticks::MAX } else { 1 })
    }
}

/// 1 to 31 printable characters, then zeros.
pub(crate) fn is_name(name: &[u8; NAME_BYTES]) -> bool {
    let Some(end) = name.iter().position(|&byte| byte == 0) else { return false };
    let (text, rest) = name.split_at_checked(end).unwrap_or_default();
    end > 0
        && text.iter().all(|&byte| byte.is_ascii_graphic() || byte == b' ')
        && rest.iter().all(|&byte| byte == 0)
}

/// A price and when it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// Price.
    pub ticks: Ticks,
    /// When.
    pub at: Nanos,
}

/// What the market last said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Market {
    /// Best bid and its quantity; meaningful when `is_quoted`.
    pub bid: Ticks,
    /// Best ask.
    pub ask: Ticks,
    /// Quantity at the bid.
    pub bid_qty: Lots,
    /// Quantity at the ask.
    pub ask_qty: Lots,
    /// Whether bid and ask were given at all.
    pub is_quoted: bool,
    /// When: see [`Market::quoted_at`].
    pub stamp: Nanos,
    /// The last trade.
    pub last: Option<Price>,
    /// The official close.
    pub close: Option<Price>,
    /// The mark price from outside: nothing but triggers looks at it.
    pub mark: Option<Price>,
}

impl Market {
    /// When bid and ask were given; none before the first quote.
    #[inline]
    #[must_use]
    pub const fn quoted_at(&self) -> Option<Nanos> {
        if self.is_quoted { Some(self.stamp) } else { None }
    }

    /// The reference price for an order of this side. The mid is rounded against the side, so
    /// that a collar around it is never wider than meant.
    #[must_use]
    pub fn reference(&self, reference: Reference, side: Side) -> Option<Price> {
        let quote = |ticks| self.quoted_at().map(|at| Price { ticks, at });
        match (reference, side) {
            (Reference::Opposite, Side::Buy) => quote(self.ask),
            (Reference::Opposite, Side::Sell) => quote(self.bid),
            (Reference::Mid, _) => quote(self.mid(side)?),
            (Reference::Last, _) => self.last,
            (Reference::Close, _) => self.close,
        }
    }

    /// Follows a quote, not the first one.
    #[inline]
    pub fn take(&mut self, quote: &Quote) {
        self.stamp = quote.header.now;
        self.bid = quote.bid;
        self.ask = quote.ask;
        self.bid_qty = quote.bid_qty;
        self.ask_qty = quote.ask_qty;
    }

    fn mid(&self, side: Side) -> Option<Ticks> {
        let sum = i128::from(self.bid.0).checked_add(i128::from(self.ask.0))?;
        let half = match side {
            Side::Buy => div_floor(sum, 2),
            Side::Sell => div_ceil(sum, 2),
        }?;
        i64::try_from(half).ok().map(Ticks)
    }

    fn feed(&self, hash: &mut Hash64) {
        for value in [self.bid.0, self.ask.0, self.bid_qty.0, self.ask_qty.0] {
            hash.i64(value);
        }
        feed_time(self.quoted_at(), hash);
        for price in [self.last, self.close, self.mark] {
            hash.i64(price.map_or(0, |p| p.ticks.0));
            feed_time(price.map(|p| p.at), hash);
        }
    }
}

fn feed_time(time: Option<Nanos>, hash: &mut Hash64) {
    hash.u32(u32::from(time.is_some()));
    hash.word(time.map_or(0, Nanos::get));
}

/// One symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is.
    pub spec: Spec,
    /// Units of 1 / common denominator per tick-lot: see [`super::Symbols::common_den`].
    pub scale: i64,
    /// What may be done.
    pub limits: Limits,
    /// What else was said of it.
    pub conditions: Conditions,
    /// What the market said.
    pub market: Market,
    /// What a tick of the quotes is worth; meaningful while quotes may be calm.
    pub weights: Weights,
}

/// What all positions of a symbol gain by one tick, units of 1 / common denominator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    /// Longs, by a tick of the bid.
    pub long: i64,
    /// Shorts lose so much by a tick of the ask.
    pub short: i64,
}

impl Symbol {
    /// Fills unused memory.
    pub const EMPTY: Self = Self {
        spec: Spec {
            name: [0; NAME_BYTES],
            sizes: [Decimal::new(0, 0); 4],
            flags: 0,
            source: TriggerSource::BidAsk,
            money: Fraction::ONE,
        },
        scale: 1,
        limits: Limits::CLOSED,
        conditions: Conditions::USUAL,
        market: Market {
            bid: Ticks::ZERO,
            ask: Ticks::ZERO,
            bid_qty: Lots::ZERO,
            ask_qty: Lots::ZERO,
            is_quoted: false,
            stamp: Nanos::ZERO,
            last: None,
            close: None,
            mark: None,
        },
        weights: Weights { long: 0, short: 0 },
    };

    /// Prices at which longs and shorts are marked; none before the market said any.
    #[must_use]
    pub fn marks(&self) -> Option<(Ticks, Ticks)> {
        if self.spec.has(SymbolFlag::MarkLast) {
            self.market.last.map(|last| (last.ticks, last.ticks))
        } else {
            self.market.quoted_at().map(|_| (self.market.bid, self.market.ask))
        }
    }

    /// The prices that triggers look at, of those that sell and of those that buy; none before the
    /// market said any.
    #[must_use]
    pub fn basis(&self) -> Option<(Ticks, Ticks)> {
        let market = &self.market;
        let one = match self.spec.source {
            TriggerSource::BidAsk => return market.quoted_at().map(|_| (market.bid, market.ask)),
            TriggerSource::Last => market.last,
            TriggerSource::Mark => market.mark,
        };
        one.map(|price| (price.ticks, price.ticks))
    }

    /// What all positions gain when bid and ask go to these prices, units of 1 / common
    /// denominator; for prices that the symbol can have. `None` when it does not fit.
    #[inline]
    #[must_use]
    pub fn gain(&self, bid: Ticks, ask: Ticks) -> Option<i64> {
        let bid = bid.0.wrapping_sub(self.market.bid.0).checked_mul(self.weights.long)?;
        let ask = ask.0.wrapping_sub(self.market.ask.0).checked_mul(self.weights.short)?;
        bid.checked_sub(ask)
    }

    /// Whether its orders are judged by more than the ranges of plain orders know of.
    #[must_use]
    pub fn is_heavy(&self) -> bool {
        let shorts =
            self.limits.has(LimitFlag::ShortAllowed) && !self.limits.has(LimitFlag::LocateNeeded);
        !(shorts && self.limits.controls.are_off() && self.conditions.are_usual())
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        for chunk in self.spec.name.chunks_exact(4) {
            hash.u32(chunk.iter().fold(0, |word, &byte| (word << 8) | u32::from(byte)));
        }
        for size in self.spec.sizes {
            hash.i64(size.mantissa);
            hash.i64(i64::from(size.exponent));
        }
        hash.u32(self.spec.flags);
        hash.u32(u32::from(self.spec.source.raw()));
        self.limits.feed(hash);
        self.conditions.feed(hash);
        self.market.feed(hash);
    }
}
