//! The venue once more, as plainly as can be: every order is looked at for everything that
//! happens. Shares the dice and the settings with the real one, nothing else.

mod stops;

use std::collections::BTreeMap;

use super::super::chance::{Throw, happens, jitter};
use super::*;
use crate::num::Money;
use crate::status::Request;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum At {
    Way,
    Waits,
    Works,
    Ended(ReportKind),
    Failed,
}

#[derive(Clone, Debug)]
pub(super) struct Plain {
    command: Command,
    pub(super) at: At,
    qty: i64,
    pub(super) cum: i64,
    price: i64,
    stop: i64,
    peak: Option<i64>,
    is_stop: bool,
    has_limit: bool,
    takes: bool,
    ahead: Option<i64>,
    place: u64,
    /// Its place among those that expire at the same time.
    came: u64,
    out: u64,
    back: u64,
    attempt: u32,
}

#[derive(Clone, Debug)]
enum Letter {
    ToVenue(Command),
    ToUs(VenueReport),
}

pub(super) struct Naive {
    pub(super) orders: BTreeMap<u32, Plain>,
    /// By time, then number.
    letters: BTreeMap<(u64, u64), Letter>,
    numbers: u64,
    places: u64,
    executions: u64,
    room: usize,
    seed: u64,
    simulation: Simulation,
    fees: FeeSchedule,
    source: TriggerSource,
    phase: Phase,
    quote: Option<[i64; 4]>,
    last: Option<i64>,
    mark: Option<i64>,
    offered: [Option<i64>; 2],
    traded: u128,
}

fn side_of(command: &Command) -> usize {
    usize::from(command.side == SELL.raw())
}

fn is_type(command: &Command, types: &[OrderType]) -> bool {
    types.iter().any(|t| t.raw() == command.order_type)
}

impl Naive {
    pub(super) fn new(
        (simulation, fees): (&Simulation, &FeeSchedule),
        source: TriggerSource,
        room: u32,
        seed: u64,
    ) -> Self {
        Self {
            orders: BTreeMap::new(),
            letters: BTreeMap::new(),
            numbers: 0,
            places: 0,
            executions: 0,
            room: usize::try_from(room).unwrap(),
            seed,
            simulation: *simulation,
            fees: *fees,
            source,
            phase: Phase::Continuous,
            quote: None,
            last: None,
            mark: None,
            offered: [None, None],
            traded: 0,
        }
    }

    fn spare(&self) -> usize {
        let kept: usize = self
            .orders
            .values()
            .map(|o| match (o.at, o.is_stop) {
                (At::Way | At::Waits, true) => 2,
                (At::Way | At::Waits | At::Works, _) => 1,
                _ => 0,
            })
            .sum();
        self.room - self.letters.len() - kept
    }

    fn post(&mut self, time: u64, letter: Letter) {
        self.numbers += 1;
        self.letters.insert((time, self.numbers), letter);
    }

    fn delay(&self, base: Nanos) -> u64 {
        base.0 + jitter(self.seed, self.numbers + 1, self.simulation.latency_jitter)
    }

    pub(super) fn take(&mut self, command: &Command, now: u64) -> bool {
        let is_new = command.kind == CommandKind::New.raw();
        if self.spare() < if is_new { 4 } else { 1 } {
            return false;
        }
        let slot = command.order.slot();
        if is_new {
            let known = self.orders.get(&slot).filter(|o| o.command.order == command.order);
            let mut order = Plain {
                command: *command,
                at: At::Way,
                qty: command.qty.0,
                cum: 0,
                price: command.price.0,
                stop: command.stop_price.0,
                peak: None,
                is_stop: !is_type(command, &[OrderType::Market, OrderType::Limit]),
                has_limit: is_type(
                    command,
                    &[OrderType::Limit, OrderType::StopLimit, OrderType::TakeProfitLimit],
                ),
                takes: true,
                ahead: None,
                place: 0,
                came: 0,
                out: 0,
                back: 0,
                attempt: 0,
            };
            if let Some(known) = known {
                if known.at != At::Failed {
                    return true;
                }
                order.attempt = known.attempt + 1;
                (order.out, order.back) = (known.out, known.back);
            }
            let (client, attempt) = (command.client_id, order.attempt);
            let settings = self.simulation;
            let chance = |throw, ratio| happens(self.seed, throw, ratio, client, attempt);
            let fails = chance(Throw::Fail, settings.fail_ratio);
            let doubt = chance(Throw::Doubt, settings.doubt_ratio);
            if fails {
                order.at = At::Failed;
            }
            self.orders.insert(slot, order);
            let time = now.max(self.orders[&slot].back);
            if fails {
                self.tell_at(slot, ReportKind::SendFailed, time, |_| ());
                return true;
            }
            if doubt {
                self.tell_at(slot, ReportKind::SendInDoubt, time, |_| ());
            }
        }
        let mut time = now + self.delay(self.simulation.latency_out);
        if let Some(order) = self.orders.get_mut(&slot)
            && order.command.order == command.order
        {
            time = time.max(order.out);
            order.out = time;
        }
        self.post(time, Letter::ToVenue(*command));
        true
    }

    fn tell_at(
        &mut self,
        slot: u32,
        kind: ReportKind,
        time: u64,
        more: impl FnOnce(&mut VenueReport),
    ) {
        let order = self.orders.get_mut(&slot).unwrap();
        order.back = time;
        let mut report = blank(&order.command, kind, time);
        more(&mut report);
        self.post(time, Letter::ToUs(report));
    }

    fn tell(&mut self, slot: u32, kind: ReportKind, now: u64, more: impl FnOnce(&mut VenueReport)) {
        let time = now + self.delay(self.simulation.latency_in);
        let time = time.max(self.orders[&slot].back);
        self.tell_at(slot, kind, time, more);
    }

    fn finish(&mut self, slot: u32, kind: ReportKind, reason: Reason, request: u64, now: u64) {
        self.orders.get_mut(&slot).unwrap().at = At::Ended(kind);
        self.tell(slot, kind, now, |report| {
            report.reason = reason.raw();
            report.request_id = request;
        });
    }

    fn expiry(&self) -> Option<(u64, u64, u32)> {
        let gtd = TimeInForce::Gtd.raw();
        self.orders
            .iter()
            .filter(|(_, o)| matches!(o.at, At::Waits | At::Works))
            .filter(|(_, o)| o.command.time_in_force == gtd)
            .map(|(&slot, o)| (o.command.expire_at.0, o.came, slot))
            .min()
    }

    /// All that is due, and the reports of it.
    pub(super) fn reports(&mut self, now: u64) -> Vec<VenueReport> {
        let mut reports = Vec::new();
        loop {
            let letter = self.letters.first_key_value().map(|(&key, _)| key);
            let letter = letter.filter(|key| key.0 <= now);
            let expiry = self.expiry().filter(|e| e.0 <= now);
            match (expiry, letter) {
                (Some(expiry), letter) if letter.is_none_or(|l| expiry.0 <= l.0) => {
                    self.finish(expiry.2, EXPIRE, Reason::None, 0, expiry.0);
                }
                (_, Some(key)) => match self.letters.remove(&key).unwrap() {
                    Letter::ToVenue(command) => self.arrive(&command, key.0),
                    Letter::ToUs(report) => reports.push(report),
                },
                _ => return reports,
            }
        }
    }

    fn arrive(&mut self, command: &Command, now: u64) {
        let slot = command.order.slot();
        let kind = CommandKind::from_raw(command.kind).unwrap();
        match self.orders.get(&slot).map(|order| order.command.order) {
            Some(known) if known == command.order => match kind {
                CommandKind::New => self.admit(slot, now),
                CommandKind::Cancel => self.cancel(slot, command.request_id, now),
                CommandKind::Replace => self.replace(slot, command, now),
            },
            Some(known) if known.generation() > command.order.generation() => {}
            _ => {
                let kind = if kind == CommandKind::Replace {
                    ReportKind::ReplaceReject
                } else {
                    ReportKind::CancelReject
                };
                let time = now + self.delay(self.simulation.latency_in);
                let mut report = blank(command, kind, time);
                report.reason = Reason::UnknownOrder.raw();
                report.request_id = command.request_id;
                self.post(time, Letter::ToUs(report));
            }
        }
    }

    fn admit(&mut self, slot: u32, now: u64) {
        let order = self.orders[&slot].clone();
        if order.at != At::Way {
            return;
        }
        let command = order.command;
        let ratio = self.simulation.reject_ratio;
        let refused = happens(self.seed, Throw::Reject, ratio, command.client_id, order.attempt);
        let immediate = is_immediate(&command) && !order.is_stop;
        let at_once = is_type(&command, &[OrderType::Market]) || immediate;
        let post = is_post(&command) && !order.is_stop;
        if refused {
            self.finish(slot, REJECT, Reason::Other, 0, now);
        } else if at_once && self.phase != Phase::Continuous {
            self.finish(slot, REJECT, Reason::Session, 0, now);
        } else if post && self.crosses(&order) {
            self.finish(slot, REJECT, Reason::Price, 0, now);
        } else if command.expire_at.0 > 0 && command.expire_at.0 <= now {
            self.finish(slot, EXPIRE, Reason::None, 0, now);
        } else {
            self.tell(slot, ACK, now, |_| ());
            self.orders.get_mut(&slot).unwrap().came = self.places;
            self.settle(slot, now);
        }
    }

    /// A new place, and what follows.
    fn settle(&mut self, slot: u32, now: u64) {
        self.places += 1;
        let order = self.orders.get_mut(&slot).unwrap();
        order.place = self.places;
        if order.is_stop {
            order.at = At::Waits;
            self.follow(now);
        } else {
            order.at = At::Works;
            order.takes = true;
            order.ahead = None;
            self.meet(slot, now);
            let order = &self.orders[&slot];
            if order.at == At::Works && is_immediate(&order.command) {
                self.finish(slot, END, Reason::None, 0, now);
            }
        }
    }

    fn best(&self, side: usize) -> Option<(i64, i64)> {
        self.quote.map(|[bid, ask, ..]| if side == 0 { (ask, bid) } else { (bid, ask) })
    }

    fn crosses(&self, order: &Plain) -> bool {
        let side = side_of(&order.command);
        self.best(side).is_some_and(|(opposite, _)| {
            !order.has_limit
                || if side == 0 { order.price >= opposite } else { order.price <= opposite }
        })
    }

    fn meet(&mut self, slot: u32, now: u64) {
        let Some([bid, ask, bid_qty, ask_qty]) = self.quote else { return };
        let order = self.orders[&slot].clone();
        let side = side_of(&order.command);
        if !self.crosses(&order) || (order.takes && is_post(&order.command)) {
            let (best, shown) = if side == 0 { (bid, bid_qty) } else { (ask, ask_qty) };
            let better = if side == 0 { order.price > best } else { order.price < best };
            let joined = match self.simulation.queue {
                Queue::Front => Some(0),
                Queue::Back if better => Some(0),
                Queue::Back if order.price == best && shown > 0 => Some(shown),
                Queue::Back => None,
            };
            let order = self.orders.get_mut(&slot).unwrap();
            order.ahead = match (order.takes, order.ahead, joined) {
                (true, ..) => joined,
                (false, Some(a), Some(b)) => Some(a.min(b)),
                (false, a, b) => a.or(b),
            };
            order.takes = false;
        }
        let order = self.orders[&slot].clone();
        if !self.crosses(&order) {
            return;
        }
        let takes = order.takes;
        let leaves = order.qty - order.cum;
        let qty = self.offered[side].map_or(leaves, |left| left.min(leaves));
        let fok = order.command.time_in_force == TimeInForce::Fok.raw();
        if qty == 0 || (fok && qty < leaves) {
            return;
        }
        let price = if takes { self.taken_at(&order) } else { order.price };
        let liquidity = if takes { Liquidity::Taker } else { Liquidity::Maker };
        if self.fill(slot, qty, price, liquidity, now)
            && let Some(left) = &mut self.offered[side]
        {
            *left -= qty;
        }
    }

    /// The mid and a share of it, rounded against us, not better than the best, not beyond the
    /// limit.
    fn taken_at(&self, order: &Plain) -> i64 {
        let [bid, ask, ..] = self.quote.unwrap();
        let twice = i128::from(bid) + i128::from(ask);
        let part = twice.abs() * i128::from(self.simulation.slippage.share.0);
        let whole = 2 * i128::from(Ratio::ONE);
        let twice = twice * i128::from(Ratio::ONE);
        if side_of(&order.command) == 0 {
            let price = -(-(twice + part)).div_euclid(whole);
            let price = i64::try_from(price).unwrap().max(ask);
            if order.has_limit { price.min(order.price) } else { price }
        } else {
            let price = (twice - part).div_euclid(whole);
            let price = i64::try_from(price).unwrap().min(bid);
            if order.has_limit { price.max(order.price) } else { price }
        }
    }

    fn fill(&mut self, slot: u32, qty: i64, price: i64, liquidity: Liquidity, now: u64) -> bool {
        let order = &self.orders[&slot];
        let is_last = order.cum + qty == order.qty;
        if !is_last && self.spare() == 0 {
            return false;
        }
        let rate = match liquidity {
            Liquidity::Maker => self.fees.maker.0,
            _ => self.fees.taker.0,
        };
        let value = i128::from(qty * price * TICK_LOT);
        let fee = -(-value.abs() * i128::from(rate)).div_euclid(i128::from(Ratio::ONE));
        self.traded += value.unsigned_abs();
        self.executions += 1;
        let execution = self.executions;
        let order = self.orders.get_mut(&slot).unwrap();
        order.cum += qty;
        let cum = order.cum;
        if is_last {
            order.at = At::Ended(FILL);
        }
        self.tell(slot, FILL, now, |report| {
            report.exec_id = execution;
            (report.qty, report.price, report.venue_cum) = (Lots(qty), Ticks(price), Lots(cum));
            report.commission = Money(i64::try_from(fee).unwrap());
            report.liquidity = liquidity.raw();
        });
        true
    }

    /// Those of a side that work, the best first.
    fn queue(&self, side: usize) -> Vec<u32> {
        let mut all: Vec<_> = self
            .orders
            .iter()
            .filter(|(_, o)| o.at == At::Works && side_of(&o.command) == side)
            .map(|(&slot, o)| {
                let price = if side == 0 { -o.price } else { o.price };
                (o.has_limit, if o.has_limit { price } else { 0 }, o.place, slot)
            })
            .collect();
        all.sort_unstable();
        all.iter().map(|o| o.3).collect()
    }

    pub(super) fn quote(&mut self, bid: i64, bid_qty: i64, ask: i64, ask_qty: i64, now: u64) {
        if self.phase != Phase::Continuous {
            return;
        }
        self.quote = Some([bid, ask, bid_qty, ask_qty]);
        let ratio = self.simulation.fill_ratio.0;
        let share = |shown: i64| {
            (ratio >= 0 && shown > 0).then(|| {
                i64::try_from(i128::from(shown) * i128::from(ratio) / 1_000_000_000).unwrap()
            })
        };
        self.offered = [share(ask_qty), share(bid_qty)];
        for side in [0, 1] {
            for slot in self.queue(side) {
                self.meet(slot, now);
            }
        }
        if self.source == TriggerSource::BidAsk {
            self.follow(now);
        }
    }

    pub(super) fn trade(&mut self, price: i64, qty: i64, now: u64) {
        if self.phase != Phase::Continuous {
            return;
        }
        self.last = Some(price);
        let mut left = (qty > 0).then_some(qty);
        for side in [0, 1] {
            for slot in self.queue(side) {
                let order = self.orders[&slot].clone();
                let beyond = if side == 0 { order.price - price } else { price - order.price };
                if !order.has_limit || beyond < 0 || (order.takes && self.quote.is_some()) {
                    continue;
                }
                let leaves = order.qty - order.cum;
                let mut gets = match left {
                    None => leaves,
                    Some(left) => left.min(leaves),
                };
                if beyond == 0 {
                    let (Some(ahead), Some(left)) = (order.ahead, left) else { continue };
                    gets = leaves.min((left - ahead).max(0));
                    let new = Some((ahead - left).max(0));
                    self.orders.get_mut(&slot).unwrap().ahead = new;
                }
                if gets > 0 && self.fill(slot, gets, order.price, Liquidity::Maker, now) {
                    left = left.map(|left| left - gets);
                }
            }
        }
        if self.source == TriggerSource::Last {
            self.follow(now);
        }
    }

    pub(super) fn mark(&mut self, price: i64, now: u64) {
        if self.phase == Phase::Continuous {
            self.mark = Some(price);
            if self.source == TriggerSource::Mark {
                self.follow(now);
            }
        }
    }

    pub(super) fn phase(&mut self, phase: Phase) {
        if self.phase != phase {
            self.phase = phase;
            (self.quote, self.last, self.mark) = (None, None, None);
        }
    }

    pub(super) fn roll(&mut self, now: u64) {
        let slots: Vec<u32> = self.orders.keys().copied().collect();
        for slot in slots {
            let order = &self.orders[&slot];
            let is_day = order.command.time_in_force == TimeInForce::Day.raw();
            if is_day && matches!(order.at, At::Waits | At::Works) {
                self.finish(slot, EXPIRE, Reason::None, 0, now);
            }
        }
    }

    fn cancel(&mut self, slot: u32, request: u64, now: u64) {
        let (kind, reason) = match self.orders[&slot].at {
            At::Failed => return,
            At::Waits | At::Works => {
                self.finish(slot, END, Reason::None, request, now);
                return;
            }
            At::Ended(END) => (END, Reason::None),
            _ => (ReportKind::CancelReject, Reason::TooLate),
        };
        self.tell(slot, kind, now, |report| {
            (report.reason, report.request_id) = (reason.raw(), request);
        });
    }

    fn replace(&mut self, slot: u32, command: &Command, now: u64) {
        let order = self.orders[&slot].clone();
        let request = command.request_id;
        let own_stop = order.is_stop && !is_type(&order.command, &[OrderType::TrailingStop]);
        let price = if order.has_limit { command.price.0 } else { order.price };
        let stop = if own_stop { command.stop_price.0 } else { order.stop };
        let keeps = (price, stop) == (order.price, order.stop) && command.qty.0 <= order.qty;
        let reason = match order.at {
            At::Failed => return,
            At::Waits => None,
            At::Works => {
                let takes = is_post(&order.command) && !keeps;
                let takes = takes && self.crosses(&Plain { price, ..order.clone() });
                takes.then_some(Reason::Price)
            }
            _ => Some(Reason::TooLate),
        };
        if let Some(reason) = reason {
            self.tell(slot, ReportKind::ReplaceReject, now, |report| {
                (report.reason, report.request_id) = (reason.raw(), request);
            });
            return;
        }
        let qty = command.qty.0.max(order.cum);
        let is_over = command.qty.0 <= order.cum;
        let place = self.orders.get_mut(&slot).unwrap();
        (place.qty, place.price, place.stop) = (qty, price, stop);
        if is_over {
            place.at = At::Ended(FILL);
        }
        self.tell(slot, REPLACED, now, |report| {
            (report.qty, report.price, report.request_id) = (Lots(qty), Ticks(price), request);
        });
        if !is_over && !keeps {
            self.settle(slot, now);
        }
    }
}

fn blank(command: &Command, kind: ReportKind, time: u64) -> VenueReport {
    let mut report = VenueReport {
        order: command.order,
        client_id: command.client_id,
        symbol: command.symbol,
        venue: command.venue,
        report: kind.raw(),
        side: command.side,
        ..VenueReport::EMPTY
    };
    report.header.now = Nanos(time);
    report
}

fn is_post(command: &Command) -> bool {
    command.flags & OrderFlag::PostOnly.raw() != 0
}

fn is_immediate(command: &Command) -> bool {
    [TimeInForce::Ioc.raw(), TimeInForce::Fok.raw()].contains(&command.time_in_force)
}
