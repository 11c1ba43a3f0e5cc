/* A day of gold quotes while 100 stops rest below: what a replay costs, for replay.c to time and
 * instructions.c to count. */
#ifndef REPLAY_H
#define REPLAY_H

#include "desk.h"

#define REPLAY_QUOTES 265015 /* as many as the recorded day has */
#define REPLAY_STOPS 100

typedef struct replay_quote_t {
    oms_nanos_t at;
    oms_ticks_t bid, ask;
} replay_quote_t;

/* SplitMix64: 0 to n - 1. */
static inline int64_t replay_draw(uint64_t *state, uint64_t n) {
    uint64_t z = *state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return (int64_t)(((z ^ (z >> 31)) >> 33) % n);
}

/* A day like the recorded one: some 285 ms from quote to quote, spreads of 200 to 450 ticks, a
 * range of a few percent. */
static inline replay_quote_t replay_generated(uint64_t *state, const replay_quote_t *last) {
    replay_quote_t quote;
    quote.at = last->at + 1000000 + (oms_nanos_t)replay_draw(state, 570000000);
    quote.bid = last->bid + replay_draw(state, 121) - 60;
    quote.ask = quote.bid + 200 + replay_draw(state, 251);
    return quote;
}

static inline replay_quote_t replay_first(void) {
    replay_quote_t quote = {2 * DESK_DAY, 1284065, 1284405};
    return quote;
}

/* An engine in a mode, the first quote, and positions with stops from 0.025 to 2.5 % below it: some
 * of them fire during the day. */
static inline void replay_open(desk_t *desk, uint32_t mode, const replay_quote_t *first) {
    desk_size_t size = {0, 0, 0, 0, 0, OMS_SYMBOL_HEDGED, DESK_NO_RATES};
    oms_trigger_arm_t stop;
    oms_quote_t quote;
    uint32_t i;
    size.orders = 2 * REPLAY_STOPS;
    size.positions = REPLAY_STOPS;
    size.triggers = REPLAY_STOPS;
    desk_open_in(desk, &size, mode);
    OMS_REQUEST_INIT(&quote, OMS_REQUEST_QUOTE);
    quote.header.now = desk->now = first->at;
    quote.bid = first->bid;
    quote.ask = first->ask;
    desk_ok(oms_quote(desk->oms, &quote), "quote");
    desk->step = 0;
    OMS_REQUEST_INIT(&stop, OMS_REQUEST_TRIGGER_ARM);
    stop.kind = OMS_TRIGGER_STOP_LOSS;
    stop.action = OMS_ACTION_CLOSE;
    stop.header.now = desk->now;
    for (i = 0; i < REPLAY_STOPS; i++) {
        if (i % OMS_TRIGGERS_PER_POSITION == 0) stop.position = desk_position(desk);
        stop.level = first->bid - first->bid * (oms_ticks_t)(i + 1) / (40 * REPLAY_STOPS);
        desk_ok(oms_trigger_arm(desk->oms, &stop, NULL), "arm");
    }
    desk_poll(desk);
}

#endif
