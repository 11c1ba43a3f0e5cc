//! What the limits on a position's path make of the orders that close it.
#![forbid(unsafe_code)]

use super::Engine;
use crate::market::Limits;
use crate::num::Lots;
use crate::status::LimitFlag;

/// Largest quantity and step of closing orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PieceLimits {
    /// The smallest of the largest quantities, or one step where that is more: it binds no close.
    pub(super) most: Lots,
    /// A multiple of all steps, the smallest one; 1 for every lot.
    pub(super) step: Lots,
}

impl PieceLimits {
    /// The largest order: the largest quantity in whole steps.
    pub(super) fn largest(&self) -> Lots {
        if self.most == Lots(i64::MAX) { self.most } else { self.whole(self.most) }
    }

    /// In whole steps, rounded down; what is below one step as it is.
    pub(super) fn whole(&self, qty: Lots) -> Lots {
        let over = if self.step.0 > 1 { qty.0.checked_rem(self.step.0).unwrap_or(0) } else { 0 };
        let whole = qty.0.saturating_sub(over);
        if whole > 0 { Lots(whole) } else { qty }
    }

    /// With one more largest quantity; none when it is not above 0.
    fn bound(&mut self, most: Lots) {
        if most > Lots::ZERO {
            self.most = most.min(self.most);
        }
    }

    /// With one more step.
    fn align(&mut self, step: Lots) {
        if step.0 > 1 {
            let parts = step.0.checked_div(divisor(self.step.0, step.0)).unwrap_or(1);
            self.step = Lots(self.step.0.saturating_mul(parts));
        }
    }
}

impl Engine<'_> {
    /// The limits of a symbol in a scope: the symbol's own in the root, those of its book below it.
    pub(super) fn limits_in(&self, scope: u32, symbol: u32) -> Option<&Limits> {
        match scope {
            0 => self.symbols.get(symbol).map(|symbol| &symbol.limits),
            _ => self.books.find(scope, symbol).map(|book| &book.limits),
        }
    }

    /// The most restrictive limits of closing orders on the path of a scope. O(depth).
    pub(super) fn piece_limits(&self, symbol: u32, scope: u32) -> PieceLimits {
        let mut found = PieceLimits { most: Lots(i64::MAX), step: Lots(1) };
        for number in self.path(scope).all() {
            if let Some(limits) = self.limits_in(number, symbol) {
                found.bound(limits.qty_max);
                found.align(limits.qty_step);
            }
            if let Some(scope) = self.scopes.get(number) {
                found.bound(scope.limits.qty_max);
            }
        }
        found.most = found.most.max(found.step);
        found
    }

    /// Whether a reduce-only order of a scope is made as large as fits. O(depth).
    pub(super) fn clamps(&self, symbol: u32, scope: u32) -> bool {
        let clamps = |number| self.limits_in(number, symbol).is_some_and(clamps);
        clamps(0) || (self.clamping > 0 && self.path(scope).below().any(clamps))
    }

    /// Books whose limits say so. O(books).
    pub(super) fn clamping_books(&self) -> usize {
        let books = (0..self.books.count()).filter_map(|place| self.books.get(place));
        books.filter(|book| clamps(&book.limits)).count()
    }
}

/// Whether these limits make a reduce-only order as large as fits.
pub(super) fn clamps(limits: &Limits) -> bool {
    limits.has(LimitFlag::ReduceClamp)
}

/// The greatest common divisor of two numbers above 0.
fn divisor(mut a: i64, mut b: i64) -> i64 {
    // Each step halves the larger one at least every other time.
    for _ in 0..128 {
        let Some(rest) = a.checked_rem(b) else { break };
        (a, b) = (b, rest);
    }
    a
}
