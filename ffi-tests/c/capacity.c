/* Tables that are full, rings that forget, storms of triggers. */
#include "common.h"

static engine_t engine;
static oms_t *oms;
static uint64_t now = DAY;

static oms_table_t table(oms_table_kind_t kind) {
    oms_table_t out;
    memset(&out, 0, sizeof out);
    OK(oms_table_get(oms, kind, &out));
    return out;
}

static void begin(const oms_config_t *config) {
    engine_ready(&engine, config);
    oms = engine.oms;
}

static void end(void) {
    CHECK(audited(oms));
    engine_free(&engine);
}

static uint64_t denial(uint64_t client_id) {
    oms_order_submit_t request;
    oms_verdict_t verdict;
    order_record(&request, now, client_id, OMS_SIDE_BUY, 1, 1000);
    submit_verdict(oms, &request, &verdict);
    return verdict.mask;
}

static void orders(void) {
    oms_config_t config;
    oms_id_t id[5], again;
    oms_order_t out;
    int i;
    config_small(&config);
    config.capacity.orders = 3;
    begin(&config);
    for (i = 0; i < 3; i++) id[i] = submit(oms, now, (uint64_t)i + 1, OMS_SIDE_BUY, 1, 1000);
    CHECK_EQ(denial(9), BIT(CAPACITY));
    CHECK_EQ(table(OMS_TABLE_ORDERS).used, 3);
    CHECK_EQ(table(OMS_TABLE_ORDERS).live, 3);
    CHECK_EQ(table(OMS_TABLE_ORDERS).capacity, 3);
    /* They end in the order 2, 1, 3 and are evicted so. */
    OK(cancel(oms, now, id[1], 1));
    OK(cancel(oms, now, id[0], 1));
    OK(cancel(oms, now, id[2], 1));
    CHECK_EQ(table(OMS_TABLE_ORDERS).live, 0);
    CHECK_EQ(table(OMS_TABLE_ORDERS).used, 3);
    for (i = 0; i < 3; i++) CHECK_EQ(order_of(oms, id[i]).status, OMS_STATUS_CANCELLED);
    id[3] = submit(oms, now, 4, OMS_SIDE_BUY, 1, 1000);
    CHECK(id[3] != 0);
    CHECK_ST(oms_order_get(oms, id[1], 0, &out), OMS_E_STALE);
    CHECK_ST(oms_order_get(oms, 0, 2, &out), OMS_E_UNKNOWN);
    OK(oms_order_get(oms, id[0], 0, &out));
    OK(oms_order_get(oms, id[2], 0, &out));
    /* Its client id is free again. */
    again = submit(oms, now, 2, OMS_SIDE_BUY, 1, 1000);
    CHECK(again != 0 && again != id[1]);
    CHECK_ST(oms_order_get(oms, id[0], 0, &out), OMS_E_STALE);
    CHECK_ST(cancel(oms, now, id[0], 1), OMS_E_STALE);
    CHECK_ST(fill(oms, now, id[1], 5, 1, 1000, 0), OMS_E_STALE);
    CHECK_ST(oms_order_next(oms, id[1], &out), OMS_E_STALE);
    OK(oms_order_get(oms, id[2], 0, &out));
    CHECK(submit(oms, now, 5, OMS_SIDE_BUY, 1, 1000) != 0);
    CHECK_ST(oms_order_get(oms, id[2], 0, &out), OMS_E_STALE);
    CHECK_EQ(denial(10), BIT(CAPACITY));
    CHECK_EQ(table(OMS_TABLE_ORDERS).high_water, 3);
    /* A walk in order of submission. */
    OK(oms_order_next(oms, 0, &out));
    CHECK_EQ(out.client_id, 4);
    OK(oms_order_next(oms, out.order, &out));
    CHECK_EQ(out.client_id, 2);
    OK(oms_order_next(oms, out.order, &out));
    CHECK_EQ(out.client_id, 5);
    CHECK_ST(oms_order_next(oms, out.order, &out), OMS_E_UNKNOWN);
    end();
}

static void many_lives_of_one_slot(void) {
    oms_config_t config;
    oms_id_t last = 0, first = 0;
    oms_order_t out;
    uint64_t i;
    config_small(&config);
    config.capacity.orders = 1;
    begin(&config);
    for (i = 1; i <= 1000; i++) {
        oms_id_t id = submit(oms, now, i, OMS_SIDE_BUY, 1, 1000);
        CHECK(id != 0 && id != last);
        if (last) CHECK_ST(oms_order_get(oms, last, 0, &out), OMS_E_STALE);
        if (first) CHECK_ST(oms_order_get(oms, first, 0, &out), OMS_E_STALE);
        OK(cancel(oms, now, id, 0));
        last = id;
        if (!first) first = id;
        poll_drop(oms, now);
    }
    end();
}

static void events(void) {
    oms_config_t config;
    oms_event_t out[64];
    oms_polled_t polled;
    uint32_t i, lost;
    config_small(&config);
    config.capacity.events = 16;
    begin(&config);
    poll_drop(oms, now);
    for (i = 0; i < 40; i++) denial(0);
    polled = poll(oms, now, NULL, 0, out, 64);
    CHECK_EQ(polled.events, 16);
    CHECK_EQ(polled.events_lost, 24);
    CHECK_EQ(polled.more_events, 0);
    lost = (uint32_t)polled.events_lost;
    for (i = 1; i < polled.events; i++) CHECK_EQ(out[i].sequence, out[i - 1].sequence + 1);
    denial(0);
    i = (uint32_t)out[15].sequence;
    polled = poll(oms, now, NULL, 0, out, 64);
    CHECK_EQ(polled.events, 1);
    CHECK_EQ(out[0].sequence, i + 1);
    CHECK_EQ(polled.events_lost, lost);
    end();
}

static void executions(void) {
    oms_config_t config;
    oms_id_t id;
    config_small(&config);
    config.capacity.executions = 2;
    begin(&config);
    id = submit(oms, now, 1, OMS_SIDE_BUY, 100, 1000);
    poll_drop(oms, now);
    OK(fill(oms, now, id, 1, 1, 1000, 0));
    OK(fill(oms, now, id, 2, 1, 1000, 0));
    CHECK_ST(fill(oms, now, id, 1, 1, 1000, 0), OMS_IGNORED);
    OK(fill(oms, now, id, 3, 1, 1000, 0));
    CHECK_ST(fill(oms, now, id, 2, 1, 1000, 0), OMS_IGNORED);
    CHECK_ST(fill(oms, now, id, 3, 2, 1000, 0), OMS_E_CONFLICT);
    CHECK_EQ(order_of(oms, id).cum_qty, 3);
    /* The first one is forgotten. */
    OK(fill(oms, now, id, 1, 1, 1000, 0));
    CHECK_EQ(order_of(oms, id).cum_qty, 4);
    CHECK_EQ(table(OMS_TABLE_EXECUTIONS).used, 2);
    end();
}

static oms_status_t try_arm(oms_id_t position, oms_trigger_action_t action, oms_ticks_t level,
                            oms_lots_t qty) {
    oms_trigger_arm_t request;
    arming_record(&request, now, position, OMS_TRIGGER_STOP_LOSS, action, level);
    request.qty = qty;
    return oms_trigger_arm(oms, &request, NULL);
}

static void trigger_slots(void) {
    oms_config_t config;
    oms_id_t position, live;
    oms_command_t commands[8];
    oms_polled_t polled;
    int i;
    config_small(&config);
    config.capacity.orders = 4;
    begin(&config);
    position = open_position(oms, now, 1, OMS_SIDE_BUY, 9, 1000);
    live = submit(oms, now, 2, OMS_SIDE_BUY, 1, 900);
    CHECK(live != 0);
    poll_drop(oms, now);
    for (i = 0; i < 3; i++) OK(try_arm(position, OMS_ACTION_CLOSE, 500, 3));
    CHECK_ST(try_arm(position, OMS_ACTION_CLOSE, 500, 3), OMS_E_CAPACITY);
    OK(try_arm(position, OMS_ACTION_SIGNAL, 500, 0));
    CHECK_EQ(denial(3), BIT(CAPACITY));
    CHECK(audited(oms));
    OK(quote(oms, now, 0, 400, 410));
    polled = poll(oms, now, commands, 8, NULL, 0);
    CHECK_EQ(polled.commands, 3);
    for (i = 0; i < 3; i++) CHECK_EQ(commands[i].qty, 3);
    CHECK(audited(oms));
    /* A rejected close arms again and has its slot back; it fires with the next price. */
    OK(report(oms, now, commands[0].order, OMS_REPORT_REJECT));
    CHECK_EQ(denial(4), BIT(CAPACITY));
    CHECK(audited(oms));
    OK(quote(oms, now, 0, 399, 409));
    polled = poll(oms, now, commands, 8, NULL, 0);
    CHECK_EQ(polled.commands, 1);
    CHECK_EQ(commands[0].qty, 3);
    CHECK(audited(oms));
    end();

    /* At most eight a position; the table. */
    config_small(&config);
    config.capacity.triggers = 10;
    begin(&config);
    position = open_position(oms, now, 1, OMS_SIDE_BUY, 9, 1000);
    for (i = 0; i < OMS_TRIGGERS_PER_POSITION; i++)
        OK(try_arm(position, OMS_ACTION_SIGNAL, 500, 0));
    CHECK_ST(try_arm(position, OMS_ACTION_SIGNAL, 500, 0), OMS_E_CAPACITY);
    CHECK_EQ(table(OMS_TABLE_TRIGGERS).used, 8);
    end();
}

static void symbols_and_positions(void) {
    oms_config_t config;
    oms_symbol_define_t request;
    oms_order_submit_t order;
    oms_verdict_t verdict;
    oms_id_t id;
    uint64_t before;
    uint32_t hedged, number = 77;
    config_small(&config);
    config.capacity.symbols = 2;
    config.capacity.positions = 2;
    begin(&config);
    hedged = define(oms, "HEDGED", OMS_SYMBOL_HEDGED);
    symbol_record(&request, "MORE");
    before = digest_of(oms);
    CHECK_ST(oms_symbol_define(oms, &request, &number), OMS_E_CAPACITY);
    CHECK_EQ(number, 77);
    CHECK(digest_of(oms) == before);
    /* Room for positions: one is kept for each net symbol or not,
        but never is one promised twice. */
    for (id = 1; id <= 3; id++) {
        order_record(&order, now, id, OMS_SIDE_BUY, 1, 1000);
        order.symbol = hedged;
        submit_verdict(oms, &order, &verdict);
        if (verdict.mask) break;
    }
    CHECK(id > 1 || verdict.mask == BIT(CAPACITY));
    CHECK_EQ(verdict.mask, BIT(CAPACITY));
    CHECK(audited(oms));
    end();
}

/* ---- storms ---- */

#define POSITIONS 40
#define EACH 8

typedef struct storm_t {
    engine_t engine;
    oms_id_t fired[POSITIONS * EACH * 4];
    uint32_t count;
} storm_t;

static storm_t one, many;

static void storm_make(storm_t *storm, uint32_t work) {
    oms_config_t config;
    oms_order_submit_t request;
    oms_verdict_t verdict;
    uint32_t symbol, i, k, positions = light() ? 10 : POSITIONS;
    config_small(&config);
    config.capacity.orders = 1024;
    config.capacity.positions = 64;
    config.capacity.triggers = POSITIONS * EACH;
    config.capacity.events = 8192;
    config.capacity.executions = 1024;
    config.work_per_call = work;
    engine_make(&storm->engine, &config);
    storm->count = 0;
    oms = storm->engine.oms;
    symbol = define(oms, "H", OMS_SYMBOL_HEDGED);
    OK(quote(oms, now, symbol, 1000, 1010));
    for (i = 0; i < positions; i++) {
        oms_id_t id;
        oms_side_t side = i % 4 == 3 ? OMS_SIDE_SELL : OMS_SIDE_BUY;
        order_record(&request, now, i + 1, side, 100, 1000);
        request.symbol = symbol;
        id = submit_verdict(oms, &request, &verdict);
        poll_drop(oms, now);
        OK(fill(oms, now, id, i + 1, 100, 1000, 0));
        for (k = 0; k < EACH; k++) {
            oms_ticks_t off = (oms_ticks_t)(1 + (i * 7 + k * 13) % 50);
            int is_stop = (i + k) % 3 != 0, is_long = side == OMS_SIDE_BUY;
            oms_ticks_t level = is_stop == is_long ? 1000 - off : 1010 + off;
            arm(oms, now, order_of(oms, id).position,
                is_stop ? OMS_TRIGGER_STOP_LOSS : OMS_TRIGGER_TAKE_PROFIT,
                k % 2 ? OMS_ACTION_CLOSE : OMS_ACTION_SIGNAL, level, 10);
        }
    }
    poll_drop(oms, now);
}

static void collect(storm_t *storm) {
    oms_event_t events[64];
    oms_polled_t polled;
    uint32_t i;
    do {
        polled = poll(storm->engine.oms, now, NULL, 0, events, 64);
        CHECK_EQ(polled.events_lost, 0);
        for (i = 0; i < polled.events; i++)
            if (events[i].kind == OMS_EVENT_TRIGGER_FIRED)
                storm->fired[storm->count++] = events[i].trigger;
    } while (polled.more_events);
}

/* Quotes and drains; answers how many calls of drain it took. */
static uint32_t gust(storm_t *storm, oms_ticks_t bid) {
    oms_status_t status = quote(storm->engine.oms, now, 0, bid, bid + 10);
    uint32_t calls = 0;
    while (status == OMS_MORE) {
        oms_symbol_t symbol;
        OK(oms_symbol_get(storm->engine.oms, 0, &symbol));
        CHECK_EQ(symbol.draining, 1);
        CHECK_EQ(symbol.bid, bid);
        CHECK_EQ(account_of(storm->engine.oms).draining, 1);
        status = drain(storm->engine.oms, now);
        if (++calls > 100000) break;
    }
    CHECK_ST(status, OMS_OK);
    CHECK_EQ(account_of(storm->engine.oms).draining, 0);
    OK(drain(storm->engine.oms, now));
    collect(storm);
    CHECK(audited(storm->engine.oms));
    return calls;
}

static void storms_are_cut_alike(void) {
    static const oms_ticks_t path[] = {995, 1004, 990, 1030, 960, 1100, 900};
    uint32_t i, calls = 0;
    storm_make(&one, 1);
    storm_make(&many, 1000);
    for (i = 0; i < COUNT(path); i++) {
        calls += gust(&one, path[i]);
        CHECK_EQ(gust(&many, path[i]), 0);
        CHECK_EQ(one.count, many.count);
        CHECK(memcmp(one.fired, many.fired, one.count * sizeof *one.fired) == 0);
    }
    CHECK(calls > (light() ? 20u : 100u));
    CHECK(one.count > (light() ? 40u : 200u));
    engine_free(&one.engine);
    engine_free(&many.engine);
}

static void nothing_is_missed(void) {
    oms_status_t status;
    oms_trigger_arm_t request;
    oms_trigger_cancel_t unarm;
    oms_trigger_move_t move;
    oms_position_t position;
    oms_trigger_t out;
    oms_id_t waiting = 0;
    uint64_t before;
    uint32_t i, calls = 0;
    storm_make(&many, 1000);
    gust(&many, 900);
    storm_make(&one, 3);
    oms = one.engine.oms;
    CHECK_ST(quote(oms, now, 0, 900, 910), OMS_MORE);
    /* A trigger that is reached and waits may still be cancelled; arming waits. */
    OK(oms_position_next(oms, 0, &position));
    OMS_REQUEST_INIT(&request, OMS_REQUEST_TRIGGER_ARM);
    request.position = position.position;
    request.kind = OMS_TRIGGER_STOP_LOSS;
    request.action = OMS_ACTION_SIGNAL;
    request.level = 800;
    before = digest_of(oms);
    CHECK_ST(oms_trigger_arm(oms, &request, NULL), OMS_E_PENDING);
    CHECK(digest_of(oms) == before);
    for (i = 0; i < many.count; i++) {
        waiting = many.fired[many.count - 1 - i];
        if (oms_trigger_get(oms, waiting, &out) == OMS_OK && out.state == OMS_TRIGGER_STATE_ARMED)
            break;
    }
    OMS_REQUEST_INIT(&move, OMS_REQUEST_TRIGGER_MOVE);
    move.trigger = waiting;
    move.level = 990;
    CHECK_ST(oms_trigger_move(oms, &move), OMS_E_PENDING);
    OMS_REQUEST_INIT(&unarm, OMS_REQUEST_TRIGGER_CANCEL);
    unarm.trigger = waiting;
    OK(oms_trigger_cancel(oms, &unarm));
    CHECK_ST(oms_trigger_get(oms, waiting, &out), OMS_E_STALE);
    /* The price comes back before the work is done: what was reached fires all the same. */
    CHECK_ST(quote(oms, now, 0, 1000, 1010), OMS_MORE);
    do {
        status = drain(oms, now);
        calls++;
    } while (status == OMS_MORE && calls < 100000);
    OK(status);
    CHECK(calls > 5);
    collect(&one);
    CHECK_EQ(one.count, many.count - 1);
    {
        uint32_t k = 0;
        for (i = 0; i < many.count; i++) {
            if (many.fired[i] == waiting) continue;
            CHECK(one.fired[k] == many.fired[i]);
            k++;
        }
    }
    CHECK(audited(oms));
    /* The timer goes on with it as well. */
    engine_free(&one.engine);
    storm_make(&one, 3);
    CHECK_ST(quote(one.engine.oms, now, 0, 900, 910), OMS_MORE);
    for (calls = 0; timer(one.engine.oms, now) == OMS_MORE && calls < 100000; calls++) {}
    collect(&one);
    CHECK_EQ(one.count, many.count);
    CHECK(memcmp(one.fired, many.fired, one.count * sizeof *one.fired) == 0);
    engine_free(&one.engine);
    engine_free(&many.engine);
}

static void closes_are_split(void) {
    oms_config_t config;
    oms_limits_set_t limits;
    oms_position_close_t close;
    oms_verdict_t verdict;
    oms_command_t commands[16];
    oms_position_t position;
    oms_id_t id, first = 0;
    oms_polled_t polled;
    uint32_t i;
    config_small(&config);
    begin(&config);
    id = open_position(oms, now, 1, OMS_SIDE_BUY, 25, 1000);
    limits_off(&limits, 0);
    limits.qty_max = 10;
    OK(oms_limits_set(oms, &limits));
    OMS_REQUEST_INIT(&close, OMS_REQUEST_POSITION_CLOSE);
    close.header.now = now;
    close.position = id;
    OK(oms_position_close(oms, &close, &verdict, &first));
    polled = poll(oms, now, commands, 16, NULL, 0);
    CHECK_EQ(polled.commands, 3);
    CHECK_EQ(commands[0].order, first);
    CHECK_EQ(commands[0].qty, 10);
    CHECK_EQ(commands[1].qty, 10);
    CHECK_EQ(commands[2].qty, 5);
    for (i = 0; i < 3; i++) OK(fill(oms, now, commands[i].order, 50 + i, commands[i].qty, 990, 0));
    OK(oms_position_get(oms, id, &position));
    CHECK_EQ(position.qty, 0);
    CHECK_EQ(position.exit, OMS_EXIT_MANUAL);
    end();

    /* A stop goes on with the next piece when one is filled. */
    config_small(&config);
    begin(&config);
    id = open_position(oms, now, 1, OMS_SIDE_BUY, 25, 1000);
    OK(oms_limits_set(oms, &limits));
    arm(oms, now, id, OMS_TRIGGER_STOP_LOSS, OMS_ACTION_CLOSE, 990, 0);
    OK(quote(oms, now, 0, 990, 1000));
    for (i = 0; i < 3; i++) {
        polled = poll(oms, now, commands, 16, NULL, 0);
        CHECK_EQ(polled.commands, 1);
        CHECK_EQ(commands[0].qty, i < 2 ? 10 : 5);
        OK(fill(oms, now, commands[0].order, 50 + i, commands[0].qty, 990, 0));
        CHECK(audited(oms));
    }
    OK(oms_position_get(oms, id, &position));
    CHECK_EQ(position.exit, OMS_EXIT_STOP_LOSS);
    end();
}

int main(void) {
    orders();
    many_lives_of_one_slot();
    events();
    executions();
    trigger_slots();
    symbols_and_positions();
    closes_are_split();
    storms_are_cut_alike();
    nothing_is_missed();
    return check_result();
}
