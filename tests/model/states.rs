//! The table "events × states" of ORDER_STATES.md as data, every cell driven through the engine.

use oms_core::engine::{Engine, Poll};
use oms_core::event::{Command, Event};
use oms_core::num::{Lots, Ticks};
use oms_core::order::{OrderCancel, OrderReplace, OrderSubmit, VenueReport};
use oms_core::status::{EventKind, Request, Status};
use oms_core::store::Id;

use crate::rig::{calm, define, free, head, with_engine};

/// What the calls of a case need.
pub(crate) struct Desk<'e, 'a> {
    pub(crate) engine: &'e mut Engine<'a>,
    pub(crate) order: Id,
    exec: u64,
    request: u64,
}

pub(crate) const QTY: i64 = 10_000;

impl<'e, 'a> Desk<'e, 'a> {
    pub(crate) fn new(engine: &'e mut Engine<'a>) -> Self {
        let tick = oms_core::num::Decimal::new(1, -6);
        engine.symbol_define(&define(1, b'A', 0, tick)).unwrap();
        engine.limits_set(&free(1, 0)).unwrap();
        Self { engine, order: Id::NONE, exec: 0, request: 0 }
    }

    pub(crate) fn submit(&mut self, client_id: u64, qty: i64, tif: u8) {
        let r = OrderSubmit {
            header: head::<OrderSubmit>(2),
            client_id,
            qty: Lots(qty),
            price: Ticks(100),
            side: 1,
            order_type: 2,
            time_in_force: tif,
            ..OrderSubmit::EMPTY
        };
        self.order = self.engine.order_submit(&r).unwrap().order;
        assert!(!self.order.is_none());
    }

    /// Hands out all commands; their kinds, and the kinds and codes of all events.
    pub(crate) fn poll(&mut self) -> (Vec<u8>, Vec<(EventKind, u32)>) {
        let mut commands = vec![Command::default(); 64];
        let mut events = vec![Event::EMPTY; 256];
        let header = head::<Poll>(3);
        let r = Poll { header, max_commands: 64, max_events: 256, ..Poll::EMPTY };
        let polled = self.engine.poll(&r, &mut commands, &mut events).unwrap();
        let kind = |e: &Event| (EventKind::from_raw(e.kind).unwrap(), e.code);
        let events = events[..polled.events as usize].iter().map(kind).collect();
        (commands[..polled.commands as usize].iter().map(|c| c.kind).collect(), events)
    }

    pub(crate) fn report(&mut self, report: u8) -> Result<Status, Status> {
        self.tell(&VenueReport { report, ..VenueReport::EMPTY })
    }

    pub(crate) fn tell(&mut self, report: &VenueReport) -> Result<Status, Status> {
        let r = VenueReport { header: head::<VenueReport>(3), order: self.order, ..*report };
        self.engine.venue_report(&r)
    }

    pub(crate) fn fill(&mut self, qty: i64) -> Result<Status, Status> {
        self.exec += 1;
        self.fill_as(self.exec, qty, 100)
    }

    pub(crate) fn fill_as(&mut self, exec: u64, qty: i64, price: i64) -> Result<Status, Status> {
        self.tell(&VenueReport {
            report: 3,
            exec_id: exec,
            qty: Lots(qty),
            price: Ticks(price),
            ..VenueReport::EMPTY
        })
    }

    pub(crate) fn cancel(&mut self) -> Result<Status, Status> {
        self.request += 1;
        let (order, request_id) = (self.order, self.request);
        self.engine.order_cancel(&OrderCancel { order, request_id, ..OrderCancel::EMPTY })
    }

    pub(crate) fn replace(&mut self, qty: i64, price: i64) -> Result<Status, Status> {
        self.request += 1;
        let r = OrderReplace {
            order: self.order,
            request_id: self.request,
            qty: Lots(qty),
            price: Ticks(price),
            ..OrderReplace::EMPTY
        };
        self.engine.order_replace(&r).map(|s| {
            assert_eq!(s.verdict.mask, 0);
            s.status
        })
    }

    pub(crate) fn view(&self) -> oms_core::order::OrderView {
        self.engine.order_get(self.order, 0).unwrap()
    }
}

/// Rows of the table; SUSPENDED and FAILED cannot be reached by these reports yet.
const ROWS: [&str; 10] = [
    "PENDING",
    "SUBMITTED",
    "OPEN",
    "PART",
    "PENDING_CANCEL",
    "PENDING_REPLACE",
    "FILLED",
    "CANCELLED",
    "EXPIRED",
    "REJECTED",
];

const COLUMNS: [&str; 12] = [
    "ack",
    "reject",
    "fill<",
    "fill=",
    "fill>",
    "cancel",
    "cancel ack",
    "cancel rej",
    "replace",
    "replace ack",
    "replace rej",
    "expire",
];

/// The cells. `W` flagged, `I` ignored, then the status after; "E:" an error code. An unasked
/// replace ack brings the venue's quantity 12000; a replace asks for 12000.
const TABLE: [[&str; 12]; 10] = [
    [
        "W OPEN",
        "W REJECTED",
        "W PART",
        "W FILLED",
        "W FILLED",
        "CANCELLED",
        "W CANCELLED",
        "IW PENDING",
        "PENDING",
        "IW PENDING",
        "IW PENDING",
        "EXPIRED",
    ],
    [
        "OPEN",
        "REJECTED",
        "PART",
        "FILLED",
        "W FILLED",
        "PENDING_CANCEL",
        "CANCELLED",
        "IW SUBMITTED",
        "PENDING_REPLACE",
        "W OPEN",
        "IW SUBMITTED",
        "EXPIRED",
    ],
    [
        "I OPEN",
        "W REJECTED",
        "PART",
        "FILLED",
        "W FILLED",
        "PENDING_CANCEL",
        "? CANCELLED",
        "IW OPEN",
        "PENDING_REPLACE",
        "W OPEN",
        "IW OPEN",
        "EXPIRED",
    ],
    [
        "I PART",
        "W PART",
        "PART",
        "FILLED",
        "W FILLED",
        "PENDING_CANCEL",
        "? CANCELLED",
        "IW PART",
        "PENDING_REPLACE",
        "? PART",
        "IW PART",
        "EXPIRED",
    ],
    [
        "PENDING_CANCEL",
        "REJECTED",
        "PENDING_CANCEL",
        "FILLED",
        "W FILLED",
        "E:Pending",
        "CANCELLED",
        "SUBMITTED",
        "E:Pending",
        "? PENDING_CANCEL",
        "? PENDING_CANCEL",
        "EXPIRED",
    ],
    [
        "PENDING_REPLACE",
        "REJECTED",
        "PENDING_REPLACE",
        "FILLED",
        "W FILLED",
        "PENDING_CANCEL",
        "CANCELLED",
        "IW PENDING_REPLACE",
        "E:Pending",
        "OPEN",
        "SUBMITTED",
        "EXPIRED",
    ],
    [
        "I FILLED",
        "IW FILLED",
        "W FILLED",
        "W FILLED",
        "W FILLED",
        "E:Terminal",
        "I FILLED",
        "I FILLED",
        "FILLED",
        "? PART",
        "I FILLED",
        "I FILLED",
    ],
    [
        "I CANCELLED",
        "I CANCELLED",
        "W CANCELLED",
        "W FILLED",
        "W FILLED",
        "E:Terminal",
        "I CANCELLED",
        "IW CANCELLED",
        "E:Terminal",
        "IW CANCELLED",
        "I CANCELLED",
        "I CANCELLED",
    ],
    [
        "I EXPIRED",
        "I EXPIRED",
        "W EXPIRED",
        "W FILLED",
        "W FILLED",
        "E:Terminal",
        "I EXPIRED",
        "I EXPIRED",
        "E:Terminal",
        "IW EXPIRED",
        "I EXPIRED",
        "I EXPIRED",
    ],
    [
        "W OPEN",
        "I REJECTED",
        "W PART",
        "W FILLED",
        "W FILLED",
        "E:Terminal",
        "I REJECTED",
        "I REJECTED",
        "E:Terminal",
        "IW REJECTED",
        "I REJECTED",
        "I REJECTED",
    ],
];

fn reach(desk: &mut Desk<'_, '_>, row: usize) {
    desk.submit(1, QTY, 1);
    if row == 0 {
        return;
    }
    desk.poll();
    match ROWS[row] {
        "OPEN" => assert_eq!(desk.report(1), Ok(Status::Ok)),
        "PART" => assert_eq!(desk.fill(1000), Ok(Status::Ok)),
        "PENDING_CANCEL" => assert_eq!(desk.cancel(), Ok(Status::Ok)),
        "PENDING_REPLACE" => assert_eq!(desk.replace(12_000, 100), Ok(Status::Ok)),
        "FILLED" => assert_eq!(desk.fill(QTY), Ok(Status::Ok)),
        "CANCELLED" => assert_eq!(desk.report(4), Ok(Status::Ok)),
        "EXPIRED" => assert_eq!(desk.report(8), Ok(Status::Ok)),
        "REJECTED" => assert_eq!(desk.report(2), Ok(Status::Ok)),
        _ => {}
    }
    desk.poll();
}

fn drive(desk: &mut Desk<'_, '_>, column: usize) -> Result<Status, Status> {
    let left = QTY - desk.view().cum_qty.0;
    match COLUMNS[column] {
        "ack" => desk.report(1),
        "reject" => desk.report(2),
        "fill<" => desk.fill(1),
        "fill=" => desk.fill(left.max(1)),
        "fill>" => desk.fill(left + 5),
        "cancel" => desk.cancel(),
        "cancel ack" => desk.report(4),
        "cancel rej" => desk.report(5),
        "replace" => desk.replace(12_000, 100),
        "replace ack" => desk.tell(&VenueReport {
            report: 6,
            qty: Lots(12_000),
            price: Ticks(101),
            ..VenueReport::EMPTY
        }),
        "replace rej" => desk.report(7),
        _ => desk.report(8),
    }
}

/// What the engine did, as a cell.
fn cell(row: usize, column: usize) -> String {
    with_engine(&calm(), |engine| {
        let mut desk = Desk::new(engine);
        reach(&mut desk, row);
        let answer = drive(&mut desk, column);
        if let Err(code) = answer {
            return format!("E:{code:?}");
        }
        let status = desk.view().status;
        let name = oms_core::status::OrderStatus::from_raw(status).unwrap().name();
        let name = name.replace("PARTIALLY_FILLED", "PART");
        let (_, events) = desk.poll();
        let flagged = events.iter().any(|&(kind, _)| kind == EventKind::OrderAnomaly);
        let ignored = if answer == Ok(Status::Ignored) { "I" } else { "" };
        let marks = format!("{ignored}{}", if flagged { "W" } else { "" });
        if marks.is_empty() { name } else { format!("{marks} {name}") }
    })
}

#[test]
fn table_of_states() {
    let mut wrong = Vec::new();
    for (row, cells) in TABLE.iter().enumerate() {
        for (column, &wanted) in cells.iter().enumerate() {
            let found = cell(row, column);
            // "?": the contract leaves the flag open. A flag without effect is counted, too.
            let bare = |text: &str| text.rsplit(' ').next().unwrap_or("").to_owned();
            let open = wanted.starts_with('?') && bare(&found) == bare(wanted);
            let stays = wanted.replace("W ", "IW ") == found && bare(wanted) == ROWS[row];
            if found != wanted && !open && !stays {
                let (row, column) = (ROWS[row], COLUMNS[column]);
                wrong.push(format!("{row} x {column}: wanted {wanted}, found {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
