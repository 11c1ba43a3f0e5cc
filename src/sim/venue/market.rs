//! The market's doors.
#![forbid(unsafe_code)]

use super::Venue;
use super::order::Stage;
use crate::num::{Lots, Nanos, Ticks};
use crate::status::{Phase, Side, TimeInForce, TradeSource};
use crate::status::{Reason, TriggerSource};

impl Venue<'_> {
    /// The best bid and ask, and what is displayed there (lots; 0: not known). Commands that are
    /// due have arrived before it. A bid above the ask is not taken. O(1) when it reaches no order
    /// and none rests at its best prices; else O(log orders) for each that does.
    pub fn quote(
        &mut self,
        symbol: u32,
        (bid, bid_qty): (Ticks, Lots),
        (ask, ask_qty): (Ticks, Lots),
        now: Nanos,
    ) {
        let now = self.said(now);
        self.advance(now);
        let ratio = self.simulation(symbol).fill_ratio;
        let Some(book) = self.book_mut(symbol).filter(|_| bid <= ask) else { return };
        book.take_quote((bid, bid_qty), (ask, ask_qty), ratio);
        if !book.is_open() {
            return;
        }
        book.is_live = true;
        let source = book.source;
        self.match_side(symbol, Side::Buy, now);
        self.match_side(symbol, Side::Sell, now);
        if source == TriggerSource::BidAsk {
            self.follow(symbol, bid, ask, now);
        }
    }

    /// A trade in the market (lots; 0: not known) or a mark price; an official close says nothing
    /// here. O(1) when it reaches no order, else O(log orders) for each that it does.
    pub fn trade(&mut self, symbol: u32, source: TradeSource, price: Ticks, qty: Lots, now: Nanos) {
        let now = self.said(now);
        self.advance(now);
        let Some(book) = self.book_mut(symbol).filter(|book| book.is_open()) else { return };
        let fires = book.source.is_fed_by(source);
        match source {
            TradeSource::Close => return,
            TradeSource::Mark => book.mark = Some(price),
            TradeSource::Last => {
                book.last = Some(price);
                let left = (qty > Lots::ZERO).then_some(qty.0);
                let left = self.trade_with((symbol, Side::Buy), price, left, now);
                self.trade_with((symbol, Side::Sell), price, left, now);
            }
        }
        if fires {
            self.follow(symbol, price, price, now);
        }
    }

    /// The phase of a symbol's trading. Prices of before are forgotten with a change. O(1).
    pub fn phase(&mut self, symbol: u32, phase: Phase, now: Nanos) {
        let now = self.said(now);
        self.advance(now);
        let Some(book) = self.book_mut(symbol).filter(|book| book.phase != phase) else { return };
        book.phase = phase;
        book.is_live = false;
        (book.last, book.mark) = (None, None);
    }

    /// The venue's day ends: DAY orders that have arrived expire, by their places. O(orders).
    pub fn roll(&mut self, now: Nanos) {
        let now = self.said(now);
        self.advance(now);
        for slot in 0..self.high {
            let Some(order) = self.order(slot) else { break };
            if order.stage.is_here() && order.time_in_force == TimeInForce::Day {
                self.end(slot, Stage::Expired, Reason::None, 0, now);
            }
        }
    }
}
