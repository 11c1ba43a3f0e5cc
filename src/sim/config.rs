//! Which model of slippage, with which parameters.
#![forbid(unsafe_code)]

use crate::num::Ratio;
use crate::status::{SimulationField, SlippageModel};

/// A model of slippage and its parameters: `oms_slippage_init` fills in the defaults. Fields that
/// the model does not name are not read by `oms_slippage_price`, but they are checked by
/// `oms_slippage_check`. Ratios are parts per 10^9. p is the participation: size / volume of the
/// order that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct SlippageConfig {
    /// FIXED: the share of the price that every order pays. VOLUME: the same without a volume.
    /// 0 to 10^9. Default 0.05 %.
    pub share: Ratio,
    /// What p (VOLUME), its square (VOLUME_SHARE) or the volatility × root of p (SQUARE_ROOT) is
    /// multiplied by, 0 to 10^12. Default 0.1; SQUARE_ROOT: 1.
    pub factor: Ratio,
    /// Participation beyond which VOLUME and VOLUME_SHARE grow no more, that oms_order_size_check
    /// refuses beyond, and share of a bar that oms_slippage_fill_max lets be filled. 0 to 10^9.
    /// Default 5 %; VOLUME_SHARE: 2.5 %.
    pub participation_max: Ratio,
    /// SPREAD, REALISTIC and the estimate of the worst case: ask - bid as a share of their mid,
    /// where no quotes are given. 0 to 10^9. Default 0.02 %.
    pub spread: Ratio,
    /// REALISTIC and the estimate of the worst case: what p is multiplied by, 0 to 10^12. Default
    /// 0.05.
    pub impact: Ratio,
    /// REALISTIC: standard deviation of the noise as a share of the price, 0 to 10^9; 0 switches
    /// it off. Default 0.02 %.
    pub noise: Ratio,
    /// SQUARE_ROOT, ALMGREN: volatility of a day, 0 to 10^12. Default 2 %.
    pub volatility: Ratio,
    /// ALMGREN: how long the order is worked, in days (a day is 10^9), 1 to 10^12. Default a day.
    pub days: Ratio,
    /// ALMGREN: the shares outstanding, in the units of the order's volume. 0, the default,
    /// switches the permanent part off.
    pub outstanding: u64,
    /// Seed of the noise. Default 24301.
    pub seed: u64,
    /// OMS_SLIPPAGE_*.
    pub model: u8,
    /// Zero.
    pub reserved0: [u8; 7],
    /// Zero.
    pub reserved: [u64; 3],
}

/// Largest factor, impact, volatility and days: a thousand.
const FACTOR_MAX: i64 = 1_000 * Ratio::ONE;

impl SlippageConfig {
    /// The seed unless another is set.
    pub const DEFAULT_SEED: u64 = 24_301;

    /// All bytes zero: no model.
    pub(crate) const ZERO: Self = Self {
        share: Ratio::ZERO,
        factor: Ratio::ZERO,
        participation_max: Ratio::ZERO,
        spread: Ratio::ZERO,
        impact: Ratio::ZERO,
        noise: Ratio::ZERO,
        volatility: Ratio::ZERO,
        days: Ratio::ZERO,
        outstanding: 0,
        seed: 0,
        model: 0,
        reserved0: [0; 7],
        reserved: [0; 3],
    };

    /// A model with its defaults.
    #[must_use]
    pub const fn new(model: SlippageModel) -> Self {
        let factor = match model {
            SlippageModel::SquareRoot => Ratio::ONE,
            _ => 100_000_000,
        };
        let participation_max = match model {
            SlippageModel::VolumeShare => 25_000_000,
            _ => 50_000_000,
        };
        Self {
            share: Ratio(500_000),
            factor: Ratio(factor),
            participation_max: Ratio(participation_max),
            spread: Ratio(200_000),
            impact: Ratio(50_000_000),
            noise: Ratio(200_000),
            volatility: Ratio(20_000_000),
            days: Ratio(Ratio::ONE),
            outstanding: 0,
            seed: Self::DEFAULT_SEED,
            model: model.raw(),
            reserved0: [0; 7],
            reserved: [0; 3],
        }
    }

    /// The first field that has no valid value, in their order but the model first.
    #[must_use]
    pub fn invalid(&self) -> Option<SimulationField> {
        let is_known = SlippageModel::from_raw(self.model).is_some();
        let is_empty = self.reserved0 == [0; 7] && self.reserved == [0; 3];
        let within = |ratio: Ratio, least: i64, most: i64| (least..=most).contains(&ratio.0);
        [
            (is_known, SimulationField::Model),
            (within(self.share, 0, Ratio::ONE), SimulationField::Share),
            (within(self.factor, 0, FACTOR_MAX), SimulationField::Factor),
            (within(self.participation_max, 0, Ratio::ONE), SimulationField::ParticipationMax),
            (within(self.spread, 0, Ratio::ONE), SimulationField::Spread),
            (within(self.impact, 0, FACTOR_MAX), SimulationField::Impact),
            (within(self.noise, 0, Ratio::ONE), SimulationField::Noise),
            (within(self.volatility, 0, FACTOR_MAX), SimulationField::Volatility),
            (within(self.days, 1, FACTOR_MAX), SimulationField::Days),
            (is_empty, SimulationField::SlippageReserved),
        ]
        .into_iter()
        .find_map(|(holds, field)| if holds { None } else { Some(field) })
    }
}
