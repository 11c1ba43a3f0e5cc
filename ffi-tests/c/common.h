/* What the C programs share: checks that go on after a failure, and short ways to say requests. */
#ifndef COMMON_H
#define COMMON_H

#include <oms.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND UINT64_C(1000000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BIT(check) OMS_CHECK_BIT(OMS_CHECK_##check)

/* A condition; two integers; a call and its status; a call that answers OMS_OK. */
#define CHECK(c) check_true((c) ? 1 : 0, __FILE__, __LINE__, #c)
#define CHECK_EQ(a, b) check_equal((int64_t)(a), (int64_t)(b), __FILE__, __LINE__, #a " == " #b)
#define CHECK_ST(call, want) check_status((call), (want), __FILE__, __LINE__, #call)
#define OK(call) CHECK_ST(call, OMS_OK)

int check_true(int holds, const char *file, int line, const char *text);
int check_equal(int64_t a, int64_t b, const char *file, int line, const char *text);
int check_status(oms_status_t got, oms_status_t want, const char *file, int line,
                 const char *text);
/* Printed with every failure until it is set anew; NULL for none. */
void check_about(const char *text);
/* The exit code: 1 after any failure. */
int check_result(void);
/* Whether to do less, because it runs under valgrind. */
int light(void);

/* An engine in memory from the heap. */
typedef struct engine_t {
    void *raw;
    oms_t *oms;
} engine_t;

void *aligned_memory(size_t size, void **raw);
/* Small tables, a balance of 10^12, no limit of the breaker on. */
void config_small(oms_config_t *config);
void engine_make(engine_t *engine, const oms_config_t *config);
void engine_free(engine_t *engine);
/* A small engine with one open symbol (number 0: tick 0.01, lot 0.001), quoted 1000/1010. */
void engine_ready(engine_t *engine, const oms_config_t *config);

void symbol_record(oms_symbol_define_t *request, const char *name);
void limits_off(oms_limits_set_t *request, uint32_t symbol);
void order_record(oms_order_submit_t *request, uint64_t now, uint64_t client_id, oms_side_t side,
                  oms_lots_t qty, oms_ticks_t price);
uint32_t define(oms_t *oms, const char *name, uint32_t flags);
/* A scope without limits. */
uint32_t define_scope(oms_t *oms, uint64_t now, const char *name, uint32_t parent);
oms_status_t quote(oms_t *oms, uint64_t now, uint32_t symbol, oms_ticks_t bid, oms_ticks_t ask);
oms_status_t trade(oms_t *oms, uint64_t now, uint32_t symbol, oms_trade_source_t source,
                   oms_ticks_t price);
oms_status_t report(oms_t *oms, uint64_t now, oms_id_t order, oms_report_kind_t kind);
oms_status_t fill(oms_t *oms, uint64_t now, oms_id_t order, uint64_t exec_id, oms_lots_t qty,
                  oms_ticks_t price, oms_money_t commission);
/* An order at a limit, or with price 0 at the market; 0 when it was denied. */
oms_id_t submit(oms_t *oms, uint64_t now, uint64_t client_id, oms_side_t side, oms_lots_t qty,
                oms_ticks_t price);
oms_id_t submit_verdict(oms_t *oms, const oms_order_submit_t *request, oms_verdict_t *verdict);
oms_status_t cancel(oms_t *oms, uint64_t now, oms_id_t order, uint64_t request_id);
oms_id_t arm(oms_t *oms, uint64_t now, oms_id_t position, oms_trigger_kind_t kind,
             oms_trigger_action_t action, oms_ticks_t level, oms_lots_t qty);
void arming_record(oms_trigger_arm_t *request, uint64_t now, oms_id_t position,
                   oms_trigger_kind_t kind, oms_trigger_action_t action, oms_ticks_t level);
oms_status_t trigger_move(oms_t *oms, uint64_t now, oms_id_t trigger, oms_ticks_t level);
oms_status_t trigger_cancel(oms_t *oms, uint64_t now, oms_id_t trigger);
void opening_record(oms_position_open_t *request, uint64_t now, uint32_t symbol,
                    oms_position_side_t side, oms_lots_t qty, oms_ticks_t price);
oms_id_t open_by_hand(oms_t *oms, uint64_t now, uint32_t symbol, oms_position_side_t side,
                      oms_lots_t qty, oms_ticks_t price);
oms_status_t exit_by_hand(oms_t *oms, uint64_t now, oms_id_t position, oms_lots_t qty,
                          oms_ticks_t price, oms_exit_reason_t reason);
oms_status_t control(oms_t *oms, uint64_t now, oms_control_action_t action, int64_t value);
oms_status_t timer(oms_t *oms, uint64_t now);
oms_status_t drain(oms_t *oms, uint64_t now);
oms_polled_t poll(oms_t *oms, uint64_t now, oms_command_t *commands, uint32_t max_commands,
                  oms_event_t *events, uint32_t max_events);
/* Takes all commands and events out and drops them. */
void poll_drop(oms_t *oms, uint64_t now);
/* An order that is submitted, handed out, acknowledged and filled; its position. */
oms_id_t open_position(oms_t *oms, uint64_t now, uint64_t client_id, oms_side_t side,
                       oms_lots_t qty, oms_ticks_t price);
oms_order_t order_of(const oms_t *oms, oms_id_t order);
oms_account_t account_of(const oms_t *oms);
uint64_t digest_of(const oms_t *oms);
/* Whether oms_audit agrees; says what does not. */
int audited(const oms_t *oms);

#endif
