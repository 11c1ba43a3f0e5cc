//! The records of reconciliation: a round, its rows, what it has found.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, Nanos, OFF, Ticks};
use crate::status::{ReconcileFlag, Request, RequestHeader, Status, request};
use crate::store::{Hash64, Id};

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

    pub(super) fn feed(&self, hash: &mut Hash64) {
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

pub(super) fn is_small(price: Ticks) -> bool {
    price.0.unsigned_abs() <= Ticks::MAX.unsigned_abs()
}
