//! Reconciliation: the venue's positions and open orders, or a drop copy's, held against ours.
//!
//! Nothing is put right here: every difference is an event, and past what was agreed the breaker
//! trips. Rows are compared as they come; what was not mentioned is looked for at the end, bit by
//! bit.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Money, TickLots, Ticks, div_ceil, div_floor};
use crate::order::Order;
use crate::position::Totals;
use crate::risk::{
    OrderRow, Passed, ReconcileBegin, ReconcileEnd, ReconcileOrder, ReconcilePosition,
    ReconcileReport, Round, worth,
};
use crate::status::{
    Difference, EventKind, OrderFact, ReconcileFlag, ReconcileState, Request, Status, Unit,
};

/// One thing that differs.
#[derive(Clone, Copy)]
struct Found {
    what: Difference,
    unit: Unit,
    ours: i64,
    theirs: i64,
}

impl Found {
    const fn lots(what: Difference, ours: Lots, theirs: Lots) -> Self {
        Self { what, unit: Unit::Lots, ours: ours.0, theirs: theirs.0 }
    }

    fn code(what: Difference, ours: u32, theirs: u32) -> Self {
        Self { what, unit: Unit::Count, ours: i64::from(ours), theirs: i64::from(theirs) }
    }
}

impl Engine<'_> {
    /// Begins a round; one that runs is given up. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`; `Range` for a tolerance below -1, a round about nothing
    /// and a time after now; `Scope`, `Symbol`.
    pub fn reconcile_begin(&mut self, request: &ReconcileBegin) -> Result<Status, Status> {
        request.check()?;
        let now = request.header.now;
        if request.as_of > self.time(now) {
            return Err(Status::Range);
        }
        self.check_scope(request.scope)?;
        let one = request.has(ReconcileFlag::OneSymbol);
        if one && self.symbols.get(request.symbol).is_none() {
            return Err(Status::Symbol);
        }
        self.enter(now);
        self.reconcile.begin(request, self.now, self.submitted);
        Ok(Status::Ok)
    }

    /// Takes what the venue holds of one symbol and compares it. `Ignored` when it was mentioned in
    /// this round before. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Range`; `State` when no round takes positions; `Symbol`.
    pub fn reconcile_position(&mut self, request: &ReconcilePosition) -> Result<Status, Status> {
        request.check()?;
        self.reconcile.round.takes(ReconcileFlag::NoPositions)?;
        let symbol = request.symbol;
        self.symbols.get(symbol).ok_or(Status::Symbol)?;
        self.enter(request.header.now);
        if self.reconcile.mention_symbol(symbol) {
            return Ok(self.ignore());
        }
        let report = &mut self.reconcile.round.report;
        report.positions = report.positions.saturating_add(1);
        let totals = self.totals_of(symbol);
        let ReconcilePosition { long_qty, short_qty, .. } = *request;
        if self.is_hedged(symbol) {
            self.note_lots(
                symbol,
                [
                    Found::lots(Difference::LongQty, totals.long_qty, long_qty),
                    Found::lots(Difference::ShortQty, totals.short_qty, short_qty),
                ],
            );
        } else {
            // Both are at most 2^60.
            let theirs = Lots(long_qty.0.wrapping_sub(short_qty.0));
            let net = Found::lots(Difference::NetQty, Lots(totals.net_lots()), theirs);
            self.note_lots(symbol, [net]);
        }
        self.compare_averages(&totals, request);
        Ok(Status::Ok)
    }

    /// Takes what the venue knows of one order and compares it. `Ignored` for what cannot be
    /// compared: mentioned before, changed here since the venue's books were read, or ended there
    /// and not kept here. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `BadQty`, `Range`; `State` when no round takes orders;
    /// `Symbol`; `Foreign`.
    pub fn reconcile_order(&mut self, request: &ReconcileOrder) -> Result<Status, Status> {
        let row = OrderRow::decode(request)?;
        self.reconcile.round.takes(ReconcileFlag::NoOrders)?;
        self.symbols.get(row.symbol).ok_or(Status::Symbol)?;
        let found = self.orders.find(request.order, request.client_id);
        if found == Err(Status::Foreign) {
            return Err(Status::Foreign);
        }
        self.enter(request.header.now);
        match found {
            Ok(slot) => Ok(self.compare_order(slot, &row)),
            Err(_) if !row.lives => Ok(self.leave_out()),
            Err(status) => {
                self.note_unknown(status, request, &row);
                Ok(Status::Ok)
            }
        }
    }

    /// Ends a round: looks for what the venue should have mentioned. `More` when work is left: call
    /// it or [`Engine::drain`] again. O(work_per_call); in all O(orders ever held + symbols).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `State` when no round runs.
    pub fn reconcile_end(&mut self, request: &ReconcileEnd) -> Result<Status, Status> {
        request.check_frame()?;
        let round = &self.reconcile.round;
        if !round.is(ReconcileState::Rows) && !round.is(ReconcileState::Ending) {
            return Err(Status::State);
        }
        self.enter(request.header.now);
        self.reconcile.round.set(ReconcileState::Ending);
        Ok(self.end_round())
    }

    /// The round that runs, or was last.
    #[must_use]
    pub const fn reconcile_get(&self) -> ReconcileReport {
        self.reconcile.round.report
    }

    /// Goes on with a round that ends. `More` when work is left.
    #[inline(never)]
    pub(super) fn end_round(&mut self) -> Status {
        if !self.reconcile.round.is(ReconcileState::Ending) {
            return Status::Ok;
        }
        for _ in 0..self.config.work_per_call {
            let Round { agreed, next_order, next_symbol, .. } = self.reconcile.round;
            let orders = !agreed.has(ReconcileFlag::NoOrders);
            let positions = !agreed.has(ReconcileFlag::NoPositions);
            if orders && next_order < self.orders.table().high_water() {
                self.reconcile.round.next_order = next_order.saturating_add(1);
                self.look_for_order(next_order);
            } else if positions && next_symbol < self.symbols.count() {
                self.reconcile.round.next_symbol = next_symbol.saturating_add(1);
                self.look_for_symbol(next_symbol);
            } else {
                self.close_round();
                return Status::Ok;
            }
        }
        Status::More
    }

    fn close_round(&mut self) {
        self.reconcile.round.set(ReconcileState::Done);
        self.reconcile.round.report.ended_at = self.now;
        let ReconcileReport { positions, orders, differences, lots, money, .. } =
            self.reconcile.round.report;
        let rows = i64::from(positions).saturating_add(i64::from(orders));
        let event = Event { qty: lots, value: money, ..self.difference() };
        self.emit(event.with_breach(Unit::Count, rows, i64::from(differences)));
    }

    /// A difference in the scope of the round.
    fn difference(&self) -> Event {
        Event { scope: self.reconcile.round.agreed.scope, ..Event::new(EventKind::Difference) }
    }

    /// An order that lives at the venue, as far as we know, and was not mentioned.
    fn look_for_order(&mut self, slot: u32) {
        let round = &self.reconcile.round;
        let Some(order) = self.orders.get(slot) else { return };
        let Order { symbol, venue, scope, number, sent_at, updated_at, .. } = *order;
        let agreed = &round.agreed;
        let elsewhere = agreed.has(ReconcileFlag::OneSymbol) && symbol != agreed.symbol
            || agreed.has(ReconcileFlag::OneVenue) && venue != agreed.venue
            || !self.scopes.path(scope).all().any(|above| above == agreed.scope);
        let known = number <= round.through && round.covers(sent_at);
        let lives = !order.is_terminal() && order.is(OrderFact::Sent);
        if elsewhere || !known || !lives || round.is_newer(updated_at) {
            return;
        }
        if self.reconcile.has_order(slot) {
            return;
        }
        let event = Self::order_event(EventKind::Difference, order);
        // What was executed was there.
        let was_there = order.is(OrderFact::Acked) || order.cum_qty > Lots::ZERO;
        let what = if was_there { Difference::MissingOrder } else { Difference::InDoubt };
        self.tell_difference(event, &Found::lots(what, order.working(), Lots::ZERO));
        if was_there {
            self.reconcile.round.add_order();
            self.hold_to_agreed();
        }
    }

    /// A symbol that was not mentioned: the venue holds nothing of it.
    fn look_for_symbol(&mut self, symbol: u32) {
        let agreed = &self.reconcile.round.agreed;
        let elsewhere = agreed.has(ReconcileFlag::OneSymbol) && symbol != agreed.symbol;
        if elsewhere || self.reconcile.has_symbol(symbol) {
            return;
        }
        let totals = self.totals_of(symbol);
        self.note_lots(
            symbol,
            [
                Found::lots(Difference::MissingLong, totals.long_qty, Lots::ZERO),
                Found::lots(Difference::MissingShort, totals.short_qty, Lots::ZERO),
            ],
        );
    }

    /// What the scope of the round holds of a symbol, with the scopes in it.
    fn totals_of(&self, symbol: u32) -> Totals {
        let totals = match self.reconcile.round.agreed.scope {
            0 => self.positions.totals(symbol),
            scope => self.books.find(scope, symbol).map(|book| &book.totals),
        };
        totals.copied().unwrap_or(Totals::EMPTY)
    }

    /// Lots of a symbol, ours and the venue's, that may differ.
    fn note_lots<const N: usize>(&mut self, symbol: u32, sides: [Found; N]) {
        let mut lots = 0_i64;
        for found in sides {
            let apart = found.ours.abs_diff(found.theirs);
            if apart == 0 {
                continue;
            }
            let apart = i64::try_from(apart).unwrap_or(i64::MAX);
            lots = lots.saturating_add(apart);
            let event = Event { symbol, qty: Lots(apart), ..self.difference() };
            self.tell_difference(event, &found);
        }
        if lots > 0 {
            let value = self.value_of_lots(symbol, Lots(lots));
            self.reconcile.round.add_symbol(Lots(lots), value);
            self.hold_to_agreed();
        }
    }

    /// At the mark of longs or of shorts, whichever is farther from 0; `None` without any.
    fn value_of_lots(&self, symbol: u32, lots: Lots) -> Option<Money> {
        let symbol = self.symbols.get(symbol)?;
        let (long, short) = symbol.marks()?;
        let far = if long.0.unsigned_abs() > short.0.unsigned_abs() { long } else { short };
        Some(worth(symbol, lots, far).unwrap_or(Money(i64::MAX)))
    }

    /// Average prices of lots that do not differ, where the venue gives them.
    fn compare_averages(&mut self, totals: &Totals, request: &ReconcilePosition) {
        let Totals { long_qty, long_cost, short_qty, short_cost, .. } = *totals;
        let theirs = request;
        let sides = [
            (long_qty, long_cost, theirs.long_qty, theirs.long_price),
            (short_qty, short_cost, theirs.short_qty, theirs.short_price),
        ];
        for (qty, cost, same, price) in sides {
            let given = price != Ticks::ZERO && qty > Lots::ZERO && qty == same;
            if let Some(ours) = average_besides(cost, qty, price).filter(|_| given) {
                let event = Event { symbol: theirs.symbol, qty, ..self.difference() };
                let what = Difference::AveragePrice;
                let found = Found { what, unit: Unit::Ticks, ours: ours.0, theirs: price.0 };
                self.tell_difference(event, &found);
            }
        }
    }

    fn compare_order(&mut self, slot: u32, row: &OrderRow) -> Status {
        let Some(order) = self.orders.get(slot) else { return self.ignore() };
        let round = &self.reconcile.round;
        // The slot may have been another order's when the round began.
        let counts = order.number <= round.through;
        let newer = round.is_newer(order.updated_at);
        if counts && self.reconcile.mention_order(slot) {
            return self.ignore();
        }
        if newer {
            return self.leave_out();
        }
        let event = Self::order_event(EventKind::Difference, order);
        let found = differences(order, row);
        self.count_order();
        for found in found.iter().flatten() {
            self.tell_difference(event, found);
        }
        if found.iter().any(Option::is_some) {
            self.reconcile.round.add_order();
            self.hold_to_agreed();
        }
        Status::Ok
    }

    /// An order lives at the venue and is not kept here. A stale id was ours: it has ended.
    fn note_unknown(&mut self, status: Status, request: &ReconcileOrder, row: &OrderRow) {
        let stale = status == Status::Stale;
        let what = if stale { Difference::EndedHere } else { Difference::UnknownOrder };
        let event = Event {
            order: request.order,
            client_id: request.client_id,
            symbol: row.symbol,
            side: row.side.raw(),
            price: row.price,
            ..self.difference()
        };
        self.count_order();
        self.tell_difference(event, &Found::lots(what, Lots::ZERO, row.leaves()));
        self.reconcile.round.add_order();
        self.hold_to_agreed();
    }

    fn count_order(&mut self) {
        let report = &mut self.reconcile.round.report;
        report.orders = report.orders.saturating_add(1);
    }

    fn leave_out(&mut self) -> Status {
        let report = &mut self.reconcile.round.report;
        report.left_out = report.left_out.saturating_add(1);
        self.ignore()
    }

    #[inline(never)] // The event is not part of its callers' frames.
    fn tell_difference(&mut self, event: Event, found: &Found) {
        self.reconcile.round.note(found.what);
        let event = Event { code: found.what.raw(), ..event };
        self.emit(event.with_breach(found.unit, found.ours, found.theirs));
    }

    /// Trips the breaker, once a round, when more differs than was agreed.
    fn hold_to_agreed(&mut self) {
        let Some(Passed { unit, limit, observed }) = self.reconcile.round.passed() else { return };
        self.reconcile.round.report.tripped = 1;
        let (now, number) = (self.now, self.reconcile.round.agreed.scope);
        let scope = self.scopes.get_mut(number);
        let trip = scope.and_then(|s| s.breaker.trip_reconcile(now, unit, limit, observed));
        self.note_trip_of(number, trip);
    }
}

/// What a row says otherwise than we know.
fn differences(order: &Order, row: &OrderRow) -> [Option<Found>; 6] {
    let (ours, theirs) = (order.symbol, row.symbol);
    let symbol = (ours != theirs).then(|| Found::code(Difference::Symbol, ours, theirs));
    let (ours, theirs) = (u32::from(order.side.raw()), u32::from(row.side.raw()));
    let side = (ours != theirs).then(|| Found::code(Difference::Side, ours, theirs));
    let (ours, theirs) = (order.cum_qty, row.cum_qty);
    let missed = if theirs > ours { Difference::FillMissed } else { Difference::FillExtra };
    let cum = (ours != theirs).then(|| Found::lots(missed, ours, theirs));
    let (qty, price) = if row.lives && !order.is_terminal() {
        (quantity(order, row), price(order, row))
    } else {
        (None, None)
    };
    [symbol, side, qty, price, life(order, row), cum]
}

fn life(order: &Order, row: &OrderRow) -> Option<Found> {
    let what = match (order.is_terminal(), row.lives) {
        (true, true) => Difference::EndedHere,
        (true, false) => return None,
        (false, _) if !order.is(OrderFact::Sent) => Difference::NotSent,
        (false, false) => Difference::EndedThere,
        (false, true) => return None,
    };
    Some(Found::lots(what, order.working(), row.leaves()))
}

/// While a replace is in flight the venue may know the old terms or the new ones.
fn quantity(order: &Order, row: &OrderRow) -> Option<Found> {
    let new = order.is(OrderFact::ReplaceInflight).then_some(order.replace.qty);
    let fits = row.qty == order.order_qty || Some(row.qty) == new;
    (!fits).then(|| Found::lots(Difference::Quantity, order.order_qty, row.qty))
}

fn price(order: &Order, row: &OrderRow) -> Option<Found> {
    let new = order.is(OrderFact::ReplaceInflight).then_some(order.replace.price);
    let fits = row.price == order.price || Some(row.price) == new;
    let what = Difference::Price;
    let found = Found { what, unit: Unit::Ticks, ours: order.price.0, theirs: row.price.0 };
    (order.effective_type().has_price() && !fits).then_some(found)
}

/// The average, rounded down, when a price is neither that nor the average rounded up.
fn average_besides(cost: TickLots, qty: Lots, price: Ticks) -> Option<Ticks> {
    let qty = i128::from(qty.0);
    let (down, up) = (div_floor(cost, qty)?, div_ceil(cost, qty)?);
    let apart = !(down..=up).contains(&i128::from(price.0));
    i64::try_from(down).ok().filter(|_| apart).map(Ticks)
}
