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
mod bracket;
mod breaker;
mod busts;
mod calls;
mod cases;
mod cases_rare;
mod cases_venue;
mod clearing;
mod compare;
mod compare_polls;
mod compare_scopes;
mod compare_tables;
mod conditions;
mod counts;
mod deadlines;
mod deals;
mod desk;
mod doors;
mod draw;
mod executions;
mod facts;
mod gate;
mod hand;
mod held;
mod kill;
mod links;
mod market;
mod money;
mod orders;
mod parents;
mod permutations;
mod poll;
mod reconcile;
mod reducers;
mod regressions;
mod reports;
mod rig;
mod scopes;
mod self_trade;
mod sequences;
mod special;
mod states;
mod tally;
mod trailing;
mod tree;
mod triggers;
mod trips;
mod units;
mod values;
mod verdict;
mod warn;
mod world;
