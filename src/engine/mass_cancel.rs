//! Many orders cancelled at once: by scope, symbol and side; and places that are killed.
#![forbid(unsafe_code)]

use super::clearings::{Freed, Place};
use super::{Engine, MassCancel};
use crate::event::Event;
use crate::order::Order;
use crate::risk::Ward;
use crate::status::{
    EventKind, MassCancelFlag, PositionSide, Request, Side, Status, TradingState, Unit,
};

/// What is asked of a mass cancel.
struct Asked {
    scope: u32,
    symbol: Option<u32>,
    side: Option<Side>,
    flattens: bool,
}

impl Engine<'_> {
    /// Cancels every live order of a scope and all below it, of a symbol or all, of a side or both;
    /// answers how many. Those that were not handed out end at once. With FLATTEN the next polls
    /// send closes for the positions there. O(live orders), with FLATTEN and O(open positions).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Enum` for side and flags; `Scope`, `Symbol`.
    pub fn mass_cancel(&mut self, request: &MassCancel) -> Result<(Status, u32), Status> {
        request.check_frame()?;
        let side = match request.side {
            0 => None,
            raw => Some(u8::try_from(raw).ok().and_then(Side::from_raw).ok_or(Status::Enum)?),
        };
        if request.flags & !MassCancelFlag::KNOWN != 0 {
            return Err(Status::Enum);
        }
        self.check_scope(request.scope)?;
        let symbol = Some(request.symbol).filter(|&symbol| symbol != u32::MAX);
        if symbol.is_some_and(|symbol| self.symbols.get(symbol).is_none()) {
            return Err(Status::Symbol);
        }
        self.enter(request.header.now);
        let flattens = MassCancelFlag::Flatten.is_in(request.flags);
        let asked = Asked { scope: request.scope, symbol, side, flattens };
        if flattens {
            self.begin_clearing(&asked);
        }
        let count = self.cancel_asked(&asked);
        self.emit(Event {
            scope: request.scope,
            symbol: request.symbol,
            side: side.map_or(0, Side::raw),
            code: request.flags,
            ..Event::new(EventKind::MassCancel).with_breach(Unit::Count, 0, i64::from(count))
        });
        if flattens && self.clearings > 0 {
            // Nothing may have been there before.
            self.freed = Freed::Many;
        }
        self.report_flat();
        if flattens {
            self.report_unknown((request.scope, symbol));
        }
        Ok((Status::Ok, count))
    }

    /// What is open where it was asked for is to be closed, and what its orders still bring.
    fn begin_clearing(&mut self, asked: &Asked) {
        let place = (asked.scope, asked.symbol);
        let mut clearing = self.clearing(place);
        clearing.close_through(asked.side, self.submitted);
        clearing.awaited = true;
        self.set_clearing(place, clearing);
        let mut next = self.positions.table().first_live();
        while let Some(slot) = next {
            next = self.positions.table().next(slot);
            let Some(position) = self.positions.get(slot) else { return };
            let side = match position.side {
                PositionSide::Long => Side::Buy,
                PositionSide::Short => Side::Sell,
            };
            if self.is_asked(asked, position.scope, position.symbol, side) {
                self.mark_position(slot);
            }
        }
    }

    /// Says that nothing is in a place where nobody ever was.
    fn report_unknown(&mut self, place: Place) {
        if let (scope, Some(symbol)) = place
            && self.of_place(scope, symbol).is_none()
        {
            self.emit(Event { scope, symbol, ..Event::new(EventKind::Flat) });
        }
    }

    fn is_asked(&self, asked: &Asked, scope: u32, symbol: u32, side: Side) -> bool {
        asked.symbol.is_none_or(|wanted| wanted == symbol)
            && asked.side.is_none_or(|wanted| wanted == side)
            && self.path(scope).all().any(|number| number == asked.scope)
    }

    /// Whether an order is cancelled: for itself, with the parent that names it, or because it
    /// reduces a position that is closed.
    fn is_order_asked(&self, asked: &Asked, order: &Order) -> bool {
        let of = |order: &Order, side| self.is_asked(asked, order.scope, order.symbol, side);
        if of(order, order.side)
            || (asked.flattens && order.reduces() && self.reduces_asked(asked, order))
        {
            return true;
        }
        let parent = self.orders.resolve(order.parent).ok().and_then(|slot| self.orders.get(slot));
        parent.is_some_and(|parent| parent.is_parent() && of(parent, parent.side))
    }

    /// A reduce-only order takes from positions of the other side.
    fn reduces_asked(&self, asked: &Asked, order: &Order) -> bool {
        let other = match order.side {
            Side::Buy => Side::Sell,
            Side::Sell => Side::Buy,
        };
        self.is_asked(asked, order.scope, order.symbol, other)
    }

    /// Cancels what was asked for, oldest first; answers how many. What the cancels bring about is
    /// not looked at.
    fn cancel_asked(&mut self, asked: &Asked) -> u32 {
        let (last, mut count) = (self.submitted, 0_u32);
        // One walk at a time: that of a kill begins anew, and passes what it has seen.
        let sweeps = self.orders.is_sweeping();
        self.orders.start_sweep();
        while let Some(slot) = self.orders.next_of_sweep() {
            let Some(order) = self.orders.get(slot) else { break };
            if order.number > last || !order.may_kill() || !self.is_order_asked(asked, order) {
                continue;
            }
            count = count.saturating_add(1);
            self.cancel_at_once(slot);
        }
        if sweeps {
            self.orders.start_sweep();
        }
        if self.clearings > 0 {
            self.ask_walk();
        }
        count
    }

    /// The trading state of a scope below the root, or of a symbol; KILLED closes every position
    /// too when that is asked for.
    pub(super) fn control_place(&mut self, place: Place, state: TradingState, flattens: bool) {
        let old = self.trading(place);
        let mut clearing = self.clearing(place);
        let killed = state == TradingState::Killed;
        let begins = killed && (old != state || (flattens && !clearing.is_for_good()));
        if killed && flattens {
            clearing.close_all();
        }
        clearing.awaited |= begins;
        if killed || old == TradingState::Killed {
            let clearing = if killed { clearing } else { crate::risk::Clearing::NONE };
            self.set_clearing(place, clearing);
        }
        match place {
            (scope, None) => self.set_trading(scope, state),
            (scope, Some(symbol)) => self.set_symbol_trading((scope, symbol), state),
        }
        if killed && old != state {
            self.cancel_all(place);
        }
        if begins {
            self.ask_walk();
            self.report_place(place);
        }
    }

    fn set_symbol_trading(&mut self, (scope, symbol): (u32, u32), new: TradingState) {
        let Some(place) = self.of_place_mut(scope, symbol) else { return };
        let old = core::mem::replace(&mut place.ward.trading, new);
        self.refold_limits(symbol);
        self.tell_trading((scope, symbol), new, old);
    }

    /// Whether a place was told to cancel its orders before this one came, by the walk under way.
    pub(super) fn is_ward_cancelled(&self, ward: &Ward, order: &Order) -> bool {
        ward.cancelled_by > self.walk_began && order.number <= ward.cancelled_through
    }
}
