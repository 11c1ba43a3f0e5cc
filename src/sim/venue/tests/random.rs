//! Random sessions: the same reports in the same order as the naive venue, and what must hold
//! whatever happens.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::dice::Dice;
use super::naive::Naive;
use super::*;
use crate::num::OFF;
use crate::sim::{FeeSchedule, SlippageConfig};
use crate::status::SlippageModel;

const ORDERS: u32 = 12;

/// What the one who sends knows of a slot.
#[derive(Clone, Copy, Default)]
struct Known {
    generation: u32,
    is_over: bool,
    failed: bool,
    qty: i64,
    cum: i64,
    ends: u32,
    command: Command,
    limits: [i64; 2],
}

/// Both venues, and what was said so far.
struct Session {
    real: Venue<'static>,
    naive: Naive,
    dice: Dice,
    now: u64,
    sent: u64,
    middle: i64,
    known: [Known; 12],
    /// Ids of executions that were told.
    executions: BTreeSet<u64>,
    refused: u64,
    digest: u64,
}

fn settings(dice: &mut Dice) -> (Simulation, FeeSchedule) {
    let mut share = |n| if dice.one_in(2) { Ratio(0) } else { Ratio(Ratio::ONE / n) };
    let (reject_ratio, fail_ratio, doubt_ratio) = (share(9), share(7), share(8));
    let slow = dice.one_in(2);
    let mut time = |most| Nanos(if slow { dice.below(most) } else { 0 });
    let (latency_out, latency_in, latency_jitter) = (time(9), time(9), time(12));
    let mut fees = FeeSchedule::flat(Ratio(dice.between(0, 5_000_000)));
    fees.maker = Ratio(dice.between(-1_000_000, 1_000_000));
    let share = if dice.one_in(2) { 0 } else { dice.between(0, 40_000_000) };
    let slippage =
        SlippageConfig { share: Ratio(share), ..SlippageConfig::new(SlippageModel::Fixed) };
    let simulation = Simulation {
        slippage,
        latency_out,
        latency_in,
        latency_jitter,
        fill_ratio: Ratio(if dice.one_in(3) { OFF } else { dice.between(0, Ratio::ONE) }),
        reject_ratio,
        fail_ratio,
        doubt_ratio,
        queue: if dice.one_in(3) { Queue::Front } else { Queue::Back },
        volume_24h: 0,
    };
    (simulation, fees)
}

impl Session {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let (simulation, fees) = settings(&mut dice);
        let sources = [TriggerSource::BidAsk, TriggerSource::Last, TriggerSource::Mark];
        let source = sources[usize::try_from(dice.below(3)).unwrap()];
        let room = if dice.one_in(2) { Venue::messages(ORDERS) } else { 200 };
        let mut real = Venue::new(memory(ORDERS, 1, room), seed, -6);
        real.define(SYMBOL, money(), source, ANY).unwrap();
        real.set(SYMBOL, &simulation).unwrap();
        real.set_fees(SYMBOL, &fees).unwrap();
        let naive = Naive::new((&simulation, &fees), source, room, seed);
        Self {
            real,
            naive,
            dice,
            now: 1,
            sent: 0,
            middle: 100,
            known: [Known::default(); 12],
            executions: BTreeSet::new(),
            refused: 0,
            digest: 0,
        }
    }

    fn step(&mut self) {
        match self.dice.below(20) {
            0..=5 => self.send_new(),
            6 | 7 => self.change(CommandKind::Cancel),
            8 | 9 => self.change(CommandKind::Replace),
            10..=14 => self.quote(),
            15 | 16 => self.trade(),
            17 => self.now += self.dice.below(30),
            18 => self.mark(),
            _ => self.rare(),
        }
        if self.dice.one_in(3) {
            self.now += self.dice.below(4);
        }
        if !self.dice.one_in(4) {
            self.listen();
        }
    }

    fn listen(&mut self) {
        let mut reports = Vec::new();
        while let Some(report) = self.real.next_report(Nanos(self.now)) {
            reports.push(report);
        }
        assert_eq!(self.real.audit(), Ok(()));
        assert_eq!(reports, self.naive.reports(self.now));
        for report in &reports {
            self.hear(report);
        }
    }

    /// What every report must keep to.
    fn hear(&mut self, report: &VenueReport) {
        let kind = ReportKind::from_raw(report.report).unwrap();
        let known = &mut self.known[usize::try_from(report.order.slot()).unwrap()];
        if report.order.generation() != known.generation {
            assert!(matches!(kind, ReportKind::CancelReject | ReportKind::ReplaceReject | END));
            return;
        }
        match kind {
            FILL => {
                assert!(self.executions.insert(report.exec_id), "told once");
                known.cum += report.qty.0;
                assert_eq!(report.venue_cum.0, known.cum);
                assert!(report.qty.0 > 0 && known.cum <= known.qty && !known.is_over);
                known.is_over = known.cum == known.qty;
                keeps_its_limit(known, report.price.0);
            }
            REPLACED => {
                assert!(!known.is_over && report.qty.0 >= known.cum);
                known.qty = report.qty.0;
                known.is_over = known.cum == known.qty;
            }
            END | EXPIRE | REJECT => {
                known.ends += u32::from(report.request_id == 0 || !known.is_over);
                assert!(known.ends <= 1 && (kind == END || !known.is_over));
                known.is_over = true;
            }
            ReportKind::SendFailed => known.failed = true,
            _ => {}
        }
    }

    fn send(&mut self, command: &Command) -> bool {
        self.sent += 1;
        let command = Command { sequence: self.sent, ..*command };
        let taken = self.real.take(&command, Nanos(self.now)).is_ok();
        assert_eq!(taken, self.naive.take(&command, self.now));
        assert!(taken || !self.real.has_room());
        self.refused += u64::from(!taken);
        taken
    }

    fn send_new(&mut self) {
        let slot = usize::try_from(self.dice.below(u64::from(ORDERS))).unwrap();
        let known = self.known[slot];
        if known.failed {
            let again = known.command;
            if self.send(&again) {
                self.known[slot].failed = false;
            }
            return;
        }
        if known.generation > 0 && !known.is_over {
            return;
        }
        let command = self.draw(u32::try_from(slot).unwrap(), known.generation + 1);
        if self.send(&command) {
            self.known[slot] = Known {
                generation: known.generation + 1,
                qty: command.qty.0,
                command,
                limits: [command.price.0; 2],
                ..Known::default()
            };
        }
    }

    fn draw(&mut self, slot: u32, generation: u32) -> Command {
        let dice = &mut self.dice;
        let kind = OrderType::from_raw(u8::try_from(1 + dice.below(7)).unwrap()).unwrap();
        let times = [0, 1, 1, 1, 3, 4, 6];
        let time = times[usize::try_from(dice.below(7)).unwrap()];
        let side = if dice.one_in(2) { BUY } else { SELL };
        let (price, stop_price) = (self.middle + dice.between(-6, 6), self.middle);
        let mut command = Command {
            order: id(slot, generation),
            client_id: u64::from(generation) * 100 + u64::from(slot),
            time_in_force: time,
            expire_at: Nanos(if time == 6 { self.now + dice.below(60) + 1 } else { 0 }),
            venue: 3,
            ..order(slot, side, kind, dice.between(1, 20), price)
        };
        if !kind.has_price() {
            command.price = Ticks(0);
        } else if time < 3 && dice.one_in(4) {
            command.flags = OrderFlag::PostOnly.raw();
        }
        if kind.has_stop_price() {
            command.stop_price = Ticks(stop_price + dice.between(-8, 8));
        } else if kind == OrderType::TrailingStop && dice.one_in(2) {
            command.trail_offset = Ticks(dice.between(1, 6));
        } else if kind == OrderType::TrailingStop {
            command.trail_ratio = Ratio(dice.between(1, 60_000_000));
        }
        command
    }

    fn change(&mut self, kind: CommandKind) {
        let slot = usize::try_from(self.dice.below(u64::from(ORDERS))).unwrap();
        let known = self.known[slot];
        if known.failed || (known.generation == 0 && !self.dice.one_in(9)) {
            return;
        }
        let stop = self.middle + self.dice.between(-8, 8);
        let price = if self.dice.one_in(3) {
            known.command.price.0
        } else {
            self.middle + self.dice.between(-6, 6)
        };
        // One that the venue never sees.
        let ahead = if known.generation == 0 { 1_000_000 } else { 0 };
        let command = Command {
            order: id(u32::try_from(slot).unwrap(), known.generation + ahead),
            kind: kind.raw(),
            request_id: self.sent + 1_000,
            qty: Lots(self.dice.between(1, 20)),
            price: Ticks(price),
            stop_price: Ticks(stop),
            ..known.command
        };
        let command = Command { symbol: SYMBOL, side: known.command.side.max(1), ..command };
        if self.send(&command) && kind == CommandKind::Replace {
            let [low, high] = known.limits;
            self.known[slot].limits = [low.min(price), high.max(price)];
        }
    }

    fn quote(&mut self) {
        self.listen();
        let jump = if self.dice.one_in(9) { 12 } else { 2 };
        self.middle = (self.middle + self.dice.between(-jump, jump)).clamp(20, 200);
        let bid = self.middle - self.dice.between(0, 2);
        let ask = self.middle + self.dice.between(0, 2);
        let sizes = [self.dice.between(0, 15), self.dice.between(0, 15)];
        let (now, at) = (Nanos(self.now), self.now);
        self.real.quote(SYMBOL, (Ticks(bid), Lots(sizes[0])), (Ticks(ask), Lots(sizes[1])), now);
        self.naive.quote(bid, sizes[0], ask, sizes[1], at);
    }

    fn trade(&mut self) {
        self.listen();
        let price = self.middle + self.dice.between(-4, 4);
        let qty = self.dice.between(0, 20);
        let source = TradeSource::Last;
        self.real.trade(SYMBOL, source, Ticks(price), Lots(qty), Nanos(self.now));
        self.naive.trade(price, qty, self.now);
    }

    fn mark(&mut self) {
        self.listen();
        let price = self.middle + self.dice.between(-4, 4);
        self.real.trade(SYMBOL, TradeSource::Mark, Ticks(price), Lots(0), Nanos(self.now));
        self.naive.mark(price, self.now);
    }

    fn rare(&mut self) {
        self.listen();
        if self.dice.one_in(4) {
            self.real.roll(Nanos(self.now));
            self.naive.roll(self.now);
            return;
        }
        let phases = [Phase::Continuous, Phase::Continuous, Phase::Auction, Phase::Halt];
        let phase = phases[usize::try_from(self.dice.below(4)).unwrap()];
        self.real.phase(SYMBOL, phase, Nanos(self.now));
        self.naive.phase(phase);
    }

    /// Everything arrives in the end; what was filled there is what was told here.
    fn finish(&mut self) {
        self.now += 1_000;
        self.listen();
        for (slot, known) in self.known.iter().enumerate().filter(|(_, k)| k.generation > 0) {
            let place = u32::try_from(slot).unwrap();
            assert_eq!(self.real.order(place).unwrap().cum.0, known.cum);
            assert_eq!(self.naive.orders[&place].cum, known.cum);
        }
        assert!(self.real.has_room());
        let mut hash = Hash64::new(0);
        self.real.digest(&mut hash);
        self.digest = hash.finish();
        let all = u64::try_from(self.executions.len()).unwrap();
        assert!(self.executions.iter().copied().eq(1..=all));
    }
}

/// Never beyond the limit, of those that were asked for.
fn keeps_its_limit(known: &Known, price: i64) {
    if OrderType::from_raw(known.command.order_type).unwrap().has_price() {
        let [low, high] = known.limits;
        assert!(if known.command.side == BUY.raw() { price <= high } else { price >= low });
    }
}

fn run(seed: u64, steps: u32) -> Session {
    let mut session = Session::new(seed);
    for _ in 0..steps {
        session.step();
    }
    session.finish();
    session
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn agrees_with_the_naive_venue(seed in any::<u64>(), steps in 1..400_u32) {
        run(seed, steps);
    }
}

/// Long sessions; `OMS_STEPS` sets how long.
#[test]
fn long_sessions_agree_and_reach_everything() {
    let steps = std::env::var("OMS_STEPS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let (mut fills, mut refused) = (0, 0);
    for seed in 0..24 {
        let session = run(seed << 32, steps / 24);
        fills += u64::try_from(session.executions.len()).unwrap();
        refused += session.refused;
    }
    assert!(fills > u64::from(steps) / 20, "{fills} fills");
    assert!(refused > 0);
}

#[test]
fn the_same_seed_gives_the_same_bits() {
    for seed in 0..6 {
        let (one, two) = (run(seed, 500), run(seed, 500));
        assert_eq!(one.digest, two.digest);
        assert_ne!(one.digest, run(seed + 100, 500).digest);
    }
}
