//! The limits of one symbol.
#![forbid(unsafe_code)]

use super::{Controls, LimitsSet};
use crate::num::{Lots, Money, Nanos, OFF, Ratio, Ticks};
use crate::status::{LimitField, LimitFlag, Reference, Request, Status, Unit};
use crate::store::Hash64;

/// Limits as they are checked. Every value is at least 0 or [`OFF`]; a symbol that was never given
/// any has zeros everywhere, and nothing trades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Smallest quantity.
    pub qty_min: Lots,
    /// Largest quantity.
    pub qty_max: Lots,
    /// Quantities are multiples of it; 0 and 1: every lot.
    pub qty_step: Lots,
    /// Prices are multiples of it; 0 and 1: every tick.
    pub price_step: Ticks,
    /// Smallest value.
    pub notional_min: Money,
    /// Largest value.
    pub notional_max: Money,
    /// Collar in ticks.
    pub collar_ticks: Ticks,
    /// Collar as a share of the reference.
    pub collar_ratio: Ratio,
    /// Oldest reference, nanoseconds.
    pub reference_age_max: i64,
    /// Largest long position in the worst case.
    pub long_max: Lots,
    /// Largest short position in the worst case.
    pub short_max: Lots,
    /// Most working orders of one side.
    pub open_orders_max: i64,
    /// Most working lots of one side.
    pub open_qty_max: Lots,
    /// Most positions.
    pub positions_max: i64,
    /// [`LimitFlag`] bits.
    pub flags: u32,
    /// The reference price.
    pub reference: Reference,
    /// Those that few symbols have.
    pub controls: Controls,
}

impl Limits {
    /// Nothing trades.
    pub const CLOSED: Self = Self {
        qty_min: Lots::ZERO,
        qty_max: Lots::ZERO,
        qty_step: Lots::ZERO,
        price_step: Ticks::ZERO,
        notional_min: Money::ZERO,
        notional_max: Money::ZERO,
        collar_ticks: Ticks::ZERO,
        collar_ratio: Ratio::ZERO,
        reference_age_max: 0,
        long_max: Lots::ZERO,
        short_max: Lots::ZERO,
        open_orders_max: 0,
        open_qty_max: Lots::ZERO,
        positions_max: 0,
        flags: 0,
        reference: Reference::Opposite,
        controls: Controls::CLOSED,
    };

    /// No limits.
    pub const OFF: Self = Self {
        qty_min: Lots(OFF),
        qty_max: Lots(OFF),
        qty_step: Lots(OFF),
        price_step: Ticks(OFF),
        notional_min: Money(OFF),
        notional_max: Money(OFF),
        collar_ticks: Ticks(OFF),
        collar_ratio: Ratio(OFF),
        reference_age_max: OFF,
        long_max: Lots(OFF),
        short_max: Lots(OFF),
        open_orders_max: OFF,
        open_qty_max: Lots(OFF),
        positions_max: OFF,
        flags: LimitFlag::ShortAllowed.raw(),
        controls: Controls::OFF,
        ..Self::CLOSED
    };

    /// Reads a request record.
    ///
    /// # Errors
    /// The frame's (`Kind`, `Size`, `Reserved`), `Enum`, `Range` for a value below -1 or a limit
    /// for a window of no length.
    pub fn decode(request: &LimitsSet) -> Result<Self, Status> {
        request.check_frame()?;
        let reference = Reference::from_raw(request.reference).ok_or(Status::Enum)?;
        if request.flags & !LimitFlag::KNOWN != 0 {
            return Err(Status::Enum);
        }
        let limits = Self {
            qty_min: request.qty_min,
            qty_max: request.qty_max,
            qty_step: request.qty_step,
            price_step: request.price_step,
            notional_min: request.notional_min,
            notional_max: request.notional_max,
            collar_ticks: request.collar_ticks,
            collar_ratio: request.collar_ratio,
            reference_age_max: request.reference_age_max,
            long_max: request.long_max,
            short_max: request.short_max,
            open_orders_max: request.open_orders_max,
            open_qty_max: request.open_qty_max,
            positions_max: request.positions_max,
            flags: request.flags,
            reference,
            controls: Controls::decode(request)?,
        };
        if limits.values().iter().any(|&value| value < OFF) {
            return Err(Status::Range);
        }
        Ok(limits)
    }

    /// The record that sets them for a symbol in a scope: [`Limits::decode`] of it is the same.
    #[must_use]
    pub const fn record(&self, symbol: u32, scope: u32) -> LimitsSet {
        let Self { reference, controls, .. } = *self;
        LimitsSet {
            symbol,
            scope,
            qty_min: self.qty_min,
            qty_max: self.qty_max,
            qty_step: self.qty_step,
            price_step: self.price_step,
            notional_min: self.notional_min,
            notional_max: self.notional_max,
            collar_ticks: self.collar_ticks,
            collar_ratio: self.collar_ratio,
            reference_age_max: self.reference_age_max,
            long_max: self.long_max,
            short_max: self.short_max,
            flags: self.flags,
            reference: reference.raw(),
            open_orders_max: self.open_orders_max,
            open_qty_max: self.open_qty_max,
            positions_max: self.positions_max,
            ..controls.record()
        }
    }

    /// Whether this flag is set.
    #[must_use]
    pub const fn has(&self, flag: LimitFlag) -> bool {
        flag.is_in(self.flags)
    }

    /// All numbers but the controls', in the record's order.
    #[must_use]
    pub const fn values(&self) -> [i64; 14] {
        [
            self.qty_min.0,
            self.qty_max.0,
            self.qty_step.0,
            self.price_step.0,
            self.notional_min.0,
            self.notional_max.0,
            self.collar_ticks.0,
            self.collar_ratio.0,
            self.reference_age_max,
            self.long_max.0,
            self.short_max.0,
            self.open_orders_max,
            self.open_qty_max.0,
            self.positions_max,
        ]
    }

    /// A field and its unit; `None` for one of a scope.
    #[must_use]
    pub fn field(&self, field: LimitField) -> Option<(Unit, i64)> {
        let controls = &self.controls;
        let nanos = |time: Nanos| i64::try_from(time.0).unwrap_or(i64::MAX);
        Some(match field {
            LimitField::QtyMin => (Unit::Lots, self.qty_min.0),
            LimitField::QtyMax => (Unit::Lots, self.qty_max.0),
            LimitField::QtyStep => (Unit::Lots, self.qty_step.0),
            LimitField::PriceStep => (Unit::Ticks, self.price_step.0),
            LimitField::NotionalMin => (Unit::Money, self.notional_min.0),
            LimitField::NotionalMax => (Unit::Money, self.notional_max.0),
            LimitField::CollarTicks => (Unit::Ticks, self.collar_ticks.0),
            LimitField::CollarRatio => (Unit::Ratio, self.collar_ratio.0),
            LimitField::ReferenceAgeMax => (Unit::Nanos, self.reference_age_max),
            LimitField::LongMax => (Unit::Lots, self.long_max.0),
            LimitField::ShortMax => (Unit::Lots, self.short_max.0),
            LimitField::Flags => (Unit::Count, i64::from(self.flags)),
            LimitField::Reference => (Unit::Count, i64::from(self.reference.raw())),
            LimitField::SelfTrade => (Unit::Count, i64::from(controls.self_trade.raw())),
            LimitField::OpenOrdersMax => (Unit::Count, self.open_orders_max),
            LimitField::OpenQtyMax => (Unit::Lots, self.open_qty_max.0),
            LimitField::PositionsMax => (Unit::Count, self.positions_max),
            LimitField::Types => (Unit::Count, i64::from(controls.types)),
            LimitField::TimesInForce => (Unit::Count, i64::from(controls.times_in_force)),
            LimitField::AdvRatio => (Unit::Ratio, controls.adv_ratio.0),
            LimitField::OpenNotionalMax => (Unit::Money, controls.open_notional_max.0),
            LimitField::GrossMax => (Unit::Money, controls.gross_max.0),
            LimitField::NetMax => (Unit::Money, controls.net_max.0),
            LimitField::MarginRatio => (Unit::Ratio, controls.margin_ratio.0),
            LimitField::RateMax => (Unit::Count, controls.rate_max),
            LimitField::RateWindow => (Unit::Nanos, nanos(controls.rate_window)),
            LimitField::RepeatMax => (Unit::Count, controls.repeat_max),
            LimitField::RepeatWindow => (Unit::Nanos, nanos(controls.repeat_window)),
            LimitField::RepeatRange => (Unit::Ticks, controls.repeat_range.0),
            LimitField::DuplicateMax => (Unit::Count, controls.duplicate_max),
            LimitField::DuplicateWindow => (Unit::Nanos, nanos(controls.duplicate_window)),
            _ => return None,
        })
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        for value in self.values() {
            hash.i64(value);
        }
        hash.u32(self.flags);
        hash.u32(u32::from(self.reference.raw()));
        self.controls.feed(hash);
    }
}
