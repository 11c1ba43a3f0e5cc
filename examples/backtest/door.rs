//! The way to an engine, whatever its mode: a strategy cannot tell.

use oms_core::engine::{Engine, Poll};
use oms_core::event::Event;
use oms_core::num::Nanos;
use oms_core::status::{Request, Status};

/// An engine with a venue behind it: its own in PAPER and BACKTEST, the host's in LIVE.
pub(crate) trait Door<'a> {
    /// For reads.
    fn engine(&self) -> &Engine<'a>;

    /// Makes a call, and lets happen what is due before it and what it sets off.
    ///
    /// # Errors
    /// As the call.
    fn call<R: Request + 'static, T>(
        &mut self,
        request: &R,
        door: impl FnOnce(&mut Engine<'a>, &R) -> Result<T, Status>,
    ) -> Result<T, Status>;

    /// Takes events that have not been taken yet; how many, and whether more are left.
    fn events(&mut self, now: Nanos, room: &mut [Event]) -> (usize, bool);
}

impl<'a> Door<'a> for Engine<'a> {
    fn engine(&self) -> &Engine<'a> {
        self
    }

    fn call<R: Request + 'static, T>(
        &mut self,
        request: &R,
        door: impl FnOnce(&mut Engine<'a>, &R) -> Result<T, Status>,
    ) -> Result<T, Status> {
        self.run(request, door)
    }

    fn events(&mut self, now: Nanos, room: &mut [Event]) -> (usize, bool) {
        taken(self, now, room)
    }
}

/// Events by a poll that asks for nothing else.
pub(crate) fn taken(engine: &mut Engine<'_>, now: Nanos, room: &mut [Event]) -> (usize, bool) {
    let mut request =
        Poll { max_events: u32::try_from(room.len()).unwrap_or(u32::MAX), ..Poll::EMPTY };
    request.header.now = now;
    let polled = engine.poll(&request, &mut [], room).expect("a good request");
    assert_eq!(polled.events_lost, 0, "the ring of events is too small");
    (usize::try_from(polled.events).unwrap_or(0), polled.more_events != 0)
}
