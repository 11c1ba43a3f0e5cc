/* A drop copy held against the books here: each difference told, put right, and gone in the next
 * round; too many trip the breaker. */
#include "common.h"

static engine_t engine;
static oms_t *oms;
static uint64_t now;

static void begin(oms_lots_t lots, oms_money_t money, int64_t orders) {
    oms_reconcile_begin_t r;
    OMS_REQUEST_INIT(&r, OMS_REQUEST_RECONCILE_BEGIN);
    r.header.now = now;
    r.lots_max = lots;
    r.money_max = money;
    r.orders_max = orders;
    OK(oms_reconcile_begin(oms, &r));
}

/* The venue holds so many lots: a short is negative. */
static oms_status_t holds(oms_lots_t net) {
    oms_reconcile_position_t r;
    OMS_REQUEST_INIT(&r, OMS_REQUEST_RECONCILE_POSITION);
    r.header.now = now;
    r.long_qty = net > 0 ? net : 0;
    r.short_qty = net < 0 ? -net : 0;
    return oms_reconcile_position(oms, &r);
}

static oms_status_t lists(uint64_t client_id, oms_side_t side, oms_lots_t qty, oms_lots_t cum,
                          oms_ticks_t price, oms_order_status_t status) {
    oms_reconcile_order_t r;
    OMS_REQUEST_INIT(&r, OMS_REQUEST_RECONCILE_ORDER);
    r.header.now = now;
    r.client_id = client_id;
    r.side = side;
    r.qty = qty;
    r.cum_qty = cum;
    r.price = price;
    r.order_status = status;
    return oms_reconcile_order(oms, &r);
}

static oms_reconcile_report_t end(void) {
    oms_reconcile_end_t r;
    oms_reconcile_report_t report, same;
    oms_status_t status;
    OMS_REQUEST_INIT(&r, OMS_REQUEST_RECONCILE_END);
    r.header.now = now;
    do status = oms_reconcile_end(oms, &r, &report);
    while (status == OMS_MORE);
    CHECK_ST(status, OMS_OK);
    CHECK_EQ(report.state, OMS_RECONCILE_STATE_DONE);
    OK(oms_reconcile_get(oms, &same));
    CHECK(memcmp(&report, &same, sizeof same) == 0);
    CHECK_ST(oms_reconcile_end(oms, &r, NULL), OMS_E_STATE);
    return report;
}

/* The differences since the last look, the end of the round left out. */
static uint32_t differences(oms_event_t *out, uint32_t most) {
    oms_event_t events[64];
    oms_command_t commands[16];
    oms_polled_t polled = poll(oms, now, commands, 16, events, 64);
    uint32_t i, found = 0;
    for (i = 0; i < polled.events; i++)
        if (events[i].kind == OMS_EVENT_DIFFERENCE && events[i].code != OMS_DIFFERENCE_NONE) {
            if (found < most) out[found] = events[i];
            found++;
        }
    return found;
}

static void told(const oms_event_t *e, oms_difference_t what, int64_t ours, int64_t theirs,
                 uint64_t client_id) {
    check_about(oms_difference_name(what));
    CHECK_EQ(e->code, what);
    CHECK_EQ(e->limit, ours);
    CHECK_EQ(e->observed, theirs);
    CHECK_EQ(e->client_id, client_id);
    check_about(NULL);
}

static void resting(uint64_t client_id) {
    oms_id_t id = submit(oms, now, client_id, OMS_SIDE_BUY, 10, 900);
    poll_drop(oms, now);
    OK(report(oms, now, id, OMS_REPORT_ACK));
}

static void make(void) {
    oms_config_t config;
    config_small(&config);
    config.work_per_call = 2;
    engine_ready(&engine, &config);
    oms = engine.oms;
    now = SECOND;
}

/* A fill was missed, an order was never heard of, another has ended there. */
static void found_and_put_right(void) {
    oms_event_t e[8];
    oms_reconcile_report_t r;
    oms_venue_report_t missed;
    oms_order_adopt_t adopted;
    make();
    resting(1);
    resting(2);
    poll_drop(oms, now);
    begin(OMS_OFF, OMS_OFF, OMS_OFF);
    OK(holds(4));
    CHECK_ST(holds(4), OMS_IGNORED);
    OK(lists(1, OMS_SIDE_BUY, 10, 4, 900, OMS_STATUS_PARTIALLY_FILLED));
    OK(lists(77, OMS_SIDE_SELL, 7, 0, 1100, OMS_STATUS_OPEN));
    r = end();
    CHECK_EQ(r.differences, 4);
    CHECK_EQ(r.lots, 4);
    CHECK_EQ(r.orders_differ, 3);
    CHECK_EQ(r.counts[OMS_DIFFERENCE_MISSING_ORDER], 1);
    CHECK_EQ(r.tripped, 0);
    CHECK_EQ(differences(e, 8), 4);
    told(&e[0], OMS_DIFFERENCE_NET_QTY, 0, 4, 0);
    told(&e[1], OMS_DIFFERENCE_FILL_MISSED, 0, 4, 1);
    told(&e[2], OMS_DIFFERENCE_UNKNOWN_ORDER, 0, 7, 77);
    told(&e[3], OMS_DIFFERENCE_MISSING_ORDER, 10, 0, 2);

    OMS_REQUEST_INIT(&missed, OMS_REQUEST_VENUE_REPORT);
    missed.header.now = now;
    missed.client_id = 1;
    missed.report = OMS_REPORT_FILL;
    missed.exec_id = 500;
    missed.qty = 4;
    missed.price = 900;
    OK(oms_venue_report(oms, &missed));
    missed.client_id = 2;
    missed.report = OMS_REPORT_CANCEL_ACK;
    missed.exec_id = 0;
    missed.qty = 0;
    missed.price = 0;
    OK(oms_venue_report(oms, &missed));
    OMS_REQUEST_INIT(&adopted, OMS_REQUEST_ORDER_ADOPT);
    adopted.header.now = now;
    adopted.client_id = 77;
    adopted.qty = 7;
    adopted.price = 1100;
    adopted.side = OMS_SIDE_SELL;
    adopted.order_type = OMS_TYPE_LIMIT;
    adopted.time_in_force = OMS_TIF_GTC;
    OK(oms_order_adopt(oms, &adopted, NULL));
    poll_drop(oms, now);

    begin(0, 0, 0);
    OK(holds(4));
    OK(lists(1, OMS_SIDE_BUY, 10, 4, 900, OMS_STATUS_PARTIALLY_FILLED));
    OK(lists(2, OMS_SIDE_BUY, 10, 0, 900, OMS_STATUS_CANCELLED));
    OK(lists(77, OMS_SIDE_SELL, 7, 0, 1100, OMS_STATUS_OPEN));
    r = end();
    CHECK_EQ(r.round, 2);
    CHECK_EQ(r.differences, 0);
    CHECK_EQ(r.orders, 3);
    CHECK_EQ(differences(e, 8), 0);
    CHECK(audited(oms));
    engine_free(&engine);
}

/* At the tolerance it holds, one beyond it trips, and only a hand closes the breaker. */
static void tolerances(void) {
    oms_breaker_status_t status;
    oms_order_submit_t order;
    oms_verdict_t verdict;
    oms_trip_t trip;
    make();
    begin(5, OMS_OFF, OMS_OFF);
    OK(holds(-5));
    CHECK_EQ(end().tripped, 0);
    begin(5, OMS_OFF, OMS_OFF);
    OK(holds(-6));
    OK(oms_risk_get(oms, 0, &status));
    CHECK_EQ(status.state, OMS_BREAKER_OPEN);
    CHECK_EQ(status.cause, OMS_CAUSE_RECONCILE);
    CHECK_EQ(status.latched, 1);
    OK(oms_trip_get(oms, 0, 0, &trip));
    CHECK_EQ(trip.limit, 5);
    CHECK_EQ(trip.observed, 6);
    CHECK_EQ(trip.unit, OMS_UNIT_LOTS);
    CHECK_EQ(end().tripped, 1);
    now += 3 * DAY;
    OK(timer(oms, now));
    order_record(&order, now, 9, OMS_SIDE_BUY, 1, 1000);
    OK(oms_order_check(oms, &order, &verdict));
    CHECK_EQ(verdict.first, OMS_CHECK_BREAKER);
    OK(control(oms, now, OMS_CONTROL_BREAKER_RESET, 0));
    OK(oms_order_check(oms, &order, &verdict));
    CHECK_EQ(verdict.first, OMS_CHECK_NONE);
    /* Money: one lot at the ask is 1010 ticks of 0.01 and 0.001 lots, 10 100 money units. */
    begin(OMS_OFF, 10100, OMS_OFF);
    OK(holds(1));
    CHECK_EQ(end().money, 10100);
    begin(OMS_OFF, 10099, OMS_OFF);
    OK(holds(1));
    CHECK_EQ(end().tripped, 1);
    CHECK(audited(oms));
    engine_free(&engine);
}

/* The end of a round goes on by oms_drain, too. */
static void drained(void) {
    oms_reconcile_end_t r;
    oms_reconcile_report_t report;
    uint32_t i;
    make();
    for (i = 0; i < 5; i++) resting(1 + i);
    poll_drop(oms, now);
    begin(OMS_OFF, OMS_OFF, 4);
    OMS_REQUEST_INIT(&r, OMS_REQUEST_RECONCILE_END);
    r.header.now = now;
    CHECK_ST(oms_reconcile_end(oms, &r, &report), OMS_MORE);
    CHECK_EQ(report.state, OMS_RECONCILE_STATE_ENDING);
    CHECK_EQ(report.differences, 2);
    CHECK_ST(holds(0), OMS_E_STATE);
    CHECK_ST(drain(oms, now), OMS_MORE);
    OK(oms_reconcile_get(oms, &report));
    CHECK_EQ(report.differences, 4);
    CHECK_EQ(report.tripped, 0);
    CHECK_ST(drain(oms, now), OMS_MORE);
    CHECK_ST(drain(oms, now), OMS_OK);
    OK(oms_reconcile_get(oms, &report));
    CHECK_EQ(report.state, OMS_RECONCILE_STATE_DONE);
    CHECK_EQ(report.orders_differ, 5);
    CHECK_EQ(report.tripped, 1);
    CHECK(audited(oms));
    engine_free(&engine);
}

int main(void) {
    found_and_put_right();
    tolerances();
    drained();
    return check_result();
}
