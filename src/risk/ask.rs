//! What the checks see of a proposal.
#![forbid(unsafe_code)]

use core::ops::Deref;

use super::Breaker;
use super::gate::{Proposal, Replaced};
use crate::num::{Lots, Nanos, Ratio};
use crate::status::OrderFlag;

/// A proposal as the checks see it. Of a usual one they know when they are compiled that it is a
/// new order of the caller, with a quantity that it shares with nobody, and no probe.
#[derive(Clone, Copy)]
pub(super) struct Ask<'p, const USUAL: bool>(&'p Proposal);

impl<const USUAL: bool> Deref for Ask<'_, USUAL> {
    type Target = Proposal;

    #[inline(always)] // It is the same.
    fn deref(&self) -> &Proposal {
        self.0
    }
}

impl<'p> Ask<'p, true> {
    /// A usual one, if it is, where this breaker is asked.
    #[inline(always)] // Of a few comparisons.
    pub(super) fn usual(proposal: &'p Proposal, breaker: &Breaker) -> Option<Self> {
        let Proposal { replaces, shared, own, terms, .. } = proposal;
        let usual = replaces.is_none() && *shared == Lots::ZERO && !own && terms.qty > Lots::ZERO;
        (usual && !breaker.may_probe()).then_some(Self(proposal))
    }
}

impl<'p, const USUAL: bool> Ask<'p, USUAL> {
    /// The share of the largest quantity and position that an order may have as a probe; the
    /// engine's own closes may have all of it.
    #[inline(always)] // As above.
    pub(super) fn probe(&self, breaker: &Breaker, now: Nanos) -> Option<Ratio> {
        if USUAL { None } else { breaker.probe_size(now).filter(|_| !self.0.own) }
    }

    /// The order that it replaces.
    #[inline(always)] // As above.
    pub(super) const fn replaced(&self) -> Option<&'p Replaced> {
        if USUAL { None } else { self.0.replaces.as_ref() }
    }

    /// Whether it is a new order of the caller.
    #[inline(always)] // As above.
    pub(super) const fn is_new(&self) -> bool {
        USUAL || (!self.0.own && self.0.replaces.is_none())
    }

    /// Whether it closes a position and its quantity is not known, or nothing.
    #[inline(always)] // As above.
    pub(super) fn is_undecided(&self) -> bool {
        !USUAL && self.terms.has(OrderFlag::ClosePosition) && self.terms.qty == Lots::ZERO
    }

    /// Lots that would be reserved, of a quantity that is not less than 0.
    #[inline(always)] // As above.
    pub(super) fn working(&self) -> i64 {
        if USUAL { self.terms.qty.0 } else { self.0.working().max(0) }
    }

    /// See [`Proposal::share`].
    #[inline(always)] // As above.
    pub(super) fn share(&self) -> i64 {
        if USUAL { self.terms.qty.0 } else { self.0.share() }
    }

    /// See [`Proposal::reserved_share`].
    #[inline(always)] // As above.
    pub(super) fn reserved_share(&self) -> i64 {
        if USUAL { 0 } else { self.0.reserved_share() }
    }
}

impl<'p> Ask<'p, false> {
    /// Any.
    #[inline(always)] // It is the same.
    pub(super) const fn any(proposal: &'p Proposal) -> Self {
        Self(proposal)
    }
}
