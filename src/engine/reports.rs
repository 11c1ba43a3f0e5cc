//! The venue's door: reports are facts and are taken in any state.
#![forbid(unsafe_code)]

use super::Engine;
use crate::num::{Lots, Money, Nanos, Ticks};
use crate::order::{Execution, Known, Order, Outcome, Report, VenueReport};
use crate::status::{Anomaly, Liquidity, Reason, ReportKind, Request, Status};

/// An execution report, decoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fill {
    pub exec_id: u64,
    pub qty: Lots,
    pub price: Ticks,
    pub commission: Money,
}

/// A decoded report.
enum Decoded {
    Plain(Report),
    Fill(Fill),
}

impl Engine<'_> {
    /// Takes what a venue says of an order. `Ignored` when it was known or changes nothing, `More`
    /// when legs of a bracket that it armed are crossed and wait. O(work_per_call × log triggers),
    /// in most cases O(log triggers).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `BadQty`, `Range`; `Unknown`, `Stale`, `Foreign`;
    /// `Conflict` for a known execution id with other facts.
    pub fn venue_report(&mut self, request: &VenueReport) -> Result<Status, Status> {
        let decoded = decode(request)?;
        let slot = self.orders.find(request.order, request.client_id)?;
        match decoded {
            Decoded::Plain(report) => {
                self.enter(request.header.now);
                Ok(self.take_report(slot, report))
            }
            Decoded::Fill(fill) => self.take_fill(slot, &fill, request.header.now),
        }
    }

    fn take_report(&mut self, slot: u32, report: Report) -> Status {
        let now = self.now;
        let had_ended = self.has_ended(slot);
        let outcome = self.change_order(slot, |order| order.apply(report, now));
        self.after_report(slot, outcome.unwrap_or_default(), had_ended)
    }

    fn take_fill(&mut self, slot: u32, fill: &Fill, stamp: Nanos) -> Result<Status, Status> {
        let order = self.orders.get(slot).map(|order| order.id).unwrap_or_default();
        let execution =
            Execution { exec_id: fill.exec_id, order, qty: fill.qty, price: fill.price };
        match self.executions.known(&execution) {
            Known::Conflict => return Err(Status::Conflict),
            Known::Same => {
                self.enter(stamp);
                return Ok(self.ignore());
            }
            Known::No => {}
        }
        let plan = self.plan_fill(slot, fill)?;
        let legs = self.legs_to_fire(slot);
        self.enter(stamp);
        self.executions.push(execution);
        let had_ended = self.has_ended(slot);
        let outcome = self.commit_fill(slot, fill, &plan);
        self.after_report(slot, outcome, had_ended);
        Ok(self.fire_legs(legs))
    }

    fn has_ended(&self, slot: u32) -> bool {
        self.orders.get(slot).is_none_or(Order::is_terminal)
    }

    /// What every report has in common once it is applied.
    fn after_report(&mut self, slot: u32, outcome: Outcome, had_ended: bool) -> Status {
        if let Some(anomaly) = outcome.anomaly {
            self.note_anomaly(slot, anomaly);
        }
        if !outcome.changed {
            return self.ignore();
        }
        if had_ended {
            self.kill_resurrected(slot);
        }
        self.settle_report(slot, had_ended);
        self.report_flat();
        Status::Ok
    }

    fn note_anomaly(&mut self, slot: u32, anomaly: Anomaly) {
        self.emit_anomaly(slot, anomaly);
        if anomaly == Anomaly::Resurrected {
            let now = self.now;
            let trip = self.scope_mut().and_then(|scope| scope.breaker.note_error(now));
            self.note_trip(trip);
        }
    }
}

fn decode(request: &VenueReport) -> Result<Decoded, Status> {
    let VenueReport { request_id, qty, price, .. } = *request;
    request.check_frame()?;
    let kind = ReportKind::from_raw(request.report).ok_or(Status::Enum)?;
    let reason = Reason::from_raw(request.reason).ok_or(Status::Enum)?;
    Liquidity::from_raw(request.liquidity).ok_or(Status::Enum)?;
    let least = match kind {
        ReportKind::Fill => 1,
        ReportKind::ReplaceAck => 0,
        _ => i64::MIN,
    };
    if qty.0 < least {
        return Err(Status::BadQty);
    }
    if price.0.unsigned_abs() > Ticks::MAX.unsigned_abs() || qty.0 > Lots::MAX {
        return Err(Status::Range);
    }
    Ok(Decoded::Plain(match kind {
        ReportKind::Ack => Report::Ack,
        ReportKind::Reject => Report::Reject,
        ReportKind::Fill => return decode_fill(request).map(Decoded::Fill),
        ReportKind::CancelAck => Report::CancelAck,
        ReportKind::CancelReject => Report::CancelReject { request_id, reason },
        ReportKind::ReplaceAck => {
            let given = (qty.0 > 0).then_some((qty, price));
            Report::ReplaceAck { request_id, given }
        }
        ReportKind::ReplaceReject => Report::ReplaceReject { request_id },
        ReportKind::Expire => Report::Expire,
        _ => return Err(Status::Enum),
    }))
}

fn decode_fill(request: &VenueReport) -> Result<Fill, Status> {
    if request.exec_id == 0 {
        return Err(Status::Range);
    }
    Ok(Fill {
        exec_id: request.exec_id,
        qty: request.qty,
        price: request.price,
        commission: request.commission,
    })
}
