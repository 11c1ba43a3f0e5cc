/* Scopes: a firm with an account and two strategies: who denies, whose position, whose money. One
 * tick-lot is 10 money units; quoted 1000/1010. */
#include "common.h"

static engine_t engine;
static oms_t *oms;
static uint64_t now = DAY;
static uint32_t account, calm, wild;

/* One that is known by its name, and by its request again. */
static uint32_t make(const char *name, uint32_t parent) {
    oms_scope_define_t request;
    uint32_t scope = define_scope(oms, now, name, parent), found = 0;
    OMS_REQUEST_INIT(&request, OMS_REQUEST_SCOPE_DEFINE);
    request.header.now = now;
    request.parent = parent;
    memcpy(request.name, name, strlen(name));
    CHECK_ST(oms_scope_define(oms, &request, &found), OMS_EXISTS);
    CHECK_EQ(found, scope);
    OK(oms_scope_by_name(oms, name, &found));
    CHECK_EQ(found, scope);
    return scope;
}

static oms_verdict_t judged(uint32_t scope, uint64_t id, oms_side_t side, oms_lots_t qty,
                            oms_id_t *order) {
    oms_order_submit_t request;
    oms_verdict_t verdict;
    order_record(&request, now, id, side, qty, 1000);
    request.scope = scope;
    OK(oms_order_submit(oms, &request, &verdict, order));
    CHECK(audited(oms));
    return verdict;
}

static void deal(uint32_t scope, uint64_t id, oms_side_t side, oms_lots_t qty) {
    oms_venue_report_t fill;
    oms_id_t order = 0;
    CHECK_EQ(judged(scope, id, side, qty, &order).mask, 0);
    poll_drop(oms, now);
    OMS_REQUEST_INIT(&fill, OMS_REQUEST_VENUE_REPORT);
    fill.header.now = now;
    fill.order = order;
    fill.report = OMS_REPORT_FILL;
    fill.exec_id = id;
    fill.qty = qty;
    fill.price = 1000;
    OK(oms_venue_report(oms, &fill));
    CHECK(audited(oms));
}

static oms_money_t equity(uint32_t scope) {
    oms_account_t view;
    memset(&view, 0, sizeof view);
    OK(oms_scope_account_get(oms, scope, &view));
    return view.equity;
}

/* What was set is read, as the record that sets it. */
static void read_back(const oms_limits_set_t *set) {
    oms_limits_set_t limits;
    oms_scope_breaker_set_t breaker;
    oms_scope_t view;
    OK(oms_limits_get(oms, set->scope, set->symbol, &limits));
    limits.header.now = set->header.now;
    CHECK(memcmp(&limits, set, sizeof limits) == 0);
    OK(oms_limits_set(oms, &limits));
    CHECK_ST(oms_limits_get(oms, 9, 0, &limits), OMS_E_SCOPE);
    CHECK_ST(oms_limits_get(oms, 0, 9, &limits), OMS_E_SYMBOL);
    OK(oms_scope_breaker_get(oms, account, &breaker));
    breaker.header.now = now;
    OK(oms_scope_breaker_set(oms, &breaker));
    CHECK_ST(oms_scope_breaker_get(oms, 9, &breaker), OMS_E_SCOPE);
    OK(oms_scope_get(oms, account, &view));
    CHECK_EQ(view.counted, 0);
    CHECK_EQ(view.gross, 0);
}

int main(void) {
    oms_config_t config;
    oms_scope_t view;
    oms_position_t position;
    oms_scope_limits_set_t limits;
    oms_limits_set_t symbol;
    oms_verdict_t verdict;
    oms_cash_adjust_t cash;
    oms_money_t before;
    oms_denials_t denials;
    oms_id_t order;
    uint32_t count = 0;
    config_small(&config);
    config.capacity.positions = 32;
    engine_make(&engine, &config);
    oms = engine.oms;
    CHECK_EQ(define(oms, "ABC", 0), 0);
    OK(quote(oms, now, 0, 1000, 1010));
    account = make("account", 0);
    calm = make("calm", account);
    wild = make("wild", account);
    OK(oms_scope_count(oms, &count));
    CHECK_EQ(count, 4);
    OK(oms_scope_get(oms, wild, &view));
    CHECK_EQ(view.parent, account);
    CHECK_EQ(view.depth, 3);
    CHECK_ST(oms_scope_get(oms, 4, &view), OMS_E_SCOPE);
    CHECK_ST(oms_scope_by_name(oms, "nobody", &count), OMS_E_UNKNOWN);

    /* Of two scopes that fail the same check the upper one is named. */
    OK(oms_scope_limits_off(&limits));
    limits.header.now = now;
    limits.scope = wild;
    limits.qty_max = 5;
    OK(oms_scope_limits_set(oms, &limits));
    verdict = judged(wild, 1, OMS_SIDE_BUY, 6, &order);
    CHECK_EQ(verdict.first, OMS_CHECK_QTY);
    CHECK_EQ(verdict.scope, wild);
    limits.scope = account;
    limits.qty_max = 4;
    OK(oms_scope_limits_set(oms, &limits));
    CHECK_EQ(judged(wild, 1, OMS_SIDE_BUY, 6, &order).scope, account);
    CHECK_EQ(judged(wild, 1, OMS_SIDE_BUY, 6, &order).limit, 4);
    CHECK_EQ(judged(9, 1, OMS_SIDE_BUY, 1, &order).first, OMS_CHECK_SCOPE);
    limits.qty_max = OMS_OFF;
    OK(oms_scope_limits_set(oms, &limits));

    /* Denials by the scope whose order it was, and by the scope that denied. */
    OK(oms_denials_get(oms, wild, &denials));
    CHECK_EQ(denials.denied, 3);
    CHECK_EQ(denials.denied_by[OMS_CHECK_QTY], 3);
    CHECK_EQ(denials.named, 1);
    OK(oms_denials_get(oms, account, &denials));
    CHECK_EQ(denials.denied, 3);
    CHECK_EQ(denials.named_by[OMS_CHECK_QTY], 2);
    OK(oms_denials_get(oms, 0, &denials));
    CHECK_EQ(denials.denied, 4);
    CHECK_EQ(denials.denied_by[OMS_CHECK_SCOPE], 1);
    CHECK_EQ(denials.named, 0);
    CHECK_ST(oms_denials_get(oms, 9, &denials), OMS_E_SCOPE);

    /* Each strategy has its own position; the account's limit of the symbol binds both. */
    deal(calm, 11, OMS_SIDE_BUY, 10);
    deal(wild, 12, OMS_SIDE_SELL, 4);
    OK(oms_scope_position_net(oms, calm, 0, &position));
    CHECK_EQ(position.qty, 10);
    OK(oms_scope_position_net(oms, wild, 0, &position));
    CHECK_EQ(position.qty, 4);
    CHECK_EQ(position.side, OMS_POSITION_SHORT);
    CHECK_ST(oms_position_net(oms, 0, &position), OMS_E_UNKNOWN);
    limits_off(&symbol, 0);
    symbol.header.now = now;
    symbol.scope = account;
    symbol.long_max = 6;
    OK(oms_limits_set(oms, &symbol));
    read_back(&symbol);
    verdict = judged(wild, 13, OMS_SIDE_BUY, 1, &order);
    CHECK_EQ(verdict.first, OMS_CHECK_POSITION);
    CHECK_EQ(verdict.scope, account);
    CHECK_EQ(judged(0, 13, OMS_SIDE_BUY, 1, &order).mask, 0);

    /* The price rises: the long gains what the root gains beyond the short's loss. */
    before = equity(0);
    OK(quote(oms, now, 0, 1100, 1110));
    CHECK_EQ(equity(calm), 10 * 100 * 10);
    CHECK_EQ(equity(wild), -4 * 110 * 10);
    CHECK_EQ(equity(account), equity(calm) + equity(wild));
    CHECK_EQ(equity(0) - before, 10 * 100 * 10 - 4 * 100 * 10);
    OMS_REQUEST_INIT(&cash, OMS_REQUEST_CASH_ADJUST);
    cash.header.now = now;
    cash.scope = wild;
    cash.amount = 5000;
    before = equity(0);
    OK(oms_cash_adjust(oms, &cash));
    CHECK_EQ(equity(wild), 5000 - 4 * 110 * 10);
    CHECK_EQ(equity(0), before + 5000);
    CHECK(audited(oms));
    engine_free(&engine);
    return check_result();
}
