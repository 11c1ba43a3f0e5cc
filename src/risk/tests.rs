//! Tests.
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may stop")]

mod ahead;
mod gate;
mod probes;
use std::collections::BTreeSet;
use std::vec;
use std::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::num::{Money, Nanos, OFF, Ratio};
use crate::status::{BreakerFlag, BreakerState, Cause, ConfigField, Unit};
use crate::store::Hash64;

const MINUTE: u64 = Nanos::MINUTE;
const HOUR: u64 = Nanos::HOUR;
const DAY: u64 = Nanos::DAY;

/// Every limit off.
const QUIET: BreakerConfig = BreakerConfig {
    daily_loss_ratio: Ratio(OFF),
    drawdown_ratio: Ratio(OFF),
    consecutive_losses: -1,
    consecutive_errors: -1,
    orders_per_minute: -1,
    orders_per_hour: -1,
    ..BreakerConfig::DEFAULT
};

fn percent(n: i64) -> Ratio {
    Ratio(n * Ratio::ONE / 100)
}

/// Daily loss 5 %, else nothing.
fn loss_only() -> BreakerConfig {
    BreakerConfig { daily_loss_ratio: percent(5), ..QUIET }
}

fn drawdown_only() -> BreakerConfig {
    BreakerConfig { drawdown_ratio: percent(15), ..QUIET }
}

/// A breaker that has seen this equity at time 1.
fn funded(config: &BreakerConfig, equity: i64) -> Breaker {
    let mut breaker = Breaker::new(config);
    breaker.roll(Nanos(1));
    assert_eq!(breaker.set_equity(Nanos(1), Money(equity)), None);
    breaker
}

fn cause_of(trip: Option<Trip>) -> Option<Cause> {
    trip.map(|trip| Cause::from_raw(trip.cause).unwrap())
}

fn state(breaker: &Breaker) -> BreakerState {
    BreakerState::from_raw(breaker.status(Nanos::ZERO).state).unwrap()
}

mod rates {
    use super::*;

    proptest! {
        /// At most n younger than a window, for the ring's own n and every smaller one.
        #[test]
        fn windows_are_exact(capacity in 1..6_usize, denied_too in any::<bool>(),
                             ops in prop::collection::vec((0..10_u8, 0..4_u64), 1..80)) {
            let mut memory = vec![Nanos(99); capacity];
            let mut ring = RateRing::new(&mut memory);
            let mut model: Vec<u64> = Vec::new();
            let mut now = 0;
            for (op, step) in ops {
                now += step;
                let young = |window| model.iter().filter(|&&at| now - at < window).count();
                for window in 1..9 {
                    for n in 1..=capacity {
                        let n32 = u32::try_from(n).unwrap();
                        prop_assert_eq!(ring.allows(n32, window, Nanos(now)), young(window) < n);
                    }
                    let count = usize::try_from(ring.count(window, Nanos(now))).unwrap();
                    prop_assert_eq!(count, young(window).min(capacity));
                }
                let most = u32::try_from(capacity).unwrap();
                if op == 0 {
                    ring.forget();
                    model.clear();
                } else if denied_too || ring.allows(most, 7, Nanos(now)) {
                    ring.push(Nanos(now));
                    model.push(now);
                }
                prop_assert_eq!(ring.capacity(), most);
                prop_assert!(!denied_too || ring.high_water() >= ring.len());
            }
        }
    }

    #[test]
    fn the_next_is_allowed_when_the_nth_last_is_one_window_old() {
        let mut memory = [Nanos::ZERO; 3];
        let mut ring = RateRing::new(&mut memory);
        for at in [0, 10, 20] {
            assert!(ring.allows(3, 100, Nanos(at)));
            ring.push(Nanos(at));
        }
        assert!(!ring.allows(3, 100, Nanos(20)) && !ring.allows(3, 100, Nanos(99)));
        assert!(ring.allows(3, 100, Nanos(100)));
        assert!(!ring.allows(2, 100, Nanos(109)) && ring.allows(2, 100, Nanos(110)));
        ring.push(Nanos(100));
        assert!(!ring.allows(3, 100, Nanos(109)) && ring.allows(3, 100, Nanos(110)));
        assert!(!ring.allows(0, 100, Nanos(1_000)));
        ring.forget();
        assert!(ring.allows(1, 100, Nanos(100)));
        assert_eq!((ring.count(100, Nanos(100)), ring.len(), ring.high_water()), (0, 3, 3));
    }
}

mod limits {
    use super::*;

    #[test]
    fn five_percent_passes_and_one_unit_more_trips() {
        let mut breaker = funded(&loss_only(), 1_000_000);
        assert_eq!(breaker.set_equity(Nanos(2), Money(950_000)), None);
        let trip = breaker.set_equity(Nanos(3), Money(949_999)).unwrap();
        let expected = Trip {
            at: Nanos(3),
            limit: 50_000_000,
            observed: 50_001_000,
            cause: Cause::DailyLoss.raw(),
            unit: Unit::Ratio.raw(),
            ..Trip::default()
        };
        assert_eq!((trip, breaker.last_trip()), (expected, Some(&expected)));
        assert_eq!(
            (state(&breaker), breaker.is_operational(Nanos(3))),
            (BreakerState::Open, false)
        );
        // Open already: the first cause counts.
        assert_eq!(breaker.set_equity(Nanos(4), Money(1)), None);
        assert_eq!(breaker.status(Nanos(4)).session_trips, 1);
    }

    #[test]
    fn money_limits_trip_beyond() {
        for (config, cause) in [
            (BreakerConfig { daily_loss_money: Money(100), ..QUIET }, Cause::DailyLoss),
            (BreakerConfig { drawdown_money: Money(100), ..QUIET }, Cause::Drawdown),
        ] {
            let mut breaker = funded(&config, 50);
            // Without a ratio limit, nothing left is no breach of itself.
            assert_eq!(breaker.set_equity(Nanos(2), Money(-50)), None);
            let trip = breaker.set_equity(Nanos(3), Money(-51));
            assert_eq!(cause_of(trip), Some(cause));
            let trip = trip.unwrap();
            assert_eq!((trip.unit, trip.limit, trip.observed), (Unit::Money.raw(), 100, 101));
        }
    }

    #[test]
    fn a_profit_never_trips() {
        let mut breaker = funded(&BreakerConfig::DEFAULT, 1_000);
        for equity in [1_001, 2_000, 1_000_000, i64::MAX] {
            assert_eq!(breaker.set_equity(Nanos(2), Money(equity)), None);
        }
        let large = Ratio(i64::MAX);
        assert_eq!(breaker.check_and_trip(Nanos(3), large, Ratio(0)), None);
        for _ in 0..20 {
            assert_eq!(breaker.note_trade(Nanos(3), Money(i64::MAX)), None);
        }
    }

    #[test]
    fn drawdown_counts_from_the_peak_and_loss_from_the_session() {
        let both = BreakerConfig { drawdown_ratio: percent(15), ..loss_only() };
        let mut breaker = funded(&both, 1_000);
        assert_eq!(breaker.set_equity(Nanos(2), Money(2_000)), None);
        assert_eq!(breaker.set_equity(Nanos(3), Money(1_700)), None);
        let status = breaker.status(Nanos(3));
        assert_eq!((status.drawdown, status.session_pnl), (percent(15), Money(700)));
        assert_eq!(cause_of(breaker.set_equity(Nanos(4), Money(1_699))), Some(Cause::Drawdown));
        assert_eq!(breaker.status(Nanos(4)).drawdown_max, Ratio(150_500_000));
    }

    proptest! {
        #[test]
        fn shares_are_compared_by_cross_multiplication(
            base in 1..=i64::MAX, share in 0..=1_200_000_000_i64, off in -2..=2_i64,
            ratio in 1..=1_000_000_000_i64, near in any::<bool>(),
        ) {
            // Near the limit, or anywhere.
            let share = i128::from(if near { ratio } else { share });
            let fall = i128::from(base) * share / i128::from(Ratio::ONE) + i128::from(off);
            let equity = i64::try_from(i128::from(base) - fall).unwrap_or(i64::MAX);
            let fall = i128::from(base) - i128::from(equity);
            let beyond = fall * i128::from(Ratio::ONE) > i128::from(ratio) * i128::from(base);
            let expected = equity <= 0 || beyond;
            for config in [
                BreakerConfig { daily_loss_ratio: Ratio(ratio), ..QUIET },
                BreakerConfig { drawdown_ratio: Ratio(ratio), ..QUIET },
            ] {
                let mut breaker = funded(&config, base);
                let trip = breaker.set_equity(Nanos(2), Money(equity));
                prop_assert_eq!(trip.is_some(), expected);
                if let Some(trip) = trip {
                    // Rounded up: what is shown is beyond the limit too.
                    prop_assert!(trip.observed > trip.limit || equity <= 0);
                }
            }
        }
    }

    #[test]
    fn nothing_left_trips_whatever_the_ratio() {
        for (config, cause) in [
            (BreakerConfig { daily_loss_ratio: percent(300), ..QUIET }, Cause::DailyLoss),
            (BreakerConfig { drawdown_ratio: percent(300), ..QUIET }, Cause::Drawdown),
        ] {
            let mut breaker = funded(&config, 1_000);
            assert_eq!(breaker.set_equity(Nanos(2), Money(1)), None);
            assert_eq!(cause_of(breaker.set_equity(Nanos(3), Money(0))), Some(cause));
        }
    }

    #[test]
    fn streaks_trip_at_n() {
        let config = BreakerConfig { consecutive_losses: 3, ..QUIET };
        let keeps = BreakerConfig { flags: BreakerFlag::BreakEvenKeeps.raw(), ..config };
        let trips_after = |config: &BreakerConfig, trades: &[i64]| {
            let mut breaker = funded(config, 1_000);
            let trips = trades.iter().map(|&pnl| breaker.note_trade(Nanos(2), Money(pnl)));
            let trips: Vec<Option<Trip>> = trips.collect();
            trips.iter().position(|trip| cause_of(*trip) == Some(Cause::ConsecutiveLosses))
        };
        assert_eq!(trips_after(&config, &[-1, -1, -1]), Some(2));
        assert_eq!(trips_after(&config, &[-1, -1, 1, -1, -1]), None);
        assert_eq!(trips_after(&config, &[-1, -1, 0, -1, -1]), None);
        assert_eq!(trips_after(&keeps, &[-1, -1, 0, -1, -1]), Some(3));
        assert_eq!(trips_after(&keeps, &[-1, -1, 1, -1, -1]), None);
        assert_eq!(trips_after(&keeps, &[0, 0, 0, 0]), None);
        assert_eq!(trips_after(&QUIET, &[-1; 50]), None);
    }

    #[test]
    fn a_streak_that_lost_too_much_trips() {
        let config = BreakerConfig { streak_loss_money: Money(10), ..QUIET };
        let mut breaker = funded(&config, 1_000);
        assert_eq!(breaker.note_trade(Nanos(2), Money(-9)), None);
        assert_eq!(breaker.status(Nanos(2)).streak_loss, Money(9));
        assert_eq!(breaker.note_trade(Nanos(2), Money(1)), None);
        assert_eq!(breaker.status(Nanos(2)).streak_loss, Money(0));
        assert_eq!(breaker.note_trade(Nanos(2), Money(-5)), None);
        let trip = breaker.note_trade(Nanos(2), Money(-5)).unwrap();
        assert_eq!((trip.cause, trip.unit), (Cause::ConsecutiveLosses.raw(), Unit::Money.raw()));
        assert_eq!((trip.limit, trip.observed), (10, 10));
    }

    #[test]
    fn errors_trip_at_n_and_a_success_clears_them() {
        let mut breaker = funded(&BreakerConfig { consecutive_errors: 3, ..QUIET }, 1_000);
        assert!(breaker.note_error(Nanos(2)).or(breaker.note_error(Nanos(2))).is_none());
        breaker.clear_errors();
        assert!(breaker.note_error(Nanos(3)).or(breaker.note_error(Nanos(3))).is_none());
        let trip = breaker.note_error(Nanos(4)).unwrap();
        assert_eq!((trip.cause, trip.limit, trip.observed), (Cause::SystemError.raw(), 3, 3));
        assert_eq!(trip.unit, Unit::Count.raw());
    }

    #[test]
    fn figures_of_the_callers_own() {
        let config = BreakerConfig { drawdown_ratio: percent(15), ..loss_only() };
        let trips = |pnl, drawdown| {
            cause_of(funded(&config, 1_000).check_and_trip(Nanos(2), Ratio(pnl), Ratio(drawdown)))
        };
        let (loss, depth) = (percent(5).0, percent(15).0);
        assert_eq!(trips(-loss, depth), None);
        assert_eq!(trips(-loss - 1, 0), Some(Cause::DailyLoss));
        assert_eq!(trips(0, depth + 1), Some(Cause::Drawdown));
        assert_eq!(trips(0, -depth - 1), Some(Cause::Drawdown));
        assert_eq!(trips(i64::MIN, i64::MIN), Some(Cause::DailyLoss));
        assert_eq!(funded(&QUIET, 1).check_and_trip(Nanos(2), Ratio(i64::MIN), Ratio(0)), None);
    }

    #[test]
    fn deposits_and_withdrawals_do_not_trip() {
        let config = BreakerConfig { drawdown_ratio: percent(15), ..loss_only() };
        for amount in [5_000, -500] {
            let mut breaker = funded(&config, 1_000);
            breaker.shift(Money(amount));
            let equity = 1_000 + amount;
            assert_eq!(breaker.equity(), Some(Money(equity)));
            assert_eq!(breaker.set_equity(Nanos(2), Money(equity)), None);
            let status = breaker.status(Nanos(2));
            assert_eq!((status.peak, status.session_equity), (Money(equity), Money(equity)));
            assert_eq!((status.session_pnl, status.drawdown_max), (Money(0), Ratio(0)));
            // The limit counts from the new start.
            let edge = equity - equity / 20;
            assert_eq!(breaker.set_equity(Nanos(3), Money(edge)), None);
            let trip = breaker.set_equity(Nanos(4), Money(edge - 1));
            assert_eq!(cause_of(trip), Some(Cause::DailyLoss));
        }
    }

    #[test]
    fn the_last_32_trips_are_kept() {
        let mut breaker = funded(&QUIET, 1_000);
        for n in 1..=40 {
            let at = Nanos(n * 10);
            assert!(breaker.trip_by_hand(at, i64::try_from(n).unwrap()).is_some());
            assert!(breaker.reset(Nanos(n * 10 + 1)));
        }
        let notes: Vec<i64> = breaker.trips().map(|trip| trip.observed).collect();
        assert_eq!(notes, (9..=40).collect::<Vec<i64>>());
        assert_eq!(breaker.past_trip(0).map(|trip| trip.observed), Some(40));
        assert_eq!(breaker.past_trip(31).map(|trip| trip.observed), Some(9));
        assert_eq!(breaker.past_trip(32), None);
        let trip = breaker.past_trip(1).unwrap();
        assert_eq!((trip.at, trip.reset_at, trip.by_hand), (Nanos(390), Nanos(391), 1));
        let status = breaker.status(Nanos(500));
        assert_eq!((status.trips, status.session_trips), (32, 40));
    }

    #[test]
    fn what_was_traded_before_the_equity_was_known() {
        let mut breaker = Breaker::new(&BreakerConfig::DEFAULT);
        breaker.note_unfunded(Money(-30));
        breaker.note_unfunded(Money(10));
        assert_eq!((breaker.equity(), breaker.session_pnl()), (None, Money(-20)));
        assert_eq!(breaker.set_equity(Nanos(2), Money(980)), None);
        let status = breaker.status(Nanos(2));
        assert_eq!((status.session_equity, status.session_pnl), (Money(1_000), Money(-20)));
    }

    #[test]
    fn every_field_of_the_configuration_is_judged() {
        let valid = BreakerConfig::DEFAULT;
        assert_eq!((valid.invalid(100), valid.invalid(99)), (None, Some(ConfigField::Rate)));
        assert_eq!(QUIET.invalid(0), None);
        let limits = ConfigField::BreakerLimits;
        let rates = ConfigField::BreakerRates;
        let cases = [
            (BreakerConfig { daily_loss_ratio: Ratio(0), ..valid }, limits),
            (BreakerConfig { daily_loss_money: Money(-2), ..valid }, limits),
            (BreakerConfig { drawdown_ratio: Ratio(0), ..valid }, limits),
            (BreakerConfig { drawdown_money: Money(0), ..valid }, limits),
            (BreakerConfig { streak_loss_money: Money(0), ..valid }, limits),
            (BreakerConfig { consecutive_losses: 0, ..valid }, limits),
            (BreakerConfig { consecutive_errors: -2, ..valid }, limits),
            (BreakerConfig { orders_per_minute: 0, ..valid }, rates),
            (BreakerConfig { orders_per_hour: -2, ..valid }, rates),
            (BreakerConfig { orders_per_window: 0, ..valid }, rates),
            (BreakerConfig { rate_window: Nanos(0), ..valid }, rates),
            (BreakerConfig { session_offset: Nanos(DAY), ..valid }, ConfigField::BreakerTimes),
            (BreakerConfig { flags: 1 << 31, ..valid }, ConfigField::BreakerFlags),
            (BreakerConfig { reserved0: 1, ..valid }, ConfigField::Reserved),
            (BreakerConfig { reserved: [0, 0, 0, 1], ..valid }, ConfigField::Reserved),
        ];
        for (config, field) in cases {
            assert_eq!(config.invalid(100), Some(field));
        }
    }
}

mod recovery {
    use super::*;

    /// Trips by a loss at `at`.
    fn lose(breaker: &mut Breaker, at: u64) -> Trip {
        let equity = breaker.equity().unwrap().0;
        breaker.set_equity(Nanos(at), Money(equity / 2)).unwrap()
    }

    #[test]
    fn it_recovers_on_time_and_once() {
        let mut breaker = funded(&loss_only(), 1_000_000);
        lose(&mut breaker, 10);
        assert!(!breaker.is_operational(Nanos(HOUR + 9)) && !breaker.recover(Nanos(HOUR + 9), 0));
        assert!(breaker.is_operational(Nanos(HOUR + 10)));
        assert!(breaker.is_recovery_due(Nanos(HOUR + 10)));
        assert!(breaker.is_open_for(Cause::DailyLoss));
        assert!(breaker.recover(Nanos(HOUR + 10), 0) && !breaker.recover(Nanos(HOUR + 10), 0));
        let trip = breaker.last_trip().unwrap();
        assert_eq!((trip.reset_at, trip.by_hand), (Nanos(HOUR + 10), 0));
        // The limit counts from the reset on; what is reported, from the session's start.
        assert_eq!(breaker.set_equity(Nanos(HOUR + 11), Money(475_000)), None);
        assert_eq!(breaker.session_pnl(), Money(-525_000));
        let late = HOUR + 10 + 15 * MINUTE;
        // One recovery a session: how a trip ends is settled when it happens.
        assert_eq!(lose(&mut breaker, late).latched, 1);
        assert!(!breaker.recover(Nanos(late + 5 * HOUR), 0));
        assert!(breaker.reset(Nanos(late + 5 * HOUR)) && breaker.is_operational(Nanos(late)));
        assert_eq!(breaker.last_trip().unwrap().by_hand, 1);
        assert!(!breaker.reset(Nanos(late + 6 * HOUR)));
    }

    #[test]
    fn a_trip_inside_the_cooldown_is_latched() {
        let config = BreakerConfig { max_auto_resets: 9, ..loss_only() };
        for (after, latched) in [(15 * MINUTE - 1, 1), (15 * MINUTE, 0)] {
            let mut breaker = funded(&config, 1_000_000);
            lose(&mut breaker, 0);
            assert!(breaker.recover(Nanos(HOUR), 0));
            assert_eq!(lose(&mut breaker, HOUR + after).latched, latched);
            assert_eq!(breaker.recover(Nanos(3 * HOUR), 0), latched == 0);
            // Neither does the next session end it.
            breaker.roll(Nanos(DAY));
            assert_eq!(breaker.is_operational(Nanos(2 * DAY)), latched == 0);
            assert_eq!(breaker.reset(Nanos(2 * DAY)), latched == 1);
            assert_eq!(lose(&mut breaker, 2 * DAY + 1).latched, 0);
        }
    }

    #[test]
    fn by_hand_it_never_recovers() {
        let mut breaker = funded(&loss_only(), 1_000);
        let trip = breaker.trip_by_hand(Nanos(5), 42).unwrap();
        assert_eq!((trip.cause, trip.observed), (Cause::Manual.raw(), 42));
        assert!(!breaker.recover(Nanos(9 * DAY), 0));
        breaker.reset(Nanos(9 * DAY));
        // Also when it is open for another reason.
        lose(&mut breaker, 9 * DAY);
        assert_eq!(cause_of(breaker.trip_by_hand(Nanos(9 * DAY), 0)), Some(Cause::Manual));
        assert!(!breaker.recover(Nanos(12 * DAY), 0));
        let flags = BreakerFlag::ManualReset.raw();
        let mut breaker = funded(&BreakerConfig { flags, ..loss_only() }, 1_000);
        lose(&mut breaker, 1);
        assert!(!breaker.recover(Nanos(9 * DAY), 0) && breaker.reset(Nanos(9 * DAY)));
    }

    #[test]
    fn a_reset_counts_anew() {
        let config = BreakerConfig {
            drawdown_ratio: percent(15),
            consecutive_losses: 2,
            consecutive_errors: 2,
            ..loss_only()
        };
        let mut breaker = funded(&config, 1_000_000);
        // Both limits are used up, the first one trips.
        assert_eq!(lose(&mut breaker, 2).cause, Cause::DailyLoss.raw());
        assert!(breaker.reset(Nanos(3)));
        assert_eq!(breaker.set_equity(Nanos(4), Money(500_000)), None);
        assert_eq!(breaker.set_equity(Nanos(4), Money(475_000)), None);
        let trip = breaker.set_equity(Nanos(4), Money(474_999));
        assert_eq!(cause_of(trip), Some(Cause::DailyLoss));
        assert!(breaker.reset(Nanos(5)));
        assert_eq!(breaker.note_trade(Nanos(6), Money(-1)), None);
        assert!(breaker.note_trade(Nanos(6), Money(-1)).is_some() && breaker.reset(Nanos(7)));
        assert_eq!(breaker.note_trade(Nanos(8), Money(-1)), None);
        assert_eq!(breaker.note_error(Nanos(8)), None);
        assert!(breaker.note_error(Nanos(8)).is_some() && breaker.recover(Nanos(8 + HOUR), 0));
        assert_eq!(breaker.note_error(Nanos(HOUR + 9)), None);
    }

    /// What tripped first is what must not trip again: the operator's word came on top of it.
    #[test]
    fn a_reset_counts_anew_after_a_trip_by_hand_too() {
        let mut breaker = funded(&loss_only(), 1_000_000);
        lose(&mut breaker, 2);
        breaker.trip_by_hand(Nanos(3), 0);
        assert!(breaker.reset(Nanos(4)));
        assert_eq!(breaker.set_equity(Nanos(5), Money(500_000)), None);
    }

    #[test]
    fn a_streak_counts_anew_after_a_trip_by_hand_too() {
        let config = BreakerConfig { consecutive_losses: 2, ..QUIET };
        let mut breaker = funded(&config, 1_000);
        let trips = [(); 2].map(|()| breaker.note_trade(Nanos(2), Money(-1)));
        assert_eq!(trips.map(cause_of), [None, Some(Cause::ConsecutiveLosses)]);
        breaker.trip_by_hand(Nanos(3), 0);
        assert!(breaker.reset(Nanos(4)));
        assert_eq!(breaker.note_trade(Nanos(5), Money(-1)), None);
    }

    #[test]
    fn a_session_clears_what_is_its_own() {
        let offset = Nanos(2 * HOUR);
        let config = BreakerConfig { session_offset: offset, consecutive_losses: 3, ..loss_only() };
        let mut breaker = funded(&BreakerConfig { drawdown_ratio: percent(15), ..config }, 1_000);
        breaker.set_equity(Nanos(2), Money(970));
        breaker.note_trade(Nanos(2), Money(-30));
        breaker.note_trade(Nanos(2), Money(-1));
        // The first boundary of the clock counts as every other.
        assert_eq!(breaker.roll(Nanos(offset.0 - 1)), None);
        assert_eq!(breaker.roll(offset), Some(Money(-30)));
        let status = breaker.status(offset);
        assert_eq!((status.session_equity, status.session_pnl), (Money(970), Money(0)));
        assert_eq!((status.consecutive_losses, status.streak_loss), (0, Money(0)));
        // The peak survives: 849 is 12.5 % below the session's start, 15.1 % below the peak.
        assert_eq!(breaker.set_equity(Nanos(2 * DAY), Money(922)), None);
        breaker.roll(Nanos(3 * DAY));
        breaker.set_equity(Nanos(3 * DAY), Money(880));
        breaker.roll(Nanos(4 * DAY));
        let trip = breaker.set_equity(Nanos(4 * DAY), Money(849));
        assert_eq!(cause_of(trip), Some(Cause::Drawdown));
        assert_eq!(breaker.roll(Nanos(5 * DAY)), Some(Money(-31)));
        assert_eq!(
            (state(&breaker), breaker.status(Nanos(0)).session_trips),
            (BreakerState::Open, 0)
        );
    }

    #[test]
    fn what_it_knows_is_in_the_digest() {
        let changes: [fn(&mut Breaker); 9] = [
            |_| {},
            |b| assert!(b.roll(Nanos(DAY)).is_some()),
            |b| assert!(b.set_equity(Nanos(2), Money(999)).is_none()),
            |b| b.set_peak(Money(1_001)),
            |b| b.shift(Money(1)),
            |b| assert!(b.note_trade(Nanos(2), Money(-1)).is_none()),
            |b| assert!(b.note_error(Nanos(2)).is_none()),
            |b| assert!(b.trip_by_hand(Nanos(2), 0).is_some()),
            |b| assert!(!b.reset(Nanos(2))),
        ];
        let digests = changes.map(|change| {
            let mut breaker = funded(&BreakerConfig::DEFAULT, 1_000);
            change(&mut breaker);
            let mut hash = Hash64::new(1);
            breaker.digest(&mut hash);
            hash.finish()
        });
        assert_eq!(BTreeSet::from(digests).len(), changes.len());
    }
}

mod alone {
    use super::*;

    fn with<R>(config: &BreakerConfig, test: impl FnOnce(&mut BreakerAlone<'_>) -> R) -> R {
        let mut memory = [Nanos::ZERO; 100];
        test(&mut BreakerAlone::new(Breaker::new(config), RateRing::new(&mut memory)))
    }

    #[test]
    fn orders_trip_at_n_plus_one() {
        let config = BreakerConfig { orders_per_window: 2, ..QUIET };
        with(&config, |alone| {
            let at = |n: u64| Nanos(n * Nanos::SECOND / 2);
            // Two in any second, for ever.
            for n in 0..20 {
                assert_eq!(alone.record_order(at(n)), None);
            }
            let trip = alone.record_order(at(19)).unwrap();
            assert_eq!((trip.cause, trip.limit, trip.observed), (Cause::OrderRate.raw(), 2, 3));
            assert_eq!(alone.status(at(19)).orders_last_minute, 21);
            let later = Nanos(at(19).0 + HOUR);
            assert!(!alone.is_operational(Nanos(later.0 - 1)) && alone.is_operational(later));
            // The windows start anew.
            assert!((0..2).all(|_| alone.record_order(later).is_none()));
            assert!(alone.record_order(later).is_some());
            assert!(alone.reset(later) && alone.record_order(later).is_none());
        });
        with(&BreakerConfig::DEFAULT, |alone| {
            let trips = (0..11).map(|n| alone.record_order(Nanos(n)).is_some());
            assert_eq!(trips.collect::<Vec<bool>>().iter().position(|&t| t), Some(10));
        });
    }

    #[test]
    fn trades_move_the_balance() {
        with(&BreakerConfig::DEFAULT, |alone| {
            assert_eq!(alone.record_trade(Nanos(1), Money(-7)), Ok(None));
            assert_eq!(alone.update_balance(Nanos(1), Money(1_000), None), None);
            assert_eq!(alone.record_trade(Nanos(1), Money(-43)), Ok(None));
            assert_eq!(alone.status(Nanos(1)).session_pnl, Money(-50));
            let trip = alone.record_trade(Nanos(1), Money(-1)).unwrap();
            assert_eq!(cause_of(trip), Some(Cause::DailyLoss));
            assert!(alone.record_trade(Nanos(1), Money(i64::MAX)).is_err());
            assert_eq!(alone.status(Nanos(1)).equity, Money(956));
            // Time never goes back, and a day ends the session.
            assert!(!alone.is_operational(Nanos(HOUR)) && alone.is_operational(Nanos(HOUR + 1)));
            assert_eq!(alone.record_trade(Nanos(DAY), Money(1)), Ok(None));
            assert_eq!(alone.record_error(Nanos(0)), None);
            let status = alone.status(Nanos(0));
            assert_eq!((status.operational, status.session_pnl), (1, Money(1)));
            alone.clear_errors(Nanos(0));
            assert_eq!(alone.status(Nanos(0)).consecutive_errors, 0);
            let force = alone.check_and_trip(Nanos(0), Ratio(0), Ratio(0), true);
            assert_eq!(cause_of(force), Some(Cause::Manual));
            assert_eq!(alone.breaker().last_trip().unwrap().at, Nanos(DAY));
        });
    }

    /// The caller tells its own peak every time; after a reset it is stale.
    #[test]
    fn a_reset_counts_anew_from_the_callers_peak() {
        with(&drawdown_only(), |alone| {
            let tell = |alone: &mut BreakerAlone<'_>, current| {
                cause_of(alone.update_balance(Nanos(1), Money(current), Some(Money(1_000))))
            };
            assert_eq!(tell(alone, 850), None);
            assert_eq!(tell(alone, 849), Some(Cause::Drawdown));
            assert!(alone.reset(Nanos(1)));
            assert_eq!(tell(alone, 849), None);
        });
    }
}
