//! Positions by hand: opened, closed and taken over without an order.
#![forbid(unsafe_code)]

use super::{Engine, ScopeLimitsSet};
use crate::position::{PositionAdopt, PositionExit, PositionOpen};
use crate::risk::Verdict;
use crate::status::{Request, Status};
use crate::store::Id;

impl Engine<'_> {
    /// Sets all limits of a scope. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Range`, `Scope`.
    pub fn scope_limits_set(&mut self, request: &ScopeLimitsSet) -> Result<Status, Status> {
        request.check_frame()?;
        Err(Status::State)
    }

    /// Opens a position by hand.
    ///
    /// # Errors
    /// The record's.
    pub fn position_open(&mut self, request: &PositionOpen) -> Result<(Verdict, Id), Status> {
        request.check_frame()?;
        Err(Status::State)
    }

    /// Closes a position, or a part, by hand.
    ///
    /// # Errors
    /// The record's.
    pub fn position_exit(&mut self, request: &PositionExit) -> Result<Status, Status> {
        request.check_frame()?;
        Err(Status::State)
    }

    /// Takes over a position of an earlier run.
    ///
    /// # Errors
    /// The record's.
    pub fn position_adopt(&mut self, request: &PositionAdopt) -> Result<Id, Status> {
        request.check_frame()?;
        Err(Status::State)
    }
}
