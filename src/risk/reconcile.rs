//! Reconciliation: what the venue says there is, held against what is known here.
//!
//! A round is begun, told positions and orders row by row, and ended. This is what it counts, and
//! when that is too much; the engine compares.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, Nanos, OFF, Ticks};
use crate::status::{
    Difference, OrderStatus, ReconcileFlag, ReconcileState, Request, RequestHeader, Side, Status,
    Unit, request,
};
use crate::store::{Hash64, Id, at};

/// Begins a round of reconciliation: `oms_reconcile_begin`. Of the tolerances OMS_OFF (-1) means
/// that this one never trips, and 0 that the first difference does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ReconcileBegin {
    /// kind = OMS_REQUEST_RECONCILE_BEGIN.
    pub header: RequestHeader,
    /// When the venue's books were read, nanoseconds, not after now: orders that have changed here
    /// since are not compared. 0: rows are of the moment at which they are given.
    pub as_of: Nanos,
    /// Lots of one symbol that may differ; of a hedged symbol those of longs and shorts together.
    pub lots_max: Lots,
    /// Value of the lots of all symbols that may differ, at our marks, money units.
    pub money_max: Money,
    /// Orders that may differ.
    pub orders_max: i64,
    /// Symbol number, with OMS_RECONCILE_ONE_SYMBOL.
    pub symbol: u32,
    /// Venue number, with OMS_RECONCILE_ONE_VENUE.
    pub venue: u32,
    /// Scope number; 0 is the root. Its breaker trips; positions are those of it and the scopes
    /// below, and so are orders that count when they are not mentioned.
    pub scope: u32,
    /// OMS_RECONCILE_* bits.
    pub flags: u32,
    /// Zero.
    pub reserved: [u64; 4],
}

request!(ReconcileBegin, ReconcileBegin, {
    as_of: Nanos::ZERO, lots_max: Lots::ZERO, money_max: Money::ZERO, orders_max: 0, symbol: 0,
    venue: 0, scope: 0, flags: 0, reserved: [0; 4],
}, [|r: &Self| r.reserved]);

/// What the venue holds of one symbol: `oms_reconcile_position`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ReconcilePosition {
    /// kind = OMS_REQUEST_RECONCILE_POSITION.
    pub header: RequestHeader,
    /// Long lots. Unless the symbol is hedged only long less short counts.
    pub long_qty: Lots,
    /// Short lots, not negative.
    pub short_qty: Lots,
    /// Average price of the longs, ticks, rounded either way; 0: not given.
    pub long_price: Ticks,
    /// Average price of the shorts.
    pub short_price: Ticks,
    /// Symbol number.
    pub symbol: u32,
    /// Zero.
    pub reserved0: u32,
    /// Zero.
    pub reserved: [u64; 3],
}

request!(ReconcilePosition, ReconcilePosition, {
    long_qty: Lots::ZERO, short_qty: Lots::ZERO, long_price: Ticks::ZERO, short_price: Ticks::ZERO,
    symbol: 0, reserved0: 0, reserved: [0; 3],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

/// What the venue knows of one order: `oms_reconcile_order`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ReconcileOrder {
    /// kind = OMS_REQUEST_RECONCILE_ORDER.
    pub header: RequestHeader,
    /// The order; 0 to name it by its client id. With both 0 it is one that is not known here.
    pub order: Id,
    /// Its client id, read when order is 0.
    pub client_id: u64,
    /// Total quantity, lots; of an order that has ended it is not compared.
    pub qty: Lots,
    /// Lots executed.
    pub cum_qty: Lots,
    /// Limit price, ticks; compared while both live and the order has one.
    pub price: Ticks,
    /// Symbol number.
    pub symbol: u32,
    /// OMS_SIDE_*.
    pub side: u8,
    /// OMS_STATUS_*, neither PENDING nor FAILED: FILLED, CANCELLED, REJECTED and EXPIRED have
    /// ended, all others live.
    pub order_status: u8,
    /// Zero.
    pub reserved0: [u8; 2],
    /// Zero.
    pub reserved: [u64; 4],
}

request!(ReconcileOrder, ReconcileOrder, {
    order: Id::NONE, client_id: 0, qty: Lots::ZERO, cum_qty: Lots::ZERO, price: Ticks::ZERO,
    symbol: 0, side: 0, order_status: 0, reserved0: [0; 2], reserved: [0; 4],
}, [|r: &Self| r.reserved0, |r: &Self| r.reserved]);

/// Ends a round, or goes on ending it: `oms_reconcile_end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ReconcileEnd {
    /// kind = OMS_REQUEST_RECONCILE_END.
    pub header: RequestHeader,
    /// Zero.
    pub reserved: [u64; 2],
}

request!(ReconcileEnd, ReconcileEnd, { reserved: [0; 2] }, [|r: &Self| r.reserved]);

/// What a round has found so far: `oms_reconcile_end`, `oms_reconcile_get`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct ReconcileReport {
    /// Number of the round, from 1; 0 before the first one.
    pub round: u64,
    /// When it began, nanoseconds.
    pub began_at: Nanos,
    /// When the venue's books were read, as given.
    pub as_of: Nanos,
    /// When it was over, nanoseconds; 0 before that.
    pub ended_at: Nanos,
    /// Σ lots that differ, over all symbols.
    pub lots: Lots,
    /// Most lots of one symbol that differ.
    pub lots_most: Lots,
    /// Value of the lots that differ, money units, rounded up symbol by symbol.
    pub money: Money,
    /// Rows of positions that were compared.
    pub positions: u32,
    /// Rows of orders that were compared.
    pub orders: u32,
    /// Rows of orders that were not: changed here after as_of, or ended and not kept here.
    pub left_out: u32,
    /// Differences: events.
    pub differences: u32,
    /// Symbols whose lots differ.
    pub symbols_differ: u32,
    /// Orders that differ; those in doubt are not counted.
    pub orders_differ: u32,
    /// Symbols whose lots differ and that have no mark: `money` leaves them out, and a tolerance in
    /// money is passed.
    pub unpriced: u32,
    /// OMS_RECONCILE_STATE_*.
    pub state: u8,
    /// 1 when a tolerance was passed and the breaker tripped.
    pub tripped: u8,
    /// 0.
    pub reserved0: [u8; 2],
    /// Differences of each kind: `counts[OMS_DIFFERENCE_*]`.
    pub counts: [u32; 20],
    /// 0.
    pub reserved: [u64; 3],
}

impl ReconcileReport {
    /// Before the first round.
    pub const NONE: Self = Self {
        round: 0,
        began_at: Nanos::ZERO,
        as_of: Nanos::ZERO,
        ended_at: Nanos::ZERO,
        lots: Lots::ZERO,
        lots_most: Lots::ZERO,
        money: Money::ZERO,
        positions: 0,
        orders: 0,
        left_out: 0,
        differences: 0,
        symbols_differ: 0,
        orders_differ: 0,
        unpriced: 0,
        state: 0,
        tripped: 0,
        reserved0: [0; 2],
        counts: [0; 20],
        reserved: [0; 3],
    };

    fn feed(&self, hash: &mut Hash64) {
        for word in [self.round, self.began_at.0, self.as_of.0, self.ended_at.0] {
            hash.word(word);
        }
        for value in [self.lots.0, self.lots_most.0, self.money.0] {
            hash.i64(value);
        }
        let Self { positions, orders, left_out, differences, symbols_differ, .. } = *self;
        let marks = [self.state, self.tripped, 0, 0];
        for word in [
            positions,
            orders,
            left_out,
            differences,
            symbols_differ,
            self.orders_differ,
            self.unpriced,
            u32::from_le_bytes(marks),
        ] {
            hash.u32(word);
        }
        for count in self.counts {
            hash.u32(count);
        }
    }
}

impl ReconcileBegin {
    /// Whether this flag is set.
    #[must_use]
    pub const fn has(&self, flag: ReconcileFlag) -> bool {
        flag.is_in(self.flags)
    }

    /// Whether the record makes sense by itself.
    ///
    /// # Errors
    /// The frame's (`Kind`, `Size`, `Reserved`), `Enum` for unknown flags, `Range` for a tolerance
    /// below -1 and for a round about nothing.
    pub fn check(&self) -> Result<(), Status> {
        self.check_frame()?;
        if self.flags & !ReconcileFlag::KNOWN != 0 {
            return Err(Status::Enum);
        }
        let tolerances = [self.lots_max.0, self.money_max.0, self.orders_max];
        let below = tolerances.iter().any(|&most| most < OFF);
        let nothing = self.has(ReconcileFlag::NoPositions) && self.has(ReconcileFlag::NoOrders);
        if below || nothing { Err(Status::Range) } else { Ok(()) }
    }
}

impl ReconcilePosition {
    /// Whether the record makes sense by itself.
    ///
    /// # Errors
    /// The frame's (`Kind`, `Size`, `Reserved`), `Range` for negative lots and for magnitudes
    /// beyond 2^60.
    pub fn check(&self) -> Result<(), Status> {
        self.check_frame()?;
        let lots = [self.long_qty, self.short_qty];
        let prices = [self.long_price, self.short_price];
        let good = lots.iter().all(|qty| (0..=Lots::MAX).contains(&qty.0))
            && prices.into_iter().all(is_small);
        if good { Ok(()) } else { Err(Status::Range) }
    }
}

fn is_small(price: Ticks) -> bool {
    price.0.unsigned_abs() <= Ticks::MAX.unsigned_abs()
}

/// A row of an order, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// Total quantity.
    pub qty: Lots,
    /// Executed.
    pub cum_qty: Lots,
    /// Limit price.
    pub price: Ticks,
    /// Symbol number.
    pub symbol: u32,
    /// Side.
    pub side: Side,
    /// Whether it lives at the venue.
    pub lives: bool,
}

impl OrderRow {
    /// Reads a request record.
    ///
    /// # Errors
    /// The frame's (`Kind`, `Size`, `Reserved`), `Enum` for side and status, `BadQty` for a live
    /// order without quantity, `Range` for lots that are negative and for magnitudes beyond 2^60.
    pub fn decode(request: &ReconcileOrder) -> Result<Self, Status> {
        request.check_frame()?;
        let side = Side::from_raw(request.side).ok_or(Status::Enum)?;
        let lives = match OrderStatus::from_raw(request.order_status) {
            None | Some(OrderStatus::Pending | OrderStatus::Failed) => return Err(Status::Enum),
            Some(
                OrderStatus::Filled
                | OrderStatus::Cancelled
                | OrderStatus::Rejected
                | OrderStatus::Expired,
            ) => false,
            Some(_) => true,
        };
        let ReconcileOrder { qty, cum_qty, price, symbol, .. } = *request;
        if lives && qty.0 < 1 {
            return Err(Status::BadQty);
        }
        let fits = |lots: Lots| (0..=Lots::MAX).contains(&lots.0);
        if !(fits(qty) && fits(cum_qty) && is_small(price)) {
            return Err(Status::Range);
        }
        Ok(Self { qty, cum_qty, price, symbol, side, lives })
    }

    /// What may still be executed at the venue.
    #[must_use]
    pub const fn leaves(&self) -> Lots {
        let rest = self.qty.0.saturating_sub(self.cum_qty.0);
        if self.lives && rest > 0 { Lots(rest) } else { Lots::ZERO }
    }
}

/// A tolerance that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Of limit and observed.
    pub unit: Unit,
    /// The tolerance.
    pub limit: i64,
    /// What differs.
    pub observed: i64,
}

/// One round: what was agreed, and what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// What was agreed.
    pub agreed: ReconcileBegin,
    /// What was found.
    pub report: ReconcileReport,
    /// Number of the last order that was there when it began.
    pub through: u64,
    /// The next slot of an order to be looked at, while it ends.
    pub next_order: u32,
    /// The next symbol.
    pub next_symbol: u32,
}

impl Round {
    /// There was none yet.
    pub const NONE: Self = Self {
        agreed: ReconcileBegin::EMPTY,
        report: ReconcileReport::NONE,
        through: 0,
        next_order: 0,
        next_symbol: 0,
    };

    /// Whether it is at this point.
    #[must_use]
    pub const fn is(&self, state: ReconcileState) -> bool {
        self.report.state == state.raw()
    }

    /// Goes on to this point.
    pub const fn set(&mut self, state: ReconcileState) {
        self.report.state = state.raw();
    }

    /// Whether a row may be taken that this flag leaves out.
    ///
    /// # Errors
    /// `State` when not, or when no round takes rows.
    pub fn takes(&self, left_out: ReconcileFlag) -> Result<(), Status> {
        let takes = self.is(ReconcileState::Rows) && !self.agreed.has(left_out);
        if takes { Ok(()) } else { Err(Status::State) }
    }

    /// Whether what happened at this time is later than the venue's books.
    #[must_use]
    pub fn is_newer(&self, time: Nanos) -> bool {
        self.report.as_of > Nanos::ZERO && time > self.report.as_of
    }

    /// Whether the venue's books can know what was sent at this time.
    #[must_use]
    pub fn covers(&self, sent_at: Nanos) -> bool {
        sent_at <= self.report.began_at && !self.is_newer(sent_at)
    }

    /// A difference was found.
    pub fn note(&mut self, what: Difference) {
        let report = &mut self.report;
        report.differences = report.differences.saturating_add(1);
        if let Some(count) = report.counts.get_mut(at(what.raw())) {
            *count = count.saturating_add(1);
        }
    }

    /// So many lots of a symbol differ, of this value when that is known.
    pub fn add_symbol(&mut self, lots: Lots, value: Option<Money>) {
        let report = &mut self.report;
        report.symbols_differ = report.symbols_differ.saturating_add(1);
        report.lots = Lots(report.lots.0.saturating_add(lots.0));
        report.lots_most = report.lots_most.max(lots);
        match value {
            Some(value) => report.money = Money(report.money.0.saturating_add(value.0)),
            None => report.unpriced = report.unpriced.saturating_add(1),
        }
    }

    /// One more order differs.
    pub const fn add_order(&mut self) {
        self.report.orders_differ = self.report.orders_differ.saturating_add(1);
    }

    /// The first tolerance that is passed, unless one was before in this round.
    #[must_use]
    pub fn passed(&self) -> Option<Passed> {
        let Self { agreed, report, .. } = self;
        let beyond = |unit, limit: i64, observed: i64| {
            (limit != OFF && observed > limit).then_some(Passed { unit, limit, observed })
        };
        if report.tripped != 0 {
            return None;
        }
        // What has no price may be worth anything.
        let money = if report.unpriced == 0 { report.money.0 } else { i64::MAX };
        beyond(Unit::Lots, agreed.lots_max.0, report.lots_most.0)
            .or_else(|| beyond(Unit::Money, agreed.money_max.0, money))
            .or_else(|| beyond(Unit::Count, agreed.orders_max, i64::from(report.orders_differ)))
    }

    fn feed(&self, hash: &mut Hash64) {
        let ReconcileBegin { lots_max, money_max, orders_max, symbol, .. } = self.agreed;
        for value in [lots_max.0, money_max.0, orders_max] {
            hash.i64(value);
        }
        let ReconcileBegin { venue, scope, flags, .. } = self.agreed;
        for word in [symbol, venue, scope, flags, self.next_order, self.next_symbol] {
            hash.u32(word);
        }
        hash.word(self.through);
        self.report.feed(hash);
    }
}

/// Memory of the marks.
pub struct ReconcileMemory<'a> {
    /// One element an order slot.
    pub orders: &'a mut [u32],
    /// One element a symbol.
    pub symbols: &'a mut [u32],
}

/// The round, and which orders and symbols were mentioned in it: the low half of its number stands
/// in their place, so that nothing has to be cleared when the next one begins.
pub struct Reconcile<'a> {
    /// The round that runs, or was last.
    pub round: Round,
    marks: ReconcileMemory<'a>,
}

impl<'a> Reconcile<'a> {
    /// No round yet. O(capacity).
    #[must_use]
    pub fn new(marks: ReconcileMemory<'a>) -> Self {
        marks.orders.fill(0);
        marks.symbols.fill(0);
        Self { round: Round::NONE, marks }
    }

    /// A new round; whatever the last one has left undone is given up. Orders up to this number
    /// are there. O(1).
    pub fn begin(&mut self, agreed: &ReconcileBegin, now: Nanos, through: u64) {
        let round = self.round.report.round.wrapping_add(1);
        self.round = Round {
            agreed: *agreed,
            report: ReconcileReport {
                round,
                began_at: now,
                as_of: agreed.as_of,
                state: ReconcileState::Rows.raw(),
                ..ReconcileReport::NONE
            },
            through,
            ..Round::NONE
        };
    }

    fn mark(&self) -> u32 {
        let [a, b, c, d, ..] = self.round.report.round.to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    /// Whether the order in a slot was mentioned.
    #[must_use]
    pub fn has_order(&self, slot: u32) -> bool {
        self.marks.orders.get(at(slot)) == Some(&self.mark())
    }

    /// Whether a symbol was mentioned.
    #[must_use]
    pub fn has_symbol(&self, symbol: u32) -> bool {
        self.marks.symbols.get(at(symbol)) == Some(&self.mark())
    }

    /// Mentions the order in a slot; answers whether it was before.
    pub fn mention_order(&mut self, slot: u32) -> bool {
        let mark = self.mark();
        mention(self.marks.orders.get_mut(at(slot)), mark)
    }

    /// Mentions a symbol; answers whether it was before.
    pub fn mention_symbol(&mut self, symbol: u32) -> bool {
        let mark = self.mark();
        mention(self.marks.symbols.get_mut(at(symbol)), mark)
    }

    /// Feeds the round and, while it runs, what was mentioned. O(capacity).
    pub fn digest(&self, hash: &mut Hash64) {
        self.round.feed(hash);
        let runs = self.round.is(ReconcileState::Rows) || self.round.is(ReconcileState::Ending);
        if !runs {
            return;
        }
        let mark = self.mark();
        for &place in self.marks.orders.iter().chain(self.marks.symbols.iter()) {
            hash.u32(u32::from(place == mark));
        }
    }
}

fn mention(place: Option<&mut u32>, mark: u32) -> bool {
    place.is_some_and(|place| core::mem::replace(place, mark) == mark)
}
