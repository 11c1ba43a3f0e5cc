//! A plain execution: computed in 64 bits, then written down. See `plain_report.rs`.
//!
//! The equity moves as by a quote: within the breaker's band that is one comparison. What it is
//! made of changes besides: realised PnL and commissions leave the unrealised sum.
#![forbid(unsafe_code)]

use super::Engine;
use super::plain_report::{event_of, is_named, is_unwatched, live_event};
use crate::event::{Event, EventLog};
use crate::market::Symbol;
use crate::num::{Lots, Money, Nanos, Ticks, floor64, narrow};
use crate::order::{EntryLeg, ExecutionState, Executions, ExitLeg, Order, VenueReport};
use crate::position::{Account, Book, Position, Positions, Realised, Totals};
use crate::risk::Exposure;
use crate::status::{EventKind, OrderFact, OrderStatus, Side, Status, SymbolFlag};
use crate::store::{Id, List, at};

/// What an execution moves; sums of 128 bits have room for it.
#[derive(Clone, Copy)]
struct Deal {
    /// Whether it opens or enlarges a position; it reduces or closes one otherwise.
    adds: bool,
    /// Whether nothing is left of the position.
    closes: bool,
    /// Whether the order is filled then.
    fills: bool,
    /// Whether the position is a long.
    long: bool,
    /// Quantity × price.
    value: i64,
    /// What it adds to the position's cost, or takes out of it.
    cost: i64,
    /// What it realises, tick-lots.
    gain: i64,
}

/// What is told of a position.
#[derive(Clone, Copy)]
struct Told {
    kind: EventKind,
    position: Id,
    tag: u64,
    code: u32,
    qty: Lots,
    value: Money,
}

/// What that comes to in the account, units of 1 / `den`.
#[derive(Clone, Copy)]
struct Turn {
    /// What it realises.
    gain: i64,
    /// The same less the commission: by so much the closed equity moves.
    closed: i64,
    /// By so much the equity moves.
    equity: i64,
    /// What the ticks of the position's side are worth more or less.
    weight: i64,
}

impl Engine<'_> {
    #[inline(never)] // Its frame is gone when `reports.rs` takes over.
    pub(super) fn plain_fill(&mut self, request: &VenueReport) -> Option<Status> {
        let slot = self.plain_slot(request)?;
        let order = self.orders.get(slot)?;
        if !is_named(order, request) {
            return None;
        }
        let totals = self.positions.totals(order.symbol)?;
        let buys = order.side == Side::Buy;
        let (target, adds) = if order.position == Id::NONE {
            // Of one that nets, as is seen below, one side is open at most.
            let against = if buys { totals.short_qty } else { totals.long_qty };
            (totals.net, against == Lots::ZERO)
        } else {
            let target = order.position.slot();
            (target, self.positions.get(target)?.side == order.side.opens())
        };
        match (adds, buys) {
            (true, true) => self.fill_plain::<true, true>(slot, target, request),
            (true, false) => self.fill_plain::<true, false>(slot, target, request),
            (false, true) => self.fill_plain::<false, true>(slot, target, request),
            (false, false) => self.fill_plain::<false, false>(slot, target, request),
        }
    }

    /// `ADDS` when the position in slot `target` is opened, with [`NIL`], or enlarged; `BUYS` when
    /// the order does.
    #[inline(never)] // All together would need more registers than there are.
    fn fill_plain<const ADDS: bool, const BUYS: bool>(
        &mut self,
        slot: u32,
        target: u32,
        request: &VenueReport,
    ) -> Option<Status> {
        let order = self.orders.touch(slot)?;
        let bucket = self.executions.probe(request.exec_id)?;
        let number = order.symbol;
        let symbol = self.symbols.get_mut(number)?;
        let exposure = self.exposures.get_mut(at(number))?;
        let (position, totals) = self.positions.with_totals(target, number);
        let totals = totals?;
        let (account, side) = (&mut self.account, if BUYS { Side::Buy } else { Side::Sell });
        let deal = plan::<ADDS, BUYS>((order, symbol), position.as_deref(), request)?;
        let turn = turn_of(&deal, request, (side, symbol, totals), account.den)?;
        let place = account.window.after(turn.equity);
        let spare = self.band.spare_after(turn.closed);
        let stays = place <= account.window.width && spare >= 0;
        if !stays && !bears(account, turn.gain, turn.closed, turn.equity, request.commission) {
            return None;
        }
        let won = won_by(position.as_deref(), &deal, request, (symbol.scale, account.den))?;
        // Here it is certain.
        let now = request.header.now;
        self.now = now;
        self.counters.executions = self.counters.executions.wrapping_add(1);
        if stays {
            account.window.at = place;
            self.band.set_spare(spare);
        }
        book_account(account, &turn, request);
        book_totals(totals, &deal, request);
        weigh(symbol, &deal, &turn);
        let claims = book_exposure(exposure, symbol, totals, side, &deal, request);
        let status = book_order(order, request, &deal, now);
        let (was, told) = match position {
            None => (Id::NONE, open(&mut self.positions, order, request, &deal, now)),
            Some(position) => (position.id, Some(change(position, order, request, &deal, &won))),
        };
        tell(&mut self.events, order, request, (was, status, told), now);
        let went = told.map_or(Id::NONE, |told| told.position);
        let forgotten = keep(&mut self.executions, bucket, order, request, &deal, went);
        self.note_forgotten(forgotten);
        if deal.fills {
            self.orders.file_filled(slot);
        }
        if deal.closes {
            self.close_plain(target, &won);
        }
        if deal.fills || deal.closes {
            self.recount_plain(deal.fills, claims);
        }
        if !stays {
            self.follow_deal(turn.equity, turn.closed);
        }
        Some(Status::Ok)
    }

    /// A closed position is listed as such and counted.
    #[inline]
    fn close_plain(&mut self, slot: u32, won: &Realised) {
        let now = self.now;
        let held = self.positions.close(slot).map_or(0, |position| position.held(now));
        self.account.count_closed(won, held);
        let sign = i64::from(won.sign);
        let trip =
            self.scope_mut().and_then(|scope| scope.breaker.note_outcome(now, sign, won.net));
        if trip.is_some() {
            self.note_trip(trip);
        }
    }

    /// The counts of the root scope follow an order that is filled, and what a symbol claims.
    #[inline]
    fn recount_plain(&mut self, fills: bool, (old, new): (u32, u32)) {
        if let Some(scope) = self.scope_mut() {
            scope.open_orders = scope.open_orders.saturating_sub(u32::from(fills));
            scope.claims = scope.claims.saturating_sub(old).saturating_add(new);
        }
        self.refold_room();
    }
}

/// What an execution does, when that is plain and every sum fits.
#[inline(always)] // Nothing of it goes through memory.
fn plan<const ADDS: bool, const BUYS: bool>(
    (order, symbol): (&Order, &Symbol),
    position: Option<&Position>,
    request: &VenueReport,
) -> Option<Deal> {
    if order.position == Id::NONE && symbol.spec.has(SymbolFlag::Hedged) {
        // It opens one of several.
        return None;
    }
    let VenueReport { qty, price, exec_id, venue_cum, commission, .. } = *request;
    let cum = order.cum_qty.checked_add(qty)?;
    let agrees = venue_cum == Lots::ZERO || venue_cum == cum;
    if !agrees || qty.0 == 0 || price.0 == 0 || exec_id == 0 || cum > order.order_qty {
        return None;
    }
    let value = price.0.checked_mul(qty.0)?;
    order.commission.checked_add(commission)?;
    let fills = cum == order.order_qty;
    let long = BUYS == ADDS;
    let deal = Deal { adds: ADDS, closes: false, fills, long, value, cost: value, gain: 0 };
    let Some(position) = position else {
        if !ADDS {
            return None;
        }
        return is_small([order.notional, 0, 0]).then_some(deal);
    };
    let is_it = order.position == Id::NONE || order.position == position.id;
    if !is_it || !is_unwatched(position) {
        return None;
    }
    position.commission.checked_add(commission)?;
    let book = &position.book;
    if ADDS {
        book.entered.checked_add(qty)?;
        return is_small([order.notional, book.cost, book.entry_value]).then_some(deal);
    }
    let left = book.qty.0.wrapping_sub(qty.0);
    if left < 0 {
        return None;
    }
    let cost = narrow(book.cost)?;
    let cost = if left == 0 { cost } else { share_of(cost, qty, book.qty, BUYS)? };
    let gain = if long { value.checked_sub(cost)? } else { cost.checked_sub(value)? };
    book.exited.checked_add(qty)?;
    let deal = Deal { closes: left == 0, cost, gain, ..deal };
    is_small([order.notional, book.realised, book.exit_value]).then_some(deal)
}

/// What a deal comes to in the account, when the sums of its symbol fit.
#[inline(always)] // As above.
fn turn_of(
    deal: &Deal,
    request: &VenueReport,
    (side, symbol, totals): (Side, &Symbol, &Totals),
    den: i64,
) -> Option<Turn> {
    let (qty, price) = (request.qty, request.price);
    totals.commission.checked_add(request.commission)?;
    let (open, cost) = if deal.long {
        (totals.long_qty, totals.long_cost)
    } else {
        (totals.short_qty, totals.short_cost)
    };
    let most = if deal.adds { open.checked_add(qty)? } else { open };
    // What is open, before and after, has a weight.
    symbol.scale.checked_mul(most.0)?;
    if !is_small([cost, if deal.adds { 0 } else { totals.realised }, 0]) {
        return None;
    }
    let weight = symbol.scale.checked_mul(qty.0)?;
    // Both parts of it at the mark: what the deal was worth more, or less, than that.
    let moved = match symbol.marks() {
        None => deal.gain,
        Some((bid, ask)) => {
            let mark = if deal.long { bid } else { ask };
            let far = match side {
                Side::Buy => mark.0.wrapping_sub(price.0),
                Side::Sell => price.0.wrapping_sub(mark.0),
            };
            far.checked_mul(qty.0)?
        }
    };
    let fee = request.commission.0.checked_mul(den)?;
    let gain = deal.gain.checked_mul(symbol.scale)?;
    let closed = gain.checked_sub(fee)?;
    let equity = moved.checked_mul(symbol.scale)?.checked_sub(fee)?;
    Some(Turn { gain, closed, equity, weight })
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

/// Whether these sums have room for any deal of 64 bits.
#[inline(always)]
fn is_small(sums: [i128; 3]) -> bool {
    const ROOM: u64 = 1 << 61;
    let [a, b, c] = sums.map(|sum| {
        let [_, _, _, _, _, _, _, _, high @ ..] = sum.to_le_bytes();
        u64::from_le_bytes(high).wrapping_add(ROOM)
    });
    a | b | c < ROOM << 1
}

/// The share of the cost that goes with a part: as [`Book::exited`] has it.
#[inline]
fn share_of(cost: i64, part: Lots, whole: Lots, floor: bool) -> Option<i64> {
    let product = cost.checked_mul(part.0)?;
    if floor {
        return floor64(product, whole.0);
    }
    floor64(product.checked_neg()?, whole.0)?.checked_neg()
}

/// What a position that is closed has brought: as `Account::outcome` has it.
#[inline(always)]
fn won_by(
    position: Option<&Position>,
    deal: &Deal,
    request: &VenueReport,
    (scale, den): (i64, i64),
) -> Option<Realised> {
    let Some(position) = position.filter(|_| deal.closes) else {
        return Some(Realised { net: Money::ZERO, sign: 0 });
    };
    let paid = position.commission.0.checked_add(request.commission.0)?;
    let realised = narrow(position.book.realised)?.checked_add(deal.gain)?;
    let exact = realised.checked_mul(scale)?.checked_sub(paid.checked_mul(den)?)?;
    let sign = i8::from(exact > 0).wrapping_sub(i8::from(exact < 0));
    let net = if den == 1 { exact } else { floor64(exact, den)? };
    Some(Realised { net: Money(net), sign })
}

// From here on the sums fit: that was seen to before.

/// The parts of the equity; where the whole goes is the window's, or [`Engine::follow_deal`]'s.
#[inline(always)]
fn book_account(account: &mut Account, turn: &Turn, request: &VenueReport) {
    account.realised = account.realised.wrapping_add(i128::from(turn.gain));
    account.commission = account.commission.wrapping_add(i128::from(request.commission.0));
    account.unrealised = account.unrealised.wrapping_sub(i128::from(turn.closed));
}

#[inline(always)]
fn book_totals(totals: &mut Totals, deal: &Deal, request: &VenueReport) {
    let (qty, cost) = if deal.long {
        (&mut totals.long_qty.0, &mut totals.long_cost)
    } else {
        (&mut totals.short_qty.0, &mut totals.short_cost)
    };
    *qty = qty.wrapping_add(signed(deal, request.qty.0));
    *cost = cost.wrapping_add(i128::from(signed(deal, deal.cost)));
    totals.realised = totals.realised.wrapping_add(i128::from(deal.gain));
    totals.commission.0 = totals.commission.0.wrapping_add(request.commission.0);
}

/// More of it, or less.
#[inline(always)]
const fn signed(deal: &Deal, amount: i64) -> i64 {
    if deal.adds { amount } else { amount.wrapping_neg() }
}

/// What a tick is worth: see [`Engine::reweigh`].
#[inline(always)]
fn weigh(symbol: &mut Symbol, deal: &Deal, turn: &Turn) {
    if symbol.spec.has(SymbolFlag::MarkLast) {
        return;
    }
    let weights = &mut symbol.weights;
    let weight = if deal.long { &mut weights.long } else { &mut weights.short };
    *weight = weight.wrapping_add(signed(deal, turn.weight));
}

/// What works in the symbol, and what it claims; answers its claims before and after.
#[inline(always)]
fn book_exposure(
    exposure: &mut Exposure,
    symbol: &Symbol,
    totals: &Totals,
    side: Side,
    deal: &Deal,
    request: &VenueReport,
) -> (u32, u32) {
    let (old, mut claims) = (exposure.claims, exposure.claims);
    if deal.closes {
        // All that works is the order when it is the only one, and is filled.
        let works = exposure.buys.wrapping_add(exposure.sells) > u32::from(deal.fills);
        let hedged = symbol.spec.has(SymbolFlag::Hedged);
        claims = if hedged { old.saturating_sub(1) } else { u32::from(works) };
    }
    exposure.fill(symbol, (side, request.qty, deal.fills), totals.net_lots(), claims);
    (old, claims)
}

/// Answers its new status.
#[inline(always)]
fn book_order(
    order: &mut Order,
    request: &VenueReport,
    deal: &Deal,
    now: Nanos,
) -> Option<OrderStatus> {
    let is_first = order.cum_qty == Lots::ZERO;
    order.facts = OrderFact::Sent.raw() | OrderFact::Acked.raw();
    order.cum_qty.0 = order.cum_qty.0.wrapping_add(request.qty.0);
    order.notional = order.notional.wrapping_add(i128::from(deal.value));
    order.commission.0 = order.commission.0.wrapping_add(request.commission.0);
    order.retry_at = Nanos::ZERO;
    order.updated_at = now;
    if deal.fills {
        Some(OrderStatus::Filled)
    } else {
        is_first.then_some(OrderStatus::PartiallyFilled)
    }
}

#[inline(always)]
fn book_position(position: &mut Position, named: Id, request: &VenueReport, deal: &Deal) {
    let (qty, value, cost) = (request.qty.0, i128::from(deal.value), i128::from(deal.cost));
    position.commission.0 = position.commission.0.wrapping_add(request.commission.0);
    let book = &mut position.book;
    if deal.adds {
        book.qty.0 = book.qty.0.wrapping_add(qty);
        book.entered.0 = book.entered.0.wrapping_add(qty);
        book.cost = book.cost.wrapping_add(cost);
        book.entry_value = book.entry_value.wrapping_add(value);
        return;
    }
    book.qty.0 = book.qty.0.wrapping_sub(qty);
    book.exited.0 = book.exited.0.wrapping_add(qty);
    book.cost = book.cost.wrapping_sub(cost);
    book.realised = book.realised.wrapping_add(i128::from(deal.gain));
    book.exit_value = book.exit_value.wrapping_add(value);
    if named != Id::NONE {
        position.closing.0 = position.closing.0.saturating_sub(qty);
    }
}

/// A position that was there before gets its execution; answers what is told of it.
#[inline(always)]
fn change(
    position: &mut Position,
    order: &Order,
    request: &VenueReport,
    deal: &Deal,
    won: &Realised,
) -> Told {
    book_position(position, order.position, request, deal);
    let Position { id, tag, side, .. } = *position;
    let qty = position.book.qty;
    if !deal.closes {
        let (kind, code) = (EventKind::PositionChanged, u32::from(side.raw()));
        return Told { kind, position: id, tag, code, qty, value: Money::ZERO };
    }
    position.exit = order.exit;
    position.closed_at = request.header.now;
    position.closed_by = order.id;
    position.outcome = won.net;
    position.outcome_sign = won.sign;
    position.counted = true;
    let (kind, code) = (EventKind::PositionClosed, u32::from(order.exit.raw()));
    Told { kind, position: id, tag, code, qty, value: won.net }
}

/// Opens the net position of a symbol.
#[inline(always)]
fn open(
    positions: &mut Positions<'_>,
    order: &Order,
    request: &VenueReport,
    deal: &Deal,
    now: Nanos,
) -> Option<Told> {
    let (qty, value) = (request.qty, i128::from(deal.value));
    let book = Book { qty, cost: value, entered: qty, entry_value: value, ..Book::default() };
    let fill = |position: &mut Position, id| {
        *position = Position {
            id,
            tag: order.tag,
            opened_by: order.id,
            book,
            commission: request.commission,
            opened_at: now,
            triggers: List::EMPTY,
            symbol: order.symbol,
            scope: order.scope,
            side: order.side.opens(),
            net: true,
            ..Position::EMPTY
        };
    };
    let (_, position) = positions.open_with(order.symbol, order.tag, true, fill)?;
    let (kind, code) = (EventKind::PositionOpened, u32::from(order.side.opens().raw()));
    Some(Told { kind, position, tag: order.tag, code, qty, value: Money::ZERO })
}

/// Writes an execution down over the oldest one; answers the order of that, if it is forgotten.
#[inline(always)]
fn keep(
    executions: &mut Executions<'_>,
    bucket: u32,
    order: &Order,
    request: &VenueReport,
    deal: &Deal,
    position: Id,
) -> Id {
    let (kept, forgotten) = executions.claim(request.exec_id, bucket);
    let Some(kept) = kept else { return forgotten };
    let VenueReport { exec_id, qty, price, commission, .. } = *request;
    let value = i128::from(deal.value);
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
    if deal.adds {
        kept.legs.exit = None;
        // What found no room went nowhere.
        let leg = EntryLeg { position, qty, value, commission };
        kept.legs.entry = (position != Id::NONE).then_some(leg);
    } else {
        let realised = i128::from(deal.gain);
        kept.legs.exit = Some(ExitLeg { position, qty, value, realised, commission });
        kept.legs.entry = None;
    }
    forgotten
}

/// Tells of an execution of a position (none when it opens one), of the new status of its order,
/// and of what has become of the position, if it found room.
#[inline(always)]
fn tell(
    events: &mut EventLog<'_>,
    order: &Order,
    request: &VenueReport,
    (position, status, told): (Id, Option<OrderStatus>, Option<Told>),
    now: Nanos,
) {
    let VenueReport { exec_id, qty, price, commission, .. } = *request;
    let event = event_of(order, EventKind::OrderFill, position);
    let fill = Event { exec_id, qty, price, value: commission, ..event };
    let Some(Told { kind, position, tag, code, qty, value }) = told else {
        events.push(now, fill);
        return status.into_iter().for_each(|status| events.push(now, live_event(order, status)));
    };
    let price = if kind == EventKind::PositionClosed { Ticks::ZERO } else { price };
    let moved = Event { tag, code, qty, price, value, ..event_of(order, kind, position) };
    match status {
        Some(status) => events.push_three(now, [fill, live_event(order, status), moved]),
        None => events.push_two(now, [fill, moved]),
    }
}
