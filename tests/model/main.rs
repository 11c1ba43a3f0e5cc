//! An independent slow model of the engine, written from the contracts (std collections, i128,
//! O(n) scans, no engine code but the records and codes), and the tests that hold the engine
//! against it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test may stop"
)]

mod agree;
mod breaker;
mod calls;
mod cases;
mod cases_rare;
mod cases_venue;
mod compare;
mod desk;
mod doors;
mod gate;
mod market;
mod money;
mod orders;
mod poll;
mod regressions;
mod rig;
mod states;
mod triggers;
mod units;
mod world;
