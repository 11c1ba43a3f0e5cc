#![forbid(unsafe_code)]
//! Trails against a list in which every peak is moved one by one.

use super::super::balance::Branch;
use super::tree::{Dice, shape, steps};
use super::*;

/// A follower as one would write it.
#[derive(Clone, Copy, Debug)]
struct Plain {
    node: u32,
    number: u64,
    behind: Behind,
    peak: i64,
}

impl Plain {
    fn level(&self) -> i64 {
        let ticks = match self.behind {
            Behind::Ticks(ticks) => i128::from(ticks),
            Behind::Parts(parts) => {
                let wide = i128::from(self.peak).abs() * i128::from(parts);
                ((wide + 999_999_999) / 1_000_000_000).max(1)
            }
        };
        i64::try_from(i128::from(self.peak) - ticks).unwrap_or(i64::MIN)
    }
}

/// Trails over shared nodes and, beside each, its plain list.
struct Twin<'a> {
    trails: Trails<'a>,
    pairs: Vec<(Trail, Vec<Plain>)>,
    numbers: u64,
}

impl<'a> Twin<'a> {
    fn new(memory: &'a mut [TrailNode], pairs: usize) -> Self {
        let pairs = vec![(Trail::EMPTY, Vec::new()); pairs];
        Self { trails: Trails::new(memory), pairs, numbers: 0 }
    }

    /// At a value not above any peak it was raised to.
    fn append(&mut self, which: usize, node: u32, behind: Behind, value: i64) {
        self.numbers += 3;
        let (number, free) = (self.numbers, !self.trails.contains(node));
        let (trail, plain) = &mut self.pairs[which];
        let fits = free && node < self.trails.capacity();
        assert_eq!(self.trails.append(trail, node, number, behind, value), fits);
        if fits {
            plain.push(Plain { node, number, behind, peak: value });
        }
    }

    fn raise(&mut self, which: usize, value: i64) {
        let (trail, plain) = &mut self.pairs[which];
        self.trails.raise(trail, value);
        plain.iter_mut().for_each(|p| p.peak = p.peak.max(value));
    }

    fn remove(&mut self, which: usize, place: usize) {
        let (trail, plain) = &mut self.pairs[which];
        if place < plain.len() {
            let node = plain.remove(place).node;
            assert!(self.trails.remove(trail, node));
            assert!(!self.trails.remove(trail, node));
        }
    }

    fn set_behind(&mut self, which: usize, place: usize, behind: Behind) {
        let (trail, plain) = &mut self.pairs[which];
        if let Some(p) = plain.get_mut(place) {
            p.behind = behind;
            assert!(self.trails.set_behind(trail, p.node, behind));
        }
    }

    /// What everybody may ask.
    fn answers(&self, which: usize) {
        let (trail, plain) = &self.pairs[which];
        // Of equal ones the last of the reverse: the first.
        let best = plain.iter().rev().max_by_key(|p| p.level());
        let head = best.map(|p| (p.node, p.level()));
        assert_eq!(self.trails.head(trail), head);
        assert_eq!(trail.level(), head.map_or(i64::MIN, |h| h.1));
        let least = plain.last().map_or(i64::MAX, |p| p.peak);
        assert_eq!(trail.raise_above(), least);
        assert_eq!(trail.is_empty(), plain.is_empty());
    }

    /// Every peak and level, and everything the nodes know.
    fn whole(&self, which: usize) {
        self.answers(which);
        let (trail, plain) = &self.pairs[which];
        assert!(self.trails.iter(trail).eq(plain.iter().map(|p| p.node)));
        for p in plain {
            assert_eq!(self.trails.peak_of(trail, p.node), Some(p.peak));
            assert_eq!(self.trails.level_of(trail, p.node), Some(p.level()));
            assert_eq!(self.trails.get(p.node), Some((p.number, p.behind)));
        }
        assert_eq!(shape(self.trails.nodes, trail.root).0, plain.len());
        self.folds(trail, plain, trail.root, false);
        let mut here = trail.root;
        while let Some(n) = self.trails.nodes.get(at(here)) {
            assert!(!n.branch.covers, "what comes later hangs here");
            here = n.branch.right;
        }
    }

    /// The shortest distances below every node; the best level where no node rides and no cover
    /// above holds it back. Answers how many nodes there are below.
    fn folds(&self, trail: &Trail, plain: &[Plain], top: u32, covered: bool) -> usize {
        let Some(n) = self.trails.nodes.get(at(top)) else { return 0 };
        let Branch { left, right, .. } = n.branch;
        let inside = covered || n.branch.covers;
        let lefts = self.folds(trail, plain, left, inside);
        let own = &plain[lefts..];
        let all = lefts + 1 + self.folds(trail, &own[1..], right, inside);
        let plain = &plain[..all];
        let ticks = plain.iter().filter_map(|p| match p.behind {
            Behind::Ticks(ticks) => Some(ticks),
            Behind::Parts(_) => None,
        });
        let parts = plain.iter().filter_map(|p| match p.behind {
            Behind::Ticks(_) => None,
            Behind::Parts(parts) => Some(parts),
        });
        let shortest = n.shortest();
        assert_eq!(shortest.ticks, ticks.min().unwrap_or(1 << 62));
        assert_eq!(shortest.parts, parts.min().unwrap_or(u32::MAX));
        // Who rides too is told of, with the peak of before: otherwise a change could end below.
        let below =
            [left, right].map(|i| self.trails.nodes.get(at(i)).map_or(i64::MIN, |n| n.best));
        let known = if n.branch.covers { shortest } else { n.own() }.level(n.peak);
        let best = if n.branch.covers { known } else { known.max(below[0]).max(below[1]) };
        assert!(covered || n.best == best);
        let rides = |p: &Plain| p.peak == trail.raise_above();
        assert!(!n.branch.covers || plain.iter().all(|p| rides(p) == rides(&plain[0])));
        if !covered && plain.iter().all(|p| p.peak > trail.raise_above()) {
            assert_eq!(n.best, plain.iter().map(Plain::level).max().unwrap());
            assert!(!n.branch.covers || plain.iter().all(|p| p.peak == n.peak));
        }
        all
    }
}

/// Every history of five steps with values from -1 to 2: arming with three distances, removal of
/// one of three places, a shorter distance.
#[test]
fn every_short_history() {
    const OPS: u32 = 11;
    const LENGTH: u32 = 5;
    for history in 0..OPS.pow(LENGTH) {
        let mut memory = [TrailNode::EMPTY; 9];
        let mut twin = Twin::new(&mut memory, 1);
        let mut value = 0;
        // Three are in, so that turns happen.
        for (node, value) in [(6, 1), (7, 1), (8, 0)] {
            twin.append(0, node, Behind::Ticks(2), value);
        }
        let mut rest = history;
        for step in 0..LENGTH {
            match rest % OPS {
                op @ 0..3 => {
                    let behinds = [Behind::Ticks(1), Behind::Ticks(3), Behind::Parts(900_000_000)];
                    twin.append(0, step, behinds[at(op)], value);
                }
                op @ 3..7 => {
                    value = i64::from(op) - 4;
                    twin.raise(0, value);
                }
                op @ 7..10 => twin.remove(0, at(op - 7)),
                _ => twin.set_behind(0, 1, Behind::Parts(1)),
            }
            rest /= OPS;
            // Those that share their beginning were looked at there.
            if rest == 0 {
                twin.whole(0);
            }
        }
    }
}

/// Values and distances of a run: how far the values go, what share of distances is in parts.
struct Scene {
    base: i64,
    range: u64,
    parts_of_ten: u64,
    waits: bool,
}

impl Scene {
    fn value(&self, dice: &mut Dice) -> i64 {
        self.base + i64::try_from(dice.roll(self.range)).unwrap()
    }

    fn behind(&self, dice: &mut Dice) -> Behind {
        if dice.roll(10) < self.parts_of_ten {
            let scale = 10_u64.pow(u32::try_from(dice.roll(9)).unwrap());
            Behind::Parts(u32::try_from(dice.roll(10) * scale).unwrap())
        } else {
            Behind::Ticks(1 + i64::try_from(dice.roll(self.range)).unwrap())
        }
    }
}

const SCENES: [Scene; 6] = [
    Scene { base: 0, range: 6, parts_of_ten: 0, waits: false },
    Scene { base: -3, range: 7, parts_of_ten: 10, waits: true },
    Scene { base: 1_000_000, range: 50, parts_of_ten: 5, waits: false },
    Scene { base: -2_000_000, range: 5_000, parts_of_ten: 5, waits: true },
    // Magnitudes whose parts do not fit 64 bits.
    Scene { base: 1 << 60, range: 300, parts_of_ten: 7, waits: false },
    Scene { base: -(1 << 60), range: 1 << 40, parts_of_ten: 7, waits: true },
];

/// Random steps; the value wanders, jumps and stays, the followers become many and few.
fn wander(scene: &Scene, capacity: u32, steps: u64, look: u64, dice: &mut Dice) {
    let mut memory = vec![TrailNode::EMPTY; at(capacity)];
    let mut twin = Twin::new(&mut memory, 2);
    let mut values = [scene.value(dice), scene.value(dice)];
    let mut unseen = [scene.waits; 2];
    for step in 0..steps {
        let which = usize::try_from(dice.roll(2)).unwrap();
        let place = dice.roll(twin.pairs[which].1.len().max(1).try_into().unwrap());
        let place = usize::try_from(place).unwrap();
        let grows = (step / (u64::from(capacity) * 8)).is_multiple_of(2);
        match dice.roll(16) {
            0..4 => {
                let move_by = i64::try_from(dice.roll(3)).unwrap() - 1;
                let jump = dice.roll(8) == 0;
                values[which] = if jump { scene.value(dice) } else { values[which] + move_by };
                unseen[which] = false;
                twin.raise(which, values[which]);
            }
            op @ 4..12 if grows == (op < 10) => {
                let node = u32::try_from(dice.roll(u64::from(capacity) + 1)).unwrap();
                let value = if unseen[which] { Trails::UNSEEN } else { values[which] };
                twin.append(which, node, scene.behind(dice), value);
            }
            4..12 => twin.remove(which, place),
            12 => twin.set_behind(which, place, scene.behind(dice)),
            13 => {
                // What fires: the head, until the head stays behind the value.
                let (trail, plain) = &twin.pairs[which];
                if let Some((node, _)) = twin.trails.head(trail) {
                    let place = plain.iter().position(|p| p.node == node).unwrap();
                    twin.remove(which, place);
                }
            }
            _ => twin.answers(which),
        }
        if step % look == 0 {
            twin.whole(0);
            twin.whole(1);
        }
    }
}

#[test]
fn random_histories_of_few() {
    let mut dice = Dice(2);
    for scene in &SCENES {
        for capacity in [3, 8, 20] {
            wander(scene, capacity, steps() / 4, 1, &mut dice);
        }
    }
}

#[test]
fn random_histories_of_many() {
    let mut dice = Dice(3);
    for scene in &SCENES {
        wander(scene, 400, steps(), 500, &mut dice);
    }
}

#[test]
fn one_value_moves_all_and_each_falls_in_turn() {
    const N: u32 = 1 << 12;
    let mut memory = vec![TrailNode::EMPTY; at(N)];
    let mut twin = Twin::new(&mut memory, 1);
    // Each at a lower value than the one before: nobody rides with another.
    for node in 0..N {
        twin.append(0, node, Behind::Ticks(10), 1_000_000 - i64::from(node));
    }
    twin.whole(0);
    for value in (0..N).step_by(100).map(|below| 1_000_000 - i64::from(N - below)) {
        twin.raise(0, value);
        twin.answers(0);
    }
    twin.raise(0, 2_000_000);
    twin.whole(0);
    // All level: they go in the order in which they came.
    for node in 0..N {
        assert_eq!(twin.trails.head(&twin.pairs[0].0), Some((node, 1_999_990)));
        twin.remove(0, 0);
    }
    assert_eq!(twin.pairs[0].0, Trail::EMPTY);
}

/// Tick by tick, below 0 and above: shares and ticks take turns as the shortest distance, which is
/// worked out anew when it changes only.
#[test]
fn a_share_is_worked_out_when_it_changes() {
    const LIMIT: i64 = 3_000;
    for parts in [0, 1, 999_999, 1_000_000, 3_141_592, 27_182_818, 500_000_000, 1_000_000_000] {
        for ticks in [None, Some(1), Some(7), Some(40)] {
            let mut memory = [TrailNode::EMPTY; 2];
            let mut twin = Twin::new(&mut memory, 1);
            twin.append(0, 0, Behind::Parts(parts), -LIMIT);
            if let Some(ticks) = ticks {
                twin.append(0, 1, Behind::Ticks(ticks), -LIMIT);
            }
            let (mut worked_out, mut changes, mut before) = (0, 0, None);
            for value in 1 - LIMIT..LIMIT {
                worked_out += u32::from(value > twin.pairs[0].0.until);
                twin.raise(0, value);
                twin.answers(0);
                let near = value - twin.pairs[0].0.level();
                changes += u32::from(before.replace(near) != Some(near));
            }
            // Around 0 it is hard to say.
            assert!(parts == 0 || worked_out <= changes + 3, "{parts} {ticks:?} {worked_out}");
        }
    }
}

#[test]
fn misuse_of_trails_changes_nothing() {
    let mut memory = [TrailNode::EMPTY; 4];
    let mut trails = Trails::new(&mut memory);
    let mut trail = Trail::EMPTY;
    let behind = Behind::Ticks(1);
    assert_eq!((trails.head(&trail), trails.capacity()), (None, 4));
    assert!(!trails.remove(&mut trail, 0) && !trails.set_behind(&mut trail, 0, behind));
    for bad in [Behind::Ticks(0), Behind::Ticks(-1), Behind::Parts(1_000_000_001)] {
        assert!(!trails.append(&mut trail, 0, 1, bad, 5));
    }
    assert!(!trails.append(&mut trail, 0, 1, behind, i64::MAX));
    assert!(trails.append(&mut trail, 0, 1, behind, 5));
    let before = trail;
    assert!(!trails.append(&mut trail, 0, 2, behind, 5));
    assert!(!trails.append(&mut trail, 4, 2, behind, 5));
    assert!(!trails.append(&mut trail, 1, 1, behind, 5));
    assert!(!trails.append(&mut trail, 1, 2, behind, 6));
    assert!(!trails.set_behind(&mut trail, 0, Behind::Ticks(0)));
    let mut other = Trail::EMPTY;
    assert!(!trails.remove(&mut other, 0));
    assert!(trails.append(&mut other, 1, 1, behind, 9));
    let mut old = other;
    assert!(trails.remove(&mut other, 1) && !trails.remove(&mut old, 1));
    assert!(!trails.append(&mut old, 2, 9, behind, 9) && trails.head(&old).is_none());
    assert_eq!((trail, other), (before, Trail::EMPTY));
    assert_eq!(
        (trails.peak_of(&trail, 2), trails.level_of(&trail, 9), trails.get(2)),
        (None, None, None)
    );
}
