//! A plain execution: computed in 64 bits, then written down. See `plain_report.rs`.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Source;
use super::plain_report::{event_of, is_unwatched, live_event};
use crate::event::Event;
use crate::market::Symbol;
use crate::num::{Lots, Money, Nanos, floor64, narrow};
use crate::order::{EntryLeg, ExecutionState, ExitLeg, Order, VenueReport};
use crate::position::{Account, Book, Position, Realised, Totals};
use crate::status::{EventKind, OrderFact, OrderStatus, Side, SymbolFlag};
use crate::store::{Id, NIL, at};

/// What an execution does to a position.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Opens,
    Enlarges,
    Reduces,
    Closes,
}

impl Deed {
    const fn adds(self) -> bool {
        matches!(self, Self::Opens | Self::Enlarges)
    }
}

/// What an execution moves; sums of 128 bits have room for it.
struct Move {
    deed: Deed,
    /// Slot of the position; [`NIL`] when it opens the net one.
    slot: u32,
    /// Quantity × price.
    value: i64,
    /// What it adds to the position's cost, or takes out of it.
    cost: i64,
    /// What it realises.
    gain: i64,
    /// What the position has realised then.
    realised: i64,
    /// Commissions of the position then.
    paid: Money,
}

/// The account's sums as they will be.
struct Sums {
    realised: i64,
    unrealised: i64,
    commission: i64,
    equity: Money,
}

/// Everything that an execution changes.
pub(super) struct Deal {
    fills: bool,
    /// Where the execution is to be found: see [`crate::order::Executions`].
    bucket: u32,
    part: Move,
    sums: Sums,
    /// What the position has brought, when it is closed.
    won: Realised,
}

impl Engine<'_> {
    #[inline(never)] // What it needs is gone when the deal is written down.
    pub(super) fn plan_plain(&self, order: &Order, request: &VenueReport) -> Option<Deal> {
        let cum = booked_then(order, request)?;
        let bucket = self.executions.probe(request.exec_id)?;
        let symbol = self.symbols.get(order.symbol)?;
        let totals = self.positions.totals(order.symbol)?;
        let target = target_of(order, symbol, totals)?;
        let value = request.price.0.checked_mul(request.qty.0)?;
        order.notional.checked_add(i128::from(value))?;
        order.commission.checked_add(request.commission)?;
        let part = self.plan_move(order, target, request, value)?;
        let sums = self.plan_sums(order.side, symbol, totals, request, &part)?;
        let won = match part.deed {
            Deed::Closes => won_by(&part, symbol.scale, self.account.den)?,
            _ => Realised { net: Money::ZERO, sign: 0 },
        };
        Some(Deal { fills: cum == order.order_qty, bucket, part, sums, won })
    }

    #[inline]
    fn plan_move(
        &self,
        order: &Order,
        slot: u32,
        request: &VenueReport,
        value: i64,
    ) -> Option<Move> {
        let (qty, mut paid) = (request.qty, request.commission);
        if slot == NIL {
            let deed = Deed::Opens;
            return Some(Move { deed, slot, value, cost: value, gain: 0, realised: 0, paid });
        }
        let position = self.positions.get(slot)?;
        let is_it = order.position == Id::NONE || order.position == position.id;
        if !is_it || !is_unwatched(position) {
            return None;
        }
        let book = &position.book;
        paid = position.commission.checked_add(paid)?;
        if order.side.opens() == position.side {
            book.qty.checked_add(qty)?;
            book.entered.checked_add(qty)?;
            book.cost.checked_add(i128::from(value))?;
            book.entry_value.checked_add(i128::from(value))?;
            let deed = Deed::Enlarges;
            return Some(Move { deed, slot, value, cost: value, gain: 0, realised: 0, paid });
        }
        let left = book.qty.0.checked_sub(qty.0)?;
        let deed = match left {
            0 => Deed::Closes,
            1.. => Deed::Reduces,
            _ => return None,
        };
        let cost = narrow(book.cost)?;
        let cost = if left == 0 { cost } else { share_of(cost, qty, book.qty, order.side)? };
        let gain = match order.side {
            Side::Sell => value.checked_sub(cost)?,
            Side::Buy => cost.checked_sub(value)?,
        };
        book.exited.checked_add(qty)?;
        book.exit_value.checked_add(i128::from(value))?;
        let realised = narrow(book.realised)?.checked_add(gain)?;
        Some(Move { deed, slot, value, cost, gain, realised, paid })
    }

    #[inline]
    fn plan_sums(
        &self,
        side: Side,
        symbol: &Symbol,
        totals: &Totals,
        request: &VenueReport,
        part: &Move,
    ) -> Option<Sums> {
        let Move { deed, cost, gain, .. } = *part;
        let (qty, paid) = (request.qty, request.commission);
        // A valuation of such sums fits 128 bits.
        narrow(totals.long_cost)?;
        narrow(totals.short_cost)?;
        totals.realised.checked_add(i128::from(gain))?;
        totals.commission.checked_add(paid)?;
        let is_long = (side == Side::Buy) == deed.adds();
        if deed.adds() {
            let open = if is_long { totals.long_qty } else { totals.short_qty };
            open.checked_add(qty)?;
        }
        let change = match symbol.marks() {
            None => 0,
            Some((long, short)) => {
                let mark = if is_long { long } else { short };
                let value = mark.0.checked_mul(qty.0)?;
                match side {
                    Side::Buy => value.checked_sub(cost)?,
                    Side::Sell => cost.checked_sub(value)?,
                }
            }
        };
        let account = &self.account;
        let old = narrow(account.realised)?;
        let realised = old.checked_add(gain.checked_mul(symbol.scale)?)?;
        let old = narrow(account.unrealised())?;
        let unrealised = old.checked_add(change.checked_mul(symbol.scale)?)?;
        let commission = narrow(account.commission)?.checked_add(paid.0)?;
        // The equity fits, with and without what is not realised.
        let cash = narrow(account.paid_in)?.checked_sub(commission)?;
        let closed = cash.checked_mul(account.den)?.checked_add(realised)?;
        let marked = closed.checked_add(unrealised)?;
        let exact = if self.realised_only() { closed } else { marked };
        let equity = money(exact, account.den)?;
        Some(Sums { realised, unrealised, commission, equity })
    }

    #[inline]
    pub(super) fn write_plain(&mut self, slot: u32, request: &VenueReport, deal: &Deal) {
        self.settle();
        let now = self.now;
        let part = &deal.part;
        let Some(order) = self.orders.touch(slot) else { return };
        let (position, totals) = self.positions.with_totals(part.slot, order.symbol);
        let mut id = position.as_ref().map_or(Id::NONE, |position| position.id);
        self.counters.executions = self.counters.executions.wrapping_add(1);
        self.events.push(now, fill_event(order, request, id));
        let is_first = order.cum_qty == Lots::ZERO;
        book_order(order, request, part.value, now);
        if deal.fills {
            self.events.push(now, live_event(order, OrderStatus::Filled));
        } else if is_first {
            self.events.push(now, live_event(order, OrderStatus::PartiallyFilled));
        }
        deal.sums.write(&mut self.account);
        if let Some(totals) = totals {
            book_totals(totals, order.side, request, part);
        }
        if let Some(position) = position {
            book_position(position, order, request, part);
            if part.deed != Deed::Closes {
                self.events.push(now, changed_event(order, request, position));
            }
        }
        if let Some(exposure) = self.exposures.get_mut(at(order.symbol)) {
            exposure.shift(order.side, request.qty, Lots::ZERO);
            exposure.recount(order.side, deal.fills, false);
        }
        let symbol = order.symbol;
        if deal.fills {
            self.end_filled(slot);
        }
        match part.deed {
            Deed::Opens => id = self.open_plain(slot, request, part),
            Deed::Closes => self.close_plain(slot, deal),
            _ => {}
        }
        self.reweigh(symbol);
        self.recount_claims(symbol);
        self.note_equity(deal.sums.equity);
        self.keep_plain(slot, request, deal, id);
    }

    #[inline(never)]
    fn open_plain(&mut self, slot: u32, request: &VenueReport, part: &Move) -> Id {
        let Some(order) = self.orders.get(slot) else { return Id::NONE };
        let (source, side, qty) = (Source::of(order), order.side.opens(), request.qty);
        let value = i128::from(part.value);
        let book = Book { qty, cost: value, entered: qty, entry_value: value, ..Book::default() };
        let opened = self.store_position(&source, side, true, &book, request.commission);
        let Some(position) = opened else { return Id::NONE };
        let event = source.event(EventKind::PositionOpened);
        let (code, price) = (u32::from(side.raw()), request.price);
        self.events.push(self.now, Event { position, code, qty, price, ..event });
        position
    }

    #[inline(never)]
    fn close_plain(&mut self, slot: u32, deal: &Deal) {
        let Some(source) = self.orders.get(slot).map(Source::of) else { return };
        self.finish_position(deal.part.slot, &source, &deal.won, source.exit);
    }

    #[inline]
    fn end_filled(&mut self, slot: u32) {
        self.orders.file_filled(slot);
        if let Some(scope) = self.scope_mut() {
            scope.open_orders = scope.open_orders.saturating_sub(1);
        }
    }

    /// Keeps the execution.
    #[inline(never)]
    fn keep_plain(&mut self, slot: u32, request: &VenueReport, deal: &Deal, position: Id) {
        let part = &deal.part;
        let VenueReport { exec_id, qty, price, commission, .. } = *request;
        let value = i128::from(part.value);
        let Some(order) = self.orders.get(slot) else { return };
        let (kept, forgotten) = self.executions.claim(exec_id, deal.bucket);
        if let Some(kept) = kept {
            kept.exec_id = exec_id;
            kept.order = order.id;
            kept.symbol = order.symbol;
            kept.side = order.side;
            kept.qty = qty;
            kept.price = price;
            kept.booked = qty;
            kept.value = value;
            kept.commission = commission;
            kept.state = ExecutionState::Live;
            kept.awaited = false;
            if part.deed.adds() {
                kept.legs.exit = None;
                // What found no room went nowhere.
                let leg = EntryLeg { position, qty, value, commission };
                kept.legs.entry = (position != Id::NONE).then_some(leg);
            } else {
                let realised = i128::from(part.gain);
                kept.legs.exit = Some(ExitLeg { position, qty, value, realised, commission });
                kept.legs.entry = None;
            }
        }
        self.note_forgotten(forgotten);
    }
}

impl Sums {
    #[inline]
    fn write(&self, account: &mut Account) {
        account.realised = i128::from(self.realised);
        account.unrealised = i128::from(self.unrealised);
        account.commission = i128::from(self.commission);
    }
}

/// The execution as an event.
#[inline]
fn fill_event(order: &Order, request: &VenueReport, position: Id) -> Event {
    let VenueReport { exec_id, qty, price, commission, .. } = *request;
    let event = event_of(order, EventKind::OrderFill, position);
    Event { exec_id, qty, price, value: commission, ..event }
}

/// A position that stays open, as an event.
#[inline]
fn changed_event(order: &Order, request: &VenueReport, position: &Position) -> Event {
    Event {
        tag: position.tag,
        code: u32::from(position.side.raw()),
        qty: position.book.qty,
        price: request.price,
        ..event_of(order, EventKind::PositionChanged, position.id)
    }
}

// The sums fit: that was seen to when they were planned.

#[inline]
fn book_order(order: &mut Order, request: &VenueReport, value: i64, now: Nanos) {
    order.facts = OrderFact::Sent.raw() | OrderFact::Acked.raw();
    order.cum_qty.0 = order.cum_qty.0.wrapping_add(request.qty.0);
    order.notional = order.notional.wrapping_add(i128::from(value));
    order.commission.0 = order.commission.0.wrapping_add(request.commission.0);
    order.retry_at = Nanos::ZERO;
    order.updated_at = now;
}

#[inline]
fn book_totals(totals: &mut Totals, side: Side, request: &VenueReport, part: &Move) {
    let adds = part.deed.adds();
    let (qty, cost) = if (side == Side::Buy) == adds {
        (&mut totals.long_qty.0, &mut totals.long_cost)
    } else {
        (&mut totals.short_qty.0, &mut totals.short_cost)
    };
    let (lots, change) = if adds {
        (request.qty.0, part.cost)
    } else {
        (request.qty.0.wrapping_neg(), part.cost.wrapping_neg())
    };
    *qty = qty.wrapping_add(lots);
    *cost = cost.wrapping_add(i128::from(change));
    totals.realised = totals.realised.wrapping_add(i128::from(part.gain));
    totals.commission.0 = totals.commission.0.wrapping_add(request.commission.0);
}

#[inline]
fn book_position(position: &mut Position, order: &Order, request: &VenueReport, part: &Move) {
    let (qty, value, cost) = (request.qty.0, i128::from(part.value), i128::from(part.cost));
    position.commission = part.paid;
    let book = &mut position.book;
    if part.deed.adds() {
        book.qty.0 = book.qty.0.wrapping_add(qty);
        book.entered.0 = book.entered.0.wrapping_add(qty);
        book.cost = book.cost.wrapping_add(cost);
        book.entry_value = book.entry_value.wrapping_add(value);
        return;
    }
    book.qty.0 = book.qty.0.wrapping_sub(qty);
    book.exited.0 = book.exited.0.wrapping_add(qty);
    book.cost = book.cost.wrapping_sub(cost);
    book.realised = i128::from(part.realised);
    book.exit_value = book.exit_value.wrapping_add(value);
    if order.position != Id::NONE {
        position.closing.0 = position.closing.0.saturating_sub(qty);
    }
}

/// Σ quantity of an order with an execution that can be booked as it is.
#[inline]
fn booked_then(order: &Order, request: &VenueReport) -> Option<Lots> {
    let VenueReport { qty, price, exec_id, venue_cum, .. } = *request;
    let cum = order.cum_qty.checked_add(qty)?;
    let agrees = venue_cum == Lots::ZERO || venue_cum == cum;
    let is_given = qty.0 != 0 && price.0 != 0 && exec_id != 0;
    (agrees && is_given && cum <= order.order_qty).then_some(cum)
}

/// The slot of the position that an order moves, [`NIL`] when it opens the net one. `None` when it
/// opens one of several.
#[inline]
fn target_of(order: &Order, symbol: &Symbol, totals: &Totals) -> Option<u32> {
    if order.position != Id::NONE {
        return Some(order.position.slot());
    }
    (!symbol.spec.has(SymbolFlag::Hedged)).then_some(totals.net)
}

/// The share of the cost that goes with a part: as [`Book::exited`] has it.
#[inline]
fn share_of(cost: i64, part: Lots, whole: Lots, side: Side) -> Option<i64> {
    let product = cost.checked_mul(part.0)?;
    match side {
        Side::Sell => floor64(product.checked_neg()?, whole.0)?.checked_neg(),
        Side::Buy => floor64(product, whole.0),
    }
}

/// What a position that is closed has brought: as `Account::outcome` has it.
#[inline]
fn won_by(part: &Move, scale: i64, den: i64) -> Option<Realised> {
    let exact = part.realised.checked_mul(scale)?.checked_sub(part.paid.0.checked_mul(den)?)?;
    let sign = i8::try_from(exact.signum()).unwrap_or(0);
    Some(Realised { net: money(exact, den)?, sign })
}

/// An exact value, floored to a money unit: as `Account::money` has it.
#[inline]
fn money(exact: i64, den: i64) -> Option<Money> {
    if den == 1 { Some(Money(exact)) } else { floor64(exact, den).map(Money) }
}
