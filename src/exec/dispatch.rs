//! Turns an order's waiting command into the record that leaves, and numbers it.
#![forbid(unsafe_code)]

use crate::event::Command;
use crate::num::Nanos;
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
    #[inline]
    pub fn write(&mut self, order: &Order, what: Pending, now: Nanos, place: Option<&mut Command>) {
        self.sent = self.sent.wrapping_add(1);
        if let Some(place) = place {
            *place = self.command(order, what, now);
        }
    }

    #[inline]
    fn command(&self, order: &Order, what: Pending, now: Nanos) -> Command {
        let triggered = order.is(OrderFact::Triggered);
        let mut command = Command {
            sequence: self.sent,
            at: now,
            order: order.id,
            client_id: order.client_id,
            tag: order.tag,
            position: order.position,
            parent: order.parent,
            symbol: order.symbol,
            scope: order.scope,
            venue: order.venue,
            flags: order.flags,
            side: order.side.raw(),
            order_type: order.effective_type().raw(),
            time_in_force: order.time_in_force.raw(),
            kind: CommandKind::New.raw(),
            ..Command::default()
        };
        match what {
            Pending::CANCEL => {
                command.kind = CommandKind::Cancel.raw();
                command.request_id = order.cancel_id;
            }
            Pending::REPLACE => {
                command.kind = CommandKind::Replace.raw();
                command.request_id = order.replace.request_id;
                command.qty = order.replace.qty;
                command.price = order.replace.price;
                command.stop_price = order.replace.stop_price;
            }
            _ => {
                command.qty = order.order_qty;
                command.price = order.price;
                command.expire_at = order.expire_at;
                if !triggered {
                    command.stop_price = order.stop_price;
                    command.trail_offset = order.trail.offset;
                    command.trail_ratio = order.trail.ratio;
                }
            }
        }
        command
    }
}
