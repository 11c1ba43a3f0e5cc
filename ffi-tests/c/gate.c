/* Every check of the gate: at the limit, one beyond, off, and what a denial says. The symbol's
 * tick-lot is 10 money units; it is quoted 1000/1010. */
#include "common.h"

static engine_t engine;
static oms_t *oms;
static oms_limits_set_t limits;
static oms_order_submit_t request;
static uint64_t now = DAY;
static uint64_t next_id = 100;

static void begin(const oms_config_t *config) {
    oms_config_t small;
    config_small(&small);
    engine_make(&engine, config ? config : &small);
    oms = engine.oms;
    CHECK_EQ(define(oms, "ABC", 0), 0);
    OK(quote(oms, now, 0, 1000, 1010));
    limits_off(&limits, 0);
}

static void end(void) {
    CHECK(audited(oms));
    engine_free(&engine);
}

static void set_limits(void) {
    limits.header.now = now;
    OK(oms_limits_set(oms, &limits));
}

static void order(oms_side_t side, oms_lots_t qty, oms_ticks_t price) {
    order_record(&request, now, next_id, side, qty, price);
}

static oms_verdict_t verdict(void) {
    oms_verdict_t found;
    uint64_t before = digest_of(oms);
    memset(&found, 0xee, sizeof found);
    OK(oms_order_check(oms, &request, &found));
    CHECK(digest_of(oms) == before);
    CHECK_EQ(found.denied, found.mask != 0);
    CHECK_EQ(found.scope, 0);
    CHECK_EQ(found.reserved0[0] | found.reserved0[1] | found.reserved0[2], 0);
    return found;
}

static int accepted(void) {
    oms_verdict_t v = verdict();
    if (v.mask) fprintf(stderr, "    denied by %s\n", oms_check_name(v.first));
    return v.mask == 0 && v.first == OMS_CHECK_NONE && v.limit == 0 && v.observed == 0 &&
           v.unit == OMS_UNIT_NONE;
}

static int says(oms_check_t check, int64_t limit, int64_t observed, oms_unit_t unit) {
    oms_verdict_t v = verdict();
    int same = v.mask == OMS_CHECK_BIT(check) && v.first == check && v.limit == limit &&
               v.observed == observed && v.unit == unit;
    if (!same)
        fprintf(stderr, "    mask %llx first %s limit %lld observed %lld unit %s\n",
                (unsigned long long)v.mask, v.mask ? oms_check_name(v.first) : "NONE",
                (long long)v.limit, (long long)v.observed, oms_unit_name(v.unit));
    return same;
}

static int fails(oms_check_t check) { return verdict().mask == OMS_CHECK_BIT(check); }

/* Submits it, whatever it is, under a fresh client id. */
static oms_id_t send(void) {
    oms_verdict_t v;
    request.client_id = next_id++;
    request.header.now = now;
    return submit_verdict(oms, &request, &v);
}

static void check_fields(void) {
    uint32_t negative;
    begin(NULL);
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 0, 1000);
    CHECK(says(OMS_CHECK_FIELDS, 1, 0, OMS_UNIT_LOTS));
    order(OMS_SIDE_BUY, -1, 1000);
    CHECK(says(OMS_CHECK_FIELDS, 1, -1, OMS_UNIT_LOTS));
    order(OMS_SIDE_BUY, 1, 0);
    CHECK(accepted());
    request.price = 5;
    CHECK(fails(OMS_CHECK_FIELDS));
    order(OMS_SIDE_BUY, 1, 1000);
    request.price = 0;
    CHECK(fails(OMS_CHECK_FIELDS));
    request.price = -1;
    CHECK(fails(OMS_CHECK_FIELDS));
    negative = define(oms, "NEG", OMS_SYMBOL_NEGATIVE_PRICES);
    request.symbol = negative;
    CHECK(accepted());
    request.price = 0;
    CHECK(accepted());
    /* Dates. */
    order(OMS_SIDE_BUY, 1, 1000);
    request.time_in_force = OMS_TIF_GTD;
    CHECK(fails(OMS_CHECK_FIELDS));
    request.expire_at = now;
    CHECK(fails(OMS_CHECK_FIELDS));
    request.expire_at = now + 1;
    CHECK(accepted());
    request.expire_at = UINT64_MAX;
    CHECK(accepted());
    request.time_in_force = OMS_TIF_DAY;
    CHECK(fails(OMS_CHECK_FIELDS));
    /* Must rest. */
    order(OMS_SIDE_BUY, 1, 1000);
    request.flags = OMS_ORDER_POST_ONLY;
    CHECK(accepted());
    request.time_in_force = OMS_TIF_IOC;
    CHECK(says(OMS_CHECK_FIELDS, 0, 0, OMS_UNIT_NONE));
    request.time_in_force = OMS_TIF_FOK;
    CHECK(fails(OMS_CHECK_FIELDS));
    order(OMS_SIDE_BUY, 1, 0);
    request.flags = OMS_ORDER_POST_ONLY;
    CHECK(fails(OMS_CHECK_FIELDS));
    end();
}

static void check_symbol(void) {
    begin(NULL);
    order(OMS_SIDE_BUY, 1, 1000);
    request.symbol = 1;
    CHECK(says(OMS_CHECK_SYMBOL, 0, 0, OMS_UNIT_NONE));
    request.symbol = UINT32_MAX;
    CHECK(fails(OMS_CHECK_SYMBOL));
    request.symbol = 0;
    limits.flags |= OMS_LIMIT_DISABLED;
    set_limits();
    CHECK(says(OMS_CHECK_SYMBOL, 0, 0, OMS_UNIT_NONE));
    CHECK_EQ(send(), 0);
    limits.flags = OMS_LIMIT_SHORT_ALLOWED;
    set_limits();
    CHECK(accepted());
    end();
}

static void check_closed_without_limits(void) {
    oms_symbol_define_t symbol;
    oms_order_submit_t o;
    oms_verdict_t v;
    uint32_t number = 0;
    oms_side_t side;
    oms_lots_t qty;
    begin(NULL);
    symbol_record(&symbol, "NEW");
    OK(oms_symbol_define(oms, &symbol, &number));
    OK(quote(oms, now, number, 1000, 1010));
    for (side = 1; side <= 2; side++) {
        for (qty = 1; qty < 1000; qty *= 3) {
            order_record(&o, now, next_id++, side, qty, qty % 2 ? 0 : 1000);
            o.symbol = number;
            CHECK_EQ(submit_verdict(oms, &o, &v), 0);
            CHECK_EQ(v.first, OMS_CHECK_PERMISSION);
            CHECK(v.mask & BIT(QTY));
            CHECK(v.mask & BIT(NOTIONAL));
            CHECK(v.mask & BIT(POSITION));
        }
    }
    /* An empty record of limits is as closed. */
    OMS_REQUEST_INIT(&limits, OMS_REQUEST_LIMITS_SET);
    limits.symbol = number;
    OK(oms_limits_set(oms, &limits));
    order_record(&o, now, next_id++, OMS_SIDE_BUY, 1, 1000);
    o.symbol = number;
    CHECK_EQ(submit_verdict(oms, &o, &v), 0);
    end();
}

static void check_trading_state(void) {
    oms_id_t position;
    begin(NULL);
    position = open_position(oms, now, next_id++, OMS_SIDE_BUY, 10, 1000);
    CHECK(position != 0);
    OK(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_REDUCE_ONLY));
    order(OMS_SIDE_SELL, 10, 1000);
    CHECK(accepted());
    order(OMS_SIDE_SELL, 11, 1000);
    CHECK(says(OMS_CHECK_TRADING_STATE, 0, OMS_TRADING_REDUCE_ONLY, OMS_UNIT_COUNT));
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(fails(OMS_CHECK_TRADING_STATE));
    order(OMS_SIDE_SELL, 4, 2000);
    CHECK(send() != 0);
    order(OMS_SIDE_SELL, 6, 2000);
    CHECK(accepted());
    order(OMS_SIDE_SELL, 7, 2000);
    CHECK(fails(OMS_CHECK_TRADING_STATE));
    OK(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_HALTED));
    order(OMS_SIDE_SELL, 6, 2000);
    CHECK(says(OMS_CHECK_TRADING_STATE, 0, OMS_TRADING_HALTED, OMS_UNIT_COUNT));
    request.flags = OMS_ORDER_REDUCE_ONLY;
    CHECK(accepted());
    OK(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_KILLED));
    CHECK(says(OMS_CHECK_TRADING_STATE, 0, OMS_TRADING_KILLED, OMS_UNIT_COUNT));
    /* A kill is taken back only when every cancel was handed out. */
    CHECK_ST(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_ACTIVE), OMS_E_PENDING);
    poll_drop(oms, now);
    OK(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_ACTIVE));
    OK(oms_kill(oms));
    CHECK(fails(OMS_CHECK_TRADING_STATE));
    OK(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_ACTIVE));
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(accepted());
    end();
}

static void check_breaker(void) {
    begin(NULL);
    order(OMS_SIDE_BUY, 1, 1000);
    OK(control(oms, now, OMS_CONTROL_BREAKER_TRIP, 7));
    CHECK(says(OMS_CHECK_BREAKER, 0, OMS_CAUSE_MANUAL, OMS_UNIT_COUNT));
    OK(control(oms, now, OMS_CONTROL_BREAKER_RESET, 7));
    CHECK(accepted());
    end();
}

static void check_increment_and_qty(void) {
    begin(NULL);
    limits.qty_step = 5;
    set_limits();
    order(OMS_SIDE_BUY, 10, 1001);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 11, 1001);
    CHECK(says(OMS_CHECK_INCREMENT, 5, 11, OMS_UNIT_LOTS));
    limits.price_step = 10;
    set_limits();
    order(OMS_SIDE_BUY, 5, 1000);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 5, 0);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 5, 1001);
    CHECK(says(OMS_CHECK_INCREMENT, 10, 1001, OMS_UNIT_TICKS));
    limits.price_step = limits.qty_step = 0;
    set_limits();
    CHECK(accepted());
    limits.price_step = limits.qty_step = 1;
    set_limits();
    CHECK(accepted());

    limits_off(&limits, 0);
    limits.qty_min = 5;
    limits.qty_max = 10;
    set_limits();
    order(OMS_SIDE_BUY, 5, 1000);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 10, 1000);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 4, 1000);
    CHECK(says(OMS_CHECK_QTY, 5, 4, OMS_UNIT_LOTS));
    order(OMS_SIDE_BUY, 11, 1000);
    CHECK(says(OMS_CHECK_QTY, 10, 11, OMS_UNIT_LOTS));
    limits.qty_min = limits.qty_max = OMS_OFF;
    set_limits();
    CHECK(accepted());
    order(OMS_SIDE_BUY, INT64_C(1) << 40, 1000);
    CHECK(accepted());
    end();
}

static void check_notional(void) {
    uint32_t dark;
    oms_id_t position;
    begin(NULL);
    limits.notional_min = 5000;
    limits.notional_max = 10000;
    set_limits();
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 1, 1001);
    CHECK(says(OMS_CHECK_NOTIONAL, 10000, 10010, OMS_UNIT_MONEY));
    order(OMS_SIDE_BUY, 1, 500);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 1, 499);
    CHECK(says(OMS_CHECK_NOTIONAL, 5000, 4990, OMS_UNIT_MONEY));
    /* At the market: the worse of the reference and the collar's edge. */
    limits.notional_min = OMS_OFF;
    limits.collar_ticks = 20;
    limits.notional_max = 10300;
    set_limits();
    order(OMS_SIDE_BUY, 1, 0);
    CHECK(accepted());
    limits.notional_max = 10299;
    set_limits();
    CHECK(says(OMS_CHECK_NOTIONAL, 10299, 10300, OMS_UNIT_MONEY));
    limits.notional_max = 10000;
    set_limits();
    order(OMS_SIDE_SELL, 1, 0);
    CHECK(accepted());
    limits.notional_max = 9999;
    set_limits();
    CHECK(says(OMS_CHECK_NOTIONAL, 9999, 10000, OMS_UNIT_MONEY));
    /* Without a reference the value is not known: closed. */
    dark = define(oms, "DARK", 0);
    order(OMS_SIDE_BUY, 1, 0);
    request.symbol = dark;
    CHECK(accepted());
    limits_off(&limits, dark);
    limits.notional_max = INT64_MAX;
    set_limits();
    CHECK(fails(OMS_CHECK_NOTIONAL));
    /* Reduce-only is exempt from the minimum only. */
    limits_off(&limits, 0);
    set_limits();
    position = open_position(oms, now, next_id++, OMS_SIDE_BUY, 10, 1000);
    CHECK(position != 0);
    limits.notional_min = 50000;
    limits.notional_max = 60000;
    set_limits();
    order(OMS_SIDE_SELL, 1, 1000);
    CHECK(fails(OMS_CHECK_NOTIONAL));
    request.flags = OMS_ORDER_REDUCE_ONLY;
    CHECK(accepted());
    order(OMS_SIDE_SELL, 7, 1000);
    request.flags = OMS_ORDER_REDUCE_ONLY;
    CHECK(says(OMS_CHECK_NOTIONAL, 60000, 70000, OMS_UNIT_MONEY));
    end();
}

/* The last price that passes, and the first that does not. */
static int edge(oms_side_t side, oms_ticks_t good, oms_ticks_t bad) {
    order(side, 1, good);
    if (!accepted()) return 0;
    order(side, 1, bad);
    return says(OMS_CHECK_COLLAR, good, bad, OMS_UNIT_TICKS);
}

static void check_collar(void) {
    begin(NULL);
    limits.collar_ticks = 5;
    set_limits();
    CHECK(edge(OMS_SIDE_BUY, 1015, 1016));
    CHECK(edge(OMS_SIDE_SELL, 995, 994));
    order(OMS_SIDE_BUY, 1, 1);
    CHECK(accepted());
    order(OMS_SIDE_SELL, 1, 1000000);
    CHECK(accepted());
    limits.flags |= OMS_LIMIT_COLLAR_BOTH_SIDES;
    set_limits();
    CHECK(edge(OMS_SIDE_BUY, 1005, 1004));
    CHECK(edge(OMS_SIDE_SELL, 1005, 1006));
    limits.flags = OMS_LIMIT_SHORT_ALLOWED;
    /* 1 % of 1010 is 10.1, floored. The wider one binds. */
    limits.collar_ratio = OMS_PCT(1);
    set_limits();
    CHECK(edge(OMS_SIDE_BUY, 1020, 1021));
    CHECK(edge(OMS_SIDE_SELL, 990, 989));
    limits.collar_ticks = OMS_OFF;
    set_limits();
    CHECK(edge(OMS_SIDE_BUY, 1020, 1021));
    limits.collar_ticks = 11;
    set_limits();
    CHECK(edge(OMS_SIDE_BUY, 1021, 1022));
    limits.collar_ratio = OMS_OFF;
    limits.collar_ticks = 0;
    set_limits();
    CHECK(edge(OMS_SIDE_BUY, 1010, 1011));
    /* The middle, rounded against the order. */
    limits.reference = OMS_REFERENCE_MID;
    set_limits();
    CHECK(edge(OMS_SIDE_BUY, 1005, 1006));
    OK(quote(oms, now, 0, 1000, 1011));
    CHECK(edge(OMS_SIDE_BUY, 1005, 1006));
    CHECK(edge(OMS_SIDE_SELL, 1006, 1005));
    limits.reference = OMS_REFERENCE_LAST;
    set_limits();
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(fails(OMS_CHECK_COLLAR));
    OK(trade(oms, now, 0, OMS_TRADE_LAST, 900));
    CHECK(edge(OMS_SIDE_BUY, 900, 901));
    limits.reference = OMS_REFERENCE_CLOSE;
    set_limits();
    CHECK(fails(OMS_CHECK_COLLAR));
    OK(trade(oms, now, 0, OMS_TRADE_CLOSE, 800));
    CHECK(edge(OMS_SIDE_SELL, 800, 799));
    limits.reference = OMS_REFERENCE_LAST;
    set_limits();
    CHECK(edge(OMS_SIDE_BUY, 900, 901));
    limits_off(&limits, 0);
    set_limits();
    order(OMS_SIDE_BUY, 1, 1000000);
    CHECK(accepted());
    end();
}

static void check_reference_age(void) {
    uint32_t dark;
    begin(NULL);
    limits.reference_age_max = 100;
    set_limits();
    order(OMS_SIDE_BUY, 1, 1000);
    request.header.now = now + 100;
    CHECK(accepted());
    request.header.now = now + 101;
    CHECK(says(OMS_CHECK_REFERENCE_AGE, 100, 101, OMS_UNIT_NANOS));
    limits.reference_age_max = 0;
    set_limits();
    request.header.now = now;
    CHECK(accepted());
    request.header.now = now + 1;
    CHECK(fails(OMS_CHECK_REFERENCE_AGE));
    dark = define(oms, "DARK", 0);
    limits_off(&limits, dark);
    request.symbol = dark;
    CHECK(accepted());
    limits.reference_age_max = INT64_MAX;
    set_limits();
    CHECK(fails(OMS_CHECK_REFERENCE_AGE));
    end();
}

static void check_position(void) {
    oms_symbol_t symbol;
    begin(NULL);
    open_position(oms, now, next_id++, OMS_SIDE_BUY, 3, 1000);
    order(OMS_SIDE_BUY, 4, 900);
    CHECK(send() != 0);
    order(OMS_SIDE_SELL, 2, 2000);
    CHECK(send() != 0);
    limits.long_max = 10;
    limits.short_max = 5;
    set_limits();
    order(OMS_SIDE_BUY, 3, 900);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 4, 900);
    CHECK(says(OMS_CHECK_POSITION, 10, 11, OMS_UNIT_LOTS));
    order(OMS_SIDE_SELL, 6, 900);
    CHECK(accepted());
    order(OMS_SIDE_SELL, 7, 900);
    CHECK(says(OMS_CHECK_POSITION, 5, 6, OMS_UNIT_LOTS));
    OK(oms_symbol_get(oms, 0, &symbol));
    CHECK_EQ(symbol.long_qty, 3);
    CHECK_EQ(symbol.working_buy, 4);
    CHECK_EQ(symbol.working_sell, 2);
    limits.long_max = limits.short_max = OMS_OFF;
    set_limits();
    CHECK(accepted());
    end();
}

static void check_rate(int which) {
    static const uint64_t windows[] = {MINUTE, HOUR, 1000};
    static const oms_check_t checks[] = {OMS_CHECK_RATE_MINUTE, OMS_CHECK_RATE_HOUR,
                                         OMS_CHECK_RATE_CUSTOM};
    oms_config_t config;
    oms_check_t check = checks[which];
    uint64_t window = windows[which], start = now, step = window / 10;
    oms_id_t id;
    oms_order_replace_t replace;
    oms_verdict_t v;
    int i;
    config_small(&config);
    if (which == 0) config.breaker.orders_per_minute = 3;
    if (which == 1) config.breaker.orders_per_hour = 3;
    if (which == 2) config.breaker.orders_per_window = 3, config.breaker.rate_window = window;
    begin(&config);
    for (i = 0; i < 3; i++, now += step) {
        order(OMS_SIDE_BUY, 1, 1000);
        CHECK(accepted());
        id = send();
        CHECK(id != 0);
        /* Cancels cost nothing. */
        OK(cancel(oms, now, id, 1));
    }
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(says(check, 3, 4, OMS_UNIT_COUNT));
    for (i = 0; i < 5; i++) CHECK_EQ(send(), 0);
    now = start + window - 1;
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(says(check, 3, 4, OMS_UNIT_COUNT));
    CHECK_EQ(send(), 0);
    /* The first is one window old: one passes, no second. */
    now = start + window;
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(accepted());
    id = send();
    CHECK(id != 0);
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(fails(check));
    /* A replace costs as an order does, and a denied one nothing. */
    OMS_REQUEST_INIT(&replace, OMS_REQUEST_ORDER_REPLACE);
    replace.order = id;
    replace.qty = 2;
    replace.price = 1000;
    replace.header.now = now;
    OK(oms_order_replace(oms, &replace, &v, NULL));
    CHECK_EQ(v.mask, OMS_CHECK_BIT(check));
    now = start + window + step;
    replace.header.now = now;
    OK(oms_order_replace(oms, &replace, &v, NULL));
    CHECK_EQ(v.mask, 0);
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(fails(check));
    now = start + window + 2 * step;
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(accepted());
    /* A step back of the clock counts as no time passed. */
    request.header.now = start;
    CHECK(send() != 0);
    now = start + 2 * window - 1;
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(fails(check));
    now++;
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(accepted());
    end();
}

static void check_rate_trips(void) {
    oms_config_t config;
    oms_trip_t trip;
    config_small(&config);
    config.breaker.orders_per_minute = 2;
    config.breaker.flags = OMS_BREAKER_FLAG_RATE_TRIPS;
    begin(&config);
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(send() != 0);
    CHECK(send() != 0);
    CHECK_ST(oms_trip_get(oms, 0, 0, &trip), OMS_E_UNKNOWN);
    CHECK_EQ(send(), 0);
    OK(oms_trip_get(oms, 0, 0, &trip));
    CHECK_EQ(trip.cause, OMS_CAUSE_ORDER_RATE);
    CHECK_EQ(trip.limit, 2);
    CHECK_EQ(trip.observed, 3);
    CHECK_EQ(trip.unit, OMS_UNIT_COUNT);
    end();
}

static void check_client_id(void) {
    oms_id_t first, again = 7;
    oms_verdict_t v;
    begin(NULL);
    order(OMS_SIDE_BUY, 1, 1000);
    request.client_id = 0;
    CHECK(says(OMS_CHECK_CLIENT_ID, 0, 0, OMS_UNIT_NONE));
    request.client_id = UINT64_C(1) << 63;
    CHECK(fails(OMS_CHECK_CLIENT_ID));
    request.client_id = (UINT64_C(1) << 63) - 1;
    CHECK(accepted());
    OK(oms_order_submit(oms, &request, &v, &first));
    CHECK_EQ(v.mask, 0);
    CHECK_ST(oms_order_submit(oms, &request, &v, &again), OMS_EXISTS);
    CHECK_EQ(again, first);
    CHECK_EQ(v.denied, 0);
    request.qty = 2;
    CHECK(says(OMS_CHECK_CLIENT_ID, 0, 0, OMS_UNIT_NONE));
    OK(oms_order_submit(oms, &request, &v, &again));
    CHECK_EQ(again, 0);
    CHECK_EQ(order_of(oms, first).order_qty, 1);
    /* An ended order still carries it. */
    OK(cancel(oms, now, first, 1));
    CHECK(fails(OMS_CHECK_CLIENT_ID));
    request.qty = 1;
    CHECK_ST(oms_order_submit(oms, &request, &v, &again), OMS_EXISTS);
    end();
}

static void check_reduce_only(void) {
    oms_id_t a, b;
    uint32_t hedged;
    begin(NULL);
    order(OMS_SIDE_SELL, 1, 2000);
    request.flags = OMS_ORDER_REDUCE_ONLY;
    CHECK(says(OMS_CHECK_REDUCE_ONLY, 0, 1, OMS_UNIT_LOTS));
    open_position(oms, now, next_id++, OMS_SIDE_BUY, 10, 1000);
    order(OMS_SIDE_SELL, 10, 2000);
    request.flags = OMS_ORDER_REDUCE_ONLY;
    CHECK(accepted());
    request.qty = 11;
    CHECK(says(OMS_CHECK_REDUCE_ONLY, 10, 11, OMS_UNIT_LOTS));
    request.qty = 4;
    CHECK(send() != 0);
    request.client_id = next_id;
    request.qty = 6;
    CHECK(accepted());
    request.qty = 7;
    CHECK(says(OMS_CHECK_REDUCE_ONLY, 10, 11, OMS_UNIT_LOTS));
    request.flags = 0;
    CHECK(accepted());
    request.side = OMS_SIDE_BUY;
    request.flags = OMS_ORDER_REDUCE_ONLY;
    CHECK(says(OMS_CHECK_REDUCE_ONLY, 0, 7, OMS_UNIT_LOTS));
    /* Hedged: the position it names counts. */
    hedged = define(oms, "HEDGED", OMS_SYMBOL_HEDGED);
    OK(quote(oms, now, hedged, 1000, 1010));
    order(OMS_SIDE_BUY, 5, 1000);
    request.symbol = hedged;
    a = send();
    order(OMS_SIDE_BUY, 8, 1000);
    request.symbol = hedged;
    b = send();
    poll_drop(oms, now);
    OK(fill(oms, now, a, 1, 5, 1000, 0));
    OK(fill(oms, now, b, 2, 8, 1000, 0));
    CHECK(order_of(oms, a).position != order_of(oms, b).position);
    order(OMS_SIDE_SELL, 5, 2000);
    request.symbol = hedged;
    request.flags = OMS_ORDER_REDUCE_ONLY;
    CHECK(fails(OMS_CHECK_REDUCE_ONLY));
    request.position = order_of(oms, a).position;
    CHECK(accepted());
    request.qty = 6;
    CHECK(says(OMS_CHECK_REDUCE_ONLY, 5, 6, OMS_UNIT_LOTS));
    request.position = order_of(oms, b).position;
    CHECK(accepted());
    end();
}

static oms_status_t replace(oms_id_t id, uint64_t request_id, oms_lots_t qty, oms_verdict_t *v) {
    oms_order_replace_t r;
    OMS_REQUEST_INIT(&r, OMS_REQUEST_ORDER_REPLACE);
    r.header.now = now;
    r.order = id;
    r.request_id = request_id;
    r.qty = qty;
    r.price = 1000;
    return oms_order_replace(oms, &r, v, NULL);
}

static oms_lots_t working_buy(void) {
    oms_symbol_t symbol;
    OK(oms_symbol_get(oms, 0, &symbol));
    return symbol.working_buy;
}

static void check_replace(void) {
    oms_id_t id;
    oms_verdict_t v;
    oms_command_t command;
    begin(NULL);
    limits.long_max = 10;
    limits.qty_max = 20;
    set_limits();
    order(OMS_SIDE_BUY, 5, 1000);
    id = send();
    poll_drop(oms, now);
    OK(report(oms, now, id, OMS_REPORT_ACK));
    CHECK_EQ(working_buy(), 5);
    OK(replace(id, 1, 11, &v));
    CHECK_EQ(v.mask, BIT(POSITION));
    CHECK_EQ(v.limit, 10);
    CHECK_EQ(v.observed, 11);
    CHECK_EQ(working_buy(), 5);
    OK(replace(id, 2, 21, &v));
    CHECK_EQ(v.mask, BIT(POSITION) | BIT(QTY));
    CHECK_EQ(v.first, OMS_CHECK_QTY);
    OK(replace(id, 3, 10, &v));
    CHECK_EQ(v.mask, 0);
    CHECK_EQ(working_buy(), 10);
    CHECK_ST(replace(id, 3, 10, &v), OMS_IGNORED);
    CHECK_ST(replace(id, 4, 9, &v), OMS_E_PENDING);
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(says(OMS_CHECK_POSITION, 10, 11, OMS_UNIT_LOTS));
    CHECK_EQ(poll(oms, now, &command, 1, NULL, 0).commands, 1);
    CHECK_EQ(command.kind, OMS_COMMAND_REPLACE);
    CHECK_EQ(command.qty, 10);
    CHECK_EQ(command.request_id, 3);
    OK(report(oms, now, id, OMS_REPORT_REPLACE_REJECT));
    CHECK_EQ(working_buy(), 5);
    OK(replace(id, 5, 10, &v));
    OK(report(oms, now, id, OMS_REPORT_REPLACE_ACK));
    CHECK_EQ(order_of(oms, id).order_qty, 10);
    /* Down: the old quantity is reserved until the venue says so. */
    OK(replace(id, 6, 3, &v));
    CHECK_EQ(v.mask, 0);
    CHECK_EQ(working_buy(), 10);
    CHECK(fails(OMS_CHECK_POSITION));
    OK(report(oms, now, id, OMS_REPORT_REPLACE_ACK));
    CHECK_EQ(working_buy(), 3);
    order(OMS_SIDE_BUY, 7, 1000);
    CHECK(accepted());
    /* With a part filled the total counts once. */
    OK(fill(oms, now, id, 1, 2, 1000, 0));
    OK(replace(id, 7, 11, &v));
    CHECK_EQ(v.mask, BIT(POSITION));
    CHECK_EQ(v.observed, 11);
    OK(replace(id, 8, 10, &v));
    CHECK_EQ(v.mask, 0);
    CHECK_EQ(working_buy(), 8);
    end();
}

static void set_phase(oms_phase_t phase) {
    oms_phase_set_t said;
    OMS_REQUEST_INIT(&said, OMS_REQUEST_PHASE_SET);
    said.header.now = now;
    said.symbol = phase == OMS_PHASE_HALT ? UINT32_MAX : 0;
    said.phase = phase;
    OK(oms_phase_set(oms, &said));
}

static void check_session(void) {
    oms_id_t id;
    begin(NULL);
    order(OMS_SIDE_BUY, 1, 900);
    id = send();
    set_phase(OMS_PHASE_AUCTION);
    order(OMS_SIDE_BUY, 1, 900);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 1, 0);
    CHECK(says(OMS_CHECK_SESSION, OMS_PHASE_CONTINUOUS, OMS_PHASE_AUCTION, OMS_UNIT_COUNT));
    request.order_type = OMS_TYPE_STOP;
    request.stop_price = 1100;
    CHECK(accepted());
    request.hold = OMS_HOLD_VENUE;
    CHECK(fails(OMS_CHECK_SESSION));
    set_phase(OMS_PHASE_PRE_OPEN);
    request.hold = OMS_HOLD_CORE;
    CHECK(fails(OMS_CHECK_SESSION));
    set_phase(OMS_PHASE_CLOSED);
    order(OMS_SIDE_BUY, 1, 900);
    CHECK(says(OMS_CHECK_SESSION, OMS_PHASE_CONTINUOUS, OMS_PHASE_CLOSED, OMS_UNIT_COUNT));
    set_phase(OMS_PHASE_HALT);
    CHECK(says(OMS_CHECK_SESSION, OMS_PHASE_CONTINUOUS, OMS_PHASE_HALT, OMS_UNIT_COUNT));
    /* Cancels always. */
    {
        oms_order_cancel_t cancel_it;
        OMS_REQUEST_INIT(&cancel_it, OMS_REQUEST_ORDER_CANCEL);
        cancel_it.order = id;
        OK(oms_order_cancel(oms, &cancel_it));
    }
    set_phase(OMS_PHASE_CONTINUOUS);
    order(OMS_SIDE_BUY, 1, 0);
    CHECK(accepted());
    end();
}

static void check_permission(void) {
    oms_scope_limits_set_t scope;
    const uint32_t limit_only = 1u << OMS_TYPE_LIMIT, day_only = 1u << OMS_TIF_DAY;
    begin(NULL);
    limits.types = limit_only;
    limits.times_in_force = day_only;
    set_limits();
    order(OMS_SIDE_BUY, 1, 900);
    request.time_in_force = OMS_TIF_DAY;
    CHECK(accepted());
    request.time_in_force = OMS_TIF_GTC;
    CHECK(says(OMS_CHECK_PERMISSION, day_only, OMS_TIF_GTC, OMS_UNIT_COUNT));
    order(OMS_SIDE_BUY, 1, 0);
    request.time_in_force = OMS_TIF_DAY;
    CHECK(says(OMS_CHECK_PERMISSION, limit_only, OMS_TYPE_MARKET, OMS_UNIT_COUNT));
    limits_off(&limits, 0);
    set_limits();
    CHECK(accepted());
    OK(oms_scope_limits_off(&scope));
    scope.types = limit_only;
    OK(oms_scope_limits_set(oms, &scope));
    CHECK(says(OMS_CHECK_PERMISSION, limit_only, OMS_TYPE_MARKET, OMS_UNIT_COUNT));
    scope.types = UINT32_MAX;
    OK(oms_scope_limits_set(oms, &scope));
    CHECK(accepted());
    end();
}

static void check_adv(void) {
    oms_volume_set_t volume;
    begin(NULL);
    limits.adv_ratio = OMS_PCT(10);
    set_limits();
    order(OMS_SIDE_BUY, 1, 900);
    CHECK(says(OMS_CHECK_ADV, 0, 1, OMS_UNIT_LOTS));
    OMS_REQUEST_INIT(&volume, OMS_REQUEST_VOLUME_SET);
    volume.volume = 109;
    OK(oms_volume_set(oms, &volume));
    order(OMS_SIDE_BUY, 10, 900);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 11, 900);
    CHECK(says(OMS_CHECK_ADV, 10, 11, OMS_UNIT_LOTS));
    volume.volume = OMS_OFF;
    OK(oms_volume_set(oms, &volume));
    order(OMS_SIDE_BUY, 1, 900);
    CHECK(fails(OMS_CHECK_ADV));
    limits.adv_ratio = OMS_OFF;
    set_limits();
    CHECK(accepted());
    end();
}

static void check_short(void) {
    oms_locate_set_t locate;
    oms_conditions_t conditions;
    oms_id_t id;
    begin(NULL);
    order(OMS_SIDE_BUY, 5, 1010);
    id = send();
    poll_drop(oms, now);
    OK(fill(oms, now, id, 1, 5, 1010, 0));
    limits.flags = 0;
    set_limits();
    order(OMS_SIDE_SELL, 5, 1100);
    CHECK(accepted());
    order(OMS_SIDE_SELL, 6, 1100);
    CHECK(says(OMS_CHECK_SHORT, 0, 1, OMS_UNIT_LOTS));
    limits.flags = OMS_LIMIT_SHORT_ALLOWED | OMS_LIMIT_LOCATE_NEEDED;
    set_limits();
    CHECK(says(OMS_CHECK_SHORT, 0, 1, OMS_UNIT_LOTS));
    OMS_REQUEST_INIT(&locate, OMS_REQUEST_LOCATE_SET);
    locate.qty = 1;
    OK(oms_locate_set(oms, &locate));
    OK(oms_conditions_get(oms, 0, &conditions));
    CHECK_EQ(conditions.located, 1);
    CHECK_EQ(conditions.phase, OMS_PHASE_CONTINUOUS);
    CHECK(accepted());
    CHECK(send() != 0);
    order(OMS_SIDE_SELL, 1, 1100);
    CHECK(says(OMS_CHECK_SHORT, 1, 2, OMS_UNIT_LOTS));
    limits.flags = OMS_LIMIT_SHORT_ALLOWED;
    set_limits();
    CHECK(accepted());
    end();
}

static void check_bands(void) {
    oms_bands_set_t bands;
    oms_conditions_t conditions;
    begin(NULL);
    OMS_REQUEST_INIT(&bands, OMS_REQUEST_BANDS_SET);
    bands.count = 2;
    bands.from[0] = 500;
    bands.step[0] = 5;
    bands.from[1] = 1000;
    bands.step[1] = 10;
    OK(oms_bands_set(oms, &bands));
    OK(oms_conditions_get(oms, 0, &conditions));
    CHECK_EQ(conditions.count, 2);
    CHECK(memcmp(conditions.from, bands.from, sizeof bands.from) == 0);
    CHECK(memcmp(conditions.step, bands.step, sizeof bands.step) == 0);
    order(OMS_SIDE_BUY, 1, 499);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 1, 995);
    CHECK(accepted());
    order(OMS_SIDE_BUY, 1, 996);
    CHECK(says(OMS_CHECK_INCREMENT, 5, 996, OMS_UNIT_TICKS));
    order(OMS_SIDE_BUY, 1, 1005);
    CHECK(says(OMS_CHECK_INCREMENT, 10, 1005, OMS_UNIT_TICKS));
    bands.step[1] = 0;
    CHECK_ST(oms_bands_set(oms, &bands), OMS_E_RANGE);
    OMS_REQUEST_INIT(&bands, OMS_REQUEST_BANDS_SET);
    OK(oms_bands_set(oms, &bands));
    CHECK(accepted());
    end();
}

static void check_parent(void) {
    oms_id_t parent, child;
    oms_order_t shown;
    oms_verdict_t v;
    oms_order_cancel_t stop_it;
    begin(NULL);
    order(OMS_SIDE_BUY, 10, 900);
    request.flags = OMS_ORDER_PARENT;
    parent = send();
    CHECK(parent != 0);
    CHECK_EQ(poll(oms, now, NULL, 0, NULL, 0).more_commands, 0);
    order(OMS_SIDE_BUY, 10, 900);
    request.parent = parent;
    CHECK(accepted());
    request.qty = 11;
    CHECK(says(OMS_CHECK_PARENT, 10, 11, OMS_UNIT_LOTS));
    request.qty = 6;
    child = send();
    request.qty = 5;
    request.client_id = next_id;
    CHECK(says(OMS_CHECK_PARENT, 10, 11, OMS_UNIT_LOTS));
    poll_drop(oms, now);
    OK(fill(oms, now, child, 1, 2, 900, 0));
    CHECK(says(OMS_CHECK_PARENT, 10, 11, OMS_UNIT_LOTS));
    OK(oms_order_get(oms, parent, 0, &shown));
    CHECK_EQ(shown.children, 6);
    CHECK_EQ(shown.cum_qty, 0);
    OK(replace(parent, 1, 5, &v));
    CHECK_EQ(v.mask, BIT(PARENT));
    OK(replace(parent, 1, 11, &v));
    CHECK_EQ(v.mask, 0);
    CHECK(accepted());
    OMS_REQUEST_INIT(&stop_it, OMS_REQUEST_ORDER_CANCEL);
    stop_it.order = parent;
    OK(oms_order_cancel(oms, &stop_it));
    OK(oms_order_get(oms, child, 0, &shown));
    CHECK_EQ(shown.status, OMS_STATUS_PENDING_CANCEL);
    CHECK(says(OMS_CHECK_PARENT, 0, 11, OMS_UNIT_LOTS));
    end();
}

/* What is told of limits: old and new, and that they are near. */
static void check_told(void) {
    oms_scope_limits_set_t scope;
    oms_event_t events[4];
    begin(NULL);
    poll_drop(oms, now);
    limits.long_max = 10;
    set_limits();
    CHECK_EQ(poll(oms, now, NULL, 0, events, 4).events, 2);
    CHECK_EQ(events[0].kind, OMS_EVENT_LIMITS);
    CHECK_EQ(events[1].kind, OMS_EVENT_LIMIT_CHANGED);
    CHECK_EQ(events[1].code, OMS_LIMIT_FIELD_LONG_MAX);
    CHECK_EQ(events[1].limit, 10);
    CHECK_EQ(events[1].observed, OMS_OFF);
    CHECK_EQ(events[1].unit, OMS_UNIT_LOTS);
    CHECK_EQ(events[1].symbol, 0);
    OK(oms_scope_limits_off(&scope));
    scope.warn_ratio = OMS_PCT(80);
    scope.header.now = now;
    OK(oms_scope_limits_set(oms, &scope));
    CHECK_EQ(poll(oms, now, NULL, 0, events, 4).events, 2);
    CHECK_EQ(events[1].code, OMS_LIMIT_FIELD_SCOPE_WARN_RATIO);
    CHECK_EQ(events[1].symbol, UINT32_MAX);
    order(OMS_SIDE_BUY, 7, 900);
    CHECK(send() != 0);
    CHECK_EQ(poll(oms, now, NULL, 0, events, 4).events, 0);
    order(OMS_SIDE_BUY, 1, 900);
    CHECK(send() != 0);
    CHECK_EQ(poll(oms, now, NULL, 0, events, 4).events, 1);
    CHECK_EQ(events[0].kind, OMS_EVENT_WARN);
    CHECK_EQ(events[0].code, OMS_CHECK_POSITION);
    CHECK_EQ(events[0].mask, BIT(POSITION));
    CHECK_EQ(events[0].limit, 10);
    CHECK_EQ(events[0].observed, 8);
    end();
}

static void check_all_at_once(void) {
    oms_config_t config;
    oms_verdict_t v;
    oms_account_t before, after;
    oms_id_t id = 1;
    oms_event_t event;
    const uint64_t all = BIT(FIELDS) | BIT(SYMBOL) | BIT(TRADING_STATE) | BIT(BREAKER) |
                         BIT(SESSION) | BIT(PERMISSION) | BIT(ADV) | BIT(INCREMENT) | BIT(QTY) |
                         BIT(NOTIONAL) | BIT(COLLAR) | BIT(REFERENCE_AGE) |
                         BIT(POSITION) | BIT(RATE_MINUTE) | BIT(RATE_HOUR) | BIT(RATE_CUSTOM) |
                         BIT(CLIENT_ID) | BIT(REDUCE_ONLY) | BIT(CAPACITY);
    config_small(&config);
    config.capacity.orders = 1;
    config.breaker.orders_per_minute = config.breaker.orders_per_hour = 1;
    config.breaker.orders_per_window = 1;
    config.breaker.rate_window = SECOND;
    begin(&config);
    order(OMS_SIDE_BUY, 1, 1000);
    CHECK(send() != 0);
    poll_drop(oms, now);
    OK(control(oms, now, OMS_CONTROL_BREAKER_TRIP, 0));
    OK(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_HALTED));
    OK(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_KILLED));
    limits.qty_step = 5;
    limits.qty_max = 3;
    limits.notional_max = 1;
    limits.collar_ticks = 1;
    limits.reference_age_max = 0;
    limits.long_max = 2;
    limits.types = 0;
    limits.adv_ratio = OMS_PCT(1);
    limits.flags |= OMS_LIMIT_DISABLED;
    set_limits();
    set_phase(OMS_PHASE_HALT);
    now += 1;
    poll_drop(oms, now);
    order(OMS_SIDE_BUY, 7, 2000);
    request.client_id = 0;
    request.flags = OMS_ORDER_REDUCE_ONLY | OMS_ORDER_POST_ONLY;
    request.time_in_force = OMS_TIF_IOC;
    v = verdict();
    CHECK_EQ(v.mask, all);
    CHECK_EQ(v.first, OMS_CHECK_FIELDS);
    before = account_of(oms);
    OK(oms_order_submit(oms, &request, &v, &id));
    CHECK_EQ(v.mask, all);
    CHECK_EQ(id, 0);
    after = account_of(oms);
    CHECK_EQ(after.denied, before.denied + 1);
    CHECK_EQ(after.accepted, before.accepted);
    CHECK_EQ(poll(oms, now, NULL, 0, &event, 1).events, 1);
    CHECK_EQ(event.kind, OMS_EVENT_ORDER_DENIED);
    CHECK_EQ(event.mask, all);
    CHECK_EQ(event.code, OMS_CHECK_FIELDS);
    end();
}

int main(void) {
    check_fields();
    check_symbol();
    check_closed_without_limits();
    check_trading_state();
    check_breaker();
    check_increment_and_qty();
    check_notional();
    check_collar();
    check_reference_age();
    check_position();
    check_rate(0);
    check_rate(1);
    check_rate(2);
    check_rate_trips();
    check_client_id();
    check_reduce_only();
    check_replace();
    check_session();
    check_permission();
    check_adv();
    check_short();
    check_bands();
    check_parent();
    check_told();
    check_all_at_once();
    return check_result();
}
