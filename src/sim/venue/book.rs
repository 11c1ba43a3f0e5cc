//! A symbol at the venue: what the market says of it, and its orders in their order.
//!
//! Orders that may be matched stand in a tree for each side, under a *level* that is the same
//! for both: the limit price, negated for sells, the greatest number of all at the market. The
//! best comes first, and an order is reached when its level is at or above the other side's best
//! price (negated likewise for sells).
#![forbid(unsafe_code)]

use super::order::{UNKNOWN_AHEAD, VenueOrder};
use super::settings::{Queue, Simulation};
use crate::num::{Fraction, Lots, OFF, Ratio, Ticks, share_floor};
use crate::sim::{FeeSchedule, Offer};
use crate::status::{OrderType, Phase, Side, TriggerSource};
use crate::store::{Hash64, List, Tree};

/// One for each side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<T> {
    pub(super) buy: T,
    pub(super) sell: T,
}

impl<T> Pair<T> {
    pub(super) const fn of(&self, side: Side) -> &T {
        match side {
            Side::Buy => &self.buy,
            Side::Sell => &self.sell,
        }
    }

    pub(super) const fn of_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Buy => &mut self.buy,
            Side::Sell => &mut self.sell,
        }
    }
}

/// Stops of a side that wait: those that fire when the price falls, and when it rises.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stops {
    pub(super) fall: Tree,
    pub(super) rise: Tree,
}

impl Stops {
    /// None.
    ///
    /// cbindgen:ignore
    const EMPTY: Self = Self { fall: Tree::EMPTY, rise: Tree::EMPTY };

    pub(super) const fn of_mut(&mut self, falls: bool) -> &mut Tree {
        if falls { &mut self.fall } else { &mut self.rise }
    }
}

/// Whether a stop fires when the price falls to it.
pub(super) const fn falls(order: &VenueOrder) -> bool {
    let takes_profit =
        matches!(order.order_type, OrderType::TakeProfit | OrderType::TakeProfitLimit);
    takes_profit == matches!(order.side, Side::Buy)
}

/// A price in the order in which levels of this direction are passed.
pub(super) const fn toward(falls: bool, price: Ticks) -> i64 {
    if falls { price.0 } else { price.0.saturating_neg() }
}

/// A price as a level of a side.
pub(super) const fn level(side: Side, price: Ticks) -> i64 {
    toward(matches!(side, Side::Buy), price)
}

/// A symbol.
#[derive(Clone, Copy, Debug)]
pub struct Book {
    /// Its own settings, if it has any.
    pub(super) own: Option<Simulation>,
    /// Its own fees, if it has any.
    pub(super) own_fees: Option<FeeSchedule>,
    /// The least price that it can have.
    pub(super) least: Ticks,
    /// Money units per tick-lot.
    pub(super) money: Fraction,
    pub(super) source: TriggerSource,
    pub(super) phase: Phase,
    pub(super) is_defined: bool,
    /// Orders that rest are filled when their limit is passed, not when it is reached.
    pub(super) must_pass: bool,
    /// A quote of this phase is there to be matched with.
    pub(super) is_live: bool,
    pub(super) bid: Ticks,
    pub(super) ask: Ticks,
    pub(super) bid_qty: Lots,
    pub(super) ask_qty: Lots,
    pub(super) last: Option<Ticks>,
    pub(super) mark: Option<Ticks>,
    /// What each side may still take of the quote; the greatest number: whatever it wants.
    pub(super) left: Pair<i64>,
    pub(super) works: Pair<Tree>,
    /// The lowest level of orders that take; the greatest number: none.
    pub(super) taking: Pair<i64>,
    pub(super) stops: Pair<Stops>,
    /// Trailing stops.
    pub(super) trails: List,
    /// A basis beyond this moves a trailing stop: of sells the lowest peak, of buys the negated
    /// highest one.
    pub(super) unmoved: Pair<i64>,
}

impl Book {
    /// Fills unused memory.
    ///
    /// cbindgen:ignore
    pub const EMPTY: Self = Self {
        own: None,
        own_fees: None,
        least: Ticks(-Ticks::MAX),
        money: Fraction::ONE,
        source: TriggerSource::BidAsk,
        phase: Phase::Continuous,
        is_defined: false,
        must_pass: false,
        is_live: false,
        bid: Ticks::ZERO,
        ask: Ticks::ZERO,
        bid_qty: Lots::ZERO,
        ask_qty: Lots::ZERO,
        last: None,
        mark: None,
        left: Pair { buy: 0, sell: 0 },
        works: Pair { buy: Tree::EMPTY, sell: Tree::EMPTY },
        taking: Pair { buy: i64::MAX, sell: i64::MAX },
        stops: Pair { buy: Stops::EMPTY, sell: Stops::EMPTY },
        trails: List::EMPTY,
        unmoved: Pair { buy: i64::MAX, sell: i64::MAX },
    };

    /// Whether orders are matched.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Continuous)
    }

    /// The level at and above which orders of this side are reached; none without a quote.
    pub(super) const fn reach(&self, side: Side) -> Option<i64> {
        match (self.is_live, side) {
            (false, _) => None,
            (true, Side::Buy) => Some(level(side, self.ask)),
            (true, Side::Sell) => Some(level(side, self.bid)),
        }
    }

    /// Whether a limit order of this side and price would take at once.
    pub(super) fn would_take(&self, side: Side, price: Ticks) -> bool {
        self.reach(side).is_some_and(|reach| level(side, price) >= reach)
    }

    /// The level of the best price of an order's own side.
    pub(super) const fn best(&self, side: Side) -> i64 {
        match side {
            Side::Buy => level(side, self.bid),
            Side::Sell => level(side, self.ask),
        }
    }

    /// The best price of the other side.
    pub(super) const fn opposite(&self, side: Side) -> Ticks {
        match side {
            Side::Buy => self.ask,
            Side::Sell => self.bid,
        }
    }

    /// What stands at a level before an order that joins it now.
    pub(super) const fn ahead_of(&self, side: Side, level: i64, queue: Queue) -> i64 {
        let displayed = match side {
            Side::Buy => self.bid_qty.0,
            Side::Sell => self.ask_qty.0,
        };
        let best = self.best(side);
        match queue {
            Queue::Front => 0,
            Queue::Back if level > best => 0,
            Queue::Back if level == best && displayed > 0 => displayed,
            Queue::Back => UNKNOWN_AHEAD,
        }
    }

    /// Takes a quote, and what of it may be taken.
    pub(super) fn take_quote(
        &mut self,
        (bid, bid_qty): (Ticks, Lots),
        (ask, ask_qty): (Ticks, Lots),
        ratio: Ratio,
    ) {
        (self.bid, self.ask, self.bid_qty, self.ask_qty) = (bid, ask, bid_qty, ask_qty);
        self.left = Pair { buy: share_of(ask_qty, ratio), sell: share_of(bid_qty, ratio) };
        self.must_pass = false;
    }

    /// Takes a price inside a bar, and what may be taken there.
    pub(super) fn take_bar(&mut self, bid: Ticks, ask: Ticks, offer: Offer, ratio: Ratio) {
        (self.bid, self.ask) = (bid, ask);
        (self.bid_qty, self.ask_qty) = (Lots::ZERO, Lots::ZERO);
        self.must_pass = bid == ask;
        let left = match offer {
            Offer::Rest => return,
            Offer::Unknown => i64::MAX,
            // Of nothing nothing is taken.
            Offer::Lots(0) if ratio.0 != OFF => 0,
            Offer::Lots(lots) => share_of(Lots(lots), ratio),
        };
        self.left = Pair { buy: left, sell: left };
    }

    /// Ticks from bid to ask.
    pub(super) const fn spread(&self) -> i64 {
        self.ask.0.saturating_sub(self.bid.0)
    }

    /// The prices that stops look at, of those that sell and of those that buy.
    pub(super) fn basis(&self) -> Option<(Ticks, Ticks)> {
        match self.source {
            TriggerSource::BidAsk => self.is_live.then_some((self.bid, self.ask)),
            TriggerSource::Last => self.last.map(|price| (price, price)),
            TriggerSource::Mark => self.mark.map(|price| (price, price)),
        }
    }

    /// Feeds what later answers depend on; the orders themselves have been fed.
    pub(super) fn feed(&self, hash: &mut Hash64) {
        let must_pass = u32::from(self.must_pass);
        hash.u32(must_pass << 2 | u32::from(self.is_defined) << 1 | u32::from(self.is_live));
        hash.u32(u32::from(self.phase.raw()) << 8 | u32::from(self.source.raw()));
        hash.i64(self.money.num());
        hash.i64(self.money.den());
        for word in [self.bid.0, self.ask.0, self.bid_qty.0, self.ask_qty.0] {
            hash.i64(word);
        }
        for price in [self.last, self.mark] {
            hash.i64(price.map_or(i64::MIN, Ticks::get));
        }
        for word in [self.left.buy, self.left.sell, self.taking.buy, self.taking.sell] {
            hash.i64(word);
        }
        hash.u32(self.trails.len);
        hash.i64(self.least.0);
        hash.u32(u32::from(self.own.is_some()) << 1 | u32::from(self.own_fees.is_some()));
        if let Some(own) = &self.own {
            own.feed(hash);
        }
        if let Some(fees) = &self.own_fees {
            fees.feed(hash);
        }
    }
}

/// What one side may take of what is displayed; whatever it wants when that is not known or no
/// share is set.
fn share_of(displayed: Lots, ratio: Ratio) -> i64 {
    if ratio.0 == OFF || displayed.0 <= 0 {
        return i64::MAX;
    }
    let share = share_floor(i128::from(displayed.0), ratio.0, Ratio::ONE);
    share.and_then(|share| i64::try_from(share).ok()).unwrap_or(0)
}
