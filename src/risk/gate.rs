//! The gate: every check in its order, one verdict.
#![forbid(unsafe_code)]

use super::checks;
use super::checks::Held;
use super::verdict::{Breach, bit};
use super::{Books, Exposure, Meeting, Own, Parentage, RateRing, Repeats, Scope, Sequences, Word};
use super::{heartbeat, recent, resting, symbol_rates, traffic};
use crate::market::{Limits, Price, Symbol};
use crate::num::{Lots, Money, Nanos, OFF, Ratio, Ticks};
use crate::order::Terms;
use crate::status::{Check, Status, TradingState};

/// Which of these checks fail (bits).
macro_rules! failing {
    ($asked:expr, $($check:ident)+) => {
        0 $(| fails($asked, Check::$check))+
    };
}

/// These checks (bits).
macro_rules! bits {
    ($($check:ident)+) => {
        0 $(| bit(Check::$check))+
    };
}

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
    /// Those of a scope below it.
    Below(&'g [Nanos]),
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
    /// Where those of scopes below the root are found.
    pub books: &'g Books<'a>,
    /// Whether the windows begin anew: a recovery from a trip by rate is due.
    pub rates_begin: bool,
    /// Whether it is known that one more order keeps within every window.
    pub rates_hold: bool,
    /// The last client id that was accepted, when ids must rise.
    pub last_client_id: Option<u64>,
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
            Rates::Below(times) => self.scope.rate.full(times, &self.scope.breaker, self.now),
        }
    }
}

/// Lots of a position that the order of a proposal could reduce: what other orders do not.
#[must_use]
pub fn reduction_room(leaf: &Leaf, proposal: &Proposal) -> Lots {
    let (open, others) = checks::reducible(leaf, proposal);
    if others > open {
        return Lots::ZERO;
    }
    let room = open.saturating_sub(others).saturating_add(i128::from(proposal.shared.0));
    Lots(i64::try_from(room.clamp(0, open)).unwrap_or(i64::MAX))
}

/// Whether an order, with what is working already, only makes a position smaller.
#[must_use]
pub fn only_reduces(leaf: &Leaf, proposal: &Proposal) -> bool {
    checks::reduces(leaf, proposal)
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

/// Evaluates the checks of one scope on a position that is opened by hand: FIELDS, SYMBOL, QTY,
/// POSITION, POSITIONS, CAPACITY. O(1).
pub fn evaluate_hand(gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) {
    let mut note = |check, found| word.note(gate.number, check, found);
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
}

/// Evaluates every check of one scope on an order of this [`value`], but those of values; what no
/// scope has to do with stands in the root. Without a symbol the checks that need one are not
/// evaluated: SYMBOL fails. O(1).
#[inline(never)] // Its frame is given back before values are looked at.
pub fn evaluate(gate: &Gate<'_, '_>, proposal: &Proposal, value: Option<Money>, word: &mut Word) {
    let of = |symbol: &Symbol| symbol.market.reference(gate.limits.reference, proposal.terms.side);
    let asked = &Asked {
        gate,
        proposal,
        value,
        reference: gate.symbol.and_then(of),
        probe: checks::probe_size(gate, proposal),
    };
    // What is known to fail is not looked at again.
    let known = word.known();
    let mut failing = failing(asked, known);
    if !gate.rates_hold && !gate.rates_begin && known & RATES != RATES {
        failing |= failing_rates(gate);
    }
    if known & REQUESTS != REQUESTS && gate.scope.limits.look_back() {
        failing |= failing_requests(asked);
    }
    if known & ORDERS != ORDERS && gate.symbol.is_some() && gate.limits.controls.look_back() {
        failing |= failing_orders(asked);
    }
    if let Some(check) = word.add(failing) {
        word.explain(gate.number, check, find(asked, check));
    }
}

/// As [`evaluate`], in a scope below the root, when [`Word::knows_most`]. O(1).
#[inline(never)] // As above.
pub fn evaluate_rest(gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) {
    let asked = &Asked { gate, proposal, value: None, reference: None, probe: None };
    let mut failing = failing!(asked, Scope Short);
    if gate.is_own {
        failing |= failing!(asked, ReduceOnly);
    }
    if gate.symbol.is_some() {
        failing |= failing!(asked, Positions);
    }
    if !gate.rates_hold && !gate.rates_begin && word.known() & RATES != RATES {
        failing |= failing_rates(gate);
    }
    if let Some(check) = word.add(failing) {
        word.explain(gate.number, check, find(asked, check));
    }
}

impl Word {
    /// Whether nothing but few checks of a scope below the root is not known to fail.
    #[inline]
    #[must_use]
    pub const fn knows_most(&self) -> bool {
        const MOST: u64 = STATES | SIZES | PRICES | COUNTS | REQUESTS | ORDERS;
        self.known() & MOST == MOST
    }
}

/// A question to one scope.
#[derive(Clone, Copy)]
struct Asked<'q, 'g, 'a> {
    gate: &'q Gate<'g, 'a>,
    proposal: &'q Proposal,
    value: Option<Money>,
    /// The price that this scope's limits go by.
    reference: Option<Price>,
    /// The size of an order as a probe.
    probe: Option<Ratio>,
}

/// What the gate finds of one check: where nothing is compared twice only whether it holds is
/// computed, and the numbers of the one check that is explained.
#[inline(always)] // For a known check it is that check alone.
fn look(asked: &Asked<'_, '_, '_>, check: Check) -> Held {
    let &Asked { gate, proposal, value, reference, probe } = asked;
    let (terms, limits, scope, now) = (&proposal.terms, gate.limits, gate.scope, gate.now);
    let (controls, sequences) = (&limits.controls, gate.sequences);
    // Where there is no symbol nobody asks for what needs one.
    let symbol = gate.symbol.unwrap_or(&Symbol::EMPTY);
    match check {
        Check::Fields => super::fields::fields(proposal, gate.symbol, now),
        Check::Symbol => checks::symbol(gate),
        Check::Scope => checks::scope(gate),
        Check::TradingState => checks::trading_state(gate, proposal),
        Check::Breaker => checks::breaker(gate, proposal),
        Check::Session => super::session::check(terms, &symbol.conditions),
        Check::Permission => super::permission::check(terms, limits, scope),
        Check::Increment => {
            let bands = gate.is_root().then_some(&symbol.conditions.bands);
            checks::increment(terms, bands, limits)
        }
        Check::Qty => checks::qty_for(probe, terms, limits, scope),
        Check::Notional => checks::notional(terms, limits, scope, value),
        Check::Collar => checks::collar(terms, limits, reference),
        Check::ReferenceAge => checks::reference_age(limits, reference, now),
        Check::Adv => super::adv::check(terms, symbol, limits),
        Check::Position => {
            let working = checks::with_others(gate, proposal);
            checks::position_for(probe, gate, proposal, working)
        }
        Check::OpenOrders => {
            checks::open_orders(gate, proposal, limits, checks::with_others(gate, proposal))
        }
        Check::Positions => checks::positions(gate, proposal, limits),
        Check::RateMinute => checks::rate(scope.breaker.config().orders_per_minute, true),
        Check::RateHour => checks::rate(scope.breaker.config().orders_per_hour, true),
        Check::RateCustom => checks::rate(scope.breaker.config().orders_per_window, true),
        Check::RateSymbol => rate_of_symbol(gate, terms),
        Check::Repeat => repeat(gate, terms),
        Check::Duplicate => recent::check(controls, &sequences.recent, proposal, now),
        Check::ClientId => checks::client_id(gate, proposal),
        Check::SelfTrade => resting::check(gate, proposal),
        Check::Short => super::short::check(gate, proposal),
        Check::ReduceOnly => checks::reduce_only(gate, proposal),
        Check::Parent => super::parent::check(proposal),
        Check::OrderToTrade => traffic::check(scope, now),
        Check::Heartbeat => heartbeat::check(scope, now),
        Check::Capacity => checks::capacity(proposal),
        // Those of values: see `Word::look_at_scope`.
        Check::OpenNotional
        | Check::Gross
        | Check::Net
        | Check::Credit
        | Check::Leverage
        | Check::Group
        | Check::Portfolio => Ok(()),
    }
}

/// RATE_SYMBOL, of the symbol or of the scope's book of it.
#[inline(never)] // Few symbols look.
fn rate_of_symbol(gate: &Gate<'_, '_>, terms: &Terms) -> Held {
    let sequences = gate.sequences;
    // Only a book has limits that look, below the root.
    let (rates, place) = match gate.books.place(gate.number, terms.symbol) {
        Some(place) => (&sequences.book_rates, place),
        None => (&sequences.rates, terms.symbol),
    };
    symbol_rates::check(&gate.limits.controls, rates, place, gate.now)
}

/// REPEAT: what the order's own scope has executed, by the limits of this one.
#[inline(never)] // As above.
fn repeat(gate: &Gate<'_, '_>, terms: &Terms) -> Held {
    let own = gate.books.place(terms.scope, terms.symbol);
    // A scope without a book has not executed anything.
    let known = terms.scope == 0 || own.is_some();
    let repeats = gate.sequences.repeats(terms.symbol, own, terms.side).filter(|_| known);
    let level = gate.scope.path.level();
    repeats.unwrap_or(&Repeats::EMPTY).check(level, &gate.limits.controls)
}

/// The limit and the observed value of a check that fails.
#[inline(never)] // Once in a verdict.
fn find(asked: &Asked<'_, '_, '_>, check: Check) -> Breach {
    look(asked, check).err().unwrap_or(Breach::plain())
}

#[inline(always)] // As `look`.
fn fails(asked: &Asked<'_, '_, '_>, check: Check) -> u64 {
    if look(asked, check).is_err() { bit(check) } else { 0 }
}

const RATES: u64 = bits!(RateMinute RateHour RateCustom);
const REQUESTS: u64 = bits!(OrderToTrade Heartbeat);
const ORDERS: u64 = bits!(RateSymbol Repeat Duplicate);

/// Which checks fail, but those that look back. Of those that are `known` to fail some are left
/// out.
#[inline(never)] // A frame of its own, given back.
fn failing(asked: &Asked<'_, '_, '_>, known: u64) -> u64 {
    let gate = asked.gate;
    let mut failing = failing!(asked, Scope Short);
    if known & STATES != STATES {
        failing |= failing!(asked, Symbol TradingState Breaker);
    }
    if gate.is_root() {
        failing |= failing_once(asked);
    }
    if gate.is_own {
        failing |= failing!(asked, ReduceOnly);
    }
    if gate.symbol.is_none() {
        return failing;
    }
    if known & SIZES != SIZES {
        failing |= failing!(asked, Permission Increment Qty Notional Adv);
    }
    if known & PRICES != PRICES {
        failing |= failing!(asked, Collar ReferenceAge);
    }
    if known & COUNTS != COUNTS {
        failing |= failing!(asked, Position OpenOrders);
    }
    failing | failing!(asked, Positions)
}

const STATES: u64 = bits!(Symbol TradingState Breaker);
const SIZES: u64 = bits!(Permission Increment Qty Notional Adv);
const PRICES: u64 = bits!(Collar ReferenceAge);
const COUNTS: u64 = bits!(Position OpenOrders);

/// Which of the checks fail that are the same in every scope.
#[inline(always)] // As above.
fn failing_once(asked: &Asked<'_, '_, '_>) -> u64 {
    let mut failing = failing!(asked, Fields Parent Capacity SelfTrade);
    if asked.proposal.replaces.is_none() {
        failing |= failing!(asked, ClientId);
    }
    if asked.gate.symbol.is_some() {
        failing |= failing!(asked, Session);
    }
    failing
}

/// Which checks of the times of the last orders fail.
#[inline(never)] // As above.
fn failing_rates(gate: &Gate<'_, '_>) -> u64 {
    let checks = [Check::RateMinute, Check::RateHour, Check::RateCustom];
    let fails = |(full, check)| if full { bit(check) } else { 0 };
    gate.full().into_iter().zip(checks).fold(0, |failing, one| failing | fails(one))
}

/// Which checks of the requests of the scope fail. At a limit of 0 nothing passes.
#[cold]
#[inline(never)] // Few scopes look.
fn failing_requests(asked: &Asked<'_, '_, '_>) -> u64 {
    let requests = match asked.gate.scope.limits.order_to_trade_max.0 {
        0 => bit(Check::OrderToTrade),
        _ => failing!(asked, OrderToTrade),
    };
    requests | failing!(asked, Heartbeat)
}

/// Which checks of earlier orders of the symbol fail. At a limit of 0 nothing passes.
#[cold]
#[inline(never)] // Few symbols look.
fn failing_orders(asked: &Asked<'_, '_, '_>) -> u64 {
    let (controls, proposal) = (&asked.gate.limits.controls, asked.proposal);
    let fails = |check, max: i64, counts: bool| match max {
        OFF => 0,
        0 if counts => bit(check),
        _ => fails(asked, check),
    };
    let new = !proposal.own && proposal.replaces.is_none();
    fails(Check::RateSymbol, controls.rate_max, true)
        | fails(Check::Repeat, controls.repeat_max, true)
        | fails(Check::Duplicate, controls.duplicate_max, new)
}
