#![forbid(unsafe_code)]
//! Many first nodes taken out at once, against taking out each.

use super::tree::{Dice, check, steps};
use super::*;

/// Leaves so many behind; answers which.
fn leave(trees: &mut Trees<'_>, tree: &mut Tree, many: usize) -> Vec<u32> {
    let mut left = Vec::new();
    let mut node = tree.first().map_or(NIL, |first| first.0);
    while left.len() < many && node != NIL {
        left.push(node);
        node = trees.leave(node);
    }
    trees.cut(tree, node);
    left
}

#[test]
fn every_prefix_of_many_trees_is_cut() {
    let mut dice = Dice(3);
    for n in 0..80_u32 {
        for many in 0..=at(n) {
            let mut memory = vec![TreeNode::EMPTY; 128];
            let mut trees = Trees::new(&mut memory);
            let mut tree = Tree::EMPTY;
            // Some are taken out again, so that it is not as flat as it can be.
            for node in 0..n + n / 3 {
                let level = i64::try_from(dice.roll(40)).unwrap();
                assert!(trees.insert(&mut tree, node, level, node.into()));
            }
            while check(&trees, &tree).0.len() > at(n) {
                let node = u32::try_from(dice.roll(u64::from(n + n / 3))).unwrap();
                trees.remove(&mut tree, node);
            }
            let mut nodes = check(&trees, &tree).0;
            let rest = nodes.split_off(many);
            assert_eq!(leave(&mut trees, &mut tree, many), nodes);
            assert_eq!(check(&trees, &tree).0, rest);
            assert!(nodes.iter().all(|&node| !trees.contains(node)));
        }
    }
}

/// The thinnest trees there are, which turn most often.
#[test]
fn every_prefix_of_the_thinnest_tree_is_cut() {
    fn thin(height: u32, from: i64, depth: u32, mirrored: bool, out: &mut Vec<(u32, i64)>) -> i64 {
        if height == 0 {
            return from;
        }
        let low = height.saturating_sub(2);
        let (left, right) = if mirrored { (low, height - 1) } else { (height - 1, low) };
        let own = thin(left, from, depth + 1, mirrored, out);
        out.push((depth, own));
        thin(right, own + 1, depth + 1, mirrored, out)
    }
    for mirrored in [false, true] {
        let mut keys = Vec::new();
        thin(11, 0, 0, mirrored, &mut keys);
        keys.sort_unstable();
        for many in 0..=keys.len() {
            let mut memory = vec![TreeNode::EMPTY; keys.len()];
            let mut trees = Trees::new(&mut memory);
            let mut tree = Tree::EMPTY;
            for &(_, place) in &keys {
                assert!(trees.insert(&mut tree, u32::try_from(place).unwrap(), -place, 0));
            }
            assert_eq!(leave(&mut trees, &mut tree, many).len(), many);
            let rest: Vec<u32> = (0..count(keys.len())).skip(many).collect();
            assert_eq!(check(&trees, &tree).0, rest);
        }
    }
}

#[test]
fn long_histories_with_cuts_stay_balanced() {
    const CAPACITY: u32 = 3_000;
    let mut memory = vec![TreeNode::EMPTY; at(CAPACITY)];
    let mut trees = Trees::new(&mut memory);
    let mut tree = Tree::EMPTY;
    let mut dice = Dice(9);
    for step in 0..steps() {
        let node = u32::try_from(dice.roll(CAPACITY.into())).unwrap();
        let level = i64::try_from(dice.roll(700)).unwrap();
        if !trees.insert(&mut tree, node, level, step) && dice.roll(3) == 0 {
            trees.remove(&mut tree, node);
        }
        if dice.roll(40) == 0 {
            let mut nodes = check(&trees, &tree).0;
            let many = at(u32::try_from(dice.roll(130)).unwrap()).min(nodes.len());
            let rest = nodes.split_off(many);
            assert_eq!(leave(&mut trees, &mut tree, many), nodes);
            assert_eq!(check(&trees, &tree).0, rest);
        }
    }
}
