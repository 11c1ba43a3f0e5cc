/* Workloads through the C ABI, for tools/instructions to count: instructions GROUP N.
 *
 * Only what happens within a function named measured_* is counted. It holds calls of the library
 * and nothing else; the records are filled in and the answers looked at outside. Its own
 * instructions (passing arguments, collecting statuses) are included: some ten for each call.
 *
 * A group is one set-up; each of its rows is warmed up, counted, and written out as a dump whose
 * label says "ROW N OPERATIONS". */
#include <valgrind/callgrind.h>

#include "replay.h"

/* A compiler that inlined one of these would leave no function to count. */
#define MEASURED __attribute__((noinline)) static void

/* Slots beyond the live orders. The warm-up fills them up: a desk that has run for a while makes
 * room by evicting ended records, and that is to be counted. */
#define SPARE 256
#define WARM_UP 600
/* A multiple of what the workloads repeat: prices go up and down in 32 quotes. */
#define OPS 320
#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

static desk_t d;
static uint32_t n;
static int32_t failed;
static oms_ticks_t top; /* the best bid there was */

/* Static, as the place of a record on the stack may change what copying it costs. */
static oms_order_submit_t order;
static oms_venue_report_t ack, part, rest;
static oms_quote_t quote;
static oms_poll_t polling;
static oms_trigger_arm_t stop;
static oms_trigger_cancel_t disarm;
static oms_drain_t draining;
static oms_timer_t timer;
static oms_slippage_t slippage;
static oms_slippage_order_t taking;
static oms_fees_t fees;
static oms_ticks_t taken_at;
static oms_money_t fee;

/* ---- what is counted */

MEASURED measured_check(void) { failed |= oms_order_check(d.oms, &order, &d.verdict); }
MEASURED measured_submit(void) { failed |= oms_order_submit(d.oms, &order, &d.verdict, &d.id); }
MEASURED measured_quote(void) { failed |= oms_quote(d.oms, &quote); }
MEASURED measured_arm(void) { failed |= oms_trigger_arm(d.oms, &stop, &d.id); }
MEASURED measured_cancel(void) { failed |= oms_trigger_cancel(d.oms, &disarm); }
MEASURED measured_ack(void) { failed |= oms_venue_report(d.oms, &ack); }
MEASURED measured_part(void) { failed |= oms_venue_report(d.oms, &part); }
MEASURED measured_rest(void) { failed |= oms_venue_report(d.oms, &rest); }
MEASURED measured_timer(void) { failed |= oms_timer(d.oms, &timer); }
MEASURED measured_drain(void) { failed |= oms_drain(d.oms, &draining); }
MEASURED measured_poll(void) {
    failed |= oms_poll(d.oms, &polling, d.commands, d.events, &d.polled);
}
/* The price of an execution, and its fee. */
MEASURED measured_slippage(void) {
    failed |= oms_slippage_price(&slippage, &taking, &taken_at);
    failed |= oms_fee(&fees, taken_at * 10000, 1, OMS_LIQUIDITY_TAKER, 0, &fee);
}

/* The quote, and all the work it queued. */
MEASURED measured_storm(void) {
    int32_t status = oms_quote(d.oms, &quote);
    while (status == OMS_MORE) status = oms_drain(d.oms, &draining);
    failed |= status;
}

/* ---- rows */

static void write_row(const char *name, uint64_t operations) {
    char label[64];
    snprintf(label, sizeof label, "%s %u %llu", name, (unsigned)n, (unsigned long long)operations);
    CALLGRIND_DUMP_STATS_AT(label);
}

/* `operation` prepares, calls what is measured, and looks at what came out. */
static void row(const char *name, uint64_t warm_up, uint64_t operations,
                void (*operation)(uint64_t)) {
    for (uint64_t i = 0; i < warm_up; i++) operation(i);
    CALLGRIND_ZERO_STATS;
    for (uint64_t i = 0; i < operations; i++) operation(warm_up + i);
    if (failed != 0) fprintf(stderr, "%s: code %d\n", name, (int)failed);
    desk_need(failed == 0, "an operation failed");
    write_row(name, operations);
}

static void fill_in_records(void) {
    desk_order(&order);
    OMS_REQUEST_INIT(&ack, OMS_REQUEST_VENUE_REPORT);
    OMS_REQUEST_INIT(&part, OMS_REQUEST_VENUE_REPORT);
    OMS_REQUEST_INIT(&rest, OMS_REQUEST_VENUE_REPORT);
    OMS_REQUEST_INIT(&quote, OMS_REQUEST_QUOTE);
    OMS_REQUEST_INIT(&polling, OMS_REQUEST_POLL);
    OMS_REQUEST_INIT(&stop, OMS_REQUEST_TRIGGER_ARM);
    OMS_REQUEST_INIT(&disarm, OMS_REQUEST_TRIGGER_CANCEL);
    OMS_REQUEST_INIT(&draining, OMS_REQUEST_DRAIN);
    OMS_REQUEST_INIT(&timer, OMS_REQUEST_TIMER);
    ack.report = OMS_REPORT_ACK;
    part.report = rest.report = OMS_REPORT_FILL;
    part.qty = rest.qty = 1;
    part.price = rest.price = DESK_BID + 1;
    polling.max_commands = polling.max_events = 64;
    stop.kind = OMS_TRIGGER_STOP_LOSS;
    stop.action = OMS_ACTION_CLOSE;
    top = DESK_BID;
}

static void time_passes(void) {
    oms_nanos_t now = desk_tick(&d);
    order.header.now = ack.header.now = part.header.now = rest.header.now = now;
    quote.header.now = polling.header.now = stop.header.now = disarm.header.now = now;
    draining.header.now = timer.header.now = now;
}

static void quote_at(oms_ticks_t bid) {
    time_passes();
    quote.bid = bid;
    quote.ask = bid + DESK_SPREAD;
}

/* ---- gate: w1, w1few, w1full, w1s, w4, poll among n live orders */

static void check_once(uint64_t i) {
    (void)i;
    time_passes();
    order.client_id = ++d.number;
    measured_check();
    desk_accepted(&d);
}

static void submit_and_cancel(uint64_t i) {
    (void)i;
    time_passes();
    order.client_id = ++d.number;
    measured_submit();
    desk_accepted(&d);
    desk_cancel(&d, d.id);
    desk_poll(&d);
}

/* In and out: every other round closes the position. */
static void begin_round(uint64_t i) {
    time_passes();
    order.client_id = ++d.number;
    part.exec_id = ++d.number;
    rest.exec_id = ++d.number;
    order.side = i % 2 == 0 ? OMS_SIDE_BUY : OMS_SIDE_SELL;
}

static void one_round(uint64_t i) {
    begin_round(i);
    measured_submit();
    desk_accepted(&d);
    desk_poll(&d);
    ack.order = part.order = rest.order = d.id;
    measured_ack();
    measured_part();
    measured_rest();
    desk_poll(&d);
}

static void round_for_polls(uint64_t i) {
    begin_round(i);
    desk_ok(oms_order_submit(d.oms, &order, &d.verdict, &d.id), "submit");
    measured_poll();
    desk_need(d.polled.commands == 1, "no command");
    ack.order = part.order = rest.order = d.id;
    desk_ok(oms_venue_report(d.oms, &ack), "ack");
    desk_ok(oms_venue_report(d.oms, &part), "part");
    desk_ok(oms_venue_report(d.oms, &rest), "rest");
    measured_poll();
    desk_need(!d.polled.more_events && !d.polled.more_commands, "more");
}

static void few_limits(void) {
    oms_limits_set_t limits;
    oms_scope_limits_set_t scope;
    desk_limits(&limits);
    limits.notional_min = limits.reference_age_max = OMS_OFF;
    limits.open_orders_max = limits.open_qty_max = limits.positions_max = OMS_OFF;
    desk_set_limits(&d, &limits);
    desk_ok(oms_scope_limits_off(&scope), "scope limits");
    scope.header.now = desk_tick(&d);
    desk_ok(oms_scope_limits_set(d.oms, &scope), "scope limits");
}

static void group_gate(void) {
    oms_limits_set_t limits;
    oms_account_t account;
    desk_size_t size = {0, 0, 0, 0, 0, 0, DESK_RATES};
    size.orders = n + SPARE;
    size.positions = SPARE;
    desk_open(&d, &size);
    desk_live_orders(&d, n);
    row("w1", 64, OPS, check_once);
    /* An order each 0.92 seconds, for the last hour. */
    d.step = DESK_SECOND / 100 * 46;
    for (int i = 0; i < 4000; i++) submit_and_cancel(0);
    row("w1full", 64, OPS, check_once);
    d.step = DESK_SECOND;
    row("w1s", WARM_UP, OPS, submit_and_cancel);
    order.price = DESK_BID + 1;
    row("w4", WARM_UP, OPS, one_round);
    row("poll", 64, OPS, round_for_polls);
    order.side = OMS_SIDE_BUY;
    few_limits();
    row("w1few", 64, OPS, check_once);
    desk_limits(&limits);
    desk_set_limits(&d, &limits);
    desk_ok(oms_account_get(d.oms, &account), "account");
    desk_need(account.live_orders == n, "live orders");
    desk_operational(&d);
}

/* ---- denied: as many checks as can fail at once */

static void denied_once(uint64_t i) {
    (void)i;
    time_passes();
    measured_check();
    desk_need(d.verdict.denied == 1, "accepted");
}

static void group_denied(void) {
    static const uint64_t most =
        OMS_CHECK_BIT(OMS_CHECK_FIELDS) | OMS_CHECK_BIT(OMS_CHECK_SYMBOL) |
        OMS_CHECK_BIT(OMS_CHECK_TRADING_STATE) | OMS_CHECK_BIT(OMS_CHECK_BREAKER) |
        OMS_CHECK_BIT(OMS_CHECK_INCREMENT) | OMS_CHECK_BIT(OMS_CHECK_QTY) |
        OMS_CHECK_BIT(OMS_CHECK_NOTIONAL) | OMS_CHECK_BIT(OMS_CHECK_COLLAR) |
        OMS_CHECK_BIT(OMS_CHECK_REFERENCE_AGE) | OMS_CHECK_BIT(OMS_CHECK_POSITION) |
        OMS_CHECK_BIT(OMS_CHECK_OPEN_ORDERS) | OMS_CHECK_BIT(OMS_CHECK_POSITIONS) |
        OMS_CHECK_BIT(OMS_CHECK_RATE_MINUTE) | OMS_CHECK_BIT(OMS_CHECK_RATE_HOUR) |
        OMS_CHECK_BIT(OMS_CHECK_RATE_CUSTOM) | OMS_CHECK_BIT(OMS_CHECK_CLIENT_ID) |
        OMS_CHECK_BIT(OMS_CHECK_REDUCE_ONLY) | OMS_CHECK_BIT(OMS_CHECK_CAPACITY);
    oms_limits_set_t limits;
    oms_control_t control;
    desk_size_t size = {0, 0, 0, 0, 0, OMS_SYMBOL_HEDGED, DESK_ONE_ORDER};
    size.positions = 1;
    desk_open(&d, &size);
    /* The one order of the table and of every rate window. */
    desk_submit(&d, &order);
    OMS_REQUEST_INIT(&limits, OMS_REQUEST_LIMITS_SET);
    limits.qty_step = limits.price_step = 7;
    limits.flags = OMS_LIMIT_DISABLED;
    limits.collar_ticks = 1;
    limits.reference_age_max = 1;
    limits.types = limits.times_in_force = UINT32_MAX;
    limits.adv_ratio = OMS_OFF;
    /* Neither values nor earlier orders are counted: that is for the other checks. */
    limits.open_notional_max = limits.gross_max = limits.net_max = OMS_OFF;
    limits.margin_ratio = OMS_OFF;
    limits.rate_max = limits.repeat_max = limits.duplicate_max = OMS_OFF;
    limits.repeat_range = OMS_OFF;
    desk_set_limits(&d, &limits);
    OMS_REQUEST_INIT(&control, OMS_REQUEST_CONTROL);
    control.header.now = desk_tick(&d);
    control.action = OMS_CONTROL_TRADING_STATE;
    control.value = OMS_TRADING_KILLED;
    desk_ok(oms_control(d.oms, &control), "kill");
    control.action = OMS_CONTROL_BREAKER_TRIP;
    desk_ok(oms_control(d.oms, &control), "trip");
    order.client_id = 0;
    order.qty = 1000;
    order.price = DESK_BID + 5000;
    order.stop_price = 1;
    order.flags = OMS_ORDER_REDUCE_ONLY;
    row("w1d", 64, OPS, denied_once);
    if (d.verdict.mask != most)
        fprintf(stderr, "mask %llx, not %llx\n", (unsigned long long)d.verdict.mask,
                (unsigned long long)most);
    desk_need(d.verdict.mask == most, "another verdict");
}

#include "full.h"

/* ---- stops: w2, w2up, arm, cancel among n stops of positions that rest below the market */

static oms_ticks_t resting_level(uint32_t i) {
    return DESK_BID / 2 + desk_scatter(i, 400009);
}

static oms_id_t armed[OPS + WARM_UP];

static void arm_once(uint64_t i) {
    if (i % OMS_TRIGGERS_PER_POSITION == 0) stop.position = desk_position(&d);
    time_passes();
    stop.level = resting_level((uint32_t)i * 7 + 3);
    measured_arm();
    armed[i] = d.id;
    if (i % 64 == 63) desk_poll(&d);
}

static void cancel_once(uint64_t i) {
    time_passes();
    disarm.trigger = armed[i];
    measured_cancel();
    if (i % 64 == 63) desk_poll(&d);
}

/* Up sixteen ticks and down again, so that each is one from the last. */
static void quote_wave(uint64_t i) {
    quote_at(top - 16 + (oms_ticks_t)(i % 32 < 16 ? i % 32 : 32 - i % 32));
    measured_quote();
}

/* A tick up: with the positions it has, the equity is higher than ever. */
static void quote_higher(uint64_t i) {
    (void)i;
    quote_at(++top);
    measured_quote();
}

static void group_stops(void) {
    enum { WARM = 64 };
    desk_size_t size = {0, 0, 0, 0, 0, OMS_SYMBOL_HEDGED, DESK_NO_RATES};
    size.orders = n + OPS + WARM + SPARE;
    size.positions = (n + OPS + WARM) / OMS_TRIGGERS_PER_POSITION + SPARE;
    size.triggers = n + OPS + WARM;
    desk_open(&d, &size);
    top += 16;
    for (uint32_t i = 0; i < n; i++) {
        if (i % OMS_TRIGGERS_PER_POSITION == 0) stop.position = desk_position(&d);
        stop.header.now = desk_tick(&d);
        stop.level = resting_level(i);
        desk_ok(oms_trigger_arm(d.oms, &stop, NULL), "arm");
    }
    desk_poll(&d);
    row("w2", 64, OPS, quote_wave);
    row("w2up", 64, OPS, quote_higher);
    if (n != 1000) {
        row("arm", WARM, OPS, arm_once);
        row("cancel", WARM, OPS, cancel_once);
    }
    desk_need(desk_triggers(&d) == n, "stops");
    desk_operational(&d);
}

/* ---- trailing stops: n held sell orders; w3 walks below the best price, w3...up makes it, and
 * w3...flat too, without a position that gains by it */

typedef enum { ABSOLUTE = 1, RATIO = 2, BOTH = 3 } trail_t;

static void rest_trailing(trail_t trail, uint32_t i, oms_ticks_t offset) {
    bool ratio = trail == RATIO || (trail == BOTH && i % 2 == 0);
    order.trail_offset = ratio ? 0 : offset;
    order.trail_ratio = ratio ? (oms_ratio_t)offset * 1000 : 0;
    desk_submit(&d, &order);
}

/* A random walk that makes no new high and reaches no stop. */
static void quote_walk(uint64_t i) {
    static oms_ticks_t below = 500;
    static uint64_t state = 1;
    if (i == 0) below = 500;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    below += state >> 63 ? 1 : -1;
    if (below < 450 || below > 550) below = 500;
    quote_at(top - below);
    measured_quote();
}

/* The names of the rows. */
typedef struct { const char *walk, *high, *flat; } trail_rows_t;

static void go_out(oms_id_t position) {
    oms_position_exit_t out;
    OMS_REQUEST_INIT(&out, OMS_REQUEST_POSITION_EXIT);
    out.header.now = desk_tick(&d);
    out.position = position;
    out.price = top;
    desk_ok(oms_position_exit(d.oms, &out), "exit");
}

static void group_trail(trail_t trail, const trail_rows_t *rows) {
    oms_id_t position;
    desk_size_t size = {0, 0, 0, 0, 0, 0, DESK_NO_RATES};
    size.orders = n + SPARE;
    size.positions = 1;
    size.triggers = n;
    desk_open(&d, &size);
    position = desk_position(&d);
    order.side = OMS_SIDE_SELL;
    order.order_type = OMS_TYPE_TRAILING_STOP;
    order.price = 0;
    order.qty = 1;
    /* Ten groups: the price falls a little after each tenth. */
    for (uint32_t i = 0; i < n; i++) {
        if (i % (n / 10) == 0) desk_quote(&d, top - (oms_ticks_t)(i / (n / 10)));
        rest_trailing(trail, i, 2000 + desk_scatter(i, 200003));
        if (i % 64 == 0) desk_poll(&d);
    }
    desk_poll(&d);
    row(rows->walk, 64, OPS, quote_walk);
    row(rows->high, 4, OPS, quote_higher);
    go_out(position);
    row(rows->flat, 4, OPS, quote_higher);
    desk_need(desk_triggers(&d) == n, "stops");
    desk_operational(&d);
}

/* ---- fire: quotes that fire 1 000 of n stops each; per fired */

#define BAND 1000
#define BURSTS 4

static void burst(uint64_t i) {
    /* Bands of ten levels: the first is 100 ticks below the market. */
    quote_at(DESK_BID - 100 - 10 * (oms_ticks_t)i - 9);
    measured_storm();
    desk_poll(&d);
    desk_need(desk_triggers(&d) == n - BAND * (uint32_t)(i + 1), "another number fired");
}

static void storm_row(const char *name) {
    burst(0);
    CALLGRIND_ZERO_STATS;
    for (uint64_t i = 1; i <= BURSTS; i++) burst(i);
    desk_need(failed == 0, "an operation failed");
    write_row(name, BURSTS * BAND);
}

static void open_for_fires(desk_size_t *size) {
    size->orders = 2 * n + SPARE;
    size->triggers = n;
    size->events = 65536;
    desk_open(&d, size);
}

/* Held stop orders. */
static void group_fire(void) {
    desk_size_t size = {0, 1, 0, 0, 0, 0, DESK_NO_RATES};
    open_for_fires(&size);
    order.side = OMS_SIDE_SELL;
    order.order_type = OMS_TYPE_STOP;
    order.price = 0;
    order.qty = 1;
    for (uint32_t i = 0; i < n; i++) {
        order.stop_price = DESK_BID - 100 - desk_scatter(i, n) / (BAND / 10);
        desk_submit(&d, &order);
        if (i % 64 == 0) desk_poll(&d);
    }
    desk_poll(&d);
    storm_row("w6");
}

/* Stops of positions, one each, that send the orders which close them. */
static void group_fire_close(void) {
    desk_size_t size = {0, 0, 0, 0, 0, OMS_SYMBOL_HEDGED, DESK_NO_RATES};
    size.positions = n;
    open_for_fires(&size);
    for (uint32_t i = 0; i < n; i++) {
        stop.position = desk_position(&d);
        stop.header.now = desk_tick(&d);
        stop.level = DESK_BID - 100 - desk_scatter(i, n) / (BAND / 10);
        desk_ok(oms_trigger_arm(d.oms, &stop, NULL), "arm");
        if (i % 64 == 0) desk_poll(&d);
    }
    desk_poll(&d);
    /* A trigger is kept until its order has executed. */
    quote_at(DESK_BID - 109);
    measured_storm();
    desk_poll(&d);
    CALLGRIND_ZERO_STATS;
    for (uint64_t i = 1; i <= BURSTS; i++) {
        uint64_t before = d.polled.events_lost;
        quote_at(DESK_BID - 109 - 10 * (oms_ticks_t)i);
        measured_storm();
        desk_poll(&d);
        desk_need(d.polled.events_lost == before, "events were lost");
    }
    desk_need(failed == 0, "an operation failed");
    write_row("w6close", BURSTS * BAND);
}

/* Held trailing stops, absolute and by ratio. */
static void group_fire_trail(void) {
    desk_size_t size = {0, 1, 0, 0, 0, 0, DESK_NO_RATES};
    open_for_fires(&size);
    order.side = OMS_SIDE_SELL;
    order.order_type = OMS_TYPE_TRAILING_STOP;
    order.price = 0;
    order.qty = 1;
    for (uint32_t i = 0; i < n; i++) {
        rest_trailing(BOTH, i, 100 + desk_scatter(i, n) / (BAND / 10));
        if (i % 64 == 0) desk_poll(&d);
    }
    desk_poll(&d);
    storm_row("w6trail");
}

/* ---- worst: each call that may be the worst one is a row of its own; tools/instructions takes the
 * largest */

static void worst_call(const char *name, void (*measured)(void), int32_t want) {
    failed = 0;
    CALLGRIND_ZERO_STATS;
    measured();
    write_row(name, 1);
    desk_need(failed == want, "another code");
    failed = 0;
}

static void group_worst(void) {
    desk_size_t size = {0, 0, 0, 0, 0, OMS_SYMBOL_HEDGED, DESK_NO_RATES};
    oms_limits_set_t limits;
    oms_id_t first = 0;
    size.positions = n + SPARE;
    size.orders = 2 * n + SPARE;
    size.triggers = 2 * n;
    size.events = 65536;
    desk_open(&d, &size);
    /* Half of the stops belong to positions; half are held orders, and these trail. */
    for (uint32_t i = 0; i < n / 2; i++) {
        if (i % OMS_TRIGGERS_PER_POSITION == 0) stop.position = desk_position(&d);
        if (i == 0) first = stop.position;
        stop.header.now = desk_tick(&d);
        stop.level = resting_level(i);
        stop.qty = 1;
        desk_ok(oms_trigger_arm(d.oms, &stop, NULL), "arm");
        if (i % 64 == 0) desk_poll(&d);
    }
    order.side = OMS_SIDE_SELL;
    order.order_type = OMS_TYPE_TRAILING_STOP;
    order.price = 0;
    order.qty = 1;
    order.timeout_at = d.now + 100 * DESK_DAY; /* for the timer below */
    for (uint32_t i = 0; i < n / 2; i++) {
        if (i % (n / 20) == 0) desk_quote(&d, top - (oms_ticks_t)(i / (n / 20)));
        rest_trailing(BOTH, i, 2000 + desk_scatter(i, 200003));
        if (i % 64 == 0) desk_poll(&d);
    }
    desk_poll(&d);
    /* Groups meet, then everything rides. */
    for (int i = 0; i < 4; i++) {
        quote_at(top - 8 + 4 * (oms_ticks_t)i);
        worst_call("worsthigh", measured_quote, 0);
    }
    /* A full collapse: every stop is reached by one quote, and worked off in turns; the gate lets
     * the closes through, then refuses them. */
    quote_at(2);
    worst_call("worstfire", measured_quote, OMS_MORE);
    for (int i = 0; i < 8; i++) worst_call("worstfire", measured_drain, OMS_MORE);
    worst_call("worstpoll", measured_poll, 0);
    desk_limits(&limits);
    limits.flags = OMS_LIMIT_DISABLED;
    desk_set_limits(&d, &limits);
    for (int i = 0; i < 4; i++) {
        time_passes();
        worst_call("worstfire", measured_drain, OMS_MORE);
    }
    /* Refused closes, orders whose time is over, and queued work in one call. */
    d.now += 100 * DESK_DAY;
    desk_limits(&limits);
    desk_set_limits(&d, &limits);
    for (int i = 0; i < 4; i++) {
        time_passes();
        worst_call("worsttimer", measured_timer, OMS_MORE);
    }
    /* A position with all its triggers is closed by an execution from nowhere. */
    time_passes();
    rest.order = 0;
    rest.client_id = UINT64_C(1) << 40;
    rest.exec_id = ++d.number;
    rest.position = first;
    rest.side = OMS_SIDE_SELL;
    worst_call("worstfill", measured_rest, 0);
    /* A kill: every live order gets a cancel. */
    desk_ok(oms_kill(d.oms), "kill");
    for (int i = 0; i < 24; i++) {
        time_passes();
        worst_call("worstpoll", measured_poll, 0);
    }
}

/* ---- slippage: w8 */

/* One execution of REALISTIC, quoted, of a side in turn, 1 % of the volume. */
static void take_once(uint64_t i) {
    taking.number = i;
    taking.side = i % 2 ? OMS_SIDE_SELL : OMS_SIDE_BUY;
    measured_slippage();
    desk_need(i % 2 ? taken_at <= DESK_BID : taken_at >= taking.ask, "better than the market");
    desk_need(fee == taken_at * 10, "another fee");
}

static void group_slippage(void) {
    failed |= oms_slippage_init(OMS_SLIPPAGE_REALISTIC, &slippage);
    failed |= oms_fees_init(OMS_FEES_STANDARD, &fees);
    taking.flags = OMS_SLIPPAGE_FLAG_QUOTED;
    taking.bid = DESK_BID;
    taking.ask = DESK_BID + DESK_SPREAD;
    taking.size = 10000000;
    taking.volume = 1000000000;
    row("w8", WARM_UP, OPS, take_once);
}

/* ---- replay: a day of quotes while 100 stops rest, LIVE and BACKTEST */

static replay_quote_t shown;
static uint64_t draws;

static void replay_once(uint64_t i) {
    shown = replay_generated(&draws, &shown);
    quote.header.now = d.now = shown.at;
    quote.bid = shown.bid;
    quote.ask = shown.ask;
    measured_storm();
    /* What has fired leaves, in LIVE; events are taken. */
    if (i % 256 == 0) desk_poll(&d);
}

static void replay_rows(const char *name, uint32_t mode) {
    oms_account_t account;
    shown = replay_first();
    draws = 7;
    replay_open(&d, mode, &shown);
    row(name, 0, REPLAY_QUOTES, replay_once);
    desk_ok(oms_account_get(d.oms, &account), "account");
    desk_need(mode == OMS_MODE_LIVE || account.closed > 0, "no stop has fired");
    desk_operational(&d);
}

static void group_replay(void) {
    desk_need(n == REPLAY_STOPS, "the group replay has 100 stops: give it 100");
    replay_rows("replay", OMS_MODE_LIVE);
    desk_close(&d);
    replay_rows("replaysim", OMS_MODE_BACKTEST);
}

static const trail_rows_t absolute = {"w3abs", "w3absup", "w3absflat"};
static const trail_rows_t ratio = {"w3ratio", "w3ratioup", "w3ratioflat"};
static const trail_rows_t both = {"w3both", "w3bothup", "w3bothflat"};

int main(int argc, char **argv) {
    const char *group = argc == 3 ? argv[1] : "";
    n = argc == 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    fill_in_records();
    if (strcmp(group, "gate") == 0) group_gate();
    else if (strcmp(group, "denied") == 0) group_denied();
    else if (strcmp(group, "full") == 0) group_full();
    else if (strcmp(group, "slippage") == 0) group_slippage();
    else if (strcmp(group, "replay") == 0) group_replay();
    else if (strcmp(group, "stops") == 0) group_stops();
    else if (strcmp(group, "absolute") == 0) group_trail(ABSOLUTE, &absolute);
    else if (strcmp(group, "ratio") == 0) group_trail(RATIO, &ratio);
    else if (strcmp(group, "both") == 0) group_trail(BOTH, &both);
    else if (strcmp(group, "fire") == 0) group_fire();
    else if (strcmp(group, "fireclose") == 0) group_fire_close();
    else if (strcmp(group, "firetrail") == 0) group_fire_trail();
    else if (strcmp(group, "worst") == 0) group_worst();
    else {
        fprintf(stderr, "usage: instructions GROUP N\n");
        return 2;
    }
    desk_close(&d);
    return 0;
}
