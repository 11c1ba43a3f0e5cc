//! Trailing stops: how level and peak follow the price, in calm and in storms.

use super::*;

/// Arms a trailing stop that has seen no price.
fn arm_trailing(triggers: &mut Triggers<'_>, direction: Direction, trail: Trail) -> u32 {
    let kind = TriggerKind::TrailingStop;
    let action = TriggerAction::Release;
    let new = Trigger { kind, action, trail, ..trigger(direction, 0) };
    triggers.arm(&new, None).unwrap().0
}

const fn by_ratio(parts: i64) -> Trail {
    Trail { offset: Ticks::ZERO, ratio: Ratio(parts) }
}

const fn by_ticks(ticks: i64) -> Trail {
    Trail { offset: Ticks(ticks), ratio: Ratio::ZERO }
}

/// The level after each of these prices, none of which fires it.
fn levels(direction: Direction, trail: Trail, prices: &[i64]) -> Vec<i64> {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let slot = arm_trailing(&mut triggers, direction, trail);
    let mut follow = |&price: &i64| {
        triggers.reach(0, Ticks(price), Ticks(price));
        assert_eq!(next_fire(&mut triggers, 0), None);
        triggers.shown(slot).unwrap().level.0
    };
    prices.iter().map(&mut follow).collect()
}

#[test]
fn a_sell_rides_up_at_its_distance() {
    let sell = |trail, prices: &[i64]| levels(Direction::BidFall, trail, prices);
    let two_percent = by_ratio(20_000_000);
    assert_eq!(sell(two_percent, &[50_000, 51_000, 50_500]), [49_000, 49_980, 49_980]);
    // In tenths: 100 with 10 %, 102, 101; and 103.5 with 2 % in hundredths.
    assert_eq!(sell(by_ratio(100_000_000), &[1_000, 1_020, 1_010]), [900, 918, 918]);
    assert_eq!(sell(two_percent, &[10_350, 10_200]), [10_143, 10_143]);
    assert_eq!(sell(two_percent, &[10_300]), [10_094]);
    assert_eq!(sell(by_ticks(1_000), &[50_000, 51_000, 50_500]), [49_000, 50_000, 50_000]);
}

#[test]
fn a_buy_rides_down_at_its_distance() {
    let buy = |trail, prices: &[i64]| levels(Direction::AskRise, trail, prices);
    assert_eq!(buy(by_ratio(20_000_000), &[50_000, 49_000, 49_500]), [51_000, 49_980, 49_980]);
    assert_eq!(buy(by_ratio(100_000_000), &[1_000, 980, 990]), [1_100, 1_078, 1_078]);
    assert_eq!(buy(by_ticks(1_000), &[50_000, 49_000, 49_500]), [51_000, 50_000, 50_000]);
}

#[test]
fn the_level_rounds_away_from_the_market() {
    let sell = |trail, prices: &[i64]| levels(Direction::BidFall, trail, prices);
    let buy = |trail, prices: &[i64]| levels(Direction::AskRise, trail, prices);
    // 2 % of 101 are 2.02.
    assert_eq!(sell(by_ratio(20_000_000), &[101]), [98]);
    assert_eq!(buy(by_ratio(20_000_000), &[101]), [104]);
    // Never less than a tick, also at a price of 0; a share of a negative price is one of its
    // magnitude.
    assert_eq!(sell(by_ratio(1), &[-1, 0, 1, 2]), [-2, -1, 0, 1]);
    assert_eq!(sell(by_ratio(100_000_000), &[-100, -50, 50]), [-110, -55, 45]);
    assert_eq!(buy(by_ratio(100_000_000), &[50, -50, -100]), [55, -45, -90]);
    let most = Ticks::MAX;
    assert_eq!(sell(by_ticks(most), &[-most, most]), [-2 * most, 0]);
    assert_eq!(buy(by_ratio(999_999_999), &[most])[0] / 1_000, 2_305_843_008_060_772);
}

#[test]
fn it_fires_at_its_level() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let slot = arm_trailing(&mut triggers, Direction::BidFall, by_ratio(20_000_000));
    assert!(triggers.is_placed(slot) && triggers.shown(slot).unwrap().peak.is_none());
    for price in [50_000, 51_000, 49_981] {
        triggers.reach(0, Ticks(price), Ticks(price));
        assert_eq!(drain(&mut triggers, 0), []);
    }
    assert_eq!(triggers.shown(slot).unwrap().peak, Some(Ticks(51_000)));
    triggers.reach(0, Ticks(49_980), Ticks(49_981));
    assert_eq!(drain(&mut triggers, 0), [(slot, 49_980, 49_980)]);
    triggers.remove(slot, None);
    assert!(triggers.table().is_empty());
}

#[test]
fn only_those_whose_peak_is_passed_follow() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let low = arm_trailing(&mut triggers, Direction::BidFall, by_ticks(10));
    triggers.reach(0, Ticks(100), Ticks(100));
    let high = arm_trailing(&mut triggers, Direction::BidFall, by_ticks(10));
    triggers.reach(0, Ticks(98), Ticks(98));
    let peaks = |t: &Triggers<'_>| [low, high].map(|slot| t.shown(slot).unwrap().peak.unwrap().0);
    assert_eq!(peaks(&triggers), [100, 98]);
    triggers.reach(0, Ticks(99), Ticks(99));
    assert_eq!(peaks(&triggers), [100, 99]);
    triggers.reach(0, Ticks(101), Ticks(101));
    assert_eq!(peaks(&triggers), [101, 101]);
    // A new peak does not change the place among equal levels.
    triggers.reach(0, Ticks(91), Ticks(91));
    assert_eq!(drain(&mut triggers, 0), [(low, 91, 91), (high, 91, 91)]);
}

#[test]
fn of_equal_levels_the_one_armed_first_fires_first() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let slots = [5, 4, 5].map(|offset| {
        let slot = arm_trailing(&mut triggers, Direction::AskRise, by_ticks(offset));
        // The price comes down to where the others are.
        triggers.reach(0, Ticks(100), Ticks(100));
        slot
    });
    triggers.reach(0, Ticks(90), Ticks(90));
    let fixed = arm_all(&mut triggers, Direction::AskRise, &[95])[0];
    triggers.reach(0, Ticks(95), Ticks(95));
    let order: Vec<u32> = drain(&mut triggers, 0).iter().map(|fired| fired.0).collect();
    assert_eq!(order, [slots[1], slots[0], slots[2], fixed]);
}

#[test]
fn in_a_storm_nothing_follows_and_then_the_last_price_counts() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let fixed = arm_all(&mut triggers, Direction::BidFall, &[99, 98]);
    let trailing = arm_trailing(&mut triggers, Direction::BidFall, by_ticks(10));
    let buy = arm_trailing(&mut triggers, Direction::AskRise, by_ticks(10));
    triggers.reach(0, Ticks(100), Ticks(100));
    let peak = |t: &Triggers<'_>, slot| t.shown(slot).unwrap().peak.unwrap().0;
    triggers.reach(0, Ticks(95), Ticks(95));
    assert_eq!(next_fire(&mut triggers, 0), Some((fixed[0], Ticks(95))));
    // Two stops wait to be fired: a high does not count, in the other direction a low does.
    for (bid, ask) in [(120, 100), (95, 93), (110, 101)] {
        triggers.reach(0, Ticks(bid), Ticks(ask));
    }
    assert_eq!((peak(&triggers, trailing), peak(&triggers, buy)), (100, 93));
    assert_eq!(drain(&mut triggers, 0)[..2], [(fixed[0], 99, 95), (fixed[1], 98, 95)]);
    assert_eq!((peak(&triggers, trailing), peak(&triggers, buy)), (110, 93));
    assert_eq!(triggers.shown(trailing).unwrap().level, Ticks(100));
    // A storm that is cancelled is over with the next price.
    let late = arm_all(&mut triggers, Direction::BidFall, &[109])[0];
    triggers.reach(0, Ticks(105), Ticks(105));
    triggers.remove(late, Some(&mut List { head: late, tail: late, len: 1 }));
    triggers.reach(0, Ticks(111), Ticks(111));
    assert_eq!(peak(&triggers, trailing), 111);
}

#[test]
fn a_storm_takes_trailing_stops_with_it() {
    let mut room = Room::new();
    let mut triggers = room.triggers();
    let slots = [30, 10, 20]
        .map(|offset| arm_trailing(&mut triggers, Direction::BidFall, by_ticks(offset)));
    triggers.reach(0, Ticks(100), Ticks(100));
    triggers.reach(0, Ticks(85), Ticks(85));
    // Before the first one has fired, the price is back, and falls on.
    triggers.reach(0, Ticks(200), Ticks(200));
    triggers.reach(0, Ticks(75), Ticks(75));
    assert_eq!(drain(&mut triggers, 0), [(slots[1], 90, 75), (slots[2], 80, 75)]);
    assert_eq!(triggers.shown(slots[0]).unwrap().peak, Some(Ticks(100)));
}

#[test]
fn peak_distance_and_number_are_in_the_digest() {
    let digest = |change: fn(&mut Triggers<'_>)| {
        let mut room = Room::new();
        let mut triggers = room.triggers();
        change(&mut triggers);
        let mut hash = Hash64::new(1);
        triggers.digest(&mut hash);
        hash.finish()
    };
    let changes: [fn(&mut Triggers<'_>); 6] = [
        |t| assert_eq!(arm_trailing(t, Direction::BidFall, by_ticks(5)), 0),
        |t| assert_eq!(arm_trailing(t, Direction::AskRise, by_ticks(5)), 0),
        |t| assert_eq!(arm_trailing(t, Direction::BidFall, by_ticks(6)), 0),
        |t| assert_eq!(arm_trailing(t, Direction::BidFall, by_ratio(5)), 0),
        |t| {
            arm_trailing(t, Direction::BidFall, by_ticks(5));
            t.reach(0, Ticks(7), Ticks(7));
        },
        |t| {
            arm_trailing(t, Direction::BidFall, by_ticks(5));
            t.reach(0, Ticks(8), Ticks(8));
        },
    ];
    let mut digests: Vec<u64> = changes.into_iter().map(digest).collect();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), changes.len());
}
