//! PARENT: what the children of an order work and have executed is at most its quantity.
#![forbid(unsafe_code)]

use super::checks::{Held, held, shown};
use super::gate::Proposal;
use super::verdict::Breach;
use crate::num::Lots;
use crate::status::Unit;

/// The order that an order names as its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parentage {
    /// Its quantity, the smaller one while a replace of it is in flight.
    pub qty: Lots,
    /// What its other children work and have executed.
    pub others: i128,
    /// Whether it takes this one for a child: see [`crate::status::OrderFlag::Parent`].
    pub takes: bool,
}

/// Of a child, and of a parent whose quantity changes.
pub(super) fn check(proposal: &Proposal) -> Held {
    let replaced = proposal.replaces.as_ref();
    if let Some(parent) = &proposal.parent {
        let executed = replaced.map_or(0, |old| i128::from(old.cum.0));
        let own = i128::from(proposal.working()).wrapping_add(executed);
        // Sums of at most 2^24 orders: see `Exposure`.
        let all = parent.others.wrapping_add(own);
        let most = if parent.takes { parent.qty.0 } else { 0 };
        let holds = parent.takes && all <= i128::from(most);
        held(holds, Breach::new(Unit::Lots, most, shown(all)))?;
    }
    let (most, children) = (proposal.terms.qty.0, proposal.children);
    let holds = children == 0 || children <= i128::from(most);
    held(holds, Breach::new(Unit::Lots, most, shown(children)))
}
