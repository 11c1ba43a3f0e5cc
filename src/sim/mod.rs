//! Execution models: what an order costs beyond the price on the screen.
//!
//! | part | what it answers | cost |
//! |---|---|---|
//! | [`Slippage`] | how far the market moves against an order of this size | O(1) |
//! | [`FeeSchedule`] | what the venue charges for an execution | O(1) |
//!
//! Models run in fixed point, so that the same input gives the same bits on every target. The one
//! power function that has no integer method goes through `libm`, which is software everywhere.
//! Whatever becomes a price or a fee is rounded against the trader. Nothing here keeps state,
//! allocates or panics.
#![forbid(unsafe_code)]

mod fee;
mod slippage;
#[cfg(test)]
mod tests;

pub use fee::FeeSchedule;
pub use slippage::{Conditions, Slippage};
