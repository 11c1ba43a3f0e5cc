//! One position.
#![forbid(unsafe_code)]

use super::Book;
use crate::num::{Lots, Money, Nanos};
use crate::status::{ExitReason, PositionSide};
use crate::store::{Hash64, Id, List};

/// A position, open or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Its id.
    pub id: Id,
    /// Mark of the order that opened it.
    pub tag: u64,
    /// The order that opened it.
    pub opened_by: Id,
    /// Quantity, cost, realised PnL.
    pub book: Book,
    /// Σ commissions of its executions.
    pub commission: Money,
    /// Σ working quantity of live orders that reduce it by name.
    pub closing: Lots,
    /// When it was opened.
    pub opened_at: Nanos,
    /// When it was closed.
    pub closed_at: Nanos,
    /// The order that closed it; none while it is open, or when it was closed by hand.
    pub closed_by: Id,
    /// What it brought, net of commissions; 0 while it is open.
    pub outcome: Money,
    /// Sign of what it brought, exactly: -1, 0, 1.
    pub outcome_sign: i8,
    /// Whether its outcome counts in the statistics.
    pub counted: bool,
    /// Its stops and targets.
    pub triggers: List,
    /// Live reduce-only orders that belong to it and that nobody has asked to cancel, oldest first.
    pub reducers: List,
    /// Number of live reduce-only orders that belong to it, those with a cancel in flight too.
    pub reducing: u32,
    /// Legs that brackets of live orders may still arm on it, by name.
    pub legs_reserved: u32,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number.
    pub scope: u32,
    /// Side.
    pub side: PositionSide,
    /// Why it was closed; none while it is open.
    pub exit: ExitReason,
    /// Whether it is its symbol's net position.
    pub net: bool,
    /// Whether it was there, or is of orders that were, when it was said to close all there.
    pub flatten: bool,
    /// Whether its close failed, and waits for the clock.
    pub stalled: bool,
    /// Number of the last of the breaker's probes that executed in it; 0 for none.
    pub probe: u64,
}

impl Position {
    /// Fills unused memory.
    pub const EMPTY: Self = Self {
        id: Id::NONE,
        tag: 0,
        opened_by: Id::NONE,
        book: Book {
            qty: Lots::ZERO,
            cost: 0,
            realised: 0,
            entered: Lots::ZERO,
            entry_value: 0,
            exited: Lots::ZERO,
            exit_value: 0,
        },
        commission: Money::ZERO,
        closing: Lots::ZERO,
        opened_at: Nanos::ZERO,
        closed_at: Nanos::ZERO,
        closed_by: Id::NONE,
        outcome: Money::ZERO,
        outcome_sign: 0,
        counted: false,
        triggers: List::EMPTY,
        reducers: List::EMPTY,
        reducing: 0,
        legs_reserved: 0,
        symbol: 0,
        scope: 0,
        side: PositionSide::Long,
        exit: ExitReason::None,
        net: false,
        flatten: false,
        stalled: false,
        probe: 0,
    };

    /// Whether it has quantity.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.book.qty.0 > 0
    }

    /// How long it was held: until it was closed, or until now. Nanoseconds.
    #[must_use]
    pub const fn held(&self, now: Nanos) -> u64 {
        if self.is_open() {
            now.since(self.opened_at)
        } else {
            self.closed_at.since(self.opened_at)
        }
    }

    /// Quantity that no live order is closing.
    #[must_use]
    pub const fn uncovered(&self) -> Lots {
        let rest = self.book.qty.0.saturating_sub(self.closing.0);
        if rest > 0 { Lots(rest) } else { Lots::ZERO }
    }

    /// Open quantity, of a short as a negative number.
    #[must_use]
    pub fn signed_qty(&self) -> i128 {
        let qty = i128::from(self.book.qty.0);
        match self.side {
            PositionSide::Long => qty,
            PositionSide::Short => qty.wrapping_neg(),
        }
    }

    /// The same: no quantity is less than any number.
    #[inline]
    #[must_use]
    pub const fn signed_lots(&self) -> i64 {
        match self.side {
            PositionSide::Long => self.book.qty.0,
            PositionSide::Short => self.book.qty.0.wrapping_neg(),
        }
    }

    /// Feeds every field that can change a later answer.
    pub fn feed(&self, hash: &mut Hash64) {
        let Self { id, tag, opened_by, opened_at, closed_at, .. } = *self;
        for word in [id.0, tag, opened_by.0, opened_at.0, closed_at.0] {
            hash.word(word);
        }
        let Book { qty, cost, realised, entered, entry_value, exited, exit_value } = self.book;
        for value in [qty.0, entered.0, exited.0, self.commission.0, self.closing.0] {
            hash.i64(value);
        }
        for value in [cost, realised, entry_value, exit_value] {
            hash.words_i128(value);
        }
        hash.word(self.closed_by.0);
        hash.word(self.probe);
        hash.i64(self.outcome.0);
        hash.i64(i64::from(self.outcome_sign));
        let kind = [self.side.raw(), self.exit.raw(), u8::from(self.net), u8::from(self.counted)];
        let closing = u32::from(self.flatten) | u32::from(self.stalled) << 1;
        for word in [self.symbol, self.scope, u32::from_le_bytes(kind), closing] {
            hash.u32(word);
        }
    }
}
