//! The market's door: quotes and trades are facts; marks, breaker and triggers follow.
#![forbid(unsafe_code)]

use super::Engine;
use crate::market::{Market, Price, Quote, Symbol, Trade};
use crate::num::Ticks;
use crate::status::{Request, Status, TradeSource, TriggerSource};

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
        let unrealised = self.remarked(request.symbol, symbol, &market)?;
        let source = symbol.spec.source;
        self.enter(request.header.now);
        self.set_market(request.symbol, &market, unrealised);
        if source != TriggerSource::BidAsk {
            return Ok(Status::Ok);
        }
        self.triggers.reach(request.symbol, bid, ask);
        Ok(self.fire_reached(request.symbol))
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
        let unrealised = self.remarked(request.symbol, symbol, &market)?;
        self.enter(request.header.now);
        self.set_market(request.symbol, &market, unrealised);
        if !fires {
            return Ok(Status::Ok);
        }
        self.triggers.reach(request.symbol, request.price, request.price);
        Ok(self.fire_reached(request.symbol))
    }

    /// The account's unrealised PnL after a price update, exact.
    fn remarked(&self, number: u32, symbol: &Symbol, market: &Market) -> Result<i128, Status> {
        let totals = self.positions.totals(number).ok_or(Status::Symbol)?;
        let updated = Symbol { market: *market, ..*symbol };
        let marks: [Option<(Ticks, Ticks)>; 2] = [symbol.marks(), updated.marks()];
        if marks[0] == marks[1] {
            return Ok(self.account.unrealised);
        }
        let old = totals.unrealised(marks[0])?;
        let new = totals.unrealised(marks[1])?;
        let change = new.checked_sub(old).and_then(|c| c.checked_mul(i128::from(symbol.scale)));
        let unrealised = change
            .and_then(|change| self.account.unrealised.checked_add(change))
            .ok_or(Status::Range)?;
        let account = crate::position::Account { unrealised, ..self.account };
        account.equity(false)?;
        Ok(unrealised)
    }

    fn set_market(&mut self, number: u32, market: &Market, unrealised: i128) {
        if let Some(symbol) = self.symbols.get_mut(number) {
            symbol.market = *market;
        }
        if self.account.unrealised != unrealised {
            self.account.unrealised = unrealised;
            self.check_equity();
        }
    }
}
