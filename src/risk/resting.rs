//! SELF_TRADE: the limit orders of a symbol that rest, best price first.
#![forbid(unsafe_code)]

use super::checks::{Held, held};
use super::gate::{Gate, Proposal};
use super::verdict::Breach;
use crate::num::{Lots, Ticks};
use crate::order::{Order, Terms};
use crate::status::{OrderFact, OrderType, SelfTrade, Side, TimeInForce, Unit};
use crate::store::{Tree, TreeNode, Trees, at};

/// The resting orders of the symbols whose limits look at them, by slot of the order table.
pub struct Resting<'a> {
    trees: Trees<'a>,
    /// Of each symbol: buys, sells.
    sides: &'a mut [[Tree; 2]],
}

/// The price at which an order may trade once it is at the venue, the better one for the other side
/// while a replace is on its way; `None` while it does not rest there. What waits for a trigger
/// does not rest, nor what is at the market or fills at once.
#[must_use]
pub fn rests_at(order: &Order) -> Option<Ticks> {
    let passes = matches!(order.time_in_force, TimeInForce::Ioc | TimeInForce::Fok);
    let rests = order.effective_type() == OrderType::Limit && !passes;
    if !rests || order.is(OrderFact::Armed) || order.working().0 == 0 {
        return None;
    }
    let asked = order.replace.price;
    let price = order.price;
    let price = match (order.is(OrderFact::ReplaceInflight), order.side) {
        (false, _) => price,
        (true, Side::Buy) => price.max(asked),
        (true, Side::Sell) => price.min(asked),
    };
    Some(price)
}

/// Resting orders that a new one would meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The best price among them.
    best: Ticks,
    /// So many may be met.
    most: u32,
    orders: u32,
    /// What works of those that are not being cancelled.
    lots: i64,
}

impl Meeting {
    /// With orders from this price on, at most so many.
    #[must_use]
    pub const fn new(best: Ticks, most: u32) -> Self {
        Self { best, most, orders: 0, lots: 0 }
    }

    /// One more, and what works of it; nothing when it is being cancelled.
    pub fn add(&mut self, working: Option<Lots>) {
        self.orders = self.orders.saturating_add(1);
        self.lots = self.lots.saturating_add(working.map_or(0, |lots| lots.0));
    }

    /// Whether these are more than may be met.
    #[must_use]
    pub const fn is_too_many(&self) -> bool {
        self.orders > self.most
    }

    /// What is left of an order of so many lots when all they have is taken off it; all of it when
    /// nothing would be, or they are too many.
    #[must_use]
    pub fn remainder(&self, qty: Lots) -> Lots {
        let left = qty.0.saturating_sub(self.lots);
        if left > 0 && !self.is_too_many() { Lots(left) } else { qty }
    }
}

/// An order meets no own resting one, or these make way for it: known to the root.
#[inline]
pub(super) fn check(gate: &Gate<'_, '_>, proposal: &Proposal) -> Held {
    match &proposal.meeting {
        Some(met) if gate.is_root() => make_way(gate.limits.controls.self_trade, met, proposal),
        _ => Ok(()),
    }
}

/// These make way for an order. A replace only takes others away.
#[inline]
fn make_way(mode: SelfTrade, met: &Meeting, proposal: &Proposal) -> Held {
    let new = proposal.replaces.is_none() && !proposal.own;
    let makes_way = match mode {
        SelfTrade::CancelOld => !proposal.own,
        SelfTrade::CancelBoth | SelfTrade::Decrement => new,
        SelfTrade::Off | SelfTrade::RejectNew => false,
    };
    if makes_way {
        let (most, orders) = (i64::from(met.most), i64::from(met.orders));
        held(!met.is_too_many(), Breach::new(Unit::Count, most, orders))?;
    }
    let passes = match mode {
        SelfTrade::CancelOld => true,
        SelfTrade::Decrement => met.lots < proposal.uncut.0,
        _ => false,
    };
    held(makes_way && passes, Breach::new(Unit::Ticks, met.best.0, proposal.terms.price.0))
}

impl<'a> Resting<'a> {
    /// None rest. O(orders + symbols).
    #[must_use]
    pub fn new(nodes: &'a mut [TreeNode], sides: &'a mut [[Tree; 2]]) -> Self {
        sides.fill([Tree::EMPTY; 2]);
        Self { trees: Trees::new(nodes), sides }
    }

    /// Puts an order where it belongs. O(log orders) when that changes.
    pub fn file(&mut self, slot: u32, order: &Order) {
        let place = rests_at(order).map(|price| (level(order.side, price), order.number));
        if self.trees.key(slot) == place {
            return;
        }
        let Some(tree) = tree_mut(self.sides, order.symbol, order.side) else { return };
        self.trees.remove(tree, slot);
        if let Some((level, number)) = place {
            self.trees.insert(tree, slot, level, number);
        }
    }

    /// Whether an order stands where it belongs: in no tree when its symbol does not look.
    #[must_use]
    pub fn is_filed(&self, slot: u32, order: &Order, looked_at: bool) -> bool {
        let place = rests_at(order).map(|price| (level(order.side, price), order.number));
        self.trees.key(slot) == place.filter(|_| looked_at)
    }

    /// The best one of one side of a symbol, the oldest of equal ones, and its price. O(1).
    #[must_use]
    pub fn first(&self, symbol: u32, side: Side) -> Option<(u32, Ticks)> {
        let (slot, level, _) = pick(self.sides.get(at(symbol))?, side).first()?;
        Some((slot, price(side, level)))
    }

    /// From which price on orders at a limit would meet any: buys at least, sells at most. O(1).
    #[must_use]
    pub fn meets(&self, symbol: u32) -> [i64; 2] {
        let best = |side| self.first(symbol, side).map(|(_, price)| price.0);
        // No price is at either end.
        [best(Side::Sell).unwrap_or(i64::MAX), best(Side::Buy).unwrap_or(i64::MIN)]
    }

    /// The one after this one of the side. O(log orders), O(1) on average.
    #[must_use]
    pub fn after(&self, slot: u32, side: Side) -> Option<(u32, Ticks)> {
        let next = self.trees.next(slot)?;
        Some((next, price(side, self.trees.key(next)?.0)))
    }

    /// Whether an order stands here.
    #[must_use]
    pub fn has(&self, slot: u32) -> bool {
        self.trees.contains(slot)
    }

    /// The resting orders of one side of a symbol, best price first, of equal ones the oldest.
    pub fn of(&self, symbol: u32, side: Side) -> impl Iterator<Item = (u32, Ticks)> {
        let next = move |&(slot, _): &(u32, Ticks)| self.after(slot, side);
        core::iter::successors(self.first(symbol, side), next)
    }

    /// A symbol does not look any more. O(orders of the symbol).
    pub fn clear(&mut self, symbol: u32) {
        for side in [Side::Buy, Side::Sell] {
            let Some(tree) = tree_mut(self.sides, symbol, side) else { return };
            while self.trees.drop_first(tree) {}
        }
    }
}

/// What of an order decides which resting ones it meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taker {
    /// Symbol number.
    pub symbol: u32,
    side: Side,
    /// None at the market.
    limit: Option<Ticks>,
}

impl Taker {
    /// Of an order of this type; `None` for one that waits for its trigger price.
    #[must_use]
    pub const fn new(symbol: u32, side: Side, order_type: OrderType, price: Ticks) -> Option<Self> {
        let limit = match order_type {
            OrderType::Market => None,
            OrderType::Limit => Some(price),
            _ => return None,
        };
        Some(Self { symbol, side, limit })
    }

    /// Of an order with these terms.
    #[must_use]
    pub const fn of(terms: &Terms) -> Option<Self> {
        Self::new(terms.symbol, terms.side, terms.order_type, terms.price)
    }

    /// The side that it meets.
    #[must_use]
    pub const fn meets(&self) -> Side {
        self.side.opens().closed_by()
    }

    /// Whether it trades with one that rests at this price.
    #[must_use]
    pub const fn crosses(&self, price: Ticks) -> bool {
        match (self.limit, self.side) {
            (None, _) => true,
            (Some(limit), Side::Buy) => limit.0 >= price.0,
            (Some(limit), Side::Sell) => limit.0 <= price.0,
        }
    }
}

/// The best price has the largest level. No price is the least number there is.
const fn level(side: Side, price: Ticks) -> i64 {
    match side {
        Side::Buy => price.0,
        Side::Sell => price.0.wrapping_neg(),
    }
}

const fn price(side: Side, level: i64) -> Ticks {
    match side {
        Side::Buy => Ticks(level),
        Side::Sell => Ticks(level.wrapping_neg()),
    }
}

const fn pick(sides: &[Tree; 2], side: Side) -> &Tree {
    let [buys, sells] = sides;
    match side {
        Side::Buy => buys,
        Side::Sell => sells,
    }
}

fn tree_mut(sides: &mut [[Tree; 2]], symbol: u32, side: Side) -> Option<&mut Tree> {
    let [buys, sells] = sides.get_mut(at(symbol))?;
    Some(match side {
        Side::Buy => buys,
        Side::Sell => sells,
    })
}
