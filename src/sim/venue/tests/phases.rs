//! Outside CONTINUOUS.

use super::*;

const SHUT: [Phase; 4] = [Phase::Closed, Phase::PreOpen, Phase::Auction, Phase::Halt];

#[test]
fn what_wants_the_market_is_refused() {
    for phase in SHUT {
        let mut rig = Rig::new(&Simulation::PLAIN);
        rig.quote(100, 0, 102, 0);
        rig.phase(phase);
        rig.send(&market(0, BUY, 1));
        let refused = rig.reports()[0];
        assert_eq!((said(&refused), refused.reason), ((REJECT, 0, 0, 0), Reason::Session.raw()));
        for (slot, time) in [(1, TimeInForce::Ioc), (2, TimeInForce::Fok)] {
            let refused = rig.ask(&for_time(limit(slot, BUY, 1, 200), time));
            assert_eq!(refused, [(REJECT, slot, 0, 0)]);
        }
        // Others wait: no quote, no trade, no stop is matched.
        assert_eq!(rig.ask(&limit(3, BUY, 1, 200)), [(ACK, 3, 0, 0)]);
        let waits = stop(limit(4, SELL, 1, 0), OrderType::Stop, 95);
        assert_eq!(rig.ask(&waits), [(ACK, 4, 0, 0)]);
        assert_eq!(rig.quote(90, 0, 92, 0), []);
        assert_eq!(rig.trade(80, 100), []);
        assert_eq!(rig.cancel(3), [(END, 3, 0, 0)]);
        assert_eq!(rig.ask(&limit(5, BUY, 1, 200)), [(ACK, 5, 0, 0)]);
        // Open again: not at prices of before.
        rig.phase(Phase::Continuous);
        assert_eq!(rig.ask(&market(6, BUY, 1)), [(ACK, 6, 0, 0)]);
        let opened = rig.quote(90, 0, 92, 0);
        let expected = [(FILL, 6, 1, 92), (FILL, 5, 1, 92), (FIRED, 4, 0, 0), (FILL, 4, 1, 90)];
        assert_eq!(opened, expected);
    }
}

#[test]
fn a_phase_that_stays_forgets_nothing() {
    let mut rig = Rig::new(&Simulation::PLAIN);
    rig.quote(100, 0, 102, 0);
    rig.phase(Phase::Continuous);
    assert_eq!(rig.ask(&market(0, BUY, 1))[1], (FILL, 0, 1, 102));
}
