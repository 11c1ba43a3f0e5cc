//! The doors of positions: closed by orders, opened and closed by hand, taken over.

use super::handle::Oms;
use super::orders::{door, verdict_door};
use super::pointers::{may, need, output, output_optional};
use crate::engine::Engine;
use crate::position::{PositionAdopt, PositionClose, PositionExit, PositionOpen};
use crate::risk::Verdict;
use crate::status::Status;
use crate::store::Id;

/// Closes a position, or a part, by reduce-only market orders of the engine's own.
///
/// Only FIELDS, SYMBOL, INCREMENT and CAPACITY bind such an order; other failing checks are
/// reported by OMS_EVENT_CLOSE_UNCHECKED. Above the smallest qty_max of its path it is split.
///
/// @param oms      the engine.
/// @param request  position and quantity.
/// @param verdict  written on OMS_OK.
/// @param order    the (first) closing order, 0 when denied; may be NULL. Written as verdict.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN, OMS_E_TERMINAL; OMS_E_PENDING when all of it
///         is being closed; OMS_E_RANGE for a quantity beyond what is not; OMS_E_CAPACITY when
///         there is no room for all the orders it is split into, or they are more than
///         work_per_call: close a part.
///
/// Cost: C log2(capacity) for each order needed. At most work_per_call × C log2(capacity).
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

/// Opens a position by hand, at a price the caller says, without an order: paper positions, fills
/// of another system, tests. On a net symbol that has a position of the same side it enlarges that.
///
/// The gate judges it by FIELDS, SYMBOL, QTY, POSITION, POSITIONS and CAPACITY. A denial is not an
/// error and leaves an event. The commission is paid by the account.
///
/// @param oms       the engine.
/// @param request   symbol, side, quantity, price, commission, tag.
/// @param verdict   written on OMS_OK.
/// @param position  the position, 0 when denied; may be NULL. Written as verdict.
/// @return OMS_OK, also when the verdict is a denial; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE,
///         OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED, OMS_E_ENUM for the side; OMS_E_RANGE for a
///         magnitude beyond 2^60; OMS_E_SCOPE; OMS_E_STATE when the symbol's net position is of the
///         other side; OMS_E_RANGE for money that does not fit. Nothing has changed then.
///
/// Cost: O(1); at most C log2(capacity), when the position has triggers or reduce-only orders.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_position_open(
    oms: *mut Oms,
    request: *const PositionOpen,
    verdict: *mut Verdict,
    position: *mut Id,
) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &PositionOpen| {
        let (found, id) = engine.position_open(request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe {
            output(verdict, found);
            output_optional(position, id);
        }
        Ok(Status::Ok)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [need(verdict), may(position)], pass) }
}

/// Closes a position, or a part, by hand at a price the caller says, without an order. No check
/// refuses it.
///
/// The account takes PnL and commission. When nothing is left the position is closed, its stops and
/// targets end and the reduce-only orders that belong to it are cancelled; after a part they are
/// made as small as it is.
///
/// @param oms      the engine.
/// @param request  position, quantity (0 for all), price, commission, reason.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM for the reason; OMS_E_UNKNOWN, OMS_E_STALE, OMS_E_FOREIGN, OMS_E_TERMINAL;
///         OMS_E_RANGE for a quantity that is negative or above the position; OMS_E_PRICE for a
///         price the symbol cannot have; OMS_E_RANGE for money that does not fit. Nothing has
///         changed then.
///
/// Cost: O(1); at most C log2(capacity), when the position has triggers or reduce-only orders.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_position_exit(oms: *mut Oms, request: *const PositionExit) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.position_exit(r)) }
}

/// Takes over a position of an earlier run, or one the venue holds. No check is made; no commission
/// is paid and nothing is realised: the starting balance is what was there after all before. From
/// the next price on its unrealised PnL is part of the equity.
///
/// @param oms       the engine.
/// @param request   symbol, side, open quantity, cost or price, commission so far, tag, opened_at.
/// @param position  its id; may be NULL. Written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM for the side; OMS_E_SCOPE, OMS_E_SYMBOL; OMS_E_RANGE for a quantity that is
///         not 1 to 2^60, a cost beyond qty × 2^60, or an opened_at after now; OMS_E_PRICE for a
///         price the symbol cannot have; OMS_E_STATE when the symbol's net position is open
///         already; OMS_E_CAPACITY; OMS_E_RANGE for money that does not fit. Nothing has changed
///         then.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_position_adopt(
    oms: *mut Oms,
    request: *const PositionAdopt,
    position: *mut Id,
) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &PositionAdopt| {
        let id = engine.position_adopt(request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(position, id) };
        Ok(Status::Ok)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [may(position)], pass) }
}
