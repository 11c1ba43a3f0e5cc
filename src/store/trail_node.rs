#![forbid(unsafe_code)]
//! A follower: how far it stays behind, and what it knows of the followers below it.

use super::at;
use super::balance::{Branch, Knot};

/// Parts of a whole distance.
const WHOLE: u64 = 1_000_000_000;
/// Values, ticks and the share of a value are not beyond this, so that no difference of two of
/// them leaves an i64.
pub(super) const FAR: i64 = 1 << 62;
/// Ticks of none: no level is below that of these.
pub(super) const NO_TICKS: i64 = FAR;
/// Parts of none.
pub(super) const NO_PARTS: u32 = u32::MAX;

/// How far a level stays behind its peak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// So many ticks, at least 1, below 2^62.
    Ticks(i64),
    /// So many parts per 10^9 of the peak's magnitude, rounded up, at least one tick. Up to 10^9:
    /// a level never goes back then.
    Parts(u32),
}

impl Behind {
    /// The shortest of one: ticks and parts, one of them none.
    #[inline]
    pub(super) const fn reach(self) -> Reach {
        match self {
            Self::Ticks(ticks) => Reach { ticks, parts: NO_PARTS },
            Self::Parts(parts) => Reach { ticks: NO_TICKS, parts },
        }
    }

    pub(super) fn is_valid(self) -> bool {
        match self {
            Self::Ticks(ticks) => 0 < ticks && ticks < NO_TICKS,
            Self::Parts(parts) => u64::from(parts) <= WHOLE,
        }
    }
}

/// The shortest distances of some followers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) ticks: i64,
    pub(super) parts: u32,
}

impl Reach {
    /// Of no follower.
    pub(super) const NONE: Self = Self { ticks: NO_TICKS, parts: NO_PARTS };

    #[inline]
    pub(super) fn min(self, other: Self) -> Self {
        Self { ticks: self.ticks.min(other.ticks), parts: self.parts.min(other.parts) }
    }

    /// Whether one of those that are so near is among some whose shortest distances are these.
    #[inline]
    pub(super) const fn is_met_by(self, shortest: Self) -> bool {
        shortest.ticks <= self.ticks || shortest.parts <= self.parts
    }

    /// The largest level of followers of this peak.
    #[inline]
    pub(super) fn level(self, peak: i64) -> i64 {
        let level = peak.wrapping_sub(self.ticks);
        if self.parts == NO_PARTS {
            return level;
        }
        level.max(peak.wrapping_sub(share(peak, self.parts)))
    }

    /// Up to which peak, growing from this one, the first of them stays so `near` as it is at this
    /// one; less when that is hard to say.
    pub(super) fn until(self, peak: i64, near: i64) -> i64 {
        let share_is = |ticks: i64| {
            let wide = ticks.checked_mul(WHOLE.cast_signed())?;
            wide.checked_div(i64::from(self.parts))
        };
        if self.parts == NO_PARTS || (peak >= 0 && near == self.ticks) {
            return i64::MAX;
        }
        // The share grows with a peak above 0, and shrinks with one below.
        let until = if peak >= 0 {
            share_is(near)
        } else {
            share_is(near.wrapping_sub(1)).map(|magnitude| magnitude.wrapping_add(1).wrapping_neg())
        };
        until.unwrap_or(i64::MIN)
    }

    /// The farthest behind this peak one can stay and still have this level.
    pub(super) fn of(peak: i64, level: i64) -> Self {
        let ticks = peak.wrapping_sub(level);
        let parts = match ticks.unsigned_abs().checked_mul(WHOLE) {
            Some(wide) => wide.checked_div(peak.unsigned_abs()),
            None => far(ticks, peak),
        };
        let parts = parts.and_then(|parts| u32::try_from(parts).ok());
        Self { ticks, parts: parts.unwrap_or(NO_PARTS).min(NO_PARTS - 1) }
    }
}

#[cold]
#[inline(never)]
fn far(ticks: i64, peak: i64) -> Option<u64> {
    let wide = u128::from(ticks.unsigned_abs()).checked_mul(u128::from(WHOLE))?;
    wide.checked_div(u128::from(peak.unsigned_abs())).and_then(|parts| u64::try_from(parts).ok())
}

/// Parts of the magnitude of a peak, rounded up, at least 1. The whole part and the rest of it
/// apart: both products fit.
#[inline]
fn share(peak: i64, parts: u32) -> i64 {
    let (size, parts) = (peak.unsigned_abs(), u64::from(parts));
    let rest = (size % WHOLE).wrapping_mul(parts);
    let ticks =
        (size / WHOLE).wrapping_mul(parts).wrapping_add(rest.wrapping_add(WHOLE - 1) / WHOLE);
    if ticks == 0 { 1 } else { ticks.cast_signed() }
}

/// One element of the memory of [`Trails`](super::Trails). 64 bytes.
#[derive(Clone, Copy, Debug)]
pub struct TrailNode {
    pub(super) number: u64,
    pub(super) branch: Branch,
    /// Its own distance: ticks and `own_parts`, one of them none.
    pub(super) own_ticks: i64,
    /// The best value since it is in; of the nodes below as well when `covers`.
    pub(super) peak: i64,
    /// The largest level of this node and of those below.
    pub(super) best: i64,
    /// The shortest distances of this node and of those below.
    pub(super) ticks: i64,
    pub(super) parts: u32,
    pub(super) own_parts: u32,
}

const _: () = assert!(size_of::<TrailNode>() == 64, "the layout the memory is sized by");

impl TrailNode {
    /// A node in no tree, to fill memory with.
    pub const EMPTY: Self = Self {
        number: 0,
        branch: Branch::EMPTY,
        own_ticks: NO_TICKS,
        peak: 0,
        best: i64::MIN,
        ticks: NO_TICKS,
        parts: NO_PARTS,
        own_parts: NO_PARTS,
    };

    #[inline]
    pub(super) const fn shortest(&self) -> Reach {
        Reach { ticks: self.ticks, parts: self.parts }
    }

    pub(super) fn behind(&self) -> Behind {
        let Reach { ticks, parts } = self.own();
        if parts == NO_PARTS { Behind::Ticks(ticks) } else { Behind::Parts(parts) }
    }

    /// Its own distance.
    #[inline]
    pub(super) const fn own(&self) -> Reach {
        Reach { ticks: self.own_ticks, parts: self.own_parts }
    }

    pub(super) const fn set_behind(&mut self, behind: Behind) {
        let Reach { ticks, parts } = behind.reach();
        (self.own_ticks, self.own_parts) = (ticks, parts);
    }

    /// All of this node and below have had this peak.
    #[inline]
    pub(super) fn cover(&mut self, peak: i64) {
        self.peak = peak;
        self.branch.covers = true;
        self.best = self.shortest().level(peak);
    }
}

impl Knot for TrailNode {
    const FOLDS: bool = true;

    #[inline]
    fn branch(&self) -> &Branch {
        &self.branch
    }

    #[inline]
    fn branch_mut(&mut self) -> &mut Branch {
        &mut self.branch
    }

    fn pull(nodes: &mut [Self], node: u32) -> bool {
        let Some(n) = nodes.get(at(node)) else { return false };
        let mut shortest = n.own();
        let mut best = n.own().level(n.peak);
        for child in [n.branch.left, n.branch.right] {
            if let Some(c) = nodes.get(at(child)) {
                shortest = shortest.min(c.shortest());
                best = best.max(c.best);
            }
        }
        if n.branch.covers {
            best = shortest.level(n.peak);
        }
        if (n.ticks, n.parts, n.best) == (shortest.ticks, shortest.parts, best) {
            return false;
        }
        if let Some(n) = nodes.get_mut(at(node)) {
            (n.ticks, n.parts, n.best) = (shortest.ticks, shortest.parts, best);
        }
        true
    }

    #[inline]
    fn push(nodes: &mut [Self], node: u32) {
        let Some(n) = nodes.get_mut(at(node)).filter(|n| n.branch.covers) else { return };
        n.branch.covers = false;
        let (peak, Branch { left, right, .. }) = (n.peak, n.branch);
        for child in [left, right] {
            if let Some(n) = nodes.get_mut(at(child)) {
                n.cover(peak);
            }
        }
    }

    #[inline]
    fn inherit(nodes: &mut [Self], place: u32, new: u32) {
        let Some(&Self { ticks, parts, best, .. }) = nodes.get(at(place)) else { return };
        if let Some(n) = nodes.get_mut(at(new)) {
            (n.ticks, n.parts, n.best) = (ticks, parts, best);
        }
    }
}
