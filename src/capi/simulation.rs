//! Slippage, sizes and fees: no engine, no state.

use super::pointers::{
    are_good, check, code, input, inputs, may, need, output, output_optional, past_null,
};
use crate::num::{Lots, Money, Nanos, Ratio, Ticks};
use crate::sim::{
    DepthFill, DepthLevel, FeeSchedule, FeeVolume, OrderSize, SlippageConfig, SlippageOrder,
    fill_max, walk,
};
use crate::status::{FeePlan, Liquidity, Side, SimulationField, SlippageModel, Status};

#[expect(clippy::as_conversions, reason = "a constant")]
const MAKER: u32 = Liquidity::Maker.raw() as u32;
#[expect(clippy::as_conversions, reason = "a constant")]
const TAKER: u32 = Liquidity::Taker.raw() as u32;

/// Fills in a model of slippage with its defaults.
///
/// @param model     OMS_SLIPPAGE_*.
/// @param slippage  where to write; written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_ENUM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_slippage_init(model: u32, slippage: *mut SlippageConfig) -> i32 {
    code(check(&[need(slippage)]).and_then(|()| {
        let model = u8::try_from(model).ok().and_then(SlippageModel::from_raw);
        // SAFETY: checked, and the caller promises room.
        unsafe { output(slippage, SlippageConfig::new(model.ok_or(Status::Enum)?)) };
        Ok(Status::Ok)
    }))
}

/// Names the field that is invalid, for a check of a record.
unsafe fn named(field: *mut u32, invalid: Option<SimulationField>) -> Result<Status, Status> {
    // SAFETY: by the caller's promise.
    unsafe { output_optional(field, invalid.unwrap_or(SimulationField::None).raw()) };
    if invalid.is_some() { Err(Status::Config) } else { Ok(Status::Ok) }
}

/// Says which field of a model of slippage is invalid.
///
/// @param slippage  the model.
/// @param field     OMS_SIM_FIELD_* of the invalid field of the smallest number,
///                  OMS_SIM_FIELD_NONE when all are valid; may be NULL. Written on OMS_OK and
///                  OMS_E_CONFIG.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_CONFIG.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_slippage_check(
    slippage: *const SlippageConfig,
    field: *mut u32,
) -> i32 {
    code(check(&[need(slippage), may(field)]).and_then(|()| {
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { named(field, input(slippage)?.invalid()) }
    }))
}

/// The price at which an order that takes executes.
///
/// The reference is the mid of bid and ask where they are given, and the spread is theirs; else it
/// is order->price. The model moves the price by a share of |reference| against the order; it is
/// rounded to ticks against it (a buy up, a sell down), never better than the opposite best (or
/// order->price), and never beyond the limit. An order whose limit the market has not reached does
/// not execute: its price would be the limit.
///
/// p is order->size / order->volume. Per model the share is
///   FIXED         share
///   VOLUME        factor * min(p, participation_max); share when the volume is 0
///   SPREAD        half the spread
///   REALISTIC     half the spread + impact * p + N(0, noise), at least 0; the volume 0: without
///                 the middle part
///   VOLUME_SHARE  factor * min(p, participation_max)^2; participation_max when the volume is 0
///   SQUARE_ROOT   factor * volatility * root of p
///   ALMGREN       volatility * .142 * v^.6, v = p / days; and, unless outstanding is 0,
///                 + volatility * days * .314 / 2 * v^.891 * (outstanding / volume)^.267
/// Noise is a function of slippage->seed and order->number alone. Shares are exact, or rounded
/// down by less than 10^-18 (FIXED, SPREAD, VOLUME, VOLUME_SHARE, REALISTIC beside its noise) or
/// 10^-15 of themselves; the noise follows the normal distribution to 6 * 10^-5 of its standard
/// deviation. All bits are the same on every machine. Sources and tests: docs/simulation.md.
///
/// The model must be one that oms_slippage_check takes; only the parameters it reads are looked at
/// here.
///
/// @param slippage  the model; not OMS_SLIPPAGE_DEPTH.
/// @param order     the order and the market.
/// @param price     ticks, written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; of the order: OMS_E_ENUM (side, flags),
///         OMS_E_PRICE (beyond +-2^60, or a bid above the ask); OMS_E_ENUM for an unknown model;
///         OMS_E_STATE for DEPTH; OMS_E_RANGE for a negative parameter, SQUARE_ROOT
///         or ALMGREN without a volume, and a price beyond +-2^60.
///
/// Cost: O(1). REALISTIC: some 100 instructions, one division among them, while the volume is above
/// the size, impact and noise below 2^28, and bid and ask from 0 to 2^31.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_slippage_price(
    slippage: *const SlippageConfig,
    order: *const SlippageOrder,
    price: *mut Ticks,
) -> i32 {
    const {
        assert!(align_of::<SlippageConfig>() == align_of::<SlippageOrder>());
        assert!(align_of::<Ticks>() == align_of::<SlippageOrder>());
    }
    if are_good::<SlippageOrder>(past_null(slippage) | past_null(order) | past_null(price)) {
        // SAFETY: not NULL and aligned; readable by the caller's promise.
        if let Some(found) = unsafe { (*slippage).price_lean(&*order) } {
            // SAFETY: as above; writable by the caller's promise.
            unsafe { output(price, found) };
            return Status::Ok.raw();
        }
    }
    // SAFETY: the caller's promise is passed on.
    unsafe { price_slowly(slippage, order, price) }
}

#[cold]
#[inline(never)]
unsafe fn price_slowly(
    slippage: *const SlippageConfig,
    order: *const SlippageOrder,
    price: *mut Ticks,
) -> i32 {
    code(check(&[need(slippage), need(order), need(price)]).and_then(|()| {
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { output(price, input(slippage)?.price_exact(input(order)?)?) };
        Ok(Status::Ok)
    }))
}

/// Half the spread + impact * p: the estimate of what an order costs at worst, whatever the model
/// is. Noise is left out and p is not bounded.
///
/// @param slippage  the model: spread and impact are read.
/// @param size      of the order, in the units of the volume.
/// @param volume    of the market, above 0.
/// @param estimate  share of the price, parts per 10^9, rounded up; written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_RANGE for no volume, a negative parameter, and
///         an estimate that does not fit.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_slippage_worst_case(
    slippage: *const SlippageConfig,
    size: u64,
    volume: u64,
    estimate: *mut Ratio,
) -> i32 {
    code(check(&[need(slippage), need(estimate)]).and_then(|()| {
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { output(estimate, input(slippage)?.worst_case(size, volume)?) };
        Ok(Status::Ok)
    }))
}

/// Says whether the size of an order suits the market: a word, not an error.
///
/// @param slippage      the model: spread, impact and participation_max are read.
/// @param size          of the order, in the units of the volume.
/// @param volume        of the market; 0 when it is not known: OMS_SIZE_NO_VOLUME.
/// @param estimate_max  largest estimate of the worst case that passes, parts per 10^9; OMS_OFF:
///                      any. The original's is OMS_BPS(50).
/// @param said          the code and its numbers; written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_RANGE for a negative parameter.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_order_size_check(
    slippage: *const SlippageConfig,
    size: u64,
    volume: u64,
    estimate_max: Ratio,
    said: *mut OrderSize,
) -> i32 {
    code(check(&[need(slippage), need(said)]).and_then(|()| {
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { output(said, input(slippage)?.size(size, volume, estimate_max)?) };
        Ok(Status::Ok)
    }))
}

/// Fills a quantity over the levels of a book (model OMS_SLIPPAGE_DEPTH): how much of it, at which
/// average price.
///
/// @param side    OMS_SIDE_BUY takes asks, OMS_SIDE_SELL bids.
/// @param levels  price levels, the best first, each worse than the one before.
/// @param count   their number; 0: nothing is filled, levels may be NULL.
/// @param qty     lots, 1 to 2^60.
/// @param limit   no price beyond it is paid, ticks; none: INT64_MAX for a buy, INT64_MIN for a
///                sell.
/// @param fill    written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_ENUM for the side; OMS_E_BAD_QTY for the
///         quantity or that of a level; OMS_E_PRICE for one beyond +-2^60 or out of order. Levels
///         behind the last that is touched are not looked at.
///
/// Cost: O(levels that are touched).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_slippage_depth(
    side: u32,
    levels: *const DepthLevel,
    count: usize,
    qty: Lots,
    limit: Ticks,
    fill: *mut DepthFill,
) -> i32 {
    let levels_needed = if count == 0 { may(levels) } else { need(levels) };
    code(check(&[levels_needed, need(fill)]).and_then(|()| {
        let side = u8::try_from(side).ok().and_then(Side::from_raw).ok_or(Status::Enum)?;
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { output(fill, walk(side, inputs(levels, count)?, qty, limit)?) };
        Ok(Status::Ok)
    }))
}

/// How much of an order a bar fills: of its volume at most participation_max, rounded down, for
/// all orders together (zipline's volume limit).
///
/// @param slippage  the model: participation_max is read.
/// @param volume    of the bar, lots.
/// @param done      lots of it that were filled before.
/// @param qty       lots of the order.
/// @param fill      lots that are filled, 0 to qty; written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_slippage_fill_max(
    slippage: *const SlippageConfig,
    volume: u64,
    done: u64,
    qty: Lots,
    fill: *mut Lots,
) -> i32 {
    code(check(&[need(slippage), need(fill)]).and_then(|()| {
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { output(fill, fill_max(input(slippage)?, volume, done, qty)) };
        Ok(Status::Ok)
    }))
}

/// Fills in a named schedule of fees.
///
/// @param plan  OMS_FEES_*.
/// @param fees  where to write; written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_ENUM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_fees_init(plan: u32, fees: *mut FeeSchedule) -> i32 {
    code(check(&[need(fees)]).and_then(|()| {
        let plan = FeePlan::from_raw(plan).ok_or(Status::Enum)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output(fees, FeeSchedule::of(plan)) };
        Ok(Status::Ok)
    }))
}

/// Says which field of a schedule of fees is invalid.
///
/// @param fees   the schedule.
/// @param field  as for oms_slippage_check.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_CONFIG.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_fees_check(fees: *const FeeSchedule, field: *mut u32) -> i32 {
    code(check(&[need(fees), may(field)]).and_then(|()| {
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { named(field, input(fees)?.invalid()) }
    }))
}

/// The fee of an execution: |value| * rate + per_lot * |lots|, rounded towards plus infinity (the
/// trader pays more or is given less), then at most maximum, at least minimum. The rate is the
/// maker's or the taker's of the last tier whose volume is reached, of the schedule below the
/// first; without a known liquidity the dearer of both.
///
/// @param fees       a schedule that oms_fees_check takes.
/// @param value      of the execution, money units; its sign does not matter.
/// @param lots       of the execution; their sign does not matter.
/// @param liquidity  OMS_LIQUIDITY_*.
/// @param volume     what was traded in 30 days, in the units of the tiers (oms_fee_volume_get);
///                   read when there are tiers.
/// @param fee        money units; positive: paid by the trader, negative: to the trader. Written
///                   on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_ENUM for the liquidity; OMS_E_RANGE for a fee
///         that does not fit.
///
/// Cost: O(tiers), 8 at most; some 30 instructions without tiers while |value| * rate is below
/// 2^64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_fee(
    fees: *const FeeSchedule,
    value: Money,
    lots: Lots,
    liquidity: u32,
    volume: u64,
    fee: *mut Money,
) -> i32 {
    const { assert!(align_of::<Money>() == align_of::<FeeSchedule>()) };
    if are_good::<FeeSchedule>(past_null(fees) | past_null(fee)) {
        // SAFETY: not NULL and aligned; readable by the caller's promise.
        let lean = if liquidity == TAKER {
            unsafe { (*fees).fee_lean(value, Liquidity::Taker) }
        } else if liquidity == MAKER {
            unsafe { (*fees).fee_lean(value, Liquidity::Maker) }
        } else {
            None
        };
        if let Some(found) = lean {
            // SAFETY: as above; writable by the caller's promise.
            unsafe { output(fee, found) };
            return Status::Ok.raw();
        }
    }
    // SAFETY: the caller's promise is passed on.
    unsafe { fee_slowly(fees, value, lots, liquidity, volume, fee) }
}

#[cold]
#[inline(never)]
unsafe fn fee_slowly(
    fees: *const FeeSchedule,
    value: Money,
    lots: Lots,
    liquidity: u32,
    volume: u64,
    fee: *mut Money,
) -> i32 {
    code(check(&[need(fees), need(fee)]).and_then(|()| {
        let liquidity = u8::try_from(liquidity).ok().and_then(Liquidity::from_raw);
        let liquidity = liquidity.ok_or(Status::Enum)?;
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { output(fee, input(fees)?.fee(value, lots, liquidity, volume)?) };
        Ok(Status::Ok)
    }))
}

/// Adds what was traded to the volume of 30 days that chooses the tier of fees.
///
/// @param volume  a record that was zero at first.
/// @param now     nanoseconds; a step back counts for the latest day that was seen.
/// @param traded  of the unit that the tiers have: as a rule the value, money units.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN.
///
/// Cost: O(1); 30 steps with the first of a day.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_fee_volume_add(
    volume: *mut FeeVolume,
    now: Nanos,
    traded: u64,
) -> i32 {
    code(check(&[need(volume)]).map(|()| {
        // SAFETY: checked; the caller's alone for the call, by its promise.
        if let Some(volume) = unsafe { volume.as_mut() } {
            volume.add(now, traded);
        }
        Status::Ok
    }))
}

/// What was traded in the 30 days that end with that of `now`, for oms_fee.
///
/// @param volume  the record; not changed.
/// @param now     nanoseconds.
/// @param traded  written on OMS_OK; it stops at 2^64 - 1.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN.
///
/// Cost: O(1); some 60 steps on a day on which nothing was added.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_fee_volume_get(
    volume: *const FeeVolume,
    now: Nanos,
    traded: *mut u64,
) -> i32 {
    code(check(&[need(volume), need(traded)]).and_then(|()| {
        // SAFETY: checked; readable and writable by the caller's promise.
        unsafe { output(traded, input(volume)?.at(now)) };
        Ok(Status::Ok)
    }))
}
