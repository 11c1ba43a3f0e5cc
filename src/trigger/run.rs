//! Triggers of one direction that fire one after the other.
#![forbid(unsafe_code)]

use super::table::of_mut;
use super::{Direction, Triggers};
use crate::num::Ticks;
use crate::status::TriggerAction;
use crate::store::{Id, at};

/// Fires of one direction in order of their levels, the next one and those after it. Until it has
/// ended nothing else may look at the queues of its symbol.
#[derive(Debug)]
#[must_use = "until it has ended the queue is not whole"]
pub(crate) struct Run {
    symbol: u32,
    direction: Direction,
    /// The least level, in normal form, that fires.
    bar: i64,
    /// The next one to fire.
    slot: u32,
    /// Whether some have left the queue, which is not whole.
    is_cut: bool,
}

impl Run {
    /// The trigger that fires.
    #[inline]
    #[must_use]
    pub(crate) const fn slot(&self) -> u32 {
        self.slot
    }
}

/// A trigger that fires, and the order that it releases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shot {
    /// The order.
    pub(crate) order: Id,
    /// The slot of the trigger.
    pub(crate) trigger: u32,
}

impl Shot {
    /// None.
    pub(crate) const NONE: Self = Self { order: Id::NONE, trigger: 0 };
}

impl Triggers<'_> {
    /// The fires that begin with the first work of a symbol, at this price, when all the work there
    /// is is to fire triggers of its direction in order of their levels, and firing changes nothing
    /// about that. O(1).
    pub(crate) fn run(&self, slot: u32, price: Ticks) -> Option<Run> {
        let trigger = self.slots.get(slot)?;
        let (symbol, direction) = (trigger.symbol, trigger.direction);
        let queues = self.queues.get(at(symbol))?;
        let is_run = queues.pending.is_only(direction) && !queues.has_trailing(direction);
        let bar = direction.normal(price);
        is_run.then_some(Run { symbol, direction, bar, slot, is_cut: false })
    }

    /// The trigger of the run fires: it leaves its queue, and the next one follows. Whether there
    /// is one. O(log n), O(1) on average.
    #[inline(always)] // The run stays in registers.
    pub(crate) fn pass(&mut self, run: &mut Run) -> bool {
        run.is_cut = true;
        run.slot = self.levels.leave(run.slot);
        self.levels.level(run.slot).is_some_and(|level| level >= run.bar)
    }

    /// Ends a run: the first of its queue is the trigger that has not fired. O(log n).
    pub(crate) fn end(&mut self, run: &Run) {
        if !run.is_cut {
            return;
        }
        // While work is left no price is ignored: the watch stays closed.
        if let Some(queues) = self.queues.get_mut(at(run.symbol)) {
            self.levels.cut(of_mut(&mut queues.levels, run.direction), run.slot);
        }
    }

    /// The triggers of a run that release orders, from the one that fires first, as many as there
    /// is room for and `passes` lets through, and how many. Nothing changes. O(log n) each, O(1) on
    /// average.
    #[inline(always)] // In one place, that has all registers.
    pub(crate) fn ahead(&self, run: &Run, room: &mut [Shot], passes: impl Fn(Id) -> bool) -> usize {
        let (mut slot, mut count) = (run.slot, 0_usize);
        for shot in room {
            let Some((level, next)) = self.levels.level_and_next(slot) else { break };
            let Some(trigger) = self.slots.get(slot) else { break };
            if level < run.bar || trigger.action != TriggerAction::Release {
                break;
            }
            if !passes(trigger.order) {
                break;
            }
            *shot = Shot { order: trigger.order, trigger: slot };
            count = count.wrapping_add(1);
            slot = next;
        }
        count
    }

    /// The first triggers of a run leave their queue for good. O(log n) for all, O(1) each.
    #[inline(never)] // It has all registers.
    pub(crate) fn leave(&mut self, run: &Run, shots: &[Shot]) {
        let Some(last) = shots.last() else { return };
        // As above.
        if let Some(queues) = self.queues.get_mut(at(run.symbol)) {
            self.levels.cut_behind(of_mut(&mut queues.levels, run.direction), last.trigger);
        }
        for shot in shots {
            self.levels.forget(shot.trigger);
        }
        self.slots.remove_all(shots.iter().map(|shot| shot.trigger));
    }

    /// Takes the trigger out of its queues that is the next one to fire. O(log n).
    pub(crate) fn take_out(&mut self, slot: u32) {
        let Some(trigger) = self.slots.get(slot) else { return };
        if trigger.trails() {
            return self.take_out_trailing(slot);
        }
        let Some(queues) = self.queues.get_mut(at(trigger.symbol)) else { return };
        // As above.
        self.levels.drop_first(of_mut(&mut queues.levels, trigger.direction));
    }

    /// Removes the trigger of a held order for good that is in no queue any more. O(1).
    #[inline]
    pub(crate) fn free(&mut self, slot: u32) {
        self.slots.remove(slot);
    }
}
