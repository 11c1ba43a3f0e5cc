//! The walk over levels.

use super::*;

const ASKS: [DepthLevel; 3] = [level(100, 5), level(101, 10), level(103, 1)];
const BIDS: [DepthLevel; 3] = [level(99, 5), level(98, 10), level(96, 1)];

const fn level(price: i64, qty: i64) -> DepthLevel {
    DepthLevel { price: Ticks(price), qty: Lots(qty) }
}

fn buy(qty: i64, limit: i64) -> DepthFill {
    walk(Side::Buy, &ASKS, Lots(qty), Ticks(limit)).unwrap()
}

fn sell(qty: i64, limit: i64) -> DepthFill {
    walk(Side::Sell, &BIDS, Lots(qty), Ticks(limit)).unwrap()
}

/// (filled, price, parts, worst, levels, exact)
fn shown(fill: DepthFill) -> (i64, i64, i64, i64, u32, u8) {
    (fill.filled.0, fill.price.0, fill.parts.0, fill.worst.0, fill.levels, fill.exact)
}

#[test]
fn the_average_of_what_is_taken() {
    assert_eq!(shown(buy(1, i64::MAX)), (1, 100, 0, 100, 1, 1));
    assert_eq!(shown(buy(5, i64::MAX)), (5, 100, 0, 100, 1, 1));
    assert_eq!(shown(buy(10, i64::MAX)), (10, 100, 500_000_000, 101, 2, 1));
    // 1 510 / 15 = 100 2/3, rounded up for a buy; 1 475 / 15 = 98 1/3, down for a sell.
    assert_eq!(shown(buy(15, i64::MAX)), (15, 100, 666_666_667, 101, 2, 0));
    assert_eq!(shown(sell(15, i64::MIN)), (15, 98, 333_333_333, 98, 2, 0));
    assert_eq!(i128::from(buy(15, i64::MAX).value), 1_510);
    // More than there is.
    assert_eq!(shown(buy(100, i64::MAX)), (16, 100, 812_500_000, 103, 3, 1));
}

#[test]
fn the_limit_ends_it() {
    assert_eq!(shown(buy(100, 101)), (15, 100, 666_666_667, 101, 2, 0));
    assert_eq!(shown(buy(100, 100)), (5, 100, 0, 100, 1, 1));
    assert_eq!(shown(buy(100, 99)), (0, 0, 0, 0, 0, 1));
    assert_eq!(shown(sell(100, 98)), (15, 98, 333_333_333, 98, 2, 0));
    assert_eq!(shown(sell(100, 100)), (0, 0, 0, 0, 0, 1));
    assert_eq!(walk(Side::Buy, &[], Lots(1), Ticks(0)).unwrap().filled, Lots(0));
}

/// One part below the next tick, rounded up: the tick.
#[test]
fn parts_carry_into_ticks() {
    let levels = [level(100, 1), level(101, Lots::MAX - 1)];
    let fill = walk(Side::Buy, &levels, Lots(Lots::MAX), Ticks(i64::MAX)).unwrap();
    assert_eq!(shown(fill), (Lots::MAX, 101, 0, 101, 2, 0));
    let levels = [level(-100, 1), level(-101, Lots::MAX - 1)];
    let fill = walk(Side::Sell, &levels, Lots(Lots::MAX), Ticks(i64::MIN)).unwrap();
    assert_eq!(shown(fill), (Lots::MAX, -101, 0, -101, 2, 0));
}

#[test]
fn what_is_refused() {
    let of = |levels: &[DepthLevel], qty| {
        walk(Side::Buy, levels, Lots(qty), Ticks(i64::MAX)).map(|fill| fill.filled)
    };
    for qty in [0, -1, Lots::MAX + 1] {
        assert_eq!(of(&ASKS, qty), Err(Status::BadQty));
        assert_eq!(of(&[level(1, qty)], 1), Err(Status::BadQty));
    }
    assert_eq!(of(&[level(Ticks::MAX + 1, 1)], 1), Err(Status::Price));
    assert_eq!(of(&[level(i64::MIN, 1)], 1), Err(Status::Price));
    assert_eq!(of(&[level(5, 1), level(5, 1)], 2), Err(Status::Price));
    assert_eq!(of(&[level(5, 1), level(4, 1)], 2), Err(Status::Price));
    // What is not reached is not looked at.
    assert_eq!(of(&[level(5, 1), level(4, 0)], 1), Ok(Lots(1)));
}

proptest! {
    /// Against the sum by hand: quantity is kept, the average within one part of the exact one,
    /// on the taker's bad side, and no worse than the last level.
    #[test]
    fn the_average_is_exact(
        steps in proptest::collection::vec((1..1_000_i64, 1..1_000_000_i64), 0..20),
        start in -10_000..10_000_i64,
        qty in 1..5_000_000_i64,
        is_buy: bool,
    ) {
        let (side, sign) = if is_buy { (Side::Buy, 1) } else { (Side::Sell, -1) };
        let mut price = start;
        let levels: std::vec::Vec<_> = steps
            .iter()
            .map(|&(step, lots)| {
                price += sign * step;
                level(price, lots)
            })
            .collect();
        let limit = Ticks(if is_buy { i64::MAX } else { i64::MIN });
        let fill = walk(side, &levels, Lots(qty), limit).unwrap();
        let there: i64 = levels.iter().map(|level| level.qty.0).sum();
        prop_assert_eq!(fill.filled.0, qty.min(there));
        let (mut rest, mut value) = (fill.filled.0, 0_i128);
        for level in &levels {
            let taken = rest.min(level.qty.0);
            value += i128::from(taken) * i128::from(level.price.0);
            rest -= taken;
        }
        prop_assert_eq!(i128::from(fill.value), value);
        let parts = i128::from(fill.price.0) * 1_000_000_000 + i128::from(fill.parts.0);
        let beyond = i128::from(sign) * (parts * i128::from(fill.filled.0) - value * 1_000_000_000);
        prop_assert!(beyond >= 0 && beyond < i128::from(fill.filled.0).max(1));
        prop_assert_eq!(fill.exact == 1, beyond == 0);
        prop_assert!((0..1_000_000_000).contains(&fill.parts.0));
    }
}
