//! Order management and pre-trade risk: `no_std`, no allocation, no panic, integer ticks.
//!
//! | layer | modules | what |
//! |---|---|---|
//! | 0 | [`num`], [`status`] | units with named rounding; every code the ABI can return |
//! | 1 | [`store`] | tables of fixed capacity over lent memory |
//! | 2 | [`market`], [`order`], [`event`] | symbols and quotes; orders; what leaves |
//! | 3 | [`position`], [`trigger`] | positions, PnL, marks; stops and targets |
//! | 4 | [`risk`] | breaker, rates, exposure, scopes, the gate |
//! | 5 | [`sim`] | slippage models, fees, the simulated venue, the path inside a bar |
//! | 6 | [`exec`] | what goes out and comes back: retries, the venue's desk, statistics |
//! | 7 | [`engine`], [`snapshot`] | the doors; the digest |
//! | 8 | `capi` | the C ABI of `include/oms.h` (feature `capi`) |
//!
//! A module uses only what stands above it. The user's guide is the README; the manual of the C
//! side is the header.
#![no_std]

#[cfg(test)]
extern crate std;

pub mod num;
pub mod status;

pub mod store;

pub mod event;
pub mod market;
pub mod order;

pub mod position;
pub mod trigger;

pub mod risk;

pub mod sim;

pub mod exec;

pub mod engine;
pub mod snapshot;

#[cfg(feature = "capi")]
pub mod capi;
