//! What is written down of a plain execution: events, and the execution itself. Each is written
//! from the records as they are after it, so that nothing need be kept until then.
#![forbid(unsafe_code)]

use super::plain_fill::{CLOSES, ENLARGES, OPENS, REDUCES};
use super::plain_report::{event_of, live_event};
use crate::event::{Event, EventLog};
use crate::order::{Execution, ExecutionState, Executions, Legs, Order, Parts, VenueReport, Went};
use crate::position::Position;
use crate::status::{EventKind, OrderStatus, PositionSide, Side};
use crate::store::Id;

/// Tells of an execution, of the new status of its order, and of what has become of the position.
#[inline(never)] // Whoever calls keeps its registers.
pub(super) fn tell<const KIND: u8, const BUYS: bool>(
    events: &mut EventLog<'_>,
    order: &Order,
    position: &Position,
    request: &VenueReport,
    status: Option<OrderStatus>,
) {
    let now = request.header.now;
    let number = 2_u32.wrapping_add(u32::from(status.is_some()));
    let Some((sequence, [first, second, third])) = events.room_within(number) else {
        return tell_slowly::<KIND, BUYS>(events, order, position, request, status);
    };
    *first = Event { sequence, at: now, ..filled::<KIND, BUYS>(order, position, request) };
    let mut sequence = sequence.wrapping_add(1);
    let mut last = second;
    if let Some(status) = status {
        *last = Event { sequence, at: now, ..live_event(order, side::<BUYS>(), status) };
        sequence = sequence.wrapping_add(1);
        last = third;
    }
    *last = Event { sequence, at: now, ..moved::<KIND, BUYS>(order, position, request) };
}

/// The same where the ring is full, or ends.
#[cold]
#[inline(never)]
fn tell_slowly<const KIND: u8, const BUYS: bool>(
    events: &mut EventLog<'_>,
    order: &Order,
    position: &Position,
    request: &VenueReport,
    status: Option<OrderStatus>,
) {
    let now = request.header.now;
    events.push(now, filled::<KIND, BUYS>(order, position, request));
    if let Some(status) = status {
        events.push(now, live_event(order, side::<BUYS>(), status));
    }
    events.push(now, moved::<KIND, BUYS>(order, position, request));
}

/// The side of an order.
#[inline(always)]
pub(super) const fn side<const BUYS: bool>() -> Side {
    if BUYS { Side::Buy } else { Side::Sell }
}

/// The execution.
#[inline(always)] // Written in place.
fn filled<const KIND: u8, const BUYS: bool>(
    order: &Order,
    position: &Position,
    request: &VenueReport,
) -> Event {
    let VenueReport { exec_id, qty, price, commission, .. } = *request;
    let position = if KIND == OPENS { Id::NONE } else { position.id };
    let event = event_of(order, side::<BUYS>(), EventKind::OrderFill, position);
    Event { exec_id, qty, price, value: commission, ..event }
}

/// What has become of the position.
#[inline(always)] // As above.
fn moved<const KIND: u8, const BUYS: bool>(
    order: &Order,
    position: &Position,
    request: &VenueReport,
) -> Event {
    let kind = match KIND {
        OPENS => EventKind::PositionOpened,
        CLOSES => EventKind::PositionClosed,
        _ => EventKind::PositionChanged,
    };
    let event = event_of(order, side::<BUYS>(), kind, position.id);
    let tag = position.tag;
    if KIND == CLOSES {
        let code = u32::from(position.exit.raw());
        return Event { tag, code, value: position.outcome, ..event };
    }
    let long = if KIND == REDUCES { !BUYS } else { BUYS };
    let owner = if long { PositionSide::Long } else { PositionSide::Short };
    let code = u32::from(owner.raw());
    Event { tag, code, qty: position.book.qty, price: request.price, ..event }
}

/// An execution whose position found no room went nowhere.
#[cold]
#[inline(never)]
pub(super) fn note_unplaced<const BUYS: bool>(
    (events, executions): (&mut EventLog<'_>, &mut Executions<'_>),
    order: &Order,
    request: &VenueReport,
    status: Option<OrderStatus>,
) {
    let now = request.header.now;
    let VenueReport { exec_id, qty, price, commission, .. } = *request;
    events.push(now, filled::<OPENS, BUYS>(order, &Position::EMPTY, request));
    if let Some(status) = status {
        events.push(now, live_event(order, side::<BUYS>(), status));
    }
    let legs = Legs::default();
    executions.push(&Execution {
        exec_id,
        order: order.id,
        symbol: order.symbol,
        side: side::<BUYS>(),
        qty,
        price,
        commission,
        went: Went::Apart(Parts { booked: qty, value: price.times(qty), legs }),
        ..Execution::EMPTY
    });
}

/// Writes an execution down over the oldest one.
#[inline(never)] // As `tell`.
pub(super) fn keep<const KIND: u8, const BUYS: bool>(
    executions: &mut Executions<'_>,
    order: &Order,
    request: &VenueReport,
    position: Id,
    gain: i64,
) {
    let Some(kept) = executions.claim(request.exec_id) else { return };
    let VenueReport { exec_id, qty, price, commission, .. } = *request;
    kept.exec_id = exec_id;
    kept.order = order.id;
    kept.symbol = order.symbol;
    kept.side = side::<BUYS>();
    kept.qty = qty;
    kept.price = price;
    kept.commission = commission;
    kept.state = ExecutionState::Live;
    kept.awaited = false;
    kept.went = if KIND == OPENS || KIND == ENLARGES {
        Went::In(position)
    } else {
        Went::Out(position, gain)
    };
}
