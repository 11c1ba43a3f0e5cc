//! The doors of the scopes.

use core::ffi::c_char;

use super::handle::Oms;
use super::orders::door;
use super::pointers::{check, code, may, need, output, output_optional};
use super::reads::read;
use crate::engine::Engine;
use crate::market::NAME_BYTES;
use crate::position::{AccountView, PositionView};
use crate::risk::{BookView, DenialsView, ScopeBreakerSet, ScopeDefine, ScopeView};
use crate::status::Status;
use crate::store::at;

/// Defines a scope (firm, account, strategy, ...) below another one, or sets the flags of one that
/// there is. Nothing passes a new one before its limits are set (oms_scope_limits_set); its breaker
/// has no limits before oms_scope_breaker_set.
///
/// @param oms      the engine.
/// @param request  name, parent, flags.
/// @param scope    its number, from 1 on; may be NULL. Written on codes >= 0.
/// @return OMS_OK; OMS_EXISTS for one that is known by this name, parent and flags; OMS_E_NULL,
///         OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED; OMS_E_ENUM for
///         unknown flags; OMS_E_RANGE for a bad name; OMS_E_SCOPE for the parent; OMS_E_CONFLICT
///         for a name that is taken below another parent; OMS_E_RANGE when more than 4 would lie in
///         each other, the root included; OMS_E_CAPACITY.
///
/// Cost: O(scopes).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_define(
    oms: *mut Oms,
    request: *const ScopeDefine,
    scope: *mut u32,
) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &ScopeDefine| {
        let (status, number) = engine.scope_define(request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(scope, number) };
        Ok(status)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [may(scope)], pass) }
}

/// Gives the breaker of a scope other limits, also while trading. What it counted stays, and so
/// does a trip.
///
/// @param oms      the engine.
/// @param request  the breaker's limits and times.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_SCOPE; OMS_E_RANGE for a value that oms_config_check would refuse, a rate limit
///         beyond capacity.rate, or another session_offset than the root's; OMS_E_STATE for a limit
///         on the equity of a scope that has none.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_breaker_set(
    oms: *mut Oms,
    request: *const ScopeBreakerSet,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.scope_breaker_set(r)) }
}

/// Reads the limits and times of a scope's breaker, as oms_scope_breaker_set takes them: change a
/// field and set it again.
///
/// @param oms    the engine.
/// @param scope  its number; 0 is the root.
/// @param out    written on OMS_OK; its header has kind and size, and no time.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_breaker_get(
    oms: *const Oms,
    scope: u32,
    out: *mut ScopeBreakerSet,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.scope_breaker_get(scope)) }
}

/// Reads a scope: its place in the tree, states, counts, limits, and what it has of these in money.
///
/// @param oms    the engine.
/// @param scope  its number; 0 is the root.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_get(oms: *const Oms, scope: u32, out: *mut ScopeView) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.scope_get(scope)) }
}

/// Reads the account of a scope: what was paid in, what it and the scopes in it made, drawdown.
///
/// @param oms    the engine.
/// @param scope  its number; 0 is the root: as oms_account_get.
/// @param out    written on OMS_OK. clock_back and the time are the engine's, ignored is 0 below
///               the root; live_orders of a scope below the root counts working orders.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE.
///
/// Cost: O(books); O(1) of the root.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_account_get(
    oms: *const Oms,
    scope: u32,
    out: *mut AccountView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.scope_account_get(scope)) }
}

/// Reads what the gate let pass and denied of a scope and of those in it, by check: once by whose
/// orders they were, and once by which scope denied them.
///
/// @param oms    the engine.
/// @param scope  its number; 0 is the root.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_denials_get(
    oms: *const Oms,
    scope: u32,
    out: *mut DenialsView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.denials_get(scope)) }
}

/// Reads the open net position of a scope in a symbol: that of its own orders.
///
/// @param oms     the engine.
/// @param scope   its number; 0 is the root: as oms_position_net.
/// @param symbol  symbol number.
/// @param out     written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE; OMS_E_SYMBOL; OMS_E_UNKNOWN
///         when it is flat.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_position_net(
    oms: *const Oms,
    scope: u32,
    symbol: u32,
    out: *mut PositionView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.scope_position_net(scope, symbol)) }
}

/// Reads what a scope, and the scopes in it, have in a symbol: reservations, positions, located
/// lots, values.
///
/// @param oms     the engine.
/// @param scope   its number; 0 is the root.
/// @param symbol  symbol number.
/// @param out     written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE; OMS_E_SYMBOL; OMS_E_UNKNOWN
///         before anything of the scope was in the symbol.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_book_get(
    oms: *const Oms,
    scope: u32,
    symbol: u32,
    out: *mut BookView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.book_get(scope, symbol)) }
}

/// Counts the scopes: they are numbered from 0, the root, on.
///
/// @param oms    the engine.
/// @param count  written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_count(oms: *const Oms, count: *mut u32) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, count, |e| Ok(e.scope_count())) }
}

/// Finds a scope by its name.
///
/// @param oms    the engine.
/// @param name   text that ends with a zero; nothing is read beyond OMS_NAME_BYTES.
/// @param scope  its number, written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN, also for the root, which
///         has no name.
///
/// Cost: O(scopes).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_scope_by_name(
    oms: *const Oms,
    name: *const c_char,
    scope: *mut u32,
) -> i32 {
    let find = || {
        check(&[need(oms), need(name), need(scope)])?;
        // SAFETY: by the caller's promise.
        let engine = unsafe { Oms::engine(oms)? };
        let mut text = [0_u8; NAME_BYTES];
        for (place, byte) in (0..).zip(text.iter_mut()) {
            // SAFETY: the text has no zero before this place, and reaches to its zero.
            *byte = unsafe { name.cast::<u8>().add(at(place)).read() };
            if *byte == 0 {
                break;
            }
        }
        let number = engine.scope_by_name(&text)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output(scope, number) };
        Ok(Status::Ok)
    };
    code(find())
}
