/* One workload through the C ABI, for tools/instructions to count: instructions WORKLOAD N OPS.
 *
 * Only what happens within a function named measured_* is to be counted. It holds the calls of one
 * operation and nothing else; the records are filled in and the answers looked at outside. Its own
 * instructions (passing arguments, collecting statuses) are included: some ten for each call. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oms.h"

/* A compiler that inlined one of these would leave no function to count. */
#define MEASURED __attribute__((noinline)) static void

#define SECOND ((oms_nanos_t)1000000000)
#define DAY (86400 * SECOND)
#define MILLISECOND (SECOND / 1000)
/* Slots beyond the live orders. Operations that are not counted fill them up first: a desk that
 * has run for a while makes room by evicting ended records, and that is to be counted. */
#define SPARE 256
#define WARM_UP 600
#define STOPS_PER_POSITION OMS_TRIGGERS_PER_POSITION
#define BID 9999
#define LEVELS 5003

typedef enum { W1, W1D, W1S, W2, W4, ARM, WORKLOADS } workload_t;

static const char *const names[WORKLOADS] = {"w1", "w1d", "w1s", "w2", "w4", "arm"};

static workload_t workload;
static oms_t *oms;
static oms_nanos_t now = DAY;
static oms_nanos_t step = MILLISECOND;
static uint64_t next_number;
static int32_t failed;

/* Static, as the place of a record on the stack may change what copying it costs. */
static oms_order_submit_t order;
static oms_order_cancel_t cancel;
static oms_venue_report_t ack, part, rest;
static oms_quote_t quote;
static oms_poll_t poll_request;
static oms_trigger_arm_t stop;
static oms_trigger_cancel_t disarm;
static oms_verdict_t verdict;
static oms_id_t id;
static oms_polled_t polled;
static oms_command_t commands[16];
static oms_event_t events[64];

static void need(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "instructions: %s: %s\n", names[workload], what);
        exit(1);
    }
}

static void ok(oms_status_t status, const char *what) { need(status == OMS_OK, what); }

static oms_nanos_t tick(void) { return now += step; }

static void drop_events(void) {
    poll_request.header.now = tick();
    ok(oms_poll(oms, &poll_request, commands, events, &polled), "poll");
}

/* ---- one operation: inlined into what is counted, and into what is not */

static inline void op_check(void) { failed |= oms_order_check(oms, &order, &verdict); }

static inline void op_submit(void) { failed |= oms_order_submit(oms, &order, &verdict, &id); }

static inline void op_quote(void) { failed |= oms_quote(oms, &quote); }

static inline void op_round(void) {
    failed |= oms_order_submit(oms, &order, &verdict, &id);
    failed |= oms_poll(oms, &poll_request, commands, events, &polled);
    ack.order = part.order = rest.order = id;
    failed |= oms_venue_report(oms, &ack);
    failed |= oms_venue_report(oms, &part);
    failed |= oms_venue_report(oms, &rest);
    failed |= oms_poll(oms, &poll_request, commands, events, &polled);
}

static inline void op_arm(void) {
    failed |= oms_trigger_arm(oms, &stop, &disarm.trigger);
    failed |= oms_trigger_cancel(oms, &disarm);
}

MEASURED measured_check(void) { op_check(); }
MEASURED measured_submit(void) { op_submit(); }
MEASURED measured_quote(void) { op_quote(); }
MEASURED measured_round(void) { op_round(); }
MEASURED measured_arm(void) { op_arm(); }

static void counted(void) {
    switch (workload) {
    case W1:
    case W1D: measured_check(); break;
    case W1S: measured_submit(); break;
    case W2: measured_quote(); break;
    case W4: measured_round(); break;
    default: measured_arm(); break;
    }
}

static void uncounted(void) {
    switch (workload) {
    case W1:
    case W1D: op_check(); break;
    case W1S: op_submit(); break;
    case W2: op_quote(); break;
    case W4: op_round(); break;
    default: op_arm(); break;
    }
}

/* ---- setting up */

static void make_engine(uint32_t n) {
    bool stops = workload == W2 || workload == ARM;
    bool rates = workload == W1 || workload == W1D || workload == W1S;
    oms_config_t config;
    size_t size;
    void *memory;
    ok(oms_config_init(&config, sizeof config), "config");
    config.starting_balance = 1000000000000000;
    /* A stop that closes owns an order slot. */
    config.capacity.orders = n + SPARE;
    config.capacity.symbols = 1;
    config.capacity.positions = SPARE + (stops ? n / STOPS_PER_POSITION + 2 : 0);
    config.capacity.triggers = stops ? n + 1 : 0;
    config.capacity.executions = 2 * SPARE;
    config.capacity.rate = 4000;
    config.breaker.consecutive_losses = OMS_OFF;
    config.breaker.orders_per_minute = rates ? 100 : OMS_OFF;
    config.breaker.orders_per_hour = rates ? 4000 : OMS_OFF;
    size = oms_size(&config);
    need(size != 0, "size");
    memory = aligned_alloc(OMS_ALIGN, size);
    need(memory != NULL, "memory");
    ok(oms_init(memory, size, &config, &oms), "init");
    /* Slow enough for the rates. */
    if (rates) step = SECOND;
}

static void define_symbol(void) {
    oms_symbol_define_t symbol;
    oms_limits_set_t limits;
    oms_decimal_t one = {1, 0, 0}, cent = {1, -2, 0};
    OMS_REQUEST_INIT(&symbol, OMS_REQUEST_SYMBOL_DEFINE);
    symbol.header.now = tick();
    symbol.name[0] = 'X';
    symbol.tick_size = cent;
    symbol.lot_size = symbol.multiplier = symbol.conversion = one;
    if (workload == W2 || workload == ARM) symbol.flags = OMS_SYMBOL_HEDGED;
    ok(oms_symbol_define(oms, &symbol, NULL), "symbol");
    /* Every limit is on; those that the workload does not break are wide. */
    OMS_REQUEST_INIT(&limits, OMS_REQUEST_LIMITS_SET);
    limits.header.now = tick();
    limits.qty_min = limits.notional_min = 1;
    limits.qty_max = 1000;
    limits.notional_max = 200000000000;
    limits.collar_ticks = 500;
    limits.collar_ratio = OMS_OFF;
    limits.reference_age_max = (int64_t)DAY;
    limits.long_max = limits.short_max = (oms_lots_t)1 << 40;
    limits.open_orders_max = limits.open_qty_max = limits.positions_max = OMS_OFF;
    ok(oms_limits_set(oms, &limits), "limits");
}

static void fill_in_records(void) {
    OMS_REQUEST_INIT(&order, OMS_REQUEST_ORDER_SUBMIT);
    OMS_REQUEST_INIT(&cancel, OMS_REQUEST_ORDER_CANCEL);
    OMS_REQUEST_INIT(&ack, OMS_REQUEST_VENUE_REPORT);
    OMS_REQUEST_INIT(&part, OMS_REQUEST_VENUE_REPORT);
    OMS_REQUEST_INIT(&rest, OMS_REQUEST_VENUE_REPORT);
    OMS_REQUEST_INIT(&quote, OMS_REQUEST_QUOTE);
    OMS_REQUEST_INIT(&poll_request, OMS_REQUEST_POLL);
    OMS_REQUEST_INIT(&stop, OMS_REQUEST_TRIGGER_ARM);
    OMS_REQUEST_INIT(&disarm, OMS_REQUEST_TRIGGER_CANCEL);
    order.side = OMS_SIDE_BUY;
    order.order_type = OMS_TYPE_LIMIT;
    order.qty = 2;
    order.price = BID;
    ack.report = OMS_REPORT_ACK;
    part.report = rest.report = OMS_REPORT_FILL;
    part.qty = rest.qty = 1;
    poll_request.max_commands = sizeof commands / sizeof commands[0];
    poll_request.max_events = sizeof events / sizeof events[0];
    quote.bid = BID;
    quote.ask = BID + 2;
    stop.kind = OMS_TRIGGER_STOP_LOSS;
    stop.action = OMS_ACTION_CLOSE;
}

/* An order that the venue has acknowledged. */
static oms_id_t live_order(void) {
    order.header.now = tick();
    order.client_id = ++next_number;
    ok(oms_order_submit(oms, &order, &verdict, &id), "submit");
    need(!verdict.denied, "denied");
    drop_events();
    ack.header.now = tick();
    ack.order = id;
    ok(oms_venue_report(oms, &ack), "ack");
    drop_events();
    return id;
}

static oms_id_t open_position(void) {
    oms_order_t made;
    order.qty = 1;
    rest.order = live_order();
    rest.header.now = tick();
    rest.exec_id = ++next_number;
    rest.price = BID;
    ok(oms_venue_report(oms, &rest), "fill");
    drop_events();
    ok(oms_order_get(oms, rest.order, 0, &made), "order");
    return made.position;
}

/* Stops below the market, at levels that are spread and in no order. */
static void rest_stops(uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        if (i % STOPS_PER_POSITION == 0) stop.position = open_position();
        stop.header.now = tick();
        stop.level = 1 + (oms_ticks_t)((uint64_t)i * 7919 % LEVELS);
        ok(oms_trigger_arm(oms, &stop, NULL), "arm");
    }
    /* One that has room for the stop that comes and goes. */
    if (workload == ARM) stop.position = open_position();
}

static void set_up(uint32_t n) {
    make_engine(n);
    define_symbol();
    fill_in_records();
    quote.header.now = tick();
    ok(oms_quote(oms, &quote), "quote");
    drop_events();
    if (workload == W2 || workload == ARM) {
        rest_stops(n);
    } else {
        for (uint32_t i = 0; i < n; i++) {
            order.price = BID - i % 100;
            live_order();
        }
    }
    if (workload == W1D) {
        order.qty = 2000;
        order.price = 11000;
    }
}

/* ---- around one operation */

static void prepare(uint64_t i) {
    order.client_id = ++next_number;
    order.header.now = ack.header.now = part.header.now = rest.header.now = tick();
    poll_request.header.now = quote.header.now = now;
    stop.header.now = disarm.header.now = now;
    part.exec_id = ++next_number;
    rest.exec_id = ++next_number;
    if (workload == W2) {
        /* Up sixteen ticks and down again, so that each is one from the last. */
        quote.bid = BID + (oms_ticks_t)(i % 32 < 16 ? i % 32 : 32 - i % 32);
        quote.ask = quote.bid + 2;
    } else if (workload == W4) {
        /* In and out: every other round closes the position. */
        order.side = i % 2 == 0 ? OMS_SIDE_BUY : OMS_SIDE_SELL;
        order.price = part.price = rest.price = BID + 1;
    } else if (workload == ARM) {
        stop.level = 1 + (oms_ticks_t)(i * 1237 % LEVELS);
    }
}

/* Sees that the operation was what its name says, and keeps the number of live orders. */
static void look(void) {
    uint64_t denied = OMS_CHECK_BIT(OMS_CHECK_QTY) | OMS_CHECK_BIT(OMS_CHECK_NOTIONAL) |
                      OMS_CHECK_BIT(OMS_CHECK_COLLAR);
    need(failed == 0, "an operation failed");
    need(verdict.mask == (workload == W1D ? denied : 0), "another verdict");
    if (workload == W1S) {
        cancel.header.now = now;
        cancel.order = id;
        cancel.request_id = ++next_number;
        ok(oms_order_cancel(oms, &cancel), "cancel");
    }
    if (workload == W1S || workload == ARM) {
        poll_request.header.now = now;
        ok(oms_poll(oms, &poll_request, commands, events, &polled), "poll");
    }
}

/* Nothing fired, nothing tripped, and as many stand as were asked for. */
static void look_at_the_end(uint32_t n) {
    bool stops = workload == W2 || workload == ARM;
    oms_table_t table;
    oms_account_t account;
    oms_breaker_status_t breaker;
    ok(oms_account_get(oms, &account), "account");
    need(account.live_orders == (stops ? 0 : n), "live orders");
    ok(oms_table_get(oms, OMS_TABLE_TRIGGERS, &table), "table");
    need(table.used == (stops ? n : 0), "triggers");
    ok(oms_risk_get(oms, 0, &breaker), "breaker");
    need(breaker.operational == 1, "the breaker tripped");
}

int main(int argc, char **argv) {
    unsigned long n, ops;
    if (argc != 4) {
        fprintf(stderr, "usage: instructions WORKLOAD N OPS\n");
        return 2;
    }
    while (workload < WORKLOADS && strcmp(argv[1], names[workload]) != 0) workload++;
    n = strtoul(argv[2], NULL, 10);
    ops = strtoul(argv[3], NULL, 10);
    if (workload == WORKLOADS || n > 1000000 || ops == 0) {
        fprintf(stderr, "instructions: no such workload, or a number out of range\n");
        return 2;
    }
    set_up((uint32_t)n);
    for (uint64_t i = 0; i < WARM_UP; i++) {
        prepare(i);
        uncounted();
        look();
    }
    for (uint64_t i = WARM_UP; i < WARM_UP + ops; i++) {
        prepare(i);
        counted();
        look();
    }
    look_at_the_end((uint32_t)n);
    return 0;
}
