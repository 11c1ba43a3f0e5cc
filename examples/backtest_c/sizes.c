/* Sizes of tick and lot: from the description beside a file, or chosen after the price. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "backtest.h"

#define WHOLE 7     /* digits before the point */
#define DECIMALS 12 /* and behind it */

static int64_t power_of_ten(int n) {
    int64_t power = 1;
    for (; n > 0; n--) power *= 10;
    return power;
}

const char *parse_decimal(const char *text, size_t length, oms_decimal_t *size) {
    static const char wrong[] = "is not a positive decimal like 0.01";
    size_t whole = 0, i, decimals = 0, used = 0;
    int64_t mantissa = 0;
    while (whole < length && text[whole] != '.') whole++;
    if (whole == 0) return wrong;
    for (i = 0; i < length; i++) {
        if (i != whole && (text[i] < '0' || text[i] > '9')) return wrong;
    }
    if (whole < length) decimals = length - whole - 1;
    while (decimals > 0 && text[whole + decimals] == '0') decimals--;
    for (i = 0; i < whole && text[i] == '0'; i++) used++;
    if (whole - used > WHOLE || decimals > DECIMALS) {
        return "is beyond 7 digits before the point or 12 behind it";
    }
    for (i = 0; i < whole; i++) mantissa = mantissa * 10 + (text[i] - '0');
    for (i = 1; i <= decimals; i++) mantissa = mantissa * 10 + (text[whole + i] - '0');
    if (mantissa == 0) return wrong;
    size->mantissa = mantissa;
    size->exponent = -(int)decimals;
    size->reserved = 0;
    return NULL;
}

/* The largest power of ten of which a lot is worth at most 100 in the currency. */
static oms_decimal_t lot_for(int64_t ticks, oms_decimal_t tick) {
    oms_decimal_t lot = {1, -9, 0};
    int64_t value = ticks * tick.mantissa;
    int exponent;
    for (exponent = 6; exponent >= -9; exponent--) {
        int power = tick.exponent + exponent;
        bool fits = power >= 0 ? power < 3 && value <= 100 / power_of_ten(power)
                               : value / power_of_ten(-power < 18 ? -power : 18) < 100;
        if (fits) {
            lot.mantissa = power_of_ten(exponent);
            lot.exponent = exponent < 0 ? exponent : 0;
            break;
        }
    }
    return lot;
}

/* The text of a member, a string or a word, anywhere in a description; NULL: not there, or null. */
static const char *member(const char *json, const char *name, size_t *length) {
    const char *at = strstr(json, name);
    if (at == NULL) return NULL;
    at += strlen(name);
    at += strspn(at, " \t\r\n");
    if (*at != ':') return NULL;
    at++;
    at += strspn(at, " \t\r\n");
    if (*at == '"') {
        at++;
        *length = strcspn(at, "\"");
    } else {
        *length = strcspn(at, ",}\n\r ");
    }
    return *length == 4 && strncmp(at, "null", 4) == 0 ? NULL : at;
}

/* The whole of a small file; empty when there is none. */
static char *description(const char *path) {
    char *text = need_memory(calloc(1, 65536));
    FILE *file = fopen(path, "rb");
    if (file == NULL && errno != ENOENT) stop("%s: %s", path, strerror(errno));
    if (file != NULL) {
        size_t count = fread(text, 1, 65535, file);
        text[count] = '\0';
        fclose(file);
    }
    return text;
}

/* False: the description has no such size. */
static bool given(const char *path, const char *json, const char *name, oms_decimal_t *size) {
    char quoted[32];
    size_t length;
    const char *text, *problem;
    snprintf(quoted, sizeof quoted, "\"%s\"", name);
    text = member(json, quoted, &length);
    if (text == NULL) return false;
    problem = parse_decimal(text, length, size);
    if (problem) stop("%s: %s \"%.*s\" %s", path, name, (int)length, text, problem);
    return true;
}

void read_sizes(const options_t *options, session_t *session) {
    size_t length = strlen(options->quotes);
    char *path = need_memory(malloc(length + 8)), *json;
    int64_t first = quote_mid(&session->quotes[0]);
    bool own;
    strcpy(path, options->quotes);
    if (length > 3 && strcmp(path + length - 3, ".gz") == 0) path[length -= 3] = '\0';
    if (length > 4 && strcmp(path + length - 4, ".csv") == 0) path[length -= 4] = '\0';
    strcat(path, ".json");
    json = description(path);
    session->tick = options->tick;
    session->lot = options->lot;
    if (session->tick.mantissa == 0 && !given(path, json, "tick_size", &session->tick)) {
        stop("%s: no tick_size there; give --tick SIZE, or the line \"tick_size\": \"0.01\"", path);
    }
    own = session->lot.mantissa != 0 || given(path, json, "lot_size", &session->lot);
    if (!own) session->lot = lot_for(first > 0 ? first : 1, session->tick);
    session->sizes = own ? "as given" : "lot chosen after the price";
    free(json);
    free(path);
}
