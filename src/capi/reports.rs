//! The door of the venue.

use super::execution::report;
use super::handle::Oms;
use super::orders::{door, sound};
use crate::order::VenueReport;

/// Takes what a venue says of an order: a fact, taken in any state of the order.
///
/// What each report (OMS_REPORT_*) reads besides order or client_id, side and symbol, reason:
///
/// ```text
///     ACK             nothing: the order is live
///     REJECT          nothing: it ends as REJECTED; a partly filled one stays
///     FILL            exec_id, qty, price, commission; venue_cum, venue_avg if given: an execution
///     CANCEL_ACK      nothing: it ends as CANCELLED, asked for or not
///     CANCEL_REJECT   request_id: that cancel is off; reason UNKNOWN_ORDER puts it in doubt
///     REPLACE_ACK     request_id; qty, price when qty is not 0: the new terms hold
///     REPLACE_REJECT  request_id: the old terms stay
///     EXPIRE          nothing: it ends as EXPIRED
///     BUST            ref_exec_id: that execution is taken out of order, position and account
///     CORRECT         exec_id, ref_exec_id, qty, price, commission: that execution is replaced;
///                     both ids name it from then on
///     RESTATE         qty, price when qty is not 0: the venue changed the terms unasked; ends
///                     DONE_FOR_DAY
///     SUSPEND         nothing: SUSPENDED
///     RESUME          nothing: not SUSPENDED any more
///     DONE_FOR_DAY    nothing: leaves are 0 and stay reserved
///     TRIGGERED       nothing: a stop that the venue holds is a market or limit order now
///     ORDER_STATUS    order_status, venue_cum, venue_avg, price: what the venue knows; executions
///                     that are missing here are booked, cum_qty never falls; takes it out of doubt
///     SEND_FAILED     nothing, from the host: NEW did not leave. It is handed out again under the
///                     same client id as config.retry says, then ends as FAILED
///     SEND_IN_DOUBT   nothing, from the host: NEW may have left. It is in doubt: ask the venue
/// ```
///
/// - Executions are applied once by their exec_id. A total beyond what is known (venue_cum) books
///   what is missing too, marked OMS_MARK_GAP; the executions themselves, when they come, take its
///   place. A total that leaves no room for an execution puts the order in doubt.
/// - A price of 0, for a symbol that cannot have it, is taken as not given: the execution is booked
///   at the limit price or the market and marked OMS_MARK_NO_PRICE.
/// - A bust or correction of an execution that is not kept any more (capacity.executions) leaves
///   OMS_ANOMALY_REF_EVICTED and books nothing: reconcile with the venue.
/// - A report that says the venue has an order which is held here, or was not handed out yet, is
///   taken; the order waits no more.
/// - What does not fit leaves an OMS_EVENT_ORDER_ANOMALY.
/// - An ended order is kept until its slot is needed, oldest end first. An execution after that, or
///   of an order that never was here, is booked when side and symbol are given, on the position it
///   names or as an order without one would; a record of it is made, marked OMS_MARK_FOREIGN. Any
///   other report then is OMS_E_STALE by id or OMS_E_UNKNOWN by client id and the host must raise
///   the alarm. Size capacity.orders for the longest lateness of the venue.
///
/// @param oms      the engine.
/// @param request  the report.
/// @return OMS_OK; OMS_MORE when it is taken whole and work is queued: call oms_drain; OMS_IGNORED
///         when it was known or changes nothing; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND,
///         OMS_E_SIZE, OMS_E_RESERVED, OMS_E_ENUM; OMS_E_BAD_QTY for an execution of 0 lots or
///         less, or a negative new total; OMS_E_RANGE for a magnitude beyond 2^60, an exec_id or
///         ref_exec_id of 0 where it is read, or a negative venue_cum; OMS_E_UNKNOWN, OMS_E_STALE,
///         OMS_E_FOREIGN; OMS_E_CONFLICT for a known exec_id with other facts, for a ref_exec_id of
///         another order, and for a side or symbol that is not the order's; OMS_E_RANGE for money
///         that does not fit; OMS_E_STATE in PAPER and BACKTEST, whose venue is in here.
///
/// Cost: O(1); C log2(capacity) when the position has triggers or reduce-only orders. At most
/// work_per_call × C log2(capacity), when it arms legs of a bracket that are crossed. A bust or
/// correction besides O(corrections of that execution).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_venue_report(oms: *mut Oms, request: *const VenueReport) -> i32 {
    // Most calls are right: few comparisons tell.
    // SAFETY: by the caller's promise.
    if let Some((engine, request)) = unsafe { sound(oms, request) } {
        return engine.report_calmly(request).raw();
    }
    // SAFETY: by the caller's promise.
    unsafe { report_slowly(oms, request) }
}

/// Any report, and what is wrong with a call.
///
/// # Safety
/// As [`oms_venue_report`].
#[cold]
#[inline(never)]
unsafe fn report_slowly(oms: *mut Oms, request: *const VenueReport) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], report) }
}
