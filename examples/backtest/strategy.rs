//! A trend follower: in with the trend, out by stop, target or trailing stop, sized by risk. The
//! rules are simple on purpose: what matters is how they use the engine.

use oms_core::event::Event;
use oms_core::num::{Lots, Nanos, Ratio, Ticks};
use oms_core::order::{OrderCancel, OrderSubmit};
use oms_core::position::PositionClose;
use oms_core::status::{
    EventKind, OrderType, PositionSide, Request, Side, Status, TimeInForce, TriggerAction,
    TriggerKind,
};
use oms_core::store::Id;
use oms_core::trigger::TriggerArm;

use crate::door::Door;
use crate::session::Quote;

/// How long things last, in steps: quotes, or bars.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Averages.
    pub(crate) fast: i64,
    pub(crate) slow: i64,
    /// The usual range is that of so many steps.
    pub(crate) block: i64,
    /// Between a position and the next entry.
    pub(crate) rest: u64,
    /// That an entry waits.
    pub(crate) patience: u64,
    /// That a position is held at most.
    pub(crate) hold: u64,
    /// Before the end, when everything is closed.
    pub(crate) end: u64,
}

impl Pace {
    pub(crate) const QUOTES: Self = Self {
        fast: 512,
        slow: 4_096,
        block: 256,
        rest: 600,
        patience: 300,
        hold: 12_000,
        end: 500,
    };
    pub(crate) const BARS: Self =
        Self { fast: 8, slow: 48, block: 4, rest: 4, patience: 3, hold: 120, end: 5 };
}

/// Averages and the usual range of the mid price.
struct Signal {
    pace: Pace,
    /// × SCALE.
    fast: i64,
    slow: i64,
    high: i64,
    low: i64,
    /// × 16.
    range: i64,
    count: i64,
}

const SCALE: i64 = 65_536;

impl Signal {
    const fn new(pace: Pace) -> Self {
        Self { pace, fast: 0, slow: 0, high: 0, low: 0, range: 0, count: 0 }
    }

    fn on_mid(&mut self, mid: i64) {
        if self.count == 0 {
            (self.fast, self.slow) = (mid * SCALE, mid * SCALE);
            (self.high, self.low) = (mid, mid);
        }
        self.fast += (mid * SCALE - self.fast) / self.pace.fast;
        self.slow += (mid * SCALE - self.slow) / self.pace.slow;
        self.high = self.high.max(mid);
        self.low = self.low.min(mid);
        self.count += 1;
        if self.count % self.pace.block == 0 {
            let range = (self.high - self.low) * 16;
            self.range += if self.range == 0 { range } else { (range - self.range) / 8 };
            (self.high, self.low) = (mid, mid);
        }
    }

    fn is_ready(&self) -> bool {
        self.count > self.pace.slow
    }

    /// Ticks, at least one.
    fn range(&self) -> i64 {
        (self.range / 16).max(1)
    }

    /// 1 up, -1 down, 0 neither.
    fn trend(&self) -> i64 {
        let (gap, enough) = (self.fast - self.slow, self.range() * SCALE);
        i64::from(gap > enough) - i64::from(gap < -enough)
    }
}

/// The way an entry is made and protected; they take turns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Play {
    /// At the market, with stop and target.
    Market,
    /// A limit at our side of the market, with stop and target.
    Passive,
    /// A stop beyond the market, with a stop; a trailing stop once it is open.
    Breakout,
    /// At the market, with a stop; a trailing stop that becomes active in profit and tighter later.
    Runner,
}

const PLAYS: [Play; 4] = [Play::Market, Play::Passive, Play::Breakout, Play::Runner];

/// Of the equity that an entry risks, parts per 1000.
const RISK: i64 = 4;
/// After so many steps a close that came to nothing is asked for again.
const AGAIN: u64 = 50;
/// A position's value is at most so many times the equity.
const VALUE: i64 = 4;

/// What the strategy knows: ids, and the steps at which it did something. All else it asks for.
pub(crate) struct Strategy {
    signal: Signal,
    steps: u64,
    step: u64,
    numbers: u64,
    turns: usize,
    quote: Quote,
    play: Play,
    /// Between entry and stop, ticks.
    distance: i64,
    entry: Id,
    entered: u64,
    asked_off: bool,
    position: Id,
    side: i64,
    opened: u64,
    /// The step at which its close was asked for last; 0: it was not.
    left: u64,
    flat_since: u64,
}

impl Strategy {
    /// For a session of so many steps.
    pub(crate) const fn new(pace: Pace, steps: u64) -> Self {
        Self {
            signal: Signal::new(pace),
            steps,
            step: 0,
            numbers: 0,
            turns: 0,
            quote: Quote { at: 0, bid: 0, ask: 0, bid_qty: 0, ask_qty: 0 },
            play: Play::Market,
            distance: 0,
            entry: Id::NONE,
            entered: 0,
            asked_off: false,
            position: Id::NONE,
            side: 0,
            opened: 0,
            left: 0,
            flat_since: 0,
        }
    }

    /// Something has happened.
    pub(crate) fn on_event<'a>(
        &mut self,
        door: &mut impl Door<'a>,
        event: &Event,
    ) -> Result<(), Status> {
        if event.kind == EventKind::PositionOpened.raw() {
            self.position = event.position;
            self.side = if event.code == u32::from(PositionSide::Long.raw()) { 1 } else { -1 };
            (self.opened, self.left) = (self.step, 0);
            return self.trail(door, event.price.0);
        }
        if event.kind == EventKind::PositionClosed.raw() && event.position == self.position {
            (self.position, self.flat_since) = (Id::NONE, self.step);
            return self.call_off(door);
        }
        Ok(())
    }

    /// The market has moved. What the engine has told before has been seen.
    pub(crate) fn on_quote<'a>(
        &mut self,
        door: &mut impl Door<'a>,
        quote: &Quote,
    ) -> Result<(), Status> {
        self.quote = *quote;
        self.step += 1;
        self.signal.on_mid(quote.mid());
        let trend = self.signal.trend();
        let ends = self.step + self.signal.pace.end >= self.steps;
        if self.entry != Id::NONE {
            self.look_after_entry(door, trend, ends)?;
        }
        if self.position != Id::NONE {
            let held = self.step - self.opened > self.signal.pace.hold;
            let over = self.left > 0 || held || ends || trend == -self.side;
            let asked = self.left > 0 && self.step - self.left < AGAIN;
            return if over && !asked { self.leave(door) } else { Ok(()) };
        }
        let rested = self.step - self.flat_since > self.signal.pace.rest;
        if self.entry == Id::NONE && rested && !ends && trend != 0 && self.signal.is_ready() {
            self.enter(door, trend)?;
        }
        Ok(())
    }

    /// An entry that has ended is none; one that has waited too long, or that the trend has left,
    /// is called off.
    fn look_after_entry<'a>(
        &mut self,
        door: &mut impl Door<'a>,
        trend: i64,
        ends: bool,
    ) -> Result<(), Status> {
        let order = door.engine().order_get(self.entry, 0);
        if order.is_ok_and(|order| order.leaves.0 > 0) {
            let late = self.step - self.entered > self.signal.pace.patience;
            return if late || ends || trend == 0 { self.call_off(door) } else { Ok(()) };
        }
        self.entry = Id::NONE;
        Ok(())
    }

    /// Cancels the entry, once.
    fn call_off<'a>(&mut self, door: &mut impl Door<'a>) -> Result<(), Status> {
        if self.entry == Id::NONE || self.asked_off {
            return Ok(());
        }
        self.asked_off = true;
        self.numbers += 1;
        let mut cancel = OrderCancel {
            order: self.entry,
            request_id: self.numbers,
            ..<OrderCancel as Request>::EMPTY
        };
        cancel.header.now = Nanos(self.quote.at);
        match door.call(&cancel, |e, r| e.order_cancel(r)) {
            // It has ended meanwhile, or is on its way out.
            Ok(_) | Err(Status::Terminal | Status::Stale | Status::Pending) => Ok(()),
            Err(status) => Err(status),
        }
    }

    /// Closes at the market what is not being closed already.
    fn leave<'a>(&mut self, door: &mut impl Door<'a>) -> Result<(), Status> {
        self.left = self.step;
        let mut close =
            PositionClose { position: self.position, ..<PositionClose as Request>::EMPTY };
        close.header.now = Nanos(self.quote.at);
        match door.call(&close, |e, r| e.position_close(r)) {
            // It is being closed already, or is closed and nobody has said so yet.
            Ok(_) | Err(Status::State | Status::Terminal | Status::Stale | Status::Pending) => {
                Ok(())
            }
            Err(status) => Err(status),
        }
    }

    fn enter<'a>(&mut self, door: &mut impl Door<'a>, trend: i64) -> Result<(), Status> {
        let (bid, ask) = (self.quote.bid, self.quote.ask);
        self.play = PLAYS[self.turns % PLAYS.len()];
        self.distance = (3 * self.signal.range()).max(6 * (ask - bid)) + 1;
        let (near, far) = if trend > 0 { (bid, ask) } else { (ask, bid) };
        let mut order = OrderSubmit {
            side: if trend > 0 { Side::Buy } else { Side::Sell }.raw(),
            order_type: OrderType::Market.raw(),
            time_in_force: TimeInForce::Gtc.raw(),
            ..<OrderSubmit as Request>::EMPTY
        };
        let mut from = far;
        match self.play {
            Play::Market | Play::Runner => {}
            Play::Passive => {
                order.order_type = OrderType::Limit.raw();
                order.price = Ticks(near);
                from = near;
            }
            Play::Breakout => {
                from = far + trend * (self.signal.range() / 4 + 1);
                order.order_type = OrderType::Stop.raw();
                order.stop_price = Ticks(from);
            }
        }
        let stop = from - trend * self.distance;
        if matches!(self.play, Play::Market | Play::Passive) {
            order.take_profit = Ticks((from + trend * 2 * self.distance).max(1));
        }
        let qty = self.size(door, from)?;
        // Not worth it, or the price would have to fall below nothing.
        if qty == 0 || stop < 1 {
            self.flat_since = self.step;
            return Ok(());
        }
        order.stop_loss = Ticks(stop);
        order.qty = Lots(qty);
        self.send(door, order)
    }

    /// Lots of which the stop loses the share of the equity that is risked.
    fn size<'a>(&self, door: &impl Door<'a>, price: i64) -> Result<i64, Status> {
        let engine = door.engine();
        let symbol = engine.symbol_get(0)?;
        let equity = engine.account_get().equity.0.max(0);
        let by_risk = equity / 1_000 * RISK / symbol.money_num * symbol.money_den / self.distance;
        let by_value = equity * VALUE / symbol.money_num * symbol.money_den / price;
        Ok(by_risk.min(by_value))
    }

    fn send<'a>(&mut self, door: &mut impl Door<'a>, mut order: OrderSubmit) -> Result<(), Status> {
        self.numbers += 1;
        order.client_id = self.numbers;
        order.header.now = Nanos(self.quote.at);
        let sent = door.call(&order, |e, r| e.order_submit(r))?;
        self.flat_since = self.step;
        // What is denied has its turn again after a rest.
        if sent.verdict.denied == 0 {
            self.turns += 1;
            (self.entry, self.entered, self.asked_off) = (sent.order, self.step, false);
        }
        Ok(())
    }

    /// A trailing stop for what has just opened, beside the stop that came with its order.
    fn trail<'a>(&self, door: &mut impl Door<'a>, price: i64) -> Result<(), Status> {
        let gain = |share: i64| Ticks((price + self.side * self.distance * share / 2).max(1));
        let mut arm = TriggerArm {
            position: self.position,
            kind: TriggerKind::TrailingStop.raw(),
            action: TriggerAction::Close.raw(),
            trail_offset: Ticks(self.distance),
            ..<TriggerArm as Request>::EMPTY
        };
        match self.play {
            Play::Market | Play::Passive => return Ok(()),
            Play::Breakout => {}
            Play::Runner => {
                arm.activation = gain(1);
                arm.second_level = gain(6);
                arm.second_offset = Ticks((self.distance / 2).max(1));
                arm.trail_offset = Ticks(self.distance.max(2));
            }
        }
        arm.trail_ratio = Ratio(0);
        arm.header.now = Nanos(self.quote.at);
        match door.call(&arm, |e, r| e.trigger_arm(r)) {
            // It is closed already, and nobody has said so yet.
            Ok(_) | Err(Status::Terminal | Status::Stale) => Ok(()),
            Err(status) => Err(status),
        }
    }
}
