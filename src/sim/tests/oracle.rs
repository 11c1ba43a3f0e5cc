//! The numbers of the sources.

use super::*;

fn price(config: &SlippageConfig, side: Side, millionths: u64) -> i64 {
    let order = SlippageOrder { side: side.raw().into(), ..order_of(millionths) };
    config.price(&order).unwrap().get()
}

#[test]
fn fixed_moves_five_basis_points() {
    let model = calm(SlippageModel::Fixed);
    assert_eq!(model.share(&order_of(10_000)).unwrap().to_bits(), Share::ONE / 2_000);
    assert_eq!(price(&model, Side::Buy, 10_000), 50_025);
    assert_eq!(price(&model, Side::Sell, 10_000), 49_975);
}

#[test]
fn volume_moves_ten_basis_points_for_one_percent() {
    let model = calm(SlippageModel::Volume);
    assert_close(basis_points(&model, &order_of(10_000)), 10.0, 1e-12);
    assert_eq!(price(&model, Side::Buy, 10_000), 50_050);
    assert_eq!(price(&model, Side::Sell, 10_000), 49_950);
}

#[test]
fn volume_is_capped_at_five_percent() {
    let model = calm(SlippageModel::Volume);
    for millionths in [50_000, 50_001, 1_000_000, 1_000_000_000] {
        assert_close(basis_points(&model, &order_of(millionths)), 50.0, 1e-12);
        assert_eq!(price(&model, Side::Buy, millionths), 50_250);
    }
    let endless = SlippageOrder { size: u64::MAX, volume: 1, ..order_of(0) };
    assert_close(basis_points(&model, &endless), 50.0, 1e-12);
}

#[test]
fn volume_without_a_volume_is_fixed() {
    let order = SlippageOrder { volume: 0, ..order_of(10_000) };
    let fixed = calm(SlippageModel::Fixed).share(&order);
    assert_eq!(calm(SlippageModel::Volume).share(&order), fixed);
}

#[test]
fn spread_moves_half_of_it() {
    let model = calm(SlippageModel::Spread);
    assert_eq!(model.share(&order_of(10_000)).unwrap().to_bits(), Share::ONE / 10_000);
    assert_eq!(price(&model, Side::Buy, 10_000), 50_005);
    assert_eq!(price(&model, Side::Sell, 10_000), 49_995);
}

/// Quotes of 98 and 102: mid 100, spread 4 %. Quotes half a tick about a mid: as they are.
#[test]
fn spread_reaches_the_opposite_quote() {
    let model = calm(SlippageModel::Spread);
    for (bid, ask) in [(98, 102), (98, 101), (-3, 4), (-7, -7)] {
        let order = order_of(1).quoted(Ticks(bid), Ticks(ask));
        assert_eq!(model.price(&order), Ok(Ticks(ask)));
        assert_eq!(model.price(&other_side(order)), Ok(Ticks(bid)));
    }
}

/// spread / 2 + 0.05 × 1 %: 1 bp and 5 bp.
#[test]
fn realistic_without_noise() {
    let model = calm(SlippageModel::Realistic);
    assert_close(basis_points(&model, &order_of(10_000)), 6.0, 2e-7);
    assert_eq!(price(&model, Side::Buy, 10_000), 50_030);
    assert_eq!(price(&model, Side::Sell, 10_000), 49_970);
    // Quotes 10 bp apart about 50 000: their half of it, and the same 5 bp of the mid.
    let quoted = order_of(10_000).quoted(Ticks(49_975), Ticks(50_025));
    assert_eq!(model.price(&quoted), Ok(Ticks(50_050)));
    assert_eq!(model.price(&other_side(quoted)), Ok(Ticks(49_950)));
    // Not bounded: the whole volume moves 5 %, ten times it 50 %.
    assert_eq!(price(&model, Side::Buy, 1_000_000), 52_505);
    assert_eq!(price(&model, Side::Sell, 10_000_000), 24_995);
    let unknown = SlippageOrder { volume: 0, ..order_of(10_000) };
    assert_eq!(model.price(&unknown), Ok(Ticks(50_005)));
}

/// The noise of a draw is its normal number times 0.02 %; a favourable one ends at the market.
#[test]
fn realistic_with_noise() {
    let noisy = SlippageConfig::new(SlippageModel::Realistic);
    let (mut at_market, mut worse) = (0, 0);
    for number in 0..10_000 {
        let order = SlippageOrder { number, ..order_of(10_000) };
        let z = normal(draw(noisy.seed, number)) as f64 / f64::from(1 << 28);
        let share = (6.0 + 2.0 * z).max(0.0);
        assert_close(basis_points(&noisy, &order), share, 2e-7);
        let price = noisy.price(&order).unwrap().get();
        assert_eq!(price, 50_000 + (share * 5.0 - 1e-6).ceil() as i64);
        at_market += i32::from(price == 50_000);
        worse += i32::from(price > 50_030);
    }
    // Beyond 3 standard deviations on one side: 13.5 of them. Beyond 0: half.
    assert!((5..30).contains(&at_market) && (4_800..5_200).contains(&worse));
}

/// 0.1 × 2.5 % squared is 0.625 bp; at 1 % it is 0.1 bp.
#[test]
fn volume_share_is_quadratic_up_to_its_cap() {
    let model = calm(SlippageModel::VolumeShare);
    for (millionths, bp) in [(10_000, 0.1), (25_000, 0.625), (100_000, 0.625), (5_000, 0.025)] {
        assert_close(basis_points(&model, &order_of(millionths)), bp, 1e-12);
    }
    let large = SlippageOrder { price: Ticks(10_000_000), ..order_of(25_000) };
    assert_eq!(model.price(&large), Ok(Ticks(10_000_625)));
    let unknown = SlippageOrder { volume: 0, ..order_of(1) };
    assert_close(basis_points(&model, &unknown), 0.625, 1e-12);
}

/// zipline fills no more than 2.5 % of a bar for all orders together.
#[test]
fn a_bar_fills_a_share_of_its_volume() {
    let model = calm(SlippageModel::VolumeShare);
    for (volume, done, qty, filled) in [
        (1_000, 0, 10, 10),
        (1_000, 0, 100, 25),
        (1_000, 20, 100, 5),
        (1_000, 25, 100, 0),
        (1_000, 90, 100, 0),
        (39, 0, 100, 0),
        (40, 0, 100, 1),
        (0, 0, 100, 0),
        (1_000, 0, 0, 0),
        (1_000, 0, -5, 0),
        (u64::MAX, 0, i64::MAX, 461_168_601_842_738_790),
    ] {
        assert_eq!(fill_max(&model, volume, done, Lots(qty)), Lots(filled));
    }
    let whole = SlippageConfig { participation_max: Ratio(Ratio::ONE), ..model };
    assert_eq!(fill_max(&whole, u64::MAX, 0, Lots(i64::MAX)), Lots(i64::MAX));
    let none = SlippageConfig { participation_max: Ratio(-1), ..model };
    assert_eq!(fill_max(&none, 1_000, 0, Lots(1)), Lots(0));
}

#[test]
fn square_root_moves_twenty_basis_points() {
    let model = calm(SlippageModel::SquareRoot);
    assert_close(basis_points(&model, &order_of(10_000)), 20.0, 1e-12);
    assert_eq!(price(&model, Side::Buy, 10_000), 50_100);
    assert_eq!(price(&model, Side::Sell, 10_000), 49_900);
    let half = SlippageConfig { factor: Ratio(Ratio::ONE / 2), ..model };
    assert_close(basis_points(&half, &order_of(10_000)), 10.0, 1e-12);
    assert_close(basis_points(&model, &order_of(40_000)), 40.0, 1e-12);
}

/// 200 × 0.142 × 0.01^0.6 = 1.7919... and ten times the rate: 7.1338... basis points.
#[test]
fn almgren_temporary_part() {
    let day = calm(SlippageModel::Almgren);
    assert_close(basis_points(&day, &order_of(10_000)), 1.792, 5e-4);
    assert_close(basis_points(&day, &order_of(10_000)), 28.4 * 0.01_f64.powf(0.6), 1e-11);
    let tenth = SlippageConfig { days: Ratio(Ratio::ONE / 10), ..day };
    assert_close(basis_points(&tenth, &order_of(10_000)), 7.134, 5e-4);
    assert_close(basis_points(&tenth, &order_of(10_000)), 28.4 * 0.1_f64.powf(0.6), 1e-11);
}

#[test]
fn almgren_permanent_part_is_added() {
    for (days, t) in [(Ratio(Ratio::ONE), 1.0_f64), (Ratio(Ratio::ONE / 5), 0.2)] {
        let off = SlippageConfig { days, ..calm(SlippageModel::Almgren) };
        let on = SlippageConfig { outstanding: 263 * VOLUME, ..off };
        let added = basis_points(&on, &order_of(100_000)) - basis_points(&off, &order_of(100_000));
        // ½·σ·T·γ·ν^α·(Θ/V)^δ with the platform's own power function.
        let expected = 0.5 * 200.0 * t * 0.314 * (0.1_f64 / t).powf(0.891) * 263_f64.powf(0.267);
        assert_close(added, expected, 1e-9);
    }
}

/// 26.477... bp: the same on every target, so pinned to the last bit.
#[test]
fn almgren_bits_do_not_change() {
    let model = SlippageConfig {
        volatility: Ratio(157 * BASIS_POINT),
        days: Ratio(Ratio::ONE / 5),
        outstanding: 263 * VOLUME,
        ..calm(SlippageModel::Almgren)
    };
    let bits = model.share(&order_of(100_000)).unwrap().to_bits();
    assert_eq!(bits, (48_842_477_305_541_492 * 1_000_000_000) >> 36);
}
