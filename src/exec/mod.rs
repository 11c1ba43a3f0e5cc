//! From a decision to the venue: what is handed out, in which order, when again; the simulated
//! venue as an engine uses it; what came of it all.
#![forbid(unsafe_code)]

mod desk;
mod dispatch;
mod retry;
mod statistics;
mod statistics_view;
#[cfg(test)]
mod tests;

pub use desk::{Desk, DeskStorage};
pub use dispatch::Dispatch;
pub use retry::RetryConfig;
pub use statistics::{
    Arrival, Fate, Measured, Outcomes, Shortfall, Statistics, StatisticsMemory, StatisticsStorage,
    Times, waited,
};
pub use statistics_view::{ExecutionStatsView, ShortfallView};
