//! The breaker without the engine.

use core::ffi::c_void;
use core::mem::{align_of, size_of};
use core::ptr::{addr_of, addr_of_mut};

use super::init::OMS_ALIGN;
use super::pointers::{check, code, input, may, need, output, output_optional};
use crate::num::{Money, Nanos, Ratio};
use crate::risk::{Breaker, BreakerAlone, BreakerConfig, BreakerStatus, RateRing, Trip};
use crate::status::Status;
use crate::store::at;

/// Marks memory that holds a breaker.
const MAGIC: u64 = 0x6f6d_735f_6272_0001;

/// A breaker of its own. It lies in the memory that was lent to `oms_breaker_init`, which must stay
/// where it is. There is nothing to free. One thread at a time.
// As for `Oms`.
#[cfg_attr(all(), repr(C))]
pub struct OmsBreaker {
    magic: u64,
    breaker: BreakerAlone<'static>,
}

const _: () = assert!(align_of::<OmsBreaker>() <= OMS_ALIGN);

impl OmsBreaker {
    fn verify(this: *const Self) -> Result<(), Status> {
        check(&[need(this)])?;
        // SAFETY: not NULL and aligned; the caller promises readable memory.
        let magic = unsafe { addr_of!((*this).magic).read() };
        if magic == MAGIC { Ok(()) } else { Err(Status::Handle) }
    }

    unsafe fn get<'a>(this: *const Self) -> Result<&'a BreakerAlone<'static>, Status> {
        Self::verify(this)?;
        // SAFETY: the magic says that a breaker was put there; shared for the call.
        Ok(unsafe { &(*this).breaker })
    }

    unsafe fn get_mut<'a>(this: *mut Self) -> Result<&'a mut BreakerAlone<'static>, Status> {
        Self::verify(this)?;
        // SAFETY: the magic says that a breaker was put there; exclusive for the call.
        Ok(unsafe { &mut (*this).breaker })
    }
}

/// Times the ring of a breaker holds: as many as its largest rate limit.
fn ring_len(config: &BreakerConfig) -> u32 {
    config.windows().iter().flatten().map(|&(n, _)| n).max().unwrap_or(0)
}

fn checked(config: &BreakerConfig) -> Result<(), Status> {
    if config.invalid(ring_len(config)).is_some() { Err(Status::Config) } else { Ok(()) }
}

fn bytes(config: &BreakerConfig) -> Option<usize> {
    let ring = at(ring_len(config)).checked_mul(size_of::<Nanos>())?;
    size_of::<OmsBreaker>().checked_add(ring)?.checked_next_multiple_of(OMS_ALIGN)
}

/// Fills in the defaults of a breaker's configuration.
///
/// @param config  where to write.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_config_init(config: *mut BreakerConfig) -> i32 {
    code(check(&[need(config)]).map(|()| {
        // SAFETY: checked, and the caller promises room.
        unsafe { output(config, BreakerConfig::DEFAULT) };
        Status::Ok
    }))
}

/// Bytes of memory a breaker of its own takes.
///
/// @param config  the configuration.
/// @return the size in bytes; 0 when the configuration is invalid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_size(config: *const BreakerConfig) -> usize {
    // SAFETY: by the caller's promise.
    let Ok(config) = (unsafe { input(config) }) else { return 0 };
    if checked(config).is_err() {
        return 0;
    }
    bytes(config).unwrap_or(0)
}

/// Makes a breaker of its own in memory that the caller lends.
///
/// @param memory   aligned to OMS_ALIGN, writable.
/// @param size     its bytes, at least oms_breaker_size(config).
/// @param config   the configuration; it is copied.
/// @param breaker  the breaker, written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_CONFIG; OMS_E_SIZE when the memory is short.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_init(
    memory: *mut c_void,
    size: usize,
    config: *const BreakerConfig,
    breaker: *mut *mut OmsBreaker,
) -> i32 {
    let init = || {
        check(&[need(memory.cast::<u8>()), need(config), need(breaker)])?;
        if memory.align_offset(OMS_ALIGN) != 0 {
            return Err(Status::Align);
        }
        // SAFETY: by the caller's promise.
        let config = unsafe { input(config)? };
        checked(config)?;
        if size < bytes(config).ok_or(Status::Size)? {
            return Err(Status::Size);
        }
        let this = memory.cast::<OmsBreaker>();
        // SAFETY: the memory is large enough, aligned and the caller's to lend; the ring stands
        // behind the breaker and any bytes are valid times.
        unsafe {
            let ring = this.add(1).cast::<Nanos>();
            let len = at(ring_len(config));
            ring.write_bytes(0, len);
            let ring = core::slice::from_raw_parts_mut(ring, len);
            let alone = BreakerAlone::new(Breaker::new(config), RateRing::new(ring));
            addr_of_mut!((*this).breaker).write(alone);
            addr_of_mut!((*this).magic).write(MAGIC);
            output(breaker, this);
        }
        Ok(Status::Ok)
    };
    code(init())
}

/// A call that may trip.
unsafe fn recording(
    breaker: *mut OmsBreaker,
    trip: *mut Trip,
    call: impl FnOnce(&mut BreakerAlone<'static>) -> Result<Option<Trip>, Status>,
) -> i32 {
    let record = || {
        check(&[need(breaker), may(trip)])?;
        // SAFETY: by the caller's promise.
        let tripped = call(unsafe { OmsBreaker::get_mut(breaker)? })?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(trip, tripped.unwrap_or_default()) };
        Ok(Status::Ok)
    };
    code(record())
}

/// Records a closed trade: equity moves by its PnL once it is known, the losing streak is counted.
/// While the breaker is half-open it ends a probe: a loss trips again, probe_wins of them close it.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds; a step back counts as no time passed.
/// @param pnl      money units, signed.
/// @param trip     the trip this caused, cause OMS_CAUSE_NONE when none; may be NULL. Written on
///                 OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_RANGE when the equity would not
///         fit.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_record_trade(
    breaker: *mut OmsBreaker,
    now: Nanos,
    pnl: Money,
    trip: *mut Trip,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { recording(breaker, trip, |b| Ok(b.record_trade(now, pnl)?)) }
}

/// Records an order that is sent: n in a window pass, n + 1 trips. While the breaker is half-open
/// it takes a probe.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds; a step back counts as no time passed.
/// @param trip     as for oms_breaker_record_trade.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_record_order(
    breaker: *mut OmsBreaker,
    now: Nanos,
    trip: *mut Trip,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { recording(breaker, trip, |b| Ok(b.record_order(now))) }
}

/// Records that an order ended without a trade: while the breaker is half-open such a probe is
/// over. A trade (oms_breaker_record_trade) ends one as well.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds; a step back counts as no time passed.
/// @param trip     as for oms_breaker_record_trade: it is open again when all probes are over
///                 without the wins.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_record_end(
    breaker: *mut OmsBreaker,
    now: Nanos,
    trip: *mut Trip,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { recording(breaker, trip, |b| Ok(b.record_end(now))) }
}

/// Records an error.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds; a step back counts as no time passed.
/// @param trip     as for oms_breaker_record_trade.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_record_error(
    breaker: *mut OmsBreaker,
    now: Nanos,
    trip: *mut Trip,
) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { recording(breaker, trip, |b| Ok(b.record_error(now))) }
}

/// Something succeeded: the error count is 0.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds; a step back counts as no time passed.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_clear_errors(breaker: *mut OmsBreaker, now: Nanos) -> i32 {
    let clear = |alone: &mut BreakerAlone<'static>| {
        alone.clear_errors(now);
        Ok(None)
    };
    // SAFETY: by the caller's promise; there is no output.
    unsafe { recording(breaker, core::ptr::null_mut(), clear) }
}

/// Tells the balance: daily loss and drawdown are looked at.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds; a step back counts as no time passed.
/// @param current  equity, money units.
/// @param peak     a peak the caller knows, money units; OMS_OFF (-1) when it knows none. It never
///                 lowers the breaker's own.
/// @param trip     as for oms_breaker_record_trade.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_update_balance(
    breaker: *mut OmsBreaker,
    now: Nanos,
    current: Money,
    peak: Money,
    trip: *mut Trip,
) -> i32 {
    let peak = Some(peak).filter(|peak| peak.0 != crate::num::OFF);
    // SAFETY: by the caller's promise.
    unsafe { recording(breaker, trip, |b| Ok(b.update_balance(now, current, peak))) }
}

/// Trips on figures the caller has. Losses are signed: a profit never trips.
///
/// @param breaker   the breaker.
/// @param now       nanoseconds; a step back counts as no time passed.
/// @param pnl       PnL of the day as a share of equity, parts per 10^9, signed.
/// @param drawdown  fall from the peak, parts per 10^9, taken by magnitude.
/// @param force     not 0: trips by hand, whatever the figures are.
/// @param trip      as for oms_breaker_record_trade.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_check_and_trip(
    breaker: *mut OmsBreaker,
    now: Nanos,
    pnl: Ratio,
    drawdown: Ratio,
    force: u32,
    trip: *mut Trip,
) -> i32 {
    let call = |alone: &mut BreakerAlone<'static>| {
        Ok(alone.check_and_trip(now, pnl, drawdown, force != 0))
    };
    // SAFETY: by the caller's promise.
    unsafe { recording(breaker, trip, call) }
}

/// Resets by hand. It always works; what tripped counts anew from here.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds; a step back counts as no time passed.
/// @return OMS_OK; OMS_IGNORED when it was not open; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_reset(breaker: *mut OmsBreaker, now: Nanos) -> i32 {
    // SAFETY: by the caller's promise.
    code(
        unsafe { OmsBreaker::get_mut(breaker) }
            .map(|alone| if alone.reset(now) { Status::Ok } else { Status::Ignored }),
    )
}

/// Says that the trip that is open happened earlier, or not so early: the recovery counts from
/// there. For hosts that learn of the true time afterwards, or take a trip over from an earlier
/// run. Whether it is latched stays as it was decided.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds; a step back counts as no time passed.
/// @param at       when it tripped, nanoseconds, not after now.
/// @return OMS_OK; OMS_IGNORED when it is not open; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE;
///         OMS_E_RANGE for a time that is to come.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_trip_move(
    breaker: *mut OmsBreaker,
    now: Nanos,
    at: Nanos,
) -> i32 {
    // SAFETY: by the caller's promise.
    code(unsafe { OmsBreaker::get_mut(breaker) }.and_then(|alone| {
        let moved = alone.move_trip(now, at)?;
        Ok(if moved { Status::Ok } else { Status::Ignored })
    }))
}

/// Says whether orders may pass, a recovery that is due included.
///
/// @param breaker      the breaker.
/// @param now          nanoseconds.
/// @param operational  1 or 0; written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_is_operational(
    breaker: *const OmsBreaker,
    now: Nanos,
    operational: *mut u32,
) -> i32 {
    let read = || {
        check(&[need(breaker), need(operational)])?;
        // SAFETY: by the caller's promise.
        let alone = unsafe { OmsBreaker::get(breaker)? };
        // SAFETY: checked, and the caller promises room.
        unsafe { output(operational, u32::from(alone.is_operational(now))) };
        Ok(Status::Ok)
    };
    code(read())
}

/// Reads the breaker.
///
/// @param breaker  the breaker.
/// @param now      nanoseconds.
/// @param out      written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: O(orders in the last hour).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_status(
    breaker: *const OmsBreaker,
    now: Nanos,
    out: *mut BreakerStatus,
) -> i32 {
    let read = || {
        check(&[need(breaker), need(out)])?;
        // SAFETY: by the caller's promise.
        let alone = unsafe { OmsBreaker::get(breaker)? };
        // SAFETY: checked, and the caller promises room.
        unsafe { output(out, alone.status(now)) };
        Ok(Status::Ok)
    };
    code(read())
}

/// Reads one of the last 32 trips.
///
/// @param breaker  the breaker.
/// @param back     0 for the last trip, 1 for the one before, ...
/// @param out      written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE; OMS_E_UNKNOWN when fewer are kept.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_breaker_trip_get(
    breaker: *const OmsBreaker,
    back: u32,
    out: *mut Trip,
) -> i32 {
    let read = || {
        check(&[need(breaker), need(out)])?;
        // SAFETY: by the caller's promise.
        let alone = unsafe { OmsBreaker::get(breaker)? };
        let trip = alone.breaker().past_trip(back).ok_or(Status::Unknown)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output(out, *trip) };
        Ok(Status::Ok)
    };
    code(read())
}
