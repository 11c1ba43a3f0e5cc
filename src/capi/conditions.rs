//! The doors of what is said of a symbol besides its limits and prices.

use super::handle::Oms;
use super::orders::door;
use super::reads::read;
use crate::market::{BandsSet, ConditionsView, LocateSet, PhaseSet, VolumeSet};

/// Sets the phase in which a symbol trades, or all of them (check SESSION). Orders that work or
/// wait here are not looked at again; cancels are taken in every phase. What waits here and fires
/// is judged as what it has become.
///
/// @param oms      the engine.
/// @param request  the phase.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM, OMS_E_SYMBOL.
///
/// Cost: O(1), for all symbols O(symbols).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_phase_set(oms: *mut Oms, request: *const PhaseSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.phase_set(r)) }
}

/// Sets the average daily volume of a symbol, of which adv_ratio of its limits is a share (check
/// ADV). It is not known at the start: while there is such a limit nothing trades then.
///
/// @param oms      the engine.
/// @param request  the volume.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_RANGE for a volume below -1; OMS_E_SYMBOL.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_volume_set(oms: *mut Oms, request: *const VolumeSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.volume_set(r)) }
}

/// Sets the lots of a symbol that are located for shorts, in all (check SHORT with
/// OMS_LIMIT_LOCATE_NEEDED), or for those of a scope and of the scopes in it, which the scope's own
/// limits of the symbol look at. None are at the start. What is short or works is not looked at
/// again.
///
/// @param oms      the engine.
/// @param request  the lots.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_RANGE for a quantity below 0; OMS_E_SCOPE; OMS_E_SYMBOL; OMS_E_CAPACITY when there
///         is no room for the scope's book of the symbol.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_locate_set(oms: *mut Oms, request: *const LocateSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.locate_set(r)) }
}

/// Sets the bands of a symbol's tick grid (check INCREMENT): a price is a multiple of the step of
/// the band it lies in, as in the tick size tables of MiFID II. Working orders are not looked at
/// again.
///
/// @param oms      the engine.
/// @param request  the bands.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_RANGE for more than 8 bands, levels that do not rise or whose magnitude is beyond
///         2^60, a step that is not positive, or values beyond `count`; OMS_E_SYMBOL.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_bands_set(oms: *mut Oms, request: *const BandsSet) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.bands_set(r)) }
}

/// Reads what was said of a symbol: phase, volume, located lots, bands.
///
/// @param oms     the engine.
/// @param symbol  its number.
/// @param out     written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_SYMBOL.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_conditions_get(
    oms: *const Oms,
    symbol: u32,
    out: *mut ConditionsView,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { read(oms, out, |e| e.conditions_get(symbol)) }
}
