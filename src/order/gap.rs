//! What a venue's total says was executed though no report of it has come.
#![forbid(unsafe_code)]

use crate::num::{Lots, TickLots, share_floor};
use crate::store::{Hash64, Id};

/// Executions of one order that were inferred and not reported one by one so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Quantity.
    pub qty: Lots,
    /// Value at which it was booked.
    pub value: TickLots,
    /// What it realised, where it reduced a position.
    pub realised: TickLots,
    /// The position it moved last.
    pub position: Id,
    /// Whether it opened or enlarged that one.
    pub entered: bool,
}

impl Gap {
    /// No gap.
    pub const NONE: Self =
        Self { qty: Lots::ZERO, value: 0, realised: 0, position: Id::NONE, entered: false };

    /// The part of at most `qty` lots that a report accounts for, with its share of the value.
    #[must_use]
    pub fn part(&self, qty: Lots) -> Self {
        if qty >= self.qty {
            return *self;
        }
        let share = |value| share_floor(value, qty.0, self.qty.0).unwrap_or_default();
        Self { qty, value: share(self.value), realised: share(self.realised), ..*self }
    }

    /// What is left without a part.
    #[must_use]
    pub fn without(&self, part: &Self) -> Self {
        Self {
            qty: Lots(self.qty.0.saturating_sub(part.qty.0)),
            value: self.value.saturating_sub(part.value),
            realised: self.realised.saturating_sub(part.realised),
            ..*self
        }
    }

    /// With more.
    #[must_use]
    pub fn with(&self, more: &Self) -> Self {
        Self {
            qty: Lots(self.qty.0.saturating_add(more.qty.0)),
            value: self.value.saturating_add(more.value),
            realised: self.realised.saturating_add(more.realised),
            ..*more
        }
    }

    /// Feeds every field.
    pub fn feed(&self, hash: &mut Hash64) {
        hash.i64(self.qty.0);
        hash.words_i128(self.value);
        hash.words_i128(self.realised);
        hash.word(self.position.0);
        hash.u32(u32::from(self.entered));
    }
}
