//! One trading day in twenty calls: open, protect, trip, reset, report. README.md beside this file
//! says what each line is; the same story is told in other languages, with equal names and lines.
//!
//! Run it with `cargo run --example story`.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::panic,
    reason = "a story of known numbers may stop"
)]

use oms_core::engine::{Config, Control, Engine, Poll, Storage};
use oms_core::event::{Command, Event};
use oms_core::market::{LimitsSet, Quote, SymbolDefine};
use oms_core::num::{Decimal, Lots, Money, Nanos, Ratio, Ticks};
use oms_core::order::{OrderSubmit, VenueReport};
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::{
    BreakerFlag, BreakerState, Cause, Check, CommandKind, ControlAction, EventKind, ExitReason,
    OrderStatus, OrderType, PositionSide, ReportKind, Request, RequestHeader, Side, Status,
    TimeInForce, TriggerAction, TriggerKind, TriggerState,
};
use oms_core::store::Id;
use oms_core::trigger::TriggerArm;

const SECOND: u64 = 1_000_000_000;
/// Money has six decimals.
const MONEY: i64 = 1_000_000;

/// Memory of an engine of the smallest kind.
type Memory = Storage<64, 1, 8, 8, 256, 64, 16>;

/// The engine, its symbol, and the story's clock: a second from step to step.
struct Desk<'a> {
    engine: Engine<'a>,
    symbol: u32,
    now: u64,
}

/// The name of a code, as the C library says it.
macro_rules! name {
    ($kind:ty, $code:expr) => {
        <$kind>::from_raw($code).map_or("?", <$kind>::name)
    };
}

/// One symbol; a loss of 2000 a day stops it until someone has looked.
fn start(storage: &mut Memory) -> Desk<'_> {
    let mut config = Config::DEFAULT;
    let (memory, kill) = storage.lend();
    config.capacity = memory.capacity();
    config.starting_balance = Money(100_000 * MONEY);
    config.breaker.daily_loss_money = Money(2000 * MONEY);
    config.breaker.orders_per_hour = -1;
    config.breaker.flags = BreakerFlag::ManualReset.raw() | BreakerFlag::RealisedOnly.raw();
    let engine = match Engine::new(memory, kill, &config) {
        Ok(engine) => engine,
        Err(field) => panic!("the configuration is invalid: {}", field.text()),
    };
    println!("start: balance {}", config.starting_balance.0);
    Desk { engine, symbol: 0, now: 0 }
}

impl Desk<'_> {
    fn head<R: Request>(&self) -> RequestHeader {
        RequestHeader { now: Nanos(self.now), ..*R::EMPTY.header() }
    }

    /// A second later.
    fn next<R: Request>(&mut self) -> RequestHeader {
        self.now += SECOND;
        self.head::<R>()
    }

    /// BTC/USD, a tick of 0.01, a lot of 0.001: one tick of one lot is 10 units of money.
    fn define_symbol(&mut self) -> Result<(), Status> {
        let mut name = [0; 32];
        name[..7].copy_from_slice(b"BTC/USD");
        self.symbol = self.engine.symbol_define(&SymbolDefine {
            header: self.head::<SymbolDefine>(),
            name,
            tick_size: Decimal::new(1, -2),
            lot_size: Decimal::new(1, -3),
            multiplier: Decimal::new(1, 0),
            conversion: Decimal::new(1, 0),
            ..SymbolDefine::EMPTY
        })?;
        println!("symbol: BTC/USD");
        Ok(())
    }

    fn set_limits(&mut self) -> Result<(), Status> {
        let limits = LimitsSet {
            header: self.head::<LimitsSet>(),
            symbol: self.symbol,
            qty_max: Lots(5000),
            long_max: Lots(5000),
            short_max: Lots(0),
            collar_ratio: Ratio(30_000_000),
            ..LimitsSet::OFF
        };
        self.engine.limits_set(&limits)?;
        let header = self.head::<ScopeLimitsSet>();
        self.engine.scope_limits_set(&ScopeLimitsSet { header, ..ScopeLimitsSet::OFF })?;
        println!(
            "limits: qty {}, long {}, short {}, collar {}",
            limits.qty_max.0, limits.long_max.0, limits.short_max.0, limits.collar_ratio.0
        );
        Ok(())
    }

    /// Hands out what waits: commands for the venue, then events. The order of the last command.
    fn poll(&mut self) -> Result<Id, Status> {
        let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 32]);
        let request =
            Poll { header: self.head::<Poll>(), max_commands: 8, max_events: 32, ..Poll::EMPTY };
        let polled = self.engine.poll(&request, &mut commands, &mut events)?;
        let mut order = Id::NONE;
        for c in commands.iter().take(polled.commands as usize) {
            println!(
                "  command {}: {} {}, qty {}, price {}",
                name!(CommandKind, c.kind),
                name!(Side, c.side),
                name!(OrderType, c.order_type),
                c.qty.0,
                c.price.0
            );
            order = c.order;
        }
        for e in events.iter().take(polled.events as usize) {
            println!(
                "  event {}: code {}, qty {}, price {}, value {}",
                name!(EventKind, e.kind),
                e.code,
                e.qty.0,
                e.price.0,
                e.value.0
            );
        }
        Ok(order)
    }

    fn quote(&mut self, bid: i64, ask: i64) -> Result<(), Status> {
        let header = self.next::<Quote>();
        let (bid, ask) = (Ticks(bid), Ticks(ask));
        self.engine.quote(&Quote { header, symbol: self.symbol, bid, ask, ..Quote::EMPTY })?;
        println!("quote: {} {}", bid.0, ask.0);
        Ok(())
    }

    /// A limit order that buys; whether it is accepted.
    fn submit(&mut self, client_id: u64, qty: i64, price: i64) -> Result<(), Status> {
        let request = OrderSubmit {
            header: self.next::<OrderSubmit>(),
            client_id,
            symbol: self.symbol,
            side: Side::Buy.raw(),
            order_type: OrderType::Limit.raw(),
            time_in_force: TimeInForce::Gtc.raw(),
            qty: Lots(qty),
            price: Ticks(price),
            ..OrderSubmit::EMPTY
        };
        let verdict = self.engine.order_submit(&request)?.verdict;
        if verdict.denied == 1 {
            println!(
                "submit {client_id}: denied by {}, limit {}, observed {}",
                name!(Check, verdict.first),
                verdict.limit,
                verdict.observed
            );
        } else {
            println!("submit {client_id}: accepted");
        }
        Ok(())
    }

    /// What the venue says of an order, and what the order is then.
    fn report(&mut self, mut request: VenueReport) -> Result<(), Status> {
        request.header = self.next::<VenueReport>();
        self.engine.venue_report(&request)?;
        let order = self.engine.order_get(request.order, 0)?;
        println!(
            "report {}: order {}, filled {} of {}",
            name!(ReportKind, request.report),
            name!(OrderStatus, order.status),
            order.cum_qty.0,
            order.order_qty.0
        );
        Ok(())
    }

    fn ack(&mut self, order: Id) -> Result<(), Status> {
        self.report(VenueReport { order, report: ReportKind::Ack.raw(), ..VenueReport::EMPTY })
    }

    fn fill(
        &mut self,
        order: Id,
        exec_id: u64,
        qty: i64,
        price: i64,
        commission: i64,
    ) -> Result<(), Status> {
        self.report(VenueReport {
            order,
            report: ReportKind::Fill.raw(),
            exec_id,
            qty: Lots(qty),
            price: Ticks(price),
            commission: Money(commission * MONEY),
            ..VenueReport::EMPTY
        })
    }

    /// The money of a position, and how it ended.
    fn show_position(&self, id: Id) -> Result<(), Status> {
        let p = self.engine.position_get(id)?;
        println!(
            "position: {}, qty {}, entry {}, realised {}, unrealised {}, commission {}, exit {}",
            name!(PositionSide, p.side),
            p.qty.0,
            p.entry_price.0,
            p.realised.0,
            p.unrealised.0,
            p.commission.0,
            name!(ExitReason, p.exit)
        );
        Ok(())
    }

    fn show_breaker(&self) -> Result<(), Status> {
        let status = self.engine.risk_get(0)?;
        println!(
            "breaker: {}, cause {}, equity {}, session {}",
            name!(BreakerState, status.state),
            name!(Cause, status.cause),
            status.equity.0,
            status.session_pnl.0
        );
        Ok(())
    }

    /// Buys two coins; the venue executes them in two parts.
    fn open_position(&mut self) -> Result<Id, Status> {
        self.quote(5_000_000, 5_000_100)?;
        self.submit(1, 2000, 5_000_100)?;
        let order = self.poll()?;
        self.ack(order)?;
        self.fill(order, 101, 1200, 5_000_100, 30)?;
        self.fill(order, 102, 800, 5_000_000, 20)?;
        self.poll()?;
        let position = self.engine.position_net(self.symbol)?.position;
        self.show_position(position)?;
        Ok(position)
    }

    fn arm(&mut self, position: Id, kind: TriggerKind, level: i64) -> Result<(), Status> {
        let request = TriggerArm {
            header: self.next::<TriggerArm>(),
            position,
            kind: kind.raw(),
            action: TriggerAction::Close.raw(),
            level: Ticks(level),
            ..TriggerArm::EMPTY
        };
        let (_, id) = self.engine.trigger_arm(&request)?;
        let trigger = self.engine.trigger_get(id)?;
        println!(
            "arm {}: {} at {}",
            name!(TriggerKind, trigger.kind),
            name!(TriggerState, trigger.state),
            trigger.level.0
        );
        Ok(())
    }

    /// A stop below and a target above: each closes the whole position when it fires.
    fn protect(&mut self, position: Id) -> Result<(), Status> {
        self.arm(position, TriggerKind::StopLoss, 4_900_000)?;
        self.arm(position, TriggerKind::TakeProfit, 5_200_000)
    }

    /// The market rises, then falls through the stop; the closing order is filled below it.
    fn trip(&mut self, position: Id) -> Result<(), Status> {
        self.quote(5_100_000, 5_100_100)?;
        self.show_position(position)?;
        self.quote(4_899_900, 4_900_000)?;
        let order = self.poll()?;
        self.ack(order)?;
        self.fill(order, 103, 2000, 4_899_000, 49)?;
        self.poll()?;
        self.show_position(position)?;
        self.show_breaker()?;
        self.submit(2, 100, 4_900_000)?;
        self.poll().map(drop)
    }

    /// Someone has looked: the breaker is closed by hand, and an order passes.
    fn reset(&mut self) -> Result<(), Status> {
        let header = self.next::<Control>();
        let action = ControlAction::BreakerReset.raw();
        self.engine.control(&Control { header, action, ..Control::EMPTY })?;
        self.show_breaker()?;
        self.submit(3, 100, 4_900_000)?;
        let order = self.poll()?;
        self.ack(order)?;
        self.poll().map(drop)
    }

    /// What is left at the end: the account, the trades, the trip.
    fn final_report(&self) -> Result<(), Status> {
        let a = self.engine.account_get();
        let s = self.engine.statistics_get(0)?;
        let t = self.engine.trip_get(0, 0)?;
        println!(
            "account: equity {}, realised {}, commission {}, open {}, live orders {}",
            a.equity.0, a.realised.0, a.commission.0, a.open, a.live_orders
        );
        println!(
            "orders: accepted {}, denied {}, executions {}",
            s.accepted, s.denied, s.executions
        );
        println!(
            "trades: closed {}, wins {}, losses {}, total {}, largest loss {}",
            s.closed, s.wins, s.losses, s.total.0, s.largest_loss.0
        );
        println!(
            "trip: {}, limit {}, observed {}, by hand {}",
            name!(Cause, t.cause),
            t.limit,
            t.observed,
            t.by_hand
        );
        Ok(())
    }

    fn day(&mut self) -> Result<(), Status> {
        self.define_symbol()?;
        self.set_limits()?;
        let position = self.open_position()?;
        self.protect(position)?;
        self.trip(position)?;
        self.reset()?;
        self.final_report()
    }
}

fn main() {
    let mut storage = Memory::new();
    if let Err(status) = start(&mut storage).day() {
        println!("{}: {}", status.name(), status.text());
        std::process::exit(1);
    }
}
