/* Quotes and trades from .csv and .csv.gz files, and the sizes they are counted in. */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "backtest.h"

#define PRICE ((int64_t)1 << 40)
#define QUANTITY ((int64_t)1 << 40)

/* A column: its name, least and most; how many of a file every row has. */
typedef struct column_t {
    const char *name;
    int64_t least, most;
} column_t;

typedef struct columns_t {
    int count, needed;
    column_t all[5];
} columns_t;

static const columns_t quote_columns = {
    5, 3, {{"timestamp_ns", 1, INT64_MAX}, {"bid_ticks", 1, PRICE}, {"ask_ticks", 1, PRICE},
           {"bid_lots", 0, QUANTITY}, {"ask_lots", 0, QUANTITY}}};
static const columns_t trade_columns = {
    3, 3, {{"timestamp_ns", 1, INT64_MAX}, {"price_ticks", 1, PRICE}, {"qty_lots", 0, QUANTITY},
           {NULL, 0, 0}, {NULL, 0, 0}}};

/* ---- files */

typedef struct lines_t {
    const char *path;
    FILE *file;
    bool piped;
    uint64_t number;
    char line[512];
} lines_t;

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* A pipe from gzip; the name in single quotes, where only the quote itself is special. */
static FILE *unpacked(const char *path) {
    char *command = need_memory(malloc(strlen(path) * 4 + 32)), *at;
    FILE *file;
    at = command + sprintf(command, "gzip -dc < '");
    for (; *path; path++) at += sprintf(at, *path == '\'' ? "'\\''" : "%c", *path);
    strcpy(at, "'");
    file = popen(command, "r");
    free(command);
    return file;
}

static void open_lines(lines_t *lines, const char *path) {
    lines->path = path;
    lines->number = 0;
    lines->piped = ends_with(path, ".gz");
    /* popen starts a shell whether the file is there or not: fopen tells. */
    lines->file = fopen(path, "rb");
    if (lines->file != NULL && lines->piped) {
        fclose(lines->file);
        lines->file = unpacked(path);
    }
    if (lines->file == NULL) {
        stop("%s: %s; give a .csv or .csv.gz file, or none for a generated session", path,
             strerror(errno));
    }
}

/* Whether a line was read; without its end. */
static bool next_line(lines_t *lines) {
    size_t length;
    if (fgets(lines->line, sizeof lines->line, lines->file) == NULL) return false;
    lines->number++;
    length = strlen(lines->line);
    while (length > 0 && isspace((unsigned char)lines->line[length - 1])) length--;
    lines->line[length] = '\0';
    return true;
}

/* whole: its end was reached, so that a damaged file is told of. */
static void close_lines(lines_t *lines, bool whole) {
    bool bad = ferror(lines->file) != 0;
    int result = lines->piped ? pclose(lines->file) : fclose(lines->file);
    if (whole && (bad || (lines->piped && result != 0))) {
        stop("%s:%" PRIu64 ": cannot be read on: damaged, no gzip file, or gzip is not installed",
             lines->path, lines->number + 1);
    }
}

/* A row that makes no sense may be the end of a damaged .gz: what follows it is unpacked too. */
static void check_whole(lines_t *lines) {
    char buffer[4096];
    while (fread(buffer, 1, sizeof buffer, lines->file) > 0) continue;
    lines->number--; /* the last whole line */
    close_lines(lines, true);
    lines->number++;
}

/* ---- rows */

/* The numbers of a row; columns that are not known are not looked at. */
static void read_row(lines_t *lines, const columns_t *columns, int64_t values[5]) {
    const char *at = lines->line;
    int i;
    memset(values, 0, 5 * sizeof *values);
    for (i = 0; i < columns->count; i++) {
        const column_t *column = &columns->all[i];
        size_t length = strcspn(at, ","), digits = strspn(at, "0123456789");
        uint64_t value = 0;
        errno = 0;
        if (digits == length && length > 0 && length < 20) value = strtoull(at, NULL, 10);
        if (digits != length || length == 0 || length >= 20 || value > (uint64_t)column->most ||
            (int64_t)value < column->least) {
            check_whole(lines);
            stop("%s:%" PRIu64 ": %s is \"%.*s\": a whole number from %" PRId64 " to %" PRId64
                 " belongs there", lines->path, lines->number, column->name, (int)length, at,
                 column->least, column->most);
        }
        values[i] = (int64_t)value;
        at += length;
        if (*at == '\0') {
            if (i + 1 < columns->needed) {
                check_whole(lines);
                stop("%s:%" PRIu64 ": %s is missing", lines->path, lines->number,
                     columns->all[i + 1].name);
            }
            return;
        }
        at++;
    }
}

/* The next row of a file, in order of time; false at its end. */
static bool next_row(lines_t *lines, const columns_t *columns, int64_t *last, int64_t values[5]) {
    while (next_line(lines)) {
        bool header = lines->number == 1 && isalpha((unsigned char)lines->line[0]);
        if (header || lines->line[0] == '\0') continue;
        read_row(lines, columns, values);
        if (values[0] < *last) {
            stop("%s:%" PRIu64 ": timestamp_ns %" PRId64 " is before the previous row's %" PRId64
                 "; sort the rows: sort -t, -k1,1n", lines->path, lines->number, values[0], *last);
        }
        *last = values[0];
        return true;
    }
    return false;
}

/* The beginning of the file's name. */
static void name_symbol(const char *name, char symbol[17]) {
    size_t length = strcspn(name, "_."), i;
    if (length > 16) length = 16;
    for (i = 0; i < length; i++) {
        unsigned char c = (unsigned char)name[i];
        symbol[i] = (char)(c < 128 && isalnum(c) ? toupper(c) : '-');
    }
    symbol[length] = '\0';
    if (length == 0) strcpy(symbol, "SYMBOL");
}

void read_session(const options_t *options, session_t *session) {
    const char *path = options->quotes, *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    int64_t values[5], last = 0;
    lines_t lines;
    bool more = true;
    snprintf(session->source, sizeof session->source, "%s", name);
    name_symbol(name, session->symbol);
    open_lines(&lines, path);
    while ((options->rows == 0 || session->quote_count < options->rows) &&
           (more = next_row(&lines, &quote_columns, &last, values))) {
        quote_t quote;
        quote.at = (uint64_t)values[0];
        quote.bid = values[1];
        quote.ask = values[2];
        quote.bid_qty = values[3];
        quote.ask_qty = values[4];
        if (quote.bid > quote.ask) {
            session->crossed++;
        } else {
            session_add_quote(session, &quote);
        }
    }
    close_lines(&lines, !more);
    if (session->quote_count == 0) {
        stop("%s: no quotes in it (%" PRIu64
             " crossed); rows are timestamp_ns,bid_ticks,ask_ticks", path, session->crossed);
    }
    read_sizes(options, session);
}

void read_trades(const char *path, session_t *session) {
    uint64_t first = session->quotes[0].at, end = session->quotes[session->quote_count - 1].at;
    int64_t values[5], last = 0;
    lines_t lines;
    bool more;
    open_lines(&lines, path);
    while ((more = next_row(&lines, &trade_columns, &last, values)) && (uint64_t)last <= end) {
        trade_t trade;
        trade.at = (uint64_t)values[0];
        trade.price = values[1];
        trade.qty = values[2];
        if (trade.at >= first) session_add_trade(session, &trade);
    }
    close_lines(&lines, !more);
}
