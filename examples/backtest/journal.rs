//! What is written down while a session runs, beside what the engine counts itself.

use oms_core::engine::Engine;
use oms_core::event::Event;
use oms_core::status::{EventKind, Side};

use crate::session::Quote;

/// An execution, as OMS_EVENT_ORDER_FILL tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Execution {
    pub(crate) at: u64,
    /// Of the order: its number and client id.
    pub(crate) client_id: u64,
    pub(crate) exec_id: u64,
    /// Above 0 for a buy; lots.
    pub(crate) signed: i64,
    pub(crate) price: i64,
    /// Money units.
    pub(crate) fee: i64,
}

/// A place of the equity curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) at: u64,
    pub(crate) equity: i64,
    /// From the highest equity so far, parts per 10^9 of it.
    pub(crate) drawdown: i64,
    /// Lots, below 0 for a short.
    pub(crate) position: i64,
}

/// The notes of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Journal {
    pub(crate) executions: Vec<Execution>,
    /// Times at which the breaker tripped.
    pub(crate) trips: Vec<u64>,
    pub(crate) points: Vec<Point>,
    /// Lots held, below 0 for a short.
    pub(crate) position: i64,
    /// Σ time with a position, nanoseconds.
    pub(crate) held: u64,
    /// Σ value × time of the position: cents × milliseconds.
    pub(crate) weight: i64,
    /// The largest value of a position, money units.
    pub(crate) largest: i64,
    /// When it was opened.
    since: Option<u64>,
    seen_at: u64,
    value: i64,
    next_point: u64,
}

/// Points of the curve, about.
const POINTS: u64 = 1_000;

impl Journal {
    /// The engine has told something.
    pub(crate) fn on_event(&mut self, event: &Event) {
        if event.kind == EventKind::OrderFill.raw() {
            let bought = event.side == Side::Buy.raw();
            let signed = if bought { event.qty.0 } else { -event.qty.0 };
            self.executions.push(Execution {
                at: event.at.0,
                client_id: event.client_id,
                exec_id: event.exec_id,
                signed,
                price: event.price.0,
                fee: event.value.0,
            });
            self.move_position(event.at.0, signed);
        } else if event.kind == EventKind::BreakerTripped.raw() {
            self.trips.push(event.at.0);
        }
    }

    fn move_position(&mut self, at: u64, signed: i64) {
        self.position += signed;
        match (self.since, self.position) {
            (None, 1.. | ..=-1) => self.since = Some(at),
            (Some(since), 0) => {
                self.held += at - since;
                self.since = None;
            }
            _ => {}
        }
    }

    /// Everything of a quote has happened. `worth`: money units of a tick-lot, as a fraction.
    pub(crate) fn on_quote(
        &mut self,
        engine: &Engine<'_>,
        quote: &Quote,
        span: u64,
        worth: (i64, i64),
    ) {
        if self.seen_at != 0 {
            let millis = i64::try_from((quote.at - self.seen_at) / 1_000_000).unwrap_or(0);
            self.weight += self.value / 10_000 * millis;
        }
        self.seen_at = quote.at;
        self.value = self.position.abs() * quote.mid() / worth.1 * worth.0;
        self.largest = self.largest.max(self.value);
        if quote.at >= self.next_point {
            self.next_point = quote.at + (span / POINTS).max(1);
            self.note_point(engine, quote.at);
        }
    }

    /// The account as it is now.
    pub(crate) fn note_point(&mut self, engine: &Engine<'_>, at: u64) {
        let account = engine.account_get();
        self.points.push(Point {
            at,
            equity: account.equity.0,
            drawdown: account.drawdown.0,
            position: self.position,
        });
    }

    /// The session is over: what is still held counts until then.
    pub(crate) fn finish(&mut self, engine: &Engine<'_>, at: u64) {
        if let Some(since) = self.since.take() {
            self.held += at - since;
        }
        self.note_point(engine, at);
    }
}
