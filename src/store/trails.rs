#![forbid(unsafe_code)]
//! Numbers that follow a growing value at a distance, however many of them at once.

use super::balance::{Branch, Knot, Way, attach, climb, detach, neighbour, outermost};
use super::trail_node::{Behind, FAR, NO_PARTS, NO_TICKS, Reach, TrailNode};
use super::{NIL, UNLINKED, addressable, at, count};

/// The next peak when all ride.
const NO_PEAK: i64 = i64::MAX;

/// The followers of one value: the caller keeps it and hands it to [`Trails`]. 72 bytes.
///
/// The peaks never grow in order of number: whoever came earlier has seen whatever one that came
/// later has seen. Those with the least peak ride: a new peak is theirs, and they are the last
/// ones, hence their peak is kept here alone and the nodes do not know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trail {
    /// The peak of those that ride; the greatest number of all when empty.
    top_peak: i64,
    /// The least peak of those that do not ride.
    next_peak: i64,
    /// The largest level of those that do not ride; where that is below the level of those that
    /// ride, any number below it.
    fixed: i64,
    /// How far behind their peak the first of those that ride is.
    near: i64,
    /// It stays so up to this peak, if that is not below the present one, while no other rides.
    pub(super) until: i64,
    /// The shortest distances of those that ride.
    ticks: i64,
    parts: u32,
    pub(super) root: u32,
    /// Those with this number and above ride.
    from: u64,
    /// The first one of them.
    rider: u32,
    last: u32,
}

impl Trail {
    /// No followers.
    pub const EMPTY: Self = Self {
        top_peak: i64::MAX,
        next_peak: NO_PEAK,
        fixed: i64::MIN,
        // Of the greatest peak there is, the least level.
        near: -1,
        until: i64::MIN,
        ticks: NO_TICKS,
        parts: NO_PARTS,
        root: NIL,
        from: 0,
        rider: NIL,
        last: NIL,
    };

    /// The value above which a level moves, see [`Trails::raise`]; the greatest number there is
    /// when empty. O(1).
    #[inline]
    #[must_use]
    pub const fn raise_above(&self) -> i64 {
        self.top_peak
    }

    /// The largest level; of no followers the least number there is. O(1).
    #[inline]
    #[must_use]
    pub const fn level(&self) -> i64 {
        let riding = self.top_peak.wrapping_sub(self.near);
        if riding > self.fixed { riding } else { self.fixed }
    }

    /// Whether there is none. O(1).
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.root == NIL
    }

    /// Whether [`Trail::advance`] can take this value, above [`Trail::raise_above`].
    #[inline]
    #[must_use]
    pub const fn is_below_others(&self, value: i64) -> bool {
        value < self.next_peak
    }

    /// What [`Trails::raise`] does, for a value that is above [`Trail::raise_above`] and
    /// [`Trail::is_below_others`]. Answers the largest level of those that follow it. O(1).
    #[inline(always)] // A few instructions.
    pub fn advance(&mut self, value: i64) -> i64 {
        self.top_peak = value;
        if value > self.until {
            self.measure();
        }
        value.wrapping_sub(self.near)
    }

    /// The distance is another one: works it out anew, and up to which peak it stays so.
    #[inline(never)] // Mostly it is the same.
    fn measure(&mut self) {
        let shortest = self.shortest();
        self.set_riders(shortest);
        self.until = shortest.until(self.top_peak, self.near);
    }

    #[inline]
    const fn shortest(&self) -> Reach {
        Reach { ticks: self.ticks, parts: self.parts }
    }

    #[inline]
    fn set_riders(&mut self, shortest: Reach) {
        (self.ticks, self.parts) = (shortest.ticks, shortest.parts);
        self.near = self.top_peak.wrapping_sub(shortest.level(self.top_peak));
        self.until = i64::MIN;
    }
}

impl Default for Trail {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// Any number of [`Trail`]s over the same nodes, each node in at most one of them, node *i* for
/// slot *i*.
///
/// A follower has a number, a distance and a peak, the largest value since it is in. Its level is
/// the peak less the distance. One balanced tree in order of number, whose nodes know the shortest
/// distances and the largest level of the nodes below: a value that carries along a million
/// followers costs O(log n), and mostly O(1).
///
/// That a node is in *a* tree is checked, which one only at the root: to use another [`Trail`] than
/// its own, or an old copy, is an error of the caller that leaves wrong levels. No misuse makes a
/// walk endless.
pub struct Trails<'a> {
    pub(super) nodes: &'a mut [TrailNode],
}

impl<'a> Trails<'a> {
    /// The value to give while there is none, the least one: whatever comes is greater, and the
    /// level of who waits for it is below.
    pub const UNSEEN: i64 = -FAR;

    /// Nodes in no tree. O(capacity).
    #[must_use]
    pub fn new(memory: &'a mut [TrailNode]) -> Self {
        let nodes = addressable(memory);
        nodes.fill(TrailNode::EMPTY);
        Self { nodes }
    }

    /// Puts a node in behind all others, its peak the present value. `false`, and nothing changes,
    /// when the node is in a tree already or beyond the capacity, `number` not above that of all
    /// others, `behind` out of range, `value` above the peak of the others (see
    /// [`Trails::raise`]), or `trail` visibly out of date. O(log n).
    pub fn append(
        &mut self,
        trail: &mut Trail,
        node: u32,
        number: u64,
        behind: Behind,
        value: i64,
    ) -> bool {
        let fits = match self.nodes.get(at(trail.last)) {
            None => trail.root == NIL,
            Some(last) => last.number < number && self.is_trail(trail),
        };
        let is_free = self.nodes.get(at(node)).is_some_and(|n| n.branch.parent == UNLINKED);
        let is_seen = value <= trail.top_peak && (-FAR..FAR).contains(&value);
        if !fits || !is_free || !is_seen || !behind.is_valid() {
            return false;
        }
        if value < trail.top_peak {
            self.settle(trail);
            trail.fixed = trail.level();
            trail.next_peak = if trail.root == NIL { NO_PEAK } else { trail.top_peak };
            (trail.top_peak, trail.from, trail.rider) = (value, number, node);
            (trail.ticks, trail.parts) = (NO_TICKS, NO_PARTS);
        }
        let own = behind.reach();
        if let Some(n) = self.nodes.get_mut(at(node)) {
            *n = TrailNode { number, peak: value, best: own.level(value), ..TrailNode::EMPTY };
            n.set_behind(behind);
            (n.ticks, n.parts) = (own.ticks, own.parts);
        }
        let (mut above, level) = (trail.last, own.level(value));
        while let Some(n) = self.nodes.get_mut(at(above)) {
            if n.ticks <= own.ticks && n.parts <= own.parts && n.best >= level {
                break;
            }
            let shortest = n.shortest().min(own);
            (n.ticks, n.parts, n.best) = (shortest.ticks, shortest.parts, n.best.max(level));
            above = n.branch.parent;
        }
        attach(self.nodes, &mut trail.root, node, trail.last, |_| Way::Right);
        trail.last = node;
        trail.set_riders(trail.shortest().min(own));
        true
    }

    /// The value, below 2^62 in magnitude, has grown: whoever has a smaller peak follows. Does
    /// nothing up to [`Trail::raise_above`]. O(1) while the value stays below the peaks of those
    /// that do not ride, else O(log n).
    #[inline]
    pub fn raise(&self, trail: &mut Trail, value: i64) {
        if value <= trail.top_peak {
            return;
        }
        if value >= trail.next_peak {
            self.fold(trail, value);
            return;
        }
        trail.advance(value);
    }

    /// Takes any node out; `false`, and nothing changes, when it is in no tree, or visibly in
    /// another one. O(log n).
    pub fn remove(&mut self, trail: &mut Trail, node: u32) -> bool {
        let Some(&n) = self.nodes.get(at(node)) else { return false };
        let parent = n.branch.parent;
        if parent == UNLINKED || (parent == NIL) != (trail.root == node) || !self.is_trail(trail) {
            return false;
        }
        let rides = n.number >= trail.from;
        let is_next = !rides && neighbour(self.nodes, trail.rider, Way::Left) == node;
        if trail.last == node {
            trail.last = neighbour(self.nodes, node, Way::Left);
        }
        if trail.rider == node {
            trail.rider = neighbour(self.nodes, node, Way::Right);
        }
        detach(self.nodes, &mut trail.root, node);
        match self.nodes.get(at(trail.rider)) {
            Some(rider) => trail.from = rider.number,
            None if trail.root == NIL => {
                *trail = Trail::EMPTY;
                return true;
            }
            None => {
                trail.from = u64::MAX;
                self.fold(trail, trail.next_peak);
                return true;
            }
        }
        if !rides {
            self.refix(trail, is_next);
        } else if n.own_ticks <= trail.ticks && n.own_parts == NO_PARTS
            || n.own_parts <= trail.parts && n.own_ticks == NO_TICKS
        {
            self.refold(trail);
        }
        true
    }

    /// Changes the distance of a node; `false`, and nothing changes, when it is in no tree or
    /// `behind` out of range. Of a shorter distance the level grows. O(log n).
    pub fn set_behind(&mut self, trail: &mut Trail, node: u32, behind: Behind) -> bool {
        if !self.contains(node) || !behind.is_valid() || !self.is_trail(trail) {
            return false;
        }
        if let Some(n) = self.nodes.get_mut(at(node)) {
            n.set_behind(behind);
        }
        if TrailNode::pull(self.nodes, node) {
            climb(self.nodes, node, NIL);
        }
        self.refold(trail);
        true
    }

    /// The node with the largest level, of several the one with the smallest number, and that
    /// level; `None` when there is none. O(log n).
    #[must_use]
    pub fn head(&self, trail: &Trail) -> Option<(u32, i64)> {
        let level = trail.level();
        let node = if trail.is_empty() {
            return None;
        } else if trail.fixed >= level && trail.next_peak != NO_PEAK {
            self.first_fixed(trail)
        } else {
            self.first_rider(trail)
        };
        self.contains(node).then_some((node, level))
    }

    /// The largest value since a node is in. O(log n).
    #[must_use]
    pub fn peak_of(&self, trail: &Trail, node: u32) -> Option<i64> {
        let n = self.nodes.get(at(node)).filter(|n| n.branch.parent != UNLINKED)?;
        if n.number >= trail.from {
            return Some(trail.top_peak);
        }
        let mut peak = n.peak;
        let mut here = node;
        while let Some(n) = self.nodes.get(at(here)) {
            if n.branch.covers {
                peak = n.peak;
            }
            here = n.branch.parent;
        }
        Some(peak)
    }

    /// The level of a node. O(log n).
    #[must_use]
    pub fn level_of(&self, trail: &Trail, node: u32) -> Option<i64> {
        let peak = self.peak_of(trail, node)?;
        self.nodes.get(at(node)).map(|n| n.own().level(peak))
    }

    /// The number and the distance of a node; `None` when it is in no tree. O(1).
    #[must_use]
    pub fn get(&self, node: u32) -> Option<(u64, Behind)> {
        let linked = self.nodes.get(at(node)).filter(|n| n.branch.parent != UNLINKED);
        linked.map(|n| (n.number, n.behind()))
    }

    /// Whether a node is in a tree. O(1).
    #[inline]
    #[must_use]
    pub fn contains(&self, node: u32) -> bool {
        self.nodes.get(at(node)).is_some_and(|n| n.branch.parent != UNLINKED)
    }

    /// The nodes in order of number. O(1) each on average.
    pub fn iter(&self, trail: &Trail) -> impl Iterator<Item = u32> {
        let some = |node: u32| Some(node).filter(|&node| node != NIL);
        let first = outermost(self.nodes, trail.root, Way::Left);
        let next = move |&node: &u32| some(neighbour(self.nodes, node, Way::Right));
        core::iter::successors(some(first), next)
    }

    /// Nodes are below this number.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> u32 {
        count(self.nodes.len())
    }

    /// Whether root and last node are what they can be in a tree.
    fn is_trail(&self, trail: &Trail) -> bool {
        let branch = |node: u32| self.nodes.get(at(node)).map(|n| n.branch);
        branch(trail.root).is_some_and(|b| b.parent == NIL)
            && branch(trail.last).is_some_and(|b| b.parent != UNLINKED && b.right == NIL)
    }

    /// Those that ride stop riding: the nodes are told the peak. First those on the way from the
    /// last one up, which never cover what is below, as what comes later hangs there. Then what
    /// lies between the first one and the uppermost of these.
    fn settle(&mut self, trail: &Trail) {
        let mut top = trail.last;
        while let Some(n) = self.nodes.get(at(top)) {
            match self.nodes.get(at(n.branch.parent)) {
                Some(above) if above.number >= trail.from => top = n.branch.parent,
                _ => break,
            }
        }
        let mut here = trail.last;
        while here != top {
            let left = self.nodes.get(at(here)).map_or(NIL, |n| n.branch.left);
            here = self.settle_one(here, left, trail.top_peak);
        }
        let (mut here, mut rides) = (trail.rider, true);
        while here != top && here != NIL {
            let Some(Branch { right, parent, .. }) = self.nodes.get(at(here)).map(|n| n.branch)
            else {
                return;
            };
            if rides {
                self.settle_one(here, right, trail.top_peak);
            } else {
                TrailNode::pull(self.nodes, here);
            }
            rides = self.nodes.get(at(parent)).is_some_and(|n| n.branch.left == here);
            here = parent;
        }
        self.settle_one(top, NIL, trail.top_peak);
        climb(self.nodes, top, NIL);
    }

    /// The nodes from `below` down and the node above them are told the peak; answers its parent.
    #[inline]
    fn settle_one(&mut self, node: u32, below: u32, peak: i64) -> u32 {
        if let Some(n) = self.nodes.get_mut(at(below)) {
            n.cover(peak);
        }
        let Some(n) = self.nodes.get_mut(at(node)) else { return NIL };
        n.peak = peak;
        let parent = n.branch.parent;
        TrailNode::pull(self.nodes, node);
        parent
    }

    /// One that did not ride is gone, perhaps the youngest of them. What the nodes know of those
    /// that ride is from before they did: their level is no less.
    fn refix(&self, trail: &mut Trail, is_next: bool) {
        let best = self.nodes.get(at(trail.root)).map_or(i64::MIN, |root| root.best);
        let riding = trail.shortest().level(trail.top_peak);
        if is_next || best == riding {
            self.fold(trail, trail.top_peak);
        } else {
            trail.fixed = best;
        }
    }

    /// Works out anew what a trail knows of its nodes.
    fn refold(&self, trail: &mut Trail) {
        match self.nodes.get(at(trail.root)) {
            Some(root) if trail.next_peak == NO_PEAK => trail.set_riders(root.shortest()),
            _ => self.fold(trail, trail.top_peak),
        }
    }

    /// Makes those ride whose peak is this one or less, besides those that do, and works out what
    /// a trail knows of its nodes.
    #[inline(never)]
    fn fold(&self, trail: &mut Trail, value: i64) {
        let mut shortest = Reach::NONE;
        let (mut fixed, mut next_peak, mut rider) = (i64::MIN, NO_PEAK, NIL);
        let mut cover = None;
        let mut here = trail.root;
        while let Some(n) = self.nodes.get(at(here)) {
            if n.branch.covers && cover.is_none() {
                cover = Some(n.peak);
            }
            let peak = cover.unwrap_or(n.peak);
            if n.number >= trail.from || peak <= value {
                let right = self.nodes.get(at(n.branch.right));
                shortest = right.map_or(shortest, |n| shortest.min(n.shortest())).min(n.own());
                rider = here;
                here = n.branch.left;
            } else {
                let left = self.nodes.get(at(n.branch.left)).map(|n| match cover {
                    Some(peak) => n.shortest().level(peak),
                    None => n.best,
                });
                fixed = fixed.max(n.own().level(peak)).max(left.unwrap_or(i64::MIN));
                next_peak = peak;
                here = n.branch.right;
            }
        }
        trail.from = self.nodes.get(at(rider)).map_or(trail.from, |n| n.number);
        (trail.top_peak, trail.next_peak, trail.fixed) = (value, next_peak, fixed);
        trail.rider = rider;
        trail.set_riders(shortest);
    }

    /// The first of those that do not ride and have the largest level: to the left of all that
    /// ride, and of these the nodes know no larger level.
    fn first_fixed(&self, trail: &Trail) -> u32 {
        let level = trail.fixed;
        let mut here = trail.root;
        while let Some(n) = self.nodes.get(at(here)) {
            if n.branch.covers {
                return self.nearest(here, Reach::of(n.peak, level));
            }
            let left = self.nodes.get(at(n.branch.left));
            here = if left.is_some_and(|left| left.best == level) {
                n.branch.left
            } else if n.own().level(n.peak) == level {
                return here;
            } else {
                n.branch.right
            };
        }
        NIL
    }

    /// The first of those that ride and have the largest level.
    fn first_rider(&self, trail: &Trail) -> u32 {
        let reach = Reach::of(trail.top_peak, trail.level());
        if trail.next_peak == NO_PEAK {
            return self.nearest(trail.root, reach);
        }
        let mut here = trail.rider;
        let mut rides = true;
        while let Some(n) = self.nodes.get(at(here)) {
            let Branch { parent, right, .. } = n.branch;
            if rides {
                if reach.is_met_by(n.own()) {
                    return here;
                }
                if self.nodes.get(at(right)).is_some_and(|n| reach.is_met_by(n.shortest())) {
                    return self.nearest(right, reach);
                }
            }
            rides = self.nodes.get(at(parent)).is_some_and(|n| n.branch.left == here);
            here = parent;
        }
        NIL
    }

    /// The first node so near below and including one.
    fn nearest(&self, top: u32, reach: Reach) -> u32 {
        let mut here = top;
        while let Some(n) = self.nodes.get(at(here)) {
            let left = self.nodes.get(at(n.branch.left));
            here = if left.is_some_and(|n| reach.is_met_by(n.shortest())) {
                n.branch.left
            } else if reach.is_met_by(n.own()) {
                return here;
            } else {
                n.branch.right
            };
        }
        NIL
    }
}
