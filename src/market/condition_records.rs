//! The records that say what holds of a symbol besides its limits and prices.
#![forbid(unsafe_code)]

use super::Symbol;
use crate::num::{Lots, Ticks};
use crate::status::{RequestHeader, request};

/// Most bands of a tick grid.
pub const BANDS_MAX: usize = 8;

/// Says in which phase a symbol trades, or all of them: `oms_phase_set`. A symbol begins in
/// OMS_PHASE_CONTINUOUS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct PhaseSet {
    /// kind = OMS_REQUEST_PHASE_SET.
    pub header: RequestHeader,
    /// Symbol number; UINT32_MAX: every symbol that is defined.
    pub symbol: u32,
    /// OMS_PHASE_*.
    pub phase: u8,
    /// Zero.
    pub reserved0: [u8; 3],
    /// Zero.
    pub reserved: [u64; 3],
}

request!(PhaseSet, PhaseSet, { symbol: 0, phase: 0, reserved0: [0; 3], reserved: [0; 3] },
    [|r: &Self| r.reserved0, |r: &Self| r.reserved]);

/// Says what is traded of a symbol on an average day: `oms_volume_set`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct VolumeSet {
    /// kind = OMS_REQUEST_VOLUME_SET.
    pub header: RequestHeader,
    /// Symbol number.
    pub symbol: u32,
    /// Zero.
    pub reserved0: u32,
    /// Average daily volume, lots; OMS_OFF: it is not known.
    pub volume: Lots,
    /// Zero.
    pub reserved: [u64; 2],
}

request!(VolumeSet, VolumeSet, {
    symbol: 0, reserved0: 0, volume: Lots::ZERO, reserved: [0; 2],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

/// Says how many lots of a symbol are located for shorts: `oms_locate_set`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct LocateSet {
    /// kind = OMS_REQUEST_LOCATE_SET.
    pub header: RequestHeader,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number; 0 is the root: for all shorts of the symbol.
    pub scope: u32,
    /// All that is located, what is short already included, lots.
    pub qty: Lots,
    /// Zero.
    pub reserved: [u64; 2],
}

request!(LocateSet, LocateSet, {
    symbol: 0, scope: 0, qty: Lots::ZERO, reserved: [0; 2],
}, [|r: &Self| r.reserved]);

/// Says which steps the prices of a symbol have, band by band: `oms_bands_set`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct BandsSet {
    /// kind = OMS_REQUEST_BANDS_SET.
    pub header: RequestHeader,
    /// Symbol number.
    pub symbol: u32,
    /// How many bands, 0 to 8; 0: price_step of the limits holds for every price.
    pub count: u32,
    /// Lowest price of each band, ticks, rising; it belongs to the band. Below the first one
    /// price_step of the limits holds. Zero beyond `count`.
    pub from: [Ticks; 8],
    /// Prices of the band are multiples of it, ticks, > 0. Zero beyond `count`.
    pub step: [Ticks; 8],
    /// Zero.
    pub reserved: [u64; 4],
}

request!(BandsSet, BandsSet, {
    symbol: 0, count: 0, from: [Ticks::ZERO; 8], step: [Ticks::ZERO; 8], reserved: [0; 4],
}, [|r: &Self| r.reserved]);

/// What was said of a symbol besides its limits and prices: `oms_conditions_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct ConditionsView {
    /// OMS_PHASE_*.
    pub phase: u32,
    /// Bands of the tick grid.
    pub count: u32,
    /// Average daily volume, lots; OMS_OFF when it is not known.
    pub volume: Lots,
    /// Lots located for shorts in all; of a scope: oms_book_get.
    pub located: Lots,
    /// Lowest price of each band, ticks.
    pub from: [Ticks; 8],
    /// Step of each band, ticks.
    pub step: [Ticks; 8],
    /// 0.
    pub reserved: [u64; 4],
}

impl From<&Symbol> for ConditionsView {
    fn from(symbol: &Symbol) -> Self {
        let conditions = &symbol.conditions;
        Self {
            phase: u32::from(conditions.phase.raw()),
            count: conditions.bands.count,
            volume: conditions.volume,
            located: conditions.located,
            from: conditions.bands.from,
            step: conditions.bands.step,
            ..Self::default()
        }
    }
}
