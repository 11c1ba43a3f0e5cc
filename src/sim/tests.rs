//! The models against the numbers of their sources, and the properties that hold for all of them.
#![forbid(unsafe_code)]
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    reason = "tests"
)]

use fixed::types::I64F64;
use proptest::prelude::*;

use super::*;
use crate::num::{Lots, Money, Ratio, Ticks};
use crate::status::{Liquidity, RangeError, Side};

const PERCENT: i64 = Ratio::ONE / 100;
const BASIS_POINT: i64 = Ratio::ONE / 10_000;
const VOLUME: u64 = 1_000_000_000;

/// An order of so many millionths of the 24 h volume.
fn order_of(millionths: i64) -> Conditions {
    Conditions {
        order_value: Money(millionths * 1_000),
        volume: VOLUME,
        spread: Conditions::DEFAULT_SPREAD,
    }
}

fn unknown_volume() -> Conditions {
    Conditions { volume: 0, ..order_of(10_000) }
}

fn basis_points(model: Slippage, conditions: &Conditions) -> f64 {
    model.share(conditions).unwrap().to_num::<f64>() * 1e4
}

#[track_caller]
fn assert_close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

fn price(model: Slippage, side: Side, market: i64) -> i64 {
    model.execution_price(&order_of(10_000), side, Ticks(market), None).unwrap().get()
}

mod oracle {
    use super::*;

    #[test]
    fn fixed_moves_five_basis_points() {
        assert_close(basis_points(Slippage::FIXED, &order_of(10_000)), 5.0, 1e-12);
        assert_eq!(price(Slippage::FIXED, Side::Buy, 50_000), 50_025);
        assert_eq!(price(Slippage::FIXED, Side::Sell, 50_000), 49_975);
    }

    #[test]
    fn volume_moves_ten_basis_points_for_one_percent() {
        assert_close(basis_points(Slippage::VOLUME, &order_of(10_000)), 10.0, 1e-12);
        assert_eq!(price(Slippage::VOLUME, Side::Buy, 50_000), 50_050);
        assert_eq!(price(Slippage::VOLUME, Side::Sell, 50_000), 49_950);
    }

    #[test]
    fn volume_is_capped_at_five_percent() {
        for millionths in [50_000, 50_001, 1_000_000, 1_000_000_000] {
            assert_close(basis_points(Slippage::VOLUME, &order_of(millionths)), 50.0, 1e-12);
        }
        let endless = Conditions { order_value: Money(i64::MIN), volume: 1, ..order_of(0) };
        assert_close(basis_points(Slippage::VOLUME, &endless), 50.0, 1e-12);
    }

    #[test]
    fn volume_without_a_volume_is_fixed() {
        let conditions = unknown_volume();
        assert_eq!(Slippage::VOLUME.share(&conditions), Slippage::FIXED.share(&conditions));
    }

    #[test]
    fn spread_moves_half_of_it() {
        assert_close(basis_points(Slippage::SPREAD, &order_of(10_000)), 1.0, 1e-12);
        assert_eq!(price(Slippage::SPREAD, Side::Buy, 50_000), 50_005);
        assert_eq!(price(Slippage::SPREAD, Side::Sell, 50_000), 49_995);
        // Quotes 99 and 101: the mid's execution prices are the quotes.
        let quotes = Conditions { spread: Ratio(2 * PERCENT), ..order_of(1) };
        for (side, quote) in [(Side::Buy, 101), (Side::Sell, 99)] {
            let found = Slippage::SPREAD.execution_price(&quotes, side, Ticks(100), None);
            assert_eq!(found, Ok(Ticks(quote)));
        }
    }

    #[test]
    fn square_root_moves_twenty_basis_points() {
        let model = Slippage::square_root(Ratio(200 * BASIS_POINT));
        assert_close(basis_points(model, &order_of(10_000)), 20.0, 1e-12);
        assert_eq!(price(model, Side::Buy, 50_000), 50_100);
        let half =
            Slippage::SquareRoot { factor: Ratio(Ratio::ONE / 2), volatility: Ratio(2 * PERCENT) };
        assert_close(basis_points(half, &order_of(10_000)), 10.0, 1e-12);
        assert_close(basis_points(model, &order_of(40_000)), 40.0, 1e-12);
    }

    #[test]
    fn almgren_temporary_part() {
        let volatility = Ratio(200 * BASIS_POINT);
        let day = Slippage::almgren(volatility);
        assert_close(basis_points(day, &order_of(10_000)), 1.792, 5e-4);
        let tenth = Slippage::Almgren { volatility, days: Ratio(Ratio::ONE / 10), outstanding: 0 };
        assert_close(basis_points(tenth, &order_of(10_000)), 7.134, 5e-4);
    }

    #[test]
    fn almgren_permanent_part_is_added() {
        let volatility = Ratio(200 * BASIS_POINT);
        for (days, t) in [(Ratio(Ratio::ONE), 1.0_f64), (Ratio(Ratio::ONE / 5), 0.2)] {
            let off = Slippage::Almgren { volatility, days, outstanding: 0 };
            let on = Slippage::Almgren { volatility, days, outstanding: 263 * VOLUME };
            let added =
                basis_points(on, &order_of(100_000)) - basis_points(off, &order_of(100_000));
            // ½·σ·T·γ·ν^α·(Θ/V)^δ with the platform's own power function.
            let expected =
                0.5 * 200.0 * t * 0.314 * (0.1_f64 / t).powf(0.891) * 263_f64.powf(0.267);
            assert_close(added, expected, 1e-9);
        }
    }

    /// 26.477... bp: the same on every target, so pinned to the last bit.
    #[test]
    fn almgren_bits_do_not_change() {
        let model = Slippage::Almgren {
            volatility: Ratio(157 * BASIS_POINT),
            days: Ratio(Ratio::ONE / 5),
            outstanding: 263 * VOLUME,
        };
        assert_eq!(model.share(&order_of(100_000)).unwrap().to_bits(), 48_842_477_305_541_492);
    }
}

mod edges {
    use super::*;

    #[test]
    fn no_volume_is_refused_where_it_would_be_infinite() {
        for model in [Slippage::square_root(Ratio(PERCENT)), Slippage::almgren(Ratio(PERCENT))] {
            assert_eq!(model.share(&unknown_volume()), Err(RangeError));
        }
    }

    #[test]
    fn no_time_is_refused() {
        for days in [Ratio(0), Ratio(-1)] {
            let volatility = Ratio(PERCENT);
            let model = Slippage::Almgren { volatility, days, outstanding: 0 };
            assert_eq!(model.share(&order_of(1)), Err(RangeError));
        }
    }

    #[test]
    fn negative_parameters_count_as_zero() {
        let crossed = Conditions { spread: Ratio(-PERCENT), ..order_of(10_000) };
        let minus = Ratio(-PERCENT);
        for model in [
            Slippage::Fixed { share: minus },
            Slippage::Volume { factor: minus, participation_max: minus, fallback: minus },
            Slippage::SPREAD,
            Slippage::SquareRoot { factor: minus, volatility: minus },
            Slippage::almgren(minus),
        ] {
            assert_eq!(model.share(&crossed), Ok(I64F64::ZERO));
        }
    }

    #[test]
    fn an_order_of_nothing_moves_nothing() {
        for model in [
            Slippage::VOLUME,
            Slippage::square_root(Ratio(PERCENT)),
            Slippage::Almgren {
                volatility: Ratio(PERCENT),
                days: Ratio(Ratio::ONE),
                outstanding: VOLUME,
            },
        ] {
            assert_eq!(model.share(&order_of(0)), Ok(I64F64::ZERO));
        }
    }

    #[test]
    fn prices_keep_to_their_range() {
        let conditions = order_of(1);
        let at = |side, market, limit: Option<i64>| {
            Slippage::FIXED.execution_price(&conditions, side, Ticks(market), limit.map(Ticks))
        };
        assert_eq!(at(Side::Buy, Ticks::MAX, None), Err(RangeError));
        assert_eq!(at(Side::Buy, Ticks::MAX, Some(Ticks::MAX)), Ok(Ticks(Ticks::MAX)));
        assert_eq!(at(Side::Sell, -Ticks::MAX, None), Err(RangeError));
        assert_eq!(at(Side::Sell, i64::MIN, None), Err(RangeError));
        assert_eq!(at(Side::Sell, 0, None), Ok(Ticks(0)));
        // A rebound from below zero is a move like any other: |-1000| × 0.05 % is rounded to 1.
        assert_eq!(at(Side::Buy, -1_000, None), Ok(Ticks(-999)));
        assert_eq!(at(Side::Sell, -1_000, None), Ok(Ticks(-1_001)));
    }
}

prop_compose! {
    fn any_model()(
        kind in 0..5,
        a in 0..=Ratio::ONE,
        b in 0..=Ratio::ONE,
        days in 1_000_000..=Ratio::ONE,
        outstanding in prop_oneof![Just(0_u64), 1..=u64::MAX / 4],
    ) -> Slippage {
        let (first, second) = (Ratio(a), Ratio(b));
        match kind {
            0 => Slippage::Fixed { share: first },
            1 => Slippage::Volume { factor: first, participation_max: second, fallback: second },
            2 => Slippage::Spread,
            3 => Slippage::SquareRoot { factor: first, volatility: second },
            _ => Slippage::Almgren { volatility: first, days: Ratio(days), outstanding },
        }
    }
}

prop_compose! {
    fn any_conditions()(
        order_value in 0..=i64::MAX / 1_000,
        volume in 1_000_000..=u64::MAX,
        spread in 0..=Ratio::ONE,
    ) -> Conditions {
        Conditions { order_value: Money(order_value), volume, spread: Ratio(spread) }
    }
}

proptest! {
    /// Nothing panics, whatever the input; a share is never negative; a price within its range.
    #[test]
    fn any_input_is_answered(
        kind in 0..5,
        parameters in any::<(i64, i64, i64, u64)>(),
        order_value: i64,
        volume: u64,
        spread: i64,
        market: i64,
        limit: Option<i64>,
    ) {
        let (a, b, c) = (Ratio(parameters.0), Ratio(parameters.1), Ratio(parameters.2));
        let model = match kind {
            0 => Slippage::Fixed { share: a },
            1 => Slippage::Volume { factor: a, participation_max: b, fallback: c },
            2 => Slippage::Spread,
            3 => Slippage::SquareRoot { factor: a, volatility: b },
            _ => Slippage::Almgren { volatility: a, days: b, outstanding: parameters.3 },
        };
        let order_value = Money(order_value);
        let conditions = Conditions { order_value, volume, spread: Ratio(spread) };
        if let Ok(share) = model.share(&conditions) {
            prop_assert!(share >= 0);
        }
        for side in [Side::Buy, Side::Sell] {
            let limit = limit.map(Ticks);
            if let Ok(price) = model.execution_price(&conditions, side, Ticks(market), limit) {
                prop_assert!(price.get().abs() <= Ticks::MAX);
            }
        }
    }

    /// Buys and sells move by the same distance, never to the trader's advantage.
    #[test]
    fn symmetric_and_never_better_than_the_market(
        model in any_model(),
        conditions in any_conditions(),
        market in -1_000_000_000..1_000_000_000_i64,
    ) {
        let buy = model.execution_price(&conditions, Side::Buy, Ticks(market), None);
        let sell = model.execution_price(&conditions, Side::Sell, Ticks(market), None);
        prop_assert_eq!(buy.is_ok(), sell.is_ok());
        if let (Ok(buy), Ok(sell)) = (buy, sell) {
            prop_assert_eq!(buy.get() - market, market - sell.get());
            prop_assert!(buy.get() >= market);
        }
    }

    /// The order's sign does not matter, nor the price's for the distance.
    #[test]
    fn signs_do_not_matter(
        model in any_model(),
        conditions in any_conditions(),
        market in 0..1_000_000_000_i64,
    ) {
        let opposite = Money(-conditions.order_value.get());
        let mirrored = Conditions { order_value: opposite, ..conditions };
        prop_assert_eq!(model.share(&conditions), model.share(&mirrored));
        let above = model.execution_price(&conditions, Side::Buy, Ticks(market), None);
        let below = model.execution_price(&mirrored, Side::Sell, Ticks(-market), None);
        prop_assert_eq!(above, below.map(|p| Ticks(-p.get())));
    }

    /// A greater order pays no less; powers may differ in their last bit.
    #[test]
    fn monotone_in_size(
        model in any_model(),
        conditions in any_conditions(),
        more in 0..=i64::MAX / 1_000,
    ) {
        let value = Money(conditions.order_value.get() + more);
        let greater = Conditions { order_value: value, ..conditions };
        if let (Ok(small), Ok(great)) = (model.share(&conditions), model.share(&greater)) {
            let slack = if matches!(model, Slippage::Almgren { .. }) { small >> 50 } else {
                I64F64::ZERO
            };
            prop_assert!(great >= small - slack, "{great} < {small}");
        }
    }

    /// The limit bounds the price, and changes nothing else.
    #[test]
    fn clamped_to_the_limit(
        model in any_model(),
        conditions in any_conditions(),
        market in 1..1_000_000_000_i64,
        room in 0..1_000_000_i64,
    ) {
        for (side, limit) in [(Side::Buy, market + room), (Side::Sell, market - room)] {
            let free = model.execution_price(&conditions, side, Ticks(market), None);
            let bound = model.execution_price(&conditions, side, Ticks(market), Some(Ticks(limit)));
            let Ok(free) = free else { continue };
            let expected = match side {
                Side::Buy => free.get().min(limit),
                Side::Sell => free.get().max(limit),
            };
            prop_assert_eq!(bound, Ok(Ticks(expected)));
        }
    }

    /// FIXED and SPREAD against exact integers: buys up, sells down, by less than one tick.
    #[test]
    fn rounded_against_the_taker(
        ratio in 0..=Ratio::ONE,
        market in 0..1_i64 << 33,
    ) {
        let conditions = Conditions { spread: Ratio(ratio), ..order_of(1) };
        let one = i128::from(Ratio::ONE);
        let fixed = Slippage::Fixed { share: Ratio(ratio) };
        for (model, den) in [(fixed, one), (Slippage::SPREAD, 2 * one)] {
            let product = i128::from(ratio) * i128::from(market);
            let distance = i64::try_from((product + den - 1) / den).unwrap();
            for (side, expected) in
                [(Side::Buy, market + distance), (Side::Sell, market - distance)]
            {
                let found = model.execution_price(&conditions, side, Ticks(market), None);
                prop_assert_eq!(found, Ok(Ticks(expected)));
            }
        }
    }
}

mod fees {
    use super::*;

    fn taker(schedule: &FeeSchedule, value: i64) -> i64 {
        schedule.fee(Money(value), Lots(1), Liquidity::Taker).unwrap().get()
    }

    #[test]
    fn named_tiers() {
        for (schedule, fee) in [
            (FeeSchedule::FREE, 0),
            (FeeSchedule::STANDARD, 1_000),
            (FeeSchedule::VIP1, 900),
            (FeeSchedule::VIP2, 800),
        ] {
            for liquidity in [Liquidity::Unknown, Liquidity::Maker, Liquidity::Taker] {
                let found = schedule.fee(Money(1_000_000), Lots(3), liquidity);
                assert_eq!(found, Ok(Money(fee)));
            }
        }
    }

    #[test]
    fn unknown_liquidity_pays_the_dearer() {
        let venue = FeeSchedule { maker: Ratio(-BASIS_POINT), ..FeeSchedule::STANDARD };
        let at = |schedule: &FeeSchedule, liquidity| {
            schedule.fee(Money(1_000_000), Lots(1), liquidity).unwrap().get()
        };
        assert_eq!(at(&venue, Liquidity::Maker), -100);
        assert_eq!(at(&venue, Liquidity::Taker), 1_000);
        assert_eq!(at(&venue, Liquidity::Unknown), 1_000);
        let inverted = FeeSchedule { maker: venue.taker, taker: venue.maker, ..venue };
        assert_eq!(at(&inverted, Liquidity::Unknown), 1_000);
    }

    #[test]
    fn rounds_against_the_trader() {
        let rebate = FeeSchedule::flat(Ratio(-1_000_000));
        for (value, fee, paid_back) in
            [(0, 0, 0), (1, 1, 0), (999, 1, 0), (1_000, 1, -1), (1_001, 2, -1), (-1_001, 2, -1)]
        {
            assert_eq!(taker(&FeeSchedule::STANDARD, value), fee);
            assert_eq!(taker(&rebate, value), paid_back);
        }
    }

    #[test]
    fn lots_minimum_and_maximum() {
        let mut venue = FeeSchedule { per_lot: Money(7), ..FeeSchedule::STANDARD };
        let at = |venue: &FeeSchedule, lots| {
            venue.fee(Money(10_000), Lots(lots), Liquidity::Taker).unwrap().get()
        };
        assert_eq!(at(&venue, 3), 31);
        assert_eq!(at(&venue, -3), 31);
        venue.minimum = Some(Money(40));
        assert_eq!(at(&venue, 3), 40);
        venue.maximum = Some(Money(50));
        assert_eq!(at(&venue, 3), 40);
        assert_eq!(at(&venue, 5), 45);
        assert_eq!(at(&venue, 500), 50);
        venue.maximum = Some(Money(30));
        assert_eq!(at(&venue, 5), 40);
    }

    #[test]
    fn a_minimum_of_zero_gives_no_rebates() {
        let rebate = FeeSchedule::flat(Ratio(-1_000_000));
        assert_eq!(taker(&rebate, 10_000), -10);
        assert_eq!(taker(&FeeSchedule { minimum: Some(Money::ZERO), ..rebate }, 10_000), 0);
    }

    #[test]
    fn too_large_is_refused_unless_it_is_bounded() {
        let mut venue = FeeSchedule { per_lot: Money(i64::MAX), ..FeeSchedule::FREE };
        let fee = |venue: &FeeSchedule| venue.fee(Money(0), Lots(2), Liquidity::Taker);
        assert_eq!(fee(&venue), Err(RangeError));
        venue.maximum = Some(Money(5));
        assert_eq!(fee(&venue), Ok(Money(5)));
    }

    proptest! {
        /// Any input is answered, with the least integer that is not below the exact fee.
        #[test]
        fn least_integer_not_below(value: i64, lots: i64, rate: i64, per_lot in -1_000..1_000_i64) {
            let venue = FeeSchedule { per_lot: Money(per_lot), ..FeeSchedule::flat(Ratio(rate)) };
            let one = i128::from(Ratio::ONE);
            let lots_part = i128::from(lots).abs() * i128::from(per_lot);
            let found = venue.fee(Money(value), Lots(lots), Liquidity::Maker);
            let product = i128::from(value).abs() * i128::from(rate);
            let ceiling = product.div_euclid(one) + i128::from(product.rem_euclid(one) != 0);
            let expected = i64::try_from(ceiling + lots_part).map(Money).map_err(|_| RangeError);
            prop_assert_eq!(found, expected);
        }

        /// Splitting an execution never makes it cheaper.
        #[test]
        fn splitting_is_never_cheaper(
            a in 0..1_i64 << 50,
            b in 0..1_i64 << 50,
            rate in -PERCENT..=PERCENT,
        ) {
            let venue = FeeSchedule::flat(Ratio(rate));
            prop_assert!(taker(&venue, a) + taker(&venue, b) >= taker(&venue, a + b));
        }
    }
}
