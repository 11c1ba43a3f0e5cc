//! SESSION: the phase of the symbol allows this type.
#![forbid(unsafe_code)]

use super::checks::{Held, held};
use super::verdict::Breach;
use crate::market::Conditions;
use crate::order::Terms;
use crate::status::{Phase, Unit};

/// An order that has fired is judged as what it has become: it no longer waits here.
pub(super) fn check(terms: &Terms, conditions: &Conditions) -> Held {
    let phase = conditions.phase;
    if phase == Phase::Continuous {
        return Ok(());
    }
    let number = |phase: Phase| i64::from(phase.raw());
    let breach = Breach::new(Unit::Count, number(Phase::Continuous), number(phase));
    held(phase.allows(terms.order_type, terms.is_held()), breach)
}
