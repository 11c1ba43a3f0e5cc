//! The market's door: quotes and trades are facts; marks, breaker and triggers follow.
//!
//! Most quotes are calm: no trigger, no limit of the breaker, no session is near. A few
//! comparisons tell, and nothing but prices, equity and time moves. Every other quote takes the
//! long way, which comes to the same.
#![forbid(unsafe_code)]

use super::Engine;
use crate::market::{Market, Price, Quote, Symbol, Trade};
use crate::num::{Nanos, Ticks};
use crate::risk::Band;
use crate::status::{Request, Status, SymbolFlag, TradeSource, TriggerSource};
use crate::trigger::Watch;

impl Engine<'_> {
    /// Takes best bid and ask: values the positions, checks the breaker, fires what is reached.
    /// `More` when more triggers are reached than one call works off. O(1) +
    /// O(work_per_call × log triggers), and O(log triggers) for each trailing stop that the price
    /// carries along.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Symbol`; `Price` for a price the symbol cannot have or a bid
    /// above the ask; `Range` for a negative quantity, or when the equity would not fit.
    pub fn quote(&mut self, request: &Quote) -> Result<Status, Status> {
        if self.quote_calmly(request) { Ok(Status::Ok) } else { self.quote_slowly(request) }
    }

    /// Takes a calm quote. `false`, and nothing is changed, when it is not sure to be one. O(1).
    #[inline]
    pub(crate) fn quote_calmly(&mut self, request: &Quote) -> bool {
        #[cfg(test)]
        if self.no_calm {
            return false;
        }
        let Quote { header, symbol, bid, ask, bid_qty, ask_qty, .. } = *request;
        let calm = request.is_framed()
            && self.triggers.watch(symbol).is_calm(bid, ask)
            && bid <= ask
            && bid_qty.0 | ask_qty.0 >= 0
            && self.is_calm(header.now, self.quiet_until);
        let number = symbol;
        let Some(symbol) = self.symbols.slot_mut(number).filter(|_| calm) else { return false };
        let market = &mut symbol.market;
        // Prices are within 2^60.
        let bid_moves = bid.0.wrapping_sub(market.bid.0);
        let ask_moves = ask.0.wrapping_sub(market.ask.0);
        let Some(gain) = symbol.weights.gain(bid_moves, ask_moves) else { return false };
        if !self.account.mark(gain) && !self.band.stretch(&mut self.account, gain) {
            return false;
        }
        let quoted_at = Some(header.now);
        symbol.market = Market { bid, ask, bid_qty, ask_qty, quoted_at, ..symbol.market };
        self.now = header.now;
        if self.triggers.watch(number).carries(bid, ask) {
            self.triggers.follow(number, bid, ask);
        }
        true
    }

    /// Takes any quote: see [`Engine::quote`].
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub(crate) fn quote_slowly(&mut self, request: &Quote) -> Result<Status, Status> {
        request.check_frame()?;
        let symbol = self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        let (bid, ask) = (request.bid, request.ask);
        if !symbol.spec.allows(bid) || !symbol.spec.allows(ask) || bid > ask {
            return Err(Status::Price);
        }
        if request.bid_qty.0 < 0 || request.ask_qty.0 < 0 {
            return Err(Status::Range);
        }
        let market = Market {
            bid,
            ask,
            bid_qty: request.bid_qty,
            ask_qty: request.ask_qty,
            quoted_at: Some(self.time(request.header.now)),
            ..symbol.market
        };
        let change = self.revalued(request.symbol, symbol, &market)?;
        let fires = symbol.spec.source == TriggerSource::BidAsk;
        self.enter(request.header.now);
        self.set_market(request.symbol, &market, change);
        if !fires {
            self.open_band();
            return Ok(Status::Ok);
        }
        self.triggers.reach(request.symbol, bid, ask);
        let status = self.fire_reached(request.symbol);
        self.open_band();
        Ok(status)
    }

    /// Takes a trade of the market, the official close, or a mark price. In a symbol whose triggers
    /// look at it it fires what is reached, as a quote does elsewhere; otherwise O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `Symbol`, `Price`, `Range`.
    pub fn trade(&mut self, request: &Trade) -> Result<Status, Status> {
        request.check_frame()?;
        let source = TradeSource::from_raw(request.source).ok_or(Status::Enum)?;
        let symbol = self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        if !symbol.spec.allows(request.price) {
            return Err(Status::Price);
        }
        if request.qty.0 < 0 {
            return Err(Status::Range);
        }
        let price = Some(Price { ticks: request.price, at: self.time(request.header.now) });
        let market = match source {
            TradeSource::Last => Market { last: price, ..symbol.market },
            TradeSource::Close => Market { close: price, ..symbol.market },
            TradeSource::Mark => Market { mark: price, ..symbol.market },
        };
        let fires = match symbol.spec.source {
            TriggerSource::BidAsk => false,
            TriggerSource::Last => source == TradeSource::Last,
            TriggerSource::Mark => source == TradeSource::Mark,
        };
        let change = self.revalued(request.symbol, symbol, &market)?;
        self.enter(request.header.now);
        self.set_market(request.symbol, &market, change);
        let status = if fires {
            self.triggers.reach(request.symbol, request.price, request.price);
            self.fire_reached(request.symbol)
        } else {
            Status::Ok
        };
        self.open_band();
        Ok(status)
    }

    /// By how much a price update changes the account's unrealised PnL, exact.
    fn revalued(&self, number: u32, symbol: &Symbol, market: &Market) -> Result<i128, Status> {
        let totals = self.positions.totals(number).ok_or(Status::Symbol)?;
        let updated = Symbol { market: *market, ..*symbol };
        let marks: [Option<(Ticks, Ticks)>; 2] = [symbol.marks(), updated.marks()];
        if marks[0] == marks[1] {
            return Ok(0);
        }
        let old = totals.unrealised(marks[0])?;
        let new = totals.unrealised(marks[1])?;
        let change = new.checked_sub(old).and_then(|c| c.checked_mul(i128::from(symbol.scale)));
        let change = change.ok_or(Status::Range)?;
        let account = self.account.settled();
        let unrealised = account.unrealised.checked_add(change).ok_or(Status::Range)?;
        crate::position::Account { unrealised, ..account }.equity(false)?;
        Ok(change)
    }

    fn set_market(&mut self, number: u32, market: &Market, change: i128) {
        let Some(symbol) = self.symbols.get_mut(number) else { return };
        let first = symbol.market.quoted_at.is_none();
        symbol.market = *market;
        if first {
            self.reweigh(number);
        }
        if change == 0 || self.moves_within_band(change) {
            return;
        }
        self.settle();
        self.account.unrealised = self.account.unrealised.saturating_add(change);
        self.check_equity();
    }

    fn moves_within_band(&mut self, change: i128) -> bool {
        let Ok(change) = i64::try_from(change) else { return false };
        self.band.is_open()
            && (self.account.mark(change) || self.band.stretch(&mut self.account, change))
    }

    /// From here on quotes may be calm, unless the equity must be watched closely.
    fn open_band(&mut self) {
        #[cfg(test)]
        if self.no_calm {
            return;
        }
        let realised_only = self.realised_only();
        if !self.band.is_open()
            && let Some(scope) = self.scopes.first()
        {
            let band = Band::open(&scope.breaker, &mut self.account, realised_only);
            self.band = band.unwrap_or(Band::CLOSED);
        }
        self.quiet_until = if self.band.is_open() { self.calm_until } else { Nanos::ZERO };
    }

    /// What the ticks of a symbol are worth, and whether its quotes may be calm, follows its
    /// positions. O(1).
    pub(super) fn reweigh(&mut self, number: u32) {
        let Some(totals) = self.positions.totals(number) else { return };
        let Some(symbol) = self.symbols.get_mut(number) else { return };
        let marked = !symbol.spec.has(SymbolFlag::MarkLast);
        let weight = |qty: i64| if marked { symbol.scale.checked_mul(qty) } else { Some(0) };
        let weights = weight(totals.long_qty.0).zip(weight(totals.short_qty.0));
        let quoted = symbol.market.quoted_at.is_some();
        let allowed = match weights.filter(|_| quoted) {
            Some((long, short)) => {
                symbol.weights = crate::market::Weights { long, short };
                Watch::within(symbol.spec.least(), Ticks(Ticks::MAX))
            }
            None => Watch::CLOSED,
        };
        let fires = symbol.spec.source == TriggerSource::BidAsk;
        self.triggers.allow(number, allowed, fires);
    }
}
