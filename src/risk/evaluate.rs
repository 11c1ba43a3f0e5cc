//! Every check of one scope on a proposal.
#![forbid(unsafe_code)]

use super::ask::Ask;
use super::checks;
use super::checks::Held;
use super::gate::{Gate, Proposal};
use super::verdict::{Breach, bit};
use super::{Repeats, Scope, ScopeBook, Settled, Word};
use super::{heartbeat, recent, resting, symbol_rates, traffic};
use crate::market::{Limits, Price, Symbol};
use crate::num::{Money, Ratio};
use crate::order::Terms;
use crate::status::{Check, OrderFlag, Reference, ScopeFlag, Side, SymbolFlag, TradingState};

/// Which of these checks fail (bits).
macro_rules! failing {
    ($asked:expr, $($check:ident)+) => {
        0 $(| fails($asked, Check::$check))+
    };
}

/// The same, of those that are open (bits).
macro_rules! failing_of {
    ($open:expr, $asked:expr, $($check:ident)+) => {
        0 $(| if $open & bit(Check::$check) == 0 { 0 } else { fails($asked, Check::$check) })+
    };
}

/// These checks (bits).
macro_rules! bits {
    ($($check:ident)+) => {
        0 $(| bit(Check::$check))+
    };
}

/// Evaluates the checks of one scope on a position that is opened by hand: FIELDS, SYMBOL, QTY,
/// POSITION, POSITIONS, CAPACITY. O(1).
pub fn evaluate_hand(gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) {
    let ask = Ask::any(proposal);
    let mut note = |check, found| word.note(gate.number, check, found);
    if gate.is_root() {
        note(Check::Fields, super::fields::fields(proposal, gate.symbol, gate.now));
    }
    note(Check::Symbol, checks::symbol(gate));
    note(Check::Scope, checks::scope(gate));
    if gate.symbol.is_some() {
        let limits = gate.limits;
        note(Check::Qty, checks::qty(None, ask, limits, gate.scope));
        let working = checks::with_others(gate, ask);
        note(Check::Position, checks::position(gate, ask, limits, working));
        note(Check::Positions, checks::positions(gate, ask, limits));
    }
    if gate.is_root() {
        note(Check::Capacity, checks::capacity(ask));
    }
}

/// Evaluates every check of one scope on an order of this value, but those of values; what no
/// scope has to do with stands in the root. Without a symbol the checks that need one are not
/// evaluated: SYMBOL fails. Whether it is a usual order that is worth something. O(1).
#[inline(always)] // In a frame that is there.
pub fn evaluate(
    gate: &Gate<'_, '_>,
    proposal: &Proposal,
    value: Option<Money>,
    word: &mut Word,
) -> bool {
    if gate.is_root() {
        note_fields(gate, proposal, word);
    }
    let known = word.known();
    let usual = Ask::usual(proposal, &gate.scope.breaker).filter(|_| value != Some(Money::ZERO));
    if let Some(ask) = usual {
        let Settled { checks, fails } = gate.exposure.full.settled;
        let failing = fails & !MONEY;
        evaluate_as(gate, ask, &value, (!(known | checks), failing), word);
    } else {
        evaluate_as(gate, Ask::any(proposal), &value, (!known, 0), word);
    }
    usual.is_some() && value.is_some()
}

/// Whether it is known which checks fail in the order's own scope, below the root, of an order that
/// is usual by the gate of the root: then the word says so. `false`, and nothing is said, when that
/// scope is to be asked. O(1).
#[inline(always)] // Of a few comparisons.
#[must_use]
pub fn is_known_below(
    gate: &Gate<'_, '_>,
    (scope, book): (&Scope, &ScopeBook),
    proposal: &Proposal,
    word: &mut Word,
) -> bool {
    let Settled { checks, fails } = book.exposure.full.settled;
    let mut open = BELOW & !(word.known() | (checks & !fails));
    if book.own.claims != 0 && gate.symbol.is_some_and(|s| !s.spec.has(SymbolFlag::Hedged)) {
        open &= !bit(Check::Positions);
    }
    if proposal.terms.side == Side::Buy {
        open &= !bit(Check::Short);
    }
    if scope.room.rates_hold(gate.now) {
        open &= !RATES;
    }
    if open != 0 || scope.has(ScopeFlag::Disabled) || scope.breaker.may_probe() {
        return false;
    }
    if !proposal.terms.has(OrderFlag::ReduceOnly) {
        return true;
    }
    !checks::may_reduce(&gate.leaf, Ask::any(proposal)) && word.joins(bit(Check::ReduceOnly))
}

/// FIELDS comes before all others: where it fails no other one is explained.
#[inline(never)] // A frame of its own, given back.
fn note_fields(gate: &Gate<'_, '_>, proposal: &Proposal, word: &mut Word) {
    if let Err(breach) = super::fields::fields(proposal, gate.symbol, gate.now) {
        word.begin(gate.number, Check::Fields, breach);
    }
}

/// What is open is looked at; what is known to fail, is not (bits).
#[inline(never)] // Its frame is given back before values are looked at.
fn evaluate_as<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    value: &Option<Money>,
    (open, failing): (u64, u64),
    word: &mut Word,
) {
    let mut failing = failing;
    failing |= fails_if(Check::Scope, checks::scope(gate));
    if open & STATES != 0 {
        if gate.trading == TradingState::Killed {
            failing |= bit(Check::TradingState);
        } else if gate.trading != TradingState::Active {
            failing |= failing_trading(gate, ask);
        }
        if !gate.scope.breaker.is_closed() {
            failing |= failing_breaker(gate, ask);
        }
        failing |= failing_of!(open, &Asked::new(gate, ask), Symbol);
    }
    if gate.is_root() {
        failing |= failing_once(gate, ask, open);
        if ask.has_relatives() {
            failing |= failing_parent(&ask);
        }
    }
    if gate.is_own && ask.terms.has(OrderFlag::ReduceOnly) {
        failing |= failing_reduction(gate, ask);
    }
    if open & bit(Check::Increment) != 0 {
        failing |= failing_increment(gate, ask);
    }
    if open & SIZES != 0 {
        failing |= failing_sizes(gate, ask, value, open);
    }
    if open & bit(Check::Adv) != 0 {
        failing |= failing_adv(gate, ask);
    }
    if open & PRICES != 0 {
        failing |= failing_prices(gate, ask, open);
    }
    if open & LOTS != 0 {
        failing |= failing_lots(gate, ask, open);
    }
    if open & bit(Check::Short) != 0 && ask.terms.side == Side::Sell {
        failing |= failing_short(gate, ask);
    }
    if open & RATES != 0 && !gate.rates_hold && !gate.rates_begin {
        failing |= failing_rates(gate);
    }
    if open & REQUESTS != 0 {
        failing |= failing_requests(gate, open);
    }
    if open & ORDERS != 0 {
        failing |= failing_orders(gate, ask, open);
    }
    if let Some(check) = word.add(failing) {
        explain(gate, &ask, *value, check, word);
    }
}

/// The limit and the observed value of the first check that fails.
#[inline(never)] // Once in a verdict.
fn explain(
    gate: &Gate<'_, '_>,
    proposal: &Proposal,
    value: Option<Money>,
    check: Check,
    word: &mut Word,
) {
    let ask = Ask::any(proposal);
    let probe = ask.probe(&gate.scope.breaker, gate.now);
    let symbol = gate.symbol.unwrap_or(&Symbol::EMPTY);
    let reference = reference(symbol, gate.limits, ask.terms.side);
    let asked = &Asked { gate, ask, symbol, value, reference, probe };
    word.explain(gate.number, check, look(asked, check).err().unwrap_or(Breach::plain()));
}

/// The price that limits go by.
#[inline]
fn reference(symbol: &Symbol, limits: &Limits, side: Side) -> Option<Price> {
    let market = &symbol.market;
    if limits.reference != Reference::Opposite {
        return market.reference(limits.reference, side);
    }
    let ticks = if side == Side::Buy { market.ask } else { market.bid };
    market.quoted_at().map(|at| Price { ticks, at })
}

/// A question to one scope.
#[derive(Clone, Copy)]
struct Asked<'q, 'g, 'a, const USUAL: bool> {
    gate: &'q Gate<'g, 'a>,
    ask: Ask<'q, USUAL>,
    /// Where there is no symbol nobody asks for what needs one.
    symbol: &'q Symbol,
    value: Option<Money>,
    /// The price that this scope's limits go by.
    reference: Option<Price>,
    /// The size of an order as a probe.
    probe: Option<Ratio>,
}

impl<'q, 'g, 'a, const USUAL: bool> Asked<'q, 'g, 'a, USUAL> {
    /// Of what looks neither at the symbol nor at prices and values.
    #[inline(always)] // It is taken apart at once.
    const fn new(gate: &'q Gate<'g, 'a>, ask: Ask<'q, USUAL>) -> Self {
        Self { gate, ask, symbol: &Symbol::EMPTY, value: None, reference: None, probe: None }
    }
}

/// What the gate finds of one check: where nothing is compared twice only whether it holds is
/// computed, and the numbers of the one check that is explained.
#[inline(always)] // For a known check it is that check alone.
fn look<const USUAL: bool>(asked: &Asked<'_, '_, '_, USUAL>, check: Check) -> Held {
    let &Asked { gate, ask, symbol, value, reference, probe } = asked;
    let (terms, limits, scope, now) = (&ask.terms, gate.limits, gate.scope, gate.now);
    let (controls, sequences) = (&limits.controls, gate.sequences);
    match check {
        Check::Fields => super::fields::fields(&ask, gate.symbol, now),
        Check::Symbol => checks::symbol(gate),
        Check::Scope => checks::scope(gate),
        Check::TradingState => checks::trading_state(gate, ask),
        Check::Breaker => checks::breaker(gate, ask),
        Check::Session => super::session::check(terms, &symbol.conditions),
        Check::Permission => super::permission::check(terms, limits, scope),
        Check::Increment => {
            let bands = gate.is_root().then_some(&symbol.conditions.bands);
            checks::increment(terms, bands, limits)
        }
        Check::Qty => checks::qty(probe, ask, limits, scope),
        Check::Notional => checks::notional(ask, limits, scope, value),
        Check::Collar => checks::collar(terms, limits, reference),
        Check::ReferenceAge => checks::reference_age(limits, reference, now),
        Check::Adv => super::adv::check(ask, symbol, limits),
        Check::Position => {
            let working = checks::with_others(gate, ask);
            checks::position_for(probe, gate, ask, working)
        }
        Check::OpenOrders => checks::open_orders(gate, ask, limits, checks::with_others(gate, ask)),
        Check::Positions => checks::positions(gate, ask, limits),
        Check::RateMinute => checks::rate(scope.breaker.config().orders_per_minute, true),
        Check::RateHour => checks::rate(scope.breaker.config().orders_per_hour, true),
        Check::RateCustom => checks::rate(scope.breaker.config().orders_per_window, true),
        Check::RateSymbol => rate_of_symbol(gate, terms),
        Check::Repeat => repeat(gate, terms),
        Check::Duplicate => recent::check(controls, &sequences.recent, ask, now),
        Check::ClientId => checks::client_id(gate, ask),
        Check::SelfTrade => resting::check(gate, &ask),
        Check::Short => super::short::check(gate, ask),
        Check::ReduceOnly => checks::reduce_only(gate, ask),
        Check::Parent => super::parent::check(&ask),
        Check::OrderToTrade => traffic::check(scope, now),
        Check::Heartbeat => heartbeat::check(scope, now),
        Check::Capacity => checks::capacity(ask),
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

#[inline(always)] // As `look`.
fn fails<const USUAL: bool>(asked: &Asked<'_, '_, '_, USUAL>, check: Check) -> u64 {
    fails_if(check, look(asked, check))
}

#[inline(always)] // Of a comparison.
fn fails_if(check: Check, found: Held) -> u64 {
    if found.is_err() { bit(check) } else { 0 }
}

const STATES: u64 = bits!(Symbol TradingState Breaker);
const SIZES: u64 = bits!(Permission Qty Notional);
const PRICES: u64 = bits!(Collar ReferenceAge);
const LOTS: u64 = bits!(Position OpenOrders Positions);
const RATES: u64 = bits!(RateMinute RateHour RateCustom);
const REQUESTS: u64 = bits!(OrderToTrade Heartbeat);
const ORDERS: u64 = bits!(RateSymbol Repeat Duplicate);
/// What else may fail below the root, but SCOPE and REDUCE_ONLY.
const BELOW: u64 = STATES | SIZES | PRICES | LOTS | RATES | REQUESTS | ORDERS | LEVEL;
const LEVEL: u64 = bits!(Increment Adv Short OpenNotional Gross Net Credit Leverage);
/// Those of values: see [`Word::look_at_scope`].
const MONEY: u64 = bits!(OpenNotional Gross Net Credit Leverage Group);

// What is looked at together stands in a function of its own: it needs few registers.

/// Whether TRADING_STATE fails.
#[inline(never)]
fn failing_trading<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> u64 {
    fails_if(Check::TradingState, checks::trading_state(gate, ask))
}

/// Whether BREAKER fails.
#[inline(never)]
fn failing_breaker<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> u64 {
    fails_if(Check::Breaker, checks::breaker(gate, ask))
}

/// Which of the checks fail that are the same in every scope, but FIELDS.
#[inline(never)]
fn failing_once<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>, open: u64) -> u64 {
    let asked = &Asked::new(gate, ask);
    let mut failing = failing!(asked, Capacity SelfTrade);
    if ask.replaced().is_none() {
        failing |= failing!(asked, ClientId);
    }
    if let Some(symbol) = gate.symbol {
        let asked = &Asked { symbol, ..*asked };
        failing |= failing_of!(open, asked, Session);
    }
    failing
}

/// Whether PARENT fails.
#[inline(never)]
fn failing_parent(proposal: &Proposal) -> u64 {
    fails_if(Check::Parent, super::parent::check(proposal))
}

/// Whether REDUCE_ONLY fails.
#[inline(always)] // Of a few comparisons.
fn failing_reduction<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> u64 {
    // What a usual order asks for is more than nothing.
    if USUAL && !checks::may_reduce(&gate.leaf, ask) {
        return bit(Check::ReduceOnly);
    }
    failing_reduce_only(gate, ask)
}

/// The same where there is something to be reduced.
#[inline(never)]
fn failing_reduce_only<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> u64 {
    fails_if(Check::ReduceOnly, checks::reduce_only(gate, ask))
}

/// Whether INCREMENT fails.
#[inline(never)]
fn failing_increment<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> u64 {
    let Some(symbol) = gate.symbol else { return 0 };
    if symbol.conditions.bands.count == 0 {
        failing!(&Asked { symbol, ..Asked::new(gate, ask) }, Increment)
    } else {
        failing_bands(gate, ask, symbol)
    }
}

/// The same on a grid of bands.
#[inline(never)] // With bands more registers are needed.
fn failing_bands<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    symbol: &Symbol,
) -> u64 {
    let price = ask.terms.price;
    let step = symbol.conditions.bands.step_among(price, gate.limits.price_step);
    if checks::on_grid(price.0, step.0) {
        failing_other_bands(gate, ask, symbol)
    } else {
        bit(Check::Increment)
    }
}

#[inline(never)] // As above.
fn failing_other_bands<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    symbol: &Symbol,
) -> u64 {
    failing!(&Asked { symbol, ..Asked::new(gate, ask) }, Increment)
}

/// Which checks of permissions, quantity and value fail.
#[inline(never)]
fn failing_sizes<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    value: &Option<Money>,
    open: u64,
) -> u64 {
    let Some(symbol) = gate.symbol else { return 0 };
    let value = *value;
    let probe = ask.probe(&gate.scope.breaker, gate.now);
    let asked = &Asked { symbol, value, probe, ..Asked::new(gate, ask) };
    failing_of!(open, asked, Permission Qty Notional)
}

/// Whether ADV fails.
#[inline(never)]
fn failing_adv<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> u64 {
    let Some(symbol) = gate.symbol else { return 0 };
    failing!(&Asked { symbol, ..Asked::new(gate, ask) }, Adv)
}

/// Which checks of the reference price fail.
#[inline(never)]
fn failing_prices<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>, open: u64) -> u64 {
    let limits = gate.limits;
    if limits.reference == Reference::Opposite && limits.collar_ratio.0 <= 0 {
        failing_by_price(gate, ask, open)
    } else {
        failing_by_other_price(gate, ask, open)
    }
}

#[inline(never)] // With another reference, or a share of it, more registers are needed.
fn failing_by_other_price<const USUAL: bool>(
    gate: &Gate<'_, '_>,
    ask: Ask<'_, USUAL>,
    open: u64,
) -> u64 {
    failing_by_price(gate, ask, open)
}

#[inline(always)] // In two places.
fn failing_by_price<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>, open: u64) -> u64 {
    let Some(symbol) = gate.symbol else { return 0 };
    let reference = reference(symbol, gate.limits, ask.terms.side);
    let asked = &Asked { symbol, reference, ..Asked::new(gate, ask) };
    failing_of!(open, asked, Collar ReferenceAge)
}

/// Which checks of what works and is open fail.
#[inline(never)]
fn failing_lots<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>, open: u64) -> u64 {
    let Some(symbol) = gate.symbol else { return 0 };
    let probe = ask.probe(&gate.scope.breaker, gate.now);
    let asked = &Asked { symbol, probe, ..Asked::new(gate, ask) };
    let failing = failing_of!(open, asked, Position Positions);
    if open & bit(Check::OpenOrders) == 0 { failing } else { failing | failing_open(gate, ask) }
}

/// Whether OPEN_ORDERS fails.
#[inline(never)]
fn failing_open<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> u64 {
    failing!(&Asked::new(gate, ask), OpenOrders)
}

/// Whether SHORT fails.
#[inline(never)]
fn failing_short<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>) -> u64 {
    fails_if(Check::Short, super::short::check(gate, ask))
}

/// Which checks of the times of the last orders fail.
#[inline(never)] // As above.
fn failing_rates(gate: &Gate<'_, '_>) -> u64 {
    let checks = [Check::RateMinute, Check::RateHour, Check::RateCustom];
    let fails = |(full, check)| if full { bit(check) } else { 0 };
    gate.full().into_iter().zip(checks).fold(0, |failing, one| failing | fails(one))
}

/// Which checks of the requests of the scope fail.
#[inline(never)]
fn failing_requests(gate: &Gate<'_, '_>, open: u64) -> u64 {
    let silent = fails_if(Check::Heartbeat, heartbeat::check(gate.scope, gate.now));
    if open & bit(Check::OrderToTrade) == 0 { silent } else { silent | failing_traffic(gate) }
}

/// Whether ORDER_TO_TRADE fails.
#[inline(never)]
fn failing_traffic(gate: &Gate<'_, '_>) -> u64 {
    fails_if(Check::OrderToTrade, traffic::check(gate.scope, gate.now))
}

/// Which checks of earlier orders of the symbol fail.
#[inline(never)]
fn failing_orders<const USUAL: bool>(gate: &Gate<'_, '_>, ask: Ask<'_, USUAL>, open: u64) -> u64 {
    let Some(symbol) = gate.symbol.filter(|_| gate.limits.controls.look_back()) else { return 0 };
    let asked = &Asked { symbol, ..Asked::new(gate, ask) };
    failing_of!(open, asked, RateSymbol Repeat Duplicate)
}
