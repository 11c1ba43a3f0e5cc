//! Rings, chains and tallies against lists of everything.
#![forbid(unsafe_code)]

use super::*;
use crate::market::Controls;
use crate::num::{Lots, Ticks};
use crate::order::Terms;

fn like(price: i64) -> Likeness {
    Likeness::of(&Terms { price: Ticks(price), qty: Lots(3), ..Terms::EMPTY })
}

#[test]
fn a_stop_is_like_another_at_the_same_trigger_price() {
    let stop = |level| Likeness::of(&Terms { stop_price: Ticks(level), ..Terms::EMPTY });
    assert_eq!(stop(5), stop(5));
    assert_ne!(stop(5), stop(6));
}

proptest! {
    #[test]
    fn recent_orders_are_counted(
        capacity in 0_usize..12,
        seed in any::<u64>(),
        calls in prop::collection::vec((0_i64..6, 0_u64..4), 0..60),
    ) {
        let mut memory = vec![Recent::EMPTY; capacity];
        let mut recent = RecentOrders::new(&mut memory, seed);
        let (mut all, mut now) = (Vec::new(), 0);
        for (price, passed) in calls {
            now += passed;
            recent.note(like(price), Nanos(now));
            all.push((price, now));
            let kept = all.get(all.len().saturating_sub(capacity)..).unwrap();
            prop_assert_eq!(usize::try_from(recent.len()).unwrap(), kept.len());
            prop_assert!(recent.is_linked());
            for price in 0..7 {
                for window in [0, 1, 3, 9] {
                    let same = kept.iter().filter(|&&(p, at)| p == price && now - at < window);
                    let count = u32::try_from(same.count()).unwrap();
                    let found = |most| recent.count(&like(price), Nanos(window), Nanos(now), most);
                    prop_assert_eq!(found(100), count);
                    prop_assert_eq!(found(2), count.min(2));
                }
            }
            let reach = kept.first().map_or(0, |&(_, at)| now - at);
            let forgotten = all.len() > capacity;
            prop_assert_eq!(recent.reach(Nanos(now)), forgotten.then_some(reach));
        }
    }

    #[test]
    fn each_symbol_has_its_rate(
        each in 0_usize..5,
        calls in prop::collection::vec((0_u32..3, 0_u64..4), 0..60),
    ) {
        let (mut times, mut noted) = (vec![Nanos::ZERO; 3 * each], vec![7; 3]);
        let mut rates = SymbolRates::new(&mut times, &mut noted);
        let (mut all, mut now) = (Vec::new(), 0);
        for (symbol, passed) in calls {
            now += passed;
            rates.note(symbol, Nanos(now));
            all.push((symbol, now));
            for symbol in 0..3 {
                prop_assert!(rates.rises(symbol));
                for window in [0, 1, 3, 9] {
                    let young = all.iter().filter(|&&(s, at)| s == symbol && now - at < window);
                    let count = young.count();
                    for n in 0..=each {
                        let full = rates.is_full(
                            symbol, i64::try_from(n).unwrap(), Nanos(window), Nanos(now));
                        prop_assert_eq!(full, n == 0 || count >= n);
                    }
                }
            }
        }
    }

    #[test]
    fn a_tally_is_off_by_a_part(
        length in 0_u64..200,
        calls in prop::collection::vec(0_u64..90, 0..60),
    ) {
        let mut tally = Tally::EMPTY;
        let (mut all, mut now) = (Vec::new(), 0_u64);
        for passed in calls {
            now += passed;
            let window = Window::new(Nanos(length), Nanos(now), now / 100);
            tally.note(&window);
            all.push(now);
            let later = now + passed / 2;
            let window = Window::new(Nanos(length), Nanos(later), later / 100);
            let (most, least) = (tally.most(&window), tally.least(&window));
            let count = |of: &dyn Fn(u64) -> bool| {
                u64::try_from(all.iter().filter(|&&at| of(at)).count()).unwrap()
            };
            if length == 0 {
                let exact = count(&|at| at / 100 == later / 100);
                prop_assert_eq!((most, least), (exact, exact));
                continue;
            }
            let width = length.div_ceil(32);
            let exact = count(&|at| later - at < length);
            prop_assert!(most >= exact && exact >= least);
            prop_assert!(most <= count(&|at| later - at < 33 * width));
            prop_assert!(least >= count(&|at| later - at + width <= length));
        }
    }
}

/// An execution is noted, and held against limits of the root.
fn noted(repeats: &mut Repeats, limits: &Controls, price: Ticks, now: Nanos) -> Option<u32> {
    repeats.note(price, now);
    repeats.hold(0, limits, price, now)
}

#[test]
fn repeats_are_counted_about_a_price() {
    let limits = Controls {
        repeat_max: 3,
        repeat_window: Nanos(10),
        repeat_range: Ticks(2),
        ..Controls::CLOSED
    };
    let mut repeats = Repeats::EMPTY;
    assert_eq!(noted(&mut repeats, &limits, Ticks(100), Nanos(0)), None);
    assert_eq!(noted(&mut repeats, &limits, Ticks(103), Nanos(1)), None);
    assert_eq!(noted(&mut repeats, &limits, Ticks(98), Nanos(2)), None);
    // The first one has left the window.
    assert_eq!(noted(&mut repeats, &limits, Ticks(100), Nanos(10)), None);
    assert!(!repeats.is_held());
    assert_eq!(noted(&mut repeats, &limits, Ticks(99), Nanos(11)), Some(3));
    assert!(repeats.is_held());
    // It is told once.
    assert_eq!(noted(&mut repeats, &limits, Ticks(99), Nanos(11)), None);
    repeats.reset();
    assert_eq!(repeats, Repeats::EMPTY);
    // At any distance.
    let limits = Controls { repeat_range: Ticks(OFF), ..limits };
    for price in [1, 1_000_000] {
        assert_eq!(noted(&mut repeats, &limits, Ticks(price), Nanos(20)), None);
    }
    assert_eq!(noted(&mut repeats, &limits, Ticks(-5), Nanos(20)), Some(3));
}

#[test]
fn a_heartbeat_is_missed_once() {
    let mut heart = Heartbeat::NONE;
    assert_eq!(heart.due(OFF), None);
    heart.begin(Nanos(5));
    assert_eq!(heart.due(10), Some(Nanos(16)));
    assert_eq!(heart.miss(10, Nanos(15)), None);
    assert_eq!(heart.miss(10, Nanos(16)), Some(11));
    assert_eq!((heart.miss(10, Nanos(17)), heart.due(10)), (None, None));
    heart.beat(Nanos(20));
    assert_eq!((heart.due(0), heart.due(1)), (None, Some(Nanos(22))));
    assert_eq!(heart.due(i64::MAX), Some(Nanos(1 << 63 | 20)));
}
