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
const EVERYWHERE: [&str; 71] = [
    "ADV",
    "BREAKER",
    "COLLAR",
    "HEARTBEAT",
    "INCREMENT",
    "NOTIONAL",
    "OPEN_ORDERS",
    "ORDER_TO_TRADE",
    "PERMISSION",
    "POSITION",
    "POSITIONS",
    "QTY",
    "RATE_CUSTOM",
    "RATE_MINUTE",
    "REDUCE_ONLY",
    "REFERENCE_AGE",
    "SHORT",
    "SYMBOL",
    "TRADING_STATE",
    "a breaker is half-open",
    "a breaker is reset",
    "a breaker recovers",
    "a breaker warns",
    "a bust opens a position again",
    "a held order is cancelled",
    "a held order is released",
    "a kill cancels",
    "a limit is near",
    "a live order is executed",
    "a live order reserves less",
    "a live order reserves more",
    "a parent ends its child",
    "a partner is cancelled",
    "a position is adopted",
    "a position is reversed",
    "a probe passes",
    "a reducer in excess is reduced",
    "a reducer of nothing is cancelled",
    "a replace that keeps what is reserved is asked for",
    "a session ends",
    "all of a scope are cancelled",
    "an ended order is executed",
    "an ended order lives again",
    "an execution is busted",
    "an execution is corrected",
    "an execution is missing",
    "an execution is undone by its opposite",
    "an order expires here",
    "an order is adopted",
    "an order is denied when it fires",
    "an order is filled",
    "an order is filled beyond its quantity",
    "an order is filled, a cancel on its way",
    "an order is filled, a replace on its way",
    "an order is sent again",
    "an order times out",
    "an unsent order is cancelled",
    "of a live order an execution is busted",
    "of an ended order an execution is busted",
    "the engine closes",
    "the host is silent",
    "the venue cancels an order",
    "the venue expires an order",
    "the venue rejects an order",
    "too many cancels",
    "trips by a daily loss",
    "trips by a streak",
    "trips by drawdown",
    "trips by errors",
    "trips by hand",
    "trips by reconciliation",
];

/// What is reached in the root, below it seldom or never.
const IN_ROOT: [&str; 17] = [
    "CAPACITY",
    "CLIENT_ID",
    "DUPLICATE",
    "FIELDS",
    "GROSS",
    "GROUP",
    "LEVERAGE",
    "NET",
    "OPEN_NOTIONAL",
    "PARENT",
    "RATE_HOUR",
    "RATE_SYMBOL",
    "REPEAT",
    "SELF_TRADE",
    "SESSION",
    "a foreign execution",
    "trips by rate",
];

/// What is reached below the root alone.
const BELOW: [&str; 2] = ["SCOPE", "a scope is defined"];

pub(crate) fn print(reached: &Tallied) {
    for ((what, below), count) in reached {
        println!("{count:>8} {what}{}", if *below { ", below the root" } else { "" });
    }
}

/// A generator that does not come somewhere any more is noticed.
pub(crate) fn must_reach_all(reached: &Tallied) {
    let root = EVERYWHERE.iter().chain(&IN_ROOT).map(|&what| (what, false));
    let below = EVERYWHERE.iter().chain(&BELOW).map(|&what| (what, true));
    let missed: Vec<_> = root.chain(below).filter(|what| !reached.contains_key(what)).collect();
    assert!(missed.is_empty(), "not reached (what, below the root): {missed:?}");
}

/// What sequences about kills reach, in the root and below it.
const KILLS: [&str; 7] = [
    "a cancel is asked for again",
    "a close of a flatten fails",
    "a flatten closes",
    "a refused cancel waits",
    "a scope is flat",
    "a symbol is flat",
    "a symbol is killed",
];

/// And now and then in the root.
const RARE_KILLS: [&str; 3] =
    ["a flatten finds no slot", "a flatten leaves slots to others", "a stop lends its slot"];

pub(crate) fn must_reach_kills(reached: &Tallied) {
    let both = KILLS.iter().flat_map(|&what| [(what, false), (what, true)]);
    let rare = RARE_KILLS.map(|what| (what, false));
    let missed: Vec<_> = both.chain(rare).filter(|what| !reached.contains_key(what)).collect();
    assert!(missed.is_empty(), "not reached (what, below the root): {missed:?}");
}

/// A denial by each check.
pub(crate) const NAMES: [&str; 37] = [
    "FIELDS",
    "SYMBOL",
    "SCOPE",
    "TRADING_STATE",
    "BREAKER",
    "SESSION",
    "PERMISSION",
    "INCREMENT",
    "QTY",
    "NOTIONAL",
    "COLLAR",
    "REFERENCE_AGE",
    "ADV",
    "POSITION",
    "OPEN_ORDERS",
    "OPEN_NOTIONAL",
    "GROSS",
    "NET",
    "CREDIT",
    "LEVERAGE",
    "GROUP",
    "PORTFOLIO",
    "POSITIONS",
    "RATE_MINUTE",
    "RATE_HOUR",
    "RATE_CUSTOM",
    "RATE_SYMBOL",
    "REPEAT",
    "DUPLICATE",
    "CLIENT_ID",
    "SELF_TRADE",
    "SHORT",
    "REDUCE_ONLY",
    "PARENT",
    "ORDER_TO_TRADE",
    "HEARTBEAT",
    "CAPACITY",
];
