//! Reconciliation: what the venue says there is, held against what is known here.
//!
//! A round is begun, told positions and orders row by row, and ended. This is what it counts, and
//! when that is too much; the engine compares.
#![forbid(unsafe_code)]

use super::reconcile_records::{ReconcileBegin, ReconcileOrder, ReconcileReport, is_small};
use crate::num::{Lots, Money, Nanos, OFF, Ticks};
use crate::status::{
    Difference, OrderStatus, ReconcileFlag, ReconcileState, Request, Side, Status, Unit,
};
use crate::store::{Hash64, at};

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
