//! An execution as it is read.
#![forbid(unsafe_code)]

use crate::num::{Int128, Lots, Money, Ticks};
use crate::store::Id;

/// An execution that is kept: `oms_execution_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct ExecutionView {
    /// The venue's id.
    pub exec_id: u64,
    /// The order; its record may be gone.
    pub order: Id,
    /// The position it made smaller; 0 for none.
    pub exit_position: Id,
    /// The position it opened or made larger; 0 for none.
    pub entry_position: Id,
    /// Lots as reported.
    pub qty: Lots,
    /// Lots that were booked for it: 0 when they were known already, or are taken back.
    pub applied_qty: Lots,
    /// Price in ticks as reported.
    pub price: Ticks,
    /// Value that was booked, lots × ticks.
    pub value: Int128,
    /// Commission, money units.
    pub commission: Money,
    /// The execution that corrects it; 0 for none.
    pub superseded_by: u64,
    /// Symbol number, read with side.
    pub symbol: u32,
    /// OMS_SIDE_* of the order; 0 when it is not known any more.
    pub side: u8,
    /// 1 when it was taken back.
    pub busted: u8,
    /// 1 when it was taken back or corrected before its own report has come.
    pub awaited: u8,
    /// 0.
    pub reserved0: u8,
    /// 0.
    pub reserved: [u64; 8],
}
