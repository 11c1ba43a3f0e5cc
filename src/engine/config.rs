//! The engine's configuration: capacities and settings, chosen once.
#![forbid(unsafe_code)]

use crate::exec::RetryConfig;
use crate::num::Money;
use crate::risk::BreakerConfig;
use crate::sim::Venue;
use crate::status::{ConfigField, ConfigFlag, Mode};
use crate::store::Id;

/// How many records each table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Capacity {
    /// Orders, live and ended: 1 to 16777215. Default 1024.
    pub orders: u32,
    /// Symbols: 1 to 65535. Default 16.
    pub symbols: u32,
    /// Positions, open and closed: at least `symbols`, to 16777215. Default 256.
    pub positions: u32,
    /// Stops and targets: 0 to 16777215. Default 256.
    pub triggers: u32,
    /// Events waiting to be polled: 16 to 16777215. Default 1024.
    pub events: u32,
    /// Executions recognised when they are reported again: 1 to 16777215. Default 1024.
    pub executions: u32,
    /// Scopes, the root included: 1 to 65535. Default 8.
    pub scopes: u32,
    /// Request times for the rate windows of each scope: at least the largest rate limit.
    /// Default 128.
    pub rate: u32,
    /// Books: pairs of a scope below the root and a symbol that it trades, or has limits in: 0 to
    /// 16777215. Default 64.
    pub books: u32,
    /// Zero.
    pub reserved0: u32,
    /// Request times of each symbol, at least the largest rate limit of a symbol: 0 to 65535.
    /// Memory: `symbols` × `symbol_rate` times. Default 32.
    pub symbol_rate: u32,
    /// Accepted orders that are looked at for duplicates, at least as many as are accepted in a
    /// `duplicate_window`: 0 to 16777215. Default 128.
    pub recent: u32,
}

/// Configuration of an engine. `oms_config_init` fills in the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Config {
    /// sizeof(oms_config_t): lets the struct grow at the end.
    pub struct_size: u32,
    /// Marks the ids of this engine, 0 to 4095: another engine's ids are told apart. Default 0.
    pub engine_tag: u32,
    /// Money is in account currency × 10^money_exp, -12 to 0. Default -6.
    pub money_exp: i32,
    /// Most trigger fires and other units of queued work one call does, 1 to 65536. Default 64.
    pub work_per_call: u32,
    /// Capacities of the tables.
    pub capacity: Capacity,
    /// Balance at the start, money units; > 0 while a ratio limit of the breaker is on.
    pub starting_balance: Money,
    /// Stirs the hash indices; any value. Default 0.
    pub hash_seed: u64,
    /// First client id of engine-made orders, which also get the top bit; below 2^63. Default 1.
    pub id_base: u64,
    /// Limits of the breaker and the rate windows.
    pub breaker: BreakerConfig,
    /// How often and when an order is handed out again that could not be sent.
    pub retry: RetryConfig,
    /// OMS_CONFIG_* bits.
    pub flags: u32,
    /// OMS_MODE_*: where commands go. Default OMS_MODE_LIVE.
    pub mode: u32,
    /// In the simulated modes: messages between here and the venue that may be in flight at once; 0
    /// (the default): 2 × capacity.orders + 64. With few of them resting orders are filled only as
    /// messages arrive; no report is lost.
    pub messages: u32,
    /// Zero.
    pub reserved0: u32,
    /// In the simulated modes: what latency and faults are drawn by; any value. Default 0.
    pub seed: u64,
    /// Zero.
    pub reserved: [u64; 6],
}

impl Config {
    /// The defaults. The starting balance must still be set, or the ratio limits switched off.
    pub const DEFAULT: Self = Self {
        struct_size: Self::SIZE,
        engine_tag: 0,
        money_exp: -6,
        work_per_call: 64,
        capacity: Capacity {
            orders: 1024,
            symbols: 16,
            positions: 256,
            triggers: 256,
            events: 1024,
            executions: 1024,
            scopes: 8,
            rate: 128,
            books: 64,
            reserved0: 0,
            symbol_rate: 32,
            recent: 128,
        },
        starting_balance: Money(0),
        hash_seed: 0,
        id_base: 1,
        breaker: BreakerConfig::DEFAULT,
        retry: RetryConfig::DEFAULT,
        flags: 0,
        mode: Mode::Live.raw(),
        messages: 0,
        reserved0: 0,
        seed: 0,
        reserved: [0; 6],
    };

    #[expect(clippy::as_conversions, reason = "a small constant")]
    const SIZE: u32 = size_of::<Self>() as u32;

    /// Whether times and prices of executions are measured.
    #[must_use]
    pub const fn measures(&self) -> bool {
        ConfigFlag::Measure.is_in(self.flags) || self.is_simulated()
    }

    /// Whether commands go to the simulated venue.
    #[must_use]
    pub const fn is_simulated(&self) -> bool {
        self.mode != Mode::Live.raw()
    }

    /// Messages that may be in flight; none in LIVE.
    #[must_use]
    pub const fn messages(&self) -> u32 {
        match (self.is_simulated(), self.messages) {
            (false, _) => 0,
            (true, 0) => Venue::messages(self.capacity.orders).saturating_add(60),
            (true, messages) => messages,
        }
    }

    /// The invalid field of the smallest number.
    #[must_use]
    pub fn invalid(&self) -> Option<ConfigField> {
        let capacity = &self.capacity;
        let most = Id::CAPACITY_MAX;
        let checks = [
            (self.struct_size == Self::SIZE, ConfigField::StructSize),
            (self.engine_tag <= u32::from(Id::TAG_MAX), ConfigField::EngineTag),
            ((-12..=0).contains(&self.money_exp), ConfigField::MoneyExp),
            ((1..=65_536).contains(&self.work_per_call), ConfigField::WorkPerCall),
            ((1..=most).contains(&capacity.orders), ConfigField::Orders),
            ((1..=65_535).contains(&capacity.symbols), ConfigField::Symbols),
            ((capacity.symbols..=most).contains(&capacity.positions), ConfigField::Positions),
            (capacity.triggers <= most, ConfigField::Triggers),
            ((16..=most).contains(&capacity.events), ConfigField::Events),
            ((1..=most).contains(&capacity.executions), ConfigField::Executions),
            (
                (1..=65_535).contains(&capacity.scopes)
                    && capacity.rate.checked_mul(capacity.scopes).is_some(),
                ConfigField::Scopes,
            ),
            (capacity.rate <= most, ConfigField::Rate),
            (capacity.books <= most, ConfigField::Books),
            (capacity.symbol_rate <= 65_535, ConfigField::SymbolRate),
            (capacity.recent <= most, ConfigField::Recent),
            (
                self.starting_balance.0 > 0 || !self.breaker.has_ratio(),
                ConfigField::StartingBalance,
            ),
            (self.id_base >> 63 == 0, ConfigField::IdBase),
            (Mode::from_raw(self.mode).is_some(), ConfigField::Mode),
            (
                self.messages == 0
                    || (Venue::messages(capacity.orders)..=most).contains(&self.messages),
                ConfigField::Messages,
            ),
        ];
        let own = checks.into_iter().find(|&(valid, _)| !valid).map(|(_, field)| field);
        let breaker = self.breaker.invalid(capacity.rate);
        let spare = self.reserved.iter().any(|&word| word != 0)
            || (self.reserved0 | capacity.reserved0) != 0
            || self.retry.reserved0 != 0;
        let spare = spare.then_some(ConfigField::Reserved);
        let flags = (self.flags & !ConfigFlag::KNOWN != 0).then_some(ConfigField::Flags);
        let retry = (!self.retry.is_valid()).then_some(ConfigField::Retry);
        [own, breaker, spare, flags, retry].into_iter().flatten().min()
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::DEFAULT
    }
}
