/* A backtest in C: `make backtest IN=c`, or out/backtest_c --help. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "backtest.h"

void stop(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fflush(stdout);
    fprintf(stderr, "backtest: ");
    vfprintf(stderr, format, values);
    fprintf(stderr, "\n");
    va_end(values);
    exit(2);
}

void *need_memory(void *memory) {
    if (memory == NULL) stop("out of memory: give fewer --rows");
    return memory;
}

/* Makes a folder and those it lies in. */
static void make_folder(const char *path) {
    char *part = need_memory(malloc(strlen(path) + 1)), *at;
    strcpy(part, path);
    for (at = part + 1; *at; at++) {
        if (*at != '/') continue;
        *at = '\0';
        mkdir(part, 0777);
        *at = '/';
    }
    mkdir(part, 0777); /* what cannot be made is told when a file is written into it */
    free(part);
}

static char *place_in(const char *folder, const char *name) {
    char *path = need_memory(malloc(strlen(folder) + strlen(name) + 2));
    sprintf(path, "%s/%s", folder, name);
    return path;
}

static uint64_t micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void load(const options_t *options, session_t *session) {
    memset(session, 0, sizeof *session);
    if (options->quotes == NULL) {
        generate_session(options->seed, options->rows ? options->rows : 120000, session);
        if (options->tick.mantissa) session->tick = options->tick;
        if (options->lot.mantissa) session->lot = options->lot;
    } else {
        read_session(options, session);
        if (options->trades) read_trades(options->trades, session);
    }
    if (options->bars) session_to_bars(session, options->bars);
}

int main(int count, char **arguments) {
    options_t options;
    session_t session;
    journal_t journal;
    uint64_t begin, taken;
    char *curve, *fills;
    oms_t *oms;
    int code;
    if (!options_parse(count, arguments, &options, &code)) return code;
    load(&options, &session);
    oms = desk_open(&session, &options);
    memset(&journal, 0, sizeof journal);
    begin = micros();
    replay(oms, &session, &options, &journal);
    taken = micros() - begin;
    if (taken == 0) taken = 1;
    report(oms, &session, &options, &journal);
    make_folder(options.out);
    curve = place_in(options.out, "equity.csv");
    fills = place_in(options.out, "fills.csv");
    if (!write_curve(curve, &journal) || !write_fills(fills, &journal)) {
        stop("%s: %s; give another --out FOLDER", options.out, strerror(errno));
    }
    printf("\ncurve %s, fills %s\n", curve, fills);
    printf("time %u.%03u s, %llu steps a second\n", (unsigned)(taken / 1000000),
           (unsigned)(taken / 1000 % 1000),
           (unsigned long long)(session_steps(&session) * 1000000ULL / taken));
    free(curve);
    free(fills);
    journal_free(&journal);
    session_free(&session);
    desk_free();
    return 0;
}
