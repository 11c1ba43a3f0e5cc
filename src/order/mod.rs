//! The order record and its life: facts are stored, the status is computed from them.
//!
//! Follow one order: [`Terms`] (what was asked for), [`Order`] (its facts), `request.rs` (what we
//! ask of the venue), `report.rs` (what the venue says), `reduce.rs` (how a reducing one is made
//! smaller), [`Orders`] (the table), [`Executions`] (what was applied already), [`Gap`] (what was
//! inferred and not reported). In words: `docs/orders.md`.
#![forbid(unsafe_code)]

mod execution;
mod execution_view;
mod gap;
mod record;
mod records;
mod reduce;
mod report;
mod request;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod view;
mod worth;

pub use execution::{EntryLeg, Execution, ExecutionState, Executions, ExitLeg, Legs, Parts, Went};
pub use execution_view::ExecutionView;
pub use gap::Gap;
pub use record::{Order, Pending, Replacement};
pub use records::{OrderAdopt, OrderCancel, OrderExtend, OrderReplace, OrderSubmit, VenueReport};
pub use report::{Booking, Outcome, Report};
pub use table::{OrderMemory, Orders};
pub(crate) use terms::joined;
pub use terms::{Bracket, Core, Terms, Trail, decode_replace};
pub use view::OrderView;
pub(crate) use view::quotient;
pub use worth::own_price;

use crate::status::Status;
use crate::store::IdError;

/// The code that says why an id names no record.
#[must_use]
pub const fn id_status(error: IdError) -> Status {
    match error {
        IdError::Unknown => Status::Unknown,
        IdError::Stale => Status::Stale,
        IdError::Foreign => Status::Foreign,
    }
}
