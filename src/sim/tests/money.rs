//! Executions keep quantity and money.

use super::*;

/// Executions unless OMS_EXECUTIONS says how many.
const FEW: u64 = 200_000;

/// A trader and a venue over random executions, in units that lose nothing: what the trader pays
/// the venue receives, and what the trader has lost is, to the unit, what slippage and fees were.
/// 10^7 of them: `OMS_EXECUTIONS=10000000 cargo test --release --lib money`.
#[test]
fn executions_conserve() {
    let count = std::env::var("OMS_EXECUTIONS").map_or(FEW, |text| text.parse().unwrap());
    let plan = FeeSchedule { per_lot: Money(3), ..FeeSchedule::STANDARD };
    let (mut lots, mut cash, mut venue) = (0_i128, 0_i128, 0_i128);
    // In half ticks × lots: the mid may lie between two ticks.
    let (mut slipped, mut traded, mut fees) = (0_i128, 0_i128, 0_i128);
    let mut bid = 1_000_000_i64;
    for number in 0..count {
        let bits = draw(11, number);
        bid = (bid + (bits % 21) as i64 - 10).max(1_000);
        let ask = bid + (bits >> 8) as i64 % 8;
        let model = PRICED[(bits >> 16) as usize % 7];
        let config = SlippageConfig::new(model);
        let qty = 1 + (bits >> 24) as i64 % 1_000;
        let side = if bits >> 63 == 0 { Side::Buy } else { Side::Sell };
        let order = SlippageOrder::at(side, Ticks(0), qty.unsigned_abs(), 100_000, number)
            .quoted(Ticks(bid), Ticks(ask));
        let price = config.price(&order).unwrap();
        let value = price.times(Lots(qty));
        let money = Money(i64::try_from(value).unwrap());
        let fee = plan.fee(money, Lots(-qty), Liquidity::Taker, 0).unwrap().get();
        // The least integer that is not below value / 1000 + 3 qty.
        let above = 1_000 * i128::from(fee - 3 * qty) - value;
        assert!((0..1_000).contains(&above));
        let sign = if side == Side::Buy { 1 } else { -1 };
        lots += i128::from(sign * qty);
        cash -= i128::from(sign) * value + i128::from(fee);
        venue += i128::from(sign) * value + i128::from(fee);
        fees += i128::from(fee);
        let mid = i128::from(bid + ask);
        let slip = i128::from(sign * qty) * (2 * i128::from(price.get()) - mid);
        assert!(slip >= i128::from(qty) * i128::from(ask - bid));
        slipped += slip;
        traded += i128::from(sign * qty) * mid;
    }
    assert_eq!(cash + venue, 0);
    assert_eq!(2 * (cash + fees), -(traded + slipped));
    assert!(lots.unsigned_abs() < 1_000 * u128::from(count));
}
