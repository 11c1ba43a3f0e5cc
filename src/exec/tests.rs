//! Tests.

use super::*;
use crate::num::{Nanos, Ratio};

const MS: u64 = 1_000_000;

#[test]
fn every_wait_is_twice_the_last_up_to_the_cap() {
    let config = RetryConfig { jitter: Ratio(0), ..RetryConfig::DEFAULT };
    let waits = [0, 1, 2, 8, 9, 63, 64].map(|number| config.wait(number, 7, 1) / MS);
    assert_eq!(waits, [100, 200, 400, 25_600, 30_000, 30_000, 30_000]);
    let none = RetryConfig { delay: Nanos(0), ..config };
    assert_eq!([0, 63].map(|number| none.wait(number, 7, 1)), [0, 0]);
    let huge = RetryConfig { delay: Nanos(u64::MAX), cap: Nanos(u64::MAX), ..config };
    assert_eq!([0, 64].map(|number| huge.wait(number, 7, 1)), [u64::MAX; 2]);
}

#[test]
fn jitter_adds_up_to_its_share_and_follows_from_the_seed() {
    let config = RetryConfig::DEFAULT;
    let mut sum = 0;
    for client_id in 0..1_000 {
        let wait = config.wait(0, client_id, 5);
        assert!((100 * MS..110 * MS).contains(&wait), "{wait}");
        assert_eq!(wait, config.wait(0, client_id, 5));
        sum += wait;
    }
    let average = sum / 1_000;
    assert!((104 * MS..106 * MS).contains(&average), "{average}");
    assert_ne!(config.wait(0, 1, 5), config.wait(0, 1, 6));
    assert_ne!(config.wait(0, 1, 5), config.wait(0, 2, 5));
    // Another retry, another throw of the dice.
    assert_ne!(config.wait(1, 1, 5), 2 * config.wait(0, 1, 5));
}

#[test]
fn settings_out_of_range_are_invalid() {
    let good = RetryConfig::DEFAULT;
    assert!(good.is_valid());
    let one = Ratio::ONE;
    for bad in [
        RetryConfig { cap: Nanos(99 * MS), ..good },
        RetryConfig { jitter: Ratio(-1), ..good },
        RetryConfig { jitter: Ratio(one + 1), ..good },
        RetryConfig { max: 65, ..good },
    ] {
        assert!(!bad.is_valid(), "{bad:?}");
    }
    assert!(RetryConfig { cap: good.delay, jitter: Ratio(one), max: 64, ..good }.is_valid());
}
