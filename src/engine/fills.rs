//! An execution becomes position and money: planned in full, then written down.
#![forbid(unsafe_code)]

use super::Engine;
use super::reports::Fill;
use crate::event::Event;
use crate::num::{Lots, Money, div_ceil};
use crate::order::{Order, Outcome};
use crate::position::{Account, Book, Position, Realised, Totals};
use crate::status::{EventKind, ExitReason, PositionSide, RangeError, Side, Status, SymbolFlag};
use crate::store::{Id, List};

/// Everything an execution changes, computed before anything is.
pub(super) struct Plan {
    /// The position it reduces or enlarges, with its new book.
    existing: Option<Leg>,
    /// The position it opens.
    opened: Option<Leg>,
    totals: Totals,
    account: Account,
    /// What the position brought that it closes.
    closed: Option<Realised>,
}

/// One position's part.
#[derive(Clone, Copy)]
struct Leg {
    slot: u32,
    side: PositionSide,
    qty: Lots,
    old: Book,
    new: Book,
    commission: Money,
    /// New positions: the symbol's net position.
    net: bool,
}

/// Where a deal comes from: what of the executed order, or of a deal by hand, the positions and
/// events need.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub order: Id,
    pub client_id: u64,
    pub tag: u64,
    pub trigger: Id,
    pub symbol: u32,
    pub scope: u32,
    pub side: Side,
    pub exit: ExitReason,
    /// Whether there is room for a further position for sure.
    pub holds_room: bool,
}

impl Source {
    fn of(order: &Order) -> Self {
        Self {
            order: order.id,
            client_id: order.client_id,
            tag: order.tag,
            trigger: order.trigger,
            symbol: order.symbol,
            scope: order.scope,
            side: order.side,
            exit: order.exit,
            holds_room: order.opens_position,
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
    /// Plans an execution of an order.
    ///
    /// # Errors
    /// `Range` when a sum does not fit; nothing is changed.
    #[inline(never)] // Its frame is gone when the plan is written down.
    pub(super) fn plan_fill(&self, slot: u32, fill: &Fill) -> Result<Plan, Status> {
        let order = self.orders.get(slot).ok_or(Status::Unknown)?;
        order.with_fill(fill.qty, fill.price, fill.commission)?;
        let totals = self.positions.totals(order.symbol).ok_or(Status::Symbol)?;
        let target = self.fill_target(order, totals);
        self.plan_deal(&Source::of(order), target, fill)
    }

    /// Plans a deal that reduces or enlarges the position in slot `target`, or opens one.
    ///
    /// # Errors
    /// `Range` when a sum does not fit; nothing is changed.
    pub(super) fn plan_deal(
        &self,
        source: &Source,
        target: Option<u32>,
        fill: &Fill,
    ) -> Result<Plan, Status> {
        let symbol = self.symbols.get(source.symbol).ok_or(Status::Symbol)?;
        let totals = *self.positions.totals(source.symbol).ok_or(Status::Symbol)?;
        let existing = match target {
            Some(slot) => self.plan_existing(slot, source.side, fill)?,
            None => None,
        };
        let rest = existing.map_or(fill.qty.0, |leg| fill.qty.0.saturating_sub(leg.qty.0));
        let opened = if rest > 0 {
            let hedged = symbol.spec.has(SymbolFlag::Hedged);
            let continues = existing.is_some_and(|leg| !leg.net);
            let has_room = continues || source.holds_room || self.positions.has_room();
            let net = !(hedged && has_room);
            Some(plan_opened(source.side, Lots(rest), fill, existing.as_ref(), net)?)
        } else {
            None
        };
        let mut changed = totals;
        for leg in existing.iter().chain(opened.iter()) {
            changed = changed.changed(leg.side, &leg.old, &leg.new)?;
        }
        let commission = changed.commission.checked_add(fill.commission);
        changed.commission = commission.ok_or(Status::Range)?;
        let account = self.plan_account(source.symbol, &totals, &changed, fill.commission)?;
        let closed = match existing.filter(|leg| leg.new.qty == Lots::ZERO) {
            Some(leg) => {
                let paid = self.positions.get(leg.slot).map_or(Money::ZERO, |p| p.commission);
                let paid = paid.checked_add(leg.commission).ok_or(Status::Range)?;
                Some(account.outcome(leg.new.realised, symbol.scale, paid)?)
            }
            None => None,
        };
        Ok(Plan { existing, opened, totals: changed, account, closed })
    }

    /// The open position an execution belongs to; none when it opens one.
    fn fill_target(&self, order: &Order, totals: &Totals) -> Option<u32> {
        let is_open = |slot: &u32| self.positions.get(*slot).is_some_and(Position::is_open);
        let named = self.positions.resolve(order.position).ok().filter(is_open);
        let symbol = self.symbols.get(order.symbol)?;
        if named.is_some() {
            return named;
        }
        let net = Some(totals.net).filter(is_open);
        let needs_net = !symbol.spec.has(SymbolFlag::Hedged)
            || !(order.opens_position || self.positions.has_room());
        net.filter(|_| needs_net)
    }

    fn plan_existing(&self, slot: u32, side: Side, fill: &Fill) -> Result<Option<Leg>, RangeError> {
        let Some(position) = self.positions.get(slot) else { return Ok(None) };
        let old = position.book;
        let enlarges = side.opens() == position.side;
        let qty = if enlarges { fill.qty } else { fill.qty.min(old.qty) };
        let new = if enlarges {
            old.entered(qty, fill.price)?
        } else {
            old.exited(position.side, qty, fill.price)?
        };
        let commission = commission_share(fill, qty)?;
        position.commission.checked_add(commission).ok_or(RangeError)?;
        let (side, net) = (position.side, position.net);
        Ok(Some(Leg { slot, side, qty, old, new, commission, net }))
    }

    pub(super) fn plan_account(
        &self,
        symbol: u32,
        old: &Totals,
        new: &Totals,
        commission: Money,
    ) -> Result<Account, Status> {
        let symbol = self.symbols.get(symbol).ok_or(Status::Symbol)?;
        let (marks, scale) = (symbol.marks(), i128::from(symbol.scale));
        let mut account = self.account;
        let gain = new.realised.checked_sub(old.realised).ok_or(Status::Range)?;
        let gain = gain.checked_mul(scale).ok_or(Status::Range)?;
        account.realised = account.realised.checked_add(gain).ok_or(Status::Range)?;
        let change = new.unrealised(marks)?.checked_sub(old.unrealised(marks)?);
        let change = change.and_then(|c| c.checked_mul(scale)).ok_or(Status::Range)?;
        account.unrealised = account.unrealised.checked_add(change).ok_or(Status::Range)?;
        let commission = account.commission.checked_add(i128::from(commission.0));
        account.commission = commission.ok_or(Status::Range)?;
        account.equity(false)?;
        account.equity(true)?;
        Ok(account)
    }

    /// Writes a plan down.
    #[inline(never)]
    pub(super) fn commit_fill(&mut self, slot: u32, fill: &Fill, plan: &Plan) -> Outcome {
        let now = self.now;
        self.emit_fill(slot, fill, plan);
        let outcome = self
            .change_order(slot, |order| {
                order.fill(fill.qty, fill.price, fill.commission, now).unwrap_or_default()
            })
            .unwrap_or_default();
        self.counters.executions = self.counters.executions.saturating_add(1);
        let Some(source) = self.orders.get(slot).map(Source::of) else { return outcome };
        if let Some(opened) = self.write_plan(&source, fill, plan) {
            self.change_order(slot, |order| order.position = opened);
        }
        outcome
    }

    /// Writes down what a plan does to positions and account. Answers the further position that it
    /// opened: not a net one, which no order needs to know.
    pub(super) fn write_plan(&mut self, source: &Source, fill: &Fill, plan: &Plan) -> Option<Id> {
        self.account = plan.account;
        if let Some(totals) = self.positions.totals_mut(source.symbol) {
            totals.set_sums(&plan.totals);
        }
        self.credit_trigger(source.trigger, fill.qty);
        self.write_existing(source, fill, plan);
        if let (Some(realised), Some(leg)) = (plan.closed, plan.existing) {
            self.finish_position(leg.slot, source, &realised, plan.opened.is_some());
        }
        // Last: it may take the slot of the position that was just closed.
        let opened = self.write_opened(source, fill, plan);
        self.check_equity();
        opened
    }

    fn write_existing(&mut self, source: &Source, fill: &Fill, plan: &Plan) {
        let Some(leg) = plan.existing else { return };
        let Some(position) = self.positions.get_mut(leg.slot) else { return };
        position.book = leg.new;
        let commission = position.commission.0.saturating_add(leg.commission.0);
        position.commission = Money(commission);
        let (id, tag) = (position.id, position.tag);
        if leg.new.qty > Lots::ZERO {
            self.emit(Event {
                position: id,
                tag,
                code: u32::from(leg.side.raw()),
                qty: leg.new.qty,
                price: fill.price,
                ..source.event(EventKind::PositionChanged)
            });
        }
    }

    fn write_opened(&mut self, source: &Source, fill: &Fill, plan: &Plan) -> Option<Id> {
        let leg = plan.opened?;
        let position = Position {
            tag: source.tag,
            opened_by: source.order,
            book: leg.new,
            commission: leg.commission,
            opened_at: self.now,
            triggers: List::EMPTY,
            symbol: source.symbol,
            scope: source.scope,
            side: leg.side,
            net: leg.net,
            ..Position::EMPTY
        };
        let (_, id) = self.positions.open(&position)?;
        self.recount_claims(source.symbol);
        self.emit(Event {
            position: id,
            code: u32::from(leg.side.raw()),
            qty: leg.qty,
            price: fill.price,
            ..source.event(EventKind::PositionOpened)
        });
        (!leg.net).then_some(id)
    }

    /// The execution itself; a position that it opens is named by the event that follows.
    fn emit_fill(&mut self, slot: u32, fill: &Fill, plan: &Plan) {
        let Some(order) = self.orders.get(slot) else { return };
        let existing = plan.existing.and_then(|leg| self.positions.get(leg.slot));
        let event = Event {
            position: existing.map_or(Id::NONE, |position| position.id),
            qty: fill.qty,
            price: fill.price,
            value: fill.commission,
            ..Self::order_event(EventKind::OrderFill, order)
        };
        self.emit(event);
    }

    /// A position has no quantity left.
    fn finish_position(&mut self, slot: u32, source: &Source, won: &Realised, reversed: bool) {
        let now = self.now;
        let exit = if reversed { ExitReason::Reversal } else { source.exit };
        let Some(position) = self.positions.get_mut(slot) else { return };
        position.exit = exit;
        position.closed_at = now;
        position.closed_by = source.order;
        position.outcome = won.net;
        position.outcome_sign = won.sign;
        position.counted = true;
        let (id, tag, side, held) = (position.id, position.tag, position.side, position.held(now));
        self.end_triggers(slot);
        self.positions.close(slot);
        self.recount_claims(source.symbol);
        self.account.count_closed(won, held);
        self.emit(Event {
            position: id,
            tag,
            side: side.closed_by().raw(),
            code: u32::from(exit.raw()),
            value: won.net,
            ..source.event(EventKind::PositionClosed)
        });
        let sign = i64::from(won.sign);
        let trip =
            self.scope_mut().and_then(|scope| scope.breaker.note_outcome(now, sign, won.net));
        self.note_trip(trip);
    }
}

fn plan_opened(
    side: Side,
    qty: Lots,
    fill: &Fill,
    existing: Option<&Leg>,
    net: bool,
) -> Result<Leg, RangeError> {
    let old = Book::default();
    let new = old.entered(qty, fill.price)?;
    // The closing part of a reversal has paid its share of the commission.
    let paid = existing.map_or(Money::ZERO, |leg| leg.commission);
    let commission = fill.commission.checked_sub(paid).ok_or(RangeError)?;
    Ok(Leg { slot: u32::MAX, side: side.opens(), qty, old, new, commission, net })
}

/// The share of an execution's commission that falls on a part of it, rounded up.
fn commission_share(fill: &Fill, part: Lots) -> Result<Money, RangeError> {
    if part == fill.qty {
        return Ok(fill.commission);
    }
    let product = i128::from(fill.commission.0).checked_mul(i128::from(part.0));
    let share = product.and_then(|p| div_ceil(p, i128::from(fill.qty.0))).ok_or(RangeError)?;
    i64::try_from(share).map(Money).map_err(|_| RangeError)
}
