//! Reads: free of effects; outputs are written on success only.

use super::handle::Oms;
use super::pointers::{array, check, code, may, need, output};
use crate::engine::{AuditReport, Config, Engine, GroupView, TableView};
use crate::event::{Event, OrderLogView};
use crate::market::SymbolView;
use crate::num::Nanos;
use crate::order::{ExecutionView, OrderView};
use crate::position::{AccountView, PositionView, StatisticsView};
use crate::risk::{BreakerStatus, Trip};
use crate::status::{Status, TableKind};
use crate::store::Id;
use crate::trigger::TriggerView;

/// A read with one output.
///
/// # Safety
/// Pointers that are not NULL are valid as the C function says.
pub(super) unsafe fn read<T>(
    oms: *const Oms,
    out: *mut T,
    get: impl FnOnce(&Engine<'static>) -> Result<T, Status>,
) -> i32 {
    let pass = || {
        check(&[need(oms), need(out)])?;
        // SAFETY: by the caller's promise.
        let value = get(unsafe { Oms::engine(oms)? })?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output(out, value) };
        Ok(Status::Ok)
    };
    code(pass())
}

/// Reads an order.
///
/// @param oms        the engine.
/// @param order      its id; 0 to look it up by client id.
/// @param client_id  its client id, read when order is 0.
/// @param out        written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN, OMS_E_STALE (its slot was
///         needed), OMS_E_FOREIGN.
///
/// Cost: O(1), by client id expected.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_get(
    oms: *const Oms,
    order: Id,
    client_id: u64,
    out: *mut OrderView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.order_get(order, client_id)) }
}

/// Reads the live order after another, in order of submission: a walk over all of them.
///
/// A walk cannot go on from an order that has ended meanwhile: to cancel all, collect ids first.
///
/// @param oms    the engine.
/// @param after  a live order; 0 for the first one.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_UNKNOWN at the end, or when `after` is not live any more; OMS_E_NULL,
///         OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_STALE, OMS_E_FOREIGN.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_next(oms: *const Oms, after: Id, out: *mut OrderView) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.order_next(after)) }
}

/// Reads the log of an order back: the events that name it, oldest first.
///
/// Events are kept, whether oms_poll has taken them or not, until younger ones are written over
/// them: the last capacity.events of all orders. What was overwritten before anybody took it counts
/// as lost besides. The log of an order whose slot was needed (OMS_E_STALE elsewhere) is still
/// read.
///
/// @param oms        the engine.
/// @param order      its id; 0 to go by the client id, with the denials of requests that carry it.
/// @param client_id  its client id, read when order is 0.
/// @param from       only events with this number or a greater one: 0 for all; to go on, `next` of
///                   the call before.
/// @param events     room for `capacity` events; may be NULL when that is 0.
/// @param capacity   length of that array.
/// @param out        what was written and what is left; written on OMS_OK, and the events with it.
/// @return OMS_OK, also when nothing is kept of it; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE;
///         OMS_E_RANGE for an array that is longer than the memory; OMS_E_UNKNOWN for an id that no
///         order has had, and for client id 0 without an order that has it; OMS_E_FOREIGN.
///
/// Cost: O(capacity.events).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_log(
    oms: *const Oms,
    order: Id,
    client_id: u64,
    from: u64,
    events: *mut Event,
    capacity: usize,
    out: *mut OrderLogView,
) -> i32 {
    let pass = || {
        let room = if capacity == 0 { may(events) } else { need(events) };
        check(&[need(oms), room, need(out)])?;
        // SAFETY: by the caller's promise.
        let (engine, room) = unsafe { (Oms::engine(oms)?, array(events, capacity)?) };
        let view = engine.order_log(order, client_id, from, room)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output(out, view) };
        Ok(Status::Ok)
    };
    code(pass())
}

/// Reads an execution by the venue's id.
///
/// @param oms      the engine.
/// @param exec_id  its id, or that of a correction of it.
/// @param out      written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN when it is not kept, or not
///         any more: capacity.executions.
///
/// Cost: O(1) expected.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_execution_get(
    oms: *const Oms,
    exec_id: u64,
    out: *mut ExecutionView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.execution_get(exec_id)) }
}

/// Reads one of the executions that are kept, the last one first.
///
/// @param oms   the engine.
/// @param back  0 for the last one, 1 for the one before, ...
/// @param out   written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN when fewer are kept.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_execution_recent(
    oms: *const Oms,
    back: u32,
    out: *mut ExecutionView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.execution_recent(back)) }
}

/// Reads a position, open or closed.
///
/// @param oms       the engine.
/// @param position  its id.
/// @param out       written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN, OMS_E_STALE,
///         OMS_E_FOREIGN.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_position_get(
    oms: *const Oms,
    position: Id,
    out: *mut PositionView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.position_get(position)) }
}

/// Reads the youngest position with this tag: that of the order that opened it, or the one given by
/// hand.
///
/// @param oms  the engine.
/// @param tag  the tag, not 0.
/// @param out  written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN.
///
/// Cost: O(1) expected.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_position_find(
    oms: *const Oms,
    tag: u64,
    out: *mut PositionView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.position_find(tag)) }
}

/// Reads the open net position of a symbol that is of no scope but the root. Of a scope:
/// oms_scope_position_net.
///
/// @param oms     the engine.
/// @param symbol  its number.
/// @param out     written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SYMBOL; OMS_E_UNKNOWN when there
///         is none: the symbol is flat, or hedged.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_position_net(
    oms: *const Oms,
    symbol: u32,
    out: *mut PositionView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.position_net(symbol)) }
}

/// Reads the open position after another, in order of opening: a walk over all of them.
///
/// @param oms    the engine.
/// @param after  an open position; 0 for the first one.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_UNKNOWN at the end, or when `after` is closed; OMS_E_NULL, OMS_E_ALIGN,
///         OMS_E_HANDLE, OMS_E_STALE, OMS_E_FOREIGN.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_position_next(
    oms: *const Oms,
    after: Id,
    out: *mut PositionView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.position_next(after)) }
}

/// Reads the open position of a symbol after another, in order of opening: a walk over them.
///
/// @param oms     the engine.
/// @param symbol  its number.
/// @param after   an open position of the symbol; 0 for the first one.
/// @param out     written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SYMBOL, also when `after` is of
///         another symbol; OMS_E_UNKNOWN at the end, or when `after` is closed; OMS_E_STALE,
///         OMS_E_FOREIGN.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_symbol_position_next(
    oms: *const Oms,
    symbol: u32,
    after: Id,
    out: *mut PositionView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.symbol_position_next(symbol, after)) }
}

/// Reads a trigger. One that has done its work is gone.
///
/// @param oms      the engine.
/// @param trigger  its id.
/// @param out      written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN, OMS_E_STALE,
///         OMS_E_FOREIGN.
///
/// Cost: O(1), of a trailing stop O(log2(capacity)).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_trigger_get(
    oms: *const Oms,
    trigger: Id,
    out: *mut TriggerView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.trigger_get(trigger)) }
}

/// Reads a symbol: its last prices, positions and reservations.
///
/// @param oms     the engine.
/// @param symbol  its number.
/// @param out     written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SYMBOL.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_symbol_get(oms: *const Oms, symbol: u32, out: *mut SymbolView) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.symbol_get(symbol)) }
}

/// Reads the account: equity, PnL, drawdown, counts. Of a scope: oms_scope_account_get.
///
/// @param oms  the engine.
/// @param out  written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_account_get(oms: *const Oms, out: *mut AccountView) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| Ok(e.account_get())) }
}

/// Reads the statistics of a scope and of those in it: closed positions and what they brought,
/// executions, requests (ignored ones are counted in the root alone, denials by check are told by
/// oms_denials_get).
/// A position that was taken over counts when it closes, by what it realised here less all its
/// commissions, those paid before included.
///
/// @param oms    the engine.
/// @param scope  its number; 0 is the root.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE.
///
/// Cost: O(books); O(1) of the root.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_statistics_get(
    oms: *const Oms,
    scope: u32,
    out: *mut StatisticsView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.statistics_get(scope)) }
}

/// Reads the breaker of a scope.
///
/// @param oms    the engine.
/// @param scope  0, the root.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE.
///
/// Cost: O(orders in the last hour).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_risk_get(oms: *const Oms, scope: u32, out: *mut BreakerStatus) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.risk_get(scope)) }
}

/// Reads one of the last 32 trips of a scope's breaker.
///
/// @param oms    the engine.
/// @param scope  0, the root.
/// @param back   0 for the last trip, 1 for the one before, ...
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE; OMS_E_UNKNOWN when fewer
///         are kept.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_trip_get(
    oms: *const Oms,
    scope: u32,
    back: u32,
    out: *mut Trip,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.trip_get(scope, back)) }
}

/// Reads how full a table is and was: to size it.
///
/// @param oms    the engine.
/// @param table  OMS_TABLE_*.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_ENUM.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_table_get(oms: *const Oms, table: u32, out: *mut TableView) -> i32 {
    let get = |engine: &Engine<'static>| {
        TableKind::from_raw(table).map(|table| engine.table_get(table)).ok_or(Status::Enum)
    };
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, get) }
}

/// Reads the configuration the engine was made with.
///
/// @param oms  the engine.
/// @param out  written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_config_get(oms: *const Oms, out: *mut Config) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| Ok(*e.config())) }
}

/// Reads the engine's time: the latest `now` of a call that counted.
///
/// @param oms  the engine.
/// @param out  nanoseconds; written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_now(oms: *const Oms, out: *mut Nanos) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| Ok(e.now())) }
}

/// Reads a group of symbols.
///
/// @param oms    the engine.
/// @param group  its number, from 1.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN for a number above
///         capacity.symbols, or 0.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_group_get(oms: *const Oms, group: u32, out: *mut GroupView) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.group_get(group)) }
}

/// Computes a digest over everything that can change a later answer: engines of the same
/// configuration that were told the same have the same digest, on every target.
///
/// @param oms  the engine.
/// @param out  written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(all records × log2(capacity)): for tests and quiet moments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_digest(oms: *const Oms, out: *mut u64) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| Ok(crate::snapshot::digest(e))) }
}

/// Recomputes every aggregate from the records and names the first one that differs.
///
/// @param oms  the engine.
/// @param out  written on OMS_OK, empty, and on OMS_E_AUDIT.
/// @return OMS_OK; OMS_E_AUDIT: a defect of this library, please report it; OMS_E_NULL,
///         OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O((symbols + positions + executions) × orders + positions × (symbols + triggers) +
/// symbols × (symbols + triggers × log2(capacity))): for tests and quiet moments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_audit(oms: *const Oms, out: *mut AuditReport) -> i32 {
    let mut status = Status::Ok;
    let get = |engine: &Engine<'static>| {
        let report;
        (status, report) = engine.audit_report();
        Ok(report)
    };
    // SAFETY: by the caller's promise.
    let code = unsafe { read(oms, out, get) };
    if code == Status::Ok.raw() { status.raw() } else { code }
}
