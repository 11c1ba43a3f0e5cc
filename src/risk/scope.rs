//! What belongs to one scope: trading state and breaker. There is one scope so far, the root.
#![forbid(unsafe_code)]

use super::{Breaker, BreakerConfig};
use crate::status::TradingState;
use crate::store::Hash64;

/// One scope.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What it lets through.
    pub trading: TradingState,
    /// Its breaker.
    pub breaker: Breaker,
}

impl Scope {
    /// A scope that trades.
    #[must_use]
    pub const fn new(config: &BreakerConfig) -> Self {
        Self { trading: TradingState::Active, breaker: Breaker::new(config) }
    }

    /// Feeds what can change a later answer.
    pub fn digest(&self, hash: &mut Hash64) {
        hash.u32(u32::from(self.trading.raw()));
        self.breaker.digest(hash);
    }
}
