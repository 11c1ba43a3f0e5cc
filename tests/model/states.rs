//! The table "events × states" of ORDER_STATES.md as data, and a second one for its paragraph
//! "Further events"; every cell is driven through the engine.

use oms_core::num::{Lots, Ticks};
use oms_core::order::{OrderSubmit, OrderView, VenueReport};
use oms_core::position::PositionView;
use oms_core::status::{
    Anomaly, OrderMark, OrderStatus, OrderType, ReportKind as R, Request, Side, Status, TimeInForce,
};

pub(crate) use crate::desk::Desk;
use crate::desk::{
    I, OK, QTY, anomalies, at_desk, bust, correct, execution, of_kind, seen, terms, total,
};
use crate::rig::calm;

/// What a call answered, and the report it told if it was one.
type Driven = (Result<Status, Status>, Option<VenueReport>);

/// A cell: `I` ignored, `W` flagged, then the status after and the marks; "E:" an error code. "?":
/// the contract leaves the flag open ("D", derived from facts); "-": not driven. A flag without
/// effect ("W stays") is counted, too: `IW`.
struct Table {
    /// Of the orders, where a row does not say "limit".
    kind: OrderType,
    columns: &'static [&'static str],
    rows: &'static [(&'static str, &'static str)],
    drive: fn(&mut Desk<'_, '_>, &str) -> Driven,
}

/// A replace asks for 12000 at 101, and so does an unasked replace ack. In PENDING_CANCEL and
/// FILLED the replace that is answered was asked before.
const EVENTS: Table = Table {
    kind: OrderType::Limit,
    columns: &[
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
    ],
    rows: &[
        (
            "PENDING",
            "W OPEN | W REJECTED | W PART | W FILLED | W FILLED+OVERFILL | CANCELLED | \
             W CANCELLED | IW PENDING | PENDING | IW PENDING | IW PENDING | EXPIRED",
        ),
        (
            "SUBMITTED",
            "OPEN | REJECTED | PART | FILLED | W FILLED+OVERFILL | PENDING_CANCEL | \
             CANCELLED | IW SUBMITTED | PENDING_REPLACE | W OPEN | IW SUBMITTED | EXPIRED",
        ),
        (
            "OPEN",
            "I OPEN | W REJECTED | PART | FILLED | W FILLED+OVERFILL | PENDING_CANCEL | \
             CANCELLED | IW OPEN | PENDING_REPLACE | W OPEN | IW OPEN | EXPIRED",
        ),
        (
            "PART",
            "I PART | IW PART | PART | FILLED | W FILLED+OVERFILL | PENDING_CANCEL | \
             CANCELLED | IW PART | PENDING_REPLACE | ? PART | IW PART | EXPIRED",
        ),
        (
            "PENDING_CANCEL",
            "PENDING_CANCEL | REJECTED | PENDING_CANCEL | FILLED | W FILLED+OVERFILL | \
             E:Pending | CANCELLED | SUBMITTED | E:Pending | PENDING_CANCEL | PENDING_CANCEL | \
             EXPIRED",
        ),
        (
            "PENDING_REPLACE",
            "PENDING_REPLACE | REJECTED | PENDING_REPLACE | FILLED | W FILLED+OVERFILL | \
             PENDING_CANCEL | CANCELLED | IW PENDING_REPLACE | E:Pending | OPEN | SUBMITTED | \
             EXPIRED",
        ),
        (
            "SUSPENDED",
            "I SUSPENDED | W REJECTED | W SUSPENDED | W FILLED | W FILLED+OVERFILL | \
             PENDING_CANCEL | CANCELLED | I SUSPENDED | PENDING_REPLACE | ? SUSPENDED | \
             I SUSPENDED | EXPIRED",
        ),
        (
            "FILLED",
            "I FILLED | IW FILLED | W FILLED+OVERFILL | W FILLED+OVERFILL | \
             W FILLED+OVERFILL | E:Terminal | I FILLED | I FILLED | FILLED | PART | FILLED | \
             I FILLED",
        ),
        (
            "CANCELLED",
            "I CANCELLED | I CANCELLED | W CANCELLED+LATE_FILL | W FILLED+LATE_FILL | \
             W FILLED+OVERFILL+LATE_FILL | E:Terminal | I CANCELLED | IW CANCELLED | E:Terminal | \
             IW CANCELLED | I CANCELLED | I CANCELLED",
        ),
        (
            "EXPIRED",
            "I EXPIRED | I EXPIRED | W EXPIRED+LATE_FILL | W FILLED+LATE_FILL | \
             W FILLED+OVERFILL+LATE_FILL | E:Terminal | I EXPIRED | I EXPIRED | E:Terminal | \
             IW EXPIRED | I EXPIRED | I EXPIRED",
        ),
        (
            "REJECTED",
            "W OPEN+RESURRECTED | I REJECTED | W PART+RESURRECTED | W FILLED+RESURRECTED | \
             W FILLED+OVERFILL+RESURRECTED | E:Terminal | I REJECTED | I REJECTED | E:Terminal | \
             IW REJECTED | I REJECTED | I REJECTED",
        ),
        (
            "FAILED",
            "W OPEN+RESURRECTED | REJECTED | W PART+RESURRECTED | W FILLED+RESURRECTED | \
             W FILLED+OVERFILL+RESURRECTED | E:Terminal | W CANCELLED | IW FAILED | E:Terminal | \
             IW FAILED | I FAILED | I FAILED",
        ),
    ],
    drive: drive_event,
};

/// What the table says of one event in more than one way.
const VARIANTS: Table = Table {
    kind: OrderType::Limit,
    columns: EVENTS.columns,
    rows: &[
        // Acknowledged before: the reject does not fit.
        (
            "PENDING_CANCEL acked",
            "- | IW PENDING_CANCEL | - | - | - | - | - | OPEN | - | - | - | -",
        ),
        (
            "PENDING_REPLACE acked",
            "- | IW PENDING_REPLACE | - | - | - | - | - | - | - | - | OPEN | -",
        ),
        // With executions.
        (
            "PENDING_CANCEL part",
            "- | IW PENDING_CANCEL | PENDING_CANCEL | FILLED | - | - | CANCELLED | PART | - | \
             PENDING_CANCEL | PENDING_CANCEL | EXPIRED",
        ),
        (
            "PENDING_REPLACE part",
            "- | IW PENDING_REPLACE | PENDING_REPLACE | FILLED | - | - | CANCELLED | - | - | \
             PART | PART | EXPIRED",
        ),
        (
            "CANCELLED part",
            "I CANCELLED | I CANCELLED | W CANCELLED+LATE_FILL | W FILLED+LATE_FILL | \
             W FILLED+OVERFILL+LATE_FILL | E:Terminal | I CANCELLED | IW CANCELLED | E:Terminal | \
             IW CANCELLED | I CANCELLED | I CANCELLED",
        ),
        // The replace that is answered was not asked.
        ("FILLED unasked", "- | - | - | - | - | - | - | - | - | ? PART | I FILLED | -"),
    ],
    drive: drive_event,
};

/// The first table for orders that are held here, and for those that are done for the day (with an
/// execution).
const HELD: Table = Table {
    kind: OrderType::StopLimit,
    columns: EVENTS.columns,
    rows: &[
        (
            "ARMED",
            "W OPEN | W REJECTED | W PART | W FILLED | W FILLED+OVERFILL | CANCELLED | \
             W CANCELLED | IW PENDING | PENDING | IW PENDING | IW PENDING | EXPIRED",
        ),
        (
            "DONE_FOR_DAY",
            "I DONE_FOR_DAY | IW DONE_FOR_DAY | ? DONE_FOR_DAY | ? FILLED | \
             W FILLED+OVERFILL | PENDING_CANCEL | CANCELLED | ? DONE_FOR_DAY | \
             PENDING_REPLACE | - | ? DONE_FOR_DAY | EXPIRED",
        ),
    ],
    drive: drive_event,
};

/// The order of a row has an execution where the state can have one: PART, SUSPENDED and
/// DONE_FOR_DAY, and with bust and correct PENDING_CANCEL, PENDING_REPLACE, CANCELLED and EXPIRED.
/// Without one a bust waits for its execution, and a correct is the execution. The venue restates
/// to 12000 at 101. The orders are stops that the venue holds; ARMED is held here.
const FURTHER: Table = Table {
    kind: OrderType::StopLimit,
    columns: &[
        "bust",
        "correct",
        "suspend",
        "resume",
        "done for day",
        "restate",
        "triggered",
        "status live",
        "status cancelled",
        "send failed",
        "send in doubt",
        "gap fill",
    ],
    rows: &[
        (
            "PENDING",
            "PENDING | W PART | W SUSPENDED | W OPEN | W DONE_FOR_DAY | W OPEN | W OPEN | \
             W OPEN | W CANCELLED | IW PENDING | IW PENDING | W PART+GAP",
        ),
        (
            "SUBMITTED",
            "SUBMITTED | PART | SUSPENDED | I SUBMITTED | DONE_FOR_DAY | W OPEN | OPEN | \
             OPEN | CANCELLED | FAILED | W SUBMITTED+IN_DOUBT | W PART+GAP",
        ),
        (
            "OPEN",
            "OPEN | PART | SUSPENDED | I OPEN | DONE_FOR_DAY | W OPEN | OPEN | \
             I OPEN | CANCELLED | IW OPEN | IW OPEN | W PART+GAP",
        ),
        (
            "PART",
            "OPEN+BUSTED | PART | SUSPENDED | I PART | DONE_FOR_DAY | W PART | PART | \
             I PART | CANCELLED | IW PART | IW PART | W PART+GAP",
        ),
        (
            "PENDING_CANCEL",
            "PENDING_CANCEL+BUSTED | PENDING_CANCEL | PENDING_CANCEL | I PENDING_CANCEL | \
             PENDING_CANCEL | W PENDING_CANCEL | PENDING_CANCEL | PENDING_CANCEL | CANCELLED | \
             CANCELLED | W PENDING_CANCEL+IN_DOUBT | W PENDING_CANCEL+GAP",
        ),
        (
            "PENDING_REPLACE",
            "PENDING_REPLACE+BUSTED | PENDING_REPLACE | PENDING_REPLACE | I PENDING_REPLACE | \
             PENDING_REPLACE | W PENDING_REPLACE | PENDING_REPLACE | PENDING_REPLACE | CANCELLED | \
             FAILED | W PENDING_REPLACE+IN_DOUBT | W PENDING_REPLACE+GAP",
        ),
        (
            "SUSPENDED",
            "SUSPENDED+BUSTED | SUSPENDED | I SUSPENDED | PART | DONE_FOR_DAY | W SUSPENDED | \
             SUSPENDED | PART | CANCELLED | IW SUSPENDED | IW SUSPENDED | W SUSPENDED+GAP",
        ),
        (
            "FILLED",
            "OPEN+BUSTED | PART | I FILLED | I FILLED | I FILLED | W PART | \
             I FILLED | I FILLED | I FILLED | I FILLED | I FILLED | W FILLED+OVERFILL+GAP",
        ),
        (
            "CANCELLED",
            "CANCELLED+BUSTED | CANCELLED | I CANCELLED | I CANCELLED | I CANCELLED | \
             IW CANCELLED | I CANCELLED | W CANCELLED+IN_DOUBT | I CANCELLED | I CANCELLED | \
             I CANCELLED | W CANCELLED+LATE_FILL+GAP",
        ),
        (
            "EXPIRED",
            "EXPIRED+BUSTED | EXPIRED | I EXPIRED | I EXPIRED | I EXPIRED | \
             IW EXPIRED | I EXPIRED | W EXPIRED+IN_DOUBT | I EXPIRED | I EXPIRED | \
             I EXPIRED | W EXPIRED+LATE_FILL+GAP",
        ),
        (
            "REJECTED",
            "REJECTED | W PART+RESURRECTED | I REJECTED | I REJECTED | I REJECTED | \
             IW REJECTED | I REJECTED | W OPEN+RESURRECTED | I REJECTED | I REJECTED | \
             I REJECTED | W PART+RESURRECTED+GAP",
        ),
        (
            "FAILED",
            "FAILED | W PART+RESURRECTED | I FAILED | I FAILED | I FAILED | \
             IW FAILED | I FAILED | W OPEN+RESURRECTED | I FAILED | I FAILED | \
             I FAILED | W PART+RESURRECTED+GAP",
        ),
        (
            "DONE_FOR_DAY",
            "DONE_FOR_DAY+BUSTED | DONE_FOR_DAY | DONE_FOR_DAY | I DONE_FOR_DAY | \
             I DONE_FOR_DAY | W PART | DONE_FOR_DAY | PART | CANCELLED | IW DONE_FOR_DAY | \
             IW DONE_FOR_DAY | W DONE_FOR_DAY+GAP",
        ),
        (
            "ARMED",
            "PENDING | W PART | W SUSPENDED | W OPEN | W DONE_FOR_DAY | W OPEN | IW PENDING | \
             W OPEN | W CANCELLED | IW PENDING | IW PENDING | W PART+GAP",
        ),
    ],
    drive: drive_further,
};

/// A limit order cannot be triggered, and a stop only once; a restatement of nothing: the day goes
/// on.
const TRIGGERED: Table = Table {
    kind: OrderType::StopLimit,
    columns: &["triggered", "suspend", "resume", "restate nothing"],
    rows: &[
        ("PENDING limit", "IW PENDING | - | - | -"),
        ("OPEN limit", "IW OPEN | - | - | I OPEN"),
        ("FILLED limit", "I FILLED | - | - | -"),
        ("OPEN triggered", "I OPEN | - | - | -"),
        ("DONE_FOR_DAY limit", "- | - | - | PART"),
    ],
    drive: drive_further,
};

/// A buy of 10000: a limit order, a stop that the venue holds, or one that is held here.
fn order(kind: OrderType, hold: u8) -> OrderSubmit {
    let stop = kind != OrderType::Limit;
    OrderSubmit {
        client_id: 1,
        qty: Lots(QTY),
        price: Ticks(100),
        stop_price: if stop { Ticks(120) } else { Ticks::ZERO },
        side: Side::Buy.raw(),
        order_type: kind.raw(),
        time_in_force: TimeInForce::Gtc.raw(),
        hold,
        ..OrderSubmit::EMPTY
    }
}

/// Brings the order to the state of a row. `asked`: a replace is under way besides.
fn reach(d: &mut Desk<'_, '_>, row: &str, kind: OrderType, part: bool, asked: bool) {
    let mut words = row.split(' ');
    let (state, how) = (words.next().unwrap(), words.next().unwrap_or(""));
    let hold = u8::from(kind != OrderType::Limit && state != "ARMED");
    d.place(&order(kind, hold));
    if matches!(state, "PENDING" | "ARMED") {
        return;
    }
    d.poll();
    let acked = matches!(state, "OPEN" | "SUSPENDED" | "DONE_FOR_DAY") || how == "acked";
    if acked {
        assert_eq!(d.report(R::Ack.raw()), OK);
    }
    if how == "triggered" {
        assert_eq!(d.report(R::Triggered.raw()), OK);
    }
    let held = matches!(state, "PENDING_CANCEL" | "PENDING_REPLACE" | "CANCELLED" | "EXPIRED");
    let further = kind != OrderType::Limit || how == "limit";
    let aside = matches!(state, "SUSPENDED" | "DONE_FOR_DAY") && further;
    if state == "PART" || how == "part" || aside || (part && held) {
        assert_eq!(d.fill_as(1, 1000, 100), OK);
    }
    if asked && state == "PENDING_CANCEL" {
        assert_eq!(d.replace(12_000, 101), OK);
        d.poll();
    }
    let done = match state {
        "PENDING_CANCEL" => d.cancel_as(7),
        "PENDING_REPLACE" => d.replace(12_000, 101),
        "SUSPENDED" => d.report(R::Suspend.raw()),
        "DONE_FOR_DAY" => d.report(R::DoneForDay.raw()),
        "FILLED" => d.fill_as(1, QTY, 100),
        "CANCELLED" => d.report(R::CancelAck.raw()),
        "EXPIRED" => d.report(R::Expire.raw()),
        "REJECTED" => d.report(R::Reject.raw()),
        "FAILED" => d.report(R::SendFailed.raw()),
        _ => OK,
    };
    assert_eq!(done, OK, "{row}");
    if asked && state == "FILLED" && how != "unasked" {
        assert_eq!(d.replace(12_000, 101), OK);
    }
    d.poll();
}

fn drive_event(d: &mut Desk<'_, '_>, column: &str) -> Driven {
    let left = QTY - d.view().cum_qty.0;
    let report = match column {
        "cancel" => return (d.cancel(), None),
        "replace" => return (d.replace(12_000, 101), None),
        "ack" => of_kind(R::Ack),
        "reject" => of_kind(R::Reject),
        "fill<" => execution(50, 1, 100),
        "fill=" => execution(50, left.max(1), 100),
        "fill>" => execution(50, left + 5, 100),
        "cancel ack" => of_kind(R::CancelAck),
        "cancel rej" => of_kind(R::CancelReject),
        "replace ack" => terms(R::ReplaceAck, 12_000, 101),
        "replace rej" => of_kind(R::ReplaceReject),
        _ => of_kind(R::Expire),
    };
    (d.tell(&report), Some(report))
}

fn drive_further(d: &mut Desk<'_, '_>, column: &str) -> Driven {
    let cum = d.view().cum_qty.0;
    let snapshot = |status: OrderStatus| {
        let (order_status, venue_cum) = (status.raw(), Lots(cum));
        VenueReport { order_status, venue_cum, ..of_kind(R::OrderStatus) }
    };
    let live = if cum > 0 { OrderStatus::PartiallyFilled } else { OrderStatus::Open };
    let report = match column {
        "bust" => bust(1),
        "correct" => correct(1, 50, 400, 101),
        "suspend" => of_kind(R::Suspend),
        "resume" => of_kind(R::Resume),
        "done for day" => of_kind(R::DoneForDay),
        "restate" => terms(R::Restate, 12_000, 101),
        "restate nothing" => of_kind(R::Restate),
        "triggered" => of_kind(R::Triggered),
        "status live" => snapshot(live),
        "status cancelled" => snapshot(OrderStatus::Cancelled),
        "send failed" => of_kind(R::SendFailed),
        "send in doubt" => of_kind(R::SendInDoubt),
        _ => total(50, 10, 100, cum + 510),
    };
    (d.tell(&report), Some(report))
}

fn name(status: u8) -> String {
    let name = OrderStatus::from_raw(status).unwrap().name();
    name.replace("PARTIALLY_FILLED", "PART")
}

/// All that one order can show: itself and the net position.
fn shown(d: &Desk<'_, '_>) -> (OrderView, Option<PositionView>) {
    (d.view(), d.engine.position_net(0).ok())
}

/// What the engine did, as a cell.
fn cell(table: &Table, row: &str, column: &str) -> String {
    let mut config = calm();
    config.retry.max = 0;
    let kind = if row.ends_with("limit") { OrderType::Limit } else { table.kind };
    let part = matches!(column, "bust" | "correct");
    let asked = matches!(column, "replace ack" | "replace rej");
    at_desk(&config, |d| {
        reach(d, row, kind, part, asked);
        let state = row.split(' ').next().unwrap();
        let before = if state == "ARMED" { "PENDING" } else { state };
        assert_eq!(name(d.view().status), before, "the row is reached");
        d.look();
        let untouched = d.view();
        let (answer, report) = (table.drive)(d, column);
        let flagged = !anomalies(d.look()).is_empty();
        d.sound();
        let code = match answer {
            Err(code) => {
                assert_eq!(d.view(), untouched, "an error changes nothing");
                assert_eq!(report, None, "a fact is never refused");
                return format!("E:{code:?}");
            }
            Ok(code) => code,
        };
        if let Some(report) = report.filter(|r| r.exec_id != 0) {
            let once = shown(d);
            assert_eq!(d.tell(&report), I, "known when it comes again");
            assert_eq!(shown(d), once, "twice equals once");
        }
        if let Some(report) = report.filter(|r| r.ref_exec_id != 0 && r.exec_id == 0) {
            let once = shown(d);
            d.tell(&report).unwrap();
            assert_eq!(shown(d), once, "taken back once");
        }
        let mut text = name(d.view().status);
        for mark in OrderMark::ALL.iter().filter(|mark| mark.is_in(d.view().marks)) {
            text = format!("{text}+{}", mark.name());
        }
        let ignored = if code == Status::Ignored { "I" } else { "" };
        let flags = format!("{ignored}{}", if flagged { "W" } else { "" });
        if flags.is_empty() { text } else { format!("{flags} {text}") }
    })
}

fn check(table: &Table) {
    let mut wrong = Vec::new();
    for &(row, cells) in table.rows {
        let cells: Vec<_> = cells.split('|').map(str::trim).collect();
        assert_eq!(cells.len(), table.columns.len(), "{row}");
        for (&column, wanted) in table.columns.iter().zip(cells).filter(|(_, w)| *w != "-") {
            let run = || cell(table, row, column);
            let found = std::panic::catch_unwind(run).unwrap_or_else(|why| {
                let text = why.downcast_ref::<String>().map_or("a failed check", String::as_str);
                text.replace('\n', " ")
            });
            let bare = |text: &str| text.rsplit(' ').next().unwrap_or("").to_owned();
            let open = wanted.starts_with('?') && bare(&found) == bare(wanted);
            if found != wanted && !open {
                wrong.push(format!("{row} x {column}: wanted {wanted}, found {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn table_of_states() {
    check(&EVENTS);
}

#[test]
fn table_of_states_in_other_ways() {
    check(&VARIANTS);
}

#[test]
fn table_of_further_events() {
    check(&FURTHER);
    check(&TRIGGERED);
}

#[test]
fn table_of_held_orders() {
    check(&HELD);
}

/// A new kind of report or anomaly fails here until a cell or a case shows it.
#[test]
fn every_kind_is_shown() {
    for table in [&EVENTS, &VARIANTS, &FURTHER, &TRIGGERED, &HELD] {
        for &(row, cells) in table.rows {
            let columns = table.columns.iter().zip(cells.split('|'));
            for (&column, _) in columns.filter(|(_, wanted)| wanted.trim() != "-") {
                let _ = std::panic::catch_unwind(|| cell(table, row, column));
            }
        }
    }
    for case in crate::cases_rare::ALL {
        let _ = std::panic::catch_unwind(case);
    }
    let (reports, found) = seen();
    let lack: Vec<_> = R::ALL.iter().filter(|kind| !reports.contains(kind)).collect();
    assert!(lack.is_empty(), "reports that no cell makes: {lack:?}");
    let lack: Vec<_> = Anomaly::ALL.iter().filter(|kind| !found.contains(kind)).collect();
    assert!(lack.is_empty(), "anomalies that no cell shows: {lack:?}");
}
