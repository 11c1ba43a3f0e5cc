//! One order: its facts, and the status that follows from them.
#![forbid(unsafe_code)]

use super::{Bracket, Core, Gap, Terms, Trail};
use crate::num::{Lots, Money, Nanos, TickLots, Ticks};
use crate::status::{
    ExitReason, FixStatus, Hold, OrderEnd, OrderFact, OrderFlag, OrderMark, OrderStatus, OrderType,
    Reason, Side, TimeInForce,
};
use crate::store::{Hash64, Id};

/// Commands of an order that `oms_poll` has not handed out yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending(pub u8);

impl Pending {
    /// NEW.
    pub const NEW: Self = Self(1);
    /// REPLACE.
    pub const REPLACE: Self = Self(2);
    /// CANCEL.
    pub const CANCEL: Self = Self(4);

    /// Whether a command of `other` waits.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// With the commands of `other`.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without the commands of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether none waits.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A replace request that the venue has not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replacement {
    /// The caller's id of the request.
    pub request_id: u64,
    /// New total quantity.
    pub qty: Lots,
    /// New limit price.
    pub price: Ticks,
    /// New trigger price.
    pub stop_price: Ticks,
}

/// The facts of one order. First comes what is looked at when a held order is released: it shares
/// one cache line with the head of its slot. Then stand together what a plain order gets from its
/// request, and what is 0 in it: it is written in few stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Order {
    /// When a fact last changed. Time and id stand together as in an event of the order.
    pub updated_at: Nanos,
    /// Its id.
    pub id: Id,
    /// When it ends here while it was not handed out; 0 for never.
    pub lapses_at: Nanos,
    /// When it is given up; 0 for never.
    pub timeout_at: Nanos,
    /// How it ended.
    pub end: OrderEnd,
    /// Commands not handed out yet.
    pub pending: Pending,
    /// What [`Order::is_plain`] says: derived.
    pub plain: bool,
    /// What [`Order::is_ripe`] says: derived.
    pub ripe: bool,
    /// [`OrderFact`] bits.
    pub facts: u32,
    /// Quantity, as the venue last agreed.
    pub order_qty: Lots,
    /// Limit price, as the venue last agreed; 0 at the market.
    pub price: Ticks,
    /// The caller's id, or the engine's with the top bit set.
    pub client_id: u64,
    /// The caller's mark.
    pub tag: u64,
    /// Its number among all orders of this engine, from 1.
    pub number: u64,
    /// When it was submitted.
    pub created_at: Nanos,
    /// Terms as submitted: see [`Order::fingerprint`].
    pub terms_kept: u64,
    /// The position it belongs to: given, or the one its first execution opened.
    pub position: Id,
    /// The order it belongs to.
    pub parent: Id,
    /// The trigger that sent it, or that waits to send it.
    pub trigger: Id,
    /// The order that it and this one cancel each other with.
    pub linked: Id,
    /// Triggers that its bracket armed: stop-loss and take-profit.
    pub legs: [Id; 2],
    /// The last kill that has reached it: see the engine's count of kills.
    pub kill_seen: u64,
    /// Trigger price, as the venue last agreed; 0 without one.
    pub stop_price: Ticks,
    /// Distance of a trailing stop.
    pub trail: Trail,
    /// Levels of the stop-loss and take-profit that it arms.
    pub bracket: Bracket,
    /// When it expires, for GTD.
    pub expire_at: Nanos,
    /// When it is handed out again after it could not be sent or, sent, asked to cancel again after
    /// the venue refused that; 0 for not so.
    pub retry_at: Nanos,
    /// Σ executions.
    pub cum_qty: Lots,
    /// Σ commissions.
    pub commission: Money,
    /// Executed before it was taken over: part of `cum_qty`.
    pub carried_qty: Lots,
    /// Request id of the cancel in flight.
    pub cancel_id: u64,
    /// The replace in flight; meaningful while the fact says so.
    pub replace: Replacement,
    /// When NEW was handed out.
    pub sent_at: Nanos,
    /// Number, from 1, of the first of its executions that was kept; 0 before that.
    pub first_execution: u64,
    /// Price at which an order without a price of its own was valued; 0 before that.
    pub valued_at: Ticks,
    /// [`OrderMark`](crate::status::OrderMark) bits.
    pub marks: u32,
    /// Children that it ever had.
    pub child_count: u32,
    /// Times it was handed out again after it could not be sent.
    pub retries: u32,
    /// Why, as the venue said.
    pub reason: Reason,
    /// Whether it holds room for the position that its first execution may open.
    pub opens_position: bool,
    /// Trigger and order slots that it holds for its bracket.
    pub legs_reserved: u8,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number.
    pub scope: u32,
    /// Venue number.
    pub venue: u32,
    /// [`OrderFlag`](crate::status::OrderFlag) bits.
    pub flags: u32,
    /// Side.
    pub side: Side,
    /// Type.
    pub order_type: OrderType,
    /// Why a position that it closes was closed.
    pub exit: ExitReason,
    /// Who waits for the trigger price.
    pub hold: Hold,
    /// Time in force.
    pub time_in_force: TimeInForce,
    /// Cancels of the engine's own that the venue refused.
    pub refusals: u8,
    /// Whether the last one was refused, and the wait for the next one is not over.
    pub cancel_refused: bool,
    /// Whether the venue refused to make it smaller when its position shrank.
    pub reduction_refused: bool,
    /// Σ execution qty × price.
    pub notional: TickLots,
    /// Value of that.
    pub carried_value: TickLots,
    /// What its children work and have executed, lots.
    pub children: i128,
    /// Inferred from the venue's total and not reported one by one: part of `cum_qty`.
    pub gap: Gap,
}

impl Order {
    /// Fills unused memory.
    pub const EMPTY: Self = Self {
        id: Id::NONE,
        client_id: 0,
        tag: 0,
        position: Id::NONE,
        parent: Id::NONE,
        trigger: Id::NONE,
        linked: Id::NONE,
        legs: [Id::NONE; 2],
        terms_kept: 0,
        number: 0,
        kill_seen: 0,
        order_qty: Lots::ZERO,
        price: Ticks::ZERO,
        stop_price: Ticks::ZERO,
        trail: Trail::NONE,
        bracket: Bracket::NONE,
        expire_at: Nanos::ZERO,
        lapses_at: Nanos::ZERO,
        timeout_at: Nanos::ZERO,
        retry_at: Nanos::ZERO,
        cum_qty: Lots::ZERO,
        notional: 0,
        commission: Money::ZERO,
        carried_qty: Lots::ZERO,
        carried_value: 0,
        children: 0,
        child_count: 0,
        gap: Gap::NONE,
        cancel_id: 0,
        replace: Replacement {
            request_id: 0,
            qty: Lots::ZERO,
            price: Ticks::ZERO,
            stop_price: Ticks::ZERO,
        },
        created_at: Nanos::ZERO,
        sent_at: Nanos::ZERO,
        updated_at: Nanos::ZERO,
        symbol: 0,
        scope: 0,
        venue: 0,
        flags: 0,
        facts: 0,
        marks: 0,
        retries: 0,
        side: Side::Buy,
        order_type: OrderType::Market,
        time_in_force: TimeInForce::Day,
        hold: Hold::Core,
        end: OrderEnd::None,
        reason: Reason::None,
        exit: ExitReason::Order,
        opens_position: false,
        legs_reserved: 0,
        refusals: 0,
        cancel_refused: false,
        reduction_refused: false,
        first_execution: 0,
        valued_at: Ticks::ZERO,
        pending: Pending(0),
        plain: false,
        ripe: false,
    };

    /// A new order with these terms.
    #[must_use]
    pub fn new(terms: &Terms, now: Nanos) -> Self {
        Self {
            client_id: terms.client_id,
            tag: terms.tag,
            position: terms.position,
            parent: terms.parent,
            linked: terms.linked,
            terms_kept: terms.fingerprint(),
            order_qty: terms.qty,
            price: terms.price,
            stop_price: terms.stop_price,
            trail: terms.trail,
            bracket: terms.bracket,
            expire_at: terms.expire_at,
            timeout_at: terms.timeout_at,
            created_at: now,
            updated_at: now,
            symbol: terms.symbol,
            scope: terms.scope,
            venue: terms.venue,
            flags: terms.flags,
            side: terms.side,
            order_type: terms.order_type,
            time_in_force: terms.time_in_force,
            hold: terms.hold,
            exit: terms.order_type.exit(),
            ..Self::EMPTY
        }
    }

    /// [`Terms::fingerprint`] of the terms as submitted. A plain order and a close of the engine's
    /// own keep none while their terms are those.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        if self.terms_kept != 0 {
            return self.terms_kept;
        }
        let Self { tag, order_qty: qty, price, symbol, venue, .. } = *self;
        let Self { side, order_type, time_in_force, hold, .. } = *self;
        let core = Core { tag, qty, price, symbol, venue, side, order_type, time_in_force, hold };
        // Its first execution names the position of a plain order: that was no term.
        let named = if self.flags == 0 { Id::NONE } else { self.position };
        Terms::fingerprint_of_close(&core, named, self.scope, self.flags)
    }

    /// Its terms are about to change: what they were as submitted is kept.
    #[inline]
    pub(super) fn keep_fingerprint(&mut self) {
        self.terms_kept = self.fingerprint();
    }

    /// Its type as it is now: a triggered stop is a market or limit order.
    #[must_use]
    pub const fn effective_type(&self) -> OrderType {
        if self.is(OrderFact::Triggered) { self.order_type.triggered() } else { self.order_type }
    }

    /// Its flags as they are now: once the quantity that closes a position is known, it is an
    /// order that reduces by so much.
    const fn effective_flags(&self) -> u32 {
        let known = self.order_qty.0 > 0;
        if known { self.flags & !OrderFlag::ClosePosition.raw() } else { self.flags }
    }

    /// The terms that hold now.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let triggered = self.is(OrderFact::Triggered);
        Terms {
            client_id: self.client_id,
            tag: self.tag,
            position: self.position,
            parent: self.parent,
            linked: self.linked,
            qty: self.order_qty,
            price: self.price,
            stop_price: if triggered { Ticks::ZERO } else { self.stop_price },
            trail: if triggered { Trail::NONE } else { self.trail },
            bracket: self.bracket,
            expire_at: self.expire_at,
            timeout_at: self.timeout_at,
            symbol: self.symbol,
            scope: self.scope,
            venue: self.venue,
            flags: self.effective_flags(),
            side: self.side,
            order_type: self.effective_type(),
            time_in_force: self.time_in_force,
            hold: if triggered { Hold::Core } else { self.hold },
        }
    }

    /// Whether this fact holds.
    #[must_use]
    pub const fn is(&self, fact: OrderFact) -> bool {
        fact.is_in(self.facts)
    }

    pub(super) fn set(&mut self, fact: OrderFact) {
        self.facts |= fact.raw();
    }

    pub(super) fn clear(&mut self, fact: OrderFact) {
        self.facts &= !fact.raw();
    }

    /// Whether it is still only ours: neither handed out nor ended.
    #[must_use]
    pub const fn is_unsent(&self) -> bool {
        !self.is(OrderFact::Sent) && matches!(self.end, OrderEnd::None) && !self.is_filled()
    }

    /// Without a quantity, as one has that closes a position and is held here, it is not filled.
    pub(super) const fn is_filled(&self) -> bool {
        self.cum_qty.0 > 0 && self.cum_qty.0 >= self.order_qty.0
    }

    /// The product's status. FILLED outranks what is pending: the exposure is certain.
    #[must_use]
    pub const fn status(&self) -> OrderStatus {
        match self.end {
            OrderEnd::Reject => return OrderStatus::Rejected,
            OrderEnd::Fail => return OrderStatus::Failed,
            OrderEnd::Cancel | OrderEnd::Expire | OrderEnd::None if self.is_filled() => {
                return OrderStatus::Filled;
            }
            OrderEnd::Cancel => return OrderStatus::Cancelled,
            OrderEnd::Expire => return OrderStatus::Expired,
            OrderEnd::None => {}
        }
        if self.is(OrderFact::CancelInflight) {
            OrderStatus::PendingCancel
        } else if self.is(OrderFact::ReplaceInflight) {
            OrderStatus::PendingReplace
        } else if self.is(OrderFact::DoneForDay) {
            OrderStatus::DoneForDay
        } else if self.is(OrderFact::Suspended) {
            OrderStatus::Suspended
        } else if self.cum_qty.0 > 0 {
            OrderStatus::PartiallyFilled
        } else if self.is(OrderFact::Acked) {
            OrderStatus::Open
        } else if self.is(OrderFact::Sent) {
            OrderStatus::Submitted
        } else {
            OrderStatus::Pending
        }
    }

    /// FIX OrdStatus: of all that holds, the one of highest precedence.
    #[must_use]
    pub const fn fix_status(&self) -> FixStatus {
        if self.is(OrderFact::CancelInflight) {
            return FixStatus::PendingCancel;
        }
        if self.is(OrderFact::ReplaceInflight) {
            return FixStatus::PendingReplace;
        }
        if self.is(OrderFact::DoneForDay) {
            return FixStatus::DoneForDay;
        }
        match self.status() {
            OrderStatus::Filled => FixStatus::Filled,
            OrderStatus::Rejected | OrderStatus::Failed if self.is_filled() => FixStatus::Filled,
            OrderStatus::Rejected | OrderStatus::Failed if self.cum_qty.0 > 0 => {
                FixStatus::PartiallyFilled
            }
            OrderStatus::Cancelled => FixStatus::Canceled,
            OrderStatus::Expired => FixStatus::Expired,
            OrderStatus::Rejected | OrderStatus::Failed => FixStatus::Rejected,
            OrderStatus::PartiallyFilled => FixStatus::PartiallyFilled,
            OrderStatus::Open => FixStatus::New,
            OrderStatus::Suspended => FixStatus::Suspended,
            OrderStatus::DoneForDay => FixStatus::DoneForDay,
            OrderStatus::PendingCancel => FixStatus::PendingCancel,
            OrderStatus::PendingReplace => FixStatus::PendingReplace,
            OrderStatus::Pending | OrderStatus::Submitted => FixStatus::PendingNew,
        }
    }

    /// What may still be executed; 0 once it has ended, or is done for the day.
    #[must_use]
    pub const fn leaves(&self) -> Lots {
        if self.is(OrderFact::DoneForDay) { Lots::ZERO } else { self.beyond_cum(self.order_qty) }
    }

    /// Whether it stays here, and its children are sent.
    #[must_use]
    pub const fn is_parent(&self) -> bool {
        OrderFlag::Parent.is_in(self.flags)
    }

    /// What it takes of its parent: what it works and has executed.
    #[must_use]
    pub fn committed(&self) -> i128 {
        i128::from(self.working().0).wrapping_add(i128::from(self.cum_qty.0))
    }

    /// What is reserved for it: with a replace in flight, the larger of old and new. Nothing for
    /// one that stays here.
    #[must_use]
    pub const fn working(&self) -> Lots {
        if self.is_parent() {
            return Lots::ZERO;
        }
        let new = self.replace.qty.0;
        let qty = if self.is(OrderFact::ReplaceInflight) && new > self.order_qty.0 {
            Lots(new)
        } else {
            self.order_qty
        };
        self.beyond_cum(qty)
    }

    pub(super) const fn beyond_cum(&self, qty: Lots) -> Lots {
        // Both are at most 2^63 - 1 and cum is not negative: the difference fits.
        let rest = qty.0.saturating_sub(self.cum_qty.0);
        if matches!(self.end, OrderEnd::None) && rest > 0 { Lots(rest) } else { Lots::ZERO }
    }

    /// Whether it is at work with the venue and nothing but a position depends on it: no request is
    /// unanswered, no other order and no trigger belongs to it, nothing about it was remarkable.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        const SENT: u32 = OrderFact::Sent.raw();
        const ACKED: u32 = OrderFact::Acked.raw();
        const ODD: u32 =
            OrderFlag::ReduceOnly.raw() | OrderFlag::ClosePosition.raw() | OrderFlag::Parent.raw();
        let marks = self.marks | self.flags & ODD;
        let ids = self.linked.0 | self.trigger.0 | self.parent.0;
        let legs = (self.bracket.stop_loss.0 | self.bracket.take_profit.0).cast_unsigned();
        self.facts | ACKED == SENT | ACKED
            && marks == 0
            && ids | legs | self.retry_at.0 == 0
            && matches!(self.end, OrderEnd::None)
            && self.pending.is_empty()
    }

    /// Whether nothing has happened to it but that NEW waits to be handed out.
    #[inline]
    #[must_use]
    pub const fn is_fresh(&self) -> bool {
        self.pending.0 == Pending::NEW.0
            && self.facts == 0
            && self.cum_qty.0 == 0
            && self.trigger.is_none()
            && matches!(self.end, OrderEnd::None)
    }

    /// Whether nothing more is to be asked of it.
    #[must_use]
    pub const fn is_terminal(&self) -> bool {
        !matches!(self.end, OrderEnd::None) || self.is_filled()
    }

    /// Whether it has ended and no request on it is unanswered: its slot may be taken.
    #[must_use]
    pub const fn is_evictable(&self) -> bool {
        self.is_terminal()
            && !self.is(OrderFact::CancelInflight)
            && !self.is(OrderFact::ReplaceInflight)
            && self.pending.is_empty()
    }

    /// When the clock must look at it next; none when never. An order that was not handed out
    /// lapses, is given up, or is to be handed out again; a sent one is given up, once, when no
    /// cancel is in flight, or asked to cancel again.
    #[must_use]
    pub fn deadline(&self) -> Option<Nanos> {
        let unsent = self.is_unsent();
        let asked = self.is(OrderFact::CancelInflight) || OrderMark::TimedOut.is_in(self.marks);
        let given_up = unsent || !(self.is_terminal() || asked);
        let again = self.retry_at != Nanos::ZERO && (unsent || !self.is_evictable());
        // One less, so that none is the latest of all.
        let before = |counts: bool, at: Nanos| if counts { at.0 } else { 0 }.wrapping_sub(1);
        let first = before(unsent, self.lapses_at)
            .min(before(given_up, self.timeout_at))
            .min(before(again, self.retry_at));
        (first != u64::MAX).then(|| Nanos(first.wrapping_add(1)))
    }

    /// Whether an order that was not handed out has lapsed or is given up.
    #[must_use]
    pub fn is_over(&self, now: Nanos) -> bool {
        let over = |at: Nanos| at > Nanos::ZERO && at <= now;
        self.is_unsent() && (over(self.lapses_at) || over(self.timeout_at))
    }

    /// Feeds every field that can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        let Self { id, client_id, tag, position, parent, trigger, .. } = *self;
        for word in [id.0, client_id, tag, position.0, parent.0, trigger.0, self.fingerprint()] {
            hash.word(word);
        }
        let Self { linked, legs, lapses_at, timeout_at, retry_at, .. } = *self;
        for word in [linked.0, legs[0].0, legs[1].0, lapses_at.0, timeout_at.0, retry_at.0] {
            hash.word(word);
        }
        let Self { stop_price, trail, bracket, carried_qty, .. } = *self;
        for word in [stop_price.0, trail.offset.0, trail.ratio.0, carried_qty.0] {
            hash.i64(word);
        }
        hash.words_i128(self.children);
        hash.u32(self.child_count);
        hash.i64(bracket.stop_loss.0);
        hash.i64(bracket.take_profit.0);
        hash.words_i128(self.carried_value);
        self.gap.feed(hash);
        hash.i64(self.replace.stop_price.0);
        hash.u32(self.retries);
        hash.u32(u32::from(self.reason.raw()));
        for word in [self.order_qty.0, self.price.0, self.cum_qty.0, self.commission.0] {
            hash.i64(word);
        }
        hash.words_i128(self.notional);
        let Self { cancel_id, replace, expire_at, created_at, sent_at, updated_at, .. } = *self;
        for word in [cancel_id, replace.request_id, expire_at.0, created_at.0, sent_at.0] {
            hash.word(word);
        }
        hash.word(updated_at.0);
        hash.word(self.number);
        hash.word(self.kill_seen);
        hash.i64(replace.qty.0);
        hash.i64(replace.price.0);
        let Self { symbol, scope, venue, flags, facts, marks, .. } = *self;
        for word in [symbol, scope, venue, flags, facts, marks] {
            hash.u32(word);
        }
        let Self { side, order_type, time_in_force, end, exit, pending, .. } = *self;
        hash.u32(u32::from_le_bytes([
            side.raw(),
            order_type.raw(),
            time_in_force.raw(),
            end.raw(),
        ]));
        let opens = u8::from(self.opens_position);
        hash.u32(u32::from_le_bytes([exit.raw(), pending.0, opens, self.hold.raw()]));
        hash.word(self.first_execution);
        hash.i64(self.valued_at.0);
        let refused = u8::from(self.reduction_refused);
        let waits = u8::from(self.cancel_refused);
        hash.u32(u32::from_le_bytes([self.legs_reserved, refused, self.refusals, waits]));
    }
}
