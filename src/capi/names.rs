//! Names of codes: static text, never NULL.

use core::ffi::{CStr, c_char};

use crate::risk::CHECK_NONE;
use crate::status::{
    Anomaly, AuditItem, BreakerState, Cause, Check, CommandKind, ConfigField, ConfigFlag,
    ControlAction, Difference, EventKind, ExitReason, FeePlan, FixStatus, Hold, LimitField, Mode,
    OrderEnd, OrderFact, OrderFlag, OrderMark, OrderStatus, OrderType, Phase, PositionSide,
    QueuePlace, Reason, ReportKind, RequestKind, Side, SimulationField, SizeCode, SlippageModel,
    Status, TableKind, TimeInForce, TradingState, TriggerAction, TriggerKind, TriggerState, Unit,
};

fn text(name: Option<&'static CStr>) -> *const c_char {
    name.unwrap_or(c"?").as_ptr()
}

/// The version of this library's ABI: major << 16 | minor. The major number changes when a program
/// built with an older header would not work.
///
/// @return OMS_ABI_VERSION of the header the library was built with.
#[unsafe(no_mangle)]
pub extern "C" fn oms_abi_version() -> u32 {
    OMS_ABI_VERSION
}

/// Version of the ABI that this header describes.
pub const OMS_ABI_VERSION: u32 = 0x0001_0000;

/// The version of this library, as "major.minor.patch".
///
/// @return static text.
#[unsafe(no_mangle)]
pub extern "C" fn oms_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    text(CStr::from_bytes_with_nul(VERSION.as_bytes()).ok())
}

/// One line for people about a status.
///
/// @param status  oms_status_t.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_status_text(status: i32) -> *const c_char {
    text(Status::from_raw(status).map(Status::c_text))
}

/// One line for people about a check: what holds when it passes.
///
/// @param check  OMS_CHECK_*, OMS_CHECK_NONE too.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_check_text(check: u32) -> *const c_char {
    if check == CHECK_NONE {
        return text(Some(c"every check holds"));
    }
    text(Check::from_raw(check).map(Check::c_text))
}

/// The name of OMS_* without the prefix.
///
/// @param code  OMS_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_status_name(code: i32) -> *const c_char {
    text(Status::from_raw(code).map(Status::c_name))
}

/// The name of OMS_CHECK_* without the prefix.
///
/// @param code  OMS_CHECK_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_check_name(code: u32) -> *const c_char {
    if code == CHECK_NONE {
        return text(Some(c"NONE"));
    }
    text(Check::from_raw(code).map(Check::c_name))
}

/// The name of OMS_REQUEST_* without the prefix.
///
/// @param code  OMS_REQUEST_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_request_name(code: u32) -> *const c_char {
    text(RequestKind::from_raw(code).map(RequestKind::c_name))
}

/// The name of OMS_SIDE_* without the prefix.
///
/// @param code  OMS_SIDE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_side_name(code: u8) -> *const c_char {
    text(Side::from_raw(code).map(Side::c_name))
}

/// The name of OMS_TYPE_* without the prefix.
///
/// @param code  OMS_TYPE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_order_type_name(code: u8) -> *const c_char {
    text(OrderType::from_raw(code).map(OrderType::c_name))
}

/// The name of OMS_TIF_* without the prefix.
///
/// @param code  OMS_TIF_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_time_in_force_name(code: u8) -> *const c_char {
    text(TimeInForce::from_raw(code).map(TimeInForce::c_name))
}

/// The name of OMS_STATUS_* without the prefix.
///
/// @param code  OMS_STATUS_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_order_status_name(code: u8) -> *const c_char {
    text(OrderStatus::from_raw(code).map(OrderStatus::c_name))
}

/// The name of OMS_FIX_* without the prefix.
///
/// @param code  OMS_FIX_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_fix_status_name(code: u8) -> *const c_char {
    text(FixStatus::from_raw(code).map(FixStatus::c_name))
}

/// The name of OMS_END_* without the prefix.
///
/// @param code  OMS_END_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_order_end_name(code: u8) -> *const c_char {
    text(OrderEnd::from_raw(code).map(OrderEnd::c_name))
}

/// The name of OMS_REPORT_* without the prefix.
///
/// @param code  OMS_REPORT_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_report_name(code: u8) -> *const c_char {
    text(ReportKind::from_raw(code).map(ReportKind::c_name))
}

/// The name of OMS_REASON_* without the prefix.
///
/// @param code  OMS_REASON_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_reason_name(code: u16) -> *const c_char {
    text(Reason::from_raw(code).map(Reason::c_name))
}

/// The name of OMS_COMMAND_* without the prefix.
///
/// @param code  OMS_COMMAND_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_command_name(code: u8) -> *const c_char {
    text(CommandKind::from_raw(code).map(CommandKind::c_name))
}

/// The name of OMS_EVENT_* without the prefix.
///
/// @param code  OMS_EVENT_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_event_name(code: u16) -> *const c_char {
    text(EventKind::from_raw(code).map(EventKind::c_name))
}

/// The name of OMS_DIFFERENCE_* without the prefix.
///
/// @param code  OMS_DIFFERENCE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_difference_name(code: u32) -> *const c_char {
    text(Difference::from_raw(code).map(Difference::c_name))
}

/// The name of OMS_LIMIT_FIELD_* without the prefix.
///
/// @param code  OMS_LIMIT_FIELD_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_limit_field_name(code: u32) -> *const c_char {
    text(LimitField::from_raw(code).map(LimitField::c_name))
}

/// The name of OMS_PHASE_* without the prefix.
///
/// @param code  OMS_PHASE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_phase_name(code: u8) -> *const c_char {
    text(Phase::from_raw(code).map(Phase::c_name))
}

/// The name of OMS_ANOMALY_* without the prefix.
///
/// @param code  OMS_ANOMALY_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_anomaly_name(code: u16) -> *const c_char {
    text(Anomaly::from_raw(code).map(Anomaly::c_name))
}

/// The name of OMS_BREAKER_* without the prefix.
///
/// @param code  OMS_BREAKER_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_breaker_state_name(code: u8) -> *const c_char {
    text(BreakerState::from_raw(code).map(BreakerState::c_name))
}

/// The name of OMS_CAUSE_* without the prefix.
///
/// @param code  OMS_CAUSE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_cause_name(code: u8) -> *const c_char {
    text(Cause::from_raw(code).map(Cause::c_name))
}

/// The name of OMS_TRADING_* without the prefix.
///
/// @param code  OMS_TRADING_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_trading_state_name(code: u8) -> *const c_char {
    text(TradingState::from_raw(code).map(TradingState::c_name))
}

/// The name of OMS_TRIGGER_* without the prefix.
///
/// @param code  OMS_TRIGGER_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_trigger_kind_name(code: u8) -> *const c_char {
    text(TriggerKind::from_raw(code).map(TriggerKind::c_name))
}

/// The name of OMS_TRIGGER_STATE_* without the prefix.
///
/// @param code  OMS_TRIGGER_STATE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_trigger_state_name(code: u8) -> *const c_char {
    text(TriggerState::from_raw(code).map(TriggerState::c_name))
}

/// The name of OMS_POSITION_* without the prefix.
///
/// @param code  OMS_POSITION_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_position_side_name(code: u8) -> *const c_char {
    text(PositionSide::from_raw(code).map(PositionSide::c_name))
}

/// The name of OMS_EXIT_* without the prefix.
///
/// @param code  OMS_EXIT_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_exit_reason_name(code: u8) -> *const c_char {
    text(ExitReason::from_raw(code).map(ExitReason::c_name))
}

/// The name of OMS_UNIT_* without the prefix.
///
/// @param code  OMS_UNIT_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_unit_name(code: u8) -> *const c_char {
    text(Unit::from_raw(code).map(Unit::c_name))
}

/// The name of OMS_TABLE_* without the prefix.
///
/// @param code  OMS_TABLE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_table_name(code: u32) -> *const c_char {
    text(TableKind::from_raw(code).map(TableKind::c_name))
}

/// The name of OMS_FIELD_* without the prefix.
///
/// @param code  OMS_FIELD_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_config_field_name(code: u32) -> *const c_char {
    text(ConfigField::from_raw(code).map(ConfigField::c_name))
}

/// The name of OMS_AUDIT_* without the prefix.
///
/// @param code  OMS_AUDIT_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_audit_item_name(code: u32) -> *const c_char {
    text(AuditItem::from_raw(code).map(AuditItem::c_name))
}

/// The name of OMS_HOLD_* without the prefix.
///
/// @param code  OMS_HOLD_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_hold_name(code: u8) -> *const c_char {
    text(Hold::from_raw(code).map(Hold::c_name))
}

/// The name of OMS_ORDER_* without the prefix. One bit at a time.
///
/// @param code  OMS_ORDER_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_order_flag_name(code: u32) -> *const c_char {
    text(OrderFlag::from_raw(code).map(OrderFlag::c_name))
}

/// The name of OMS_FACT_* without the prefix. One bit at a time.
///
/// @param code  OMS_FACT_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_order_fact_name(code: u32) -> *const c_char {
    text(OrderFact::from_raw(code).map(OrderFact::c_name))
}

/// The name of OMS_MARK_* without the prefix. One bit at a time.
///
/// @param code  OMS_MARK_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_order_mark_name(code: u32) -> *const c_char {
    text(OrderMark::from_raw(code).map(OrderMark::c_name))
}

/// The name of OMS_ACTION_* without the prefix.
///
/// @param code  OMS_ACTION_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_trigger_action_name(code: u8) -> *const c_char {
    text(TriggerAction::from_raw(code).map(TriggerAction::c_name))
}

/// The name of OMS_CONTROL_* without the prefix.
///
/// @param code  OMS_CONTROL_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_control_action_name(code: u32) -> *const c_char {
    text(ControlAction::from_raw(code).map(ControlAction::c_name))
}

/// The name of OMS_CONFIG_* without the prefix. One bit at a time.
///
/// @param code  OMS_CONFIG_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_config_flag_name(code: u32) -> *const c_char {
    text(ConfigFlag::from_raw(code).map(ConfigFlag::c_name))
}

/// The name of OMS_MODE_* without the prefix.
///
/// @param code  OMS_MODE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_mode_name(code: u32) -> *const c_char {
    text(Mode::from_raw(code).map(Mode::c_name))
}

/// The name of OMS_QUEUE_* without the prefix.
///
/// @param code  OMS_QUEUE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_queue_name(code: u32) -> *const c_char {
    text(QueuePlace::from_raw(code).map(QueuePlace::c_name))
}

/// The name of OMS_SLIPPAGE_* without the prefix.
///
/// @param code  OMS_SLIPPAGE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_slippage_model_name(code: u8) -> *const c_char {
    text(SlippageModel::from_raw(code).map(SlippageModel::c_name))
}

/// The name of OMS_SIZE_* without the prefix.
///
/// @param code  OMS_SIZE_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_size_code_name(code: u32) -> *const c_char {
    text(SizeCode::from_raw(code).map(SizeCode::c_name))
}

/// The name of OMS_FEES_* without the prefix.
///
/// @param code  OMS_FEES_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_fee_plan_name(code: u32) -> *const c_char {
    text(FeePlan::from_raw(code).map(FeePlan::c_name))
}

/// The name of OMS_SIM_FIELD_* without the prefix.
///
/// @param code  OMS_SIM_FIELD_*.
/// @return static text; "?" for an unknown number.
#[unsafe(no_mangle)]
pub extern "C" fn oms_sim_field_name(code: u32) -> *const c_char {
    text(SimulationField::from_raw(code).map(SimulationField::c_name))
}
