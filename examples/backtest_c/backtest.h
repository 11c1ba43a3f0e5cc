/* A backtest on oms-core in C99: what the files of this folder share. examples/backtest is the same
 * in Rust, with the same output. Where to look: desk.c for limits, breaker and venue, strategy.c
 * for the orders, run.c for the replay. */
#ifndef BACKTEST_H
#define BACKTEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "oms.h"

#define UNIT 1000000            /* money units of a unit of the currency */
#define BALANCE (100000LL * UNIT) /* what the account begins with */
#define SECOND 1000000000ULL
#define PARTS 1000000000LL      /* of a ratio */

/* ---- what is replayed */

typedef struct quote_t {
    uint64_t at;              /* nanoseconds after 1970 */
    int64_t bid, ask;         /* ticks */
    int64_t bid_qty, ask_qty; /* lots; 0: not known */
} quote_t;

typedef struct trade_t {
    uint64_t at;
    int64_t price, qty;
} trade_t;

/* What happened from begin to end: bids, and the usual distance of the ask. */
typedef struct bar_t {
    uint64_t begin, end;
    int64_t open, high, low, close;
    int64_t volume; /* lots traded; 0: not known */
    int64_t spread;
} bar_t;

typedef struct session_t {
    char source[256]; /* where it comes from, for people */
    char symbol[17];
    oms_decimal_t tick, lot;
    const char *sizes; /* where the sizes come from */
    quote_t *quotes;
    size_t quote_count, quote_room;
    trade_t *trades; /* one with the time of a quote comes after it */
    size_t trade_count, trade_room;
    bar_t *bars; /* replayed in place of quotes and trades, when there are any */
    size_t bar_count;
    uint64_t crossed; /* quotes with the bid above the ask, left out */
    uint64_t volume;  /* traded in 24 hours, whole currency; 0: not known */
} session_t;

/* From the first quote to the last, nanoseconds, at least one. */
uint64_t session_span(const session_t *session);
int64_t quote_mid(const quote_t *quote);
void session_add_quote(session_t *session, const quote_t *quote);
void session_add_trade(session_t *session, const trade_t *trade);
/* Bars of so many seconds in place of the quotes. */
void session_to_bars(session_t *session, uint64_t seconds);
/* Quotes, or bars, that are replayed. */
size_t session_steps(const session_t *session);
void session_free(session_t *session);

/* ---- what a run is told */

typedef struct options_t {
    const char *quotes, *trades, *out;
    uint64_t bars;           /* seconds; 0: quotes as they are */
    oms_decimal_t tick, lot; /* mantissa 0: not given */
    int64_t fee;             /* of takers, parts per 10^9; makers pay half */
    uint64_t latency;        /* to the venue, nanoseconds; half of it back */
    uint64_t seed, rows;
    bool progress;
} options_t;

/* False: it is said what is wrong, or help was asked for; the exit code is in *code. */
bool options_parse(int count, char **arguments, options_t *options, int *code);

/* All stop the program with what is wrong: file, line, value, what to do. */
void generate_session(uint64_t seed, uint64_t rows, session_t *session);
void read_session(const options_t *options, session_t *session);
void read_trades(const char *path, session_t *session);
void read_sizes(const options_t *options, session_t *session);
/* "0.01"; NULL, or what is wrong with it. */
const char *parse_decimal(const char *text, size_t length, oms_decimal_t *size);
void stop(const char *format, ...);
void *need_memory(void *memory);

/* ---- the engine */

oms_t *desk_open(const session_t *session, const options_t *options);
void desk_free(void);
/* Stops when a call of the library is refused. */
void expect(oms_status_t status, const char *call);

/* ---- what is written down while it runs, beside what the engine counts itself */

typedef struct point_t {
    uint64_t at;
    int64_t equity, drawdown; /* money units; parts per 10^9 */
    int64_t position;         /* lots, below 0 for a short */
} point_t;

typedef struct journal_t {
    oms_event_t *fills; /* OMS_EVENT_ORDER_FILL: time, order, side, price, quantity, fee */
    size_t fill_count, fill_room;
    point_t *points;
    size_t point_count, point_room;
    uint32_t trips;
    int64_t position;
    uint64_t held;  /* time with a position */
    int64_t weight; /* value x time of the position: cents x milliseconds */
    int64_t largest;
    uint64_t since, seen_at, next_point;
    int64_t value;
} journal_t;

void journal_on_event(journal_t *journal, const oms_event_t *event);
/* worth: money units of a tick-lot, numerator and denominator. */
void journal_on_quote(journal_t *journal, const oms_t *oms, const quote_t *quote, uint64_t span,
                      const int64_t worth[2]);
void journal_finish(journal_t *journal, const oms_t *oms, uint64_t at);
void journal_free(journal_t *journal);

/* ---- the strategy */

/* How long things last, in steps: quotes, or bars. */
typedef struct pace_t {
    int64_t fast, slow; /* averages */
    int64_t block;      /* the usual range is that of so many steps */
    uint64_t rest;      /* between a position and the next entry */
    uint64_t patience;  /* that an entry waits */
    uint64_t hold;      /* that a position is held at most */
    uint64_t end;       /* before the end, when everything is closed */
} pace_t;

pace_t strategy_pace(bool bars);

typedef struct strategy_t {
    pace_t pace;
    int64_t fast, slow, high, low, range, count; /* the signal */
    uint64_t steps, step, numbers, turns;
    quote_t quote;
    int play;
    int64_t distance; /* between entry and stop, ticks */
    oms_id_t entry;
    uint64_t entered;
    bool asked_off;
    oms_id_t position;
    int64_t side;
    uint64_t opened, left, flat_since;
} strategy_t;

void strategy_init(strategy_t *strategy, uint64_t steps, bool bars);
void strategy_on_event(strategy_t *strategy, oms_t *oms, const oms_event_t *event);
void strategy_on_quote(strategy_t *strategy, oms_t *oms, const quote_t *quote);

/* ---- the replay and what comes of it */

void replay(oms_t *oms, const session_t *session, const options_t *options, journal_t *journal);
void report(const oms_t *oms, const session_t *session, const options_t *options,
            const journal_t *journal);
/* False: errno says why. */
bool write_curve(const char *path, const journal_t *journal);
bool write_fills(const char *path, const journal_t *journal);

/* ---- text: each call has one of a few buffers, which the eighth call after it uses again */

const char *text_grouped(int64_t n);
const char *text_money(int64_t units);
const char *text_exact(int64_t units);
const char *text_percent(int64_t ratio);
const char *text_percent_finely(int64_t ratio);
const char *text_factor(int64_t ratio);
const char *text_ticks(int64_t whole, int64_t parts);
const char *text_basis_points(int64_t ratio);
const char *text_millis(uint64_t nanos);
const char *text_duration(uint64_t nanos);
const char *text_clock(uint64_t nanos);
const char *text_date(uint64_t nanos);
const char *text_size(oms_decimal_t size);

#endif
