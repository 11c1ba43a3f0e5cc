/* One trading day in twenty calls: open, protect, trip, reset, report. README.md beside this file
 * says what each line is; the same story is told in other languages, with equal names and lines. */

#include <inttypes.h>
#include <oms.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND UINT64_C(1000000000)
#define MONEY INT64_C(1000000) /* money has six decimals */

static oms_t *oms;
static uint32_t symbol;
static oms_nanos_t now; /* the story's clock: a second from step to step */

OMS_STATIC_MEMORY(memory, OMS_STORAGE_BYTES(64, 1, 8, 8, 256, 64, 16));

/* Ends the program when a call is refused. */
static oms_status_t must(oms_status_t status) {
    if (status < 0) {
        printf("%s: %s\n", oms_status_name(status), oms_status_text(status));
        exit(1);
    }
    return status;
}

/* An engine of the smallest kind: one symbol, a loss of 2000 a day stops it until someone has
 * looked. */
static void start(void) {
    oms_config_t config;
    must(oms_config_init(&config, sizeof config));
    config.capacity.orders = 64;
    config.capacity.symbols = 1;
    config.capacity.positions = 8;
    config.capacity.triggers = 8;
    config.capacity.events = 256;
    config.capacity.executions = 64;
    config.capacity.rate = 16;
    config.capacity.scopes = 1;
    config.capacity.books = 0;
    config.starting_balance = 100000 * MONEY;
    config.breaker.daily_loss_money = 2000 * MONEY;
    config.breaker.orders_per_hour = -1;
    config.breaker.flags = OMS_BREAKER_FLAG_MANUAL_RESET | OMS_BREAKER_FLAG_REALISED_ONLY;
    must(oms_init(memory, sizeof memory, &config, &oms));
    printf("start: balance %" PRId64 "\n", config.starting_balance);
}

/* BTC/USD, a tick of 0.01, a lot of 0.001: one tick of one lot is 10 units of money. */
static void define_symbol(void) {
    oms_symbol_define_t request;
    must(OMS_REQUEST_INIT(&request, OMS_REQUEST_SYMBOL_DEFINE));
    request.header.now = now;
    memcpy(request.name, "BTC/USD", 7);
    request.tick_size.mantissa = 1;
    request.tick_size.exponent = -2;
    request.lot_size.mantissa = 1;
    request.lot_size.exponent = -3;
    request.multiplier.mantissa = 1;
    request.conversion.mantissa = 1;
    must(oms_symbol_define(oms, &request, &symbol));
    printf("symbol: %s\n", (const char *)request.name);
}

static void set_limits(void) {
    oms_limits_set_t request;
    oms_scope_limits_set_t firm;
    must(oms_limits_off(&request));
    request.header.now = now;
    request.symbol = symbol;
    request.qty_max = 5000;
    request.long_max = 5000;
    request.short_max = 0;
    request.collar_ratio = OMS_PCT(3);
    must(oms_limits_set(oms, &request));
    must(oms_scope_limits_off(&firm));
    firm.header.now = now;
    must(oms_scope_limits_set(oms, &firm));
    printf("limits: qty %" PRId64 ", long %" PRId64 ", short %" PRId64 ", collar %" PRId64 "\n",
           request.qty_max, request.long_max, request.short_max, request.collar_ratio);
}

/* Hands out what waits: commands for the venue, then events. */
static void poll(oms_id_t *order) {
    oms_poll_t request;
    oms_command_t commands[8];
    oms_event_t events[32];
    oms_polled_t polled;
    uint32_t i;
    must(OMS_REQUEST_INIT(&request, OMS_REQUEST_POLL));
    request.header.now = now;
    request.max_commands = 8;
    request.max_events = 32;
    must(oms_poll(oms, &request, commands, events, &polled));
    for (i = 0; i < polled.commands; i++) {
        const oms_command_t *c = &commands[i];
        printf("  command %s: %s %s, qty %" PRId64 ", price %" PRId64 "\n",
               oms_command_name(c->kind), oms_side_name(c->side),
               oms_order_type_name(c->order_type), c->qty, c->price);
        *order = c->order;
    }
    for (i = 0; i < polled.events; i++) {
        const oms_event_t *e = &events[i];
        printf("  event %s: code %" PRIu32 ", qty %" PRId64 ", price %" PRId64 ", value %" PRId64
               "\n",
               oms_event_name(e->kind), e->code, e->qty, e->price, e->value);
    }
}

static void quote(oms_ticks_t bid, oms_ticks_t ask) {
    oms_quote_t request;
    now += SECOND;
    must(OMS_REQUEST_INIT(&request, OMS_REQUEST_QUOTE));
    request.header.now = now;
    request.symbol = symbol;
    request.bid = bid;
    request.ask = ask;
    must(oms_quote(oms, &request));
    printf("quote: %" PRId64 " %" PRId64 "\n", bid, ask);
}

/* A limit order that buys; its id, or 0 when it is denied. */
static oms_id_t submit(uint64_t client_id, oms_lots_t qty, oms_ticks_t price) {
    oms_order_submit_t request;
    oms_verdict_t verdict;
    oms_id_t order = 0;
    now += SECOND;
    must(OMS_REQUEST_INIT(&request, OMS_REQUEST_ORDER_SUBMIT));
    request.header.now = now;
    request.client_id = client_id;
    request.symbol = symbol;
    request.side = OMS_SIDE_BUY;
    request.order_type = OMS_TYPE_LIMIT;
    request.time_in_force = OMS_TIF_GTC;
    request.qty = qty;
    request.price = price;
    must(oms_order_submit(oms, &request, &verdict, &order));
    if (verdict.denied)
        printf("submit %" PRIu64 ": denied by %s, limit %" PRId64 ", observed %" PRId64 "\n",
               client_id, oms_check_name(verdict.first), verdict.limit, verdict.observed);
    else
        printf("submit %" PRIu64 ": accepted\n", client_id);
    return order;
}

/* What the venue says of an order, and what the order is then. */
static void report(oms_id_t id, oms_report_kind_t kind, uint64_t exec_id, oms_lots_t qty,
                   oms_ticks_t price, oms_money_t commission) {
    oms_venue_report_t request;
    oms_order_t order;
    now += SECOND;
    must(OMS_REQUEST_INIT(&request, OMS_REQUEST_VENUE_REPORT));
    request.header.now = now;
    request.order = id;
    request.report = kind;
    request.exec_id = exec_id;
    request.qty = qty;
    request.price = price;
    request.commission = commission;
    must(oms_venue_report(oms, &request));
    must(oms_order_get(oms, id, 0, &order));
    printf("report %s: order %s, filled %" PRId64 " of %" PRId64 "\n", oms_report_name(kind),
           oms_order_status_name(order.status), order.cum_qty, order.order_qty);
}

/* The money of a position, and how it ended. */
static void show_position(const oms_position_t *p) {
    printf("position: %s, qty %" PRId64 ", entry %" PRId64 ", realised %" PRId64
           ", unrealised %" PRId64 ", commission %" PRId64 ", exit %s\n",
           oms_position_side_name(p->side), p->qty, p->entry_price, p->realised, p->unrealised,
           p->commission, oms_exit_reason_name(p->exit));
}

static void show_breaker(void) {
    oms_breaker_status_t status;
    must(oms_risk_get(oms, 0, &status));
    printf("breaker: %s, cause %s, equity %" PRId64 ", session %" PRId64 "\n",
           oms_breaker_state_name(status.state), oms_cause_name(status.cause), status.equity,
           status.session_pnl);
}

/* Buys two coins; the venue executes them in two parts. */
static oms_id_t open_position(void) {
    oms_id_t order;
    oms_position_t position;
    quote(5000000, 5000100);
    order = submit(1, 2000, 5000100);
    poll(&order);
    report(order, OMS_REPORT_ACK, 0, 0, 0, 0);
    report(order, OMS_REPORT_FILL, 101, 1200, 5000100, 30 * MONEY);
    report(order, OMS_REPORT_FILL, 102, 800, 5000000, 20 * MONEY);
    poll(&order);
    must(oms_position_net(oms, symbol, &position));
    show_position(&position);
    return position.position;
}

static void arm(oms_id_t position, oms_trigger_kind_t kind, oms_ticks_t level) {
    oms_trigger_arm_t request;
    oms_id_t id;
    oms_trigger_t trigger;
    now += SECOND;
    must(OMS_REQUEST_INIT(&request, OMS_REQUEST_TRIGGER_ARM));
    request.header.now = now;
    request.position = position;
    request.kind = kind;
    request.action = OMS_ACTION_CLOSE;
    request.level = level;
    must(oms_trigger_arm(oms, &request, &id));
    must(oms_trigger_get(oms, id, &trigger));
    printf("arm %s: %s at %" PRId64 "\n", oms_trigger_kind_name(trigger.kind),
           oms_trigger_state_name(trigger.state), trigger.level);
}

/* A stop below and a target above: each closes the whole position when it fires. */
static void protect(oms_id_t position) {
    arm(position, OMS_TRIGGER_STOP_LOSS, 4900000);
    arm(position, OMS_TRIGGER_TAKE_PROFIT, 5200000);
}

/* The market rises, then falls through the stop; the closing order is filled below it. */
static void trip(oms_id_t id) {
    oms_id_t order = 0;
    oms_position_t position;
    quote(5100000, 5100100);
    must(oms_position_get(oms, id, &position));
    show_position(&position);
    quote(4899900, 4900000);
    poll(&order);
    report(order, OMS_REPORT_ACK, 0, 0, 0, 0);
    report(order, OMS_REPORT_FILL, 103, 2000, 4899000, 49 * MONEY);
    poll(&order);
    must(oms_position_get(oms, id, &position));
    show_position(&position);
    show_breaker();
    submit(2, 100, 4900000);
    poll(&order);
}

/* Someone has looked: the breaker is closed by hand, and an order passes. */
static void reset(void) {
    oms_control_t request;
    oms_id_t order;
    now += SECOND;
    must(OMS_REQUEST_INIT(&request, OMS_REQUEST_CONTROL));
    request.header.now = now;
    request.action = OMS_CONTROL_BREAKER_RESET;
    must(oms_control(oms, &request));
    show_breaker();
    order = submit(3, 100, 4900000);
    poll(&order);
    report(order, OMS_REPORT_ACK, 0, 0, 0, 0);
    poll(&order);
}

/* What is left at the end: the account, the trades, the trip. */
static void final_report(void) {
    oms_account_t a;
    oms_statistics_t s;
    oms_trip_t t;
    must(oms_account_get(oms, &a));
    must(oms_statistics_get(oms, 0, &s));
    must(oms_trip_get(oms, 0, 0, &t));
    printf("account: equity %" PRId64 ", realised %" PRId64 ", commission %" PRId64
           ", open %" PRIu32 ", live orders %" PRIu32 "\n",
           a.equity, a.realised, a.commission, a.open, a.live_orders);
    printf("orders: accepted %" PRIu64 ", denied %" PRIu64 ", executions %" PRIu64 "\n",
           s.accepted, s.denied, s.executions);
    printf("trades: closed %" PRIu64 ", wins %" PRIu64 ", losses %" PRIu64 ", total %" PRId64
           ", largest loss %" PRId64 "\n",
           s.closed, s.wins, s.losses, s.total, s.largest_loss);
    printf("trip: %s, limit %" PRId64 ", observed %" PRId64 ", by hand %d\n",
           oms_cause_name(t.cause), t.limit, t.observed, t.by_hand);
}

int main(void) {
    oms_id_t position;
    start();
    define_symbol();
    set_limits();
    position = open_position();
    protect(position);
    trip(position);
    reset();
    final_report();
    return 0;
}
