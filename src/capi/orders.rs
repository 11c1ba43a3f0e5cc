//! The doors of orders, triggers, positions and the venue.

use super::handle::Oms;
use super::pointers::{Pointer, check, code, input, may, need, output, output_optional};
use crate::engine::{Engine, Submitted};
use crate::order::{OrderCancel, OrderReplace, OrderSubmit, VenueReport};
use crate::position::PositionClose;
use crate::risk::Verdict;
use crate::status::Status;
use crate::store::Id;
use crate::trigger::{TriggerArm, TriggerCancel, TriggerMove};

/// A door: its pointers are checked, then the handle, then the engine is called.
///
/// # Safety
/// Pointers that are not NULL are valid as the C function says.
pub(super) unsafe fn door<R, const OUTPUTS: usize>(
    oms: *mut Oms,
    request: *const R,
    outputs: [Pointer; OUTPUTS],
    call: impl FnOnce(&mut Engine<'static>, &R) -> Result<Status, Status>,
) -> i32 {
    let pass = || {
        // A NULL among the outputs goes before a misaligned record.
        let inputs = check(&[need(oms), need(request)]);
        match (inputs, check(&outputs)) {
            (Err(Status::Null), _) | (_, Err(Status::Null)) => return Err(Status::Null),
            (Ok(()), Ok(())) => {}
            _ => return Err(Status::Align),
        }
        // SAFETY: by the caller's promise.
        let engine = unsafe { Oms::engine_mut(oms)? };
        // SAFETY: by the caller's promise.
        call(engine, unsafe { input(request)? })
    };
    code(pass())
}

/// A door that answers with a verdict and an order.
unsafe fn verdict_door<R>(
    oms: *mut Oms,
    request: *const R,
    verdict: *mut Verdict,
    order: *mut Id,
    call: impl FnOnce(&mut Engine<'static>, &R) -> Result<Submitted, Status>,
) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &R| {
        let submitted = call(engine, request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe {
            output(verdict, submitted.verdict);
            output_optional(order, submitted.order);
        }
        Ok(submitted.status)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [need(verdict), may(order)], pass) }
}

/// Says what the gate would say of an order, without any effect. Of an identical re-send it says
/// CLIENT_ID, where oms_order_submit answers OMS_EXISTS.
///
/// @param oms      the engine.
/// @param request  the order.
/// @param verdict  written on OMS_OK.
/// @return OMS_OK, also when the verdict is a denial; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE;
///         OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED, OMS_E_ENUM for the record; OMS_E_RANGE for a
///         magnitude beyond 2^60; OMS_E_SCOPE; OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN for
///         position and parent; OMS_E_TERMINAL for a closed position; OMS_E_SYMBOL for a position
///         of another symbol; OMS_E_RANGE for a value that does not fit money.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_check(
    oms: *const Oms,
    request: *const OrderSubmit,
    verdict: *mut Verdict,
) -> i32 {
    let judge = || {
        check(&[need(oms), need(request), need(verdict)])?;
        // SAFETY: by the caller's promise.
        let (engine, request) = unsafe { (Oms::engine(oms)?, input(request)?) };
        let found = engine.order_check(request)?;
        // SAFETY: checked.
        unsafe { output(verdict, found) };
        Ok(Status::Ok)
    };
    code(judge())
}

/// Checks an order and, when it passes, reserves for it, records it and queues its NEW command.
/// A denial is not an error: look at verdict.denied. Numbers that name nothing (an unknown type or
/// flag) are an error; known ones that do not go together are denied by OMS_CHECK_FIELDS.
///
/// A denied order leaves an event and nothing else; it spends no rate budget. An order whose
/// client id is in the table is refused by OMS_CHECK_CLIENT_ID, or answered by OMS_EXISTS with the
/// first one's id when all its terms are the same.
///
/// @param oms      the engine.
/// @param request  the order.
/// @param verdict  written on OMS_OK and OMS_EXISTS: verdict.denied says which it is.
/// @param order    the order's id, 0 when denied; may be NULL. Written as verdict.
/// @return OMS_OK, OMS_EXISTS; otherwise as oms_order_check, and nothing has changed.
///
/// Cost: O(1), client id look-up expected.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_submit(
    oms: *mut Oms,
    request: *const OrderSubmit,
    verdict: *mut Verdict,
    order: *mut Id,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { verdict_door(oms, request, verdict, order, |e, r| e.order_submit(r)) }
}

/// Asks to cancel an order. Risk never refuses it, in any trading state.
///
/// An order that was not handed out yet ends at once; otherwise a CANCEL command is queued.
///
/// @param oms      the engine.
/// @param request  which order.
/// @return OMS_OK; OMS_IGNORED when this very request is in flight; OMS_E_NULL, OMS_E_ALIGN,
///         OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED; OMS_E_UNKNOWN, OMS_E_STALE,
///         OMS_E_FOREIGN; OMS_E_TERMINAL; OMS_E_PENDING when another cancel is in flight.
///
/// Cost: O(1), for an order that closes a position O(log triggers).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_cancel(oms: *mut Oms, request: *const OrderCancel) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.order_cancel(r)) }
}

/// Asks to change quantity and price of an order. The gate judges it; it spends rate budget. While
/// it is in flight the larger of old and new is reserved.
///
/// An order that was not handed out yet is edited in place; otherwise a REPLACE command is queued.
///
/// @param oms      the engine.
/// @param request  which order, new quantity and price.
/// @param verdict  written on OMS_OK and OMS_IGNORED.
/// @param order    the order's id, 0 when denied; may be NULL. Written as verdict.
/// @return OMS_OK; OMS_IGNORED when this very request is in flight; OMS_E_NULL, OMS_E_ALIGN,
///         OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED, OMS_E_RANGE for a magnitude beyond
///         2^60; OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN; OMS_E_TERMINAL, also when the
///         position it belongs to is closed (a filled order may still be enlarged); OMS_E_PENDING
///         when a cancel or another replace is in flight; OMS_E_RANGE for a value that does not fit
///         money.
///
/// Cost: O(1), for an order that closes a position O(log triggers).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_replace(
    oms: *mut Oms,
    request: *const OrderReplace,
    verdict: *mut Verdict,
    order: *mut Id,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { verdict_door(oms, request, verdict, order, |e, r| e.order_replace(r)) }
}

/// Takes what a venue says of an order: a fact, taken in any state of the order.
///
/// Executions are applied once by their exec_id. What does not fit leaves an
/// OMS_EVENT_ORDER_ANOMALY. An ended order is kept until its slot is needed, oldest end first; a
/// report after that is OMS_E_STALE by id or OMS_E_UNKNOWN by client id, and nothing is booked: the
/// host must raise the alarm. Size capacity.orders for the longest lateness of the venue.
///
/// @param oms      the engine.
/// @param request  the report.
/// @return OMS_OK; OMS_IGNORED when it was known or changes nothing; OMS_E_NULL, OMS_E_ALIGN,
///         OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED, OMS_E_ENUM; OMS_E_BAD_QTY for a
///         quantity that is not positive; OMS_E_RANGE for a magnitude beyond 2^60 or a fill
///         without exec_id; OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN; OMS_E_CONFLICT for a known
///         exec_id with other facts; OMS_E_RANGE for money that does not fit.
///
/// Cost: O(1), with triggers of the position O(log triggers).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_venue_report(oms: *mut Oms, request: *const VenueReport) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.venue_report(r)) }
}

/// Arms a stop or target on an open position. One that is crossed already fires at once.
///
/// With OMS_ACTION_CLOSE it owns an order slot from now on, so that its close always has room. At
/// most 8 a position. When the position closes, its triggers end. What was read of the position
/// before may be out of date afterwards: its close may be under way.
///
/// @param oms      the engine.
/// @param request  position, level, kind, action.
/// @param trigger  its id; may be NULL. Written on OMS_OK and OMS_MORE.
/// @return OMS_OK; OMS_MORE when more triggers are reached than one call works off; OMS_E_NULL,
///         OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED, OMS_E_ENUM;
///         OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN, OMS_E_TERMINAL; OMS_E_PRICE for the level;
///         OMS_E_PENDING while work of the symbol is queued (oms_drain); OMS_E_RANGE for the
///         quantity; OMS_E_CAPACITY.
///
/// Cost: O(log triggers).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_trigger_arm(
    oms: *mut Oms,
    request: *const TriggerArm,
    trigger: *mut Id,
) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &TriggerArm| {
        let (status, id) = engine.trigger_arm(request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(trigger, id) };
        Ok(status)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [may(trigger)], pass) }
}

/// Moves an armed trigger to another level. It fires at once when it is crossed then.
///
/// @param oms      the engine.
/// @param request  trigger and level.
/// @return OMS_OK, OMS_MORE; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE,
///         OMS_E_RESERVED; OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN; OMS_E_STATE when it has
///         fired; OMS_E_PRICE; OMS_E_PENDING while work of the symbol is queued.
///
/// Cost: O(log triggers).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_trigger_move(oms: *mut Oms, request: *const TriggerMove) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.trigger_move(r)) }
}

/// Cancels an armed trigger, also one that is crossed and waits to be worked off.
///
/// @param oms      the engine.
/// @param request  the trigger.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN; OMS_E_STATE when it has fired.
///
/// Cost: O(log triggers).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_trigger_cancel(oms: *mut Oms, request: *const TriggerCancel) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.trigger_cancel(r)) }
}

/// Closes a position, or a part, by reduce-only market orders of the engine's own.
///
/// Only FIELDS, SYMBOL, INCREMENT and CAPACITY bind such an order; other failing checks are
/// reported by OMS_EVENT_CLOSE_UNCHECKED. Above qty_max it is split.
///
/// @param oms      the engine.
/// @param request  position and quantity.
/// @param verdict  written on OMS_OK.
/// @param order    the (first) closing order, 0 when denied; may be NULL. Written as verdict.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN, OMS_E_TERMINAL; OMS_E_PENDING when all of it
///         is being closed; OMS_E_RANGE for a quantity beyond what is not; OMS_E_CAPACITY.
///
/// Cost: O(orders needed), at most work_per_call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_position_close(
    oms: *mut Oms,
    request: *const PositionClose,
    verdict: *mut Verdict,
    order: *mut Id,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { verdict_door(oms, request, verdict, order, |e, r| e.position_close(r)) }
}
