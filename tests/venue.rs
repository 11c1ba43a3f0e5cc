//! The engine, LIVE, against the simulated venue, through the records that a host would carry
//! between them. Over random sessions: the engine never finds a report that does not fit, its
//! records agree after every step, its positions are what the venue executed.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may stop"
)]

use std::collections::BTreeMap;

use oms_core::engine::{Config, Control, Drain, Engine, Poll, Storage, Timer};
use oms_core::event::{Command, Event};
use oms_core::market::{LimitsSet, PhaseSet, Quote, SymbolDefine, Trade};
use oms_core::num::{Decimal, Fraction, Lots, Money, Nanos, OFF, Ratio, Ticks};
use oms_core::order::{OrderCancel, OrderReplace, OrderSubmit, VenueReport};
use oms_core::position::PositionClose;
use oms_core::risk::ScopeLimitsSet;
use oms_core::sim::{
    Book, FeeSchedule, Message, Queue, Simulation, SlippageConfig, Venue, VenueMemory, VenueOrder,
};
use oms_core::status::{
    Anomaly, ControlAction, EventKind, Hold, LimitFlag, OrderFlag, OrderType, Phase, PositionSide,
    ReportKind, Request, RequestHeader, Side, SlippageModel, Status, SymbolFlag, TimeInForce,
    TradeSource, TradingState, TriggerSource,
};
use oms_core::store::{HeapNode, Id, Links, TreeNode, mix64};

const ORDERS: u32 = 24;
const SYMBOLS: u32 = 2;
const EVENTS: usize = 2_048;
/// Money units of a tick-lot.
const TICK_LOT: i64 = 10_000;

type Store = Storage<24, 2, 32, 24, EVENTS, 64, 128>;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(1);
        mix64(self.0) % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn between(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.below(u64::try_from(to - from + 1).unwrap())).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(u64::try_from(from.len()).unwrap())).unwrap()]
    }
}

fn head<R: Request>(now: u64) -> RequestHeader {
    RequestHeader { now: Nanos(now), ..*R::EMPTY.header() }
}

/// Memory of a venue.
struct Lent {
    orders: Vec<VenueOrder>,
    nodes: Vec<TreeNode>,
    trails: Vec<Links>,
    expiries: Vec<HeapNode>,
    books: Vec<Book>,
    messages: Vec<Message>,
    message_nodes: Vec<HeapNode>,
}

impl Lent {
    fn new(messages: u32) -> Self {
        let size = |count: u32| usize::try_from(count).unwrap();
        let (orders, messages) = (size(ORDERS), size(messages));
        Self {
            orders: vec![VenueOrder::EMPTY; orders],
            nodes: vec![TreeNode::EMPTY; orders],
            trails: vec![Links::EMPTY; orders],
            expiries: vec![HeapNode::EMPTY; orders],
            books: vec![Book::EMPTY; size(SYMBOLS)],
            messages: vec![Message::EMPTY; messages],
            message_nodes: vec![HeapNode::EMPTY; messages],
        }
    }

    fn lend(&mut self) -> VenueMemory<'_> {
        VenueMemory {
            orders: &mut self.orders,
            nodes: &mut self.nodes,
            trails: &mut self.trails,
            expiries: &mut self.expiries,
            books: &mut self.books,
            messages: &mut self.messages,
            message_nodes: &mut self.message_nodes,
        }
    }
}

/// What a session has to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tally {
    fills: u64,
    ends: BTreeMap<u8, u64>,
    anomalies: BTreeMap<u32, u64>,
    retries: u64,
    waited: u64,
}

/// Engine and venue, and the wire between them.
struct Desk<'a> {
    engine: Engine<'a>,
    venue: Venue<'a>,
    dice: Dice,
    now: u64,
    client_id: u64,
    middle: [i64; 2],
    orders: Vec<Id>,
    /// Signed lots that the venue executed, of each symbol, and the commission of all.
    traded: [i64; 2],
    commission: i64,
    doubts: bool,
    tally: Tally,
}

impl Desk<'_> {
    fn drain(&mut self, mut status: Status) {
        while status == Status::More {
            let request = Drain { header: head::<Drain>(self.now), ..Drain::EMPTY };
            status = self.engine.drain(&request).unwrap();
        }
    }

    /// Hands out what waits while the venue takes it, one by one.
    fn hand_out(&mut self) -> bool {
        let mut any = false;
        let mut events = vec![Event::EMPTY; EVENTS];
        loop {
            let has_room = self.venue.has_room();
            let request = Poll {
                header: head::<Poll>(self.now),
                max_commands: u32::from(has_room),
                max_events: u32::try_from(EVENTS).unwrap(),
                ..Poll::EMPTY
            };
            let mut commands = [Command::default()];
            let places = &mut commands[..usize::from(has_room)];
            let polled = self.engine.poll(&request, places, &mut events).unwrap();
            assert_eq!(polled.events_lost, 0);
            for event in &events[..usize::try_from(polled.events).unwrap()] {
                self.look_at(event);
            }
            if polled.commands == 0 && (!has_room || polled.more_commands == 0) {
                self.tally.waited += u64::from(polled.more_commands);
                return any;
            }
            if polled.commands == 1 {
                any = true;
                self.venue.take(&commands[0], Nanos(self.now)).unwrap();
            }
        }
    }

    fn look_at(&mut self, event: &Event) {
        if event.kind == EventKind::SendRetry.raw() {
            self.tally.retries += 1;
        }
        if event.kind == EventKind::OrderAnomaly.raw() {
            *self.tally.anomalies.entry(event.code).or_default() += 1;
            let fits = [u32::from(Anomaly::CloseFailed.raw())];
            let doubt = u32::from(Anomaly::InDoubt.raw());
            let asked = self.doubts && event.code == doubt;
            assert!(asked || fits.contains(&event.code), "{event:?}");
        }
    }

    /// All that happens until this time, each thing at its own.
    fn advance(&mut self, to: u64) {
        loop {
            let sent = self.hand_out();
            let before = self.now;
            if let Some(report) = self.venue.next_report(Nanos(to)) {
                assert!(report.header.now.0 <= to);
                self.now = self.now.max(report.header.now.0);
                self.hear(&report);
            } else if !sent && before == self.now {
                break;
            }
        }
        self.now = to;
        assert_eq!(self.venue.audit(), Ok(()));
        assert_eq!(self.engine.audit(), Ok(()));
    }

    fn hear(&mut self, report: &VenueReport) {
        let status = match self.engine.venue_report(report) {
            Ok(status) => status,
            // The answer to a request on an order that is forgotten by now.
            Err(Status::Stale) => {
                let kind = ReportKind::from_raw(report.report).unwrap();
                let answers =
                    [ReportKind::CancelReject, ReportKind::ReplaceReject, ReportKind::CancelAck];
                assert!(answers.contains(&kind), "{report:?}");
                Status::Ok
            }
            Err(status) => panic!("{status:?}: {report:?}"),
        };
        self.drain(status);
        if report.report == ReportKind::Fill.raw() {
            self.tally.fills += 1;
            let signed = if report.side == Side::Buy.raw() { report.qty.0 } else { -report.qty.0 };
            self.traded[usize::try_from(report.symbol).unwrap()] += signed;
            self.commission += report.commission.0;
            let order = self.engine.order_get(report.order, 0).unwrap();
            assert_eq!(order.cum_qty, report.venue_cum);
        } else {
            *self.tally.ends.entry(report.report).or_default() += 1;
        }
    }

    fn step(&mut self) {
        let later = if self.dice.one_in(2) { self.dice.below(40) } else { 0 };
        self.advance(self.now + later);
        match self.dice.below(20) {
            0..=5 => self.submit(),
            6 | 7 => self.cancel(),
            8 | 9 => self.replace(),
            10..=14 => self.quote(),
            15 | 16 => self.trade(),
            17 => self.close(),
            18 => {
                self.advance(self.now + 500_000_000);
                self.timer();
            }
            _ => self.rare(),
        }
        self.advance(self.now);
    }

    fn submit(&mut self) {
        self.client_id += 1;
        let dice = &mut self.dice;
        let symbol = u32::from(dice.one_in(3));
        let middle = self.middle[usize::try_from(symbol).unwrap()];
        let kind = OrderType::from_raw(u8::try_from(1 + dice.below(7)).unwrap()).unwrap();
        let time = dice.pick(&[0, 1, 1, 3, 4, 6]);
        let mut request = OrderSubmit {
            header: head::<OrderSubmit>(self.now),
            client_id: self.client_id,
            qty: Lots(dice.between(1, 20)),
            symbol,
            side: dice.pick(&[Side::Buy, Side::Sell]).raw(),
            order_type: kind.raw(),
            time_in_force: time,
            ..OrderSubmit::EMPTY
        };
        if time == TimeInForce::Gtd.raw() {
            request.expire_at = Nanos(self.now + 1 + dice.below(200));
        }
        if kind.has_price() {
            request.price = Ticks(middle + dice.between(-6, 6));
            if kind == OrderType::Limit && time < 3 && dice.one_in(4) {
                request.flags = OrderFlag::PostOnly.raw();
            }
        }
        if kind.has_stop_price() {
            request.stop_price = Ticks(middle + dice.between(-8, 8));
        } else if kind == OrderType::TrailingStop {
            let ratio = dice.one_in(2);
            request.trail_offset = Ticks(if ratio { 0 } else { dice.between(1, 6) });
            request.trail_ratio = Ratio(if ratio { dice.between(1, 50_000_000) } else { 0 });
        }
        if kind.is_stop() && !dice.one_in(4) {
            request.hold = Hold::Venue.raw();
        }
        if dice.one_in(9) {
            request.flags |= OrderFlag::ReduceOnly.raw();
        }
        if dice.one_in(12) {
            request.timeout_at = Nanos(self.now + 1 + dice.below(300));
        }
        if dice.one_in(6) {
            (request.stop_loss, request.take_profit) = match request.side {
                1 => (Ticks(middle - 9), Ticks(middle + 9)),
                _ => (Ticks(middle + 9), Ticks(middle - 9)),
            };
        }
        if let Ok(submitted) = self.engine.order_submit(&request) {
            self.drain(submitted.status);
            if submitted.order != Id::NONE {
                self.orders.push(submitted.order);
            }
        }
    }

    /// One that lives, or has lived a short while ago.
    fn some_order(&mut self) -> Option<Id> {
        if self.dice.one_in(8) {
            let engine = &self.engine;
            self.orders.retain(|&id| engine.order_get(id, 0).is_ok_and(|view| view.leaves.0 > 0));
        }
        if self.orders.is_empty() { None } else { Some(self.dice.pick(&self.orders)) }
    }

    /// Closes a position, some time.
    fn close(&mut self) {
        let mut open = Vec::new();
        let mut last = Id::NONE;
        while let Ok(position) = self.engine.position_next(last) {
            last = position.position;
            open.push(last);
        }
        if open.is_empty() {
            return;
        }
        let header = head::<PositionClose>(self.now);
        let position = self.dice.pick(&open);
        let _ =
            self.engine.position_close(&PositionClose { header, position, ..PositionClose::EMPTY });
    }

    fn cancel(&mut self) {
        let Some(order) = self.some_order() else { return };
        self.client_id += 1;
        let header = head::<OrderCancel>(self.now);
        let request_id = self.client_id;
        let _ = self.engine.order_cancel(&OrderCancel {
            header,
            order,
            request_id,
            ..OrderCancel::EMPTY
        });
    }

    fn replace(&mut self) {
        let Some(order) = self.some_order() else { return };
        let Ok(view) = self.engine.order_get(order, 0) else { return };
        let kind = OrderType::from_raw(view.order_type).unwrap();
        let middle = self.middle[usize::try_from(view.symbol).unwrap()];
        self.client_id += 1;
        let near = middle + self.dice.between(-6, 6);
        let stays = self.dice.one_in(3);
        let request = OrderReplace {
            header: head::<OrderReplace>(self.now),
            order,
            request_id: self.client_id,
            qty: Lots(self.dice.between(1, 20)),
            price: Ticks(match (kind.has_price(), stays) {
                (false, _) => 0,
                (true, true) => view.price.0,
                (true, false) => near,
            }),
            stop_price: if kind.has_stop_price() { view.stop_price } else { Ticks(0) },
            ..OrderReplace::EMPTY
        };
        let _ = self.engine.order_replace(&request);
    }

    fn quote(&mut self) {
        let symbol = u32::from(self.dice.one_in(3));
        let jump = if self.dice.one_in(9) { 12 } else { 2 };
        let middle = &mut self.middle[usize::try_from(symbol).unwrap()];
        *middle = (*middle + self.dice.between(-jump, jump)).clamp(40, 400);
        let (bid, ask) = (*middle - self.dice.between(0, 2), *middle + self.dice.between(0, 2));
        let (bid_qty, ask_qty) = (self.dice.between(0, 15), self.dice.between(0, 15));
        let request = Quote {
            header: head::<Quote>(self.now),
            symbol,
            bid: Ticks(bid),
            ask: Ticks(ask),
            bid_qty: Lots(bid_qty),
            ask_qty: Lots(ask_qty),
            ..Quote::EMPTY
        };
        let status = self.engine.quote(&request).unwrap();
        self.drain(status);
        let now = Nanos(self.now);
        self.venue.quote(
            symbol,
            (request.bid, request.bid_qty),
            (request.ask, request.ask_qty),
            now,
        );
    }

    fn trade(&mut self) {
        let symbol = u32::from(self.dice.one_in(3));
        let middle = self.middle[usize::try_from(symbol).unwrap()];
        let source = self.dice.pick(&[TradeSource::Last, TradeSource::Last, TradeSource::Mark]);
        let request = Trade {
            header: head::<Trade>(self.now),
            symbol,
            source: source.raw(),
            price: Ticks(middle + self.dice.between(-4, 4)),
            qty: Lots(self.dice.between(0, 20)),
            ..Trade::EMPTY
        };
        let status = self.engine.trade(&request).unwrap();
        self.drain(status);
        self.venue.trade(symbol, source, request.price, request.qty, Nanos(self.now));
    }

    fn timer(&mut self) {
        let request = Timer { header: head::<Timer>(self.now), ..Timer::EMPTY };
        let status = self.engine.timer(&request).unwrap();
        self.drain(status);
    }

    fn rare(&mut self) {
        match self.dice.below(4) {
            0 => self.venue.roll(Nanos(self.now)),
            1 => {
                for state in [TradingState::Killed, TradingState::Active] {
                    self.control(state);
                    self.advance(self.now + 300);
                }
            }
            _ => {
                let open = !self.dice.one_in(4);
                let phase = if open { Phase::Continuous } else { Phase::Auction };
                let header = head::<PhaseSet>(self.now);
                let phase_raw = phase.raw();
                let request = PhaseSet { header, phase: phase_raw, ..PhaseSet::EMPTY };
                self.engine.phase_set(&request).unwrap();
                self.venue.phase(0, phase, Nanos(self.now));
            }
        }
    }

    fn control(&mut self, state: TradingState) {
        let request = Control {
            header: head::<Control>(self.now),
            action: ControlAction::TradingState.raw(),
            value: i64::from(state.raw()),
            ..Control::EMPTY
        };
        let _ = self.engine.control(&request);
    }

    /// Signed lots held, of each symbol.
    fn held(&self) -> [i64; 2] {
        let mut held = [0; 2];
        let mut last = Id::NONE;
        while let Ok(position) = self.engine.position_next(last) {
            let long = position.side == PositionSide::Long.raw();
            let signed = if long { position.qty.0 } else { -position.qty.0 };
            held[usize::try_from(position.symbol).unwrap()] += signed;
            last = position.position;
        }
        held
    }

    fn finish(&mut self) {
        // Retries and all that is on its way come to their end.
        for _ in 0..40 {
            self.timer();
            self.advance(self.now + 40_000_000_000);
        }
        assert_eq!(self.venue.next_at(), None);
        assert_eq!(self.held(), self.traded);
        let paid = self.engine.statistics_get(0).unwrap().commission;
        assert_eq!(paid.0, self.commission);
    }
}

/// How it executes, and what it charges.
type Settings = (Simulation, FeeSchedule);

/// How the venue of a session is.
fn settings(dice: &mut Dice, faults: bool) -> Settings {
    let mut share = |n| Ratio(if faults && dice.one_in(2) { Ratio::ONE / n } else { 0 });
    let (reject_ratio, fail_ratio, doubt_ratio) = (share(9), share(5), share(8));
    let slow = !dice.one_in(3);
    let mut time = |most| Nanos(if slow { dice.below(most) } else { 0 });
    let (latency_out, latency_in, latency_jitter) = (time(50), time(50), time(60));
    let mut fees = FeeSchedule::flat(Ratio(dice.between(0, 5_000_000)));
    fees.maker = Ratio(dice.between(-1_000_000, 1_000_000));
    let simulation = Simulation {
        slippage: SlippageConfig::new(dice.pick(&[
            SlippageModel::Fixed,
            SlippageModel::Spread,
            SlippageModel::Realistic,
        ])),
        latency_out,
        latency_in,
        latency_jitter,
        fill_ratio: Ratio(if dice.one_in(3) { OFF } else { dice.between(0, Ratio::ONE) }),
        reject_ratio,
        fail_ratio,
        doubt_ratio,
        queue: dice.pick(&[Queue::Back, Queue::Front]),
        ..Simulation::PLAIN
    };
    (simulation, fees)
}

fn define(engine: &mut Engine<'_>, venue: &mut Venue<'_>, (simulation, fees): &Settings) {
    let one = Decimal::new(1, 0);
    let tick = Decimal::new(1, -2);
    let money = Fraction::product(&[tick, one, one, one], 6).unwrap();
    assert_eq!((money.num(), money.den()), (TICK_LOT, 1));
    let sources = [TriggerSource::BidAsk, TriggerSource::Last];
    for (symbol, source) in (0..SYMBOLS).zip(sources) {
        let mut name = [0; 32];
        name[0] = if symbol == 0 { b'A' } else { b'B' };
        let hedged = SymbolFlag::Hedged.raw();
        let request = SymbolDefine {
            name,
            tick_size: tick,
            lot_size: one,
            multiplier: one,
            conversion: one,
            flags: if symbol == 1 { hedged } else { 0 },
            trigger_source: source.raw(),
            ..SymbolDefine::EMPTY
        };
        assert_eq!(engine.symbol_define(&request), Ok(symbol));
        let mut limits = LimitsSet { symbol, ..LimitsSet::OFF };
        limits.flags |= LimitFlag::ShortAllowed.raw();
        engine.limits_set(&limits).unwrap();
        venue.define(symbol, money, source, Ticks(1)).unwrap();
        venue.set(symbol, simulation).unwrap();
        venue.set_fees(symbol, fees).unwrap();
    }
}

fn config() -> Config {
    let mut config = Config::DEFAULT;
    let capacity = &mut config.capacity;
    (capacity.orders, capacity.symbols, capacity.positions) = (ORDERS, SYMBOLS, 32);
    (capacity.triggers, capacity.events, capacity.executions) = (24, 2_048, 64);
    (capacity.rate, capacity.scopes, capacity.books) = (128, 1, 0);
    config.starting_balance = Money(1_000_000_000_000);
    let breaker = &mut config.breaker;
    (breaker.daily_loss_ratio, breaker.drawdown_ratio) = (Ratio(OFF), Ratio(OFF));
    (breaker.consecutive_losses, breaker.consecutive_errors) = (-1, -1);
    (breaker.orders_per_minute, breaker.orders_per_hour) = (-1, -1);
    config
}

/// A session of a seed; answers what it has to show and the venue's and engine's digests.
fn session(seed: u64, steps: u64, faults: bool) -> (Tally, [u64; 2]) {
    let mut dice = Dice(seed << 32);
    let terms = settings(&mut dice, faults);
    // Too little, just enough, plenty: commands that find no room wait in the engine.
    let room = dice.pick(&[16, Venue::messages(ORDERS), 400]);
    let (mut storage, mut lent) = (Box::new(Store::new()), Lent::new(room));
    let (memory, kill) = storage.lend();
    let mut engine = Engine::new(memory, kill, &config()).unwrap();
    engine.scope_limits_set(&ScopeLimitsSet::OFF).unwrap();
    let mut venue = Venue::new(lent.lend(), seed, -6);
    define(&mut engine, &mut venue, &terms);
    let mut desk = Desk {
        engine,
        venue,
        dice,
        now: 1_000,
        client_id: 0,
        middle: [100, 200],
        orders: Vec::new(),
        traded: [0; 2],
        commission: 0,
        doubts: terms.0.doubt_ratio.0 > 0,
        tally: Tally::default(),
    };
    for _ in 0..steps {
        desk.step();
    }
    desk.finish();
    let mut hash = oms_core::store::Hash64::new(0);
    desk.venue.digest(&mut hash);
    (desk.tally, [hash.finish(), oms_core::snapshot::digest(&desk.engine)])
}

/// `OMS_STEPS` sets how long.
fn steps() -> u64 {
    std::env::var("OMS_STEPS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000)
}

fn sessions(faults: bool) {
    let (mut fills, mut ends) = (0, BTreeMap::<u8, u64>::new());
    let (mut retries, mut waited, mut doubts) = (0, 0, 0);
    for seed in 0..20 {
        let (tally, _) = session(seed, steps() / 20, faults);
        (retries, waited) = (retries + tally.retries, waited + tally.waited);
        fills += tally.fills;
        doubts += tally.anomalies.values().sum::<u64>();
        for (kind, count) in tally.ends {
            *ends.entry(kind).or_default() += count;
        }
    }
    assert!(fills > steps() / 20, "{fills}");
    assert!(waited > 0, "room ran short");
    for kind in [
        ReportKind::Ack,
        ReportKind::CancelAck,
        ReportKind::CancelReject,
        ReportKind::ReplaceAck,
        ReportKind::ReplaceReject,
        ReportKind::Expire,
        ReportKind::Triggered,
    ] {
        assert!(ends.contains_key(&kind.raw()), "{kind:?}");
    }
    assert_eq!((retries > 0, doubts > 0), (faults, faults));
}

#[test]
fn the_engine_finds_nothing_odd() {
    sessions(false);
}

#[test]
fn nor_with_faults() {
    sessions(true);
}

#[test]
fn the_same_seed_gives_the_same_bits() {
    for seed in 0..4 {
        assert_eq!(session(seed, 300, true), session(seed, 300, true));
    }
    assert_ne!(session(1, 300, true).1, session(2, 300, true).1);
}
