/* What goes wrong between a caller and a venue, and what comes of it: requests that cross, reports
 * that come twice, late, out of order, are wrong or taken back. One function a story, most with the
 * number of its conformance case; "status cum/leaves" is looked at after every step. */
#include "common.h"

#define QTY 10000

static oms_t *oms;
static oms_id_t id; /* the order of the story */
static oms_command_t commands[64];
static uint32_t command_count;
static oms_event_t events[256];
static uint32_t event_count;

/* ---- short ways to say and to look */

static void take(void) {
    oms_polled_t polled = poll(oms, 2, commands, 64, events, 256);
    command_count = polled.commands;
    event_count = polled.events;
    CHECK_EQ(polled.events_lost, 0);
}

static uint32_t count(oms_event_kind_t kind, uint32_t code) {
    uint32_t i, found = 0;
    for (i = 0; i < event_count; i++) found += events[i].kind == kind && events[i].code == code;
    return found;
}

static uint32_t anomaly(oms_anomaly_t code) {
    return count(OMS_EVENT_ORDER_ANOMALY, code);
}

/* An order of 10000 at 100, handed out. */
static void sent(void) {
    id = submit(oms, 2, 1, OMS_SIDE_BUY, QTY, 100);
    take();
    CHECK_EQ(command_count, 1);
}

/* The same, acknowledged. */
static void opened(void) {
    sent();
    OK(report(oms, 2, id, OMS_REPORT_ACK));
}

static void about(oms_venue_report_t *record, oms_report_kind_t kind) {
    OMS_REQUEST_INIT(record, OMS_REQUEST_VENUE_REPORT);
    record->header.now = 2;
    record->order = id;
    record->report = kind;
}

static oms_status_t executed(uint64_t exec_id, oms_lots_t qty, oms_ticks_t price) {
    return fill(oms, 2, id, exec_id, qty, price, 0);
}

/* An execution with the venue's total, and its average price when that is not 0. */
static oms_status_t total(uint64_t exec_id, oms_lots_t qty, oms_ticks_t price, oms_lots_t cum,
                          oms_ticks_t avg, int64_t frac) {
    oms_venue_report_t record;
    about(&record, OMS_REPORT_FILL);
    record.exec_id = exec_id;
    record.qty = qty;
    record.price = price;
    record.venue_cum = cum;
    record.venue_avg = avg;
    record.venue_avg_frac = frac;
    return oms_venue_report(oms, &record);
}

static oms_status_t bust(uint64_t exec_id) {
    oms_venue_report_t record;
    about(&record, OMS_REPORT_BUST);
    record.ref_exec_id = exec_id;
    return oms_venue_report(oms, &record);
}

static oms_status_t correct(uint64_t old, uint64_t exec_id, oms_lots_t qty, oms_ticks_t price) {
    oms_venue_report_t record;
    about(&record, OMS_REPORT_CORRECT);
    record.ref_exec_id = old;
    record.exec_id = exec_id;
    record.qty = qty;
    record.price = price;
    return oms_venue_report(oms, &record);
}

static oms_status_t replace(uint64_t request_id, oms_lots_t qty, oms_ticks_t price) {
    oms_order_replace_t record;
    oms_verdict_t verdict;
    oms_status_t status;
    memset(&verdict, 0, sizeof verdict);
    OMS_REQUEST_INIT(&record, OMS_REQUEST_ORDER_REPLACE);
    record.header.now = 2;
    record.order = id;
    record.request_id = request_id;
    record.qty = qty;
    record.price = price;
    status = oms_order_replace(oms, &record, &verdict, NULL);
    CHECK_EQ(verdict.mask, 0);
    return status;
}

/* The order, and that the position has exactly what was executed. */
static void is(oms_order_status_t status, oms_lots_t cum, oms_lots_t leaves) {
    oms_order_t order = order_of(oms, id);
    oms_position_t net;
    CHECK_EQ(order.status, status);
    CHECK_EQ(order.cum_qty, cum);
    CHECK_EQ(order.leaves, leaves);
    memset(&net, 0, sizeof net);
    CHECK_ST(oms_position_net(oms, 0, &net), cum ? OMS_OK : OMS_E_UNKNOWN);
    CHECK_EQ(net.qty, cum);
    CHECK_EQ(net.cost.lo, order.notional.lo);
    CHECK(audited(oms));
}

static void fix(oms_fix_status_t status) {
    CHECK_EQ(order_of(oms, id).fix_status, status);
}

static void marks(uint32_t bits) {
    CHECK_EQ(order_of(oms, id).marks, bits);
}

/* Average price, whole and parts per 10^9. */
static void average(oms_ticks_t whole, int64_t frac) {
    CHECK_EQ(order_of(oms, id).avg_price, whole);
    CHECK_EQ(order_of(oms, id).avg_price_frac, frac);
}

static oms_lots_t working(void) {
    oms_symbol_t symbol;
    memset(&symbol, 0, sizeof symbol);
    OK(oms_symbol_get(oms, 0, &symbol));
    return symbol.working_buy;
}

/* ---- requests that cross */

static void a_cancel_crosses_executions(void) { /* 5 */
    opened();
    OK(executed(1, 2000, 100));
    OK(cancel(oms, 2, id, 7));
    OK(executed(2, 3000, 100));
    OK(executed(3, 1000, 100));
    is(OMS_STATUS_PENDING_CANCEL, 6000, 4000);
    CHECK_EQ(working(), 4000);
    CHECK_ST(cancel(oms, 2, id, 7), OMS_IGNORED);
    CHECK_ST(cancel(oms, 2, id, 8), OMS_E_PENDING);
    OK(report(oms, 2, id, OMS_REPORT_CANCEL_ACK));
    is(OMS_STATUS_CANCELLED, 6000, 0);
    CHECK_EQ(working(), 0);
}

static void a_cancel_comes_too_late(void) { /* 7 */
    opened();
    OK(executed(1, 2000, 100));
    OK(cancel(oms, 2, id, 7));
    OK(executed(2, 3000, 100));
    OK(executed(3, 5000, 100));
    is(OMS_STATUS_FILLED, QTY, 0);
    fix(OMS_FIX_PENDING_CANCEL);
    OK(report(oms, 2, id, OMS_REPORT_CANCEL_REJECT));
    is(OMS_STATUS_FILLED, QTY, 0);
    fix(OMS_FIX_FILLED);
}

static void a_replace_below_what_is_filled(void) { /* 16 */
    opened();
    OK(replace(7, 7000, 100));
    OK(executed(1, 8000, 100));
    is(OMS_STATUS_PENDING_REPLACE, 8000, 2000);
    fix(OMS_FIX_PENDING_REPLACE);
    OK(report(oms, 2, id, OMS_REPORT_REPLACE_ACK));
    is(OMS_STATUS_FILLED, 8000, 0);
    CHECK_EQ(order_of(oms, id).order_qty, 8000);
    CHECK_EQ(working(), 0);
}

static void a_cancel_overtakes_a_replace(void) { /* 19 */
    opened();
    OK(replace(7, 11000, 103));
    CHECK_EQ(working(), 11000);
    CHECK_ST(replace(8, 12000, 103), OMS_E_PENDING);
    take();
    OK(cancel(oms, 2, id, 9));
    is(OMS_STATUS_PENDING_CANCEL, 0, QTY);
    OK(report(oms, 2, id, OMS_REPORT_REPLACE_ACK));
    is(OMS_STATUS_PENDING_CANCEL, 0, 11000);
    CHECK_EQ(order_of(oms, id).price, 103);
    OK(report(oms, 2, id, OMS_REPORT_CANCEL_ACK));
    is(OMS_STATUS_CANCELLED, 0, 0);
    CHECK_EQ(working(), 0);
}

static void a_kill_while_a_replace_is_pending(void) { /* 38 */
    opened();
    OK(replace(7, 11000, 100));
    take();
    OK(oms_kill(oms));
    take();
    CHECK_EQ(command_count, 1);
    CHECK_EQ(commands[0].kind, OMS_COMMAND_CANCEL);
    CHECK_EQ(commands[0].order, id);
    take();
    CHECK_EQ(command_count, 0);
    is(OMS_STATUS_PENDING_CANCEL, 0, QTY);
}

/* ---- executions that are wrong */

static void executions_are_corrected(void) { /* 25: C to K are 3 to 11 */
    opened();
    OK(executed(3, 1000, 100));
    OK(executed(4, 9000, 110));
    is(OMS_STATUS_FILLED, QTY, 0);
    average(109, 0);
    OK(bust(3));
    is(OMS_STATUS_PARTIALLY_FILLED, 9000, 1000);
    average(110, 0);
    marks(OMS_MARK_BUSTED);
    CHECK_ST(bust(3), OMS_IGNORED);
    OK(correct(4, 6, 9000, 100));
    average(100, 0);
    OK(executed(7, 1000, 120));
    is(OMS_STATUS_FILLED, QTY, 0);
    average(102, 0);
    OK(correct(6, 8, 9000, 120));
    average(120, 0);
    /* Filled, and enlarged all the same. */
    OK(replace(7, 12000, 100));
    is(OMS_STATUS_FILLED, QTY, 0);
    fix(OMS_FIX_PENDING_REPLACE);
    take();
    OK(report(oms, 2, id, OMS_REPORT_REPLACE_ACK));
    is(OMS_STATUS_PARTIALLY_FILLED, QTY, 2000);
    OK(correct(8, 11, 9500, 120));
    is(OMS_STATUS_PARTIALLY_FILLED, 10500, 1500);
    average(120, 0);
}

static void a_bust_after_the_end(void) { /* 26 */
    opened();
    OK(executed(1, 5000, 50));
    OK(report(oms, 2, id, OMS_REPORT_CANCEL_ACK));
    is(OMS_STATUS_CANCELLED, 5000, 0);
    OK(bust(1));
    is(OMS_STATUS_CANCELLED, 0, 0);
    OK(executed(2, 4000, 51));
    is(OMS_STATUS_CANCELLED, 4000, 0);
    marks(OMS_MARK_BUSTED | OMS_MARK_LATE_FILL);
    CHECK_EQ(working(), 0);
}

static void the_same_execution_twice(void) { /* 27 */
    opened();
    OK(executed(7, 100, 100));
    CHECK_ST(executed(7, 100, 100), OMS_IGNORED);
    CHECK_ST(executed(7, 200, 100), OMS_E_CONFLICT);
    CHECK_ST(executed(7, 100, 101), OMS_E_CONFLICT);
    CHECK_ST(executed(8, 0, 100), OMS_E_BAD_QTY);
    is(OMS_STATUS_PARTIALLY_FILLED, 100, 9900);
    marks(0);
}

/* ---- executions that are missing */

static void executions_out_of_order(void) { /* 29 */
    opened();
    take();
    /* 5000 at 50.6 in all, of which 3000 at 51: 2000 at 50 are missing. */
    OK(total(2, 3000, 51, 5000, 50, 600000000));
    is(OMS_STATUS_PARTIALLY_FILLED, 5000, 5000);
    average(50, 600000000);
    marks(OMS_MARK_GAP);
    take();
    CHECK_EQ(anomaly(OMS_ANOMALY_GAP), 1);
    CHECK_EQ(count(OMS_EVENT_ORDER_FILL, 0), 2);
    OK(total(1, 2000, 50, 2000, 0, 0));
    is(OMS_STATUS_PARTIALLY_FILLED, 5000, 5000);
    average(50, 600000000);
    take();
    CHECK_EQ(count(OMS_EVENT_ORDER_FILL, 0), 0);
    CHECK_ST(total(1, 2000, 50, 2000, 0, 0), OMS_IGNORED);
}

static void a_gap(void) { /* 30, then 28 */
    opened();
    OK(total(1, 2000, 100, 2000, 0, 0));
    marks(0);
    OK(total(2, 1000, 100, 9000, 0, 0));
    is(OMS_STATUS_PARTIALLY_FILLED, 9000, 1000);
    marks(OMS_MARK_GAP);
    /* The 6000 that are missing come, and one execution too many. */
    OK(total(3, 6000, 100, 8000, 0, 0));
    is(OMS_STATUS_PARTIALLY_FILLED, 9000, 1000);
    marks(OMS_MARK_GAP);
    OK(total(4, 10, 100, 9000, 0, 0));
    is(OMS_STATUS_PARTIALLY_FILLED, 9000, 1000);
    marks(OMS_MARK_GAP | OMS_MARK_IN_DOUBT);
    take();
    CHECK_EQ(anomaly(OMS_ANOMALY_IN_DOUBT), 1);
}

static void too_much_is_filled(void) { /* 31 */
    id = submit(oms, 2, 1, OMS_SIDE_BUY, 100, 100);
    take();
    OK(executed(1, 60, 100));
    OK(executed(2, 60, 100));
    is(OMS_STATUS_FILLED, 120, 0);
    marks(OMS_MARK_OVERFILL);
    CHECK_EQ(order_of(oms, id).order_qty, 100);
}

/* ---- life after the end, and before the beginning */

static void a_fill_after_the_reject(void) { /* 33 */
    oms_breaker_status_t before, after;
    sent();
    OK(report(oms, 2, id, OMS_REPORT_REJECT));
    is(OMS_STATUS_REJECTED, 0, 0);
    CHECK_EQ(working(), 0);
    take();
    OK(oms_risk_get(oms, 0, &before));
    OK(executed(1, 10, 100));
    is(OMS_STATUS_PARTIALLY_FILLED, 10, 9990);
    marks(OMS_MARK_RESURRECTED);
    CHECK_EQ(working(), 9990);
    take();
    CHECK_EQ(anomaly(OMS_ANOMALY_RESURRECTED), 1);
    OK(oms_risk_get(oms, 0, &after));
    CHECK_EQ(after.consecutive_errors, before.consecutive_errors + 1);
}

static void nobody_knows_whether_it_left(void) { /* 37 */
    oms_order_submit_t again;
    oms_verdict_t verdict;
    oms_id_t same = 0;
    int i;
    sent();
    for (i = 0; i < 3; i++) {
        CHECK(report(oms, 2, id, OMS_REPORT_SEND_IN_DOUBT) >= OMS_OK);
        is(OMS_STATUS_SUBMITTED, 0, QTY);
        marks(OMS_MARK_IN_DOUBT);
    }
    /* To send it again is to send the same. */
    order_record(&again, 2, 1, OMS_SIDE_BUY, QTY, 100);
    CHECK_ST(oms_order_submit(oms, &again, &verdict, &same), OMS_EXISTS);
    CHECK_EQ(same, id);
    take();
    CHECK_EQ(command_count, 0);
    OK(report(oms, 2, id, OMS_REPORT_ACK));
    is(OMS_STATUS_OPEN, 0, QTY);
    marks(0);
    CHECK_EQ(account_of(oms).live_orders, 1);
    CHECK_EQ(working(), QTY);
}

static void it_did_not_leave(void) {
    sent();
    take();
    OK(report(oms, 2, id, OMS_REPORT_SEND_FAILED));
    is(OMS_STATUS_PENDING, 0, QTY);
    take();
    CHECK_EQ(command_count, 0);
    OK(timer(oms, MINUTE));
    take();
    CHECK_EQ(command_count, 1);
    CHECK_EQ(commands[0].kind, OMS_COMMAND_NEW);
    CHECK_EQ(commands[0].client_id, 1);
    CHECK_EQ(commands[0].order, id);
    OK(report(oms, 2, id, OMS_REPORT_ACK));
    is(OMS_STATUS_OPEN, 0, QTY);
}

/* ---- orders of somebody else, orders of yesterday */

static void a_foreign_fill(void) {
    oms_venue_report_t record;
    oms_order_t order;
    about(&record, OMS_REPORT_FILL);
    record.order = 0;
    record.client_id = 77;
    record.exec_id = 1;
    record.qty = 60;
    record.price = 100;
    /* Nobody knows what was traded. */
    CHECK_ST(oms_venue_report(oms, &record), OMS_E_UNKNOWN);
    take();
    record.side = OMS_SIDE_BUY;
    OK(oms_venue_report(oms, &record));
    take();
    CHECK_EQ(anomaly(OMS_ANOMALY_FOREIGN), 1);
    memset(&order, 0, sizeof order);
    OK(oms_order_get(oms, 0, 77, &order));
    id = order.order;
    is(OMS_STATUS_FILLED, 60, 0);
    marks(OMS_MARK_FOREIGN);
    CHECK_ST(oms_venue_report(oms, &record), OMS_IGNORED);
    is(OMS_STATUS_FILLED, 60, 0);
    CHECK_EQ(account_of(oms).live_orders, 0);
}

static void a_new_run(void) {
    oms_position_adopt_t held;
    oms_order_adopt_t order;
    oms_position_t net;
    oms_id_t position = 0, again = 0;
    OMS_REQUEST_INIT(&held, OMS_REQUEST_POSITION_ADOPT);
    held.header.now = 2;
    held.side = OMS_POSITION_LONG;
    held.qty = 4000;
    held.price = 99;
    OK(oms_position_adopt(oms, &held, &position));
    CHECK_ST(oms_position_adopt(oms, &held, NULL), OMS_E_STATE);
    OMS_REQUEST_INIT(&order, OMS_REQUEST_ORDER_ADOPT);
    order.header.now = 2;
    order.client_id = 1;
    order.side = OMS_SIDE_BUY;
    order.order_type = OMS_TYPE_LIMIT;
    order.time_in_force = OMS_TIF_GTC;
    order.qty = QTY;
    order.price = 100;
    order.cum_qty = 4000;
    order.notional.lo = 396000;
    OK(oms_order_adopt(oms, &order, &id));
    CHECK_ST(oms_order_adopt(oms, &order, &again), OMS_EXISTS);
    CHECK_EQ(again, id);
    /* Nothing was executed here, nothing is sent; what is left is reserved. */
    is(OMS_STATUS_PARTIALLY_FILLED, 4000, 6000);
    CHECK_EQ(working(), 6000);
    take();
    CHECK_EQ(command_count, 0);
    CHECK_EQ(account_of(oms).realised, 0);
    CHECK_ST(report(oms, 2, id, OMS_REPORT_ACK), OMS_IGNORED);
    OK(total(1, 6000, 100, QTY, 0, 0));
    is(OMS_STATUS_FILLED, QTY, 0);
    marks(0);
    memset(&net, 0, sizeof net);
    OK(oms_position_net(oms, 0, &net));
    CHECK_EQ(net.position, position);
    CHECK_EQ(net.cost.lo, 396000 + 600000);
}

int main(void) {
    static const struct {
        const char *name;
        void (*tell)(void);
    } stories[] = {
        {"a cancel crosses executions", a_cancel_crosses_executions},
        {"a cancel comes too late", a_cancel_comes_too_late},
        {"a replace below what is filled", a_replace_below_what_is_filled},
        {"a cancel overtakes a replace", a_cancel_overtakes_a_replace},
        {"a kill while a replace is pending", a_kill_while_a_replace_is_pending},
        {"executions are corrected", executions_are_corrected},
        {"a bust after the end", a_bust_after_the_end},
        {"the same execution twice", the_same_execution_twice},
        {"executions out of order", executions_out_of_order},
        {"a gap", a_gap},
        {"too much is filled", too_much_is_filled},
        {"a fill after the reject", a_fill_after_the_reject},
        {"nobody knows whether it left", nobody_knows_whether_it_left},
        {"it did not leave", it_did_not_leave},
        {"a foreign fill", a_foreign_fill},
        {"a new run", a_new_run},
    };
    size_t i;
    for (i = 0; i < COUNT(stories); i++) {
        engine_t engine;
        oms_config_t config;
        check_about(stories[i].name);
        config_small(&config);
        engine_ready(&engine, &config);
        oms = engine.oms;
        id = 0;
        take();
        stories[i].tell();
        CHECK(audited(oms));
        engine_free(&engine);
    }
    check_about(NULL);
    return check_result();
}
