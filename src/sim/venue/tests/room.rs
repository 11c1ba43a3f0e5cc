//! Short of room for messages: nothing is lost, nothing comes twice.

use super::*;
use crate::status::Status;

const SLOW: Simulation = Simulation { latency_in: Nanos(100), ..HALF };

#[test]
fn the_least_room_that_is_enough() {
    assert_eq!(Venue::messages(16), 36);
    let mut rig = Rig::with(&SLOW, TriggerSource::BidAsk, 36);
    rig.quote(100, 0, 110, 0);
    let mut waiting = (0..16).collect::<Vec<u32>>();
    let mut heard = Vec::new();
    while let Some(&slot) = waiting.first() {
        assert!(rig.venue.has_room(), "all have arrived");
        while let Some(&slot) = waiting.first().filter(|_| rig.venue.has_room()) {
            rig.send(&stop(limit(slot, SELL, 4, 0), OrderType::Stop, 90));
            waiting.remove(0);
        }
        assert!(!waiting.contains(&slot));
        rig.now += 200;
        heard.extend(rig.said());
    }
    assert_eq!(heard, (0..16).map(|slot| (ACK, slot, 0, 0)).collect::<Vec<_>>());
    // With every place taken there is room for one command of any kind.
    assert!(rig.venue.has_room());
    assert_eq!(rig.cancel(3), []);
    // All fire at once, and all that must be said is said.
    rig.quote(80, 0, 85, 0);
    rig.now += 200;
    let said = rig.said();
    assert_eq!(said.len(), 1 + 15 * 2);
    assert_eq!(said.iter().filter(|s| s.0 == FILL).count(), 15);
}

#[test]
fn partial_fills_wait_for_room() {
    let mut rig = Rig::with(&SLOW, TriggerSource::BidAsk, 6);
    rig.quote(100, 0, 110, 0);
    rig.send(&limit(0, BUY, 10, 105));
    rig.now = 200;
    assert_eq!(rig.said(), [(ACK, 0, 0, 0)]);
    // Six places: one is kept for its end, five fills are told.
    for _ in 0..9 {
        rig.quote(100, 0, 104, 2);
    }
    rig.now = 400;
    assert_eq!(rig.said(), vec![(FILL, 0, 1, 105); 5]);
    rig.quote(100, 0, 104, 2);
    rig.quote(100, 0, 104, 20);
    rig.now = 600;
    let rest = rig.reports();
    assert_eq!(rest.iter().map(|r| r.qty.0).collect::<Vec<_>>(), [1, 4]);
    assert_eq!(rest[1].venue_cum, Lots(10));
}

#[test]
fn without_room_a_command_is_not_taken() {
    let mut rig = Rig::with(&SLOW, TriggerSource::BidAsk, 5);
    rig.send(&limit(0, BUY, 10, 105));
    assert!(!rig.venue.has_room());
    let before = rig.digest();
    let next = limit(1, BUY, 10, 105);
    assert_eq!(rig.venue.take(&next, Nanos(1)), Err(Status::Capacity));
    assert_eq!(rig.digest(), before);
    // A cancel needs one place.
    let cancel = Command { kind: CommandKind::Cancel.raw(), request_id: 1, ..next };
    let cancel = Command { order: id(0, 1), ..cancel };
    for _ in 0..3 {
        rig.send(&cancel);
    }
    assert_eq!(rig.venue.take(&cancel, Nanos(1)), Err(Status::Capacity));
    rig.now = 500;
    assert_eq!(rig.said(), [(ACK, 0, 0, 0), (END, 0, 0, 0), (END, 0, 0, 0), (END, 0, 0, 0)]);
    assert!(rig.venue.has_room());
}
