/* The engine of a backtest: its memory, limits and breaker, and what its venue is like. */
#include <stdlib.h>
#include <string.h>

#include "backtest.h"

static void *memory;

void expect(oms_status_t status, const char *call) {
    if (status < 0) {
        stop("the engine answered %s to %s: %s", oms_status_name(status), call,
             oms_status_text(status));
    }
}

static uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

static void configure(const session_t *session, const options_t *options, oms_config_t *config) {
    uint64_t span = session_span(session);
    expect(oms_config_init(config, sizeof *config), "oms_config_init");
    config->capacity.orders = 256;
    config->capacity.symbols = 1;
    config->capacity.positions = 64;
    config->capacity.triggers = 128;
    config->capacity.events = 2048;
    config->capacity.executions = 512;
    config->capacity.scopes = 1;
    config->capacity.rate = 512;
    config->capacity.books = 0;
    config->breaker.daily_loss_ratio = OMS_PCT(2);
    config->breaker.drawdown_ratio = OMS_PCT(4);
    config->breaker.consecutive_losses = 4;
    config->breaker.orders_per_minute = 60;
    config->breaker.orders_per_hour = 500;
    /* A pause is a share of what is replayed, and not more than an hour. */
    config->breaker.auto_reset_after = least(span / 40, 3600 * SECOND);
    config->breaker.cooldown = least(span / 400, 360 * SECOND);
    config->breaker.max_auto_resets = 100;
    config->starting_balance = BALANCE;
    config->mode = OMS_MODE_BACKTEST;
    config->messages = 576;
    config->flags = OMS_CONFIG_MEASURE;
    config->seed = options->seed;
}

/* Nothing trades without limits. */
static void set_limits(oms_t *oms, uint64_t begin) {
    oms_limits_set_t limits;
    oms_scope_limits_set_t account;
    expect(oms_limits_off(&limits), "oms_limits_off");
    limits.header.now = begin;
    limits.qty_min = 1;
    limits.flags |= OMS_LIMIT_SHORT_ALLOWED;
    limits.notional_max = 6 * BALANCE;
    limits.collar_ratio = OMS_PCT(1);
    limits.collar_ticks = OMS_OFF;
    limits.reference_age_max = (int64_t)(60 * SECOND);
    limits.open_orders_max = 8;
    limits.positions_max = 1;
    expect(oms_limits_set(oms, &limits), "oms_limits_set");
    expect(oms_scope_limits_off(&account), "oms_scope_limits_off");
    account.header.now = begin;
    account.leverage_max = 5 * PARTS;
    expect(oms_scope_limits_set(oms, &account), "oms_scope_limits_set");
}

static void set_venue(oms_t *oms, const session_t *session, const options_t *options,
                      uint64_t begin) {
    oms_simulation_set_t venue;
    oms_fees_set_t fees;
    expect(oms_simulation_init(&venue), "oms_simulation_init");
    venue.header.now = begin;
    venue.latency_out = options->latency;
    venue.latency_in = options->latency / 2;
    venue.latency_jitter = options->latency / 2;
    /* Of what is displayed we get half at most; where no sizes are known, all we want. */
    venue.fill_ratio = OMS_PCT(50);
    venue.reject_ratio = PARTS / 200;
    venue.fail_ratio = OMS_PCT(2);
    venue.volume_24h = session->volume;
    expect(oms_slippage_init(OMS_SLIPPAGE_REALISTIC, &venue.slippage), "oms_slippage_init");
    venue.slippage.noise = 20000;
    expect(oms_simulation_set(oms, &venue), "oms_simulation_set");
    expect(OMS_REQUEST_INIT(&fees, OMS_REQUEST_FEES_SET), "OMS_REQUEST_INIT");
    expect(oms_fees_init(OMS_FEES_FREE, &fees.fees), "oms_fees_init");
    fees.header.now = begin;
    fees.fees.taker = options->fee;
    fees.fees.maker = options->fee / 2;
    expect(oms_fees_set(oms, &fees), "oms_fees_set");
}

oms_t *desk_open(const session_t *session, const options_t *options) {
    uint64_t begin = session->quotes[0].at;
    oms_symbol_define_t symbol;
    oms_config_t config;
    oms_t *oms;
    size_t bytes;
    configure(session, options, &config);
    bytes = oms_size(&config);
    memory = need_memory(malloc(bytes + OMS_ALIGN));
    /* malloc aligns for any C type; the library wants whole cache lines. */
    oms = NULL;
    expect(oms_init((char *)memory + (OMS_ALIGN - (uintptr_t)memory % OMS_ALIGN), bytes, &config,
                    &oms), "oms_init");
    expect(OMS_REQUEST_INIT(&symbol, OMS_REQUEST_SYMBOL_DEFINE), "OMS_REQUEST_INIT");
    memcpy(symbol.name, session->symbol, strlen(session->symbol));
    symbol.header.now = begin;
    symbol.tick_size = session->tick;
    symbol.lot_size = session->lot;
    symbol.multiplier.mantissa = symbol.conversion.mantissa = 1;
    expect(oms_symbol_define(oms, &symbol, NULL), "oms_symbol_define");
    set_limits(oms, begin);
    set_venue(oms, session, options, begin);
    return oms;
}

void desk_free(void) { free(memory); }
