/* Stops, targets and trailing stops of positions: in which order they fire, what a trailing stop's
 * life looks like, how a storm is worked off in pieces, which prices count, what is refused. */
#include "common.h"

#define HEDGED 1u
#define BELOW_ZERO 2u
#define BY_LAST 3u
#define BY_MARK 4u
#define TRIGGERS 48
#define NO_ID UINT64_C(77)
#define LIMIT (INT64_C(1) << 60)

static engine_t engine;
static oms_t *oms;
static uint64_t now;
static oms_event_t last_fired;

static uint32_t define_by(const char *name, uint32_t flags, oms_trigger_source_t source) {
    oms_symbol_define_t request;
    oms_limits_set_t limits;
    uint32_t symbol = UINT32_MAX;
    symbol_record(&request, name);
    request.flags = flags;
    request.trigger_source = source;
    OK(oms_symbol_define(oms, &request, &symbol));
    limits_off(&limits, symbol);
    OK(oms_limits_set(oms, &limits));
    return symbol;
}

static oms_status_t price(uint32_t symbol, oms_ticks_t bid) {
    return quote(oms, ++now, symbol, bid, bid + 10);
}

static void make(uint32_t work_per_call) {
    oms_config_t config;
    config_small(&config);
    config.capacity.symbols = 5;
    config.capacity.orders = 128;
    config.capacity.triggers = TRIGGERS;
    config.work_per_call = work_per_call;
    engine_ready(&engine, &config);
    oms = engine.oms;
    now = 1;
    CHECK_EQ(define(oms, "HEDGED", OMS_SYMBOL_HEDGED), HEDGED);
    CHECK_EQ(define(oms, "BELOW", OMS_SYMBOL_HEDGED | OMS_SYMBOL_NEGATIVE_PRICES), BELOW_ZERO);
    CHECK_EQ(define_by("LAST", OMS_SYMBOL_HEDGED, OMS_TRIGGER_SOURCE_LAST), BY_LAST);
    CHECK_EQ(define_by("MARK", OMS_SYMBOL_HEDGED, OMS_TRIGGER_SOURCE_MARK), BY_MARK);
    OK(price(HEDGED, 1000));
}

static void finish(void) {
    CHECK(audited(oms));
    engine_free(&engine);
}

static oms_id_t hand(uint32_t symbol, oms_position_side_t side, oms_ticks_t at) {
    return open_by_hand(oms, now, symbol, side, 10, at);
}

static oms_trigger_arm_t arming(oms_id_t position, oms_trigger_kind_t kind, oms_ticks_t level) {
    oms_trigger_arm_t r;
    arming_record(&r, now, position, kind, OMS_ACTION_SIGNAL, level);
    return r;
}

static oms_id_t taken(const oms_trigger_arm_t *r) {
    oms_id_t id = 0;
    OK(oms_trigger_arm(oms, r, &id));
    return id;
}

static oms_id_t armed(oms_id_t position, oms_trigger_kind_t kind, oms_ticks_t level,
                      uint64_t tag) {
    oms_trigger_arm_t r = arming(position, kind, level);
    r.tag = tag;
    return taken(&r);
}

static oms_id_t trailing(oms_id_t position, oms_ticks_t offset, oms_ticks_t activation,
                         oms_ticks_t step, uint64_t tag) {
    oms_trigger_arm_t r = arming(position, OMS_TRIGGER_TRAILING_STOP, 0);
    r.tag = tag;
    r.trail_offset = offset;
    r.activation = activation;
    r.step = step;
    return taken(&r);
}

static oms_status_t move(oms_id_t trigger, oms_ticks_t level) {
    return trigger_move(oms, now, trigger, level);
}

static oms_status_t disarm(oms_id_t trigger) { return trigger_cancel(oms, now, trigger); }

static oms_trigger_t shown(oms_id_t trigger) {
    oms_trigger_t view;
    memset(&view, 0, sizeof view);
    OK(oms_trigger_get(oms, trigger, &view));
    return view;
}

static void is_gone(oms_id_t trigger) {
    oms_trigger_t view;
    CHECK_ST(oms_trigger_get(oms, trigger, &view), OMS_E_STALE);
}

/* The tags of what has fired since the last time, in order. */
static void fired_are(const char *want, int line) {
    char tags[512] = "";
    oms_event_t events[16];
    oms_polled_t polled;
    size_t length = 0, i;
    do {
        polled = poll(oms, now, NULL, 0, events, COUNT(events));
        CHECK_EQ(polled.events_lost, 0);
        for (i = 0; i < polled.events; i++) {
            if (events[i].kind != OMS_EVENT_TRIGGER_FIRED) continue;
            last_fired = events[i];
            length += (size_t)snprintf(tags + length, sizeof tags - length, "%s%llu",
                                       length ? " " : "", (unsigned long long)events[i].tag);
        }
    } while (polled.more_events);
    check_about(tags);
    check_true(strcmp(tags, want) == 0, __FILE__, line, want);
    check_about(NULL);
}
#define FIRED(want) fired_are(want, __LINE__)

/* The best level first; of equal ones the one that was armed, or moved, first. */
static void ties(void) {
    oms_id_t position, first;
    make(64);
    position = hand(HEDGED, OMS_POSITION_LONG, 1000);
    first = armed(position, OMS_TRIGGER_STOP_LOSS, 990, 1);
    armed(position, OMS_TRIGGER_STOP_LOSS, 990, 2);
    armed(position, OMS_TRIGGER_STOP_LOSS, 995, 3);
    armed(position, OMS_TRIGGER_STOP_LOSS, 990, 4);
    armed(position, OMS_TRIGGER_TAKE_PROFIT, 1020, 5);
    armed(position, OMS_TRIGGER_TAKE_PROFIT, 1020, 6);
    armed(position, OMS_TRIGGER_TAKE_PROFIT, 1015, 7);
    OK(move(first, 990));
    OK(price(HEDGED, 996));
    FIRED("");
    OK(price(HEDGED, 990));
    FIRED("3 2 4 1");
    CHECK(last_fired.limit == 990 && last_fired.side == OMS_SIDE_SELL);
    OK(price(HEDGED, 1014));
    FIRED("");
    OK(price(HEDGED, 1020));
    FIRED("7 5 6");

    OK(price(HEDGED, 1000));
    position = hand(HEDGED, OMS_POSITION_SHORT, 1000);
    armed(position, OMS_TRIGGER_STOP_LOSS, 1020, 1);
    armed(position, OMS_TRIGGER_STOP_LOSS, 1020, 2);
    armed(position, OMS_TRIGGER_STOP_LOSS, 1015, 3);
    armed(position, OMS_TRIGGER_TAKE_PROFIT, 1000, 4);
    armed(position, OMS_TRIGGER_TAKE_PROFIT, 1000, 5);
    armed(position, OMS_TRIGGER_TAKE_PROFIT, 1005, 6);
    OK(quote(oms, ++now, HEDGED, 1014, 1014));
    FIRED("");
    OK(quote(oms, ++now, HEDGED, 900, 1020));
    FIRED("3 1 2");
    CHECK(last_fired.observed == 1020 && last_fired.side == OMS_SIDE_BUY);
    OK(quote(oms, ++now, HEDGED, 900, 1000));
    FIRED("6 4 5");
    finish();
}

/* What follows the price keeps its place; what becomes active or is moved takes the last one. */
static void places(void) {
    oms_id_t position, id;
    make(64);
    position = hand(HEDGED, OMS_POSITION_LONG, 1000);
    trailing(position, 10, 1005, 0, 1);
    armed(position, OMS_TRIGGER_STOP_LOSS, 995, 2);
    trailing(position, 10, 0, 0, 3);
    id = armed(position, OMS_TRIGGER_STOP_LOSS, 985, 4);
    OK(price(HEDGED, 1005));
    OK(move(id, 995));
    OK(price(HEDGED, 990));
    FIRED("2 3 1 4");

    /* Moved to where the price is, or armed there: it fires at once. */
    id = armed(position, OMS_TRIGGER_STOP_LOSS, 900, 5);
    OK(move(id, 989));
    CHECK_EQ(shown(id).level, 989);
    FIRED("");
    OK(move(id, 990));
    is_gone(id);
    is_gone(armed(position, OMS_TRIGGER_TAKE_PROFIT, 990, 6));
    FIRED("5 6");
    finish();
}

/* Equal levels fire in order of arming, however little one call works off. */
static void burst(uint32_t work_per_call, const char *first, const char *rest) {
    oms_id_t positions[3];
    oms_status_t status;
    uint32_t i, calls = 1;
    make(work_per_call);
    for (i = 0; i < 3; i++) positions[i] = hand(HEDGED, OMS_POSITION_LONG, 1000);
    for (i = 0; i < 24; i++) armed(positions[i % 3], OMS_TRIGGER_STOP_LOSS, 990, i + 1);
    status = price(HEDGED, 990);
    FIRED(first);
    for (; status == OMS_MORE; calls++) status = drain(oms, ++now);
    CHECK_ST(status, OMS_OK);
    CHECK_EQ(calls, (24 + work_per_call - 1) / work_per_call);
    FIRED(rest);
    OK(drain(oms, ++now));
    finish();
}

/* A gap through many levels, in pieces: further falls join, a price that comes back does not undo
 * it, a cancel before its turn does. */
static void gap(void) {
    oms_id_t positions[2], ids[13], trail, id = NO_ID;
    oms_trigger_arm_t r;
    uint64_t before;
    uint32_t i;
    make(3);
    for (i = 0; i < 2; i++) positions[i] = hand(HEDGED, OMS_POSITION_LONG, 1000);
    for (i = 1; i <= 12; i++) ids[i] = armed(positions[i % 2], OMS_TRIGGER_STOP_LOSS, 980 + i, i);
    trail = trailing(positions[0], 100, 0, 0, 13);
    CHECK_ST(price(HEDGED, 984), OMS_MORE);
    FIRED("12 11 10");
    CHECK(last_fired.price == 984 && last_fired.limit == 990);

    r = arming(positions[0], OMS_TRIGGER_STOP_LOSS, 900);
    before = digest_of(oms);
    CHECK_ST(oms_trigger_arm(oms, &r, &id), OMS_E_PENDING);
    CHECK_ST(move(ids[2], 900), OMS_E_PENDING);
    CHECK(digest_of(oms) == before && id == NO_ID);
    CHECK(disarm(ids[8]) == OMS_OK && disarm(ids[2]) == OMS_OK);

    /* The price is back, and everything goes on at what was reached. */
    CHECK_ST(price(HEDGED, 1030), OMS_MORE);
    FIRED("9 7 6");
    CHECK(last_fired.price == 984 && shown(trail).peak == 1000);
    CHECK_EQ(shown(ids[3]).state, OMS_TRIGGER_STATE_ARMED);
    CHECK_EQ(account_of(oms).unrealised, 2 * 10 * 30 * 10); /* valued at once */
    OK(price(HEDGED, 983));
    FIRED("5 4 3");
    CHECK_EQ(last_fired.price, 983);
    OK(drain(oms, ++now));
    CHECK_EQ(shown(ids[1]).level, 981);
    taken(&r);
    OK(move(ids[1], 970));
    OK(price(HEDGED, 971));
    FIRED("");
    CHECK_EQ(shown(trail).peak, 1000);

    /* Trailing stops follow the last price that came back, when the work is done. */
    for (i = 1; i <= 7; i++) armed(positions[1], OMS_TRIGGER_STOP_LOSS, 960, i);
    CHECK_ST(price(HEDGED, 960), OMS_MORE);
    CHECK_ST(price(HEDGED, 1050), OMS_MORE);
    CHECK_EQ(shown(trail).peak, 1000);
    OK(price(HEDGED, 1040));
    FIRED("1 1 2 3 4 5 6 7"); /* the first 1 was moved to 970 */
    CHECK(shown(trail).peak == 1040 && shown(trail).level == 940);
    finish();
}

/* A price, what oms_trigger_get shows then. */
typedef struct point_t {
    oms_ticks_t price, active, peak, level;
} point_t;
#define FIRES 9

typedef struct ride_t {
    oms_ticks_t offset, activation, second_level, second_offset;
    oms_ratio_t ratio, second_ratio;
    oms_ticks_t step;
    /* The first one is there when it is armed; the last one fires. */
    point_t path[8];
} ride_t;

static const ride_t RIDES[] = {
    /* So many ticks. */
    {10, 0, 0, 0, 0, 0, 0, {{1000, 1, 1000, 990}, {1005, 1, 1005, 995}, {996, 1, 1005, 995},
     {1006, 1, 1006, 996}, {1000, 1, 1006, 996}, {996, FIRES, 0, 996}}},
    /* A share, rounded up: 10.03 and 10.05 are 11; of 1100 it is 11. */
    {0, 0, 0, 0, 10000000, 0, 0, {{1003, 1, 1003, 992}, {1005, 1, 1005, 994},
     {1100, 1, 1100, 1089}, {1101, 1, 1101, 1089}, {1090, 1, 1101, 1089}, {900, FIRES, 0, 1089}}},
    /* At least one tick. */
    {0, 0, 0, 0, 1, 0, 0, {{1000, 1, 1000, 999}, {1001, 1, 1001, 1000}, {1001, 1, 1001, 1000},
     {1002, 1, 1002, 1001}, {1003, 1, 1003, 1002}, {1002, FIRES, 0, 1002}}},
    /* Activation: the price that reaches it is the first peak. */
    {10, 1020, 0, 0, 0, 0, 0, {{1000, 0, 0, 0}, {1019, 0, 0, 0}, {900, 0, 0, 0},
     {1021, 1, 1021, 1011}, {1020, 1, 1021, 1011}, {1011, FIRES, 0, 1011}}},
    /* Active at once when the price is there already. */
    {10, 1000, 0, 0, 0, 0, 0, {{1000, 1, 1000, 990}, {1001, 1, 1001, 991}, {992, 1, 1001, 991},
     {1010, 1, 1010, 1000}, {1001, 1, 1010, 1000}, {999, FIRES, 0, 1000}}},
    /* A second distance from a price on, also when it comes back. */
    {10, 0, 1030, 3, 0, 0, 0, {{1000, 1, 1000, 990}, {1029, 1, 1029, 1019}, {1030, 2, 1030, 1027},
     {1028, 2, 1030, 1027}, {1035, 2, 1035, 1032}, {1032, FIRES, 0, 1032}}},
    /* Both as shares: 2 % of 1060 is 22 rounded up, 1 % of it 11. */
    {0, 1050, 1060, 0, 20000000, 10000000, 0, {{1000, 0, 0, 0}, {1051, 1, 1051, 1029},
     {1060, 2, 1060, 1049}, {1050, 2, 1060, 1049}, {1100, 2, 1100, 1089},
     {1089, FIRES, 0, 1089}}},
    /* All of it, in whole steps: the table of docs/triggers.md. */
    {10, 1020, 1050, 4, 0, 0, 5, {{1000, 0, 0, 0}, {1022, 1, 1020, 1010}, {1024, 1, 1020, 1010},
     {1031, 1, 1030, 1020}, {1021, 1, 1030, 1020}, {1050, 2, 1050, 1046}, {1047, 2, 1050, 1046},
     {1045, FIRES, 0, 1046}}},
    /* Below zero: the share of the magnitude, the steps away from the market too. */
    {0, 0, 0, 0, 10000000, 0, 0, {{-1003, 1, -1003, -1014}, {-1010, 1, -1003, -1014},
     {-1000, 1, -1000, -1010}, {-5, 1, -5, -6}, {5, 1, 5, 4}, {4, FIRES, 0, 4}}},
    {4, -900, 0, 0, 0, 0, 10, {{-1000, 0, 0, 0}, {-903, 0, 0, 0}, {-893, 1, -900, -904},
     {-890, 1, -890, -894}, {-893, 1, -890, -894}, {-894, FIRES, 0, -894}}},
};

/* Longs look at the bid; shorts at the ask, where everything is the other way round: its sign is
 * -1, and the same numbers come out. */
static void ride(const ride_t *ride, oms_ticks_t sign) {
    oms_position_side_t side = sign > 0 ? OMS_POSITION_LONG : OMS_POSITION_SHORT;
    oms_trigger_arm_t r;
    oms_trigger_t t;
    oms_id_t position, id = 0;
    char where[64];
    size_t i;
    make(1);
    for (i = 0; i < COUNT(ride->path); i++) {
        const point_t *p = &ride->path[i];
        oms_ticks_t at = sign * p->price;
        snprintf(where, sizeof where, "ride %d, %s, point %d", (int)(ride - RIDES),
                 sign > 0 ? "long" : "short", (int)i);
        check_about(where);
        OK(quote(oms, ++now, BELOW_ZERO, at - (sign < 0 ? 7 : 0), at + (sign > 0 ? 7 : 0)));
        if (i == 0) {
            position = hand(BELOW_ZERO, side, at);
            r = arming(position, OMS_TRIGGER_TRAILING_STOP, 0);
            r.trail_offset = ride->offset;
            r.trail_ratio = ride->ratio;
            r.activation = sign * ride->activation;
            r.second_level = sign * ride->second_level;
            r.second_offset = ride->second_offset;
            r.second_ratio = ride->second_ratio;
            r.step = ride->step;
            id = taken(&r);
        }
        if (p->active == FIRES) break;
        t = shown(id);
        CHECK_EQ(t.active, p->active);
        CHECK_EQ(t.peak, sign * p->peak);
        CHECK_EQ(t.level, sign * p->level);
        CHECK_EQ(t.trail_offset, p->active == 2 ? ride->second_offset : ride->offset);
        CHECK_EQ(t.trail_ratio, p->active == 2 ? ride->second_ratio : ride->ratio);
        CHECK(t.activation == sign * ride->activation && (oms_ticks_t)t.step == ride->step);
        CHECK(t.second_level == sign * ride->second_level &&
              t.second_trail == ride->second_offset + ride->second_ratio);
        CHECK(audited(oms));
    }
    fired_are("0", __LINE__);
    check_about(where);
    CHECK_EQ(last_fired.limit, sign * ride->path[i].level);
    CHECK_EQ(last_fired.observed, sign * ride->path[i].price);
    is_gone(id);
    check_about(NULL);
    finish();
}

/* A trailing stop closes its position. Refused by the venue it keeps its level, and follows again
 * once the price has passed its peak. */
static void closes(void) {
    oms_trigger_arm_t r;
    oms_command_t command;
    oms_trigger_t t;
    oms_position_t p;
    oms_id_t position, id;
    make(8);
    position = hand(HEDGED, OMS_POSITION_LONG, 1000);
    r = arming(position, OMS_TRIGGER_TRAILING_STOP, 0);
    r.action = OMS_ACTION_CLOSE;
    r.trail_offset = 10;
    r.tag = 5;
    r.venue = 3;
    r.qty = 4;
    id = taken(&r);
    t = shown(id);
    CHECK(t.position == position && t.order == 0 && t.fired_at == 0);
    CHECK(t.kind == OMS_TRIGGER_TRAILING_STOP && t.action == OMS_ACTION_CLOSE);
    CHECK(t.symbol == HEDGED && t.venue == 3 && t.tag == 5 && t.qty == 4);
    OK(price(HEDGED, 985));
    FIRED("5");
    t = shown(id);
    CHECK(t.state == OMS_TRIGGER_STATE_FIRED && t.level == 990);
    CHECK(t.left == 4 && t.fired_at == now);
    CHECK_EQ(poll(oms, now, &command, 1, NULL, 0).commands, 1);
    CHECK(command.order == t.order && command.qty == 4 && command.side == OMS_SIDE_SELL);
    CHECK(command.venue == 3 && command.order_type == OMS_TYPE_MARKET);
    CHECK_ST(move(id, 900), OMS_E_STATE);
    CHECK_ST(disarm(id), OMS_E_STATE);

    trailing(position, 100, 0, 0, 0); /* rides lower than that one's peak */
    OK(report(oms, now, t.order, OMS_REPORT_REJECT));
    t = shown(id);
    CHECK(t.state == OMS_TRIGGER_STATE_ARMED && t.order == 0 && t.level == 990);
    OK(price(HEDGED, 1000)); /* its peak is not passed: nothing follows */
    CHECK(shown(id).peak == 1000 && shown(id).level == 990);
    OK(price(HEDGED, 1001));
    CHECK(shown(id).peak == 1001 && shown(id).level == 991);
    OK(price(HEDGED, 991));
    FIRED("5");
    poll_drop(oms, now);
    OK(fill(oms, now, shown(id).order, 1, 4, 991, 0));
    is_gone(id);
    memset(&p, 0, sizeof p);
    OK(oms_position_get(oms, position, &p));
    CHECK(p.qty == 6 && p.triggers == 1);
    r.qty = 0;
    id = taken(&r);
    OK(price(HEDGED, 900));
    poll_drop(oms, now);
    OK(fill(oms, now, shown(id).order, 2, 6, 900, 0));
    OK(oms_position_get(oms, position, &p));
    CHECK(p.qty == 0 && p.exit == OMS_EXIT_TRAILING_STOP);
    finish();
}

/* In a symbol with another source its trades alone count, for both sides. */
static void sources(uint32_t symbol, oms_trade_source_t own, oms_trade_source_t other) {
    oms_id_t longs, shorts, trail, second;
    make(2);
    longs = hand(symbol, OMS_POSITION_LONG, 1000);
    shorts = hand(symbol, OMS_POSITION_SHORT, 1000);
    /* All of them are crossed by the first price that counts; none was there before. */
    armed(shorts, OMS_TRIGGER_TAKE_PROFIT, 990, 1);
    armed(shorts, OMS_TRIGGER_STOP_LOSS, 980, 2);
    armed(longs, OMS_TRIGGER_TAKE_PROFIT, 980, 3);
    armed(longs, OMS_TRIGGER_STOP_LOSS, 990, 4);
    trail = trailing(longs, 10, 0, 0, 5);
    second = trailing(shorts, 10, 0, 0, 6);
    CHECK_EQ(shown(trail).active, 0);
    OK(quote(oms, ++now, symbol, 1, 1));
    OK(quote(oms, ++now, symbol, 5000, 5000));
    OK(trade(oms, ++now, symbol, other, 985));
    OK(trade(oms, ++now, symbol, OMS_TRADE_CLOSE, 985));
    FIRED("");
    CHECK_ST(trade(oms, ++now, symbol, own, 985), OMS_MORE);
    FIRED("4 3");
    /* The rest waits for a drain, or for the next price that counts. */
    hand(symbol, OMS_POSITION_LONG, 985);
    OK(quote(oms, ++now, symbol, 985, 985));
    OK(trade(oms, ++now, symbol, other, 985));
    FIRED("");
    OK(drain(oms, ++now));
    FIRED("2 1");
    CHECK(shown(trail).level == 975 && shown(second).level == 995);
    OK(quote(oms, ++now, symbol, 1, 5000));
    OK(trade(oms, ++now, symbol, other, 2000));
    CHECK(shown(trail).peak == 985 && shown(second).peak == 985);
    OK(trade(oms, ++now, symbol, own, 990));
    CHECK(shown(trail).peak == 990 && shown(second).peak == 985);
    FIRED("");
    OK(trade(oms, ++now, symbol, own, 980));
    FIRED("5");
    OK(trade(oms, ++now, symbol, own, 990));
    FIRED("6");
    armed(longs, OMS_TRIGGER_STOP_LOSS, 990, 7); /* crossed by the last price that counts */
    FIRED("7");
    finish();
}

/* Where a refused record differs from a good one: an 8-byte field, or one byte. */
typedef struct refusal_t {
    const char *name;
    size_t offset, size;
    int64_t value;
    oms_status_t want;
} refusal_t;
#define FIELD(field, value, want)                                                               \
    {#field, offsetof(oms_trigger_arm_t, field), sizeof((oms_trigger_arm_t *)0)->field,         \
     value, OMS_E_##want}

/* Of a good one whose second distance is 5 of 10, while the steps 2 and 3 are in use. */
static const refusal_t REFUSALS[] = {
    FIELD(kind, 0, ENUM), FIELD(kind, 4, ENUM), FIELD(action, 0, ENUM),
    FIELD(action, OMS_ACTION_RELEASE, ENUM), FIELD(reserved[1], 1, RESERVED),
    FIELD(reserved0[1], 1, RESERVED), FIELD(position, 0, UNKNOWN),
    FIELD(position, INT64_C(1) << 52, FOREIGN), FIELD(level, 1, RANGE), FIELD(qty, -1, RANGE),
    FIELD(qty, 11, RANGE), FIELD(trail_offset, 0, RANGE), FIELD(trail_offset, -1, RANGE),
    FIELD(trail_offset, LIMIT + 1, RANGE), FIELD(trail_offset, 5, RANGE),
    FIELD(trail_ratio, 1, RANGE), FIELD(activation, -1, PRICE),
    FIELD(activation, LIMIT + 1, PRICE), FIELD(second_level, -1, PRICE),
    FIELD(second_level, 0, RANGE), FIELD(second_offset, 0, RANGE),
    FIELD(second_offset, 10, RANGE), FIELD(second_offset, -1, RANGE),
    FIELD(second_ratio, 1, RANGE), FIELD(step, -1, RANGE), FIELD(step, INT64_C(1) << 32, RANGE),
    FIELD(step, 4, CAPACITY),
};

/* One arm that must be refused: nothing is written, nothing has changed. */
static void refused(const oms_trigger_arm_t *r, oms_status_t want, const char *what) {
    oms_id_t id = NO_ID;
    uint64_t before = digest_of(oms);
    check_about(what);
    CHECK_ST(oms_trigger_arm(oms, r, &id), want);
    CHECK(id == NO_ID && digest_of(oms) == before);
    check_about(NULL);
}

static void refusals(void) {
    oms_trigger_arm_t good, r;
    oms_id_t longs, shorts, steps[3], id;
    uint64_t before;
    uint8_t byte;
    uint32_t i;
    make(64);
    longs = hand(HEDGED, OMS_POSITION_LONG, 1000);
    shorts = hand(HEDGED, OMS_POSITION_SHORT, 1000);
    steps[0] = trailing(longs, 10, 0, 2, 0);
    steps[1] = trailing(longs, 10, 0, 3, 0);
    steps[2] = trailing(longs, 10, 0, 3, 0);
    good = arming(longs, OMS_TRIGGER_TRAILING_STOP, 0);
    good.trail_offset = 10;
    good.second_level = 1100;
    good.second_offset = 5;
    good.qty = 10;
    for (i = 0; i < COUNT(REFUSALS); i++) {
        r = good;
        byte = (uint8_t)REFUSALS[i].value;
        memcpy((char *)&r + REFUSALS[i].offset,
               REFUSALS[i].size == 1 ? (const void *)&byte : &REFUSALS[i].value, REFUSALS[i].size);
        refused(&r, REFUSALS[i].want, REFUSALS[i].name);
    }
    r = good;
    r.header.kind = OMS_REQUEST_TRIGGER_MOVE;
    refused(&r, OMS_E_KIND, "header.kind");
    r = good;
    r.header.size -= 8;
    refused(&r, OMS_E_SIZE, "header.size");
    r = arming(longs, OMS_TRIGGER_TRAILING_STOP, 0);
    r.trail_ratio = INT64_C(1000000000);
    refused(&r, OMS_E_RANGE, "the whole price");
    r = arming(longs, OMS_TRIGGER_STOP_LOSS, 0);
    refused(&r, OMS_E_PRICE, "a level of 0");
    r.level = 900;
    r.trail_offset = 1;
    refused(&r, OMS_E_RANGE, "a stop with a distance");
    r = arming(longs, OMS_TRIGGER_TAKE_PROFIT, 1100);
    r.step = 2;
    refused(&r, OMS_E_RANGE, "a target with a step");

    /* The other side has steps of its own; here a third one fits when the last of one has gone. */
    trailing(shorts, 10, 0, 4, 0);
    r = good;
    r.step = 4;
    OK(disarm(steps[1]));
    refused(&r, OMS_E_CAPACITY, "one of step 3 is left");
    OK(disarm(steps[2]));
    id = taken(&r);
    CHECK_EQ(shown(id).step, 4);
    is_gone(steps[1]);

    /* A trailing stop is not moved; what is gone is named as such. */
    before = digest_of(oms);
    CHECK_ST(move(id, 900), OMS_E_STATE);
    CHECK_ST(move(steps[1], 900), OMS_E_STALE);
    CHECK_ST(disarm(steps[1]), OMS_E_STALE);
    CHECK_ST(move(0, 900), OMS_E_UNKNOWN);
    CHECK_ST(disarm(longs), OMS_E_UNKNOWN);
    CHECK(digest_of(oms) == before);

    /* Eight a position, and no more than there is room for; none on a closed position. */
    for (i = 2; i < 8; i++) id = armed(longs, OMS_TRIGGER_STOP_LOSS, 900, i);
    CHECK_ST(move(id, 0), OMS_E_PRICE);
    r = arming(longs, OMS_TRIGGER_STOP_LOSS, 900);
    refused(&r, OMS_E_CAPACITY, "the ninth");
    for (i = 9; i < TRIGGERS; i++) {
        if (i % 8 == 1) shorts = hand(HEDGED, OMS_POSITION_SHORT, 1000);
        armed(shorts, OMS_TRIGGER_STOP_LOSS, 9000, i);
    }
    r.position = hand(HEDGED, OMS_POSITION_LONG, 1000);
    refused(&r, OMS_E_CAPACITY, "a full table");
    OK(exit_by_hand(oms, now, longs, 0, 1000, 0));
    is_gone(id);
    taken(&r);
    r.position = longs;
    refused(&r, OMS_E_TERMINAL, "a closed position");
    FIRED("");
    finish();
}

int main(void) {
    size_t i;
    ties();
    places();
    burst(5, "1 2 3 4 5", "6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24");
    burst(24, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24", "");
    gap();
    for (i = 0; i < COUNT(RIDES); i++) {
        ride(&RIDES[i], 1);
        ride(&RIDES[i], -1);
    }
    closes();
    sources(BY_LAST, OMS_TRADE_LAST, OMS_TRADE_MARK);
    sources(BY_MARK, OMS_TRADE_MARK, OMS_TRADE_LAST);
    refusals();
    return check_result();
}
