//! Stops and targets, of positions and of held orders: which of them a price reaches, in which
//! order.
//!
//! [`Trigger`] (one of them), [`Triggers`] (all, queued by level), `trail.rs` (those whose level
//! follows the price), [`Watch`] (prices that mean nothing to any of them).
#![forbid(unsafe_code)]

mod record;
mod records;
mod table;
#[cfg(test)]
mod tests;
mod trail;
mod view;
mod watch;

pub use record::{Direction, Trigger};
pub use records::{TriggerArm, TriggerCancel, TriggerMove};
pub use table::{PER_POSITION, Queues, TriggerMemory, Triggers};
pub use view::TriggerView;
pub use watch::Watch;
