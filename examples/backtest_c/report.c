/* The report. What the engine counts comes from the engine; the rest from the journal. */
#include "backtest.h"

static const char *count(uint64_t n) { return text_grouped((int64_t)n); }

#define LINE "  %-18s "

static void head(const session_t *session, const options_t *options) {
    uint64_t first = session->quotes[0].at, last = session->quotes[session->quote_count - 1].at;
    int64_t slow = strategy_pace(session->bar_count > 0).slow;
    const char *back;
    printf("BACKTEST %s: %s\n", session->symbol, session->source);
    printf(LINE "%s UTC\n", "from", text_date(first));
    printf(LINE "%s UTC: %s\n", "to", text_date(last), text_duration(last - first));
    printf(LINE "%s quotes, %s trades, %s crossed left out\n", "market",
           count(session->quote_count), count(session->trade_count), count(session->crossed));
    if (session->bar_count > 0) {
        printf(LINE "%s made of them, to %s\n", "bars", count(session->bar_count),
               text_clock(session->bars[session->bar_count - 1].end));
    }
    printf(LINE "tick %s, lot %s (%s)\n", "sizes", text_size(session->tick),
           text_size(session->lot), session->sizes);
    if (session_steps(session) <= (uint64_t)slow) {
        printf(LINE "no order is sent: the averages need more than %s steps\n", "note",
               text_grouped(slow));
    }
    back = text_millis(options->latency / 2);
    printf(LINE "%s out, %s back, up to %s more\n", "latency", text_millis(options->latency), back,
           back);
    printf(LINE "taker %s, maker %s\n", "fees", text_basis_points(options->fee),
           text_basis_points(options->fee / 2));
    printf(LINE "%s\n", "begins with", text_money(BALANCE));
}

static void results(const oms_t *oms) {
    oms_account_t account;
    oms_statistics_t s;
    oms_execution_stats_t o;
    oms_shortfall_t shortfall;
    expect(oms_account_get(oms, &account), "oms_account_get");
    expect(oms_statistics_get(oms, 0, &s), "oms_statistics_get");
    expect(oms_execution_stats_get(oms, 0, &o), "oms_execution_stats_get");
    expect(oms_shortfall_get(oms, 0, &shortfall), "oms_shortfall_get");
    printf("\nRESULT (currency)\n");
    printf(LINE "%s\n", "equity", text_money(account.equity));
    printf(LINE "%s (%s)\n", "net PnL", text_money(s.total),
           text_percent(s.total / (BALANCE / PARTS)));
    printf(LINE "%s before fees\n", "gross PnL", text_money(s.realised + s.unrealised));
    printf(LINE "%s\n", "fees", text_money(s.commission));
    printf(LINE "%s: %s a fill, worst %s; of the value %s\n", "slippage", text_money(o.slippage),
           text_money(o.slippage_average), text_money(o.slippage_worst),
           text_basis_points(o.slippage_ratio));
    printf(LINE "%s ticks a lot, worst %s, from the best price when it was sent\n", "",
           text_ticks(shortfall.average, shortfall.average_frac), text_grouped(shortfall.worst));
    printf(LINE "%s\n", "max drawdown", text_percent(account.drawdown_max));
}

static void trades(const oms_t *oms, const session_t *session, const journal_t *journal) {
    uint64_t span = session_span(session) / 1000, millis = journal->held / 1000000;
    oms_statistics_t s;
    expect(oms_statistics_get(oms, 0, &s), "oms_statistics_get");
    printf("\nTRADES (positions closed)\n");
    printf(LINE "%s: %s won, %s lost, %s even; %s open\n", "closed", count(s.closed),
           count(s.wins), count(s.losses), count(s.break_even), count(s.open));
    printf(LINE "%s\n", "win rate", text_percent(s.win_rate));
    printf(LINE "%s\n", "profit factor",
           s.profit_factor == OMS_OFF ? "-" : text_factor(s.profit_factor));
    printf(LINE "win %s, loss %s\n", "average", text_money(s.average_win),
           text_money(s.average_loss));
    printf(LINE "win %s, loss %s\n", "largest", text_money(s.largest_win),
           text_money(s.largest_loss));
    printf(LINE "%s\n", "held on average", text_duration(s.average_holding));
    printf(LINE "%s\n", "in the market",
           text_percent((int64_t)(journal->held / 1000 * 100000 / (span > 0 ? span : 1)) * 10000));
    printf(LINE "%s on average while open, largest %s\n", "position value",
           text_money(journal->weight / (int64_t)(millis > 0 ? millis : 1) * 10000),
           text_money(journal->largest));
}

static void orders(const oms_t *oms) {
    oms_statistics_t s;
    oms_execution_stats_t o;
    oms_denials_t denials;
    uint32_t check, named = 0;
    expect(oms_statistics_get(oms, 0, &s), "oms_statistics_get");
    expect(oms_execution_stats_get(oms, 0, &o), "oms_execution_stats_get");
    expect(oms_denials_get(oms, 0, &denials), "oms_denials_get");
    printf("\nORDERS\n");
    printf(LINE "%s: %s executed, %s failed, %s cancelled\n", "sent", count(o.sent),
           count(o.executed), count(o.failed), count(o.cancelled));
    printf(LINE "%s times: they had not left\n", "sent again", count(o.retries));
    printf(LINE "%s\n", "fills", count(s.executions));
    printf(LINE "after %s on average, worst %s\n", "acknowledged", text_millis(o.ack_average),
           text_millis(o.ack_worst));
    printf(LINE "%s", "denied", count(s.denied));
    for (check = 0; check < 64; check++) {
        if (denials.denied_by[check] == 0) continue;
        printf("%s%s %s", named++ == 0 ? ": " : ", ", oms_check_name(check),
               count(denials.denied_by[check]));
    }
    printf("\n");
}

static const char *value(const oms_trip_t *trip, int64_t n) {
    return trip->unit == OMS_UNIT_MONEY   ? text_money(n)
           : trip->unit == OMS_UNIT_RATIO ? text_percent_finely(n)
                                          : text_grouped(n);
}

static void trips(const oms_t *oms, const journal_t *journal) {
    oms_breaker_status_t breaker;
    uint32_t back;
    expect(oms_risk_get(oms, 0, &breaker), "oms_risk_get");
    printf("\nTRIPS OF THE BREAKER: %u", (unsigned)journal->trips);
    if (journal->trips > breaker.trips) {
        printf(", the last %u of them", (unsigned)breaker.trips);
    }
    printf("\n");
    for (back = breaker.trips; back-- > 0;) {
        oms_trip_t trip;
        expect(oms_trip_get(oms, 0, back, &trip), "oms_trip_get");
        printf(LINE "%s: limit %s, observed %s; ", text_clock(trip.at), oms_cause_name(trip.cause),
               value(&trip, trip.limit), value(&trip, trip.observed));
        if (trip.reset_at != 0) {
            printf("reset %s\n", text_clock(trip.reset_at));
        } else {
            printf("%s\n", trip.latched ? "latched until a reset by hand" : "open at the end");
        }
    }
}

void report(const oms_t *oms, const session_t *session, const options_t *options,
            const journal_t *journal) {
    head(session, options);
    results(oms);
    trades(oms, session, journal);
    orders(oms);
    trips(oms, journal);
}
