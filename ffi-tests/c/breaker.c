/* The breaker of its own. */
#include "common.h"

#define T0 (100 * DAY + 10 * HOUR)

static void *raw;
static oms_breaker_t *breaker;
static oms_trip_t trip;

static void defaults(oms_breaker_config_t *config) { OK(oms_breaker_config_init(config)); }

static void begin(const oms_breaker_config_t *config) {
    oms_breaker_config_t own;
    size_t size;
    void *memory;
    defaults(&own);
    if (!config) config = &own;
    size = oms_breaker_size(config);
    if (!CHECK(size > 0)) exit(1);
    memory = aligned_memory(size, &raw);
    memset(memory, 0xa5, size);
    OK(oms_breaker_init(memory, size, config, &breaker));
}

static void end(void) { free(raw); }

static oms_cause_t traded(uint64_t now, oms_money_t pnl) {
    memset(&trip, 0xee, sizeof trip);
    OK(oms_breaker_record_trade(breaker, now, pnl, &trip));
    return trip.cause;
}

static oms_cause_t ordered(uint64_t now) {
    memset(&trip, 0xee, sizeof trip);
    OK(oms_breaker_record_order(breaker, now, &trip));
    return trip.cause;
}

static oms_cause_t failed(uint64_t now) {
    memset(&trip, 0xee, sizeof trip);
    OK(oms_breaker_record_error(breaker, now, &trip));
    return trip.cause;
}

static oms_cause_t balance(uint64_t now, oms_money_t equity) {
    memset(&trip, 0xee, sizeof trip);
    OK(oms_breaker_update_balance(breaker, now, equity, OMS_OFF, &trip));
    return trip.cause;
}

static oms_cause_t figures(uint64_t now, oms_ratio_t pnl, oms_ratio_t drawdown, uint32_t force) {
    memset(&trip, 0xee, sizeof trip);
    OK(oms_breaker_check_and_trip(breaker, now, pnl, drawdown, force, &trip));
    return trip.cause;
}

static int works(uint64_t now) {
    uint32_t operational = 9;
    OK(oms_breaker_is_operational(breaker, now, &operational));
    return (int)operational;
}

static oms_breaker_status_t status(uint64_t now) {
    oms_breaker_status_t out;
    memset(&out, 0xee, sizeof out);
    OK(oms_breaker_status(breaker, now, &out));
    CHECK_EQ(out.operational, works(now));
    return out;
}

static void check_defaults(void) {
    oms_breaker_config_t c;
    oms_config_t engine;
    memset(&c, 0xee, sizeof c);
    defaults(&c);
    CHECK_EQ(c.daily_loss_ratio, OMS_PCT(5));
    CHECK_EQ(c.drawdown_ratio, OMS_PCT(15));
    CHECK_EQ(c.daily_loss_money, OMS_OFF);
    CHECK_EQ(c.drawdown_money, OMS_OFF);
    CHECK_EQ(c.streak_loss_money, OMS_OFF);
    CHECK_EQ(c.consecutive_losses, 5);
    CHECK_EQ(c.consecutive_errors, 3);
    CHECK_EQ(c.orders_per_minute, 10);
    CHECK_EQ(c.orders_per_hour, 100);
    CHECK_EQ(c.orders_per_window, -1);
    CHECK_EQ(c.auto_reset_after, 60 * MINUTE);
    CHECK_EQ(c.cooldown, 15 * MINUTE);
    CHECK_EQ(c.max_auto_resets, 1);
    CHECK_EQ(c.session_offset, 0);
    CHECK_EQ(c.flags, 0);
    OK(oms_config_init(&engine, sizeof engine));
    CHECK(memcmp(&c, &engine.breaker, sizeof c) == 0);
}

static void check_daily_loss(void) {
    oms_breaker_config_t c;
    begin(NULL);
    CHECK_EQ(balance(T0, 1000000), OMS_CAUSE_NONE);
    CHECK_EQ(balance(T0 + 1, 950000), OMS_CAUSE_NONE);
    CHECK(works(T0 + 1));
    CHECK_EQ(balance(T0 + 2, 949999), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(trip.limit, OMS_PCT(5));
    CHECK_EQ(trip.observed, 50001000);
    CHECK_EQ(trip.unit, OMS_UNIT_RATIO);
    CHECK_EQ(trip.at, T0 + 2);
    CHECK_EQ(trip.reset_at, 0);
    CHECK(!works(T0 + 2));
    /* Open stays open, the first cause counts. */
    CHECK_EQ(balance(T0 + 3, 100000), OMS_CAUSE_NONE);
    CHECK_EQ(status(T0 + 3).cause, OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(status(T0 + 3).trips, 1);
    end();
    /* By trades; profits never trip. */
    begin(NULL);
    balance(T0, 1000000);
    CHECK_EQ(traded(T0, 5000000), OMS_CAUSE_NONE);
    CHECK_EQ(traded(T0, 500000000), OMS_CAUSE_NONE);
    CHECK_EQ(figures(T0, OMS_PCT(90), 0, 0), OMS_CAUSE_NONE);
    CHECK_EQ(figures(T0, INT64_MAX, 0, 0), OMS_CAUSE_NONE);
    CHECK(works(T0));
    end();
    begin(NULL);
    balance(T0, 1000000);
    CHECK_EQ(traded(T0, -50000), OMS_CAUSE_NONE);
    CHECK_EQ(traded(T0, -1), OMS_CAUSE_DAILY_LOSS);
    end();
    /* As money. */
    defaults(&c);
    c.daily_loss_ratio = c.drawdown_ratio = OMS_OFF;
    c.daily_loss_money = 100;
    begin(&c);
    balance(T0, 1000);
    CHECK_EQ(balance(T0, 900), OMS_CAUSE_NONE);
    CHECK_EQ(balance(T0, 899), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(trip.limit, 100);
    CHECK_EQ(trip.observed, 101);
    CHECK_EQ(trip.unit, OMS_UNIT_MONEY);
    end();
    /* Off. */
    c.daily_loss_money = OMS_OFF;
    begin(&c);
    balance(T0, 1000);
    CHECK_EQ(balance(T0, -100000), OMS_CAUSE_NONE);
    end();
    /* Figures of the caller. */
    begin(NULL);
    CHECK_EQ(figures(T0, -OMS_PCT(5), 0, 0), OMS_CAUSE_NONE);
    CHECK_EQ(figures(T0, -OMS_PCT(5) - 1, 0, 0), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(trip.observed, OMS_PCT(5) + 1);
    end();
    begin(NULL);
    CHECK_EQ(figures(T0, INT64_MIN, 0, 0), OMS_CAUSE_DAILY_LOSS);
    end();
    /* Nothing left trips. */
    defaults(&c);
    c.daily_loss_ratio = OMS_PCT(100);
    c.drawdown_ratio = OMS_OFF;
    begin(&c);
    balance(T0, 1000);
    CHECK_EQ(balance(T0, 1), OMS_CAUSE_NONE);
    CHECK_EQ(balance(T0, 0), OMS_CAUSE_DAILY_LOSS);
    end();
}

static void check_drawdown(void) {
    oms_breaker_config_t c;
    defaults(&c);
    c.daily_loss_ratio = OMS_OFF;
    begin(&c);
    balance(T0, 1000000);
    balance(T0, 2000000);
    CHECK_EQ(balance(T0, 1700000), OMS_CAUSE_NONE);
    CHECK_EQ(status(T0).drawdown, OMS_PCT(15));
    CHECK_EQ(balance(T0, 1699999), OMS_CAUSE_DRAWDOWN);
    CHECK_EQ(trip.limit, OMS_PCT(15));
    CHECK_EQ(trip.observed, 150000500);
    CHECK_EQ(status(T0).peak, 2000000);
    end();
    /* A peak the caller knows; it never lowers the breaker's own. */
    begin(&c);
    OK(oms_breaker_update_balance(breaker, T0, 850000, 1000000, &trip));
    CHECK_EQ(trip.cause, OMS_CAUSE_NONE);
    OK(oms_breaker_update_balance(breaker, T0, 850000, 900000, &trip));
    CHECK_EQ(status(T0).peak, 1000000);
    CHECK_EQ(balance(T0, 849999), OMS_CAUSE_DRAWDOWN);
    end();
    begin(&c);
    CHECK_EQ(figures(T0, 0, OMS_PCT(15), 0), OMS_CAUSE_NONE);
    CHECK_EQ(figures(T0, 0, -OMS_PCT(15), 0), OMS_CAUSE_NONE);
    CHECK_EQ(figures(T0, 0, -OMS_PCT(15) - 1, 0), OMS_CAUSE_DRAWDOWN);
    end();
    begin(&c);
    CHECK_EQ(figures(T0, 0, INT64_MIN, 0), OMS_CAUSE_DRAWDOWN);
    end();
    c.drawdown_ratio = OMS_OFF;
    c.drawdown_money = 10;
    begin(&c);
    balance(T0, 100);
    CHECK_EQ(balance(T0, 90), OMS_CAUSE_NONE);
    CHECK_EQ(balance(T0, 89), OMS_CAUSE_DRAWDOWN);
    end();
}

static void check_streaks(void) {
    oms_breaker_config_t c;
    int i;
    begin(NULL);
    for (i = 0; i < 4; i++) CHECK_EQ(traded(T0, -1), OMS_CAUSE_NONE);
    CHECK_EQ(status(T0).consecutive_losses, 4);
    CHECK_EQ(status(T0).streak_loss, 4);
    CHECK_EQ(traded(T0, 1), OMS_CAUSE_NONE);
    CHECK_EQ(status(T0).consecutive_losses, 0);
    CHECK_EQ(status(T0).streak_loss, 0);
    for (i = 0; i < 4; i++) CHECK_EQ(traded(T0, -1), OMS_CAUSE_NONE);
    CHECK_EQ(traded(T0, 0), OMS_CAUSE_NONE);
    CHECK_EQ(status(T0).consecutive_losses, 0);
    for (i = 0; i < 4; i++) CHECK_EQ(traded(T0, -1), OMS_CAUSE_NONE);
    CHECK_EQ(traded(T0, -1), OMS_CAUSE_CONSECUTIVE_LOSSES);
    CHECK_EQ(trip.limit, 5);
    CHECK_EQ(trip.observed, 5);
    CHECK_EQ(trip.unit, OMS_UNIT_COUNT);
    end();
    defaults(&c);
    c.flags = OMS_BREAKER_FLAG_BREAK_EVEN_KEEPS;
    begin(&c);
    for (i = 0; i < 4; i++) CHECK_EQ(traded(T0, -1), OMS_CAUSE_NONE);
    CHECK_EQ(traded(T0, 0), OMS_CAUSE_NONE);
    CHECK_EQ(traded(T0, -1), OMS_CAUSE_CONSECUTIVE_LOSSES);
    end();
    c.consecutive_losses = -1;
    c.streak_loss_money = 100;
    begin(&c);
    CHECK_EQ(traded(T0, -99), OMS_CAUSE_NONE);
    CHECK_EQ(traded(T0, -1), OMS_CAUSE_CONSECUTIVE_LOSSES);
    CHECK_EQ(trip.limit, 100);
    CHECK_EQ(trip.observed, 100);
    CHECK_EQ(trip.unit, OMS_UNIT_MONEY);
    end();
    begin(NULL);
    CHECK_EQ(failed(T0), OMS_CAUSE_NONE);
    CHECK_EQ(failed(T0), OMS_CAUSE_NONE);
    OK(oms_breaker_clear_errors(breaker, T0));
    CHECK_EQ(status(T0).consecutive_errors, 0);
    CHECK_EQ(failed(T0), OMS_CAUSE_NONE);
    CHECK_EQ(failed(T0), OMS_CAUSE_NONE);
    CHECK_EQ(status(T0).consecutive_errors, 2);
    CHECK_EQ(failed(T0), OMS_CAUSE_SYSTEM_ERROR);
    CHECK_EQ(trip.limit, 3);
    CHECK_EQ(trip.observed, 3);
    end();
}

static void check_rate(void) {
    oms_breaker_config_t c;
    uint64_t i;
    begin(NULL);
    for (i = 0; i < 10; i++) CHECK_EQ(ordered(T0 + i * SECOND), OMS_CAUSE_NONE);
    CHECK_EQ(status(T0 + 9 * SECOND).orders_last_minute, 10);
    CHECK_EQ(ordered(T0 + MINUTE), OMS_CAUSE_NONE);
    CHECK_EQ(status(T0 + MINUTE).orders_last_minute, 10);
    CHECK_EQ(status(T0 + MINUTE).orders_last_hour, 11);
    CHECK_EQ(ordered(T0 + MINUTE + SECOND - 1), OMS_CAUSE_ORDER_RATE);
    CHECK_EQ(trip.limit, 10);
    CHECK_EQ(trip.observed, 11);
    CHECK_EQ(trip.unit, OMS_UNIT_COUNT);
    /* The windows begin anew after the reset. */
    OK(oms_breaker_reset(breaker, T0 + MINUTE + SECOND));
    for (i = 0; i < 10; i++) CHECK_EQ(ordered(T0 + MINUTE + SECOND), OMS_CAUSE_NONE);
    CHECK_EQ(ordered(T0 + MINUTE + SECOND), OMS_CAUSE_ORDER_RATE);
    end();
    defaults(&c);
    c.orders_per_minute = -1;
    begin(&c);
    for (i = 0; i < 100; i++) CHECK_EQ(ordered(T0 + i), OMS_CAUSE_NONE);
    CHECK_EQ(ordered(T0 + HOUR - 1), OMS_CAUSE_ORDER_RATE);
    CHECK_EQ(trip.limit, 100);
    end();
    begin(&c);
    for (i = 0; i < 100; i++) CHECK_EQ(ordered(T0 + i), OMS_CAUSE_NONE);
    CHECK_EQ(ordered(T0 + HOUR), OMS_CAUSE_NONE);
    end();
    c.orders_per_window = 2;
    c.rate_window = 7;
    begin(&c);
    CHECK_EQ(ordered(T0), OMS_CAUSE_NONE);
    CHECK_EQ(ordered(T0 + 3), OMS_CAUSE_NONE);
    CHECK_EQ(ordered(T0 + 7), OMS_CAUSE_NONE);
    CHECK_EQ(ordered(T0 + 9), OMS_CAUSE_ORDER_RATE);
    end();
}

static void check_recovery(void) {
    oms_breaker_config_t c;
    uint64_t t = T0;
    oms_trip_t kept;
    begin(NULL);
    balance(t, 1000000);
    CHECK_EQ(balance(t, 900000), OMS_CAUSE_DAILY_LOSS);
    CHECK(!works(t + HOUR - 1));
    CHECK(works(t + HOUR));
    t += HOUR;
    /* What tripped counts from here; the session's figure goes on. */
    CHECK_EQ(balance(t, 900000), OMS_CAUSE_NONE);
    CHECK_EQ(status(t).state, OMS_BREAKER_CLOSED);
    CHECK_EQ(status(t).session_pnl, -100000);
    CHECK_EQ(status(t).session_auto_resets, 1);
    CHECK_EQ(status(t).reset_at, t);
    OK(oms_breaker_trip_get(breaker, 0, &kept));
    CHECK_EQ(kept.reset_at, t);
    CHECK_EQ(kept.by_hand, 0);
    CHECK_EQ(kept.latched, 0);
    /* Inside the cooldown a trip is latched. */
    CHECK_EQ(balance(t + 15 * MINUTE - 1, 854999), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(trip.latched, 1);
    CHECK_EQ(status(t + 15 * MINUTE).latched, 1);
    CHECK(!works(t + 10 * HOUR));
    CHECK(!works(t + 5 * DAY));
    OK(oms_breaker_reset(breaker, t + 16 * MINUTE));
    CHECK(works(t + 16 * MINUTE));
    CHECK_EQ(status(t + 16 * MINUTE).latched, 0);
    OK(oms_breaker_trip_get(breaker, 0, &kept));
    CHECK_EQ(kept.by_hand, 1);
    CHECK_ST(oms_breaker_reset(breaker, t + 17 * MINUTE), OMS_IGNORED);
    end();

    /* After the cooldown too: once a session is all, and this one is used up. */
    t = T0;
    begin(NULL);
    failed(t);
    failed(t);
    CHECK_EQ(failed(t), OMS_CAUSE_SYSTEM_ERROR);
    t += HOUR;
    CHECK_EQ(failed(t), OMS_CAUSE_NONE);
    CHECK_EQ(status(t).consecutive_errors, 1);
    t += 15 * MINUTE;
    CHECK_EQ(failed(t), OMS_CAUSE_NONE);
    CHECK_EQ(failed(t), OMS_CAUSE_SYSTEM_ERROR);
    CHECK_EQ(trip.latched, 1);
    CHECK(!works(t + HOUR));
    CHECK(!works(t + 11 * HOUR));
    CHECK_EQ(status(t).session_trips, 2);
    end();

    /* By hand: never by itself. */
    begin(NULL);
    CHECK_EQ(figures(T0, 0, 0, 1), OMS_CAUSE_MANUAL);
    CHECK(!works(T0 + HOUR));
    CHECK(!works(T0 + 400 * DAY));
    CHECK_EQ(traded(T0 + 400 * DAY, 1), OMS_CAUSE_NONE);
    CHECK(!works(T0 + 400 * DAY));
    OK(oms_breaker_reset(breaker, T0 + 400 * DAY));
    CHECK(works(T0 + 400 * DAY));
    end();

    defaults(&c);
    c.flags = OMS_BREAKER_FLAG_MANUAL_RESET;
    begin(&c);
    CHECK_EQ(figures(T0, -OMS_PCT(6), 0, 0), OMS_CAUSE_DAILY_LOSS);
    CHECK(!works(T0 + HOUR));
    CHECK(!works(T0 + 10 * DAY));
    end();
    defaults(&c);
    c.max_auto_resets = 0;
    begin(&c);
    CHECK_EQ(figures(T0, -OMS_PCT(6), 0, 0), OMS_CAUSE_DAILY_LOSS);
    CHECK(!works(T0 + HOUR));
    end();

    /* A reset by hand starts anew what tripped. */
    begin(NULL);
    balance(T0, 1000000);
    CHECK_EQ(balance(T0, 940000), OMS_CAUSE_DAILY_LOSS);
    OK(oms_breaker_reset(breaker, T0));
    CHECK_EQ(balance(T0, 893000), OMS_CAUSE_NONE);
    CHECK_EQ(balance(T0, 892999), OMS_CAUSE_DAILY_LOSS);
    end();
    /* A step back of the clock is no time passed. */
    begin(NULL);
    CHECK_EQ(figures(T0, -OMS_PCT(6), 0, 0), OMS_CAUSE_DAILY_LOSS);
    CHECK(!works(0));
    CHECK_EQ(traded(0, 1), OMS_CAUSE_NONE);
    CHECK(!works(T0 + HOUR - 1));
    CHECK(works(T0 + HOUR));
    end();
}

static void check_session(void) {
    oms_breaker_config_t c;
    uint64_t next = 101 * DAY;
    int i;
    begin(NULL);
    balance(T0, 1000000);
    for (i = 0; i < 4; i++) traded(T0, -10000);
    failed(T0);
    CHECK_EQ(status(T0).session_pnl, -40000);
    CHECK_EQ(balance(next - 1, 960000), OMS_CAUSE_NONE);
    CHECK_EQ(status(next - 1).consecutive_losses, 4);
    CHECK_EQ(balance(next, 960000), OMS_CAUSE_NONE);
    CHECK_EQ(status(next).consecutive_losses, 0);
    CHECK_EQ(status(next).session_pnl, 0);
    CHECK_EQ(status(next).session_equity, 960000);
    CHECK_EQ(status(next).peak, 1000000);
    CHECK_EQ(status(next).drawdown, OMS_PCT(4));
    /* 5 % of 960 000. */
    CHECK_EQ(balance(next, 912000), OMS_CAUSE_NONE);
    CHECK_EQ(balance(next, 911999), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(status(next).session_trips, 1);
    end();
    /* It never closes an open breaker by itself. */
    defaults(&c);
    c.flags = OMS_BREAKER_FLAG_MANUAL_RESET;
    begin(&c);
    balance(T0, 1000000);
    CHECK_EQ(balance(T0, 900000), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(status(T0).session_trips, 1);
    CHECK_EQ(balance(next, 900000), OMS_CAUSE_NONE);
    CHECK_EQ(status(next).state, OMS_BREAKER_OPEN);
    CHECK_EQ(status(next).session_trips, 0);
    CHECK_EQ(status(next).trips, 1);
    end();
    /* A trip just before midnight is not undone by midnight. */
    begin(NULL);
    balance(next - MINUTE, 1000000);
    CHECK_EQ(balance(next - MINUTE, 900000), OMS_CAUSE_DAILY_LOSS);
    balance(next, 900000);
    CHECK(!works(next));
    CHECK(!works(next - MINUTE + HOUR - 1));
    CHECK(works(next - MINUTE + HOUR));
    end();
    /* The day begins at the offset. */
    defaults(&c);
    c.session_offset = 8 * HOUR;
    begin(&c);
    balance(next, 1000);
    balance(next + 8 * HOUR - 1, 990);
    CHECK_EQ(status(next + 8 * HOUR - 1).session_pnl, -10);
    balance(next + 8 * HOUR, 990);
    CHECK_EQ(status(next + 8 * HOUR).session_pnl, 0);
    end();
}

/* A trip that is moved is recovered from by its new time; what is over is not moved. */
static void check_moved(void) {
    oms_trip_t kept;
    begin(NULL);
    CHECK_ST(oms_breaker_trip_move(breaker, T0, T0), OMS_IGNORED);
    CHECK_EQ(figures(T0, -OMS_PCT(6), 0, 0), OMS_CAUSE_DAILY_LOSS);
    CHECK_ST(oms_breaker_trip_move(breaker, T0, T0 + 1), OMS_E_RANGE);
    CHECK(works(T0 + HOUR));
    OK(oms_breaker_trip_move(breaker, T0 + 30 * MINUTE, T0 + 20 * MINUTE));
    OK(oms_breaker_trip_get(breaker, 0, &kept));
    CHECK_EQ(kept.at, T0 + 20 * MINUTE);
    CHECK_EQ(kept.cause, OMS_CAUSE_DAILY_LOSS);
    CHECK(!works(T0 + HOUR));
    CHECK(!works(T0 + HOUR + 20 * MINUTE - 1));
    CHECK(works(T0 + HOUR + 20 * MINUTE));
    OK(oms_breaker_trip_move(breaker, T0 + 30 * MINUTE, T0 - 30 * MINUTE));
    CHECK(works(T0 + 30 * MINUTE));
    CHECK_ST(oms_breaker_trip_move(breaker, T0 + 31 * MINUTE, T0), OMS_IGNORED);
    end();
}

static void check_history_and_figures(void) {
    oms_breaker_status_t s;
    oms_trip_t kept;
    uint64_t i;
    begin(NULL);
    CHECK_ST(oms_breaker_trip_get(breaker, 0, &kept), OMS_E_UNKNOWN);
    for (i = 1; i <= 40; i++) {
        CHECK_EQ(figures(T0 + i, 0, 0, 1), OMS_CAUSE_MANUAL);
        OK(oms_breaker_reset(breaker, T0 + i));
        CHECK_EQ(status(T0 + i).trips, i < 32 ? i : 32);
    }
    for (i = 0; i < 32; i++) {
        OK(oms_breaker_trip_get(breaker, (uint32_t)i, &kept));
        CHECK_EQ(kept.at, T0 + 40 - i);
        CHECK_EQ(kept.reset_at, T0 + 40 - i);
        CHECK_EQ(kept.by_hand, 1);
    }
    CHECK_ST(oms_breaker_trip_get(breaker, 32, &kept), OMS_E_UNKNOWN);
    CHECK_ST(oms_breaker_trip_get(breaker, UINT32_MAX, &kept), OMS_E_UNKNOWN);
    end();
    begin(NULL);
    s = status(T0);
    CHECK_EQ(s.equity, 0);
    CHECK_EQ(s.state, OMS_BREAKER_CLOSED);
    CHECK_EQ(s.operational, 1);
    CHECK_EQ(s.tripped_at, 0);
    traded(T0, 500);
    CHECK_EQ(status(T0).equity, 0);
    balance(T0, 3000);
    s = status(T0);
    CHECK_EQ(s.equity, 3000);
    CHECK_EQ(s.session_equity, 2500);
    CHECK_EQ(s.session_pnl, 500);
    CHECK_EQ(traded(T0, -100), OMS_CAUSE_NONE);
    s = status(T0);
    CHECK_EQ(s.equity, 2900);
    CHECK_EQ(s.peak, 3000);
    CHECK_EQ(s.drawdown, 33333334);
    CHECK_EQ(s.streak_loss, 100);
    balance(T0, 3100);
    s = status(T0);
    CHECK_EQ(s.drawdown, 0);
    CHECK_EQ(s.drawdown_max, 33333334);
    /* What does not fit changes nothing. */
    memset(&kept, 0xee, sizeof kept);
    CHECK_ST(oms_breaker_record_trade(breaker, T0 + 99, INT64_MAX, &kept), OMS_E_RANGE);
    CHECK_EQ(kept.cause, 0xee);
    CHECK_EQ(status(T0).equity, 3100);
    OK(oms_breaker_record_trade(breaker, T0, 0, NULL));
    OK(oms_breaker_record_order(breaker, T0, NULL));
    OK(oms_breaker_record_error(breaker, T0, NULL));
    OK(oms_breaker_update_balance(breaker, T0, 3100, OMS_OFF, NULL));
    OK(oms_breaker_check_and_trip(breaker, T0, 0, 0, 0, NULL));
    /* Extremes do no harm. */
    balance(UINT64_MAX, INT64_MIN);
    balance(UINT64_MAX, INT64_MAX);
    OK(oms_breaker_update_balance(breaker, UINT64_MAX, INT64_MIN, INT64_MAX, NULL));
    OK(oms_breaker_update_balance(breaker, UINT64_MAX, 0, INT64_MIN, NULL));
    status(UINT64_MAX);
    end();
}

/* A breaker that has lost and is half-open at T0 + HOUR. */
static void begin_half_open(uint32_t probes, uint32_t wins) {
    oms_breaker_config_t c;
    defaults(&c);
    CHECK_EQ(c.half_open_probes, 0);
    CHECK_EQ(c.probe_wins, 1);
    CHECK_EQ(c.probe_size, OMS_PCT(10));
    c.half_open_probes = probes;
    c.probe_wins = wins;
    c.max_auto_resets = 9;
    begin(&c);
    balance(T0, 1000000);
    CHECK_EQ(balance(T0, 900000), OMS_CAUSE_DAILY_LOSS);
    CHECK(!works(T0 + HOUR - 1));
    CHECK(works(T0 + HOUR));
    OK(oms_breaker_clear_errors(breaker, T0 + HOUR));
    CHECK_EQ(status(T0 + HOUR).state, OMS_BREAKER_HALF_OPEN);
    CHECK_EQ(status(T0 + HOUR).probes_left, probes);
    CHECK_EQ(status(T0 + HOUR).session_auto_resets, 1);
}

static void check_half_open(void) {
    const uint64_t t = T0 + HOUR;
    oms_trip_t kept;
    /* Two probes pass, no third one. */
    begin_half_open(2, 2);
    CHECK_EQ(ordered(t), OMS_CAUSE_NONE);
    CHECK(works(t));
    CHECK_EQ(ordered(t), OMS_CAUSE_NONE);
    CHECK(!works(t));
    CHECK_EQ(status(t).probes_open, 2);
    /* Both win: it closes, and the cooldown runs. */
    CHECK_EQ(traded(t, 5), OMS_CAUSE_NONE);
    CHECK_EQ(status(t).probe_wins, 1);
    OK(oms_breaker_trip_get(breaker, 0, &kept));
    CHECK_EQ(kept.reset_at, 0);
    CHECK_EQ(traded(t + 1, 5), OMS_CAUSE_NONE);
    CHECK_EQ(status(t + 1).state, OMS_BREAKER_CLOSED);
    CHECK_EQ(status(t + 1).reset_at, t + 1);
    OK(oms_breaker_trip_get(breaker, 0, &kept));
    CHECK_EQ(kept.reset_at, t + 1);
    CHECK_EQ(kept.by_hand, 0);
    CHECK(works(t + 1));
    CHECK_EQ(figures(t + 15 * MINUTE, -OMS_PCT(6), 0, 0), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(trip.latched, 1);
    end();
    /* A loss trips again, for the same cause; that is no trip within a cooldown. */
    begin_half_open(3, 1);
    ordered(t);
    CHECK_EQ(traded(t + 1, -7), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(trip.observed, 7);
    CHECK_EQ(trip.limit, 0);
    CHECK_EQ(trip.unit, OMS_UNIT_MONEY);
    CHECK_EQ(trip.latched, 0);
    CHECK_EQ(status(t + 1).state, OMS_BREAKER_OPEN);
    CHECK(!works(t + HOUR));
    CHECK(works(t + 1 + HOUR));
    end();
    /* All over without the wins. */
    begin_half_open(2, 1);
    ordered(t);
    ordered(t);
    CHECK_EQ(traded(t, 0), OMS_CAUSE_NONE);
    OK(oms_breaker_record_end(breaker, t, &trip));
    CHECK_EQ(trip.cause, OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(trip.limit, 1);
    CHECK_EQ(trip.observed, 0);
    CHECK_EQ(trip.unit, OMS_UNIT_COUNT);
    CHECK(!works(t));
    /* By hand it is closed at once. */
    OK(oms_breaker_reset(breaker, t));
    CHECK_EQ(status(t).state, OMS_BREAKER_CLOSED);
    end();
    begin_half_open(2, 1);
    OK(oms_breaker_reset(breaker, t));
    CHECK_EQ(status(t).state, OMS_BREAKER_CLOSED);
    CHECK_EQ(status(t).probes_left, 0);
    OK(oms_breaker_record_end(breaker, t, NULL));
    end();
    /* Limits bind it as ever. */
    begin_half_open(2, 1);
    CHECK_EQ(balance(t, 854999), OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(trip.observed, 50001112);
    end();
    begin_half_open(2, 1);
    failed(t);
    failed(t);
    CHECK_EQ(failed(t), OMS_CAUSE_SYSTEM_ERROR);
    end();
}

static void check_near(void) {
    oms_breaker_config_t c;
    uint64_t i;
    const uint32_t loss = 1u << OMS_CAUSE_DAILY_LOSS, rate = 1u << OMS_CAUSE_ORDER_RATE;
    defaults(&c);
    CHECK_EQ(c.warn_ratio, OMS_PCT(80));
    begin(NULL);
    balance(T0, 1000000);
    balance(T0, 960001);
    CHECK_EQ(status(T0).warned, 0);
    balance(T0, 960000);
    CHECK_EQ(status(T0).warned, loss);
    balance(T0, 880000 + 80000);
    CHECK_EQ(status(T0).warned, loss);
    balance(T0, 970000);
    CHECK_EQ(status(T0).warned, 0);
    for (i = 0; i < 7; i++) ordered(T0);
    CHECK_EQ(status(T0).warned, 0);
    ordered(T0);
    CHECK_EQ(status(T0).warned, rate);
    CHECK_EQ(status(T0 + MINUTE).warned, 0);
    for (i = 0; i < 3; i++) traded(T0, -1);
    CHECK_EQ(status(T0 + MINUTE).warned, 0);
    traded(T0, -1);
    CHECK_EQ(status(T0 + MINUTE).warned, 1u << OMS_CAUSE_CONSECUTIVE_LOSSES);
    end();
    c.warn_ratio = OMS_OFF;
    begin(&c);
    balance(T0, 1000000);
    balance(T0, 950000);
    CHECK_EQ(status(T0).warned, 0);
    end();
}

static void check_bad_configuration(void) {
    oms_breaker_config_t c;
    defaults(&c);
    c.probe_wins = 0;
    CHECK(oms_breaker_size(&c) > 0);
    c.half_open_probes = 1;
    CHECK_EQ(oms_breaker_size(&c), 0);
    c.probe_wins = 2;
    CHECK_EQ(oms_breaker_size(&c), 0);
    c.probe_wins = 1;
    CHECK(oms_breaker_size(&c) > 0);
    c.probe_size = 0;
    CHECK_EQ(oms_breaker_size(&c), 0);
    c.probe_size = OMS_PCT(100) + 1;
    CHECK_EQ(oms_breaker_size(&c), 0);
    c.probe_size = OMS_PCT(100);
    c.warn_ratio = 0;
    CHECK_EQ(oms_breaker_size(&c), 0);
    c.warn_ratio = OMS_PCT(100) + 1;
    CHECK_EQ(oms_breaker_size(&c), 0);
    c.warn_ratio = OMS_PCT(100);
    CHECK(oms_breaker_size(&c) > 0);
}

int main(void) {
    check_half_open();
    check_near();
    check_bad_configuration();
    check_defaults();
    check_daily_loss();
    check_drawdown();
    check_streaks();
    check_rate();
    check_recovery();
    check_session();
    check_moved();
    check_history_and_figures();
    return check_result();
}
