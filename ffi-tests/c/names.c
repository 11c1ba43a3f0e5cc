/* Names: never NULL, "?" for what is unknown, equal to the header's constants. */
#include "common.h"
/* The header may be included twice. */
#include <oms.h>

typedef const char *(*name8_t)(uint8_t);
typedef const char *(*name16_t)(uint16_t);
typedef const char *(*name32_t)(uint32_t);

static int is_known(const char *name) { return name && strcmp(name, "?") != 0; }

/* Upper case, digits and underscores. */
static int is_name(const char *name) {
    if (!name || !*name) return 0;
    if (strcmp(name, "?") == 0) return 1;
    for (; *name; name++)
        if (!((*name >= 'A' && *name <= 'Z') || (*name >= '0' && *name <= '9') || *name == '_'))
            return 0;
    return 1;
}

static void all8(name8_t name, int known) {
    int i, found = 0;
    for (i = 0; i <= UINT8_MAX; i++) {
        CHECK(is_name(name((uint8_t)i)));
        found += is_known(name((uint8_t)i));
    }
    CHECK_EQ(found, known);
}

static void all16(name16_t name, int known) {
    long i, found = 0;
    for (i = 0; i <= UINT16_MAX; i++) {
        CHECK(is_name(name((uint16_t)i)));
        found += is_known(name((uint16_t)i));
    }
    CHECK_EQ(found, known);
}

static void all32(name32_t name, int known) {
    static const uint32_t far[] = {65536, 65537, 0x10001, 0x7fffffff, 0x80000000, 0x80000001,
                                   0xfffffffe, 0xffffffff, 0x1000000, 0x1000001};
    uint32_t i;
    int found = 0;
    for (i = 0; i <= 70000; i++) {
        CHECK(is_name(name(i)));
        found += is_known(name(i));
    }
    CHECK_EQ(found, known);
    for (i = 0; i < COUNT(far); i++)
        CHECK(is_known(name(far[i])) == (name == oms_check_name && far[i] == OMS_CHECK_NONE));
}

#define NAMED(function, prefix, constant) \
    CHECK(strcmp(function(prefix##constant), #constant) == 0)

static void statuses(void) {
    oms_status_t status;
    int found = 0;
    for (status = -70000; status <= 70000; status++) {
        const char *text = oms_status_text(status);
        CHECK(is_name(oms_status_name(status)));
        CHECK(text && *text);
        CHECK_EQ(is_known(text), is_known(oms_status_name(status)));
        found += is_known(text);
    }
    CHECK_EQ(found, 26);
    CHECK(!is_known(oms_status_name(INT32_MIN)) && !is_known(oms_status_name(INT32_MAX)));
    CHECK(!is_known(oms_status_text(INT32_MIN)) && !is_known(oms_status_text(INT32_MAX)));
    NAMED(oms_status_name, OMS_, OK);
    NAMED(oms_status_name, OMS_, MORE);
    NAMED(oms_status_name, OMS_, EXISTS);
    NAMED(oms_status_name, OMS_, IGNORED);
    NAMED(oms_status_name, OMS_, E_NULL);
    NAMED(oms_status_name, OMS_, E_CONFLICT);
    NAMED(oms_status_name, OMS_, E_AUDIT);
}

static void checks(void) {
    uint32_t i;
    for (i = 0; i < 70000; i++) {
        const char *text = oms_check_text(i);
        CHECK(text && *text);
        CHECK_EQ(is_known(text), i <= OMS_CHECK_CAPACITY);
    }
    CHECK(strcmp(oms_check_name(OMS_CHECK_NONE), "NONE") == 0);
    CHECK(is_known(oms_check_text(OMS_CHECK_NONE)));
    all32(oms_check_name, 37);
}

int main(void) {
    statuses();
    checks();
    all32(oms_request_name, 38);
    all8(oms_side_name, 2);
    all8(oms_order_type_name, 7);
    all8(oms_time_in_force_name, 5);
    all8(oms_order_status_name, 13);
    all8(oms_fix_status_name, 11);
    all8(oms_order_end_name, 5);
    all8(oms_report_name, 18);
    all16(oms_reason_name, 9);
    all8(oms_command_name, 3);
    all16(oms_event_name, 41);
    all32(oms_difference_name, 19);
    all32(oms_limit_field_name, 68);
    all8(oms_phase_name, 5);
    all16(oms_anomaly_name, 13);
    all8(oms_breaker_state_name, 3);
    all8(oms_cause_name, 8);
    all8(oms_trading_state_name, 4);
    all8(oms_trigger_kind_name, 3);
    all8(oms_trigger_state_name, 2);
    all8(oms_position_side_name, 2);
    all8(oms_exit_reason_name, 10);
    all8(oms_unit_name, 7);
    all32(oms_table_name, 11);
    all32(oms_config_field_name, 30);
    all32(oms_audit_item_name, 53);
    all8(oms_hold_name, 2);
    all8(oms_trigger_action_name, 3);
    all32(oms_control_action_name, 7);
    all32(oms_order_flag_name, 4);
    all32(oms_order_fact_name, 9);
    all32(oms_order_mark_name, 10);
    all32(oms_config_flag_name, 2);
    all32(oms_mode_name, 3);
    all32(oms_queue_name, 2);
    all8(oms_slippage_model_name, 8);
    all32(oms_size_code_name, 4);
    all32(oms_fee_plan_name, 4);
    all32(oms_sim_field_name, 18);

    NAMED(oms_check_name, OMS_CHECK_, FIELDS);
    NAMED(oms_check_name, OMS_CHECK_, CAPACITY);
    NAMED(oms_request_name, OMS_REQUEST_, ORDER_SUBMIT);
    NAMED(oms_request_name, OMS_REQUEST_, POLL);
    NAMED(oms_side_name, OMS_SIDE_, BUY);
    NAMED(oms_order_type_name, OMS_TYPE_, TRAILING_STOP);
    NAMED(oms_time_in_force_name, OMS_TIF_, GTD);
    NAMED(oms_order_status_name, OMS_STATUS_, PARTIALLY_FILLED);
    NAMED(oms_fix_status_name, OMS_FIX_, PENDING_REPLACE);
    NAMED(oms_order_end_name, OMS_END_, EXPIRE);
    NAMED(oms_report_name, OMS_REPORT_, CANCEL_REJECT);
    NAMED(oms_report_name, OMS_REPORT_, SEND_IN_DOUBT);
    NAMED(oms_reason_name, OMS_REASON_, SELF_TRADE);
    NAMED(oms_command_name, OMS_COMMAND_, NEW);
    NAMED(oms_event_name, OMS_EVENT_, POSITION_CLOSED);
    NAMED(oms_event_name, OMS_EVENT_, SYMBOL);
    NAMED(oms_phase_name, OMS_PHASE_, AUCTION);
    NAMED(oms_limit_field_name, OMS_LIMIT_FIELD_, SCOPE_WARN_RATIO);
    NAMED(oms_limit_field_name, OMS_LIMIT_FIELD_, BREAKER_WARN_RATIO);
    NAMED(oms_anomaly_name, OMS_ANOMALY_, OVERFILL);
    NAMED(oms_breaker_state_name, OMS_BREAKER_, HALF_OPEN);
    NAMED(oms_cause_name, OMS_CAUSE_, CONSECUTIVE_LOSSES);
    NAMED(oms_trading_state_name, OMS_TRADING_, KILLED);
    NAMED(oms_trigger_kind_name, OMS_TRIGGER_, TAKE_PROFIT);
    NAMED(oms_trigger_state_name, OMS_TRIGGER_STATE_, FIRED);
    NAMED(oms_position_side_name, OMS_POSITION_, SHORT);
    NAMED(oms_exit_reason_name, OMS_EXIT_, REVERSAL);
    NAMED(oms_unit_name, OMS_UNIT_, RATIO);
    NAMED(oms_table_name, OMS_TABLE_, RATE);
    NAMED(oms_config_field_name, OMS_FIELD_, ID_BASE);
    NAMED(oms_audit_item_name, OMS_AUDIT_, CLOSING);
    NAMED(oms_hold_name, OMS_HOLD_, VENUE);
    NAMED(oms_trigger_action_name, OMS_ACTION_, RELEASE);
    NAMED(oms_control_action_name, OMS_CONTROL_, ERROR_CLEAR);
    NAMED(oms_order_flag_name, OMS_ORDER_, CLOSE_POSITION);
    NAMED(oms_order_fact_name, OMS_FACT_, ARMED);
    NAMED(oms_order_mark_name, OMS_MARK_, FOREIGN);
    NAMED(oms_config_flag_name, OMS_CONFIG_, MONOTONIC_IDS);
    NAMED(oms_config_flag_name, OMS_CONFIG_, MEASURE);
    NAMED(oms_mode_name, OMS_MODE_, BACKTEST);
    NAMED(oms_queue_name, OMS_QUEUE_, FRONT);
    NAMED(oms_slippage_model_name, OMS_SLIPPAGE_, VOLUME_SHARE);
    NAMED(oms_size_code_name, OMS_SIZE_, TOO_LARGE);
    NAMED(oms_fee_plan_name, OMS_FEES_, VIP2);
    NAMED(oms_sim_field_name, OMS_SIM_FIELD_, PARTICIPATION_MAX);

    CHECK_EQ(oms_abi_version(), OMS_ABI_VERSION);
    CHECK(oms_version() != NULL);
    CHECK(oms_version()[0] >= '0' && oms_version()[0] <= '9');
    {
        const char *c = oms_version();
        int dots = 0;
        for (; *c; c++) dots += *c == '.';
        CHECK_EQ(dots, 2);
    }
    CHECK_EQ(OMS_PCT(5), 50000000);
    CHECK_EQ(OMS_BPS(2), 200000);
    return check_result();
}
