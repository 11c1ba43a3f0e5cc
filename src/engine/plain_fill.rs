//! A plain execution: computed in 64 bits, then written down. See `plain.rs`.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Source;
use super::plain::{is_calm, live_event};
use crate::event::Event;
use crate::market::Symbol;
use crate::num::{Lots, Money, Nanos};
use crate::order::{EntryLeg, ExecutionState, ExitLeg, Legs, Order, VenueReport};
use crate::position::{Book, Realised, Totals};
use crate::status::{EventKind, OrderFact, OrderStatus, Side, Status, SymbolFlag};
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
}

/// Everything that an execution changes.
struct Deal {
    order: u32,
    fills: bool,
    part: Move,
    sums: Sums,
    /// What the position has brought, when it is closed.
    won: Realised,
}

impl Engine<'_> {
    #[inline]
    pub(super) fn plain_fill(&mut self, request: &VenueReport) -> Option<Status> {
        let deal = self.plan_plain(request)?;
        self.enter(request.header.now);
        self.write_plain(request, &deal);
        self.check_equity();
        Some(self.end_plain())
    }

    #[inline]
    fn plan_plain(&self, request: &VenueReport) -> Option<Deal> {
        let (slot, order) = self.plain_order(request)?;
        let cum = booked_then(order, request)?;
        if self.executions.find(request.exec_id).is_some() {
            return None;
        }
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
        Some(Deal { order: slot, fills: cum == order.order_qty, part, sums, won })
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
        if !is_it || !is_calm(position) {
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
        let cost = i64::try_from(book.cost).ok()?;
        let cost = if left == 0 { cost } else { share_of(cost, qty, book.qty, order.side)? };
        let gain = match order.side {
            Side::Sell => value.checked_sub(cost)?,
            Side::Buy => cost.checked_sub(value)?,
        };
        book.exited.checked_add(qty)?;
        book.exit_value.checked_add(i128::from(value))?;
        let realised = i64::try_from(book.realised).ok()?.checked_add(gain)?;
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
        i64::try_from(totals.long_cost).ok()?;
        i64::try_from(totals.short_cost).ok()?;
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
        let old = i64::try_from(account.realised).ok()?;
        let realised = old.checked_add(gain.checked_mul(symbol.scale)?)?;
        let old = i64::try_from(account.unrealised).ok()?;
        let unrealised = old.checked_add(change.checked_mul(symbol.scale)?)?;
        let commission = i64::try_from(account.commission).ok()?.checked_add(paid.0)?;
        // That the equity fits, with and without what is not realised.
        let cash = i64::try_from(account.paid_in).ok()?.checked_sub(commission)?;
        let equity = cash.checked_mul(account.den)?.checked_add(realised)?;
        equity.checked_add(unrealised)?;
        Some(Sums { realised, unrealised, commission })
    }

    #[inline]
    fn write_plain(&mut self, request: &VenueReport, deal: &Deal) {
        let Some(source) = self.write_order(request, deal) else { return };
        self.write_plain_sums(&source, request, deal);
        let legs = match deal.part.deed {
            Deed::Opens => self.open_plain(&source, request, deal),
            _ => self.move_plain(&source, request, deal),
        };
        self.recount_claims(source.symbol);
        self.keep_plain(&source, request, deal, legs);
    }

    /// The order's own part: answers where the execution comes from.
    #[inline]
    fn write_order(&mut self, request: &VenueReport, deal: &Deal) -> Option<Source> {
        const KNOWN: u32 = OrderFact::Sent.raw() | OrderFact::Acked.raw();
        let now = self.now;
        let VenueReport { qty, price, exec_id, commission, .. } = *request;
        let position = self.positions.get(deal.part.slot).map_or(Id::NONE, |p| p.id);
        let order = self.orders.touch(deal.order)?;
        let source = Source { exec_id, ..Source::of(order) };
        self.counters.executions = self.counters.executions.saturating_add(1);
        let event = source.event(EventKind::OrderFill);
        self.events.push(now, Event { position, exec_id, qty, price, value: commission, ..event });
        let is_first = order.cum_qty == Lots::ZERO;
        order.facts = KNOWN;
        order.cum_qty.0 = order.cum_qty.0.saturating_add(qty.0);
        order.notional = order.notional.saturating_add(i128::from(deal.part.value));
        order.commission.0 = order.commission.0.saturating_add(commission.0);
        order.retry_at = Nanos::ZERO;
        order.updated_at = now;
        if deal.fills {
            self.events.push(now, live_event(order, OrderStatus::Filled));
        } else if is_first {
            self.events.push(now, live_event(order, OrderStatus::PartiallyFilled));
        }
        let has_deadline = order.timeout_at.0 != 0;
        if let Some(exposure) = self.exposures.get_mut(at(source.symbol)) {
            exposure.shift(source.side, qty, Lots::ZERO);
            exposure.recount(source.side, deal.fills, false);
        }
        if deal.fills {
            self.orders.file_filled(deal.order, has_deadline);
            if let Some(scope) = self.scope_mut() {
                scope.open_orders = scope.open_orders.saturating_sub(1);
            }
        }
        Some(source)
    }

    #[inline]
    fn write_plain_sums(&mut self, source: &Source, request: &VenueReport, deal: &Deal) {
        let Sums { realised, unrealised, commission } = deal.sums;
        self.account.realised = i128::from(realised);
        self.account.unrealised = i128::from(unrealised);
        self.account.commission = i128::from(commission);
        let Some(totals) = self.positions.totals_mut(source.symbol) else { return };
        let adds = deal.part.deed.adds();
        let (qty, cost) = match (source.side == Side::Buy) == adds {
            true => (&mut totals.long_qty.0, &mut totals.long_cost),
            false => (&mut totals.short_qty.0, &mut totals.short_cost),
        };
        let change = i128::from(deal.part.cost);
        if adds {
            *qty = qty.saturating_add(request.qty.0);
            *cost = cost.saturating_add(change);
        } else {
            *qty = qty.saturating_sub(request.qty.0);
            *cost = cost.saturating_sub(change);
        }
        totals.realised = totals.realised.saturating_add(i128::from(deal.part.gain));
        totals.commission.0 = totals.commission.0.saturating_add(request.commission.0);
    }

    #[inline]
    fn open_plain(&mut self, source: &Source, request: &VenueReport, deal: &Deal) -> Legs {
        let VenueReport { qty, commission, .. } = *request;
        let value = i128::from(deal.part.value);
        let book = Book { qty, cost: value, entered: qty, entry_value: value, ..Book::default() };
        let side = source.side.opens();
        let Some(position) = self.store_position(source, side, true, &book, commission) else {
            return Legs::default();
        };
        let event = source.event(EventKind::PositionOpened);
        let (code, price) = (u32::from(side.raw()), request.price);
        self.events.push(self.now, Event { position, code, qty, price, ..event });
        Legs { exit: None, entry: Some(EntryLeg { position, qty, value, commission }) }
    }

    #[inline]
    fn move_plain(&mut self, source: &Source, request: &VenueReport, deal: &Deal) -> Legs {
        let VenueReport { qty, price, commission, .. } = *request;
        let Move { deed, slot, paid, .. } = deal.part;
        let Some(position) = self.positions.get_mut(slot) else { return Legs::default() };
        let (id, value) = (position.id, i128::from(deal.part.value));
        position.commission = paid;
        let legs = if deed == Deed::Enlarges {
            enlarge(&mut position.book, qty, value);
            Legs { exit: None, entry: Some(EntryLeg { position: id, qty, value, commission }) }
        } else {
            let realised = i128::from(deal.part.gain);
            reduce(&mut position.book, qty, &deal.part);
            if source.position != Id::NONE {
                position.closing.0 = position.closing.0.saturating_sub(qty.0);
            }
            let leg = ExitLeg { position: id, qty, value, realised, commission };
            Legs { exit: Some(leg), entry: None }
        };
        if deed == Deed::Closes {
            self.finish_position(slot, source, &deal.won, source.exit);
        } else {
            let (tag, code) = (position.tag, u32::from(position.side.raw()));
            let qty = position.book.qty;
            let event = source.event(EventKind::PositionChanged);
            self.events.push(self.now, Event { position: id, tag, code, qty, price, ..event });
        }
        legs
    }

    #[inline]
    fn keep_plain(&mut self, source: &Source, request: &VenueReport, deal: &Deal, legs: Legs) {
        let (kept, forgotten) = self.executions.claim(request.exec_id);
        if let Some(kept) = kept {
            kept.exec_id = request.exec_id;
            kept.order = source.order;
            kept.symbol = source.symbol;
            kept.side = source.side;
            kept.qty = request.qty;
            kept.price = request.price;
            kept.booked = request.qty;
            kept.value = i128::from(deal.part.value);
            kept.commission = request.commission;
            kept.legs = legs;
            kept.state = ExecutionState::Live;
            kept.awaited = false;
        }
        if let Some(order) = self.orders.touch(forgotten.slot())
            && order.id == forgotten
        {
            order.forgot = true;
        }
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
        Side::Sell => product.checked_neg()?.checked_div_euclid(whole.0)?.checked_neg(),
        Side::Buy => product.checked_div_euclid(whole.0),
    }
}

/// What a position that is closed has brought: as `Account::outcome` has it.
#[inline]
fn won_by(part: &Move, scale: i64, den: i64) -> Option<Realised> {
    let exact = part.realised.checked_mul(scale)?.checked_sub(part.paid.0.checked_mul(den)?)?;
    let net = if den == 1 { exact } else { exact.checked_div_euclid(den)? };
    let sign = i8::try_from(exact.signum()).unwrap_or(0);
    Some(Realised { net: Money(net), sign })
}

#[inline]
fn enlarge(book: &mut Book, qty: Lots, value: i128) {
    book.qty.0 = book.qty.0.saturating_add(qty.0);
    book.entered.0 = book.entered.0.saturating_add(qty.0);
    book.cost = book.cost.saturating_add(value);
    book.entry_value = book.entry_value.saturating_add(value);
}

#[inline]
fn reduce(book: &mut Book, qty: Lots, part: &Move) {
    book.qty.0 = book.qty.0.saturating_sub(qty.0);
    book.exited.0 = book.exited.0.saturating_add(qty.0);
    book.cost = book.cost.saturating_sub(i128::from(part.cost));
    book.realised = i128::from(part.realised);
    book.exit_value = book.exit_value.saturating_add(i128::from(part.value));
}
