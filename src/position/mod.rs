//! Positions, what they are worth, and the account they add up to.
//!
//! [`Book`] (quantity and cost, exact), [`Position`] (its record), [`Positions`] (the table),
//! [`Totals`] (sums of a symbol), [`Account`] (sums of all), `statistics.rs` (what was traded so
//! far). In words: `docs/positions.md`.
#![forbid(unsafe_code)]

mod account;
mod book;
mod record;
mod records;
mod statistics;
mod table;
#[cfg(test)]
mod tests;
mod totals;
mod view;

pub use account::{Account, Realised, Window};
pub use book::Book;
pub use record::Position;
pub use records::{PositionAdopt, PositionClose, PositionExit, PositionOpen};
pub use statistics::StatisticsView;
pub(crate) use statistics::share;
pub use table::{PositionMemory, Positions};
pub use totals::Totals;
pub use view::{AccountView, PositionView};
