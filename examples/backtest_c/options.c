/* What the command line says. */
#include <stdlib.h>
#include <string.h>

#include "backtest.h"

static const char usage[] =
    "usage: backtest [--quotes FILE] [--trades FILE] [--bars SECONDS] [--tick SIZE] [--lot SIZE]\n"
    "                [--fee N] [--latency MS] [--seed N] [--rows N] [--out FOLDER] [--progress]\n"
    "  --quotes FILE   timestamp_ns,bid_ticks,ask_ticks[,bid_lots,ask_lots], .csv or .csv.gz; a\n"
    "                  FILE.json beside it gives tick_size and may give lot_size\n"
    "                  (default: a generated session)\n"
    "  --trades FILE   timestamp_ns,price_ticks,qty_lots[,side] of the same market, in ticks and\n"
    "                  lots of the same sizes\n"
    "  --bars SECONDS  bars of that length are made of the quotes, and replayed in their place\n"
    "  --tick SIZE     size of a tick, like 0.01, in place of that of FILE.json\n"
    "  --lot SIZE      size of a lot likewise\n"
    "  --fee N         what takers pay, hundredths of a basis point; makers pay half (default 10)\n"
    "  --latency MS    to the venue, milliseconds; half of it back (default 2)\n"
    "  --seed N        of the generated session and of the venue's draws (default 5)\n"
    "  --rows N        at most this many quotes (default: all; generated: 120000)\n"
    "  --out FOLDER    where equity.csv and fills.csv go (default out/backtest)\n"
    "  --progress      show progress also when stderr is no terminal\n";

static uint64_t number(const char *name, const char *value, uint64_t most) {
    size_t length = strlen(value);
    uint64_t n = 0, digit, i;
    bool good = length > 0;
    for (i = 0; good && i < length; i++) {
        digit = (uint64_t)(value[i] - '0');
        good = value[i] >= '0' && value[i] <= '9' && n <= (most - digit) / 10;
        n = n * 10 + digit;
    }
    if (!good) {
        stop("%s \"%s\": a whole number from 0 to %llu belongs there", name, value,
             (unsigned long long)most);
    }
    return n;
}

static void size(const char *name, const char *value, oms_decimal_t *out) {
    const char *problem = parse_decimal(value, strlen(value), out);
    if (problem) stop("%s \"%s\" %s", name, value, problem);
}

static bool set(options_t *o, const char *name, const char *value) {
    if (strcmp(name, "--quotes") == 0) {
        o->quotes = value;
    } else if (strcmp(name, "--trades") == 0) {
        o->trades = value;
    } else if (strcmp(name, "--out") == 0) {
        o->out = value;
    } else if (strcmp(name, "--bars") == 0) {
        o->bars = number(name, value, 86400);
    } else if (strcmp(name, "--tick") == 0) {
        size(name, value, &o->tick);
    } else if (strcmp(name, "--lot") == 0) {
        size(name, value, &o->lot);
    } else if (strcmp(name, "--fee") == 0) {
        o->fee = (int64_t)number(name, value, 1000000) * 1000;
    } else if (strcmp(name, "--latency") == 0) {
        o->latency = number(name, value, 60000) * 1000000;
    } else if (strcmp(name, "--seed") == 0) {
        o->seed = number(name, value, UINT64_MAX);
    } else if (strcmp(name, "--rows") == 0) {
        o->rows = number(name, value, 50000000);
    } else {
        return false;
    }
    return true;
}

bool options_parse(int count, char **arguments, options_t *options, int *code) {
    static const char *const known[] = {"--quotes", "--trades", "--bars", "--tick", "--lot",
                                        "--fee", "--latency", "--seed", "--rows", "--out"};
    int i;
    size_t k;
    memset(options, 0, sizeof *options);
    options->fee = 10000;
    options->latency = 2000000;
    options->seed = 5;
    options->out = "out/backtest";
    for (i = 1; i < count; i++) {
        const char *name = arguments[i];
        bool takes = false;
        if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
            fputs(usage, stdout);
            *code = 0;
            return false;
        }
        if (strcmp(name, "--progress") == 0) {
            options->progress = true;
            continue;
        }
        for (k = 0; k < sizeof known / sizeof *known; k++) takes |= strcmp(name, known[k]) == 0;
        if (!takes) stop("%s is not an option; see --help", name);
        if (i + 1 == count) stop("%s needs a value; see --help", name);
        set(options, name, arguments[++i]);
    }
    if (options->trades && !options->quotes) {
        stop("--trades needs --quotes: trades are replayed between quotes");
    }
    return true;
}
