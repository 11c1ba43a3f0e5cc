//! Many records of one door in one call.
//!
//! Records are independent requests of the caller's: one that is refused has its own code and the
//! next one is taken all the same, as when they are called one by one.

use core::mem::size_of;

use super::execution::report;
use super::handle::Oms;
use super::pointers::{Pointer, array, check, code, inputs, may, need, output, output_optional};
use crate::engine::Engine;
use crate::market::Quote;
use crate::order::{OrderSubmit, VenueReport};
use crate::risk::Verdict;
use crate::status::{Request, Status};
use crate::store::Id;

// The records are the largest of a batch's arrays: when they fit the memory, so do the others.
const _: () = assert!(size_of::<Quote>() >= size_of::<i32>());
const _: () = assert!(size_of::<VenueReport>() >= size_of::<i32>());
const _: () = assert!(size_of::<OrderSubmit>() >= size_of::<Verdict>());
const _: () = assert!(size_of::<OrderSubmit>() >= size_of::<Id>());

/// An output array: it may be NULL when it is empty.
fn need_for<T>(count: usize, pointer: *const T) -> Pointer {
    if count == 0 { may(pointer) } else { need(pointer) }
}

/// Takes record after record; `each` gets its place in the arrays.
///
/// # Safety
/// The arrays are valid for `count` elements, apart from each other, and checked.
unsafe fn take<R>(
    requests: *const R,
    count: usize,
    statuses: *mut i32,
    taken: *mut usize,
    mut each: impl FnMut(usize, &R) -> Result<Status, Status>,
) -> Result<Status, Status> {
    // SAFETY: by the caller's promise.
    let (requests, statuses) = unsafe { (inputs(requests, count)?, array(statuses, count)?) };
    let (mut result, mut done) = (Status::Ok, 0_usize);
    for ((place, request), status) in requests.iter().enumerate().zip(statuses) {
        let answer = each(place, request);
        if answer == Ok(Status::More) {
            result = Status::More;
        }
        done = done.saturating_add(usize::from(answer.is_ok()));
        *status = code(answer);
    }
    // SAFETY: checked, and the caller promises room.
    unsafe { output_optional(taken, done) };
    Ok(result)
}

/// A batch for a door whose answer is its code alone.
///
/// # Safety
/// As for [`take`], but that nothing is checked yet.
unsafe fn plain_batch<R: Request + 'static>(
    oms: *mut Oms,
    requests: *const R,
    count: usize,
    statuses: *mut i32,
    taken: *mut usize,
    call: impl Fn(&mut Engine<'static>, &R) -> Result<Status, Status>,
) -> i32 {
    let pass = || {
        let arrays = (need_for(count, requests), need_for(count, statuses));
        check(&[need(oms), arrays.0, arrays.1, may(taken)])?;
        // SAFETY: by the caller's promise.
        unsafe {
            let engine = Oms::engine_mut(oms)?;
            take(requests, count, statuses, taken, |_, request| engine.run(request, &call))
        }
    };
    code(pass())
}

/// Takes quotes in order, as oms_quote takes each.
///
/// A quote that is refused does not stop the others: statuses has the code of each. After OMS_MORE
/// the rest of the batch is taken too; then call oms_drain. Where fires must not wait for the rest
/// of the batch, or arms and quotes are mixed, call oms_quote.
///
/// @param oms       the engine.
/// @param requests  the quotes, each with its own time.
/// @param count     how many; with 0 the arrays may be NULL. Arrays do not overlap.
/// @param statuses  room for `count` codes: what oms_quote answers to each.
/// @param taken     how many of the codes are >= 0; may be NULL. When it is `count`, nothing was
///                  refused.
/// @return OMS_OK; OMS_MORE when one of the quotes answered it; OMS_E_NULL, OMS_E_ALIGN,
///         OMS_E_HANDLE; OMS_E_RANGE for a count that no memory holds: nothing is written then and
///         nothing has changed.
///
/// Cost: as `count` calls of oms_quote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_quote_batch(
    oms: *mut Oms,
    requests: *const Quote,
    count: usize,
    statuses: *mut i32,
    taken: *mut usize,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { plain_batch(oms, requests, count, statuses, taken, |e, r| e.quote(r)) }
}

/// Takes reports of a venue in order, as oms_venue_report takes each.
///
/// A report that is refused does not stop the others: statuses has the code of each. After OMS_MORE
/// the rest of the batch is taken too; then call oms_drain.
///
/// @param oms       the engine.
/// @param requests  the reports, each with its own time.
/// @param count     how many; with 0 the arrays may be NULL. Arrays do not overlap.
/// @param statuses  room for `count` codes: what oms_venue_report answers to each.
/// @param taken     how many of the codes are >= 0; may be NULL.
/// @return OMS_OK; OMS_MORE when one of the reports answered it; OMS_E_NULL, OMS_E_ALIGN,
///         OMS_E_HANDLE; OMS_E_RANGE for a count that no memory holds: nothing is written then and
///         nothing has changed.
///
/// Cost: as `count` calls of oms_venue_report.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_venue_report_batch(
    oms: *mut Oms,
    requests: *const VenueReport,
    count: usize,
    statuses: *mut i32,
    taken: *mut usize,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { plain_batch(oms, requests, count, statuses, taken, report) }
}

/// Says of each order what the gate would say of it alone, without any effect: the orders before it
/// in the array do not count. To have them count, submit.
///
/// @param oms       the engine.
/// @param requests  the orders.
/// @param count     how many; with 0 the arrays may be NULL. Arrays do not overlap.
/// @param statuses  room for `count` codes: what oms_order_check answers to each.
/// @param verdicts  room for `count`; each is written when its code is OMS_OK. Look at the code
///                  first: a record that was refused has no verdict.
/// @param taken     how many of the codes are OMS_OK; may be NULL.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_RANGE for a count that no memory
///         holds: nothing is written then.
///
/// Cost: as `count` calls of oms_order_check.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_check_batch(
    oms: *const Oms,
    requests: *const OrderSubmit,
    count: usize,
    statuses: *mut i32,
    verdicts: *mut Verdict,
    taken: *mut usize,
) -> i32 {
    let pass = || {
        let arrays = (need_for(count, requests), need_for(count, statuses));
        check(&[need(oms), arrays.0, arrays.1, need_for(count, verdicts), may(taken)])?;
        // SAFETY: by the caller's promise.
        let engine = unsafe { Oms::engine(oms)? };
        let each = |place: usize, request: &OrderSubmit| {
            let found = engine.order_check(request)?;
            // SAFETY: `place` is below `count`, and the caller promises room.
            unsafe { output(verdicts.add(place), found) };
            Ok(Status::Ok)
        };
        // SAFETY: checked; by the caller's promise.
        unsafe { take(requests, count, statuses, taken, each) }
    };
    code(pass())
}

/// Submits orders in order, as oms_order_submit takes each: every one counts for those after it.
///
/// One that is denied or refused does not stop the others. A denial is not an error: its code is
/// OMS_OK and verdict.denied is 1. Orders that name each other (linked) need the id of the first:
/// submit them one by one.
///
/// @param oms       the engine.
/// @param requests  the orders, each with its own time.
/// @param count     how many; with 0 the arrays may be NULL. Arrays do not overlap.
/// @param statuses  room for `count` codes: what oms_order_submit answers to each.
/// @param verdicts  room for `count`; each is written when its code is >= 0. Look at the code
///                  first: a record that was refused has no verdict.
/// @param orders    room for `count` ids, or NULL; each is written as its verdict, 0 when denied.
/// @param taken     how many of the codes are >= 0, denials among them; may be NULL.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_RANGE for a count that no memory
///         holds: nothing is written then and nothing has changed.
///
/// Cost: as `count` calls of oms_order_submit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_submit_batch(
    oms: *mut Oms,
    requests: *const OrderSubmit,
    count: usize,
    statuses: *mut i32,
    verdicts: *mut Verdict,
    orders: *mut Id,
    taken: *mut usize,
) -> i32 {
    let pass = || {
        let arrays = (need_for(count, requests), need_for(count, statuses));
        let outputs = (need_for(count, verdicts), may(orders), may(taken));
        check(&[need(oms), arrays.0, arrays.1, outputs.0, outputs.1, outputs.2])?;
        // SAFETY: by the caller's promise.
        let engine = unsafe { Oms::engine_mut(oms)? };
        let each = |place: usize, request: &OrderSubmit| {
            let submitted = engine.run(request, |e, r| e.order_submit(r))?;
            // SAFETY: `place` is below `count`, and the caller promises room.
            unsafe {
                output(verdicts.add(place), submitted.verdict);
                if !orders.is_null() {
                    output(orders.add(place), submitted.order);
                }
            }
            Ok(submitted.status)
        };
        // SAFETY: checked; by the caller's promise.
        unsafe { take(requests, count, statuses, taken, each) }
    };
    code(pass())
}
