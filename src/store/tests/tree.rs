#![forbid(unsafe_code)]
//! Trees against ordered sets.

use std::cmp::Reverse;

use super::super::balance::{Branch, Knot};
use super::*;

type Key = (Reverse<i64>, u64, u32);

/// Numbers that look random and are the same in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, faces: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix64(self.0) % faces
    }
}

/// Steps of the long random runs.
pub(super) fn steps() -> u64 {
    std::env::var("OMS_STEPS").map_or(20_000, |s| s.parse().unwrap())
}

/// Balance and parent links of the nodes of one tree; answers how many they are and its height.
pub(super) fn shape<N: Knot>(nodes: &[N], root: u32) -> (usize, u32) {
    let mut heights: HashMap<u32, i16> = HashMap::from([(NIL, 0)]);
    let mut todo = vec![(root, NIL, false)];
    while let Some((node, parent, back)) = todo.pop() {
        let Some(&Branch { left, right, balance, parent: above, .. }) =
            nodes.get(at(node)).map(N::branch)
        else {
            continue;
        };
        if back {
            let (l, r) = (heights[&left], heights[&right]);
            assert_eq!(balance, r - l);
            assert!(balance.abs() <= 1);
            assert!(heights.insert(node, l.max(r) + 1).is_none());
        } else {
            assert_eq!(above, parent);
            todo.extend([(node, parent, true), (left, node, false), (right, node, false)]);
        }
    }
    let height = u32::try_from(heights[&root]).unwrap();
    let nodes = heights.len() - 1;
    assert!(height <= bound(nodes));
    (nodes, height)
}

/// Shape, order and the first node of one tree; answers its nodes and its height.
pub(super) fn check(trees: &Trees<'_>, tree: &Tree) -> (Vec<u32>, u32) {
    let (n, height) = shape(trees.nodes, tree.root);
    let nodes: Vec<u32> = trees.iter(tree).collect();
    assert_eq!(nodes.len(), n);
    assert!(nodes.is_sorted_by_key(|&node| key(trees, node)));
    let first = nodes.first().map(|&node| (node, trees.key(node).unwrap()));
    assert_eq!(tree.first().map(|(node, level, sequence)| (node, (level, sequence))), first);
    assert_eq!(tree.level(), first.map_or(i64::MIN, |f| f.1.0));
    assert_eq!(tree.is_empty(), nodes.is_empty());
    (nodes, height)
}

/// The least number of nodes of a tree of each height is a Fibonacci number less one.
fn bound(nodes: usize) -> u32 {
    let (mut fewest, mut next, mut height) = (1, 2, 0);
    while next <= nodes {
        (fewest, next) = (next, fewest + next + 1);
        height += 1;
    }
    height + u32::from(nodes >= fewest)
}

fn key(trees: &Trees<'_>, node: u32) -> Key {
    let (level, sequence) = trees.key(node).unwrap();
    (Reverse(level), sequence, node)
}

/// All ways to put `n` nodes in and to take one out of each of them.
#[test]
fn every_small_tree_stays_balanced() {
    for n in 1..=7_u32 {
        let mut order: Vec<u32> = (0..n).collect();
        let ways = (1..=n).product::<u32>();
        for way in 0..ways {
            // The permutation of this number.
            let mut rest = way;
            order.sort_unstable();
            for i in (1..n).rev() {
                order.swap(at(i), at(rest % (i + 1)));
                rest /= i + 1;
            }
            for out in 0..n {
                let mut memory = [TreeNode::EMPTY; 7];
                let mut trees = Trees::new(&mut memory);
                let mut tree = Tree::EMPTY;
                for &node in &order {
                    assert!(trees.insert(&mut tree, node, -i64::from(node / 2), node.into()));
                }
                assert_eq!(check(&trees, &tree).0, (0..n).collect::<Vec<_>>());
                assert!(trees.remove(&mut tree, out) && !trees.remove(&mut tree, out));
                let left: Vec<u32> = (0..n).filter(|&node| node != out).collect();
                assert_eq!(check(&trees, &tree).0, left);
            }
        }
    }
}

/// What to do, in which tree, with which node and key; keys often tie.
fn op() -> impl Strategy<Value = (u8, usize, u32, (i64, u64))> {
    (0..8_u8, 0..3_usize, 0..34_u32, (-3..3_i64, 0..3_u64))
}

fn owner_of(model: &[BTreeSet<Key>], node: u32) -> Option<(usize, Key)> {
    let mut all = model.iter().enumerate().flat_map(|(i, s)| s.iter().map(move |&k| (i, k)));
    all.find(|(_, k)| k.2 == node)
}

proptest! {
    #[test]
    fn model(ops in prop::collection::vec(op(), 0..300)) {
        let mut memory = [TreeNode::EMPTY; 32];
        let mut trees = Trees::new(&mut memory);
        let mut roots = [Tree::EMPTY; 3];
        let mut model = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
        for (op, which, node, (level, sequence)) in ops {
            let owner = owner_of(&model, node);
            prop_assert_eq!(trees.contains(node), owner.is_some());
            prop_assert_eq!(trees.key(node), owner.map(|(_, k)| (k.0.0, k.1)));
            let tree = &mut roots[which];
            match op {
                0..5 => {
                    let fits = owner.is_none() && node < 32;
                    prop_assert_eq!(trees.insert(tree, node, level, sequence), fits);
                    if fits { model[which].insert((Reverse(level), sequence, node)); }
                }
                5 => {
                    let first = model[which].pop_first().map(|k| (k.2, k.0.0, k.1));
                    prop_assert_eq!(trees.pop(tree), first);
                }
                _ => {
                    let owner = owner.filter(|&(o, _)| o == which);
                    if owner.is_some() || !trees.contains(node) {
                        prop_assert_eq!(trees.remove(tree, node), owner.is_some());
                    }
                    if let Some((o, k)) = owner { model[o].remove(&k); }
                }
            }
            for (tree, expected) in roots.iter().zip(&model) {
                let nodes: Vec<u32> = expected.iter().map(|k| k.2).collect();
                prop_assert_eq!(check(&trees, tree).0, nodes);
            }
        }
    }
}

#[test]
fn long_random_histories_agree_with_an_ordered_set() {
    const CAPACITY: u32 = 2_000;
    let mut memory = vec![TreeNode::EMPTY; at(CAPACITY)];
    let mut trees = Trees::new(&mut memory);
    let mut tree = Tree::EMPTY;
    let mut model: BTreeSet<Key> = BTreeSet::new();
    let mut dice = Dice(1);
    for step in 0..steps() {
        let node = u32::try_from(dice.roll(CAPACITY.into())).unwrap();
        // Times of growth and of decay.
        let grows = dice.roll(4) < if (step / 5_000).is_multiple_of(2) { 3 } else { 1 };
        match trees.key(node) {
            Some((level, sequence)) if !grows => {
                assert!(trees.remove(&mut tree, node));
                assert!(model.remove(&(Reverse(level), sequence, node)));
            }
            None if grows => {
                let level = i64::try_from(dice.roll(500)).unwrap() - 250;
                // The sequence is above all others.
                let put = if dice.roll(2) == 0 { Trees::append } else { Trees::insert };
                assert!(put(&mut trees, &mut tree, node, level, step));
                model.insert((Reverse(level), step, node));
            }
            _ if dice.roll(4) == 0 => {
                let first = model.pop_first().map(|k| (k.2, k.0.0, k.1));
                assert_eq!(trees.pop(&mut tree), first);
            }
            _ => {}
        }
        let first = model.first().map(|k| (k.2, k.0.0, k.1));
        assert_eq!(tree.first(), first);
        if step % 500 == 0 {
            assert!(check(&trees, &tree).0.into_iter().eq(model.iter().map(|k| k.2)));
        }
    }
}

#[test]
fn sorted_input_and_one_sided_removal_stay_flat() {
    let n = 1 << 12;
    let mut memory = vec![TreeNode::EMPTY; n];
    let n = u32::try_from(n).unwrap();
    for sign in [-1, 1] {
        let mut trees = Trees::new(&mut memory);
        let mut tree = Tree::EMPTY;
        for node in 0..n {
            assert!(trees.insert(&mut tree, node, sign * i64::from(node), 0));
        }
        assert_eq!(check(&trees, &tree).1, 13);
        // Every other one, then one end, then the other.
        for node in (0..n).step_by(2).chain((1..n / 2).step_by(2)) {
            assert!(trees.remove(&mut tree, node));
            assert!(node % 64 != 0 || check(&trees, &tree).1 <= 13);
        }
        while let Some((node, ..)) = trees.pop(&mut tree) {
            assert!(node % 64 != 1 || check(&trees, &tree).1 <= 12);
        }
        assert_eq!(tree, Tree::EMPTY);
    }
}

/// The tree with the fewest nodes of its height: every turn down the path at one removal.
#[test]
fn the_thinnest_tree_is_repaired_on_every_level() {
    // Thin(h): left thin(h - 1), right thin(h - 2); put in level by level.
    fn thin(height: u32, from: i64, depth: u32, out: &mut Vec<(u32, i64)>) -> i64 {
        if height == 0 {
            return from;
        }
        let own = thin(height - 1, from, depth + 1, out);
        out.push((depth, own));
        thin(height.saturating_sub(2), own + 1, depth + 1, out)
    }
    let mut keys = Vec::new();
    let size = thin(14, 0, 0, &mut keys);
    keys.sort_unstable();
    let mut memory = vec![TreeNode::EMPTY; keys.len()];
    let mut trees = Trees::new(&mut memory);
    let mut tree = Tree::EMPTY;
    for &(_, place) in &keys {
        assert!(trees.insert(&mut tree, u32::try_from(place).unwrap(), -place, 0));
    }
    assert_eq!(check(&trees, &tree).1, 14);
    let mut right = u32::try_from(size).unwrap();
    while right > 0 {
        right -= 1;
        assert!(trees.remove(&mut tree, right));
        check(&trees, &tree);
    }
}

#[test]
fn misuse_changes_nothing() {
    let mut memory = [TreeNode::EMPTY; 6];
    let mut trees = Trees::new(&mut memory);
    let mut tree = Tree::EMPTY;
    assert_eq!((tree.first(), trees.pop(&mut tree), trees.next(0)), (None, None, None));
    for node in 0..4 {
        assert!(trees.insert(&mut tree, node, 0, u64::from(node)));
        assert!(!trees.insert(&mut tree, node, 1, 0) && !trees.append(&mut tree, node, 1, 9));
    }
    let (mut other, before) = (Tree::EMPTY, tree);
    assert!(trees.insert(&mut other, 4, 9, 9));
    let mut old = other;
    assert!(!trees.insert(&mut tree, 6, 0, 0) && !trees.insert(&mut tree, NIL, 0, 0));
    assert!(!trees.append(&mut tree, 6, 0, 9) && !trees.append(&mut tree, NIL, 0, 9));
    assert!(!trees.remove(&mut tree, 4) && !trees.remove(&mut tree, 5));
    assert!(!trees.remove(&mut tree, 6) && !trees.remove(&mut other, tree.root));
    assert!(trees.remove(&mut other, 4) && !trees.remove(&mut old, 4));
    assert!(trees.pop(&mut old).is_none() && !trees.insert(&mut old, 5, 0, 0));
    assert!(!trees.append(&mut old, 5, 0, 0) && !trees.append(&mut old, 5, 10, 0));
    assert_eq!((tree, other), (before, Tree::EMPTY));
    assert_eq!(check(&trees, &tree).0, [0, 1, 2, 3]);
    assert_eq!(
        (trees.next(3), trees.next(4), trees.next(9), trees.capacity()),
        (None, None, None, 6)
    );
}
