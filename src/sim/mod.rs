//! Execution models: what an order costs beyond the price on the screen.
//!
//! | part | what it answers | cost |
//! |---|---|---|
//! | [`SlippageConfig`] | the price of an order; its worst case; is it too large | O(1) |
//! | [`walk`] | the price of a quantity over the levels of a book | O(levels) |
//! | [`fill_max`] | how much of an order a bar fills | O(1) |
//! | [`FeeSchedule`] | what the venue charges for an execution | O(tiers) |
//! | [`FeeVolume`] | what was traded in 30 days | O(1) |
//! | [`Venue`] | the simulated venue: commands and market data in, reports out | see there |
//! | [`BarWalk`] | the path of the price inside a bar | O(1) |
//! | [`draw`], [`normal`] | numbers that depend on a seed and their number alone | O(1) |
//!
//! Everything is integers, so that the same input gives the same bits on every target; the one
//! power function that has no integer method (ALMGREN) goes through `libm`, which is software
//! everywhere. Whatever becomes a price or a fee is rounded against the trader. Nothing here
//! keeps state, allocates or panics.
#![forbid(unsafe_code)]

mod bar;
mod config;
mod depth;
mod fee;
mod fee_volume;
mod fill_max;
mod impact;
mod lean;
mod noise;
mod normal;
mod order;
mod price;
mod share;
mod size;
#[cfg(test)]
mod tests;
mod venue;

pub use bar::{BarWalk, Leg, Offer};
pub use config::SlippageConfig;
pub use depth::{DepthFill, DepthLevel, walk};
pub use fee::{FEE_TIERS, FeeSchedule, FeeTier};
pub use fee_volume::{FEE_DAYS, FeeVolume};
pub use fill_max::fill_max;
pub use noise::{draw, normal};
pub use order::SlippageOrder;
pub use share::Share;
pub use size::OrderSize;
pub use venue::{Book, Message, Queue, Simulation, Venue, VenueMemory, VenueOrder};
