//! The doors of the market, the clock, the operator, and the way out.

use super::handle::Oms;
use super::orders::{door, sound};
use super::pointers::{
    are_good, array, check, code, fits, input, may, need, output, output_optional, past_null,
};
use crate::engine::{Calm, CashAdjust, Control, Drain, Engine, MassCancel, Poll, Polled, Timer};
use crate::event::{Command, Event};
use crate::market::{Bar, Quote, SymbolDefine, Trade};
use crate::status::Status;
use crate::store::at;

/// Defines a symbol. Nothing trades in it before its limits are set.
///
/// @param oms      the engine.
/// @param request  name and sizes.
/// @param symbol   its number, from 0 on; may be NULL. Written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM; OMS_E_RANGE for a bad name or a size that is not positive; OMS_E_CAPACITY;
///         OMS_E_CONFLICT for a name that is taken; OMS_E_RANGE for sizes that fit no common unit
///         with the other symbols.
///
/// Cost: O(symbols).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_symbol_define(
    oms: *mut Oms,
    request: *const SymbolDefine,
    symbol: *mut u32,
) -> i32 {
    let pass = |engine: &mut crate::engine::Engine<'static>, request: &SymbolDefine| {
        let number = engine.symbol_define(request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(symbol, number) };
        Ok(Status::Ok)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [may(symbol)], pass) }
}

/// Takes best bid and ask: values the positions, checks the breaker, fires what is reached.
///
/// @param oms      the engine.
/// @param request  the quote.
/// @return OMS_OK; OMS_MORE when more triggers are reached than one call works off: the quote is
///         taken whole, call oms_drain; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND,
///         OMS_E_SIZE, OMS_E_RESERVED; OMS_E_SYMBOL; OMS_E_PRICE for a price the symbol cannot
///         have or a bid above the ask; OMS_E_RANGE for a negative quantity, or when the equity
///         would not fit.
///
/// In a symbol with another trigger_source it values the positions only.
///
/// Cost: O(1) when nothing fires, however many stops rest or follow; O(log2(capacity)) when the
/// price passes the best prices of older trailing stops. At most work_per_call × C log2(capacity).
/// Besides O(scopes below the root that have a book in the symbol): the accounts of these move too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_quote(oms: *mut Oms, request: *const Quote) -> i32 {
    // SAFETY: by the caller's promise.
    if let Some((engine, record)) = unsafe { sound(oms, request) } {
        match engine.quote_calmly(record) {
            Calm::Taken => return Status::Ok.raw(),
            Calm::Moves(at) => return quote_moving(engine, record, at),
            Calm::Rises => return quote_rising(engine, record),
            Calm::Falls => return quote_falling(engine, record),
            Calm::Unsure => return quote_slowly(engine, record),
        }
    }
    // SAFETY: by the caller's promise.
    unsafe { quote_any(oms, request) }
}

/// A quote while a kill is in force, and what is wrong with a call.
///
/// # Safety
/// As [`oms_quote`].
#[cold]
#[inline(never)]
unsafe fn quote_any(oms: *mut Oms, request: *const Quote) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.quote(r)) }
}

/// A quote that is not calm.
#[cold]
#[inline(never)]
fn quote_slowly(engine: &mut Engine<'static>, request: &Quote) -> i32 {
    code(engine.quote_slowly(request))
}

/// A quote that trailing stops of longs follow.
#[cold]
#[inline(never)]
fn quote_rising(engine: &mut Engine<'static>, request: &Quote) -> i32 {
    let longs = engine.quote_riding::<true>(request);
    if longs { Status::Ok.raw() } else { follow(engine, request) }
}

/// A quote that trailing stops of shorts follow.
#[cold]
#[inline(never)]
fn quote_falling(engine: &mut Engine<'static>, request: &Quote) -> i32 {
    let shorts = engine.quote_riding::<false>(request);
    if shorts { Status::Ok.raw() } else { follow(engine, request) }
}

/// One that they do not follow all at once, or those of both.
#[cold]
#[inline(never)]
fn follow(engine: &mut Engine<'static>, request: &Quote) -> i32 {
    code(engine.quote_carrying(request))
}

/// A quote by which the equity leaves its window.
#[cold]
#[inline(never)]
fn quote_moving(engine: &mut Engine<'static>, request: &Quote, at: u64) -> i32 {
    if engine.quote_peaking(request, at) {
        return Status::Ok.raw();
    }
    stretch(engine, request, at)
}

/// One by which it does not just come to one more peak.
#[cold]
#[inline(never)]
fn stretch(engine: &mut Engine<'static>, request: &Quote, at: u64) -> i32 {
    code(engine.quote_moving(request, at))
}

/// Takes a trade of the market, the official close, or a mark price. In a symbol whose
/// trigger_source it is it fires what is reached, as oms_quote does elsewhere.
///
/// @param oms      the engine.
/// @param request  the trade.
/// @return OMS_OK; OMS_MORE as oms_quote; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND,
///         OMS_E_SIZE, OMS_E_RESERVED, OMS_E_ENUM, OMS_E_SYMBOL, OMS_E_PRICE, OMS_E_RANGE.
///
/// Cost: O(1). In a symbol whose triggers look at it as oms_quote: at most work_per_call × C
/// log2(capacity).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_trade(oms: *mut Oms, request: *const Trade) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.trade(r)) }
}

/// Takes a bar, in PAPER and BACKTEST: the price goes from its open by both extremes to its close,
/// and is a quote wherever something comes of it. What is held is hurt first; docs/execution.md
/// says how the path goes, and why.
///
/// @param oms      the engine.
/// @param request  the bar; header.now is the time at which it is over.
/// @return OMS_OK; OMS_MORE when more comes of it than one call works off: call oms_drain until it
///         answers OMS_OK, the engine's clock stands inside the bar until then; OMS_E_NULL,
///         OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED; OMS_E_STATE in LIVE;
///         OMS_E_PENDING while another bar is not over (oms_drain); OMS_E_SYMBOL; OMS_E_PRICE when
///         the symbol cannot have low, high or high + spread, or open or close is not between low
///         and high; OMS_E_RANGE for a negative volume or spread, a begin before the engine's clock
///         (oms_account_t.now) or after header.now, or when the equity would not fit.
///
/// A bar that is refused changes nothing, with one exception: when the equity comes not to fit by
/// what was executed inside the bar, OMS_E_RANGE ends it where it is.
///
/// Cost: four quotes when nothing comes of it. Each place where something does is one unit of work,
/// and each trigger that fires there another one: at most work_per_call × C log2(capacity), and
/// what the simulated venue does with the orders that are reached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_bar(oms: *mut Oms, request: *const Bar) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.bar(r)) }
}

/// Lets time pass: sessions roll, the breaker recovers, closes that the gate refused are tried
/// again, orders that were not handed out expire, orders are given up at their timeout_at and
/// handed out again at their retry_at. Call it about once a second when nothing else happens.
///
/// Of the refused closes at most work_per_call are tried again, in turns: the next call goes on
/// with the others. OMS_MORE does not tell of them, as they may be refused for long.
///
/// @param oms      the engine.
/// @param request  the time.
/// @return OMS_OK, OMS_MORE; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE,
///         OMS_E_RESERVED.
///
/// Cost: O(1) when nothing is due. At most work_per_call × C log2(capacity): for orders whose time
/// has come, for refused closes and for queued work each; besides, as oms_order_cancel for each
/// parent whose time has come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_timer(oms: *mut Oms, request: *const Timer) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.timer(r)) }
}

/// Goes on with queued work. Call it until it answers OMS_OK, before other calls: what happens in
/// between joins the queue (a stop whose close is rejected meanwhile fires again with the rest).
///
/// @param oms      the engine.
/// @param request  the time.
/// @return OMS_OK when none is left, OMS_MORE; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND,
///         OMS_E_SIZE, OMS_E_RESERVED.
///
/// Cost: O(1) when nothing is queued. At most work_per_call × C log2(capacity): for what a timer
/// has left, parents as there, and for queued work each. A symbol whose queued work was cancelled
/// is a unit of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_drain(oms: *mut Oms, request: *const Drain) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.drain(r)) }
}

/// Does what an operator, or the host, says: trading state, breaker, errors, a sign of life, an end
/// of what REPEAT holds back.
///
/// OMS_TRADING_KILLED works as oms_kill, for the scope and all below it or, with
/// OMS_CONTROL_FLAG_SYMBOL, for one symbol of it; OMS_CONTROL_FLAG_FLATTEN as oms_kill_flatten. It
/// holds until another state is set for the same scope and symbol: nothing else takes it back. Of
/// several states that bear on an order the strictest binds.
///
/// @param oms      the engine.
/// @param request  action and value.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM for the action, a trading state or flags that the action does not have;
///         OMS_E_RESERVED for a symbol without its flag; OMS_E_SCOPE; OMS_E_SYMBOL, also for the
///         value of OMS_CONTROL_REPEAT_RESET; OMS_E_CAPACITY without room for the book of a symbol
///         in a scope; OMS_E_PENDING for a trading state while the polls have not handed out every
///         cancel of a kill, or of a host that fell silent.
///
/// Cost: O(1), to let sides go O(symbols + books), to kill below the root O(scopes).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_control(oms: *mut Oms, request: *const Control) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.control(r)) }
}

/// Takes a deposit or withdrawal: equity, session start and peak move alike.
///
/// @param oms      the engine.
/// @param request  the amount.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_SCOPE; OMS_E_RANGE when the equity would not fit.
///
/// Cost: O(1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_cash_adjust(oms: *mut Oms, request: *const CashAdjust) -> i32 {
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [], |e, r| e.cash_adjust(r)) }
}

/// Throws the kill switch: no order of the caller's leaves any more, and the next polls hand out
/// one cancel for every live order, closing orders included.
///
/// Stops and targets stay armed, and one that fires later still closes its position. oms_control
/// with OMS_CONTROL_TRADING_STATE takes it back, once every cancel was handed out.
/// OMS_EVENT_FLAT says that no live order and no position is left.
///
/// @param oms  the engine.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: one atomic operation. Threads: from any thread, signal handler or interrupt, at any time
/// after oms_init, also while another call is running.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_kill(oms: *const Oms) -> i32 {
    // SAFETY: by the caller's promise.
    code(unsafe { Oms::kill_switch(oms) }.map(|kill| {
        kill.throw();
        Status::Ok
    }))
}

/// As oms_kill, and then every position is closed: when the polls have handed out the cancels they
/// hand out reduce-only market orders of the engine's own, above the largest quantity several. As
/// all such orders they must pass FIELDS, SYMBOL, INCREMENT and CAPACITY: of a symbol that is
/// disabled (OMS_LIMIT_DISABLED) nothing is closed until it is enabled, and each oms_timer says so
/// by OMS_EVENT_ORDER_DENIED. Halted symbols, scopes and breakers hold up none of them.
///
/// What an order may still take of a position, its cancel being in flight, is closed when that is
/// answered. What is opened later, by late executions, is closed too, until the kill is taken back.
/// A close that is rejected, fails or is cancelled leaves an alarm (OMS_ANOMALY_CLOSE_FAILED, or
/// OMS_EVENT_ORDER_DENIED) and is tried again by oms_timer. After an oms_kill it adds the closing.
///
/// @param oms  the engine.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE.
///
/// Cost: one atomic operation; the closes are made by the polls. Threads: as oms_kill.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_kill_flatten(oms: *const Oms) -> i32 {
    // SAFETY: by the caller's promise.
    code(unsafe { Oms::kill_switch(oms) }.map(|kill| {
        kill.throw_and_flatten();
        Status::Ok
    }))
}

/// Cancels every live order of a scope and all below it, of one symbol or all, of one side or both:
/// those in flight and not acknowledged too. Held orders, and those that were not handed out, end
/// at once; the others' cancels come out by oms_poll. New orders are taken as before: to refuse
/// them too, kill the scope or symbol (oms_control).
///
/// With OMS_MASS_CANCEL_FLATTEN the positions there are closed as by oms_kill_flatten: those that
/// are open now, and what the cancelled orders still bring; of one side those of its orders
/// (OMS_SIDE_BUY: longs), whose reduce-only orders are cancelled too. OMS_EVENT_FLAT says that no
/// live order and no position of either side is left there. Until then a symbol without scopes,
/// or the whole engine when it is about scope 0 and all symbols, takes the long way for every call.
/// A trading state that is set for the same scope and symbol ends it.
///
/// @param oms      the engine.
/// @param request  what to cancel.
/// @param count    how many orders were cancelled, or asked to be; those whose cancel was in flight
///                 do not count. May be NULL. Written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED,
///         OMS_E_ENUM for side and flags; OMS_E_SCOPE; OMS_E_SYMBOL.
///
/// Cost: O(live orders): each as oms_order_cancel; with OMS_MASS_CANCEL_FLATTEN and O(positions).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_mass_cancel(
    oms: *mut Oms,
    request: *const MassCancel,
    count: *mut u32,
) -> i32 {
    let pass = |engine: &mut Engine<'static>, request: &MassCancel| {
        let (status, cancelled) = engine.mass_cancel(request)?;
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(count, cancelled) };
        Ok(status)
    };
    // SAFETY: by the caller's promise.
    unsafe { door(oms, request, [may(count)], pass) }
}

/// Hands out commands for the venue and events for people, oldest first. What is handed out counts
/// as sent: commands are handed out once and never lost. In PAPER and BACKTEST commands go to the
/// simulated venue, in every call: events alone come out.
///
/// @param oms       the engine.
/// @param request   the lengths of the arrays, max_commands and max_events.
/// @param commands  room for max_commands; may be NULL when that is 0.
/// @param events    room for max_events; may be NULL when that is 0.
/// @param polled    how many of each; written on OMS_OK.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_HANDLE, OMS_E_KIND, OMS_E_SIZE, OMS_E_RESERVED;
///         OMS_E_NULL, OMS_E_ALIGN for the arrays, whose lengths the record gives.
///
/// Cost: max_commands × C log2(capacity), and O(max_events). Orders that end here instead (their
/// time is over, a kill) besides: at most work_per_call × C log2(capacity).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_poll(
    oms: *mut Oms,
    request: *const Poll,
    commands: *mut Command,
    events: *mut Event,
    polled: *mut Polled,
) -> i32 {
    // Most calls are right: few comparisons tell.
    let outputs = past_null(polled) | past_null(commands) | past_null(events);
    if are_good::<Poll>(past_null::<Poll>(oms.cast()) | past_null(request) | outputs) {
        // SAFETY: not NULL and aligned; the rest by the caller's promise.
        let (clear, asked) = unsafe { (Oms::mark(oms).is_clear(), &*request) };
        let (most, room) = (at(asked.max_commands), at(asked.max_events));
        let fits = fits::<Command>(most).is_ok() && fits::<Event>(room).is_ok();
        if clear && fits && asked.header.is_of::<Poll>() && asked.reserved == [0] {
            // SAFETY: the mark is good; by the caller's promise, for the lengths the record names.
            unsafe {
                let commands = core::slice::from_raw_parts_mut(commands, most);
                let events = core::slice::from_raw_parts_mut(events, room);
                output(polled, Oms::marked_mut(oms).poll_into(asked, commands, events));
            }
            return Status::Ok.raw();
        }
    }
    // SAFETY: by the caller's promise.
    unsafe { poll_slowly(oms, request, commands, events, polled) }
}

/// Any poll, and what is wrong with a call.
///
/// # Safety
/// As [`oms_poll`].
#[cold]
#[inline(never)]
unsafe fn poll_slowly(
    oms: *mut Oms,
    request: *const Poll,
    commands: *mut Command,
    events: *mut Event,
    polled: *mut Polled,
) -> i32 {
    let hand_out = || {
        check(&[need(oms), need(request), need(polled)])?;
        // SAFETY: by the caller's promise.
        let (engine, request) = unsafe { (Oms::engine_mut(oms)?, input(request)?) };
        // A record of another kind says nothing about the arrays.
        crate::status::Request::check_frame(request)?;
        // SAFETY: by the caller's promise, for the lengths the record names.
        let commands = unsafe { array(commands, at(request.max_commands))? };
        // SAFETY: as above.
        let events = unsafe { array(events, at(request.max_events))? };
        let result = engine.poll(request, commands, events)?;
        // SAFETY: checked.
        unsafe { output(polled, result) };
        Ok(Status::Ok)
    };
    code(hand_out())
}
