/* Kills of a scope and of a symbol, mass cancels, and closing of what is open. */
#include "common.h"

static oms_t *oms;
static uint64_t now = 1;
static uint32_t account, calm, wild;

static oms_verdict_t place(uint32_t scope, uint64_t id, oms_side_t side, oms_lots_t qty,
                            oms_id_t *order) {
    oms_order_submit_t request;
    oms_verdict_t verdict;
    memset(&verdict, 0, sizeof verdict);
    order_record(&request, now, id, side, qty, 1000);
    request.scope = scope;
    OK(oms_order_submit(oms, &request, &verdict, order));
    return verdict;
}

static uint32_t mass_cancel(uint32_t scope, uint32_t symbol, uint32_t side, uint32_t flags) {
    oms_mass_cancel_t request;
    uint32_t count = 77;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_MASS_CANCEL);
    request.header.now = now;
    request.scope = scope;
    request.symbol = symbol;
    request.side = side;
    request.flags = flags;
    OK(oms_mass_cancel(oms, &request, &count));
    CHECK(audited(oms));
    return count;
}

static oms_status_t state(uint32_t scope, uint32_t symbol, uint32_t flags, uint32_t trading) {
    oms_control_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_CONTROL);
    request.header.now = now;
    request.action = OMS_CONTROL_TRADING_STATE;
    request.scope = scope;
    request.symbol = symbol;
    request.flags = flags;
    request.value = trading;
    return oms_control(oms, &request);
}

static oms_command_t commands[16];
static oms_event_t events[64];
static oms_polled_t polled;

/* Everything that comes out; counts the events of a kind. */
static uint32_t told(oms_event_kind_t kind) {
    oms_poll_t request;
    uint32_t i, count = 0;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_POLL);
    request.header.now = ++now;
    request.max_commands = 16;
    request.max_events = 64;
    OK(oms_poll(oms, &request, commands, events, &polled));
    CHECK_EQ(polled.more_commands + polled.more_events, 0);
    CHECK(audited(oms));
    for (i = 0; i < polled.events; i++) count += events[i].kind == kind;
    return count;
}

static void tell(oms_id_t order, oms_report_kind_t kind, uint64_t exec_id, oms_lots_t qty) {
    oms_venue_report_t request;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_VENUE_REPORT);
    request.header.now = ++now;
    request.order = order;
    request.report = kind;
    request.exec_id = exec_id;
    request.qty = qty;
    request.price = qty ? 1000 : 0;
    OK(oms_venue_report(oms, &request));
}

static void by_scope_and_side(void) {
    oms_id_t first, second, third;
    place(calm, 1, OMS_SIDE_BUY, 5, &first);
    place(wild, 2, OMS_SIDE_BUY, 5, &second);
    place(wild, 3, OMS_SIDE_SELL, 5, &third);
    told(0);
    CHECK_EQ(mass_cancel(calm, UINT32_MAX, 0, 0), 1);
    CHECK_EQ(mass_cancel(account, 0, OMS_SIDE_SELL, 0), 1);
    CHECK_EQ(mass_cancel(0, UINT32_MAX, 0, 0), 1);
    CHECK_EQ(mass_cancel(0, UINT32_MAX, 0, 0), 0);
    CHECK_EQ(told(OMS_EVENT_MASS_CANCEL), 4);
    CHECK_EQ(polled.commands, 3);
    tell(first, OMS_REPORT_CANCEL_ACK, 0, 0);
    tell(second, OMS_REPORT_CANCEL_ACK, 0, 0);
    tell(third, OMS_REPORT_CANCEL_ACK, 0, 0);
    CHECK_EQ(told(OMS_EVENT_FLAT), 0);
}

/* The verdict names the killed scope; the close is rejected once; FLAT at the end. */
static void a_scope(void) {
    oms_id_t order = 0, none;
    oms_verdict_t verdict;
    place(calm, 11, OMS_SIDE_BUY, 5, &order);
    told(0);
    tell(order, OMS_REPORT_FILL, 11, 5);
    OK(state(account, 0, OMS_CONTROL_FLAG_FLATTEN, OMS_TRADING_KILLED));
    verdict = place(calm, 12, OMS_SIDE_BUY, 5, &none);
    CHECK_EQ(verdict.mask, OMS_CHECK_BIT(OMS_CHECK_TRADING_STATE));
    CHECK_EQ(verdict.scope, account);
    CHECK_EQ(verdict.observed, OMS_TRADING_KILLED);
    CHECK_EQ(place(0, 13, OMS_SIDE_BUY, 5, &none).mask, 0);
    CHECK_EQ(mass_cancel(0, 0, 0, 0), 1);
    CHECK_EQ(told(OMS_EVENT_FLAT), 0);
    CHECK_EQ(polled.commands, 1);
    CHECK_EQ(commands[0].flags, OMS_ORDER_REDUCE_ONLY);
    CHECK_EQ(commands[0].qty, 5);
    tell(commands[0].order, OMS_REPORT_REJECT, 0, 0);
    CHECK_EQ(told(OMS_EVENT_ORDER_ANOMALY), 1);
    CHECK_EQ(polled.commands, 0);
    OK(timer(oms, ++now));
    told(0);
    CHECK_EQ(polled.commands, 1);
    tell(commands[0].order, OMS_REPORT_FILL, 12, 5);
    CHECK_EQ(told(OMS_EVENT_FLAT), 1);
    OK(state(account, 0, 0, OMS_TRADING_ACTIVE));
    CHECK_EQ(place(calm, 14, OMS_SIDE_BUY, 5, &order).mask, 0);
    told(0);
}

static void a_symbol(void) {
    oms_symbol_t symbol;
    oms_id_t none;
    OK(state(0, 0, OMS_CONTROL_FLAG_SYMBOL, OMS_TRADING_KILLED));
    OK(oms_symbol_get(oms, 0, &symbol));
    CHECK_EQ(symbol.trading_state, OMS_TRADING_KILLED);
    CHECK_EQ(place(wild, 21, OMS_SIDE_BUY, 5, &none).first, OMS_CHECK_TRADING_STATE);
    CHECK_ST(state(0, 0, OMS_CONTROL_FLAG_SYMBOL, OMS_TRADING_ACTIVE), OMS_E_PENDING);
    told(0);
    CHECK_EQ(polled.commands, 1);
    tell(commands[0].order, OMS_REPORT_CANCEL_ACK, 0, 0);
    CHECK_EQ(told(OMS_EVENT_FLAT), 1);
    OK(state(0, 0, OMS_CONTROL_FLAG_SYMBOL, OMS_TRADING_ACTIVE));
    CHECK_EQ(place(wild, 22, OMS_SIDE_BUY, 5, &none).mask, 0);
    told(0);
}

/* A check says what a submit would say, also between the kill and the next call. */
static uint64_t asked(uint32_t scope, uint64_t id) {
    oms_order_submit_t request;
    oms_verdict_t verdict;
    memset(&verdict, 0, sizeof verdict);
    order_record(&request, now, id, OMS_SIDE_BUY, 1, 1000);
    request.scope = scope;
    OK(oms_order_check(oms, &request, &verdict));
    return verdict.mask;
}

static void the_firm(void) {
    oms_id_t order = commands[0].order;
    tell(order, OMS_REPORT_FILL, 31, 2);
    CHECK_EQ(asked(0, 32) | asked(wild, 33), 0);
    OK(oms_kill_flatten(oms));
    CHECK_EQ(asked(0, 32), BIT(TRADING_STATE));
    CHECK_EQ(asked(wild, 33), BIT(TRADING_STATE));
    CHECK_EQ(told(OMS_EVENT_FLAT), 0);
    CHECK_EQ(polled.commands, 2);
    CHECK_EQ(commands[0].kind, OMS_COMMAND_CANCEL);
    CHECK_EQ(commands[1].kind, OMS_COMMAND_NEW);
    CHECK_EQ(commands[1].qty, 2);
    tell(order, OMS_REPORT_CANCEL_ACK, 0, 0);
    tell(commands[1].order, OMS_REPORT_FILL, 32, 2);
    CHECK_EQ(told(OMS_EVENT_FLAT), 1);
    CHECK_EQ(events[polled.events - 1].symbol, UINT32_MAX);
}

int main(void) {
    static engine_t engine;
    oms_config_t config;
    config_small(&config);
    config.capacity.positions = 32;
    engine_make(&engine, &config);
    oms = engine.oms;
    CHECK_EQ(define(oms, "ABC", 0), 0);
    OK(quote(oms, now, 0, 1000, 1010));
    account = define_scope(oms, now, "account", 0);
    calm = define_scope(oms, now, "calm", account);
    wild = define_scope(oms, now, "wild", account);
    by_scope_and_side();
    a_scope();
    a_symbol();
    the_firm();
    CHECK(audited(oms));
    engine_free(&engine);
    return check_result();
}
