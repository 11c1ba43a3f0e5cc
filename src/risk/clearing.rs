//! A place that is being cleared, and the state a symbol trades in: the firm, a scope, a symbol, or
//! a symbol in a scope.
#![forbid(unsafe_code)]

use crate::num::Lots;
use crate::status::{PositionSide, Side, TradingState};
use crate::store::Hash64;

/// Whose positions are being closed in a place, and whether somebody waits for its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clearing {
    /// Longs, shorts: what orders before this number bring is closed; 0 for none. The greatest
    /// number stands for a kill: everything is closed, whatever brings it.
    through: [u64; 2],
    /// Whether people wait to hear that nothing is left there.
    pub awaited: bool,
}

impl Clearing {
    /// Nothing is closed, nobody waits.
    pub const NONE: Self = Self { through: [0; 2], awaited: false };

    /// Whether there is anything to look at.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        let [longs, shorts] = self.through;
        self.awaited || longs | shorts != 0
    }

    /// Whether everything is closed, whatever brings it.
    #[must_use]
    pub const fn is_for_good(&self) -> bool {
        let [longs, shorts] = self.through;
        longs & shorts == u64::MAX
    }

    /// Everything is to be closed from now on.
    pub const fn close_all(&mut self) {
        self.through = [u64::MAX; 2];
    }

    /// What is open on a side, or on both, and what orders up to this number still bring.
    pub fn close_through(&mut self, side: Option<Side>, number: u64) {
        // Also before the first order there may be something.
        let next = number.saturating_add(1);
        let [longs, shorts] = &mut self.through;
        if side != Some(Side::Sell) {
            *longs = next.max(*longs);
        }
        if side != Some(Side::Buy) {
            *shorts = next.max(*shorts);
        }
    }

    /// Before which order positions of this side are closed.
    #[must_use]
    pub const fn before(&self, side: PositionSide) -> u64 {
        let [longs, shorts] = self.through;
        match side {
            PositionSide::Long => longs,
            PositionSide::Short => shorts,
        }
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        let [longs, shorts] = self.through;
        for word in [longs, shorts, u64::from(self.awaited)] {
            hash.word(word);
        }
    }
}

/// What a symbol, of all scopes or of one, has to do with kills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ward {
    /// What it lets through.
    pub trading: TradingState,
    /// What is being closed.
    pub clearing: Clearing,
    /// Its orders up to this number are to be cancelled by the walk that began with kill
    /// `cancelled_by`, or later.
    pub cancelled_through: u64,
    /// The number of that kill.
    pub cancelled_by: u64,
    /// Live orders that reserve nothing.
    pub idle: u32,
    /// What orders of the scope itself reserve whose cancel is in flight and that need not reduce
    /// a position: buys, sells.
    pub leaving: [i128; 2],
}

impl Ward {
    /// It trades.
    pub const EMPTY: Self = Self {
        trading: TradingState::Active,
        clearing: Clearing::NONE,
        cancelled_through: 0,
        cancelled_by: 0,
        idle: 0,
        leaving: [0; 2],
    };

    /// Whether all is as ever.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.trading == TradingState::Active && !self.clearing.is_on()
    }

    /// What leaves on this side.
    #[must_use]
    pub const fn leaving(&self, side: Side) -> i128 {
        let [buys, sells] = self.leaving;
        match side {
            Side::Buy => buys,
            Side::Sell => sells,
        }
    }

    /// An order leaves with so much, or does not any more.
    pub fn shift_leaving(&mut self, side: Side, old: Lots, new: Lots) {
        let [buys, sells] = &mut self.leaving;
        let sum = match side {
            Side::Buy => buys,
            Side::Sell => sells,
        };
        // No sum of lots is near the end of the numbers.
        *sum = sum.wrapping_sub(i128::from(old.0)).wrapping_add(i128::from(new.0));
    }

    /// Feeds what can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        self.clearing.feed(hash);
        hash.u32(u32::from(self.trading.raw()));
        hash.u32(self.idle);
        hash.word(self.cancelled_through);
        hash.word(self.cancelled_by);
    }
}
