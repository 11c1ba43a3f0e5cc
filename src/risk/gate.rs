//! The gate: every check in its order, one verdict.
#![forbid(unsafe_code)]

use super::checks;
use super::{Exposure, Findings, Meeting, Own, Parentage, RateRing, Scope, Sequences, Verdict};
use super::{heartbeat, recent, resting, symbol_rates, traffic};
use crate::market::{Limits, Symbol};
use crate::num::{Lots, Money, Nanos, Ticks};
use crate::order::Terms;
use crate::status::{Check, Status, TradingState};

/// The order that a replace is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Its slot in the table of orders.
    pub slot: u32,
    /// What it has reserved.
    pub working: Lots,
    /// What it has executed.
    pub cum: Lots,
    /// It was not handed out yet: the new terms take the place of the old ones at once. Otherwise
    /// the larger of both is reserved until the venue answers.
    pub in_place: bool,
    /// Its number when it passed as a probe of a half-open breaker; else 0.
    pub probe: u64,
}

/// What is proposed: a new order, or a replaced one with its new quantity and price.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    /// The terms that would hold.
    pub terms: Terms,
    /// The quantity that was asked for: not the terms' when the engine decided that.
    pub asked: Lots,
    /// For a replace: the order as it is. Not for a new order.
    pub replaces: Option<Replaced>,
    /// For an order that names a position: its closing side, quantity and what is being closed.
    pub target: Option<checks::Target>,
    /// What its partner (one cancels the other) reserves for the same position already.
    pub shared: Lots,
    /// The quantity before what own resting orders take was taken off.
    pub uncut: Lots,
    /// The own resting orders that it would meet, where somebody looks.
    pub meeting: Option<Meeting>,
    /// What it may take of its parent.
    pub parent: Parentage,
    /// For a replace: lots that the order's own children work and have executed, or more than any
    /// order has.
    pub children: i64,
    /// Whether an order in the table carries the client id.
    pub client_id_taken: bool,
    /// Whether the client id may have its top bit set: an order of the engine itself.
    pub own: bool,
    /// Whether the tables have room.
    pub has_room: bool,
}

impl Proposal {
    /// A new order with these terms; the rest is as if there were nothing else, and no room.
    #[inline]
    #[must_use]
    pub fn new(terms: Terms) -> Self {
        Self {
            asked: terms.qty,
            uncut: terms.qty,
            meeting: None,
            terms,
            replaces: None,
            target: None,
            shared: Lots::ZERO,
            parent: Parentage::NONE,
            children: 0,
            client_id_taken: false,
            own: false,
            has_room: false,
        }
    }

    /// Lots that would be reserved.
    #[must_use]
    pub fn working(&self) -> i64 {
        let qty = self.terms.qty.0;
        match self.replaces {
            None => qty,
            Some(old) => {
                // What has been executed is not negative: where it saturates it is below 0.
                let rest = qty.saturating_sub(old.cum.0).max(0);
                let kept = if old.in_place { 0 } else { old.working.0 };
                rest.max(kept)
            }
        }
    }

    /// Lots that would be reserved beyond what its partner reserves.
    #[must_use]
    pub fn share(&self) -> i64 {
        // What its partner reserves is not negative: where it saturates it is below 0.
        self.working().saturating_sub(self.shared.0).max(0)
    }

    /// Lots reserved already beyond what its partner reserves.
    #[must_use]
    pub fn reserved_share(&self) -> i64 {
        let beyond = |old: Replaced| old.working.0.saturating_sub(self.shared.0).max(0);
        self.replaces.map_or(0, beyond)
    }
}

/// The times of the last orders of a scope.
#[derive(Clone, Copy)]
pub enum Rates<'g, 'a> {
    /// The root's.
    Root(&'g RateRing<'a>),
    /// Those of a scope below it: in which of its breaker's windows one more is too many.
    Full([bool; 3]),
}

/// What the orders and the net position of the order's own scope come to, without those of the
/// scopes in it: what a reduce-only order looks at.
#[derive(Clone, Copy)]
pub struct Leaf {
    /// What is reserved, and claimed.
    pub own: Own,
    /// The net position, less than 0 when it is short.
    pub net_qty: i128,
}

impl Leaf {
    /// Nothing.
    pub const EMPTY: Self = Self { own: Own::EMPTY, net_qty: 0 };
}

/// What the gate looks at in one scope. An order passes when it passes in its own and in all that
/// this one lies in.
#[derive(Clone, Copy)]
pub struct Gate<'g, 'a> {
    /// The symbol, if it exists.
    pub symbol: Option<&'g Symbol>,
    /// The limits of the symbol in this scope: the symbol's own in the root.
    pub limits: &'g Limits,
    /// What is reserved in it, in this scope.
    pub exposure: &'g Exposure,
    /// Longs less shorts, in this scope.
    pub net_qty: i128,
    /// The same of the order's own scope.
    pub leaf: Leaf,
    /// The scope.
    pub scope: &'g Scope,
    /// Its number.
    pub number: u32,
    /// Whether it is the order's own.
    pub is_own: bool,
    /// Its trading state, a kill that was not noticed yet included.
    pub trading: TradingState,
    /// Times of the last orders.
    pub rates: Rates<'g, 'a>,
    /// Earlier orders.
    pub sequences: &'g Sequences<'a>,
    /// Whether the windows begin anew: a recovery from a trip by rate is due.
    pub rates_begin: bool,
    /// Whether it is known that one more order keeps within every window.
    pub rates_hold: bool,
    /// The last client id that was accepted, when ids must rise.
    pub last_client_id: Option<u64>,
    /// What the checks of values have found, where values are counted.
    pub values: Option<&'g Findings>,
    /// The time.
    pub now: Nanos,
}

impl Gate<'_, '_> {
    /// Whether it is the root's.
    #[inline]
    #[must_use]
    pub const fn is_root(&self) -> bool {
        self.number == 0
    }

    /// In which windows of the breaker one more order would be too many.
    fn full(&self) -> [bool; 3] {
        match self.rates {
            Rates::Root(ring) => ring.full(&self.scope.breaker, self.now),
            Rates::Full(full) => full,
        }
    }
}

/// Lots of a position that the order of a proposal could reduce: what other orders do not.
#[must_use]
pub fn reduction_room(gate: &Gate<'_, '_>, proposal: &Proposal) -> Lots {
    let (open, others) = checks::reducible(gate, proposal);
    if others > open {
        return Lots::ZERO;
    }
    let room = open.saturating_sub(others).saturating_add(i128::from(proposal.shared.0));
    Lots(i64::try_from(room.clamp(0, open)).unwrap_or(i64::MAX))
}

/// Whether an order, with what is working already, only makes a position smaller.
#[must_use]
pub fn only_reduces(gate: &Gate<'_, '_>, proposal: &Proposal) -> bool {
    checks::reduces(gate, proposal)
}

/// What an order is worth: at its price, or at the market at the worse of the reference and the
/// collar's edge; `None` when there is no reference.
///
/// # Errors
/// `Range` when it does not fit money.
pub fn value(symbol: &Symbol, terms: &Terms) -> Result<Option<Money>, Status> {
    checks::value(symbol, terms.qty, checks::value_price(terms, symbol))
}

/// What so many lots of a symbol are worth at a price, as a magnitude, rounded up.
///
/// # Errors
/// `Range` when it does not fit.
pub fn worth(symbol: &Symbol, qty: Lots, price: Ticks) -> Result<Money, Status> {
    checks::value(symbol, qty, Some(price)).map(Option::unwrap_or_default)
}

/// Evaluates the checks on a position that is opened by hand: FIELDS, SYMBOL, QTY, POSITION,
/// POSITIONS, CAPACITY. O(1).
#[must_use]
pub fn evaluate_hand(gate: &Gate<'_, '_>, proposal: &Proposal) -> Verdict {
    let mut verdict = Verdict { scope: gate.number, ..Verdict::ACCEPTED };
    let mut note = |check, result: Result<(), super::verdict::Breach>| {
        if let Err(breach) = result {
            verdict.fail(check, breach);
        }
    };
    if gate.is_root() {
        note(Check::Fields, super::fields::fields(proposal, gate.symbol, gate.now));
    }
    note(Check::Symbol, checks::symbol(gate));
    note(Check::Scope, checks::scope(gate));
    if gate.symbol.is_some() {
        let limits = gate.limits;
        note(Check::Qty, checks::qty(&proposal.terms, limits, gate.scope));
        let working = checks::with_others(gate, proposal);
        note(Check::Position, checks::position(gate, proposal, limits, working));
        note(Check::Positions, checks::positions(gate, proposal, limits));
    }
    if gate.is_root() {
        note(Check::Capacity, checks::capacity(proposal));
    }
    verdict
}

/// Evaluates every check of one scope on an order of this [`value`]; what no scope has to do with
/// stands in the root. Without a symbol the checks that need one are not evaluated: SYMBOL fails.
/// O(1).
#[must_use]
pub fn evaluate(gate: &Gate<'_, '_>, proposal: &Proposal, value: Option<Money>) -> Verdict {
    let mut verdict = Verdict { scope: gate.number, ..Verdict::ACCEPTED };
    let terms = &proposal.terms;
    let mut note = |check, result: Result<(), super::verdict::Breach>| {
        if let Err(breach) = result {
            verdict.fail(check, breach);
        }
    };
    if gate.is_root() {
        note(Check::Fields, super::fields::fields(proposal, gate.symbol, gate.now));
    }
    note(Check::Symbol, checks::symbol(gate));
    note(Check::Scope, checks::scope(gate));
    note(Check::TradingState, checks::trading_state(gate, proposal));
    note(Check::Breaker, checks::breaker(gate, proposal));
    if let Some(symbol) = gate.symbol {
        let limits = gate.limits;
        let reference = symbol.market.reference(limits.reference, terms.side);
        note(Check::Session, super::session::check(terms, &symbol.conditions));
        note(Check::Permission, super::permission::check(terms, limits, gate.scope));
        let bands = gate.is_root().then_some(&symbol.conditions.bands);
        note(Check::Increment, checks::increment(terms, bands, limits));
        let probe = checks::probe_size(gate, proposal);
        note(Check::Qty, checks::qty_for(probe, terms, limits, gate.scope));
        note(Check::Notional, checks::notional(terms, limits, gate.scope, value));
        note(Check::Collar, checks::collar(terms, limits, reference));
        note(Check::ReferenceAge, checks::reference_age(limits, reference, gate.now));
        note(Check::Adv, super::adv::check(terms, symbol, limits));
        let working = checks::with_others(gate, proposal);
        note(Check::Position, checks::position_for(probe, gate, proposal, working));
        note(Check::OpenOrders, checks::open_orders(gate, proposal, limits, working));
        if let Some(values) = gate.values {
            values.each().for_each(|(check, found)| note(check, found));
        }
        note(Check::Positions, checks::positions(gate, proposal, limits));
    }
    if !gate.rates_hold && !gate.rates_begin {
        let breaker = &gate.scope.breaker;
        let [minute, hour, custom] = gate.full();
        let config = breaker.config();
        note(Check::RateMinute, checks::rate(config.orders_per_minute, minute));
        note(Check::RateHour, checks::rate(config.orders_per_hour, hour));
        note(Check::RateCustom, checks::rate(config.orders_per_window, custom));
    }
    if gate.is_root() && gate.symbol.is_some() && gate.limits.controls.look_back() {
        follow_orders(gate, proposal, &mut note);
    }
    if gate.is_root() && proposal.replaces.is_none() {
        note(Check::ClientId, checks::client_id(gate, proposal));
    }
    note(Check::SelfTrade, resting::check(gate, proposal));
    note(Check::Short, super::short::check(gate, proposal));
    if gate.is_own {
        note(Check::ReduceOnly, checks::reduce_only(gate, proposal));
    }
    evaluate_rest(gate, proposal, &mut note);
    verdict
}

/// From PARENT on.
#[inline(always)] // In its only place.
fn evaluate_rest(
    gate: &Gate<'_, '_>,
    proposal: &Proposal,
    note: &mut impl FnMut(Check, checks::Held),
) {
    if gate.is_root() {
        note(Check::Parent, super::parent::check(proposal));
    }
    if gate.scope.limits.look_back() {
        follow_requests(gate, note);
    }
    if gate.is_root() {
        note(Check::Capacity, checks::capacity(proposal));
    }
}

/// The checks that look at the requests of the scope.
#[cold]
#[inline(never)] // As below.
fn follow_requests(gate: &Gate<'_, '_>, note: &mut impl FnMut(Check, checks::Held)) {
    note(Check::OrderToTrade, traffic::check(gate.scope, gate.now));
    note(Check::Heartbeat, heartbeat::check(gate.scope, gate.now));
}

/// The checks that look at earlier orders of the symbol.
#[cold]
#[inline(never)] // Few symbols look.
fn follow_orders(
    gate: &Gate<'_, '_>,
    proposal: &Proposal,
    note: &mut impl FnMut(Check, checks::Held),
) {
    let (terms, sequences) = (&proposal.terms, gate.sequences);
    let controls = &gate.limits.controls;
    let rates = &sequences.rates;
    note(Check::RateSymbol, symbol_rates::check(controls, rates, terms.symbol, gate.now));
    let repeats = sequences.repeats(terms.symbol, terms.side);
    note(Check::Repeat, repeats.map_or(Ok(()), |repeats| repeats.check(controls)));
    note(Check::Duplicate, recent::check(controls, &sequences.recent, proposal, gate.now));
}
