/* oms_apply against the typed doors: two engines told the same stay the same after each record. */
#include "common.h"

static engine_t typed, applied;
static uint64_t now = DAY;
static oms_answer_t answer;
static oms_verdict_t verdict;
static oms_id_t id;
static uint32_t number;

static oms_status_t by_door(void *record) {
    oms_request_header_t header;
    oms_t *oms = typed.oms;
    oms_polled_t polled;
    oms_command_t commands[16];
    oms_event_t events[64];
    oms_status_t status;
    memcpy(&header, record, sizeof header);
    memset(&verdict, 0, sizeof verdict);
    id = 0;
    number = 0;
    switch (header.kind) {
    case OMS_REQUEST_SYMBOL_DEFINE:
        return oms_symbol_define(oms, (oms_symbol_define_t *)record, &number);
    case OMS_REQUEST_LIMITS_SET: return oms_limits_set(oms, (oms_limits_set_t *)record);
    case OMS_REQUEST_SCOPE_LIMITS_SET:
        return oms_scope_limits_set(oms, (oms_scope_limits_set_t *)record);
    case OMS_REQUEST_SCOPE_DEFINE:
        return oms_scope_define(oms, (oms_scope_define_t *)record, &number);
    case OMS_REQUEST_SCOPE_BREAKER_SET:
        return oms_scope_breaker_set(oms, (oms_scope_breaker_set_t *)record);
    case OMS_REQUEST_PHASE_SET: return oms_phase_set(oms, (oms_phase_set_t *)record);
    case OMS_REQUEST_VOLUME_SET: return oms_volume_set(oms, (oms_volume_set_t *)record);
    case OMS_REQUEST_LOCATE_SET: return oms_locate_set(oms, (oms_locate_set_t *)record);
    case OMS_REQUEST_BANDS_SET: return oms_bands_set(oms, (oms_bands_set_t *)record);
    case OMS_REQUEST_CONTROL: return oms_control(oms, (oms_control_t *)record);
    case OMS_REQUEST_MASS_CANCEL:
        status = oms_mass_cancel(oms, (oms_mass_cancel_t *)record, &number);
        if (status == OMS_OK) CHECK_EQ(number, answer.orders);
        number = 0;
        return status;
    case OMS_REQUEST_GROUP_SET: return oms_group_set(oms, (oms_group_set_t *)record);
    case OMS_REQUEST_CASH_ADJUST: return oms_cash_adjust(oms, (oms_cash_adjust_t *)record);
    case OMS_REQUEST_ORDER_SUBMIT:
        return oms_order_submit(oms, (oms_order_submit_t *)record, &verdict, &id);
    case OMS_REQUEST_ORDER_CANCEL: return oms_order_cancel(oms, (oms_order_cancel_t *)record);
    case OMS_REQUEST_ORDER_REPLACE:
        return oms_order_replace(oms, (oms_order_replace_t *)record, &verdict, &id);
    case OMS_REQUEST_TRIGGER_ARM: return oms_trigger_arm(oms, (oms_trigger_arm_t *)record, &id);
    case OMS_REQUEST_TRIGGER_MOVE: return oms_trigger_move(oms, (oms_trigger_move_t *)record);
    case OMS_REQUEST_TRIGGER_CANCEL:
        return oms_trigger_cancel(oms, (oms_trigger_cancel_t *)record);
    case OMS_REQUEST_POSITION_CLOSE:
        return oms_position_close(oms, (oms_position_close_t *)record, &verdict, &id);
    case OMS_REQUEST_VENUE_REPORT: return oms_venue_report(oms, (oms_venue_report_t *)record);
    case OMS_REQUEST_QUOTE: return oms_quote(oms, (oms_quote_t *)record);
    case OMS_REQUEST_TRADE: return oms_trade(oms, (oms_trade_t *)record);
    case OMS_REQUEST_TIMER: return oms_timer(oms, (oms_timer_t *)record);
    case OMS_REQUEST_DRAIN: return oms_drain(oms, (oms_drain_t *)record);
    case OMS_REQUEST_RECONCILE_BEGIN:
        return oms_reconcile_begin(oms, (oms_reconcile_begin_t *)record);
    case OMS_REQUEST_RECONCILE_POSITION:
        return oms_reconcile_position(oms, (oms_reconcile_position_t *)record);
    case OMS_REQUEST_RECONCILE_ORDER:
        return oms_reconcile_order(oms, (oms_reconcile_order_t *)record);
    case OMS_REQUEST_RECONCILE_END:
        return oms_reconcile_end(oms, (oms_reconcile_end_t *)record, NULL);
    case OMS_REQUEST_POLL:
        status = oms_poll(oms, (oms_poll_t *)record, commands, events, &polled);
        if (status == OMS_OK) {
            CHECK_EQ(polled.commands, answer.commands);
            CHECK_EQ(polled.events, answer.events);
        }
        return status;
    default: return OMS_E_KIND;
    }
}

/* Through both doors; answers the id. */
static oms_id_t say(void *record, oms_status_t want) {
    oms_request_header_t header;
    oms_status_t status;
    memcpy(&header, record, sizeof header);
    header.now = now;
    memcpy(record, &header, sizeof header);
    memset(&answer, 0, sizeof answer);
    check_about(oms_request_name(header.kind));
    status = oms_apply(applied.oms, record, header.size, &answer);
    CHECK_ST(status, want);
    CHECK_ST(by_door(record), want);
    if (status >= 0) {
        int judged = header.kind == OMS_REQUEST_ORDER_SUBMIT ||
                     header.kind == OMS_REQUEST_ORDER_REPLACE ||
                     header.kind == OMS_REQUEST_POSITION_CLOSE;
        CHECK_EQ(answer.id, id);
        CHECK_EQ(header.kind == OMS_REQUEST_SCOPE_DEFINE ? answer.scope : answer.symbol, number);
        if (judged) CHECK(memcmp(&answer.verdict, &verdict, sizeof verdict) == 0);
        CHECK_EQ(answer.verdict.denied, answer.verdict.mask != 0);
    }
    CHECK(digest_of(typed.oms) == digest_of(applied.oms));
    CHECK(audited(typed.oms) && audited(applied.oms));
    check_about(NULL);
    return id;
}

static oms_id_t order(uint64_t client_id, oms_side_t side, oms_lots_t qty, oms_ticks_t price,
                      oms_status_t want) {
    oms_order_submit_t request;
    order_record(&request, now, client_id, side, qty, price);
    return say(&request, want);
}

static void report_of(oms_id_t order_id, oms_report_kind_t kind, uint64_t exec, oms_lots_t qty,
                      oms_ticks_t price, oms_status_t want) {
    oms_venue_report_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_VENUE_REPORT);
    request.order = order_id;
    request.report = kind;
    request.exec_id = exec;
    request.qty = qty;
    request.price = price;
    say(&request, want);
}

static void quoted(oms_ticks_t bid, oms_status_t want) {
    oms_quote_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_QUOTE);
    request.bid = bid;
    request.ask = bid + 10;
    say(&request, want);
}

static void polled(uint32_t commands, uint32_t events) {
    oms_poll_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_POLL);
    request.max_commands = commands;
    request.max_events = events;
    say(&request, OMS_OK);
}

static void controlled(oms_control_action_t action, int64_t value, oms_status_t want) {
    oms_control_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_CONTROL);
    request.action = action;
    request.value = value;
    say(&request, want);
}

static void reconciled(void) {
    oms_reconcile_begin_t begin;
    oms_reconcile_position_t position;
    oms_reconcile_order_t row;
    oms_reconcile_end_t end;
    oms_status_t more;
    OMS_REQUEST_INIT(&begin, OMS_REQUEST_RECONCILE_BEGIN);
    OMS_REQUEST_INIT(&position, OMS_REQUEST_RECONCILE_POSITION);
    OMS_REQUEST_INIT(&row, OMS_REQUEST_RECONCILE_ORDER);
    OMS_REQUEST_INIT(&end, OMS_REQUEST_RECONCILE_END);
    say(&end, OMS_E_STATE);
    begin.lots_max = begin.money_max = begin.orders_max = OMS_OFF;
    say(&begin, OMS_OK);
    position.long_qty = 3;
    say(&position, OMS_OK);
    say(&position, OMS_IGNORED);
    row.qty = 1;
    row.side = OMS_SIDE_BUY;
    row.order_status = OMS_STATUS_OPEN;
    say(&row, OMS_OK);
    row.side = 0;
    say(&row, OMS_E_ENUM);
    /* Two steps a call: of more slots than that it takes several. */
    say(&end, OMS_MORE);
    do {
        more = drain(applied.oms, now);
        CHECK_ST(drain(typed.oms, now), more);
    } while (more == OMS_MORE);
    CHECK_ST(more, OMS_OK);
    say(&end, OMS_E_STATE);
}

int main(void) {
    oms_config_t config;
    oms_symbol_define_t symbol;
    oms_limits_set_t limits;
    oms_scope_limits_set_t root;
    oms_scope_define_t scope;
    oms_scope_breaker_set_t breaker;
    oms_trade_t trade_record;
    oms_order_replace_t replace;
    oms_order_cancel_t cancel_record;
    oms_trigger_arm_t arm_record;
    oms_trigger_move_t move;
    oms_trigger_cancel_t unarm;
    oms_position_close_t close;
    oms_group_set_t group;
    oms_mass_cancel_t cancel;
    oms_cash_adjust_t cash;
    oms_phase_set_t phase;
    oms_volume_set_t volume;
    oms_locate_set_t locate;
    oms_bands_set_t bands;
    oms_timer_t timer_record;
    oms_drain_t drain_record;
    oms_position_t position;
    oms_id_t a, b, stops[4];
    int i;
    config_small(&config);
    config.work_per_call = 2;
    config.breaker.orders_per_minute = 20;
    engine_make(&typed, &config);
    engine_make(&applied, &config);

    symbol_record(&symbol, "ABC");
    say(&symbol, OMS_OK);
    say(&symbol, OMS_E_CONFLICT);
    symbol_record(&symbol, "DEF");
    say(&symbol, OMS_OK);
    CHECK_EQ(answer.symbol, 1);
    OK(oms_scope_limits_off(&root));
    say(&root, OMS_OK);
    OMS_REQUEST_INIT(&scope, OMS_REQUEST_SCOPE_DEFINE);
    memcpy(scope.name, "desk", 4);
    say(&scope, OMS_OK);
    CHECK_EQ(answer.scope, 1);
    say(&scope, OMS_EXISTS);
    CHECK_EQ(answer.scope, 1);
    scope.parent = 9;
    say(&scope, OMS_E_SCOPE);
    OMS_REQUEST_INIT(&breaker, OMS_REQUEST_SCOPE_BREAKER_SET);
    breaker.scope = 1;
    say(&breaker, OMS_E_RANGE);
    OK(oms_breaker_config_init(&breaker.breaker));
    breaker.breaker.daily_loss_ratio = breaker.breaker.drawdown_ratio = OMS_OFF;
    say(&breaker, OMS_OK);
    limits_off(&limits, 0);
    limits.long_max = 100;
    say(&limits, OMS_OK);
    limits.symbol = 7;
    say(&limits, OMS_E_SYMBOL);
    OMS_REQUEST_INIT(&group, OMS_REQUEST_GROUP_SET);
    group.group = 1;
    group.symbol = 1;
    group.max = 5;
    group.flags = OMS_GROUP_JOIN;
    say(&group, OMS_OK);
    group.flags = OMS_GROUP_LEAVE;
    say(&group, OMS_OK);
    say(&group, OMS_E_STATE);
    OMS_REQUEST_INIT(&cancel, OMS_REQUEST_MASS_CANCEL);
    cancel.symbol = 7;
    say(&cancel, OMS_E_SYMBOL);
    cancel.symbol = UINT32_MAX;
    say(&cancel, OMS_OK);
    quoted(1000, OMS_OK);
    OMS_REQUEST_INIT(&phase, OMS_REQUEST_PHASE_SET);
    phase.symbol = UINT32_MAX;
    phase.phase = OMS_PHASE_CONTINUOUS;
    say(&phase, OMS_OK);
    OMS_REQUEST_INIT(&volume, OMS_REQUEST_VOLUME_SET);
    volume.volume = 5000;
    say(&volume, OMS_OK);
    OMS_REQUEST_INIT(&locate, OMS_REQUEST_LOCATE_SET);
    locate.qty = 50;
    say(&locate, OMS_OK);
    OMS_REQUEST_INIT(&bands, OMS_REQUEST_BANDS_SET);
    bands.count = 1;
    say(&bands, OMS_E_RANGE);
    bands.step[0] = 1;
    say(&bands, OMS_OK);
    OMS_REQUEST_INIT(&trade_record, OMS_REQUEST_TRADE);
    trade_record.price = 1005;
    say(&trade_record, OMS_OK);
    a = order(1, OMS_SIDE_BUY, 100, 1000, OMS_OK);
    order(1, OMS_SIDE_BUY, 100, 1000, OMS_EXISTS);
    CHECK_EQ(id, a);
    order(2, OMS_SIDE_BUY, 1, 1000, OMS_OK);
    CHECK_EQ(answer.verdict.mask, BIT(POSITION));
    polled(1, 1);
    CHECK_EQ(answer.commands, 1);
    CHECK_EQ(answer.events, 1);
    polled(0, 0);
    report_of(a, OMS_REPORT_ACK, 0, 0, 0, OMS_OK);
    report_of(a, OMS_REPORT_FILL, 1, 60, 1000, OMS_OK);
    report_of(a, OMS_REPORT_FILL, 1, 60, 1000, OMS_IGNORED);
    report_of(a, OMS_REPORT_FILL, 1, 61, 1000, OMS_E_CONFLICT);
    report_of(a, OMS_REPORT_FILL, 2, 0, 1000, OMS_E_BAD_QTY);
    OMS_REQUEST_INIT(&replace, OMS_REQUEST_ORDER_REPLACE);
    replace.order = a;
    replace.request_id = 3;
    replace.qty = 90;
    replace.price = 999;
    say(&replace, OMS_OK);
    say(&replace, OMS_IGNORED);
    report_of(a, OMS_REPORT_REPLACE_ACK, 0, 0, 0, OMS_OK);
    OMS_REQUEST_INIT(&cancel_record, OMS_REQUEST_ORDER_CANCEL);
    cancel_record.order = a;
    cancel_record.request_id = 4;
    say(&cancel_record, OMS_OK);
    say(&cancel_record, OMS_IGNORED);
    cancel_record.request_id = 5;
    say(&cancel_record, OMS_E_PENDING);
    polled(16, 64);
    report_of(a, OMS_REPORT_CANCEL_ACK, 0, 0, 0, OMS_OK);
    say(&cancel_record, OMS_E_TERMINAL);

    OK(oms_position_net(typed.oms, 0, &position));
    for (i = 0; i < 4; i++) {
        OMS_REQUEST_INIT(&arm_record, OMS_REQUEST_TRIGGER_ARM);
        arm_record.position = position.position;
        arm_record.kind = OMS_TRIGGER_STOP_LOSS;
        arm_record.action = OMS_ACTION_CLOSE;
        arm_record.level = 900 + i;
        arm_record.qty = 5;
        stops[i] = say(&arm_record, OMS_OK);
        CHECK(stops[i] != 0);
    }
    OMS_REQUEST_INIT(&move, OMS_REQUEST_TRIGGER_MOVE);
    move.trigger = stops[0];
    move.level = 950;
    say(&move, OMS_OK);
    OMS_REQUEST_INIT(&unarm, OMS_REQUEST_TRIGGER_CANCEL);
    unarm.trigger = stops[1];
    say(&unarm, OMS_OK);
    say(&unarm, OMS_E_STALE);
    quoted(890, OMS_MORE);
    say(&arm_record, OMS_E_PENDING);
    OMS_REQUEST_INIT(&drain_record, OMS_REQUEST_DRAIN);
    say(&drain_record, OMS_OK);
    polled(16, 64);
    CHECK_EQ(answer.commands, 3);
    OMS_REQUEST_INIT(&close, OMS_REQUEST_POSITION_CLOSE);
    close.position = position.position;
    close.qty = 10;
    b = say(&close, OMS_OK);
    polled(16, 64);
    report_of(b, OMS_REPORT_FILL, 9, 10, 890, OMS_OK);
    close.qty = 1000;
    say(&close, OMS_E_RANGE);
    OMS_REQUEST_INIT(&cash, OMS_REQUEST_CASH_ADJUST);
    cash.amount = -77;
    say(&cash, OMS_OK);
    cash.scope = 1;
    say(&cash, OMS_OK);
    cash.scope = 9;
    say(&cash, OMS_E_SCOPE);
    reconciled();
    controlled(OMS_CONTROL_BREAKER_TRIP, 5, OMS_OK);
    order(50, OMS_SIDE_BUY, 1, 1000, OMS_OK);
    CHECK_EQ(answer.verdict.mask, BIT(BREAKER));
    controlled(OMS_CONTROL_BREAKER_RESET, 5, OMS_OK);
    controlled(OMS_CONTROL_ERROR_RECORD, 5, OMS_OK);
    controlled(OMS_CONTROL_ERROR_CLEAR, 5, OMS_OK);
    controlled(99, 5, OMS_E_ENUM);
    for (i = 0; i < 20; i++) order((uint64_t)(100 + i), OMS_SIDE_SELL, 1, 2000, OMS_OK);
    CHECK_EQ(answer.verdict.mask, BIT(RATE_MINUTE));
    now += DAY;
    OMS_REQUEST_INIT(&timer_record, OMS_REQUEST_TIMER);
    say(&timer_record, OMS_OK);
    now -= HOUR;
    say(&timer_record, OMS_OK);
    now += HOUR;
    controlled(OMS_CONTROL_TRADING_STATE, OMS_TRADING_KILLED, OMS_OK);
    for (i = 0; i < 30; i++) polled(3, 5);
    controlled(OMS_CONTROL_TRADING_STATE, OMS_TRADING_ACTIVE, OMS_OK);

    /* The answer may be NULL; frames are looked at. */
    OK(oms_apply(applied.oms, &timer_record, sizeof timer_record, NULL));
    CHECK_ST(oms_apply(applied.oms, &timer_record, sizeof timer_record - 8, NULL), OMS_E_SIZE);
    CHECK_ST(oms_apply(applied.oms, &timer_record, sizeof timer_record + 8, NULL), OMS_E_SIZE);
    CHECK_ST(oms_apply(applied.oms, &timer_record, 0, NULL), OMS_E_SIZE);
    for (i = 0; i < 2000; i++) {
        oms_drain_t record;
        memset(&record, 0, sizeof record);
        record.header.kind = (uint32_t)i;
        record.header.size = sizeof record;
        if (strcmp(oms_request_name((uint32_t)i), "?") == 0)
            CHECK_ST(oms_apply(applied.oms, &record, sizeof record, &answer), OMS_E_KIND);
    }
    engine_free(&typed);
    engine_free(&applied);
    return check_result();
}
