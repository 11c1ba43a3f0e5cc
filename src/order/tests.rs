//! Tests.
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may stop")]

use std::collections::{BTreeSet, VecDeque};
use std::vec;
use std::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::num::{Lots, Money, Nanos, Ticks};
use crate::status::{
    FixStatus, OrderEnd, OrderFact, OrderFlag, OrderStatus, OrderType, Request, Side, Status,
    TimeInForce,
};
use crate::store::{Entry, Hash64, HeapNode, Id, IndexNode, Links, RetainedMemory, Slot};

const SENT: u32 = OrderFact::Sent.raw();
const ACKED: u32 = SENT | OrderFact::Acked.raw();
const CANCEL: u32 = OrderFact::CancelInflight.raw();
const REPLACE: u32 = OrderFact::ReplaceInflight.raw();

/// An order of 10 with these facts.
fn order(facts: u32, end: OrderEnd, cum: i64) -> Order {
    Order { facts, end, cum_qty: Lots(cum), order_qty: Lots(10), ..Order::EMPTY }
}

fn replacement(request_id: u64, qty: i64, price: i64) -> Replacement {
    Replacement { request_id, qty: Lots(qty), price: Ticks(price), stop_price: Ticks::ZERO }
}

mod facts {
    use super::*;

    #[test]
    fn statuses_follow_from_facts() {
        use {FixStatus as Fix, OrderStatus as Is};
        let (none, cancel, expire) = (OrderEnd::None, OrderEnd::Cancel, OrderEnd::Expire);
        let (reject, fail) = (OrderEnd::Reject, OrderEnd::Fail);
        let rows = [
            (0, none, 0, Is::Pending, Fix::PendingNew),
            (SENT, none, 0, Is::Submitted, Fix::PendingNew),
            (ACKED, none, 0, Is::Open, Fix::New),
            (ACKED, none, 3, Is::PartiallyFilled, Fix::PartiallyFilled),
            (SENT, none, 3, Is::PartiallyFilled, Fix::PartiallyFilled),
            (ACKED, none, 10, Is::Filled, Fix::Filled),
            (ACKED, none, 12, Is::Filled, Fix::Filled),
            (SENT | CANCEL, none, 0, Is::PendingCancel, Fix::PendingCancel),
            (ACKED | CANCEL, none, 3, Is::PendingCancel, Fix::PendingCancel),
            (ACKED | REPLACE, none, 0, Is::PendingReplace, Fix::PendingReplace),
            (ACKED | REPLACE, none, 3, Is::PendingReplace, Fix::PendingReplace),
            (ACKED | CANCEL | REPLACE, none, 3, Is::PendingCancel, Fix::PendingCancel),
            // FILLED outranks what is pending: the exposure is certain; FIX says what is pending.
            (ACKED | CANCEL, none, 10, Is::Filled, Fix::PendingCancel),
            (ACKED | REPLACE, none, 10, Is::Filled, Fix::PendingReplace),
            (ACKED | CANCEL | REPLACE, none, 10, Is::Filled, Fix::PendingCancel),
            (ACKED, cancel, 0, Is::Cancelled, Fix::Canceled),
            (ACKED, cancel, 3, Is::Cancelled, Fix::Canceled),
            (ACKED, cancel, 10, Is::Filled, Fix::Filled),
            (ACKED, expire, 3, Is::Expired, Fix::Expired),
            (ACKED, expire, 11, Is::Filled, Fix::Filled),
            (SENT, reject, 0, Is::Rejected, Fix::Rejected),
            (SENT, reject, 3, Is::Rejected, Fix::PartiallyFilled),
            (SENT, reject, 10, Is::Rejected, Fix::Filled),
            (0, fail, 0, Is::Failed, Fix::Rejected),
        ];
        for (facts, end, cum, status, fix_status) in rows {
            let order = order(facts, end, cum);
            assert_eq!((order.status(), order.fix_status()), (status, fix_status), "{order:?}");
            let over = end != none || cum >= 10;
            assert_eq!(order.is_terminal(), over);
            assert_eq!(order.is_evictable(), over && facts & (CANCEL | REPLACE) == 0);
            let commands = Order { pending: Pending::CANCEL, ..order };
            assert!(!commands.is_evictable());
            assert_eq!(order.leaves().0, if over { 0 } else { 10 - cum });
        }
    }

    proptest! {
        #[test]
        fn the_larger_of_old_and_new_works(qty in 1..100_i64, cum in 0..120_i64, new in 0..150_i64,
                                           inflight in any::<bool>(), ended in any::<bool>()) {
            let end = if ended { OrderEnd::Cancel } else { OrderEnd::None };
            let facts = ACKED | if inflight { REPLACE } else { 0 };
            let order = Order {
                order_qty: Lots(qty),
                replace: replacement(1, new, 1),
                ..order(facts, end, cum)
            };
            let reserved = if inflight { qty.max(new) } else { qty };
            let works = if ended { 0 } else { (reserved - cum).max(0) };
            prop_assert_eq!(order.working(), Lots(works));
            prop_assert_eq!(order.leaves(), Lots(if ended { 0 } else { (qty - cum).max(0) }));
        }
    }

    #[test]
    fn quantities_at_the_edge() {
        let most = Lots(i64::MAX);
        let order = Order { order_qty: most, ..order(ACKED, OrderEnd::None, 0) };
        assert_eq!((order.working(), order.leaves()), (most, most));
        let filled = Order { cum_qty: most, ..order };
        assert_eq!((filled.working(), filled.status()), (Lots(0), OrderStatus::Filled));
        let one = Booking { qty: Lots(1), value: 1, commission: Money(1) };
        assert!(filled.with_fill(&one).is_err());
        let paid = Order { commission: Money(i64::MAX), ..order };
        assert!(paid.with_fill(&one).is_err());
        let mut rich = Order { notional: i128::MAX, ..order };
        let before = rich;
        assert!(rich.fill(&one, Nanos(1)).is_err());
        assert_eq!(rich, before);
    }
}

mod requests {
    use super::*;

    #[test]
    fn before_sending_a_cancel_ends_it_here() {
        let mut order = Order { pending: Pending::NEW, ..order(0, OrderEnd::None, 0) };
        assert_eq!(order.may_cancel(5), Ok(true));
        order.request_cancel(5, Nanos(9));
        assert_eq!((order.status(), order.end), (OrderStatus::Cancelled, OrderEnd::Cancel));
        assert!(order.pending.is_empty() && order.is_evictable());
        assert_eq!((order.facts, order.updated_at), (0, Nanos(9)));
        assert_eq!(order.may_cancel(5), Err(Status::Terminal));
    }

    #[test]
    fn before_sending_a_replace_edits_it_in_place() {
        let mut order = Order { pending: Pending::NEW, ..order(0, OrderEnd::None, 0) };
        let new = replacement(5, 7, 101);
        assert_eq!(order.may_replace(&new), Ok(true));
        order.request_replace(&new, Nanos(9));
        assert_eq!((order.order_qty, order.price), (Lots(7), Ticks(101)));
        assert_eq!((order.status(), order.pending), (OrderStatus::Pending, Pending::NEW));
        assert_eq!((order.working(), order.facts), (Lots(7), 0));
    }

    #[test]
    fn one_request_at_a_time() {
        let mut order = order(ACKED, OrderEnd::None, 3);
        let new = replacement(5, 20, 101);
        order.request_replace(&new, Nanos(9));
        assert_eq!(
            (order.status(), order.pending),
            (OrderStatus::PendingReplace, Pending::REPLACE)
        );
        // The larger one is reserved, the old one stands.
        assert_eq!(
            (order.order_qty, order.working(), order.leaves()),
            (Lots(10), Lots(17), Lots(7))
        );
        assert_eq!(order.may_replace(&new), Ok(false));
        assert_eq!(order.may_replace(&replacement(5, 21, 101)), Err(Status::Pending));
        assert_eq!(order.may_replace(&replacement(6, 20, 101)), Err(Status::Pending));
        let mut handed_out = Order { pending: Pending::default(), ..order };
        // A cancel withdraws a replace that nobody has seen, and goes beside one that was sent.
        order.request_cancel(6, Nanos(10));
        assert_eq!((order.pending, order.is(OrderFact::ReplaceInflight)), (Pending::CANCEL, false));
        handed_out.request_cancel(6, Nanos(10));
        assert!(handed_out.is(OrderFact::ReplaceInflight));
        for order in [order, handed_out] {
            assert_eq!(order.status(), OrderStatus::PendingCancel);
            assert_eq!(order.may_cancel(6), Ok(false));
            assert_eq!(order.may_cancel(7), Err(Status::Pending));
            assert_eq!(order.may_replace(&replacement(8, 20, 101)), Err(Status::Pending));
        }
        assert_eq!((order.working(), handed_out.working()), (Lots(7), Lots(17)));
    }

    #[test]
    fn a_kill_reaches_what_may_still_be_executed() {
        let kill = |order: Order| {
            assert!(order.may_kill());
            let mut order = order;
            order.kill(9, Nanos(1));
            assert!(!order.may_kill() && order.cancel_id == 9 || order.is_evictable());
            (order.pending, order.status())
        };
        let live = order(ACKED, OrderEnd::None, 3);
        assert_eq!(kill(live), (Pending::CANCEL, OrderStatus::PendingCancel));
        let unsent = Order { pending: Pending::NEW, ..order(0, OrderEnd::None, 0) };
        assert_eq!(kill(unsent), (Pending::default(), OrderStatus::Cancelled));
        let mut growing = order(ACKED, OrderEnd::None, 10);
        assert!(!growing.may_kill());
        growing.request_replace(&replacement(1, 20, 5), Nanos(1));
        assert_eq!(kill(growing), (Pending::default(), OrderStatus::Filled));
        let sent = Order { pending: Pending::default(), ..growing };
        assert_eq!(kill(sent), (Pending::CANCEL, OrderStatus::Filled));
        assert!(!order(ACKED, OrderEnd::Expire, 3).may_kill());
        assert!(!order(ACKED | CANCEL, OrderEnd::None, 3).may_kill());
    }

    #[test]
    fn a_filled_order_may_only_grow() {
        let order = order(ACKED, OrderEnd::None, 10);
        assert_eq!(order.may_cancel(1), Err(Status::Terminal));
        assert_eq!(order.may_replace(&replacement(1, 10, 5)), Err(Status::Terminal));
        assert_eq!(order.may_replace(&replacement(1, 11, 5)), Ok(true));
        let ended = Order { end: OrderEnd::Cancel, ..order };
        assert_eq!(ended.may_replace(&replacement(1, 11, 5)), Err(Status::Terminal));
    }
}

mod terms {
    use super::*;

    fn request() -> OrderSubmit {
        OrderSubmit {
            client_id: 1,
            tag: 2,
            position: Id::from_raw(3),
            parent: Id::from_raw(4),
            qty: Lots(5),
            price: Ticks(6),
            expire_at: Nanos(7),
            symbol: 8,
            scope: 9,
            venue: 10,
            flags: OrderFlag::ReduceOnly.raw(),
            side: Side::Buy.raw(),
            order_type: OrderType::Market.raw(),
            time_in_force: TimeInForce::Day.raw(),
            ..OrderSubmit::EMPTY
        }
    }

    #[test]
    fn the_fingerprint_differs_by_every_field_but_the_client_id() {
        let base = request();
        let (sell, limit) = (Side::Sell.raw(), OrderType::Limit.raw());
        let others = [
            base,
            OrderSubmit { tag: 99, ..base },
            OrderSubmit { position: Id::from_raw(99), ..base },
            OrderSubmit { parent: Id::from_raw(99), ..base },
            OrderSubmit { qty: Lots(99), ..base },
            OrderSubmit { price: Ticks(99), ..base },
            OrderSubmit { expire_at: Nanos(99), ..base },
            OrderSubmit { symbol: 99, ..base },
            OrderSubmit { scope: 99, ..base },
            OrderSubmit { venue: 99, ..base },
            OrderSubmit { flags: OrderFlag::PostOnly.raw(), ..base },
            OrderSubmit { side: sell, ..base },
            OrderSubmit { order_type: limit, ..base },
            OrderSubmit { time_in_force: TimeInForce::Gtc.raw(), ..base },
            // Values that change places.
            OrderSubmit { tag: 3, position: Id::from_raw(2), ..base },
            OrderSubmit { qty: Lots(6), price: Ticks(5), ..base },
            OrderSubmit { symbol: 9, scope: 8, ..base },
        ];
        let print = |request: &OrderSubmit| Terms::decode(request).unwrap().fingerprint();
        let prints: BTreeSet<u64> = others.iter().map(print).collect();
        assert_eq!(prints.len(), others.len());
        let mut again = OrderSubmit { client_id: 99, ..base };
        again.header.now = Nanos(99);
        assert_eq!(print(&again), print(&base));
        let order = Order::new(&Terms::decode(&base).unwrap(), Nanos(1));
        let reduces = OrderFlag::ReduceOnly.is_in(order.flags);
        assert_eq!((order.fingerprint(), reduces), (print(&base), true));
    }

    #[test]
    fn requests_are_decoded_or_refused() {
        let base = request();
        let refused = |request: OrderSubmit| Terms::decode(&request).unwrap_err();
        let most = 1_i64 << 60;
        assert!(
            Terms::decode(&OrderSubmit { qty: Lots(most), price: Ticks(-most), ..base }).is_ok()
        );
        assert_eq!(refused(OrderSubmit { qty: Lots(most + 1), ..base }), Status::Range);
        assert_eq!(refused(OrderSubmit { price: Ticks(i64::MIN), ..base }), Status::Range);
        assert_eq!(refused(OrderSubmit { side: 0, ..base }), Status::Enum);
        assert_eq!(refused(OrderSubmit { order_type: 8, ..base }), Status::Enum);
        assert_eq!(refused(OrderSubmit { time_in_force: 2, ..base }), Status::Enum);
        assert_eq!(refused(OrderSubmit { flags: 16, ..base }), Status::Enum);
        assert_eq!(refused(OrderSubmit { hold: 2, ..base }), Status::Enum);
        assert_eq!(refused(OrderSubmit { reserved0: 1, side: 0, ..base }), Status::Reserved);
        assert_eq!(refused(OrderSubmit { stop_price: Ticks(-most - 1), ..base }), Status::Range);
        assert_eq!(refused(OrderSubmit { take_profit: Ticks(most + 1), ..base }), Status::Range);
        let mut framed = base;
        framed.header.size += 1;
        assert_eq!(refused(framed), Status::Size);
        framed.header.kind += 1;
        assert_eq!(refused(framed), Status::Kind);
    }
}

mod executions {
    use super::*;

    fn execution(exec_id: u64, qty: i64) -> Execution {
        let order = Id::from_raw(1);
        Execution { exec_id, order, qty: Lots(qty), price: Ticks(5), ..Execution::EMPTY }
    }

    #[test]
    fn facts_are_compared() {
        let (order, qty, price) = (Id::from_raw(1), Lots(1), Ticks(5));
        let kept = execution(7, 1);
        assert!(kept.is_same(order, qty, price));
        assert!(kept.is_same(Id::NONE, qty, price), "an unknown order contradicts nothing");
        assert!(!kept.is_same(Id::from_raw(2), qty, price));
        assert!(!kept.is_same(order, Lots(2), price));
        assert!(!kept.is_same(order, qty, Ticks(6)));
    }

    #[test]
    fn a_chain_of_corrections_is_followed_while_it_is_kept() {
        let (mut ring, mut index) = ([Execution::EMPTY; 3], [IndexNode::EMPTY; 3]);
        let mut executions = Executions::new(&mut ring, &mut index, 1);
        for (id, next) in [(7, 1), (8, 2)] {
            let state = ExecutionState::Corrected(next);
            executions.push(&Execution { state, ..execution(id, 1) });
            assert!(!executions.has_forgotten(1));
        }
        executions.push(&execution(9, 1));
        for id in [7, 8, 9] {
            assert_eq!(executions.current(id).unwrap().exec_id, 9);
        }
        assert_eq!(executions.sequence_of(9), Some(2));
        executions.push(&execution(10, 1));
        assert!(executions.has_forgotten(1) && !executions.has_forgotten(2), "the oldest leaves");
        assert_eq!(executions.current(7), None);
        assert_eq!(executions.recent(0).unwrap().exec_id, 10);
    }

    #[test]
    fn a_gap_is_accounted_for_in_parts_without_a_rest() {
        let gap = Gap { qty: Lots(7), value: 100, realised: -3, ..Gap::NONE };
        let part = gap.part(Lots(3));
        assert_eq!((part.qty, part.value, part.realised), (Lots(3), 42, -2));
        let rest = gap.without(&part);
        assert_eq!(rest.part(Lots(9)), rest);
        assert_eq!(rest.without(&rest), Gap::NONE);
        assert_eq!(rest.with(&part), gap);
    }

    proptest! {
        #[test]
        fn the_oldest_is_forgotten(capacity in 1..5_usize, seed in 0..9_u64,
                                   ops in prop::collection::vec((1..8_u64, 1..3_i64), 0..60)) {
            let (mut ring, mut index) =
                (vec![Execution::EMPTY; capacity], vec![IndexNode::EMPTY; capacity]);
            let mut executions = Executions::new(&mut ring, &mut index, seed);
            let mut model: VecDeque<Execution> = VecDeque::new();
            let mut top = 0;
            for (exec_id, qty) in ops {
                let new = Execution { top: exec_id.max(top), ..execution(exec_id, qty) };
                let kept = model.iter().find(|kept| kept.exec_id == exec_id).copied();
                prop_assert_eq!(executions.find(exec_id).copied(), kept);
                if kept.is_none() {
                    let mut first = 0;
                    executions.note_first(&mut first);
                    executions.push(&Execution { top: 0, ..new });
                    model.push_back(new);
                    top = new.top;
                    if model.len() > capacity {
                        model.pop_front();
                    }
                    let oldest = first - u64::from(executions.len()) + 1;
                    prop_assert!(!executions.has_forgotten(oldest));
                    prop_assert_eq!(executions.has_forgotten(oldest - 1), oldest > 1);
                }
                prop_assert!(executions.iter().eq(&model));
                prop_assert_eq!(usize::try_from(executions.len()).unwrap(), model.len());
            }
        }
    }
}

mod table {
    use super::*;

    struct Room {
        slots: Vec<Slot<Entry<Order>>>,
        index: Vec<IndexNode>,
        links: Vec<Links>,
        queue: Vec<Links>,
        deadlines: Vec<HeapNode>,
        reducers: Vec<Links>,
    }

    impl Room {
        fn new(capacity: usize) -> Self {
            Self {
                slots: vec![Slot::new(Entry::new(Order::EMPTY)); capacity],
                index: vec![IndexNode::EMPTY; capacity],
                links: vec![Links::EMPTY; capacity],
                queue: vec![Links::EMPTY; capacity],
                deadlines: vec![HeapNode::EMPTY; capacity],
                reducers: vec![Links::EMPTY; capacity],
            }
        }

        fn orders(&mut self) -> Orders<'_> {
            let Self { slots, index, links, queue, deadlines, reducers } = self;
            let table = RetainedMemory { slots, index, links };
            Orders::new(OrderMemory { table, queue, deadlines, reducers }, 3, 1)
        }
    }

    /// An order that waits to be sent.
    fn fresh(client_id: u64) -> Order {
        Order { client_id, pending: Pending::NEW, ..order(0, OrderEnd::None, 0) }
    }

    fn insert(orders: &mut Orders<'_>, client_id: u64) -> u32 {
        orders.insert(&fresh(client_id)).unwrap().0
    }

    fn send(orders: &mut Orders<'_>, slot: u32) {
        assert_eq!(orders.take_command(slot), Some(Pending::NEW));
        orders.update(slot, |order| order.note_sent(Nanos(1)));
    }

    fn end(orders: &mut Orders<'_>, slot: u32) {
        orders.update(slot, |order| order.apply(Report::CancelAck, Nanos(1)));
    }

    #[test]
    fn the_oldest_end_is_evicted_first() {
        let mut room = Room::new(3);
        let mut orders = room.orders();
        let slots = [1, 2, 3].map(|client_id| insert(&mut orders, client_id));
        let ids = slots.map(|slot| orders.get(slot).unwrap().id);
        assert!(orders.insert(&fresh(4)).is_none());
        for slot in [slots[1], slots[0]] {
            send(&mut orders, slot);
            end(&mut orders, slot);
        }
        assert_eq!((orders.table().live(), orders.table().ended()), (1, 2));
        assert_eq!(orders.find(Id::NONE, 2), Ok(slots[1]));
        assert_eq!(insert(&mut orders, 4), slots[1]);
        assert_eq!(orders.find(Id::NONE, 2), Err(Status::Unknown));
        assert_eq!(
            (orders.resolve(ids[1]), orders.find(ids[0], 0)),
            (Err(Status::Stale), Ok(slots[0]))
        );
        // One that came back to life is not evicted; it stands behind the others.
        orders.update(slots[0], |order| order.end = OrderEnd::None);
        assert!(orders.insert(&fresh(5)).is_none());
        let live: Vec<u32> = orders.table().iter_live().collect();
        assert_eq!(live, [slots[2], slots[1], slots[0]]);
    }

    #[test]
    fn never_while_a_request_is_unanswered() {
        let mut room = Room::new(1);
        let mut orders = room.orders();
        let slot = insert(&mut orders, 1);
        send(&mut orders, slot);
        orders.update(slot, |order| order.request_cancel(9, Nanos(2)));
        let all = Booking { qty: Lots(10), value: 50, commission: Money(0) };
        orders.update(slot, |order| order.fill(&all, Nanos(3))).unwrap().unwrap();
        assert_eq!(orders.get(slot).unwrap().status(), OrderStatus::Filled);
        assert!(orders.insert(&fresh(2)).is_none());
        assert_eq!(orders.take_command(slot), Some(Pending::CANCEL));
        assert!(orders.insert(&fresh(2)).is_none());
        let answer = Report::CancelReject { request_id: 9, reason: crate::status::Reason::TooLate };
        orders.update(slot, |order| order.apply(answer, Nanos(4)));
        assert!(orders.insert(&fresh(2)).is_some());
    }

    #[test]
    fn commands_leave_as_new_replace_cancel() {
        let mut room = Room::new(3);
        let mut orders = room.orders();
        let slots = [1, 2, 3].map(|client_id| insert(&mut orders, client_id));
        assert_eq!((orders.first_waiting(), orders.waiting()), (Some(slots[0]), 3));
        let all = Pending::NEW.with(Pending::REPLACE).with(Pending::CANCEL);
        orders.update(slots[0], |order| order.pending = all);
        // The first waiting keeps its place until it has nothing left.
        for (command, first, waiting) in [
            (Pending::NEW, slots[0], 3),
            (Pending::REPLACE, slots[0], 3),
            (Pending::CANCEL, slots[1], 2),
        ] {
            assert_eq!(orders.take_command(slots[0]), Some(command));
            assert_eq!((orders.first_waiting(), orders.waiting()), (Some(first), waiting));
        }
        assert_eq!(orders.take_command(slots[0]), None);
        // A withdrawn command frees its place; a new one waits at the end.
        orders.update(slots[1], |order| order.request_cancel(1, Nanos(1)));
        orders.update(slots[0], |order| order.pending = Pending::CANCEL);
        assert_eq!((orders.first_waiting(), orders.waiting()), (Some(slots[2]), 2));
        send(&mut orders, slots[2]);
        assert_eq!(orders.first_waiting(), Some(slots[0]));
        assert_eq!(orders.take_command(99), None);
    }

    #[test]
    fn a_sweep_survives_changes() {
        let mut room = Room::new(6);
        let mut orders = room.orders();
        assert!(!orders.is_sweeping() && orders.next_of_sweep().is_none());
        let slots = [1, 2, 3, 4, 5].map(|client_id| insert(&mut orders, client_id));
        slots.iter().for_each(|&slot| send(&mut orders, slot));
        orders.start_sweep();
        assert_eq!(orders.next_of_sweep(), Some(slots[0]));
        // The one that comes next ends, one further on ends, one that was passed ends.
        for slot in [slots[1], slots[3], slots[0]] {
            end(&mut orders, slot);
        }
        let late = insert(&mut orders, 6);
        let rest: Vec<u32> = core::iter::from_fn(|| orders.next_of_sweep()).collect();
        assert_eq!(rest, [slots[2], slots[4], late]);
        assert!(!orders.is_sweeping());
        // The last one of all ends while it is next.
        orders.start_sweep();
        for slot in [slots[2], slots[4], late] {
            end(&mut orders, slot);
        }
        assert!(!orders.is_sweeping());
        assert_eq!(orders.next_of_sweep(), None);
    }

    #[test]
    fn all_that_waits_is_in_the_digest() {
        let digest = |change: fn(&mut Orders<'_>)| {
            let mut room = Room::new(3);
            let mut orders = room.orders();
            (1..3).for_each(|client_id| assert!(insert(&mut orders, client_id) < 2));
            change(&mut orders);
            let mut hash = Hash64::new(1);
            orders.digest(&mut hash);
            hash.finish()
        };
        let changes: [fn(&mut Orders<'_>); 5] = [
            |_| {},
            |orders| orders.start_sweep(),
            |orders| assert!(orders.take_command(0).is_some()),
            |orders| assert!(orders.update(0, |order| order.marks = 1).is_some()),
            |orders| assert!(insert(orders, 3) == 2),
        ];
        assert_eq!(BTreeSet::from(changes.map(digest)).len(), changes.len());
    }
}
