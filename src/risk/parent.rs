//! PARENT: what the children of an order work and have executed is at most its quantity.
#![forbid(unsafe_code)]

use super::checks::{Held, held};
use super::gate::Proposal;
use super::verdict::Breach;
use crate::status::Unit;

/// What an order that names a parent may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parentage {
    /// Lots of its parent, the fewer ones while a replace of that is in flight; far below 0 when
    /// the parent takes no such child: see [`crate::status::OrderFlag::Parent`].
    pub most: i64,
    /// Lots that the parent's other children work and have executed, or more than any order has.
    pub others: i64,
}

impl Parentage {
    /// Of an order that names none.
    pub const NONE: Self = Self { most: i64::MAX, others: 0 };
}

/// Of a child, and of a parent whose quantity changes.
#[inline(always)] // As in `checks`.
pub(super) fn check(proposal: &Proposal) -> Held {
    let Parentage { most, others } = proposal.parent;
    if most < i64::MAX {
        let executed = proposal.replaces.as_ref().map_or(0, |old| old.cum.0);
        let all = proposal.working().saturating_add(executed).saturating_add(others);
        held(all <= most, Breach::new(Unit::Lots, most.max(0), all))?;
    }
    let (most, children) = (proposal.terms.qty.0, proposal.children);
    held(children == 0 || children <= most, Breach::new(Unit::Lots, most, children))
}
