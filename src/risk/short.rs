//! SHORT: a sale that may open or enlarge a short is permitted, and what would be short is located.
#![forbid(unsafe_code)]

use super::ask::Ask;
use super::checks::{Held, held, shown, with_others};
use super::gate::Gate;
use super::verdict::Breach;
use crate::market::Symbol;
use crate::num::{Lots, OFF};
use crate::status::{LimitFlag, Side, Unit};

/// The worst case: all sells that work are executed, this one included, and no buy is. Lots that
/// are held long are sold first.
#[inline(always)] // As in `checks`.
pub(super) fn check<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> Held {
    let Some(symbol) = gate.symbol else { return Ok(()) };
    let limits = gate.limits;
    let (allowed, needed) =
        (limits.has(LimitFlag::ShortAllowed), limits.has(LimitFlag::LocateNeeded));
    if ask.terms.side == Side::Buy || (allowed && !needed) {
        return Ok(());
    }
    let short = with_others(gate, ask).wrapping_sub(i128::from(gate.net_qty));
    let most = if allowed { located(gate, symbol) } else { Lots::ZERO };
    let holds = short <= i128::from(most.0.max(0));
    held(holds, Breach::new(Unit::Lots, most.0.max(OFF), shown(short)))
}

/// What is located for the scope, or in all.
#[inline]
fn located(gate: &Gate<'_, '_>, symbol: &Symbol) -> Lots {
    gate.book.map_or(symbol.conditions.located, |book| book.located)
}
