//! What must always hold, and the digest of what later answers depend on.
#![forbid(unsafe_code)]

use super::Venue;
use super::flight::Way;
use super::order::Stage;
use crate::num::Lots;
use crate::store::{Hash64, Id, at, count};

impl Venue<'_> {
    /// Whether every order stands where its stage says, and the room kept is theirs. O(orders).
    ///
    /// # Errors
    /// The place of the first order for which it does not hold; the number of places when it is
    /// the room.
    pub fn audit(&self) -> Result<(), u32> {
        let mut kept = 0_u32;
        for (slot, order) in (0..).zip(self.orders.iter()) {
            let is_trailing = self.trails.contains(slot);
            let filed = match order.stage {
                Stage::Working => self.trees.key(slot) == Some((order.level(), order.sequence)),
                Stage::Waiting => self.trees.contains(slot) || is_trailing,
                _ => !self.trees.contains(slot) && !self.expiries.contains(slot),
            };
            let is_whole = order.cum <= order.qty && (order.leaves() > 0 || !order.stage.is_here());
            if !filed || !is_whole || (is_trailing && order.stage != Stage::Waiting) {
                return Err(slot);
            }
            kept = kept.wrapping_add(order.kept());
        }
        if kept == self.flight.kept() { Ok(()) } else { Err(count(self.orders.len())) }
    }

    /// Whether nothing is on its way, there or back.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        [Way::Out, Way::Back].into_iter().all(|way| self.flight.first(way).is_none())
    }

    /// What is left of an order here; `None` of one that was never sent here.
    #[must_use]
    pub fn works(&self, id: Id) -> Option<Lots> {
        let order = self.order(id.slot()).filter(|order| order.id == id)?;
        Some(if order.stage.is_live() { Lots(order.leaves()) } else { Lots::ZERO })
    }

    /// Feeds what later answers depend on. O(orders + symbols + messages).
    pub fn digest(&self, hash: &mut Hash64) {
        for word in [self.clock.0, self.executions, self.sequences, self.seed, self.unit] {
            hash.word(word);
        }
        hash.u32(self.high);
        for order in self.orders.iter().take(at(self.high)) {
            order.feed(hash);
        }
        for book in self.books.iter().filter(|book| book.is_defined) {
            book.feed(hash);
        }
        self.flight.feed(hash);
        self.general.feed(hash);
        self.general_fees.feed(hash);
        hash.word(self.volume.day);
        for day in self.volume.days {
            hash.word(day);
        }
    }
}
