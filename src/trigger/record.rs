//! One trigger, and the direction it waits for.
#![forbid(unsafe_code)]

use crate::num::{Lots, Nanos, Ticks};
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
    #[must_use]
    pub const fn closing_side(self) -> Side {
        match self {
            Self::BidFall | Self::BidRise => Side::Sell,
            Self::AskRise | Self::AskFall => Side::Buy,
        }
    }

    /// The price that counts.
    #[must_use]
    pub const fn price(self, bid: Ticks, ask: Ticks) -> Ticks {
        match self {
            Self::BidFall | Self::BidRise => bid,
            Self::AskRise | Self::AskFall => ask,
        }
    }

    /// A price or level such that one code serves both ways: fired when price <= level.
    #[must_use]
    pub const fn normal(self, ticks: Ticks) -> i64 {
        match self {
            Self::BidFall | Self::AskFall => ticks.0,
            Self::BidRise | Self::AskRise => ticks.0.wrapping_neg(),
        }
    }

    /// Whether this price fires this level.
    #[must_use]
    pub const fn is_crossed(self, price: Ticks, level: Ticks) -> bool {
        self.normal(price) <= self.normal(level)
    }
}

/// A stop or target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Its id.
    pub id: Id,
    /// The position.
    pub position: Id,
    /// The caller's mark.
    pub tag: u64,
    /// The order that closes, while one is under way.
    pub order: Id,
    /// The other leg of its bracket, while that is there.
    pub sibling: Id,
    /// Its place among equal levels.
    pub sequence: u64,
    /// Level.
    pub level: Ticks,
    /// Lots to close; 0 for the whole position.
    pub qty: Lots,
    /// Fired: lots still to be closed.
    pub left: Lots,
    /// When it last fired.
    pub fired_at: Nanos,
    /// Symbol number.
    pub symbol: u32,
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
}

impl Trigger {
    /// Fills unused memory.
    pub const EMPTY: Self = Self {
        id: Id::NONE,
        position: Id::NONE,
        tag: 0,
        order: Id::NONE,
        sibling: Id::NONE,
        sequence: 0,
        level: Ticks::ZERO,
        qty: Lots::ZERO,
        left: Lots::ZERO,
        fired_at: Nanos::ZERO,
        symbol: 0,
        venue: 0,
        kind: TriggerKind::StopLoss,
        action: TriggerAction::Signal,
        state: TriggerState::Armed,
        direction: Direction::BidFall,
    };

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        let Self { id, position, tag, order, sibling, sequence, .. } = *self;
        for word in [id.0, position.0, tag, order.0, sibling.0, sequence, self.fired_at.0] {
            hash.word(word);
        }
        for value in [self.level.0, self.qty.0, self.left.0] {
            hash.i64(value);
        }
        let kind = [self.kind.raw(), self.action.raw(), self.state.raw(), 0];
        for word in [self.symbol, self.venue, u32::from_le_bytes(kind)] {
            hash.u32(word);
        }
    }
}
