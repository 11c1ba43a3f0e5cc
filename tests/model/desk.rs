//! A caller and a venue at one engine: the steps that a case is told in, and what is looked at
//! after each.

use std::cell::RefCell;
use std::collections::BTreeSet;

use oms_core::engine::{Config, Engine, Poll, Timer};
use oms_core::event::{Command, Event};
use oms_core::num::{Lots, Money, Ticks};
use oms_core::order::{OrderCancel, OrderReplace, OrderSubmit, OrderView, VenueReport};
use oms_core::status::{Anomaly, EventKind, OrderStatus, ReportKind, Request, Status};
use oms_core::store::Id;

use crate::rig::{calm, define, free, head, with_engine};

/// What the calls of a case need.
pub(crate) struct Desk<'e, 'a> {
    pub(crate) engine: &'e mut Engine<'a>,
    pub(crate) order: Id,
    pub(crate) now: u64,
    exec: u64,
    request: u64,
    /// Orders submitted here, in order.
    orders: Vec<Id>,
    /// Events taken out and not looked at by a step yet.
    fresh: Vec<Event>,
    /// Events of the last step.
    pub(crate) last: Vec<Event>,
}

pub(crate) const QTY: i64 = 10_000;

pub(crate) const OK: Result<Status, Status> = Ok(Status::Ok);
pub(crate) const I: Result<Status, Status> = Ok(Status::Ignored);

thread_local! {
    /// Kinds of reports told, and of anomalies found, by the tests of this thread.
    static SEEN: RefCell<(BTreeSet<ReportKind>, BTreeSet<Anomaly>)> = RefCell::default();
}

/// Kinds of reports told, and of anomalies found, by the tests of this thread so far.
pub(crate) fn seen() -> (BTreeSet<ReportKind>, BTreeSet<Anomaly>) {
    SEEN.with_borrow(Clone::clone)
}

/// An empty desk; afterwards the audit agrees.
pub(crate) fn at_desk<R>(config: &Config, test: impl FnOnce(&mut Desk<'_, '_>) -> R) -> R {
    with_engine(config, |engine| {
        let mut desk = Desk::new(engine);
        let result = test(&mut desk);
        assert_eq!(desk.engine.audit(), Ok(()));
        result
    })
}

/// An order of 10000 that was handed out.
pub(crate) fn sent(test: impl FnOnce(&mut Desk<'_, '_>)) {
    at_desk(&calm(), |d| {
        d.submit(1, QTY, 1);
        is(d, OrderStatus::Pending, 0, QTY);
        d.poll();
        is(d, OrderStatus::Submitted, 0, QTY);
        fix(d, b'A');
        test(d);
    });
}

/// The same, acknowledged.
pub(crate) fn open(test: impl FnOnce(&mut Desk<'_, '_>)) {
    sent(|d| {
        assert_eq!(d.report(ReportKind::Ack.raw()), OK);
        is(d, OrderStatus::Open, 0, QTY);
        fix(d, b'0');
        test(d);
    });
}

/// A report of this kind with nothing else said.
pub(crate) fn of_kind(kind: ReportKind) -> VenueReport {
    VenueReport { report: kind.raw(), ..VenueReport::EMPTY }
}

/// An execution.
pub(crate) fn execution(exec_id: u64, qty: i64, price: i64) -> VenueReport {
    VenueReport { exec_id, qty: Lots(qty), price: Ticks(price), ..of_kind(ReportKind::Fill) }
}

/// An execution with the venue's total.
pub(crate) fn total(exec_id: u64, qty: i64, price: i64, venue_cum: i64) -> VenueReport {
    VenueReport { venue_cum: Lots(venue_cum), ..execution(exec_id, qty, price) }
}

pub(crate) fn bust(ref_exec_id: u64) -> VenueReport {
    VenueReport { ref_exec_id, ..of_kind(ReportKind::Bust) }
}

pub(crate) fn correct(ref_exec_id: u64, exec_id: u64, qty: i64, price: i64) -> VenueReport {
    let report = ReportKind::Correct.raw();
    VenueReport { report, ref_exec_id, ..execution(exec_id, qty, price) }
}

/// The venue's quantity and price.
pub(crate) fn terms(kind: ReportKind, qty: i64, price: i64) -> VenueReport {
    VenueReport { qty: Lots(qty), price: Ticks(price), ..of_kind(kind) }
}

impl<'e, 'a> Desk<'e, 'a> {
    pub(crate) fn new(engine: &'e mut Engine<'a>) -> Self {
        let tick = oms_core::num::Decimal::new(1, -6);
        engine.symbol_define(&define(1, b'A', 0, tick)).unwrap();
        engine.limits_set(&free(1, 0)).unwrap();
        let (orders, fresh, last) = (Vec::new(), Vec::new(), Vec::new());
        Self { engine, order: Id::NONE, now: 3, exec: 0, request: 0, orders, fresh, last }
    }

    pub(crate) fn submit(&mut self, client_id: u64, qty: i64, tif: u8) {
        self.place(&OrderSubmit {
            client_id,
            qty: Lots(qty),
            price: Ticks(100),
            side: 1,
            order_type: 2,
            time_in_force: tif,
            ..OrderSubmit::EMPTY
        });
    }

    pub(crate) fn place(&mut self, order: &OrderSubmit) {
        let r = OrderSubmit { header: head::<OrderSubmit>(self.now), ..*order };
        self.order = self.engine.order_submit(&r).unwrap().order;
        assert!(!self.order.is_none());
        self.orders.push(self.order);
    }

    /// Time passes.
    pub(crate) fn wait(&mut self, nanos: u64) {
        self.now += nanos;
        self.engine.timer(&Timer { header: head::<Timer>(self.now), ..Timer::EMPTY }).unwrap();
    }

    fn take(&mut self, max_commands: u32) -> (Vec<Command>, Vec<Event>) {
        let mut commands = vec![Command::default(); max_commands as usize];
        let mut events = vec![Event::EMPTY; 256];
        let header = head::<Poll>(self.now);
        let r = Poll { header, max_commands, max_events: 256, ..Poll::EMPTY };
        let polled = self.engine.poll(&r, &mut commands, &mut events).unwrap();
        commands.truncate(polled.commands as usize);
        events.truncate(polled.events as usize);
        let anomalies = anomalies(&events);
        SEEN.with_borrow_mut(|seen| seen.1.extend(anomalies));
        self.fresh.extend_from_slice(&events);
        (commands, events)
    }

    /// Hands out all commands; their kinds, and the kinds and codes of all events.
    pub(crate) fn poll(&mut self) -> (Vec<u8>, Vec<(EventKind, u32)>) {
        let (commands, events) = self.take(64);
        let kind = |e: &Event| (EventKind::from_raw(e.kind).unwrap(), e.code);
        (commands.iter().map(|c| c.kind).collect(), events.iter().map(kind).collect())
    }

    /// Hands out all commands.
    pub(crate) fn commands(&mut self) -> Vec<Command> {
        self.take(64).0
    }

    /// Takes the events out and leaves the commands; those since the last look.
    pub(crate) fn look(&mut self) -> &[Event] {
        self.take(0);
        self.last = std::mem::take(&mut self.fresh);
        &self.last
    }

    /// How many events of this kind the last look found.
    pub(crate) fn count(&self, kind: EventKind) -> usize {
        self.last.iter().filter(|e| e.kind == kind.raw()).count()
    }

    pub(crate) fn report(&mut self, report: u8) -> Result<Status, Status> {
        self.tell(&VenueReport { report, ..VenueReport::EMPTY })
    }

    pub(crate) fn tell(&mut self, report: &VenueReport) -> Result<Status, Status> {
        let order = self.order;
        self.tell_raw(&VenueReport { order, ..*report })
    }

    /// As it is, without naming the order.
    pub(crate) fn tell_raw(&mut self, report: &VenueReport) -> Result<Status, Status> {
        let r = VenueReport { header: head::<VenueReport>(self.now), ..*report };
        let kind = ReportKind::from_raw(r.report);
        SEEN.with_borrow_mut(|seen| seen.0.extend(kind));
        self.engine.venue_report(&r)
    }

    pub(crate) fn fill(&mut self, qty: i64) -> Result<Status, Status> {
        self.exec += 1;
        self.fill_as(self.exec, qty, 100)
    }

    pub(crate) fn fill_as(&mut self, exec: u64, qty: i64, price: i64) -> Result<Status, Status> {
        self.tell(&execution(exec, qty, price))
    }

    pub(crate) fn cancel(&mut self) -> Result<Status, Status> {
        self.request += 1;
        self.cancel_as(self.request)
    }

    pub(crate) fn cancel_as(&mut self, request_id: u64) -> Result<Status, Status> {
        let (header, order) = (head::<OrderCancel>(self.now), self.order);
        self.engine.order_cancel(&OrderCancel { header, order, request_id, ..OrderCancel::EMPTY })
    }

    pub(crate) fn replace(&mut self, qty: i64, price: i64) -> Result<Status, Status> {
        self.request += 1;
        let stop_price = match self.view().order_type {
            3..=6 => Ticks(120),
            _ => Ticks::ZERO,
        };
        let r = OrderReplace {
            header: head::<OrderReplace>(self.now),
            order: self.order,
            request_id: self.request,
            qty: Lots(qty),
            price: Ticks(price),
            stop_price,
            ..OrderReplace::EMPTY
        };
        self.engine.order_replace(&r).map(|s| {
            assert_eq!(s.verdict.mask, 0);
            s.status
        })
    }

    pub(crate) fn view(&self) -> OrderView {
        self.engine.order_get(self.order, 0).unwrap()
    }

    /// What the orders of this desk must reserve, by side: until its end an order may execute the
    /// larger of old and new quantity.
    fn reserved(&self) -> (i64, i64) {
        let mut lots = (0, 0);
        for view in self.orders.iter().filter_map(|&id| self.engine.order_get(id, 0).ok()) {
            let most = view.order_qty.0.max(view.replace_qty.0);
            let left = if view.end == 0 { (most - view.cum_qty.0).max(0) } else { 0 };
            let sum = if view.side == 1 { &mut lots.0 } else { &mut lots.1 };
            *sum += left;
        }
        lots
    }

    /// What holds after every step of every case.
    pub(crate) fn sound(&self) {
        assert_eq!(self.engine.audit(), Ok(()));
        let symbol = self.engine.symbol_get(0).unwrap();
        assert_eq!((symbol.working_buy.0, symbol.working_sell.0), self.reserved(), "reserved");
        for view in self.orders.iter().filter_map(|&id| self.engine.order_get(id, 0).ok()) {
            let status = OrderStatus::from_raw(view.status).unwrap();
            let ended = matches!(
                status,
                OrderStatus::Filled
                    | OrderStatus::Cancelled
                    | OrderStatus::Rejected
                    | OrderStatus::Expired
                    | OrderStatus::Failed
            );
            assert!(!ended || view.leaves.0 == 0, "leaves of an ended order");
            assert!(view.order_qty >= view.cum_qty || view.marks & 2 != 0, "unmarked overfill");
            let average = average(i128::from(view.notional), view.cum_qty.0);
            assert_eq!((view.avg_price.0, view.avg_price_frac), average, "average price");
        }
    }
}

/// Whole ticks and parts per 10^9, both rounded down; (0, 0) without a quantity.
fn average(notional: i128, cum: i64) -> (i64, i64) {
    if cum == 0 {
        return (0, 0);
    }
    let cum = i128::from(cum);
    let (whole, rest) = (notional.div_euclid(cum), notional.rem_euclid(cum));
    let parts = rest.checked_mul(1_000_000_000).unwrap() / cum;
    (i64::try_from(whole).unwrap(), i64::try_from(parts).unwrap())
}

/// The anomalies among events, in order.
pub(crate) fn anomalies(events: &[Event]) -> Vec<Anomaly> {
    let of = |e: &&Event| e.kind == EventKind::OrderAnomaly.raw();
    let code = |e: &Event| Anomaly::from_raw(u16::try_from(e.code).unwrap()).unwrap();
    events.iter().filter(of).map(code).collect()
}

/// What a step must leave behind, of a desk that only buys.
#[derive(Clone, Copy)]
pub(crate) struct Now<'x> {
    pub(crate) status: OrderStatus,
    pub(crate) cum: i64,
    pub(crate) leaves: i64,
    /// Σ qty × price.
    pub(crate) notional: i128,
    /// Marks so far.
    pub(crate) marks: u32,
    /// Anomaly events since the step before, by number.
    pub(crate) anomalies: &'x [Anomaly],
}

/// status cum/leaves, all at price 100 and nothing odd.
pub(crate) fn now(status: OrderStatus, cum: i64, leaves: i64) -> Now<'static> {
    let notional = i128::from(cum) * 100;
    Now { status, cum, leaves, notional, marks: 0, anomalies: &[] }
}

impl Now<'_> {
    /// The order, its position, the money and the reserved lots.
    #[track_caller]
    pub(crate) fn of(&self, desk: &mut Desk<'_, '_>) {
        let mut found = anomalies(desk.look());
        found.sort();
        let v = desk.view();
        let status = OrderStatus::from_raw(v.status).unwrap();
        assert_eq!((status, v.cum_qty.0, v.leaves.0), (self.status, self.cum, self.leaves));
        assert_eq!(i128::from(v.notional), self.notional, "notional");
        assert_eq!(v.marks, self.marks, "marks");
        assert_eq!(found, self.anomalies, "anomalies");
        let net = desk.engine.position_net(0);
        let held = net.map(|p| (p.side, p.qty.0, i128::from(p.cost)));
        let wanted =
            if self.cum == 0 { Err(Status::Unknown) } else { Ok((1, self.cum, self.notional)) };
        assert_eq!(held, wanted, "position");
        // Nothing was sold and nothing is quoted.
        let account = desk.engine.account_get();
        assert_eq!((account.equity, account.realised), (Money(1_000_000), Money(0)), "money");
        desk.sound();
    }
}

/// status cum/leaves
#[track_caller]
pub(crate) fn is(desk: &mut Desk<'_, '_>, status: OrderStatus, cum: i64, leaves: i64) {
    now(status, cum, leaves).of(desk);
}

/// FIX OrdStatus.
#[track_caller]
pub(crate) fn fix(desk: &Desk<'_, '_>, status: u8) {
    assert_eq!(char::from(desk.view().fix_status), char::from(status));
}
