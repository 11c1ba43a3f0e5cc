//! What a plain execution comes to, computed in 64 bits before anything changes. See
//! `plain_fill.rs`.
#![forbid(unsafe_code)]

use crate::market::Symbol;
use crate::num::Lots;
use crate::order::{Order, VenueReport};
use crate::position::{Book, Position, Totals};

/// It opens the net position of a symbol.
pub(super) const OPENS: u8 = 0;
/// It enlarges a position.
pub(super) const ENLARGES: u8 = 1;
/// It reduces one.
pub(super) const REDUCES: u8 = 2;
/// Nothing is left of one.
pub(super) const CLOSES: u8 = 3;

/// Whether it adds to a position.
#[inline(always)]
pub(super) const fn adds(kind: u8) -> bool {
    kind == OPENS || kind == ENLARGES
}

/// What an execution moves; sums of 128 bits have room for it.
pub(super) struct Deal {
    /// Quantity × price, more than 0; 0 when it is not plain.
    pub value: i64,
    /// What it adds to the position's cost, or takes out of it.
    pub cost: i64,
    /// What it realises, tick-lots.
    pub gain: i64,
    /// The same, units of 1 / `den`.
    pub worth: i64,
    /// By so much the equity moves but for the commission, likewise.
    pub moved: i64,
    /// What the ticks of the position's side are worth more or less, likewise.
    pub weight: i64,
    /// What is left of the order then.
    pub leaves: i64,
}

impl Deal {
    /// None that is plain.
    const NONE: Self =
        Self { value: 0, cost: 0, gain: 0, worth: 0, moved: 0, weight: 0, leaves: 0 };
}

/// What an execution does, when that is plain and every sum fits.
#[inline(always)] // Its caller is one function for each kind and side.
pub(super) fn figure<const KIND: u8, const BUYS: bool>(
    order: &Order,
    position: &Position,
    totals: &Totals,
    symbol: &Symbol,
    request: &VenueReport,
) -> Deal {
    figures::<KIND, BUYS>(order, position, totals, symbol, request).unwrap_or(Deal::NONE)
}

#[inline(always)] // Its only caller is nothing else.
fn figures<const KIND: u8, const BUYS: bool>(
    order: &Order,
    position: &Position,
    totals: &Totals,
    symbol: &Symbol,
    request: &VenueReport,
) -> Option<Deal> {
    let VenueReport { qty, price, commission, .. } = *request;
    // Both are sums of quantities, not negative.
    let before = order.order_qty.0.wrapping_sub(order.cum_qty.0);
    if before < qty.0 {
        return None;
    }
    let leaves = before.wrapping_sub(qty.0);
    let value = price.0.checked_mul(qty.0).filter(|&value| value != 0)?;
    order.commission.checked_add(commission)?;
    totals.commission.checked_add(commission)?;
    if KIND != OPENS {
        position.commission.checked_add(commission)?;
    }
    let (open, open_cost) = sums_of::<KIND, BUYS>(totals);
    let weight = symbol.scale.checked_mul(qty.0)?;
    if adds(KIND) {
        // What is open then has a weight, if what is open has one that counts.
        weight_of::<KIND, BUYS>(symbol).checked_add(weight)?;
    }
    let book = &position.book;
    let high = high(order.notional) | high(open_cost) | open.0.cast_unsigned();
    let (cost, gain) = if adds(KIND) {
        let own = high_of_entries::<KIND>(book);
        (is_small(high | own)).then_some(())?;
        (value, 0)
    } else {
        let gains = biased(book.realised) | biased(totals.realised);
        let [cost, above] = halves(book.cost);
        let own = self::high(book.exit_value) | book.exited.0.cast_unsigned() | cost;
        (above == 0 && is_small(high | own | gains >> 1)).then_some(())?;
        let cost = match KIND {
            CLOSES => cost.cast_signed(),
            _ => share_of(cost.cast_signed(), qty, book.qty, BUYS)?,
        };
        // Neither is negative.
        (cost, if BUYS { cost.wrapping_sub(value) } else { value.wrapping_sub(cost) })
    };
    let worth = if adds(KIND) { 0 } else { gain.checked_mul(symbol.scale)? };
    // Both parts of it at the mark: what the deal was worth more, or less, than that.
    let moved = match symbol.marks() {
        None => worth,
        Some((bid, ask)) => {
            let mark = if is_long::<KIND, BUYS>() { bid } else { ask };
            let far =
                if BUYS { mark.0.wrapping_sub(price.0) } else { price.0.wrapping_sub(mark.0) };
            far.checked_mul(weight)?
        }
    };
    Some(Deal { value, cost, gain, worth, moved, weight, leaves })
}

/// What must be small of a position that is entered.
#[inline(always)]
fn high_of_entries<const KIND: u8>(book: &Book) -> u64 {
    if KIND == OPENS {
        return 0;
    }
    high(book.cost) | high(book.entry_value) | book.entered.0.cast_unsigned()
}

/// What is open in the symbol on the side of the position, and what it cost.
#[inline(always)]
const fn sums_of<const KIND: u8, const BUYS: bool>(totals: &Totals) -> (Lots, i128) {
    if is_long::<KIND, BUYS>() {
        (totals.long_qty, totals.long_cost)
    } else {
        (totals.short_qty, totals.short_cost)
    }
}

/// What a tick of that is worth.
#[inline(always)]
const fn weight_of<const KIND: u8, const BUYS: bool>(symbol: &Symbol) -> i64 {
    if is_long::<KIND, BUYS>() { symbol.weights.long } else { symbol.weights.short }
}

/// Whether the position is a long.
#[inline(always)]
pub(super) const fn is_long<const KIND: u8, const BUYS: bool>() -> bool {
    adds(KIND) == BUYS
}

/// Both halves of a sum, the lower one first.
#[inline(always)]
const fn halves(sum: i128) -> [u64; 2] {
    let [a, b, c, d, e, f, g, h, high @ ..] = sum.to_le_bytes();
    [u64::from_le_bytes([a, b, c, d, e, f, g, h]), u64::from_le_bytes(high)]
}

/// The upper half of a sum.
#[inline(always)]
const fn high(sum: i128) -> u64 {
    let [_, high] = halves(sum);
    high
}

/// The same of a sum that may be negative, small when that is not far from 0.
#[inline(always)]
const fn biased(sum: i128) -> u64 {
    high(sum).wrapping_add(ROOM)
}

/// So far from their ends sums have room for any deal of 64 bits.
const ROOM: u64 = 1 << 61;

/// Whether these bits of sums that are not negative leave them that room.
#[inline(always)]
const fn is_small(bits: u64) -> bool {
    bits < ROOM
}

/// The share of the cost that goes with a part: as [`Book::exited`] has it. All more than 0, or 0.
#[inline(always)]
fn share_of(cost: i64, part: Lots, whole: Lots, floor: bool) -> Option<i64> {
    let (product, whole) = (cost.checked_mul(part.0)?.cast_unsigned(), whole.0.cast_unsigned());
    let rounded = if floor { 0 } else { whole.wrapping_sub(1) };
    Some(product.wrapping_add(rounded).checked_div(whole)?.cast_signed())
}
