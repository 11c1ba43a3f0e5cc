//! What is said of a symbol: phases, volume, located lots, bands.

use super::held::stop;
use super::*;
use crate::market::{BandsSet, ConditionsView, LocateSet, PhaseSet, VolumeSet};
use crate::risk::bit;
use crate::status::{LimitFlag, OrderFact, Phase};

const OK: Result<Status, Status> = Ok(Status::Ok);

impl Twins<'_> {
    fn phase(&mut self, symbol: u32, phase: Phase) -> Result<Status, Status> {
        self.step(|engine, now| {
            let mut request = PhaseSet { symbol, phase: phase.raw(), ..PhaseSet::EMPTY };
            request.header.now = now;
            engine.phase_set(&request)
        })
    }

    fn limit(&mut self, change: impl Fn(&mut LimitsSet)) {
        let status = self.step(|engine, now| {
            let mut limits = open_limits();
            limits.header.now = now;
            change(&mut limits);
            engine.limits_set(&limits)
        });
        assert_eq!(status, OK);
    }
}

#[test]
fn what_is_said_is_told_and_shown() {
    with_twins(&config(), 0, |twins| {
        twins.poll();
        assert_eq!(twins.phase(1, Phase::Halt), Err(Status::Symbol));
        assert_eq!(twins.phase(0, Phase::Auction), OK);
        assert_eq!(twins.phase(u32::MAX, Phase::Auction), OK);
        assert_eq!(twins.phase(u32::MAX, Phase::Halt), OK);
        let (volume, qty) = (Lots(500), Lots(7));
        let said =
            twins.step(|engine, _| engine.volume_set(&VolumeSet { volume, ..VolumeSet::EMPTY }));
        assert_eq!(said, OK);
        let said =
            twins.step(|engine, _| engine.locate_set(&LocateSet { qty, ..LocateSet::EMPTY }));
        assert_eq!(said, OK);
        let mut bands = BandsSet { count: 1, ..BandsSet::EMPTY };
        (bands.from[0], bands.step[0]) = (Ticks(10), Ticks(5));
        assert_eq!(twins.step(|engine, _| engine.bands_set(&bands)), OK);
        let mut events = twins.poll().1;
        events.retain(|e| e.kind != EventKind::ClockBack.raw());
        let told: Vec<_> = events.iter().map(|e| (e.kind, e.code, e.limit, e.observed)).collect();
        let kind = |kind: EventKind| kind.raw();
        let expected = [
            (kind(EventKind::Phase), 2, 2, 3),
            (kind(EventKind::Phase), 4, 4, 2),
            (kind(EventKind::Volume), 0, 500, -1),
            (kind(EventKind::Locate), 0, 7, 0),
            (kind(EventKind::Bands), 1, 1, 0),
        ];
        assert_eq!(told, expected);
        let view = twins.engine().conditions_get(0).unwrap();
        let shown = ConditionsView { phase: 4, count: 1, volume, located: qty, ..view };
        assert_eq!((view, view.from, view.step), (shown, bands.from, bands.step));
        assert_eq!(twins.engine().conditions_get(1), Err(Status::Symbol));
    });
}

#[test]
fn a_halt_takes_cancels_and_closes() {
    with_twins(&config(), 0, |twins| {
        let resting = twins.submit(1, Side::Buy, 5, 9_000).order;
        let bought = twins.submit(2, Side::Buy, 5, 10_000).order;
        twins.poll();
        twins.fill(bought, 1, 5, 10_000).unwrap();
        let position = twins.engine().position_net(0).unwrap().position;
        let arm = TriggerArm {
            position,
            level: Ticks(9_900),
            kind: TriggerKind::StopLoss.raw(),
            action: TriggerAction::Close.raw(),
            ..TriggerArm::EMPTY
        };
        twins.step(|engine, _| engine.trigger_arm(&arm)).unwrap();
        assert_eq!(twins.phase(0, Phase::Halt), OK);
        let denied = twins.submit(3, Side::Buy, 1, 9_000).verdict;
        assert_eq!(denied.mask, bit(Check::Session));
        assert_eq!(twins.cancel(resting), OK);
        twins.poll();
        // The stop's own close goes out, and says against what.
        twins.quote(9_900, 9_910).unwrap();
        let (commands, events) = twins.poll();
        assert_eq!(commands.len(), 1);
        let unchecked = events.iter().find(|e| e.kind == EventKind::CloseUnchecked.raw());
        assert_eq!(unchecked.unwrap().mask, bit(Check::Session));
        assert_eq!(twins.phase(0, Phase::Continuous), OK);
        assert!(twins.submit(4, Side::Buy, 1, 9_000).verdict.is_accepted());
    });
}

#[test]
fn what_fires_is_judged_as_what_it_has_become() {
    with_twins(&config(), 0, |twins| {
        assert_eq!(twins.phase(0, Phase::Auction), OK);
        let id = twins.submit_as(&stop(1, Side::Sell, 9_950)).order;
        twins.quote(9_940, 9_945).unwrap();
        let view = twins.engine().order_get(id, 0).unwrap();
        assert_eq!(view.status, OrderStatus::Failed.raw());
        assert!(OrderFact::Denied.is_in(view.facts));
        let denied = twins.events(EventKind::OrderDenied);
        assert_eq!((denied.len(), denied[0].mask), (1, bit(Check::Session)));
        // Its type was permitted when it was accepted: that is not asked again.
        assert_eq!(twins.phase(0, Phase::Continuous), OK);
        let id = twins.submit_as(&stop(2, Side::Sell, 9_900)).order;
        twins.limit(|limits| limits.types = 1 << OrderType::Limit.raw());
        twins.quote(9_890, 9_895).unwrap();
        assert_eq!(twins.status_of(id), OrderStatus::Pending);
        assert_eq!(twins.poll().0.len(), 1);
    });
}

#[test]
fn shorts_follow_executions_and_replaces() {
    with_twins(&config(), 0, |twins| {
        let needed = LimitFlag::LocateNeeded.raw();
        twins.limit(|limits| limits.flags |= needed);
        let locate = LocateSet { qty: Lots(6), ..LocateSet::EMPTY };
        assert_eq!(twins.step(|engine, _| engine.locate_set(&locate)), OK);
        let first = twins.submit(1, Side::Sell, 4, 10_100).order;
        assert_eq!(twins.submit(2, Side::Sell, 3, 10_100).verdict.mask, bit(Check::Short));
        twins.poll();
        // Executed lots are short as those that work.
        twins.fill(first, 1, 3, 10_100).unwrap();
        let denied = twins.submit(2, Side::Sell, 3, 10_100).verdict;
        assert_eq!((denied.limit, denied.observed), (6, 7));
        assert!(twins.submit(2, Side::Sell, 2, 10_100).verdict.is_accepted());
        let replaced = twins.replace(first, 5, 10_100, 0).unwrap().verdict;
        assert_eq!((replaced.mask, replaced.observed), (bit(Check::Short), 7));
        // What is closed of it may be sold again.
        let bought = twins.submit(3, Side::Buy, 1, 10_100).order;
        twins.poll();
        twins.fill(bought, 2, 1, 10_100).unwrap();
        assert!(twins.replace(first, 5, 10_100, 0).unwrap().verdict.is_accepted());
    });
}
