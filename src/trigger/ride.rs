//! The trailing stops of one side that follow a price all at once: nothing else changes.
#![forbid(unsafe_code)]

use super::{Queues, Triggers};
use crate::num::Ticks;

/// Trailing stops about to follow a quote: those of longs for the bid, else those of shorts.
pub struct Riders<'a, const BID: bool> {
    queues: &'a mut Queues,
    here: i64,
    level: i64,
}

impl Triggers<'_> {
    /// The trailing stops of one side, if a wide quote carries them alone along, they have no
    /// steps, and it does not come to the peaks of those that do not ride. O(1).
    #[inline(always)] // A call would cost half of what it does.
    pub fn riders<const BID: bool>(
        &mut self,
        symbol: usize,
        bid: Ticks,
        ask: Ticks,
    ) -> Option<Riders<'_, BID>> {
        let queues = self.queues.get_mut(symbol)?;
        if !queues.watch.carries::<BID>(bid, ask) {
            return None;
        }
        let here = if BID { bid.0 } else { ask.0.wrapping_neg() };
        let [longs, shorts] = &queues.lanes;
        let [lane, ..] = if BID { longs } else { shorts };
        let [of_longs, of_shorts] = queues.stepped;
        let stepped = if BID { of_longs } else { of_shorts };
        if stepped != 0 {
            return None;
        }
        let level = lane.riders.level_at(here)?;
        Some(Riders { queues, here, level })
    }
}

impl<const BID: bool> Riders<'_, BID> {
    /// They follow, and so do the prices that mean nothing. O(1).
    #[inline(always)]
    pub fn follow(self) {
        let Self { queues, here, level } = self;
        let [longs, shorts] = &mut queues.lanes;
        let [lane, ..] = if BID { longs } else { shorts };
        lane.riders.carry(here, level);
        queues.watch.carry::<BID>(here, level);
    }
}
