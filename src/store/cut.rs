#![forbid(unsafe_code)]
//! Taking many first nodes out of a tree at once: walked one by one, the tree put right at the end.
//!
//! A node that is left behind is taken out of the tree as soon as the walk does not need it any
//! more: when it has been through all that lies to its right. At the end what remains is joined
//! from the bottom: each node above the first one that stays, and what lies to its right. Heights
//! follow from one that is counted and from the balances on the way; what is joined is never higher
//! than what was in its place, hence it always goes to the left of what it is joined to.

use super::balance::{
    Branch, Knot, Way, branch, branch_mut, neighbour, outermost, restore, set_parent,
};
use super::tree::{Tree, Trees};
use super::{NIL, at};

/// What remains of the nodes below and including some node.
#[derive(Clone, Copy)]
struct Rest {
    root: u32,
    height: i16,
}

impl Trees<'_> {
    /// Leaves the first node behind, or the one that the last call answered, and answers the one
    /// after it; [`NIL`] after the last. Until [`Trees::cut`] follows, the tree is not to be used
    /// otherwise. O(log n), O(1) on average.
    #[inline(always)] // Some ten instructions on average.
    pub(crate) fn leave(&mut self, node: u32) -> u32 {
        let Some(right) = branch(self.nodes, node).map(|b| b.right) else { return NIL };
        if right != NIL {
            return outermost(self.nodes, right, Way::Left);
        }
        let mut here = node;
        while let Some(b) = branch_mut(self.nodes, here) {
            let (child, parent) = (here, b.parent);
            *b = Branch::EMPTY;
            here = parent;
            if branch(self.nodes, here).is_some_and(|b| b.left == child) {
                break;
            }
        }
        here
    }

    /// The level of a linked node and the node that comes after it, [`NIL`] after the last.
    /// O(log n), O(1) on average.
    #[inline(always)] // As above.
    pub(crate) fn level_and_next(&self, node: u32) -> Option<(i64, u32)> {
        let n = self.nodes.get(at(node))?;
        if self.nodes.get(at(n.branch.right)).is_some() {
            return Some((n.level, outermost(self.nodes, n.branch.right, Way::Left)));
        }
        let (mut child, mut above) = (node, n.branch.parent);
        while let Some(b) = branch(self.nodes, above) {
            if b.right != child {
                break;
            }
            (child, above) = (above, b.parent);
        }
        Some((n.level, above))
    }

    /// Takes a node out and all before it: they are to be forgotten. O(log n).
    #[inline]
    pub(crate) fn cut_behind(&mut self, tree: &mut Tree, last: u32) {
        self.cut(tree, neighbour(self.nodes, last, Way::Right));
    }

    /// A node that was taken out is in no tree any more. O(1).
    #[inline]
    pub(crate) fn forget(&mut self, node: u32) {
        if let Some(b) = branch_mut(self.nodes, node) {
            *b = Branch::EMPTY;
        }
    }

    /// Makes the tree whole again whose first nodes were left behind, up to this one, [`NIL`] when
    /// all were. O(log n).
    pub(crate) fn cut(&mut self, tree: &mut Tree, first: u32) {
        self.set_first(tree, first);
        let Some(&Branch { parent, right, balance, .. }) = branch(self.nodes, first) else {
            tree.root = NIL;
            return;
        };
        let right = Rest { root: right, height: height(self.nodes, right) };
        // How high it was here.
        let mut was = above(right.height, right.height.wrapping_sub(balance));
        let none = Rest { root: NIL, height: 0 };
        let mut rest = join(self.nodes, none, first, right);
        let (mut child, mut here) = (first, parent);
        while let Some(b) = branch_mut(self.nodes, here) {
            let Branch { parent, left, right, balance, .. } = *b;
            if left == child {
                let right = Rest { root: right, height: was.wrapping_add(balance) };
                was = above(was, right.height);
                rest = join(self.nodes, rest, here, right);
            } else {
                was = above(was, was.wrapping_sub(balance));
                *b = Branch::EMPTY;
            }
            (child, here) = (here, parent);
        }
        set_parent(self.nodes, rest.root, NIL);
        tree.root = rest.root;
    }
}

/// The height of a node, of the heights of its sides.
#[inline]
fn above(one: i16, other: i16) -> i16 {
    one.max(other).wrapping_add(1)
}

/// The height of the nodes below and including `top`. O(log n).
fn height<N: Knot>(nodes: &[N], top: u32) -> i16 {
    let (mut here, mut height) = (top, 0_i16);
    while let Some(b) = branch(nodes, here) {
        height = height.wrapping_add(1);
        here = if b.balance < 0 { b.left } else { b.right };
    }
    height
}

/// Joins a node, what lies to its left and what lies to its right, which is at most one lower.
/// O(difference of the heights). The parent of the new root is left open.
fn join<N: Knot>(nodes: &mut [N], left: Rest, node: u32, right: Rest) -> Rest {
    let (mut here, mut below, mut height) = (NIL, right.root, right.height);
    // The highest nodes that are not more than one higher than what is to hang beside them.
    while height > left.height.wrapping_add(1)
        && let Some(b) = branch(nodes, below)
    {
        height = height.wrapping_sub(if b.balance > 0 { 2 } else { 1 });
        (here, below) = (below, b.left);
    }
    set_parent(nodes, left.root, node);
    set_parent(nodes, below, node);
    let balance = height.wrapping_sub(left.height);
    if let Some(b) = branch_mut(nodes, node) {
        *b = Branch { parent: here, left: left.root, right: below, balance, ..Branch::EMPTY };
    }
    let Some(b) = branch_mut(nodes, here) else {
        return Rest { root: node, height: above(height, left.height) };
    };
    b.left = node;
    // It ends above the root of what lay to the right.
    set_parent(nodes, right.root, NIL);
    let mut root = right.root;
    let grown = grow(nodes, &mut root, here);
    Rest { root, height: right.height.wrapping_add(i16::from(grown)) }
}

/// The left side of a node has become one higher; answers whether the tree has.
fn grow<N: Knot>(nodes: &mut [N], root: &mut u32, node: u32) -> bool {
    let mut here = node;
    while let Some(b) = branch_mut(nodes, here) {
        match b.balance {
            0 => b.balance = -1,
            1 => {
                b.balance = 0;
                return false;
            }
            _ => match restore(nodes, root, here, Way::Left) {
                (_, true) => return false,
                (top, false) => here = top,
            },
        }
        here = branch(nodes, here).map_or(NIL, |b| b.parent);
    }
    true
}
