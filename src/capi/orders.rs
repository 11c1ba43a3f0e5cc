//! The doors of orders and triggers.

use super::handle::Oms;
use super::pointers::{
    Pointer, are_good, check, code, input, may, need, output, output_optional, past_null,
};
use crate::engine::{Engine, Submitted, Word};
use crate::order::{OrderAdopt, OrderCancel, OrderExtend, OrderReplace, OrderSubmit};
use crate::risk::{self, CHECK_NONE, Verdict};
use crate::status::{Request, Side, Status};
use crate::store::Id;
use crate::trigger::{TriggerArm, TriggerCancel, TriggerMove};

/// A door: its pointers are checked, then the handle, then the engine is called.
///
/// # Safety
/// Pointers that are not NULL are valid as the C function says.
pub(super) unsafe fn door<R: Request + 'static, const OUTPUTS: usize>(
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
        let request = unsafe { input(request)? };
        // SAFETY: not NULL and aligned.
        if unsafe { Oms::mark(oms) }.is_simulated() {
            return engine.run(request, call);
        }
        call(engine, request)
    };
    code(pass())
}

/// Engine and record of a call whose pointers and handle are right, while no kill is in force;
/// `None` for any other, which [`door`] takes or explains.
///
/// # Safety
/// As for [`door`].
#[inline(always)] // A few comparisons, in front of a few more.
pub(super) unsafe fn sound<'a, R>(
    oms: *mut Oms,
    request: *const R,
) -> Option<(&'a mut Engine<'static>, &'a R)> {
    // A handle is aligned as a record at least: its mark lies nowhere else.
    if !are_good::<R>(past_null::<R>(oms.cast()) | past_null(request)) {
        return None;
    }
    // SAFETY: not NULL and aligned.
    let clear = unsafe { Oms::mark(oms) }.is_clear();
    // SAFETY: the mark is good; the rest by the caller's promise.
    if clear { unsafe { Some((Oms::marked_mut(oms), &*request)) } } else { None }
}

/// A door that answers with a verdict and an order.
///
/// # Safety
/// As for [`door`].
pub(super) unsafe fn verdict_door<R: Request + 'static>(
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
/// CLIENT_ID, where oms_order_submit answers OMS_EXISTS. A quantity that oms_order_submit would
/// decide itself (OMS_ORDER_CLOSE_POSITION, OMS_LIMIT_REDUCE_CLAMP) is decided here too.
///
/// @param oms      the engine.
/// @param request  the order.
/// @param verdict  written on OMS_OK.
/// @return OMS_OK, also when the verdict is a denial; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE;
///         OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED, OMS_E_ENUM for the record; OMS_E_RANGE for a
///         magnitude beyond 2^60; OMS_E_SCOPE; OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN for
///         position, parent and linked; OMS_E_TERMINAL for a closed position or a linked order that
///         has ended; OMS_E_SYMBOL for a position or linked order of another symbol; OMS_E_STATE
///         for a linked order that has a partner; OMS_E_PENDING for an order that is held here
///         while trigger work of the symbol is queued (oms_drain); OMS_E_RANGE for a value that
///         does not fit money.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_check(
    oms: *const Oms,
    request: *const OrderSubmit,
    verdict: *mut Verdict,
) -> i32 {
    if are_there(oms, request, verdict) {
        // SAFETY: good pointers.
        if unsafe { Oms::mark(oms) }.is_clear() {
            // SAFETY: the mark is good; the rest by the caller's promise.
            let (engine, request) = unsafe { (Oms::marked(oms), &*request) };
            match engine.word(request) {
                Word::Passes => {
                    // SAFETY: not NULL and aligned, and the caller promises room.
                    unsafe { accept(verdict) };
                    return Status::Ok.raw();
                }
                // SAFETY: good pointers, and the mark is clear.
                Word::Below(Side::Buy) => return unsafe { check_buy(oms, request, verdict) },
                // SAFETY: as above.
                Word::Below(Side::Sell) => return unsafe { check_sell(oms, request, verdict) },
                Word::Unsaid => {}
            }
        }
        // SAFETY: good pointers.
        return unsafe { explain(oms, request, verdict) };
    }
    refused(oms, request, verdict)
}

/// Goes on with a check whose order is a buy of a scope below the root, without other features.
///
/// # Safety
/// As [`oms_order_check`]; good pointers, and no kill is in force.
#[inline(never)]
unsafe fn check_buy(oms: *const Oms, request: *const OrderSubmit, verdict: *mut Verdict) -> i32 {
    // SAFETY: by the caller's promise.
    let (engine, order) = unsafe { (Oms::marked(oms), &*request) };
    if engine.passes_below(order, Side::Buy) {
        // SAFETY: as above.
        unsafe { accept(verdict) };
        return Status::Ok.raw();
    }
    // SAFETY: as above.
    unsafe { explain(oms, request, verdict) }
}

/// The same of a sell.
///
/// # Safety
/// As [`check_buy`].
#[inline(never)]
unsafe fn check_sell(oms: *const Oms, request: *const OrderSubmit, verdict: *mut Verdict) -> i32 {
    // SAFETY: by the caller's promise.
    let (engine, order) = unsafe { (Oms::marked(oms), &*request) };
    if engine.passes_below(order, Side::Sell) {
        // SAFETY: as above.
        unsafe { accept(verdict) };
        return Status::Ok.raw();
    }
    // SAFETY: as above.
    unsafe { explain(oms, request, verdict) }
}

/// What is wrong with a call one of whose pointers is not good, or whose handle is none.
#[cold]
#[inline(never)]
fn refused(oms: *const Oms, request: *const OrderSubmit, verdict: *const Verdict) -> i32 {
    let pointers = check(&[need(oms), need(request), need(verdict)]);
    code(pointers.and(Err(Status::Handle)))
}

/// The whole check, when the pointers are good.
///
/// # Safety
/// As [`oms_order_check`].
#[inline(never)]
unsafe fn explain(oms: *const Oms, request: *const OrderSubmit, verdict: *mut Verdict) -> i32 {
    // SAFETY: good pointers.
    let mark = unsafe { Oms::mark(oms) };
    if !mark.is_mark() && !mark.is_simulated() {
        return refused(oms, request, verdict);
    }
    // SAFETY: the mark is good; the rest by the caller's promise.
    let (engine, request) = unsafe { (Oms::marked(oms), &*request) };
    let mut said = risk::Word::new();
    if let Err(status) = engine.explain(request, &mut said) {
        return status.raw();
    }
    // SAFETY: by the caller's promise.
    unsafe { output(verdict, said.verdict()) };
    Status::Ok.raw()
}

/// Writes the verdict that all is well: as one constant it would be loaded from memory.
///
/// # Safety
/// As [`output`].
unsafe fn accept(verdict: *mut Verdict) {
    // SAFETY: by the caller's promise; all bytes zero is a verdict.
    unsafe {
        verdict.write_bytes(0, 1);
        (*verdict).first = CHECK_NONE;
    }
}

/// Whether handle, order and verdict are aligned and none is NULL: what [`check`] says in few
/// instructions. `false` says nothing.
fn are_there(oms: *const Oms, request: *const OrderSubmit, verdict: *const Verdict) -> bool {
    const { assert!(align_of::<OrderSubmit>() == align_of::<Verdict>()) };
    let handle = past_null::<OrderSubmit>(oms.cast());
    are_good::<OrderSubmit>(handle | past_null(request) | past_null(verdict))
}

/// Checks an order and, when it passes, reserves for it, records it and queues its NEW command.
/// A denial is not an error: look at verdict.denied. Numbers that name nothing (an unknown type or
/// flag) are an error; known ones that do not go together are denied by OMS_CHECK_FIELDS.
///
/// A denied order leaves an event and nothing else; it spends no rate budget. An order whose
/// client id is in the table is refused by OMS_CHECK_CLIENT_ID, or answered by OMS_EXISTS with the
/// first one's id when all its terms are the same.
///
/// Types, with the prices each reads (any other price must be 0):
///
/// ```text
///     OMS_TYPE_           price  stop_price  trail_*  what is sent when it triggers
///     MARKET              -      -           -        itself, at once
///     LIMIT               yes    -           -        itself, at once
///     STOP                -      yes         -        a market order
///     STOP_LIMIT          yes    yes         -        a limit order at price
///     TAKE_PROFIT         -      yes         -        a market order
///     TAKE_PROFIT_LIMIT   yes    yes         -        a limit order at price
///     TRAILING_STOP       -      -           one      a market order
/// ```
///
/// - Stops trigger when the bid falls (sell) or the ask rises (buy) to stop_price, take-profits
///   when the bid rises (sell) or the ask falls (buy) to it. One that is reached already is denied
///   by OMS_CHECK_FIELDS.
/// - With OMS_HOLD_CORE it is armed here (OMS_STATUS_PENDING with OMS_FACT_ARMED; what it would
///   execute is reserved; it takes a trigger slot) and NEW is handed out when it fires. The gate
///   then judges it once more, as the market or limit order it is: a denial leaves
///   OMS_EVENT_ORDER_DENIED and ends it as FAILED. With OMS_HOLD_VENUE it is sent as it is.
/// - A trailing stop's level keeps its distance from the best bid (sell) or ask (buy) since it was
///   armed, and never moves back.
/// - linked: of two orders that name each other, one that is executed cancels the other.
/// - stop_loss and take_profit arm a stop and a target, OMS_ACTION_CLOSE, on the position that its
///   executions open or enlarge, for that quantity. Room for them is reserved.
/// - OMS_ORDER_CLOSE_POSITION: the engine decides the quantity: what is open and not being closed
///   by other orders; for an order that is held here, once more when it fires.
///
/// @param oms      the engine.
/// @param request  the order.
/// @param verdict  written on codes >= 0: verdict.denied says whether it was taken.
/// @param order    the order's id, 0 when denied; may be NULL. Written as verdict.
/// @return OMS_OK, OMS_EXISTS; otherwise as oms_order_check, and nothing has changed.
///
/// Cost: O(1); at most C log2(capacity), when it is held here or ends by the clock.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_submit(
    oms: *mut Oms,
    request: *const OrderSubmit,
    verdict: *mut Verdict,
    order: *mut Id,
) -> i32 {
    if are_there(oms, request, verdict) && order.is_aligned() {
        // SAFETY: good pointers.
        if unsafe { Oms::mark(oms) }.is_clear() {
            // SAFETY: the mark is good; the rest by the caller's promise.
            let engine = unsafe { Oms::marked(oms) };
            // SAFETY: as above.
            match engine.plain_side(unsafe { &*request }) {
                // SAFETY: good pointers, and the mark is clear.
                Some(Side::Buy) => return unsafe { take_buy(oms, request, verdict, order) },
                // SAFETY: as above.
                Some(Side::Sell) => return unsafe { take_sell(oms, request, verdict, order) },
                None => {}
            }
        }
    }
    // SAFETY: by the caller's promise.
    unsafe { submit(oms, request, verdict, order) }
}

/// Takes a buy that passes.
///
/// # Safety
/// As [`oms_order_submit`]; good pointers, no kill is in force, and the order is such a one.
#[inline(never)] // Last of all, so that the door needs no frame.
unsafe fn take_buy(
    oms: *mut Oms,
    request: *const OrderSubmit,
    verdict: *mut Verdict,
    order: *mut Id,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { take(oms, request, verdict, order, Side::Buy) }
}

/// The same of a sell.
///
/// # Safety
/// As [`take_buy`].
#[inline(never)]
unsafe fn take_sell(
    oms: *mut Oms,
    request: *const OrderSubmit,
    verdict: *mut Verdict,
    order: *mut Id,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { take(oms, request, verdict, order, Side::Sell) }
}

#[inline(always)] // So that the side is known.
unsafe fn take(
    oms: *mut Oms,
    request: *const OrderSubmit,
    verdict: *mut Verdict,
    order: *mut Id,
    side: Side,
) -> i32 {
    // SAFETY: by the caller's promise.
    let (engine, request) = unsafe { (Oms::marked_mut(oms), &*request) };
    // What is answered is written at once: it needs no register from then on.
    // SAFETY: not NULL and aligned, and the caller promises room.
    unsafe { accept(verdict) };
    let entered = engine.enter_limit(request, side);
    let (slot, id) = entered.unwrap_or_default();
    // SAFETY: aligned or NULL, and the caller promises room.
    unsafe { output_optional(order, id) };
    if entered.is_some() {
        engine.begin_limit(request, side, slot);
    }
    Status::Ok.raw()
}

/// The whole call, with what is wrong with the pointers.
///
/// # Safety
/// As [`oms_order_submit`].
#[inline(never)]
unsafe fn submit(
    oms: *mut Oms,
    request: *const OrderSubmit,
    verdict: *mut Verdict,
    order: *mut Id,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { verdict_door(oms, request, verdict, order, |e, r| e.submit_judged(r)) }
}

/// Asks to cancel an order. Risk never refuses it, in any trading state.
///
/// An order that was not handed out yet, or is held here, ends at once; otherwise a CANCEL command
/// is queued. With one that has OMS_ORDER_PARENT its children are cancelled.
///
/// @param oms      the engine.
/// @param request  which order.
/// @return OMS_OK; OMS_IGNORED when this very request is in flight; OMS_E_NULL, OMS_E_ALIGN,
///         OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED; OMS_E_UNKNOWN, OMS_E_STALE,
///         OMS_E_FOREIGN; OMS_E_TERMINAL; OMS_E_PENDING when another cancel is in flight.
///
/// Cost: O(1); at most C log2(capacity), when it is held here or ends by the clock, and when the
/// position has triggers or reduce-only orders; for a parent O(live orders), and this for each
/// child.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_cancel(oms: *mut Oms, request: *const OrderCancel) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.order_cancel(r)) }
}

/// Asks to change quantity, price and trigger price of an order. The gate judges it; it spends rate
/// budget. While it is in flight the larger of old and new is reserved.
///
/// An order that was not handed out yet is edited in place, and one that is held here waits for its
/// new stop_price; otherwise a REPLACE command is queued. Once it was triggered
/// (OMS_FACT_TRIGGERED) it is a market or limit order and stop_price must be 0.
///
/// @param oms      the engine.
/// @param request  which order, new quantity and prices.
/// @param verdict  written on codes >= 0.
/// @param order    the order's id, 0 when denied; may be NULL. Written as verdict.
/// @return OMS_OK; OMS_IGNORED when this very request is in flight; OMS_E_NULL, OMS_E_ALIGN,
///         OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED, OMS_E_RANGE for a magnitude beyond
///         2^60; OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN; OMS_E_TERMINAL, also when the position
///         it belongs to is closed (a filled order may still be enlarged); OMS_E_PENDING when a
///         cancel or another replace is in flight, and for an order that is held here while trigger
///         work of the symbol is queued; OMS_E_RANGE for a value that does not fit money.
///
/// Cost: O(1); at most C log2(capacity), when it is held here or ends by the clock, and when the
/// position has triggers or reduce-only orders.
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

/// Changes when an order is given up: at timeout_at oms_timer ends it, or asks the venue to cancel
/// what is left. Nothing is told to the venue before.
///
/// @param oms      the engine.
/// @param request  which order and when.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN; OMS_E_TERMINAL; OMS_E_RANGE for a time that
///         is not after now (0, for never, is allowed). Nothing has changed then.
///
/// Cost: at most C log2(capacity).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_extend(oms: *mut Oms, request: *const OrderExtend) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.order_extend(r)) }
}

/// Takes over an order that lives at the venue, from an earlier run or another system: it counts
/// as sent and acknowledged, what it may still execute is reserved, later reports find it.
///
/// No check is made beyond the fields, no rate is spent, and what it executed before moves neither
/// position nor account. Take over its position first (oms_position_adopt). An order that an
/// earlier run held here is submitted anew instead.
///
/// @param oms      the engine.
/// @param request  the order as the venue knows it.
/// @param order    its id; may be NULL. Written on OMS_OK and OMS_EXISTS.
/// @return OMS_OK; OMS_EXISTS with its id when it was taken over before with the same record;
///         OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM; OMS_E_RANGE for a client_id of 0, a magnitude beyond 2^60, a quantity that
///         is not positive, a cum_qty that is negative or not below it, or times that are over;
///         OMS_E_SCOPE, OMS_E_SYMBOL; OMS_E_PRICE for a price its type or symbol cannot have;
///         OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN for position and parent; OMS_E_TERMINAL for a
///         closed position; OMS_E_STATE for a stop type with OMS_HOLD_CORE, and for a reduce-only
///         order whose position is not there; OMS_E_CONFLICT for a
///         client id that another order carries; OMS_E_CAPACITY. Nothing has changed then.
///
/// Cost: O(1); at most C log2(capacity), when it ends by the clock.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_adopt(
    oms: *mut Oms,
    request: *const OrderAdopt,
    order: *mut Id,
) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &OrderAdopt| {
        let (status, id) = engine.order_adopt(request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(order, id) };
        Ok(status)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [may(order)], pass) }
}

/// Arms a stop, target or trailing stop on an open position. One that is crossed already fires at
/// once. docs/triggers.md: what each kind does, and in which order they fire.
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
///         OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN, OMS_E_TERMINAL; OMS_E_PRICE for a level the
///         symbol cannot have; OMS_E_PENDING while work of the symbol is queued (oms_drain);
///         OMS_E_RANGE for the quantity, for fields that the kind does not have, and for a
///         distance that is none or a second one that is not smaller; OMS_E_CAPACITY, also for one
///         step more than OMS_TRAIL_STEPS.
///
/// Cost: O(log2(capacity)) when nothing fires. At most work_per_call × C log2(capacity).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_trigger_arm(
    oms: *mut Oms,
    request: *const TriggerArm,
    trigger: *mut Id,
) -> i32 {
    if trigger.is_aligned() {
        // SAFETY: by the caller's promise.
        if let Some((engine, request)) = unsafe { sound(oms, request) }
            && let Some(id) = engine.arm_plain(request)
        {
            // SAFETY: aligned, and the caller promises room.
            unsafe { output_optional(trigger, id) };
            return Status::Ok.raw();
        }
    }
    // SAFETY: by the caller's promise.
    unsafe { arm_slowly(oms, request, trigger) }
}

/// Any trigger, and what is wrong with a call.
///
/// # Safety
/// As [`oms_trigger_arm`].
#[cold]
#[inline(never)]
unsafe fn arm_slowly(oms: *mut Oms, request: *const TriggerArm, trigger: *mut Id) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &TriggerArm| {
        let (status, id) = engine.arm_slowly(request)?;
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
///         fired, belongs to an order that is held here, or is a trailing stop, which moves by
///         itself; OMS_E_PRICE; OMS_E_PENDING while work of the symbol is queued.
///
/// Cost: O(log2(capacity)) when nothing fires. At most work_per_call × C log2(capacity).
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
///         OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN; OMS_E_STATE when it has fired, or
///         belongs to an order that is held here.
///
/// Cost: O(log2(capacity)).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_trigger_cancel(oms: *mut Oms, request: *const TriggerCancel) -> i32 {
    // SAFETY: by the caller's promise.
    if let Some((engine, request)) = unsafe { sound(oms, request) } {
        return code(engine.trigger_cancel(request));
    }
    // SAFETY: by the caller's promise.
    unsafe { cancel_slowly(oms, request) }
}

/// Any cancel, and what is wrong with a call.
///
/// # Safety
/// As [`oms_trigger_cancel`].
#[cold]
#[inline(never)]
unsafe fn cancel_slowly(oms: *mut Oms, request: *const TriggerCancel) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.trigger_cancel(r)) }
}
