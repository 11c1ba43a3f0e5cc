//! Tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

use std::collections::BTreeMap;
use std::vec;
use std::vec::Vec;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

mod trail;

use super::*;
use crate::num::{Lots, Nanos, Ratio, Ticks};
use crate::order::Trail;
use crate::status::{PositionSide, Status, TriggerAction, TriggerKind, TriggerState};
use crate::store::{Hash64, HeapNode, Id, Links, List, NIL, Slot};

const CAPACITY: usize = 12;

struct Room {
    slots: Vec<Slot<Trigger>>,
    nodes: Vec<HeapNode>,
    peaks: Vec<HeapNode>,
    links: Vec<Links>,
    stalled: Vec<Links>,
    queues: Vec<Queues>,
    backlog: Vec<Links>,
}

impl Room {
    fn new() -> Self {
        Self {
            slots: vec![Slot::new(Trigger::EMPTY); CAPACITY],
            nodes: vec![HeapNode::EMPTY; CAPACITY],
            peaks: vec![HeapNode::EMPTY; CAPACITY],
            links: vec![Links::EMPTY; CAPACITY],
            stalled: vec![Links::EMPTY; CAPACITY],
            queues: vec![Queues::EMPTY; 2],
            backlog: vec![Links::EMPTY; 2],
        }
    }

    fn triggers(&mut self) -> Triggers<'_> {
        let memory = TriggerMemory {
            slots: &mut self.slots,
            nodes: &mut self.nodes,
            peaks: &mut self.peaks,
            links: &mut self.links,
            stalled: &mut self.stalled,
            queues: &mut self.queues,
            backlog: &mut self.backlog,
        };
        Triggers::new(memory, 3)
    }
}

fn trigger(direction: Direction, level: i64) -> Trigger {
    Trigger { direction, level: Ticks(level), action: TriggerAction::Close, ..Trigger::EMPTY }
}

/// Arms triggers of one direction, in this order; answers their slots.
fn arm_all(triggers: &mut Triggers<'_>, direction: Direction, levels: &[i64]) -> Vec<u32> {
    let mut list = List::EMPTY;
    let arm = |&level| triggers.arm(&trigger(direction, level), Some(&mut list)).unwrap().0;
    levels.iter().map(arm).collect()
}

/// Fires all that is reached; answers the levels in the order of firing, and the prices.
fn drain(triggers: &mut Triggers<'_>, symbol: u32) -> Vec<(u32, i64, i64)> {
    let mut fired = Vec::new();
    while let Some((slot, price)) = triggers.next_fire(symbol) {
        triggers.fire(slot, Lots(1), Nanos(5));
        fired.push((slot, triggers.get(slot).unwrap().level.0, price.0));
    }
    fired
}

#[test]
fn directions_of_kinds_and_sides() {
    let (long, short) = (PositionSide::Long, PositionSide::Short);
    let (stop, target) = (TriggerKind::StopLoss, TriggerKind::TakeProfit);
    let all = [(long, stop), (long, target), (short, stop), (short, target)];
    assert_eq!(all.map(|(side, kind)| Direction::of(side, kind)), Direction::ALL);
    // Longs are watched on the bid, shorts on the ask.
    let prices = Direction::ALL.map(|d| d.price(Ticks(10), Ticks(12)).0);
    assert_eq!(prices, [10, 10, 12, 12]);
    let crossed = |price| Direction::ALL.map(|d| d.is_crossed(Ticks(price), Ticks(7)));
    assert_eq!(crossed(6), [true, false, false, true]);
    assert_eq!(crossed(7), [true; 4]);
    assert_eq!(crossed(8), [false, true, true, false]);
}

#[test]
fn the_best_level_fires_first_then_the_first_armed() {
    for direction in Direction::ALL {
        let mut room = Room::new();
        let mut triggers = room.triggers();
        let slots = arm_all(&mut triggers, direction, &[100, 103, 97, 100, 103, 98]);
        let rises = matches!(direction, Direction::BidRise | Direction::AskRise);
        // Far beyond all, then only the last ones.
        let price = Ticks(if rises { 102 } else { 98 });
        triggers.reach(0, price, price);
        assert_eq!(triggers.next_fire(1), None);
        let fired = drain(&mut triggers, 0);
        let best = |order: &[usize]| order.iter().map(|&i| slots[i]).collect::<Vec<u32>>();
        let expected = if rises { best(&[2, 5, 0, 3]) } else { best(&[1, 4, 0, 3, 5]) };
        assert_eq!(fired.iter().map(|f| f.0).collect::<Vec<u32>>(), expected, "{direction:?}");
        assert!(fired.iter().all(|f| f.2 == price.0));
        let last = *slots.get(if rises { 1 } else { 2 }).unwrap();
        let left = triggers.get(last).unwrap();
        assert_eq!((left.state, left.fired_at), (TriggerState::Armed, Nanos::ZERO));
        let gone = triggers.get(slots[0]).unwrap();
        assert_eq!(
            (gone.state, gone.left, gone.fired_at),
            (TriggerState::Fired, Lots(1), Nanos(5))
        );
    }
}

#[test]
fn one_quote_fires_the_directions_in_their_order() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    for direction in Direction::ALL.into_iter().rev() {
        arm_all(&mut triggers, direction, &[10]);
    }
    triggers.reach(0, Ticks(10), Ticks(10));
    let fired = drain(&mut triggers, 0);
    let order: Vec<Direction> =
        fired.iter().map(|f| triggers.get(f.0).unwrap().direction).collect();
    assert_eq!(order, Direction::ALL);
}

#[test]
fn a_price_that_comes_back_has_fired() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let falls = arm_all(&mut triggers, Direction::BidFall, &[95, 90]);
    let rises = arm_all(&mut triggers, Direction::BidRise, &[105]);
    triggers.reach(0, Ticks(91), Ticks(91));
    triggers.reach(0, Ticks(106), Ticks(106));
    triggers.reach(0, Ticks(100), Ticks(100));
    // The farthest price of each direction, not the last.
    assert_eq!(drain(&mut triggers, 0), [(falls[0], 95, 91), (rises[0], 105, 106)]);
    // Worked off, it is forgotten: a new trigger beyond the old price waits.
    let late = arm_all(&mut triggers, Direction::BidFall, &[92])[0];
    assert_eq!(triggers.next_fire(0), None);
    triggers.reach(0, Ticks(92), Ticks(92));
    assert_eq!(drain(&mut triggers, 0), [(late, 92, 92)]);
}

#[test]
fn a_cancel_of_a_reached_trigger_wins() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let mut list = List::EMPTY;
    let slots = [95, 96]
        .map(|level| triggers.arm(&trigger(Direction::BidFall, level), Some(&mut list)).unwrap().0);
    triggers.reach(0, Ticks(90), Ticks(90));
    triggers.remove(slots[1], Some(&mut list));
    assert_eq!(drain(&mut triggers, 0), [(slots[0], 95, 90)]);
}

#[test]
fn a_moved_trigger_stands_behind_its_equals() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let slots = arm_all(&mut triggers, Direction::AskRise, &[50, 51, 51, 51]);
    triggers.relocate(slots[0], Ticks(51));
    triggers.relocate(slots[2], Ticks(51));
    triggers.reach(0, Ticks(60), Ticks(60));
    let fired: Vec<u32> = drain(&mut triggers, 0).iter().map(|f| f.0).collect();
    assert_eq!(fired, [1, 3, 0, 2].map(|i: usize| slots[i]));
    // Armed again, it is the last one once more.
    triggers.rearm(slots[3]);
    triggers.rearm(slots[1]);
    triggers.reach(0, Ticks(51), Ticks(51));
    let fired: Vec<u32> = drain(&mut triggers, 0).iter().map(|f| f.0).collect();
    assert_eq!(fired, [slots[3], slots[1]]);
}

#[test]
fn refused_closes_wait_in_order() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let mut list = List::EMPTY;
    let slots = [1, 2, 3, 4, 5]
        .map(|level| triggers.arm(&trigger(Direction::BidFall, level), Some(&mut list)).unwrap().0);
    for slot in slots {
        triggers.fire(slot, Lots(1), Nanos(1));
        triggers.stall(slot);
    }
    triggers.stall(slots[0]);
    assert_eq!((triggers.stalled(), triggers.is_stalled(slots[2])), (5, true));
    triggers.rearm(slots[1]);
    triggers.remove(slots[3], Some(&mut list));
    assert_eq!((triggers.stalled(), triggers.is_stalled(slots[1])), (3, false));
    assert_eq!(triggers.pop_stalled(), Some(slots[0]));
    triggers.stall(slots[0]);
    let order: Vec<u32> = core::iter::from_fn(|| triggers.pop_stalled()).collect();
    assert_eq!(order, [slots[2], slots[4], slots[0]]);
    assert_eq!((triggers.stalled(), triggers.is_stalled(slots[0])), (0, false));
}

#[test]
fn the_backlog_is_worked_off_in_turn() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    assert_eq!(triggers.first_backlog(), None);
    triggers.set_backlog(1, true);
    triggers.set_backlog(0, true);
    triggers.set_backlog(1, true);
    assert_eq!((triggers.first_backlog(), triggers.has_backlog(0)), (Some(1), true));
    triggers.set_backlog(1, false);
    triggers.set_backlog(1, false);
    assert_eq!((triggers.first_backlog(), triggers.has_backlog(1)), (Some(0), false));
}

#[test]
fn ids_go_stale_and_a_full_table_refuses() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let mut list = List::EMPTY;
    let (slot, id) = triggers.arm(&trigger(Direction::BidFall, 1), Some(&mut list)).unwrap();
    assert_eq!((triggers.resolve(id), triggers.get(slot).unwrap().id), (Ok(slot), id));
    for level in 1..12 {
        triggers.arm(&trigger(Direction::BidFall, level), Some(&mut list)).unwrap();
    }
    assert!(triggers.arm(&trigger(Direction::BidFall, 1), Some(&mut list)).is_none());
    assert_eq!((list.len, triggers.closers()), (12, 12));
    triggers.remove(slot, Some(&mut list));
    triggers.remove(slot, Some(&mut list));
    assert_eq!((triggers.resolve(id), list.len, triggers.closers()), (Err(Status::Stale), 11, 11));
    assert_eq!(triggers.resolve(Id::NONE), Err(Status::Unknown));
}

#[test]
fn closed_lots_count_down_to_zero() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let slot = arm_all(&mut triggers, Direction::BidFall, &[5])[0];
    triggers.fire(slot, Lots(10), Nanos(1));
    for (qty, left) in [(4, 6), (5, 1), (9, 0)] {
        triggers.note_closed(slot, Lots(qty));
        assert_eq!(triggers.get(slot).unwrap().left, Lots(left));
    }
}

#[test]
fn armed_again_it_closes_what_is_left() {
    for (qty, again) in [(10, 6), (0, 0)] {
        let mut room = Room::new();
        let mut triggers = room.triggers();
        let new = Trigger { qty: Lots(qty), ..trigger(Direction::BidFall, 5) };
        let (slot, _) = triggers.arm(&new, Some(&mut List::EMPTY.clone())).unwrap();
        triggers.fire(slot, Lots(10), Nanos(1));
        triggers.set_order(slot, Id::from_raw(7));
        assert_eq!(triggers.closers(), 0);
        triggers.note_closed(slot, Lots(4));
        triggers.rearm(slot);
        let armed = triggers.get(slot).unwrap();
        assert_eq!((armed.qty, armed.state), (Lots(again), TriggerState::Armed));
        assert_eq!((armed.order, triggers.closers()), (Id::NONE, 1));
    }
}

/// A trigger of the naive model.
#[derive(Clone, Copy)]
struct Plain {
    direction: Direction,
    level: i64,
    sequence: u64,
    number: u64,
    armed: bool,
    closes: bool,
    ordered: bool,
    /// Of a trailing stop the distance in ticks or in parts per 10^9.
    trail: Option<(i64, i64)>,
    peak: Option<i64>,
    owner: Option<usize>,
}

#[derive(Default)]
struct Model {
    triggers: BTreeMap<u32, Plain>,
    /// Slots of each position's triggers, in order of arming.
    owners: [Vec<u32>; 2],
    /// Farthest price, arrival, and the last price held back by a storm.
    reached: [Option<(i64, u64, Option<i64>)>; 4],
    arrivals: u64,
    sequence: u64,
}

impl Model {
    fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    fn reach(&mut self, bid: i64, ask: i64) {
        let price = |direction: Direction| direction.price(Ticks(bid), Ticks(ask)).0;
        let fires = |direction| self.best(direction, price(direction)).is_some();
        if self.reached == [None; 4] && !Direction::ALL.into_iter().any(fires) {
            Direction::ALL
                .into_iter()
                .for_each(|direction| self.follow(direction, price(direction)));
            return;
        }
        for (i, direction) in Direction::ALL.into_iter().enumerate() {
            let price = direction.price(Ticks(bid), Ticks(ask)).0;
            let farthest = match direction {
                Direction::BidFall | Direction::AskFall => i64::min,
                Direction::BidRise | Direction::AskRise => i64::max,
            };
            match self.reached[i] {
                Some((old, arrival, _)) if self.best(direction, old).is_some() => {
                    self.reached[i] = Some((farthest(old, price), arrival, Some(price)));
                }
                _ => {
                    self.arrivals += 1;
                    self.reached[i] = Some((price, self.arrivals, None));
                    self.follow(direction, price);
                }
            }
        }
    }

    /// A scan over all: every trailing stop whose peak is passed gets a new one.
    fn follow(&mut self, direction: Direction, price: i64) {
        let sells = direction == Direction::BidFall;
        let better = |a: i64, b: i64| if sells { a > b } else { a < b };
        let mut passed: Vec<(Option<i64>, u64, u32)> = Vec::new();
        for (&slot, t) in &self.triggers {
            let waits = t.armed && t.direction == direction && t.trail.is_some();
            if waits && t.peak.is_none_or(|peak| better(price, peak)) {
                passed.push((t.peak.map(|p| if sells { p } else { -p }), t.number, slot));
            }
        }
        passed.sort_unstable();
        for (_, _, slot) in passed {
            let sequence = self.next_sequence();
            let t = self.triggers.get_mut(&slot).unwrap();
            let (ticks, parts) = t.trail.unwrap();
            let share = (i128::from(price.abs()) * i128::from(parts)).div_euclid(1_000_000_000);
            let whole = share * 1_000_000_000 == i128::from(price.abs()) * i128::from(parts);
            let share = i64::try_from(share).unwrap() + i64::from(!whole);
            let offset = if ticks > 0 { ticks } else { share.max(1) };
            let level = if sells { price - offset } else { price + offset };
            assert!(t.peak.is_none() || level == t.level || better(level, t.level));
            (t.peak, t.level, t.sequence) = (Some(price), level, sequence);
        }
    }

    /// A scan over all: of a direction the best level, armed first.
    fn best(&self, direction: Direction, price: i64) -> Option<u32> {
        let placed = |t: &Plain| t.armed && (t.trail.is_none() || t.peak.is_some());
        let all = self.triggers.iter().filter(|(_, t)| placed(t) && t.direction == direction);
        let crossed = all.filter(|(_, t)| direction.is_crossed(Ticks(price), Ticks(t.level)));
        let best = crossed.min_by_key(|(_, t)| (-direction.normal(Ticks(t.level)), t.sequence));
        best.map(|(&slot, _)| slot)
    }

    /// Of the directions with something to fire, the one that was reached first.
    fn next_fire(&mut self) -> Option<(u32, Ticks)> {
        let mut found: Vec<(u64, u32, i64)> = Vec::new();
        let mut over: Vec<(Direction, i64)> = Vec::new();
        for (i, direction) in Direction::ALL.into_iter().enumerate() {
            let Some((price, arrival, last)) = self.reached[i] else { continue };
            match self.best(direction, price) {
                Some(slot) => found.push((arrival, slot, price)),
                None => {
                    self.reached[i] = None;
                    over.extend(last.map(|last| (direction, last)));
                }
            }
        }
        for (direction, last) in over {
            self.follow(direction, last);
        }
        found.into_iter().min().map(|(_, slot, price)| (slot, Ticks(price)))
    }

    fn closers(&self) -> usize {
        self.triggers.values().filter(|t| t.closes && !t.ordered).count()
    }
}

fn compare(triggers: &Triggers<'_>, model: &Model, lists: &[List; 2]) -> TestCaseResult {
    prop_assert_eq!(usize::try_from(triggers.closers()).unwrap(), model.closers());
    for (list, owned) in lists.iter().zip(&model.owners) {
        let first = Some(list.head).filter(|&slot| slot != NIL);
        let slots = core::iter::successors(first, |&slot| triggers.next_of_position(slot));
        prop_assert_eq!(&slots.collect::<Vec<u32>>(), owned);
    }
    prop_assert!(triggers.is_watched(0) && triggers.is_watched(1));
    for (&slot, plain) in &model.triggers {
        let has_level = plain.trail.is_none() || plain.peak.is_some();
        prop_assert_eq!(triggers.is_queued(slot), plain.armed && has_level);
        prop_assert!(triggers.is_placed_by_peak(slot) || !plain.armed);
        let trigger = triggers.get(slot).unwrap();
        prop_assert_eq!(trigger.peak, plain.peak.map(Ticks));
        prop_assert!(!has_level || trigger.level.0 == plain.level);
    }
    Ok(())
}

/// A trailing stop that wants nothing but a price: its direction and distance.
fn trailing(pick: usize, level: i64) -> (Direction, (i64, i64)) {
    let direction = if pick.is_multiple_of(2) { Direction::BidFall } else { Direction::AskRise };
    let near = level - 94;
    (direction, if pick.is_multiple_of(3) { (near, 0) } else { (0, near * 7_000_000) })
}

type Op = (u8, usize, i64, usize, bool);

fn run(ops: &[Op]) -> TestCaseResult {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    triggers.allow(0, Watch::within(Ticks(1), Ticks(Ticks::MAX)));
    let mut model = Model::default();
    let mut lists = [List::EMPTY; 2];
    for &(op, pick, level, owner, flag) in ops {
        let slots: Vec<u32> = model.triggers.keys().copied().collect();
        let picked = slots.get(pick % slots.len().max(1)).copied();
        let armed = picked.filter(|slot| model.triggers[slot].armed);
        match op {
            0..3 => {
                let direction = Direction::ALL[pick % 4];
                let action = if flag { TriggerAction::Close } else { TriggerAction::Signal };
                let new = Trigger { action, ..trigger(direction, level) };
                if let Some((slot, _)) = triggers.arm(&new, Some(&mut lists[owner])) {
                    let sequence = model.next_sequence();
                    let plain = Plain {
                        direction,
                        level,
                        sequence,
                        number: sequence,
                        armed: true,
                        closes: flag,
                        ordered: false,
                        trail: None,
                        peak: None,
                        owner: Some(owner),
                    };
                    model.triggers.insert(slot, plain);
                    model.owners[owner].push(slot);
                } else {
                    prop_assert_eq!(model.triggers.len(), CAPACITY);
                }
            }
            3 => {
                let spread = i64::try_from(pick % 3).unwrap();
                triggers.reach(0, Ticks(level), Ticks(level + spread));
                model.reach(level, level + spread);
            }
            4 | 5 => {
                // Some of what is reached fires, perhaps all.
                for _ in 0..=pick % 4 {
                    let next = triggers.next_fire(0);
                    prop_assert_eq!(next, model.next_fire());
                    let Some((slot, _)) = next else { break };
                    triggers.fire(slot, Lots(2), Nanos(1));
                    model.triggers.get_mut(&slot).unwrap().armed = false;
                }
            }
            6 => {
                let fixed = armed.filter(|slot| model.triggers[slot].trail.is_none());
                if let Some(slot) = fixed {
                    triggers.relocate(slot, Ticks(level));
                    let sequence = model.next_sequence();
                    let plain = model.triggers.get_mut(&slot).unwrap();
                    (plain.level, plain.sequence) = (level, sequence);
                }
            }
            7 => {
                // A signal is done when it fires: it never has an order.
                let closing = picked.filter(|slot| model.triggers[slot].closes);
                if let Some(slot) = closing.filter(|_| armed.is_none()) {
                    let order = if flag { Id::from_raw(7) } else { Id::NONE };
                    triggers.set_order(slot, order);
                    model.triggers.get_mut(&slot).unwrap().ordered = flag;
                }
            }
            8 => {
                let fixed = picked.filter(|slot| model.triggers[slot].trail.is_none());
                if let Some(slot) = fixed.filter(|_| armed.is_none()) {
                    triggers.rearm(slot);
                    let sequence = model.next_sequence();
                    let plain = model.triggers.get_mut(&slot).unwrap();
                    (plain.armed, plain.ordered, plain.sequence) = (true, false, sequence);
                }
            }
            9..12 => {
                let (direction, trail) = trailing(pick, level);
                let new = Trigger {
                    kind: TriggerKind::TrailingStop,
                    action: TriggerAction::Release,
                    trail: Trail { offset: Ticks(trail.0), ratio: Ratio(trail.1) },
                    ..trigger(direction, 0)
                };
                if let Some((slot, _)) = triggers.arm(&new, None) {
                    let sequence = model.next_sequence();
                    let plain = Plain {
                        direction,
                        level: 0,
                        sequence,
                        number: sequence,
                        armed: true,
                        closes: false,
                        ordered: false,
                        trail: Some(trail),
                        peak: None,
                        owner: None,
                    };
                    model.triggers.insert(slot, plain);
                }
            }
            _ => {
                if let Some(slot) = picked {
                    let owner = model.triggers[&slot].owner;
                    triggers.remove(slot, owner.map(|owner| &mut lists[owner]));
                    model.triggers.remove(&slot);
                    if let Some(owner) = owner {
                        model.owners[owner].retain(|&other| other != slot);
                    }
                }
            }
        }
        compare(&triggers, &model, &lists)?;
    }
    Ok(())
}

proptest! {
    #[test]
    fn model(ops in prop::collection::vec(
        (0..13_u8, 0..1_000_usize, 95..105_i64, 0..2_usize, any::<bool>()), 1..150,
    )) {
        run(&ops)?;
    }
}

#[test]
fn what_was_reached_and_what_waits_is_in_the_digest() {
    let digest = |change: fn(&mut Triggers<'_>, u32)| {
        let mut room = Room::new();
        let mut triggers = room.triggers();
        let slot = arm_all(&mut triggers, Direction::BidFall, &[5, 5])[0];
        change(&mut triggers, slot);
        let mut hash = Hash64::new(1);
        triggers.digest(&mut hash);
        hash.finish()
    };
    let changes: [fn(&mut Triggers<'_>, u32); 7] = [
        |_, _| {},
        |t, _| t.reach(0, Ticks(5), Ticks(5)),
        |t, _| t.reach(0, Ticks(4), Ticks(4)),
        |t, slot| t.relocate(slot, Ticks(5)),
        |t, slot| t.fire(slot, Lots(1), Nanos(1)),
        |t, slot| t.stall(slot),
        |t, _| t.set_backlog(1, true),
    ];
    let mut digests: Vec<u64> = changes.into_iter().map(digest).collect();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), changes.len());
}
