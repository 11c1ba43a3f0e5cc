//! From a decision to the venue: what is handed out, in which order.
//!
//! LIVE only so far: every command goes to the host, every fill comes from it.
#![forbid(unsafe_code)]

mod dispatch;
mod retry;
#[cfg(test)]
mod tests;

pub use dispatch::Dispatch;
pub use retry::RetryConfig;
