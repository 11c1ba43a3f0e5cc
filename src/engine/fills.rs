//! An execution becomes position and money: planned in full, then written down.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Lots, Money, Ticks, div_ceil, div_floor, share_floor};
use crate::order::{Booking, EntryLeg, ExitLeg, Legs, Order};
use crate::position::{Account, Book, Position, Realised, Totals};
use crate::status::{EventKind, ExitReason, PositionSide, RangeError, Side, Status};
use crate::store::{Id, List};

/// Everything an execution changes, computed before anything is.
pub(super) struct Plan {
    /// The position it reduces or enlarges, with its new book.
    existing: Option<Part>,
    /// The position it opens.
    opened: Option<Opening>,
    sums: Sums,
    /// What the position brought that it closes.
    closed: Option<Realised>,
}

/// What an open position gets of it.
struct Part {
    slot: u32,
    side: PositionSide,
    booking: Booking,
    new: Book,
}

/// What a new position gets of it.
struct Opening {
    side: PositionSide,
    booking: Booking,
    /// It is the symbol's net position.
    net: bool,
}

impl Opening {
    fn book(&self) -> Result<Book, RangeError> {
        Book::default().entered(self.booking.qty, self.booking.value)
    }
}

/// The sums of a symbol and of the account as they will be.
#[derive(Clone, Copy)]
pub(super) struct Sums {
    pub symbol: u32,
    /// The scope that the deal is of.
    pub scope: u32,
    pub totals: Totals,
    realised: i128,
    unrealised: i128,
    commission: i128,
}

impl Sums {
    /// By how much realised and unrealised PnL and commissions are beyond those of the account,
    /// which is settled.
    pub(super) fn beyond(&self, account: &Account) -> [i128; 3] {
        [
            self.realised.wrapping_sub(account.realised),
            self.unrealised.wrapping_sub(account.unrealised),
            self.commission.wrapping_sub(account.commission),
        ]
    }
}

/// Where a deal comes from: what of the executed order, or of a deal by hand, positions and events
/// need.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub order: Id,
    pub client_id: u64,
    pub tag: u64,
    pub trigger: Id,
    /// The venue's id of the execution; 0 without one.
    pub exec_id: u64,
    pub symbol: u32,
    pub scope: u32,
    pub side: Side,
    pub exit: ExitReason,
    /// The position it belongs to; none for the net position or a new one.
    pub position: Id,
    /// Whether it holds room for a position.
    pub holds_room: bool,
}

impl Source {
    pub(super) fn of(order: &Order) -> Self {
        Self {
            order: order.id,
            client_id: order.client_id,
            tag: order.tag,
            trigger: order.trigger,
            exec_id: 0,
            symbol: order.symbol,
            scope: order.scope,
            side: order.side,
            exit: order.exit,
            position: order.position,
            holds_room: order.opens_position,
        }
    }

    /// A deal without an order that is known.
    pub(super) const fn without_order(symbol: u32, side: Side) -> Self {
        Self {
            order: Id::NONE,
            client_id: 0,
            tag: 0,
            trigger: Id::NONE,
            exec_id: 0,
            symbol,
            scope: 0,
            side,
            exit: ExitReason::None,
            position: Id::NONE,
            holds_room: false,
        }
    }

    pub(super) fn event(&self, kind: EventKind) -> Event {
        Event {
            order: self.order,
            client_id: self.client_id,
            tag: self.tag,
            symbol: self.symbol,
            scope: self.scope,
            side: self.side.raw(),
            ..Event::new(kind)
        }
    }
}

impl Engine<'_> {
    /// The present sums of a symbol and of the account, for a deal of this scope.
    pub(super) fn sums(&self, symbol: u32, scope: u32) -> Result<Sums, Status> {
        let totals = *self.positions.totals(symbol).ok_or(Status::Symbol)?;
        let Account { realised, unrealised, commission, .. } = self.account.settled();
        Ok(Sums { symbol, scope, totals, realised, unrealised, commission })
    }

    /// Changes sums by one position's new book and a commission that is paid.
    ///
    /// # Errors
    /// `Range` when one does not fit: the sums are of no use then.
    #[inline(never)] // Called twice from one place: once in the code is enough.
    pub(super) fn change_sums(
        &self,
        sums: &mut Sums,
        side: PositionSide,
        (old, new): (&Book, &Book),
        commission: Money,
    ) -> Result<(), Status> {
        let symbol = self.symbols.get(sums.symbol).ok_or(Status::Symbol)?;
        let (marks, scale) = (symbol.marks(), i128::from(symbol.scale));
        let mut totals = sums.totals.changed(side, old, new)?;
        totals.commission = totals.commission.checked_add(commission).ok_or(Status::Range)?;
        let gain = totals.realised.checked_sub(sums.totals.realised).ok_or(Status::Range)?;
        let gain = gain.checked_mul(scale).ok_or(Status::Range)?;
        sums.realised = sums.realised.checked_add(gain).ok_or(Status::Range)?;
        let change = totals.unrealised(marks)?.checked_sub(sums.totals.unrealised(marks)?);
        let change = change.and_then(|c| c.checked_mul(scale)).ok_or(Status::Range)?;
        sums.unrealised = sums.unrealised.checked_add(change).ok_or(Status::Range)?;
        let paid = sums.commission.checked_add(i128::from(commission.0));
        sums.commission = paid.ok_or(Status::Range)?;
        sums.totals = totals;
        let Sums { realised, unrealised, commission, .. } = *sums;
        let account = self.account.settled();
        let account = Account { realised, unrealised, commission, ..account };
        account.equity(false)?;
        account.equity(true)?;
        Ok(())
    }

    /// Writes sums down.
    pub(super) fn write_sums(&mut self, sums: &Sums) {
        self.settle();
        if sums.scope != 0 {
            self.write_books(sums);
        }
        self.account.realised = sums.realised;
        self.account.unrealised = sums.unrealised;
        self.account.commission = sums.commission;
        if let Some(totals) = self.positions.totals_mut(sums.symbol) {
            totals.set_sums(&sums.totals);
        }
        self.reweigh(sums.symbol);
        self.follow_values_of(sums.symbol, sums.scope);
        self.refold(sums.symbol);
        self.refold_path(sums.symbol, sums.scope);
    }

    /// What a position that ends with this book has brought.
    pub(super) fn outcome(
        &self,
        symbol: u32,
        book: &Book,
        commission: Money,
    ) -> Result<Realised, Status> {
        let scale = self.symbols.get(symbol).ok_or(Status::Symbol)?.scale;
        Ok(self.account.outcome(book.realised, scale, commission)?)
    }

    /// Plans what an execution does to positions and account.
    ///
    /// # Errors
    /// `Range` when a sum does not fit; nothing is changed.
    #[inline(never)] // Its frame is gone when the plan is written down.
    pub(super) fn plan_fill(&self, source: &Source, fill: &Booking) -> Result<Plan, Status> {
        self.plan_deal(source, self.fill_target(source), fill)
    }

    /// Plans a deal that reduces or enlarges the position in slot `target`, or opens one.
    ///
    /// # Errors
    /// `Range` when a sum does not fit; nothing is changed.
    pub(super) fn plan_deal(
        &self,
        source: &Source,
        target: Option<u32>,
        fill: &Booking,
    ) -> Result<Plan, Status> {
        let sums = self.sums(source.symbol, source.scope)?;
        let mut plan = Plan { existing: None, opened: None, sums, closed: None };
        let (mut done, mut continues) = (Booking::default(), false);
        if let Some(slot) = target
            && let Some(position) = self.positions.get(slot)
        {
            done = self.plan_part(&mut plan, slot, source, fill)?;
            continues = !position.net;
        }
        let booking = without(fill, &done)?;
        if booking.qty > Lots::ZERO {
            let opened = plan.opened.insert(self.plan_opened(source, booking, continues)?);
            self.open_in(&mut plan.sums, opened)?;
        }
        Ok(plan)
    }

    /// Plans what the position in this slot gets; answers how much of the deal that is.
    #[inline(never)] // In its place in the plan: that is large.
    fn plan_part(
        &self,
        plan: &mut Plan,
        slot: u32,
        source: &Source,
        fill: &Booking,
    ) -> Result<Booking, Status> {
        let position = self.positions.get(slot).ok_or(Status::Unknown)?;
        let part = &*plan.existing.insert(plan_existing(position, slot, source.side, fill)?);
        let books = (&position.book, &part.new);
        self.change_sums(&mut plan.sums, part.side, books, part.booking.commission)?;
        let paid = position.commission.checked_add(part.booking.commission);
        if part.new.qty == Lots::ZERO {
            let paid = paid.ok_or(Status::Range)?;
            plan.closed = Some(self.outcome(source.symbol, &part.new, paid)?);
        }
        Ok(part.booking)
    }

    /// Sums with a new position.
    #[inline(never)]
    fn open_in(&self, sums: &mut Sums, opened: &Opening) -> Result<(), Status> {
        let books = (&Book::default(), &opened.book()?);
        self.change_sums(sums, opened.side, books, opened.booking.commission)
    }

    /// The open position an execution belongs to; none when it opens one.
    fn fill_target(&self, source: &Source) -> Option<u32> {
        let is_open = |slot: &u32| self.positions.get(*slot).is_some_and(Position::is_open);
        let named = self.positions.resolve(source.position).ok().filter(is_open);
        let may_open = source.holds_room || self.positions.has_room();
        let needs_net = !(self.is_hedged(source.symbol) && may_open);
        named.or_else(|| self.open_net(source.symbol, source.scope).filter(|_| needs_net))
    }

    fn plan_opened(
        &self,
        source: &Source,
        booking: Booking,
        continues: bool,
    ) -> Result<Opening, Status> {
        let hedged = self.is_hedged(source.symbol);
        let has_room = continues || source.holds_room || self.positions.has_room();
        Ok(Opening { side: source.side.opens(), booking, net: !(hedged && has_room) })
    }

    /// Writes a plan down; answers where the execution went.
    pub(super) fn commit_fill(&mut self, source: &Source, plan: &Plan) -> Legs {
        let mut legs = Legs::default();
        self.write_fill(source, plan, &mut legs);
        self.check_equity_of(source.scope);
        legs
    }

    /// The same while a report is taken that changes more: the breaker must not see half of it.
    #[inline(never)]
    pub(super) fn write_fill(&mut self, source: &Source, plan: &Plan, legs: &mut Legs) {
        self.write_sums(&plan.sums);
        *legs = Legs::default();
        self.write_existing(source, plan, legs);
        if let (Some(realised), Some(part)) = (plan.closed, &plan.existing) {
            let reversed = plan.opened.is_some() && source.exit != ExitReason::Busted;
            let exit = if reversed { ExitReason::Reversal } else { source.exit };
            self.finish_position(part.slot, source, &realised, exit);
        }
        // Last: it may take the slot of the position that was just closed.
        if let Some(entry) = self.write_opened(source, plan) {
            legs.entry = Some(entry);
        }
    }

    #[inline(never)]
    fn write_existing(&mut self, source: &Source, plan: &Plan, legs: &mut Legs) {
        let Some(part) = &plan.existing else { return };
        self.note_probed(source.order, part.slot);
        let Some(position) = self.positions.get_mut(part.slot) else { return };
        let old = core::mem::replace(&mut position.book, part.new);
        let Booking { qty, value, commission } = part.booking;
        position.commission = Money(position.commission.0.saturating_add(commission.0));
        let (id, tag) = (position.id, position.tag);
        if part.new.entered > old.entered {
            legs.entry = Some(EntryLeg { position: id, qty, value, commission });
        } else {
            let realised = part.new.realised.saturating_sub(old.realised);
            legs.exit = Some(ExitLeg { position: id, qty, value, realised, commission });
        }
        if part.new.qty > Lots::ZERO {
            self.emit(Event {
                position: id,
                tag,
                code: u32::from(part.side.raw()),
                qty: part.new.qty,
                price: price_of(&part.booking),
                ..source.event(EventKind::PositionChanged)
            });
        }
    }

    #[inline(never)]
    fn write_opened(&mut self, source: &Source, plan: &Plan) -> Option<EntryLeg> {
        let part = plan.opened.as_ref()?;
        let Booking { qty, value, commission } = part.booking;
        let id = self.store_opened(source, part)?;
        self.note_probed(source.order, id.slot());
        self.recount_claims(source.symbol, source.scope);
        // What a bust opens is not the order's own.
        if !part.net
            && source.exit != ExitReason::Busted
            && let Ok(slot) = self.orders.resolve(source.order)
        {
            self.change_order(slot, |order| order.position = id);
        }
        self.emit_opened(source, part, id);
        Some(EntryLeg { position: id, qty, value, commission })
    }

    #[inline(never)] // A position is large, too.
    fn store_opened(&mut self, source: &Source, part: &Opening) -> Option<Id> {
        let (book, commission) = (part.book().ok()?, part.booking.commission);
        self.store_position(source, part.side, part.net, &book, commission)
    }

    #[inline(never)]
    fn emit_opened(&mut self, source: &Source, part: &Opening, position: Id) {
        self.emit(Event {
            position,
            code: u32::from(part.side.raw()),
            qty: part.booking.qty,
            price: price_of(&part.booking),
            ..source.event(EventKind::PositionOpened)
        });
    }

    /// Puts a new position into the table.
    fn store_position(
        &mut self,
        source: &Source,
        side: PositionSide,
        net: bool,
        book: &Book,
        commission: Money,
    ) -> Option<Id> {
        let position = Position {
            tag: source.tag,
            opened_by: source.order,
            book: *book,
            commission,
            opened_at: self.now,
            triggers: List::EMPTY,
            symbol: source.symbol,
            scope: source.scope,
            side,
            net,
            ..Position::EMPTY
        };
        let (slot, id) = self.positions.open(&position)?;
        self.note_opened(slot);
        Some(id)
    }

    /// The execution itself; a position that it opens is named by the event that follows.
    #[inline(never)]
    pub(super) fn emit_fill(&mut self, source: &Source, fill: &Booking, plan: &Plan) {
        let existing = plan.existing.as_ref().and_then(|part| self.positions.get(part.slot));
        let event = Event {
            position: existing.map_or(Id::NONE, |position| position.id),
            trigger: source.trigger,
            exec_id: source.exec_id,
            qty: fill.qty,
            price: price_of(fill),
            value: fill.commission,
            ..source.event(EventKind::OrderFill)
        };
        self.emit(event);
    }

    /// A position has no quantity left. One that never had an exit does not count in the
    /// statistics: all its executions were taken back.
    pub(super) fn finish_position(
        &mut self,
        slot: u32,
        source: &Source,
        won: &Realised,
        exit: ExitReason,
    ) {
        let now = self.now;
        let Some(position) = self.positions.get_mut(slot) else { return };
        position.exit = exit;
        position.closed_at = now;
        position.closed_by = source.order;
        position.outcome = won.net;
        position.outcome_sign = won.sign;
        position.counted = position.book.exited > Lots::ZERO;
        let (counted, held) = (position.counted, position.held(now));
        self.end_triggers(slot);
        self.end_reducers(slot);
        self.positions.close(slot);
        self.note_closed(slot);
        self.recount_claims(source.symbol, source.scope);
        self.emit_closed(slot, source);
        if counted {
            self.count_closed(source.scope, won, held);
            self.judge_outcome(source.scope, slot, won);
        }
        self.count_probed(slot, false);
    }

    #[inline(never)]
    fn emit_closed(&mut self, slot: u32, source: &Source) {
        let Some(position) = self.positions.get(slot) else { return };
        self.emit(Event {
            position: position.id,
            tag: position.tag,
            side: position.side.closed_by().raw(),
            code: u32::from(position.exit.raw()),
            value: position.outcome,
            ..source.event(EventKind::PositionClosed)
        });
    }
}

/// What an open position in this slot gets of an execution.
fn plan_existing(
    position: &Position,
    slot: u32,
    side: Side,
    fill: &Booking,
) -> Result<Part, RangeError> {
    let old = &position.book;
    let enlarges = side.opens() == position.side;
    let booking = if enlarges { *fill } else { first_part(fill, old.qty)? };
    let new = if enlarges {
        old.entered(booking.qty, booking.value)?
    } else {
        old.exited(position.side, booking.qty, booking.value)?
    };
    position.commission.checked_add(booking.commission).ok_or(RangeError)?;
    Ok(Part { slot, side: position.side, booking, new })
}

/// Whole ticks of a price, rounded down.
pub(super) fn price_of(booking: &Booking) -> Ticks {
    let price = div_floor(booking.value, i128::from(booking.qty.0));
    Ticks(price.and_then(|price| i64::try_from(price).ok()).unwrap_or_default())
}

/// At most so many lots of an execution: the value in proportion, rounded down, the commission
/// rounded up.
fn first_part(fill: &Booking, qty: Lots) -> Result<Booking, RangeError> {
    if qty >= fill.qty {
        return Ok(*fill);
    }
    let value = share_floor(fill.value, qty.0, fill.qty.0).ok_or(RangeError)?;
    let product = i128::from(fill.commission.0).checked_mul(i128::from(qty.0));
    let share = product.and_then(|p| div_ceil(p, i128::from(fill.qty.0))).ok_or(RangeError)?;
    let commission = i64::try_from(share).map(Money).map_err(|_| RangeError)?;
    Ok(Booking { qty, value, commission })
}

/// The rest of an execution.
fn without(fill: &Booking, part: &Booking) -> Result<Booking, RangeError> {
    Ok(Booking {
        qty: fill.qty.checked_sub(part.qty).ok_or(RangeError)?,
        value: fill.value.checked_sub(part.value).ok_or(RangeError)?,
        commission: fill.commission.checked_sub(part.commission).ok_or(RangeError)?,
    })
}
