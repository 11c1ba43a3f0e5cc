//! ADV: the quantity is at most a share of the average daily volume.
#![forbid(unsafe_code)]

use super::ask::Ask;
use super::checks::{Held, held, shown};
use super::verdict::Breach;
use crate::market::{Limits, Symbol};
use crate::num::{Lots, OFF, Ratio, div_floor};
use crate::status::Unit;

/// The most lots that a share of the volume lets pass; 0 where the volume is not known: no share of
/// it is. Not of a ratio that is off.
pub(super) fn most(symbol: &Symbol, limits: &Limits) -> Lots {
    let product = i128::from(symbol.conditions.volume.0.max(0))
        .saturating_mul(i128::from(limits.controls.adv_ratio.0));
    // Exact: the share is floored to lots.
    Lots(shown(div_floor(product, i128::from(Ratio::ONE)).unwrap_or_default()))
}

/// The quantity is at most that.
pub(super) fn check<const USUAL: bool>(
    ask: Ask<'_, USUAL>,
    symbol: &Symbol,
    limits: &Limits,
) -> Held {
    if limits.controls.adv_ratio.0 == OFF || ask.is_undecided() {
        return Ok(());
    }
    let (most, qty) = (most(symbol, limits), ask.terms.qty);
    let holds = symbol.conditions.volume.0 != OFF && qty <= most;
    held(holds, Breach::new(Unit::Lots, most.0, qty.0))
}

/// Lots that an order may be of the volume; [`OFF`] for any.
pub(super) fn most_of_volume(symbol: &Symbol, limits: &Limits) -> i64 {
    if limits.controls.adv_ratio.0 == OFF { OFF } else { most(symbol, limits).0 }
}
