//! Executions as they are reported: each is booked once; what a venue's total says is missing is
//! inferred, and accounted for when its own report comes.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Source;
use super::reports::{Reported, Total};
use crate::num::{Lots, Money, Ticks, div_floor};
use crate::order::{
    Booking, EntryLeg, Execution, Gap, Legs, Order, Outcome, Parts, Report, VenueReport, Went,
};
use crate::status::{Anomaly, EventKind, OrderMark, OrderStatus, Reason, Side, Status};
use crate::store::Id;

/// What of a report is new, what is missing besides, and what was inferred before.
#[derive(Default)]
struct Shares {
    /// Booked as reported.
    fresh: Booking,
    /// Executed before it and never reported.
    missing: Booking,
    /// Inferred before: its value is corrected, and a commission paid that nothing fresh pays.
    known: Lots,
    known_commission: Money,
    /// Neither.
    doubtful: bool,
}

impl Engine<'_> {
    /// An execution of an order, which may not be in the table.
    #[inline(never)] // As each kind of report: its frame is not part of the others.
    pub(super) fn take_fill(
        &mut self,
        found: Result<u32, Status>,
        fill: &Reported,
        request: &VenueReport,
        side: Option<Side>,
    ) -> Result<Status, Status> {
        let id = found.map_or(Id::NONE, |slot| self.order_id(slot));
        if let Some(known) = self.executions.find(fill.exec_id) {
            let same = match known.awaited {
                true => id == Id::NONE || known.order == id,
                false => known.is_same(id, fill.qty, fill.price),
            };
            if !same {
                return Err(Status::Conflict);
            }
            let awaited = known.awaited;
            self.enter(request.header.now);
            return Ok(if awaited { self.take_awaited(fill) } else { self.ignore() });
        }
        self.take_first(found, fill, request, side)
    }

    /// The same of one whose id was never heard.
    pub(super) fn take_first(
        &mut self,
        found: Result<u32, Status>,
        fill: &Reported,
        request: &VenueReport,
        side: Option<Side>,
    ) -> Result<Status, Status> {
        match (found, side) {
            (Ok(slot), _) => self.take_new_fill(slot, fill, request),
            (Err(_), Some(side)) if self.symbols.get(request.symbol).is_some() => {
                self.take_foreign(side, fill, request)
            }
            (Err(status), _) => Err(status),
        }
    }

    fn take_new_fill(
        &mut self,
        slot: u32,
        fill: &Reported,
        request: &VenueReport,
    ) -> Result<Status, Status> {
        self.check_fill(slot, fill)?;
        let legs = self.legs_to_fire(slot);
        self.enter(request.header.now);
        let status = self.book_reported(slot, fill);
        Ok(status.or_more(self.fire_legs(legs)))
    }

    /// That an execution can be booked is known before anything changes.
    pub(super) fn check_fill(&self, slot: u32, fill: &Reported) -> Result<(), Status> {
        let order = self.orders.get(slot).ok_or(Status::Unknown)?;
        let (price, _) = self.execution_price(order.symbol, order.side, fill.price, order.price);
        self.check_fits(order, &self.shares(order, fill, price))
    }

    /// Books an execution that [`Engine::check_fill`] let pass, with all that it tells of.
    pub(super) fn book_reported(&mut self, slot: u32, fill: &Reported) -> Status {
        let Some(order) = self.orders.get(slot) else { return self.ignore() };
        let (id, symbol, scope, side) = (order.id, order.symbol, order.scope, order.side);
        let (price, priced) = self.execution_price(symbol, side, fill.price, order.price);
        let shares = self.shares(order, fill, price);
        if !priced {
            self.mark_anomaly(slot, OrderMark::NoPrice, Anomaly::NoPrice);
        }
        let had_ended = self.has_ended(slot);
        self.book_missing(slot, &shares.missing);
        let mut execution = Execution {
            exec_id: fill.exec_id,
            order: id,
            symbol,
            scope,
            side,
            qty: fill.qty,
            price: fill.price,
            ..Execution::EMPTY
        };
        self.account_for(slot, &mut execution, &shares, price);
        if shares.fresh.qty > Lots::ZERO {
            self.book_fresh(slot, &mut execution, &shares.fresh);
        }
        self.keep_execution(&execution);
        if shares.doubtful {
            self.mark_anomaly(slot, OrderMark::InDoubt, Anomaly::InDoubt);
        }
        if shares.fresh.qty > Lots::ZERO || shares.missing.qty > Lots::ZERO {
            self.finish_report(slot, had_ended);
        }
        Status::Ok
    }

    /// What an execution is worth a lot, and whether that was reported. Without a price it is the
    /// order's limit, else the quote of the other side, else 0.
    pub(super) fn execution_price(
        &self,
        symbol: u32,
        side: Side,
        price: Ticks,
        limit: Ticks,
    ) -> (Ticks, bool) {
        let Some(symbol) = self.symbols.get(symbol) else { return (price, true) };
        if price != Ticks::ZERO || symbol.spec.allows(price) {
            return (price, true);
        }
        if limit != Ticks::ZERO {
            return (limit, false);
        }
        let quote = match side {
            Side::Buy => symbol.market.ask,
            Side::Sell => symbol.market.bid,
        };
        (if symbol.market.is_quoted { quote } else { Ticks::ZERO }, false)
    }

    fn shares(&self, order: &Order, fill: &Reported, price: Ticks) -> Shares {
        let beyond = match fill.total.cum {
            Lots::ZERO => fill.qty.0,
            cum => cum.0.saturating_sub(order.cum_qty.0),
        };
        let fresh = Lots(beyond.min(fill.qty.0).max(0));
        let known = Lots(fill.qty.0.saturating_sub(fresh.0));
        let (commission, known_commission) = match fresh {
            Lots::ZERO => (Money::ZERO, fill.commission),
            _ => (fill.commission, Money::ZERO),
        };
        let fresh = Booking { qty: fresh, value: price.times(fresh), commission };
        let missing = Lots(beyond.saturating_sub(fill.qty.0).max(0));
        let before = order.notional.saturating_add(fresh.value);
        let (value, _) = self.missing_value(order, missing, before, &fill.total, price);
        Shares {
            fresh,
            missing: Booking { qty: missing, value, commission: Money::ZERO },
            known: known.min(order.gap.qty),
            known_commission,
            doubtful: known > order.gap.qty,
        }
    }

    /// The value of missing executions, and whether it follows from the venue's average: such that
    /// that comes out, where it is given and the price that follows is possible; else at this
    /// price.
    fn missing_value(
        &self,
        order: &Order,
        missing: Lots,
        known: i128,
        total: &Total,
        price: Ticks,
    ) -> (i128, bool) {
        let allowed = |value: &i128| {
            let each = div_floor(*value, i128::from(missing.0));
            let each = each.and_then(|each| i64::try_from(each).ok()).map(Ticks);
            let symbol = self.symbols.get(order.symbol);
            each.zip(symbol).is_some_and(|(each, symbol)| symbol.spec.allows(each))
        };
        let inferred = value_of(total).and_then(|value| value.checked_sub(known));
        match inferred.filter(allowed) {
            Some(value) if missing > Lots::ZERO => (value, true),
            _ => (price.times(missing), false),
        }
    }

    /// That all of it fits is known before anything changes.
    #[inline(never)]
    fn check_fits(&self, order: &Order, shares: &Shares) -> Result<(), Status> {
        let Shares { fresh, missing, .. } = shares;
        let all = Booking {
            qty: fresh.qty.checked_add(missing.qty).ok_or(Status::Range)?,
            value: fresh.value.checked_add(missing.value).ok_or(Status::Range)?,
            commission: fresh.commission,
        };
        if all.qty > Lots::ZERO {
            order.with_fill(&all)?;
            self.plan_fill(&Source::of(order), &all)?;
        }
        Ok(())
    }

    /// Books executions that the venue's total tells of.
    #[inline(never)]
    fn book_missing(&mut self, slot: u32, missing: &Booking) {
        if missing.qty == Lots::ZERO {
            return;
        }
        self.mark_anomaly(slot, OrderMark::Gap, Anomaly::Gap);
        let had_ended = self.has_ended(slot);
        let mut legs = Legs::default();
        let Some(outcome) = self.book(slot, missing, 0, &mut legs) else { return };
        let gap = gap_of(missing, &legs);
        self.orders.update(slot, |order| order.gap = order.gap.with(&gap));
        self.note_outcome(slot, outcome, had_ended);
    }

    /// Lots of a report that were inferred before: only their value is corrected.
    #[inline(never)]
    fn account_for(&mut self, slot: u32, execution: &mut Execution, shares: &Shares, price: Ticks) {
        let Some(order) = self.orders.get(slot).filter(|_| shares.known > Lots::ZERO) else {
            return;
        };
        let (source, part) = (Source::of(order), order.gap.part(shares.known));
        let value = price.times(part.qty);
        let change = Booking {
            qty: Lots::ZERO,
            value: value.saturating_sub(part.value),
            commission: shares.known_commission,
        };
        let now = self.now;
        self.change_order(slot, |order| {
            order.gap = order.gap.without(&part);
            order.rebook(&change, now);
        });
        self.measure_change(slot, &change);
        self.trade_value((source.symbol, source.scope), source.side, part.value, value);
        let legs = self.revalue_gap(&source, &part, &change);
        execution.went = Went::Apart(Parts { booked: part.qty, value, legs });
        execution.commission = change.commission;
        self.emit_execution(EventKind::ExecutionCorrected, execution, execution.exec_id);
    }

    #[inline(never)]
    fn book_fresh(&mut self, slot: u32, execution: &mut Execution, fresh: &Booking) {
        let had_ended = self.has_ended(slot);
        let mut legs = Legs::default();
        let Some(outcome) = self.book(slot, fresh, execution.exec_id, &mut legs) else { return };
        if let Went::Apart(parts) = &mut execution.went {
            parts.legs = parts.legs.with(&legs);
            parts.booked = Lots(parts.booked.0.saturating_add(fresh.qty.0));
            parts.value = parts.value.saturating_add(fresh.value);
        }
        execution.commission = Money(execution.commission.0.saturating_add(fresh.commission.0));
        self.note_outcome(slot, outcome, had_ended);
    }

    /// Books an execution: order, position, account; says what it did to positions.
    #[inline(never)]
    fn book(
        &mut self,
        slot: u32,
        fill: &Booking,
        exec_id: u64,
        legs: &mut Legs,
    ) -> Option<Outcome> {
        let outcome = self.execute(slot, fill, exec_id, legs)?;
        if let Some(entry) = &legs.entry {
            self.cover_entry(slot, entry, Lots::ZERO);
        }
        let scope = self.orders.get(slot).map_or(0, |order| order.scope);
        self.check_equity_of(scope);
        self.cancel_partner(slot);
        Some(outcome)
    }

    /// Plans an execution and writes it down.
    #[inline(never)] // The plan is gone when what follows from it is done.
    fn execute(
        &mut self,
        slot: u32,
        fill: &Booking,
        exec_id: u64,
        legs: &mut Legs,
    ) -> Option<Outcome> {
        let now = self.now;
        let order = self.orders.get(slot)?;
        let source = Source { exec_id, ..Source::of(order) };
        let asked_for = order.client_id >> 63 == 0 && !OrderMark::Foreign.is_in(order.marks);
        let first = asked_for && order.cum_qty == Lots::ZERO;
        // By reference: a plan is large.
        let planned = self.plan_fill(&source, fill);
        let Ok(plan) = &planned else { return None };
        self.count_execution(source.scope);
        self.emit_fill(&source, fill, plan);
        let outcome = self.change_order(slot, |order| order.fill(fill, now).unwrap_or_default())?;
        self.measure_fill(slot, fill);
        self.note_execution(&source, fill, first);
        self.trade_value((source.symbol, source.scope), source.side, 0, fill.value);
        self.credit_trigger(source.trigger, fill.qty);
        self.write_fill(&source, plan, legs);
        if self.clearings > 0
            && let Some(entry) = &legs.entry
        {
            self.claim_entry(slot, entry.position);
        }
        Some(outcome)
    }

    /// Lots that an execution brings to a position, beyond those it brought before, are covered by
    /// the order's bracket.
    #[inline(never)]
    pub(super) fn cover_entry(&mut self, slot: u32, entry: &EntryLeg, before: Lots) {
        let lots = entry.qty.0.saturating_sub(before.0);
        if lots > 0
            && let Ok(position) = self.positions.resolve(entry.position)
        {
            self.cover(self.order_id(slot), position, Lots(lots));
        }
    }

    /// Keeps an execution for duplicates, busts and corrections. Its order knows its first one.
    #[inline(never)]
    pub(super) fn keep_execution(&mut self, execution: &Execution) {
        if let Some(order) = self.orders.touch(execution.order.slot())
            && order.id == execution.order
        {
            self.executions.note_first(&mut order.first_execution);
        }
        self.executions.push(execution);
    }

    /// Marks an order and tells of it.
    #[inline(never)]
    pub(super) fn mark_anomaly(&mut self, slot: u32, mark: OrderMark, anomaly: Anomaly) {
        let now = self.now;
        self.orders.update(slot, |order| {
            order.marks |= mark.raw();
            order.updated_at = now;
        });
        self.note_anomaly(slot, anomaly);
    }

    /// What the venue knows of an order. Its total never lowers ours.
    #[inline(never)]
    pub(super) fn take_status(
        &mut self,
        slot: u32,
        status: OrderStatus,
        request: &VenueReport,
    ) -> Result<Status, Status> {
        let order = self.orders.get(slot).ok_or(Status::Unknown)?;
        let total = Total::of(request);
        let missing = Lots(total.cum.0.saturating_sub(order.cum_qty.0).max(0));
        let (price, priced) =
            self.execution_price(order.symbol, order.side, request.price, order.price);
        let (value, by_average) = self.missing_value(order, missing, order.notional, &total, price);
        let missing = Booking { qty: missing, value, commission: Money::ZERO };
        self.check_fits(order, &Shares { missing, ..Shares::default() })?;
        let lower = total.cum > Lots::ZERO && total.cum < order.cum_qty;
        let legs = self.legs_to_fire(slot);
        self.enter(request.header.now);
        if lower {
            self.mark_anomaly(slot, OrderMark::InDoubt, Anomaly::InDoubt);
            return Ok(Status::Ok);
        }
        let inferred = missing.qty > Lots::ZERO;
        if inferred && !priced && !by_average {
            self.mark_anomaly(slot, OrderMark::NoPrice, Anomaly::NoPrice);
        }
        let had_ended = self.has_ended(slot);
        self.book_missing(slot, &missing);
        let reason = Reason::from_raw(request.reason).unwrap_or(Reason::None);
        let had_ended_then = self.has_ended(slot);
        let outcome = self.apply_report(slot, Report::Status(status), reason);
        self.note_outcome(slot, outcome, had_ended_then);
        let news = inferred || outcome.changed;
        let answer = if news { self.finish_report(slot, had_ended) } else { self.ignore() };
        Ok(answer.or_more(self.fire_legs(legs)))
    }
}

/// What the venue's total is worth, rounded to the nearest tick-lot.
fn value_of(total: &Total) -> Option<i128> {
    const HALF: i128 = 500_000_000;
    let (whole, parts) = total.avg?;
    let parts = i128::from(parts).checked_mul(i128::from(total.cum.0))?;
    let parts = div_floor(parts.checked_add(HALF)?, HALF.checked_mul(2)?)?;
    whole.times(total.cum).checked_add(parts)
}

/// Inferred executions, as they are remembered.
fn gap_of(booking: &Booking, legs: &Legs) -> Gap {
    let realised = legs.exit.map_or(0, |leg| leg.realised);
    let exit = legs.exit.map_or(Id::NONE, |leg| leg.position);
    Gap {
        qty: booking.qty,
        value: booking.value,
        realised,
        position: legs.entry.map_or(exit, |leg| leg.position),
        entered: legs.entry.is_some(),
    }
}
