//! One trigger, and the direction it waits for.
#![forbid(unsafe_code)]

use super::Ride;
use crate::num::{Lots, Nanos, Ticks};
use crate::order::Trail;
use crate::status::{PositionSide, Side, TriggerAction, TriggerKind, TriggerState};
use crate::store::{Hash64, Id};

/// Which price a trigger waits for, and whether it is to fall or to rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Stops of longs.
    BidFall,
    /// Targets of longs.
    BidRise,
    /// Stops of shorts.
    AskRise,
    /// Targets of shorts.
    AskFall,
}

impl Direction {
    /// All of them, in the order in which one quote fires them.
    pub const ALL: [Self; 4] = [Self::BidFall, Self::BidRise, Self::AskRise, Self::AskFall];

    /// Its place among them.
    #[inline]
    #[must_use]
    pub const fn place(self) -> usize {
        match self {
            Self::BidFall => 0,
            Self::BidRise => 1,
            Self::AskRise => 2,
            Self::AskFall => 3,
        }
    }

    /// The direction of a kind on a side.
    #[must_use]
    pub const fn of(side: PositionSide, kind: TriggerKind) -> Self {
        match (side, kind) {
            (PositionSide::Long, TriggerKind::StopLoss | TriggerKind::TrailingStop) => {
                Self::BidFall
            }
            (PositionSide::Long, TriggerKind::TakeProfit) => Self::BidRise,
            (PositionSide::Short, TriggerKind::StopLoss | TriggerKind::TrailingStop) => {
                Self::AskRise
            }
            (PositionSide::Short, TriggerKind::TakeProfit) => Self::AskFall,
        }
    }

    /// The side of an order that closes a position with triggers of this direction.
    #[inline]
    #[must_use]
    pub const fn closing_side(self) -> Side {
        match self {
            Self::BidFall | Self::BidRise => Side::Sell,
            Self::AskRise | Self::AskFall => Side::Buy,
        }
    }

    /// The price that counts.
    #[inline]
    #[must_use]
    pub const fn price(self, bid: Ticks, ask: Ticks) -> Ticks {
        if self.watches_bid() { bid } else { ask }
    }

    /// Whether it looks at what those that sell look at.
    #[inline]
    #[must_use]
    pub const fn watches_bid(self) -> bool {
        matches!(self, Self::BidFall | Self::BidRise)
    }

    /// A price or level such that one code serves both ways: fired when price <= level.
    #[inline]
    #[must_use]
    pub const fn normal(self, ticks: Ticks) -> i64 {
        match self {
            Self::BidFall | Self::AskFall => ticks.0,
            Self::BidRise | Self::AskRise => ticks.0.wrapping_neg(),
        }
    }

    /// The price of which `normal` is the normal form.
    #[inline]
    #[must_use]
    pub const fn ticks(self, normal: i64) -> Ticks {
        Ticks(self.normal(Ticks(normal)))
    }

    /// The direction of what a held order waits for.
    #[must_use]
    pub const fn of_order(side: Side, kind: TriggerKind) -> Self {
        match side {
            Side::Sell => Self::of(PositionSide::Long, kind),
            Side::Buy => Self::of(PositionSide::Short, kind),
        }
    }

    /// Whether this price fires this level.
    #[must_use]
    pub const fn is_crossed(self, price: Ticks, level: Ticks) -> bool {
        self.normal(price) <= self.normal(level)
    }
}

/// How a trailing stop stands to the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It waits to become active: it has no level.
    Waiting,
    /// It rides: its peak is the best price since it does.
    Riding,
    /// It was armed again: its level stays until its peak is passed.
    Parked,
}

/// A stop or target of a position, or what a held order waits for. First comes what is looked at
/// when it fires: it shares one cache line with the head of its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Trigger {
    /// Its id.
    pub id: Id,
    /// The caller's mark.
    pub tag: u64,
    /// The order that closes, while one is under way; or the held order.
    pub order: Id,
    /// The position; none for the trigger of a held order.
    pub position: Id,
    /// Level; of a trailing stop meaningful with a peak.
    pub level: Ticks,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number of its position, or of the held order.
    pub scope: u32,
    /// Venue number for the closing order.
    pub venue: u32,
    /// Kind.
    pub kind: TriggerKind,
    /// What it does.
    pub action: TriggerAction,
    /// State.
    pub state: TriggerState,
    /// What it waits for.
    pub direction: Direction,
    /// Of a trailing stop, whether it rides the best price.
    pub stage: Stage,
    /// The second distance of a trailing stop is in force.
    pub is_tight: bool,
    /// The other leg of its bracket, while that is there.
    pub sibling: Id,
    /// Its place among equal levels: the order of arming. Moved or armed again it takes the last
    /// place; what the price carries along keeps its own.
    pub number: u64,
    /// How far a trailing stop stays behind the best price: the distance in force.
    pub trail: Trail,
    /// What else a trailing stop may have.
    pub ride: Ride,
    /// The best price since a trailing stop became active; none before. While it rides, peak and
    /// level are not kept here: see [`super::Triggers::shown`].
    pub peak: Option<Ticks>,
    /// Lots to close; 0 for the whole position.
    pub qty: Lots,
    /// Fired: lots still to be closed.
    pub left: Lots,
    /// When it last fired.
    pub fired_at: Nanos,
}

impl Trigger {
    /// Fills unused memory.
    pub const EMPTY: Self = Self {
        id: Id::NONE,
        position: Id::NONE,
        tag: 0,
        order: Id::NONE,
        sibling: Id::NONE,
        number: 0,
        level: Ticks::ZERO,
        trail: Trail::NONE,
        ride: Ride::NONE,
        peak: None,
        qty: Lots::ZERO,
        left: Lots::ZERO,
        fired_at: Nanos::ZERO,
        symbol: 0,
        scope: 0,
        venue: 0,
        kind: TriggerKind::StopLoss,
        action: TriggerAction::Signal,
        state: TriggerState::Armed,
        direction: Direction::BidFall,
        stage: Stage::Waiting,
        is_tight: false,
    };

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        let Self { id, position, tag, order, sibling, number, fired_at, .. } = *self;
        for word in [id.0, position.0, tag, order.0, sibling.0, number, fired_at.0] {
            hash.word(word);
        }
        let Self { level, qty, left, trail, peak, ride, .. } = *self;
        let seen = peak.unwrap_or_default();
        for value in [level.0, qty.0, left.0, trail.offset.0, trail.ratio.0, seen.0] {
            hash.i64(value);
        }
        ride.feed(hash);
        let flags = [peak.is_some(), self.stage == Stage::Parked, self.is_tight].map(u8::from);
        let side = self.direction.closing_side();
        let kind = [self.kind.raw(), self.action.raw(), self.state.raw(), side.raw()];
        let [seen, parked, tight] = flags;
        for word in [kind, [seen, parked, tight, 0]] {
            hash.u32(u32::from_le_bytes(word));
        }
        hash.u32(self.symbol);
        hash.u32(self.scope);
        hash.u32(self.venue);
    }
}
