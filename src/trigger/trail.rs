//! Trailing stops: the price carries along those whose best price it passes.
//!
//! Besides its place by level, each stands in a queue by peak, the nearest one first: a price
//! beyond it moves peak and level of those it passes, one by one, and touches no other.
#![forbid(unsafe_code)]

use super::table::of;
use super::{Direction, Queues, Trigger, Triggers};
use crate::num::Ticks;
use crate::store::at;

impl Triggers<'_> {
    /// Puts an armed trailing stop in its place by peak, those without a peak first.
    pub(super) fn enqueue_peak(&mut self, slot: u32, trigger: &Trigger) {
        let place = trigger.place_by_peak();
        let Some(queues) = self.queues.get_mut(at(trigger.symbol)) else { return };
        self.peaks.insert(of(&mut queues.peaks, trigger.direction), slot, place, trigger.number);
    }

    /// A price came while nothing is left to fire in its direction: every trailing stop whose peak
    /// it passes follows, the nearest peak first, of equal ones the one armed first. O(1), and
    /// O(log n) for each of them.
    pub(super) fn carry_along(&mut self, symbol: u32, direction: Direction, price: Ticks) {
        let here = direction.normal(price).wrapping_neg();
        while let Some(queues) = self.queues.get_mut(at(symbol)) {
            let nearest = self.peaks.peek(*of(&mut queues.peaks, direction));
            let Some((slot, _)) = nearest.filter(|&(_, place)| here < place) else { return };
            self.dequeue(slot);
            if let Some(trigger) = self.slots.get_mut(slot) {
                trigger.follow(price);
            }
            self.enqueue(slot);
        }
    }

    /// The nearest place of a queue by peak.
    pub(super) fn nearest_peak(&self, queues: &Queues, direction: Direction) -> Option<i64> {
        let mut roots = queues.peaks;
        self.peaks.peek(*of(&mut roots, direction)).map(|(_, place)| place)
    }

    /// Whether a trigger stands in the queue by peak.
    pub(super) fn is_queued_by_peak(&self, slot: u32) -> bool {
        self.peaks.contains(slot)
    }

    /// Whether an armed trigger stands where it belongs in the queue by peak: a trailing stop by
    /// its peak, any other one nowhere.
    #[must_use]
    pub fn is_placed_by_peak(&self, slot: u32) -> bool {
        let found = self.peaks.key(slot);
        let own = self.slots.get(slot).filter(|trigger| trigger.trails());
        found == own.map(|trigger| (trigger.place_by_peak(), trigger.number))
    }
}
