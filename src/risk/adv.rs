//! ADV: the quantity is at most a share of the average daily volume.
#![forbid(unsafe_code)]

use super::checks::{Held, held, is_undecided, shown};
use super::verdict::Breach;
use crate::market::{Limits, Symbol};
use crate::num::{OFF, Ratio, div_floor};
use crate::order::Terms;
use crate::status::Unit;

/// Exact: the share is floored to lots. Where the volume is not known no share of it is.
pub(super) fn check(terms: &Terms, symbol: &Symbol, limits: &Limits) -> Held {
    let (ratio, volume) = (limits.controls.adv_ratio, symbol.conditions.volume);
    if ratio.0 == OFF || is_undecided(terms) {
        return Ok(());
    }
    let product = i128::from(volume.0.max(0)).saturating_mul(i128::from(ratio.0));
    let most = shown(div_floor(product, i128::from(Ratio::ONE)).unwrap_or_default());
    let holds = volume.0 != OFF && terms.qty.0 <= most;
    held(holds, Breach::new(Unit::Lots, most, terms.qty.0))
}
