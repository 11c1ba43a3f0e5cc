//! What came of orders: counts, times, and what was paid beyond the arrival price. And how the
//! simulated venue executes them.

use super::handle::Oms;
use super::orders::door;
use super::pointers::{check, code, need, output};
use super::reads::read;
use crate::engine::{Engine, FeesSet, SimulationSet};
use crate::exec::{ExecutionStatsView, ShortfallView};
use crate::order::VenueReport;
use crate::status::Status;

/// Reads what came of the orders of a scope and those in it: how many were sent and how they ended,
/// retries, times from submission to the venue's word and to the end, slippage against the price
/// there was when they were handed out. Times and slippage are measured with OMS_CONFIG_MEASURE,
/// and in every mode but LIVE.
///
/// @param oms    the engine.
/// @param scope  its number; 0 is the root.
/// @param out    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SCOPE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_execution_stats_get(
    oms: *const Oms,
    scope: u32,
    out: *mut ExecutionStatsView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.execution_stats_get(scope)) }
}

/// Reads what the executions of a symbol paid beyond the prices there were when their orders were
/// handed out, exact in lots × ticks.
///
/// @param oms     the engine.
/// @param symbol  its number.
/// @param out     written on OMS_OK; all 0 but `symbol` while nothing is measured.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SYMBOL.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_shortfall_get(
    oms: *const Oms,
    symbol: u32,
    out: *mut ShortfallView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.shortfall_get(symbol)) }
}

/// Fills in how the simulated venue executes while nothing was set: at once and whole, at the best
/// price of the other side, behind all that is displayed.
///
/// @param request  where to write the record, its head included; set header.now, symbol and what is
///                 to be otherwise.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_simulation_init(request: *mut SimulationSet) -> i32 {
    code(check(&[need(request)]).map(|()| {
        // SAFETY: checked, and the caller promises room.
        unsafe { output(request, SimulationSet::DEFAULT) };
        Status::Ok
    }))
}

/// Says how the simulated venue executes the orders of a symbol from now on, but for the fees;
/// OMS_EVENT_SIMULATION tells. In the modes PAPER and BACKTEST alone.
///
/// @param oms      the engine.
/// @param request  the settings, all of them: begin with oms_simulation_init.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_STATE in LIVE; OMS_E_SYMBOL; OMS_E_ENUM for queue, and for OMS_SLIPPAGE_DEPTH;
///         OMS_E_RANGE: a share that is not 0 to 10^9, what oms_slippage_check finds, no volume_24h
///         for a model that needs it.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_simulation_set(oms: *mut Oms, request: *const SimulationSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.simulation_set(r)) }
}

/// Says what the simulated venue charges for executions in a symbol from now on;
/// OMS_EVENT_SIMULATION with code 1 tells. In the modes PAPER and BACKTEST alone.
///
/// @param oms      the engine.
/// @param request  the schedule.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_STATE in LIVE; OMS_E_SYMBOL; OMS_E_RANGE for what oms_fees_check finds.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_fees_set(oms: *mut Oms, request: *const FeesSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.fees_set(r)) }
}

/// A report of the host's: the simulated venue's come by themselves.
#[inline(always)] // Of one test, above what is deep.
pub(super) fn report(
    engine: &mut Engine<'static>,
    request: &VenueReport,
) -> Result<Status, Status> {
    if engine.is_simulated() {
        return refuse_report(engine, request);
    }
    engine.venue_report(request)
}

#[cold]
#[inline(never)]
fn refuse_report(engine: &mut Engine<'static>, request: &VenueReport) -> Result<Status, Status> {
    engine.run(request, |_, _| Err(Status::State))
}
