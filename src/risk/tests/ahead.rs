//! The look ahead at the windows agrees with a look at each order.
#![forbid(unsafe_code)]

use super::*;
use crate::store::mix64;

/// Orders at random times, close together and far apart: what is known without a look is what
/// every window says.
#[test]
fn windows_say_the_same_as_the_look_ahead() {
    for seed in 0..64 {
        let limits = [-1, 1, 5, 17, 18, 33, 60];
        let limit = |bits: u64| *limits.get(usize::try_from(bits % 7).unwrap()).unwrap();
        let config = BreakerConfig {
            orders_per_minute: limit(mix64(seed)),
            orders_per_hour: limit(mix64(seed ^ 1 << 32)),
            orders_per_window: limit(mix64(seed ^ 2 << 32)),
            rate_window: Nanos(7_000_000_000),
            ..BreakerConfig::DEFAULT
        };
        let breaker = Breaker::new(&config);
        let (mut memory, mut plain) = ([Nanos::ZERO; 64], [Nanos::ZERO; 64]);
        let (mut ring, mut other) = (RateRing::new(&mut memory), RateRing::new(&mut plain));
        let (mut now, mut closed, mut skipped) = (Nanos(1), 0, 0);
        for step in 0..4000_u64 {
            let dice = mix64(seed << 20 | step);
            now.0 +=
                if dice.is_multiple_of(97) { dice % 4_000_000_000_000 } else { dice % 900_000_000 };
            let allowed = config
                .windows()
                .into_iter()
                .flatten()
                .all(|(n, window)| other.allows(n, window, now));
            assert_eq!(now.0 > closed, allowed, "{seed} {step}");
            assert!(ring.is_spare(&breaker, now) && (!ring.has_spare() || allowed));
            if !allowed {
                assert_eq!(closed, latest(other.closed_through(&breaker)));
                assert_eq!(ring.is_closed(now), other.full(&breaker, now));
                continue;
            }
            other.push(now);
            match ring.note(&breaker, now) {
                Some((through, _)) => closed = through,
                None => skipped += 1,
            }
            assert_eq!((ring.len(), ring.high_water()), (other.len(), other.high_water()));
        }
        let least = config.windows().into_iter().flatten().map(|(n, _)| n).min();
        assert!(skipped > 0 || least.is_some_and(|n| n < 33), "{config:?}");
    }
}
