//! An order as it is read: its facts and what follows from them.
#![forbid(unsafe_code)]

use super::Order;
use crate::num::{Int128, Lots, Money, Nanos, Ratio, Ticks, div_floor};
use crate::status::OrderFact;
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
    /// The trigger that sent it; 0 for none.
    pub trigger: Id,
    /// Quantity, lots, as the venue last agreed.
    pub order_qty: Lots,
    /// Executed, lots.
    pub cum_qty: Lots,
    /// Open at the venue, lots: 0 once it has ended.
    pub leaves: Lots,
    /// Limit price, ticks; 0 at the market.
    pub price: Ticks,
    /// Σ qty × price of its executions, lots × ticks.
    pub notional: Int128,
    /// Average price: whole ticks, rounded down; 0 without executions.
    pub avg_price: Ticks,
    /// Average price: the rest, parts per 10^9 of a tick, rounded down.
    pub avg_price_frac: i64,
    /// Σ commissions, money units.
    pub commission: Money,
    /// Replace in flight: new quantity, lots; otherwise 0.
    pub replace_qty: Lots,
    /// Replace in flight: new price, ticks; otherwise 0.
    pub replace_price: Ticks,
    /// With OMS_TIF_GTD: when it expires, nanoseconds.
    pub expire_at: Nanos,
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
    /// OMS_STATUS_*.
    pub status: u8,
    /// OMS_FIX_*.
    pub fix_status: u8,
    /// OMS_SIDE_*.
    pub side: u8,
    /// OMS_TYPE_*.
    pub order_type: u8,
    /// OMS_TIF_*.
    pub time_in_force: u8,
    /// OMS_END_*.
    pub end: u8,
    /// 0.
    pub reserved0: [u8; 2],
    /// 0.
    pub reserved: [u64; 8],
}

impl From<&Order> for OrderView {
    fn from(order: &Order) -> Self {
        let (avg_price, avg_price_frac) = average(order).unwrap_or_default();
        let replacing = order.is(OrderFact::ReplaceInflight);
        let replace = if replacing { order.replace } else { Default::default() };
        Self {
            order: order.id,
            client_id: order.client_id,
            tag: order.tag,
            position: order.position,
            parent: order.parent,
            trigger: order.trigger,
            order_qty: order.order_qty,
            cum_qty: order.cum_qty,
            leaves: order.leaves(),
            price: order.price,
            notional: order.notional.into(),
            avg_price,
            avg_price_frac,
            commission: order.commission,
            replace_qty: replace.qty,
            replace_price: replace.price,
            expire_at: order.expire_at,
            created_at: order.created_at,
            sent_at: order.sent_at,
            updated_at: order.updated_at,
            symbol: order.symbol,
            scope: order.scope,
            venue: order.venue,
            flags: order.flags,
            facts: order.facts,
            marks: order.marks,
            status: order.status().raw(),
            fix_status: order.fix_status().raw(),
            side: order.side.raw(),
            order_type: order.order_type.raw(),
            time_in_force: order.time_in_force.raw(),
            end: order.end.raw(),
            ..Self::default()
        }
    }
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
