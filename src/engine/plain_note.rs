//! What is written down of a plain execution: events, and the execution itself. Each is written
//! from the records as they are after it, so that nothing need be kept until then.
#![forbid(unsafe_code)]

use super::plain_deal::{CLOSES, ENLARGES, OPENS, REDUCES};
use crate::event::{Event, EventLog};
use crate::num::{Lots, Money, Ticks};
use crate::order::{Execution, ExecutionState, Executions, Order, VenueReport, Went};
use crate::position::Position;
use crate::status::{EventKind, OrderStatus, PositionSide, Side};
use crate::store::Id;

/// Tells of an execution, of the new status of its order, and of what has become of the position.
#[inline(always)] // Of one test.
pub(super) fn tell<const KIND: u8, const BUYS: bool>(
    events: &mut EventLog<'_>,
    order: &Order,
    position: &Position,
    request: &VenueReport,
    status: Option<OrderStatus>,
) {
    match status {
        Some(status) => tell_all::<KIND, BUYS>(events, order, position, request, status),
        None => tell_two::<KIND, BUYS>(events, order, position, request),
    }
}

#[inline(never)] // Whoever calls keeps its registers.
fn tell_all<const KIND: u8, const BUYS: bool>(
    events: &mut EventLog<'_>,
    order: &Order,
    position: &Position,
    request: &VenueReport,
    status: OrderStatus,
) {
    let now = request.header.now;
    let Some((sequence, [first, between, last])) = events.room_for() else {
        return tell_slowly::<KIND, BUYS>(events, order, position, request, Some(status));
    };
    first.sequence = sequence;
    between.sequence = sequence.wrapping_add(1);
    last.sequence = sequence.wrapping_add(2);
    (first.at, between.at, last.at) = (now, now, now);
    describe::<KIND, BUYS>([first, between, last], order, position, request, status.raw());
}

#[inline(never)] // As above.
fn tell_two<const KIND: u8, const BUYS: bool>(
    events: &mut EventLog<'_>,
    order: &Order,
    position: &Position,
    request: &VenueReport,
) {
    let now = request.header.now;
    let Some((sequence, [first, last])) = events.room_for() else {
        return tell_slowly::<KIND, BUYS>(events, order, position, request, None);
    };
    (first.sequence, last.sequence) = (sequence, sequence.wrapping_add(1));
    (first.at, last.at) = (now, now);
    let mut none = Event::EMPTY;
    describe::<KIND, BUYS>([first, &mut none, last], order, position, request, 0);
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
    let [mut first, mut between, mut last] = [Event::EMPTY; 3];
    let places = [&mut first, &mut between, &mut last];
    let raw = status.map_or(0, OrderStatus::raw);
    describe::<KIND, BUYS>(places, order, position, request, raw);
    events.push(now, first);
    if status.is_some() {
        events.push(now, between);
    }
    events.push(now, last);
}

/// The side of an order.
#[inline(always)]
pub(super) const fn side<const BUYS: bool>() -> Side {
    if BUYS { Side::Buy } else { Side::Sell }
}

/// The events of an execution, of the status of its order and of what has become of the position,
/// but for number and time.
///
/// Field by field, all at once: what they share is read once and takes one register.
#[inline(always)] // Written in place.
fn describe<const KIND: u8, const BUYS: bool>(
    [fill, between, moved]: [&mut Event; 3],
    order: &Order,
    position: &Position,
    request: &VenueReport,
    status: u8,
) {
    let (kind, closes) = match KIND {
        OPENS => (EventKind::PositionOpened, false),
        CLOSES => (EventKind::PositionClosed, true),
        _ => (EventKind::PositionChanged, false),
    };
    let long = if KIND == REDUCES { !BUYS } else { BUYS };
    let owner = if long { PositionSide::Long } else { PositionSide::Short };
    let opened = if KIND == OPENS { Id::NONE } else { position.id };
    (fill.order, between.order, moved.order) = (order.id, order.id, order.id);
    (fill.position, between.position, moved.position) = (opened, order.position, position.id);
    (fill.trigger, between.trigger, moved.trigger) = (Id::NONE, Id::NONE, Id::NONE);
    let client_id = order.client_id;
    (fill.client_id, between.client_id, moved.client_id) = (client_id, client_id, client_id);
    (fill.tag, between.tag, moved.tag) = (order.tag, order.tag, position.tag);
    (fill.mask, between.mask, moved.mask) = (0, 0, 0);
    fill.price = request.price;
    moved.price = if closes { Ticks::ZERO } else { request.price };
    between.price = order.price;
    fill.qty = request.qty;
    moved.qty = if closes { Lots::ZERO } else { position.book.qty };
    between.qty = order.cum_qty;
    between.value = Money(order.order_qty.0.wrapping_sub(order.cum_qty.0));
    fill.value = request.commission;
    moved.value = if closes { position.outcome } else { Money::ZERO };
    for event in [&mut *fill, &mut *between, &mut *moved] {
        (event.limit, event.observed) = (0, 0);
        (event.symbol, event.scope) = (order.symbol, order.scope);
    }
    let code = if closes { position.exit.raw() } else { owner.raw() };
    let side = side::<BUYS>().raw();
    (fill.code, fill.kind, fill.side, fill.unit) = (0, EventKind::OrderFill.raw(), side, 0);
    between.code = u32::from(status);
    (between.kind, between.side, between.unit) = (EventKind::OrderStatus.raw(), side, 0);
    (moved.code, moved.kind, moved.side, moved.unit) = (u32::from(code), kind.raw(), side, 0);
    (fill.exec_id, between.exec_id, moved.exec_id) = (request.exec_id, 0, 0);
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
    match executions.claim_next(request.exec_id) {
        Some(kept) => write_down::<KIND, BUYS>(kept, order, request, position, gain),
        None => keep_slowly::<KIND, BUYS>(executions, order, request, position, gain),
    }
}

/// The same with any id.
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
    let VenueReport { exec_id, qty, price, commission, .. } = *request;
    kept.exec_id = exec_id;
    kept.order = order.id;
    kept.symbol = order.symbol;
    kept.side = side::<BUYS>();
    kept.qty = qty;
    kept.price = price;
    kept.commission = commission;
    kept.state = ExecutionState::Live;
    kept.scope = 0;
    kept.awaited = false;
    kept.went = if KIND == OPENS || KIND == ENLARGES {
        Went::In(position)
    } else {
        Went::Out(position, gain)
    };
}
