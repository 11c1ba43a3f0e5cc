//! REALISTIC in 64 bits.
#![forbid(unsafe_code)]

use super::{Share, SlippageConfig, SlippageOrder, draw, normal};
use crate::num::Ticks;
use crate::status::{Side, SlippageFlag, SlippageModel};

/// Prices are from 0 to this.
const PRICE_MAX: u64 = (1 << 31) - 1;
/// Ratios are from 0 to this.
const RATIO_MAX: u64 = (1 << 28) - 1;
/// The divisor of a product of twice a price and a share, less one: rounds up.
const UP: u128 = 2 * Share::ONE - 1;

const QUOTED: u32 = SlippageFlag::Quoted.raw();
const LIMITED: u32 = SlippageFlag::Limited.raw();
const BUY: u32 = side(Side::Buy);
const SELL: u32 = side(Side::Sell);

impl SlippageConfig {
    /// The price, when the model is REALISTIC and all numbers are of a usual size; `None` otherwise
    /// and for whatever is refused.
    #[inline(always)] // Twice in the code: at the door, and in `price`.
    pub(crate) fn price_lean(&self, order: &SlippageOrder) -> Option<Ticks> {
        // Before the rest, so that few numbers wait for it.
        let noise = normal(draw(self.seed, order.number)).wrapping_mul(self.noise.0);
        let is_usual = (self.impact.0 | self.noise.0).cast_unsigned() <= RATIO_MAX;
        if !is_usual || order.size >= order.volume {
            return None;
        }
        if self.model != SlippageModel::Realistic.raw() {
            return None;
        }
        // 2^58 and 1.62 2^58 at most.
        let share = self.impact_lean(order).wrapping_add(noise);
        let (bid, ask, share) = if order.flags & QUOTED == 0 {
            if self.spread.0.cast_unsigned() > RATIO_MAX {
                return None;
            }
            (order.price.0, order.price.0, share.wrapping_add(self.spread.0 << 27))
        } else {
            (order.bid.0, order.ask.0, share)
        };
        if ask.cast_unsigned() > PRICE_MAX || bid.cast_unsigned() > ask.cast_unsigned() {
            return None;
        }
        // Twice the mid, below 2^32, times a share below 2^60, over 2^29 × 10^9.
        let twice = bid.wrapping_add(ask).cast_unsigned();
        let parts = u128::from(twice).wrapping_mul(u128::from(share.max(0).cast_unsigned()));
        let ticks = over_power_of_five(low(parts.wrapping_add(UP) >> 38)).cast_signed();
        let price = match order.side {
            BUY => ask.wrapping_add(ticks),
            SELL => bid.wrapping_sub(ticks),
            _ => return None,
        };
        if order.flags <= QUOTED { Some(Ticks(price)) } else { limited(order, price) }
    }

    /// impact × p, for a volume above the size; as `Share` has it.
    #[inline]
    fn impact_lean(&self, order: &SlippageOrder) -> i64 {
        let zeros = order.volume.leading_zeros();
        let volume = (order.volume.wrapping_shl(zeros) >> 32).wrapping_add(1);
        // Of the flags nothing is left: the xor keeps the compiler from trying 32 bits first.
        let size = order.size.wrapping_shl(zeros) ^ u64::from(order.flags >> 2);
        // Below 2^32.
        let p = size.checked_div(volume).unwrap_or(0).cast_signed();
        p.wrapping_mul(self.impact.0) >> 4
    }
}

/// The price, or the limit when it is beyond.
#[inline]
fn limited(order: &SlippageOrder, price: i64) -> Option<Ticks> {
    if order.flags > (QUOTED | LIMITED) {
        return None;
    }
    let is_buy = order.side == BUY;
    let price = if is_buy { price.min(order.limit.0) } else { price.max(order.limit.0) };
    (price.unsigned_abs() <= Ticks::MAX.unsigned_abs()).then_some(Ticks(price))
}

#[expect(clippy::as_conversions, reason = "a constant")]
const fn side(side: Side) -> u32 {
    side.raw() as u32
}

/// number / 5^9, rounded down, for numbers below 2^55: times 2^75 / 5^9, rounded up.
#[inline]
#[expect(clippy::as_conversions, reason = "to more bits")]
const fn over_power_of_five(number: u64) -> u64 {
    low((number as u128).wrapping_mul(0x44_b82f_a09b_5a53) >> 64) >> 11
}

#[inline]
#[expect(clippy::as_conversions, reason = "by truncation")]
const fn low(number: u128) -> u64 {
    number as u64
}
