//! The doors of reconciliation.

use super::handle::Oms;
use super::orders::door;
use super::pointers::{may, output_optional};
use super::reads::read;
use crate::engine::Engine;
use crate::risk::{
    ReconcileBegin, ReconcileEnd, ReconcileOrder, ReconcilePosition, ReconcileReport,
};

/// Begins a round of reconciliation: the venue's positions and open orders, or a drop copy's, are
/// held against ours. A round that runs is given up.
///
/// Then tell every position (oms_reconcile_position) and every order (oms_reconcile_order) of the
/// venue, in any order, and end it (oms_reconcile_end). Each difference is an
/// OMS_EVENT_DIFFERENCE. Nothing is put right by it: that is done with reports, adoption, busts and
/// positions by hand. As soon as more differs than the record allows, once a round, the breaker
/// trips with OMS_CAUSE_RECONCILE, which only a reset by hand ends; one that is open is tripped
/// anew. Trading may go on meanwhile.
///
/// @param oms      the engine.
/// @param request  the tolerances, what it is about, when the venue's books were read.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM for the flags; OMS_E_RANGE for a tolerance below -1, for both of
///         OMS_RECONCILE_NO_POSITIONS and _NO_ORDERS, and for an as_of after now; OMS_E_SCOPE,
///         OMS_E_SYMBOL. Nothing has changed then.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_reconcile_begin(oms: *mut Oms, request: *const ReconcileBegin) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.reconcile_begin(r)) }
}

/// Tells what the venue holds of one symbol; it is compared at once. What lies flat there need not
/// be told.
///
/// @param oms      the engine.
/// @param request  symbol, long and short lots, average prices if they are known.
/// @return OMS_OK, whether it differs or not; OMS_IGNORED when the symbol was mentioned in this
///         round before; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE,
///         OMS_E_RESERVED; OMS_E_RANGE for negative lots and magnitudes beyond 2^60; OMS_E_STATE
///         when no round takes positions; OMS_E_SYMBOL. Nothing has changed after an error.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_reconcile_position(
    oms: *mut Oms,
    request: *const ReconcilePosition,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.reconcile_position(r)) }
}

/// Tells what the venue knows of one order; it is compared at once. Orders that have ended there
/// need not be told, but may.
///
/// @param oms      the engine.
/// @param request  its id or client id, symbol, side, quantity, executed lots, price, status.
/// @return OMS_OK, whether it differs or not; OMS_IGNORED when it is not compared: it was mentioned
///         in this round before, has changed here after as_of, or has ended at the venue and is not
///         kept here; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE,
///         OMS_E_RESERVED, OMS_E_ENUM for side and status; OMS_E_BAD_QTY for a live order without
///         quantity; OMS_E_RANGE for negative lots and magnitudes beyond 2^60; OMS_E_STATE when no
///         round takes orders; OMS_E_SYMBOL; OMS_E_FOREIGN. Nothing has changed after an error.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_reconcile_order(oms: *mut Oms, request: *const ReconcileOrder) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.reconcile_order(r)) }
}

/// Ends a round: looks for orders that live at the venue, as far as we know, and for positions,
/// that were not mentioned. Rows are not taken any more.
///
/// @param oms      the engine.
/// @param request  the record.
/// @param report   what was found; may be NULL. Written on codes >= 0; on OMS_MORE so far.
/// @return OMS_OK: the round is over, which an OMS_EVENT_DIFFERENCE with code
///         OMS_DIFFERENCE_NONE tells; OMS_MORE: work is left, call it or oms_drain again;
///         OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_STATE when no round runs. Nothing has changed after an error.
///
/// Cost: at most work_per_call × C; in all O(orders ever held at once + symbols).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_reconcile_end(
    oms: *mut Oms,
    request: *const ReconcileEnd,
    report: *mut ReconcileReport,
) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &ReconcileEnd| {
        let status = engine.reconcile_end(request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(report, engine.reconcile_get()) };
        Ok(status)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [may(report)], pass) }
}

/// Reads what the round of reconciliation that runs, or was last, has found so far.
///
/// @param oms  the engine.
/// @param out  written on OMS_OK; state OMS_RECONCILE_STATE_NONE before the first round.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_reconcile_get(oms: *const Oms, out: *mut ReconcileReport) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| Ok(e.reconcile_get())) }
}
