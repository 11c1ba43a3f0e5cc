//! What is written down of a plain execution: events, and the execution itself. Each is written
//! from the records as they are after it, so that nothing need be kept until then.
#![forbid(unsafe_code)]

use super::plain_deal::{CLOSES, ENLARGES, OPENS, REDUCES};
use super::plain_report::tell_live;
use crate::event::{Event, EventLog};
use crate::num::{Lots, Money, Ticks};
use crate::order::{Execution, ExecutionState, Executions, Order, VenueReport, Went};
use crate::position::Position;
use crate::status::{EventKind, OrderStatus, PositionSide, Side};
use crate::store::Id;

/// Tells of an execution, of the new status of its order, and of what has become of the position;
/// whether it is the order's first, and what is left of that, are given.
#[inline(always)] // Of two tests.
pub(super) fn tell<const KIND: u8, const BUYS: bool>(
    events: &mut EventLog<'_>,
    order: &Order,
    position: &Position,
    request: &VenueReport,
    (is_first, leaves): (bool, i64),
) {
    if leaves != 0 && !is_first {
        return tell_two::<KIND, BUYS>(events, order, position, request);
    }
    let status = if leaves == 0 { OrderStatus::Filled } else { OrderStatus::PartiallyFilled };
    tell_all::<KIND, BUYS>(events, order, position, request, status);
}

#[inline(always)] // Written in place.
fn tell_all<const KIND: u8, const BUYS: bool>(
    events: &mut EventLog<'_>,
    order: &Order,
    position: &Position,
    request: &VenueReport,
    status: OrderStatus,
) {
    let Some((sequence, [fill, between, moved])) = events.room_for() else {
        return tell_slowly::<KIND, BUYS>(events, order, position, request, Some(status));
    };
    fill.sequence = sequence;
    describe_fill::<KIND, BUYS>(fill, order, position, request);
    between.sequence = sequence.wrapping_add(1);
    tell_live(between, order, (side::<BUYS>(), order.cum_qty), status);
    moved.sequence = sequence.wrapping_add(2);
    describe_position::<KIND, BUYS>(moved, order, position, request);
}

#[inline(never)] // As above.
fn tell_two<const KIND: u8, const BUYS: bool>(
    events: &mut EventLog<'_>,
    order: &Order,
    position: &Position,
    request: &VenueReport,
) {
    let Some((sequence, [fill, moved])) = events.room_for() else {
        return tell_slowly::<KIND, BUYS>(events, order, position, request, None);
    };
    fill.sequence = sequence;
    describe_fill::<KIND, BUYS>(fill, order, position, request);
    moved.sequence = sequence.wrapping_add(1);
    describe_position::<KIND, BUYS>(moved, order, position, request);
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
    let mut event = Event::EMPTY;
    describe_fill::<KIND, BUYS>(&mut event, order, position, request);
    events.push(now, event);
    if let Some(status) = status {
        tell_live(&mut event, order, (side::<BUYS>(), order.cum_qty), status);
        events.push(now, event);
    }
    describe_position::<KIND, BUYS>(&mut event, order, position, request);
    events.push(now, event);
}

/// The side of an order.
#[inline(always)]
pub(super) const fn side<const BUYS: bool>() -> Side {
    if BUYS { Side::Buy } else { Side::Sell }
}

/// The event of an execution, but for its number. What lies side by side in the order lies so in
/// the event: it is copied at once.
#[inline(always)] // Written in place.
fn describe_fill<const KIND: u8, const BUYS: bool>(
    event: &mut Event,
    order: &Order,
    position: &Position,
    request: &VenueReport,
) {
    (event.at, event.order) = (order.updated_at, order.id);
    event.position = if KIND == OPENS { Id::NONE } else { position.id };
    event.trigger = Id::NONE;
    (event.client_id, event.tag) = (order.client_id, order.tag);
    event.mask = 0;
    (event.price, event.qty, event.value) = (request.price, request.qty, request.commission);
    (event.limit, event.observed) = (0, 0);
    (event.symbol, event.scope) = (order.symbol, order.scope);
    (event.code, event.kind) = (0, EventKind::OrderFill.raw());
    (event.side, event.unit) = (side::<BUYS>().raw(), 0);
    event.exec_id = request.exec_id;
}

/// The same of what has become of the position.
#[inline(always)] // Written in place.
fn describe_position<const KIND: u8, const BUYS: bool>(
    event: &mut Event,
    order: &Order,
    position: &Position,
    request: &VenueReport,
) {
    let (kind, closes) = match KIND {
        OPENS => (EventKind::PositionOpened, false),
        CLOSES => (EventKind::PositionClosed, true),
        _ => (EventKind::PositionChanged, false),
    };
    let long = if KIND == REDUCES { !BUYS } else { BUYS };
    let owner = if long { PositionSide::Long } else { PositionSide::Short };
    (event.at, event.order) = (order.updated_at, order.id);
    (event.position, event.trigger) = (position.id, Id::NONE);
    (event.client_id, event.tag) = (order.client_id, position.tag);
    event.mask = 0;
    event.price = if closes { Ticks::ZERO } else { request.price };
    event.qty = if closes { Lots::ZERO } else { position.book.qty };
    event.value = if closes { position.outcome } else { Money::ZERO };
    (event.limit, event.observed) = (0, 0);
    (event.symbol, event.scope) = (order.symbol, order.scope);
    event.code = u32::from(if closes { position.exit.raw() } else { owner.raw() });
    (event.kind, event.side, event.unit) = (kind.raw(), side::<BUYS>().raw(), 0);
    event.exec_id = 0;
}

/// Writes an execution down over the oldest one.
#[inline(always)] // Written in place.
pub(super) fn keep<const KIND: u8, const BUYS: bool>(
    executions: &mut Executions<'_>,
    order: &Order,
    request: &VenueReport,
    position: Id,
    gain: i64,
) {
    match executions.claim_oldest(request.exec_id) {
        Some(kept) => write_down::<KIND, BUYS>(kept, order, request, position, gain),
        None => keep_slowly::<KIND, BUYS>(executions, order, request, position, gain),
    }
}

/// The same with any id, and while there is still room.
#[cold]
#[inline(never)]
fn keep_slowly<const KIND: u8, const BUYS: bool>(
    executions: &mut Executions<'_>,
    order: &Order,
    request: &VenueReport,
    position: Id,
    gain: i64,
) {
    if let Some(kept) = executions.claim(request.exec_id) {
        write_down::<KIND, BUYS>(kept, order, request, position, gain);
    }
}

#[inline(always)] // Written in place.
fn write_down<const KIND: u8, const BUYS: bool>(
    kept: &mut Execution,
    order: &Order,
    request: &VenueReport,
    position: Id,
    gain: i64,
) {
    kept.exec_id = request.exec_id;
    kept.order = order.id;
    (kept.qty, kept.price) = (request.qty, request.price);
    kept.commission = request.commission;
    (kept.symbol, kept.scope) = (order.symbol, order.scope);
    (kept.side, kept.awaited) = (side::<BUYS>(), false);
    kept.state = ExecutionState::Live;
    kept.went = if KIND == OPENS || KIND == ENLARGES {
        Went::In(position)
    } else {
        Went::Out(position, gain)
    };
}
