/* A session in the modes PAPER and BACKTEST: the engine talks with its own venue, in every call.
 * Two engines, one of them told by oms_apply. Tick 0.01, lot 0.001: one tick-lot is 10 money
 * units. */
#include "common.h"

static engine_t paper, back;
static oms_t *oms;
static uint64_t now = 1000;

#define BOTH(type, function, ...)                                              \
    do {                                                                       \
        type r;                                                                \
        oms_status_t said;                                                     \
        __VA_ARGS__;                                                           \
        r.header.now = now;                                                    \
        said = function;                                                       \
        CHECK_ST(oms_apply(back.oms, &r, sizeof r, NULL), said);               \
        same();                                                                \
    } while (0)

static void same(void) {
    oms_account_t a = account_of(oms), b = account_of(back.oms);
    oms_execution_stats_t s, t;
    OK(oms_execution_stats_get(oms, 0, &s));
    OK(oms_execution_stats_get(back.oms, 0, &t));
    CHECK(memcmp(&a, &b, sizeof a) == 0 && memcmp(&s, &t, sizeof s) == 0);
    CHECK(audited(oms) && audited(back.oms));
}

static void make(engine_t *engine, uint32_t mode, uint32_t messages) {
    oms_config_t config;
    config_small(&config);
    config.mode = mode;
    config.messages = messages;
    config.seed = 5;
    engine_make(engine, &config);
}

/* The memory is what the macro says, at most. */
static void memory(void) {
    static const uint32_t sets[][3] = {{1, 1, 0}, {64, 4, 132}, {64, 4, 1000}, {1000, 100, 0}};
    size_t i;
    for (i = 0; i < COUNT(sets); i++) {
        oms_config_t config;
        oms_config_field_t field;
        uint32_t orders = sets[i][0], symbols = sets[i][1], messages = sets[i][2];
        size_t live;
        OK(oms_config_init(&config, sizeof config));
        config.starting_balance = 1;
        config.capacity.orders = orders;
        config.capacity.symbols = symbols;
        live = oms_size(&config);
        config.messages = messages;
        CHECK_EQ(oms_size(&config), live);
        config.mode = OMS_MODE_BACKTEST;
        if (messages == 0) messages = 2 * orders + 64;
        CHECK(oms_size(&config) > live);
        CHECK(live + OMS_SIMULATION_BYTES(orders, symbols, messages) >= oms_size(&config));
        config.messages = 2 * orders + 3;
        CHECK_ST(oms_config_check(&config, &field), OMS_E_CONFIG);
        CHECK_EQ(field, OMS_FIELD_MESSAGES);
        config.mode = 3;
        CHECK_ST(oms_config_check(&config, &field), OMS_E_CONFIG);
        CHECK_EQ(field, OMS_FIELD_MODE);
    }
}

static void show(oms_ticks_t bid, oms_ticks_t ask, oms_lots_t qty) {
    BOTH(oms_quote_t, oms_quote(oms, &r), OMS_REQUEST_INIT(&r, OMS_REQUEST_QUOTE); r.bid = bid;
         r.ask = ask; r.bid_qty = r.ask_qty = qty);
}

static oms_id_t order(uint64_t client_id, oms_side_t side, oms_lots_t qty, oms_ticks_t price,
                      uint8_t type, uint8_t tif) {
    oms_verdict_t verdict;
    oms_id_t id = 0;
    BOTH(oms_order_submit_t, oms_order_submit(oms, &r, &verdict, &id),
         order_record(&r, now, client_id, side, qty, price);
         r.order_type = type; r.time_in_force = tif);
    CHECK_EQ(verdict.denied, 0);
    return id;
}

static void clock_to(uint64_t time) {
    now = time;
    BOTH(oms_timer_t, oms_timer(oms, &r), OMS_REQUEST_INIT(&r, OMS_REQUEST_TIMER));
}

static void begin(void) {
    oms_symbol_define_t symbol;
    oms_limits_set_t limits;
    oms_scope_limits_set_t root;
    uint32_t number = 9;
    symbol_record(&symbol, "BTC-EUR");
    limits_off(&limits, 0);
    OK(oms_scope_limits_off(&root));
    BOTH(oms_symbol_define_t, oms_symbol_define(oms, &r, &number), r = symbol);
    CHECK_EQ(number, 0);
    BOTH(oms_limits_set_t, oms_limits_set(oms, &r), r = limits);
    BOTH(oms_scope_limits_set_t, oms_scope_limits_set(oms, &r), r = root);
}

/* Without latency an order that takes is filled in the call that submits it. */
static void at_once(void) {
    oms_id_t id;
    oms_command_t commands[4];
    oms_event_t events[64], log[8];
    oms_polled_t polled;
    oms_order_log_t told;
    oms_position_t position;
    show(1000, 1010, 5);
    id = order(1, OMS_SIDE_BUY, 10, 0, OMS_TYPE_MARKET, OMS_TIF_DAY);
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_FILLED);
    CHECK_EQ(order_of(oms, id).avg_price, 1010);
    OK(oms_position_net(oms, 0, &position));
    CHECK_EQ(position.qty, 10);
    /* Nothing leaves; events do. */
    polled = poll(oms, now, commands, 4, events, 64);
    CHECK_EQ(polled.commands, 0);
    CHECK_EQ(polled.more_commands, 0);
    CHECK(polled.events >= 4);
    poll_drop(back.oms, now);
    OK(oms_order_log(oms, id, 0, 0, log, 8, &told));
    CHECK_EQ(told.count, 5);
    CHECK_EQ(log[0].code, OMS_STATUS_SUBMITTED);
    CHECK_EQ(log[1].code, OMS_STATUS_OPEN);
    CHECK_EQ(log[2].kind, OMS_EVENT_ORDER_FILL);
    CHECK_EQ(log[3].code, OMS_STATUS_FILLED);
    CHECK_EQ(log[4].kind, OMS_EVENT_POSITION_OPENED);
    /* The host has no word in it. */
    CHECK_ST(report(oms, now, id, OMS_REPORT_ACK), OMS_E_STATE);
    CHECK_ST(fill(oms, now, id, 99, 1, 1000, 0), OMS_E_STATE);
}

/* A limit rests, is filled at its own price when the market reaches it, no more than is displayed;
 * a stop that is held here fires by the quote and meets that very quote. */
static void limits_and_stops(void) {
    oms_id_t rests, stop;
    BOTH(oms_simulation_set_t, oms_simulation_set(oms, &r), OK(oms_simulation_init(&r));
         r.fill_ratio = OMS_PCT(50));
    rests = order(2, OMS_SIDE_BUY, 10, 990, OMS_TYPE_LIMIT, OMS_TIF_GTC);
    CHECK_EQ(order_of(oms, rests).status, OMS_STATUS_OPEN);
    show(980, 985, 9);
    CHECK_EQ(order_of(oms, rests).cum_qty, 4);
    CHECK_EQ(order_of(oms, rests).avg_price, 990);
    show(980, 985, 100);
    CHECK_EQ(order_of(oms, rests).status, OMS_STATUS_FILLED);
    BOTH(oms_trigger_arm_t, oms_trigger_arm(oms, &r, &stop), {
        oms_position_t position;
        OK(oms_position_net(oms, 0, &position));
        arming_record(&r, now, position.position, OMS_TRIGGER_STOP_LOSS, OMS_ACTION_CLOSE, 970);
    });
    show(960, 966, 1000);
    CHECK_EQ(account_of(oms).open, 0);
    CHECK_EQ(account_of(oms).realised, 10 * (20 * 960 - 10 * 1010 - 10 * 990));
}

/* What does not leave is tried again by the clock, until the retries are spent. */
static void tries_again(void) {
    oms_execution_stats_t stats;
    oms_id_t id;
    uint32_t i;
    BOTH(oms_simulation_set_t, oms_simulation_set(oms, &r), OK(oms_simulation_init(&r));
         r.fail_ratio = OMS_PCT(100));
    id = order(3, OMS_SIDE_BUY, 1, 900, OMS_TYPE_LIMIT, OMS_TIF_GTC);
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_PENDING);
    for (i = 0; i < 3; i++) {
        CHECK_EQ(order_of(oms, id).status, OMS_STATUS_PENDING);
        clock_to(now + SECOND);
    }
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_FAILED);
    OK(oms_execution_stats_get(oms, 0, &stats));
    CHECK_EQ(stats.measured, 1);
    CHECK_EQ(stats.retries, 3);
    CHECK_EQ(stats.failed, 1);
    CHECK_EQ(stats.sent, 4);
    BOTH(oms_simulation_set_t, oms_simulation_set(oms, &r), OK(oms_simulation_init(&r)));
}

/* Messages on their way arrive at their own times, whatever the next call is. */
static void takes_time(void) {
    oms_id_t id, day;
    oms_order_t o;
    BOTH(oms_simulation_set_t, oms_simulation_set(oms, &r), OK(oms_simulation_init(&r));
         r.latency_out = 100; r.latency_in = 50);
    BOTH(oms_fees_set_t, oms_fees_set(oms, &r), OMS_REQUEST_INIT(&r, OMS_REQUEST_FEES_SET);
         r.fees.taker = OMS_BPS(10); r.fees.minimum = r.fees.maximum = OMS_OFF);
    id = order(4, OMS_SIDE_SELL, 10, 0, OMS_TYPE_MARKET, OMS_TIF_IOC);
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_SUBMITTED);
    now += 99;
    show(950, 955, 0);
    now += 50;
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_SUBMITTED);
    clock_to(now + 1000);
    o = order_of(oms, id);
    CHECK_EQ(o.status, OMS_STATUS_FILLED);
    CHECK_EQ(o.avg_price, 950);
    CHECK_EQ(o.updated_at, now - 1000 + 1);
    /* 10 * 950 tick-lots of 10 units, 0.1 %. */
    CHECK_EQ(o.commission, 95);
    /* A day order goes with the day, at the venue; one with a timeout is cancelled from here. */
    day = order(5, OMS_SIDE_BUY, 1, 900, OMS_TYPE_LIMIT, OMS_TIF_DAY);
    clock_to(DAY - 1);
    CHECK_EQ(order_of(oms, day).status, OMS_STATUS_OPEN);
    clock_to(DAY + 1000);
    CHECK_EQ(order_of(oms, day).status, OMS_STATUS_EXPIRED);
    CHECK_EQ(order_of(oms, day).updated_at, DAY + 50);
}

/* Refused for what it says: what was due has happened. For its frame: nothing has. */
static void refused(void) {
    oms_order_cancel_t cancel;
    oms_id_t id = order(6, OMS_SIDE_BUY, 1, 0, OMS_TYPE_MARKET, OMS_TIF_DAY);
    uint64_t digest = digest_of(oms);
    OMS_REQUEST_INIT(&cancel, OMS_REQUEST_ORDER_CANCEL);
    now += 1000;
    cancel.header.now = now;
    cancel.order = id;
    cancel.reserved[0] = 1;
    CHECK_ST(oms_order_cancel(oms, &cancel), OMS_E_RESERVED);
    CHECK(digest_of(oms) == digest);
    cancel.reserved[0] = 0;
    CHECK_ST(oms_order_cancel(oms, &cancel), OMS_E_TERMINAL);
    CHECK_ST(oms_apply(back.oms, &cancel, sizeof cancel, NULL), OMS_E_TERMINAL);
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_FILLED);
    same();
}

/* Settings that mean nothing: their codes, and nothing has changed. */
static void bad_settings(void) {
    oms_simulation_set_t good, s;
    oms_fees_set_t fees;
    uint64_t digest;
    OK(oms_simulation_init(&good));
    good.header.now = now;
    digest = digest_of(oms);
#define BAD(assignment, want)                          \
    do {                                               \
        s = good;                                      \
        s.assignment;                                  \
        CHECK_ST(oms_simulation_set(oms, &s), want);   \
        CHECK(digest_of(oms) == digest);               \
    } while (0)
    BAD(header.kind = OMS_REQUEST_FEES_SET, OMS_E_KIND);
    BAD(header.size = 8, OMS_E_SIZE);
    BAD(reserved[3] = 1, OMS_E_RESERVED);
    BAD(symbol = 1, OMS_E_SYMBOL);
    BAD(symbol = UINT32_MAX - 1, OMS_E_SYMBOL);
    BAD(queue = 2, OMS_E_ENUM);
    BAD(slippage.model = OMS_SLIPPAGE_DEPTH, OMS_E_ENUM);
    BAD(slippage.model = 0, OMS_E_RANGE);
    BAD(slippage.model = OMS_SLIPPAGE_SQUARE_ROOT, OMS_E_RANGE);
    BAD(slippage.share = -1, OMS_E_RANGE);
    BAD(slippage.reserved[0] = 1, OMS_E_RANGE);
    BAD(fill_ratio = -2, OMS_E_RANGE);
    BAD(fill_ratio = OMS_PCT(100) + 1, OMS_E_RANGE);
    BAD(reject_ratio = -1, OMS_E_RANGE);
    BAD(fail_ratio = OMS_PCT(100) + 1, OMS_E_RANGE);
    BAD(doubt_ratio = INT64_MIN, OMS_E_RANGE);
    OMS_REQUEST_INIT(&fees, OMS_REQUEST_FEES_SET);
    fees.header.now = now;
    fees.fees.minimum = -2;
    CHECK_ST(oms_fees_set(oms, &fees), OMS_E_RANGE);
    fees.fees.minimum = 0;
    fees.fees.tier_count = 9;
    CHECK_ST(oms_fees_set(oms, &fees), OMS_E_RANGE);
    fees.fees.tier_count = 0;
    fees.symbol = 5;
    CHECK_ST(oms_fees_set(oms, &fees), OMS_E_SYMBOL);
    fees.symbol = 0;
    fees.reserved0 = 1;
    CHECK_ST(oms_fees_set(oms, &fees), OMS_E_RESERVED);
    CHECK(digest_of(oms) == digest);
    good.slippage.model = OMS_SLIPPAGE_SQUARE_ROOT;
    good.volume_24h = 1;
    good.symbol = UINT32_MAX;
    OK(oms_simulation_set(oms, &good));
    OK(oms_apply(back.oms, &good, sizeof good, NULL));
    CHECK(digest_of(oms) != digest);
}

/* A kill cancels at the venue, in the next call. */
static void killed(void) {
    oms_id_t id = order(7, OMS_SIDE_BUY, 1, 900, OMS_TYPE_LIMIT, OMS_TIF_GTC);
    clock_to(now + 1000);
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_OPEN);
    OK(oms_kill_flatten(oms));
    OK(oms_kill_flatten(back.oms));
    clock_to(now + 1000);
    clock_to(now + 1000);
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_CANCELLED);
    CHECK_EQ(account_of(oms).open, 0);
    CHECK_EQ(account_of(oms).live_orders, 0);
}

int main(void) {
    memory();
    make(&paper, OMS_MODE_PAPER, 0);
    make(&back, OMS_MODE_BACKTEST, 0);
    oms = paper.oms;
    begin();
    at_once();
    limits_and_stops();
    tries_again();
    takes_time();
    refused();
    bad_settings();
    killed();
    engine_free(&paper);
    engine_free(&back);
    return check_result();
}
