//! The records that leave: commands for the venue, events for people.
#![forbid(unsafe_code)]

use crate::num::{Lots, Money, Nanos, Ratio, Ticks};
use crate::status::{EventKind, Unit};
use crate::store::{Hash64, Id, Ring};

/// What the host must send to the venue. Handed out once, by `oms_poll`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Command {
    /// Number of this command, from 1, without gaps.
    pub sequence: u64,
    /// When it was handed out, nanoseconds.
    pub at: Nanos,
    /// The order.
    pub order: Id,
    /// Its client id; engine-made orders have the top bit set.
    pub client_id: u64,
    /// Cancel, replace: the request's id.
    pub request_id: u64,
    /// The order's mark.
    pub tag: u64,
    /// The position the order belongs to; 0 for a net or a new one.
    pub position: Id,
    /// The order's parent; 0 for none.
    pub parent: Id,
    /// New: quantity. Replace: new total quantity. Lots.
    pub qty: Lots,
    /// New: limit price, 0 at the market. Replace: new limit price. Ticks.
    pub price: Ticks,
    /// New: trigger price of a stop that the venue holds, otherwise 0. Replace: the new one. Ticks.
    pub stop_price: Ticks,
    /// New, of a trailing stop that the venue holds: distance in ticks; otherwise 0.
    pub trail_offset: Ticks,
    /// New, of a trailing stop that the venue holds: distance, parts per 10^9; otherwise 0.
    pub trail_ratio: Ratio,
    /// New, with OMS_TIF_GTD: when it expires, nanoseconds.
    pub expire_at: Nanos,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number.
    pub scope: u32,
    /// The venue number of the order.
    pub venue: u32,
    /// OMS_ORDER_* bits.
    pub flags: u32,
    /// OMS_COMMAND_*.
    pub kind: u8,
    /// OMS_SIDE_*.
    pub side: u8,
    /// OMS_TYPE_*: of a stop that was held here what it is now, OMS_TYPE_MARKET or _LIMIT.
    pub order_type: u8,
    /// OMS_TIF_*.
    pub time_in_force: u8,
    /// 0.
    pub reserved0: u32,
    /// 0.
    pub reserved: [u64; 3],
}

impl Command {
    /// Fills unused memory.
    ///
    /// cbindgen:ignore
    pub const EMPTY: Self = Self {
        sequence: 0,
        at: Nanos::ZERO,
        order: Id::NONE,
        client_id: 0,
        request_id: 0,
        tag: 0,
        position: Id::NONE,
        parent: Id::NONE,
        qty: Lots::ZERO,
        price: Ticks::ZERO,
        stop_price: Ticks::ZERO,
        trail_offset: Ticks::ZERO,
        trail_ratio: Ratio::ZERO,
        expire_at: Nanos::ZERO,
        symbol: 0,
        scope: 0,
        venue: 0,
        flags: 0,
        kind: 0,
        side: 0,
        order_type: 0,
        time_in_force: 0,
        reserved0: 0,
        reserved: [0; 3],
    };
}

/// Something that happened. Which fields say something depends on the kind: OMS_EVENT_*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Event {
    /// Number of this event, from 0, without gaps: a jump tells how many were lost.
    pub sequence: u64,
    /// When, nanoseconds.
    pub at: Nanos,
    /// The order; 0 for none.
    pub order: Id,
    /// The position; 0 for none.
    pub position: Id,
    /// The trigger; 0 for none.
    pub trigger: Id,
    /// Client id of the order or of the refused request; 0 in OMS_EVENT_TRIGGER_*, where `order`
    /// names it.
    pub client_id: u64,
    /// The caller's mark of the order, position or trigger.
    pub tag: u64,
    /// Failing checks: bits 1 << OMS_CHECK_*.
    pub mask: u64,
    /// Price, ticks.
    pub price: Ticks,
    /// Quantity, lots.
    pub qty: Lots,
    /// Money units, or what the kind says.
    pub value: Money,
    /// Limit that was reached, in `unit`.
    pub limit: i64,
    /// Value that was observed, in `unit`.
    pub observed: i64,
    /// Symbol number.
    pub symbol: u32,
    /// Scope number.
    pub scope: u32,
    /// As the kind says.
    pub code: u32,
    /// OMS_EVENT_*.
    pub kind: u16,
    /// OMS_SIDE_* of the order, for a trigger of the order that closes; 0 for none.
    pub side: u8,
    /// OMS_UNIT_* of limit and observed.
    pub unit: u8,
    /// Events of executions: the venue's id; 0 for one that was inferred, and for other events.
    pub exec_id: u64,
}

impl Event {
    /// Fills unused memory.
    ///
    /// cbindgen:ignore
    pub const EMPTY: Self = Self {
        sequence: 0,
        at: Nanos::ZERO,
        order: Id::NONE,
        position: Id::NONE,
        trigger: Id::NONE,
        client_id: 0,
        tag: 0,
        mask: 0,
        price: Ticks::ZERO,
        qty: Lots::ZERO,
        value: Money::ZERO,
        limit: 0,
        observed: 0,
        symbol: 0,
        scope: 0,
        code: 0,
        kind: 0,
        side: 0,
        unit: 0,
        exec_id: 0,
    };

    /// An event of this kind with nothing else said.
    #[must_use]
    pub fn new(kind: EventKind) -> Self {
        Self { kind: kind.raw(), ..Self::EMPTY }
    }

    /// The limit that was reached and the value observed.
    #[must_use]
    pub fn with_breach(mut self, unit: Unit, limit: i64, observed: i64) -> Self {
        self.unit = unit.raw();
        self.limit = limit;
        self.observed = observed;
        self
    }

    fn feed(&self, hash: &mut Hash64) {
        let Self { sequence, at, order, position, trigger, client_id, tag, mask, .. } = *self;
        for word in [sequence, at.0, order.0, position.0, trigger.0, client_id, tag, mask] {
            hash.word(word);
        }
        let Self { price, qty, value, limit, observed, symbol, scope, code, .. } = *self;
        for word in [price.0, qty.0, value.0, limit, observed] {
            hash.i64(word);
        }
        for word in [symbol, scope, code, u32::from(self.kind), u32::from(self.side)] {
            hash.u32(word);
        }
        hash.u32(u32::from(self.unit));
        hash.word(self.exec_id);
    }
}

/// Where the search through the kept events of one order has come to: `oms_order_log`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct OrderLogView {
    /// Go on from here when `more` is 1: the number of the first event that had no place in the
    /// array. Otherwise the number of the next event there will be.
    pub next: u64,
    /// Number of the oldest event, of whatever kind, that is still kept.
    pub oldest: u64,
    /// Events written.
    pub count: u32,
    /// 1 when the array was too short.
    pub more: u32,
    /// 1 when events since the order was made have been overwritten: some of them may have been
    /// its own. Of an order that is not in the table any more: when any event was overwritten.
    pub overwritten: u32,
    /// 0.
    pub reserved0: u32,
    /// 0.
    pub reserved: [u64; 4],
}

/// The events not taken yet, and those taken that nothing was written over. A reader that is slower
/// than the ring learns how many it lost.
pub struct EventLog<'a> {
    ring: Ring<'a, Event>,
    lost: u64,
    /// Most events that waited when some were taken.
    high_water: u32,
}

impl<'a> EventLog<'a> {
    /// An empty log over lent memory.
    #[must_use]
    pub fn new(memory: &'a mut [Event]) -> Self {
        Self { ring: Ring::new(memory), lost: 0, high_water: 0 }
    }

    /// Adds an event; when the ring is full the oldest one is lost and counted. O(1).
    #[inline(always)] // The event is written in place.
    pub fn push(&mut self, now: Nanos, event: Event) {
        match self.ring.append_all() {
            Some((sequence, [place])) => *place = Event { sequence, at: now, ..event },
            None => self.push_each(now, &[event]),
        }
    }

    /// Room for some events, to be written in place, and the first one's number; `None`, and
    /// nothing changes, when the ring is full or ends before.
    #[inline(always)] // As above.
    pub(crate) fn room_for<const N: usize>(&mut self) -> Option<(u64, &mut [Event; N])> {
        self.ring.append_all()
    }

    /// How many events can be written in one piece, none of the old ones lost.
    #[inline]
    pub(crate) fn room(&mut self) -> u32 {
        self.ring.room()
    }

    /// Room for so many, at most [`EventLog::room`], and the first one's number.
    #[inline(always)] // As above.
    pub(crate) fn room_for_all(&mut self, count: u32) -> (u64, &mut [Event]) {
        self.ring.append_some(count)
    }

    /// The same where the ring is full, or ends.
    #[cold]
    #[inline(never)]
    fn push_each(&mut self, now: Nanos, events: &[Event]) {
        for event in events {
            if self.ring.is_full() {
                self.ring.discard(1);
                self.lost = self.lost.saturating_add(1);
            }
            let (sequence, place) = self.ring.append();
            if let Some(place) = place {
                *place = Event { sequence, at: now, ..*event };
            }
        }
    }

    /// Takes the oldest events, as many as there is room for, and answers how many. O(events).
    #[inline(always)] // In a poll alone.
    pub fn take(&mut self, room: &mut [Event]) -> u32 {
        self.high_water = self.high_water();
        self.ring.pop_into(room)
    }

    /// Drops the oldest events, at most so many, and answers how many. O(1).
    pub fn discard(&mut self, most: u32) -> u32 {
        self.high_water = self.high_water();
        self.ring.discard(most)
    }

    /// Events waiting.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.ring.len()
    }

    /// Whether no event waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ring.len() == 0
    }

    /// Most events that ever waited.
    #[must_use]
    pub fn high_water(&self) -> u32 {
        self.high_water.max(self.ring.len())
    }

    /// Events the ring can hold.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        self.ring.capacity()
    }

    /// The number of the next event.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.ring.next_sequence()
    }

    /// Events lost since the start.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// The events that nothing was written over yet, taken or not, oldest first.
    pub fn kept(&self) -> impl Iterator<Item = &Event> {
        self.ring.written()
    }

    /// Feeds what a later [`EventLog::take`] or [`EventLog::kept`] can show. O(capacity).
    pub fn digest(&self, hash: &mut Hash64) {
        hash.word(self.ring.next_sequence());
        hash.u32(self.ring.len());
        hash.word(self.lost);
        hash.u32(self.high_water());
        for event in self.kept() {
            event.feed(hash);
        }
    }
}
