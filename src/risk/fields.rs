//! The first check: the fields of an order fit together.
#![forbid(unsafe_code)]

use super::checks::{Held, held};
use super::gate::{Proposal, Replaced};
use super::verdict::Breach;
use crate::market::Symbol;
use crate::num::{Lots, Nanos, Ratio, Ticks};
use crate::order::{Bracket, Terms, Trail};
use crate::status::{Hold, OrderFlag, OrderType, Side, TimeInForce, Unit};

#[inline(always)] // As in `checks`.
pub(super) fn fields(proposal: &Proposal, symbol: Option<&Symbol>, now: Nanos) -> Held {
    let terms = &proposal.terms;
    quantity(proposal)?;
    prices(terms, symbol)?;
    stop_side(terms, symbol)?;
    trail(terms)?;
    times(terms, now)?;
    let rests = terms.order_type == OrderType::Limit
        && !matches!(terms.time_in_force, TimeInForce::Ioc | TimeInForce::Fok);
    held(rests || !terms.has(OrderFlag::PostOnly), Breach::plain())?;
    let waits_here = terms.hold == Hold::Core;
    held(waits_here || terms.order_type.is_stop(), Breach::plain())?;
    held(bracket_fits(terms, symbol) && parent_fits(proposal), Breach::plain())
}

/// An order that stays here is a plain one, and nobody's child.
fn parent_fits(proposal: &Proposal) -> bool {
    let terms = &proposal.terms;
    if !terms.has(OrderFlag::Parent) || proposal.replaces.is_some() {
        return true;
    }
    let none = terms.position.0 | terms.parent.0 | terms.linked.0 == 0;
    let plain = none && terms.bracket == Bracket::NONE && !terms.order_type.is_stop();
    plain && terms.flags == OrderFlag::Parent.raw()
}

/// The engine decides how much an order takes that closes what there is, when it is submitted or,
/// if it is held here, when it fires.
fn quantity(proposal: &Proposal) -> Held {
    let asked = proposal.asked;
    let nothing =
        |old: &Replaced| old.in_place && old.working == Lots::ZERO && old.cum == Lots::ZERO;
    let undecided = proposal.replaces.as_ref().is_none_or(nothing);
    if undecided && proposal.terms.has(OrderFlag::ClosePosition) {
        return held(asked == Lots::ZERO, Breach::new(Unit::Lots, 0, asked.0));
    }
    held(asked > Lots::ZERO, Breach::new(Unit::Lots, 1, asked.0))
}

/// Each price is there exactly when the type has it.
fn prices(terms: &Terms, symbol: Option<&Symbol>) -> Held {
    let fits = |wanted: bool, price: Ticks| {
        if wanted { symbol.is_none_or(|s| s.spec.allows(price)) } else { price == Ticks::ZERO }
    };
    let (price, stop) = (terms.price, terms.stop_price);
    let priced = fits(terms.order_type.has_price(), price);
    held(priced, Breach::new(Unit::Ticks, 0, price.0))?;
    let stopped = fits(terms.order_type.has_stop_price(), stop);
    held(stopped, Breach::new(Unit::Ticks, 0, stop.0))
}

/// The trigger price was not reached yet.
fn stop_side(terms: &Terms, symbol: Option<&Symbol>) -> Held {
    let basis = symbol.filter(|_| terms.order_type.has_stop_price()).and_then(Symbol::basis);
    let Some((bid, ask)) = basis else { return Ok(()) };
    let stop = terms.stop_price;
    let is_stop = matches!(terms.order_type, OrderType::Stop | OrderType::StopLimit);
    let price = match terms.side {
        Side::Buy => ask,
        Side::Sell => bid,
    };
    let beyond = match (terms.side, is_stop) {
        (Side::Buy, true) | (Side::Sell, false) => stop > price,
        (Side::Sell, true) | (Side::Buy, false) => stop < price,
    };
    held(beyond, Breach::new(Unit::Ticks, price.0, stop.0))
}

/// A trailing stop has one distance, other types have none.
fn trail(terms: &Terms) -> Held {
    let Trail { offset, ratio } = terms.trail;
    let fits = if terms.order_type == OrderType::TrailingStop {
        match (offset, ratio) {
            (Ticks(0), Ratio(share)) => (1..Ratio::ONE).contains(&share),
            (Ticks(ticks), Ratio(0)) => ticks > 0,
            _ => false,
        }
    } else {
        terms.trail == Trail::NONE
    };
    let breach = if offset == Ticks::ZERO {
        Breach::new(Unit::Ratio, 1, ratio.0)
    } else {
        Breach::new(Unit::Ticks, 1, offset.0)
    };
    held(fits, breach)
}

fn times(terms: &Terms, now: Nanos) -> Held {
    let shown = |time: Nanos| i64::try_from(time.0).unwrap_or(i64::MAX);
    let expires = terms.time_in_force == TimeInForce::Gtd;
    let dated = if expires { terms.expire_at > now } else { terms.expire_at == Nanos::ZERO };
    held(dated, Breach::new(Unit::Nanos, 0, shown(terms.expire_at)))?;
    let given_up = terms.timeout_at == Nanos::ZERO || terms.timeout_at > now;
    held(given_up, Breach::new(Unit::Nanos, shown(now), shown(terms.timeout_at)))
}

/// Levels on the right sides of where the position opens, as far as that is known.
fn bracket_fits(terms: &Terms, symbol: Option<&Symbol>) -> bool {
    let Bracket { stop_loss, take_profit } = terms.bracket;
    if terms.bracket == Bracket::NONE {
        return true;
    }
    if terms.has(OrderFlag::ReduceOnly) {
        return false;
    }
    let fits = |level| level == Ticks::ZERO || symbol.is_none_or(|s| s.spec.allows(level));
    if !fits(stop_loss) || !fits(take_profit) {
        return false;
    }
    let Some(entry) = entry_price(terms, symbol) else { return true };
    let (below, above) = match terms.side {
        Side::Buy => (stop_loss, take_profit),
        Side::Sell => (take_profit, stop_loss),
    };
    (below == Ticks::ZERO || below < entry) && (above == Ticks::ZERO || above > entry)
}

/// Where the order would open a position; `None` when that is not known.
fn entry_price(terms: &Terms, symbol: Option<&Symbol>) -> Option<Ticks> {
    match terms.order_type {
        OrderType::Limit | OrderType::StopLimit | OrderType::TakeProfitLimit => Some(terms.price),
        OrderType::Stop | OrderType::TakeProfit => Some(terms.stop_price),
        OrderType::Market | OrderType::TrailingStop => {
            let market = &symbol?.market;
            let price = match terms.side {
                Side::Buy => market.ask,
                Side::Sell => market.bid,
            };
            market.quoted_at().map(|_| price)
        }
    }
}
