#![forbid(unsafe_code)]
//! Each structure against a plain model from the standard library, under random operations.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::vec;
use std::vec::Vec;

use proptest::prelude::*;

use super::*;

const TAG: u16 = 0xabc;

fn slots_memory(capacity: usize) -> Vec<Slot<u64>> {
    vec![Slot::new(0); capacity]
}

fn table(memory: &mut [Slot<u64>]) -> Slots<'_, u64> {
    Slots::new(memory, TAG, IdKind::Order)
}

fn digest_of(slots: &Slots<'_, u64>) -> u64 {
    let mut hash = Hash64::new(1);
    slots.digest(&mut hash);
    hash.finish()
}

#[test]
fn many_at_once_are_as_one_by_one() {
    let (mut first, mut second) = (slots_memory(8), slots_memory(8));
    let (mut at_once, mut each) = (table(&mut first), table(&mut second));
    let (mut links, mut others) = (vec![Links::EMPTY; 8], vec![Links::EMPTY; 8]);
    let (mut lists, mut other_lists) = (Lists::new(&mut links), Lists::new(&mut others));
    let (mut list, mut other) = (List::EMPTY, List::EMPTY);
    for (round, slots) in [vec![0, 2, 3], vec![], vec![5], vec![1, 6, 4]].iter().enumerate() {
        if round == 0 {
            for value in 0..8 {
                assert_eq!(at_once.insert(value), each.insert(value));
            }
        }
        at_once.remove_all(slots.iter().copied());
        lists.append_all(&mut list, slots.iter().copied());
        for &slot in slots {
            assert!(each.remove(slot));
            other_lists.append(&mut other, slot);
        }
        assert_eq!(digest_of(&at_once), digest_of(&each));
        assert_eq!((at_once.len(), list), (each.len(), other));
        let nodes = |lists: &Lists<'_>, list: &List| lists.iter(list).collect::<Vec<_>>();
        assert_eq!(nodes(&lists, &list), nodes(&other_lists, &other));
        for node in 0..8 {
            assert_eq!(lists.prev(node), other_lists.prev(node));
        }
    }
    assert_eq!(at_once.iter_free().collect::<Vec<_>>(), [0, 2, 3, 5, 1, 6, 4]);
}

mod cut;
mod heap;
mod retained;
mod trails;
mod tree;

mod hash {
    use super::*;

    #[test]
    fn mix64_is_splitmix64() {
        // The published first outputs of SplitMix64 seeded with 1234567.
        let step = 0x9e37_79b9_7f4a_7c15_u64;
        let outputs = [1, 2, 3].map(|i| mix64(step.wrapping_mul(i).wrapping_add(1_234_567)));
        let published =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(outputs, published);
    }

    #[test]
    fn order_count_and_seed_matter() {
        let digest = |seed, words: &[u64]| {
            let mut hash = Hash64::new(seed);
            words.iter().for_each(|&w| hash.word(w));
            hash.finish()
        };
        let cases: [(u64, &[u64]); 8] = [
            (0, &[]),
            (1, &[]),
            (0, &[0]),
            (0, &[0, 0]),
            (0, &[0, 1]),
            (0, &[1, 0]),
            (1, &[1, 0]),
            (0, &[u64::MAX]),
        ];
        let digests: HashSet<u64> = cases.iter().map(|&(s, w)| digest(s, w)).collect();
        assert_eq!(digests.len(), cases.len());
    }

    #[test]
    fn conveniences_are_words() {
        let mut a = Hash64::new(7);
        a.i64(-1);
        a.u32(5);
        a.words_i128(-2);
        let mut b = Hash64::new(7);
        [u64::MAX, 5, u64::MAX - 1, u64::MAX].iter().for_each(|&w| b.word(w));
        assert_eq!(a.finish(), b.finish());
    }

    #[test]
    fn one_bit_of_input_flips_half_of_the_digest() {
        let digest = |w: u64| {
            let mut hash = Hash64::new(0);
            hash.word(w);
            hash.finish()
        };
        let flipped: u32 = (0..64)
            .flat_map(|bit| {
                (0..64_u64).map(move |w| (digest(w) ^ digest(w ^ 1 << bit)).count_ones())
            })
            .sum();
        let mean = flipped / 64;
        assert!((31 * 64..33 * 64).contains(&mean), "{mean}");
    }
}

mod ids {
    use super::*;

    proptest! {
        #[test]
        fn fields_come_back(tag in 0..=Id::TAG_MAX, kind in 1..=3_u8,
                            generation in 1..=Id::GENERATION_MAX, slot in 0..=Id::SLOT_MAX) {
            let kind = IdKind::from_number(kind).unwrap();
            let id = Id::new(tag, kind, generation, slot);
            prop_assert_eq!((id.tag(), id.kind()), (tag, Some(kind)));
            prop_assert_eq!((id.generation(), id.slot()), (generation, slot));
            prop_assert!(!id.is_none());
            prop_assert_eq!(Id::from_raw(id.raw()), id);
        }

        #[test]
        fn any_number_is_judged(raw: u64) {
            let mut memory = slots_memory(4);
            let mut slots = table(&mut memory);
            slots.insert(0);
            let id = Id::from_raw(raw);
            let verdict = slots.resolve(id);
            prop_assert_eq!(verdict.is_ok(), id == slots.id_of(0));
            prop_assert_eq!(verdict == Err(IdError::Foreign), id.tag() != TAG && raw != 0);
        }
    }

    #[test]
    fn layout() {
        let id = Id::new(0xabc, IdKind::Trigger, 0x12_3456, 0x65_4321);
        assert_eq!(id.raw(), 0xabc3_1234_5665_4321);
        assert_eq!(
            Id::new(u16::MAX, IdKind::Order, u32::MAX, u32::MAX).raw(),
            0xfff1 << 48 | !0 >> 16
        );
        assert_eq!(Id::from_raw(0x000f << 48).kind(), None);
        assert!(Id::default().is_none() && Id::NONE.kind().is_none());
        for number in 0..=u8::MAX {
            assert!(IdKind::from_number(number).is_none_or(|k| k.number() == number));
        }
    }
}

mod slots {
    use super::*;

    /// Naive: what is occupied, every id ever issued, the queue of freed slots.
    #[derive(Default)]
    struct Model {
        records: BTreeMap<u32, (Id, u64)>,
        freed: VecDeque<u32>,
        issued: Vec<Id>,
        used: u32,
    }

    fn check(slots: &Slots<'_, u64>, model: &Model) {
        assert_eq!(slots.len(), count(model.records.len()));
        assert_eq!(slots.is_empty(), model.records.is_empty());
        assert_eq!(slots.free(), slots.capacity() - slots.len());
        assert_eq!(slots.high_water(), model.used);
        assert!(slots.iter_free().eq(model.freed.iter().copied()));
        assert!(
            slots.iter().map(|(s, &v)| (s, v)).eq(model.records.iter().map(|(&s, r)| (s, r.1)))
        );
        for &id in &model.issued {
            let live = model.records.get(&id.slot()).is_some_and(|r| r.0 == id);
            let expected = if live { Ok(id.slot()) } else { Err(IdError::Stale) };
            assert_eq!(slots.resolve(id), expected);
        }
        for slot in 0..slots.capacity() + 2 {
            let record = model.records.get(&slot);
            assert_eq!(slots.get(slot), record.map(|r| &r.1));
            assert_eq!(slots.id_of(slot), record.map_or(Id::NONE, |r| r.0));
        }
    }

    proptest! {
        #[test]
        fn model(capacity in 0..6_usize,
                 ops in prop::collection::vec((any::<bool>(), 0..8_u32), 0..60)) {
            let mut memory = slots_memory(capacity);
            let mut slots = table(&mut memory);
            let mut model = Model::default();
            for (value, (insert, slot)) in (0..).zip(ops) {
                if insert {
                    let got = slots.insert(value);
                    let expected = model.freed.pop_front().or_else(|| {
                        model.used += u32::from(model.used < slots.capacity());
                        (got.is_some()).then(|| model.used - 1)
                    });
                    prop_assert_eq!(got.map(|g| g.0), expected);
                    if let Some((slot, id)) = got {
                        prop_assert!(!model.issued.contains(&id));
                        model.issued.push(id);
                        prop_assert!(model.records.insert(slot, (id, value)).is_none());
                    } else {
                        prop_assert_eq!(model.records.len(), capacity);
                    }
                } else {
                    let before = digest_of(&slots);
                    let removed = slots.remove(slot);
                    prop_assert_eq!(removed, model.records.remove(&slot).is_some());
                    prop_assert_eq!(removed, digest_of(&slots) != before);
                    model.freed.extend(removed.then_some(slot));
                }
                check(&slots, &model);
            }
        }

        #[test]
        fn restored_tables_go_on_alike(
            ops in prop::collection::vec((any::<bool>(), 0..6_u32), 0..60),
        ) {
            let (mut memory, mut memory2) = (slots_memory(6), slots_memory(6));
            let mut a = table(&mut memory);
            for (insert, slot) in ops {
                if insert { a.insert(9); } else { a.remove(slot); }
            }
            let mut b = table(&mut memory2);
            for slot in 0..a.high_water() {
                prop_assert_eq!(b.restore(a.generation(slot), a.get(slot).copied()), Some(slot));
            }
            for slot in a.iter_free() {
                prop_assert!(b.restore_free(slot) && !b.restore_free(slot));
            }
            for _ in 0..8 {
                prop_assert_eq!(digest_of(&a), digest_of(&b));
                prop_assert_eq!(a.len(), b.len());
                prop_assert_eq!(a.insert(1), b.insert(1));
            }
        }
    }

    #[test]
    fn used_memory_is_reset() {
        let mut memory = slots_memory(3);
        let mut slots = table(&mut memory);
        let empty = digest_of(&slots);
        let (_, id) = slots.insert(1).unwrap();
        slots.insert(2);
        slots.remove(1);
        let again = table(&mut memory);
        assert_eq!((again.len(), again.high_water(), digest_of(&again)), (0, 0, empty));
        assert_eq!(again.resolve(id), Err(IdError::Unknown));
        assert_eq!(again.get(0), None);
    }

    #[test]
    fn a_record_can_hold_its_id() {
        let mut memory = slots_memory(1);
        let mut slots = table(&mut memory);
        let (slot, id) = slots.insert_with(Id::raw).unwrap();
        assert_eq!(slots.get(slot), Some(&id.raw()));
        *slots.get_mut(slot).unwrap() = 4;
        assert_eq!(slots.get(slot), Some(&4));
        let mut called = false;
        let full = slots.insert_with(|_| {
            called = true;
            0
        });
        assert!(full.is_none() && !called);
    }

    #[test]
    fn reasons_of_refusal() {
        let mut memory = slots_memory(4);
        let mut slots = table(&mut memory);
        for _ in 0..3 {
            let (slot, _) = slots.insert(0).unwrap();
            slots.remove(slot);
        }
        let (slot, _) = slots.insert(0).unwrap();
        let resolve =
            |tag, kind, generation, slot| slots.resolve(Id::new(tag, kind, generation, slot));
        assert_eq!(resolve(TAG, IdKind::Order, 4, slot), Ok(slot));
        assert_eq!(resolve(TAG, IdKind::Order, 3, slot), Err(IdError::Stale));
        assert_eq!(resolve(TAG, IdKind::Order, 5, slot), Err(IdError::Unknown));
        assert_eq!(resolve(TAG, IdKind::Order, 0, slot), Err(IdError::Unknown));
        assert_eq!(resolve(TAG, IdKind::Order, 1, slot + 1), Err(IdError::Unknown));
        assert_eq!(resolve(TAG, IdKind::Order, 1, 4), Err(IdError::Unknown));
        assert_eq!(resolve(TAG, IdKind::Trigger, 4, slot), Err(IdError::Unknown));
        assert_eq!(resolve(TAG + 1, IdKind::Trigger, 4, slot), Err(IdError::Foreign));
        assert_eq!(slots.resolve(Id::NONE), Err(IdError::Unknown));
    }

    #[test]
    fn generations_wrap_past_zero() {
        let mut memory = slots_memory(1);
        let mut slots = table(&mut memory);
        assert_eq!(slots.restore(0, None), None);
        assert_eq!(slots.restore(1 << 24, None), None);
        assert_eq!(slots.restore(u32::MAX, None), None);
        assert_eq!(slots.restore(Id::GENERATION_MAX - 1, None), Some(0));
        assert_eq!(slots.restore(1, None), None);
        assert!(slots.restore_free(0));
        let last = slots.insert(0).unwrap().1;
        assert_eq!(last.generation(), Id::GENERATION_MAX);
        slots.remove(0);
        let first = slots.insert(0).unwrap().1;
        assert_eq!(first.generation(), 1);
        assert_eq!(slots.resolve(first), Ok(0));
        // All have been handed out by now, so none but the present one can be unknown.
        for generation in [2, 3, 1 << 23, Id::GENERATION_MAX] {
            let id = Id::new(TAG, IdKind::Order, generation, 0);
            assert_eq!(slots.resolve(id), Err(IdError::Stale));
        }
        slots.remove(0);
        assert_eq!(slots.resolve(first), Err(IdError::Stale));
        let second = slots.insert(0).unwrap().1;
        assert_eq!((second.generation(), slots.generation(0)), (2, 1 << 24 | 2));
    }
}

mod index {
    use super::*;

    /// The slots of a bucket.
    fn chain<'i>(index: &'i IdIndex<'_>, bucket: u32) -> impl Iterator<Item = u32> + 'i {
        let slot = |slot: u32| Some(slot).filter(|&slot| slot < index.capacity());
        let next = move |&before: &u32| slot(index.nodes[at(before)].next);
        std::iter::successors(slot(index.nodes[at(bucket)].head), next)
    }

    proptest! {
        #[test]
        fn model(capacity in 0..9_usize, seed: u64,
                 ops in prop::collection::vec((0..3_u8, 0..5_u64, 0..10_u32), 0..80)) {
            let mut memory = vec![IndexNode::EMPTY; capacity];
            // What an earlier index left behind does not show.
            let mut used = IdIndex::new(&mut memory, seed);
            (0..9).for_each(|slot| assert!(used.insert(3, slot) == (slot < used.capacity())));
            let mut index = IdIndex::new(&mut memory, seed);
            // Youngest first, as the index promises for one key.
            let mut model: HashMap<u64, VecDeque<u32>> = HashMap::new();
            for (op, key, slot) in ops {
                let in_already = model.values().any(|slots| slots.contains(&slot));
                prop_assert_eq!(index.contains(slot), in_already);
                let slots = model.entry(key).or_default();
                if op > 0 {
                    let fits = !in_already && slot < index.capacity();
                    prop_assert_eq!(index.insert(key, slot), fits);
                    if fits {
                        slots.push_front(slot);
                    }
                } else {
                    let found = slots.iter().position(|&s| s == slot);
                    prop_assert_eq!(index.remove(key, slot), found.is_some());
                    found.and_then(|i| slots.remove(i));
                }
                for key in 0..6 {
                    let slots = model.get(&key).into_iter().flatten();
                    let expected: Vec<u32> = slots.copied().collect();
                    prop_assert_eq!(index.find(key), expected.first().copied());
                    if capacity == 0 {
                        continue;
                    }
                    let of_key = |&slot: &u32| index.nodes[at(slot)].key == key;
                    let found = chain(&index, index.bucket(key)).filter(of_key);
                    prop_assert_eq!(found.collect::<Vec<_>>(), expected);
                }
            }
        }
    }

    #[test]
    fn sequential_keys_spread() {
        let capacity = 1 << 12;
        let mut memory = vec![IndexNode::EMPTY; 1 << 12];
        let mut index = IdIndex::new(&mut memory, 42);
        for slot in 0..capacity {
            assert!(index.insert(u64::from(slot) << 20, slot));
        }
        for slot in 0..capacity {
            assert_eq!(index.find(u64::from(slot) << 20), Some(slot));
        }
        let longest = (0..capacity).map(|b| chain(&index, b).count()).max().unwrap();
        assert!(longest <= 10, "{longest}");
        assert_eq!((0..capacity).map(|b| chain(&index, b).count()).sum::<usize>(), 1 << 12);
    }
}

mod list {
    use super::*;

    const NODES: u32 = 6;

    fn check(lists: &Lists<'_>, heads: &[List], model: &[VecDeque<u32>]) {
        for (list, expected) in heads.iter().zip(model) {
            assert!(lists.iter(list).eq(expected.iter().copied()));
            assert_eq!(list.len, count(expected.len()));
            assert_eq!(list.is_empty(), expected.is_empty());
            assert_eq!(list.tail, expected.back().copied().unwrap_or(NIL));
            for (i, &node) in expected.iter().enumerate() {
                assert_eq!(lists.next(node), expected.get(i + 1).copied());
                assert_eq!(lists.prev(node), i.checked_sub(1).map(|i| expected[i]));
            }
        }
        for node in 0..NODES + 2 {
            let linked = model.iter().flatten().any(|&n| n == node);
            assert_eq!(lists.contains(node), linked);
            assert!(linked || lists.next(node).or(lists.prev(node)).is_none());
        }
    }

    proptest! {
        #[test]
        fn model(ops in prop::collection::vec((0..4_u8, 0..2_usize, 0..NODES + 1), 0..80)) {
            let mut memory = [Links::EMPTY; 6];
            let mut lists = Lists::new(&mut memory);
            let mut heads = [List::default(); 2];
            let mut model = [VecDeque::new(), VecDeque::new()];
            for (op, which, node) in ops {
                let owner = model.iter().position(|l| l.contains(&node));
                let (list, expected) = (&mut heads[which], &mut model[which]);
                let fits = owner.is_none() && node < NODES;
                match op {
                    0 => {
                        prop_assert_eq!(lists.push_back(list, node), fits);
                        expected.extend(fits.then_some(node));
                    }
                    1 => prop_assert_eq!(lists.pop_front(list), expected.pop_front()),
                    // Of another list's node only the ends are told apart: that is misuse.
                    _ if owner.is_some_and(|o| o != which) => (),
                    _ => {
                        prop_assert_eq!(lists.remove(list, node), owner.is_some());
                        expected.retain(|&n| n != node);
                    }
                }
                check(&lists, &heads, &model);
            }
        }

        /// Old copies, wrong lists, anything: every walk ends and the links agree.
        #[test]
        fn misuse_makes_no_cycle(
            ops in prop::collection::vec((0..4_u8, 0..4_usize, 0..4_usize, 0..7_u32), 0..120),
        ) {
            let mut memory = [Links::EMPTY; 6];
            let mut lists = Lists::new(&mut memory);
            let mut heads = [List::EMPTY; 4];
            for (op, which, other, node) in ops {
                match op {
                    0 => { lists.push_back(&mut heads[which], node); }
                    1 => { lists.remove(&mut heads[which], node); }
                    2 => { lists.pop_front(&mut heads[which]); }
                    _ => heads[which] = heads[other],
                }
                for node in 0..NODES {
                    let walk = std::iter::successors(Some(node), |&n| lists.next(n));
                    prop_assert!(walk.take(7).count() <= 6);
                    prop_assert!(lists.next(node).is_none_or(|n| lists.prev(n) == Some(node)));
                }
            }
        }
    }

    #[test]
    fn an_end_of_another_list_is_refused() {
        let mut memory = [Links::EMPTY; 4];
        let mut lists = Lists::new(&mut memory);
        let (mut a, mut b) = (List::EMPTY, List::EMPTY);
        assert!(lists.push_back(&mut a, 0) && lists.push_back(&mut a, 1));
        assert!(lists.push_back(&mut b, 2));
        let before = b;
        assert!(!lists.remove(&mut b, 0) && !lists.remove(&mut b, 1) && !lists.remove(&mut b, 3));
        assert_eq!((b, lists.pop_front(&mut List::default())), (before, None));
    }
}

mod ring {
    use super::*;

    proptest! {
        #[test]
        fn model(capacity in 0..6_usize, ops in prop::collection::vec(0..5_u8, 0..60)) {
            let mut memory = vec![u64::MAX; capacity];
            let mut ring = Ring::new(&mut memory);
            let mut model: VecDeque<(u64, u64)> = VecDeque::new();
            let mut next = 0;
            for op in ops {
                match op {
                    0 => prop_assert_eq!(ring.pop_front(), model.pop_front().map(|m| m.1)),
                    1 => {
                        let free = capacity - model.len();
                        let start = match at(u32::try_from(next).unwrap()) {
                            0 => 0,
                            some => (some - 1) % capacity.max(1) + 1,
                        };
                        let fits = free >= 2 && start + 2 <= capacity;
                        let room = ring.append_all::<2>();
                        prop_assert_eq!(room.is_some(), fits);
                        if let Some((sequence, places)) = room {
                            prop_assert_eq!(sequence, next);
                            *places = [next * 10, next * 10 + 10];
                            model.extend([(next, next * 10), (next + 1, next * 10 + 10)]);
                            next += 2;
                        }
                    }
                    _ => {
                        prop_assert_eq!(ring.push(next * 10), next);
                        model.push_back((next, next * 10));
                        if model.len() > capacity { model.pop_front(); }
                        next += 1;
                    }
                }
                prop_assert_eq!(ring.next_sequence(), next);
                prop_assert_eq!(at(ring.len()), model.len());
                prop_assert_eq!(ring.first_sequence(), model.front().map_or(next, |m| m.0));
                prop_assert!(ring.iter().eq(model.iter().map(|m| &m.1)));
                prop_assert!(ring.iter().rev().eq(model.iter().rev().map(|m| &m.1)));
                let mut positions = BTreeSet::new();
                for sequence in 0..next + 2 {
                    let expected = model.iter().find(|m| m.0 == sequence).map(|m| m.1);
                    prop_assert_eq!(ring.get(sequence).copied(), expected);
                    prop_assert_eq!(ring.get_mut(sequence).copied(), expected);
                    if let Some(slot) = ring.slot_of(sequence) {
                        prop_assert!(positions.insert(slot) && slot < ring.capacity());
                    }
                }
                prop_assert_eq!(positions.len(), model.len());
                for n in 0..8 {
                    let expected = model.iter().rev().nth(at(n));
                    prop_assert_eq!(ring.recent(n), expected.map(|m| &m.1));
                }
            }
        }
    }

    #[test]
    fn discarding_keeps_the_numbering() {
        let mut memory = [0; 3];
        let mut ring = Ring::new(&mut memory);
        for value in 0..5 {
            ring.push(value);
        }
        *ring.get_mut(4).unwrap() = 44;
        assert_eq!((ring.recent(0), ring.recent(u32::MAX)), (Some(&44), None));
        assert_eq!(ring.discard(u32::MAX), 3);
        assert!(ring.is_empty() && ring.iter().next().is_none());
        assert_eq!((ring.push(9), ring.get(5), ring.get(4)), (5, Some(&9), None));
    }
}
