//! Commands: how they set out, and what becomes of them when they arrive.
#![forbid(unsafe_code)]

use super::Venue;
use super::chance::{Throw, happens};
use super::flight::{Message, Way, What};
use super::order::{Stage, VenueOrder};
use super::report::Saying;
use crate::event::Command;
use crate::num::{Lots, Nanos};
use crate::status::{CommandKind, OrderType, Reason, ReportKind, Side, Status};
use crate::store::{Id, at};

/// Whom an id means here.
enum Whose {
    /// The order in its place.
    Known,
    /// One whose place is another's by now: nobody waits for an answer.
    Gone,
    /// None that was ever here.
    Unknown,
}

impl Venue<'_> {
    /// A new order sets out, unless it fails to leave. One that is known already is the same one,
    /// sent again: it changes nothing.
    pub(super) fn send_new(&mut self, command: &Command, now: Nanos) -> Result<(), Status> {
        let slot = command.order.slot();
        let mut order = VenueOrder::new(command)?;
        let before = *self.order(slot).ok_or(Status::Unknown)?;
        let now = self.said(now);
        if before.id == order.id {
            if before.stage != Stage::Failed {
                return Ok(());
            }
            order.attempts = before.attempts.saturating_add(1);
            (order.last_out, order.last_in) = (before.last_out, before.last_in);
        } else if before.stage.is_live() {
            self.retire(slot, Stage::Cancelled);
        }
        let simulation = self.simulation(order.symbol);
        let (seed, client_id, attempt) = (self.seed, order.client_id, order.attempts);
        let fails = happens(seed, Throw::Fail, simulation.fail_ratio, client_id, attempt);
        let doubted = happens(seed, Throw::Doubt, simulation.doubt_ratio, client_id, attempt);
        self.high = self.high.max(slot.wrapping_add(1));
        if fails {
            order.stage = Stage::Failed;
        }
        let (since, kept) = (now.max(order.last_in), order.kept());
        if let Some(place) = self.order_mut(slot) {
            *place = order;
        }
        if fails {
            let failed = Saying::of(What::Report(ReportKind::SendFailed, Reason::None));
            self.say_at(slot, &failed, since);
            return Ok(());
        }
        if doubted {
            let doubt = Saying::of(What::Report(ReportKind::SendInDoubt, Reason::None));
            self.say_at(slot, &doubt, since);
        }
        self.flight.keep(0, kept);
        self.send_out(command, What::New, order.side, now);
        Ok(())
    }

    /// A cancel or replace sets out.
    pub(super) fn send_change(&mut self, command: &Command, now: Nanos) -> Result<(), Status> {
        let side = Side::from_raw(command.side).ok_or(Status::Enum)?;
        let now = self.said(now);
        let is_cancel = command.kind == CommandKind::Cancel.raw();
        self.send_out(command, if is_cancel { What::Cancel } else { What::Replace }, side, now);
        Ok(())
    }

    fn send_out(&mut self, command: &Command, what: What, side: Side, now: Nanos) {
        let mut arrives = self.arrival(command.symbol, Way::Out, now);
        if let Some(order) = self.order_mut(command.order.slot())
            && order.id == command.order
        {
            arrives = arrives.max(order.last_out);
            order.last_out = arrives;
        }
        let message = Message {
            at: arrives,
            order: command.order,
            client_id: command.client_id,
            request_id: command.request_id,
            qty: command.qty,
            price: command.price,
            stop_price: command.stop_price,
            symbol: command.symbol,
            venue: command.venue,
            what,
            side,
            ..Message::EMPTY
        };
        self.flight.send(Way::Out, &message);
    }

    /// A command arrives.
    pub(super) fn arrive(&mut self, message: &Message) {
        let (slot, now) = (message.order.slot(), message.at);
        match (self.whose(message.order), message.what) {
            (Whose::Gone, _) | (_, What::Report(..)) => {}
            (Whose::Known, What::New) => self.admit(slot, now),
            (Whose::Known, What::Cancel) => self.cancel(slot, message.request_id, now),
            (Whose::Known, What::Replace) => self.replace(slot, message, now),
            (Whose::Unknown, what) => self.deny_unknown(message, what),
        }
    }

    fn whose(&self, id: Id) -> Whose {
        let Some(order) = self.order(id.slot()) else { return Whose::Unknown };
        let ahead = order.id.generation().wrapping_sub(id.generation()) & Id::GENERATION_MAX;
        match order.stage {
            Stage::Vacant => Whose::Unknown,
            _ if order.id == id => Whose::Known,
            _ if ahead < Id::GENERATION_MAX >> 1 => Whose::Gone,
            _ => Whose::Unknown,
        }
    }

    /// A request for an order that never came here.
    fn deny_unknown(&mut self, message: &Message, what: What) {
        let kind = match what {
            What::Replace => ReportKind::ReplaceReject,
            _ => ReportKind::CancelReject,
        };
        let answer = Message {
            at: self.arrival(message.symbol, Way::Back, message.at),
            order: message.order,
            client_id: message.client_id,
            request_id: message.request_id,
            symbol: message.symbol,
            venue: message.venue,
            side: message.side,
            what: What::Report(kind, Reason::UnknownOrder),
            ..Message::EMPTY
        };
        self.flight.send(Way::Back, &answer);
    }

    /// A new order is there.
    fn admit(&mut self, slot: u32, now: Nanos) {
        let Some(&order) = self.order(slot) else { return };
        if order.stage != Stage::Flying {
            return;
        }
        if let Some(reason) = self.refusal(&order) {
            self.end(slot, Stage::Rejected, reason, 0, now);
            return;
        }
        if order.expire_at > Nanos::ZERO && order.expire_at <= now {
            self.end(slot, Stage::Expired, Reason::None, 0, now);
            return;
        }
        self.say(slot, &Saying::of(What::Report(ReportKind::Ack, Reason::None)), now);
        self.await_expiry(slot);
        if order.order_type.is_stop() {
            self.wait(slot, now);
        } else {
            self.enter(slot, now);
        }
    }

    /// Why a new order is not taken.
    fn refusal(&self, order: &VenueOrder) -> Option<Reason> {
        let simulation = self.simulation(order.symbol);
        let book = self.book(order.symbol)?;
        let at_once = order.order_type == OrderType::Market
            || (order.is_immediate() && !order.order_type.is_stop());
        let takes = order.order_type == OrderType::Limit
            && order.is_post_only()
            && book.would_take(order.side, order.price);
        let (client_id, attempt) = (order.client_id, order.attempts);
        let ratio = simulation.reject_ratio;
        if happens(self.seed, Throw::Reject, ratio, client_id, attempt) {
            return Some(Reason::Other);
        }
        match () {
            () if order.qty <= Lots::ZERO => Some(Reason::Quantity),
            () if at_once && !book.is_open() => Some(Reason::Session),
            () if takes => Some(Reason::Price),
            () => None,
        }
    }

    /// A cancel is there. What was cancelled before is so still; what failed to leave was answered
    /// by that.
    fn cancel(&mut self, slot: u32, request_id: u64, now: Nanos) {
        let Some(order) = self.order(slot) else { return };
        let (kind, reason) = match order.stage {
            Stage::Failed => return,
            stage if stage.is_here() => {
                self.end(slot, Stage::Cancelled, Reason::None, request_id, now);
                return;
            }
            Stage::Cancelled => (ReportKind::CancelAck, Reason::None),
            _ => (ReportKind::CancelReject, Reason::TooLate),
        };
        self.say(slot, &Saying::answer(kind, reason, request_id), now);
    }

    /// A replace is there. A smaller quantity at the same price keeps its place.
    fn replace(&mut self, slot: u32, message: &Message, now: Nanos) {
        let Some(&order) = self.order(slot) else { return };
        if order.stage == Stage::Failed {
            return;
        }
        let new = replaced(&order, message);
        let same = new.price == order.price && new.stop_price == order.stop_price;
        let keeps_place = same && new.qty <= order.qty;
        if let Some(reason) = self.objection(&order, &new, keeps_place) {
            let answer = Saying::answer(ReportKind::ReplaceReject, reason, message.request_id);
            self.say(slot, &answer, now);
            return;
        }
        // Executions beyond the new quantity are a full fill of it.
        let is_over = new.qty <= order.cum;
        if is_over {
            self.retire(slot, Stage::Filled);
        } else if !keeps_place {
            self.unfile(slot);
        }
        let qty = new.qty.max(order.cum);
        if let Some(order) = self.order_mut(slot) {
            (order.qty, order.price, order.stop_price) = (qty, new.price, new.stop_price);
        }
        let answer = Saying::answer(ReportKind::ReplaceAck, Reason::None, message.request_id);
        self.say(slot, &Saying { qty, price: new.price, ..answer }, now);
        match (is_over || keeps_place, order.stage) {
            (true, _) => {}
            (false, Stage::Waiting) => self.wait(slot, now),
            (false, _) => self.enter(slot, now),
        }
    }

    /// Why an order is not replaced.
    fn objection(&self, order: &VenueOrder, new: &VenueOrder, keeps_place: bool) -> Option<Reason> {
        let takes = order.is_post_only()
            && order.stage == Stage::Working
            && !keeps_place
            && self.book(order.symbol).is_some_and(|book| book.would_take(order.side, new.price));
        match () {
            () if !order.stage.is_here() => Some(Reason::TooLate),
            () if new.qty <= Lots::ZERO => Some(Reason::Quantity),
            () if takes => Some(Reason::Price),
            () => None,
        }
    }

    pub(super) fn order(&self, slot: u32) -> Option<&VenueOrder> {
        self.orders.get(at(slot))
    }

    pub(super) fn order_mut(&mut self, slot: u32) -> Option<&mut VenueOrder> {
        self.orders.get_mut(at(slot))
    }
}

/// An order as a replace request wants it: prices that its type does not have stay.
fn replaced(order: &VenueOrder, message: &Message) -> VenueOrder {
    let has_price = order.order_type.has_price();
    let waits = order.order_type.has_stop_price();
    VenueOrder {
        qty: message.qty,
        price: if has_price { message.price } else { order.price },
        stop_price: if waits { message.stop_price } else { order.stop_price },
        ..*order
    }
}
