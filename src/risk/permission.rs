//! PERMISSION: type and time in force are permitted, by the symbol and by the scope.
#![forbid(unsafe_code)]

use super::Scope;
use super::checks::{Held, held};
use super::verdict::Breach;
use crate::market::Limits;
use crate::order::Terms;
use crate::status::Unit;

/// The symbol's masks, then the scope's. A breach shows the mask and the number that is not in it.
#[inline(always)] // As in `checks`.
pub(super) fn check(terms: &Terms, limits: &Limits, scope: &Scope) -> Held {
    let (order_type, time) = (terms.order_type.raw(), terms.time_in_force.raw());
    let controls = &limits.controls;
    permits(controls.types, order_type)?;
    permits(controls.times_in_force, time)?;
    permits(scope.limits.types, order_type)?;
    permits(scope.limits.times_in_force, time)
}

fn permits(mask: u32, number: u8) -> Held {
    let bit = 1_u32.checked_shl(u32::from(number)).unwrap_or(0);
    held(mask & bit != 0, Breach::new(Unit::Count, i64::from(mask), i64::from(number)))
}
