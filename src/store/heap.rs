#![forbid(unsafe_code)]
//! Many meldable priority queues over the same nodes.

use core::cmp::Reverse;

use super::{NIL, UNLINKED, addressable, at, count};

/// One element of the memory of [`Heaps`]. 32 bytes.
#[derive(Clone, Copy, Debug)]
pub struct HeapNode {
    level: i64,
    sequence: u64,
    /// [`NIL`] at a root; [`UNLINKED`] when the node is in no heap.
    pub(super) parent: u32,
    pub(super) left: u32,
    pub(super) right: u32,
    /// Nodes on the way down the right children, this one included.
    pub(super) rank: u32,
}

const _: () = assert!(size_of::<HeapNode>() == 32, "the layout the memory is sized by");

impl HeapNode {
    /// A node in no heap, to fill memory with.
    pub const EMPTY: Self =
        Self { level: 0, sequence: 0, parent: UNLINKED, left: NIL, right: NIL, rank: 0 };
}

/// Any number of heaps over the same nodes, each node in at most one of them, node *i* for slot
/// *i*. The caller keeps the root of each heap, [`NIL`] for an empty one.
///
/// First comes the **largest** level, among equal levels the **smallest** sequence, and should the
/// sequences be equal too, the smallest node: the order of what comes out depends on what is in,
/// not on how it came in.
///
/// These are leftist heaps with parent links. The rank of a node is never greater than that of its
/// left sibling, so a node of rank r has at least 2^r - 1 nodes below and including it and every
/// way down the right children has at most log2(n + 1) nodes. Worst cases, per operation on n
/// nodes:
/// - `peek` is O(1).
/// - `meld` walks two ways down the right children and back: O(log n). `insert` melds one node.
/// - `pop` and `remove` meld the two children of the node, O(log n), and then repair ranks upwards
///   while they change. That walk is short although the tree may be deep: when a rank falls, the
///   parent's falls only to one more than it, so the *new* ranks on the walk are k, k + 1, k + 2
///   and so on; when a rank rises, the parent's rises only if it was one more, so the *old* ranks
///   are. Both are bounded by log2(n + 1), hence so is the walk.
///
/// That a node is in *a* heap is checked, which one only at the root: a `remove` with the root of
/// another heap takes the node out of its own and is right all the same, unless it is a root.
pub struct Heaps<'a> {
    pub(super) nodes: &'a mut [HeapNode],
}

impl<'a> Heaps<'a> {
    /// Nodes in no heap. O(capacity).
    #[must_use]
    pub fn new(memory: &'a mut [HeapNode]) -> Self {
        let nodes = addressable(memory);
        nodes.fill(HeapNode::EMPTY);
        Self { nodes }
    }

    /// Puts a node in; `false`, and nothing changes, when it is in a heap already or beyond the
    /// capacity, or when `root` is no root. O(log n).
    pub fn insert(&mut self, root: &mut u32, node: u32, level: i64, sequence: u64) -> bool {
        if !self.is_heap(*root) {
            return false;
        }
        match self.nodes.get_mut(at(node)) {
            Some(n) if n.parent == UNLINKED => {
                *n = HeapNode { level, sequence, parent: NIL, left: NIL, right: NIL, rank: 1 };
            }
            _ => return false,
        }
        *root = self.merge(*root, node);
        true
    }

    /// Takes any node out; `false`, and nothing changes, when it is in no heap, or visibly in
    /// another one. O(log n).
    pub fn remove(&mut self, root: &mut u32, node: u32) -> bool {
        let Some(&HeapNode { parent, left, right, .. }) = self.nodes.get(at(node)) else {
            return false;
        };
        if parent == UNLINKED || (parent == NIL) != (*root == node) {
            return false;
        }
        self.set_parent(left, NIL);
        self.set_parent(right, NIL);
        let merged = self.merge(left, right);
        self.set_parent(merged, parent);
        if parent == NIL {
            *root = merged;
        } else {
            self.replace_child(parent, node, merged);
        }
        if let Some(n) = self.nodes.get_mut(at(node)) {
            *n = HeapNode::EMPTY;
        }
        true
    }

    /// The first node and its level; `None` when the heap is empty. O(1).
    #[inline]
    #[must_use]
    pub fn peek(&self, root: u32) -> Option<(u32, i64)> {
        self.nodes.get(at(root)).filter(|n| n.parent == NIL).map(|n| (root, n.level))
    }

    /// Takes the first node out and answers it and its level; `None` when empty. O(log n).
    pub fn pop(&mut self, root: &mut u32) -> Option<(u32, i64)> {
        let first = self.peek(*root)?;
        self.remove(root, first.0).then_some(first)
    }

    /// Moves all nodes of the heap `b` into `a`; the root `b` is void afterwards. `false`, and
    /// nothing changes, when one of them is no root or both are the same heap. O(log n).
    pub fn meld(&mut self, a: &mut u32, b: u32) -> bool {
        if !self.is_heap(*a) || !self.is_heap(b) || (*a == b && b != NIL) {
            return false;
        }
        *a = self.merge(*a, b);
        true
    }

    /// Whether a node is in a heap. O(1).
    #[inline]
    #[must_use]
    pub fn contains(&self, node: u32) -> bool {
        self.nodes.get(at(node)).is_some_and(|n| n.parent != UNLINKED)
    }

    /// The level and the sequence of a node; `None` when it is in no heap. O(1).
    #[inline]
    #[must_use]
    pub fn key(&self, node: u32) -> Option<(i64, u64)> {
        let linked = self.nodes.get(at(node)).filter(|n| n.parent != UNLINKED);
        linked.map(|n| (n.level, n.sequence))
    }

    /// Nodes are below this number.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> u32 {
        count(self.nodes.len())
    }

    #[inline]
    fn is_heap(&self, root: u32) -> bool {
        root == NIL || self.nodes.get(at(root)).is_some_and(|n| n.parent == NIL)
    }

    /// Where a node stands in the order; smaller comes out first.
    #[inline]
    fn order(&self, node: u32) -> Option<(Reverse<i64>, u64, u32)> {
        self.nodes.get(at(node)).map(|n| (Reverse(n.level), n.sequence, node))
    }

    /// Merges two different roots and answers the root of both.
    fn merge(&mut self, a: u32, b: u32) -> u32 {
        if a == NIL || b == NIL {
            return if a == NIL { b } else { a };
        }
        let (top, mut rest) = if self.order(a) < self.order(b) { (a, b) } else { (b, a) };
        let mut last = top;
        // Down the right children: `last` is in place, `rest` comes after it and is loose.
        while let Some(right) = self.nodes.get(at(last)).map(|n| n.right) {
            if right != NIL && self.order(right) < self.order(rest) {
                last = right;
                continue;
            }
            self.set_right(last, rest);
            if right == NIL {
                break;
            }
            last = rest;
            rest = right;
        }
        // And back to the top, whose parent is NIL: no rank on the way is right yet.
        while let Some((parent, _)) = self.settle(last) {
            last = parent;
        }
        top
    }

    /// Puts `new`, perhaps [`NIL`], in the place of a child and repairs the ranks above it.
    fn replace_child(&mut self, parent: u32, old: u32, new: u32) {
        let Some(n) = self.nodes.get_mut(at(parent)) else { return };
        if n.left == old {
            n.left = new;
        } else {
            n.right = new;
        }
        let mut above = parent;
        while let Some((next, true)) = self.settle(above) {
            above = next;
        }
    }

    /// Sets the rank of a node from its children, the greater one to the left; answers the parent
    /// and whether the rank changed.
    #[inline]
    fn settle(&mut self, node: u32) -> Option<(u32, bool)> {
        let &HeapNode { left, right, .. } = self.nodes.get(at(node))?;
        let (of_left, of_right) = (self.rank(left), self.rank(right));
        let n = self.nodes.get_mut(at(node))?;
        if of_left < of_right {
            n.left = right;
            n.right = left;
        }
        let rank = of_left.min(of_right).wrapping_add(1);
        let changed = rank != n.rank;
        n.rank = rank;
        Some((n.parent, changed))
    }

    #[inline]
    fn rank(&self, node: u32) -> u32 {
        self.nodes.get(at(node)).map_or(0, |n| n.rank)
    }

    #[inline]
    fn set_right(&mut self, node: u32, right: u32) {
        if let Some(n) = self.nodes.get_mut(at(node)) {
            n.right = right;
        }
        self.set_parent(right, node);
    }

    #[inline]
    fn set_parent(&mut self, node: u32, parent: u32) {
        if let Some(n) = self.nodes.get_mut(at(node)) {
            n.parent = parent;
        }
    }
}
