//! The layout of every record that crosses the ABI, held to tables. `build.rs` reads the same
//! tables and makes the assertions of the header of them.

use core::mem::{offset_of, size_of};

use crate::engine::{
    AuditReport, Capacity, CashAdjust, Config, Control, Drain, FeesSet, GroupSet, GroupView,
    MassCancel, Poll, Polled, SimulationSet, TableView, Timer,
};
use crate::event::{Command, Event, OrderLogView};
use crate::exec::{ExecutionStatsView, RetryConfig, ShortfallView};
use crate::market::{
    BandsSet, Bar, ConditionsView, LimitsSet, LocateSet, PhaseSet, Quote, SymbolDefine, SymbolView,
    Trade, VolumeSet,
};
use crate::num::{Decimal, Int128};
use crate::order::{
    ExecutionView, OrderAdopt, OrderCancel, OrderExtend, OrderReplace, OrderSubmit, OrderView,
    VenueReport,
};
use crate::position::{
    AccountView, PositionAdopt, PositionClose, PositionExit, PositionOpen, PositionView,
    StatisticsView,
};
use crate::risk::{
    BookView, BreakerConfig, BreakerStatus, DenialsView, ReconcileBegin, ReconcileEnd,
    ReconcileOrder, ReconcilePosition, ReconcileReport, ScopeBreakerSet, ScopeDefine,
    ScopeLimitsSet, ScopeView, Trip, Verdict,
};
use crate::sim::{
    DepthFill, DepthLevel, FeeSchedule, FeeTier, FeeVolume, OrderSize, SlippageConfig,
    SlippageOrder,
};
use crate::status::{RequestHeader, RequestKind};
use crate::trigger::{TriggerArm, TriggerCancel, TriggerMove, TriggerView};

use super::apply::Answer;

/// Fields are given in order: each begins where the one before it ends, so there is no padding.
macro_rules! layouts {
    ($list:ident $(
        $record:ident $c_name:literal { $( $field:ident $offset:literal $bytes:literal )* }
    )*) => {
        $(const _: () = {
            let mut end = 0;
            $(
                assert!(offset_of!($record, $field) == $offset && $offset == end);
                assert!(size_of_field(|record: &$record| &record.$field) == $bytes);
                end += $bytes;
            )*
            assert!(size_of::<$record>() == end);
        };)*
    };
}

const fn size_of_field<R, F>(_: fn(&R) -> &F) -> usize {
    size_of::<F>()
}

include!("layout_requests.rs");
include!("layout_views.rs");

/// Bytes of the record of a kind.
pub(super) const fn record_size(kind: RequestKind) -> usize {
    match kind {
        RequestKind::SymbolDefine => size_of::<SymbolDefine>(),
        RequestKind::LimitsSet => size_of::<LimitsSet>(),
        RequestKind::ScopeLimitsSet => size_of::<ScopeLimitsSet>(),
        RequestKind::GroupSet => size_of::<GroupSet>(),
        RequestKind::ScopeDefine => size_of::<ScopeDefine>(),
        RequestKind::ScopeBreakerSet => size_of::<ScopeBreakerSet>(),
        RequestKind::PhaseSet => size_of::<PhaseSet>(),
        RequestKind::VolumeSet => size_of::<VolumeSet>(),
        RequestKind::SimulationSet => size_of::<SimulationSet>(),
        RequestKind::FeesSet => size_of::<FeesSet>(),
        RequestKind::LocateSet => size_of::<LocateSet>(),
        RequestKind::BandsSet => size_of::<BandsSet>(),
        RequestKind::Control => size_of::<Control>(),
        RequestKind::MassCancel => size_of::<MassCancel>(),
        RequestKind::CashAdjust => size_of::<CashAdjust>(),
        RequestKind::OrderSubmit => size_of::<OrderSubmit>(),
        RequestKind::OrderCancel => size_of::<OrderCancel>(),
        RequestKind::OrderReplace => size_of::<OrderReplace>(),
        RequestKind::OrderExtend => size_of::<OrderExtend>(),
        RequestKind::OrderAdopt => size_of::<OrderAdopt>(),
        RequestKind::TriggerArm => size_of::<TriggerArm>(),
        RequestKind::TriggerMove => size_of::<TriggerMove>(),
        RequestKind::TriggerCancel => size_of::<TriggerCancel>(),
        RequestKind::PositionClose => size_of::<PositionClose>(),
        RequestKind::PositionOpen => size_of::<PositionOpen>(),
        RequestKind::PositionExit => size_of::<PositionExit>(),
        RequestKind::PositionAdopt => size_of::<PositionAdopt>(),
        RequestKind::VenueReport => size_of::<VenueReport>(),
        RequestKind::Quote => size_of::<Quote>(),
        RequestKind::Trade => size_of::<Trade>(),
        RequestKind::Bar => size_of::<Bar>(),
        RequestKind::Timer => size_of::<Timer>(),
        RequestKind::Drain => size_of::<Drain>(),
        RequestKind::Poll => size_of::<Poll>(),
        RequestKind::ReconcileBegin => size_of::<ReconcileBegin>(),
        RequestKind::ReconcilePosition => size_of::<ReconcilePosition>(),
        RequestKind::ReconcileOrder => size_of::<ReconcileOrder>(),
        RequestKind::ReconcileEnd => size_of::<ReconcileEnd>(),
    }
}
