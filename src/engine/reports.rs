//! The venue's door: reports are facts and are taken in any state.
#![forbid(unsafe_code)]

use super::Engine;
use crate::num::{Lots, Money, Nanos, Ratio, Ticks};
use crate::order::{Order, Outcome, Report, VenueReport};
use crate::status::{
    Anomaly, EventKind, Liquidity, OrderEnd, OrderStatus, Reason, ReportKind, Request, Side,
    Status, Unit,
};
use crate::store::Id;

/// What a report says of one execution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reported {
    pub exec_id: u64,
    pub qty: Lots,
    pub price: Ticks,
    pub commission: Money,
    pub total: Total,
}

/// The venue's total of an order; without quantity when it is not given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    pub cum: Lots,
    /// Average price: whole ticks and parts per 10^9.
    pub avg: Option<(Ticks, i64)>,
}

/// A decoded report.
enum Decoded {
    Plain(Report),
    SendFailed,
    OrderStatus(OrderStatus),
    Fill(Reported),
    Bust,
    Correct(Reported),
}

/// A decoded report, the side that it names, and the slot of its order.
type Understood = (Decoded, Option<Side>, Result<u32, Status>);

impl Engine<'_> {
    /// Takes what a venue says of an order. `Ignored` when it was known or changes nothing, `More`
    /// when triggers that it set off wait to be worked off. O(log triggers + reducers of the
    /// position + work_per_call × log triggers), in most cases O(log triggers); a bust or
    /// correction besides O(corrections of the same execution).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `BadQty`, `Range`; `Unknown`, `Stale`, `Foreign`, unless
    /// it is an execution that names side and symbol; `Conflict` for a known execution id with
    /// other facts, or a side or symbol that is not the order's.
    #[inline]
    pub fn venue_report(&mut self, request: &VenueReport) -> Result<Status, Status> {
        let news = self.kill.is_news();
        let status = if news { self.take_any(request) } else { self.report_calmly(request) };
        if status.raw() < 0 { Err(status) } else { Ok(status) }
    }

    /// The same while no kill is news; its answer is the code of the call.
    #[inline]
    pub(crate) fn report_calmly(&mut self, request: &VenueReport) -> Status {
        if request.order == Id::NONE {
            return self.take_by_client(request);
        }
        self.take_of(request.order, request)
    }

    /// Takes a report of whatever kind.
    #[inline(never)]
    pub(super) fn take_any(&mut self, request: &VenueReport) -> Status {
        match self.take_whichever(request) {
            Ok(status) | Err(status) => status,
        }
    }

    #[inline(always)] // Its only caller is nothing else.
    fn take_whichever(&mut self, request: &VenueReport) -> Result<Status, Status> {
        let (decoded, side, found) = self.understood(request)?;
        match decoded {
            Decoded::Bust => self.take_bust(found, request),
            Decoded::Correct(fill) => self.take_correction(found, &fill, request),
            Decoded::OrderStatus(status) => self.take_status(found?, status, request),
            usual => self.take_usual((usual, side, found), request),
        }
    }

    /// Takes a report of the simulated venue: as any, but none of what that never says; it tells
    /// every execution once.
    #[inline(never)]
    pub(super) fn take_from_venue(&mut self, request: &VenueReport) -> Result<Status, Status> {
        match self.understood(request)? {
            (Decoded::Fill(fill), side, found) => self.take_first(found, &fill, request, side),
            (other, _, found) => self.take_told(other, found, request),
        }
    }

    /// What a report says, the side that it names, and the slot of its order.
    fn understood(&self, request: &VenueReport) -> Result<Understood, Status> {
        let (decoded, side) = decode(request)?;
        let found = self.orders.find(request.order, request.client_id);
        if found == Err(Status::Foreign) {
            return Err(Status::Foreign);
        }
        let order = found.ok().and_then(|slot| self.orders.get(slot));
        if let (Some(side), Some(order)) = (side, order)
            && (order.side != side || order.symbol != request.symbol)
        {
            return Err(Status::Conflict);
        }
        Ok((decoded, side, found))
    }

    /// Takes a report that tells of no change of what was reported before.
    fn take_usual(
        &mut self,
        (decoded, side, found): Understood,
        request: &VenueReport,
    ) -> Result<Status, Status> {
        match decoded {
            Decoded::Fill(fill) => self.take_fill(found, &fill, request, side),
            other => self.take_told(other, found, request),
        }
    }

    /// Takes a report that tells of no execution.
    #[inline] // In few places.
    fn take_told(
        &mut self,
        decoded: Decoded,
        found: Result<u32, Status>,
        request: &VenueReport,
    ) -> Result<Status, Status> {
        let now = request.header.now;
        match decoded {
            Decoded::SendFailed => {
                let slot = found?;
                self.enter(now);
                Ok(self.take_send_failure(slot))
            }
            Decoded::Plain(report) => {
                let slot = found?;
                self.enter(now);
                let reason = Reason::from_raw(request.reason).unwrap_or(Reason::None);
                Ok(self.take_report(slot, report, reason))
            }
            Decoded::Fill(_) | Decoded::Bust | Decoded::Correct(_) | Decoded::OrderStatus(_) => {
                Err(Status::State)
            }
        }
    }

    #[inline(never)]
    fn take_report(&mut self, slot: u32, report: Report, reason: Reason) -> Status {
        let had_ended = self.has_ended(slot);
        let outcome = self.apply_report(slot, report, reason);
        if outcome.changed && matches!(report, Report::SendInDoubt) {
            self.count_in_doubt(slot);
        }
        self.after_report(slot, outcome, had_ended)
    }

    /// A report changes its order; what follows from that is not done yet.
    pub(super) fn apply_report(&mut self, slot: u32, report: Report, reason: Reason) -> Outcome {
        let now = self.now;
        let outcome = self.change_order(slot, |order| {
            let was_open = order.end == OrderEnd::None;
            let outcome = order.apply(report, now);
            if was_open && order.end != OrderEnd::None {
                order.reason = reason;
            }
            outcome
        });
        outcome.unwrap_or_default()
    }

    /// NEW did not leave: it is handed out again after a wait, unless the retries are used up.
    #[inline(never)]
    fn take_send_failure(&mut self, slot: u32) -> Status {
        let Some(order) = self.orders.get(slot) else { return self.ignore() };
        let (id, number, client_id) = (order.id, order.retries, order.client_id);
        let retry = &self.config.retry;
        let wait = retry.wait(number, client_id, self.config.hash_seed);
        // 0 stands for none.
        let at = Nanos(self.now.0.saturating_add(wait).max(1));
        let retry_at = (number < retry.max).then_some(at);
        let most = i64::from(retry.max);
        let status = self.take_report(slot, Report::SendFailed { retry_at }, Reason::None);
        if let Some(order) = self.orders.get(slot)
            && order.id == id
            && order.retries != number
        {
            let event = Self::order_event(EventKind::SendRetry, order);
            let nth = i64::from(order.retries);
            self.count_retry(event.scope);
            self.emit(event.with_breach(Unit::Count, most, nth));
        }
        status
    }

    pub(super) fn has_ended(&self, slot: u32) -> bool {
        self.orders.get(slot).is_none_or(Order::is_terminal)
    }

    /// What every report has in common once it is applied.
    #[inline(never)]
    pub(super) fn after_report(&mut self, slot: u32, outcome: Outcome, had_ended: bool) -> Status {
        self.note_outcome(slot, outcome, had_ended);
        if outcome.changed { self.finish_report(slot, had_ended) } else { self.ignore() }
    }

    /// What is said of a change to an order; a kill reaches what comes back to life.
    pub(super) fn note_outcome(&mut self, slot: u32, outcome: Outcome, had_ended: bool) {
        if let Some(anomaly) = outcome.anomaly {
            self.note_anomaly(slot, anomaly);
        }
        if outcome.changed && had_ended {
            self.kill_resurrected(slot);
        }
    }

    /// The last step of every report: what depends on the order is looked at. The slot may be
    /// another order's afterwards: closes take the slots of ended orders.
    pub(super) fn finish_report(&mut self, slot: u32, had_ended: bool) -> Status {
        self.settle_report(slot, had_ended);
        self.report_flat();
        Status::Ok
    }

    #[inline(never)]
    pub(super) fn note_anomaly(&mut self, slot: u32, anomaly: Anomaly) {
        self.emit_anomaly(slot, anomaly);
        if anomaly == Anomaly::Resurrected {
            let scope = self.orders.get(slot).map_or(0, |order| order.scope);
            self.note_error(scope);
        }
    }

    /// The id of the order in a slot.
    pub(super) fn order_id(&self, slot: u32) -> Id {
        self.orders.get(slot).map_or(Id::NONE, |order| order.id)
    }
}

fn decode(request: &VenueReport) -> Result<(Decoded, Option<Side>), Status> {
    request.check_frame()?;
    let kind = ReportKind::from_raw(request.report).ok_or(Status::Enum)?;
    Reason::from_raw(request.reason).ok_or(Status::Enum)?;
    Liquidity::from_raw(request.liquidity).ok_or(Status::Enum)?;
    let side = match request.side {
        0 => None,
        raw => Some(Side::from_raw(raw).ok_or(Status::Enum)?),
    };
    check_numbers(kind, request)?;
    decode_kind(kind, request).map(|decoded| (decoded, side))
}

fn check_numbers(kind: ReportKind, request: &VenueReport) -> Result<(), Status> {
    let least = match kind {
        ReportKind::Fill | ReportKind::Correct => 1,
        ReportKind::ReplaceAck | ReportKind::Restate => 0,
        _ => i64::MIN,
    };
    if request.qty.0 < least {
        return Err(Status::BadQty);
    }
    let small = |ticks: Ticks| ticks.0.unsigned_abs() <= Ticks::MAX.unsigned_abs();
    let total = (0..=Lots::MAX).contains(&request.venue_cum.0)
        && (0..Ratio::ONE).contains(&request.venue_avg_frac);
    let fits = small(request.price) && small(request.venue_avg) && total;
    if fits && request.qty.0 <= Lots::MAX { Ok(()) } else { Err(Status::Range) }
}

fn decode_kind(kind: ReportKind, request: &VenueReport) -> Result<Decoded, Status> {
    let VenueReport { request_id, qty, price, exec_id, ref_exec_id, .. } = *request;
    let given = (qty.0 > 0).then_some((qty, price));
    Ok(Decoded::Plain(match kind {
        ReportKind::Ack => Report::Ack,
        ReportKind::Reject => Report::Reject,
        ReportKind::CancelAck => Report::CancelAck,
        ReportKind::CancelReject => {
            let reason = Reason::from_raw(request.reason).ok_or(Status::Enum)?;
            Report::CancelReject { request_id, reason }
        }
        ReportKind::ReplaceAck => Report::ReplaceAck { request_id, given },
        ReportKind::ReplaceReject => Report::ReplaceReject { request_id },
        ReportKind::Expire => Report::Expire,
        ReportKind::Restate => Report::Restate { given },
        ReportKind::Suspend => Report::Suspend,
        ReportKind::Resume => Report::Resume,
        ReportKind::DoneForDay => Report::DoneForDay,
        ReportKind::Triggered => Report::Triggered,
        ReportKind::SendInDoubt => Report::SendInDoubt,
        ReportKind::SendFailed => return Ok(Decoded::SendFailed),
        ReportKind::OrderStatus => {
            return match OrderStatus::from_raw(request.order_status) {
                None | Some(OrderStatus::Pending | OrderStatus::Failed) => Err(Status::Enum),
                Some(status) => Ok(Decoded::OrderStatus(status)),
            };
        }
        ReportKind::Fill if exec_id == 0 => return Err(Status::Range),
        ReportKind::Fill => return Ok(Decoded::Fill(reported(request))),
        ReportKind::Bust if ref_exec_id == 0 => return Err(Status::Range),
        ReportKind::Bust => return Ok(Decoded::Bust),
        ReportKind::Correct if exec_id == 0 || ref_exec_id == 0 || exec_id == ref_exec_id => {
            return Err(Status::Range);
        }
        ReportKind::Correct => return Ok(Decoded::Correct(reported(request))),
    }))
}

fn reported(request: &VenueReport) -> Reported {
    let VenueReport { exec_id, qty, price, commission, .. } = *request;
    Reported { exec_id, qty, price, commission, total: Total::of(request) }
}

impl Total {
    /// Without a total: a bust or correction changes it later.
    pub(super) const fn none(&self) -> Self {
        Self { cum: Lots::ZERO, avg: None }
    }

    /// The venue's total in a report.
    pub(super) fn of(request: &VenueReport) -> Self {
        let avg = (request.venue_avg, request.venue_avg_frac);
        let given = request.venue_avg.0 != 0 || request.venue_avg_frac != 0;
        Self { cum: request.venue_cum, avg: given.then_some(avg) }
    }
}
