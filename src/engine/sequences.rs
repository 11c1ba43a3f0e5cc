//! What an accepted request and an execution mean for the next order, in symbols whose limits look
//! at sequences of orders; what the absence of the host means.
#![forbid(unsafe_code)]

use super::Engine;
use super::clearings::Place;
use super::fills::{Source, price_of};
use crate::event::Event;
use crate::market::Controls;
use crate::num::{Money, OFF, Ticks};
use crate::order::{Booking, Order, Terms};
use crate::risk::{Likeness, ScopeLimits, recounted};
use crate::status::{EventKind, LimitField, Side, Status, Unit};

impl Engine<'_> {
    fn controls(&self, symbol: u32) -> Option<Controls> {
        self.symbols.get(symbol).map(|symbol| symbol.limits.controls)
    }

    /// The limits of a symbol in a scope: the symbol's own in the root.
    pub(super) fn controls_in(&self, scope: u32, symbol: u32) -> Option<Controls> {
        match scope {
            0 => self.controls(symbol),
            _ => self.books.find(scope, symbol).map(|book| book.limits.controls),
        }
    }

    /// That what limits allow is kept.
    ///
    /// # Errors
    /// `Range`.
    pub(super) fn check_kept(&self, controls: &Controls) -> Result<(), Status> {
        let rates = i64::from(self.sequences.rates.capacity());
        let recent = i64::from(self.sequences.recent.capacity());
        let kept = controls.rate_max <= rates && controls.duplicate_max <= recent;
        if kept { Ok(()) } else { Err(Status::Range) }
    }

    /// Whether requests of this symbol are noted, or those of a scope.
    #[inline]
    pub(super) fn counts_requests(&self, symbol: u32) -> bool {
        self.counting > 0 || self.exposure(symbol).heavy
    }

    /// A new order or a replace was accepted. O(1).
    #[cold]
    #[inline(never)] // Few symbols look.
    pub(super) fn note_request(&mut self, symbol: u32, scope: u32) {
        let now = self.now;
        if self.controls(symbol).is_some_and(|controls| controls.rate_max != OFF) {
            self.sequences.rates.note(symbol, now);
        }
        for number in self.path(scope).all() {
            if let Some(scope) = self.scopes.get_mut(number) {
                scope.note_request(now);
            }
            let Some(place) = self.books.place(number, symbol) else { continue };
            let book = self.books.get(place);
            if book.is_some_and(|book| book.limits.controls.rate_max != OFF) {
                self.sequences.book_rates.note(place, now);
            }
        }
    }

    /// The highest id a caller has used; those of the engine itself do not count.
    pub(super) fn note_client_id(&mut self, client_id: u64) {
        if client_id >> 63 == 0 {
            self.last_client_id = self.last_client_id.max(client_id);
        }
    }

    /// A new order of the caller's was accepted. O(1), as hashing lets expect.
    pub(super) fn note_new(&mut self, terms: &Terms) {
        let now = self.now;
        let path = self.path(terms.scope);
        let looks = path.all().any(|number| {
            self.controls_in(number, terms.symbol).is_some_and(|c| c.duplicate_max != OFF)
        });
        if looks && Self::is_sent(terms) {
            self.sequences.recent.note(Likeness::of(terms), now);
        }
    }

    /// An execution was booked; it may be the `first` one of an order of the caller's. O(1).
    #[inline]
    pub(super) fn note_execution(&mut self, source: &Source, fill: &Booking, first: bool) {
        if self.exposure(source.symbol).heavy {
            self.note_fill(source, fill, first);
        }
    }

    #[cold]
    #[inline(never)] // As above.
    fn note_fill(&mut self, source: &Source, fill: &Booking, first: bool) {
        let now = self.now;
        for number in self.path(source.scope).all() {
            if let Some(scope) = self.scopes.get_mut(number) {
                scope.note_fill(now);
            }
            self.refold_scope(number);
        }
        let path = self.path(source.scope);
        let looks = |number| {
            self.controls_in(number, source.symbol).is_some_and(|controls| controls.repeat_max > 0)
        };
        if first && path.all().any(looks) {
            self.note_repeat(source, price_of(fill));
        }
    }

    /// An order was executed for the first time: its scope is held back in the symbol and side by
    /// each limit of the path that says so. O(1).
    #[inline(never)] // Its events are not part of its caller's frame.
    fn note_repeat(&mut self, source: &Source, price: Ticks) {
        let (now, symbol, side) = (self.now, source.symbol, source.side);
        let own = self.books.place(source.scope, symbol);
        let Some(repeats) = self.sequences.repeats_mut(symbol, own, side) else { return };
        repeats.note(price, now);
        for (level, number) in self.path(source.scope).all().enumerate() {
            let Some(controls) = self.controls_in(number, symbol) else { continue };
            let repeats = self.sequences.repeats_mut(symbol, own, side);
            let held = repeats.and_then(|repeats| repeats.hold(level, &controls, price, now));
            let Some(count) = held else {
                self.warn_of_repeat(source, (level, number), price);
                continue;
            };
            self.refold_rooms(symbol);
            self.refold_path(symbol, source.scope);
            let value = Money(i64::from(number));
            let event = Event { code: 1, price, value, ..source.event(EventKind::Repeat) };
            self.emit(event.with_breach(Unit::Count, controls.repeat_max, i64::from(count)));
        }
    }

    /// A cancel of an order was asked for. O(1).
    #[inline]
    pub(super) fn note_cancel(&mut self, slot: u32) {
        if self.watching > 0 {
            self.count_cancel(slot);
        }
    }

    /// One that stays here is not asked for at the venue.
    #[cold]
    #[inline(never)] // Few scopes look.
    fn count_cancel(&mut self, slot: u32) {
        let now = self.now;
        let order = self.orders.get(slot).filter(|order| !order.is_parent());
        let Some(scope) = order.map(|order| order.scope) else { return };
        for number in self.path(scope).all() {
            let Some(scope) = self.scopes.get_mut(number) else { return };
            let max = scope.limits.cancel_max;
            if let Some(count) = scope.note_cancel(now) {
                self.warn_of_cancels(number, max, count);
            }
            self.refold_scope(number);
        }
    }

    #[inline(never)] // The event is not part of its caller's frame.
    fn warn_of_cancels(&mut self, scope: u32, max: i64, count: u64) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let code = LimitField::ScopeCancelMax.raw();
        let event = Event { scope, code, ..Event::new(EventKind::Warn) };
        self.emit(event.with_breach(Unit::Count, max, count));
    }

    /// The symbol that a reset of repeats is about; none for every one.
    ///
    /// # Errors
    /// `Symbol`.
    pub(super) fn repeats_of(&self, value: i64) -> Result<Option<u32>, Status> {
        if value == OFF {
            return Ok(None);
        }
        let symbol = u32::try_from(value).ok().filter(|&n| self.symbols.get(n).is_some());
        symbol.map(Some).ok_or(Status::Symbol)
    }

    /// An operator lets the sides of a symbol, or of all, be traded again by a scope and those in
    /// it. O(symbols + books).
    pub(super) fn reset_repeats(&mut self, symbol: Option<u32>, scope: u32) {
        let all = 0..self.symbols.count();
        if scope == 0 {
            for number in symbol.map_or(all, |number| number..number.saturating_add(1)) {
                self.reset_repeats_of((number, 0), None);
            }
        }
        for place in 0..self.books.count() {
            let Some(book) = self.books.get(place) else { return };
            let of = (book.symbol, book.scope);
            let within = self.path(of.1).all().any(|number| number == scope);
            if within && symbol.is_none_or(|number| number == of.0) {
                self.reset_repeats_of(of, Some(place));
            }
        }
        self.refold_all();
    }

    fn reset_repeats_of(&mut self, (symbol, scope): (u32, u32), book: Option<u32>) {
        for side in [Side::Buy, Side::Sell] {
            let Some(repeats) = self.sequences.repeats_mut(symbol, book, side) else { continue };
            let was_held = repeats.is_held();
            repeats.reset();
            if was_held {
                let event = Event::new(EventKind::Repeat);
                self.emit(Event { symbol, scope, side: side.raw(), ..event });
            }
        }
    }

    /// The host gives a sign of life for a scope. O(1).
    pub(super) fn beat(&mut self, number: u32) {
        let now = self.now;
        let scope = self.scopes.get_mut(number);
        if let Some(scope) = scope.filter(|scope| scope.limits.heartbeat_max != OFF) {
            scope.heartbeat.beat(now);
            self.refold_scope(number);
            self.look_again();
        }
    }

    /// When the host has been silent for too long every live order of the scope is cancelled, once.
    /// O(1), then O(scopes).
    pub(super) fn watch_host(&mut self, number: u32) {
        self.warn_of_silence(number);
        let now = self.now;
        let Some(scope) = self.scopes.get_mut(number) else { return };
        let max = scope.limits.heartbeat_max;
        let Some(age) = scope.heartbeat.miss(max, now) else { return };
        let event = Event { scope: number, ..Event::new(EventKind::Heartbeat) };
        self.emit(event.with_breach(Unit::Nanos, max, age));
        self.cancel_all((number, None));
    }

    /// Every order that lives now in a scope, or of one symbol of it, is to be cancelled, as by a
    /// kill that is over with that: the next polls do it. O(scopes).
    pub(super) fn cancel_all(&mut self, (scope, symbol): Place) {
        // A kill has said so already.
        if self.kill_is_on() {
            return;
        }
        self.begin_walk();
        let (through, by) = (self.submitted, self.kills);
        match (scope, symbol) {
            (0, None) => self.killed_through = through,
            (_, None) => {
                if let Some(scope) = self.scopes.get_mut(scope) {
                    scope.cancelled_through = through;
                }
            }
            (_, Some(symbol)) => {
                if let Some(place) = self.of_place_mut(scope, symbol) {
                    place.ward.cancelled_through = through;
                    place.ward.cancelled_by = by;
                }
            }
        }
        self.orders.start_sweep();
        if self.clearings > 0 {
            self.ask_walk();
        }
    }

    /// A kill, or something like one: what an earlier walk was about is over. O(scopes).
    pub(super) fn begin_walk(&mut self) {
        if !self.orders.is_sweeping() {
            self.walk_began = self.kills;
            self.killed_through = 0;
            for number in 0..self.scopes.count() {
                if let Some(scope) = self.scopes.get_mut(number) {
                    scope.cancelled_through = 0;
                }
            }
        }
        self.kills = self.kills.saturating_add(1);
    }

    /// Whether an order was there when it was said to cancel every one of its scope or symbol.
    #[cold]
    #[inline(never)] // So that what asks needs no frame.
    pub(super) fn is_to_be_cancelled(&self, order: &Order) -> bool {
        let through = |number| self.scopes.get(number).map_or(0, |scope| scope.cancelled_through);
        let mut below = self.path(order.scope).below();
        order.number <= self.killed_through
            || below.any(|number| order.number <= through(number))
            || self.is_symbol_cancelled(order)
    }

    fn is_symbol_cancelled(&self, order: &Order) -> bool {
        let of = |number| self.of_place(number, order.symbol);
        let mut places = self.path(order.scope).all().filter_map(of);
        places.any(|place| self.is_ward_cancelled(&place.ward, order))
    }

    /// New limits hold for a scope: what they look at begins with them. O(1); O(symbols) when the
    /// first scope begins to count, or the last one ceases.
    pub(super) fn follow_scope_limits(&mut self, number: u32, old: &ScopeLimits) {
        let now = self.now;
        let Some(scope) = self.scopes.get_mut(number) else { return };
        let new = scope.limits;
        scope.traffic.follow(old, &new);
        if old.heartbeat_max <= 0 && new.heartbeat_max > 0 {
            scope.heartbeat.begin(now);
        }
        let (did, does) = (old.count_traffic(), new.count_traffic());
        let (watched, watches) = (old.count_cancels(), new.count_cancels());
        self.look_again();
        let counted = self.counting;
        self.counting = recounted(counted, did, does);
        self.watching = recounted(self.watching, watched, watches);
        if (counted == 0) != (self.counting == 0) {
            for symbol in 0..self.symbols.count() {
                self.refold_limits(symbol);
            }
        }
    }
}
