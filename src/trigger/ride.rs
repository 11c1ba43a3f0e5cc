//! The trailing stops of one side that follow a price all at once: nothing else changes.
#![forbid(unsafe_code)]

use super::{Queues, Triggers};
use crate::num::Ticks;

/// Trailing stops about to follow a quote: those of longs for the bid, else those of shorts.
pub struct Riders<'a, const BID: bool> {
    queues: &'a mut Queues,
    here: i64,
}

impl Triggers<'_> {
    /// The trailing stops of one side that a wide quote carries along, if they have no steps and it
    /// does not come to the peaks of those that do not ride. O(1).
    #[inline(always)] // A call would cost half of what it does.
    pub fn riders<const BID: bool>(
        &mut self,
        symbol: usize,
        bid: Ticks,
        ask: Ticks,
    ) -> Option<Riders<'_, BID>> {
        let queues = self.queues.get_mut(symbol)?;
        let here = if BID { bid.0 } else { ask.0.wrapping_neg() };
        let [longs, shorts] = &queues.lanes;
        let [lane, ..] = if BID { longs } else { shorts };
        let [of_longs, of_shorts] = queues.stepped;
        let stepped = if BID { of_longs } else { of_shorts };
        let is_easy = stepped == 0 && lane.riders.is_free_to(here);
        if is_easy { Some(Riders { queues, here }) } else { None }
    }

    /// Whether a wide quote that is not calm carries the trailing stops of longs alone, or those
    /// of shorts; `None` for both.
    #[inline(always)]
    #[must_use]
    pub fn carried(&self, symbol: usize, bid: Ticks, ask: Ticks) -> Option<bool> {
        self.queues.get(symbol)?.watch.carried(bid, ask)
    }
}

impl<const BID: bool> Riders<'_, BID> {
    /// They follow, and so do the prices that mean nothing. O(1).
    #[inline(always)]
    pub fn follow(self) {
        let Self { queues, here } = self;
        let [longs, shorts] = &mut queues.lanes;
        let [lane, ..] = if BID { longs } else { shorts };
        lane.riders.carry(here);
        queues.watch.carry::<BID>(here, lane.riders.level());
    }
}
