//! One door for every record: journals, replays and fuzzers are sequences of records.

use core::ffi::c_void;
use core::mem::size_of;

use super::execution::report;
use super::handle::Oms;
use super::pointers::{check, code, may, need, output_optional};
use crate::engine::{
    CashAdjust, Control, Drain, Engine, FeesSet, GroupSet, MassCancel, Poll, SimulationSet,
    Submitted, Timer,
};
use crate::market::{
    BandsSet, Bar, LimitsSet, LocateSet, PhaseSet, Quote, SymbolDefine, Trade, VolumeSet,
};
use crate::order::{OrderAdopt, OrderCancel, OrderExtend, OrderReplace, OrderSubmit, VenueReport};
use crate::position::{PositionAdopt, PositionClose, PositionExit, PositionOpen};
use crate::risk::{
    ReconcileBegin, ReconcileEnd, ReconcileOrder, ReconcilePosition, ScopeBreakerSet, ScopeDefine,
    ScopeLimitsSet, Verdict,
};
use crate::status::{RequestHeader, RequestKind, Status};
use crate::store::Id;
use crate::trigger::{TriggerArm, TriggerCancel, TriggerMove};

/// The answer to any record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Answer {
    /// The gate's word, for records that it judges.
    pub verdict: Verdict,
    /// The order, position or trigger that was made or concerned; 0 for none.
    pub id: Id,
    /// The symbol that was defined.
    pub symbol: u32,
    /// Commands a poll took out; they are dropped.
    pub commands: u32,
    /// Events a poll took out; they are dropped.
    pub events: u32,
    /// The scope that was defined.
    pub scope: u32,
    /// Orders that a mass cancel has cancelled.
    pub orders: u32,
    /// 0.
    pub reserved: u32,
}

impl From<Submitted> for Answer {
    fn from(submitted: Submitted) -> Self {
        Self { verdict: submitted.verdict, id: submitted.order, ..Self::default() }
    }
}

/// Takes any request record, as the door of its kind does. The commands and events of a poll are
/// dropped: that is what a replay wants.
///
/// @param oms     the engine.
/// @param record  the record, aligned to 8.
/// @param size    its bytes.
/// @param answer  what the door answers; may be NULL. Written on codes >= 0.
/// @return as the door of its kind; OMS_E_KIND for an unknown kind; OMS_E_SIZE when `size` is not
///         the size of that record.
///
/// Cost: as the door of its kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn oms_apply(
    oms: *mut Oms,
    record: *const c_void,
    size: usize,
    answer: *mut Answer,
) -> i32 {
    let apply = || {
        let header = record.cast::<RequestHeader>();
        check(&[need(oms), need(header), may(answer)])?;
        // SAFETY: by the caller's promise.
        let engine = unsafe { Oms::engine_mut(oms)? };
        if size < size_of::<RequestHeader>() {
            return Err(Status::Size);
        }
        // SAFETY: checked; the caller promises `size` readable bytes.
        let kind = unsafe { (*header).kind };
        let kind = RequestKind::from_raw(kind).ok_or(Status::Kind)?;
        if size != super::layout::record_size(kind) {
            return Err(Status::Size);
        }
        // SAFETY: the record is as large as its kind says; its fields are plain integers.
        let (status, found) = unsafe { dispatch(engine, kind, record)? };
        // SAFETY: checked, and the caller promises room.
        unsafe { output_optional(answer, found) };
        Ok(status)
    };
    code(apply())
}

type Answered = Result<(Status, Answer), Status>;

/// # Safety
/// `record` is aligned and as large as its kind says.
unsafe fn dispatch(
    engine: &mut Engine<'static>,
    kind: RequestKind,
    record: *const c_void,
) -> Answered {
    let plain = |result: Result<Status, Status>| result.map(|s| (s, Answer::default()));
    let named = |result: Result<(Status, Id), Status>| {
        result.map(|(status, id)| (status, Answer { id, ..Answer::default() }))
    };
    let judged = |result: Result<Submitted, Status>| result.map(|s| (s.status, s.into()));
    // SAFETY: by the caller's promise, for the record of the kind.
    unsafe {
        match kind {
            RequestKind::OrderSubmit => {
                judged(engine.run(&*record.cast::<OrderSubmit>(), |e, r| e.order_submit(r)))
            }
            RequestKind::OrderCancel => {
                plain(engine.run(&*record.cast::<OrderCancel>(), |e, r| e.order_cancel(r)))
            }
            RequestKind::OrderReplace => {
                judged(engine.run(&*record.cast::<OrderReplace>(), |e, r| e.order_replace(r)))
            }
            RequestKind::OrderExtend => {
                plain(engine.run(&*record.cast::<OrderExtend>(), |e, r| e.order_extend(r)))
            }
            RequestKind::OrderAdopt => {
                named(engine.run(&*record.cast::<OrderAdopt>(), |e, r| e.order_adopt(r)))
            }
            RequestKind::TriggerArm => {
                named(engine.run(&*record.cast::<TriggerArm>(), |e, r| e.trigger_arm(r)))
            }
            RequestKind::TriggerMove => {
                plain(engine.run(&*record.cast::<TriggerMove>(), |e, r| e.trigger_move(r)))
            }
            RequestKind::TriggerCancel => {
                plain(engine.run(&*record.cast::<TriggerCancel>(), |e, r| e.trigger_cancel(r)))
            }
            RequestKind::PositionClose => {
                judged(engine.run(&*record.cast::<PositionClose>(), |e, r| e.position_close(r)))
            }
            RequestKind::PositionOpen => engine
                .run(&*record.cast::<PositionOpen>(), |e, r| e.position_open(r))
                .map(|(verdict, id)| (Status::Ok, Answer { verdict, id, ..Answer::default() })),
            RequestKind::PositionExit => {
                plain(engine.run(&*record.cast::<PositionExit>(), |e, r| e.position_exit(r)))
            }
            RequestKind::PositionAdopt => named(
                engine
                    .run(&*record.cast::<PositionAdopt>(), |e, r| e.position_adopt(r))
                    .map(|id| (Status::Ok, id)),
            ),
            _ => hear(engine, kind, record),
        }
    }
}

/// As [`dispatch`], of what the venue, the market and the clock say, and of the rest.
///
/// # Safety
/// As for [`dispatch`].
unsafe fn hear(engine: &mut Engine<'static>, kind: RequestKind, record: *const c_void) -> Answered {
    let plain = |result: Result<Status, Status>| result.map(|s| (s, Answer::default()));
    // SAFETY: by the caller's promise, for the record of the kind.
    unsafe {
        match kind {
            RequestKind::VenueReport => plain(report(engine, &*record.cast::<VenueReport>())),
            RequestKind::Quote => plain(engine.run(&*record.cast::<Quote>(), |e, r| e.quote(r))),
            RequestKind::Trade => plain(engine.run(&*record.cast::<Trade>(), |e, r| e.trade(r))),
            RequestKind::Bar => plain(engine.run(&*record.cast::<Bar>(), |e, r| e.bar(r))),
            RequestKind::Timer => plain(engine.run(&*record.cast::<Timer>(), |e, r| e.timer(r))),
            RequestKind::Drain => plain(engine.run(&*record.cast::<Drain>(), |e, r| e.drain(r))),
            RequestKind::Poll => engine.poll_and_drop(&*record.cast::<Poll>()).map(|polled| {
                let (commands, events) = (polled.commands, polled.events);
                (Status::Ok, Answer { commands, events, ..Answer::default() })
            }),
            _ => set(engine, kind, record),
        }
    }
}

/// What sets up, and what an operator says.
///
/// # Safety
/// As for [`dispatch`].
unsafe fn set(engine: &mut Engine<'static>, kind: RequestKind, record: *const c_void) -> Answered {
    let plain = |result: Result<Status, Status>| result.map(|s| (s, Answer::default()));
    // SAFETY: by the caller's promise, for the record of the kind.
    unsafe {
        match kind {
            RequestKind::SymbolDefine => engine
                .run(&*record.cast::<SymbolDefine>(), |e, r| e.symbol_define(r))
                .map(|symbol| (Status::Ok, Answer { symbol, ..Answer::default() })),
            RequestKind::LimitsSet => {
                plain(engine.run(&*record.cast::<LimitsSet>(), |e, r| e.limits_set(r)))
            }
            RequestKind::ScopeLimitsSet => {
                plain(engine.run(&*record.cast::<ScopeLimitsSet>(), |e, r| e.scope_limits_set(r)))
            }
            RequestKind::ScopeDefine => engine
                .run(&*record.cast::<ScopeDefine>(), |e, r| e.scope_define(r))
                .map(|(status, scope)| (status, Answer { scope, ..Answer::default() })),
            RequestKind::ScopeBreakerSet => {
                plain(engine.run(&*record.cast::<ScopeBreakerSet>(), |e, r| e.scope_breaker_set(r)))
            }
            RequestKind::MassCancel => engine
                .run(&*record.cast::<MassCancel>(), |e, r| e.mass_cancel(r))
                .map(|(status, orders)| (status, Answer { orders, ..Answer::default() })),
            RequestKind::Control => {
                plain(engine.run(&*record.cast::<Control>(), |e, r| e.control(r)))
            }
            RequestKind::CashAdjust => {
                plain(engine.run(&*record.cast::<CashAdjust>(), |e, r| e.cash_adjust(r)))
            }
            RequestKind::PhaseSet => {
                plain(engine.run(&*record.cast::<PhaseSet>(), |e, r| e.phase_set(r)))
            }
            RequestKind::VolumeSet => {
                plain(engine.run(&*record.cast::<VolumeSet>(), |e, r| e.volume_set(r)))
            }
            RequestKind::SimulationSet => {
                plain(engine.run(&*record.cast::<SimulationSet>(), |e, r| e.simulation_set(r)))
            }
            RequestKind::FeesSet => {
                plain(engine.run(&*record.cast::<FeesSet>(), |e, r| e.fees_set(r)))
            }
            RequestKind::LocateSet => {
                plain(engine.run(&*record.cast::<LocateSet>(), |e, r| e.locate_set(r)))
            }
            RequestKind::BandsSet => {
                plain(engine.run(&*record.cast::<BandsSet>(), |e, r| e.bands_set(r)))
            }
            RequestKind::GroupSet => {
                plain(engine.run(&*record.cast::<GroupSet>(), |e, r| e.group_set(r)))
            }
            _ => plain(reconcile(engine, kind, record)),
        }
    }
}

/// The records of reconciliation.
///
/// # Safety
/// As for [`dispatch`].
unsafe fn reconcile(
    engine: &mut Engine<'static>,
    kind: RequestKind,
    record: *const c_void,
) -> Result<Status, Status> {
    // SAFETY: by the caller's promise, for the record of the kind.
    unsafe {
        match kind {
            RequestKind::ReconcileBegin => {
                engine.run(&*record.cast::<ReconcileBegin>(), |e, r| e.reconcile_begin(r))
            }
            RequestKind::ReconcilePosition => {
                engine.run(&*record.cast::<ReconcilePosition>(), |e, r| e.reconcile_position(r))
            }
            RequestKind::ReconcileOrder => {
                engine.run(&*record.cast::<ReconcileOrder>(), |e, r| e.reconcile_order(r))
            }
            RequestKind::ReconcileEnd => {
                engine.run(&*record.cast::<ReconcileEnd>(), |e, r| e.reconcile_end(r))
            }
            _ => Err(Status::Kind),
        }
    }
}
