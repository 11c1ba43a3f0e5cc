#![forbid(unsafe_code)]
//! Retained records against lists of the standard library.

use proptest::test_runner::TestCaseResult;

use super::*;

/// Record of the model: slot, id, key, value, whether it ended; oldest first.
#[derive(Clone, Copy, Debug)]
struct Kept {
    slot: u32,
    id: Id,
    key: u64,
    value: u64,
}

#[derive(Default)]
struct Model {
    live: VecDeque<Kept>,
    ended: VecDeque<Kept>,
    /// Slots by age of their records, oldest first.
    ages: Vec<u32>,
    gone: Vec<Id>,
    high_water: usize,
}

impl Model {
    fn len(&self) -> usize {
        self.live.len() + self.ended.len()
    }

    fn of(&self, slot: u32) -> Option<Kept> {
        self.live.iter().chain(&self.ended).find(|kept| kept.slot == slot).copied()
    }

    /// The youngest record with this key.
    fn find(&self, key: u64) -> Option<u32> {
        let has = |slot: &u32| self.of(*slot).is_some_and(|kept| kept.key == key);
        if key == 0 { None } else { self.ages.iter().rev().copied().find(has) }
    }

    fn insert(&mut self, kept: Kept, capacity: usize) {
        if self.len() == capacity {
            let evicted = self.ended.pop_front().unwrap();
            assert_eq!(evicted.slot, kept.slot);
            self.ages.retain(|&slot| slot != evicted.slot);
            self.gone.push(evicted.id);
        }
        assert!(self.of(kept.slot).is_none());
        self.live.push_back(kept);
        self.ages.push(kept.slot);
        self.high_water = self.high_water.max(self.len());
    }

    fn set_ended(&mut self, slot: u32, ended: bool) {
        let (from, to) = if ended {
            (&mut self.live, &mut self.ended)
        } else {
            (&mut self.ended, &mut self.live)
        };
        if let Some(i) = from.iter().position(|kept| kept.slot == slot) {
            to.extend(from.remove(i));
        }
    }
}

struct Room {
    slots: Vec<Slot<Entry<u64>>>,
    index: Vec<IndexNode>,
    links: Vec<Links>,
}

impl Room {
    fn new(capacity: usize) -> Self {
        Self {
            slots: vec![Slot::new(Entry::new(0)); capacity],
            index: vec![IndexNode::EMPTY; capacity],
            links: vec![Links::EMPTY; capacity],
        }
    }

    fn table(&mut self, seed: u64) -> Retained<'_, u64> {
        let Self { slots, index, links } = self;
        Retained::new(RetainedMemory { slots, index, links }, TAG, IdKind::Order, seed)
    }
}

fn check(table: &Retained<'_, u64>, model: &Model) -> TestCaseResult {
    prop_assert_eq!((at(table.live()), at(table.ended())), (model.live.len(), model.ended.len()));
    prop_assert_eq!((at(table.len()), table.is_empty()), (model.len(), model.len() == 0));
    prop_assert_eq!(at(table.high_water()), model.high_water);
    prop_assert_eq!(at(table.available()), at(table.capacity()) - model.live.len());
    prop_assert!(table.iter_live().eq(model.live.iter().map(|kept| kept.slot)));
    prop_assert_eq!(table.first_live(), model.live.front().map(|kept| kept.slot));
    for list in [&model.live, &model.ended] {
        for (i, kept) in list.iter().enumerate() {
            prop_assert_eq!(table.next(kept.slot), list.get(i + 1).map(|next| next.slot));
            prop_assert_eq!(table.resolve(kept.id), Ok(kept.slot));
        }
    }
    for slot in 0..table.capacity() + 1 {
        let kept = model.of(slot);
        prop_assert_eq!(table.get(slot).copied(), kept.map(|kept| kept.value));
        let ended = model.ended.iter().any(|kept| kept.slot == slot);
        prop_assert_eq!(table.is_ended(slot), ended);
    }
    for id in &model.gone {
        prop_assert_eq!(table.resolve(*id), Err(IdError::Stale));
    }
    for key in 0..5 {
        prop_assert_eq!(table.find(key), model.find(key));
    }
    prop_assert_eq!(table.iter().count(), model.len());
    Ok(())
}

proptest! {
    #[test]
    fn model(capacity in 0..6_usize, seed in 0..3_u64,
             ops in prop::collection::vec((0..6_u8, 0..7_u32, 0..4_u64), 0..80)) {
        let mut room = Room::new(capacity);
        let mut table = room.table(seed);
        let mut model = Model::default();
        for (i, (op, slot, key)) in ops.into_iter().enumerate() {
            let value = u64::try_from(i).unwrap();
            match op {
                0..3 => {
                    let mut made = None;
                    let stored = table.insert(key, |id| { made = Some(id); value });
                    prop_assert_eq!(stored.map(|(_, id)| id), made);
                    prop_assert_eq!(stored.is_some(), model.live.len() < capacity);
                    if let Some((slot, id)) = stored {
                        model.insert(Kept { slot, id, key, value }, capacity);
                    }
                }
                3 | 4 => {
                    table.set_ended(slot, true);
                    model.set_ended(slot, true);
                }
                _ => {
                    table.set_ended(slot, false);
                    model.set_ended(slot, false);
                }
            }
            check(&table, &model)?;
        }
    }
}

#[test]
fn a_record_may_be_changed_but_not_its_key() {
    let mut room = Room::new(2);
    let mut table = room.table(1);
    let (slot, id) = table.insert(9, |id| id.raw()).unwrap();
    assert_eq!(table.get(slot), Some(&id.raw()));
    *table.get_mut(slot).unwrap() = 5;
    assert_eq!((table.get(slot), table.find(9)), (Some(&5), Some(slot)));
    assert_eq!(table.get_mut(1), None);
}

#[test]
fn lists_and_later_ids_are_in_the_digest() {
    let digest = |seed: u64, ends: &[u32]| {
        let mut room = Room::new(3);
        let mut table = room.table(seed);
        (0..3).for_each(|key| assert!(table.insert(key, |_| key).is_some()));
        ends.iter().for_each(|&slot| table.set_ended(slot, true));
        let mut hash = Hash64::new(1);
        table.digest(&mut hash);
        hash.finish()
    };
    assert_eq!(digest(1, &[0, 1]), digest(2, &[0, 1]));
    let all: [&[u32]; 5] = [&[], &[0], &[1], &[0, 1], &[1, 0]];
    let digests: BTreeSet<u64> = all.iter().map(|ends| digest(1, ends)).collect();
    assert_eq!(digests.len(), all.len());
}
