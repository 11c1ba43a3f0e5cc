//! Random stops, brackets, pairs, deadlines and limits, and how they are asked for.

use oms_core::num::{Lots, Nanos, Ratio, Ticks};
use oms_core::order::{OrderExtend, OrderReplace, OrderSubmit, OrderView};
use oms_core::snapshot::digest;
use oms_core::status::{Request, Status};

use crate::calls::{Act, Call, Rng, Told};
use crate::compare::{Pair, Same, at, pick, same, word};
use crate::rig::head;
use crate::world::Key;

const SECOND: u64 = 1_000_000_000;

/// The order whose leg fired at once has left the table: nobody tells the leg's id.
pub(crate) const UNTOLD: &str = "a leg of an order that is gone";

/// Best bid and ask of each symbol, as far as the sequence has quoted them.
pub(crate) type Market = [(i64, i64); 3];

/// An order with everything it can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) id: u64,
    pub(crate) sym: u32,
    pub(crate) buy: bool,
    pub(crate) kind: u8,
    pub(crate) qty: i64,
    pub(crate) price: i64,
    pub(crate) stop: i64,
    pub(crate) trail: (i64, i64),
    pub(crate) bracket: (i64, i64),
    pub(crate) flags: u32,
    pub(crate) tif: u8,
    pub(crate) hold: u8,
    /// Seconds from now; 0 for none.
    pub(crate) expire: u64,
    pub(crate) timeout: u64,
    /// How many are younger.
    pub(crate) position: Option<usize>,
    pub(crate) linked: Option<usize>,
    pub(crate) parent: Option<usize>,
    pub(crate) check: bool,
}

/// Calls about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    Submit(Ticket),
    Replace {
        order: usize,
        id: u64,
        qty: i64,
        price: i64,
        stop: i64,
    },
    /// Seconds from now; 0 for never.
    Extend {
        order: usize,
        timeout: i64,
    },
}

fn submit(ticket: Ticket) -> Act {
    Act::Special(Special::Submit(ticket))
}

/// A fill of the youngest order.
fn fill(rng: &mut Rng, qty: i64, price: i64) -> Act {
    let exec = 10_000 + rng.below(1_000_000);
    Act::Report(Told { order: 0, what: 3, exec, qty, price, ..Told::default() })
}

fn below(rng: &mut Rng, price: i64) -> i64 {
    price - rng.range(1, 3)
}

fn above(rng: &mut Rng, price: i64) -> i64 {
    price + rng.range(1, 3)
}

/// A stop, target or trailing order, on the right side of the market more often than not.
fn stop(rng: &mut Rng, market: &Market) -> Ticket {
    let (sym, buy) = (rng.below(3) as u32, rng.chance(50));
    let (bid, ask) = market[sym as usize];
    let kind = 3 + rng.below(5) as u8;
    let rises = buy == (kind < 5);
    let far = if rises { above(rng, ask) } else { below(rng, bid) };
    let far = if rng.chance(4) { rng.range(95, 105) } else { far };
    let trail = match kind {
        7 if rng.chance(50) => (rng.range(1, 4), 0),
        7 => (0, rng.range(1, 40_000_000)),
        _ => (0, 0),
    };
    let reduces = rng.chance(35);
    let closes = reduces && rng.chance(30);
    let mut ticket = Ticket {
        id: rng.below(60),
        sym,
        buy,
        kind,
        qty: if closes { 0 } else { rng.range(1, 6) },
        price: if matches!(kind, 4 | 6) { far + rng.range(-2, 2) } else { 0 },
        stop: if kind == 7 { 0 } else { far },
        trail,
        flags: if closes { 4 + rng.below(2) as u32 } else { u32::from(reduces) },
        tif: [0, 1, 1, 1, 3, 4][rng.below(6) as usize],
        hold: u8::from(rng.chance(15)),
        position: rng.chance(40).then(|| rng.below(4) as usize),
        linked: rng.chance(8).then(|| rng.below(4) as usize),
        parent: rng.chance(6).then(|| rng.below(4) as usize),
        check: rng.chance(8),
        ..Ticket::default()
    };
    if rng.chance(15) {
        (ticket.tif, ticket.expire) = (6, rng.below(40));
    }
    if rng.chance(15) {
        ticket.timeout = rng.below(40) + u64::from(rng.chance(90));
    }
    if !reduces && rng.chance(30) {
        let entry = if ticket.price != 0 { ticket.price } else { far };
        ticket.bracket = bracket(rng, buy, entry);
    }
    if rng.chance(3) {
        spoil(rng, &mut ticket);
    }
    ticket
}

fn bracket(rng: &mut Rng, buy: bool, entry: i64) -> (i64, i64) {
    let (low, high) = (below(rng, entry), above(rng, entry));
    let (stop, target) = if buy { (low, high) } else { (high, low) };
    let only = rng.below(5);
    (if only == 0 { 0 } else { stop }, if only == 1 { 0 } else { target })
}

/// Something that does not fit.
fn spoil(rng: &mut Rng, ticket: &mut Ticket) {
    match rng.below(9) {
        0 => ticket.stop = rng.range(-1, 100),
        1 => ticket.price = rng.range(-1, 100),
        2 => ticket.trail = (rng.range(-1, 2), rng.range(-1, 2)),
        3 => ticket.qty = rng.range(-1, 2),
        4 => ticket.bracket = (rng.range(-1, 100), rng.range(-1, 100)),
        5 => ticket.flags = rng.below(17) as u32,
        6 => ticket.hold = rng.below(3) as u8,
        7 => ticket.expire = rng.below(9),
        _ => ticket.kind = rng.below(9) as u8,
    }
}

/// An entry with a bracket, handed out and executed.
fn entry(rng: &mut Rng, market: &Market) -> Vec<Act> {
    let (sym, buy) = (rng.below(3) as u32, rng.chance(50));
    let (bid, ask) = market[sym as usize];
    let at = if buy { ask } else { bid };
    let limit = rng.chance(40);
    let ticket = Ticket {
        id: rng.below(60),
        sym,
        buy,
        kind: if limit { 2 } else { 1 },
        qty: rng.range(2, 6),
        price: if limit { at } else { 0 },
        bracket: bracket(rng, buy, at),
        tif: 1,
        timeout: if rng.chance(15) { 1 + rng.below(30) } else { 0 },
        position: rng.chance(25).then(|| rng.below(3) as usize),
        ..Ticket::default()
    };
    let mut acts = vec![submit(ticket), Act::Poll { commands: 30 }];
    for _ in 0..rng.below(3) {
        let (qty, price) = (rng.range(1, 4), at + rng.range(-1, 1));
        acts.push(fill(rng, qty, price));
    }
    acts
}

/// Two reducers of one position that cancel each other.
fn pair(rng: &mut Rng, market: &Market) -> Vec<Act> {
    let (sym, buy) = (rng.below(3) as u32, rng.chance(50));
    let (bid, ask) = market[sym as usize];
    let position = (sym == 1 || rng.chance(20)).then(|| rng.below(2) as usize);
    let (qty, tif, flags) = (rng.range(1, 5), 1, 1);
    let target = if buy { below(rng, bid) } else { above(rng, ask) };
    let stop = if buy { above(rng, ask) } else { below(rng, bid) };
    let base = Ticket { sym, buy, qty, tif, flags, position, ..Ticket::default() };
    let first = Ticket { id: rng.below(60), kind: 2, price: target, ..base };
    let mut second = Ticket { id: rng.below(60), kind: 3, stop, linked: Some(0), ..base };
    if rng.chance(20) {
        (second.flags, second.qty) = (4, 0);
    } else if rng.chance(20) {
        second.qty = rng.range(1, 5);
    }
    let mut acts = vec![submit(first), submit(second)];
    if rng.chance(60) {
        acts.push(Act::Poll { commands: 30 });
    }
    acts
}

/// An order that stays here, and parts of it.
fn family(rng: &mut Rng, market: &Market) -> Vec<Act> {
    let (sym, buy) = (rng.below(3) as u32, rng.chance(50));
    let (bid, ask) = market[sym as usize];
    let (qty, price) = (rng.range(2, 9), if buy { ask } else { bid });
    let base = Ticket { sym, buy, kind: 2, price, tif: 1, ..Ticket::default() };
    let flags = if rng.chance(85) { 8 } else { 0 };
    let mut all = Ticket { id: rng.below(60), qty, flags, ..base };
    if rng.chance(15) {
        all.timeout = 1 + rng.below(30);
    }
    let mut acts = vec![submit(all)];
    for n in 0..rng.range(1, 4) as usize {
        let qty = rng.range(1, 4);
        let parent = Some(if rng.chance(90) { n } else { n + 1 });
        let mut child = Ticket { id: rng.below(60), qty, parent, ..base };
        if rng.chance(5) {
            (child.buy, child.flags) = (!buy, rng.below(9) as u32);
        }
        acts.push(submit(child));
        if rng.chance(50) {
            acts.push(Act::Poll { commands: 30 });
            let qty = rng.range(1, 4);
            acts.push(fill(rng, qty, price));
        }
    }
    let order = rng.below(4) as usize;
    match rng.below(4) {
        0 => acts.push(Act::Cancel { order, id: 1 }),
        1 => {
            let (qty, stop) = (rng.range(1, 9), 0);
            acts.push(Act::Special(Special::Replace { order, id: 1, qty, price, stop }));
        }
        _ => {}
    }
    acts
}

/// The price that a symbol's triggers look at moves a little.
fn walk(rng: &mut Rng, market: &Market, sources: &[u8; 3]) -> Act {
    let sym = rng.below(3) as u32;
    if sources[sym as usize] != 0 && rng.chance(80) {
        let price = market[sym as usize].0 + rng.range(-3, 3);
        // Last is 0, mark is 2.
        let source = (sources[sym as usize] - 1) * 2;
        return Act::Trade { sym, price: price.clamp(92, 107), source };
    }
    let (bid, ask) = market[sym as usize];
    let bid = (bid + rng.range(-3, 3)).clamp(92, 107);
    let spread = if rng.chance(70) { (ask - bid).clamp(0, 2) } else { rng.range(0, 2) };
    Act::Quote { sym, bid, ask: bid + spread }
}

/// The venue refuses to cancel whatever was asked for.
fn refusals(rng: &mut Rng) -> Vec<Act> {
    let refuse = |order| Act::Report(Told { order, what: 5, ..Told::default() });
    let mut acts: Vec<Act> = (0..6).map(refuse).collect();
    acts.insert(rng.below(6) as usize, Act::Poll { commands: 30 });
    acts.push(Act::Timer);
    acts
}

pub(crate) fn random(rng: &mut Rng, market: &Market, sources: &[u8; 3]) -> Vec<Act> {
    let young = |rng: &mut Rng| (rng.below(8) * rng.below(8) / 8) as usize;
    match rng.below(100) {
        0..35 => vec![submit(stop(rng, market))],
        35..50 => entry(rng, market),
        50..56 => pair(rng, market),
        56..60 => family(rng, market),
        60..68 => vec![Act::Special(Special::Replace {
            order: young(rng),
            id: rng.below(3),
            qty: rng.range(0, 7),
            price: rng.range(95, 105),
            stop: rng.range(95, 105),
        })],
        68..70 => refusals(rng),
        70..72 => {
            let timeout = rng.range(-1, 30);
            vec![Act::Special(Special::Extend { order: young(rng), timeout })]
        }
        72..77 => vec![Act::Timer],
        _ => vec![walk(rng, market, sources)],
    }
}

impl Pair<'_, '_> {
    pub(crate) fn special(&mut self, call: &Call, what: Special) -> Result<bool, String> {
        let now = call.now;
        match what {
            Special::Submit(ticket) => self.special_submit(call, &ticket),
            Special::Replace { order, id, qty, price, stop } => {
                let Some(key) = pick(self.orders.len(), order) else { return Ok(true) };
                let o = &self.model.orders[key];
                let kind = o.effective_type();
                let unknown = o.flags & 4 != 0 && o.qty == 0;
                let r = OrderReplace {
                    header: head::<OrderReplace>(now),
                    order: self.orders[key],
                    request_id: id,
                    qty: Lots(if unknown && id > 0 { 0 } else { qty }),
                    price: Ticks(if matches!(kind, 2 | 4 | 6) { price } else { 0 }),
                    stop_price: Ticks(if (3..=6).contains(&kind) { stop } else { 0 }),
                    ..OrderReplace::EMPTY
                };
                let engine = self.engine.order_replace(&r);
                let model = if self.stale_order(key) {
                    Err(Status::Stale)
                } else {
                    self.model.order_replace(&r, key)
                };
                self.answers(model, engine)
            }
            Special::Extend { order, timeout } => {
                let Some(key) = pick(self.orders.len(), order) else { return Ok(true) };
                let at = now.saturating_add_signed(timeout * SECOND as i64);
                let r = OrderExtend {
                    header: head::<OrderExtend>(now),
                    order: self.orders[key],
                    timeout_at: Nanos(if timeout == 0 { 0 } else { at }),
                    ..OrderExtend::EMPTY
                };
                let engine = self.engine.order_extend(&r);
                if self.stale_order(key) {
                    return Self::plain(Err(Status::Stale), engine);
                }
                Self::plain(self.model.order_extend(&r, key), engine)
            }
        }
    }

    fn special_submit(&mut self, call: &Call, t: &Ticket) -> Result<bool, String> {
        let now = call.now;
        let position = t.position.and_then(|p| pick(self.positions.len(), p));
        let linked = t.linked.and_then(|k| pick(self.orders.len(), k));
        let parent = t.parent.and_then(|k| pick(self.orders.len(), k));
        self.model.named_parent = parent;
        let after = |seconds| Nanos(if seconds == 0 { 0 } else { now + seconds * SECOND });
        let r = OrderSubmit {
            header: head::<OrderSubmit>(now),
            client_id: t.id,
            tag: t.id % 5,
            position: at(&self.positions, position),
            linked: at(&self.orders, linked),
            parent: at(&self.orders, parent),
            qty: Lots(t.qty),
            price: Ticks(t.price),
            stop_price: Ticks(t.stop),
            trail_offset: Ticks(t.trail.0),
            trail_ratio: Ratio(t.trail.1),
            stop_loss: Ticks(t.bracket.0),
            take_profit: Ticks(t.bracket.1),
            expire_at: after(t.expire),
            timeout_at: after(t.timeout),
            symbol: t.sym,
            scope: self.scope_of(call, position, linked),
            flags: t.flags,
            side: if t.buy { 1 } else { 2 },
            order_type: t.kind,
            time_in_force: t.tif,
            hold: t.hold,
            ..OrderSubmit::EMPTY
        };
        if t.check {
            let before = digest(self.engine);
            let model = self.model.order_check(&r, position, linked);
            self.model.named_parent = None;
            same("check", model, self.engine.order_check(&r).map(|v| word(&v)))?;
            same("digest after a check", before, digest(self.engine))?;
            return Ok(true);
        }
        let model = self.model.order_submit(&r, position, linked);
        self.model.named_parent = None;
        let engine = self.engine.order_submit(&r);
        self.answers(model, engine)
    }

    /// The part of an order that stops, links, brackets and deadlines add.
    pub(crate) fn compare_held(&self, key: Key, v: &OrderView) -> Same {
        let o = &self.model.orders[key];
        let h = &o.held;
        // An armed trailing stop shows its level.
        let level = o.trigger.filter(|_| h.armed).map(|t| self.model.triggers[t].level);
        let model = (level.unwrap_or(h.stop), h.timeout_at, o.retry_at);
        let engine = (v.stop_price.0, v.timeout_at.0, v.retry_at.0);
        same(&format!("order {key} stop price, timeout, retry"), model, engine)?;
        let replaced = if o.replace.is_some() { h.replace_stop } else { 0 };
        same(&format!("order {key} new stop price"), replaced, v.replace_stop_price.0)?;
        same(&format!("order {key} linked"), at(&self.orders, h.linked), v.linked)?;
        let legs = h.legs.map(|leg| at(&self.triggers, leg));
        same(&format!("order {key} legs"), legs, v.legs)
    }

    /// Learns the ids of triggers that no call has told.
    pub(crate) fn learn_triggers(&mut self) -> Same {
        while self.triggers.len() < self.model.triggers.len() {
            let key = self.triggers.len();
            let t = &self.model.triggers[key];
            let order = if t.position.is_none() { t.order } else { t.entry };
            let Some(order) = order else { return Err(format!("trigger {key} is not told")) };
            let view = self.engine.order_get(self.orders[order], 0);
            let view = view.map_err(|_| UNTOLD.to_string())?;
            let own = self.model.orders[order].held.legs.iter().position(|&leg| leg == Some(key));
            self.triggers.push(own.map_or(view.trigger, |n| view.legs[n]));
        }
        Ok(())
    }
}
