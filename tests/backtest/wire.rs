//! An engine in LIVE and a host that carries the records between it and a venue of its own.

use std::any::Any;

use oms_core::engine::{Drain, Engine, Poll};
use oms_core::event::{Command, Event};
use oms_core::market;
use oms_core::num::{Decimal, Fraction, Nanos, Ticks};
use oms_core::sim::{Queue, Simulation, Venue};
use oms_core::status::{Mode, Request, Status, TradeSource, TriggerSource};

use crate::desk::{Room, Terms, VenueRoom, config, fee_schedule, open, venue_settings};
use crate::door::{Door, taken};
use crate::session::{Session, Size};

pub(crate) struct Wire {
    engine: Engine<'static>,
    venue: Venue<'static>,
    /// Days of the clock, whose ends the venue is told.
    day: u64,
}

impl Wire {
    pub(crate) fn new(session: &Session, terms: &Terms) -> Self {
        let config = config(Mode::Live, session, terms);
        let room: &'static mut Room = Box::leak(Box::new(Room::new()));
        let venue: &'static mut VenueRoom = Box::leak(Box::new(VenueRoom::new()));
        let (memory, kill) = room.lend();
        let engine = Engine::new(memory, kill, &config).unwrap();
        let mut venue = venue.lend(config.seed, config.money_exp).venue;
        let decimal = |size: Size| Decimal::new(size.mantissa, size.exponent);
        let one = Decimal::new(1, 0);
        let sizes = [decimal(session.tick), decimal(session.lot), one, one];
        venue
            .define(0, Fraction::product(&sizes, 6).unwrap(), TriggerSource::BidAsk, Ticks(1))
            .unwrap();
        let set = venue_settings(session, terms);
        let simulation = Simulation {
            slippage: set.slippage,
            latency_out: set.latency_out,
            latency_in: set.latency_in,
            latency_jitter: set.latency_jitter,
            fill_ratio: set.fill_ratio,
            reject_ratio: set.reject_ratio,
            fail_ratio: set.fail_ratio,
            doubt_ratio: set.doubt_ratio,
            queue: Queue::Back,
            volume_24h: set.volume_24h,
        };
        venue.set(0, &simulation).unwrap();
        venue.set_fees(0, &fee_schedule(terms)).unwrap();
        let day = session.quotes[0].at / Nanos::DAY;
        let mut wire = Self { engine, venue, day };
        open(&mut wire, session).unwrap();
        wire
    }

    /// What waits is sent, what has arrived is handed in, until then.
    fn talk(&mut self, until: Nanos) {
        loop {
            self.send();
            let Some(report) = self.venue.next_report(until) else { return };
            let mut answer = self.engine.venue_report(&report);
            while answer == Ok(Status::More) {
                let mut drain = Drain::EMPTY;
                drain.header.now = self.engine.now();
                answer = self.engine.drain(&drain);
            }
            // The answer to a request on an order that is forgotten by now may be stale.
            assert!(matches!(answer, Ok(_) | Err(Status::Stale)), "{answer:?}: {report:?}");
        }
    }

    fn send(&mut self) {
        let mut request = Poll { max_commands: 1, ..Poll::EMPTY };
        request.header.now = self.engine.now();
        loop {
            let mut command = [Command::default()];
            let polled = self.engine.poll(&request, &mut command, &mut []).unwrap();
            if polled.commands == 1 {
                assert!(self.venue.has_room());
                self.venue.take(&command[0], request.header.now).unwrap();
            } else if polled.more_commands == 0 {
                return;
            }
        }
    }

    /// The venue's day ends with the session.
    fn end_days(&mut self, now: Nanos) {
        if now.0 / Nanos::DAY > self.day {
            let ends = (self.day + 1) * Nanos::DAY;
            self.day = now.0 / Nanos::DAY;
            self.talk(Nanos(ends - 1));
            self.venue.roll(Nanos(ends));
        }
    }

    fn show(&mut self, record: &dyn Any, now: Nanos) {
        if let Some(q) = record.downcast_ref::<market::Quote>() {
            self.venue.quote(0, (q.bid, q.bid_qty), (q.ask, q.ask_qty), now);
        } else if let Some(t) = record.downcast_ref::<market::Trade>() {
            self.venue.trade(0, TradeSource::Last, t.price, t.qty, now);
        }
    }
}

impl Door<'static> for Wire {
    fn engine(&self) -> &Engine<'static> {
        &self.engine
    }

    fn call<R: Request + 'static, T>(
        &mut self,
        request: &R,
        door: impl FnOnce(&mut Engine<'static>, &R) -> Result<T, Status>,
    ) -> Result<T, Status> {
        let now = request.header().now;
        self.end_days(now);
        self.talk(now);
        let result = door(&mut self.engine, request);
        if result.is_ok() {
            self.show(request, now);
        }
        self.talk(now);
        result
    }

    fn events(&mut self, now: Nanos, room: &mut [Event]) -> (usize, bool) {
        taken(&mut self.engine, now, room)
    }
}
