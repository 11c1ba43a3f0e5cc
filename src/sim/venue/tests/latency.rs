//! The way out and back.

use super::*;

const FAR: Simulation =
    Simulation { latency_out: Nanos(10), latency_in: Nanos(5), ..Simulation::PLAIN };

/// What comes until a time, with the times.
fn until(rig: &mut Rig, now: u64) -> Vec<(u64, Said)> {
    rig.now = now;
    rig.reports().iter().map(|report| (report.header.now.0, said(report))).collect()
}

#[test]
fn everything_happens_at_its_own_time() {
    let mut rig = Rig::new(&FAR);
    rig.quote(100, 0, 102, 0);
    rig.send(&market(0, BUY, 1));
    assert_eq!(rig.venue.next_at(), Some(Nanos(11)));
    assert_eq!(until(&mut rig, 15), []);
    assert_eq!(rig.venue.next_at(), Some(Nanos(16)));
    let heard = until(&mut rig, 40);
    assert_eq!(heard, [(16, (ACK, 0, 0, 0)), (16, (FILL, 0, 1, 102))]);
    assert_eq!(rig.venue.next_at(), None);
}

#[test]
fn the_quote_that_stands_when_it_arrives_is_met() {
    let mut rig = Rig::new(&FAR);
    rig.quote(100, 0, 102, 0);
    rig.send(&market(0, BUY, 1));
    rig.now = 9;
    rig.quote(107, 0, 108, 0);
    rig.now = 12;
    rig.quote(120, 0, 121, 0);
    assert_eq!(until(&mut rig, 20), [(16, (ACK, 0, 0, 0)), (16, (FILL, 0, 1, 108))]);
}

#[test]
fn a_cancel_crosses_a_fill() {
    let mut rig = Rig::new(&FAR);
    rig.quote(100, 0, 102, 0);
    rig.send(&limit(0, BUY, 1, 90));
    until(&mut rig, 20);
    rig.send(&Command { kind: CommandKind::Cancel.raw(), request_id: 3, ..limit(0, BUY, 0, 0) });
    rig.now = 29;
    rig.quote(80, 0, 85, 0);
    let heard = until(&mut rig, 60);
    assert_eq!(heard, [(34, (FILL, 0, 1, 90)), (35, (ReportKind::CancelReject, 0, 0, 0))]);
}

#[test]
fn a_replace_crosses_a_fill() {
    let mut rig = Rig::new(&Simulation { fill_ratio: Ratio(Ratio::ONE), ..FAR });
    rig.quote(100, 0, 102, 0);
    rig.send(&limit(0, BUY, 10, 90));
    until(&mut rig, 20);
    let kind = CommandKind::Replace.raw();
    rig.send(&Command { kind, request_id: 3, ..limit(0, BUY, 7, 91) });
    rig.now = 29;
    rig.quote(80, 0, 85, 8);
    let heard = until(&mut rig, 60);
    assert_eq!(heard, [(34, (FILL, 0, 8, 90)), (35, (REPLACED, 0, 8, 91))]);
    assert_eq!(rig.quote(80, 0, 85, 8), []);
}

#[test]
fn messages_never_overtake_one_another() {
    let wild = Simulation { latency_jitter: Nanos(1_000), ..FAR };
    let mut rig = Rig::new(&wild);
    rig.quote(100, 0, 102, 0);
    let mut spread = std::collections::BTreeSet::new();
    for slot in 0..16 {
        rig.send(&limit(slot, BUY, 10, 90));
        for step in 0..5 {
            let kind = CommandKind::Replace.raw();
            rig.now += 1;
            rig.send(&Command { kind, request_id: step, ..limit(slot, BUY, 10, 91) });
        }
        let sent = rig.now;
        let heard = until(&mut rig, 9_000 * (u64::from(slot) + 1));
        let times: Vec<u64> = heard.iter().map(|h| h.0).collect();
        assert!(times.is_sorted());
        assert_eq!(heard.len(), 6);
        assert_eq!(heard[0].1, (ACK, slot, 0, 0));
        spread.insert(times[0] - sent);
        assert!(times[5] - sent <= 2_015 && times[0] + 5 >= sent + 15);
    }
    assert!(spread.len() > 10);
}

#[test]
fn a_reaction_is_in_time_for_what_comes_later() {
    // A report at 16 is answered by a cancel that arrives at 26, before the trade of 27.
    let mut rig = Rig::new(&FAR);
    rig.quote(100, 0, 102, 0);
    rig.send(&limit(0, BUY, 1, 100));
    let first = rig.venue.next_report(Nanos(50)).unwrap();
    assert_eq!(first.header.now, Nanos(16));
    rig.now = 16;
    assert_eq!(rig.venue.next_report(Nanos(16)), None);
}

#[test]
fn a_step_back_of_the_clock_is_no_time() {
    let mut rig = Rig::new(&FAR);
    rig.now = 100;
    rig.quote(100, 0, 102, 0);
    rig.now = 50;
    rig.send(&market(0, BUY, 1));
    assert_eq!(rig.venue.next_at(), Some(Nanos(110)));
}
