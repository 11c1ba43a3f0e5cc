//! How full a table is.
#![forbid(unsafe_code)]

/// A table's use: `oms_table_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct TableView {
    /// Records it can hold.
    pub capacity: u32,
    /// Records it holds, ended ones that may be evicted included.
    pub used: u32,
    /// Most records it ever held.
    pub high_water: u32,
    /// Orders: live ones. Positions: open ones. Otherwise as used.
    pub live: u32,
    /// 0.
    pub reserved: [u64; 2],
}
