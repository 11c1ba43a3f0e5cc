//! DEPTH: the price of a quantity over the levels of a book.
#![forbid(unsafe_code)]

use crate::num::{Int128, Lots, Ratio, Ticks, div_floor};
use crate::status::{Side, Status};

/// A price and what is to be had there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct DepthLevel {
    /// Ticks.
    pub price: Ticks,
    /// Lots, above 0.
    pub qty: Lots,
}

/// What a walk over the levels fills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct DepthFill {
    /// Sum of price × quantity, exact: tick-lots.
    pub value: Int128,
    /// Lots that are filled: the quantity, or less where the levels or the limit end.
    pub filled: Lots,
    /// Whole ticks of the average price, rounded down; 0 when nothing is filled.
    pub price: Ticks,
    /// What the average has above `price`, in parts per 10^9 of a tick, 0 to 999 999 999: rounded
    /// against the taker (a buy up, a sell down), and exact when `exact` is 1.
    pub parts: Ratio,
    /// The last price that was touched, ticks; 0 when nothing is filled.
    pub worst: Ticks,
    /// Levels that were touched.
    pub levels: u32,
    /// 1 when price and parts are the average exactly.
    pub exact: u8,
    /// Zero.
    pub reserved: [u8; 3],
}

/// Fills the quantity level by level, from the best on, no further than the limit:
/// `Ticks(i64::MAX)` for a buy, `Ticks(i64::MIN)` for a sell is none. Cost: O(levels that are
/// touched).
///
/// # Errors
/// `BadQty` for a quantity, or one of a level that is looked at, that is not above 0 or is above
/// [`Lots::MAX`]; `Price` for one beyond ±[`Ticks::MAX`], or one that is not worse than that of the
/// level before.
pub fn walk(
    side: Side,
    levels: &[DepthLevel],
    qty: Lots,
    limit: Ticks,
) -> Result<DepthFill, Status> {
    if !is_qty(qty) {
        return Err(Status::BadQty);
    }
    let mut fill = DepthFill::default();
    let (mut rest, mut value, mut last) = (qty.0, 0_i128, None);
    for level in levels {
        if rest == 0 {
            break;
        }
        let is_price = level.price.0.unsigned_abs() <= Ticks::MAX.unsigned_abs();
        if !is_price || last.is_some_and(|last| !is_worse(side, level.price, last)) {
            return Err(Status::Price);
        }
        if !is_qty(level.qty) {
            return Err(Status::BadQty);
        }
        if is_worse(side, level.price, limit) {
            break;
        }
        let taken = rest.min(level.qty.0);
        rest = rest.wrapping_sub(taken);
        // At most 2^60 lots at prices of at most 2^60.
        value = value.wrapping_add(level.price.times(Lots(taken)));
        fill.levels = fill.levels.saturating_add(1);
        fill.worst = level.price;
        last = Some(level.price);
    }
    fill.filled = Lots(qty.0.wrapping_sub(rest));
    fill.value = Int128::from(value);
    average(&mut fill, side, value).ok_or(Status::Range)?;
    Ok(fill)
}

fn is_qty(qty: Lots) -> bool {
    (1..=Lots::MAX).contains(&qty.0)
}

/// Whether a taker of this side would rather have the other price.
fn is_worse(side: Side, price: Ticks, than: Ticks) -> bool {
    match side {
        Side::Buy => price > than,
        Side::Sell => price < than,
    }
}

/// Price and parts of the average.
fn average(fill: &mut DepthFill, side: Side, value: i128) -> Option<()> {
    let filled = i128::from(fill.filled.0);
    if filled == 0 {
        fill.exact = 1;
        return Some(());
    }
    let whole = div_floor(value, filled)?;
    let rest = value.checked_sub(whole.checked_mul(filled)?)?;
    let scaled = rest.checked_mul(i128::from(Ratio::ONE))?;
    let floor = div_floor(scaled, filled)?;
    let is_exact = floor.checked_mul(filled)? == scaled;
    let up = i128::from(!is_exact && side == Side::Buy);
    let parts = i64::try_from(floor.checked_add(up)?).ok()?;
    let (carry, parts) = if parts == Ratio::ONE { (1, 0) } else { (0, parts) };
    fill.price = Ticks(i64::try_from(whole).ok()?.checked_add(carry)?);
    fill.parts = Ratio(parts);
    fill.exact = u8::from(is_exact);
    Some(())
}
