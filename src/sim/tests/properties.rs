//! What holds for every model.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Nothing panics, whatever the bytes; a price is within its range.
    #[test]
    fn any_input_is_answered(
        model: u8,
        ratios: [i64; 8],
        words: [u64; 3],
        prices: [i64; 4],
        head in any::<(u64, u32, u32)>(),
    ) {
        let config = SlippageConfig {
            share: Ratio(ratios[0]),
            factor: Ratio(ratios[1]),
            participation_max: Ratio(ratios[2]),
            spread: Ratio(ratios[3]),
            impact: Ratio(ratios[4]),
            noise: Ratio(ratios[5]),
            volatility: Ratio(ratios[6]),
            days: Ratio(ratios[7]),
            outstanding: words[0],
            model: model % 10,
            ..SlippageConfig::new(SlippageModel::Fixed)
        };
        let order = SlippageOrder {
            bid: Ticks(prices[0]),
            ask: Ticks(prices[1]),
            price: Ticks(prices[2]),
            limit: Ticks(prices[3]),
            size: words[1],
            volume: words[2],
            number: head.0,
            side: head.1 % 3,
            flags: head.2 % 5,
        };
        if let Ok(price) = config.price(&order) {
            prop_assert!(price.get().abs() <= Ticks::MAX);
        }
        let _ = config.worst_case(order.size, order.volume);
        let _ = config.size(order.size, order.volume, Ratio(ratios[0]));
        let _ = config.invalid();
    }

    /// A sell in the mirror image of a market has the mirror image of a buy's price.
    #[test]
    fn symmetric_in_side(config in any_config(), order in any_order()) {
        let minus = |price: Ticks| Ticks(-price.get());
        let mirrored = SlippageOrder {
            bid: minus(order.ask),
            ask: minus(order.bid),
            price: minus(order.price),
            limit: minus(order.limit),
            ..other_side(order)
        };
        prop_assert_eq!(config.price(&order), config.price(&mirrored).map(minus));
    }

    /// About a whole mid both sides move by the same distance.
    #[test]
    fn symmetric_about_the_mid(config in any_config(), order in any_order()) {
        let order = SlippageOrder { flags: 0, ..order };
        let there = config.price(&order).map(|price| price.get().abs_diff(order.price.get()));
        let back =
            config.price(&other_side(order)).map(|price| price.get().abs_diff(order.price.get()));
        prop_assert_eq!(there, back);
    }

    /// Never better than the opposite best, or than the price where no quotes are given.
    #[test]
    fn never_better_than_the_market(config in any_config(), order in any_order()) {
        let order = SlippageOrder { flags: order.flags & 1, ..order };
        let (bid, ask) = order.best();
        if let Ok(price) = config.price(&order) {
            if is_buy(&order) {
                prop_assert!(price >= ask);
            } else {
                prop_assert!(price <= bid);
            }
        }
    }

    /// The limit bounds the price, and changes nothing else.
    #[test]
    fn clamped_to_the_limit(config in any_config(), order in any_order()) {
        let free = config.price(&SlippageOrder { flags: order.flags & 1, ..order });
        let bound = config.price(&order.limited(order.limit));
        if let Ok(free) = free {
            let expected = if is_buy(&order) {
                free.min(order.limit)
            } else {
                free.max(order.limit)
            };
            prop_assert_eq!(bound, Ok(expected));
        }
    }

    /// A greater order pays no less; powers may differ in their last bit.
    #[test]
    fn monotone_in_size(config in any_config(), order in any_order(), more: u64) {
        let greater = SlippageOrder { size: order.size.saturating_add(more), ..order };
        if let (Ok(small), Ok(great)) = (config.share(&order), config.share(&greater)) {
            let (small, great) = (small.to_bits(), great.to_bits());
            let slack = if config.model == SlippageModel::Almgren.raw() { small >> 50 } else { 0 };
            prop_assert!(great >= small - slack, "{great} < {small}");
        }
        let is_exact = config.model != SlippageModel::Almgren.raw();
        if let (true, Ok(small), Ok(great)) =
            (is_exact, config.price(&order), config.price(&greater))
        {
            prop_assert!(small == great || is_buy(&order) == (great > small));
        }
    }

    /// Against exact fractions: buys up, sells down, by less than a tick.
    #[test]
    fn rounded_against_the_taker(
        ratio in 0..=Ratio::ONE,
        bid in 0..1_000_i64,
        spread in 0..10_i64,
        size in 0..2_000_u64,
        volume in 1..1_000_u64,
        model in 0..4_usize,
    ) {
        let model = PRICED[model];
        let config = SlippageConfig {
            share: Ratio(ratio),
            factor: Ratio(ratio),
            impact: Ratio(ratio),
            participation_max: Ratio(Ratio::ONE),
            ..calm(model)
        };
        let (bid, ask) = (Ticks(bid), Ticks(bid + spread));
        let order = SlippageOrder::at(Side::Buy, bid, size, volume, 0).quoted(bid, ask);
        // Twice the price, in parts of 10^9 × volume.
        let (ratio, one, volume) = (i128::from(ratio), i128::from(Ratio::ONE), i128::from(volume));
        let (sum, opposite) = (i128::from(bid.0 + ask.0), i128::from(ask.0) * 2 * one * volume);
        let moved = |share: i128| sum * one * volume + sum * share;
        let exact = match model {
            SlippageModel::Fixed => moved(ratio * volume),
            SlippageModel::Volume => moved(ratio * i128::from(size).min(volume)),
            SlippageModel::Spread => opposite,
            _ => opposite + sum * ratio * i128::from(size),
        };
        let parts = 2 * one * volume;
        let up = (exact.max(opposite) + parts - 1) / parts;
        prop_assert_eq!(config.price(&order), Ok(Ticks(up as i64)));
    }
}

/// Debug and release, and every machine: the prices of 100 000 draws through every model.
#[test]
fn bits_do_not_change() {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    let mut note = |word: u64| digest = (digest ^ word).wrapping_mul(0x0000_0100_0000_01b3);
    for number in 0..100_000 {
        let bits = draw(7, number);
        note(bits);
        note(normal(bits).cast_unsigned());
        let model = PRICED[(bits % 7) as usize];
        let config = SlippageConfig { outstanding: bits >> 20, ..SlippageConfig::new(model) };
        let side = if bits & 8 == 0 { Side::Buy } else { Side::Sell };
        let price = Ticks((bits >> 44) as i64);
        let order = SlippageOrder::at(side, price, bits >> 30, 1 + (bits >> 24), number);
        let order = if bits & 16 == 0 { order } else { order.quoted(price, Ticks(price.0 + 3)) };
        note(config.price(&order).unwrap().get().cast_unsigned());
    }
    assert_eq!(digest, 14_672_245_832_140_472_329);
}
