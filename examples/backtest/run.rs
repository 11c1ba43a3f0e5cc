//! The replay: market data into the engine, what it tells to strategy and journal.

use oms_core::engine::{Drain, Timer};
use oms_core::event::Event;
use oms_core::market;
use oms_core::num::{Lots, Nanos, Ticks};
use oms_core::status::{Request, Status, TradeSource};

use crate::door::Door;
use crate::journal::Journal;
use crate::session::{Bar, Quote, Session, Trade};
use crate::strategy::{Pace, Strategy};

/// The engine's clock is told at least so often, while there are quotes: retries wait for it.
const TIMER: u64 = 100_000_000;

/// How long things last in a session.
pub(crate) fn pace(session: &Session) -> Pace {
    if session.bars.is_empty() { Pace::QUOTES } else { Pace::BARS }
}

/// Runs a session; `progress` is told how many quotes or bars were replayed.
pub(crate) fn replay<'a>(
    door: &mut impl Door<'a>,
    session: &Session,
    mut progress: impl FnMut(usize),
) -> Result<Journal, Status> {
    let symbol = door.engine().symbol_get(0)?;
    let steps = u64::try_from(session.steps()).unwrap_or(u64::MAX);
    let mut run = Run {
        strategy: Strategy::new(pace(session), steps),
        journal: Journal::default(),
        room: vec![Event::EMPTY; 256],
        timer: 0,
        span: session.span(),
        worth: (symbol.money_num, symbol.money_den),
    };
    let mut trades = session.trades.iter().peekable();
    let quotes = if session.bars.is_empty() { &session.quotes[..] } else { &[] };
    for (row, quote) in quotes.iter().enumerate() {
        while let Some(trade) = trades.next_if(|trade| trade.at < quote.at) {
            run.trade(door, trade)?;
        }
        run.quote(door, quote)?;
        if row % 4_096 == 0 {
            progress(row);
        }
    }
    for (row, bar) in session.bars.iter().enumerate() {
        run.bar(door, bar)?;
        if row % 256 == 0 {
            progress(row);
        }
    }
    run.end(door)?;
    Ok(run.journal)
}

/// What a replay works with.
struct Run {
    strategy: Strategy,
    journal: Journal,
    room: Vec<Event>,
    /// When the clock was told last.
    timer: u64,
    span: u64,
    /// Money units of a tick-lot: numerator, denominator.
    worth: (i64, i64),
}

impl Run {
    fn trade<'a>(&mut self, door: &mut impl Door<'a>, trade: &Trade) -> Result<(), Status> {
        let mut record = market::Trade {
            source: TradeSource::Last.raw(),
            price: Ticks(trade.price),
            qty: Lots(trade.qty),
            ..<market::Trade as Request>::EMPTY
        };
        record.header.now = Nanos(trade.at);
        let status = door.call(&record, |e, r| e.trade(r))?;
        drain(door, status, trade.at)
    }

    fn quote<'a>(&mut self, door: &mut impl Door<'a>, quote: &Quote) -> Result<(), Status> {
        if quote.at - self.timer >= TIMER {
            self.timer = quote.at;
            tell_time(door, quote.at)?;
        }
        let mut record = market::Quote {
            bid: Ticks(quote.bid),
            ask: Ticks(quote.ask),
            bid_qty: Lots(quote.bid_qty),
            ask_qty: Lots(quote.ask_qty),
            ..<market::Quote as Request>::EMPTY
        };
        record.header.now = Nanos(quote.at);
        let status = door.call(&record, |e, r| e.quote(r))?;
        drain(door, status, quote.at)?;
        self.act(door, quote)
    }

    /// A bar is over: the engine has walked through it, the strategy sees its end.
    fn bar<'a>(&mut self, door: &mut impl Door<'a>, bar: &Bar) -> Result<(), Status> {
        tell_time(door, bar.begin)?;
        let mut record = market::Bar {
            open: Ticks(bar.open),
            high: Ticks(bar.high),
            low: Ticks(bar.low),
            close: Ticks(bar.close),
            volume: Lots(bar.volume),
            spread: Ticks(bar.spread),
            begin: Nanos(bar.begin),
            ..<market::Bar as Request>::EMPTY
        };
        record.header.now = Nanos(bar.end);
        let status = door.call(&record, |e, r| e.bar(r))?;
        drain(door, status, bar.end)?;
        let (at, bid, ask) = (bar.end, bar.close, bar.close + bar.spread);
        self.act(door, &Quote { at, bid, ask, bid_qty: 0, ask_qty: 0 })
    }

    /// What has happened is looked at, and answered.
    fn act<'a>(&mut self, door: &mut impl Door<'a>, quote: &Quote) -> Result<(), Status> {
        self.take_events(door, quote.at)?;
        self.strategy.on_quote(door, quote)?;
        self.journal.on_quote(door.engine(), quote, self.span, self.worth);
        Ok(())
    }

    fn take_events<'a>(&mut self, door: &mut impl Door<'a>, now: u64) -> Result<(), Status> {
        loop {
            let (count, more) = door.events(Nanos(now), &mut self.room);
            for event in self.room.iter().take(count) {
                self.journal.on_event(event);
                self.strategy.on_event(door, event)?;
            }
            if !more {
                return Ok(());
            }
        }
    }

    /// What is on its way arrives.
    fn end<'a>(&mut self, door: &mut impl Door<'a>) -> Result<(), Status> {
        let last = door.engine().now().0;
        for seconds in 1..=5 {
            let now = last + seconds * 1_000_000_000;
            tell_time(door, now)?;
            self.take_events(door, now)?;
        }
        self.journal.finish(door.engine(), last + 5_000_000_000);
        Ok(())
    }
}

fn tell_time<'a>(door: &mut impl Door<'a>, now: u64) -> Result<(), Status> {
    let mut timer = Timer::EMPTY;
    timer.header.now = Nanos(now);
    let status = door.call(&timer, |e, r| e.timer(r))?;
    drain(door, status, now)
}

/// Work that was queued is done before anything else.
fn drain<'a>(door: &mut impl Door<'a>, mut status: Status, now: u64) -> Result<(), Status> {
    let mut request = Drain::EMPTY;
    request.header.now = Nanos(now);
    while status == Status::More {
        status = door.call(&request, |e, r| e.drain(r))?;
    }
    Ok(())
}
