/* Group full: the whole gate. Every check is on, at the root and in a scope below it, in the symbol
 * and in the scope's book. Included by instructions.c, whose names it uses. */

enum { FULL_MINUTE = 60 };

static uint32_t desk_scope; /* the one below the root */

static void full_symbol(void) {
    oms_volume_set_t volume;
    oms_locate_set_t located;
    oms_bands_set_t bands;
    oms_group_set_t joins;
    oms_limits_set_t limits;
    OMS_REQUEST_INIT(&volume, OMS_REQUEST_VOLUME_SET);
    volume.volume = (oms_lots_t)1 << 30;
    desk_ok(oms_volume_set(d.oms, &volume), "volume");
    OMS_REQUEST_INIT(&located, OMS_REQUEST_LOCATE_SET);
    located.qty = (oms_lots_t)1 << 40;
    desk_ok(oms_locate_set(d.oms, &located), "located");
    located.scope = desk_scope;
    desk_ok(oms_locate_set(d.oms, &located), "located");
    OMS_REQUEST_INIT(&bands, OMS_REQUEST_BANDS_SET);
    bands.count = 4;
    for (int i = 0; i < 4; i++) {
        static const oms_ticks_t from[4] = {1, 1000, 100000, 10000000}, step[4] = {1, 2, 5, 100};
        bands.from[i] = from[i];
        bands.step[i] = step[i];
    }
    desk_ok(oms_bands_set(d.oms, &bands), "bands");
    OMS_REQUEST_INIT(&joins, OMS_REQUEST_GROUP_SET);
    joins.group = 1;
    joins.max = (oms_money_t)1 << 60;
    joins.flags = OMS_GROUP_JOIN;
    desk_ok(oms_group_set(d.oms, &joins), "group");
    desk_limits(&limits);
    limits.qty_step = limits.price_step = 1;
    limits.flags = OMS_LIMIT_SHORT_ALLOWED | OMS_LIMIT_LOCATE_NEEDED;
    limits.types = limits.times_in_force = 0xff;
    limits.adv_ratio = 500000000;
    limits.open_notional_max = limits.gross_max = limits.net_max = (oms_money_t)1 << 60;
    limits.margin_ratio = 100000000;
    limits.rate_max = 32;
    limits.rate_window = 29 * DESK_SECOND;
    limits.repeat_max = 16;
    limits.repeat_window = FULL_MINUTE * DESK_SECOND;
    limits.repeat_range = 10;
    limits.duplicate_max = 2;
    limits.duplicate_window = FULL_MINUTE * DESK_SECOND;
    /* Own resting orders are looked for in the symbol as a whole. */
    desk_set_limits_of(&d, desk_scope, &limits);
    limits.self_trade = OMS_SELF_TRADE_REJECT_NEW;
    desk_set_limits(&d, &limits);
}

static void full_scope(uint32_t number) {
    oms_scope_limits_set_t limits;
    oms_control_t beat;
    desk_ok(oms_scope_limits_off(&limits), "scope limits");
    limits.scope = number;
    limits.header.now = desk_tick(&d);
    limits.open_orders_max = limits.positions_max = (int64_t)1 << 30;
    limits.types = limits.times_in_force = 0xff;
    limits.qty_max = 1000000;
    limits.notional_max = limits.open_notional_max = limits.gross_max = (oms_money_t)1 << 60;
    limits.net_max = limits.credit_max = (oms_money_t)1 << 60;
    limits.leverage_max = INT64_C(1000000000000);
    limits.order_to_trade_max = INT64_C(100000000000);
    limits.order_to_trade_min = 100;
    limits.order_to_trade_window = 600 * DESK_SECOND;
    limits.heartbeat_max = (int64_t)DESK_DAY;
    limits.cancel_max = 1000;
    limits.cancel_window = FULL_MINUTE * DESK_SECOND;
    desk_ok(oms_scope_limits_set(d.oms, &limits), "scope limits");
    OMS_REQUEST_INIT(&beat, OMS_REQUEST_CONTROL);
    beat.header.now = desk_tick(&d);
    beat.action = OMS_CONTROL_HEARTBEAT;
    beat.scope = number;
    desk_ok(oms_control(d.oms, &beat), "heartbeat");
}

/* A scope with a breaker of its own, as the root's, and money. */
static void full_tree(void) {
    oms_scope_define_t scope;
    oms_scope_breaker_set_t breaker;
    oms_cash_adjust_t cash;
    OMS_REQUEST_INIT(&scope, OMS_REQUEST_SCOPE_DEFINE);
    scope.name[0] = 'A';
    desk_ok(oms_scope_define(d.oms, &scope, &desk_scope), "scope");
    OMS_REQUEST_INIT(&cash, OMS_REQUEST_CASH_ADJUST);
    cash.scope = desk_scope;
    cash.amount = (oms_money_t)1 << 40;
    desk_ok(oms_cash_adjust(d.oms, &cash), "cash");
    OMS_REQUEST_INIT(&breaker, OMS_REQUEST_SCOPE_BREAKER_SET);
    breaker.scope = desk_scope;
    breaker.breaker = d.config.breaker;
    desk_ok(oms_scope_breaker_set(d.oms, &breaker), "breaker");
}

/* Orders of the scope that rest at the venue: half of them buys below the bid, half sells above. */
static void full_live_orders(uint32_t count) {
    oms_order_adopt_t adopt;
    OMS_REQUEST_INIT(&adopt, OMS_REQUEST_ORDER_ADOPT);
    adopt.scope = desk_scope;
    adopt.order_type = OMS_TYPE_LIMIT;
    adopt.qty = 2;
    for (uint32_t i = 0; i < count; i++) {
        oms_ticks_t far = 5 * (1 + (oms_ticks_t)(i % 100));
        adopt.header.now = desk_tick(&d);
        adopt.client_id = ++d.number;
        adopt.side = i % 2 == 0 ? OMS_SIDE_BUY : OMS_SIDE_SELL;
        adopt.price = i % 2 == 0 ? DESK_BID - far : DESK_BID + far;
        desk_ok(oms_order_adopt(d.oms, &adopt, NULL), "adopt");
        if (i % DESK_ROOM == 0) desk_poll(&d);
    }
    desk_poll(&d);
}

/* An order each 0.92 seconds, none like the last 128; of twenty one executes, in and out. */
static void full_traffic(uint64_t i) {
    time_passes();
    order.client_id = ++d.number;
    order.price = DESK_BID - 5 * (oms_ticks_t)(i % 200 + 1);
    order.side = i % 40 == 20 ? OMS_SIDE_SELL : OMS_SIDE_BUY;
    if (order.side == OMS_SIDE_SELL) order.price = DESK_BID + 5 * (oms_ticks_t)(i % 200 + 1);
    measured_submit();
    desk_accepted(&d);
    if (i % 20 == 0) {
        desk_poll(&d);
        part.order = ack.order = d.id;
        part.exec_id = ++d.number;
        part.qty = 2;
        part.price = order.price;
        desk_ok(oms_venue_report(d.oms, &ack), "ack");
        desk_ok(oms_venue_report(d.oms, &part), "fill");
        part.qty = 1;
        part.price = DESK_BID + 1;
        desk_tick(&d);
    } else {
        desk_cancel(&d, d.id);
    }
    desk_poll(&d);
    order.side = OMS_SIDE_BUY;
    order.price = DESK_BID;
}

/* Nothing of it may trade any more, and the order could not be worse. */
static void full_deny(void) {
    oms_limits_set_t limits;
    oms_scope_limits_set_t scope;
    oms_control_t control;
    oms_order_submit_t resting = order;
    oms_group_set_t group;
    resting.side = OMS_SIDE_SELL;
    resting.price = DESK_BID + 5;
    desk_submit(&d, &resting);
    OMS_REQUEST_INIT(&group, OMS_REQUEST_GROUP_SET);
    group.group = 1;
    desk_ok(oms_group_set(d.oms, &group), "group");
    OMS_REQUEST_INIT(&limits, OMS_REQUEST_LIMITS_SET);
    limits.qty_step = limits.price_step = 7;
    limits.flags = OMS_LIMIT_DISABLED;
    limits.collar_ticks = 1;
    limits.reference_age_max = 1;
    limits.self_trade = OMS_SELF_TRADE_REJECT_NEW;
    desk_set_limits(&d, &limits);
    limits.self_trade = OMS_SELF_TRADE_OFF;
    desk_set_limits_of(&d, desk_scope, &limits);
    for (uint32_t number = 0; number <= desk_scope; number++) {
        OMS_REQUEST_INIT(&scope, OMS_REQUEST_SCOPE_LIMITS_SET);
        scope.scope = number;
        scope.header.now = desk_tick(&d);
        scope.order_to_trade_min = OMS_OFF;
        scope.cancel_max = scope.warn_ratio = OMS_OFF;
        desk_ok(oms_scope_limits_set(d.oms, &scope), "scope limits");
        OMS_REQUEST_INIT(&control, OMS_REQUEST_CONTROL);
        control.header.now = desk_tick(&d);
        control.scope = number;
        control.action = OMS_CONTROL_BREAKER_TRIP;
        desk_ok(oms_control(d.oms, &control), "trip");
    }
    OMS_REQUEST_INIT(&control, OMS_REQUEST_CONTROL);
    control.header.now = desk_tick(&d);
    control.action = OMS_CONTROL_TRADING_STATE;
    control.value = OMS_TRADING_KILLED;
    desk_ok(oms_control(d.oms, &control), "kill");
    order.client_id = 0;
    order.qty = 1001;
    order.price = DESK_BID + 5003;
    order.stop_price = 1;
    order.flags = OMS_ORDER_REDUCE_ONLY;
}

static void group_full(void) {
    oms_account_t account;
    desk_size_t size = {0, 0, 0, 0, 0, 0, DESK_RATES};
    size.orders = n + SPARE;
    size.positions = SPARE;
    desk_open(&d, &size);
    full_tree();
    full_symbol();
    full_scope(0);
    full_scope(desk_scope);
    full_live_orders(n);
    order.scope = desk_scope;
    order.price = DESK_BID;
    row("w7", 64, OPS, check_once);
    d.step = DESK_SECOND / 100 * 46;
    for (uint64_t i = 0; i < 4000; i++) full_traffic(i);
    row("w7full", 64, OPS, check_once);
    desk_ok(oms_account_get(d.oms, &account), "account");
    desk_need(account.live_orders == n, "live orders");
    row("w7s", 64, OPS, full_traffic);
    full_deny();
    row("w7d", 64, OPS, denied_once);
    if (getenv("OMS_MASK")) fprintf(stderr, "mask %llx\n", (unsigned long long)d.verdict.mask);
}
