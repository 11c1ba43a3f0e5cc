//! Orders that wait here for a price: armed, moved, let go, released.
#![forbid(unsafe_code)]

use super::Engine;
use super::burst::{Place, told};
use super::orders::{BINDING, replaced};
use crate::event::Event;
use crate::num::{Lots, Money, Ticks};
use crate::order::{Order, Terms};
use crate::position::Position;
use crate::risk::{Proposal, Verdict, bit, value};
use crate::status::{
    Check, EventKind, OrderFact, OrderFlag, OrderType, Status, TriggerAction, TriggerKind,
};
use crate::store::Id;
use crate::trigger::{Direction, Trigger};

/// What was settled when the order was accepted and is not asked again when its trigger fires.
const SETTLED: u64 = bit(Check::Permission)
    | bit(Check::RateMinute)
    | bit(Check::RateHour)
    | bit(Check::RateCustom)
    | bit(Check::RateSymbol)
    | bit(Check::Duplicate)
    | bit(Check::OrderToTrade)
    | bit(Check::ClientId)
    | bit(Check::Capacity)
    | bit(Check::OpenOrders)
    | bit(Check::Positions);

impl Engine<'_> {
    /// While trigger work of a symbol is queued, prices are known that its triggers are not: no
    /// order begins to wait then.
    ///
    /// # Errors
    /// `Pending`.
    pub(super) fn check_holdable(&self, terms: &Terms) -> Result<(), Status> {
        let busy = terms.is_held() && self.triggers.has_backlog(terms.symbol);
        if busy { Err(Status::Pending) } else { Ok(()) }
    }

    /// A held order was accepted: its trigger is armed. A trailing one starts from the present
    /// price, or from the first one. O(log triggers).
    pub(super) fn arm_held(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        let kind = match order.order_type {
            OrderType::TakeProfit | OrderType::TakeProfitLimit => TriggerKind::TakeProfit,
            OrderType::TrailingStop => TriggerKind::TrailingStop,
            OrderType::Stop | OrderType::StopLimit | OrderType::Market | OrderType::Limit => {
                TriggerKind::StopLoss
            }
        };
        let mut trigger = Trigger {
            tag: order.tag,
            order: order.id,
            level: order.stop_price,
            trail: order.trail,
            symbol: order.symbol,
            scope: order.scope,
            venue: order.venue,
            kind,
            action: TriggerAction::Release,
            direction: Direction::of_order(order.side, kind),
            ..Trigger::EMPTY
        };
        self.start(&mut trigger);
        let Some((_, id)) = self.triggers.arm(&trigger, None) else { return };
        self.orders.update(slot, |order| order.trigger = id);
    }

    /// A held order was edited: its trigger moves to the new trigger price. O(log triggers).
    pub(super) fn move_held(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        let (waits, level) = (order.is(OrderFact::Armed), order.stop_price);
        let Ok(trigger) = self.triggers.resolve(order.trigger) else { return };
        let moved = self.triggers.get(trigger).is_some_and(|t| !t.trails() && t.level != level);
        if waits && moved {
            self.triggers.relocate(trigger, level);
        }
    }

    /// A held order was sent or has ended: its trigger goes. O(log triggers).
    pub(super) fn stop_holding(&mut self, slot: u32) {
        self.orders.update(slot, Order::stop_holding);
        let Some(id) = self.orders.get(slot).map(|order| order.trigger) else { return };
        let Ok(trigger) = self.triggers.resolve(id) else { return };
        self.tell_ended(trigger);
        self.triggers.remove(trigger, None);
    }

    #[inline(never)] // The event is not part of its callers' frames.
    fn tell_ended(&mut self, trigger: u32) {
        self.triggers.halt(trigger);
        if let Some(ended) = self.triggers.get(trigger) {
            self.emit(Self::trigger_event(EventKind::TriggerEnded, ended));
        }
    }

    /// The trigger of a held order fires: the order is sent, unless its time is over, nothing is
    /// left to close, or the gate now refuses it. O(log triggers).
    #[inline(never)]
    pub(super) fn release(&mut self, slot: u32, price: Ticks) {
        let Some(trigger) = self.triggers.get(slot) else { return };
        let order = self.orders.resolve(trigger.order).ok();
        let leaves =
            order.and_then(|order| self.orders.get(order)).map_or(Lots::ZERO, Order::leaves);
        if order.is_some() {
            self.tell_fired(slot, leaves, price);
        }
        self.triggers.remove(slot, None);
        let Some(slot) = order else { return };
        let now = self.now;
        let Some(order) = self.orders.get(slot) else { return };
        if order.is_over(now) {
            self.expire(slot);
            return;
        }
        let qty = self.released_qty(order);
        if qty == Lots::ZERO {
            self.cancel(slot, 0);
            return;
        }
        let is_whole = qty == order.order_qty;
        let (verdict, refused) = self.judge_release(order, qty);
        if refused {
            self.deny_release(slot, qty, &verdict);
            return;
        }
        self.make_way_for(slot);
        if is_whole && self.counted == 0 {
            // It keeps what it reserves, its status and its deadlines: nothing follows.
            self.orders.release_whole(slot, now);
            self.file_released(slot);
        } else {
            self.change_order(slot, |order| order.release(qty, now));
        }
        if !verdict.is_accepted() {
            self.emit_verdict(EventKind::CloseUnchecked, slot, Lots::ZERO, &verdict);
        }
    }

    /// An order that closes its position takes what nobody else is closing; its partner is nobody
    /// else.
    fn released_qty(&self, order: &Order) -> Lots {
        if !OrderFlag::ClosePosition.is_in(order.flags) {
            return order.order_qty;
        }
        let slot = if order.position == Id::NONE {
            self.open_net(order.symbol, order.scope)
        } else {
            self.positions.resolve(order.position).ok()
        };
        let position = slot.and_then(|slot| self.positions.get(slot));
        let closes = |p: &&Position| p.is_open() && p.side.closed_by() == order.side;
        let Some(position) = position.filter(closes) else { return Lots::ZERO };
        let others = position.closing.0.saturating_sub(self.shared(order).0);
        Lots(position.book.qty.0.saturating_sub(others).max(0))
    }

    /// The gate's word on a held order of this quantity as what it becomes, and whether that binds:
    /// an order that only reduces is held up by little.
    #[inline(never)]
    fn judge_release(&self, order: &Order, qty: Lots) -> (Verdict, bool) {
        let mut released = *order;
        released.release(qty, self.now);
        let terms = released.terms();
        let symbol = self.symbols.get(terms.symbol);
        let value = symbol.and_then(|symbol| value(symbol, &terms).ok().flatten());
        let position = self.positions.resolve(terms.position).ok();
        let position = position.and_then(|slot| self.positions.get(slot));
        let proposal = Proposal {
            terms,
            asked: if terms.has(OrderFlag::ClosePosition) { Lots::ZERO } else { qty },
            replaces: Some(replaced(order, true)),
            target: self.target(&terms, symbol, position, self.share(order)),
            shared: self.shared(order),
            uncut: terms.qty,
            meeting: self.meeting(&terms),
            parent: self.parentage(&terms, Some(order)),
            children: 0,
            client_id_taken: false,
            own: false,
            has_room: true,
        };
        let verdict = self.judge(&proposal, value, SETTLED, self.now);
        let binding = if terms.has(OrderFlag::ReduceOnly) { BINDING } else { u64::MAX };
        (verdict, verdict.mask & binding != 0)
    }

    #[inline(never)]
    fn deny_release(&mut self, slot: u32, qty: Lots, verdict: &Verdict) {
        let now = self.now;
        let scope = self.orders.get(slot).map_or(0, |order| order.scope);
        self.count_denied(scope, verdict);
        self.emit_verdict(EventKind::OrderDenied, slot, qty, verdict);
        self.change_order(slot, |order| order.deny(now));
        self.settle_order(slot);
        self.report_flat();
    }

    /// What the gate said of an order; a quantity says that it was refused.
    #[inline(never)]
    pub(super) fn emit_verdict(
        &mut self,
        kind: EventKind,
        slot: u32,
        qty: Lots,
        verdict: &Verdict,
    ) {
        let Some(order) = self.orders.get(slot) else { return };
        let price = if qty > Lots::ZERO { order.price } else { Ticks::ZERO };
        let event = Event {
            qty,
            price,
            mask: verdict.mask,
            code: verdict.first,
            limit: verdict.limit,
            observed: verdict.observed,
            unit: verdict.unit,
            value: Money(i64::from(verdict.scope)),
            ..Self::order_event(kind, order)
        };
        self.emit(event);
    }

    #[inline(never)] // The event is not part of its callers' frames.
    pub(super) fn tell_fired(&mut self, trigger: u32, qty: Lots, price: Ticks) {
        let Some(fired) = self.triggers.get(trigger) else { return };
        if fired.trails() {
            self.tell_trailing(trigger, qty, price);
        } else {
            self.emit(Self::fired_event(fired, qty, price));
        }
    }

    #[inline(never)]
    fn tell_trailing(&mut self, trigger: u32, qty: Lots, price: Ticks) {
        if let Some(fired) = self.triggers.shown(trigger) {
            self.emit(Self::fired_event(&fired, qty, price));
        }
    }

    fn fired_event(trigger: &Trigger, qty: Lots, price: Ticks) -> Event {
        let (symbol, side) = (trigger.symbol, trigger.direction.closing_side());
        told(trigger, &Place { symbol, side, price }, trigger.position, qty, trigger.level)
    }
}
