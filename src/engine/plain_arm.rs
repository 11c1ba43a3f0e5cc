//! Arming the plain stop or target: one that does not trail, of a position with room for it, at a
//! price that means nothing to it nor to any other trigger of the symbol.
#![forbid(unsafe_code)]

use super::Engine;
use crate::status::{TriggerAction, TriggerKind};
use crate::store::{Id, at};
use crate::trigger::{Direction, PER_POSITION, Trigger, TriggerArm};

impl Engine<'_> {
    /// Arms a plain stop or target and answers its id; `None`, and nothing has changed, when it is
    /// none. No kill is news. O(log triggers).
    #[inline(always)] // What the door looked at stays in registers.
    pub(crate) fn arm_plain(&mut self, request: &TriggerArm) -> Option<Id> {
        let kind =
            TriggerKind::from_raw(request.kind).filter(|k| *k != TriggerKind::TrailingStop)?;
        let action = TriggerAction::from_raw(request.action);
        let action = action.filter(|action| *action != TriggerAction::Release)?;
        let now = request.header.now;
        if !(self.goes_short() && is_plain(request) && self.is_timely(now)) {
            return None;
        }
        let (position, totals) = self.positions.named(request.position)?;
        let open = position.book.qty.0.cast_unsigned();
        // A negative quantity would be above it.
        if !position.is_open() || request.qty.0.cast_unsigned() > open {
            return None;
        }
        // Of the legs of the symbol's brackets all, of which some may be for another position.
        let owned = position.triggers.len.wrapping_add(totals.legs);
        if owned >= PER_POSITION || !self.triggers.has_room() {
            return None;
        }
        let orders = self.orders.table().live();
        if action == TriggerAction::Close && !self.triggers.leave_room(orders) {
            return None;
        }
        let (symbol, scope) = (position.symbol, position.scope);
        let market = &self.symbols.place(at(symbol))?.symbol.market;
        let TriggerArm { tag, level, qty, venue, .. } = *request;
        let direction = Direction::of(position.side, kind);
        let new = Trigger {
            position: position.id,
            tag,
            level,
            qty,
            symbol,
            scope,
            venue,
            kind,
            action,
            direction,
            ..Trigger::EMPTY
        };
        let list = &mut position.triggers;
        let id = self.triggers.arm_resting(new, list, market.bid, market.ask)?;
        self.now = now;
        Some(id)
    }
}

/// Whether a record is one that arms, and says nothing of a trailing stop.
#[inline(always)] // As above.
fn is_plain(request: &TriggerArm) -> bool {
    let [a, b] = request.reserved;
    let reserved = u64::from(u16::from_le_bytes(request.reserved0)) | a | b;
    request.header.is_of::<TriggerArm>() && reserved | request.of_trailing().cast_unsigned() == 0
}
