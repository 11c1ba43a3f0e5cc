//! Requests about stops, targets and the closing of positions.
#![forbid(unsafe_code)]

use super::Engine;
use super::orders::Submitted;
use super::reducers::REDUCERS_MAX;
use crate::market::Symbol;
use crate::num::{Lots, Ticks};
use crate::order::Terms;
use crate::position::{Position, PositionClose};
use crate::risk::{Proposal, Verdict};
use crate::status::{ExitReason, Request, Status, TriggerAction, TriggerKind, TriggerState};
use crate::store::Id;
use crate::trigger::{
    Direction, PER_POSITION, Ride, Trigger, TriggerArm, TriggerCancel, TriggerMove,
};

impl Engine<'_> {
    /// Arms a stop or target on an open position; one that is crossed already fires at once.
    /// Answers its id, and `More` when work is left. O(log triggers).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Enum`, also for a release, which only orders have; `Unknown`,
    /// `Stale`, `Foreign`, `Terminal`; `Range` for fields that the kind does not have, or a
    /// trailing stop's that do not fit; `Price` for a level the symbol cannot have; `Pending` while
    /// trigger work of the symbol is queued; `Range` for a negative quantity or one above the
    /// position; `Capacity` when the table is full, the position has eight triggers, no order
    /// slot is left for the closing order, or the symbol's trailing stops have as many other
    /// steps as they may; legs that brackets may still arm count.
    #[inline(never)] // So that its frame is not in that of who takes any request.
    pub fn trigger_arm(&mut self, request: &TriggerArm) -> Result<(Status, Id), Status> {
        let plain = if self.kill.is_news() { None } else { self.arm_plain(request) };
        match plain {
            Some(id) => Ok((Status::Ok, id)),
            None => self.arm_slowly(request),
        }
    }

    /// Arms any trigger: see [`Engine::trigger_arm`].
    ///
    /// # Errors
    /// As [`Engine::trigger_arm`].
    #[inline(never)] // A plain one needs fewer registers.
    pub(crate) fn arm_slowly(&mut self, request: &TriggerArm) -> Result<(Status, Id), Status> {
        let (symbol, id) = self.arm_any(request)?;
        Ok((self.fire_crossed(symbol), id))
    }

    /// The same before it may fire: its symbol and its id.
    #[inline(never)] // It is not in the frame of what fires.
    fn arm_any(&mut self, request: &TriggerArm) -> Result<(u32, Id), Status> {
        request.check_frame()?;
        let kind = TriggerKind::from_raw(request.kind).ok_or(Status::Enum)?;
        let action = TriggerAction::from_raw(request.action).ok_or(Status::Enum)?;
        if action == TriggerAction::Release {
            return Err(Status::Enum);
        }
        let owner = self.positions.resolve(request.position)?;
        let position = self.positions.get(owner).ok_or(Status::Unknown)?;
        if !position.is_open() {
            return Err(Status::Terminal);
        }
        let (symbol, direction) = (position.symbol, Direction::of(position.side, kind));
        let scope = position.scope;
        let (trail, ride) = Ride::decode(request, kind)?;
        self.check_levels(symbol, request, kind)?;
        self.check_worked_off(symbol)?;
        if request.qty.0 < 0 || request.qty > position.book.qty {
            return Err(Status::Range);
        }
        self.check_trigger_room(position, action)?;
        if !self.triggers.has_step(symbol, direction, ride.step) {
            return Err(Status::Capacity);
        }
        self.enter(request.header.now);
        let TriggerArm { position, tag, level, qty, venue, .. } = *request;
        let new = Trigger { position, tag, level, trail, ride, qty, ..Trigger::EMPTY };
        let mut new = Trigger { symbol, scope, venue, kind, action, direction, ..new };
        self.start(&mut new);
        let list = self.positions.get_mut(owner).map(|owner| &mut owner.triggers);
        let (_, id) = self.triggers.arm(&new, list).ok_or(Status::Capacity)?;
        Ok((symbol, id))
    }

    /// The levels that the kind has are prices that the symbol can have.
    fn check_levels(
        &self,
        symbol: u32,
        request: &TriggerArm,
        kind: TriggerKind,
    ) -> Result<(), Status> {
        if kind != TriggerKind::TrailingStop {
            return self.check_level(symbol, request.level);
        }
        for level in [request.activation, request.second_level] {
            if level != Ticks::ZERO {
                self.check_level(symbol, level)?;
            }
        }
        Ok(())
    }

    fn check_level(&self, symbol: u32, level: Ticks) -> Result<(), Status> {
        let allowed = self.symbols.get(symbol).is_some_and(|s| s.spec.allows(level));
        if allowed { Ok(()) } else { Err(Status::Price) }
    }

    fn check_worked_off(&self, symbol: u32) -> Result<(), Status> {
        if self.triggers.has_backlog(symbol) { Err(Status::Pending) } else { Ok(()) }
    }

    /// A new trailing stop starts from the present price, or from the first one.
    pub(super) fn start(&self, trigger: &mut Trigger) {
        let basis = self.symbols.get(trigger.symbol).and_then(Symbol::basis);
        if let Some((bid, ask)) = basis.filter(|_| trigger.trails()) {
            trigger.follow(trigger.direction.price(bid, ask));
        }
    }

    fn check_trigger_room(&self, position: &Position, action: TriggerAction) -> Result<(), Status> {
        let owned = self.triggers.closers();
        let needs_slot = action == TriggerAction::Close;
        let room = self.triggers.room() > 0
            && self.taken_triggers(position.symbol, position.scope, Some(position)) < PER_POSITION
            && (!needs_slot || self.orders.table().available() > owned);
        if room { Ok(()) } else { Err(Status::Capacity) }
    }

    /// What was just armed may be crossed at the present price: it fires.
    pub(super) fn fire_crossed(&mut self, symbol: u32) -> Status {
        let basis = self.symbols.get(symbol).and_then(Symbol::basis);
        if basis.is_some_and(|(bid, ask)| self.triggers.ignores(symbol, bid, ask)) {
            return Status::Ok;
        }
        self.fire_present(symbol)
    }

    #[inline(never)]
    fn fire_present(&mut self, symbol: u32) -> Status {
        self.reach_present(symbol);
        self.fire_reached(symbol)
    }

    /// The present price comes once more.
    #[inline(never)]
    pub(super) fn reach_present(&mut self, symbol: u32) {
        if let Some((bid, ask)) = self.symbols.get(symbol).and_then(Symbol::basis) {
            self.triggers.reach(symbol, bid, ask);
        }
    }

    /// Moves an armed trigger; it fires at once when it is crossed then. O(log triggers).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Unknown`, `Stale`, `Foreign`; `State` when it has fired,
    /// belongs to a held order, or is a trailing stop, which moves by itself; `Price`;
    /// `Pending` while trigger work of the symbol is queued.
    pub fn trigger_move(&mut self, request: &TriggerMove) -> Result<Status, Status> {
        request.check_frame()?;
        let (slot, trigger) = self.armed(request.trigger)?;
        let symbol = trigger.symbol;
        if trigger.trails() {
            return Err(Status::State);
        }
        self.check_level(symbol, request.level)?;
        self.check_worked_off(symbol)?;
        self.enter(request.header.now);
        self.triggers.relocate(slot, request.level);
        Ok(self.fire_crossed(symbol))
    }

    /// Cancels an armed trigger, also one that is crossed and waits in a storm. O(log triggers).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Unknown`, `Stale`, `Foreign`; `State` when it has fired, or
    /// belongs to a held order.
    pub fn trigger_cancel(&mut self, request: &TriggerCancel) -> Result<Status, Status> {
        request.check_frame()?;
        let (slot, _) = self.armed(request.trigger)?;
        self.enter(request.header.now);
        self.remove_trigger(slot);
        Ok(Status::Ok)
    }

    fn armed(&self, id: Id) -> Result<(u32, &Trigger), Status> {
        let slot = id.slot();
        let Some(trigger) = self.triggers.get(slot).filter(|trigger| trigger.id == id) else {
            return Err(self.triggers.resolve(id).err().unwrap_or(Status::Unknown));
        };
        let own = trigger.action != TriggerAction::Release;
        let armed = trigger.state == TriggerState::Armed;
        if own && armed { Ok((slot, trigger)) } else { Err(Status::State) }
    }

    /// Closes a position, or a part, by a reduce-only market order of the engine's own; above the
    /// largest quantity by several. Answers the first order; denied when a check that binds such a
    /// close fails. O(number of orders), at most `work_per_call`.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Unknown`, `Stale`, `Foreign`, `Terminal`; `Range` for a
    /// quantity that is negative or above what is not being closed; `Pending` when all of it is
    /// being closed; `Capacity` when there is no room for the orders, or it would take more than
    /// are left of the 64 that may reduce the position.
    pub fn position_close(&mut self, request: &PositionClose) -> Result<Submitted, Status> {
        request.check_frame()?;
        let slot = self.positions.resolve(request.position)?;
        let position = *self.positions.get(slot).ok_or(Status::Unknown)?;
        if !position.is_open() {
            return Err(Status::Terminal);
        }
        let open = position.uncovered();
        if open == Lots::ZERO {
            return Err(Status::Pending);
        }
        if request.qty.0 < 0 || request.qty > open {
            return Err(Status::Range);
        }
        let wanted = if request.qty == Lots::ZERO { open } else { request.qty };
        self.check_pieces(&position, wanted)?;
        self.enter(request.header.now);
        Ok(self.close_in_pieces(slot, wanted, request))
    }

    fn check_pieces(&self, position: &Position, wanted: Lots) -> Result<(), Status> {
        let largest = self.piece_limits(position.symbol, position.scope).largest().0;
        let pieces = wanted.0.saturating_sub(1).checked_div(largest).unwrap_or(0).saturating_add(1);
        let room = self.orders.table().available().saturating_sub(self.triggers.closers());
        let reducers = REDUCERS_MAX.saturating_sub(position.reducing);
        let most = i64::from(room.min(reducers).min(self.config.work_per_call));
        if pieces <= most { Ok(()) } else { Err(Status::Capacity) }
    }

    fn close_in_pieces(&mut self, slot: u32, wanted: Lots, request: &PositionClose) -> Submitted {
        let mut answer =
            Submitted { status: Status::Ok, order: Id::NONE, verdict: Verdict::ACCEPTED };
        let mut left = wanted;
        while left > Lots::ZERO {
            let Some(position) = self.positions.get(slot).copied() else { break };
            let qty = self.piece(&position, left);
            let client_id = self.next_own_id();
            let terms = Self::close_terms(&position, qty);
            let terms = Terms { client_id, tag: request.tag, venue: request.venue, ..terms };
            let mut close = Proposal::new(terms);
            let order = match self.send_close(&mut close, Id::NONE, ExitReason::Manual) {
                Ok(order) => order,
                Err(verdict) => {
                    answer.verdict = verdict;
                    break;
                }
            };
            if answer.order == Id::NONE {
                answer.order = order;
            }
            left = Lots(left.0.saturating_sub(qty.0));
            // What is below one step cannot be closed.
            if left < self.piece_limits(position.symbol, position.scope).step {
                break;
            }
        }
        answer
    }
}
