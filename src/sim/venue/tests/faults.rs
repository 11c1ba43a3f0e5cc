//! Faults for tests, by the seed.

use super::super::chance::{Throw, happens, jitter};
use super::*;

const FAILED: ReportKind = ReportKind::SendFailed;
const DOUBT: ReportKind = ReportKind::SendInDoubt;
const ALWAYS: Ratio = Ratio(Ratio::ONE);

#[test]
fn rejects() {
    let mut rig = Rig::new(&Simulation { reject_ratio: ALWAYS, ..Simulation::PLAIN });
    rig.send(&limit(0, BUY, 1, 90));
    let refused = rig.reports()[0];
    assert_eq!((said(&refused), refused.reason), ((REJECT, 0, 0, 0), Reason::Other.raw()));
    assert_eq!(rig.cancel(0), [(ReportKind::CancelReject, 0, 0, 0)]);
    assert_eq!(rig.replace(0, 2, 90, 0), [(ReportKind::ReplaceReject, 0, 0, 0)]);
}

#[test]
fn what_fails_to_leave_may_be_sent_again() {
    let far = Simulation { latency_out: Nanos(10), latency_in: Nanos(10), ..Simulation::PLAIN };
    let mut rig = Rig::new(&Simulation { fail_ratio: ALWAYS, ..far });
    // Known at once, whatever the latency.
    assert_eq!(rig.ask(&limit(0, BUY, 1, 90)), [(FAILED, 0, 0, 0)]);
    assert_eq!(rig.ask(&limit(0, BUY, 1, 90)), [(FAILED, 0, 0, 0)]);
    // What was sent behind it is gone with it.
    assert_eq!((rig.cancel(0), rig.replace(0, 2, 90, 0)), (Vec::new(), Vec::new()));
    rig.now = 50;
    assert_eq!(rig.said(), []);
    rig.venue.set(SYMBOL, &far).unwrap();
    assert_eq!(rig.ask(&limit(0, BUY, 1, 90)), []);
    rig.now = 70;
    assert_eq!(rig.said(), [(ACK, 0, 0, 0)]);
}

#[test]
fn doubt_comes_first_and_the_answer_later() {
    let far = Simulation { latency_out: Nanos(10), doubt_ratio: ALWAYS, ..Simulation::PLAIN };
    let mut rig = Rig::new(&far);
    assert_eq!(rig.ask(&limit(0, BUY, 1, 90)), [(DOUBT, 0, 0, 0)]);
    // Sent again meanwhile: one order.
    assert_eq!(rig.ask(&limit(0, BUY, 1, 90)), []);
    rig.now = 20;
    assert_eq!(rig.said(), [(ACK, 0, 0, 0)]);
    assert_eq!(rig.quote(80, 0, 85, 0), [(FILL, 0, 1, 85)]);
}

#[test]
fn shares_are_met_and_follow_from_the_seed() {
    let share = Ratio(Ratio::ONE / 4);
    let count = |seed, throw, attempt| {
        (0..10_000).filter(|&client| happens(seed, throw, share, client, attempt)).count()
    };
    for throw in [Throw::Fail, Throw::Doubt, Throw::Reject] {
        for (seed, attempt) in [(1, 0), (2, 0), (1, 3)] {
            assert!((2_300..2_700).contains(&count(seed, throw, attempt)));
        }
        assert!((0..1_000).all(|client| happens(1, throw, ALWAYS, client, 0)));
        assert!((0..1_000).all(|client| !happens(1, throw, Ratio(0), client, 0)));
    }
    let differ = |a: (u64, Throw, u32), b: (u64, Throw, u32)| {
        (0..1_000).any(|c| happens(a.0, a.1, share, c, a.2) != happens(b.0, b.1, share, c, b.2))
    };
    let base = (1, Throw::Fail, 0);
    for other in [(2, Throw::Fail, 0), (1, Throw::Doubt, 0), (1, Throw::Fail, 1)] {
        assert!(differ(base, other));
    }
}

#[test]
fn jitter_is_within_its_bounds_and_reaches_them() {
    let all: std::collections::BTreeSet<u64> = (0..500).map(|n| jitter(1, n, Nanos(9))).collect();
    assert_eq!(all, (0..=9).collect());
    assert_eq!(jitter(1, 1, Nanos(0)), 0);
    assert!((0..100).any(|n| jitter(1, n, Nanos(u64::MAX)) > u64::MAX / 2));
}
