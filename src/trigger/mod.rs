//! Stops and targets, of positions and of held orders: which of them a price reaches, in which
//! order.
//!
//! [`Trigger`] (one of them), `trail.rs` (those whose level follows the price), [`Triggers`] (all,
//! queued), `lanes.rs` (trailing stops that share a peak), `ride.rs` (those that follow all at
//! once), `work.rs` (what a price brings), `run.rs` (fires one after the other),
//! [`Watch`] (prices that mean nothing to any of them).
#![forbid(unsafe_code)]

mod ahead;
mod lanes;
mod record;
mod records;
mod ride;
mod run;
mod table;
#[cfg(test)]
mod tests;
mod trail;
mod view;
mod watch;
mod work;

pub use lanes::TRAIL_STEPS;
pub use record::{Direction, Stage, Trigger};
pub use records::{TriggerArm, TriggerCancel, TriggerMove};
pub(crate) use run::{Run, Shot};
pub use table::{PER_POSITION, Queues, TriggerMemory, Triggers};
pub use trail::Ride;
pub use view::TriggerView;
pub use watch::{Meaning, Watch};
pub use work::Work;
