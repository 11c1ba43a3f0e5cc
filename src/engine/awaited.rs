//! Executions that were busted or corrected before their own report has come.
#![forbid(unsafe_code)]

use super::Engine;
use super::reports::{Reported, Total};
use crate::num::{Lots, Money};
use crate::order::{EntryLeg, Execution, ExecutionState, ExitLeg, Gap, Legs, Parts, Went};
use crate::status::{OrderMark, Status};

impl Engine<'_> {
    /// Keeps what has become of such an execution, and how many of the order's inferred lots its
    /// correction stands for.
    #[inline(never)]
    pub(super) fn await_execution(
        &mut self,
        slot: u32,
        exec_id: u64,
        state: ExecutionState,
        spoken_for: Lots,
    ) {
        let Some(order) = self.orders.get(slot) else { return };
        self.keep_execution(&Execution {
            exec_id,
            order: order.id,
            symbol: order.symbol,
            scope: order.scope,
            side: order.side,
            went: Went::Apart(Parts { booked: spoken_for, value: 0, legs: Legs::default() }),
            state,
            awaited: true,
            ..Execution::EMPTY
        });
    }

    /// The total by which a correction of such an execution is booked: what it corrects may be
    /// among the lots that were inferred. Answers how many of these it stands for, too.
    pub(super) fn total_with_gap(&self, slot: u32, fill: &Reported) -> (Total, Lots) {
        let Some(order) = self.orders.get(slot) else { return (fill.total.none(), Lots::ZERO) };
        let known = fill.qty.min(order.gap.qty);
        if known == Lots::ZERO {
            return (fill.total.none(), known);
        }
        let fresh = fill.qty.0.saturating_sub(known.0);
        let cum = Lots(order.cum_qty.0.saturating_add(fresh));
        (Total { cum, avg: None }, known)
    }

    /// Its report has come; nothing follows.
    pub(super) fn complete(&mut self, fill: &Reported) {
        if let Some(known) = self.executions.find_mut(fill.exec_id)
            && known.awaited
        {
            known.awaited = false;
            known.qty = fill.qty;
            known.price = fill.price;
        }
    }

    /// Its report has come: its lots go out of those that were inferred, as far as its correction
    /// does not stand for them.
    #[inline(never)]
    pub(super) fn take_awaited(&mut self, fill: &Reported) -> Status {
        self.complete(fill);
        let known = self.executions.find(fill.exec_id).copied();
        let Some(known) = known else { return self.ignore() };
        let Ok(slot) = self.orders.resolve(known.order) else { return self.ignore() };
        let Some(order) = self.orders.get(slot) else { return self.ignore() };
        let left = Lots(fill.qty.0.saturating_sub(known.booked().0).max(0));
        let part = order.gap.part(left);
        if left == Lots::ZERO || part.qty == Lots::ZERO {
            return self.ignore();
        }
        self.orders.update(slot, |order| order.gap = order.gap.without(&part));
        let busted = self.ends_busted(fill.exec_id);
        let inferred = Execution {
            exec_id: fill.exec_id,
            price: fill.price,
            went: Went::Apart(Parts { booked: part.qty, value: part.value, legs: legs_of(&part) }),
            ..known
        };
        self.take_back(&inferred, if busted { OrderMark::Busted.raw() } else { 0 })
    }
}

/// Where inferred lots went.
fn legs_of(gap: &Gap) -> Legs {
    let Gap { qty, value, realised, position, .. } = *gap;
    let commission = Money::ZERO;
    if gap.entered {
        let entry = EntryLeg { position, qty, value, commission };
        return Legs { exit: None, entry: Some(entry) };
    }
    let exit = ExitLeg { position, qty, value, realised, commission };
    Legs { exit: Some(exit), entry: None }
}
