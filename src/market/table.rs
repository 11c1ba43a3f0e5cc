//! All symbols, numbered from 0, and the unit in which their values add up.
#![forbid(unsafe_code)]

use super::{Spec, Symbol};
use crate::status::Status;
use crate::store::{Hash64, at};

/// A symbol, and what lies beside it in memory: what is looked at together is found together.
#[derive(Clone, Copy, Debug)]
pub struct Place<E> {
    /// The symbol.
    pub symbol: Symbol,
    /// What its owner keeps of it.
    pub beside: E,
}

impl<E> Place<E> {
    /// No symbol yet.
    #[must_use]
    pub const fn new(beside: E) -> Self {
        Self { symbol: Symbol::EMPTY, beside }
    }
}

/// The symbols over lent memory. They are defined once and stay.
pub struct Symbols<'a, E> {
    places: &'a mut [Place<E>],
    count: u32,
    common_den: i64,
}

impl<'a, E> Symbols<'a, E> {
    /// No symbols.
    #[must_use]
    pub fn new(places: &'a mut [Place<E>]) -> Self {
        Self { places, count: 0, common_den: 1 }
    }

    /// Values of all symbols are whole numbers of 1 / `common_den` money units.
    #[must_use]
    pub fn common_den(&self) -> i64 {
        self.common_den
    }

    /// The denominator there would be with one more symbol.
    ///
    /// # Errors
    /// `Capacity`, `Conflict` for a name that is taken, `Range` when no common unit fits.
    pub fn plan(&self, spec: &Spec) -> Result<i64, Status> {
        if self.count >= self.capacity() {
            return Err(Status::Capacity);
        }
        if self.iter().any(|(_, symbol)| symbol.spec.name == spec.name) {
            return Err(Status::Conflict);
        }
        let den = spec.money.common_den(self.common_den).ok_or(Status::Range)?;
        let fits = |money: crate::num::Fraction| money.in_units_of(den).is_some();
        if !fits(spec.money) || !self.iter().all(|(_, symbol)| fits(symbol.spec.money)) {
            return Err(Status::Range);
        }
        Ok(den)
    }

    /// Adds a symbol that [`Symbols::plan`] allowed, with that denominator.
    pub fn define(&mut self, spec: &Spec, common_den: i64) -> u32 {
        let number = self.count;
        if let Some(Place { symbol, .. }) = self.places.get_mut(at(number)) {
            *symbol = Symbol { spec: *spec, ..Symbol::EMPTY };
            self.count = self.count.saturating_add(1);
        }
        self.common_den = common_den;
        let count = at(self.count);
        for Place { symbol, .. } in self.places.iter_mut().take(count) {
            symbol.scale = symbol.spec.money.in_units_of(common_den).unwrap_or(symbol.scale);
        }
        number
    }

    /// The symbol with this number.
    #[inline]
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Symbol> {
        let defined = if number < self.count { self.places.get(at(number)) } else { None };
        defined.map(|place| &place.symbol)
    }

    /// What lies in the place of this number, whether it was defined or not.
    #[inline(always)] // Of one test.
    #[must_use]
    pub fn place(&self, number: usize) -> Option<&Place<E>> {
        self.places.get(number)
    }

    /// The same, to be changed.
    #[inline(always)] // Of one test.
    #[must_use]
    pub fn place_mut(&mut self, number: usize) -> Option<&mut Place<E>> {
        self.places.get_mut(number)
    }

    /// Every place, whether its symbol was defined or not.
    pub fn places(&self) -> impl Iterator<Item = &Place<E>> {
        self.places.iter()
    }

    /// What lies beside the symbol with this number, defined or not.
    #[inline]
    #[must_use]
    pub fn beside(&self, number: u32) -> Option<&E> {
        self.places.get(at(number)).map(|place| &place.beside)
    }

    /// The same, to be changed.
    #[inline]
    #[must_use]
    pub fn beside_mut(&mut self, number: u32) -> Option<&mut E> {
        self.places.get_mut(at(number)).map(|place| &mut place.beside)
    }

    /// The symbol with this number, to be changed.
    #[inline]
    #[must_use]
    pub fn get_mut(&mut self, number: u32) -> Option<&mut Symbol> {
        if number < self.count { self.slot_mut(at(number)) } else { None }
    }

    /// The memory of a symbol with this number, defined or not, to be changed.
    #[inline]
    #[must_use]
    pub fn slot_mut(&mut self, number: usize) -> Option<&mut Symbol> {
        self.places.get_mut(number).map(|place| &mut place.symbol)
    }

    /// All symbols with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Symbol)> {
        (0..self.count).zip(self.places.iter().map(|place| &place.symbol))
    }

    /// Number of symbols.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Symbols the table can hold.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// Feeds every symbol. O(symbols).
    pub fn digest(&self, hash: &mut Hash64) {
        hash.u32(self.count);
        for (_, symbol) in self.iter() {
            symbol.feed(hash);
        }
    }
}
