//! Arming the plain stop or target: one that does not trail, of a position with room for it, at a
//! price that means nothing to it nor to any other trigger of the symbol.
#![forbid(unsafe_code)]

use super::Engine;
use crate::status::{Request, TriggerAction, TriggerKind};
use crate::store::{Id, at};
use crate::trigger::{Direction, PER_POSITION, Trigger, TriggerArm};

impl Engine<'_> {
    /// Arms a plain stop or target and answers its id; `None`, and nothing has changed, when it is
    /// none. O(log triggers).
    #[inline(always)] // What the door looked at stays in registers.
    pub(crate) fn arm_plain(&mut self, request: &TriggerArm) -> Option<Id> {
        let kind = TriggerKind::from_raw(request.kind)?;
        let action = TriggerAction::from_raw(request.action)?;
        let now = request.header.now;
        if !self.goes_plainly()
            || !request.header.is_of::<TriggerArm>()
            || !request.reserved_is_zero()
            || kind == TriggerKind::TrailingStop
            || action == TriggerAction::Release
            || !request.trails_nothing()
            || !self.is_calm(now, self.calm_until)
        {
            return None;
        }
        let (position, totals) = self.positions.named(request.position)?;
        let open = position.book.qty.0.cast_unsigned();
        // A negative quantity would be above it.
        let has_lots = position.is_open() && request.qty.0.cast_unsigned() <= open;
        // All legs of the symbol: at least those that count.
        let has_room = position.triggers.len.wrapping_add(totals.legs) < PER_POSITION
            && self.triggers.has_room()
            && (action == TriggerAction::Signal
                || self.orders.table().has_room_beside(self.triggers.closers()));
        if !(has_lots && has_room) {
            return None;
        }
        let symbol = position.symbol;
        let market = &self.symbols.place(at(symbol))?.market;
        let TriggerArm { tag, level, qty, venue, .. } = *request;
        let direction = Direction::of(position.side, kind);
        let new = Trigger {
            position: position.id,
            tag,
            level,
            qty,
            symbol,
            venue,
            kind,
            action,
            direction,
            ..Trigger::EMPTY
        };
        let list = &mut position.triggers;
        let id = self.triggers.arm_calmly(new, list, market.bid, market.ask)?;
        self.now = now;
        Some(id)
    }
}
