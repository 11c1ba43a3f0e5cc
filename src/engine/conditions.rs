//! What is said of a symbol besides its limits and prices.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::market::{Bands, BandsSet, Conditions, ConditionsView, LocateSet, PhaseSet, VolumeSet};
use crate::num::{Lots, OFF};
use crate::status::{EventKind, Phase, Request, Status, Unit};

impl Engine<'_> {
    /// Sets the phase of a symbol, or of all. Orders that work are not looked at again. O(1), for
    /// all O(symbols).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Enum`, `Symbol`.
    pub fn phase_set(&mut self, request: &PhaseSet) -> Result<Status, Status> {
        request.check_frame()?;
        let phase = Phase::from_raw(request.phase).ok_or(Status::Enum)?;
        let all = request.symbol == u32::MAX;
        if !all {
            self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        }
        self.enter(request.header.now);
        let (first, end) = if all {
            (0, self.symbols.count())
        } else {
            (request.symbol, request.symbol.saturating_add(1))
        };
        for symbol in first..end {
            self.change_phase(symbol, phase);
        }
        Ok(Status::Ok)
    }

    fn change_phase(&mut self, symbol: u32, phase: Phase) {
        let Some(old) = self.change_conditions(symbol, |known| Conditions { phase, ..known })
        else {
            return;
        };
        if old.phase != phase {
            let event = Event::new(EventKind::Phase);
            let old = i64::from(old.phase.raw());
            let event = event.with_breach(Unit::Count, i64::from(phase.raw()), old);
            self.emit(Event { symbol, code: u32::from(phase.raw()), ..event });
        }
    }

    /// Sets the average daily volume of a symbol. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Range` for a volume below -1; `Symbol`.
    pub fn volume_set(&mut self, request: &VolumeSet) -> Result<Status, Status> {
        request.check_frame()?;
        let (symbol, volume) = (request.symbol, request.volume);
        if volume.0 < OFF {
            return Err(Status::Range);
        }
        self.symbols.get(symbol).ok_or(Status::Symbol)?;
        self.enter(request.header.now);
        if let Some(old) = self.change_conditions(symbol, |known| Conditions { volume, ..known }) {
            self.tell_lots(EventKind::Volume, (symbol, 0), volume, old.volume);
        }
        Ok(Status::Ok)
    }

    /// Sets the lots of a symbol that are located for shorts, or for those of a scope. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Range` for a quantity below 0; `Scope`, `Symbol`; `Capacity`
    /// without room for the scope's book.
    pub fn locate_set(&mut self, request: &LocateSet) -> Result<Status, Status> {
        request.check_frame()?;
        let (symbol, located) = (request.symbol, request.qty);
        if located < Lots::ZERO {
            return Err(Status::Range);
        }
        let scope = request.scope;
        self.check_scope(scope)?;
        self.symbols.get(symbol).ok_or(Status::Symbol)?;
        if !self.has_book_room(scope, symbol, false) {
            return Err(Status::Capacity);
        }
        self.enter(request.header.now);
        self.make_books(scope, symbol);
        let old = if let Some(book) = self.books.find_mut(scope, symbol) {
            Some(core::mem::replace(&mut book.located, located))
        } else {
            let old = self.change_conditions(symbol, |known| Conditions { located, ..known });
            old.map(|old| old.located)
        };
        if let Some(old) = old {
            self.refold_full(symbol);
            self.tell_lots(EventKind::Locate, (symbol, scope), located, old);
        }
        Ok(Status::Ok)
    }

    /// Sets the bands of a symbol's tick grid. O(1).
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`, `Range`: see [`Bands::decode`]; `Symbol`.
    pub fn bands_set(&mut self, request: &BandsSet) -> Result<Status, Status> {
        let bands = Bands::decode(request)?;
        let symbol = request.symbol;
        self.symbols.get(symbol).ok_or(Status::Symbol)?;
        self.enter(request.header.now);
        if let Some(old) = self.change_conditions(symbol, |known| Conditions { bands, ..known }) {
            let counts = (i64::from(bands.count), i64::from(old.bands.count));
            let event = Event::new(EventKind::Bands);
            let event = event.with_breach(Unit::Count, counts.0, counts.1);
            self.emit(Event { symbol, code: bands.count, ..event });
        }
        Ok(Status::Ok)
    }

    /// What was said of a symbol. O(1).
    ///
    /// # Errors
    /// `Symbol`.
    pub fn conditions_get(&self, symbol: u32) -> Result<ConditionsView, Status> {
        self.symbols.get(symbol).map(ConditionsView::from).ok_or(Status::Symbol)
    }

    /// Changes what is known of a symbol; the ranges follow. What was known.
    fn change_conditions(
        &mut self,
        symbol: u32,
        change: impl FnOnce(Conditions) -> Conditions,
    ) -> Option<Conditions> {
        let place = self.symbols.get_mut(symbol)?;
        let old = place.conditions;
        place.conditions = change(old);
        self.refold_limits(symbol);
        Some(old)
    }

    fn tell_lots(&mut self, kind: EventKind, (symbol, scope): (u32, u32), new: Lots, old: Lots) {
        let event = Event::new(kind).with_breach(Unit::Lots, new.0, old.0);
        self.emit(Event { symbol, scope, ..event });
    }
}
