/* The replay: market data into the engine, what it tells to strategy and journal. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backtest.h"

/* The engine's clock is told at least so often, while there are quotes: retries wait for it. */
#define TIMER 100000000ULL
#define POINTS 1000 /* of the curve, about */

/* ---- the journal */

static void note_point(journal_t *journal, const oms_t *oms, uint64_t at) {
    oms_account_t account;
    point_t *point;
    if (journal->point_count == journal->point_room) {
        journal->point_room = journal->point_room * 2 + 1024;
        journal->points =
            need_memory(realloc(journal->points, journal->point_room * sizeof *journal->points));
    }
    expect(oms_account_get(oms, &account), "oms_account_get");
    point = &journal->points[journal->point_count++];
    point->at = at;
    point->equity = account.equity;
    point->drawdown = account.drawdown;
    point->position = journal->position;
}

static void note_fill(journal_t *journal, const oms_event_t *event) {
    if (journal->fill_count == journal->fill_room) {
        journal->fill_room = journal->fill_room * 2 + 1024;
        journal->fills =
            need_memory(realloc(journal->fills, journal->fill_room * sizeof *journal->fills));
    }
    journal->fills[journal->fill_count++] = *event;
}

void journal_on_event(journal_t *journal, const oms_event_t *event) {
    if (event->kind == OMS_EVENT_ORDER_FILL) {
        bool flat = journal->position == 0;
        note_fill(journal, event);
        journal->position += event->side == OMS_SIDE_BUY ? event->qty : -event->qty;
        if (flat) {
            journal->since = event->at;
        } else if (journal->position == 0) {
            journal->held += event->at - journal->since;
            journal->since = 0;
        }
    } else if (event->kind == OMS_EVENT_BREAKER_TRIPPED) {
        journal->trips++;
    }
}

void journal_on_quote(journal_t *journal, const oms_t *oms, const quote_t *quote, uint64_t span,
                      const int64_t worth[2]) {
    int64_t size = journal->position < 0 ? -journal->position : journal->position;
    if (journal->seen_at != 0) {
        int64_t millis = (int64_t)((quote->at - journal->seen_at) / 1000000);
        journal->weight += journal->value / 10000 * millis;
    }
    journal->seen_at = quote->at;
    journal->value = size * quote_mid(quote) / worth[1] * worth[0];
    if (journal->value > journal->largest) journal->largest = journal->value;
    if (quote->at >= journal->next_point) {
        uint64_t each = span / POINTS;
        journal->next_point = quote->at + (each > 0 ? each : 1);
        note_point(journal, oms, quote->at);
    }
}

void journal_finish(journal_t *journal, const oms_t *oms, uint64_t at) {
    if (journal->since != 0) journal->held += at - journal->since;
    journal->since = 0;
    note_point(journal, oms, at);
}

void journal_free(journal_t *journal) {
    free(journal->points);
    free(journal->fills);
}

bool write_fills(const char *path, const journal_t *journal) {
    FILE *file = fopen(path, "wb");
    size_t i;
    bool bad;
    if (file == NULL) return false;
    fprintf(file, "timestamp_ns,client_id,exec_id,side,price_ticks,qty_lots,fee\n");
    for (i = 0; i < journal->fill_count; i++) {
        const oms_event_t *fill = &journal->fills[i];
        fprintf(file, "%llu,%llu,%llu,%d,%lld,%lld,%s\n", (unsigned long long)fill->at,
                (unsigned long long)fill->client_id, (unsigned long long)fill->exec_id,
                fill->side == OMS_SIDE_BUY ? 1 : -1, (long long)fill->price, (long long)fill->qty,
                text_exact(fill->value));
    }
    bad = ferror(file) != 0;
    return fclose(file) == 0 && !bad;
}

bool write_curve(const char *path, const journal_t *journal) {
    FILE *file = fopen(path, "wb");
    size_t i;
    bool bad;
    if (file == NULL) return false;
    fprintf(file, "timestamp_ns,equity,drawdown,position_lots\n");
    for (i = 0; i < journal->point_count; i++) {
        const point_t *p = &journal->points[i];
        fprintf(file, "%llu,%s,%lld.%09lld,%lld\n", (unsigned long long)p->at,
                text_exact(p->equity), (long long)(p->drawdown / PARTS),
                (long long)(p->drawdown % PARTS), (long long)p->position);
    }
    bad = ferror(file) != 0;
    return fclose(file) == 0 && !bad;
}

/* ---- the replay */

typedef struct run_t {
    oms_t *oms;
    strategy_t strategy;
    journal_t *journal;
    uint64_t timer; /* when the clock was told last */
    uint64_t span;
    int64_t worth[2]; /* money units of a tick-lot: numerator, denominator */
    oms_event_t events[256];
} run_t;

/* Work that was queued is done before anything else. */
static void drain(oms_t *oms, oms_status_t status, uint64_t now, const char *call) {
    oms_drain_t request;
    expect(status, call);
    if (status != OMS_MORE) return;
    expect(OMS_REQUEST_INIT(&request, OMS_REQUEST_DRAIN), "OMS_REQUEST_INIT");
    request.header.now = now;
    while (status == OMS_MORE) {
        status = oms_drain(oms, &request);
        expect(status, "oms_drain");
    }
}

static void tell_time(oms_t *oms, uint64_t now) {
    oms_timer_t timer;
    expect(OMS_REQUEST_INIT(&timer, OMS_REQUEST_TIMER), "OMS_REQUEST_INIT");
    timer.header.now = now;
    drain(oms, oms_timer(oms, &timer), now, "oms_timer");
}

static void take_events(run_t *run, uint64_t now) {
    oms_poll_t poll;
    oms_polled_t polled;
    uint32_t i;
    expect(OMS_REQUEST_INIT(&poll, OMS_REQUEST_POLL), "OMS_REQUEST_INIT");
    poll.header.now = now;
    poll.max_events = 256;
    do {
        expect(oms_poll(run->oms, &poll, NULL, run->events, &polled), "oms_poll");
        if (polled.events_lost > 0) stop("events were lost: the ring of events is too small");
        for (i = 0; i < polled.events; i++) {
            journal_on_event(run->journal, &run->events[i]);
            strategy_on_event(&run->strategy, run->oms, &run->events[i]);
        }
    } while (polled.more_events);
}

static void show_trade(oms_t *oms, const trade_t *trade) {
    oms_trade_t record;
    expect(OMS_REQUEST_INIT(&record, OMS_REQUEST_TRADE), "OMS_REQUEST_INIT");
    record.header.now = trade->at;
    record.source = OMS_TRADE_LAST;
    record.price = trade->price;
    record.qty = trade->qty;
    drain(oms, oms_trade(oms, &record), trade->at, "oms_trade");
}

/* What has happened is looked at, and answered. */
static void act(run_t *run, const quote_t *quote) {
    take_events(run, quote->at);
    strategy_on_quote(&run->strategy, run->oms, quote);
    journal_on_quote(run->journal, run->oms, quote, run->span, run->worth);
}

static void show_quote(run_t *run, const quote_t *quote) {
    oms_quote_t record;
    if (quote->at - run->timer >= TIMER) {
        run->timer = quote->at;
        tell_time(run->oms, quote->at);
    }
    expect(OMS_REQUEST_INIT(&record, OMS_REQUEST_QUOTE), "OMS_REQUEST_INIT");
    record.header.now = quote->at;
    record.bid = quote->bid;
    record.ask = quote->ask;
    record.bid_qty = quote->bid_qty;
    record.ask_qty = quote->ask_qty;
    drain(run->oms, oms_quote(run->oms, &record), quote->at, "oms_quote");
    act(run, quote);
}

/* A bar is over: the engine has walked through it, the strategy sees its end. */
static void show_bar(run_t *run, const bar_t *bar) {
    oms_bar_t record;
    quote_t end = {0, 0, 0, 0, 0};
    tell_time(run->oms, bar->begin);
    expect(OMS_REQUEST_INIT(&record, OMS_REQUEST_BAR), "OMS_REQUEST_INIT");
    record.header.now = bar->end;
    record.begin = bar->begin;
    record.open = bar->open;
    record.high = bar->high;
    record.low = bar->low;
    record.close = bar->close;
    record.volume = bar->volume;
    record.spread = bar->spread;
    drain(run->oms, oms_bar(run->oms, &record), bar->end, "oms_bar");
    end.at = bar->end;
    end.bid = bar->close;
    end.ask = bar->close + bar->spread;
    act(run, &end);
}

static void show_progress(bool shown, size_t row, size_t steps) {
    if (!shown) return;
    fprintf(stderr, "\r%3u %% of %zu steps%s", (unsigned)(row * 100 / steps), steps,
            row == steps ? "\n" : "");
}

void replay(oms_t *oms, const session_t *session, const options_t *options, journal_t *journal) {
    bool shown = options->progress || isatty(STDERR_FILENO);
    size_t steps = session_steps(session), row, trade = 0;
    oms_account_t account;
    oms_symbol_t symbol;
    uint64_t now;
    run_t *run = need_memory(calloc(1, sizeof *run));
    run->oms = oms;
    run->journal = journal;
    run->span = session_span(session);
    strategy_init(&run->strategy, steps, session->bar_count > 0);
    expect(oms_symbol_get(oms, 0, &symbol), "oms_symbol_get");
    run->worth[0] = symbol.money_num;
    run->worth[1] = symbol.money_den;
    for (row = 0; row < steps; row++) {
        if (session->bar_count > 0) {
            show_bar(run, &session->bars[row]);
        } else {
            while (trade < session->trade_count &&
                   session->trades[trade].at < session->quotes[row].at) {
                show_trade(oms, &session->trades[trade++]);
            }
            show_quote(run, &session->quotes[row]);
        }
        if (row % 4096 == 0) show_progress(shown, row, steps);
    }
    /* What is on its way arrives. */
    expect(oms_account_get(oms, &account), "oms_account_get");
    for (now = account.now + SECOND; now <= account.now + 5 * SECOND; now += SECOND) {
        tell_time(oms, now);
        take_events(run, now);
    }
    journal_finish(journal, oms, account.now + 5 * SECOND);
    show_progress(shown, steps, steps);
    free(run);
}
