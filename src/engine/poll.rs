//! The way out: commands for the venue, then events for people.
#![forbid(unsafe_code)]

use super::plain_report::tell_live;
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
    /// time is over does not come out: its order has expired. In the simulated modes events alone
    /// come out.
    /// O(commands + events + work_per_call × (log orders + log triggers)).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Size` when a slice is shorter than the record says.
    #[inline(always)] // In its one place.
    pub fn poll(
        &mut self,
        request: &Poll,
        commands: &mut [Command],
        events: &mut [Event],
    ) -> Result<Polled, Status> {
        request.check_frame()?;
        let commands = commands.get_mut(..at(request.max_commands)).ok_or(Status::Size)?;
        let events = events.get_mut(..at(request.max_events)).ok_or(Status::Size)?;
        if self.is_simulated() {
            return Ok(self.poll_simulated(request, |engine| engine.events.take(events)));
        }
        Ok(self.poll_into(request, commands, events))
    }

    /// The same, live, with a record that is right, into as many places as it says.
    #[inline]
    pub(crate) fn poll_into(
        &mut self,
        request: &Poll,
        commands: &mut [Command],
        events: &mut [Event],
    ) -> Polled {
        self.enter(request.header.now);
        let commands = self.hand_out_commands(request.max_commands, commands);
        let events = self.events.take(events);
        self.polled(commands, events)
    }

    /// A poll whose commands and events nobody wants: what a replay does.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`.
    #[inline(never)]
    pub fn poll_and_drop(&mut self, request: &Poll) -> Result<Polled, Status> {
        request.check_frame()?;
        let most = request.max_events;
        if self.is_simulated() {
            return Ok(self.poll_simulated(request, |engine| engine.events.discard(most)));
        }
        self.enter(request.header.now);
        let commands = self.hand_out_commands(request.max_commands, &mut []);
        let events = self.events.discard(most);
        Ok(self.polled(commands, events))
    }

    /// What is due happens, then events come out: commands have gone to the venue, or wait for its
    /// room.
    #[inline(never)] // Nothing of it is in LIVE's way.
    fn poll_simulated(&mut self, request: &Poll, take: impl FnOnce(&mut Self) -> u32) -> Polled {
        self.catch_up(request.header.now);
        self.enter(request.header.now);
        let events = take(self);
        let polled = Polled { more_commands: 0, ..self.polled(0, events) };
        self.end();
        polled
    }

    /// Hands out commands, at most so many, and answers how many; those without a place are
    /// dropped.
    fn hand_out_commands(&mut self, most: u32, places: &mut [Command]) -> u32 {
        let (mut handed, mut budget) = (0_u32, self.config.work_per_call);
        while handed < most {
            let place = places.get_mut(at(handed));
            if self.next_command(&mut budget, place).is_none() {
                break;
            }
            handed = handed.wrapping_add(1);
        }
        self.report_flat();
        handed
    }

    /// So much was handed out, and what is left for the next poll.
    #[inline(always)] // Of a few loads.
    fn polled(&self, commands: u32, events: u32) -> Polled {
        let walks = self.orders.is_sweeping() || self.is_walking();
        let more = self.orders.waiting() > 0 || walks;
        Polled {
            commands,
            events,
            events_lost: self.events.lost(),
            more_commands: u32::from(more),
            more_events: u32::from(!self.events.is_empty()),
            reserved: [0; 2],
        }
    }

    /// The next command. Orders that end without a command, by a kill or because their time is
    /// over, cost a unit of the budget each.
    #[inline(always)] // In the loop of a poll, and in one place besides.
    pub(super) fn next_command(
        &mut self,
        budget: &mut u32,
        place: Option<&mut Command>,
    ) -> Option<()> {
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
        if self.goes_short() && order.is_fresh() && !self.statistics.measures() {
            self.dispatch.write_new(order, now, place);
            let odd = order.scope | order.retries != 0;
            self.statistics.note_sent();
            self.orders.file_sent(slot, now);
            self.tell_submitted(slot);
            if odd {
                self.count_sent_below(slot);
            }
            return Some(());
        }
        self.hand_out_any(slot, place)
    }

    /// The same of whatever order.
    #[inline(never)] // Its frame is not that of fresh orders.
    fn hand_out_any(&mut self, slot: u32, place: Option<&mut Command>) -> Option<()> {
        let now = self.now;
        let what = self.orders.take_command(slot)?;
        self.dispatch.write(self.orders.get(slot)?, what, now, place);
        if what == Pending::NEW {
            self.change_order(slot, |order| order.note_sent(now));
            self.note_handed_out(slot);
        }
        Some(())
    }

    /// A fresh order was sent.
    #[inline]
    fn tell_submitted(&mut self, slot: u32) {
        let Some(order) = self.orders.get(slot) else { return };
        let Some((sequence, [place])) = self.events.room_for() else {
            return self.tell_submitted_slowly(slot);
        };
        place.sequence = sequence;
        tell_live(place, order, (order.side, order.cum_qty), OrderStatus::Submitted);
        // Nothing of the order but this has changed.
        place.at = self.now;
    }

    /// The same where the ring of events is full, or ends.
    #[cold]
    #[inline(never)]
    fn tell_submitted_slowly(&mut self, slot: u32) {
        if let Some(order) = self.orders.get(slot) {
            let mut event = Event::EMPTY;
            tell_live(&mut event, order, (order.side, order.cum_qty), OrderStatus::Submitted);
            self.events.push(self.now, event);
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
            self.report_flat();
        }
    }

    /// An order of which something may come is cancelled; its enlargement is withdrawn. Who asked
    /// for it says what is flat then.
    pub(super) fn cancel_at_once(&mut self, slot: u32) {
        let (now, id) = (self.now, self.next_own_id());
        self.change_order(slot, |order| order.kill(id, now));
        self.settle_order(slot);
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
