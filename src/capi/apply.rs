//! One door for every record: journals, replays and fuzzers are sequences of records.

use core::ffi::c_void;
use core::mem::size_of;

use super::handle::Oms;
use super::pointers::{check, code, may, need, output_optional};
use crate::engine::{
    CashAdjust, Control, Drain, Engine, GroupSet, MassCancel, Poll, Submitted, Timer,
};
use crate::market::{
    BandsSet, LimitsSet, LocateSet, PhaseSet, Quote, SymbolDefine, Trade, VolumeSet,
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
            RequestKind::OrderSubmit => judged(engine.order_submit(&*record.cast::<OrderSubmit>())),
            RequestKind::OrderCancel => plain(engine.order_cancel(&*record.cast::<OrderCancel>())),
            RequestKind::OrderReplace => {
                judged(engine.order_replace(&*record.cast::<OrderReplace>()))
            }
            RequestKind::OrderExtend => plain(engine.order_extend(&*record.cast::<OrderExtend>())),
            RequestKind::OrderAdopt => named(engine.order_adopt(&*record.cast::<OrderAdopt>())),
            RequestKind::TriggerArm => named(engine.trigger_arm(&*record.cast::<TriggerArm>())),
            RequestKind::TriggerMove => plain(engine.trigger_move(&*record.cast::<TriggerMove>())),
            RequestKind::TriggerCancel => {
                plain(engine.trigger_cancel(&*record.cast::<TriggerCancel>()))
            }
            RequestKind::PositionClose => {
                judged(engine.position_close(&*record.cast::<PositionClose>()))
            }
            RequestKind::PositionOpen => engine
                .position_open(&*record.cast::<PositionOpen>())
                .map(|(verdict, id)| (Status::Ok, Answer { verdict, id, ..Answer::default() })),
            RequestKind::PositionExit => {
                plain(engine.position_exit(&*record.cast::<PositionExit>()))
            }
            RequestKind::PositionAdopt => named(
                engine.position_adopt(&*record.cast::<PositionAdopt>()).map(|id| (Status::Ok, id)),
            ),
            RequestKind::VenueReport => plain(engine.venue_report(&*record.cast::<VenueReport>())),
            RequestKind::Quote => plain(engine.quote(&*record.cast::<Quote>())),
            RequestKind::Trade => plain(engine.trade(&*record.cast::<Trade>())),
            RequestKind::Timer => plain(engine.timer(&*record.cast::<Timer>())),
            RequestKind::Drain => plain(engine.drain(&*record.cast::<Drain>())),
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
                .symbol_define(&*record.cast::<SymbolDefine>())
                .map(|symbol| (Status::Ok, Answer { symbol, ..Answer::default() })),
            RequestKind::LimitsSet => plain(engine.limits_set(&*record.cast::<LimitsSet>())),
            RequestKind::ScopeLimitsSet => {
                plain(engine.scope_limits_set(&*record.cast::<ScopeLimitsSet>()))
            }
            RequestKind::ScopeDefine => engine
                .scope_define(&*record.cast::<ScopeDefine>())
                .map(|(status, scope)| (status, Answer { scope, ..Answer::default() })),
            RequestKind::ScopeBreakerSet => {
                plain(engine.scope_breaker_set(&*record.cast::<ScopeBreakerSet>()))
            }
            RequestKind::MassCancel => engine
                .mass_cancel(&*record.cast::<MassCancel>())
                .map(|(status, orders)| (status, Answer { orders, ..Answer::default() })),
            RequestKind::Control => plain(engine.control(&*record.cast::<Control>())),
            RequestKind::CashAdjust => plain(engine.cash_adjust(&*record.cast::<CashAdjust>())),
            RequestKind::PhaseSet => plain(engine.phase_set(&*record.cast::<PhaseSet>())),
            RequestKind::VolumeSet => plain(engine.volume_set(&*record.cast::<VolumeSet>())),
            RequestKind::LocateSet => plain(engine.locate_set(&*record.cast::<LocateSet>())),
            RequestKind::BandsSet => plain(engine.bands_set(&*record.cast::<BandsSet>())),
            RequestKind::GroupSet => plain(engine.group_set(&*record.cast::<GroupSet>())),
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
                engine.reconcile_begin(&*record.cast::<ReconcileBegin>())
            }
            RequestKind::ReconcilePosition => {
                engine.reconcile_position(&*record.cast::<ReconcilePosition>())
            }
            RequestKind::ReconcileOrder => {
                engine.reconcile_order(&*record.cast::<ReconcileOrder>())
            }
            RequestKind::ReconcileEnd => engine.reconcile_end(&*record.cast::<ReconcileEnd>()),
            _ => Err(Status::Kind),
        }
    }
}
