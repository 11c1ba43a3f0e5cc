/* Wrong calls: each has its code, in the documented order, and changes nothing. */
#include "common.h"

#define TAG UINT64_C(5)
#define RECORD_MAX 512

/* What a function takes: pointers in order; record: the kind behind pointer 1. */
typedef struct function_t {
    const char *name;
    oms_status_t (*call)(void **p);
    uint32_t count, optional; /* bits of pointers that may be NULL */
    uint32_t handle;          /* 1: p[0] is an engine, 2: a breaker, 0: neither */
    uint32_t record;
    uint32_t align[5];
} function_t;

static engine_t engine;
static oms_t *oms;
static void *breaker_raw;
static oms_breaker_t *breaker;
static uint64_t now;
static oms_id_t live, position, stop, stale_order, stale_trigger, stale_position;
static union {
    uint64_t align[256];
    unsigned char bytes[2048];
} buffers[5], pattern;

/* ---- an engine with one of each ---- */

static void make(void) {
    oms_config_t config;
    oms_id_t id;
    uint64_t k;
    config_small(&config);
    config.engine_tag = (uint32_t)TAG;
    config.capacity.orders = 4;
    config.capacity.positions = 4;
    config.capacity.triggers = 4;
    config.capacity.events = 64;
    config.capacity.executions = 8;
    engine_ready(&engine, &config);
    oms = engine.oms;
    now = 1;
    define(oms, "HEDGED", OMS_SYMBOL_HEDGED);
    OK(quote(oms, now, 1, 1000, 1010));
    stale_order = submit(oms, now, 900, OMS_SIDE_BUY, 1, 1);
    OK(cancel(oms, now, stale_order, 1));
    position = open_position(oms, now, 901, OMS_SIDE_BUY, 10, 1000);
    stale_position = position;
    id = submit(oms, now, 902, OMS_SIDE_SELL, 10, 1000);
    poll_drop(oms, now);
    OK(fill(oms, now, id, 77, 10, 1000, 0));
    /* Positions and orders are evicted when their slots are needed. */
    for (k = 0; k < 8; k++) {
        id = submit(oms, now, 910 + k, k % 2 ? OMS_SIDE_SELL : OMS_SIDE_BUY, 10, 1000);
        poll_drop(oms, now);
        OK(fill(oms, now, id, 80 + k, 10, 1000, 0));
    }
    position = open_position(oms, now, 920, OMS_SIDE_BUY, 10, 1000);
    stale_trigger = arm(oms, now, position, OMS_TRIGGER_STOP_LOSS, OMS_ACTION_SIGNAL, 1, 0);
    {
        oms_trigger_cancel_t request;
        OMS_REQUEST_INIT(&request, OMS_REQUEST_TRIGGER_CANCEL);
        request.header.now = now;
        request.trigger = stale_trigger;
        OK(oms_trigger_cancel(oms, &request));
    }
    stop = arm(oms, now, position, OMS_TRIGGER_STOP_LOSS, OMS_ACTION_CLOSE, 500, 0);
    live = submit(oms, now, 930, OMS_SIDE_BUY, 5, 900);
    poll_drop(oms, now);
    OK(report(oms, now, live, OMS_REPORT_ACK));
    poll_drop(oms, now);
    {
        oms_reconcile_begin_t request;
        OMS_REQUEST_INIT(&request, OMS_REQUEST_RECONCILE_BEGIN);
        request.header.now = now;
        OK(oms_reconcile_begin(oms, &request));
    }
}

static void make_breaker(void) {
    oms_breaker_config_t config;
    OK(oms_breaker_config_init(&config));
    OK(oms_breaker_init(aligned_memory(oms_breaker_size(&config), &breaker_raw),
                        oms_breaker_size(&config), &config, &breaker));
}

/* A record of this kind that the engine takes. Answers its size. */
static size_t valid(uint32_t kind, void *at) {
#define RECORD(type, number, ...)                       \
    case number: {                                      \
        type r;                                         \
        OMS_REQUEST_INIT(&r, number);                   \
        r.header.now = now;                             \
        __VA_ARGS__;                                    \
        memcpy(at, &r, sizeof r);                       \
        return sizeof r;                                \
    }
    switch (kind) {
        RECORD(oms_symbol_define_t, OMS_REQUEST_SYMBOL_DEFINE, symbol_record(&r, "NEW"))
        RECORD(oms_limits_set_t, OMS_REQUEST_LIMITS_SET, limits_off(&r, 0))
        RECORD(oms_control_t, OMS_REQUEST_CONTROL, r.action = OMS_CONTROL_ERROR_CLEAR)
        RECORD(oms_mass_cancel_t, OMS_REQUEST_MASS_CANCEL, r.symbol = UINT32_MAX;
               r.side = OMS_SIDE_SELL; r.flags = OMS_MASS_CANCEL_FLATTEN)
        RECORD(oms_cash_adjust_t, OMS_REQUEST_CASH_ADJUST, r.amount = 1)
        RECORD(oms_order_submit_t, OMS_REQUEST_ORDER_SUBMIT,
               order_record(&r, now, 1000, OMS_SIDE_BUY, 1, 1000))
        RECORD(oms_order_cancel_t, OMS_REQUEST_ORDER_CANCEL, r.order = live)
        RECORD(oms_order_replace_t, OMS_REQUEST_ORDER_REPLACE, r.order = live; r.qty = 7;
               r.price = 901)
        RECORD(oms_order_extend_t, OMS_REQUEST_ORDER_EXTEND, r.order = live;
               r.timeout_at = now + 1)
        RECORD(oms_order_adopt_t, OMS_REQUEST_ORDER_ADOPT, r.client_id = 2000; r.qty = 2;
               r.cum_qty = 1; r.notional.lo = 1000; r.price = 1000; r.side = OMS_SIDE_BUY;
               r.order_type = OMS_TYPE_LIMIT; r.time_in_force = OMS_TIF_GTC)
        RECORD(oms_scope_limits_set_t, OMS_REQUEST_SCOPE_LIMITS_SET, OK(oms_scope_limits_off(&r)))
        RECORD(oms_group_set_t, OMS_REQUEST_GROUP_SET, r.group = 2; r.max = OMS_OFF;
               r.flags = OMS_GROUP_JOIN)
        RECORD(oms_scope_define_t, OMS_REQUEST_SCOPE_DEFINE, r.name[0] = 'S')
        RECORD(oms_scope_breaker_set_t, OMS_REQUEST_SCOPE_BREAKER_SET,
               OK(oms_breaker_config_init(&r.breaker)))
        RECORD(oms_phase_set_t, OMS_REQUEST_PHASE_SET, r.phase = OMS_PHASE_CONTINUOUS)
        RECORD(oms_volume_set_t, OMS_REQUEST_VOLUME_SET, r.volume = 1000)
        RECORD(oms_locate_set_t, OMS_REQUEST_LOCATE_SET, r.qty = 10)
        RECORD(oms_simulation_set_t, OMS_REQUEST_SIMULATION_SET, OK(oms_simulation_init(&r)))
        RECORD(oms_fees_set_t, OMS_REQUEST_FEES_SET, r.header.now = now)
        RECORD(oms_bands_set_t, OMS_REQUEST_BANDS_SET, r.count = 1; r.from[0] = 1; r.step[0] = 1)
        RECORD(oms_trigger_arm_t, OMS_REQUEST_TRIGGER_ARM, r.position = position; r.level = 400;
               r.kind = OMS_TRIGGER_STOP_LOSS; r.action = OMS_ACTION_SIGNAL)
        RECORD(oms_trigger_move_t, OMS_REQUEST_TRIGGER_MOVE, r.trigger = stop; r.level = 450)
        RECORD(oms_trigger_cancel_t, OMS_REQUEST_TRIGGER_CANCEL, r.trigger = stop)
        RECORD(oms_position_close_t, OMS_REQUEST_POSITION_CLOSE, r.position = position)
        RECORD(oms_position_open_t, OMS_REQUEST_POSITION_OPEN, r.qty = 1; r.price = 1000;
               r.side = OMS_POSITION_LONG)
        RECORD(oms_position_exit_t, OMS_REQUEST_POSITION_EXIT, r.position = position; r.qty = 1;
               r.price = 1000)
        RECORD(oms_position_adopt_t, OMS_REQUEST_POSITION_ADOPT, r.symbol = 1; r.qty = 1;
               r.price = 1000; r.side = OMS_POSITION_LONG)
        RECORD(oms_venue_report_t, OMS_REQUEST_VENUE_REPORT, r.order = live;
               r.report = OMS_REPORT_FILL; r.exec_id = 5000; r.qty = 1; r.price = 900)
        RECORD(oms_quote_t, OMS_REQUEST_QUOTE, r.bid = 1001; r.ask = 1011)
        RECORD(oms_trade_t, OMS_REQUEST_TRADE, r.price = 1001)
        RECORD(oms_timer_t, OMS_REQUEST_TIMER, r.header.now = now)
        RECORD(oms_drain_t, OMS_REQUEST_DRAIN, r.header.now = now)
        RECORD(oms_poll_t, OMS_REQUEST_POLL, r.max_commands = 2; r.max_events = 2)
        RECORD(oms_reconcile_begin_t, OMS_REQUEST_RECONCILE_BEGIN, r.orders_max = OMS_OFF)
        RECORD(oms_reconcile_position_t, OMS_REQUEST_RECONCILE_POSITION, r.long_qty = 10)
        RECORD(oms_reconcile_order_t, OMS_REQUEST_RECONCILE_ORDER, r.order = live; r.qty = 5;
               r.price = 900; r.side = OMS_SIDE_BUY; r.order_status = OMS_STATUS_OPEN)
        RECORD(oms_reconcile_end_t, OMS_REQUEST_RECONCILE_END, r.header.now = now)
    default: return 0;
    }
#undef RECORD
}

/* ---- every function ---- */

#define F(name) static oms_status_t f_##name(void **p)
#define E ((oms_t *)p[0])
#define B ((oms_breaker_t *)p[0])
F(oms_breaker_config_init) { return oms_breaker_config_init((oms_breaker_config_t *)p[0]); }
F(oms_breaker_init) {
    return oms_breaker_init(p[0], 2048, (const oms_breaker_config_t *)p[1],
                            (oms_breaker_t **)p[2]);
}
F(oms_breaker_record_trade) { return oms_breaker_record_trade(B, now, 1, (oms_trip_t *)p[1]); }
F(oms_breaker_record_order) { return oms_breaker_record_order(B, now, (oms_trip_t *)p[1]); }
F(oms_breaker_record_end) { return oms_breaker_record_end(B, now, (oms_trip_t *)p[1]); }
F(oms_breaker_record_error) { return oms_breaker_record_error(B, now, (oms_trip_t *)p[1]); }
F(oms_breaker_clear_errors) { return oms_breaker_clear_errors(B, now); }
F(oms_breaker_update_balance) {
    return oms_breaker_update_balance(B, now, 1, 1, (oms_trip_t *)p[1]);
}
F(oms_breaker_check_and_trip) {
    return oms_breaker_check_and_trip(B, now, 1, 1, 0, (oms_trip_t *)p[1]);
}
F(oms_breaker_reset) { return oms_breaker_reset(B, now); }
F(oms_breaker_trip_move) { return oms_breaker_trip_move(B, now, now); }
F(oms_breaker_is_operational) { return oms_breaker_is_operational(B, now, (uint32_t *)p[1]); }
F(oms_breaker_status) { return oms_breaker_status(B, now, (oms_breaker_status_t *)p[1]); }
F(oms_breaker_trip_get) { return oms_breaker_trip_get(B, 0, (oms_trip_t *)p[1]); }
F(oms_apply) { return oms_apply(E, p[1], sizeof(oms_quote_t), (oms_answer_t *)p[2]); }
F(oms_config_init) { return oms_config_init((oms_config_t *)p[0], sizeof(oms_config_t)); }
F(oms_config_check) { return oms_config_check((const oms_config_t *)p[0], (uint32_t *)p[1]); }
F(oms_init) {
    return oms_init(p[0], 2048, (const oms_config_t *)p[1], (oms_t **)p[2]);
}
F(oms_request_init) { return oms_request_init(p[0], sizeof(oms_quote_t), OMS_REQUEST_QUOTE); }
F(oms_symbol_define) {
    return oms_symbol_define(E, (const oms_symbol_define_t *)p[1], (uint32_t *)p[2]);
}
F(oms_limits_set) { return oms_limits_set(E, (const oms_limits_set_t *)p[1]); }
F(oms_quote) { return oms_quote(E, (const oms_quote_t *)p[1]); }
F(oms_trade) { return oms_trade(E, (const oms_trade_t *)p[1]); }
F(oms_timer) { return oms_timer(E, (const oms_timer_t *)p[1]); }
F(oms_drain) { return oms_drain(E, (const oms_drain_t *)p[1]); }
F(oms_control) { return oms_control(E, (const oms_control_t *)p[1]); }
F(oms_cash_adjust) { return oms_cash_adjust(E, (const oms_cash_adjust_t *)p[1]); }
F(oms_kill) { return oms_kill(E); }
F(oms_kill_flatten) { return oms_kill_flatten(E); }
F(oms_mass_cancel) {
    return oms_mass_cancel(E, (const oms_mass_cancel_t *)p[1], (uint32_t *)p[2]);
}
F(oms_poll) {
    return oms_poll(E, (const oms_poll_t *)p[1], (oms_command_t *)p[2], (oms_event_t *)p[3],
                    (oms_polled_t *)p[4]);
}
F(oms_order_check) {
    return oms_order_check(E, (const oms_order_submit_t *)p[1], (oms_verdict_t *)p[2]);
}
F(oms_order_submit) {
    return oms_order_submit(E, (const oms_order_submit_t *)p[1], (oms_verdict_t *)p[2],
                            (oms_id_t *)p[3]);
}
F(oms_order_cancel) { return oms_order_cancel(E, (const oms_order_cancel_t *)p[1]); }
F(oms_order_replace) {
    return oms_order_replace(E, (const oms_order_replace_t *)p[1], (oms_verdict_t *)p[2],
                             (oms_id_t *)p[3]);
}
F(oms_venue_report) { return oms_venue_report(E, (const oms_venue_report_t *)p[1]); }
F(oms_trigger_arm) {
    return oms_trigger_arm(E, (const oms_trigger_arm_t *)p[1], (oms_id_t *)p[2]);
}
F(oms_trigger_move) { return oms_trigger_move(E, (const oms_trigger_move_t *)p[1]); }
F(oms_trigger_cancel) { return oms_trigger_cancel(E, (const oms_trigger_cancel_t *)p[1]); }
F(oms_position_close) {
    return oms_position_close(E, (const oms_position_close_t *)p[1], (oms_verdict_t *)p[2],
                              (oms_id_t *)p[3]);
}
F(oms_scope_limits_set) {
    return oms_scope_limits_set(E, (const oms_scope_limits_set_t *)p[1]);
}
F(oms_group_set) { return oms_group_set(E, (const oms_group_set_t *)p[1]); }
F(oms_group_get) { return oms_group_get(E, 1, (oms_group_t *)p[1]); }
F(oms_scope_define) {
    return oms_scope_define(E, (const oms_scope_define_t *)p[1], (uint32_t *)p[2]);
}
F(oms_scope_breaker_set) {
    return oms_scope_breaker_set(E, (const oms_scope_breaker_set_t *)p[1]);
}
F(oms_scope_get) { return oms_scope_get(E, 0, (oms_scope_t *)p[1]); }
F(oms_scope_breaker_get) {
    return oms_scope_breaker_get(E, 0, (oms_scope_breaker_set_t *)p[1]);
}
F(oms_limits_get) { return oms_limits_get(E, 0, 0, (oms_limits_set_t *)p[1]); }
F(oms_book_get) { return oms_book_get(E, 0, 0, (oms_book_t *)p[1]); }
F(oms_denials_get) { return oms_denials_get(E, 0, (oms_denials_t *)p[1]); }
F(oms_scope_account_get) { return oms_scope_account_get(E, 0, (oms_account_t *)p[1]); }
F(oms_scope_position_net) {
    return oms_scope_position_net(E, 0, 0, (oms_position_t *)p[1]);
}
F(oms_scope_count) { return oms_scope_count(E, (uint32_t *)p[1]); }
F(oms_phase_set) { return oms_phase_set(E, (const oms_phase_set_t *)p[1]); }
F(oms_volume_set) { return oms_volume_set(E, (const oms_volume_set_t *)p[1]); }
F(oms_locate_set) { return oms_locate_set(E, (const oms_locate_set_t *)p[1]); }
F(oms_bands_set) { return oms_bands_set(E, (const oms_bands_set_t *)p[1]); }
F(oms_conditions_get) { return oms_conditions_get(E, 0, (oms_conditions_t *)p[1]); }
F(oms_order_extend) { return oms_order_extend(E, (const oms_order_extend_t *)p[1]); }
F(oms_order_adopt) {
    return oms_order_adopt(E, (const oms_order_adopt_t *)p[1], (oms_id_t *)p[2]);
}
F(oms_position_open) {
    return oms_position_open(E, (const oms_position_open_t *)p[1], (oms_verdict_t *)p[2],
                             (oms_id_t *)p[3]);
}
F(oms_position_exit) { return oms_position_exit(E, (const oms_position_exit_t *)p[1]); }
F(oms_position_adopt) {
    return oms_position_adopt(E, (const oms_position_adopt_t *)p[1], (oms_id_t *)p[2]);
}
F(oms_reconcile_begin) { return oms_reconcile_begin(E, (const oms_reconcile_begin_t *)p[1]); }
F(oms_reconcile_position) {
    return oms_reconcile_position(E, (const oms_reconcile_position_t *)p[1]);
}
F(oms_reconcile_order) { return oms_reconcile_order(E, (const oms_reconcile_order_t *)p[1]); }
F(oms_reconcile_end) {
    return oms_reconcile_end(E, (const oms_reconcile_end_t *)p[1], (oms_reconcile_report_t *)p[2]);
}
F(oms_reconcile_get) { return oms_reconcile_get(E, (oms_reconcile_report_t *)p[1]); }
F(oms_order_get) { return oms_order_get(E, live, 0, (oms_order_t *)p[1]); }
F(oms_order_log) {
    return oms_order_log(E, live, 0, 0, (oms_event_t *)p[1], 2, (oms_order_log_t *)p[2]);
}
F(oms_order_next) { return oms_order_next(E, 0, (oms_order_t *)p[1]); }
F(oms_position_get) { return oms_position_get(E, position, (oms_position_t *)p[1]); }
F(oms_position_find) { return oms_position_find(E, 1, (oms_position_t *)p[1]); }
F(oms_position_net) { return oms_position_net(E, 0, (oms_position_t *)p[1]); }
F(oms_position_next) { return oms_position_next(E, 0, (oms_position_t *)p[1]); }
F(oms_symbol_position_next) {
    return oms_symbol_position_next(E, 0, 0, (oms_position_t *)p[1]);
}
F(oms_execution_get) { return oms_execution_get(E, 80, (oms_execution_t *)p[1]); }
F(oms_execution_recent) { return oms_execution_recent(E, 0, (oms_execution_t *)p[1]); }
F(oms_statistics_get) { return oms_statistics_get(E, 0, (oms_statistics_t *)p[1]); }
F(oms_execution_stats_get) {
    return oms_execution_stats_get(E, 0, (oms_execution_stats_t *)p[1]);
}
F(oms_shortfall_get) { return oms_shortfall_get(E, 0, (oms_shortfall_t *)p[1]); }
F(oms_simulation_init) { return oms_simulation_init((oms_simulation_set_t *)p[0]); }
F(oms_simulation_set) { return oms_simulation_set(E, (const oms_simulation_set_t *)p[1]); }
F(oms_fees_set) { return oms_fees_set(E, (const oms_fees_set_t *)p[1]); }
F(oms_trigger_get) { return oms_trigger_get(E, stop, (oms_trigger_t *)p[1]); }
F(oms_symbol_get) { return oms_symbol_get(E, 0, (oms_symbol_t *)p[1]); }
F(oms_account_get) { return oms_account_get(E, (oms_account_t *)p[1]); }
F(oms_risk_get) { return oms_risk_get(E, 0, (oms_breaker_status_t *)p[1]); }
F(oms_trip_get) { return oms_trip_get(E, 0, 0, (oms_trip_t *)p[1]); }
F(oms_table_get) { return oms_table_get(E, OMS_TABLE_ORDERS, (oms_table_t *)p[1]); }
F(oms_config_get) { return oms_config_get(E, (oms_config_t *)p[1]); }
F(oms_now) { return oms_now(E, (oms_nanos_t *)p[1]); }
F(oms_digest) { return oms_digest(E, (uint64_t *)p[1]); }
F(oms_audit) { return oms_audit(E, (oms_audit_t *)p[1]); }

F(oms_slippage_init) {
    return oms_slippage_init(OMS_SLIPPAGE_FIXED, (oms_slippage_t *)p[0]);
}
F(oms_slippage_check) {
    return oms_slippage_check((const oms_slippage_t *)p[0], (uint32_t *)p[1]);
}
F(oms_slippage_price) {
    return oms_slippage_price((const oms_slippage_t *)p[0], (const oms_slippage_order_t *)p[1],
                              (oms_ticks_t *)p[2]);
}
F(oms_slippage_worst_case) {
    return oms_slippage_worst_case((const oms_slippage_t *)p[0], 1, 1, (oms_ratio_t *)p[1]);
}
F(oms_order_size_check) {
    return oms_order_size_check((const oms_slippage_t *)p[0], 1, 1, 1, (oms_order_size_t *)p[1]);
}
F(oms_slippage_depth) {
    return oms_slippage_depth(OMS_SIDE_BUY, (const oms_depth_level_t *)p[0], 1, 1, INT64_MAX,
                              (oms_depth_fill_t *)p[1]);
}
F(oms_slippage_fill_max) {
    return oms_slippage_fill_max((const oms_slippage_t *)p[0], 1, 0, 1, (oms_lots_t *)p[1]);
}
F(oms_fees_init) { return oms_fees_init(OMS_FEES_FREE, (oms_fees_t *)p[0]); }
F(oms_fees_check) { return oms_fees_check((const oms_fees_t *)p[0], (uint32_t *)p[1]); }
F(oms_fee) {
    return oms_fee((const oms_fees_t *)p[0], 1, 1, OMS_LIQUIDITY_MAKER, 0, (oms_money_t *)p[1]);
}
F(oms_fee_volume_add) { return oms_fee_volume_add((oms_fee_volume_t *)p[0], 0, 1); }
F(oms_fee_volume_get) {
    return oms_fee_volume_get((const oms_fee_volume_t *)p[0], 0, (uint64_t *)p[1]);
}

#define R(name, count, optional, kind, a, b, c) \
    {#name, f_##name, count, optional, 1, OMS_REQUEST_##kind, {8, 8, a, b, c}}
#define G(name, handle, align) {#name, f_##name, 2, 0, handle, 0, {8, align, 0, 0, 0}}
#define T(name) {#name, f_##name, 2, 2, 2, 0, {8, 8, 0, 0, 0}}
#define S(name, optional, align) {#name, f_##name, 2, optional, 0, 0, {8, align, 0, 0, 0}}
#define H(name, handle) {#name, f_##name, 1, 0, handle, 0, {8, 0, 0, 0, 0}}

static const function_t functions[] = {
    {"oms_breaker_config_init", f_oms_breaker_config_init, 1, 0, 0, 0, {8, 0, 0, 0, 0}},
    {"oms_breaker_init", f_oms_breaker_init, 3, 0, 0, 0, {64, 8, 8, 0, 0}},
    T(oms_breaker_record_trade), T(oms_breaker_record_order), T(oms_breaker_record_end),
    T(oms_breaker_record_error),
    H(oms_breaker_clear_errors, 2), T(oms_breaker_update_balance), T(oms_breaker_check_and_trip),
    H(oms_breaker_reset, 2), H(oms_breaker_trip_move, 2),
    G(oms_breaker_is_operational, 2, 4), G(oms_breaker_status, 2, 8),
    G(oms_breaker_trip_get, 2, 8),
    R(oms_apply, 3, 4, QUOTE, 8, 0, 0),
    {"oms_config_init", f_oms_config_init, 1, 0, 0, 0, {8, 0, 0, 0, 0}},
    {"oms_config_check", f_oms_config_check, 2, 2, 0, 0, {8, 4, 0, 0, 0}},
    {"oms_init", f_oms_init, 3, 0, 0, 0, {64, 8, 8, 0, 0}},
    {"oms_request_init", f_oms_request_init, 1, 0, 0, 0, {8, 0, 0, 0, 0}},
    R(oms_symbol_define, 3, 4, SYMBOL_DEFINE, 4, 0, 0), R(oms_limits_set, 2, 0, LIMITS_SET, 0, 0,
        0),
    R(oms_quote, 2, 0, QUOTE, 0, 0, 0), R(oms_trade, 2, 0, TRADE, 0, 0, 0),
    R(oms_timer, 2, 0, TIMER, 0, 0, 0), R(oms_drain, 2, 0, DRAIN, 0, 0, 0),
    R(oms_control, 2, 0, CONTROL, 0, 0, 0), R(oms_cash_adjust, 2, 0, CASH_ADJUST, 0, 0, 0),
    H(oms_kill, 1), H(oms_kill_flatten, 1), R(oms_mass_cancel, 3, 4, MASS_CANCEL, 4, 0, 0),
    R(oms_poll, 5, 0, POLL, 8, 8, 8), R(oms_order_check, 3, 0, ORDER_SUBMIT, 8, 0,
        0),
    R(oms_order_submit, 4, 8, ORDER_SUBMIT, 8, 8, 0), R(oms_order_cancel, 2, 0, ORDER_CANCEL, 0,
        0, 0),
    R(oms_order_replace, 4, 8, ORDER_REPLACE, 8, 8, 0),
    R(oms_venue_report, 2, 0, VENUE_REPORT, 0, 0, 0), R(oms_trigger_arm, 3, 4, TRIGGER_ARM, 8, 0,
        0),
    R(oms_trigger_move, 2, 0, TRIGGER_MOVE, 0, 0, 0),
    R(oms_trigger_cancel, 2, 0, TRIGGER_CANCEL, 0, 0, 0),
    R(oms_position_close, 4, 8, POSITION_CLOSE, 8, 8, 0), G(oms_order_get, 1, 8),
    {"oms_order_log", f_oms_order_log, 3, 0, 1, 0, {8, 8, 8, 0, 0}},
    G(oms_order_next, 1, 8), G(oms_position_get, 1, 8), G(oms_position_find, 1, 8),
    G(oms_position_net, 1, 8), G(oms_position_next, 1, 8), G(oms_trigger_get, 1, 8),
    G(oms_symbol_get, 1, 8), G(oms_account_get, 1, 8), G(oms_risk_get, 1, 8), G(oms_trip_get, 1, 8),
    G(oms_table_get, 1, 8), G(oms_config_get, 1, 8), G(oms_now, 1, 8), G(oms_digest, 1, 8),
    G(oms_audit, 1, 8), R(oms_scope_limits_set, 2, 0, SCOPE_LIMITS_SET, 0, 0, 0),
    R(oms_group_set, 2, 0, GROUP_SET, 0, 0, 0), G(oms_group_get, 1, 8),
    R(oms_scope_define, 3, 4, SCOPE_DEFINE, 4, 0, 0),
    R(oms_scope_breaker_set, 2, 0, SCOPE_BREAKER_SET, 0, 0, 0), G(oms_scope_get, 1, 8),
    G(oms_scope_count, 1, 4), G(oms_scope_account_get, 1, 8),
    G(oms_denials_get, 1, 8), G(oms_book_get, 1, 8),
    G(oms_scope_breaker_get, 1, 8), G(oms_limits_get, 1, 8),
    G(oms_scope_position_net, 1, 8),
    R(oms_phase_set, 2, 0, PHASE_SET, 0, 0, 0), R(oms_volume_set, 2, 0, VOLUME_SET, 0, 0, 0),
    R(oms_locate_set, 2, 0, LOCATE_SET, 0, 0, 0), R(oms_bands_set, 2, 0, BANDS_SET, 0, 0, 0),
    G(oms_conditions_get, 1, 8),
    R(oms_order_extend, 2, 0, ORDER_EXTEND, 0, 0, 0), R(oms_order_adopt, 3, 4, ORDER_ADOPT, 8, 0,
        0),
    R(oms_position_open, 4, 8, POSITION_OPEN, 8, 8, 0),
    R(oms_position_exit, 2, 0, POSITION_EXIT, 0, 0, 0),
    R(oms_position_adopt, 3, 4, POSITION_ADOPT, 8, 0, 0), G(oms_symbol_position_next, 1, 8),
    G(oms_execution_get, 1, 8), G(oms_execution_recent, 1, 8), G(oms_statistics_get, 1, 8),
    G(oms_execution_stats_get, 1, 8), G(oms_shortfall_get, 1, 8),
    {"oms_simulation_init", f_oms_simulation_init, 1, 0, 0, 0, {8, 0, 0, 0, 0}},
    R(oms_simulation_set, 2, 0, SIMULATION_SET, 0, 0, 0), R(oms_fees_set, 2, 0, FEES_SET, 0, 0, 0),
    R(oms_reconcile_begin, 2, 0, RECONCILE_BEGIN, 0, 0, 0),
    R(oms_reconcile_position, 2, 0, RECONCILE_POSITION, 0, 0, 0),
    R(oms_reconcile_order, 2, 0, RECONCILE_ORDER, 0, 0, 0),
    R(oms_reconcile_end, 3, 4, RECONCILE_END, 8, 0, 0), G(oms_reconcile_get, 1, 8),
    H(oms_slippage_init, 0), S(oms_slippage_check, 2, 4),
    {"oms_slippage_price", f_oms_slippage_price, 3, 0, 0, 0, {8, 8, 8, 0, 0}},
    S(oms_slippage_worst_case, 0, 8), S(oms_order_size_check, 0, 8), S(oms_slippage_depth, 0, 8),
    S(oms_slippage_fill_max, 0, 8), H(oms_fees_init, 0), S(oms_fees_check, 2, 4), S(oms_fee, 0, 8),
    H(oms_fee_volume_add, 0), S(oms_fee_volume_get, 0, 8),
};

static void fill_pointers(const function_t *f, void **p) {
    uint32_t i;
    memset(&pattern, 0xc3, sizeof pattern);
    for (i = 0; i < 5; i++) {
        memset(&buffers[i], 0xc3, sizeof buffers[i]);
        p[i] = buffers[i].bytes;
    }
    if (f->handle == 1) p[0] = oms;
    if (f->handle == 2) p[0] = breaker;
    if (f->record) valid(f->record, p[1]);
    if (f->align[0] == 64) {
        uintptr_t a = ((uintptr_t)p[0] + 63) / 64 * 64;
        p[0] = (void *)a;
        memset(p[1], 0, 64);
        if (f->call == f_oms_init) {
            oms_config_t config;
            config_small(&config);
            memcpy(p[1], &config, sizeof config);
        } else {
            oms_breaker_config_t config;
            OK(oms_breaker_config_init(&config));
            memcpy(p[1], &config, sizeof config);
        }
    }
}

/* Calls it; the answer is as wanted and nothing has changed. */
static void refused(const function_t *f, void **p, oms_status_t want) {
    static unsigned char before[5][sizeof buffers[0]];
    uint64_t digest = digest_of(oms);
    uint32_t i;
    for (i = 0; i < 5; i++) memcpy(before[i], buffers[i].bytes, sizeof before[i]);
    check_about(f->name);
    CHECK_ST(f->call(p), want);
    for (i = 0; i < 5; i++) CHECK(memcmp(before[i], buffers[i].bytes, sizeof before[i]) == 0);
    CHECK(digest_of(oms) == digest);
    check_about(NULL);
}

static void pointers(void) {
    static union {
        uint64_t align[1024];
        unsigned char bytes[8192];
    } junk;
    size_t n;
    for (n = 0; n < COUNT(functions); n++) {
        const function_t *f = &functions[n];
        void *p[5];
        uint32_t i, k;
        for (i = 0; i < f->count; i++) {
            int optional = (int)(f->optional >> i & 1);
            fill_pointers(f, p);
            if (!optional) {
                p[i] = NULL;
                refused(f, p, OMS_E_NULL);
            }
            for (k = 1; k <= 4 && k < f->align[i]; k++) {
                fill_pointers(f, p);
                if (i == 1 && f->record) {
                    memmove((unsigned char *)p[1] + k, p[1], RECORD_MAX);
                }
                p[i] = (unsigned char *)p[i] + k;
                refused(f, p, OMS_E_ALIGN);
            }
        }
        if (f->handle) {
            for (k = 0; k < 4; k++) {
                fill_pointers(f, p);
                memset(junk.bytes, k == 0 ? 0 : k == 1 ? 0xff : 0x5a, sizeof junk);
                p[0] = k == 3 ? (f->handle == 1 ? (void *)breaker : (void *)oms) : junk.bytes;
                refused(f, p, OMS_E_HANDLE);
                /* The handle goes before the record. */
                if (f->record) {
                    memset(p[1], 0xc3, RECORD_MAX);
                    refused(f, p, OMS_E_HANDLE);
                }
            }
        }
    }
    CHECK(audited(oms));
    CHECK_EQ(oms_size(NULL), 0);
    CHECK_EQ(oms_breaker_size(NULL), 0);
    {
        const function_t *f = &functions[0];
        void *p[5];
        fill_pointers(f, p);
        for (n = 1; n <= 4; n++) {
            CHECK_EQ(oms_size((oms_config_t *)(void *)(buffers[0].bytes + n)), 0);
            CHECK_EQ(oms_breaker_size((oms_breaker_config_t *)(void *)(buffers[0].bytes + n)), 0);
        }
    }
    /* Arrays that are not wanted may be NULL, and one that is may not. */
    {
        oms_poll_t request;
        oms_polled_t polled;
        oms_event_t event;
        oms_command_t command;
        OMS_REQUEST_INIT(&request, OMS_REQUEST_POLL);
        OK(oms_poll(oms, &request, NULL, NULL, &polled));
        request.max_events = 1;
        CHECK_ST(oms_poll(oms, &request, NULL, NULL, &polled), OMS_E_NULL);
        OK(oms_poll(oms, &request, NULL, &event, &polled));
        request.max_events = 0;
        request.max_commands = 1;
        CHECK_ST(oms_poll(oms, &request, NULL, &event, &polled), OMS_E_NULL);
        OK(oms_poll(oms, &request, &command, NULL, &polled));
    }
}

/* Several pointers are wrong: NULL goes before alignment, and both before the handle, whichever
 * pointers they are. */
static void order_of_pointers(void) {
    static uint64_t junk[1024];
    size_t n;
    for (n = 0; n < COUNT(functions); n++) {
        const function_t *f = &functions[n];
        int null_align = 1, null_handle = 1, align_handle = 1;
        void *p[5];
        uint32_t i, j;
        /* Its arrays are looked at after the record that gives their lengths. */
        if (f->call == f_oms_poll) continue;
        for (i = 0; i < f->count; i++) {
            if (!(f->optional >> i & 1)) {
                for (j = 0; j < f->count; j++) {
                    if (j == i) continue;
                    fill_pointers(f, p);
                    p[i] = NULL;
                    p[j] = (unsigned char *)p[j] + 1;
                    null_align = null_align && f->call(p) == OMS_E_NULL;
                }
                if (f->handle && i > 0) {
                    fill_pointers(f, p);
                    p[0] = junk;
                    p[i] = NULL;
                    null_handle = null_handle && f->call(p) == OMS_E_NULL;
                }
            }
            if (f->handle && i > 0) {
                fill_pointers(f, p);
                p[0] = junk;
                p[i] = (unsigned char *)p[i] + 1;
                align_handle = align_handle && f->call(p) == OMS_E_ALIGN;
            }
        }
        check_about(f->name);
        CHECK(null_align && "NULL goes before alignment");
        CHECK(null_handle && "NULL goes before the handle");
        CHECK(align_handle && "alignment goes before the handle");
        check_about(NULL);
    }
}

/* ---- records ---- */

static const function_t *door(uint32_t kind) {
    size_t n;
    for (n = 0; n < COUNT(functions); n++)
        if (functions[n].record == kind && functions[n].call != f_oms_apply &&
            functions[n].call != f_oms_order_check)
            return &functions[n];
    return NULL;
}

static const uint32_t kinds[] = {1,  2,  3,  4,  5,  6, 13, 14, 15, 16, 17, 18, 19, 20, 32, 33,
                                 34, 35, 36, 37, 38, 48, 64, 65, 80, 81, 82,
                                 96, 97, 98, 99};
static oms_answer_t answer;

/* By its door and by oms_apply; for an order by oms_order_check too. */
static void record_refused(uint32_t kind, const void *record, size_t size, oms_status_t want) {
    const function_t *f = door(kind);
    oms_request_header_t header;
    void *p[5];
    uint64_t digest = digest_of(oms);
    fill_pointers(f, p);
    memcpy(p[1], record, size);
    refused(f, p, want);
    if (kind == OMS_REQUEST_ORDER_SUBMIT) {
        oms_verdict_t verdict, same;
        memset(&verdict, 0x33, sizeof verdict);
        same = verdict;
        CHECK_ST(oms_order_check(oms, (const oms_order_submit_t *)p[1], &verdict), want);
        CHECK(memcmp(&verdict, &same, sizeof same) == 0);
    }
    memcpy(&header, record, sizeof header);
    if (header.kind == kind) {
        oms_answer_t same;
        memset(&answer, 0x33, sizeof answer);
        same = answer;
        check_about(oms_request_name(kind));
        CHECK_ST(oms_apply(oms, p[1], size, &answer), want);
        check_about(NULL);
        CHECK(memcmp(&answer, &same, sizeof same) == 0);
    }
    CHECK(digest_of(oms) == digest);
}

static void frames(void) {
    size_t n, m;
    for (n = 0; n < COUNT(kinds); n++) {
        union {
            oms_request_header_t header;
            uint64_t align[64];
            unsigned char bytes[RECORD_MAX];
        } r;
        size_t size = valid(kinds[n], &r);
        const function_t *f = door(kinds[n]);
        void *p[5];
        uint32_t good = r.header.size;
        CHECK(f != NULL);
        CHECK_EQ(good, size);
        for (m = 0; m < COUNT(kinds); m++) {
            if (m == n) continue;
            r.header.kind = kinds[m];
            record_refused(kinds[n], &r, size, OMS_E_KIND);
        }
        r.header.kind = 0;
        record_refused(kinds[n], &r, size, OMS_E_KIND);
        r.header.kind = UINT32_MAX;
        r.header.size = 0;
        record_refused(kinds[n], &r, size, OMS_E_KIND);
        r.header.kind = kinds[n];
        record_refused(kinds[n], &r, size, OMS_E_SIZE);
        r.header.size = good + 1;
        record_refused(kinds[n], &r, size, OMS_E_SIZE);
        r.header.size = UINT32_MAX;
        record_refused(kinds[n], &r, size, OMS_E_SIZE);
        r.header.size = good;
        fill_pointers(f, p);
        memcpy(p[1], &r, size);
        CHECK_ST(oms_apply(oms, p[1], size - 1, NULL), OMS_E_SIZE);
        CHECK_ST(oms_apply(oms, p[1], size + 1, NULL), OMS_E_SIZE);
        /* oms_request_init */
        memset(&r, 0x11, sizeof r);
        CHECK_ST(oms_request_init(&r, size - 1, kinds[n]), OMS_E_SIZE);
        CHECK_ST(oms_request_init(&r, size + 1, kinds[n]), OMS_E_SIZE);
        CHECK_ST(oms_request_init(&r, size, 70), OMS_E_KIND);
        CHECK_ST(oms_request_init(&r, 3, 70), OMS_E_KIND);
        for (m = 0; m < sizeof r; m++) CHECK(r.bytes[m] == 0x11);
        OK(oms_request_init(&r, size, kinds[n]));
        CHECK_EQ(r.header.kind, kinds[n]);
        CHECK_EQ(r.header.size, size);
        for (m = 8; m < sizeof r; m++) CHECK(r.bytes[m] == (m < size ? 0 : 0x11));
    }
}

typedef struct field_t {
    uint32_t kind;
    size_t offset, size;
    const char *name;
} field_t;
#define FIELD(kind, type, member) \
    {OMS_REQUEST_##kind, offsetof(type, member), sizeof(((type *)0)->member), #type "." #member}

static const field_t reserved[] = {
    FIELD(SYMBOL_DEFINE, oms_symbol_define_t, tick_size.reserved),
    FIELD(SYMBOL_DEFINE, oms_symbol_define_t, lot_size.reserved),
    FIELD(SYMBOL_DEFINE, oms_symbol_define_t, multiplier.reserved),
    FIELD(SYMBOL_DEFINE, oms_symbol_define_t, conversion.reserved),
    FIELD(SYMBOL_DEFINE, oms_symbol_define_t, reserved0),
    FIELD(SYMBOL_DEFINE, oms_symbol_define_t, reserved),
    FIELD(LIMITS_SET, oms_limits_set_t, reserved0), FIELD(LIMITS_SET, oms_limits_set_t, reserved),
    FIELD(QUOTE, oms_quote_t, reserved0), FIELD(QUOTE, oms_quote_t, reserved),
    FIELD(TRADE, oms_trade_t, reserved0), FIELD(TRADE, oms_trade_t, reserved),
    FIELD(TIMER, oms_timer_t, reserved), FIELD(DRAIN, oms_drain_t, reserved),
    FIELD(CONTROL, oms_control_t, reserved), FIELD(MASS_CANCEL, oms_mass_cancel_t, reserved),
    FIELD(CONTROL, oms_control_t, symbol), FIELD(CASH_ADJUST, oms_cash_adjust_t, reserved0),
    FIELD(CASH_ADJUST, oms_cash_adjust_t, reserved), FIELD(POLL, oms_poll_t, reserved),
    FIELD(ORDER_SUBMIT, oms_order_submit_t, reserved0),
    FIELD(ORDER_SUBMIT, oms_order_submit_t, reserved),
    FIELD(ORDER_CANCEL, oms_order_cancel_t, reserved),
    FIELD(ORDER_REPLACE, oms_order_replace_t, reserved),
    FIELD(VENUE_REPORT, oms_venue_report_t, reserved0),
    FIELD(VENUE_REPORT, oms_venue_report_t, reserved),
    FIELD(TRIGGER_ARM, oms_trigger_arm_t, reserved0),
    FIELD(TRIGGER_ARM, oms_trigger_arm_t, reserved),
    FIELD(TRIGGER_MOVE, oms_trigger_move_t, reserved),
    FIELD(TRIGGER_CANCEL, oms_trigger_cancel_t, reserved),
    FIELD(POSITION_CLOSE, oms_position_close_t, reserved0),
    FIELD(POSITION_CLOSE, oms_position_close_t, reserved),
    FIELD(SCOPE_LIMITS_SET, oms_scope_limits_set_t, reserved0),
    FIELD(SCOPE_LIMITS_SET, oms_scope_limits_set_t, reserved),
    FIELD(GROUP_SET, oms_group_set_t, reserved0), FIELD(GROUP_SET, oms_group_set_t, reserved),
    FIELD(SCOPE_DEFINE, oms_scope_define_t, reserved),
    FIELD(SCOPE_BREAKER_SET, oms_scope_breaker_set_t, reserved0),
    FIELD(SCOPE_BREAKER_SET, oms_scope_breaker_set_t, reserved),
    FIELD(PHASE_SET, oms_phase_set_t, reserved0), FIELD(PHASE_SET, oms_phase_set_t, reserved),
    FIELD(VOLUME_SET, oms_volume_set_t, reserved0), FIELD(VOLUME_SET, oms_volume_set_t, reserved),
    FIELD(LOCATE_SET, oms_locate_set_t, reserved), FIELD(BANDS_SET, oms_bands_set_t, reserved),
    FIELD(SIMULATION_SET, oms_simulation_set_t, reserved),
    FIELD(FEES_SET, oms_fees_set_t, reserved0), FIELD(FEES_SET, oms_fees_set_t, reserved),
    FIELD(ORDER_EXTEND, oms_order_extend_t, reserved),
    FIELD(ORDER_ADOPT, oms_order_adopt_t, reserved0),
    FIELD(ORDER_ADOPT, oms_order_adopt_t, reserved),
    FIELD(POSITION_OPEN, oms_position_open_t, reserved0),
    FIELD(POSITION_OPEN, oms_position_open_t, reserved),
    FIELD(POSITION_EXIT, oms_position_exit_t, reserved0),
    FIELD(POSITION_EXIT, oms_position_exit_t, reserved),
    FIELD(POSITION_ADOPT, oms_position_adopt_t, reserved0),
    FIELD(POSITION_ADOPT, oms_position_adopt_t, reserved),
    FIELD(RECONCILE_BEGIN, oms_reconcile_begin_t, reserved),
    FIELD(RECONCILE_POSITION, oms_reconcile_position_t, reserved0),
    FIELD(RECONCILE_POSITION, oms_reconcile_position_t, reserved),
    FIELD(RECONCILE_ORDER, oms_reconcile_order_t, reserved0),
    FIELD(RECONCILE_ORDER, oms_reconcile_order_t, reserved),
    FIELD(RECONCILE_END, oms_reconcile_end_t, reserved),
};

static void reserved_fields(void) {
    size_t n, i;
    for (n = 0; n < COUNT(reserved); n++) {
        const field_t *field = &reserved[n];
        for (i = 0; i < field->size; i++) {
            union {
                uint64_t align[64];
                unsigned char bytes[RECORD_MAX];
            } r;
            size_t size = valid(field->kind, &r);
            CHECK_EQ(r.bytes[field->offset + i], 0);
            r.bytes[field->offset + i] = i % 2 ? 0x80 : 1;
            record_refused(field->kind, &r, size, OMS_E_RESERVED);
        }
    }
}

typedef struct enum_t {
    field_t field;
    uint32_t known; /* bit n: n is known */
    int flags;
} enum_t;

static const enum_t enums[] = {
    {FIELD(ORDER_SUBMIT, oms_order_submit_t, side), 0x6, 0},
    {FIELD(ORDER_SUBMIT, oms_order_submit_t, order_type), 0xfe, 0},
    {FIELD(ORDER_SUBMIT, oms_order_submit_t, time_in_force), 0x5b, 0},
    {FIELD(ORDER_SUBMIT, oms_order_submit_t, flags), 0xf, 1},
    {FIELD(ORDER_SUBMIT, oms_order_submit_t, hold), 0x3, 0},
    {FIELD(PHASE_SET, oms_phase_set_t, phase), 0x1f, 0},
    {FIELD(ORDER_ADOPT, oms_order_adopt_t, side), 0x6, 0},
    {FIELD(ORDER_ADOPT, oms_order_adopt_t, order_type), 0xfe, 0},
    {FIELD(ORDER_ADOPT, oms_order_adopt_t, time_in_force), 0x5b, 0},
    {FIELD(ORDER_ADOPT, oms_order_adopt_t, hold), 0x3, 0},
    {FIELD(ORDER_ADOPT, oms_order_adopt_t, flags), 0x3, 1},
    {FIELD(POSITION_OPEN, oms_position_open_t, side), 0x6, 0},
    {FIELD(POSITION_ADOPT, oms_position_adopt_t, side), 0x6, 0},
    {FIELD(POSITION_EXIT, oms_position_exit_t, reason), 0x3ff, 0},
    {FIELD(VENUE_REPORT, oms_venue_report_t, side), 0x7, 0},
    {FIELD(TRIGGER_ARM, oms_trigger_arm_t, kind), 0xe, 0},
    {FIELD(TRIGGER_ARM, oms_trigger_arm_t, action), 0x6, 0},
    {FIELD(VENUE_REPORT, oms_venue_report_t, report), 0x7fffe, 0},
    {FIELD(VENUE_REPORT, oms_venue_report_t, liquidity), 0x7, 0},
    {FIELD(VENUE_REPORT, oms_venue_report_t, reason), 0x1ff, 0},
    {FIELD(LIMITS_SET, oms_limits_set_t, reference), 0xf, 0},
    {FIELD(LIMITS_SET, oms_limits_set_t, self_trade), 0x1f, 0},
    {FIELD(LIMITS_SET, oms_limits_set_t, flags), 0x1f, 1},
    {FIELD(GROUP_SET, oms_group_set_t, flags), 0x3, 1},
    {FIELD(SYMBOL_DEFINE, oms_symbol_define_t, flags), 0x7, 1},
    {FIELD(SYMBOL_DEFINE, oms_symbol_define_t, trigger_source), 0x7, 0},
    {FIELD(TRADE, oms_trade_t, source), 0x7, 0},
    {FIELD(SCOPE_DEFINE, oms_scope_define_t, flags), 0x1, 1},
    {FIELD(CONTROL, oms_control_t, action), 0xfe, 0},
    {FIELD(CONTROL, oms_control_t, flags), 0x0, 1},
    {FIELD(MASS_CANCEL, oms_mass_cancel_t, side), 0x7, 0},
    {FIELD(MASS_CANCEL, oms_mass_cancel_t, flags), 0x1, 1},
    {FIELD(RECONCILE_BEGIN, oms_reconcile_begin_t, flags), 0xf, 1},
    {FIELD(RECONCILE_ORDER, oms_reconcile_order_t, side), 0x6, 0},
    {FIELD(RECONCILE_ORDER, oms_reconcile_order_t, order_status), 0x1efe, 0},
};

static void enumerations(void) {
    size_t n;
    for (n = 0; n < COUNT(enums); n++) {
        const enum_t *e = &enums[n];
        uint32_t i, count = e->field.size == 1 ? 256 : e->flags ? 32 : 300;
        for (i = 0; i < count; i++) {
            union {
                uint64_t align[64];
                unsigned char bytes[RECORD_MAX];
            } r;
            size_t size = valid(e->field.kind, &r);
            uint32_t value = e->flags ? UINT32_C(1) << i : i;
            uint16_t half = (uint16_t)value;
            uint8_t byte = (uint8_t)value;
            if (i < 32 && (e->known >> i & 1)) continue;
            if (e->field.size == 1) memcpy(r.bytes + e->field.offset, &byte, 1);
            if (e->field.size == 2) memcpy(r.bytes + e->field.offset, &half, 2);
            if (e->field.size == 4) memcpy(r.bytes + e->field.offset, &value, 4);
            check_about(e->field.name);
            record_refused(e->field.kind, &r, size, OMS_E_ENUM);
        }
    }
    /* The trading state of a control record. */
    for (n = 4; n < 300; n++) {
        oms_control_t r;
        valid(OMS_REQUEST_CONTROL, &r);
        r.action = OMS_CONTROL_TRADING_STATE;
        r.value = n % 2 ? (int64_t)n : -(int64_t)n;
        record_refused(OMS_REQUEST_CONTROL, &r, sizeof r, OMS_E_ENUM);
    }
    {
        oms_table_t table;
        uint32_t i;
        for (i = 12; i < 300; i++) CHECK_ST(oms_table_get(oms, i, &table), OMS_E_ENUM);
        CHECK_ST(oms_table_get(oms, 0, &table), OMS_E_ENUM);
        CHECK_ST(oms_table_get(oms, UINT32_MAX, &table), OMS_E_ENUM);
    }
}

static void ids(void) {
    static const struct {
        field_t field;
        int what; /* 1 order, 2 position, 3 trigger */
    } fields[] = {
        {FIELD(ORDER_SUBMIT, oms_order_submit_t, position), 2},
        {FIELD(ORDER_SUBMIT, oms_order_submit_t, parent), 1},
        {FIELD(ORDER_CANCEL, oms_order_cancel_t, order), 1},
        {FIELD(ORDER_REPLACE, oms_order_replace_t, order), 1},
        {FIELD(VENUE_REPORT, oms_venue_report_t, order), 1},
        {FIELD(TRIGGER_ARM, oms_trigger_arm_t, position), 2},
        {FIELD(TRIGGER_MOVE, oms_trigger_move_t, trigger), 3},
        {FIELD(TRIGGER_CANCEL, oms_trigger_cancel_t, trigger), 3},
        {FIELD(POSITION_CLOSE, oms_position_close_t, position), 2},
        {FIELD(ORDER_SUBMIT, oms_order_submit_t, linked), 1},
        {FIELD(ORDER_EXTEND, oms_order_extend_t, order), 1},
        {FIELD(ORDER_ADOPT, oms_order_adopt_t, position), 2},
        {FIELD(ORDER_ADOPT, oms_order_adopt_t, parent), 1},
        {FIELD(POSITION_EXIT, oms_position_exit_t, position), 2},
    };
    size_t n, i;
    for (n = 0; n < COUNT(fields) + 6; n++) {
        int what = n < COUNT(fields) ? fields[n].what : (int)"\1\1\2\2\2\3"[n - COUNT(fields)];
        oms_id_t good = what == 1 ? live : what == 2 ? position : stop;
        oms_id_t stale = what == 1 ? stale_order : what == 2 ? stale_position : stale_trigger;
        const struct {
            oms_id_t id;
            oms_status_t want;
        } cases[] = {
            {what == 1 ? position : live, OMS_E_UNKNOWN},
            {what == 3 ? position : stop, OMS_E_UNKNOWN},
            {good + (UINT64_C(1) << 24), OMS_E_UNKNOWN},       /* a later generation */
            {good + 1000, OMS_E_UNKNOWN},                      /* a slot there is not */
            {good | 0xffffff, OMS_E_UNKNOWN},
            {stale, OMS_E_STALE},
            {good ^ (UINT64_C(1) << 52), OMS_E_FOREIGN},       /* another tag */
            {good ^ (UINT64_C(0x800) << 52), OMS_E_FOREIGN},
            {good & ((UINT64_C(1) << 52) - 1), OMS_E_FOREIGN}, /* tag 0 */
            {(TAG << 52) | 1, OMS_E_UNKNOWN},
            {(TAG << 52), OMS_E_UNKNOWN},
            {0, OMS_E_UNKNOWN},
        };
        for (i = 0; i < COUNT(cases); i++) {
            oms_id_t id = cases[i].id;
            if (n < COUNT(fields)) {
                union {
                    uint64_t align[64];
                    unsigned char bytes[RECORD_MAX];
                } r;
                size_t size = valid(fields[n].field.kind, &r);
                if (id == 0 && (fields[n].field.kind == OMS_REQUEST_ORDER_SUBMIT ||
                                fields[n].field.kind == OMS_REQUEST_ORDER_ADOPT))
                    continue;
                memcpy(r.bytes + fields[n].field.offset, &id, sizeof id);
                check_about(fields[n].field.name);
                record_refused(fields[n].field.kind, &r, size, cases[i].want);
            } else {
                union {
                    oms_order_t order;
                    oms_position_t position;
                    oms_trigger_t trigger;
                    unsigned char bytes[512];
                } out, same;
                oms_status_t got = OMS_OK;
                memset(&out, 0x77, sizeof out);
                same = out;
                switch (n - COUNT(fields)) {
                case 0: got = oms_order_get(oms, id, 0, &out.order); break;
                case 1: got = id ? oms_order_next(oms, id, &out.order) : OMS_E_UNKNOWN; break;
                case 2: got = oms_position_get(oms, id, &out.position); break;
                case 3: got = id ? oms_position_next(oms, id, &out.position) : OMS_E_UNKNOWN; break;
                case 4:
                    got = id ? oms_symbol_position_next(oms, 0, id, &out.position) : OMS_E_UNKNOWN;
                    break;
                default: got = oms_trigger_get(oms, id, &out.trigger); break;
                }
                CHECK_ST(got, cases[i].want);
                CHECK(memcmp(&out, &same, sizeof same) == 0);
            }
        }
    }
    {
        oms_order_t order;
        oms_position_t p;
        oms_symbol_t symbol;
        oms_breaker_status_t risk;
        oms_trip_t trip;
        oms_statistics_t statistics;
        oms_execution_t execution;
        CHECK_ST(oms_order_get(oms, 0, 123456, &order), OMS_E_UNKNOWN);
        OK(oms_order_get(oms, 0, 930, &order));
        CHECK_EQ(order.order, live);
        CHECK_ST(oms_position_find(oms, 0, &p), OMS_E_UNKNOWN);
        CHECK_ST(oms_position_find(oms, 99, &p), OMS_E_UNKNOWN);
        CHECK_ST(oms_position_net(oms, 1, &p), OMS_E_UNKNOWN);
        CHECK_ST(oms_position_net(oms, 2, &p), OMS_E_SYMBOL);
        CHECK_ST(oms_symbol_get(oms, 2, &symbol), OMS_E_SYMBOL);
        CHECK_ST(oms_symbol_get(oms, UINT32_MAX, &symbol), OMS_E_SYMBOL);
        CHECK_ST(oms_risk_get(oms, 1, &risk), OMS_E_SCOPE);
        CHECK_ST(oms_trip_get(oms, 1, 0, &trip), OMS_E_SCOPE);
        CHECK_ST(oms_statistics_get(oms, 1, &statistics), OMS_E_SCOPE);
        CHECK_ST(oms_statistics_get(oms, UINT32_MAX, &statistics), OMS_E_SCOPE);
        CHECK_ST(oms_symbol_position_next(oms, 2, 0, &p), OMS_E_SYMBOL);
        CHECK_ST(oms_symbol_position_next(oms, UINT32_MAX, 0, &p), OMS_E_SYMBOL);
        /* A position of another symbol. */
        CHECK_ST(oms_symbol_position_next(oms, 1, position, &p), OMS_E_SYMBOL);
        CHECK_ST(oms_execution_get(oms, 0, &execution), OMS_E_UNKNOWN);
        CHECK_ST(oms_execution_get(oms, UINT64_MAX, &execution), OMS_E_UNKNOWN);
        CHECK_ST(oms_execution_recent(oms, 8, &execution), OMS_E_UNKNOWN);
        CHECK_ST(oms_execution_recent(oms, UINT32_MAX, &execution), OMS_E_UNKNOWN);
        CHECK_ST(oms_trip_get(oms, 0, 0, &trip), OMS_E_UNKNOWN);
    }
}

/* Codes of the doors, as their documents list them. */
#define ONE(code) (UINT64_C(1) << -(code))
static uint64_t documented(uint32_t kind) {
    const uint64_t id = ONE(OMS_E_UNKNOWN) | ONE(OMS_E_STALE) | ONE(OMS_E_FOREIGN);
    switch (kind) {
    case OMS_REQUEST_SYMBOL_DEFINE:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_CAPACITY) | ONE(OMS_E_CONFLICT);
    case OMS_REQUEST_LIMITS_SET:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_SCOPE) | ONE(OMS_E_SYMBOL) |
               ONE(OMS_E_STATE) | ONE(OMS_E_CAPACITY);
    case OMS_REQUEST_SCOPE_DEFINE:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_SCOPE) | ONE(OMS_E_CONFLICT) |
               ONE(OMS_E_CAPACITY);
    case OMS_REQUEST_SCOPE_BREAKER_SET:
        return ONE(OMS_E_SCOPE) | ONE(OMS_E_RANGE) | ONE(OMS_E_STATE);
    case OMS_REQUEST_CONTROL:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_SCOPE) | ONE(OMS_E_SYMBOL) | ONE(OMS_E_PENDING) |
               ONE(OMS_E_RESERVED) | ONE(OMS_E_CAPACITY);
    case OMS_REQUEST_MASS_CANCEL:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_SCOPE) | ONE(OMS_E_SYMBOL);
    case OMS_REQUEST_CASH_ADJUST: return ONE(OMS_E_SCOPE) | ONE(OMS_E_RANGE);
    case OMS_REQUEST_ORDER_SUBMIT:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_SCOPE) | id | ONE(OMS_E_TERMINAL) |
               ONE(OMS_E_SYMBOL) | ONE(OMS_E_STATE) | ONE(OMS_E_PENDING);
    case OMS_REQUEST_ORDER_EXTEND: return id | ONE(OMS_E_TERMINAL) | ONE(OMS_E_RANGE);
    case OMS_REQUEST_ORDER_ADOPT:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_SCOPE) | ONE(OMS_E_SYMBOL) |
               ONE(OMS_E_PRICE) | id | ONE(OMS_E_TERMINAL) | ONE(OMS_E_STATE) |
               ONE(OMS_E_CONFLICT) | ONE(OMS_E_CAPACITY);
    case OMS_REQUEST_PHASE_SET: return ONE(OMS_E_ENUM) | ONE(OMS_E_SYMBOL);
    case OMS_REQUEST_VOLUME_SET: return ONE(OMS_E_RANGE) | ONE(OMS_E_SYMBOL);
    case OMS_REQUEST_LOCATE_SET:
        return ONE(OMS_E_RANGE) | ONE(OMS_E_SCOPE) | ONE(OMS_E_SYMBOL) | ONE(OMS_E_CAPACITY);
    case OMS_REQUEST_SIMULATION_SET:
    case OMS_REQUEST_FEES_SET: return ONE(OMS_E_STATE);
    case OMS_REQUEST_BANDS_SET: return ONE(OMS_E_RANGE) | ONE(OMS_E_SYMBOL);
    case OMS_REQUEST_SCOPE_LIMITS_SET: return ONE(OMS_E_RANGE) | ONE(OMS_E_SCOPE);
    case OMS_REQUEST_GROUP_SET:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_SYMBOL) | ONE(OMS_E_STATE);
    case OMS_REQUEST_POSITION_OPEN:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_SCOPE) | ONE(OMS_E_STATE);
    case OMS_REQUEST_POSITION_EXIT:
        return ONE(OMS_E_ENUM) | id | ONE(OMS_E_TERMINAL) | ONE(OMS_E_RANGE) | ONE(OMS_E_PRICE);
    case OMS_REQUEST_POSITION_ADOPT:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_SCOPE) | ONE(OMS_E_SYMBOL) | ONE(OMS_E_RANGE) |
               ONE(OMS_E_PRICE) | ONE(OMS_E_STATE) | ONE(OMS_E_CAPACITY);
    case OMS_REQUEST_ORDER_CANCEL: return id | ONE(OMS_E_TERMINAL) | ONE(OMS_E_PENDING);
    case OMS_REQUEST_ORDER_REPLACE:
        return ONE(OMS_E_RANGE) | id | ONE(OMS_E_TERMINAL) | ONE(OMS_E_PENDING);
    case OMS_REQUEST_TRIGGER_ARM:
        return ONE(OMS_E_ENUM) | id | ONE(OMS_E_TERMINAL) | ONE(OMS_E_PRICE) | ONE(OMS_E_PENDING) |
               ONE(OMS_E_RANGE) | ONE(OMS_E_CAPACITY);
    case OMS_REQUEST_TRIGGER_MOVE:
        return id | ONE(OMS_E_STATE) | ONE(OMS_E_PRICE) | ONE(OMS_E_PENDING);
    case OMS_REQUEST_TRIGGER_CANCEL: return id | ONE(OMS_E_STATE);
    case OMS_REQUEST_POSITION_CLOSE:
        return id | ONE(OMS_E_TERMINAL) | ONE(OMS_E_PENDING) | ONE(OMS_E_RANGE) |
               ONE(OMS_E_CAPACITY);
    case OMS_REQUEST_VENUE_REPORT:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_BAD_QTY) | id | ONE(OMS_E_CONFLICT);
    case OMS_REQUEST_QUOTE: return ONE(OMS_E_SYMBOL) | ONE(OMS_E_PRICE) | ONE(OMS_E_RANGE);
    case OMS_REQUEST_TRADE:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_SYMBOL) | ONE(OMS_E_PRICE) | ONE(OMS_E_RANGE);
    case OMS_REQUEST_RECONCILE_BEGIN:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_RANGE) | ONE(OMS_E_SCOPE) | ONE(OMS_E_SYMBOL);
    case OMS_REQUEST_RECONCILE_POSITION:
        return ONE(OMS_E_RANGE) | ONE(OMS_E_STATE) | ONE(OMS_E_SYMBOL);
    case OMS_REQUEST_RECONCILE_ORDER:
        return ONE(OMS_E_ENUM) | ONE(OMS_E_BAD_QTY) | ONE(OMS_E_RANGE) | ONE(OMS_E_STATE) |
               ONE(OMS_E_SYMBOL) | ONE(OMS_E_FOREIGN);
    case OMS_REQUEST_RECONCILE_END: return ONE(OMS_E_STATE);
    default: return 0;
    }
}

static int is_reserved(uint32_t kind, size_t offset) {
    size_t n;
    for (n = 0; n < COUNT(reserved); n++)
        if (reserved[n].kind == kind && offset + 8 > reserved[n].offset &&
            offset < reserved[n].offset + reserved[n].size)
            return 1;
    return 0;
}

/* Every eight bytes of every record take extreme values, alone and in pairs. */
static void extremes(void) {
    static const int64_t values[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 1, -2, -1,
        0, 1,
                                     INT64_C(1) << 60, (INT64_C(1) << 60) + 1,
                                     -(INT64_C(1) << 60), -(INT64_C(1) << 60) - 1,
                                     INT64_C(1) << 31, INT64_C(0xffffffff), INT64_C(1) << 32,
                                     INT64_C(1) << 52};
    size_t n, at, also, v, taken = 0;
    for (n = 0; n < COUNT(kinds); n++) {
        uint32_t kind = kinds[n];
        size_t size = valid(kind, buffers[0].bytes);
        for (at = 8; at < size; at += 8) {
            if (is_reserved(kind, at)) continue;
            for (also = at; also < size; also += 8) {
                if (is_reserved(kind, also) || (light() && also != at)) continue;
                for (v = 0; v < COUNT(values); v++) {
                    const function_t *f = door(kind);
                    void *p[5];
                    oms_status_t status;
                    uint64_t before;
                    uint32_t i;
                    fill_pointers(f, p);
                    memcpy(buffers[1].bytes + at, &values[v], 8);
                    memcpy(buffers[1].bytes + also, &values[(v * 7 + at + also) % COUNT(values)],
                        8);
                    if (kind == OMS_REQUEST_POLL) {
                        /* The lengths are a promise of the caller. */
                        if (at >= 16 || also >= 16) continue;
                    }
                    before = digest_of(oms);
                    status = f->call(p);
                    check_about(f->name);
                    if (status < 0) {
                        if (!(documented(kind) & ONE(status))) CHECK_ST(status, OMS_OK);
                        CHECK(digest_of(oms) == before);
                        for (i = 2; i < 5; i++)
                            CHECK(memcmp(buffers[i].bytes, pattern.bytes, sizeof pattern) == 0);
                    } else {
                        taken++;
                        if (!CHECK(audited(oms))) return;
                        engine_free(&engine);
                        make();
                    }
                    check_about(NULL);
                }
            }
        }
    }
    CHECK(taken > 50);
    CHECK(audited(oms));
}

static void orders_beyond(void) {
    oms_order_submit_t r;
    oms_venue_report_t report_record;
    valid(OMS_REQUEST_ORDER_SUBMIT, &r);
    r.qty = (INT64_C(1) << 60) + 1;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &r, sizeof r, OMS_E_RANGE);
    r.qty = INT64_MIN;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &r, sizeof r, OMS_E_RANGE);
    r.qty = 1;
    r.price = INT64_MIN;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &r, sizeof r, OMS_E_RANGE);
    /* Largest quantity at largest price: the value does not fit. */
    r.qty = r.price = INT64_C(1) << 60;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &r, sizeof r, OMS_E_RANGE);
    valid(OMS_REQUEST_VENUE_REPORT, &report_record);
    report_record.qty = 0;
    record_refused(OMS_REQUEST_VENUE_REPORT, &report_record, sizeof report_record, OMS_E_BAD_QTY);
    report_record.qty = -1;
    record_refused(OMS_REQUEST_VENUE_REPORT, &report_record, sizeof report_record, OMS_E_BAD_QTY);
    report_record.qty = 1;
    report_record.exec_id = 0;
    record_refused(OMS_REQUEST_VENUE_REPORT, &report_record, sizeof report_record, OMS_E_RANGE);
    report_record.exec_id = 1;
    report_record.commission = INT64_MIN;
    record_refused(OMS_REQUEST_VENUE_REPORT, &report_record, sizeof report_record, OMS_E_RANGE);
    report_record.commission = 0;
    report_record.qty = report_record.price = INT64_C(1) << 60;
    record_refused(OMS_REQUEST_VENUE_REPORT, &report_record, sizeof report_record, OMS_E_RANGE);
}

/* Two things are wrong: the one that the document lists first is said. */
static void precedence(void) {
    oms_control_t control_record;
    oms_order_submit_t order;
    oms_venue_report_t report_record;
    oms_order_replace_t replace;
    oms_limits_set_t limits;
    oms_symbol_define_t symbol;
    oms_quote_t quote_record;
    oms_trigger_arm_t arm_record;
    oms_cash_adjust_t cash;
    oms_group_set_t group;

    valid(OMS_REQUEST_CONTROL, &control_record);
    control_record.action = 77;
    control_record.scope = 1;
    record_refused(OMS_REQUEST_CONTROL, &control_record, sizeof control_record, OMS_E_ENUM);
    control_record.action = OMS_CONTROL_TRADING_STATE;
    control_record.value = 77;
    record_refused(OMS_REQUEST_CONTROL, &control_record, sizeof control_record, OMS_E_ENUM);

    valid(OMS_REQUEST_ORDER_SUBMIT, &order);
    order.side = 9;
    order.qty = INT64_MAX;
    order.scope = 1;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &order, sizeof order, OMS_E_ENUM);
    order.side = OMS_SIDE_BUY;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &order, sizeof order, OMS_E_RANGE);
    /* A value that does not fit comes last: the position is looked at before. */
    order.qty = order.price = INT64_C(1) << 60;
    order.scope = 0;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &order, sizeof order, OMS_E_RANGE);
    order.position = 77;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &order, sizeof order, OMS_E_FOREIGN);
    order.qty = 1;
    order.price = 1000;
    order.position = position;
    order.symbol = 1;
    record_refused(OMS_REQUEST_ORDER_SUBMIT, &order, sizeof order, OMS_E_SYMBOL);

    /* A fill without quantity is E_BAD_QTY, which goes before E_RANGE for its exec_id. */
    valid(OMS_REQUEST_VENUE_REPORT, &report_record);
    report_record.exec_id = 0;
    report_record.qty = 0;
    record_refused(OMS_REQUEST_VENUE_REPORT, &report_record, sizeof report_record, OMS_E_BAD_QTY);
    report_record.qty = 1;
    report_record.order = 0;
    record_refused(OMS_REQUEST_VENUE_REPORT, &report_record, sizeof report_record, OMS_E_RANGE);

    valid(OMS_REQUEST_ORDER_REPLACE, &replace);
    replace.order = 0;
    replace.qty = INT64_MIN;
    record_refused(OMS_REQUEST_ORDER_REPLACE, &replace, sizeof replace, OMS_E_RANGE);

    valid(OMS_REQUEST_LIMITS_SET, &limits);
    limits.qty_max = -2;
    limits.scope = 1;
    limits.symbol = 99;
    record_refused(OMS_REQUEST_LIMITS_SET, &limits, sizeof limits, OMS_E_RANGE);
    limits.qty_max = 0;
    record_refused(OMS_REQUEST_LIMITS_SET, &limits, sizeof limits, OMS_E_SCOPE);

    valid(OMS_REQUEST_SYMBOL_DEFINE, &symbol);
    symbol.flags = 128;
    symbol.name[0] = 0;
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_ENUM);
    symbol.flags = 0;
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_RANGE);
    symbol_record(&symbol, "ABC");
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_CONFLICT);
    symbol.tick_size.mantissa = INT64_MAX;
    symbol.tick_size.exponent = 18;
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_RANGE);
    symbol_record(&symbol, "X");
    symbol.tick_size.exponent = 19;
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_RANGE);
    symbol_record(&symbol, "X");
    symbol.lot_size.mantissa = 0;
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_RANGE);
    symbol_record(&symbol, "X");
    symbol.name[2] = 'Y';
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_RANGE);
    symbol_record(&symbol, "X");
    memset(symbol.name, 'x', sizeof symbol.name);
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_RANGE);
    symbol_record(&symbol, "a\x7f");
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_RANGE);
    symbol_record(&symbol, "a\x1f");
    record_refused(OMS_REQUEST_SYMBOL_DEFINE, &symbol, sizeof symbol, OMS_E_RANGE);

    valid(OMS_REQUEST_QUOTE, &quote_record);
    quote_record.symbol = 9;
    quote_record.bid = 2000;
    quote_record.bid_qty = -1;
    record_refused(OMS_REQUEST_QUOTE, &quote_record, sizeof quote_record, OMS_E_SYMBOL);
    quote_record.symbol = 0;
    record_refused(OMS_REQUEST_QUOTE, &quote_record, sizeof quote_record, OMS_E_PRICE);
    quote_record.bid = 0;
    record_refused(OMS_REQUEST_QUOTE, &quote_record, sizeof quote_record, OMS_E_PRICE);
    quote_record.bid = 1000;
    record_refused(OMS_REQUEST_QUOTE, &quote_record, sizeof quote_record, OMS_E_RANGE);

    valid(OMS_REQUEST_TRIGGER_ARM, &arm_record);
    arm_record.level = 0;
    arm_record.qty = 100;
    record_refused(OMS_REQUEST_TRIGGER_ARM, &arm_record, sizeof arm_record, OMS_E_PRICE);
    arm_record.level = 1;
    record_refused(OMS_REQUEST_TRIGGER_ARM, &arm_record, sizeof arm_record, OMS_E_RANGE);
    arm_record.qty = -1;
    record_refused(OMS_REQUEST_TRIGGER_ARM, &arm_record, sizeof arm_record, OMS_E_RANGE);

    valid(OMS_REQUEST_CASH_ADJUST, &cash);
    cash.scope = 1;
    cash.amount = INT64_MAX;
    record_refused(OMS_REQUEST_CASH_ADJUST, &cash, sizeof cash, OMS_E_SCOPE);
    cash.scope = 0;
    record_refused(OMS_REQUEST_CASH_ADJUST, &cash, sizeof cash, OMS_E_RANGE);

    valid(OMS_REQUEST_GROUP_SET, &group);
    group.flags = OMS_GROUP_JOIN | OMS_GROUP_LEAVE;
    group.group = 0;
    group.symbol = 99;
    record_refused(OMS_REQUEST_GROUP_SET, &group, sizeof group, OMS_E_ENUM);
    group.flags = OMS_GROUP_LEAVE;
    record_refused(OMS_REQUEST_GROUP_SET, &group, sizeof group, OMS_E_RANGE);
    group.group = 1;
    record_refused(OMS_REQUEST_GROUP_SET, &group, sizeof group, OMS_E_SYMBOL);
    group.symbol = 0;
    record_refused(OMS_REQUEST_GROUP_SET, &group, sizeof group, OMS_E_STATE);
    group.max = -2;
    record_refused(OMS_REQUEST_GROUP_SET, &group, sizeof group, OMS_E_RANGE);

    /* A blank is printable. */
    symbol_record(&symbol, "BTC EUR");
    symbol.header.now = now;
    OK(oms_symbol_define(oms, &symbol, NULL));
}

/* ---- configurations ---- */

static void config_refused(const oms_config_t *config, oms_status_t want,
    oms_config_field_t field) {
    oms_config_field_t found = 0xc3;
    oms_t *out = (oms_t *)&found;
    size_t i;
    CHECK_ST(oms_config_check(config, &found), want);
    CHECK_EQ(found, field);
    CHECK_EQ(oms_size(config), 0);
    {
        unsigned char *memory = (unsigned char *)aligned_memory(1 << 16, &breaker_raw);
        memset(memory, 0xc3, 1 << 16);
        CHECK_ST(oms_init(memory, 1 << 16, config, &out), want);
        CHECK(out == (oms_t *)&found);
        for (i = 0; i < 1 << 16; i++)
            if (memory[i] != 0xc3) break;
        CHECK_EQ(i, 1 << 16);
        free(breaker_raw);
    }
}

#define BAD(assignment, field)                        \
    do {                                              \
        oms_config_t c = good;                        \
        c.assignment;                                 \
        check_about(#assignment);                     \
        config_refused(&c, OMS_E_CONFIG, field);      \
        check_about(NULL);                            \
    } while (0)

static void configurations(void) {
    oms_config_t good;
    struct {
        oms_config_t config;
        uint64_t tail[4];
    } grown;
    oms_config_field_t field = 0xc3;
    oms_t *out = NULL;
    unsigned char *memory;
    void *raw;
    size_t size, i;
    config_small(&good);
    OK(oms_config_check(&good, NULL));
    BAD(engine_tag = 4096, OMS_FIELD_ENGINE_TAG);
    BAD(money_exp = 1, OMS_FIELD_MONEY_EXP);
    BAD(money_exp = -13, OMS_FIELD_MONEY_EXP);
    BAD(money_exp = INT32_MIN, OMS_FIELD_MONEY_EXP);
    BAD(work_per_call = 0, OMS_FIELD_WORK_PER_CALL);
    BAD(work_per_call = 65537, OMS_FIELD_WORK_PER_CALL);
    BAD(capacity.orders = 0, OMS_FIELD_ORDERS);
    BAD(capacity.orders = 16777216, OMS_FIELD_ORDERS);
    BAD(capacity.symbols = 0, OMS_FIELD_SYMBOLS);
    BAD(capacity.symbols = 65536, OMS_FIELD_SYMBOLS);
    BAD(capacity.positions = 3, OMS_FIELD_POSITIONS);
    BAD(capacity.positions = 16777216, OMS_FIELD_POSITIONS);
    BAD(capacity.triggers = 16777216, OMS_FIELD_TRIGGERS);
    BAD(capacity.events = 15, OMS_FIELD_EVENTS);
    BAD(capacity.events = 16777216, OMS_FIELD_EVENTS);
    BAD(capacity.executions = 0, OMS_FIELD_EXECUTIONS);
    BAD(capacity.executions = UINT32_MAX, OMS_FIELD_EXECUTIONS);
    BAD(capacity.scopes = 0, OMS_FIELD_SCOPES);
    BAD(capacity.scopes = 65536, OMS_FIELD_SCOPES);
    BAD(capacity.rate = 16777216, OMS_FIELD_RATE);
    BAD(capacity.symbol_rate = 65536, OMS_FIELD_SYMBOL_RATE);
    BAD(capacity.recent = 16777216, OMS_FIELD_RECENT);
    BAD(breaker.orders_per_minute = 129, OMS_FIELD_RATE);
    BAD(breaker.orders_per_hour = INT32_MAX, OMS_FIELD_RATE);
    BAD(id_base = UINT64_C(1) << 63, OMS_FIELD_ID_BASE);
    BAD(breaker.daily_loss_ratio = 0, OMS_FIELD_BREAKER_LIMITS);
    BAD(breaker.daily_loss_money = -2, OMS_FIELD_BREAKER_LIMITS);
    BAD(breaker.drawdown_ratio = INT64_MIN, OMS_FIELD_BREAKER_LIMITS);
    BAD(breaker.drawdown_money = 0, OMS_FIELD_BREAKER_LIMITS);
    BAD(breaker.streak_loss_money = 0, OMS_FIELD_BREAKER_LIMITS);
    BAD(breaker.consecutive_losses = 0, OMS_FIELD_BREAKER_LIMITS);
    BAD(breaker.consecutive_errors = -2, OMS_FIELD_BREAKER_LIMITS);
    BAD(breaker.orders_per_minute = 0, OMS_FIELD_BREAKER_RATES);
    BAD(breaker.orders_per_hour = -2, OMS_FIELD_BREAKER_RATES);
    BAD(breaker.orders_per_window = INT32_MIN, OMS_FIELD_BREAKER_RATES);
    BAD(breaker.rate_window = 0, OMS_FIELD_BREAKER_RATES);
    BAD(breaker.session_offset = DAY, OMS_FIELD_BREAKER_TIMES);
    BAD(breaker.flags = 16, OMS_FIELD_BREAKER_FLAGS);
    BAD(breaker.flags = UINT32_C(1) << 31, OMS_FIELD_BREAKER_FLAGS);
    BAD(breaker.reserved0 = 1, OMS_FIELD_RESERVED);
    for (i = 0; i < 4; i++) BAD(breaker.reserved[i] = 1, OMS_FIELD_RESERVED);
    for (i = 0; i < 6; i++) BAD(reserved[i] = UINT64_C(1) << 63, OMS_FIELD_RESERVED);
    {
        oms_config_t c = good;
        c.breaker.daily_loss_ratio = 1;
        c.starting_balance = 0;
        config_refused(&c, OMS_E_CONFIG, OMS_FIELD_STARTING_BALANCE);
        c.starting_balance = -1;
        config_refused(&c, OMS_E_CONFIG, OMS_FIELD_STARTING_BALANCE);
        c.starting_balance = 1;
        OK(oms_config_check(&c, &field));
        /* The first invalid field is named. */
        c.breaker.flags = 16;
        c.reserved[0] = 1;
        config_refused(&c, OMS_E_CONFIG, OMS_FIELD_BREAKER_FLAGS);
        c = good;
        c.capacity.rate = 5;
        c.breaker.orders_per_minute = 6;
        c.breaker.flags = 16;
        config_refused(&c, OMS_E_CONFIG, OMS_FIELD_RATE);
        /* The frame. */
        c = good;
        for (i = 0; i < sizeof c; i++) {
            c.struct_size = (uint32_t)i;
            field = 0xc3;
            CHECK_ST(oms_config_check(&c, &field), OMS_E_SIZE);
            CHECK_EQ(field, 0xc3);
            CHECK_EQ(oms_size(&c), 0);
        }
        c.struct_size = UINT32_MAX;
        CHECK_ST(oms_config_check(&c, &field), OMS_E_SIZE);
        CHECK_ST(oms_config_init(&c, sizeof c - 1), OMS_E_SIZE);
        CHECK_ST(oms_config_init(&c, sizeof c + 8), OMS_E_SIZE);
        CHECK_ST(oms_config_init(&c, 0), OMS_E_SIZE);
        CHECK_EQ(c.struct_size, UINT32_MAX);
    }
    memset(&grown, 0, sizeof grown);
    grown.config = good;
    grown.config.struct_size = sizeof grown;
    OK(oms_config_check(&grown.config, NULL));
    CHECK_EQ(oms_size(&grown.config), oms_size(&good));
    grown.tail[3] = 1;
    CHECK_ST(oms_config_check(&grown.config, NULL), OMS_E_RESERVED);
    CHECK_EQ(oms_size(&grown.config), 0);

    /* Short memory. */
    size = oms_size(&good);
    memory = (unsigned char *)aligned_memory(size, &raw);
    memset(memory, 0xc3, size);
    CHECK_ST(oms_init(memory, size - 1, &good, &out), OMS_E_SIZE);
    CHECK_ST(oms_init(memory, 0, &good, &out), OMS_E_SIZE);
    CHECK(out == NULL);
    for (i = 0; i < size; i++)
        if (memory[i] != 0xc3) break;
    CHECK_EQ(i, size);
    for (i = 1; i < 64; i++) CHECK_ST(oms_init(memory + i, size, &good, &out), OMS_E_ALIGN);
    CHECK_ST(oms_init(memory, size, &grown.config, &out), OMS_E_RESERVED);
    OK(oms_init(memory, size, &good, &out));
    {
        oms_config_t same;
        OK(oms_config_get(out, &same));
        CHECK(memcmp(&same, &good, sizeof same) == 0);
    }
    free(raw);
    {
        oms_breaker_config_t c;
        oms_breaker_t *b = NULL;
        OK(oms_breaker_config_init(&c));
        size = oms_breaker_size(&c);
        memory = (unsigned char *)aligned_memory(size, &raw);
        memset(memory, 0xc3, size);
        CHECK_ST(oms_breaker_init(memory, size - 1, &c, &b), OMS_E_SIZE);
        CHECK_ST(oms_breaker_init(memory, 0, &c, &b), OMS_E_SIZE);
        c.flags = 16;
        CHECK_ST(oms_breaker_init(memory, 0, &c, &b), OMS_E_CONFIG);
        CHECK_EQ(oms_breaker_size(&c), 0);
        c.flags = 0;
        c.reserved[3] = 1;
        CHECK_ST(oms_breaker_init(memory, size, &c, &b), OMS_E_CONFIG);
        CHECK(b == NULL);
        for (i = 0; i < size; i++)
            if (memory[i] != 0xc3) break;
        CHECK_EQ(i, size);
        free(raw);
    }
}

int main(void) {
    make();
    make_breaker();
    pointers();
    frames();
    reserved_fields();
    enumerations();
    ids();
    orders_beyond();
    extremes();
    precedence();
    order_of_pointers();
    CHECK(audited(oms));
    engine_free(&engine);
    free(breaker_raw);
    configurations();
    return check_result();
}
