//! Fees, their tiers, and the volume of 30 days.

use super::*;
use crate::num::OFF;
use crate::status::{FeePlan, SimulationField};

fn taker(schedule: &FeeSchedule, value: i64) -> i64 {
    schedule.fee(Money(value), Lots(1), Liquidity::Taker, 0).unwrap().get()
}

#[test]
fn named_plans() {
    for (plan, fee) in
        [(FeePlan::Free, 0), (FeePlan::Standard, 1_000), (FeePlan::Vip1, 900), (FeePlan::Vip2, 800)]
    {
        for liquidity in [Liquidity::Unknown, Liquidity::Maker, Liquidity::Taker] {
            let found = FeeSchedule::of(plan).fee(Money(1_000_000), Lots(3), liquidity, 0);
            assert_eq!(found, Ok(Money(fee)));
        }
    }
}

#[test]
fn unknown_liquidity_pays_the_dearer() {
    let venue = FeeSchedule { maker: Ratio(-BASIS_POINT), ..FeeSchedule::STANDARD };
    let at = |schedule: &FeeSchedule, liquidity| {
        schedule.fee(Money(1_000_000), Lots(1), liquidity, 0).unwrap().get()
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
        venue.fee(Money(10_000), Lots(lots), Liquidity::Taker, 0).unwrap().get()
    };
    assert_eq!(at(&venue, 3), 31);
    assert_eq!(at(&venue, -3), 31);
    venue.minimum = Money(40);
    assert_eq!(at(&venue, 3), 40);
    venue.maximum = Money(50);
    assert_eq!(at(&venue, 3), 40);
    assert_eq!(at(&venue, 5), 45);
    assert_eq!(at(&venue, 500), 50);
    venue.maximum = Money(30);
    assert_eq!(at(&venue, 5), 40);
}

#[test]
fn a_minimum_of_zero_gives_no_rebates() {
    let rebate = FeeSchedule::flat(Ratio(-1_000_000));
    assert_eq!(taker(&rebate, 10_000), -10);
    assert_eq!(taker(&FeeSchedule { minimum: Money::ZERO, ..rebate }, 10_000), 0);
}

#[test]
fn too_large_is_refused_unless_it_is_bounded() {
    let mut venue = FeeSchedule { per_lot: Money(i64::MAX), ..FeeSchedule::FREE };
    let fee = |venue: &FeeSchedule| venue.fee(Money(0), Lots(2), Liquidity::Taker, 0);
    assert_eq!(fee(&venue), Err(RangeError));
    venue.maximum = Money(5);
    assert_eq!(fee(&venue), Ok(Money(5)));
}

fn tiered() -> FeeSchedule {
    let tier = |volume, maker, taker| FeeTier { volume, maker: Ratio(maker), taker: Ratio(taker) };
    let mut venue = FeeSchedule::STANDARD;
    venue.tiers[..3].copy_from_slice(&[
        tier(1_000, 900_000, 950_000),
        tier(2_000, 0, 800_000),
        tier(u64::MAX, -100_000, 500_000),
    ]);
    venue.tier_count = 3;
    venue
}

/// A tier holds from its volume on; below the first the schedule's own rates.
#[test]
fn tiers_by_volume() {
    let venue = tiered();
    assert_eq!(venue.invalid(), None);
    for (volume, maker, taker) in [
        (0, 1_000, 1_000),
        (999, 1_000, 1_000),
        (1_000, 900, 950),
        (1_999, 900, 950),
        (2_000, 0, 800),
        (u64::MAX - 1, 0, 800),
        (u64::MAX, -100, 500),
    ] {
        let fee = |liquidity| venue.fee(Money(1_000_000), Lots(1), liquidity, volume);
        assert_eq!(fee(Liquidity::Maker), Ok(Money(maker)));
        assert_eq!(fee(Liquidity::Taker), Ok(Money(taker)));
        assert_eq!(fee(Liquidity::Unknown), Ok(Money(maker.max(taker))));
    }
}

#[test]
fn each_field_of_a_schedule_has_its_range() {
    type Change = fn(&mut FeeSchedule);
    let changes: [(Change, Option<SimulationField>); 17] = [
        (|f| f.maker = Ratio(Ratio::ONE), None),
        (|f| f.maker = Ratio(Ratio::ONE + 1), Some(SimulationField::Maker)),
        (|f| f.tiers[0].maker = Ratio(-Ratio::ONE - 1), Some(SimulationField::Maker)),
        (|f| f.taker = Ratio(i64::MIN), Some(SimulationField::Taker)),
        (|f| f.tiers[2].taker = Ratio(i64::MAX), Some(SimulationField::Taker)),
        (|f| f.minimum = Money(OFF - 1), Some(SimulationField::Minimum)),
        (|f| f.minimum = Money(0), None),
        (|f| f.maximum = Money(i64::MIN), Some(SimulationField::Maximum)),
        (|f| f.tier_count = 9, Some(SimulationField::TierCount)),
        (|f| f.tier_count = u32::MAX, Some(SimulationField::TierCount)),
        (|f| f.tier_count = 2, Some(SimulationField::TierVolume)),
        (|f| f.tier_count = 4, Some(SimulationField::TierVolume)),
        (|f| f.tiers[0].volume = 0, Some(SimulationField::TierVolume)),
        (|f| f.tiers[1].volume = 1_000, Some(SimulationField::TierVolume)),
        (|f| f.tiers[7].volume = 1, Some(SimulationField::TierVolume)),
        (|f| f.reserved = 1, Some(SimulationField::FeesReserved)),
        (|f| f.per_lot = Money(i64::MIN), None),
    ];
    for (place, (change, found)) in changes.into_iter().enumerate() {
        let mut venue = tiered();
        change(&mut venue);
        assert_eq!(venue.invalid(), found, "{place}");
    }
}

fn day(number: u64) -> Nanos {
    Nanos(number * Nanos::DAY)
}

/// A day counts whole for 30 days from its beginning, and then not at all.
#[test]
fn thirty_days_count() {
    let mut volume = FeeVolume::default();
    volume.add(Nanos(day(100).0 + Nanos::DAY - 1), 7);
    volume.add(day(101), 20);
    assert_eq!(volume.at(day(101)), 27);
    assert_eq!(volume.at(Nanos(day(130).0 - 1)), 27);
    assert_eq!(volume.at(day(130)), 20);
    assert_eq!(volume.at(day(131)), 0);
    assert_eq!(volume.at(Nanos(u64::MAX)), 0);
    volume.add(day(129), 300);
    assert_eq!(volume.at(day(129)), 327);
    volume.add(day(130), 4_000);
    assert_eq!(volume.at(day(130)), 4_320);
    // A step back counts for the latest day.
    volume.add(day(3), 50_000);
    assert_eq!(volume.at(day(3)), 54_320);
    assert_eq!(volume.at(day(159)), 54_000);
    assert_eq!(volume.at(day(160)), 0);
    volume.add(day(1_000), 1);
    assert_eq!(volume.at(day(1_000)), 1);
}

/// A sum that stopped at the top is right again once the large day is gone.
#[test]
fn sums_stop_at_the_top() {
    let mut volume = FeeVolume::default();
    volume.add(day(0), u64::MAX);
    volume.add(day(1), 5);
    assert_eq!(volume.at(day(1)), u64::MAX);
    assert_eq!(volume.at(day(30)), 5);
}

proptest! {
    /// Any input is answered, with the least integer that is not below the exact fee.
    #[test]
    fn least_integer_not_below(
        value in prop_oneof![any::<i64>(), -1_000_000..1_000_000_i64],
        lots: i64,
        rate in prop_oneof![any::<i64>(), -PERCENT..=PERCENT],
        per_lot in prop_oneof![Just(0), -1_000..1_000_i64],
    ) {
        let venue = FeeSchedule { per_lot: Money(per_lot), ..FeeSchedule::flat(Ratio(rate)) };
        let one = i128::from(Ratio::ONE);
        let lots_part = i128::from(lots).abs() * i128::from(per_lot);
        let found = venue.fee(Money(value), Lots(lots), Liquidity::Maker, 0);
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

    /// Against a list of all that was traded.
    #[test]
    fn the_ring_is_the_list(
        steps in proptest::collection::vec((0..40_u64, 0..1_000_u64), 1..60),
    ) {
        let (mut ring, mut list, mut today) = (FeeVolume::default(), std::vec![], 0);
        for (passed, traded) in steps {
            today += passed * passed / 20;
            ring.add(day(today), traded);
            list.push((today, traded));
            for ahead in [0, 1, 7, 29, 30] {
                let expected: u64 =
                    list.iter().filter(|(d, _)| d + 30 > today + ahead).map(|(_, t)| t).sum();
                prop_assert_eq!(ring.at(day(today + ahead)), expected);
            }
        }
    }
}
