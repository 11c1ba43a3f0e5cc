//! The market's door: quotes and trades are facts; marks, breaker and triggers follow.
//!
//! Most quotes are calm: no trigger, no limit of the breaker, no session is near. A few
//! comparisons tell, and nothing but prices, equity and time moves. Every other quote takes the
//! long way, which comes to the same.
//!
//! Calm is a quote: its prices are those that the triggers' [`Watch`] ignores, the equity stays in
//! the account's window, and it comes while the clock is idle and the band open (`quiet_until`).
#![forbid(unsafe_code)]

use core::ops::Range;

use super::Engine;
use crate::market::{Place, Price, Quote, Symbol, Trade, Weights};
use crate::num::{Nanos, Ticks};
use crate::position::Account;
use crate::risk::Band;
use crate::status::{Request, Status, SymbolFlag, TradeSource, TriggerSource};
use crate::store::{NIL, at};
use crate::trigger::{Meaning, Watch};

/// What became of a quote that was tried the short way, while no kill is news. Whoever goes on with
/// it does so at once and with the same quote: until then nothing else has changed.
pub(crate) enum Calm {
    /// It was calm.
    Taken,
    /// It would be, but the equity leaves its window for this place.
    Moves(u64),
    /// It would be, but trailing stops of longs follow it, and perhaps those of shorts.
    Rises,
    /// It would be, but trailing stops of shorts follow it.
    Falls,
    /// It may not be.
    Unsure,
}

impl Engine<'_> {
    /// Takes best bid and ask: values the positions, checks the breaker, fires what is reached.
    /// `More` when more triggers are reached than one call works off. O(1) when
    /// nothing fires, O(log triggers) when it passes the best prices of older trailing stops; at
    /// most O(work_per_call × log triggers).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Symbol`; `Price` for a price the symbol cannot have or a bid
    /// above the ask; `Range` for a negative quantity, or when the equity would not fit.
    pub fn quote(&mut self, request: &Quote) -> Result<Status, Status> {
        if self.kill.is_news() {
            return self.quote_slowly(request);
        }
        let calm = self.quote_calmly(request);
        self.quote_as(calm, request)
    }

    /// Goes on with a quote that was tried the short way.
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub(super) fn quote_as(&mut self, calm: Calm, request: &Quote) -> Result<Status, Status> {
        match calm {
            Calm::Taken => Ok(Status::Ok),
            Calm::Moves(at) if self.quote_peaking(request, at) => Ok(Status::Ok),
            Calm::Moves(at) => self.quote_moving(request, at),
            Calm::Rises if self.quote_riding::<true>(request) => Ok(Status::Ok),
            Calm::Falls if self.quote_riding::<false>(request) => Ok(Status::Ok),
            Calm::Rises | Calm::Falls => self.quote_carrying(request),
            Calm::Unsure => self.quote_slowly(request),
        }
    }

    /// Takes a calm quote, or changes nothing. O(1).
    #[inline(always)] // What the door looked at stays in registers.
    pub(crate) fn quote_calmly(&mut self, request: &Quote) -> Calm {
        if !self.goes_short() {
            return Calm::Unsure;
        }
        let (bid, ask) = (request.bid, request.ask);
        let Some(number) = number(request) else { return Calm::Unsure };
        let watch = self.triggers.watch(number);
        if !request.header.is_of::<Quote>() || request.reserved != [0] {
            return Calm::Unsure;
        }
        match watch.map(|watch| watch.meaning(bid, ask)) {
            Some(Meaning::Nothing) => {}
            Some(Meaning::Rise) => return Calm::Rises,
            Some(Meaning::Fall) => return Calm::Falls,
            Some(Meaning::Unknown) | None => return Calm::Unsure,
        }
        let times = self.now..self.quiet_until;
        let Some((symbol, gain)) = moved(self.symbols.slot_mut(number), request, &times) else {
            return Calm::Unsure;
        };
        let at = self.account.window.after(gain);
        if at > self.account.window.width {
            return Calm::Moves(at);
        }
        self.account.window.at = at;
        symbol.market.take(request);
        self.now = request.header.now;
        Calm::Taken
    }

    /// Takes a quote that [`Calm::Moves`].
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub(crate) fn quote_moving(&mut self, request: &Quote, at: u64) -> Result<Status, Status> {
        if !self.band.stretch(&mut self.account.window, at) {
            return self.quote_slowly(request);
        }
        self.quote_taken(request);
        Ok(Status::Ok)
    }

    /// Takes a quote that [`Calm::Moves`] to a peak after another one; `false`, and nothing
    /// changes, when that is none. O(1).
    #[inline(always)] // In one place.
    pub(crate) fn quote_peaking(&mut self, request: &Quote, at: u64) -> bool {
        let rises = self.band.rise(&mut self.account.window, at);
        if rises {
            self.quote_taken(request);
        }
        rises
    }

    /// Prices and time of a quote whose symbol there is.
    #[inline(always)] // As above.
    fn quote_taken(&mut self, request: &Quote) {
        if let Some(symbol) = self.symbols.slot_mut(at(request.symbol)) {
            symbol.market.take(request);
        }
        self.now = request.header.now;
    }

    /// Takes a quote that [`Calm::Rises`], with the bid, or [`Calm::Falls`], when the trailing
    /// stops of that side alone follow it, all at once; `false`, and nothing changes, when it is
    /// not so simple. O(1).
    #[inline(always)] // In the one place for each side.
    pub(crate) fn quote_riding<const BID: bool>(&mut self, request: &Quote) -> bool {
        let Some(number) = number(request) else { return false };
        let riders = self.triggers.riders::<BID>(number, request.bid, request.ask);
        let Some(riders) = riders else { return false };
        let times = self.now..self.quiet_until;
        let Some((symbol, gain)) = moved(self.symbols.slot_mut(number), request, &times) else {
            return false;
        };
        let window = &mut self.account.window;
        let at = window.after(gain);
        if at <= window.width {
            window.at = at;
        } else if !self.band.rise(window, at) {
            return false;
        }
        symbol.market.take(request);
        self.now = request.header.now;
        riders.follow();
        true
    }

    /// Takes a quote that trailing stops of any side follow; perhaps the equity leaves its window
    /// too.
    ///
    /// # Errors
    /// As [`Engine::quote`].
    #[inline(never)]
    pub(crate) fn quote_carrying(&mut self, request: &Quote) -> Result<Status, Status> {
        let times = self.now..self.quiet_until;
        let symbol = number(request).and_then(|number| self.symbols.slot_mut(number));
        let Some((symbol, gain)) = moved(symbol, request, &times) else {
            return self.quote_slowly(request);
        };
        if !self.band.take(&mut self.account.window, gain) {
            return self.quote_slowly(request);
        }
        symbol.market.take(request);
        self.now = request.header.now;
        self.triggers.follow(request.symbol, request.bid, request.ask);
        Ok(Status::Ok)
    }

    /// Takes any quote: see [`Engine::quote`].
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub(crate) fn quote_slowly(&mut self, request: &Quote) -> Result<Status, Status> {
        let mut budget = self.config.work_per_call;
        self.quote_within(request, &mut budget)
    }

    /// The same: it fires no more than this budget allows.
    ///
    /// # Errors
    /// As [`Engine::quote`].
    #[inline(always)] // In one place for all quotes, and one for those of bars.
    pub(super) fn quote_within(
        &mut self,
        request: &Quote,
        budget: &mut u32,
    ) -> Result<Status, Status> {
        request.check_frame()?;
        let symbol = self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        let (bid, ask) = (request.bid, request.ask);
        if !symbol.spec.allows(bid) || !symbol.spec.allows(ask) || bid > ask {
            return Err(Status::Price);
        }
        if request.bid_qty.0 < 0 || request.ask_qty.0 < 0 {
            return Err(Status::Range);
        }
        let quoted = symbol.market.is_quoted;
        let fires = symbol.spec.source == TriggerSource::BidAsk;
        let change = if symbol.spec.has(SymbolFlag::MarkLast) {
            0
        } else {
            self.revalued(request.symbol, symbol, (bid, ask))?
        };
        let marks = !symbol.spec.has(SymbolFlag::MarkLast);
        self.enter(request.header.now);
        let now = self.now;
        if marks {
            self.revalue_books(request.symbol, (bid, ask));
        }
        if let Some(symbol) = self.symbols.get_mut(request.symbol) {
            symbol.market.take(request);
            (symbol.market.is_quoted, symbol.market.stamp) = (true, now);
        }
        if !quoted {
            self.reweigh(request.symbol);
            self.refold_limits(request.symbol);
        }
        self.revalue(change);
        if marks {
            self.check_books(request.symbol);
        }
        self.follow_values(request.symbol);
        self.follow_grid(request.symbol, ask);
        let prices = (bid, ask);
        let status = if fires { self.fire_at(request.symbol, prices, budget) } else { Status::Ok };
        self.open_band();
        Ok(status)
    }

    /// The prices that the triggers of a symbol look at: fires what they reach.
    fn fire_at(&mut self, symbol: u32, (bid, ask): (Ticks, Ticks), budget: &mut u32) -> Status {
        self.triggers.reach(symbol, bid, ask);
        self.fire_within(symbol, budget)
    }

    /// Takes a trade of the market, the official close, or a mark price. In a symbol whose triggers
    /// look at it it fires what is reached, as a quote does elsewhere; otherwise O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `Symbol`, `Price`, `Range`.
    pub fn trade(&mut self, request: &Trade) -> Result<Status, Status> {
        let mut budget = self.config.work_per_call;
        self.trade_within(request, &mut budget)
    }

    /// The same: it fires no more than this budget allows.
    ///
    /// # Errors
    /// As [`Engine::trade`].
    pub(super) fn trade_within(
        &mut self,
        request: &Trade,
        budget: &mut u32,
    ) -> Result<Status, Status> {
        request.check_frame()?;
        let source = TradeSource::from_raw(request.source).ok_or(Status::Enum)?;
        let symbol = self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        if !symbol.spec.allows(request.price) {
            return Err(Status::Price);
        }
        if request.qty.0 < 0 {
            return Err(Status::Range);
        }
        let marks = source == TradeSource::Last && symbol.spec.has(SymbolFlag::MarkLast);
        let fires = symbol.spec.source.is_fed_by(source);
        let change = if marks {
            self.revalued(request.symbol, symbol, (request.price, request.price))?
        } else {
            0
        };
        self.enter(request.header.now);
        if marks {
            self.revalue_books(request.symbol, (request.price, request.price));
        }
        let price = Some(Price { ticks: request.price, at: self.now });
        if let Some(symbol) = self.symbols.get_mut(request.symbol) {
            match source {
                TradeSource::Last => symbol.market.last = price,
                TradeSource::Close => symbol.market.close = price,
                TradeSource::Mark => symbol.market.mark = price,
            }
        }
        if marks {
            self.revalue(change);
            self.check_books(request.symbol);
            self.follow_values(request.symbol);
        }
        let prices = (request.price, request.price);
        let status = if fires { self.fire_at(request.symbol, prices, budget) } else { Status::Ok };
        if marks || fires {
            self.open_band();
        }
        Ok(status)
    }

    /// By how much new marks of longs and shorts change the account's unrealised PnL, exact.
    pub(super) fn revalued(
        &self,
        number: u32,
        symbol: &Symbol,
        new: (Ticks, Ticks),
    ) -> Result<i128, Status> {
        let totals = self.positions.totals(number).ok_or(Status::Symbol)?;
        let old = symbol.marks();
        if old == Some(new) {
            return Ok(0);
        }
        let change = totals.unrealised(Some(new))?.checked_sub(totals.unrealised(old)?);
        let change = change.and_then(|c| c.checked_mul(i128::from(symbol.scale)));
        let change = change.ok_or(Status::Range)?;
        let window = &self.account.window;
        if self.followed(change).is_none_or(|change| window.after(change) > window.width) {
            let account = self.account.settled();
            let unrealised = account.unrealised.checked_add(change).ok_or(Status::Range)?;
            Account { unrealised, ..account }.equity(false)?;
        }
        Ok(change)
    }

    /// A change that the band may follow, while it is open.
    fn followed(&self, change: i128) -> Option<i64> {
        i64::try_from(change).ok().filter(|_| self.band.is_open())
    }

    /// The unrealised PnL changes: the breaker follows.
    fn revalue(&mut self, change: i128) {
        if change == 0 {
            return;
        }
        if let Some(change) = self.followed(change)
            && self.band.take(&mut self.account.window, change)
        {
            return;
        }
        self.settle();
        self.account.unrealised = self.account.unrealised.saturating_add(change);
        self.check_equity();
    }

    /// The equity moves by a deal, and more than within its window, as the band remembers; the
    /// parts it is made of, but for the unrealised one, have moved already.
    #[cold]
    #[inline(never)]
    pub(super) fn follow_deal(&mut self) {
        let Some((change, closed)) = self.band.take_owed() else { return };
        let spare = self.band.spare_after(closed);
        if spare >= 0 && self.band.take(&mut self.account.window, change) {
            self.band.set_spare(spare);
            return;
        }
        self.settle();
        self.account.unrealised = self.account.unrealised.saturating_add(i128::from(change));
        self.check_equity();
        self.open_band();
    }

    /// From here on quotes may be calm, unless the equity must be watched closely.
    fn open_band(&mut self) {
        if !self.goes_short() {
            return;
        }
        let realised_only = self.realised_only();
        if !self.band.is_open()
            && let Some(scope) = self.scopes.first()
        {
            let band = Band::open(&scope.breaker, &mut self.account, realised_only);
            self.band = band.unwrap_or(Band::CLOSED);
        }
        self.quiet_until = if self.band.is_open() { self.idle_until } else { Nanos::ZERO };
    }

    /// What the ticks of a symbol are worth, and whether its quotes may be calm, follows its
    /// positions. O(1).
    pub(super) fn reweigh(&mut self, number: u32) {
        let valued = self.looks.leverage;
        let Some(totals) = self.positions.totals(number) else { return };
        let Some(Place { symbol, beside }) = self.symbols.place_mut(at(number)) else { return };
        let marked = !symbol.spec.has(SymbolFlag::MarkLast);
        let weight = |qty: i64| if marked { symbol.scale.checked_mul(qty) } else { Some(0) };
        let weights = weight(totals.long_qty.0).zip(weight(totals.short_qty.0));
        // The accounts of scopes below the root follow every quote.
        let calm = symbol.market.is_quoted && !valued && beside.below.books == NIL;
        let allowed = match weights.filter(|_| calm) {
            Some((long, short)) => {
                symbol.weights = Weights { long, short };
                Watch::within(symbol.spec.least(), Ticks(Ticks::MAX))
            }
            None => Watch::CLOSED,
        };
        let fires = symbol.spec.source == TriggerSource::BidAsk;
        self.triggers.allow(number, allowed, fires);
    }
}

/// The number of a quote's symbol; one that no symbol has when a reserved field is not zero.
#[inline(always)] // A load.
fn number(request: &Quote) -> Option<usize> {
    let number = u64::from(request.symbol) | u64::from(request.reserved0).wrapping_shl(32);
    usize::try_from(number).ok()
}

/// The symbol, and by how much a quote moves the equity, when that comes in these times, the spread
/// and the quantities are in order, and it fits.
#[inline(always)] // What was looked at stays in registers.
fn moved<'s>(
    symbol: Option<&'s mut Symbol>,
    request: &Quote,
    times: &Range<Nanos>,
) -> Option<(&'s mut Symbol, i64)> {
    let (bid, ask) = (request.bid, request.ask);
    // Prices are within 2^60: no difference overflows. No sign bit: all is in order.
    let signs = ask.0.wrapping_sub(bid.0) | request.bid_qty.0 | request.ask_qty.0;
    let symbol = symbol.filter(|_| signs >= 0)?;
    let gain = symbol.gain(bid, ask)?;
    let stamp = request.header.now;
    (stamp >= times.start && stamp < times.end).then_some((symbol, gain))
}
