//! Places that are cleared (the firm, a scope, a symbol, a symbol in a scope): what is there is
//! closed, and people hear when nothing is left.
//!
//! A kill, or a mass cancel, that closes positions too says so of a place. First everything there
//! is asked to cancel; then one walk over the positions sends a close for each. What comes later
//! is found where positions are settled, and another walk follows.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::order::Order;
use crate::position::Position;
use crate::risk::{Clearing, Exposure};
use crate::status::{
    Anomaly, EventKind, ExitReason, OrderEnd, OrderFact, OrderStatus, PositionSide, Side,
    TradingState,
};
use crate::store::Id;

/// What has become free since people were last told that a place is flat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Freed {
    /// Nothing.
    #[default]
    None,
    /// An order or a position of this scope and symbol.
    One(u32, u32),
    /// Of more than one scope or symbol.
    Many,
}

impl Freed {
    /// As it is fed to a digest.
    pub(super) fn word(self) -> u64 {
        match self {
            Self::None => 0,
            Self::One(scope, symbol) => u64::from(scope) << 32 | u64::from(symbol),
            Self::Many => u64::MAX,
        }
    }
}

/// A scope and, unless it is all of them, a symbol.
pub(super) type Place = (u32, Option<u32>);

impl Engine<'_> {
    /// What a symbol is reserved in a scope, all scopes in it counted; `None` when nothing ever was
    /// there.
    pub(super) fn of_place(&self, scope: u32, symbol: u32) -> Option<&Exposure> {
        match scope {
            0 => self.symbols.beside(symbol),
            _ => self.books.find(scope, symbol).map(|book| &book.exposure),
        }
    }

    pub(super) fn of_place_mut(&mut self, scope: u32, symbol: u32) -> Option<&mut Exposure> {
        match scope {
            0 => self.symbols.beside_mut(symbol),
            _ => self.books.find_mut(scope, symbol).map(|book| &mut book.exposure),
        }
    }

    /// How a place is being cleared.
    pub(super) fn clearing(&self, (scope, symbol): Place) -> Clearing {
        let found = match symbol {
            Some(symbol) => self.of_place(scope, symbol).map(|place| place.ward.clearing),
            None => self.scopes.get(scope).map(|scope| scope.clearing),
        };
        found.unwrap_or(Clearing::NONE)
    }

    /// Changes how a place is being cleared; what depends on that follows.
    pub(super) fn set_clearing(&mut self, place: Place, new: Clearing) {
        let old = self.clearing(place);
        match place {
            (scope, Some(symbol)) => {
                let Some(exposure) = self.of_place_mut(scope, symbol) else { return };
                exposure.ward.clearing = new;
                self.refold_limits(symbol);
            }
            (scope, None) => {
                let Some(scope) = self.scopes.get_mut(scope) else { return };
                scope.clearing = new;
                self.look_again();
            }
        }
        self.clearings = crate::risk::recounted(self.clearings, old.is_on(), new.is_on());
    }

    /// The trading state of a place.
    pub(super) fn trading(&self, (scope, symbol): Place) -> TradingState {
        let found = match symbol {
            Some(symbol) => self.of_place(scope, symbol).map(|place| place.ward.trading),
            None => self.scopes.get(scope).map(|scope| scope.trading),
        };
        found.unwrap_or(TradingState::Active)
    }

    /// Whether a kill is in force where an order is.
    pub(super) fn is_place_killed(&self, scope: u32, symbol: u32) -> bool {
        self.kill_is_on() || self.is_killed_below(scope, symbol)
    }

    /// The same of kills of scopes below the root, and of symbols.
    pub(super) fn is_killed_below(&self, scope: u32, symbol: u32) -> bool {
        let killed = |place| self.trading(place) == TradingState::Killed;
        self.path(scope).below().any(|number| killed((number, None)))
            || self.path(scope).all().any(|number| killed((number, Some(symbol))))
    }

    /// The positions of a side that are closed in any place that these lots of a scope and symbol
    /// are in: what orders before this number have brought.
    fn cleared_before(&self, scope: u32, symbol: u32, side: PositionSide) -> u64 {
        let of = |place| self.clearing(place).before(side);
        let places = self.path(scope).all().map(|n| of((n, None)).max(of((n, Some(symbol)))));
        places.max().unwrap_or(0)
    }

    /// Whether a position is to be closed.
    pub(super) fn is_to_be_closed(&self, position: &Position) -> bool {
        let before = self.cleared_before(position.scope, position.symbol, position.side);
        before == u64::MAX || (before > 0 && position.flatten)
    }

    /// An order has brought lots to a position: they are closed with it when it was there before
    /// somebody said so.
    #[inline(never)] // Few engines clear anything.
    pub(super) fn claim_entry(&mut self, order: u32, position: Id) {
        let Some(number) = self.orders.get(order).map(|order| order.number) else { return };
        let Ok(slot) = self.positions.resolve(position) else { return };
        let Some(entered) = self.positions.get(slot) else { return };
        let (scope, symbol, side) = (entered.scope, entered.symbol, entered.side);
        // A kill closes everything itself, until it is taken back.
        let claims = |place| {
            let clearing = self.clearing(place);
            !clearing.is_for_good() && number < clearing.before(side)
        };
        if self.path(scope).all().any(|n| claims((n, None)) || claims((n, Some(symbol)))) {
            self.mark_position(slot);
        }
    }

    /// A position is to be closed while its place is cleared.
    pub(super) fn mark_position(&mut self, slot: u32) {
        if let Some(position) = self.positions.get_mut(slot) {
            position.flatten = true;
        }
    }

    /// A position was settled: when lots of it are to be closed a walk comes by, in the next poll.
    #[inline]
    pub(super) fn flatten_settled(&mut self, slot: u32) {
        if self.clearings > 0 && self.is_to_be_flattened(slot) {
            self.ask_walk();
        }
    }

    #[inline(never)] // Few engines clear anything.
    fn is_to_be_flattened(&self, slot: u32) -> bool {
        let due = |p: &Position| !p.stalled && self.is_to_be_closed(p) && self.unclosed(p) > 0;
        self.positions.get(slot).is_some_and(due)
    }

    /// A walk over the positions is to come by; one that is under way is followed by another.
    pub(super) fn ask_walk(&mut self) {
        if self.positions.is_walking() {
            self.walk_again |= !self.positions.is_walk_fresh();
        } else {
            self.positions.start_walk();
        }
    }

    /// One step of the walk over the positions, when the orders were asked to cancel;
    /// `Some(false)` when it is over, `None` when the budget is spent.
    pub(super) fn walk_one(&mut self, budget: &mut u32) -> Option<bool> {
        if self.orders.is_sweeping() {
            return Some(false);
        }
        if !self.positions.is_walking() {
            if !core::mem::take(&mut self.walk_again) {
                self.walk_retries = false;
                return Some(false);
            }
            self.positions.start_walk();
        }
        *budget = budget.checked_sub(1)?;
        let slot = self.positions.next_of_walk()?;
        if self.walk_retries
            && let Some(position) = self.positions.get_mut(slot)
        {
            position.stalled = false;
        }
        self.flatten(slot);
        Some(true)
    }

    /// Whether such a walk is to be gone on with.
    pub(super) fn is_walking(&self) -> bool {
        self.walk_again || self.positions.is_walking()
    }

    /// The clock: closes that came to nothing are tried again.
    pub(super) fn retry_flatten(&mut self) {
        if core::mem::take(&mut self.flatten_stalled) {
            self.walk_retries = true;
            self.ask_walk();
        }
        let mut budget = self.config.work_per_call;
        while self.walk_one(&mut budget) == Some(true) {}
    }

    /// A close of a flatten came to nothing, and nobody here has asked for that: an alarm, and the
    /// clock tries again.
    #[inline(never)] // Few orders are such closes.
    pub(super) fn close_failed(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        let asked = order.cancel_id >> 63 == 1 || !order.is(OrderFact::Sent);
        if order.end == OrderEnd::Cancel && asked {
            return;
        }
        let position = self.positions.resolve(order.position);
        self.emit_anomaly(slot, Anomaly::CloseFailed);
        if let Ok(position) = position {
            self.stall_flatten(position);
        }
    }

    /// Whether an order is such a close and has ended short.
    #[inline]
    pub(super) fn is_failed_close(order: &Order) -> bool {
        order.exit == ExitReason::Flatten
            && order.end != OrderEnd::None
            && order.status() != OrderStatus::Filled
    }

    /// An order or a position of a place is gone.
    pub(super) fn note_freed(&mut self, scope: u32, symbol: u32) {
        if self.clearings == 0 {
            return;
        }
        let this = Freed::One(scope, symbol);
        let first = self.freed == Freed::None || self.freed == this;
        self.freed = if first { this } else { Freed::Many };
    }

    /// Says of each place that somebody waits for, once, that nothing is left there. O(1); O(scopes
    /// + symbols + books) when one call has ended orders of several scopes or symbols.
    pub(super) fn report_flat(&mut self) {
        if self.clearings > 0 {
            self.report_freed();
        }
    }

    #[inline(never)] // The event is not part of its callers' frames.
    fn report_freed(&mut self) {
        match core::mem::take(&mut self.freed) {
            Freed::None => {}
            Freed::One(scope, symbol) => {
                for number in self.path(scope).below() {
                    self.report_place((number, None));
                }
                for number in self.path(scope).all() {
                    self.report_place((number, Some(symbol)));
                }
            }
            Freed::Many => {
                for number in 1..self.scopes.count() {
                    self.report_place((number, None));
                }
                for symbol in 0..self.symbols.count() {
                    self.report_place((0, Some(symbol)));
                }
                for place in 0..self.books.count() {
                    if let Some(book) = self.books.get(place) {
                        self.report_place((book.scope, Some(book.symbol)));
                    }
                }
            }
        }
        self.report_place((0, None));
    }

    /// Says that nothing is left in a place, if somebody waits for that.
    pub(super) fn report_place(&mut self, place: Place) {
        let clearing = self.clearing(place);
        if !clearing.awaited || !self.is_flat(place) {
            return;
        }
        let mut done = if clearing.is_for_good() { clearing } else { Clearing::NONE };
        done.awaited = false;
        self.set_clearing(place, done);
        let (scope, symbol) = place;
        let symbol = symbol.unwrap_or(u32::MAX);
        self.emit(Event { scope, symbol, ..Event::new(EventKind::Flat) });
    }

    /// Whether a place has no live order and no position. O(1).
    fn is_flat(&self, (scope, symbol): Place) -> bool {
        let Some(symbol) = symbol else {
            let (orders, positions) = (self.orders.table(), self.positions.table());
            let root = (orders.live(), positions.live());
            let below = |scope: &crate::risk::Scope| (scope.live, scope.positions);
            let left = if scope == 0 { Some(root) } else { self.scopes.get(scope).map(below) };
            return left.is_none_or(|left| left == (0, 0));
        };
        let orders = self.of_place(scope, symbol).map_or(0, |place| {
            let working = place.orders(Side::Buy).saturating_add(place.orders(Side::Sell));
            working.saturating_add(place.ward.idle)
        });
        let open = match scope {
            0 => self.positions.totals(symbol).is_some_and(|totals| totals.open.len > 0),
            _ => self.books.find(scope, symbol).is_some_and(|book| book.is_open()),
        };
        orders == 0 && !open
    }
}
