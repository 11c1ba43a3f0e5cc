//! The way out: commands for the venue, then events for people.
#![forbid(unsafe_code)]

use super::plain_report::live_event;
use super::{Engine, Poll};
use crate::event::{Command, Event};
use crate::order::{Order, Pending};
use crate::status::{OrderStatus, Request, Status};
use crate::store::at;

/// What a poll handed out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Polled {
    /// Commands handed out.
    pub commands: u32,
    /// Events handed out.
    pub events: u32,
    /// Events lost since the start because nobody took them.
    pub events_lost: u64,
    /// 1 when commands are left: poll again.
    pub more_commands: u32,
    /// 1 when events are left: poll again.
    pub more_events: u32,
    /// 0.
    pub reserved: [u64; 2],
}

impl Engine<'_> {
    /// Hands out commands and events, oldest first; what is handed out counts as sent. After a
    /// kill every live order's cancel comes out, and no NEW that was still waiting. A NEW whose
    /// time is over does not come out: its order has expired.
    /// O(commands + events + work_per_call × (log orders + log triggers)).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Size` when a slice is shorter than the record says.
    pub fn poll(
        &mut self,
        request: &Poll,
        commands: &mut [Command],
        events: &mut [Event],
    ) -> Result<Polled, Status> {
        request.check_frame()?;
        let commands = commands.get_mut(..at(request.max_commands)).ok_or(Status::Size)?;
        let events = events.get_mut(..at(request.max_events)).ok_or(Status::Size)?;
        self.enter(request.header.now);
        let mut polled = self.hand_out_commands(request.max_commands, commands);
        polled.events = self.events.take(events);
        Ok(self.polled(polled))
    }

    /// A poll whose commands and events nobody wants: what a replay does.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`.
    #[inline(never)]
    pub fn poll_and_drop(&mut self, request: &Poll) -> Result<Polled, Status> {
        request.check_frame()?;
        self.enter(request.header.now);
        let mut polled = self.hand_out_commands(request.max_commands, &mut []);
        polled.events = self.events.discard(request.max_events);
        Ok(self.polled(polled))
    }

    /// Hands out commands, at most so many; those without a place are dropped.
    fn hand_out_commands(&mut self, most: u32, places: &mut [Command]) -> Polled {
        let mut polled = Polled::default();
        let mut budget = self.config.work_per_call;
        while polled.commands < most {
            let place = places.get_mut(at(polled.commands));
            if self.next_command(&mut budget, place).is_none() {
                break;
            }
            polled.commands = polled.commands.wrapping_add(1);
        }
        self.report_flat();
        polled
    }

    /// With what is left for the next poll.
    fn polled(&self, polled: Polled) -> Polled {
        let walks = self.orders.is_sweeping() || self.is_walking();
        let more = self.orders.waiting() > 0 || walks;
        Polled {
            more_commands: u32::from(more),
            more_events: u32::from(!self.events.is_empty()),
            events_lost: self.events.lost(),
            ..polled
        }
    }

    /// The next command. Orders that end without a command, by a kill or because their time is
    /// over, cost a unit of the budget each.
    fn next_command(&mut self, budget: &mut u32, place: Option<&mut Command>) -> Option<()> {
        loop {
            let Some(slot) = self.orders.first_waiting() else {
                if self.sweep_one(budget)? || self.walk_one(budget)? {
                    continue;
                }
                return None;
            };
            let order = self.orders.get(slot)?;
            if order.pending.has(Pending::NEW) && !self.is_killed(order) && order.is_over(self.now)
            {
                *budget = budget.checked_sub(1)?;
                self.expire(slot);
                continue;
            }
            let goes_out = order.pending.has(Pending::NEW) || order.pending.has(Pending::REPLACE);
            if goes_out && self.is_killed(order) && order.may_kill() {
                *budget = budget.checked_sub(1)?;
                self.kill_order(slot);
                continue;
            }
            return self.hand_out(slot, place);
        }
    }

    #[inline(never)] // The frames of what ends orders do not hold a command.
    fn hand_out(&mut self, slot: u32, place: Option<&mut Command>) -> Option<()> {
        let (now, order) = (self.now, self.orders.get(slot)?);
        if self.goes_short() && order.is_fresh() {
            self.dispatch.write_new(order, now, place);
            self.orders.file_sent(slot, now);
            self.tell_submitted(slot);
            return Some(());
        }
        let what = self.orders.take_command(slot)?;
        self.dispatch.write(self.orders.get(slot)?, what, now, place);
        if what == Pending::NEW {
            self.change_order(slot, |order| order.note_sent(now));
        }
        Some(())
    }

    /// A fresh order was sent.
    #[inline]
    fn tell_submitted(&mut self, slot: u32) {
        if let Some(order) = self.orders.get(slot) {
            self.events.push(self.now, live_event(order, OrderStatus::Submitted));
        }
    }

    /// Whether the last kill came after this order and has not reached it yet.
    #[inline]
    fn comes_after(&self, order: &Order) -> bool {
        order.kill_seen != self.kills && self.is_to_be_cancelled(order)
    }

    /// The same while that means something: a mass cancel is over with its walk.
    #[inline]
    fn is_killed(&self, order: &Order) -> bool {
        self.comes_after(order) && (self.orders.is_sweeping() || self.kill_is_on())
    }

    /// One step of a mass cancel; `Some(false)` when it is over, `None` when the budget is spent.
    fn sweep_one(&mut self, budget: &mut u32) -> Option<bool> {
        if !self.orders.is_sweeping() {
            return Some(false);
        }
        *budget = budget.checked_sub(1)?;
        let slot = self.orders.next_of_sweep()?;
        if self.comes_after(self.orders.get(slot)?) {
            self.kill_order(slot);
        }
        Some(true)
    }

    /// The last kill reaches an order: it is cancelled if anything may come of it.
    pub(super) fn kill_order(&mut self, slot: u32) {
        let kill = self.kills;
        self.orders.update(slot, |order| order.kill_seen = kill);
        if self.orders.get(slot).is_some_and(Order::may_kill) {
            self.cancel_at_once(slot);
        }
    }

    /// An order of which something may come is cancelled; its enlargement is withdrawn.
    pub(super) fn cancel_at_once(&mut self, slot: u32) {
        let (now, id) = (self.now, self.next_own_id());
        self.change_order(slot, |order| order.kill(id, now));
        self.settle_order(slot);
        self.report_flat();
    }

    /// An order came back to life: a kill that is in force reaches it too.
    pub(super) fn kill_resurrected(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        let older = self.kill_is_on() && order.number <= self.killed_through;
        // Below the root, closes of the engine's own are none of its business.
        let asked_for = order.client_id >> 63 == 0;
        if older || (asked_for && self.is_killed_below(order.scope, order.symbol)) {
            self.kill_order(slot);
        }
    }
}
