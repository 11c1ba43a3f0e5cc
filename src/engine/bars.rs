//! Bars: the price goes through one along a stated path, and stops where something comes of it.
//!
//! The path is that of [`BarWalk`]. What is held is hurt first: while the symbol is net long the
//! low comes before the high, while it is net short the high. Without either the extreme comes
//! first that lies away from what the working orders would open.
//!
//! On its way the price stops where a trigger of the symbol fires or the venue reaches an order,
//! and where a message arrives, so that a command meets the price of its arrival. Each stop is a
//! quote, and one unit of work; what is left of a bar is gone on with by [`Engine::drain`].
#![forbid(unsafe_code)]

use super::Engine;
use super::quotes::Calm;
use crate::exec::Desk;
use crate::market::{Bar, Price, Quote, Symbol, Trade};
use crate::num::{Lots, Nanos, Ticks};
use crate::sim::{BarWalk, Leg, Offer};
use crate::status::{Request, Side, Status, SymbolFlag, TradeSource, TriggerSource};

/// What the price does next.
#[derive(Clone, Copy)]
struct Step {
    /// When.
    at: Nanos,
    /// It goes so many ticks from the last point; `None`: it stays where it is until then.
    ticks: Option<u64>,
}

impl Engine<'_> {
    /// Takes a bar: the price goes from its open by both extremes to its close, as said in
    /// `sim/bar.rs`, and is a quote wherever something comes of it. `More` when that is more than
    /// `work_per_call`: [`Engine::drain`] goes on. O(1) when nothing comes of it; at most
    /// O(work_per_call × (log triggers + orders at the venue)).
    ///
    /// # Errors
    /// Nothing has changed: `Kind`, `Size`, `Reserved`; `State` in LIVE; `Pending` while another
    /// bar is not over; `Symbol`; `Price` for prices that the symbol cannot have, or that are not
    /// between low and high; `Range` for a negative volume or spread, a beginning before the
    /// engine's clock or after the end, or when the equity would not fit. `Range` too when the
    /// equity comes not to fit by what the bar brings about: it is over then.
    pub fn bar(&mut self, request: &Bar) -> Result<Status, Status> {
        request.check_frame()?;
        self.check_bar(request)?;
        let Bar { symbol, open, high, low, close, volume, spread, begin, .. } = *request;
        let (terms, times) = ((spread.0, volume.0), (begin, request.header.now));
        if let Some(desk) = &mut self.desk {
            desk.bar = Some(BarWalk::new(symbol, [open, high, low, close], terms, times));
        }
        let mut budget = self.config.work_per_call;
        self.pass_bar(&mut budget)
    }

    #[inline(never)] // What is deep below has no more above it than it must.
    fn check_bar(&self, request: &Bar) -> Result<(), Status> {
        let desk = self.desk.as_ref().ok_or(Status::State)?;
        if desk.bar.is_some() {
            return Err(Status::Pending);
        }
        let Bar { open, high, low, close, volume, spread, begin, .. } = *request;
        let symbol = self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        let ask = |bid: Ticks| Ticks(bid.0.saturating_add(spread.0));
        let within = |price: Ticks| low <= price && price <= high;
        let allowed = [low, high].iter().all(|&price| symbol.spec.allows(price));
        if !allowed || !within(open) || !within(close) {
            return Err(Status::Price);
        }
        let ends = request.header.now;
        if volume.0 < 0 || spread.0 < 0 || begin < self.now || begin > ends {
            return Err(Status::Range);
        }
        if !symbol.spec.allows(ask(high)) {
            return Err(Status::Price);
        }
        let marks_last = symbol.spec.has(SymbolFlag::MarkLast);
        for bid in [low, high] {
            let marks = if marks_last { (bid, bid) } else { (bid, ask(bid)) };
            self.revalued(request.symbol, symbol, marks)?;
        }
        Ok(())
    }

    /// Whether a bar is not over.
    pub(super) fn has_bar(&self) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.bar.is_some())
    }

    /// Whether a bar of this symbol is not over.
    pub(super) fn has_bar_of(&self, symbol: u32) -> bool {
        let walk = self.desk.as_ref().and_then(|desk| desk.bar.as_ref());
        walk.is_some_and(|walk| walk.symbol == symbol)
    }

    /// Goes on with a bar that a call has left; what is due until this time is so when it is over.
    /// `More` when it is not.
    #[inline(never)] // As above.
    pub(super) fn drain_bar(&mut self, stamp: Nanos) -> Result<Status, Status> {
        let mut budget = self.config.work_per_call;
        let work = self.work_within(&mut budget);
        self.end();
        if work == Status::More || self.pass_bar(&mut budget)? == Status::More {
            return Ok(Status::More);
        }
        self.catch_up(stamp);
        Ok(Status::Ok)
    }

    /// Walks on, as far as what is left of this budget goes.
    fn pass_bar(&mut self, budget: &mut u32) -> Result<Status, Status> {
        while let Some(step) = self.next_step() {
            let Some(left) = budget.checked_sub(1) else { return Ok(Status::More) };
            *budget = left;
            self.catch_up(step.at);
            let taken = self.take_step(step, budget);
            self.end();
            if taken? == Status::More {
                return Ok(Status::More);
            }
        }
        Ok(Status::Ok)
    }

    /// What the price does next; `None` when the bar is over, and is forgotten then.
    #[inline(never)] // As above.
    fn next_step(&mut self) -> Option<Step> {
        let walk = *self.desk.as_ref()?.bar.as_ref()?;
        if walk.is_open() {
            let high_first = self.high_first(walk.symbol);
            if let Some(walk) = self.bar_mut() {
                walk.settle(high_first);
            }
        }
        let Some(leg) = self.bar_mut().and_then(|walk| walk.leg()) else {
            self.end_bar();
            return None;
        };
        let ticks = self.next_stop(&walk, &leg);
        let at = self.time(leg.time(ticks));
        let Some(due) = self.desk.as_ref()?.venue.next_at().filter(|&due| due <= at) else {
            return Some(Step { at, ticks: Some(ticks) });
        };
        // Until then the price goes on, and what happens then meets it there.
        let before = leg.ticks_before(due);
        if before > walk.done() {
            return Some(Step { at: self.time(leg.time(before)), ticks: Some(before) });
        }
        Some(Step { at: due, ticks: None })
    }

    /// Ticks from the last point to where something comes of the price, at most to the next point.
    fn next_stop(&self, walk: &BarWalk, leg: &Leg) -> u64 {
        let all = leg.ticks();
        let Some(desk) = self.desk.as_ref().filter(|_| all > walk.done()) else { return all };
        let (here, spread) = (leg.price(walk.done()), self.seen_spread(walk));
        let held =
            match walk.tries_again() || !self.triggers.has_work_for(walk.symbol, here, spread) {
                true => self.triggers.next_reached(walk.symbol, here, spread, leg.rises()),
                false => None,
            };
        let there = desk.venue.next_reached(walk.symbol, leg.rises());
        let nearest = [held, there].into_iter().flatten().map(|price| leg.ticks_to(price));
        nearest.min().unwrap_or(all).min(all)
    }

    /// Ticks from what triggers that fall look at to what those look at that rise.
    fn seen_spread(&self, walk: &BarWalk) -> i64 {
        let looks_at_quotes = |symbol: &Symbol| symbol.spec.source == TriggerSource::BidAsk;
        let quoted = self.symbols.get(walk.symbol).is_some_and(looks_at_quotes);
        if quoted { walk.spread() } else { 0 }
    }

    /// Which extreme hurts: the low what is long, the high what is short; of what may be opened
    /// the one that comes before its entry.
    fn high_first(&self, symbol: u32) -> Option<bool> {
        let net = self.positions.totals(symbol).map_or(0, |totals| totals.net_lots());
        if net != 0 {
            return Some(net < 0);
        }
        let exposure = self.exposure(symbol);
        let (buys, sells) = (exposure.of(Side::Buy), exposure.of(Side::Sell));
        (buys != sells).then_some(buys > sells)
    }

    /// The price goes a step: the engine sees it first, then the venue.
    #[inline(never)] // As above.
    fn take_step(&mut self, step: Step, budget: &mut u32) -> Result<Status, Status> {
        let Some(ticks) = step.ticks else { return Ok(Status::Ok) };
        let Some(walk) = self.desk.as_ref().and_then(|desk| desk.bar) else {
            return Ok(Status::Ok);
        };
        let seen = self.seen_spread(&walk);
        let again = self.triggers.has_work_for(walk.symbol, walk.price(), seen);
        let Some(walk) = self.bar_mut() else { return Ok(Status::Ok) };
        if again {
            walk.try_again();
        }
        let (symbol, spread, shown) = (walk.symbol, walk.spread(), Lots(walk.shown()));
        let (bid, offer) = walk.go(ticks);
        let ask = Ticks(bid.0.saturating_add(spread));
        let mut quote = Quote { symbol, bid, ask, bid_qty: shown, ask_qty: shown, ..Quote::EMPTY };
        quote.header.now = step.at;
        let status = self.take_price(&quote, budget);
        match (&status, &mut self.desk) {
            (Ok(_), Some(desk)) => see(desk, &quote, offer),
            _ => self.end_bar(),
        }
        status
    }

    /// A price inside a bar: a quote, the last price, and the mark price where triggers look at it.
    fn take_price(&mut self, quote: &Quote, budget: &mut u32) -> Result<Status, Status> {
        let is_calm = !self.kill.is_news() && matches!(self.quote_calmly(quote), Calm::Taken);
        let status = if is_calm { Status::Ok } else { self.quote_within(quote, budget)? };
        let at = self.now;
        let Some(symbol) = self.symbols.get_mut(quote.symbol) else { return Ok(status) };
        let (source, marks) = (symbol.spec.source, symbol.spec.has(SymbolFlag::MarkLast));
        if source == TriggerSource::BidAsk && !marks {
            symbol.market.last = Some(Price { ticks: quote.bid, at });
            return Ok(status);
        }
        let mut trade = Trade { symbol: quote.symbol, price: quote.bid, ..Trade::EMPTY };
        trade.header.now = at;
        trade.source = TradeSource::Last.raw();
        let status = status.or_more(self.trade_within(&trade, budget)?);
        if source != TriggerSource::Mark {
            return Ok(status);
        }
        trade.source = TradeSource::Mark.raw();
        Ok(status.or_more(self.trade_within(&trade, budget)?))
    }

    fn bar_mut(&mut self) -> Option<&mut BarWalk> {
        self.desk.as_mut()?.bar.as_mut()
    }

    fn end_bar(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.bar = None;
        }
    }
}

/// The venue sees the price.
fn see(desk: &mut Desk<'_>, quote: &Quote, offer: Offer) {
    desk.venue.bar(quote.symbol, (quote.bid, quote.ask), offer, quote.header.now);
}
