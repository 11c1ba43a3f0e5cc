//! Bars: what the venue sees of the price on its way, and where on it something is reached.
#![forbid(unsafe_code)]

use super::Venue;
use super::book::{Book, Stops};
use crate::num::{Nanos, Ticks};
use crate::sim::Offer;
use crate::status::{Side, TriggerSource};
use crate::store::Tree;

impl Venue<'_> {
    /// The best bid and ask at a price inside a bar, which is the last price and the mark price
    /// too where stops look at these. What is displayed is not known, so what stands before an
    /// order is not either. With bid = ask an order that rests is only filled when its limit is
    /// passed. Cost as [`Venue::quote`].
    pub fn bar(&mut self, symbol: u32, (bid, ask): (Ticks, Ticks), offer: Offer, now: Nanos) {
        let now = self.said(now);
        self.advance(now);
        let ratio = self.simulation(symbol).fill_ratio;
        let Some(book) = self.book_mut(symbol).filter(|_| bid <= ask) else { return };
        book.take_bar(bid, ask, offer, ratio);
        if !book.is_open() {
            return;
        }
        book.is_live = true;
        match book.source {
            TriggerSource::BidAsk => {}
            TriggerSource::Last => book.last = Some(bid),
            TriggerSource::Mark => book.mark = Some(bid),
        }
        let basis = book.basis();
        self.match_side(symbol, Side::Buy, now);
        self.match_side(symbol, Side::Sell, now);
        if let Some((sells, buys)) = basis {
            self.follow(symbol, sells, buys, now);
        }
    }

    /// The bid nearest to the present one, on its way up or down with the ask at its distance, at
    /// which an order is reached. O(1), and O(log orders) for each order that is reached already
    /// and got nothing.
    #[must_use]
    pub fn next_reached(&self, symbol: u32, rises: bool) -> Option<Ticks> {
        let book = self.book(symbol).filter(|book| book.is_live)?;
        let [sells, buys] = [(Side::Sell, 0), (Side::Buy, book.spread())].map(|(side, above)| {
            let above = if book.source == TriggerSource::BidAsk { above } else { 0 };
            book.stops.of(side).next(rises).map(|price| below(price, above))
        });
        let works = self.next_working(book, rises);
        let all = [sells, buys, works].into_iter().flatten();
        let is_ahead = |price: &Ticks| {
            if rises { *price > book.bid } else { *price < book.bid }
        };
        let ahead = all.filter(is_ahead);
        if rises { ahead.min() } else { ahead.max() }
    }

    /// The bid at which the best order that is not reached yet is: of the side whose orders are
    /// reached that way, while that may get anything.
    fn next_working(&self, book: &Book, rises: bool) -> Option<Ticks> {
        let side = if rises { Side::Sell } else { Side::Buy };
        let reach = book.reach(side).filter(|_| *book.left.of(side) > 0)?;
        let must_pass = i64::from(book.must_pass);
        let mut next = book.works.of(side).first().map(|(slot, ..)| slot);
        while let Some(slot) = next {
            let level = self.trees.key(slot)?.0;
            let reached = level.saturating_sub(must_pass);
            if reached < reach {
                return Some(match side {
                    Side::Buy => below(Ticks(reached), book.spread()),
                    Side::Sell => Ticks(reached.saturating_neg()),
                });
            }
            next = self.trees.next(slot);
        }
        None
    }
}

impl Stops {
    /// The price nearest to being passed on its way up or down.
    fn next(&self, rises: bool) -> Option<Ticks> {
        let of = |tree: &Tree| tree.first().map(|(_, level, _)| level);
        match rises {
            true => of(&self.rise).map(|level| Ticks(level.saturating_neg())),
            false => of(&self.fall).map(Ticks),
        }
    }
}

/// So many ticks below a price.
const fn below(price: Ticks, ticks: i64) -> Ticks {
    Ticks(price.0.saturating_sub(ticks))
}
