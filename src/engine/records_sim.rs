//! The records that say how the simulated venue executes.
#![forbid(unsafe_code)]

use crate::num::{Nanos, OFF, Ratio};
use crate::sim::{FeeSchedule, Queue, Simulation, SlippageConfig};
use crate::status::{QueuePlace, Request, RequestHeader, SlippageModel, Status, request};

/// Says how the simulated venue executes the orders of a symbol, but for the fees:
/// `oms_simulation_set`. oms_simulation_init fills in what holds while nothing was set: at once and
/// whole, at the best price of the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct SimulationSet {
    /// kind = OMS_REQUEST_SIMULATION_SET.
    pub header: RequestHeader,
    /// Symbol number; UINT32_MAX: all symbols that have no settings of their own.
    pub symbol: u32,
    /// OMS_QUEUE_*: where a limit order joins those that rest at its price.
    pub queue: u32,
    /// How long a command takes to the venue, nanoseconds.
    pub latency_out: Nanos,
    /// How long a report takes back, nanoseconds.
    pub latency_in: Nanos,
    /// The most that is added to either, nanoseconds; how much follows from config.seed and the
    /// number of the message.
    pub latency_jitter: Nanos,
    /// Share of the displayed quantity that all orders of a side get from one quote, parts per
    /// 10^9, 0 to 10^9; OMS_OFF: as much as they want.
    pub fill_ratio: Ratio,
    /// Share of new orders that the venue rejects, parts per 10^9: for tests.
    pub reject_ratio: Ratio,
    /// Share of new orders that do not leave and are tried again, parts per 10^9: for tests.
    pub fail_ratio: Ratio,
    /// Share of new orders of which nobody knows at first whether they left, parts per 10^9.
    pub doubt_ratio: Ratio,
    /// Value traded in 24 hours, whole units of the account's currency; 0: not known.
    pub volume_24h: u64,
    /// What takers pay: any model but OMS_SLIPPAGE_DEPTH; OMS_SLIPPAGE_SQUARE_ROOT and _ALMGREN
    /// need volume_24h.
    pub slippage: SlippageConfig,
    /// Zero.
    pub reserved: [u64; 4],
}

request!(SimulationSet, SimulationSet, {
    symbol: 0, queue: 0, latency_out: Nanos::ZERO, latency_in: Nanos::ZERO,
    latency_jitter: Nanos::ZERO, fill_ratio: Ratio::ZERO, reject_ratio: Ratio::ZERO,
    fail_ratio: Ratio::ZERO, doubt_ratio: Ratio::ZERO, volume_24h: 0,
    slippage: SlippageConfig::ZERO, reserved: [0; 4],
}, [|r: &Self| r.reserved]);

impl SimulationSet {
    /// At once, whole, at the spread, behind what is displayed.
    pub const DEFAULT: Self = Self {
        fill_ratio: Ratio(OFF),
        slippage: SlippageConfig::new(SlippageModel::Spread),
        ..<Self as Request>::EMPTY
    };

    /// The settings that it says.
    pub(super) fn settings(&self) -> Result<Simulation, Status> {
        let queue = match QueuePlace::from_raw(self.queue).ok_or(Status::Enum)? {
            QueuePlace::Back => Queue::Back,
            QueuePlace::Front => Queue::Front,
        };
        Ok(Simulation {
            slippage: self.slippage,
            latency_out: self.latency_out,
            latency_in: self.latency_in,
            latency_jitter: self.latency_jitter,
            fill_ratio: self.fill_ratio,
            reject_ratio: self.reject_ratio,
            fail_ratio: self.fail_ratio,
            doubt_ratio: self.doubt_ratio,
            queue,
            volume_24h: self.volume_24h,
        })
    }
}

/// Says what the simulated venue charges for executions in a symbol: `oms_fees_set`. Whatever was
/// not set is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct FeesSet {
    /// kind = OMS_REQUEST_FEES_SET.
    pub header: RequestHeader,
    /// Symbol number; UINT32_MAX: all symbols that have no fees of their own.
    pub symbol: u32,
    /// Zero.
    pub reserved0: u32,
    /// The schedule; volumes of its tiers are whole units of the account's currency, traded in all
    /// symbols in 30 days.
    pub fees: FeeSchedule,
    /// Zero.
    pub reserved: [u64; 4],
}

request!(FeesSet, FeesSet, {
    symbol: 0, reserved0: 0, fees: FeeSchedule::ZERO, reserved: [0; 4],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);
