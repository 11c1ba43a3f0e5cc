//! What belongs to one scope: trading state, breaker, limits and what they count. There is one
//! scope so far, the root.
#![forbid(unsafe_code)]

use super::{Breaker, BreakerConfig, Figures};
use crate::num::OFF;
use crate::status::TradingState;
use crate::store::Hash64;

/// One scope.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What it lets through.
    pub trading: TradingState,
    /// Its breaker.
    pub breaker: Breaker,
    /// Most working orders, or [`OFF`].
    pub open_orders_max: i64,
    /// Most positions, open ones and those that working orders may open, or [`OFF`].
    pub positions_max: i64,
    /// Working orders.
    pub open_orders: u32,
    /// Positions that are open, or that working orders may open.
    pub claims: u32,
}

impl Scope {
    /// A scope that trades.
    #[must_use]
    pub const fn new(config: &BreakerConfig) -> Self {
        Self {
            trading: TradingState::Active,
            breaker: Breaker::new(config),
            open_orders_max: OFF,
            positions_max: OFF,
            open_orders: 0,
            claims: 0,
        }
    }

    /// Feeds what can change a later answer.
    /// `figures` are the breaker's, also those that it was not told yet.
    pub fn digest(&self, figures: &Figures, hash: &mut Hash64) {
        hash.u32(u32::from(self.trading.raw()));
        self.breaker.digest_with(figures, hash);
        hash.i64(self.open_orders_max);
        hash.i64(self.positions_max);
        hash.u32(self.open_orders);
        hash.u32(self.claims);
    }
}
