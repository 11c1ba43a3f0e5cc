/* Sessions in memory, and one of the program's own: trends that pay, and stretches that turn before
 * they do. */
#include <stdlib.h>
#include <string.h>

#include "backtest.h"

uint64_t session_span(const session_t *session) {
    uint64_t span = session->quotes[session->quote_count - 1].at - session->quotes[0].at;
    return span > 0 ? span : 1;
}

int64_t quote_mid(const quote_t *quote) { return (quote->bid + quote->ask) / 2; }

void session_add_quote(session_t *session, const quote_t *quote) {
    if (session->quote_count == session->quote_room) {
        session->quote_room = session->quote_room * 2 + 4096;
        session->quotes = need_memory(
            realloc(session->quotes, session->quote_room * sizeof *session->quotes));
    }
    session->quotes[session->quote_count++] = *quote;
}

void session_add_trade(session_t *session, const trade_t *trade) {
    if (session->trade_count == session->trade_room) {
        session->trade_room = session->trade_room * 2 + 4096;
        session->trades = need_memory(
            realloc(session->trades, session->trade_room * sizeof *session->trades));
    }
    session->trades[session->trade_count++] = *trade;
}

size_t session_steps(const session_t *session) {
    return session->bar_count > 0 ? session->bar_count : session->quote_count;
}

/* A bar begins at a multiple of its length; where nothing was quoted there is none. */
void session_to_bars(session_t *session, uint64_t seconds) {
    uint64_t length = seconds * SECOND;
    int64_t wide = 0, count = 0;
    size_t i, trade = 0;
    session->bars = need_memory(malloc(session->quote_count * sizeof *session->bars));
    for (i = 0; i < session->quote_count; i++) {
        const quote_t *quote = &session->quotes[i];
        uint64_t end = (quote->at / length + 1) * length;
        bar_t *bar = session->bars + session->bar_count;
        if (session->bar_count == 0 || bar[-1].end != end) {
            wide = count = 0;
            /* The engine's clock begins with the first quote. */
            bar->begin = session->bar_count == 0 ? quote->at : end - length;
            bar->end = end;
            bar->open = bar->high = bar->low = quote->bid;
            bar->volume = 0;
            session->bar_count++;
        } else {
            bar--;
        }
        wide += quote->ask - quote->bid;
        count++;
        if (quote->bid > bar->high) bar->high = quote->bid;
        if (quote->bid < bar->low) bar->low = quote->bid;
        bar->close = quote->bid;
        bar->spread = (wide + count - 1) / count; /* the average, rounded up */
        /* What was traded since the last bar counts too. */
        while (trade < session->trade_count && session->trades[trade].at <= quote->at) {
            bar->volume += session->trades[trade++].qty;
        }
    }
}

void session_free(session_t *session) {
    free(session->bars);
    free(session->quotes);
    free(session->trades);
}

/* ---- SplitMix64 */

static uint64_t state;

static uint64_t next(void) {
    uint64_t z;
    state += 0x9E3779B97F4A7C15ULL;
    z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/* 0 to n - 1. */
static int64_t below(uint64_t n) { return (int64_t)((next() >> 33) % n); }

/* Both included. */
static int64_t between(int64_t least, int64_t most) {
    return least + below((uint64_t)(most - least + 1));
}

#define FINE 1024 /* parts of a tick in which the price moves */

/* A stretch of the market: how far it drifts in a quote, after how many quotes it turns. */
typedef struct weather_t {
    int64_t drift;
    uint64_t turn, left, age;
} weather_t;

static weather_t next_weather(void) {
    weather_t w;
    bool calm = below(10) < 6;
    int64_t sign = below(2) == 0 ? 1 : -1;
    w.drift = sign * (calm ? between(8, 16) : between(40, 60));
    w.turn = calm ? UINT64_MAX : (uint64_t)between(900, 1600);
    w.left = (uint64_t)between(4000, 10000);
    w.age = 0;
    return w;
}

void generate_session(uint64_t seed, uint64_t rows, session_t *session) {
    uint64_t at = 1714982400000000000ULL, i; /* 2024-05-06 08:00:00 UTC */
    int64_t fine = 20000 * FINE;
    weather_t weather;
    oms_decimal_t tick = {1, -2, 0}, lot = {1, 0, 0};
    state = (seed * 0x9E3779B97F4A7C15ULL) ^ 0x0005DEECE66DULL;
    snprintf(session->source, sizeof session->source, "generated, seed %llu",
             (unsigned long long)seed);
    strcpy(session->symbol, "SYNTH");
    session->tick = tick;
    session->lot = lot;
    session->sizes = "of the generated session";
    session->volume = 500000000;
    weather = next_weather();
    for (i = 0; i < rows; i++) {
        quote_t quote;
        at += (uint64_t)between(20000000, 460000000);
        if (weather.left == 0) weather = next_weather();
        if (weather.age == weather.turn) {
            weather.drift = -weather.drift;
            weather.age = 0;
        }
        weather.left--;
        weather.age++;
        fine += weather.drift + between(-700, 700);
        if (fine < 4000 * FINE) fine = 4000 * FINE;
        quote.at = at;
        quote.bid = fine / FINE;
        quote.ask = quote.bid + between(1, 2);
        quote.bid_qty = between(50, 1500);
        quote.ask_qty = between(50, 1500);
        session_add_quote(session, &quote);
        if (below(4) == 0) {
            trade_t trade;
            trade.price = below(2) == 0 ? quote.bid : quote.ask;
            trade.at = at + (uint64_t)between(1000, 15000000);
            trade.qty = between(1, 400);
            session_add_trade(session, &trade);
        }
    }
}
