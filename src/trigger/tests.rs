//! Tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

use std::vec;
use std::vec::Vec;

mod scan;
mod trail;

use super::*;
use crate::num::{Lots, Nanos, Ratio, Ticks};
use crate::order::Trail;
use crate::status::{PositionSide, Status, TriggerAction, TriggerKind, TriggerState};
use crate::store::{Hash64, Id, Links, List, Slot, TrailNode, TreeNode};

const CAPACITY: usize = 12;

struct Room {
    slots: Vec<Slot<Trigger>>,
    nodes: Vec<TreeNode>,
    riders: Vec<TrailNode>,
    wakes: Vec<TreeNode>,
    links: Vec<Links>,
    stalled: Vec<Links>,
    queues: Vec<Queues>,
    backlog: Vec<Links>,
}

impl Room {
    fn new() -> Self {
        Self::of(CAPACITY)
    }

    fn of(capacity: usize) -> Self {
        Self {
            slots: vec![Slot::new(Trigger::EMPTY); capacity],
            nodes: vec![TreeNode::EMPTY; capacity],
            riders: vec![TrailNode::EMPTY; capacity],
            wakes: vec![TreeNode::EMPTY; capacity],
            links: vec![Links::EMPTY; capacity],
            stalled: vec![Links::EMPTY; capacity],
            queues: vec![Queues::EMPTY; 2],
            backlog: vec![Links::EMPTY; 2],
        }
    }

    fn triggers(&mut self) -> Triggers<'_> {
        let memory = TriggerMemory {
            slots: &mut self.slots,
            nodes: &mut self.nodes,
            riders: &mut self.riders,
            wakes: &mut self.wakes,
            links: &mut self.links,
            stalled: &mut self.stalled,
            queues: &mut self.queues,
            backlog: &mut self.backlog,
        };
        Triggers::new(memory, 3, 1 << 24)
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
    while let Some((slot, price)) = next_fire(triggers, symbol) {
        triggers.fire(slot, Lots(1), Nanos(5));
        fired.push((slot, triggers.get(slot).unwrap().level.0, price.0));
    }
    fired
}

/// The next one to fire, after what wakes before it.
fn next_fire(triggers: &mut Triggers<'_>, symbol: u32) -> Option<(u32, Ticks)> {
    loop {
        match triggers.next_work(symbol)? {
            Work::Fire(slot, price) => return Some((slot, price)),
            Work::Wake(slot, price) => triggers.wake(slot, price),
        }
    }
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
        assert_eq!(next_fire(&mut triggers, 1), None);
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
    assert_eq!(next_fire(&mut triggers, 0), None);
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
        |t, _| t.reach(0, Ticks(4), Ticks(4)),
        |t, slot| {
            t.reach(0, Ticks(4), Ticks(4));
            t.reach(0, Ticks(9), Ticks(9));
            assert!(t.get(slot).is_some());
        },
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
