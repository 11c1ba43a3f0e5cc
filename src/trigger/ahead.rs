//! Where on its way the price comes to a trigger.
#![forbid(unsafe_code)]

use super::{Direction, Triggers};
use crate::num::Ticks;
use crate::store::at;

impl Triggers<'_> {
    /// Whether something of a symbol would fire or come alive at this bid, with the ask so many
    /// ticks above it: where the price has been already, what was armed again beyond its level.
    /// O(1).
    #[must_use]
    pub fn has_work_for(&self, symbol: u32, bid: Ticks, spread: i64) -> bool {
        let Some(queues) = self.queues.get(at(symbol)) else { return false };
        let ask = Ticks(bid.0.saturating_add(spread));
        Direction::ALL.iter().any(|direction| {
            let price = direction.price(bid, ask);
            queues.has_work_at(*direction, price, price)
        })
    }

    /// The bid nearest to this one, on its way up or down with the ask so many ticks above it, at
    /// which something of a symbol fires, becomes active or comes alive again otherwise. What was
    /// armed again beyond its level fires at the next tick. O(1).
    #[must_use]
    pub fn next_reached(&self, symbol: u32, bid: Ticks, spread: i64, rises: bool) -> Option<Ticks> {
        let queues = self.queues.get(at(symbol))?;
        let step = if rises { 1 } else { -1 };
        let next = Ticks(bid.0.saturating_add(step));
        if self.has_work_for(symbol, next, spread) {
            return Some(next);
        }
        let below = |price: i64| price.saturating_sub(spread);
        let level = |direction| queues.best_level(direction);
        let wake = |direction| queues.wakes(direction).level();
        let (bids, asks) = match rises {
            true => (
                [level(Direction::BidRise), wake(Direction::BidFall)],
                [level(Direction::AskRise), i64::MIN],
            ),
            false => (
                [level(Direction::BidFall), i64::MIN],
                [level(Direction::AskFall), wake(Direction::AskRise)],
            ),
        };
        let there = |level: &i64| *level != i64::MIN;
        let price = |level: i64| if rises { level.saturating_neg() } else { level };
        let bids = bids.into_iter().filter(there).map(price);
        let asks = asks.into_iter().filter(there).map(price).map(below);
        let all = bids.chain(asks);
        if rises { all.min().map(Ticks) } else { all.max().map(Ticks) }
    }
}
