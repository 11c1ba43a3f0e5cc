//! Whatever happens, a reduce-only order never makes a position flip as long as the venue does as
//! it is told: it takes every command before the next execution. Of a venue that does as it
//! likes the records must still agree: see `Twins::step`.

use proptest::prelude::*;

use super::*;
use crate::status::OrderFlag;

#[derive(Clone, Copy, Debug)]
enum Deed {
    Order {
        buy: bool,
        qty: i64,
        reduces: bool,
        linked: u8,
        legs: bool,
        named: u8,
        kind: u8,
    },
    Fill {
        which: u8,
        qty: i64,
    },
    Cancel {
        which: u8,
    },
    Quote {
        bid: i64,
    },
    Arm {
        which: u8,
        above: bool,
    },
    Close {
        which: u8,
    },
    /// Of a venue that does as it likes: any report, or commands that nobody answers.
    Report {
        which: u8,
        kind: u8,
    },
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        4 => (any::<[bool; 3]>(), 1..8_i64, any::<[u8; 2]>(), 0..8_u8)
            .prop_map(|([buy, reduces, legs], qty, [linked, named], kind)| {
                Deed::Order { buy, qty, reduces, linked, legs, named, kind }
            }),
        6 => (any::<u8>(), 1..8_i64).prop_map(|(which, qty)| Deed::Fill { which, qty }),
        1 => any::<u8>().prop_map(|which| Deed::Cancel { which }),
        2 => (9_800..10_200_i64).prop_map(|bid| Deed::Quote { bid }),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(which, above)| Deed::Arm { which, above }),
        1 => any::<u8>().prop_map(|which| Deed::Close { which }),
        3 => (any::<u8>(), 0..8_u8).prop_map(|(which, kind)| Deed::Report { which, kind }),
    ];
    prop::collection::vec(deed, 1..60)
}

/// A venue that does as it is told, but refuses some reductions.
struct Venue {
    obeys: bool,
    refuses: bool,
    executions: u64,
    client_id: u64,
}

fn live(engine: &Engine<'_>, which: u8) -> Option<Id> {
    let orders: Vec<Id> =
        engine.orders.table().iter_live().map(|slot| engine.orders.get(slot).unwrap().id).collect();
    if orders.is_empty() { None } else { Some(orders[usize::from(which) % orders.len()]) }
}

fn open(engine: &Engine<'_>, which: u8) -> Option<Id> {
    let table = engine.positions.table();
    let open: Vec<Id> = table.iter_live().map(|slot| table.get(slot).unwrap().id).collect();
    if open.is_empty() { None } else { Some(open[usize::from(which) % open.len()]) }
}

/// Some are held here until a price is reached, some close all there is.
fn of_kind(kind: u8, limit: OrderSubmit) -> OrderSubmit {
    let buys = limit.side == Side::Buy.raw();
    let whole = OrderSubmit {
        flags: OrderFlag::ReduceOnly.raw() | OrderFlag::ClosePosition.raw(),
        qty: Lots(0),
        stop_loss: Ticks(0),
        take_profit: Ticks(0),
        ..limit
    };
    let stop_price = Ticks(if buys { 10_100 } else { 9_900 });
    let stop = OrderType::Stop.raw();
    match kind {
        0 => OrderSubmit { order_type: stop, stop_price, price: Ticks(0), ..limit },
        1 => OrderSubmit { order_type: stop, stop_price, price: Ticks(0), ..whole },
        2 => {
            let order_type = OrderType::TrailingStop.raw();
            OrderSubmit { order_type, trail_offset: Ticks(50), price: Ticks(0), ..limit }
        }
        3 => whole,
        _ => limit,
    }
}

impl Venue {
    fn obey(&mut self, twins: &mut Twins<'_>) {
        if !self.obeys {
            return;
        }
        loop {
            let (commands, _) = twins.poll_some();
            if commands.is_empty() {
                return;
            }
            for command in commands {
                let refused = self.refuses && command.request_id >> 63 == 1;
                let kind = match CommandKind::from_raw(command.kind).unwrap() {
                    CommandKind::New => ReportKind::Ack,
                    CommandKind::Cancel => ReportKind::CancelAck,
                    CommandKind::Replace if refused => ReportKind::ReplaceReject,
                    CommandKind::Replace => ReportKind::ReplaceAck,
                };
                twins.report(kind, command.order).unwrap();
            }
        }
    }

    fn act(&mut self, twins: &mut Twins<'_>, deed: Deed) {
        match deed {
            Deed::Order { buy, qty, reduces, linked, legs, named, kind } => {
                self.client_id += 1;
                let side = if buy { Side::Buy } else { Side::Sell };
                let plain = order(self.client_id, side, qty, if buy { 9_950 } else { 10_050 });
                let (stop, target) = if buy { (9_900, 10_050) } else { (10_100, 9_950) };
                let levels = if legs && !reduces { (stop, target) } else { (0, 0) };
                let position = if named % 2 == 0 { None } else { open(twins.engine(), named) };
                let linked = if linked % 3 == 0 { live(twins.engine(), linked) } else { None };
                let request = OrderSubmit {
                    flags: if reduces { OrderFlag::ReduceOnly.raw() } else { 0 },
                    linked: linked.unwrap_or_default(),
                    position: position.unwrap_or_default(),
                    stop_loss: Ticks(levels.0),
                    take_profit: Ticks(levels.1),
                    ..plain
                };
                let request = of_kind(kind, request);
                let _ = twins.step(|engine, now| {
                    let mut request = request;
                    request.header.now = now;
                    engine.order_submit(&request)
                });
            }
            Deed::Fill { which, qty } => self.execute(twins, which, qty),
            Deed::Report { .. } if self.obeys => {}
            Deed::Report { which, kind } => {
                let kinds = [
                    ReportKind::Ack,
                    ReportKind::Reject,
                    ReportKind::CancelAck,
                    ReportKind::CancelReject,
                    ReportKind::ReplaceAck,
                    ReportKind::ReplaceReject,
                    ReportKind::Expire,
                ];
                let Some(&kind) = kinds.get(usize::from(kind)) else {
                    twins.poll_some();
                    return;
                };
                let table = twins.engine().orders.table();
                let ids: Vec<Id> = table.iter().map(|(_, order)| order.id).collect();
                if !ids.is_empty() {
                    twins.report(kind, ids[usize::from(which) % ids.len()]).unwrap();
                }
            }
            Deed::Cancel { which } => {
                let Some(order) = live(twins.engine(), which) else { return };
                let _ = twins.step(|engine, now| {
                    let mut request = OrderCancel { order, ..OrderCancel::EMPTY };
                    request.header.now = now;
                    engine.order_cancel(&request)
                });
            }
            Deed::Quote { bid } => {
                let _ = twins.quote(bid, bid + 2);
            }
            Deed::Arm { which, above } => {
                let Some(position) = open(twins.engine(), which) else { return };
                let kind = if above { TriggerKind::TakeProfit } else { TriggerKind::StopLoss };
                let _ = twins.step(|engine, now| {
                    let mut request = TriggerArm {
                        position,
                        level: Ticks(9_990),
                        kind: kind.raw(),
                        action: TriggerAction::Close.raw(),
                        ..TriggerArm::EMPTY
                    };
                    request.header.now = now;
                    engine.trigger_arm(&request)
                });
            }
            Deed::Close { which } => {
                let Some(position) = open(twins.engine(), which) else { return };
                let _ = twins.step(|engine, now| {
                    let mut request = PositionClose { position, ..PositionClose::EMPTY };
                    request.header.now = now;
                    engine.position_close(&request)
                });
            }
        }
    }

    fn execute(&mut self, twins: &mut Twins<'_>, which: u8, qty: i64) {
        let Some(id) = live(twins.engine(), which) else { return };
        let view = twins.engine().order_get(id, 0).unwrap();
        let qty = if self.obeys { qty.min(view.leaves.0) } else { qty };
        if qty == 0 {
            return;
        }
        let reduces = OrderFlag::ReduceOnly.is_in(view.flags);
        let before = twins.engine().account_get().open;
        let lots = |engine: &Engine<'_>| -> i64 {
            engine.positions.table().iter().map(|(_, p)| p.book.qty.0).sum()
        };
        let total = lots(twins.engine());
        self.executions += 1;
        twins.fill(id, self.executions, qty, 10_000).unwrap();
        if reduces && self.obeys {
            assert_eq!(lots(twins.engine()), total - qty, "it only made a position smaller");
            assert!(twins.engine().account_get().open <= before);
        }
    }
}

impl Twins<'_> {
    /// As poll, but events may be lost.
    fn poll_some(&mut self) -> (Vec<Command>, u32) {
        self.step(|engine, now| {
            let (mut commands, mut events) = ([Command::default(); 8], [Event::EMPTY; 64]);
            let mut request = Poll { max_commands: 8, max_events: 64, ..Poll::EMPTY };
            request.header.now = now;
            let polled = engine.poll(&request, &mut commands, &mut events).unwrap();
            let count = usize::try_from(polled.commands).unwrap();
            (commands[..count].to_vec(), polled.events)
        })
    }
}

proptest! {
    #![proptest_config(at_least(300))]

    #[test]
    fn no_reduce_only_order_flips_a_position(
        deeds in deeds(),
        hedged in any::<bool>(),
        obeys in any::<bool>(),
        refuses in any::<bool>(),
        work in 1..4_u32,
    ) {
        let breaker = BreakerConfig { consecutive_losses: -1, ..BreakerConfig::DEFAULT };
        let config = Config { work_per_call: work, breaker, ..config() };
        let flags = if hedged { SymbolFlag::Hedged.raw() } else { 0 };
        with_twins(&config, flags, |twins| {
            let mut venue = Venue { obeys, refuses, executions: 0, client_id: 0 };
            for deed in deeds {
                venue.act(twins, deed);
                venue.obey(twins);
                let _ = twins.step(|engine, now| {
                    let mut timer = Timer::EMPTY;
                    timer.header.now = now;
                    engine.timer(&timer)
                });
                venue.obey(twins);
            }
        });
    }
}
