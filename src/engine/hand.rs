//! Positions by hand: opened, closed and taken over without an order.
#![forbid(unsafe_code)]

use super::Engine;
use super::fills::Source;
use crate::event::Event;
use crate::market::Symbol;
use crate::num::{Lots, Money, Ticks, div_floor};
use crate::order::{Booking, Terms};
use crate::position::{Book, Position, PositionAdopt, PositionExit, PositionOpen};
use crate::risk::{Parentage, Proposal, Verdict};
use crate::status::{EventKind, ExitReason, OrderType, PositionSide, Request, Status, SymbolFlag};
use crate::store::Id;

impl Engine<'_> {
    /// Opens a position by hand, or enlarges the net position of the same side. Answers its id,
    /// none when it is denied. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`; `Range` for a magnitude beyond 2^60; `Scope`; `State`
    /// when the net position is of the other side; `Range` for money that does not fit.
    pub fn position_open(&mut self, request: &PositionOpen) -> Result<(Verdict, Id), Status> {
        request.check_frame()?;
        let side = PositionSide::from_raw(request.side).ok_or(Status::Enum)?;
        check_magnitudes(request.qty, request.price)?;
        self.check_scope(request.scope)?;
        let net = self.net_slot(request.symbol, request.scope);
        let of = |slot: u32| self.positions.get(slot).map(|position| position.side);
        if net.and_then(of).is_some_and(|open| open != side) {
            return Err(Status::State);
        }
        let terms = hand_terms(request, side);
        let hedged = self.is_hedged(request.symbol);
        let has_room = self.has_book_room(request.scope, request.symbol, hedged);
        let verdict = self.judge_hand(&terms, has_room);
        if !verdict.is_accepted() {
            self.enter(request.header.now);
            self.note_denied(&terms, &verdict);
            return Ok((verdict, Id::NONE));
        }
        let Terms { tag, scope, symbol, side, .. } = terms;
        let source = Source { tag, scope, ..Source::without_order(symbol, side) };
        let fill = by_hand(request.qty, request.price, request.commission);
        let plan = self.plan_deal(&source, net, &fill)?;
        self.enter(request.header.now);
        self.count_accepted(request.scope);
        self.make_books(source.scope, source.symbol);
        let legs = self.commit_fill(&source, &plan);
        let id = legs.entry.map_or(Id::NONE, |leg| leg.position);
        if let Ok(slot) = self.positions.resolve(id) {
            self.settle_position(slot);
        }
        Ok((verdict, id))
    }

    #[inline(never)]
    fn judge_hand(&self, terms: &Terms, has_room: bool) -> Verdict {
        let proposal = Proposal {
            terms: *terms,
            asked: terms.qty,
            parent: Parentage::NONE,
            children: 0,
            shared: Lots::ZERO,
            uncut: terms.qty,
            meeting: None,
            replaces: None,
            target: None,
            client_id_taken: false,
            own: true,
            has_room,
        };
        self.judge_by_hand(&proposal)
    }

    /// The open net position of a scope in a symbol that has no others.
    fn net_slot(&self, symbol: u32, scope: u32) -> Option<u32> {
        if self.is_hedged(symbol) { None } else { self.open_net(symbol, scope) }
    }

    /// Closes a position, or a part, by hand. O(triggers of the position × log triggers).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`; `Unknown`, `Stale`, `Foreign`, `Terminal`; `Range` for a
    /// quantity that is negative or above the position; `Price`; `Range` for money that does not
    /// fit.
    pub fn position_exit(&mut self, request: &PositionExit) -> Result<Status, Status> {
        request.check_frame()?;
        let exit = match ExitReason::from_raw(request.reason).ok_or(Status::Enum)? {
            ExitReason::None => ExitReason::Hand,
            other => other,
        };
        let slot = self.positions.resolve(request.position)?;
        let position = self.positions.get(slot).ok_or(Status::Unknown)?;
        if !position.is_open() {
            return Err(Status::Terminal);
        }
        if request.qty.0 < 0 || request.qty > position.book.qty {
            return Err(Status::Range);
        }
        let symbol = self.symbols.get(position.symbol).ok_or(Status::Symbol)?;
        if !symbol.spec.allows(request.price) {
            return Err(Status::Price);
        }
        let Position { tag, scope, side, .. } = *position;
        let deal = Source::without_order(position.symbol, side.closed_by());
        let source = Source { tag, scope, exit, ..deal };
        let qty = if request.qty == Lots::ZERO { position.book.qty } else { request.qty };
        let fill = by_hand(qty, request.price, request.commission);
        let plan = self.plan_deal(&source, Some(slot), &fill)?;
        self.enter(request.header.now);
        self.commit_fill(&source, &plan);
        self.settle_position(slot);
        self.report_flat();
        Ok(Status::Ok)
    }

    /// Takes over a position of an earlier run. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`; `Range` for quantity and times; `Scope`, `Symbol`,
    /// `Price`; `State` when the net position is open; `Capacity`; `Range` for money that does not
    /// fit.
    pub fn position_adopt(&mut self, request: &PositionAdopt) -> Result<Id, Status> {
        request.check_frame()?;
        let position = self.adopted(request)?;
        let mut sums = self.sums(position.symbol, position.scope)?;
        let books = (&Book::default(), &position.book);
        self.change_sums(&mut sums, position.side, books, Money::ZERO)?;
        self.enter(request.header.now);
        self.make_books(position.scope, position.symbol);
        self.write_sums(&sums);
        let (slot, id) = self.positions.open(&position).ok_or(Status::Capacity)?;
        self.note_opened(slot);
        self.recount_claims(position.symbol, position.scope);
        self.emit(Event {
            position: id,
            tag: position.tag,
            symbol: position.symbol,
            scope: position.scope,
            side: position.side.opened_by().raw(),
            code: u32::from(position.side.raw()),
            qty: position.book.qty,
            ..Event::new(EventKind::PositionAdopted)
        });
        self.check_equity_of(position.scope);
        self.flatten_settled(slot);
        Ok(id)
    }

    /// The position a record speaks of.
    #[inline(never)]
    fn adopted(&self, request: &PositionAdopt) -> Result<Position, Status> {
        let side = PositionSide::from_raw(request.side).ok_or(Status::Enum)?;
        let late = request.opened_at > self.time(request.header.now);
        if late || !(1..=Lots::MAX).contains(&request.qty.0) {
            return Err(Status::Range);
        }
        self.check_scope(request.scope)?;
        let symbol = self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        let cost = entry_cost(symbol, request)?;
        let net = !symbol.spec.has(SymbolFlag::Hedged);
        if self.net_slot(request.symbol, request.scope).is_some() {
            return Err(Status::State);
        }
        if !self.has_book_room(request.scope, request.symbol, !net) {
            return Err(Status::Capacity);
        }
        let (qty, entered, entry_value) = (request.qty, request.qty, cost);
        Ok(Position {
            tag: request.tag,
            book: Book { qty, cost, entered, entry_value, ..Book::default() },
            commission: request.commission,
            opened_at: request.opened_at,
            symbol: request.symbol,
            scope: request.scope,
            side,
            net,
            ..Position::EMPTY
        })
    }
}

fn by_hand(qty: Lots, price: Ticks, commission: Money) -> Booking {
    Booking { qty, value: price.times(qty), commission }
}

/// What the gate judges of a position by hand: a limit order at its price.
fn hand_terms(request: &PositionOpen, side: PositionSide) -> Terms {
    Terms {
        tag: request.tag,
        qty: request.qty,
        price: request.price,
        symbol: request.symbol,
        scope: request.scope,
        side: side.opened_by(),
        order_type: OrderType::Limit,
        ..Terms::EMPTY
    }
}

fn check_magnitudes(qty: Lots, price: Ticks) -> Result<(), Status> {
    let fits = qty.0.unsigned_abs() <= Lots::MAX.unsigned_abs()
        && price.0.unsigned_abs() <= Ticks::MAX.unsigned_abs();
    if fits { Ok(()) } else { Err(Status::Range) }
}

/// The entry cost a record gives, itself or by the price.
fn entry_cost(symbol: &Symbol, request: &PositionAdopt) -> Result<i128, Status> {
    let given = i128::from(request.cost);
    let cost = if given == 0 { request.price.times(request.qty) } else { given };
    let average = div_floor(cost, i128::from(request.qty.0)).ok_or(Status::Range)?;
    let average = i64::try_from(average).map_err(|_| Status::Price)?;
    if symbol.spec.allows(Ticks(average)) { Ok(cost) } else { Err(Status::Price) }
}
