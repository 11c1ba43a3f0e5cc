/* Bars: the path inside one, and what a caller may say wrong. Tick 0.01, lot 0.001: one tick-lot is
 * 10 money units. */
#include "common.h"

static engine_t engine;
static oms_t *oms;
static uint64_t now;

static oms_bar_t bar(oms_ticks_t open, oms_ticks_t high, oms_ticks_t low, oms_ticks_t close) {
    oms_bar_t b;
    OK(OMS_REQUEST_INIT(&b, OMS_REQUEST_BAR));
    b.begin = now;
    b.header.now = now + MINUTE;
    b.open = open;
    b.high = high;
    b.low = low;
    b.close = close;
    b.spread = 2;
    return b;
}

/* The answers that it takes until the bar is over. */
static int walk(const oms_bar_t *b, int by_apply) {
    oms_status_t status = by_apply ? oms_apply(oms, b, sizeof *b, NULL) : oms_bar(oms, b);
    int calls = 1;
    while (status == OMS_MORE) {
        CHECK(audited(oms));
        CHECK_EQ(account_of(oms).draining, 1);
        status = drain(oms, b->header.now);
        calls++;
        if (!CHECK(calls < 1000)) break;
    }
    CHECK_ST(status, OMS_OK);
    CHECK_EQ(account_of(oms).draining, 0);
    CHECK_EQ(account_of(oms).now, b->header.now);
    CHECK(audited(oms));
    now = b->header.now;
    return calls;
}

static void make(uint32_t mode, uint32_t work_per_call) {
    oms_config_t config;
    config_small(&config);
    config.mode = mode;
    config.work_per_call = work_per_call;
    now = 1000;
    engine_ready(&engine, &config);
    oms = engine.oms;
    now = account_of(oms).now;
}

static oms_id_t bracket(uint64_t client_id, oms_ticks_t stop, oms_ticks_t target) {
    oms_order_submit_t r;
    oms_verdict_t verdict;
    oms_id_t id = 0;
    order_record(&r, now, client_id, OMS_SIDE_BUY, 10, 0);
    r.order_type = OMS_TYPE_MARKET;
    r.time_in_force = OMS_TIF_IOC;
    r.stop_loss = stop;
    r.take_profit = target;
    OK(oms_order_submit(oms, &r, &verdict, &id));
    CHECK_EQ(verdict.denied, 0);
    CHECK_EQ(order_of(oms, id).status, OMS_STATUS_FILLED);
    return id;
}

/* A bar that holds both stop and target meets the stop, at its price, however the work is cut. */
static void stop_first(uint32_t work_per_call, int by_apply) {
    oms_bar_t b;
    int calls;
    make(OMS_MODE_BACKTEST, work_per_call);
    b = bar(1000, 1000, 1000, 1000);
    walk(&b, by_apply);
    bracket(1, 950, 1050);
    b = bar(1000, 1100, 900, 1000);
    calls = walk(&b, by_apply);
    CHECK(work_per_call > 1 ? calls == 1 : calls > 4);
    CHECK_EQ(account_of(oms).open, 0);
    CHECK_EQ(account_of(oms).realised, 10 * 10 * (950 - 1002));
    engine_free(&engine);
}

/* A bar that is none: its code, by either door, and nothing has changed. */
static void refusals(void) {
    oms_bar_t good, b;
    uint64_t digest;
    make(OMS_MODE_BACKTEST, 64);
    good = bar(1000, 1010, 990, 1005);
    digest = digest_of(oms);
#define BAD(assignment, want)                                  \
    do {                                                       \
        b = good;                                              \
        b.assignment;                                          \
        CHECK_ST(oms_bar(oms, &b), want);                      \
        CHECK_ST(oms_apply(oms, &b, sizeof b, NULL), want);    \
        CHECK(digest_of(oms) == digest);                       \
    } while (0)
    BAD(header.size = 8, OMS_E_SIZE);
    BAD(reserved0 = 1, OMS_E_RESERVED);
    BAD(reserved[1] = 1, OMS_E_RESERVED);
    BAD(symbol = 1, OMS_E_SYMBOL);
    BAD(symbol = UINT32_MAX, OMS_E_SYMBOL);
    BAD(low = 0, OMS_E_PRICE);
    BAD(low = INT64_MIN, OMS_E_PRICE);
    BAD(high = INT64_MAX, OMS_E_PRICE);
    BAD(high = 999, OMS_E_PRICE);
    BAD(open = 989, OMS_E_PRICE);
    BAD(close = 1011, OMS_E_PRICE);
    BAD(spread = INT64_MAX, OMS_E_PRICE);
    BAD(spread = -1, OMS_E_RANGE);
    BAD(volume = INT64_MIN, OMS_E_RANGE);
    BAD(begin = b.header.now + 1, OMS_E_RANGE);
    BAD(begin = now - 1, OMS_E_RANGE);
    b = good;
    b.header.kind = OMS_REQUEST_QUOTE;
    CHECK_ST(oms_bar(oms, &b), OMS_E_KIND);
    CHECK_ST(oms_bar(oms, NULL), OMS_E_NULL);
    CHECK_ST(oms_bar(NULL, &good), OMS_E_NULL);
    CHECK(digest_of(oms) == digest);
    walk(&good, 0);
    engine_free(&engine);
    make(OMS_MODE_LIVE, 64);
    good = bar(1000, 1010, 990, 1005);
    CHECK_ST(oms_bar(oms, &good), OMS_E_STATE);
    engine_free(&engine);
}

/* While a bar is not over it alone says what the price is. */
static void one_at_a_time(void) {
    oms_bar_t b, other;
    make(OMS_MODE_PAPER, 1);
    b = bar(1000, 1100, 900, 1000);
    other = b;
    CHECK_ST(oms_bar(oms, &b), OMS_MORE);
    CHECK_ST(oms_bar(oms, &other), OMS_E_PENDING);
    CHECK_ST(quote(oms, account_of(oms).now, 0, 1000, 1002), OMS_E_PENDING);
    CHECK_ST(trade(oms, account_of(oms).now, 0, OMS_TRADE_LAST, 1000), OMS_E_PENDING);
    while (drain(oms, b.header.now) == OMS_MORE) CHECK(audited(oms));
    OK(quote(oms, b.header.now, 0, 1000, 1002));
    engine_free(&engine);
}

int main(void) {
    stop_first(64, 0);
    stop_first(64, 1);
    stop_first(1, 0);
    stop_first(1, 1);
    refusals();
    one_at_a_time();
    return check_result();
}
