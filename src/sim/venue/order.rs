//! An order as the venue knows it.
#![forbid(unsafe_code)]

use super::book::level;
use crate::event::Command;
use crate::num::{Lots, Nanos, Ratio, Ticks};
use crate::status::{OrderFlag, OrderType, Side, Status, TimeInForce};
use crate::store::{Hash64, Id};

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// None was here.
    Vacant,
    /// NEW did not leave.
    Failed,
    /// On its way.
    Flying,
    /// A stop that was not triggered.
    Waiting,
    /// May be matched.
    Working,
    /// Executed.
    Filled,
    /// Cancelled, asked for or not.
    Cancelled,
    /// Its time was over.
    Expired,
    /// Refused.
    Rejected,
}

impl Stage {
    /// Whether something may still come of it.
    pub(super) const fn is_live(self) -> bool {
        matches!(self, Self::Flying | Self::Waiting | Self::Working)
    }

    /// Whether it has arrived and lives.
    pub(super) const fn is_here(self) -> bool {
        matches!(self, Self::Waiting | Self::Working)
    }
}

/// What stands before a resting order when that is not known.
pub(super) const UNKNOWN_AHEAD: i64 = i64::MAX;

/// An order at the venue, in the place of the slot of its id.
#[derive(Clone, Copy, Debug)]
pub struct VenueOrder {
    pub(super) id: Id,
    pub(super) client_id: u64,
    pub(super) qty: Lots,
    pub(super) cum: Lots,
    pub(super) price: Ticks,
    /// Trigger price; of a trailing stop where it is now.
    pub(super) stop_price: Ticks,
    pub(super) trail_offset: Ticks,
    pub(super) trail_ratio: Ratio,
    /// Best price since a trailing stop was here; none before the first.
    pub(super) peak: Option<Ticks>,
    pub(super) expire_at: Nanos,
    /// Its place in time among those of its level.
    pub(super) sequence: u64,
    /// Lots of others before it at its price, or [`UNKNOWN_AHEAD`].
    pub(super) ahead: i64,
    /// When the last command arrives.
    pub(super) last_out: Nanos,
    /// When the last report arrives.
    pub(super) last_in: Nanos,
    /// How often it was sent.
    pub(super) attempts: u32,
    pub(super) symbol: u32,
    pub(super) venue: u32,
    pub(super) flags: u32,
    pub(super) side: Side,
    /// Of a triggered stop what it has become.
    pub(super) order_type: OrderType,
    pub(super) time_in_force: TimeInForce,
    pub(super) stage: Stage,
    /// It takes what is offered: no quote has left it aside so far. Else it rests.
    pub(super) is_taking: bool,
}

impl VenueOrder {
    /// Fills unused memory.
    ///
    /// cbindgen:ignore
    pub const EMPTY: Self = Self {
        id: Id::NONE,
        client_id: 0,
        qty: Lots::ZERO,
        cum: Lots::ZERO,
        price: Ticks::ZERO,
        stop_price: Ticks::ZERO,
        trail_offset: Ticks::ZERO,
        trail_ratio: Ratio::ZERO,
        peak: None,
        expire_at: Nanos::ZERO,
        sequence: 0,
        ahead: UNKNOWN_AHEAD,
        last_out: Nanos::ZERO,
        last_in: Nanos::ZERO,
        attempts: 0,
        symbol: 0,
        venue: 0,
        flags: 0,
        side: Side::Buy,
        order_type: OrderType::Market,
        time_in_force: TimeInForce::Day,
        stage: Stage::Vacant,
        is_taking: false,
    };

    /// The order that a command NEW describes.
    ///
    /// # Errors
    /// `Enum` for a code that is unknown.
    pub(super) fn new(command: &Command) -> Result<Self, Status> {
        Ok(Self {
            id: command.order,
            client_id: command.client_id,
            qty: command.qty,
            price: command.price,
            stop_price: command.stop_price,
            trail_offset: command.trail_offset,
            trail_ratio: command.trail_ratio,
            expire_at: command.expire_at,
            symbol: command.symbol,
            venue: command.venue,
            flags: command.flags,
            side: Side::from_raw(command.side).ok_or(Status::Enum)?,
            order_type: OrderType::from_raw(command.order_type).ok_or(Status::Enum)?,
            time_in_force: TimeInForce::from_raw(command.time_in_force).ok_or(Status::Enum)?,
            stage: Stage::Flying,
            ..Self::EMPTY
        })
    }

    /// What is left of it.
    pub(super) const fn leaves(&self) -> i64 {
        self.qty.0.saturating_sub(self.cum.0)
    }

    /// Whether it must rest.
    pub(super) const fn is_post_only(&self) -> bool {
        OrderFlag::PostOnly.is_in(self.flags)
    }

    /// Whether what does not fill at once is cancelled.
    pub(super) const fn is_immediate(&self) -> bool {
        matches!(self.time_in_force, TimeInForce::Ioc | TimeInForce::Fok)
    }

    /// Where it stands in the tree of its side: the highest comes first, and one that the other
    /// side's best price does not pass is reached.
    pub(super) const fn level(&self) -> i64 {
        if self.order_type.has_price() { level(self.side, self.price) } else { i64::MAX }
    }

    /// Reports that room is kept for: its end, and while it is a stop that it was triggered.
    pub(super) const fn kept(&self) -> u32 {
        match (self.stage.is_live(), self.order_type.is_stop()) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => 2,
        }
    }

    /// Feeds every field.
    pub(super) fn feed(&self, hash: &mut Hash64) {
        let Self { id, client_id, expire_at, sequence, last_out, last_in, .. } = *self;
        for word in [id.0, client_id, expire_at.0, sequence, last_out.0, last_in.0] {
            hash.word(word);
        }
        let Self { qty, cum, price, stop_price, trail_offset, trail_ratio, ahead, .. } = *self;
        let peak = self.peak.map_or(i64::MIN, Ticks::get);
        for word in [qty.0, cum.0, price.0, stop_price.0, trail_offset.0, trail_ratio.0] {
            hash.i64(word);
        }
        hash.i64(ahead);
        hash.i64(peak);
        for word in [self.attempts, self.symbol, self.venue, self.flags] {
            hash.u32(word);
        }
        let codes = [self.side.raw(), self.order_type.raw(), self.time_in_force.raw()];
        for code in codes {
            hash.u32(u32::from(code));
        }
        hash.u32(u32::from(self.is_taking));
        hash.u32(match self.stage {
            Stage::Vacant => 0,
            Stage::Failed => 1,
            Stage::Flying => 2,
            Stage::Waiting => 3,
            Stage::Working => 4,
            Stage::Filled => 5,
            Stage::Cancelled => 6,
            Stage::Expired => 7,
            Stage::Rejected => 8,
        });
    }
}
