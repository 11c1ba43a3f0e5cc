//! Orders that are sent in parts.

use oms_core::status::{Check, Unit};

use crate::gate::Ask;
use crate::verdict::Verdict;
use crate::world::{Key, Order, World};

/// Stays here, and its children are sent.
pub(crate) const PARENT: u32 = 8;

impl Order {
    pub(crate) fn stays(&self) -> bool {
        self.flags & PARENT != 0
    }

    /// What it works and has executed.
    fn takes(&self) -> i128 {
        i128::from(self.working()) + i128::from(self.cum)
    }
}

impl World {
    pub(crate) fn children(&self, parent: Key, without: Option<Key>) -> i128 {
        let own = |(key, o): &(Key, &Order)| o.held.parent == Some(parent) && Some(*key) != without;
        self.orders.iter().enumerate().filter(own).map(|(_, o)| o.takes()).sum()
    }

    pub(crate) fn judge_parent(&self, ask: &Ask, v: &mut Verdict) {
        let parent = ask.more.parent.filter(|&parent| self.orders[parent].in_table);
        if let Some(parent) = parent {
            let done = ask.replaces.map_or(0, |key| self.orders[key].cum);
            let all = self.children(parent, ask.replaces) + self.asked(ask) + i128::from(done);
            let p = &self.orders[parent];
            let least = p.replace.map_or(p.qty, |(_, qty, _)| qty.min(p.qty));
            let fits = ask.sym == Some(p.sym) && ask.buy == p.buy && !p.terminal();
            let most = if p.stays() && !fits { 0 } else { least };
            if (p.stays() && !fits) || all > i128::from(most) {
                v.fail(Check::Parent, Unit::Lots, most.into(), all);
                return;
            }
        }
        let children = ask.replaces.map_or(0, |key| self.children(key, None));
        if !ask.more.release && children != 0 && children > i128::from(ask.qty) {
            v.fail(Check::Parent, Unit::Lots, ask.qty.into(), children);
        }
    }

    /// What is asked of one that stays here, or of any other.
    pub(crate) fn asked_of(stays: bool) -> u64 {
        let asked = [0, 1, 2, 3, 4, 7, 29, 33, 36];
        if stays { asked.into_iter().map(|bit| 1 << bit).sum() } else { u64::MAX }
    }

    pub(crate) fn cancel_children(&mut self, parent: Key) {
        if !self.orders[parent].stays() || !self.orders[parent].terminal() {
            return;
        }
        let own = |key: &Key| self.orders[*key].held.parent == Some(parent);
        let mut children: Vec<Key> = (0..self.orders.len()).filter(own).collect();
        children.sort_by_key(|&key| self.orders[key].live_at);
        for key in children {
            let o = &self.orders[key];
            if o.in_table && !o.terminal() && o.cancel.is_none() {
                self.happens_to("a parent ends its child", key);
                self.withdraw(key);
                self.settle(key);
                self.report_flat();
            }
        }
    }
}
