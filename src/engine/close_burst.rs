//! Stops of positions that a price fires, one after the other: each sends the order that closes
//! all it is to close. A few ranges say that one passes; whatever does not pass here is fired, and
//! judged, the long way.
#![forbid(unsafe_code)]

use super::Engine;
use super::burst::{Place, told};
use super::closes::exit_of;
use crate::num::{Lots, Ticks};
use crate::order::{Gap, Order, Pending, Replacement, Terms};
use crate::position::Position;
use crate::risk::RECORD;
use crate::status::{OrderFlag, Side, TriggerAction};
use crate::store::Id;
use crate::trigger::Trigger;

/// What does not change while nothing but closes of one symbol and side happens.
struct Burst {
    place: Place,
    /// At which price an order is valued.
    value: i64,
}

impl Engine<'_> {
    /// Fires the trigger in a slot, the first one that the present work of a symbol fires, if that
    /// is a stop or target whose close is simple, and those after it as long as that is all the
    /// work there is and the budget lasts. `false`, and nothing changes, when it is not. O(log
    /// triggers) each.
    #[inline(never)]
    pub(super) fn close_simply(&mut self, first: u32, price: Ticks, budget: &mut u32) -> bool {
        if !self.goes_short() {
            return false;
        }
        let Some(trigger) = self.triggers.get(first) else { return false };
        let (symbol, direction) = (trigger.symbol, trigger.direction);
        if trigger.action != TriggerAction::Close || trigger.trails() {
            return false;
        }
        let side = direction.closing_side();
        let Some(value) = self.close_value(symbol, side) else { return false };
        let burst = Burst { place: Place { symbol, side, price }, value };
        let Some(mut run) = self.triggers.run(first, price) else {
            return self.close_alone(first, &burst);
        };
        // The first one is paid for.
        let most = budget.saturating_add(1);
        let mut left = most;
        while left > 0 && self.close_one(run.slot(), &burst) {
            left = left.wrapping_sub(1);
            if !self.triggers.pass(&mut run) {
                break;
            }
        }
        self.triggers.end(&run);
        *budget = left.min(*budget);
        left < most
    }

    /// The same for one that is not alone at work.
    #[inline(never)]
    fn close_alone(&mut self, slot: u32, burst: &Burst) -> bool {
        let fires = self.close_one(slot, burst);
        if fires {
            self.triggers.take_out(slot);
        }
        fires
    }

    /// At which price closes at the market are valued now; none when the whole gate must be asked.
    fn close_value(&self, number: u32, side: Side) -> Option<i64> {
        let fold = self.symbols.beside(number)?.fold(side);
        let symbol = self.symbols.get(number).filter(|_| !self.kill.is_thrown())?;
        fold.market_price(side, symbol, self.now)
    }

    #[inline(always)] // A call would cost some of it.
    fn close_one(&mut self, slot: u32, burst: &Burst) -> bool {
        let now = self.now;
        let Some(trigger) = self.triggers.get(slot) else { return false };
        let Some(position) = self.positions.get(trigger.position.slot()) else { return false };
        let qty = closed_qty(trigger, position);
        let is_its = position.id == trigger.position;
        if !is_its || !is_simple(trigger, position, qty, burst) || !self.takes_close(burst, qty) {
            return false;
        }
        let client_id = self.next_own_id();
        // That there is room was seen.
        let Some(id) = self.write_close(slot, &burst.place, qty, client_id) else { return false };
        self.triggers.fire_sent(slot, qty, now, id);
        self.begin_work(burst.place.symbol, burst.place.side, qty);
        true
    }

    /// Whether one more close passes every check.
    #[inline(always)] // A call would cost a third of it.
    fn takes_close(&self, burst: &Burst, qty: Lots) -> bool {
        let Some(exposure) = self.symbols.beside(burst.place.symbol) else { return false };
        let fold = exposure.fold(burst.place.side);
        self.now > self.root.closed_through
            && fold.needs & self.root.lacks & !RECORD == 0
            && self.orders.table().has_room_beside(0)
            && fold.takes(burst.value, qty.0)
    }

    /// Writes the close in its place, and that it closes its position, and tells that the trigger
    /// has fired.
    #[inline(always)] // What the caller looked at stays in registers.
    fn write_close(&mut self, slot: u32, place: &Place, qty: Lots, client_id: u64) -> Option<Id> {
        let (now, number) = (self.now, self.next_number());
        let trigger = self.triggers.get(slot)?;
        let position = self.positions.get_mut(trigger.position.slot())?;
        let fill = |order: &mut Order, id| {
            *order = Order {
                id,
                client_id,
                tag: trigger.tag,
                position: position.id,
                trigger: trigger.id,
                number,
                order_qty: qty,
                created_at: now,
                updated_at: now,
                symbol: position.symbol,
                venue: trigger.venue,
                scope: position.scope,
                flags: OrderFlag::ReduceOnly.raw(),
                side: position.side.closed_by(),
                time_in_force: Terms::EMPTY.time_in_force,
                exit: exit_of(trigger.kind),
                pending: Pending::NEW,
                // Written field by field: a constant would be copied by way of the stack.
                gap: Gap::default(),
                replace: Replacement::default(),
                ..Order::EMPTY
            };
        };
        let (order, id) = self.orders.insert_plain(client_id, fill)?;
        let fired = told(trigger, place, trigger.position, qty, trigger.level);
        self.events.push(now, fired);
        position.closing = Lots(position.closing.0.saturating_add(qty.0));
        position.reducing = position.reducing.saturating_add(1);
        self.orders.list_youngest(&mut position.reducers, order);
        Some(id)
    }
}

/// What a trigger closes of its position.
#[inline]
pub(super) fn closed_qty(trigger: &Trigger, position: &Position) -> Lots {
    let open = position.book.qty;
    if trigger.qty == Lots::ZERO { open } else { trigger.qty.min(open) }
}

/// Whether one order closes all that a trigger is to close, and nobody else is to be asked.
#[inline(always)] // A call would cost half of it.
fn is_simple(trigger: &Trigger, position: &Position, qty: Lots, burst: &Burst) -> bool {
    trigger.action == TriggerAction::Close
        && trigger.symbol == burst.place.symbol
        && trigger.sibling.0 | trigger.order.0 == 0
        && position.side.closed_by() == burst.place.side
        && qty <= position.uncovered()
}
