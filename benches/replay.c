/* The time of a replay: replay OUT.csv [QUOTES.csv.gz]. One thread, 100 resting stops, LIVE and
 * BACKTEST; the recorded day when it is given, else one that is generated like it. Each mode is
 * replayed several times, one after the other in turn, and the median counts. */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "replay.h"

#define ROUNDS 7

static replay_quote_t *quotes;
static size_t count;

static void add(replay_quote_t quote) {
    if (count % 65536 == 0) {
        quotes = (replay_quote_t *)realloc(quotes, (count + 65536) * sizeof *quotes);
        desk_need(quotes != NULL, "memory");
    }
    quotes[count++] = quote;
}

static void generate(void) {
    replay_quote_t quote = replay_first();
    uint64_t draws = 7;
    add(quote);
    while (count < REPLAY_QUOTES) add(quote = replay_generated(&draws, &quote));
}

static void load(const char *path) {
    char command[1024], line[256];
    FILE *file;
    desk_need(strchr(path, '\'') == NULL && strlen(path) < 900, "quotes in the file's name");
    snprintf(command, sizeof command, "gzip -dc < '%s'", path);
    file = popen(command, "r");
    desk_need(file != NULL, "gzip cannot be started");
    while (fgets(line, sizeof line, file)) {
        unsigned long long at;
        long long bid, ask;
        replay_quote_t quote;
        if (sscanf(line, "%llu,%lld,%lld", &at, &bid, &ask) != 3) continue; /* the header */
        quote.at = at;
        quote.bid = bid;
        quote.ask = ask;
        add(quote);
    }
    desk_need(pclose(file) == 0 && count > 0, "no quotes can be read: give a .csv.gz of them");
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The digest of what has happened. */
static uint64_t replay(uint32_t mode, double *taken) {
    static desk_t desk;
    oms_account_t account;
    oms_drain_t drain;
    oms_quote_t quote;
    int32_t failed = 0;
    uint64_t digest;
    double begin;
    size_t i;
    replay_open(&desk, mode, &quotes[0]);
    OMS_REQUEST_INIT(&quote, OMS_REQUEST_QUOTE);
    OMS_REQUEST_INIT(&drain, OMS_REQUEST_DRAIN);
    begin = seconds();
    for (i = 1; i < count; i++) {
        int32_t status;
        quote.header.now = quotes[i].at;
        quote.bid = quotes[i].bid;
        quote.ask = quotes[i].ask;
        status = oms_quote(desk.oms, &quote);
        while (status == OMS_MORE) {
            drain.header.now = quotes[i].at;
            status = oms_drain(desk.oms, &drain);
        }
        failed |= status;
    }
    *taken = seconds() - begin;
    desk_need(failed == 0, "a quote was refused");
    desk_ok(oms_account_get(desk.oms, &account), "account");
    desk_ok(oms_digest(desk.oms, &digest), "digest");
    if (mode == OMS_MODE_BACKTEST) desk_need(account.closed > 0, "no stop has fired");
    desk_close(&desk);
    return digest;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    static const char *const names[] = {"LIVE", "BACKTEST"};
    static const uint32_t modes[] = {OMS_MODE_LIVE, OMS_MODE_BACKTEST};
    static double times[2][ROUNDS];
    uint64_t digests[2] = {0, 0};
    FILE *out;
    int round, mode;
    desk_need(argc == 2 || argc == 3, "usage: replay OUT.csv [QUOTES.csv.gz]");
    if (argc == 3) load(argv[2]);
    else generate();
    for (round = 0; round < ROUNDS; round++) {
        for (mode = 0; mode < 2; mode++) {
            uint64_t digest = replay(modes[mode], &times[mode][round]);
            desk_need(round == 0 || digest == digests[mode], "two replays differ");
            digests[mode] = digest;
        }
    }
    out = fopen(argv[1], "w");
    desk_need(out != NULL, "the table cannot be written");
    fprintf(out, "mode,source,quotes,stops,seconds\n");
    printf("%-9s %8s %6s %9s %11s\n", "mode", "quotes", "stops", "seconds", "ns a quote");
    for (mode = 0; mode < 2; mode++) {
        qsort(times[mode], ROUNDS, sizeof times[mode][0], compare);
        double median = times[mode][ROUNDS / 2];
        fprintf(out, "%s,%s,%zu,%d,%.6f\n", names[mode], argc == 3 ? "recorded" : "generated",
                count, REPLAY_STOPS, median);
        printf("%-9s %8zu %6d %9.4f %11.1f\n", names[mode], count, REPLAY_STOPS, median,
               median / (double)count * 1e9);
    }
    fclose(out);
    free(quotes);
    return 0;
}
