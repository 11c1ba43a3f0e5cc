//! What a simulated venue is like, symbol by symbol.
#![forbid(unsafe_code)]

use crate::num::{Nanos, OFF, Ratio};
use crate::sim::SlippageConfig;
use crate::status::{SlippageModel, Status};
use crate::store::Hash64;

/// Where a limit order joins those that rest at its price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Queue {
    /// Behind all that is displayed there.
    #[default]
    Back,
    /// Before all others.
    Front,
}

/// How orders of a symbol are executed, but for the fees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// What takers pay beyond the mid.
    pub slippage: SlippageConfig,
    /// From here to the venue, nanoseconds.
    pub latency_out: Nanos,
    /// From the venue to here, nanoseconds.
    pub latency_in: Nanos,
    /// The most that is added to either, by the seed and the number of the message.
    pub latency_jitter: Nanos,
    /// Share of what is displayed that all orders of a side get from one quote, 0 to 10^9; -1
    /// (OFF): whatever they want.
    pub fill_ratio: Ratio,
    /// Share of new orders that are rejected, 0 to 10^9.
    pub reject_ratio: Ratio,
    /// Share of new orders that do not leave, 0 to 10^9.
    pub fail_ratio: Ratio,
    /// Share of new orders of which nobody knows at first whether they left, 0 to 10^9.
    pub doubt_ratio: Ratio,
    /// Where a resting order joins.
    pub queue: Queue,
    /// Value traded in 24 hours, whole currency units; 0: not known.
    pub volume_24h: u64,
}

impl Simulation {
    /// At once, whole, at the spread, behind what is displayed.
    ///
    /// cbindgen:ignore
    pub const PLAIN: Self = Self {
        slippage: SlippageConfig::new(SlippageModel::Spread),
        latency_out: Nanos::ZERO,
        latency_in: Nanos::ZERO,
        latency_jitter: Nanos::ZERO,
        fill_ratio: Ratio(OFF),
        reject_ratio: Ratio::ZERO,
        fail_ratio: Ratio::ZERO,
        doubt_ratio: Ratio::ZERO,
        queue: Queue::Back,
        volume_24h: 0,
    };

    /// Whether every field has a value that means something.
    ///
    /// # Errors
    /// `Range` for slippage or a share out of range, and for a model that needs the volume
    /// without one; `Enum` for DEPTH: the venue sees the best prices alone.
    pub fn check(&self) -> Result<(), Status> {
        let share = |ratio: Ratio| (0..=Ratio::ONE).contains(&ratio.0);
        let shares = [self.reject_ratio, self.fail_ratio, self.doubt_ratio];
        let fill = self.fill_ratio.0 == OFF || share(self.fill_ratio);
        let model = self.slippage.invalid().is_none();
        let needs = match SlippageModel::from_raw(self.slippage.model) {
            Some(SlippageModel::Depth) => return Err(Status::Enum),
            Some(SlippageModel::SquareRoot | SlippageModel::Almgren) => self.volume_24h > 0,
            _ => true,
        };
        let holds = model && needs && fill && shares.into_iter().all(share);
        if holds { Ok(()) } else { Err(Status::Range) }
    }

    /// Feeds every field.
    pub(super) fn feed(&self, hash: &mut Hash64) {
        let slippage = &self.slippage;
        for time in [self.latency_out, self.latency_in, self.latency_jitter] {
            hash.word(time.0);
        }
        for ratio in [self.fill_ratio, self.reject_ratio, self.fail_ratio, self.doubt_ratio] {
            hash.i64(ratio.0);
        }
        hash.u32(u32::from(self.queue == Queue::Front));
        for word in [self.volume_24h, slippage.outstanding, slippage.seed] {
            hash.word(word);
        }
        let SlippageConfig { share, factor, participation_max, spread, .. } = *slippage;
        let SlippageConfig { impact, noise, volatility, days, .. } = *slippage;
        for ratio in [share, factor, participation_max, spread, impact, noise, volatility, days] {
            hash.i64(ratio.0);
        }
        hash.u32(u32::from(slippage.model));
    }
}
