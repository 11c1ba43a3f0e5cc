//! The price in 64 bits is that in 128 bits.

use super::*;

/// A REALISTIC model and an order within what 64 bits take.
fn usual() -> impl Strategy<Value = (SlippageConfig, SlippageOrder)> {
    let prices = prop_oneof![0..100_000_i64, 0..1_i64 << 31];
    (any_config(), any_order(), prices, 0..1_000_i64).prop_map(|(config, order, bid, spread)| {
        let ask = (bid + spread).min((1 << 31) - 1);
        let order = SlippageOrder {
            bid: Ticks(bid),
            ask: Ticks(ask.max(bid)),
            price: Ticks(bid),
            size: order.size.min(order.volume.saturating_sub(1)),
            volume: order.volume.max(1),
            ..order
        };
        let impact = Ratio(config.impact.0.min((1 << 28) - 1));
        let model = SlippageModel::Realistic.raw();
        (SlippageConfig { model, impact, ..config }, order)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// Where 64 bits answer, they answer the same.
    #[test]
    fn lean_is_exact((config, order) in usual()) {
        if let Some(price) = config.price_lean(&order) {
            prop_assert_eq!(Ok(price), config.price_exact(&order));
        }
    }

    /// Any record whatever: an answer in 64 bits is one that 128 bits give.
    #[test]
    fn lean_answers_nothing_else(
        config in any_config(),
        order in any_order(),
        side: u32,
        flags: u32,
        odd in 0..6,
    ) {
        let config = SlippageConfig { model: SlippageModel::Realistic.raw(), ..config };
        let order = match odd {
            0 => SlippageOrder { side, ..order },
            1 => SlippageOrder { flags, ..order },
            2 => SlippageOrder { side: side % 4, flags: flags % 5, ..order },
            3 => SlippageOrder { bid: order.ask, ask: order.bid, ..order },
            _ => order,
        };
        if let Some(price) = config.price_lean(&order) {
            prop_assert_eq!(Ok(price), config.price_exact(&order));
        }
    }
}

/// The ends of what 64 bits take, and one beyond.
#[test]
fn lean_at_its_edges() {
    let most = Ratio((1 << 28) - 1);
    let mut lean = 0;
    for noise in [Ratio(0), most] {
        for impact in [Ratio(0), most, Ratio(1 << 28)] {
            for spread in [Ratio(0), most, Ratio(1 << 28)] {
                for price in [0, 1, (1 << 31) - 1, 1 << 31] {
                    for (size, volume) in
                        [(0, 1), (0, 0), (1, 1), (u64::MAX - 1, u64::MAX), (u64::MAX, u64::MAX)]
                    {
                        for number in 0..40 {
                            let config = SlippageConfig {
                                noise,
                                impact,
                                spread,
                                ..SlippageConfig::new(SlippageModel::Realistic)
                            };
                            for side in [Side::Buy, Side::Sell] {
                                let order =
                                    SlippageOrder::at(side, Ticks(price), size, volume, number);
                                if let Some(price) = config.price_lean(&order) {
                                    assert_eq!(Ok(price), config.price_exact(&order));
                                    lean += 1;
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(lean > 1_000);
}

/// The usual order is priced in 64 bits: otherwise the stated cost would not hold.
#[test]
fn the_usual_order_is_lean() {
    let config = SlippageConfig::new(SlippageModel::Realistic);
    let order = order_of(10_000);
    assert!(config.price_lean(&order).is_some());
    assert!(config.price_lean(&order.quoted(Ticks(49_995), Ticks(50_005))).is_some());
    assert!(config.price_lean(&order.limited(Ticks(50_001))).is_some());
}
