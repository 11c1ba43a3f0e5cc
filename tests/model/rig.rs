//! An engine to drive, in storage of its own.

use oms_core::engine::{Config, Engine, Storage};
use oms_core::market::{LimitsSet, Quote, SymbolDefine};
use oms_core::num::{Decimal, Money, Nanos, Ratio, Ticks};
use oms_core::risk::ScopeLimitsSet;
use oms_core::status::{Request, RequestHeader};

pub(crate) const ORDERS: usize = 9;
pub(crate) const SYMBOLS: usize = 3;
pub(crate) const POSITIONS: usize = 11;
pub(crate) const TRIGGERS: usize = 8;
pub(crate) const EVENTS: usize = 512;
pub(crate) const EXECUTIONS: usize = 18;
pub(crate) const RATE: usize = 64;
pub(crate) const SCOPES: usize = 6;
pub(crate) const BOOKS: usize = 9;
pub(crate) const SYMBOL_RATE: usize = 4;
pub(crate) const RECENT: usize = 5;

pub(crate) type Store = Storage<
    ORDERS,
    SYMBOLS,
    POSITIONS,
    TRIGGERS,
    EVENTS,
    EXECUTIONS,
    RATE,
    SCOPES,
    BOOKS,
    SYMBOL_RATE,
    RECENT,
>;

pub(crate) fn head<R: Request>(now: u64) -> RequestHeader {
    RequestHeader { now: Nanos(now), ..*R::EMPTY.header() }
}

pub(crate) fn config() -> Config {
    let mut config = Config::DEFAULT;
    config.capacity.orders = ORDERS as u32;
    config.capacity.symbols = SYMBOLS as u32;
    config.capacity.positions = POSITIONS as u32;
    config.capacity.triggers = TRIGGERS as u32;
    config.capacity.events = EVENTS as u32;
    config.capacity.executions = EXECUTIONS as u32;
    config.capacity.rate = RATE as u32;
    config.capacity.symbol_rate = SYMBOL_RATE as u32;
    config.capacity.recent = RECENT as u32;
    config.capacity.scopes = SCOPES as u32;
    config.capacity.books = BOOKS as u32;
    config.starting_balance = Money(1_000_000);
    config
}

/// All limits of the breaker and the rates off.
pub(crate) fn calm() -> Config {
    let mut config = config();
    let b = &mut config.breaker;
    (b.daily_loss_ratio, b.drawdown_ratio) = (Ratio(-1), Ratio(-1));
    (b.consecutive_losses, b.consecutive_errors) = (-1, -1);
    (b.orders_per_minute, b.orders_per_hour) = (-1, -1);
    config
}

pub(crate) fn define(now: u64, letter: u8, flags: u32, tick: Decimal) -> SymbolDefine {
    let mut name = [0; 32];
    name[0] = letter;
    let one = Decimal::new(1, 0);
    SymbolDefine {
        header: head::<SymbolDefine>(now),
        name,
        tick_size: tick,
        lot_size: one,
        multiplier: one,
        conversion: one,
        flags,
        ..SymbolDefine::EMPTY
    }
}

/// No limits at all.
pub(crate) fn free(now: u64, symbol: u32) -> LimitsSet {
    LimitsSet { header: head::<LimitsSet>(now), symbol, ..LimitsSet::OFF }
}

pub(crate) fn quote(now: u64, symbol: u32, bid: i64, ask: i64) -> Quote {
    Quote { header: head::<Quote>(now), symbol, bid: Ticks(bid), ask: Ticks(ask), ..Quote::EMPTY }
}

/// Runs `test` on a new engine.
pub(crate) fn with_engine<R>(config: &Config, test: impl FnOnce(&mut Engine<'_>) -> R) -> R {
    let mut storage = Box::new(Store::new());
    let (memory, kill) = storage.lend();
    let mut engine = Engine::new(memory, kill, config).unwrap();
    engine.scope_limits_set(&ScopeLimitsSet::OFF).unwrap();
    test(&mut engine)
}
