//! Turns an order's waiting command into the record that leaves, and numbers it.
#![forbid(unsafe_code)]

use crate::event::Command;
use crate::num::{Lots, Nanos, Ratio, Ticks};
use crate::order::{Order, Pending};
use crate::status::{CommandKind, OrderFact};

/// The way out for commands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dispatch {
    sent: u64,
}

impl Dispatch {
    /// Nothing was handed out yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { sent: 0 }
    }

    /// Commands handed out so far.
    #[must_use]
    pub const fn sent(&self) -> u64 {
        self.sent
    }

    /// Numbers one of an order's commands and writes its record, unless nobody wants it.
    pub fn write(
        &mut self,
        order: &Order,
        what: Pending,
        now: Nanos,
        mut place: Option<&mut Command>,
    ) {
        self.write_new(order, now, place.as_deref_mut());
        if let Some(place) = place {
            change(place, order, what);
        }
    }

    /// The same for NEW.
    #[inline]
    pub fn write_new(&mut self, order: &Order, now: Nanos, place: Option<&mut Command>) {
        self.sent = self.sent.wrapping_add(1);
        let Some(place) = place else { return };
        let triggered = order.is(OrderFact::Triggered);
        *place = Command {
            sequence: self.sent,
            at: now,
            order: order.id,
            client_id: order.client_id,
            request_id: 0,
            tag: order.tag,
            position: order.position,
            parent: order.parent,
            qty: order.order_qty,
            price: order.price,
            stop_price: if triggered { Ticks::ZERO } else { order.stop_price },
            trail_offset: if triggered { Ticks::ZERO } else { order.trail.offset },
            trail_ratio: if triggered { Ratio::ZERO } else { order.trail.ratio },
            expire_at: order.expire_at,
            symbol: order.symbol,
            scope: order.scope,
            venue: order.venue,
            flags: order.flags,
            kind: CommandKind::New.raw(),
            side: order.side.raw(),
            order_type: order.effective_type().raw(),
            time_in_force: order.time_in_force.raw(),
            reserved0: 0,
            reserved: [0; 3],
        };
    }
}

/// Makes a NEW the command that it is to be.
fn change(command: &mut Command, order: &Order, what: Pending) {
    let (kind, id, new) = match what {
        Pending::CANCEL => (CommandKind::Cancel, order.cancel_id, None),
        Pending::REPLACE => (CommandKind::Replace, order.replace.request_id, Some(order.replace)),
        _ => return,
    };
    command.kind = kind.raw();
    command.request_id = id;
    command.qty = new.map_or(Lots::ZERO, |new| new.qty);
    command.price = new.map_or(Ticks::ZERO, |new| new.price);
    command.stop_price = new.map_or(Ticks::ZERO, |new| new.stop_price);
    command.trail_offset = Ticks::ZERO;
    command.trail_ratio = Ratio::ZERO;
    command.expire_at = Nanos::ZERO;
}
