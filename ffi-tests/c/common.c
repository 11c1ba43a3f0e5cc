#include "common.h"

static int failures;
static const char *about;

static void failed(const char *file, int line, const char *text) {
    failures++;
    if (failures <= 200)
        fprintf(stderr, "%s:%d: failed: %s%s%s\n", file, line, text, about ? "  -- " : "",
                about ? about : "");
}

void check_about(const char *text) { about = text; }

int check_true(int holds, const char *file, int line, const char *text) {
    if (!holds) failed(file, line, text);
    return holds;
}

int check_equal(int64_t a, int64_t b, const char *file, int line, const char *text) {
    if (a == b) return 1;
    failed(file, line, text);
    if (failures <= 200) fprintf(stderr, "    %lld, not %lld\n", (long long)a, (long long)b);
    return 0;
}

int check_status(oms_status_t got, oms_status_t want, const char *file, int line,
                 const char *text) {
    if (got == want) return 1;
    failed(file, line, text);
    if (failures <= 200)
        fprintf(stderr, "    %s (%d), not %s\n", oms_status_name(got), (int)got,
                oms_status_name(want));
    return 0;
}

int check_result(void) {
    if (failures) fprintf(stderr, "%d checks failed\n", failures);
    return failures ? 1 : 0;
}

int light(void) { return getenv("OMS_LIGHT") != NULL; }

void *aligned_memory(size_t size, void **raw) {
    uintptr_t address;
    *raw = malloc(size + OMS_ALIGN);
    if (!*raw) exit(2);
    address = ((uintptr_t)*raw + OMS_ALIGN - 1) / OMS_ALIGN * OMS_ALIGN;
    return (void *)address;
}

void config_small(oms_config_t *config) {
    OK(oms_config_init(config, sizeof *config));
    config->capacity.orders = 32;
    config->capacity.symbols = 4;
    config->capacity.positions = 16;
    config->capacity.triggers = 16;
    config->capacity.events = 256;
    config->capacity.executions = 64;
    config->capacity.rate = 128;
    config->starting_balance = INT64_C(1000000000000);
    config->breaker.daily_loss_ratio = OMS_OFF;
    config->breaker.drawdown_ratio = OMS_OFF;
    config->breaker.consecutive_losses = -1;
    config->breaker.consecutive_errors = -1;
    config->breaker.orders_per_minute = -1;
    config->breaker.orders_per_hour = -1;
    config->breaker.orders_per_window = -1;
}

void engine_make(engine_t *engine, const oms_config_t *config) {
    size_t size = oms_size(config);
    void *memory;
    if (!CHECK(size > 0)) exit(1);
    memory = aligned_memory(size, &engine->raw);
    memset(memory, 0xa5, size);
    engine->oms = NULL;
    if (!OK(oms_init(memory, size, config, &engine->oms))) exit(1);
}

void engine_free(engine_t *engine) {
    free(engine->raw);
    engine->raw = NULL;
    engine->oms = NULL;
}

void engine_ready(engine_t *engine, const oms_config_t *config) {
    engine_make(engine, config);
    CHECK_EQ(define(engine->oms, "ABC", 0), 0);
    OK(quote(engine->oms, 1, 0, 1000, 1010));
}

void symbol_record(oms_symbol_define_t *request, const char *name) {
    OMS_REQUEST_INIT(request, OMS_REQUEST_SYMBOL_DEFINE);
    memcpy(request->name, name, strlen(name));
    request->tick_size.mantissa = 1;
    request->tick_size.exponent = -2;
    request->lot_size.mantissa = 1;
    request->lot_size.exponent = -3;
    request->multiplier.mantissa = 1;
    request->conversion.mantissa = 1;
}

void limits_off(oms_limits_set_t *request, uint32_t symbol) {
    OK(oms_limits_off(request));
    request->symbol = symbol;
}

uint32_t define(oms_t *oms, const char *name, uint32_t flags) {
    oms_symbol_define_t request;
    oms_limits_set_t limits;
    oms_scope_limits_set_t scope;
    uint32_t symbol = UINT32_MAX;
    symbol_record(&request, name);
    request.flags = flags;
    OK(oms_symbol_define(oms, &request, &symbol));
    limits_off(&limits, symbol);
    OK(oms_limits_set(oms, &limits));
    OK(oms_scope_limits_off(&scope));
    OK(oms_scope_limits_set(oms, &scope));
    return symbol;
}

uint32_t define_scope(oms_t *oms, uint64_t now, const char *name, uint32_t parent) {
    oms_scope_define_t request;
    oms_scope_limits_set_t limits;
    uint32_t scope = 0;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_SCOPE_DEFINE);
    request.header.now = now;
    request.parent = parent;
    memcpy(request.name, name, strlen(name));
    OK(oms_scope_define(oms, &request, &scope));
    OK(oms_scope_limits_off(&limits));
    limits.header.now = now;
    limits.scope = scope;
    OK(oms_scope_limits_set(oms, &limits));
    return scope;
}

oms_status_t quote(oms_t *oms, uint64_t now, uint32_t symbol, oms_ticks_t bid, oms_ticks_t ask) {
    oms_quote_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_QUOTE);
    request.header.now = now;
    request.symbol = symbol;
    request.bid = bid;
    request.ask = ask;
    return oms_quote(oms, &request);
}

oms_status_t trade(oms_t *oms, uint64_t now, uint32_t symbol, oms_trade_source_t source,
                   oms_ticks_t price) {
    oms_trade_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_TRADE);
    request.header.now = now;
    request.symbol = symbol;
    request.source = source;
    request.price = price;
    return oms_trade(oms, &request);
}

static void report_record(oms_venue_report_t *request, uint64_t now, oms_id_t order,
                          oms_report_kind_t kind) {
    OMS_REQUEST_INIT(request, OMS_REQUEST_VENUE_REPORT);
    request->header.now = now;
    request->order = order;
    request->report = kind;
}

oms_status_t report(oms_t *oms, uint64_t now, oms_id_t order, oms_report_kind_t kind) {
    oms_venue_report_t request;
    report_record(&request, now, order, kind);
    return oms_venue_report(oms, &request);
}

oms_status_t fill(oms_t *oms, uint64_t now, oms_id_t order, uint64_t exec_id, oms_lots_t qty,
                  oms_ticks_t price, oms_money_t commission) {
    oms_venue_report_t request;
    report_record(&request, now, order, OMS_REPORT_FILL);
    request.exec_id = exec_id;
    request.qty = qty;
    request.price = price;
    request.commission = commission;
    return oms_venue_report(oms, &request);
}

void order_record(oms_order_submit_t *request, uint64_t now, uint64_t client_id, oms_side_t side,
                  oms_lots_t qty, oms_ticks_t price) {
    OMS_REQUEST_INIT(request, OMS_REQUEST_ORDER_SUBMIT);
    request->header.now = now;
    request->client_id = client_id;
    request->side = side;
    request->order_type = price ? OMS_TYPE_LIMIT : OMS_TYPE_MARKET;
    request->time_in_force = OMS_TIF_GTC;
    request->qty = qty;
    request->price = price;
}

oms_id_t submit_verdict(oms_t *oms, const oms_order_submit_t *request, oms_verdict_t *verdict) {
    oms_verdict_t checked;
    oms_id_t order = 0;
    memset(verdict, 0, sizeof *verdict);
    memset(&checked, 0, sizeof checked);
    OK(oms_order_check(oms, request, &checked));
    OK(oms_order_submit(oms, request, verdict, &order));
    CHECK(memcmp(&checked, verdict, sizeof checked) == 0);
    CHECK_EQ(verdict->denied, verdict->mask != 0);
    CHECK_EQ(order == 0, verdict->denied);
    return order;
}

oms_id_t submit(oms_t *oms, uint64_t now, uint64_t client_id, oms_side_t side, oms_lots_t qty,
                oms_ticks_t price) {
    oms_order_submit_t request;
    oms_verdict_t verdict;
    order_record(&request, now, client_id, side, qty, price);
    return submit_verdict(oms, &request, &verdict);
}

oms_status_t cancel(oms_t *oms, uint64_t now, oms_id_t order, uint64_t request_id) {
    oms_order_cancel_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_ORDER_CANCEL);
    request.header.now = now;
    request.order = order;
    request.request_id = request_id;
    return oms_order_cancel(oms, &request);
}

void arming_record(oms_trigger_arm_t *request, uint64_t now, oms_id_t position,
                   oms_trigger_kind_t kind, oms_trigger_action_t action, oms_ticks_t level) {
    OMS_REQUEST_INIT(request, OMS_REQUEST_TRIGGER_ARM);
    request->header.now = now;
    request->position = position;
    request->kind = kind;
    request->action = action;
    request->level = level;
}

oms_id_t arm(oms_t *oms, uint64_t now, oms_id_t position, oms_trigger_kind_t kind,
             oms_trigger_action_t action, oms_ticks_t level, oms_lots_t qty) {
    oms_trigger_arm_t request;
    oms_id_t trigger = 0;
    arming_record(&request, now, position, kind, action, level);
    request.qty = qty;
    OK(oms_trigger_arm(oms, &request, &trigger));
    return trigger;
}

oms_status_t trigger_move(oms_t *oms, uint64_t now, oms_id_t trigger, oms_ticks_t level) {
    oms_trigger_move_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_TRIGGER_MOVE);
    request.header.now = now;
    request.trigger = trigger;
    request.level = level;
    return oms_trigger_move(oms, &request);
}

oms_status_t trigger_cancel(oms_t *oms, uint64_t now, oms_id_t trigger) {
    oms_trigger_cancel_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_TRIGGER_CANCEL);
    request.header.now = now;
    request.trigger = trigger;
    return oms_trigger_cancel(oms, &request);
}

void opening_record(oms_position_open_t *request, uint64_t now, uint32_t symbol,
                    oms_position_side_t side, oms_lots_t qty, oms_ticks_t price) {
    OMS_REQUEST_INIT(request, OMS_REQUEST_POSITION_OPEN);
    request->header.now = now;
    request->symbol = symbol;
    request->side = side;
    request->qty = qty;
    request->price = price;
}

oms_id_t open_by_hand(oms_t *oms, uint64_t now, uint32_t symbol, oms_position_side_t side,
                      oms_lots_t qty, oms_ticks_t price) {
    oms_position_open_t request;
    oms_verdict_t verdict;
    oms_id_t position = 0;
    memset(&verdict, 0, sizeof verdict);
    opening_record(&request, now, symbol, side, qty, price);
    OK(oms_position_open(oms, &request, &verdict, &position));
    CHECK(!verdict.denied && position != 0);
    return position;
}

oms_status_t exit_by_hand(oms_t *oms, uint64_t now, oms_id_t position, oms_lots_t qty,
                          oms_ticks_t price, oms_exit_reason_t reason) {
    oms_position_exit_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_POSITION_EXIT);
    request.header.now = now;
    request.position = position;
    request.qty = qty;
    request.price = price;
    request.reason = reason;
    return oms_position_exit(oms, &request);
}

oms_status_t control(oms_t *oms, uint64_t now, oms_control_action_t action, int64_t value) {
    oms_control_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_CONTROL);
    request.header.now = now;
    request.action = action;
    request.value = value;
    return oms_control(oms, &request);
}

oms_status_t timer(oms_t *oms, uint64_t now) {
    oms_timer_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_TIMER);
    request.header.now = now;
    return oms_timer(oms, &request);
}

oms_status_t drain(oms_t *oms, uint64_t now) {
    oms_drain_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_DRAIN);
    request.header.now = now;
    return oms_drain(oms, &request);
}

oms_polled_t poll(oms_t *oms, uint64_t now, oms_command_t *commands, uint32_t max_commands,
                  oms_event_t *events, uint32_t max_events) {
    oms_poll_t request;
    oms_polled_t polled;
    memset(&polled, 0, sizeof polled);
    OMS_REQUEST_INIT(&request, OMS_REQUEST_POLL);
    request.header.now = now;
    request.max_commands = max_commands;
    request.max_events = max_events;
    OK(oms_poll(oms, &request, commands, events, &polled));
    return polled;
}

void poll_drop(oms_t *oms, uint64_t now) {
    oms_command_t commands[8];
    oms_event_t events[8];
    oms_polled_t polled;
    do
        polled = poll(oms, now, commands, 8, events, 8);
    while (polled.more_commands || polled.more_events);
}

oms_id_t open_position(oms_t *oms, uint64_t now, uint64_t client_id, oms_side_t side,
                       oms_lots_t qty, oms_ticks_t price) {
    oms_id_t order = submit(oms, now, client_id, side, qty, price);
    oms_position_t position;
    memset(&position, 0, sizeof position);
    poll_drop(oms, now);
    OK(report(oms, now, order, OMS_REPORT_ACK));
    OK(fill(oms, now, order, client_id + 1000000, qty, price ? price : 1000, 0));
    poll_drop(oms, now);
    if (order_of(oms, order).position)
        OK(oms_position_get(oms, order_of(oms, order).position, &position));
    else
        OK(oms_position_net(oms, order_of(oms, order).symbol, &position));
    return position.position;
}

oms_order_t order_of(const oms_t *oms, oms_id_t order) {
    oms_order_t out;
    memset(&out, 0, sizeof out);
    OK(oms_order_get(oms, order, 0, &out));
    return out;
}

oms_account_t account_of(const oms_t *oms) {
    oms_account_t out;
    memset(&out, 0, sizeof out);
    OK(oms_account_get(oms, &out));
    return out;
}

uint64_t digest_of(const oms_t *oms) {
    uint64_t digest = 0;
    OK(oms_digest(oms, &digest));
    return digest;
}

int audited(const oms_t *oms) {
    oms_audit_t audit;
    oms_status_t status;
    memset(&audit, 0, sizeof audit);
    status = oms_audit(oms, &audit);
    if (status == OMS_OK && audit.item == OMS_AUDIT_NONE) return 1;
    fprintf(stderr, "    audit: %s: %s of %u: expected %lld, found %lld\n",
            oms_status_name(status), oms_audit_item_name(audit.item), (unsigned)audit.index,
            (long long)audit.expected.lo, (long long)audit.found.lo);
    return 0;
}
