/* What the C and C++ benches share: an engine with one symbol under load, and short ways to ask it.
 * Everything stops at the first surprise: a bench that measured something else would be a lie. */
#ifndef DESK_H
#define DESK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oms.h"

#define DESK_SECOND ((oms_nanos_t)1000000000)
#define DESK_DAY (86400 * DESK_SECOND)
#define DESK_BID ((oms_ticks_t)1000000)
#define DESK_SPREAD ((oms_ticks_t)2)
#define DESK_ROOM 256

/* Which rate windows and limits are on. */
typedef enum { DESK_NO_RATES, DESK_RATES, DESK_ONE_ORDER } desk_rates_t;

typedef struct desk_t {
    oms_t *oms;
    void *memory;
    oms_nanos_t now;
    oms_nanos_t step;
    uint64_t number; /* client, execution and request ids */
    oms_id_t id;     /* of the last order or trigger made */
    oms_config_t config;
    oms_verdict_t verdict;
    oms_polled_t polled;
    oms_command_t commands[DESK_ROOM];
    oms_event_t events[DESK_ROOM];
} desk_t;

/* How large it is to be; 0 is the least. */
typedef struct desk_size_t {
    uint32_t orders, positions, triggers, events;
    uint32_t work_per_call;
    uint32_t symbol_flags;
    desk_rates_t rates;
} desk_size_t;

static inline void desk_need(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "bench: %s\n", what);
        exit(1);
    }
}

static inline void desk_ok(oms_status_t status, const char *what) {
    if (status != OMS_OK) fprintf(stderr, "bench: %s\n", oms_status_name(status));
    desk_need(status == OMS_OK, what);
}

static inline oms_nanos_t desk_tick(desk_t *desk) { return desk->now += desk->step; }

/* Every limit is on, and wide. */
static inline void desk_limits(oms_limits_set_t *limits) {
    desk_ok(oms_limits_off(limits), "limits");
    limits->qty_min = limits->notional_min = 1;
    limits->qty_max = 1000000;
    limits->notional_max = (oms_money_t)1 << 60;
    limits->collar_ticks = 100000;
    limits->collar_ratio = OMS_OFF;
    limits->reference_age_max = (int64_t)(30 * DESK_DAY);
    limits->long_max = limits->short_max = (oms_lots_t)1 << 40;
    limits->open_orders_max = (int64_t)1 << 30;
    limits->open_qty_max = (oms_lots_t)1 << 40;
    limits->positions_max = (int64_t)1 << 30;
}

static inline void desk_set_limits_of(desk_t *desk, uint32_t scope, oms_limits_set_t *limits) {
    limits->scope = scope;
    limits->header.now = desk_tick(desk);
    desk_ok(oms_limits_set(desk->oms, limits), "limits");
}

static inline void desk_set_limits(desk_t *desk, oms_limits_set_t *limits) {
    desk_set_limits_of(desk, 0, limits);
}

static inline void desk_quote(desk_t *desk, oms_ticks_t bid) {
    oms_quote_t quote;
    OMS_REQUEST_INIT(&quote, OMS_REQUEST_QUOTE);
    quote.header.now = desk_tick(desk);
    quote.bid = bid;
    quote.ask = bid + DESK_SPREAD;
    desk_ok(oms_quote(desk->oms, &quote), "quote");
}

/* Hands everything out, and drops it. */
static inline void desk_poll(desk_t *desk) {
    oms_poll_t poll;
    OMS_REQUEST_INIT(&poll, OMS_REQUEST_POLL);
    poll.header.now = desk->now;
    poll.max_commands = poll.max_events = DESK_ROOM;
    do {
        oms_status_t status =
            oms_poll(desk->oms, &poll, desk->commands, desk->events, &desk->polled);
        desk_ok(status, "poll");
    } while (desk->polled.more_commands || desk->polled.more_events);
}

static inline void desk_open_in(desk_t *desk, const desk_size_t *size, uint32_t mode) {
    static const int32_t a_minute[] = {OMS_OFF, 100, 1}, an_hour[] = {OMS_OFF, 4000, 1};
    static const int32_t a_window[] = {OMS_OFF, 1000, 1};
    oms_config_t config;
    oms_symbol_define_t symbol;
    oms_scope_limits_set_t scope;
    oms_limits_set_t limits;
    size_t bytes;
    memset(desk, 0, sizeof *desk);
    desk->now = DESK_DAY;
    desk->step = DESK_SECOND / 1000;
    desk_ok(oms_config_init(&config, sizeof config), "config");
    config.starting_balance = (oms_money_t)1 << 60;
    config.capacity.orders = size->orders + 1;
    config.capacity.symbols = 1;
    config.capacity.positions = size->positions + 1;
    config.capacity.triggers = size->triggers;
    config.capacity.events = size->events < 4096 ? 4096 : size->events;
    config.capacity.executions = 512;
    config.capacity.rate = 4000;
    config.mode = mode;
    if (size->work_per_call) config.work_per_call = size->work_per_call;
    config.breaker.consecutive_losses = OMS_OFF;
    config.breaker.orders_per_minute = a_minute[size->rates];
    config.breaker.orders_per_hour = an_hour[size->rates];
    config.breaker.orders_per_window = a_window[size->rates];
    config.breaker.rate_window = 600 * DESK_SECOND;
    bytes = oms_size(&config);
    desk_need(bytes != 0, "size");
    desk->memory = aligned_alloc(OMS_ALIGN, (bytes + OMS_ALIGN - 1) / OMS_ALIGN * OMS_ALIGN);
    desk_need(desk->memory != NULL, "memory");
    desk_ok(oms_init(desk->memory, bytes, &config, &desk->oms), "init");
    desk->config = config;

    OMS_REQUEST_INIT(&symbol, OMS_REQUEST_SYMBOL_DEFINE);
    symbol.header.now = desk_tick(desk);
    symbol.name[0] = 'X';
    symbol.tick_size.mantissa = symbol.lot_size.mantissa = 1;
    symbol.tick_size.exponent = symbol.lot_size.exponent = -2;
    symbol.multiplier.mantissa = symbol.conversion.mantissa = 1;
    symbol.flags = size->symbol_flags;
    desk_ok(oms_symbol_define(desk->oms, &symbol, NULL), "symbol");
    desk_limits(&limits);
    desk_set_limits(desk, &limits);
    desk_ok(oms_scope_limits_off(&scope), "scope limits");
    scope.header.now = desk_tick(desk);
    scope.open_orders_max = scope.positions_max = (int64_t)1 << 30;
    desk_ok(oms_scope_limits_set(desk->oms, &scope), "scope limits");
    desk_quote(desk, DESK_BID);
    desk_poll(desk);
}

static inline void desk_open(desk_t *desk, const desk_size_t *size) {
    desk_open_in(desk, size, OMS_MODE_LIVE);
}

static inline void desk_close(desk_t *desk) {
    free(desk->memory);
    desk->memory = NULL;
    desk->oms = NULL;
}

/* A buy of two lots at the bid. */
static inline void desk_order(oms_order_submit_t *order) {
    OMS_REQUEST_INIT(order, OMS_REQUEST_ORDER_SUBMIT);
    order->side = OMS_SIDE_BUY;
    order->order_type = OMS_TYPE_LIMIT;
    order->qty = 2;
    order->price = DESK_BID;
}

static inline void desk_accepted(const desk_t *desk) {
    if (desk->verdict.denied)
        fprintf(stderr, "bench: denied by %s\n", oms_check_name(desk->verdict.first));
    desk_need(!desk->verdict.denied, "denied");
}

static inline oms_id_t desk_submit(desk_t *desk, oms_order_submit_t *order) {
    order->header.now = desk_tick(desk);
    order->client_id = ++desk->number;
    desk_ok(oms_order_submit(desk->oms, order, &desk->verdict, &desk->id), "submit");
    desk_accepted(desk);
    return desk->id;
}

static inline void desk_cancel(desk_t *desk, oms_id_t order) {
    oms_order_cancel_t cancel;
    OMS_REQUEST_INIT(&cancel, OMS_REQUEST_ORDER_CANCEL);
    cancel.header.now = desk_tick(desk);
    cancel.order = order;
    cancel.request_id = ++desk->number;
    desk_ok(oms_order_cancel(desk->oms, &cancel), "cancel");
}

/* Orders that rest at the venue, below the bid. */
static inline void desk_live_orders(desk_t *desk, uint32_t count) {
    oms_order_adopt_t adopt;
    OMS_REQUEST_INIT(&adopt, OMS_REQUEST_ORDER_ADOPT);
    adopt.side = OMS_SIDE_BUY;
    adopt.order_type = OMS_TYPE_LIMIT;
    adopt.qty = 2;
    for (uint32_t i = 0; i < count; i++) {
        adopt.header.now = desk_tick(desk);
        adopt.client_id = ++desk->number;
        adopt.price = DESK_BID - 1 - i % 100;
        desk_ok(oms_order_adopt(desk->oms, &adopt, NULL), "adopt");
        if (i % DESK_ROOM == 0) desk_poll(desk);
    }
    desk_poll(desk);
}

/* A long position of one lot. */
static inline oms_id_t desk_position(desk_t *desk) {
    oms_position_adopt_t adopt;
    oms_id_t position = 0;
    OMS_REQUEST_INIT(&adopt, OMS_REQUEST_POSITION_ADOPT);
    adopt.header.now = adopt.opened_at = desk_tick(desk);
    adopt.qty = 1;
    adopt.price = DESK_BID;
    adopt.side = OMS_POSITION_LONG;
    desk_ok(oms_position_adopt(desk->oms, &adopt, &position), "position");
    return position;
}

/* A place below 2^32 for the i-th of n: each once, in no order; n below 2^32. */
static inline uint32_t desk_scatter(uint32_t i, uint32_t n) {
    static const uint64_t prime = 1000003; /* of which no n used here is a multiple */
    return (uint32_t)(i * prime % n);
}

/* Whether nothing has tripped. */
static inline void desk_operational(desk_t *desk) {
    oms_breaker_status_t breaker;
    desk_ok(oms_risk_get(desk->oms, 0, &breaker), "breaker");
    desk_need(breaker.operational == 1, "the breaker tripped");
}

static inline uint32_t desk_triggers(desk_t *desk) {
    oms_table_t table;
    desk_ok(oms_table_get(desk->oms, OMS_TABLE_TRIGGERS, &table), "table");
    return table.used;
}

#endif
