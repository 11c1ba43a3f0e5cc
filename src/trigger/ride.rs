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
    /// The trailing stops of one side, of longs for a quote by which they rise, of shorts for one
    /// by which they fall, if it carries all of them along and no others, they have no steps, and
    /// it does not come to the peaks of those that do not ride. O(1).
    #[inline(always)] // A call would cost half of what it does.
    pub fn riders<const BID: bool>(
        &mut self,
        symbol: usize,
        bid: Ticks,
        ask: Ticks,
    ) -> Option<Riders<'_, BID>> {
        let queues = self.queues.get_mut(symbol)?;
        let here = if BID { bid.0 } else { ask.0.wrapping_neg() };
        let ([longs, shorts], [of_longs, of_shorts]) = (&queues.lanes, queues.stepped);
        let ([lane, ..], stepped) = if BID { (longs, of_longs) } else { (shorts, of_shorts) };
        let alone = !BID || !queues.watch.falls_too(ask);
        let is_simple = alone && stepped == 0 && lane.riders.is_below_others(here);
        is_simple.then_some(Riders { queues, here })
    }
}

impl<const BID: bool> Riders<'_, BID> {
    /// They follow, and so do the prices that mean nothing. O(1).
    #[inline(always)]
    pub fn follow(self) {
        let Self { queues, here } = self;
        let [longs, shorts] = &mut queues.lanes;
        let [lane, ..] = if BID { longs } else { shorts };
        let level = lane.riders.advance(here);
        queues.watch.carry::<BID>(here, level);
    }
}
