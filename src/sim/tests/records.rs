//! What the records refuse.

use super::*;
use crate::status::{FeePlan, SimulationField};

fn first_invalid(change: impl Fn(&mut SlippageConfig)) -> Option<SimulationField> {
    let mut config = SlippageConfig::new(SlippageModel::Realistic);
    change(&mut config);
    config.invalid()
}

#[test]
fn defaults_are_valid() {
    for &model in SlippageModel::ALL {
        assert_eq!(SlippageConfig::new(model).invalid(), None);
    }
    for &plan in FeePlan::ALL {
        assert_eq!(FeeSchedule::of(plan).invalid(), None);
    }
}

#[test]
fn each_field_of_a_model_has_its_range() {
    type Field = fn(&mut SlippageConfig) -> &mut Ratio;
    let (one, thousand) = (Ratio::ONE, 1_000 * Ratio::ONE);
    let fields: [(Field, SimulationField, i64, i64); 8] = [
        (|c| &mut c.share, SimulationField::Share, 0, one),
        (|c| &mut c.factor, SimulationField::Factor, 0, thousand),
        (|c| &mut c.participation_max, SimulationField::ParticipationMax, 0, one),
        (|c| &mut c.spread, SimulationField::Spread, 0, one),
        (|c| &mut c.impact, SimulationField::Impact, 0, thousand),
        (|c| &mut c.noise, SimulationField::Noise, 0, one),
        (|c| &mut c.volatility, SimulationField::Volatility, 0, thousand),
        (|c| &mut c.days, SimulationField::Days, 1, thousand),
    ];
    for (field, name, least, most) in fields {
        for (value, found) in
            [(least, None), (most, None), (least - 1, Some(name)), (most + 1, Some(name))]
        {
            assert_eq!(first_invalid(|config| *field(config) = Ratio(value)), found);
        }
    }
    let reserved = Some(SimulationField::SlippageReserved);
    assert_eq!(first_invalid(|config| config.reserved0[6] = 1), reserved);
    assert_eq!(first_invalid(|config| config.reserved[2] = 1), reserved);
    for model in [0, 9, 255] {
        assert_eq!(first_invalid(|config| config.model = model), Some(SimulationField::Model));
    }
}

#[test]
fn each_field_of_an_order_is_looked_at() {
    for model in PRICED {
        let config = SlippageConfig::new(model);
        let price = |order: SlippageOrder| config.price(&order);
        let order = order_of(1);
        for side in [0, 3, 255, 257, u32::MAX] {
            assert_eq!(price(SlippageOrder { side, ..order }), Err(Status::Enum));
        }
        for flags in [4, 0x1_0001, u32::MAX] {
            assert_eq!(price(SlippageOrder { flags, ..order }), Err(Status::Enum));
        }
        for wrong in [i64::MIN, -Ticks::MAX - 1, Ticks::MAX + 1] {
            let wrong = Ticks(wrong);
            assert_eq!(price(SlippageOrder { price: wrong, ..order }), Err(Status::Price));
            assert_eq!(price(order.quoted(wrong, wrong)), Err(Status::Price));
            // Not read, not looked at.
            assert!(price(SlippageOrder { bid: wrong, limit: wrong, ..order }).is_ok());
        }
        assert_eq!(price(order.quoted(Ticks(2), Ticks(1))), Err(Status::Price));
    }
}

#[test]
fn what_a_model_cannot_say() {
    let unknown = SlippageOrder { volume: 0, ..order_of(1) };
    for model in [SlippageModel::SquareRoot, SlippageModel::Almgren] {
        assert_eq!(calm(model).price(&unknown), Err(Status::Range));
    }
    assert_eq!(calm(SlippageModel::Depth).price(&order_of(1)), Err(Status::State));
    let odd = SlippageConfig { model: 9, ..calm(SlippageModel::Fixed) };
    assert_eq!(odd.price(&order_of(1)), Err(Status::Enum));
    let days = Ratio(0);
    let timeless = SlippageConfig { days, ..calm(SlippageModel::Almgren) };
    assert_eq!(timeless.price(&order_of(1)), Err(Status::Range));
    for model in PRICED {
        let minus = Ratio(-1);
        let config = SlippageConfig {
            share: minus,
            factor: minus,
            participation_max: minus,
            spread: minus,
            impact: minus,
            noise: minus,
            volatility: minus,
            days: minus,
            ..calm(model)
        };
        assert_eq!(config.price(&order_of(1)), Err(Status::Range));
    }
    let noise = Ratio(-1);
    let noisy = SlippageConfig { noise, ..calm(SlippageModel::Realistic) };
    assert_eq!(noisy.price(&order_of(1)), Err(Status::Range));
}

#[test]
fn an_order_of_nothing_moves_nothing() {
    for model in [
        SlippageModel::Volume,
        SlippageModel::VolumeShare,
        SlippageModel::SquareRoot,
        SlippageModel::Almgren,
    ] {
        let config = SlippageConfig { outstanding: VOLUME, ..calm(model) };
        assert_eq!(config.share(&order_of(0)), Ok(Share::default()));
    }
}

#[test]
fn prices_keep_to_their_range() {
    let at = |side, market, limit: Option<i64>| {
        let order = SlippageOrder::at(side, Ticks(market), 1, VOLUME, 0);
        let order = limit.map_or(order, |limit| order.limited(Ticks(limit)));
        calm(SlippageModel::Fixed).price(&order)
    };
    assert_eq!(at(Side::Buy, Ticks::MAX, None), Err(Status::Range));
    assert_eq!(at(Side::Buy, Ticks::MAX, Some(Ticks::MAX)), Ok(Ticks(Ticks::MAX)));
    assert_eq!(at(Side::Sell, -Ticks::MAX, None), Err(Status::Range));
    assert_eq!(at(Side::Sell, 0, None), Ok(Ticks(0)));
    // A limit may be any number, as long as it is not the price.
    assert_eq!(at(Side::Buy, 1_000, Some(i64::MAX)), Ok(Ticks(1_001)));
    assert_eq!(at(Side::Sell, 1_000, Some(i64::MIN)), Ok(Ticks(999)));
    assert_eq!(at(Side::Buy, 1_000, Some(i64::MIN)), Err(Status::Range));
    // |-1000| × 0.05 % is rounded to 1.
    assert_eq!(at(Side::Buy, -1_000, None), Ok(Ticks(-999)));
    assert_eq!(at(Side::Sell, -1_000, None), Ok(Ticks(-1_001)));
}
