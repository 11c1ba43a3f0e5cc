/* Numbers, times and money as people read them: integers in, text out. */
#include <inttypes.h>
#include <string.h>

#include "backtest.h"

#define ROOM 64

static char *buffer(void) {
    static char buffers[8][ROOM];
    static unsigned next;
    return buffers[next++ % 8];
}

static uint64_t magnitude(int64_t n) { return n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n; }

/* Rounded down, also below zero. */
static int64_t floored(int64_t n, int64_t by) { return n / by - (n % by < 0 ? 1 : 0); }

static void group(uint64_t n, bool negative, char *out) {
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, n), at = 0, i;
    if (negative) out[at++] = '-';
    for (i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) out[at++] = ' ';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

static const char *decimal(int64_t n, uint64_t scale, int digits, const char *unit) {
    char *out = buffer();
    size_t length;
    group(magnitude(n) / scale, n < 0, out);
    length = strlen(out);
    snprintf(out + length, ROOM - length, ".%0*" PRIu64 "%s", digits, magnitude(n) % scale, unit);
    return out;
}

const char *text_grouped(int64_t n) {
    char *out = buffer();
    group(magnitude(n), n < 0, out);
    return out;
}

const char *text_money(int64_t units) { return decimal(floored(units, 10000), 100, 2, ""); }

const char *text_exact(int64_t units) {
    char *out = buffer();
    snprintf(out, ROOM, "%s%" PRIu64 ".%06" PRIu64, units < 0 ? "-" : "",
             magnitude(units) / UNIT, magnitude(units) % UNIT);
    return out;
}

const char *text_percent(int64_t ratio) { return decimal(floored(ratio, 100000), 100, 2, " %"); }

const char *text_percent_finely(int64_t ratio) {
    return decimal(floored(ratio, 1000), 10000, 4, " %");
}

const char *text_factor(int64_t ratio) { return decimal(floored(ratio, 10000000), 100, 2, ""); }

const char *text_ticks(int64_t whole, int64_t parts) {
    return decimal(whole * 100 + parts / 10000000, 100, 2, "");
}

const char *text_basis_points(int64_t ratio) {
    return decimal(floored(ratio, 100), 1000, 3, " bp");
}

const char *text_millis(uint64_t nanos) {
    return decimal((int64_t)(nanos / 10000), 100, 2, " ms");
}

const char *text_duration(uint64_t nanos) {
    char *out = buffer();
    unsigned long long seconds = nanos / SECOND, hours = seconds / 3600;
    unsigned minutes = (unsigned)(seconds / 60 % 60), rest = (unsigned)(seconds % 60);
    if (hours > 0) {
        snprintf(out, ROOM, "%llu h %02u min %02u s", hours, minutes, rest);
    } else if (minutes > 0) {
        snprintf(out, ROOM, "%u min %02u s", minutes, rest);
    } else {
        snprintf(out, ROOM, "%u.%03u s", rest, (unsigned)(nanos / 1000000 % 1000));
    }
    return out;
}

static void write_clock(uint64_t nanos, char out[ROOM]) {
    unsigned seconds = (unsigned)(nanos / SECOND % 86400);
    snprintf(out, ROOM, "%02u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

const char *text_clock(uint64_t nanos) {
    char *out = buffer();
    write_clock(nanos, out);
    return out;
}

const char *text_date(uint64_t nanos) {
    /* Counted from 0000-03-01 in eras of 400 years, so that leap days come last. */
    int64_t days = (int64_t)(nanos / (86400 * SECOND)) + 719468;
    int64_t era = days / 146097, day = days % 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    int64_t of_month = of_year - (153 * month + 2) / 5 + 1;
    char *out = buffer(), clock[ROOM];
    write_clock(nanos, clock);
    month = month < 10 ? month + 3 : month - 9;
    year += era * 400 + (month <= 2);
    snprintf(out, ROOM, "%04" PRId64 "-%02" PRId64 "-%02" PRId64 " %.8s", year, month, of_month,
             clock);
    return out;
}

const char *text_size(oms_decimal_t size) {
    char *out = buffer(), digits[32];
    int places = -size.exponent, count;
    count = snprintf(digits, sizeof digits, "%0*" PRId64, places + 1, size.mantissa);
    snprintf(out, ROOM, "%.*s%s%s", count - places, digits, places > 0 ? "." : "",
             digits + count - places);
    return out;
}
