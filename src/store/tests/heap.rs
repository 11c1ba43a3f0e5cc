#![forbid(unsafe_code)]
//! Heaps against ordered sets.

use std::cmp::Reverse;

use super::*;

type Key = (Reverse<i64>, u64, u32);

/// What to do, on which two heaps, with which node and key; keys often tie.
fn op() -> impl Strategy<Value = (u8, (usize, usize), u32, (i64, u64))> {
    (0..8_u8, (0..3_usize, 0..3_usize), 0..25_u32, (-3..3_i64, 0..3_u64))
}

/// Order, parent links and ranks of one heap; answers its nodes.
fn check(heaps: &Heaps<'_>, root: u32) -> BTreeSet<u32> {
    let mut seen = BTreeSet::new();
    let mut todo: Vec<(u32, u32)> = vec![(root, NIL)];
    while let Some((node, parent)) = todo.pop() {
        let Some(n) = heaps.nodes.get(at(node)) else { continue };
        assert!(seen.insert(node));
        assert_eq!(n.parent, parent);
        let rank = |i: u32| heaps.nodes.get(at(i)).map_or(0, |n| n.rank);
        assert!(rank(n.left) >= rank(n.right));
        assert_eq!(n.rank, rank(n.right) + 1);
        if parent != NIL {
            assert!(key(heaps, parent) < key(heaps, node));
        }
        todo.extend([(n.left, node), (n.right, node)]);
    }
    let rank = heaps.nodes.get(at(root)).map_or(0, |n| n.rank);
    assert!(rank <= (seen.len() + 1).ilog2());
    seen
}

fn key(heaps: &Heaps<'_>, node: u32) -> Key {
    let (level, sequence) = heaps.key(node).unwrap();
    (Reverse(level), sequence, node)
}

fn owner_of(model: &[BTreeSet<Key>], node: u32) -> Option<(usize, Key)> {
    let mut all = model.iter().enumerate().flat_map(|(i, s)| s.iter().map(move |&k| (i, k)));
    all.find(|(_, k)| k.2 == node)
}

proptest! {
    #[test]
    fn model(ops in prop::collection::vec(op(), 0..200)) {
        let mut memory = [HeapNode::EMPTY; 24];
        let mut heaps = Heaps::new(&mut memory);
        let mut roots = [NIL; 3];
        let mut model = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
        for (op, (which, other), node, (level, sequence)) in ops {
            let owner = owner_of(&model, node);
            prop_assert_eq!(heaps.contains(node), owner.is_some());
            prop_assert_eq!(heaps.key(node), owner.map(|(_, k)| (k.0.0, k.1)));
            match op {
                0..4 => {
                    let fits = owner.is_none() && node < 24;
                    let root = &mut roots[which];
                    prop_assert_eq!(heaps.insert(root, node, level, sequence), fits);
                    if fits { model[which].insert((Reverse(level), sequence, node)); }
                }
                4 => {
                    let first = model[which].pop_first().map(|k| (k.2, k.0.0));
                    prop_assert_eq!(heaps.pop(&mut roots[which]), first);
                }
                5..7 => {
                    // A wrong root is refused or harmless.
                    let is_root = owner.is_some_and(|(o, _)| roots[o] == node);
                    let removable = owner.is_some_and(|(o, _)| o == which || !is_root);
                    prop_assert_eq!(heaps.remove(&mut roots[which], node), removable);
                    if let (true, Some((o, k))) = (removable, owner) { model[o].remove(&k); }
                }
                _ => {
                    let b = roots[other];
                    let fits = which != other || b == NIL;
                    prop_assert_eq!(heaps.meld(&mut roots[which], b), fits);
                    if fits && which != other {
                        roots[other] = NIL;
                        let moved = std::mem::take(&mut model[other]);
                        model[which].extend(moved);
                    }
                }
            }
            for (&root, expected) in roots.iter().zip(&model) {
                let nodes: BTreeSet<u32> = expected.iter().map(|k| k.2).collect();
                prop_assert_eq!(check(&heaps, root), nodes);
                prop_assert_eq!(heaps.peek(root), expected.first().map(|k| (k.2, k.0.0)));
            }
        }
    }

    #[test]
    fn sorts(levels in prop::collection::vec(any::<i64>(), 0..300)) {
        let mut memory = vec![HeapNode::EMPTY; levels.len()];
        let mut heaps = Heaps::new(&mut memory);
        let mut root = NIL;
        for (node, &level) in (0..).zip(&levels) {
            prop_assert!(heaps.insert(&mut root, node, level, u64::from(node)));
        }
        let popped: Vec<_> = std::iter::from_fn(|| heaps.pop(&mut root)).collect();
        let mut sorted: Vec<(u32, i64)> = (0..).zip(levels).collect();
        sorted.sort_by_key(|&(node, level)| (Reverse(level), node));
        prop_assert_eq!(popped, sorted);
    }
}

#[test]
fn deep_heaps_stay_leftist_under_removal_from_the_bottom() {
    // Levels that rise leave a chain of left children, the deepest tree there is.
    let mut memory = vec![HeapNode::EMPTY; 4096];
    let n = 4096;
    let mut heaps = Heaps::new(&mut memory);
    let mut root = NIL;
    for node in 0..n {
        assert!(heaps.insert(&mut root, node, i64::from(node), 0));
    }
    assert_eq!(heaps.nodes[at(root)].rank, 1);
    for node in (0..n).step_by(2) {
        assert!(heaps.remove(&mut root, node) && !heaps.remove(&mut root, node));
    }
    assert_eq!(check(&heaps, root).len(), 2048);
}

#[test]
fn stale_roots_are_refused() {
    let mut memory = [HeapNode::EMPTY; 4];
    let mut heaps = Heaps::new(&mut memory);
    let mut root = NIL;
    for node in 0..3 {
        assert!(heaps.insert(&mut root, node, 0, u64::from(node)));
    }
    for mut stale in [1, 2, 3, 4, NIL - 1] {
        assert_eq!((heaps.peek(stale), heaps.pop(&mut stale)), (None, None));
        assert!(!heaps.insert(&mut stale, 3, 0, 0));
        assert!(!heaps.meld(&mut stale, root) && !heaps.meld(&mut root, stale));
    }
    let mut other = NIL;
    assert!(!heaps.remove(&mut other, 0) && !heaps.insert(&mut other, 4, 0, 0));
    assert_eq!((check(&heaps, root).len(), other, root), (3, NIL, 0));
}
