//! Own resting orders that an order would meet: found by looking at all.

use oms_core::status::{Check, EventKind, Unit};

use crate::gate::Ask;
use crate::verdict::Verdict;
use crate::world::{Ev, Key, Order, World};

impl Order {
    /// The price at which it may trade at the venue, while it rests there.
    fn rests_at(&self) -> Option<i64> {
        let at_once = matches!(self.tif, 3 | 4);
        let idle = at_once || self.held.armed || self.effective_type() != 2;
        if !self.in_table || idle || self.working() == 0 {
            return None;
        }
        let asked = self.replace.map_or(self.price, |(_, _, price)| price);
        Some(if self.buy { asked.max(self.price) } else { asked.min(self.price) })
    }
}

impl World {
    fn mode(&self, sym: usize) -> u8 {
        self.syms[sym].limits.map_or(0, |l| l.self_trade)
    }

    /// Those that an order would meet, the best price first, of equal ones the oldest.
    fn met(&self, sym: usize, buy: bool, order_type: u8, price: i64) -> Vec<(Key, i64)> {
        if self.mode(sym) == 0 || order_type > 2 {
            return Vec::new();
        }
        let mut met = Vec::new();
        for (key, o) in self.orders.iter().enumerate() {
            let Some(at) = o.rests_at().filter(|_| o.sym == sym && o.buy != buy) else { continue };
            if order_type == 1 || (buy && at <= price) || (!buy && at >= price) {
                met.push((key, at));
            }
        }
        met.sort_by_key(|&(key, at)| (if buy { at } else { -at }, key));
        met
    }

    fn met_by(&self, ask: &Ask) -> Vec<(Key, i64)> {
        // What stays here meets nothing.
        let sym = ask.sym.filter(|_| ask.flags & 8 == 0);
        sym.map_or(Vec::new(), |sym| self.met(sym, ask.buy, ask.order_type, ask.price))
    }

    fn too_many(&self, met: &[(Key, i64)]) -> bool {
        met.len() > self.config.work_per_call as usize
    }

    /// What works of them and is not being cancelled.
    fn lots_of(&self, met: &[(Key, i64)]) -> i64 {
        let live = |&&(key, _): &&(Key, i64)| self.orders[key].cancel.is_none();
        met.iter().filter(live).map(|&(key, _)| self.orders[key].working()).sum()
    }

    /// DECREMENT: a new order without what it would meet.
    pub(crate) fn cut(&self, mut ask: Ask) -> Ask {
        ask.more.uncut = ask.qty;
        let met = self.met_by(&ask);
        if !met.is_empty() && self.mode(ask.sym.unwrap()) == 4 && !self.too_many(&met) {
            let left = ask.qty - self.lots_of(&met);
            ask.qty = if left > 0 { left } else { ask.qty };
        }
        ask
    }

    pub(crate) fn judge_self_trade(&self, ask: &Ask, v: &mut Verdict) {
        let met = self.met_by(ask);
        let Some(&(_, best)) = met.first() else { return };
        let mode = self.mode(ask.sym.unwrap());
        let new = ask.replaces.is_none() && !ask.more.own;
        let makes_way = match mode {
            2 => !ask.more.own,
            3 | 4 => new,
            _ => false,
        };
        if makes_way && self.too_many(&met) {
            let most = i128::from(self.config.work_per_call);
            v.fail(Check::SelfTrade, Unit::Count, most, most + 1);
        } else if !makes_way || mode == 3 || (mode == 4 && self.lots_of(&met) >= ask.more.uncut) {
            v.fail(Check::SelfTrade, Unit::Ticks, best.into(), ask.price.into());
        }
    }

    /// A new order was denied.
    pub(crate) fn end_both(&mut self, ask: &Ask, verdict: &Verdict) {
        let met = self.met_by(ask);
        if verdict.mask != 1 << Check::SelfTrade.raw() || self.too_many(&met) {
            return;
        }
        match self.mode(ask.sym.unwrap()) {
            3 => self.make_way(&met, i64::MAX),
            4 => self.make_way(&met, ask.qty),
            _ => {}
        }
    }

    /// An order was accepted, or is released.
    pub(crate) fn clear_way(&mut self, ask: &Ask) {
        let mut met = self.met_by(ask);
        met.truncate(self.config.work_per_call as usize);
        if !ask.more.release || ask.sym.is_some_and(|sym| self.mode(sym) == 2) {
            self.make_way(&met, i64::MAX);
        }
    }

    fn make_way(&mut self, met: &[(Key, i64)], lots: i64) {
        let mut left = lots;
        for &(key, at) in met {
            let o = self.orders[key].clone();
            if left == 0 || o.cancel.is_some() || o.rests_at().is_none() {
                continue;
            }
            let taken = o.working().min(left);
            left -= taken;
            let (code, qty, price) = (Some(self.mode(o.sym).into()), Some(taken), Some(at));
            let event = Ev::new(EventKind::SelfTrade);
            self.emit(Ev { code, qty, price, order: Some(key), ..event });
            let whole = taken == o.working();
            if !whole && !o.sent {
                self.own_ids += 1;
                self.change(key, |o| o.qty -= taken);
            } else if !whole && o.replace.is_none() && !o.held.refused {
                let id = self.own_ids | 1 << 63;
                self.own_ids += 1;
                self.change(key, |o| o.request_replace(id, o.qty - taken, o.price));
                self.replace_stop(key, o.stop_now().0);
            } else {
                self.happens_to("an own order gives way", key);
                self.withdraw(key);
                self.settle(key);
                self.report_flat();
            }
        }
    }
}
