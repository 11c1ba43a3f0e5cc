//! The naive venue's stops.

use super::*;

impl Naive {
    /// Stops look at their price.
    pub(super) fn follow(&mut self, now: u64) {
        let (sells, buys) = match self.source {
            TriggerSource::BidAsk => match self.quote {
                Some([bid, ask, ..]) => (bid, ask),
                None => return,
            },
            TriggerSource::Last if self.last.is_some() => (self.last.unwrap(), self.last.unwrap()),
            TriggerSource::Mark if self.mark.is_some() => (self.mark.unwrap(), self.mark.unwrap()),
            _ => return,
        };
        for order in self.orders.values_mut() {
            if order.at == At::Waits && is_type(&order.command, &[OrderType::TrailingStop]) {
                trail(order, sells, buys);
            }
        }
        for (side, price) in [(1, sells), (0, buys)] {
            for falls in [true, false] {
                let mut reached: Vec<_> = self
                    .orders
                    .iter()
                    .filter(|(_, o)| o.at == At::Waits && side_of(&o.command) == side)
                    .filter(|(_, o)| fires_falling(o) == falls)
                    .filter(|(_, o)| if falls { price <= o.stop } else { price >= o.stop })
                    .map(|(&slot, o)| (if falls { -o.stop } else { o.stop }, o.place, slot))
                    .collect();
                reached.sort_unstable();
                for (.., slot) in reached {
                    self.trigger(slot, now);
                }
            }
        }
    }

    fn trigger(&mut self, slot: u32, now: u64) {
        let order = self.orders.get_mut(&slot).unwrap();
        (order.is_stop, order.at) = (false, At::Works);
        let order = order.clone();
        self.tell(slot, FIRED, now, |_| ());
        if is_post(&order.command) && self.crosses(&order) {
            self.finish(slot, END, Reason::Price, 0, now);
        } else {
            self.settle(slot, now);
        }
    }
}

fn fires_falling(order: &Plain) -> bool {
    let profit = is_type(&order.command, &[OrderType::TakeProfit, OrderType::TakeProfitLimit]);
    (side_of(&order.command) == 0) == profit
}

fn trail(order: &mut Plain, sells: i64, buys: i64) {
    let buys_side = side_of(&order.command) == 0;
    let price = if buys_side { buys } else { sells };
    let moves = order.peak.is_none_or(|p| if buys_side { price < p } else { price > p });
    if !moves {
        return;
    }
    let offset = order.command.trail_offset.0;
    let ratio = i128::from(order.command.trail_ratio.0);
    let share = -(-i128::from(price.abs()) * ratio).div_euclid(i128::from(Ratio::ONE));
    let distance = if offset > 0 { offset } else { i64::try_from(share).unwrap().max(1) };
    let stop = if buys_side { price + distance } else { price - distance };
    order.stop = match (order.peak, buys_side) {
        (None, _) => stop,
        (_, true) => stop.min(order.stop),
        (_, false) => stop.max(order.stop),
    };
    order.peak = Some(price);
}
