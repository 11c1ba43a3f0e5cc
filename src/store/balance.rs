#![forbid(unsafe_code)]
//! How nodes hang together in height-balanced (AVL) search trees with parent links.
//!
//! The two sides of a node differ in height by one at most, hence a tree of n nodes is at most
//! 1.45 log2(n + 2) high. Hanging a leaf up walks towards the root until a height stays and turns
//! two nodes at most; taking a node out turns some on every level at most. Where a node goes is
//! not decided here: whoever owns the tree compares.

use super::{NIL, UNLINKED, at};

/// A side of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Left,
    Right,
}

impl Way {
    #[inline]
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// The balance of a node that is higher on this side.
    #[inline]
    const fn lean(self) -> i16 {
        match self {
            Self::Left => -1,
            Self::Right => 1,
        }
    }
}

/// The links of a node. 16 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch {
    /// [`NIL`] at a root; [`UNLINKED`] when the node is in no tree.
    pub(super) parent: u32,
    pub(super) left: u32,
    pub(super) right: u32,
    /// Height of the right side less height of the left one: -1, 0 or 1.
    pub(super) balance: i16,
    /// Whether the node holds something for all of those below it.
    pub(super) covers: bool,
}

impl Branch {
    /// In no tree.
    pub(super) const EMPTY: Self =
        Self { parent: UNLINKED, left: NIL, right: NIL, balance: 0, covers: false };

    #[inline]
    pub(super) const fn child(&self, way: Way) -> u32 {
        match way {
            Way::Left => self.left,
            Way::Right => self.right,
        }
    }

    #[inline]
    const fn set_child(&mut self, way: Way, child: u32) {
        match way {
            Way::Left => self.left = child,
            Way::Right => self.right = child,
        }
    }

    /// On which side a child hangs.
    #[inline]
    const fn side_of(&self, child: u32) -> Way {
        if self.right == child { Way::Right } else { Way::Left }
    }
}

/// A node of a tree. A tree whose nodes know something of the nodes below them, or hold something
/// for them, says here how that follows; the others leave all of it out and pay nothing.
pub(super) trait Knot: Sized {
    /// Whether nodes know something of those below them.
    const FOLDS: bool = false;

    fn branch(&self) -> &Branch;

    fn branch_mut(&mut self) -> &mut Branch;

    /// Works out anew what a node knows of those below it; answers whether that changed.
    #[inline]
    fn pull(_: &mut [Self], _: u32) -> bool {
        false
    }

    /// Hands what a node holds for those below it to its children.
    #[inline]
    fn push(_: &mut [Self], _: u32) {}

    /// A node takes the place of another one and knows what that one knew.
    #[inline]
    fn inherit(_: &mut [Self], _place: u32, _new: u32) {}
}

#[inline]
pub(super) fn branch<N: Knot>(nodes: &[N], node: u32) -> Option<&Branch> {
    nodes.get(at(node)).map(N::branch)
}

#[inline]
pub(super) fn branch_mut<N: Knot>(nodes: &mut [N], node: u32) -> Option<&mut Branch> {
    nodes.get_mut(at(node)).map(N::branch_mut)
}

#[inline]
pub(super) fn set_parent<N: Knot>(nodes: &mut [N], node: u32, parent: u32) {
    if let Some(b) = branch_mut(nodes, node) {
        b.parent = parent;
    }
}

/// The outermost node on one side of the nodes below and including `top`; [`NIL`] of none.
#[inline]
pub(super) fn outermost<N: Knot>(nodes: &[N], top: u32, way: Way) -> u32 {
    let mut found = NIL;
    let mut here = top;
    while let Some(b) = branch(nodes, here) {
        found = here;
        here = b.child(way);
    }
    found
}

/// The neighbour of a linked node in order; [`NIL`] of none. O(log n), from one end of a tree to
/// the other O(1) on average.
#[inline]
pub(super) fn neighbour<N: Knot>(nodes: &[N], node: u32, way: Way) -> u32 {
    let Some(b) = branch(nodes, node) else { return NIL };
    if b.child(way) != NIL {
        return outermost(nodes, b.child(way), way.other());
    }
    let mut child = node;
    let mut above = b.parent;
    while let Some(b) = branch(nodes, above) {
        if b.side_of(child) != way {
            break;
        }
        child = above;
        above = b.parent;
    }
    above
}

/// Puts `new`, perhaps [`NIL`], where the child `old` of `parent` hangs, at the root without one.
/// Answers the side.
#[inline]
fn set_child<N: Knot>(nodes: &mut [N], root: &mut u32, parent: u32, old: u32, new: u32) -> Way {
    let Some(b) = branch_mut(nodes, parent) else {
        *root = new;
        return Way::Left;
    };
    let way = b.side_of(old);
    b.set_child(way, new);
    way
}

/// Hangs a loose node up as a leaf, on a side of `parent` that is empty and that `way` tells; as
/// the only node without a parent. What the nodes above it know of it is not told to them.
#[inline]
pub(super) fn attach<N: Knot>(
    nodes: &mut [N],
    root: &mut u32,
    node: u32,
    parent: u32,
    way: impl FnOnce(&N) -> Way,
) {
    if let Some(b) = branch_mut(nodes, node) {
        *b = Branch { parent, ..Branch::EMPTY };
    }
    let Some(n) = nodes.get_mut(at(parent)) else {
        *root = node;
        return;
    };
    let (mut way, mut here) = (way(n), parent);
    let mut above = n.branch_mut();
    above.set_child(way, node);
    // The side `way` of `here` has grown by one.
    while above.balance == 0 {
        above.balance = way.lean();
        let (child, up) = (here, above.parent);
        match branch_mut(nodes, up) {
            Some(b) => (above, here) = (b, up),
            None => return,
        }
        way = above.side_of(child);
    }
    if above.balance == way.lean() {
        restore(nodes, root, here, way);
    } else {
        above.balance = 0;
    }
}

/// Takes a linked node out. What the nodes above know is put right.
#[inline]
pub(super) fn detach<N: Knot>(nodes: &mut [N], root: &mut u32, node: u32) {
    N::push(nodes, node);
    let Some(&b) = branch(nodes, node) else { return };
    if b.left != NIL && b.right != NIL {
        exchange(nodes, root, node);
        return;
    }
    let below = if b.left == NIL { b.right } else { b.left };
    N::push(nodes, below);
    let side = set_child(nodes, root, b.parent, node, below);
    set_parent(nodes, below, b.parent);
    forget(nodes, node);
    shrunk(nodes, root, b.parent, side, NIL);
}

/// Takes the first linked node out: what lies above it lies to its right. Answers the next one,
/// [`NIL`] after the last.
#[inline]
pub(super) fn detach_first<N: Knot>(nodes: &mut [N], root: &mut u32, node: u32) -> u32 {
    let Some(n) = branch_mut(nodes, node) else { return NIL };
    let (right, parent) = (n.right, n.parent);
    *n = Branch::EMPTY;
    // A leaf, or nothing.
    if let Some(b) = branch_mut(nodes, right) {
        b.parent = parent;
    }
    let Some(mut above) = branch_mut(nodes, parent) else {
        *root = right;
        return right;
    };
    above.left = right;
    let mut here = parent;
    // The left side of `here` has become one lower.
    loop {
        match above.balance {
            -1 => above.balance = 0,
            0 => {
                above.balance = 1;
                break;
            }
            _ => match restore(nodes, root, here, Way::Right) {
                (top, true) => here = top,
                _ => break,
            },
        }
        let Some(up) = branch(nodes, here).map(|b| b.parent) else { break };
        match branch_mut(nodes, up) {
            Some(b) => (above, here) = (b, up),
            None => break,
        }
    }
    if right == NIL { parent } else { right }
}

/// Takes a node with two children out: its neighbour on the higher side takes its place.
#[inline(never)]
fn exchange<N: Knot>(nodes: &mut [N], root: &mut u32, node: u32) {
    let Some(&b) = branch(nodes, node) else { return };
    let way = if b.balance < 0 { Way::Left } else { Way::Right };
    let (new, parent, side) = lift(nodes, b.child(way), way);
    set_child(nodes, root, b.parent, node, new);
    let Some(&now) = branch(nodes, node) else { return };
    let parent = if parent == node { new } else { parent };
    if let Some(n) = branch_mut(nodes, new) {
        *n = now;
    }
    set_parent(nodes, now.left, new);
    set_parent(nodes, now.right, new);
    N::inherit(nodes, node, new);
    forget(nodes, node);
    shrunk(nodes, root, parent, side, new);
}

#[inline]
fn forget<N: Knot>(nodes: &mut [N], node: u32) {
    if let Some(b) = branch_mut(nodes, node) {
        *b = Branch::EMPTY;
    }
}

/// Takes the node out that comes next to the parent of `top`, which lies on the side `way` of it.
/// Answers the node, the parent it had and on which side of that it hung.
#[inline]
fn lift<N: Knot>(nodes: &mut [N], top: u32, way: Way) -> (u32, u32, Way) {
    let mut new = top;
    let mut side = way;
    loop {
        N::push(nodes, new);
        match branch(nodes, new).map_or(NIL, |b| b.child(way.other())) {
            NIL => break,
            next => (new, side) = (next, way.other()),
        }
    }
    let Some(&b) = branch(nodes, new) else { return (NIL, NIL, side) };
    let below = b.child(way);
    if let Some(above) = branch_mut(nodes, b.parent) {
        above.set_child(side, below);
    }
    set_parent(nodes, below, b.parent);
    (new, b.parent, side)
}

/// The side `way` of a node has become one lower. Those above are told while something changes,
/// in any case up to `until`, which has changed itself.
#[inline]
fn shrunk<N: Knot>(nodes: &mut [N], root: &mut u32, node: u32, way: Way, until: u32) {
    let (mut here, mut way) = (node, way);
    let (mut changed, mut until) = (true, until);
    while branch(nodes, here).is_some() {
        if N::FOLDS && (changed || until != NIL) {
            changed = N::pull(nodes, here);
            until = if until == here { NIL } else { until };
        }
        let Some(b) = branch_mut(nodes, here) else { return };
        let balance = b.balance;
        let heavy = way.other();
        if balance == heavy.lean() {
            let (top, lower) = restore(nodes, root, here, heavy);
            here = top;
            if !lower {
                break;
            }
        } else {
            b.balance = balance.wrapping_add(heavy.lean());
            if balance == 0 {
                break;
            }
        }
        let child = here;
        let Some(b) = branch(nodes, child) else { return };
        here = b.parent;
        let Some(above) = branch(nodes, here) else { return };
        way = above.side_of(child);
    }
    if N::FOLDS && (changed || until != NIL) {
        climb(nodes, here, until);
    }
}

/// What a node knows has changed: those above it are told while something changes, in any case up
/// to `until`.
#[inline]
pub(super) fn climb<N: Knot>(nodes: &mut [N], node: u32, until: u32) {
    let (mut here, mut until) = (node, until);
    while let Some(parent) = branch(nodes, here).map(|b| b.parent) {
        if !N::pull(nodes, parent) && (until == NIL || until == parent) {
            return;
        }
        until = if until == parent { NIL } else { until };
        here = parent;
    }
}

/// A node is two higher on the side `way`: turns it, and answers which node is in its place and
/// whether that is lower than it was.
#[inline(never)]
pub(super) fn restore<N: Knot>(
    nodes: &mut [N],
    root: &mut u32,
    node: u32,
    way: Way,
) -> (u32, bool) {
    N::push(nodes, node);
    let Some(&b) = branch(nodes, node) else { return (node, false) };
    let below = b.child(way);
    N::push(nodes, below);
    let Some(u) = branch_mut(nodes, below) else { return (node, false) };
    if u.balance == way.other().lean() {
        let middle = u.child(way.other());
        N::push(nodes, middle);
        turn_twice(nodes, root, [node, below, middle], way);
        return (middle, true);
    }
    let inner = u.child(way.other());
    let rest = way.lean().wrapping_sub(u.balance);
    u.set_child(way.other(), node);
    (u.parent, u.balance) = (b.parent, rest.wrapping_neg());
    if let Some(n) = branch_mut(nodes, node) {
        n.set_child(way, inner);
        (n.parent, n.balance) = (below, rest);
    }
    set_parent(nodes, inner, node);
    set_child(nodes, root, b.parent, node, below);
    N::inherit(nodes, node, below);
    N::pull(nodes, node);
    (below, rest == 0)
}

/// Puts the last one of three nodes, each the child of the one before, above the others: the
/// second hangs on the side `way` of the first, the third on the other side of that.
#[inline]
fn turn_twice<N: Knot>(nodes: &mut [N], root: &mut u32, [node, below, up]: [u32; 3], way: Way) {
    let Some(n) = branch_mut(nodes, up) else { return };
    let (inner, outer, balance) = (n.child(way.other()), n.child(way), n.balance);
    n.set_child(way.other(), node);
    n.set_child(way, below);
    n.balance = 0;
    let lean = way.lean();
    if let Some(n) = branch_mut(nodes, below) {
        n.set_child(way.other(), outer);
        n.parent = up;
        n.balance = if balance == lean.wrapping_neg() { lean } else { 0 };
    }
    set_parent(nodes, outer, below);
    let Some(n) = branch_mut(nodes, node) else { return };
    n.set_child(way, inner);
    let above = n.parent;
    n.parent = up;
    n.balance = if balance == lean { lean.wrapping_neg() } else { 0 };
    set_parent(nodes, inner, node);
    set_child(nodes, root, above, node, up);
    set_parent(nodes, up, above);
    N::inherit(nodes, node, up);
    N::pull(nodes, below);
    N::pull(nodes, node);
}
