//! The order door: check, submit, cancel, replace.
#![forbid(unsafe_code)]

use super::Engine;
use super::bracket::reserved_legs;
use super::breakers::probe_number;
use super::found::Found;
use crate::event::Event;
use crate::market::Symbol;
use crate::num::{Lots, Money, Nanos, Ticks};
use crate::order::{
    Order, OrderCancel, OrderReplace, OrderSubmit, Pending, Replacement, Terms, decode_replace,
};
use crate::position::Position;
use crate::risk::{Leaf, Proposal, Replaced, Target, Verdict, Word, bit, reduction_room, value};
use crate::status::{
    BreakerFlag, Check, EventKind, ExitReason, OrderFact, OrderFlag, Request, Status, SymbolFlag,
};
use crate::store::Id;

/// The answer to a request for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// `Ok`, or `Exists` for an identical re-send.
    pub status: Status,
    /// The order; none when it was denied.
    pub order: Id,
    /// The gate's word.
    pub verdict: Verdict,
}

/// What a request whose every name is known comes to.
struct Ready {
    value: Option<Money>,
    /// The position it belongs to: named, or the net one that it reduces.
    position: Id,
}

impl<'a> Engine<'a> {
    /// What the gate would say of an order, without any effect. O(1).
    ///
    /// # Errors
    /// As [`Engine::order_submit`].
    #[inline]
    pub fn order_check(&self, request: &OrderSubmit) -> Result<Verdict, Status> {
        let mut word = Word::new();
        if self.kill.is_thrown() || !self.passes(request) {
            self.explain(request, &mut word)?;
        }
        Ok(word.verdict())
    }

    /// As [`Engine::order_check`], for an order that does not pass at once: the gate's word is one
    /// that says nothing yet.
    ///
    /// # Errors
    /// As [`Engine::order_submit`].
    #[inline(always)] // In a frame that is there.
    pub(crate) fn explain(&self, request: &OrderSubmit, word: &mut Word) -> Result<(), Status> {
        let Some(terms) = Terms::decode_simple(request) else { return self.judged(request, word) };
        let mut proposal = Proposal::new(terms);
        // Most of what is denied has something that no order has that passes here.
        let may = request.flags == 0 && request.stop_price == Ticks::ZERO && !self.kill.is_thrown();
        if may && (self.passes_full(request) || self.passes_other(request)) {
            return Ok(());
        }
        let terms = &proposal.terms;
        let found = self.found(terms.symbol, terms.scope);
        if found.symbol.is_none() {
            return self.judged(request, word);
        }
        self.judged_on(&found, (&mut proposal, true), request.header.now, word)
    }

    /// The whole gate's word.
    #[inline(never)] // Few orders have what is looked at here alone.
    pub(super) fn judged(&self, request: &OrderSubmit, word: &mut Word) -> Result<(), Status> {
        let mut proposal = Proposal::new(Terms::decode(request)?);
        let terms = &proposal.terms;
        let found = self.found(terms.symbol, terms.scope);
        self.judged_on(&found, (&mut proposal, false), request.header.now, word)
    }

    #[inline(always)] // As above.
    fn judged_on(
        &self,
        found: &Found<'_>,
        (proposal, simple): (&mut Proposal, bool),
        stamp: Nanos,
        word: &mut Word,
    ) -> Result<(), Status> {
        // First, while there are registers for what goes into it.
        let gate = self.gate(found, self.time(stamp));
        let Some(mut gate) = gate else { return Err(Status::Scope) };
        let Ready { value, .. } = self.ready_found(found, proposal, simple)?;
        word.leave_out(Self::left_out(&proposal.terms));
        self.judge_by(&mut gate, found, proposal, value, word);
        Ok(())
    }

    /// Checks an order and, when it passes, reserves for it, records it and queues its command, or
    /// arms its trigger when it is held here. O(log orders), held O(log triggers).
    ///
    /// # Errors
    /// The record's (`Kind`, `Size`, `Reserved`, `Enum`, `Range`), `Scope`; `Unknown`, `Stale`,
    /// `Foreign` for position, parent and linked, `Terminal` for a closed position or an ended
    /// linked order, `Symbol` for a position or linked order of another symbol; `State` for a
    /// linked order that has a partner; `Pending` for an order to be held while trigger work of
    /// the symbol is queued; `Range` when the value does not fit money.
    #[inline]
    pub fn order_submit(&mut self, request: &OrderSubmit) -> Result<Submitted, Status> {
        if !self.kill.is_thrown()
            && let Some(side) = self.plain_side(request)
        {
            let order = self.take_passing(request, side);
            return Ok(Submitted { status: Status::Ok, order, verdict: Verdict::ACCEPTED });
        }
        self.submit_judged(request)
    }

    /// As [`Engine::order_submit`], for an order that does not pass at once.
    ///
    /// # Errors
    /// As [`Engine::order_submit`].
    #[inline(never)]
    pub(crate) fn submit_judged(&mut self, request: &OrderSubmit) -> Result<Submitted, Status> {
        let terms = Terms::decode(request)?;
        let same = self.orders.table().find(terms.client_id).and_then(|slot| self.orders.get(slot));
        let fingerprint = terms.fingerprint();
        if let Some(order) = same.filter(|order| order.fingerprint() == fingerprint) {
            let (status, order) = (Status::Exists, order.id);
            self.enter(request.header.now);
            return Ok(Submitted { status, order, verdict: Verdict::ACCEPTED });
        }
        let mut proposal = Proposal::new(terms);
        let ready = self.ready(&mut proposal)?;
        let terms = &proposal.terms;
        self.enter(request.header.now);
        let verdict = if self.now == request.header.now && self.passes_full(request) {
            Verdict::ACCEPTED
        } else {
            self.judge_asked(&proposal, ready.value, self.now)
        };
        if !verdict.is_accepted() {
            self.end_both(&proposal, &verdict);
            return Ok(self.refuse(terms, &verdict));
        }
        self.clear_way(&proposal);
        let order = Order {
            position: ready.position,
            opens_position: self.opens_position(terms),
            legs_reserved: reserved_legs(terms),
            terms_kept: fingerprint,
            marks: self.take_probe(terms),
            ..self.new_order(terms)
        };
        self.make_books(order.scope, order.symbol);
        self.note_client_id(terms.client_id);
        self.note_new(terms);
        let order = self.accept(&order).map_or(Id::NONE, |(_, id)| id);
        self.warn_of_order(&proposal.terms, true);
        Ok(Submitted { status: Status::Ok, order, verdict })
    }

    /// Completes a proposal that holds terms alone.
    #[inline(never)] // A frame of its own.
    fn ready(&self, proposal: &mut Proposal) -> Result<Ready, Status> {
        let found = self.found(proposal.terms.symbol, proposal.terms.scope);
        self.ready_found(&found, proposal, false)
    }

    /// The same, when what lies under its symbol and scope is known, and whether it is [simple].
    ///
    /// [simple]: Terms::decode_simple
    #[inline(always)] // In a frame that is there.
    fn ready_found(
        &self,
        found: &Found<'_>,
        proposal: &mut Proposal,
        simple: bool,
    ) -> Result<Ready, Status> {
        let Proposal { terms, target, shared, parent, client_id_taken, has_room, .. } = proposal;
        let terms = &*terms;
        let named = if simple { None } else { self.named_position(terms)? };
        let position = named.or_else(|| self.reduced_net(terms, found));
        let bound = position.map_or(Id::NONE, |position| position.id);
        if !simple {
            if terms.parent != Id::NONE {
                self.orders.resolve(terms.parent)?;
            }
            self.check_holdable(terms)?;
            self.check_link(terms)?;
            *shared = self.shared_by(terms, bound);
            *parent = self.parentage(terms, None);
        }
        if found.is_hedged() || position.is_some() {
            *target = self.target(terms, found.symbol, position, Lots::ZERO);
        }
        *client_id_taken = self.orders.table().find(terms.client_id).is_some();
        let has_slots = match simple {
            true => self.has_order_room(),
            false => self.has_room_with_legs(terms, position),
        };
        *has_room = has_slots
            && self.has_reducer_room(terms, position)
            && self.has_room_below(terms, found, named.is_some());
        let value = self.decide(found, proposal)?;
        Ok(Ready { value, position: bound })
    }

    /// Decides the quantity of a new order, and looks at what it would meet; its value.
    #[inline(always)] // As above.
    fn decide(&self, found: &Found<'_>, proposal: &mut Proposal) -> Result<Option<Money>, Status> {
        if self.may_decide(proposal) {
            self.decide_qty(proposal, &self.leaf(found));
        }
        self.meet_own(found, proposal);
        found.symbol.map_or(Ok(None), |symbol| value(symbol, &proposal.terms))
    }

    /// Whether there is room for the books of a new order, and for the position that it may open.
    #[inline(always)] // As above.
    fn has_room_below(&self, terms: &Terms, found: &Found<'_>, named: bool) -> bool {
        let opens = !named && Self::is_sent(terms) && found.is_hedged();
        // Whoever has a book has those above it.
        if found.scope == 0 || found.book.is_some() {
            return self.has_slots(0, opens);
        }
        self.has_book_room(terms.scope, terms.symbol, opens)
    }

    /// Whether a new order asks for what can be reduced, or is to be made as large as fits.
    #[inline(always)] // As above.
    fn may_decide(&self, proposal: &Proposal) -> bool {
        let terms = &proposal.terms;
        if !terms.has(OrderFlag::ReduceOnly) {
            return false;
        }
        if terms.has(OrderFlag::ClosePosition) {
            return terms.qty == Lots::ZERO && !terms.is_held();
        }
        // Without a position nothing fits.
        proposal.target.is_some() && self.clamps(terms.symbol, terms.scope)
    }

    /// Decides the quantity of such an order.
    #[inline(never)] // Few orders ask for it.
    fn decide_qty(&self, proposal: &mut Proposal, leaf: &Leaf<'_>) {
        let (asked, room) = (proposal.asked, reduction_room(leaf, proposal));
        let closes = proposal.terms.has(OrderFlag::ClosePosition);
        if closes || (room > Lots::ZERO && room < asked) {
            (proposal.uncut, proposal.terms.qty) = (room, room);
        }
    }

    pub(super) fn named_position(&self, terms: &Terms) -> Result<Option<&Position>, Status> {
        if terms.position == Id::NONE {
            return Ok(None);
        }
        let position = self.open_position(terms.position)?;
        if position.symbol != terms.symbol {
            return Err(Status::Symbol);
        }
        if position.scope != terms.scope {
            return Err(Status::Scope);
        }
        Ok(Some(position))
    }

    fn open_position(&self, id: Id) -> Result<&Position, Status> {
        let slot = self.positions.resolve(id)?;
        let position = self.positions.get(slot).ok_or(Status::Unknown)?;
        if position.is_open() { Ok(position) } else { Err(Status::Terminal) }
    }

    /// What an order that has reserved `own` already may reduce: the position it belongs to; of a
    /// hedged symbol that, or nothing.
    pub(super) fn target(
        &self,
        terms: &Terms,
        symbol: Option<&Symbol>,
        position: Option<&Position>,
        own: Lots,
    ) -> Option<Target> {
        // An order that may also turn a net position is judged by all that works in its symbol.
        let hedged = symbol?.spec.has(SymbolFlag::Hedged);
        let reduces = position.is_some_and(|p| p.side.closed_by() == terms.side)
            && terms.has(OrderFlag::ReduceOnly);
        if !hedged && !reduces {
            return None;
        }
        Some(match position {
            Some(position) => {
                let closed_by = position.side.closed_by();
                let own = if closed_by == terms.side { own } else { Lots::ZERO };
                let closing = Lots(position.closing.0.saturating_sub(own.0));
                Target { closed_by, qty: position.book.qty, closing }
            }
            None => Target { closed_by: terms.side, qty: Lots::ZERO, closing: Lots::ZERO },
        })
    }

    pub(super) fn opens_position(&self, terms: &Terms) -> bool {
        terms.position == Id::NONE && Self::is_sent(terms) && self.is_hedged(terms.symbol)
    }

    /// Whether a slot is left for an order, beyond the ones that triggers own.
    pub(super) fn has_order_room(&self) -> bool {
        self.triggers.leave_room(self.orders.table().live())
    }

    fn new_order(&mut self, terms: &Terms) -> Order {
        let order = Order::new(terms, self.now);
        let lapses_at = self.lapses_at(terms);
        let pending = if Self::is_sent(terms) { Pending::NEW } else { Pending(0) };
        let mut order = Order { pending, number: self.next_number(), lapses_at, ..order };
        if terms.is_held() {
            order.hold();
        }
        order
    }

    /// Records an order the gate let pass; a held one begins to wait.
    pub(super) fn accept(&mut self, order: &Order) -> Option<(u32, Id)> {
        self.forget_warnings((order.symbol, order.scope));
        let (slot, id) = self.orders.insert(order)?;
        self.link(id, order.linked);
        // What is left follows once, when all of it is counted.
        if !order.is(OrderFact::Armed) {
            self.let_folds_wait();
        }
        self.order_added(slot);
        if order.is(OrderFact::Armed) {
            self.arm_held(slot);
        }
        self.note_accepted(order.symbol, order.scope, !order.is_parent());
        self.warn((order.symbol, order.scope));
        Some((slot, id))
    }

    /// A request that passed counts and, unless it is not sent, spends rate, in its scope and all
    /// that this one lies in.
    fn note_accepted(&mut self, symbol: u32, scope: u32, sent: bool) {
        if sent {
            if self.counts_requests(symbol) {
                self.note_request(symbol, scope);
            }
            let now = self.now;
            self.rates.push(now);
            for number in self.path(scope).below() {
                self.scopes.note(number, now);
            }
            self.warn_of_rate(scope);
        }
        self.count_accepted(scope);
        self.refold_time();
        self.refold_waiting(symbol, scope);
    }

    /// A denied request leaves an event and spends no rate.
    #[inline(never)] // The event is not part of its callers' frames.
    pub(super) fn note_denied(&mut self, terms: &Terms, verdict: &Verdict) {
        self.count_denied(terms.scope, verdict);
        self.emit(Event {
            client_id: terms.client_id,
            tag: terms.tag,
            position: terms.position,
            symbol: terms.symbol,
            scope: terms.scope,
            side: terms.side.raw(),
            qty: terms.qty,
            price: terms.price,
            mask: verdict.mask,
            code: verdict.first,
            limit: verdict.limit,
            observed: verdict.observed,
            unit: verdict.unit,
            value: Money(i64::from(verdict.scope)),
            ..Event::new(EventKind::OrderDenied)
        });
    }

    /// A request of the caller's is refused; one beyond the rate may trip.
    fn refuse(&mut self, terms: &Terms, verdict: &Verdict) -> Submitted {
        self.note_denied(terms, verdict);
        if verdict.mask & RATES != 0 {
            self.trip_by_rate(terms.scope);
        }
        Submitted { status: Status::Ok, order: Id::NONE, verdict: *verdict }
    }

    /// The breakers that trip by rate do so where an order would be one too many.
    #[inline(never)]
    fn trip_by_rate(&mut self, scope: u32) {
        let now = self.now;
        for number in self.path(scope).all() {
            let Some(scope) = self.scopes.get(number) else { return };
            let breaker = &scope.breaker;
            let full = match number {
                0 => self.rates.full(breaker, now),
                _ => self.scopes.full(number, breaker, now),
            };
            let windows = full.into_iter().zip(breaker.config().windows());
            let exceeded = windows.filter(|(full, _)| *full).find_map(|(_, window)| window);
            if let Some((limit, _)) = exceeded
                && breaker.config().has(BreakerFlag::RateTrips)
            {
                let scope = self.scopes.get_mut(number);
                let seen = limit.saturating_add(1);
                let trip = scope.and_then(|scope| scope.breaker.note_rate(now, limit, seen));
                self.note_trip_of(number, trip);
            }
        }
    }

    /// Asks to cancel an order. Risk never refuses it. `Ignored` when this very request is in
    /// flight. O(1), for an order that closes a position O(log triggers), for a parent O(live
    /// orders).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Unknown`, `Stale`, `Foreign`; `Terminal`; `Pending` when
    /// another cancel is in flight.
    pub fn order_cancel(&mut self, request: &OrderCancel) -> Result<Status, Status> {
        request.check_frame()?;
        let slot = self.orders.find(request.order, request.client_id)?;
        let order = self.orders.get(slot).ok_or(Status::Unknown)?;
        let fresh = order.may_cancel(request.request_id)?;
        self.enter(request.header.now);
        if !fresh {
            return Ok(self.ignore());
        }
        self.note_cancel(slot);
        self.cancel(slot, request.request_id);
        self.cancel_children(slot);
        Ok(Status::Ok)
    }

    pub(super) fn cancel(&mut self, slot: u32, request_id: u64) {
        let now = self.now;
        self.change_order(slot, |order| order.request_cancel(request_id, now));
        self.settle_order(slot);
        self.report_flat();
    }

    /// Asks to change quantity and prices of an order; the gate judges it like a new one. O(1), for
    /// an order that closes a position or is held here O(log triggers).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Range`; `Unknown`, `Stale`, `Foreign`; `Terminal`; `Pending`
    /// while a request is in flight, and for a held order while trigger work of the symbol is
    /// queued.
    pub fn order_replace(&mut self, request: &OrderReplace) -> Result<Submitted, Status> {
        decode_replace(request)?;
        let slot = self.orders.find(request.order, request.client_id)?;
        let order = self.orders.get(slot).ok_or(Status::Unknown)?;
        let id = order.id;
        let new = Replacement {
            request_id: request.request_id,
            qty: request.qty,
            price: request.price,
            stop_price: request.stop_price,
        };
        let fresh = order.may_replace(&new)?;
        if order.is(OrderFact::Armed) {
            self.check_holdable(&order.terms())?;
        }
        let terms =
            Terms { qty: new.qty, price: new.price, stop_price: new.stop_price, ..order.terms() };
        let position = match order.position {
            Id::NONE => None,
            id if fresh => Some(self.open_position(id).map_err(|_| Status::Terminal)?),
            _ => None,
        };
        let symbol = self.symbols.get(order.symbol);
        let value = symbol.map_or(Ok(None), |symbol| value(symbol, &terms))?;
        let proposal = Proposal {
            replaces: Some(replaced(order, order.is_unsent())),
            target: self.target(&terms, symbol, position, self.share(order)),
            shared: self.shared(order),
            meeting: self.meeting(&terms),
            parent: self.parentage(&terms, Some(order)),
            children: i64::try_from(order.children).unwrap_or(i64::MAX),
            // To enlarge a filled order is to want its slot back.
            has_room: !order.is_evictable() || self.has_order_room(),
            ..Proposal::new(terms)
        };
        self.enter(request.header.now);
        if !fresh {
            let (status, verdict) = (self.ignore(), Verdict::ACCEPTED);
            return Ok(Submitted { status, order: id, verdict });
        }
        let verdict = self.judge_asked(&proposal, value, self.now);
        if !verdict.is_accepted() {
            return Ok(self.refuse(&terms, &verdict));
        }
        self.clear_way(&proposal);
        self.forget_warnings((terms.symbol, terms.scope));
        self.note_accepted(terms.symbol, terms.scope, Self::is_sent(&terms));
        let now = self.now;
        self.change_order(slot, |order| order.request_replace(&new, now));
        self.move_held(slot);
        self.warn((terms.symbol, terms.scope));
        self.warn_of_order(&terms, false);
        // A close that was made smaller leaves something to close.
        self.settle_filled(slot);
        Ok(Submitted { status: Status::Ok, order: id, verdict })
    }

    /// Sends a market order of the engine's own that closes a position, or says why not. Only some
    /// checks bind it; what else fails is reported.
    #[inline]
    pub(super) fn send_close(
        &mut self,
        close: &mut Proposal,
        trigger: Id,
        exit: ExitReason,
    ) -> Result<Id, Verdict> {
        if self.passes_close(&close.terms) {
            return self.take_close(&close.terms, trigger, exit).ok_or(Verdict::CLOSED);
        }
        let verdict = self.judge_close(close);
        let terms = &close.terms;
        if verdict.mask & BINDING != 0 {
            self.note_denied(terms, &verdict);
            return Err(verdict);
        }
        let (slot, id) = self.accept_close(terms, trigger, exit).ok_or(verdict)?;
        if !verdict.is_accepted() {
            self.emit_verdict(EventKind::CloseUnchecked, slot, Lots::ZERO, &verdict);
        }
        Ok(id)
    }

    #[inline(never)]
    fn accept_close(&mut self, terms: &Terms, trigger: Id, exit: ExitReason) -> Option<(u32, Id)> {
        self.forget_warnings((terms.symbol, terms.scope));
        let (slot, id) = self.place_close(terms, trigger, exit)?;
        self.order_added(slot);
        self.note_accepted(terms.symbol, terms.scope, true);
        self.warn((terms.symbol, terms.scope));
        Some((slot, id))
    }

    /// The gate's word on a close of the engine's own that is no more than its terms yet.
    #[inline]
    pub(super) fn judge_close(&self, close: &mut Proposal) -> Verdict {
        let value = self.complete_close(close);
        self.judge(close, value, 0, self.now)
    }

    #[inline(never)] // The frames of this and of the gate are not held together.
    fn complete_close(&self, close: &mut Proposal) -> Option<Money> {
        let terms = &close.terms;
        let symbol = self.symbols.get(terms.symbol);
        let position = self.positions.resolve(terms.position).ok();
        let position = position.and_then(|slot| self.positions.get(slot));
        close.target = self.target(terms, symbol, position, Lots::ZERO);
        close.meeting = self.meeting(terms);
        close.client_id_taken = self.orders.table().find(terms.client_id).is_some();
        close.own = true;
        close.has_room = self.orders.table().available() > 0;
        symbol.and_then(|symbol| value(symbol, terms).ok().flatten())
    }
}

/// The checks of the rate windows.
const RATES: u64 = bit(Check::RateMinute) | bit(Check::RateHour) | bit(Check::RateCustom);

/// An order as what takes its place finds it.
pub(super) fn replaced(order: &Order, in_place: bool) -> Replaced {
    let (slot, probe) = (order.id.slot(), probe_number(order));
    Replaced { slot, working: order.working(), cum: order.cum_qty, in_place, probe }
}

/// The checks a close of the engine's own must pass.
pub(super) const BINDING: u64 =
    bit(Check::Fields) | bit(Check::Symbol) | bit(Check::Increment) | bit(Check::Capacity);
