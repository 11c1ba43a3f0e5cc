//! What the random sequences must come to: counted, in the root and below it.

use std::collections::BTreeMap;

use crate::world::{END_CANCEL, END_EXPIRE, END_FAIL, END_REJECT, Key, Order, World};

/// How often each was reached: in the root, below it.
pub(crate) type Tallied = BTreeMap<(&'static str, bool), u64>;

impl World {
    pub(crate) fn happens(&mut self, what: &'static str, scope: usize) {
        *self.tally.entry((what, scope != 0)).or_default() += 1;
    }

    pub(crate) fn happens_to(&mut self, what: &'static str, order: Key) {
        self.happens(what, self.orders[order].scope);
    }

    /// An order has changed: whether it has ended, or lives again.
    pub(crate) fn note_end(&mut self, key: Key, before: &Order) {
        let o = &self.orders[key];
        let (was, is) = (before.terminal(), o.terminal());
        let what = match (was, is, o.end) {
            (true, false, _) => "an ended order lives again",
            (true, true, _) if o.cum > before.cum => "an ended order is executed",
            (true, true, _) if o.cum < before.cum => "of an ended order an execution is busted",
            (false, false, _) if o.cum < before.cum => "of a live order an execution is busted",
            (false, false, _) if o.working() > before.working() => "a live order reserves more",
            (false, false, _) if o.cum > before.cum => "a live order is executed",
            (false, false, _) if o.working() < before.working() => "a live order reserves less",
            (false, false, _) if o.replace.is_some() && before.replace.is_none() => {
                "a replace that keeps what is reserved is asked for"
            }
            (true, true, _) | (false, false, _) => return,
            (false, true, END_CANCEL) if before.held.armed => "a held order is cancelled",
            (false, true, END_CANCEL) if !before.sent => "an unsent order is cancelled",
            (false, true, END_CANCEL) => "the venue cancels an order",
            (false, true, END_REJECT) => "the venue rejects an order",
            (false, true, END_EXPIRE) if !before.sent => "an order expires here",
            (false, true, END_EXPIRE) => "the venue expires an order",
            (false, true, END_FAIL) if before.sent => "an order is never sent",
            (false, true, END_FAIL) => "an order is denied when it fires",
            (false, true, _) if o.cum > o.qty => "an order is filled beyond its quantity",
            (false, true, _) if before.replace.is_some() => {
                "an order is filled, a replace on its way"
            }
            (false, true, _) if before.cancel.is_some() => {
                "an order is filled, a cancel on its way"
            }
            (false, true, _) => "an order is filled",
        };
        self.happens_to(what, key);
    }
}

/// What is reached in the root and below it.
const EVERYWHERE: [&str; 0] = [];

pub(crate) fn print(reached: &Tallied) {
    for ((what, below), count) in reached {
        println!("{count:>8} {what}{}", if *below { ", below the root" } else { "" });
    }
}

/// A generator that does not come somewhere any more is noticed.
pub(crate) fn must_reach_all(reached: &Tallied) {
    let both = EVERYWHERE.iter().flat_map(|what| [(*what, false), (*what, true)]);
    let missed: Vec<_> = both.filter(|what| !reached.contains_key(what)).collect();
    assert!(missed.is_empty(), "not reached (what, below the root): {missed:?}");
}
