//! The C ABI: pointers in, engine calls, codes out. The only unsafe code.
//!
//! Every function checks its pointers, calls the safe engine and writes its outputs on success
//! only. `include/oms.h` is generated from this module.
#![expect(unsafe_code, reason = "the boundary to C")]
#![expect(clippy::missing_safety_doc, reason = "the C contract is in each parameter")]

mod alone;
mod apply;
mod batch;
mod conditions;
mod execution;
mod handle;
mod init;
mod layout;
mod limits;
mod market;
mod names;
mod orders;
mod panic;
mod pointers;
mod positions;
mod reads;
mod reconcile;
mod reports;
mod scopes;
mod simulation;

pub use alone::*;
pub use apply::*;
pub use batch::*;
pub use conditions::*;
pub use execution::*;
pub use handle::Oms;
pub use init::*;
pub use limits::*;
pub use market::*;
pub use names::*;
pub use orders::*;
pub use positions::*;
pub use reads::*;
pub use reconcile::*;
pub use reports::*;
pub use scopes::*;
pub use simulation::*;
