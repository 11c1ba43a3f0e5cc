/* Positions by hand, taken over, busted and corrected: what they hold, what they brought. */
#include "common.h"

#define HEDGED 1u

static engine_t engine;
static oms_t *oms;
static uint64_t now;

static void make(void) {
    oms_config_t config;
    config_small(&config);
    engine_ready(&engine, &config);
    oms = engine.oms;
    now = 1;
    CHECK_EQ(define(oms, "HEDGED", OMS_SYMBOL_HEDGED), HEDGED);
    OK(quote(oms, now, HEDGED, 1000, 1010));
}

static void finish(void) {
    CHECK(audited(oms));
    engine_free(&engine);
}

static oms_position_t position_of(oms_id_t position) {
    oms_position_t view;
    memset(&view, 0, sizeof view);
    OK(oms_position_get(oms, position, &view));
    return view;
}

static oms_statistics_t statistics(void) {
    oms_statistics_t view;
    memset(&view, 0, sizeof view);
    OK(oms_statistics_get(oms, 0, &view));
    return view;
}

static oms_id_t open_hand(uint32_t symbol, oms_position_side_t side, oms_lots_t qty,
                          oms_ticks_t price) {
    return open_by_hand(oms, now, symbol, side, qty, price);
}

static oms_status_t exit_hand(oms_id_t position, oms_lots_t qty, oms_ticks_t price,
                              oms_exit_reason_t reason) {
    return exit_by_hand(oms, now, position, qty, price, reason);
}

/* A net symbol has one position: the same side enlarges it, the other is refused. */
static void net_by_hand(void) {
    oms_position_open_t r;
    oms_verdict_t verdict;
    oms_position_t p;
    oms_id_t id, same = 0;
    make();
    id = open_hand(0, OMS_POSITION_LONG, 10, 1000);
    CHECK(open_hand(0, OMS_POSITION_LONG, 5, 1003) == id);
    p = position_of(id);
    CHECK_EQ(p.qty, 15);
    CHECK_EQ(p.side, OMS_POSITION_LONG);
    opening_record(&r, now, 0, OMS_POSITION_SHORT, 1, 1000);
    CHECK_ST(oms_position_open(oms, &r, &verdict, &same), OMS_E_STATE);
    CHECK_EQ(same, 0);
    CHECK_ST(exit_hand(id, 16, 1000, 0), OMS_E_RANGE);
    CHECK_ST(exit_hand(id, -1, 1000, 0), OMS_E_RANGE);
    CHECK_ST(exit_hand(id, 1, 0, 0), OMS_E_PRICE);
    CHECK_ST(exit_hand(id, 1, 1000, 10), OMS_E_ENUM);
    OK(exit_hand(id, 5, 1010, 0));
    CHECK_EQ(position_of(id).qty, 10);
    CHECK_EQ(statistics().closed, 0);
    OK(exit_hand(id, 0, 1010, OMS_EXIT_TAKE_PROFIT));
    p = position_of(id);
    CHECK_EQ(p.qty, 0);
    CHECK_EQ(p.exit, OMS_EXIT_TAKE_PROFIT);
    CHECK_EQ(statistics().closed, 1);
    CHECK_EQ(statistics().wins, 1);
    CHECK_EQ(statistics().open, 0);
    CHECK_ST(exit_hand(id, 1, 1000, 0), OMS_E_TERMINAL);
    id = open_hand(0, OMS_POSITION_SHORT, 2, 1000);
    OK(exit_hand(id, 0, 1020, 0));
    CHECK_EQ(position_of(id).exit, OMS_EXIT_HAND);
    CHECK_EQ(statistics().losses, 1);
    finish();
}

/* Exits by hand take stops and reduce-only orders along. */
static void exit_takes_along(void) {
    oms_order_submit_t r;
    oms_verdict_t verdict;
    oms_trigger_t trigger;
    oms_id_t id, order, stop;
    make();
    id = open_hand(0, OMS_POSITION_LONG, 10, 1000);
    stop = arm(oms, now, id, OMS_TRIGGER_STOP_LOSS, OMS_ACTION_CLOSE, 900, 0);
    order_record(&r, now, 5, OMS_SIDE_SELL, 10, 1100);
    r.flags = OMS_ORDER_REDUCE_ONLY;
    order = submit_verdict(oms, &r, &verdict);
    CHECK(order != 0);
    CHECK(order_of(oms, order).position == id);
    /* Not handed out yet: made smaller in place. */
    OK(exit_hand(id, 4, 1000, 0));
    CHECK_EQ(order_of(oms, order).order_qty, 6);
    OK(exit_hand(id, 0, 1000, 0));
    CHECK_EQ(order_of(oms, order).status, OMS_STATUS_CANCELLED);
    CHECK(oms_trigger_get(oms, stop, &trigger) < 0);
    finish();
}

/* Hedged: every opening is a position of its own; a walk over them, oldest first. */
static void hedged_by_hand(void) {
    oms_id_t ids[3], at = 0;
    oms_position_t p;
    int i;
    make();
    ids[0] = open_hand(HEDGED, OMS_POSITION_LONG, 1, 1000);
    ids[1] = open_hand(HEDGED, OMS_POSITION_SHORT, 2, 1001);
    ids[2] = open_hand(HEDGED, OMS_POSITION_LONG, 3, 1002);
    for (i = 0; i < 3; i++) {
        OK(oms_symbol_position_next(oms, HEDGED, at, &p));
        CHECK(p.position == ids[i]);
        CHECK_EQ(p.qty, i + 1);
        at = p.position;
    }
    CHECK_ST(oms_symbol_position_next(oms, HEDGED, at, &p), OMS_E_UNKNOWN);
    OK(exit_hand(ids[1], 0, 1000, 0));
    OK(oms_symbol_position_next(oms, HEDGED, ids[0], &p));
    CHECK(p.position == ids[2]);
    CHECK_ST(oms_symbol_position_next(oms, HEDGED, ids[1], &p), OMS_E_UNKNOWN);
    finish();
}

/* A position and an order of an earlier run: nothing is realised, the order is reserved. */
static void taken_over(void) {
    oms_position_adopt_t r;
    oms_order_adopt_t o;
    oms_position_t p;
    oms_order_t view;
    oms_id_t id = 0, order = 0, again = 0;
    make();
    OMS_REQUEST_INIT(&r, OMS_REQUEST_POSITION_ADOPT);
    r.header.now = now;
    r.symbol = 0;
    r.side = OMS_POSITION_LONG;
    r.qty = 3;
    r.cost.lo = 3001;
    r.tag = 7;
    r.opened_at = 1;
    OK(oms_position_adopt(oms, &r, &id));
    p = position_of(id);
    CHECK_EQ(p.qty, 3);
    CHECK_EQ(p.entry_price, 1000);
    CHECK_EQ(p.entry_price_frac, 333333333);
    CHECK_ST(oms_position_adopt(oms, &r, &id), OMS_E_STATE);
    OK(oms_position_find(oms, 7, &p));
    OMS_REQUEST_INIT(&o, OMS_REQUEST_ORDER_ADOPT);
    o.header.now = now;
    o.client_id = 9;
    o.qty = 4;
    o.cum_qty = 1;
    o.notional.lo = 1000;
    o.price = 1000;
    o.side = OMS_SIDE_BUY;
    o.order_type = OMS_TYPE_LIMIT;
    o.time_in_force = OMS_TIF_GTC;
    OK(oms_order_adopt(oms, &o, &order));
    view = order_of(oms, order);
    CHECK_EQ(view.status, OMS_STATUS_PARTIALLY_FILLED);
    CHECK_EQ(view.leaves, 3);
    CHECK_EQ(position_of(id).qty, 3);
    CHECK_ST(oms_order_adopt(oms, &o, &again), OMS_EXISTS);
    CHECK(again == order);
    o.cum_qty = 2;
    CHECK_ST(oms_order_adopt(oms, &o, &again), OMS_E_CONFLICT);
    OK(fill(oms, now, order, 1, 3, 1000, 0));
    CHECK_EQ(order_of(oms, order).status, OMS_STATUS_FILLED);
    CHECK_EQ(position_of(id).qty, 6);
    finish();
}

/* Executions are taken back and corrected; a closed position is open again. */
static void taken_back(void) {
    oms_venue_report_t r;
    oms_execution_t execution;
    oms_position_t p;
    oms_id_t id, order;
    make();
    id = open_position(oms, now, 1, OMS_SIDE_BUY, 10, 1000);
    order = submit(oms, now, 2, OMS_SIDE_SELL, 10, 1005);
    poll_drop(oms, now);
    OK(fill(oms, now, order, 50, 10, 1005, 0));
    CHECK_EQ(position_of(id).qty, 0);
    CHECK_EQ(statistics().wins, 1);
    OMS_REQUEST_INIT(&r, OMS_REQUEST_VENUE_REPORT);
    r.header.now = now;
    r.order = order;
    r.report = OMS_REPORT_CORRECT;
    r.ref_exec_id = 50;
    r.exec_id = 51;
    r.qty = 10;
    r.price = 995;
    OK(oms_venue_report(oms, &r));
    CHECK_EQ(statistics().wins, 0);
    CHECK_EQ(statistics().losses, 1);
    CHECK_ST(oms_venue_report(oms, &r), OMS_IGNORED);
    OK(oms_execution_get(oms, 51, &execution));
    CHECK(execution.order == order);
    CHECK_EQ(execution.qty, 10);
    r.report = OMS_REPORT_BUST;
    OK(oms_venue_report(oms, &r));
    p = position_of(id);
    CHECK_EQ(p.qty, 10);
    CHECK_EQ(order_of(oms, order).cum_qty, 0);
    CHECK_EQ(statistics().closed, 0);
    CHECK_ST(oms_venue_report(oms, &r), OMS_IGNORED);
    /* Corrections that name each other. */
    r.report = OMS_REPORT_CORRECT;
    r.exec_id = 60;
    r.ref_exec_id = 61;
    r.qty = 1;
    r.price = 1000;
    OK(oms_venue_report(oms, &r));
    r.exec_id = 61;
    r.ref_exec_id = 60;
    CHECK_ST(oms_venue_report(oms, &r), OMS_E_CONFLICT);
    finish();
}

int main(void) {
    net_by_hand();
    exit_takes_along();
    hedged_by_hand();
    taken_over();
    taken_back();
    return check_result();
}
