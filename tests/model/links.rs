//! Two orders that cancel each other.

use oms_core::status::Status;

use crate::world::{Key, Order, World};

impl World {
    pub(crate) fn link_errors(
        &self,
        linked: Option<Key>,
        sym: usize,
        scope: usize,
    ) -> Result<(), Status> {
        let Some(key) = linked else { return Ok(()) };
        let o = &self.orders[key];
        if !o.in_table {
            return Err(Status::Stale);
        }
        if o.terminal() {
            return Err(Status::Terminal);
        }
        if o.sym != sym {
            return Err(Status::Symbol);
        }
        if o.scope != scope {
            return Err(Status::Scope);
        }
        let taken = o.held.linked.is_some_and(|other| !self.orders[other].terminal());
        if taken { Err(Status::State) } else { Ok(()) }
    }

    /// Both know each other; an old partner that has ended forgets.
    pub(crate) fn link(&mut self, key: Key, linked: Option<Key>) {
        let Some(other) = linked else { return };
        if let Some(old) = self.orders[other].held.linked {
            self.orders[old].held.linked = None;
        }
        self.orders[other].held.linked = Some(key);
        self.orders[key].held.linked = Some(other);
    }

    /// The partners of what was executed are cancelled.
    pub(crate) fn cancel_partners(&mut self) {
        for key in std::mem::take(&mut self.executed) {
            let partner = self.orders[key].held.linked;
            let open = |&other: &Key| {
                let o = &self.orders[other];
                o.in_table && !o.terminal() && o.cancel.is_none()
            };
            if let Some(other) = partner.filter(open) {
                self.withdraw(other);
                self.happens_to("a partner is cancelled", other);
                let o = &self.orders[other];
                self.touched.extend(o.position.or_else(|| self.net_position(o.sym, o.scope)));
            }
        }
    }

    /// Its partner, when both reduce the same position.
    pub(crate) fn co_reducer(&self, key: Key) -> Option<Key> {
        let o = &self.orders[key];
        let same = |other: &Key| {
            let p = &self.orders[*other];
            p.in_table && p.flags & o.flags & 1 != 0 && p.position == o.position
        };
        o.held.linked.filter(|_| o.position.is_some()).filter(same)
    }

    /// Σ working lots of some orders in the table; of two partners that reduce one position only
    /// the larger counts.
    pub(crate) fn reserved(&self, without: &[Key], of: impl Fn(&Order) -> bool) -> i128 {
        let counts = |key: Key| {
            let o = &self.orders[key];
            o.in_table && !without.contains(&key) && of(o)
        };
        let lots = |key: Key| {
            let partner = self.co_reducer(key).filter(|&other| other < key && counts(other));
            let shown = partner.map_or(0, |other| self.orders[other].working());
            i128::from((self.orders[key].working() - shown).max(0))
        };
        (0..self.orders.len()).filter(|&key| counts(key)).map(lots).sum()
    }
}
