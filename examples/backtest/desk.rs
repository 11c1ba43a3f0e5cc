//! The engine of a backtest: its memory, limits and breaker, and what its venue is like.

use oms_core::engine::{Capacity, Config, Engine, FeesSet, SimulationSet, Storage};
use oms_core::exec::DeskStorage;
use oms_core::market::{LimitsSet, NAME_BYTES, SymbolDefine};
use oms_core::num::{Decimal, Lots, Money, Nanos, OFF, Ratio};
use oms_core::risk::{BreakerConfig, ScopeLimitsSet};
use oms_core::sim::{FeeSchedule, SlippageConfig};
use oms_core::status::{ConfigFlag, LimitFlag, Mode, Request, SlippageModel, Status};

use crate::door::Door;
use crate::session::{Session, Size};

const ORDERS: usize = 256;
const EVENTS: usize = 2_048;
const EXECUTIONS: usize = 512;
const POSITIONS: usize = 64;
const TRIGGERS: usize = 128;
const RATE: usize = 512;
const MESSAGES: usize = 576;

/// Memory of an engine.
pub(crate) type Room = Storage<ORDERS, 1, POSITIONS, TRIGGERS, EVENTS, EXECUTIONS, RATE>;
/// Memory of its venue.
pub(crate) type VenueRoom = DeskStorage<ORDERS, 1, MESSAGES>;

/// Money units of a unit of the currency.
pub(crate) const UNIT: i64 = 1_000_000;
/// What the account begins with, money units.
pub(crate) const BALANCE: i64 = 100_000 * UNIT;

/// What a run can be told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// What takers pay, parts per 10^9 of the value; makers pay half of it.
    pub(crate) fee: i64,
    /// How long a command takes to the venue; a report takes half of it, and either at most half
    /// of it more.
    pub(crate) latency: u64,
    /// Draws of the venue.
    pub(crate) seed: u64,
}

impl Terms {
    pub(crate) const DEFAULT: Self = Self { fee: 10_000, latency: 2_000_000, seed: 5 };
}

/// The configuration of an engine for a session.
pub(crate) fn config(mode: Mode, session: &Session, terms: &Terms) -> Config {
    let span = session.span();
    let breaker = BreakerConfig {
        daily_loss_ratio: Ratio(20_000_000),
        drawdown_ratio: Ratio(40_000_000),
        consecutive_losses: 4,
        orders_per_minute: 60,
        orders_per_hour: 500,
        // A pause is a share of what is replayed, and not more than an hour.
        auto_reset_after: Nanos((span / 40).min(Nanos::HOUR)),
        cooldown: Nanos((span / 400).min(Nanos::HOUR / 10)),
        max_auto_resets: 100,
        ..BreakerConfig::DEFAULT
    };
    let capacity = Capacity {
        orders: 256,
        symbols: 1,
        positions: 64,
        triggers: 128,
        events: 2_048,
        executions: 512,
        scopes: 1,
        rate: 512,
        books: 0,
        ..Config::DEFAULT.capacity
    };
    Config {
        capacity,
        breaker,
        starting_balance: Money(BALANCE),
        mode: mode.raw(),
        messages: if mode == Mode::Live { 0 } else { 576 },
        flags: ConfigFlag::Measure.raw(),
        seed: terms.seed,
        ..Config::DEFAULT
    }
}

/// An engine in a simulated mode, over memory that stays.
pub(crate) fn simulated(
    mode: Mode,
    session: &Session,
    terms: &Terms,
) -> Result<Engine<'static>, Status> {
    let config = config(mode, session, terms);
    let venue: &'static mut VenueRoom = Box::leak(Box::new(VenueRoom::new()));
    let room: &'static mut Room = Box::leak(Box::new(Room::new()));
    let (mut memory, kill) = room.lend();
    memory.desk = Some(Box::leak(Box::new(venue.lend(config.seed, config.money_exp))));
    let mut engine = Engine::new(memory, kill, &config).map_err(|_| Status::Config)?;
    open(&mut engine, session)?;
    let begin = session.quotes.first().map_or(0, |quote| quote.at);
    let mut settings = venue_settings(session, terms);
    settings.header.now = Nanos(begin);
    engine.call(&settings, |e, r| e.simulation_set(r))?;
    let mut fees = FeesSet { fees: fee_schedule(terms), ..FeesSet::EMPTY };
    fees.header.now = Nanos(begin);
    engine.call(&fees, |e, r| e.fees_set(r))?;
    Ok(engine)
}

/// How the venue executes.
pub(crate) fn venue_settings(session: &Session, terms: &Terms) -> SimulationSet {
    SimulationSet {
        latency_out: Nanos(terms.latency),
        latency_in: Nanos(terms.latency / 2),
        latency_jitter: Nanos(terms.latency / 2),
        // Of what is displayed we get half at most; where no sizes are known, all we want.
        fill_ratio: Ratio(500_000_000),
        reject_ratio: Ratio(5_000_000),
        fail_ratio: Ratio(20_000_000),
        volume_24h: session.volume,
        slippage: SlippageConfig {
            noise: Ratio(20_000),
            ..SlippageConfig::new(SlippageModel::Realistic)
        },
        ..SimulationSet::DEFAULT
    }
}

/// What it charges.
pub(crate) fn fee_schedule(terms: &Terms) -> FeeSchedule {
    FeeSchedule { maker: Ratio(terms.fee / 2), ..FeeSchedule::flat(Ratio(terms.fee)) }
}

/// Defines the symbol and sets what nothing trades without: limits of symbol and account.
pub(crate) fn open<'a>(door: &mut impl Door<'a>, session: &Session) -> Result<(), Status> {
    let begin = Nanos(session.quotes.first().map_or(0, |quote| quote.at));
    let one = Decimal::new(1, 0);
    let decimal = |size: Size| Decimal::new(size.mantissa, size.exponent);
    let mut name = [0; NAME_BYTES];
    for (place, byte) in name.iter_mut().zip(session.symbol.bytes()) {
        *place = byte;
    }
    let mut symbol = SymbolDefine {
        name,
        tick_size: decimal(session.tick),
        lot_size: decimal(session.lot),
        multiplier: one,
        conversion: one,
        ..SymbolDefine::EMPTY
    };
    symbol.header.now = begin;
    door.call(&symbol, |e, r| e.symbol_define(r))?;
    let mut limits = LimitsSet { qty_min: Lots(1), ..LimitsSet::OFF };
    limits.header.now = begin;
    limits.flags |= LimitFlag::ShortAllowed.raw();
    limits.notional_max = Money(6 * BALANCE);
    limits.collar_ratio = Ratio(10_000_000);
    limits.collar_ticks.0 = OFF;
    limits.reference_age_max = 60_000_000_000;
    limits.open_orders_max = 8;
    limits.positions_max = 1;
    door.call(&limits, |e, r| e.limits_set(r))?;
    let mut account = ScopeLimitsSet { leverage_max: Ratio(5 * Ratio::ONE), ..ScopeLimitsSet::OFF };
    account.header.now = begin;
    door.call(&account, |e, r| e.scope_limits_set(r))?;
    Ok(())
}
