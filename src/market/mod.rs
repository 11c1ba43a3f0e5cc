//! Symbols: what they are, what limits they have, and what the market last said of them.
#![forbid(unsafe_code)]

mod bar;
mod condition_records;
mod conditions;
mod controls;
mod limits;
mod records;
mod symbol;
mod table;
mod view;

pub use bar::Bar;
pub use condition_records::{BANDS_MAX, BandsSet, ConditionsView, LocateSet, PhaseSet, VolumeSet};
pub use conditions::{Bands, Conditions};
pub use controls::Controls;
pub use limits::Limits;
pub use records::{LimitsSet, NAME_BYTES, Quote, SymbolDefine, Trade};
pub(crate) use symbol::is_name;
pub use symbol::{Market, Price, Spec, Symbol, Weights};
pub use table::{Place, Symbols};
pub use view::SymbolView;
