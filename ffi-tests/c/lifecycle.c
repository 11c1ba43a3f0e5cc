/* The story of an account, told twice: once in static memory and once beside it. Numbers by hand:
 * tick 0.01, lot 0.001, money 10^-6, so one tick-lot is 10 money units. */
#include "common.h"

#define SMALL OMS_STORAGE_BYTES(64, 2, 16, 16, 256, 64, 128)
OMS_STATIC_MEMORY(memory, SMALL);

static engine_t other;
static oms_t *oms;
static uint64_t now;
static oms_command_t commands[64];
static oms_event_t events[1024];
static uint32_t event_count;
static uint64_t next_command = 1;

/* After every step: the aggregates agree, and so does the engine that was told the same. */
#define STEP() CHECK(audited(oms) && audited(other.oms) && digest_of(oms) == digest_of(other.oms))
/* Says it to both engines. */
#define BOTH(call, want)              \
    do {                              \
        oms_t *first = oms;           \
        CHECK_ST(call, want);         \
        oms = other.oms;              \
        CHECK_ST(call, want);         \
        oms = first;                  \
        STEP();                       \
    } while (0)

static void storage(void) {
    static const uint32_t sets[][7] = {
        {1, 1, 1, 0, 16, 1, 100},         {64, 2, 16, 16, 256, 64, 128},
        {1024, 16, 256, 256, 1024, 1024, 128}, {32, 4, 16, 16, 16, 16, 100},
        {100000, 500, 20000, 50000, 65536, 65536, 1000}, {3, 3, 3, 3, 17, 3, 101},
        {16777215, 65535, 16777215, 16777215, 16777215, 16777215, 16777215},
    };
    size_t i;
    for (i = 0; i < COUNT(sets); i++) {
        const uint32_t *s = sets[i];
        oms_config_t config;
        size_t size;
        OK(oms_config_init(&config, sizeof config));
        config.starting_balance = 1;
        config.capacity.orders = s[0];
        config.capacity.symbols = s[1];
        config.capacity.positions = s[2];
        config.capacity.triggers = s[3];
        config.capacity.events = s[4];
        config.capacity.executions = s[5];
        config.capacity.rate = s[6];
        config.capacity.scopes = 1;
        config.capacity.books = 0;
        size = oms_size(&config);
        CHECK(size > 0 && size % OMS_ALIGN == 0);
        CHECK(OMS_STORAGE_BYTES(s[0], s[1], s[2], s[3], s[4], s[5], s[6]) >= size);
        config.capacity.scopes = 100;
        config.capacity.books = 50;
        size = oms_size(&config);
        CHECK(OMS_STORAGE_BYTES(s[0], s[1], s[2], s[3], s[4], s[5], s[6]) +
                  OMS_SCOPES_BYTES(99, 50, s[6]) >=
              size);
        config.flags = OMS_CONFIG_MEASURE;
        size = oms_size(&config);
        CHECK(OMS_STORAGE_BYTES(s[0], s[1], s[2], s[3], s[4], s[5], s[6]) +
                  OMS_SCOPES_BYTES(99, 50, s[6]) + OMS_MEASURE_BYTES(s[0], s[1]) >=
              size);
    }
}

static oms_polled_t take(void) {
    oms_event_t unused[64];
    oms_command_t same[64];
    oms_polled_t polled, twin;
    uint32_t i;
    polled = poll(oms, now, commands, 64, events + event_count, 64);
    twin = poll(other.oms, now, same, 64, unused, 64);
    CHECK(memcmp(&polled, &twin, sizeof polled) == 0);
    CHECK(memcmp(commands, same, polled.commands * sizeof *same) == 0);
    CHECK(memcmp(events + event_count, unused, polled.events * sizeof *unused) == 0);
    CHECK_EQ(polled.events_lost, 0);
    CHECK_EQ(polled.more_commands, 0);
    CHECK_EQ(polled.more_events, 0);
    for (i = 0; i < polled.commands; i++) CHECK_EQ(commands[i].sequence, next_command++);
    for (i = 0; i < polled.events; i++) CHECK_EQ(events[event_count + i].sequence, event_count + i);
    event_count += polled.events;
    STEP();
    return polled;
}

static oms_id_t order(uint64_t client_id, oms_side_t side, oms_lots_t qty, oms_ticks_t price,
                      uint64_t tag) {
    oms_order_submit_t request;
    oms_verdict_t verdict;
    oms_id_t id;
    order_record(&request, now, client_id, side, qty, price);
    request.tag = tag;
    id = submit_verdict(oms, &request, &verdict);
    CHECK_EQ(submit_verdict(other.oms, &request, &verdict), id);
    CHECK_EQ(verdict.mask, 0);
    CHECK_EQ(verdict.first, OMS_CHECK_NONE);
    STEP();
    return id;
}

static oms_position_t net(void) {
    oms_position_t position;
    memset(&position, 0, sizeof position);
    OK(oms_position_net(oms, 0, &position));
    return position;
}

/* The last event of this kind, or an empty one. */
static oms_event_t last_event(oms_event_kind_t kind) {
    oms_event_t none;
    uint32_t i;
    memset(&none, 0, sizeof none);
    for (i = event_count; i-- > 0;)
        if (events[i].kind == kind) return events[i];
    CHECK(!"the event is there");
    return none;
}

/* Place of the next event of this kind and code from `from` on. */
static uint32_t find_event(uint32_t from, oms_event_kind_t kind, uint32_t code) {
    for (; from < event_count; from++)
        if (events[from].kind == kind && events[from].code == code) return from;
    check_about(oms_event_name(kind));
    CHECK(!"the event is there");
    check_about(NULL);
    return from;
}

static void set_up(void) {
    oms_config_t config;
    oms_config_field_t field = 99;
    oms_symbol_define_t symbol;
    oms_limits_set_t limits;
    oms_scope_limits_set_t root;
    uint32_t number = 9;
    OK(oms_config_init(&config, sizeof config));
    config.capacity.orders = 64;
    config.capacity.scopes = 1;
    config.capacity.books = 0;
    config.capacity.symbols = 2;
    config.capacity.positions = 16;
    config.capacity.triggers = 16;
    config.capacity.events = 256;
    config.capacity.executions = 64;
    /* The ratio limits are on and there is no balance yet. */
    CHECK_ST(oms_config_check(&config, &field), OMS_E_CONFIG);
    CHECK_EQ(field, OMS_FIELD_STARTING_BALANCE);
    CHECK_EQ(oms_size(&config), 0);
    config.starting_balance = INT64_C(1000000000);
    OK(oms_config_check(&config, &field));
    CHECK_EQ(field, OMS_FIELD_NONE);
    OK(oms_init(memory, sizeof memory, &config, &oms));
    CHECK((void *)oms == (void *)memory);
    engine_make(&other, &config);
    STEP();

    now = DAY;
    symbol_record(&symbol, "BTC-EUR");
    symbol.header.now = now;
    BOTH(oms_symbol_define(oms, &symbol, &number), OMS_OK);
    CHECK_EQ(number, 0);
    limits_off(&limits, 0);
    limits.header.now = now;
    limits.long_max = limits.short_max = 5000;
    limits.qty_max = 4000;
    BOTH(oms_limits_set(oms, &limits), OMS_OK);
    OK(oms_scope_limits_off(&root));
    root.header.now = now;
    BOTH(oms_scope_limits_set(oms, &root), OMS_OK);
    BOTH(quote(oms, now, 0, 5000000, 5000010), OMS_OK);
}

static void buys_and_is_stopped(void) {
    oms_id_t buy, position, stop, close;
    oms_position_t p;
    oms_trigger_t trigger;
    oms_order_t o;
    oms_polled_t polled;
    buy = order(1, OMS_SIDE_BUY, 2000, 5000000, 77);
    CHECK_EQ(order_of(oms, buy).status, OMS_STATUS_PENDING);
    CHECK_EQ(order_of(oms, buy).fix_status, OMS_FIX_PENDING_NEW);
    polled = take();
    CHECK_EQ(polled.commands, 1);
    CHECK_EQ(commands[0].kind, OMS_COMMAND_NEW);
    CHECK_EQ(commands[0].order, buy);
    CHECK_EQ(commands[0].client_id, 1);
    CHECK_EQ(commands[0].qty, 2000);
    CHECK_EQ(commands[0].price, 5000000);
    CHECK_EQ(commands[0].side, OMS_SIDE_BUY);
    CHECK_EQ(commands[0].tag, 77);
    CHECK_EQ(order_of(oms, buy).status, OMS_STATUS_SUBMITTED);
    BOTH(report(oms, now, buy, OMS_REPORT_ACK), OMS_OK);
    BOTH(report(oms, now, buy, OMS_REPORT_ACK), OMS_IGNORED);
    BOTH(fill(oms, now, buy, 501, 500, 4999990, 1000000), OMS_OK);
    o = order_of(oms, buy);
    CHECK_EQ(o.status, OMS_STATUS_PARTIALLY_FILLED);
    CHECK_EQ(o.cum_qty, 500);
    CHECK_EQ(o.leaves, 1500);
    BOTH(fill(oms, now, buy, 502, 700, 5000000, 0), OMS_OK);
    BOTH(fill(oms, now, buy, 502, 700, 5000000, 0), OMS_IGNORED);
    BOTH(fill(oms, now, buy, 502, 701, 5000000, 0), OMS_E_CONFLICT);
    BOTH(fill(oms, now, buy, 503, 800, 5000000, 0), OMS_OK);
    o = order_of(oms, buy);
    CHECK_EQ(o.status, OMS_STATUS_FILLED);
    CHECK_EQ(o.leaves, 0);
    CHECK_EQ(o.notional.hi, 0);
    CHECK_EQ(o.notional.lo, INT64_C(9999995000));
    CHECK_EQ(o.avg_price, 4999997);
    CHECK_EQ(o.avg_price_frac, 500000000);
    CHECK_EQ(o.commission, 1000000);

    p = net();
    position = p.position;
    CHECK_EQ(p.side, OMS_POSITION_LONG);
    CHECK_EQ(p.qty, 2000);
    CHECK_EQ(p.net, 1);
    CHECK_EQ(p.tag, 77);
    CHECK_EQ(p.opened_by, buy);
    CHECK_EQ(p.entry_price, 4999997);
    CHECK_EQ(p.entry_price_frac, 500000000);
    CHECK_EQ(p.cost.lo, INT64_C(9999995000));
    CHECK_EQ(p.commission, 1000000);
    OK(oms_position_find(oms, 77, &p));
    CHECK_EQ(p.position, position);
    /* 2000 * 5 000 100 - 9 999 995 000 = 205 000 tick-lots. */
    BOTH(quote(oms, now, 0, 5000100, 5000110), OMS_OK);
    CHECK_EQ(net().unrealised_exact.lo, 205000);
    CHECK_EQ(net().unrealised, 2050000);
    CHECK_EQ(account_of(oms).unrealised, 2050000);
    CHECK_EQ(account_of(oms).equity, 1000000000 + 2050000 - 1000000);
    CHECK_EQ(account_of(oms).peak_equity, 1001050000);
    take();

    stop = arm(oms, now, position, OMS_TRIGGER_STOP_LOSS, OMS_ACTION_CLOSE, 4999000, 0);
    CHECK_EQ(arm(other.oms, now, position, OMS_TRIGGER_STOP_LOSS, OMS_ACTION_CLOSE, 4999000, 0),
             stop);
    STEP();
    BOTH(quote(oms, now, 0, 4999001, 4999010), OMS_OK);
    OK(oms_trigger_get(oms, stop, &trigger));
    CHECK_EQ(trigger.state, OMS_TRIGGER_STATE_ARMED);
    CHECK_EQ(take().commands, 0);
    now += MINUTE;
    BOTH(quote(oms, now, 0, 4998990, 4999000), OMS_OK);
    OK(oms_trigger_get(oms, stop, &trigger));
    CHECK_EQ(trigger.state, OMS_TRIGGER_STATE_FIRED);
    CHECK_EQ(trigger.fired_at, now);
    CHECK_EQ(trigger.left, 2000);
    polled = take();
    CHECK_EQ(polled.commands, 1);
    close = commands[0].order;
    CHECK_EQ(commands[0].kind, OMS_COMMAND_NEW);
    CHECK_EQ(commands[0].side, OMS_SIDE_SELL);
    CHECK_EQ(commands[0].order_type, OMS_TYPE_MARKET);
    CHECK_EQ(commands[0].qty, 2000);
    CHECK_EQ(commands[0].price, 0);
    CHECK_EQ(commands[0].flags, OMS_ORDER_REDUCE_ONLY);
    CHECK_EQ(commands[0].position, position);
    CHECK_EQ(commands[0].client_id >> 63, 1);
    CHECK_EQ(trigger.order, close);
    CHECK_EQ(net().closing, 2000);
    BOTH(report(oms, now, close, OMS_REPORT_ACK), OMS_OK);
    BOTH(fill(oms, now, close, 504, 1999, 4998980, 0), OMS_OK);
    BOTH(fill(oms, now, close, 505, 1, 4998980, 0), OMS_OK);
    CHECK_ST(oms_position_net(oms, 0, &p), OMS_E_UNKNOWN);
    OK(oms_position_get(oms, position, &p));
    CHECK_EQ(p.qty, 0);
    CHECK_EQ(p.exit, OMS_EXIT_STOP_LOSS);
    CHECK_EQ(p.exit_price, 4998980);
    CHECK_EQ(p.closed_at, now);
    CHECK_EQ(p.realised_exact.hi, -1);
    CHECK_EQ(p.realised_exact.lo, -2035000);
    CHECK_EQ(p.realised, -20350000);
    CHECK_EQ(p.unrealised, 0);
    CHECK_ST(oms_trigger_get(oms, stop, &trigger), OMS_E_STALE);
    take();
    CHECK_EQ(last_event(OMS_EVENT_POSITION_CLOSED).value, -21350000);
    CHECK_EQ(last_event(OMS_EVENT_POSITION_CLOSED).code, OMS_EXIT_STOP_LOSS);
    CHECK_EQ(last_event(OMS_EVENT_TRIGGER_FIRED).limit, 4999000);
    CHECK_EQ(last_event(OMS_EVENT_TRIGGER_FIRED).code, OMS_TRIGGER_STOP_LOSS);
    CHECK_EQ(account_of(oms).losses, 1);
    CHECK_EQ(account_of(oms).equity, 978650000);
}

static void events_in_order(void) {
    uint32_t i = find_event(0, OMS_EVENT_ORDER_STATUS, OMS_STATUS_SUBMITTED), fired;
    i = find_event(i, OMS_EVENT_ORDER_STATUS, OMS_STATUS_OPEN);
    i = find_event(i, OMS_EVENT_ORDER_STATUS, OMS_STATUS_PARTIALLY_FILLED);
    find_event(i, OMS_EVENT_POSITION_OPENED, OMS_POSITION_LONG);
    i = find_event(i, OMS_EVENT_POSITION_CHANGED, OMS_POSITION_LONG);
    i = find_event(i, OMS_EVENT_ORDER_STATUS, OMS_STATUS_FILLED);
    fired = find_event(i, OMS_EVENT_TRIGGER_FIRED, OMS_TRIGGER_STOP_LOSS);
    i = find_event(fired, OMS_EVENT_ORDER_STATUS, OMS_STATUS_SUBMITTED);
    i = find_event(i, OMS_EVENT_ORDER_STATUS, OMS_STATUS_FILLED);
    i = find_event(i, OMS_EVENT_POSITION_CLOSED, OMS_EXIT_STOP_LOSS);
    find_event(fired, OMS_EVENT_TRIGGER_ENDED, OMS_TRIGGER_STOP_LOSS);
}

/* The log of an order is what was told of it, in pieces of two events. */
static void logs_of_orders(void) {
    oms_event_t room[2];
    oms_order_log_t log;
    uint64_t client;
    for (client = 1; client < 3; client++) {
        uint32_t i = 0, k, told = 0;
        uint64_t from = 0;
        oms_order_t o;
        oms_status_t known = oms_order_get(oms, 0, client, &o);
        do {
            OK(oms_order_log(oms, 0, client, from, room, 2, &log));
            CHECK_EQ(log.overwritten, 0);
            CHECK_EQ(log.oldest, 0);
            for (k = 0; k < log.count; k++, told++) {
                while (i < event_count && events[i].order != o.order) i++;
                CHECK(i < event_count && memcmp(&events[i], &room[k], sizeof *room) == 0);
                i++;
            }
            from = log.next;
        } while (log.more == 1);
        CHECK_EQ(log.next, event_count);
        CHECK_EQ(told > 0, known == OMS_OK);
    }
    CHECK_ST(oms_order_log(oms, 0, 0, 0, room, 2, &log), OMS_E_UNKNOWN);
    CHECK_ST(oms_order_log(oms, 1, 0, 0, room, 2, &log), OMS_E_UNKNOWN);
    CHECK_ST(oms_order_log(oms, (oms_id_t)1 << 63, 0, 0, room, 2, &log), OMS_E_FOREIGN);
    OK(oms_order_log(oms, 0, 1, 0, NULL, 0, &log));
    CHECK_EQ(log.count, 0);
    CHECK_EQ(log.more, 1);
}

static void takes_profit(void) {
    oms_id_t position, close;
    oms_position_t p;
    oms_id_t buy;
    now += MINUTE;
    BOTH(quote(oms, now, 0, 5000000, 5000010), OMS_OK);
    buy = order(2, OMS_SIDE_BUY, 1000, 5000000, 78);
    take();
    BOTH(fill(oms, now, buy, 600, 1000, 5000000, 0), OMS_OK);
    BOTH(report(oms, now, buy, OMS_REPORT_ACK), OMS_IGNORED);
    position = net().position;
    CHECK(arm(oms, now, position, OMS_TRIGGER_TAKE_PROFIT, OMS_ACTION_CLOSE, 5001000, 0) ==
          arm(other.oms, now, position, OMS_TRIGGER_TAKE_PROFIT, OMS_ACTION_CLOSE, 5001000, 0));
    BOTH(quote(oms, now, 0, 5000999, 5001010), OMS_OK);
    CHECK_EQ(take().commands, 0);
    BOTH(quote(oms, now, 0, 5001000, 5001010), OMS_OK);
    CHECK_EQ(take().commands, 1);
    close = commands[0].order;
    BOTH(fill(oms, now, close, 601, 1000, 5001000, 0), OMS_OK);
    OK(oms_position_get(oms, position, &p));
    CHECK_EQ(p.exit, OMS_EXIT_TAKE_PROFIT);
    CHECK_EQ(p.realised, 10000000);
    CHECK_EQ(account_of(oms).wins, 1);
    take();
}

static void closes_a_short_by_hand(void) {
    oms_position_close_t request;
    oms_verdict_t verdict;
    oms_id_t sell, position, close = 0;
    oms_position_t p;
    now += MINUTE;
    sell = order(3, OMS_SIDE_SELL, 300, 5000000, 79);
    take();
    BOTH(fill(oms, now, sell, 700, 300, 5000000, 0), OMS_OK);
    p = net();
    position = p.position;
    CHECK_EQ(p.side, OMS_POSITION_SHORT);
    OMS_REQUEST_INIT(&request, OMS_REQUEST_POSITION_CLOSE);
    request.header.now = now;
    request.position = position;
    request.tag = 1234;
    BOTH(oms_position_close(oms, &request, &verdict, &close), OMS_OK);
    CHECK_EQ(verdict.denied, 0);
    CHECK(close != 0);
    BOTH(oms_position_close(oms, &request, &verdict, &close), OMS_E_PENDING);
    CHECK_EQ(take().commands, 1);
    CHECK_EQ(commands[0].order, close);
    CHECK_EQ(commands[0].side, OMS_SIDE_BUY);
    CHECK_EQ(commands[0].tag, 1234);
    BOTH(fill(oms, now, close, 701, 300, 4999000, 0), OMS_OK);
    BOTH(oms_position_close(oms, &request, &verdict, &close), OMS_E_TERMINAL);
    OK(oms_position_get(oms, position, &p));
    CHECK_EQ(p.exit, OMS_EXIT_MANUAL);
    CHECK_EQ(p.realised, 3000000);
    take();
}

static void breaker_trips_on_a_quote(void) {
    oms_breaker_status_t risk;
    oms_order_submit_t request;
    oms_verdict_t verdict;
    oms_account_t account;
    oms_trip_t trip;
    oms_id_t buy;
    now += MINUTE;
    CHECK_EQ(account_of(oms).equity, 991650000);
    CHECK_EQ(account_of(oms).realised, -7350000);
    CHECK_EQ(account_of(oms).session_pnl, -8350000);
    CHECK_EQ(account_of(oms).closed, 3);
    CHECK_EQ(account_of(oms).commission, 1000000);
    BOTH(quote(oms, now, 0, 5000000, 5000010), OMS_OK);
    buy = order(4, OMS_SIDE_BUY, 1000, 5000000, 80);
    take();
    BOTH(fill(oms, now, buy, 800, 1000, 5000000, 0), OMS_OK);
    /* 41 650 000 are left of 5 % of 10^9: 4165 ticks. */
    BOTH(quote(oms, now, 0, 4995835, 4995840), OMS_OK);
    account = account_of(oms);
    CHECK_EQ(account.session_pnl, -50000000);
    CHECK_EQ(account.unrealised, -41650000);
    OK(oms_risk_get(oms, 0, &risk));
    CHECK_EQ(risk.state, OMS_BREAKER_CLOSED);
    BOTH(quote(oms, now, 0, 4995834, 4995840), OMS_OK);
    OK(oms_risk_get(oms, 0, &risk));
    CHECK_EQ(risk.state, OMS_BREAKER_OPEN);
    CHECK_EQ(risk.cause, OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(risk.operational, 0);
    CHECK_EQ(risk.tripped_at, now);
    OK(oms_trip_get(oms, 0, 0, &trip));
    CHECK_EQ(trip.limit, OMS_PCT(5));
    CHECK_EQ(trip.observed, 50010000);
    CHECK_EQ(trip.unit, OMS_UNIT_RATIO);
    CHECK_ST(oms_trip_get(oms, 0, 1, &trip), OMS_E_UNKNOWN);
    order_record(&request, now, 5, OMS_SIDE_BUY, 1, 4990000);
    BOTH(oms_order_submit(oms, &request, &verdict, NULL), OMS_OK);
    CHECK_EQ(verdict.mask, BIT(BREAKER));
    CHECK_EQ(verdict.first, OMS_CHECK_BREAKER);
    CHECK_EQ(verdict.observed, OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(verdict.unit, OMS_UNIT_COUNT);
    take();
    CHECK_EQ(last_event(OMS_EVENT_BREAKER_TRIPPED).code, OMS_CAUSE_DAILY_LOSS);
    CHECK_EQ(last_event(OMS_EVENT_ORDER_DENIED).mask, BIT(BREAKER));
    CHECK_EQ(last_event(OMS_EVENT_ORDER_DENIED).client_id, 5);
    BOTH(control(oms, now, OMS_CONTROL_BREAKER_RESET, 42), OMS_OK);
    OK(oms_risk_get(oms, 0, &risk));
    CHECK_EQ(risk.state, OMS_BREAKER_CLOSED);
    /* It counts from here: the same figure does not trip again. */
    BOTH(quote(oms, now, 0, 4995833, 4995840), OMS_OK);
    OK(oms_risk_get(oms, 0, &risk));
    CHECK_EQ(risk.state, OMS_BREAKER_CLOSED);
    CHECK_EQ(risk.session_pnl, -50020000);
    take();
    CHECK_EQ(last_event(OMS_EVENT_BREAKER_RESET).code, 1);
}

static void is_killed(void) {
    oms_id_t unsent, open, unacked, close = 0, position = net().position;
    oms_position_close_t request;
    oms_order_submit_t submit_request;
    oms_verdict_t verdict;
    oms_polled_t polled;
    oms_account_t account;
    oms_id_t cancelled[2];
    uint32_t i;
    now += MINUTE;
    open = order(10, OMS_SIDE_BUY, 100, 4990000, 0);
    unacked = order(11, OMS_SIDE_BUY, 100, 4990000, 0);
    take();
    BOTH(report(oms, now, open, OMS_REPORT_ACK), OMS_OK);
    unsent = order(12, OMS_SIDE_BUY, 100, 4990000, 0);
    OK(oms_kill(oms));
    OK(oms_kill(other.oms));
    polled = take();
    CHECK_EQ(polled.commands, 2);
    for (i = 0; i < 2; i++) {
        CHECK_EQ(commands[i].kind, OMS_COMMAND_CANCEL);
        cancelled[i] = commands[i].order;
    }
    CHECK((cancelled[0] == open && cancelled[1] == unacked) ||
          (cancelled[0] == unacked && cancelled[1] == open));
    CHECK_EQ(order_of(oms, unsent).status, OMS_STATUS_CANCELLED);
    CHECK_EQ(order_of(oms, open).status, OMS_STATUS_PENDING_CANCEL);
    CHECK_EQ(order_of(oms, open).fix_status, OMS_FIX_PENDING_CANCEL);
    CHECK_EQ(account_of(oms).trading_state, OMS_TRADING_KILLED);
    CHECK_EQ(last_event(OMS_EVENT_TRADING_STATE).code, OMS_TRADING_KILLED);
    CHECK_EQ(take().commands, 0);
    order_record(&submit_request, now, 13, OMS_SIDE_SELL, 1, 0);
    submit_request.flags = OMS_ORDER_REDUCE_ONLY;
    BOTH(oms_order_submit(oms, &submit_request, &verdict, NULL), OMS_OK);
    CHECK_EQ(verdict.first, OMS_CHECK_TRADING_STATE);
    CHECK_EQ(verdict.observed, OMS_TRADING_KILLED);
    BOTH(report(oms, now, open, OMS_REPORT_CANCEL_ACK), OMS_OK);
    BOTH(report(oms, now, unacked, OMS_REPORT_CANCEL_ACK), OMS_OK);
    account = account_of(oms);
    CHECK_EQ(account.live_orders, 0);
    CHECK_EQ(account.open, 1);
    OMS_REQUEST_INIT(&request, OMS_REQUEST_POSITION_CLOSE);
    request.header.now = now;
    request.position = position;
    BOTH(oms_position_close(oms, &request, &verdict, &close), OMS_OK);
    CHECK_EQ(verdict.denied, 0);
    polled = take();
    CHECK_EQ(polled.commands, 1);
    CHECK_EQ(commands[0].order, close);
    for (i = 0; i < event_count; i++) CHECK(events[i].kind != OMS_EVENT_FLAT);
    BOTH(fill(oms, now, close, 900, 1000, 4995833, 0), OMS_OK);
    take();
    CHECK_EQ(last_event(OMS_EVENT_FLAT).at, now);
    CHECK_EQ(account_of(oms).equity, 991650000 - 41670000);
    BOTH(control(oms, now, OMS_CONTROL_TRADING_STATE, OMS_TRADING_ACTIVE), OMS_OK);
    CHECK(order(14, OMS_SIDE_BUY, 1, 4990000, 0) != 0);
    CHECK_EQ(take().commands, 1);
    CHECK_EQ(commands[0].kind, OMS_COMMAND_NEW);
}

static void cash_and_clock(void) {
    oms_cash_adjust_t cash;
    oms_account_t before = account_of(oms), after;
    OMS_REQUEST_INIT(&cash, OMS_REQUEST_CASH_ADJUST);
    cash.header.now = now;
    cash.amount = 5000;
    BOTH(oms_cash_adjust(oms, &cash), OMS_OK);
    after = account_of(oms);
    CHECK_EQ(after.equity - before.equity, 5000);
    CHECK_EQ(after.paid_in - before.paid_in, 5000);
    CHECK_EQ(after.session_pnl, before.session_pnl);
    CHECK_EQ(after.peak_equity - before.peak_equity, 5000);
    BOTH(timer(oms, now - 7), OMS_OK);
    CHECK_EQ(account_of(oms).clock_back, 1);
    CHECK_EQ(account_of(oms).now, now);
    take();
    CHECK_EQ(last_event(OMS_EVENT_CLOCK_BACK).value, 7);
    now += DAY;
    BOTH(timer(oms, now), OMS_OK);
    CHECK_EQ(account_of(oms).session_pnl, 0);
    CHECK_EQ(account_of(oms).session_equity, after.equity);
    take();
    CHECK_EQ(last_event(OMS_EVENT_SESSION).value, after.session_pnl);
}

/* A filled order that is being enlarged comes back to life with the replace: a kill must reach it,
 * whether the replace was handed out before (handed) or not, was asked before the fill (early) or
 * after it. */
static void killed_while_a_filled_order_grows(int handed, int early) {
    oms_config_t config;
    oms_order_replace_t replace;
    oms_verdict_t verdict;
    oms_command_t out[8];
    oms_polled_t polled;
    oms_id_t id;
    uint32_t i, cancels = 0, round;
    config_small(&config);
    engine_ready(&other, &config);
    id = submit(other.oms, 2, 1, OMS_SIDE_BUY, 10, 1000);
    poll_drop(other.oms, 2);
    if (!early) OK(fill(other.oms, 2, id, 1, 10, 1000, 0));
    OMS_REQUEST_INIT(&replace, OMS_REQUEST_ORDER_REPLACE);
    replace.header.now = 2;
    replace.order = id;
    replace.request_id = 4;
    replace.qty = 30;
    replace.price = 1000;
    OK(oms_order_replace(other.oms, &replace, &verdict, NULL));
    CHECK_EQ(verdict.mask, 0);
    if (handed) poll_drop(other.oms, 2);
    if (early) OK(fill(other.oms, 2, id, 1, 10, 1000, 0));
    OK(oms_kill(other.oms));
    for (round = 0; round < 2; round++) {
        polled = poll(other.oms, 2, out, 8, NULL, 0);
        for (i = 0; i < polled.commands; i++) {
            /* After the kill nothing but cancels leaves. */
            CHECK_EQ(out[i].kind, OMS_COMMAND_CANCEL);
            cancels++;
        }
        /* The venue enlarges it, if it was asked to. */
        if (round == 0 && handed) OK(report(other.oms, 2, id, OMS_REPORT_REPLACE_ACK));
    }
    if (handed) CHECK_EQ(cancels, 1);
    CHECK(audited(other.oms));
    engine_free(&other);
}

/* Ask 1010, bid 1000: a buy of 10 at 1012 and 1009 pays 4 * 2 - 6 * 1 lots x ticks too much; one
 * tick-lot is 10 money units. */
static void what_came_of_orders(void) {
    oms_config_t config;
    oms_execution_stats_t stats;
    oms_shortfall_t symbol;
    oms_id_t id, rejected;
    config_small(&config);
    config.flags = OMS_CONFIG_MEASURE;
    engine_ready(&other, &config);
    id = submit(other.oms, 2, 1, OMS_SIDE_BUY, 10, 1015);
    rejected = submit(other.oms, 2, 2, OMS_SIDE_SELL, 10, 1000);
    poll_drop(other.oms, 2);
    OK(quote(other.oms, 3, 0, 1005, 1020));
    OK(report(other.oms, 4, id, OMS_REPORT_ACK));
    OK(report(other.oms, 5, rejected, OMS_REPORT_REJECT));
    OK(fill(other.oms, 6, id, 1, 4, 1012, 0));
    OK(fill(other.oms, 12, id, 2, 6, 1009, 0));
    OK(oms_execution_stats_get(other.oms, 0, &stats));
    CHECK_EQ(stats.measured, 1);
    CHECK_EQ(stats.sent, 2);
    CHECK_EQ(stats.executed, 1);
    CHECK_EQ(stats.failed, 1);
    CHECK_EQ(stats.cancelled, 0);
    CHECK_EQ(stats.success_rate, OMS_PCT(50));
    CHECK_EQ(stats.acks, 1);
    CHECK_EQ(stats.ack_average, 2);
    CHECK_EQ(stats.end_worst, 10);
    CHECK_EQ(stats.executions, 2);
    CHECK_EQ(stats.slippage, 20);
    CHECK_EQ(stats.slippage_average, 10);
    CHECK_EQ(stats.slippage_worst, 80);
    OK(oms_shortfall_get(other.oms, 0, &symbol));
    CHECK_EQ(symbol.slippage_exact.lo, 2);
    CHECK_EQ(symbol.lots, 10);
    CHECK_EQ(symbol.average, 0);
    CHECK_EQ(symbol.average_frac, 200000000);
    CHECK_EQ(symbol.worst, 2);
    CHECK_ST(oms_execution_stats_get(other.oms, 99, &stats), OMS_E_SCOPE);
    CHECK_ST(oms_shortfall_get(other.oms, 9, &symbol), OMS_E_SYMBOL);
    CHECK(audited(other.oms));
    engine_free(&other);
}

int main(void) {
    storage();
    what_came_of_orders();
    set_up();
    buys_and_is_stopped();
    events_in_order();
    logs_of_orders();
    takes_profit();
    closes_a_short_by_hand();
    breaker_trips_on_a_quote();
    is_killed();
    cash_and_clock();
    engine_free(&other);
    killed_while_a_filled_order_grows(0, 0);
    killed_while_a_filled_order_grows(0, 1);
    killed_while_a_filled_order_grows(1, 0);
    killed_while_a_filled_order_grows(1, 1);
    return check_result();
}
