//! Configuration, the layout of lent memory, and the beginning of an engine.

use core::ffi::c_void;
use core::mem::{align_of, size_of};

use super::handle::Oms;
use super::pointers::{check, code, may, need, output, output_optional};
use crate::engine::{Capacity, Config, Engine, Memory};
use crate::event::Event;
use crate::exec::{Arrival, Desk, Outcomes, Shortfall, StatisticsMemory};
use crate::market::Place;
use crate::num::Nanos;
use crate::order::{Execution, Order, OrderMemory};
use crate::position::{Position, PositionMemory, Totals};
use crate::risk::{
    BreakerConfig, Exposure, Recent, ReconcileMemory, Repeats, Scope, ScopeBook, SequenceMemory,
};
use crate::sim::{Book, Message, Venue, VenueMemory, VenueOrder};
use crate::status::{ConfigField, Status};
use crate::store::{
    Entry, HeapNode, IndexNode, Links, RetainedMemory, Slot, TrailNode, Tree, TreeNode, at,
};
use crate::trigger::{Queues, Trigger, TriggerMemory};

/// Alignment of the memory for `oms_init` and `oms_breaker_init`, in bytes.
pub const OMS_ALIGN: usize = 64;

const _: () = assert!(align_of::<Oms>() <= OMS_ALIGN);

/// Hands out aligned parts of the lent memory, or only counts them.
struct Carver {
    base: *mut u8,
    used: usize,
}

impl Carver {
    /// The offset of the next `count` elements; `None` when the sum does not fit.
    fn take<T>(&mut self, count: u32) -> Option<usize> {
        let align = align_of::<T>();
        let start = self.used.checked_next_multiple_of(align)?;
        let bytes = size_of::<T>().checked_mul(at(count))?;
        self.used = start.checked_add(bytes)?;
        Some(start)
    }

    /// The next `count` elements, each filled with `value`.
    ///
    /// # Safety
    /// The memory from `base` on has the size that a counting pass gave, is aligned to OMS_ALIGN
    /// and is nobody else's.
    #[expect(clippy::mut_from_ref, reason = "the memory is `base`'s, not the value's")]
    unsafe fn fill<T>(&mut self, count: u32, value: &'static T) -> Option<&'static mut [T]> {
        let offset = self.take::<T>(count)?;
        if self.base.is_null() {
            return Some(&mut []);
        }
        // SAFETY: within the memory, by the counting pass; aligned, because the base is aligned to
        // more than any element needs.
        let first = unsafe { self.base.add(offset) }.cast::<T>();
        for i in 0..at(count) {
            // SAFETY: element i of `count`. The value is a constant of plain data: a copy of its
            // bytes is another one, and neither is ever dropped.
            unsafe { first.add(i).copy_from_nonoverlapping(value, 1) };
        }
        // SAFETY: all `count` elements were written.
        Some(unsafe { core::slice::from_raw_parts_mut(first, at(count)) })
    }
}

/// Carves the memory of an engine; with a null base it only counts.
///
/// # Safety
/// As for [`Carver::fill`].
unsafe fn carve(carver: &mut Carver, config: &Config) -> Option<Memory<'static>> {
    let c = &config.capacity;
    // SAFETY: by the caller's promise, for every part.
    unsafe {
        Some(Memory {
            orders: OrderMemory {
                table: RetainedMemory {
                    slots: carver.fill(c.orders, const { &Slot::new(Entry::new(Order::EMPTY)) })?,
                    index: carver.fill(c.orders, &IndexNode::EMPTY)?,
                    links: carver.fill(c.orders, &Links::EMPTY)?,
                },
                queue: carver.fill(c.orders, &Links::EMPTY)?,
                deadlines: carver.fill(c.orders, &HeapNode::EMPTY)?,
                reducers: carver.fill(c.orders, &Links::EMPTY)?,
            },
            positions: PositionMemory {
                table: RetainedMemory {
                    slots: carver
                        .fill(c.positions, const { &Slot::new(Entry::new(Position::EMPTY)) })?,
                    index: carver.fill(c.positions, &IndexNode::EMPTY)?,
                    links: carver.fill(c.positions, &Links::EMPTY)?,
                },
                totals: carver.fill(c.symbols, &Totals::EMPTY)?,
                of_symbol: carver.fill(c.positions, &Links::EMPTY)?,
            },
            triggers: TriggerMemory {
                slots: carver.fill(c.triggers, const { &Slot::new(Trigger::EMPTY) })?,
                nodes: carver.fill(c.triggers, &TreeNode::EMPTY)?,
                riders: carver.fill(c.triggers, &TrailNode::EMPTY)?,
                wakes: carver.fill(c.triggers, &TreeNode::EMPTY)?,
                links: carver.fill(c.triggers, &Links::EMPTY)?,
                stalled: carver.fill(c.triggers, &Links::EMPTY)?,
                queues: carver.fill(c.symbols, &Queues::EMPTY)?,
                backlog: carver.fill(c.symbols, &Links::EMPTY)?,
            },
            symbols: carver.fill(c.symbols, const { &Place::new(Exposure::EMPTY) })?,
            scopes: carver.fill(c.scopes, const { &Scope::new(&BreakerConfig::DEFAULT) })?,
            books: carver.fill(c.books, const { &ScopeBook::EMPTY })?,
            book_index: carver.fill(c.books, &IndexNode::EMPTY)?,
            executions: carver.fill(c.executions, &Execution::EMPTY)?,
            execution_index: carver.fill(c.executions, &IndexNode::EMPTY)?,
            events: carver.fill(c.events, &Event::EMPTY)?,
            rate: carver.fill(c.rate.checked_mul(c.scopes)?, &Nanos::ZERO)?,
            sequences: carve_sequences(carver, c)?,
            reconcile: ReconcileMemory {
                orders: carver.fill(c.orders, &0)?,
                symbols: carver.fill(c.symbols, &0)?,
            },
            statistics: carve_statistics(carver, config)?,
            desk: None,
        })
    }
}

/// The simulated venue; `None` inside in LIVE, and when memory is only counted.
///
/// # Safety
/// As for [`Carver::fill`].
#[inline(never)] // Its frame holds a venue.
unsafe fn carve_desk(
    carver: &mut Carver,
    config: &Config,
) -> Option<Option<&'static mut Desk<'static>>> {
    if !config.is_simulated() {
        return Some(None);
    }
    let c = &config.capacity;
    let messages = config.messages();
    // SAFETY: by the caller's promise, for every part.
    let memory = unsafe {
        VenueMemory {
            orders: carver.fill(c.orders, &VenueOrder::EMPTY)?,
            nodes: carver.fill(c.orders, &TreeNode::EMPTY)?,
            trails: carver.fill(c.orders, &Links::EMPTY)?,
            expiries: carver.fill(c.orders, &HeapNode::EMPTY)?,
            books: carver.fill(c.symbols, const { &Book::EMPTY })?,
            messages: carver.fill(messages, &Message::EMPTY)?,
            message_nodes: carver.fill(messages, &HeapNode::EMPTY)?,
        }
    };
    let offset = carver.take::<Desk<'static>>(1)?;
    if carver.base.is_null() {
        return Some(None);
    }
    let desk = Desk::new(Venue::new(memory, config.seed, config.money_exp));
    // SAFETY: within the memory, by the counting pass, and aligned; nobody else's.
    unsafe {
        let place = carver.base.add(offset).cast::<Desk<'static>>();
        place.write(desk);
        Some(place.as_mut())
    }
}

/// What came of orders.
///
/// # Safety
/// As for [`Carver::fill`].
unsafe fn carve_statistics(
    carver: &mut Carver,
    config: &Config,
) -> Option<StatisticsMemory<'static>> {
    let c = &config.capacity;
    let (symbols, orders) = if config.measures() { (c.symbols, c.orders) } else { (0, 0) };
    // SAFETY: by the caller's promise, for every part.
    unsafe {
        Some(StatisticsMemory {
            outcomes: carver.fill(c.scopes, const { &Outcomes::NONE })?,
            shortfalls: carver.fill(symbols, &Shortfall::NONE)?,
            arrivals: carver.fill(orders, &Arrival::EMPTY)?,
        })
    }
}

/// The part that looks at sequences of orders.
///
/// # Safety
/// As for [`Carver::fill`].
unsafe fn carve_sequences(carver: &mut Carver, c: &Capacity) -> Option<SequenceMemory<'static>> {
    // SAFETY: by the caller's promise, for every part.
    unsafe {
        Some(SequenceMemory {
            times: carver.fill(c.symbols.checked_mul(c.symbol_rate)?, &Nanos::ZERO)?,
            noted: carver.fill(c.symbols, &0)?,
            repeats: carver.fill(c.symbols, &[Repeats::EMPTY; 2])?,
            book_times: carver.fill(c.books.checked_mul(c.symbol_rate)?, &Nanos::ZERO)?,
            book_noted: carver.fill(c.books, &0)?,
            book_repeats: carver.fill(c.books, &[Repeats::EMPTY; 2])?,
            recent: carver.fill(c.recent, &Recent::EMPTY)?,
            resting: carver.fill(c.symbols, &[Tree::EMPTY; 2])?,
            nodes: carver.fill(c.orders, &TreeNode::EMPTY)?,
        })
    }
}

/// Bytes an engine of this configuration takes; `None` when that does not fit `usize`.
fn bytes(config: &Config) -> Option<usize> {
    let mut carver = Carver { base: core::ptr::null_mut(), used: size_of::<Oms>() };
    // SAFETY: a null base is never touched.
    unsafe {
        carve(&mut carver, config)?;
        carve_desk(&mut carver, config)?;
    }
    carver.used.checked_next_multiple_of(OMS_ALIGN)
}

/// Reads a configuration of this header or a newer one whose tail is zero.
///
/// # Safety
/// A pointer that is not NULL points to `struct_size` readable bytes.
unsafe fn read_config(config: *const Config) -> Result<Config, Status> {
    check(&[need(config)])?;
    // SAFETY: by the caller's promise; only the first field is read before the size is known.
    let size = unsafe { (&raw const (*config).struct_size).read() };
    let own = size_of::<Config>();
    if at(size) < own || at(size) > 4096 {
        return Err(Status::Size);
    }
    for offset in own..at(size) {
        // SAFETY: below struct_size.
        if unsafe { config.cast::<u8>().add(offset).read() } != 0 {
            return Err(Status::Reserved);
        }
    }
    // SAFETY: struct_size covers all fields; they are plain integers.
    let mut read = unsafe { config.read() };
    read.struct_size = Config::DEFAULT.struct_size;
    Ok(read)
}

/// Fills in the defaults of a configuration.
///
/// The starting balance is 0 then: set it, or switch the ratio limits off.
///
/// @param config  where to write, `size` bytes.
/// @param size    sizeof(oms_config_t).
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_SIZE for a size that is not this header's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_config_init(config: *mut Config, size: usize) -> i32 {
    code(check(&[need(config)]).and_then(|()| {
        if size != size_of::<Config>() {
            return Err(Status::Size);
        }
        // SAFETY: checked, and the caller promises room.
        unsafe { output(config, Config::DEFAULT) };
        Ok(Status::Ok)
    }))
}

/// Says which field of a configuration is invalid.
///
/// @param config  the configuration.
/// @param field   OMS_FIELD_* of the invalid field of the smallest number, OMS_FIELD_NONE when all
///                are valid; may be NULL. Written on OMS_OK and OMS_E_CONFIG.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN, OMS_E_SIZE, OMS_E_RESERVED (a tail this library does
///         not know is not zero); OMS_E_CONFIG.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_config_check(config: *const Config, field: *mut u32) -> i32 {
    code(check(&[need(config), may(field)]).and_then(|()| {
        // SAFETY: the caller's promise is passed on.
        let config = unsafe { read_config(config)? };
        let invalid = config.invalid();
        let named = invalid.unwrap_or(ConfigField::None);
        // SAFETY: checked above.
        unsafe { output_optional(field, named.raw()) };
        if invalid.is_some() { Err(Status::Config) } else { Ok(Status::Ok) }
    }))
}

/// Bytes of memory an engine of this configuration takes.
///
/// @param config  the configuration.
/// @return the size in bytes, a multiple of OMS_ALIGN; 0 when the configuration is invalid:
///         oms_config_check says why.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_size(config: *const Config) -> usize {
    // SAFETY: the caller's promise is passed on.
    let Ok(config) = (unsafe { read_config(config) }) else { return 0 };
    if config.invalid().is_some() {
        return 0;
    }
    bytes(&config).unwrap_or(0)
}

/// Makes an engine in memory that the caller lends.
///
/// There is no matching free: the memory is the caller's again when it stops using the engine. The
/// memory must not be moved while it is in use. What it held before does not matter.
///
/// @param memory  aligned to OMS_ALIGN, writable, used by nobody else.
/// @param size    its bytes, at least oms_size(config).
/// @param config  the configuration; it is copied.
/// @param oms     the engine, written on OMS_OK. It lies in the memory.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_SIZE, OMS_E_RESERVED for the configuration's
///         frame; OMS_E_CONFIG; OMS_E_SIZE when the memory is short. The memory is untouched then.
///
/// Cost: O(size). Threads: one engine is used by one thread at a time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_init(
    memory: *mut c_void,
    size: usize,
    config: *const Config,
    oms: *mut *mut Oms,
) -> i32 {
    // SAFETY: the caller's promises are passed on.
    code(unsafe { init(memory, size, config, oms) })
}

unsafe fn init(
    memory: *mut c_void,
    size: usize,
    config: *const Config,
    oms: *mut *mut Oms,
) -> Result<Status, Status> {
    check(&[need(memory.cast::<u8>()), need(config), need(oms)])?;
    if memory.align_offset(OMS_ALIGN) != 0 {
        return Err(Status::Align);
    }
    // SAFETY: by the caller's promise.
    let config = unsafe { read_config(config)? };
    if config.invalid().is_some() {
        return Err(Status::Config);
    }
    let needed = bytes(&config).ok_or(Status::Size)?;
    if size < needed {
        return Err(Status::Size);
    }
    let handle = memory.cast::<Oms>();
    let mut carver = Carver { base: memory.cast::<u8>(), used: size_of::<Oms>() };
    // SAFETY: the memory is large enough, aligned and the caller's to lend.
    unsafe {
        let kill = Oms::prepare(handle);
        let mut memory = carve(&mut carver, &config).ok_or(Status::Size)?;
        memory.desk = carve_desk(&mut carver, &config).ok_or(Status::Size)?;
        match Engine::new(memory, kill, &config) {
            Ok(engine) => Oms::finish(handle, engine),
            Err(_) => return Err(Status::Config),
        }
        output(oms, handle);
    }
    Ok(Status::Ok)
}

/// Empties a request record and fills in its head: kind and size.
///
/// OMS_REQUEST_INIT(&record, OMS_REQUEST_...) in the header calls it with the right size.
///
/// @param record  where to write, `size` bytes, aligned to 8.
/// @param size    sizeof the record.
/// @param kind    OMS_REQUEST_*.
/// @return OMS_OK; OMS_E_NULL, OMS_E_ALIGN; OMS_E_KIND for an unknown kind; OMS_E_SIZE when it is
///         not the size of that record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_request_init(record: *mut c_void, size: usize, kind: u32) -> i32 {
    let bytes = record.cast::<u64>();
    code(check(&[need(bytes)]).and_then(|()| {
        let kind = crate::status::RequestKind::from_raw(kind).ok_or(Status::Kind)?;
        if size != super::layout::record_size(kind) {
            return Err(Status::Size);
        }
        let header = crate::status::RequestHeader {
            kind: kind.raw(),
            size: u32::try_from(size).map_err(|_| Status::Size)?,
            now: Nanos::ZERO,
        };
        // SAFETY: checked, and the caller promises `size` bytes.
        unsafe {
            record.cast::<u8>().write_bytes(0, size);
            output(record.cast::<crate::status::RequestHeader>(), header);
        }
        Ok(Status::Ok)
    }))
}

/// Bytes of one order in lent memory, at most: for static storage.
pub const OMS_ORDER_BYTES: usize = 640;
/// Bytes of one position in lent memory, at most.
pub const OMS_POSITION_BYTES: usize = 288;
/// Bytes of one trigger in lent memory, at most.
pub const OMS_TRIGGER_BYTES: usize = 352;
/// Bytes of one symbol in lent memory, at most.
pub const OMS_SYMBOL_BYTES: usize = 3264;
/// Bytes of one event in lent memory.
pub const OMS_EVENT_BYTES: usize = 128;
/// Bytes of one execution in lent memory, at most.
pub const OMS_EXECUTION_BYTES: usize = 272;
/// Bytes of one scope in lent memory, at most.
pub const OMS_SCOPE_BYTES: usize = 4608;
/// Bytes of one book in lent memory, at most.
pub const OMS_BOOK_BYTES: usize = 2048;
/// Bytes of one request time in lent memory.
pub const OMS_RATE_BYTES: usize = 8;
/// Bytes of an engine besides its tables, at most, with the gaps between them.
pub const OMS_BASE_BYTES: usize = 3648;
/// Bytes of one request time of one symbol in lent memory.
pub const OMS_SYMBOL_RATE_BYTES: usize = 8;
/// Bytes of one order that is looked at for duplicates in lent memory, at most.
pub const OMS_RECENT_BYTES: usize = 72;

/// Bytes more of one order in lent memory with OMS_CONFIG_MEASURE.
pub const OMS_ORDER_MEASURE_BYTES: usize = 16;
/// Bytes more of one symbol in lent memory with OMS_CONFIG_MEASURE.
pub const OMS_SYMBOL_MEASURE_BYTES: usize = 64;

/// Bytes of the simulated venue in lent memory besides its tables, at most, with the gaps.
pub const OMS_VENUE_BYTES: usize = 2560;
/// Bytes more of one order in lent memory in the simulated modes, at most.
pub const OMS_VENUE_ORDER_BYTES: usize = 272;
/// Bytes more of one symbol in lent memory in the simulated modes, at most.
pub const OMS_VENUE_SYMBOL_BYTES: usize = 896;
/// Bytes of one message between here and the simulated venue in lent memory, at most.
pub const OMS_MESSAGE_BYTES: usize = 160;

const INDEXED: usize = size_of::<IndexNode>() + 2 * size_of::<Links>();
const _: () = {
    let order = size_of::<Slot<Entry<Order>>>() + size_of::<HeapNode>() + size_of::<Links>();
    // The last four bytes are its mark in a round of reconciliation.
    assert!(order + INDEXED + size_of::<TreeNode>() + 4 <= OMS_ORDER_BYTES);
    assert!(size_of::<Slot<Entry<Position>>>() + INDEXED <= OMS_POSITION_BYTES);
    let trigger = size_of::<Slot<Trigger>>()
        + 2 * size_of::<TreeNode>()
        + size_of::<TrailNode>()
        + 2 * size_of::<Links>();
    assert!(trigger <= OMS_TRIGGER_BYTES);
    let symbol = size_of::<Place<Exposure>>() + size_of::<Totals>();
    let sequences = size_of::<u64>() + size_of::<[Repeats; 2]>() + size_of::<[Tree; 2]>();
    let queues = size_of::<Queues>() + size_of::<Links>();
    assert!(symbol + queues + sequences + 4 <= OMS_SYMBOL_BYTES);
    assert!(size_of::<Nanos>() <= OMS_SYMBOL_RATE_BYTES);
    assert!(size_of::<Recent>() <= OMS_RECENT_BYTES);
    assert!(size_of::<Event>() <= OMS_EVENT_BYTES);
    assert!(size_of::<Execution>() + size_of::<IndexNode>() <= OMS_EXECUTION_BYTES);
    assert!(size_of::<Scope>() + size_of::<Outcomes>() <= OMS_SCOPE_BYTES);
    assert!(size_of::<Arrival>() <= OMS_ORDER_MEASURE_BYTES);
    let there = size_of::<VenueOrder>() + size_of::<TreeNode>() + size_of::<Links>();
    assert!(there + size_of::<HeapNode>() <= OMS_VENUE_ORDER_BYTES);
    assert!(size_of::<Book>() <= OMS_VENUE_SYMBOL_BYTES);
    assert!(size_of::<Message>() + size_of::<HeapNode>() <= OMS_MESSAGE_BYTES);
    assert!(size_of::<Desk<'_>>() + 8 * 15 <= OMS_VENUE_BYTES);
    assert!(size_of::<Shortfall>() <= OMS_SYMBOL_MEASURE_BYTES);
    let looks = size_of::<u64>() + size_of::<[Repeats; 2]>();
    assert!(size_of::<ScopeBook>() + size_of::<IndexNode>() + looks <= OMS_BOOK_BYTES);
    assert!(size_of::<Nanos>() <= OMS_RATE_BYTES);
    // One gap of at most 15 bytes before each of the 44 parts, of 63 before the three tables that
    // are aligned to lines, and the rounding at the end.
    assert!(size_of::<Oms>() + 41 * 15 + 3 * 63 + OMS_ALIGN <= OMS_BASE_BYTES);
};
