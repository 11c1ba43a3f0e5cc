#![forbid(unsafe_code)]
//! Many ordered sets over the same nodes, the first element at hand.

use core::cmp::Reverse;
use core::hint::select_unpredictable;

use super::balance::{Branch, Knot, Way, attach, detach, detach_first, neighbour, outermost};
use super::{NIL, UNLINKED, addressable, at, count};

/// One element of the memory of [`Trees`]. 32 bytes.
#[derive(Clone, Copy, Debug)]
pub struct TreeNode {
    pub(super) level: i64,
    sequence: u64,
    pub(super) branch: Branch,
}

const _: () = assert!(size_of::<TreeNode>() == 32, "the layout the memory is sized by");

impl TreeNode {
    /// A node in no tree, to fill memory with.
    pub const EMPTY: Self = Self { level: 0, sequence: 0, branch: Branch::EMPTY };
}

impl Knot for TreeNode {
    #[inline]
    fn branch(&self) -> &Branch {
        &self.branch
    }

    #[inline]
    fn branch_mut(&mut self) -> &mut Branch {
        &mut self.branch
    }
}

/// One tree: its root, and its first node with the key of that. 24 bytes. The caller keeps it and
/// hands it to [`Trees`].
///
/// It is `Copy` so that it can lie in records; after a change only the changed one is the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Of the first node; the least of all when empty.
    level: i64,
    /// Of the first node; the greatest of all when empty.
    sequence: u64,
    pub(super) root: u32,
    /// [`NIL`] when empty.
    first: u32,
}

impl Tree {
    /// A tree without nodes.
    pub const EMPTY: Self = Self { level: i64::MIN, sequence: u64::MAX, root: NIL, first: NIL };

    /// The first node, its level and its sequence; `None` when empty. O(1).
    #[inline]
    #[must_use]
    pub const fn first(&self) -> Option<(u32, i64, u64)> {
        if self.first == NIL { None } else { Some((self.first, self.level, self.sequence)) }
    }

    /// The largest level; of an empty tree the least number there is. O(1).
    #[inline]
    #[must_use]
    pub const fn level(&self) -> i64 {
        self.level
    }

    /// Whether this node is the first one. O(1).
    #[inline]
    #[must_use]
    pub const fn is_first(&self, node: u32) -> bool {
        self.first == node
    }

    /// Whether it has no node. O(1).
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.first == NIL
    }
}

impl Default for Tree {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// Any number of ordered sets over the same nodes, each node in at most one of them, node *i* for
/// slot *i*.
///
/// First comes the **largest** level, among equal levels the **smallest** sequence, and should the
/// sequences be equal too, the smallest node: the order depends on what is in, not on how it came
/// in.
///
/// Height-balanced trees with parent links and the first node at hand. Worst cases, on n nodes:
/// the first one O(1); `insert`, `remove`, `pop` and one step of a walk O(log n), the last three
/// O(1) on average. What comes before all others is put in without a search.
///
/// That a node is in *a* tree is checked, which one only at the root: to remove a node with
/// another tree than its own, or to use an old copy of a [`Tree`], is an error of the caller that
/// leaves the wrong first node. No misuse makes a walk endless.
pub struct Trees<'a> {
    pub(super) nodes: &'a mut [TreeNode],
}

impl<'a> Trees<'a> {
    /// Nodes in no tree. O(capacity).
    #[must_use]
    pub fn new(memory: &'a mut [TreeNode]) -> Self {
        let nodes = addressable(memory);
        nodes.fill(TreeNode::EMPTY);
        Self { nodes }
    }

    /// Puts a node in; `false`, and nothing changes, when it is in a tree already or beyond the
    /// capacity, or when `tree` is visibly out of date. O(log n).
    pub fn insert(&mut self, tree: &mut Tree, node: u32, level: i64, sequence: u64) -> bool {
        let key = (Reverse(level), sequence, node);
        self.put(tree, node, (level, sequence), |level, sequence, node| {
            key < (Reverse(level), sequence, node)
        })
    }

    /// The same, behind all of its level: for a sequence above all in the tree. One comparison for
    /// each level of the tree.
    pub fn append(&mut self, tree: &mut Tree, node: u32, level: i64, sequence: u64) -> bool {
        self.put(tree, node, (level, sequence), |other, _, _| level > other)
    }

    /// Puts a node in before those, the last ones in order, whose keys it `precedes`.
    #[inline(always)] // Once for each of the two above.
    fn put(
        &mut self,
        tree: &mut Tree,
        node: u32,
        (level, sequence): (i64, u64),
        precedes: impl Fn(i64, u64, u32) -> bool,
    ) -> bool {
        if self.nodes.get(at(node)).is_none_or(|n| n.branch.parent != UNLINKED) {
            return false;
        }
        let is_root = self.nodes.get(at(tree.root)).is_some_and(|n| n.branch.parent == NIL);
        let parent = if is_root && !precedes(tree.level, tree.sequence, tree.first) {
            self.place_of(tree.root, &precedes)
        } else {
            if !self.is_tree(tree) {
                return false;
            }
            let first = tree.first;
            (tree.first, tree.level, tree.sequence) = (node, level, sequence);
            first
        };
        if let Some(n) = self.nodes.get_mut(at(node)) {
            (n.level, n.sequence) = (level, sequence);
        }
        attach(self.nodes, &mut tree.root, node, parent, |n| {
            if precedes(n.level, n.sequence, parent) { Way::Left } else { Way::Right }
        });
        true
    }

    /// Below which node a new one goes that precedes those with greater keys.
    #[inline(always)] // As above.
    fn place_of(&self, root: u32, precedes: impl Fn(i64, u64, u32) -> bool) -> u32 {
        let (mut parent, mut here) = (NIL, root);
        while let Some(n) = self.nodes.get(at(here)) {
            parent = here;
            let Branch { left, right, .. } = n.branch;
            // Either side is as likely: no branch.
            here = select_unpredictable(precedes(n.level, n.sequence, here), left, right);
        }
        parent
    }

    /// Takes any node out; `false`, and nothing changes, when it is in no tree, or visibly in
    /// another one. O(log n), O(1) on average.
    pub fn remove(&mut self, tree: &mut Tree, node: u32) -> bool {
        let Some(&TreeNode { branch, .. }) = self.nodes.get(at(node)) else { return false };
        if branch.parent == UNLINKED || (branch.parent == NIL) != (tree.root == node) {
            return false;
        }
        if tree.first == node {
            // Nothing to the left: a leaf to the right, or nothing.
            let next = if branch.right == NIL { branch.parent } else { branch.right };
            self.set_first(tree, next);
        }
        detach(self.nodes, &mut tree.root, node);
        true
    }

    /// Takes the first node out and answers it, its level and its sequence; `None` when empty.
    /// O(log n), O(1) on average.
    pub fn pop(&mut self, tree: &mut Tree) -> Option<(u32, i64, u64)> {
        let first = tree.first()?;
        self.drop_first(tree).then_some(first)
    }

    /// Takes the first node out; `false` when empty. O(log n), O(1) on average.
    #[inline]
    pub fn drop_first(&mut self, tree: &mut Tree) -> bool {
        let Some(branch) = self.nodes.get(at(tree.first)).map(|n| &n.branch) else { return false };
        let is_root = branch.parent == NIL;
        if branch.parent == UNLINKED || is_root != (tree.root == tree.first) || branch.left != NIL {
            return false;
        }
        let next = detach_first(self.nodes, &mut tree.root, tree.first);
        self.set_first(tree, next);
        true
    }

    /// The node after this one; `None` after the last. O(log n), O(1) on average.
    #[must_use]
    pub fn next(&self, node: u32) -> Option<u32> {
        self.contains(node).then(|| neighbour(self.nodes, node, Way::Right)).filter(|&n| n != NIL)
    }

    /// The nodes in order. O(1) each on average.
    pub fn iter(&self, tree: &Tree) -> impl Iterator<Item = u32> {
        let first = outermost(self.nodes, tree.root, Way::Left);
        core::iter::successors(Some(first).filter(|&n| n != NIL), |&node| self.next(node))
    }

    /// Whether a node is in a tree. O(1).
    #[inline]
    #[must_use]
    pub fn contains(&self, node: u32) -> bool {
        self.nodes.get(at(node)).is_some_and(|n| n.branch.parent != UNLINKED)
    }

    /// The level and the sequence of a node; `None` when it is in no tree. O(1).
    #[inline]
    #[must_use]
    pub fn key(&self, node: u32) -> Option<(i64, u64)> {
        let linked = self.nodes.get(at(node)).filter(|n| n.branch.parent != UNLINKED);
        linked.map(|n| (n.level, n.sequence))
    }

    /// The level of a node, whatever it has last been put in with.
    #[inline]
    pub(crate) fn level(&self, node: u32) -> Option<i64> {
        self.nodes.get(at(node)).map(|n| n.level)
    }

    /// Nodes are below this number.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> u32 {
        count(self.nodes.len())
    }

    /// Whether root and first node are what they can be in a tree.
    #[inline]
    fn is_tree(&self, tree: &Tree) -> bool {
        match (self.nodes.get(at(tree.root)), self.nodes.get(at(tree.first))) {
            (None, None) => true,
            (Some(root), Some(first)) => {
                root.branch.parent == NIL
                    && first.branch.parent != UNLINKED
                    && first.branch.left == NIL
            }
            _ => false,
        }
    }

    #[inline]
    pub(super) fn set_first(&self, tree: &mut Tree, node: u32) {
        (tree.first, tree.level, tree.sequence) = match self.nodes.get(at(node)) {
            Some(n) => (node, n.level, n.sequence),
            None => (Tree::EMPTY.first, Tree::EMPTY.level, Tree::EMPTY.sequence),
        };
    }
}
