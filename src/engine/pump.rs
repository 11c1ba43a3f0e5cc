//! The simulated modes: commands go to the venue that the engine has, and its reports come back, by
//! the same ways as to and from a host.
//!
//! A call with a time begins with what is due until then ([`Engine::catch_up`]): each message at
//! its own time. When its own work is done, what it has set off goes out, and what is answered at
//! once comes back ([`Engine::pump`]). So the states are those of an engine in LIVE whose host does
//! the same with a venue of its own.
#![forbid(unsafe_code)]

use core::any::Any;

use super::Engine;
use super::records_sim::{FeesSet, SimulationSet};
use crate::event::Event;
use crate::exec::Desk;
use crate::market::{PhaseSet, Quote, Spec, SymbolDefine, Trade};
use crate::num::Nanos;
use crate::order::VenueReport;
use crate::sim::Venue;
use crate::status::{
    Anomaly, EventKind, OrderMark, Phase, Request, RequestKind, Status, TradeSource,
};

impl<'a> Engine<'a> {
    /// Whether commands go to a simulated venue.
    #[must_use]
    pub const fn is_simulated(&self) -> bool {
        self.config.is_simulated()
    }

    /// Makes a call as the mode wants it: in LIVE the call alone; in the simulated modes what is
    /// due by the time of the record happens before it, and what it sets off after it. In these
    /// modes every call from Rust goes through here (calls of the C side do by themselves), but
    /// for reads and for polls, which do all this by themselves.
    ///
    /// A record that is refused for what it says (and not for its frame) is refused after what was
    /// due by its time has happened.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; as the call.
    pub fn run<R: Request + 'static, T>(
        &mut self,
        request: &R,
        call: impl FnOnce(&mut Self, &R) -> Result<T, Status>,
    ) -> Result<T, Status> {
        if !self.is_simulated() {
            return call(self, request);
        }
        self.begin(request)?;
        let result = call(self, request);
        if result.is_ok() {
            self.show(request);
        }
        self.end();
        result
    }

    /// What comes before a call in the simulated modes.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Pending` for a price of a symbol whose bar is not over: nothing
    /// has happened.
    pub(crate) fn begin<R: Request + 'static>(&mut self, request: &R) -> Result<(), Status> {
        request.check_frame()?;
        match R::KIND {
            // It begins earlier than its record says, and goes on with what is due by itself.
            RequestKind::Bar => return Ok(()),
            RequestKind::Drain if self.has_bar() => return Ok(()),
            RequestKind::Quote | RequestKind::Trade if self.is_of_bar(request) => {
                return Err(Status::Pending);
            }
            _ => {}
        }
        self.catch_up(request.header().now);
        Ok(())
    }

    /// Whether a price is of a symbol whose bar is not over.
    fn is_of_bar<R: Request + 'static>(&self, request: &R) -> bool {
        let record: &dyn Any = request;
        let of_quote = record.downcast_ref().map(|quote: &Quote| quote.symbol);
        let symbol = of_quote.or(record.downcast_ref().map(|trade: &Trade| trade.symbol));
        symbol.is_some_and(|symbol| self.has_bar_of(symbol))
    }

    /// What comes after it.
    pub(crate) fn end(&mut self) {
        let now = self.now;
        if let Some(desk) = self.desk.take() {
            self.pump(desk, now);
            self.desk = Some(desk);
        }
    }

    /// The venue sees what the engine has taken of the market.
    pub(crate) fn show<R: Request + 'static>(&mut self, request: &R) {
        let (now, record): (Nanos, &dyn Any) = (self.now, request);
        if let Some(quote) = record.downcast_ref() {
            self.show_quote(quote);
        } else if let Some(trade) = record.downcast_ref() {
            self.show_trade(trade);
        } else if let Some(phase) = record.downcast_ref::<PhaseSet>() {
            self.show_phase(phase, now);
        } else if record.is::<SymbolDefine>() {
            self.show_symbol();
        }
    }

    /// Everything that is due until then happens, each at its own time. The venue's day ends with
    /// the session.
    #[inline(never)]
    pub(super) fn catch_up(&mut self, stamp: Nanos) {
        let Some(desk) = self.desk.take() else { return };
        self.roll_venue(desk, stamp);
        self.pump(desk, self.time(stamp));
        self.desk = Some(desk);
    }

    /// The venue's day ends when the session does.
    #[inline(never)] // As below.
    fn roll_venue(&mut self, desk: &mut Desk<'a>, stamp: Nanos) {
        let roll = self.next_session();
        if roll > self.now && roll <= stamp {
            // What happens at that very time comes after the day's end.
            self.pump(desk, Nanos(roll.0.saturating_sub(1)));
            end_day(desk, roll);
        }
    }

    /// Commands go out while there is room for them, and reports come back, until nothing more
    /// happens by then. O(messages), each as its call.
    #[inline(never)] // What is deep below has no more above it than it must.
    fn pump(&mut self, desk: &mut Desk<'a>, until: Nanos) {
        // More than any chain of answers needs: what is left then goes on with the next call.
        let mut left = self.config.messages().saturating_mul(16);
        loop {
            self.hand_over(desk);
            if !desk.receive(until) {
                return;
            }
            match self.take_from_venue(&desk.inbox) {
                Ok(Status::More) => while self.work() == Status::More {},
                // An answer to a request of an order that is gone is none.
                Ok(_) | Err(Status::Unknown | Status::Stale) => {}
                Err(_) => self.doubt(&desk.inbox),
            }
            left = left.saturating_sub(1);
            if left == 0 {
                return;
            }
        }
    }

    /// The venue has done what cannot be booked here, because a sum would not fit: nothing is known
    /// of the order any more.
    #[cold]
    #[inline(never)] // As above.
    fn doubt(&mut self, report: &VenueReport) {
        if let Ok(slot) = self.orders.find(report.order, report.client_id) {
            self.enter(report.header.now);
            self.mark_anomaly(slot, OrderMark::InDoubt, Anomaly::InDoubt);
        }
    }

    /// The commands that wait go out, as by polls of now.
    #[inline(never)] // As above.
    fn hand_over(&mut self, desk: &mut Desk<'a>) {
        let (now, mut budget) = (self.now, u32::MAX);
        self.enter(now);
        while desk.venue.has_room()
            && self.next_command(&mut budget, Some(&mut desk.outbox)).is_some()
        {
            desk.send(now);
        }
        self.report_flat();
    }

    fn show_quote(&mut self, request: &Quote) {
        let now = self.now;
        if let Some(desk) = &mut self.desk {
            let (bid, ask) = ((request.bid, request.bid_qty), (request.ask, request.ask_qty));
            desk.venue.quote(request.symbol, bid, ask, now);
        }
    }

    fn show_trade(&mut self, request: &Trade) {
        let now = self.now;
        if let Some(desk) = &mut self.desk
            && let Some(source) = TradeSource::from_raw(request.source)
        {
            desk.venue.trade(request.symbol, source, request.price, request.qty, now);
        }
    }

    fn show_phase(&mut self, request: &PhaseSet, now: Nanos) {
        let (Some(desk), Some(phase)) = (&mut self.desk, Phase::from_raw(request.phase)) else {
            return;
        };
        let symbols = match request.symbol {
            u32::MAX => 0..self.symbols.count(),
            symbol => symbol..symbol.saturating_add(1),
        };
        for symbol in symbols {
            desk.venue.phase(symbol, phase, now);
        }
    }

    /// The symbol that was defined last.
    fn show_symbol(&mut self) {
        let number = self.symbols.count().saturating_sub(1);
        if let (Some(desk), Some(symbol)) = (&mut self.desk, self.symbols.get(number)) {
            // There are as many places as the engine has.
            let Spec { money, source, .. } = symbol.spec;
            let _ = desk.venue.define(number, money, source, symbol.spec.least());
        }
    }

    /// Sets how the simulated venue executes a symbol's orders from now on, but for the fees. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `State` in LIVE; `Enum` for the queue, and for DEPTH; `Range`;
    /// `Symbol`.
    pub fn simulation_set(&mut self, request: &SimulationSet) -> Result<Status, Status> {
        request.check_frame()?;
        let SimulationSet { header, symbol, .. } = *request;
        self.settle_venue(symbol, (header.now, 0), |venue| venue.set(symbol, &request.settings()?))
    }

    /// Sets what the simulated venue charges for executions in a symbol from now on. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `State` in LIVE; `Range`; `Symbol`.
    pub fn fees_set(&mut self, request: &FeesSet) -> Result<Status, Status> {
        request.check_frame()?;
        let FeesSet { header, symbol, fees, .. } = request;
        self.settle_venue(*symbol, (header.now, 1), |venue| venue.set_fees(*symbol, fees))
    }

    /// Settings of the venue change, or are refused by it: then nothing has changed.
    fn settle_venue(
        &mut self,
        symbol: u32,
        (stamp, code): (Nanos, u32),
        set: impl FnOnce(&mut Venue<'a>) -> Result<(), Status>,
    ) -> Result<Status, Status> {
        set(&mut self.desk.as_mut().ok_or(Status::State)?.venue)?;
        self.enter(stamp);
        self.emit(Event { symbol, code, ..Event::new(EventKind::Simulation) });
        Ok(Status::Ok)
    }
}

#[inline(never)] // As above.
fn end_day(desk: &mut Desk<'_>, at: Nanos) {
    desk.venue.roll(at);
}
