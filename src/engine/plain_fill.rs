//! A plain execution: computed in 64 bits, then written down. See `plain_report.rs`.
//!
//! The equity moves as by a quote: within the breaker's band that is one comparison. What it is
//! made of changes besides: realised PnL and commissions leave the unrealised sum.
#![forbid(unsafe_code)]

use super::Engine;
use super::plain_deal::{CLOSES, Deal, ENLARGES, OPENS, REDUCES, adds, figure, is_long};
use super::plain_note::{keep, side, tell};
use super::plain_report::{is_named, is_unwatched};
use crate::event::EventLog;
use crate::market::{Place, Symbol};
use crate::num::{Lots, Money, floor64, narrow};
use crate::order::{Executions, Order, VenueReport};
use crate::position::{Account, Book, Position, Positions, Realised, Totals};
use crate::risk::{Band, Exposure};
use crate::status::{OrderFact, Status, SymbolFlag};
use crate::store::{Id, List, NIL, at};

/// What is left to do once a position is closed.
struct Closed {
    /// The position.
    slot: u32,
    /// What it has brought.
    won: Realised,
    /// What the symbol claimed, and claims.
    claims: (u32, u32),
}

/// What is left to do once an execution is booked: the order, [`NIL`] while it is not filled, and
/// what there is to do for the position.
type Left<T> = (u32, T);

/// Where it is written down.
type Notes<'d, 'm> = (&'d mut EventLog<'m>, &'d mut Executions<'m>);

/// What an execution changes besides positions.
struct Desk<'d> {
    request: &'d VenueReport,
    order: &'d mut Order,
    symbol: &'d mut Symbol,
    exposure: &'d mut Exposure,
    account: &'d mut Account,
    band: &'d mut Band,
}

impl Engine<'_> {
    /// Takes an execution of a plain record, if it is a plain one at once. O(1) for a plain one.
    #[inline(never)] // Its frame is gone when `reports.rs` takes over.
    pub(super) fn take_execution(&mut self, request: &VenueReport, id: Id) -> Status {
        match self.plain_fill(request, id) {
            Some(()) => Status::Ok,
            None => self.take_any(request),
        }
    }

    /// Takes a plain execution; `None`, and nothing has changed, when it is none. O(1).
    #[inline(always)] // Its only caller is nothing else.
    fn plain_fill(&mut self, request: &VenueReport, id: Id) -> Option<()> {
        let slot = id.slot();
        let order = self.orders.touch(slot)?;
        if !is_named(order, id, request) || !self.executions.is_fresh(request.exec_id) {
            return None;
        }
        if request.venue_cum != Lots::ZERO && differs(order, request) {
            return None;
        }
        let number = order.symbol;
        let Place { symbol, beside: exposure } = self.symbols.place_mut(at(number))?;
        exposure.is_light(self.session).then_some(())?;
        let (account, band) = (&mut self.account, &mut self.band);
        let (buys, opens) = (order.side == side::<true>(), order.side.opens());
        let named = order.position;
        let hedged = symbol.spec.has(SymbolFlag::Hedged);
        let desk = Desk { request, order, symbol, exposure, account, band };
        let target = if named == Id::NONE {
            let net = self.positions.totals(number)?.net;
            (!hedged).then_some(())?;
            if net == NIL {
                let notes = (&mut self.events, &mut self.executions);
                let (filled, ()) = opened_so(buys, desk, &mut self.positions, notes)?;
                self.finish_fill(request, filled);
                return Some(());
            }
            net
        } else {
            named.slot()
        };
        let (position, totals) = self.positions.with_totals(target, number)?;
        // The net position of a symbol is open.
        let is_it = named == Id::NONE || named == position.id && position.is_open();
        if !is_it || !is_unwatched(position) {
            return None;
        }
        let adds = position.side == opens;
        let left = position.book.qty.0.wrapping_sub(request.qty.0);
        if !adds && left < 0 {
            return None;
        }
        let parts = (position, totals);
        let notes = (&mut self.events, &mut self.executions);
        if !adds && left == 0 {
            let (filled, closed) = match buys {
                true => closed::<true>(desk, parts, notes)?,
                false => closed::<false>(desk, parts, notes)?,
            };
            self.finish_close(request, filled, &closed);
            return Some(());
        }
        let (filled, ()) = match (adds, buys) {
            (true, true) => moved::<ENLARGES, true>(desk, parts, notes)?,
            (true, false) => moved::<ENLARGES, false>(desk, parts, notes)?,
            (false, true) => moved::<REDUCES, true>(desk, parts, notes)?,
            (false, false) => moved::<REDUCES, false>(desk, parts, notes)?,
        };
        self.finish_fill(request, filled);
        Some(())
    }

    #[inline(always)] // Of a few tests.
    fn finish_fill(&mut self, request: &VenueReport, filled: u32) {
        self.now = request.header.now;
        self.counters.executions = self.counters.executions.wrapping_add(1);
        if filled != NIL {
            self.end_filled(filled);
            self.refold_filled();
        }
        if self.band.owes() {
            self.follow_deal();
        }
    }

    /// The same when a position is closed.
    #[inline(never)] // Last of all.
    fn finish_close(&mut self, request: &VenueReport, filled: u32, closed: &Closed) {
        self.now = request.header.now;
        self.counters.executions = self.counters.executions.wrapping_add(1);
        if filled != NIL {
            self.end_filled(filled);
        }
        self.close_plain(closed);
        self.refold_filled();
        if self.band.owes() {
            self.follow_deal();
        }
    }

    /// A filled order is listed as ended and counted.
    #[inline(always)] // Of a few steps.
    fn end_filled(&mut self, slot: u32) {
        self.orders.file_filled(slot);
        self.statistics.note_filled();
        if let Some(scope) = self.scope_mut() {
            // It was one of them.
            scope.open_orders = scope.open_orders.wrapping_sub(1);
        }
    }

    /// There is no less room than before.
    #[inline]
    fn refold_filled(&mut self) {
        if !self.root.has_room() {
            self.refold_room();
        }
    }

    /// A closed position is listed as such and counted.
    #[inline]
    fn close_plain(&mut self, closed: &Closed) {
        let Closed { slot, won: Realised { net, sign }, claims: (old, new) } = *closed;
        self.positions.close(slot);
        let now = self.now;
        let Some(scope) = self.scope_mut() else { return };
        // The claims of the symbol are among them.
        scope.claims = scope.claims.wrapping_sub(old).wrapping_add(new);
        if sign < 0 {
            self.note_loss(net);
        } else {
            // Only a loss trips.
            scope.breaker.note_outcome(now, i64::from(sign), net);
        }
    }

    #[inline(never)] // Its frame is that of a trip.
    fn note_loss(&mut self, net: Money) {
        let now = self.now;
        let trip = self.scope_mut().and_then(|scope| scope.breaker.note_outcome(now, -1, net));
        if trip.is_some() {
            self.note_trip(trip);
        }
        self.warn_breaker(0);
    }
}

/// What an execution comes to, once it is certain.
struct Booked {
    /// What a position that it closes has brought.
    won: Realised,
    claims: (u32, u32),
    /// Whether it is the first one of its order.
    is_first: bool,
}

/// Everything but the position.
#[inline(always)] // Most of it stays in registers.
fn book<const KIND: u8, const BUYS: bool>(
    desk: &mut Desk<'_>,
    position: &Position,
    totals: &mut Totals,
    deal: &Deal,
) -> Option<Booked> {
    if deal.value == 0 {
        return None;
    }
    let Desk { request, order, symbol, exposure, account, band } = desk;
    let fee = request.commission.0.checked_mul(account.den)?;
    let (closed, equity) = (deal.worth.checked_sub(fee)?, deal.moved.checked_sub(fee)?);
    let won = won_by::<KIND>(position, deal, request, (symbol.scale, account.den))?;
    let place = account.window.after(equity);
    let spare = band.spare_after(closed);
    if place <= account.window.width && spare >= 0 {
        account.window.at = place;
        band.set_spare(spare);
    } else if bears(account, deal.worth, closed, equity, request.commission) {
        band.owe((equity, closed));
    } else {
        return None;
    }
    // Now it is certain.
    if !adds(KIND) {
        add(&mut account.realised, deal.worth);
    }
    add(&mut account.commission, request.commission.0);
    // Where the whole goes is the window's, or `follow_deal`'s.
    account.unrealised = account.unrealised.wrapping_sub(i128::from(closed));
    let claims = book_symbol::<KIND, BUYS>(totals, symbol, exposure, deal, request);
    let is_first = book_order(order, request, deal);
    Some(Booked { won, claims, is_first })
}

/// As [`opened`].
#[inline(always)]
fn opened_so(
    buys: bool,
    desk: Desk<'_>,
    positions: &mut Positions<'_>,
    notes: Notes<'_, '_>,
) -> Option<Left<()>> {
    if buys {
        opened::<true>(desk, positions, notes)
    } else {
        opened::<false>(desk, positions, notes)
    }
}

/// Opens the net position of a symbol.
#[inline(always)]
fn opened<const BUYS: bool>(
    mut desk: Desk<'_>,
    positions: &mut Positions<'_>,
    (events, executions): Notes<'_, '_>,
) -> Option<Left<()>> {
    let totals = positions.totals_mut(desk.order.symbol)?;
    let deal =
        figure::<OPENS, BUYS>(desk.order, &Position::EMPTY, totals, desk.symbol, desk.request);
    let booked = book::<OPENS, BUYS>(&mut desk, &Position::EMPTY, totals, &deal)?;
    let Desk { request, order, .. } = desk;
    let tag = order.tag;
    let slot = positions.open_slot(order.symbol, tag, true);
    // Every symbol owns the slot of its net position.
    let (position, id) = slot.and_then(|slot| positions.begin(slot))?;
    let (qty, value) = (request.qty, i128::from(deal.value.cast_unsigned()));
    let book = Book { qty, cost: value, entered: qty, entry_value: value, ..Book::default() };
    *position = Position {
        id,
        tag: order.tag,
        opened_by: order.id,
        book,
        commission: request.commission,
        opened_at: request.header.now,
        triggers: List::EMPTY,
        symbol: order.symbol,
        scope: order.scope,
        side: side::<BUYS>().opens(),
        net: true,
        ..Position::EMPTY
    };
    executions.note_first(&mut order.first_execution);
    let state = (booked.is_first, deal.leaves);
    tell::<OPENS, BUYS>(events, order, position, request, state);
    keep::<OPENS, BUYS>(executions, order, request, id, 0);
    Some((filled(order, &deal), ()))
}

/// Enlarges or reduces a position.
#[inline(always)]
fn moved<const KIND: u8, const BUYS: bool>(
    mut desk: Desk<'_>,
    (position, totals): (&mut Position, &mut Totals),
    (events, executions): Notes<'_, '_>,
) -> Option<Left<()>> {
    let deal = figure::<KIND, BUYS>(desk.order, position, totals, desk.symbol, desk.request);
    let booked = book::<KIND, BUYS>(&mut desk, position, totals, &deal)?;
    let Desk { request, order, .. } = desk;
    book_position::<KIND>(position, order.position, request, &deal);
    executions.note_first(&mut order.first_execution);
    let state = (booked.is_first, deal.leaves);
    tell::<KIND, BUYS>(events, order, position, request, state);
    keep::<KIND, BUYS>(executions, order, request, position.id, deal.gain);
    Some((filled(order, &deal), ()))
}

/// Closes one.
#[inline(always)]
fn closed<const BUYS: bool>(
    mut desk: Desk<'_>,
    (position, totals): (&mut Position, &mut Totals),
    (events, executions): Notes<'_, '_>,
) -> Option<Left<Closed>> {
    let deal = figure::<CLOSES, BUYS>(desk.order, position, totals, desk.symbol, desk.request);
    let booked = book::<CLOSES, BUYS>(&mut desk, position, totals, &deal)?;
    let Desk { request, order, account, .. } = desk;
    book_position::<CLOSES>(position, order.position, request, &deal);
    let Booked { won, claims, is_first } = booked;
    account.count_closed(&won, request.header.now.since(position.opened_at));
    position.exit = order.exit;
    position.closed_at = request.header.now;
    position.closed_by = order.id;
    (position.outcome, position.outcome_sign, position.counted) = (won.net, won.sign, true);
    executions.note_first(&mut order.first_execution);
    tell::<CLOSES, BUYS>(events, order, position, request, (is_first, deal.leaves));
    keep::<CLOSES, BUYS>(executions, order, request, position.id, deal.gain);
    Some((filled(order, &deal), Closed { slot: position.id.slot(), won, claims }))
}

/// The order, when it is filled. Read here, it is in no register until then.
#[inline(always)]
fn filled(order: &Order, deal: &Deal) -> u32 {
    if deal.leaves == 0 { order.id.slot() } else { NIL }
}

/// Whether the venue's total is not what it was and this.
#[inline(never)] // Few venues say it.
fn differs(order: &Order, request: &VenueReport) -> bool {
    request.venue_cum.0 != order.cum_qty.0.wrapping_add(request.qty.0)
}

/// Whether the equity fits after such a deal, with and without what is not realised.
#[cold]
#[inline(never)]
fn bears(account: &Account, gain: i64, closed: i64, equity: i64, paid: Money) -> bool {
    let account = account.settled();
    let change = i128::from(equity).wrapping_sub(i128::from(closed));
    let sums = account
        .realised
        .checked_add(i128::from(gain))
        .zip(account.unrealised.checked_add(change))
        .zip(account.commission.checked_add(i128::from(paid.0)));
    sums.is_some_and(|((realised, unrealised), commission)| {
        let account = Account { realised, unrealised, commission, ..account };
        account.equity(false).is_ok() && account.equity(true).is_ok()
    })
}

/// What a position that is closed has brought: as `Account::outcome` has it.
#[inline(always)]
fn won_by<const KIND: u8>(
    position: &Position,
    deal: &Deal,
    request: &VenueReport,
    (scale, den): (i64, i64),
) -> Option<Realised> {
    if KIND != CLOSES {
        return Some(Realised { net: Money::ZERO, sign: 0 });
    }
    let paid = position.commission.0.checked_add(request.commission.0)?;
    let realised = narrow(position.book.realised)?.checked_add(deal.gain)?;
    let exact = realised.checked_mul(scale)?.checked_sub(paid.checked_mul(den)?)?;
    let sign = i8::from(exact > 0).wrapping_sub(i8::from(exact < 0));
    let net = if den == 1 { exact } else { floor64(exact, den)? };
    Some(Realised { net: Money(net), sign })
}

// From here on the sums fit: that was seen to before.

/// A sum with this added.
#[inline(always)]
fn add(sum: &mut i128, change: i64) {
    *sum = sum.wrapping_add(i128::from(change));
}

/// A sum with this, not negative, added; or taken out.
#[inline(always)]
fn shift<const KIND: u8>(sum: &mut i128, change: i64) {
    let change = i128::from(change.cast_unsigned());
    *sum = if adds(KIND) { sum.wrapping_add(change) } else { sum.wrapping_sub(change) };
}

/// More of it, or less.
#[inline(always)]
const fn signed<const KIND: u8>(amount: i64) -> i64 {
    if adds(KIND) { amount } else { amount.wrapping_neg() }
}

#[inline(always)]
fn book_totals<const KIND: u8, const BUYS: bool>(
    totals: &mut Totals,
    deal: &Deal,
    request: &VenueReport,
) {
    let (qty, cost) = if is_long::<KIND, BUYS>() {
        (&mut totals.long_qty.0, &mut totals.long_cost)
    } else {
        (&mut totals.short_qty.0, &mut totals.short_cost)
    };
    *qty = qty.wrapping_add(signed::<KIND>(request.qty.0));
    shift::<KIND>(cost, deal.cost);
    if !adds(KIND) {
        add(&mut totals.realised, deal.gain);
    }
    totals.commission.0 = totals.commission.0.wrapping_add(request.commission.0);
}

/// What a tick is worth: see [`Engine::reweigh`].
#[inline(always)]
fn weigh<const KIND: u8, const BUYS: bool>(symbol: &mut Symbol, deal: &Deal) {
    if symbol.spec.has(SymbolFlag::MarkLast) {
        return;
    }
    let weights = &mut symbol.weights;
    let long = is_long::<KIND, BUYS>();
    let weight = if long { &mut weights.long } else { &mut weights.short };
    *weight = weight.wrapping_add(signed::<KIND>(deal.weight));
}

/// All that is kept of the symbol; answers what it claims, before and after.
#[inline(always)] // As above.
fn book_symbol<const KIND: u8, const BUYS: bool>(
    totals: &mut Totals,
    symbol: &mut Symbol,
    exposure: &mut Exposure,
    deal: &Deal,
    request: &VenueReport,
) -> (u32, u32) {
    book_totals::<KIND, BUYS>(totals, deal, request);
    weigh::<KIND, BUYS>(symbol, deal);
    let fills = deal.leaves == 0;
    let claims = claims::<KIND>(exposure, symbol, fills);
    let reserved = (side::<BUYS>(), request.qty, fills);
    exposure.worth.trade_plainly(side::<BUYS>(), deal.value);
    exposure.fill(symbol, reserved, totals.net_lots(), claims.1);
    claims
}

/// What the symbol claims, before and after.
#[inline(always)]
fn claims<const KIND: u8>(exposure: &Exposure, symbol: &Symbol, fills: bool) -> (u32, u32) {
    let old = exposure.claims;
    if KIND != CLOSES {
        return (old, old);
    }
    if symbol.spec.has(SymbolFlag::Hedged) {
        return (old, old.saturating_sub(1));
    }
    // All that works is the order when it is the only one, and is filled.
    let works = exposure.buys.wrapping_add(exposure.sells) > u32::from(fills);
    (old, u32::from(works))
}

/// Answers whether it is its first execution.
#[inline(always)]
fn book_order(order: &mut Order, request: &VenueReport, deal: &Deal) -> bool {
    let is_first = order.cum_qty == Lots::ZERO;
    order.facts = OrderFact::Sent.raw() | OrderFact::Acked.raw();
    order.cum_qty.0 = order.cum_qty.0.wrapping_add(request.qty.0);
    shift::<ENLARGES>(&mut order.notional, deal.value);
    order.commission.0 = order.commission.0.wrapping_add(request.commission.0);
    order.updated_at = request.header.now;
    is_first
}

#[inline(always)]
fn book_position<const KIND: u8>(
    position: &mut Position,
    named: Id,
    request: &VenueReport,
    deal: &Deal,
) {
    let qty = request.qty.0;
    position.commission.0 = position.commission.0.wrapping_add(request.commission.0);
    let book = &mut position.book;
    book.qty.0 = book.qty.0.wrapping_add(signed::<KIND>(qty));
    shift::<KIND>(&mut book.cost, deal.cost);
    if adds(KIND) {
        book.entered.0 = book.entered.0.wrapping_add(qty);
        shift::<ENLARGES>(&mut book.entry_value, deal.value);
        return;
    }
    book.exited.0 = book.exited.0.wrapping_add(qty);
    add(&mut book.realised, deal.gain);
    shift::<ENLARGES>(&mut book.exit_value, deal.value);
    if named != Id::NONE {
        position.closing.0 = position.closing.0.saturating_sub(qty);
    }
}
