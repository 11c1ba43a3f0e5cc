//! The models against the numbers of their sources, and the properties that hold for all of them.
#![forbid(unsafe_code)]
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "tests"
)]

use proptest::prelude::*;

use super::*;
use crate::num::{Lots, Money, Nanos, Ratio, Ticks};
use crate::status::{Liquidity, RangeError, Side, SlippageModel, Status};

mod depth;
mod fees;
mod lean;
mod money;
mod noise;
mod oracle;
mod properties;
mod records;
mod size;

const PERCENT: i64 = Ratio::ONE / 100;
const BASIS_POINT: i64 = Ratio::ONE / 10_000;
const VOLUME: u64 = 1_000_000_000;

/// Models that have a price of their own.
const PRICED: [SlippageModel; 7] = [
    SlippageModel::Fixed,
    SlippageModel::Volume,
    SlippageModel::Spread,
    SlippageModel::Realistic,
    SlippageModel::VolumeShare,
    SlippageModel::SquareRoot,
    SlippageModel::Almgren,
];

/// A model with its defaults, but without noise.
fn calm(model: SlippageModel) -> SlippageConfig {
    SlippageConfig { noise: Ratio(0), ..SlippageConfig::new(model) }
}

/// An order of so many millionths of the volume, in a market at 50 000 ticks.
fn order_of(millionths: u64) -> SlippageOrder {
    SlippageOrder::at(Side::Buy, Ticks(50_000), millionths * 1_000, VOLUME, 0)
}

fn other_side(order: SlippageOrder) -> SlippageOrder {
    let side = if is_buy(&order) { Side::Sell } else { Side::Buy };
    SlippageOrder { side: side.raw().into(), ..order }
}

fn is_buy(order: &SlippageOrder) -> bool {
    order.side == u32::from(Side::Buy.raw())
}

fn basis_points(config: &SlippageConfig, order: &SlippageOrder) -> f64 {
    config.share(order).unwrap().to_bits() as f64 / Share::ONE as f64 * 1e4
}

#[track_caller]
fn assert_close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

prop_compose! {
    /// Any valid model that has a price; noise among them.
    fn any_config()(
        model in 0..PRICED.len(),
        share in 0..=Ratio::ONE,
        factor in prop_oneof![0..=Ratio::ONE, 0..=1_000 * Ratio::ONE],
        participation_max in 0..=Ratio::ONE,
        spread in 0..=Ratio::ONE,
        impact in prop_oneof![0..=Ratio::ONE, 0..=1_000 * Ratio::ONE],
        noise in prop_oneof![Just(0), 0..=PERCENT, 0..=Ratio::ONE],
        volatility in 0..=Ratio::ONE,
        days in 1_000_000..=Ratio::ONE,
        outstanding in prop_oneof![Just(0_u64), 1..=u64::MAX / 4],
        seed: u64,
    ) -> SlippageConfig {
        SlippageConfig {
            share: Ratio(share),
            factor: Ratio(factor),
            participation_max: Ratio(participation_max),
            spread: Ratio(spread),
            impact: Ratio(impact),
            noise: Ratio(noise),
            volatility: Ratio(volatility),
            days: Ratio(days),
            outstanding,
            seed,
            ..SlippageConfig::new(PRICED[model])
        }
    }
}

prop_compose! {
    /// An order in a market, quoted or not, limited or not.
    fn any_order()(
        prices in prop_oneof![0..1_000_000_i64, -(1_i64 << 45)..1 << 45],
        spread in prop_oneof![0..100_i64, 0..1_i64 << 45],
        limit in prop_oneof![-1_000..1_000_i64, -(1_i64 << 50)..1 << 50],
        size in prop_oneof![0..1_000_000_u64, any::<u64>()],
        volume in prop_oneof![1..1_000_000_u64, any::<u64>()],
        number: u64,
        is_buy: bool,
        flags in 0..4_u16,
    ) -> SlippageOrder {
        let side = if is_buy { Side::Buy } else { Side::Sell };
        let (bid, ask) = (Ticks(prices), Ticks(prices + spread));
        let order = SlippageOrder::at(side, bid, size, volume, number);
        let order = if flags & 1 == 0 { order } else { order.quoted(bid, ask) };
        if flags & 2 == 0 { order } else { order.limited(Ticks(prices + limit)) }
    }
}
