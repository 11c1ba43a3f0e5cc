//! Half-open, and limits that come near.
#![forbid(unsafe_code)]

use super::*;
use crate::risk::{Probed, Warning};

const PROBES: BreakerConfig =
    BreakerConfig { half_open_probes: 2, probe_wins: 1, max_auto_resets: 9, ..QUIET };

/// Half-open since an hour, after a loss: orders above 7 are of this round.
fn half_open(config: &BreakerConfig) -> Breaker {
    let config = BreakerConfig { daily_loss_ratio: percent(5), ..*config };
    let mut breaker = funded(&config, 1_000_000);
    assert!(breaker.set_equity(Nanos(2), Money(900_000)).is_some());
    assert_eq!(breaker.probe_size(Nanos(HOUR + 1)), None);
    assert_eq!(breaker.probe_size(Nanos(HOUR + 2)), Some(config.probe_size));
    assert!(breaker.recover(Nanos(HOUR + 2), 7) && breaker.is_half_open());
    breaker
}

#[test]
fn as_many_orders_pass_as_there_are_probes() {
    let mut breaker = half_open(&PROBES);
    assert!(!breaker.is_closed() && breaker.is_operational(Nanos(0)));
    assert!(breaker.take_probe() && breaker.is_operational(Nanos(0)));
    assert!(breaker.take_probe() && !breaker.is_operational(Nanos(0)));
    assert!(breaker.is_probe(8) && !breaker.is_probe(7));
    // Those of a round that is over are not counted any more.
    assert!(breaker.reset(Nanos(HOUR + 3)));
    assert!(!breaker.is_probe(8) && breaker.probe_size(Nanos(HOUR + 3)).is_none());
    assert!(!breaker.take_probe());
    let mut breaker = funded(&PROBES, 1_000);
    assert!(!breaker.take_probe() && !breaker.is_probe(8));
}

/// What is open, or half-open, goes by the new limits.
#[test]
fn a_round_goes_on_when_no_further_one_has_probes() {
    let mut breaker = half_open(&PROBES);
    breaker.set_config(&BreakerConfig { half_open_probes: 0, ..PROBES });
    assert_eq!(breaker.probe_size(Nanos(HOUR + 3)), Some(PROBES.probe_size));
    assert!(breaker.take_probe() && breaker.is_probe(8));
    assert!(breaker.is_half_open() && breaker.is_operational(Nanos(0)));
}

#[test]
fn what_is_open_recovers_only_as_the_new_limits_say() {
    let manual = BreakerConfig { flags: BreakerFlag::ManualReset.raw(), ..PROBES };
    let none = BreakerConfig { max_auto_resets: 0, ..PROBES };
    for config in [manual, none] {
        let mut breaker = funded(&PROBES, 1_000);
        assert!(breaker.trip_reconcile(Nanos(1), Unit::Lots, 0, 1).is_some());
        assert!(breaker.reset(Nanos(2)));
        breaker.set_config(&config);
        assert_eq!(breaker.status(Nanos(2)).latched, 0);
        let mut breaker = funded(&BreakerConfig { daily_loss_money: Money(1), ..PROBES }, 1_000);
        assert!(breaker.set_equity(Nanos(2), Money(900)).is_some());
        assert!(breaker.is_recovery_due(Nanos(HOUR + 2)));
        breaker.set_config(&config);
        assert!(!breaker.is_recovery_due(Nanos(HOUR + 2)));
        assert_eq!(breaker.status(Nanos(3)).latched, 1);
        assert!(breaker.reset(Nanos(4)) && breaker.is_closed());
    }
}

#[test]
fn it_closes_with_the_wins_of_probes_alone() {
    let mut breaker = half_open(&BreakerConfig { probe_wins: 2, ..PROBES });
    let won =
        |breaker: &mut Breaker, probed| breaker.judge_probe(Nanos(HOUR + 9), probed, 1, Money(5));
    assert_eq!(won(&mut breaker, true), Probed::Nothing);
    assert_eq!(won(&mut breaker, false), Probed::Nothing);
    assert_eq!(breaker.judge_probe(Nanos(HOUR + 9), true, 0, Money(0)), Probed::Nothing);
    assert_eq!(breaker.last_trip().unwrap().reset_at, Nanos::ZERO);
    assert_eq!(won(&mut breaker, true), Probed::Closed);
    assert_eq!(breaker.last_trip().unwrap().reset_at, Nanos(HOUR + 9));
    assert_eq!(won(&mut breaker, true), Probed::Nothing);
    // The cooldown runs from here.
    let trip = breaker.set_equity(Nanos(HOUR + 9 + 15 * MINUTE - 1), Money(1)).unwrap();
    assert_eq!(trip.latched, 1);
}

#[test]
fn any_loss_trips_again_and_the_figures_count_from_the_recovery() {
    let mut breaker = half_open(&PROBES);
    assert_eq!(breaker.set_equity(Nanos(HOUR + 3), Money(855_000)), None);
    let tripped = match breaker.judge_probe(Nanos(HOUR + 3), false, -1, Money(-3)) {
        Probed::Tripped(trip) => Some(trip),
        _ => None,
    };
    let trip = tripped.unwrap();
    assert_eq!(cause_of(Some(trip)), Some(Cause::DailyLoss));
    assert_eq!((trip.limit, trip.observed, trip.unit), (0, 3, Unit::Money.raw()));
    assert!(!breaker.is_operational(Nanos(HOUR + 4)) && trip.latched == 0);
    assert!(breaker.recover(Nanos(2 * HOUR + 3), 20) && breaker.is_probe(21));
    assert!(!breaker.is_probe(20));
    let trip = breaker.set_equity(Nanos(3 * HOUR), Money(1)).unwrap();
    assert_eq!((trip.unit, breaker.status(Nanos(0)).probes_left), (Unit::Ratio.raw(), 0));
}

#[test]
fn all_over_without_the_wins_is_open_again() {
    let mut breaker = half_open(&PROBES);
    let now = Nanos(HOUR + 5);
    for lives in [true, true] {
        assert_eq!(breaker.settle_probes(now), None);
        breaker.take_probe();
        breaker.count_probe(lives);
    }
    breaker.count_probe(false);
    breaker.count_probed(true);
    breaker.count_probe(false);
    assert_eq!((breaker.settle_probes(now), breaker.probes_going()), (None, (0, 1)));
    breaker.count_probed(false);
    let trip = breaker.settle_probes(now).unwrap();
    assert_eq!((trip.limit, trip.observed, trip.unit), (1, 0, Unit::Count.raw()));
    assert!(breaker.settle_probes(now).is_none());
}

#[test]
fn recoveries_through_probes_count() {
    let mut breaker = half_open(&BreakerConfig { max_auto_resets: 1, ..PROBES });
    let trip = breaker.judge_probe(Nanos(HOUR + 3), true, -1, Money(-1));
    assert!(matches!(trip, Probed::Tripped(Trip { latched: 1, .. })));
    assert!(!breaker.recover(Nanos(9 * HOUR), 9));
}

#[test]
fn books_that_differ_latch_also_an_open_breaker() {
    let mut breaker = funded(&loss_only(), 1_000_000);
    assert!(breaker.set_equity(Nanos(2), Money(900_000)).is_some());
    let trip = breaker.trip_reconcile(Nanos(3), Unit::Lots, 4, 5).unwrap();
    assert_eq!((trip.limit, trip.observed, trip.latched), (4, 5, 1));
    assert_eq!(cause_of(Some(trip)), Some(Cause::Reconcile));
    assert!(!breaker.recover(Nanos(9 * DAY), 0) && breaker.reset(Nanos(9 * DAY)));
    assert_eq!(breaker.set_equity(Nanos(9 * DAY), Money(900_000)), None);
}

fn told(breaker: &mut Breaker, equity: i64) -> Option<(Cause, Unit, i64, i64)> {
    assert_eq!(breaker.set_equity(Nanos(5), Money(equity)), None);
    told_of(breaker)
}

fn told_of(breaker: &mut Breaker) -> Option<(Cause, Unit, i64, i64)> {
    let warning = breaker.next_warning();
    assert!(warning.is_none() || breaker.next_warning().is_none());
    warning.map(|Warning { cause, unit, limit, observed }| (cause, unit, limit, observed))
}

#[test]
fn a_loss_is_near_at_its_share_once_until_it_is_not() {
    let mut breaker = funded(&loss_only(), 1_000_000);
    let warning = Some((Cause::DailyLoss, Unit::Ratio, 50_000_000, 40_000_000));
    assert_eq!(told(&mut breaker, 960_001), None);
    assert_eq!((breaker.floor(), breaker.ceiling()), (Some(960_001), None));
    assert_eq!(told(&mut breaker, 960_000), warning);
    assert_eq!((breaker.floor(), breaker.ceiling()), (Some(950_000), Some(960_001)));
    assert_eq!(told(&mut breaker, 955_000), None);
    assert_eq!(told(&mut breaker, 960_000), None);
    assert_eq!(told(&mut breaker, 960_001), None);
    assert_eq!(told(&mut breaker, 960_000), warning);
    // A new session counts from its start.
    breaker.roll(Nanos(DAY));
    assert_eq!((told_of(&mut breaker), breaker.ceiling()), (None, None));
}

#[test]
fn each_limit_is_told_of_by_itself() {
    let limits = BreakerConfig {
        daily_loss_money: Money(100),
        drawdown_money: Money(100),
        drawdown_ratio: percent(50),
        ..QUIET
    };
    let mut breaker = funded(&limits, 1_000);
    assert_eq!(told(&mut breaker, 1_050), None);
    assert_eq!(told(&mut breaker, 970), Some((Cause::Drawdown, Unit::Money, 100, 80)));
    // Near for another reason is the same.
    assert_eq!((breaker.floor(), breaker.ceiling()), (Some(950), Some(971)));
    let quiet = BreakerConfig { warn_ratio: Ratio(OFF), ..limits };
    let mut breaker = funded(&quiet, 1_000);
    assert_eq!((told(&mut breaker, 900), breaker.floor()), (None, Some(900)));
    let late = BreakerConfig { warn_ratio: Ratio(Ratio::ONE), ..limits };
    let mut breaker = funded(&late, 1_000);
    assert_eq!(told(&mut breaker, 901), None);
    assert!(breaker.set_equity(Nanos(5), Money(900)).is_none());
    let both = [breaker.next_warning(), breaker.next_warning(), breaker.next_warning()];
    let causes = both.map(|warning| warning.map(|warning| warning.cause));
    assert_eq!(causes, [Some(Cause::DailyLoss), Some(Cause::Drawdown), None]);
}

#[test]
fn streaks_and_errors_are_near_at_their_share() {
    let limits = BreakerConfig {
        consecutive_losses: 5,
        consecutive_errors: 3,
        streak_loss_money: Money(100),
        warn_ratio: percent(60),
        ..QUIET
    };
    let mut breaker = funded(&limits, 1_000);
    let lost = |breaker: &mut Breaker, pnl| {
        assert_eq!(breaker.note_trade(Nanos(5), Money(pnl)), None);
        told_of(breaker)
    };
    assert_eq!(lost(&mut breaker, -1), None);
    assert_eq!(lost(&mut breaker, -1), None);
    let streak = (Cause::ConsecutiveLosses, Unit::Count, 5, 3);
    assert_eq!(lost(&mut breaker, -1), Some(streak));
    assert_eq!(lost(&mut breaker, -1), None);
    assert_eq!(lost(&mut breaker, 1), None);
    let streak = (Cause::ConsecutiveLosses, Unit::Money, 100, 60);
    assert_eq!(lost(&mut breaker, -60), Some(streak));
    assert_eq!((breaker.note_error(Nanos(6)), told_of(&mut breaker)), (None, None));
    assert_eq!(breaker.note_error(Nanos(6)), None);
    assert_eq!(told_of(&mut breaker), Some((Cause::SystemError, Unit::Count, 3, 2)));
    breaker.clear_errors();
    let near = 1 << Cause::ConsecutiveLosses.raw();
    assert_eq!(breaker.status(Nanos(6)).warned, near);
    // Nothing is near while it is open, and a reset tells anew of what is.
    assert!(breaker.trip_by_hand(Nanos(7), 0).is_some() && told_of(&mut breaker).is_none());
    assert!(breaker.reset(Nanos(8)));
    assert_eq!(told_of(&mut breaker), Some(streak));
}

#[test]
fn a_rate_is_near_with_the_order_that_comes_near() {
    let limits = BreakerConfig { orders_per_minute: 10, orders_per_hour: 12, ..QUIET };
    let breaker = Breaker::new(&limits);
    let mut memory = [Nanos::ZERO; 12];
    let mut ring = RateRing::new(&mut memory);
    let mut near = |at| {
        ring.push(Nanos(at));
        (ring.near(&breaker, Nanos(at)), ring.is_near(&breaker, Nanos(at)))
    };
    for _ in 0..7 {
        assert_eq!(near(0), ([None; 3], false));
    }
    assert_eq!(near(0), ([Some((10, 8)), None, None], true));
    assert_eq!(near(0), ([None; 3], true));
    assert_eq!(near(MINUTE), ([None, Some((12, 10)), None], true));
}

#[test]
fn the_configuration_is_looked_at() {
    let invalid = |config: BreakerConfig| config.invalid(1_000);
    assert_eq!(invalid(PROBES), None);
    let wins = |half_open_probes, probe_wins| {
        invalid(BreakerConfig { half_open_probes, probe_wins, ..QUIET })
    };
    assert_eq!((wins(0, 0), wins(2, 2)), (None, None));
    assert_eq!(wins(2, 0), Some(ConfigField::BreakerProbes));
    assert_eq!(wins(2, 3), Some(ConfigField::BreakerProbes));
    for (share, valid) in [(0, false), (1, true), (Ratio::ONE, true), (Ratio::ONE + 1, false)] {
        let size = invalid(BreakerConfig { probe_size: Ratio(share), ..QUIET });
        assert_eq!(size, (!valid).then_some(ConfigField::BreakerProbeSize));
        let warn = invalid(BreakerConfig { warn_ratio: Ratio(share), ..QUIET });
        assert_eq!(warn, (!valid).then_some(ConfigField::BreakerWarn));
    }
    assert_eq!(invalid(BreakerConfig { warn_ratio: Ratio(OFF), ..QUIET }), None);
}
