#![forbid(unsafe_code)]
//! Many doubly linked lists over the same nodes.

use super::{NIL, UNLINKED, addressable, at, count};

/// One element of the memory of [`Lists`]: the neighbours of a node. 8 bytes.
#[derive(Clone, Copy, Debug)]
pub struct Links {
    /// The node before; [`NIL`] at the head; [`UNLINKED`] when the node is in no list.
    prev: u32,
    next: u32,
}

const _: () = assert!(size_of::<Links>() == 8, "the layout the memory is sized by");

impl Links {
    /// A node in no list, to fill memory with.
    pub const EMPTY: Self = Self { prev: UNLINKED, next: NIL };
}

/// One list: its ends and its length. The caller keeps it and hands it to [`Lists`].
///
/// It is `Copy` so that it can lie in records; after a change only the changed one is the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// First node; [`NIL`] when empty.
    pub head: u32,
    /// Last node; [`NIL`] when empty.
    pub tail: u32,
    /// Number of nodes.
    pub len: u32,
}

impl List {
    /// A list without nodes.
    pub const EMPTY: Self = Self { head: NIL, tail: NIL, len: 0 };

    /// Whether it has no node.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.head == NIL
    }
}

impl Default for List {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// Any number of lists over the same nodes, each node in at most one of them.
///
/// All operations are O(1) worst case. That a node is in *a* list is checked, which one only at its
/// ends: to remove a node from the inside of another list than the given one, or to use an old copy
/// of a [`List`], is an error of the caller that leaves wrong lengths and ends. No misuse makes a
/// walk endless: the links of linked nodes agree whatever lists are handed in.
pub struct Lists<'a> {
    nodes: &'a mut [Links],
}

impl<'a> Lists<'a> {
    /// Nodes in no list. O(capacity).
    #[must_use]
    pub fn new(memory: &'a mut [Links]) -> Self {
        let nodes = addressable(memory);
        nodes.fill(Links::EMPTY);
        Self { nodes }
    }

    /// Appends a node; `false`, and nothing changes, when it is in a list or beyond the capacity,
    /// or when `list` is visibly out of date.
    #[inline]
    pub fn push_back(&mut self, list: &mut List, node: u32) -> bool {
        if self.nodes.get(at(node)).is_none_or(|links| links.prev != UNLINKED) {
            return false;
        }
        let tail = list.tail;
        match self.nodes.get_mut(at(tail)) {
            Some(links) if links.prev != UNLINKED && links.next == NIL => links.next = node,
            None if tail == NIL => list.head = node,
            _ => return false,
        }
        if let Some(links) = self.nodes.get_mut(at(node)) {
            *links = Links { prev: tail, next: NIL };
        }
        list.tail = node;
        list.len = list.len.wrapping_add(1);
        true
    }

    /// Appends a node that is known to be in no list; no change beyond the capacity.
    #[inline]
    pub fn append(&mut self, list: &mut List, node: u32) {
        let last = list.tail;
        let Some(links) = self.nodes.get_mut(at(node)) else { return };
        *links = Links { prev: last, next: NIL };
        match self.nodes.get_mut(at(last)) {
            Some(links) => links.next = node,
            None => list.head = node,
        }
        list.tail = node;
        list.len = list.len.wrapping_add(1);
    }

    /// The same for some nodes, in this order, of which each lies within the capacity.
    #[inline(always)] // The nodes come from where they are.
    pub(crate) fn append_all(
        &mut self,
        list: &mut List,
        nodes: impl ExactSizeIterator<Item = u32> + DoubleEndedIterator,
    ) {
        let (tail, number) = (list.tail, count(nodes.len()));
        let mut nodes = nodes.rev();
        let Some(last) = nodes.next() else { return };
        let (mut here, mut next) = (last, NIL);
        loop {
            let before = nodes.next();
            if let Some(links) = self.nodes.get_mut(at(here)) {
                *links = Links { prev: before.unwrap_or(tail), next };
            }
            next = here;
            match before {
                Some(node) => here = node,
                None => break,
            }
        }
        match self.nodes.get_mut(at(tail)) {
            Some(links) => links.next = here,
            None => list.head = here,
        }
        list.tail = last;
        list.len = list.len.wrapping_add(number);
    }

    /// Takes a node out of its list; `false`, and nothing changes, when it is in no list, or
    /// visibly in another one.
    #[inline]
    pub fn remove(&mut self, list: &mut List, node: u32) -> bool {
        let Some(&Links { prev, next }) = self.nodes.get(at(node)) else { return false };
        let is_head = prev == NIL;
        let is_tail = next == NIL;
        if prev == UNLINKED || is_head != (list.head == node) || is_tail != (list.tail == node) {
            return false;
        }
        self.join(list, prev, next);
        if let Some(links) = self.nodes.get_mut(at(node)) {
            *links = Links::EMPTY;
        }
        list.len = list.len.saturating_sub(1);
        true
    }

    /// Takes a node out of the list it is known to be in; no change beyond the capacity.
    #[inline]
    pub fn unlink(&mut self, list: &mut List, node: u32) {
        let Some(links) = self.nodes.get_mut(at(node)) else { return };
        let Links { prev, next } = core::mem::replace(links, Links::EMPTY);
        self.join(list, prev, next);
        list.len = list.len.wrapping_sub(1);
    }

    /// Takes a node out of the list it is known to be in, and appends it to another one; no change
    /// beyond the capacity.
    #[inline]
    pub fn pass_on(&mut self, from: &mut List, to: &mut List, node: u32) {
        let last = to.tail;
        let Some(links) = self.nodes.get_mut(at(node)) else { return };
        let Links { prev, next } = core::mem::replace(links, Links { prev: last, next: NIL });
        self.join(from, prev, next);
        from.len = from.len.wrapping_sub(1);
        match self.nodes.get_mut(at(last)) {
            Some(links) => links.next = node,
            None => to.head = node,
        }
        to.tail = node;
        to.len = to.len.wrapping_add(1);
    }

    /// Passes the first node of a list on to the end of another one, and answers it; `None`, and
    /// nothing changes, when the list is empty.
    #[inline(always)] // In the few places where a slot is taken over.
    pub fn pass_first(&mut self, from: &mut List, to: &mut List) -> Option<u32> {
        let (node, last) = (from.head, to.tail);
        let links = self.nodes.get_mut(at(node))?;
        let next = links.next;
        *links = Links { prev: last, next: NIL };
        match self.nodes.get_mut(at(next)) {
            Some(links) => links.prev = NIL,
            None => from.tail = NIL,
        }
        match self.nodes.get_mut(at(last)) {
            Some(links) => links.next = node,
            None => to.head = node,
        }
        (from.head, to.tail) = (next, node);
        from.len = from.len.wrapping_sub(1);
        to.len = to.len.wrapping_add(1);
        Some(node)
    }

    /// Takes the first node out; `None` when the list is empty.
    #[inline]
    pub fn pop_front(&mut self, list: &mut List) -> Option<u32> {
        let node = list.head;
        let links = self.nodes.get_mut(at(node))?;
        let next = links.next;
        if links.prev != NIL || (next == NIL) != (list.tail == node) {
            return None;
        }
        *links = Links::EMPTY;
        match self.nodes.get_mut(at(next)) {
            Some(links) => links.prev = NIL,
            None => list.tail = NIL,
        }
        list.head = next;
        list.len = list.len.wrapping_sub(1);
        Some(node)
    }

    /// The node after this one; `None` at the tail and for a node in no list. Ask before removing.
    #[inline]
    #[must_use]
    pub fn next(&self, node: u32) -> Option<u32> {
        self.nodes.get(at(node)).map(|links| links.next).filter(|&n| n != NIL)
    }

    /// The node before this one; `None` at the head and for a node in no list.
    #[inline]
    #[must_use]
    pub fn prev(&self, node: u32) -> Option<u32> {
        self.nodes.get(at(node)).map(|links| links.prev).filter(|&n| n < UNLINKED)
    }

    /// Whether a node is in a list.
    #[inline]
    #[must_use]
    pub fn contains(&self, node: u32) -> bool {
        self.nodes.get(at(node)).is_some_and(|links| links.prev != UNLINKED)
    }

    /// Nodes are below this number.
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> u32 {
        count(self.nodes.len())
    }

    /// The nodes of a list from head to tail; at most `list.len` steps whatever was misused.
    pub fn iter(&self, list: &List) -> impl Iterator<Item = u32> {
        let first = Some(list.head).filter(|&node| self.contains(node));
        core::iter::successors(first, |&node| self.next(node)).take(at(list.len))
    }

    /// Makes two nodes neighbours; [`NIL`] on a side stands for that end of the list.
    fn join(&mut self, list: &mut List, prev: u32, next: u32) {
        match self.nodes.get_mut(at(prev)) {
            Some(links) => links.next = next,
            None => list.head = next,
        }
        match self.nodes.get_mut(at(next)) {
            Some(links) => links.prev = prev,
            None => list.tail = prev,
        }
    }
}
