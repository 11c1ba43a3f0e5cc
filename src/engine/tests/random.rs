//! Random calls: the records stay consistent, and how the work is cut changes nothing.

use proptest::prelude::*;

use super::*;
use crate::order::{OrderExtend, OrderReplace};
use crate::status::{OrderFlag, TimeInForce};

type Op = (u8, usize, i64, i64, bool);

/// An engine that is told what to do, and finishes all queued work after every call.
struct Rig<'a> {
    engine: Engine<'a>,
    ids: Vec<Id>,
    executions: u64,
}

impl Rig<'_> {
    fn drain(&mut self, now: Nanos, status: Status) {
        let mut status = status;
        while status == Status::More {
            let mut request = Drain::EMPTY;
            request.header.now = now;
            status = self.engine.drain(&request).unwrap();
        }
    }

    fn submit(&mut self, now: Nanos, &(_, pick, price, qty, flag): &Op) {
        let kind = OrderType::from_raw(u8::try_from(1 + pick % 7).unwrap()).unwrap();
        let closes = pick % 11 == 0 && flag;
        let day = if pick % 3 == 0 { TimeInForce::Day } else { TimeInForce::Gtc };
        let side = if flag { Side::Sell } else { Side::Buy };
        let mut request = OrderSubmit {
            client_id: now.0,
            qty: if closes { Lots(0) } else { Lots(qty) },
            price: if kind.has_price() { Ticks(price) } else { Ticks(0) },
            stop_price: if kind.has_stop_price() { Ticks(price) } else { Ticks(0) },
            timeout_at: if pick % 5 == 0 { Nanos(now.0 + 9 * SECOND) } else { Nanos(0) },
            flags: if closes { OrderFlag::ClosePosition.raw() } else { 0 },
            side: side.raw(),
            order_type: kind.raw(),
            time_in_force: day.raw(),
            ..OrderSubmit::EMPTY
        };
        if kind == OrderType::TrailingStop {
            (request.trail_offset, request.trail_ratio) =
                if pick % 2 == 0 { (Ticks(qty), Ratio(0)) } else { (Ticks(0), Ratio(qty * 9_000)) };
        }
        request.header.now = now;
        let submitted = self.engine.order_submit(&request).unwrap();
        self.ids.extend(Some(submitted.order).filter(|&id| id != Id::NONE));
    }

    fn touch(&mut self, now: Nanos, &(op, pick, price, qty, flag): &Op) {
        let Some(&order) = self.ids.get(pick % self.ids.len().max(1)) else { return };
        let Ok(view) = self.engine.order_get(order, 0) else { return };
        let (price, qty) = (Ticks(price), Lots(qty));
        match op {
            5 => {
                let mut request = OrderCancel { order, request_id: now.0, ..OrderCancel::EMPTY };
                request.header.now = now;
                let _ = self.engine.order_cancel(&request);
            }
            6 => {
                let stop_price = if view.order_type == 7 { Ticks(0) } else { price };
                let request_id = now.0;
                let mut request =
                    OrderReplace { order, request_id, qty, stop_price, ..OrderReplace::EMPTY };
                request.header.now = now;
                let _ = self.engine.order_replace(&request);
            }
            7 => {
                let timeout_at = if flag { Nanos(now.0 + 5 * SECOND) } else { Nanos(0) };
                let mut request = OrderExtend { order, timeout_at, ..OrderExtend::EMPTY };
                request.header.now = now;
                let _ = self.engine.order_extend(&request);
            }
            8 => {
                self.executions += 1;
                let exec_id = self.executions;
                let fill = report(ReportKind::Fill, order, now);
                let fill = VenueReport { exec_id, qty, price, ..fill };
                let _ = self.engine.venue_report(&fill);
            }
            _ => {
                let kind = ReportKind::from_raw(u8::try_from(1 + pick % 8).unwrap()).unwrap();
                let _ = self.engine.venue_report(&report(kind, order, now));
            }
        }
    }

    /// Makes a call; answers the commands and events that it led to.
    fn call(&mut self, now: Nanos, op: &Op) -> (Vec<Command>, Vec<Event>) {
        let &(kind, pick, price, qty, flag) = op;
        match kind {
            0..3 => self.submit(now, op),
            3 | 4 => {
                let status = self.engine.quote(&quote(0, price, price + qty % 3, now)).unwrap();
                // Another quote before the work is done.
                let second = price + if flag { 4 } else { -4 };
                let status = if pick % 4 == 0 {
                    self.engine.quote(&quote(0, second, second + 1, now)).unwrap()
                } else {
                    status
                };
                self.drain(now, status);
            }
            10 => {
                let mut request = Timer::EMPTY;
                request.header.now = now;
                let status = self.engine.timer(&request).unwrap();
                self.drain(now, status);
            }
            _ => self.touch(now, op),
        }
        self.poll(now, if flag { 8 } else { 0 })
    }

    /// All commands first, however many polls they take, then all events.
    fn poll(&mut self, now: Nanos, max_commands: u32) -> (Vec<Command>, Vec<Event>) {
        let mut told = (Vec::new(), Vec::new());
        let kept = |count: u32| usize::try_from(count).unwrap();
        let mut request = Poll { max_commands, ..Poll::EMPTY };
        request.header.now = now;
        loop {
            let mut commands = [Command::default(); 8];
            let polled = self.engine.poll(&request, &mut commands, &mut []).unwrap();
            told.0.extend_from_slice(&commands[..kept(polled.commands)]);
            if max_commands == 0 || polled.more_commands == 0 {
                break;
            }
        }
        let mut events = [Event::EMPTY; 64];
        (request.max_commands, request.max_events) = (0, 64);
        let polled = self.engine.poll(&request, &mut [], &mut events).unwrap();
        told.1.extend_from_slice(&events[..kept(polled.events)]);
        told
    }
}

fn rig<'a>(storage: &'a mut Small, work_per_call: u32) -> Rig<'a> {
    let (memory, kill) = storage.lend();
    let config = Config { work_per_call, ..config() };
    let mut engine = opened(memory, kill, &config);
    define(&mut engine, 0);
    Rig { engine, ids: Vec::new(), executions: 0 }
}

proptest! {
    #[test]
    fn however_the_work_is_cut(ops in prop::collection::vec(
        (0..11_u8, 0..1_000_usize, 990..1_010_i64, 1..20_i64, any::<bool>()), 1..80,
    )) {
        let (mut first, mut second) = (Small::new(), Small::new());
        let mut rigs = [rig(&mut first, 64), rig(&mut second, 1)];
        let mut now = Nanos(SECOND);
        for op in &ops {
            // Some timers come a day later.
            now.0 += if op.0 == 10 && op.1 % 9 == 0 { Nanos::DAY } else { SECOND };
            let [whole, cut] = &mut rigs;
            let (told, heard) = (whole.call(now, op), cut.call(now, op));
            // A second quote finds another state when the first one is not worked off yet.
            let cut_matters = matches!(op.0, 3 | 4) && op.1 % 4 == 0;
            prop_assert_eq!(whole.engine.audit(), Ok(()));
            prop_assert_eq!(cut.engine.audit(), Ok(()));
            if cut_matters {
                return Ok(());
            }
            prop_assert_eq!(told, heard);
            prop_assert_eq!(digest(&whole.engine), digest(&cut.engine));
        }
    }
}
