//! An order as it is read: its facts and what follows from them.
#![forbid(unsafe_code)]

use super::{Order, Pending};
use crate::num::{Int128, Lots, Money, Nanos, Ratio, Ticks, div_floor};
use crate::status::{CommandKind, OrderFact};
use crate::store::Id;

/// An order: `oms_order_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct OrderView {
    /// Its id.
    pub order: Id,
    /// Its client id.
    pub client_id: u64,
    /// The caller's mark.
    pub tag: u64,
    /// The position it belongs to; 0 for an order of a net symbol that named none (see
    /// oms_position_net), and before the first execution of one that opens a position.
    pub position: Id,
    /// The order it belongs to; 0 for none.
    pub parent: Id,
    /// The trigger that sent it, or that waits to send it; 0 for none.
    pub trigger: Id,
    /// The order that it and this one cancel each other with; 0 for none.
    pub linked: Id,
    /// Stop-loss and take-profit that its bracket armed last; 0 for none, or not yet. The id stays
    /// when the trigger has ended (OMS_E_STALE).
    pub legs: [Id; 2],
    /// Quantity, lots, as the venue last agreed.
    pub order_qty: Lots,
    /// Executed, lots.
    pub cum_qty: Lots,
    /// Open at the venue, lots: 0 once it has ended.
    pub leaves: Lots,
    /// Limit price, ticks; 0 at the market.
    pub price: Ticks,
    /// Trigger price, ticks; 0 without one. Of a trailing stop that is held here its present
    /// level, 0 before the first quote.
    pub stop_price: Ticks,
    /// Distance of a trailing stop in ticks; otherwise 0.
    pub trail_offset: Ticks,
    /// Distance of a trailing stop, parts per 10^9; otherwise 0.
    pub trail_ratio: Ratio,
    /// Bracket: level of the stop-loss, ticks; 0 for none.
    pub stop_loss: Ticks,
    /// Bracket: level of the take-profit, ticks; 0 for none.
    pub take_profit: Ticks,
    /// Σ qty × price of its executions, lots × ticks.
    pub notional: Int128,
    /// Average price: whole ticks, rounded down; 0 without executions.
    pub avg_price: Ticks,
    /// Average price: the rest, parts per 10^9 of a tick, rounded down.
    pub avg_price_frac: i64,
    /// Σ commissions, money units.
    pub commission: Money,
    /// Part of cum_qty that was inferred from the venue's total and not reported yet, lots.
    pub gap_qty: Lots,
    /// Cancel in flight: id of the request; otherwise 0.
    pub cancel_id: u64,
    /// Replace in flight: id of the request; otherwise 0.
    pub replace_id: u64,
    /// Replace in flight: new quantity, lots; otherwise 0.
    pub replace_qty: Lots,
    /// Replace in flight: new price, ticks; otherwise 0.
    pub replace_price: Ticks,
    /// Replace in flight: new trigger price, ticks; otherwise 0.
    pub replace_stop_price: Ticks,
    /// With OMS_TIF_GTD: when it expires, nanoseconds.
    pub expire_at: Nanos,
    /// When it is given up, nanoseconds; 0 for never.
    pub timeout_at: Nanos,
    /// When it is handed out again after it could not be sent or, at the venue, asked to cancel
    /// again after that was refused, nanoseconds; 0 when it is not.
    pub retry_at: Nanos,
    /// When it was submitted, nanoseconds.
    pub created_at: Nanos,
    /// When it was handed out, nanoseconds; 0 if not yet.
    pub sent_at: Nanos,
    /// When a fact last changed, nanoseconds.
    pub updated_at: Nanos,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number.
    pub scope: u32,
    /// Venue number.
    pub venue: u32,
    /// OMS_ORDER_* bits.
    pub flags: u32,
    /// OMS_FACT_* bits.
    pub facts: u32,
    /// OMS_MARK_* bits.
    pub marks: u32,
    /// Times it was handed out again after it could not be sent.
    pub retries: u32,
    /// OMS_REASON_*: why it ended, as the venue said.
    pub reason: u16,
    /// OMS_STATUS_*.
    pub status: u8,
    /// OMS_FIX_*.
    pub fix_status: u8,
    /// OMS_SIDE_*.
    pub side: u8,
    /// OMS_TYPE_* as submitted: with OMS_FACT_TRIGGERED it is a market or limit order now.
    pub order_type: u8,
    /// OMS_TIF_*.
    pub time_in_force: u8,
    /// OMS_END_*.
    pub end: u8,
    /// OMS_HOLD_*.
    pub hold: u8,
    /// Commands not handed out yet: bits 1 << OMS_COMMAND_*.
    pub pending: u8,
    /// 0.
    pub reserved0: [u8; 2],
    /// What its children work and have executed, lots: see OMS_CHECK_PARENT.
    pub children: Lots,
    /// 0.
    pub reserved: [u64; 7],
}

impl From<&Order> for OrderView {
    fn from(order: &Order) -> Self {
        let (avg_price, avg_price_frac) = average(order).unwrap_or_default();
        let replacing = order.is(OrderFact::ReplaceInflight);
        let replace = if replacing { order.replace } else { Default::default() };
        let cancelling = order.is(OrderFact::CancelInflight);
        Self {
            order: order.id,
            client_id: order.client_id,
            tag: order.tag,
            position: order.position,
            parent: order.parent,
            trigger: order.trigger,
            linked: order.linked,
            legs: order.legs,
            order_qty: order.order_qty,
            cum_qty: order.cum_qty,
            leaves: order.leaves(),
            price: order.price,
            stop_price: order.stop_price,
            trail_offset: order.trail.offset,
            trail_ratio: order.trail.ratio,
            stop_loss: order.bracket.stop_loss,
            take_profit: order.bracket.take_profit,
            notional: order.notional.into(),
            avg_price,
            avg_price_frac,
            commission: order.commission,
            gap_qty: order.gap.qty,
            cancel_id: if cancelling { order.cancel_id } else { 0 },
            replace_id: replace.request_id,
            replace_qty: replace.qty,
            replace_price: replace.price,
            replace_stop_price: replace.stop_price,
            expire_at: order.expire_at,
            timeout_at: order.timeout_at,
            retry_at: order.retry_at,
            created_at: order.created_at,
            sent_at: order.sent_at,
            updated_at: order.updated_at,
            symbol: order.symbol,
            scope: order.scope,
            venue: order.venue,
            flags: order.flags,
            facts: order.facts,
            marks: order.marks,
            retries: order.retries,
            reason: order.reason.raw(),
            status: order.status().raw(),
            fix_status: order.fix_status().raw(),
            side: order.side.raw(),
            order_type: order.order_type.raw(),
            time_in_force: order.time_in_force.raw(),
            end: order.end.raw(),
            hold: order.hold.raw(),
            pending: commands(order.pending),
            children: Lots(i64::try_from(order.children).unwrap_or(i64::MAX)),
            ..Self::default()
        }
    }
}

/// Commands that wait, as bits 1 << OMS_COMMAND_*.
fn commands(pending: Pending) -> u8 {
    let all = [
        (Pending::NEW, CommandKind::New),
        (Pending::CANCEL, CommandKind::Cancel),
        (Pending::REPLACE, CommandKind::Replace),
    ];
    let waiting = all.into_iter().filter(|&(command, _)| pending.has(command));
    waiting.fold(0, |bits, (_, kind)| bits | 1_u8.wrapping_shl(u32::from(kind.raw())))
}

/// notional / cum as whole ticks and parts per 10^9, both rounded down.
fn average(order: &Order) -> Option<(Ticks, i64)> {
    quotient(order.notional, order.cum_qty)
}

/// value / qty as whole ticks and parts per 10^9 of a tick, both rounded down; `None` for no
/// quantity.
#[must_use]
pub(crate) fn quotient(value: i128, qty: Lots) -> Option<(Ticks, i64)> {
    let qty = i128::from(qty.0);
    let whole = div_floor(value, qty)?;
    let rest = value.checked_sub(whole.checked_mul(qty)?)?;
    let parts = div_floor(rest.checked_mul(i128::from(Ratio::ONE))?, qty)?;
    Some((Ticks(i64::try_from(whole).ok()?), i64::try_from(parts).ok()?))
}
