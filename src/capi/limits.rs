//! The doors of the limits.

use super::handle::Oms;
use super::orders::door;
use super::pointers::{check, code, need, output};
use super::reads::read;
use crate::engine::GroupSet;
use crate::market::LimitsSet;
use crate::risk::ScopeLimitsSet;
use crate::status::Status;

/// Switches every limit of a record off, permits everything, and fills in kind and size: set what
/// is to be limited then. Symbol and scope are 0.
///
/// @param request  where to write.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_limits_off(request: *mut LimitsSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { fill(request, LimitsSet::OFF) }
}

/// Switches every limit of a record off, permits everything, and fills in kind and size: set what
/// is to be limited then. The scope is 0.
///
/// @param request  where to write.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_limits_off(request: *mut ScopeLimitsSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { fill(request, ScopeLimitsSet::OFF) }
}

/// # Safety
/// `to` is NULL, not aligned, or points to room for a `T`.
unsafe fn fill<T>(to: *mut T, value: T) -> i32 {
    code(check(&[need(to)]).map(|()| {
        // SAFETY: checked, and the caller promises room.
        unsafe { output(to, value) };
        Status::Ok
    }))
}

/// Sets all limits of a symbol, or of a symbol in a scope (request.scope), also while trading: they
/// bind what that scope, and the scopes in it, do in the symbol, beside the symbol's own and the
/// scope's. Before they are set a scope has no limits of its own for a symbol. Working orders are
/// not looked at again. It leaves OMS_EVENT_LIMITS and, when limits were set before or are a
/// scope's, OMS_EVENT_LIMIT_CHANGED for each field that has changed: up to 31 events, for which
/// there must be room as for others.
///
/// @param oms      the engine.
/// @param request  the limits.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM; OMS_E_RANGE for a value below -1, a limit for a window of no length, or a
///         count beyond what is kept (capacity.symbol_rate, capacity.recent, 16); OMS_E_SCOPE;
///         OMS_E_SYMBOL; OMS_E_STATE when the limits are a scope's and self_trade is not off: own
///         orders are those of all scopes; OMS_E_CAPACITY when there is no room for the scope's
///         book of the symbol.
///
/// Cost: O(books of the symbol); O(live orders) when its limits in money, or its margin, begin to
/// count or cease to; O(orders) when SELF_TRADE is switched on or off.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_limits_set(oms: *mut Oms, request: *const LimitsSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.limits_set(r)) }
}

/// Reads the limits of a symbol, or of a symbol in a scope, as oms_limits_set takes them: change a
/// field and set them again. Those of a scope over all its symbols are in oms_scope_get.
///
/// @param oms     the engine.
/// @param scope   scope number; 0 is the root: the symbol's own limits.
/// @param symbol  symbol number.
/// @param out     written on OMS_OK; its header has kind and size, and no time.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE; OMS_E_SYMBOL; OMS_E_UNKNOWN
///         before anything of the scope was in the symbol: it has no limits of its own there.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_limits_get(
    oms: *const Oms,
    scope: u32,
    symbol: u32,
    out: *mut LimitsSet,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.limits_get(scope, symbol)) }
}

/// Sets all limits of a scope, over all its symbols, also while trading. Before they are set, the
/// root's too, nothing passes. Working orders are not looked at again. It leaves
/// OMS_EVENT_SCOPE_LIMITS and, when limits were set before, OMS_EVENT_LIMIT_CHANGED with symbol
/// UINT32_MAX for each field that has changed: up to 18 events.
///
/// @param oms      the engine.
/// @param request  the limits.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_RANGE for a value below -1, or a limit
///         for a window of no length; OMS_E_SCOPE.
///
/// Cost: O(scopes); O(live orders + symbols + books) when limits in money, or that of the leverage,
/// begin to count or cease to; of the root O(symbols) when something else than the two counts
/// begins or ceases to bind, of any scope when ORDER_TO_TRADE does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_limits_set(
    oms: *mut Oms,
    request: *const ScopeLimitsSet,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.scope_limits_set(r)) }
}

/// Sets the limit of a group of symbols (a sector, a cluster), and takes a symbol into it or out of
/// it: see OMS_CHECK_GROUP. A symbol belongs to one group at most. Working orders are not looked at
/// again.
///
/// @param oms      the engine.
/// @param request  the group, its limit, and perhaps a symbol.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_ENUM for unknown flags, or both; OMS_E_RANGE for a number that no group has, a
///         limit below -1, or a symbol without a flag; OMS_E_SYMBOL; OMS_E_STATE for a symbol that
///         is to leave a group it is not in.
///
/// Cost: O(1); O(live orders) when the symbol begins to be counted in money, or ceases to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_group_set(oms: *mut Oms, request: *const GroupSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.group_set(r)) }
}
